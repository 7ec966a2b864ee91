/**
 * Nearest k facilities of all categories for a few origins: one bounded search from each, facilities waiting at the nodes they are
 * reached from.
 *
 * For a click on the map, or whenever the origins' balls together are a small part of the graph: a sweep always pays for the whole of it.
 * A node keeps only the k facilities of a category that are best to have there, however many there are.
 *
 * With long lists also for all nodes: entering a facility into a list goes past the list, and a sweep enters k of them for each arc, so that its time
 * grows with k². Here what an origin reaches is gathered, each facility once, and the k least are chosen and sorted.
 *
 * Memory: 16 bytes a node for the search, 4 bytes a node and 12 bytes a pair of the facilities; 20 bytes a facility where k > 16.
 */
import type { BoundedSearch } from '../search/bounded-search.ts';
import { searchFromPoints } from '../search/bounded-search.ts';
import { insertNearest } from './nearest-sweep.ts';
import type { PointLinks } from '../travel/point-links.ts';

/** Facilities by the node they are reached from: entries first[v] … first[v + 1] − 1, by category, cost, number. */
export interface FacilitiesAtNodes {
  readonly first: Uint32Array;
  readonly category: Uint32Array;
  readonly cost: Uint32Array;
  readonly facility: Uint32Array;
}

/** Of each category the k best facilities at each node. */
export function listFacilities(nodeCount: number, facilities: readonly PointLinks[], k: number): FacilitiesAtNodes {
  let total = 0;
  for (const { inNode } of facilities) total += inNode.length;
  const node = new Uint32Array(total);
  const category = new Uint32Array(total);
  const cost = new Uint32Array(total);
  const facility = new Uint32Array(total);
  let at = 0;
  facilities.forEach(({ count, firstIn, inNode, inCost }, c) => {
    for (let f = 0; f < count; f++) {
      const own = at;
      for (let i = firstIn[f]; i < firstIn[f + 1]; i++) {
        let known = own;
        while (known < at && node[known] !== inNode[i]) known++;
        if (known < at) {
          cost[known] = Math.min(cost[known], inCost[i]);
          continue;
        }
        node[at] = inNode[i];
        category[at] = c;
        cost[at] = inCost[i];
        facility[at++] = f;
      }
    }
  });
  const start = new Uint32Array(nodeCount + 1);
  for (let i = 0; i < at; i++) start[node[i] + 1]++;
  for (let v = 0; v < nodeCount; v++) start[v + 1] += start[v];
  const next = start.slice(0, nodeCount);
  // at each node they are in the order of category and number, as they were noted
  const order = new Uint32Array(at);
  for (let i = 0; i < at; i++) order[next[node[i]]++] = i;
  const first = new Uint32Array(nodeCount + 1);
  let kept = 0;
  for (let v = 0; v < nodeCount; v++) {
    for (let begin = start[v]; begin < start[v + 1]; ) {
      let end = begin + 1;
      let sorted = true;
      for (; end < start[v + 1] && category[order[end]] === category[order[begin]]; end++) if (cost[order[end]] < cost[order[end - 1]]) sorted = false;
      if (!sorted) order.subarray(begin, end).sort((a, b) => cost[a] - cost[b] || a - b);
      for (let i = begin; i < end && i < begin + k; i++) order[kept++] = order[i];
      begin = end;
    }
    first[v + 1] = kept;
  }
  const chosen = order.slice(0, kept);
  const pick = (values: Uint32Array): Uint32Array => chosen.map((i) => values[i]);
  return { first, category: pick(category), cost: pick(cost), facility: pick(facility) };
}

/** Up to this k a place in a list is found by going over it; beyond, what an origin reaches is gathered and sorted. */
const SHORT_LIST = 16;

/** Puts the `count` least numbers of keys first, in any order (quickselect). */
function selectLeast(keys: Float64Array, count: number): void {
  let low = 0;
  let high = keys.length - 1;
  while (low < high) {
    const pivot = keys[(low + high) >>> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i] < pivot) i++;
      while (keys[j] > pivot) j--;
      if (i > j) break;
      const key = keys[i];
      keys[i++] = keys[j];
      keys[j--] = key;
    }
    if (count - 1 <= j) high = j;
    else if (count - 1 >= i) low = i;
    else return;
  }
}

