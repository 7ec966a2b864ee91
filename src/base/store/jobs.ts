/** The table `job`: what was asked for, how far it is, how it ended. The queue itself is pg-boss's (jobs.ts). */
import type { Bilingual } from '../../core/bilingual.ts';
import type { ErrorPlace } from '../../core/errors.ts';
import type { ErrorKind } from '../../core/errors.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { Progress } from '../../core/progress.ts';
import type { Session } from '../database.ts';
import { toJsonText } from './copy-text.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface JobError {
  /** Absent from jobs that earlier programs ended. */
  readonly kind?: ErrorKind;
  readonly code: string;
  readonly text: Bilingual;
  readonly place: ErrorPlace;
}

export interface Job {
  readonly jobId: string;
  readonly cityId: string | undefined;
  readonly kind: string;
  readonly state: JobState;
  readonly cancelRequested: boolean;
  readonly attempts: number;
  readonly progress: Progress | undefined;
  readonly input: unknown;
  /** What the work returned, once `done`. */
  readonly result: unknown;
  readonly error: JobError | undefined;
  readonly who: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface JobRow {
  job_id: string;
  city_id: string | null;
  kind: string;
  state: JobState;
  cancel_requested: boolean;
  attempts: number;
  progress: Progress | null;
  input: unknown;
  result: unknown;
  error: JobError | null;
  who: string;
  created_at: Date;
  updated_at: Date;
}

/** Every change of a job is announced here, with the job's id. */
export const JOB_CHANNEL = 'chengmai_job';

function toJob(row: JobRow): Job {
  return {
    jobId: row.job_id,
    cityId: row.city_id ?? undefined,
    kind: row.kind,
    state: row.state,
    cancelRequested: row.cancel_requested,
    attempts: row.attempts,
    progress: row.progress ?? undefined,
    input: row.input,
    result: row.result ?? undefined,
    error: row.error ?? undefined,
    who: row.who,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

const COLUMNS = 'job_id, city_id, kind, state, cancel_requested, attempts, progress, input, result, error, who, created_at, updated_at';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function insertJob(session: Session, job: { jobId: string; cityId: string | undefined; kind: string; input: unknown; who: string }): Promise<void> {
  await session.query(`insert into job (job_id, city_id, kind, state, input, who) values ($1, $2, $3, 'queued', $4, $5)`, [
    job.jobId, job.cityId ?? null, job.kind, toJsonText(job.input), job.who,
  ]);
}

export async function findJob(session: Session, jobId: string): Promise<Job | undefined> {
  if (!UUID.test(jobId)) return undefined;
  const rows = await session.query<JobRow>(`select ${COLUMNS} from job where job_id = $1`, [jobId]);
  return rows.length === 0 ? undefined : toJob(rows[0]);
}

/** @throws ChengmaiError not-found `base/no-job` */
export async function getJob(session: Session, jobId: string): Promise<Job> {
  const job = await findJob(session, jobId);
  if (job !== undefined) return job;
  throw new ChengmaiError('not-found', 'base/no-job', {
    zh: `没有任务 ${jobId}；它可能已过保存期。`,
    en: `There is no job ${jobId}; it may be past its time of keeping.`,
  }, { value: jobId });
}

/** Newest first. */
export async function listJobs(session: Session, filter: { cityId?: string | undefined; states?: readonly JobState[] | undefined; limit?: number | undefined } = {}): Promise<Job[]> {
  const rows = await session.query<JobRow>(
    `select ${COLUMNS} from job where ($1::text is null or city_id = $1) and ($2::text[] is null or state = any($2)) order by created_at desc, job_id limit $3`,
    [filter.cityId ?? null, filter.states ?? null, filter.limit ?? 100],
  );
  return rows.map(toJob);
}

async function announceJob(session: Session, jobId: string): Promise<void> {
  await session.query('select pg_notify($1, $2)', [JOB_CHANNEL, jobId]);
}

/** queued → running; false where it is not queued any more (cancelled, or taken by another worker). */
export async function beginJob(session: Session, jobId: string): Promise<boolean> {
  const rows = await session.query(
    `update job set state = 'running', attempts = attempts + 1, progress = null, updated_at = now()
     where job_id = $1 and state = 'queued' and not cancel_requested returning job_id`,
    [jobId],
  );
  await announceJob(session, jobId);
  return rows.length > 0;
}

export async function writeProgress(session: Session, jobId: string, progress: Progress): Promise<void> {
  await session.query(`update job set progress = $2, updated_at = now() where job_id = $1 and state = 'running'`, [jobId, toJsonText(progress)]);
  await announceJob(session, jobId);
}

export async function endJob(session: Session, jobId: string, state: 'done' | 'failed' | 'cancelled', outcome: { result?: unknown; error?: JobError }): Promise<void> {
  await session.query(`update job set state = $2, result = $3, error = $4, updated_at = now() where job_id = $1`, [
    jobId, state, outcome.result === undefined ? null : toJsonText(outcome.result), outcome.error === undefined ? null : toJsonText(outcome.error),
  ]);
  await announceJob(session, jobId);
}

/** Asks for the end: a queued job ends at once, a running one when its worker sees it. */
export async function requestCancel(session: Session, jobId: string): Promise<void> {
  await session.query(
    `update job set cancel_requested = true, state = case when state = 'queued' then 'cancelled' else state end, updated_at = now()
     where job_id = $1 and state in ('queued', 'running')`,
    [jobId],
  );
  await announceJob(session, jobId);
}

/** Back to the queue: by the user's wish after it ended, or because its worker died. */
export async function requeueJob(session: Session, jobId: string, from: readonly JobState[], keepAttempts: boolean): Promise<boolean> {
  const rows = await session.query(
    `update job set state = 'queued', cancel_requested = false, progress = null, result = null, error = null, updated_at = now(),
       attempts = case when $3 then attempts else 0 end
     where job_id = $1 and state = any($2) returning job_id`,
    [jobId, from, keepAttempts],
  );
  await announceJob(session, jobId);
  return rows.length > 0;
}

/** Forgets jobs that ended more than 30 days ago. */
export async function sweepJobs(session: Session): Promise<void> {
  await session.query(`delete from job where state in ('done', 'failed', 'cancelled') and updated_at < now() - interval '30 days'`);
}
