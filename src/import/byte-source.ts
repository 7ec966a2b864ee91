/** Where readers get their bytes: a file on disk, or bytes already in memory. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { ByteSource } from './model.ts';

const PIECE_BYTES = 2 ** 20;

/**
 * Opens a file on disk. The caller closes it.
 *
 * @throws ChengmaiError `import/no-file` where it does not exist, is a folder or may not be read
 */
export async function openFile(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  try {
    const handle = await open(path, 'r');
    const info = await handle.stat();
    if (!info.isFile()) {
      await handle.close();
      throw new Error('not a regular file');
    }
    return {
      name: basename(path),
      sizeBytes: info.size,
      path,
      async read(offset, length) {
        const wanted = Math.max(0, Math.min(length, info.size - offset));
        const bytes = new Uint8Array(wanted);
        let done = 0;
        while (done < wanted) {
          const { bytesRead } = await handle.read(bytes, done, wanted - done, offset + done);
          if (bytesRead === 0) break;
          done += bytesRead;
        }
        return bytes.subarray(0, done);
      },
      close: () => handle.close(),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ChengmaiError(
      'input',
      'import/no-file',
      { zh: `无法读取文件 ${path}（${reason}），请检查路径与权限。`, en: `The file ${path} cannot be read (${reason}); check the path and its permissions.` },
      { file: basename(path) },
      cause,
    );
  }
}

/** Bytes in memory under a name, as a source. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    sizeBytes: bytes.byteLength,
    read: async (offset, length) => bytes.subarray(Math.max(0, offset), Math.max(0, offset + length)),
  };
}

/**
 * All bytes of a source that is small enough to be held in memory.
 *
 * @throws ChengmaiError `import/too-large` above `maxBytes`
 */
export async function readWhole(source: ByteSource, maxBytes: number): Promise<Uint8Array> {
  if (source.sizeBytes > maxBytes) throw tooLarge(source, maxBytes);
  return source.read(0, source.sizeBytes);
}

export function tooLarge(source: ByteSource, maxBytes: number): ChengmaiError {
  const [size, limit] = [source.sizeBytes, maxBytes].map((bytes) => Math.ceil(bytes / 2 ** 20));
  return new ChengmaiError(
    'input',
    'import/too-large',
    {
      zh: `文件 ${source.name} 有 ${size} MB，此格式最多读取 ${limit} MB，请拆分后导入。`,
      en: `The file ${source.name} has ${size} MB; at most ${limit} MB of this format are read. Split it and import the parts.`,
    },
    { file: source.name },
  );
}

/** The bytes in order, in pieces of 1 MiB. */
export async function* streamBytes(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  for (let offset = 0; offset < source.sizeBytes; ) {
    throwIfCancelled(signal);
    const piece = await source.read(offset, PIECE_BYTES);
    if (piece.byteLength === 0) return;
    offset += piece.byteLength;
    yield piece;
  }
}
