/**
 * Threads that measure. One that has finished a run is kept a while: a new one takes 0.5 s to load the operators and to warm up, more than a run
 * that computes little.
 */
import { TaskPool, siblingModule } from '../engine/pool/task-pool.ts';
import type { CheckMessage, CheckReply } from './check-task.ts';

export type CheckThread = TaskPool<CheckMessage, CheckReply>;

const IDLE_MS = 120_000;
const IDLE_KEPT = 1;
const idle = new Map<CheckThread, NodeJS.Timeout>();

export function takeThread(): CheckThread {
  const [kept] = idle;
  if (kept === undefined) return new TaskPool<CheckMessage, CheckReply>({ module: siblingModule(import.meta.url, 'check-task'), task: 'checkTask', threads: 1 });
  const [thread, timer] = kept;
  clearTimeout(timer);
  idle.delete(thread);
  return thread;
}

/** Takes back a thread whose run has ended and left nothing in it. */
export async function giveBack(thread: CheckThread): Promise<void> {
  if (idle.size >= IDLE_KEPT) return thread.close();
  const timer = setTimeout(() => {
    idle.delete(thread);
    void thread.close();
  }, IDLE_MS);
  timer.unref();
  idle.set(thread, timer);
}

/** Ends the threads that wait for a run, and what they keep with them. */
export async function endIdleThreads(): Promise<void> {
  const waiting = [...idle];
  idle.clear();
  for (const [thread, timer] of waiting) {
    clearTimeout(timer);
    await thread.close();
  }
}
