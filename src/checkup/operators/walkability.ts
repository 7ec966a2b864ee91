/**
 * GHSCI walkability: z of population density + z of intersection density (both of the neighbourhood of 1,000 m on foot) + z of the daily living score, mean over
 * persons. 0 is the average of the reference: the cities of the GHSCI study (standards §7.2), or this city's own residents, whose mean is then 0 by
 * definition and which compares places within the city only.
 */
import type { WorkContext } from '../../core/progress.ts';
import type { CityData } from '../city/city-data.ts';
import { personsOf } from './access-supply.ts';
import { noStreets } from './coverage-result.ts';
import { dailyNeeds, dailyScores } from './daily-living.ts';
import type { WalkabilityParams } from './living-params.ts';
import { walkabilitySchema } from './living-params.ts';
import { missingPopulation } from './missing-reasons.ts';
import { neighbourhoods } from './neighbourhood-cells.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons, noteUnlinked } from './person-mean.ts';

interface Reference {
  readonly mean: number;
  readonly deviation: number;
}

/** Of the GHSCI cities: persons per km², intersections per km², daily living score. */
const INTERNATIONAL: readonly Reference[] = [{ mean: 11_093.1, deviation: 13_637.9 }, { mean: 98.44, deviation: 36.96 }, { mean: 1.028, deviation: 0.915 }];
const DAILY_M = 500;

/** Over persons; deviation 0 where all are alike. */
function ownReference(values: Float64Array, persons: Float32Array): Reference {
  let [weight, sum] = [0, 0];
  values.forEach((value, p) => {
    if (!(persons[p] > 0) || Number.isNaN(value)) return;
    weight += persons[p];
    sum += persons[p] * value;
  });
  const mean = sum / weight;
  let squares = 0;
  values.forEach((value, p) => (squares += persons[p] > 0 && !Number.isNaN(value) ? persons[p] * (value - mean) ** 2 : 0));
  return { mean, deviation: Math.sqrt(squares / weight) };
}

function runWalkability(city: CityData, { reference, metres }: WalkabilityParams, context: WorkContext): OperatorResult {
  const persons = personsOf(city, 'total');
  if (persons === undefined) return missingPopulation('total');
  const found = neighbourhoods(city, metres, context);
  if (found === undefined) return noStreets();
  const daily = dailyScores(city, DAILY_M, 'walk');
  if ('missing' in daily) return daily;
  const parts = [found.persons, found.intersections, daily.score];
  const { leaf } = city.tree.locate(city.snapshot.population.pointE7);
  // the residents whose mean the city's value is
  const known = persons.map((count, p) => (leaf[p] < 0 || city.tree.outside[leaf[p]] === 1 || parts.some((part) => Number.isNaN(part[p])) ? 0 : count));
  const references = reference === 'international' ? INTERNATIONAL : parts.map((part) => ownReference(part, known));
  const score = new Float64Array(persons.length);
  parts.forEach((part, i) => {
    const { mean, deviation } = references[i];
    for (let p = 0; p < score.length; p++) score[p] += deviation > 0 ? (part[p] - mean) / deviation : part[p] - part[p];
  });
  return { ...meanOverPersons(city, score, persons), quality: 'proxy', notes: noteUnlinked(city, score, persons) };
}

export const walkability = defineOperator({ id: 'walkability', title: { zh: '步行友好度', en: 'Walkability' }, params: walkabilitySchema, needs: () => [...new Set([...dailyNeeds('walk'), 'network' as const])], run: runWalkability });
