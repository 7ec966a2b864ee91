import type { ItemKind, ItemState, Verdict } from '../../delivery/model.ts';
import type { ReviewItemJson } from '../../delivery/api.ts';
import { VERDICT_WORDS } from '../../delivery/outlook/verdict-words.ts';
import { useSpeech } from '../i18n/language.tsx';

/** A sign beside the word, so that a state is told without its colour. */
const SIGNS: Readonly<Record<ItemState, string>> = { proposed: '○', accepted: '✓', corrected: '✎', rejected: '✕', orphaned: '?' };

export function StateMark({ state }: { state: ItemState }) {
  const { t } = useSpeech();
  return <span className={`item-state item-state-${state}`}><span aria-hidden="true">{SIGNS[state]}</span> {t.policy.states[state]}</span>;
}

export function KindMark({ kind }: { kind: ItemKind }) {
  const { t } = useSpeech();
  return <span className={`item-kind item-kind-${kind}`}>{t.policy.itemKinds[kind]}</span>;
}

/** `≥ 40 %`; what the reader did not understand or found masked says so. */
export function useValueText(): (fields: ReviewItemJson['fields']) => string {
  const { t, f } = useSpeech();
  return ({ comparator, value, upper, unit }) => {
    if (comparator === null) return '';
    if (value === null) return t.policy.masked;
    const sign = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=', '~': '≈', between: '' }[comparator];
    const range = comparator === 'between' && upper !== null ? `${f.measured(value)}–${f.measured(upper)}` : f.measured(value);
    return `${sign}${sign === '' ? '' : ' '}${range}${unit === '' ? '' : ` ${unit}`}`;
  };
}

/** A sign beside the word: a verdict is told without its colour. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = { met: '✓', 'on-track': '→', 'at-risk': '△', missed: '✕', unknown: '?' };

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { pick } = useSpeech();
  return <span className={`verdict verdict-${verdict}`}><span aria-hidden="true">{VERDICT_SIGNS[verdict]}</span> {pick(VERDICT_WORDS[verdict])}</span>;
}
