/**
 * The nearest k facilities of many categories, for all nodes of a graph or for linked points: findNearest.
 *
 * Three methods with one answer, chosen by what they are expected to cost (measured on 17 k and 263 k nodes, see below):
 * - sweeps over a whole hierarchy (nearest-sweep.ts), categories as lanes: whatever the number of facilities;
 * - a search from each facility (nearest-search.ts), or one from all of a category for k = 1: few facilities, no hierarchy, limits beyond
 *   its bound;
 * - a search from each origin (nearest-origins.ts): few origins, or long lists.
 *
 * Equally near facilities come in the order of their numbers, so the answer is the same whatever the method, the order of nodes and the
 * number of threads.
 *
 * Memory: an answer has 8 k bytes an origin and category (4 without ids) and comes category by category; see nearestMemoryBytes for what
 * is used meanwhile.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { BoundedSearch, wholeLimit } from '../search/bounded-search.ts';
import type { Hierarchy } from '../hierarchy/hierarchy.ts';
import { listDirectWaysInSteps } from './nearest-direct.ts';
import type { DirectWays } from './nearest-direct.ts';
import { hasNearestKernel, KernelSweep, openNearestMemory } from './nearest-kernel.ts';
import type { NearestMemory } from './nearest-kernel.ts';
import { listFacilities, OriginSearches } from './nearest-origins.ts';
import { NearestSearch } from './nearest-search.ts';
import { insertNearest, PlainSweep } from './nearest-sweep.ts';
import type { NearestSweep, SweepShape } from './nearest-sweep.ts';
import { buildNearestTables } from './nearest-tables.ts';
import { areNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

export interface NearestQuestion {
  /** By category: the facilities, each reached from its nodes (`in` pairs). A facility's number is its number there. */
  readonly facilities: readonly PointLinks[];
  /** How many of each category, ≥ 1. */
  readonly k: number;
  /** Inclusive, in the graph's unit. */
  readonly limit: number;
  /** Absent: all nodes of the graph. */
  readonly origins?: PointLinks;
  /** Whether it matters which facilities they are (default); without, blocks have costs only. */
  readonly ids?: boolean;
  /** For origins and facilities beside streets: ways along a chain that both lie on count too. */
  readonly travel?: TravelGraph;
}

/** The answer for one category and a run of origins. */
export interface NearestBlock {
  readonly category: number;
  readonly firstOrigin: number;
  readonly originCount: number;
  /** By origin and rank (origin − firstOrigin) · k + rank, ascending; UNREACHED where there are fewer than k within the limit. */
  readonly cost: Uint32Array<ArrayBuffer>;
  /** Numbers of the facilities in their category, −1 where there is none. Absent without ids. */
  readonly facility: Int32Array<ArrayBuffer> | undefined;
}

export type NearestMethod = 'sweep' | 'facilities' | 'origins';

/** A graph made ready for nearest facilities; use it again for further questions. One thread at a time. */
export interface NearestEngine {
  readonly graph: SearchGraph;
  /** Absent without a hierarchy: then all is done by searches. */
  readonly sweep: NearestSweep | undefined;
  /** Tables for threads; absent without the kernel. */
  readonly memory?: NearestMemory;
}

/**
 * Makes a graph ready: 0.2 µs a node with a hierarchy.
 *
 * @param plain the plain sweeps even where the kernel could run
 * @throws `engine/nearest-memory`; RangeError where the hierarchy is of another graph
 */
export function openNearest(graph: SearchGraph, hierarchy?: Hierarchy, plain = false): NearestEngine {
  return finishSteps(openNearestInSteps(graph, hierarchy, plain));
}

/** {@link openNearest} in slices. */
export function* openNearestInSteps(graph: SearchGraph, hierarchy?: Hierarchy, plain = false): Steps<NearestEngine> {
  if (hierarchy === undefined) return { graph, sweep: undefined };
  if (hierarchy.nodeCount !== graph.nodeCount) throw new RangeError(`a hierarchy of ${hierarchy.nodeCount} nodes over a graph of ${graph.nodeCount}`);
  if (plain || !hasNearestKernel()) return { graph, sweep: new PlainSweep(yield* buildNearestTables(hierarchy)) };
  const memory = yield* openNearestMemory(hierarchy);
  return { graph, sweep: new KernelSweep(memory), memory };
}

