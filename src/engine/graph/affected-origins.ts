/**
 * Which nodes' costs to anything may differ once streets change: those that have a cheapest way over an arc that grew dearer, in the graph as it was, and
 * those that have one over an arc that grew cheaper, in the graph as it is.
 *
 * For an arc a → b two searches backward, from a and from b: a node v has a cheapest way over it if cost(v, a) + cost of the arc = cost(v, b).
 * Within 1,200 m on 1 M nodes some 200 of the 430 nodes within reach of a street's end are affected by its closing both ways. All others
 * keep every cost: what went over the arc goes as cheaply without it. Rejected: comparing cost(v, b) before and after, which leaves out nodes with
 * two equal ways, but needs the graph between the edits of one batch.
 *
 * Memory: 32 bytes a node for two searches, 4 bytes a node for the marks; kept for the next edit.
 */
import { BoundedSearch } from './bounded-search.ts';
import type { ArcChange, EditableGraph } from './graph-edits.ts';
import type { SearchGraph } from './search-graph.ts';
import { UNREACHED } from './search-graph.ts';

/** Searches over a graph under edits, made when first needed and again only when the graph's arrays were replaced. */
export class GraphSearches {
  readonly #edited: EditableGraph;
  #graph: SearchGraph | undefined;
  #made = new Map<string, BoundedSearch>();

  constructor(edited: EditableGraph) {
    this.#edited = edited;
  }

  get graph(): SearchGraph {
    return this.#edited.roomy;
  }

  get(direction: 'forward' | 'backward', name = ''): BoundedSearch {
    if (this.#graph !== this.#edited.roomy) {
      this.#graph = this.#edited.roomy;
      this.#made = new Map();
    }
    const key = direction + name;
    const known = this.#made.get(key) ?? new BoundedSearch(this.#graph, { direction });
    this.#made.set(key, known);
    return known;
  }
}

/** Collects nodes, each once. */
export class AffectedNodes {
  readonly #stamp: Uint32Array;
  #epoch = 1;
  #nodes: number[] = [];

  constructor(nodeCount: number) {
    this.#stamp = new Uint32Array(nodeCount);
  }

  /** Nodes with a cheapest way of at most `limit` over any of the arcs, at the costs these have in the graph as it is now. */
  collect(searches: GraphSearches, arcs: readonly { readonly from: number; readonly to: number; readonly cost: number }[], limit: number): void {
    const sorted = arcs.filter(({ cost }) => cost <= limit).sort((a, b) => a.to - b.to || a.from - b.from);
    const toHead = searches.get('backward', ' to heads');
    const toTail = searches.get('backward');
    sorted.forEach(({ from, to, cost }, i) => {
      if (i === 0 || sorted[i - 1].to !== to) {
        toHead.clear();
        toHead.addSource(to);
        toHead.run(limit);
      }
      toTail.clear();
      toTail.addSource(from);
      toTail.run(limit - cost);
      for (let r = 0; r < toTail.reachedCount; r++) {
        const v = toTail.reached[r];
        if (toTail.cost[v] + cost !== toHead.cost[v] || this.#stamp[v] === this.#epoch) continue;
        this.#stamp[v] = this.#epoch;
        this.#nodes.push(v);
      }
    });
  }

  /** What was collected, ascending; begins anew. */
  take(): Uint32Array {
    const nodes = Uint32Array.from(this.#nodes).sort();
    this.#nodes = [];
    this.#epoch++;
    return nodes;
  }
}

/** Arcs that grew dearer or went, at what they cost. */
export function dearerArcs(changes: readonly ArcChange[]): { from: number; to: number; cost: number }[] {
  return changes.filter(({ before, after }) => after > before).map(({ from, to, before }) => ({ from, to, cost: before }));
}

/** Arcs that grew cheaper or came, at what they cost now. */
export function cheaperArcs(changes: readonly ArcChange[]): { from: number; to: number; cost: number }[] {
  return changes.filter(({ before, after }) => after < before && after < UNREACHED).map(({ from, to, after }) => ({ from, to, cost: after }));
}
