/**
 * The marks that number clauses: `一、` `(一)` `1.` `1、` `(1)` `①` `第一章` `第一条` at the head of a paragraph, and `一是` `一要` `第一,`
 * `首先` at the head of a sentence. A marker is a style and a number; which style stands above which is not said here, because
 * it differs from document to document (`place-headings.ts`).
 *
 * Every pattern is anchored and bounded, so a marker costs the same in a line of any length.
 */
import { firstsOf } from '../words/pattern-gate.ts';

export const STYLES = [
  'annex', 'part', 'chapter', 'section', 'plain', 'cn-dun', 'roman', 'article', 'cn-paren', 'cn-half',
  'ar-dun', 'ar-dot', 'ar-2', 'ar-3', 'ar-4', 'ar-paren', 'ar-half', 'circled', 'letter',
  'first-next', 'di', 'qi', 'shi', 'yao', 'verb',
] as const;
/** In the order that they usually nest, outermost first. */
export type Style = (typeof STYLES)[number];

export interface Marker {
  readonly style: Style;
  readonly ordinal: number;
  /** Characters that the marker takes, blanks after it not counted. */
  readonly length: number;
  /** For `verb`: the word that makes one list of `一抓…二抓…`; for `ar-2`…: the numbers before the last; else ''. */
  readonly key: string;
}

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** 一 … 九百九十九, as clauses are numbered; 0 where the characters make no number. */
export function parseOrdinal(numeral: string): number {
  let total = 0;
  let digit = 0;
  for (const character of numeral) {
    if (character === '百') {
      total += (digit === 0 ? 1 : digit) * 100;
      digit = 0;
    } else if (character === '十') {
      total += (digit === 0 ? 1 : digit) * 10;
      digit = 0;
    } else {
      digit = digit * (total === 0 ? 10 : 0) + DIGITS[character];
    }
  }
  return total + digit;
}

/** ０–９ and 0–9. */
function parseDigits(digits: string): number {
  let value = 0;
  for (let i = 0; i < digits.length; i++) {
    const code = digits.charCodeAt(i);
    value = value * 10 + (code >= 0xff10 ? code - 0xff10 : code - 0x30);
  }
  return value;
}

const CN = '[一二三四五六七八九十百零〇]';
const AR = '[0-9０-９]';
const HEADINGS: readonly { style: Style; pattern: RegExp }[] = [
  { style: 'part', pattern: new RegExp(`第(${CN}{1,4})(?:编|篇|部分)`, 'y') },
  { style: 'chapter', pattern: new RegExp(`第(${CN}{1,4}|${AR}{1,2})章`, 'y') },
  { style: 'section', pattern: new RegExp(`第(${CN}{1,4}|${AR}{1,2})节`, 'y') },
  { style: 'article', pattern: new RegExp(`第(${CN}{1,6}|${AR}{1,3})条`, 'y') },
  // 一、二线城市, 一、二、三产业: numbers in a row, no marker.
  { style: 'cn-dun', pattern: new RegExp(`(${CN}{1,4})[、．.](?!${CN}{1,2}[、线级类期批产])`, 'y') },
  { style: 'cn-paren', pattern: new RegExp(`[(（]\\s?(${CN}{1,4})\\s?[)）]、?`, 'y') },
  { style: 'cn-half', pattern: new RegExp(`(${CN}{1,3})[)）]`, 'y') },
  { style: 'ar-dun', pattern: new RegExp(`(${AR}{1,3})、(?!${AR})`, 'y') },
  // 1.5亿, 2.0版本: decimals, no marker; 2．8月底前 is one.
  { style: 'ar-dot', pattern: new RegExp(`(${AR}{1,3})[.．](?!${AR}(?!${AR}?月)(?!${AR}{3}\\s?年))`, 'y') },
  { style: 'ar-paren', pattern: new RegExp(`[(（]\\s?(${AR}{1,3})\\s?[)）]、?`, 'y') },
  { style: 'ar-half', pattern: new RegExp(`(${AR}{1,2})[)）]`, 'y') },
];
const DECIMAL = new RegExp(`(${AR}{1,2}(?:[.．]${AR}{1,2}){1,3})[.．、]?(?=[\\s\\u3000]|[\\u4e00-\\u9fff])`, 'y');
const AMOUNT = /[万亿千百倍个%％公平米元吨年月日人版分岁度成级]/;
const ANNEX = new RegExp(`附\\s?[件录表](?:\\s?(${AR}{1,2}|${CN}{1,2}))?(?=[\\s\\u3000:：]|$)`, 'y');

