import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockPath = (): string => join(folder, 'lock.json');
const writeLock = (record: object): void => writeFileSync(lockPath(), JSON.stringify({ since: '2026-01-01T00:00:00Z', processStart: '', ...record }));
/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('a held folder is refused, with the address of its server once that is known', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ kind: 'conflict', code: 'base/in-use' }));
  lock.announce('http://127.0.0.1:8080');
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ place: { file: folder, value: 'http://127.0.0.1:8080' } }));
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  lockFolder(folder).release();
});

test('the lock of a process that is gone is taken over', () => {
  writeLock({ pid: deadPid(), host: hostname() });
  const lock = lockFolder(folder);
  expect(JSON.parse(readFileSync(lockPath(), 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
  expect(existsSync(lockPath())).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))('a process id that was given to another process since does not hold the lock', () => {
  writeLock({ pid: process.pid, host: hostname(), processStart: 'earlier-boot:1' });
  lockFolder(folder).release();
});

test('a lock from another host counts until its heartbeat is half a minute old', () => {
  writeLock({ pid: 1, host: 'another-host' });
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'base/in-use' }));
  const before = new Date(Date.now() - 31_000);
  utimesSync(lockPath(), before, before);
  lockFolder(folder).release();
});

test('a lock file cut short is refused while fresh, taken over when old', () => {
  writeFileSync(lockPath(), '{"pid":');
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'base/in-use' }));
  const before = new Date(Date.now() - 31_000);
  utimesSync(lockPath(), before, before);
  lockFolder(folder).release();
});

const built = new URL('../../dist/base/lock.js', import.meta.url);
test.runIf(existsSync(built))('a process that ends without closing frees its lock (needs dist/)', () => {
  const script = `import { lockFolder } from ${JSON.stringify(built.href)}; lockFolder(${JSON.stringify(folder)}); process.exit(3);`;
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).status).toBe(3);
  expect(existsSync(lockPath())).toBe(false);
});

test('a folder that cannot be made is said to be so', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => lockFolder(join(folder, 'file', 'data'))).toThrow(expect.objectContaining({ kind: 'unavailable', code: 'base/folder-not-writable' }));
});
