/**
 * Nearest facilities and reach profiles on several threads: the same answers as in one, whatever the number of threads.
 *
 * Tables, graph and hierarchy lie in shared memory; categories, or blocks of origins, are shared out as jobs. A worker that dies is replaced and
 * its job is done again, once. Memory: nearestMemoryBytes, or that of reach-profile.ts, and at most two answers a thread.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { answerWork, BlockFinisher, originsPerBlock, planWork } from '../graph/nearest/nearest-k.ts';
import type { NearestBlock, NearestEngine, NearestMethod, NearestPlan, NearestQuestion, NearestWork } from '../graph/nearest/nearest-k.ts';
import { enterNearestMemory } from '../graph/nearest/nearest-kernel.ts';
import type { ReachEngine } from '../graph/reach/reach-plan.ts';
import { buildProfilePlainly, openProfileJob, planProfile, ProfileBlocks, reportProfile } from '../graph/reach/reach-profile.ts';
import type { NearestOfBlock, ProfileBlock, ProfileQuery } from '../graph/reach/reach-profile.ts';
import type { SearchGraph } from '../graph/search/search-graph.ts';
import { hasSweepKernel } from '../graph/reach/sweep-kernel.ts';
import { enterSweepMemory, openSweepMemory } from '../graph/reach/sweep-memory.ts';
import type { NearestJob, ProfileBlockJob } from './nearest-task.ts';
import { closeOnAbort, runSteps, Turns } from './run-steps.ts';
import { shareArrays } from './shared-arrays.ts';
import { mapInOrder, runTwice, siblingModule, TaskPool } from './task-pool.ts';

export type NearestPool = TaskPool<NearestJob, NearestBlock[]>;
export type ProfilePool = TaskPool<ProfileBlockJob, NearestOfBlock>;

export interface ThreadOptions<Pool> {
  /** Threads of a pool made for this call; 0 for the calling one. */
  readonly threads: number;
  /** Or a pool that is open already: its threads are warm. Closing is the caller's. */
  readonly pool?: Pool;
}

export function openNearestPool(threads: number): NearestPool {
  return new TaskPool({ module: siblingModule(import.meta.url, 'nearest-task'), task: 'findCategories', threads });
}

export function openProfilePool(threads: number): ProfilePool {
  return new TaskPool({ module: siblingModule(import.meta.url, 'nearest-task'), task: 'profileBlock', threads });
}

let nextKey = 1;

const sharedGraphs = new WeakMap<SearchGraph, SearchGraph>();

function shareGraph(graph: SearchGraph): SearchGraph {
  let shared = sharedGraphs.get(graph);
  if (shared === undefined) sharedGraphs.set(graph, (shared = shareArrays(graph)));
  return shared;
}

/** Categories in as many jobs as keep all threads busy, each as many at once as a sweep has lanes. */
function shareOut(engine: NearestEngine, { question, plan }: NearestWork, threads: number): NearestWork[] {
  const jobs: NearestWork[] = [];
  if (plan.fromOrigins) {
    const count = question.origins?.count ?? engine.graph.nodeCount;
    const width = originsPerBlock(question);
    for (let from = 0; from < count; from += width) jobs.push({ question: { ...question, travel: undefined }, plan: { ...plan, range: [from, Math.min(from + width, count)] } });
    return jobs;
  }
  const share = Math.ceil(plan.swept.length / threads);
  for (let from = 0; from < plan.swept.length; ) {
    const lanes = engine.sweep?.lanesFor(question, Math.min(share, plan.swept.length - from)) ?? 1;
    jobs.push(pick(question, plan.swept.slice(from, from + lanes), 'sweep'));
    from += lanes;
  }
  for (const category of plan.searched) jobs.push(pick(question, [category], 'facilities'));
  return jobs;
}

/** The question for some categories alone: their numbers in it are 0, 1 … */
function pick(question: NearestWork['question'], categories: readonly number[], method: NearestMethod): NearestWork & { readonly categories: readonly number[] } {
  const all = [...categories.keys()];
  return {
    categories,
    question: { ...question, travel: undefined, facilities: categories.map((c) => question.facilities[c]) },
    plan: { fromOrigins: false, swept: method === 'sweep' ? all : [], searched: method === 'facilities' ? all : [] },
  };
}

