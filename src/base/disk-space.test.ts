import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkRoom } from './disk-space.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chengmai-room-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('room that is there passes, room that no disk has is refused with the folder and the numbers', () => {
  checkRoom(folder, 1);
  expect(() => checkRoom(folder, 2 ** 70)).toThrow(expect.objectContaining({ kind: 'unavailable', code: 'base/disk-full', place: { file: folder } }) as Error);
});
