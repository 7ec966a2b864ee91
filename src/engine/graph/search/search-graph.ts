/**
 * What searches run on: a directed graph with whole-number costs, both ways round.
 *
 * Nodes and arcs are numbers. Arcs leave node v as firstOut[v] … firstOut[v + 1] − 1; the same arcs seen from their heads
 * arrive at v as firstIn[v] … firstIn[v + 1] − 1. Where every arc has a twin of equal cost the two views are the
 * same arrays (`symmetric`), which halves memory and lets one sweep serve both directions.
 *
 * There are no self-loops and at most one arc from a node to another; building keeps the cheapest.
 * Memory: 8 bytes a node and 16 bytes an arc; half of that where symmetric.
 */

/** "Not reachable": the sum of two costs below it never leaves a signed 32-bit integer. */
export const UNREACHED = 0x3fff_ffff;
/** The largest limit a search takes. Whoever asks for more gets this. */
export const MAX_COST = UNREACHED - 1;

export interface SearchGraph {
  readonly nodeCount: number;
  readonly arcCount: number;
  readonly symmetric: boolean;
  /** nodeCount + 1 */
  readonly firstOut: Uint32Array;
  /** By arc: the node it leads to. Ascending for each node. */
  readonly head: Uint32Array;
  /** By arc, 0 … MAX_COST: seconds or millimetres, as the travel graph says. */
  readonly cost: Uint32Array;
  /** nodeCount + 1 */
  readonly firstIn: Uint32Array;
  /** By arriving arc: the node it comes from. Ascending for each node. */
  readonly tail: Uint32Array;
  /** By arriving arc: its cost. */
  readonly costIn: Uint32Array;
}

/** Arcs as three lists of equal length, in any order, with loops and repetitions. */
export interface ArcList {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly cost: ArrayLike<number>;
}

/** A graph, and for each of its arcs which of the given ones it is (the cheapest of its repetitions; the first of equals). */
export interface BuiltGraph {
  readonly graph: SearchGraph;
  readonly arcOf: Uint32Array;
}

/** Arc numbers in order of (end a, end b, cost, number): two counting sorts by node, then short runs by cost. */
function sortArcs(nodeCount: number, a: ArrayLike<number>, b: ArrayLike<number>, cost: ArrayLike<number>): Uint32Array {
  const count = a.length;
  const byNode = (keys: ArrayLike<number>, order: Uint32Array): Uint32Array => {
    const at = new Uint32Array(nodeCount + 1);
    for (let i = 0; i < count; i++) at[keys[i] + 1]++;
    for (let v = 0; v < nodeCount; v++) at[v + 1] += at[v];
    const sorted = new Uint32Array(count);
    for (let i = 0; i < count; i++) sorted[at[keys[order[i]]]++] = order[i];
    return sorted;
  };
  const given = new Uint32Array(count);
  for (let i = 0; i < count; i++) given[i] = i;
  const order = byNode(a, byNode(b, given));
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && a[order[end]] === a[order[start]] && b[order[end]] === b[order[start]]) end++;
    if (end - start > 1) order.subarray(start, end).sort((p, q) => cost[p] - cost[q] || p - q);
    start = end;
  }
  return order;
}

/** CSR of arcs by end a: the cheapest arc to each end b. `kept` are the arcs' numbers. */
function compress(nodeCount: number, a: ArrayLike<number>, b: ArrayLike<number>, cost: ArrayLike<number>): { first: Uint32Array; other: Uint32Array; cost: Uint32Array; kept: Uint32Array } {
  const order = sortArcs(nodeCount, a, b, cost);
  const first = new Uint32Array(nodeCount + 1);
  let count = 0;
  let lastA = -1;
  let lastB = -1;
  for (const arc of order) {
    const repeated = a[arc] === lastA && b[arc] === lastB;
    lastA = a[arc];
    lastB = b[arc];
    if (repeated || lastA === lastB || cost[arc] > MAX_COST) continue;
    order[count++] = arc;
    first[lastA + 1]++;
  }
  for (let v = 0; v < nodeCount; v++) first[v + 1] += first[v];
  const kept = order.slice(0, count);
  return { first, other: kept.map((arc) => b[arc]), cost: kept.map((arc) => cost[arc]), kept };
}

/** The same arcs by their heads; tails ascend, as the walk does. */
function transpose(nodeCount: number, { first, other, cost }: ReturnType<typeof compress>): { first: Uint32Array; other: Uint32Array; cost: Uint32Array } {
  const back = { first: new Uint32Array(nodeCount + 1), other: new Uint32Array(other.length), cost: new Uint32Array(other.length) };
  for (let i = 0; i < other.length; i++) back.first[other[i] + 1]++;
  for (let v = 0; v < nodeCount; v++) back.first[v + 1] += back.first[v];
  const at = back.first.slice(0, nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    for (let i = first[v]; i < first[v + 1]; i++) {
      const k = at[other[i]]++;
      back.other[k] = v;
      back.cost[k] = cost[i];
    }
  }
  return back;
}

function sameArray(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Builds a graph from arcs. Loops and arcs dearer than MAX_COST are left out, repetitions keep the cheapest.
 *
 * @throws RangeError where an arc names a node outside 0 … nodeCount − 1 or has a cost that is no whole number ≥ 0
 */
export function buildSearchGraph(nodeCount: number, arcs: ArcList): BuiltGraph {
  const { from, to, cost } = arcs;
  for (let i = 0; i < from.length; i++) {
    if (!(from[i] >= 0 && from[i] < nodeCount && to[i] >= 0 && to[i] < nodeCount)) throw new RangeError(`arc ${i} leads from ${from[i]} to ${to[i]} in a graph of ${nodeCount} nodes`);
    if (!(cost[i] >= 0) || !Number.isInteger(cost[i])) throw new RangeError(`arc ${i} costs ${cost[i]}`);
  }
  const out = compress(nodeCount, from, to, cost);
  const into = transpose(nodeCount, out);
  const symmetric = sameArray(out.first, into.first) && sameArray(out.other, into.other) && sameArray(out.cost, into.cost);
  const back = symmetric ? out : into;
  return {
    graph: {
      nodeCount, arcCount: out.kept.length, symmetric,
      firstOut: out.first, head: out.other, cost: out.cost,
      firstIn: back.first, tail: back.other, costIn: back.cost,
    },
    arcOf: out.kept,
  };
}

/** The same graph with every arc turned round; shares all arrays. */
export function reverseGraph(graph: SearchGraph): SearchGraph {
  const { firstOut, head, cost, firstIn, tail, costIn } = graph;
  return { ...graph, firstOut: firstIn, head: tail, cost: costIn, firstIn: firstOut, tail: head, costIn: cost };
}
