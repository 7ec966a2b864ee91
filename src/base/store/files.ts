/**
 * The source files of a city, kept in the base in chunks of 1 MiB: workers on other machines read them there, undo
 * reads them again, and every number can be followed back to its bytes.
 */
import { createHash } from 'node:crypto';
import { ChengmaiError, throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { ByteSource } from '../../import/model.ts';
import type { Session } from '../database.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Chunks fetched at once: 8 MiB a query. */
const CHUNKS_READ = 8;

export interface StoredFile {
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly storedAt: Date;
}

async function* chunksOf(source: ByteSource, context: WorkContext): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < source.sizeBytes; ) {
    throwIfCancelled(context.signal);
    const bytes = await source.read(offset, CHUNK_BYTES);
    if (bytes.byteLength === 0) return;
    offset += bytes.byteLength;
    yield bytes;
  }
}

/** SHA-256 of all bytes, in lower-case hexadecimal. */
export async function hashSource(source: ByteSource, context: WorkContext = {}): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of chunksOf(source, context)) hash.update(bytes);
  return hash.digest('hex');
}

/**
 * Stores a file under its SHA-256; nothing happens where it is stored already. Chunks go in one by one, so a process that
 * dies leaves an incomplete file, which the next attempt completes and no reader sees.
 *
 * @throws ChengmaiError input `base/file-changed` where the bytes are not those of the SHA-256
 */
export async function writeFile(database: Session, cityId: string, source: ByteSource, sha256: string, context: WorkContext = {}): Promise<void> {
  const rows = await database.query<{ complete: boolean }>(
    `insert into source_file (city_id, sha256, file_name, size_bytes) values ($1, $2, $3, $4)
     on conflict (city_id, sha256) do update set file_name = source_file.file_name returning complete`,
    [cityId, sha256, source.name, source.sizeBytes],
  );
  if (rows[0].complete) return;
  let seq = 0;
  const hash = createHash('sha256');
  for await (const bytes of chunksOf(source, context)) {
    hash.update(bytes);
    // base64 text, because drivers encode bytea parameters byte by byte: 1 MiB took 150 ms, this takes 6 ms
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    await database.query(
      `insert into source_file_chunk (city_id, sha256, seq, bytes) values ($1, $2, $3, decode($4, 'base64')) on conflict do nothing`,
      [cityId, sha256, seq++, text],
    );
  }
  if (hash.digest('hex') !== sha256) {
    await database.query('delete from source_file where city_id = $1 and sha256 = $2', [cityId, sha256]);
    throw new ChengmaiError('input', 'base/file-changed', {
      zh: `文件 ${source.name} 在读取期间发生变化；请等写入完成后再导入。`,
      en: `The file ${source.name} changed while it was read; import it again once it is written in full.`,
    }, { file: source.name });
  }
  await database.query('update source_file set complete = true where city_id = $1 and sha256 = $2', [cityId, sha256]);
}

export async function listFiles(database: Session, cityId: string): Promise<StoredFile[]> {
  const rows = await database.query<{ sha256: string; file_name: string; size_bytes: number; stored_at: Date }>(
    'select sha256, file_name, size_bytes, stored_at from source_file where city_id = $1 and complete order by stored_at, sha256',
    [cityId],
  );
  return rows.map((row) => ({ sha256: row.sha256, fileName: row.file_name, sizeBytes: row.size_bytes, storedAt: row.stored_at }));
}

export async function findFile(database: Session, cityId: string, sha256: string): Promise<StoredFile | undefined> {
  const rows = await database.query<{ sha256: string; file_name: string; size_bytes: number; stored_at: Date }>(
    'select sha256, file_name, size_bytes, stored_at from source_file where city_id = $1 and sha256 = $2 and complete',
    [cityId, sha256],
  );
  if (rows.length === 0) return undefined;
  return { sha256, fileName: rows[0].file_name, sizeBytes: rows[0].size_bytes, storedAt: rows[0].stored_at };
}

/**
 * A stored file as bytes to read from any offset; the last 8 MiB read are kept at hand.
 *
 * @throws ChengmaiError not-found `base/no-file`
 */
export async function openStoredFile(database: Session, cityId: string, sha256: string): Promise<ByteSource> {
  const file = await findFile(database, cityId, sha256);
  if (file === undefined) {
    throw new ChengmaiError('not-found', 'base/no-file', {
      zh: `城市“${cityId}”没有存档文件 ${sha256.slice(0, 12)}…；请重新上传。`,
      en: `The city "${cityId}" has no stored file ${sha256.slice(0, 12)}…; upload it again.`,
    }, { value: sha256 });
  }
  let window: { first: number; bytes: Buffer } | undefined;
  const load = async (seq: number): Promise<{ first: number; bytes: Buffer }> => {
    const rows = await database.query<{ text: string }>(
      `select encode(bytes, 'base64') as text from source_file_chunk where city_id = $1 and sha256 = $2 and seq >= $3 and seq < $4 order by seq`,
      [cityId, sha256, seq, seq + CHUNKS_READ],
    );
    return { first: seq, bytes: Buffer.concat(rows.map((row) => Buffer.from(row.text, 'base64'))) };
  };
  return {
    name: file.fileName,
    sizeBytes: file.sizeBytes,
    async read(offset, length) {
      const end = Math.min(offset + length, file.sizeBytes);
      const parts: Buffer[] = [];
      for (let p = offset; p < end; ) {
        const seq = Math.floor(p / CHUNK_BYTES);
        if (window === undefined || seq < window.first || p >= window.first * CHUNK_BYTES + window.bytes.length) window = await load(seq);
        const start = p - window.first * CHUNK_BYTES;
        const part = window.bytes.subarray(start, start + end - p);
        if (part.length === 0) break;
        parts.push(part);
        p += part.length;
      }
      return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    },
  };
}

/** Removes stored files that no batch names and that were stored more than a day ago (uploads never imported). */
export async function sweepFiles(database: Session): Promise<void> {
  await database.query(
    `delete from source_file f where stored_at < now() - interval '1 day'
     and not exists (select 1 from import_batch b where b.city_id = f.city_id and b.sha256 = f.sha256)`,
  );
}
