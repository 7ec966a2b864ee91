import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CityData } from '../city/city-data.ts';
import type { CityPlan } from '../city/make-city.ts';
import { degreesAt, e7At, makeCity } from '../city/make-city.ts';
import { areaShare } from './area-share.ts';
import { density } from './density.ts';
import { facilityCount } from './facility-count.ts';
import { indexFacilities } from './near-facilities.ts';
import type { Indicator } from '../model.ts';
import type { Operator, PlaceValues } from './operator.ts';
import { placeGap, shareOut } from './place-gap.ts';
import { ratio } from './ratio.ts';
import { parseParams } from './reach-params.ts';
import { earlierOfCity, reportedTrend } from './reported-trend.ts';
import { reported, reportedYears } from './reported.ts';
import { shelterArea } from './shelter-area.ts';
import { unitsLacking } from './units-lacking.ts';
import { vacancy } from './vacancy.ts';

function run(operator: Operator, city: CityData, params: unknown): PlaceValues {
  const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}

function missing(operator: Operator, city: CityData, params: unknown): string {
  const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
  if (result instanceof Promise || !('missing' in result)) throw new Error('there is a value');
  return result.missing.reason.en;
}

function byId(city: CityData, values: Float64Array | undefined): Record<string, number> {
  return Object.fromEntries(Array.from(values ?? [], (value, place) => [city.snapshot.text(city.snapshot.place.id[place]), value]));
}

const row = (at: readonly [number, number]): { lon: number; lat: number } => ({ lon: degreesAt(at)[0], lat: degreesAt(at)[1] });

/** Three communities of 1 km² in a row: left and middle make block a, right block b, which lies outside the built-up area. */
const PLACES: NonNullable<CityPlan['places']> = [
  { id: 'city', level: 'city', box: [0, 0, 3000, 1000] },
  { id: 'a', level: 'block', parent: 'city', box: [0, 0, 2000, 1000], derived: true },
  { id: 'b', level: 'block', parent: 'city', box: [2000, 0, 3000, 1000], derived: true },
  { id: 'left', level: 'community', parent: 'a', box: [0, 0, 1000, 1000], derived: true },
  { id: 'middle', level: 'community', parent: 'a', box: [1000, 0, 2000, 1000], derived: true },
  { id: 'right', level: 'community', parent: 'b', box: [2000, 0, 3000, 1000], outside: true, derived: true },
];

