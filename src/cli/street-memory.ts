/**
 * How much memory a street command takes at most: a list of terms, each a number of bytes for each of something that is counted, and their sum.
 *
 * Formed once the inputs are read and before the work is done. Terms are what the parts say of themselves (the heads of their files). Reading
 * streets, reading tables, building and the work itself come one after another, and the heap is collected between them: of what each takes for that time only the
 * greatest counts. The constants of program and threads were measured on Node 20 (docs/engine.md has the table of stated and measured peaks).
 */
import type { Bilingual } from '../core/bilingual.ts';
import type { CheckedQuestion, NearestPlan } from '../engine/graph/nearest/nearest-k.ts';
import { originsPerBlock } from '../engine/graph/nearest/nearest-k.ts';
import { nearestMemoryBytes } from '../engine/graph/nearest/nearest-kernel.ts';
import type { PointLinks } from '../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../engine/graph/travel/travel-graph.ts';
import type { PointTable } from '../import/table/point-table.ts';
import { GARBAGE_BYTES } from './heap-collector.ts';

export interface MemoryTerm {
  readonly name: Bilingual;
  /** How the bytes come about, in numbers: `24 × 1,000 + 8 × 4,000`. */
  readonly form: string;
  readonly bytes: number;
  /** Whether it is free again before the work itself begins. */
  readonly passing?: boolean;
}

export interface MemoryBound {
  readonly terms: readonly MemoryTerm[];
  /** What stays and the work itself, or what stays and the greatest passing term, whichever is more. */
  readonly totalBytes: number;
}

/** Bytes for each, and how many. */
export type Share = readonly [bytes: number, count: number];

const plain = (n: number): string => n.toLocaleString('en');

/** A term of shares that are added up. */
export function buildTerm(zh: string, en: string, ...shares: readonly Share[]): MemoryTerm {
  const some = shares.filter(([bytes, count]) => bytes * count > 0);
  return {
    name: { zh, en },
    form: some.map(([bytes, count]) => (bytes === 1 ? plain(count) : count === 1 ? plain(bytes) : `${plain(bytes)} × ${plain(count)}`)).join(' + '),
    bytes: some.reduce((sum, [bytes, count]) => sum + bytes * count, 0),
  };
}

/** A term that is free again before the work begins. */
export function passing(term: MemoryTerm): MemoryTerm {
  return { ...term, passing: true };
}

/**
 * @param read what was read, and reading it
 * @param own what the work takes
 */
export function sumTerms(read: readonly MemoryTerm[], own: readonly MemoryTerm[]): MemoryBound {
  const sum = (terms: readonly MemoryTerm[]): number => terms.reduce((bytes, term) => bytes + (term.passing === true ? 0 : term.bytes), 0);
  const all = [...read, ...own];
  const most = Math.max(sum(own), ...all.map((term) => (term.passing === true ? term.bytes : 0)));
  return { terms: all.filter(({ bytes }) => bytes > 0), totalBytes: sum(read) + most };
}

/** Node with the program in it, its young generation and code included. */
const PROGRAM_BYTES = 112 * 2 ** 20;
/** A thread: its own heap with its young generation, its code, its stack. */
const THREAD_BYTES = 40 * 2 ** 20;
/** What reading a street file takes, by its size: its blocks are unpacked and decoded, nodes and tags gathered, the network built. */
const FILE_SHARE = 20;
const TWO_PASSES_BYTES = 2 ** 29;

export interface NetworkSizes {
  readonly fileBytes: number;
  readonly elevationBytes: number;
  readonly threads: number;
}

/** Threads that work beside the calling one. */
export function threadTerm(threads: number): MemoryTerm {
  return buildTerm('线程', 'threads', [THREAD_BYTES, threads]);
}

