/**
 * What a process that checks up again and again need not read again: rows of batches, which never change, and results by their names. A
 * city of 300,000 has 8 MB of rows and 3 MB of results; reading them from the embedded base takes 0.6 s, most of a run that computes little.
 */
import { randomUUID } from 'node:crypto';
import type { Base } from '../base/open.ts';
import { LruCache } from '../base/lru-cache.ts';
import type { TransitRows } from './city/transit-build.ts';
import type { TableInput } from './read-city-data.ts';

const TABLE_BYTES = 64 * 2 ** 20;
const RESULT_BYTES = 64 * 2 ** 20;
const TRANSIT_DEPARTURES = 2_000_000;
/** A city of a million has 30 MB of streets. */
const NETWORK_BYTES = 64 * 2 ** 20;

export interface KeptResult {
  readonly bytes: Uint8Array;
  readonly computedAt: Date;
}

/** The networks of the cities checked last. */
class KeptNetworks {
  readonly #kept = new Map<string, Uint8Array<ArrayBuffer>>();

  find(name: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#kept.get(name);
  }

  keep(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length > NETWORK_BYTES) return;
    this.#kept.set(name, bytes);
    for (const [oldest] of this.#kept) if ([...this.#kept.values()].reduce((sum, one) => sum + one.length, 0) > NETWORK_BYTES) this.#kept.delete(oldest);
  }
}

export class InputMemory {
  /** Tells bases of one process apart: a copied folder has the same cities and batches. */
  readonly id = randomUUID();
  readonly networks = new KeptNetworks();
  readonly tables = new LruCache<TableInput>(TABLE_BYTES, (table) => table.values.reduce((sum, text) => sum + 2 * text.length + 40, 0));
  readonly transit = new LruCache<TransitRows | undefined>(TRANSIT_DEPARTURES, (rows) => rows?.trips.reduce((sum, trip) => sum + trip.stop_ids.length, 0) ?? 0);
  readonly #results = new LruCache<KeptResult>(RESULT_BYTES, ({ bytes }) => bytes.length);
  readonly #known = new Set<string>();

  keepResult(cityId: string, hash: string, result: KeptResult): void {
    const key = `${cityId} ${hash}`;
    this.#known.add(key);
    void this.#results.get(key, async () => result);
  }

  /** Undefined where it was dropped since. */
  async findResult(cityId: string, hash: string): Promise<KeptResult | undefined> {
    const key = `${cityId} ${hash}`;
    if (!this.#known.has(key)) return undefined;
    try {
      return await this.#results.get(key, () => Promise.reject(new RangeError('dropped')));
    } catch {
      this.#known.delete(key);
      return undefined;
    }
  }
}

const memories = new WeakMap<Base, InputMemory>();

export function memoryOf(base: Base): InputMemory {
  let memory = memories.get(base);
  if (memory === undefined) memories.set(base, (memory = new InputMemory()));
  return memory;
}
