import type { JobJson, NoteJson } from '../../base/api.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { ErrorPlace } from '../../core/errors.ts';

/** What an import says of each of its files; `result` of the job schema in base/api.ts. A failed file has an error and no batch. */
export interface FileOutcome {
  readonly fileName: string;
  readonly state?: 'imported' | 'replaced' | 'unchanged' | 'failed';
  readonly batchId?: number;
  readonly kept: Readonly<Record<string, number>>;
  readonly seen: Readonly<Record<string, number>>;
  readonly notes: readonly NoteJson[];
  readonly error?: { readonly code: string; readonly text: Bilingual; readonly place: ErrorPlace };
}

export function listOutcomes(job: Pick<JobJson, 'result'>): readonly FileOutcome[] {
  const result = job.result as { files?: readonly FileOutcome[] } | null | undefined;
  return result?.files ?? [];
}

/** `part`: some files of a finished import could not be used, the others were; `none`: no file could. */
export function failureOf(job: Pick<JobJson, 'result'>): 'no' | 'part' | 'none' {
  const outcomes = listOutcomes(job);
  const failed = outcomes.filter((outcome) => outcome.state === 'failed').length;
  return failed === 0 ? 'no' : failed === outcomes.length ? 'none' : 'part';
}
