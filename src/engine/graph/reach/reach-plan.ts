/**
 * What a question for reach sums comes down to before any search: opportunities put together by place, origins in the order
 * of cells, direct ways along chains. The kernel and its twin both start from it, so they cannot differ in what they are asked.
 */
import { ChengmaiError } from '../../../core/errors.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { wholeLimit } from '../search/bounded-search.ts';
import type { Hierarchy } from '../hierarchy/hierarchy.ts';
import { findWindows, listOnChains } from '../travel/chain-ways.ts';
import type { ChainWindows, ListedPoints } from '../travel/chain-ways.ts';
import { areNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { SweepMemory } from './sweep-memory.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

export interface ReachEngine {
  readonly graph: SearchGraph;
  /** Of that graph, with a bound not below any limit asked for. */
  readonly hierarchy: Hierarchy;
  /** Both as the kernels have them (openSweepMemory), for whoever asks more than once: saves 0.3 µs a node each time. */
  readonly memory?: SweepMemory;
}

export interface ReachQuery {
  readonly origins: PointLinks;
  readonly opportunities: PointLinks;
  /** For each variable the weight of each opportunity. Whole numbers are summed exactly. */
  readonly weights: readonly (Int32Array | Uint32Array | Float64Array)[];
  /** An opportunity counts where cost ≤ limit. Below 0: nothing counts. */
  readonly limits?: readonly number[];
  /** Tables of decay.ts: an opportunity at cost c counts table[c] times, not at all from the table's length on. */
  readonly decays?: readonly Float64Array[];
  /** The graph's own streets: with them, points on one chain reach each other along it. Without, only by way of nodes. */
  readonly travel?: TravelGraph;
}

/** Distinct places of opportunities. */
export interface Places {
  readonly count: number;
  /** Pairs of place p: first[p] … first[p + 1] − 1. */
  readonly first: Uint32Array;
  readonly node: Uint32Array;
  readonly cost: Uint32Array;
  /** Whether each is one node at no cost, in ascending order. */
  readonly areNodes: boolean;
}

export interface ReachPlan {
  readonly nodeCount: number;
  readonly originCount: number;
  /** By position in the order of cells: the origin. */
  readonly order: Uint32Array;
  /** Leaving the origin at position i: pairs first[i] … first[i + 1] − 1. */
  readonly first: Uint32Array;
  readonly node: Uint32Array;
  readonly cost: Uint32Array;
  /** Whether each origin is one node at no cost. */
  readonly originsAreNodes: boolean;
  readonly places: Places;
  /** For each variable the weight of each place. */
  readonly weights: readonly Float64Array[];
  /** For each variable whether all its weights are whole numbers of 32 bits. */
  readonly whole: readonly boolean[];
  readonly limits: readonly number[];
  readonly decays: readonly Float64Array[];
  /** The largest cost that matters. */
  readonly limit: number;
  /** Ways that pass no node, by position of the origin, to places. */
  readonly direct: (ListedPoints & ChainWindows) | undefined;
}

/** Origins by the first node they are left for, which stands for where they are: nodes are numbered along a Hilbert curve. */
function orderOrigins(nodeCount: number, { count, firstOut, outNode }: PointLinks): Uint32Array {
  const keyOf = (p: number): number => (firstOut[p] < firstOut[p + 1] ? outNode[firstOut[p]] : nodeCount);
  const at = new Uint32Array(nodeCount + 2);
  for (let p = 0; p < count; p++) at[keyOf(p) + 1]++;
  for (let v = 0; v <= nodeCount; v++) at[v + 1] += at[v];
  const order = new Uint32Array(count);
  for (let p = 0; p < count; p++) order[at[keyOf(p)]++] = p;
  return order;
}

function isAscending(nodes: Uint32Array): boolean {
  for (let i = 1; i < nodes.length; i++) if (nodes[i] < nodes[i - 1]) return false;
  return true;
}

function isStrictlyAscending(nodes: Uint32Array): boolean {
  for (let i = 1; i < nodes.length; i++) if (nodes[i] <= nodes[i - 1]) return false;
  return true;
}

function countUp(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/** Pairs of origins in the order of cells. Nodes in ascending order, which is what is asked for most, are that already. */
function orderPairs(nodeCount: number, origins: PointLinks, originsAreNodes: boolean): Pick<ReachPlan, 'order' | 'first' | 'node' | 'cost'> {
  const { firstOut, outNode, outCost } = origins;
  if (originsAreNodes && isAscending(outNode)) return { order: countUp(origins.count), first: firstOut, node: outNode, cost: outCost };
  const order = orderOrigins(nodeCount, origins);
  const first = new Uint32Array(order.length + 1);
  for (let i = 0; i < order.length; i++) first[i + 1] = first[i] + firstOut[order[i] + 1] - firstOut[order[i]];
  const node = new Uint32Array(first[order.length]);
  const cost = new Uint32Array(first[order.length]);
  for (let i = 0; i < order.length; i++) {
    for (let k = firstOut[order[i]], to = first[i]; to < first[i + 1]; k++, to++) {
      node[to] = outNode[k];
      cost[to] = Math.min(outCost[k], UNREACHED);
    }
  }
  return { order, first, node, cost };
}

interface FoundPlaces {
  readonly placeOf: ArrayLike<number>;
  readonly example: Uint32Array;
  readonly places: Places;
  /** Whether opportunity p is place p. */
  readonly each: boolean;
}

/** Opportunities put together by place. */
function gatherPlaces(nodeCount: number, links: PointLinks, linksAreNodes: boolean): FoundPlaces {
  const { count, firstIn, inNode, inCost } = links;
  if (linksAreNodes && isStrictlyAscending(inNode)) {
    const numbers = countUp(count);
    return { placeOf: numbers, example: numbers, places: { count, first: firstIn, node: inNode, cost: inCost, areNodes: true }, each: true };
  }
  const { placeOf, example } = findPlaces(nodeCount, links, linksAreNodes);
  return { placeOf, example, places: { count: example.length, ...gatherPairs(example, links), areNodes: linksAreNodes }, each: false };
}

/** For each opportunity its place, −1 for those tied to nothing; and one opportunity of each place. */
function findPlaces(nodeCount: number, links: PointLinks, linksAreNodes: boolean): { placeOf: Int32Array; example: Uint32Array } {
  const { count, edge, alongMm, offCost, firstIn, inNode } = links;
  const placeOf = new Int32Array(count).fill(-1);
  const example = new Uint32Array(count);
  let places = 0;
  if (linksAreNodes) {
    const at = new Int32Array(nodeCount).fill(-1);
    for (let p = 0; p < count; p++) if (at[inNode[p]] < 0) at[inNode[p]] = p;
    for (let v = 0; v < nodeCount; v++) {
      if (at[v] < 0) continue;
      example[places] = at[v];
      at[v] = places++;
    }
    for (let p = 0; p < count; p++) placeOf[p] = at[inNode[p]];
    return { placeOf, example: example.slice(0, places) };
  }
  // a hash table with open addressing: ten million opportunities at one place must not take a million comparisons each
  let size = 16;
  while (size < 2 * count) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const nodeOf = (p: number): number => (edge[p] < 0 && firstIn[p] < firstIn[p + 1] ? inNode[firstIn[p]] : 0);
  for (let p = 0; p < count; p++) {
    if (edge[p] < 0 && firstIn[p] === firstIn[p + 1]) continue;
    const node = nodeOf(p);
    let slot = (Math.imul(edge[p], 0x9e3779b1) ^ Math.imul(alongMm[p], 0x85ebca6b) ^ Math.imul(offCost[p], 0xc2b2ae35) ^ Math.imul(node, 0x27d4eb2f)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (size - 1);
    for (; ; slot = (slot + 1) & (size - 1)) {
      const place = table[slot];
      if (place < 0) {
        table[slot] = places;
        example[places] = p;
        placeOf[p] = places++;
        break;
      }
      const q = example[place];
      if (edge[q] === edge[p] && alongMm[q] === alongMm[p] && offCost[q] === offCost[p] && nodeOf(q) === node) {
        placeOf[p] = place;
        break;
      }
    }
  }
  return { placeOf, example: example.slice(0, places) };
}

function gatherPairs(example: Uint32Array, { firstIn, inNode, inCost }: PointLinks): { first: Uint32Array; node: Uint32Array; cost: Uint32Array } {
  const first = new Uint32Array(example.length + 1);
  for (let p = 0; p < example.length; p++) first[p + 1] = first[p] + firstIn[example[p] + 1] - firstIn[example[p]];
  const node = new Uint32Array(first[example.length]);
  const cost = new Uint32Array(first[example.length]);
  for (let p = 0; p < example.length; p++) {
    for (let i = firstIn[example[p]], to = first[p]; to < first[p + 1]; i++, to++) {
      node[to] = inNode[i];
      cost[to] = Math.min(inCost[i], UNREACHED);
    }
  }
  return { first, node, cost };
}

/** Pairs of places by node. */
export function listPlacesByNode(nodeCount: number, { count, first, node, cost }: Places): { first: Uint32Array; place: Uint32Array; cost: Uint32Array } {
  const firstAt = new Uint32Array(nodeCount + 1);
  for (let i = 0; i < node.length; i++) firstAt[node[i] + 1]++;
  for (let v = 0; v < nodeCount; v++) firstAt[v + 1] += firstAt[v];
  const at = firstAt.slice(0, nodeCount);
  const place = new Uint32Array(node.length);
  const costAt = new Uint32Array(node.length);
  for (let p = 0; p < count; p++) {
    for (let i = first[p]; i < first[p + 1]; i++) {
      place[at[node[i]]] = p;
      costAt[at[node[i]]++] = cost[i];
    }
  }
  return { first: firstAt, place, cost: costAt };
}

function checkWeights(given: ReachQuery['weights'][number], variable: number): void {
  // whole-number arrays have nothing else in them
  if (given instanceof Int32Array || given instanceof Uint32Array) return;
  for (let p = 0; p < given.length; p++) if (!Number.isFinite(given[p])) throw new RangeError(`variable ${variable} has the weight ${given[p]} at opportunity ${p}`);
}

/** −0 counts as whole: it becomes 0, which weighs as little. */
function areWhole(weights: Float64Array): boolean {
  for (let p = 0; p < weights.length; p++) if (!(Math.abs(weights[p]) <= 0x7fff_ffff && weights[p] === Math.trunc(weights[p]))) return false;
  return true;
}

/** Weights by place: those of one place added in the order of opportunities. */
function sumWeights(weights: ReachQuery['weights'], { placeOf, example, each }: FoundPlaces): { weights: Float64Array[]; whole: boolean[] } {
  const sums = weights.map((given, v) => {
    if (given.length !== placeOf.length) throw new RangeError(`variable ${v} has ${given.length} weights for ${placeOf.length} opportunities`);
    checkWeights(given, v);
    if (each) return new Float64Array(given);
    const sum = new Float64Array(example.length);
    for (let p = 0; p < placeOf.length; p++) if (placeOf[p] >= 0) sum[placeOf[p]] += given[p];
    return sum;
  });
  return { weights: sums, whole: sums.map(areWhole) };
}

/** What each origin may reach along its chain. No pair is listed: 20,000 points on one chain would be 4 · 10⁸. */
function* findDirect(travel: TravelGraph, origins: PointLinks, order: Uint32Array, opportunities: PointLinks, example: Uint32Array, limit: number): Steps<ReachPlan['direct']> {
  const points = yield* listOnChains(travel, opportunities, true, example);
  const windows = yield* findWindows(points, origins, order, limit);
  return windows === undefined ? undefined : { ...points.listed, ...windows };
}

/**
 * Checks a question and prepares it.
 *
 * @throws RangeError on weights that are no numbers or too few, on nodes the graph does not have, on limits that are not numbers;
 * ChengmaiError `engine/beyond-bound` where a limit is beyond what the hierarchy was built for
 */
export function planReach(engine: ReachEngine, query: ReachQuery): ReachPlan {
  return finishSteps(planReachInSteps(engine, query));
}

/** {@link planReach} in slices. */
export function* planReachInSteps({ graph, hierarchy }: ReachEngine, query: ReachQuery): Steps<ReachPlan> {
  const { origins, opportunities, travel } = query;
  const nodeCount = graph.nodeCount;
  // points that are nodes have the same array for leaving and reaching them
  for (const nodes of new Set([origins.outNode, origins.inNode, opportunities.outNode, opportunities.inNode])) {
    for (let i = 0; i < nodes.length; i++) if (nodes[i] >= nodeCount) throw new RangeError(`a point is tied to node ${nodes[i]} of a graph of ${nodeCount}`);
  }
  const limits = (query.limits ?? []).map(wholeLimit);
  const decays = query.decays ?? [];
  const limit = Math.min(UNREACHED - 1, Math.max(0, ...limits, ...decays.map((table) => table.length - 1)));
  if (limit > hierarchy.bound) {
    throw new ChengmaiError('input', 'engine/beyond-bound', {
      zh: `上限 ${limit} 超出路网层次的范围 ${hierarchy.bound}；请按更大的范围重建层次。`,
      en: `A limit of ${limit} is beyond the ${hierarchy.bound} that the hierarchy was built for; build it with a larger bound.`,
    });
  }
  const originsAreNodes = areNodes(origins);
  yield;
  const found = gatherPlaces(nodeCount, opportunities, opportunities === origins ? originsAreNodes : areNodes(opportunities));
  yield;
  const pairs = orderPairs(nodeCount, origins, originsAreNodes);
  yield;
  const sums = sumWeights(query.weights, found);
  return {
    nodeCount, originCount: origins.count, ...pairs, originsAreNodes,
    places: found.places,
    ...sums,
    limits, decays, limit,
    direct: travel === undefined ? undefined : yield* findDirect(travel, origins, pairs.order, opportunities, found.example, limit),
  };
}
