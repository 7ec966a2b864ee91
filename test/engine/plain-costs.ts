/**
 * Plain twins of the street engine's searches, for tests only: no buckets, no chains, no automaton.
 *
 * {@link costBetween} uses a travel graph's arcs and links; {@link costByStreets} knows the network's edges alone.
 */
import { USE, edgeCosting } from '../../src/engine/graph/edge-cost.ts';
import { directCost } from '../../src/engine/graph/link-points.ts';
import type { Network } from '../../src/engine/graph/network.ts';
import { PASS } from '../../src/engine/graph/network.ts';
import type { PointLinks } from '../../src/engine/graph/point-links.ts';
import { costOfPoint } from '../../src/engine/graph/point-links.ts';
import type { TravelProfile } from '../../src/engine/graph/profile.ts';
import type { SearchGraph } from '../../src/engine/graph/search-graph.ts';
import { UNREACHED } from '../../src/engine/graph/search-graph.ts';
import type { TravelGraph } from '../../src/engine/graph/travel-graph.ts';
import { turnCost } from '../../src/engine/graph/turn-states.ts';

/** A heap of (cost, what) pairs. */
export class CostHeap {
  private readonly costs: number[] = [];
  private readonly items: number[] = [];

  get size(): number {
    return this.costs.length;
  }

  push(cost: number, item: number): void {
    let i = this.costs.length;
    this.costs.push(cost);
    this.items.push(item);
    for (; i > 0; i = (i - 1) >> 1) {
      const up = (i - 1) >> 1;
      if (this.costs[up] <= cost) break;
      this.costs[i] = this.costs[up];
      this.items[i] = this.items[up];
      this.costs[up] = cost;
      this.items[up] = item;
    }
  }

  pop(): [number, number] {
    const top: [number, number] = [this.costs[0], this.items[0]];
    const cost = this.costs.pop() as number;
    const item = this.items.pop() as number;
    if (this.costs.length === 0) return top;
    let i = 0;
    for (let child = 1; child < this.costs.length; child = 2 * i + 1) {
      if (child + 1 < this.costs.length && this.costs[child + 1] < this.costs[child]) child++;
      if (this.costs[child] >= cost) break;
      this.costs[i] = this.costs[child];
      this.items[i] = this.items[child];
      i = child;
    }
    this.costs[i] = cost;
    this.items[i] = item;
    return top;
  }
}

/** Least costs of all nodes from point p of `links`, up to a limit; and by which arc each was reached. */
export function costsFrom({ nodeCount, firstOut, head, cost }: SearchGraph, { firstOut: firstPair, outNode, outCost }: PointLinks, p: number, limit = UNREACHED - 1): { costs: Uint32Array; arcs: Int32Array; tails: Int32Array } {
  const costs = new Uint32Array(nodeCount).fill(UNREACHED);
  const arcs = new Int32Array(nodeCount).fill(-1);
  const tails = new Int32Array(nodeCount).fill(-1);
  const heap = new CostHeap();
  const reach = (v: number, sum: number, arc: number, tail: number): void => {
    if (sum > limit || sum >= costs[v]) return;
    costs[v] = sum;
    arcs[v] = arc;
    tails[v] = tail;
    heap.push(sum, v);
  };
  for (let i = firstPair[p]; i < firstPair[p + 1]; i++) reach(outNode[i], outCost[i], -1, -1);
  while (heap.size > 0) {
    const [sum, v] = heap.pop();
    if (sum === costs[v]) for (let a = firstOut[v]; a < firstOut[v + 1]; a++) reach(head[a], sum + cost[a], a, v);
  }
  return { costs, arcs, tails };
}

/** Costs from point p to all points of `links`; UNREACHED beyond the limit. */
export function costRow(travel: TravelGraph, links: PointLinks, p: number, limit = UNREACHED - 1): number[] {
  const { costs } = costsFrom(travel.graph, links, p, limit);
  return Array.from({ length: links.count }, (_, q) => {
    const cost = Math.min(costOfPoint(links, q, costs), directCost(travel, links, p, links, q));
    return cost > limit ? UNREACHED : cost;
  });
}

/** Costs between all points of `links`, by row. */
export function costTable(travel: TravelGraph, links: PointLinks): number[][] {
  return Array.from({ length: links.count }, (_, p) => costRow(travel, links, p));
}

