import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoints, anyStreets, gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { buildCostMatrix } from './cost-matrix.ts';
import { edgeCosting } from '../travel/edge-cost.ts';
import { linkPoints } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { linkNodes } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { StreetSearch } from './reached-streets.ts';
import type { StreetPieces } from './reached-streets.ts';
import { UNREACHED } from './search-graph.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** In millimetres on foot, cost of the place `mm` along an edge: Floyd–Warshall over vertices, then both ends and origins on the edge itself. */
function plainCostAt({ network, meta, edge }: TravelGraph, links: PointLinks): (e: number, mm: number) => number {
  const { from, to, lengthMm } = network.edge;
  const costing = edgeCosting(network, meta.profile);
  const n = network.vertex.id.length;
  const isOpen = (half: number): boolean => edge.chain[half >> 1] >= 0 && costing.cost(half) < UNREACHED;
  const tail = (half: number): number => (half & 1 ? to : from)[half >> 1];
  const d = Array.from({ length: n }, (_, a) => Array.from({ length: n }, (_, b) => (a === b ? 0 : Infinity)));
  for (let half = 0; half < 2 * from.length; half++) if (isOpen(half)) d[tail(half)][tail(half ^ 1)] = Math.min(d[tail(half)][tail(half ^ 1)], lengthMm[half >> 1]);
  for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) d[i][j] = Math.min(d[i][j], d[i][k] + d[k][j]);
  const passed = (half: number, mm: number): number => (half & 1 ? lengthMm[half >> 1] - mm : mm);
  return (e, mm) => {
    let least = Infinity;
    for (let p = 0; p < links.count; p++) {
      const own = links.edge[p];
      if (own < 0) continue;
      for (const into of [2 * e, 2 * e + 1].filter(isOpen)) {
        for (const out of [2 * own, 2 * own + 1].filter(isOpen)) least = Math.min(least, links.offMm[p] + lengthMm[own] - passed(out, links.alongMm[p]) + d[tail(out ^ 1)][tail(into)] + passed(into, mm));
        if (own === e && passed(into, mm) >= passed(into, links.alongMm[p])) least = Math.min(least, links.offMm[p] + passed(into, mm) - passed(into, links.alongMm[p]));
      }
    }
    return least;
  };
}

/** Costs of all pieces that hold a place strictly inside, or `near` enough to their ends. */
function costsAt(pieces: StreetPieces, e: number, mm: number, near = 0): [cost: number, band: number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < pieces.count; i++) {
    const from = pieces.fromMm[i], to = pieces.toMm[i];
    if (pieces.edge[i] === e && from - near < mm && mm < to + near) found.push([pieces.fromCost[i] + ((mm - from) / (to - from)) * (pieces.toCost[i] - pieces.fromCost[i]), pieces.band[i]]);
  }
  return found;
}

describe('reached streets', () => {
  it('hold every place of cost within a limit once, with its cost and least limit, and no other place', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, fc.integer({ min: 1, max: 500 }), fc.boolean(), (streets, at, limit, contract) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf('walk', { unit: 'mm', leastVertices: 0 }), { contract });
      const links = linkPoints(travel, lonLatOf(at));
      const limits = [limit * 500, limit * 1000, limit * 1500];
      const pieces = new StreetSearch(travel).run(links, Array.from(at.keys()), limits);
      const costAt = plainCostAt(travel, links);
      travel.network.edge.lengthMm.forEach((length, e) => {
        for (let k = 0; k < 7; k++) {
          // nothing happens at such places: cuts lie at whole or half millimetres
          const mm = (length * (k + 0.5137)) / 7;
          const expected = costAt(e, mm);
          const found = costsAt(pieces, e, mm);
          const band = limits.findIndex((most) => expected <= most);
          if (limits.some((most) => Math.abs(expected - most) < 1) || length === 0) continue;
          expect(found.length).toBe(band < 0 ? 0 : 1);
          if (band < 0) continue;
          expect(found[0][0]).toBeCloseTo(expected, 3);
          expect(found[0][1]).toBe(band);
        }
      });
    }), { numRuns: 200 });
  });

  it('cost at any place what a point there costs: by every mode, with turns forbidden, streets for residents, loops driven again', () => {
    const anyMode = fc.record({ mode: fc.constantFrom('walk' as const, 'bike' as const, 'drive' as const), local: fc.constantFrom('closed' as const, 'ends' as const), contract: fc.boolean() });
    fc.assert(fc.property(anyStreets(), anyPoints, anyPoints, anyMode, (streets, from, to, { mode, local, contract }) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { unit: 'mm', local, leastVertices: 0 }), { contract });
      const origins = linkPoints(travel, lonLatOf(from));
      const points = linkPoints(travel, lonLatOf(to));
      const pieces = new StreetSearch(travel).run(origins, Array.from(from.keys()), [400_000, 900_000]);
      const expected = Array.from(to, () => Infinity);
      for (const { count, destination, cost } of buildCostMatrix(travel, origins, points, 1e8)) {
        for (let i = 0; i < count; i++) expected[destination[i]] = Math.min(expected[destination[i]], cost[i] - points.offCost[destination[i]]);
      }
      expected.forEach((cost, q) => {
        const e = points.edge[q];
        // an origin's own place may be all that is reached of a street, and one place is no piece
        const isOrigin = from.some((_, p) => origins.edge[p] === e && origins.alongMm[p] === points.alongMm[q]);
        if (e < 0 || travel.network.edge.lengthMm[e] === 0 || isOrigin) return;
        const least = Math.min(Infinity, ...costsAt(pieces, e, points.alongMm[q], 1e-6).map(([found]) => found));
        if (cost > 900_000) expect(least).toBeGreaterThan(899_999);
        else expect(least).toBeCloseTo(cost, 3);
      });
    }), { numRuns: 400 });
  });

  it('leave no trace of the search before', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(6, 6, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const links = linkPoints(travel, lonLatOf([[130, 5], [420, 300]]));
    const search = new StreetSearch(travel);
    search.run(links, [1], [900_000]);
    expect(search.run(links, [0], [100_000, 300_000])).toEqual(new StreetSearch(travel).run(links, [0], [100_000, 300_000]));
  });

  it('of a grid are as long as reasoning says', () => {
    // from the middle junction of a grid of 100 m blocks within 150 m: four arms of 100 m and 12 stubs of 50 m
    const travel = buildTravelGraph(makeNetwork(gridStreets(7, 7, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const middle = travel.node.vertex.indexOf(24);
    const pieces = new StreetSearch(travel).run(linkNodes([middle]), [0], [100_000, 150_000]);
    const length = (band: number): number => pieces.band.reduce((sum, own, i) => sum + (own === band ? pieces.toMm[i] - pieces.fromMm[i] : 0), 0);
    expect([length(0), length(1)].map((mm) => Math.round(mm / 10))).toEqual([40_000, 60_000]);
  });

  it('are none within a limit below 0, without limits or from nowhere; limits must ascend', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(3, 3, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const search = new StreetSearch(travel);
    const links = linkPoints(travel, lonLatOf([[50, 0], [99_000, 0]]));
    expect(search.run(links, [0], [-1]).count).toBe(0);
    expect(search.run(links, [0], []).count).toBe(0);
    expect(search.run(links, [1], [1000]).count).toBe(0);
    expect(search.run(links, [0], [0]).count).toBe(0);
    expect(search.run(links, [0], [Infinity]).count).toBeGreaterThan(12);
    expect(() => search.run(links, [0], [5, 5])).toThrow(RangeError);
  });
});
