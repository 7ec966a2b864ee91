import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeWhole } from './table-output.ts';

const dir = mkdtempSync(join(tmpdir(), 'chengmai-output-'));
afterAll(() => rmSync(dir, { recursive: true }));

it('writes through a link and leaves the link', async () => {
  const [file, link] = [join(dir, 'real.csv'), join(dir, 'link.csv')];
  writeFileSync(file, 'before');
  symlinkSync('real.csv', link);
  await writeWhole(link, 'after');
  expect(readlinkSync(link)).toBe('real.csv');
  expect(readFileSync(file, 'utf8')).toBe('after');
});

it.skipIf(process.platform === 'win32')('writes into a pipe and does not put a file in its place', async () => {
  const pipe = join(dir, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [read] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'a,b\n')]);
  expect(read).toBe('a,b\n');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});
