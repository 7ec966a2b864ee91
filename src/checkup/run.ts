/**
 * A city checked up, from its base to a complete check-up.
 *
 *     runCheckup(base, { cityId, period?, fresh?, who }, context?): Promise<CheckupSummary>
 *
 * Read, then measure indicator by indicator in a thread, grade, stage, switch. Killed or cancelled at any moment the last complete check-up stays. One
 * run a city at a time; others wait. A result whose indicator, code and data are as in an earlier run is taken from there.
 */
import { randomUUID } from 'node:crypto';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { Note } from '../core/note.ts';
import { NoteBook } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import type { Session } from '../base/database.ts';
import type { Base } from '../base/open.ts';
import { PROGRAM_VERSION } from '../base/program-version.ts';
import { getCity } from '../base/store/cities.ts';
import { getCurrentBatches } from '../base/store/revisions.ts';
import type { CheckupSettings } from './api.ts';
import type { CheckThread } from './check-threads.ts';
import { giveBack, takeThread } from './check-threads.ts';
import type { CheckMessage, CheckReply, IndicatorOutput, LackOutput, OpenOutput } from './check-task.ts';
import { askedIn } from './findings/asked.ts';
import type { IsMeasured } from './findings/ledger-row.ts';
import type { GradeOutput, GradeRequest } from './grade-run.ts';
import { listIndicatorsOf } from './indicators.ts';
import type { InputBatches } from './input-batches.ts';
import { readInputBatches } from './input-batches.ts';
import type { KeptResult } from './input-memory.ts';
import { memoryOf } from './input-memory.ts';
import { listNeeds } from './measure.ts';
import type { Indicator } from './model.ts';
import type { SentParts } from './open-city.ts';
import type { DataNeed } from './operators/operator.ts';
import type { CityInput } from './read-city-data.ts';
import { readCityInput } from './read-city-data.ts';
import { readSettings } from './settings.ts';
import { updateLedger } from './store/ledger.ts';
import { readPlaceList } from './store/place-list.ts';
import { ResultWriter } from './store/result-writer.ts';
import type { NewIndicator } from './store.ts';
import {
  completeCheckup, deleteCheckup, describeStaged, findPrevious, listIndicators, listResults, readPlaceBytes, readResultBytes, reuseRoom, stageCheckup, sweepCheckups, writeIndicators, writeMeasurements,
} from './store.ts';

export interface CheckupRequest {
  readonly cityId: string;
  /** Absent: the latest year of the departments' statistics, else this year. */
  readonly period?: number | undefined;
  /** Compute everything again. */
  readonly fresh?: boolean | undefined;
  readonly who: string;
}

export interface CheckupSummary {
  readonly cityId: string;
  readonly period: number;
  readonly checkupId: number;
  readonly revision: number;
  readonly indicators: number;
  readonly measured: number;
  readonly missing: number;
  readonly reused: number;
  readonly findings: number;
  readonly seconds: number;
}

const LEAST_MOVED = 1_000_000;
const PERIOD_MIN = 1949;
const PERIOD_MAX = 2100;

/** Tables that grading reads, whatever the indicators need. */
const GRADING_NEEDS: readonly DataNeed[] = ['table:survey', 'table:peers'];

/**
 * @throws ChengmaiError not-found `base/no-city`; input `checkup/bad-period`; kind `cancelled`
 */
export async function runCheckup(base: Base, request: CheckupRequest, context: WorkContext = {}): Promise<CheckupSummary> {
  const { cityId } = request;
  await getCity(base.database, cityId);
  checkPeriod(request.period);
  return base.database.exclusive(`checkup:${cityId}`, async () => {
    const runId = randomUUID();
    return base.database.exclusive(`run:${runId}`, async () => {
      const run = new CheckupRun(base, request, runId, context);
      try {
        return await run.work();
      } catch (error) {
        // deleted meanwhile: that is what went wrong, whatever it broke first
        if (!(error instanceof ChengmaiError)) await getCity(base.database, cityId);
        throw error;
      } finally {
        await run.close();
      }
    });
  });
}

