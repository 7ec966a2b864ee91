/** GHSCI: density of persons or of street intersections in the neighbourhood of 1,000 m on foot, mean over persons. Policy references there: 5,700 persons and 100 intersections per km². */
import type { WorkContext } from '../../core/progress.ts';
import type { CityData } from '../city/city-data.ts';
import { personsOf } from './access-supply.ts';
import { noStreets } from './coverage-result.ts';
import type { NeighbourhoodParams } from './living-params.ts';
import { neighbourhoodSchema } from './living-params.ts';
import { missingPopulation } from './missing-reasons.ts';
import { neighbourhoods } from './neighbourhood-cells.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { meanOverPersons, noteUnlinked } from './person-mean.ts';

function runNeighbourhood(city: CityData, { of, metres }: NeighbourhoodParams, context: WorkContext): OperatorResult {
  const persons = personsOf(city, 'total');
  if (persons === undefined) return missingPopulation('total');
  const found = neighbourhoods(city, metres, context);
  if (found === undefined) return noStreets();
  // streets come from a map
  return { ...meanOverPersons(city, found[of], persons), quality: of === 'persons' ? 'measured' : 'proxy', notes: noteUnlinked(city, found[of], persons) };
}

export const neighbourhood = defineOperator({ id: 'neighbourhood', title: { zh: '步行邻里密度', en: 'Density of the walkable neighbourhood' }, params: neighbourhoodSchema, needs: () => ['place', 'population', 'network'], run: runNeighbourhood });
