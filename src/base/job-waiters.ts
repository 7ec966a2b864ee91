/** Calls whoever waits for a job when it changes. */
export class Waiters {
  readonly #byJob = new Map<string, Set<() => void>>();

  add(jobId: string, wake: () => void): () => void {
    const set = this.#byJob.get(jobId) ?? new Set();
    this.#byJob.set(jobId, set);
    set.add(wake);
    return () => {
      set.delete(wake);
      if (set.size === 0) this.#byJob.delete(jobId);
    };
  }

  wake(jobId: string): void {
    for (const wake of this.#byJob.get(jobId) ?? []) wake();
  }

  wakeAll(): void {
    for (const jobId of this.#byJob.keys()) this.wake(jobId);
  }
}
