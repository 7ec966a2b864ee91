/** Batches: allocated, described, closed, discarded. What they hold is staged by stage.ts. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Note } from '../../core/note.ts';
import type { Box } from '../../engine/spatial/geometry.ts';
import type { FormatId, ImportFacts, ImportOptions } from '../../import/model.ts';
import type { Database, Session } from '../database.ts';
import type { Batch, BatchState } from '../model.ts';
import { deleteBatchRows, noCity } from './cities.ts';
import { toJsonText } from './copy-text.ts';

interface BatchRow {
  city_id: string;
  batch_id: number;
  kind: 'file' | 'derived';
  source_key: string;
  file_name: string;
  sha256: string;
  size_bytes: number;
  format: FormatId | 'derived';
  crs: string | null;
  crs_guessed: boolean;
  options: ImportOptions;
  kept: Record<string, number>;
  seen: Record<string, number>;
  notes: Note[];
  box: [number, number, number, number] | null;
  state: BatchState;
  replaces: number | null;
  inputs: number[];
  who: string;
  program_version: string;
  started_at: Date;
  finished_at: Date | null;
}

/** A batch with what only the import run asks: how the file was read, and the box of its rows. */
export interface BatchDetail extends Batch {
  readonly options: ImportOptions;
  readonly box: Box | undefined;
}

const COLUMNS = `city_id, batch_id, kind, source_key, file_name, sha256, size_bytes, format, crs, crs_guessed, options, kept, seen, notes, box,
  state, replaces, inputs, who, program_version, started_at, finished_at`;

function toBatch(row: BatchRow): BatchDetail {
  return {
    cityId: row.city_id,
    batchId: row.batch_id,
    kind: row.kind,
    sourceKey: row.source_key,
    fileName: row.file_name,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    format: row.format,
    crs: row.crs ?? undefined,
    crsGuessed: row.crs_guessed,
    options: row.options,
    kept: row.kept,
    seen: row.seen,
    notes: row.notes,
    box: row.box === null ? undefined : (row.box as Box),
    state: row.state,
    replaces: row.replaces ?? undefined,
    inputs: row.inputs,
    who: row.who,
    programVersion: row.program_version,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
  };
}

export interface NewBatch {
  readonly kind: 'file' | 'derived';
  readonly sourceKey: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: FormatId | 'derived';
  readonly options: ImportOptions;
  readonly inputs: readonly number[];
  readonly who: string;
  readonly programVersion: string;
  /** The run that stages it; while the run holds its lock the sweep leaves the batch alone. */
  readonly runId: string;
}

/** A new batch in state `staging`; ids of a city count up from 1 and are never used twice. */
export async function allocateBatch(database: Database, cityId: string, batch: NewBatch): Promise<number> {
  return database.transaction(async (transaction) => {
    const rows = await transaction.query<{ batch_id: number }>(
      'update city set next_batch = next_batch + 1 where city_id = $1 returning next_batch - 1 as batch_id',
      [cityId],
    );
    if (rows.length === 0) throw noCity(cityId);
    const batchId = rows[0].batch_id;
    await transaction.query(
      `insert into import_batch (city_id, batch_id, kind, source_key, file_name, sha256, size_bytes, format, options, state, inputs, who, program_version, run_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'staging', $10, $11, $12, $13)`,
      [
        cityId, batchId, batch.kind, batch.sourceKey, batch.fileName, batch.sha256, batch.sizeBytes, batch.format,
        toJsonText(batch.options), batch.inputs, batch.who, batch.programVersion, batch.runId,
      ],
    );
    return batchId;
  });
}

export interface BatchOutcome {
  readonly kept: Readonly<Record<string, number>>;
  readonly notes: readonly Note[];
  readonly box: Box | undefined;
  readonly facts: ImportFacts;
}

/** Closes a staged batch: its rows are complete. It is seen once a revision names it. */
export async function finishBatch(database: Session, cityId: string, batchId: number, outcome: BatchOutcome): Promise<void> {
  await database.query(
    `update import_batch set state = 'ready', kept = $3, seen = $4, notes = $5, box = $6, crs = $7, crs_guessed = $8, finished_at = now()
     where city_id = $1 and batch_id = $2`,
    [
      cityId, batchId, toJsonText(outcome.kept), toJsonText(outcome.facts.seen), toJsonText(outcome.notes), outcome.box ?? null,
      outcome.facts.crs ?? null, outcome.facts.crsGuessed ?? false,
    ],
  );
}

/**
 * Takes a batch out of use and deletes its rows; what it was stays in the history. It counts as staging until the last row is gone, so
 * that a sweep finishes what a killed process began and nobody takes its rows for whole.
 */
export async function discardBatch(database: Session, cityId: string, batchId: number): Promise<void> {
  await database.query(`update import_batch set state = 'staging' where city_id = $1 and batch_id = $2`, [cityId, batchId]);
  await deleteBatchRows(database, cityId, batchId);
  await database.query(`update import_batch set state = 'discarded', finished_at = coalesce(finished_at, now()) where city_id = $1 and batch_id = $2`, [cityId, batchId]);
}

/** All batches of a city, newest first. */
export async function listBatches(database: Session, cityId: string): Promise<BatchDetail[]> {
  return (await database.query<BatchRow>(`select ${COLUMNS} from import_batch where city_id = $1 order by batch_id desc`, [cityId])).map(toBatch);
}

export async function findBatch(database: Session, cityId: string, batchId: number): Promise<BatchDetail | undefined> {
  const rows = await database.query<BatchRow>(`select ${COLUMNS} from import_batch where city_id = $1 and batch_id = $2`, [cityId, batchId]);
  return rows.length === 0 ? undefined : toBatch(rows[0]);
}

/** @throws ChengmaiError not-found `base/no-batch` */
export async function getBatch(database: Session, cityId: string, batchId: number): Promise<BatchDetail> {
  const batch = await findBatch(database, cityId, batchId);
  if (batch !== undefined) return batch;
  throw new ChengmaiError('not-found', 'base/no-batch', {
    zh: `城市“${cityId}”没有导入批次 ${batchId}；批次见导入历史。`,
    en: `The city "${cityId}" has no import batch ${batchId}; the import history lists them.`,
  }, { value: String(batchId) });
}
