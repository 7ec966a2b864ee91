import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoints, anyStreets, gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { Random } from '../../../core/random.ts';
import { buildCostMatrix } from '../search/cost-matrix.ts';
import { buildHierarchy } from '../hierarchy/hierarchy.ts';
import { linkPoints } from '../travel/link-points.ts';
import { collectNearest, findNearest, openNearest } from './nearest-k.ts';
import type { NearestMethod, NearestQuestion } from './nearest-k.ts';
import { hasNearestKernel, nearestMemoryBytes } from './nearest-kernel.ts';
import { linkAllNodes, linkNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { buildSearchGraph, UNREACHED } from '../search/search-graph.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';

if (!hasNearestKernel()) throw new Error('this host has no WebAssembly SIMD: the kernel cannot be tested');

type Pair = [node: number, cost: number];

/** Points with any pairs; leaving and reaching alike. */
function pointsAt(points: readonly (readonly Pair[])[]): PointLinks {
  const first = new Uint32Array(points.length + 1);
  points.forEach((pairs, p) => (first[p + 1] = first[p] + pairs.length));
  const node = Uint32Array.from(points.flatMap((pairs) => pairs.map((pair) => pair[0])));
  const cost = Uint32Array.from(points.flatMap((pairs) => pairs.map((pair) => pair[1])));
  const none = new Uint32Array(points.length);
  return { count: points.length, edge: new Int32Array(points.length).fill(-1), alongMm: none, offMm: none, offCost: none, firstOut: first, outNode: node, outCost: cost, firstIn: first, inNode: node, inCost: cost };
}

/** The nearest of each category for each origin: all costs between nodes (Floyd–Warshall), every pair, sorted. */
function nearestPlainly({ nodeCount, firstOut, head, cost }: SearchGraph, { facilities, k, limit, origins = linkAllNodes(nodeCount) }: NearestQuestion): { cost: number[]; facility: number[] } {
  const d = Array.from({ length: nodeCount }, (_, a) => Array.from({ length: nodeCount }, (_, b) => (a === b ? 0 : Infinity)));
  for (let v = 0; v < nodeCount; v++) for (let arc = firstOut[v]; arc < firstOut[v + 1]; arc++) d[v][head[arc]] = cost[arc];
  for (let m = 0; m < nodeCount; m++) for (const row of d) for (let b = 0; b < nodeCount; b++) row[b] = Math.min(row[b], row[m] + d[m][b]);
  const all: [number, number][] = [];
  for (const links of facilities) {
    for (let o = 0; o < origins.count; o++) {
      const reached: [number, number][] = [];
      for (let f = 0; f < links.count; f++) {
        let least = Infinity;
        for (let i = origins.firstOut[o]; i < origins.firstOut[o + 1]; i++) {
          for (let j = links.firstIn[f]; j < links.firstIn[f + 1]; j++) least = Math.min(least, origins.outCost[i] + d[origins.outNode[i]][links.inNode[j]] + links.inCost[j]);
        }
        if (least <= limit) reached.push([least, f]);
      }
      reached.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (let j = 0; j < k; j++) all.push(reached[j] ?? [UNREACHED, -1]);
    }
  }
  return { cost: all.map((entry) => entry[0]), facility: all.map((entry) => entry[1]) };
}

const asLists = ({ cost, facility }: { cost: Uint32Array; facility: Int32Array | undefined }): { cost: number[]; facility: number[] } => ({ cost: [...cost], facility: [...(facility ?? [])] });

interface City {
  readonly nodeCount: number;
  readonly symmetric: boolean;
  readonly arcs: [number, number, number][];
  readonly categories: Pair[][][];
  readonly origins: Pair[][];
}

const cities: fc.Arbitrary<City> = fc.integer({ min: 1, max: 20 }).chain((nodeCount) => {
  const node = fc.integer({ min: 0, max: nodeCount - 1 });
  const cost = fc.integer({ min: 0, max: 9 });
  const points = (most: number): fc.Arbitrary<Pair[][]> => fc.array(fc.array(fc.tuple(node, cost), { maxLength: 3 }), { maxLength: most });
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    symmetric: fc.boolean(),
    arcs: fc.array(fc.tuple(node, node, cost), { maxLength: 60 }),
    categories: fc.array(points(8), { maxLength: 6 }),
    origins: points(8),
  });
});

function graphOf({ nodeCount, symmetric, arcs }: City): SearchGraph {
  const all = symmetric ? [...arcs, ...arcs.map(([a, b, cost]): [number, number, number] => [b, a, cost])] : arcs;
  return buildSearchGraph(nodeCount, { from: all.map((arc) => arc[0]), to: all.map((arc) => arc[1]), cost: all.map((arc) => arc[2]) }).graph;
}

