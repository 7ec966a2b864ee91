/**
 * Reads what a text calls a stretch of the calendar, without what stands around it (到, 前, 以来): 2025年8月28日, 明年6月底, 第三季度,
 * “十四五”期间, 二〇二五年. Hand-written; each rule has the name it has in docs/policy-reading.md.
 */
import { readNumeral, startsNumeral } from '../numerals/read-numeral.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import type { IsoDay } from '../model.ts';
import type { DaySpan } from './calendar.ts';
import { daysInMonth, addDays, isDate, isoDay, monthSpan, splitDay, weekday, yearSpan } from './calendar.ts';
import { readFiveYearPlan } from './five-year-plans.ts';
import { FEAST_NAMES, findFeast } from './holidays.ts';

export type Grain = 'day' | 'month' | 'quarter' | 'half' | 'year' | 'plan' | 'feast' | 'part' | 'week' | 'range';

/** A stretch of the calendar as named. `span` null: named, but the text alone does not say when (no publication date, another era). */
export interface Moment {
  readonly end: number;
  readonly span: DaySpan | null;
  readonly grain: Grain;
  readonly rule: string;
  readonly relative: boolean;
  /** Its year, for a later 9月 in the same sentence. */
  readonly year: number | null;
}

/** A year that a month or day without one belongs to; null where it hangs on a publication date that is not known. */
export interface YearFrame {
  readonly year: number | null;
  /** `absolute` printed, `relative` from the publication date, `sentence` from the moment before it in the sentence. */
  readonly rule: 'absolute' | 'relative' | 'sentence';
  readonly relative: boolean;
  /** `2025-09` where a day or month was named: for a later 15日前 of the sentence. */
  readonly month?: string | null;
}

export interface Frame {
  readonly publishedAt: IsoDay | null;
  /** Year of the last moment of the sentence. */
  readonly sentence: YearFrame | null;
}

/** Skips up to two blanks: 2025 年 8 月. */
export function skipBlanks(text: string, at: number): number {
  let i = at;
  while (i < at + 2 && (text[i] === ' ' || text[i] === '\u00a0' || text[i] === '\u3000')) i++;
  return i;
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19);
};
const isHan = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x4e00 && code <= 0x9fff;
};

const RANGE_MARKS = ['——', '—', '－', '-', '–', '～', '~', '至', '到', '―', '─'];
export function rangeMarkEnd(text: string, at: number): number {
  const i = skipBlanks(text, at);
  const code = text.charCodeAt(i);
  // Few characters begin a mark.
  if (code !== 0x2d && code !== 0x7e && code !== 0x81f3 && code !== 0x5230 && (code < 0x2013 || code > 0x2500 || (code > 0x2015 && code !== 0x2500)) && code !== 0xff0d && code !== 0xff5e) return -1;
  const mark = RANGE_MARKS.find((candidate) => text.startsWith(candidate, i));
  return mark === undefined ? -1 : skipBlanks(text, i + mark.length);
}

/** Four digits, Arabic or Chinese, that can be a year of our era. */
function readYearDigits(text: string, at: number): { end: number; year: number } | null {
  if (!startsNumeral(text.charCodeAt(at))) return null;
  const numeral = readNumeral(text.slice(at, at + 4), 0);
  if (numeral === null || numeral.value === null || numeral.digits !== 4 || isDigit(text, at + 4)) return null;
  return numeral.value >= 1840 && numeral.value <= 2199 ? { end: at + 4, year: numeral.value } : null;
}

/** A whole number of one or two Arabic digits, or Chinese, from 1 to `max`. */
function readSmall(text: string, at: number, max: number): { end: number; value: number } | null {
  if (!startsNumeral(text.charCodeAt(at))) return null;
  const numeral = readNumeral(text, at);
  if (numeral === null || numeral.value === null || numeral.approximate || numeral.fraction || numeral.digits > 2) return null;
  return Number.isInteger(numeral.value) && numeral.value >= 1 && numeral.value <= max ? { end: numeral.end, value: numeral.value } : null;
}

const moment = (end: number, span: DaySpan | null, grain: Grain, rule: string, relative: boolean, year: number | null): Moment => ({ end, span, grain, rule, relative, year });

const THIRDS: readonly (readonly [string, number, number])[] = [['上中旬', 1, 20], ['中下旬', 11, 31], ['上旬', 1, 10], ['中旬', 11, 20], ['下旬', 21, 31], ['初', 1, 10], ['中', 11, 20], ['底', 0, 0], ['末', 0, 0]];

