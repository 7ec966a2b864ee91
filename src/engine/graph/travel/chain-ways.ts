/**
 * Ways along one chain that pass no node (directCost of link-points.ts), for many points at once.
 *
 * What such a way costs falls into two numbers where the points lie on different edges: what the one that is left costs up to the end of its edge, less
 * what the chain costs up to there, and what the chain costs up to the other point. Points on one edge are a part of that edge
 * apart. So each point is looked at once, the listed ones stand in the order of their chains, and who asks is given the stretches
 * of that order that can be within the limit: six binary searches, then a sum for each way. Twenty thousand points on one chain that all ask for one
 * another took directCost 150 ns a way, and 8 bytes of memory for each of 4 · 10⁸.
 *
 * Memory: 56 bytes a listed point, 60 bytes a point that asks, 4 bytes a chain and an edge of the network.
 */
import type { Steps } from '../../../core/steps.ts';
import type { EdgeCosting } from './edge-cost.ts';
import { chainOfPoint, costingFor } from './link-points.ts';
import type { PointLinks } from './point-links.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from './travel-graph.ts';

const placeOf = new WeakMap<TravelGraph, Uint32Array>();

/** By edge of the network: its place on its chain. Made on the first call, kept as long as the graph. */
export function placeOnChains(travel: TravelGraph): Uint32Array {
  const known = placeOf.get(travel);
  if (known !== undefined) return known;
  const { edges, edgeEnds } = travel.chain;
  const place = new Uint32Array(travel.edge.chain.length);
  let start = 0;
  for (let chain = 0; chain < travel.meta.counts.chains; chain++) {
    const end = edgeEnds[chain];
    for (let i = start; i < end; i++) place[edges[i] >> 1] = i - start;
    start = end;
  }
  placeOf.set(travel, place);
  return place;
}

/** Words of a window: stretches lo … runFrom − 1 below the asker's edge, ownFrom … mid − 1 and mid … ownTo − 1 on it, runTo … hi − 1 above it. */
export const WINDOW = { lo: 0, runFrom: 1, ownFrom: 2, mid: 3, ownTo: 4, runTo: 5, hi: 6, along: 7, off: 8, pace: 9, words: 10 } as const;
/** Numbers of a pace: what part of the asker's edge costs, upward and downward. */
export const PACE_NUMBERS = 4;
/** Words of a spot: millimetres along its edge in the chain's direction, off-network cost, number of the listed point; one is free. */
export const SPOT_WORDS = 4;

/** Listed points in the order of chain, edge and place on it. Plain arrays, as a kernel can have them. */
export interface ListedPoints {
  readonly spots: Uint32Array<ArrayBuffer>;
  /** By listed point: what it adds to a way from below (up) and from above (down); Infinity where the chain is closed that way. */
  readonly keys: Float64Array<ArrayBuffer>;
}

/** Windows of those who ask that have any listed point on their chain near enough. */
export interface ChainWindows {
  /** By asker: 1 + its window, 0 for none. */
  readonly windowOf: Uint32Array<ArrayBuffer>;
  readonly bounds: Uint32Array<ArrayBuffer>;
  /** By window: what the asker adds upward and downward. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly paces: Float64Array<ArrayBuffer>;
}

const EDGE = 2 ** 32;

/** Costs of leaving and entering points along their chains; Infinity against what is closed. */
class ChainCosts {
  readonly #travel: TravelGraph;
  readonly #costing: EdgeCosting;
  readonly #place: Uint32Array;

  constructor(travel: TravelGraph) {
    this.#travel = travel;
    this.#costing = costingFor(travel);
    this.#place = placeOnChains(travel);
  }

  /** Edges before it on its chain. */
  rank({ edge }: PointLinks, p: number): number {
    return this.#place[edge[p]];
  }

