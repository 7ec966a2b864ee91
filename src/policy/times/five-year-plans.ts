/** 五年规划 by the name a text gives them, with or without quotes: 十四五 is 2021–2025. */
import type { DaySpan } from './calendar.ts';
import { yearSpan } from './calendar.ts';

/** Ordinal of the plan and its years. The third began in 1966 after three years of adjustment. */
const EARLY: readonly (readonly [string, number, number])[] = [
  ['一五', 1953, 1957], ['二五', 1958, 1962], ['三五', 1966, 1970], ['四五', 1971, 1975], ['五五', 1976, 1980],
  ['六五', 1981, 1985], ['七五', 1986, 1990], ['八五', 1991, 1995], ['九五', 1996, 2000], ['十五', 2001, 2005],
];
const LATER = ['十一五', '十二五', '十三五', '十四五', '十五五', '十六五', '十七五', '十八五', '十九五'];

const PLANS: ReadonlyMap<string, DaySpan> = new Map([
  ...EARLY.map(([name, from, to]) => [name, yearSpan(from, to)] as const),
  ...LATER.map((name, i) => [name, yearSpan(2006 + 5 * i, 2010 + 5 * i)] as const),
]);

export interface FiveYearPlan {
  readonly end: number;
  readonly span: DaySpan;
  readonly quoted: boolean;
}

/** The plan named at `at`, its quotes included. Without quotes only names of three characters are certain (十五 is also fifteen). */
export function readFiveYearPlan(text: string, at: number): FiveYearPlan | null {
  const quoted = text[at] === '“' || text[at] === '"' || text[at] === '「' || text[at] === '‘';
  const start = quoted ? at + 1 : at;
  for (const length of [3, 2]) {
    const span = PLANS.get(text.slice(start, start + length));
    if (span === undefined) continue;
    if (!quoted) return length === 3 ? { end: start + length, span, quoted } : null;
    const close = text[start + length];
    if (close === '”' || close === '"' || close === '」' || close === '’') return { end: start + length + 1, span, quoted };
  }
  return null;
}