const ruleName = (frame: YearFrame, what: string): string => `${frame.rule}-${what}`;
const isRelative = (frame: YearFrame): boolean => frame.relative;
const printed = (year: number): YearFrame => ({ year, rule: 'absolute', relative: false });
const fromPublication = (year: number | null): YearFrame => ({ year, rule: 'relative', relative: true });

/** 11月25日（星期二）下午5点, 12月31日24时, 8月31日（含）: the day decides. */
const HOUR = /(?:[(（](?:星期|周)[一二三四五六日天][)）]|(?:星期|周)[一二三四五六日天])?[ ]?(?:当[天日])?(?:(?:上午|下午|中午|晚上?|凌晨|早上?|傍晚)?[ ]?[0-2]?[0-9](?:[时点](?!段)(?:[0-5]?[0-9]分|半|整|正)?|[:：][0-5][0-9]))?(?:下班|[(（]含[)）])?/uy;
function skipHour(text: string, at: number): number {
  HOUR.lastIndex = at;
  return at + (HOUR.exec(text)?.[0].length ?? 0);
}

/** 底, 上旬, 28日 after a month. */
function readMonthRest(text: string, at: number, month: number, frame: YearFrame): Moment {
  const { year } = frame;
  const i = skipBlanks(text, at);
  const day = readSmall(text, i, 31);
  const mark = day === null ? '' : text[skipBlanks(text, day.end)];
  const relative = isRelative(frame);
  if (day !== null && (mark === '日' || mark === '号')) {
    const end = skipHour(text, skipBlanks(text, day.end) + 1);
    const ok = year !== null && isDate(year, month, day.value);
    return moment(end, ok ? { from: isoDay(year, month, day.value), to: isoDay(year, month, day.value) } : null, 'day', ruleName(frame, frame.rule === 'absolute' ? 'day' : 'year-day'), relative, year);
  }
  for (const [word, from, to] of THIRDS) {
    if (!text.startsWith(word, i)) continue;
    if (word === '中' && !/[,\uff0c。;、\s]|前|下旬|$/u.test(text[i + 1] ?? '')) continue;
    const last = year === null ? 0 : daysInMonth(year, month);
    const span = year === null ? null : { from: isoDay(year, month, from === 0 ? last : from), to: isoDay(year, month, to === 0 ? last : Math.min(to, last)) };
    return moment(i + word.length, span, 'part', ruleName(frame, frame.rule === 'absolute' ? 'month' : 'year-month'), relative, year);
  }
  return moment(at, year === null ? null : monthSpan(year, month), 'month', ruleName(frame, frame.rule === 'absolute' ? 'month' : 'year-month'), relative, year);
}

const QUARTER_ENDS = ['季度', '季'];
/** 第三季度, 三季度, 前三季度, 1季度末. */
function readQuarter(text: string, at: number, frame: YearFrame): Moment | null {
  let i = at;
  const first = text[i] === '前';
  if (first || text[i] === '第') i++;
  const low = readSmall(text, i, 4);
  const high = low === null ? -1 : rangeMarkEnd(text, low.end);
  // 一至三季度
  const upper = low === null || high < 0 || first ? null : readSmall(text, high, 4);
  const number = low !== null && upper !== null && upper.value > low.value ? upper : low;
  const word = number === null ? undefined : QUARTER_ENDS.find((candidate) => text.startsWith(candidate, number.end));
  if (number === null || word === undefined || (word === '季' && (text[at] !== '第' || isHan(text, number.end + 1)))) return null;
  let end = number.end + word.length;
  const last = text[end] === '末' || text[end] === '底';
  if (last) end++;
  const { year } = frame;
  if (year === null) return moment(end, null, last ? 'part' : 'quarter', ruleName(frame, 'quarter'), isRelative(frame), null);
  const span = monthSpan(year, first ? 1 : (low ?? number).value * 3 - 2, number.value * 3);
  return moment(end, last ? { from: span.to, to: span.to } : span, last ? 'part' : 'quarter', ruleName(frame, 'quarter'), isRelative(frame), year);
}

const FEASTS = new WordMatcher(FEAST_NAMES.map((name) => [name, true]));

/** Q3, H1: a quarter or a half by its letter. */
function readLetterPart(text: string, at: number, frame: YearFrame): Moment | null {
  const letter = text[at], count = text.charCodeAt(at + 1) - 0x30;
  const isQuarter = letter === 'Q' || letter === 'q';
  if ((!isQuarter && letter !== 'H') || count < 1 || count > (isQuarter ? 4 : 2) || /[0-9A-Za-z.]/u.test(text[at + 2] ?? '')) return null;
  const isEnd = text[at + 2] === '末' || text[at + 2] === '底';
  const months = isQuarter ? 3 : 6, { year } = frame;
  const span = year === null ? null : monthSpan(year, (count - 1) * months + 1, count * months);
  return moment(isEnd ? at + 3 : at + 2, span === null || !isEnd ? span : { from: span.to, to: span.to }, isEnd ? 'part' : isQuarter ? 'quarter' : 'half', ruleName(frame, isQuarter ? 'quarter' : 'half-year'), isRelative(frame), year);
}
/** Q3 without a year. */
export function readLetterMoment(text: string, at: number, frame: Frame): Moment | null {
  return /[0-9A-Za-z]/u.test(text[at - 1] ?? '') ? null : readLetterPart(text, at, currentYear(frame));
}

