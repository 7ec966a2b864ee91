/**
 * The structure of a TIFF or BigTIFF file (TIFF 6.0 §2; BigTIFF design of Aware Systems): header, directory, tags.
 *
 * Nothing a tag claims is believed before it is compared with the file's length: a value is read only where it lies
 * within the file, directories are visited once each, and the image's dimensions are bounded before anything is
 * allocated for it.
 */
import { ChengmaiError } from '../../core/errors.ts';
import type { ByteSource } from '../model.ts';

export const TAG = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
  pixelScale: 33550,
  tiepoints: 33922,
  transformation: 34264,
  geoKeys: 34735,
  geoDoubles: 34736,
  geoText: 34737,
  gdalMetadata: 42112,
  gdalNodata: 42113,
} as const;

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 };

const MAX_ENTRIES = 4096;
const MAX_DIRECTORIES = 64;
/** 64 Mi cells: 256 MB of values, a province at 100 m. */
export const MAX_CELLS = 2 ** 26;
const MAX_TEXT_BYTES = 2 ** 20;

export function tiffError(file: string, code: string, zh: string, en: string, value?: string, cause?: unknown): ChengmaiError {
  return new ChengmaiError('input', `import/tiff-${code}`, { zh: `栅格文件 ${file}：${zh}`, en: `Raster ${file}: ${en}` }, { file, value }, cause);
}

export async function readAt(source: ByteSource, offset: number, length: number): Promise<DataView> {
  const bytes = offset >= 0 && length >= 0 && offset + length <= source.sizeBytes ? await source.read(offset, length) : undefined;
  if (bytes === undefined || bytes.byteLength < length) {
    throw tiffError(source.name, 'truncated', `文件不完整（缺少位置 ${offset} 起的 ${length} 字节），请重新下载或复制。`, `it ends early (${length} bytes at ${offset} are missing); download or copy it again.`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values are in the file. */
  readonly offset: number;
}

/** The first full image's tags. */
export class TiffDirectory {
  readonly source: ByteSource;
  readonly littleEndian: boolean;
  readonly #entries: ReadonlyMap<number, Entry>;

  constructor(source: ByteSource, littleEndian: boolean, entries: ReadonlyMap<number, Entry>) {
    this.source = source;
    this.littleEndian = littleEndian;
    this.#entries = entries;
  }

  has(tag: number): boolean {
    return this.#entries.has(tag);
  }

  /** The first `most` numbers of a tag; empty where it is absent. Fractions come as their quotient. */
  async readNumbers(tag: number, most: number): Promise<Float64Array> {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return new Float64Array(0);
    const size = TYPE_BYTES[entry.type];
    const count = Math.min(entry.count, most);
    const view = await readAt(this.source, entry.offset, count * size);
    return Float64Array.from({ length: count }, (_, i) => readNumber(view, i * size, entry.type, this.littleEndian));
  }

  /** The first number of a tag, or the default. */
  async readNumber(tag: number, otherwise: number): Promise<number> {
    return (await this.readNumbers(tag, 1))[0] ?? otherwise;
  }

  /** The text of a tag up to its first zero byte; empty where it is absent. */
  async readText(tag: number): Promise<string> {
    const entry = this.#entries.get(tag);
    if (entry === undefined || TYPE_BYTES[entry.type] !== 1) return '';
    const view = await readAt(this.source, entry.offset, Math.min(entry.count, MAX_TEXT_BYTES));
    return new TextDecoder().decode(view).split('\0', 1)[0];
  }
}

function readNumber(view: DataView, at: number, type: number, le: boolean): number {
  switch (type) {
    case 1:
    case 2:
    case 7:
      return view.getUint8(at);
    case 6:
      return view.getInt8(at);
    case 3:
      return view.getUint16(at, le);
    case 8:
      return view.getInt16(at, le);
    case 4:
    case 13:
      return view.getUint32(at, le);
    case 9:
      return view.getInt32(at, le);
    case 5:
      return view.getUint32(at, le) / view.getUint32(at + 4, le);
    case 10:
      return view.getInt32(at, le) / view.getInt32(at + 4, le);
    case 11:
      return view.getFloat32(at, le);
    case 12:
      return view.getFloat64(at, le);
    case 17:
      return Number(view.getBigInt64(at, le));
    default:
      return Number(view.getBigUint64(at, le));
  }
}

interface Layout {
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly firstOffset: number;
}

/** True where bytes begin as a TIFF or BigTIFF file does. */
export function isTiff(head: Uint8Array): boolean {
  if (head.length < 8) return false;
  const little = head[0] === 0x49 && head[1] === 0x49;
  if (!little && !(head[0] === 0x4d && head[1] === 0x4d)) return false;
  const version = little ? head[2] | (head[3] << 8) : (head[2] << 8) | head[3];
  return version === 42 || version === 43;
}

async function readLayout(source: ByteSource): Promise<Layout> {
  const view = await readAt(source, 0, Math.min(16, source.sizeBytes));
  if (!isTiff(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))) {
    throw tiffError(source.name, 'not-tiff', '不是 TIFF 文件。', 'it is not a TIFF file.');
  }
  const littleEndian = view.getUint8(0) === 0x49;
  const big = view.getUint16(2, littleEndian) === 43;
  if (big && view.byteLength < 16) throw tiffError(source.name, 'truncated', '文件不完整。', 'it ends early; download or copy it again.');
  return { littleEndian, big, firstOffset: big ? Number(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian) };
}

async function readEntries(source: ByteSource, { littleEndian, big }: Layout, offset: number): Promise<{ entries: Map<number, Entry>; next: number }> {
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const inlineBytes = big ? 8 : 4;
  const word = (view: DataView, at: number): number => (big ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian));
  const head = await readAt(source, offset, countBytes);
  const count = big ? word(head, 0) : head.getUint16(0, littleEndian);
  if (count > MAX_ENTRIES) throw tiffError(source.name, 'damaged', `目录声称有 ${count} 个标签。`, `its directory claims ${count} tags; the file is damaged.`);
  const start = offset + countBytes;
  const view = await readAt(source, start, count * entryBytes);
  const entries = new Map<number, Entry>();
  for (let i = 0; i < count; i++) {
    const at = i * entryBytes;
    const type = view.getUint16(at + 2, littleEndian);
    const size = TYPE_BYTES[type];
    if (size === undefined) continue;
    const values = word(view, at + 4);
    const inline = values * size <= inlineBytes;
    entries.set(view.getUint16(at, littleEndian), { type, count: values, offset: inline ? start + at + 4 + inlineBytes : word(view, at + 4 + inlineBytes) });
  }
  const tail = start + count * entryBytes;
  const next = tail + inlineBytes <= source.sizeBytes ? word(await readAt(source, tail, inlineBytes), 0) : 0;
  return { entries, next };
}

/** The directory of the first image that is neither an overview nor a mask. */
export async function readTiffDirectory(source: ByteSource): Promise<TiffDirectory> {
  const layout = await readLayout(source);
  const visited = new Set<number>();
  for (let offset = layout.firstOffset; offset !== 0 && !visited.has(offset) && visited.size < MAX_DIRECTORIES; ) {
    visited.add(offset);
    const { entries, next } = await readEntries(source, layout, offset);
    const directory = new TiffDirectory(source, layout.littleEndian, entries);
    const subfile = await directory.readNumber(TAG.subfileType, 0);
    if ((subfile & 5) === 0 && directory.has(TAG.width)) return directory;
    offset = next;
  }
  throw tiffError(source.name, 'no-image', '不含图像。', 'it holds no image.');
}
