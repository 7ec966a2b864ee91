/**
 * Cache files: the bytes of a buffer and 8 more, a magic number and the CRC-32 of all before, so that a file that was cut short or damaged
 * is never trusted. Written beside and renamed, so that a killed process leaves no half file.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

export const TRAILER_BYTES = 8;
const TRAILER_MAGIC = 0x43524333; // "3CRC"

/** The bytes, at a multiple of 8 so that typed arrays may view them; undefined where there is no such file or it is damaged. */
export async function readCacheFile(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let whole: Buffer;
  try {
    whole = await readFile(file);
  } catch {
    // not there or not readable: it is made again
    return undefined;
  }
  if (whole.length < TRAILER_BYTES) return undefined;
  const body = whole.subarray(0, whole.length - TRAILER_BYTES);
  if (whole.readUInt32LE(whole.length - 8) !== TRAILER_MAGIC || whole.readUInt32LE(whole.length - 4) !== crc32(body)) return undefined;
  // small files come from Node's shared pool at any offset; views need a multiple of 8
  return body.byteOffset % 8 === 0 && body.buffer instanceof ArrayBuffer ? new Uint8Array(body.buffer, body.byteOffset, body.length) : new Uint8Array(body);
}

export async function writeCacheFile(file: string, bytes: Uint8Array): Promise<void> {
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(TRAILER_MAGIC, 0);
  trailer.writeUInt32LE(crc32(bytes), 4);
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${randomUUID()}.part`;
  await writeFile(beside, Buffer.concat([bytes, trailer]));
  await rename(beside, file);
}

/** Names of files `<city>-<32 hex digits>.<ending>` of a folder; none where there is no folder. */
export async function listCacheFiles(folder: string, cityId: string, ending: string): Promise<string[]> {
  const pattern = new RegExp(`^[0-9a-f]{32}\\.${ending}$`);
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith(`${cityId}-`) && pattern.test(name.slice(cityId.length + 1))).sort();
}

/** Removes such files but the one of this key: older revisions' are of no use, an undo makes its own again. */
export async function removeOlder(folder: string, cityId: string, key: string, ending: string): Promise<void> {
  for (const name of await listCacheFiles(folder, cityId, ending)) if (name !== `${cityId}-${key}.${ending}`) await rm(join(folder, name), { force: true });
}
