/** Brief and bulletin in the format that is asked for. */
import type { Language } from '../../core/bilingual.ts';
import type { Base } from '../../base/open.ts';
import { todayInChina } from '../../delivery/task-ledger.ts';
import type { ReportDocument } from '../document.ts';
import { writeDocxInThread } from '../docx-task.ts';
import { writeHtml } from '../write-html.ts';
import { buildBrief } from './build-brief.ts';
import { buildBulletin } from './build-bulletin.ts';
import type { Quarter } from '../../delivery/ledger/quarter.ts';
import { quarterOf, quarterText } from '../../delivery/ledger/quarter.ts';
import { readBriefInput } from './read-brief-input.ts';
import { readBulletinInput } from './read-bulletin-input.ts';

export const PAPER_FORMATS = ['docx', 'html'] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

export interface WrittenPaper {
  readonly bytes: Uint8Array;
  readonly title: string;
}

interface PaperRequest {
  readonly cityId: string;
  readonly format: PaperFormat;
  readonly language: Language;
  /** The present day unless said. */
  readonly today?: string | undefined;
}

async function write(report: ReportDocument, format: PaperFormat, signal: AbortSignal | undefined): Promise<WrittenPaper> {
  return { bytes: format === 'docx' ? await writeDocxInThread(report, signal) : new TextEncoder().encode(writeHtml(report)), title: report.title };
}

/** 领导专报 of one document, or of the city. @throws ChengmaiError not-found `base/no-city`, `delivery/no-document`; kind `cancelled` */
export async function writeBrief(base: Base, { cityId, format, language, today = todayInChina(), documentId }: PaperRequest & { readonly documentId?: string | undefined }, signal?: AbortSignal): Promise<WrittenPaper> {
  return write(buildBrief(await readBriefInput(base, cityId, { documentId, today, language })), format, signal);
}

/** 督查通报 of a quarter, the running one unless said. @throws ChengmaiError not-found `base/no-city`; input `report/quarter-ahead`; kind `cancelled` */
export async function writeBulletin(base: Base, { cityId, format, language, today = todayInChina(), quarter = quarterOf(today) }: PaperRequest & { readonly quarter?: Quarter | undefined }, signal?: AbortSignal): Promise<WrittenPaper & { readonly quarter: string }> {
  return { ...(await write(buildBulletin(await readBulletinInput(base, cityId, { quarter, today, language })), format, signal)), quarter: quarterText(quarter) };
}
