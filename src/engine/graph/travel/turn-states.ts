/**
 * Nodes and arcs of driving: a node is "at the end of this chain, driven this way", an arc is a turn and then the next chain.
 *
 * Edge-based search (T. Caldwell, On finding minimum routes in a network with turn penalties, CACM 4, 1961): turns cost and may be
 * forbidden, which nodes at junctions cannot say. Restrictions over several edges (via a way) are an Aho–Corasick automaton
 * (CACM 18, 1975) over directed chains: whoever has driven the first two or more chains of a restriction stands in a copy
 * of the state that remembers it, so that only they are bound. Rejected: a state for every pair of edges (2.7 times the
 * nodes in Porto, 405,000 for 148,000, for the sake of 329 restrictions), and cutting via ways out of the graph (wrong for all other drivers on them).
 *
 * Turns are free where only two edges meet: a bend is no junction. Elsewhere the angle between the last and the
 * first 10 m decides, as in R5: within 27° of straight on, beyond 153° a U-turn, between them left or right; from roundabout to
 * roundabout is straight on. Going back the same way is a U-turn, possible wherever no restriction forbids it, but not where a street only
 * bends or changes its name: there only if nothing else leads on. Traffic keeps to the right; elsewhere exchange the costs.
 *
 * Memory: 9 bytes a node, 20 bytes an arc, as much again while building.
 */
import type { Steps } from '../../../core/steps.ts';
import type { Chains } from './chains.ts';
import type { HalfEdges } from './components.ts';
import { USE } from './edge-cost.ts';
import type { Network } from '../network/network.ts';
import { PASS, TRAIT } from '../network/network.ts';
import { metresPerDegree } from '../../spatial/measure.ts';
import type { TravelProfile } from './profile.ts';
import { MAX_COST, UNREACHED } from '../search/search-graph.ts';

/** Parts of a trip where there are streets for those with business there only (vertex-nodes.ts). */
export const LAYER = { through: 0, start: 1, end: 2 } as const;

/** Nodes and arcs before they are sorted into a search graph. Nodes are in order of their vertices. */
export interface NodesAndArcs {
  /** vertexCount + 1: nodes at vertex v are firstNode[v] … firstNode[v + 1] − 1. */
  readonly firstNode: Uint32Array;
  readonly layer: Uint8Array;
  /** By node: directed chain it is the end of; −1 where a node is just a vertex. */
  readonly chain: Int32Array;
  /** By node: delay before its own chain may be driven again at once (a loop); UNREACHED where it may not. */
  readonly again: Uint32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly cost: Uint32Array;
  readonly arcChain: Uint32Array;
  readonly delay: Uint32Array;
}

/** Restrictions that bind a profile on this network, as half-edges: those of which every half-edge is usable and follows on the one before. */
export interface BindingTurns {
  readonly sequences: readonly (readonly number[])[];
  readonly only: readonly boolean[];
  /** Vertices between the half-edges of a sequence: chains must end there. */
  readonly at: readonly number[];
}

export function bindingTurns({ turn }: Network, mode: TravelProfile['mode'], use: Uint8Array, head: Uint32Array): BindingTurns {
  const sequences: number[][] = [];
  const only: boolean[] = [];
  const at: number[] = [];
  // riders get off and push across where they may not turn
  if (mode !== 'drive') return { sequences, only, at };
  for (let r = 0; r < turn.listEnds.length; r++) {
    const sequence = Array.from(turn.edges.subarray(r === 0 ? 0 : turn.listEnds[r - 1], turn.listEnds[r]));
    const follows = sequence.every((half, i) => half < use.length && use[half] !== 0 && (i === 0 || head[sequence[i - 1]] === head[half ^ 1]));
    if ((turn.modes[r] & PASS.drive) === 0 || sequence.length < 2 || !follows) continue;
    sequences.push(sequence);
    only.push(turn.only[r] === 1);
    for (const half of sequence.slice(0, -1)) at.push(head[half]);
  }
  return { sequences, only, at };
}

/** A beginning of restrictions: what was driven, and what it forbids next. */
interface Prefix {
  readonly chain: number;
  readonly depth: number;
  readonly next: Map<number, number>;
  readonly no: Set<number>;
  readonly only: Set<number>;
  /** The longest proper ending of this beginning that begins a restriction too; −1 for none. */
  shorter: number;
}

