/**
 * The sweeps of nearest-sweep.ts in WebAssembly (kernels/nearest.ts): tables in a shared memory, and for each thread a workspace of rows.
 *
 * Memory: see nearestMemoryBytes.
 */
import { ChengmaiError } from '../../../core/errors.ts';
import type { Steps } from '../../../core/steps.ts';
import type { Hierarchy } from '../hierarchy/hierarchy.ts';
import { NEAREST_KERNEL_CODE } from './nearest-kernel-code.ts';
import { rowsOfSlice } from './nearest-sweep.ts';
import type { NearestSweep, SweepShape } from './nearest-sweep.ts';
import { buildNearestTables, countTableWords } from './nearest-tables.ts';
import type { NearestTables } from './nearest-tables.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { UNREACHED } from '../search/search-graph.ts';

interface KernelExports {
  pushCosts(vectors: number, limit: number, first: number, arcs: number, rows: number, from: number, to: number): void;
  pushCoreCosts(vectors: number, first: number, arcs: number, rows: number, from: number, to: number): number;
  pullCosts(vectors: number, first: number, arcs: number, rows: number, from: number, to: number): void;
  pushKeys(vectors: number, limit: number, first: number, arcs: number, rows: number, from: number, to: number): void;
  pushCoreKeys(vectors: number, first: number, arcs: number, rows: number, from: number, to: number): number;
  pullKeys(vectors: number, first: number, arcs: number, rows: number, from: number, to: number): void;
  pushLists(k: number, limit: number, first: number, arcs: number, rows: number, from: number, to: number): void;
  pushCoreLists(k: number, limit: number, first: number, arcs: number, rows: number, from: number, to: number): number;
  pullLists(k: number, limit: number, first: number, arcs: number, rows: number, from: number, to: number): void;
  fillKeys(rows: number, words: number, high: number, low: number): void;
  writeCosts(rows: number, stride: number, nodes: number, count: number, limit: number, far: number, costs: number, pitch: number): void;
  writeKeys(rows: number, stride: number, k: number, nodes: number, count: number, limit: number, far: number, costs: number, facilities: number): void;
}

const PAGE = 65536;
const MOST_PAGES = 65536;
const ALIGN = 64;
/** Vectors of a row that the kernel is unrolled for, at most; 4 categories a vector with costs alone, 2 with facilities. */
const MOST_VECTORS = 5;

let compiled: WebAssembly.Module | null | undefined;

function findModule(): WebAssembly.Module | undefined {
  if (compiled === undefined) {
    try {
      const text = atob(NEAREST_KERNEL_CODE);
      compiled = new WebAssembly.Module(Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
    } catch {
      compiled = null;
    }
  }
  return compiled ?? undefined;
}

/** Whether the kernel can run here; elsewhere PlainSweep gives the same answers. */
export function hasNearestKernel(): boolean {
  return findModule() !== undefined;
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN;

function tooLarge(bytes: number): ChengmaiError {
  return new ChengmaiError('input', 'engine/nearest-memory', {
    zh: `查找最近设施需要 ${Math.ceil(bytes / 1e6)} MB，超过 4 GB 上限；请减少每类个数 k 或线程数。`,
    en: `Finding nearest facilities needs ${Math.ceil(bytes / 1e6)} MB, above the 4 GB a kernel can have; ask for fewer of each category or use fewer threads.`,
  });
}

/**
 * Bytes of a nearest memory at most: tables once, and for each thread the rows of one pass (two categories of k keys, or up to five vectors
 * for k = 1) and one category's answer, for k = 1 those of four.
 */
export function nearestMemoryBytes(sizes: { readonly nodes: number; readonly upArcs: number; readonly symmetric: boolean; readonly k: number; readonly threads: number }): number {
  const { nodes, upArcs, symmetric, k, threads } = sizes;
  const tables = 4 * (symmetric ? 3 : 4) * (nodes + 1) + 4 * (symmetric ? 2 : 4) * upArcs;
  const thread = nodes * (k === 1 ? 80 + 16 : 24 * k);
  return PAGE + tables + threads * (thread + 5 * ALIGN) + 8 * ALIGN;
}

/** Tables in a memory that threads may share. */
export interface NearestMemory {
  readonly memory: WebAssembly.Memory;
  readonly tables: NearestTables;
  /** What workspaces take begins here, in blocks of 64 bytes. */
  readonly base: number;
}

/** How many jobs of several threads a memory has, and how often its workspaces were given up since it was made. */
const uses = new WeakMap<WebAssembly.Memory, { running: number; turn: number }>();

function usesOf(memory: WebAssembly.Memory): { running: number; turn: number } {
  let use = uses.get(memory);
  if (use === undefined) uses.set(memory, (use = { running: 0, turn: 0 }));
  return use;
}

/**
 * Begins a job of several threads. Where no other one runs, workspaces of earlier ones are given up, so that a memory does not grow from job to job.
 *
 * @returns what to call at its end
 */
export function enterNearestMemory({ memory, base }: NearestMemory): () => void {
  const use = usesOf(memory);
  if (use.running === 0) {
    Atomics.store(new Int32Array(memory.buffer, 0, 1), 0, base);
    use.turn++;
  }
  use.running++;
  return () => {
    use.running--;
  };
}

/** Lays out the tables of a hierarchy for the kernel, in slices. @throws `engine/nearest-memory` where they do not fit */
export function* openNearestMemory(hierarchy: Hierarchy): Steps<NearestMemory> {
  const total = ALIGN + 4 * countTableWords(hierarchy) + 8 * ALIGN;
  if (total > MOST_PAGES * PAGE) throw tooLarge(total);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(total / PAGE), maximum: MOST_PAGES, shared: true });
  let top = ALIGN;
  const tables = yield* buildNearestTables(hierarchy, (count) => {
    const at = top;
    top += aligned(4 * count);
    return new Uint32Array(memory.buffer, at, count);
  });
  new Int32Array(memory.buffer, 0, 1)[0] = top / ALIGN;
  return { memory, tables, base: top / ALIGN };
}

