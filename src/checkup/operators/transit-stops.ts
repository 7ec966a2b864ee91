/**
 * Stops of public transport, low capacity (bus, tram) and high (metro, rail, ferry), from the timetable where there is one, else from the map or a register.
 * Entrances of rail stations stand beside the stations themselves: people arrive there first.
 *
 * Headway: 7:00–19:00 of an ordinary weekday ÷ departures of the stop in it, minutes; directions have stops of their own.
 */
import type { CityData } from '../city/city-data.ts';
import { MODE_BITS } from '../city/transit-build.ts';
import { facilitiesOf } from './access-supply.ts';
import type { Missing } from './missing-reasons.ts';
import { missingReason } from './missing-reasons.ts';

const LOW = ['bus-stop', 'tram-stop'];
const HIGH = ['rail-station', 'train-station', 'ferry-terminal'];
const ENTRANCES = ['rail-entrance'];
export const STOP_KINDS: readonly string[] = [...LOW, ...HIGH, ...ENTRANCES];

const HIGH_BITS = MODE_BITS.metro | MODE_BITS.rail | MODE_BITS.ferry;
const MORNING_S = 7 * 3600;
const EVENING_S = 19 * 3600;
const DAY_MINUTES = 12 * 60;

export interface StopSpots {
  readonly lowE7: Int32Array;
  readonly highE7: Int32Array;
  readonly allE7: Int32Array;
  readonly quality: 'measured' | 'proxy';
  readonly from: 'timetable' | 'facilities';
}

/** By stop: minutes between departures on a weekday between 7 and 19, Infinity where none leaves; undefined without a timetable of a weekday. */
export function weekdayHeadways({ transit }: CityData): Float64Array | undefined {
  const day = transit?.days.find(({ kind }) => kind === 'weekday');
  if (transit === undefined || day === undefined) return undefined;
  return Float64Array.from({ length: transit.stopCount }, (_, stop) => {
    let departures = 0;
    for (let d = day.first[stop]; d < day.first[stop + 1]; d++) if (day.departureS[d] >= MORNING_S && day.departureS[d] < EVENING_S) departures++;
    return departures === 0 ? Infinity : DAY_MINUTES / departures;
  });
}

function pointsOf(city: CityData, kinds: readonly string[]): Int32Array {
  const { pointE7 } = city.snapshot.facility;
  return Int32Array.from([...facilitiesOf(city, kinds)].flatMap((f) => [pointE7[2 * f], pointE7[2 * f + 1]]));
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The stops; with a headway only those served at least so often. */
export function stopSpots(city: CityData, headwayMinutes?: number): StopSpots | Missing {
  return city.memo(`transit-stops/${headwayMinutes ?? 'all'}`, () => findStops(city, headwayMinutes));
}

function findStops(city: CityData, headwayMinutes: number | undefined): StopSpots | Missing {
  const { transit } = city;
  const headways = weekdayHeadways(city);
  const entrances = pointsOf(city, ENTRANCES);
  if (transit !== undefined && headways !== undefined) {
    const [low, high]: [number[], number[]] = [[], []];
    for (let stop = 0; stop < transit.stopCount; stop++) {
      // a stop that nothing leaves on a weekday serves nobody
      if (headways[stop] > (headwayMinutes ?? Number.MAX_VALUE)) continue;
      const isLow = (transit.stopModes[stop] & HIGH_BITS) === 0;
      (isLow ? low : high).push(transit.stopE7[2 * stop], transit.stopE7[2 * stop + 1]);
    }
    return spots(Int32Array.from(low), high.length === 0 ? new Int32Array(0) : joined(Int32Array.from(high), entrances), 'timetable');
  }
  if (headwayMinutes !== undefined) return missingReason('no-data', { zh: '没有公交时刻表，不知道发车间隔。', en: 'There is no timetable to tell headways from.' }, { zh: '公交 GTFS（.zip）', en: 'a GTFS feed (.zip)' });
  const [low, high] = [pointsOf(city, LOW), joined(pointsOf(city, HIGH), entrances)];
  if (low.length + high.length === 0) return missingReason('no-data', { zh: '没有公交站点。', en: 'There are no stops of public transport.' }, { zh: '公交 GTFS（.zip），或含站点的 OSM 文件、facilities.csv', en: 'a GTFS feed (.zip), or stops in an OSM extract or facilities.csv' });
  return spots(low, high, 'facilities');
}

function spots(lowE7: Int32Array, highE7: Int32Array, from: StopSpots['from']): StopSpots {
  return { lowE7, highE7, allE7: joined(lowE7, highE7), quality: from === 'timetable' ? 'measured' : 'proxy', from };
}
