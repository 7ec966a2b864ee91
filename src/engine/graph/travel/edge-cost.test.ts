import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgePlan } from '../../../../test/engine/street-plan.ts';
import { ALL, StreetPlan } from '../../../../test/engine/street-plan.ts';
import { USE, edgeCosting, offNetworkCost } from './edge-cost.ts';
import type { Measure, Network } from '../network/network.ts';
import { PASS } from '../network/network.ts';
import type { TravelProfile } from './profile.ts';
import { checkProfile, profileOf } from './profile.ts';
import { UNREACHED } from '../search/search-graph.ts';

function oneEdge(plan: EdgePlan, { heightM = 0, delayS = 0, measure = 'geodesic' as Measure } = {}): Network {
  const street = new StreetPlan();
  street.edge(street.vertex(0, 0), street.vertex(100, 0, { heightM, delayS }), plan);
  return street.build(undefined, measure);
}

const costs = (network: Network, profile: TravelProfile): [number, number] => {
  const costing = edgeCosting(network, profile);
  return [costing.cost(0), costing.cost(1)];
};
const WALK = profileOf('walk');
const BIKE = profileOf('bike');
const DRIVE = profileOf('drive');

describe('the cost of an edge', () => {
  it('is its time rounded up to whole seconds, at least one', () => {
    for (const [lengthM, seconds] of [[100, 100], [100.001, 101], [99.999, 100], [0.001, 1], [0, 1]] as const) expect(costs(oneEdge({ lengthM }), WALK)).toEqual([seconds, seconds]);
    expect(costs(oneEdge({ lengthM: 100 }), { ...WALK, speedKmh: 4.8 })).toEqual([75, 75]);
    expect(costs(oneEdge({ lengthM: 1000 }), { ...BIKE, speedKmh: 12 })).toEqual([300, 300]);
    expect(costs(oneEdge({ lengthM: 1000, kmh: 50 }), DRIVE)).toEqual([72, 72]);
    expect(costs(oneEdge({ lengthM: 1000, kmh: 50 }), { ...DRIVE, speedKmh: 30 })).toEqual([120, 120]);
  });

  it('is its length where millimetres are asked for', () => {
    expect(costs(oneEdge({ lengthM: 12.345 }, { delayS: 60 }), { ...WALK, unit: 'mm' })).toEqual([12345, 12345]);
    expect(costs(oneEdge({ lengthM: 2_000_000 }), { ...WALK, unit: 'mm' })).toEqual([UNREACHED, UNREACHED]);
  });

  it('is none where the mode may not pass, each direction for itself', () => {
    expect(costs(oneEdge({ forward: PASS.walk | PASS.drive, backward: PASS.walk }), DRIVE)).toEqual([10, UNREACHED]);
    expect(costs(oneEdge({ kmh: 0 }), DRIVE)).toEqual([UNREACHED, UNREACHED]);
    expect(costs(oneEdge({ forward: PASS.walkLocal, backward: PASS.driveLocal }), WALK)).toEqual([UNREACHED, UNREACHED]);
    expect(costs(oneEdge({ forward: PASS.walkLocal, backward: PASS.driveLocal }), { ...WALK, local: 'ends' })).toEqual([100, UNREACHED]);
    expect(edgeCosting(oneEdge({ forward: PASS.walkLocal }), { ...WALK, local: 'ends' }).use(0)).toBe(USE.local);
  });

  it('is that of pushing where riders may not ride, or would not dare to', () => {
    const calm = { ...BIKE, speedKmh: 18, maxStress: 2 } as const;
    expect(costs(oneEdge({ stress: 2 }), calm)).toEqual([20, 20]);
    expect(costs(oneEdge({ stress: 3 }), calm)).toEqual([100, 100]);
    expect(costs(oneEdge({ stress: 3 }), { ...calm, maxStress: 3 })).toEqual([20, 20]);
    expect(costs(oneEdge({ stress: 3, forward: PASS.bike | PASS.drive, backward: PASS.walk }), calm)).toEqual([UNREACHED, 100]);
    // one-way for riders: pushed against it
    expect(costs(oneEdge({ stress: 1, backward: PASS.walk }), calm)).toEqual([20, 100]);
    expect(costs(oneEdge({ stress: 1, forward: ALL | PASS.pushBike, backward: PASS.pushBike }), calm)).toEqual([100, 100]);
    // nobody pushes faster than he rides
    expect(costs(oneEdge({ stress: 4 }), { ...calm, speedKmh: 1.8 })).toEqual([200, 200]);
  });

  it('has half of the delay of each of its ends, rounded up', () => {
    expect(costs(oneEdge({}, { delayS: 7 }), WALK)).toEqual([104, 104]);
    expect(costs(oneEdge({}, { delayS: 7 }), DRIVE)).toEqual([10, 10]);
    const costing = edgeCosting(oneEdge({}, { delayS: 7 }), WALK);
    expect([costing.leaving(0, 40), costing.entering(0, 40_000), costing.leaving(1, 40_000), costing.entering(1, 40_000)]).toEqual([4, 40, 40, 44]);
  });

  it('follows Tobler on slopes, differently up and down', () => {
    // 10 m up in 100 m: 100 s + round(100 · 0.4087)
    expect(costs(oneEdge({}, { heightM: 10 }), { ...WALK, slope: true })).toEqual([141, 99]);
    expect(costs(oneEdge({}, { heightM: 10 }), WALK)).toEqual([100, 100]);
    expect(costs(oneEdge({}, { heightM: 10 }), { ...DRIVE, slope: true })).toEqual([10, 10]);
    expect(costs(oneEdge({ lengthM: 0 }, { heightM: 10 }), { ...WALK, slope: true })).toEqual([1, 1]);
  });

  it('is never less than that of its two parts, nor two seconds more on the level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.5, max: 30, noNaN: true }), fc.integer({ min: -20, max: 20 }), (mm, share, speedKmh, heightM) => {
        const network = oneEdge({ lengthM: mm / 1000 }, { heightM });
        const first = Math.floor(mm * share);
        for (const slope of [false, true]) {
          const costing = edgeCosting(network, { ...WALK, speedKmh, slope });
          for (const half of [0, 1]) {
            const parts = costing.entering(half, first) + costing.leaving(half, mm - first);
            const rounded = slope ? 2 + costing.cost(half) : costing.cost(half);
            expect(parts).toBeGreaterThanOrEqual(0);
            expect(parts).toBeLessThanOrEqual(rounded);
            if (!slope) expect(parts).toBeGreaterThanOrEqual(costing.cost(half) - 2);
          }
        }
      }),
    );
  });

  it('starts with whole metres on networks that R5 measures', () => {
    const fast = { ...WALK, speedKmh: 7.2 };
    expect(edgeCosting(oneEdge({}, { measure: 'r5' }), fast).leaving(0, 5_999)).toBe(2);
    expect(edgeCosting(oneEdge({}, { measure: 'r5' }), fast).entering(0, 6_000)).toBe(3);
    expect(edgeCosting(oneEdge({}), { ...fast, speedKmh: 3.6 }).leaving(0, 5_999)).toBe(5);
  });

  it('off the network is at the mode’s speed, for drivers on foot', () => {
    expect([offNetworkCost(WALK, 10_999), offNetworkCost(BIKE, 10_000), offNetworkCost(DRIVE, 10_000), offNetworkCost({ ...DRIVE, unit: 'mm' }, 10_001)]).toEqual([10, 3, 10, 10_001]);
  });
});

describe('a profile', () => {
  it('refuses speeds nobody moves at and numbers that are none, naming the field', () => {
    const wrong: [string, Partial<TravelProfile>][] = [
      ['speedKmh', { speedKmh: 0 }], ['speedKmh', { speedKmh: NaN }], ['speedKmh', { speedKmh: -3 }], ['speedKmh', { speedKmh: Infinity }],
      ['maxLinkM', { maxLinkM: -1 }], ['maxLinkM', { maxLinkM: NaN }], ['leastVertices', { leastVertices: 1.5 }], ['maxStress', { maxStress: 5 as 4 }],
      ['turnS.left', { turnS: { left: -1, right: 0, straight: 0, uTurn: 0 } }],
    ];
    for (const [field, differing] of wrong) expect(() => profileOf('walk', differing), JSON.stringify(differing)).toThrow(expect.objectContaining({ code: 'engine/profile', place: expect.objectContaining({ field }) as object }));
    expect(() => checkProfile(profileOf('drive', { speedKmh: 0 }))).not.toThrow();
  });
});
