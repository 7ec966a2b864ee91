/**
 * Sums over all that can be reached: for each origin, variable and limit (or decay) the weights of the opportunities within it.
 *
 * Method: cells of 512 or 1,024 neighbouring origins share one ball; a sweep with one lane for each 16 of them says what those 16 reach; then
 * one sweep up and one down for each 16, and every variable, limit and decay is added up from the same rows (kernels/cell-ball.ts,
 * lane-sweep.ts, reach-sums.ts). This follows PHAST (Delling et al. 2011) and its restriction to what matters (RPHAST), batched over sources.
 *
 * Measured on a busy Xeon core, process time per origin with graph, hierarchy and plan in memory, cells of 512 (1,024 at 5 km), limits of 1.2 / 2.4 / 5 km:
 * Porto Alegre's streets 0.55 / 1.2 / 3.3 µs; a grid with gaps of 261,000 nodes 1.05 / 2.9 / 10 µs. Of the 1.05: the ball 0.27, what
 * each group reaches 0.12, up 0.2, down 0.4. Copying the graph into the kernels' memory is 0.3 µs a node (ReachEngine.memory keeps it), a plan 0.02 where points are all nodes, 0.2 otherwise.
 * Driving there, by states at the ends of streets, one-way (7 up-arcs a node): 3.4 µs within 5 minutes, 24 within 15, when half the city is reached; the
 * twin takes 119 and 2,179. On foot and 1.2 km the twin takes 26–39. What was tried: all 512 origins' lanes over the whole ball, as a first version did: 2–3 µs at
 * 1.2 km, 24 at 5 km. Rows in the order of levels: 15 instead of 10.8 µs at 5 km, for what a row pulls from has left the cache. Origins
 * in the order of a k-d tree instead of the nodes' Hilbert numbers: no difference (1.02 and 1.07 with cells of 256, 1.04 and 1.03 of 512).
 *
 * Where the host has no WebAssembly with SIMD and shared memory, one search for each origin gives the same sums, bit for bit: whole numbers are
 * exact, and fractions are added by place in ascending order in both.
 *
 * Memory: see reachMemoryBytes.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { eachWay } from '../travel/chain-ways.ts';
import { BoundedSearch } from '../search/bounded-search.ts';
import { reachMemoryBytes, writeReachPlan } from './reach-memory.ts';
import type { ReachJob } from './reach-memory.ts';
import { listPlacesByNode, planReachInSteps } from './reach-plan.ts';
import type { ReachEngine, ReachPlan, ReachQuery } from './reach-plan.ts';
import { hasSweepKernel, openSweepKernel } from './sweep-kernel.ts';
import { enterSweepMemory, openSweepMemory, SweepContext } from './sweep-memory.ts';
import type { SweepRoom } from './sweep-memory.ts';

/** Origins of a cell, for whoever cuts cells without a job's own number of them: one that is never far off (reach-memory.ts). */
export const CELL_ORIGINS = 512;

export interface ReachSums {
  /** For each variable, for each limit and then each decay: the sum by origin. */
  readonly sums: readonly (readonly Float64Array[])[];
  /** Bytes of the kernels' memory (of all jobs it has served), what it may be at most by reachMemoryBytes, and the largest cell. 0 without kernels. */
  readonly memoryBytes: number;
  readonly mostBytes: number;
  readonly largest: SweepRoom;
}

export const REACH_TEXT = { zh: '计算可达量', en: 'Summing what can be reached' };

/** The twin of the kernels: a search for each origin. */
export function sumPlainly(graph: ReachEngine['graph'], plan: ReachPlan, context: WorkContext = {}): ReachSums {
  return finishSteps(sumPlainlyInSteps(graph, plan, context));
}

/** Origins of a slice of searches: some milliseconds. */
const SEARCHES_AT_ONCE = 64;