async function* eachOf<Item>(items: Iterable<Item>, signal: AbortSignal | undefined): AsyncGenerator<Item, void, undefined> {
  for (const item of items) {
    throwIfCancelled(signal);
    yield item;
  }
}

/**
 * As findNearest, on several threads. What takes one sweep only is done in this one, in slices.
 *
 * @param method for tests and measurements; or the plan, where planWork was asked before
 * @throws what findNearest throws; `engine/worker-died` where a job kills two workers
 */
export async function* runNearest(engine: NearestEngine, question: NearestQuestion, options: ThreadOptions<NearestPool>, context: WorkContext = {}, method?: NearestMethod | NearestPlan): AsyncGenerator<NearestBlock, void, undefined> {
  const work = planWork(engine, question, method);
  const finisher = new BlockFinisher(question, work, engine.graph.nodeCount, context);
  const pool = options.pool ?? openNearestPool(options.threads);
  const forget = options.pool === undefined ? closeOnAbort(pool, context.signal) : undefined;
  const turns = new Turns(context.signal);
  try {
    const jobs = shareOut(engine, work, pool.parallelism);
    const plainSweeps = work.plan.swept.length > 0 && engine.memory === undefined;
    if (pool.parallelism < 2 || jobs.length < 2 || plainSweeps) {
      for (const block of answerWork(engine, work, context)) {
        if (block !== undefined) yield await runSteps(finisher.finishInSteps(block), context.signal);
        await turns.give();
      }
      return;
    }
    yield* runJobs(engine, pool, shareOut(engine, { ...work, question: shareArrays({ ...work.question, travel: undefined }) }, pool.parallelism), finisher, context);
  } finally {
    forget?.();
    if (options.pool === undefined) await pool.close();
  }
}

async function* runJobs(engine: NearestEngine, pool: NearestPool, jobs: readonly NearestWork[], finisher: BlockFinisher, { signal }: WorkContext): AsyncGenerator<NearestBlock, void, undefined> {
  const key = nextKey++;
  const leave = engine.memory === undefined ? undefined : enterNearestMemory(engine.memory);
  try {
    const graph = shareGraph(engine.graph);
    const run = (work: NearestWork): Promise<NearestBlock[]> => runTwice(() => pool.run({ key, graph, memory: engine.memory, work }));
    for await (const { item, output } of mapInOrder(eachOf(jobs, signal), pool.parallelism, run)) {
      throwIfCancelled(signal);
      for (const block of output) yield await runSteps(finisher.finishInSteps(item.plan.fromOrigins ? block : { ...block, category: (item as ReturnType<typeof pick>).categories[block.category] }), signal);
    }
  } finally {
    leave?.();
  }
}

/**
 * As buildReachProfile, on several threads: the same blocks but for their size, in the same order.
 *
 * @throws what buildReachProfile throws; `engine/worker-died` where a block kills two workers
 */
export async function* runReachProfile(engine: ReachEngine, query: ProfileQuery, options: ThreadOptions<ProfilePool>, context: WorkContext = {}): AsyncGenerator<ProfileBlock, void, undefined> {
  if (!hasSweepKernel()) {
    yield* buildProfilePlainly(engine, query, context);
    return;
  }
  const { report, signal } = context;
  const plan = planProfile(engine, query);
  const { originCount } = plan.reach;
  const pool = options.pool ?? openProfilePool(options.threads);
  const forget = options.pool === undefined ? closeOnAbort(pool, signal) : undefined;
  const sweep = engine.memory ?? openSweepMemory(engine.graph, engine.hierarchy);
  const leave = enterSweepMemory(sweep);
  try {
    const opened = openProfileJob(sweep, plan, pool.parallelism);
    const key = nextKey++;
    const blocks = new ProfileBlocks(plan);
    const ranges = Array.from({ length: Math.ceil(originCount / opened.blockOrigins) }, (_, i) => ({ from: i * opened.blockOrigins, to: Math.min((i + 1) * opened.blockOrigins, originCount) }));
    for await (const { item, output } of mapInOrder(eachOf(ranges, signal), pool.parallelism, ({ from, to }) => runTwice(() => pool.run({ key, job: opened, from, to })))) {
      throwIfCancelled(signal);
      reportProfile(report, item.to, originCount);
      yield blocks.fromJob(opened, item.from, item.to, output);
    }
  } finally {
    forget?.();
    leave();
    if (options.pool === undefined) await pool.close();
  }
}
