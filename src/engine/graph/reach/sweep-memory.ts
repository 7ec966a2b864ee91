/**
 * The memory that the sweeps' kernels work on: graph and hierarchy once, shared by all threads, and for each thread a context with its
 * scratch. kernels/sweep-context.ts says what each word of a context means.
 *
 * Scratch grows with the largest ball a thread has met: a cell that does not fit is put back by the kernel, gets more room
 * at the end of the memory and is done again. So no size is guessed and none is exceeded.
 *
 * Memory: see sweepMemoryBytes.
 */
import { ChengmaiError } from '../../../core/errors.ts';
import type { Hierarchy } from '../hierarchy/hierarchy.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { UNREACHED } from '../search/search-graph.ts';
import { orderSweep } from './sweep-order.ts';

/** Words of a context, as in kernels/sweep-context.ts. */
const WORD = {
  limit: 0, shift: 1, arcFirst: 2, arcs: 3, upFirst: 4, ups: 5, symmetric: 6, place: 7, innerCount: 8, coreCount: 9, at: 10, buckets: 11, queue: 12,
  capacity: 13, edgeCapacity: 14, counts: 15, order: 16, flags: 17, nodes: 18, first: 19, edges: 20, climbFirst: 21, climbs: 22, reached: 23, climbed: 24,
  rows: 25, weights: 26, digitBits: 27,
  itemOf: 28, itemCapacity: 29, pairCapacity: 30, entryCapacity: 31, items: 32, pairFirst: 33, itemPairs: 34, entries: 35, entryFirst: 36, entryTotal: 37,
  ball: 40, edgeCount: 43, itemCount: 48,
} as const;

const CONTEXT_BYTES = 512;
const PAGE = 65536;
const MOST_PAGES = 65536;
const MOST_BUCKETS = 4096;
const ALIGN = 64;
/** Kernels answer so where a cell does not fit. */
const NEEDS_NODES = -1;
const NEEDS_EDGES = -2;
const NEEDS_ITEMS = -3;

/** What threads are told of a memory, beside the memory itself: plain data. */
export interface SweepLayout {
  readonly nodeCount: number;
  readonly symmetric: boolean;
  readonly bound: number;
  readonly arcFirst: number;
  readonly arcs: number;
  readonly upFirst: number;
  readonly ups: number;
  readonly place: number;
  readonly innerCount: number;
  readonly coreCount: number;
  readonly digitBits: number;
  readonly meanCost: number;
  /** Address of the word that holds how many 64-byte blocks of the memory are taken. */
  readonly taken: number;
  /** Blocks that graph and hierarchy take. */
  readonly base: number;
}

