/** What a cell says, whatever way it was typed: numbers with separators and units, years, dates, yes and no. */
import type { AttributeValue } from '../model.ts';
import type { ContractColumn } from './contracts.ts';

/** `reason` names the fault for the note; it is part of the note's code. */
export type ParsedValue = { readonly value: AttributeValue } | { readonly reason: 'not-a-number' | 'out-of-bounds' | 'not-whole' | 'not-a-year' | 'not-yes-or-no' | 'not-a-date' | 'unknown-value' };

const EMPTY = /^(|-|—|–|\/|\\|null|none|nan|n\/a|#n\/a|无|暂无|无数据|不详|未知|空)$/i;

const UNIT = /(平方米|平方千米|平方公里|㎡|m2|m²|公顷|亩|ha|km2|km²|元|米|m|层|年|套|户|人|个|张|班|辆|栋|%|处)$/i;

/**
 * A number as people type it: `1,234.5`, `１２`, `1 234`, `12层`, `3.5万`. With `decimalComma` `8,61` is 8.61 and `1.234` is 1234.
 * Undefined where it is none; never guesses at text in between.
 */
export function parseNumber(text: string, decimalComma = false): number | undefined {
  let t = text.normalize('NFKC').replace(/^[−–]/, '-').trim().replace(/[\s\u00a0']/g, '');
  let factor = 1;
  if (!/^[-+]?[\d.,]+(e[-+]?\d+)?$/i.test(t)) {
    t = t.replace(UNIT, '');
    if (t.endsWith('万')) factor = 10_000;
    if (t.endsWith('亿')) factor = 100_000_000;
    t = t.replace(/[万亿]$/, '');
  }
  if (decimalComma && /^[-+]?(\d+,\d+|\d{1,3}(\.\d{3})+(,\d+)?)$/.test(t)) t = t.replaceAll('.', '').replace(',', '.');
  else if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(t)) t = t.replaceAll(',', '');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(t)) return undefined;
  const number = Number(t) * factor;
  return Number.isFinite(number) ? number : undefined;
}

const YES = new Set(['1', 'true', 't', 'yes', 'y', '是', '有', '√', '✓', '存在', '已', '公办', '在用', '满意', '基本满意', '已解决', '解决', '成套', '已改造', '正常', '开放', '公共', 'public', 'on']);
const NO = new Set(['0', 'false', 'f', 'no', 'n', '否', '无', '×', '✗', '不存在', '未', '没有', '民办', '停用', '不满意', '未解决', '非成套', '不成套', '未改造', '未使用', '关闭', 'private', 'off']);

export function parseFlag(text: string): boolean | undefined {
  const t = text.normalize('NFKC').trim().toLowerCase();
  const number = parseNumber(t);
  if (number === 1 || YES.has(t)) return true;
  return number === 0 || NO.has(t) ? false : undefined;
}

/** A year from `1998`, `1998年`, `1998.0`, `1998-05-01`, `1998年5月`. */
export function parseYear(text: string): number | undefined {
  const match = /^(\d{4})(\.0+)?(年.*|[-/.]\d{1,2}([-/.]\d{1,2}.*)?)?$/.exec(text.normalize('NFKC').trim());
  return match === null ? undefined : Number(match[1]);
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}

/**
 * A date, with its time where there is one, in ISO form as it stands (no zone is invented): `2024/3/1 8:05`, `2024年3月1日`,
 * `20240301`, ISO 8601. Undefined for days that do not exist.
 */
export function parseDate(text: string): string | undefined {
  const t = text.normalize('NFKC').trim();
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[::时](\d{1,2})(?:[::分](\d{1,2})(?:\.\d+)?秒?)?分?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(t) ??
    /^(\d{4})(\d{2})(\d{2})(?:[T\s]*(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/.exec(t);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || month === undefined || day === undefined || year < 1900 || year > 2200) return undefined;
  const probe = new Date(Date.UTC(year, month - 1, day));
  if (probe.getUTCMonth() !== month - 1 || probe.getUTCDate() !== day) return undefined;
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (hour === undefined || minute === undefined) return date;
  if (hour > 24 || minute > 59 || (second ?? 0) > 60) return undefined;
  return `${date}T${pad(hour)}:${pad(minute)}:${pad(second ?? 0)}${match[7] ?? ''}`;
}

function parseBounded(text: string, column: ContractColumn, decimalComma: boolean): ParsedValue {
  const number = parseNumber(text, decimalComma);
  if (number === undefined) return { reason: 'not-a-number' };
  if ((column.min !== undefined && number < column.min) || (column.max !== undefined && number > column.max)) return { reason: 'out-of-bounds' };
  if (column.type === 'count' && !Number.isInteger(number)) return { reason: 'not-whole' };
  return { value: number };
}

/** The value of a cell under a contract's column; `null` where the cell is empty or says “none”. */
export function parseValue(raw: AttributeValue | undefined, column: ContractColumn, decimalComma = false): ParsedValue {
  if (raw === null || raw === undefined) return { value: null };
  if (typeof raw === 'boolean' && column.type === 'flag') return { value: raw };
  const text = String(raw).trim();
  // 无 is an answer to a yes-or-no question, and nothing elsewhere.
  if (EMPTY.test(text) && !(column.type === 'flag' && text === '无')) return { value: null };
  switch (column.type) {
    case 'number':
    case 'count':
      return parseBounded(text, column, decimalComma);
    case 'year': {
      const year = parseYear(text);
      if (year === undefined) return { reason: 'not-a-year' };
      return year < (column.min ?? 0) || year > (column.max ?? 9999) ? { reason: 'out-of-bounds' } : { value: year };
    }
    case 'flag': {
      const flag = parseFlag(text);
      return flag === undefined ? { reason: 'not-yes-or-no' } : { value: flag };
    }
    case 'date': {
      const date = parseDate(text);
      return date === undefined ? { reason: 'not-a-date' } : { value: date };
    }
    case 'enum': {
      const plain = text.normalize('NFKC').toLowerCase();
      const values = column.values ?? {};
      return Object.hasOwn(values, plain) ? { value: values[plain] } : { reason: 'unknown-value' };
    }
    default:
      // Spreadsheets turn identifiers into numbers: 1001.0 is 1001.
      return { value: typeof raw === 'string' ? text.replace(/^'/, '') : text };
  }
}
