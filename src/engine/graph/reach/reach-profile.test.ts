import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoints, anyStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { Random } from '../../../core/random.ts';
import { buildHierarchy } from '../hierarchy/hierarchy.ts';
import { linkPoints } from '../travel/link-points.ts';
import { collectNearest, openNearest } from '../nearest/nearest-k.ts';
import { linkAllNodes, linkNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import type { ReachEngine } from './reach-plan.ts';
import { buildProfilePlainly, buildReachProfile } from './reach-profile.ts';
import type { ProfileBlock, ProfileQuery } from './reach-profile.ts';
import { sumReachable } from './reach-sums.ts';
import { buildSearchGraph, MAX_COST, UNREACHED } from '../search/search-graph.ts';
import { hasSweepKernel } from './sweep-kernel.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';

if (!hasSweepKernel()) throw new Error('this host has no WebAssembly SIMD: the kernel cannot be tested');

interface Whole {
  /** By variable, measure and origin. */
  readonly sums: Float64Array;
  /** By category, origin and rank. */
  readonly cost: Uint32Array;
  readonly facility: Int32Array;
}

/** Blocks put together by origin. */
function assemble({ origins, facilities, k, weights, limits = [], decays = [] }: ProfileQuery, blocks: Iterable<ProfileBlock>): Whole {
  const length = facilities.length * origins.count * k;
  const measures = limits.length + decays.length;
  const whole: Whole = { sums: new Float64Array(weights.length * measures * origins.count).fill(-1), cost: new Uint32Array(length).fill(7), facility: new Int32Array(length).fill(-2) };
  for (const block of blocks) {
    const width = block.origins.length;
    expect(block.sums.map((ofVariable) => ofVariable.length)).toEqual(weights.map(() => measures));
    block.origins.forEach((o, i) => {
      block.sums.forEach((ofVariable, v) => ofVariable.forEach((sums, m) => (whole.sums[(v * measures + m) * origins.count + o] = sums[i])));
      for (let c = 0; c < facilities.length; c++) {
        whole.cost.set(block.cost.subarray((c * width + i) * k, (c * width + i + 1) * k), (c * origins.count + o) * k);
        whole.facility.set(block.facility.subarray((c * width + i) * k, (c * width + i + 1) * k), (c * origins.count + o) * k);
      }
    });
  }
  return whole;
}

/** The same question asked in two: sums, and nearest facilities by searches. */
function askInTwo(engine: ReachEngine, query: ProfileQuery): Whole {
  const { facilities, k, origins, travel } = query;
  const { cost, facility } = collectNearest(openNearest(engine.graph), { facilities, k, origins, travel, limit: query.nearestLimit }, {}, 'facilities');
  return { sums: Float64Array.from(sumReachable(engine, query).sums.flatMap((ofVariable) => ofVariable.flatMap((values) => [...values]))), cost, facility: facility ?? new Int32Array(0) };
}

/** Where two answers differ first. */
function compare(found: Whole, expected: Whole): string | undefined {
  for (const part of ['sums', 'cost', 'facility'] as const) {
    if (found[part].length !== expected[part].length) return `${part}: ${found[part].length} instead of ${expected[part].length}`;
    const at = found[part].findIndex((value, i) => value !== expected[part][i]);
    if (at >= 0) return `${part} ${at}: ${found[part][at]} instead of ${expected[part][at]}`;
  }
  return undefined;
}

function checkProfile(engine: ReachEngine, query: ProfileQuery): Whole {
  const expected = askInTwo(engine, query);
  expect(compare(assemble(query, buildReachProfile(engine, query)), expected)).toBeUndefined();
  expect(compare(assemble(query, buildProfilePlainly(engine, query)), expected)).toBeUndefined();
  return expected;
}

/** Streets of a grid with gaps, some of them one-way. */
function gridGraph(side: number, oneWay: number, seed: number): ReachEngine {
  const random = new Random(seed);
  const arcs: [number, number, number][] = [];
  for (let v = 0; v < side * side; v++) {
    for (const u of [v % side < side - 1 ? v + 1 : -1, v < side * (side - 1) ? v + side : -1]) {
      if (u < 0 || random.chance(0.2)) continue;
      const cost = random.integer(50, 110);
      arcs.push([v, u, cost]);
      if (!random.chance(oneWay)) arcs.push([u, v, cost]);
    }
  }
  const { graph } = buildSearchGraph(side * side, { from: arcs.map((a) => a[0]), to: arcs.map((a) => a[1]), cost: arcs.map((a) => a[2]) });
  return { graph, hierarchy: buildHierarchy(graph, { bound: 1000 }) };
}

function facilitiesOf(nodeCount: number, categories: number, random: Random): PointLinks[] {
  return Array.from({ length: categories }, (_, c) => linkNodes(Array.from({ length: Math.round(3 * 1.6 ** c) }, () => random.integer(0, nodeCount - 1))));
}

describe('a reach profile', () => {
  it.each([0, 0.3])('is the sums and the nearest facilities asked for one by one, with %f of the streets one-way', (oneWay) => {
    const engine = gridGraph(32, oneWay, 3);
    const { nodeCount } = engine.graph;
    const random = new Random(4);
    const all = linkAllNodes(nodeCount);
    const persons = Int32Array.from({ length: nodeCount }, () => random.integer(0, 59));
    const shares = Float64Array.from({ length: nodeCount }, () => random.next());
    const facilities = facilitiesOf(nodeCount, 12, random);
    const base = { origins: all, opportunities: all, facilities };
    const one = checkProfile(engine, { ...base, weights: [persons], limits: [600], k: 5, nearestLimit: 600 });
    expect(one.cost.filter((cost) => cost < UNREACHED).length).toBeGreaterThan(20_000);
    checkProfile(engine, { ...base, weights: [persons], limits: [600], k: 3, nearestLimit: 250 });
    checkProfile(engine, { ...base, weights: [persons], limits: [300], k: 1, nearestLimit: 800 });
    checkProfile(engine, { ...base, weights: [persons, shares], limits: [300, 700], decays: [Float64Array.from({ length: 500 }, (_, c) => 1 - c / 500)], k: 2, nearestLimit: 900 });
    checkProfile(engine, { ...base, weights: [], k: 9, nearestLimit: 1000 });
    const none: ProfileQuery = { ...base, weights: [persons], limits: [-1], k: 2, nearestLimit: 300 };
    expect(assemble(none, buildReachProfile(engine, none)).sums.every((sum) => sum === 0)).toBe(true);
    checkProfile(engine, { ...base, weights: [persons], k: 2, nearestLimit: 300 });
    checkProfile(engine, { ...base, weights: [persons], limits: [400], facilities: [], k: 2, nearestLimit: 300 });
    checkProfile(engine, { ...base, weights: [persons], limits: [400], k: 2, nearestLimit: -1 });
  });

  it('finds the nearest where costs are too large to share a word with a number', () => {
    const random = new Random(12);
    const nodeCount = 500;
    const from = Array.from({ length: 1500 }, () => random.integer(0, nodeCount - 1));
    const { graph } = buildSearchGraph(nodeCount, { from, to: from.map((v) => (v + random.integer(1, 20)) % nodeCount), cost: from.map(() => random.integer(0, 40_000_000)) });
    const all = linkAllNodes(nodeCount);
    for (const limit of [100_000_000, MAX_COST]) {
      const engine = { graph, hierarchy: buildHierarchy(graph, { bound: limit }) };
      checkProfile(engine, { origins: all, opportunities: all, weights: [new Int32Array(nodeCount).fill(1)], limits: [limit], facilities: facilitiesOf(nodeCount, 9, random), k: 4, nearestLimit: limit });
    }
  });

  it('counts ways along the chain that origin and facility lie on', () => {
    fc.assert(
      fc.property(anyStreets(), anyPoints, fc.array(anyPoints, { maxLength: 3 }), fc.constantFrom('walk', 'drive'), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 900 }), (streets, from, to, mode, k, limit, nearestLimit) => {
        const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { leastVertices: 0 }));
        const origins = linkPoints(travel, lonLatOf(from));
        const engine = { graph: travel.graph, hierarchy: buildHierarchy(travel.graph, { bound: 900 }) };
        const facilities = to.map((points) => linkPoints(travel, lonLatOf(points)));
        checkProfile(engine, { origins, opportunities: origins, weights: [new Int32Array(from.length).fill(1)], limits: [limit], travel, facilities, k, nearestLimit });
      }),
      { numRuns: 80 },
    );
  });

  it('makes room for as many facilities as a cell has near it, and keeps of those at one node only what can count', () => {
    const engine = gridGraph(20, 0, 6);
    const random = new Random(7);
    const all = linkAllNodes(400);
    const everywhere = linkNodes(Array.from({ length: 20_000 }, () => random.integer(0, 399)));
    const atOne = linkNodes(new Uint32Array(100_000).fill(77));
    checkProfile(engine, { origins: all, opportunities: all, weights: [new Int32Array(400).fill(1)], limits: [500], facilities: [everywhere, atOne], k: 4, nearestLimit: 500 });
  });

  it('comes in blocks of bounded size, says how far it is and stops when asked', () => {
    const engine = gridGraph(32, 0.1, 8);
    const all = linkAllNodes(1024);
    const facilities = Array.from({ length: 20 }, (_, c) => linkNodes([c * 50]));
    const query: ProfileQuery = { origins: all, opportunities: all, weights: [new Int32Array(1024).fill(1)], limits: [500], facilities, k: 200, nearestLimit: 500 };
    const reports: number[] = [];
    const blocks = [...buildReachProfile(engine, query, { report: ({ done }) => reports.push(done) })];
    expect(blocks.length).toBeGreaterThan(1);
    expect(reports).toEqual(blocks.map((_, i) => blocks.slice(0, i + 1).reduce((sum, { origins }) => sum + origins.length, 0)));
    expect(compare(assemble(query, blocks), askInTwo(engine, query))).toBeUndefined();
    expect(() => [...buildReachProfile(engine, query, { signal: AbortSignal.abort() })]).toThrow(/cancelled/);
    expect(() => [...buildProfilePlainly(engine, query, { signal: AbortSignal.abort() })]).toThrow(/cancelled/);
  });

  it('refuses what cannot be asked', () => {
    const engine = gridGraph(4, 0, 9);
    const all = linkAllNodes(16);
    const ask = (change: Partial<ProfileQuery>): ProfileBlock[] => [...buildReachProfile(engine, { origins: all, opportunities: all, weights: [], facilities: [linkNodes([1])], k: 1, nearestLimit: 100, ...change })];
    expect(ask({})).toHaveLength(1);
    expect(() => ask({ k: 0 })).toThrow(RangeError);
    expect(() => ask({ nearestLimit: Number.NaN })).toThrow(RangeError);
    expect(() => ask({ nearestLimit: 1001 })).toThrow(/1001/);
    expect(() => ask({ facilities: [linkNodes([16])] })).toThrow(/node 16/);
    expect(ask({ origins: linkNodes([]) })).toEqual([]);
  });
});
