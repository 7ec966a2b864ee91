/** What people write into the cells of a workbook that comes back: texts, days, choices, lists. */
import type { Bilingual } from './bilingual.ts';

export type CellValue = string | number | boolean | null;

export const cellText = (cell: CellValue): string => (cell === null ? '' : String(cell).trim());

/** A text of several lines; line ends as Excel and browsers write them are one. */
export const cellLines = (cell: CellValue): string => (cell === null ? '' : String(cell).replace(/\r\n?/g, '\n'));

/** 2026-12-31, as people write it too: 2026/12/31, 2026.12.31, 20261231, 2026年12月31日. Undefined for what is no day of the calendar. */
export function cellDay(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  // 2026-02-30 would roll over into March
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}

/** The choice that a cell names by its id or by its word in either language. */
export function cellChoice<Choice extends string>(words: Readonly<Record<Choice, Bilingual>>, cell: CellValue): Choice | undefined {
  const text = cellText(cell).toLowerCase();
  return (Object.keys(words) as Choice[]).find((one) => [one, words[one].zh, words[one].en].some((word) => word.toLowerCase() === text));
}

/** Names between ；, ;, 、 or line ends. */
export const cellNames = (cell: CellValue): string[] => [...new Set(cellText(cell).split(/[；;、\n]/).map((name) => name.trim()).filter((name) => name !== ''))];

/** Characters that XML, and so a workbook or a Word file, cannot hold, and halves of pairs; pasted texts have them. They would come back from a workbook as an edit. */
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Texts of a value as every format can hold them, a line break as \n; empty members of lists are left out. */
export function writable<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n').replace(UNWRITABLE, '');
  if (Array.isArray(value)) return value.map(clean).filter((each) => each !== '');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
}
