/**
 * One file into one batch: recognise, hash, store, read, and say how it went. No revision names the batch yet; whoever
 * called decides whether one will (run.ts).
 */
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
import { sourceKeyOf } from './source-key.ts';
import type { BatchDetail } from './store/batches.ts';
import { allocateBatch, discardBatch, finishBatch, listBatches } from './store/batches.ts';
import { hashSource, writeFile } from './store/files.ts';
import { getCurrentBatches } from './store/revisions.ts';
import { BatchWriter } from './store/stage.ts';
import { takeTurns } from './take-turns.ts';

export interface ImportFile {
  readonly source: ByteSource;
  readonly options: ImportOptions;
  /** What a newer file replaces; by default made of the name (source-key.ts). */
  readonly sourceKey?: string | undefined;
  /** Of a file that is stored in the base already: it is not hashed again. */
  readonly sha256?: string;
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

/** What all files of one run share. */
export interface Run {
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

export function findUnchanged(batches: readonly BatchDetail[], current: readonly number[], sha256: string, options: ImportOptions): BatchDetail | undefined {
  const text = optionsText(options);
  return batches.find((batch) => current.includes(batch.batchId) && batch.sha256 === sha256 && optionsText(batch.options) === text);
}

/** A file without a usable record must not take the place of a good edition. */
function nothingKept(fileName: string, notes: readonly Note[]): ChengmaiError {
  const [first] = notes;
  return new ChengmaiError('input', 'import/nothing-kept', {
    zh: `文件 ${fileName} 中没有可用的内容${first === undefined ? '' : `（${first.text.zh.replace(/。$/, '')}）`}，城市保持不变；请检查文件，或在导入时指明坐标系、列或图层。`,
    en: `Nothing in ${fileName} can be used${first === undefined ? '' : ` (${first.text.en.replace(/\.$/, '')})`}; the city stays as it is. Check the file, or state its coordinate system, columns or layer on import.`,
  }, first?.examples[0] ?? {});
}

/** Reads a file into a new batch that no revision names yet; on any error the batch is discarded again. */
export async function stageFile(run: Run, reader: FormatReader, file: ImportFile, sha256: string, sourceKey: string): Promise<{ staged: StagedFile; facts: ImportFacts; kept: Record<string, number>; notes: Note[] }> {
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
    if (Object.values(writer.kept).every((rows) => rows === 0)) throw nothingKept(source.name, notes);
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

export interface Outcome {
  summary: FileSummary;
  staged?: StagedFile;
}

export async function importFile(run: Run, file: ImportFile, earlier: readonly Outcome[]): Promise<Outcome> {
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
    // A full disk or a lost database is no fault of the file: the next ones would fare no better.
    if (error instanceof ChengmaiError && (error.kind === 'cancelled' || error.kind === 'unavailable')) throw error;
    return { summary: { ...known, error: errorSummary(error, source.name), seconds: seconds() } };
  }
}

function describe(batch: BatchDetail): Partial<FileSummary> {
  return { crs: batch.crs, crsGuessed: batch.crsGuessed, seen: batch.seen, kept: batch.kept, notes: batch.notes, replaces: batch.replaces };
}
