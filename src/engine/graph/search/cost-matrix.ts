/**
 * Costs from many origins to many destinations within a limit, with the length of each cheapest way.
 *
 * One bounded search from each origin (bounded-search.ts, ties by length), or backward from each destination where those are few;
 * the points of the other side wait in lists at the nodes they are reached from and on the chains they lie on, so that a row is made by
 * looking at what was reached, not at every point. Rows come in blocks of origins: millions of them never stand in memory at once.
 *
 * A row's cost is the least of all ways by nodes and of the direct way along a chain both points lie on; mm is the least length of the
 * ways of that cost, with the straight parts off the network.
 *
 * Measured on Porto Alegre, CPU of one core of a busy machine, 20,000 destinations: on foot within 30 minutes 190 µs an origin and 170 ns a row
 * (1,100 rows an origin), by car within 15 minutes 3.1 ms and 230 ns (13,800 rows). A hierarchy (hierarchy.ts) would save most of the
 * search but knows no lengths beside costs, and most of a dense matrix's time goes into its rows.
 *
 * Memory: 24 bytes a node for the search, 4 an arc, 72 bytes a point of the other side (chain-ways.ts), 12 bytes a pair of its links, 8 bytes a pair of the others; 16 bytes a row of the block at hand,
 * of all rows (at most 256 MB, and as much again while they are ordered) where searches go backward.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import { BoundedSearch, wholeLimit } from './bounded-search.ts';
import { ChainWindow, listOnChains } from '../travel/chain-ways.ts';
import type { ChainPoints } from '../travel/chain-ways.ts';
import { chainLengths, measureLinks, placeOnChainMm } from '../travel/path-lengths.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { UNREACHED } from './search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** Rows by origin, then by destination, ascending; both are numbers of points in their links. */
export interface CostRows {
  readonly count: number;
  readonly origin: Uint32Array<ArrayBuffer>;
  readonly destination: Uint32Array<ArrayBuffer>;
  readonly cost: Uint32Array<ArrayBuffer>;
  readonly mm: Uint32Array<ArrayBuffer>;
}

/** Items (pairs) by a key (their node): those of key k are list[first[k]] … list[first[k + 1] − 1], ascending. */
interface Lists {
  readonly first: Uint32Array;
  readonly list: Uint32Array;
}

function listByKey(keyCount: number, itemCount: number, keyOf: (item: number) => number): Lists {
  const first = new Uint32Array(keyCount + 1);
  for (let i = 0; i < itemCount; i++) if (keyOf(i) >= 0) first[keyOf(i) + 1]++;
  for (let k = 0; k < keyCount; k++) first[k + 1] += first[k];
  const list = new Uint32Array(first[keyCount]);
  const at = first.slice();
  for (let i = 0; i < itemCount; i++) if (keyOf(i) >= 0) list[at[keyOf(i)]++] = i;
  return { first, list };
}

/** From which side searches start: one from each origin, or backward from each destination. */
export type MatrixSide = 'origins' | 'destinations';

/** A reusable workspace: one travel graph, one set of origins and of destinations, one limit. */
export class CostMatrix {
  readonly travel: TravelGraph;
  readonly limit: number;
  readonly side: MatrixSide;
  /** The points that searches start from, and those they look for. */
  readonly #starts: PointLinks;
  readonly #ends: PointLinks;
  readonly #search: BoundedSearch;
  /** Pairs of the starts as this side of a trip has them, and lengths of them. */
  readonly #first: Uint32Array;
  readonly #node: Uint32Array;
  readonly #pairCost: Uint32Array;
  readonly #pairMm: Uint32Array;
  /** Pairs of the ends by node, those of node v from firstAt[v] on: point, cost and length. Side by side, as they are read. */
  readonly #firstAt: Uint32Array;
  readonly #endPoint: Uint32Array;
  readonly #endCost: Uint32Array;
  readonly #endMm: Uint32Array;
  /** The ends along their chains, and where each lies on its own, mm. */
  readonly #onChains: ChainPoints;
  readonly #placeMm: Int32Array;
  readonly #window = new ChainWindow();
  readonly #cost: Int32Array;
  readonly #mm: Uint32Array;
  readonly #found: Uint32Array;
  #foundCount = 0;
  /** The start whose ends these are; −1 before the first. */
  #last = -1;

