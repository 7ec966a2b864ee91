/**
 * Nearest facilities by sweeps over a whole hierarchy: what a sweep is asked, and the plain one.
 *
 * Every row holds the nearest facilities that were heard of at its node. One sweep from the lowest row to the highest hands them up, one
 * back hands them down: as every cheapest way climbs first and then descends, each row then holds the nearest of all. The cost does not
 * depend on the number of facilities. Keeping k of them at each row loses none: whatever k facilities beat another one at a node also beat it
 * at every node that gets it from there.
 *
 * Equally near facilities stand in the order of their numbers, so an answer does not depend on rows, threads or method.
 *
 * Measured (20 categories of 50 … 5,000, 1,200 m, blocks of answers by node included, the hierarchy and its tables not; CPU, least of fifteen, one core of a
 * busy EPYC, Porto Alegre's 15.5 k nodes / sixteen times that): nearest 1 without ids 1.0 / 20 ms, with them 2.7 / 56 ms; nearest 5 21 / 270 ms (at other times half
 * as much again). What made nearest 1 quick: rows depth first instead of by level (44 → 31 ms), nothing handed up from rows that have heard of nothing, answers
 * written four lanes at a time (→ 22), no sampling of what cannot matter. On a grid of 263 k nodes the plain sweeps take 560, 480 and 1,200 ms, a search
 * from all facilities of each category for k = 1 610 ms.
 *
 * Rejected: keys of 64 bits compared as integers (no vector minimum: three instructions for one); several labels a node in a heap (12 times as slow in
 * a prototype).
 *
 * Memory of a pass: kernels/nearest.ts 4 bytes a node and category (costs), 8 k (with facilities); the plain one 8 k.
 */
import type { NearestTables } from './nearest-tables.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { UNREACHED } from '../search/search-graph.ts';

export interface SweepShape {
  /** Facilities of a category that are looked for, ≥ 1. */
  readonly k: number;
  /** Whether it matters which they are; without, k must be 1. */
  readonly ids: boolean;
  /** Whole, 0 … the tables' bound. Costs above it are not found. */
  readonly limit: number;
}

/** A pass over the hierarchy for a few categories at once: open, seed each lane, sweep, write. */
export interface NearestSweep {
  readonly tables: NearestTables;
  /** How many of `wanted` categories the next pass should take: 1 … wanted. */
  lanesFor(shape: SweepShape, wanted: number): number;
  /** Begins a pass with nothing heard of. */
  open(shape: SweepShape, lanes: number): void;
  /** Facilities of a lane, each at the nodes it is reached from. */
  seed(lane: number, facilities: PointLinks): void;
  /** Up, over the core until nothing changes, and down; in slices. Yields the share that is done, 0 … 1. */
  sweep(): Generator<number, void, undefined>;
  /** Costs and facilities of a lane, by node and rank (k apart): UNREACHED and −1 where there is none. */
  write(lane: number, cost: Uint32Array, facility: Int32Array | undefined): void;
}

/**
 * Inserts a facility into an ascending list of k at `at`. A facility that the list has keeps its lesser cost.
 *
 * @param costs UNREACHED where the list ends early
 * @returns whether the list changed
 */
export function insertNearest(costs: Uint32Array | Int32Array, facilities: Int32Array, at: number, k: number, cost: number, facility: number): boolean {
  const last = at + k - 1;
  if (cost > costs[last] || (cost === costs[last] && facility >= facilities[last]) || cost >= UNREACHED) return false;
  // from the front: whoever is before the place it takes stays; a second entry of the same facility ends the shifting
  let i = at;
  while (costs[i] < cost || (costs[i] === cost && facilities[i] < facility)) {
    if (facilities[i] === facility) return false;
    i++;
  }
  if (facilities[i] === facility && costs[i] === cost) return false;
  let end = i;
  while (end < last && facilities[end] !== facility) end++;
  for (; end > i; end--) {
    costs[end] = costs[end - 1];
    facilities[end] = facilities[end - 1];
  }
  costs[i] = cost;
  facilities[i] = facility;
  return true;
}

