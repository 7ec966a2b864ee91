/**
 * Points tied to a search graph: how each is left for the graph's nodes, and how it is reached from them.
 *
 * A point lies beside an edge (link-points.ts) or is a node itself (linkNodes). As an origin it starts a search with
 * one or more (node, cost) pairs, as a destination it is reached at the least of (cost of node + cost of pair). Two points on one
 * chain may reach one another without passing a node: directCost of travel-graph.ts says at what cost, UNREACHED where not.
 *
 * Memory: 24 bytes a point and 16 bytes a pair.
 */
import { UNREACHED } from '../search/search-graph.ts';

export interface PointLinks {
  readonly count: number;
  /** By point: number of the network's edge it is linked to; −1 where it is linked to none, or is a node itself. */
  readonly edge: Int32Array;
  /** By point: how far along the edge, from its `from` end, mm. */
  readonly alongMm: Uint32Array;
  /** By point: distance to the edge, mm; 0 for nodes. */
  readonly offMm: Uint32Array;
  /** By point: distance to the edge as cost, at both ends of a trip alike. */
  readonly offCost: Uint32Array;
  /** Leaving point p: pairs firstOut[p] … firstOut[p + 1] − 1 (count + 1 entries). Off-network cost is in outCost. */
  readonly firstOut: Uint32Array;
  readonly outNode: Uint32Array;
  readonly outCost: Uint32Array;
  /** Reaching point p: pairs firstIn[p] … firstIn[p + 1] − 1 (count + 1 entries). Off-network cost is in inCost. */
  readonly firstIn: Uint32Array;
  readonly inNode: Uint32Array;
  readonly inCost: Uint32Array;
}

/** Nodes as points, in the given order: each is left and reached at no cost. */
export function linkNodes(nodes: ArrayLike<number>): PointLinks {
  const count = nodes.length;
  const first = Uint32Array.from({ length: count + 1 }, (_, p) => p);
  const node = Uint32Array.from(nodes);
  const none = new Uint32Array(count);
  return {
    count, edge: new Int32Array(count).fill(-1), alongMm: none, offMm: none, offCost: none,
    firstOut: first, outNode: node, outCost: none, firstIn: first, inNode: node, inCost: none,
  };
}

/** All nodes of a graph as points. */
export function linkAllNodes(nodeCount: number): PointLinks {
  return linkNodes(Uint32Array.from({ length: nodeCount }, (_, v) => v));
}

/** The links of one point, as point 0. */
export function takePoint(links: PointLinks, p: number): PointLinks {
  const { firstOut, firstIn } = links;
  const own = (array: Uint32Array): Uint32Array => array.subarray(p, p + 1);
  return {
    count: 1, edge: links.edge.subarray(p, p + 1), alongMm: own(links.alongMm), offMm: own(links.offMm), offCost: own(links.offCost),
    firstOut: Uint32Array.of(0, firstOut[p + 1] - firstOut[p]), outNode: links.outNode.subarray(firstOut[p], firstOut[p + 1]), outCost: links.outCost.subarray(firstOut[p], firstOut[p + 1]),
    firstIn: Uint32Array.of(0, firstIn[p + 1] - firstIn[p]), inNode: links.inNode.subarray(firstIn[p], firstIn[p + 1]), inCost: links.inCost.subarray(firstIn[p], firstIn[p + 1]),
  };
}

/** The links of points `from` … `to` − 1, as points 0 … Arrays by pair are shared, not copied. */
export function takePoints(links: PointLinks, from: number, to: number): PointLinks {
  const { firstOut, firstIn } = links;
  const own = (array: Uint32Array): Uint32Array => array.subarray(from, to);
  const firsts = (first: Uint32Array): Uint32Array => first.subarray(from, to + 1).map((at) => at - first[from]);
  return {
    count: to - from, edge: links.edge.subarray(from, to), alongMm: own(links.alongMm), offMm: own(links.offMm), offCost: own(links.offCost),
    firstOut: firsts(firstOut), outNode: links.outNode.subarray(firstOut[from], firstOut[to]), outCost: links.outCost.subarray(firstOut[from], firstOut[to]),
    firstIn: firsts(firstIn), inNode: links.inNode.subarray(firstIn[from], firstIn[to]), inCost: links.inCost.subarray(firstIn[from], firstIn[to]),
  };
}

/** Whether every point is a node at no cost, so that arrays by node serve as arrays by point. */
export function areNodes({ count, edge, outNode, outCost, inCost, firstOut, firstIn }: PointLinks): boolean {
  if (outNode.length !== count || inCost.length !== count) return false;
  for (let p = 0; p < count; p++) if (edge[p] >= 0 || outCost[p] !== 0 || inCost[p] !== 0 || firstOut[p + 1] !== p + 1 || firstIn[p + 1] !== p + 1) return false;
  return true;
}

/** Cost of reaching point p once the costs of the nodes are known, without a direct way along its chain. */
export function costOfPoint({ firstIn, inNode, inCost }: PointLinks, p: number, costOfNode: ArrayLike<number>): number {
  let least = UNREACHED;
  for (let i = firstIn[p]; i < firstIn[p + 1]; i++) least = Math.min(least, costOfNode[inNode[i]] + inCost[i]);
  return least;
}
