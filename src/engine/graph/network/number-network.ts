/**
 * Final numbers: vertices along a Hilbert curve, ways by their first vertex, edges by their ways. Equals go by OSM's ids, so that the file's
 * order decides nothing.
 */
import type { GateEdges } from './close-gates.ts';
import type { EdgeCuts } from './cut-edges.ts';
import { hilbertPositions, orderByKey } from './hilbert.ts';
import type { StreetDraft } from './street-draft.ts';

/** Ascending numbers by key; equals by what `compare` says of them. */
function orderBy(keys: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  const order = orderByKey(keys);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && keys[order[end]] === keys[order[start]]) end++;
    if (end - start > 1) order.subarray(start, end).sort(compare);
    start = end;
  }
  return order;
}

/** Vertices in their final numbers. */
export interface Vertices {
  readonly count: number;
  /** By node, copies of gates included: its vertex, −1 for none. */
  readonly ofNode: Int32Array;
  /** By vertex: its node; for copies of gates the gate's. */
  readonly node: Uint32Array;
  readonly id: Float64Array;
  readonly e7: Int32Array;
}

/** Numbers every node that ends an edge, and every piece of a gate. */
export function numberVertices({ nodeId, nodeE7 }: StreetDraft, { fromNode, toNode, copyOf }: GateEdges): Vertices {
  const total = nodeId.length + copyOf.length;
  const ofNode = new Int32Array(total).fill(-1);
  for (const nodes of [fromNode, toNode]) for (let e = 0; e < nodes.length; e++) ofNode[nodes[e]] = 0;
  // the hub of a gate where more than two streets meet ends no street
  for (const node of copyOf) ofNode[node] = 0;
  let count = 0;
  for (let v = 0; v < total; v++) if (ofNode[v] === 0) count++;
  const nodes = new Uint32Array(count);
  for (let v = 0, n = 0; v < total; v++) if (ofNode[v] === 0) nodes[n++] = v;
  const original = nodes.map((v) => (v < nodeId.length ? v : copyOf[v - nodeId.length]));
  const e7 = new Int32Array(2 * count);
  original.forEach((v, i) => {
    e7[2 * i] = nodeE7[2 * v];
    e7[2 * i + 1] = nodeE7[2 * v + 1];
  });
  let least = 0;
  for (let v = 0; v < nodeId.length; v++) if (nodeId[v] < least) least = nodeId[v];
  const idOf = (v: number): number => (v < nodeId.length ? nodeId[v] : least - 1 - (v - nodeId.length));
  const order = orderBy(hilbertPositions(e7), (a, b) => e7[2 * a] - e7[2 * b] || e7[2 * a + 1] - e7[2 * b + 1] || idOf(nodes[a]) - idOf(nodes[b]));
  const sortedE7 = new Int32Array(2 * count);
  const id = new Float64Array(count);
  order.forEach((i, number) => {
    ofNode[nodes[i]] = number;
    id[number] = idOf(nodes[i]);
    sortedE7[2 * number] = e7[2 * i];
    sortedE7[2 * number + 1] = e7[2 * i + 1];
  });
  return { count, ofNode, node: order.map((i) => original[i]), id, e7: sortedE7 };
}

/** Edges and ways in their final numbers. */
export interface EdgeOrder {
  /** Edges in their final order: numbers of the cuts, then count + number of the gate. */
  readonly edges: Uint32Array;
  /** By final edge: number of its way, by final way: number in the draft, wayCount + gate for gates. */
  readonly wayOfEdge: Uint32Array;
  readonly ways: Uint32Array;
}

/** Puts ways in order of their first vertices, and edges in order of their ways; ways without an edge go. */
export function orderEdges({ wayId, nodeId }: StreetDraft, { count, way }: EdgeCuts, { fromNode, gates }: GateEdges, vertices: Vertices): EdgeOrder {
  const total = wayId.length + gates.length;
  const firstEdge = new Uint32Array(total + 1);
  for (let e = 0; e < count; e++) firstEdge[way[e] + 1]++;
  for (let g = 0; g < gates.length; g++) firstEdge[wayId.length + g + 1] = 1;
  for (let w = 0; w < total; w++) firstEdge[w + 1] += firstEdge[w];
  const used: number[] = [];
  for (let w = 0; w < total; w++) if (firstEdge[w + 1] > firstEdge[w]) used.push(w);
  const startOf = (w: number): number => vertices.ofNode[w < wayId.length ? fromNode[firstEdge[w]] : gates[w - wayId.length].from];
  const idOf = (w: number): number => (w < wayId.length ? wayId[w] : -nodeId[gates[w - wayId.length].node]);
  const order = orderBy(Uint32Array.from(used, startOf), (a, b) => idOf(used[a]) - idOf(used[b]) || a - b);
  const ways = order.map((i) => used[i]);
  const edges = new Uint32Array(count + gates.length);
  const wayOfEdge = new Uint32Array(edges.length);
  let n = 0;
  ways.forEach((w, number) => {
    for (let e = firstEdge[w]; e < firstEdge[w + 1]; e++) {
      wayOfEdge[n] = number;
      edges[n++] = e;
    }
  });
  return { edges, wayOfEdge, ways };
}
