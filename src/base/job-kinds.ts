/** What each kind of job takes and does. */
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { WorkContext } from '../core/progress.ts';
import type { ImportOptions } from '../import/model.ts';
import type { Base } from './open.ts';
import { deriveAgain, runImport, undoBatch } from './run.ts';
import { openStoredFile } from './store/files.ts';
import type { Job, JobError } from './store/jobs.ts';

export interface ImportJobInput {
  readonly cityName?: Bilingual;
  /** Files that were stored with writeFile (store/files.ts). */
  readonly files: readonly { readonly sha256: string; readonly options: ImportOptions; readonly sourceKey?: string | undefined }[];
}

export interface UndoJobInput {
  readonly batchId: number;
}

export type JobKind = 'import' | 'undo' | 'derive';

/** Does the work of a job; what it returns is the job's result. */
export type JobHandler = (base: Base, job: Job, context: WorkContext) => Promise<unknown>;
/** Work of later stages by kind: given where the program is put together, because the base knows none of them. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

async function importStored(base: Base, job: Job, context: WorkContext): Promise<unknown> {
  const input = job.input as ImportJobInput;
  const cityId = job.cityId ?? '';
  const files = [];
  for (const { sha256, options, sourceKey } of input.files) {
    files.push({ source: await openStoredFile(base.database, cityId, sha256), options, sourceKey, sha256 });
  }
  return runImport(base, { cityId, cityName: input.cityName, files, who: job.who }, context);
}

const HANDLERS: Record<JobKind, JobHandler> = {
  import: importStored,
  undo: (base, job, context) => undoBatch(base, job.cityId ?? '', (job.input as UndoJobInput).batchId, job.who, context),
  derive: (base, job, context) => deriveAgain(base, job.cityId ?? '', job.who, context),
};

/**
 * Does the work of a job; returns the summary that run.ts returns.
 *
 * @throws Error for a kind that this version does not know: a newer process may have enqueued it
 */
export function runJob(base: Base, job: Job, context: WorkContext, later: JobHandlers): Promise<unknown> {
  const handler = (HANDLERS[job.kind as JobKind] as JobHandler | undefined) ?? (later[job.kind] as JobHandler | undefined);
  if (handler === undefined) throw new Error(`unknown kind of job: ${job.kind}`);
  return handler(base, job, context);
}

/** What a failed job keeps of any thrown value. */
export function errorOf(error: unknown): JobError {
  if (error instanceof ChengmaiError) return { kind: error.kind, code: error.code, text: error.text, place: error.place };
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'internal',
    code: 'base/job-fault',
    text: { zh: `任务执行时程序出错（${reason}）；请报告此问题。`, en: `The program failed while working (${reason}); please report it.` },
    place: {},
  };
}
