/**
 * A network seen by one mode of travel: what a search runs on, and how its results come back to the streets.
 *
 * Runs of edges without a choice between them are one *chain*. For walking and riding the search graph's nodes are the
 * vertices where chains meet; for driving, where turns cost and some are forbidden, a node is the state "at the end of this
 * chain, driven this way". Both have the same arrays: an arc of the search graph is a delay (the turn before it; 0
 * on foot) and then one chain in one direction, and cost[arc] = arcDelay[arc] + the chain's cost in that direction.
 *
 * Cost of a chain is the sum of the costs of its edges, each rounded for itself (profile.ts), so that contraction
 * changes no result.
 *
 * Memory: 44 bytes a usable edge, 16 bytes a chain, 8 bytes an arc, 4 bytes a node, beside the search graph's.
 */
import type { Network } from './network.ts';
import type { TravelProfile } from './profile.ts';
import type { SearchGraph } from './search-graph.ts';

export const TRAVEL_GRAPH_VERSION = 1;

export interface TravelGraphMeta {
  readonly profile: TravelProfile;
  /** Unit of all costs. */
  readonly unit: 's' | 'mm';
  readonly counts: { readonly nodes: number; readonly arcs: number; readonly chains: number; readonly edges: number; readonly droppedVertices: number; readonly droppedComponents: number };
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
    /** The network's vertex the node is, or stands at the end of the chain it is the state of. */
    readonly vertex: Uint32Array;
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
