// The commands for documents and tasks where they are used wrongly: what is said, with which exit code, and that the base is not asked.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBase } from '../../src/base/open.ts';
import { createCity } from '../../src/base/store/cities.ts';

const program = join(dirname(fileURLToPath(import.meta.url)), '../../bin/chengmai.mjs');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengmai-test-'));
  await writeFile(join(folder, '通知.txt'), '云滨区人民政府关于改造老旧小区的通知\n一、任务\n2026年底前完成12个小区改造。\n');
  await writeFile(join(folder, '空.txt'), ' \n');
  await writeFile(join(folder, '旧.doc'), new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a command says on standard output and error, and its exit code. */
async function run(...args: string[]): Promise<{ code: number | null; out: string; said: string }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CHENGMAI_DATA: join(folder, 'data'), DATABASE_URL: '' } });
  let [out, said] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, said };
}

describe('chengmai policy', () => {
  test('gives one document as one JSON value', async () => {
    const { code, out } = await run('policy', '通知.txt', '--published', '2025-11-01', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ file: '通知.txt', title: '云滨区人民政府关于改造老旧小区的通知', publishedAt: '2025-11-01' });
  });

  test('reads all of several, and tells of each that it cannot read; the first of these gives the exit code', async () => {
    const files = ['旧.doc', '通知.txt', 'nothing.txt', '空.txt'];
    const { code, out, said } = await run('policy', ...files, '--json');
    expect(code).toBe(2);
    const documents = JSON.parse(out) as { file: string; reading?: { title: string }; error?: { code: string } }[];
    expect(documents.map(({ file, reading, error }) => [file, error?.code ?? reading?.title])).toEqual([['旧.doc', 'import/unknown-document'], ['通知.txt', '云滨区人民政府关于改造老旧小区的通知'], ['nothing.txt', 'cli/no-file'], ['空.txt', '空']]);
    expect(Object.keys(documents[1])).toEqual(['file', 'reading']);
    expect(said.trim().split('\n')).toEqual([expect.stringMatching(/旧\.doc.*import\/unknown-document/), expect.stringMatching(/nothing\.txt.*cli\/no-file/)]);
    const shown = await run('policy', 'nothing.txt', '旧.doc', '通知.txt');
    expect(shown.code).toBe(3);
    expect(shown.out).toMatch(/^云滨区人民政府关于改造老旧小区的通知\n/);
  });

  test('keeps those of several that can be kept', async () => {
    const base = await openBase({ dataDir: join(folder, 'data'), environment: {} });
    await createCity(base.database, 'yunbin', { zh: '云滨', en: 'Yunbin' });
    await base.close();
    const { code, out, said } = await run('policy', '空.txt', '通知.txt', '旧.doc', '--into', 'yunbin', '--json');
    const documents = JSON.parse(out) as { file: string; documentId?: string; error?: { code: string } }[];
    expect(documents.map(({ file, documentId, error }) => [file, error?.code ?? documentId])).toEqual([['空.txt', 'delivery/empty-document'], ['通知.txt', expect.stringMatching(/^p-[0-9a-f]{12}$/)], ['旧.doc', 'import/unknown-document']]);
    expect(code).toBe(2);
    expect(said).toContain('空.txt');
  });

  test.each([
    [['nothing.txt'], 3, 'cli/no-file'],
    [['.'], 3, 'cli/no-file'],
    [['旧.doc'], 2, 'import/unknown-document'],
    [['通知.txt', '--published', '2025-02-30'], 2, 'cli/day'],
    [['通知.txt', '--published', '0000-01-01'], 2, 'cli/day'],
  ])('%j is refused', async (args, exit, told) => {
    const { code, out, said } = await run('policy', ...args);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(said).toContain(told);
  });
});

describe('chengmai tasks', () => {
  test.each([
    [['--today', '2026-02-31'], 'cli/day'],
    [['--due-to', 'tomorrow'], 'cli/day'],
    [['--dry'], 'cli/dry-without-import'],
    [['--sync', '--undo', 'x'], 'cli/one-at-a-time'],
    [['--import', 'a.xlsx', '-o', 'b.xlsx'], 'cli/one-at-a-time'],
  ])('%j is refused before a base is opened', async (args, told) => {
    const { code, said } = await run('tasks', 'yunbin', ...args);
    expect(code).toBe(2);
    expect(said).toContain(told);
  });
});
