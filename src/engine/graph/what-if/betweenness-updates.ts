/**
 * Betweenness kept up to date as streets change: only sources whose cheapest ways change are searched again, on the graph as it was to take away
 * what they gave, and on the graph as it is to add what they give.
 *
 * A source is concerned by a changed arc a → b if a cheapest way of its goes over it, before or afterwards: cost(v, a) + cost of the arc =
 * cost(v, b). Equal ways count too, since the number of cheapest ways decides how a pair is shared among them. Within a limit that is a neighbourhood of the arc;
 * without one it is commonly most of the graph, and then this costs twice a rebuild: the rebuild is done instead.
 *
 * Sums are of fractions, so what is taken away leaves rounding behind: below 10⁻⁹ of the largest sum after a hundred edits in the test. Arcs that go take
 * their sums with them; new ones begin at 0.
 *
 * Memory: 24 bytes a node and 8 bytes an arc for the sums, as much again while a change is made; for that time two workspaces of betweenness.ts.
 */
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { checkBetweenness, DependencySearch, emptyBlock, listSources, reportSources, SOURCES_PER_BLOCK } from '../search/betweenness.ts';
import type { BetweennessOptions, DependencyBlock } from '../search/betweenness.ts';
import { BoundedSearch } from '../search/bounded-search.ts';
import { applyEdits, EditableGraph, mapArcs } from './graph-edits.ts';
import type { ArcChange, ArcEdit } from './graph-edits.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';

/** Marks the nodes with a cheapest way over any of the arcs within a limit, in one graph. */
function markSources(graph: SearchGraph, arcs: readonly { from: number; to: number; cost: number }[], limit: number, marks: Uint8Array): void {
  if (arcs.length === 0) return;
  const toHead = new BoundedSearch(graph, { direction: 'backward' });
  const toTail = new BoundedSearch(graph, { direction: 'backward' });
  for (const { from, to, cost } of arcs) {
    toHead.clear();
    toHead.addSource(to);
    toHead.run(limit);
    toTail.clear();
    toTail.addSource(from);
    toTail.run(Math.min(limit, UNREACHED - 1) - cost);
    for (let r = 0; r < toTail.reachedCount; r++) if (toTail.cost[toTail.reached[r]] + cost === toHead.cost[toTail.reached[r]]) marks[toTail.reached[r]] = 1;
  }
}

/** Sources with cheapest ways over changed arcs, before or after, ascending. */
export function listConcernedSources(before: SearchGraph, after: SearchGraph, changes: readonly ArcChange[], limit: number): Uint32Array {
  const marks = new Uint8Array(before.nodeCount);
  markSources(before, changes.filter((change) => change.before < UNREACHED).map(({ from, to, before: cost }) => ({ from, to, cost })), limit, marks);
  markSources(after, changes.filter((change) => change.after < UNREACHED).map(({ from, to, after: cost }) => ({ from, to, cost })), limit, marks);
  return Uint32Array.from(marks.keys()).filter((v) => marks[v] === 1);
}

function addTo(total: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < total.length; i++) total[i] += factor * values[i];
}

export class BetweennessUpdates {
  readonly options: BetweennessOptions;
  readonly #sources: Uint32Array;
  #graph: SearchGraph;
  #total: DependencyBlock;

  /** Searches from every source once. @throws as checkBetweenness; cancelled */
  constructor(graph: SearchGraph, options: BetweennessOptions = {}, context: WorkContext = {}) {
    checkBetweenness(graph, options);
    this.options = options;
    this.#graph = applyEdits(graph, []);
    this.#sources = listSources(graph.nodeCount, options.sample);
    this.#total = this.#sumSources(this.#graph, this.#sources, context);
  }

  get graph(): SearchGraph {
    return this.#graph;
  }

  /** By node, as buildBetweenness has it but for rounding. */
  get byNode(): Float64Array {
    return this.#total.byNode.map((sum) => sum * this.#scale());
  }

  /** By arc of {@link graph}. */
  get byArc(): Float64Array {
    return this.#total.byArc.map((sum) => sum * this.#scale());
  }

  #scale(): number {
    return this.#sources.length === 0 ? 0 : this.#graph.nodeCount / this.#sources.length;
  }

  /**
   * Changes arcs. If it is cancelled nothing has changed.
   *
   * @returns how many sources were searched again
   * @throws RangeError as EditableGraph.plan; cancelled
   */
  apply(edits: readonly ArcEdit[], context: WorkContext = {}): number {
    const edited = new EditableGraph(this.#graph);
    const changes = edited.apply(edits);
    const after = edited.graph;
    const concerned = listConcernedSources(this.#graph, after, changes, this.options.limit ?? Infinity);
    const own = new Uint8Array(after.nodeCount);
    for (const v of concerned) own[v] = 1;
    const sources = this.#sources.filter((v) => own[v] === 1);
    if (2 * sources.length >= this.#sources.length && sources.length > 0) {
      this.#total = this.#sumSources(after, this.#sources, context);
      this.#graph = after;
      return this.#sources.length;
    }
    const gone = this.#sumSources(this.#graph, sources, context);
    const come = this.#sumSources(after, sources, context);
    const { byNode, squareByNode, byArc } = this.#total;
    addTo(byArc, gone.byArc, -1);
    const arcOf = mapArcs(this.#graph, after);
    come.byArc.forEach((sum, arc) => (come.byArc[arc] = arcOf[arc] < 0 ? sum : byArc[arcOf[arc]] + sum));
    addTo(byNode, gone.byNode, -1);
    addTo(byNode, come.byNode, 1);
    this.#total = { byNode, squareByNode, byArc: come.byArc };
    this.#graph = after;
    return sources.length;
  }

  #sumSources(graph: SearchGraph, sources: Uint32Array, { signal, report }: WorkContext): DependencyBlock {
    const total = emptyBlock(graph);
    if (sources.length === 0) return total;
    const search = new DependencySearch(graph, this.options);
    for (let from = 0; from < sources.length; from += SOURCES_PER_BLOCK) {
      throwIfCancelled(signal);
      const to = Math.min(from + SOURCES_PER_BLOCK, sources.length);
      search.addSources(sources.subarray(from, to), total);
      reportSources(report, to, sources.length);
    }
    return total;
  }
}
