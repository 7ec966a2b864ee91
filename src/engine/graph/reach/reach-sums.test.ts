import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRoad, buildRoad } from '../../../../test/engine/one-road.ts';
import { placeAt } from '../../../../test/engine/street-plan.ts';
import { Random } from '../../../core/random.ts';
import { buildHierarchy } from '../hierarchy/hierarchy.ts';
import { directCost, linkPoints } from '../travel/link-points.ts';
import { linkAllNodes, linkNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { planReach } from './reach-plan.ts';
import type { ReachQuery } from './reach-plan.ts';
import { sumPlainly, sumReachable } from './reach-sums.ts';
import { buildSearchGraph, UNREACHED } from '../search/search-graph.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { hasSweepKernel } from './sweep-kernel.ts';
import { openSweepMemory } from './sweep-memory.ts';
import { profileOf } from '../travel/profile.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';

if (!hasSweepKernel()) throw new Error('this host has no WebAssembly with SIMD and shared memory: the kernels cannot be tested');

/** For each origin: costs of all nodes by the least of a list, then every opportunity in turn. */
function sumNaively(graph: SearchGraph, { origins, opportunities, weights, limits = [], decays = [], travel }: ReachQuery): number[][][] {
  const { nodeCount, firstOut, head, cost } = graph;
  const sums = weights.map(() => [...limits, ...decays].map(() => Array.from({ length: origins.count }, () => 0)));
  for (let o = 0; o < origins.count; o++) {
    const least = Array.from({ length: nodeCount }, () => UNREACHED);
    for (let i = origins.firstOut[o]; i < origins.firstOut[o + 1]; i++) least[origins.outNode[i]] = Math.min(least[origins.outNode[i]], origins.outCost[i]);
    for (let changed = true; changed; ) {
      changed = false;
      for (let v = 0; v < nodeCount; v++) {
        for (let arc = firstOut[v]; arc < firstOut[v + 1]; arc++) {
          if (least[v] + cost[arc] >= least[head[arc]]) continue;
          least[head[arc]] = least[v] + cost[arc];
          changed = true;
        }
      }
    }
    for (let p = 0; p < opportunities.count; p++) {
      let total = UNREACHED;
      for (let i = opportunities.firstIn[p]; i < opportunities.firstIn[p + 1]; i++) total = Math.min(total, least[opportunities.inNode[i]] + opportunities.inCost[i]);
      if (travel !== undefined) total = Math.min(total, directCost(travel, origins, o, opportunities, p));
      weights.forEach((weight, v) => {
        limits.forEach((limit, m) => (sums[v][m][o] += total <= limit ? weight[p] : 0));
        decays.forEach((table, m) => (sums[v][limits.length + m][o] += total < table.length ? weight[p] * table[total] : 0));
      });
    }
  }
  return sums;
}

const plain = (sums: readonly (readonly Float64Array[])[]): number[][][] => sums.map((ofVariable) => ofVariable.map((sum) => Array.from(sum)));

function randomGraph(random: Random, nodeCount: number, arcs: number, symmetric: boolean, most = 9): SearchGraph {
  const from: number[] = [];
  const to: number[] = [];
  const cost: number[] = [];
  for (let i = 0; i < arcs; i++) {
    // mostly to near numbers, as along a curve
    const a = random.integer(0, nodeCount - 1);
    const b = random.chance(0.9) ? Math.min(nodeCount - 1, a + random.integer(0, 6)) : random.integer(0, nodeCount - 1);
    const c = random.integer(0, most);
    from.push(a);
    to.push(b);
    cost.push(c);
    if (!symmetric) continue;
    from.push(b);
    to.push(a);
    cost.push(c);
  }
  return buildSearchGraph(nodeCount, { from, to, cost }).graph;
}

/** Points with up to three pairs each, some at one place, some tied to nothing. */
function randomLinks(random: Random, nodeCount: number, count: number): PointLinks {
  const firstOut = new Uint32Array(count + 1);
  const firstIn = new Uint32Array(count + 1);
  const pairs: number[][] = [[], [], [], []];
  const edge = new Int32Array(count).fill(-1);
  const alongMm = new Uint32Array(count);
  for (let p = 0; p < count; p++) {
    if (p > 0 && random.chance(0.2)) {
      // the place of the point before
      edge[p] = edge[p - 1];
      alongMm[p] = alongMm[p - 1];
      for (let i = firstOut[p - 1]; i < firstOut[p]; i++) for (const half of [0, 1]) pairs[half].push(pairs[half][i]);
      for (let i = firstIn[p - 1]; i < firstIn[p]; i++) for (const half of [2, 3]) pairs[half].push(pairs[half][i]);
    } else {
      const out = random.chance(0.1) ? 0 : random.integer(1, 3);
      const into = out === 0 ? 0 : random.integer(1, 3);
      if (out > 0) edge[p] = p;
      alongMm[p] = p;
      for (let i = 0; i < out; i++) {
        pairs[0].push(random.integer(0, nodeCount - 1));
        pairs[1].push(random.integer(0, 8));
      }
      for (let i = 0; i < into; i++) {
        pairs[2].push(random.integer(0, nodeCount - 1));
        pairs[3].push(random.integer(0, 8));
      }
    }
    firstOut[p + 1] = pairs[0].length;
    firstIn[p + 1] = pairs[2].length;
  }
  const none = new Uint32Array(count);
  const [outNode, outCost, inNode, inCost] = pairs.map((values) => Uint32Array.from(values));
  return { count, edge, alongMm, offMm: none, offCost: none, firstOut, outNode, outCost, firstIn, inNode, inCost };
}

function checkAll(graph: SearchGraph, query: ReachQuery, maxDegree?: number): void {
  const limit = Math.max(0, ...(query.limits ?? []), ...(query.decays ?? []).map((table) => table.length - 1));
  const engine = { graph, hierarchy: buildHierarchy(graph, { bound: limit, maxDegree }) };
  const sums = sumReachable(engine, query).sums;
  // bit for bit what a search for each origin gives
  expect(plain(sums)).toEqual(plain(sumPlainly(graph, planReach(engine, query)).sums));
  // the same in another order of adding: weights here are up to 2³¹
  const naive = sumNaively(graph, query);
  plain(sums).forEach((ofVariable, v) => ofVariable.forEach((sum, m) => sum.forEach((value, o) => expect(Math.abs(value - naive[v][m][o])).toBeLessThan(1e-4))));
}

describe('reach sums', () => {
  it('of one whole variable at nodes are exact, on symmetric and directed graphs, with and without a core', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), fc.integer({ min: 1, max: 60 }), fc.constantFrom(undefined, 1, 3), fc.integer({ min: 0, max: 30 }), (seed, symmetric, nodeCount, maxDegree, limit) => {
        const random = new Random(seed);
        const graph = randomGraph(random, nodeCount, 2 * nodeCount, symmetric);
        const weights = [Int32Array.from({ length: nodeCount }, () => random.integer(-50, 50))];
        checkAll(graph, { origins: linkAllNodes(nodeCount), opportunities: linkAllNodes(nodeCount), weights, limits: [limit] }, maxDegree);
      }),
      { numRuns: 80 },
    );
  });

  it('of any variables, limits and decays agree, for nodes and for points beside streets', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), fc.integer({ min: 1, max: 60 }), fc.boolean(), fc.constantFrom(undefined, 2), (seed, symmetric, nodeCount, atNodes, maxDegree) => {
        const random = new Random(seed);
        const graph = randomGraph(random, nodeCount, 2 * nodeCount, symmetric);
        const count = random.integer(0, 80);
        const opportunities = atNodes ? linkNodes(Array.from({ length: count }, () => random.integer(0, nodeCount - 1))) : randomLinks(random, nodeCount, count);
        const origins = random.chance(0.5) ? linkNodes(Array.from({ length: 40 }, () => random.integer(0, nodeCount - 1))) : randomLinks(random, nodeCount, 40);
        const whole = Int32Array.from({ length: count }, () => random.integer(0, 9));
        const large = Int32Array.from({ length: count }, () => random.integer(-0x7fffffff, 0x7fffffff));
        const fractions = Float64Array.from({ length: count }, () => (random.chance(0.5) ? 0 : random.between(-1, 1)));
        const decays = [Float64Array.from({ length: 20 }, () => random.next()), new Float64Array(0)];
        checkAll(graph, { origins, opportunities, weights: [whole, fractions, large], limits: [12, 0, -1, 25], decays }, maxDegree);
      }),
      { numRuns: 80 },
    );
  });

  it('count ways along the chain of points that crowd on one road, one-way or not, walked or driven', () => {
    const places = (points: readonly (readonly [number, number])[]): Float64Array => Float64Array.from(points.flatMap(([x, y]) => placeAt(x, y)));
    fc.assert(
      fc.property(fc.integer(), anyRoad(60, 90), anyRoad(400, 450), fc.constantFrom('walk', 'bike', 'drive'), fc.constantFrom('closed', 'ends'), fc.boolean(), fc.integer({ min: 0, max: 90 }), (seed, road, crowd, mode, local, slope, limit) => {
        const random = new Random(seed);
        const travel = buildTravelGraph(buildRoad(road), profileOf(mode, { local, slope: slope && mode !== 'drive', leastVertices: 0 }));
        const origins = linkPoints(travel, places(road.points));
        const opportunities = linkPoints(travel, places(crowd.points));
        const weights = [Int32Array.from({ length: opportunities.count }, () => random.integer(0, 9)), Float64Array.from({ length: opportunities.count }, () => random.next())];
        checkAll(travel.graph, { origins, opportunities, weights, limits: [limit, 20], decays: [Float64Array.from({ length: 50 }, () => random.next())], travel });
      }),
      { numRuns: 40 },
    );
  });

  it('of a grid of 1,600 nodes with a thousand and more origins need room for more than one ball', () => {
    const random = new Random(5);
    const side = 40;
    const arcs: number[][] = [];
    for (let v = 0; v < side * side; v++) {
      for (const u of [v % side < side - 1 ? v + 1 : -1, v < side * (side - 1) ? v + side : -1]) {
        const cost = random.integer(50, 90);
        if (u >= 0) arcs.push([v, u, cost], [u, v, cost]);
      }
    }
    const { graph } = buildSearchGraph(side * side, { from: arcs.map((a) => a[0]), to: arcs.map((a) => a[1]), cost: arcs.map((a) => a[2]) });
    const all = linkAllNodes(side * side);
    const weights = [Int32Array.from({ length: side * side }, () => random.integer(0, 59))];
    const hierarchy = buildHierarchy(graph, { bound: UNREACHED });
    for (const limit of [0, 300, 1000, 9000]) {
      const query = { origins: all, opportunities: all, weights, limits: [limit] };
      expect(plain(sumReachable({ graph, hierarchy }, query).sums)).toEqual(plain(sumPlainly(graph, planReach({ graph, hierarchy }, query)).sums));
    }
  });

  it('are the same from a memory that earlier questions have used', () => {
    const random = new Random(12);
    const graph = randomGraph(random, 700, 2000, false, 30);
    const hierarchy = buildHierarchy(graph, { bound: 300 });
    const memory = openSweepMemory(graph, hierarchy);
    const sizes: number[] = [];
    for (let i = 0; i < 6; i++) {
      const points = randomLinks(random, 700, 900);
      const query: ReachQuery = {
        origins: i % 2 === 0 ? points : linkAllNodes(700), opportunities: i % 3 === 0 ? randomLinks(random, 700, 900) : linkAllNodes(700),
        weights: [Int32Array.from({ length: i % 3 === 0 ? 900 : 700 }, () => random.integer(0, 9))], limits: i === 4 ? [50] : [300 - 40 * i, 60],
      };
      const { sums, memoryBytes } = sumReachable({ graph, hierarchy, memory }, query);
      expect(plain(sums)).toEqual(plain(sumReachable({ graph, hierarchy }, query).sums));
      sizes.push(memoryBytes);
    }
    expect(sizes[5]).toBeLessThan(2 * sizes[0]);
  });

  it('refuse damaged graphs and hierarchies before any kernel sees them', () => {
    const graph = randomGraph(new Random(3), 30, 60, true);
    const hierarchy = buildHierarchy(graph, { bound: 50 });
    const damaged = (array: Uint32Array, at: number, value: number): Uint32Array => array.with(at, value);
    expect(() => openSweepMemory({ ...graph, head: damaged(graph.head, 3, 30) }, hierarchy)).toThrow('arc 3');
    expect(() => openSweepMemory({ ...graph, cost: damaged(graph.cost, 3, 0xffffffff) }, hierarchy)).toThrow('arc 3');
    expect(() => openSweepMemory({ ...graph, firstOut: damaged(graph.firstOut, 5, 4000) }, hierarchy)).toThrow('ends before it begins');
    expect(() => openSweepMemory(graph, { ...hierarchy, upNode: damaged(hierarchy.upNode, 0, 99) })).toThrow('up-arc 0');
    const highest = hierarchy.upNode[hierarchy.upNode.length - 1];
    const ring = { ...hierarchy, firstUp: hierarchy.firstUp.map((first, v) => (v > highest ? first + 1 : first)), upNode: Uint32Array.from([...hierarchy.upNode.subarray(0, hierarchy.firstUp[highest]), highest, ...hierarchy.upNode.subarray(hierarchy.firstUp[highest])]) };
    expect(() => openSweepMemory(graph, { ...ring, upCost: new Uint32Array(ring.upNode.length), downCost: new Uint32Array(ring.upNode.length) })).toThrow('ring');
  });

  it('do not leave 32 bits unnoticed', () => {
    const count = 40;
    const arcs = Array.from({ length: count - 1 }, (_, i) => i);
    const { graph } = buildSearchGraph(count, { from: [...arcs, ...arcs.map((i) => i + 1)], to: [...arcs.map((i) => i + 1), ...arcs], cost: [...arcs, ...arcs].map(() => 1) });
    const all = linkAllNodes(count);
    const engine = { graph, hierarchy: buildHierarchy(graph, { bound: 100 }) };
    const weights = [new Int32Array(count).fill(0x7fffffff)];
    expect(sumReachable(engine, { origins: all, opportunities: all, weights, limits: [100] }).sums[0][0][3]).toBe(count * 0x7fffffff);
    expect(sumReachable(engine, { origins: all, opportunities: all, weights, limits: [100, 1] }).sums[0][1][3]).toBe(3 * 0x7fffffff);
  });

  it('take ten thousand opportunities at one place, and stay in the stated memory', () => {
    const random = new Random(8);
    const nodeCount = 3000;
    const graph = randomGraph(random, nodeCount, 9000, false, 90);
    const one = randomLinks(new Random(1), nodeCount, 1);
    const many = 10_000;
    const opportunities: PointLinks = {
      ...one, count: many, edge: new Int32Array(many).fill(7), alongMm: new Uint32Array(many), offCost: new Uint32Array(many),
      firstIn: Uint32Array.from({ length: many + 1 }, (_, p) => p * one.firstIn[1]),
      inNode: Uint32Array.from({ length: many * one.firstIn[1] }, (_, i) => one.inNode[i % one.firstIn[1]]),
      inCost: Uint32Array.from({ length: many * one.firstIn[1] }, (_, i) => one.inCost[i % one.firstIn[1]]),
    };
    const engine = { graph, hierarchy: buildHierarchy(graph, { bound: 200 }) };
    for (const query of [
      { origins: linkAllNodes(nodeCount), opportunities, weights: [new Float64Array(many).fill(0.1)], limits: [200] },
      { origins: linkAllNodes(nodeCount), opportunities: linkAllNodes(nodeCount), weights: [new Int32Array(nodeCount).fill(1)], limits: [200] },
      { origins: randomLinks(random, nodeCount, 900), opportunities: randomLinks(random, nodeCount, 5000), weights: Array.from({ length: 8 }, () => new Int32Array(5000).fill(1)), limits: [100, 200] },
    ]) {
      const plan = planReach(engine, query);
      const { sums, memoryBytes, mostBytes } = sumReachable(engine, query);
      expect(plain(sums)).toEqual(plain(sumPlainly(graph, plan).sums));
      expect(memoryBytes).toBeLessThanOrEqual(mostBytes);
      // not so much that anything would do
      expect(mostBytes).toBeLessThan(memoryBytes + 64 * 65536 + 4 * 65536 * 64);
    }
  });

  it('refuse what they cannot answer, and stop when asked', () => {
    const graph = randomGraph(new Random(2), 10, 20, true);
    const engine = { graph, hierarchy: buildHierarchy(graph, { bound: 5 }) };
    const all = linkAllNodes(10);
    const weights = [new Int32Array(10).fill(1)];
    expect(() => sumReachable(engine, { origins: all, opportunities: all, weights, limits: [6] })).toThrow('engine/beyond-bound');
    expect(() => sumReachable(engine, { origins: all, opportunities: all, weights, limits: [Number.NaN] })).toThrow(RangeError);
    expect(() => sumReachable(engine, { origins: linkNodes([10]), opportunities: all, weights, limits: [5] })).toThrow(RangeError);
    expect(() => sumReachable(engine, { origins: all, opportunities: all, weights: [new Int32Array(9)], limits: [5] })).toThrow(RangeError);
    expect(() => sumReachable(engine, { origins: all, opportunities: all, weights: [new Float64Array(10).fill(Number.NaN)], limits: [5] })).toThrow(RangeError);
    expect(() => sumReachable(engine, { origins: all, opportunities: all, weights, limits: [5] }, { signal: AbortSignal.abort() })).toThrow('core/cancelled');
    expect(sumReachable(engine, { origins: linkNodes([]), opportunities: all, weights, limits: [5.9] }).sums[0][0]).toHaveLength(0);
    expect(sumReachable(engine, { origins: all, opportunities: linkNodes([]), weights: [new Int32Array(0)], limits: [5] }).sums[0][0]).toEqual(new Float64Array(10));
    expect(sumReachable(engine, { origins: all, opportunities: all, weights: [], limits: [5] }).sums).toEqual([]);
  });
});