function checkPeriod(period: number | undefined): void {
  if (period === undefined || (Number.isInteger(period) && period >= PERIOD_MIN && period <= PERIOD_MAX)) return;
  throw new ChengmaiError('input', 'checkup/bad-period', {
    zh: `体检年份 ${period} 应为 ${PERIOD_MIN} 到 ${PERIOD_MAX} 之间的整数。`,
    en: `The period ${period} must be a whole year from ${PERIOD_MIN} to ${PERIOD_MAX}.`,
  }, { field: 'period', value: String(period) });
}

/** The latest year that departments report, else this year. A year to come (a slip of the pen, a plan) is none that a city can be checked up for. */
async function defaultPeriod(database: Session, cityId: string): Promise<number> {
  const { batches } = await getCurrentBatches(database, cityId);
  const thisYear = new Date().getFullYear();
  const [row] = await database.query<{ year: number | null }>(
    `select max(year) as year from (select (values->>'year')::int as year from table_row where city_id = $1 and batch_id = any($2) and table_name = 'indicators_dept' and values->>'year' ~ '^[0-9]{4}$') as years where year <= $3`,
    [cityId, batches, thisYear],
  );
  return row?.year ?? thisYear;
}

class CheckupRun {
  readonly #base: Base;
  readonly #request: CheckupRequest;
  readonly #runId: string;
  readonly #context: WorkContext;
  readonly #pool: CheckThread;
  readonly #startMs = performance.now();
  #checkupId: number | undefined;
  #isComplete = false;

