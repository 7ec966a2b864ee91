/** The numbers of an image's first band, block by block, in bounded memory. */
import { throwIfCancelled } from '../../core/errors.ts';
import type { ReadContext } from '../model.ts';
import type { Decompress } from './decompress.ts';
import { compressionName, findDecompress } from './decompress.ts';
import type { TiffDirectory } from './tiff-directory.ts';
import { MAX_CELLS, readAt, TAG, tiffError } from './tiff-directory.ts';

const MAX_BLOCK_BYTES = 2 ** 28;
const MAX_BLOCKS = 2 ** 22;
const MAX_SIDE = 2 ** 20;

type SampleType = 'Uint8' | 'Int8' | 'Uint16' | 'Int16' | 'Uint32' | 'Int32' | 'Uint64' | 'Int64' | 'Float32' | 'Float64';

const SAMPLE_TYPES: Readonly<Record<string, SampleType>> = {
  '1/8': 'Uint8',
  '1/16': 'Uint16',
  '1/32': 'Uint32',
  '1/64': 'Uint64',
  '2/8': 'Int8',
  '2/16': 'Int16',
  '2/32': 'Int32',
  '2/64': 'Int64',
  '3/32': 'Float32',
  '3/64': 'Float64',
};

/** How the image lies in the file. */
export interface GridLayout {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly sampleType: SampleType;
  readonly sampleBytes: number;
  /** Samples that stand side by side in a block: the bands, or 1 where each band has its own blocks. */
  readonly stride: number;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  readonly compression: number;
  readonly decompress: Decompress;
  readonly predictor: number;
  readonly tiled: boolean;
}

export async function readGridLayout(directory: TiffDirectory): Promise<GridLayout> {
  const { name } = directory.source;
  const width = await directory.readNumber(TAG.width, 0);
  const height = await directory.readNumber(TAG.height, 0);
  if (!(width >= 1 && height >= 1)) throw tiffError(name, 'damaged', `尺寸为 ${width}×${height}。`, `its size is ${width} × ${height}; the file is damaged.`);
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_CELLS) {
    throw tiffError(name, 'too-large', `有 ${width}×${height} 个格子，最多读取 ${MAX_CELLS} 个；请先裁剪到城市范围（如 gdal_translate -projwin）。`, `it has ${width} × ${height} cells; at most ${MAX_CELLS} are read. Clip it to the city first (gdal_translate -projwin).`);
  }
  const bands = await directory.readNumber(TAG.samplesPerPixel, 1);
  const bits = await directory.readNumber(TAG.bitsPerSample, 1);
  const format = await directory.readNumber(TAG.sampleFormat, 1);
  const sampleType = SAMPLE_TYPES[`${format}/${bits}`];
  if (sampleType === undefined || !(bands >= 1 && bands <= 1024)) {
    throw tiffError(name, 'sample-type', `像元为 ${bits} 位、类型 ${format}、${bands} 个波段，无法读取；请转为 Float32。`, `its samples (${bits} bits, format ${format}, ${bands} bands) cannot be read; convert it to Float32.`);
  }
  const compression = await directory.readNumber(TAG.compression, 1);
  const decompress = findDecompress(compression);
  if (decompress === undefined) {
    throw tiffError(name, 'compression', `压缩方式 ${compressionName(compression)} 不受支持；请用 gdal_translate -co COMPRESS=DEFLATE 转换。`, `its compression (${compressionName(compression)}) is not read; convert it with gdal_translate -co COMPRESS=DEFLATE.`);
  }
  const tiled = directory.has(TAG.tileOffsets);
  const blockWidth = tiled ? await directory.readNumber(TAG.tileWidth, 0) : width;
  const blockHeight = tiled ? await directory.readNumber(TAG.tileLength, 0) : Math.min(height, await directory.readNumber(TAG.rowsPerStrip, height));
  const stride = (await directory.readNumber(TAG.planarConfiguration, 1)) === 2 ? 1 : bands;
  const blocksAcross = Math.ceil(width / blockWidth);
  const blocksDown = Math.ceil(height / blockHeight);
  if (!(blockWidth >= 1 && blockHeight >= 1 && blockWidth * blockHeight * stride * (bits / 8) <= MAX_BLOCK_BYTES && blocksAcross * blocksDown <= MAX_BLOCKS)) {
    throw tiffError(name, 'blocks', `分块为 ${blockWidth}×${blockHeight}，无法读取；请用 gdal_translate -co TILED=YES 转换。`, `its blocks of ${blockWidth} × ${blockHeight} cannot be read; convert it with gdal_translate -co TILED=YES.`);
  }
  const predictor = await directory.readNumber(TAG.predictor, 1);
  if (predictor !== 1 && !(predictor === 2 && format !== 3) && !(predictor === 3 && format === 3)) {
    throw tiffError(name, 'predictor', `预测器 ${predictor} 与像元类型不符。`, `its predictor ${predictor} does not go with its samples; convert it to Float32 without one.`);
  }
  return { width, height, bands, sampleType, sampleBytes: bits / 8, stride, blockWidth, blockHeight, blocksAcross, blocksDown, compression, decompress, predictor, tiled };
}

/** Undoes horizontal differencing: each sample was stored as the difference to its left neighbour, wrapping round. */
function undoDifferences(samples: Exclude<Samples, BigUint64Array | BigInt64Array>, rowLength: number, stride: number): void {
  for (let row = 0; row < samples.length; row += rowLength) {
    const end = Math.min(row + rowLength, samples.length);
    for (let i = row + stride; i < end; i++) samples[i] += samples[i - stride];
  }
}

