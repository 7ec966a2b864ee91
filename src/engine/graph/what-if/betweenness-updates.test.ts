import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph, makeGrid } from '../../../../test/make-graphs.ts';
import { Random } from '../../../core/random.ts';
import { buildBetweenness } from '../search/betweenness.ts';
import { BetweennessUpdates } from './betweenness-updates.ts';
import { editBothWays } from './graph-edits.ts';
import { buildSearchGraph, UNREACHED } from '../search/search-graph.ts';

/** Equal but for rounding, measured by the largest value there is. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  let largest = 1;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, expected[i]);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(1e-9 * largest);
}

describe('betweenness under edits', () => {
  it('is that of the edited graph: ties, arcs of cost 0, limits, weights, samples', () => {
    const edit = fc.record({ from: fc.nat(9), to: fc.nat(9), cost: fc.oneof(fc.nat(6), fc.constant(UNREACHED)), both: fc.boolean() });
    fc.assert(
      fc.property(anyGraph(10, 6), fc.oneof(fc.nat(9), fc.constant(Infinity)), fc.array(fc.nat(3), { minLength: 10, maxLength: 10 }), fc.boolean(), fc.boolean(), fc.array(fc.array(edit, { maxLength: 4 }), { maxLength: 4 }), (made, limit, weights, weighted, sampled, steps) => {
        const { graph } = buildSearchGraph(made.nodeCount, made.arcs);
        const options = { limit, ...(weighted ? { weights: Float64Array.from(weights.slice(0, made.nodeCount)) } : {}), ...(sampled ? { sample: { count: 4, seed: 3 } } : {}) };
        const updates = new BetweennessUpdates(graph, options);
        for (const edits of steps) {
          updates.apply(edits.flatMap(({ from, to, cost, both }) => editBothWays(from % made.nodeCount, to % made.nodeCount, cost).slice(both ? 0 : 1)));
          const expected = buildBetweenness(updates.graph, options);
          expectClose(updates.byNode, expected.byNode);
          expectClose(updates.byArc, expected.byArc);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('searches again from the neighbourhood of an edit only, a hundred times over', () => {
    const side = 24;
    const graph = makeGrid(side, 5);
    const { nodeCount } = graph;
    const mean = graph.cost.reduce((sum, cost) => sum + cost, 0) / graph.arcCount;
    const options = { limit: Math.round(4 * mean) };
    const updates = new BetweennessUpdates(graph, options);
    const random = new Random(7);
    let most = 0;
    for (let i = 0; i < 100; i++) {
      const arc = random.integer(0, graph.arcCount - 1);
      const v = graph.firstOut.findLastIndex((first) => first <= arc);
      most = Math.max(most, updates.apply(editBothWays(v, graph.head[arc], random.chance(0.4) ? UNREACHED : Math.round(random.between(0.3, 3) * mean))));
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(nodeCount / 4);
    const expected = buildBetweenness(updates.graph, options);
    expectClose(updates.byNode, expected.byNode);
    expectClose(updates.byArc, expected.byArc);
    expect(() => updates.apply(editBothWays(0, graph.head[0], 1), { signal: AbortSignal.abort() })).toThrow('cancelled');
    expectClose(updates.byNode, expected.byNode);
  });
});
