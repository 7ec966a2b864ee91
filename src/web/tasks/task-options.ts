import type { Bilingual } from '../../core/bilingual.ts';
import { LIGHT_WORDS, TASK_KIND_WORDS, TASK_SOURCE_WORDS, TASK_STATE_WORDS } from '../../delivery/ledger/task-words.ts';
import type { Dictionary } from '../i18n/zh.ts';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

/** The choices of the ledger's fields in the reader's language. */
export function taskOptions(pick: (text: Bilingual) => string) {
  const of = <Value extends string>(words: Readonly<Record<Value, Bilingual>>): Option<Value>[] => (Object.keys(words) as Value[]).map((value) => ({ value, label: pick(words[value]) }));
  return { state: of(TASK_STATE_WORDS), kind: of(TASK_KIND_WORDS), source: of(TASK_SOURCE_WORDS), light: of(LIGHT_WORDS) };
}

export function fieldName(field: string, t: Dictionary): string {
  return (t.tasks.fields as Readonly<Record<string, string>>)[field] ?? field;
}

/** What the last entry of a list says, which is what a change of the list is about. */
const SAYS = ['text', 'title', 'reason', 'answer', 'heading'] as const;

function partText(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part);
  const entry = part as Readonly<Record<string, unknown>>;
  const words = SAYS.map((key) => entry[key]).find((value) => typeof value === 'string' && value !== '');
  const days = ['number', 'from', 'to', 'due', 'doneAt', 'answeredAt'].map((key) => entry[key]).filter((value) => typeof value === 'string' && value !== '');
  const percent = typeof entry['percent'] === 'number' ? [`${entry['percent']}%`] : [];
  return [words, ...percent, ...days].filter((one) => one !== undefined).join(' · ');
}

/** A field's value as history and previews show it. */
export function fieldText(field: string, value: unknown, pick: (text: Bilingual) => string): string {
  if (value === null || value === undefined || value === '') return '–';
  const options = taskOptions(pick);
  if (field in options) {
    const found = (options[field as keyof typeof options] as readonly Option[]).find((option) => option.value === value);
    if (found !== undefined) return found.label;
  }
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.every((part) => typeof part === 'string') ? value.join('、') : value.map(partText).join('; ');
  return typeof value === 'object' ? partText(value) : String(value);
}
