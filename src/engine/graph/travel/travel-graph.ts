/**
 * A network seen by one mode of travel: what a search runs on, and how its results come back to the streets.
 *
 * Runs of edges without a choice between them are one *chain*. For walking and riding the search graph's nodes are the
 * vertices where chains meet; for driving, where turns cost and some are forbidden, a node is the state "at the end of this
 * chain, driven this way". Both have the same arrays: an arc of the search graph is a delay (the turn before it; 0
 * on foot) and then one chain in one direction, and cost[arc] = arcDelay[arc] + the chain's cost in that direction.
 *
 * Cost of a chain is the sum of the costs of its edges, each rounded for itself (edge-cost.ts), so that contraction
 * changes no result. A loop chain has no arc (a search graph has no loops), but points on it have their links.
 *
 * Memory: 24 bytes an edge of the network, 4 bytes a vertex, 16 bytes a chain, 8 bytes an arc, 13 bytes a node, beside the search graph's:
 * 8.7 MB for walking in Porto (66,000 nodes, 105,000 edges), 17.1 MB for driving (148,000 states).
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import type { SectionArray } from '../../spatial/section-buffer.ts';
import { readSections, writeSections } from '../../spatial/section-buffer.ts';
import type { Chains } from './chains.ts';
import { buildChains } from './chains.ts';
import { dropSmallComponents, listHalfEdges } from './components.ts';
import { edgeCosting } from './edge-cost.ts';
import type { Network } from '../network/network.ts';
import type { TravelProfile } from './profile.ts';
import { checkProfile } from './profile.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED, buildSearchGraph } from '../search/search-graph.ts';
import type { NodesAndArcs } from './turn-states.ts';
import { bindingTurns, buildTurnStates } from './turn-states.ts';
import { buildVertexNodes } from './vertex-nodes.ts';

export const TRAVEL_GRAPH_VERSION = 2;

export interface TravelGraphMeta {
  readonly profile: TravelProfile;
  /** Unit of all costs. */
  readonly unit: 's' | 'mm';
  readonly counts: { readonly nodes: number; readonly arcs: number; readonly chains: number; readonly edges: number; readonly droppedVertices: number; readonly droppedComponents: number; readonly restrictions: number };
  readonly symmetric: boolean;
  /** Hash of the network's key, the profile and the rules' version. */
  readonly key: string;
}

export interface TravelGraph {
  readonly meta: TravelGraphMeta;
  /** The whole buffer (without the network's). */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly network: Network;
  readonly graph: SearchGraph;
  readonly node: {
    /** The network's vertex the node is, or stands at the end of the chain it is the state of. Ascending. */
    readonly vertex: Uint32Array;
    /** LAYER: 0 unless the profile uses local streets; see vertex-nodes.ts. */
    readonly layer: Uint8Array;
    /** Driving: the directed chain (chain × 2, + 1 against it) the node is the end of; −1 elsewhere. */
    readonly chain: Int32Array;
    /** Driving: delay before a loop may be driven once more; UNREACHED where it is none or may not. */
    readonly again: Uint32Array;
    /** By vertex of the network (and one more): nodes at v are firstAt[v] … firstAt[v + 1] − 1. */
    readonly firstAt: Uint32Array;
  };
  readonly arc: {
    /** chain × 2 + (1 where it is travelled against its direction). */
    readonly chain: Uint32Array;
    /** Cost before the chain is entered: the turn. */
    readonly delay: Uint32Array;
  };
  readonly chain: {
    /** Edges of chain c, in its direction: edgeEnds[c − 1] … edgeEnds[c] of `edges`, each as edge × 2 + (1 where the chain runs against the edge). */
    readonly edgeEnds: Uint32Array;
    readonly edges: Uint32Array;
    /** Cost along the chain and against it; UNREACHED where that is not allowed. */
    readonly forward: Uint32Array;
    readonly backward: Uint32Array;
    readonly lengthMm: Uint32Array;
  };
  /** By edge of the network. */
  readonly edge: {
    /** chain × 2 + (1 where the chain runs against the edge); −1 where the edge is not usable or was dropped. */
    readonly chain: Int32Array;
    /** Cost from the edge's `from` to its `to`, and back; UNREACHED where not allowed. */
    readonly forward: Uint32Array;
    readonly backward: Uint32Array;
    /** Cost from the chain's start to where the chain enters this edge; UNREACHED where not allowed. */
    readonly before: Uint32Array;
    /** Cost, going against the chain, from the chain's end to where it enters this edge from there; UNREACHED where not allowed. */
    readonly beforeBack: Uint32Array;
  };
}

