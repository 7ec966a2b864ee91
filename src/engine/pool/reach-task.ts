/** What a thread does of reach sums: takes cells until none is left. */
import type { ReachJob } from '../graph/reach/reach-memory.ts';
import { openSweepKernel } from '../graph/reach/sweep-kernel.ts';
import { SweepContext } from '../graph/reach/sweep-memory.ts';
import type { SweepRoom } from '../graph/reach/sweep-memory.ts';
import type { TaskResult } from './task-pool.ts';

/** Words of the board that all threads of a job share: the next cell, whether to stop, cells done; then one word for each cell. */
export const BOARD = { next: 0, stop: 1, done: 2, cells: 3 } as const;
/** A cell's word: free, done, or the number (≥ 2) of the thread that has it. */
export const CELL_FREE = 0;
export const CELL_DONE = 1;

export interface ReachTaskInput {
  readonly job: ReachJob;
  readonly board: Int32Array;
  /** Number of this thread's turn, ≥ 2 and never used twice for one board. */
  readonly turn: number;
}

/** Does cells of a job until none is free; says how large the largest was. */
export function sumCells({ job, board, turn }: ReachTaskInput): TaskResult<SweepRoom> {
  const context = new SweepContext(job, job.needs);
  context.setLimit(job.limit);
  const kernel = openSweepKernel(job.memory);
  const cells = board.length - BOARD.cells;
  const run = (cell: number): void => {
    if (Atomics.compareExchange(board, BOARD.cells + cell, CELL_FREE, turn) !== CELL_FREE) return;
    const from = cell * job.cellOrigins;
    context.runCell(() => kernel.reachCell(context.address, job.plan, from, Math.min(from + job.cellOrigins, job.originCount)));
    Atomics.store(board, BOARD.cells + cell, CELL_DONE);
    Atomics.add(board, BOARD.done, 1);
  };
  const isStopped = (): boolean => Atomics.load(board, BOARD.stop) !== 0;
  for (let cell = 0; cell < cells && !isStopped(); ) {
    cell = Atomics.add(board, BOARD.next, 1);
    if (cell < cells) run(cell);
  }
  // cells that a thread left behind when it died
  for (let cell = 0; cell < cells && !isStopped(); cell++) run(cell);
  return { output: context.largest, transfer: [] };
}
