/**
 * Ties points to the nearest place on the nearest usable edge, and says what it costs to get from there to the graph's nodes.
 *
 * As R5: off the network one goes straight, at the mode's speed (drivers on foot), and only so far as the profile's maxLinkM; the
 * part of the edge and the part off the network are each rounded down to whole seconds; walkers start on edges open both ways,
 * nobody in a tunnel or under a roof, on a ferry or on a motorway. Unlike R5, riders and drivers may start on one-way edges (the pairs are
 * those the direction allows), and two points on one edge may also go round another way, if that is less. Which place is the nearest, and how
 * far, is measured as the network is: truly, or by R5's arithmetic (edge-grid.ts).
 *
 * Lengths are in metres of a plane touching the ellipsoid at the point; along an edge in shares of its length.
 * Of equally near edges the one of the lowest way id. 2 µs a point in an order that follows the map, 5 in random order (waiting for memory);
 * ten million at one place, one after another, take 2 s and 920 MB. Making the index takes 80 ms for 105,000 edges, once for each travel graph.
 * Memory while linking: that of the links, their pairs up to half as much again (88 bytes a walker's point, 132 at most).
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { metresPerDegree } from '../../spatial/measure.ts';
import type { EdgeGrid, NearestOnEdge } from './edge-grid.ts';
import { R5_METRES_PER_DEGREE, buildEdgeGrid } from './edge-grid.ts';
import type { EdgeCosting } from './edge-cost.ts';
import { USE, edgeCosting, offNetworkCost } from './edge-cost.ts';
import type { Network } from '../network/network.ts';
import { TRAIT } from '../network/network.ts';
import type { PointLinks } from './point-links.ts';
import { MAX_COST, UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from './travel-graph.ts';
import { LAYER } from './turn-states.ts';

/** Points of a slice: 10–40 ms. */
const CHECK_EVERY = 1 << 13;

const gridOf = new WeakMap<TravelGraph, EdgeGrid>();
const costingOf = new WeakMap<TravelGraph, EdgeCosting>();

/** The travel graph's costs of parts of edges: made on the first call, kept as long as the graph. */
export function costingFor(travel: TravelGraph): EdgeCosting {
  let costing = costingOf.get(travel);
  if (costing === undefined) costingOf.set(travel, (costing = edgeCosting(travel.network, travel.meta.profile)));
  return costing;
}

/**
 * Edges that points are tied to: usable ones on the ground. One without length, as a gate or a lift has, is where the streets that it joins end: whoever
 * stood on it would be on both sides at half its price. It is left out wherever such a street is. R5 leaves no street out for want of length.
 */
function chooseEdges(travel: TravelGraph): (edge: number) => boolean {
  const { edge, vertex, meta } = travel.network;
  const unlinked = Uint8Array.from(meta.classes, (name) => (name === 'motorway' || name === 'ferry' ? 1 : 0));
  const { chain, forward, backward } = travel.edge;
  const bothWays = travel.meta.profile.mode === 'walk';
  const isOpen = (e: number): boolean => chain[e] >= 0 && (!bothWays || (forward[e] < UNREACHED && backward[e] < UNREACHED));
  const isOnGround = (e: number): boolean => isOpen(e) && (edge.traits[e] & (TRAIT.tunnel | TRAIT.ferry)) === 0 && unlinked[edge.streetClass[e]] !== 1;
  const isPassage = (e: number): boolean => edge.lengthMm[e] === 0 && (meta.measure !== 'r5' || (edge.traits[e] & TRAIT.invented) !== 0);
  const onStreet = new Uint8Array(vertex.id.length);
  for (let e = 0; e < edge.from.length; e++) if (!isPassage(e) && isOnGround(e)) onStreet[edge.from[e]] = onStreet[edge.to[e]] = 1;
  return (e) => isOnGround(e) && !(isPassage(e) && (onStreet[edge.from[e]] | onStreet[edge.to[e]]) === 1);
}

/** The travel graph's index of streets: made on the first call, kept as long as the graph. */
function* gridFor(travel: TravelGraph): Steps<EdgeGrid> {
  let grid = gridOf.get(travel);
  if (grid === undefined) gridOf.set(travel, (grid = yield* buildEdgeGrid(travel.network, chooseEdges(travel))));
  return grid;
}

