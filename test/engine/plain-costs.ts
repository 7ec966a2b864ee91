/**
 * Plain twins of the street engine's searches, for tests only: no buckets, no chains, no automaton.
 *
 * {@link costBetween} uses a travel graph's arcs and links; {@link costByStreets} knows the network's edges alone.
 */
import { USE, edgeCosting } from '../../src/engine/graph/travel/edge-cost.ts';
import { directCost } from '../../src/engine/graph/travel/link-points.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import { PASS } from '../../src/engine/graph/network/network.ts';
import type { PointLinks } from '../../src/engine/graph/travel/point-links.ts';
import { costOfPoint } from '../../src/engine/graph/travel/point-links.ts';
import type { TravelProfile } from '../../src/engine/graph/travel/profile.ts';
import type { SearchGraph } from '../../src/engine/graph/search/search-graph.ts';
import { UNREACHED } from '../../src/engine/graph/search/search-graph.ts';
import type { TravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import { turnCost } from '../../src/engine/graph/travel/turn-states.ts';

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

/** A restriction on half-edges, as the network lists it. */
export interface TurnRule {
  readonly sequence: readonly number[];
  readonly only: boolean;
}

export function listTurnRules({ turn }: Network): TurnRule[] {
  return Array.from(turn.listEnds, (end, r) => ({ sequence: Array.from(turn.edges.subarray(r === 0 ? 0 : turn.listEnds[r - 1], end)), only: turn.only[r] === 1, binds: (turn.modes[r] & PASS.drive) !== 0 })).filter(({ binds }) => binds);
}

/** Whether a way of half-edges may not go on with `next`: each rule looked up as it is written. */
export function isForbidden(rules: readonly TurnRule[], history: readonly number[], next: number): boolean {
  const follows = ({ sequence }: TurnRule): boolean => {
    const at = history.length - sequence.length + 1;
    return at >= 0 && sequence.slice(0, -1).every((half, i) => history[at + i] === half);
  };
  const last = ({ sequence }: TurnRule): number => sequence[sequence.length - 1];
  const before = ({ sequence }: TurnRule): string => sequence.slice(0, -1).join();
  return rules.filter(follows).some((rule) => (rule.only ? !rules.some((other) => other.only && before(other) === before(rule) && last(other) === next) : last(rule) === next));
}

/** Least costs from linked points to all of them, edge by edge, remembering of every way tried what a restriction may begin with. */
export function searchStreets(network: Network, profile: TravelProfile, links: PointLinks): (p: number) => number[] {
  const { edge } = network;
  const drives = profile.mode === 'drive';
  const costing = edgeCosting(network, profile);
  const halves = Array.from({ length: 2 * edge.from.length }, (_, h) => h);
  const use = halves.map((h) => costing.use(h));
  const costOf = halves.map((h) => costing.cost(h));
  const head = (h: number): number => ((h & 1) === 0 ? edge.to : edge.from)[h >>> 1];
  const leaving = Array.from(network.vertex.id, (): number[] => []);
  const meeting = Array.from(network.vertex.id, (): number[] => []);
  for (const h of halves) {
    if (use[h] !== USE.none) leaving[head(h ^ 1)].push(h);
    if (use[h] !== USE.none || use[h ^ 1] !== USE.none) meeting[head(h ^ 1)].push(h);
  }
  const degree = meeting.map((there) => there.length);
  const behind = (h: number): number => (degree[head(h)] === 2 ? (meeting[head(h)].find((other) => other !== (h ^ 1)) as number) : -1);
  const rules = drives ? listTurnRules(network).filter(({ sequence }) => sequence.every((h, i) => use[h] !== USE.none && (i === 0 || head(sequence[i - 1]) === head(h ^ 1)))) : [];
  const rulesAfter = new Map<number, TurnRule[]>();
  for (const rule of rules) {
    const last = rule.sequence[rule.sequence.length - 2];
    rulesAfter.set(last, [...(rulesAfter.get(last) ?? []), rule]);
  }
  const beginsRule = (history: readonly number[]): boolean => rules.some(({ sequence }) => history.length < sequence.length && history.every((half, i) => sequence[i] === half));
  const inRule = new Set(rules.flatMap(({ sequence }) => sequence));
  const remember = (history: readonly number[]): readonly number[] => {
    let kept = inRule.has(history[history.length - 1]) ? history : history.slice(-1);
    while (kept.length > 1 && !beginsRule(kept)) kept = kept.slice(1);
    return kept;
  };
  const along = (i: number, h: number): number => ((h & 1) === 0 ? links.alongMm[i] : edge.lengthMm[h >>> 1] - links.alongMm[i]);
  const pointsOn = new Map<number, number[]>();
  links.edge.forEach((e, q) => pointsOn.set(e, [...(pointsOn.get(e) ?? []), q]));

  return (p) => {
    const least = Array.from({ length: links.count }, () => UNREACHED);
    const arrive = (q: number, cost: number): void => {
      least[q] = Math.min(least[q], cost + links.offCost[p] + links.offCost[q]);
    };
    if (links.edge[p] < 0) return least;
    // a state: what is remembered and the part of the trip (0 local start, 1 through, 2 local end)
    const best = new Map<string, number>();
    const states: { history: readonly number[]; part: number; key: string }[] = [];
    const heap = new CostHeap();
    const reach = (cost: number, way: readonly number[], part: number): void => {
      const history = remember(way);
      const key = `${history.join()} ${part}`;
      if (cost >= (best.get(key) ?? UNREACHED)) return;
      best.set(key, cost);
      heap.push(cost, states.push({ history, part, key }) - 1);
    };
    for (const h of [2 * links.edge[p], 2 * links.edge[p] + 1]) {
      if (use[h] === USE.none) continue;
      for (const q of pointsOn.get(links.edge[p]) ?? []) if (along(q, h) >= along(p, h)) arrive(q, costing.within(h, along(q, h) - along(p, h)));
      reach(costing.leaving(h, edge.lengthMm[h >>> 1] - along(p, h)), [h], use[h] === USE.local ? 0 : 1);
    }
    while (heap.size > 0) {
      const [cost, state] = heap.pop();
      const { history, part, key } = states[state];
      if (best.get(key) !== cost) continue;
      const last = history[history.length - 1];
      const v = head(last);
      for (const next of leaving[v]) {
        if (part === 2 && use[next] !== USE.local) continue;
        const back = next === (last ^ 1);
        const bends = degree[v] === 2 && leaving[v].some((h) => h !== (last ^ 1));
        if (drives && ((back && bends) || isForbidden(rulesAfter.get(last) ?? [], history, next))) continue;
        const delay = !drives || (degree[v] === 2 && !back) ? 0 : turnCost(network, profile, last, next, behind);
        for (const q of pointsOn.get(next >>> 1) ?? []) arrive(q, cost + delay + costing.entering(next, along(q, next)));
        reach(cost + delay + costOf[next], [...history, next], use[next] === USE.local ? (part === 0 ? 0 : 2) : 1);
      }
    }
    return least;
  };
}
