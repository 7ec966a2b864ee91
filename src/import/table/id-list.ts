/**
 * Ids of millions of points: one run of UTF-8 bytes and where each ends, in place of a string object each.
 *
 * Memory: the bytes of the ids, in pages of a megabyte, and 8 bytes an id; a string of seven digits is 24 bytes and 8 for the reference.
 */

const PAGE_BITS = 20;
const PAGE_BYTES = 2 ** PAGE_BITS;
const OFFSET = PAGE_BYTES - 1;

export class IdList {
  readonly #pages: Buffer[] = [];
  /** By id: where its bytes begin; one more for the end of the last. */
  readonly #starts: Float64Array;
  #length = 0;
  #longest = 0;

  /** @param capacity how many ids there can be at most; what is not used takes no memory */
  constructor(capacity: number) {
    this.#starts = new Float64Array(capacity + 1);
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes of the longest id. */
  get longestBytes(): number {
    return this.#longest;
  }

  /** Bytes of all ids. */
  get textBytes(): number {
    return this.#starts[this.#length];
  }

  /** The bytes that all this takes. */
  get byteLength(): number {
    return this.#pages.length * PAGE_BYTES + 8 * (this.#length + 1);
  }

  /** @returns the number of the id */
  push(id: string): number {
    if (this.#length + 1 === this.#starts.length) throw new RangeError(`more than ${this.#length} ids`);
    let end = this.#starts[this.#length];
    let plain = id.length < 64;
    for (let i = 0; plain && i < id.length; i++) {
      const code = id.charCodeAt(i);
      plain = code < 0x80;
      if (plain) this.#page(end)[end++ & OFFSET] = code;
    }
    if (!plain) end = this.#pushBytes(Buffer.from(id), this.#starts[this.#length]);
    this.#longest = Math.max(this.#longest, end - this.#starts[this.#length]);
    this.#starts[++this.#length] = end;
    return this.#length - 1;
  }

  /** @throws RangeError where there is none of this number */
  get(at: number): string {
    if (!(at >= 0 && at < this.#length)) throw new RangeError(`id ${at} of ${this.#length}`);
    const start = this.#starts[at];
    const end = this.#starts[at + 1];
    if (start === end) return '';
    const page = Math.floor(start / PAGE_BYTES);
    const first = this.#pages[page];
    const offset = start & OFFSET;
    if (offset + end - start <= PAGE_BYTES) return first.toString('utf8', offset, offset + end - start);
    const bytes = Buffer.alloc(end - start);
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.#byte(start + i);
    return bytes.toString('utf8');
  }

  /** Whether two of them are the same. */
  areSame(a: number, b: number): boolean {
    const starts = this.#starts;
    const length = starts[a + 1] - starts[a];
    if (starts[b + 1] - starts[b] !== length) return false;
    for (let i = 0; i < length; i++) if (this.#byte(starts[a] + i) !== this.#byte(starts[b] + i)) return false;
    return true;
  }

  /** FNV-1a of the bytes of one, mixed. */
  hash(at: number): number {
    let hash = 0x811c9dc5;
    for (let i = this.#starts[at]; i < this.#starts[at + 1]; i++) hash = Math.imul(hash ^ this.#byte(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #byte(at: number): number {
    return this.#pages[Math.floor(at / PAGE_BYTES)][at & OFFSET];
  }

  #page(at: number): Buffer {
    const page = Math.floor(at / PAGE_BYTES);
    if (page === this.#pages.length) this.#pages.push(Buffer.alloc(PAGE_BYTES));
    return this.#pages[page];
  }

  #pushBytes(bytes: Uint8Array, start: number): number {
    let end = start;
    for (let from = 0; from < bytes.length; ) {
      const page = this.#page(end);
      const part = bytes.subarray(from, from + PAGE_BYTES - (end & OFFSET));
      page.set(part, end & OFFSET);
      from += part.length;
      end += part.length;
    }
    return end;
  }
}

/**
 * Which ids of a list have come before: a hash table with open addressing.
 *
 * Memory: 8 to 16 bytes an id, as much again for a moment while it grows.
 */
export class SeenIds {
  readonly #ids: IdList;
  #table = new Int32Array(1024).fill(-1);
  #count = 0;

  constructor(ids: IdList) {
    this.#ids = ids;
  }

  /** Notes id number `at`; false where the same came before. */
  add(at: number): boolean {
    if (2 * (this.#count + 1) > this.#table.length) this.#grow();
    const slot = this.#find(at);
    if (this.#table[slot] >= 0) return false;
    this.#table[slot] = at;
    this.#count++;
    return true;
  }

  #find(at: number): number {
    const mask = this.#table.length - 1;
    let slot = this.#ids.hash(at) & mask;
    while (this.#table[slot] >= 0 && !this.#ids.areSame(this.#table[slot], at)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#table;
    const mask = 2 * old.length - 1;
    this.#table = new Int32Array(2 * old.length).fill(-1);
    for (const at of old) {
      if (at < 0) continue;
      let slot = this.#ids.hash(at) & mask;
      while (this.#table[slot] >= 0) slot = (slot + 1) & mask;
      this.#table[slot] = at;
    }
  }
}
