/**
 * Check-ups in the base.
 *
 * A run stages its rows under a new number; nobody reads them until one transaction of a few rows makes it the complete one of its period and
 * discards the one before. A run that dies leaves staged rows, which the next sweep deletes: it holds the lock run:<id> while it lives.
 */
import type { Note } from '../core/note.ts';
import type { Bilingual } from '../core/bilingual.ts';
import type { Database, Session } from '../base/database.ts';
import { toJsonText } from '../base/store/copy-text.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { PlaceLevel } from '../import/model.ts';
import type { CityClass, CityRank, DimensionGrade, DimensionId, Grade, GradeStep, Indicator, MissingReason, Quality } from './model.ts';
import { MEASUREMENT_COLUMNS } from './store/measurement-lines.ts';
import type { PlaceList } from './store/place-list.ts';
import { readPlaceList } from './store/place-list.ts';
import type { TopicScore } from './survey/score-topics.ts';

export interface Checkup {
  readonly cityId: string;
  readonly checkupId: number;
  readonly period: number;
  readonly revision: number;
  readonly snapshotKey: string;
  readonly cityClass: CityClass;
  readonly cityRank: CityRank | undefined;
  readonly seconds: number;
  readonly who: string;
  readonly programVersion: string;
  readonly dimensions: readonly StoredDimension[];
  readonly notes: readonly Note[];
  /** Scores of the residents' survey by topic. */
  readonly survey: Readonly<Record<string, TopicScore>>;
  readonly finishedAt: Date;
}

export interface StoredDimension {
  readonly id: DimensionId;
  readonly grade: DimensionGrade | null;
  readonly graded: number;
  readonly counts: Readonly<Record<Grade, number>>;
  readonly text: Bilingual;
}

/** An indicator of a check-up, without the values of places. */
export interface StoredIndicator {
  readonly definition: Indicator;
  readonly quality: Quality;
  readonly value: number | undefined;
  readonly numerator: number | undefined;
  readonly denominator: number | undefined;
  readonly n: number | undefined;
  readonly grade: Grade | undefined;
  readonly gradeSteps: readonly GradeStep[];
  readonly missing: MissingReason | undefined;
  readonly levels: readonly PlaceLevel[];
  readonly notes: readonly Note[];
  readonly operator: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly needs: readonly string[];
  readonly inputs: readonly number[];
  readonly resultHash: string | undefined;
  readonly reused: boolean;
  readonly computedAt: Date;
}

interface CheckupRow {
  city_id: string;
  checkup_id: number;
  period: number;
  revision: number;
  snapshot_key: string;
  city_class: CityClass;
  city_rank: CityRank | null;
  seconds: number;
  who: string;
  program_version: string;
  dimensions: StoredDimension[];
  notes: Note[];
  survey: Record<string, TopicScore>;
  finished_at: Date;
}

const CHECKUP_COLUMNS = 'city_id, checkup_id, period, revision, snapshot_key, city_class, city_rank, seconds, who, program_version, dimensions, notes, survey, finished_at';

function toCheckup(row: CheckupRow): Checkup {
  return {
    cityId: row.city_id, checkupId: row.checkup_id, period: row.period, revision: row.revision, snapshotKey: row.snapshot_key, cityClass: row.city_class, cityRank: row.city_rank ?? undefined,
    seconds: row.seconds, who: row.who, programVersion: row.program_version, dimensions: row.dimensions, notes: row.notes, survey: row.survey, finishedAt: row.finished_at,
  };
}

/** Complete ones, the newest period first. */
export async function listCheckups(database: Session, cityId: string): Promise<Checkup[]> {
  const rows = await database.query<CheckupRow>(`select ${CHECKUP_COLUMNS} from checkup where city_id = $1 and state = 'complete' order by period desc`, [cityId]);
  return rows.map(toCheckup);
}

