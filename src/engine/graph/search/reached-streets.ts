/**
 * The streets somebody reaches: every piece of every edge, with what it costs at its two ends and within which of several limits it is.
 *
 * One search to the largest limit gives the costs of the nodes. Along a chain one comes from its start, from its end, and from
 * origins that lie on it; an edge (cut at origins on it) therefore costs the lesser of a rising and a falling line, cut where the two meet
 * and where they pass a limit. All chains are looked at, also those the search graph has no arc for: loops and the dearer of two
 * chains between the same nodes.
 *
 * Within an edge cost grows in proportion to length, so costs of cuts are real numbers, while costs at nodes are whole.
 *
 * Memory of a workspace: that of a search, 24 bytes a chain, 32 bytes a piece.
 */
import { BoundedSearch, addPointSource, wholeLimit } from './bounded-search.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { USE, edgeCosting } from '../travel/edge-cost.ts';
import { UNREACHED } from './search-graph.ts';
import { LAYER } from '../travel/turn-states.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** Pieces of edges; piece i runs from fromMm[i] to toMm[i] (fromMm < toMm, in the edge's own direction) and cost is linear between. */
export interface StreetPieces {
  readonly count: number;
  readonly edge: Uint32Array;
  readonly fromMm: Float64Array;
  readonly toMm: Float64Array;
  readonly fromCost: Float64Array;
  readonly toCost: Float64Array;
  /** Number of the least limit the piece is within. */
  readonly band: Uint16Array;
}

/** Pieces while they are being found; arrays double when full. */
class PieceList {
  count = 0;
  #edge = new Uint32Array(256);
  #band = new Uint16Array(256);
  #numbers = new Float64Array(4 * 256);

