/** The street engine's sweeps in one module: all work on the memory that src/engine/graph/reach/sweep-memory.ts lays out. */
export { cellBall, leaveCell } from './cell-ball';
export { reachCell } from './reach-sums';
