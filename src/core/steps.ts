/**
 * Long work in slices. Pure code holds its thread: nobody hears a Ctrl-C, or sees progress, until it returns. So a function that may take
 * long is a generator that yields after each slice, tens of milliseconds at most; whoever runs it decides what happens between
 * slices (engine/pool/run-steps.ts gives way to the host's events), and `finishSteps` runs it in one go where nobody waits.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Runs all slices at once. */
export function finishSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