describe('units that lack a facility', () => {
  /** Left 8,000 persons, 3,000 of them near the middle's border; middle 6,000; right 4,000 outside. */
  const plan: CityPlan = {
    places: PLACES,
    residents: [{ at: [100, 500], persons: 5000 }, { at: [900, 500], persons: 3000 }, { at: [1500, 500], persons: 6000 }, { at: [2500, 500], persons: 14_000 }],
    facilities: [{ kind: 'day-care-centre', at: [1050, 500], registry: true, floorM2: 300 }],
  };
  const kinds = { facilities: ['day-care-centre'] };

  it('are those without one inside; small ones and those outside the built-up area are not asked', () => {
    const city = makeCity(plan);
    const { value, denominator, quality } = run(unitsLacking, city, kinds);
    expect(byId(city, value)).toEqual({ city: 1, a: 1, b: NaN, left: 1, middle: 0, right: NaN });
    expect(byId(city, denominator)).toMatchObject({ city: 2, a: 2, b: 0 });
    expect(quality).toBe('measured');
    expect(byId(city, run(unitsLacking, city, { ...kinds, leastPersons: 7000 }).value)).toMatchObject({ city: 1, middle: NaN });
  });

  it('are served from outside where enough of their people live near', () => {
    const city = makeCity(plan);
    // 3,000 of 8,000 on the left live within 300 m of the centre: 37.5 %
    expect(byId(city, run(unitsLacking, city, { ...kinds, radiusM: 300, leastShare: 37 }).value)).toMatchObject({ city: 0, left: 0 });
    expect(byId(city, run(unitsLacking, city, { ...kinds, radiusM: 300, leastShare: 38 }).value)).toMatchObject({ city: 1, left: 1 });
    expect(byId(city, run(unitsLacking, city, { ...kinds, radiusM: 100, leastShare: 1 }).value)).toMatchObject({ left: 1 });
  });

  it('need as many as their people ask for, big enough, and all kinds that are asked', () => {
    const city = makeCity(plan);
    expect(byId(city, run(unitsLacking, city, { ...kinds, personsEach: 5000 }).value)).toMatchObject({ city: 2, middle: 1 });
    expect(byId(city, run(unitsLacking, city, { ...kinds, leastFloorM2: 350 }).value)).toMatchObject({ city: 2, middle: 1 });
    expect(byId(city, run(unitsLacking, city, { ...kinds, leastFloorM2: 300 }).value)).toMatchObject({ middle: 0 });
    const park = makeCity({ ...plan, facilities: [...plan.facilities!, { kind: 'park', at: [100, 100] }] });
    expect(byId(park, run(unitsLacking, park, { ...kinds, also: [['park']] }).value)).toMatchObject({ city: 2, left: 1, middle: 1 });
    expect(missing(unitsLacking, city, { ...kinds, also: [['park']] })).toContain('no such facility (Park');
    // old communities may keep what is too small for new ones
    const isNew = (id: string): CityData => makeCity({ ...plan, tables: { units: [{ unit_id: id, scale: 'community', built_after_2018: true }] } });
    expect(byId(city, run(unitsLacking, isNew('left'), { ...kinds, leastFloorM2: 350, onlyNew: true }).value)).toMatchObject({ middle: 0, left: 1 });
    expect(byId(city, run(unitsLacking, isNew('middle'), { ...kinds, leastFloorM2: 350, onlyNew: true }).value)).toMatchObject({ middle: 1, left: 1 });
  });

  it('that are small are assessed with their nearest neighbours of the same unit above', () => {
    const row = (persons: readonly number[], kept: readonly number[]): CityData => makeCity({
      places: [{ id: 'city', level: 'city', box: [0, 0, 6000, 1000] }, { id: 'p', level: 'block', parent: 'city', box: [0, 0, 4000, 1000] }, { id: 'q', level: 'block', parent: 'city', box: [4000, 0, 6000, 1000] },
        ...persons.map((_, i) => ({ id: `c${i}`, level: 'community' as const, parent: i < 4 ? 'p' : 'q', box: [1000 * i, 0, 1000 * (i + 1), 1000] as const }))],
      residents: persons.map((count, i) => ({ at: [1000 * i + 500, 500] as const, persons: count })),
      facilities: kept.map((i) => ({ kind: 'kindergarten', at: [1000 * i + 500, 500] as const })),
    });
    // c0 needs c1 and c2 to reach 5,000, c1 needs c0 and c2; c2 is as near to c1 as to c3 and takes the first; c4 and c5 together are too few
    const asked = { facilities: ['kindergarten'], small: 'joint' };
    const city = row([1000, 1500, 4000, 6000, 2000, 2000], [3]);
    expect(byId(city, run(unitsLacking, city, asked).value)).toEqual({ city: 3, p: 3, q: NaN, c0: 1, c1: 1, c2: 1, c3: 0, c4: NaN, c5: NaN });
    const other = row([1000, 1500, 4000, 6000, 2000, 2000], [2]);
    expect(byId(other, run(unitsLacking, other, asked).value)).toMatchObject({ c0: 0, c1: 0, c2: 0, c3: 1 });
    expect(byId(other, run(unitsLacking, other, { facilities: ['kindergarten'] }).value)).toMatchObject({ c0: NaN, c2: NaN, c3: 1, city: 1 });
  });

  it('are counted at the level that is asked', () => {
    const city = makeCity(plan);
    expect(byId(city, run(unitsLacking, city, { ...kinds, level: 'block' }).value)).toMatchObject({ city: 0, a: 0, b: NaN, left: NaN });
    // of block b all lies outside the built-up area; where it does not, b has 14,000 residents and no centre
    const built = makeCity({ ...plan, places: PLACES.map((place) => ({ ...place, outside: false })) });
    expect(byId(built, run(unitsLacking, built, { ...kinds, level: 'block' }).value)).toMatchObject({ city: 1, a: 0, b: 1 });
    expect(missing(unitsLacking, makeCity({ residents: plan.residents! }), kinds)).toContain('no units of that level');
    expect(missing(unitsLacking, makeCity({ places: PLACES, residents: plan.residents! }), kinds)).toContain('no such facility (day-care-centre)');
    expect(missing(unitsLacking, makeCity({ places: PLACES }), kinds)).toContain('no population');
  });

  it('have facilities near by the same rule as a search of all pairs', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 900 })), { minLength: 1, maxLength: 30 }), fc.integer({ min: 20, max: 900 }), (spots, radiusM) => {
      const city = makeCity({ facilities: spots.map((at, i) => ({ kind: 'clinic', id: `f${String(i).padStart(2, '0')}`, at })) });
      const found: number[] = [];
      indexFacilities(city, Uint32Array.from(spots.keys())).search(...e7At([1000, 450]), radiusM, (f) => found.push(f));
      const near = spots.flatMap(([x, y], f) => (Math.hypot(x - 1000, y - 450) <= radiusM - 0.05 ? [f] : []));
      expect(found.filter((f) => Math.abs(Math.hypot(spots[f][0] - 1000, spots[f][1] - 450) - radiusM) > 0.05).sort((a, b) => a - b)).toEqual(near.filter((f) => Math.abs(Math.hypot(spots[f][0] - 1000, spots[f][1] - 450) - radiusM) > 0.05));
    }), { numRuns: 30 });
  });

  it('reach parks from their border', () => {
    const city = makeCity({ facilities: [{ kind: 'park', box: [0, 0, 800, 800] }, { kind: 'kindergarten', box: [0, 0, 800, 800] }] });
    const reach = (radiusM: number): number => {
      let found = 0;
      indexFacilities(city, Uint32Array.of(0, 1)).search(...e7At([900, 400]), radiusM, () => found++);
      return found;
    };
    // 100 m from the park's border (between samples up to 0.5 m more), 500 m from the kindergarten's middle
    expect([99, 101, 499, 501].map(reach)).toEqual([0, 1, 1, 2]);
  });
});

