import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph, makeGrid, plainCosts } from '../../../../test/make-graphs.ts';
import type { MadeGraph } from '../../../../test/make-graphs.ts';
import { buildBetweenness, listSources, sumByChain } from './betweenness.ts';
import type { Betweenness } from './betweenness.ts';
import { makeNetwork } from '../../../../test/make-streets.ts';
import { profileOf } from '../travel/profile.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import { UNREACHED, buildSearchGraph } from './search-graph.ts';
import type { SearchGraph } from './search-graph.ts';

/** Ways counted for every pair: through v go ways(s, v) · ways(v, t) of ways(s, t) where the costs add up. */
function plainBetweenness({ nodeCount, firstOut, head, cost }: SearchGraph, limit: number, weight: (v: number) => number): { byNode: number[]; byArc: number[] } {
  const unit = 1000;
  const from = Array.from(head, (_, arc) => firstOut.findLastIndex((first) => first <= arc));
  const made: MadeGraph = { nodeCount, arcs: { from, to: head, cost: Array.from(cost, (c) => c * unit + (c === 0 ? 1 : 0)) } };
  const nodes = Array.from({ length: nodeCount }, (_, v) => v);
  const d = nodes.map((s) => plainCosts(made, s));
  const ways = nodes.map((s) => {
    const count = nodes.map((v) => (v === s ? 1 : 0));
    const order = nodes.filter((v) => d[s][v] < UNREACHED).sort((a, b) => d[s][a] - d[s][b]);
    for (const v of order) from.forEach((u, arc) => (count[head[arc]] += u === v && d[s][v] + made.arcs.cost[arc] === d[s][head[arc]] ? count[v] : 0));
    return count;
  });
  const pairs = nodes.flatMap((s) => nodes.filter((t) => t !== s && d[s][t] < UNREACHED && Math.floor(d[s][t] / unit) <= limit).map((t): [number, number] => [s, t]));
  const share = (s: number, t: number, a: number, b: number, between: number): number => (d[s][a] + between + d[b][t] === d[s][t] ? (weight(s) * weight(t) * ways[s][a] * ways[b][t]) / ways[s][t] : 0);
  return {
    byNode: nodes.map((v) => pairs.reduce((sum, [s, t]) => sum + (v === s || v === t ? 0 : share(s, t, v, v, 0)), 0)),
    byArc: from.map((u, arc) => pairs.reduce((sum, [s, t]) => sum + share(s, t, u, head[arc], made.arcs.cost[arc]), 0)),
  };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected[i])));
}

