/**
 * Betweenness: on how many cheapest ways between other places does a node or an arc lie.
 *
 * Brandes, A faster algorithm for betweenness centrality (J. Mathematical Sociology 25, 2001), for directed graphs with costs: a search
 * from each source, ways counted outwards, dependencies summed inwards. Pairs are ordered (s → t and t → s both count), ends of a way do
 * not count for nodes. Of sampled sources (Brandes & Pich 2007) the sum is scaled by all / sampled and has a standard error.
 *
 * Defined here, where the literature is silent:
 * - An arc of cost 0 counts as more than no arc: among equally cheap ways those with fewest arcs of cost 0 count. Otherwise ways
 *   around a loop of cost 0 would be without number.
 * - Numbers of ways pass 10³⁰⁸ on a grid of 600 × 600 equal blocks; they are kept with an exponent of their own (base 2⁵¹²).
 * - Sources are summed in blocks of 64, blocks in order, so that the result is the same to the last bit on any number of threads.
 *
 * Memory of a workspace: 32 bytes a node beside the search's 16 (24 with arcs of cost 0), 8 bytes an arc; results take 16 bytes a node and 8 an arc,
 * once in all and once a block under way.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { Random } from '../../../core/random.ts';
import { BoundedSearch } from './bounded-search.ts';
import type { SearchGraph } from './search-graph.ts';
import { UNREACHED } from './search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

export interface BetweennessOptions {
  /** Only ways of at most this cost count; all unless said. */
  readonly limit?: number;
  /** Only this many sources, drawn by this seed; all unless said. */
  readonly sample?: { readonly count: number; readonly seed: number };
  /** By node: what begins and what ends there. A way counts weight of its start × weight of its end; 1 each unless said. */
  readonly weights?: Float64Array;
}

export interface Betweenness {
  readonly byNode: Float64Array;
  /** By arc of the graph. */
  readonly byArc: Float64Array;
  /** Standard error of byNode from the spread between sampled sources; 0 where every source was taken. */
  readonly errorByNode: Float64Array;
  /** How many sources were taken. */
  readonly sources: number;
}

/** Sums over a block of sources. */
export interface DependencyBlock {
  readonly byNode: Float64Array<ArrayBuffer>;
  readonly squareByNode: Float64Array<ArrayBuffer>;
  readonly byArc: Float64Array<ArrayBuffer>;
}

/** How many sources are summed before the sum is added to the others. Part of the result's definition: do not tune. */
export const SOURCES_PER_BLOCK = 64;

const STEP = 2 ** 512;
const DIGIT_BITS = 11;
const DIGIT_MASK = (1 << DIGIT_BITS) - 1;

/** A reusable workspace that sums dependencies of sources. */
export class DependencySearch {
  readonly graph: SearchGraph;
  readonly #search: BoundedSearch;
  readonly #ways: Float64Array;
  readonly #exponent: Int32Array;
  readonly #dependency: Float64Array;
  /** Arcs of cheapest ways from the source at hand, and the nodes they leave. */
  readonly #tight: Uint32Array;
  readonly #tail: Uint32Array;
  #sorted: Uint32Array;
  #spare: Uint32Array;
  readonly #digits = new Uint32Array((1 << DIGIT_BITS) + 1);
  readonly #limit: number;
  readonly #weights: Float64Array | undefined;
  readonly #zero: Uint32Array | undefined;

  constructor(graph: SearchGraph, { limit = Infinity, weights }: BetweennessOptions) {
    const zero = graph.cost.includes(0) ? graph.cost.map((cost) => (cost === 0 ? 1 : 0)) : undefined;
    this.graph = graph;
    this.#search = new BoundedSearch(graph, zero === undefined ? {} : { ties: { byArc: zero } });
    this.#zero = zero;
    this.#ways = new Float64Array(graph.nodeCount);
    this.#exponent = new Int32Array(graph.nodeCount);
    this.#dependency = new Float64Array(graph.nodeCount);
    this.#tight = new Uint32Array(graph.arcCount);
    this.#tail = new Uint32Array(graph.arcCount);
    this.#sorted = new Uint32Array(graph.nodeCount);
    this.#spare = new Uint32Array(graph.nodeCount);
    this.#limit = limit;
    this.#weights = weights;
  }

