/**
 * Least costs from some nodes to all others within a limit, or from all others to them: one reusable workspace over one graph.
 *
 * Method: buckets of equal width as Dial (1969), but wider than one unit and with nodes relaxed again when they improve
 * within their own bucket (Meyer & Sanders 2003, Δ-stepping without the parallel part). Buckets are a ring of doubly linked
 * lists through the nodes, so a node stands in at most one bucket and moves when it improves. Only what a search touched is reset
 * for the next one.
 *
 * Measured on a perturbed grid with 22 % of its edges gone, 17 k and 250 k nodes, mean arc 85 m, limits of 1,200 and 2,400 m, one core of a
 * shared machine: 16–18 ns per relaxed arc, 18–20 with ties. As bare loops without ties, 17 k / 250 k nodes at 1,200 m: this 14.0 / 15.6
 * ns; an array per bucket with repeated entries 13.4 / 14.8; a pool of linked entries 13.3 / 14.6, with a free list 13.9 / 15.5. That is within the noise,
 * so the one whose memory is a constant was taken. Widths of ½ to 1 mean arc are best; a tenth or twice of it cost at most 15 %.
 * A 4-ary heap is 1.6–2.5 times as slow.
 *
 * Memory: 16 bytes a node, 4 more for ties, 4 more for parents; with ties 4 bytes an arc; 4 bytes a bucket (at most 65,536).
 */
import type { PointLinks } from '../travel/point-links.ts';
import { IDLE, NONE, bucketCount, bucketShift, greatestArc, usualBucketShift } from './bucket-ring.ts';
import type { SearchGraph } from './search-graph.ts';
import { MAX_COST, UNREACHED } from './search-graph.ts';

/** A second sum to be least among the cheapest ways, so that a result does not depend on the order of arcs. */
export interface TieBreak {
  /** By arc of the graph (leaving order), whole numbers; absent: 0 for all, the sources' own values are handed on. */
  readonly byArc?: Uint32Array;
}

export interface BoundedSearchOptions {
  /** `forward`: costs from the sources. `backward`: costs to them. */
  readonly direction?: 'forward' | 'backward';
  readonly ties?: TieBreak;
  /** Keeps for each node the one before it (forward) or after it (backward) on its way. */
  readonly parents?: boolean;
}

/** Costs as signed integers: a view of the same bytes. Costs stay below 2³⁰, and signed loads need no check in the inner loop. */
function signed({ buffer, byteOffset, length }: Uint32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}

/** A limit as searches take it: whole, at most MAX_COST; below 0 for none. @throws RangeError where it is not a number */
export function wholeLimit(limit: number): number {
  if (Number.isNaN(limit)) throw new RangeError('a limit must be a number');
  return Math.max(-1, Math.min(MAX_COST, Math.floor(limit)));
}

/** For each arriving arc of a graph its number among the leaving ones. */
export function mapArrivingArcs({ nodeCount, arcCount, firstOut, head, firstIn }: SearchGraph): Uint32Array {
  const at = firstIn.slice(0, nodeCount);
  const arcs = new Uint32Array(arcCount);
  // arriving arcs ascend by tail, and so does this walk
  for (let arc = 0; arc < firstOut[nodeCount]; arc++) arcs[at[head[arc]]++] = arc;
  return arcs;
}

/** The arc from one node to another, −1 where there is none. */
export function findArc({ firstOut, head }: SearchGraph, from: number, to: number): number {
  for (let arc = firstOut[from]; arc < firstOut[from + 1]; arc++) if (head[arc] === to) return arc;
  return -1;
}

/**
 * `clear`, `addSource` as often as wanted, `run`; then read `cost` of the `reached` nodes. All arrays belong to the search and change
 * with the next one.
 */
export class BoundedSearch {
  readonly graph: SearchGraph;
  readonly direction: 'forward' | 'backward';
  /** By node: least cost; UNREACHED where it is beyond the limit. */
  readonly cost: Int32Array;
  /** By node with ties: the least second sum among the cheapest ways. Empty without. */
  readonly tie: Int32Array;
  /** By node with parents: the neighbour on its way, −1 for sources. Empty without. */
  readonly parent: Int32Array;
  /** The nodes reached, in no promised order: reached[0] … reached[reachedCount − 1]. */
  readonly reached: Uint32Array;
  reachedCount = 0;
  /** Arcs looked at since the search was made, for measurements. */
  relaxedCount = 0;
  readonly #first: Int32Array;
  readonly #other: Int32Array;
  readonly #arcCost: Int32Array;
  readonly #arcTie: Int32Array;
  readonly #hasTies: boolean;
  readonly #greatestArc: number;
  readonly #usualShift: number;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  #bucket: Int32Array;
  #shift: number;
  #waiting = 0;

