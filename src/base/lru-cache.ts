/**
 * Values that are costly to make, kept up to a total weight; the longest unused goes first. Callers that ask for a value
 * while it is being made wait for the same promise; a failure is not kept.
 */
export class LruCache<Value> {
  readonly #limit: number;
  readonly #weigh: (value: Value) => number;
  // a Map keeps insertion order: the first key is the longest unused
  readonly #kept = new Map<string, { value: Value; weight: number }>();
  readonly #making = new Map<string, Promise<Value>>();
  #total = 0;

  constructor(limit: number, weigh: (value: Value) => number) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  get totalWeight(): number {
    return this.#total;
  }

  /** What is kept, without making it: where waiting for another caller's making could lock both up. */
  find(key: string): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  /** Keeps a value that was made elsewhere, in place of an older one. */
  keep(key: string, value: Value): void {
    this.#keep(key, value);
  }

  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const kept = this.find(key);
    if (kept !== undefined) return kept;
    let making = this.#making.get(key);
    if (making === undefined) {
      making = make()
        .then((value) => {
          this.#keep(key, value);
          return value;
        })
        .finally(() => this.#making.delete(key));
      this.#making.set(key, making);
    }
    return making;
  }

  clear(): void {
    this.#kept.clear();
    this.#total = 0;
  }

  #keep(key: string, value: Value): void {
    const older = this.#kept.get(key);
    if (older !== undefined) this.#total -= older.weight;
    this.#kept.delete(key);
    const weight = this.#weigh(value);
    if (weight > this.#limit) return;
    this.#kept.set(key, { value, weight });
    this.#total += weight;
    for (const [oldest, entry] of this.#kept) {
      if (this.#total <= this.#limit) break;
      this.#kept.delete(oldest);
      this.#total -= entry.weight;
    }
  }
}