  /** Adds what ways from each source contribute; in the order given. */
  addSources(sources: Uint32Array, block: DependencyBlock): void {
    for (const source of sources) {
      const weight = this.#weights === undefined ? 1 : this.#weights[source];
      if (weight !== 0) this.#addSource(source, weight, block);
    }
  }

  #addSource(source: number, weight: number, { byNode, squareByNode, byArc }: DependencyBlock): void {
    const search = this.#search;
    search.clear();
    search.addSource(source);
    search.run(this.#limit);
    const order = this.#order();
    const tightCount = this.#countWays(source, order);
    const { head } = this.graph;
    const dependency = this.#dependency, ways = this.#ways, exponent = this.#exponent, tight = this.#tight, tail = this.#tail, weights = this.#weights;
    // Arcs of cheapest ways, those of the farthest tails first: what lies behind an arc's head is then known.
    for (let i = tightCount - 1; i >= 0; i--) {
      const arc = tight[i];
      const v = tail[i];
      const w = head[arc];
      let share = ways[v] / ways[w];
      for (let e = exponent[v]; e < exponent[w]; e++) share /= STEP;
      const passes = share * ((weights === undefined ? 1 : weights[w]) + dependency[w]);
      byArc[arc] += weight * passes;
      dependency[v] += passes;
    }
    for (let i = 0; i < order.length; i++) {
      const v = order[i];
      const sum = weight * dependency[v];
      if (v === source) continue;
      byNode[v] += sum;
      squareByNode[v] += sum * sum;
    }
  }

  /** Reached nodes by cost, then by arcs of cost 0. */
  #order(): Uint32Array {
    const { cost, tie, reached, reachedCount } = this.#search;
    this.#sorted.set(reached.subarray(0, reachedCount));
    if (this.#zero !== undefined) this.#sortBy(tie);
    this.#sortBy(cost);
    return this.#sorted.subarray(0, reachedCount);
  }

  /** Sorts what was reached by whole numbers, 11 bits at a time from the lowest; equal ones stay in order. Ten times as fast as comparing. */
  #sortBy(key: Int32Array): void {
    const count = this.#search.reachedCount;
    const digits = this.#digits;
    let most = 0;
    for (let i = 0; i < count; i++) most = Math.max(most, key[this.#sorted[i]]);
    for (let shift = 0; shift < 32 && most >> shift > 0; shift += DIGIT_BITS) {
      const from = this.#sorted, to = this.#spare;
      digits.fill(0);
      for (let i = 0; i < count; i++) digits[((key[from[i]] >> shift) & DIGIT_MASK) + 1]++;
      for (let d = 0; d < DIGIT_MASK; d++) digits[d + 1] += digits[d];
      for (let i = 0; i < count; i++) to[digits[(key[from[i]] >> shift) & DIGIT_MASK]++] = from[i];
      this.#sorted = to;
      this.#spare = from;
    }
  }

  /** Counts cheapest ways to each node, lists the arcs they take in the order of their tails, and returns how many those are. */
  #countWays(source: number, order: Uint32Array): number {
    const { cost, tie } = this.#search;
    const { firstOut, head, cost: arcCost } = this.graph;
    const ways = this.#ways, exponent = this.#exponent, dependency = this.#dependency, tight = this.#tight, tail = this.#tail, zero = this.#zero;
    for (let i = 0; i < order.length; i++) ways[order[i]] = exponent[order[i]] = dependency[order[i]] = 0;
    ways[source] = 1;
    let count = 0;
    for (let i = 0; i < order.length; i++) {
      const v = order[i];
      const end = firstOut[v + 1];
      for (let arc = firstOut[v]; arc < end; arc++) {
        const w = head[arc];
        if (cost[v] + arcCost[arc] !== cost[w] || cost[w] === UNREACHED || (zero !== undefined && tie[v] + zero[arc] !== tie[w])) continue;
        tight[count] = arc;
        tail[count++] = v;
        const ahead = exponent[v] - exponent[w];
        if (ahead === 0) ways[w] += ways[v];
        else if (ahead > 0) {
          ways[w] = ways[v] + (ahead === 1 ? ways[w] / STEP : 0);
          exponent[w] = exponent[v];
        } else if (ahead === -1) ways[w] += ways[v] / STEP;
        if (ways[w] < STEP) continue;
        ways[w] /= STEP;
        exponent[w]++;
      }
    }
    return count;
  }
}

