/**
 * The content of a blob: stored plain or as a zlib stream. The announced raw size bounds what inflating may produce, so
 * that a blob that lies cannot exhaust memory.
 */
import { inflateSync } from 'node:zlib';
import { BLOB_BYTES_MAX } from './blob-stream.ts';
import type { BlobKernel } from './blob-kernel.ts';
import { MalformedBlock } from './pbf-error.ts';
import { MessageReader } from './protobuf.ts';

/** Field numbers of message Blob. */
const RAW = 1;
const RAW_SIZE = 2;
const ZLIB = 3;
const OTHER_COMPRESSIONS: ReadonlyMap<number, string> = new Map([
  [4, 'lzma'],
  [5, 'bzip2'],
  [6, 'lz4'],
  [7, 'zstd'],
]);

/** zlib's own chunk must not be smaller than this, or it throws. */
const CHUNK_BYTES_MIN = 64;

function inflate(compressed: Uint8Array, rawSize: number, kernel: BlobKernel | undefined): Uint8Array {
  if (rawSize > BLOB_BYTES_MAX) {
    throw new MalformedBlock(`解压后大小 ${rawSize} 字节，超过格式上限 ${BLOB_BYTES_MAX}`, `an inflated size of ${rawSize} bytes exceeds the format's ${BLOB_BYTES_MAX}`);
  }
  if (kernel?.fits(rawSize) === true) return kernel.inflate(compressed, rawSize);
  let bytes: Uint8Array;
  try {
    // One chunk of exactly the announced size: a single allocation, no joining of pieces.
    bytes = inflateSync(compressed, { chunkSize: Math.max(CHUNK_BYTES_MIN, rawSize), maxOutputLength: Math.max(1, rawSize) });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new MalformedBlock(`数据块无法解压（${code}）`, `a blob does not inflate (${code})`);
  }
  if (bytes.length !== rawSize) {
    throw new MalformedBlock(`数据块解压后为 ${bytes.length} 字节，而非所称的 ${rawSize}`, `a blob inflates to ${bytes.length} bytes, not the announced ${rawSize}`);
  }
  return bytes;
}

/**
 * The inflated content of a blob message: with the kernel where there is one, and then valid only until its next call;
 * else with Node's zlib.
 *
 * @throws MalformedBlock for damage, a size that lies, and compressions other than zlib
 */
export function inflateBlob(blob: Uint8Array, kernel?: BlobKernel): Uint8Array {
  const reader = new MessageReader(blob);
  let rawSize = -1;
  let compressed: Uint8Array | undefined;
  let plain: Uint8Array | undefined;
  while (!reader.done) {
    const tag = reader.varint();
    const field = tag >>> 3;
    if (tag === ((RAW_SIZE << 3) | 0)) rawSize = reader.varint();
    else if (tag === ((RAW << 3) | 2) || tag === ((ZLIB << 3) | 2)) {
      const { start, end } = reader.span();
      const content = blob.subarray(start, end);
      if (field === RAW) plain = content;
      else compressed = content;
    } else {
      const name = OTHER_COMPRESSIONS.get(field);
      if (name !== undefined) {
        throw new MalformedBlock(
          `数据块使用 ${name} 压缩，仅支持 zlib（可用 osmium cat 转换）`,
          `its blobs are compressed with ${name}, only zlib is read (osmium cat converts)`,
        );
      }
      reader.skip(tag & 7);
    }
  }
  if (plain !== undefined) return plain;
  if (compressed === undefined) throw new MalformedBlock('数据块没有内容', 'a blob has no content');
  if (rawSize < 0) throw new MalformedBlock('压缩数据块未说明解压后大小', 'a compressed blob does not state its inflated size');
  return inflate(compressed, rawSize, kernel);
}