/** What may follow a year: months, quarters, halves, 底, 初. `at` is after 年. */
function readYearRest(text: string, at: number, frame: YearFrame): Moment {
  const i = skipBlanks(text, at);
  const { year } = frame;
  const part = (end: number, span: DaySpan | null, grain: Grain, what: string) => moment(end, span, grain, ruleName(frame, what), isRelative(frame), year);
  const within = (from: number, to: number) => (year === null ? null : monthSpan(year, from, to));
  const month = readSmall(text, i, 12);
  if (month !== null) {
    const range = readMonthRange(text, i, frame);
    if (range !== null) return range;
    const mark = skipBlanks(text, month.end);
    if (text[mark] === '月' && !text.startsWith('月份', mark)) return readMonthRest(text, mark + 1, month.value, frame);
    if (text.startsWith('月份', mark)) return readMonthRest(text, mark + 2, month.value, frame);
  }
  const quarter = readQuarter(text, i, frame) ?? readLetterPart(text, i, frame);
  if (quarter !== null) return quarter;
  // 1990年代, 2010年代
  if (text[at] === '代' && year !== null && year % 10 === 0) return moment(at + 1, yearSpan(year, year + 9), 'range', 'decade', false, null);
  const months = text[i] === '前' ? readSmall(text, i + 1, 12) : null;
  if (months !== null && text.startsWith('个月', months.end)) return part(months.end + 2, within(1, months.value), 'half', 'months');
  if (text.startsWith('上半年', i)) return part(i + 3, within(1, 6), 'half', 'half-year');
  if (text.startsWith('下半年', i)) return part(i + 3, within(7, 12), 'half', 'half-year');
  // 明年年底, 2025年年中: the 年 may stand twice.
  const j = text[i] === '年' ? i + 1 : i;
  const char = text[j] ?? '';
  if (char === '底' || char === '末' || char === '终') {
    const day = year === null ? null : isoDay(year, 12, 31);
    return part(j + 1, day === null ? null : { from: day, to: day }, 'part', 'year-end');
  }
  if (char === '初') return part(j + 1, within(1, 1), 'part', 'year-part');
  if (char === '中' && (!isHan(text, j + 1) || (text[j + 1] === '前' && !/[三两二四几]/u.test(text[j + 2] ?? '')))) return part(j + 1, within(6, 6), 'part', 'year-part');
  if (text.startsWith('年内', i)) return part(i + 1, year === null ? null : yearSpan(year), 'year', 'year');
  const feast = FEASTS.find(text, i)?.word;
  if (feast !== undefined && feast !== '十一') return readFeastRest(i, feast, frame);
  const quoted = text[i] === '“' ? FEAST_NAMES.find((name) => text.startsWith(`${name}”`, i + 1)) : undefined;
  if (quoted !== undefined) {
    const inQuotes = readFeastRest(i + 1, quoted, frame);
    return { ...inQuotes, end: inQuotes.end + 1 };
  }
  return part(text[at] === '度' ? at + 1 : at, year === null ? null : yearSpan(year), 'year', 'year');
}

/** 3月至6月, 3—6月, 6月1日至9月30日 are ranges of the caller; here only months that share one 月. */
function readMonthRange(text: string, at: number, frame: YearFrame): Moment | null {
  const first = readSmall(text, at, 12);
  if (first === null) return null;
  const afterFirst = text[first.end] === '月' ? first.end + 1 : first.end;
  const next = rangeMarkEnd(text, afterFirst);
  if (next < 0) return null;
  const second = readSmall(text, next, 12);
  if (second === null || second.value < first.value) return null;
  const mark = skipBlanks(text, second.end);
  if (text[mark] !== '月' || readSmall(text, skipBlanks(text, mark + 1), 31) !== null) return null;
  const rest = readMonthRest(text, mark + 1, second.value, frame);
  const from = frame.year === null ? null : isoDay(frame.year, first.value, 1);
  return { ...rest, span: from === null || rest.span === null ? null : { from, to: rest.span.to }, grain: 'range', rule: ruleName(frame, 'months') };
}

