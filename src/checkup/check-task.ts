/**
 * The thread of a check-up: opens the city once, then measures one indicator a message, so that the run can tell its progress and be stopped
 * between two (or, by ending the thread, within one).
 *
 * Values stay here until all are graded; what goes back is bytes to store and lines to copy. What a later run would make the same again (tables, the timetable, the network,
 * travel graphs and links, results) is kept for it under the name of what it was made from, up to KEPT_BYTES; a run that is to be
 * fresh takes nothing from there and leaves nothing.
 */
import { createHash } from 'node:crypto';
import type { Note } from '../core/note.ts';
import { NoteBook } from '../core/note.ts';
import type { TaskResult } from '../engine/pool/task-pool.ts';
import type { PlaceLevel } from '../import/model.ts';
import type { CityData } from './city/city-data.ts';
import { Fingerprints } from './fingerprints.ts';
import { listNeeds, measureIndicator } from './measure.ts';
import type { CityClass, Indicator, MissingReason, Quality } from './model.ts';
import { KeptParts } from './kept-parts.ts';
import type { CitySettings, LightInput, SentParts } from './open-city.ts';
import { CityOpening } from './open-city.ts';
import type { PlaceValues } from './operators/operator.ts';
import { programCode } from './program-code.ts';
import type { GradeOutput, GradeRequest } from './grade-run.ts';
import { gradeRun } from './grade-run.ts';
import { measurementLines } from './store/measurement-lines.ts';
import { writePlaceList } from './store/place-list.ts';
import type { MeasuredBy, ReadResult } from './store/result-bytes.ts';
import { readResult, RESULT_VERSION, writeResult } from './store/result-bytes.ts';

/** What the city as a whole has of an indicator. */
export interface CityValue {
  readonly value: number | undefined;
  readonly numerator: number | undefined;
  readonly denominator: number | undefined;
  readonly n: number | undefined;
}

