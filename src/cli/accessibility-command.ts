/** chengmai accessibility: how much is reached from each origin within times or distances, straight from files. */
import type { Command } from 'commander';
import { ChengmaiError } from '../core/errors.ts';
import type { Decay } from '../engine/graph/reach/decay.ts';
import { buildDecayTable, parseDecay } from '../engine/graph/reach/decay.ts';
import { buildHierarchyInSteps } from '../engine/graph/hierarchy/hierarchy.ts';
import { openSweepMemory } from '../engine/graph/reach/sweep-memory.ts';
import { hasSweepKernel } from '../engine/graph/reach/sweep-kernel.ts';
import { reachShares } from '../engine/graph/reach/reach-memory.ts';
import type { Hierarchy } from '../engine/graph/hierarchy/hierarchy.ts';
import { takePoints } from '../engine/graph/travel/point-links.ts';
import { sumReachableInThreads } from '../engine/pool/parallel-reach.ts';
import { runSteps } from '../engine/pool/run-steps.ts';
import { runAction } from './command.ts';
import type { CommandContext } from './command.ts';
import { tellResult } from './matrix-command.ts';
import type { LinkedPoints, StreetOptions, StreetWork } from './street-work.ts';
import { collector } from './heap-collector.ts';
import type { MemoryTerm } from './street-memory.ts';
import { buildTerm, hierarchyTerms, threadTerm } from './street-memory.ts';
import { buildStreetCommand, checkFiles, openStreets, readColumns, readNumber, readNumbers } from './street-work.ts';
import type { OutputColumn, TableOutput, Texts } from './table-output.ts';
import { listTexts, outputTerm, writeTable } from './table-output.ts';

interface AccessibilityOptions extends StreetOptions {
  readonly origins: string;
  readonly opportunities: string;
  readonly columns?: string;
  readonly cutoffs?: string;
  readonly metres?: string;
  readonly decay: string;
  readonly maxMinutes?: string;
  readonly output?: string;
}

const HELP = `
Decay 衰减函数: step · logistic:sd=1 · linear or linear:width=10 · exp (half at the cut-off) or exp:rate=0.1 · power:b=2
  Parameters are in minutes, or kilometres with --metres. An opportunity counts while its time is below the cut-off.
  参数单位为分钟（--metres 时为公里）；出行时间小于阈值才计入。`;

export function accessibilityCommand(): Command {
  return buildStreetCommand('accessibility', 'how much is reached from each origin 可达性（累积机会）')
    .requiredOption('--origins <file>', 'CSV with id, lon, lat 起点表')
    .requiredOption('--opportunities <file>', 'CSV with id, lon, lat and the columns to add up 机会点表')
    .option('--columns <list>', 'columns to add up; points are counted unless said 求和列')
    .option('--cutoffs <list>', 'minutes; 15,30 unless said 时间阈值（分钟）')
    .option('--metres <list>', 'metres along the streets, in place of minutes 距离阈值（米）')
    .option('--decay <function>', 'how an opportunity counts by time 衰减函数', 'step')
    .option('--max-minutes <n>', 'trips that take as long or longer do not count, whatever the decay 最长出行时间')
    .option('-o, --output <file>', '.csv or .parquet; standard output unless said 输出文件')
    .addHelpText('after', HELP)
    .action((options: AccessibilityOptions) => runAction(options, (context) => runAccessibility(context, options)));
}

const COLUMNS: readonly OutputColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'opportunity', type: 'text' },
  { name: 'cutoff', type: 'number' },
  { name: 'accessibility', type: 'number' },
];

/** Sums that are held at a time, 8 bytes each in the kernels and as much in their results. */
const SUMS_AT_ONCE = 2 ** 24;
/** Origins that are asked for at a time, some 350 bytes each; as many as half the opportunities where those are more, for these are put together each time. */
const ORIGINS_AT_ONCE = 2 ** 19;
const ROWS_AT_ONCE = 100_000;

/** What counts: cut-offs as users name them and, for each, a limit or a table of weights. */
interface Cutoffs {
  readonly unit: 's' | 'mm';
  readonly values: readonly number[];
  readonly limits: readonly number[];
  readonly decays: readonly Float64Array[];
  /** The largest cost that counts. */
  readonly bound: number;
}