export interface SweepMemory {
  readonly memory: WebAssembly.Memory;
  readonly layout: SweepLayout;
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN;

/** Room of a thread's scratch. */
export interface SweepRoom {
  /** Nodes of a ball, and the hierarchy's arcs among them. */
  readonly nodes: number;
  readonly edges: number;
  /** Places near a cell, pairs of those beside streets, and (for each variable) those that weigh something. */
  readonly items: number;
  readonly pairs: number;
  readonly entries: number;
}

/** What cells are asked for beside costs: places in all, those beside streets among them or not, variables. */
export interface ItemNeeds {
  readonly places: number;
  readonly linked: boolean;
  readonly variables: number;
}

const FIRST_ROOM: SweepRoom = { nodes: 4096, edges: 4096 * 6, items: 1024, pairs: 2048, entries: 2048 };
const NO_ITEMS: ItemNeeds = { places: 0, linked: false, variables: 0 };

function roomBytes(room: SweepRoom, symmetric: boolean, needs: ItemNeeds): number {
  const perNode = 16 + 4 + 1 + 4 + 4 + 2 + 2 + 64 + 4 + (symmetric ? 0 : 4);
  const ball = room.nodes * perNode + room.edges * (symmetric ? 8 : 16);
  const items = needs.variables === 0 ? 0 : room.items * (8 + (needs.linked ? 4 + 64 + 2 : 0)) + room.pairs * (needs.linked ? 8 : 0) + room.entries * 16 + 12 * (needs.variables + 1);
  return ball + items + 32 * ALIGN;
}

function threadBytes(nodeCount: number, needs: ItemNeeds): number {
  return CONTEXT_BYTES + 4 * nodeCount + 4 * MOST_BUCKETS + 4 * 2 ** digitBitsOf(nodeCount) + (needs.linked ? 4 * needs.places : 0) + 8 * ALIGN;
}

/** What is counted, and bytes for each. */
export type ByteShare = readonly [bytes: number, count: number];

/**
 * What a thread's scratch takes at most, known before any cell: its largest cell may have all nodes and up-arcs, all places and an entry for
 * each variable. Of the room that was given up when it ran out only what was used takes memory, and that is less than the last one's.
 */
export function sweepScratchShares({ nodes, upArcs, symmetric, needs, pairs }: {
  readonly nodes: number; readonly upArcs: number; readonly symmetric: boolean; readonly needs: ItemNeeds; readonly pairs: number;
}): ByteShare[] {
  const none: SweepRoom = { nodes: 0, edges: 0, items: 0, pairs: 0, entries: 0 };
  const fixed = roomBytes(none, symmetric, needs);
  const each = (one: Partial<SweepRoom>): number => roomBytes({ ...none, ...one }, symmetric, needs) - fixed;
  return [
    [threadBytes(0, needs.linked ? { ...needs, places: 0 } : needs) + roomBytes(FIRST_ROOM, symmetric, needs) + 2 * fixed, 1],
    [4 + 2 * each({ nodes: 1 }), nodes], [2 * each({ edges: 1 }), upArcs],
    [(needs.linked ? 4 : 0) + 2 * each({ items: 1 }) + 2 * needs.variables * each({ entries: 1 }), needs.places], [2 * each({ pairs: 1 }), pairs],
  ];
}

/**
 * Bytes a sweep memory takes at most: the graph's and the hierarchy's arrays, what is kept beside them (`extra`), and for each thread
 * 4 bytes a node and its scratch. Scratch is doubled where it runs out and the old is not used again, so it takes at most four times what the largest
 * cell needs in each of its kinds.
 */
export function sweepMemoryBytes(sizes: {
  readonly nodes: number;
  readonly arcs: number;
  readonly upArcs: number;
  readonly symmetric: boolean;
  readonly threads: number;
  /** The largest of each kind that a cell needs. */
  readonly largest: SweepRoom;
  readonly needs?: ItemNeeds;
  readonly extra?: number;
}): number {
  const { nodes, arcs, upArcs, symmetric, threads, largest } = sizes;
  const needs = sizes.needs ?? NO_ITEMS;
  const graph = 4 * (nodes + 1) + 8 * arcs + 4 * (nodes + 1) + (symmetric ? 8 : 12) * upArcs + 4 * nodes + 8 * ALIGN;
  const room: SweepRoom = {
    nodes: Math.max(FIRST_ROOM.nodes, largest.nodes),
    edges: Math.max(FIRST_ROOM.edges, largest.edges, 6 * largest.nodes),
    items: Math.max(FIRST_ROOM.items, largest.items),
    pairs: Math.max(FIRST_ROOM.pairs, largest.pairs),
    entries: Math.max(FIRST_ROOM.entries, largest.entries),
  };
  const steps = 3 * Math.ceil(Math.log2(Math.max(2, nodes)));
  const thread = threadBytes(nodes, needs) + 4 * roomBytes(room, symmetric, needs) + steps * ALIGN;
  return 64 * PAGE + graph + (sizes.extra ?? 0) + threads * thread;
}

function tooLarge(bytes: number): ChengmaiError {
  return new ChengmaiError('input', 'engine/sweep-memory', {
    zh: `计算需要 ${Math.ceil(bytes / 1e6)} MB，超过 4 GB 上限；请减小半径、线程数或分批计算。`,
    en: `The work needs ${Math.ceil(bytes / 1e6)} MB, above the 4 GB a kernel can have; use a smaller radius, fewer threads or parts of the points.`,
  });
}

/** Takes bytes at the end of the memory, which grows where it must; safe in several threads at a time. @throws `engine/sweep-memory` */
export function takeBytes(memory: WebAssembly.Memory, layout: { readonly taken: number }, bytes: number): number {
  const blocks = Math.ceil(bytes / ALIGN);
  const start = Atomics.add(new Int32Array(memory.buffer, layout.taken, 1), 0, blocks) * ALIGN;
  const end = start + blocks * ALIGN;
  if (end > MOST_PAGES * PAGE) throw tooLarge(end);
  while (memory.buffer.byteLength < end) {
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
    // more than is missing: growing goes over the whole machinery of the host
    const wanted = Math.min(Math.max(missing, 16), MOST_PAGES - memory.buffer.byteLength / PAGE);
    try {
      memory.grow(wanted);
    } catch {
      throw tooLarge(end);
    }
  }
  return start;
}

/** Half the bits of a node's number, rounded up: two passes sort by it. */
const digitBitsOf = (nodeCount: number): number => Math.max(1, Math.ceil(Math.log2(nodeCount + 1) / 2));

function checkStarts(first: Uint32Array, length: number): void {
  for (let v = 1; v < first.length; v++) if (first[v] < first[v - 1]) throw new RangeError(`the list of node ${v - 1} ends before it begins`);
  if (first[0] !== 0 || first[first.length - 1] !== length) throw new RangeError(`lists of ${first[first.length - 1]} arcs where there are ${length}`);
}

/** Copies a graph and its hierarchy into a new memory. @throws `engine/sweep-memory` where they do not fit; RangeError on what cannot be a hierarchy */
export function openSweepMemory(graph: SearchGraph, hierarchy: Hierarchy): SweepMemory {
  const { nodeCount, arcCount, firstOut, head, cost } = graph;
  const { symmetric, firstUp, upNode, upCost, downCost, coreCount, bound } = hierarchy;
  if (hierarchy.nodeCount !== nodeCount) throw new RangeError(`a hierarchy of ${hierarchy.nodeCount} nodes over a graph of ${nodeCount}`);
  checkStarts(firstOut, arcCount);
  checkStarts(firstUp, upNode.length);
  const upBytes = symmetric ? 8 : 12;
  const total = ALIGN + 2 * aligned(4 * (nodeCount + 1)) + aligned(8 * arcCount) + aligned(upBytes * upNode.length) + aligned(4 * nodeCount);
  if (total > MOST_PAGES * PAGE) throw tooLarge(total);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(total / PAGE), maximum: MOST_PAGES, shared: true });
  let top = ALIGN;
  const place = (bytes: number): number => {
    const at = top;
    top += aligned(bytes);
    return at;
  };
  const { buffer } = memory;
  const arcFirst = place(4 * (nodeCount + 1));
  new Uint32Array(buffer, arcFirst, nodeCount + 1).set(firstOut);
  const arcs = place(8 * arcCount);
  const arcWords = new Uint32Array(buffer, arcs, 2 * arcCount);
  let costs = 0;
  for (let arc = 0; arc < arcCount; arc++) {
    // kernels check nothing: a damaged cache file must not get there
    if (head[arc] >= nodeCount || cost[arc] > UNREACHED) throw new RangeError(`arc ${arc} leads to node ${head[arc]} of ${nodeCount} at a cost of ${cost[arc]}`);
    arcWords[2 * arc] = head[arc];
    arcWords[2 * arc + 1] = cost[arc];
    costs += cost[arc];
  }
  const upFirst = place(4 * (nodeCount + 1));
  new Uint32Array(buffer, upFirst, nodeCount + 1).set(firstUp);
  const ups = place(upBytes * upNode.length);
  const upWords = new Uint32Array(buffer, ups, (upBytes / 4) * upNode.length);
  for (let i = 0, at = 0; i < upNode.length; i++) {
    if (upNode[i] >= nodeCount || upCost[i] > UNREACHED || downCost[i] > UNREACHED) throw new RangeError(`up-arc ${i} leads to node ${upNode[i]} of ${nodeCount} at a cost of ${upCost[i]} and ${downCost[i]}`);
    upWords[at++] = upNode[i];
    upWords[at++] = upCost[i];
    if (!symmetric) upWords[at++] = downCost[i];
  }
  const order = orderSweep(hierarchy);
  const places = place(4 * nodeCount);
  new Uint32Array(buffer, places, nodeCount).set(order.place);
  new Int32Array(buffer, 0, 1)[0] = top / ALIGN;
  return {
    memory,
    layout: {
      nodeCount, symmetric, bound, arcFirst, arcs, upFirst, ups, coreCount, place: places, innerCount: order.innerCount, digitBits: digitBitsOf(nodeCount), taken: 0,
      base: top / ALIGN,
      meanCost: arcCount === 0 ? 1 : costs / arcCount,
    },
  };
}

