import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { CityData } from '../city/city-data.ts';
import type { At, CityPlan } from '../city/make-city.ts';
import { gridStreets, makeCity } from '../city/make-city.ts';
import { accessAvailability } from './access-availability.ts';
import { accessCumulative } from './access-cumulative.ts';
import { accessFloatingCatchment } from './access-floating-catchment.ts';
import { accessGravity } from './access-gravity.ts';
import { accessKth } from './access-kth.ts';
import { accessByPoint } from './access-values.ts';
import { accessSchema } from './access-params.ts';
import { balancingCost } from './balancing-cost.ts';
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
const pointValues = (city: CityData, operator: string, params: unknown): number[] => {
  const found = accessByPoint(city, accessSchema.parse({ operator, params }), {});
  if ('missing' in found) throw new Error(found.missing.reason.en);
  return [...found.value];
};

/**
 * One street from west to east, 2 km, with homes at 0, 600 and 1,200 m (100, 300, 200 persons) and kindergartens at 300 m (90 places) and 1,500 m (30):
 * every distance is a difference of two numbers. West and east are communities that meet at 900 m.
 */
const LINE: CityPlan = {
  places: [
    { id: 'city', level: 'city', box: [-100, -100, 2100, 100] },
    { id: 'west', level: 'community', parent: 'city', box: [-100, -100, 900, 100] },
    { id: 'east', level: 'community', parent: 'city', box: [900, -100, 2100, 100] },
  ],
  streets: [{ line: [[0, 0], [450, 0], [2000, 0]] }],
  residents: [{ at: [0, 0], persons: { total: 100, '65+': 10 } }, { at: [600, 0], persons: { total: 300, '65+': 90 } }, { at: [1200, 0], persons: { total: 200, '65+': 20 } }],
  facilities: [{ kind: 'kindergarten', at: [300, 0], capacity: 90, registry: true }, { kind: 'kindergarten', at: [1500, 0], capacity: 30, registry: true }],
  jobs: [{ at: [300, 0], count: 90 }, { at: [1500, 0], count: 30 }],
};
const places = { of: 'facilities', kinds: ['kindergarten'], weight: 'capacity' };
const jobs = { of: 'jobs' };

