/** chengmai brief CITY: 领导专报, one page. chengmai bulletin CITY: 督查通报 of a quarter. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Language } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';
import type { PaperFormat } from '../report/delivery/write-papers.ts';
import { parseQuarter, quarterOf, quarterText } from '../delivery/ledger/quarter.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { readDayOption } from './day-option.ts';
import { hereOrThere } from './here-or-there.ts';
import { checkOutput, writeWhole } from './table-output.ts';

interface PaperOptions extends CommonOptions {
  readonly format: PaperFormat;
  readonly today?: string;
  readonly output?: string;
}

const formatOption = (): Option => new Option('--format <format>', 'Word or a page 格式').choices(['docx', 'html']).default('docx');
/** Papers are Chinese unless asked for in English, whatever the language of messages. */
const languageOf = ({ lang }: CommonOptions): Language => (lang === 'en' ? 'en' : 'zh');

async function put({ console }: CommandContext, path: string, bytes: Uint8Array, facts: Record<string, unknown>): Promise<void> {
  await checkOutput(path, []);
  await writeWhole(path, bytes);
  console.result({ ...facts, file: path, sizeBytes: bytes.length }, [console.say({ zh: `已写入 ${path}（${Math.ceil(bytes.length / 1024)} KB）。`, en: `Written to ${path} (${Math.ceil(bytes.length / 1024)} KB).` })]);
}

export function briefCommand(): Command {
  return buildCommand('brief', 'write the one-page brief of a policy document, or of the city 生成领导专报')
    .argument('<city>', 'id of the city 城市标识')
    .option('--document <id>', 'of one policy document; of the whole city unless said 政策文件')
    .addOption(formatOption())
    .option('--today <day>', 'written for another day 按某日生成')
    .option('-o, --output <file>', 'CITY-brief.FORMAT in this folder unless said 输出文件')
    .action((city: string, options: PaperOptions & { readonly document?: string }) =>
      runAction(options, async (context) => {
        const { format, document: documentId } = options;
        const today = readDayOption('--today', options.today);
        const language = languageOf(options);
        await checkOutput(options.output, []);
        const bytes = await hereOrThere(
          context,
          async (base) => {
            const { writeBrief } = await import('../report/delivery/write-papers.ts');
            return (await writeBrief(base, { cityId: city, format, language, today, documentId }, context.signal)).bytes;
          },
          (remote) => remote.getBytes(`/api/cities/${city}/brief?${queryOf({ format, lang: language, today, document: documentId })}`),
        );
        await put(context, options.output ?? `${city}-brief.${format}`, bytes, { cityId: city, documentId: documentId ?? null, format });
      }),
    );
}

export function bulletinCommand(): Command {
  return buildCommand('bulletin', 'write the supervision bulletin of a quarter 生成督查通报')
    .argument('<city>', 'id of the city 城市标识')
    .option('--quarter <quarter>', '2025Q4; the running one unless said 季度')
    .addOption(formatOption())
    .option('--today <day>', 'written as of another day 按某日生成')
    .option('-o, --output <file>', 'CITY-QUARTER-bulletin.FORMAT in this folder unless said 输出文件')
    .action((city: string, options: PaperOptions & { readonly quarter?: string }) =>
      runAction(options, async (context) => {
        const { format } = options;
        const today = readDayOption('--today', options.today);
        const language = languageOf(options);
        const { todayInChina } = await import('../delivery/task-ledger.ts');
        const quarter = options.quarter === undefined ? quarterOf(today ?? todayInChina()) : parseQuarter(options.quarter);
        if (quarter === undefined) throw new ChengmaiError('input', 'cli/quarter', { zh: `--quarter ${options.quarter ?? ''} 不是季度，应写作 2025Q4。`, en: `--quarter ${options.quarter ?? ''} is no quarter; write it as 2025Q4.` }, { field: '--quarter', value: options.quarter ?? '' });
        await checkOutput(options.output, []);
        const bytes = await hereOrThere(
          context,
          async (base) => {
            const { writeBulletin } = await import('../report/delivery/write-papers.ts');
            return (await writeBulletin(base, { cityId: city, format, language, today, quarter }, context.signal)).bytes;
          },
          (remote) => remote.getBytes(`/api/cities/${city}/task-bulletin?${queryOf({ format, lang: language, today, quarter: quarterText(quarter) })}`),
        );
        await put(context, options.output ?? `${city}-${quarterText(quarter)}-bulletin.${format}`, bytes, { cityId: city, quarter: quarterText(quarter), format });
      }),
    );
}

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return query.toString();
}
