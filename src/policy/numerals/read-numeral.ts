/**
 * Reads one number where it stands in a text: Arabic (1,234.5), Chinese (三千二百), financial (叁仟), full-width (１２), mixed (3万5千, 1.2亿),
 * digit by digit (二〇二五), a fraction or percentage (三分之一, 百分之八十), an approximate one (三五, 七八十, 二十多万).
 *
 * A hand-written scanner, not a pattern: it looks at each character once, so that a line of a million 一 or 万 costs a million steps.
 * Grammar: parts `coefficient multiplier`, multipliers falling (亿 > 万 > 千 > 百 > 十), 万 and 亿 gathering what stands before them
 * (三万五千亿 = 35,000 × 10^8). 兆 is left out on purpose: 10^6 in one text, 10^12 in another.
 */

export interface Numeral {
  readonly start: number;
  readonly end: number;
  /** null: a number stands here but not one that is understood (larger than 2^53, 百分之几). */
  readonly value: number | null;
  /** Upper end of an approximate pair (三五, 七八十), else null. */
  readonly upper: number | null;
  /** What `value` counts: ones, or hundredths etc. where the text says 百分之, 千分之, 万分之. */
  readonly scale: 'one' | 'percent' | 'permille' | 'permyriad';
  /** 多, 余, 来, 几 stands in it. */
  readonly approximate: boolean;
  readonly arabic: boolean;
  /** Number of digits where it is written digit by digit, without multiplier (2025, 二〇二五); else 0. */
  readonly digits: number;
  /** Product of the multipliers that close it (3万 → 10000), for ranges that name it once (3至5万). */
  readonly multiplier: number;
  readonly fraction: boolean;
}

const DIGITS: readonly (readonly [string, number])[] = [
  ['〇零○', 0], ['一壹', 1], ['二两贰兩', 2], ['三叁', 3], ['四肆', 4], ['五伍', 5], ['六陆陸', 6], ['七柒', 7], ['八捌', 8], ['九玖', 9],
];
const TENS: readonly (readonly [string, number])[] = [['廿', 20], ['卅', 30], ['卌', 40]];
const MULTIPLIERS: readonly (readonly [string, number])[] = [['十拾', 10], ['百佰', 100], ['千仟', 1000], ['万萬', 10_000], ['亿億', 100_000_000]];

/** Per UTF-16 unit: 0 nothing, 1–10 Chinese digit + 1, 11–20 ASCII digit + 11, 21–30 full-width digit + 21, 31–33 廿 卅 卌, 41–45 multiplier. */
const KIND = new Uint8Array(65_536);
for (const [chars, digit] of DIGITS) for (const char of chars) KIND[char.charCodeAt(0)] = digit + 1;
for (let digit = 0; digit < 10; digit++) {
  KIND[0x30 + digit] = 11 + digit;
  KIND[0xff10 + digit] = 21 + digit;
}
TENS.forEach(([char], i) => { KIND[char.charCodeAt(0)] = 31 + i; });
MULTIPLIERS.forEach(([chars], i) => { for (const char of chars) KIND[char.charCodeAt(0)] = 41 + i; });
const TENS_VALUES = TENS.map(([, value]) => value);
const MULTIPLIER_VALUES = MULTIPLIERS.map(([, value]) => value);

const kindAt = (text: string, at: number): number => (at < text.length ? KIND[text.charCodeAt(at)] : 0);
const chineseDigit = (kind: number): number => (kind >= 1 && kind <= 10 ? kind - 1 : -1);
const arabicDigit = (kind: number): number => (kind >= 11 && kind <= 30 ? (kind - 11) % 10 : -1);
const multiplierOf = (kind: number): number => (kind >= 41 ? MULTIPLIER_VALUES[kind - 41] : 0);

/** All characters that can begin a number. */
export const NUMERAL_CODES: readonly number[] = [
  ...[...DIGITS, ...TENS, ...MULTIPLIERS].flatMap(([chars]) => [...chars]), ...'0123456789０１２３４５６７８９',
].map((char) => char.charCodeAt(0));

