/**
 * How many different facilities of a set each point reaches along the streets: a search from each facility, which looks only at the points tied to the
 * nodes it reached and at those on its doors' own chains.
 *
 * Memory: 8 bytes a pair of the points' links, 64 bytes a point. Time: that of a bounded search and 10 ns a pair met.
 */
import { BoundedSearch, addPointSource } from '../../engine/graph/search/bounded-search.ts';
import { finishSteps } from '../../core/steps.ts';
import { ChainWindow, listOnChains } from '../../engine/graph/travel/chain-ways.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { doorLinks } from '../city/street-access.ts';

/** Items by key: those of key k are item[first[k]] … item[first[k + 1] − 1]. */
interface Lists {
  readonly first: Uint32Array;
  readonly item: Uint32Array;
}

function listBy(keyCount: number, itemCount: number, keyOf: (item: number) => number): Lists {
  const first = new Uint32Array(keyCount + 1);
  for (let i = 0; i < itemCount; i++) if (keyOf(i) >= 0) first[keyOf(i) + 1]++;
  for (let k = 0; k < keyCount; k++) first[k + 1] += first[k];
  const next = first.slice();
  const item = new Uint32Array(first[keyCount]);
  for (let i = 0; i < itemCount; i++) if (keyOf(i) >= 0) item[next[keyOf(i)]++] = i;
  return { first, item };
}

/** @param limit by facility of the set, in the travel graph's unit, inclusive */
export function countAlongStreets(city: CityData, travel: TravelGraph, set: FacilitySet, points: PointLinks, limit: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(points.count);
  const pointOfPair = new Uint32Array(points.outNode.length);
  for (let p = 0; p < points.count; p++) pointOfPair.fill(p, points.firstOut[p], points.firstOut[p + 1]);
  const byNode = listBy(travel.graph.nodeCount, points.outNode.length, (pair) => points.outNode[pair]);
  const onChains = finishSteps(listOnChains(travel, points, false));
  const window = new ChainWindow();
  const search = new BoundedSearch(travel.graph, { direction: 'backward' });
  const limitOf = new Map(Array.from(set.number, (f, i) => [f, Math.floor(limit[i])]));
  // the last facility that a point was counted for, + 1: one with several doors is one
  const countedFor = new Uint32Array(points.count);
  const count = (p: number, f: number): void => {
    if (countedFor[p] === f + 1) return;
    countedFor[p] = f + 1;
    counts[p]++;
  };
  for (const { kind, border } of set.kinds) {
    const { links, facility } = doorLinks(city, travel, kind, border);
    // the doors of a facility follow one another
    for (let d = 0, end = 0; d < facility.length; d = end) {
      const f = facility[d];
      while (end < facility.length && facility[end] === f) end++;
      const most = limitOf.get(f);
      if (most === undefined) continue;
      search.clear();
      for (let door = d; door < end; door++) addPointSource(search, links, door);
      search.run(most);
      for (let k = 0; k < search.reachedCount; k++) {
        const node = search.reached[k];
        for (let i = byNode.first[node]; i < byNode.first[node + 1]; i++) {
          const pair = byNode.item[i];
          if (search.cost[node] + points.outCost[pair] <= most) count(pointOfPair[pair], f);
        }
      }
      for (let door = d; door < end; door++) window.eachWay(onChains, links, door, most, (p) => count(p, f));
    }
  }
  return counts;
}