/** Jobs that run on a memory now. */
const jobs = new WeakMap<WebAssembly.Memory, number>();

/**
 * A job begins on a memory that outlives it. Where it is the only one, what earlier jobs took is free again; the memory does not shrink.
 *
 * @returns what to call when the job is over
 */
export function enterSweepMemory({ memory, layout }: SweepMemory): () => void {
  const running = jobs.get(memory) ?? 0;
  if (running === 0) Atomics.store(new Int32Array(memory.buffer, layout.taken, 1), 0, layout.base);
  jobs.set(memory, running + 1);
  return () => {
    jobs.set(memory, (jobs.get(memory) ?? 1) - 1);
  };
}

/** One thread's context: its scratch in the shared memory. */
export class SweepContext {
  readonly address: number;
  readonly memory: WebAssembly.Memory;
  readonly layout: SweepLayout;
  readonly #needs: ItemNeeds;
  #room: SweepRoom;
  #largest: SweepRoom = { nodes: 0, edges: 0, items: 0, pairs: 0, entries: 0 };

  constructor({ memory, layout }: SweepMemory, needs: ItemNeeds = NO_ITEMS) {
    this.memory = memory;
    this.layout = layout;
    this.#needs = needs;
    const { nodeCount } = layout;
    this.address = takeBytes(memory, layout, CONTEXT_BYTES);
    const at = takeBytes(memory, layout, 4 * nodeCount);
    const buckets = takeBytes(memory, layout, 4 * MOST_BUCKETS);
    const counts = takeBytes(memory, layout, 4 * 2 ** layout.digitBits);
    const itemOf = needs.linked ? takeBytes(memory, layout, 4 * needs.places) : 0;
    // an earlier job may have had this room for something else
    new Uint32Array(memory.buffer, at, nodeCount).fill(0);
    new Uint32Array(memory.buffer, buckets, MOST_BUCKETS).fill(0);
    new Uint32Array(memory.buffer, itemOf, needs.linked ? needs.places : 0).fill(0);
    new Uint32Array(memory.buffer, this.address, CONTEXT_BYTES / 4).fill(0);
    const words = this.#words();
    words[WORD.arcFirst] = layout.arcFirst;
    words[WORD.arcs] = layout.arcs;
    words[WORD.upFirst] = layout.upFirst;
    words[WORD.ups] = layout.ups;
    words[WORD.symmetric] = layout.symmetric ? 1 : 0;
    words[WORD.place] = layout.place;
    words[WORD.innerCount] = layout.innerCount;
    words[WORD.coreCount] = layout.coreCount;
    words[WORD.digitBits] = layout.digitBits;
    words[WORD.at] = at;
    words[WORD.buckets] = buckets;
    words[WORD.counts] = counts;
    words[WORD.itemOf] = itemOf;
    this.#room = this.#makeRoom({ ...FIRST_ROOM, nodes: Math.min(FIRST_ROOM.nodes, nodeCount) });
  }

