/**
 * Catchments: which facility each point belongs to, by least cost, and what each facility then serves; with room without end, or with
 * capacities.
 *
 * Without capacities: one search from all facilities at once, each node handing on the number of its facility as the second sum
 * (bounded-search.ts), so that equal costs go to the lowest number.
 *
 * With capacities: pairs of facility and point are served in order of (cost, facility's number, point's number), each with as much as the
 * point still has and the facility still holds; a point's weight may be split. Both sides prefer what is cheap, so this is the one stable assignment
 * (Gale & Shapley 1962): nobody left out or sent farther would be taken by a facility in place of somebody it serves later in that
 * order. It minimises no total: whoever comes late may go far. For a least total use a transport problem instead.
 *
 * Pairs are found band of cost by band, for facilities that still have room and points that still have weight only: all at once they
 * would be points × facilities. Bands double from the median cost of the nearest facility, so that searching takes at most
 * about twice as long as the last band's.
 *
 * Ways along a chain are looked at as far as they can matter (nearest-direct.ts, chain-ways.ts): thousands of points and facilities on one street are
 * not multiplied.
 *
 * Memory: 16 bytes a node of the search (20 without capacities), 16 bytes a point, 88 with capacities, 24 bytes a facility, 12 bytes a pair of the band at
 * hand, 24 bytes a row.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import { BoundedSearch, addPointSource, wholeLimit } from './bounded-search.ts';
import { listDirectWays } from '../nearest/nearest-direct.ts';
import { ChainWindow, listOnChains } from '../travel/chain-ways.ts';
import type { ChainPoints } from '../travel/chain-ways.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { MAX_COST, UNREACHED } from './search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

export interface CatchmentOptions {
  /** Costs above this are out of reach; inclusive. None unless said. */
  readonly limit?: number;
  /** `to`: people go to the facility. `from`: it comes to them (a fire engine). `to` unless said. */
  readonly direction?: 'to' | 'from';
  /** By point: persons, ≥ 0; 1 each unless said. */
  readonly weights?: ArrayLike<number>;
}

/** By facility. */
export interface CatchmentTotals {
  /** Points, or parts of points, served. */
  readonly points: Uint32Array;
  readonly weight: Float64Array;
  /** Its weight of that of all points, served or not; 0 where there is none. */
  readonly share: Float64Array;
  /** Sum of weight × cost: divided by weight the mean cost. */
  readonly weightCost: Float64Array;
  /** Largest cost of a served point of weight > 0. */
  readonly mostCost: Uint32Array;
}

export interface Catchments {
  /** By point: its facility's number; −1 where none is within reach. */
  readonly facility: Int32Array;
  /** By point: cost; UNREACHED where none is within reach. */
  readonly cost: Uint32Array;
  readonly totals: CatchmentTotals;
  /** Weight of points out of reach of all facilities. */
  readonly unservedWeight: number;
}

export interface CapacityOptions extends CatchmentOptions {
  /** By facility: the weight it can serve, ≥ 0; Infinity for no bound. */
  readonly capacities: ArrayLike<number>;
}

/** Rows in the order they were served: (cost, facility, point) ascending. */
export interface CapacityCatchments {
  readonly count: number;
  readonly point: Uint32Array;
  readonly facility: Uint32Array;
  readonly cost: Uint32Array;
  readonly weight: Float64Array;
  readonly totals: CatchmentTotals;
  /** By point: weight that found no room within the limit. */
  readonly unserved: Float64Array;
  readonly unservedWeight: number;
}

/** Pairs of points by node: those of key k are list[first[k]] … list[first[k + 1] − 1], ascending. */
interface Lists {
  readonly first: Uint32Array;
  readonly list: Uint32Array;
}

function listPoints(keyCount: number, keys: ArrayLike<number>): Lists {
  const first = new Uint32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) if (keys[i] >= 0) first[keys[i] + 1]++;
  for (let k = 0; k < keyCount; k++) first[k + 1] += first[k];
  const list = new Uint32Array(first[keyCount]);
  const at = first.slice();
  for (let i = 0; i < keys.length; i++) if (keys[i] >= 0) list[at[keys[i]]++] = i;
  return { first, list };
}

function checkWeights(weights: ArrayLike<number> | undefined, count: number, what: string): void {
  if (weights === undefined) return;
  if (weights.length !== count) throw new RangeError(`${weights.length} ${what} for ${count}`);
  for (let i = 0; i < count; i++) if (!(weights[i] >= 0)) throw new RangeError(`${what} ${i} is ${weights[i]}, which is not 0 or more`);
}

class TotalsSum implements CatchmentTotals {
  readonly points: Uint32Array;
  readonly weight: Float64Array;
  readonly share: Float64Array;
  readonly weightCost: Float64Array;
  readonly mostCost: Uint32Array;

  constructor(count: number) {
    this.points = new Uint32Array(count);
    this.weight = new Float64Array(count);
    this.share = new Float64Array(count);
    this.weightCost = new Float64Array(count);
    this.mostCost = new Uint32Array(count);
  }

