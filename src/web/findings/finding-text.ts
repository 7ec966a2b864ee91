import type { Bilingual } from '../../core/bilingual.ts';
import { CLOSED_WORDS, LEVEL_WORDS } from '../../checkup/findings/ledger-words.ts';
import { ledgerOptions } from './ledger-options.ts';
import type { Speech } from '../i18n/language.tsx';
import type { Dictionary } from '../i18n/zh.ts';

/** A field's value as history and previews show it. */
export function fieldText(field: string, value: unknown, speech: Pick<Speech, 't' | 'f' | 'pick'>): string {
  const { t, f, pick } = speech;
  if (value === null || value === undefined || value === '') return '–';
  const options = ledgerOptions(pick);
  if (field in options) {
    const found = (options[field as keyof typeof options] as { value: unknown; label: string }[]).find((option) => option.value === value);
    if (found !== undefined) return found.label;
  }
  if (field === 'level' || field === 'closedBy') return pick((field === 'level' ? LEVEL_WORDS : CLOSED_WORDS)[value as 'outside']);
  if (typeof value === 'number') return f.measured(value);
  if (typeof value === 'boolean') return value ? t.common.yes : t.common.no;
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join('、');
  if (typeof value === 'object') {
    if ('zh' in value && 'en' in value) return pick(value as Bilingual);
    if ('standard' in value && 'version' in value) return t.findings.askedOf(String(value.standard), String(value.version));
    return Object.entries(value).filter(([, one]) => one !== null && one !== '').map(([key, one]) => `${t.findings.community[key as 'built'] ?? key}: ${fieldText(key, one, speech)}`).join('; ') || '–';
  }
  return String(value);
}

export function fieldName(field: string, t: Dictionary): string {
  return (t.findings.fields as Readonly<Record<string, string>>)[field] ?? field;
}
