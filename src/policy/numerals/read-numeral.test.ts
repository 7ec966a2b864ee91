// Numerals: every way of writing a number read back (round trip against a writer of 30 lines below), properties, and lines made to hurt.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWidth } from './fold-width.ts';
import { parseNumeral, readNumeral } from './read-numeral.ts';

const DIGITS = '零一二三四五六七八九';
const FINANCIAL = '零壹贰叁肆伍陆柒捌玖';

/** Below 10,000, the standard way; `inside`: after a higher part, so that 10 is 一十. */
function writeSection(n: number, digits: string, places: readonly string[], inside: boolean): string {
  let out = '', gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) { gap ||= out !== ''; continue; }
    if (gap) out += digits[0];
    gap = false;
    out += (digit === 1 && place === 1 && out === '' && !inside && digits === DIGITS ? '' : digits[digit]) + places[place];
  }
  return out;
}

/** Whole numbers below 10^16 in Chinese numerals: 零 where a place is left out, 万亿 for 10^12. */
function writeNumeral(n: number, financial = false): string {
  const digits = financial ? FINANCIAL : DIGITS, places = financial ? ['', '拾', '佰', '仟'] : ['', '十', '百', '千'];
  const [wan, yi] = financial ? ['萬', '億'] : ['万', '亿'];
  if (n === 0) return digits[0];
  const high = Math.floor(n / 1e8), low = n % 1e8;
  const small = (value: number, inside: boolean): string => {
    const top = Math.floor(value / 1e4), rest = value % 1e4;
    if (top === 0) return writeSection(rest, digits, places, inside);
    return writeSection(top, digits, places, inside) + wan + (rest === 0 ? '' : (rest < 1000 ? digits[0] : '') + writeSection(rest, digits, places, true));
  };
  if (high === 0) return small(low, false);
  return small(high, false) + yi + (low === 0 ? '' : (low < 1e7 ? digits[0] : '') + small(low, true));
}

describe('a number written in Chinese is read back', () => {
  it('every number to 20,000, and 20,000 spread over the magnitudes to 10^12', () => {
    const wrong: string[] = [];
    const check = (n: number): void => {
      for (const financial of [false, true]) {
        const written = writeNumeral(n, financial);
        if (parseNumeral(written) !== n) wrong.push(`${n} ${written} → ${parseNumeral(written)}`);
      }
    };
    for (let n = 0; n <= 20_000; n++) check(n);
    let seed = 1;
    for (let i = 0; i < 20_000; i++) {
      seed = (seed * 48_271) % 2_147_483_647;
      check(Math.floor(10 ** ((seed / 2_147_483_647) * 12)));
    }
    for (let power = 1; power <= 12; power++) for (const step of [-1, 0, 1]) check(10 ** power + step);
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  it('any number, as random as fast-check makes it, with 两 for 二 before 百 千 万 亿 too', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e12 }), (n) => {
      const written = writeNumeral(n);
      expect(parseNumeral(written)).toBe(n);
      expect(parseNumeral(written.replace(/二(?=[百千万亿])/gu, '两'))).toBe(n);
    }), { numRuns: 2000 });
  });

  it('Arabic, grouped, full-width and mixed forms of one number agree', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999 }), (n) => {
      const plain = String(n);
      const wide = plain.replace(/\d/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      expect(parseNumeral(plain)).toBe(n);
      expect(parseNumeral(n.toLocaleString('en-US'))).toBe(n);
      expect(parseNumeral(wide)).toBe(n);
      expect(parseNumeral(foldWidth(wide))).toBe(n);
      expect(parseNumeral(`${n}万`)).toBe(n * 10_000);
    }), { numRuns: 1000 });
  });

  it('decimals before 万 and 亿 come out whole (1.2亿 is 120,000,000)', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(1, 2, 3, 4), (n, places) => {
      const written = (n / 10 ** places).toFixed(places);
      expect(parseNumeral(`${written}亿`)).toBe((n * 1e8) / 10 ** places);
      expect(parseNumeral(`${written}万`)).toBe(Number(((n * 1e4) / 10 ** places).toPrecision(12)));
    }), { numRuns: 1000 });
  });

  it('hundredths, thousandths and other fractions', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 2, max: 99 }), (n, d) => {
      expect(readNumeral(`百分之${writeNumeral(n)}`, 0)).toMatchObject({ value: n, scale: 'percent' });
      expect(readNumeral(`千分之${writeNumeral(n)}`, 0)).toMatchObject({ value: n, scale: 'permille' });
      expect(parseNumeral(`${writeNumeral(d)}分之${writeNumeral(n)}`)).toBeCloseTo(n / d, 12);
    }), { numRuns: 500 });
  });
});

describe('no wrong value', () => {
  it('a number too large to hold, or left open, is no number', () => {
    expect(readNumeral('9'.repeat(30), 0)?.value).toBeNull();
    expect(readNumeral('九千九百九十九万亿', 0)?.value).toBeNull();
    expect(readNumeral('百分之几', 0)?.value).toBeNull();
  });

  it('takes only what belongs to the number', () => {
    const rest = (text: string): string => text.slice(readNumeral(text, 0)?.end ?? 0);
    expect(rest('三千五千')).toBe('五千');
    expect(rest('五万六万')).toBe('六万');
    expect(rest('3万20个')).toBe('20个');
    expect(rest('5千米')).toBe('千米');
    expect(rest('3百分点')).toBe('百分点');
    expect(rest('1,20个')).toBe(',20个');
    expect(rest('八点三十分')).toBe('点三十分');
  });

  it('never fails, never runs backwards, never gives NaN, on any string', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'零〇一二两三五九十百千万亿分之点半多余几廿壹拾0123456789０９,.，个第') , maxLength: 40 }), (text) => {
      for (let at = 0; at < text.length; at++) {
        const numeral = readNumeral(text, at);
        if (numeral === null) continue;
        expect(numeral.end).toBeGreaterThan(at);
        expect(numeral.end).toBeLessThanOrEqual(text.length);
        for (const value of [numeral.value, numeral.upper]) expect(value === null || Number.isFinite(value)).toBe(true);
        if (numeral.upper !== null) expect(numeral.upper).toBeGreaterThan(numeral.value as number);
      }
    }), { numRuns: 5000 });
  });
});
