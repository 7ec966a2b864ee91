/**
 * Cost matrices and betweenness on several threads: the same results as in one, in the same order, whatever the number of threads.
 *
 * Graphs lie in shared memory once; a worker that dies is replaced and its block is computed again, once.
 * Memory beside the graph: a workspace (cost-matrix.ts, betweenness.ts) a thread and at most two blocks a thread.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { BetweennessSum, SOURCES_PER_BLOCK, checkBetweenness, listSources, reportSources } from '../graph/search/betweenness.ts';
import type { Betweenness, BetweennessOptions, DependencyBlock } from '../graph/search/betweenness.ts';
import { wholeLimit } from '../graph/search/bounded-search.ts';
import { orderByOrigin, planMatrix, reportRows } from '../graph/search/cost-matrix.ts';
import type { CostRows } from '../graph/search/cost-matrix.ts';
import type { PointLinks } from '../graph/travel/point-links.ts';
import type { SearchGraph } from '../graph/search/search-graph.ts';
import type { TravelGraph } from '../graph/travel/travel-graph.ts';
import type { BetweennessJob, BetweennessSetup } from './betweenness-task.ts';
import type { MatrixJob, MatrixSetup } from './matrix-task.ts';
import { closeOnAbort } from './run-steps.ts';
import { shareArrays, shareTravel } from './shared-arrays.ts';
import { TaskPool, mapInOrder, runTwice, siblingModule } from './task-pool.ts';

let nextKey = 1;

async function* listBlocks(count: number, size: number, signal: AbortSignal | undefined): AsyncGenerator<{ from: number; to: number }, void, undefined> {
  for (let from = 0; from < count; from += size) {
    throwIfCancelled(signal);
    yield { from, to: Math.min(from + size, count) };
  }
}

/**
 * Rows of {@link buildCostMatrix} by several threads, in the same blocks and order.
 *
 * @param threads 0 for the calling one
 * @throws RangeError where the limit is not a number; cancelled; ChengmaiError `engine/worker-died` where a block kills two workers
 */
export async function* runCostMatrix(travel: TravelGraph, origins: PointLinks, destinations: PointLinks, limit: number, threads: number, { report, signal }: WorkContext = {}): AsyncGenerator<CostRows, void, undefined> {
  const links = shareArrays({ origins, destinations });
  const { side, count, step } = planMatrix(origins.count, destinations.count);
  const setup: MatrixSetup = { key: nextKey++, travel: shareTravel(travel), ...links, limit: wholeLimit(limit), side };
  const gathered: CostRows[] = [];
  const pool = new TaskPool<MatrixJob, CostRows>({ module: siblingModule(import.meta.url, 'matrix-task'), task: 'computeMatrixBlock', threads });
  const forget = closeOnAbort(pool, signal);
  try {
    const blocks = listBlocks(count, step, signal);
    for await (const { item, output } of mapInOrder(blocks, pool.parallelism, ({ from, to }) => runTwice(() => pool.run({ setup, from, to })))) {
      throwIfCancelled(signal);
      reportRows(report, item.to, count);
      if (side === 'destinations') gathered.push(output);
      else if (output.count > 0) yield output;
    }
    if (side === 'destinations') yield* orderByOrigin(gathered, origins.count);
  } finally {
    forget();
    await pool.close();
  }
}

/**
 * {@link buildBetweenness} by several threads, the same to the last bit.
 *
 * @param threads 0 for the calling one
 * @throws RangeError for a sample of less than one source or weights for another number of nodes; cancelled; ChengmaiError `engine/worker-died`
 */
export async function runBetweenness(graph: SearchGraph, options: BetweennessOptions, threads: number, { report, signal }: WorkContext = {}): Promise<Betweenness> {
  checkBetweenness(graph, options);
  const sources = listSources(graph.nodeCount, options.sample);
  const setup: BetweennessSetup = { key: nextKey++, ...shareArrays({ graph, options }) };
  const sum = new BetweennessSum(graph);
  const pool = new TaskPool<BetweennessJob, DependencyBlock>({ module: siblingModule(import.meta.url, 'betweenness-task'), task: 'sumDependencies', threads });
  const forget = closeOnAbort(pool, signal);
  try {
    const blocks = listBlocks(sources.length, SOURCES_PER_BLOCK, signal);
    for await (const { item, output } of mapInOrder(blocks, pool.parallelism, ({ from, to }) => runTwice(() => pool.run({ setup, sources: sources.slice(from, to) })))) {
      throwIfCancelled(signal);
      sum.add(output);
      reportSources(report, item.to, sources.length);
    }
  } finally {
    forget();
    await pool.close();
  }
  return sum.finish(sources.length);
}
