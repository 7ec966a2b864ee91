/**
 * The central directory of a zip archive (PKWARE APPNOTE 6.3.10 §4.3), read from the end of the file.
 *
 * Everything that bounds later reading is decided here, before a byte is inflated: number of members, size of the
 * directory, announced sizes and their ratio, and that no two members share bytes of the archive (the trick of Fifield,
 * "A better zip bomb", WOOT 2019). A member is later read only up to its announced size, so the bounds hold whatever
 * the compressed bytes say.
 */
import { ChengmaiError } from '../core/errors.ts';
import type { ByteSource } from './model.ts';

export interface ZipLimits {
  readonly maxMembers: number;
  /** All members together, uncompressed. */
  readonly maxTotalBytes: number;
  /** Uncompressed : compressed, for the whole archive and each member; asked only above `ratioFromBytes` uncompressed. */
  readonly maxRatio: number;
  readonly ratioFromBytes: number;
}

/** Real feeds reach 20:1 (stop_times.txt); deflate itself ends at 1032:1. */
export const ZIP_LIMITS: ZipLimits = {
  maxMembers: 20_000,
  maxTotalBytes: 32 * 2 ** 30,
  maxRatio: 200,
  ratioFromBytes: 50 * 2 ** 20,
};

/** A file within the archive. `name` has `/` between folders, whatever the archiver wrote. */
export interface ZipMember {
  readonly name: string;
  readonly sizeBytes: number;
  readonly compressedBytes: number;
  /** 0 stored, 8 deflate; others cannot be read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  /** Where the member's local header begins, and the first byte that belongs to something else. */
  readonly headerOffset: number;
  readonly limitOffset: number;
}

const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const MAX_DIRECTORY_BYTES = 64 * 2 ** 20;

export function zipError(file: string, code: string, zh: string, en: string, value?: string, cause?: unknown): ChengmaiError {
  return new ChengmaiError('input', `import/zip-${code}`, { zh: `压缩包 ${file}：${zh}`, en: `Zip archive ${file}: ${en}` }, { file, value }, cause);
}

interface Directory {
  readonly entries: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads exactly `length` bytes or says that the archive ends early. */
export async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = offset >= 0 && offset + length <= source.sizeBytes ? await source.read(offset, length) : undefined;
  if (bytes === undefined || bytes.byteLength < length) {
    throw zipError(source.name, 'truncated', `文件不完整（缺少位置 ${offset} 起的 ${length} 字节），请重新下载或复制。`, `it ends early (${length} bytes at ${offset} are missing); download or copy it again.`);
  }
  return bytes;
}

/** 64-bit number of a zip64 structure; NaN beyond 2⁵³, which no check lets pass. */
function uint64(view: DataView, at: number): number {
  const high = view.getUint32(at + 4, true);
  return high > 0x1fffff ? Number.NaN : high * 4294967296 + view.getUint32(at, true);
}

async function findDirectory(source: ByteSource): Promise<Directory> {
  const tailBytes = Math.min(source.sizeBytes, END_BYTES + MAX_COMMENT_BYTES);
  const tailStart = source.sizeBytes - tailBytes;
  const view = viewOf(await readExactly(source, tailStart, tailBytes));
  for (let at = tailBytes - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE || at + END_BYTES + view.getUint16(at + 20, true) > tailBytes) continue;
    const plain: Directory = {
      entries: view.getUint16(at + 10, true),
      sizeBytes: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    if (view.getUint16(at + 4, true) !== 0 && view.getUint16(at + 4, true) !== 0xffff) {
      throw zipError(source.name, 'split', '是分卷压缩包，请先合并成一个文件。', 'it is one part of a split archive; join the parts into one file first.');
    }
    const wide = plain.entries === 0xffff || plain.sizeBytes === 0xffffffff || plain.offset === 0xffffffff;
    return wide ? await findWideDirectory(source, tailStart + at, plain) : plain;
  }
  throw zipError(source.name, 'no-directory', '找不到目录，文件不是 zip 或不完整。', 'no directory was found; it is not a zip file or it ends early.');
}

