/**
 * Nearest k facilities by one search from each facility, cut off at nodes that already have k nearer ones.
 *
 * For few facilities (their balls are a small part of the graph), for limits beyond a hierarchy's bound and where there is none. The
 * search is that of bounded-search.ts (buckets as doubly linked lists through the nodes) with one more condition; facilities
 * go in ascending order, so what a node has by then is the answer over the facilities before, and a facility that is not nearer than
 * all k of them is no answer there, nor anywhere beyond.
 *
 * Rejected: one search with up to k labels a node (a heap of labels): 12 times as slow on the grid of 250,000 nodes.
 *
 * Memory: 16 bytes a node, 4 bytes a bucket (at most 65,536), beside the answer.
 */
import { IDLE, NONE, bucketCount, bucketShift, greatestArc, usualBucketShift } from '../search/bucket-ring.ts';
import { insertNearest } from './nearest-sweep.ts';
import type { PointLinks } from '../travel/point-links.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';

const NO_LISTS = new Uint32Array(0);

export class NearestSearch {
  readonly graph: SearchGraph;
  readonly #distance: Int32Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #reached: Int32Array;
  readonly #greatestArc: number;
  readonly #usualShift: number;
  #bucket = new Int32Array(64).fill(NONE);
  #shift = 0;

  constructor(graph: SearchGraph) {
    const n = graph.nodeCount;
    this.graph = graph;
    this.#distance = new Int32Array(n).fill(UNREACHED);
    this.#next = new Int32Array(n).fill(IDLE);
    this.#previous = new Int32Array(n);
    this.#reached = new Int32Array(n);
    this.#greatestArc = greatestArc(graph);
    this.#usualShift = usualBucketShift(graph);
  }

  /**
   * Enters facilities from … to − 1 of a category into lists by node (k apart, UNREACHED and −1 where there is none). Those before
   * `from` must be in them already.
   */
  enter(facilities: PointLinks, from: number, to: number, k: number, limit: number, costs: Uint32Array, ids: Int32Array): void {
    for (let f = from; f < to; f++) {
      const count = this.#search(facilities, f, k, limit, costs);
      const reached = this.#reached;
      for (let i = 0; i < count; i++) {
        const v = reached[i];
        insertNearest(costs, ids, v * k, k, this.#distance[v], f);
        this.#distance[v] = UNREACHED;
      }
    }
  }

  /** How many nodes a facility is within the limit of. */
  countReached(facilities: PointLinks, facility: number, limit: number): number {
    const count = this.#search(facilities, facility, 0, limit, NO_LISTS);
    for (let i = 0; i < count; i++) this.#distance[this.#reached[i]] = UNREACHED;
    return count;
  }

  /** @returns how many nodes were reached; k = 0 cuts nothing off */
  #search({ firstIn, inNode, inCost }: PointLinks, facility: number, k: number, limit: number, costs: Uint32Array): number {
    const { firstIn: first, tail, costIn } = this.graph;
    const distance = this.#distance, next = this.#next, previous = this.#previous, reached = this.#reached;
    let count = 0;
    let waiting = 0;
    let least = limit;
    let most = 0;
    for (let i = firstIn[facility]; i < firstIn[facility + 1]; i++) {
      const v = inNode[i];
      const cost = inCost[i];
      if (cost > limit || cost >= distance[v]) continue;
      if (distance[v] === UNREACHED) reached[count++] = v;
      distance[v] = cost;
      if (cost < least) least = cost;
    }
    for (let i = 0; i < count; i++) if (distance[reached[i]] > most) most = distance[reached[i]];
    this.#setWidth(Math.min(limit - least, Math.max(this.#greatestArc, most - least)));
    const bucket = this.#bucket, shift = this.#shift, mask = bucket.length - 1;
    for (let i = 0; i < count; i++) {
      const v = reached[i];
      const at = (distance[v] >> shift) & mask;
      const old = bucket[at];
      next[v] = old;
      previous[v] = ~at;
      if (old >= 0) previous[old] = v;
      bucket[at] = v;
      waiting++;
    }
    for (let q = least >> shift; waiting > 0; q++) {
      const at = q & mask;
      for (let v = bucket[at]; v >= 0; v = bucket[at]) {
        const follower = next[v];
        bucket[at] = follower;
        if (follower >= 0) previous[follower] = ~at;
        next[v] = IDLE;
        waiting--;
        const costV = distance[v];
        if (k > 0 && costs[v * k + k - 1] <= costV) continue;
        const end = first[v + 1];
        for (let arc = first[v]; arc < end; arc++) {
          const u = tail[arc];
          const better = costV + costIn[arc];
          const costU = distance[u];
          if (better >= costU || better > limit) continue;
          distance[u] = better;
          if (costU === UNREACHED) reached[count++] = u;
          const to = (better >> shift) & mask;
          const after = next[u];
          if (after === IDLE) waiting++;
          else {
            if (((costU >> shift) & mask) === to) continue;
            const before = previous[u];
            if (before >= 0) next[before] = after;
            else bucket[~before] = after;
            if (after >= 0) previous[after] = before;
          }
          const old = bucket[to];
          next[u] = old;
          previous[u] = ~to;
          if (old >= 0) previous[old] = u;
          bucket[to] = u;
        }
      }
    }
    return count;
  }

  /** Buckets for costs that span no more than `span` at one time. All are empty here. */
  #setWidth(span: number): void {
    const shift = bucketShift(span, this.#usualShift);
    const size = bucketCount(span, shift, this.#bucket.length);
    if (size !== this.#bucket.length) this.#bucket = new Int32Array(size).fill(NONE);
    this.#shift = shift;
  }
}