  /** The largest cell so far, of each kind. */
  get largest(): SweepRoom {
    return this.#largest;
  }

  /** Sets the limit of the next cells. @throws RangeError where the hierarchy was not built for it */
  setLimit(limit: number): void {
    const { bound, meanCost } = this.layout;
    if (!Number.isInteger(limit) || limit < 0 || limit > bound) throw new RangeError(`a limit of ${limit} over a hierarchy for ${bound}`);
    const words = this.#words();
    // a flat optimum: from an eighth of the mean arc to all of it, times differ by 10 %
    let shift = Math.max(0, Math.round(Math.log2(Math.max(1, meanCost))) - 2);
    while (Math.floor(limit / 2 ** shift) >= MOST_BUCKETS) shift++;
    words[WORD.limit] = limit;
    words[WORD.shift] = shift;
  }

  /** Runs a kernel on a cell until it fits. The kernel returns the ball's nodes or what it lacks. */
  runCell(kernel: () => number): void {
    for (;;) {
      const result = kernel();
      const room = this.#room;
      if (result === NEEDS_NODES) this.#room = this.#makeRoom({ ...room, nodes: Math.min(this.layout.nodeCount, room.nodes * 2) });
      else if (result === NEEDS_EDGES) this.#room = this.#makeRoom({ ...room, edges: room.edges * 2 });
      else if (result === NEEDS_ITEMS) this.#room = this.#makeRoom({ ...room, items: room.items * 2, pairs: room.pairs * 2, entries: room.entries * 2 });
      else return this.#measure(result);
    }
  }

