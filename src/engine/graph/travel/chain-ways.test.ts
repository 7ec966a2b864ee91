import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRoad, buildRoad } from '../../../../test/engine/one-road.ts';
import { StreetPlan, placeAt } from '../../../../test/engine/street-plan.ts';
import { anyPoints, anyStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { finishSteps } from '../../../core/steps.ts';
import { MAX_COST } from '../search/search-graph.ts';
import { PACE_NUMBERS, WINDOW, eachWay, findWindows, listOnChains } from './chain-ways.ts';
import { directCost, linkPoints } from './link-points.ts';
import type { PointLinks } from './point-links.ts';
import type { TravelProfile } from './profile.ts';
import { profileOf } from './profile.ts';
import type { TravelGraph } from './travel-graph.ts';
import { buildTravelGraph } from './travel-graph.ts';

type Way = [asker: number, listed: number, cost: number];

/** Every pair, one by one. */
function listPlainly(travel: TravelGraph, askers: PointLinks, listed: PointLinks, arriving: boolean, limit: number): Way[] {
  return Array.from({ length: askers.count * listed.count }, (_, i): Way => {
    const [p, q] = [Math.floor(i / listed.count), i % listed.count];
    return [p, q, arriving ? directCost(travel, askers, p, listed, q) : directCost(travel, listed, q, askers, p)];
  }).filter(([, , cost]) => cost <= limit);
}

const inOrder = (ways: Way[]): Way[] => ways.sort((a, b) => a[0] - b[0] || a[1] - b[1]);

function listByWindows(travel: TravelGraph, askers: PointLinks, listed: PointLinks, arriving: boolean, limit: number): Way[] {
  const points = finishSteps(listOnChains(travel, listed, arriving));
  const windows = finishSteps(findWindows(points, askers, Uint32Array.from({ length: askers.count }, (_, p) => p), limit));
  const ways: Way[] = [];
  windows?.windowOf.forEach((window, p) => {
    if (window > 0) eachWay(points.listed, windows, window - 1, limit, (q, cost) => ways.push([p, q, cost]));
  });
  return inOrder(ways);
}

function check(travel: TravelGraph, askers: PointLinks, listed: PointLinks, limit: number): number {
  for (const arriving of [true, false]) {
    const plain = listPlainly(travel, askers, listed, arriving, limit);
    expect(listByWindows(travel, askers, listed, arriving, limit)).toEqual(plain);
    if (arriving) continue;
    return plain.length;
  }
  return 0;
}

const anyProfile: fc.Arbitrary<TravelProfile> = fc
  .tuple(fc.constantFrom('walk' as const, 'bike' as const, 'drive' as const), fc.constantFrom('s' as const, 'mm' as const), fc.constantFrom('closed' as const, 'ends' as const), fc.boolean())
  .map(([mode, unit, local, slope]) => profileOf(mode, { unit: mode === 'drive' ? 's' : unit, local, slope: slope && mode !== 'drive', leastVertices: 0 }));

const anyLimit = fc.oneof(fc.nat(60), fc.nat(900), fc.nat(60_000), fc.constant(MAX_COST));

describe('ways along chains', () => {
  it('are all those that directCost finds, from and to the listed points', () => {
    fc.assert(
      fc.property(anyStreets(), anyPoints, anyPoints, anyProfile, anyLimit, (streets, from, to, profile, limit) => {
        const travel = buildTravelGraph(makeNetwork(streets), profile);
        check(travel, linkPoints(travel, lonLatOf(from)), linkPoints(travel, lonLatOf(to)), limit);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same for many points on one road with hills, gates, edges without length and one-way traffic, by both measures', () => {
    let ways = 0;
    fc.assert(
      fc.property(anyRoad(20, 40), anyProfile, anyLimit, (road, profile, limit) => {
        const travel = buildTravelGraph(buildRoad(road), profile);
        const points = linkPoints(travel, Float64Array.from(road.points.flatMap(([x, y]) => placeAt(x, y))));
        ways += check(travel, points, points, limit);
      }),
      { numRuns: 400 },
    );
    expect(ways).toBeGreaterThan(10_000);
  });

  it('take room for points, not for pairs, and look at those within the limit alone', () => {
    const plan = new StreetPlan();
    plan.edge(plan.vertex(0, 0), plan.vertex(2000, 0));
    const travel = buildTravelGraph(plan.build(), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const count = 20_000;
    const links = linkPoints(travel, Float64Array.from({ length: 2 * count }, (_, i) => placeAt((i >> 1) / 10, 0)[i & 1]));
    const points = finishSteps(listOnChains(travel, links, true));
    const order = Uint32Array.from({ length: count }, (_, p) => p);
    const bytesOf = (limit: number): number => Object.values(finishSteps(findWindows(points, links, order, limit)) ?? {}).reduce((sum, array: { byteLength: number }) => sum + array.byteLength, 0);
    expect(bytesOf(MAX_COST)).toBeLessThanOrEqual(60 * count + 8 * PACE_NUMBERS);
    const near = finishSteps(findWindows(points, links, order, 1000));
    const at = WINDOW.words * 10_000;
    // within a metre: ten points each way and the asker itself
    expect((near as NonNullable<typeof near>).bounds[at + WINDOW.ownTo] - (near as NonNullable<typeof near>).bounds[at + WINDOW.ownFrom]).toBe(21);
    expect(finishSteps(findWindows(points, links, order, -1))).toBeUndefined();
  });
});
