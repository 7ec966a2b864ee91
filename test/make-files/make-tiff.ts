/** Writes small GeoTIFF files for tests: strips or tiles, any sample type, byte order, predictor and compression we read. */
import { deflateSync } from 'node:zlib';

export type TiffSample = 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64';

export interface TiffSpec {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top, bands interleaved. */
  readonly values: ArrayLike<number>;
  readonly sample?: TiffSample;
  readonly bands?: number;
  readonly compression?: 'none' | 'deflate' | 'lzw' | 'packbits';
  readonly predictor?: 1 | 2 | 3;
  readonly bigEndian?: boolean;
  readonly big?: boolean;
  /** [width, length]; strips of `rowsPerStrip` rows where absent. */
  readonly tile?: readonly [number, number];
  readonly rowsPerStrip?: number;
  readonly nodata?: string;
  readonly metadata?: string;
  /** x, y of the outer corner of the first cell, cell width, cell height. Default: 114, 31, 0.01, 0.01. */
  readonly position?: readonly [number, number, number, number];
  /** a … f row by row in place of position. */
  readonly matrix?: readonly number[];
  /** GeoKeys as key → SHORT value; default WGS 84 geographic. Empty for none. */
  readonly keys?: Readonly<Record<number, number>>;
  /** Further tags: SHORT values, put in as they are. */
  readonly extraTags?: Readonly<Record<number, number>>;
}

const SAMPLES: Readonly<Record<TiffSample, readonly [bytes: number, format: number]>> = {
  uint8: [1, 1],
  int16: [2, 2],
  uint16: [2, 1],
  int32: [4, 2],
  uint32: [4, 1],
  float32: [4, 3],
  float64: [8, 3],
};

function writeSample(view: DataView, at: number, sample: TiffSample, value: number, le: boolean): void {
  switch (sample) {
    case 'uint8':
      return view.setUint8(at, value);
    case 'int16':
      return view.setInt16(at, value, le);
    case 'uint16':
      return view.setUint16(at, value, le);
    case 'int32':
      return view.setInt32(at, value, le);
    case 'uint32':
      return view.setUint32(at, value, le);
    case 'float32':
      return view.setFloat32(at, value, le);
    case 'float64':
      return view.setFloat64(at, value, le);
  }
}

/** One block's bytes before compression, predictor applied. */
function encodeBlock(spec: TiffSpec, left: number, top: number, width: number, height: number): Uint8Array {
  const { sample = 'float32', bands = 1, predictor = 1, bigEndian = false } = spec;
  const [size] = SAMPLES[sample];
  const rowSamples = width * bands;
  const bytes = new Uint8Array(rowSamples * height * size);
  const view = new DataView(bytes.buffer);
  for (let y = 0; y < height; y++) {
    const row = Array.from({ length: rowSamples }, (_, i) => {
      const x = left + Math.floor(i / bands);
      return x < spec.width && top + y < spec.height ? spec.values[((top + y) * spec.width + x) * bands + (i % bands)] : 0;
    });
    const start = y * rowSamples * size;
    if (predictor === 2) for (let i = rowSamples - 1; i >= bands; i--) row[i] -= row[i - bands];
    if (predictor !== 3) row.forEach((value, i) => writeSample(view, start + i * size, sample, value, !bigEndian));
    else {
      const plain = new DataView(new ArrayBuffer(rowSamples * size));
      row.forEach((value, i) => writeSample(plain, i * size, sample, value, false));
      for (let i = 0; i < rowSamples; i++) for (let b = 0; b < size; b++) bytes[start + b * rowSamples + i] = plain.getUint8(i * size + b);
      for (let i = rowSamples * size - 1; i >= bands; i--) bytes[start + i] -= bytes[start + i - bands];
    }
  }
  return bytes;
}

/** LZW, most significant bit first, early change (TIFF 6.0 §13). */
function encodeLzw(input: Uint8Array): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let bitCount = 0;
  let width = 9;
  const emit = (code: number): void => {
    bits = (bits << width) | code;
    bitCount += width;
    while (bitCount >= 8) {
      bitCount -= 8;
      out.push((bits >>> bitCount) & 255);
      bits &= (1 << bitCount) - 1;
    }
  };
  let table = new Map<string, number>();
  let next = 258;
  emit(256);
  let text = '';
  const codeOf = (key: string): number => (key.length === 1 ? key.charCodeAt(0) : (table.get(key) as number));
  for (const byte of input) {
    const longer = text + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      text = longer;
      continue;
    }
    emit(codeOf(text));
    table.set(longer, next++);
    if (next === (1 << width)) width++;
    if (next >= 4094) {
      emit(256);
      table = new Map();
      next = 258;
      width = 9;
    }
    text = String.fromCharCode(byte);
  }
  if (text !== '') emit(codeOf(text));
  if (next + 1 >= 1 << width && width < 12) width++;
  emit(257);
  if (bitCount > 0) out.push((bits << (8 - bitCount)) & 255);
  return Uint8Array.from(out);
}

function encodePackBits(input: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < input.length; ) {
    let run = 1;
    while (run < 128 && input[at + run] === input[at]) run++;
    if (run > 1) out.push(257 - run, input[at]);
    else out.push(0, input[at]);
    at += run;
  }
  return Uint8Array.from(out);
}

const COMPRESSIONS = { none: 1, deflate: 8, lzw: 5, packbits: 32773 } as const;