export interface IndicatorOutput {
  readonly indicatorId: string;
  readonly quality: Quality;
  readonly city: CityValue;
  readonly missing: MissingReason | undefined;
  /** What a fault of the program said. */
  readonly fault: string | undefined;
  readonly levels: readonly PlaceLevel[];
  readonly notes: readonly Note[];
  readonly measuredBy: MeasuredBy | undefined;
  /** To be stored; undefined where it is missing or was stored before. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

/** Names of parts of the input that this thread does not have: to be sent. */
export interface LackOutput {
  readonly lacking: readonly string[];
}

export interface OpenOutput {
  readonly notes: readonly Note[];
  readonly cityClass: CityClass;
  readonly places: Uint8Array<ArrayBuffer>;
  /** Name of the result that each indicator would have, in the order asked. */
  readonly hashes: readonly string[];
  /** Which of them this thread has, so that they need not be sent to be adopted. */
  readonly held: readonly boolean[];
  /** Which of the indicators an earlier run found missing in the same data, by the order asked. */
  readonly missing: readonly (IndicatorOutput | undefined)[];
}

export type CheckMessage =
  | { readonly do: 'open'; readonly runId: string; readonly input: LightInput; readonly settings: CitySettings; readonly indicators: readonly Indicator[]; readonly fresh: boolean }
  | { readonly do: 'send'; readonly runId: string; readonly parts: SentParts }
  | { readonly do: 'measure'; readonly runId: string; readonly indicatorId: string }
  /** Takes over results that earlier runs stored; without bytes those that the thread has. */
  | { readonly do: 'adopt'; readonly runId: string; readonly results: readonly AdoptedResult[] }
  | { readonly do: 'grade'; readonly runId: string; readonly request: GradeRequest }
  /** Lines of the table `measurement` for COPY. */
  | { readonly do: 'lines'; readonly runId: string; readonly checkupId: number; readonly indicatorIds: readonly string[] }
  | { readonly do: 'close'; readonly runId: string };

export interface AdoptedResult {
  readonly indicatorId: string;
  readonly hash: string;
  readonly bytes: Uint8Array | undefined;
}

export type CheckReply = OpenOutput | LackOutput | IndicatorOutput | GradeOutput | { readonly adopted: readonly IndicatorOutput[] } | { readonly lines: string } | { readonly closed: true };

/** A city of 300,000 needs 25 MB. A thread that waits for the next run is ended after two minutes (check-threads.ts), and what it keeps with it. */
const KEPT_BYTES = 192 * 2 ** 20;
/** Deflated. Of a large city the results alone would push out all the rest: its are sent again (the sample city's have 20 KB each, one of 10 million up to 8 MB). */
const KEPT_RESULT_BYTES = 2 ** 18;
const kept = new KeptParts(KEPT_BYTES);

interface Opening {
  readonly opening: CityOpening;
  readonly indicators: readonly Indicator[];
  readonly kept: KeptParts;
}

const openings = new Map<string, Opening>();

interface OpenRun {
  readonly city: CityData;
  readonly kept: KeptParts;
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** Names under which it is kept that an indicator is missing. */
  readonly missingNames: ReadonlyMap<string, string>;
  /** Results by hash. */
  readonly held: ReadonlyMap<string, ReadResult>;
  readonly values: Map<string, PlaceValues>;
  readonly grades: Map<string, Uint8Array>;
}

const runs = new Map<string, OpenRun>();

function getRun(runId: string): OpenRun {
  const run = runs.get(runId);
  // a thread that died took the city with it: the run fails and leaves the last check-up
  if (run === undefined) throw threadReplaced();
  return run;
}

const threadReplaced = (): Error => new Error('the thread of the check-up was replaced');

const TREE: readonly PlaceLevel[] = ['community', 'block', 'district', 'city', 'zone', 'cell'];

function levelsOf(values: PlaceValues, { tree }: CityData): PlaceLevel[] {
  return TREE.filter((level) => tree.ofLevel(level).some((place) => !Number.isNaN(values.value[place])));
}

function cityValue(values: PlaceValues | undefined, { tree }: CityData): CityValue {
  const place = tree.ofLevel('city').at(0);
  const at = (array: Float64Array | undefined): number | undefined => (place === undefined || array === undefined || !Number.isFinite(array[place]) ? undefined : array[place]);
  return { value: at(values?.value), numerator: at(values?.numerator), denominator: at(values?.denominator), n: at(values?.n) };
}

function describe(run: OpenRun, indicatorId: string, values: PlaceValues, measuredBy: MeasuredBy, bytes: Uint8Array<ArrayBuffer> | undefined): IndicatorOutput {
  return {
    indicatorId, quality: values.quality, city: cityValue(values, run.city), missing: undefined, fault: undefined, levels: levelsOf(values, run.city), notes: values.notes ?? [], measuredBy, bytes,
  };
}

function open({ runId, input, settings, indicators, fresh }: Extract<CheckMessage, { do: 'open' }>): OpenOutput | LackOutput {
  const own = fresh ? new KeptParts(0) : kept;
  const opening = new CityOpening(input, settings, own);
  openings.set(runId, { opening, indicators, kept: own });
  const { lacking } = opening;
  return lacking.length > 0 ? { lacking } : finishOpening(runId, { tables: [], transit: undefined, network: undefined });
}

function finishOpening(runId: string, parts: SentParts): OpenOutput {
  const begun = openings.get(runId);
  if (begun === undefined) throw threadReplaced();
  openings.delete(runId);
  const { opening, indicators, kept: own } = begun;
  const notes = new NoteBook();
  const city = opening.open(parts, notes);
  const fingerprints = new Fingerprints(city, opening.prints);
  const code = programCode();
  const hashes = indicators.map(({ id, version, methods, ...rest }) => {
    // values are by place number: whatever an indicator needs, it needs the places as they are
    const needs = [...new Set(['place' as const, ...listNeeds({ id, version, methods, ...rest })])];
    const content = needs.map((need) => `${need}=${fingerprints.get(need)}`);
    return createHash('sha256').update(JSON.stringify([RESULT_VERSION, code, id, version, methods, content])).digest('hex').slice(0, 40);
  });
  const missingNames = new Map(indicators.map(({ id, missing }, i) => [id, `missing ${hashes[i]} ${JSON.stringify(missing ?? null)}`]));
  const held = new Map<string, ReadResult>();
  for (const hash of hashes) {
    const found = own.find(`result ${hash}`);
    if (found !== undefined) held.set(hash, found.value as ReadResult);
  }
  runs.set(runId, { city, kept: own, indicators: new Map(indicators.map((indicator) => [indicator.id, indicator])), missingNames, held, values: new Map(), grades: new Map() });
  const missing = indicators.map(({ id }) => {
    const found = own.find(missingNames.get(id) ?? '');
    return found === undefined ? undefined : describeMissing(city, id, found.value as MissingReason);
  });
  return { notes: notes.list(), cityClass: city.cityClass, places: writePlaceList(city), hashes, held: hashes.map((hash) => held.has(hash)), missing };
}

function describeMissing(city: CityData, indicatorId: string, missing: MissingReason, fault?: string): IndicatorOutput {
  return { indicatorId, quality: 'missing', city: cityValue(undefined, city), missing, fault, levels: [], notes: [], measuredBy: undefined, bytes: undefined };
}

async function measure(run: OpenRun, indicatorId: string): Promise<IndicatorOutput> {
  const indicator = run.indicators.get(indicatorId);
  if (indicator === undefined) throw new RangeError(`no indicator ${indicatorId} was opened`);
  const measured = await measureIndicator(run.city, indicator, {});
  if ('missing' in measured) {
    // a fault is tried again
    if (measured.fault === undefined) run.kept.keep(run.missingNames.get(indicatorId) ?? '', measured.missing);
    return describeMissing(run.city, indicatorId, measured.missing, measured.fault);
  }
  run.values.set(indicatorId, measured.values);
  const bytes = writeResult(measured.values, measured.measuredBy, run.city.snapshot.meta.facilityKinds);
  return describe(run, indicatorId, measured.values, measured.measuredBy, bytes);
}

function adopt(run: OpenRun, { indicatorId, hash, bytes }: AdoptedResult): IndicatorOutput {
  let result = run.held.get(hash);
  if (result === undefined) {
    if (bytes === undefined) throw threadReplaced();
    // without numbers of facilities, which move: neither grading nor storing asks for them
    result = readResult(bytes);
    if (bytes.length <= KEPT_RESULT_BYTES) run.kept.keep(`result ${hash}`, result);
  }
  const { values, measuredBy } = result;
  run.values.set(indicatorId, values);
  return describe(run, indicatorId, values, measuredBy, undefined);
}

function grade(run: OpenRun, request: GradeRequest): GradeOutput {
  const output = gradeRun(run.city, [...run.indicators.values()].map((indicator) => ({ indicator, values: run.values.get(indicator.id) })), request);
  for (const { indicatorId, byPlace } of output.indicators) run.grades.set(indicatorId, byPlace);
  return output;
}

async function answer(message: CheckMessage): Promise<CheckReply> {
  if (message.do === 'open') return open(message);
  if (message.do === 'send') return finishOpening(message.runId, message.parts);
  if (message.do === 'close') {
    openings.delete(message.runId);
    runs.delete(message.runId);
    return { closed: true };
  }
  const run = getRun(message.runId);
  if (message.do === 'measure') return measure(run, message.indicatorId);
  if (message.do === 'adopt') return { adopted: message.results.map((result) => adopt(run, result)) };
  if (message.do === 'grade') return grade(run, message.request);
  return { lines: message.indicatorIds.map((id) => measurementLines(run.city, message.checkupId, id, run.values.get(id), run.grades.get(id))).join('') };
}

export async function checkTask(message: CheckMessage): Promise<TaskResult<CheckReply>> {
  const output = await answer(message);
  const bytes = 'bytes' in output ? output.bytes : 'places' in output ? output.places : undefined;
  return { output, transfer: bytes === undefined ? [] : [bytes.buffer] };
}
