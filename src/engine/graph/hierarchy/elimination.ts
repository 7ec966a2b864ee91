/**
 * Elimination of a graph's nodes one by one, with shortcuts among the neighbours of each: how a hierarchy is made.
 *
 * Method: contraction (Geisberger et al. 2008) in the greedy order of 2 · neighbours + ½ · depth, which suits streets within a radius
 * better than importance by witness searches: shortcuts dearer than the bound are dropped, a shortcut is dropped where a way over
 * one common neighbour is as cheap, and afterwards every arc is dropped that a way over one other node makes needless
 * (perfect customisation, Dibbelt, Strasser & Wagner 2016; among equals the higher node wins, so that arcs of cost 0 cannot make
 * each other needless in a ring).
 *
 * Measured on a busy Xeon core, process time: 250,000 nodes of a real city's streets (Porto Alegre, tiled) 0.75 s with 3.3 arcs a node; grids with gaps
 * of 261,000 / 1,046,000 / 4,183,000 nodes 1.04 / 4.6 / 21 s with 4.0 arcs a node (bound 1.2 km), and 2.5 s with 4.9 for a bound of 5 km.
 * Rejected: witness searches of 500–1,000 nodes (pandana's): 40–120 times slower, 2.4–4.2 arcs a node as here. Nested dissection from
 * k-d bits: no queue, but 6.8 instead of 4.1 arcs a node.
 *
 * Memory while building: 48 bytes a node and 24 (symmetric) or 36 bytes an arc and shortcut.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import type { Steps } from '../../../core/steps.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';

export interface Elimination {
  readonly level: Uint32Array;
  readonly levelCount: number;
  readonly coreCount: number;
  readonly firstUp: Uint32Array;
  readonly upNode: Uint32Array;
  readonly upCost: Uint32Array;
  readonly downCost: Uint32Array;
}

/** Node lists in one pool: neighbours of v are start[v] … start[v] + degree[v] − 1; a full list moves to the end, twice as long. */
interface Neighbours {
  readonly start: Int32Array;
  readonly degree: Int32Array;
  to: Int32Array;
  /** Cost from the list's node to the neighbour, and back; one array where the graph is symmetric. */
  out: Int32Array;
  back: Int32Array;
}

const DROPPED_OUT = 1;
const DROPPED_BACK = 2;
/** A neighbour with more neighbours than this keeps a node in the core: lists are searched, and stars would take squares of time. */
const HUB_DEGREE = 2000;
/** Work of a slice, in pairs of neighbours: 10–20 ms. */
const SLICE = 1 << 16;

