/** chengmai accessibility: how much is reached from each origin within times or distances, straight from files. */
import type { Command } from 'commander';
import { ChengmaiError } from '../core/errors.ts';
import type { Decay } from '../engine/graph/decay.ts';
import { buildDecayTable, parseDecay } from '../engine/graph/decay.ts';
import { buildHierarchy } from '../engine/graph/hierarchy.ts';
import { sumReachableInThreads } from '../engine/pool/parallel-reach.ts';
import { runAction } from './command.ts';
import type { CommandContext } from './command.ts';
import { tellResult } from './matrix-command.ts';
import type { LinkedPoints, StreetOptions, StreetWork } from './street-work.ts';
import { buildStreetCommand, checkFiles, openStreets, readNumber, readNumbers } from './street-work.ts';
import type { OutputColumn } from './table-output.ts';
import { writeTable } from './table-output.ts';

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
  const decays = values.map((value) => (unit === 's' ? buildDecayTable(chosen, value, 60).subarray(0, Math.min(most + 1, 2 ** 31)) : buildDecayTable(chosen, value / 1000, 1e6)));
  return { unit, values, limits: [], decays, bound: Math.max(0, ...decays.map((table) => table.length - 1)) };
}

async function runAccessibility(context: CommandContext, options: AccessibilityOptions): Promise<void> {
  const cutoffs = readCutoffs(options);
  const columns = options.columns === undefined ? [] : options.columns.split(',').map((name) => name.trim());
  await checkFiles([options.network, options.origins, options.opportunities, options.elevation]);
  const { streets, ...counts } = await writeTable(options.output, COLUMNS, async (output) => {
    const work = await openStreets(context, options, cutoffs.unit);
    const origins = await work.points(options.origins, []);
    const opportunities = await work.points(options.opportunities, columns);
    const names = columns.length === 0 ? ['points'] : columns;
    const sums = await sumAll(context, work, origins, opportunities, columns, cutoffs);
    const { ids } = origins.table;
    let rows = 0;
    // an origin's rows stand together, and by variable and cut-off within
    const perOrigin = names.length * cutoffs.values.length;
    const block = Math.max(1, Math.floor(100_000 / perOrigin));
    for (let from = 0; from < ids.length; from += block) {
      const count = (Math.min(ids.length, from + block) - from) * perOrigin;
      const cell = (row: number): { origin: number; variable: number; cutoff: number } => ({
        origin: from + Math.floor(row / perOrigin), variable: Math.floor((row % perOrigin) / cutoffs.values.length), cutoff: row % cutoffs.values.length,
      });
      const cells = Array.from({ length: count }, (_, row) => cell(row));
      await output.write(count, [
        { texts: ids, at: cells.map(({ origin }) => origin) },
        { texts: names, at: cells.map(({ variable }) => variable) },
        cells.map(({ cutoff }) => cutoffs.values[cutoff]),
        cells.map(({ origin, variable, cutoff }) => sums[variable][cutoff][origin]),
      ]);
      rows += count;
    }
    return { streets: work, rows, origins: ids.length, opportunities: opportunities.table.ids.length };
  });
  tellResult(context, options.output, { ...counts, ...streets.summary() }, counts.rows);
}

async function sumAll({ console, signal }: CommandContext, { travel, explain, threads }: StreetWork, origins: LinkedPoints, opportunities: LinkedPoints, columns: readonly string[], cutoffs: Cutoffs): Promise<readonly (readonly Float64Array[])[]> {
  const context = { report: console.progress, signal };
  const from = performance.now();
  const hierarchy = buildHierarchy(travel.graph, { bound: cutoffs.bound }, context);
  const built = performance.now();
  explain({
    zh: `层次结构：${hierarchy.upNode.length} 条上行弧，${(hierarchy.bytes.length / 2 ** 20).toFixed(1)} MB，${((built - from) / 1000).toFixed(2)} 秒。`,
    en: `Hierarchy: ${hierarchy.upNode.length} up-arcs, ${(hierarchy.bytes.length / 2 ** 20).toFixed(1)} MB, ${((built - from) / 1000).toFixed(2)} s.`,
  });
  const weights = columns.length === 0 ? [new Float64Array(opportunities.links.count).fill(1)] : columns.map((name) => opportunities.table.columns.get(name) as Float64Array);
  const query = { origins: origins.links, opportunities: opportunities.links, weights, limits: cutoffs.limits, decays: cutoffs.decays, travel };
  const engine = { graph: travel.graph, hierarchy };
  const { sums, memoryBytes, mostBytes, largest } = await sumReachableInThreads(engine, query, { threads }, context);
  const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  explain({
    zh: `求和：${((performance.now() - built) / 1000).toFixed(2)} 秒，${threads} 线程；内核内存 ${mb(memoryBytes)} MB，上限 ${mb(mostBytes)} MB（图、层次结构与结果各一份，每线程每节点 4 字节及最大单元 ${largest.nodes} 个节点的工作区）。`,
    en: `Sums: ${((performance.now() - built) / 1000).toFixed(2)} s, ${threads} threads; kernel memory ${mb(memoryBytes)} MB, at most ${mb(mostBytes)} MB (graph, hierarchy and results once; each thread 4 bytes a node and room for its largest cell, of ${largest.nodes} nodes).`,
  });
  return sums;
}
