/** Grades of what a run measured, and the places that fall short: puts the pure rules' questions together. Runs in the thread. */
import type { Note } from '../core/note.ts';
import { pointInside } from '../engine/spatial/containment.ts';
import type { CityData } from './city/city-data.ts';
import { mapTo } from './city/map-values.ts';
import { placeShape } from './city/place-tree.ts';
import { sumInside } from './city/roll-up.ts';
import type { Question } from './findings/asked.ts';
import { askedAt, questionFor } from './findings/asked.ts';
import { findShortfalls } from './findings/find-shortfalls.ts';
import { toFoundRows } from './findings/found-rows.ts';
import type { FoundRow } from './findings/ledger-row.ts';
import { gradeCheckup } from './grading/grade-checkup.ts';
import type { DimensionAnswer } from './grading/grade-dimension.ts';
import { GRADING_RULE } from './grading/grading-rule.ts';
import { noteUnknownIndicators } from './grading/indicator-words.ts';
import { readPeers } from './grading/read-peers.ts';
import type { DimensionId, Grade, GradeStep, Indicator, Threshold } from './model.ts';
import type { PlaceValues } from './operators/operator.ts';
import type { EarlierValue } from './operators/reported-trend.ts';
import { earlierOfCity, reportedTrend } from './operators/reported-trend.ts';
import { readPlaceList } from './store/place-list.ts';
import { readResult } from './store/result-bytes.ts';
import type { Survey } from './survey/read-survey.ts';
import { noteOtherYears, readSurvey } from './survey/read-survey.ts';
import type { TopicScore } from './survey/score-topics.ts';
import { SURVEY_TOPICS } from './survey/topics.ts';

/** What is held against the values: it comes from the base. */
export interface GradeRequest {
  /** The last complete check-up of an earlier period. */
  readonly previous: { readonly period: number; readonly places: Uint8Array; readonly results: readonly { readonly indicatorId: string; readonly bytes: Uint8Array }[] } | undefined;
  /** Values of the base's other cities that this one is compared with, by indicator. */
  readonly peers: Readonly<Record<string, readonly number[]>>;
  readonly ownThresholds: Readonly<Record<string, Threshold>>;
}

export interface GradeOutput {
  readonly indicators: readonly { readonly indicatorId: string; readonly grade: Grade | undefined; readonly steps: readonly GradeStep[]; readonly byPlace: Uint8Array<ArrayBuffer>; /** By place number: 1 where there is a value that is judged. */ readonly measured: Uint8Array<ArrayBuffer>; /** What departments reported of the city for earlier years. */ readonly earlier: readonly EarlierValue[] }[];
  readonly dimensions: readonly (DimensionAnswer & { readonly id: DimensionId })[];
  readonly findings: readonly FoundRow[];
  /** What was asked, by indicator, whether or not there was a value. */
  readonly questions: Readonly<Record<string, Question>>;
  /** Scores by topic. */
  readonly survey: Readonly<Record<string, TopicScore>>;
  readonly notes: readonly Note[];
}

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

/** What was measured last: by an earlier check-up, or as departments reported it then. */
function later(a: EarlierValue | undefined, b: EarlierValue | undefined): EarlierValue | undefined {
  return a === undefined || (b !== undefined && b.period > a.period) ? b : a;
}

/** Residents not served by place, where an indicator's detail knows them. */
function unservedByPlace(city: CityData, { detail }: PlaceValues): Float64Array | undefined {
  if (detail?.unserved === undefined) return undefined;
  const { tree, snapshot } = city;
  const { point, persons } = detail.unserved;
  const weights = new Float64Array(snapshot.meta.counts.points);
  point.forEach((number, i) => (weights[number] += persons[i]));
  return sumInside(city, tree.locate(snapshot.population.pointE7), weights);
}

/** Persons of group `total` by place; NaN where the city has none. */
function residentsByPlace(city: CityData): Float64Array {
  const { snapshot, tree } = city;
  const group = snapshot.meta.groups.indexOf('total');
  if (group < 0) return new Float64Array(tree.count).fill(NaN);
  const { points } = snapshot.meta.counts;
  return sumInside(city, tree.locate(snapshot.population.pointE7), snapshot.population.persons.subarray(group * points, (group + 1) * points));
}

