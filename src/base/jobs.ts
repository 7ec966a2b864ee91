/**
 * Long work in a queue on the base, so that a request need not wait and other machines can share it.
 *
 *     startJobs(base, { work, handlers? }): Promise<Jobs>
 *     jobs.enqueue(kind, cityId, input, who): Promise<jobId>
 *     jobs.get(jobId), jobs.list(filter), jobs.cancel(jobId), jobs.retry(jobId)
 *     jobs.watch(jobId, signal?): AsyncIterable<Job>     the job now and after every change, ends with done, failed or cancelled
 *     jobs.stop()
 *
 * job-kinds.ts says what each kind of job takes and does; later stages bring their own kinds as `handlers`. The result is the summary that run.ts returns.
 *
 * The queue is pg-boss's; what users see is the table `job`. Changes are announced by NOTIFY and polled for every 2 s in
 * case a notification was lost. A process with `work` takes one job at a time. While it works it holds the lock
 * `job:<id>`, which falls with the process; every process looks every 10 s for running jobs whose lock is free, and puts them back in the
 * queue once, then lets them fail: a file that kills its worker must not kill the next ones for ever. On the embedded
 * base there is one process, so after a crash the next start does the same at once.
 */
import { randomUUID } from 'node:crypto';
import PgBoss from 'pg-boss';
import { ChengmaiError } from '../core/errors.ts';
import type { Database, Session } from './database.ts';
import type { ImportJobInput, JobHandlers } from './job-kinds.ts';
import { errorOf, runJob } from './job-kinds.ts';
import { ProgressWriter } from './job-progress.ts';
import { Waiters } from './job-waiters.ts';
import type { Base } from './open.ts';
import { sweepBase } from './run.ts';
import { findFile, openStoredFile } from './store/files.ts';
import type { Job, JobError, JobState } from './store/jobs.ts';
import {
  beginJob,
  endJob,
  findJob,
  getJob,
  insertJob,
  JOB_CHANNEL,
  listJobs,
  requestCancel,
  requeueJob,
  sweepJobs,
} from './store/jobs.ts';

export type { Job, JobState } from './store/jobs.ts';

const QUEUE = 'chengmai';
const POLL_MS = 2_000;
const RESCUE_MS = 10_000;
const MAX_ATTEMPTS = 2;
/** pg-boss knows no heartbeat, only an end: just under its limit of a day. Dead workers are found by their lock long before. */
const EXPIRE_HOURS = 23;

function adapter(session: Session): PgBoss.Db {
  return {
    async executeSql(text: string, values?: unknown[]) {
      if (values !== undefined && values.length > 0) return { rows: await session.query<Record<string, unknown>>(text, values) };
      const results = await session.execute(text);
      return { rows: results.at(-1) ?? [] };
    },
  };
}

/**
 * For the queue's own statements: it neither awaits nor catches some of them, so a lost database would end the process.
 * They wait until the database is back, or until `isOver`.
 */