/** Least cost between two linked points, edge by edge, remembering the last few edges of every way tried. */
export function costByStreets(network: Network, profile: TravelProfile, links: PointLinks): (p: number, q: number) => number {
  const { edge, turn } = network;
  const drives = profile.mode === 'drive';
  const costing = edgeCosting(network, profile);
  const halves = Array.from({ length: 2 * edge.from.length }, (_, h) => h).filter((h) => costing.use(h) !== USE.none);
  const head = (h: number): number => ((h & 1) === 0 ? edge.to : edge.from)[h >>> 1];
  const leaving = Array.from(network.vertex.id, (_, v) => halves.filter((h) => head(h ^ 1) === v));
  const ends = [...new Set(halves.map((h) => h >>> 1))].flatMap((e) => [edge.from[e], edge.to[e]]);
  const degree = Array.from(network.vertex.id, (_, v) => ends.filter((end) => end === v).length);
  const costOf = Array.from({ length: 2 * edge.from.length }, (_, h) => costing.cost(h));
  const rules = Array.from(turn.listEnds, (end, r) => ({ sequence: Array.from(turn.edges.subarray(r === 0 ? 0 : turn.listEnds[r - 1], end)), only: turn.only[r] === 1, modes: turn.modes[r] }))
    .filter(({ sequence, modes }) => drives && (modes & PASS.drive) !== 0 && sequence.every((h, i) => halves.includes(h) && (i === 0 || head(sequence[i - 1]) === head(h ^ 1))));
  const memory = Math.max(1, ...rules.map(({ sequence }) => sequence.length - 1));
  const endsWith = (history: readonly number[], wanted: readonly number[]): boolean => wanted.length <= history.length && wanted.every((h, i) => history[history.length - wanted.length + i] === h);
  const forbidden = (history: readonly number[], next: number): boolean =>
    rules.some(({ sequence, only }) => {
      const before = sequence.slice(0, -1);
      if (!endsWith(history, before)) return false;
      if (!only) return sequence[sequence.length - 1] === next;
      return !rules.some((other) => other.only && other.sequence.slice(0, -1).join() === before.join() && other.sequence[other.sequence.length - 1] === next);
    });
  const along = (links_: PointLinks, i: number, h: number): number => ((h & 1) === 0 ? links_.alongMm[i] : edge.lengthMm[h >>> 1] - links_.alongMm[i]);
  return (p, q) => {
    if (links.edge[p] < 0 || links.edge[q] < 0) return UNREACHED;
    const off = links.offCost[p] + links.offCost[q];
    let least = UNREACHED;
    // a state: the last edges driven and the part of the trip (0 local start, 1 through, 2 local end)
    const best = new Map<string, number>();
    const open: { cost: number; history: number[]; part: number }[] = [];
    const reach = (cost: number, history: number[], part: number): void => {
      const kept = history.slice(-memory);
      const key = `${kept.join()} ${part}`;
      if (cost >= (best.get(key) ?? UNREACHED)) return;
      best.set(key, cost);
      open.push({ cost, history: kept, part });
    };
    for (const h of [2 * links.edge[p], 2 * links.edge[p] + 1]) {
      if (!halves.includes(h)) continue;
      const here = along(links, p, h);
      if (links.edge[q] === links.edge[p] && along(links, q, h) >= here) least = Math.min(least, costing.within(h, along(links, q, h) - here) + off);
      reach(costing.leaving(h, edge.lengthMm[h >>> 1] - here), [h], costing.use(h) === USE.local ? 0 : 1);
    }
    while (open.length > 0) {
      open.sort((a, b) => b.cost - a.cost);
      if (open[open.length - 1].cost >= least) break;
      const { cost, history, part } = open.pop() as (typeof open)[number];
      if (best.get(`${history.join()} ${part}`) !== cost) continue;
      const last = history[history.length - 1];
      const v = head(last);
      const exits = leaving[v];
      const others = exits.filter((h) => h !== (last ^ 1));
      for (const next of exits) {
        const isLocal = costing.use(next) === USE.local;
        if (part === 2 && !isLocal) continue;
        const back = next === (last ^ 1);
        if (drives && ((back && degree[v] === 2 && others.length > 0) || forbidden(history, next))) continue;
        const delay = !drives || (degree[v] === 2 && !back) ? 0 : turnCost(network, profile, last, next);
        if (links.edge[q] === next >>> 1) least = Math.min(least, cost + delay + costing.entering(next, along(links, q, next)) + off);
        reach(cost + delay + costOf[next], [...history, next], isLocal ? (part === 0 ? 0 : 2) : 1);
      }
    }
    return least;
  };
}