/** Program, the reading of the street file (by threads), and the graphs built from it. */
export function networkTerms(travel: TravelGraph, { fileBytes, elevationBytes, threads }: NetworkSizes): MemoryTerm[] {
  const { network } = travel;
  const pieces = network.edge.from.length + network.edge.shapeE7.length / 2;
  return [
    buildTerm('程序', 'program', [PROGRAM_BYTES, 1]),
    buildTerm('未回收的内存', 'garbage not yet collected', [GARBAGE_BYTES, 1]),
    passing(buildTerm('读取道路文件', 'reading the street file', [THREAD_BYTES, threads], [FILE_SHARE, Math.min(fileBytes, TWO_PASSES_BYTES)], [FILE_SHARE / 2, Math.max(0, fileBytes - TWO_PASSES_BYTES)], [16, elevationBytes])),
    buildTerm('路网与出行图', 'network and travel graph', [1, network.bytes.length + travel.bytes.length]),
    // edge-grid.ts: 4 bytes a piece and a square, 20 an entry, 1.4 entries a piece, 16 a piece while building
    buildTerm('道路索引', 'index of streets', [56, pieces]),
  ];
}

const pairCount = ({ outNode, inNode }: PointLinks): number => outNode.length + inNode.length;

/** Bytes of links: 24 a point and 8 a pair. */
export function linkShares(links: PointLinks): Share[] {
  return [[24, links.count], [8, pairCount(links)]];
}

/** What a table of points takes while the command runs. */
export function pointTerm(file: string, { ids, columns }: PointTable, links: PointLinks): MemoryTerm {
  return buildTerm(`${file} 的点`, `points of ${file}`, [1, ids.byteLength], [8 * columns.size, ids.length], ...linkShares(links));
}

/** What it takes besides while it is read (places, ids that came before) and linked (pairs in arrays that had to grow). */
export function readingShares({ ids }: PointTable, links: PointLinks): Share[] {
  const grown = Math.max(0, pairCount(links) - 4 * links.count);
  return [[32, ids.length], [8, grown > 0 ? pairCount(links) : 0]];
}

/** The hierarchy; building it takes 48 bytes a node, 24 (symmetric) or 36 bytes an arc and shortcut besides. */
export function hierarchyTerms({ graph }: TravelGraph, { bytes, upNode, symmetric }: { readonly bytes: Uint8Array; readonly upNode: Uint32Array; readonly symmetric: boolean }): MemoryTerm[] {
  return [
    buildTerm('层次结构', 'hierarchy', [1, bytes.length]),
    passing(buildTerm('构建层次结构', 'building the hierarchy', [48, graph.nodeCount], [symmetric ? 24 : 36, graph.arcCount + upNode.length])),
  ];
}

/**
 * What a matrix takes besides its points (cost-matrix.ts, run-graph.ts): graph and links shared among threads, a workspace each, blocks of rows under
 * way; all rows where searches go backward.
 */
export function matrixTerms({ graph, network, bytes, meta: { counts } }: TravelGraph, origins: PointLinks, destinations: PointLinks, { side, step }: { readonly side: 'origins' | 'destinations'; readonly step: number }, threads: number): MemoryTerm[] {
  const workers = Math.max(1, threads);
  const [starts, ends] = side === 'origins' ? [origins, destinations] : [destinations, origins];
  const blockRows = Math.min(step, starts.count) * ends.count;
  const gathered = side === 'destinations' ? origins.count * destinations.count : 0;
  const sides = origins === destinations ? [origins] : [origins, destinations];
  return [
    threadTerm(threads),
    buildTerm('各线程共用的路网与点', 'streets and points that threads share', [1, network.bytes.length + bytes.length], ...sides.flatMap(linkShares)),
    buildTerm('各线程工作区', 'workspaces of the threads', [workers * 32, graph.nodeCount], [workers * 12, graph.arcCount], [workers * 8, counts.chains], [workers * 4, network.edge.from.length], [workers * 112, ends.count], [workers * 20, pairCount(ends)], [workers * 12, pairCount(starts)]),
    // made in lists that double (24 and 16), two of 16 on their way for each thread; written: 16 and 12 for columns
    buildTerm('结果块', 'blocks of rows', [workers * 72 + 28, blockRows]),
    buildTerm('排序前的全部结果', 'all rows, to be put in order', [32, gathered]),
  ];
}