/** The automaton over directed chains; a state is a prefix number or −1. */
class TurnAutomaton {
  readonly prefixes: Prefix[] = [];
  /** By directed chain: the prefix it begins, or −1. */
  private readonly roots: Int32Array;

  constructor(directedChains: number, sequences: readonly (readonly number[])[], only: readonly boolean[]) {
    this.roots = new Int32Array(directedChains).fill(-1);
    const begun = new Map<number, number>();
    sequences.forEach((sequence, r) => {
      const last = sequence[sequence.length - 1];
      let p = this.child(begun, sequence[0], 1);
      this.roots[sequence[0]] = p;
      for (const chain of sequence.slice(1, -1)) p = this.child(this.prefixes[p].next, chain, this.prefixes[p].depth + 1);
      (only[r] ? this.prefixes[p].only : this.prefixes[p].no).add(last);
    });
    const byDepth = this.prefixes.map((_, p) => p).sort((a, b) => this.prefixes[a].depth - this.prefixes[b].depth);
    for (const p of byDepth) for (const [chain, q] of this.prefixes[p].next) this.prefixes[q].shorter = this.step(this.prefixes[p].shorter, chain);
  }

  private child(children: Map<number, number>, chain: number, depth: number): number {
    let p = children.get(chain);
    if (p === undefined) {
      p = this.prefixes.length;
      this.prefixes.push({ chain, depth, next: new Map(), no: new Set(), only: new Set(), shorter: -1 });
      children.set(chain, p);
    }
    return p;
  }

  /** State of whoever starts on a chain. */
  fresh(chain: number): number {
    return this.roots[chain];
  }

  /** State after a chain is driven from state p. */
  step(p: number, chain: number): number {
    for (let q = p; q >= 0; q = this.prefixes[q].shorter) {
      const next = this.prefixes[q].next.get(chain);
      if (next !== undefined) return next;
    }
    return this.fresh(chain);
  }

  forbids(p: number, chain: number): boolean {
    for (let q = p; q >= 0; q = this.prefixes[q].shorter) {
      const { no, only } = this.prefixes[q];
      if (no.has(chain) || (only.size > 0 && !only.has(chain))) return true;
    }
    return false;
  }
}

const RAD = Math.PI / 180;
const BEARING_OVER_M = 10;
const STRAIGHT_ON = 27;
const STRAIGHT_BACK = 153;

/** The half-edge that alone goes on where this one ends; −1 where there is none or a choice. */
type Behind = (half: number) => number;

/**
 * Bearing in degrees at which a half-edge is left from its start: towards the point 10 m along it, on the ellipsoid (a sphere turns by up to a tenth of
 * a degree). One without length, as through a gate, has that of what is behind it.
 */
function startBearing(network: Network, half: number, behind: Behind): number {
  const [x, y] = towards(network, half);
  if (x !== 0 || y !== 0) return Math.atan2(x, y) / RAD;
  const next = behind(half);
  if (next < 0) return 0;
  const [x2, y2] = towards(network, next);
  return Math.atan2(x2, y2) / RAD;
}

/** Metres east and north from a half-edge's start to the point 10 m along it. */
function towards({ edge, vertex }: Network, half: number): readonly [number, number] {
  const e = half >>> 1;
  const begin = e === 0 ? 0 : edge.shapeEnds[e - 1];
  const points = edge.shapeEnds[e] - begin;
  const against = (half & 1) === 1;
  const startVertex = against ? edge.to[e] : edge.from[e];
  const endVertex = against ? edge.from[e] : edge.to[e];
  const x0 = vertex.e7[2 * startVertex];
  const y0 = vertex.e7[2 * startVertex + 1];
  const metres = metresPerDegree(y0 * 1e-7);
  const [kx, ky] = [metres.lon * 1e-7, metres.lat * 1e-7];
  let x = 0;
  let y = 0;
  let gone = 0;
  for (let i = 0; i <= points; i++) {
    const k = begin + (against ? points - 1 - i : i);
    const px = ((i === points ? vertex.e7[2 * endVertex] : edge.shapeE7[2 * k]) - x0) * kx;
    const py = ((i === points ? vertex.e7[2 * endVertex + 1] : edge.shapeE7[2 * k + 1]) - y0) * ky;
    const step = Math.hypot(px - x, py - y);
    if (gone + step >= BEARING_OVER_M && step > 0) {
      const t = (BEARING_OVER_M - gone) / step;
      x += t * (px - x);
      y += t * (py - y);
      break;
    }
    gone += step;
    x = px;
    y = py;
  }
  return [x, y];
}

