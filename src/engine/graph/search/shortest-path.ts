/**
 * The cheapest way between two points: its cost, its length, the streets it takes and its line on the map.
 *
 * One search that stops when the destination's cost is certain (bounded-search.ts), ties by length; then back along parents. Walking,
 * riding and driving alike: a turn's delay stands before the street that is turned into. Goal-directed search (A*) was left out: with
 * times of whole seconds per edge the straight line is a weak bound, and a city's way takes a few milliseconds.
 *
 * Memory of a workspace: 28 bytes a node, 4 bytes an arc.
 */
import { BoundedSearch, findArc } from './bounded-search.ts';
import { EdgeShape } from '../network/edge-shape.ts';
import { directCost } from '../travel/link-points.ts';
import type { LinkLengths } from '../travel/path-lengths.ts';
import { chainLengths, directMm, measureLinks } from '../travel/path-lengths.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { takePoint } from '../travel/point-links.ts';
import { UNREACHED } from './search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** A stretch of one edge, in the order and direction it is travelled. */
export interface PathEdge {
  readonly edge: number;
  /** Number of its way in the network; network.name(way) is its name. */
  readonly way: number;
  /** Places on the edge, mm from its `from` end; toMm < fromMm where it is travelled against its direction. */
  readonly fromMm: number;
  readonly toMm: number;
  readonly cost: number;
  /** Cost of the turn before it. */
  readonly delay: number;
}

export interface StreetPath {
  /** All of the way, with both parts off the network: the sum of offCost and of its edges' cost and delay. */
  readonly cost: number;
  readonly lengthMm: number;
  /** Cost of getting from the origin to the street and from the street to the destination. */
  readonly offCost: number;
  readonly edges: readonly PathEdge[];
  /** Longitude and latitude by turns, 10⁻⁷ degrees, from the origin's place on the street to the destination's. */
  readonly e7: Int32Array;
}

/** A reusable workspace over one travel graph. */
export class PathFinder {
  readonly travel: TravelGraph;
  readonly #search: BoundedSearch;

  constructor(travel: TravelGraph) {
    this.travel = travel;
    this.#search = new BoundedSearch(travel.graph, { ties: { byArc: chainLengths(travel).arcMm }, parents: true });
  }

