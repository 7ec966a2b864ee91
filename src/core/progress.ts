import type { Bilingual } from './bilingual.ts';

/** How far long work has come. `total` is absent while it is not known. Units are those of the stage (bytes, rows …). */
export interface Progress {
  readonly stage: string;
  readonly text: Bilingual;
  readonly done: number;
  readonly total?: number;
}

export type ReportProgress = (progress: Progress) => void;

/** What every long-running function takes: where to report and when to stop. */
export interface WorkContext {
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}