/** Degrees by which one turns right going on at bearing `out` after arriving from where bearing `back` leads: −180 … 180, negative to the left. */
function angleBetween(back: number, out: number): number {
  const turned = out - back - 180;
  return turned - 360 * Math.round(turned / 360);
}

function costByAngle({ traits }: Network['edge'], { turnS, unit }: TravelProfile, into: number, out: number, angle: number): number {
  if (unit === 'mm') return 0;
  if ((into ^ 1) === out) return turnS.uTurn;
  if ((traits[into >>> 1] & traits[out >>> 1] & TRAIT.roundabout) !== 0) return turnS.straight;
  if (Math.abs(angle) >= STRAIGHT_BACK) return turnS.uTurn;
  return angle >= STRAIGHT_ON ? turnS.right : angle <= -STRAIGHT_ON ? turnS.left : turnS.straight;
}

/** Cost of the turn between two half-edges at a junction of three or more edges. */
export function turnCost(network: Network, profile: TravelProfile, into: number, out: number, behind: Behind): number {
  return costByAngle(network.edge, profile, into, out, angleBetween(startBearing(network, into ^ 1, behind), startBearing(network, out, behind)));
}

/** Directed chains by the vertex they end at, ascending: those at v are list[first[v]] … list[first[v + 1] − 1]. */
function chainsByEnd(vertexCount: number, { count, start, end, use }: Chains): { first: Uint32Array; list: Uint32Array } {
  const first = new Uint32Array(vertexCount + 1);
  const endOf = (d: number): number => ((d & 1) === 0 ? end : start)[d >>> 1];
  for (let d = 0; d < 2 * count; d++) if (use[d] !== USE.none) first[endOf(d) + 1]++;
  for (let v = 0; v < vertexCount; v++) first[v + 1] += first[v];
  const list = new Uint32Array(first[vertexCount]);
  const at = first.slice();
  for (let d = 0; d < 2 * count; d++) if (use[d] !== USE.none) list[at[endOf(d)]++] = d;
  return { first, list };
}

/** Vertices of a slice. */
const CHECK_EVERY = 1 << 14;

