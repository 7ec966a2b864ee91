/**
 * What a cell of a registry says when it is asked as a number, a yes or no, a year or a moment.
 *
 * Columns of the contracts come typed from the importer; columns of the city's own come as they were written (是, 45, 2025/3/1), so they are
 * read here with the same tolerance. Undefined is "it does not say", never 0 or no.
 */
import type { AttributeValue } from '../../import/model.ts';

const YES = new Set(['1', 'true', 't', 'yes', 'y', '是', '有', '√', '✓', '存在', '已']);
const NO = new Set(['0', 'false', 'f', 'no', 'n', '否', '无', '×', '✗', '不存在', '未', '没有']);

/** Text as it is compared: full-width letters and capitals do not matter. */
export function plainText(value: AttributeValue): string {
  return String(value).normalize('NFKC').trim().toLowerCase();
}

export function isFilled(value: AttributeValue | undefined): value is string | number | boolean {
  return value !== null && value !== undefined && value !== '';
}

/** The number in a cell; undefined where it is empty or holds none. */
export function numberOf(value: AttributeValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value.normalize('NFKC').trim());
  return Number.isFinite(number) ? number : undefined;
}

export function flagOf(value: AttributeValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (!isFilled(value)) return undefined;
  const text = plainText(value);
  return YES.has(text) ? true : NO.has(text) ? false : undefined;
}

/** The year of a year, a date or a moment. */
export function yearOf(value: AttributeValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1000 && value <= 2999 ? value : undefined;
  const match = typeof value === 'string' ? /^\s*(\d{4})(?!\d)/.exec(value.normalize('NFKC')) : null;
  return match === null ? undefined : Number(match[1]);
}

/**
 * Milliseconds of a date or moment as files write it, on one clock: a zone is honoured where there is one, and none is invented. A day without a
 * time is its last second where `end` (a deadline), else its first.
 */
export function momentOf(value: AttributeValue | undefined, end = false): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$/.exec(value);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  if (hour === undefined || minute === undefined) return midnight + (end ? 86_399_000 : 0);
  return midnight + ((hour * 60 + minute) * 60 + (second ?? 0)) * 1000 - zoneMs(match[7]);
}

function zoneMs(zone: string | undefined): number {
  const match = zone === undefined ? null : /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
