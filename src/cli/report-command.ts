/** chengmai report CITY: the annual check-up report as a Word file, a page or a workbook. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { Language } from '../core/bilingual.ts';
import { buildCommand, runAction } from './command.ts';
import type { CommonOptions } from './command.ts';
import { hereOrThere } from './here-or-there.ts';
import { readPeriodOption } from './period-option.ts';
import { checkOutput, writeWhole } from './table-output.ts';

interface ReportOptions extends CommonOptions {
  readonly period?: string;
  readonly format: 'docx' | 'html' | 'xlsx';
  readonly output?: string;
}

export function reportCommand(): Command {
  return buildCommand('report', 'write the annual check-up report 生成城市体检报告')
    .argument('<city>', 'id of the city 城市标识')
    .addOption(new Option('--format <format>', 'Word, a page, a workbook 格式').choices(['docx', 'html', 'xlsx']).default('docx'))
    .option('--period <year>', 'the latest check-up unless said 体检年份')
    .option('-o, --output <file>', 'CITY-YEAR.FORMAT in this folder unless said 输出文件')
    .action((city: string, options: ReportOptions) =>
      runAction(options, async (context) => {
        const period = readPeriodOption(options.period) ?? 'latest';
        const { format } = options;
        // the report is Chinese unless asked for in English, whatever the language of messages
        const language: Language = options.lang === 'en' ? 'en' : 'zh';
        await checkOutput(options.output, []);
        const work = { report: context.console.progress, signal: context.signal };
        const written = await hereOrThere(
          context,
          async (base) => {
            const { writeCheckupReport } = await import('../report/checkup/write-report.ts');
            return writeCheckupReport(base, { cityId: city, period, format, language }, work);
          },
          async (remote) => ({
            bytes: await remote.getBytes(`/api/cities/${city}/checkups/${period}/report?format=${format}&lang=${language}`),
            period: (await remote.getCheckup(city, period)).period,
          }),
        );
        const path = options.output ?? `${city}-${written.period}.${format}`;
        await checkOutput(path, []);
        await writeWhole(path, written.bytes);
        context.console.result({ cityId: city, period: written.period, format, file: path, sizeBytes: written.bytes.length }, [context.console.say({ zh: `报告已写入 ${path}（${Math.ceil(written.bytes.length / 1024)} KB）。`, en: `The report is in ${path} (${Math.ceil(written.bytes.length / 1024)} KB).` })]);
      }),
    );
}
