/**
 * The street networks of a base's cities: made from the snapshot when first asked for, in a thread, and kept on disk beside it.
 *
 * `<data>/snapshots/<city>-<key>.network` and `.opportunities`; the key is a hash of the snapshot's key, the program's version and those of
 * the formats and rules, so the same key means the same bytes. A network is built once however many ask for it; a failed build is tried again by the next who asks.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChengmaiError } from '../../core/errors.ts';
import type { Note } from '../../core/note.ts';
import { NETWORK_VERSION, openNetwork } from '../../engine/graph/network/network.ts';
import { RULES_VERSION } from '../../engine/graph/network/street-rules/street-rule.ts';
import { TaskPool, siblingModule } from '../../engine/pool/task-pool.ts';
import type { Base } from '../open.ts';
import { PROGRAM_VERSION } from '../program-version.ts';
import { readCacheFile, removeOlder, TRAILER_BYTES, writeCacheFile } from '../snapshot/cache-file.ts';
import { openSnapshot, SNAPSHOT_FOLDER, snapshotKey } from '../snapshot/open-snapshot.ts';
import { getCurrentBatches } from '../store/revisions.ts';
import type { BuildInput, BuildOutput } from './build-task.ts';
import { findHeightGrid } from './height-grid.ts';
import type { ReachInput } from './reach-task.ts';
import type { IsochroneRequest, NetworkState } from './reach/isochrone-api.ts';
import { OPPORTUNITIES_VERSION, openOpportunities } from './reach/opportunities.ts';

export interface CityNetwork {
  readonly key: string;
  readonly networkFile: string;
  readonly opportunitiesFile: string;
  /** Without the trailer of the cache file. */
  readonly networkBytes: number;
  readonly opportunitiesBytes: number;
  readonly counts: NonNullable<NetworkState['counts']>;
  /** What could not be used of the streets, counted. */
  readonly notes: readonly Note[];
}

const UNKNOWN = { key: null, networkBytes: null, opportunitiesBytes: null, counts: null, notes: [] };
/** Below this a thread costs more than it frees. */
const THREAD_WAYS = 2000;

function noStreets(cityId: string): ChengmaiError {
  return new ChengmaiError('not-found', 'network/no-streets', {
    zh: `城市“${cityId}”没有道路数据，无法计算可达范围；请先导入含道路的文件（如 OSM PBF）。`,
    en: `The city "${cityId}" has no streets, so nothing can be reached; import a file with streets first (an OSM PBF extract).`,
  }, { value: cityId });
}

export class CityNetworks {
  readonly #base: Base;
  readonly #known = new Map<string, Promise<CityNetwork | undefined>>();
  #reach: TaskPool<ReachInput, string> | undefined;

  constructor(base: Base) {
    this.#base = base;
  }

