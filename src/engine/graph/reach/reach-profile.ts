/**
 * What each origin has around it, in one go: sums of many variables over what it reaches, and the nearest k facilities of many
 * categories (the fused sweep).
 *
 * Method: reach-sums.ts has the cost from sixteen origins at a time to every node near them; what it takes to keep the nearest facilities
 * among them is a list for each origin and category (kernels/nearest-cell.ts). Answers come in blocks of origins in the order of
 * cells: a million origins with five of twenty categories would be 0.8 GB at once.
 *
 * Where the kernels cannot run, one search for each origin gives the same.
 *
 * Memory: that of reach-sums.ts; 8 bytes a node and pair of the facilities; for each thread 56 bytes a facility near a cell and a block of
 * at most 1 MB, or that of one cell where it is larger.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { BoundedSearch, wholeLimit } from '../search/bounded-search.ts';
import { listDirectWays } from '../nearest/nearest-direct.ts';
import type { DirectWays } from '../nearest/nearest-direct.ts';
import { listFacilities, OriginSearches } from '../nearest/nearest-origins.ts';
import { linkNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { writeReachPlan } from './reach-memory.ts';
import type { ReachJob } from './reach-memory.ts';
import { planReach } from './reach-plan.ts';
import type { ReachEngine, ReachPlan, ReachQuery } from './reach-plan.ts';
import { CELL_ORIGINS, sumPlainly } from './reach-sums.ts';
import { UNREACHED } from '../search/search-graph.ts';
import { hasSweepKernel, openSweepKernel } from './sweep-kernel.ts';
import type { SweepKernel } from './sweep-kernel.ts';
import { enterSweepMemory, openSweepMemory, SweepContext, takeBytes } from './sweep-memory.ts';
import type { SweepMemory } from './sweep-memory.ts';

export interface ProfileQuery extends ReachQuery {
  /** By category: the facilities. */
  readonly facilities: readonly PointLinks[];
  /** How many of each category, ≥ 1. */
  readonly k: number;
  /** Inclusive; below 0 none is found. */
  readonly nearestLimit: number;
}

export interface ProfileBlock {
  /** Numbers of the block's origins: place i of everything below is origin origins[i]. */
  readonly origins: Uint32Array<ArrayBuffer>;
  /** For each variable, for each limit and then each decay: the sum by place. */
  readonly sums: readonly (readonly Float64Array[])[];
  /** By category, place and rank: (category · origins.length + place) · k + rank; UNREACHED and −1 where there is none. */
  readonly cost: Uint32Array<ArrayBuffer>;
  readonly facility: Int32Array<ArrayBuffer>;
}

/** A question that has been checked, and its plan for sums; the limit for facilities may be an additional measure of it. */
export interface ProfilePlan {
  readonly reach: ReachPlan;
  readonly query: ProfileQuery;
  readonly nearestLimit: number;
  /** Whether the plan's sums are what was asked for: its first limits and its decays. Else there is none, or all of them are 0. */
  readonly hasMeasures: boolean;
}

/** Small enough for a block to be copied out of the caches: 16 MB take a tenth longer. */
const BLOCK_BYTES = 1 << 20;
/** Blocks for each thread, at least, where there are several: the last ones end at about the same time. */
const BLOCKS_A_THREAD = 8;

/** Origins of a block: whole cells, few enough for the memory and for the threads. */
function chooseBlock({ reach, query }: ProfilePlan, cellOrigins: number, threads: number): number {
  const inMemory = Math.floor(BLOCK_BYTES / (8 * Math.max(1, query.facilities.length) * query.k) / cellOrigins);
  const shared = threads > 1 ? Math.ceil(reach.originCount / cellOrigins / (threads * BLOCKS_A_THREAD)) : inMemory;
  return cellOrigins * Math.max(1, Math.min(inMemory, shared));
}

