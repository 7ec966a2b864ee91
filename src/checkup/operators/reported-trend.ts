/** What departments reported for earlier years, to hold their value of the year that is checked against. It is never used as that value. */
import type { CityData } from '../city/city-data.ts';
import type { Indicator } from '../model.ts';
import type { ReportedParams } from './count-params.ts';
import type { PlaceValues } from './operator.ts';
import type { ReportedYear } from './reported.ts';
import { reported, reportedYears } from './reported.ts';

export interface EarlierValue {
  readonly period: number;
  readonly value: number;
}

/** Values of the latest earlier year with a row, by place; only of indicators whose value departments reported: computed values are not theirs to be compared with. */
export function reportedTrend(city: CityData, results: readonly { readonly indicator: Indicator; readonly values: PlaceValues | undefined }[]): (indicatorId: string, place: number) => EarlierValue | undefined {
  const byId = new Map(results.map((result) => [result.indicator.id, result]));
  const known = new Map<string, readonly ReportedYear[]>();
  const yearsOf = (indicatorId: string): readonly ReportedYear[] => {
    let years = known.get(indicatorId);
    if (years === undefined) known.set(indicatorId, (years = earlierYears(city, byId.get(indicatorId))));
    return years;
  };
  return (indicatorId, place) => {
    const found = yearsOf(indicatorId).findLast(({ places }) => places.has(place));
    const value = found?.places.get(place)?.value;
    return found === undefined || value === undefined ? undefined : { period: found.year, value };
  };
}

function earlierYears(city: CityData, result: { readonly indicator: Indicator; readonly values: PlaceValues | undefined } | undefined): readonly ReportedYear[] {
  const method = result?.values?.quality === 'reported' ? result.indicator.methods.find(({ operator }) => operator === reported.id) : undefined;
  if (method === undefined) return [];
  return reportedYears(city, reported.params.parse(method.params) as ReportedParams).filter(({ year }) => year < city.period);
}