  /** @throws RangeError where the limit is not a number */
  constructor(travel: TravelGraph, origins: PointLinks, destinations: PointLinks, limit: number, side: MatrixSide = 'origins') {
    const forward = side === 'origins';
    const ends = forward ? destinations : origins;
    const starts = forward ? origins : destinations;
    this.travel = travel;
    this.limit = wholeLimit(limit);
    this.side = side;
    this.#starts = starts;
    this.#ends = ends;
    this.#search = new BoundedSearch(travel.graph, { direction: forward ? 'forward' : 'backward', ties: { byArc: chainLengths(travel).arcMm } });
    const endLengths = measureLinks(travel, ends);
    const startLengths = starts === ends ? endLengths : measureLinks(travel, starts);
    this.#first = forward ? starts.firstOut : starts.firstIn;
    this.#node = forward ? starts.outNode : starts.inNode;
    this.#pairCost = forward ? starts.outCost : starts.inCost;
    this.#pairMm = forward ? startLengths.outMm : startLengths.inMm;
    const endFirst = forward ? ends.firstIn : ends.firstOut;
    const endNode = forward ? ends.inNode : ends.outNode;
    const endCost = forward ? ends.inCost : ends.outCost;
    const endMm = forward ? endLengths.inMm : endLengths.outMm;
    const { first, list } = listByKey(travel.graph.nodeCount, endNode.length, (pair) => endNode[pair]);
    const pointOf = new Uint32Array(endNode.length);
    for (let p = 0; p < ends.count; p++) pointOf.fill(p, endFirst[p], endFirst[p + 1]);
    this.#firstAt = first;
    this.#endPoint = list.map((pair) => pointOf[pair]);
    this.#endCost = list.map((pair) => endCost[pair]);
    this.#endMm = list.map((pair) => endMm[pair]);
    this.#onChains = finishSteps(listOnChains(travel, ends, forward));
    this.#placeMm = new Int32Array(ends.count);
    for (let p = 0; p < ends.count; p++) this.#placeMm[p] = placeOnChainMm(travel, ends, p);
    this.#cost = new Int32Array(ends.count).fill(UNREACHED);
    this.#mm = new Uint32Array(ends.count);
    this.#found = new Uint32Array(ends.count);
  }

  /** All rows of the points `from` … `to` − 1 of its side, by them, then by the points of the other side. Points linked to nothing have none. */
  rows(from: number, to: number): CostRows {
    const rows = new RowList();
    for (let start = from; start < to; start++) this.#addRows(start, rows);
    return rows.take();
  }

