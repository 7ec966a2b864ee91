import type { Language } from '../../core/bilingual.ts';

const LOCALES: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

function digitsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 1000 || Number.isInteger(value)) return 0;
  if (size >= 100) return 1;
  if (size >= 1) return 2;
  return size >= 0.01 ? 3 : 5;
}

/** A measured value: as many decimals as its size bears. */
export function measuredText(value: number, language: Language): string {
  if (!Number.isFinite(value)) return '–';
  // 1.0000000000083 is 1 in all but the last bits of its sum
  const digits = digitsFor(Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, Math.abs(value)) ? Math.round(value) : value);
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
}

/** The unit of a value as the sentence wants it: one community, two communities. Units of several words (`persons/km²`) stay as they are. */
export function unitText(value: number, unit: string, language: Language): string {
  return language === 'en' && value === 1 && /^[a-z]+s$/.test(unit) ? unit.replace(/ies$/, 'y').replace(/s$/, '') : unit;
}

/** A difference, with its sign. */
export function changeText(change: number, language: Language): string {
  const text = measuredText(Math.abs(change), language);
  return change === 0 || text === '0' ? '0' : `${change > 0 ? '+' : '−'}${text}`;
}