/** Millimetres along an edge to a place on one of its pieces: the share of its length that its shape has up to there. In R5's measure: R5's metres, no share. */
function alongEdge({ edge, vertex, meta }: Network, e: number, { piece, share }: NearestOnEdge, lat: number): number {
  const begin = e === 0 ? 0 : edge.shapeEnds[e - 1];
  const points = edge.shapeEnds[e] - begin;
  const isR5 = meta.measure === 'r5';
  const metres = metresPerDegree(lat);
  const aspect = isR5 ? Math.cos((lat * Math.PI) / 180) : metres.lon / metres.lat;
  let x = vertex.e7[2 * edge.from[e]];
  let y = vertex.e7[2 * edge.from[e] + 1];
  let total = 0;
  let there = 0;
  for (let k = 0; k <= points; k++) {
    const nextX = k < points ? edge.shapeE7[2 * (begin + k)] : vertex.e7[2 * edge.to[e]];
    const nextY = k < points ? edge.shapeE7[2 * (begin + k) + 1] : vertex.e7[2 * edge.to[e] + 1];
    const length = Math.sqrt(((nextX - x) * aspect) ** 2 + (nextY - y) ** 2);
    if (k < piece) there += length;
    else if (k === piece) there += share * length;
    total += length;
    x = nextX;
    y = nextY;
  }
  if (isR5) return Math.min(edge.lengthMm[e], Math.trunc((Math.trunc(there) / 1e7) * R5_METRES_PER_DEGREE * 1000));
  return total > 0 ? Math.min(edge.lengthMm[e], Math.round((there / total) * edge.lengthMm[e])) : 0;
}

/** (node, cost) pairs of one place on an edge, in arrays that are used again for each point. */
interface Pairs {
  count: number;
  node: Uint32Array;
  cost: Uint32Array;
}

function addPair(pairs: Pairs, node: number, cost: number): void {
  if (cost > MAX_COST) return;
  if (pairs.count === pairs.node.length) {
    const longer = (array: Uint32Array): Uint32Array => {
      const copy = new Uint32Array(2 * array.length);
      copy.set(array);
      return copy;
    };
    pairs.node = longer(pairs.node);
    pairs.cost = longer(pairs.cost);
  }
  pairs.node[pairs.count] = node;
  pairs.cost[pairs.count++] = cost;
}

/** Where a half-edge lies on its chain: directed chain, cost before it and cost after it. */
interface OnChain {
  directed: number;
  before: number;
  after: number;
}

function placeOnChain({ chain, edge }: TravelGraph, half: number): OnChain {
  const e = half >>> 1;
  const directed = edge.chain[e] ^ (half & 1);
  const against = (directed & 1) === 1;
  const before = (against ? edge.beforeBack : edge.before)[e];
  const own = ((half & 1) === 1 ? edge.backward : edge.forward)[e];
  const whole = (against ? chain.backward : chain.forward)[directed >>> 1];
  return { directed, before, after: whole === UNREACHED ? UNREACHED : whole - before - own };
}

function chainEnd({ chain, network }: TravelGraph, directed: number): number {
  const c = directed >>> 1;
  const half = (directed & 1) === 0 ? chain.edges[chain.edgeEnds[c] - 1] : chain.edges[c === 0 ? 0 : chain.edgeEnds[c - 1]] ^ 1;
  return ((half & 1) === 0 ? network.edge.to : network.edge.from)[half >>> 1];
}

