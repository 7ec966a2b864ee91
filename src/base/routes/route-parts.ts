/** What the routes share while the server runs: the base once it is open, and what is remembered of it. */
import type { Context } from 'hono';
import type { Jobs } from '../jobs.ts';
import type { Base } from '../open.ts';
import type { LayerCount } from '../browse/layers.ts';
import { listLayerCounts } from '../browse/layers.ts';
import { LruCache } from '../lru-cache.ts';
import { CityNetworks } from '../network/city-networks.ts';
import { TileStore } from '../tile-store.ts';
import { UploadStore } from '../upload-store.ts';
import type { CurrentCity } from './current-city.ts';
import { CurrentCities } from './current-city.ts';

/** All that hangs on one open base. */
export class OpenBase {
  readonly base: Base;
  readonly cities: CurrentCities;
  readonly tiles: TileStore;
  readonly networks: CityNetworks;
  readonly jobs: Jobs;
  readonly uploads: UploadStore;
  readonly #counts = new LruCache<LayerCount[]>(200, () => 1);

  readonly #matched = new LruCache<number | undefined>(2000, () => 1);

  constructor(base: Base, jobs: Jobs) {
    this.base = base;
    this.jobs = jobs;
    this.uploads = new UploadStore(base.dataDir);
    this.cities = new CurrentCities(base.database);
    this.tiles = new TileStore(base.database);
    this.networks = new CityNetworks(base);
  }

  /** Counts by layer and kind; a scan of the city, so made once a revision. */
  layerCounts(current: CurrentCity): Promise<LayerCount[]> {
    return this.#counts.get(`${current.cityId}/${current.version}`, () => listLayerCounts(this.base.database, current));
  }

  /** The number of rows that a query meets, remembered under a key that names query and revision. */
  count(key: string, ask: () => Promise<number | undefined>): Promise<number | undefined> {
    return this.#matched.get(key, ask);
  }
}

/** Hands out the open base, or throws `unavailable` while there is none. */
export type GetOpen = () => OpenBase;

const MOST_NAME = 60;

/** Who asks, for the lineage: the name that a person gave in the pages, else whether it was the command line or a page. There are no accounts yet. */
export function whoOf(c: Context): string {
  const given = c.req.header('x-chengmai-user');
  if (given !== undefined) {
    const name = decodeName(given).trim().slice(0, MOST_NAME);
    if (name !== '') return name;
  }
  return c.req.header('x-chengmai-client') === 'cli' ? 'cli' : 'web';
}

/** Headers hold no Chinese characters; they come as a URL would write them. */
function decodeName(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll('\0', '');
  } catch {
    return '';
  }
}
