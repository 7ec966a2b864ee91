/**
 * A plan for reach sums in the memory of the sweeps, as kernels/sweep-context.ts says, and how much memory all of it takes.
 */
import { listPlacesByNode } from './reach-plan.ts';
import type { ReachPlan } from './reach-plan.ts';
import { sweepMemoryBytes, sweepScratchShares, takeBytes } from './sweep-memory.ts';
import type { ByteShare, ItemNeeds, SweepMemory, SweepRoom } from './sweep-memory.ts';

/** A memory with a plan in it: what a thread needs to work on cells, as plain data. */
export interface ReachJob extends SweepMemory {
  /** Addresses of the plan and of the results. */
  readonly plan: number;
  readonly results: number;
  readonly needs: ItemNeeds;
  readonly limit: number;
  readonly originCount: number;
  /** Origins of a cell. */
  readonly cellOrigins: number;
}

const PLAN_BYTES = 128;
const ALIGN = 64;

/** Whether one whole variable at nodes within one limit is all that is asked for. */
function isQuick({ places, whole, limits, decays }: ReachPlan): boolean {
  return places.areNodes && whole.length === 1 && whole[0] && limits.length === 1 && decays.length === 0;
}

/** Bytes of a plan: what it holds and room to align it. */
function planBytes(plan: Pick<ReachPlan, 'nodeCount' | 'originCount' | 'originsAreNodes' | 'places' | 'weights' | 'limits' | 'decays' | 'direct' | 'node' | 'whole'>): number {
  const { nodeCount, originCount, places, weights, limits, decays, direct } = plan;
  const origins = 4 * plan.node.length + (plan.originsAreNodes ? 0 : 4 * plan.node.length + 4 * (originCount + 1));
  const results = 8 * weights.length * (limits.length + decays.length) * originCount;
  if (isQuick(plan as ReachPlan)) return PLAN_BYTES + origins + results + 4 * nodeCount + 16 * ALIGN;
  const pairs = 4 * (nodeCount + 1) + 4 * places.node.length + (places.areNodes ? 0 : 4 * (places.count + 1) + 8 * places.node.length);
  const measures = 8 * weights.length * places.count + weights.length + 4 * limits.length + decays.reduce((sum, table) => sum + 8 + 8 * table.length + ALIGN, 0);
  const ways = direct === undefined ? 0 : direct.windowOf.byteLength + direct.bounds.byteLength + direct.values.byteLength + direct.paces.byteLength + direct.spots.byteLength + direct.keys.byteLength + 6 * ALIGN;
  return PLAN_BYTES + origins + results + pairs + measures + ways + 20 * ALIGN;
}

/**
 * Bytes of the kernels' memory for a plan, at most: graph, hierarchy, plan and results once, and for each thread (and each that died and was
 * replaced) 4 bytes a node, 4 bytes a place beside a street, and scratch for its largest cell: see sweepMemoryBytes.
 */
export function reachMemoryBytes(engine: { readonly arcs: number; readonly upArcs: number; readonly symmetric: boolean }, plan: ReachPlan, threads: number, largest: SweepRoom): number {
  return sweepMemoryBytes({ ...engine, nodes: plan.nodeCount, threads, largest, needs: itemNeeds(plan), extra: planBytes(plan) });
}

/** What a question for reach sums takes at most, by what it is made of: known before it is planned. */
export interface ReachSizes {
  readonly nodes: number;
  readonly arcs: number;
  readonly upArcs: number;
  readonly symmetric: boolean;
  readonly chains: number;
  readonly edges: number;
  /** Origins of one question and their pairs for leaving, opportunities and their pairs for reaching them. */
  readonly origins: number;
  readonly originPairs: number;
  readonly opportunities: number;
  readonly opportunityPairs: number;
  readonly variables: number;
  /** Limits and decays, and entries of the decays' tables. */
  readonly measures: number;
  readonly decayEntries: number;
  readonly threads: number;
}

/**
 * Shares of the plan (reach-plan.ts, chain-ways.ts), of the kernels' memory and of the results, for points beside streets.
 *
 * An origin has 4 bytes in the order, 4 for its pairs, 60 for its window, as much while windows are cut to their number, and up to 64 of paces; an
 * opportunity 12 for its place, 16 in the hash table, 4 for its pairs, 72 on its chain. The kernels' memory has windows, pairs, spots and weights once more.
 */
