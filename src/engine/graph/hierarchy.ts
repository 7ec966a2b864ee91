/**
 * A hierarchy over a search graph: nodes in an order of elimination, each with arcs to nodes eliminated later ("up").
 *
 * Every shortest path of cost ≤ `bound` between two nodes has an equal one that first only climbs and then only descends,
 * so a search is one sweep up and one sweep down, without a queue, for as many lanes at once as the machine has.
 *
 * Memory: 8 bytes a node and 8 (symmetric) or 12 bytes an up-arc.
 */

export const HIERARCHY_VERSION = 1;

export interface Hierarchy {
  readonly nodeCount: number;
  /** Costs up to this are exact; UNREACHED where every cost is. */
  readonly bound: number;
  readonly symmetric: boolean;
  /** By node: 0 for nodes without lower neighbours; an up-arc always leads to a higher level. */
  readonly level: Uint32Array;
  readonly levelCount: number;
  /** Up-arcs of node v: firstUp[v] … firstUp[v + 1] − 1 (nodeCount + 1 entries), in the search graph's own numbering. */
  readonly firstUp: Uint32Array;
  /** By up-arc: the higher node. */
  readonly upNode: Uint32Array;
  /** By up-arc: cost from the lower node to the higher; UNREACHED where there is no way. */
  readonly upCost: Uint32Array;
  /** By up-arc: cost from the higher node to the lower; the same array as upCost where symmetric. */
  readonly downCost: Uint32Array;
  /** One buffer of it all, to keep or to send. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}
