/**
 * Which revision a request reads.
 *
 * The answer is kept for a second, so that a screenful of tiles does not ask the one connection of an embedded base twenty
 * times; a client that names a newer revision than the one kept makes it look again at once. While the base is busy with
 * an import the last known revision serves on: it is whole, only not the newest.
 */
import type { Database } from '../database.ts';
import type { City } from '../model.ts';
import { getCity } from '../store/cities.ts';
import { getCurrentBatches } from '../store/revisions.ts';

export interface CurrentCity {
  readonly city: City;
  readonly cityId: string;
  readonly revision: number;
  readonly batches: readonly number[];
  readonly derivedBatch: number | undefined;
  /** Names the content for good: a city deleted and made again under the same id has another. */
  readonly version: string;
}

const FRESH_MS = 1000;
/** Past this age a request waits for the answer. */
const STALE_MS = 15_000;
const CITIES_KEPT = 200;

export class CurrentCities {
  readonly #database: Database;
  readonly #kept = new Map<string, { current: CurrentCity; readAt: number }>();
  readonly #reading = new Map<string, Promise<CurrentCity>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The city as it is now, read afresh. */
  async read(cityId: string): Promise<CurrentCity> {
    let reading = this.#reading.get(cityId);
    if (reading === undefined) {
      reading = this.#ask(cityId).finally(() => this.#reading.delete(cityId));
      this.#reading.set(cityId, reading);
    }
    return reading;
  }

  /** The city as it was at most a second ago, or a little longer while the base is busy; at least at `revision` where that exists. */
  async recent(cityId: string, revision?: number): Promise<CurrentCity> {
    const kept = this.#kept.get(cityId);
    const age = kept === undefined ? Infinity : performance.now() - kept.readAt;
    if (kept === undefined || age > STALE_MS || (revision !== undefined && revision > kept.current.revision)) return this.read(cityId);
    // the answer renews what is kept; a failure shows when the kept one has grown stale
    if (age > FRESH_MS) this.read(cityId).catch(() => undefined);
    return kept.current;
  }

  forget(cityId: string): void {
    this.#kept.delete(cityId);
  }

  async #ask(cityId: string): Promise<CurrentCity> {
    try {
      const city = await getCity(this.#database, cityId);
      const { revision, batches, derivedBatch } = await getCurrentBatches(this.#database, cityId);
      const current = { city: { ...city, revision }, cityId, revision, batches, derivedBatch, version: `${revision}-${city.createdAt.getTime().toString(36)}` };
      if (this.#kept.size >= CITIES_KEPT) this.#kept.clear();
      this.#kept.set(cityId, { current, readAt: performance.now() });
      return current;
    } catch (error) {
      this.#kept.delete(cityId);
      throw error;
    }
  }
}