export function reachShares(sizes: ReachSizes): { readonly plan: ByteShare[]; readonly kernels: ByteShare[]; readonly scratch: ByteShare[]; readonly results: ByteShare[] } {
  const { nodes, arcs, upArcs, symmetric, chains, edges, origins, originPairs, opportunities, opportunityPairs, variables, measures, decayEntries, threads } = sizes;
  const needs: ItemNeeds = { places: opportunities, linked: true, variables };
  return {
    plan: [[188, origins], [8, originPairs], [104 + 8 * variables, opportunities], [16, opportunityPairs], [16, nodes], [12, chains], [4, edges]],
    kernels: [[16, nodes], [8, arcs], [symmetric ? 8 : 12, upArcs], [96, origins], [8, originPairs], [36 + 8 * variables, opportunities], [12, opportunityPairs], [8, decayEntries]],
    scratch: sweepScratchShares({ nodes, upArcs, symmetric, needs, pairs: opportunityPairs }).map(([bytes, count]) => [bytes * Math.max(1, threads), count]),
    results: [[16 * variables * measures, origins]],
  };
}

function itemNeeds(plan: ReachPlan): ItemNeeds {
  return isQuick(plan) ? { places: 0, linked: false, variables: 0 } : { places: plan.places.count, linked: !plan.places.areNodes, variables: plan.weights.length };
}

/**
 * How many origins share a ball. Larger cells search less for each origin but go over more that its neighbours alone reach. Measured on the grid of
 * 260,000 nodes, µs per origin with cells of 128 / 256 / 512 / 1,024 / 2,048: 1.2 km 1.56 / 1.19 / 1.09 / 1.15 / 1.64;
 * 2.4 km 4.2 / 3.3 / 3.3 / 3.6 / 3.7; 5 km 18.8 / 14.8 / 12.5 / 11.1 / 12.2 (on a busy machine). Few origins are cut finer, for threads to share.
 */
function chooseCell(originCount: number, limit: number, meanCost: number): number {
  let cell = limit > 40 * meanCost ? 1024 : 512;
  while (cell > 128 && originCount < 16 * cell) cell /= 2;
  return cell;
}

/** Writes a plan into a memory. @throws `engine/sweep-memory` where it does not fit */
export function writeReachPlan(sweep: SweepMemory, plan: ReachPlan): ReachJob {
  const { memory, layout } = sweep;
  const put = (values: ArrayLike<number>, type: typeof Uint32Array | typeof Int32Array | typeof Float64Array | typeof Uint8Array): number => {
    const at = takeBytes(memory, layout, values.length * type.BYTES_PER_ELEMENT);
    new type(memory.buffer as ArrayBuffer, at, values.length).set(values);
    return at;
  };
  const { places, weights, limits, decays, direct, originCount } = plan;
  const address = takeBytes(memory, layout, PLAN_BYTES);
  const results = takeBytes(memory, layout, 8 * weights.length * (limits.length + decays.length) * originCount);
  const words = new Map<number, number>();
  words.set(0, plan.originsAreNodes ? 0 : put(plan.first, Uint32Array));
  words.set(1, put(plan.node, Uint32Array));
  words.set(2, plan.originsAreNodes ? 0 : put(plan.cost, Uint32Array));
  words.set(3, originCount);
  words.set(20, results);
  if (isQuick(plan)) {
    const byNode = new Int32Array(plan.nodeCount);
    for (let p = 0; p < places.count; p++) byNode[places.node[p]] = weights[0][p];
    words.set(21, put(byNode, Int32Array));
  } else {
    const at = listPlacesByNode(plan.nodeCount, places);
    words.set(4, put(at.first, Uint32Array));
    words.set(5, put(at.place, Uint32Array));
    if (!places.areNodes) {
      words.set(6, put(places.first, Uint32Array));
      words.set(7, put(places.node, Uint32Array));
      words.set(8, put(places.cost, Uint32Array));
    }
    words.set(9, places.count);
    words.set(10, weights.length);
    const all = takeBytes(memory, layout, 8 * weights.length * places.count);
    weights.forEach((values, v) => new Float64Array(memory.buffer, all + 8 * v * places.count, places.count).set(values));
    words.set(11, all);
    words.set(12, put(plan.whole.map(Number), Uint8Array));
    words.set(13, limits.length);
    words.set(14, put(limits, Int32Array));
    words.set(15, decays.length);
    words.set(16, put(decays.flatMap((table) => [put(table, Float64Array), table.length]), Uint32Array));
    if (direct !== undefined) {
      words.set(17, put(direct.windowOf, Uint32Array));
      words.set(18, put(direct.bounds, Uint32Array));
      words.set(19, put(direct.values, Float64Array));
      words.set(22, put(direct.paces, Float64Array));
      words.set(23, put(direct.spots, Uint32Array));
      words.set(24, put(direct.keys, Float64Array));
    }
  }
  const target = new Uint32Array(memory.buffer, address, PLAN_BYTES / 4).fill(0);
  for (const [word, value] of words) target[word] = value;
  return { memory, layout, plan: address, results, needs: itemNeeds(plan), limit: plan.limit, originCount, cellOrigins: chooseCell(originCount, plan.limit, layout.meanCost) };
}