/** The complete one of a period, or of the newest period. */
export async function findCheckup(database: Session, cityId: string, period: number | 'latest'): Promise<Checkup | undefined> {
  const rows = await database.query<CheckupRow>(
    `select ${CHECKUP_COLUMNS} from checkup where city_id = $1 and state = 'complete' and ($2::integer is null or period = $2) order by period desc limit 1`,
    [cityId, period === 'latest' ? null : period],
  );
  return rows.length === 0 ? undefined : toCheckup(rows[0]);
}

/** @throws ChengmaiError not-found `checkup/no-checkup` */
export async function getCheckup(database: Session, cityId: string, period: number | 'latest'): Promise<Checkup> {
  const found = await findCheckup(database, cityId, period);
  if (found !== undefined) return found;
  const which = period === 'latest' ? { zh: '', en: '' } : { zh: ` ${period} 年`, en: ` of ${period}` };
  throw new ChengmaiError('not-found', 'checkup/no-checkup', {
    zh: `城市“${cityId}”没有${which.zh}的体检结果；请先运行 chengmai checkup ${cityId}。`,
    en: `The city "${cityId}" has no check-up${which.en}; run chengmai checkup ${cityId} first.`,
  }, { value: period === 'latest' ? cityId : String(period) });
}

/** The newest complete one of a period before. */
export async function findPrevious(database: Session, cityId: string, period: number): Promise<Checkup | undefined> {
  const rows = await database.query<CheckupRow>(`select ${CHECKUP_COLUMNS} from checkup where city_id = $1 and state = 'complete' and period < $2 order by period desc limit 1`, [cityId, period]);
  return rows.length === 0 ? undefined : toCheckup(rows[0]);
}

export async function readPlaces(database: Session, { cityId, checkupId }: Pick<Checkup, 'cityId' | 'checkupId'>): Promise<PlaceList> {
  return readPlaceList(await readPlaceBytes(database, { cityId, checkupId }));
}

export async function readPlaceBytes(database: Session, { cityId, checkupId }: Pick<Checkup, 'cityId' | 'checkupId'>): Promise<Uint8Array> {
  const [row] = await database.query<{ places: Uint8Array }>('select places from checkup where city_id = $1 and checkup_id = $2', [cityId, checkupId]);
  return row.places;
}

interface IndicatorRow {
  definition: Indicator;
  quality: Quality;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  n: number | null;
  grade: Grade | null;
  grade_steps: GradeStep[];
  missing: MissingReason | null;
  levels: PlaceLevel[];
  notes: Note[];
  operator: string;
  parameters: Record<string, unknown>;
  needs: string[];
  inputs: number[];
  result_hash: string | null;
  reused: boolean;
  computed_at: Date;
}

const INDICATOR_COLUMNS = 'definition, quality, value, numerator, denominator, n, grade, grade_steps, missing, levels, notes, operator, parameters, needs, inputs, result_hash, reused, computed_at';

function toIndicator(row: IndicatorRow): StoredIndicator {
  return {
    definition: row.definition, quality: row.quality, value: row.value ?? undefined, numerator: row.numerator ?? undefined, denominator: row.denominator ?? undefined, n: row.n ?? undefined,
    grade: row.grade ?? undefined, gradeSteps: row.grade_steps, missing: row.missing ?? undefined, levels: row.levels, notes: row.notes, operator: row.operator, parameters: row.parameters,
    needs: row.needs, inputs: row.inputs, resultHash: row.result_hash ?? undefined, reused: row.reused, computedAt: row.computed_at,
  };
}

/** In the order of the catalogue. */
export async function listIndicators(database: Session, { cityId, checkupId }: Pick<Checkup, 'cityId' | 'checkupId'>): Promise<StoredIndicator[]> {
  const rows = await database.query<IndicatorRow>(`select ${INDICATOR_COLUMNS} from checkup_indicator where city_id = $1 and checkup_id = $2 order by position`, [cityId, checkupId]);
  return rows.map(toIndicator);
}

