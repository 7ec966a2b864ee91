/**
 * Share of persons within reach of facilities, % (SDG 11.2.1, 11.7.1, GHSCI, living circles).
 *
 * A population point is covered as a whole, by the straight line from it or by the way along the streets. Along the streets nobody is covered whom the
 * straight line of the same metres does not cover. Cells (H3) have values too. Persons outside the built-up area count for their own
 * place, not for the city's sums. n is the number of population points with persons of the group.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { CityData } from '../city/city-data.ts';
import { listFacilities } from '../city/facility-sets.ts';
import { sumInside } from '../city/roll-up.ts';
import { listUnserved, noStreets, personsOf, qualityOf, reachNeeds, reachNotes, shares } from './coverage-result.ts';
import { missingFacilities, missingPopulation } from './missing-reasons.ts';
import type { PersonCoverageParams } from './coverage-schemas.ts';
import { personCoverageParams } from './coverage-schemas.ts';
import { coverPersons, coverPersonsByCount, travelOf } from './cover.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';

function run(city: CityData, params: PersonCoverageParams, { signal }: WorkContext): OperatorResult {
  const persons = personsOf(city, params.group);
  if (persons === undefined) return missingPopulation(params.group);
  const set = listFacilities(city, params);
  if (set.known === 0) return missingFacilities(params.facilities);
  const travel = travelOf(city, params);
  if (travel === undefined && params.measure !== 'straight') return noStreets();
  throwIfCancelled(signal);
  const { covered, nearestM } = params.leastCount > 1 ? coverPersonsByCount(city, travel, set, params, params.leastCount) : coverPersons(city, travel, set, params);
  throwIfCancelled(signal);
  const members = city.tree.locate(city.snapshot.population.pointE7);
  const denominator = sumInside(city, members, persons);
  const numerator = sumInside(city, members, persons.map((count, p) => (covered[p] === 1 ? count : 0)));
  return {
    value: shares(numerator, denominator), numerator, denominator, n: sumInside(city, members, persons.map((count) => (count > 0 ? 1 : 0))),
    quality: qualityOf(set), notes: reachNotes(set, params).list(),
    detail: { facilities: set.number, unserved: listUnserved(persons, covered), ...(nearestM !== undefined && { nearestM }) },
  };
}

export const personCoverage = defineOperator<PersonCoverageParams>({
  id: 'person-coverage',
  title: { zh: '人口覆盖率', en: 'Share of persons within reach' },
  params: personCoverageParams,
  needs: ({ facilities, measure, group }) => [`population:${group}`, ...reachNeeds(facilities, measure)],
  run,
});
