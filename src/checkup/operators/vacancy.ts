/**
 * vacancy: persons or households a dwelling, or the share of dwellings that stand empty by that measure (空置; new quarters three tenths full).
 *
 * Dwellings are summed from a registry, without the rooms of dormitories unless the indicator says otherwise. Households come from community_services.csv; persons from the population grid. Vacant share: 1 − households ÷
 * dwellings, or 1 − persons ÷ (dwellings × personsPerDwelling), at least 0. Persons an occupied dwelling are a parameter; where it is absent, the
 * city's persons ÷ households. Places with few dwellings have no value. Numerator: persons or households. Denominator: dwellings. n: buildings.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { conditionNeeds, groupNeed } from './count-needs.ts';
import type { VacancyParams } from './count-params.ts';
import { vacancyParams } from './count-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation, missingTable } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { personsByPlace } from './per-place.ts';
import { sumColumns } from './sum-columns.ts';

/** Households by place. */
function householdsOf(city: CityData): Float64Array | Missing {
  const services = sumColumns(city, 'community_services', [[{ column: 'households', times: 1 }]]);
  return 'missing' in services ? services : services.sums[0];
}

/** Who lives there, by place. */
function residentsOf(city: CityData, by: VacancyParams['by'], group: string): Float64Array | Missing {
  return by === 'households' ? householdsOf(city) : (personsByPlace(city, group) ?? missingPopulation(group));
}

/** Residents that a dwelling has when it is lived in; undefined where nothing tells. */
function fullDwelling(city: CityData, { by, personsPerDwelling }: VacancyParams, residents: Float64Array): number | undefined {
  if (by === 'households') return 1;
  if (personsPerDwelling !== undefined) return personsPerDwelling;
  const households = householdsOf(city);
  if ('missing' in households) return undefined;
  const total = (sums: Float64Array): number => city.tree.ofLevel('city').reduce((sum, place) => sum + sums[place], 0);
  return total(households) > 0 ? total(residents) / total(households) : undefined;
}

export const vacancy = defineOperator<VacancyParams>({
  id: 'vacancy',
  title: { zh: '住房空置', en: 'Vacancy of homes' },
  params: vacancyParams,
  needs: ({ dwellings, where, by, value, personsPerDwelling, group }) => [
    'place', `table:${dwellings.table}`, ...conditionNeeds(where), ...(by === 'persons' ? [groupNeed(group)] : []),
    ...(by === 'households' || (value === 'vacant-share' && personsPerDwelling === undefined) ? (['table:community_services'] as const) : []),
  ],
  run(city, params) {
    const { dwellings, where, by, value, leastDwellings, group } = params;
    const homes = sumColumns(city, dwellings.table, [[{ column: dwellings.column, times: 1 }]], where);
    if ('missing' in homes) return homes;
    const residents = residentsOf(city, by, group);
    if ('missing' in residents) return residents;
    const full = value === 'per-dwelling' ? undefined : fullDwelling(city, params, residents);
    if (value === 'vacant-share' && full === undefined) return missingTable('community_services', ['households']);
    const notes = new NoteBook();
    for (const { level, code, text, count, examples } of homes.notes.list()) notes.add(level, code, text, examples[0], count);
    const [denominator] = homes.sums;
    const of = (each: number, place: number): number => {
      if (denominator[place] < leastDwellings) return NaN;
      return full === undefined ? each / denominator[place] : Math.max(0, 100 * (1 - each / (full * denominator[place])));
    };
    return { value: residents.map(of), numerator: residents, denominator, n: homes.rows, quality: 'measured', notes: notes.list() };
  },
});