  add(edge: number, band: number, fromMm: number, toMm: number, fromCost: number, toCost: number): void {
    if (this.count === this.#edge.length) this.#grow();
    const at = 4 * this.count;
    this.#edge[this.count] = edge;
    this.#band[this.count++] = band;
    this.#numbers[at] = fromMm;
    this.#numbers[at + 1] = toMm;
    this.#numbers[at + 2] = fromCost;
    this.#numbers[at + 3] = toCost;
  }

  #grow(): void {
    const edge = new Uint32Array(2 * this.#edge.length);
    const band = new Uint16Array(edge.length);
    const numbers = new Float64Array(4 * edge.length);
    edge.set(this.#edge);
    band.set(this.#band);
    numbers.set(this.#numbers);
    this.#edge = edge;
    this.#band = band;
    this.#numbers = numbers;
  }

  take(): StreetPieces {
    const { count } = this;
    const numbers = this.#numbers;
    const fromMm = new Float64Array(count), toMm = new Float64Array(count), fromCost = new Float64Array(count), toCost = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      fromMm[i] = numbers[4 * i];
      toMm[i] = numbers[4 * i + 1];
      fromCost[i] = numbers[4 * i + 2];
      toCost[i] = numbers[4 * i + 3];
    }
    this.count = 0;
    return { count, edge: this.#edge.slice(0, count), band: this.#band.slice(0, count), fromMm, toMm, fromCost, toCost };
  }
}

/** A chain laid out as stretches of edges between vertices and origins, in the chain's direction; arrays are used again for each chain. */
class StretchList {
  count = 0;
  edge = new Uint32Array(64);
  /** 1 where the chain runs against the edge. */
  against = new Uint8Array(64);
  /** Places on the edge, mm in the chain's direction. */
  fromMm = new Float64Array(64);
  toMm = new Float64Array(64);
  /** Costs along and against the chain; Infinity where that is not allowed. */
  forward = new Float64Array(64);
  backward = new Float64Array(64);
  /** Cost at its start: first the off-network cost of an origin there, then that of coming from the chain's start. */
  up = new Float64Array(64);
  /** Cost at its end, of coming from the chain's end. */
  down = new Float64Array(64);

  add(edge: number, against: number, fromMm: number, toMm: number, forward: number, backward: number, startCost: number): void {
    if (this.count === this.edge.length) this.#grow();
    const i = this.count++;
    this.edge[i] = edge;
    this.against[i] = against;
    this.fromMm[i] = fromMm;
    this.toMm[i] = toMm;
    this.forward[i] = forward;
    this.backward[i] = backward;
    this.up[i] = startCost;
  }

  #grow(): void {
    const longer = (array: Float64Array): Float64Array<ArrayBuffer> => {
      const copy = new Float64Array(2 * array.length);
      copy.set(array);
      return copy;
    };
    this.edge = Uint32Array.from(longer(Float64Array.from(this.edge)));
    this.against = Uint8Array.from(longer(Float64Array.from(this.against)));
    this.fromMm = longer(this.fromMm);
    this.toMm = longer(this.toMm);
    this.forward = longer(this.forward);
    this.backward = longer(this.backward);
    this.up = longer(this.up);
    this.down = longer(this.down);
  }

  /** Fills `up` and `down` from the costs of entering the chain at its two ends. */
  spread(fromStart: number, fromEnd: number): void {
    const { count, up, down, forward, backward } = this;
    let cost = fromEnd;
    for (let i = count - 1; i >= 0; i--) {
      down[i] = cost;
      cost = Math.min(cost + backward[i], up[i]);
    }
    cost = fromStart;
    for (let i = 0; i < count; i++) {
      up[i] = cost = Math.min(cost, up[i]);
      cost += forward[i];
    }
  }
}

/** Chain directions one may enter at nodes without the search graph having an arc for it, by node. */
interface HiddenEntries {
  readonly first: Uint32Array;
  readonly direction: Uint32Array;
  readonly delay: Uint32Array;
}

/** Ways into chains that the search graph leaves out: loops, and the dearer of two chains between the same nodes. */
function listHiddenEntries(travel: TravelGraph): HiddenEntries {
  const { meta, graph, node } = travel;
  const found: [node: number, direction: number, delay: number][] = [];
  if (meta.profile.mode === 'drive') {
    for (let v = 0; v < graph.nodeCount; v++) if (node.again[v] < UNREACHED) found.push([v, node.chain[v], node.again[v]]);
  } else findHiddenByVertex(travel, found);
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const first = new Uint32Array(graph.nodeCount + 1);
  for (const [at] of found) first[at + 1]++;
  for (let v = 0; v < graph.nodeCount; v++) first[v + 1] += first[v];
  return { first, direction: Uint32Array.from(found, (entry) => entry[1]), delay: Uint32Array.from(found, (entry) => entry[2]) };
}

function findHiddenByVertex({ meta, network, graph, node, arc, chain }: TravelGraph, found: [node: number, direction: number, delay: number][]): void {
  const costing = edgeCosting(network, meta.profile);
  for (let direction = 0; direction < 2 * chain.forward.length; direction++) {
    const c = direction >> 1;
    if ((direction & 1 ? chain.backward[c] : chain.forward[c]) >= UNREACHED) continue;
    const half = direction & 1 ? chain.edges[chain.edgeEnds[c] - 1] ^ 1 : chain.edges[c === 0 ? 0 : chain.edgeEnds[c - 1]];
    const local = costing.use(half) === USE.local;
    const vertex = ((half & 1) === 0 ? network.edge.from : network.edge.to)[half >>> 1];
    for (let v = node.firstAt[vertex]; v < node.firstAt[vertex + 1]; v++) {
      if (node.layer[v] === LAYER.end && !local) continue;
      let has = false;
      for (let a = graph.firstOut[v]; a < graph.firstOut[v + 1]; a++) if (arc.chain[a] === direction) has = true;
      if (!has) found.push([v, direction, 0]);
    }
  }
}

/** A reusable workspace over one travel graph. */
export class StreetSearch {
  readonly travel: TravelGraph;
  /** The search behind the last answer: costs of nodes, to ask for points with. */
  readonly search: BoundedSearch;
  readonly #hidden: HiddenEntries;
  /** By chain direction: least cost of entering it at its start. */
  readonly #entry: Float64Array;
  readonly #seen: Uint8Array;
  readonly #chains: Uint32Array;
  #chainCount = 0;
  readonly #pieces = new PieceList();
  readonly #stretches = new StretchList();

  constructor(travel: TravelGraph) {
    const chains = travel.chain.forward.length;
    this.travel = travel;
    this.search = new BoundedSearch(travel.graph);
    this.#hidden = listHiddenEntries(travel);
    this.#entry = new Float64Array(2 * chains).fill(Infinity);
    this.#seen = new Uint8Array(chains);
    this.#chains = new Uint32Array(chains);
  }

  /**
   * Pieces within the largest limit, by chain and along it. Limits ascend and are inclusive; pieces that start at an origin's
   * place on an edge start there with its off-network cost.
   *
   * @throws RangeError where limits do not ascend or are more than 65,535
   */
  run(links: PointLinks, origins: ArrayLike<number>, limits: readonly number[]): StreetPieces {
    const whole = limits.map(wholeLimit);
    if (whole.length > 65535 || whole.some((limit, i) => i > 0 && limit <= whole[i - 1])) throw new RangeError(`limits must ascend: ${limits.join(', ')}`);
    this.search.clear();
    for (let i = 0; i < origins.length; i++) addPointSource(this.search, links, origins[i]);
    if (whole.length === 0) return this.#pieces.take();
    this.search.run(whole[whole.length - 1]);
    this.#enterChains();
    const onChain = this.#listOrigins(links, origins);
    const chains = this.#chains.subarray(0, this.#chainCount).sort();
    for (const chain of chains) this.#cutChain(chain, onChain.get(chain), whole);
    this.#forgetChains();
    return this.#pieces.take();
  }

  #touch(chain: number): void {
    if (this.#seen[chain] === 1) return;
    this.#seen[chain] = 1;
    this.#chains[this.#chainCount++] = chain;
  }

  #enter(direction: number, cost: number): void {
    if (cost >= this.#entry[direction]) return;
    this.#entry[direction] = cost;
    this.#touch(direction >> 1);
  }

  #enterChains(): void {
    const { reached, reachedCount, cost } = this.search;
    const { firstOut } = this.travel.graph;
    const { chain, delay } = this.travel.arc;
    const { first, direction, delay: hiddenDelay } = this.#hidden;
    for (let i = 0; i < reachedCount; i++) {
      const node = reached[i];
      for (let arc = firstOut[node]; arc < firstOut[node + 1]; arc++) this.#enter(chain[arc], cost[node] + delay[arc]);
      for (let h = first[node]; h < first[node + 1]; h++) this.#enter(direction[h], cost[node] + hiddenDelay[h]);
    }
  }

  #forgetChains(): void {
    for (let i = 0; i < this.#chainCount; i++) {
      const chain = this.#chains[i];
      this.#seen[chain] = 0;
      this.#entry[2 * chain] = this.#entry[2 * chain + 1] = Infinity;
    }
    this.#chainCount = 0;
  }

  /** Origins beside edges by the chain they lie on. */
  #listOrigins(links: PointLinks, origins: ArrayLike<number>): Map<number, Origin[]> {
    const lists = new Map<number, Origin[]>();
    for (let i = 0; i < origins.length; i++) {
      const edge = links.edge[origins[i]];
      if (edge < 0 || this.travel.edge.chain[edge] < 0) continue;
      const chain = this.travel.edge.chain[edge] >> 1;
      this.#touch(chain);
      const list = lists.get(chain) ?? [];
      list.push({ edge, alongMm: Math.min(links.alongMm[origins[i]], this.travel.network.edge.lengthMm[edge]), cost: links.offCost[origins[i]] });
      lists.set(chain, list);
    }
    return lists;
  }