/**
 * What methods cost, in nanoseconds on one core of a shared machine, of graphs of 15 k, 263 k and 1 M nodes at 1,200 m. `met`: facilities of a category
 * within reach of a node, on average. Where sweep and searches meet (k = 5: 0.4 facilities, k = 1: 0.1) a wrong guess costs a quarter.
 */
const SWEEP_COSTS_NS = 5;
const SWEEP_KEYS_NS = 13;
function sweepNs(nodes: number, { k, ids }: SweepShape, met: number): number {
  if (k === 1) return nodes * (ids ? SWEEP_KEYS_NS : SWEEP_COSTS_NS);
  // in long lists whatever is entered goes past what is there
  return nodes * (8 * k + (28 + Math.max(0, k - 10)) * Math.min(met, k));
}
const SEARCH_NS = 118;
function searchNs(nodes: number, k: number, met: number): number {
  // (what is entered into a long list goes past it) one search for all, or as many as there are facilities, of whose balls at most k are looked at anywhere, and some before they are known to be too far
  return k === 1 ? nodes * (5 + SEARCH_NS * Math.min(met, 1)) : nodes * (k + (SEARCH_NS + (k > 16 ? 2 * k : 0)) * Math.min(met, 3 * k));
}
/**
 * From each origin: by node of its ball, and by facility that it meets, sorted. All 66,000 nodes of Porto, 20,000 places, 1,200 m (balls of 415 nodes, 126 places met
 * on average), ms of one thread: by sweeps 425, 1,610, 3,300 for k = 100, 200, 300; from origins 1,790 for k = 100 and 2,770 for 1,000.
 */
const ORIGIN_BALL_NS = 60;
const ORIGIN_MET_NS = 100;
/** Entries of an answer by node that may stand in memory, 8 bytes each; beyond, blocks of origins are the way. */
const MOST_ENTRIES = 2 ** 27;
const SAMPLE = 8;
/** Origins of one block of searches from origins, and entries of lists: 16 MB. */
const ORIGINS_PER_BLOCK = 4096;
const ENTRIES_PER_BLOCK = 2 ** 21;
export function originsPerBlock({ facilities, k }: CheckedQuestion): number {
  return Math.max(16, Math.min(ORIGINS_PER_BLOCK, Math.floor(ENTRIES_PER_BLOCK / (k * Math.max(1, facilities.length)))));
}

/** How many nodes a ball around a facility has, from a few of them. */
function sampleBall(search: NearestSearch, facilities: readonly PointLinks[], limit: number): number {
  let nodes = 0;
  let sampled = 0;
  for (let i = 0; i < SAMPLE; i++) {
    const links = facilities[Math.floor((i * facilities.length) / SAMPLE)];
    if (links === undefined || links.count === 0 || nodes >= search.graph.nodeCount) continue;
    nodes += search.countReached(links, Math.floor((((i * 5) % SAMPLE) / SAMPLE) * links.count), limit);
    sampled++;
  }
  return sampled === 0 ? 0 : nodes / sampled;
}

/** Blocks as they come, and undefined after each slice of work between them. */
export type SlicedBlocks = Generator<NearestBlock | undefined, void, undefined>;

/** Which categories are swept, which searched, or whether all are found from the origins. */
export interface NearestPlan {
  readonly fromOrigins: boolean;
  /** From the origins: only these, first and one past the last; all where absent. */
  readonly range?: readonly [from: number, to: number];
  readonly swept: readonly number[];
  readonly searched: readonly number[];
}

/** From so many categories on, with costs alone and for all nodes, a sweep costs less than writing down what searches find: nothing is sampled. */
const SURELY_SWEPT = 8;