/** @throws as planReach; RangeError where k is no whole number ≥ 1 */
export function planProfile(engine: ReachEngine, query: ProfileQuery): ProfilePlan {
  const { facilities, k } = query;
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`the nearest ${k} facilities: ask for a whole number ≥ 1`);
  const { nodeCount } = engine.graph;
  for (const [c, { inNode }] of facilities.entries()) {
    for (let i = 0; i < inNode.length; i++) if (inNode[i] >= nodeCount) throw new RangeError(`facilities of category ${c} are linked to node ${inNode[i]} of a graph of ${nodeCount}`);
  }
  const nearestLimit = wholeLimit(query.nearestLimit);
  const limits = query.limits ?? [];
  const farthest = Math.max(-1, ...limits.map(wholeLimit), ...(query.decays ?? []).map((table) => table.length - 1));
  const hasMeasures = query.weights.length > 0 && farthest >= 0;
  // where no sum is asked for, that of nothing is the quickest
  const measured: ReachQuery = hasMeasures ? query : { ...query, opportunities: linkNodes([]), weights: [new Int32Array(0)], limits: [], decays: [] };
  const reach = planReach(engine, nearestLimit > farthest || !hasMeasures ? { ...measured, limits: [...(measured.limits ?? []), nearestLimit] } : measured);
  return { reach, query, nearestLimit, hasMeasures };
}

/** What threads need to work on blocks, as plain data. */
export interface ProfileJob {
  readonly reach: ReachJob;
  readonly atFirst: number;
  readonly atEntries: number;
  readonly categoryFirst: number;
  readonly categories: number;
  readonly k: number;
  readonly nearestLimit: number;
  readonly blockOrigins: number;
}

/** Writes a plan and its facilities into a memory of the engine's graph and hierarchy. @throws `engine/sweep-memory` */
export function openProfileJob(sweep: SweepMemory, plan: ProfilePlan, threads = 1): ProfileJob {
  const { reach, query, nearestLimit } = plan;
  const job = writeReachPlan(sweep, reach);
  const { memory, layout } = job;
  const { facilities, k } = query;
  const put = (values: Uint32Array): number => {
    const at = takeBytes(memory, layout, values.byteLength);
    new Uint32Array(memory.buffer, at, values.length).set(values);
    return at;
  };
  const categoryFirst = new Uint32Array(facilities.length + 1);
  facilities.forEach((links, c) => (categoryFirst[c + 1] = categoryFirst[c] + links.count));
  const { first, category, cost, facility } = listFacilities(reach.nodeCount, facilities, k);
  const entries = new Uint32Array(2 * facility.length);
  for (let i = 0; i < facility.length; i++) {
    entries[2 * i] = categoryFirst[category[i]] + facility[i];
    entries[2 * i + 1] = Math.min(cost[i], UNREACHED);
  }
  return { reach: job, atFirst: put(first), atEntries: put(entries), categoryFirst: put(categoryFirst), categories: facilities.length, k, nearestLimit, blockOrigins: chooseBlock(plan, job.cellOrigins, threads) };
}

/** Words of what kernels/nearest-cell.ts is given; NEAR is the word of a context that holds its address. */
const WORD = {
  atFirst: 0, atEntries: 1, categories: 2, categoryFirst: 3, k: 4, limit: 5, capacity: 6, keys: 7, entries: 8, entryFirst: 9, lists: 10, costs: 11,
  facilities: 12, blockFirst: 13, blockCount: 14, reachedEntries: 16,
} as const;
const NEAR = 60;
const NEAR_BYTES = 128;
const NEEDS_FACILITIES = -4;
const FIRST_CAPACITY = 1024;

export interface NearestOfBlock {
  readonly cost: Uint32Array<ArrayBuffer>;
  readonly facility: Int32Array<ArrayBuffer>;
}

/** One thread's work on blocks. */
export class ProfileWorker {
  readonly #job: ProfileJob;
  readonly #context: SweepContext;
  readonly #kernel: SweepKernel;
  readonly #near: number;

