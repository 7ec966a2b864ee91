/** Graphs and points out of nothing, for the tests of the street engine. */
import fc from 'fast-check';
import type { ArcList, SearchGraph } from '../src/engine/graph/search/search-graph.ts';
import { UNREACHED, buildSearchGraph } from '../src/engine/graph/search/search-graph.ts';
import { Random } from '../src/core/random.ts';

export interface MadeGraph {
  readonly nodeCount: number;
  readonly arcs: ArcList;
}

/** Small graphs with loops, repeated arcs, arcs of cost 0, several pieces and, half the time, every arc both ways. */
export function anyGraph(mostNodes = 24, mostCost = 40): fc.Arbitrary<MadeGraph> {
  return fc.integer({ min: 1, max: mostNodes }).chain((nodeCount) =>
    fc.record({
      twoWay: fc.boolean(),
      arcs: fc.array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.oneof(fc.nat(3), fc.nat(mostCost))), { maxLength: 4 * nodeCount }),
    }).map(({ twoWay, arcs }) => {
      const all = twoWay ? [...arcs, ...arcs.map(([a, b, cost]): [number, number, number] => [b, a, cost])] : arcs;
      return { nodeCount, arcs: { from: all.map((arc) => arc[0]), to: all.map((arc) => arc[1]), cost: all.map((arc) => arc[2]) } };
    }),
  );
}

/** A perturbed grid of about width² nodes, millimetres, nodes in blocks so that neighbours are near in memory. */
export function makeGrid(width: number, seed: number, oneWayShare = 0): SearchGraph & { readonly x: Float64Array; readonly y: Float64Array } {
  const random = new Random(seed);
  const n = width * width;
  const interleave = (x: number, y: number): number => {
    let key = 0;
    for (let bit = 0; bit < 12; bit++) key += (((x >> bit) & 1) + ((y >> bit) & 1) * 2) * 4 ** bit;
    return key;
  };
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => interleave(a % width, Math.floor(a / width)) - interleave(b % width, Math.floor(b / width)));
  const number = new Uint32Array(n);
  order.forEach((at, i) => (number[at] = i));
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    x[number[i]] = (i % width) * 80 + random.between(0, 40);
    y[number[i]] = Math.floor(i / width) * 80 + random.between(0, 40);
  }
  const from: number[] = [], to: number[] = [], cost: number[] = [];
  const join = (i: number, j: number): void => {
    const a = number[i], b = number[j];
    const mm = Math.round(Math.hypot(x[a] - x[b], y[a] - y[b]) * random.between(1000, 1200));
    const arc = (tail: number, head: number): void => {
      from.push(tail);
      to.push(head);
      cost.push(mm);
    };
    arc(a, b);
    if (!random.chance(oneWayShare)) arc(b, a);
  };
  for (let i = 0; i < n; i++) {
    const right = (i + 1) % width !== 0, up = i + width < n;
    if (right && !random.chance(0.22)) join(i, i + 1);
    if (up && !random.chance(0.22)) join(i, i + width);
    if (right && up && random.chance(0.03)) join(i, i + width + 1);
  }
  return { ...buildSearchGraph(n, { from, to, cost }).graph, x, y };
}

/** Least costs from one node to all, the plainest way there is: relax every arc until nothing changes. */
export function plainCosts({ nodeCount, arcs: { from, to, cost } }: MadeGraph, source: number): number[] {
  const least = Array.from({ length: nodeCount }, () => UNREACHED);
  least[source] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < from.length; i++) {
      const better = least[from[i]] + cost[i];
      if (better >= least[to[i]]) continue;
      least[to[i]] = better;
      changed = true;
    }
  }
  return least;
}