/** How a place on edge e, `along` mm after its start, is left (`out`) and reached (`into`), without off-network ways. */
function pairsAt(travel: TravelGraph, costing: EdgeCosting, e: number, along: number, out: Pairs, into: Pairs): void {
  const { node, network, graph, meta, chain } = travel;
  out.count = 0;
  into.count = 0;
  const drives = meta.profile.mode === 'drive';
  for (let half = 2 * e; half <= 2 * e + 1; half++) {
    if (((half & 1) === 0 ? travel.edge.forward : travel.edge.backward)[e] === UNREACHED) continue;
    const { directed, before, after } = placeOnChain(travel, half);
    if (after === UNREACHED) continue;
    const passed = (half & 1) === 0 ? along : network.edge.lengthMm[e] - along;
    const leave = costing.leaving(half, network.edge.lengthMm[e] - passed) + after;
    const enter = before + costing.entering(half, passed);
    const isLocal = costing.use(half) === USE.local;
    const endVertex = chainEnd(travel, directed);
    if (drives) {
      const whole = ((directed & 1) === 0 ? chain.forward : chain.backward)[directed >>> 1];
      let left = false;
      for (let s = node.firstAt[endVertex]; s < node.firstAt[endVertex + 1]; s++) {
        if (node.chain[s] !== directed) continue;
        // the first state of a chain is that of a fresh start; the others are reached only by way of other chains
        if (!left) addPair(out, s, leave);
        left = true;
        for (let i = graph.firstIn[s]; i < graph.firstIn[s + 1]; i++) addPair(into, graph.tail[i], graph.costIn[i] - whole + enter);
        if (node.again[s] < UNREACHED) addPair(into, s, node.again[s] + enter);
      }
      continue;
    }
    for (let s = node.firstAt[endVertex]; s < node.firstAt[endVertex + 1]; s++) if (node.layer[s] === (isLocal ? LAYER.start : LAYER.through)) addPair(out, s, leave);
    const startVertex = chainEnd(travel, directed ^ 1);
    for (let s = node.firstAt[startVertex]; s < node.firstAt[startVertex + 1]; s++) if (isLocal || node.layer[s] !== LAYER.end) addPair(into, s, enter);
  }
}

function longEnough(array: Uint32Array, length: number): Uint32Array {
  if (length <= array.length) return array;
  const longer = new Uint32Array(Math.max(length, Math.ceil(1.5 * array.length)));
  longer.set(array);
  return longer;
}

/**
 * Links points to the streets.
 *
 * @param lonLat longitude and latitude by turns, degrees; what is no place on earth is linked to nothing
 * @returns links in the order of the points; points without a usable edge near have edge −1 and no pairs
 * @throws ChengmaiError `core/cancelled`
 */
export function linkPoints(travel: TravelGraph, lonLat: Float64Array, context: WorkContext = {}): PointLinks {
  return finishSteps(linkPointsInSteps(travel, lonLat, context));
}

/** {@link linkPoints} in slices. */
export function* linkPointsInSteps(travel: TravelGraph, lonLat: Float64Array, { report, signal }: WorkContext = {}): Steps<PointLinks> {
  const count = lonLat.length >>> 1;
  const grid = yield* gridFor(travel);
  const costing = costingFor(travel);
  const { profile } = travel.meta;
  const edge = new Int32Array(count).fill(-1);
  const alongMm = new Uint32Array(count);
  const offMm = new Uint32Array(count);
  const offCost = new Uint32Array(count);
  const firstOut = new Uint32Array(count + 1);
  const firstIn = new Uint32Array(count + 1);
  let outNode: Uint32Array = new Uint32Array(2 * count);
  let outCost: Uint32Array = new Uint32Array(2 * count);
  let inNode: Uint32Array = new Uint32Array(2 * count);
  let inCost: Uint32Array = new Uint32Array(2 * count);
  const found: NearestOnEdge = { edge: -1, piece: 0, share: 0, distanceM: 0 };
  const out: Pairs = { count: 0, node: new Uint32Array(8), cost: new Uint32Array(8) };
  const into: Pairs = { count: 0, node: new Uint32Array(8), cost: new Uint32Array(8) };
  let lastX = NaN;
  let lastY = NaN;
  for (let p = 0; p < count; p++) {
    if (p % CHECK_EVERY === 0) {
      throwIfCancelled(signal);
      report?.({ stage: 'link', text: { zh: '正在将点连接到街道', en: 'Linking points to streets' }, done: p, total: count });
      yield;
    }
    const x = lonLat[2 * p];
    const y = lonLat[2 * p + 1];
    if (x === lastX && y === lastY) {
      edge[p] = edge[p - 1];
      alongMm[p] = alongMm[p - 1];
      offMm[p] = offMm[p - 1];
      offCost[p] = offCost[p - 1];
    } else {
      grid.findNearest(x * 1e7, y * 1e7, profile.maxLinkM, found);
      out.count = 0;
      into.count = 0;
      if (found.edge >= 0) {
        edge[p] = found.edge;
        alongMm[p] = alongEdge(travel.network, found.edge, found, y);
        offMm[p] = travel.network.meta.measure === 'r5' ? Math.trunc(found.distanceM * 1000) : Math.round(found.distanceM * 1000);
        offCost[p] = offNetworkCost(profile, offMm[p]);
        pairsAt(travel, costing, found.edge, alongMm[p], out, into);
      }
      lastX = x;
      lastY = y;
    }
    const o = firstOut[p];
    const i = firstIn[p];
    outNode = longEnough(outNode, o + out.count);
    outCost = longEnough(outCost, o + out.count);
    inNode = longEnough(inNode, i + into.count);
    inCost = longEnough(inCost, i + into.count);
    for (let k = 0; k < out.count; k++) {
      outNode[o + k] = out.node[k];
      outCost[o + k] = out.cost[k] + offCost[p];
    }
    for (let k = 0; k < into.count; k++) {
      inNode[i + k] = into.node[k];
      inCost[i + k] = into.cost[k] + offCost[p];
    }
    firstOut[p + 1] = o + out.count;
    firstIn[p + 1] = i + into.count;
  }
  throwIfCancelled(signal);
  return {
    count, edge, alongMm, offMm, offCost,
    firstOut, outNode: outNode.subarray(0, firstOut[count]), outCost: outCost.subarray(0, firstOut[count]),
    firstIn, inNode: inNode.subarray(0, firstIn[count]), inCost: inCost.subarray(0, firstIn[count]),
  };
}

