/**
 * Millimetres beside costs: how long arcs, the ends of trips and direct ways are.
 *
 * Lengths are along the streets plus the straight parts off the network. Of two chains between the same nodes that cost the same
 * the search graph keeps the one of lower number, so the length of a cheapest way is that of one of them.
 *
 * Memory: 4 bytes an edge of the network, 4 bytes a chain and an arc, 4 bytes a pair of links.
 */
import type { EdgeCosting } from './edge-cost.ts';
import { edgeCosting } from './edge-cost.ts';
import type { PointLinks } from './point-links.ts';
import { UNREACHED } from '../search/search-graph.ts';
import type { TravelGraph } from './travel-graph.ts';

/** A travel graph's lengths, as they are asked for again and again. */
export interface ChainLengths {
  /** By edge of the network: length from the start of its chain to where the chain enters it. */
  readonly beforeMm: Uint32Array;
  /** By chain: the vertices it starts and ends at. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** By arc of the search graph: length of its chain. */
  readonly arcMm: Uint32Array;
  readonly costing: EdgeCosting;
}

const lengthsOf = new WeakMap<TravelGraph, ChainLengths>();

/** Made on the first call, kept as long as the graph. */
export function chainLengths(travel: TravelGraph): ChainLengths {
  let lengths = lengthsOf.get(travel);
  if (lengths === undefined) lengthsOf.set(travel, (lengths = measureChains(travel)));
  return lengths;
}

function measureChains({ network, chain, arc, meta }: TravelGraph): ChainLengths {
  const { from, to, lengthMm } = network.edge;
  const beforeMm = new Uint32Array(lengthMm.length);
  const start = new Uint32Array(chain.edgeEnds.length);
  const end = new Uint32Array(chain.edgeEnds.length);
  let i = 0;
  for (let c = 0; c < chain.edgeEnds.length; c++) {
    const first = chain.edges[i];
    start[c] = ((first & 1) === 0 ? from : to)[first >> 1];
    let gone = 0;
    for (; i < chain.edgeEnds[c]; i++) {
      beforeMm[chain.edges[i] >> 1] = gone;
      gone += lengthMm[chain.edges[i] >> 1];
    }
    const last = chain.edges[i - 1];
    end[c] = ((last & 1) === 0 ? to : from)[last >> 1];
  }
  return { beforeMm, start, end, arcMm: arc.chain.map((directed) => chain.lengthMm[directed >> 1]), costing: edgeCosting(network, meta.profile) };
}

/** Where point p lies on its chain, mm from the chain's start; −1 for points that lie on none. */
export function placeOnChainMm(travel: TravelGraph, links: PointLinks, p: number): number {
  const edge = links.edge[p];
  if (edge < 0 || travel.edge.chain[edge] < 0) return -1;
  const along = links.alongMm[p];
  const { beforeMm } = chainLengths(travel);
  return beforeMm[edge] + ((travel.edge.chain[edge] & 1) === 0 ? along : travel.network.edge.lengthMm[edge] - along);
}

/** Length of the way between two points of one chain that passes no node, off-network parts included. Both must lie on one chain. */
export function directMm(travel: TravelGraph, from: PointLinks, p: number, to: PointLinks, q: number): number {
  return Math.abs(placeOnChainMm(travel, from, p) - placeOnChainMm(travel, to, q)) + from.offMm[p] + to.offMm[q];
}

/** Lengths of the pairs of links, off-network part included: point to node, and node to point. */
export interface LinkLengths {
  readonly outMm: Uint32Array;
  readonly inMm: Uint32Array;
  /** By pair: directed chain (chain × 2, + 1 against it) the point's part of the trip runs along; −1 for points that are nodes. */
  readonly outDirected: Int32Array;
  readonly inDirected: Int32Array;
}

/** Which way along its chain each pair of links goes, and how far. */
export function measureLinks(travel: TravelGraph, links: PointLinks): LinkLengths {
  const outDirected = new Int32Array(links.outNode.length).fill(-1);
  const inDirected = new Int32Array(links.inNode.length).fill(-1);
  const outMm = new Uint32Array(links.outNode.length);
  const inMm = new Uint32Array(links.inNode.length);
  for (let p = 0; p < links.count; p++) {
    const place = placeOnChainMm(travel, links, p);
    if (place < 0) continue;
    const c = travel.edge.chain[links.edge[p]] >> 1;
    const rest = travel.chain.lengthMm[c] - place;
    for (let i = links.firstOut[p]; i < links.firstOut[p + 1]; i++) {
      outDirected[i] = 2 * c + (goesBack(travel, links, p, i, true) ? 1 : 0);
      outMm[i] = (outDirected[i] & 1 ? place : rest) + links.offMm[p];
    }
    for (let i = links.firstIn[p]; i < links.firstIn[p + 1]; i++) {
      inDirected[i] = 2 * c + (goesBack(travel, links, p, i, false) ? 1 : 0);
      inMm[i] = (inDirected[i] & 1 ? rest : place) + links.offMm[p];
    }
  }
  return { outMm, inMm, outDirected, inDirected };
}

/** Whether a pair of point p runs against its chain. The vertex says so; at both ends of a loop it is the same and the cost decides. */
function goesBack(travel: TravelGraph, links: PointLinks, p: number, pair: number, leaving: boolean): boolean {
  const { start, end } = chainLengths(travel);
  const c = travel.edge.chain[links.edge[p]] >> 1;
  const node = (leaving ? links.outNode : links.inNode)[pair];
  if (start[c] !== end[c]) return travel.node.vertex[node] === (leaving ? start : end)[c];
  if (leaving && travel.node.chain[node] >= 0) return (travel.node.chain[node] & 1) === 1;
  const cost = (leaving ? links.outCost : links.inCost)[pair] - links.offCost[p];
  if (costOnLoop(travel, links, p, node, 2 * c, leaving) !== cost) return true;
  const place = placeOnChainMm(travel, links, p);
  const shorterBack = leaving === 2 * place < travel.chain.lengthMm[c];
  return shorterBack && costOnLoop(travel, links, p, node, 2 * c + 1, leaving) === cost;
}

/** Cost of point p's part of a trip along a directed loop, the turn into it included; UNREACHED where there is none. */
function costOnLoop(travel: TravelGraph, links: PointLinks, p: number, node: number, directed: number, leaving: boolean): number {
  const { costing } = chainLengths(travel);
  const { edge, chain, network, graph, arc } = travel;
  const e = links.edge[p];
  const half = 2 * e + ((edge.chain[e] ^ directed) & 1);
  const against = (directed & 1) === 1;
  const before = (against ? edge.beforeBack : edge.before)[e];
  const own = (half & 1 ? edge.backward : edge.forward)[e];
  const whole = (against ? chain.backward : chain.forward)[directed >> 1];
  if (before >= UNREACHED || own >= UNREACHED || whole >= UNREACHED) return UNREACHED;
  const passed = half & 1 ? network.edge.lengthMm[e] - links.alongMm[p] : links.alongMm[p];
  if (leaving) return costing.leaving(half, network.edge.lengthMm[e] - passed) + whole - before - own;
  let delay = 0;
  for (let a = graph.firstOut[node]; a < graph.firstOut[node + 1]; a++) if (arc.chain[a] === directed) delay = arc.delay[a];
  if (travel.node.chain[node] === directed && travel.node.again[node] < UNREACHED) delay = travel.node.again[node];
  return delay + before + costing.entering(half, passed);
}
