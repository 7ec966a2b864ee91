/** What departments reported for earlier years, to hold their value of the year that is checked against. It is never used as that value. */
import type { CityData } from '../city/city-data.ts';
import type { Indicator } from '../model.ts';
import type { ReportedParams } from './count-params.ts';
import type { PlaceValues } from './operator.ts';
import type { ReportedYear } from './reported.ts';
import { combineUp, reported, reportedYears } from './reported.ts';

export interface EarlierValue {
  readonly period: number;
  readonly value: number;
}

/** Values of the latest earlier year with a row, by place; only of indicators whose value departments reported: computed values are not theirs to be compared with. */
export function reportedTrend(city: CityData, results: readonly MeasuredIndicator[]): (indicatorId: string, place: number) => EarlierValue | undefined {
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

interface MeasuredIndicator {
  readonly indicator: Indicator;
  readonly values: PlaceValues | undefined;
}

/** How departments report it, where its value is theirs. */
function reportedParams({ indicator, values }: MeasuredIndicator): ReportedParams | undefined {
  const method = values?.quality === 'reported' ? indicator.methods.find(({ operator }) => operator === reported.id) : undefined;
  return method === undefined ? undefined : (reported.params.parse(method.params) as ReportedParams);
}

function earlierYears(city: CityData, result: MeasuredIndicator | undefined): readonly ReportedYear[] {
  const params = result === undefined ? undefined : reportedParams(result);
  return params === undefined ? [] : reportedYears(city, params).filter(({ year }) => year < city.period);
}

/** What the city as a whole had in each earlier year, oldest first: of its own row, or of its parts' where the value of the year that is checked may come of them too. */
export function earlierOfCity(city: CityData, result: MeasuredIndicator): EarlierValue[] {
  const params = reportedParams(result);
  const place = city.tree.ofLevel('city').at(0);
  if (params === undefined || place === undefined) return [];
  return earlierYears(city, result).flatMap(({ year, places }) => {
    const own = new Map(places);
    combineUp(city, own, params);
    const value = own.get(place)?.value;
    return value === undefined ? [] : [{ period: year, value }];
  });
}
