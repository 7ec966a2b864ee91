/** What the street commands share: a network from a file, a way to travel it, points tied to it, and the options that say so. */
import type { Command } from 'commander';
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import type { Note } from '../core/note.ts';
import { linkPointsInSteps } from '../engine/graph/travel/link-points.ts';
import type { PointLinks } from '../engine/graph/travel/point-links.ts';
import type { TravelProfile } from '../engine/graph/travel/profile.ts';
import { profileOf } from '../engine/graph/travel/profile.ts';
import type { TravelGraph } from '../engine/graph/travel/travel-graph.ts';
import { buildTravelGraphInSteps } from '../engine/graph/travel/travel-graph.ts';
import { runSteps } from '../engine/pool/run-steps.ts';
import { openFile } from '../import/byte-source.ts';
import { readNetwork } from '../import/osm/read-network.ts';
import { readElevation } from '../import/read-elevation.ts';
import type { PointTable } from '../import/table/point-table.ts';
import { readPointTable } from '../import/table/point-table.ts';
import { buildCommand } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { collector } from './heap-collector.ts';
import type { MemoryBound, MemoryTerm } from './street-memory.ts';
import { buildTerm, networkTerms, passing, pointTerm, readingShares, sumTerms } from './street-memory.ts';

export interface StreetOptions extends CommonOptions {
  readonly network: string;
  readonly mode: string;
  readonly speedKmh?: string;
  readonly maxStress?: string;
  readonly elevation?: string;
  readonly measure: string;
  readonly details?: boolean;
  readonly local: string;
  readonly leastVertices: string;
  readonly maxLinkM: string;
  readonly threads?: string;
  readonly explain?: boolean;
}

const HELP = `
Without a base, straight from files. 无需数据库，直接读取文件。
  --measure r5        edges measured, rounded and linked as R5 does, to compare with its published results 与 R5 已发表结果可比
  --measure geodesic  lengths on the ellipsoid, points on the truly nearest street 椭球长度，最近道路
  A point more than 300 m from a street is tied to the nearest within --max-link-m; one that is farther reaches nothing and is noted.
  离路超过 --max-link-m 的点不参与计算，并给出提示。`;

/** A command with the options that all street commands have. */
export function buildStreetCommand(name: string, text: string): Command {
  return buildCommand(name, text)
    .requiredOption('--network <file>', 'OpenStreetMap PBF file with the streets 道路数据（OSM PBF）')
    .option('--mode <mode>', 'walk, bike, drive 出行方式', 'walk')
    .option('--speed-kmh <n>', 'walking 3.6, cycling 12, driving: no ceiling 速度')
    .option('--max-stress <1-4>', 'riders take no street of more traffic stress 骑行可接受的交通压力等级')
    .option('--elevation <file>', 'GeoTIFF of heights: slopes slow walkers and riders 高程栅格，计入坡度')
    .option('--measure <rule>', 'r5 or geodesic 量算规则', 'r5')
    .option('--details', 'what R5 does not know: gates that stop, lifts, squares, entrances; always with geodesic 计入大门、电梯、广场与出入口')
    .option('--local <rule>', 'streets that are private or for residents: closed, or ends (a trip may begin and end there) 内部道路', 'closed')
    .option('--least-vertices <n>', 'pieces of network with fewer vertices are dropped 舍弃小连通片', '40')
    .option('--max-link-m <n>', 'how far a point may be from a street 点到道路最大距离（米）', '1600')
    .option('--threads <n>', 'worker threads; as many as cores unless said 线程数')
    .option('--explain', 'say what is built, in how much memory and time 说明构建过程、内存与耗时')
    .addHelpText('after', HELP);
}

/** A number an option must be. @throws ChengmaiError `cli/number` */
export function readNumber(name: string, text: string, low: number, high: number, whole = false): number {
  const value = text.trim() === '' ? NaN : Number(text.replaceAll('_', ''));
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return value;
  const zh = `${name} ${text} 应为 ${low} 到 ${high} 之间的${whole ? '整数' : '数'}。`;
  const en = `${name} ${text} must be a ${whole ? 'whole ' : ''}number from ${low} to ${high}.`;
  throw new ChengmaiError('input', 'cli/number', { zh, en }, { field: name, value: text });
}

/** Numbers with commas between them, sorted, each once. @throws ChengmaiError `cli/number` */
export function readNumbers(name: string, text: string, low: number, high: number): number[] {
  return [...new Set(text.split(',').map((part) => readNumber(name, part, low, high)))].sort((a, b) => a - b);
}