  /** The key of the city's present network; cheap, so that a client that has it is told so without opening anything. */
  async key(cityId: string): Promise<string> {
    const { batches } = await getCurrentBatches(this.#base.database, cityId);
    return networkKey(await snapshotKey(this.#base, cityId, batches));
  }

  /**
   * The present network of a city, from the cache or built now.
   *
   * @throws ChengmaiError not-found `base/no-city`, `network/no-streets`
   */
  async get(cityId: string): Promise<CityNetwork> {
    const found = await this.#open(cityId, await this.key(cityId));
    if (found === undefined) throw noStreets(cityId);
    return found;
  }

  /** The same, but undefined where it is not ready within `waitMs`: it goes on being built. */
  async getWithin(cityId: string, waitMs: number): Promise<CityNetwork | undefined> {
    const opening = this.get(cityId);
    // who gave up waiting is told of failures by asking again
    opening.catch(() => undefined);
    const ended = new AbortController();
    const late = wait(waitMs, undefined, { signal: ended.signal }).catch(() => undefined);
    try {
      return await Promise.race([opening, late]);
    } finally {
      ended.abort();
    }
  }

  /** What a client needs to know before it fetches a network. */
  async state(cityId: string, waitMs: number): Promise<NetworkState> {
    try {
      const found = await this.getWithin(cityId, waitMs);
      if (found === undefined) return { state: 'building', ...UNKNOWN };
      const { key, networkBytes, opportunitiesBytes, counts, notes } = found;
      return { state: 'ready', key, networkBytes, opportunitiesBytes, counts, notes: notes.map((note) => ({ ...note, examples: [...note.examples] })) };
    } catch (error) {
      if (error instanceof ChengmaiError && error.code === 'network/no-streets') return { state: 'no-streets', ...UNKNOWN };
      throw error;
    }
  }

  /** Isochrones as JSON text. @throws ChengmaiError as {@link get} and CityReach.answer do */
  async isochrones(cityId: string, request: IsochroneRequest): Promise<string> {
    this.#reach ??= new TaskPool<ReachInput, string>({ module: siblingModule(import.meta.url, 'reach-task'), task: 'answerIsochrone', threads: 1 });
    const { networkFile, opportunitiesFile } = await this.get(cityId);
    try {
      return await this.#reach.run({ networkFile, opportunitiesFile, request });
    } catch (error) {
      // whoever asks next builds it again
      if (error instanceof ChengmaiError && error.code === 'network/lost') this.#known.clear();
      throw error;
    }
  }

  /** Ends the thread that answers. */
  async close(): Promise<void> {
    await this.#reach?.close();
    this.#reach = undefined;
  }

  #open(cityId: string, key: string): Promise<CityNetwork | undefined> {
    const id = `${cityId}-${key}`;
    let opening = this.#known.get(id);
    if (opening === undefined) {
      for (const old of this.#known.keys()) if (old.startsWith(`${cityId}-`) && old.length === id.length) this.#known.delete(old);
      opening = this.#openOrBuild(cityId, key);
      this.#known.set(id, opening);
      opening.catch(() => this.#known.delete(id));
    }
    return opening;
  }

  async #openOrBuild(cityId: string, key: string): Promise<CityNetwork | undefined> {
    const found = (await this.#describe(cityId, key)) ?? (await this.#describe(cityId, await this.#build(cityId)));
    return found === undefined || found.counts.edges === 0 ? undefined : found;
  }

  #files(cityId: string, key: string): { networkFile: string; opportunitiesFile: string } {
    const path = join(this.#base.dataDir, SNAPSHOT_FOLDER, `${cityId}-${key}`);
    return { networkFile: `${path}.network`, opportunitiesFile: `${path}.opportunities` };
  }

  async #describe(cityId: string, key: string): Promise<CityNetwork | undefined> {
    const files = this.#files(cityId, key);
    const facts = await readFacts(files, key);
    if (facts === undefined) return undefined;
    const [networkBytes, opportunitiesBytes] = await Promise.all([files.networkFile, files.opportunitiesFile].map(async (file) => (await stat(file)).size - TRAILER_BYTES));
    return { key, ...files, networkBytes, opportunitiesBytes, ...facts };
  }

  /** Builds what the city is now, which may be newer than what was asked for, and gives its key. */
  async #build(cityId: string): Promise<string> {
    const snapshot = await openSnapshot(this.#base, cityId);
    const key = networkKey(snapshot.meta.key);
    const { batches } = await getCurrentBatches(this.#base.database, cityId);
    const heights = await findHeightGrid(this.#base.database, cityId, batches);
    const pool = new TaskPool<BuildInput, BuildOutput>({ module: siblingModule(import.meta.url, 'build-task'), task: 'buildCityNetwork', threads: snapshot.meta.counts.ways < THREAD_WAYS ? 0 : 1 });
    try {
      const { network, opportunities } = await pool.run({ key, snapshot: snapshot.bytes, heights });
      const { networkFile, opportunitiesFile } = this.#files(cityId, key);
      await writeCacheFile(opportunitiesFile, opportunities);
      await writeCacheFile(networkFile, network);
      for (const ending of ['network', 'opportunities']) await removeOlder(join(this.#base.dataDir, SNAPSHOT_FOLDER), cityId, key, ending);
      return key;
    } finally {
      await pool.close();
    }
  }
}

function networkKey(snapshot: string): string {
  return createHash('sha256').update(`${PROGRAM_VERSION}\n${NETWORK_VERSION}\n${RULES_VERSION}\n${OPPORTUNITIES_VERSION}\n${snapshot}\n`).digest('hex').slice(0, 32);
}

/** What a whole pair of cache files holds; undefined where one is missing, damaged or of another version. */
async function readFacts({ networkFile, opportunitiesFile }: Pick<CityNetwork, 'networkFile' | 'opportunitiesFile'>, key: string): Promise<Pick<CityNetwork, 'counts' | 'notes'> | undefined> {
  const [network, opportunities] = await Promise.all([readCacheFile(networkFile), readCacheFile(opportunitiesFile)]);
  if (network === undefined || opportunities === undefined) return undefined;
  try {
    const { counts: { vertices, edges } } = openNetwork(network).meta;
    const { meta, population, job, facility } = openOpportunities(opportunities);
    if (meta.key !== key) return undefined;
    return { counts: { vertices, edges, populationPoints: population.pointE7.length / 2, facilities: facility.doorEnds.length, jobPoints: job.count.length }, notes: meta.notes };
  } catch {
    return undefined;
  }
}
