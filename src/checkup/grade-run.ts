/** Grades of what a run measured, and the places that fall short: puts the pure rules' questions together. Runs in the thread. */
import type { CityData } from './city/city-data.ts';
import type { FoundShortfall } from './findings/find-shortfalls.ts';
import { findShortfalls } from './findings/find-shortfalls.ts';
import { gradeCheckup } from './grading/grade-checkup.ts';
import type { DimensionAnswer } from './grading/grade-dimension.ts';
import { GRADING_RULE } from './grading/grading-rule.ts';
import type { DimensionId, Grade, GradeStep, Indicator, Threshold } from './model.ts';
import type { PlaceValues } from './operators/operator.ts';
import { readPlaceList } from './store/place-list.ts';
import { readResult } from './store/result-bytes.ts';

/** What is held against the values: it comes from the base. */
export interface GradeRequest {
  /** The last complete check-up of an earlier period. */
  readonly previous: { readonly period: number; readonly places: Uint8Array; readonly results: readonly { readonly indicatorId: string; readonly bytes: Uint8Array }[] } | undefined;
  /** Values of the base's other cities that this one is compared with, by indicator. */
  readonly peers: Readonly<Record<string, readonly number[]>>;
  readonly ownThresholds: Readonly<Record<string, Threshold>>;
}

export interface GradeOutput {
  readonly indicators: readonly { readonly indicatorId: string; readonly grade: Grade | undefined; readonly steps: readonly GradeStep[]; readonly byPlace: Uint8Array<ArrayBuffer> }[];
  readonly dimensions: readonly (DimensionAnswer & { readonly id: DimensionId })[];
  readonly shortfalls: readonly ShortfallOutput[];
}

/** A shortfall with names in place of numbers. */
export type ShortfallOutput = Omit<FoundShortfall, 'indicator' | 'place'> & { readonly indicatorId: string; readonly placeId: string };

interface GradedResult {
  readonly indicator: Indicator;
  readonly values: PlaceValues | undefined;
}

/** Values of the period before by indicator and present place number; a place that was not there has none. */
function readPrevious({ snapshot }: CityData, previous: GradeRequest['previous']): (indicatorId: string, place: number) => { period: number; value: number } | undefined {
  if (previous === undefined) return () => undefined;
  const before = new Map(readPlaceList(previous.places).id.map((id, place) => [id, place]));
  const numberBefore = Array.from(snapshot.place.id, (id) => before.get(snapshot.text(id)));
  const bytes = new Map(previous.results.map((result) => [result.indicatorId, result.bytes]));
  const open = new Map<string, Float64Array | undefined>();
  return (indicatorId, place) => {
    if (!open.has(indicatorId)) {
      const found = bytes.get(indicatorId);
      open.set(indicatorId, found === undefined ? undefined : readResult(found).values.value);
    }
    const value = open.get(indicatorId)?.[numberBefore[place] ?? -1] ?? NaN;
    return Number.isNaN(value) ? undefined : { period: previous.period, value };
  };
}

/** Residents not served by place, where an indicator's detail knows them. */
function unservedByPlace({ tree, snapshot }: CityData, { detail }: PlaceValues): Float64Array | undefined {
  if (detail?.unserved === undefined) return undefined;
  const { point, persons } = detail.unserved;
  const weights = new Float64Array(snapshot.meta.counts.points);
  point.forEach((number, i) => (weights[number] += persons[i]));
  return tree.sum(tree.locate(snapshot.population.pointE7), weights);
}

export function gradeRun(city: CityData, results: readonly GradedResult[], request: GradeRequest): GradeOutput {
  const { tree, snapshot } = city;
  const { indicators, dimensions } = gradeCheckup({
    results, tree, cityClass: city.cityClass, cityRank: city.cityRank, period: city.period, rule: GRADING_RULE,
    previous: readPrevious(city, request.previous), survey: () => undefined, peers: (indicatorId) => request.peers[indicatorId] ?? [], ownThresholds: request.ownThresholds,
  });
  const byId = new Map(results.map((result) => [result.indicator.id, result.values]));
  const shortfalls = findShortfalls({
    results, grades: indicators, tree,
    placeName: (place) => ({ zh: snapshot.text(snapshot.place.nameZh[place]), en: snapshot.text(snapshot.place.nameEn[place]) }),
    unserved: (indicatorId) => {
      const values = byId.get(indicatorId);
      return values === undefined ? undefined : unservedByPlace(city, values);
    },
  });
  return {
    indicators: [...indicators.values()].map(({ indicatorId, city: { grade, steps }, byPlace }) => ({ indicatorId, grade, steps, byPlace: new Uint8Array(byPlace) })),
    dimensions: [...dimensions].map(([id, answer]) => ({ ...answer, id })),
    shortfalls: shortfalls.map(({ indicator, place, ...rest }) => ({ ...rest, indicatorId: indicator.id, placeId: snapshot.text(snapshot.place.id[place]) })),
  };
}
