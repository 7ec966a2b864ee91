import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../import/model.ts';
import type { CityData } from '../city/city-data.ts';
import type { At, CityPlan } from '../city/make-city.ts';
import { degreesAt, e7At, gridStreets, makeCity } from '../city/make-city.ts';
import type { TransitRows } from '../city/transit-build.ts';
import { buildTransitSchedule } from '../city/transit-build.ts';
import { caseRate } from './case-rate.ts';
import { caseRoads } from './case-roads.ts';
import { caseSpots } from './case-spots.ts';
import { deadEnds } from './dead-ends.ts';
import { intersectionDensity } from './intersection-density.ts';
import { joinNear } from './join-near.ts';
import type { Operator, PlaceValues } from './operator.ts';
import { parseParams } from './reach-params.ts';
import { roadDensity } from './road-density.ts';
import { stopFrequency } from './stop-frequency.ts';
import { streetLength } from './street-length.ts';
import { taskRate, taskState } from './task-rate.ts';

function run(operator: Operator, city: CityData, params: unknown): PlaceValues {
  const result = operator.run(city, parseParams(operator.id, operator.params, params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}

function byId(city: CityData, values: Float64Array | undefined): Record<string, number> {
  return Object.fromEntries(Array.from(values ?? [], (value, place) => [city.snapshot.text(city.snapshot.place.id[place]), value]));
}

/** Two blocks of 1 km² side by side. */
const PLACES: CityPlan['places'] = [
  { id: 'city', level: 'city', box: [0, 0, 2000, 1000] },
  { id: 'west', level: 'block', parent: 'city', box: [0, 0, 1000, 1000] },
  { id: 'east', level: 'block', parent: 'city', box: [1000, 0, 2000, 1000] },
];
const lineOf = (...at: At[]): readonly At[] => at;

describe('road density', () => {
  const densityOf = (streets: CityPlan['streets'], params: object = {}): Record<string, number> => {
    const city = makeCity({ places: PLACES, streets: streets! });
    return byId(city, run(roadDensity, city, { per: 'place-area', ...params }).value);
  };

  it('is km per km²; a road along a border counts half on either side', () => {
    const roads = densityOf([{ line: lineOf([0, 500], [2000, 500]), highway: 'primary' }, { line: lineOf([1000, 0], [1000, 1000]), highway: 'tertiary' }, { line: lineOf([0, 200], [2000, 200]), highway: 'service' }, { line: lineOf([0, 300], [2000, 300]), highway: 'residential', tags: { access: 'private' } }]);
    expect(roads['west']).toBeCloseTo(1.5, 3);
    expect(roads['east']).toBeCloseTo(1.5, 3);
    expect(roads['city']).toBeCloseTo(1.5, 3);
  });

  /** Carriageways 24 m apart, one drawn in two ways with a bend, at the west; the same 40 m apart further north. */
  const pair = (y: number, apart: number, tags: Record<string, string> = {}): NonNullable<CityPlan['streets']> => [
    { line: lineOf([100, y], [900, y]), highway: 'primary', tags: { oneway: 'yes', ...tags } },
    { line: lineOf([900, y + apart], [503, y + apart]), highway: 'primary', tags: { oneway: 'yes', ...tags } },
    { line: lineOf([503, y + apart], [100, y + apart]), highway: 'primary', tags: { oneway: 'yes', ...tags } },
  ];

  it('counts two carriageways of one road once: one-way, opposite, within 30 m, of one class', () => {
    expect(densityOf(pair(200, 24))['west']).toBeCloseTo(0.8, 2);
    expect(densityOf(pair(200, 24), { dual: 'each' })['west']).toBeCloseTo(1.6, 3);
    expect(densityOf(pair(200, 40))['west']).toBeCloseTo(1.6, 3);
    // against the way they are drawn
    expect(densityOf([{ line: lineOf([100, 200], [900, 200]), highway: 'primary', tags: { oneway: '-1' } }, { line: lineOf([100, 220], [900, 220]), highway: 'primary', tags: { oneway: 'yes' } }])['west']).toBeCloseTo(0.8, 3);
    // motorways are one-way without saying so
    expect(densityOf([{ line: lineOf([100, 200], [900, 200]), highway: 'motorway' }, { line: lineOf([900, 220], [100, 220]), highway: 'motorway' }])['west']).toBeCloseTo(0.8, 3);
  });

  it('counts what is no pair in full', () => {
    const two = (first: object, second: object): number => densityOf([{ line: lineOf([100, 200], [900, 200]), highway: 'primary', tags: { oneway: 'yes' }, ...first }, { line: lineOf([900, 220], [100, 220]), highway: 'primary', tags: { oneway: 'yes' }, ...second }])['west'];
    expect(two({}, {})).toBeCloseTo(0.8, 3);
    expect(two({}, { tags: {} })).toBeCloseTo(1.6, 3);
    expect(two({}, { line: lineOf([100, 220], [900, 220]) })).toBeCloseTo(1.6, 3);
    expect(two({}, { highway: 'secondary' })).toBeCloseTo(1.6, 3);
    expect(two({ name: '中山路' }, { name: '人民路' })).toBeCloseTo(1.6, 3);
    expect(two({ name: '中山路' }, { name: '中山路' })).toBeCloseTo(0.8, 3);
    // side by side for half their length
    expect(two({}, { line: lineOf([900, 220], [500, 220]) })).toBeCloseTo(0.4 + 0.4, 1);
    // one-way streets that cross
    expect(two({}, { line: lineOf([500, 900], [500, 100]) })).toBeCloseTo(1.6, 3);
  });

  it('is the same for a road drawn once or as carriageways, whatever its direction', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 6.28, noNaN: true }), fc.integer({ min: 4, max: 28 }), fc.integer({ min: 200, max: 450 }), (angle, apart, half) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const at = (along: number, aside: number): At => [500 + along * c - aside * s, 500 + along * s + aside * c];
      const once = densityOf([{ line: lineOf(at(-half, 0), at(half, 0)), highway: 'trunk' }])['city'];
      const dual = densityOf([{ line: lineOf(at(-half, -apart / 2), at(half, -apart / 2)), highway: 'trunk', tags: { oneway: 'yes' } }, { line: lineOf(at(half, apart / 2), at(7, apart / 2), at(-half, apart / 2)), highway: 'trunk', tags: { oneway: 'yes' } }])['city'];
      expect(dual / once).toBeCloseTo(1, 2);
    }), { numRuns: 20 });
  });

  it('by the built-up area leaves roads and ground outside it out', () => {
    const city = makeCity({
      places: [{ id: 'city', level: 'city', box: [0, 0, 2000, 1000] }, { id: 'town', level: 'block', parent: 'city', box: [0, 0, 1000, 1000] }, { id: 'fields', level: 'block', parent: 'city', box: [1000, 0, 2000, 1000] }],
      landUse: [{ kind: 'residential', box: [0, 0, 900, 900] }, { kind: 'farmland', box: [1000, 0, 2000, 800] }],
      streets: [{ line: lineOf([0, 500], [2000, 500]), highway: 'primary' }],
    });
    const { value, numerator, denominator, notes } = run(roadDensity, city, {});
    expect(byId(city, value)['city']).toBeCloseTo(1, 3);
    expect(byId(city, value)['fields']).toBeNaN();
    expect(byId(city, numerator)['city']).toBeCloseTo(1, 2);
    expect(byId(city, denominator)['city']).toBeCloseTo(1, 4);
    expect(notes?.map(({ code }) => code)).toContain('checkup/built-up-by-unit');
  });
});