function surveyOf(city: CityData): Survey | undefined {
  const table = city.table('survey');
  return table === undefined ? undefined : readSurvey(table, city.tree, residentsByPlace(city), city.period);
}

const topicName = (topic: string) => SURVEY_TOPICS.find(({ id }) => id === topic)?.name ?? { zh: topic, en: topic };

/** A point in a place, degrees. */
function pointIn({ snapshot }: CityData, place: number): [number, number] | undefined {
  const shape = placeShape(snapshot, place);
  if (shape.coordinates.length === 0) return undefined;
  const [x, y] = pointInside(shape);
  return [x / 1e7, y / 1e7];
}

export function gradeRun(city: CityData, results: readonly GradedResult[], request: GradeRequest): GradeOutput {
  const { tree, snapshot } = city;
  const survey = surveyOf(city);
  const surveyTable = city.table('survey');
  const otherYears = surveyTable === undefined ? [] : noteOtherYears(surveyTable, city.period);
  const definitions = results.map(({ indicator }) => indicator);
  const peersTable = city.table('peers');
  const peers = peersTable === undefined ? undefined : readPeers(peersTable, definitions, city.period);
  const before = readPrevious(city, request.previous);
  const reportedBefore = reportedTrend(city, results);
  const { indicators, dimensions } = gradeCheckup({
    results, tree, cityClass: city.cityClass, cityRank: city.cityRank, period: city.period, rule: GRADING_RULE,
    previous: (indicatorId, place) => later(before(indicatorId, place), reportedBefore(indicatorId, place)),
    survey: (topic) => {
      const score = survey?.scores.get(topic);
      return score === undefined ? undefined : { topic: topicName(topic), score: score.score, margin: score.margin };
    },
    peers: (indicatorId) => [...(request.peers[indicatorId] ?? []), ...(peers?.values.get(indicatorId) ?? []).map(({ value }) => value)], ownThresholds: request.ownThresholds,
  });
  const byId = new Map(results.map((result) => [result.indicator.id, result.values]));
  const earlier = new Map(results.map((result) => [result.indicator.id, earlierOfCity(city, result)]));
  const placeName = (place: number) => ({ zh: snapshot.text(snapshot.place.nameZh[place]), en: snapshot.text(snapshot.place.nameEn[place]) });
  const shortfalls = findShortfalls({
    results, grades: indicators, tree, placeName, residents: residentsByPlace(city),
    unserved: (indicatorId) => {
      const values = byId.get(indicatorId);
      return values === undefined ? undefined : unservedByPlace(city, values);
    },
  });
  const isContent = ({ upgrade, surveyTopic }: Indicator): boolean => upgrade === true && surveyTopic !== undefined && (survey?.scores.get(surveyTopic)?.score ?? 0) >= GRADING_RULE.surveyGood;
  const questions = Object.fromEntries(definitions.map((indicator) => [indicator.id, questionFor(indicator, request.ownThresholds[indicator.id] as Threshold | undefined, city, isContent(indicator))]));
  const findings = toFoundRows(shortfalls, {
    asked: (indicatorId, level) => askedAt(questions[indicatorId], level),
    placeId: (place) => snapshot.text(snapshot.place.id[place]), placeName, placePoint: (place) => pointIn(city, place),
    surveyOf: (topic) => {
      const score = survey?.scores.get(topic);
      if (score === undefined) return undefined;
      const { zh, en } = topicName(topic);
      const points = Number(score.score.toPrecision(3));
      return { zh: `${zh}：${points} 分`, en: `${en}: ${points} points` };
    },
  });
  return {
    indicators: [...indicators.values()].map(({ indicatorId, city: { grade, steps }, byPlace }) => ({ indicatorId, grade, steps, byPlace: new Uint8Array(byPlace), measured: mapTo(Uint8Array, byId.get(indicatorId)?.value ?? [], (value, place) => (Number.isNaN(value) || tree.outside[place] === 1 ? 0 : 1)), earlier: earlier.get(indicatorId) ?? [] })),
    dimensions: [...dimensions].map(([id, answer]) => ({ ...answer, id })),
    findings, questions, survey: Object.fromEntries(survey?.scores ?? []), notes: [...otherYears, ...(survey?.notes ?? []), ...(peers?.notes ?? []), ...noteUnknownIndicators(city.table('indicators_dept'), definitions)],
  };
}