  constructor(job: ProfileJob) {
    const { memory, layout, needs, limit } = job.reach;
    this.#job = job;
    this.#context = new SweepContext(job.reach, needs);
    this.#context.setLimit(limit);
    this.#kernel = openSweepKernel(memory);
    this.#near = takeBytes(memory, layout, NEAR_BYTES);
    const bytes = 4 * job.categories * job.k * job.blockOrigins;
    const places = [4 * (job.categories + 1), 128 * job.k, bytes, bytes].map((size) => takeBytes(memory, layout, size));
    const words = this.#words();
    words.set([job.atFirst, job.atEntries, job.categories, job.categoryFirst, job.k, job.nearestLimit]);
    [words[WORD.entryFirst], words[WORD.lists], words[WORD.costs], words[WORD.facilities]] = places;
    new Uint32Array(memory.buffer, this.#context.address, NEAR + 1)[NEAR] = job.categories === 0 || job.nearestLimit < 0 ? 0 : this.#near;
    this.#makeRoom(FIRST_CAPACITY);
  }

  #words(): Uint32Array {
    return new Uint32Array(this.#job.reach.memory.buffer, this.#near, NEAR_BYTES / 4);
  }

  #makeRoom(capacity: number): void {
    const { memory, layout } = this.#job.reach;
    const keys = takeBytes(memory, layout, 8 * capacity);
    const entries = takeBytes(memory, layout, 32 * capacity);
    const reachedEntries = takeBytes(memory, layout, 16 * capacity);
    const words = this.#words();
    words[WORD.capacity] = capacity;
    words[WORD.keys] = keys;
    words[WORD.entries] = entries;
    words[WORD.reachedEntries] = reachedEntries;
  }

  /** Origins from … to − 1 in the order of cells: sums go where the plan's results are, the nearest facilities are returned. */
  run(from: number, to: number, signal?: WorkContext['signal']): NearestOfBlock {
    const { reach, categories, k } = this.#job;
    const words = this.#words();
    words[WORD.blockFirst] = from;
    words[WORD.blockCount] = to - from;
    for (let cell = from; cell < to; cell += reach.cellOrigins) {
      throwIfCancelled(signal);
      this.#context.runCell(() => {
        for (;;) {
          const result = this.#kernel.reachCell(this.#context.address, reach.plan, cell, Math.min(cell + reach.cellOrigins, to));
          if (result !== NEEDS_FACILITIES) return result;
          this.#makeRoom(2 * this.#words()[WORD.capacity]);
        }
      });
    }
    const length = categories * (to - from) * k;
    if (this.#job.nearestLimit < 0) return { cost: new Uint32Array(length).fill(UNREACHED), facility: new Int32Array(length).fill(-1) };
    const { buffer } = reach.memory;
    const [costs, facilities] = [this.#words()[WORD.costs], this.#words()[WORD.facilities]];
    return { cost: new Uint32Array(new Uint32Array(buffer, costs, length)), facility: new Int32Array(new Int32Array(buffer, facilities, length)) };
  }
}

/** Sums of a block, of those measures that were asked for. */
function cutSums({ reach, query, hasMeasures }: ProfilePlan, length: number, sumsOf: (variable: number, measure: number) => Float64Array): Float64Array[][] {
  const { limits = [], decays = [] } = query;
  const wanted = [...limits.keys(), ...decays.map((_, d) => reach.limits.length + d)];
  return query.weights.map((_, v) => wanted.map((m) => (hasMeasures ? sumsOf(v, m) : new Float64Array(length))));
}

/** Puts blocks together: reads their sums from the job's results and adds the ways along chains to the nearest facilities. */
export class ProfileBlocks {
  readonly #plan: ProfilePlan;
  readonly #directs: readonly DirectWays[];

  constructor(plan: ProfilePlan) {
    const { travel, facilities, k } = plan.query;
    this.#plan = plan;
    this.#directs = travel === undefined ? [] : facilities.map((links) => listDirectWays(travel, links, k));
  }

  fromJob(job: ProfileJob, from: number, to: number, nearest: NearestOfBlock): ProfileBlock {
    const { originCount, limits, decays } = this.#plan.reach;
    const measures = limits.length + decays.length;
    const { memory, results } = job.reach;
    return this.#finish(from, to, nearest, cutSums(this.#plan, to - from, (v, m) => new Float64Array(new Float64Array(memory.buffer, results + 8 * ((v * measures + m) * originCount + from), to - from))));
  }