  serve(facility: number, weight: number, cost: number): void {
    this.points[facility]++;
    this.weight[facility] += weight;
    this.weightCost[facility] += weight * cost;
    if (weight > 0 && cost > this.mostCost[facility]) this.mostCost[facility] = cost;
  }

  setShares(total: number): void {
    for (let f = 0; f < this.weight.length; f++) this.share[f] = total > 0 ? this.weight[f] / total : 0;
  }
}

/**
 * Each point's nearest facility. Points and facilities that are linked to nothing have none; of equally near ones the lowest number.
 *
 * @throws RangeError for weights of another length or below 0, or a limit that is no number; cancelled
 */
export function buildCatchments(travel: TravelGraph, facilities: PointLinks, points: PointLinks, options: CatchmentOptions = {}, { signal }: WorkContext = {}): Catchments {
  const { limit = Infinity, direction = 'to', weights } = options;
  checkWeights(weights, points.count, 'weights');
  const most = wholeLimit(limit);
  const toFacility = direction === 'to';
  const search = new BoundedSearch(travel.graph, { direction: toFacility ? 'backward' : 'forward', ties: {} });
  throwIfCancelled(signal);
  for (let f = 0; f < facilities.count; f++) addPointSource(search, facilities, f, f);
  search.run(most);
  throwIfCancelled(signal);
  const direct = listDirectWays(travel, facilities, 1, { arriving: toFacility });
  const first = toFacility ? points.firstOut : points.firstIn;
  const node = toFacility ? points.outNode : points.inNode;
  const extra = toFacility ? points.outCost : points.inCost;
  const facility = new Int32Array(points.count).fill(-1);
  const cost = new Uint32Array(points.count).fill(UNREACHED);
  const totals = new TotalsSum(facilities.count);
  let all = 0;
  let unservedWeight = 0;
  for (let p = 0; p < points.count; p++) {
    let least = UNREACHED;
    let owner = -1;
    for (let i = first[p]; i < first[p + 1]; i++) {
      const sum = search.cost[node[i]] + extra[i];
      if (sum > least || (sum === least && search.tie[node[i]] >= owner) || sum > most) continue;
      least = sum;
      owner = search.tie[node[i]];
    }
    facility[p] = owner;
    cost[p] = least;
    direct.enter(points, p, most, cost, facility, p);
    const weight = weights === undefined ? 1 : weights[p];
    all += weight;
    if (facility[p] >= 0) totals.serve(facility[p], weight, cost[p]);
    else unservedWeight += weight;
  }
  totals.setShares(all);
  return { facility, cost, totals, unservedWeight };
}

/** A pair that may be served. */
interface PairList {
  count: number;
  cost: Uint32Array;
  facility: Uint32Array;
  point: Uint32Array;
}

/** Finds, for one facility, its points within a band of cost. */
class CapacitySearch {
  readonly #facilities: PointLinks;
  readonly #points: PointLinks;
  readonly #toFacility: boolean;
  readonly #search: BoundedSearch;
  readonly #pairsAt: Lists;
  readonly #pointOf: Uint32Array;
  readonly #onChains: ChainPoints;
  readonly #window = new ChainWindow();
  readonly #cost: Int32Array;
  readonly #found: Uint32Array;

  constructor(travel: TravelGraph, facilities: PointLinks, points: PointLinks, toFacility: boolean) {
    this.#facilities = facilities;
    this.#points = points;
    this.#toFacility = toFacility;
    this.#search = new BoundedSearch(travel.graph, { direction: toFacility ? 'backward' : 'forward' });
    const first = toFacility ? points.firstOut : points.firstIn;
    const node = toFacility ? points.outNode : points.inNode;
    this.#pairsAt = listPoints(travel.graph.nodeCount, node);
    this.#pointOf = new Uint32Array(node.length);
    for (let p = 0; p < points.count; p++) this.#pointOf.fill(p, first[p], first[p + 1]);
    this.#onChains = finishSteps(listOnChains(travel, points, !toFacility));
    this.#cost = new Int32Array(points.count).fill(UNREACHED);
    this.#found = new Uint32Array(points.count);
  }

  /**
   * Adds the pairs of facility f with points of cost above `above` and at most `most` that have weight left.
   *
   * @returns the largest cost of a node within `most`
   */
  addPairs(f: number, above: number, most: number, left: Float64Array, pairs: PairList): number {
    const search = this.#search;
    const { first, list } = this.#pairsAt;
    const extra = this.#toFacility ? this.#points.outCost : this.#points.inCost;
    search.clear();
    addPointSource(search, this.#facilities, f);
    search.run(most);
    let count = 0;
    for (let i = 0; i < search.reachedCount; i++) {
      const node = search.reached[i];
      for (let k = first[node]; k < first[node + 1]; k++) count = this.#note(this.#pointOf[list[k]], search.cost[node] + extra[list[k]], most, count);
    }
    this.#window.eachWay(this.#onChains, this.#facilities, f, most, (p, cost) => {
      count = this.#note(p, cost, most, count);
    });
    for (let i = 0; i < count; i++) {
      const p = this.#found[i];
      if (this.#cost[p] > above && left[p] > 0) addPair(pairs, this.#cost[p], f, p);
      this.#cost[p] = UNREACHED;
    }
    let farthest = 0;
    for (let i = 0; i < search.reachedCount; i++) farthest = Math.max(farthest, search.cost[search.reached[i]]);
    return farthest;
  }

