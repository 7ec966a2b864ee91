/** Nearest facilities of some categories, and blocks of a reach profile, in a worker. Workspaces are kept for the jobs that follow. */
import { answerWork, openOriginSearches } from '../graph/nearest/nearest-k.ts';
import type { NearestBlock, NearestEngine, NearestWork } from '../graph/nearest/nearest-k.ts';
import { KernelSweep } from '../graph/nearest/nearest-kernel.ts';
import type { NearestMemory } from '../graph/nearest/nearest-kernel.ts';
import type { OriginSearches } from '../graph/nearest/nearest-origins.ts';
import { ProfileWorker } from '../graph/reach/reach-profile.ts';
import type { NearestOfBlock, ProfileJob } from '../graph/reach/reach-profile.ts';
import type { SearchGraph } from '../graph/search/search-graph.ts';
import type { TaskResult } from './task-pool.ts';

export interface NearestJob {
  /** Another one for every call. */
  readonly key: number;
  readonly graph: SearchGraph;
  readonly memory: NearestMemory | undefined;
  readonly work: NearestWork;
}

let engine: { readonly key: number; readonly engine: NearestEngine; searches?: OriginSearches } | undefined;

export function findCategories({ key, graph, memory, work }: NearestJob): TaskResult<NearestBlock[]> {
  if (engine?.key !== key) engine = { key, engine: { graph, sweep: memory === undefined ? undefined : new KernelSweep(memory) } };
  // jobs from origins ask for the same facilities
  if (work.plan.fromOrigins) engine.searches ??= openOriginSearches(engine.engine, work.question);
  const output = [...answerWork(engine.engine, work, {}, engine.searches)].filter((block) => block !== undefined);
  return { output, transfer: output.flatMap(({ cost, facility }) => (facility === undefined ? [cost.buffer] : [cost.buffer, facility.buffer])) };
}

export interface ProfileBlockJob {
  /** Another one for every call. */
  readonly key: number;
  readonly job: ProfileJob;
  /** Origins from … to − 1 in the order of cells. */
  readonly from: number;
  readonly to: number;
}

let worker: { readonly key: number; readonly worker: ProfileWorker } | undefined;

export function profileBlock({ key, job, from, to }: ProfileBlockJob): TaskResult<NearestOfBlock> {
  if (worker?.key !== key) worker = { key, worker: new ProfileWorker(job) };
  const output = worker.worker.run(from, to);
  return { output, transfer: [output.cost.buffer, output.facility.buffer] };
}
