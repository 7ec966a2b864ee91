/**
 * The WebAssembly decoder of dense nodes and ways (kernels/osm-block.ts): its memory, its calls.
 *
 * A block of n bytes lies at the second page of the kernel's memory, the columns behind it with room for the most that n
 * bytes can say: 48 n bytes of address space, of which only what is written is ever touched.
 */
import { BLOCK_KERNEL_CODE } from './block-kernel-code.ts';
import type { NodeColumns, WayColumns } from './block-columns.ts';
import { MalformedBlock } from './pbf-error.ts';

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Address of the layout and the counts. */
  readonly state: WebAssembly.Global<'i32'>;
  decodeDense(start: number, end: number): number;
  decodeWays(start: number, end: number): number;
}

/** Above this the columns' address space would pass half a gigabyte; such blocks (normal ones have 0.2–1 MB) go to the twin. */
const BLOCK_BYTES_MAX = 8 * 1024 * 1024;
const PAGE_BYTES = 65536;
const INPUT = PAGE_BYTES;
/** What the kernel may read behind the block. */
const SPARE_BYTES = 64;

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

export class BlockKernel {
  readonly #exports: KernelExports;
  #state = new Uint32Array(0);
  #offsets: number[] = [];

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
  }

  fits(bytes: Uint8Array): boolean {
    return bytes.length <= BLOCK_BYTES_MAX;
  }

  /** Copies a block in and forgets the columns of the one before. Offsets and granularity are in nanodegrees. */
  load(bytes: Uint8Array, granularity: number, lonOffset: number, latOffset: number): void {
    const { memory, state } = this.#exports;
    let end = INPUT + bytes.length + SPARE_BYTES;
    this.#offsets = COLUMN_SIZES.map((size) => {
      const offset = Math.ceil(end / 16) * 16;
      // One element a byte at most, and one more where keys and values interleave.
      end = offset + size * (bytes.length + 2);
      return offset;
    });
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    new Uint8Array(memory.buffer, INPUT, bytes.length).set(bytes);
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
export function findBlockKernel(): BlockKernel | undefined {
  try {
    return new BlockKernel(new WebAssembly.Module(Buffer.from(BLOCK_KERNEL_CODE, 'base64')));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}
