/**
 * Reach sums on several threads: one shared memory, cells taken one by one from a shared counter, results in places of their own. So they
 * are the same bit for bit whatever the number of threads, and a cell that a dying thread leaves behind is simply done again.
 */
import { ChengmaiError, throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { writeReachPlan } from '../graph/reach/reach-memory.ts';
import type { ReachJob } from '../graph/reach/reach-memory.ts';
import { planReachInSteps } from '../graph/reach/reach-plan.ts';
import type { ReachEngine, ReachQuery } from '../graph/reach/reach-plan.ts';
import { REACH_TEXT, readReachSums, sumReachableInSteps } from '../graph/reach/reach-sums.ts';
import type { ReachSums } from '../graph/reach/reach-sums.ts';
import { hasSweepKernel } from '../graph/reach/sweep-kernel.ts';
import { enterSweepMemory, openSweepMemory } from '../graph/reach/sweep-memory.ts';
import type { SweepRoom } from '../graph/reach/sweep-memory.ts';
import { BOARD, CELL_FREE } from './reach-task.ts';
import type { ReachTaskInput } from './reach-task.ts';
import { runSteps } from './run-steps.ts';
import { findRunnableModule, siblingModule, TaskPool } from './task-pool.ts';

export type ReachPool = TaskPool<ReachTaskInput, SweepRoom>;

/** Threads for reach sums; closing is the caller's. */
export function openReachPool(threads: number): ReachPool {
  return new TaskPool({ module: siblingModule(import.meta.url, 'reach-task'), task: 'sumCells', threads });
}

/** A machine that kills threads again and again (for want of memory) will not stop doing so. */
const MOST_DEATHS = 4;
const LOOK_EVERY_MS = 50;

function isDeath(error: unknown): boolean {
  return error instanceof ChengmaiError && error.code === 'engine/worker-died';
}

export interface ParallelReachOptions {
  /** Threads of a pool made for this call. */
  readonly threads: number;
  /** Or a pool that is open already: its threads are warm. */
  readonly pool?: ReachPool;
}

/** Lets the threads of a pool do all cells of a job. @returns the largest cell of any, and how many threads there were with those that died */
async function runCells(job: ReachJob, pool: ReachPool, isOwn: boolean, context: WorkContext): Promise<{ largest: SweepRoom; threads: number }> {
  const cells = Math.ceil(job.originCount / job.cellOrigins);
  const board = new Int32Array(new SharedArrayBuffer(4 * (BOARD.cells + cells)));
  const look = setInterval(() => {
    if (context.signal?.aborted) {
      Atomics.store(board, BOARD.stop, 1);
      // a cell may take seconds where thousands of places crowd: threads and memory that nobody else has need not end theirs
      if (isOwn) void pool.close();
    }
    context.report?.({ stage: 'reach', text: REACH_TEXT, done: Math.min(job.originCount, Atomics.load(board, BOARD.done) * job.cellOrigins), total: job.originCount });
  }, LOOK_EVERY_MS);
  let turns = 2;
  let deaths = 0;
  const take = async (): Promise<SweepRoom> => {
    const turn = turns++;
    try {
      return await pool.run({ job, board, turn });
    } catch (error) {
      if (!isDeath(error) || ++deaths >= MOST_DEATHS) {
        Atomics.store(board, BOARD.stop, 1);
        throw error;
      }
      for (let cell = 0; cell < cells; cell++) Atomics.compareExchange(board, BOARD.cells + cell, turn, CELL_FREE);
      return take();
    }
  };
  try {
    // all of them, whatever one comes to: a thread still at work must not find its memory given to another job
    const ends = await Promise.allSettled(Array.from({ length: Math.min(pool.parallelism, cells) }, take));
    throwIfCancelled(context.signal);
    const rooms = ends.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
    const largest = rooms.reduce((a, b) => ({
      nodes: Math.max(a.nodes, b.nodes), edges: Math.max(a.edges, b.edges), items: Math.max(a.items, b.items), pairs: Math.max(a.pairs, b.pairs), entries: Math.max(a.entries, b.entries),
    }));
    return { largest, threads: rooms.length + deaths };
  } finally {
    clearInterval(look);
  }
}

/**
 * As sumReachable, on several threads; with none, or where threads or kernels cannot run, in this one.
 *
 * @throws what sumReachable throws; `engine/worker-died` when four threads have died over it
 */
export async function sumReachableInThreads(engine: ReachEngine, query: ReachQuery, options: ParallelReachOptions, context: WorkContext = {}): Promise<ReachSums> {
  const measures = query.weights.length * ((query.limits ?? []).length + (query.decays ?? []).length);
  const threaded = (options.pool !== undefined || options.threads > 0) && findRunnableModule(siblingModule(import.meta.url, 'reach-task')) !== undefined;
  if (!threaded || !hasSweepKernel() || query.origins.count === 0 || measures === 0) return runSteps(sumReachableInSteps(engine, query, context), context.signal);
  const plan = await runSteps(planReachInSteps(engine, query), context.signal);
  const sweep = engine.memory ?? openSweepMemory(engine.graph, engine.hierarchy);
  const leave = enterSweepMemory(sweep);
  const pool = options.pool ?? openReachPool(options.threads);
  try {
    const job = writeReachPlan(sweep, plan);
    const { largest, threads } = await runCells(job, pool, options.pool === undefined && engine.memory === undefined, context);
    return readReachSums(engine, plan, job, threads, largest);
  } finally {
    leave();
    if (options.pool === undefined) await pool.close();
  }
}
