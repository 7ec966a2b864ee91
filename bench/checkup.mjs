// How long a check-up takes, of the built program: node bench/checkup.mjs [FOLDER] [--persons 300000,1000000] [--helsinki DIR] [--keep]
//
// For each city: import; the first run (snapshot and network are built); a fresh run from the cached snapshot, everything computed; a run
// again, everything reused; runs after one kindergarten was added, moved, moved again, each from the snapshot of the new revision, and with the time that
// this snapshot takes (what still holds is taken from the one before); a run after the city's class was changed. Each with its phases: start, open (read, tables, fingerprints), measure, grade, store. Peak memory is that of the process.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBase } from '../dist/base/open.js';
import { runImport } from '../dist/base/run.js';
import { buildSnapshot } from '../dist/base/snapshot/build-snapshot.js';
import { openSnapshot } from '../dist/base/snapshot/open-snapshot.js';
import { getCurrentBatches } from '../dist/base/store/revisions.js';
import { runCheckup } from '../dist/checkup/run.js';
import { NO_SETTINGS, writeSettings } from '../dist/checkup/settings.js';
import { bytesSource, openFile } from '../dist/import/byte-source.js';
import { writeSampleCity } from '../dist/sample/write-city.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { persons: { type: 'string', default: '300000' }, helsinki: { type: 'string', default: '../shared/data/helsinki' }, keep: { type: 'boolean', default: false } } });
const folder = positionals[0] ?? mkdtempSync(join(tmpdir(), 'chengmai-bench-'));
mkdirSync(folder, { recursive: true });

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const peakMb = () => `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`;

async function timed(work) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, ms: performance.now() - start, cpuMs: (user + system) / 1000 };
}

async function importCity(base, cityId, files) {
  const sources = await Promise.all(files.map((file) => openFile(file)));
  try {
    return await timed(() => runImport(base, { cityId, files: sources.map((source) => ({ source, options: {} })), who: 'bench' }));
  } finally {
    await Promise.all(sources.map((source) => source.close()));
  }
}

/** What a snapshot takes that nothing is taken over for. */
async function snapshotAnew(base, cityId) {
  const { revision, fileBatches, derivedBatch } = await getCurrentBatches(base.database, cityId);
  await buildSnapshot(base.database, { cityId, revision, fileBatches, derivedBatch, key: '' });
}

/** A community's middle, or so many metres to the north of it. */
async function addKindergarten(base, cityId, metres) {
  const [{ lon, lat: middle }] = await base.database.query(`select ST_X(ST_Centroid(geom)) as lon, ST_Y(ST_Centroid(geom)) as lat from place where city_id = $1 and level = 'community' and geom is not null limit 1`, [cityId]);
  const lat = middle + metres / 111_000;
  const row = `fac_id,class,name,lon,lat,capacity\nBENCH1,幼儿园,新幼儿园,${lon},${lat},200`;
  await runImport(base, { cityId, files: [{ source: bytesSource('bench-kindergarten.csv', new TextEncoder().encode(row)), options: { crs: 'EPSG:4326' } }], who: 'bench' });
}

async function benchCity(cityId, files) {
  const dataDir = join(folder, `data-${cityId}`);
  const isNew = !existsSync(dataDir);
  const base = await openBase({ dataDir, environment: {} });
  try {
    if (isNew) console.log(`${cityId}: import ${seconds((await importCity(base, cityId, files)).ms)}, peak ${peakMb()}`);
    const run = async (options = {}) => {
      const phases = new Map();
      let [phase, since] = ['start', performance.now()];
      const enter = (next) => {
        const now = performance.now();
        phases.set(phase, (phases.get(phase) ?? 0) + now - since);
        [phase, since] = [next, now];
      };
      const done = await timed(() => runCheckup(base, { cityId, who: 'bench', ...options }, { report: ({ stage }) => enter(stage) }));
      enter('');
      return { ...done, phases };
    };
    const tell = (what, { result, ms, cpuMs, phases }) => {
      console.log(`${cityId}: ${what} ${seconds(ms)} (processor ${seconds(cpuMs)}): ${result.measured} measured, ${result.missing} missing, ${result.reused} reused, ${result.findings} findings; peak ${peakMb()}`);
      console.log(`  ${[...phases].map(([phase, phaseMs]) => `${phase} ${seconds(phaseMs)}`).join(', ')}`);
    };
    tell('first run', await run());
    tell('fresh run', await run({ fresh: true }));
    tell('run again', await run());
    for (const [what, metres] of [['one kindergarten more', 0], ['it is moved', 10], ['it is moved again', 20]]) {
      const brought = await timed(() => addKindergarten(base, cityId, metres));
      const anew = await timed(() => snapshotAnew(base, cityId));
      const snapshot = await timed(() => openSnapshot(base, cityId));
      const done = await run();
      tell(what, done);
      console.log(`${cityId}: with the snapshot ${seconds(snapshot.ms + done.ms)} (processor ${seconds(snapshot.cpuMs + done.cpuMs)}): the snapshot ${seconds(snapshot.ms)}, where read anew ${seconds(anew.ms)}; the import before it ${seconds(brought.ms)}`);
    }
    await writeSettings(base.database, cityId, { ...NO_SETTINGS, cityClass: 'super-large' });
    tell('another class of city', await run());
  } finally {
    await base.close();
    if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
  }
}

for (const persons of values.persons.split(',').filter(Boolean).map(Number)) {
  const dir = join(folder, `sample-${persons}`);
  if (!existsSync(dir)) {
    const { ms } = await timed(() => writeSampleCity(dir, { persons, seed: 1 }));
    console.log(`sample of ${persons}: written in ${seconds(ms)}`);
  }
  await benchCity(`sample-${persons}`, readdirSync(dir).filter((name) => /\.(csv|tif|pbf|zip)$/.test(name)).sort().map((name) => join(dir, name)));
}
if (values.helsinki !== '' && existsSync(values.helsinki)) await benchCity('helsinki', readdirSync(values.helsinki).filter((name) => /\.(pbf|gpkg)$/.test(name)).map((name) => join(values.helsinki, name)));
if (!values.keep && positionals.length === 0) rmSync(folder, { recursive: true, force: true });
