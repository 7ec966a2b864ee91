import { describe, expect, it } from 'vitest';
import { FACILITY_KINDS } from '../../base/facilities/kinds.ts';
import { Random } from '../../core/random.ts';
import type { CityData } from '../city/city-data.ts';
import type { At, CityPlan } from '../city/make-city.ts';
import { e7At, gridStreets, makeCity } from '../city/make-city.ts';
import type { TransitSchedule } from '../city/transit-schedule.ts';
import { completeCommunity } from './complete-community.ts';
import { COMPLETE_ITEMS } from './complete-items.ts';
import { dailyAccess } from './daily-access.ts';
import { dailyLiving } from './daily-living.ts';
import { livingCircle, typesOf } from './living-circle.ts';
import { neighbourhood } from './neighbourhood.ts';
import type { Operator, PlaceValues } from './operator.ts';
import { transitAccess } from './transit-access.ts';
import { walkability } from './walkability.ts';

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
const lackingOf = (city: CityData, { detail }: PlaceValues, id: string): string[] => {
  const place = placeNumber(city, id);
  return [...(detail?.lacking?.word.subarray(detail.lacking.first[place], detail.lacking.first[place + 1]) ?? [])].map((word) => detail?.lacking?.words[word].en ?? '');
};

/**
 * Two communities of 1 km, streets every 100 m. Everybody lives at two crossings: `west` at (200, 200) with 300 persons and (800, 800) with 100, `east` at
 * (1800, 200) with 600. A third unit of 50 persons is outside the built-up area.
 */
const GRID: CityPlan = {
  places: [
    { id: 'city', level: 'city', box: [0, 0, 3000, 1000] },
    { id: 'block', level: 'block', parent: 'city', box: [0, 0, 3000, 1000] },
    { id: 'west', level: 'community', parent: 'block', box: [0, 0, 1000, 1000] },
    { id: 'east', level: 'community', parent: 'block', box: [1000, 0, 2000, 1000] },
    { id: 'fields', level: 'community', parent: 'block', box: [2000, 0, 3000, 1000], outside: true },
  ],
  streets: gridStreets([0, 0, 3000, 1000], 100),
  residents: [{ at: [200, 200], persons: 300 }, { at: [800, 800], persons: 100 }, { at: [1800, 200], persons: 600 }, { at: [2500, 500], persons: 50 }],
};

/** One of each ▲ type of a level at a spot, registered; parks of the level's size. */
const allTypes = (minutes: 5 | 10 | 15, [x, y]: At, but: readonly string[] = []): NonNullable<CityPlan['facilities']> =>
  typesOf(minutes, 'must').filter(({ id }) => !but.includes(id)).map(({ id }) => (id === 'park' ? { kind: id, box: [x, y, x + 100, y + 100] as const, landM2: 60_000, registry: true } : { kind: id, at: [x, y] as At, registry: true }));