/** Names of columns with commas between them, each once; none unless said. @throws ChengmaiError `cli/columns` */
export function readColumns(text: string | undefined): string[] {
  if (text === undefined) return [];
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  if (!names.includes('')) return names;
  throw new ChengmaiError('input', 'cli/columns', { zh: `--columns ${text} 中有空的列名；请用逗号分隔列名。`, en: `--columns ${text} has a name that is empty; put one comma between names.` }, { field: '--columns', value: text });
}

/** One of some words. @throws ChengmaiError `cli/word` */
export function readWord<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new ChengmaiError('input', 'cli/word', { zh: `${name} ${text} 应为 ${words.join('、')} 之一。`, en: `${name} ${text} must be one of ${words.join(', ')}.` }, { field: name, value: text });
}

function readProfile(options: StreetOptions, unit: TravelProfile['unit']): TravelProfile {
  const mode = readWord('--mode', options.mode, ['walk', 'bike', 'drive']);
  return profileOf(mode, {
    unit,
    slope: options.elevation !== undefined && mode !== 'drive',
    local: readWord<TravelProfile['local']>('--local', options.local, ['closed', 'ends']),
    leastVertices: readNumber('--least-vertices', options.leastVertices, 0, 1e9, true),
    maxLinkM: readNumber('--max-link-m', options.maxLinkM, 0, 100_000),
    ...(options.speedKmh !== undefined && { speedKmh: readNumber('--speed-kmh', options.speedKmh, 0.1, 300) }),
    ...(options.maxStress !== undefined && { maxStress: readNumber('--max-stress', options.maxStress, 1, 4, true) as 1 | 2 | 3 | 4 }),
  });
}

/** The network a command works on, and what it said on the way. */
export interface StreetWork {
  readonly travel: TravelGraph;
  readonly threads: number;
  /** Reads points and ties them to the streets. */
  points(path: string, wanted: readonly string[]): Promise<LinkedPoints>;
  /** Ties points that did not come from a file. */
  link(lonLat: Float64Array): Promise<PointLinks>;
  /** A line for --explain. */
  explain(text: Bilingual): void;
  /** States how much memory the whole command takes at most: what it has read, and these terms of its own. */
  bound(own: readonly MemoryTerm[]): void;
  /** For the summary: counts of the network, notes, seconds by stage, and the memory that was stated. */
  summary(): object;
  readonly notes: NoteBook;
}

export interface LinkedPoints {
  /** Without places: once linked, nobody asks for them. */
  readonly table: Omit<PointTable, 'lonLat'>;
  readonly links: PointLinks;
  readonly unlinked: number;
}