function patientAdapter(session: Session, isOver: () => boolean): PgBoss.Db {
  const { executeSql } = adapter(session);
  return {
    async executeSql(text: string, values?: unknown[]) {
      for (;;) {
        try {
          return await executeSql(text, values as unknown[]);
        } catch (error) {
          if (isOver() || !(error instanceof ChengmaiError) || error.kind !== 'unavailable') throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
  };
}

const WORKER_DIED: JobError = {
  kind: 'internal',
  code: 'base/worker-died',
  text: {
    zh: `处理任务的进程 ${MAX_ATTEMPTS} 次中途退出，任务已放弃；城市保持原状，可检查内存与文件后重试。`,
    en: `The process working on the job ended ${MAX_ATTEMPTS} times; the job was given up and the city is as before. Check memory and file, then retry.`,
  },
  place: {},
};

function isOver(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

export class Jobs {
  readonly #base: Base;
  readonly #database: Database;
  readonly #boss: PgBoss;
  readonly #handlers: JobHandlers;
  readonly #waiters = new Waiters();
  readonly #running = new Map<string, AbortController>();
  readonly #timers: NodeJS.Timeout[] = [];
  #stopListening: (() => Promise<void>) | undefined;
  #workerId: string | undefined;
  #stopped = false;

  constructor(base: Base, handlers: JobHandlers) {
    this.#base = base;
    this.#handlers = handlers;
    this.#database = base.database;
    this.#boss = new PgBoss({
      db: patientAdapter(base.database, () => this.#stopped),
      schedule: false,
      expireInHours: EXPIRE_HOURS,
      retryLimit: 0,
    });
    // A failed poll shows again at the next one; without a listener it would end the process.
    this.#boss.on('error', () => {});
  }

  /** @internal called by startJobs */
  async start(work: boolean): Promise<void> {
    await this.#boss.start();
    await this.#boss.createQueue(QUEUE);
    this.#stopListening = await this.#database.listen(JOB_CHANNEL, (jobId) => this.#onChange(jobId));
    await this.#rescue();
    if (work) {
      await sweepBase(this.#base);
      await sweepJobs(this.#database);
      this.#workerId = await this.#boss.work<{ jobId: string }>(QUEUE, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([{ data }]) => this.#work(data.jobId).catch(() => {}));
    }
    this.#timers.push(setInterval(() => this.#poll(), POLL_MS), setInterval(() => void this.#rescue().catch(() => {}), RESCUE_MS));
    for (const timer of this.#timers) timer.unref();
  }

  async enqueue(kind: string, cityId: string | undefined, input: object, who: string): Promise<string> {
    if (kind === 'import' && cityId !== undefined) await this.#checkStored(cityId, input as ImportJobInput);
    const jobId = randomUUID();
    await this.#database.transaction(async (transaction) => {
      await insertJob(transaction, { jobId, cityId, kind, input, who });
      await this.#send(transaction, jobId);
    });
    this.#notifyWorker();
    return jobId;
  }

  get(jobId: string): Promise<Job> {
    return getJob(this.#database, jobId);
  }

  list(filter: { cityId?: string | undefined; states?: readonly JobState[] | undefined; limit?: number | undefined } = {}): Promise<Job[]> {
    return listJobs(this.#database, filter);
  }

  /** Asks a job to end; it has ended when its state says so. Nothing happens to one that is over. */
  async cancel(jobId: string): Promise<Job> {
    await this.get(jobId);
    await requestCancel(this.#database, jobId);
    this.#running.get(jobId)?.abort();
    return this.get(jobId);
  }

  /** @throws ChengmaiError conflict `base/job-not-over` */
  async retry(jobId: string): Promise<Job> {
    const job = await this.get(jobId);
    await this.#database.transaction(async (transaction) => {
      if (!(await requeueJob(transaction, jobId, ['failed', 'cancelled'], false))) {
        throw new ChengmaiError('conflict', 'base/job-not-over', {
          zh: `任务 ${jobId} 的状态是 ${job.state}，只有失败或已取消的任务可以重试。`,
          en: `The job ${jobId} is ${job.state}; only failed or cancelled jobs can be tried again.`,
        }, { value: job.state });
      }
      await this.#send(transaction, jobId);
    });
    this.#notifyWorker();
    return this.get(jobId);
  }

  /** The job now, then after every change (steps that follow fast may be seen as one); ends after done, failed or cancelled. */
  async *watch(jobId: string, signal?: AbortSignal): AsyncGenerator<Job, void, undefined> {
    let changed = true;
    let wake: () => void = () => {};
    const remove = this.#waiters.add(jobId, () => {
      changed = true;
      wake();
    });
    const onAbort = (): void => wake();
    signal?.addEventListener('abort', onAbort);
    let last = '';
    try {
      while (!this.#stopped && signal?.aborted !== true) {
        if (!changed) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        changed = false;
        const job = await this.get(jobId);
        const text = JSON.stringify(job);
        if (text !== last) yield job;
        last = text;
        if (isOver(job.state)) return;
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      remove();
    }
  }

  /** Ends the work in hand by cancelling it (it goes back to the queue) and stops taking more. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const controller of this.#running.values()) controller.abort();
    this.#waiters.wakeAll();
    await this.#boss.stop({ graceful: true, wait: true, timeout: 30_000, close: false });
    await this.#stopListening?.();
  }

  async #checkStored(cityId: string, input: ImportJobInput): Promise<void> {
    for (const { sha256 } of input.files) if ((await findFile(this.#database, cityId, sha256)) === undefined) await openStoredFile(this.#database, cityId, sha256);
  }

  async #send(session: Session, jobId: string): Promise<void> {
    await this.#boss.send(QUEUE, { jobId }, { db: adapter(session) });
  }

  #notifyWorker(): void {
    if (this.#workerId !== undefined) this.#boss.notifyWorker(this.#workerId);
  }

  #onChange(jobId: string): void {
    this.#waiters.wake(jobId);
    if (this.#running.has(jobId)) void this.#abortIfAsked(jobId);
  }

  #poll(): void {
    this.#waiters.wakeAll();
    for (const jobId of this.#running.keys()) void this.#abortIfAsked(jobId);
  }

  async #abortIfAsked(jobId: string): Promise<void> {
    const job = await findJob(this.#database, jobId).catch(() => undefined);
    if (job?.cancelRequested === true) this.#running.get(jobId)?.abort();
  }

  /** Throws only where not even the job's end could be written; it then stays `running`, and is rescued. */
  async #work(jobId: string): Promise<void> {
    await this.#database.tryExclusive(`job:${jobId}`, async () => {
      if (this.#stopped || !(await beginJob(this.#database, jobId))) return;
      const controller = new AbortController();
      this.#running.set(jobId, controller);
      const progress = new ProgressWriter(this.#database, jobId);
      try {
        const job = await this.get(jobId);
        const result = await runJob(this.#base, job, { report: (step) => progress.report(step), signal: controller.signal }, this.#handlers);
        await progress.settle();
        await endJob(this.#database, jobId, 'done', { result });
      } catch (error) {
        await progress.settle();
        await this.#endWithError(jobId, error, controller.signal.aborted);
      } finally {
        this.#running.delete(jobId);
      }
    });
  }

  async #endWithError(jobId: string, error: unknown, aborted: boolean): Promise<void> {
    if (!aborted) return endJob(this.#database, jobId, 'failed', { error: errorOf(error) });
    const { cancelRequested } = await this.get(jobId);
    if (cancelRequested) return endJob(this.#database, jobId, 'cancelled', {});
    // The program is stopping, nobody asked this job to end: another worker, or the next start, takes it up.
    await this.#database.transaction(async (transaction) => {
      if (await requeueJob(transaction, jobId, ['running'], false)) await this.#send(transaction, jobId);
    });
  }

  /** Running jobs whose worker is gone go back to the queue, or fail for good. */
  async #rescue(): Promise<void> {
    for (const { jobId } of await listJobs(this.#database, { states: ['running'], limit: 1000 })) {
      if (this.#running.has(jobId)) continue;
      await this.#database.tryExclusive(`job:${jobId}`, async () => {
        const job = await findJob(this.#database, jobId);
        if (job?.state !== 'running') return;
        if (job.cancelRequested) return endJob(this.#database, jobId, 'cancelled', {});
        if (job.attempts >= MAX_ATTEMPTS) return endJob(this.#database, jobId, 'failed', { error: WORKER_DIED });
        await this.#database.transaction(async (transaction) => {
          if (await requeueJob(transaction, jobId, ['running'], true)) await this.#send(transaction, jobId);
        });
      });
    }
  }
}

/** Opens the queue; with `work` this process also takes jobs, after sweeping away what dead ones left. */
export async function startJobs(base: Base, options: { readonly work: boolean; readonly handlers?: JobHandlers }): Promise<Jobs> {
  const jobs = new Jobs(base, options.handlers ?? {});
  await jobs.start(options.work);
  return jobs;
}
