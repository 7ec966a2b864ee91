/** What the check-up's report is written from: everything that was measured, read once. */
import type { Language } from '../../core/bilingual.ts';
import type { CheckupOverview, FindingJson, IndicatorDetail } from '../../checkup/api.ts';
import type { TopicScore } from '../../checkup/survey/score-topics.ts';

export interface ReportArea {
  readonly placeId: string;
  readonly level: string;
  /** Rings of longitude, latitude in degrees, interleaved; even-odd. */
  readonly rings: readonly Float64Array[];
}

export interface ReportFile {
  readonly fileName: string;
  readonly format: string;
  readonly crs: string | null;
  readonly importedAt: string;
  readonly rows: number;
}

export interface ReportInput {
  readonly language: Language;
  readonly overview: CheckupOverview;
  /** Of every indicator of the catalogue, in its order. */
  readonly details: readonly IndicatorDetail[];
  /** The whole ledger, put right ones included. */
  readonly findings: readonly FindingJson[];
  /** Blocks and communities, where the city still is what was checked. */
  readonly areas: readonly ReportArea[];
  /** By topic id; empty without a survey. */
  readonly survey: Readonly<Record<string, TopicScore>>;
  readonly files: readonly ReportFile[];
  readonly madeAt: string;
}
