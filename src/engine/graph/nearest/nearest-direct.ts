/**
 * The nearest listed points on an asker's own chain, reached without passing a node (directCost of link-points.ts): facilities of an origin, origins
 * of a point.
 *
 * Listed points stand in the order of chain and position; of those at one spot only the k that are best to have are kept. From an asker's position
 * both ways are followed until what lies farther cannot be among its nearest k any more, so that thousands of askers and
 * listed points on one chain are not multiplied.
 *
 * Memory: 24 bytes a listed point, 4 bytes a chain.
 */
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { placeOnChains } from '../travel/chain-ways.ts';
import { chainOfPoint, directCost } from '../travel/link-points.ts';
import { insertNearest } from './nearest-sweep.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** Costs of parts of edges are rounded one by one: going farther may look cheaper by this much. */
const SLACK = 4;
/** Points of a slice. */
const CHECK_EVERY = 1 << 15;

export interface DirectOptions {
  /** Whether ways lead from askers to the listed points (unless said), or from these to the askers. */
  readonly arriving?: boolean;
  /** Which points are listed, by number; all unless said. */
  readonly among?: ArrayLike<number>;
}

/** Where a point lies on its chain: edges before it · 2³² + millimetres on its edge, in the chain's direction. */
function positionOn(travel: TravelGraph, place: Uint32Array, { edge, alongMm }: PointLinks, p: number): number {
  const e = edge[p];
  const against = (travel.edge.chain[e] & 1) !== 0;
  return place[e] * 2 ** 32 + (against ? travel.network.edge.lengthMm[e] - alongMm[p] : alongMm[p]);
}

/** Listed points by chain, position, off-network cost, number; of those at one spot the first k. */
interface Sorted {
  /** By chain, and one more: its first one. */
  readonly first: Uint32Array;
  readonly order: Uint32Array;
  readonly positions: Float64Array;
}

function* sortByChain(travel: TravelGraph, place: Uint32Array, listed: PointLinks, k: number, among: ArrayLike<number> | undefined): Steps<Sorted> {
  const count = among?.length ?? listed.count;
  const pointAt = (i: number): number => (among === undefined ? i : among[i]);
  const { chains } = travel.meta.counts;
  const first = new Uint32Array(chains + 1);
  for (let i = 0; i < count; i++) {
    const chain = chainOfPoint(travel, listed, pointAt(i));
    if (chain >= 0) first[chain + 1]++;
  }
  for (let c = 0; c < chains; c++) first[c + 1] += first[c];
  yield;
  const order = new Uint32Array(first[chains]);
  const position = new Float64Array(count);
  const at = first.slice(0, chains);
  for (let i = 0; i < count; i++) {
    const chain = chainOfPoint(travel, listed, pointAt(i));
    if (chain < 0) continue;
    position[i] = positionOn(travel, place, listed, pointAt(i));
    order[at[chain]++] = i;
  }
  yield;
  const { offCost } = listed;
  let kept = 0;
  for (let c = 0, next = CHECK_EVERY; c < chains; c++) {
    const from = first[c];
    const to = first[c + 1];
    first[c] = kept;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => position[a] - position[b] || offCost[pointAt(a)] - offCost[pointAt(b)] || pointAt(a) - pointAt(b));
    for (let i = from, same = 0; i < to; i++) {
      same = i > from && position[order[i]] === position[order[i - 1]] ? same + 1 : 0;
      if (same < k) order[kept++] = order[i];
    }
    if (to < next) continue;
    next = to + CHECK_EVERY;
    yield;
  }
  first[chains] = kept;
  const chosen = order.subarray(0, kept);
  return { first, order: chosen.map(pointAt), positions: Float64Array.from(chosen, (i) => position[i]) };
}

export class DirectWays {
  readonly #travel: TravelGraph;
  readonly #listed: PointLinks;
  readonly #k: number;
  readonly #arriving: boolean;
  readonly #place: Uint32Array;
  readonly #sorted: Sorted;

  constructor(travel: TravelGraph, listed: PointLinks, k: number, arriving: boolean, place: Uint32Array, sorted: Sorted) {
    this.#travel = travel;
    this.#listed = listed;
    this.#k = k;
    this.#arriving = arriving;
    this.#place = place;
    this.#sorted = sorted;
  }

  /** Enters what asker p reaches directly within the limit into its list at `at`. */
  enter(askers: PointLinks, p: number, limit: number, costs: Uint32Array, ids: Int32Array, at: number): void {
    const chain = chainOfPoint(this.#travel, askers, p);
    if (chain < 0) return;
    const { first, order, positions } = this.#sorted;
    const start = first[chain];
    const end = first[chain + 1];
    if (start === end) return;
    const position = positionOn(this.#travel, this.#place, askers, p);
    let low = start;
    for (let high = end; low < high; ) {
      const middle = (low + high) >> 1;
      if (positions[middle] < position) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < end && this.#enterOne(askers, p, order[i], limit, costs, ids, at); i++);
    for (let i = low - 1; i >= start && this.#enterOne(askers, p, order[i], limit, costs, ids, at); i--);
  }

  /** @returns whether one farther on the same side might still be among the nearest */
  #enterOne(askers: PointLinks, p: number, f: number, limit: number, costs: Uint32Array, ids: Int32Array, at: number): boolean {
    const listed = this.#listed;
    const cost = this.#arriving ? directCost(this.#travel, askers, p, listed, f) : directCost(this.#travel, listed, f, askers, p);
    if (cost >= UNREACHED) return false;
    if (cost <= limit) insertNearest(costs, ids, at, this.#k, cost, f);
    return cost - listed.offCost[f] - SLACK <= Math.min(limit, costs[at + this.#k - 1]);
  }
}

/** Lists points along their chains for the nearest k of them to be asked for. */
export function listDirectWays(travel: TravelGraph, listed: PointLinks, k: number, options: DirectOptions = {}): DirectWays {
  return finishSteps(listDirectWaysInSteps(travel, listed, k, options));
}

/** {@link listDirectWays} in slices. */
export function* listDirectWaysInSteps(travel: TravelGraph, listed: PointLinks, k: number, { arriving = true, among }: DirectOptions = {}): Steps<DirectWays> {
  const place = placeOnChains(travel);
  return new DirectWays(travel, listed, k, arriving, place, yield* sortByChain(travel, place, listed, k, among));
}