function readDecay(text: string): Decay {
  try {
    return parseDecay(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ChengmaiError('input', 'cli/decay', { zh: `--decay ${text} 不是可用的衰减函数（${reason}）。`, en: `--decay ${text} is no decay function: ${reason}.` }, { field: '--decay', value: text }, cause);
  }
}

function readCutoffs({ cutoffs, metres, decay, maxMinutes }: AccessibilityOptions): Cutoffs {
  if (cutoffs !== undefined && metres !== undefined) {
    throw new ChengmaiError('input', 'cli/two-limits', { zh: '时间阈值与距离阈值只能给一种。', en: 'Cut-offs are either minutes or metres, not both.' });
  }
  const unit = metres === undefined ? 's' : 'mm';
  const values = metres === undefined ? readNumbers('--cutoffs', cutoffs ?? '15,30', 0, 10_000) : readNumbers('--metres', metres, 0, 100_000);
  const chosen = readDecay(decay);
  if (maxMinutes !== undefined && unit === 'mm') {
    throw new ChengmaiError('input', 'cli/two-limits', { zh: '--max-minutes 只用于时间阈值。', en: '--max-minutes goes with cut-offs in minutes.' }, { field: '--max-minutes', value: maxMinutes });
  }
  const most = maxMinutes === undefined ? Infinity : Math.ceil(readNumber('--max-minutes', maxMinutes, 0, 100_000) * 60) - 1;
  // a step by distance includes its radius, as standards' service radii do; by time it does not, as R5's cut-offs do not
  if (chosen.kind === 'step') {
    const limits = values.map((value) => (unit === 's' ? Math.min(most, Math.ceil(value * 60) - 1) : Math.floor(value * 1000)));
    return { unit, values, limits, decays: [], bound: Math.max(0, ...limits) };
  }
  if (values[0] === 0) throw new ChengmaiError('input', 'cli/number', { zh: `衰减函数 ${decay} 的阈值必须大于 0。`, en: `With the decay ${decay} cut-offs must be above 0.` }, { field: metres === undefined ? '--cutoffs' : '--metres', value: '0' });
  const decays = values.map((value) => tabulate(decay, chosen, value, unit).subarray(0, Math.min(most + 1, 2 ** 31)));
  return { unit, values, limits: [], decays, bound: Math.max(0, ...decays.map((table) => table.length - 1)) };
}

/** @throws ChengmaiError `cli/decay` where the function reaches farther than a table of weights may */
function tabulate(text: string, decay: Decay, cutoff: number, unit: 's' | 'mm'): Float64Array {
  try {
    return unit === 's' ? buildDecayTable(decay, cutoff, 60) : buildDecayTable(decay, cutoff / 1000, 1e6);
  } catch (cause) {
    const zh = `--decay ${text} 在阈值 ${cutoff} 下范围过大；请减小阈值（或参数），使其不超过 50 公里或 80 万分钟。`;
    const en = `--decay ${text} with a cut-off of ${cutoff} reaches too far; choose smaller ones, so that it ends within 50 km or 800,000 minutes.`;
    throw new ChengmaiError('input', 'cli/decay', { zh, en }, { field: '--decay', value: text }, cause);
  }
}

async function runAccessibility(context: CommandContext, options: AccessibilityOptions): Promise<void> {
  const cutoffs = readCutoffs(options);
  const columns = readColumns(options.columns);
  const inputs = [options.network, options.origins, options.opportunities, options.elevation];
  await checkFiles(inputs);
  const { streets, ...counts } = await writeTable(context, options.output, inputs, COLUMNS, async (output) => {
    const work = await openStreets(context, options, cutoffs.unit);
    const origins = await work.points(options.origins, []);
    const opportunities = await work.points(options.opportunities, columns);
    const names = columns.length === 0 ? ['points'] : columns;
    const { ids } = origins.table;
    let rows = 0;
    for await (const { from, sums } of sumByOrigins(context, work, origins, opportunities, columns, cutoffs, options.output)) rows += await writeSums(output, ids, names, cutoffs.values, from, sums);
    return { streets: work, rows, origins: ids.length, opportunities: opportunities.table.ids.length };
  });
  tellResult(context, options.output, { ...counts, ...streets.summary() }, counts.rows);
}

/** Rows of some origins: an origin's stand together, and by variable and cut-off within. */
async function writeSums(output: TableOutput, ids: Texts, names: readonly string[], cutoffs: readonly number[], from: number, sums: readonly (readonly Float64Array[])[]): Promise<number> {
  const opportunities = listTexts(names);
  const perOrigin = names.length * cutoffs.length;
  const total = sums[0][0].length * perOrigin;
  for (let first = 0; first < total; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, total - first);
    const rows = Float64Array.from({ length: count }, (_, i) => first + i);
    const origin = rows.map((row) => Math.floor(row / perOrigin));
    const variable = rows.map((row) => Math.floor((row % perOrigin) / cutoffs.length));
    await output.write(count, [
      { texts: ids, at: origin.map((o) => from + o) },
      { texts: opportunities, at: variable },
      rows.map((row) => cutoffs[row % cutoffs.length]),
      rows.map((row, i) => sums[variable[i]][row % cutoffs.length][origin[i]]),
    ]);
  }
  return total;
}

interface OriginSums {
  /** The first of these origins. */
  readonly from: number;
  /** By variable, cut-off and origin. */
  readonly sums: readonly (readonly Float64Array[])[];
}

