/**
 * stop-frequency: how often public transport stops, by the timetable of an ordinary weekday, Saturday or Sunday (D12; GHSCI: a stop within 500 m that is
 * served at least every 20 or 30 minutes).
 *
 * Headway of a stop: the window ÷ departures in it (7:00–19:00 with 12 departures: 60 minutes); the two directions of a road are two stops. A stop that nothing
 * serves in the window has no headway: it is left out of medians, and people near none but such count as unserved. `person-headway` is the mean over persons
 * with any service within reach of the shortest headway there (its denominator says how many these are), or over all with `unservedMin`. NaN where a place has no stop (headway) or
 * nobody (person-headway, persons-frequent). A city without a timetable: missing. Quality `measured`: timetables are the operators' own.
 */
import { NoteBook } from '../../core/note.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import { placeAbove, sumInside } from '../city/roll-up.ts';
import { MODE_BITS } from '../city/transit-build.ts';
import type { TransitSchedule } from '../city/transit-schedule.ts';
import { groupNeed } from './count-needs.ts';
import type { StopFrequencyParams } from './count-params.ts';
import { stopFrequencyParams } from './count-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation, missingReason } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';

interface Service {
  /** By stop: minutes between departures, Infinity where there is none in the window; NaN for stops of other modes. */
  readonly headway: Float64Array;
  readonly departures: Float64Array;
  readonly hours: number;
}

function serviceOf({ stopCount, stopModes, days }: TransitSchedule, { day, from, to, modes }: StopFrequencyParams): Service {
  const bits = modes?.reduce((sum, mode) => sum | MODE_BITS[mode], 0);
  const schedule = days.find(({ kind }) => kind === day);
  const [headway, departures] = [new Float64Array(stopCount), new Float64Array(stopCount)];
  for (let s = 0; s < stopCount; s++) {
    for (let k = schedule?.first[s] ?? 0, end = schedule?.first[s + 1] ?? 0; k < end; k++) {
      const at = schedule?.departureS[k] ?? -1;
      if (at >= from * 3600 && at < to * 3600) departures[s]++;
    }
    headway[s] = bits !== undefined && (stopModes[s] & bits) === 0 ? NaN : ((to - from) * 60) / departures[s];
    if (Number.isNaN(headway[s])) departures[s] = 0;
  }
  return { headway, departures, hours: to - from };
}