/** By UTF-16 unit: which of the patterns may begin there, a bit each by its place in HEADINGS, then annex, decimal, enclosed numbers. 0: no marker. */
const BEGINS = new Uint16Array(65_536);
const begins = (pattern: RegExp, bit: number): void => {
  const firsts = firstsOf(pattern);
  for (let code = firsts.indexOf(1); code >= 0; code = firsts.indexOf(1, code + 1)) BEGINS[code] |= bit;
};
const ANNEX_BIT = 1 << HEADINGS.length, DECIMAL_BIT = ANNEX_BIT << 1, SINGLE_BIT = ANNEX_BIT << 2;
HEADINGS.forEach(({ pattern }, k) => begins(pattern, 1 << k));
begins(ANNEX, ANNEX_BIT);
begins(DECIMAL, DECIMAL_BIT);
// 百 零 〇 stand inside a number; no clause is numbered so at its head.
for (const char of '百零〇') BEGINS[char.charCodeAt(0)] = 0;
for (const [from, to] of [[0x2160, 0x216b], [0x2460, 0x249b], [0x2776, 0x277f], [0x3220, 0x3229], [0x3251, 0x325f]]) for (let code = from; code <= to; code++) BEGINS[code] |= SINGLE_BIT;

/** ㈠ ⑴ ⒈ ① ❶ Ⅰ and their like: one character, one number. */
function parseSingle(code: number): { style: Style; ordinal: number } | undefined {
  if (code >= 0x2460 && code <= 0x2473) return { style: 'circled', ordinal: code - 0x245f };
  if (code >= 0x3251 && code <= 0x325f) return { style: 'circled', ordinal: code - 0x3251 + 21 };
  if (code >= 0x2776 && code <= 0x277f) return { style: 'circled', ordinal: code - 0x2775 };
  if (code >= 0x2474 && code <= 0x2487) return { style: 'ar-paren', ordinal: code - 0x2473 };
  if (code >= 0x2488 && code <= 0x249b) return { style: 'ar-dot', ordinal: code - 0x2487 };
  if (code >= 0x3220 && code <= 0x3229) return { style: 'cn-paren', ordinal: code - 0x321f };
  return undefined;
}

/** 一二三四五六七八九十 */
export function isNumeralCode(code: number): boolean {
  switch (code) {
    case 0x4e00: case 0x4e8c: case 0x4e09: case 0x56db: case 0x4e94: case 0x516d: case 0x4e03: case 0x516b: case 0x4e5d: case 0x5341: return true;
    default: return false;
  }
}

/** The marker that a paragraph's text begins with at `at`, `undefined` where there is none. */
export function parseHeadingMarker(text: string, at: number): Marker | undefined {
  const code = text.charCodeAt(at);
  const bits = at < text.length ? BEGINS[code] : 0;
  if (bits === 0) return undefined;
  if ((bits & SINGLE_BIT) !== 0) {
    const single = parseSingle(code);
    if (single !== undefined) {
      const next = text.charCodeAt(at + 1);
      return { ...single, length: single.style === 'ar-dot' || next !== 0x3001 ? 1 : 2, key: '' };
    }
    if (code >= 0x2160 && code <= 0x216b) return /[、.．]/.test(text.charAt(at + 1)) ? { style: 'roman', ordinal: code - 0x215f, length: 2, key: '' } : undefined;
  }
  if ((bits & ANNEX_BIT) !== 0) {
    ANNEX.lastIndex = at;
    const annex = ANNEX.exec(text);
    if (annex !== null) return { style: 'annex', ordinal: annex[1] === undefined ? 1 : readNumeral(annex[1]), length: annex[0].length, key: '' };
  }
  const decimal = (bits & DECIMAL_BIT) === 0 ? undefined : parseDecimal(text, at);
  if (decimal !== undefined) return decimal;
  for (let k = 0; k < HEADINGS.length; k++) {
    if ((bits & (1 << k)) === 0) continue;
    const { style, pattern } = HEADINGS[k];
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const ordinal = readNumeral(match[1]);
    if (ordinal > 0) return { style, ordinal, length: match[0].length, key: '' };
  }
  return undefined;
}

function readNumeral(numeral: string): number {
  const code = numeral.charCodeAt(0);
  return (code >= 0x30 && code <= 0x39) || code >= 0xff10 ? parseDigits(numeral) : parseOrdinal(numeral);
}

