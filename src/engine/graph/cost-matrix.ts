/**
 * Costs from many origins to many destinations within a limit, with the length of each cheapest way.
 *
 * One bounded search from each origin (bounded-search.ts, ties by length); destinations wait in lists at the nodes they are reached
 * from and on the chains they lie on, so that a row is made by looking at what was reached, not at every destination. Rows come in blocks of
 * origins: millions of them never stand in memory at once.
 *
 * A row's cost is the least of all ways by nodes and of the direct way along a chain both points lie on; mm is the least length of the
 * ways of that cost, with the straight parts off the network.
 *
 * Memory: 24 bytes a node for the search, 4 an arc, 12 bytes a destination, 8 bytes a pair of links; 16 bytes a row of the block at hand.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { BoundedSearch, wholeLimit } from './bounded-search.ts';
import { chainOfPoint, directCost } from './link-points.ts';
import type { LinkLengths } from './path-lengths.ts';
import { chainLengths, directMm, measureLinks } from './path-lengths.ts';
import type { PointLinks } from './point-links.ts';
import { UNREACHED } from './search-graph.ts';
import type { TravelGraph } from './travel-graph.ts';

/** Rows by origin, then by destination, ascending; both are numbers of points in their links. */
export interface CostRows {
  readonly count: number;
  readonly origin: Uint32Array<ArrayBuffer>;
  readonly destination: Uint32Array<ArrayBuffer>;
  readonly cost: Uint32Array<ArrayBuffer>;
  readonly mm: Uint32Array<ArrayBuffer>;
}

/** Items (pairs or points) by a key (node or chain): those of key k are list[first[k]] … list[first[k + 1] − 1], ascending. */
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

/** A reusable workspace: one travel graph, one set of origins and of destinations, one limit. */
export class CostMatrix {
  readonly travel: TravelGraph;
  readonly origins: PointLinks;
  readonly destinations: PointLinks;
  readonly limit: number;
  readonly #search: BoundedSearch;
  readonly #outMm: Uint32Array;
  readonly #lengths: LinkLengths;
  /** Pairs of destinations by node; the point of each pair. */
  readonly #byNode: Lists;
  readonly #pointOf: Uint32Array;
  readonly #byChain: Lists;
  readonly #cost: Int32Array;
  readonly #mm: Uint32Array;
  readonly #found: Uint32Array;

  /** @throws RangeError where the limit is not a number */
  constructor(travel: TravelGraph, origins: PointLinks, destinations: PointLinks, limit: number) {
    this.travel = travel;
    this.origins = origins;
    this.destinations = destinations;
    this.limit = wholeLimit(limit);
    this.#search = new BoundedSearch(travel.graph, { ties: { byArc: chainLengths(travel).arcMm } });
    this.#lengths = measureLinks(travel, destinations);
    this.#outMm = origins === destinations ? this.#lengths.outMm : measureLinks(travel, origins).outMm;
    this.#byNode = listByKey(travel.graph.nodeCount, destinations.inNode.length, (pair) => destinations.inNode[pair]);
    this.#pointOf = new Uint32Array(destinations.inNode.length);
    for (let p = 0; p < destinations.count; p++) this.#pointOf.fill(p, destinations.firstIn[p], destinations.firstIn[p + 1]);
    this.#byChain = listByKey(travel.chain.forward.length, destinations.count, (p) => chainOfPoint(travel, destinations, p));
    this.#cost = new Int32Array(destinations.count).fill(UNREACHED);
    this.#mm = new Uint32Array(destinations.count);
    this.#found = new Uint32Array(destinations.count);
  }

  /** All rows of the origins `from` … `to` − 1. Origins linked to nothing have none. */
  rows(from: number, to: number): CostRows {
    const rows = new RowList();
    for (let origin = from; origin < to; origin++) this.#addRows(origin, rows);
    return rows.take();
  }

  #addRows(origin: number, rows: RowList): void {
    const search = this.#search;
    const { firstOut, outNode, outCost } = this.origins;
    search.clear();
    for (let i = firstOut[origin]; i < firstOut[origin + 1]; i++) search.addSource(outNode[i], outCost[i], this.#outMm[i]);
    search.run(this.limit);
    const count = this.#meetDirectly(origin, this.#meetAtNodes());
    const found = this.#found.subarray(0, count).sort();
    for (const destination of found) {
      rows.add(origin, destination, this.#cost[destination], this.#mm[destination]);
      this.#cost[destination] = UNREACHED;
    }
  }

  /** Notes destinations reached from nodes; returns how many. */
  #meetAtNodes(): number {
    const { cost, tie, reached, reachedCount } = this.#search;
    const { first, list } = this.#byNode;
    const { inCost } = this.destinations;
    const { inMm } = this.#lengths;
    let count = 0;
    for (let i = 0; i < reachedCount; i++) {
      const node = reached[i];
      for (let k = first[node]; k < first[node + 1]; k++) {
        const pair = list[k];
        count = this.#note(this.#pointOf[pair], cost[node] + inCost[pair], tie[node] + inMm[pair], count);
      }
    }
    return count;
  }

  #meetDirectly(origin: number, known: number): number {
    const chain = chainOfPoint(this.travel, this.origins, origin);
    let count = known;
    if (chain < 0) return count;
    const { first, list } = this.#byChain;
    for (let k = first[chain]; k < first[chain + 1]; k++) {
      const cost = directCost(this.travel, this.origins, origin, this.destinations, list[k]);
      if (cost < UNREACHED) count = this.#note(list[k], cost, directMm(this.travel, this.origins, origin, this.destinations, list[k]), count);
    }
    return count;
  }

  #note(destination: number, cost: number, mm: number, count: number): number {
    const known = this.#cost[destination];
    if (cost > this.limit || cost > known || (cost === known && mm >= this.#mm[destination])) return count;
    this.#cost[destination] = cost;
    this.#mm[destination] = mm;
    if (known !== UNREACHED) return count;
    this.#found[count] = destination;
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

/** About how many rows a block may have at most: 16 MB. */
const ROWS_PER_BLOCK = 1 << 20;

/** How many origins make a block: as many as keep it under a million rows if every destination were reached, at most 256. */
export function originsPerBlock(destinationCount: number): number {
  return Math.max(1, Math.min(256, Math.floor(ROWS_PER_BLOCK / Math.max(1, destinationCount))));
}

/**
 * The rows of all origins, block by block, in the calling thread (engine/pool/run-cost-matrix.ts does it on several).
 *
 * @param limit inclusive, in the travel graph's unit
 * @throws RangeError where the limit is not a number; cancelled
 */
export function* buildCostMatrix(travel: TravelGraph, origins: PointLinks, destinations: PointLinks, limit: number, { report, signal }: WorkContext = {}): Generator<CostRows, void, undefined> {
  const matrix = new CostMatrix(travel, origins, destinations, limit);
  const step = originsPerBlock(destinations.count);
  for (let from = 0; from < origins.count; from += step) {
    throwIfCancelled(signal);
    const to = Math.min(from + step, origins.count);
    const rows = matrix.rows(from, to);
    reportRows(report, to, origins.count);
    if (rows.count > 0) yield rows;
  }
}

export function reportRows(report: WorkContext['report'], done: number, total: number): void {
  report?.({ stage: 'matrix', text: { zh: '计算出行成本矩阵', en: 'Computing the cost matrix' }, done, total });
}