  /** Lays the chain out as stretches between vertices and origins, then cuts each by limits. */
  #cutChain(chain: number, origins: readonly Origin[] | undefined, limits: readonly number[]): void {
    const { chain: chains, edge, network } = this.travel;
    const list = this.#stretches;
    const end = chains.edgeEnds[chain];
    list.count = 0;
    for (let i = chain === 0 ? 0 : chains.edgeEnds[chain - 1]; i < end; i++) {
      const number = chains.edges[i] >> 1;
      const against = chains.edges[i] & 1;
      const length = network.edge.lengthMm[number];
      const forward = toReal(against === 1 ? edge.backward[number] : edge.forward[number]);
      const backward = toReal(against === 1 ? edge.forward[number] : edge.backward[number]);
      if (origins === undefined) list.add(number, against, 0, length, forward, backward, Infinity);
      else addCutEdge(list, number, against, length, forward, backward, origins);
    }
    list.spread(this.#entry[2 * chain], this.#entry[2 * chain + 1]);
    for (let i = 0; i < list.count; i++) this.#cutStretch(i, limits);
  }

  #cutStretch(i: number, limits: readonly number[]): void {
    const { forward, backward, up, down } = this.#stretches;
    const rises = up[i] < Infinity && forward[i] < Infinity;
    const falls = down[i] < Infinity && backward[i] < Infinity;
    // Shares of the stretch: cost rises up to `meet` and falls from there on.
    let meet = rises ? 1 : 0;
    if (rises && falls) {
      const slope = forward[i] + backward[i];
      meet = slope === 0 ? (up[i] <= down[i] ? 1 : 0) : Math.max(0, Math.min(1, (down[i] + backward[i] - up[i]) / slope));
    }
    if (rises) this.#cutLine(i, 0, meet, up[i], forward[i], limits);
    if (falls) this.#cutLine(i, 1, meet, down[i], backward[i], limits);
  }

  /** Cuts the line of cost `cost` at share `from` of stretch i, growing to the share `to`, by the limits. */
  #cutLine(i: number, from: number, to: number, cost: number, growth: number, limits: readonly number[]): void {
    const sign = to >= from ? 1 : -1;
    const reach = Math.abs(to - from);
    let done = 0;
    for (let band = 0; band < limits.length && done < reach; band++) {
      if (cost > limits[band]) continue;
      const share = growth === 0 ? reach : Math.min(reach, (limits[band] - cost) / growth);
      if (share > done) this.#addPiece(i, band, from + sign * done, from + sign * share, cost + growth * done, cost + growth * share);
      done = Math.max(done, share);
    }
  }

  #addPiece(i: number, band: number, from: number, to: number, fromCost: number, toCost: number): void {
    const { edge, against, fromMm, toMm } = this.#stretches;
    const number = edge[i];
    const length = toMm[i] - fromMm[i];
    let a = fromMm[i] + from * length;
    let b = fromMm[i] + to * length;
    if (against[i] === 1) {
      a = this.travel.network.edge.lengthMm[number] - a;
      b = this.travel.network.edge.lengthMm[number] - b;
    }
    if (a < b) this.#pieces.add(number, band, a, b, fromCost, toCost);
    else if (b < a) this.#pieces.add(number, band, b, a, toCost, fromCost);
  }
}

/** Adds an edge as the stretches between its ends and the origins on it. */
function addCutEdge(list: StretchList, edge: number, against: number, length: number, forward: number, backward: number, origins: readonly Origin[]): void {
  const cuts = origins.filter((origin) => origin.edge === edge).map(({ alongMm, cost }) => ({ at: against === 1 ? length - alongMm : alongMm, cost }));
  cuts.sort((a, b) => a.at - b.at || a.cost - b.cost);
  let at = 0;
  let cost = Infinity;
  for (const cut of [...cuts, { at: length, cost: Infinity }]) {
    // An edge without length has its cost after all origins on it.
    const share = length > 0 ? (cut.at - at) / length : cut.cost === Infinity ? 1 : 0;
    list.add(edge, against, at, cut.at, scale(forward, share), scale(backward, share), cost);
    at = cut.at;
    cost = cut.cost;
  }
}

interface Origin {
  readonly edge: number;
  readonly alongMm: number;
  readonly cost: number;
}

function toReal(cost: number): number {
  return cost >= UNREACHED ? Infinity : cost;
}

/** A forbidden direction stays so on a part of the edge, but not on a part without length. */
function scale(cost: number, share: number): number {
  return share === 0 ? 0 : cost * share;
}
