// The street commands as a user runs them, on the built program and a small town written for the purpose.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pbfFile } from '../pbf/craft-pbf.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
let work: string;
let network: string;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function run(command: string, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'bin/chengmai.mjs'), command, ...args, '--lang', 'en'], { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { code, out, err };
}

const path = (name: string): string => join(work, name);
const file = (name: string, text: string): string => {
  writeFileSync(path(name), text);
  return path(name);
};
const rowsOf = (text: string): string[][] => text.trim().split('\n').map((line) => line.split(','));

// One street of 20 pieces, 0.001° of longitude each at the equator: 111.133 m on R5's sphere, 112 s at 1 m/s. Places stand half-way along a
// piece, 55.6 m from its ends: 55 s. So places n pieces apart are 55 + (n − 1) · 112 + 55 s and n · 111.133 m apart.
const secondsOf = (pieces: number): number => 110 + (pieces - 1) * 112;

beforeAll(() => {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('the commands run on the built program: npm run build');
  work = mkdtempSync(join(tmpdir(), 'chengmai-streets-'));
  network = path('street.osm.pbf');
  const nodes = Array.from({ length: 21 }, (_, i) => ({ id: i + 1, lon: i / 1000, lat: 0 }));
  // a side street at each node makes it a junction
  const sides = nodes.map(({ id, lon }) => ({ id: 100 + id, lon, lat: 0.002 }));
  const sideWays = nodes.map(({ id }) => ({ id: 1 + id, refs: [id, 100 + id], tags: { highway: 'footway' } }));
  writeFileSync(network, pbfFile({ nodes: [...nodes, ...sides], ways: [{ id: 1, refs: nodes.map(({ id }) => id), tags: { highway: 'residential' } }, ...sideWays] }));
  file('homes.csv', 'id,lon,lat\na,0.0005,0\nb,0.0105,0\nfar,5,5\n');
  file('shops.csv', 'id,lon,lat,jobs\nx,0.0025,0,10\n"y, the second",0.0125,0,5\n');
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const common = (): string[] => ['--network', network];

describe('chengmai matrix', () => {
  it('writes minutes and metres of every pair within the limit', async () => {
    const ended = await run('matrix', ...common(), '--origins', path('homes.csv'), '--destinations', path('shops.csv'), '--max-minutes', '20', '-o', 'm.csv', '--json');
    expect(ended.code, ended.err).toBe(0);
    const minutes = (pieces: number): string => String(Math.floor(secondsOf(pieces) / 60));
    expect(readFileSync(path('m.csv'), 'utf8').split('\n')).toEqual([
      'from_id,to_id,minutes,metres',
      expect.stringMatching(new RegExp(`^a,x,${minutes(2)},222\\.\\d+$`)),
      expect.stringMatching(new RegExp(`^b,x,${minutes(8)},889\\.\\d+$`)),
      expect.stringMatching(new RegExp(`^b,"y, the second",${minutes(2)},222\\.\\d+$`)),
      '',
    ]);
    const summary = JSON.parse(ended.out) as { rows: number; notes: { code: string; count: number }[] };
    expect(summary.rows).toBe(3);
    expect(summary.notes).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'engine/unlinked', count: 1 })]));
  });

  it('leaves out pairs that take as long as the limit', async () => {
    // 2 pieces take 222 s: below 3.75 minutes (225 s), not below 3.7 (222 s)
    const within = async (limit: string): Promise<number> => {
      const ended = await run('matrix', ...common(), '--origins', path('homes.csv'), '--destinations', path('shops.csv'), '--max-minutes', limit);
      return rowsOf(ended.out).length - 1;
    };
    expect(await within('3.75')).toBe(2);
    expect(await within('3.7')).toBe(0);
  });

  it('writes Parquet with the same rows', async () => {
    const ended = await run('matrix', ...common(), '--origins', path('homes.csv'), '--destinations', path('shops.csv'), '-o', 'm.parquet');
    expect(ended.code, ended.err).toBe(0);
    const bytes = readFileSync(path('m.parquet'));
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer });
    expect(rows.map(({ from_id, to_id }) => `${String(from_id)}→${String(to_id)}`)).toEqual(['a→x', 'a→y, the second', 'b→x', 'b→y, the second']);
  });

  it('says what is wrong, and leaves an older result and no draft', async () => {
    file('old.csv', 'precious\n');
    const bad = await run('matrix', ...common(), '--origins', path('homes.csv'), '--destinations', file('empty.csv', 'id,lon\n'), '-o', 'old.csv', '--json');
    expect(bad.code).toBe(2);
    expect(JSON.parse(bad.out)).toMatchObject({ error: { code: 'import/missing-column', place: { file: 'empty.csv', field: 'lat' } } });
    expect(readFileSync(path('old.csv'), 'utf8')).toBe('precious\n');
    expect(readdirSync(work).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect((await run('matrix', '--network', path('none.pbf'), '--origins', path('homes.csv'), '--destinations', path('shops.csv'))).code).toBe(2);
    expect((await run('matrix', ...common(), '--origins', path('homes.csv'), '--destinations', path('shops.csv'), '-o', 'm.txt')).err).toContain('cli/output-format');
    expect((await run('matrix', ...common(), '--origins', path('homes.csv'), '--destinations', path('shops.csv'), '--speed-kmh', '0')).err).toContain('--speed-kmh 0');
  });
});

