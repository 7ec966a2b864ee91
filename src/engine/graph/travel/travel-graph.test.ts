import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL, StreetPlan, placeAt } from '../../../../test/engine/street-plan.ts';
import { searchStreets, costTable } from '../../../../test/engine/plain-costs.ts';
import { linkPoints } from './link-points.ts';
import type { Network } from '../network/network.ts';
import { PASS } from '../network/network.ts';
import type { TravelProfile } from './profile.ts';
import { profileOf } from './profile.ts';
import { UNREACHED } from '../search/search-graph.ts';
import { buildTravelGraph, openTravelGraph } from './travel-graph.ts';

const LOCAL = PASS.walkLocal | PASS.bikeLocal | PASS.driveLocal;
const BITS = [0, ALL, ALL, ALL, ALL, LOCAL, PASS.walk | PASS.pushBike];

/** A tangle: few places, so that loops, parallel edges, circles, dead ends and stray pieces all occur. */
interface Tangle {
  readonly places: readonly { x: number; y: number; delayS: number }[];
  readonly edges: readonly { a: number; b: number; forward: number; backward: number; lengthM: number; kmh: number; stress: number }[];
  /** Ways of a few edges, chosen step by step; the last element says whether it is the only one. */
  readonly walks: readonly { start: number; steps: readonly number[]; only: boolean }[];
  readonly points: readonly { x: number; y: number }[];
}

const coordinate = fc.integer({ min: 0, max: 600 });
const tangle: fc.Arbitrary<Tangle> = fc.integer({ min: 2, max: 9 }).chain((n) =>
  fc.record({
    places: fc.array(fc.record({ x: coordinate, y: coordinate, delayS: fc.constantFrom(0, 0, 0, 5, 12) }), { minLength: n, maxLength: n }),
    edges: fc.array(
      fc.record({
        a: fc.nat(n - 1), b: fc.nat(n - 1), forward: fc.constantFrom(...BITS), backward: fc.constantFrom(...BITS),
        lengthM: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400_000 }).map((mm) => mm / 1000)), kmh: fc.constantFrom(20, 36, 50), stress: fc.constantFrom(1, 2, 4),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    walks: fc.array(fc.record({ start: fc.nat(100), steps: fc.array(fc.nat(10), { minLength: 1, maxLength: 3 }), only: fc.boolean() }), { maxLength: 4 }),
    points: fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 2, maxLength: 5 }),
  }),
);

function draw({ places, edges, walks }: Tangle, number?: readonly number[]): Network {
  const plan = new StreetPlan();
  for (const { x, y, delayS } of places) plan.vertex(x, y, { delayS });
  for (const { a, b, ...rest } of edges) plan.edge(a, b, rest);
  const head = (half: number): number => ((half & 1) === 0 ? edges[half >>> 1].b : edges[half >>> 1].a);
  for (const { start, steps, only } of walks) {
    const halves = [start % (2 * edges.length)];
    for (const step of steps) {
      const next = Array.from({ length: 2 * edges.length }, (_, h) => h).filter((h) => head(h ^ 1) === head(halves[halves.length - 1]));
      halves.push(next[step % next.length]);
    }
    plan.turn(halves, { only });
  }
  return plan.build(number);
}

const pointsOf = ({ points }: Tangle): Float64Array => Float64Array.from(points.flatMap(({ x, y }) => placeAt(x, y)));

const PROFILES: readonly TravelProfile[] = [
  profileOf('walk', { leastVertices: 0 }),
  profileOf('walk', { leastVertices: 0, local: 'ends' }),
  profileOf('walk', { leastVertices: 0, unit: 'mm' }),
  profileOf('bike', { leastVertices: 0, maxStress: 2, local: 'ends' }),
  profileOf('drive', { leastVertices: 0 }),
  profileOf('drive', { leastVertices: 0, local: 'ends', speedKmh: 30, turnS: { left: 7, right: 3, straight: 1, uTurn: 20 } }),
];

