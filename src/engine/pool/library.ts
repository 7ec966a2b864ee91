/** Package entry `chengmai/engine/threads`: the long operations of `chengmai/engine` on several threads, with the same answers. Node only. */
export { runBetweenness, runCostMatrix } from './run-graph.ts';
export type { ParallelReachOptions } from './parallel-reach.ts';
export { openReachPool, sumReachableInThreads } from './parallel-reach.ts';
export type { ThreadOptions } from './run-nearest.ts';
export { openNearestPool, openProfilePool, runNearest, runReachProfile } from './run-nearest.ts';