/** @throws ChengmaiError not-found `checkup/no-indicator` */
export async function getIndicator(database: Session, { cityId, checkupId }: Pick<Checkup, 'cityId' | 'checkupId'>, indicatorId: string): Promise<StoredIndicator> {
  const rows = await database.query<IndicatorRow>(`select ${INDICATOR_COLUMNS} from checkup_indicator where city_id = $1 and checkup_id = $2 and indicator_id = $3`, [cityId, checkupId, indicatorId]);
  if (rows.length > 0) return toIndicator(rows[0]);
  throw new ChengmaiError('not-found', 'checkup/no-indicator', {
    zh: `体检结果中没有指标“${indicatorId}”；可用的标识见 chengmai indicators。`,
    en: `The check-up has no indicator "${indicatorId}"; chengmai indicators lists them.`,
  }, { value: indicatorId });
}

/** Grades of an indicator by place number: 0 none, else 1 + index in GRADES. */
export async function readGrades(database: Session, { cityId, checkupId }: Pick<Checkup, 'cityId' | 'checkupId'>, indicatorId: string): Promise<Uint8Array | undefined> {
  const [row] = await database.query<{ grades: Uint8Array | null }>('select grades from checkup_indicator where city_id = $1 and checkup_id = $2 and indicator_id = $3', [cityId, checkupId, indicatorId]);
  return row?.grades ?? undefined;
}

/** Grades of all indicators by id, as {@link readGrades} has them. */
export async function readAllGrades(database: Session, { cityId, checkupId }: Pick<Checkup, 'cityId' | 'checkupId'>): Promise<Map<string, Uint8Array>> {
  const rows = await database.query<{ indicator_id: string; grades: Uint8Array }>('select indicator_id, grades from checkup_indicator where city_id = $1 and checkup_id = $2 and grades is not null', [cityId, checkupId]);
  return new Map(rows.map((row) => [row.indicator_id, row.grades]));
}

/**
 * City values up to a period, oldest first, by indicator: those of all complete check-ups and, for years without one, what departments reported, as the newest of these check-ups
 * found it in their statistics.
 */
export async function readSeries(database: Session, cityId: string, period: number): Promise<Map<string, { period: number; value: number | null }[]>> {
  const rows = await database.query<{ indicator_id: string; period: number; value: number | null; earlier: { period: number; value: number }[] }>(
    `select i.indicator_id, c.period, i.value, i.earlier from checkup c join checkup_indicator i using (city_id, checkup_id)
     where c.city_id = $1 and c.state = 'complete' and c.period <= $2 order by c.period`,
    [cityId, period],
  );
  const byIndicator = new Map<string, typeof rows>();
  for (const row of rows) byIndicator.set(row.indicator_id, [...(byIndicator.get(row.indicator_id) ?? []), row]);
  return new Map([...byIndicator].map(([id, checked]) => {
    const years = new Map<number, number | null>((checked.at(-1)?.earlier ?? []).map((one) => [one.period, one.value]));
    for (const one of checked) if (one.value !== null || !years.has(one.period)) years.set(one.period, one.value);
    return [id, [...years].map(([year, value]) => ({ period: year, value })).sort((a, b) => a.period - b.period)];
  }));
}

// ---- results -------------------------------------------------------------------------------------------------------

export async function readResultBytes(database: Session, cityId: string, hashes: readonly string[]): Promise<Map<string, { bytes: Uint8Array; computedAt: Date }>> {
  const rows = await database.query<{ result_hash: string; bytes: Uint8Array; computed_at: Date }>(
    'select result_hash, bytes, computed_at from checkup_result where city_id = $1 and result_hash = any($2)', [cityId, hashes],
  );
  return new Map(rows.map((row) => [row.result_hash, { bytes: row.bytes, computedAt: row.computed_at }]));
}

/** Which of some results are there. */
export async function listResults(database: Session, cityId: string, hashes: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ result_hash: string }>('select result_hash from checkup_result where city_id = $1 and result_hash = any($2)', [cityId, hashes]);
  return rows.map((row) => row.result_hash);
}