  /** @throws RangeError where ties are given for another number of arcs */
  constructor(graph: SearchGraph, options: BoundedSearchOptions = {}) {
    const { direction = 'forward', ties, parents = false } = options;
    const n = graph.nodeCount;
    const forward = direction === 'forward';
    if (ties?.byArc !== undefined && ties.byArc.length !== graph.arcCount) throw new RangeError(`${ties.byArc.length} second costs for ${graph.arcCount} arcs`);
    this.graph = graph;
    this.direction = direction;
    this.cost = new Int32Array(n).fill(UNREACHED);
    this.tie = new Int32Array(ties === undefined ? 0 : n);
    this.parent = new Int32Array(parents ? n : 0);
    this.reached = new Uint32Array(n);
    this.#first = signed(forward ? graph.firstOut : graph.firstIn);
    this.#other = signed(forward ? graph.head : graph.tail);
    this.#arcCost = signed(forward ? graph.cost : graph.costIn);
    this.#hasTies = ties !== undefined;
    const byArc = ties?.byArc;
    this.#arcTie = byArc === undefined ? new Int32Array(ties === undefined ? 0 : graph.arcCount)
      : signed(forward ? byArc : mapArrivingArcs(graph).map((arc) => byArc[arc]));
    this.#greatestArc = greatestArc(graph);
    this.#usualShift = usualBucketShift(graph);
    this.#shift = this.#usualShift;
    this.#next = new Int32Array(n).fill(IDLE);
    this.#previous = new Int32Array(n);
    this.#bucket = new Int32Array(0);
  }

  /** Forgets the last search, in time proportional to what it reached. */
  clear(): void {
    const { reached, cost } = this;
    for (let i = 0; i < this.reachedCount; i++) {
      cost[reached[i]] = UNREACHED;
      this.#next[reached[i]] = IDLE;
    }
    this.reachedCount = 0;
  }