describe('living circle', () => {
  it('asks for the ▲ types of the level, no lower ones', () => {
    const five = typesOf(5, 'must').map(({ id }) => id);
    expect(five).toContain('kindergarten');
    expect(five).not.toContain('nursery');
    expect(typesOf(5, 'all').map(({ id }) => id)).toContain('nursery');
    expect(typesOf(15, 'must').map(({ id }) => id)).not.toContain('kindergarten');
    expect(FACILITY_KINDS.filter(({ circles, need }) => circles.includes('10') && need === 'must').map(({ id }) => id)).toEqual(typesOf(10, 'must').map(({ id }) => id));
  });

  it('is 100 where all types lie next door, 0 where none is near, and weighs by persons', () => {
    // everything at (220, 220): 28 m from the first home; 840 and 1,580 m from the others, beyond every radius of the five-minute circle
    const city = makeCity({ ...GRID, facilities: allTypes(5, [220, 220]) });
    for (const measure of ['straight', 'walk']) {
      const result = run(livingCircle, city, { minutes: 5, measure });
      expect(at(city, result, 'west')).toBeCloseTo(75, 9); // 300 of 400
      expect(at(city, result, 'east')).toBe(0);
      expect(at(city, result, 'city')).toBeCloseTo(30, 9); // 300 of 1,000: the fields count for themselves only
      expect(at(city, result, 'fields')).toBe(0);
      expect(result.quality).toBe('measured');
      expect(at(city, run(livingCircle, city, { minutes: 5, measure, as: 'complete' }), 'city')).toBeCloseTo(30, 9);
      expect(lackingOf(city, result, 'west')).toEqual([]);
      expect(lackingOf(city, result, 'east').length).toBe(typesOf(5, 'must').length);
    }
  });

  it('counts types reached, names the lacking ones, and leaves out types that nobody has mapped', () => {
    const types = typesOf(5, 'must').length;
    // no kindergarten near the first home, but one near the last: the type is judged
    const city = makeCity({ ...GRID, facilities: [...allTypes(5, [220, 220], ['kindergarten']), { kind: 'kindergarten', at: [1700, 200] }] });
    const result = run(livingCircle, city, { minutes: 5 });
    expect(at(city, result, 'west')).toBeCloseTo((0.75 * 100 * (types - 1)) / types, 9);
    expect(at(city, result, 'east')).toBeCloseTo(100 / types, 9);
    expect(lackingOf(city, result, 'west')).toEqual(['Kindergarten']);
    expect(at(city, run(livingCircle, city, { minutes: 5, as: 'complete' }), 'city')).toBe(0);
    // without any kindergarten in the data the type is not judged
    const unknown = makeCity({ ...GRID, facilities: allTypes(5, [220, 220], ['kindergarten']) });
    const judged = run(livingCircle, unknown, { minutes: 5 });
    expect(at(unknown, judged, 'west')).toBeCloseTo(75, 9);
    expect(judged.notes?.map(({ code, text }) => [code, text.en.includes('Kindergarten')])).toEqual([['checkup/types-not-judged', true]]);
    expect(missing(livingCircle, makeCity(GRID), { minutes: 5 })).toMatch(/no facility of any type/);
  });

  it('on foot takes the way, in straight line the radius', () => {
    // 250 m away as the crow flies, 350 m along the streets: in the radius of 300 m, but not within five minutes at 1 m/s
    const city = makeCity({ ...GRID, facilities: [{ kind: 'kindergarten', at: [350, 400] }] });
    expect(at(city, run(livingCircle, city, { minutes: 5 }), 'west')).toBeCloseTo(75, 9);
    expect(at(city, run(livingCircle, city, { minutes: 5, measure: 'walk' }), 'west')).toBe(0);
    // 550 m along one street: ten minutes on foot reach it, the radius of 500 m does not, so neither counts
    const far = makeCity({ ...GRID, facilities: [{ kind: 'primary-school', at: [750, 200] }] });
    expect(at(far, run(livingCircle, far, { minutes: 10 }), 'west')).toBe(0);
    expect(at(far, run(livingCircle, far, { minutes: 10, measure: 'walk' }), 'west')).toBe(0);
  });

  it('never says more on foot than in straight line', () => {
    for (const seed of [1, 2, 3]) {
      const random = new Random(seed);
      const facilities = ([5, 10, 15] as const).flatMap((minutes) => allTypes(minutes, [0, 0]).map((facility) => ({ ...facility, at: [random.integer(0, 2000), random.integer(0, 1000)] as At, ...('box' in facility && { box: undefined }) }))) as NonNullable<CityPlan['facilities']>;
      const residents = Array.from({ length: 60 }, () => ({ at: [random.integer(0, 2000), random.integer(0, 1000)] as At, persons: random.integer(1, 50) }));
      const city = makeCity({ ...GRID, residents, facilities });
      for (const minutes of [5, 10, 15]) {
        for (const as of ['attainment', 'complete']) {
          const [straight, walk] = ['straight', 'walk'].map((measure) => run(livingCircle, city, { minutes, measure, as }).value);
          straight.forEach((value, place) => {
            if (!Number.isNaN(value)) expect(walk[place]).toBeLessThanOrEqual(value + 1e-9);
          });
        }
      }
    }
  });

  it('wants parks of the size of the level', () => {
    // 0.5 ha is enough at five minutes, not at ten
    const city = makeCity({ ...GRID, facilities: [{ kind: 'park', box: [220, 220, 290, 290], landM2: 5000 }, { kind: 'bus-stop', at: [220, 220] }] });
    expect(lackingOf(city, run(livingCircle, city, { minutes: 5 }), 'west')).toEqual([]);
    expect(lackingOf(city, run(livingCircle, city, { minutes: 10 }), 'west')).toEqual(['Park or public green']);
  });
});