/** Whether the character can begin a number: a digit, 十, 廿; 百 千 万 亿 only begin 百分之, which `readNumeral` finds out. */
export function startsNumeral(code: number): boolean {
  return KIND[code] > 0;
}

export function isArabicDigit(code: number): boolean {
  const kind = KIND[code];
  return kind >= 11 && kind <= 30;
}

/** 千 and 百 after Arabic digits may belong to the unit: 5千米, 3百分点. */
const UNIT_AFTER_MULTIPLIER = new Set('米克瓦伏卡帕兆焦安');
/** After 百: 百分点 is a unit, 百分之 a denominator. */
function isUnitPrefix(text: string, at: number): boolean {
  const char = text[at];
  const next = text[at + 1] ?? '';
  return ((char === '千' || char === '百') && UNIT_AFTER_MULTIPLIER.has(next)) || (char === '百' && next === '分');
}

/** `1,234,567` and decimals; returns the end. */
function arabicEnd(text: string, at: number): { integerEnd: number; end: number; grouped: boolean } {
  let end = at;
  while (arabicDigit(kindAt(text, end)) >= 0) end++;
  let grouped = false;
  if (end - at <= 3) {
    let group = end;
    while (text[group] === ',' && isGroup(text, group + 1)) group += 4;
    if (group > end) {
      grouped = true;
      end = group;
    }
  }
  const integerEnd = end;
  const point = text[end];
  if ((point === '.' || point === '．') && arabicDigit(kindAt(text, end + 1)) >= 0) {
    end += 2;
    while (arabicDigit(kindAt(text, end)) >= 0) end++;
  }
  return { integerEnd, end, grouped };
}

function isGroup(text: string, at: number): boolean {
  for (let i = 0; i < 3; i++) if (arabicDigit(kindAt(text, at + i)) < 0) return false;
  return arabicDigit(kindAt(text, at + 3)) < 0;
}

/** Digits to a number; NaN for more than 15 of them, which are no quantity (a licence number, junk). */
function arabicValue(text: string, start: number, end: number): number {
  if (end - start > 24) return NaN;
  let plain = '';
  for (let i = start; i < end; i++) {
    const digit = arabicDigit(kindAt(text, i));
    if (digit >= 0) plain += digit;
    else if (text[i] !== ',') plain += '.';
  }
  return plain.replace('.', '').length > 15 ? NaN : Number(plain);
}

/** Digits that stand for "from a to b": neighbours (七八) and 三五. */
const isPair = (a: number, b: number): boolean => a > 0 && (b === a + 1 || (a === 3 && b === 5));

/** A number being read: `low` = `high` unless a pair of digits stands in it. NaN: not understood. */
interface Reading {
  end: number;
  low: number;
  high: number;
  arabic: boolean;
  digits: number;
  approximate: boolean;
  /** Product of the multipliers that close it. */
  multiplier: number;
}

/** Chinese digits one after the other, no multiplier: 二〇二五 (positional), 三五 (from three to five). */
function readDigitRun(text: string, at: number): Reading | null {
  let end = at;
  while (chineseDigit(kindAt(text, end)) >= 0) end++;
  const length = end - at;
  if (length < 2 || multiplierOf(kindAt(text, end)) > 0) return null;
  const first = chineseDigit(kindAt(text, at)), second = chineseDigit(kindAt(text, at + 1));
  if (length === 2 && isPair(first, second)) return { end, low: first, high: second, arabic: false, digits: 0, approximate: true, multiplier: 1 };
  let value = length > 15 ? NaN : 0;
  for (let i = at; i < end && value === value; i++) value = value * 10 + chineseDigit(kindAt(text, i));
  return { end, low: value, high: value, arabic: false, digits: length, approximate: false, multiplier: 1 };
}

