/** What is shown of a check-up: overview, an indicator in detail, a place's sheet. Read from the base, shaped as api.ts says. */
import { ChengmaiError } from '../core/errors.ts';
import type { Note } from '../core/note.ts';
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import { getCurrentBatches } from '../base/store/revisions.ts';
import { listTableRows } from '../base/store/tables.ts';
import { snapshotKey } from '../base/snapshot/open-snapshot.ts';
import type { CheckupOverview, DimensionLine, IndicatorDetail, IndicatorLine } from './api.ts';
import { pickThresholds, applies } from './grading/thresholds.ts';
import { gradeAt } from './grading/grade-checkup.ts';
import { readPeers } from './grading/read-peers.ts';
import type { Indicator, Threshold } from './model.ts';
import { DIMENSIONS } from './model.ts';
import { DIMENSION_WORDS } from './findings/ledger-words.ts';
import { readSettings } from './settings.ts';
import type { Checkup, StoredIndicator } from './store.ts';
import { getCheckup, getIndicator, listIndicators, readGrades, readPlaces, readResultBytes, readSeries } from './store.ts';
import { countFindings, worstPlaces } from './store/finding-counts.ts';
import type { PlaceList } from './store/place-list.ts';
import { readResult } from './store/result-bytes.ts';
import type { PlaceValues } from './operators/operator.ts';

type NoteJson = CheckupOverview['notes'][number];
type ThresholdJson = NonNullable<IndicatorLine['threshold']>;
type OwnThresholds = Awaited<ReturnType<typeof readSettings>>['thresholds'];

/** Which check-up: a year, or the newest. */
export type PeriodChoice = number | 'latest';

const finite = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : value);

function noteJson(note: Note): NoteJson {
  return { ...note, examples: note.examples.map((example) => ({ ...example })) };
}

export function thresholdJson({ op, value, upper, role, source, confidence }: Threshold): ThresholdJson {
  return { op, value, ...(upper !== undefined && { upper }), role: role ?? 'standard', source, confidence, unverified: confidence === 'recalled' };
}

function ownThreshold(own: OwnThresholds, indicatorId: string): Threshold | undefined {
  const found = own[indicatorId] as OwnThresholds[string] | undefined;
  return found === undefined ? undefined : { op: found.op, value: found.value, source: found.source, confidence: 'certain-local', ...(found.upper !== undefined && { upper: found.upper }) };
}

/** Thresholds of an indicator as they hold for a city: its own stands in place of the catalogue's. */
function thresholdsOf({ definition }: StoredIndicator, own: OwnThresholds): readonly Threshold[] {
  const mine = ownThreshold(own, definition.id);
  return mine === undefined ? definition.thresholds : [mine];
}

export interface LineContext {
  readonly checkup: Checkup;
  readonly own: OwnThresholds;
  readonly series: ReadonlyMap<string, { period: number; value: number | null }[]>;
  readonly findings: ReadonlyMap<string, number>;
}

export function indicatorLine(stored: StoredIndicator, { checkup, own, series, findings }: LineContext): IndicatorLine {
  const { definition } = stored;
  const { standard } = pickThresholds(thresholdsOf(stored, own), { cityClass: checkup.cityClass, cityRank: checkup.cityRank, level: 'city', period: checkup.period });
  return {
    id: definition.id, number: definition.number ?? null, set: definition.set, group: definition.group, dimension: definition.dimension ?? null, name: definition.name, unit: definition.unit,
    direction: definition.direction, level: definition.level, quality: stored.quality, value: stored.value ?? null, grade: stored.grade ?? null, missing: stored.missing ?? null,
    threshold: standard === undefined ? null : thresholdJson(standard), series: series.get(definition.id) ?? [], findings: findings.get(definition.id) ?? 0, levels: [...stored.levels],
    warnings: stored.notes.filter(({ level }) => level !== 'info').length,
  };
}

/** `stale` where the city has moved on to other content since. */
export async function checkupState(base: Base, checkup: Checkup): Promise<Pick<CheckupOverview, 'period' | 'checkupId' | 'revision' | 'stale' | 'finishedAt' | 'seconds' | 'who' | 'programVersion'>> {
  const current = await getCurrentBatches(base.database, checkup.cityId);
  const isSame = current.revision === checkup.revision || (await snapshotKey(base, checkup.cityId, current.batches)) === checkup.snapshotKey;
  const { period, checkupId, revision, finishedAt, seconds, who, programVersion } = checkup;
  return { period, checkupId, revision, stale: !isSame, finishedAt: new Date(finishedAt).toISOString(), seconds, who, programVersion };
}