  /** Millimetres along its edge, in the chain's direction. */
  along({ edge, alongMm }: PointLinks, p: number): number {
    const e = edge[p];
    return (this.#travel.edge.chain[e] & 1) === 0 ? alongMm[p] : this.#travel.network.edge.lengthMm[e] - alongMm[p];
  }

  isOpen(e: number, against: number): boolean {
    const { edge, chain } = this.#travel;
    return (against === 0 ? chain.forward : chain.backward)[edge.chain[e] >> 1] !== UNREACHED;
  }

  half(e: number, against: number): number {
    return 2 * e + ((this.#travel.edge.chain[e] & 1) ^ against);
  }

  /** From point p to the end of its edge, less what the chain costs up to there. */
  leave(links: PointLinks, p: number, against: number): number {
    const e = links.edge[p];
    if (!this.isOpen(e, against)) return Infinity;
    const { edge, network } = this.#travel;
    const half = this.half(e, against);
    const before = (against === 0 ? edge.before : edge.beforeBack)[e];
    const own = ((half & 1) === 0 ? edge.forward : edge.backward)[e];
    const rest = (half & 1) === 0 ? network.edge.lengthMm[e] - links.alongMm[p] : links.alongMm[p];
    return this.#costing.leaving(half, rest) - before - own + links.offCost[p];
  }

  /** From the start of the chain to point p. */
  enter(links: PointLinks, p: number, against: number): number {
    const e = links.edge[p];
    if (!this.isOpen(e, against)) return Infinity;
    const { edge, network } = this.#travel;
    const half = this.half(e, against);
    const passed = (half & 1) === 0 ? links.alongMm[p] : network.edge.lengthMm[e] - links.alongMm[p];
    return (against === 0 ? edge.before : edge.beforeBack)[e] + this.#costing.entering(half, passed) + links.offCost[p];
  }

  divisor(half: number): number {
    return this.#costing.divisor(half);
  }

  share(half: number): number {
    return this.#costing.share(half);
  }
}

/** Sorts numbers by key, few of them mostly. */
function sortByKey(numbers: Uint32Array, keys: Float64Array): void {
  if (numbers.length > 24) {
    numbers.sort((a, b) => keys[a] - keys[b] || a - b);
    return;
  }
  for (let i = 1; i < numbers.length; i++) {
    const number = numbers[i];
    let to = i;
    for (; to > 0 && keys[numbers[to - 1]] > keys[number]; to--) numbers[to] = numbers[to - 1];
    numbers[to] = number;
  }
}

/** Points of a slice: 10–20 ms. */
const CHECK_EVERY = 1 << 14;

/** Listed points in order, and what tells how far to look. */
interface Sorted {
  readonly listed: ListedPoints;
  /** By chain, and one more: its first listed point. */
  readonly first: Uint32Array;
  /** Edges before · 2³² + millimetres along. */
  readonly position: Float64Array;
  /** The least key upward of all from here to the chain's end, and downward of all up to here: whatever is farther costs no less. */
  readonly leastUp: Float64Array;
  readonly leastDown: Float64Array;
}

function* sortPoints(travel: TravelGraph, costs: ChainCosts, links: PointLinks, up: 0 | 1, points: Uint32Array | undefined): Steps<Sorted> {
  const count = points?.length ?? links.count;
  const { chains } = travel.meta.counts;
  const pointAt = (i: number): number => (points === undefined ? i : points[i]);
  const first = new Uint32Array(chains + 1);
  const chainOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    chainOf[i] = chainOfPoint(travel, links, pointAt(i));
    if (chainOf[i] >= 0) first[chainOf[i] + 1]++;
  }
  yield;
  for (let c = 0; c < chains; c++) first[c + 1] += first[c];
  const order = new Uint32Array(first[chains]);
  const at = first.slice(0, chains);
  const places = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (chainOf[i] < 0) continue;
    places[i] = costs.rank(links, pointAt(i)) * EDGE + costs.along(links, pointAt(i));
    order[at[chainOf[i]]++] = i;
  }
  yield;
  for (let c = 0, next = CHECK_EVERY; c < chains; c++) {
    if (first[c + 1] - first[c] > 1) sortByKey(order.subarray(first[c], first[c + 1]), places);
    if (first[c] < next) continue;
    next += CHECK_EVERY;
    yield;
  }
  const spots = new Uint32Array(SPOT_WORDS * order.length);
  const keys = new Float64Array(2 * order.length);
  for (let i = 0; i < order.length; i++) {
    if (i % CHECK_EVERY === 0) yield;
    const p = pointAt(order[i]);
    spots[SPOT_WORDS * i] = costs.along(links, p);
    spots[SPOT_WORDS * i + 1] = links.offCost[p];
    spots[SPOT_WORDS * i + 2] = order[i];
    keys[2 * i] = up === 0 ? costs.enter(links, p, 0) : costs.leave(links, p, 1);
    keys[2 * i + 1] = up === 0 ? costs.enter(links, p, 1) : costs.leave(links, p, 0);
  }
  const leastUp = new Float64Array(order.length);
  const leastDown = new Float64Array(order.length);
  for (let c = 0; c < chains; c++) {
    for (let i = first[c + 1] - 1, least = Infinity; i >= first[c]; i--) leastUp[i] = least = Math.min(least, keys[2 * i]);
    for (let i = first[c], least = Infinity; i < first[c + 1]; i++) leastDown[i] = least = Math.min(least, keys[2 * i + 1]);
  }
  yield;
  return { listed: { spots, keys }, first, position: Float64Array.from(order, (i) => places[i]), leastUp, leastDown };
}

/**
 * Points of one side of trips by chain, for points of the other side to ask for.
 *
 * @param points the points of `links` that are listed, by number; all where absent
 * @param arriving whether ways lead to the listed points; else they come from them
 */
export function* listOnChains(travel: TravelGraph, links: PointLinks, arriving: boolean, points?: Uint32Array): Steps<ChainPoints> {
  const costs = new ChainCosts(travel);
  const up = arriving ? 0 : 1;
  return new ChainPoints(travel, costs, up, yield* sortPoints(travel, costs, links, up, points));
}

/** See {@link listOnChains}. */
export class ChainPoints {
  readonly listed: ListedPoints;
  readonly #travel: TravelGraph;
  readonly #costs: ChainCosts;
  /** 0 where listed points are arrived at: going up is then going with the chain. */
  readonly #up: 0 | 1;
  readonly #first: Uint32Array;
  readonly #position: Float64Array;
  /** The least key upward of listed point i and all above it on its chain; downward of it and all below. */
  readonly leastUp: Float64Array;
  readonly leastDown: Float64Array;

