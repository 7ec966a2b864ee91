/**
 * Import and undo, from files to a new revision.
 *
 *     runImport(base, { cityId, cityName?, files: [{ source, options, sourceKey? }], who, strict? }, context?): Promise<ImportSummary>
 *     undoBatch(base, cityId, batchId, who, context?): Promise<UndoSummary>
 *     deriveAgain(base, cityId, who, context?): Promise<number>
 *     sweepBase(base): Promise<void>
 *
 * Rows are staged under new batch ids in short transactions; nobody reads them until one small transaction adds the
 * revision that names them. A process killed before that leaves the old city and rows that the next sweep deletes; a
 * run that fails or is cancelled deletes them itself. Runs into one city stage side by side and take turns from the
 * derivation on, so that neither loses what the other brought.
 */
import { randomUUID } from 'node:crypto';
import type { Bilingual } from '../core/bilingual.ts';
import type { ErrorPlace } from '../core/errors.ts';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { Note } from '../core/note.ts';
import { NoteBook } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import type { ByteSource, FormatId, FormatReader, ImportFacts, ImportOptions } from '../import/model.ts';
import { recogniseFile } from '../import/recognise.ts';
import type { Base } from './open.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import { sweepCity } from './prune.ts';
import { sourceKeyOf } from './source-key.ts';
import type { BatchDetail } from './store/batches.ts';
import { allocateBatch, discardBatch, finishBatch, getBatch, listBatches } from './store/batches.ts';
import { deleteIfEmpty, ensureCity, listCities } from './store/cities.ts';
import { hashSource, openStoredFile, sweepFiles, writeFile } from './store/files.ts';
import { getCurrentBatches } from './store/revisions.ts';
import { BatchWriter } from './store/stage.ts';
import type { DeriveSummary } from './switch.ts';
import { switchCity } from './switch.ts';
import { takeTurns } from './take-turns.ts';

export interface ImportFile {
  readonly source: ByteSource;
  readonly options: ImportOptions;
  /** What a newer file replaces; by default made of the name (source-key.ts). */
  readonly sourceKey?: string | undefined;
  /** Of a file that is stored in the base already: it is not hashed again. */
  readonly sha256?: string;
}

export interface ImportRunRequest {
  readonly cityId: string;
  /** For a city that does not exist yet; its id stands in where no name is given. */
  readonly cityName?: Bilingual | undefined;
  readonly files: readonly ImportFile[];
  readonly who: string;
  /** One bad file fails the whole run; by default the other files go on. */
  readonly strict?: boolean;
}

/**
 * - `imported`: the first of its source
 * - `replaced`: took the place of an earlier batch of its source
 * - `unchanged`: the same bytes with the same options are in the city; nothing was done
 * - `failed`: could not be used; `error` says why
 */
export type FileState = 'imported' | 'replaced' | 'unchanged' | 'failed';

export interface FileSummary {
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string | undefined;
  readonly format: FormatId | undefined;
  readonly crs: string | undefined;
  readonly crsGuessed: boolean;
  readonly state: FileState;
  readonly batchId: number | undefined;
  readonly replaces: number | undefined;
  readonly seen: Readonly<Record<string, number>>;
  readonly kept: Readonly<Record<string, number>>;
  readonly notes: readonly Note[];
  readonly error: { readonly code: string; readonly text: Bilingual; readonly place: ErrorPlace } | undefined;
  readonly seconds: number;
}

export interface ImportSummary {
  readonly cityId: string;
  readonly revision: number;
  /** False where every file was unchanged or failed: the city is as before. */
  readonly changed: boolean;
  readonly files: readonly FileSummary[];
  /** Undefined where nothing changed. */
  readonly derived: DeriveSummary | undefined;
}

export interface UndoSummary {
  readonly cityId: string;
  readonly revision: number;
  readonly undone: number;
  /** The batch that came back, where the undone one had replaced it. */
  readonly restored: number | undefined;
  readonly derived: DeriveSummary | undefined;
}

/** The first lines of every import: how a file is to be stored and read. */
interface Run {
  readonly base: Base;
  readonly cityId: string;
  readonly runId: string;
  readonly who: string;
  readonly context: WorkContext;
}