export interface NewResult {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** In one statement; no hash twice. */
export async function writeResults(database: Session, cityId: string, results: readonly NewResult[]): Promise<void> {
  const values = results.map((_, i) => `($1, $${2 * i + 2}, $${2 * i + 3})`).join(', ');
  await database.query(
    `insert into checkup_result (city_id, result_hash, bytes) values ${values} on conflict (city_id, result_hash) do update set bytes = excluded.bytes, computed_at = now()`,
    [cityId, ...results.flatMap(({ hash, bytes }) => [hash, bytes])],
  );
}

// ---- a run's writing -----------------------------------------------------------------------------------------------

export interface NewCheckup {
  readonly cityId: string;
  readonly period: number;
  readonly runId: string;
  readonly revision: number;
  readonly snapshotKey: string;
  readonly who: string;
  readonly programVersion: string;
}

export async function stageCheckup(database: Session, row: NewCheckup): Promise<number> {
  const [{ checkup_id }] = await database.query<{ checkup_id: number }>(
    `insert into checkup (city_id, checkup_id, period, state, run_id, revision, snapshot_key, who, program_version)
     select $1, coalesce(max(checkup_id), 0) + 1, $2, 'staging', $3, $4, $5, $6, $7 from checkup where city_id = $1 returning checkup_id`,
    [row.cityId, row.period, row.runId, row.revision, row.snapshotKey, row.who, row.programVersion],
  );
  return checkup_id;
}

export interface NewIndicator extends Omit<StoredIndicator, 'computedAt'> {
  readonly computedAt: Date;
  readonly grades: Uint8Array | undefined;
  /** What departments reported of the city for earlier years. */
  readonly earlier: readonly { readonly period: number; readonly value: number }[];
}

/** All indicators of a staged check-up in one statement. */
export async function writeIndicators(database: Session, cityId: string, checkupId: number, indicators: readonly NewIndicator[]): Promise<void> {
  const rows = indicators.map((one, position) => ({
    indicator_id: one.definition.id, position, definition: one.definition, quality: one.quality, value: one.value ?? null, numerator: one.numerator ?? null, denominator: one.denominator ?? null, n: one.n ?? null,
    grade: one.grade ?? null, grade_steps: one.gradeSteps, missing: one.missing ?? null, levels: one.levels, notes: one.notes, operator: one.operator, parameters: one.parameters, needs: one.needs,
    inputs: one.inputs, result_hash: one.resultHash ?? null, reused: one.reused, computed_at: one.computedAt.toISOString(), grades: one.grades === undefined ? null : Buffer.from(one.grades).toString('base64'), earlier: one.earlier,
  }));
  await database.query(
    `insert into checkup_indicator (city_id, checkup_id, indicator_id, position, definition, quality, value, numerator, denominator, n, grade, grade_steps, missing, levels, notes, operator, parameters, needs, inputs,
       result_hash, reused, computed_at, grades, earlier)
     select $1, $2, indicator_id, position, definition, quality, value, numerator, denominator, n, grade, grade_steps, missing, levels, notes, operator, parameters, needs, inputs,
       result_hash, reused, computed_at, decode(grades, 'base64'), earlier
     from jsonb_to_recordset($3::jsonb) as r(indicator_id text, position integer, definition jsonb, quality text, value double precision, numerator double precision, denominator double precision, n double precision,
       grade text, grade_steps jsonb, missing jsonb, levels text[], notes jsonb, operator text, parameters jsonb, needs text[], inputs integer[], result_hash text, reused boolean, computed_at timestamptz, grades text, earlier jsonb)`,
    [cityId, checkupId, toJsonText(rows)],
  );
}

export async function writeMeasurements(database: Database, lines: Iterable<string>): Promise<void> {
  await database.copyIn('measurement', MEASUREMENT_COLUMNS, lines);
}

export interface FinishedCheckup {
  readonly cityClass: CityClass;
  readonly cityRank: CityRank | undefined;
  readonly seconds: number;
  readonly dimensions: readonly StoredDimension[];
  readonly notes: readonly Note[];
  readonly survey: Readonly<Record<string, TopicScore>>;
  readonly places: Uint8Array;
}

export async function describeStaged(database: Session, cityId: string, checkupId: number, finished: Omit<FinishedCheckup, 'seconds'>): Promise<void> {
  await database.query(
    'update checkup set city_class = $3, city_rank = $4, dimensions = $5, notes = $6, survey = $7, places = $8 where city_id = $1 and checkup_id = $2',
    [cityId, checkupId, finished.cityClass, finished.cityRank ?? null, toJsonText(finished.dimensions), toJsonText(finished.notes), toJsonText(finished.survey), finished.places],
  );
}

/**
 * The switch: readers of the period see the new one from here on. `alongside` writes what must change with it (the ledger).
 *
 * @throws ChengmaiError conflict `checkup/lost` where a sweep took the staged rows for left-overs
 */
export async function completeCheckup(database: Database, cityId: string, checkupId: number, seconds: number, alongside: (transaction: Session) => Promise<void>): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(
      `update checkup set state = 'discarded' where city_id = $1 and state = 'complete' and period = (select period from checkup where city_id = $1 and checkup_id = $2)`, [cityId, checkupId],
    );
    const done = await transaction.query(
      `update checkup set state = 'complete', seconds = $3, finished_at = now() where city_id = $1 and checkup_id = $2 and state = 'staging' returning checkup_id`, [cityId, checkupId, seconds],
    );
    if (done.length === 0) {
      throw new ChengmaiError('conflict', 'checkup/lost', {
        zh: `城市“${cityId}”的体检暂存结果已被清理（与数据库的连接曾中断）；请重新体检。`,
        en: `Staged results of the city "${cityId}" were swept away (the connection to the database broke meanwhile); check up again.`,
      }, { value: cityId });
    }
    await alongside(transaction);
  });
}

