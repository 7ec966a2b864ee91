/** What a brief is written from: one document, or all of a city, with targets, tasks and what has nothing yet. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { PolicyTrace, TargetLine, TaskJson } from '../../delivery/api.ts';

export interface BriefDocument {
  readonly title: string;
  readonly issuer: string | null;
  readonly publishedAt: string | null;
  /** Headings of its first level. */
  readonly sections: readonly string[];
}

export interface BriefInput {
  readonly language: Language;
  readonly cityName: Bilingual;
  readonly today: string;
  /** One document, or the whole city. */
  readonly scope: 'document' | 'city';
  readonly documents: readonly BriefDocument[];
  /** Over the documents. */
  readonly coverage: PolicyTrace['coverage'];
  /** Items that the reader found and nobody has decided upon. */
  readonly undecided: number;
  /** Tasks that the reader found and that are in no ledger. */
  readonly proposedTasks: number;
  /** Clauses with neither indicator nor task. */
  readonly nothing: readonly string[];
  readonly targets: readonly TargetLine[];
  readonly tasks: readonly TaskJson[];
}
