// What --explain states is what a whole command takes at most: peaks of spawned commands as Linux counts them (VmHWM), beside the stated bound.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { pbfFile } from '../pbf/craft-pbf.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const isLinux = existsSync('/proc/self/status');
let work: string;

interface Stated {
  readonly terms: readonly { readonly name: { readonly zh: string; readonly en: string }; readonly form: string; readonly bytes: number; readonly passing?: boolean }[];
  readonly totalBytes: number;
}

/** Runs a command that says its own peak as it ends: the parent's peak would count in what wait4 tells. */
async function run(command: string, ...args: string[]): Promise<{ peakBytes: number; stated: Stated; said: string; garbageBytes: number }> {
  const peak = join(work, 'peak.txt');
  const hook = `data:text/javascript,import{readFileSync,writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.PEAK_FILE,readFileSync('/proc/self/status')))`;
  const all = [command, '--network', 'town.osm.pbf', ...args, '--threads', '2', '--explain', '--json', '--lang', 'en'];
  const child = spawn(process.execPath, ['--import', hook, join(root, 'bin/chengmai.mjs'), ...all], { cwd: work, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PEAK_FILE: peak } });
  let out = '';
  let said = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  expect(await new Promise((resolve) => child.on('close', resolve)), said).toBe(0);
  const stated = (JSON.parse(out) as { memory: Stated }).memory;
  const peakBytes = 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(peak, 'utf8'))?.[1]);
  const garbageBytes = stated.terms.find(({ name }) => name.en === 'garbage not yet collected')?.bytes ?? NaN;
  return { peakBytes, stated, said, garbageBytes };
}

const SIDE = 40;

function writePoints(name: string, count: number, seed: number, idLength = 0): void {
  const random = new Random(seed);
  const degrees = (): string => (random.next() * SIDE * 0.001).toFixed(6);
  const rows = Array.from({ length: count }, (_, i) => `${String(i).padStart(idLength, 'x')},${degrees()},${degrees()},${random.integer(0, 9)}`);
  writeFileSync(join(work, name), `id,lon,lat,jobs\n${rows.join('\n')}\n`);
}

beforeAll(() => {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('the commands run on the built program: npm run build');
  work = mkdtempSync(join(tmpdir(), 'chengmai-memory-'));
  // a town of 40 by 40 crossings, 111 m apart
  const nodes = Array.from({ length: SIDE * SIDE }, (_, i) => ({ id: i + 1, lon: (i % SIDE) / 1000, lat: Math.floor(i / SIDE) / 1000 }));
  const streets = Array.from({ length: 2 * SIDE }, (_, s) => Array.from({ length: SIDE }, (__, i) => 1 + (s < SIDE ? s * SIDE + i : i * SIDE + s - SIDE)));
  writeFileSync(join(work, 'town.osm.pbf'), pbfFile({ nodes, ways: streets.map((refs, i) => ({ id: i + 1, refs, tags: { highway: 'residential' } })) }));
  writePoints('homes.csv', 50_000, 1);
  writePoints('jobs.csv', 20_000, 2);
  writePoints('long.csv', 10_000, 3, 200);
  writePoints('few.csv', 1_000, 4);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const CASES: readonly (readonly [string, ...string[]])[] = [
  ['accessibility', '--origins', 'homes.csv', '--opportunities', 'jobs.csv', '--columns', 'jobs', '--cutoffs', '2,5', '-o', 'a.csv'],
  ['accessibility', '--mode', 'drive', '--origins', 'long.csv', '--opportunities', 'jobs.csv', '--cutoffs', '1', '-o', 'a.parquet'],
  ['nearest', '--to', 'homes.csv', 'jobs.csv', '--k', '5', '--max-metres', '500', '-o', 'n.csv'],
  ['matrix', '--origins', 'few.csv', '--destinations', 'few.csv', '--max-minutes', '20', '-o', 'm.parquet'],
  ['isochrone', '--at', '0.02,0.02', '--opportunities', 'jobs.csv', '--minutes', '5,10', '-o', 'i.geojson'],
];

describe.skipIf(!isLinux)('the memory that street commands state', () => {
  it.each(CASES)('is not exceeded: %s %s %s %s %s %s %s', async (command, ...args) => {
    const { peakBytes, stated, said, garbageBytes } = await run(command, ...args);
    const sum = (passing: boolean): number => stated.terms.reduce((bytes, term) => bytes + ((term.passing ?? false) === passing ? term.bytes : 0), 0);
    expect(stated.totalBytes).toBeGreaterThanOrEqual(sum(false));
    expect(stated.totalBytes).toBeLessThanOrEqual(sum(false) + sum(true));
    expect(peakBytes).toBeLessThanOrEqual(stated.totalBytes);
    // nor so loose that it says nothing, even where the program itself is most of it
    expect(stated.totalBytes - garbageBytes).toBeLessThan(2.5 * peakBytes);
    expect(said).toContain('Memory at most');
    for (const { name, form } of stated.terms) expect(said).toContain(`${name.en} = ${form}`);
  });
});