function enlarge(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/** Room for each node's list: what it has and a little more. */
function openLists(graph: SearchGraph): { lists: Neighbours; room: Int32Array; top: number } {
  const { nodeCount, firstOut, firstIn, symmetric } = graph;
  const start = new Int32Array(nodeCount);
  const room = new Int32Array(nodeCount);
  let top = 0;
  for (let v = 0; v < nodeCount; v++) {
    const own = symmetric ? firstOut[v + 1] - firstOut[v] : firstOut[v + 1] - firstOut[v] + firstIn[v + 1] - firstIn[v];
    start[v] = top;
    room[v] = own + 3;
    top += own + 3;
  }
  const size = Math.ceil(top * 1.25) + 64;
  const out = new Int32Array(size);
  return { lists: { start, degree: new Int32Array(nodeCount), to: new Int32Array(size), out, back: symmetric ? out : new Int32Array(size) }, room, top };
}

/** The graph's arcs of cost ≤ bound, each node's in- and out-neighbours merged (both ascend). */
function fillLists(graph: SearchGraph, bound: number, { start, degree, to, out, back }: Neighbours): void {
  const { nodeCount, firstOut, head, cost, firstIn, tail, costIn, symmetric } = graph;
  for (let v = 0; v < nodeCount; v++) {
    let at = start[v];
    if (symmetric) {
      for (let arc = firstOut[v]; arc < firstOut[v + 1]; arc++) {
        if (cost[arc] > bound) continue;
        to[at] = head[arc];
        out[at++] = cost[arc];
      }
    } else {
      let i = firstOut[v];
      let j = firstIn[v];
      while (i < firstOut[v + 1] || j < firstIn[v + 1]) {
        const a = i < firstOut[v + 1] ? head[i] : nodeCount;
        const b = j < firstIn[v + 1] ? tail[j] : nodeCount;
        const x = a < b ? a : b;
        const there = a === x && cost[i] <= bound ? cost[i] : UNREACHED;
        const again = b === x && costIn[j] <= bound ? costIn[j] : UNREACHED;
        if (a === x) i++;
        if (b === x) j++;
        if (there === UNREACHED && again === UNREACHED) continue;
        to[at] = x;
        out[at] = there;
        back[at++] = again;
      }
    }
    degree[v] = at - start[v];
  }
}

/**
 * Eliminates every node it may. @returns rank by node (the core's after all others) and each node's neighbours at its elimination
 */
function* eliminateNodes(graph: SearchGraph, bound: number, maxDegree: number, { report, signal }: WorkContext): Steps<{ lists: Neighbours; rank: Int32Array; byRank: Int32Array; eliminated: number }> {
  const n = graph.nodeCount;
  const symmetric = graph.symmetric;
  const { lists, room, top: used } = openLists(graph);
  fillLists(graph, bound, lists);
  const { start, degree } = lists;
  let { to, out, back } = lists;
  let top = used;

  // a queue of buckets by key: doubly linked lists through the nodes
  const buckets = 2 * maxDegree + 256;
  const first = new Int32Array(buckets).fill(-1);
  const next = new Int32Array(n);
  const previous = new Int32Array(n);
  const key = new Uint16Array(n);
  const depth = new Uint16Array(n);
  const NOT_QUEUED = 0xffff;
  let lowest = 0;
  const enqueue = (v: number): void => {
    const wanted = 2 * degree[v] + (depth[v] >> 1);
    const k = wanted < buckets ? wanted : buckets - 1;
    const second = first[k];
    key[v] = k;
    next[v] = second;
    previous[v] = -1;
    if (second >= 0) previous[second] = v;
    first[k] = v;
    if (k < lowest) lowest = k;
  };
  const dequeue = (v: number): void => {
    if (key[v] === NOT_QUEUED) return;
    const p = previous[v];
    const q = next[v];
    if (p >= 0) next[p] = q;
    else first[key[v]] = q;
    if (q >= 0) previous[q] = p;
    key[v] = NOT_QUEUED;
  };

  /** a → b costs `there`, b → a `again`, if that is cheaper than what the list of a has. */
  const connect = (a: number, b: number, there: number, again: number): void => {
    const s = start[a];
    const d = degree[a];
    for (let i = s; i < s + d; i++) {
      if (to[i] !== b) continue;
      if (there < out[i]) out[i] = there;
      if (again < back[i]) back[i] = again;
      return;
    }
    let at = s;
    if (d === room[a]) {
      const wanted = 2 * d + 2;
      if (top + wanted > to.length) {
        const length = Math.ceil((top + wanted) * 1.25);
        to = enlarge(to, length);
        out = enlarge(out, length);
        back = symmetric ? out : enlarge(back, length);
      }
      to.copyWithin(top, s, s + d);
      out.copyWithin(top, s, s + d);
      if (!symmetric) back.copyWithin(top, s, s + d);
      start[a] = at = top;
      room[a] = wanted;
      top += wanted;
    }
    to[at + d] = b;
    out[at + d] = there;
    back[at + d] = again;
    degree[a] = d + 1;
  };

  // the list of one neighbour at a time, by node
  const marked = new Int32Array(n).fill(-1);
  const outOf = new Int32Array(n);
  const backOf = symmetric ? outOf : new Int32Array(n);
  /** All shortcuts that the neighbours at position i … of v's list need. */
  const bridge = (s: number, d: number): void => {
    for (let i = s; i < s + d - 1; i++) {
      const a = to[i];
      const fromA = back[i];
      const toA = out[i];
      for (let q = start[a], end = q + degree[a]; q < end; q++) {
        marked[to[q]] = a;
        outOf[to[q]] = out[q];
        backOf[to[q]] = back[q];
      }
      for (let j = i + 1; j < s + d; j++) {
        let there = fromA + out[j];
        let again = symmetric ? there : back[j] + toA;
        if (there > bound) there = UNREACHED;
        if (again > bound) again = UNREACHED;
        if (there === UNREACHED && again === UNREACHED) continue;
        const b = to[j];
        if (marked[b] === a) {
          if (outOf[b] <= there) there = UNREACHED;
          if (backOf[b] <= again) again = UNREACHED;
        }
        // a → c → b as cheap? c is a neighbour of both
        for (let q = start[b], end = q + degree[b]; q < end && (there !== UNREACHED || again !== UNREACHED); q++) {
          const c = to[q];
          if (marked[c] !== a) continue;
          if (outOf[c] + back[q] <= there) there = UNREACHED;
          if (out[q] + backOf[c] <= again) again = UNREACHED;
        }
        if (there === UNREACHED && again === UNREACHED) continue;
        connect(a, b, there, again);
        connect(b, a, again, there);
        if (marked[b] !== a) {
          marked[b] = a;
          outOf[b] = there;
          backOf[b] = again;
        } else {
          if (there < outOf[b]) outOf[b] = there;
          if (again < backOf[b]) backOf[b] = again;
        }
      }
    }
  };

  const mayGo = (v: number): boolean => {
    if (degree[v] > maxDegree) return false;
    for (let i = start[v]; i < start[v] + degree[v]; i++) if (degree[to[i]] > HUB_DEGREE) return false;
    return true;
  };

  const rank = new Int32Array(n).fill(-1);
  const byRank = new Int32Array(n);
  let eliminated = 0;
  let work = SLICE;
  for (let v = n - 1; v >= 0; v--) enqueue(v);
  for (;;) {
    while (lowest < buckets && first[lowest] < 0) lowest++;
    if (lowest === buckets) break;
    const v = first[lowest];
    dequeue(v);
    // what must stay is looked at again when a neighbour of it goes
    if (!mayGo(v)) continue;
    if (work >= SLICE) {
      work = 0;
      throwIfCancelled(signal);
      report?.({ stage: 'hierarchy', text: { zh: '建立路网层次', en: 'Building the street hierarchy' }, done: eliminated, total: n });
      yield;
    }
    work += (degree[v] + 1) ** 2;
    byRank[eliminated] = v;
    rank[v] = eliminated++;
    const s = start[v];
    const d = degree[v];
    for (let i = s; i < s + d; i++) {
      const a = to[i];
      dequeue(a);
      const last = start[a] + --degree[a];
      let q = start[a];
      while (to[q] !== v) q++;
      to[q] = to[last];
      out[q] = out[last];
      back[q] = back[last];
      if (depth[v] >= depth[a] && depth[v] < 0xfffe) depth[a] = depth[v] + 1;
    }
    bridge(s, d);
    for (let i = s; i < s + d; i++) enqueue(to[i]);
  }
  let at = eliminated;
  for (let v = 0; v < n; v++) {
    if (rank[v] >= 0) continue;
    byRank[at] = v;
    rank[v] = at++;
  }
  lists.to = to;
  lists.out = out;
  lists.back = back;
  return { lists, rank, byRank, eliminated };
}

/**
 * Marks directions of up-arcs that a way over one other node makes needless, from the top down, and lowers their costs to that of
 * the way: those below see the least costs. An arc may go only for one that is cheaper, or as cheap and leading higher: so what
 * replaces it is never replaced by it in turn.
 */
function* markNeedless(symmetric: boolean, bound: number, lists: Neighbours, rank: Int32Array, byRank: Int32Array, eliminated: number, signal: WorkContext['signal']): Steps<Uint8Array> {
  const { start, degree, to, out, back } = lists;
  const dropped = new Uint8Array(to.length);
  const position = new Int32Array(rank.length).fill(-1);
  let work = 0;
  for (let r = eliminated - 1; r >= 0; r--) {
    const v = byRank[r];
    const s = start[v];
    const end = s + degree[v];
    if (end - s < 2) continue;
    work += (end - s) ** 2;
    if (work >= SLICE) {
      work = 0;
      throwIfCancelled(signal);
      yield;
    }
    for (let i = s; i < end; i++) position[to[i]] = i;
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = s; i < end; i++) {
        const b = to[i];
        for (let q = start[b], last = q + degree[b]; q < last; q++) {
          const t = to[q];
          const j = position[t];
          if (j < 0) continue;
          const higher = rank[b] > rank[t];
          // v → b → t instead of v → t
          const overB = out[i] + out[q];
          if (overB <= out[j] && overB <= bound) {
            const needless = out[q] > 0 || higher;
            if (overB < out[j]) {
              out[j] = overB;
              changed = true;
              dropped[j] = needless ? dropped[j] | DROPPED_OUT : dropped[j] & ~DROPPED_OUT;
            } else if (needless) dropped[j] |= DROPPED_OUT;
          }
          // v → t → b instead of v → b
          const overT = out[j] + back[q];
          if (overT <= out[i] && overT <= bound) {
            const needless = back[q] > 0 || !higher;
            if (overT < out[i]) {
              out[i] = overT;
              changed = true;
              dropped[i] = needless ? dropped[i] | DROPPED_OUT : dropped[i] & ~DROPPED_OUT;
            } else if (needless) dropped[i] |= DROPPED_OUT;
          }
          if (symmetric) continue;
          // t → b → v instead of t → v
          const fromT = back[q] + back[i];
          if (fromT <= back[j] && fromT <= bound) {
            const needless = back[q] > 0 || higher;
            if (fromT < back[j]) {
              back[j] = fromT;
              changed = true;
              dropped[j] = needless ? dropped[j] | DROPPED_BACK : dropped[j] & ~DROPPED_BACK;
            } else if (needless) dropped[j] |= DROPPED_BACK;
          }
          // b → t → v instead of b → v
          const fromB = out[q] + back[j];
          if (fromB <= back[i] && fromB <= bound) {
            const needless = out[q] > 0 || !higher;
            if (fromB < back[i]) {
              back[i] = fromB;
              changed = true;
              dropped[i] = needless ? dropped[i] | DROPPED_BACK : dropped[i] & ~DROPPED_BACK;
            } else if (needless) dropped[i] |= DROPPED_BACK;
          }
        }
      }
    }
    for (let i = s; i < end; i++) {
      position[to[i]] = -1;
      if (symmetric && dropped[i] !== 0) dropped[i] = DROPPED_OUT | DROPPED_BACK;
    }
  }
  return dropped;
}