describe('complete community', () => {
  const registered = { floorM2: 5000, landM2: 20_000, registry: true };
  const kinds = [...new Set(COMPLETE_ITEMS.flatMap(({ rule }) => (rule.by === 'facilities' ? [...rule.any.slice(0, 1), ...(rule.also ?? [])].map(({ kind }) => kind) : [])))];
  const services = [
    { community_id: 'west', parking: 400, households: 300, ev_private: 5, ev_public: 0, property_mgmt: true },
    { community_id: 'east', parking: 100, households: 300, ev_private: 0, ev_public: 0, property_mgmt: false },
  ];
  const near = ([x, y]: At): NonNullable<CityPlan['facilities']> => kinds.map((kind) => ({ kind, at: [x, y] as At, ...registered }));

  it('counts the items of the list', () => {
    expect(COMPLETE_ITEMS.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const city = makeCity({ ...GRID, facilities: near([220, 220]), tables: { community_services: services } });
    const items = run(completeCommunity, city, { as: 'items' });
    // 12 items by facilities, parking and charging, property management: 14 that can be judged; 6 need columns nobody has
    expect(at(city, items, 'west')).toBe(14);
    expect(items.notes?.[0].count).toBe(6);
    expect(lackingOf(city, items, 'west')).toEqual([]);
    // in the east only what has a radius of 1 km or more reaches (1,580 m away: nothing)
    expect(at(city, items, 'east')).toBe(0);
    expect(lackingOf(city, items, 'east').length).toBe(14);
    const share = run(completeCommunity, city, { as: 'share' });
    expect(at(city, share, 'west')).toBe(100);
    expect(at(city, share, 'block')).toBeCloseTo(50, 9);
    expect(at(city, run(completeCommunity, city, { as: 'complete' }), 'city')).toBeCloseTo(50, 9);
    expect(at(city, share, 'fields')).toBeNaN();
  });

  it('leaves undersized facilities out, takes a register\'s own columns, and says when too little is known', () => {
    const small = makeCity({ ...GRID, facilities: near([220, 220]).map((facility) => (facility.kind === 'kindergarten' ? { ...facility, floorM2: 800 } : facility)), tables: { community_services: services.map((row) => ({ ...row, barrier_free: 'yes' })) } });
    const items = run(completeCommunity, small, { as: 'items' });
    expect(at(small, items, 'west')).toBe(14); // without the kindergarten, with item 12
    expect(lackingOf(small, items, 'west')).toEqual(['Kindergarten']);
    const little = makeCity({ ...GRID, tables: { community_services: services } });
    expect(missing(completeCommunity, little, { as: 'share' })).toMatch(/Fewer than 8/);
    expect(at(little, run(completeCommunity, little, { as: 'share', leastJudged: 2 }), 'west')).toBe(100);
  });

  it('wants a larger green where the community is new', () => {
    const facilities: CityPlan['facilities'] = [{ kind: 'park', box: [220, 220, 260, 260], landM2: 1600 }];
    const units = (built: boolean): CityPlan => ({ ...GRID, facilities, tables: { units: [{ unit_id: 'west', built_after_2018: built }] } });
    expect(at(makeCity(units(false)), run(completeCommunity, makeCity(units(false)), { as: 'items', leastJudged: 1 }), 'west')).toBe(1);
    expect(at(makeCity(units(true)), run(completeCommunity, makeCity(units(true)), { as: 'items', leastJudged: 1 }), 'west')).toBe(0);
  });
});

/** A timetable of one weekday: a bus stop with so many departures an hour from 7 to 19, a metro stop every ten minutes. */
function timetable(stops: readonly { at: At; mode: number; everyMinutes: number }[]): TransitSchedule {
  const departures = stops.map(({ everyMinutes }) => Array.from({ length: Math.floor(720 / everyMinutes) }, (_, i) => 7 * 3600 + i * everyMinutes * 60));
  const first = Uint32Array.from([0, ...departures].map((_, i) => departures.slice(0, i).reduce((sum, list) => sum + list.length, 0)));
  return {
    stopCount: stops.length, stopId: stops.map((_, i) => `s${i}`), stopName: stops.map((_, i) => `s${i}`), stopE7: Int32Array.from(stops.flatMap(({ at: where }) => e7At(where))),
    stopModes: Uint32Array.from(stops, ({ mode }) => mode), routeId: ['r'], routeName: ['r'], batches: [1],
    days: [{ kind: 'weekday', date: '2025-03-05', first, departureS: Uint32Array.from(departures.flat()), route: new Uint32Array(departures.flat().length) }],
  };
}
const BUS = 8, METRO = 2;

describe('public transport', () => {
  it('reaches 500 m from a bus stop and 1 km from a metro station, along the streets', () => {
    // a bus stop 400 m from the first home; a metro station 900 m along the streets from the last, 707 m as the crow flies
    const city = makeCity({ ...GRID, transit: timetable([{ at: [600, 200], mode: BUS, everyMinutes: 30 }, { at: [1200, 500], mode: METRO, everyMinutes: 10 }]) });
    const result = run(transitAccess, city, {});
    // (800, 800) is 800 m from the bus stop and 700 from the station: served by the station
    expect(at(city, result, 'west')).toBe(100);
    expect(at(city, result, 'east')).toBe(100);
    expect(result.quality).toBe('measured');
    const busOnly = makeCity({ ...GRID, transit: timetable([{ at: [600, 200], mode: BUS, everyMinutes: 30 }, { at: [1200, 500], mode: BUS, everyMinutes: 10 }]) });
    expect(at(busOnly, run(transitAccess, busOnly, {}), 'west')).toBeCloseTo(75, 9);
    expect(at(busOnly, run(transitAccess, busOnly, {}), 'city')).toBeCloseTo(30, 9);
    // 12 hours ÷ 24 departures: every 30 minutes
    expect(at(busOnly, run(transitAccess, busOnly, { headwayMinutes: 30 }), 'west')).toBeCloseTo(75, 9);
    expect(at(busOnly, run(transitAccess, busOnly, { headwayMinutes: 20 }), 'west')).toBe(0);
    expect(at(city, run(transitAccess, city, { measure: 'straight' }), 'east')).toBe(100);
  });

  it('takes stops of the map without a timetable, but no headways', () => {
    const city = makeCity({ ...GRID, facilities: [{ kind: 'bus-stop', at: [600, 200] }, { kind: 'rail-station', at: [1000, 500] }, { kind: 'rail-entrance', at: [1100, 500] }] });
    const result = run(transitAccess, city, {});
    expect(result.quality).toBe('proxy');
    // the entrance is 1,000 m from the last home, the station 1,100
    expect(at(city, result, 'east')).toBe(100);
    expect(missing(transitAccess, city, { headwayMinutes: 20 })).toMatch(/no timetable/);
    expect(missing(transitAccess, makeCity(GRID), {})).toMatch(/no stops/);
    expect(missing(transitAccess, makeCity({ ...GRID, streets: [] }), {})).toMatch(/no streets/);
  });

  it('is a point of the daily living score', () => {
    const facilities: CityPlan['facilities'] = [{ kind: 'market', at: [300, 200], registry: true }, { kind: 'convenience-store', at: [800, 700], registry: true }, { kind: 'park', box: [400, 200, 600, 300], landM2: 20_000 }];
    const city = makeCity({ ...GRID, facilities, transit: timetable([{ at: [500, 200], mode: BUS, everyMinutes: 60 }]) });
    // first home: market 100 m, stop 300 m → 2; second: store 100 m → 1; last: nothing
    const score = run(dailyLiving, city, {});
    expect(at(city, score, 'west')).toBeCloseTo((300 * 2 + 100) / 400, 9);
    expect(at(city, score, 'city')).toBeCloseTo(0.7, 9);
    expect(at(city, run(dailyAccess, city, { destination: 'fresh-food' }), 'west')).toBeCloseTo(75, 9);
    expect(at(city, run(dailyAccess, city, { destination: 'transit-30' }), 'west')).toBe(0);
    expect(at(city, run(dailyAccess, city, { destination: 'open-space-large' }), 'west')).toBeCloseTo(75, 9);
    expect(missing(dailyLiving, makeCity({ ...GRID, facilities: facilities.slice(0, 1) }), {})).toMatch(/Convenience/);
  });
});

describe('neighbourhoods', () => {
  /** 3 × 3 km of streets every 100 m, so that the middle sees no border within 1 km; one home in each square of the lattice has 20 persons. */
  const even: CityPlan = {
    places: [{ id: 'city', level: 'city', box: [0, 0, 3000, 3000] }, { id: 'middle', level: 'community', parent: 'city', box: [1400, 1400, 1600, 1600] }],
    streets: gridStreets([0, 0, 3000, 3000], 100),
    residents: Array.from({ length: 900 }, (_, i) => ({ at: [100 * (i % 30) + 50, 100 * Math.floor(i / 30)] as At, persons: 20 })),
  };

  it('have the density of an even city', () => {
    const city = makeCity(even);
    // 20 persons and one crossing for every 100 m × 100 m
    expect(at(city, run(neighbourhood, city, { of: 'persons' }), 'middle') / 2000).toBeCloseTo(1, 1);
    expect(at(city, run(neighbourhood, city, { of: 'intersections' }), 'middle') / 100).toBeCloseTo(1, 1);
  });

  it('make walkability: three z scores against the reference', () => {
    const facilities: CityPlan['facilities'] = [{ kind: 'market', at: [1500, 1500] }, { kind: 'convenience-store', at: [1500, 1500] }, { kind: 'bus-stop', at: [1500, 1500] }];
    const city = makeCity({ ...even, facilities });
    const [persons, crossings] = ['persons', 'intersections'].map((of) => at(city, run(neighbourhood, city, { of }), 'middle'));
    const score = at(city, run(dailyLiving, city, {}), 'middle');
    expect(score).toBe(3);
    expect(at(city, run(walkability, city, {}), 'middle')).toBeCloseTo((persons - 11_093.1) / 13_637.9 + (crossings - 98.44) / 36.96 + (3 - 1.028) / 0.915, 9);
    const local = run(walkability, city, { reference: 'local' });
    expect(at(city, local, 'city')).toBeCloseTo(0, 9);
    expect(at(city, local, 'middle')).toBeGreaterThan(1);
  });
});