  /**
   * The cheapest way from point p of `from` to point q of `to`, the shortest of equally cheap ones.
   *
   * @param limit ways dearer than this are none; inclusive
   * @returns undefined where there is no way, or a point is linked to nothing
   */
  find(from: PointLinks, p: number, to: PointLinks, q: number, limit = Infinity): StreetPath | undefined {
    const origin = takePoint(from, p);
    const destination = takePoint(to, q);
    const ends: Ends = { origin, destination, out: measureLinks(this.travel, origin), into: measureLinks(this.travel, destination) };
    const search = this.#search;
    search.clear();
    for (let i = 0; i < origin.outNode.length; i++) search.addSource(origin.outNode[i], origin.outCost[i], ends.out.outMm[i]);
    search.runTo(destination, 0, limit);
    const last = this.#cheapestEnd(ends, limit);
    const direct = directCost(this.travel, origin, 0, destination, 0);
    const edges: PathEdge[] = [];
    const offCost = origin.offCost[0] + destination.offCost[0];
    if (direct <= limit && direct < UNREACHED && (last === undefined || direct < last.cost || (direct === last.cost && directMm(this.travel, origin, 0, destination, 0) <= last.mm))) {
      this.#addDirect(ends, direct - offCost, edges);
      return { cost: direct, lengthMm: directMm(this.travel, origin, 0, destination, 0), offCost, edges, e7: this.#draw(edges, origin) };
    }
    if (last === undefined) return undefined;
    this.#addByNodes(ends, last, edges);
    return { cost: last.cost, lengthMm: last.mm, offCost, edges, e7: this.#draw(edges, origin) };
  }

  #cheapestEnd({ destination, into }: Ends, limit: number): End | undefined {
    const { cost, tie } = this.#search;
    let best: End | undefined;
    for (let pair = 0; pair < destination.inNode.length; pair++) {
      const node = destination.inNode[pair];
      const sum = cost[node] + destination.inCost[pair];
      if (cost[node] === UNREACHED || sum > limit || sum >= UNREACHED) continue;
      const mm = tie[node] + into.inMm[pair];
      if (best === undefined || sum < best.cost || (sum === best.cost && mm < best.mm)) best = { pair, cost: sum, mm };
    }
    return best;
  }

  #addByNodes({ origin, destination, out, into }: Ends, end: End, edges: PathEdge[]): void {
    const { graph, arc } = this.travel;
    const search = this.#search;
    const nodes: number[] = [];
    for (let node = destination.inNode[end.pair]; node >= 0; node = search.parent[node]) nodes.push(node);
    nodes.reverse();
    const first = nodes[0];
    const start = origin.outNode.findIndex((node, i) => node === first && origin.outCost[i] === search.cost[first] && out.outMm[i] === search.tie[first]);
    if (out.outDirected[start] >= 0) edges.push(...this.#listChain(out.outDirected[start], origin, undefined, 0));
    for (let i = 1; i < nodes.length; i++) {
      const step = findArc(graph, nodes[i - 1], nodes[i]);
      edges.push(...this.#listChain(arc.chain[step], undefined, undefined, arc.delay[step]));
    }
    if (into.inDirected[end.pair] < 0) return;
    const last = this.#listChain(into.inDirected[end.pair], undefined, destination, 0);
    // What the edges of the last chain do not account for is the turn into it.
    const delay = end.cost - search.cost[nodes[nodes.length - 1]] - destination.offCost[0] - sumCost(last);
    edges.push({ ...last[0], delay }, ...last.slice(1));
  }

  #addDirect({ origin, destination }: Ends, cost: number, edges: PathEdge[]): void {
    const chain = this.travel.edge.chain[origin.edge[0]] & ~1;
    const ways = [chain, chain + 1].map((directed) => this.#listChain(directed, origin, destination, 0));
    edges.push(...(ways.find((way) => way.length > 0 && sumCost(way) === cost) ?? []));
  }

  /**
   * The edges of a directed chain from one point on it to another, each with its share of the cost; from the chain's start or to its end
   * where a point is left out. Empty where `to` lies before `from`.
   */
  #listChain(directed: number, from: PointLinks | undefined, to: PointLinks | undefined, delay: number): PathEdge[] {
    const { chain, network } = this.travel;
    const { costing } = chainLengths(this.travel);
    const c = directed >> 1;
    const against = directed & 1;
    const start = c === 0 ? 0 : chain.edgeEnds[c - 1];
    const count = chain.edgeEnds[c] - start;
    const edges: PathEdge[] = [];
    for (let i = 0; i < count; i++) {
      const half = chain.edges[against === 1 ? start + count - 1 - i : start + i] ^ against;
      const edge = half >> 1;
      const length = network.edge.lengthMm[edge];
      const begins = from?.edge[0] === edge;
      const ends = to?.edge[0] === edge;
      if (from !== undefined && edges.length === 0 && !begins) {
        if (ends) return [];
        continue;
      }
      const forward = (half & 1) === 0;
      const passed = (point: PointLinks): number => (forward ? point.alongMm[0] : length - point.alongMm[0]);
      const enter = begins ? passed(from) : 0;
      const leave = ends ? passed(to) : length;
      if (enter > leave) return [];
      const cost = begins && ends ? costing.within(half, leave - enter) : begins ? costing.leaving(half, length - enter) : ends ? costing.entering(half, leave) : costing.cost(half);
      edges.push({ edge, way: network.edge.way[edge], fromMm: forward ? enter : length - enter, toMm: forward ? leave : length - leave, cost, delay: edges.length === 0 ? delay : 0 });
      if (ends) break;
    }
    return edges;
  }

  /** The line along all stretches; the one place where there is no stretch. */
  #draw(edges: readonly PathEdge[], origin: PointLinks): Int32Array {
    const { network, node } = this.travel;
    const shape = new EdgeShape(network);
    const e7: number[] = [];
    for (const { edge, fromMm, toMm } of edges) {
      shape.read(edge);
      shape.cut(fromMm, toMm, e7);
    }
    if (e7.length === 0 && origin.outNode.length > 0) e7.push(...network.vertex.e7.subarray(2 * node.vertex[origin.outNode[0]], 2 * node.vertex[origin.outNode[0]] + 2));
    const kept: number[] = [];
    for (let i = 0; i < e7.length; i += 2) if (i === 0 || e7[i] !== e7[i - 2] || e7[i + 1] !== e7[i - 1]) kept.push(e7[i], e7[i + 1]);
    return Int32Array.from(kept);
  }
}

function sumCost(edges: readonly PathEdge[]): number {
  return edges.reduce((sum, { cost }) => sum + cost, 0);
}

interface Ends {
  readonly origin: PointLinks;
  readonly destination: PointLinks;
  readonly out: LinkLengths;
  readonly into: LinkLengths;
}

interface End {
  readonly pair: number;
  readonly cost: number;
  readonly mm: number;
}