/** Searches from origins, one at a time; scratch is used again. */
export class OriginSearches {
  readonly #search: BoundedSearch;
  readonly #origins: PointLinks | undefined;
  readonly #atNodes: FacilitiesAtNodes;
  readonly #k: number;
  readonly #limit: number;
  /** By category: number of its first facility over all. */
  readonly #first: Uint32Array;
  /** By facility over all: its least cost to the present origin, −1 for none. */
  readonly #best: Int32Array;
  readonly #found: Uint32Array;
  readonly #category: Uint32Array;
  readonly #keys: Float64Array;
  readonly #gathers: boolean;

  /** @param origins absent: nodes of the graph */
  constructor(search: BoundedSearch, origins: PointLinks | undefined, facilities: readonly PointLinks[], atNodes: FacilitiesAtNodes, k: number, limit: number) {
    this.#search = search;
    this.#origins = origins;
    this.#atNodes = atNodes;
    this.#k = k;
    this.#limit = limit;
    this.#first = new Uint32Array(facilities.length + 1);
    facilities.forEach(({ count }, c) => (this.#first[c + 1] = this.#first[c] + count));
    const largest = facilities.reduce((most, { count }) => Math.max(most, count), 1);
    // cost and number of a facility in one whole number below 2⁵³
    this.#gathers = k > SHORT_LIST && limit >= 0 && (limit + 1) * largest < Number.MAX_SAFE_INTEGER;
    const total = this.#gathers ? this.#first[facilities.length] : 0;
    this.#best = new Int32Array(total).fill(-1);
    this.#found = new Uint32Array(total);
    this.#category = new Uint32Array(total);
    this.#keys = new Float64Array(this.#gathers ? largest : 0);
  }

  /**
   * Enters the facilities that origins from … to − 1 reach into their lists: that of origin o and category c begins at
   * (c · width + o − firstOrigin) · k.
   */
  enter(from: number, to: number, firstOrigin: number, width: number, costs: Uint32Array, ids: Int32Array): void {
    const search = this.#search;
    for (let o = from; o < to; o++) {
      if (this.#origins === undefined) {
        search.clear();
        search.addSource(o);
        search.run(this.#limit);
      } else searchFromPoints(search, this.#origins, [o], this.#limit);
      if (this.#gathers) this.#gather(o - firstOrigin, width, costs, ids);
      else this.#insert(o - firstOrigin, width, costs, ids);
    }
  }

  #insert(place: number, width: number, costs: Uint32Array, ids: Int32Array): void {
    const { first, category, cost, facility } = this.#atNodes;
    const { reached, reachedCount, cost: costOf } = this.#search;
    const k = this.#k;
    for (let i = 0; i < reachedCount; i++) {
      const v = reached[i];
      for (let e = first[v]; e < first[v + 1]; e++) {
        const sum = costOf[v] + cost[e];
        if (sum <= this.#limit) insertNearest(costs, ids, (category[e] * width + place) * k, k, sum, facility[e]);
      }
    }
  }

  #gather(place: number, width: number, costs: Uint32Array, ids: Int32Array): void {
    const { first, category, cost, facility } = this.#atNodes;
    const { reached, reachedCount, cost: costOf } = this.#search;
    const best = this.#best, found = this.#found, base = this.#first, limit = this.#limit;
    let count = 0;
    for (let i = 0; i < reachedCount; i++) {
      const v = reached[i];
      for (let e = first[v]; e < first[v + 1]; e++) {
        const sum = costOf[v] + cost[e];
        if (sum > limit) continue;
        const f = base[category[e]] + facility[e];
        if (best[f] < 0) {
          this.#category[count] = category[e];
          found[count++] = f;
          best[f] = sum;
        } else if (sum < best[f]) best[f] = sum;
      }
    }
    for (let c = 0; c + 1 < base.length; c++) this.#write(c, count, (c * width + place) * this.#k, costs, ids);
    for (let i = 0; i < count; i++) best[found[i]] = -1;
  }

  /** The list of one category, of what was found of all. */
  #write(c: number, count: number, at: number, costs: Uint32Array, ids: Int32Array): void {
    const size = this.#first[c + 1] - this.#first[c];
    let own = 0;
    for (let i = 0; i < count; i++) if (this.#category[i] === c) this.#keys[own++] = this.#best[this.#found[i]] * size + this.#found[i] - this.#first[c];
    const kept = Math.min(own, this.#k);
    if (own > 2 * this.#k) selectLeast(this.#keys.subarray(0, own), kept);
    else if (own > kept) this.#keys.subarray(0, own).sort();
    const keys = this.#keys.subarray(0, kept).sort();
    for (let i = 0; i < kept; i++) {
      const cost = Math.floor(keys[i] / size);
      costs[at + i] = cost;
      ids[at + i] = keys[i] - cost * size;
    }
  }
}