/** 1.1, 1.1.2: three numbers are hardly an amount; two may be (2.5万). */
function parseDecimal(text: string, at: number): Marker | undefined {
  DECIMAL.lastIndex = at;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const parts = match[1].split(/[.．]/);
  const next = text.charAt(at + match[0].length);
  if (parts.length === 2 && AMOUNT.test(next)) return undefined;
  if (parts.some((part) => part.length > 1 && /^[0０]/.test(part))) return undefined;
  const style: Style = parts.length === 2 ? 'ar-2' : parts.length === 3 ? 'ar-3' : 'ar-4';
  const ordinal = parseDigits(parts[parts.length - 1]);
  return ordinal === 0 ? undefined : { style, ordinal, length: match[0].length, key: parts.slice(0, -1).join('.') };
}

const NEXT_WORDS: readonly (readonly [string, number])[] = [['首先', 1], ['其次', 2], ['再次', 3], ['最后', 99]];
/** Words that turn a numeral into a list's marker besides 是 and 要: 一抓…二抓…, 一看…二看…. */
const LIST_VERBS = new Set<string>('抓看靠强促严讲做重建保防治练学谋');

/**
 * A list's marker inside running text at `at`: 一是, 一要, 第一, 其一, 首先, ①, (1), 1. — the caller has seen that a sentence or
 * clause begins there. 最后 has ordinal 99: whatever number comes next.
 */
export function parseItemMarker(text: string, at: number): Marker | undefined {
  const code = text.charCodeAt(at);
  if (isNumeralCode(code)) {
    let end = at + 1;
    while (end < at + 3 && isNumeralCode(text.charCodeAt(end))) end++;
    const word = text.charAt(end);
    if (word === '是' || word === '要' || LIST_VERBS.has(word)) {
      const ordinal = parseOrdinal(text.slice(at, end));
      // 一要素, 一是否: the word goes on.
      if (ordinal === 0 || (word === '要' && /[素点件职闻员]/.test(text.charAt(end + 1))) || (word === '是' && text.charAt(end + 1) === '否')) return undefined;
      const style: Style = word === '是' ? 'shi' : word === '要' ? 'yao' : 'verb';
      return { style, ordinal, length: end + 1 - at, key: style === 'verb' ? word : '' };
    }
    return undefined;
  }
  if (code === 0x7b2c || code === 0x5176) return parseOrdinalWord(text, at);
  // 头一个, 第二个,
  if (code === 0x5934) return text.startsWith('头一', at) && /[,，:：]/.test(text.charAt(at + 3)) && /[个点条件]/.test(text.charAt(at + 2)) ? { style: 'di', ordinal: 1, length: 4, key: '' } : undefined;
  if (code === 0x9996 || code === 0x518d || code === 0x6700) return parseNextWord(text, at);
  const single = parseSingle(code);
  if (single !== undefined) return { ...single, length: 1, key: '' };
  if (code === 0x28 || code === 0xff08 || (code >= 0x30 && code <= 0x39)) {
    const marker = parseHeadingMarker(text, at);
    return marker === undefined || marker.style === 'ar-2' ? undefined : marker;
  }
  return undefined;
}

const ORDINAL_WORD = new RegExp(`([第其])(${CN}{1,3})(?:(?:个|点|条|件事|句话|个问题|个方面|方面|项)?[,，、:：]|(?=[是要]))`, 'y');

function parseOrdinalWord(text: string, at: number): Marker | undefined {
  ORDINAL_WORD.lastIndex = at;
  const match = ORDINAL_WORD.exec(text);
  if (match !== null) {
    const ordinal = parseOrdinal(match[2]);
    const more = /[,，、:：]$/.test(match[0]) ? 0 : 1;
    return ordinal === 0 ? undefined : { style: match[1] === '第' ? 'di' : 'qi', ordinal, length: match[0].length + more, key: '' };
  }
  return parseNextWord(text, at);
}

function parseNextWord(text: string, at: number): Marker | undefined {
  for (const [word, ordinal] of NEXT_WORDS) {
    if (!text.startsWith(word, at)) continue;
    const next = text.charAt(at + word.length);
    if (/[,，、:：]/.test(next)) return { style: 'first-next', ordinal, length: word.length + 1, key: '' };
    if (/[是要]/.test(next)) return { style: 'first-next', ordinal, length: word.length, key: '' };
  }
  return undefined;
}

const ITEM_STYLES = new Set<Style>(['first-next', 'di', 'qi', 'shi', 'yao', 'verb']);
/** Styles that only number members of a list, never headings. */
export function isItemStyle(style: Style): boolean {
  return ITEM_STYLES.has(style);
}