/** Two 32-bit FNV-1a hashes of a text, as 16 hexadecimal digits. */
function hashText(text: string): string {
  const hash = (seed: number): string => {
    let h = seed;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x0100_0193);
    return (h >>> 0).toString(16).padStart(8, '0');
  };
  return hash(0x811c_9dc5) + hash(0x2545_f491);
}

function travelKey(network: Network, profile: TravelProfile, contracted: boolean): string {
  const sorted = Object.entries(profile).sort(([a], [b]) => (a < b ? -1 : 1));
  return hashText(JSON.stringify([TRAVEL_GRAPH_VERSION, network.meta.key, sorted, contracted]));
}

export interface TravelBuildOptions {
  /** False makes every edge a chain: same costs, more nodes. For tests and for showing single edges. */
  readonly contract?: boolean;
}

/** Half-edges of a slice: 10 ms. */
const CHECK_EVERY = 1 << 16;

/** Cost of each edge in both directions, and what of them may be used. */
function* costHalfEdges(network: Network, profile: TravelProfile): Steps<{ use: Uint8Array; cost: Uint32Array; head: Uint32Array }> {
  const { from, to, lengthMm } = network.edge;
  const costing = edgeCosting(network, profile);
  const use = new Uint8Array(2 * lengthMm.length);
  const cost = new Uint32Array(2 * lengthMm.length);
  const head = new Uint32Array(2 * lengthMm.length);
  for (let half = 0; half < use.length; half++) {
    if (half % CHECK_EVERY === 0) yield;
    head[half] = ((half & 1) === 0 ? to : from)[half >>> 1];
    cost[half] = costing.cost(half);
    use[half] = cost[half] === UNREACHED ? 0 : costing.use(half);
  }
  return { use, cost, head };
}

function lay(network: Network, meta: TravelGraphMeta, chains: Chains, nodes: NodesAndArcs, { graph, arcOf }: ReturnType<typeof buildSearchGraph>, cost: Uint32Array): TravelGraph {
  const everyOther = (array: Uint32Array, odd: number): Uint32Array => {
    const half = new Uint32Array(array.length / 2);
    for (let i = 0; i < half.length; i++) half[i] = array[2 * i + odd];
    return half;
  };
  const vertex = new Uint32Array(graph.nodeCount);
  for (let v = 0; v + 1 < nodes.firstNode.length; v++) vertex.fill(v, nodes.firstNode[v], nodes.firstNode[v + 1]);
  const back: Record<string, SectionArray> = graph.symmetric ? {} : { 'graph.firstIn': graph.firstIn, 'graph.tail': graph.tail, 'graph.costIn': graph.costIn };
  return openTravelGraph(
    writeSections(TRAVEL_GRAPH_VERSION, meta, {
      'graph.firstOut': graph.firstOut, 'graph.head': graph.head, 'graph.cost': graph.cost, ...back,
      'node.vertex': vertex, 'node.layer': nodes.layer, 'node.chain': nodes.chain, 'node.again': nodes.again, 'node.firstAt': nodes.firstNode,
      'arc.chain': arcOf.map((arc) => nodes.arcChain[arc]), 'arc.delay': arcOf.map((arc) => nodes.delay[arc]),
      'chain.edgeEnds': chains.edgeEnds, 'chain.edges': chains.edges, 'chain.forward': everyOther(chains.cost, 0), 'chain.backward': everyOther(chains.cost, 1), 'chain.lengthMm': chains.lengthMm,
      'edge.chain': chains.ofEdge, 'edge.forward': everyOther(cost, 0), 'edge.backward': everyOther(cost, 1), 'edge.before': chains.before, 'edge.beforeBack': chains.beforeBack,
    }),
    network,
  );
}

/**
 * A network as one profile travels it. The same network and profile give the same bytes.
 *
 * @throws ChengmaiError `engine/profile` for speeds and numbers that make no sense, `core/cancelled`
 */
