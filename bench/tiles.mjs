// How long a vector tile takes. `node bench/tiles.mjs [file.osm.pbf] [--data DIR]` on built output (npm run build).
//
// Imports the file into an embedded base (kept in DIR where given, else made and removed), then asks for every tile of
// z10–z16 that touches the city, through the HTTP routes (app.request, no socket), in three ways:
//   cold      nothing remembered: caches emptied before every single tile
//   browsing  as a reader's map asks: zoom by zoom, every tile once, rows of neighbouring tiles remembered
//   warm      every tile again
// The embedded database runs in this process, so the CPU time is the whole cost of a tile; on a busy machine it says more than
// the wall time.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const args = process.argv.slice(2);
const dataAt = args.indexOf('--data');
const dataDir = dataAt === -1 ? mkdtempSync(join(tmpdir(), 'chengmai-tiles-')) : args.splice(dataAt, 2)[1];
const file = args[0] ?? '../shared/data/porto/porto.osm.pbf';
const cityId = basename(file).split('.')[0].toLowerCase().replace(/[^a-z0-9]+/g, '-');

const { openBase } = await import('../dist/base/open.js');
const { runImport } = await import('../dist/base/run.js');
const { openFile } = await import('../dist/import/byte-source.js');
const { startJobs } = await import('../dist/base/jobs.js');
const { findCity } = await import('../dist/base/store/cities.js');
const { createApp } = await import('../dist/server/app.js');
const { Startup } = await import('../dist/server/startup.js');
const { tileRange } = await import('../dist/base/tiles/mercator.js');

if (!existsSync(file)) {
  console.error(`${file} is not here`);
  process.exit(2);
}
const base = await openBase({ dataDir, environment: {} });
const jobs = await startJobs(base, { work: false });
if ((await findCity(base.database, cityId)) === undefined) {
  const start = performance.now();
  const source = await openFile(file);
  await runImport(base, { cityId, files: [{ source, options: {} }], who: 'bench' });
  await source.close();
  console.log(`imported ${basename(file)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
const { box } = await findCity(base.database, cityId);

const tiles = [];
for (let z = 10; z <= 16; z++) {
  const [x0, y0, x1, y1] = tileRange(z, box);
  for (let x = x0; x <= x1; x++) for (let y = y0; y <= y1; y++) tiles.push({ z, x, y });
}

let app;
const renew = () => {
  app = createApp({ startup: Startup.ready(base, jobs) });
};

async function ask({ z, x, y }) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const response = await app.request(`http://localhost/api/cities/${cityId}/tiles/${z}/${x}/${y}`);
  const bytes = (await response.arrayBuffer()).byteLength;
  if (response.status !== 200) throw new Error(`${z}/${x}/${y}: ${response.status}`);
  const used = process.cpuUsage(cpu);
  return { z, ms: performance.now() - start, cpuMs: (used.user + used.system) / 1000, bytes };
}

function report(title, results) {
  const line = (name, some) => {
    const at = (of, q) => {
      const sorted = some.map(of).sort((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))].toFixed(1).padStart(7);
    };
    const three = (of) => `p50 ${at(of, 0.5)}   p95 ${at(of, 0.95)}   max ${at(of, 1)} ms`;
    console.log(`${name.padEnd(10)}${String(some.length).padStart(6)} tiles   wall ${three((r) => r.ms)}   cpu ${three((r) => r.cpuMs)}   largest ${at((r) => r.bytes / 1000, 1)} kB`);
  };
  line(title, results);
  for (let z = 10; z <= 16; z++) line(`  z${z}`, results.filter((r) => r.z === z));
}

async function run(tilesToAsk, before) {
  const results = [];
  for (const tile of tilesToAsk) {
    before?.();
    results.push(await ask(tile));
  }
  return results;
}

renew();
await run(tiles.slice(0, 50));
// cold is slow: at most 60 tiles of each zoom, evenly picked
const sample = [];
for (let z = 10; z <= 16; z++) {
  const some = tiles.filter((t) => t.z === z);
  const step = Math.max(1, some.length / 60);
  for (let i = 0; i < some.length; i += step) sample.push(some[Math.floor(i)]);
}
// the city's revision and its population facts are asked once, as any running server has
const cold = [];
for (const tile of sample) {
  renew();
  await app.request(`http://localhost/api/cities/${cityId}/tiles/0/0/0?layers=place-name`);
  cold.push(await ask(tile));
}
report('cold', cold);
renew();
report('browsing', await run(tiles));
report('warm', await run(tiles));
await jobs.stop();
await base.close();
if (dataAt === -1) rmSync(dataDir, { recursive: true, force: true });
