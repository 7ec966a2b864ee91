/** chengmai matrix: minutes and metres between points, straight from files. */
import type { Command } from 'commander';
import { planMatrix } from '../engine/graph/search/cost-matrix.ts';
import { runCostMatrix } from '../engine/pool/run-graph.ts';
import { runAction } from './command.ts';
import type { CommandContext } from './command.ts';
import { collector } from './heap-collector.ts';
import { matrixTerms } from './street-memory.ts';
import type { StreetOptions } from './street-work.ts';
import { buildStreetCommand, checkFiles, openStreets, readNumber } from './street-work.ts';
import type { OutputColumn } from './table-output.ts';
import { outputTerm, writeTable } from './table-output.ts';

interface MatrixOptions extends StreetOptions {
  readonly origins: string;
  readonly destinations: string;
  readonly maxMinutes: string;
  readonly output?: string;
}

const COLUMNS: readonly OutputColumn[] = [
  { name: 'from_id', type: 'text' },
  { name: 'to_id', type: 'text' },
  { name: 'minutes', type: 'whole' },
  { name: 'metres', type: 'number' },
];

/** Bytes of a row of a block and of the columns made of it. */
const BLOCK_ROW_BYTES = 28;

export function matrixCommand(): Command {
  return buildStreetCommand('matrix', 'minutes and metres between points 点到点的时间与距离')
    .requiredOption('--origins <file>', 'CSV with id, lon, lat 起点表')
    .requiredOption('--destinations <file>', 'CSV with id, lon, lat 终点表')
    .option('--max-minutes <n>', 'pairs that take as long or longer are left out 时间上限', '30')
    .option('-o, --output <file>', '.csv or .parquet; standard output unless said 输出文件')
    .addHelpText('after', '\nminutes are whole and rounded down; metres are those of the fastest way. 分钟向下取整；距离为最快路径的长度。')
    .action((options: MatrixOptions) => runAction(options, (context) => runMatrix(context, options)));
}

async function runMatrix(context: CommandContext, options: MatrixOptions): Promise<void> {
  const limit = Math.ceil(readNumber('--max-minutes', options.maxMinutes, 0, 100_000) * 60) - 1;
  const inputs = [options.network, options.origins, options.destinations, options.elevation];
  await checkFiles(inputs);
  await writeTable(context, options.output, inputs, COLUMNS, async (output) => {
    const streets = await openStreets(context, options, 's');
    const origins = await streets.points(options.origins, []);
    const destinations = options.destinations === options.origins ? origins : await streets.points(options.destinations, []);
    const plan = planMatrix(origins.links.count, destinations.links.count);
    streets.bound([...matrixTerms(streets.travel, origins.links, destinations.links, plan, streets.threads), outputTerm(options.output, [origins.table.ids, destinations.table.ids], origins.links.count * destinations.links.count)]);
    let rows = 0;
    for await (const block of runCostMatrix(streets.travel, origins.links, destinations.links, limit, streets.threads, { report: context.console.progress, signal: context.signal })) {
      await output.write(block.count, [
        { texts: origins.table.ids, at: block.origin },
        { texts: destinations.table.ids, at: block.destination },
        block.cost.map((cost) => Math.floor(cost / 60)),
        Float64Array.from(block.mm, (mm) => mm / 1000),
      ]);
      rows += block.count;
      collector.note(BLOCK_ROW_BYTES * block.count);
    }
    return { streets, rows, origins: origins.table.ids.length, destinations: destinations.table.ids.length };
  }).then(({ streets, ...counts }) => tellResult(context, options.output, { ...counts, ...streets.summary() }, counts.rows));
}

/** The summary: one JSON document, or a line. Where the table itself went to standard output, on standard error. */
export function tellResult({ console }: CommandContext, output: string | undefined, document: object, rows: number): void {
  const line = console.say({ zh: `${rows.toLocaleString('en')} 行${output === undefined ? '' : `已写入 ${output}`}。`, en: `${rows.toLocaleString('en')} rows${output === undefined ? '' : ` written to ${output}`}.` });
  if (output === undefined) console.tell(line);
  else console.result({ output, ...document }, [line]);
}
