/**
 * Facilities on an origin's own chain, reached without passing a node (directCost of link-points.ts).
 *
 * Facilities stand in the order of chain and position; of those at one spot only the k that are best to have are kept. From an origin's position
 * both ways are followed until what lies farther cannot be among its nearest k any more, so that thousands of origins and
 * facilities on one chain are not multiplied.
 *
 * Memory: 24 bytes a facility, 4 bytes an edge of the network and a chain.
 */
import { placeOnChains } from '../travel/chain-ways.ts';
import { chainOfPoint, directCost } from '../travel/link-points.ts';
import { insertNearest } from './nearest-sweep.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** Costs of parts of edges are rounded one by one: going farther may look cheaper by this much. */
const SLACK = 4;

export class DirectWays {
  readonly #travel: TravelGraph;
  readonly #facilities: PointLinks;
  readonly #k: number;
  readonly #place: Uint32Array;
  /** Facilities on chains by chain, position, off-network cost, number; of those at one spot the first k. */
  readonly #order: Uint32Array;
  readonly #positions: Float64Array;
  readonly #first: Uint32Array;

  constructor(travel: TravelGraph, facilities: PointLinks, k: number) {
    this.#travel = travel;
    this.#facilities = facilities;
    this.#k = k;
    this.#place = placeOnChains(travel);
    const { count, offCost } = facilities;
    const chainOf = new Int32Array(count);
    const position = new Float64Array(count);
    const all = new Uint32Array(count);
    let known = 0;
    for (let f = 0; f < count; f++) {
      chainOf[f] = chainOfPoint(travel, facilities, f);
      if (chainOf[f] < 0) continue;
      position[f] = this.#positionOf(facilities, f);
      all[known++] = f;
    }
    const order = all.subarray(0, known).sort((a, b) => chainOf[a] - chainOf[b] || position[a] - position[b] || offCost[a] - offCost[b] || a - b);
    this.#first = new Uint32Array(travel.meta.counts.chains + 1);
    let kept = 0;
    for (let i = 0, same = 0; i < known; i++) {
      const f = order[i];
      const before = kept > 0 ? order[kept - 1] : -1;
      same = before >= 0 && chainOf[before] === chainOf[f] && position[before] === position[f] ? same + 1 : 0;
      if (same >= k) continue;
      order[kept++] = f;
      this.#first[chainOf[f] + 1]++;
    }
    for (let c = 0; c < travel.meta.counts.chains; c++) this.#first[c + 1] += this.#first[c];
    this.#order = order.slice(0, kept);
    this.#positions = Float64Array.from(this.#order, (f) => position[f]);
  }

  /** Where a point lies on its chain: edges before it · 2³² + millimetres on its edge, in the chain's direction. */
  #positionOf({ edge, alongMm }: PointLinks, p: number): number {
    const e = edge[p];
    const against = (this.#travel.edge.chain[e] & 1) !== 0;
    return this.#place[e] * 2 ** 32 + (against ? this.#travel.network.edge.lengthMm[e] - alongMm[p] : alongMm[p]);
  }

  /** Enters what origin p reaches directly within the limit into its list at `at`. */
  enter(origins: PointLinks, p: number, limit: number, costs: Uint32Array, ids: Int32Array, at: number): void {
    const chain = chainOfPoint(this.#travel, origins, p);
    if (chain < 0) return;
    const start = this.#first[chain];
    const end = this.#first[chain + 1];
    if (start === end) return;
    const position = this.#positionOf(origins, p);
    let low = start;
    for (let high = end; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#positions[middle] < position) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < end && this.#enterOne(origins, p, this.#order[i], limit, costs, ids, at); i++);
    for (let i = low - 1; i >= start && this.#enterOne(origins, p, this.#order[i], limit, costs, ids, at); i--);
  }

  /** @returns whether one farther on the same side might still be among the nearest */
  #enterOne(origins: PointLinks, p: number, f: number, limit: number, costs: Uint32Array, ids: Int32Array, at: number): boolean {
    const cost = directCost(this.#travel, origins, p, this.#facilities, f);
    if (cost >= UNREACHED) return false;
    if (cost <= limit) insertNearest(costs, ids, at, this.#k, cost, f);
    return cost - this.#facilities.offCost[f] - SLACK <= Math.min(limit, costs[at + this.#k - 1]);
  }
}