export async function buildLineContext(base: Base, checkup: Checkup): Promise<LineContext> {
  const { database } = base;
  const { cityId, period } = checkup;
  return { checkup, own: (await readSettings(database, cityId)).thresholds, series: await readSeries(database, cityId, period), findings: (await countFindings(database, cityId, period)).byIndicator };
}

function dimensionLine(id: DimensionLine['id'], indicators: readonly StoredIndicator[], checkup: Checkup): DimensionLine {
  const of = indicators.filter(({ definition }) => definition.set === 'national-2025' && definition.dimension === id);
  const missing = of.filter(({ quality }) => quality === 'missing').length;
  const stored = checkup.dimensions.find((dimension) => dimension.id === id);
  return {
    id, name: DIMENSION_WORDS[id], grade: stored?.grade ?? null, total: of.length, measured: of.length - missing, missing, graded: of.filter(({ grade }) => grade !== undefined).length,
    counts: stored?.counts ?? { 'very-good': 0, good: 0, fair: 0, poor: 0 }, text: stored?.text ?? { zh: '没有可评价的指标', en: 'no indicator could be graded' },
  };
}

/** @throws ChengmaiError not-found `base/no-city`, `checkup/no-checkup` */
export async function buildOverview(base: Base, cityId: string, choice: PeriodChoice): Promise<CheckupOverview> {
  const { database } = base;
  const city = await getCity(database, cityId);
  const checkup = await getCheckup(database, cityId, choice);
  const indicators = await listIndicators(database, checkup);
  const context = await buildLineContext(base, checkup);
  const { total, timeLimited, bestEffort, bySeverity } = await countFindings(database, cityId, checkup.period);
  return {
    city: cityId, cityName: city.name, ...(await checkupState(base, checkup)), cityClass: checkup.cityClass, cityRank: checkup.cityRank ?? null,
    dimensions: DIMENSIONS.map((id) => dimensionLine(id, indicators, checkup)),
    indicators: indicators.map((stored) => indicatorLine(stored, context)),
    findings: { total, timeLimited, bestEffort, bySeverity },
    worstPlaces: await worstPlaces(database, cityId, checkup.period),
    notes: checkup.notes.map(noteJson),
  };
}

/** Values of an indicator by place number; undefined where it is missing. */
export async function readValues(base: Base, checkup: Checkup, { resultHash }: StoredIndicator): Promise<PlaceValues | undefined> {
  if (resultHash === undefined) return undefined;
  const found = (await readResultBytes(base.database, checkup.cityId, [resultHash])).get(resultHash);
  return found === undefined ? undefined : readResult(found.bytes).values;
}

function placeValues(places: PlaceList, values: PlaceValues | undefined, grades: Uint8Array | undefined, levels: ReadonlySet<string>): IndicatorDetail['places'] {
  const list: IndicatorDetail['places'] = [];
  places.id.forEach((placeId, place) => {
    const level = places.level[place];
    if (!levels.has(level)) return;
    const parent = places.parent[place];
    list.push({
      placeId, level, parentId: parent < 0 ? null : places.id[parent], name: { zh: places.zh[place], en: places.en[place] }, population: places.population[place], value: finite(values?.value[place]),
      numerator: finite(values?.numerator?.[place]), denominator: finite(values?.denominator?.[place]), n: finite(values?.n?.[place]), grade: (grades === undefined ? undefined : gradeAt(grades, place)) ?? null,
      outside: places.outside[place] === 1,
    });
  });
  return list;
}

/** Cells are many: they come when asked for by level. */
const USUAL_LEVELS = ['city', 'district', 'block', 'community', 'zone'];

/** @throws ChengmaiError not-found `checkup/no-checkup`, `checkup/no-indicator` */
export async function buildIndicatorDetail(base: Base, cityId: string, choice: PeriodChoice, indicatorId: string, level?: string): Promise<IndicatorDetail> {
  const { database } = base;
  await getCity(database, cityId);
  const checkup = await getCheckup(database, cityId, choice);
  const stored = await getIndicator(database, checkup, indicatorId);
  return indicatorDetail(base, stored, await buildLineContext(base, checkup), await readPlaces(database, checkup), level);
}

/** Every indicator of a check-up in detail, one by one, in the order of the catalogue. */
export async function* listIndicatorDetails(base: Base, checkup: Checkup): AsyncGenerator<IndicatorDetail, void, undefined> {
  const context = await buildLineContext(base, checkup);
  const places = await readPlaces(base.database, checkup);
  for (const stored of await listIndicators(base.database, checkup)) yield indicatorDetail(base, stored, context, places);
}