/** What the tables of a hierarchy's sweeps are made of. */
export interface NearestTableSizes {
  readonly upArcs: number;
  readonly symmetric: boolean;
}

/**
 * What nearest places take besides points and hierarchy (nearest-k.ts, nearest-direct.ts, run-nearest.ts), by the methods that were chosen: searches,
 * lists of places by node and along chains, and answers under way. Threads are used for several categories and for searches from origins, which
 * have lists of their own in each; graph and links they share.
 */
export function nearestTerms({ graph, network, meta: { counts } }: TravelGraph, question: CheckedQuestion, plan: NearestPlan, tables: NearestTableSizes | undefined, threads: number): MemoryTerm[] {
  const { nodeCount, arcCount } = graph;
  const { facilities, origins, k } = question;
  const workers = facilities.length > 1 || plan.fromOrigins ? Math.max(1, threads) : 1;
  const sums = (of: (links: PointLinks) => number): number => facilities.reduce((sum, links) => sum + of(links), 0);
  const byNode = origins !== undefined && !plan.fromOrigins ? 8 * k : 0;
  const kernels = tables === undefined ? 0 : nearestMemoryBytes({ ...tables, nodes: nodeCount, k, threads: plan.swept.length > 0 ? workers : 0 });
  return [
    threadTerm(workers < 2 ? 0 : workers),
    buildTerm('内核内存', 'memory of the kernels', [1, kernels]),
    buildTerm('搜索', 'searches', [workers * (28 + byNode), nodeCount], [8, nodeCount], [workers * 4, arcCount]),
    buildTerm('各线程的设施清单', 'places by node for each thread', ...(plan.fromOrigins ? ([[workers * 8, nodeCount], [workers * 36, sums(({ inNode }) => inNode.length)], [workers * 28, sums(({ count }) => count)]] as const) : [])),
    // short lists for all nodes are found without: searches and sweeps begin at the places
    buildTerm('设施清单', 'places along chains', ...(origins === undefined ? [] : [[36, sums(({ inNode }) => inNode.length)], [96, sums(({ count }) => count)], [8 * facilities.length, counts.chains], [16, network.edge.from.length]] as const)),
    buildTerm('各线程共用的路网与点', 'streets and points that threads share', ...(workers < 2 ? [] : [[8, nodeCount] as Share, [16, arcCount] as Share, ...facilities.flatMap(linkShares), ...(origins === undefined ? [] : linkShares(origins))])),
    buildTerm('结果块', 'blocks of answers', answersUnderWay(question, plan, origins?.count ?? nodeCount, workers)),
  ];
}

/** Bytes an entry of lists takes, and how many there are at one time. */
function answersUnderWay(question: CheckedQuestion, plan: NearestPlan, originCount: number, workers: number): Share {
  const { facilities, k } = question;
  if (!plan.fromOrigins) return [8 * k * (Math.min(facilities.length, 20 * workers) + 2), originCount];
  // a block while it is found and while it is cut by category, the one before it not collected yet; two for each thread wait, one is written
  const blocks = 5 * workers + 1;
  return [8 * k * facilities.length, Math.min(2 * originCount, blocks * originsPerBlock(question))];
}

/** What drawing isochrones takes (reached-streets.ts, isochrone-field.ts): a search, streets reached and their lines, the polygons' text. */
export function isochroneTerms({ graph, network, meta: { counts } }: TravelGraph, limits: number, opportunities: PointLinks | undefined): MemoryTerm[] {
  const pieces = network.edge.from.length + network.edge.shapeE7.length / 2;
  return [
    buildTerm('搜索与可达道路', 'search and reached streets', [24, graph.nodeCount], [24, counts.chains], [32, pieces]),
    buildTerm('图形及其文本', 'shapes and their text', [2 ** 22, limits], [240, pieces]),
    buildTerm('圈内的点', 'points within', [16 * (limits + 1), opportunities?.count ?? 0]),
  ];
}