describe('every street command', () => {
  const pair = (): string[] => [...common(), '--origins', path('homes.csv'), '--destinations', path('shops.csv')];
  const codeOf = (ended: Ended): string => (JSON.parse(ended.out) as { error: { code: string } }).error.code;

  it('keeps standard output for one JSON document', async () => {
    expect(codeOf(await run('matrix', ...pair(), '--json'))).toBe('cli/json-needs-output');
    expect((await run('matrix', ...pair(), '--mode', 'fly')).out).toBe('');
  });

  it('refuses outputs that cannot be, before it reads a street', async () => {
    const before = readFileSync(path('homes.csv'), 'utf8');
    expect(codeOf(await run('matrix', ...pair(), '-o', path('homes.csv'), '--json'))).toBe('cli/output-is-input');
    expect(readFileSync(path('homes.csv'), 'utf8')).toBe(before);
    const folder = await run('isochrone', ...common(), '--at', '0.01,0', '-o', 'none/i.geojson', '--json');
    expect(codeOf(folder)).toBe('cli/cannot-write');
    expect(folder.err).not.toContain('Reading streets');
  });

  it('names what it cannot tell apart, tabulate or read', async () => {
    expect(codeOf(await run('nearest', ...common(), '--to', path('shops.csv'), join(work, '.', 'shops.csv'), '-o', 'n.csv', '--json'))).toBe('cli/same-category');
    expect(codeOf(await run('accessibility', ...common(), '--origins', path('homes.csv'), '--opportunities', path('shops.csv'), '--metres', '60000', '--decay', 'linear', '-o', 'a.csv', '--json'))).toBe('cli/decay');
    writeFileSync(path('junk.csv'), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)));
    const junk = await run('matrix', ...common(), '--origins', path('junk.csv'), '--destinations', path('shops.csv'), '-o', 'm.csv', '--json');
    expect(codeOf(junk)).toBe('import/not-a-table');
    expect(junk.out.length).toBeLessThan(500);
  });

  it('outlives a thread that dies with a job', async () => {
    const mark = path('died');
    const deadly = file('deadly.mjs', `import { openSync } from 'node:fs';
      import { isMainThread, parentPort } from 'node:worker_threads';
      let first = !isMainThread;
      try { if (first) openSync(${JSON.stringify(mark)}, 'wx'); } catch { first = false; }
      if (first) parentPort.once('message', () => process.exit(7));`);
    process.env.NODE_OPTIONS = `--import ${pathToFileURL(deadly).href}`;
    const ended = await run('matrix', ...pair(), '--threads', '2');
    delete process.env.NODE_OPTIONS;
    expect(existsSync(mark)).toBe(true);
    expect(ended.code, ended.err).toBe(0);
    expect(ended.out).toBe((await run('matrix', ...pair(), '--threads', '0')).out);
  });

  it('stops when the reader of its output has gone', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `p${i},${0.0005 + (i % 20) / 1000},0`);
    const many = file('many.csv', `id,lon,lat\n${rows.join('\n')}\n`);
    const child = spawn(process.execPath, [join(root, 'bin/chengmai.mjs'), 'matrix', ...common(), '--origins', many, '--destinations', many, '--max-minutes', '60', '--lang', 'en'], { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(130);
    expect(err).not.toContain('EPIPE');
  });
});

