// Imports a file into a servable city, embedded and on a server, beside osm2pgsql into the same server.
//
//   node bench/import.mjs FILE.osm.pbf [rounds]     (after npm run build; osm2pgsql and PostgreSQL 15 from Debian)
//
// The two do not do the same: osm2pgsql fills tables and indexes them; chengmai also keeps the file, classifies and
// merges facilities, cuts places, and records lineage. What each loses is counted at the end from the tables.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { measure, median } from './measure.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [file, roundsText = '3'] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node bench/import.mjs FILE.osm.pbf [rounds]');
const rounds = Number(roundsText);
const bin = '/usr/lib/postgresql/15/bin';
const work = mkdtempSync(join(tmpdir(), 'chengmai-bench-'));
chmodSync(work, 0o755);
const asPostgres = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
const port = 20000 + Math.floor(process.pid % 20000);
const url = (name) => `postgres://postgres@127.0.0.1:${port}/${name}`;

function must(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${command}: ${result.stderr || result.error}`);
  return result.stdout;
}

async function withClient(name, work) {
  const client = new pg.Client(url(name));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function freshDatabase(name) {
  await withClient('postgres', async (client) => {
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
  });
  await withClient(name, (client) => client.query('create extension postgis'));
}

const show = (name, runs) =>
  console.log(`${name.padEnd(34)} wall ${median(runs.map((r) => r.wallS)).toFixed(2)} s   own cpu ${median(runs.map((r) => r.cpuS)).toFixed(2)} s   peak ${Math.max(...runs.map((r) => r.peakMb)).toFixed(0)} MB`);

const pgData = join(work, 'pg');
mkdirSync(pgData);
if (asPostgres.length > 0) must('chown', ['postgres', pgData]);
const run = (command, args) => must([...asPostgres, command][0], [...asPostgres, command].slice(1).concat(args));
run(`${bin}/initdb`, ['-D', `${pgData}/data`, '-U', 'postgres', '-A', 'trust']);
const server = [...asPostgres, `${bin}/postgres`, '-D', `${pgData}/data`, '-p', String(port), '-k', pgData, '-c', 'listen_addresses=127.0.0.1'];
const postgres = spawn(server[0], server.slice(1), { stdio: 'ignore' });
try {
  for (let i = 0; i < 100 && spawnSync(`${bin}/pg_isready`, ['-q', '-h', '127.0.0.1', '-p', String(port)]).status !== 0; i++) await new Promise((r) => setTimeout(r, 100));
  const embedded = [];
  const onServer = [];
  const peer = [];
  for (let round = 0; round < rounds; round++) {
    const data = join(work, `data-${round}`);
    embedded.push(await measure(process.execPath, [join(root, 'bin/chengmai.mjs'), 'import', 'bench', file, '--data', data, '--json'], { env: { ...process.env, DATABASE_URL: '' } }));
    rmSync(data, { recursive: true, force: true });
    await freshDatabase('ours');
    onServer.push(await measure(process.execPath, [join(root, 'bin/chengmai.mjs'), 'import', 'bench', file, '--data', data, '--json'], { env: { ...process.env, DATABASE_URL: url('ours') } }));
    rmSync(data, { recursive: true, force: true });
    if (existsSync('/usr/bin/osm2pgsql')) {
      await freshDatabase('peer');
      peer.push(await measure('osm2pgsql', ['-d', url('peer'), '-c', '--latlong', '-x', '-j', file]).catch(async () => measure('osm2pgsql', ['-d', url('peer'), '-c', '--latlong', file])));
    }
  }
  show('chengmai, embedded base', embedded);
  show('chengmai, PostgreSQL server', onServer);
  if (peer.length > 0) {
    show('osm2pgsql, same server', peer);
    console.log(`ratio of wall times on the server: osm2pgsql / chengmai = ${(median(peer.map((r) => r.wallS)) / median(onServer.map((r) => r.wallS))).toFixed(2)}`);
    const tables = await withClient('peer', async (client) => {
      const counts = {};
      for (const table of ['planet_osm_point', 'planet_osm_line', 'planet_osm_roads', 'planet_osm_polygon']) counts[table] = Number((await client.query(`select count(*) from ${table}`)).rows[0].count);
      const one = async (sql) => Number((await client.query(sql)).rows[0].count);
      counts.buildings = await one('select count(*) from planet_osm_polygon where building is not null');
      counts.streets = await one('select count(*) from planet_osm_line where highway is not null');
      return counts;
    });
    console.log('osm2pgsql tables', tables);
  }
  const summary = JSON.parse(embedded[0].output);
  console.log('chengmai kept', summary.files[0].kept, 'derived', summary.derived?.kept);
} finally {
  postgres.kill('SIGINT');
  await new Promise((resolve) => postgres.on('exit', resolve));
  rmSync(work, { recursive: true, force: true });
}