/** Undoes the floating-point predictor (Adobe Photoshop TIFF Technical Note 3): byte planes, most significant first, differenced. */
function undoFloatingPoint(bytes: Uint8Array, rowBytes: number, stride: number, sampleBytes: number): void {
  const plane = rowBytes / sampleBytes;
  const copy = new Uint8Array(rowBytes);
  for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
    for (let i = row + stride; i < row + rowBytes; i++) bytes[i] += bytes[i - stride];
    copy.set(bytes.subarray(row, row + rowBytes));
    for (let i = 0; i < plane; i++) for (let b = 0; b < sampleBytes; b++) bytes[row + i * sampleBytes + b] = copy[(sampleBytes - 1 - b) * plane + i];
  }
}

type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | BigUint64Array | BigInt64Array | Float32Array | Float64Array;

function asSamples(bytes: Uint8Array<ArrayBuffer>, type: SampleType): Samples {
  const { buffer } = bytes;
  switch (type) {
    case 'Uint8':
      return bytes;
    case 'Int8':
      return new Int8Array(buffer);
    case 'Uint16':
      return new Uint16Array(buffer);
    case 'Int16':
      return new Int16Array(buffer);
    case 'Uint32':
      return new Uint32Array(buffer);
    case 'Int32':
      return new Int32Array(buffer);
    case 'Uint64':
      return new BigUint64Array(buffer);
    case 'Int64':
      return new BigInt64Array(buffer);
    case 'Float32':
      return new Float32Array(buffer);
    case 'Float64':
      return new Float64Array(buffer);
  }
}

/** Turns big-endian samples round in place; typed arrays are little-endian on every machine Node runs on. */
function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  if (size === 4) buffer.swap32();
  if (size === 8) buffer.swap64();
}

function decodeSamples(layout: GridLayout, bytes: Uint8Array<ArrayBuffer>, littleEndian: boolean): Samples {
  const { blockWidth, stride, sampleBytes, predictor, sampleType } = layout;
  if (predictor === 3) undoFloatingPoint(bytes, blockWidth * stride * sampleBytes, stride, sampleBytes);
  else if (!littleEndian) swapBytes(bytes, sampleBytes);
  const samples = asSamples(bytes, sampleType);
  if (predictor !== 2) return samples;
  if (samples instanceof BigUint64Array || samples instanceof BigInt64Array) {
    const length = blockWidth * stride;
    for (let i = 0; i < samples.length; i++) if (i % length >= stride) samples[i] += samples[i - stride];
  } else undoDifferences(samples, blockWidth * stride, stride);
  return samples;
}

/** The first band, row by row from the top, as the file has it. Blocks that the file leaves out are NaN. */
export async function readGridValues(directory: TiffDirectory, layout: GridLayout, context: ReadContext): Promise<Float32Array> {
  const { width, height, blockWidth, blockHeight, blocksAcross, blocksDown, stride, sampleBytes, tiled } = layout;
  const { source } = directory;
  const blocks = blocksAcross * blocksDown;
  const offsets = await directory.readNumbers(tiled ? TAG.tileOffsets : TAG.stripOffsets, blocks);
  const byteCounts = await directory.readNumbers(tiled ? TAG.tileByteCounts : TAG.stripByteCounts, blocks);
  if (offsets.length < blocks || (byteCounts.length < blocks && layout.compression !== 1)) {
    throw tiffError(source.name, 'damaged', `应有 ${blocks} 个数据块，目录只列出 ${offsets.length} 个。`, `of ${blocks} blocks its directory lists ${offsets.length}; the file is damaged.`);
  }
  const values = new Float32Array(width * height).fill(NaN);
  const rowBytes = blockWidth * stride * sampleBytes;
  for (let block = 0; block < blocks; block++) {
    throwIfCancelled(context.signal);
    const left = (block % blocksAcross) * blockWidth;
    const top = Math.floor(block / blocksAcross) * blockHeight;
    const rows = Math.min(blockHeight, height - top);
    const wanted = rowBytes * rows;
    const compressedBytes = byteCounts[block] ?? wanted;
    if (offsets[block] === 0 || compressedBytes === 0) continue;
    if (compressedBytes > MAX_BLOCK_BYTES) throw tiffError(source.name, 'damaged', `数据块 ${block} 声称有 ${compressedBytes} 字节。`, `block ${block} claims ${compressedBytes} bytes; the file is damaged.`);
    const view = await readAt(source, offsets[block], layout.compression === 1 ? Math.min(compressedBytes, rowBytes * blockHeight) : compressedBytes);
    const samples = decodeSamples(layout, unpack(layout, source.name, block, view, rowBytes * blockHeight, wanted), directory.littleEndian);
    const columns = Math.min(blockWidth, width - left);
    for (let y = 0; y < rows; y++) {
      const from = y * blockWidth * stride;
      const to = (top + y) * width + left;
      for (let x = 0; x < columns; x++) values[to + x] = Number(samples[from + x * stride]);
    }
    if (block % 256 === 0) context.report?.({ stage: 'read', text: { zh: '读取栅格', en: 'Reading the grid' }, done: block, total: blocks });
  }
  return values;
}

function unpack(layout: GridLayout, file: string, block: number, view: DataView, blockBytes: number, wanted: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(blockBytes);
  let filled = 0;
  let reason = '';
  try {
    filled = layout.decompress(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), out);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    reason = cause.message;
  }
  if (filled < wanted) {
    throw tiffError(file, 'block-damaged', `数据块 ${block} 无法解压（得到 ${filled}/${wanted} 字节${reason && `，${reason}`}），文件已损坏。`, `block ${block} cannot be unpacked (${filled} of ${wanted} bytes${reason && `; ${reason}`}); the file is damaged.`);
  }
  return out;
}