describe('gaps in places', () => {
  /** A school of 100 places at 500, one of 50 at 1,500; 90 children at 400, 60 at 1,000 between both, 30 at 2,900 far from either. */
  const plan: CityPlan = {
    places: PLACES,
    residents: [{ at: [400, 500], persons: { total: 900, '6-11': 90 } }, { at: [1000, 500], persons: { total: 600, '6-11': 60 } }, { at: [2900, 500], persons: { total: 300, '6-11': 30 } }],
    facilities: [{ kind: 'primary-school', at: [500, 500], capacity: 100, registry: true }, { kind: 'primary-school', at: [1500, 500], capacity: 50, registry: true }],
  };
  const params = { facilities: ['primary-school'], group: '6-11', radiusM: 510 };

  it('follow the two steps by hand', () => {
    const city = makeCity(plan);
    // step 1: 100 ÷ (90 + 60) = ⅔ a child; 50 ÷ 60 = ⅚. Step 2: those at 400 get ⅔, 30 lack one; those at 1,000 are offered 1.5, all served; 30 on the right are
    // far from any, and outside: their own unit's gap, not the city's
    expect(byId(city, run(placeGap, city, { ...params, rounds: 1 }).value)).toMatchObject({ city: 30, left: 30, middle: 0, right: 30 });
    // 60 children between took ⅔ ÷ 1.5 from the first school: 26.7 of its 40 offered; the 13.3 left go to those at 400 who lack one
    const { value, denominator, detail } = run(placeGap, city, { ...params, rounds: 2 });
    expect(byId(city, value)['left']).toBeCloseTo(30 - 40 / 3, 6);
    expect(byId(city, denominator)).toMatchObject({ city: 150, right: 30 });
    expect(detail?.load).toEqual({ demand: Float32Array.of(150, 60), capacity: Float32Array.of(100, 50) });
    expect(detail?.unserved?.point).toEqual(Uint32Array.of(0, 2));
  });

  it('never give a place twice, and leave nobody without one beside a free one', () => {
    const pairs = fc.array(fc.array(fc.nat(4), { maxLength: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(pairs, fc.array(fc.nat(40), { minLength: 5, maxLength: 5 }), fc.array(fc.nat(30), { minLength: 12, maxLength: 12 }), (reach, places, persons) => {
      const lists = reach.map((list) => [...new Set(list)]);
      const first = new Uint32Array(lists.length + 1);
      lists.forEach((list, p) => (first[p + 1] = first[p] + list.length));
      const demand = Float64Array.from(lists, (_, p) => persons[p]);
      const free = Float64Array.from(places);
      const asked = demand.reduce((a, b) => a + b, 0);
      shareOut({ first, facility: Uint32Array.from(lists.flat()) }, demand, free, 2000);
      const left = demand.reduce((a, b) => a + b, 0);
      const given = places.reduce((a, b) => a + b, 0) - free.reduce((a, b) => a + b, 0);
      expect(asked - left).toBeCloseTo(given, 6);
      lists.forEach((list, p) => list.forEach((f) => expect(Math.min(demand[p], free[f])).toBeLessThan(0.1)));
    }), { numRuns: 200 });
  });

  it('are never smaller along the streets than as the crow flies, and the same where streets run straight', () => {
    const straight = makeCity({ ...plan, streets: [{ line: [[0, 500], [400, 500], [500, 500], [1000, 500], [1500, 500], [2900, 500]] }] });
    expect(byId(straight, run(placeGap, straight, { ...params, measure: 'walk' }).value)['city']).toBeCloseTo(byId(straight, run(placeGap, straight, params).value)['city'], 6);
    // by way of the south the first school is 700 m from those at 400
    const round = makeCity({ ...plan, streets: [{ line: [[400, 500], [400, 200], [500, 200], [500, 500]] }, { line: [[500, 200], [1000, 200], [1000, 500], [1500, 500]] }] });
    expect(byId(round, run(placeGap, round, { ...params, measure: 'walk' }).value)).toMatchObject({ left: 90, middle: 10, right: 30 });
    expect(missing(placeGap, makeCity(plan), { ...params, measure: 'walk' })).toContain('no streets');
  });

  it('count classes where places are unknown, and say where nothing is known', () => {
    const unknown = { ...plan, facilities: [{ kind: 'primary-school', at: [500, 500] as const, id: 'S1' }], tables: { facilities: [{ fac_id: 'S1', class: 'primary-school', classes: 2 }] } };
    const city = makeCity(unknown);
    expect(missing(placeGap, city, params)).toContain('No facility (Primary school) has a known capacity');
    expect(byId(city, run(placeGap, city, { ...params, placesPerClass: 45 }).value)).toMatchObject({ city: 150 - 90, right: 30 });
    expect(missing(placeGap, city, { ...params, group: '3-5' })).toContain('residents aged 3 to 5');
  });
});

describe('what departments reported', () => {
  const said = (place: string, year: number, value: number | null, numerator: number | null = null, denominator: number | null = null, id = '30') => ({ indicator_id: id, unit_id: place, year, value, numerator, denominator });
  const city = makeCity({
    period: 2025, places: PLACES,
    tables: { indicators_dept: [said('city', 2025, 62.5, 20, 32), said('city', 2024, 60), said('a', 2025, null, 3, 4), said('left', 2024, 50), said('b', 2025, 90, 1, 2), said('left', 2025, 7, null, null, 'pools'), said('middle', 2025, 8, null, null, 'pools')] },
  });

  it('is taken for the year that is checked only; a ratio is made where the value is empty, a contradiction is told', () => {
    const { value, numerator, quality, notes } = run(reported, city, { indicator: ['30', 'sewage'] });
    expect(byId(city, value)).toEqual({ city: 62.5, a: 75, b: 90, left: NaN, middle: NaN, right: NaN });
    expect(byId(city, numerator)).toMatchObject({ city: 20, a: 3, b: 1 });
    expect(quality).toBe('reported');
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/reported-disagrees', 1]]);
    expect(missing(reported, makeCity({ places: PLACES, period: 2026, tables: { indicators_dept: [said('city', 2025, 1)] } }), { indicator: '30' })).toContain('no value for 2026, only for 2025');
    expect(missing(reported, city, { indicator: '31' })).toContain('do not have this indicator');
  });

  it('never takes an impossible figure, nor sums it up', () => {
    const wrong = makeCity({ places: PLACES, tables: { indicators_dept: [said('city', 2025, 250), said('a', 2025, -50), said('b', 2025, null, -1, 2), said('left', 2025, 1e308), said('middle', 2025, 40), said('city', 2024, 1e300)] } });
    const { value, notes } = run(reported, wrong, { indicator: '30', least: 0, most: 100 });
    expect(byId(wrong, value)).toEqual({ city: NaN, a: NaN, b: NaN, left: NaN, middle: 40, right: NaN });
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/reported-impossible', 5]]);
    expect(reportedYears(wrong, { indicator: '30', times: 100 }).map(({ year }) => year)).toEqual([2025]);
    const none = makeCity({ places: PLACES, tables: { indicators_dept: [said('city', 2025, 101)] } });
    expect(missing(reported, none, { indicator: '30', most: 100 })).toContain('1 rows of this indicator and no figure that can be used');
  });

  it('goes up only where all units below say something', () => {
    expect(byId(city, run(reported, city, { indicator: 'pools', combine: 'sum' }).value)).toMatchObject({ left: 7, middle: 8, a: 15, city: NaN });
    expect(byId(city, run(reported, city, { indicator: 'pools' }).value)).toMatchObject({ a: NaN });
  });

  it('has earlier years as a trend, never as a value', () => {
    const indicator = { id: 'sewage', methods: [{ operator: 'shelter-area', params: {} }, { operator: 'reported', params: { indicator: '30' } }] } as unknown as Indicator;
    const values = run(reported, city, { indicator: '30' });
    const place = (id: string): number => Array.from(city.snapshot.place.id).findIndex((text) => city.snapshot.text(text) === id);
    const before = reportedTrend(city, [{ indicator, values }]);
    expect([before('sewage', place('city')), before('sewage', place('left')), before('sewage', place('a')), before('other', 0)]).toEqual([{ period: 2024, value: 60 }, { period: 2024, value: 50 }, undefined, undefined]);
    expect(earlierOfCity(city, { indicator, values })).toEqual([{ period: 2024, value: 60 }]);
    expect(earlierOfCity(city, { indicator, values: { ...values, quality: 'measured' } })).toEqual([]);
    // the whole is made of its parts where the value of the year may be
    const parts = makeCity({ period: 2025, places: PLACES, tables: { indicators_dept: ['a', 'b'].flatMap((unit) => [2023, 2024, 2025].map((year) => said(unit, year, year - 2020))).slice(1) } });
    const summed = { id: 'pools', methods: [{ operator: 'reported', params: { indicator: '30', combine: 'sum' } }] } as unknown as Indicator;
    expect(earlierOfCity(parts, { indicator: summed, values: run(reported, parts, { indicator: '30', combine: 'sum' }) })).toEqual([{ period: 2024, value: 8 }]);
    // what was computed is not compared with what was reported
    expect(reportedTrend(city, [{ indicator, values: { ...values, quality: 'measured' } }])('sewage', place('city'))).toBeUndefined();
    expect(reportedYears(city, { indicator: '30', times: 100 }).map(({ year, places }) => [year, places.size])).toEqual([[2024, 2], [2025, 3]]);
  });
});

describe('shelters', () => {
  const shelters = [
    { id: 'S1', class: '短期固定', effective_m2: 3000, capacity: 1500, ...row([500, 500]) },
    { id: 'S2', class: '紧急', effective_m2: null, capacity: 400, ...row([1500, 500]) },
    { id: 'S3', class: '中心', effective_m2: -5, capacity: null, ...row([1500, 500]) },
  ];
  const city = makeCity({ places: PLACES, residents: [{ at: [500, 500], persons: 1000 }, { at: [1500, 500], persons: 500 }, { at: [2500, 500], persons: 500 }], tables: { shelters } });

  it('have so many m² a person: 0 where people have none', () => {
    const { value, notes, quality } = run(shelterArea, city, {});
    expect(byId(city, value)).toEqual({ city: 2, a: 2, b: NaN, left: 3, middle: 0, right: 0 });
    expect(quality).toBe('measured');
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/empty-cell/shelters/effective_m2', 1], ['checkup/impossible-cell/shelters/effective_m2', 1]]);
  });

  it('are divided by the residents of the register of units where no grid says where people live', () => {
    const counted = (population: Record<string, number>): CityData => makeCity({ places: PLACES.map((place) => ({ ...place, ...(place.id in population && { population: population[place.id] }) })), tables: { shelters } });
    expect(byId(city, run(shelterArea, counted({ left: 1000, middle: 500, right: 0 }), {}).value)).toMatchObject({ city: 2, a: 2, left: 3, middle: 0, right: NaN });
    expect(missing(shelterArea, counted({ left: 1000 }), {})).toContain('no population');
  });

  it('count by capacity where an indicator says how, as a proxy', () => {
    const { value, quality } = run(shelterArea, city, { fromCapacity: [{ class: '紧急', m2: 0.5 }, { class: '短期', m2: 2 }] });
    expect(byId(city, value)).toMatchObject({ city: 3200 / 1500, middle: 0.4 });
    expect(quality).toBe('proxy');
  });
});

describe('quantities', () => {
  const city = makeCity({
    places: PLACES,
    residents: [{ at: [500, 500], persons: 9000 }, { at: [1500, 500], persons: 3000 }, { at: [2500, 500], persons: 600 }],
    jobs: [{ at: [1500, 100], count: 1500 }],
    facilities: [
      { kind: 'library', at: [500, 500], floorM2: 900, registry: true }, { kind: 'museum', at: [2500, 500], floorM2: 300, registry: true }, { kind: 'library', at: [1500, 500] },
      { kind: 'park', box: [800, 0, 1200, 500], landM2: 200_000 },
    ],
    buildings: [{ box: [100, 100, 200, 200], storeys: 6, residential: true }, { box: [300, 100, 400, 200], residential: true }, { box: [1100, 100, 1200, 200], storeys: 2 }],
    landUse: [{ kind: 'residential', box: [0, 0, 1500, 1000] }, { kind: 'industrial', box: [1400, 0, 1900, 1000] }, { kind: 'farmland', box: [1900, 0, 3000, 1000] }, { kind: 'lake', water: true, box: [0, 0, 100, 1000] }],
  });

  it('over areas are densities; what lies outside counts on neither side of the built-up area', () => {
    const people = byId(city, run(density, city, { of: { kind: 'persons' }, per: { by: 'place-area' } }).value);
    // 12,000 persons on the 2 km² of block a
    expect(people['city']).toBeCloseTo(6000, 0);
    expect(people['b']).toBeNaN();
    expect(people['right']).toBeCloseTo(600, 0);
    const builtUp = byId(city, run(density, city, { of: { kind: 'persons' }, per: { by: 'built-up' } }).value);
    expect(builtUp['city']).toBeCloseTo(6000, 0);
    expect(builtUp['right']).toBeNaN();
    expect(byId(city, run(density, city, { of: { kind: 'persons' }, per: { by: 'residential-land' } }).value)['middle'] / 6000).toBeCloseTo(1, 2);
    // construction land: homes and works to 1,900 m, overlaps once; the lake is part of no land
    const jobs = run(density, city, { of: { kind: 'jobs' }, per: { by: 'construction-land' } });
    expect(byId(city, jobs.value)['city'] / (1500 / 1.9)).toBeCloseTo(1, 2);
    expect(byId(city, jobs.value)['right']).toBeNaN();
  });

  it('of buildings: floor is footprint × storeys, unknown storeys are told', () => {
    const { value, notes } = run(density, city, { of: { kind: 'buildings', measure: 'floor-m2' }, per: { by: 'place-area', unitM2: 1 } });
    expect(byId(city, value)['left']).toBeCloseTo(0.06, 5);
    expect(byId(city, value)['middle']).toBeCloseTo(0.02, 5);
    // 30,000 m² of footprint for 12,000 persons: the map's buildings cannot be all
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/thin-buildings', 1], ['checkup/storeys-unknown', 1]]);
    expect(byId(city, run(areaShare, city, { of: { buildings: 'footprint' } }).value)['left']).toBeCloseTo(2, 4);
  });

  it('of land and ground are cut by borders, overlaps once', () => {
    const shares = byId(city, run(areaShare, city, { of: { land: ['residential', 'industrial'] } }).value);
    // borders of this city run due east–west, the worst case for rows: 0.1 %
    expect(shares['left'] / 100).toBeCloseTo(1, 2);
    expect(shares['middle'] / 90).toBeCloseTo(1, 2);
    expect(shares['city'] / ((100 * 1900) / 2000)).toBeCloseTo(1, 2);
    const parks = byId(city, run(areaShare, city, { of: { facilities: ['park'] } }).value);
    expect(parks['left']).toBeCloseTo(10, 1);
    expect(parks['middle']).toBeCloseTo(10, 1);
    expect(byId(city, run(areaShare, city, { of: { land: ['water'] } }).value)['left']).toBeCloseTo(10, 1);
  });

  it('of facilities: floor a person, those of unknown floor told', () => {
    const { value, n, notes, quality } = run(facilityCount, city, { facilities: ['library', 'museum'], measure: 'floor-m2', per: { by: 'persons' } });
    expect(byId(city, value)).toMatchObject({ city: 900 / 12_000, left: 0.1, middle: 0, right: 0.5 });
    expect(byId(city, n)).toMatchObject({ city: 2, right: 1 });
    expect(notes?.[0]).toMatchObject({ code: 'checkup/facility-floor-m2-unknown', count: 1 });
    expect(quality).toBe('proxy');
    expect(byId(city, run(facilityCount, city, { facilities: ['park'], leastM2: 100_000, per: { by: 'persons', unit: 100_000 } }).value)['city']).toBeCloseTo(100_000 / 12_000, 9);
    expect(byId(city, run(facilityCount, city, { facilities: ['park'], leastM2: 200_001 }).value)['city']).toBe(0);
    expect(missing(facilityCount, city, { facilities: ['park'], measure: 'capacity' })).toContain('has a known capacity');
    expect(missing(facilityCount, city, { facilities: ['canteen'] })).toContain('no such facility');
    expect(missing(areaShare, city, { of: { facilities: ['canteen'] } })).toContain('no such facility');
  });

  it('of facilities without a floor are estimated by the map where that is asked', () => {
    // a museum of two houses (2 storeys of 2,500 m² and one unmapped of 400) in its outline, a library that is a point in a house, one that says its floor
    const mapped = makeCity({
      places: PLACES, residents: [{ at: [500, 500], persons: 1000 }],
      facilities: [{ kind: 'museum', box: [0, 0, 100, 100] }, { kind: 'library', at: [320, 20] }, { kind: 'library', box: [500, 0, 600, 100], floorM2: 700 }],
      buildings: [{ box: [10, 10, 60, 60], storeys: 2 }, { box: [70, 70, 90, 90] }, { box: [300, 0, 350, 50], storeys: 5 }, { box: [510, 10, 560, 60], storeys: 3 }],
    });
    const floor = { facilities: ['museum', 'library'], measure: 'floor-m2' };
    expect(byId(mapped, run(facilityCount, mapped, floor).value)['city']).toBe(700);
    const { value, quality, notes } = run(facilityCount, mapped, { ...floor, estimateFloor: true });
    expect(byId(mapped, value)['city']).toBeCloseTo(700 + 2 * 2500 + 400, 0);
    expect(quality).toBe('proxy');
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/facility-floor-estimated', 1], ['checkup/facility-floor-m2-unknown', 1]]);
  });

  it('by one another are ratios', () => {
    expect(byId(city, run(ratio, city, { of: { kind: 'jobs' }, per: { kind: 'persons' } }).value)).toMatchObject({ city: 1500 / 12_000, middle: 0.5, left: 0 });
    expect(missing(ratio, city, { of: { kind: 'registry', table: 'parks' }, per: { kind: 'persons' } })).toContain('parks.csv');
  });
});

describe('empty homes', () => {
  const city = makeCity({
    places: PLACES,
    residents: [{ at: [500, 500], persons: 240 }, { at: [1500, 500], persons: 50 }, { at: [2500, 500], persons: 10 }],
    tables: {
      buildings: [{ bldg_id: 'a', community_id: 'left', units: 100 }, { bldg_id: 'b', community_id: 'middle', units: 100 }, { bldg_id: 'c', community_id: 'right', units: 5 }],
      community_services: [{ community_id: 'left', households: 90 }, { community_id: 'middle', households: 25 }, { community_id: 'right', households: 5 }],
    },
  });

  it('are told by persons or households a dwelling', () => {
    expect(byId(city, run(vacancy, city, {}).value)).toEqual({ city: 290 / 200, a: 1.45, b: NaN, left: 2.4, middle: 0.5, right: NaN });
    // rooms of dormitories are no dwellings
    const dormitory = makeCity({ places: PLACES, residents: [{ at: [500, 500], persons: 240 }], tables: { buildings: [{ bldg_id: 'a', community_id: 'left', units: 100, complete_set: true }, { bldg_id: 'd', community_id: 'left', units: 300, complete_set: false }, { bldg_id: 'e', community_id: 'left', units: 20, complete_set: null }] } });
    expect(byId(dormitory, run(vacancy, dormitory, {}).value)).toMatchObject({ left: 2 });
    expect(byId(dormitory, run(vacancy, dormitory, { where: { column: 'units', op: 'filled' } }).value)).toMatchObject({ left: 240 / 420 });
    expect(byId(city, run(vacancy, city, { by: 'households' }).value)).toMatchObject({ left: 0.9, middle: 0.25 });
    expect(byId(city, run(vacancy, city, { by: 'households', value: 'vacant-share' }).value)['middle']).toBeCloseTo(75, 9);
    // 290 persons in 115 households: 2.52 a home that is lived in
    expect(byId(city, run(vacancy, city, { value: 'vacant-share' }).value)['middle']).toBeCloseTo(100 * (1 - 50 / ((100 * 290) / 115)), 9);
    expect(byId(city, run(vacancy, city, { value: 'vacant-share', personsPerDwelling: 2 }).value)).toMatchObject({ left: 0, middle: 75 });
  });
});