/**
 * Eliminates the nodes of a graph, in slices; see {@link Elimination} in hierarchy.ts for what comes out.
 *
 * @param bound costs above it need not be kept; UNREACHED for none
 */
export function* eliminate(graph: SearchGraph, bound: number, maxDegree: number, context: WorkContext): Steps<Elimination> {
  const { nodeCount, symmetric } = graph;
  const largest = bound === UNREACHED ? UNREACHED - 1 : bound;
  const { lists, rank, byRank, eliminated } = yield* eliminateNodes(graph, largest, maxDegree, context);
  const dropped = yield* markNeedless(symmetric, largest, lists, rank, byRank, eliminated, context.signal);
  yield;
  const { start, degree, to, out, back } = lists;
  const firstUp = new Uint32Array(nodeCount + 1);
  const level = new Uint32Array(nodeCount);
  const isKept = (i: number): boolean => ((dropped[i] & DROPPED_OUT) === 0 && out[i] < UNREACHED) || ((dropped[i] & DROPPED_BACK) === 0 && back[i] < UNREACHED);
  let highest = 0;
  for (let r = 0; r < nodeCount; r++) {
    const v = byRank[r];
    if (r >= eliminated) level[v] = highest + 1;
    else if (level[v] > highest) highest = level[v];
    let kept = 0;
    for (let i = start[v]; i < start[v] + degree[v]; i++) {
      if (!isKept(i)) continue;
      kept++;
      if (level[to[i]] <= level[v]) level[to[i]] = level[v] + 1;
    }
    firstUp[v + 1] = kept;
  }
  const coreCount = nodeCount - eliminated;
  const levelCount = nodeCount === 0 ? 0 : highest + 1 + (coreCount > 0 ? 1 : 0);
  for (let r = eliminated; r < nodeCount; r++) level[byRank[r]] = levelCount - 1;
  for (let v = 0; v < nodeCount; v++) firstUp[v + 1] += firstUp[v];
  const upNode = new Uint32Array(firstUp[nodeCount]);
  const upCost = new Uint32Array(firstUp[nodeCount]);
  const downCost = symmetric ? upCost : new Uint32Array(firstUp[nodeCount]);
  for (let v = 0, at = 0; v < nodeCount; v++) {
    for (let i = start[v]; i < start[v] + degree[v]; i++) {
      if (!isKept(i)) continue;
      upNode[at] = to[i];
      upCost[at] = (dropped[i] & DROPPED_OUT) === 0 ? out[i] : UNREACHED;
      if (!symmetric) downCost[at] = (dropped[i] & DROPPED_BACK) === 0 ? back[i] : UNREACHED;
      at++;
    }
  }
  return { level, levelCount, coreCount, firstUp, upNode, upCost, downCost };
}