/** Rows of a slice of a sweep: some tens of milliseconds, where what is entered into lists goes past all k of them. */
export const rowsOfSlice = (k: number): number => Math.max(64, Math.floor(2 ** 22 / (k * k + 64)));

/** The twin of the kernel, one category a pass, for hosts without SIMD. */
export class PlainSweep implements NearestSweep {
  readonly tables: NearestTables;
  #shape: SweepShape = { k: 1, ids: false, limit: 0 };
  #costs = new Int32Array(0);
  #facilities = new Int32Array(0);

  constructor(tables: NearestTables) {
    this.tables = tables;
  }

  lanesFor(): number {
    return 1;
  }

  open(shape: SweepShape): void {
    this.#shape = shape;
    const length = this.tables.nodeCount * shape.k;
    if (this.#costs.length !== length) {
      this.#costs = new Int32Array(length);
      this.#facilities = new Int32Array(length);
    }
    this.#costs.fill(UNREACHED);
    this.#facilities.fill(-1);
  }

  seed(_lane: number, { count, firstIn, inNode, inCost }: PointLinks): void {
    const { k, limit } = this.#shape;
    const { rowOfNode } = this.tables;
    for (let f = 0; f < count; f++) {
      for (let i = firstIn[f]; i < firstIn[f + 1]; i++) if (inCost[i] <= limit) insertNearest(this.#costs, this.#facilities, rowOfNode[inNode[i]] * k, k, inCost[i], f);
    }
  }

  *sweep(): Generator<number, void, undefined> {
    const { nodeCount, coreCount, pullFirst, pullArcs } = this.tables;
    const k = this.#shape.k;
    const core = nodeCount - coreCount;
    const slice = rowsOfSlice(k);
    for (let from = 0; from < core; from += slice) {
      this.#push(from, Math.min(from + slice, core));
      yield from / nodeCount / 2;
    }
    while (this.#push(core, nodeCount)) yield 0.5;
    for (let row = nodeCount - 1; row >= 0; row--) {
      if (row % slice === 0) yield 1 - row / nodeCount / 2;
      for (let i = pullFirst[row]; i < pullFirst[row + 1]; i++) this.#merge(row * k, pullArcs[2 * i] * k, pullArcs[2 * i + 1]);
    }
  }

  #push(from: number, to: number): boolean {
    const { pushFirst, pushArcs } = this.tables;
    const k = this.#shape.k;
    let changed = false;
    for (let row = from; row < to; row++) {
      for (let i = pushFirst[row]; i < pushFirst[row + 1]; i++) if (this.#merge(pushArcs[2 * i] * k, row * k, pushArcs[2 * i + 1])) changed = true;
    }
    return changed;
  }

  #merge(target: number, source: number, cost: number): boolean {
    const { k, limit } = this.#shape;
    const costs = this.#costs;
    const facilities = this.#facilities;
    let changed = false;
    for (let i = source; i < source + k; i++) {
      const sum = costs[i] + cost;
      // sources ascend: what follows is no nearer
      if (sum > limit || sum > costs[target + k - 1]) break;
      if (insertNearest(costs, facilities, target, k, sum, facilities[i])) changed = true;
    }
    return changed;
  }

  write(_lane: number, cost: Uint32Array, facility: Int32Array | undefined): void {
    const { nodeCount, nodeOfRow } = this.tables;
    const k = this.#shape.k;
    for (let row = 0; row < nodeCount; row++) {
      const from = row * k;
      const to = nodeOfRow[row] * k;
      for (let j = 0; j < k; j++) {
        cost[to + j] = this.#costs[from + j];
        if (facility !== undefined) facility[to + j] = this.#facilities[from + j];
      }
    }
  }
}
