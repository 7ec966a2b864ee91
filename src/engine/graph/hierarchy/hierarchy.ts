/**
 * A hierarchy over a search graph: nodes in an order of elimination, each with arcs to nodes eliminated later ("up").
 *
 * Every shortest path of cost ≤ `bound` between two nodes has an equal one that first only climbs and then only descends,
 * so a search is one sweep up and one sweep down, without a queue, for as many lanes at once as the machine has.
 *
 * Hostile graphs (an unbounded hierarchy of a large grid, a hub with thousands of streets) end in a *core*: nodes that were not
 * eliminated because that would cost more than it brings. They all have the highest level, and arcs between them stand at both ends;
 * a sweep repeats over them until nothing changes. On street graphs with a bound there is none.
 *
 * Memory: 8 bytes a node and 8 (symmetric) or 12 bytes an up-arc; 2.4–4.2 up-arcs a node.
 */
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import { readSections, writeSections } from '../../spatial/section-buffer.ts';
import { eliminate } from './elimination.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { MAX_COST, UNREACHED } from '../search/search-graph.ts';

export const HIERARCHY_VERSION = 1;

export interface Hierarchy {
  readonly nodeCount: number;
  /** Costs up to this are exact; UNREACHED where every cost is. */
  readonly bound: number;
  readonly symmetric: boolean;
  /** By node: 0 for nodes without lower neighbours; an up-arc leads to a higher level, but between nodes of the core. */
  readonly level: Uint32Array;
  readonly levelCount: number;
  /** How many nodes were not eliminated: those of level levelCount − 1 if it is not 0. */
  readonly coreCount: number;
  /** Up-arcs of node v: firstUp[v] … firstUp[v + 1] − 1 (nodeCount + 1 entries), in the search graph's own numbering. */
  readonly firstUp: Uint32Array;
  /** By up-arc: the higher node; for nodes of the core any other of the core. */
  readonly upNode: Uint32Array;
  /** By up-arc: cost from the lower node to the higher; UNREACHED where there is no way. */
  readonly upCost: Uint32Array;
  /** By up-arc: cost from the higher node to the lower; the same array as upCost where symmetric. */
  readonly downCost: Uint32Array;
  /** One buffer of it all, to keep or to send. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface HierarchyOptions {
  /** The largest limit sweeps will be asked for; UNREACHED for any. Larger ones build slower and sweep slower. */
  readonly bound: number;
  /** Nodes with more neighbours than this when their turn comes stay in the core. */
  readonly maxDegree?: number;
}

interface HierarchyMeta {
  readonly nodeCount: number;
  readonly bound: number;
  readonly symmetric: boolean;
  readonly levelCount: number;
  readonly coreCount: number;
}

/**
 * Measured on a grid of 260,000 nodes without a bound, for 32 / 64 / 120 / 200: 7,600 / 4,300 / 2,700 / 1,900 nodes in the core, 2.2 / 3.5 / 4.1 / 6.9 s to
 * build, 24 / 18 / 17 / 16 µs for a sum within 5 km and 5.6 / 5.0 / 2.2 / 2.0 µs within 1.2 km. Without any end it is a clique of 570 and 32 s.
 */
const MAX_DEGREE = 120;

/**
 * Builds the hierarchy of a graph: 3 µs a node of a real city's streets, 4–5 µs of a grid, for the bounds of walking; twice that for 5 km.
 *
 * @throws RangeError where the bound is not a number ≥ 0; the cancelled error
 */
export function buildHierarchy(graph: SearchGraph, options: HierarchyOptions, context: WorkContext = {}): Hierarchy {
  return finishSteps(buildHierarchyInSteps(graph, options, context));
}

/** {@link buildHierarchy} in slices. */
export function* buildHierarchyInSteps(graph: SearchGraph, options: HierarchyOptions, context: WorkContext = {}): Steps<Hierarchy> {
  if (!(options.bound >= 0)) throw new RangeError(`a hierarchy's bound is a number ≥ 0, not ${options.bound}`);
  const bound = options.bound > MAX_COST ? UNREACHED : Math.floor(options.bound);
  const { level, levelCount, coreCount, firstUp, upNode, upCost, downCost } = yield* eliminate(graph, bound, options.maxDegree ?? MAX_DEGREE, context);
  const meta: HierarchyMeta = { nodeCount: graph.nodeCount, bound, symmetric: graph.symmetric, levelCount, coreCount };
  return openHierarchy(writeSections(HIERARCHY_VERSION, meta, { level, firstUp, upNode, upCost, ...(graph.symmetric ? {} : { downCost }) }));
}

/**
 * Opens a hierarchy's buffer without a copy.
 *
 * @throws RangeError on bytes of another kind, version or length
 */
export function openHierarchy(bytes: Uint8Array<ArrayBuffer>): Hierarchy {
  const sections = readSections<HierarchyMeta>(HIERARCHY_VERSION, bytes);
  const upCost = sections.get('upCost', 'u32');
  return {
    ...sections.meta,
    level: sections.get('level', 'u32'),
    firstUp: sections.get('firstUp', 'u32'),
    upNode: sections.get('upNode', 'u32'),
    upCost,
    downCost: sections.meta.symmetric ? upCost : sections.get('downCost', 'u32'),
    bytes,
  };
}

/** The hierarchy of the same graph with every arc turned round; shares all arrays (and the buffer, which is that of the first). */
export function reverseHierarchy(hierarchy: Hierarchy): Hierarchy {
  return { ...hierarchy, upCost: hierarchy.downCost, downCost: hierarchy.upCost };
}
