/**
 * How far people live from the nearest facility: metres in a straight line or along the streets, or minutes; over persons the mean, the median, or what nine
 * tenths do not exceed. Cells have values too. Those beyond the search limit, and those without a street near, are left out of the mean with a
 * note, and stand at the far end of median and p90 (which are then no number where they reach that far). n is the number of population points.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { UNREACHED } from '../../engine/graph/search/search-graph.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { listFacilities } from '../city/facility-sets.ts';
import { mapTo } from '../city/map-values.ts';
import { sumInside } from '../city/roll-up.ts';
import { populationLinks, travelFor } from '../city/street-access.ts';
import { noStreets, personsOf, qualityOf, reachNeeds, reachNotes } from './coverage-result.ts';
import { missingFacilities, missingPopulation } from './missing-reasons.ts';
import type { NearestDistanceParams } from './coverage-schemas.ts';
import { nearestDistanceParams } from './coverage-schemas.ts';
import { straightDistances, toMetres } from './cover.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import { placeQuantiles } from './place-quantiles.ts';
import { reachAlongStreets } from './street-reach.ts';

/** Metres a minute that nobody exceeds, to turn the search limit into minutes generously. */
const LEAST_M_PER_MINUTE = { walk: 60, bike: 200, drive: 400 } as const;

/** By population point metres (or minutes) to the nearest; Infinity beyond the limit. Undefined without streets. */
function distances(city: CityData, set: FacilitySet, { measure, unit, mostM }: NearestDistanceParams): Float32Array | undefined {
  if (measure === 'straight') return straightDistances(city, city.snapshot.population.pointE7, { ...set, radiusM: new Float64Array(set.number.length).fill(mostM) });
  const travel = travelFor(city, measure, unit === 'm' ? 'mm' : 's');
  if (travel === undefined) return undefined;
  const most = unit === 'm' ? mostM * 1000 : (mostM / LEAST_M_PER_MINUTE[measure]) * 60;
  const limit = set.circleM.map((circle) => most + (unit === 'm' ? 1000 * circle : 0));
  const costs = reachAlongStreets(city, travel, set, populationLinks(city, travel), { way: 'to', limit });
  const metres = toMetres(set);
  return mapTo(Float32Array, costs, (cost) => (cost === UNREACHED ? Infinity : unit === 'm' ? metres(cost) : cost / 60));
}

function run(city: CityData, params: NearestDistanceParams, { signal }: WorkContext): OperatorResult {
  const persons = personsOf(city, params.group);
  if (persons === undefined) return missingPopulation(params.group);
  const set = listFacilities(city, params);
  if (set.known === 0) return missingFacilities(params.facilities);
  throwIfCancelled(signal);
  const far = distances(city, set, params);
  if (far === undefined) return noStreets();
  throwIfCancelled(signal);
  const members = city.tree.locate(city.snapshot.population.pointE7);
  const notes = reachNotes(set, params);
  const beyond = persons.filter((count, p) => count > 0 && far[p] === Infinity).length;
  if (beyond > 0) notes.add('info', 'checkup/beyond-search', { zh: `部分人口点在 ${params.mostM} 米内找不到设施或附近没有可用道路。`, en: `Some population points have no facility within ${params.mostM} m, or no usable street near.` }, undefined, beyond);
  const counted = persons.map((count, p) => (far[p] < Infinity ? count : 0));
  const weight = sumInside(city, members, counted);
  const sum = sumInside(city, members, mapTo(Float64Array, counted, (count, p) => (count > 0 ? count * far[p] : 0)));
  const value = params.statistic === 'mean'
    ? sum.map((total, place) => (weight[place] > 0 ? total / weight[place] : NaN))
    : placeQuantiles(city, members, far, persons, params.statistic === 'median' ? 0.5 : 0.9).map((quantile) => (quantile < Infinity ? quantile : NaN));
  return {
    value, numerator: sum, denominator: weight, n: sumInside(city, members, persons.map((count) => (count > 0 ? 1 : 0))), quality: qualityOf(set), notes: notes.list(),
    detail: { facilities: set.number, ...(params.unit === 'm' && { nearestM: far }) },
  };
}

export const nearestDistance = defineOperator<NearestDistanceParams>({
  id: 'nearest-distance',
  title: { zh: '到最近设施的距离', en: 'Distance to the nearest facility' },
  params: nearestDistanceParams,
  needs: ({ facilities, measure, group }) => [`population:${group}`, ...reachNeeds(facilities, measure)],
  run,
});
