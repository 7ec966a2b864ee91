/** chengmai nearest: the nearest places of one or several tables, for every node of the network or for given origins. */
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { buildHierarchyInSteps } from '../engine/graph/hierarchy/hierarchy.ts';
import type { NearestBlock, NearestEngine } from '../engine/graph/nearest/nearest-k.ts';
import { openNearest, openNearestInSteps, planWork } from '../engine/graph/nearest/nearest-k.ts';
import { runNearest } from '../engine/pool/run-nearest.ts';
import { runSteps } from '../engine/pool/run-steps.ts';
import type { PointLinks } from '../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../engine/graph/travel/travel-graph.ts';
import { UNREACHED } from '../engine/graph/search/search-graph.ts';
import { runAction } from './command.ts';
import type { CommandContext } from './command.ts';
import { tellResult } from './matrix-command.ts';
import type { IdList } from '../import/table/id-list.ts';
import { collector } from './heap-collector.ts';
import type { MemoryTerm, NearestTableSizes } from './street-memory.ts';
import { buildTerm, hierarchyTerms, linkShares, nearestTerms } from './street-memory.ts';
import type { LinkedPoints, StreetOptions, StreetWork } from './street-work.ts';
import { buildStreetCommand, checkFiles, openStreets, readNumber } from './street-work.ts';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { OutputCells, OutputColumn, TableOutput } from './table-output.ts';
import { listTexts, outputTerm, writeTable } from './table-output.ts';

interface NearestOptions extends StreetOptions {
  readonly to: string[];
  readonly origins?: string;
  readonly k: string;
  readonly maxMetres?: string;
  readonly maxMinutes?: string;
  readonly output?: string;
}

export function nearestCommand(): Command {
  return buildStreetCommand('nearest', 'the nearest places, for every node or given origins 最近设施')
    .requiredOption('--to <file...>', 'CSV with id, lon, lat; each file is a category 设施表，每个文件为一类')
    .option('--origins <file>', 'CSV with id, lon, lat; every node of the network unless said 起点表')
    .option('--k <n>', 'how many of each category 每类个数', '1')
    .option('--max-metres <n>', 'none farther along the streets; 1200 unless minutes are given 距离上限')
    .option('--max-minutes <n>', 'none that takes longer, in place of metres 时间上限')
    .option('-o, --output <file>', '.csv or .parquet; standard output unless said 输出文件')
    .addHelpText('after', '\nLimits are inclusive. Nodes come with their OpenStreetMap id, longitude and latitude. 含上限；节点以 OSM 编号给出。')
    .action((options: NearestOptions) => runAction(options, (context) => runNearestCommand(context, options)));
}

interface Limit {
  readonly unit: 's' | 'mm';
  readonly costs: number;
  readonly column: 'seconds' | 'metres';
}

function readLimit({ maxMetres, maxMinutes }: NearestOptions): Limit {
  if (maxMetres !== undefined && maxMinutes !== undefined) {
    throw new ChengmaiError('input', 'cli/two-limits', { zh: '时间上限与距离上限只能给一个。', en: 'The limit is either minutes or metres, not both.' });
  }
  if (maxMinutes !== undefined) return { unit: 's', column: 'seconds', costs: Math.floor(60 * readNumber('--max-minutes', maxMinutes, 0, 100_000)) };
  return { unit: 'mm', column: 'metres', costs: Math.floor(1000 * readNumber('--max-metres', maxMetres ?? '1200', 0, 1_000_000)) };
}

function listColumns(limit: Limit, withNodes: boolean): OutputColumn[] {
  const from: OutputColumn[] = withNodes
    ? [{ name: 'node_id', type: 'number' }, { name: 'lon', type: 'number' }, { name: 'lat', type: 'number' }]
    : [{ name: 'id', type: 'text' }];
  return [...from, { name: 'category', type: 'text' }, { name: 'rank', type: 'whole' }, { name: 'to_id', type: 'text' }, { name: limit.column, type: 'number' }];
}

async function runNearestCommand(context: CommandContext, options: NearestOptions): Promise<void> {
  const limit = readLimit(options);
  const k = readNumber('--k', options.k, 1, 1000, true);
  const categories = nameCategories(options.to);
  const inputs = [options.network, options.elevation, options.origins, ...options.to];
  await checkFiles(inputs);
  const withNodes = options.origins === undefined;
  const { streets, rows } = await writeTable(context, options.output, inputs, listColumns(limit, withNodes), async (output) => {
    const work = await openStreets(context, options, limit.unit);
    const facilities: LinkedPoints[] = [];
    for (const path of options.to) facilities.push(await work.points(path, []));
    const askers = options.origins === undefined ? await askFromVertices(work) : await askFromPoints(work, options.origins);
    const { engine, terms, tables } = await openEngine(work, askers, limit, context);
    const all = facilities.map(({ links }) => links);
    const question = { facilities: all, k, limit: limit.costs, travel: work.travel, ...(askers.links !== undefined && { origins: askers.links }) };
    const planned = planWork(engine, question);
    work.bound([...terms, ...askers.terms, ...nearestTerms(work.travel, planned.question, planned.plan, tables, work.threads), outputTerm(options.output, [...facilities.map(({ table }) => table.ids), ...(askers.ids === undefined ? [] : [askers.ids])], all.length * k * (askers.links?.count ?? work.travel.graph.nodeCount))]);
    let count = 0;
    for await (const block of runNearest(engine, question, { threads: work.threads }, { report: context.console.progress, signal: context.signal }, planned.plan)) {
      collector.note(block.cost.byteLength + (block.facility?.byteLength ?? 0));
      count += await writeBlock(output, work, block, { k, limit, categories, facilities, askers, signal: context.signal });
    }
    return { streets: work, rows: count };
  });
  tellResult(context, options.output, { rows, k, limit: limit.costs / (limit.unit === 'mm' ? 1000 : 60), ...streets.summary() }, rows);
}

