/**
 * The outer frame of an OSM PBF file: a row of blobs, each with a length, a small header and up to 32 MiB of content
 * (OpenStreetMap wiki, "PBF Format": the file format). Reads one blob at a time in file order.
 */
import { openSync, readSync } from 'node:fs';
import { throwIfCancelled } from '../../core/errors.ts';
import type { ByteSource } from '../model.ts';
import { MalformedBlock, corruptPbf } from './pbf-error.ts';
import { MessageReader } from './protobuf.ts';

/** Limits of the format: what is larger is not a PBF file or is out to exhaust memory. */
const HEADER_BYTES_MAX = 64 * 1024;
export const BLOB_BYTES_MAX = 32 * 1024 * 1024;
const WINDOW_BYTES = 1 << 20;

export type BlobType = 'OSMHeader' | 'OSMData' | 'other';

/** Where a blob's content lies in the file. `type` is `other` for kinds that readers skip. */
export interface BlobFrame {
  readonly type: BlobType;
  readonly offset: number;
  readonly size: number;
}

/** The type and content size a blob header announces. */
export function parseBlobHeader(bytes: Uint8Array): { type: BlobType; size: number } {
  const reader = new MessageReader(bytes);
  let type = '';
  let size = -1;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag === ((1 << 3) | 2)) type = reader.text();
    else if (tag === (3 << 3)) size = reader.varint();
    else reader.skip(tag & 7);
  }
  if (type === '' || size < 0) throw new MalformedBlock('数据块头缺少类型或长度', 'a blob header lacks its type or size');
  return { type: type === 'OSMHeader' || type === 'OSMData' ? type : 'other', size };
}

/** Whether the first bytes of a file are those of an OSM PBF file: a blob header of type OSMHeader. */
export function startsLikePbf(head: Uint8Array): boolean {
  if (head.length < 6) return false;
  const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  if (length > HEADER_BYTES_MAX || length === 0 || 4 + length > head.length) return false;
  try {
    return parseBlobHeader(head.subarray(4, 4 + length)).type === 'OSMHeader';
  } catch {
    return false;
  }
}

/** Gives exactly `length` bytes at `offset`, or undefined where the file ends before. Valid until the next call. */
type ReadAt = (offset: number, length: number) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

/** Reads a source forward through a window, so that small headers cost no call of their own. */
function windowReader(source: ByteSource): ReadAt {
  let bytes: Uint8Array = new Uint8Array(0);
  let start = 0;
  return async (offset, length) => {
    const from = offset - start;
    if (from >= 0 && from + length <= bytes.length) return bytes.subarray(from, from + length);
    bytes = await source.read(offset, Math.max(length, WINDOW_BYTES));
    start = offset;
    return bytes.length < length ? undefined : bytes.subarray(0, length);
  };
}

/** Reads headers of an open file in place: some 2 µs each, where an asynchronous read takes 60. */
function fileReader(fd: number): ReadAt {
  let buffer = new Uint8Array(256);
  return (offset, length) => {
    if (length > buffer.length) buffer = new Uint8Array(length);
    return readSync(fd, buffer, 0, length, offset) < length ? undefined : buffer.subarray(0, length);
  };
}

/** A source whose blobs are read: through the file system where it is a file on disk, so that each thread reads its own. */
export interface BlobSource {
  readonly source: ByteSource;
  /** An open file descriptor of the same bytes. */
  readonly fd: number | undefined;
  readonly readAt: ReadAt;
}

/** The caller closes the descriptor. */
export function openBlobSource(source: ByteSource): BlobSource {
  const fd = source.path === undefined ? undefined : openSync(source.path, 'r');
  return { source, fd, readAt: fd === undefined ? windowReader(source) : fileReader(fd) };
}

function truncated(source: ByteSource, offset: number): Error {
  return corruptPbf(
    source.name,
    offset,
    { zh: '文件在一个数据块的中间结束', en: 'the file ends in the middle of a blob' },
    'import/pbf-truncated',
  );
}

function checkFrame(source: ByteSource, offset: number, header: Uint8Array): { type: BlobType; size: number } {
  let frame: { type: BlobType; size: number };
  try {
    frame = parseBlobHeader(header);
  } catch (error) {
    if (error instanceof MalformedBlock) throw corruptPbf(source.name, offset, error.text);
    throw error;
  }
  if (frame.size > BLOB_BYTES_MAX) {
    throw corruptPbf(source.name, offset, {
      zh: `数据块声称有 ${frame.size} 字节，格式上限为 ${BLOB_BYTES_MAX}`,
      en: `a blob claims ${frame.size} bytes, the format allows ${BLOB_BYTES_MAX}`,
    });
  }
  return frame;
}

/**
 * Where the blobs of a file lie, in order, from its start. Their content is not read.
 *
 * @throws ChengmaiError `import/pbf-truncated`, `import/pbf-corrupt` with the byte offset
 */
export async function* streamFrames({ source, readAt }: BlobSource, signal?: AbortSignal): AsyncGenerator<BlobFrame, void, undefined> {
  for (let offset = 0; offset < source.sizeBytes; ) {
    throwIfCancelled(signal);
    const start = offset;
    const lengthBytes = await readAt(offset, 4);
    if (lengthBytes === undefined) throw truncated(source, start);
    const length = new DataView(lengthBytes.buffer, lengthBytes.byteOffset, 4).getUint32(0);
    if (length === 0 || length > HEADER_BYTES_MAX) {
      throw corruptPbf(source.name, start, {
        zh: `数据块头声称有 ${length} 字节，格式允许 1 至 ${HEADER_BYTES_MAX}`,
        en: `a blob header claims ${length} bytes, the format allows 1 to ${HEADER_BYTES_MAX}`,
      });
    }
    const header = await readAt(offset + 4, length);
    if (header === undefined) throw truncated(source, start);
    const { type, size } = checkFrame(source, start, header);
    offset += 4 + length;
    if (offset + size > source.sizeBytes) throw truncated(source, start);
    yield { type, offset, size };
    offset += size;
  }
}

/** The content of a blob, as a copy that may go to another thread. */
export async function readBlob({ source, readAt }: BlobSource, frame: BlobFrame): Promise<Uint8Array<ArrayBuffer>> {
  const content = await readAt(frame.offset, frame.size);
  if (content === undefined) throw truncated(source, frame.offset);
  return content.slice();
}