function readFeastRest(at: number, name: string, frame: YearFrame): Moment {
  const day = frame.year === null ? null : findFeast(name, frame.year);
  return moment(at + name.length, day === null ? null : { from: day, to: day }, 'feast', 'feast', isRelative(frame), frame.year);
}

/** 2025-08-28, 2025/8/28, 2025.8.28. */
function readIsoDay(text: string, at: number): Moment | null {
  const year = readYearDigits(text, at);
  const mark = year === null ? '' : text[year.end];
  if (year === null || (mark !== '-' && mark !== '/' && mark !== '.')) return null;
  let i = year.end + 1, month = 0, day = 0;
  while (isDigit(text, i) && i < year.end + 3) month = month * 10 + digitValue(text, i++);
  if (text[i] !== mark || month === 0) return null;
  const dayStart = ++i;
  while (isDigit(text, i) && i < dayStart + 2) day = day * 10 + digitValue(text, i++);
  if (isDigit(text, i) || !isDate(year.year, month, day)) return null;
  const iso = isoDay(year.year, month, day);
  return moment(i, { from: iso, to: iso }, 'day', 'iso-day', false, year.year);
}

/** 2025.09—2026.06, 2025-12前: a year and a month of two digits, where a mark of a range or a word for an end follows. */
function readIsoMonth(text: string, at: number): Moment | null {
  const year = readYearDigits(text, at);
  const mark = year === null ? '' : text[year.end];
  if (year === null || year.year < 1949 || (mark !== '-' && mark !== '/' && mark !== '.') || !isDigit(text, year.end + 1) || !isDigit(text, year.end + 2) || isDigit(text, year.end + 3)) return null;
  const month = digitValue(text, year.end + 1) * 10 + digitValue(text, year.end + 2), end = year.end + 3;
  if (month < 1 || month > 12) return null;
  const isEnd = text[end] === '底' || text[end] === '末';
  const isRange = rangeMarkEnd(text, end) >= 0 || rangeMarkEnd(text, at - 1) === at || rangeMarkEnd(text, at - 2) === at;
  if (!isEnd && !isRange && !/^(?:前|之前|以前|起|止)/u.test(text.slice(end, end + 2))) return null;
  const span = monthSpan(year.year, month);
  return moment(isEnd ? end + 1 : end, isEnd ? { from: span.to, to: span.to } : span, isEnd ? 'part' : 'month', 'iso-month', false, year.year);
}

const digitValue = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code >= 0xff10 ? code - 0xff10 : code - 0x30;
};

/** Starts with a digit, Arabic or Chinese. */
export function readDatedMoment(text: string, at: number, frame: Frame): Moment | null {
  const numeral = readNumeral(text, at);
  if (numeral === null || numeral.value === null || numeral.fraction) return null;
  const mark = skipBlanks(text, numeral.end);
  const next = text[mark] ?? '';
  if (numeral.arabic && numeral.digits === 0 && text[at + 4] === '.') return readIsoDay(text, at) ?? readIsoMonth(text, at);
  if (numeral.digits === 4 && numeral.end - at === 4) {
    if (numeral.value < 1840 || numeral.value > 2199) return null;
    if (next === '年') return readYearRest(text, mark + 1, printed(numeral.value));
    return readIsoDay(text, at) ?? readIsoMonth(text, at) ?? readYearRange(text, { end: numeral.end, year: numeral.value }) ?? readLetterPart(text, numeral.end, printed(numeral.value));
  }
  if (numeral.approximate || numeral.digits > 2) return null;
  if (next === '年') return readShortYear(text, at, currentYear(frame).year);
  if (next === '季') return readQuarter(text, at, currentYear(frame));
  if (next === '世') return readCentury(text, at);
  if (numeral.value > 12) return null;
  const months = readMonthRange(text, at, currentYear(frame));
  if (months !== null || next !== '月') return months;
  const month = readSmall(text, at, 12);
  return month === null ? null : readMonthRest(text, text[mark + 1] === '份' ? mark + 2 : mark + 1, month.value, currentYear(frame));
}

/** 第三季度. */
export function readQuarterMoment(text: string, at: number, frame: Frame): Moment | null {
  return readQuarter(text, at, currentYear(frame));
}

/** The year that a month without one belongs to: of the moment before it in the sentence, else of publication. */
function currentYear(frame: Frame): YearFrame {
  return frame.sentence ?? fromPublication(frame.publishedAt === null ? null : splitDay(frame.publishedAt).year);
}

