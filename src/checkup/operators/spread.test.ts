import { describe, expect, it } from 'vitest';
import { gini, theil } from '../../engine/statistics/inequality.ts';
import type { CityData } from '../city/city-data.ts';
import type { At, CityPlan } from '../city/make-city.ts';
import { gridStreets, makeCity } from '../city/make-city.ts';
import { autocorrelation } from './autocorrelation.ts';
import { commuteShare } from './commute-share.ts';
import { groupShare } from './group-share.ts';
import { inequality } from './inequality.ts';
import { jobCoverage } from './job-coverage.ts';
import { jobsHousing } from './jobs-housing.ts';
import { landConsumption } from './land-consumption.ts';
import { landMix } from './land-mix.ts';
import { openSpaceShare, STREET_WIDTHS_M } from './open-space-share.ts';
import type { Operator, PlaceValues } from './operator.ts';

const run = (operator: Operator, city: CityData, params: unknown): PlaceValues => {
  const result = operator.run(city, operator.params.parse(params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
};
const missing = (operator: Operator, city: CityData, params: unknown): string => {
  const result = operator.run(city, operator.params.parse(params), {});
  if (result instanceof Promise || !('missing' in result)) throw new Error('a value where none was expected');
  return result.missing.reason.en;
};
const placeNumber = (city: CityData, id: string): number => [...city.snapshot.place.id].findIndex((text) => city.snapshot.text(text) === id);
const at = (city: CityData, { value }: PlaceValues, id: string): number => value[placeNumber(city, id)];

/** One street; jobs at its west end. Homes at 200 m (reached within 500 m: 60 jobs at 0, 40 at 600), 900 m (40 jobs), 2,000 m (none), two communities. */
const LINE: CityPlan = {
  places: [
    { id: 'city', level: 'city', box: [-100, -100, 2500, 100] },
    { id: 'block', level: 'block', parent: 'city', box: [-100, -100, 2500, 100] },
    { id: 'west', level: 'community', parent: 'block', box: [-100, -100, 1000, 100] },
    { id: 'east', level: 'community', parent: 'block', box: [1000, -100, 2500, 100] },
  ],
  streets: [{ line: [[0, 0], [1000, 0], [2400, 0]] }],
  residents: [{ at: [200, 0], persons: { total: 100, '65+': 10 } }, { at: [900, 0], persons: { total: 300, '65+': 60 } }, { at: [2000, 0], persons: { total: 100, '65+': 50 } }],
  jobs: [{ at: [0, 0], count: 60 }, { at: [600, 0], count: 40 }],
};
const of = { operator: 'access-cumulative', params: { opportunity: { of: 'jobs' }, metres: 450 } };
/** What each home reaches: 100, 40, 0. */
const REACHED = [100, 40, 0];
const PERSONS = [100, 300, 100];

describe('inequality of access', () => {
  const city = makeCity(LINE);

  it('is that of the values of a place\'s own residents', () => {
    const result = run(inequality, city, { of, measure: 'gini' });
    expect(at(city, result, 'city')).toBeCloseTo(gini(REACHED, PERSONS), 12);
    // by hand: mean 44; pairs 100·300·60 + 100·100·100 + 300·100·40 = 4 M, ÷ (500² · 44)
    expect(at(city, result, 'city')).toBeCloseTo(4_000_000 / (500 * 500 * 44), 12);
    expect(at(city, result, 'west')).toBeCloseTo(gini([100, 40], [100, 300]), 12);
    expect(at(city, result, 'east')).toBeNaN(); // one home has no spread
  });

  it('has the other measures', () => {
    // poorest 200 persons: 100 with 0, 100 with 40 → 20; richest 50: 100
    expect(at(city, run(inequality, city, { of, measure: 'palma' }), 'city')).toBeCloseTo(5, 12);
    // within 250 m only 100 of 500 reach any job: the lower 40 % have none, and the ratio has no bound
    const near = inequality.run(city, inequality.params.parse({ of: { ...of, params: { ...of.params, metres: 250 } }, measure: 'palma' }), {});
    expect(near).toMatchObject({ missing: { kind: 'not-applicable', reason: { en: expect.stringContaining('reach nothing at all') as string } } });
    // below 50: 400 of 500; depth (300 · 0.2 + 100 · 1) ÷ 500; severity (300 · 0.04 + 100) ÷ 500
    const fgt = (alpha: number): number => at(city, run(inequality, city, { of, measure: 'fgt', line: 50, alpha }), 'city');
    expect([fgt(0), fgt(1), fgt(2)].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0.8, 0.32, 0.224]);
    expect(at(city, run(inequality, city, { of, measure: 'fgt', line: 50 }), 'east')).toBe(1);
    expect(() => inequality.params.parse({ of, measure: 'fgt' })).toThrow(/line/);
    const parts = theil(REACHED, PERSONS, [0, 0, 1], 2);
    const part = (name: string): number => at(city, run(inequality, city, { of, measure: 'theil', part: name, units: 'community' }), 'city');
    expect(part('total')).toBeCloseTo(parts.total, 12);
    expect(part('between')).toBeCloseTo(parts.between, 12);
    expect(part('between-share')).toBeCloseTo((100 * parts.between) / parts.total, 9);
    expect(at(city, run(inequality, city, { of, measure: 'theil', part: 'between', units: 'community' }), 'west')).toBeNaN();
  });

  it('is negative in the concentration index where places of old people reach less', () => {
    // shares of 65+: 10, 20, 50 %; reached: 100, 40, 0. Ranks (middles): 0.1, 0.5, 0.9; 2/44 · (0.2·56·(−0.4) + 0.6·(−4)·0 + 0.2·(−44)·0.4) = −0.3636…
    expect(at(city, run(inequality, city, { of, measure: 'concentration' }), 'city')).toBeCloseTo((2 / 44) * (0.2 * 56 * -0.4 + 0.2 * -44 * 0.4), 9);
    expect(missing(inequality, city, { of, measure: 'concentration', rankBy: '0-2' })).toMatch(/residents aged 0 to 2/);
    expect(missing(inequality, makeCity({ ...LINE, jobs: [] }), { of, measure: 'gini' })).toMatch(/no jobs/);
  });

  it('takes costs up to their cut-off', () => {
    const kth = { operator: 'access-kth', params: { facilities: ['clinic'], metres: 1000 } };
    const clinics = makeCity({ ...LINE, facilities: [{ kind: 'clinic', at: [200, 0] }] });
    // 0, 700 and beyond 1,000 m: as 1,000
    expect(at(clinics, run(inequality, clinics, { of: kth, measure: 'gini' }), 'city')).toBeCloseTo(gini([0, 700, 1000], PERSONS), 5);
  });
});

describe('pattern of units', () => {
  /** 4 × 4 communities of 500 m; persons in the west half only 10, in the east half 90 each. */
  const board = (persons: (column: number, row: number) => number): CityData => makeCity({
    places: [
      { id: 'city', level: 'city', box: [0, 0, 2000, 2000] },
      ...Array.from({ length: 16 }, (_, i) => ({ id: `u${String(i).padStart(2, '0')}`, level: 'community' as const, parent: 'city', box: [500 * (i % 4), 500 * Math.floor(i / 4), 500 * (i % 4) + 500, 500 * Math.floor(i / 4) + 500] as const })),
    ],
    residents: Array.from({ length: 16 }, (_, i) => ({ at: [500 * (i % 4) + 250, 500 * Math.floor(i / 4) + 250] as At, persons: persons(i % 4, Math.floor(i / 4)) })),
  });

  it('is found where halves differ, and has a local value that averages to the city\'s', () => {
    const city = board((column) => (column < 2 ? 10 : 90));
    const result = run(autocorrelation, city, { of: { density: 'total' }, measure: 'moran', neighbours: 4 });
    expect(at(city, result, 'city')).toBeGreaterThan(0.4);
    const local = Array.from({ length: 16 }, (_, i) => at(city, result, `u${String(i).padStart(2, '0')}`));
    expect(local.reduce((a, b) => a + b, 0) / 16).toBeCloseTo(at(city, result, 'city'), 9);
    expect(result.notes?.[0].text.en).toMatch(/pseudo p 0\.00/);
    expect(run(autocorrelation, city, { of: { density: 'total' }, measure: 'moran', neighbours: 4 }).value).toEqual(result.value);
    const spots = run(autocorrelation, board((column, row) => (column >= 2 && row >= 2 ? 90 : 1)), { of: { density: 'total' }, measure: 'hot-spots', neighbours: 4 });
    expect(at(city, spots, 'u15')).toBeGreaterThan(1.96);
    expect(at(city, spots, 'u00')).toBeLessThan(0);
  });

  it('is not asked of a handful of units', () => {
    expect(missing(autocorrelation, makeCity(LINE), { of: { density: 'total' }, measure: 'moran' })).toMatch(/Only 2 units/);
  });
});

describe('commuting, modelled', () => {
  it('knows near and far jobs', () => {
    // all jobs within 5 km of the home in the city, or 20 km away
    const city = (jobs: CityPlan['jobs']): CityData => makeCity({ places: [{ id: 'city', level: 'city', box: [0, 0, 30_000, 1000] }], residents: [{ at: [100, 100], persons: 50 }], ...(jobs !== undefined && { jobs }) });
    const near = city([{ at: [3000, 100], count: 10 }]);
    expect(at(near, run(commuteShare, near, {}), 'city')).toBe(100);
    const far = city([{ at: [20_000, 100], count: 10 }]);
    expect(at(far, run(commuteShare, far, {}), 'city')).toBe(0);
    // two places, 2 and 10 km away, 10 jobs each: a mean of 8 km would need the far one more often than its jobs are: β = 0, half and half
    const both = city([{ at: [2100, 100], count: 10 }, { at: [10_100, 100], count: 10 }]);
    expect(at(both, run(commuteShare, both, {}), 'city')).toBeCloseTo(50, 6);
    // a mean of 4 km: a share s near with 2s + 10(1 − s) = 4 → s = 0.75
    const result = run(commuteShare, both, { meanKm: 4 });
    expect(at(both, result, 'city')).toBeCloseTo(75, 1);
    expect(result.quality).toBe('proxy');
    expect(result.notes?.[0].text.zh).toMatch(/不是观测/);
  });

  it('jobs near rail, in straight line and on foot', () => {
    // stations at (0, 80): jobs at 0 are 80 m away and as far on foot; those at 600 m 605 m, on foot 680 m
    const city = makeCity({ ...LINE, facilities: [{ kind: 'rail-station', at: [0, 80], registry: true }] });
    const covered = (params: object): number => at(city, run(jobCoverage, city, { facilities: ['rail-station'], ...params }), 'city');
    expect(covered({ radiusM: 100 })).toBeCloseTo(60, 9);
    expect(covered({ radiusM: 650 })).toBe(100);
    expect(covered({ radiusM: 650, measure: 'walk' })).toBeCloseTo(60, 9);
    expect(covered({ radiusM: 700, measure: 'walk' })).toBe(100);
    expect(covered({ minutes: 10, measure: 'walk' })).toBeCloseTo(60, 9);
    expect(missing(jobCoverage, makeCity(LINE), { facilities: ['rail-station'], radiusM: 800 })).toMatch(/no such facility/);
  });

  it('jobs to residents says when jobs are few', () => {
    const city = makeCity({ ...LINE, jobs: [{ at: [100, 0], count: 400 }] });
    const result = run(jobsHousing, city, {});
    expect(at(city, result, 'west')).toBe(1);
    expect(at(city, result, 'city')).toBe(0.8);
    expect(at(city, result, 'east')).toBe(0);
    expect(result.quality).toBe('measured');
    const few = makeCity({ ...LINE, jobs: [{ at: [100, 0], count: 4 }] });
    expect(run(jobsHousing, few, {}).quality).toBe('proxy');
    const households = makeCity({ ...LINE, tables: { community_services: [{ community_id: 'west', households: 50 }, { community_id: 'east', households: 50 }] } });
    expect(at(households, run(jobsHousing, households, { per: 'households' }), 'city')).toBe(1);
    expect(missing(jobsHousing, makeCity({ ...LINE, jobs: [] }), {})).toMatch(/no jobs/);
  });
});

describe('shares and land', () => {
  it('share of a group', () => {
    const city = makeCity(LINE);
    expect(at(city, run(groupShare, city, { group: '65+' }), 'city')).toBeCloseTo(24, 9);
    expect(at(city, run(groupShare, city, { group: '65+' }), 'east')).toBeCloseTo(50, 9);
    expect(missing(groupShare, city, { group: '0-2' })).toMatch(/residents aged 0 to 2/);
  });

  it('mix of land uses', () => {
    const city = makeCity({
      places: [{ id: 'city', level: 'city', box: [0, 0, 1000, 1000] }, { id: 'a', level: 'community', parent: 'city', box: [0, 0, 500, 1000] }, { id: 'b', level: 'community', parent: 'city', box: [500, 0, 1000, 1000] }],
      landUse: [{ kind: 'residential', box: [0, 0, 500, 500] }, { kind: 'industrial', box: [0, 500, 500, 1000] }, { kind: 'residential', box: [500, 0, 1000, 1000] }],
    });
    const two = { classes: [{ name: 'living', kinds: ['residential'] }, { name: 'work', kinds: ['industrial'] }] };
    const result = run(landMix, city, two);
    expect(at(city, result, 'a')).toBeCloseTo(1, 4); // half and half
    expect(at(city, result, 'b')).toBe(0); // one use
    // three quarters and a quarter: (ln 4 − ¾ ln 3) ÷ ln 2
    expect(at(city, result, 'city')).toBeCloseTo((Math.log(4) - 0.75 * Math.log(3)) / Math.log(2), 3);
    expect(missing(landMix, makeCity(LINE), {})).toMatch(/land use/);
  });

  it('land consumption by two dates', () => {
    const rows = (years: readonly [number, number, number][]) => years.flatMap(([year, area, persons]) => [
      { indicator_id: 'built-up-area', unit_id: 'city', year, value: area }, { indicator_id: 'population', unit_id: 'city', year, value: persons },
    ]);
    const city = makeCity({ ...LINE, tables: { indicators_dept: rows([[2015, 100, 1_000_000], [2020, 110, 1_050_000], [2025, 120, 1_100_000], [2026, 500, 1]]) } });
    // 2015–2025: 20 % of land in ten years, ln 1.1 of persons; 2026 lies beyond the year that is checked
    expect(at(city, run(landConsumption, city, {}), 'city')).toBeCloseTo(0.02 / (Math.log(1.1) / 10), 9);
    expect(missing(landConsumption, makeCity({ ...LINE, tables: { indicators_dept: rows([[2025, 120, 1_100_000]]) } }), {})).toMatch(/for two years/);
    expect(missing(landConsumption, makeCity(LINE), {})).toMatch(/indicators_dept/);
    const still = makeCity({ ...LINE, tables: { indicators_dept: rows([[2020, 100, 1000], [2025, 120, 1000]]) } });
    expect(at(still, run(landConsumption, still, {}), 'city')).toBeNaN();
  });

  it('open space and streets of the built-up area', () => {
    // 1 km²: a park of 200 × 500 m (10 %), residential streets every 250 m: 5 + 5 lines of 1 km × 9 m = 9 % (those on the border count by half: 8 lines' worth)
    const city = makeCity({
      places: [{ id: 'city', level: 'city', box: [0, 0, 1000, 1000] }, { id: 'a', level: 'community', parent: 'city', box: [0, 0, 1000, 1000] }],
      streets: gridStreets([0, 0, 1000, 1000], 250), facilities: [{ kind: 'park', box: [300, 300, 500, 800] }, { kind: 'square', at: [100, 100] }],
      landUse: [{ kind: 'residential', box: [0, 0, 1000, 1000] }],
    });
    const width = STREET_WIDTHS_M.find(({ classes }) => classes.includes('residential'))?.widthM ?? NaN;
    expect(at(city, run(openSpaceShare, city, { streets: false }), 'city')).toBeCloseTo(10, 1);
    expect(at(city, run(openSpaceShare, city, { openSpace: false }), 'city')).toBeCloseTo((8 * 1000 * width) / 1e4, 1);
    const both = run(openSpaceShare, city, {});
    expect(at(city, both, 'a')).toBeCloseTo(10 + (8 * 1000 * width) / 1e4, 1);
    expect(both.notes?.map(({ code }) => code)).toEqual(['checkup/open-space-points', 'checkup/assumed-widths']);
  });
});
