import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRoad, buildRoad } from '../../../../test/engine/one-road.ts';
import { StreetPlan, placeAt } from '../../../../test/engine/street-plan.ts';
import { directCost, linkPoints } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import { listDirectWays } from './nearest-direct.ts';

/** The k least of all pairs, equals by number. */
function nearestPlainly(travel: TravelGraph, links: PointLinks, p: number, among: readonly number[], k: number, limit: number, arriving: boolean): [cost: number, listed: number][] {
  const all = among.map((q): [number, number] => [arriving ? directCost(travel, links, p, links, q) : directCost(travel, links, q, links, p), q]);
  return all.filter(([cost]) => cost <= limit).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, k);
}

describe('the nearest points along a chain', () => {
  it('are the least of what directCost finds for every pair, of all points or some, both ways', () => {
    const anyMode = fc.constantFrom('walk' as const, 'bike' as const, 'drive' as const);
    fc.assert(
      fc.property(anyRoad(10, 40), anyMode, fc.boolean(), fc.integer({ min: 1, max: 4 }), fc.oneof(fc.nat(30), fc.nat(400), fc.constant(UNREACHED - 1)), fc.boolean(), fc.integer({ min: 1, max: 5 }), (road, mode, local, k, limit, arriving, step) => {
        const travel = buildTravelGraph(buildRoad(road), profileOf(mode, { leastVertices: 0, local: local ? 'ends' : 'closed' }));
        // every place twice: those at one spot are not to push others out
        const links = linkPoints(travel, Float64Array.from([...road.points, ...road.points].flatMap(([x, y]) => placeAt(x, y))));
        const among = Array.from({ length: links.count }, (_, p) => p).filter((p) => p % step === 0);
        const direct = listDirectWays(travel, links, k, { arriving, ...(step > 1 && { among }) });
        for (let p = 0; p < links.count; p++) {
          const cost = new Uint32Array(k).fill(UNREACHED);
          const listed = new Int32Array(k).fill(-1);
          direct.enter(links, p, limit, cost, listed, 0);
          const expected = nearestPlainly(travel, links, p, among, k, limit, arriving);
          expect([...listed].map((q, i) => [cost[i], q]).filter(([, q]) => q >= 0)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are found among hundreds of thousands at two spots of one street without going over them', () => {
    const plan = new StreetPlan();
    plan.edge(plan.vertex(0, 0), plan.vertex(100, 0));
    const travel = buildTravelGraph(plan.build(), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const count = 300_000;
    const links = linkPoints(travel, Float64Array.from({ length: 2 * count }, (_, i) => placeAt((i >> 1) % 3 === 0 ? 10 : 60, 0)[i & 1]));
    const direct = listDirectWays(travel, links, 1);
    const cost = new Uint32Array(count).fill(UNREACHED);
    const listed = new Int32Array(count).fill(-1);
    for (let p = 0; p < count; p++) direct.enter(links, p, 1e6, cost, listed, p);
    expect(cost.every((value) => value === 0)).toBe(true);
    expect(listed.every((q, p) => q === (p % 3 === 0 ? 0 : 1))).toBe(true);
  });
});
