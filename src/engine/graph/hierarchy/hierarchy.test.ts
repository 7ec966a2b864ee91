import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../core/random.ts';
import { buildHierarchy, openHierarchy, reverseHierarchy } from './hierarchy.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { buildSearchGraph, reverseGraph, UNREACHED } from '../search/search-graph.ts';

/** Costs from one node to all: the least node of a list, again and again. */
function searchPlainly({ nodeCount, firstOut, head, cost }: SearchGraph, source: number): number[] {
  const least = Array.from({ length: nodeCount }, () => UNREACHED);
  least[source] = 0;
  const left = new Set(least.keys());
  while (left.size > 0) {
    let v = -1;
    for (const u of left) if (v < 0 || least[u] < least[v]) v = u;
    left.delete(v);
    for (let arc = firstOut[v]; arc < firstOut[v + 1]; arc++) least[head[arc]] = Math.min(least[head[arc]], least[v] + cost[arc]);
  }
  return least;
}

/** One sweep up, the core until nothing changes, one sweep down. */
function sweepPlainly({ nodeCount, level, levelCount, coreCount, firstUp, upNode, upCost, downCost }: Hierarchy, source: number): number[] {
  const least = Array.from({ length: nodeCount }, () => UNREACHED);
  least[source] = 0;
  const order = Array.from(level.keys()).sort((a, b) => level[a] - level[b]);
  const climb = (v: number): void => {
    for (let i = firstUp[v]; i < firstUp[v + 1]; i++) least[upNode[i]] = Math.min(least[upNode[i]], least[v] + upCost[i]);
  };
  for (const v of order) climb(v);
  for (let k = 0; k < coreCount; k++) for (const v of order) if (level[v] === levelCount - 1) climb(v);
  for (const v of order.reverse()) for (let i = firstUp[v]; i < firstUp[v + 1]; i++) least[v] = Math.min(least[v], least[upNode[i]] + downCost[i]);
  return least;
}

function checkSweeps(graph: SearchGraph, bound: number, maxDegree?: number): Hierarchy {
  const hierarchy = buildHierarchy(graph, { bound, maxDegree });
  const { level, levelCount, coreCount, firstUp, upNode, nodeCount } = hierarchy;
  for (let v = 0; v < nodeCount; v++) {
    const inCore = coreCount > 0 && level[v] === levelCount - 1;
    for (let i = firstUp[v]; i < firstUp[v + 1]; i++) expect(level[upNode[i]] > level[v] || (inCore && level[upNode[i]] === level[v])).toBe(true);
  }
  const cut = (costs: number[]): number[] => costs.map((cost) => (cost <= bound ? cost : UNREACHED));
  for (let source = 0; source < Math.min(nodeCount, 40); source++) {
    expect(cut(sweepPlainly(hierarchy, source))).toEqual(cut(searchPlainly(graph, source)));
    expect(cut(sweepPlainly(reverseHierarchy(hierarchy), source))).toEqual(cut(searchPlainly(reverseGraph(graph), source)));
  }
  return hierarchy;
}

const graphs = fc.integer({ min: 1, max: 24 }).chain((nodeCount) => {
  const node = fc.integer({ min: 0, max: nodeCount - 1 });
  return fc.record({ nodeCount: fc.constant(nodeCount), symmetric: fc.boolean(), arcs: fc.array(fc.tuple(node, node, fc.integer({ min: 0, max: 9 })), { maxLength: 80 }) });
});

function graphOf({ nodeCount, symmetric, arcs }: { nodeCount: number; symmetric: boolean; arcs: [number, number, number][] }): SearchGraph {
  const all = symmetric ? [...arcs, ...arcs.map(([a, b, cost]): [number, number, number] => [b, a, cost])] : arcs;
  return buildSearchGraph(nodeCount, { from: all.map((arc) => arc[0]), to: all.map((arc) => arc[1]), cost: all.map((arc) => arc[2]) }).graph;
}

/** A grid of streets with gaps, some of them one-way. */
function gridOf(side: number, oneWay: number, seed: number): SearchGraph {
  const random = new Random(seed);
  const from: number[] = [];
  const to: number[] = [];
  const cost: number[] = [];
  const add = (a: number, b: number): void => {
    const length = random.integer(40, 120);
    from.push(a);
    to.push(b);
    cost.push(length);
    if (random.chance(oneWay)) return;
    from.push(b);
    to.push(a);
    cost.push(length);
  };
  for (let v = 0; v < side * side; v++) {
    if (v % side < side - 1 && random.chance(0.8)) add(v, v + 1);
    if (v < side * (side - 1) && random.chance(0.8)) add(v, v + side);
  }
  return buildSearchGraph(side * side, { from, to, cost }).graph;
}

describe('a hierarchy', () => {
  it('has the costs of the graph within the bound, both ways, also with costs of 0', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 0, max: 40 }), (given, bound) => {
        checkSweeps(graphOf(given), bound);
        checkSweeps(graphOf(given), UNREACHED);
      }),
      { numRuns: 300 },
    );
  });

  it('has them with a core of nodes that were not eliminated', () => {
    let cores = 0;
    fc.assert(
      fc.property(graphs, fc.integer({ min: 0, max: 3 }), (given, maxDegree) => {
        if (checkSweeps(graphOf(given), 30, maxDegree).coreCount > 0) cores++;
      }),
      { numRuns: 200 },
    );
    expect(cores).toBeGreaterThan(20);
  });

  it('has them on grids of streets, with and without one-ways', () => {
    expect(checkSweeps(gridOf(16, 0, 1), 400).symmetric).toBe(true);
    expect(checkSweeps(gridOf(16, 0.3, 2), 400).symmetric).toBe(false);
  });

  it('leaves a hub and its rays in the core rather than taking squares of time', () => {
    const rays = 2500;
    const from = Array.from({ length: rays }, (_, i) => i + 1);
    const zeros = from.map(() => 0);
    const { graph } = buildSearchGraph(rays + 1, { from: [...from, ...zeros], to: [...zeros, ...from], cost: [...from, ...from] });
    const hierarchy = buildHierarchy(graph, { bound: 5000 });
    expect(hierarchy.coreCount).toBeGreaterThan(0);
    expect(sweepPlainly({ ...hierarchy, coreCount: 2 }, 7).slice(0, 3)).toEqual([7, 8, 9]);
  });

  it('comes back from its buffer', () => {
    for (const oneWay of [0, 0.5]) {
      const hierarchy = buildHierarchy(gridOf(8, oneWay, 3), { bound: 300 });
      expect(openHierarchy(hierarchy.bytes.slice())).toEqual(hierarchy);
    }
  });

  it('takes any bound that is a number ≥ 0, and stops when asked', () => {
    const graph = gridOf(4, 0, 4);
    expect(buildHierarchy(graph, { bound: 0 }).upNode).toHaveLength(0);
    expect(buildHierarchy(graph, { bound: 200.9 }).bound).toBe(200);
    expect(buildHierarchy(graph, { bound: 1e12 }).bound).toBe(UNREACHED);
    expect(() => buildHierarchy(graph, { bound: -1 })).toThrow(RangeError);
    expect(() => buildHierarchy(graph, { bound: Number.NaN })).toThrow(RangeError);
    expect(() => buildHierarchy(graph, { bound: 9 }, { signal: AbortSignal.abort() })).toThrow(/cancelled/);
    expect(buildHierarchy(buildSearchGraph(0, { from: [], to: [], cost: [] }).graph, { bound: 5 }).nodeCount).toBe(0);
  });
});