async function indicatorDetail(base: Base, stored: StoredIndicator, context: LineContext, places: PlaceList, level?: string): Promise<IndicatorDetail> {
  const { database } = base;
  const { checkup } = context;
  const { cityId } = checkup;
  const { definition } = stored;
  const indicatorId = definition.id;
  const values = await readValues(base, checkup, stored);
  const scope = { cityClass: checkup.cityClass, cityRank: checkup.cityRank, level: 'city' as const, period: checkup.period };
  const own = ownThreshold(context.own, indicatorId);
  const survey = definition.surveyTopic === undefined ? undefined : checkup.survey[definition.surveyTopic];
  return {
    line: indicatorLine(stored, context), definition: definition.definition, formula: definition.formula, source: definition.source, confidence: definition.confidence,
    thresholds: [
      ...(own === undefined ? [] : [{ ...thresholdJson(own), applies: true }]),
      ...definition.thresholds.map((threshold) => ({ ...thresholdJson(threshold), applies: own === undefined && applies(threshold, scope) })),
    ],
    gradeSteps: [...stored.gradeSteps], computability: [...definition.computability],
    places: placeValues(places, values, await readGrades(database, checkup, indicatorId), new Set(level === undefined ? USUAL_LEVELS : [level])),
    peers: [...(await readPeerLines(base, cityId, indicatorId)), ...(await readFilePeers(base, checkup, definition))],
    survey: survey === undefined || definition.surveyTopic === undefined ? null : { topic: definition.surveyTopic, score: survey.score, margin: survey.margin, n: survey.n },
    provenance: await provenanceOf(base, checkup, stored),
    notes: stored.notes.map(noteJson),
    hasDetail: values?.detail !== undefined && Object.keys(values.detail).length > 0,
  };
}

async function provenanceOf({ database }: Base, checkup: Checkup, { definition, operator, parameters, needs, inputs, reused, computedAt, quality }: StoredIndicator): Promise<IndicatorDetail['provenance']> {
  if (quality === 'missing') return null;
  const rows = await database.query<{ batch_id: number; file_name: string }>('select batch_id, file_name from import_batch where city_id = $1 and batch_id = any($2) order by batch_id', [checkup.cityId, inputs]);
  return {
    indicatorVersion: definition.version, operator, parameters: { ...parameters }, inputs: rows.map(({ batch_id, file_name }) => ({ batchId: batch_id, fileName: file_name })), needs: [...needs],
    programVersion: checkup.programVersion, computedAt: new Date(computedAt).toISOString(), reused,
  };
}

/** The newest values of the base's cities that this one is compared with. */
async function readPeerLines({ database }: Base, cityId: string, indicatorId: string): Promise<IndicatorDetail['peers']> {
  const { peerCities } = await readSettings(database, cityId);
  if (peerCities.length === 0) return [];
  const rows = await database.query<{ city_id: string; name: { zh: string; en: string }; period: number; value: number }>(
    `select distinct on (c.city_id) c.city_id, t.name, c.period, i.value from checkup c join checkup_indicator i using (city_id, checkup_id) join city t on t.city_id = c.city_id
     where c.city_id = any($1) and c.city_id <> $2 and c.state = 'complete' and i.indicator_id = $3 and i.value is not null order by c.city_id, c.period desc`,
    [peerCities, cityId, indicatorId],
  );
  return rows.map(({ city_id, name, period, value }) => ({ name, value, period, source: `chengmai checkup ${city_id}` }));
}

/** Thousands of cities with 60 indicators. */
const MOST_PEER_ROWS = 200_000;

/** What peers.csv says of other cities, as grading read it. */
async function readFilePeers({ database }: Base, { cityId, period }: Checkup, definition: Indicator): Promise<IndicatorDetail['peers']> {
  const rows = await listTableRows(database, await getCurrentBatches(database, cityId), 'peers', MOST_PEER_ROWS);
  const names = ['peer', 'indicator_id', 'year', 'value', 'source'];
  const columns = Object.fromEntries(names.map((name) => [name, rows.map(({ values }) => values[name] ?? null)]));
  const { values } = readPeers({ rowCount: rows.length, columns }, [definition], period);
  return (values.get(definition.id) ?? []).map(({ peer, value, year, source }) => ({ name: { zh: peer, en: peer }, value, period: year, source: source === '' ? 'peers.csv' : source }));
}

/** Number of a place of a check-up. @throws ChengmaiError not-found `checkup/no-place` */
export function getPlaceNumber(places: PlaceList, placeId: string): number {
  const place = places.id.indexOf(placeId);
  if (place >= 0) return place;
  throw new ChengmaiError('not-found', 'checkup/no-place', {
    zh: `体检结果中没有空间单元“${placeId}”。`,
    en: `The check-up has no place "${placeId}".`,
  }, { value: placeId });
}
