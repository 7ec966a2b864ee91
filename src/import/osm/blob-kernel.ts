/**
 * The WebAssembly kernel that inflates blobs and decodes their dense nodes and ways (kernels/): its memory, its calls.
 *
 * A block of n bytes lies at INPUT in the kernel's memory, the columns behind it with room for the most that n bytes can
 * say: 60 n bytes of address space, of which only what is written is ever touched. The compressed bytes lie where the
 * columns will.
 */
import { BLOB_KERNEL_CODE } from './blob-kernel-code.ts';
import type { NodeColumns, WayColumns } from './block-columns.ts';
import { MalformedBlock } from './pbf-error.ts';

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Address of the layout and the counts. */
  readonly state: WebAssembly.Global<'i32'>;
  inflate(from: number, fromEnd: number, out: number, outEnd: number): number;
  decodeDense(start: number, end: number): number;
  decodeWays(start: number, end: number): number;
}

/** Above this the columns' address space would pass half a gigabyte; such blocks (normal ones have 0.2–1 MB) go to the twin. */
const BLOCK_BYTES_MAX = 8 * 1024 * 1024;
const PAGE_BYTES = 65536;
/** Behind the kernel's own tables. */
const INPUT = 2 * PAGE_BYTES;
/** What the kernel may read, and overwrite while it inflates, behind the block. */
const SPARE_BYTES = 320;

/** Words of the state, in the kernel's order. */
const COLUMN_SIZES = [8, 4, 4, 4, 4, 4, 8, 4, 8, 4, 8] as const;
const [NODE_IDS, LON, LAT, TAGGED, NODE_TAG_ENDS, NODE_TAGS, WAY_IDS, WAY_TAG_ENDS, WAY_TAGS, REF_ENDS, REFS] = COLUMN_SIZES.keys();
const COUNTS_WORD = 16;
const [NODE_COUNT, TAGGED_COUNT, NODE_TAGS_LENGTH, WAY_COUNT, WAY_TAGS_LENGTH, REFS_LENGTH, CURSOR] = [16, 17, 18, 19, 20, 21, 22];
const SCALARS_WORD = 24;

const FAULTS: readonly (readonly [zh: string, en: string])[] = [
  ['数据块损坏', 'a block is damaged'],
  ['字段长度超出所在消息', 'a length runs past the end of its message'],
  ['变长整数不完整', 'a varint is cut off or too long'],
  ['标签表不完整', 'keys and values of tags do not match'],
  ['节点编号、纬度与经度的个数不同', 'ids, latitudes and longitudes of dense nodes differ in number'],
  ['未知的字段类型', 'unknown wire type'],
];

const INFLATE_FAULTS: readonly (readonly [zh: string, en: string])[] = [
  FAULTS[0],
  ['数据块无法解压', 'a blob does not inflate'],
  ['数据块解压后的大小与所称不符', 'a blob does not inflate to the announced size'],
  ['数据块校验和不符', 'the checksum of a blob does not match'],
];

/** The kernel's answer to a legal block that it leaves to its twin: a tag list in two parts, which no program writes. */
const DECLINED = 6;

/** Thrown where the kernel leaves a block to its twin. */
export class KernelDeclined extends Error {}