/** 2025—2027年, 2025至2027年: the first year without 年. */
function readYearRange(text: string, first: { end: number; year: number }): Moment | null {
  const isList = '、和及/'.includes(text[first.end] ?? ' ');
  const next = isList ? first.end + 1 : rangeMarkEnd(text, first.end);
  if (next < 0) return null;
  const second = readYearDigits(text, next);
  // 2025、2026年 are one stretch; 2025、2030年 two years, and are left alone.
  if (second === null || second.year < first.year || (isList && second.year !== first.year + 1)) return null;
  const mark = skipBlanks(text, second.end);
  if (text[mark] !== '年' || (text[first.end] === '/' && text[mark + 1] !== '度')) return null;
  const end = text[mark + 1] === '度' ? mark + 2 : mark + 1;
  return moment(end, yearSpan(first.year, second.year), 'range', 'year-range', false, null);
}

/** 25年6月底: two digits are a year where a part of a year follows, or where `isYearAlone`. `known`: the year of the sentence or of publication. */
function readShortYear(text: string, at: number, known: number | null): Moment | null {
  if (!isDigit(text, at) || !isDigit(text, at + 1) || text[at + 2] !== '年') return null;
  const year = 2000 + digitValue(text, at) * 10 + digitValue(text, at + 1);
  const rest = readYearRest(text, at + 3, printed(year));
  if (year > 2060 || (rest.grain === 'year' && !isYearAlone(text, at, year, known))) return null;
  return { ...rest, rule: 'two-digit-year' };
}

/** 24年GDP增长5%, 23年新建学校12所: what a year brought, with its figure. */
const OF_A_YEAR = /^(?:全年|度)?[^,\uff0c。;、:0-9]{0,14}(?:增长|增速|下降|完成|实现|达到?|突破|新增|新建|建成|同比)[^,\uff0c。;、0-9]{0,8}[0-9][0-9.]*(?:%|个百分点|[万亿]|[个户套所座条家项公])/u;
/** 30年来, 20年间, 25年的历程: so many years. */
const COUNTED_YEARS = /^(?:[来间里之多余前后以如的内时]|左右|历程|历史)/u;
const NEAR_YEARS = 3;