/** The state graph of driving, in slices. @param turns of this network, by {@link bindingTurns} */
export function* buildTurnStates(network: Network, profile: TravelProfile, { first, list, head }: HalfEdges, use: Uint8Array, chains: Chains, turns: BindingTurns): Steps<NodesAndArcs> {
  const vertexCount = first.length - 1;
  const directedOf = (half: number): number => chains.ofEdge[half >>> 1] ^ (half & 1);
  const automaton = new TurnAutomaton(2 * chains.count, turns.sequences.map((sequence) => sequence.map(directedOf)), turns.only);
  const copies = new Map<number, number[]>();
  automaton.prefixes.forEach(({ chain, depth }, p) => {
    if (depth > 1) copies.set(chain, [...(copies.get(chain) ?? []), p]);
  });

  // nodes: of each directed chain the plain state, then its copies; local ones once for the start and once for the end of a trip
  const arriving = chainsByEnd(vertexCount, chains);
  const firstNode = new Uint32Array(vertexCount + 1);
  const nodeOfChain = new Uint32Array(2 * chains.count);
  const chainOf: number[] = [];
  const layer: number[] = [];
  const stateOf: number[] = [];
  for (let v = 0; v < vertexCount; v++) {
    if (v % CHECK_EVERY === 0) yield;
    for (let i = arriving.first[v]; i < arriving.first[v + 1]; i++) {
      const d = arriving.list[i];
      nodeOfChain[d] = chainOf.length;
      const layers = chains.use[d] === USE.local ? [LAYER.start, LAYER.end] : [LAYER.through];
      for (const state of [automaton.fresh(d), ...(copies.get(d) ?? [])]) {
        for (const l of layers) {
          chainOf.push(d);
          layer.push(l);
          stateOf.push(state);
        }
      }
    }
    firstNode[v + 1] = chainOf.length;
  }

  function nodeAt(d: number, state: number, l: number): number {
    const copy = state >= 0 && automaton.prefixes[state].depth > 1 ? 1 + (copies.get(d) as number[]).indexOf(state) : 0;
    return nodeOfChain[d] + (chains.use[d] === USE.local ? 2 * copy + (l === LAYER.end ? 1 : 0) : copy);
  }

  const directed = 2 * chains.count;
  const firstHalf = new Uint32Array(directed);
  for (let c = 0; c < chains.count; c++) {
    firstHalf[2 * c] = chains.edges[c === 0 ? 0 : chains.edgeEnds[c - 1]];
    firstHalf[2 * c + 1] = chains.edges[chains.edgeEnds[c] - 1] ^ 1;
  }
  const bearing = new Float64Array(directed);
  const behind: Behind = (half) => {
    const v = head[half];
    return first[v + 1] - first[v] !== 2 ? -1 : list[first[v]] === (half ^ 1) ? list[first[v] + 1] : list[first[v]];
  };
  for (let d = 0; d < directed; d++) {
    if (d % CHECK_EVERY === 0) yield;
    bearing[d] = startBearing(network, firstHalf[d], behind);
  }

  let arcBound = 0;
  for (let v = 0; v < vertexCount; v++) arcBound += (firstNode[v + 1] - firstNode[v]) * (first[v + 1] - first[v]);
  const from = new Uint32Array(arcBound);
  const to = new Uint32Array(arcBound);
  const cost = new Uint32Array(arcBound);
  const arcChain = new Uint32Array(arcBound);
  const delay = new Uint32Array(arcBound);
  const again = new Uint32Array(chainOf.length).fill(UNREACHED);
  let arcs = 0;

  /** The way on from all states of a directed chain into the next one. */
  function addTurns(firstState: number, lastState: number, next: number, seconds: number): void {
    for (let node = firstState; node < lastState; node++) {
      const state = stateOf[node];
      if ((layer[node] === LAYER.end && chains.use[next] === USE.through) || (state >= 0 && automaton.forbids(state, next))) continue;
      const target = nodeAt(next, automaton.step(state, next), layer[node] === LAYER.start ? LAYER.start : LAYER.end);
      if (target === node) again[node] = seconds;
      if (target === node || seconds + chains.cost[next] > MAX_COST) continue;
      from[arcs] = node;
      to[arcs] = target;
      cost[arcs] = seconds + chains.cost[next];
      arcChain[arcs] = next;
      delay[arcs++] = seconds;
    }
  }

  for (let v = 0; v < vertexCount; v++) {
    if (v % CHECK_EVERY === 0) yield;
    const degree = first[v + 1] - first[v];
    for (let i = arriving.first[v]; i < arriving.first[v + 1]; i++) {
      const d = arriving.list[i];
      const lastState = i + 1 < arriving.first[v + 1] ? nodeOfChain[arriving.list[i + 1]] : firstNode[v + 1];
      const back = firstHalf[d ^ 1];
      let exits = 0;
      for (let k = first[v]; k < first[v + 1]; k++) if (use[list[k]] !== USE.none && list[k] !== back) exits++;
      for (let k = first[v]; k < first[v + 1]; k++) {
        const half = list[k];
        const next = chains.ofEdge[half >>> 1] ^ (half & 1);
        if (chains.use[next] === USE.none || (half === back && degree === 2 && exits > 0)) continue;
        const bend = degree === 2 && half !== back;
        addTurns(nodeOfChain[d], lastState, next, bend ? 0 : costByAngle(network.edge, profile, back ^ 1, half, angleBetween(bearing[d ^ 1], bearing[next])));
      }
    }
  }
  return {
    firstNode, layer: Uint8Array.from(layer), chain: Int32Array.from(chainOf), again,
    from: from.subarray(0, arcs), to: to.subarray(0, arcs), cost: cost.subarray(0, arcs), arcChain: arcChain.subarray(0, arcs), delay: delay.subarray(0, arcs),
  };
}
