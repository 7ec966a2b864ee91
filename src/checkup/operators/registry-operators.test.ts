import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../import/model.ts';
import type { CityData } from '../city/city-data.ts';
import { degreesAt, makeCity } from '../city/make-city.ts';
import { columnGap } from './column-gap.ts';
import type { Condition } from './condition-schema.ts';
import { conditionSchema } from './condition-schema.ts';
import { NO, UNKNOWN, YES, absentColumn, compileCondition } from './conditions.ts';
import type { Operator, PlaceValues } from './operator.ts';
import { parseParams } from './reach-params.ts';
import { registryCount } from './registry-count.ts';
import { reported } from './reported.ts';
import { registryRatio } from './registry-ratio.ts';
import { registryShare } from './registry-share.ts';
import { registrySum } from './registry-sum.ts';

/** A city of two blocks: a with communities a1 (10,000 persons) and a2 (2,000), b with b1 (500). */
const PLACES = [
  { id: 'city', level: 'city', box: [0, 0, 4000, 1000] },
  { id: 'a', level: 'block', parent: 'city', box: [0, 0, 2000, 1000] },
  { id: 'b', level: 'block', parent: 'city', box: [2000, 0, 4000, 1000] },
  { id: 'a1', level: 'community', parent: 'a', box: [0, 0, 1000, 1000] },
  { id: 'a2', level: 'community', parent: 'a', box: [1000, 0, 2000, 1000] },
  { id: 'b1', level: 'community', parent: 'b', box: [2000, 0, 4000, 1000] },
] as const;
const RESIDENTS = [{ at: [500, 500], persons: 10_000 }, { at: [1500, 500], persons: 2000 }, { at: [3000, 500], persons: 500 }] as const;

function cityOf(tables: Partial<Record<'buildings' | 'community_services' | 'tasks' | 'parks' | 'cases' | 'indicators_dept', readonly Attributes[]>>): CityData {
  return makeCity({ period: 2025, places: PLACES, residents: RESIDENTS, tables });
}

function run(operator: Operator, city: CityData, params: unknown): PlaceValues {
  const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}

function missing(operator: Operator, city: CityData, params: unknown): string {
  const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
  if (result instanceof Promise || !('missing' in result)) throw new Error('there is a value');
  return `${result.missing.reason.en} ${result.missing.supply.en}`;
}

/** Values by the places' ids. */
function byId(city: CityData, values: Float64Array | undefined): Record<string, number> {
  return Object.fromEntries(Array.from(values ?? [], (value, place) => [city.snapshot.text(city.snapshot.place.id[place]), value]));
}

