/** The check-up's report in the format that is asked for. */
import type { Language } from '../../core/bilingual.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { Base } from '../../base/open.ts';
import type { PeriodChoice } from '../../checkup/views.ts';
import { writeDocxInThread } from '../docx-task.ts';
import { writeHtml } from '../write-html.ts';
import { buildCheckupReport } from './build-report.ts';
import { readReportInput } from './read-report-input.ts';
import { writeCheckupWorkbook } from './write-workbook.ts';

export const REPORT_FORMATS = ['docx', 'html', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const REPORT_MEDIA: Readonly<Record<ReportFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export interface WrittenReport {
  readonly bytes: Uint8Array;
  readonly period: number;
  readonly title: string;
}

/** @throws ChengmaiError not-found `base/no-city`, `checkup/no-checkup`; kind `cancelled` */
export async function writeCheckupReport(base: Base, request: { readonly cityId: string; readonly period: PeriodChoice; readonly format: ReportFormat; readonly language: Language }, context: WorkContext = {}): Promise<WrittenReport> {
  const input = await readReportInput(base, request.cityId, request.period, request.language, context);
  context.report?.({ stage: 'report/write', text: { zh: '生成报告', en: 'Writing the report' }, done: 0 });
  const report = buildCheckupReport(input);
  const bytes = request.format === 'docx' ? await writeDocxInThread(report, context.signal) : request.format === 'html' ? new TextEncoder().encode(writeHtml(report)) : await writeCheckupWorkbook(input);
  return { bytes, period: input.overview.period, title: report.title };
}