/** 多 or 余 after a number or between it and its multiplier (20多万, 二十几万). */
const isVague = (text: string, at: number): boolean => text[at] === '多' || text[at] === '余';
const isVagueInside = (text: string, at: number): boolean => isVague(text, at) || text[at] === '几';

/**
 * A number below 10,000 in 千 百 十, or an Arabic number with at most 千 or 百 after it (3千5百). A single digit after 百 or 千 without 零
 * stands for the next lower place (三千二 = 3200).
 */
function readSection(text: string, start: number, afterZero: boolean): Reading | null {
  let at = start, low = 0, high = 0, place = Infinity, zero = afterZero, parts = 0, pair = false;
  let arabic = false, digits = 0;
  for (;;) {
    const kind = kindAt(text, at);
    const digit = chineseDigit(kind);
    if (digit === 0 && parts > 0 && chineseDigit(kindAt(text, at + 1)) > 0) {
      zero = true;
      at++;
      continue;
    }
    if (arabicDigit(kind) >= 0) {
      const { integerEnd, end, grouped } = arabicEnd(text, at);
      const value = arabicValue(text, at, end);
      const multiplier = isUnitPrefix(text, end) ? 0 : multiplierOf(kindAt(text, end));
      const scaled = multiplier === 100 || multiplier === 1000;
      if (parts > 0 && !(arabic && scaled && multiplier < place && value < 10)) break;
      if (parts === 0) digits = end === integerEnd && !grouped && !scaled ? end - at : 0;
      arabic = true;
      parts++;
      low += value * (scaled ? multiplier : 1);
      high = low;
      at = scaled ? end + 1 : end;
      place = scaled ? multiplier : 1;
      if (!scaled) break;
      continue;
    }
    if (arabic) break;
    let a = digit, b = digit, end = at + 1;
    if (kind >= 31 && kind <= 33) {
      const unit = chineseDigit(kindAt(text, at + 1));
      if (place <= 10) break;
      low += TENS_VALUES[kind - 31] + Math.max(unit, 0);
      high += TENS_VALUES[kind - 31] + Math.max(unit, 0);
      at += unit > 0 ? 2 : 1;
      parts++;
      break;
    }
    if (digit < 0) {
      if (multiplierOf(kind) !== 10 || place <= 10) break;
      // 十 alone: ten, or the tens after 百 (一百十).
      a = b = 1;
      end = at;
    } else if (isPair(digit, chineseDigit(kindAt(text, at + 1)))) {
      b = chineseDigit(kindAt(text, at + 1));
      end = at + 2;
    }
    const multiplier = multiplierOf(kindAt(text, end));
    if (multiplier > 0 && multiplier < 10_000) {
      if (multiplier >= place) break;
      low += a * multiplier;
      high += b * multiplier;
      place = multiplier;
      zero = false;
      at = end + 1;
    } else {
      if (place === 1) break;
      const step = parts > 0 && place >= 100 && !zero && multiplier === 0 && digit > 0 ? place / 10 : 1;
      low += a * step;
      high += b * step;
      place = 1;
      at = end;
    }
    parts++;
    pair ||= a !== b;
    if (place === 1 || a !== b) break;
  }
  return parts === 0 ? null : { end: at, low, high, arabic, digits, approximate: pair, multiplier: digits > 0 || !arabic ? 1 : closing(text, at) };
}

