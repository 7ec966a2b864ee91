/** Runs work in slices so that the host's events (a Ctrl-C, progress, answers of threads) come between them. */
import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../core/errors.ts';
import type { Steps } from '../../core/steps.ts';

/** A turn of the event loop takes 10–50 µs: after so long it is no more than a thousandth. */
const TURN_EVERY_MS = 20;

/** Asks for a turn of the event loop where the last one is long ago. One for each piece of work. */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  #last = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** @throws cancelled */
  async give(): Promise<void> {
    if (performance.now() - this.#last < TURN_EVERY_MS) return;
    await setImmediate();
    throwIfCancelled(this.#signal);
    this.#last = performance.now();
  }
}

/**
 * Runs work to its end, giving way to events between slices.
 *
 * @throws what the work throws; cancelled as soon as a slice after the signal's abort is over
 */
export async function runSteps<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  const turns = new Turns(signal);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await turns.give();
  }
}

/** Ends a pool's threads as soon as the signal is aborted: what they are at is rejected as cancelled. @returns what to call when the work is over */
export function closeOnAbort(pool: { close(): Promise<void> }, signal: AbortSignal | undefined): () => void {
  const close = (): void => void pool.close();
  if (signal?.aborted === true) close();
  signal?.addEventListener('abort', close);
  return () => signal?.removeEventListener('abort', close);
}
