import { DIFFICULTY_WORDS, EXTENT_WORDS, KIND_WORDS, PRIORITY_WORDS, SEVERITY_WORDS, STAGE_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { Bilingual } from '../../core/bilingual.ts';

export interface Option<Value> {
  readonly value: Value;
  readonly label: string;
}

export const STAGES = ['ledger', 'listed', 'rectification', 'rectified', 'rejected', 'lapsed'] as const;

/** The choices of the ledger's fields in the reader's language. */
export function ledgerOptions(pick: (text: Bilingual) => string) {
  const of = <Value extends string>(words: Readonly<Record<Value, Bilingual>>): Option<Value>[] => (Object.keys(words) as Value[]).map((value) => ({ value, label: pick(words[value]) }));
  return {
    stage: of(STAGE_WORDS),
    kind: of(KIND_WORDS),
    extent: of(EXTENT_WORDS),
    difficulty: of(DIFFICULTY_WORDS),
    priority: of(PRIORITY_WORDS),
    severity: SEVERITY_WORDS.map((word, i): Option<number> => ({ value: i + 1, label: `${i + 1} ${pick(word)}` })),
  };
}
