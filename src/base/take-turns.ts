/**
 * Lets timers and sockets have their turn during long work.
 *
 * The embedded database answers within the same thread, so a chain of `await`s on it never leaves the microtask queue: without this an
 * import of a minute kept the server from answering, or even reporting its own progress, until it was over.
 */
const BUSY_MS = 15;

let lastTurnMs = 0;

/** Returns at once, or after one turn of the event loop where there was none for 15 ms. */
export async function takeTurns(): Promise<void> {
  if (performance.now() - lastTurnMs < BUSY_MS) return;
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  lastTurnMs = performance.now();
}
