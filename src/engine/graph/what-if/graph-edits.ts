/**
 * Edits of arcs: a search graph that streets are added to, closed in and made cheaper or dearer, and that stays a search graph.
 *
 * Method: the graph's arrays are copied once with room at the end. An edit then moves what lies behind it within these arrays, all edits of one
 * batch in one pass, and keeps every promise of search-graph.ts (ascending heads, one arc from a node to another), so that everything that takes a
 * SearchGraph takes an edited one, and an edited graph is the graph that buildSearchGraph makes of the edited arcs, array for array.
 *
 * Measured on 1.05 M nodes and 3.36 M arcs, both directions held apart (bench/what-if.mjs): the copy once 25 ms; a changed cost some µs; an arc put in or taken
 * out 3 ms, 9 ms for a hundred at once. Rejected: the arrays built again, 450–650 ms; rows with holes, where an arc costs microseconds but every operation would have to
 * skip the holes and arcs would not be those of a rebuild; a list of additions beside the graph, which each search would have to look at.
 *
 * Memory: one copy of the graph (8 bytes a node and 16 bytes an arc; half where every edit is made both ways on a symmetric one) and 1/64 of
 * its arcs as room.
 */
import type { SearchGraph } from '../search/search-graph.ts';
import { MAX_COST, UNREACHED } from '../search/search-graph.ts';

/** What an arc is to cost from now on. Loops are ignored, as they are when a graph is built. */
export interface ArcEdit {
  readonly from: number;
  readonly to: number;
  /** 0 … MAX_COST: the arc's new cost, put in where there was none. UNREACHED: no arc. */
  readonly cost: number;
  /** An arc beside the one there is: the cheaper of both counts, as when a graph is built. */
  readonly beside?: boolean;
}