function planNearest(engine: NearestEngine, question: CheckedQuestion): NearestPlan {
  const { facilities, k, ids, limit, origins } = question;
  const n = engine.graph.nodeCount;
  const canSweep = engine.sweep !== undefined && limit <= engine.sweep.tables.bound;
  if (canSweep && k === 1 && !ids && origins === undefined && facilities.length >= SURELY_SWEPT) return { fromOrigins: false, swept: [...facilities.keys()], searched: [] };
  const ball = sampleBall(new NearestSearch(engine.graph), facilities, limit);
  const swept: number[] = [];
  const searched: number[] = [];
  let total = 0;
  facilities.forEach(({ count }, c) => {
    const met = (count * ball) / Math.max(1, n);
    const bySweep = canSweep ? sweepNs(n, question, met) : Infinity;
    const bySearch = searchNs(n, k, met);
    (bySweep < bySearch ? swept : searched).push(c);
    total += Math.min(bySweep, bySearch);
  });
  const met = facilities.reduce((sum, { count }) => sum + (count * ball) / Math.max(1, n), 0);
  const fromOrigins = k * n > MOST_ENTRIES || (origins?.count ?? n) * (ball * ORIGIN_BALL_NS + met * ORIGIN_MET_NS) < total;
  return { fromOrigins, swept: fromOrigins ? [] : swept, searched: fromOrigins ? [] : searched };
}

export interface CheckedQuestion extends SweepShape {
  readonly facilities: readonly PointLinks[];
  readonly origins: PointLinks | undefined;
  readonly travel: TravelGraph | undefined;
}

function checkNodes(nodes: Uint32Array, nodeCount: number, what: string): void {
  for (let i = 0; i < nodes.length; i++) if (nodes[i] >= nodeCount) throw new RangeError(`${what} are linked to node ${nodes[i]} of a graph of ${nodeCount}`);
}

function checkQuestion(engine: NearestEngine, { facilities, k, limit, origins, ids = true, travel }: NearestQuestion): CheckedQuestion {
  const { nodeCount } = engine.graph;
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`the nearest ${k} facilities: ask for a whole number ≥ 1`);
  for (const [c, links] of facilities.entries()) checkNodes(links.inNode, nodeCount, `facilities of category ${c}`);
  if (origins !== undefined) checkNodes(origins.outNode, nodeCount, 'origins');
  return { facilities, k, limit: wholeLimit(limit), origins, ids: ids || k > 1, travel };
}

/** Origins whose lists are put together in a slice: some milliseconds, for k = 1 and for long lists. */
const originsOfSlice = (k: number): number => Math.max(64, Math.floor(2 ** 18 / (k + 4)));

/** Lists by node become lists by origin. */
function* gather(origins: PointLinks, k: number, limit: number, costs: Uint32Array, ids: Int32Array | undefined, cost: Uint32Array, facility: Int32Array | undefined): Steps<void> {
  const { count, firstOut, outNode, outCost } = origins;
  const slice = originsOfSlice(k);
  for (let o = 0; o < count; o++) {
    if (o % slice === 0) yield;
    for (let i = firstOut[o]; i < firstOut[o + 1]; i++) {
      const from = outNode[i] * k;
      for (let j = from; j < from + k; j++) {
        const sum = costs[j] + outCost[i];
        if (sum > limit) break;
        if (ids !== undefined && facility !== undefined) insertNearest(cost, facility, o * k, k, sum, ids[j]);
        else if (sum < cost[o]) cost[o] = sum;
      }
    }
  }
}

/** Answers of one category by node, which become blocks by origin. */
class BlockMaker {
  readonly #question: CheckedQuestion;
  readonly #nodeCount: number;
  #costs = new Uint32Array(0);
  #ids: Int32Array | undefined;

  constructor(question: CheckedQuestion, nodeCount: number) {
    this.#question = question;
    this.#nodeCount = nodeCount;
    this.#ids = question.ids ? new Int32Array(0) : undefined;
  }

