import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_COST, buildSearchGraph, reverseGraph } from './search-graph.ts';

const arcs = fc.integer({ min: 1, max: 8 }).chain((n) => fc.record({ n: fc.constant(n), list: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.oneof(fc.nat(5), fc.constant(MAX_COST), fc.constant(MAX_COST + 1))), { maxLength: 40 }) }));
const columns = (list: readonly (readonly [number, number, number])[]): { from: number[]; to: number[]; cost: number[] } => ({ from: list.map(([a]) => a), to: list.map(([, b]) => b), cost: list.map(([, , c]) => c) });

describe('a search graph', () => {
  it('has the cheapest arc between any two nodes, both ways round, and no loops', () => {
    fc.assert(
      fc.property(arcs, ({ n, list }) => {
        const { graph, arcOf } = buildSearchGraph(n, columns(list));
        const wanted: [number, number, number, number][] = [];
        for (let a = 0; a < n; a++) {
          for (let b = 0; b < n; b++) {
            const between = list.map(([from, to, cost], i) => ({ from, to, cost, i })).filter(({ from, to, cost }) => from === a && to === b && a !== b && cost <= MAX_COST);
            const best = between.toSorted((p, q) => p.cost - q.cost || p.i - q.i)[0];
            if (best !== undefined) wanted.push([a, b, best.cost, best.i]);
          }
        }
        const out = Array.from({ length: n }, (_, v) => Array.from({ length: graph.firstOut[v + 1] - graph.firstOut[v] }, (__, k) => graph.firstOut[v] + k).map((i) => [v, graph.head[i], graph.cost[i], arcOf[i]])).flat();
        expect(out).toEqual(wanted);
        const back = Array.from({ length: n }, (_, v) => Array.from({ length: graph.firstIn[v + 1] - graph.firstIn[v] }, (__, k) => graph.firstIn[v] + k).map((i) => [graph.tail[i], v, graph.costIn[i]])).flat();
        expect(back).toEqual(wanted.map(([a, b, c]) => [a, b, c]).toSorted((p, q) => p[1] - q[1] || p[0] - q[0]));
        expect(graph.symmetric).toBe(wanted.every(([a, b, c]) => wanted.some(([x, y, z]) => x === b && y === a && z === c)));
        expect(reverseGraph(reverseGraph(graph))).toEqual(graph);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses arcs that lead nowhere or cost no whole number', () => {
    for (const [from, to, cost] of [[0, 2, 1], [-1, 0, 1], [0, 1, -1], [0, 1, 1.5], [0, 1, NaN], [NaN, 1, 1]]) expect(() => buildSearchGraph(2, columns([[from, to, cost]]))).toThrow(RangeError);
  });
});
