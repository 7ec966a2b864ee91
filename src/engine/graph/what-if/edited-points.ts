/**
 * Points that are added, removed and moved: a base of linked points and what was changed of it. Numbers stay: an added point takes the next
 * number, a removed one keeps its own and is reached from nowhere.
 *
 * Memory: a few hundred bytes a changed point; indices of the base have 4 bytes a node and 12 bytes a pair, and 4 bytes a chain and 8
 * bytes a point where points on one chain reach each other directly.
 */
import { chainOfPoint } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** One of some linked points. */
export interface Place {
  readonly links: PointLinks;
  readonly point: number;
}

/** What a point was before it changed, for {@link EditedPoints.restore}. */
export interface FormerPoint {
  readonly point: number;
  readonly count: number;
  readonly wasChanged: boolean;
  readonly place: Place | undefined;
}

export class EditedPoints {
  readonly base: PointLinks;
  /** Points that are not as in the base; undefined: removed. */
  readonly changed = new Map<number, Place | undefined>();
  /** How many numbers are taken, removed ones among them. */
  count: number;

  constructor(base: PointLinks) {
    this.base = base;
    this.count = base.count;
  }

  /** Where a point is; undefined where it was removed. @throws RangeError where there never was one of that number */
  find(point: number): Place | undefined {
    if (!(Number.isInteger(point) && point >= 0 && point < this.count)) throw new RangeError(`point ${point} of ${this.count}`);
    return this.changed.has(point) ? this.changed.get(point) : { links: this.base, point };
  }

  /** Puts a point somewhere else, removes it (undefined), or adds one of the next number. */
  put(point: number, place: Place | undefined): FormerPoint {
    const former = { point, count: this.count, wasChanged: this.changed.has(point), place: this.changed.get(point) };
    this.changed.set(point, place);
    if (point === this.count) this.count++;
    return former;
  }

  restore({ point, count, wasChanged, place }: FormerPoint): void {
    if (wasChanged) this.changed.set(point, place);
    else this.changed.delete(point);
    this.count = count;
  }

  /** All points as they are now. Those removed are linked to nothing. */
  list(): PointLinks {
    const places = Array.from({ length: this.count }, (_, p) => this.find(p));
    const own = (array: 'alongMm' | 'offMm' | 'offCost'): Uint32Array => Uint32Array.from(places, (place) => (place === undefined ? 0 : place.links[array][place.point]));
    const pairs = (first: 'firstOut' | 'firstIn', node: 'outNode' | 'inNode', cost: 'outCost' | 'inCost'): [Uint32Array, Uint32Array, Uint32Array] => {
      const start = new Uint32Array(this.count + 1);
      places.forEach((place, p) => (start[p + 1] = start[p] + (place === undefined ? 0 : place.links[first][place.point + 1] - place.links[first][place.point])));
      const nodes = new Uint32Array(start[this.count]);
      const costs = new Uint32Array(start[this.count]);
      places.forEach((place, p) => {
        if (place === undefined) return;
        const from = place.links[first][place.point];
        const to = place.links[first][place.point + 1];
        nodes.set(place.links[node].subarray(from, to), start[p]);
        costs.set(place.links[cost].subarray(from, to), start[p]);
      });
      return [start, nodes, costs];
    };
    const [firstOut, outNode, outCost] = pairs('firstOut', 'outNode', 'outCost');
    const [firstIn, inNode, inCost] = pairs('firstIn', 'inNode', 'inCost');
    return {
      count: this.count, edge: Int32Array.from(places, (place) => (place === undefined ? -1 : place.links.edge[place.point])),
      alongMm: own('alongMm'), offMm: own('offMm'), offCost: own('offCost'), firstOut, outNode, outCost, firstIn, inNode, inCost,
    };
  }
}

/** @throws RangeError where a place is linked to nodes a graph does not have */
export function checkPlace({ links, point }: Place, nodeCount: number): void {
  if (!(Number.isInteger(point) && point >= 0 && point < links.count)) throw new RangeError(`point ${point} of ${links.count}`);
  for (let i = links.firstIn[point]; i < links.firstIn[point + 1]; i++) if (links.inNode[i] >= nodeCount) throw new RangeError(`a point is tied to node ${links.inNode[i]} of a graph of ${nodeCount}`);
}

/** Pairs of groups of points by node: entries first[v] … first[v + 1] − 1. */
export interface PairsByNode {
  readonly first: Uint32Array;
  readonly group: Uint32Array;
  readonly point: Uint32Array;
  readonly cost: Uint32Array;
}

/** @param side by which pairs: those that reach the points (`in`) or leave them (`out`) */
export function listPairsByNode(nodeCount: number, groups: readonly PointLinks[], side: 'in' | 'out'): PairsByNode {
  const sides = groups.map((links) => (side === 'in' ? { count: links.count, from: links.firstIn, node: links.inNode, cost: links.inCost } : { count: links.count, from: links.firstOut, node: links.outNode, cost: links.outCost }));
  const first = new Uint32Array(nodeCount + 1);
  for (const { count, from, node } of sides) for (let i = from[0]; i < from[count]; i++) first[node[i] + 1]++;
  for (let v = 0; v < nodeCount; v++) first[v + 1] += first[v];
  const total = first[nodeCount];
  const pairs = { first, group: new Uint32Array(total), point: new Uint32Array(total), cost: new Uint32Array(total) };
  const at = first.slice(0, nodeCount);
  sides.forEach(({ count, from, node, cost }, group) => {
    for (let p = 0; p < count; p++) {
      for (let i = from[p]; i < from[p + 1]; i++) {
        const to = at[node[i]]++;
        pairs.group[to] = group;
        pairs.point[to] = p;
        pairs.cost[to] = cost[i];
      }
    }
  });
  return pairs;
}

/** Groups of points by the chain they lie on: entries first[c] … first[c + 1] − 1. */
export interface PointsByChain {
  readonly first: Uint32Array;
  readonly group: Uint32Array;
  readonly point: Uint32Array;
}

export function listPointsByChain(travel: TravelGraph, groups: readonly PointLinks[]): PointsByChain {
  const chains = travel.meta.counts.chains;
  const first = new Uint32Array(chains + 1);
  const each = (visit: (chain: number, group: number, point: number) => void): void => groups.forEach((links, group) => {
    for (let p = 0; p < links.count; p++) {
      const chain = chainOfPoint(travel, links, p);
      if (chain >= 0) visit(chain, group, p);
    }
  });
  each((chain) => first[chain + 1]++);
  for (let c = 0; c < chains; c++) first[c + 1] += first[c];
  const at = first.slice(0, chains);
  const group = new Uint32Array(first[chains]);
  const point = new Uint32Array(first[chains]);
  each((chain, g, p) => {
    group[at[chain]] = g;
    point[at[chain]++] = p;
  });
  return { first, group, point };
}
