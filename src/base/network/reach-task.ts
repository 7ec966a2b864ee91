/** Isochrones in a thread of its own, for cities too large for the browser and for scripts. The last cities asked for stay open there. */
import { ChengmaiError } from '../../core/errors.ts';
import { openNetwork } from '../../engine/graph/network/network.ts';
import type { TaskResult } from '../../engine/pool/task-pool.ts';
import { readCacheFile } from '../snapshot/cache-file.ts';
import { CityReach } from './reach/city-reach.ts';
import type { IsochroneRequest } from './reach/isochrone-api.ts';
import { openOpportunities } from './reach/opportunities.ts';

export interface ReachInput {
  readonly networkFile: string;
  readonly opportunitiesFile: string;
  readonly request: IsochroneRequest;
}

/** Each is its buffers and up to three travel graphs: about 300 MB for a city of 250,000 vertices. */
const CITIES_KEPT = 2;
const open = new Map<string, CityReach>();

async function openReach(networkFile: string, opportunitiesFile: string): Promise<CityReach> {
  let reach = open.get(networkFile);
  if (reach === undefined) {
    if (open.size >= CITIES_KEPT) open.delete([...open.keys()][0]);
    const [network, opportunities] = await Promise.all([readCacheFile(networkFile), readCacheFile(opportunitiesFile)]);
    if (network === undefined || opportunities === undefined) {
      throw new ChengmaiError('unavailable', 'network/lost', { zh: '路网缓存已被清除或损坏，正在重建；请稍后重试。', en: 'The cached street network was removed or damaged and is being built again; try again in a moment.' });
    }
    reach = new CityReach(openNetwork(network), openOpportunities(opportunities));
  }
  open.delete(networkFile);
  open.set(networkFile, reach);
  return reach;
}

/** @throws ChengmaiError as CityReach.answer does; `network/lost` where the cache was cleared meanwhile */
export async function answerIsochrone({ networkFile, opportunitiesFile, request }: ReachInput): Promise<TaskResult<string>> {
  const reach = await openReach(networkFile, opportunitiesFile);
  // as text: it crosses threads faster than a tree of objects, and goes to the socket as it is
  return { output: JSON.stringify(reach.answer(request)), transfer: [] };
}
