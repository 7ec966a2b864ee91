/**
 * Who reaches which facility at what cost: one search backward from all doors of a facility at once, so that it costs what its nearest door
 * costs. Ways along a street that resident and door both lie on count too.
 *
 * Searches start at facilities, for there are hundreds of them and hundreds of thousands of residents. Rejected: the engine's sums over what is
 * reached, which count every door of a park as a park of its own.
 *
 * Memory: 24 bytes a node and 64 a resident; pairs that are kept 8 bytes each, 16 million at most, the rest is searched again when it is asked for again.
 */
import type { WorkContext } from '../../core/progress.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import { BoundedSearch, addPointSource } from '../../engine/graph/search/bounded-search.ts';
import { UNREACHED } from '../../engine/graph/search/search-graph.ts';
import { finishSteps } from '../../core/steps.ts';
import type { ChainPoints } from '../../engine/graph/travel/chain-ways.ts';
import { ChainWindow, listOnChains } from '../../engine/graph/travel/chain-ways.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import { populationLinks, travelKey } from '../city/street-access.ts';
import type { CityData } from '../city/city-data.ts';

/** Facilities with their doors: doors of facility f are doorEnds[f − 1] … doorEnds[f] of the links. */
export interface DoorSet {
  readonly count: number;
  readonly links: PointLinks;
  readonly doorEnds: Uint32Array;
}

/** Residents by the node they leave for. */
interface ResidentLists {
  readonly firstAt: Uint32Array;
  readonly point: Uint32Array;
  readonly cost: Uint32Array;
}

/** And by the chain they lie on, for ways that pass no node. */
interface ResidentSides extends ResidentLists {
  readonly onChains: ChainPoints;
}

function listResidents(travel: TravelGraph, residents: PointLinks): ResidentLists {
  const { firstOut, outNode, outCost, count } = residents;
  const firstAt = new Uint32Array(travel.graph.nodeCount + 1);
  for (let i = 0; i < firstOut[count]; i++) firstAt[outNode[i] + 1]++;
  for (let v = 0; v < travel.graph.nodeCount; v++) firstAt[v + 1] += firstAt[v];
  const point = new Uint32Array(firstOut[count]);
  const cost = new Uint32Array(firstOut[count]);
  const at = firstAt.slice();
  for (let p = 0; p < count; p++) {
    for (let i = firstOut[p]; i < firstOut[p + 1]; i++) {
      const to = at[outNode[i]]++;
      point[to] = p;
      cost[to] = outCost[i];
    }
  }
  return { firstAt, point, cost };
}

export function residentLists(city: CityData, travel: TravelGraph): ResidentSides {
  const lists = city.memo(`access/residents/${travelKey(travel)}`, () => listResidents(travel, populationLinks(city, travel)));
  return { ...lists, onChains: city.memo(`access/on-chains/${travelKey(travel)}`, () => finishSteps(listOnChains(travel, populationLinks(city, travel), false))) };
}

/** One facility's residents at a time. */
export class FacilitySearch {
  readonly #lists: ResidentSides;
  readonly #window = new ChainWindow();
  readonly #doors: DoorSet;
  readonly #limit: number;
  readonly #search: BoundedSearch;
  readonly #costOf: Int32Array;
  /** The residents found: point[0] … point[count − 1], in no promised order, each once, with cost at the same index. */
  readonly point: Uint32Array;
  readonly cost: Uint32Array;
  count = 0;

  constructor(travel: TravelGraph, residents: PointLinks, lists: ResidentSides, doors: DoorSet, limit: number) {
    this.#lists = lists;
    this.#doors = doors;
    this.#limit = limit;
    this.#search = new BoundedSearch(travel.graph, { direction: 'backward' });
    this.#costOf = new Int32Array(residents.count).fill(UNREACHED);
    this.point = new Uint32Array(residents.count);
    this.cost = new Uint32Array(residents.count);
  }

  run(facility: number): void {
    const { links, doorEnds } = this.#doors;
    const search = this.#search;
    const [firstDoor, endDoor] = [facility === 0 ? 0 : doorEnds[facility - 1], doorEnds[facility]];
    this.count = 0;
    search.clear();
    for (let d = firstDoor; d < endDoor; d++) addPointSource(search, links, d);
    search.run(this.#limit);
    const { firstAt, point, cost } = this.#lists;
    for (let i = 0; i < search.reachedCount; i++) {
      const node = search.reached[i];
      for (let k = firstAt[node]; k < firstAt[node + 1]; k++) this.#note(point[k], search.cost[node] + cost[k]);
    }
    for (let d = firstDoor; d < endDoor; d++) this.#meetDirectly(d);
    for (let i = 0; i < this.count; i++) {
      this.cost[i] = this.#costOf[this.point[i]];
      this.#costOf[this.point[i]] = UNREACHED;
    }
  }

  #meetDirectly(door: number): void {
    this.#window.eachWay(this.#lists.onChains, this.#doors.links, door, this.#limit, (point, cost) => this.#note(point, cost));
  }

  #note(point: number, cost: number): void {
    const known = this.#costOf[point];
    if (cost > this.#limit || cost >= known) return;
    if (known === UNREACHED) this.point[this.count++] = point;
    this.#costOf[point] = cost;
  }
}

const KEPT_PAIRS = 1 << 24;
const CHECK_EVERY = 64;

/** All pairs within a limit, facility by facility, as often as asked. */
export class FacilityPairs {
  readonly #search: FacilitySearch;
  readonly #count: number;
  readonly #kept: ({ point: Uint32Array; cost: Uint32Array } | undefined)[] = [];
  #keptPairs = 0;

  constructor(search: FacilitySearch, count: number) {
    this.#search = search;
    this.#count = count;
  }

  /** Visits facilities in ascending order; the arrays are valid until the next visit. */
  each(visit: (facility: number, point: Uint32Array, cost: Uint32Array, count: number) => void, { signal }: WorkContext = {}): void {
    const search = this.#search;
    for (let f = 0; f < this.#count; f++) {
      if (f % CHECK_EVERY === 0) throwIfCancelled(signal);
      const kept = this.#kept[f];
      if (kept !== undefined) {
        visit(f, kept.point, kept.cost, kept.point.length);
        continue;
      }
      search.run(f);
      if (this.#keptPairs + search.count <= KEPT_PAIRS) {
        this.#kept[f] = { point: search.point.slice(0, search.count), cost: search.cost.slice(0, search.count) };
        this.#keptPairs += search.count;
      }
      visit(f, search.point, search.cost, search.count);
    }
  }
}