/** Takes bytes at the end of the memory, which grows where it must; safe in several threads at a time. */
function takeBytes(memory: WebAssembly.Memory, bytes: number): number {
  const blocks = Math.ceil(bytes / ALIGN);
  const start = Atomics.add(new Int32Array(memory.buffer, 0, 1), 0, blocks) * ALIGN;
  const end = start + blocks * ALIGN;
  if (end > MOST_PAGES * PAGE) throw tooLarge(end);
  while (memory.buffer.byteLength < end) {
    try {
      memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
    } catch {
      throw tooLarge(end);
    }
  }
  return start;
}

/** One thread's workspace. */
export class KernelSweep implements NearestSweep {
  readonly tables: NearestTables;
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: KernelExports;
  #shape: SweepShape = { k: 1, ids: false, limit: 0 };
  #vectors = 1;
  /** Bytes of a row. */
  #stride = 16;
  #rows = 0;
  #rowBytes = 0;
  #out = 0;
  #outBytes = 0;
  #turn = 0;
  /** The vector of lanes whose costs stand in the room for answers; −1 for none. */
  #written = -1;

  /** @throws Error where the host cannot run it; ask hasNearestKernel first */
  constructor({ memory, tables }: NearestMemory) {
    const module = findModule();
    if (module === undefined) throw new Error('this host has no WebAssembly with SIMD and shared memory');
    this.tables = tables;
    this.#memory = memory;
    this.#kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
  }

  lanesFor({ k, ids }: SweepShape, wanted: number): number {
    if (k > 1) return Math.min(2, wanted);
    const perVector = ids ? 2 : 4;
    return Math.min(wanted, MOST_VECTORS * perVector);
  }

  open(shape: SweepShape, lanes: number): void {
    const { k, ids, limit } = shape;
    const { nodeCount } = this.tables;
    this.#shape = shape;
    this.#written = -1;
    const perVector = ids || k > 1 ? 2 : 4;
    this.#vectors = Math.ceil(lanes / perVector);
    this.#stride = 16 * (k > 1 ? k : this.#vectors);
    const bytes = aligned(nodeCount * this.#stride);
    const { turn } = usesOf(this.#memory);
    if (turn !== this.#turn) {
      this.#rowBytes = 0;
      this.#outBytes = 0;
      this.#turn = turn;
    }
    if (bytes > this.#rowBytes) {
      this.#rows = takeBytes(this.#memory, bytes);
      this.#rowBytes = bytes;
    }
    if (ids || k > 1) this.#kernel.fillKeys(this.#rows, bytes / 8, limit + 1, 0);
    else this.#kernel.fillKeys(this.#rows, bytes / 8, UNREACHED, UNREACHED);
  }

  seed(lane: number, facilities: PointLinks): void {
    const { k, ids } = this.#shape;
    if (k > 1) this.#seedLists(lane, facilities);
    else if (ids) this.#seedKeys(lane, facilities);
    else this.#seedCosts(lane, facilities);
  }

  #words(): Int32Array {
    return new Int32Array(this.#memory.buffer, this.#rows, (this.tables.nodeCount * this.#stride) / 4);
  }

  #seedCosts(lane: number, { inNode, inCost }: PointLinks): void {
    const words = this.#words();
    const { rowOfNode } = this.tables;
    const stride = this.#stride / 4;
    for (let i = 0; i < inNode.length; i++) {
      const at = rowOfNode[inNode[i]] * stride + lane;
      if (inCost[i] < words[at]) words[at] = inCost[i];
    }
  }

  #seedKeys(lane: number, { count, firstIn, inNode, inCost }: PointLinks): void {
    const words = this.#words();
    const { rowOfNode } = this.tables;
    const stride = this.#stride / 4;
    // facilities ascend: the first of equally near ones stays
    for (let f = 0; f < count; f++) {
      for (let i = firstIn[f]; i < firstIn[f + 1]; i++) {
        const at = rowOfNode[inNode[i]] * stride + 2 * lane;
        if (inCost[i] >= words[at + 1]) continue;
        words[at + 1] = inCost[i];
        words[at] = f;
      }
    }
  }