export class BlobKernel {
  readonly #exports: KernelExports;
  #state = new Uint32Array(0);
  #offsets: number[] = [];

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
  }

  /** Whether a block of this many bytes is one for the kernel. */
  fits(rawSize: number): boolean {
    return rawSize <= BLOCK_BYTES_MAX;
  }

  /**
   * Inflates a zlib stream to exactly `rawSize` bytes: a view of the kernel's memory, valid until the next call, which
   * {@link load} takes without a copy.
   *
   * @throws MalformedBlock for a damaged stream, another size, a wrong checksum
   */
  inflate(compressed: Uint8Array, rawSize: number): Uint8Array {
    const from = this.#reserve(rawSize, compressed.length + SPARE_BYTES);
    const memory = new Uint8Array(this.#exports.memory.buffer);
    memory.set(compressed, from);
    memory.fill(0, from + compressed.length, from + compressed.length + SPARE_BYTES);
    const fault = this.#exports.inflate(from, from + compressed.length, INPUT, INPUT + rawSize);
    if (fault !== 0) throw new MalformedBlock(...(INFLATE_FAULTS[fault] ?? FAULTS[0]));
    return memory.subarray(INPUT, INPUT + rawSize);
  }

  /** Lays the memory out for a block of `rawSize` bytes, with at least `extra` bytes behind it, whose start it returns. */
  #reserve(rawSize: number, extra: number): number {
    const behind = Math.ceil((INPUT + rawSize + SPARE_BYTES) / 16) * 16;
    let end = behind;
    this.#offsets = COLUMN_SIZES.map((size) => {
      const offset = Math.ceil(end / 16) * 16;
      // One element a byte at most, and one more where keys and values interleave.
      end = offset + size * (rawSize + 2);
      return offset;
    });
    const { memory } = this.#exports;
    const missing = Math.max(end, behind + extra) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return behind;
  }

  /** Takes a block and forgets the columns of the one before. Offsets and granularity are in nanodegrees. */
  load(bytes: Uint8Array, granularity: number, lonOffset: number, latOffset: number): void {
    const { memory, state } = this.#exports;
    const inPlace = bytes.buffer === memory.buffer && bytes.byteOffset === INPUT;
    this.#reserve(bytes.length, 0);
    if (!inPlace) new Uint8Array(memory.buffer, INPUT, bytes.length).set(bytes);
    new Uint8Array(memory.buffer, INPUT + bytes.length, SPARE_BYTES).fill(0);
    this.#state = new Uint32Array(memory.buffer, state.value as number, 64);
    this.#state.set(this.#offsets);
    this.#state.fill(0, COUNTS_WORD, SCALARS_WORD);
    new Float64Array(memory.buffer, (state.value as number) + 4 * SCALARS_WORD, 3).set([lonOffset, latOffset, granularity]);
  }

  /** @throws MalformedBlock */
  decodeDense(start: number, end: number): void {
    this.#check(this.#exports.decodeDense(INPUT + start, INPUT + end));
  }

  /**
   * Decodes ways from `start` on as long as they follow one another.
   *
   * @returns where the first other field stands
   * @throws MalformedBlock
   */
  decodeWays(start: number, end: number): number {
    this.#check(this.#exports.decodeWays(INPUT + start, INPUT + end));
    return this.#state[CURSOR] - INPUT;
  }

  #check(fault: number): void {
    if (fault === DECLINED) throw new KernelDeclined();
    if (fault !== 0) throw new MalformedBlock(...(FAULTS[fault] ?? FAULTS[0]));
  }

  #floats(column: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#exports.memory.buffer as ArrayBuffer, this.#offsets[column], length);
  }

  #words(column: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.#exports.memory.buffer as ArrayBuffer, this.#offsets[column], length);
  }

  #integers(column: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#exports.memory.buffer as ArrayBuffer, this.#offsets[column], length);
  }

  /** Views of the kernel's memory, valid until the next load. */
  nodes(): NodeColumns {
    const state = this.#state;
    const count = state[NODE_COUNT];
    return {
      count,
      ids: this.#floats(NODE_IDS, count),
      lonE7: this.#integers(LON, count),
      latE7: this.#integers(LAT, count),
      tagged: this.#words(TAGGED, state[TAGGED_COUNT]),
      tagEnds: this.#words(NODE_TAG_ENDS, state[TAGGED_COUNT]),
      tags: this.#words(NODE_TAGS, state[NODE_TAGS_LENGTH]),
    };
  }

  /** Views of the kernel's memory, valid until the next load. */
  ways(): WayColumns {
    const state = this.#state;
    const count = state[WAY_COUNT];
    return {
      count,
      ids: this.#floats(WAY_IDS, count),
      tagEnds: this.#words(WAY_TAG_ENDS, count),
      tags: this.#words(WAY_TAGS, state[WAY_TAGS_LENGTH]),
      refEnds: this.#words(REF_ENDS, count),
      refs: this.#floats(REFS, state[REFS_LENGTH]),
    };
  }
}

/** The kernel, or undefined where the host has no WebAssembly SIMD. */
export function findBlobKernel(): BlobKernel | undefined {
  try {
    return new BlobKernel(new WebAssembly.Module(Buffer.from(BLOB_KERNEL_CODE, 'base64')));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}