describe('streets by their tags', () => {
  const city = makeCity({
    places: PLACES,
    streets: [
      { line: lineOf([0, 500], [1000, 500]), highway: 'residential', tags: { lit: 'yes', sidewalk: 'both' } },
      { line: lineOf([0, 600], [500, 600]), highway: 'residential', tags: { lit: 'no' } },
      { line: lineOf([1000, 700], [2000, 700]), highway: 'residential' },
    ],
  });
  it('have lengths and shares, of what says anything where that is asked', () => {
    const lit = { classes: ['residential'], tags: [{ lit: ['yes', '24/7'] }] };
    expect(byId(city, run(streetLength, city, lit).value)['city']).toBeCloseTo(1, 3);
    expect(byId(city, run(streetLength, city, { ...lit, value: 'share' }).value)['city']).toBeCloseTo(40, 2);
    const known = run(streetLength, city, { ...lit, asked: ['lit'], value: 'share' });
    expect(byId(city, known.value)['city']).toBeCloseTo(100 / 1.5, 2);
    expect(byId(city, known.value)['east']).toBeNaN();
    expect(known.notes?.[0]).toMatchObject({ code: 'checkup/street-tags-unknown', count: 1 });
    expect(byId(city, run(streetLength, city, { classes: ['residential'], tags: [{ lit: ['*'], sidewalk: ['both'] }, { lit: ['no'] }] }).value)['west']).toBeCloseTo(1.5, 3);
  });
});

