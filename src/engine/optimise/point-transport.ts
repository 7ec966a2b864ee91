/**
 * The transportation problem between points of a plane, at the straight distance: the plan of least total length, proved over all pairs.
 *
 * 3,000 × 3,000 points have 9 million pairs, of which a plan uses 6,000. So the simplex (transport-simplex.ts) is given few pairs, and its prices are then held against all:
 * u[i] + v[j] ≤ distance everywhere proves the plan optimal among all pairs (weak duality); pairs that break it are added, and the simplex goes on from where it stood. In the end 83,000 pairs were arcs.
 * A look at all pairs goes down a tree of boxes and passes over those where even the dearest point is too far.
 *
 * Which pairs to begin with is told by the same problem on fewer points (four put together, and again, until 200 are left): the pairs that its plan uses, and for each point the dozen
 * that its prices leave least of. Costs are what the coarse prices leave, so the first plan is nearly right; near neighbours at full cost took 565,000 pivots in 33 rounds for 88,000 in 8 (5,000 points a side).
 * Multi-scale starts for transport: Mérigot 2011, Schmitzer 2016, who prove optimality by shielding; prices over all pairs need no assumption on the cost.
 *
 * Distances are whole millimetres and supplies whole units, so nothing is rounded but the distances themselves (half a millimetre each).
 *
 * Memory: 264 MB in all for 3,000 points a side (Node's own 45 MB with it), mostly lists of pairs while a round is prepared.
 */
import { TransportSimplex } from './transport-simplex.ts';

/** Metres of a plane, and whole units. */
export interface WeightedPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly units: Float64Array;
}

export interface PointTransport {
  /** Units × metres of the best plan. */
  readonly unitM: number;
  /** What goes where: at most as many as there are points. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly units: Float64Array;
  /** Prices, mm: sourcePrice[i] + targetPrice[j] ≤ distance of every pair of points that have units, and equal to it where anything is shipped. */
  readonly sourcePrice: Float64Array;
  readonly targetPrice: Float64Array;
  /** How it went: looks at all pairs, arcs in the end, pivots. */
  readonly rounds: number;
  readonly arcs: number;
  readonly pivots: number;
}

const NEAREST = 12;
/** Pairs added for a source in one look. */
const MOST_ADDED = 8;
/** Points put together where there are more than so many on either side. */
const FEW_POINTS = 200;
const POINTS_IN_LEAF = 8;
const GATHERED = 4;

/** Whole millimetres between two points. */
export function distanceMm(a: WeightedPoints, i: number, b: WeightedPoints, j: number): number {
  const [dx, dy] = [a.x[i] - b.x[j], a.y[i] - b.y[j]];
  return Math.round(1000 * Math.sqrt(dx * dx + dy * dy));
}

/** @throws RangeError where supplies and demands are not whole, or of different sums */
export function solvePointTransport(sources: WeightedPoints, targets: WeightedPoints): PointTransport {
  check(sources, targets);
  return solve(sources, targets);
}

/** Coarse before fine: points put together by squares first, whose plan tells which pairs of points to begin with, and at what prices. */
function solve(sources: WeightedPoints, targets: WeightedPoints): PointTransport {
  const width = targets.units.length;
  if (sources.units.length <= FEW_POINTS && width <= FEW_POINTS) return solveFrom(sources, targets, new Float64Array(width), []);
  const [fewer, few] = [new PointTree(sources, GATHERED).gather(), new PointTree(targets, GATHERED).gather()];
  const { targetPrice, from, to } = solve(fewer.points, few.points);
  const pairs: [number, number][] = [];
  from.forEach((leaf, k) => {
    for (const i of fewer.members[leaf]) for (const j of few.members[to[k]]) pairs.push([i, j]);
  });
  return solveFrom(sources, targets, Float64Array.from(few.of, (leaf) => targetPrice[leaf]), pairs);
}

function solveFrom(sources: WeightedPoints, targets: WeightedPoints, guess: Float64Array, pairs: readonly (readonly [number, number])[]): PointTransport {
  const [sourceTree, targetTree] = [new PointTree(sources), new PointTree(targets)];
  const arcs = [...pairs];
  // each price as high as all pairs allow: u + v ≤ distance everywhere, so what is left of distances is never negative
  const u0 = leastLeft(sources, targetTree, guess, (i, j) => arcs.push([i, j]));
  const v0 = leastLeft(targets, sourceTree, u0, (j, i) => arcs.push([i, j]));
  const width = targets.units.length;
  const left = (i: number, j: number): number => distanceMm(sources, i, targets, j) - u0[i] - v0[j];
  let artificial = Math.max(1000, Math.ceil(longestMm(sources, targets) / Math.sqrt(Math.max(1, sources.units.length, width))));
  const simplex = new TransportSimplex(sources.units, targets.units, artificial);
  const known = new Set<number>();
  for (const [i, j] of arcs) {
    if (known.has(i * width + j)) continue;
    known.add(i * width + j);
    simplex.addArc(i, j, left(i, j));
  }
  const sourcePrice = new Float64Array(sources.units.length);
  const targetPrice = new Float64Array(width);
  for (let rounds = 1; ; rounds++) {
    simplex.run();
    for (let i = 0; i < sourcePrice.length; i++) sourcePrice[i] = u0[i] + simplex.supplyPrice(i);
    for (let j = 0; j < width; j++) targetPrice[j] = v0[j] + simplex.demandPrice(j);
    if (addBroken(sources, sourcePrice, targetPrice, targetTree, (i, j) => simplex.addArc(i, j, left(i, j)))) continue;
    if (simplex.unshipped() === 0) return finish(simplex, sources, targets, sourcePrice, targetPrice, rounds);
    artificial *= 4;
    simplex.setArtificialCost(artificial);
  }
}