function* sumPlainlyInSteps(graph: ReachEngine['graph'], plan: ReachPlan, context: WorkContext): Steps<ReachSums> {
  const { order, first, node, cost, places, weights, limits, decays, limit, direct } = plan;
  const sums = emptySums(plan);
  const placesAt = listPlacesByNode(plan.nodeCount, places);
  const search = new BoundedSearch(graph);
  const costOf = new Int32Array(places.count).fill(-1);
  const found = new Uint32Array(places.count);
  for (let i = 0; i < order.length; i++) {
    if (i % SEARCHES_AT_ONCE === 0) {
      throwIfCancelled(context.signal);
      context.report?.({ stage: 'reach', text: REACH_TEXT, done: i, total: order.length });
      yield;
    }
    search.clear();
    for (let pair = first[i]; pair < first[i + 1]; pair++) search.addSource(node[pair], cost[pair]);
    search.run(limit);
    let count = 0;
    const offer = (place: number, total: number): void => {
      if (total > limit) return;
      if (costOf[place] < 0) found[count++] = place;
      if (costOf[place] < 0 || total < costOf[place]) costOf[place] = total;
    };
    for (let r = 0; r < search.reachedCount; r++) {
      const v = search.reached[r];
      for (let k = placesAt.first[v]; k < placesAt.first[v + 1]; k++) offer(placesAt.place[k], search.cost[v] + placesAt.cost[k]);
    }
    if (direct !== undefined && direct.windowOf[i] > 0) eachWay(direct, direct, direct.windowOf[i] - 1, limit, offer);
    const near = found.subarray(0, count).sort();
    for (let v = 0; v < weights.length; v++) {
      for (let m = 0; m < limits.length + decays.length; m++) {
        let sum = 0;
        for (const place of near) {
          if (m < limits.length) sum += costOf[place] <= limits[m] ? weights[v][place] : 0;
          else if (costOf[place] < decays[m - limits.length].length) sum += weights[v][place] * decays[m - limits.length][costOf[place]];
        }
        sums[v][m][order[i]] = sum;
      }
    }
    for (const place of near) costOf[place] = -1;
  }
  return { sums, memoryBytes: 0, mostBytes: 0, largest: { nodes: 0, edges: 0, items: 0, pairs: 0, entries: 0 } };
}

function emptySums({ weights, limits, decays, originCount }: ReachPlan): Float64Array[][] {
  return weights.map(() => Array.from({ length: limits.length + decays.length }, () => new Float64Array(originCount)));
}

/** Results of a finished job, by origin; `threads` had contexts in its memory. */
export function readReachSums({ graph, hierarchy }: ReachEngine, plan: ReachPlan, job: ReachJob, threads: number, largest: SweepRoom): ReachSums {
  const sums = emptySums(plan);
  const { order, originCount } = plan;
  const results = new Float64Array(job.memory.buffer, job.results, sums.length * (plan.limits.length + plan.decays.length) * originCount);
  let at = 0;
  for (const ofVariable of sums) {
    for (const sum of ofVariable) for (let i = 0; i < originCount; i++) sum[order[i]] = results[at++];
  }
  const mostBytes = reachMemoryBytes({ arcs: graph.arcCount, upArcs: hierarchy.upNode.length, symmetric: hierarchy.symmetric }, plan, threads, largest);
  return { sums, memoryBytes: job.memory.buffer.byteLength, mostBytes, largest };
}

/**
 * Sums over what each origin reaches, in the calling thread (engine/pool/parallel-reach.ts does the same in several).
 *
 * @throws what planReach throws; `engine/sweep-memory`; the cancelled error
 */
export function sumReachable(engine: ReachEngine, query: ReachQuery, context: WorkContext = {}): ReachSums {
  return finishSteps(sumReachableInSteps(engine, query, context));
}

/** {@link sumReachable} in slices. */
export function* sumReachableInSteps(engine: ReachEngine, query: ReachQuery, context: WorkContext = {}): Steps<ReachSums> {
  const plan = yield* planReachInSteps(engine, query);
  if (!hasSweepKernel() || plan.weights.length === 0 || plan.limits.length + plan.decays.length === 0) return yield* sumPlainlyInSteps(engine.graph, plan, context);
  const sweep = engine.memory ?? openSweepMemory(engine.graph, engine.hierarchy);
  const leave = enterSweepMemory(sweep);
  try {
    const job = writeReachPlan(sweep, plan);
    const worker = new SweepContext(job, job.needs);
    worker.setLimit(plan.limit);
    const kernel = openSweepKernel(job.memory);
    for (let from = 0; from < plan.originCount; from += job.cellOrigins) {
      throwIfCancelled(context.signal);
      if (from % (32 * job.cellOrigins) === 0) context.report?.({ stage: 'reach', text: REACH_TEXT, done: from, total: plan.originCount });
      yield;
      const to = Math.min(from + job.cellOrigins, plan.originCount);
      worker.runCell(() => kernel.reachCell(worker.address, job.plan, from, to));
    }
    return readReachSums(engine, plan, job, 1, worker.largest);
  } finally {
    leave();
  }
}