describe('junctions and ends', () => {
  it('of a grid: 9 crossings inside, corners are none, sides meet three', () => {
    // lines every 250 m over a box of 1 km²: 25 vertices, 9 of four legs, 12 of three, 4 corners of two
    const city = makeCity({ places: [{ id: 'city', level: 'city', box: [-100, -100, 1100, 1100] }], streets: gridStreets([0, 0, 1000, 1000], 250) });
    const { numerator, value } = run(intersectionDensity, city, { mode: 'drive', per: 'place-area' });
    expect(byId(city, numerator)['city']).toBeCloseTo(21, 9);
    expect(byId(city, value)['city']).toBeCloseTo(21 / 1.44, 3);
    expect(byId(city, run(intersectionDensity, city, { mode: 'drive', per: 'place-area', leastLegs: 4 }).numerator)['city']).toBeCloseTo(9, 9);
    expect(byId(city, run(deadEnds, city, {}).value)['city']).toBe(0);
  });

  it('of two dual carriageways are one crossing, shared among the places around it', () => {
    const streets: CityPlan['streets'] = [-5, 5].flatMap((at) => [
      { line: lineOf([800, 500 + at], [995, 500 + at], [1005, 500 + at], [1200, 500 + at]), highway: 'primary' },
      { line: lineOf([1000 + at, 300], [1000 + at, 495], [1000 + at, 505], [1000 + at, 700]), highway: 'primary' },
    ]);
    const city = makeCity({ places: PLACES, streets });
    expect(byId(city, run(intersectionDensity, city, { per: 'place-area', mergeM: 12 }).numerator)).toEqual({ city: 1, west: 0.5, east: 0.5 });
    expect(byId(city, run(intersectionDensity, city, { per: 'place-area', mergeM: 0 }).numerator)).toMatchObject({ city: 4 });
  });

  it('that are dead lie on a wanted class, away from the border, and the way to them is long enough', () => {
    const city = makeCity({
      places: PLACES,
      streets: [
        { line: lineOf([20, 500], [500, 500], [1500, 500], [1980, 500]), highway: 'primary' },
        { line: lineOf([500, 500], [500, 700], [500, 800]), highway: 'residential' },
        { line: lineOf([500, 500], [500, 450]), highway: 'residential' },
        { line: lineOf([1500, 500], [1500, 800]), highway: 'residential' }, { line: lineOf([1500, 800], [1600, 800]), highway: 'service' },
        { line: lineOf([1500, 500], [1500, 200]), highway: 'residential' }, { line: lineOf([1500, 200], [1400, 200]), highway: 'footway' },
      ],
    });
    // primary ends lie 20 m from the border: the map was cut there; the street that goes on as a service road is not dead, the one that goes on as a footway is
    const { value, detail } = run(deadEnds, city, {});
    expect(byId(city, value)).toEqual({ city: 3, west: 2, east: 1 });
    expect(Array.from(detail?.points ?? [])).toEqual(expect.arrayContaining([...e7At([500, 800]), ...e7At([500, 450]), ...e7At([1500, 200])]));
    expect(byId(city, run(deadEnds, city, { leastM: 51 }).value)).toMatchObject({ city: 2, west: 1 });
    expect(byId(city, run(deadEnds, city, { leastM: 299 }).value)).toMatchObject({ city: 2 });
    expect(byId(city, run(deadEnds, city, { leastM: 301 }).value)).toMatchObject({ city: 0 });
    expect(byId(city, run(deadEnds, city, { borderM: 15, classes: ['primary'] }).value)).toMatchObject({ city: 2 });
    expect(byId(city, run(deadEnds, city, { per: { by: 'place-area', unit: 1e6 } }).value)['city']).toBeCloseTo(1.5, 3);
  });
});

