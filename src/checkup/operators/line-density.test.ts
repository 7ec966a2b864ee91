import { describe, expect, it } from 'vitest';
import type { At, CityPlan } from '../city/make-city.ts';
import { degreesAt, e7At, gridStreets, makeCity } from '../city/make-city.ts';
import { buildTransitSchedule } from '../city/transit-build.ts';
import type { TransitSchedule } from '../city/transit-schedule.ts';
import { lineDensity } from './line-density.ts';
import type { PlaceValues } from './operator.ts';

type Line = { readonly at: readonly At[]; readonly byStops?: boolean; readonly mode?: number; readonly runs?: boolean };

/** A timetable in which each line is a route with one departure on a weekday. */
function timetable(lines: readonly Line[]): TransitSchedule {
  const running = lines.flatMap(({ runs = true }, route) => (runs ? [route] : []));
  let end = 0;
  return {
    stopCount: 1, stopId: ['s'], stopName: [''], stopE7: Int32Array.from(e7At([0, 0])), stopModes: Uint32Array.of(8), batches: [1],
    days: [{ kind: 'weekday', date: '2025-05-13', first: Uint32Array.of(0, running.length), departureS: new Uint32Array(running.length).fill(30_000), route: Uint32Array.from(running) }],
    routeId: lines.map((_, i) => `r${i}`), routeName: lines.map((_, i) => `r${i}`), routeModes: Uint32Array.from(lines, ({ mode = 8 }) => mode),
    lines: {
      verticesE7: Int32Array.from(lines.flatMap(({ at }) => at.flatMap((spot) => e7At(spot)))), ends: Uint32Array.from(lines, ({ at }) => (end += at.length)),
      route: Uint32Array.from(lines, (_, i) => i), byStops: Uint8Array.from(lines, ({ byStops }) => (byStops === true ? 1 : 0)),
    },
  };
}

const SQUARE: NonNullable<CityPlan['places']> = [{ id: 'city', level: 'city', box: [0, 0, 1000, 1000] }];

function measure(plan: CityPlan, params: unknown = {}): PlaceValues {
  const result = lineDensity.run(makeCity({ places: SQUARE, ...plan }), lineDensity.params.parse(params), {});
  if (result instanceof Promise || 'missing' in result) throw new Error(`no value: ${JSON.stringify(result)}`);
  return result;
}
/** km in the square kilometre. */
const kmOf = (streets: CityPlan['streets'], lines: readonly Line[], params?: unknown): number => measure({ streets, transit: timetable(lines) }, params).value[0];
const east = (y: number, more: object = {}): NonNullable<CityPlan['streets']>[number] => ({ line: [[0, y], [500, y], [1000, y]], highway: 'secondary', ...more });