/** Whole numbers and mixed ones. Never begins with 百 千 万 亿. */
function readCardinal(text: string, start: number): Reading | null {
  const run = readDigitRun(text, start);
  if (run !== null) return run;
  let at = start, low = 0, high = 0, lastBig = Infinity, multiplier = 1;
  let first: Reading | null = null, approximate = false;
  for (;;) {
    const afterZero = first !== null && chineseDigit(kindAt(text, at)) === 0 && startsNumeral(text.charCodeAt(at + 1));
    const section = readSection(text, afterZero ? at + 1 : at, afterZero);
    if (section === null) break;
    let end = section.end;
    const vague = isVagueInside(text, end) && multiplierOf(kindAt(text, end + 1)) >= 10_000;
    if (vague) end++;
    let big = multiplierOf(kindAt(text, end));
    if (big < 10_000) big = 1;
    else end++;
    if (first === null && big === 1) return section;
    if (big === 1) {
      // 3万5000 is one number; 3万 and 20个 are two, and so are 5万12: what follows must fill the places below.
      const tail = smallTail(text, section, lastBig, afterZero);
      if (tail === null) break;
      low += section.low * tail;
      high += section.high * tail;
      at = section.end;
      approximate ||= section.approximate;
      multiplier = 1;
      break;
    }
    if (big === 100_000_000 && lastBig === 10_000) {
      low = (low + section.low) * big;
      high = (high + section.high) * big;
    } else if (big >= lastBig || section.low * big >= lastBig) break;
    else {
      low += section.low * big;
      high += section.high * big;
    }
    first ??= section;
    approximate ||= vague || section.approximate;
    at = end;
    lastBig = big;
    multiplier = big;
    const twice = big === 10_000 ? multiplierOf(kindAt(text, at)) : 0;
    if (twice === 100_000_000 || twice === 10_000) {
      // 三万亿, 四万万.
      low *= twice;
      high *= twice;
      lastBig = 100_000_000;
      multiplier = big * twice;
      at++;
    }
  }
  return first === null ? null : { end: at, low, high, arabic: first.arabic, digits: 0, approximate, multiplier };
}

/** Multiplier inside an Arabic section (3千). */
const closing = (text: string, end: number): number => {
  const multiplier = multiplierOf(kindAt(text, end - 1));
  return multiplier > 0 ? multiplier : 1;
};

/** How a last part without multiplier counts after 万 or 亿: 1, the place below it (一万五), or null when it is another number. */
function smallTail(text: string, section: Reading, lastBig: number, afterZero: boolean): number | null {
  if (!(section.high < lastBig)) return null;
  const single = section.low === section.high && section.low < 10 && section.digits === 0;
  if (section.arabic) return closing(text, section.end) > 1 || section.digits === String(lastBig).length - 1 ? 1 : null;
  if (single && !afterZero) return chineseDigit(kindAt(text, section.end - 1)) > 0 && multiplierOf(kindAt(text, section.end)) === 0 ? lastBig / 10 : 1;
  return 1;
}

/** 三点五, 零点八: digits after 点; 八点三十分 is a time of day. */
function readDecimals(text: string, at: number): { end: number; value: number } | null {
  if (text[at] !== '点' || chineseDigit(kindAt(text, at + 1)) < 0) return null;
  let end = at + 1, value = 0, place = 0.1;
  while (chineseDigit(kindAt(text, end)) >= 0) {
    if (end - at <= 10) value += chineseDigit(kindAt(text, end)) * place;
    place /= 10;
    end++;
  }
  return multiplierOf(kindAt(text, end)) === 10 ? null : { end, value };
}

const SCALES = new Map<number, Numeral['scale']>([[100, 'percent'], [1000, 'permille'], [10_000, 'permyriad']]);

/** The number at `start`, or null where none starts. Its end is the first character that it does not need. */
export function readNumeral(text: string, start: number): Numeral | null {
  const kind = kindAt(text, start);
  if (kind === 0) return null;
  const short = readShort(text, start, kind);
  if (short !== null) return short;
  const alone = multiplierOf(kind);
  if (alone >= 100) return text.startsWith('分之', start + 1) ? readFraction(text, start, alone, start + 3) : null;
  const cardinal = readCardinal(text, start);
  if (cardinal === null) return null;
  if (text.startsWith('分之', cardinal.end) && cardinal.low === cardinal.high && cardinal.low > 0) return readFraction(text, start, cardinal.low, cardinal.end + 2);
  return finish(text, start, cardinal);
}

