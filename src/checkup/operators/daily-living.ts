/** GHSCI daily living score, 0–3: fresh food, convenience store and public transport within 500 m on foot, one point each; mean over persons. */
import type { CityData } from '../city/city-data.ts';
import { personsOf } from './access-supply.ts';
import { noStreets } from './coverage-result.ts';
import { destinationNeeds, reachDestination } from './daily-destinations.ts';
import type { DailyLivingParams, ReachMeasure } from './living-params.ts';
import { dailyLivingSchema } from './living-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation } from './missing-reasons.ts';
import type { DataNeed, OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons } from './person-mean.ts';

const SCORED = ['fresh-food', 'convenience', 'transit'] as const;

export interface Scores {
  /** By population point, 0 … 3. */
  readonly score: Float64Array;
  readonly quality: 'measured' | 'proxy';
}

/** Streets must be there for `walk`. All three must be known: a score of two known ones would be of another kind. */
export function dailyScores(city: CityData, metres: number, measure: ReachMeasure): Scores | Missing {
  const score = new Float64Array(city.snapshot.population.pointE7.length / 2);
  let quality: Scores['quality'] = 'measured';
  for (const destination of SCORED) {
    const found = reachDestination(city, destination, metres, measure);
    if ('missing' in found) return found;
    for (let p = 0; p < score.length; p++) score[p] += found.reached[p];
    if (found.quality === 'proxy') quality = 'proxy';
  }
  return { score, quality };
}

export function dailyNeeds(measure: ReachMeasure): DataNeed[] {
  return [...new Set<DataNeed>(['population', ...SCORED.flatMap((destination) => destinationNeeds(destination, measure))])];
}

function runScore(city: CityData, { metres, measure }: DailyLivingParams): OperatorResult {
  const persons = personsOf(city, 'total');
  if (persons === undefined) return missingPopulation('total');
  if (measure === 'walk' && city.network === undefined) return noStreets();
  const found = dailyScores(city, metres, measure);
  return 'missing' in found ? found : { ...meanOverPersons(city, found.score, persons), quality: found.quality };
}

export const dailyLiving = defineOperator({ id: 'daily-living', title: { zh: '日常生活得分', en: 'Daily living score' }, params: dailyLivingSchema, needs: ({ measure }) => dailyNeeds(measure), run: (city, params) => runScore(city, params) });
