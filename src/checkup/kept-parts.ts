/**
 * What a thread keeps of one run for the next, under names that say what it was made from: the same name, the same content, so nothing stale can be used.
 *
 * Memory is bounded: all that is kept takes at most `limit` bytes, what alone takes more than half of it is not kept, and the longest unused goes first. Buffers that
 * several values share count once; strings and objects are estimated. Of a city of 300,000 25 MB are kept; of one of 10 million, whose network alone is
 * larger than the limit, its small parts only.
 */

const STRING_BYTES = 24;
const SLOT_BYTES = 8;
const OBJECT_BYTES = 56;

interface Entry {
  readonly value: unknown;
  readonly buffers: readonly ArrayBufferLike[];
  /** What is in no buffer. */
  readonly otherBytes: number;
}

export class KeptParts {
  readonly #limit: number;
  // a Map keeps insertion order: the first key is the longest unused
  readonly #entries = new Map<string, Entry>();
  readonly #users = new Map<ArrayBufferLike, number>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** Undefined where it is not kept; what was kept may itself be undefined. */
  find(name: string): { readonly value: unknown } | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry;
  }

  /** What is kept must never be changed afterwards. */
  keep(name: string, value: unknown): void {
    this.#drop(name);
    const { buffers, otherBytes } = weigh(value, this.#limit / 2);
    const own = [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, otherBytes);
    // also with a limit of 0, by which nothing is kept
    if (own >= this.#limit / 2) return;
    this.#entries.set(name, { value, buffers: [...buffers], otherBytes });
    this.#bytes += otherBytes;
    for (const buffer of buffers) {
      const users = this.#users.get(buffer) ?? 0;
      if (users === 0) this.#bytes += buffer.byteLength;
      this.#users.set(buffer, users + 1);
    }
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  #drop(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    this.#bytes -= entry.otherBytes;
    for (const buffer of entry.buffers) {
      const users = (this.#users.get(buffer) ?? 1) - 1;
      if (users > 0) this.#users.set(buffer, users);
      else {
        this.#users.delete(buffer);
        this.#bytes -= buffer.byteLength;
      }
    }
  }
}

/** All buffers that a value holds on to (of a view the whole buffer), and an estimate of the rest. Stops counting beyond `most`. */
function weigh(value: unknown, most: number): { buffers: Set<ArrayBufferLike>; otherBytes: number } {
  const buffers = new Set<ArrayBufferLike>();
  const seen = new Set<object>();
  const left: object[] = [];
  let otherBytes = 0;
  const count = (at: unknown): void => {
    if (typeof at === 'string') otherBytes += STRING_BYTES + 2 * at.length;
    else if (typeof at === 'object' && at !== null) left.push(at);
  };
  count(value);
  for (let at = left.pop(); at !== undefined && otherBytes < most; at = left.pop()) {
    if (ArrayBuffer.isView(at)) {
      buffers.add(at.buffer);
      continue;
    }
    if (seen.has(at)) continue;
    seen.add(at);
    const inside: readonly unknown[] = Array.isArray(at) ? at : at instanceof Map ? [...at].flat() : at instanceof Set ? [...at] : Object.values(at);
    otherBytes += OBJECT_BYTES + SLOT_BYTES * inside.length;
    for (const one of inside) count(one);
  }
  return { buffers, otherBytes };
}
