/**
 * Costs along the streets between points and the nearest of a set of facilities: one bounded search from all their doors at once.
 *
 * Facilities of different reach share the search: a door whose facility reaches less starts late, at the difference to the largest reach, so
 * that all end at one limit (after which the difference is no longer known; the cost itself is given only where all reach equally far).
 */
import { BoundedSearch } from '../../engine/graph/search/bounded-search.ts';
import { MAX_COST, UNREACHED } from '../../engine/graph/search/search-graph.ts';
import { finishSteps } from '../../core/steps.ts';
import { ChainWindow, listOnChains } from '../../engine/graph/travel/chain-ways.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { doorLinks, travelKey } from '../city/street-access.ts';

export interface StreetReachOptions {
  /** People go `to` the facility, or something comes `from` it: a fire engine. */
  readonly way: 'to' | 'from';
  /** By facility of the set: how far it reaches, in the travel graph's unit, inclusive. */
  readonly limit: ArrayLike<number>;
  /** Ways between the street and doors or points cost nothing up to so many metres, and are not gone beyond. Unless said they cost what they take. */
  readonly freeOffStreetM?: number | undefined;
}

/** Doors of one kind that count, and how much later than the others' each starts. */
interface Starts {
  readonly links: PointLinks;
  readonly door: readonly number[];
  readonly late: readonly number[];
}

/**
 * By point the cost to (or from) the nearest facility plus what that one reaches less than the farthest-reaching; UNREACHED beyond reach. Points
 * without a usable street near are reached by none.
 */
export function reachAlongStreets(city: CityData, travel: TravelGraph, set: FacilitySet, points: PointLinks, { way, limit, freeOffStreetM }: StreetReachOptions): Uint32Array {
  let most = 0;
  for (let i = 0; i < set.number.length; i++) most = Math.max(most, Math.min(MAX_COST, Math.floor(limit[i])));
  const lateOf = new Map<number, number>();
  set.number.forEach((f, i) => lateOf.set(f, most - Math.floor(limit[i])));
  const starts = set.kinds.map(({ kind, border }): Starts => {
    const { links, facility } = doorLinks(city, travel, kind, border);
    const door: number[] = [];
    const late: number[] = [];
    facility.forEach((f, d) => {
      const value = lateOf.get(f);
      if (value === undefined) return;
      door.push(d);
      late.push(value);
    });
    return { links, door, late };
  });
  const direction = way === 'to' ? 'backward' : 'forward';
  const search = city.memo(`streets/search/${travelKey(travel)}/${direction}`, () => new BoundedSearch(travel.graph, { direction }));
  search.clear();
  for (const { links, door, late } of starts) door.forEach((d, i) => addDoor(search, links, d, late[i] - (freeOffStreetM === undefined ? 0 : links.offCost[d])));
  search.run(most);
  const costs = costsAtPoints(search, points, most, freeOffStreetM);
  for (const each of starts) addDirectWays(travel, each, points, way, most, freeOffStreetM, costs);
  return costs;
}

function addDoor(search: BoundedSearch, links: PointLinks, door: number, late: number): void {
  const forward = search.direction === 'forward';
  const first = forward ? links.firstOut : links.firstIn;
  const node = forward ? links.outNode : links.inNode;
  const cost = forward ? links.outCost : links.inCost;
  for (let i = first[door]; i < first[door + 1]; i++) search.addSource(node[i], cost[i] + late);
}

function costsAtPoints(search: BoundedSearch, points: PointLinks, most: number, freeOffStreetM: number | undefined): Uint32Array {
  const costs = new Uint32Array(points.count);
  for (let p = 0; p < points.count; p++) {
    const found = search.costOf(points, p);
    const cost = found - (freeOffStreetM === undefined ? 0 : points.offCost[p]);
    costs[p] = found < UNREACHED && cost <= most && !isTooFarOff(points, p, freeOffStreetM) ? cost : UNREACHED;
  }
  return costs;
}

function isTooFarOff({ offMm }: PointLinks, p: number, freeOffStreetM: number | undefined): boolean {
  return freeOffStreetM !== undefined && offMm[p] > 1000 * freeOffStreetM;
}

/** Ways that stay on the chain both lie on pass no node, so the search does not know them. A point looks at the doors on its chain that are near enough, not at all of them. */
function addDirectWays(travel: TravelGraph, { links, door, late }: Starts, points: PointLinks, way: 'to' | 'from', most: number, freeOffStreetM: number | undefined, costs: Uint32Array): void {
  if (door.length === 0) return;
  const isFree = freeOffStreetM !== undefined;
  const doors = finishSteps(listOnChains(travel, links, way === 'to', Uint32Array.from(door)));
  const window = new ChainWindow();
  let farthestDoor = 0;
  for (const d of door) farthestDoor = Math.max(farthestDoor, isFree ? links.offCost[d] : 0);
  for (let p = 0; p < points.count; p++) {
    if (points.edge[p] < 0 || isTooFarOff(points, p, freeOffStreetM)) continue;
    const off = isFree ? points.offCost[p] : 0;
    // no way matters that costs more than what is known
    const limit = Math.min(most, costs[p]) + off + farthestDoor;
    window.eachWay(doors, points, p, limit, (i, direct) => {
      const cost = direct + late[i] - (isFree ? off + links.offCost[door[i]] : 0);
      if (cost <= most && cost < costs[p]) costs[p] = cost;
    });
  }
}