const at = (spot: At): { lon: number; lat: number } => ({ lon: degreesAt(spot)[0], lat: degreesAt(spot)[1] });

describe('cases', () => {
  const PLAN: CityPlan = {
    period: 2025, places: PLACES, residents: [{ at: [500, 500], persons: 5000 }],
    streets: [
      { line: lineOf([0, 500], [2000, 500]), highway: 'primary', name: '中山路' }, { line: lineOf([100, 600], [100, 900]), highway: 'residential', name: '和平巷' },
      { line: lineOf([300, 600], [300, 900]), highway: 'residential' }, { line: lineOf([600, 600], [600, 900]), highway: 'residential' },
    ],
  };
  const parked = (code: string, spot: At, more: Attributes = {}): Attributes => ({ code, small_code: '10', report_time: '2025-05-01T08:00:00', ...at(spot), ...more });

  it('lie on roads: of one name one, nameless ones each; a road through two blocks is one of the city', () => {
    const city = makeCity({ ...PLAN, tables: { cases: [
      parked('1', [200, 510]), parked('2', [800, 495]), parked('3', [1500, 500]), parked('4', [105, 700]), parked('5', [305, 700]), parked('6', [595, 700]), parked('7', [605, 800]),
      parked('8', [1500, 900]), parked('9', [120, 700], { report_time: '2024-05-01' }), parked('10', [120, 700], { small_code: '11' }), { code: '11', small_code: '10', report_time: '2025-05-01' }, parked('12', [500, 500], { report_time: null }),
    ] } });
    const where = { column: 'small_code', op: 'in', values: ['10'] };
    const { value, n, notes, detail } = run(caseRoads, city, { where });
    expect(byId(city, value)).toEqual({ city: 4, west: 4, east: 1 });
    expect(byId(city, n)).toEqual({ city: 7, west: 6, east: 1 });
    expect(detail?.rows?.row).toEqual(Uint32Array.of(0, 1, 2, 3, 4, 5, 6));
    expect(notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/undated/cases', 1], ['checkup/case-nowhere', 1], ['checkup/case-off-road', 1]]);
    expect(byId(city, run(caseRoads, city, { where, leastCases: 2 }).value)).toEqual({ city: 2, west: 2, east: 1 });
    expect(byId(city, run(caseRoads, city, { where, leastCases: 4 }).value)).toEqual({ city: 0, west: 0, east: 0 });
  });

  it('are on time by their deadline, a day without a time ending with its day', () => {
    const handled = (code: string, deadline: string | null, finished: string | null): Attributes => parked(code, [500, 100], { deadline, finish_time: finished });
    const city = makeCity({ ...PLAN, tables: { cases: [
      handled('1', '2025-05-02T08:00:00', '2025-05-02T08:00:00'), handled('2', '2025-05-02T08:00:00', '2025-05-02T08:00:01'), handled('3', '2025-05-02', '2025-05-02T23:59:59'), handled('4', '2025-05-02', null), handled('5', null, '2025-05-02T08:00:00'),
      handled('6', '2025-05-02T08:00:00+08:00', '2025-05-02T00:30:00Z'), handled('7', '2025-05-02T08:00:00+08:00', '2025-05-01T23:30:00Z'),
    ] } });
    const { value, numerator, n, notes } = run(caseRate, city, { value: 'share' });
    expect(byId(city, value)['city']).toBeCloseTo((100 * 3) / 6, 9);
    expect(byId(city, numerator)['city']).toBe(3);
    expect(byId(city, n)['city']).toBe(7);
    expect(notes?.[0]).toMatchObject({ code: 'checkup/unknown-answer/cases/deadline', count: 1 });
    expect(byId(city, run(caseRate, city, { value: 'count', what: 'handled' }).value)).toEqual({ city: 6, west: 6, east: 0 });
    expect(byId(city, run(caseRate, city, { value: 'per-10k-persons', what: 'reported' }).value)['city']).toBe(14);
    // nobody lives in the east: it is not built up
    expect(byId(city, run(caseRate, city, {}).value)['city']).toBeCloseTo(3, 3);
  });

  it('pile up at spots: near one another, on several days', () => {
    const wet = (code: string, spot: At, day: string): Attributes => ({ code, small_code: '06', report_time: `2025-${day}`, ...at(spot) });
    const where = { column: 'small_code', op: '=', value: '06' };
    const city = makeCity({ ...PLAN, tables: {
      cases: [wet('1', [100, 100], '06-24'), wet('2', [150, 100], '07-09'), wet('3', [500, 100], '06-24'), wet('4', [510, 100], '06-24'), wet('5', [520, 100], '06-24'), wet('6', [1500, 100], '06-24')],
      hotline: [{ id: 'h1', category2: '内涝', time: '2025-08-18', ...at([200, 100]) }, { id: 'h2', category2: '内涝', time: '2025-08-18', ...at([262, 100]) }],
    } });
    const sources = [{ table: 'cases', where }, { table: 'hotline', where: { column: 'category2', op: '=', value: '内涝' } }];
    // 100, 150 and 200 m are one spot of three days; 262 is 62 m away; three at 500 came on one day
    const { value, n, detail } = run(caseSpots, city, { sources });
    expect(byId(city, value)).toEqual({ city: 1, west: 1, east: 0 });
    expect(byId(city, n)['city']).toBe(8);
    expect(Array.from(detail?.points ?? [])).toEqual(e7At([150, 100]));
    expect(byId(city, run(caseSpots, city, { sources, leastDays: 1 }).value)).toEqual({ city: 2, west: 2, east: 0 });
    expect(byId(city, run(caseSpots, city, { sources, withinM: 63, leastCases: 4 }).value)['city']).toBe(1);
  });

  it('are joined as a search of all pairs joins them', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 })), { maxLength: 40 }), (spots) => {
      const group = joinNear(spots.map((spot) => degreesAt(spot)[0]), spots.map((spot) => degreesAt(spot)[1]), 30.5);
      const twin = spots.map((_, i) => i);
      for (let changed = true; changed;) {
        changed = false;
        spots.forEach(([x, y], i) => spots.forEach(([u, v], j) => {
          if (Math.hypot(x - u, y - v) <= 30.5 && twin[i] > twin[j]) {
            twin[i] = twin[j];
            changed = true;
          }
        }));
      }
      spots.forEach((_, i) => spots.forEach((__, j) => expect(group[i] === group[j]).toBe(twin[i] === twin[j])));
    }), { numRuns: 40 });
  });
});

