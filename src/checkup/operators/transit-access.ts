/**
 * SDG 11.2.1: per cent of persons within 500 m of a low-capacity stop (bus, tram) or 1 km of a high-capacity one (metro, rail, ferry), on foot along the streets
 * (UN-Habitat metadata, September 2021). By any population group: sexes and ages where the population has them; disability is in no source so far.
 *
 * Persons outside the built-up area count for their own unit only: the indicator is stated for cities.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import { personsOf } from './access-supply.ts';
import { noStreets } from './coverage-result.ts';
import type { TransitAccessParams } from './living-params.ts';
import { transitAccessSchema } from './living-params.ts';
import { missingPopulation } from './missing-reasons.ts';
import type { DataNeed, OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons } from './person-mean.ts';
import { reachSpots } from './points-reached.ts';
import { STOP_KINDS, stopSpots } from './transit-stops.ts';

function runTransit(city: CityData, { lowM, highM, measure, headwayMinutes, group }: TransitAccessParams): OperatorResult {
  const persons = personsOf(city, group);
  if (persons === undefined) return missingPopulation(group);
  if (measure === 'walk' && city.network === undefined) return noStreets();
  const stops = stopSpots(city, headwayMinutes);
  if ('missing' in stops) return stops;
  const low = reachSpots(city, stops.lowE7, lowM, measure);
  const high = reachSpots(city, stops.highE7, highM, measure);
  const served = low.map((each, p) => each | high[p]);
  const point = listWhere(served.length, (p) => served[p] === 0 && persons[p] > 0);
  const notes = new NoteBook();
  if (stops.from === 'facilities') notes.add('info', 'checkup/stops-of-map', { zh: '没有公交时刻表，站点取自地图或设施台账，不知是否在运营。', en: 'Without a timetable the stops are those of the map or the register; whether they are served is not known.' });
  return {
    ...meanOverPersons(city, served, persons, { times: 100 }), quality: stops.quality, notes: notes.list(),
    detail: { unserved: { point, persons: mapTo(Float32Array, point, (p) => persons[p]) }, points: stops.allE7 },
  };
}

export function transitNeeds(measure: 'straight' | 'walk'): DataNeed[] {
  return ['place', 'transit', ...STOP_KINDS.map((kind): DataNeed => `facility:${kind}`), ...(measure === 'walk' ? (['network'] as const) : [])];
}

export const transitAccess = defineOperator({
  id: 'transit-access',
  title: { zh: '公共交通可及人口比例', en: 'Persons near public transport' },
  params: transitAccessSchema,
  needs: ({ measure, group }) => [...transitNeeds(measure), group === 'total' ? 'population' : `population:${group}`],
  run: (city, params) => runTransit(city, params),
});
