/**
 * Import and undo, from files to a new revision.
 *
 *     runImport(base, { cityId, cityName?, files: [{ source, options, sourceKey? }], who, strict? }, context?): Promise<ImportSummary>
 *     undoBatch(base, cityId, batchId, who, context?): Promise<UndoSummary>
 *     deriveAgain(base, cityId, who, context?): Promise<{ revision, derived }>
 *     sweepBase(base): Promise<void>
 *
 * Rows are staged under new batch ids in short transactions; nobody reads them until one small transaction adds the
 * revision that names them. A process killed before that leaves the old city and rows that the next sweep deletes; a
 * run that fails or is cancelled deletes them itself. Runs into one city stage side by side and take turns from the
 * derivation on, so that neither loses what the other brought.
 */
import { randomUUID } from 'node:crypto';
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import { recogniseFile } from '../import/recognise.ts';
import { unnamed } from './city-id.ts';
import type { FileSummary, ImportFile, Outcome, Run } from './import-file.ts';
import { findUnchanged, importFile, stageFile } from './import-file.ts';
import type { Base } from './open.ts';
import { sweepCity } from './prune.ts';
import type { BatchDetail } from './store/batches.ts';
import { discardBatch, getBatch, listBatches } from './store/batches.ts';
import { deleteIfEmpty, ensureCity, listCities } from './store/cities.ts';
import { openStoredFile, sweepFiles } from './store/files.ts';
import { getCurrentBatches } from './store/revisions.ts';
import type { DeriveSummary } from './switch.ts';
import { switchCity } from './switch.ts';

export interface ImportRunRequest {
  readonly cityId: string;
  /** For a city that does not exist yet; its id stands in where no name is given. */
  readonly cityName?: Bilingual | undefined;
  readonly files: readonly ImportFile[];
  readonly who: string;
  /** One bad file fails the whole run; by default the other files go on. */
  readonly strict?: boolean;
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
  const isNew = await ensureCity(database, cityId, request.cityName ?? unnamed(cityId));
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
