/** Reach sums of points beside streets against the costs of each pair of them, ways along a chain included. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { buildHierarchy } from '../../src/engine/graph/hierarchy/hierarchy.ts';
import { eachWay } from '../../src/engine/graph/travel/chain-ways.ts';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { planReach } from '../../src/engine/graph/reach/reach-plan.ts';
import { sumPlainly, sumReachable } from '../../src/engine/graph/reach/reach-sums.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { anyStreets, gridStreets, lonLatOf, makeNetwork } from '../make-streets.ts';
import { costTable } from './plain-costs.ts';

const manyPoints = fc.array(fc.tuple(fc.integer({ min: -50, max: 450 }), fc.integer({ min: -50, max: 450 })), { minLength: 1, maxLength: 40 });

describe('reach sums of points beside streets', () => {
  it('are those of all pairs within the limit, on foot and driving', () => {
    let direct = 0;
    fc.assert(
      fc.property(anyStreets(), manyPoints, fc.constantFrom('walk', 'drive'), fc.integer({ min: 0, max: 600 }), fc.integer(), (streets, points, mode, limit, seed) => {
        const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { leastVertices: 0 }));
        const links = linkPoints(travel, lonLatOf(points));
        const random = new Random(seed);
        const whole = Int32Array.from(points, () => random.integer(0, 9));
        const fractions = Float64Array.from(points, () => random.next());
        const decay = Float64Array.from({ length: limit + 1 }, (_, cost) => 1 / (1 + cost));
        const engine = { graph: travel.graph, hierarchy: buildHierarchy(travel.graph, { bound: limit }) };
        const query = { origins: links, opportunities: links, weights: [whole, fractions], limits: [limit, limit >> 1], decays: [decay], travel };
        const { sums } = sumReachable(engine, query);
        const plan = planReach(engine, query);
        const ways = plan.direct;
        ways?.windowOf.forEach((window) => {
          if (window > 0) eachWay(ways, ways, window - 1, limit, () => direct++);
        });
        expect(sums).toEqual(sumPlainly(travel.graph, plan).sums);
        costTable(travel, links).forEach((row, o) => {
          [whole, fractions].forEach((weights, v) => {
            [limit, limit >> 1].forEach((most, m) => expect(sums[v][m][o]).toBeCloseTo(row.reduce((sum, cost, p) => sum + (cost <= most ? weights[p] : 0), 0), 9));
            expect(sums[v][2][o]).toBeCloseTo(row.reduce((sum, cost, p) => sum + (cost <= limit ? weights[p] * decay[cost] : 0), 0), 9);
          });
        });
      }),
      { numRuns: 120 },
    );
    // on most of these streets some points share a chain
    expect(direct).toBeGreaterThan(100);
  });

  it('count 13 of 25 crossings, 100 m apart, within 200 m of the middle one', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(5, 5, 100)), profileOf('walk', { leastVertices: 0 }));
    const points = Array.from({ length: 25 }, (_, i) => [100 * (i % 5), 100 * Math.floor(i / 5)] as const);
    const links = linkPoints(travel, lonLatOf(points));
    const engine = { graph: travel.graph, hierarchy: buildHierarchy(travel.graph, { bound: 1000 }) };
    const weights = [new Int32Array(25).fill(1)];
    // at most two blocks away by streets: 1 + 4 + 8
    expect(sumReachable(engine, { origins: links, opportunities: links, weights, limits: [210], travel }).sums[0][0][12]).toBe(13);
  });
});