/** One arc that edits really changed; costs are UNREACHED where there is no arc. */
export interface ArcChange {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** The same edit for both directions of a street. */
export function editBothWays(a: number, b: number, cost: number, beside = false): ArcEdit[] {
  return [{ from: a, to: b, cost, beside }, { from: b, to: a, cost, beside }];
}

/** The edits that take changes back. */
export function revertChanges(changes: readonly ArcChange[]): ArcEdit[] {
  return changes.map(({ from, to, before }) => ({ from, to, cost: before }));
}

/** Arcs by one of their ends, with room behind the last. */
interface Rows {
  readonly first: Uint32Array;
  other: Uint32Array;
  cost: Uint32Array;
}

interface RowEdit {
  readonly row: number;
  readonly other: number;
  readonly cost: number;
}

const roomFor = (arcs: number): number => arcs + Math.max(64, arcs >> 6);

function copyWithRoom(values: Uint32Array, length: number): Uint32Array {
  const copy = new Uint32Array(length);
  copy.set(values.length > length ? values.subarray(0, length) : values);
  return copy;
}

/** Where in its row an arc to `other` is, or would be. */
function findInRow({ first, other: others }: Rows, row: number, other: number): number {
  let low = first[row];
  for (let high = first[row + 1]; low < high; ) {
    const middle = (low + high) >>> 1;
    if (others[middle] < other) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Edits in order of (row, other), one for each pair: sets costs, takes out what costs UNREACHED and puts in what is new, in two passes. */
function editRows(rows: Rows, nodeCount: number, edits: readonly RowEdit[]): void {
  const { first } = rows;
  const taken: number[] = [];
  const put: RowEdit[] = [];
  const change = new Map<number, number>();
  for (const edit of edits) {
    const at = findInRow(rows, edit.row, edit.other);
    const exists = at < first[edit.row + 1] && rows.other[at] === edit.other;
    if (exists && edit.cost < UNREACHED) rows.cost[at] = edit.cost;
    else if (exists) {
      taken.push(at);
      change.set(edit.row, (change.get(edit.row) ?? 0) - 1);
    } else if (edit.cost < UNREACHED) {
      put.push(edit);
      change.set(edit.row, (change.get(edit.row) ?? 0) + 1);
    }
  }
  if (change.size === 0) return;
  const count = first[nodeCount];
  takeOut(rows, taken, count);
  // where new arcs go, counted in the arrays that taken ones have left
  const places = new Uint32Array(put.length);
  const { other } = rows;
  put.forEach((edit, i) => {
    let place = placeAfter(taken, first[edit.row]);
    const end = placeAfter(taken, first[edit.row + 1]);
    while (place < end && other[place] < edit.other) place++;
    places[i] = place;
  });
  putIn(rows, put, places, count - taken.length);
  // edits are in order of rows, and so are these
  const changed = [...change.entries()];
  let moved = 0;
  changed.forEach(([row, by], i) => {
    moved += by;
    const end = i + 1 < changed.length ? changed[i + 1][0] : nodeCount;
    if (moved !== 0) for (let v = row + 1; v <= end; v++) first[v] += moved;
  });
}

/** Where what was at a place is once the taken ones before it are gone. */
function placeAfter(taken: readonly number[], place: number): number {
  let low = 0;
  for (let high = taken.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (taken[middle] < place) low = middle + 1;
    else high = middle;
  }
  return place - low;
}

function takeOut(rows: Rows, taken: readonly number[], count: number): void {
  for (const array of [rows.other, rows.cost]) {
    taken.forEach((at, i) => array.copyWithin(at - i, at + 1, i + 1 < taken.length ? taken[i + 1] : count));
  }
}

function putIn(rows: Rows, put: readonly RowEdit[], places: Uint32Array, count: number): void {
  if (count + put.length > rows.other.length) {
    rows.other = copyWithRoom(rows.other, roomFor(count + put.length));
    rows.cost = copyWithRoom(rows.cost, rows.other.length);
  }
  for (let i = put.length - 1, end = count; i >= 0; end = places[i--]) {
    for (const array of [rows.other, rows.cost]) array.copyWithin(places[i] + i + 1, places[i], end);
    rows.other[places[i] + i] = put[i].other;
    rows.cost[places[i] + i] = put[i].cost;
  }
}

const inOrder = (edits: RowEdit[]): RowEdit[] => edits.sort((a, b) => a.row - b.row || a.other - b.other);

/**
 * A graph under edits. `graph` is what it is now: a light object over arrays that the next `apply` changes, so whoever wants
 * to keep a state copies it ({@link applyEdits} does).
 */
export class EditableGraph {
  readonly nodeCount: number;
  #out: Rows;
  #in: Rows;
  #graph: SearchGraph | undefined;
  #roomy: SearchGraph | undefined;

  constructor(base: SearchGraph) {
    this.nodeCount = base.nodeCount;
    const copy = (first: Uint32Array, other: Uint32Array, cost: Uint32Array): Rows => ({
      first: first.slice(), other: copyWithRoom(other, roomFor(base.arcCount)), cost: copyWithRoom(cost, roomFor(base.arcCount)),
    });
    this.#out = copy(base.firstOut, base.head, base.cost);
    this.#in = base.symmetric ? this.#out : copy(base.firstIn, base.tail, base.costIn);
  }

  /** The graph as it is now, with arrays of its own length. */
  get graph(): SearchGraph {
    return (this.#graph ??= this.#view(this.#out.first[this.nodeCount]));
  }

  /**
   * The same with arrays that are longer than arcCount: as long as it is the same object, workspaces of bounded-search.ts made on it search the
   * graph as it is at the time. Their buckets stay as wide as arcs once were, which costs time at worst: nodes may be relaxed again, none is left out.
   */
  get roomy(): SearchGraph {
    return (this.#roomy ??= this.#view(this.#out.other.length));
  }

  #view(length: number): SearchGraph {
    const out = this.#out;
    const into = this.#in;
    return {
      nodeCount: this.nodeCount, arcCount: out.first[this.nodeCount], symmetric: out === into,
      firstOut: out.first, head: out.other.subarray(0, length), cost: out.cost.subarray(0, length),
      firstIn: into.first, tail: into.other.subarray(0, length), costIn: into.cost.subarray(0, length),
    };
  }

  /** Cost of the arc from one node to another; UNREACHED where there is none. */
  costOf(from: number, to: number): number {
    const at = findInRow(this.#out, from, to);
    return at < this.#out.first[from + 1] && this.#out.other[at] === to ? this.#out.cost[at] : UNREACHED;
  }

  /**
   * What edits would change, each pair of nodes once, in order of (from, to). Of several edits of one pair each starts from the one before.
   *
   * @throws RangeError for a node the graph does not have, or a cost that is neither a whole number 0 … MAX_COST nor UNREACHED
   */
  plan(edits: readonly ArcEdit[]): ArcChange[] {
    const changes = new Map<number, { from: number; to: number; before: number; after: number }>();
    for (const { from, to, cost, beside = false } of edits) {
      for (const v of [from, to]) if (!(Number.isInteger(v) && v >= 0 && v < this.nodeCount)) throw new RangeError(`an arc from ${from} to ${to} in a graph of ${this.nodeCount} nodes`);
      if (!Number.isInteger(cost) || cost < 0 || (cost > MAX_COST && cost !== UNREACHED)) throw new RangeError(`an arc from ${from} to ${to} that costs ${cost}`);
      if (from === to) continue;
      const key = from * this.nodeCount + to;
      const known = changes.get(key);
      const before = known?.after ?? this.costOf(from, to);
      const after = beside ? Math.min(before, cost) : cost;
      if (known === undefined) changes.set(key, { from, to, before, after });
      else known.after = after;
    }
    return [...changes.values()].filter(({ before, after }) => before !== after).sort((a, b) => a.from - b.from || a.to - b.to);
  }

  /** Makes the edits; all arcs keep their order. @returns what changed (revertChanges of it undoes it). @throws as {@link plan} */
  apply(edits: readonly ArcEdit[]): ArcChange[] {
    const changes = this.plan(edits);
    if (changes.length === 0) return changes;
    if (this.#out === this.#in && !this.#staysSymmetric(changes)) this.#in = { first: this.#out.first.slice(), other: this.#out.other.slice(), cost: this.#out.cost.slice() };
    const { other: otherOut } = this.#out;
    const { other: otherIn } = this.#in;
    const shared = this.#out === this.#in;
    const symmetric = this.#roomy?.symmetric;
    editRows(this.#out, this.nodeCount, inOrder(changes.map(({ from, to, after }) => ({ row: from, other: to, cost: after }))));
    if (!shared) editRows(this.#in, this.nodeCount, inOrder(changes.map(({ from, to, after }) => ({ row: to, other: from, cost: after }))));
    this.#graph = undefined;
    if (symmetric !== shared || this.#out.other !== otherOut || this.#in.other !== otherIn) this.#roomy = undefined;
    return changes;
  }

  #staysSymmetric(changes: readonly ArcChange[]): boolean {
    const after = new Map(changes.map((change) => [change.from * this.nodeCount + change.to, change.after]));
    return changes.every((change) => (after.get(change.to * this.nodeCount + change.from) ?? this.costOf(change.to, change.from)) === change.after);
  }
}

/** A graph with edits made, beside the one it was: shares nothing that either changes. @throws as {@link EditableGraph.plan} */
export function applyEdits(graph: SearchGraph, edits: readonly ArcEdit[]): SearchGraph {
  const edited = new EditableGraph(graph);
  edited.apply(edits);
  return edited.graph;
}

/** By arc of an edited graph: its number in the graph it was edited from; −1 where it is new. */
export function mapArcs(base: SearchGraph, edited: SearchGraph): Int32Array {
  const arcOf = new Int32Array(edited.arcCount).fill(-1);
  for (let v = 0; v < edited.nodeCount; v++) {
    let known = base.firstOut[v];
    for (let arc = edited.firstOut[v]; arc < edited.firstOut[v + 1]; arc++) {
      while (known < base.firstOut[v + 1] && base.head[known] < edited.head[arc]) known++;
      if (known < base.firstOut[v + 1] && base.head[known] === edited.head[arc]) arcOf[arc] = known;
    }
  }
  return arcOf;
}