async function withFile<Result>(path: string, work: (source: Awaited<ReturnType<typeof openFile>>) => Promise<Result>): Promise<Result> {
  const source = await openFile(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** Names that cannot be read end a command before minutes of work. */
export async function checkFiles(paths: readonly (string | undefined)[]): Promise<void> {
  for (const path of paths) if (path !== undefined) await withFile(path, async () => undefined);
}

function countUnlinked(links: PointLinks): number {
  let unlinked = 0;
  for (const edge of links.edge) if (edge < 0) unlinked++;
  return unlinked;
}

const plain = (n: number): string => n.toLocaleString('en');

/** Reports of progress (one for 10,000 rows of a table) between two collections of the heap. */
const COLLECT_EVERY = 20;

async function sizeOf(path: string | undefined): Promise<number> {
  return path === undefined ? 0 : withFile(path, async ({ sizeBytes }) => sizeBytes);
}

/** The terms as a table of lines: megabytes, name, how they come about. */
function drawBound({ terms, totalBytes }: MemoryBound, say: (text: Bilingual) => string): string {
  const line = (bytes: number, text: string): string => `  ${(bytes / 2 ** 20).toFixed(1).padStart(9)} MB  ${text}`;
  return [
    `  ${say({ zh: '内存上限（整个命令，字节 × 数量）：', en: 'Memory at most, of the whole command (bytes × count):' })}`,
    ...terms.map(({ name, form, bytes, passing: passes }) => line(bytes, `${say(name)} = ${form}${passes === true ? say({ zh: '（计算前释放）', en: ' (free again before the work)' }) : ''}`)),
    line(totalBytes, say({ zh: '合计（先后占用者取最大）', en: 'in all (of what stands one after another, the greatest)' })),
  ].join('\n');
}

/**
 * Reads the network and makes the travel graph; every street command begins with this.
 *
 * @param unit `s` where limits are times, `mm` where they are distances
 * @throws ChengmaiError of kind input for options and files that cannot be used; cancelled
 */
export async function openStreets({ console, signal }: CommandContext, options: StreetOptions, unit: TravelProfile['unit']): Promise<StreetWork> {
  const profile = readProfile(options, unit);
  const measure = readWord('--measure', options.measure, ['r5', 'geodesic']);
  const { availableParallelism } = await import('node:os');
  const threads = options.threads === undefined ? availableParallelism() : readNumber('--threads', options.threads, 0, 256, true);
  let reports = 0;
  const report: typeof console.progress = (progress) => {
    if (++reports % COLLECT_EVERY === 0) collector.collect();
    console.progress(progress);
  };
  const context = { report, signal };
  const notes = new NoteBook();
  const earlier: Note[] = [];
  const seconds: Record<string, number> = {};
  const explain = (text: Bilingual): void => {
    if (options.explain === true) console.tell(`  ${console.say(text)}`);
  };
  const timed = async <Result>(stage: string, work: () => Promise<Result> | Result): Promise<Result> => {
    const from = performance.now();
    const result = await work();
    seconds[stage] = Math.round(performance.now() - from) / 1000;
    return result;
  };
  const elevation = options.elevation === undefined ? undefined : await timed('elevation', () => withFile(options.elevation as string, (source) => readElevation(source, context)));
  const { network, notes: said } = await timed('network', () =>
    withFile(options.network, (source) => readNetwork(source, { measure, ...(options.threads !== undefined && { threads }), ...(options.details === true && { details: true }), ...elevation }, context)),
  );
  earlier.push(...said);
  const travel = await timed('travel', () => runSteps(buildTravelGraphInSteps(network, profile, context), signal));
  collector.collect();
  const { counts } = travel.meta;
  const sizes = { fileBytes: await sizeOf(options.network), elevationBytes: await sizeOf(options.elevation), threads };
  const tables: MemoryTerm[] = [];
  let reading = buildTerm('', '');
  let memory: MemoryBound | undefined;
  explain({
    zh: `路网：${plain(network.meta.counts.vertices)} 个顶点、${plain(network.meta.counts.edges)} 条边，${plain(network.bytes.length >> 20)} MB，${seconds.network} 秒。`,
    en: `Network: ${plain(network.meta.counts.vertices)} vertices, ${plain(network.meta.counts.edges)} edges, ${plain(network.bytes.length >> 20)} MB, ${seconds.network} s.`,
  });
  explain({
    zh: `出行图：${plain(counts.nodes)} 个节点、${plain(counts.arcs)} 条弧、${plain(counts.chains)} 条链，舍弃 ${plain(counts.droppedComponents)} 个小连通片，${seconds.travel} 秒。`,
    en: `Travel graph: ${plain(counts.nodes)} nodes, ${plain(counts.arcs)} arcs, ${plain(counts.chains)} chains, ${plain(counts.droppedComponents)} small pieces dropped, ${seconds.travel} s.`,
  });
  const noteUnlinked = (file: string, count: number): void => {
    if (count > 0) {
      notes.add('warning', 'engine/unlinked', { zh: `距道路超过 ${profile.maxLinkM} 米的点，不参与计算。`, en: `Points farther than ${profile.maxLinkM} m from any usable street; they reach nothing.` }, { file }, count);
    }
  };
  return {
    travel, threads, notes, explain,
    async points(path, wanted) {
      const table = await timed(`read ${path}`, () => withFile(path, (source) => readPointTable(source, wanted, notes, context)));
      const links = await timed(`link ${path}`, () => runSteps(linkPointsInSteps(travel, table.lonLat, context), signal));
      collector.collect();
      const unlinked = countUnlinked(links);
      noteUnlinked(table.file, unlinked);
      tables.push(pointTerm(table.file, table, links));
      const term = passing(buildTerm(`读取 ${table.file}`, `reading ${table.file}`, ...readingShares(table, links)));
      if (term.bytes > reading.bytes) reading = term;
      const { file, ids, columns } = table;
      return { table: { file, ids, columns }, links, unlinked };
    },
    async link(lonLat) {
      const links = await runSteps(linkPointsInSteps(travel, lonLat, context), signal);
      noteUnlinked('--at', countUnlinked(links));
      return links;
    },
    bound(own) {
      memory = sumTerms([...networkTerms(travel, sizes), ...tables, reading], own);
      if (options.explain === true) console.tell(drawBound(memory, console.say));
    },
    summary() {
      const all = [...earlier, ...notes.list()];
      for (const note of all) console.note(note);
      return { network: network.meta.counts, travel: { ...profile, ...counts }, seconds, ...(memory !== undefined && { memory }), notes: all };
    },
  };
}
