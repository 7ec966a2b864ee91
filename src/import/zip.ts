/**
 * Reading zip archives safely: members are listed from the central directory and inflated one at a time with Node's
 * zlib, never to disk, never past their announced size, and their CRC-32 is checked.
 *
 * Libraries were weighed: yauzl 3 checks neither CRC nor overlaps and knows no GBK names; fflate's streaming unzip
 * trusts the local headers. What is left after these checks is the 100 lines of the directory, so it is read here.
 */
import { Readable, pipeline } from 'node:stream';
import { createInflateRaw, crc32, inflateRawSync } from 'node:zlib';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { ByteSource } from './model.ts';
import type { ZipLimits, ZipMember } from './zip-directory.ts';
import { readExactly, readZipDirectory, ZIP_LIMITS, zipError } from './zip-directory.ts';

export type { ZipLimits, ZipMember } from './zip-directory.ts';

export interface ReadMemberOptions {
  /** Refuse members that are larger than this; 512 MB when read whole, the archive's own bound when streamed. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface ZipArchive {
  readonly name: string;
  readonly members: readonly ZipMember[];
  findMember(name: string): ZipMember | undefined;
  /** The member's bytes. Throws `import/zip-…` errors of kind `input` where it is absent, too large or damaged. */
  readMember(name: string, options?: ReadMemberOptions): Promise<Uint8Array>;
  /** The member's bytes in pieces of at most 1 MB; the CRC is known to be right once the last one has come. */
  streamMember(name: string, options?: ReadMemberOptions): AsyncGenerator<Uint8Array, void, undefined>;
}

const READ_WHOLE_BYTES = 512 * 2 ** 20;
const PIECE_BYTES = 2 ** 20;
const INFLATE_CHUNK_BYTES = 2 ** 18;
const LOCAL_SIGNATURE = 0x04034b50;

/** True where the first bytes are those of a zip archive (also of an empty one). */
export function isZip(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/**
 * Opens an archive: reads its directory and checks its bounds.
 *
 * @throws ChengmaiError of kind `input`, code `import/zip-…`
 */
export async function openZip(source: ByteSource, limits: Partial<ZipLimits> = {}): Promise<ZipArchive> {
  const members = await readZipDirectory(source, { ...ZIP_LIMITS, ...limits });
  const byName = new Map(members.map((member) => [member.name, member]));
  const getMember = (name: string, maxBytes: number): ZipMember => {
    const member = byName.get(name);
    if (member === undefined) throw zipError(source.name, 'no-member', `没有成员 ${name}。`, `it has no member ${name}.`, name);
    checkReadable(source.name, member, maxBytes);
    return member;
  };
  return {
    name: source.name,
    members,
    findMember: (name) => byName.get(name),
    async readMember(name, options = {}) {
      const member = getMember(name, options.maxBytes ?? READ_WHOLE_BYTES);
      const bytes = new Uint8Array(member.sizeBytes);
      let filled = 0;
      for await (const piece of readChecked(source, member, options.signal)) {
        bytes.set(piece, filled);
        filled += piece.byteLength;
      }
      return bytes;
    },
    async *streamMember(name, options = {}) {
      yield* readChecked(source, getMember(name, options.maxBytes ?? Infinity), options.signal);
    },
  };
}

function checkReadable(file: string, member: ZipMember, maxBytes: number): void {
  const { name, method } = member;
  if (member.encrypted) throw zipError(file, 'encrypted', `成员 ${name} 已加密，请去除密码后再导入。`, `member ${name} is encrypted; remove the password first.`, name);
  if (method !== 0 && method !== 8) {
    throw zipError(file, 'method', `成员 ${name} 的压缩方法 ${method} 不受支持，请用普通 deflate 重新压缩。`, `member ${name} uses compression method ${method}; pack it again with plain deflate.`, name);
  }
  if (method === 0 && member.sizeBytes !== member.compressedBytes) {
    throw zipError(file, 'damaged', `成员 ${name} 的大小自相矛盾。`, `the sizes of member ${name} contradict each other.`, name);
  }
  if (member.sizeBytes > maxBytes) {
    throw zipError(file, 'member-size', `成员 ${name} 解压后有 ${member.sizeBytes} 字节，上限为 ${maxBytes}。`, `member ${name} unpacks to ${member.sizeBytes} bytes; at most ${maxBytes} are read.`, name);
  }
}

async function findDataOffset(source: ByteSource, member: ZipMember): Promise<number> {
  const head = await readExactly(source, member.headerOffset, 30);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const offset = member.headerOffset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE || offset + member.compressedBytes > member.limitOffset) {
    throw zipError(source.name, 'damaged', `成员 ${member.name} 的文件头已损坏。`, `the header of member ${member.name} is damaged.`, member.name);
  }
  return offset;
}

async function* readRaw(source: ByteSource, member: ZipMember, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  const offset = await findDataOffset(source, member);
  for (let done = 0; done < member.compressedBytes; done += PIECE_BYTES) {
    throwIfCancelled(signal);
    yield await readExactly(source, offset + done, Math.min(PIECE_BYTES, member.compressedBytes - done));
  }
}

function mismatch(file: string, { name }: ZipMember): ChengmaiError {
  return zipError(file, 'crc', `成员 ${name} 的内容与其校验值或大小不符，文件已损坏。`, `member ${name} does not match its checksum or size; the file is damaged.`, name);
}

function notInflatable(file: string, { name }: ZipMember, cause: unknown): ChengmaiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return zipError(file, 'damaged', `成员 ${name} 无法解压（${reason}），文件已损坏。`, `member ${name} cannot be unpacked (${reason}); the file is damaged.`, name, cause);
}

/** Members of up to 1 MB, at once: a stream costs a dozen turns of the thread pool. */
async function inflateSmall(source: ByteSource, member: ZipMember): Promise<Uint8Array> {
  const packed = await readExactly(source, await findDataOffset(source, member), member.compressedBytes);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, member.sizeBytes) });
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? mismatch(source.name, member) : notInflatable(source.name, member, cause);
  }
}

async function* inflate(source: ByteSource, member: ZipMember, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  if (member.sizeBytes <= PIECE_BYTES && member.compressedBytes <= PIECE_BYTES) {
    throwIfCancelled(signal);
    yield await inflateSmall(source, member);
    return;
  }
  const inflater = createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES });
  // Errors of either side arrive at the loop through the inflater, which the pipeline destroys with them.
  pipeline(Readable.from(readRaw(source, member, signal), { objectMode: true, highWaterMark: 1 }), inflater, () => undefined);
  try {
    for await (const piece of inflater) yield piece as Uint8Array;
  } catch (cause) {
    throw cause instanceof ChengmaiError ? cause : notInflatable(source.name, member, cause);
  }
}

/** The member's bytes; an error as soon as there are more than announced, at the end where there are fewer or others. */
async function* readChecked(source: ByteSource, member: ZipMember, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  let checksum = 0;
  for await (const piece of member.method === 0 ? readRaw(source, member, signal) : inflate(source, member, signal)) {
    size += piece.byteLength;
    if (size > member.sizeBytes) throw mismatch(source.name, member);
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== member.sizeBytes || checksum !== member.crc32) throw mismatch(source.name, member);
}