describe('chengmai accessibility', () => {
  it('adds up what is reached below each cut-off', async () => {
    const ended = await run('accessibility', ...common(), '--origins', path('homes.csv'), '--opportunities', path('shops.csv'), '--columns', 'jobs', '--cutoffs', '15,4');
    expect(ended.code, ended.err).toBe(0);
    expect(rowsOf(ended.out)).toEqual([
      ['id', 'opportunity', 'cutoff', 'accessibility'],
      ['a', 'jobs', '4', '10'], ['a', 'jobs', '15', '10'],
      ['b', 'jobs', '4', '5'], ['b', 'jobs', '15', '15'],
      ['far', 'jobs', '4', '0'], ['far', 'jobs', '15', '0'],
    ]);
  });

  it('weighs by time where a decay is given, and by distance with metres', async () => {
    const decayed = await run('accessibility', ...common(), '--origins', path('homes.csv'), '--opportunities', path('shops.csv'), '--columns', 'jobs', '--cutoffs', '10', '--decay', 'exp');
    const value = Number(rowsOf(decayed.out)[1][3]);
    // half as much for each 10 minutes
    expect(value).toBeCloseTo(10 * 2 ** (-secondsOf(2) / 600) + 5 * 2 ** (-secondsOf(12) / 600), 9);
    const near = await run('accessibility', ...common(), '--origins', path('homes.csv'), '--opportunities', path('shops.csv'), '--metres', '222,223');
    expect(rowsOf(near.out).slice(1, 3)).toEqual([['a', 'points', '222', '0'], ['a', 'points', '223', '1']]);
    const bad = await run('accessibility', ...common(), '--origins', path('homes.csv'), '--opportunities', path('shops.csv'), '--decay', 'steep');
    expect(bad.code).toBe(2);
    expect(bad.err).toContain('none of step, logistic');
  });
});

describe('chengmai nearest', () => {
  it('lists the nearest of each category for every node', async () => {
    const ended = await run('nearest', ...common(), '--to', path('shops.csv'), path('homes.csv'), '--k', '2', '--max-metres', '300');
    expect(ended.code, ended.err).toBe(0);
    const rows = rowsOf(ended.out.replaceAll('"y, the second"', 'y'));
    expect(rows[0]).toEqual(['node_id', 'lon', 'lat', 'category', 'rank', 'to_id', 'metres']);
    const of = (node: string, category: string): string[][] => rows.filter((row) => row[0] === node && row[3] === category).map((row) => row.slice(4));
    expect(of('3', 'shops')).toEqual([['1', 'x', expect.stringMatching(/^55\.[56]/)]]);
    expect(of('11', 'homes')).toEqual([['1', 'b', expect.stringMatching(/^55\.[56]/)]]);
    // 3½ pieces from x are 389 m
    expect(of('7', 'shops')).toEqual([]);
  });

  it('asks from given points', async () => {
    const ended = await run('nearest', ...common(), '--to', path('shops.csv'), '--origins', path('homes.csv'), '--max-minutes', '4');
    expect(rowsOf(ended.out.replaceAll('"y, the second"', 'y'))).toEqual([
      ['id', 'category', 'rank', 'to_id', 'seconds'],
      ['a', 'shops', '1', 'x', String(secondsOf(2))],
      ['b', 'shops', '1', 'y', String(secondsOf(2))],
    ]);
  });
});

describe('chengmai isochrone', () => {
  it('draws nested polygons and counts what is reached', async () => {
    const ended = await run('isochrone', ...common(), '--at', '0.01,0', '--minutes', '2,4,6', '--streets', '--opportunities', path('shops.csv'), '--columns', 'jobs', '-o', 'i.geojson');
    expect(ended.code, ended.err).toBe(0);
    const { features } = JSON.parse(readFileSync(path('i.geojson'), 'utf8')) as { features: { properties: Record<string, number>; geometry: { type: string } }[] };
    const areas = features.filter(({ geometry }) => geometry.type === 'MultiPolygon').map(({ properties }) => properties);
    expect(areas.map(({ minutes }) => minutes)).toEqual([6, 4, 2]);
    expect(areas.map(({ jobs }) => jobs)).toEqual([5, 0, 0]);
    expect(areas[0].area_m2).toBeGreaterThan(areas[1].area_m2);
    expect(features.filter(({ geometry }) => geometry.type === 'MultiLineString')).toHaveLength(3);
  });

  it('refuses a place without streets and a place that is none', async () => {
    expect((await run('isochrone', ...common(), '--at', '50,50')).err).toContain('engine/off-network');
    expect((await run('isochrone', ...common(), '--at', 'here')).err).toContain('cli/place');
    expect((await run('isochrone', ...common(), '--at', '-0.001,0', '--minutes', '5')).code).toBe(0);
  });
});