describe('cumulative opportunities', () => {
  it('are what lies within the cut-off, averaged over persons', () => {
    const city = makeCity(LINE);
    // 0 → 300; 600 → 300 away and 900 away; 1,200 → 900 and 300 away
    const result = run(accessCumulative, city, { opportunity: places, metres: 350 });
    expect(pointValues(city, 'access-cumulative', { opportunity: places, metres: 350 })).toEqual([90, 90, 30]);
    expect(at(city, result, 'west')).toBe(90);
    expect(at(city, result, 'east')).toBe(30);
    expect(at(city, result, 'city')).toBeCloseTo((400 * 90 + 200 * 30) / 600, 12);
    expect(result.quality).toBe('measured');
    expect(pointValues(city, 'access-cumulative', { opportunity: places, metres: 905 })).toEqual([90, 120, 120]);
    expect(pointValues(city, 'access-cumulative', { opportunity: places, metres: 905, as: 'share' })).toEqual([75, 100, 100]);
    // 1 m/s: 300 m are 5 minutes and a few seconds for rounding up, 900 m 15 and a few
    expect(pointValues(city, 'access-cumulative', { opportunity: places, minutes: 6 })).toEqual([90, 90, 30]);
    expect(pointValues(city, 'access-cumulative', { opportunity: places, minutes: 16 })).toEqual([90, 120, 120]);
    // a group weighs by its own persons
    expect(at(city, run(accessCumulative, city, { opportunity: places, metres: 350, group: '65+' }), 'city')).toBeCloseTo((100 * 90 + 20 * 30) / 120, 12);
  });

  it('count persons, their own neighbours too', () => {
    expect(pointValues(makeCity(LINE), 'access-cumulative', { opportunity: { of: 'persons' }, metres: 650 })).toEqual([400, 600, 500]);
  });

  it('summarise an interval of cut-offs', () => {
    // from the middle home 90 within 300, 600 m, and 120 within 900 and 1,200 m
    const interval = { from: 310, every: 300, summary: 'mean' };
    expect(pointValues(makeCity(LINE), 'access-cumulative', { opportunity: places, metres: 1210, interval })[1]).toBe(105);
    expect(pointValues(makeCity(LINE), 'access-cumulative', { opportunity: jobs, metres: 1210, interval: { ...interval, summary: 'median' } })[1]).toBe(105);
    expect(pointValues(makeCity(LINE), 'access-cumulative', { opportunity: jobs, metres: 910, interval: { ...interval, summary: 'median' } })[1]).toBe(90);
  });

  it('say why there is none', () => {
    expect(missing(accessCumulative, makeCity({ ...LINE, streets: [] }), { opportunity: places, metres: 350 })).toMatch(/no streets/);
    expect(missing(accessCumulative, makeCity({ ...LINE, jobs: [] }), { opportunity: jobs, minutes: 30 })).toMatch(/no jobs/);
    expect(missing(accessCumulative, makeCity({ ...LINE, facilities: [{ kind: 'kindergarten', at: [300, 0] }] }), { opportunity: places, metres: 350 })).toMatch(/capacity/);
    expect(missing(accessCumulative, makeCity(LINE), { opportunity: places, metres: 350, group: '0-2' })).toMatch(/residents aged 0 to 2/);
    expect(() => accessCumulative.params.parse({ opportunity: jobs, metres: 350, minutes: 5 })).toThrow(/either minutes or metres/);
  });

  it('leave out who lives beside no street', () => {
    const far = { at: [500, 9000] as At, persons: 50 };
    const city = makeCity({ ...LINE, places: [...(LINE.places ?? []).slice(1), { id: 'city', level: 'city', box: [-100, -100, 2100, 9500] }], residents: [...(LINE.residents ?? []), far] });
    expect(pointValues(city, 'access-cumulative', { opportunity: jobs, metres: 350 })).toEqual([90, 90, 30, NaN]);
    // whoever lives outside the city is none of its residents
    expect(run(accessCumulative, makeCity({ ...LINE, residents: [...(LINE.residents ?? []), far] }), { opportunity: jobs, metres: 350 }).notes).toEqual([]);
    expect(run(accessCumulative, city, { opportunity: jobs, metres: 350 }).notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/off-network', 50]]);
  });
});

describe('gravity', () => {
  it('weighs by the curve', () => {
    const city = makeCity(LINE);
    // linear to 1 km: 1 − d; homes at 0.3 km and 0.9 km from the kindergartens
    const linear = pointValues(city, 'access-gravity', { opportunity: places, metres: 1000, decay: { kind: 'linear' } });
    [90 * 0.7, 90 * 0.7 + 30 * 0.1, 90 * 0.1 + 30 * 0.7].forEach((expected, p) => expect(linear[p]).toBeCloseTo(expected, 3));
    const exp = pointValues(city, 'access-gravity', { opportunity: places, metres: 1000, decay: { kind: 'exp', rate: 2 } });
    expect(exp[1]).toBeCloseTo(90 * Math.exp(-0.6) + 30 * Math.exp(-1.8), 2);
    // half as much at 300 m, an eighth at 900 m
    expect(pointValues(city, 'access-gravity', { opportunity: places, metres: 300, decay: { kind: 'exp' } })[1]).toBeCloseTo(45 + 30 / 8, 2);
    // power of minutes: at 5 and 15 minutes 1/25 and 1/225, rounded up to whole seconds along the way
    const power = pointValues(city, 'access-gravity', { opportunity: places, minutes: 20, decay: { kind: 'power', b: 2 } });
    expect(power[1]).toBeCloseTo(90 / 25 + 30 / 225, 1);
    // step is cumulative
    expect(pointValues(city, 'access-gravity', { opportunity: places, metres: 350, decay: { kind: 'step' } })).toEqual([90, 90, 30]);
    const logistic = pointValues(city, 'access-gravity', { opportunity: places, metres: 900, decay: { kind: 'logistic', sd: 0.1 } });
    expect(logistic[1]).toBeCloseTo(90 + 15, 0);
  });
});

describe('floating catchments', () => {
  const found = (params: object): number[] => pointValues(makeCity(LINE), 'access-floating-catchment', { method: '2sfca', opportunity: places, ...params }).map((value) => Math.round(value * 1e6) / 1e6);

  it('2SFCA by hand', () => {
    // 350 m: the first kindergarten's 90 places for 400 persons, the second's 30 for 200
    expect(found({ metres: 350 })).toEqual([225, 225, 150]);
    // 905 m: 90 for all 600 = 0.15; 30 for 300 + 200 = 0.06; the first home reaches only the first
    expect(found({ metres: 905 })).toEqual([150, 210, 210]);
    expect(at(makeCity(LINE), run(accessFloatingCatchment, makeCity(LINE), { method: '2sfca', opportunity: places, metres: 905 }), 'city')).toBeCloseTo(200, 9);
    const city = makeCity(LINE);
    const { detail } = run(accessFloatingCatchment, city, { method: '2sfca', opportunity: places, metres: 350 });
    expect([detail?.facilities, detail?.load?.demand, detail?.load?.capacity].map((list) => [...(list ?? [])])).toEqual([[0, 1], [400, 200], [90, 30]]);
    // demand of one group only
    expect(found({ metres: 350, group: '65+' })).toEqual([900, 900, 1500]);
  });

  it('E2SFCA by hand', () => {
    // linear to 1 km. First: 100·0.7 + 300·0.7 + 200·0.1 = 300 → 0.3; second: 300·0.1 + 200·0.7 = 170 → 30/170
    const values = found({ method: 'e2sfca', metres: 1000, decay: { kind: 'linear' } });
    [0.3 * 0.7, 0.3 * 0.7 + (30 / 170) * 0.1, 0.3 * 0.1 + (30 / 170) * 0.7].forEach((expected, p) => expect(values[p] / 1000).toBeCloseTo(expected, 4));
  });

  it('BFCA by hand: demand and service are handed out once', () => {
    // 905 m, all weights 1. Demand: the first home's 100 go to one kindergarten, the others' halves to each: 100 + 150 + 100 = 350 and 250.
    // Service 90/350 and 30/250, each split among the homes it serves: three and two.
    const city = makeCity(LINE);
    const values = found({ method: 'bfca', metres: 905, decay: { kind: 'step' }, per: 1 });
    const [a, b] = [90 / 350 / 3, 30 / 250 / 2];
    [a, a + b, a + b].forEach((expected, p) => expect(values[p]).toBeCloseTo(expected, 6));
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(90 / 350 + 30 / 250, 5);
    expect(() => accessFloatingCatchment.params.parse({ method: 'bfca', opportunity: places, metres: 905 })).toThrow(/need one/);
    expect(city.tree.count).toBe(3);
  });

  it('spatial availability gives out every opportunity once, and by person is E2SFCA with the same impedance', () => {
    const city = makeCity(LINE);
    const decay = { kind: 'exp', rate: 1.5 };
    const perPerson = pointValues(city, 'access-availability', { opportunity: places, metres: 1600, decay });
    expect(100 * perPerson[0] + 300 * perPerson[1] + 200 * perPerson[2]).toBeCloseTo(120, 9);
    const enhanced = pointValues(city, 'access-floating-catchment', { method: 'e2sfca', opportunity: places, metres: 1600, decay, per: 1 });
    perPerson.forEach((value, p) => expect(value).toBeCloseTo(enhanced[p], 12));
    expect(at(city, run(accessAvailability, city, { opportunity: places, metres: 1600, decay, per: 100 }), 'city')).toBeCloseTo(20, 9);
  });
});

describe('cost to the k-th closest', () => {
  it('counts facilities, not their doors', () => {
    const city = makeCity({ ...LINE, facilities: [
      { kind: 'park', box: [200, 20, 700, 60], entrances: [[200, 20], [700, 20]] },
      { kind: 'park', box: [1400, 20, 1500, 60], entrances: [[1400, 20]] },
    ] });
    // from 600 m: 120 m to the park's second door (100 along, 20 off the street), 820 m to the other park
    const first = pointValues(city, 'access-kth', { facilities: ['park'], metres: 2000 });
    const second = pointValues(city, 'access-kth', { facilities: ['park'], k: 2, metres: 2000 });
    [220, 120, 220].forEach((expected, p) => expect(first[p]).toBeCloseTo(expected, 1));
    [1420, 820, 520].forEach((expected, p) => expect(second[p]).toBeCloseTo(expected, 1));
    // one of two parks within 500 m, though with two doors
    expect(pointValues(city, 'access-cumulative', { opportunity: { of: 'facilities', kinds: ['park'] }, metres: 750 })).toEqual([1, 1, 2]);
  });

  it('finds the same with one door a facility and with two at one spot', () => {
    for (const mode of ['walk', 'drive']) {
      const { homes, sites } = makeGrid(8, false);
      const withDoors = (doors: (spot: At) => { entrances?: readonly At[] }): CityData => makeCity({
        streets: gridStreets([0, 0, 1200, 800], 100), residents: homes.map(({ at: where, persons }, i) => ({ at: [where[0] + (i % 7) * 9, where[1]] as At, persons })),
        facilities: sites.map(({ at: where }, i) => ({ kind: 'park', id: `p${i}`, at: [where[0] + 37, where[1]] as At, ...doors([where[0] + 37, where[1]]) })),
      });
      const params = { facilities: ['park'], k: 2, mode, minutes: 30 };
      expect(pointValues(withDoors((spot) => ({ entrances: [spot, spot] })), 'access-kth', params)).toEqual(pointValues(withDoors((spot) => ({ entrances: [spot] })), 'access-kth', params));
    }
  });

  it('has a mean that counts the cut-off, and percentiles that say when they do not know', () => {
    const city = makeCity(LINE);
    const kth = (metres: number, statistic: string): PlaceValues => run(accessKth, city, { facilities: ['kindergarten'], k: 2, metres, statistic });
    // 1,500, 900, 900 m; within 1,000 m the first home's 100 persons do not know
    expect(at(city, kth(2000, 'mean'), 'city')).toBeCloseTo((150_000 + 270_000 + 180_000) / 600, 2);
    expect(at(city, kth(1000, 'mean'), 'city')).toBeCloseTo((100_000 + 270_000 + 180_000) / 600, 2);
    expect(at(city, kth(1000, 'median'), 'city')).toBeCloseTo(900, 2);
    expect(at(city, kth(1000, 'p90'), 'city')).toBeNaN();
    expect(at(city, kth(2000, 'p90'), 'city')).toBeCloseTo(1500, 2);
    expect(kth(1000, 'mean').notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/beyond-cutoff', 100]]);
  });
});

describe('balancing cost', () => {
  it('is where opportunities reach the persons of the own unit', () => {
    // west has 400 persons, east 200. With 500 jobs at 300 m and 100 at 1,500 m: 300 m for both homes in the west; 1,200 → 500 jobs within 900 m
    const city = makeCity({ ...LINE, jobs: [{ at: [300, 0], count: 500 }, { at: [1500, 0], count: 100 }] });
    // in steps of 70 m: 350 and 910
    expect(pointValues(city, 'balancing-cost', { opportunity: jobs, metres: 2000, step: 70 })).toEqual([350, 350, 910]);
    const none = run(balancingCost, city, { opportunity: jobs, metres: 500, step: 100 });
    expect(at(city, none, 'east')).toBe(500);
    expect(none.notes?.map(({ code }) => code)).toContain('checkup/beyond-cutoff');
  });
});

// ---- a grid city against twins over a dense matrix of distances ---------------------------------------------------------

interface Made {
  readonly city: CityData;
  readonly homes: readonly { at: At; persons: number }[];
  readonly sites: readonly { at: At; capacity: number }[];
}

/** Homes and sites at crossings of a 100 m grid, where the way is the sum of both differences. */
function makeGrid(seed: number, asJobs: boolean): Made {
  const random = new Random(seed);
  const spot = (): At => [100 * random.integer(0, 12), 100 * random.integer(0, 8)];
  const homes = Array.from({ length: 40 }, () => ({ at: spot(), persons: random.integer(0, 30) }));
  const sites = Array.from({ length: 9 }, () => ({ at: spot(), capacity: random.integer(1, 200) }));
  const city = makeCity({
    streets: gridStreets([0, 0, 1200, 800], 100), residents: homes, places: [{ id: 'city', level: 'city', box: [-500, -500, 2000, 2000] }],
    facilities: asJobs ? [] : sites.map(({ at: where, capacity }, i) => ({ kind: 'clinic', at: where, capacity, id: `c${i}` })),
    jobs: sites.map(({ at: where, capacity }) => ({ at: where, count: capacity })),
  });
  return { city, homes, sites };
}

const apart = (a: At, b: At): number => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

describe('on a grid, against a dense matrix', () => {
  const clinics = { of: 'facilities', kinds: ['clinic'], weight: 'capacity' };
  for (const seed of [1, 2, 3]) {
    it(`every measure agrees, by searches and by sweeps (seed ${seed})`, () => {
      const { city, homes, sites } = makeGrid(seed, false);
      const f = (metres: number): number => (metres < 750 ? Math.exp(-2 * (metres / 1000)) : 0);
      const w = homes.map((home) => sites.map((site) => f(apart(home.at, site.at))));
      const demand = sites.map((_, j) => homes.reduce((sum, home, i) => sum + home.persons * w[i][j], 0));
      const gravity = homes.map((_, i) => sites.reduce((sum, site, j) => sum + site.capacity * w[i][j], 0));
      const enhanced = homes.map((_, i) => sites.reduce((sum, site, j) => sum + (demand[j] > 0 ? (site.capacity / demand[j]) * w[i][j] : 0), 0));
      const rows = w.map((row) => row.reduce((a, b) => a + b, 0));
      const served = sites.map((_, j) => homes.reduce((sum, home, i) => sum + (home.persons > 0 ? w[i][j] : 0), 0));
      const share = sites.map((_, j) => homes.reduce((sum, home, i) => sum + (rows[i] > 0 ? (home.persons * w[i][j]) / rows[i] : 0), 0));
      const balanced = homes.map((_, i) => sites.reduce((sum, site, j) => sum + (share[j] > 0 && served[j] > 0 ? (site.capacity / share[j]) * (w[i][j] / served[j]) : 0), 0));
      const travel = { metres: 750, decay: { kind: 'exp', rate: 2 } };
      for (const opportunity of [clinics, jobs]) {
        const near = (values: number[], expected: number[]): void => values.forEach((value, p) => expect(value).toBeCloseTo(expected[p], 2));
        near(pointValues(city, 'access-gravity', { opportunity, ...travel }), gravity);
        near(pointValues(city, 'access-floating-catchment', { method: 'e2sfca', opportunity, ...travel, per: 1 }), enhanced);
        near(pointValues(city, 'access-floating-catchment', { method: 'bfca', opportunity, ...travel, per: 1 }), balanced);
        near(pointValues(city, 'access-availability', { opportunity, ...travel }), enhanced);
        const cumulative = homes.map((home) => sites.reduce((sum, site) => sum + (apart(home.at, site.at) < 750 ? site.capacity : 0), 0));
        expect(pointValues(city, 'access-cumulative', { opportunity, metres: 750 })).toEqual(cumulative);
        // what is given out is what is there, as far as anybody reaches it
        const total = sites.reduce((sum, site, j) => sum + (demand[j] > 0 ? site.capacity : 0), 0);
        const given = pointValues(city, 'access-availability', { opportunity, ...travel }).reduce((sum, value, i) => sum + value * homes[i].persons, 0);
        expect(given).toBeCloseTo(total, 6);
      }
      const third = homes.map((home) => sites.map((site) => apart(home.at, site.at)).sort((a, b) => a - b)[2]);
      pointValues(city, 'access-kth', { facilities: ['clinic'], k: 3, metres: 3000 }).forEach((value, p) => expect(value).toBeCloseTo(third[p], 1));
    });
  }

  it('searches and sweeps agree to the last digit of whole sums, by every mode', () => {
    const { city } = makeGrid(4, false);
    for (const mode of ['walk', 'bike', 'drive']) {
      for (const minutes of [2, 5]) {
        expect(pointValues(city, 'access-cumulative', { opportunity: clinics, mode, minutes })).toEqual(pointValues(city, 'access-cumulative', { opportunity: jobs, mode, minutes }));
      }
    }
  });

  it('more time never takes anything away, a facility more never makes the way longer', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const { city, homes, sites } = makeGrid(seed, false);
      const five = pointValues(city, 'access-cumulative', { opportunity: clinics, minutes: 5 });
      const ten = pointValues(city, 'access-cumulative', { opportunity: clinics, minutes: 10 });
      ten.forEach((value, p) => expect(value).toBeGreaterThanOrEqual(five[p]));
      const more = makeCity({ streets: gridStreets([0, 0, 1200, 800], 100), residents: homes, facilities: [...sites, { at: [700, 300] as At, capacity: 5 }].map(({ at: where, capacity }) => ({ kind: 'clinic', at: where, capacity })) });
      const before = pointValues(city, 'access-kth', { facilities: ['clinic'], metres: 3000 });
      pointValues(more, 'access-kth', { facilities: ['clinic'], metres: 3000 }).forEach((value, p) => expect(value).toBeLessThanOrEqual(before[p]));
    }), { numRuns: 15, seed: 9 });
  });

  it('does not depend on the order of residents and facilities', () => {
    const { city, homes, sites } = makeGrid(6, false);
    const turned = makeCity({
      streets: gridStreets([0, 0, 1200, 800], 100), residents: homes.toReversed(), places: [{ id: 'city', level: 'city', box: [-500, -500, 2000, 2000] }],
      facilities: sites.toReversed().map(({ at: where, capacity }, i) => ({ kind: 'clinic', at: where, capacity, id: `x${i}` })),
    });
    const params = { method: 'e2sfca', opportunity: clinics, metres: 700, decay: { kind: 'linear' } };
    expect(at(turned, run(accessFloatingCatchment, turned, params), 'city')).toBeCloseTo(at(city, run(accessFloatingCatchment, city, params), 'city'), 9);
    expect(at(turned, run(accessGravity, turned, { opportunity: clinics, metres: 700, decay: { kind: 'linear' } }), 'city')).toBeCloseTo(at(city, run(accessGravity, city, { opportunity: clinics, metres: 700, decay: { kind: 'linear' } }), 'city'), 9);
  });
});
