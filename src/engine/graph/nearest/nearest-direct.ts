/**
 * The nearest listed points on an asker's own chain, reached without passing a node (directCost of link-points.ts): facilities of an origin, origins
 * of a point.
 *
 * Of listed points at one spot only the k that are best to have are kept; they stand as chain-ways.ts lists them. From an asker's place both ways are followed
 * until whatever lies farther costs more than the k-th so far, its way to the street included, so that thousands of askers and
 * listed points on one chain are not multiplied. (Without what they cost beyond the street, 1,000,000 origins and 100,000 places in a box that reaches over
 * the river, driving, took 37 s instead of 3.)
 *
 * Memory: 76 bytes a listed point, 4 bytes a chain; 4 bytes an edge of the network while it is made.
 */
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { PACE_NUMBERS, SPOT_WORDS, WINDOW, listOnChains } from '../travel/chain-ways.ts';
import type { ChainPoints } from '../travel/chain-ways.ts';
import { insertNearest } from './nearest-sweep.ts';
import type { PointLinks } from '../travel/point-links.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** So many make no crowd. */
const FEW = 64;
/** Points of a slice. */
const CHECK_EVERY = 1 << 15;

export interface DirectOptions {
  /** Whether ways lead from askers to the listed points (unless said), or from these to the askers. */
  readonly arriving?: boolean;
  /** Which points are listed, by number; all unless said. */
  readonly among?: ArrayLike<number>;
}

/** Listed points that can be among anybody's k nearest: of those at one spot the first k by off-network cost and number. */
function* leaveOutCrowds(travel: TravelGraph, { edge, alongMm, offCost, count: all }: PointLinks, k: number, among: ArrayLike<number> | undefined): Steps<Uint32Array> {
  const count = among?.length ?? all;
  const pointAt = (i: number): number => (among === undefined ? i : among[i]);
  if (count <= FEW) return Uint32Array.from({ length: count }, (_, i) => pointAt(i)).sort();
  const edges = travel.edge.chain.length;
  const first = new Uint32Array(edges + 1);
  for (let i = 0; i < count; i++) if (edge[pointAt(i)] >= 0) first[edge[pointAt(i)] + 1]++;
  for (let e = 0; e < edges; e++) first[e + 1] += first[e];
  yield;
  const order = new Uint32Array(first[edges]);
  const at = first.slice(0, edges);
  for (let i = 0; i < count; i++) if (edge[pointAt(i)] >= 0) order[at[edge[pointAt(i)]]++] = pointAt(i);
  yield;
  let kept = 0;
  for (let e = 0, next = CHECK_EVERY; e < edges; e++) {
    const from = first[e];
    const to = first[e + 1];
    if (to - from > 1) order.subarray(from, to).sort((a, b) => alongMm[a] - alongMm[b] || offCost[a] - offCost[b] || a - b);
    for (let i = from, same = 0; i < to; i++) {
      same = i > from && alongMm[order[i]] === alongMm[order[i - 1]] ? same + 1 : 0;
      if (same < k) order[kept++] = order[i];
    }
    if (to < next) continue;
    next = to + CHECK_EVERY;
    yield;
  }
  return order.slice(0, kept);
}

export class DirectWays {
  readonly #points: ChainPoints;
  /** By listed point of the chains: its number. */
  readonly #number: Uint32Array;
  readonly #k: number;
  readonly #bounds = new Uint32Array(WINDOW.words);
  readonly #values = new Float64Array(2);
  readonly #paces = new Float64Array(PACE_NUMBERS);

  constructor(points: ChainPoints, number: Uint32Array, k: number) {
    this.#points = points;
    this.#number = number;
    this.#k = k;
  }

  /** Enters what asker p reaches directly within the limit into its list at `at`. */
  enter(askers: PointLinks, p: number, limit: number, costs: Uint32Array, ids: Int32Array, at: number): void {
    const bounds = this.#bounds, values = this.#values, paces = this.#paces;
    const last = at + this.#k - 1;
    let most = Math.min(limit, costs[last]);
    if (!this.#points.find(askers, p, most, bounds, 0, values, 0, paces, 0)) return;
    const { listed: { spots, keys }, leastUp, leastDown } = this.#points;
    const along = bounds[WINDOW.along];
    const off = bounds[WINDOW.off];
    for (let i = bounds[WINDOW.mid]; i < bounds[WINDOW.ownTo]; i++) {
      const cost = Math.floor((((spots[SPOT_WORDS * i] - along) * 36) / paces[0]) * paces[1]) + off;
      if (cost > most) break;
      most = this.#note(i, cost + spots[SPOT_WORDS * i + 1], most, limit, costs, ids, at);
    }
    for (let i = bounds[WINDOW.mid] - 1; i >= bounds[WINDOW.ownFrom]; i--) {
      const cost = Math.floor((((along - spots[SPOT_WORDS * i]) * 36) / paces[2]) * paces[3]) + off;
      if (cost > most) break;
      most = this.#note(i, cost + spots[SPOT_WORDS * i + 1], most, limit, costs, ids, at);
    }
    for (let i = bounds[WINDOW.runTo]; i < bounds[WINDOW.hi] && values[0] + leastUp[i] <= most; i++) most = this.#note(i, values[0] + keys[2 * i], most, limit, costs, ids, at);
    for (let i = bounds[WINDOW.runFrom] - 1; i >= bounds[WINDOW.lo] && values[1] + leastDown[i] <= most; i--) most = this.#note(i, values[1] + keys[2 * i + 1], most, limit, costs, ids, at);
  }

  /** @returns what the next one may cost at most */
  #note(i: number, cost: number, most: number, limit: number, costs: Uint32Array, ids: Int32Array, at: number): number {
    if (cost > most) return most;
    insertNearest(costs, ids, at, this.#k, cost, this.#number[this.#points.listed.spots[SPOT_WORDS * i + 2]]);
    return Math.min(limit, costs[at + this.#k - 1]);
  }
}

/** Lists points along their chains for the nearest k of them to be asked for. */
export function listDirectWays(travel: TravelGraph, listed: PointLinks, k: number, options: DirectOptions = {}): DirectWays {
  return finishSteps(listDirectWaysInSteps(travel, listed, k, options));
}

/** {@link listDirectWays} in slices. */
export function* listDirectWaysInSteps(travel: TravelGraph, listed: PointLinks, k: number, { arriving = true, among }: DirectOptions = {}): Steps<DirectWays> {
  const number = yield* leaveOutCrowds(travel, listed, k, among);
  return new DirectWays(yield* listOnChains(travel, listed, arriving, number), number, k);
}
