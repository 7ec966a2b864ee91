/** GHSCI: per cent of persons with a destination of daily life within 500 m on foot. Persons outside the built-up area count for their own unit only. */
import type { CityData } from '../city/city-data.ts';
import { listWhere, mapTo } from '../city/map-values.ts';
import { personsOf } from './access-supply.ts';
import { noStreets } from './coverage-result.ts';
import { destinationNeeds, reachDestination } from './daily-destinations.ts';
import type { DailyAccessParams } from './living-params.ts';
import { dailyAccessSchema } from './living-params.ts';
import { missingPopulation } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons } from './person-mean.ts';

function runDaily(city: CityData, { destination, metres, measure, group }: DailyAccessParams): OperatorResult {
  const persons = personsOf(city, group);
  if (persons === undefined) return missingPopulation(group);
  if (measure === 'walk' && city.network === undefined) return noStreets();
  const found = reachDestination(city, destination, metres, measure);
  if ('missing' in found) return found;
  const point = listWhere(persons.length, (p) => found.reached[p] === 0 && persons[p] > 0);
  return { ...meanOverPersons(city, found.reached, persons, { times: 100 }), quality: found.quality, detail: { unserved: { point, persons: mapTo(Float32Array, point, (p) => persons[p]) } } };
}

export const dailyAccess = defineOperator({
  id: 'daily-access',
  title: { zh: '日常设施可及人口比例', en: 'Persons near a daily destination' },
  params: dailyAccessSchema,
  needs: ({ destination, measure, group }) => [...destinationNeeds(destination, measure), group === 'total' ? 'population' : `population:${group}`],
  run: (city, params) => runDaily(city, params),
});