/** Two digits and 年 with nothing after them are a year at the head of a clause only: beside a year that is known, or where a figure of that year follows. */
function isYearAlone(text: string, at: number, year: number, known: number | null): boolean {
  if (at > 0 && !/[,\uff0c。;、:!?\n(（]/u.test(text[at - 1])) return false;
  // 20年坚守, 30年风雨: a round number of years.
  if (year % 10 === 0) return false;
  const after = text.slice(at + 3, at + 40);
  if (COUNTED_YEARS.test(after)) return false;
  return (known !== null && Math.abs(year - known) <= NEAR_YEARS && /^[^,\uff0c。;、]/u.test(after)) || (year >= 2010 && OF_A_YEAR.test(after));
}

const RELATIVE_YEARS: readonly (readonly [string, number])[] = [
  ['今年度', 0], ['本年度', 0], ['上年度', -1], ['下年度', 1], ['今年', 0], ['本年', 0], ['明年', 1], ['后年', 2], ['去年', -1], ['上年', -1], ['前年', -2], ['上一年', -1], ['下一年', 1],
];
const RELATIVE_MONTHS: readonly (readonly [string, number])[] = [['本月', 0], ['下个月', 1], ['下月', 1], ['上个月', -1], ['上月', -1]];
const RELATIVE_WEEKS: readonly (readonly [string, number])[] = [['本周', 0], ['这周', 0], ['下下周', 2], ['下周', 1], ['上周', -1], ['本星期', 0], ['下星期', 1], ['上星期', -1]];
const RELATIVE_QUARTERS: readonly (readonly [string, number])[] = [['本季度', 0], ['下季度', 1], ['上季度', -1], ['下一季度', 1], ['上一季度', -1]];
const RELATIVE_DAYS: readonly (readonly [string, number])[] = [['今天', 0], ['昨天', -1], ['明天', 1], ['后天', 2], ['昨日', -1], ['明日', 1]];
const PAIRS_OF_YEARS: readonly (readonly [string, number, number])[] = [['今明两年', 0, 1], ['明后两年', 1, 2], ['今明后三年', 0, 2], ['明后年', 1, 2], ['今明年', 0, 1], ['去今两年', -1, 0]];

/** 0 Monday – 6 Sunday; -1 where no day of a week stands (本周一次 is none). */
function weekdayAt(text: string, at: number): number {
  const day = '一二三四五六日天'.indexOf(text[at] ?? ' ');
  return day < 0 || /[次个项名件场期轮至到—-]/u.test(text[at + 1] ?? '') ? -1 : Math.min(day, 6);
}

/** 周五前, 星期一下班前: the first such day from the publication on. */
export function readWeekday(text: string, at: number, frame: Frame): Moment | null {
  const start = text[at] === '周' ? at + 1 : text.startsWith('星期', at) ? at + 2 : -1;
  const day = start < 0 ? -1 : weekdayAt(text, start);
  if (day < 0 || (isHan(text, at - 1) && !/[在于到至每]/u.test(text[at - 1]))) return null;
  const end = skipHour(text, start + 1);
  if (!/^(?:之前|以前|前(?![期后]))/u.test(text.slice(end, end + 2))) return null;
  if (frame.publishedAt === null) return moment(end, null, 'day', 'relative-weekday', true, null);
  const named = addDays(frame.publishedAt, (day - ((weekday(frame.publishedAt) + 6) % 7) + 7) % 7);
  return moment(end, { from: named, to: named }, 'day', 'relative-weekday', true, null);
}

/** 次年, 当年, 翌年, 同年: of the year named before in the sentence; without one nobody can say. */
const YEARS_IN_QUESTION: readonly (readonly [string, number])[] = [['次年度', 1], ['次年', 1], ['翌年', 1], ['当年度', 0], ['当年', 0], ['同年', 0]];
export function readYearInQuestion(text: string, at: number, frame: Frame): Moment | null {
  const row = YEARS_IN_QUESTION.find(([word]) => text.startsWith(word, at));
  if (row === undefined || (row[0] === '当年' && isHan(text, at - 1) && !/[在于至到、和及]/u.test(text[at - 1]))) return null;
  const { sentence } = frame;
  const known: YearFrame = sentence === null || sentence.year === null ? { year: null, rule: 'sentence', relative: false } : { year: sentence.year + row[1], rule: 'sentence', relative: sentence.relative };
  const rest = readYearRest(text, at + row[0].length, known);
  // 当年 alone, without a year before: at that time.
  if (rest.end === at + row[0].length && (known.year === null || row[1] === 0) && !/^(?:之?前|内)/u.test(text.slice(rest.end, rest.end + 2))) return null;
  return known.year === null ? { ...rest, span: null, rule: 'year-in-question' } : rest;
}

/** Starts with 今 明 后 去 前 上 下 本 昨. */
export function readRelativeMoment(text: string, at: number, frame: Frame): Moment | null {
  const published = frame.publishedAt === null ? null : splitDay(frame.publishedAt);
  for (const [word, from, to] of PAIRS_OF_YEARS) {
    if (text.startsWith(word, at)) return moment(at + word.length, published === null ? null : yearSpan(published.year + from, published.year + to), 'range', 'relative-years', true, null);
  }
  for (const [word, shift] of RELATIVE_YEARS) {
    if (!text.startsWith(word, at) || text[at + word.length] === '级') continue;
    // 明年度, 今年级 and the like are other words; 前年 and 上年 must not end another (提前年, 以上年).
    if ((word === '上年' || word === '前年' || word === '后年' || word === '本年') && isHan(text, at - 1) && !/[比较在从自到至于对按与和、是]/u.test(text[at - 1])) continue;
    return readYearRest(text, at + word.length, fromPublication(published === null ? null : published.year + shift));
  }
  for (const [word, shift] of RELATIVE_MONTHS) {
    if (!text.startsWith(word, at)) continue;
    const total = published === null ? 0 : published.year * 12 + published.month - 1 + shift;
    const month = (total % 12) + 1;
    const rest = readMonthRest(text, at + word.length, month, fromPublication(published === null ? null : Math.floor(total / 12)));
    return { ...rest, rule: 'relative-month' };
  }
  for (const [word, shift] of RELATIVE_QUARTERS) {
    if (!text.startsWith(word, at)) continue;
    const end = at + word.length + (text[at + word.length] === '末' ? 1 : 0);
    if (published === null) return moment(end, null, 'quarter', 'relative-quarter', true, null);
    const index = published.year * 4 + Math.floor((published.month - 1) / 3) + shift;
    const first = (index % 4) * 3 + 1;
    const span = monthSpan(Math.floor(index / 4), first, first + 2);
    return moment(end, end > at + word.length ? { from: span.to, to: span.to } : span, end > at + word.length ? 'part' : 'quarter', 'relative-quarter', true, Math.floor(index / 4));
  }
  for (const [word, shift] of RELATIVE_WEEKS) {
    if (!text.startsWith(word, at)) continue;
    const end = at + word.length, day = weekdayAt(text, end);
    if (frame.publishedAt === null) return moment(day < 0 ? end : skipHour(text, end + 1), null, day < 0 ? 'week' : 'day', day < 0 ? 'relative-week' : 'relative-weekday', true, null);
    const monday = addDays(frame.publishedAt, shift * 7 - ((weekday(frame.publishedAt) + 6) % 7));
    if (day < 0) return moment(end, { from: monday, to: addDays(monday, 6) }, 'week', 'relative-week', true, null);
    const named = addDays(monday, day);
    return moment(skipHour(text, end + 1), { from: named, to: named }, 'day', 'relative-weekday', true, null);
  }
  for (const [word, shift] of RELATIVE_DAYS) {
    if (!text.startsWith(word, at)) continue;
    const day = frame.publishedAt === null ? null : addDays(frame.publishedAt, shift);
    return moment(at + 2, day === null ? null : { from: day, to: day }, 'day', 'relative-day', true, null);
  }
  if (text.startsWith('上半年', at) || text.startsWith('下半年', at) || (text[at] === '前' && readQuarter(text, at, currentYear(frame)) !== null)) return readYearRest(text, at, currentYear(frame));
  return null;
}

/** 年底, 年末, 年内, 年中, 月底: of the year or month of publication, or of the sentence's year. */
export function readBareEnd(text: string, at: number, frame: Frame): Moment | null {
  const char = text[at], next = text[at + 1] ?? '';
  const year = currentYear(frame);
  // 年度内, 年度末, 年度底前; 年中前; 年初以来.
  if (char === '年' && next === '度' && /[内底末]/u.test(text[at + 2] ?? '') && !/[每上下本]/u.test(text[at - 1] ?? '')) {
    return text[at + 2] === '内' ? moment(at + 2, year.year === null ? null : yearSpan(year.year), 'year', ruleName(year, 'year'), isRelative(year), year.year) : readYearRest(text, at + 2, year);
  }
  if (char === '年' && ((next === '中' && /^(?:之前|以前|前[^三两二四])/u.test(`${text.slice(at + 2, at + 4)} `)) || text.startsWith('初以来', at + 1)) && !/[全每0-9]/u.test(text[at - 1] ?? '')) return readYearRest(text, at + 1, year);
  if (char === '年' && (next === '底' || next === '末' || next === '内' || next === '终')) {
    if (next === '内') return moment(at + 1, year.year === null ? null : yearSpan(year.year), 'year', ruleName(year, 'year'), isRelative(year), year.year);
    return readYearRest(text, at + 1, year);
  }
  if (char === '月' && next === '底') {
    const published = frame.publishedAt === null ? null : splitDay(frame.publishedAt);
    const day = published === null ? null : monthSpan(published.year, published.month).to;
    return moment(at + 2, day === null ? null : { from: day, to: day }, 'part', 'relative-month', true, published?.year ?? null);
  }
  return null;
}

/** “十四五”期间, 十五五时期, “十四五”末. A plan named without such a word is a name (“十四五”规划). */
export function readPlanMoment(text: string, at: number): Moment | null {
  const plan = readFiveYearPlan(text, at);
  if (plan === null) return null;
  const years = { first: Number(plan.span.from.slice(0, 4)), last: Number(plan.span.to.slice(0, 4)) };
  let end = plan.end;
  const part = /^(前|头|后|第)([一二两三四五])年/u.exec(text.slice(end, end + 3));
  if (part !== null) {
    const count = '零一二三四五'.indexOf(part[2] === '两' ? '二' : part[2]);
    const [from, to] = part[1] === '后' ? [years.last - count + 1, years.last] : part[1] === '第' ? [years.first + count - 1, years.first + count - 1] : [years.first, years.first + count - 1];
    return moment(end + 3, yearSpan(from, to), part[1] === '第' ? 'year' : 'range', 'five-year-plan', false, null);
  }
  const rest = ['规划期末', '规划期', '期间', '时期', '末期', '期末', '期', '末', '初期', '初', '中期', '后期', '收官之年', '开局之年', '以来', '以前', '之前', '前'].find((word) => text.startsWith(word, end));
  if (rest === undefined) return /[到至]/u.test(text[at - 1] ?? '') ? moment(end, plan.span, 'plan', 'five-year-plan', false, null) : null;
  if (rest === '末' || rest === '末期' || rest === '期末' || rest === '规划期末' || rest === '收官之年') {
    const day = isoDay(years.last, 12, 31);
    return moment(end + rest.length, rest === '收官之年' ? yearSpan(years.last) : { from: day, to: day }, 'part', 'five-year-plan', false, null);
  }
  if (rest === '初' || rest === '初期' || rest === '开局之年') return moment(end + rest.length, yearSpan(years.first), 'part', 'five-year-plan', false, null);
  if (rest === '中期') return moment(end + 2, yearSpan(years.first + 2), 'part', 'five-year-plan', false, null);
  if (rest === '后期') return moment(end + 2, null, 'part', 'five-year-plan', false, null);
  if (rest !== '以来' && rest !== '以前' && rest !== '之前' && rest !== '前') end += rest.length;
  return moment(end, plan.span, 'plan', 'five-year-plan', false, null);
}

/** 国庆前, 春节期间: feasts only with a word that makes them a time. */
export function readFeastMoment(text: string, at: number, frame: Frame): Moment | null {
  const quoted = text[at] === '“';
  const start = quoted ? at + 1 : at;
  const name = FEASTS.find(text, start)?.word;
  if (name === undefined || (quoted && text[start + name.length] !== '”')) return null;
  let end = start + name.length + (quoted ? 1 : 0);
  const follow = ['节前', '节后', '节期间', '假期', '假日', '前夕', '前后', '前', '之前', '以前', '期间', '后', '之后'].find((word) => text.startsWith(word, end));
  // 元旦, 国庆节, 春节 are times by themselves; 五一, 国庆, 端午 only with such a word.
  if (follow === undefined && (name.endsWith('节') || name === '元旦') && !quoted && !/^[目日]/u.test(text.slice(end, end + 1))) {
    const { end: _, ...rest } = readFeastRest(start, name, currentYear(frame));
    return { ...rest, end };
  }
  if (follow === undefined || (/^[七八十五]/u.test(name) && !quoted && isHan(text, at - 1))) return null;
  if (follow.startsWith('节') && follow !== '节期间') end++;
  const { end: _, ...rest } = readFeastRest(start, name, currentYear(frame));
  return { ...rest, end };
}

/** 民国三十八年, 令和七年: named, not understood. */
/** 农历, 腊月: a calendar that is not converted here. */
const LUNAR = /(?:农历|阴历|旧历)(?:[一二三四五六七八九十冬腊正]{1,2}月(?:初?[一二三四五六七八九十廿]{1,3})?|年[底末前])|(?:腊月|正月)(?:初?[一二三四五六七八九十廿]{1,3})?/uy;
export function readLunar(text: string, at: number): Moment | null {
  LUNAR.lastIndex = at;
  const match = LUNAR.exec(text);
  if (match === null) return null;
  const end = at + match[0].length;
  return moment(match[0].endsWith('年前') ? end - 1 : end, null, 'day', 'other-era', false, null);
}
const ERAS = ['民国', '令和', '平成', '昭和', '光绪', '康熙', '乾隆', '宣统', '西元前', '公元前', '佛历'];
export function readOtherEra(text: string, at: number): Moment | null {
  const era = ERAS.find((name) => text.startsWith(name, at));
  if (era === undefined) return null;
  const first = text[at + era.length] === '元' ? at + era.length + 1 : readNumeral(text, at + era.length)?.end;
  return first !== undefined && text[first] === '年' ? moment(first + 1, null, 'year', 'other-era', false, null) : null;
}

/** 20世纪90年代, 上世纪八十年代, 本世纪中叶 (left open). */
export function readCentury(text: string, at: number): Moment | null {
  let century: number | null = null, i = at;
  if (text.startsWith('上世纪', at)) { century = 20; i += 3; }
  else if (text.startsWith('本世纪', at)) { century = 21; i += 3; }
  else {
    const number = readSmall(text, at, 30);
    if (number === null || !text.startsWith('世纪', number.end)) return null;
    century = number.value;
    i = number.end + 2;
  }
  const decade = readSmall(text, i, 90);
  if (decade !== null && text.startsWith('年代', decade.end) && decade.value % 10 === 0) {
    const first = (century - 1) * 100 + decade.value;
    return moment(decade.end + 2, yearSpan(first, first + 9), 'range', 'decade', false, null);
  }
  const part = ['中叶', '末', '初'].find((word) => text.startsWith(word, i));
  return part === undefined ? null : moment(i + part.length, null, 'part', 'part-of-century', false, null);
}

const RELATIVE_WORDS = new WordMatcher([...[...PAIRS_OF_YEARS, ...RELATIVE_YEARS, ...RELATIVE_MONTHS, ...RELATIVE_QUARTERS, ...RELATIVE_WEEKS, ...RELATIVE_DAYS].map(([word]) => word), '上半年', '下半年', '上世纪', '本世纪', ...ERAS].map((word) => [word, true]));
/** Whether one of the words for relative times, centuries and eras begins at a character that is no numeral; 前 may begin a quarter (前三季度). */
export function mayBeRelative(text: string, at: number): boolean {
  return text[at] === '前' ? startsNumeral(text.charCodeAt(at + 1)) || RELATIVE_WORDS.find(text, at) !== undefined : RELATIVE_WORDS.find(text, at) !== undefined;
}