  constructor(base: Base, request: CheckupRequest, runId: string, context: WorkContext) {
    this.#base = base;
    this.#request = request;
    this.#runId = runId;
    this.#context = context;
    this.#pool = takeThread();
    // within an indicator only the thread's end stops it
    context.signal?.addEventListener('abort', this.#stop);
  }

  readonly #stop = (): void => void this.#pool.close();

  async close(): Promise<void> {
    this.#context.signal?.removeEventListener('abort', this.#stop);
    await this.#release();
    if (this.#checkupId !== undefined && !this.#isComplete) await deleteCheckup(this.#base.database, this.#request.cityId, this.#checkupId);
  }

  /** A thread that was stopped, or that does not answer, is not used again. */
  async #release(): Promise<void> {
    if (this.#context.signal?.aborted === true) return this.#pool.close();
    try {
      await this.#ask({ do: 'close', runId: this.#runId });
      await giveBack(this.#pool);
    } catch {
      await this.#pool.close();
    }
  }

  async work(): Promise<CheckupSummary> {
    const { database } = this.#base;
    const { cityId } = this.#request;
    await sweepCheckups(database, cityId);
    const period = this.#request.period ?? (await defaultPeriod(database, cityId));
    const settings = await readSettings(database, cityId);
    const indicators = await listIndicatorsOf(database, cityId);
    const needs = new Set<DataNeed>([...GRADING_NEEDS, ...indicators.flatMap(listNeeds)]);
    const input = await readCityInput(this.#base, cityId, needs, this.#context);
    throwIfCancelled(this.#context.signal);
    this.#checkupId = await stageCheckup(database, { cityId, period, runId: this.#runId, revision: input.revision, snapshotKey: input.snapshotKey, who: this.#request.who, programVersion: PROGRAM_VERSION });
    const opened = await this.#open(input, period, settings, indicators);
    const outputs = await this.#measure(indicators, opened);
    const graded = await this.#grade(cityId, period, settings);
    const inputs = await readInputBatches(database, input.current);
    await this.#stage(this.#checkupId, { opened, outputs, graded, indicators, inputs, settings });
    const seconds = (performance.now() - this.#startMs) / 1000;
    throwIfCancelled(this.#context.signal);
    const checked = { isMeasured: measuredIn(graded, opened.places), askedNow: askedIn(graded.questions, readPlaceList(opened.places)) };
    await completeCheckup(database, cityId, this.#checkupId, seconds, async (transaction) => {
      await updateLedger(transaction, cityId, graded.findings, checked, period, this.#request.who);
    });
    this.#isComplete = true;
    await sweepCheckups(database, cityId);
    await reuseRoom(database, this.#checkupId);
    const missing = outputs.filter(({ output }) => output.quality === 'missing').length;
    return {
      cityId, period, checkupId: this.#checkupId, revision: input.revision, indicators: indicators.length, measured: indicators.length - missing, missing,
      reused: outputs.filter(({ reused }) => reused).length, findings: graded.findings.length, seconds: Math.round(seconds * 1000) / 1000,
    };
  }

  #ask<Reply extends CheckReply>(message: CheckMessage, transfer: readonly ArrayBuffer[] = []): Promise<Reply> {
    return this.#pool.run(message, transfer) as Promise<Reply>;
  }

  async #open(input: CityInput, period: number, { cityClass, cityRank }: CheckupSettings, indicators: readonly Indicator[]): Promise<OpenOutput> {
    const { cityId, snapshot, coast, fileNames, names } = input;
    const runId = this.#runId;
    const opened = await this.#ask<OpenOutput | LackOutput>({
      do: 'open', runId, input: { cityId, snapshot, coast, fileNames, names }, settings: { period, cityClass: cityClass ?? undefined, cityRank: cityRank ?? undefined }, indicators, fresh: this.#request.fresh === true,
      // moved, not copied: nobody else has it; small ones may lie in a pool of Node's
    }, snapshot.length > LEAST_MOVED ? [snapshot.buffer] : []);
    return 'lacking' in opened ? this.#ask<OpenOutput>({ do: 'send', runId, parts: partsOf(input, new Set(opened.lacking)) }) : opened;
  }

  /** Every indicator measured, or taken from an earlier run. */
  async #measure(indicators: readonly Indicator[], opened: OpenOutput): Promise<Measurement[]> {
    const { database } = this.#base;
    const { cityId } = this.#request;
    const known = await this.#findKnown(opened.hashes);
    const adopted = await this.#adopt(indicators, opened, known);
    const memory = memoryOf(this.#base);
    const writer = new ResultWriter(database, cityId);
    try {
      const measurements = await this.#measureEach(indicators, opened, { known, adopted, write: async (hash, bytes, computedAt) => {
        memory.keepResult(cityId, hash, { bytes, computedAt });
        await writer.add({ hash, bytes });
      } });
      await writer.end();
      return measurements;
    } finally {
      await writer.settle();
    }
  }

  async #measureEach(indicators: readonly Indicator[], { hashes, missing }: OpenOutput, { known, adopted, write }: Measuring): Promise<Measurement[]> {
    const measurements: Measurement[] = [];
    for (const [i, { id, name }] of indicators.entries()) {
      throwIfCancelled(this.#context.signal);
      this.#context.report?.({ stage: 'measure', text: name, done: i, total: indicators.length });
      const hash = hashes[i];
      const before = adopted.get(id);
      if (before !== undefined) {
        measurements.push({ output: before, hash, reused: true, computedAt: known.get(hash)?.computedAt ?? new Date() });
        continue;
      }
      const output = missing[i] ?? (await this.#ask<IndicatorOutput>({ do: 'measure', runId: this.#runId, indicatorId: id }));
      const computedAt = new Date();
      if (output.bytes !== undefined) await write(hash, output.bytes, computedAt);
      measurements.push({ output: { ...output, bytes: undefined }, hash, reused: false, computedAt });
    }
    return measurements;
  }

  /** Results of earlier runs by name: those this process still has, the others from the base. */
  async #findKnown(hashes: readonly string[]): Promise<Map<string, KeptResult>> {
    const { cityId, fresh } = this.#request;
    const known = new Map<string, KeptResult>();
    if (fresh === true) return known;
    const memory = memoryOf(this.#base);
    const there = await listResults(this.#base.database, cityId, hashes);
    for (const hash of there) {
      const kept = await memory.findResult(cityId, hash);
      if (kept !== undefined) known.set(hash, kept);
    }
    const rest = there.filter((hash) => !known.has(hash));
    for (const [hash, result] of rest.length === 0 ? [] : await readResultBytes(this.#base.database, cityId, rest)) {
      known.set(hash, result);
      memory.keepResult(cityId, hash, result);
    }
    return known;
  }

  async #adopt(indicators: readonly Indicator[], { hashes, held }: OpenOutput, known: ReadonlyMap<string, KeptResult>): Promise<Map<string, IndicatorOutput>> {
    const results = indicators.flatMap(({ id }, i) => {
      const found = known.get(hashes[i]);
      return found === undefined ? [] : [{ indicatorId: id, hash: hashes[i], bytes: held[i] ? undefined : found.bytes }];
    });
    if (results.length === 0) return new Map();
    const { adopted } = await this.#ask<{ adopted: IndicatorOutput[] }>({ do: 'adopt', runId: this.#runId, results });
    return new Map(adopted.map((output) => [output.indicatorId, output]));
  }

  async #grade(cityId: string, period: number, settings: CheckupSettings): Promise<GradeOutput> {
    this.#context.report?.({ stage: 'grade', text: { zh: '评级', en: 'Grading' }, done: 0 });
    const { database } = this.#base;
    const request: GradeRequest = {
      previous: await readPrevious(database, cityId, period),
      peers: await readPeers(database, settings.peerCities.filter((peer) => peer !== cityId)),
      ownThresholds: Object.fromEntries(Object.entries(settings.thresholds).map(([id, { op, value, upper, source }]) => [id, { op, value, source, confidence: 'certain-local' as const, ...(upper !== undefined && { upper }) }])),
    };
    return this.#ask<GradeOutput>({ do: 'grade', runId: this.#runId, request });
  }

  async #stage(checkupId: number, { opened, outputs, graded, indicators, inputs, settings }: Staged): Promise<void> {
    const { database } = this.#base;
    const { cityId } = this.#request;
    this.#context.report?.({ stage: 'store', text: { zh: '保存结果', en: 'Storing results' }, done: 0 });
    const notes = new NoteBook();
    for (const { output } of outputs) noteFault(notes, output);
    const { cityClass, places } = opened;
    await describeStaged(database, cityId, checkupId, {
      cityClass, cityRank: settings.cityRank ?? undefined, dimensions: graded.dimensions.map(({ id, grade, graded: count, counts, text }) => ({ id, grade: grade ?? null, graded: count, counts, text })), notes: [...opened.notes, ...graded.notes, ...notes.list()], survey: graded.survey, places,
    });
    const grades = new Map(graded.indicators.map((one) => [one.indicatorId, one]));
    await writeIndicators(database, cityId, checkupId, outputs.map((measured, i): NewIndicator => toRow(indicators[i], measured, grades.get(indicators[i].id), inputs)));
    await writeMeasurements(database, await this.#lines(checkupId, outputs));
  }

  /** Lines to copy, some indicators at a time: all of a city of 10 million are 200 MB. */
  async #lines(checkupId: number, outputs: readonly Measurement[]): Promise<string[]> {
    const ids = outputs.filter(({ output }) => output.quality !== 'missing').map(({ output }) => output.indicatorId);
    const lines: string[] = [];
    for (let i = 0; i < ids.length; i += 20) {
      throwIfCancelled(this.#context.signal);
      lines.push((await this.#ask<{ lines: string }>({ do: 'lines', runId: this.#runId, checkupId, indicatorIds: ids.slice(i, i + 20) })).lines);
    }
    return lines;
  }
}

/** What a thread lacks of an input. */
function partsOf({ tables, transit, network, names }: CityInput, lacking: ReadonlySet<string>): SentParts {
  const isLacking = (name: string | undefined): boolean => name !== undefined && lacking.has(name);
  return {
    tables: tables.filter(({ contract }) => isLacking(names.tables.get(contract))), transit: isLacking(names.transit) ? transit : undefined, network: isLacking(names.network) ? network : undefined,
  };
}

interface Measuring {
  readonly known: ReadonlyMap<string, KeptResult>;
  readonly adopted: ReadonlyMap<string, IndicatorOutput>;
  write(hash: string, bytes: Uint8Array, computedAt: Date): Promise<void>;
}

interface Measurement {
  readonly output: IndicatorOutput;
  readonly hash: string;
  readonly reused: boolean;
  readonly computedAt: Date;
}

interface Staged {
  readonly opened: OpenOutput;
  readonly outputs: readonly Measurement[];
  readonly graded: GradeOutput;
  readonly indicators: readonly Indicator[];
  readonly inputs: InputBatches;
  readonly settings: CheckupSettings;
}

function toRow(definition: Indicator, { output, hash, reused, computedAt }: Measurement, grade: GradeOutput['indicators'][number] | undefined, inputs: InputBatches): NewIndicator {
  const { measuredBy } = output;
  return {
    definition, quality: output.quality, ...output.city, grade: grade?.grade, gradeSteps: grade?.steps ?? [], missing: output.missing, levels: output.levels, notes: output.notes,
    operator: measuredBy?.operator ?? '', parameters: measuredBy?.params ?? {}, needs: measuredBy?.needs ?? [], inputs: measuredBy === undefined ? [] : inputs.of(measuredBy.needs),
    resultHash: measuredBy === undefined ? undefined : hash, reused, computedAt, grades: grade?.byPlace, earlier: grade?.earlier ?? [],
  };
}

function measuredIn({ indicators }: GradeOutput, places: Uint8Array): IsMeasured {
  const numbers = new Map(readPlaceList(places).id.map((id, place) => [id, place]));
  const measured = new Map(indicators.map((one) => [one.indicatorId, one.measured]));
  return (indicatorId, placeId) => measured.get(indicatorId)?.[numbers.get(placeId) ?? -1] === 1;
}

function noteFault(notes: NoteBook, { indicatorId, fault }: IndicatorOutput): void {
  if (fault === undefined) return;
  notes.add('error' satisfies Note['level'], 'checkup/operator-failed', {
    zh: '程序在计算某些指标时出错，这些指标按缺失处理；请报告。',
    en: 'The program failed on some indicators, which count as missing; please report it.',
  }, { field: indicatorId, value: fault.slice(0, 1000) });
}

async function readPrevious(database: Session, cityId: string, period: number): Promise<GradeRequest['previous']> {
  const previous = await findPrevious(database, cityId, period);
  if (previous === undefined) return undefined;
  const indicators = await listIndicators(database, previous);
  const hashes = indicators.flatMap(({ resultHash }) => resultHash ?? []);
  const bytes = await readResultBytes(database, cityId, hashes);
  return {
    period: previous.period, places: await readPlaceBytes(database, previous),
    results: indicators.flatMap(({ definition, resultHash }) => {
      const found = resultHash === undefined ? undefined : bytes.get(resultHash);
      return found === undefined ? [] : [{ indicatorId: definition.id, bytes: found.bytes }];
    }),
  };
}

/** Values of the latest complete check-ups of other cities of this base. */
async function readPeers(database: Session, cityIds: readonly string[]): Promise<Record<string, number[]>> {
  if (cityIds.length === 0) return {};
  const rows = await database.query<{ indicator_id: string; value: number }>(
    `select i.indicator_id, i.value from checkup c join checkup_indicator i using (city_id, checkup_id)
     where c.city_id = any($1) and c.state = 'complete' and i.value is not null
     and c.period = (select max(period) from checkup l where l.city_id = c.city_id and l.state = 'complete') order by i.indicator_id, c.city_id`,
    [cityIds],
  );
  const peers: Record<string, number[]> = {};
  for (const { indicator_id, value } of rows) (peers[indicator_id] ??= []).push(value);
  return peers;
}