describe('tasks', () => {
  it('have a state that their status says, no before yes', () => {
    for (const [text, state] of [['已完成', 'done'], ['未完成', 'open'], ['超期未完成', 'open'], ['进行中', 'open'], ['逾期完成', 'done-late'], ['已办结', 'done'], ['已销号', 'done'], ['整改中', 'open'], ['逾期', 'open'], ['done', 'done'], ['completed late', 'done-late'], ['in progress', 'open'], ['overdue', 'open'], ['not done', 'open'], ['', 'unknown'], ['甲', 'unknown']] as const) expect(taskState(text), text).toBe(state);
    expect(taskState(null)).toBe('unknown');
  });

  it('due in the year are met or not; time-limited ones that were done late are not', () => {
    const task = (id: string, kind: string | null, deadline: string | null, status: string | null, finished: string | null = null): Attributes => ({ task_id: id, title: id, class: kind, deadline, status, finish_date: finished });
    const city = makeCity({ period: 2025, places: PLACES, tables: { tasks: [
      task('1', 'timed', '2025-03-01', '已完成'), task('2', 'timed', '2025-03-01', '已完成', '2025-03-02'), task('3', 'timed', '2025-03-01', '逾期完成'), task('4', 'timed', '2025-12-31', '进行中'), task('5', 'timed', '2024-03-01', '已完成'),
      task('6', 'best-effort', '2025-03-01', '已完成', '2025-06-01'), task('7', 'best-effort', '2025-11-01', '进行中'), task('8', 'best-effort', '2025-03-01', null), task('9', null, '2025-03-01', '已完成'), task('10', 'timed', null, '已完成'),
    ] } });
    const rate = (params: object): [number, number, number] => {
      const { value, numerator, n } = run(taskRate, city, params);
      return [byId(city, value)['city'], byId(city, numerator)['city'], byId(city, n)['city']];
    };
    expect(rate({ class: 'timed' })).toEqual([25, 1, 4]);
    expect(rate({ class: 'best-effort' })).toEqual([50, 1, 3]);
    expect(rate({})).toEqual([(100 * 3) / 7, 3, 8]);
    expect(rate({ asOf: '09-27' })).toEqual([(100 * 3) / 5, 3, 6]);
    expect(run(taskRate, city, {}).notes?.map(({ code, count }) => [code, count])).toEqual([['checkup/unplaced/tasks', 10], ['checkup/unknown-answer/tasks/deadline', 1], ['checkup/unknown-answer/tasks/status', 1], ['checkup/late-task', 2]]);
  });
});

