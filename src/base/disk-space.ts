/**
 * Room on the disk of the data folder. PostgreSQL that cannot write its log gives up at once, and the embedded one takes
 * the process with it; so writing stops while there is still room to take the unfinished rows back.
 */
import { statfsSync } from 'node:fs';
import { ChengmaiError } from '../core/errors.ts';

const MB = 1024 * 1024;
/** Deleting what a run staged and a checkpoint take a log segment or two of 16 MB. */
export const ROOM_TO_WRITE = 64 * MB;
/** Opening replays the log into at least one new segment. */
export const ROOM_TO_OPEN = 32 * MB;
/** A new base takes 62 MB. */
export const ROOM_TO_CREATE = 160 * MB;

export function diskFull(place: string, reason: string, cause?: unknown): ChengmaiError {
  return new ChengmaiError('unavailable', 'base/disk-full', {
    zh: `${place} 所在磁盘空间不足（${reason}）；请腾出空间后重试，城市保持原状。`,
    en: `The disk of ${place} is full (${reason}); make room and try again. Cities are as before.`,
  }, { file: place }, cause);
}

/** @throws ChengmaiError unavailable `base/disk-full` where the disk of `folder` has less than `bytes` left */
export function checkRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const [freeMb, neededMb] = [Math.floor(free / MB), Math.ceil(bytes / MB)];
  throw diskFull(folder, `${freeMb} MB < ${neededMb} MB`);
}
