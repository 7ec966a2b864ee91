// Generates a sample city and imports it into a fresh embedded base.
//
//   node bench/import-sample.mjs [persons] [rounds]     (after npm run build; 1,000,000 persons, seed 1)
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure, median } from './measure.mjs';

const bin = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin/chengmai.mjs');
const persons = process.argv[2] ?? '1000000';
const rounds = Number(process.argv[3] ?? 1);
const work = mkdtempSync(join(tmpdir(), 'chengmai-bench-'));
const env = { ...process.env, DATABASE_URL: '' };
const show = (what, runs) =>
  console.log(`${what.padEnd(10)} wall ${median(runs.map((r) => r.wallS)).toFixed(1)} s   cpu ${median(runs.map((r) => r.cpuS)).toFixed(1)} s   peak ${Math.max(...runs.map((r) => r.peakMb)).toFixed(0)} MB`);
try {
  const city = join(work, 'city');
  show('generate', [await measure(process.execPath, [bin, 'sample', city, '--persons', persons, '--seed', '1', '--json'], { env })]);
  const files = readdirSync(city).map((name) => join(city, name));
  console.log(`${files.length} files, ${(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6).toFixed(1)} MB`);
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const data = join(work, 'data');
    runs.push(await measure(process.execPath, [bin, 'import', 'sample', ...files, '--data', data, '--json'], { env }));
    const summary = JSON.parse(runs.at(-1).output);
    if (round === 0) for (const file of summary.files) console.log(`  ${file.fileName.padEnd(28)} ${file.state} ${file.seconds.toFixed(1)} s`);
    if (round === 0) console.log('  derived', summary.derived.kept);
    rmSync(data, { recursive: true, force: true });
  }
  show('import', runs);
} finally {
  rmSync(work, { recursive: true, force: true });
}