  /**
   * A node where the search begins, at a cost and a second sum ≥ 0. Of several for one node the least counts. May also be called
   * after `run`: the next `run` then goes on from there.
   */
  addSource(node: number, cost = 0, tie = 0): void {
    const known = this.cost[node];
    if (!(node >= 0 && node < this.graph.nodeCount)) throw new RangeError(`node ${node} of a graph of ${this.graph.nodeCount}`);
    if (cost > known || cost > MAX_COST || (cost === known && !(this.#hasTies && tie < this.tie[node]))) return;
    if (known === UNREACHED) this.reached[this.reachedCount++] = node;
    this.cost[node] = cost;
    if (this.#hasTies) this.tie[node] = tie;
    if (this.parent.length > 0) this.parent[node] = NONE;
    this.#next[node] = NONE;
  }

  /** Finds every node of cost ≤ limit (inclusive). Sources beyond it are not reached. @throws RangeError on NaN */
  run(limit: number): void {
    this.#search(wholeLimit(limit), undefined, 0);
  }

  /**
   * As `run`, but only until the cost to one point is certain. Only nodes on ways not dearer than it hold final costs.
   * Forward the point is a destination, backward an origin.
   *
   * @returns the least cost of the point; UNREACHED where it is beyond the limit
   */
  runTo(links: PointLinks, point: number, limit: number): number {
    const whole = wholeLimit(limit);
    this.#search(whole, links, point);
    const least = this.#costOf(links, point);
    return least <= whole ? least : UNREACHED;
  }

  /** Least cost of a point from what was found so far: by way of its nodes, not directly along its chain. */
  costOf(links: PointLinks, point: number): number {
    return Math.min(UNREACHED, this.#costOf(links, point));
  }

  #costOf(links: PointLinks, point: number): number {
    const forward = this.direction === 'forward';
    const first = forward ? links.firstIn : links.firstOut;
    const node = forward ? links.inNode : links.outNode;
    const extra = forward ? links.inCost : links.outCost;
    let least = UNREACHED;
    for (let i = first[point]; i < first[point + 1]; i++) least = Math.min(least, this.cost[node[i]] + extra[i]);
    return least;
  }

  /** Puts the sources into buckets; returns the first bucket's number. */
  #fillBuckets(limit: number): number {
    const { cost, reached } = this;
    const next = this.#next;
    let kept = 0;
    let least = UNREACHED;
    let most = 0;
    for (let i = 0; i < this.reachedCount; i++) {
      const node = reached[i];
      if (cost[node] > limit) {
        cost[node] = UNREACHED;
        next[node] = IDLE;
        continue;
      }
      reached[kept++] = node;
      if (next[node] === IDLE) continue;
      if (cost[node] < least) least = cost[node];
      if (cost[node] > most) most = cost[node];
    }
    this.reachedCount = kept;
    if (least > most) return 0;
    // What stands in buckets at one time spans no more than the sources or one arc.
    const span = Math.min(limit - least, Math.max(this.#greatestArc, most - least));
    const shift = bucketShift(span, this.#usualShift);
    const size = bucketCount(span, shift, this.#bucket.length);
    if (size !== this.#bucket.length) this.#bucket = new Int32Array(size).fill(NONE);
    this.#shift = shift;
    for (let i = 0; i < kept; i++) if (next[reached[i]] !== IDLE) this.#insert(reached[i], (cost[reached[i]] >> shift) & (size - 1));
    return least >> shift;
  }

  #insert(node: number, at: number): void {
    const follower = this.#bucket[at];
    this.#next[node] = follower;
    this.#previous[node] = ~at;
    if (follower >= 0) this.#previous[follower] = node;
    this.#bucket[at] = node;
    this.#waiting++;
  }

  #search(limit: number, links: PointLinks | undefined, point: number): void {
    let q = this.#fillBuckets(limit);
    if (links === undefined) {
      this.#emptyBuckets(q, limit >> this.#shift, limit);
      return;
    }
    let most = limit;
    for (; this.#waiting > 0 && q <= most >> this.#shift; q++) {
      this.#emptyBuckets(q, q, most);
      most = Math.min(most, this.#costOf(links, point));
    }
    if (this.#waiting > 0) this.#dropWaiting();
  }

  #dropWaiting(): void {
    this.#bucket.fill(NONE);
    this.#waiting = 0;
    for (let i = 0; i < this.reachedCount; i++) this.#next[this.reached[i]] = IDLE;
  }

  /** Relaxes what waits in buckets q … last. */
  #emptyBuckets(q: number, last: number, limit: number): void {
    const { cost, tie, parent, reached } = this;
    const first = this.#first, other = this.#other, arcCost = this.#arcCost, arcTie = this.#arcTie, next = this.#next, previous = this.#previous, bucket = this.#bucket;
    const shift = this.#shift, mask = bucket.length - 1, withTies = this.#hasTies, withParents = parent.length > 0;
    let reachedCount = this.reachedCount, waiting = this.#waiting, relaxed = 0, betterTie = 0;
    for (; q <= last && waiting > 0; q++) {
      const at = q & mask;
      for (let v = bucket[at]; v >= 0; v = bucket[at]) {
        const follower = next[v];
        bucket[at] = follower;
        if (follower >= 0) previous[follower] = ~at;
        next[v] = IDLE;
        waiting--;
        const costV = cost[v];
        const end = first[v + 1];
        relaxed += end - first[v];
        for (let arc = first[v]; arc < end; arc++) {
          const u = other[arc];
          const costU = cost[u];
          const better = (costV + arcCost[arc]) | 0;
          if (better > costU || better > limit) continue;
          if (withTies) {
            betterTie = (tie[v] + arcTie[arc]) | 0;
            if (better === costU && betterTie >= tie[u]) continue;
            tie[u] = betterTie;
          } else if (better === costU) continue;
          cost[u] = better;
          if (withParents) parent[u] = v;
          if (costU === UNREACHED) reached[reachedCount++] = u;
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
    this.reachedCount = reachedCount;
    this.relaxedCount += relaxed;
    this.#waiting = waiting;
  }
}

/** Sources at the nodes a point is left for (forward) or reached from (backward). A point tied to no edge adds none. */
export function addPointSource(search: BoundedSearch, links: PointLinks, point: number, tie = 0): void {
  const forward = search.direction === 'forward';
  const first = forward ? links.firstOut : links.firstIn;
  const node = forward ? links.outNode : links.inNode;
  const cost = forward ? links.outCost : links.inCost;
  for (let i = first[point]; i < first[point + 1]; i++) search.addSource(node[i], cost[i], tie);
}

/**
 * Clears, and searches from one or several points at once: off-network costs are in the result. Ways that stay on a
 * point's own chain pass no node and are not in it (directCost of travel-graph.ts).
 */
export function searchFromPoints(search: BoundedSearch, links: PointLinks, points: ArrayLike<number>, limit: number): void {
  search.clear();
  for (let i = 0; i < points.length; i++) addPointSource(search, links, points[i]);
  search.run(limit);
}