function compress(bytes: Uint8Array, compression: keyof typeof COMPRESSIONS): Uint8Array {
  if (compression === 'deflate') return deflateSync(bytes);
  if (compression === 'lzw') return encodeLzw(bytes);
  return compression === 'packbits' ? encodePackBits(bytes) : bytes;
}

/** SHORT 3, LONG 4, DOUBLE 12, ASCII 2, LONG8 16. */
interface Tag {
  readonly type: 2 | 3 | 4 | 12 | 16;
  readonly values: readonly number[];
}

const TAG_BYTES = { 2: 1, 3: 2, 4: 4, 12: 8, 16: 8 } as const;

function short(...values: number[]): Tag {
  return { type: 3, values };
}

function ascii(text: string): Tag {
  return { type: 2, values: [...new TextEncoder().encode(text), 0] };
}

function buildTags(spec: TiffSpec, offsets: readonly number[], byteCounts: readonly number[]): Map<number, Tag> {
  const { sample = 'float32', bands = 1, compression = 'none', predictor = 1, tile, rowsPerStrip = spec.height, position = [114, 31, 0.01, 0.01], keys = { 1024: 2, 1025: 1, 2048: 4326 } } = spec;
  const [size, format] = SAMPLES[sample];
  const tags = new Map<number, Tag>([
    [256, short(spec.width)],
    [257, short(spec.height)],
    [258, short(...Array.from({ length: bands }, () => size * 8))],
    [259, short(COMPRESSIONS[compression])],
    [262, short(1)],
    [277, short(bands)],
    [284, short(1)],
    [317, short(predictor)],
    [339, short(...Array.from({ length: bands }, () => format))],
    [tile === undefined ? 273 : 324, { type: spec.big === true ? 16 : 4, values: offsets }],
    [tile === undefined ? 279 : 325, { type: 4, values: byteCounts }],
  ]);
  if (tile === undefined) tags.set(278, short(rowsPerStrip));
  else tags.set(322, short(tile[0])).set(323, short(tile[1]));
  if (spec.matrix !== undefined) {
    const [a, b, c, d, e, f] = spec.matrix;
    tags.set(34264, { type: 12, values: [a, b, 0, c, d, e, 0, f, 0, 0, 0, 0, 0, 0, 0, 1] });
  } else {
    tags.set(33550, { type: 12, values: [position[2], position[3], 0] });
    tags.set(33922, { type: 12, values: [0, 0, 0, position[0], position[1], 0] });
  }
  const entries = Object.entries(keys);
  if (entries.length > 0) tags.set(34735, short(1, 1, 0, entries.length, ...entries.flatMap(([key, value]) => [Number(key), 0, 1, value])));
  if (spec.metadata !== undefined) tags.set(42112, ascii(spec.metadata));
  if (spec.nodata !== undefined) tags.set(42113, ascii(spec.nodata));
  for (const [tag, value] of Object.entries(spec.extraTags ?? {})) tags.set(Number(tag), short(value));
  return tags;
}

export function makeTiff(spec: TiffSpec): Uint8Array {
  const le = spec.bigEndian !== true;
  const big = spec.big === true;
  const [blockWidth, blockHeight] = spec.tile ?? [spec.width, spec.rowsPerStrip ?? spec.height];
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < spec.height; top += blockHeight) {
    for (let left = 0; left < spec.width; left += blockWidth) {
      const rows = spec.tile === undefined ? Math.min(blockHeight, spec.height - top) : blockHeight;
      blocks.push(compress(encodeBlock(spec, left, top, blockWidth, rows), spec.compression ?? 'none'));
    }
  }
  const headBytes = big ? 16 : 8;
  const offsets: number[] = [];
  let at = headBytes;
  for (const block of blocks) {
    offsets.push(at);
    at += block.length;
  }
  at += at % 2;
  const tags = [...buildTags(spec, offsets, blocks.map((block) => block.length))].toSorted(([a], [b]) => a - b);
  const [entryBytes, inlineBytes, countBytes] = big ? [20, 8, 8] : [12, 4, 2];
  let valuesAt = at + countBytes + tags.length * entryBytes + inlineBytes;
  const total = valuesAt + tags.reduce((sum, [, tag]) => sum + tag.values.length * TAG_BYTES[tag.type] + 8, 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const word = (position: number, value: number): void => (big ? view.setBigUint64(position, BigInt(value), le) : view.setUint32(position, value, le));
  bytes.set(le ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, big ? 43 : 42, le);
  if (big) view.setUint16(4, 8, le);
  word(big ? 8 : 4, at);
  blocks.forEach((block, i) => bytes.set(block, offsets[i]));
  if (big) word(at, tags.length);
  else view.setUint16(at, tags.length, le);
  tags.forEach(([id, tag], i) => {
    const entry = at + countBytes + i * entryBytes;
    view.setUint16(entry, id, le);
    view.setUint16(entry + 2, tag.type, le);
    word(entry + 4, tag.values.length);
    const size = TAG_BYTES[tag.type];
    let target = entry + 4 + inlineBytes;
    if (tag.values.length * size > inlineBytes) {
      word(target, valuesAt);
      target = valuesAt;
      valuesAt += tag.values.length * size;
      valuesAt += valuesAt % 2;
    }
    tag.values.forEach((value, k) => {
      const position = target + k * size;
      if (tag.type === 2) view.setUint8(position, value);
      else if (tag.type === 3) view.setUint16(position, value, le);
      else if (tag.type === 4) view.setUint32(position, value, le);
      else if (tag.type === 12) view.setFloat64(position, value, le);
      else view.setBigUint64(position, BigInt(value), le);
    });
  });
  return bytes.slice(0, valuesAt);
}