interface StagedFile {
  readonly batchId: number;
  readonly sourceKey: string;
  readonly sha256: string;
  readonly options: ImportOptions;
}

function errorSummary(error: unknown, fileName: string): FileSummary['error'] {
  if (error instanceof ChengmaiError) return { code: error.code, text: error.text, place: { file: fileName, ...error.place } };
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'base/import-fault',
    text: { zh: `导入 ${fileName} 时程序出错（${reason}）；请报告此问题。`, en: `The program failed on ${fileName} (${reason}); please report it.` },
    place: { file: fileName },
  };
}

/** Options without what is absent, keys in order: the same request gives the same text. */
function optionsText(options: ImportOptions): string {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function findUnchanged(batches: readonly BatchDetail[], current: readonly number[], sha256: string, options: ImportOptions): BatchDetail | undefined {
  const text = optionsText(options);
  return batches.find((batch) => current.includes(batch.batchId) && batch.sha256 === sha256 && optionsText(batch.options) === text);
}

/** Reads a file into a new batch that no revision names yet; on any error the batch is discarded again. */
async function stageFile(run: Run, reader: FormatReader, file: ImportFile, sha256: string, sourceKey: string): Promise<{ staged: StagedFile; facts: ImportFacts; kept: Record<string, number>; notes: Note[] }> {
  const { base, cityId, context } = run;
  const { source, options } = file;
  const batchId = await allocateBatch(base.database, cityId, {
    kind: 'file', sourceKey, fileName: source.name, sha256, sizeBytes: source.sizeBytes, format: reader.format, options, inputs: [],
    who: run.who, programVersion: PROGRAM_VERSION, runId: run.runId,
  });
  try {
    const noteBook = new NoteBook();
    const facts: ImportFacts = { seen: {} };
    const writer = new BatchWriter(base.database, cityId, batchId, source.name, noteBook);
    for await (const records of reader.read(source, options, { ...context, notes: noteBook }, facts)) {
      throwIfCancelled(context.signal);
      await writer.write(records);
      await takeTurns();
    }
    await writer.finish();
    throwIfCancelled(context.signal);
    const notes = noteBook.list();
    await finishBatch(base.database, cityId, batchId, { kept: writer.kept, notes, box: writer.box, facts });
    return { staged: { batchId, sourceKey, sha256, options }, facts, kept: writer.kept, notes };
  } catch (error) {
    await discardBatch(base.database, cityId, batchId);
    throw error;
  }
}

function uniqueKey(wanted: string, taken: ReadonlySet<string>): string {
  let key = wanted;
  for (let n = 2; taken.has(key); n++) key = `${wanted}#${n}`;
  return key;
}

interface Outcome {
  summary: FileSummary;
  staged?: StagedFile;
}

async function importFile(run: Run, file: ImportFile, earlier: readonly Outcome[]): Promise<Outcome> {
  const { base, cityId, context } = run;
  const { source, options } = file;
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const blank: FileSummary = {
    fileName: source.name, sizeBytes: source.sizeBytes, sha256: undefined, format: undefined, crs: undefined, crsGuessed: false, state: 'failed',
    batchId: undefined, replaces: undefined, seen: {}, kept: {}, notes: [], error: undefined, seconds: 0,
  };
  let known = blank;
  try {
    context.report?.({ stage: 'import/recognise', text: { zh: `识别 ${source.name}`, en: `Recognising ${source.name}` }, done: 0 });
    const reader = await recogniseFile(source);
    known = { ...known, format: reader.format };
    const sha256 = file.sha256 ?? (await hashSource(source, context));
    known = { ...known, sha256 };
    const current = await getCurrentBatches(base.database, cityId);
    const same = findUnchanged(await listBatches(base.database, cityId), current.fileBatches, sha256, options);
    const twin = earlier.find((other) => other.staged?.sha256 === sha256 && optionsText(other.staged.options) === optionsText(options));
    if (same !== undefined || twin !== undefined) {
      return { summary: { ...known, ...(same !== undefined && describe(same)), state: 'unchanged', batchId: same?.batchId ?? twin?.staged?.batchId, seconds: seconds() } };
    }
    context.report?.({ stage: 'import/store', text: { zh: `存档 ${source.name}`, en: `Storing ${source.name}` }, done: 0, total: source.sizeBytes });
    await writeFile(base.database, cityId, source, sha256, context);
    context.report?.({ stage: 'import/read', text: { zh: `读取 ${source.name}`, en: `Reading ${source.name}` }, done: 0, total: source.sizeBytes });
    // Two files of one request are two sources, even where their names differ by a year only: the user brought both.
    const taken = new Set(earlier.flatMap((other) => (other.staged === undefined ? [] : [other.staged.sourceKey])));
    const sourceKey = uniqueKey(file.sourceKey ?? sourceKeyOf(source.name, reader.format), taken);
    const { staged, facts, kept, notes } = await stageFile(run, reader, file, sha256, sourceKey);
    return {
      summary: {
        ...known, crs: facts.crs, crsGuessed: facts.crsGuessed ?? false, state: 'imported', batchId: staged.batchId, seen: facts.seen, kept, notes, seconds: seconds(),
      },
      staged,
    };
  } catch (error) {
    throwIfCancelled(context.signal);
    if (error instanceof ChengmaiError && error.kind === 'cancelled') throw error;
    return { summary: { ...known, error: errorSummary(error, source.name), seconds: seconds() } };
  }
}

function describe(batch: BatchDetail): Partial<FileSummary> {
  return { crs: batch.crs, crsGuessed: batch.crsGuessed, seen: batch.seen, kept: batch.kept, notes: batch.notes, replaces: batch.replaces };
}

function failStrictly(outcomes: readonly Outcome[]): void {
  const failed = outcomes.find((outcome) => outcome.summary.error !== undefined)?.summary.error;
  if (failed !== undefined) throw new ChengmaiError('input', failed.code, failed.text, failed.place);
}

/**
 * Imports files into a city, making the city where it does not exist.
 *
 * @throws ChengmaiError of kind `cancelled`, or with `strict` the error of the first bad file; the city is then as before
 */
export async function runImport(base: Base, request: ImportRunRequest, context: WorkContext = {}): Promise<ImportSummary> {
  const { cityId } = request;
  const { database } = base;
  const isNew = await ensureCity(database, cityId, request.cityName ?? { zh: cityId, en: cityId });
  const runId = randomUUID();
  const run: Run = { base, cityId, runId, who: request.who, context };
  const outcomes: Outcome[] = [];
  try {
    const summary = await database.exclusive(`run:${runId}`, async () => {
      try {
        for (const file of request.files) {
          outcomes.push(await importFile(run, file, outcomes));
          if (request.strict === true) failStrictly(outcomes);
        }
        return await switchTo(run, outcomes);
      } catch (error) {
        for (const { staged } of outcomes) if (staged !== undefined) await discardBatch(database, cityId, staged.batchId);
        throw error;
      }
    });
    if (isNew) await deleteIfEmpty(database, cityId);
    if (summary.changed) await sweepCity(database, cityId);
    return summary;
  } catch (error) {
    if (isNew) await deleteIfEmpty(database, cityId);
    throw error;
  }
}

/** Derivation and switch for the files that were staged; files that became live meanwhile through another run are dropped. */
async function switchTo(run: Run, outcomes: Outcome[]): Promise<ImportSummary> {
  const { base, cityId } = run;
  const { database } = base;
  return database.exclusive(`city:${cityId}`, async () => {
    const current = await getCurrentBatches(database, cityId);
    const live = (await listBatches(database, cityId)).filter((batch) => current.fileBatches.includes(batch.batchId));
    const replaces = new Map<number, number>();
    const added: number[] = [];
    for (const outcome of outcomes) {
      const { staged } = outcome;
      if (staged === undefined) continue;
      const same = findUnchanged(live, current.fileBatches, staged.sha256, staged.options);
      if (same !== undefined) {
        await discardBatch(database, cityId, staged.batchId);
        outcome.summary = { ...outcome.summary, state: 'unchanged', batchId: same.batchId };
        delete outcome.staged;
        continue;
      }
      added.push(staged.batchId);
      const older = live.find((batch) => batch.sourceKey === staged.sourceKey);
      if (older === undefined) continue;
      replaces.set(staged.batchId, older.batchId);
      outcome.summary = { ...outcome.summary, state: 'replaced', replaces: older.batchId };
    }
    const files = outcomes.map((outcome) => outcome.summary);
    if (added.length === 0) return { cityId, revision: current.revision, changed: false, files, derived: undefined };
    const gone = new Set(replaces.values());
    const fileBatches = [...current.fileBatches.filter((id) => !gone.has(id)), ...added];
    const switched = await switchCity(base, { cityId, expected: current.revision, fileBatches, action: 'import', who: run.who, runId: run.runId, replaces }, run.context);
    return { cityId, revision: switched.revision, changed: true, files: outcomes.map((outcome) => outcome.summary), derived: switched.derived };
  });
}

/** Reads the stored file of a discarded batch into a new batch of the same source. */
async function stageAgain(run: Run, batch: BatchDetail): Promise<number> {
  const source = await openStoredFile(run.base.database, run.cityId, batch.sha256);
  const reader = await recogniseFile(source);
  const { staged } = await stageFile(run, reader, { source: { ...source, name: batch.fileName }, options: batch.options }, batch.sha256, batch.sourceKey);
  return staged.batchId;
}

/**
 * Takes a file's batch out of the city. Where it had replaced an earlier one, that one comes back: from its rows where
 * they are kept, else from the stored file. Undoing is a new revision; nothing of the history is lost.
 *
 * @throws ChengmaiError not-found `base/no-city`, `base/no-batch`; conflict `base/batch-not-current`
 */
export async function undoBatch(base: Base, cityId: string, batchId: number, who: string, context: WorkContext = {}): Promise<UndoSummary> {
  const { database } = base;
  const runId = randomUUID();
  const run: Run = { base, cityId, runId, who, context };
  const summary = await database.exclusive(`run:${runId}`, () =>
    database.exclusive(`city:${cityId}`, async (): Promise<UndoSummary> => {
      const current = await getCurrentBatches(database, cityId);
      const batch = await getBatch(database, cityId, batchId);
      if (!current.fileBatches.includes(batchId)) {
        throw new ChengmaiError('conflict', 'base/batch-not-current', {
          zh: `批次 ${batchId}（${batch.fileName}）不在当前版本中，无需撤销。`,
          en: `Batch ${batchId} (${batch.fileName}) is not part of the present revision; there is nothing to undo.`,
        }, { value: String(batchId) });
      }
      let restored = batch.replaces;
      const replaces = new Map<number, number>();
      const predecessor = restored === undefined ? undefined : await getBatch(database, cityId, restored);
      if (predecessor !== undefined && predecessor.state !== 'ready') {
        restored = await stageAgain(run, predecessor);
        if (predecessor.replaces !== undefined) replaces.set(restored, predecessor.replaces);
      }
      const fileBatches = current.fileBatches.filter((id) => id !== batchId);
      if (restored !== undefined) fileBatches.push(restored);
      try {
        const switched = await switchCity(base, { cityId, expected: current.revision, fileBatches, action: 'undo', who, runId, replaces }, context);
        return { cityId, revision: switched.revision, undone: batchId, restored, derived: switched.derived };
      } catch (error) {
        if (restored !== undefined && restored !== batch.replaces) await discardBatch(database, cityId, restored);
        throw error;
      }
    }),
  );
  await sweepCity(database, cityId);
  return summary;
}

/**
 * Derives places, facilities and population of a city anew, as after a program upgrade.
 *
 * @returns the new revision
 */
export async function deriveAgain(base: Base, cityId: string, who: string, context: WorkContext = {}): Promise<{ revision: number; derived: DeriveSummary | undefined }> {
  const { database } = base;
  const runId = randomUUID();
  const result = await database.exclusive(`run:${runId}`, () =>
    database.exclusive(`city:${cityId}`, async () => {
      const current = await getCurrentBatches(database, cityId);
      return switchCity(base, { cityId, expected: current.revision, fileBatches: current.fileBatches, action: 'derive', who, runId, replaces: new Map() }, context);
    }),
  );
  await sweepCity(database, cityId);
  return result;
}

/** Deletes what dead runs left behind, in all cities. Cheap where there is nothing; run at every start. */
export async function sweepBase(base: Base): Promise<void> {
  for (const { cityId } of await listCities(base.database)) await sweepCity(base.database, cityId);
  await sweepFiles(base.database);
}