/** By point the least that a distance to any of the others leaves after their price; `add` gets the few that leave least. */
function leastLeft(points: WeightedPoints, tree: PointTree, prices: Float64Array, add: (point: number, other: number) => void): Float64Array {
  tree.setPrices(prices);
  const found = new Nearest(NEAREST);
  return points.units.map((units, p) => {
    if (units === 0) return 0;
    found.clear();
    tree.findLeast(points, p, prices, found);
    for (let k = 0; k < found.count; k++) add(p, found.point[k]);
    return found.count === 0 ? 0 : found.key[0];
  });
}

function check(sources: WeightedPoints, targets: WeightedPoints): void {
  const sum = ({ units }: WeightedPoints): number => units.reduce((all, each) => {
    if (!(each >= 0) || !Number.isInteger(each)) throw new RangeError(`units must be whole and not negative: ${each}`);
    return all + each;
  }, 0);
  const [all, wanted] = [sum(sources), sum(targets)];
  if (all !== wanted) throw new RangeError(`supplies and demands must have the same sum: ${all} and ${wanted}`);
}

/** No two of the points are farther apart. */
function longestMm(...lists: readonly WeightedPoints[]): number {
  const span = (axis: 'x' | 'y'): number => {
    let [low, high] = [Infinity, -Infinity];
    for (const points of lists) for (const value of points[axis]) [low, high] = [Math.min(low, value), Math.max(high, value)];
    return high > low ? high - low : 0;
  };
  return Math.ceil(1000 * Math.hypot(span('x'), span('y')));
}

/** Adds, for each source, the pairs whose prices exceed their distance by most. False where there is none: the plan is optimal. */
function addBroken(sources: WeightedPoints, sourcePrice: Float64Array, targetPrice: Float64Array, tree: PointTree, add: (source: number, target: number) => void): boolean {
  const found = new Nearest(MOST_ADDED);
  let isBroken = false;
  tree.setPrices(targetPrice);
  for (let i = 0; i < sourcePrice.length; i++) {
    if (sources.units[i] === 0) continue;
    found.clear();
    tree.findLeast(sources, i, targetPrice, found, sourcePrice[i]);
    for (let k = 0; k < found.count; k++) add(i, found.point[k]);
    isBroken ||= found.count > 0;
  }
  return isBroken;
}

function finish(simplex: TransportSimplex, sources: WeightedPoints, targets: WeightedPoints, sourcePrice: Float64Array, targetPrice: Float64Array, rounds: number): PointTransport {
  const shipments: [number, number, number][] = [];
  let unitMm = 0;
  simplex.eachShipment((from, to, units) => {
    shipments.push([from, to, units]);
    unitMm += units * distanceMm(sources, from, targets, to);
  });
  shipments.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    unitM: unitMm / 1000, from: Uint32Array.from(shipments, ([from]) => from), to: Uint32Array.from(shipments, ([, to]) => to), units: Float64Array.from(shipments, ([, , units]) => units),
    sourcePrice, targetPrice, rounds, arcs: simplex.arcCount, pivots: simplex.pivotCount,
  };
}

/** The few points of least key, ascending; the first of equals. */
class Nearest {
  readonly point: Int32Array;
  readonly key: Float64Array;
  count = 0;

  constructor(most: number) {
    this.point = new Int32Array(most);
    this.key = new Float64Array(most);
  }

  clear(): void {
    this.count = 0;
  }

  /** Keys from here on are not taken. */
  limit(): number {
    return this.count < this.key.length ? Infinity : this.key[this.count - 1];
  }

  take(point: number, key: number): void {
    if (!(key < this.limit())) return;
    let at = this.count < this.key.length ? this.count++ : this.count - 1;
    for (; at > 0 && this.key[at - 1] > key; at--) {
      this.key[at] = this.key[at - 1];
      this.point[at] = this.point[at - 1];
    }
    this.key[at] = key;
    this.point[at] = point;
  }
}

/**
 * Points of positive weight as a tree of boxes, each cut in half along its longer side until few points are left (a k-d tree). Each box knows the highest price in it.
 */