  fromSums(sums: readonly (readonly Float64Array[])[], from: number, to: number, nearest: NearestOfBlock): ProfileBlock {
    const origins = this.#plan.reach.order.subarray(from, to);
    return this.#finish(from, to, nearest, cutSums(this.#plan, to - from, (v, m) => Float64Array.from(origins, (o) => sums[v][m][o])));
  }

  #finish(from: number, to: number, nearest: NearestOfBlock, sums: Float64Array[][]): ProfileBlock {
    const { reach, query, nearestLimit } = this.#plan;
    const origins = reach.order.slice(from, to);
    const k = query.k;
    this.#directs.forEach((direct, c) => {
      for (let i = 0; i < origins.length; i++) direct.enter(query.origins, origins[i], nearestLimit, nearest.cost, nearest.facility, (c * origins.length + i) * k);
    });
    return { origins: origins as Uint32Array<ArrayBuffer>, sums, ...nearest };
  }
}

export function reportProfile(report: WorkContext['report'], done: number, total: number): void {
  report?.({ stage: 'profile', text: { zh: '计算可达量与最近设施', en: 'Summing what is reached and finding nearest facilities' }, done, total });
}

/** The twin of the kernels: searches from each origin. */
export function* buildProfilePlainly(engine: ReachEngine, query: ProfileQuery, context: WorkContext = {}): Generator<ProfileBlock, void, undefined> {
  const plan = planProfile(engine, query);
  const { reach, nearestLimit } = plan;
  const { facilities, k, origins } = query;
  const blockOrigins = chooseBlock(plan, CELL_ORIGINS, 1);
  const sums = sumPlainly(engine.graph, reach, { signal: context.signal }).sums;
  const blocks = new ProfileBlocks(plan);
  const searches = new OriginSearches(new BoundedSearch(engine.graph), origins, facilities, listFacilities(reach.nodeCount, facilities, k), k, nearestLimit);
  for (let from = 0; from < reach.originCount; from += blockOrigins) {
    throwIfCancelled(context.signal);
    const to = Math.min(from + blockOrigins, reach.originCount);
    const length = facilities.length * (to - from) * k;
    const cost = new Uint32Array(length).fill(UNREACHED);
    const facility = new Int32Array(length).fill(-1);
    for (let i = from; i < to; i++) {
      const o = reach.order[i];
      searches.enter(o, o + 1, o - (i - from), to - from, cost, facility);
    }
    reportProfile(context.report, to, reach.originCount);
    yield blocks.fromSums(sums, from, to, { cost, facility });
  }
}

/**
 * Sums over what each origin reaches and its nearest facilities, block by block, in the calling thread (engine/pool/parallel-profile.ts does the
 * same in several).
 *
 * Origins and facilities tied to nothing reach nothing and are never found; equally near facilities come in the order of their numbers.
 *
 * @throws what planProfile throws; `engine/sweep-memory`; cancelled
 */
export function* buildReachProfile(engine: ReachEngine, query: ProfileQuery, context: WorkContext = {}): Generator<ProfileBlock, void, undefined> {
  if (!hasSweepKernel()) {
    yield* buildProfilePlainly(engine, query, context);
    return;
  }
  const plan = planProfile(engine, query);
  const { originCount } = plan.reach;
  const sweep = engine.memory ?? openSweepMemory(engine.graph, engine.hierarchy);
  const leave = enterSweepMemory(sweep);
  try {
    const job = openProfileJob(sweep, plan);
    const worker = new ProfileWorker(job);
    const blocks = new ProfileBlocks(plan);
    for (let from = 0; from < originCount; from += job.blockOrigins) {
      throwIfCancelled(context.signal);
      const to = Math.min(from + job.blockOrigins, originCount);
      const nearest = worker.run(from, to, context.signal);
      reportProfile(context.report, to, originCount);
      yield blocks.fromJob(job, from, to, nearest);
    }
  } finally {
    leave();
  }
}