describe('density of lines', () => {
  const GRID = [east(500), east(600), { line: [[500, 0], [500, 500], [500, 600], [500, 1000]] as const, highway: 'secondary' }];

  it('counts a street once, however many lines run on it, and ends where a line turns off', () => {
    // the first along all of the street at 500 m, 6 m beside it; the second along its first half and then north
    expect(kmOf(GRID, [{ at: [[0, 506], [1000, 506]] }, { at: [[0, 494], [506, 494], [506, 1000]] }])).toBeCloseTo(1.5, 2);
    expect(kmOf(GRID, [{ at: [[0, 494], [506, 494], [506, 1000]] }])).toBeCloseTo(1, 1);
  });

  it('counts only what runs that day, and only the modes asked for', () => {
    const lines: Line[] = [{ at: [[0, 500], [1000, 500]] }, { at: [[0, 600], [1000, 600]], runs: false }, { at: [[500, 0], [500, 1000]], mode: 2 }];
    expect(kmOf(GRID, lines)).toBeCloseTo(1, 2);
    expect(kmOf(GRID, lines, { modes: ['bus', 'metro'] })).toBeCloseTo(2, 2);
  });

  it('takes two carriageways as one road, also where a line follows one of them only', () => {
    const dual = [east(500, { name: '大道', tags: { oneway: 'yes' } }), { line: [[1000, 520], [500, 520], [0, 520]] as const, highway: 'secondary', name: '大道', tags: { oneway: 'yes' } }];
    expect(kmOf(dual, [{ at: [[0, 500], [1000, 500]] }])).toBeCloseTo(1, 2);
    expect(kmOf(dual, [{ at: [[0, 500], [1000, 500]] }, { at: [[1000, 520], [0, 520]] }])).toBeCloseTo(1, 2);
  });

  it('takes the street nearest to the line, not the lane beside it', () => {
    expect(kmOf([east(500), east(514, { highway: 'residential' })], [{ at: [[0, 496], [1000, 496]] }])).toBeCloseTo(1, 2);
    expect(kmOf([east(500), east(514, { highway: 'residential' })], [{ at: [[0, 516], [1000, 516]] }])).toBeCloseTo(1, 2);
  });

  it('takes streets kept for buses, and no footways', () => {
    const lines: Line[] = [{ at: [[0, 500], [1000, 500]] }, { at: [[0, 700], [1000, 700]] }];
    expect(kmOf([east(500, { highway: 'service', tags: { access: 'no', bus: 'designated' } }), east(700, { highway: 'footway' })], lines)).toBeCloseTo(1, 2);
  });

  it('gives a street between two units half to either', () => {
    const places: CityPlan['places'] = [
      { id: 'a-city', level: 'city', box: [0, 0, 1000, 1000] }, { id: 'b', level: 'community', parent: 'a-city', box: [0, 0, 1000, 500] }, { id: 'c', level: 'community', parent: 'a-city', box: [0, 500, 1000, 1000] },
    ];
    const { numerator, value } = measure({ places, streets: GRID, transit: timetable([{ at: [[0, 500], [1000, 500]] }]) });
    expect(numerator?.[0]).toBeCloseTo(1, 2);
    expect(numerator?.[1]).toBeCloseTo(0.5, 2);
    expect(value[2]).toBeCloseTo(1, 2);
  });

  it('drives from stop to stop where the timetable has no shapes, and says so', () => {
    // from a corner of the grid to the opposite one of two blocks: 400 m along streets, whichever way
    const streets = gridStreets([0, 0, 1000, 1000], 200);
    const result = measure({ streets, transit: timetable([{ at: [[200, 200], [400, 400]], byStops: true }]) });
    expect(result.value[0]).toBeCloseTo(0.4, 1);
    expect(result.quality).toBe('proxy');
    expect(result.notes?.map(({ code }) => code)).toContain('checkup/lines-by-stops');
    expect(measure({ streets, transit: timetable([{ at: [[200, 200], [200, 400]] }]) }).quality).toBe('measured');
  });

  it('says so where lines run beside no street', () => {
    const result = measure({ streets: GRID, transit: timetable([{ at: [[0, 500], [1000, 500]] }, { at: [[0, 100], [1000, 100]] }]) });
    expect(result.value[0]).toBeCloseTo(1, 2);
    expect(result.quality).toBe('proxy');
    expect(result.notes?.find(({ code }) => code === 'checkup/lines-on-streets')?.text.en).toContain('50.0 %');
  });

  it('is missing without a timetable or its lines', () => {
    const run = (plan: CityPlan): unknown => lineDensity.run(makeCity({ places: SQUARE, ...plan }), lineDensity.params.parse({}), {});
    expect(run({ streets: GRID })).toHaveProperty('missing.kind', 'no-data');
    expect(run({ streets: GRID, transit: { ...timetable([{ at: [[0, 500], [1000, 500]] }]), lines: undefined } })).toHaveProperty('missing.kind', 'no-data');
    expect(run({ transit: timetable([{ at: [[0, 500], [1000, 500]] }]) })).toHaveProperty('missing.kind', 'no-data');
  });
});

describe('lines of a timetable', () => {
  it('tells shapes from lines drawn from stop to stop', () => {
    const [stops, shape] = [[[0, 0], [800, 0]] as const, [[0, 5], [400, 30], [800, 5]] as const];
    const schedule = buildTransitSchedule({
      batches: [1], services: [{ batch_id: 1, service_id: 'all', weekdays: [true, true, true, true, true, true, true], start_date: '2025-01-01', end_date: '2025-12-31', added_dates: [], removed_dates: [] }],
      trips: ['A', 'B'].map((route_id) => ({ batch_id: 1, trip_id: route_id, route_id, service_id: 'all', stop_ids: ['0', '1'], departure_s: [30_000, 30_300], frequencies: [] })),
      stops: stops.map((at, i) => ({ batch_id: 1, source_id: `stop/${i}`, name: null, lon: degreesAt(at)[0], lat: degreesAt(at)[1] })),
      routes: [
        { batch_id: 1, source_id: 'route/A', kind: 'bus', name: null, line: { coordinates: Float64Array.from([...stops, ...shape].flatMap((at) => degreesAt(at))), partEnds: Uint32Array.of(2, 5) } },
        { batch_id: 1, source_id: 'route/B', kind: 'metro', name: null },
      ],
    }, 2025);
    expect([...(schedule?.lines?.byStops ?? [])]).toEqual([1, 0]);
    expect([...(schedule?.lines?.ends ?? [])]).toEqual([2, 5]);
    expect([...(schedule?.routeModes ?? [])]).toEqual([8, 2]);
  });
});
