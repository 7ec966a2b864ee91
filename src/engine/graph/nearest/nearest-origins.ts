/**
 * Nearest k facilities of all categories for a few origins: one bounded search from each, facilities waiting at the nodes they are
 * reached from.
 *
 * For a click on the map, or whenever the origins' balls together are a small part of the graph: a sweep always pays for the whole of it.
 * A node keeps only the k facilities of a category that are best to have there, however many there are.
 *
 * Memory: 16 bytes a node for the search, 4 bytes a node and 12 bytes a pair of the facilities.
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

/**
 * Enters the facilities that origins from … to − 1 reach into their lists: that of origin o and category c begins at
 * (c · width + o − first) · k.
 */
export function enterFromOrigins(
  search: BoundedSearch, origins: PointLinks, from: number, to: number, firstOrigin: number, width: number,
  { first, category, cost, facility }: FacilitiesAtNodes, k: number, limit: number, costs: Uint32Array, ids: Int32Array,
): void {
  for (let o = from; o < to; o++) {
    searchFromPoints(search, origins, [o], limit);
    for (let i = 0; i < search.reachedCount; i++) {
      const v = search.reached[i];
      for (let e = first[v]; e < first[v + 1]; e++) {
        const sum = search.cost[v] + cost[e];
        if (sum <= limit) insertNearest(costs, ids, (category[e] * width + o - firstOrigin) * k, k, sum, facility[e]);
      }
    }
  }
}
