import { describe, expect, it } from 'vitest';
import type { CityPlan } from '../city/make-city.ts';
import { makeCity } from '../city/make-city.ts';
import { jobsHousingSeparation } from './jobs-housing-separation.ts';
import type { PlaceValues } from './operator.ts';

function measure(plan: CityPlan, params: unknown = {}): PlaceValues {
  const result = jobsHousingSeparation.run(makeCity(plan), jobsHousingSeparation.params.parse(params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}
const kmOf = (plan: CityPlan, params?: unknown): number => measure(plan, params).value[0];
const inMiddle = (x: number, y: number): readonly [number, number] => [x * 125 + 60, y * 125 + 60];

describe('jobs–housing separation', () => {
  it('is 0 where every square has jobs for its residents', () => {
    const spots = [inMiddle(3, 4), inMiddle(20, 4), inMiddle(40, 40)];
    expect(kmOf({ residents: spots.map((at) => ({ at, persons: 100 })), jobs: spots.map((at) => ({ at, count: 30 })) })).toBe(0);
  });

  it('takes the nearer of two ways to pair, not the nearest job of each', () => {
    // on a line homes at 0 and 3 km, jobs at 2 and 8 km: 0 → 2 and 3 → 8 km are 7 km for two; the greedy 3 → 2 leaves 0 → 8, 9 km
    const km = kmOf({ residents: [{ at: [10, 500], persons: 5 }, { at: [3010, 500], persons: 5 }], jobs: [{ at: [2010, 500], count: 70 }, { at: [8010, 500], count: 70 }] });
    expect(km).toBeCloseTo(3.5, 4);
  });

  it('takes those who work: residents less the groups named, and none more than there are jobs for', () => {
    const plan: CityPlan = {
      residents: [{ at: [100, 100], persons: { total: 100, '65+': 100 } }, { at: [4100, 100], persons: { total: 50, '65+': 0 } }],
      jobs: [{ at: [6100, 100], count: 9000 }],
    };
    // all: two thirds from 6 km, one third from 2 km; without the old ones only the latter
    expect(kmOf(plan)).toBeCloseTo((2 * 6 + 2) / 3, 4);
    expect(kmOf(plan, { without: ['65+'] })).toBeCloseTo(2, 4);
    expect(JSON.stringify(jobsHousingSeparation.run(makeCity(plan), jobsHousingSeparation.params.parse({ without: ['0-2'] }), {}))).toContain('0–2岁居民');
  });

  it('says how wrong the squares can make it, and is no more wrong', () => {
    const residents = Array.from({ length: 60 }, (_, i) => ({ at: [(i * 977) % 9000, (i * 613) % 9000] as const, persons: 1 + (i % 7) }));
    const jobs = Array.from({ length: 45 }, (_, i) => ({ at: [(i * 1511) % 5000, (i * 409) % 4000] as const, count: 2 + (i % 5) }));
    const [fine, coarse] = [measure({ residents, jobs }), measure({ residents: [...residents, ...Array.from({ length: 100 }, (_, i) => ({ at: [50 + i * 90, 8950] as const, persons: 1e-9 }))], jobs }, { mostSquares: 100 })];
    const boundOf = ({ notes }: PlaceValues): number => Number(/at most ([\d.]+) km/.exec(notes?.[0].text.en ?? '')?.[1]);
    expect(boundOf(coarse)).toBeGreaterThan(boundOf(fine));
    expect(Math.abs(coarse.value[0] - fine.value[0])).toBeLessThanOrEqual(boundOf(coarse) + boundOf(fine) + 0.01);
  });

  it('leaves out who lives outside the built-up area, gives units no value, and tells a handful of parks', () => {
    const plan: CityPlan = {
      places: [
        { id: 'a-city', level: 'city', box: [0, 0, 10_000, 1000] }, { id: 'b-town', level: 'community', parent: 'a-city', box: [0, 0, 5000, 1000] },
        { id: 'c-fields', level: 'community', parent: 'a-city', box: [5000, 0, 10_000, 1000], outside: true },
      ],
      residents: [{ at: [1010, 500], persons: 1000 }, { at: [9010, 500], persons: 1000 }], jobs: [{ at: [3010, 500], count: 100 }],
    };
    const result = measure(plan);
    expect(result.value[0]).toBeCloseTo(2, 4);
    expect(result.value.slice(1)).toEqual(Float64Array.of(NaN, NaN));
    expect(result.quality).toBe('proxy');
    expect(result.notes?.map(({ code }) => code)).toContain('checkup/few-jobs');
  });
});
