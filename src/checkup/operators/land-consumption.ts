/**
 * SDG 11.3.1: land consumption rate ÷ population growth rate. LCR = (A₂ − A₁) ÷ A₁ ÷ years, PGR = ln(P₂ ÷ P₁) ÷ years (UN-Habitat metadata 2021, recalled). Above
 * 1 the city grows faster on the ground than in persons; below 0 one grows while the other shrinks.
 *
 * Both come from department statistics: the newest year up to the one that is checked and the oldest that have both. A population that has not changed
 * has no rate to compare with: no value.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import type { LandConsumptionParams } from './living-params.ts';
import { landConsumptionSchema } from './living-params.ts';
import { missingReason, missingTable } from './missing-reasons.ts';
import type { OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';
import type { ReportedYear } from './reported.ts';
import { reportedYears } from './reported.ts';

/** Years in which a place has both. */
function yearsOfBoth(areas: readonly ReportedYear[], persons: readonly ReportedYear[], place: number, last: number): { year: number; area: number; persons: number }[] {
  return areas.filter(({ year }) => year <= last).flatMap(({ year, places }) => {
    const area = places.get(place)?.value;
    const count = persons.find((each) => each.year === year)?.places.get(place)?.value;
    return area !== undefined && count !== undefined && area > 0 && count > 0 ? [{ year, area, persons: count }] : [];
  });
}

function runConsumption(city: CityData, { areaIndicator, populationIndicator, leastYears }: LandConsumptionParams): OperatorResult {
  if (city.table('indicators_dept') === undefined) return missingTable('indicators_dept', ['indicator_id', 'unit_id', 'year', 'value']);
  const notes = new NoteBook();
  const areas = reportedYears(city, { indicator: areaIndicator, times: 1 }, notes);
  const persons = reportedYears(city, { indicator: populationIndicator, times: 1 }, notes);
  const [value, numerator, denominator] = [0, 1, 2].map(() => new Float64Array(city.tree.count).fill(NaN));
  let known = 0;
  for (let place = 0; place < city.tree.count; place++) {
    const years = yearsOfBoth(areas, persons, place, city.period);
    const [from, to] = [years[0], years.at(-1)];
    if (from === undefined || to === undefined || to.year - from.year < leastYears) continue;
    known++;
    const span = to.year - from.year;
    numerator[place] = (to.area - from.area) / from.area / span;
    denominator[place] = Math.log(to.persons / from.persons) / span;
    value[place] = denominator[place] === 0 ? NaN : numerator[place] / denominator[place];
  }
  if (known === 0) {
    return missingReason('no-data', {
      zh: `部门指标（indicators_dept.csv）没有同一单元两个年份的 ${areaIndicator} 与 ${populationIndicator}，无法计算变化率。`,
      en: `The department statistics (indicators_dept.csv) do not have ${areaIndicator} and ${populationIndicator} of one unit for two years, so there is no rate of change.`,
    }, {
      zh: `indicators_dept.csv：至少相隔 ${leastYears} 年的两个年份的 ${areaIndicator}（建成区面积，平方公里）与 ${populationIndicator}（人口）`,
      en: `indicators_dept.csv: ${areaIndicator} (built-up area, km²) and ${populationIndicator} for two years at least ${leastYears} apart`,
    });
  }
  return { value, numerator, denominator, quality: 'reported', notes: notes.list() };
}

export const landConsumption = defineOperator({ id: 'land-consumption', title: { zh: '土地消耗率与人口增长率之比', en: 'Land consumption to population growth' }, params: landConsumptionSchema, needs: () => ['place', 'table:indicators_dept', 'settings'], run: (city, params) => runConsumption(city, params) });