/** Deletes a check-up that nobody reads. */
export async function deleteCheckup(database: Session, cityId: string, checkupId: number): Promise<void> {
  await database.query('delete from measurement where city_id = $1 and checkup_id = $2', [cityId, checkupId]);
  await database.query(`delete from checkup where city_id = $1 and checkup_id = $2 and state <> 'complete'`, [cityId, checkupId]);
}

/** Deletes what dead runs staged, what newer check-ups replaced, and results that nothing names. A run that lives is left alone. */
export async function sweepCheckups(database: Database, cityId: string): Promise<number> {
  const rows = await database.query<{ checkup_id: number; run_id: string }>(`select checkup_id, run_id from checkup where city_id = $1 and state <> 'complete'`, [cityId]);
  let swept = 0;
  for (const { checkup_id, run_id } of rows) {
    await database.tryExclusive(`run:${run_id}`, async () => {
      await deleteCheckup(database, cityId, checkup_id);
      swept++;
    });
  }
  // results of a living run are named only when it ends: kept for a day
  await database.query(
    `delete from checkup_result r where city_id = $1 and computed_at < now() - interval '1 day'
     and not exists (select 1 from checkup_indicator i where i.city_id = r.city_id and i.result_hash = r.result_hash)`,
    [cityId],
  );
  return swept;
}

/** So many check-ups leave the room of what they replaced before it is made usable: 2.5 MB each of a city of 300,000. */
const VACUUM_EVERY = 8;

/** A server has its autovacuum; on the embedded base every check-up would take new room for ever, and the next one longer. Takes 0.1 s. */
export async function reuseRoom(database: Database, checkupId: number): Promise<void> {
  if (database.kind === 'embedded' && checkupId % VACUUM_EVERY === 0) await database.execute('vacuum checkup, checkup_indicator, checkup_result, measurement, finding');
}