  /** @param find fills costs and facilities by node, in slices */
  *make(category: number, find: (costs: Uint32Array, ids: Int32Array | undefined) => Steps<void>): Steps<NearestBlock> {
    const { k, origins } = this.#question;
    const length = this.#nodeCount * k;
    if (origins === undefined) {
      const cost = new Uint32Array(length);
      const facility = this.#question.ids ? new Int32Array(length) : undefined;
      yield* find(cost, facility);
      return { category, firstOrigin: 0, originCount: this.#nodeCount, cost, facility };
    }
    if (this.#costs.length !== length) {
      this.#costs = new Uint32Array(length);
      this.#ids = this.#question.ids ? new Int32Array(length) : undefined;
    }
    yield* find(this.#costs, this.#ids);
    yield;
    return yield* this.#byOrigin(category, origins, this.#costs, this.#ids);
  }

  *#byOrigin(category: number, origins: PointLinks, costs: Uint32Array, ids: Int32Array | undefined): Steps<NearestBlock> {
    const { k, limit } = this.#question;
    const cost = new Uint32Array(origins.count * k).fill(UNREACHED);
    const facility = ids === undefined ? undefined : new Int32Array(origins.count * k).fill(-1);
    if (k === 1 && areNodes(origins)) {
      for (let o = 0; o < origins.count; o++) {
        cost[o] = costs[origins.outNode[o]];
        if (facility !== undefined && ids !== undefined) facility[o] = ids[origins.outNode[o]];
      }
    } else yield* gather(origins, k, limit, costs, ids, cost, facility);
    return { category, firstOrigin: 0, originCount: origins.count, cost, facility };
  }
}

/** Adds the ways along chains. Without ids only the least cost counts. */
function* enterDirectWays(origins: PointLinks, { k, limit }: CheckedQuestion, direct: DirectWays, block: NearestBlock): Steps<void> {
  const ids = block.facility ?? new Int32Array(block.originCount).fill(-1);
  const slice = originsOfSlice(k) >> 3;
  for (let o = 0; o < block.originCount; o++) {
    if (o % slice === 0) yield;
    direct.enter(origins, block.firstOrigin + o, limit, block.cost, ids, o * k);
  }
}

function* sweepCategories(sweep: NearestSweep, question: CheckedQuestion, categories: readonly number[], maker: BlockMaker, { report, signal }: WorkContext): SlicedBlocks {
  const origins = question.origins?.count ?? sweep.tables.nodeCount;
  for (let next = 0; next < categories.length; ) {
    throwIfCancelled(signal);
    const lanes = sweep.lanesFor(question, categories.length - next);
    sweep.open(question, lanes);
    for (let lane = 0; lane < lanes; lane++) {
      sweep.seed(lane, question.facilities[categories[next + lane]]);
      yield;
    }
    for (const share of sweep.sweep()) {
      throwIfCancelled(signal);
      reportNearest(report, (next + share) * origins, question.facilities.length * origins);
      yield;
    }
    for (let lane = 0; lane < lanes; lane++) {
      yield yield* maker.make(categories[next + lane], function* (costs, ids) {
        sweep.write(lane, costs, ids);
        yield;
      });
    }
    next += lanes;
  }
}

function reportNearest(report: WorkContext['report'], done: number, total: number): void {
  report?.({ stage: 'nearest', text: { zh: '查找最近设施', en: 'Finding nearest facilities' }, done: Math.floor(done), total });
}

/** How many facilities are entered, or origins searched from, in a slice. */
const CHECK_EVERY = 64;

function* searchCategories(engine: NearestEngine, search: NearestSearch, question: CheckedQuestion, categories: readonly number[], maker: BlockMaker, { report, signal }: WorkContext): SlicedBlocks {
  const { facilities, k, limit } = question;
  const origins = question.origins?.count ?? engine.graph.nodeCount;
  const before = facilities.length - categories.length;
  const fromAll = k === 1 && categories.length > 0 ? new BoundedSearch(engine.graph, { direction: 'backward', ties: {} }) : undefined;
  for (const [i, category] of categories.entries()) {
    throwIfCancelled(signal);
    yield yield* maker.make(category, function* (costs, ids) {
      if (fromAll !== undefined) {
        searchFromAll(fromAll, facilities[category], limit, costs, ids);
        return;
      }
      costs.fill(UNREACHED);
      const lists = ids ?? new Int32Array(costs.length);
      lists.fill(-1);
      for (let f = 0; f < facilities[category].count; f += CHECK_EVERY) {
        throwIfCancelled(signal);
        reportNearest(report, (before + i + f / facilities[category].count) * origins, facilities.length * origins);
        search.enter(facilities[category], f, Math.min(f + CHECK_EVERY, facilities[category].count), k, limit, costs, lists);
        yield;
      }
    });
  }
}

/** k = 1: one search from all facilities, the first of equally near ones winning. */
function searchFromAll(search: BoundedSearch, { count, firstIn, inNode, inCost }: PointLinks, limit: number, costs: Uint32Array, ids: Int32Array | undefined): void {
  search.clear();
  for (let f = 0; f < count; f++) for (let i = firstIn[f]; i < firstIn[f + 1]; i++) search.addSource(inNode[i], inCost[i], f);
  search.run(limit);
  costs.fill(UNREACHED);
  ids?.fill(-1);
  for (let i = 0; i < search.reachedCount; i++) {
    const v = search.reached[i];
    costs[v] = search.cost[v];
    if (ids !== undefined) ids[v] = search.tie[v];
  }
}

/** What searches from origins begin with; for whoever asks block by block. */
export function openOriginSearches({ graph }: NearestEngine, { facilities, origins, k, limit }: CheckedQuestion): OriginSearches {
  return new OriginSearches(new BoundedSearch(graph), origins, facilities, listFacilities(graph.nodeCount, facilities, k), k, limit);
}

function* searchOrigins(engine: NearestEngine, question: CheckedQuestion, range: NearestPlan['range'], searches: OriginSearches, { report, signal }: WorkContext): SlicedBlocks {
  const { facilities, k, ids } = question;
  const count = question.origins?.count ?? engine.graph.nodeCount;
  const [start, end] = range ?? [0, count];
  const width = originsPerBlock(question);
  for (let from = start; from < end; from += width) {
    const to = Math.min(from + width, end);
    const length = (to - from) * k;
    const costs = new Uint32Array(facilities.length * length).fill(UNREACHED);
    const found = new Int32Array(facilities.length * length).fill(-1);
    for (let part = from; part < to; part += CHECK_EVERY) {
      throwIfCancelled(signal);
      searches.enter(part, Math.min(part + CHECK_EVERY, to), from, to - from, costs, found);
      reportNearest(report, part * facilities.length, count * facilities.length);
      yield;
    }
    for (let category = 0; category < facilities.length; category++) {
      const at = category * length;
      yield { category, firstOrigin: from, originCount: to - from, cost: costs.slice(at, at + length), facility: ids ? found.slice(at, at + length) : undefined };
    }
  }
}

/** A question that was checked and for which methods were chosen: what threads share out among them. */
export interface NearestWork {
  readonly question: CheckedQuestion;
  readonly plan: NearestPlan;
}

/**
 * @param method or a plan that was made for this question before
 * @throws as findNearest
 */
export function planWork(engine: NearestEngine, given: NearestQuestion, method?: NearestMethod | NearestPlan): NearestWork {
  const question = checkQuestion(engine, given);
  if (typeof method === 'object') return { question, plan: method };
  const all = [...question.facilities.keys()];
  if (method === 'sweep' && !(question.limit <= (engine.sweep?.tables.bound ?? -1))) throw new RangeError(`no hierarchy for sweeps within ${question.limit}`);
  if (question.limit < 0) return { question, plan: { fromOrigins: false, swept: [], searched: all } };
  if (method === undefined) return { question, plan: planNearest(engine, question) };
  return { question, plan: { fromOrigins: method === 'origins', swept: method === 'sweep' ? all : [], searched: method === 'facilities' ? all : [] } };
}

/** Blocks without the ways along chains; undefined after each slice of work. `searches` may be given for work from origins. */
export function* answerWork(engine: NearestEngine, { question, plan }: NearestWork, context: WorkContext = {}, searches?: OriginSearches): SlicedBlocks {
  if (plan.fromOrigins) {
    yield* searchOrigins(engine, question, plan.range, searches ?? openOriginSearches(engine, question), context);
    return;
  }
  const maker = new BlockMaker(question, engine.graph.nodeCount);
  if (engine.sweep !== undefined) yield* sweepCategories(engine.sweep, question, plan.swept, maker, context);
  if (plan.searched.length > 0) yield* searchCategories(engine, new NearestSearch(engine.graph), question, plan.searched, maker, context);
}

/** Adds the ways along chains and says how far the work is. */
export class BlockFinisher {
  readonly #given: NearestQuestion;
  readonly #question: CheckedQuestion;
  readonly #total: number;
  readonly #report: WorkContext['report'];
  readonly #directs = new Map<number, DirectWays>();
  #done = 0;