/** How many origins are asked for at a time. */
function stepOf(sums: number, opportunities: number): number {
  return Math.max(1, Math.min(Math.floor(SUMS_AT_ONCE / sums), Math.max(ORIGINS_AT_ONCE, Math.ceil(opportunities / 2))));
}

function listTerms({ travel, threads }: StreetWork, hierarchy: Hierarchy, origins: LinkedPoints, opportunities: LinkedPoints, variables: number, cutoffs: Cutoffs, step: number): MemoryTerm[] {
  const { graph, meta: { counts }, network } = travel;
  const measures = cutoffs.values.length;
  const some = Math.min(step, origins.links.count);
  const shares = reachShares({
    nodes: graph.nodeCount, arcs: graph.arcCount, upArcs: hierarchy.upNode.length, symmetric: hierarchy.symmetric, chains: counts.chains, edges: network.edge.from.length,
    origins: some, originPairs: mostPairs(origins.links.firstOut, step), opportunities: opportunities.links.count, opportunityPairs: opportunities.links.inNode.length,
    variables, measures, decayEntries: cutoffs.decays.reduce((sum, table) => sum + table.length, 0), threads,
  });
  return [
    threadTerm(threads),
    ...hierarchyTerms(travel, hierarchy),
    buildTerm('求和方案', 'plan of the sums', ...shares.plan, [8 * Number(variables === 1), opportunities.links.count]),
    buildTerm('内核内存', 'memory of the kernels', ...shares.kernels),
    buildTerm('各线程工作区', 'scratch of the threads', ...shares.scratch),
    buildTerm('求和结果', 'sums', ...shares.results),
  ];
}

/** Pairs of so many points that follow one another, at most. */
function mostPairs(first: Uint32Array, step: number): number {
  let most = 0;
  for (let from = 0; from < first.length - 1; from += step) most = Math.max(most, first[Math.min(first.length - 1, from + step)] - first[from]);
  return most;
}

/** Sums of so many origins at a time that they take at most 256 MB, whatever the number of columns and cut-offs. */
async function* sumByOrigins({ console, signal }: CommandContext, work: StreetWork, origins: LinkedPoints, opportunities: LinkedPoints, columns: readonly string[], cutoffs: Cutoffs, output: string | undefined): AsyncGenerator<OriginSums, void, undefined> {
  const { travel, explain, threads } = work;
  const context = { report: console.progress, signal };
  const began = performance.now();
  const hierarchy = await runSteps(buildHierarchyInSteps(travel.graph, { bound: cutoffs.bound }, context), signal);
  const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  const since = (from: number): string => ((performance.now() - from) / 1000).toFixed(2);
  explain({
    zh: `层次结构：${hierarchy.upNode.length} 条上行弧，${mb(hierarchy.bytes.length)} MB，${since(began)} 秒。`,
    en: `Hierarchy: ${hierarchy.upNode.length} up-arcs, ${mb(hierarchy.bytes.length)} MB, ${since(began)} s.`,
  });
  const variables = Math.max(1, columns.length);
  const step = stepOf(variables * cutoffs.values.length, opportunities.links.count);
  work.bound([...listTerms(work, hierarchy, origins, opportunities, variables, cutoffs, step), outputTerm(output, [origins.table.ids], origins.links.count * variables * cutoffs.values.length)]);
  collector.collect();
  const weights = columns.length === 0 ? [new Float64Array(opportunities.links.count).fill(1)] : columns.map((name) => opportunities.table.columns.get(name) as Float64Array);
  const query = { opportunities: opportunities.links, weights, limits: cutoffs.limits, decays: cutoffs.decays, travel };
  const engine = { graph: travel.graph, hierarchy, ...(hasSweepKernel() && { memory: openSweepMemory(travel.graph, hierarchy) }) };
  for (let from = 0; from < origins.links.count; from += step) {
    const built = performance.now();
    const some = takePoints(origins.links, from, Math.min(origins.links.count, from + step));
    const { sums, memoryBytes, mostBytes, largest } = await sumReachableInThreads(engine, { ...query, origins: some }, { threads }, context);
    collector.collect();
    explain({
      zh: `求和：${some.count} 个起点，${since(built)} 秒，${threads} 线程；内核内存 ${mb(memoryBytes)} MB，上限 ${mb(mostBytes)} MB（图、层次结构与结果各一份，每线程每节点 4 字节及最大单元 ${largest.nodes} 个节点的工作区）。`,
      en: `Sums: ${some.count} origins, ${since(built)} s, ${threads} threads; kernel memory ${mb(memoryBytes)} MB, at most ${mb(mostBytes)} MB (graph, hierarchy and results once; each thread 4 bytes a node and room for its largest cell, of ${largest.nodes} nodes).`,
    });
    yield { from, sums };
  }
}