describe('timetables', () => {
  const service = (id: string, weekdays: string, more: Partial<TransitRows['services'][number]> = {}): TransitRows['services'][number] => ({ batch_id: 1, service_id: id, weekdays: [...weekdays].map((day) => day === '1'), start_date: '2025-01-01', end_date: '2025-12-31', added_dates: [], removed_dates: [], ...more });
  const trip = (id: string, serviceId: string, startH: number, more: Partial<TransitRows['trips'][number]> = {}): TransitRows['trips'][number] => ({ batch_id: 1, trip_id: id, route_id: 'R', service_id: serviceId, stop_ids: ['A', 'B', 'C'], departure_s: [0, 300, 600].map((s) => startH * 3600 + s), frequencies: [], ...more });
  const STOPS: TransitRows['stops'] = [['A', 100], ['B', 900], ['C', 1900]].map(([id, x]) => ({ batch_id: 1, source_id: `stop/${id}`, name: `${id}站`, lon: degreesAt([Number(x), 500])[0], lat: degreesAt([Number(x), 500])[1] }));
  const rowsOf = (services: TransitRows['services'], trips: TransitRows['trips'], more: Partial<TransitRows> = {}): TransitRows => ({ batches: [1], services, trips, stops: STOPS, routes: [{ batch_id: 1, source_id: 'route/R', kind: 'bus', name: '1路' }], ...more });
  const day = (rows: TransitRows, kind: string, period = 2025) => buildTransitSchedule(rows, period)?.days.find((each) => each.kind === kind);

  it('give an ordinary day: neither the holiday nor the rare day with more trips', () => {
    const holidays = ['2025-10-01', '2025-10-02', '2025-10-03'];
    const fair = '2025-05-14';
    const rows = rowsOf(
      [service('week', '1111100', { removed_dates: holidays }), service('weekend', '0000011', { added_dates: holidays }), service('fair', '0000000', { start_date: null, end_date: null, added_dates: [fair] }), service('friday', '0000100', { removed_dates: ['2025-10-03'] })],
      [...[7, 8, 9, 10].map((h) => trip(`w${h}`, 'week', h)), trip('e9', 'weekend', 9), ...[11, 12, 13].map((h) => trip(`f${h}`, 'fair', h)), trip('late', 'friday', 23)],
    );
    // Fridays (51 to 206 Mondays to Thursdays) are ordinary and have the most trips; the fair is not
    expect(day(rows, 'weekday')).toMatchObject({ date: '2025-06-27' });
    expect(day(rows, 'saturday')).toMatchObject({ date: '2025-07-05', departureS: Uint32Array.of(32_400, 32_700) });
    expect(day(rows, 'sunday')?.date).toBe('2025-07-06');
    const { first, departureS } = day(rows, 'weekday')!;
    expect(Array.from(first)).toEqual([0, 5, 10]);
    expect(Array.from(departureS.subarray(0, 5), (s) => s / 3600)).toEqual([7, 8, 9, 10, 23]);
  });

  it('run by headway from the start of the window, before its end; nothing departs from the last stop', () => {
    const rows = rowsOf([service('week', '1111111')], [trip('h', 'week', 0, { frequencies: [{ startS: 25_200, endS: 28_800, headwayS: 1200 }, { startS: 28_800, endS: 29_000, headwayS: 600 }] })]);
    const { first, departureS } = day(rows, 'weekday')!;
    expect(Array.from(departureS.subarray(first[0], first[1]))).toEqual([25_200, 26_400, 27_600, 28_800]);
    expect(Array.from(departureS.subarray(first[1], first[2]))).toEqual([25_500, 26_700, 27_900, 29_100]);
    expect(buildTransitSchedule(rows, 2025)).toMatchObject({ stopId: ['A', 'B'], stopName: ['A站', 'B站'], stopModes: Uint32Array.of(8, 8), routeName: ['1路'] });
  });

  it('of another year stand in, each feed by itself', () => {
    const old = rowsOf([service('week', '1111100', { start_date: '2019-01-01', end_date: '2020-06-30' })], [trip('a', 'week', 7)]);
    expect(day(old, 'weekday')?.date).toBe('2020-04-01');
    expect(day(old, 'saturday')?.departureS).toHaveLength(0);
    const both = rowsOf([...old.services, service('week', '1111100', { batch_id: 2 })], [...old.trips, trip('a', 'week', 9, { batch_id: 2 }), trip('b', 'week', 9, { batch_id: 2 })], { stops: [...STOPS, ...STOPS.map((stop) => ({ ...stop, batch_id: 2 }))] });
    // both run on the schedule's weekday; the date named is that of the feed with more trips; stops of two feeds are different stops
    expect(day(both, 'weekday')).toMatchObject({ date: '2025-07-02' });
    expect(buildTransitSchedule(both, 2025)).toMatchObject({ stopCount: 4, stopId: ['A', 'B', 'A', 'B'] });
    expect(buildTransitSchedule(rowsOf([service('never', '0000000')], [trip('a', 'never', 7)]), 2025)).toBeUndefined();
  });

  it('do not depend on the order of rows', () => {
    const rows = rowsOf([service('week', '1111100'), service('weekend', '0000011')], [7, 8, 9].flatMap((h) => [trip(`w${h}`, 'week', h), trip(`e${h}`, 'weekend', h, { route_id: 'Q' })]));
    const back: TransitRows = { ...rows, trips: rows.trips.toReversed(), services: rows.services.toReversed(), stops: rows.stops.toReversed() };
    expect(buildTransitSchedule(back, 2025)).toEqual(buildTransitSchedule(rows, 2025));
  });

  it('say how often a stop is served: once an hour is a headway of 60 minutes', () => {
    const hours = Array.from({ length: 12 }, (_, i) => 7 + i);
    const rows = rowsOf([service('week', '1111100')], [...hours.map((h) => trip(`h${h}`, 'week', h)), ...hours.map((h) => trip(`q${h}`, 'week', h + 0.5, { stop_ids: ['B', 'C'], departure_s: [h * 3600 + 1800, h * 3600 + 2400], route_id: 'Q' }))]);
    const city = makeCity({ places: PLACES, residents: [{ at: [100, 400], persons: 300 }, { at: [900, 400], persons: 100 }, { at: [1500, 400], persons: 200 }], transit: buildTransitSchedule(rows, 2025)! });
    const of = (params: object): Record<string, number> => byId(city, run(stopFrequency, city, params).value);
    // A: 12 departures in 12 hours; B: 24, and the 18:05 + … of R lie within the window; C is where trips end
    expect(of({ statistic: 'headway' })).toEqual({ city: 45, west: 45, east: NaN });
    expect(of({ statistic: 'stops-frequent', headwayMin: 30 })).toMatchObject({ city: 50 });
    expect(of({ statistic: 'departures' })).toEqual({ city: 3, west: 3, east: 0 });
    expect(of({ statistic: 'routes' })).toEqual({ city: 2, west: 2, east: 0 });
    expect(of({ statistic: 'persons-frequent', headwayMin: 30 })).toEqual({ city: (100 * 100) / 600, west: 25, east: 0 });
    expect(of({ statistic: 'person-headway' })).toEqual({ city: (300 * 60 + 100 * 30) / 400, west: 52.5, east: NaN });
    expect(of({ statistic: 'person-headway', unservedMin: 720 })).toMatchObject({ east: 720, city: (300 * 60 + 100 * 30 + 200 * 720) / 600 });
    expect(of({ statistic: 'headway', day: 'sunday' })['city']).toBeNaN();
    expect(of({ statistic: 'departures', modes: ['metro'] })['city']).toBe(0);
    expect(of({ statistic: 'headway', from: 7, to: 8 })['city']).toBe((60 + 30) / 2);
  });
});
