/** Quarters of a year, as bulletins name them. */
import type { Bilingual } from '../../core/bilingual.ts';

export interface Quarter {
  readonly year: number;
  readonly number: 1 | 2 | 3 | 4;
}

const LAST_DAYS = { 1: '03-31', 2: '06-30', 3: '09-30', 4: '12-31' } as const;
const CHINESE = { 1: '一', 2: '二', 3: '三', 4: '四' } as const;
const ENGLISH = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth' } as const;

/** `2025Q4`; undefined for anything else. */
export function parseQuarter(text: string): Quarter | undefined {
  const match = /^([1-9]\d{3})Q([1-4])$/i.exec(text);
  return match === null ? undefined : { year: Number(match[1]), number: Number(match[2]) as Quarter['number'] };
}

export const quarterText = ({ year, number }: Quarter): string => `${year}Q${number}`;

export function quarterOf(day: string): Quarter {
  return { year: Number(day.slice(0, 4)), number: (Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1) as Quarter['number'] };
}

export function quarterAfter({ year, number }: Quarter, quarters = 1): Quarter {
  const count = year * 4 + number - 1 + quarters;
  return { year: Math.floor(count / 4), number: ((count % 4) + 1) as Quarter['number'] };
}

export const firstDay = ({ year, number }: Quarter): string => `${year}-${String(number * 3 - 2).padStart(2, '0')}-01`;
export const lastDay = ({ year, number }: Quarter): string => `${year}-${LAST_DAYS[number]}`;

export const quarterName = ({ year, number }: Quarter): Bilingual => ({ zh: `${year}年第${CHINESE[number]}季度`, en: `${ENGLISH[number]} quarter of ${year}` });

/** The last moment of a day in China, where the ledger's days are meant. */
export const endOfDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 - 1);

/** The day in China of a moment (ISO), or the day itself. */
export const dayInChina = (at: string): string => (at.length === 10 ? at : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10));
