/** Progress of a job → its row, seldom enough for an embedded base with one connection. */
import type { Progress } from '../core/progress.ts';
import type { Database } from './database.ts';
import { writeProgress } from './store/jobs.ts';

const PROGRESS_INTERVAL_MS = 250;

/** Writes at most four steps a second, the last one always; a write that fails is dropped, the next tells more. */
export class ProgressWriter {
  readonly #database: Database;
  readonly #jobId: string;
  #pending: Progress | undefined;
  #writing: Promise<void> | undefined;
  #lastMs = -Infinity;
  #stage = '';

  constructor(database: Database, jobId: string) {
    this.#database = database;
    this.#jobId = jobId;
  }

  report(progress: Progress): void {
    this.#pending = progress;
    const isNewStage = progress.stage !== this.#stage;
    if (this.#writing !== undefined || (!isNewStage && performance.now() - this.#lastMs < PROGRESS_INTERVAL_MS)) return;
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async settle(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    const progress = this.#pending;
    if (progress === undefined) return;
    this.#pending = undefined;
    this.#lastMs = performance.now();
    this.#stage = progress.stage;
    await writeProgress(this.#database, this.#jobId, progress).catch(() => {});
  }
}