  #note(p: number, cost: number, most: number, count: number): number {
    if (cost > most || cost >= this.#cost[p]) return count;
    if (this.#cost[p] === UNREACHED) this.#found[count++] = p;
    this.#cost[p] = cost;
    return count;
  }
}

function addPair(pairs: PairList, cost: number, facility: number, point: number): void {
  if (pairs.count === pairs.cost.length) {
    for (const name of ['cost', 'facility', 'point'] as const) {
      const longer = new Uint32Array(2 * pairs.count);
      longer.set(pairs[name]);
      pairs[name] = longer;
    }
  }
  pairs.cost[pairs.count] = cost;
  pairs.facility[pairs.count] = facility;
  pairs.point[pairs.count++] = point;
}

/** The most that a point can cost beyond a node, or directly along its chain. */
function greatestEnd(travel: TravelGraph, facilities: PointLinks, points: PointLinks): number {
  let most = 0;
  const grow = (costs: Uint32Array): void => {
    for (let i = 0; i < costs.length; i++) if (costs[i] < UNREACHED && costs[i] > most) most = costs[i];
  };
  for (const costs of [travel.chain.forward, travel.chain.backward, facilities.offCost, points.offCost, points.inCost, points.outCost]) grow(costs);
  return 3 * most;
}

function middleCost(cost: Uint32Array): number {
  const reached = cost.filter((value) => value < UNREACHED).sort();
  return reached.length === 0 ? MAX_COST : Math.max(1, reached[reached.length >> 1]);
}

/**
 * Serves points by facilities that have only so much room, by the rule above.
 *
 * @throws RangeError for weights or capacities of another length or below 0, or a limit that is no number; cancelled
 */
export function buildCapacityCatchments(travel: TravelGraph, facilities: PointLinks, points: PointLinks, options: CapacityOptions, { report, signal }: WorkContext = {}): CapacityCatchments {
  const { limit = Infinity, direction = 'to', weights, capacities } = options;
  checkWeights(capacities, facilities.count, 'capacities');
  const nearest = buildCatchments(travel, facilities, points, options, { signal });
  const most = wholeLimit(limit);
  const search = new CapacitySearch(travel, facilities, points, direction === 'to');
  const left = Float64Array.from({ length: points.count }, (_, p) => (weights === undefined ? 1 : weights[p]));
  const all = left.reduce((sum, weight) => sum + weight, 0);
  const room = Float64Array.from(capacities);
  const totals = new TotalsSum(facilities.count);
  const rows = { cost: [] as number[], facility: [] as number[], point: [] as number[], weight: [] as number[] };
  const beyondNodes = greatestEnd(travel, facilities, points);
  let served = 0;
  let band = Math.min(most, middleCost(nearest.cost));
  for (let above = -1; above < most; above = band, band = Math.min(most, 2 * band + 1)) {
    const pairs: PairList = { count: 0, cost: new Uint32Array(1024), facility: new Uint32Array(1024), point: new Uint32Array(1024) };
    let farthest = 0;
    for (let f = 0; f < facilities.count; f++) {
      throwIfCancelled(signal);
      if (room[f] > 0) farthest = Math.max(farthest, search.addPairs(f, above, band, left, pairs));
    }
    const order = Uint32Array.from({ length: pairs.count }, (_, i) => i);
    order.sort((a, b) => pairs.cost[a] - pairs.cost[b] || pairs.facility[a] - pairs.facility[b] || pairs.point[a] - pairs.point[b]);
    for (const i of order) {
      const f = pairs.facility[i];
      const p = pairs.point[i];
      const weight = Math.min(left[p], room[f]);
      if (weight <= 0) continue;
      left[p] -= weight;
      room[f] -= weight;
      served += weight;
      totals.serve(f, weight, pairs.cost[i]);
      rows.cost.push(pairs.cost[i]);
      rows.facility.push(f);
      rows.point.push(p);
      rows.weight.push(weight);
    }
    report?.({ stage: 'catchments', text: { zh: '按容量分配', en: 'Assigning by capacity' }, done: served, total: all });
    // Nothing lies beyond this band.
    if (farthest + beyondNodes < band) break;
    // Points whose nearest facility is out of reach never get one.
    if (!left.some((weight, p) => weight > 0 && nearest.cost[p] < UNREACHED) || !room.some((space) => space > 0)) break;
  }
  totals.setShares(all);
  return {
    count: rows.cost.length, cost: Uint32Array.from(rows.cost), facility: Uint32Array.from(rows.facility), point: Uint32Array.from(rows.point), weight: Float64Array.from(rows.weight),
    totals, unserved: left, unservedWeight: left.reduce((sum, weight) => sum + weight, 0),
  };
}