  #seedLists(lane: number, { count, firstIn, inNode, inCost }: PointLinks): void {
    const words = this.#words();
    const { rowOfNode } = this.tables;
    const { k, limit } = this.#shape;
    const stride = this.#stride / 4;
    for (let f = 0; f < count; f++) {
      for (let i = firstIn[f]; i < firstIn[f + 1]; i++) {
        const first = rowOfNode[inNode[i]] * stride + 2 * lane;
        const cost = inCost[i];
        let at = first + 4 * (k - 1);
        if (cost >= words[at + 1]) continue;
        // a second, dearer pair of the same facility at this node?
        let known = first;
        while (known <= at && !(words[known] === f && words[known + 1] <= limit)) known += 4;
        if (known <= at) {
          if (words[known + 1] <= cost) continue;
          at = known;
        }
        for (; at > first && words[at - 3] > cost; at -= 4) {
          words[at] = words[at - 4];
          words[at + 1] = words[at - 3];
        }
        words[at] = f;
        words[at + 1] = cost;
      }
    }
  }

  *sweep(): Generator<number, void, undefined> {
    const { nodeCount, coreCount, pushFirst, pushArcs, pullFirst, pullArcs } = this.tables;
    const { k, ids, limit } = this.#shape;
    const kernel = this.#kernel;
    const rows = this.#rows;
    const up = [pushFirst.byteOffset, pushArcs.byteOffset] as const;
    const down = [pullFirst.byteOffset, pullArcs.byteOffset] as const;
    const core = nodeCount - coreCount;
    const slice = rowsOfSlice(k);
    for (let from = 0; from < core; from += slice) {
      const to = Math.min(from + slice, core);
      if (k > 1) kernel.pushLists(k, limit, ...up, rows, from, to);
      else (ids ? kernel.pushKeys : kernel.pushCosts)(this.#vectors, limit, ...up, rows, from, to);
      yield to / nodeCount / 2;
    }
    const pushCore = (): number => (k > 1 ? kernel.pushCoreLists(k, limit, ...up, rows, core, nodeCount) : (ids ? kernel.pushCoreKeys : kernel.pushCoreCosts)(this.#vectors, ...up, rows, core, nodeCount));
    while (pushCore() !== 0) yield 0.5;
    for (let to = nodeCount; to > 0; to -= slice) {
      const from = Math.max(0, to - slice);
      if (k > 1) kernel.pullLists(k, limit, ...down, rows, from, to);
      else (ids ? kernel.pullKeys : kernel.pullCosts)(this.#vectors, ...down, rows, from, to);
      yield 1 - from / nodeCount / 2;
    }
  }

  write(lane: number, cost: Uint32Array, facility: Int32Array | undefined): void {
    const { nodeCount, nodeOfRow } = this.tables;
    const { k, ids, limit } = this.#shape;
    const length = nodeCount * k;
    const pitch = aligned(4 * length);
    const withKeys = ids || k > 1;
    this.#takeOut((withKeys ? 2 : 4) * pitch);
    const out = this.#out;
    const nodes = nodeOfRow.byteOffset;
    const { buffer } = this.#memory;
    if (withKeys) {
      const facilities = facility === undefined ? 0 : out + pitch;
      this.#kernel.writeKeys(this.#rows + 8 * lane, this.#stride, k, nodes, nodeCount, limit, UNREACHED, out, facilities);
      cost.set(new Uint32Array(buffer, out, length));
      facility?.set(new Int32Array(buffer, facilities, length));
      return;
    }
    // four lanes at a time: reading the rows once for each of them takes longer than all the writing
    const vector = lane >> 2;
    if (vector !== this.#written) this.#kernel.writeCosts(this.#rows + 16 * vector, this.#stride, nodes, nodeCount, limit, UNREACHED, out, pitch);
    this.#written = vector;
    cost.set(new Uint32Array(buffer, out + (lane & 3) * pitch, length));
  }

  #takeOut(bytes: number): void {
    if (bytes <= this.#outBytes) return;
    this.#out = takeBytes(this.#memory, bytes);
    this.#outBytes = bytes;
    this.#written = -1;
  }
}