  constructor(travel: TravelGraph, costs: ChainCosts, up: 0 | 1, { listed, first, position, leastUp, leastDown }: Sorted) {
    this.listed = listed;
    this.#travel = travel;
    this.#costs = costs;
    this.#up = up;
    this.#first = first;
    this.#position = position;
    this.leastUp = leastUp;
    this.leastDown = leastDown;
  }

  /** How many listed points lie on the chain of point p. */
  countOnChain(askers: PointLinks, p: number): number {
    const chain = chainOfPoint(this.#travel, askers, p);
    return chain < 0 ? 0 : this.#first[chain + 1] - this.#first[chain];
  }

  /** First index from `low` to `high` whose position is not below `position`. */
  #atPosition(low: number, high: number, position: number): number {
    let from = low;
    for (let to = high; from < to; ) {
      const middle = (from + to) >>> 1;
      if (this.#position[middle] < position) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /**
   * Finds what may be within the limit of point p along its chain.
   *
   * @param bounds written from `at` on: the words of WINDOW, but for the pace
   * @param values written from `atValues` on: two numbers
   * @param paces written from `atPaces` on: PACE_NUMBERS numbers
   * @returns whether anything may be
   */
  find(askers: PointLinks, p: number, limit: number, bounds: Uint32Array, at: number, values: Float64Array, atValues: number, paces: Float64Array, atPaces: number): boolean {
    const chain = chainOfPoint(this.#travel, askers, p);
    if (chain < 0) return false;
    const start = this.#first[chain];
    const end = this.#first[chain + 1];
    if (start === end) return false;
    const costs = this.#costs;
    const up = this.#up;
    const e = askers.edge[p];
    const off = askers.offCost[p];
    const along = costs.along(askers, p);
    const isOpenUp = costs.isOpen(e, up);
    const isOpenDown = costs.isOpen(e, 1 - up);
    values[atValues] = up === 0 ? costs.leave(askers, p, 0) : costs.enter(askers, p, 1);
    values[atValues + 1] = up === 0 ? costs.leave(askers, p, 1) : costs.enter(askers, p, 0);
    const halfUp = costs.half(e, up);
    const halfDown = costs.half(e, 1 - up);
    const divisorUp = (paces[atPaces] = costs.divisor(halfUp));
    const shareUp = (paces[atPaces + 1] = costs.share(halfUp));
    const divisorDown = (paces[atPaces + 2] = costs.divisor(halfDown));
    const shareDown = (paces[atPaces + 3] = costs.share(halfDown));
    const own = costs.rank(askers, p) * EDGE;
    const runFrom = this.#atPosition(start, end, own);
    const runTo = this.#atPosition(runFrom, end, own + EDGE);
    // those at the very same place are above where going up is allowed
    const mid = this.#atPosition(runFrom, runTo, own + along + (isOpenUp ? 0 : 1));
    const { spots } = this.listed;
    let ownTo = mid;
    for (let high = isOpenUp ? runTo : mid; ownTo < high; ) {
      const middle = (ownTo + high) >>> 1;
      if (Math.floor((((spots[SPOT_WORDS * middle] - along) * 36) / divisorUp) * shareUp) + off <= limit) ownTo = middle + 1;
      else high = middle;
    }
    let ownFrom = isOpenDown ? runFrom : mid;
    for (let high = mid; ownFrom < high; ) {
      const middle = (ownFrom + high) >>> 1;
      if (Math.floor((((along - spots[SPOT_WORDS * middle]) * 36) / divisorDown) * shareDown) + off <= limit) high = middle;
      else ownFrom = middle + 1;
    }
    let hi = runTo;
    for (let high = end; hi < high; ) {
      const middle = (hi + high) >>> 1;
      if (values[atValues] + this.leastUp[middle] <= limit) hi = middle + 1;
      else high = middle;
    }
    let lo = start;
    for (let high = runFrom; lo < high; ) {
      const middle = (lo + high) >>> 1;
      if (values[atValues + 1] + this.leastDown[middle] <= limit) high = middle;
      else lo = middle + 1;
    }
    if (lo === runFrom && ownFrom === ownTo && runTo === hi) return false;
    bounds[at + WINDOW.lo] = lo;
    bounds[at + WINDOW.runFrom] = runFrom;
    bounds[at + WINDOW.ownFrom] = ownFrom;
    bounds[at + WINDOW.mid] = mid;
    bounds[at + WINDOW.ownTo] = ownTo;
    bounds[at + WINDOW.runTo] = runTo;
    bounds[at + WINDOW.hi] = hi;
    bounds[at + WINDOW.along] = along;
    bounds[at + WINDOW.off] = off;
    return true;
  }
}

/** Windows of askers, in the order given; undefined where none has any. */
export function* findWindows(points: ChainPoints, askers: PointLinks, order: Uint32Array, limit: number): Steps<ChainWindows | undefined> {
  let most = 0;
  for (let i = 0; i < order.length; i++) if (points.countOnChain(askers, order[i]) > 0) most++;
  if (most === 0) return undefined;
  const windowOf = new Uint32Array(order.length);
  const bounds = new Uint32Array(WINDOW.words * most);
  const values = new Float64Array(2 * most);
  // those beside one edge follow one another: they share a pace
  let paces = new Float64Array(PACE_NUMBERS * 256);
  let edgeOfPace = -1;
  let pace = -1;
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    if (i % CHECK_EVERY === 0) yield;
    const edge = askers.edge[order[i]];
    const next = edge === edgeOfPace ? pace : pace + 1;
    if (PACE_NUMBERS * (next + 1) > paces.length) {
      const longer = new Float64Array(2 * paces.length);
      longer.set(paces);
      paces = longer;
    }
    if (!points.find(askers, order[i], limit, bounds, WINDOW.words * count, values, 2 * count, paces, PACE_NUMBERS * next)) continue;
    pace = next;
    edgeOfPace = edge;
    bounds[WINDOW.words * count + WINDOW.pace] = pace;
    windowOf[i] = ++count;
  }
  if (count === 0) return undefined;
  return { windowOf, bounds: bounds.slice(0, WINDOW.words * count), values: values.slice(0, 2 * count), paces: paces.slice(0, PACE_NUMBERS * (pace + 1)) };
}

/** Calls `meet` for every listed point within the limit of a window's asker: each once, in the order of the chain. */
export function eachWay({ spots, keys }: ListedPoints, { bounds, values, paces }: Pick<ChainWindows, 'bounds' | 'values' | 'paces'>, window: number, limit: number, meet: (listed: number, cost: number) => void): void {
  const at = WINDOW.words * window;
  const along = bounds[at + WINDOW.along];
  const off = bounds[at + WINDOW.off];
  const pace = PACE_NUMBERS * bounds[at + WINDOW.pace];
  const up = values[2 * window];
  const down = values[2 * window + 1];
  for (let i = bounds[at + WINDOW.lo], end = bounds[at + WINDOW.runFrom]; i < end; i++) {
    const cost = down + keys[2 * i + 1];
    if (cost <= limit) meet(spots[SPOT_WORDS * i + 2], cost);
  }
  for (let i = bounds[at + WINDOW.ownFrom], end = bounds[at + WINDOW.mid]; i < end; i++) {
    const cost = Math.floor((((along - spots[SPOT_WORDS * i]) * 36) / paces[pace + 2]) * paces[pace + 3]) + off + spots[SPOT_WORDS * i + 1];
    if (cost <= limit) meet(spots[SPOT_WORDS * i + 2], cost);
  }
  for (let i = bounds[at + WINDOW.mid], end = bounds[at + WINDOW.ownTo]; i < end; i++) {
    const cost = Math.floor((((spots[SPOT_WORDS * i] - along) * 36) / paces[pace]) * paces[pace + 1]) + off + spots[SPOT_WORDS * i + 1];
    if (cost <= limit) meet(spots[SPOT_WORDS * i + 2], cost);
  }
  for (let i = bounds[at + WINDOW.runTo], end = bounds[at + WINDOW.hi]; i < end; i++) {
    const cost = up + keys[2 * i];
    if (cost <= limit) meet(spots[SPOT_WORDS * i + 2], cost);
  }
}

/** A window for one asker at a time, used again for the next. */
export class ChainWindow {
  readonly #window = { bounds: new Uint32Array(WINDOW.words), values: new Float64Array(2), paces: new Float64Array(PACE_NUMBERS) };

  /** Calls `meet` for every listed point that is within the limit of point p along its chain. */
  eachWay(points: ChainPoints, askers: PointLinks, p: number, limit: number, meet: (listed: number, cost: number) => void): void {
    const { bounds, values, paces } = this.#window;
    if (points.find(askers, p, limit, bounds, 0, values, 0, paces, 0)) eachWay(points.listed, this.#window, 0, limit, meet);
  }
}