/** Number of the chain point p lies on; −1 where it lies on none. Only points on one chain can have a direct way. */
export function chainOfPoint(travel: TravelGraph, links: PointLinks, p: number): number {
  return links.edge[p] < 0 ? -1 : travel.edge.chain[links.edge[p]] >> 1;
}

/** Whether half-edge a comes before b on the directed chain of both. Costs say so but where an edge has none. */
function comesBefore({ chain, edge }: TravelGraph, a: number, b: number): boolean {
  const directed = edge.chain[a >>> 1] ^ (a & 1);
  for (let i = (directed >>> 1) === 0 ? 0 : chain.edgeEnds[(directed >>> 1) - 1]; ; i++) {
    const e = chain.edges[i] >>> 1;
    if (e === a >>> 1) return (directed & 1) === 0;
    if (e === b >>> 1) return (directed & 1) === 1;
  }
}

/**
 * Cost of going from point p of `from` to point q of `to` along the chain both lie on, without passing a node; off-network ways
 * included. UNREACHED where they lie on different chains, or the way is not allowed in that direction. There may be a cheaper
 * way by nodes.
 */
export function directCost(travel: TravelGraph, from: PointLinks, p: number, to: PointLinks, q: number): number {
  const a = from.edge[p];
  const b = to.edge[q];
  if (a < 0 || b < 0 || travel.edge.chain[a] >> 1 !== travel.edge.chain[b] >> 1) return UNREACHED;
  const costing = costingFor(travel);
  const { lengthMm } = travel.network.edge;
  const off = from.offCost[p] + to.offCost[q];
  let least = UNREACHED;
  for (let against = 0; against < 2; against++) {
    // half-edges of both in the direction looked at
    const halfA = 2 * a + ((travel.edge.chain[a] & 1) ^ against);
    const halfB = 2 * b + ((travel.edge.chain[b] & 1) ^ against);
    const onA = placeOnChain(travel, halfA);
    if (onA.after === UNREACHED) continue;
    const alongA = (halfA & 1) === 0 ? from.alongMm[p] : lengthMm[a] - from.alongMm[p];
    const alongB = (halfB & 1) === 0 ? to.alongMm[q] : lengthMm[b] - to.alongMm[q];
    if (a === b) {
      if (alongA <= alongB) least = Math.min(least, costing.within(halfA, alongB - alongA) + off);
      continue;
    }
    const onB = placeOnChain(travel, halfB);
    if (onA.before === onB.before && !comesBefore(travel, halfA, halfB)) continue;
    const endOfA = onA.before + ((halfA & 1) === 0 ? travel.edge.forward : travel.edge.backward)[a];
    if (endOfA > onB.before) continue;
    least = Math.min(least, costing.leaving(halfA, lengthMm[a] - alongA) + (onB.before - endOfA) + costing.entering(halfB, alongB) + off);
  }
  return least > MAX_COST ? UNREACHED : least;
}