describe('conditions', () => {
  const rows: Attributes[] = [
    { year: 1980, gas: true, code: '0410', note: '是', demand: 45 },
    { year: null, gas: true, code: '0501', note: '否', demand: '60' },
    { year: 2010, gas: null, code: '0410A', note: '也许', demand: null },
    { year: null, gas: false, code: null, note: null, demand: 'many' },
  ];
  const table = () => cityOf({ buildings: rows.map((row, i) => ({ bldg_id: `B${i}`, ...row })) }).table('buildings')!;
  const answers = (condition: unknown): number[] => {
    const parsed: Condition = conditionSchema.parse(condition);
    return rows.map((_, row) => compileCondition(parsed, table(), 2025)(row));
  };

  it('answer yes, no or unknown; an empty cell is never no', () => {
    expect(answers({ column: 'year', op: '<=', yearsBefore: 20 })).toEqual([YES, UNKNOWN, NO, UNKNOWN]);
    expect(answers({ column: 'gas', op: '=', value: true })).toEqual([YES, YES, UNKNOWN, NO]);
    expect(answers({ column: 'note', op: '=', value: true })).toEqual([YES, NO, UNKNOWN, UNKNOWN]);
    expect(answers({ column: 'demand', op: '>=', value: 50 })).toEqual([NO, YES, UNKNOWN, UNKNOWN]);
    expect(answers({ column: 'code', op: 'starts-with', values: ['0410'] })).toEqual([YES, NO, YES, UNKNOWN]);
    expect(answers({ column: 'year', op: 'in', values: [1980, 1990] })).toEqual([YES, UNKNOWN, NO, UNKNOWN]);
    expect(answers({ column: 'year', op: 'not-in', values: [1980, 1990] })).toEqual([NO, UNKNOWN, YES, UNKNOWN]);
    expect(answers({ column: 'year', op: 'filled' })).toEqual([YES, NO, YES, NO]);
    expect(answers({ column: 'year', op: '>', value: 1900, whenEmpty: 'no' })).toEqual([YES, NO, YES, NO]);
    expect(answers({ column: 'year', op: '<', other: 'demand' })).toEqual([NO, UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  it('join as Kleene has it: sound pipes are no hazard however old nobody knows', () => {
    const old = { column: 'year', op: '<=', yearsBefore: 20 };
    const corroded = { column: 'gas', op: '=', value: true };
    expect(answers({ all: [old, corroded] })).toEqual([YES, UNKNOWN, NO, NO]);
    expect(answers({ any: [old, corroded] })).toEqual([YES, YES, UNKNOWN, UNKNOWN]);
    expect(answers({ not: corroded })).toEqual([NO, NO, UNKNOWN, YES]);
  });

  it('obey de Morgan and Kleene’s tables, whatever is asked', () => {
    const leaf = fc.constantFrom<Condition>(
      conditionSchema.parse({ column: 'gas', op: '=', value: true }), conditionSchema.parse({ column: 'year', op: '<', value: 2000 }), conditionSchema.parse({ column: 'note', op: '=', value: true }),
    );
    fc.assert(fc.property(leaf, leaf, fc.nat(3), (a, b, row) => {
      const ask = (condition: Condition): number => compileCondition(condition, table(), 2025)(row);
      const rank = [0, 2, 1];
      const of = (value: number): number => [NO, UNKNOWN, YES][value];
      // no < unknown < yes: all is the least of its parts, any the greatest
      expect(ask({ all: [a, b] })).toBe(of(Math.min(rank[ask(a)], rank[ask(b)])));
      expect(ask({ any: [a, b] })).toBe(of(Math.max(rank[ask(a)], rank[ask(b)])));
      expect(ask({ not: { all: [a, b] } })).toBe(ask({ any: [{ not: a }, { not: b }] }));
    }), { numRuns: 50 });
  });

  it('name the column that no file has, and say what its absence means where told', () => {
    expect(absentColumn(conditionSchema.parse({ any: [{ column: 'gas', op: '=', value: true }, { column: 'strengthened', op: '=', value: false }] }), table())).toBe('strengthened');
    expect(answers({ all: [{ column: 'gas', op: '=', value: true }, { column: 'demolition', op: '!=', value: true, whenAbsent: 'yes' }] })).toEqual([YES, YES, UNKNOWN, NO]);
    for (const bad of [{ column: 'a', op: '=' }, { column: 'a', op: '=', value: 1, other: 'b' }, { column: 'a', op: 'in', value: 1 }, { column: 'a', op: 'empty', value: 1 }, { column: 'a', op: 'eval', value: 'x' }, { all: [] }, { column: 'constructor', op: '=' }]) expect(conditionSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
    expect(absentColumn(conditionSchema.parse({ column: 'constructor', op: '=', value: 1 }), table())).toBe('constructor');
    expect(answers({ column: 'year', op: '=', other: 'constructor', whenAbsent: 'no' })).toEqual([NO, NO, NO, NO]);
  });
});

describe('rows of a registry', () => {
  /** By community: homes, floors, lifts. */
  const city = cityOf({
    buildings: [
      { bldg_id: 'B1', community_id: 'a1', storeys: 6, lift: false, units: 30, complete_set: true },
      { bldg_id: 'B2', community_id: 'a1', storeys: 6, lift: null, units: 20, complete_set: false },
      { bldg_id: 'B3', community_id: 'a1', storeys: 3, lift: false, units: 10, complete_set: false },
      { bldg_id: 'B4', community_id: 'a2', storeys: 4, lift: false, units: null, complete_set: false },
      { bldg_id: 'B5', community_id: 'nowhere', storeys: 6, lift: false, units: 40, complete_set: false },
      { bldg_id: 'B6', storeys: 6, lift: false, units: 7, complete_set: true },
      { bldg_id: 'B7', community_id: 'b1', storeys: null, lift: null, units: null, complete_set: null },
    ],
  });
  const walkUps = { table: 'buildings', where: { all: [{ column: 'storeys', op: '>=', value: 4 }, { column: 'lift', op: '=', value: false }] } };

  it('count where they are, and above; what they do not say is noted, and those of unknown units are not there', () => {
    const { value, numerator, n, notes, detail } = run(registryCount, city, walkUps);
    // B1 in a1, B4 in a2, B6 says nothing of where it is and counts for the city; B7's answer is unknown, so b1 has none
    expect(byId(city, value)).toEqual({ a: 2, a1: 1, a2: 1, b: NaN, b1: NaN, city: 3 });
    expect(byId(city, numerator)).toMatchObject({ a: 2, city: 3 });
    expect(byId(city, n)).toEqual({ a: 4, a1: 3, a2: 1, b: 1, b1: 1, city: 6 });
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/unplaced/buildings', 1], ['checkup/unknown-answer/buildings/storeys, lift', 2]]);
    expect(detail?.rows).toEqual({ table: 'buildings', row: Uint32Array.of(0, 3, 4) });
  });

  it('count with a column: dwellings, not buildings', () => {
    const { value, notes } = run(registryCount, city, { table: 'buildings', where: { column: 'complete_set', op: '=', value: false }, weigh: 'units' });
    expect(byId(city, value)).toEqual({ a: 30, a1: 30, a2: NaN, b: NaN, b1: NaN, city: 30 });
    expect(notes?.find(({ code }) => code === 'checkup/empty-cell/buildings/units')?.count).toBe(1);
  });

  it('are divided by persons or area', () => {
    expect(byId(city, run(registryCount, city, { ...walkUps, per: { by: 'persons', unit: 1000 } }).value)).toMatchObject({ a1: 0.1, a2: 0.5, a: 2 / 12, city: 3 / 12.5 });
    const perKm2 = byId(city, run(registryCount, city, { ...walkUps, per: { by: 'place-area', unit: 1e6 } }).value);
    expect(perKm2['a1']).toBeCloseTo(1, 4);
    expect(perKm2['city']).toBeCloseTo(3 / 4, 4);
  });

  it('counts a park that is a zone there, and in the units that the zone belongs to', () => {
    const city = makeCity({
      period: 2025, residents: RESIDENTS, places: [...PLACES, { id: 'p', level: 'zone', parent: 'a', box: [0, 0, 1500, 500] }, { id: 'q', level: 'zone', parent: 'b', box: [2000, 0, 3000, 500] }],
      tables: { parks: [{ park_id: 'p', jobs: 300 }, { park_id: 'q', jobs: 50 }, { park_id: 'r', jobs: 7 }] },
    });
    // r is no zone: of the city alone
    expect(byId(city, run(registrySum, city, { table: 'parks', column: 'jobs' }).value)).toMatchObject({ p: 300, q: 50, a: 300, b: 50, city: 357 });
  });

  it('make shares among those that are known, and ratios of the same rows', () => {
    const share = run(registryShare, city, { table: 'buildings', of: { column: 'storeys', op: '>=', value: 4 }, where: { column: 'lift', op: '=', value: false } });
    expect(byId(city, share.value)).toEqual({ a: 100, a1: 100, a2: 100, b: NaN, b1: NaN, city: 100 });
    const sets = run(registryShare, city, { table: 'buildings', where: { column: 'complete_set', op: '=', value: true }, weigh: 'units' });
    expect(byId(city, sets.value)).toMatchObject({ a1: 50, city: (100 * 37) / 67 });
    expect(byId(city, run(registrySum, city, { table: 'buildings', column: 'units' }).value)).toEqual({ a: 60, a1: 60, a2: NaN, b: NaN, b1: NaN, city: 67 });
    const ratio = run(registryRatio, city, { table: 'buildings', numerator: [{ column: 'units' }], denominator: [{ column: 'storeys', times: 2 }] });
    expect(byId(city, ratio.value)).toMatchObject({ a1: 60 / 30, city: 67 / 42 });
    const parks = cityOf({ parks: [{ park_id: 'p', floor: 1000, vacant_floor: 250 }, { park_id: 'q', floor: 3000, vacant_floor: null }, { park_id: 'r', floor: 1000, vacant_floor: -5 }] });
    const vacant = run(registryRatio, parks, { table: 'parks', numerator: [{ column: 'vacant_floor' }], denominator: [{ column: 'floor' }], times: 100 });
    expect(byId(parks, vacant.value)).toMatchObject({ city: 25, a: NaN });
    expect(vacant.notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/unplaced/parks', 3], ['checkup/empty-cell/parks/vacant_floor', 1], ['checkup/impossible-cell/parks/vacant_floor', 1]]);
  });

  it('are missing, with the column named, where nothing answers', () => {
    expect(missing(registryCount, city, { table: 'buildings', where: { column: 'hazard_gas', op: '=', value: true } })).toBe('The register of buildings (buildings.csv) has no column hazard_gas. column hazard_gas of buildings.csv');
    expect(missing(registryCount, cityOf({}), { table: 'buildings', where: { column: 'lift', op: '=', value: false } })).toBe('No register of buildings (buildings.csv) was imported. buildings.csv with the columns lift');
    const silent = cityOf({ buildings: [{ bldg_id: 'B', community_id: 'a1', lift: null }] });
    expect(missing(registryCount, silent, { table: 'buildings', where: { column: 'lift', op: '=', value: false } })).toContain('None of the 1 rows');
    expect(missing(registryRatio, city, { table: 'buildings', numerator: [{ column: 'units' }], denominator: [{ column: 'rooms' }] })).toContain('no column rooms');
  });

  it('of units that the city does not have are the reason, not a column that is there', () => {
    const gone = cityOf({
      buildings: [{ bldg_id: 'B1', community_id: 'x1', lift: false }, { bldg_id: 'B2', community_id: 'x2', lift: null }], cases: [{ code: '1', community_id: 'x1', report_time: '2025-03-01' }],
      indicators_dept: [{ indicator_id: '30', unit_id: 'x1', year: 2025, value: 3 }, { indicator_id: '#31', unit_id: 'city', year: 2025, value: 4 }],
    });
    const lifts = { table: 'buildings', where: { column: 'lift', op: '=', value: false } };
    expect(missing(registryCount, gone, lifts)).toBe('The register of buildings (buildings.csv) has 2 rows, but of units that the city does not have and without coordinates, so left out; no other row can be used. the right community_id or unit_id in buildings.csv (rows are named in the notes), or units.csv imported first');
    // no row of what happened is no 0 where rows were left out
    expect(missing(registryCount, gone, { table: 'cases' })).toContain('cases (cases.csv) has 1 row, but of units');
    expect(missing(reported, gone, { indicator: '30' })).toContain('has 1 row of this indicator, but of units');
    expect(missing(reported, gone, { indicator: '32' })).toContain('do not have this indicator');
    // the column is only in rows that were left out
    const half = cityOf({ buildings: [{ bldg_id: 'B1', community_id: 'x1', hazard_gas: true }, { bldg_id: 'B2', community_id: 'a1', lift: false }] });
    expect(missing(registryCount, half, { table: 'buildings', where: { column: 'hazard_gas', op: '=', value: true } })).toContain('has 1 row with the column hazard_gas, but of units');
    expect(missing(registryCount, half, { table: 'buildings', where: { column: 'hazard_struct', op: '=', value: true } })).toContain('has no column hazard_struct');
  });

  it('of which none is asked about are none in a count, and nothing to share', () => {
    const tall = { column: 'storeys', op: '>', value: 30 };
    // b1 has rows, none known to be tall; a place without a row says nothing
    const rest = cityOf({ buildings: [{ bldg_id: 'B', community_id: 'a1', storeys: 6, lift: true }] });
    expect(byId(rest, run(registryCount, rest, { table: 'buildings', of: tall }).value)).toEqual({ a: 0, a1: 0, a2: NaN, b: NaN, b1: NaN, city: 0 });
    expect(missing(registryShare, rest, { table: 'buildings', of: tall, where: { column: 'lift', op: '=', value: true } })).toContain('has none of what is asked about');
  });

  it('of what happened mean none where there is none', () => {
    const cases = cityOf({ cases: [{ code: '1', small_code: '10', lon: degreesAt([100, 100])[0], lat: degreesAt([100, 100])[1], report_time: '2025-03-01' }, { code: '2', small_code: '10', lon: degreesAt([100, 100])[0], lat: degreesAt([100, 100])[1], report_time: '2024-03-01' }] });
    const { value } = run(registryCount, cases, { table: 'cases', where: { all: [{ column: 'small_code', op: 'in', values: ['10'] }, { column: 'report_time', op: 'in-period' }] } });
    expect(byId(cases, value)).toEqual({ a: 1, a1: 1, a2: 0, b: 0, b1: 0, city: 1 });
  });

  it('count as a plain walk over them does', () => {
    const cell = fc.record({ place: fc.constantFrom('a1', 'a2', 'b1', null), storeys: fc.option(fc.integer({ min: 1, max: 9 })), lift: fc.option(fc.boolean()), units: fc.option(fc.integer({ min: -2, max: 20 })) });
    fc.assert(fc.property(fc.array(cell, { minLength: 1, maxLength: 25 }), (rows) => {
      const made = cityOf({ buildings: rows.map(({ place, ...row }, i) => ({ bldg_id: `B${i}`, community_id: place, ...row })) });
      const result = registryCount.run(made, parseParams('registry-count', registryCount.params, { ...walkUps, weigh: 'units' }), {}) as PlaceValues | { missing: unknown };
      // plain: high without a lift, as far as both are said; a row counts with its dwellings where it says a number of 0 or more
      const answered = rows.filter(({ storeys, lift }) => (storeys !== null && lift !== null) || (storeys !== null && storeys < 4) || lift === true).filter(({ units }) => units !== null && units >= 0);
      if ('missing' in result) expect(answered).toHaveLength(0);
      else {
        for (const [id, places] of [['a1', ['a1']], ['a', ['a1', 'a2']], ['city', ['a1', 'a2', 'b1', null]]] as const) {
          const here = answered.filter(({ place }) => (places as readonly unknown[]).includes(place));
          const plain = here.filter(({ storeys, lift }) => storeys !== null && storeys >= 4 && lift === false).reduce((sum, { units }) => sum + (units ?? 0), 0);
          // a place of which nothing is known has no value
          expect(byId(made, result.value)[id]).toBe(here.length > 0 ? plain : NaN);
        }
      }
    }), { numRuns: 100 });
  });

  it('give the same whatever their order', () => {
    const rows: Attributes[] = Array.from({ length: 40 }, (_, i) => ({ bldg_id: `B${i}`, community_id: ['a1', 'a2', 'b1'][i % 3], storeys: (i % 7) + 1, lift: i % 5 === 0 ? null : i % 2 === 0, units: i }));
    const forth = cityOf({ buildings: rows });
    const back = cityOf({ buildings: rows.toReversed() });
    expect(byId(back, run(registryCount, back, { ...walkUps, weigh: 'units' }).value)).toEqual(byId(forth, run(registryCount, forth, { ...walkUps, weigh: 'units' }).value));
  });
});

describe('gaps', () => {
  const city = cityOf({
    community_services: [
      { community_id: 'a1', households: 100, parking: 60, demand_parking: 90, ev_private: 10, ev_public: 5, demand_ev: 30 },
      { community_id: 'a2', households: 100, parking: 130, demand_parking: null, ev_private: 1, ev_public: null, demand_ev: 3 },
      { community_id: 'b1', households: 50, parking: 20, demand_parking: null, ev_private: 0, ev_public: 1, demand_ev: 9 },
      { community_id: 'nobody', households: 50, parking: 0, demand_parking: 50, ev_private: 0, ev_public: 0, demand_ev: 9 },
    ],
  });

  it('of parking: the demand that is stated, else one a household; what one has too much of helps no other', () => {
    const { value, denominator } = run(columnGap, city, { table: 'community_services', demand: [{ column: 'demand_parking' }, { column: 'households' }], supply: [{ column: 'parking' }] });
    expect(byId(city, value)).toEqual({ a: 30, a1: 30, a2: 0, b: 30, b1: 30, city: 60 });
    expect(byId(city, denominator)).toMatchObject({ city: 90 + 100 + 50 });
  });

  it('of chargers: a public one stands for three; an empty cell is not 0', () => {
    const chargers = { table: 'community_services', demand: [{ column: 'demand_ev' }], supply: [{ column: 'ev_private' }, { column: 'ev_public', times: 3 }] };
    const { value, notes } = run(columnGap, city, chargers);
    expect(byId(city, value)).toEqual({ a: 5, a1: 30 - 25, a2: NaN, b: 6, b1: 9 - 3, city: 11 });
    expect(notes?.find(({ code }) => code === 'checkup/empty-cell/community_services/ev_public')?.count).toBe(1);
    expect(byId(city, run(columnGap, city, { ...chargers, count: 'rows' }).value)).toEqual({ a: 1, a1: 1, a2: NaN, b: 1, b1: 1, city: 2 });
    expect(missing(columnGap, city, { table: 'community_services', demand: [{ column: 'demand_ebike' }], supply: [{ column: 'parking' }] })).toContain('no column demand_ebike');
  });
});