describe('a travel graph', () => {
  it.each(PROFILES.map((profile, i) => [`${profile.mode} ${profile.unit} ${profile.local} ${i}`, profile] as const))('costs what the streets cost, contracted or not: %s', (_, profile) => {
    fc.assert(
      fc.property(tangle, (t) => {
        const network = draw(t);
        const contracted = buildTravelGraph(network, profile);
        const whole = buildTravelGraph(network, profile, { contract: false });
        const links = linkPoints(contracted, pointsOf(t));
        const table = costTable(contracted, links);
        expect(table).toEqual(costTable(whole, linkPoints(whole, pointsOf(t))));
        const byStreets = searchStreets(network, profile, links);
        expect(table).toEqual(table.map((__, p) => byStreets(p)));
      }),
      { numRuns: 80 },
    );
  });

  it('opens again from its bytes', () => {
    fc.assert(
      fc.property(tangle, fc.constantFrom(...PROFILES), (t, profile) => {
        const network = draw(t);
        const travel = buildTravelGraph(network, profile);
        expect(openTravelGraph(travel.bytes, network)).toEqual(travel);
        expect(buildTravelGraph(network, profile).bytes).toEqual(travel.bytes);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses bytes made from another network, cut short, or of another version', () => {
    const plan = (lengthM: number): StreetPlan => {
      const street = new StreetPlan();
      street.edge(street.vertex(0, 0), street.vertex(100, 0), { lengthM });
      street.edge(1, street.vertex(200, 0));
      return street;
    };
    const network = plan(100).build();
    const { bytes } = buildTravelGraph(network, profileOf('walk'));
    const other = { ...network, meta: { ...network.meta, key: 'other' } };
    expect(() => openTravelGraph(bytes, other)).toThrow('another network');
    expect(() => openTravelGraph(bytes.slice(0, -8), network)).toThrow(RangeError);
    const newer = bytes.slice();
    newer[4]++;
    expect(() => openTravelGraph(newer, network)).toThrow('version');
    expect(() => buildTravelGraph(network, profileOf('walk'), { signal: { aborted: true } as unknown as AbortSignal })).toThrow('core/cancelled');
  });

  it('is empty where nothing may be used, and where all pieces are too small', () => {
    const street = new StreetPlan();
    street.edge(street.vertex(0, 0), street.vertex(100, 0), { forward: 0, backward: 0 });
    expect(buildTravelGraph(street.build(), profileOf('walk', { leastVertices: 0 })).meta.counts).toMatchObject({ nodes: 0, arcs: 0, chains: 0, droppedVertices: 0 });
    street.edge(0, 1);
    expect(buildTravelGraph(street.build(), profileOf('walk')).meta.counts).toMatchObject({ nodes: 0, arcs: 0, chains: 0, droppedVertices: 2, droppedComponents: 1 });
    for (const mode of ['walk', 'bike', 'drive'] as const) expect(buildTravelGraph(new StreetPlan().build(), profileOf(mode)).meta.counts.nodes).toBe(0);
  });

  it('drops the same small pieces whether contracted or not', () => {
    fc.assert(
      fc.property(tangle, fc.constantFrom(...PROFILES), fc.integer({ min: 2, max: 6 }), (t, profile, leastVertices) => {
        const network = draw(t);
        const contracted = buildTravelGraph(network, { ...profile, leastVertices });
        const whole = buildTravelGraph(network, { ...profile, leastVertices }, { contract: false });
        expect(Array.from(contracted.edge.chain, (c) => c >= 0)).toEqual(Array.from(whole.edge.chain, (c) => c >= 0));
        expect(contracted.meta.counts.droppedVertices).toBe(whole.meta.counts.droppedVertices);
        expect(contracted.graph.nodeCount).toBeLessThanOrEqual(whole.graph.nodeCount);
        expect(costTable(contracted, linkPoints(contracted, pointsOf(t)))).toEqual(costTable(whole, linkPoints(whole, pointsOf(t))));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps every edge in one chain, its geometry found again through the edges', () => {
    fc.assert(
      fc.property(tangle, fc.constantFrom(...PROFILES), (t, profile) => {
        const network = draw(t);
        const { chain, edge, arc, graph, node } = buildTravelGraph(network, profile);
        const halfEnd = (half: number): number => ((half & 1) === 0 ? network.edge.to : network.edge.from)[half >>> 1];
        expect(Array.from(chain.edges, (half) => half >>> 1).toSorted((a, b) => a - b)).toEqual(Array.from(edge.chain.keys()).filter((e) => edge.chain[e] >= 0));
        for (let c = 0; c < chain.edgeEnds.length; c++) {
          const halves = Array.from(chain.edges.subarray(c === 0 ? 0 : chain.edgeEnds[c - 1], chain.edgeEnds[c]));
          halves.forEach((half, i) => {
            expect(edge.chain[half >>> 1]).toBe(2 * c + (half & 1));
            if (i > 0) expect(halfEnd(halves[i - 1])).toBe(halfEnd(half ^ 1));
          });
          expect(chain.lengthMm[c]).toBe(halves.reduce((sum, half) => sum + network.edge.lengthMm[half >>> 1], 0));
        }
        // an arc ends where its chain ends
        for (let v = 0; v < graph.nodeCount; v++) {
          for (let a = graph.firstOut[v]; a < graph.firstOut[v + 1]; a++) {
            const c = arc.chain[a] >>> 1;
            const last = (arc.chain[a] & 1) === 0 ? chain.edges[chain.edgeEnds[c] - 1] : chain.edges[c === 0 ? 0 : chain.edgeEnds[c - 1]] ^ 1;
            expect(node.vertex[graph.head[a]]).toBe(halfEnd(last));
            expect(graph.cost[a]).toBe(arc.delay[a] + ((arc.chain[a] & 1) === 0 ? chain.forward : chain.backward)[c]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on the numbering of vertices', () => {
    fc.assert(
      fc.property(tangle.chain((t) => fc.tuple(fc.constant(t), fc.shuffledSubarray(t.places.map((_, v) => v), { minLength: t.places.length }))), fc.constantFrom(...PROFILES), ([t, order], profile) => {
        const travel = buildTravelGraph(draw(t), profile);
        const shuffled = buildTravelGraph(draw(t, order), profile);
        expect(costTable(shuffled, linkPoints(shuffled, pointsOf(t)))).toEqual(costTable(travel, linkPoints(travel, pointsOf(t))));
      }),
      { numRuns: 100 },
    );
  });

  it('is symmetric on foot where all streets are, and then so are costs between points', () => {
    fc.assert(
      fc.property(tangle, (t) => {
        const both = { ...t, edges: t.edges.map((e) => ({ ...e, forward: ALL, backward: ALL })) };
        const travel = buildTravelGraph(draw(both), profileOf('walk', { leastVertices: 0 }));
        expect(travel.graph.symmetric).toBe(true);
        const table = costTable(travel, linkPoints(travel, pointsOf(t)));
        expect(table).toEqual(table.map((row, p) => row.map((_, q) => table[q][p])));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the triangle inequality: exactly in millimetres; in seconds but for what is rounded down at the middle point', () => {
    fc.assert(
      fc.property(tangle, fc.constantFrom('mm' as const, 's' as const), (t, unit) => {
        const travel = buildTravelGraph(draw(t), profileOf('walk', { leastVertices: 0, unit }));
        const links = linkPoints(travel, pointsOf(t));
        const table = costTable(travel, links);
        for (let a = 0; a < links.count; a++) {
          for (let b = 0; b < links.count; b++) {
            if (table[a][b] >= UNREACHED) continue;
            for (let c = 0; c < links.count; c++) if (table[b][c] < UNREACHED) expect(table[a][c]).toBeLessThanOrEqual(table[a][b] + table[b][c] + (unit === 's' ? 2 : 0));
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
