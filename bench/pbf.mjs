// Parsing speed on a PBF file of more than 80 MB, against libosmium and osmium fileinfo.
//
//   npm run build && node bench/pbf.mjs [FILE] [--rounds N]
//
// Every run is a process of its own, so that start-up and just-in-time compilation count; the contenders take turns, so
// that a busy machine troubles all alike. CPU is user + system time of the whole process (GNU time for the others).
// Both sides decode and count nodes, ways, relations, tags, way references, relation members and the bounding box; the
// counts must be equal or the bench fails.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'out');
const MIN_BYTES = 80e6;
const COPIES = 100;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

/** Porto Alegre a hundred times over, with ids of its own each time: made once, kept under bench/out. */
function makeBigFile() {
  const big = join(out, 'poa-x100.osm.pbf');
  if (existsSync(big) && statSync(big).size >= MIN_BYTES) return big;
  const small = join(here, '../../shared/data/porto-alegre/poa_osm.pbf');
  if (!existsSync(small)) fail('give a PBF file: the one this bench multiplies is not here');
  process.stderr.write('making an 80 MB file …\n');
  const copies = Array.from({ length: COPIES }, (_, i) => join(out, `copy-${i}.osm.pbf`));
  copies.forEach((copy, i) => {
    const starts = [50_000, 20_000, 100].map((step) => i * step + 1).join(',');
    execFileSync('osmium', ['renumber', '-s', starts, small, '-o', copy, '--overwrite'], { stdio: ['ignore', 'ignore', 'ignore'] });
  });
  execFileSync('osmium', ['merge', ...copies, '-o', big, '--overwrite'], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const copy of copies) rmSync(copy);
  return big;
}

function compileCounter() {
  const binary = join(out, 'libosmium-count');
  const source = join(here, 'peers/libosmium-count.cpp');
  if (existsSync(binary) && statSync(binary).mtimeMs > statSync(source).mtimeMs) return binary;
  execFileSync('g++', ['-O3', '-DNDEBUG', '-std=c++17', source, '-o', binary, '-lz', '-llz4', '-lpthread'], { stdio: 'inherit' });
  return binary;
}

/** Runs a program under GNU time. */
function runNative(command, args) {
  const start = performance.now();
  const result = spawnSync('/usr/bin/env', ['time', '-f', '%U %S %M', command, ...args], { encoding: 'utf8' });
  if (result.status !== 0) fail(`${command} failed: ${result.stderr}`);
  const [user, system, kb] = result.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { output: result.stdout, wallMs: performance.now() - start, cpuMs: (user + system) * 1000, peakMb: kb / 1024 };
}

function runOurs(file, threads) {
  const result = JSON.parse(execFileSync(process.execPath, [join(here, 'pbf-count.mjs'), file, String(threads)], { encoding: 'utf8' }));
  return { output: JSON.stringify(result.counts), ...result };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const args = process.argv.slice(2);
const roundsAt = args.indexOf('--rounds');
const rounds = roundsAt < 0 ? 7 : Number(args.splice(roundsAt, 2)[1]);
mkdirSync(out, { recursive: true });
const file = args[0] ?? makeBigFile();
const counter = compileCounter();
const contenders = {
  'chengmai, in thread': () => runOurs(file, 0),
  'libosmium read_meta::no': () => runNative(counter, [file]),
  'chengmai, 1 worker': () => runOurs(file, 1),
  'osmium fileinfo -e': () => runNative('osmium', ['fileinfo', '-e', '--json', '--no-progress', file]),
  'chengmai, 2 workers': () => runOurs(file, 2),
};

const runs = new Map(Object.keys(contenders).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(contenders)) runs.get(name).push(run());
  process.stderr.write(`round ${round + 1} of ${rounds}\n`);
}

const ours = JSON.parse(runs.get('chengmai, in thread')[0].output);
const theirs = JSON.parse(runs.get('libosmium read_meta::no')[0].output);
for (const key of Object.keys(theirs)) {
  if (JSON.stringify(ours[key]) !== JSON.stringify(theirs[key])) fail(`counts differ in ${key}: ${JSON.stringify(ours[key])} against ${JSON.stringify(theirs[key])}`);
}

console.log(`${(statSync(file).size / 1e6).toFixed(1)} MB, ${ours.nodes} nodes, ${ours.ways} ways, ${ours.relations} relations, ${ours.tags} tags, ${ours.refs} refs; ${rounds} rounds, medians`);
console.log('| contender | CPU ms | wall ms | peak MB | CPU against libosmium |');
console.log('|---|---|---|---|---|');
const peer = median(runs.get('libosmium read_meta::no').map((run) => run.cpuMs));
for (const [name, list] of runs) {
  const cpu = median(list.map((run) => run.cpuMs));
  console.log(`| ${name} | ${cpu.toFixed(0)} | ${median(list.map((run) => run.wallMs)).toFixed(0)} | ${Math.max(...list.map((run) => run.peakMb)).toFixed(0)} | ${(peer / cpu).toFixed(2)}x less |`);
}
const paired = runs.get('chengmai, in thread').map((run, i) => runs.get('libosmium read_meta::no')[i].cpuMs / run.cpuMs);
console.log(`paired ratio, in thread: median ${median(paired).toFixed(2)}, ${Math.min(...paired).toFixed(2)}–${Math.max(...paired).toFixed(2)}`);
