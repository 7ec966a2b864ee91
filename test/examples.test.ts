// Runs the examples as their pages say, on the built program.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'bin/chengmai.mjs');
const environment = { ...process.env, DATABASE_URL: '', CHENGMAI_LANG: 'en' };
let work: string;

function start(args: readonly string[]) {
  return spawn(process.execPath, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  return { code, out, err };
}

beforeAll(() => {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('the examples run on the built program: npm run build');
  work = mkdtempSync(join(tmpdir(), 'chengmai-examples-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('examples', () => {
  it('registry: Chinese headers in GB18030 and GCJ-02 become facilities; the two bad values are noted', async () => {
    const data = join(work, 'registry');
    const imported = await run(bin, 'import', 'donghu', 'examples/registry/设施台账.csv', 'examples/registry/楼栋台账.csv', '--name', '东湖示例', '--data', data, '--json');
    expect(imported.code, imported.err).toBe(0);
    const summary = JSON.parse(imported.out) as { files: { state: string; kept: Record<string, number>; notes: { examples: { row?: number; value?: string }[] }[] }[]; derived: { kept: Record<string, number> } };
    expect(summary.files.map((file) => file.state)).toEqual(['imported', 'imported']);
    const bad = summary.files[1].notes.flatMap((note) => note.examples);
    expect(bad).toEqual(expect.arrayContaining([expect.objectContaining({ row: 19, value: '20225' }), expect.objectContaining({ row: 25, value: '-3' })]));
    const listed = await run(bin, 'batches', 'donghu', '--data', data, '--json');
    const files = (JSON.parse(listed.out) as { batches: { format: string }[] }).batches.filter((batch) => batch.format === 'csv');
    expect(files).toHaveLength(2);
  });

  it('read-streets: the reader as a library', async () => {
    const city = join(work, 'city');
    expect((await run(bin, 'sample', city, '--persons', '200000', '--json')).code).toBe(0);
    const read = await run('examples/read-streets.mjs', join(city, 'shifan.osm.pbf'));
    expect(read.err).toBe('');
    expect(read.out).toMatch(/^\d+ streets\n/);
    expect(read.out).toMatch(/residential +\d+\.\d km/);
  });

  it('reach-schools: the street engine as a library', async () => {
    const schools = ['115.60,32.58', '115.62,32.58', '115.64,32.57'];
    const reached = await run('examples/reach-schools.mjs', join(work, 'city', 'shifan.osm.pbf'), ...schools);
    expect(reached.err).toBe('');
    const [, some, most] = /^(\d+) of 400 corners reach a school in 15 minutes, at most (\d)/.exec(reached.out) ?? [];
    expect(Number(some)).toBeGreaterThan(20);
    expect(Number(most)).toBeLessThanOrEqual(3);
    expect(reached.out).toMatch(/the closest corner walks \d+ s to school [012]\n/);
  });

  it('query-over-http: upload, import, and read back what lies in a box', async () => {
    const server = start([bin, 'start', '--no-sample', '--port', '0', '--data', join(work, 'http'), '--json']);
    const ended = new Promise((resolve) => server.on('exit', resolve));
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let out = '';
        server.stdout.on('data', (piece: Buffer) => {
          out += piece.toString();
          if (out.includes('\n')) resolve((JSON.parse(out.split('\n')[0]) as { url: string }).url);
        });
        server.on('exit', () => reject(new Error('the server ended before it was ready')));
      });
      const told = await run('examples/query-over-http.mjs', url);
      expect(told.err).toBe('');
      expect(told.out).toContain('import: done');
      expect(told.out).toContain('in the box: 2: 古银杏, 国槐');
    } finally {
      server.kill('SIGINT');
      await ended;
    }
  });
});