  #words(): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.address, CONTEXT_BYTES / 4);
  }

  #measure(nodes: number): void {
    const words = this.#words();
    const most = this.#largest;
    const edges = words[WORD.edgeCount];
    if (nodes > most.nodes || edges > most.edges) this.#largest = { ...this.#largest, nodes: Math.max(nodes, most.nodes), edges: Math.max(edges, most.edges) };
    if (this.#needs.variables === 0) return;
    const items = words[WORD.itemCount];
    const pairs = this.#needs.linked ? new Uint32Array(this.memory.buffer, words[WORD.pairFirst], items + 1)[items] : 0;
    const entries = new Uint32Array(this.memory.buffer, words[WORD.entryFirst], this.#needs.variables + 1)[this.#needs.variables];
    if (items <= most.items && pairs <= most.pairs && entries <= most.entries) return;
    this.#largest = { ...this.#largest, items: Math.max(items, most.items), pairs: Math.max(pairs, most.pairs), entries: Math.max(entries, most.entries) };
  }

  #makeRoom(wanted: SweepRoom): SweepRoom {
    const { symmetric } = this.layout;
    const { linked, variables } = this.#needs;
    // nodes and edges go together, so that one of them growing does not waste the other's room
    const room = { ...wanted, edges: Math.max(wanted.edges, wanted.nodes * 6) };
    const { nodes, edges, items, pairs, entries } = room;
    const rowsOfItems = linked ? items : 0;
    let top = takeBytes(this.memory, this.layout, roomBytes(room, symmetric, this.#needs));
    const place = (bytes: number): number => {
      const at = top;
      top += Math.ceil(bytes / 16) * 16;
      return at;
    };
    const words = this.#words();
    words[WORD.capacity] = nodes;
    words[WORD.edgeCapacity] = edges;
    words[WORD.rows] = place(64 * (nodes + rowsOfItems));
    words[WORD.queue] = place(16 * (nodes + 1));
    words[WORD.order] = place(4 * (nodes + 8));
    words[WORD.flags] = place(nodes);
    words[WORD.nodes] = place(4 * nodes);
    words[WORD.first] = place(4 * (nodes + 1));
    words[WORD.edges] = place(8 * edges);
    words[WORD.climbFirst] = symmetric ? words[WORD.first] : place(4 * (nodes + 1));
    words[WORD.climbs] = symmetric ? words[WORD.edges] : place(8 * edges);
    words[WORD.reached] = place(2 * (nodes + rowsOfItems + 8));
    words[WORD.climbed] = place(2 * (nodes + 8));
    words[WORD.weights] = place(4 * nodes);
    if (variables > 0) {
      words[WORD.itemCapacity] = items;
      words[WORD.pairCapacity] = pairs;
      words[WORD.entryCapacity] = entries;
      words[WORD.items] = place(8 * items);
      words[WORD.pairFirst] = linked ? place(4 * (items + 1)) : 0;
      words[WORD.itemPairs] = linked ? place(8 * pairs) : 0;
      words[WORD.entries] = place(16 * entries);
      words[WORD.entryFirst] = place(4 * (variables + 1));
      words[WORD.entryTotal] = place(8 * variables);
    }
    return room;
  }
}
