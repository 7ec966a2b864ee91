/**
 * Columns of numbers and keys that grow without ever being copied whole: a timetable of ten million stop times is
 * 280 MB this way, where objects would take some gigabytes.
 */

type Numbers = Int8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const BLOCK_SHIFT = 16;
const BLOCK_LENGTH = 1 << BLOCK_SHIFT;
const BLOCK_MASK = BLOCK_LENGTH - 1;

/** A list of numbers in blocks of 65,536. */
export class NumberColumn {
  readonly #newBlock: () => Numbers;
  readonly #blocks: Numbers[] = [];
  #length = 0;

  constructor(kind: new (length: number) => Numbers) {
    this.#newBlock = () => new kind(BLOCK_LENGTH);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const at = this.#length & BLOCK_MASK;
    if (at === 0) this.#blocks.push(this.#newBlock());
    this.#blocks[this.#length >>> BLOCK_SHIFT][at] = value;
    this.#length++;
  }

  at(i: number): number {
    return this.#blocks[i >>> BLOCK_SHIFT][i & BLOCK_MASK];
  }

  set(i: number, value: number): void {
    this.#blocks[i >>> BLOCK_SHIFT][i & BLOCK_MASK] = value;
  }
}

/** A column of whole numbers, -1 included. */
export function int32Column(): NumberColumn {
  return new NumberColumn(Int32Array);
}

/** Longest id that is taken for one; longer ones come of a damaged file. */
export const MAX_KEY_BYTES = 255;

const POOL_BYTES = 2 ** 20;

/**
 * Numbers byte strings in the order in which they are first added: an open-addressing hash table over pooled bytes.
 * Looking up an id costs no string; 12 bytes a key besides the key itself.
 */
export class KeyIndex {
  readonly #pools: Uint8Array[] = [];
  #poolFilled = POOL_BYTES;
  readonly #positions = new NumberColumn(Float64Array);
  #slots = new Int32Array(1024).fill(-1);

  get size(): number {
    return this.#positions.length;
  }

  /** The key's number, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashOf(bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot];
      if (index < 0 || this.matches(index, bytes, start, end)) return index;
    }
  }

  /** Adds a key of 1–255 bytes; -1 where it is there already. */
  add(bytes: Uint8Array, start: number, end: number): number {
    if (this.find(bytes, start, end) >= 0) return -1;
    const index = this.size;
    const length = end - start;
    if (this.#poolFilled + length + 1 > POOL_BYTES) {
      this.#pools.push(new Uint8Array(POOL_BYTES));
      this.#poolFilled = 0;
    }
    const pool = this.#pools[this.#pools.length - 1];
    this.#positions.push((this.#pools.length - 1) * POOL_BYTES + this.#poolFilled);
    pool[this.#poolFilled] = length;
    pool.set(bytes.subarray(start, end), this.#poolFilled + 1);
    this.#poolFilled += length + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    else this.#place(index);
    return index;
  }

  /** The key's bytes. */
  bytesOf(index: number): Uint8Array {
    const position = this.#positions.at(index);
    const pool = this.#pools[Math.floor(position / POOL_BYTES)];
    const at = position % POOL_BYTES;
    return pool.subarray(at + 1, at + 1 + pool[at]);
  }

  /** True where the key of that number is these bytes. */
  matches(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const position = this.#positions.at(index);
    const pool = this.#pools[Math.floor(position / POOL_BYTES)];
    const at = position % POOL_BYTES;
    if (pool[at] !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (pool[at + 1 + i] !== bytes[start + i]) return false;
    return true;
  }

  #place(index: number): void {
    const bytes = this.bytesOf(index);
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, 0, bytes.length) & mask;
    while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = index;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(-1);
    for (let i = 0; i < this.size; i++) this.#place(i);
  }
}

/** FNV-1a with a final mix (Murmur3's), so that ids which differ in the last digit spread. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