/** The zip64 directory that a locator right before the plain end record points at; the plain one where there is none. */
async function findWideDirectory(source: ByteSource, endOffset: number, plain: Directory): Promise<Directory> {
  if (endOffset < 20) return plain;
  const locator = viewOf(await readExactly(source, endOffset - 20, 20));
  if (locator.getUint32(0, true) !== LOCATOR64_SIGNATURE) return plain;
  const end64 = viewOf(await readExactly(source, uint64(locator, 8), 56));
  if (end64.getUint32(0, true) !== END64_SIGNATURE) {
    throw zipError(source.name, 'no-directory', 'zip64 目录已损坏。', 'its zip64 directory is damaged.');
  }
  return { entries: uint64(end64, 32), sizeBytes: uint64(end64, 40), offset: uint64(end64, 48) };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const utf8 = new TextDecoder('utf-8');
const gb18030 = new TextDecoder('gb18030');

/**
 * Archivers on Chinese Windows write names in GBK and set no flag; others write UTF-8 and set none either. The names
 * without the flag are judged together, since two bytes of GBK may by chance be a character of UTF-8.
 */
function decodeNames(entries: readonly RawEntry[]): string[] {
  const unflagged = entries.filter((entry) => !entry.utf8Flag).map((entry) => entry.nameBytes);
  const plain = unflagged.every(isUtf8) ? utf8 : gb18030;
  return entries.map((entry) => (entry.utf8Flag ? utf8 : plain).decode(entry.nameBytes));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The name with plain slashes; undefined for folders, names that leave the archive, and what macOS adds. */
function usableName(raw: string): string | undefined {
  const name = raw.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const parts = name.split('/');
  if (name === '' || name.endsWith('/') || name.startsWith('/') || /^[a-z]:/i.test(name) || name.includes('\0')) return undefined;
  if (parts.includes('..') || parts[0] === '__MACOSX' || parts.at(-1) === '.DS_Store') return undefined;
  return name;
}

/** Sizes and offset from the zip64 extra field (id 1), where the plain fields are full of ones. */
function widen(view: DataView, start: number, end: number, plain: { size: number; compressed: number; offset: number }): typeof plain {
  const wide = { ...plain };
  for (let at = start; at + 4 <= end; ) {
    const length = view.getUint16(at + 2, true);
    const fieldEnd = Math.min(end, at + 4 + length);
    if (view.getUint16(at, true) === 1) {
      let p = at + 4;
      for (const key of ['size', 'compressed', 'offset'] as const) {
        if (plain[key] === 0xffffffff && p + 8 <= fieldEnd) {
          wide[key] = uint64(view, p);
          p += 8;
        }
      }
    }
    at += 4 + length;
  }
  return wide;
}

type Sizes = Omit<ZipMember, 'limitOffset' | 'name'>;

interface RawEntry extends Sizes {
  readonly nameBytes: Uint8Array;
  readonly utf8Flag: boolean;
}

interface Entry extends Sizes {
  readonly name: string | undefined;
}

function parseEntries(file: string, bytes: Uint8Array, directory: Directory): Entry[] {
  const view = viewOf(bytes);
  const entries: RawEntry[] = [];
  let at = 0;
  for (let i = 0; i < directory.entries; i++) {
    const nameStart = at + 46;
    if (nameStart > bytes.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw zipError(file, 'damaged', `目录在第 ${i + 1} 项处损坏。`, `its directory is damaged at entry ${i + 1}.`);
    }
    const extraStart = nameStart + view.getUint16(at + 28, true);
    const extraEnd = extraStart + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.byteLength) throw zipError(file, 'damaged', `目录在第 ${i + 1} 项处中断。`, `its directory breaks off in entry ${i + 1}.`);
    const wide = widen(view, extraStart, extraEnd, {
      compressed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    entries.push({
      nameBytes: bytes.subarray(nameStart, extraStart),
      utf8Flag: (view.getUint16(at + 8, true) & 0x800) !== 0,
      sizeBytes: wide.size,
      compressedBytes: wide.compressed,
      headerOffset: wide.offset,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      crc32: view.getUint32(at + 16, true),
    });
    at = next;
  }
  return decodeNames(entries).map((name, i) => ({ ...entries[i], name: usableName(name) }));
}

/** Puts each member's limit at the next member's header; members that share bytes are refused. */
function layOut(file: string, entries: readonly Entry[], directoryOffset: number): (Entry & { limitOffset: number })[] {
  const order = entries.map((_, i) => i).toSorted((a, b) => entries[b].headerOffset - entries[a].headerOffset);
  const limits = new Float64Array(entries.length);
  let limit = directoryOffset;
  for (const i of order) {
    const { headerOffset, compressedBytes, name } = entries[i];
    if (!(headerOffset + 30 + compressedBytes <= limit)) {
      throw zipError(file, 'overlap', `成员 ${name ?? ''} 与其他内容重叠，拒绝读取。`, `member ${name ?? ''} overlaps other content; it is not read.`, name);
    }
    limits[i] = limit;
    limit = headerOffset;
  }
  return entries.map((entry, i) => ({ ...entry, limitOffset: limits[i] }));
}

function checkBounds(file: string, entries: readonly Entry[], limits: ZipLimits): void {
  let total = 0;
  let compressed = 0;
  const tooDense = (size: number, packed: number): boolean => size > limits.ratioFromBytes && size > limits.maxRatio * packed;
  for (const entry of entries) {
    total += entry.sizeBytes;
    compressed += entry.compressedBytes;
    if (tooDense(entry.sizeBytes, entry.compressedBytes)) throw bombError(file, entry.sizeBytes, entry.compressedBytes, limits, entry.name);
  }
  if (tooDense(total, compressed) || !(total <= limits.maxTotalBytes)) throw bombError(file, total, compressed, limits, undefined);
}

function bombError(file: string, size: number, packed: number, limits: ZipLimits, name: string | undefined): ChengmaiError {
  const megabytes = Math.round(size / 2 ** 20);
  return zipError(
    file,
    'bomb',
    `解压后为 ${megabytes} MB（压缩后 ${packed} 字节），超过上限（${limits.maxRatio}:1、${limits.maxTotalBytes / 2 ** 20} MB）；若内容属实，请解压后导入。`,
    `it unpacks to ${megabytes} MB from ${packed} bytes, more than ${limits.maxRatio}:1 or ${limits.maxTotalBytes / 2 ** 20} MB; if that is right, unpack it and import the files.`,
    name,
  );
}

/** The members in the directory's order; of members with the same name the first. Names that cannot be used are left out. */
export async function readZipDirectory(source: ByteSource, limits: ZipLimits): Promise<ZipMember[]> {
  const directory = await findDirectory(source);
  if (!(directory.entries <= limits.maxMembers)) {
    throw zipError(source.name, 'members', `含 ${directory.entries} 个成员，上限为 ${limits.maxMembers}。`, `it has ${directory.entries} members; at most ${limits.maxMembers} are read.`);
  }
  if (!(directory.sizeBytes <= MAX_DIRECTORY_BYTES)) {
    throw zipError(source.name, 'damaged', `目录声称有 ${directory.sizeBytes} 字节，文件已损坏。`, `its directory claims ${directory.sizeBytes} bytes; the file is damaged.`);
  }
  const bytes = await readExactly(source, directory.offset, directory.sizeBytes);
  const entries = parseEntries(source.name, bytes, directory);
  checkBounds(source.name, entries, limits);
  const members = new Map<string, ZipMember>();
  for (const entry of layOut(source.name, entries, directory.offset)) {
    if (entry.name !== undefined && !members.has(entry.name)) members.set(entry.name, { ...entry, name: entry.name });
  }
  return [...members.values()];
}