  #addRows(start: number, rows: RowList): void {
    // Thousands of points may lie at one place: they have the same rows.
    if (this.#last < 0 || !this.#isSamePlace(this.#last, start)) this.#searchFrom(start);
    this.#last = start;
    for (let i = 0; i < this.#foundCount; i++) {
      const end = this.#found[i];
      if (this.side === 'origins') rows.add(start, end, this.#cost[end], this.#mm[end]);
      else rows.add(end, start, this.#cost[end], this.#mm[end]);
    }
  }

  #isSamePlace(a: number, b: number): boolean {
    const { edge, alongMm, offMm } = this.#starts;
    const first = this.#first;
    const pairs = first[a + 1] - first[a];
    if (edge[a] !== edge[b] || alongMm[a] !== alongMm[b] || offMm[a] !== offMm[b] || first[b + 1] - first[b] !== pairs) return false;
    for (let i = 0; i < pairs; i++) {
      const p = first[a] + i, q = first[b] + i;
      if (this.#node[p] !== this.#node[q] || this.#pairCost[p] !== this.#pairCost[q]) return false;
    }
    return true;
  }

  /** Finds the ends of a start: foundCount of them, ascending, with cost and length. */
  #searchFrom(start: number): void {
    const search = this.#search;
    for (let i = 0; i < this.#foundCount; i++) this.#cost[this.#found[i]] = UNREACHED;
    search.clear();
    for (let i = this.#first[start]; i < this.#first[start + 1]; i++) search.addSource(this.#node[i], this.#pairCost[i], this.#pairMm[i]);
    search.run(this.limit);
    this.#foundCount = this.#meetDirectly(start, this.#meetAtNodes());
    this.#sortFound();
  }

  #sortFound(): void {
    const found = this.#found, cost = this.#cost;
    // Where more than one in sixteen was found, looking through all is faster than sorting.
    if (this.#foundCount * 16 < cost.length) {
      found.subarray(0, this.#foundCount).sort();
      return;
    }
    let count = 0;
    for (let end = 0; end < cost.length; end++) if (cost[end] !== UNREACHED) found[count++] = end;
  }

  /** Notes ends reached from nodes; returns how many. */
  #meetAtNodes(): number {
    const { cost, tie, reached, reachedCount } = this.#search;
    const firstAt = this.#firstAt, endPoint = this.#endPoint, endCost = this.#endCost, endMm = this.#endMm;
    let count = 0;
    for (let i = 0; i < reachedCount; i++) {
      const node = reached[i];
      const last = firstAt[node + 1];
      for (let k = firstAt[node]; k < last; k++) count = this.#note(endPoint[k], cost[node] + endCost[k], tie[node] + endMm[k], count);
    }
    return count;
  }

  #meetDirectly(start: number, known: number): number {
    let count = known;
    if (this.#onChains.countOnChain(this.#starts, start) === 0) return count;
    const placeMm = placeOnChainMm(this.travel, this.#starts, start);
    const offMm = this.#starts.offMm[start];
    this.#window.eachWay(this.#onChains, this.#starts, start, this.limit, (end, cost) => {
      count = this.#note(end, cost, Math.abs(placeMm - this.#placeMm[end]) + offMm + this.#ends.offMm[end], count);
    });
    return count;
  }

  #note(end: number, cost: number, mm: number, count: number): number {
    const known = this.#cost[end];
    if (cost > this.limit || cost > known || (cost === known && mm >= this.#mm[end])) return count;
    this.#cost[end] = cost;
    this.#mm[end] = mm;
    if (known !== UNREACHED) return count;
    this.#found[count] = end;
    return count + 1;
  }
}

class RowList {
  #count = 0;
  #columns = new Uint32Array(4 * 1024);

  add(origin: number, destination: number, cost: number, mm: number): void {
    const at = 4 * this.#count++;
    if (at === this.#columns.length) {
      const longer = new Uint32Array(2 * at);
      longer.set(this.#columns);
      this.#columns = longer;
    }
    this.#columns[at] = origin;
    this.#columns[at + 1] = destination;
    this.#columns[at + 2] = cost;
    this.#columns[at + 3] = mm;
  }

  take(): CostRows {
    const count = this.#count;
    const column = (which: number): Uint32Array<ArrayBuffer> => {
      const values = new Uint32Array(count);
      for (let i = 0; i < count; i++) values[i] = this.#columns[4 * i + which];
      return values;
    };
    return { count, origin: column(0), destination: column(1), cost: column(2), mm: column(3) };
  }
}

/** About how many rows a block may have at most: 4 MB, and with two threads eight of them are under way. */
const ROWS_PER_BLOCK = 1 << 18;

/** How the rows of a matrix are made: from which side, so many of its points at a time. */
export interface MatrixPlan {
  readonly side: MatrixSide;
  /** Points of that side. */
  readonly count: number;
  readonly step: number;
}

/** Most rows that are gathered to be put in order again: 256 MB. */
const GATHERED_ROWS = 1 << 24;

/**
 * From the side with fewer points, where that has at most half of the other's and all rows can be gathered: searches cost more than
 * rows. A block has as many starts as keep it under a quarter of a million rows if every end were reached, at most 256.
 */
export function planMatrix(origins: number, destinations: number): MatrixPlan {
  const back = 2 * destinations <= origins && origins * destinations <= GATHERED_ROWS;
  const step = Math.max(1, Math.min(256, Math.floor(ROWS_PER_BLOCK / Math.max(1, back ? origins : destinations))));
  return { side: back ? 'destinations' : 'origins', count: back ? destinations : origins, step };
}

/** Rows that came by destination in the order of origins, in blocks of origins. */
export function* orderByOrigin(blocks: readonly CostRows[], originCount: number): Generator<CostRows, void, undefined> {
  const first = new Uint32Array(originCount + 1);
  for (const { count, origin } of blocks) for (let i = 0; i < count; i++) first[origin[i] + 1]++;
  for (let o = 0; o < originCount; o++) first[o + 1] += first[o];
  const total = first[originCount];
  const at = first.slice();
  const origin = new Uint32Array(total), destination = new Uint32Array(total), cost = new Uint32Array(total), mm = new Uint32Array(total);
  for (const block of blocks) {
    for (let i = 0; i < block.count; i++) {
      const to = at[block.origin[i]]++;
      origin[to] = block.origin[i];
      destination[to] = block.destination[i];
      cost[to] = block.cost[i];
      mm[to] = block.mm[i];
    }
  }
  for (let from = 0; from < originCount; ) {
    let to = from + 1;
    while (to < originCount && first[to + 1] - first[from] <= ROWS_PER_BLOCK) to++;
    const start = first[from], end = first[to];
    if (end > start) yield { count: end - start, origin: origin.slice(start, end), destination: destination.slice(start, end), cost: cost.slice(start, end), mm: mm.slice(start, end) };
    from = to;
  }
}

/**
 * All rows by origin and destination, block by block, in the calling thread (engine/pool/run-graph.ts does it on several).
 *
 * @param limit inclusive, in the travel graph's unit
 * @throws RangeError where the limit is not a number; cancelled
 */
export function* buildCostMatrix(travel: TravelGraph, origins: PointLinks, destinations: PointLinks, limit: number, { report, signal }: WorkContext = {}): Generator<CostRows, void, undefined> {
  const { side, count, step } = planMatrix(origins.count, destinations.count);
  const matrix = new CostMatrix(travel, origins, destinations, limit, side);
  const gathered: CostRows[] = [];
  for (let from = 0; from < count; from += step) {
    throwIfCancelled(signal);
    const to = Math.min(from + step, count);
    const rows = matrix.rows(from, to);
    reportRows(report, to, count);
    if (side === 'destinations') gathered.push(rows);
    else if (rows.count > 0) yield rows;
  }
  if (side === 'destinations') yield* orderByOrigin(gathered, origins.count);
}

/** `done` of `total` searches. */
export function reportRows(report: WorkContext['report'], done: number, total: number): void {
  report?.({ stage: 'matrix', text: { zh: '计算出行成本矩阵', en: 'Computing the cost matrix' }, done, total });
}
