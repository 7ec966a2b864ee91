/**
 * Nodes and arcs of walking and riding: a node is a vertex where chains meet.
 *
 * Streets for those with business there only (private, destination) may begin and end a trip, never be its middle. Exactly:
 * a trip is local edges, then through edges, then local edges, each part possibly empty. A vertex therefore has up to three
 * nodes: `start` (all so far was local), `through`, and `end` (back on local edges, no way out any more). A local edge leads
 * start → start, end → end and through → end; a through edge leads through → through and start → through. Rejected: a large
 * penalty on entering (wrong as soon as limits are, and it halves the range of costs).
 * Where a profile has no local edges every vertex has one node and the graph is as symmetric as the streets.
 *
 * As an origin a vertex is its first node where the trip may start on any of its edges; as a destination it is reached
 * at the least of its nodes.
 */
import type { Chains } from './chains.ts';
import { USE } from './edge-cost.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { NodesAndArcs } from './turn-states.ts';
import { LAYER } from './turn-states.ts';

/** @returns nodes in order of vertices: of each vertex `start`, `through`, `end`, as far as it has them */
export function buildVertexNodes(vertexCount: number, { count, start, end, use, cost }: Chains): NodesAndArcs {
  // bit 1: some through chain here, bit 2: some local one
  const kinds = new Uint8Array(vertexCount);
  let arcBound = 0;
  for (let d = 0; d < 2 * count; d++) {
    if (use[d] === USE.none) continue;
    kinds[start[d >>> 1]] |= use[d];
    kinds[end[d >>> 1]] |= use[d];
    arcBound += use[d] === USE.local ? 3 : 2;
  }
  const firstNode = new Uint32Array(vertexCount + 1);
  for (let v = 0; v < vertexCount; v++) firstNode[v + 1] = firstNode[v] + [0, 1, 2, 3][kinds[v]];
  const nodeCount = firstNode[vertexCount];
  const layer = new Uint8Array(nodeCount);
  for (let v = 0; v < vertexCount; v++) {
    if ((kinds[v] & USE.local) === 0) continue;
    layer[firstNode[v]] = LAYER.start;
    layer[firstNode[v + 1] - 1] = LAYER.end;
  }
  const startNode = (v: number): number => ((kinds[v] & USE.local) !== 0 ? firstNode[v] : -1);
  const throughNode = (v: number): number => ((kinds[v] & USE.through) !== 0 ? firstNode[v] + (kinds[v] >>> 1) : -1);
  const endNode = (v: number): number => ((kinds[v] & USE.local) !== 0 ? firstNode[v + 1] - 1 : -1);

  const from = new Uint32Array(arcBound);
  const to = new Uint32Array(arcBound);
  const arcCost = new Uint32Array(arcBound);
  const arcChain = new Uint32Array(arcBound);
  let arcs = 0;
  const add = (a: number, b: number, d: number): void => {
    if (a < 0) return;
    from[arcs] = a;
    to[arcs] = b;
    arcCost[arcs] = cost[d];
    arcChain[arcs++] = d;
  };
  for (let d = 0; d < 2 * count; d++) {
    const c = d >>> 1;
    if (use[d] === USE.none || start[c] === end[c]) continue;
    const a = (d & 1) === 0 ? start[c] : end[c];
    const b = (d & 1) === 0 ? end[c] : start[c];
    if (use[d] === USE.through) {
      add(throughNode(a), throughNode(b), d);
      add(startNode(a), throughNode(b), d);
    } else {
      add(startNode(a), startNode(b), d);
      add(endNode(a), endNode(b), d);
      add(throughNode(a), endNode(b), d);
    }
  }
  return {
    firstNode, layer, chain: new Int32Array(nodeCount).fill(-1), again: new Uint32Array(nodeCount).fill(UNREACHED),
    from: from.subarray(0, arcs), to: to.subarray(0, arcs), cost: arcCost.subarray(0, arcs), arcChain: arcChain.subarray(0, arcs), delay: new Uint32Array(arcs),
  };
}