  constructor(given: NearestQuestion, { question }: NearestWork, nodeCount: number, { report }: WorkContext) {
    this.#given = given;
    this.#question = question;
    this.#total = question.facilities.length * (question.origins?.count ?? nodeCount);
    this.#report = report;
  }

  finish(block: NearestBlock): NearestBlock {
    return finishSteps(this.finishInSteps(block));
  }

  /** {@link finish} in slices. */
  *finishInSteps(block: NearestBlock): Steps<NearestBlock> {
    const { travel, origins, facilities, k } = this.#question;
    if (travel !== undefined && origins !== undefined) {
      const direct = this.#directs.get(block.category) ?? (yield* listDirectWaysInSteps(travel, facilities[block.category], k));
      this.#directs.set(block.category, direct);
      yield* enterDirectWays(origins, this.#question, direct, block);
    }
    this.#done += block.originCount;
    reportNearest(this.#report, this.#done, this.#total);
    return this.#given.ids === false ? { ...block, facility: undefined } : block;
  }
}

/**
 * Finds the nearest k facilities of each category for each origin, in blocks: each category and origin once, in an order that is not
 * promised (engine/pool/run-nearest.ts does it on several threads).
 *
 * An origin or facility that is linked to nothing reaches nothing and is never found. A limit that is no whole number is rounded down, one below 0
 * finds nothing; one beyond the hierarchy's bound is answered by searches.
 *
 * @param method for tests and measurements; chosen by expected cost where it is not given
 * @throws RangeError where k is no whole number ≥ 1, the limit is not a number or a link names a node outside the graph;
 *   `engine/nearest-memory`; cancelled
 */
export function* findNearest(engine: NearestEngine, question: NearestQuestion, context: WorkContext = {}, method?: NearestMethod): Generator<NearestBlock, void, undefined> {
  const work = planWork(engine, question, method);
  const finisher = new BlockFinisher(question, work, engine.graph.nodeCount, context);
  for (const block of answerWork(engine, work, context)) if (block !== undefined) yield finisher.finish(block);
}

/** All blocks put together: by category, then origin, then rank. For answers that fit in memory: 8 k bytes an origin and category. */
export function collectNearest(engine: NearestEngine, question: NearestQuestion, context: WorkContext = {}, method?: NearestMethod): { readonly cost: Uint32Array<ArrayBuffer>; readonly facility: Int32Array<ArrayBuffer> | undefined } {
  const origins = question.origins?.count ?? engine.graph.nodeCount;
  const length = question.facilities.length * origins * question.k;
  const cost = new Uint32Array(length);
  const facility = question.ids === false ? undefined : new Int32Array(length);
  for (const block of findNearest(engine, question, context, method)) {
    const at = (block.category * origins + block.firstOrigin) * question.k;
    cost.set(block.cost, at);
    if (block.facility !== undefined) facility?.set(block.facility, at);
  }
  return { cost, facility };
}