export function buildTravelGraph(network: Network, profile: TravelProfile, options: WorkContext & TravelBuildOptions = {}): TravelGraph {
  return finishSteps(buildTravelGraphInSteps(network, profile, options));
}

/** {@link buildTravelGraph} in slices: a quarter of the whole at most. */
export function* buildTravelGraphInSteps(network: Network, profile: TravelProfile, { signal, contract = true }: WorkContext & TravelBuildOptions = {}): Steps<TravelGraph> {
  checkProfile(profile);
  const vertexCount = network.vertex.id.length;
  const { use, cost, head } = yield* costHalfEdges(network, profile);
  const all = listHalfEdges(vertexCount, head, use);
  throwIfCancelled(signal);
  yield;
  const dropped = dropSmallComponents(all, use, profile.leastVertices);
  for (let half = 0; half < use.length; half++) if (use[half] === 0) cost[half] = UNREACHED;
  const halfEdges = dropped.components === 0 ? all : listHalfEdges(vertexCount, head, use);
  throwIfCancelled(signal);
  yield;
  const turns = bindingTurns(network, profile.mode, use, head);
  const keep = contract ? new Uint8Array(vertexCount) : undefined;
  if (keep !== undefined) for (const v of turns.at) keep[v] = 1;
  const chains = buildChains(halfEdges, use, cost, network.edge.lengthMm, keep);
  throwIfCancelled(signal);
  yield;
  const nodes = profile.mode === 'drive' ? yield* buildTurnStates(network, profile, halfEdges, use, chains, turns) : buildVertexNodes(vertexCount, chains);
  throwIfCancelled(signal);
  yield;
  const built = buildSearchGraph(nodes.layer.length, nodes);
  throwIfCancelled(signal);
  yield;
  const { graph } = built;
  const meta: TravelGraphMeta = {
    profile, unit: profile.unit, symmetric: graph.symmetric, key: travelKey(network, profile, contract),
    counts: {
      nodes: graph.nodeCount, arcs: graph.arcCount, chains: chains.count, edges: chains.edges.length,
      droppedVertices: dropped.vertices, droppedComponents: dropped.components, restrictions: turns.sequences.length,
    },
  };
  return lay(network, meta, chains, nodes, built, cost);
}

/**
 * Opens a buffer that {@link buildTravelGraph} made, on the network it was made from; copies nothing.
 *
 * @throws RangeError on bytes of another kind, version or length, or made from another network
 */
export function openTravelGraph(bytes: Uint8Array<ArrayBuffer>, network: Network): TravelGraph {
  const sections = readSections<TravelGraphMeta>(TRAVEL_GRAPH_VERSION, bytes);
  const { meta } = sections;
  const u32 = (name: string): Uint32Array => sections.get(name, 'u32');
  if (![true, false].some((contracted) => travelKey(network, meta.profile, contracted) === meta.key)) throw new RangeError('the travel graph was made from another network');
  const firstOut = u32('graph.firstOut');
  const head = u32('graph.head');
  const cost = u32('graph.cost');
  const { symmetric } = meta;
  return {
    meta, bytes, network,
    graph: {
      nodeCount: meta.counts.nodes, arcCount: meta.counts.arcs, symmetric, firstOut, head, cost,
      firstIn: symmetric ? firstOut : u32('graph.firstIn'), tail: symmetric ? head : u32('graph.tail'), costIn: symmetric ? cost : u32('graph.costIn'),
    },
    node: { vertex: u32('node.vertex'), layer: sections.get('node.layer', 'u8'), chain: sections.get('node.chain', 'i32'), again: u32('node.again'), firstAt: u32('node.firstAt') },
    arc: { chain: u32('arc.chain'), delay: u32('arc.delay') },
    chain: { edgeEnds: u32('chain.edgeEnds'), edges: u32('chain.edges'), forward: u32('chain.forward'), backward: u32('chain.backward'), lengthMm: u32('chain.lengthMm') },
    edge: { chain: sections.get('edge.chain', 'i32'), forward: u32('edge.forward'), backward: u32('edge.backward'), before: u32('edge.before'), beforeBack: u32('edge.beforeBack') },
  };
}