/** One Chinese digit or up to four Arabic ones with nothing after them that could belong to a number: most numbers of a text, five times as fast. */
function readShort(text: string, start: number, kind: number): Numeral | null {
  if (kind >= 2 && kind <= 10 && kindAt(text, start + 1) === 0 && !CONTINUES.has(text[start + 1])) {
    return { start, end: start + 1, value: kind - 1, upper: null, scale: 'one', approximate: false, arabic: false, digits: 1, multiplier: 1, fraction: false };
  }
  let digit = arabicDigit(kind), value = 0, end = start;
  while (digit >= 0) {
    value = value * 10 + digit;
    digit = arabicDigit(kindAt(text, ++end));
  }
  const length = end - start;
  if (length === 0 || length > 4 || kindAt(text, end) !== 0 || CONTINUES.has(text[end])) return null;
  return { start, end, value, upper: null, scale: 'one', approximate: false, arabic: true, digits: length, multiplier: 1, fraction: false };
}
const CONTINUES = new Set('.．,多余来几分点');

/** Decimals after 点, then 多, 余, 来, 几. */
function finish(text: string, start: number, cardinal: Reading): Numeral {
  const { arabic, digits } = cardinal;
  let { end, low, high, approximate, multiplier } = cardinal;
  const decimals = arabic || low !== high ? null : readDecimals(text, end);
  if (decimals !== null) {
    end = decimals.end;
    multiplier = 1;
    const big = multiplierOf(kindAt(text, end));
    if (big >= 100) {
      multiplier = big;
      end++;
      if (big === 10_000 && multiplierOf(kindAt(text, end)) === 100_000_000) {
        multiplier = 1e12;
        end++;
      }
    }
    low = high = (low + decimals.value) * multiplier;
  }
  const last = multiplierOf(kindAt(text, end - 1));
  if ((isVague(text, end) && !startsNumeral(text.charCodeAt(end + 1))) || ((text[end] === '来' || text[end] === '几') && (last === 10 || last === 100))) {
    approximate = true;
    end++;
  }
  const understood = high <= Number.MAX_SAFE_INTEGER;
  return {
    start, end, value: understood ? round(low) : null, upper: understood && high !== low ? round(high) : null, scale: 'one',
    approximate, arabic, digits: decimals === null ? digits : 0, multiplier, fraction: false,
  };
}

/** B of A分之B. 百分之, 千分之, 万分之 keep B and say so in `scale`; others are divided out. */
function readFraction(text: string, start: number, denominator: number, at: number): Numeral {
  const scale = SCALES.get(denominator) ?? 'one';
  const hundred = denominator >= 100 && multiplierOf(kindAt(text, at)) === denominator;
  const cardinal = hundred || kindAt(text, at) === 0 || multiplierOf(kindAt(text, at)) >= 100 ? null : readCardinal(text, at);
  const above = cardinal === null ? null : finish(text, at, cardinal);
  const divisor = scale === 'one' ? denominator : 1;
  const base = { start, scale, arabic: above?.arabic ?? false, digits: 0, multiplier: 1, fraction: true };
  if (hundred) return { ...base, end: at + 1, value: denominator / divisor, upper: null, approximate: false };
  if (above === null || above.value === null) {
    return { ...base, end: text[at] === '几' ? at + 1 : above?.end ?? at, value: null, upper: null, approximate: true };
  }
  return { ...base, end: above.end, value: above.value / divisor, upper: above.upper === null ? null : above.upper / divisor, approximate: above.approximate };
}

/** 1.2 × 10^8 is 120,000,000, not 119,999,999.99999999: twelve significant digits hold any number a text writes. */
const round = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(12)));

/** The number that the whole of `text` is, ones or hundredths alike worked out; null where it is not one number. */
export function parseNumeral(text: string): number | null {
  const numeral = readNumeral(text, 0);
  return numeral !== null && numeral.end === text.length && numeral.upper === null ? numeral.value : null;
}