describe('betweenness', () => {
  it('counts ways as the definition does: ties, arcs of cost 0, one-way arcs, within a limit, with weights', () => {
    fc.assert(fc.property(anyGraph(10, 6), fc.oneof(fc.nat(15), fc.constant(Infinity)), fc.array(fc.nat(3), { minLength: 10, maxLength: 10 }), fc.boolean(), (made, limit, weights, weighted) => {
      const { graph } = buildSearchGraph(made.nodeCount, made.arcs);
      const own = weighted ? { weights: Float64Array.from(weights.slice(0, made.nodeCount)) } : {};
      const { byNode, byArc, errorByNode } = buildBetweenness(graph, { limit, ...own });
      const plain = plainBetweenness(graph, limit, (v) => (weighted ? weights[v] : 1));
      expectClose(byNode, plain.byNode);
      expectClose(byArc, plain.byArc);
      expect(errorByNode.every((error) => error === 0)).toBe(true);
    }), { numRuns: 150 });
  });

  it('of a path is what one counts on fingers', () => {
    const { graph } = buildSearchGraph(4, { from: [0, 1, 2, 1, 2, 3], to: [1, 2, 3, 0, 1, 2], cost: [5, 5, 5, 5, 5, 5] });
    const { byNode, byArc } = buildBetweenness(graph);
    expect([...byNode]).toEqual([0, 4, 4, 0]);
    // arcs 0→1, 1→0, 1→2, 2→1, 2→3, 3→2
    expect([...byArc]).toEqual([3, 3, 4, 4, 3, 3]);
  });

  it('is symmetric on an even grid, where ways are more than a double holds', () => {
    const width = 530, nodes = width * 2;
    // a ladder of diamonds: each doubles the ways, 2¹⁰⁵⁹ > 10³⁰⁸ in all
    const from: number[] = [], to: number[] = [];
    for (let i = 0; i + 1 < nodes; i++) for (const via of [nodes + 2 * i, nodes + 2 * i + 1]) {
      from.push(i, via);
      to.push(via, i + 1);
    }
    const { graph } = buildSearchGraph(3 * nodes, { from, to, cost: from.map(() => 1) });
    const { byNode } = buildBetweenness(graph, { sample: { count: 3 * nodes, seed: 1 }, weights: Float64Array.from({ length: 3 * nodes }, (_, v) => (v === 0 || v === nodes - 1 ? 1 : 0)) });
    expect(byNode[nodes / 2]).toBe(1);
    expect([byNode[nodes], byNode[nodes + 1], byNode[3 * nodes - 3]]).toEqual([0.5, 0.5, 0.5]);
  });

  it('sampled is near the whole, within its own error, and the same for the same seed', () => {
    const grid = makeGrid(13, 5, 0.1);
    const whole = buildBetweenness(grid);
    const sampled = (seed: number): Betweenness => buildBetweenness(grid, { sample: { count: 80, seed } });
    expect(sampled(1)).toEqual(sampled(1));
    const busy = [...whole.byNode.keys()].filter((v) => whole.byNode[v] > 1000);
    expect(busy.length).toBeGreaterThan(20);
    let deviation = 0;
    let error = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { byNode, errorByNode, sources } = sampled(seed);
      expect(sources).toBe(80);
      for (const v of busy) {
        deviation += (byNode[v] - whole.byNode[v]) ** 2;
        error += errorByNode[v] ** 2;
      }
    }
    // the square of the error is an unbiased estimate of the mean square of deviations
    expect(Math.abs(deviation / error - 1)).toBeLessThan(0.15);
  });

  it('draws sources without repetition, each as likely as any other', () => {
    const drawn = new Uint32Array(10);
    for (let seed = 0; seed < 2000; seed++) {
      const sources = listSources(10, { count: 3, seed });
      expect(new Set(sources).size).toBe(3);
      for (const source of sources) drawn[source]++;
    }
    for (const times of drawn) expect(Math.abs(times - 600)).toBeLessThan(120);
    expect([...listSources(4, { count: 9, seed: 1 })]).toEqual([0, 1, 2, 3]);
  });

  it('of streets adds both ways', () => {
    // three streets in a row, the middle one drawn the other way round
    const travel = buildTravelGraph(makeNetwork({ vertices: [[0, 0], [100, 0], [200, 0], [300, 0]], streets: [{ from: 0, to: 1 }, { from: 2, to: 1 }, { from: 2, to: 3 }] }), profileOf('walk', { leastVertices: 0 }), { contract: false });
    expect([...sumByChain(travel, buildBetweenness(travel.graph).byArc)]).toEqual([6, 8, 6]);
  });

  it('refuses what makes no sense, and stops when told to', () => {
    const grid = makeGrid(12, 1);
    expect(() => buildBetweenness(grid, { sample: { count: 0, seed: 1 } })).toThrow(RangeError);
    expect(() => buildBetweenness(grid, { weights: new Float64Array(3) })).toThrow(RangeError);
    const stop = new AbortController();
    const done: number[] = [];
    expect(() => buildBetweenness(grid, {}, { signal: stop.signal, report: (progress) => {
      done.push(progress.done);
      stop.abort();
    } })).toThrow('cancelled');
    expect(done).toEqual([64]);
    expect([...buildBetweenness(buildSearchGraph(0, { from: [], to: [], cost: [] }).graph).byNode]).toEqual([]);
  });
});