/** The sources: all nodes, or as many as asked for drawn without repetition, ascending. */
export function listSources(nodeCount: number, sample: BetweennessOptions['sample']): Uint32Array {
  const all = Uint32Array.from({ length: nodeCount }, (_, v) => v);
  if (sample === undefined || sample.count >= nodeCount) return all;
  const random = new Random(sample.seed);
  for (let i = 0; i < sample.count; i++) {
    const j = random.integer(i, nodeCount - 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.slice(0, Math.floor(sample.count)).sort();
}

/** Sums blocks in the order they are added and scales the whole. */
export class BetweennessSum {
  readonly #graph: SearchGraph;
  readonly #total: DependencyBlock;

  constructor(graph: SearchGraph) {
    this.#graph = graph;
    this.#total = emptyBlock(graph);
  }

  add(block: DependencyBlock): void {
    addTo(this.#total.byNode, block.byNode);
    addTo(this.#total.squareByNode, block.squareByNode);
    addTo(this.#total.byArc, block.byArc);
  }

  finish(sources: number): Betweenness {
    const n = this.#graph.nodeCount;
    const scale = sources === 0 ? 0 : n / sources;
    const { byNode, squareByNode, byArc } = this.#total;
    const errorByNode = squareByNode.map((squares, v) => {
      if (sources >= n || sources < 2) return 0;
      const variance = Math.max(0, squares - (byNode[v] * byNode[v]) / sources) / (sources - 1);
      return n * Math.sqrt((variance / sources) * (1 - sources / n));
    });
    return { byNode: byNode.map((sum) => sum * scale), byArc: byArc.map((sum) => sum * scale), errorByNode, sources };
  }
}

export function emptyBlock(graph: SearchGraph): DependencyBlock {
  return { byNode: new Float64Array(graph.nodeCount), squareByNode: new Float64Array(graph.nodeCount), byArc: new Float64Array(graph.arcCount) };
}

function addTo(total: Float64Array, values: Float64Array): void {
  for (let i = 0; i < total.length; i++) total[i] += values[i];
}

/** @throws RangeError for a sample of less than one source or weights for another number of nodes */
export function checkBetweenness({ nodeCount }: SearchGraph, { sample, weights }: BetweennessOptions): void {
  if (weights !== undefined && weights.length !== nodeCount) throw new RangeError(`${weights.length} weights for ${nodeCount} nodes`);
  if (sample !== undefined && !(sample.count >= 1)) throw new RangeError(`a sample of ${sample.count} sources`);
}

export function reportSources(report: WorkContext['report'], done: number, total: number): void {
  report?.({ stage: 'betweenness', text: { zh: '计算中介中心性', en: 'Computing betweenness' }, done, total });
}

/**
 * Betweenness of all nodes and arcs, in the calling thread (engine/pool/run-graph.ts does it on several). Time: one search and
 * two walks over its arcs for each source.
 *
 * @throws RangeError as {@link checkBetweenness} does; cancelled
 */
export function buildBetweenness(graph: SearchGraph, options: BetweennessOptions = {}, { report, signal }: WorkContext = {}): Betweenness {
  checkBetweenness(graph, options);
  const sources = listSources(graph.nodeCount, options.sample);
  const search = new DependencySearch(graph, options);
  const sum = new BetweennessSum(graph);
  for (let from = 0; from < sources.length; from += SOURCES_PER_BLOCK) {
    throwIfCancelled(signal);
    const to = Math.min(from + SOURCES_PER_BLOCK, sources.length);
    const block = emptyBlock(graph);
    search.addSources(sources.subarray(from, to), block);
    sum.add(block);
    reportSources(report, to, sources.length);
  }
  return sum.finish(sources.length);
}

/**
 * Betweenness of streets: arcs of one chain, both ways, added up. Of chains side by side that cost the same only the one the search
 * graph keeps has any.
 *
 * @param byArc of the travel graph's search graph
 * @returns by chain
 */
export function sumByChain({ arc, chain }: TravelGraph, byArc: Float64Array): Float64Array {
  const byChain = new Float64Array(chain.edgeEnds.length);
  for (let a = 0; a < byArc.length; a++) byChain[arc.chain[a] >> 1] += byArc[a];
  return byChain;
}