const METHODS: readonly (NearestMethod | undefined)[] = ['sweep', 'facilities', 'origins', undefined];

describe('nearest facilities', () => {
  it('are those of the plain twin, whatever the method, the kernel or the core', () => {
    fc.assert(
      fc.property(cities, fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 17, max: 30 })), fc.integer({ min: 0, max: 40 }), fc.boolean(), fc.constantFrom(1, 3, 200), (city, k, limit, linked, maxDegree) => {
        const graph = graphOf(city);
        const question = { facilities: city.categories.map(pointsAt), k, limit, ...(linked ? { origins: pointsAt(city.origins) } : {}) };
        const expected = nearestPlainly(graph, question);
        const hierarchy = buildHierarchy(graph, { bound: limit, maxDegree });
        for (const plain of [false, true]) {
          const engine = openNearest(graph, hierarchy, plain);
          for (const method of METHODS) {
            expect(asLists(collectNearest(engine, question, {}, method))).toEqual(expected);
            expect([...collectNearest(engine, { ...question, ids: false }, {}, method).cost]).toEqual(expected.cost);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('in long lists are those of sweeps, whatever the method, and in blocks of bounded size', () => {
    const random = new Random(9);
    const nodeCount = 600;
    const from = Array.from({ length: 1500 }, () => random.integer(0, nodeCount - 1));
    const graph = buildSearchGraph(nodeCount, { from, to: from.map((v) => Math.min(nodeCount - 1, v + random.integer(0, 30))), cost: from.map(() => random.integer(0, 90)) }).graph;
    const engine = openNearest(graph, buildHierarchy(graph, { bound: 250 }));
    const many = (count: number): PointLinks => pointsAt(Array.from({ length: count }, () => Array.from({ length: random.integer(0, 2) }, (): Pair => [random.integer(0, nodeCount - 1), random.integer(0, 50)])));
    const facilities = [many(600), many(40), many(0), many(200)];
    for (const k of [17, 40, 150]) {
      const question: NearestQuestion = { facilities, k, limit: 250 };
      const expected = asLists(collectNearest(engine, question, {}, 'facilities'));
      expect(expected.facility.filter((f) => f >= 0).length).toBeGreaterThan(10 * nodeCount);
      expect(asLists(collectNearest(engine, question, {}, 'origins'))).toEqual(expected);
      expect(asLists(collectNearest(engine, question, {}, 'sweep'))).toEqual(expected);
      for (const { cost } of findNearest(engine, question, {}, 'origins')) expect(cost.byteLength).toBeLessThanOrEqual(2 ** 23);
    }
  });

  it('take as many categories at once as the kernel has lanes', () => {
    const random = new Random(5);
    const nodeCount = 120;
    const from = Array.from({ length: 360 }, () => random.integer(0, nodeCount - 1));
    const graph = buildSearchGraph(nodeCount, { from, to: from.map(() => random.integer(0, nodeCount - 1)), cost: from.map(() => random.integer(0, 50)) }).graph;
    const facilities = Array.from({ length: 33 }, () => linkNodes(Array.from({ length: random.integer(0, 30) }, () => random.integer(0, nodeCount - 1))));
    const engine = openNearest(graph, buildHierarchy(graph, { bound: 120 }));
    for (const k of [1, 2, 5, 9]) {
      const question = { facilities, k, limit: 120 };
      const expected = nearestPlainly(graph, question);
      expect(asLists(collectNearest(engine, question, {}, 'sweep'))).toEqual(expected);
      expect([...collectNearest(engine, { ...question, ids: false }, {}, 'sweep').cost]).toEqual(expected.cost);
    }
  });

  it('do not depend on how nodes are numbered, and are only cut by a lower limit', () => {
    fc.assert(
      fc.property(cities, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 30 }), fc.integer(), (city, k, limit, seed) => {
        const random = new Random(seed);
        const place = Array.from({ length: city.nodeCount }, (_, v) => v);
        for (let i = place.length - 1; i > 0; i--) {
          const j = random.integer(0, i);
          [place[i], place[j]] = [place[j], place[i]];
        }
        const moved = { ...city, arcs: city.arcs.map(([a, b, cost]): [number, number, number] => [place[a], place[b], cost]) };
        const move = (points: Pair[][]): PointLinks => pointsAt(points.map((pairs) => pairs.map(([node, cost]): Pair => [place[node], cost])));
        const answer = (given: City, at: (points: Pair[][]) => PointLinks, most: number): { cost: number[]; facility: number[] } => {
          const graph = graphOf(given);
          const question = { facilities: given.categories.map(at), origins: at(given.origins), k, limit: most };
          return asLists(collectNearest(openNearest(graph, buildHierarchy(graph, { bound: most })), question, {}, 'sweep'));
        };
        const whole = answer(city, pointsAt, limit);
        expect(answer(moved, move, limit)).toEqual(whole);
        const lower = answer(city, pointsAt, limit >> 1);
        expect(lower.cost).toEqual(whole.cost.map((cost) => (cost <= limit >> 1 ? cost : UNREACHED)));
        expect(lower.facility).toEqual(whole.facility.map((facility, i) => (whole.cost[i] <= limit >> 1 ? facility : -1)));
      }),
      { numRuns: 80 },
    );
  });

  it.each(['walk', 'drive'] as const)('count ways along the chain that origin and facility lie on: %s', (mode) => {
    fc.assert(
      fc.property(anyStreets(), anyPoints, anyPoints, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 900 }), (streets, from, to, k, limit) => {
        const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { leastVertices: 0 }));
        const origins = linkPoints(travel, lonLatOf(from));
        const facilities = linkPoints(travel, lonLatOf(to));
        const rows: [number, number][][] = Array.from({ length: origins.count }, () => []);
        for (const { count, origin, destination, cost } of buildCostMatrix(travel, origins, facilities, limit)) for (let i = 0; i < count; i++) rows[origin[i]].push([cost[i], destination[i]]);
        const expected = rows.flatMap((row) => {
          row.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
          return Array.from({ length: k }, (_, j) => row[j] ?? [UNREACHED, -1]);
        });
        const engine = openNearest(travel.graph, buildHierarchy(travel.graph, { bound: limit }));
        for (const method of METHODS) {
          const { cost, facility } = asLists(collectNearest(engine, { facilities: [facilities], origins, k, limit, travel }, {}, method));
          expect(cost.map((value, i) => [value, facility[i]])).toEqual(expected);
          const costs = collectNearest(engine, { facilities: [facilities], origins, k, limit, travel, ids: false }, {}, method);
          expect([...costs.cost]).toEqual(cost);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are found on a street of thousands of doors without multiplying origins and facilities', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(2, 2, 1000)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const doors = lonLatOf(Array.from({ length: 20_000 }, (_, i) => [i / 20, 0.5] as const));
    const links = linkPoints(travel, doors);
    const engine = openNearest(travel.graph, buildHierarchy(travel.graph, { bound: 5000 }));
    const { facility } = collectNearest(engine, { facilities: [links], origins: links, k: 3, limit: 5000, travel });
    for (let door = 1000; door < 19_000; door += 997) expect([...(facility ?? [])].slice(3 * door, 3 * door + 3).sort((a, b) => a - b)).toEqual([door - 1, door, door + 1]);
  });

  it('are found among very many at one place, at a node or beside a street', () => {
    const many = 100_000;
    const graph = buildSearchGraph(3, { from: [0, 1], to: [1, 0], cost: [7, 7] }).graph;
    const engine = openNearest(graph, buildHierarchy(graph, { bound: 100 }));
    for (const method of ['sweep', 'facilities'] as const) {
      const { cost, facility } = asLists(collectNearest(engine, { facilities: [linkNodes(new Uint32Array(many).fill(1))], k: 2, limit: 100 }, {}, method));
      expect(cost).toEqual([7, 7, 0, 0, UNREACHED, UNREACHED]);
      expect(facility).toEqual([0, 1, 0, 1, -1, -1]);
    }
    const travel = buildTravelGraph(makeNetwork(gridStreets(3, 3, 100)), profileOf('walk', { leastVertices: 0 }));
    const spot = linkPoints(travel, lonLatOf(Array.from({ length: many }, () => [30, 0] as const)));
    const streets = openNearest(travel.graph, buildHierarchy(travel.graph, { bound: 600 }));
    expect(asLists(collectNearest(streets, { facilities: [spot], origins: linkPoints(travel, lonLatOf([[30, 0]])), k: 3, limit: 600, travel }))).toEqual({ cost: [0, 0, 0], facility: [0, 1, 2] });
  });

  it('beyond the bound of the hierarchy are found by searches, and so are those without a hierarchy', () => {
    const graph = buildSearchGraph(4, { from: [0, 1, 2], to: [1, 2, 3], cost: [10, 10, 10] }).graph;
    const question = { facilities: [linkNodes([3]), linkNodes([2, 3])], k: 2, limit: 1e12 };
    const expected = { cost: [30, UNREACHED, 20, UNREACHED, 10, UNREACHED, 0, UNREACHED, 20, 30, 10, 20, 0, 10, 0, UNREACHED], facility: [0, -1, 0, -1, 0, -1, 0, -1, 0, 1, 0, 1, 0, 1, 1, -1] };
    expect(asLists(collectNearest(openNearest(graph, buildHierarchy(graph, { bound: 5 })), question))).toEqual(expected);
    expect(asLists(collectNearest(openNearest(graph), question))).toEqual(expected);
    expect(() => collectNearest(openNearest(graph, buildHierarchy(graph, { bound: 5 })), question, {}, 'sweep')).toThrow(RangeError);
    const far = buildSearchGraph(3, { from: [0, 1], to: [1, 2], cost: [UNREACHED - 2, UNREACHED - 2] }).graph;
    expect([...collectNearest(openNearest(far, buildHierarchy(far, { bound: Infinity })), { facilities: [linkNodes([1]), linkNodes([2])], k: 1, limit: Infinity }, {}, 'sweep').cost]).toEqual([UNREACHED - 2, 0, UNREACHED, UNREACHED, UNREACHED - 2, 0]);
  });

  it('take any limit that is a number and refuse what cannot be asked', () => {
    const graph = buildSearchGraph(2, { from: [0], to: [1], cost: [4] }).graph;
    const engine = openNearest(graph, buildHierarchy(graph, { bound: 10 }));
    const ask = (change: Partial<NearestQuestion>): number[] => [...collectNearest(engine, { facilities: [linkNodes([1])], k: 1, limit: 4, ...change }).cost];
    expect(ask({})).toEqual([4, 0]);
    expect(ask({ limit: 4.9 })).toEqual([4, 0]);
    expect(ask({ limit: 3.9 })).toEqual([UNREACHED, 0]);
    expect(ask({ limit: 0 })).toEqual([UNREACHED, 0]);
    expect(ask({ limit: -1 })).toEqual([UNREACHED, UNREACHED]);
    expect(ask({ facilities: [] })).toEqual([]);
    expect(ask({ facilities: [linkNodes([])] })).toEqual([UNREACHED, UNREACHED]);
    expect(() => ask({ limit: Number.NaN })).toThrow(RangeError);
    expect(() => ask({ k: 0 })).toThrow(RangeError);
    expect(() => ask({ k: 1.5 })).toThrow(RangeError);
    expect(() => ask({ facilities: [linkNodes([2])] })).toThrow(/node 2/);
    expect(() => ask({ origins: linkNodes([9]) })).toThrow(/node 9/);
    expect(() => openNearest(buildSearchGraph(3, { from: [], to: [], cost: [] }).graph, buildHierarchy(graph, { bound: 1 }))).toThrow(RangeError);
    const empty = buildSearchGraph(0, { from: [], to: [], cost: [] }).graph;
    expect([...collectNearest(openNearest(empty, buildHierarchy(empty, { bound: 1 })), { facilities: [linkNodes([])], k: 1, limit: 1 }, {}, 'sweep').cost]).toEqual([]);
  });

  it('report progress and stop when asked', () => {
    const graph = buildSearchGraph(2, { from: [0], to: [1], cost: [4] }).graph;
    const engine = openNearest(graph, buildHierarchy(graph, { bound: 10 }));
    const question = { facilities: [linkNodes([1]), linkNodes([0])], k: 2, limit: 9 };
    const reports: number[] = [];
    expect([...findNearest(engine, question, { report: ({ done }) => reports.push(done) })]).toHaveLength(2);
    // within a sweep and after each block
    expect(reports.length).toBeGreaterThan(2);
    expect(reports).toEqual([...reports].sort((a, b) => a - b));
    expect(reports[reports.length - 1]).toBe(4);
    for (const method of METHODS) expect(() => collectNearest(engine, { ...question, origins: linkNodes([0]) }, { signal: AbortSignal.abort() }, method)).toThrow(/cancelled/);
  });

  it('need no more memory than their formula says', () => {
    const random = new Random(8);
    const nodeCount = 3000;
    const from = Array.from({ length: 9000 }, () => random.integer(0, nodeCount - 1));
    const to = from.map((v) => (v + random.integer(1, 30)) % nodeCount);
    const graph = buildSearchGraph(nodeCount, { from, to, cost: from.map(() => random.integer(1, 50)) }).graph;
    const hierarchy = buildHierarchy(graph, { bound: 100 });
    for (const k of [1, 5]) {
      const engine = openNearest(graph, hierarchy);
      collectNearest(engine, { facilities: Array.from({ length: 20 }, (_, c) => linkNodes([c])), k, limit: 100 }, {}, 'sweep');
      const used = engine.sweep?.tables.nodeOfRow.buffer.byteLength ?? 0;
      expect(used).toBeLessThanOrEqual(nearestMemoryBytes({ nodes: nodeCount, upArcs: hierarchy.upNode.length, symmetric: false, k, threads: 1 }) + 65536);
    }
  });
});