/** Files' names without their endings. @throws ChengmaiError `cli/same-category` where two files have the same */
function nameCategories(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path, extname(path)));
  const at = names.findIndex((name, i) => names.indexOf(name) < i);
  if (at < 0) return names;
  const [one, other] = [paths[names.indexOf(names[at])], paths[at]];
  throw new ChengmaiError('input', 'cli/same-category', { zh: `${one} 与 ${other} 的类别名都是 ${names[at]}，结果中无法区分；请改文件名。`, en: `${one} and ${other} would both be the category ${names[at]}; rename one of the files.` }, { field: '--to', value: other });
}

interface OpenedEngine {
  readonly engine: NearestEngine;
  readonly terms: readonly MemoryTerm[];
  /** Absent without a hierarchy. */
  readonly tables: NearestTableSizes | undefined;
}

/** All nodes are worth a hierarchy; a few origins are not. */
async function openEngine({ travel, explain }: StreetWork, { links }: Askers, limit: Limit, { console, signal }: CommandContext): Promise<OpenedEngine> {
  const { graph } = travel;
  if (links !== undefined && links.count < graph.nodeCount / 20) return { engine: openNearest(graph), terms: [], tables: undefined };
  const from = performance.now();
  const hierarchy = await runSteps(buildHierarchyInSteps(graph, { bound: limit.costs }, { report: console.progress, signal }), signal);
  const seconds = ((performance.now() - from) / 1000).toFixed(2);
  const mb = (hierarchy.bytes.length / 2 ** 20).toFixed(1);
  explain({ zh: `层次结构：${hierarchy.upNode.length} 条上行弧，${mb} MB，${seconds} 秒。`, en: `Hierarchy: ${hierarchy.upNode.length} up-arcs, ${mb} MB, ${seconds} s.` });
  collector.collect();
  return { engine: await runSteps(openNearestInSteps(graph, hierarchy), signal), terms: hierarchyTerms(travel, hierarchy), tables: { upArcs: hierarchy.upNode.length, symmetric: hierarchy.symmetric } };
}

/** Who asks: points of a table, or vertices of the network. `links` is absent where the graph's nodes are these vertices. */
interface Askers {
  readonly links?: PointLinks;
  readonly ids?: IdList;
  readonly vertices?: Uint32Array;
  /** Memory that they take and no table does. */
  readonly terms: readonly MemoryTerm[];
}

/** All vertices a traveller may stand at. A driver's nodes are ends of streets driven one way, several at a vertex: there each vertex is linked as a point. */
async function askFromVertices({ travel, link }: StreetWork): Promise<Askers> {
  if (travel.meta.profile.mode !== 'drive') return { vertices: travel.node.vertex, terms: [] };
  const vertices = Uint32Array.from(new Set(travel.node.vertex)).sort();
  const { e7 } = travel.network.vertex;
  const links = await link(Float64Array.from({ length: 2 * vertices.length }, (_, i) => e7[2 * vertices[i >> 1] + (i & 1)] / 1e7));
  return { vertices, links, terms: [buildTerm('作为起点的路网顶点', 'vertices that ask', [80, vertices.length], ...linkShares(links))] };
}

async function askFromPoints(work: StreetWork, path: string): Promise<Askers> {
  const { links, table } = await work.points(path, []);
  return { links, ids: table.ids, terms: [] };
}

interface Writing {
  readonly k: number;
  readonly limit: Limit;
  readonly categories: readonly string[];
  readonly facilities: readonly LinkedPoints[];
  readonly askers: Askers;
  readonly signal: AbortSignal;
}

/** How many rows are put together at a time: a block has a row for every origin and rank, tens of millions of them. */
const ROWS_AT_ONCE = 100_000;

/** Rows of a block where something was found. */
async function writeBlock(output: TableOutput, { travel }: StreetWork, block: NearestBlock, { k, limit, categories, facilities, askers, signal }: Writing): Promise<number> {
  const { cost, facility, category, firstOrigin } = block;
  const rows = new Uint32Array(Math.min(cost.length, ROWS_AT_ONCE));
  let total = 0;
  for (let next = 0; next < cost.length; ) {
    throwIfCancelled(signal);
    let count = 0;
    for (; next < cost.length && count < rows.length; next++) if (cost[next] < UNREACHED) rows[count++] = next;
    const found = rows.subarray(0, count);
    await output.write(count, [
      ...askerCells(travel, askers, found.map((i) => firstOrigin + Math.floor(i / k))),
      { texts: listTexts(categories), at: new Uint32Array(count).fill(category) },
      found.map((i) => (i % k) + 1),
      { texts: facilities[category].table.ids, at: found.map((i) => facility?.[i] ?? 0) },
      Float64Array.from(found, (i) => (limit.unit === 'mm' ? cost[i] / 1000 : cost[i])),
    ]);
    total += count;
  }
  return total;
}

function askerCells({ network: { vertex } }: TravelGraph, { ids, vertices }: Askers, asker: Uint32Array): OutputCells[] {
  if (vertices === undefined) return [{ texts: ids ?? listTexts([]), at: asker }];
  const value = (of: (vertex: number) => number): Float64Array => Float64Array.from(asker, (i) => of(vertices[i]));
  return [value((v) => vertex.id[v]), value((v) => vertex.e7[2 * v] / 1e7), value((v) => vertex.e7[2 * v + 1] / 1e7)];
}