/** The middle of some numbers, the mean of the two middle ones of an even number. */
function median(values: number[]): number {
  if (values.length === 0) return NaN;
  values.sort((a, b) => a - b);
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/** By place, the numbers of the stops in it and in all below that lie in the built-up area. */
function stopsByPlace(city: CityData, { stopE7 }: TransitSchedule, counts: (stop: number) => boolean): Map<number, number[]> {
  const { leaf, cell, zone } = city.tree.locate(stopE7);
  const above = placeAbove(city);
  const found = new Map<number, number[]>();
  const add = (place: number, stop: number): void => {
    if (place < 0) return;
    const stops = found.get(place);
    if (stops === undefined) found.set(place, [stop]);
    else stops.push(stop);
  };
  for (let stop = 0; stop < leaf.length; stop++) {
    if (!counts(stop)) continue;
    for (let place = leaf[stop]; place >= 0; place = above[place]) add(place, stop);
    add(cell[stop], stop);
    add(zone[stop], stop);
  }
  return found;
}

function runStops(city: CityData, transit: TransitSchedule, params: StopFrequencyParams): OperatorResult {
  const { headway, departures, hours } = serviceOf(transit, params);
  const of = (stops: readonly number[]): number => {
    const served = stops.filter((stop) => departures[stop] > 0);
    switch (params.statistic) {
      case 'headway': return median(served.map((stop) => headway[stop]));
      case 'stops-frequent': return (100 * served.filter((stop) => headway[stop] <= params.headwayMin).length) / stops.length;
      default: return served.reduce((sum, stop) => sum + departures[stop], 0) / hours;
    }
  };
  const byPlace = stopsByPlace(city, transit, (stop) => !Number.isNaN(headway[stop]));
  const value = new Float64Array(city.tree.count).fill(params.statistic === 'departures' ? 0 : NaN);
  const n = new Float64Array(city.tree.count);
  for (const [place, stops] of byPlace) {
    value[place] = of(stops);
    n[place] = stops.length;
  }
  return { value, n, quality: 'measured', detail: { points: transit.stopE7 } };
}

function runRoutes(city: CityData, transit: TransitSchedule, params: StopFrequencyParams): OperatorResult {
  const { headway } = serviceOf(transit, params);
  const schedule = transit.days.find(({ kind }) => kind === params.day);
  const value = new Float64Array(city.tree.count);
  for (const [place, stops] of stopsByPlace(city, transit, (stop) => !Number.isNaN(headway[stop]))) {
    const routes = new Set<number>();
    for (const stop of stops) {
      for (let k = schedule?.first[stop] ?? 0, end = schedule?.first[stop + 1] ?? 0; k < end; k++) {
        const at = schedule?.departureS[k] ?? -1;
        if (at >= params.from * 3600 && at < params.to * 3600) routes.add(schedule?.route[k] ?? 0);
      }
    }
    value[place] = routes.size;
  }
  return { value, numerator: value, quality: 'measured' };
}

/** By population point the shortest headway of the stops within reach, minutes; Infinity where none is. */
function nearestHeadway({ snapshot: { population: { pointE7 } } }: CityData, { stopE7 }: TransitSchedule, headway: Float64Array, radiusM: number): Float64Array {
  const served = listWhere(headway.length, (stop) => headway[stop] < Infinity);
  const [lon, lat] = [0, 1].map((axis) => mapTo(Float64Array, served, (stop) => stopE7[2 * stop + axis] / 1e7));
  const index = buildGridIndex(lon, lat);
  const best = new Float64Array(pointE7.length / 2).fill(Infinity);
  for (let p = 0; p < best.length; p++) {
    const [x, y] = [pointE7[2 * p] / 1e7, pointE7[2 * p + 1] / 1e7];
    const degree = metresPerDegree(y);
    const [dx, dy] = [(1.001 * radiusM) / degree.lon, (1.001 * radiusM) / degree.lat];
    let least = Infinity;
    index.search(x - dx, y - dy, x + dx, y + dy, (i) => {
      if (headway[served[i]] < least && distanceM(x, y, lon[i], lat[i]) <= radiusM) least = headway[served[i]];
    });
    best[p] = least;
  }
  return best;
}

function runPersons(city: CityData, transit: TransitSchedule, params: StopFrequencyParams): OperatorResult {
  const { tree, snapshot: { population, meta } } = city;
  const [at, points] = [meta.groups.indexOf(params.group), population.pointE7.length / 2];
  if (at < 0 || points === 0) return missingPopulation(params.group);
  const persons = population.persons.subarray(at * points, (at + 1) * points);
  const { headway } = serviceOf(transit, params);
  const reached = nearestHeadway(city, transit, headway, params.radiusM);
  const best = reached.map((each) => (each === Infinity ? (params.unservedMin ?? Infinity) : each));
  const isMean = params.statistic === 'person-headway';
  const counts = (p: number): boolean => (isMean ? best[p] < Infinity : best[p] <= params.headwayMin);
  const members = tree.locate(population.pointE7);
  const numerator = sumInside(city, members, mapTo(Float64Array, persons, (each, p) => (counts(p) ? each * (isMean ? best[p] : 1) : 0)));
  const denominator = sumInside(city, members, isMean ? mapTo(Float64Array, persons, (each, p) => (counts(p) ? each : 0)) : persons);
  const unserved = listWhere(persons.length, (p) => persons[p] > 0 && (isMean ? reached[p] === Infinity : !counts(p)));
  return {
    value: numerator.map((sum, place) => (denominator[place] > 0 ? ((isMean ? 1 : 100) * sum) / denominator[place] : NaN)), numerator, denominator,
    n: sumInside(city, members, mapTo(Float64Array, persons, (each) => (each > 0 ? 1 : 0))), quality: 'measured',
    detail: { points: transit.stopE7, unserved: { point: unserved, persons: mapTo(Float32Array, unserved, (p) => persons[p]) } },
  };
}

function missingTimetable(): Missing {
  return missingReason('no-data', { zh: '没有公交时刻表。', en: 'There is no timetable.' }, { zh: 'GTFS 文件（zip）', en: 'a GTFS file (zip)' });
}

export const stopFrequency = defineOperator<StopFrequencyParams>({
  id: 'stop-frequency',
  title: { zh: '公交班次', en: 'Frequency of public transport' },
  params: stopFrequencyParams,
  needs: ({ statistic, group }) => ['place', 'transit', 'settings', ...(statistic.startsWith('person') ? [groupNeed(group)] : [])],
  run(city, params) {
    const { transit } = city;
    if (transit === undefined) return missingTimetable();
    const result = params.statistic === 'routes' ? runRoutes(city, transit, params) : params.statistic.startsWith('person') ? runPersons(city, transit, params) : runStops(city, transit, params);
    if ('missing' in result) return result;
    const notes = new NoteBook();
    const date = transit.days.find(({ kind }) => kind === params.day)?.date ?? '';
    if (date === '') notes.add('warning', 'checkup/transit-no-such-day', { zh: '时刻表中这类日子没有班次。', en: 'The timetable has no trip on days of this kind.' });
    else notes.add('info', 'checkup/transit-day', { zh: `按 ${date} 的班次计。`, en: `By the timetable of ${date}.` }, { value: date });
    return { ...result, notes: notes.list() };
  },
});