class PointTree {
  readonly points: WeightedPoints;
  readonly #member: Uint32Array;
  readonly #begin: number[] = [];
  readonly #end: number[] = [];
  /** First of the two halves, the other follows; 0 for leaves. */
  readonly #half: number[] = [];
  readonly #corners: number[] = [];
  readonly #box: Float64Array;
  readonly #dearest: Float64Array;

  constructor(points: WeightedPoints, pointsInLeaf = POINTS_IN_LEAF) {
    this.points = points;
    this.#member = Uint32Array.from(points.units.keys()).filter((p) => points.units[p] > 0);
    this.#add(0, this.#member.length);
    for (let node = 0; node < this.#begin.length; node++) {
      if (this.#end[node] - this.#begin[node] <= pointsInLeaf) continue;
      const [west, south, east, north] = this.#corners.slice(4 * node, 4 * node + 4);
      const along = east - west > north - south ? points.x : points.y;
      this.#member.subarray(this.#begin[node], this.#end[node]).sort((a, b) => along[a] - along[b] || a - b);
      const middle = (this.#begin[node] + this.#end[node]) >> 1;
      this.#half[node] = this.#begin.length;
      this.#add(this.#begin[node], middle);
      this.#add(middle, this.#end[node]);
    }
    this.#box = Float64Array.from(this.#corners);
    this.#dearest = new Float64Array(this.#begin.length);
  }

  #add(begin: number, end: number): void {
    const corners = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = begin; k < end; k++) {
      const [x, y] = [this.points.x[this.#member[k]], this.points.y[this.#member[k]]];
      corners[0] = Math.min(corners[0], x);
      corners[1] = Math.min(corners[1], y);
      corners[2] = Math.max(corners[2], x);
      corners[3] = Math.max(corners[3], y);
    }
    this.#corners.push(...corners);
    this.#begin.push(begin);
    this.#end.push(end);
    this.#half.push(0);
  }

  setPrices(price: Float64Array): void {
    for (let node = this.#begin.length - 1; node >= 0; node--) {
      const half = this.#half[node];
      let dearest = half === 0 ? -Infinity : Math.max(this.#dearest[half], this.#dearest[half + 1]);
      if (half === 0) for (let k = this.#begin[node]; k < this.#end[node]; k++) dearest = Math.max(dearest, price[this.#member[k]]);
      this.#dearest[node] = dearest;
    }
  }

  /** What at least is left of the distance from a spot to any point of a box after its price, mm, less what rounding adds. */
  #leastLeft(node: number, x: number, y: number): number {
    const box = this.#box;
    const at = 4 * node;
    const dx = x < box[at] ? box[at] - x : x > box[at + 2] ? x - box[at + 2] : 0;
    const dy = y < box[at + 1] ? box[at + 1] - y : y > box[at + 3] ? y - box[at + 3] : 0;
    return 1000 * Math.sqrt(dx * dx + dy * dy) - 1 - this.#dearest[node];
  }

  /** Points at which the least of the distance is left after their price; only where less than `below` is. Keys are what is left. */
  findLeast(from: WeightedPoints, i: number, prices: Float64Array, found: Nearest, below = Infinity): void {
    if (this.#member.length > 0) this.#search(0, this.#leastLeft(0, from.x[i], from.y[i]), from, i, prices, found, below);
  }

  #search(node: number, bound: number, from: WeightedPoints, i: number, prices: Float64Array, found: Nearest, below: number): void {
    if (bound >= Math.min(below, found.limit())) return;
    const half = this.#half[node];
    if (half === 0) {
      for (let k = this.#begin[node]; k < this.#end[node]; k++) {
        const left = distanceMm(from, i, this.points, this.#member[k]) - prices[this.#member[k]];
        if (left < below) found.take(this.#member[k], left);
      }
      return;
    }
    const [first, second] = [this.#leastLeft(half, from.x[i], from.y[i]), this.#leastLeft(half + 1, from.x[i], from.y[i])];
    if (first <= second) this.#search(half, first, from, i, prices, found, below);
    this.#search(half + 1, second, from, i, prices, found, below);
    if (first > second) this.#search(half, first, from, i, prices, found, below);
  }

  /** One point for each leaf, at the weighted middle of its points; by point its leaf, and by leaf its points. Points of no units go with leaf 0. */
  gather(): { points: WeightedPoints; of: Uint32Array; members: Uint32Array[] } {
    const { x, y, units } = this.points;
    const members = this.#half.flatMap((half, node) => (half === 0 ? [this.#member.subarray(this.#begin[node], this.#end[node])] : []));
    const gathered = { x: new Float64Array(members.length), y: new Float64Array(members.length), units: new Float64Array(members.length) };
    const of = new Uint32Array(units.length);
    members.forEach((list, leaf) => {
      for (const p of list) {
        of[p] = leaf;
        gathered.x[leaf] += units[p] * x[p];
        gathered.y[leaf] += units[p] * y[p];
        gathered.units[leaf] += units[p];
      }
      gathered.x[leaf] /= gathered.units[leaf];
      gathered.y[leaf] /= gathered.units[leaf];
    });
    return { points: gathered, of, members };
  }
}
