/** What one cell of a table of figures says: 78.5, ≥80, [13.5], 6.5左右, 3—5, —, ＊＊; and the units that a column or a name in brackets gives it. */
import type { Comparator, Quantity } from '../model.ts';
import { foldWidth } from '../numerals/fold-width.ts';
import { readPer, readUnit } from '../quantities/units.ts';

export interface CellUnit {
  readonly unit: string;
  readonly factor: number;
}

const MULTIPLIERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 };

/** 万人次 → 人次 × 10,000; 千瓦, 平方米/人, %. `null`: no unit that is known. */
export function parseUnit(words: string): CellUnit | null {
  const text = foldWidth(words).replace(/\s/gu, '');
  // 千瓦 and 百分点 are units as they stand; what else a numeral opens is a multiplier.
  for (let at = 0, factor = 1; at < text.length && at < 3; factor *= MULTIPLIERS[text[at++]] ?? 1) {
    const unit = parseWholeUnit(text, at);
    if (unit !== null) return { unit: unit.unit, factor: unit.factor * factor };
    if (MULTIPLIERS[text[at]] === undefined) return null;
  }
  return null;
}

function parseWholeUnit(text: string, at: number): CellUnit | null {
  const unit = readUnit(text, at);
  if (unit === null) return null;
  const end = at + unit.written.length;
  if (end === text.length) return { unit: unit.unit, factor: unit.factor };
  const per = readPer(text, end);
  return per !== null && per.end === text.length ? { unit: `${unit.unit}/${per.per}`, factor: unit.factor } : null;
}

const NOTHING = /^(?:[-—–－/／\\…~～]{0,6}|无)$/u;
const MASK = /^(?:[≥≤<>]=?)?[*＊×xX_＿〇○●■□▇█?？]{1,12}(?:[.．][*＊×xX_＿〇○]{1,4})?(.{0,8})$/u;
const BEFORE: readonly (readonly [RegExp, Comparator])[] = [
  [/^(?:≥|≧|>=|不低于|不少于|不小于|至少|大于等于|大于或等于)/u, '>='], [/^(?:≤|≦|<=|不高于|不超过|不大于|小于等于|小于或等于|控制在)/u, '<='],
  [/^(?:>|〉|》|超过|大于|高于|突破|优于)/u, '>'], [/^(?:<|〈|《|低于|小于|少于)/u, '<'], [/^(?:约|[~～])/u, '~'],
];
const AFTER: readonly (readonly [RegExp, Comparator])[] = [[/^(?:及以上|以上|[(（]含[)）]以上)$/u, '>='], [/^(?:及以下|以下|以内|之内)$/u, '<='], [/^(?:左右|上下)$/u, '~']];
const NUMBER = /^(-|−|负)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,6})?/u;
const RANGE = /^(?:——|—|－|-|–|～|~|至|到)/u;

export type CellValue =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'state' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'value'; readonly quantity: Omit<Quantity, 'span' | 'text' | 'sense'>; readonly isCumulative: boolean };

const rounded = (value: number): number => Number(value.toPrecision(12));

/** `unit`: of the column or the row; one that the cell has itself goes before it. */
export function readCell(words: string, unit: CellUnit | null): CellValue {
  let text = foldWidth(words).replace(/[\s\u3000]/gu, '');
  if (NOTHING.test(text)) return { kind: 'nothing' };
  const cumulative = /^(?:累计)?[[【〔「](.{1,16})[\]】〕」](%?)$/u.exec(text);
  const isCumulative = cumulative !== null || text.startsWith('累计');
  if (cumulative !== null) text = cumulative[1] + cumulative[2];
  else text = text.replace(/^累计/u, '');
  const mask = MASK.exec(text);
  if (mask !== null) {
    const own = mask[1] === '' ? unit : parseUnit(mask[1]);
    return own === null && mask[1] !== '' ? { kind: 'unclear' } : { kind: 'value', isCumulative, quantity: { value: null, upper: null, comparator: '=', unit: own?.unit ?? '', masked: true, approximate: false } };
  }
  let comparator: Comparator = '=';
  for (const [pattern, said] of BEFORE) {
    const match = pattern.exec(text);
    if (match === null) continue;
    comparator = said;
    text = text.slice(match[0].length);
    break;
  }
  const low = NUMBER.exec(text);
  if (low === null) return /[0-9]/u.test(text) || !/[\u4e00-\u9fff]{2}/u.test(text) ? { kind: 'unclear' } : { kind: 'state' };
  const numberOf = (match: RegExpExecArray): number => Number(match[2].replaceAll(',', '') + (match[3] ?? '')) * (match[1] === undefined ? 1 : -1);
  const value = numberOf(low);
  let rest = text.slice(low[0].length), upper: number | null = null, lowUnit = '';
  const between = /^(%|[\u4e00-\u9fff]{0,4})(?:——|—|－|-|–|～|~|至|到)(?=[0-9])/u.exec(rest);
  if (between !== null) {
    lowUnit = between[1];
    rest = rest.slice(lowUnit.length).replace(RANGE, '');
    const high = NUMBER.exec(rest);
    if (high === null) return { kind: 'unclear' };
    upper = numberOf(high);
    rest = rest.slice(high[0].length);
  }
  // 98.5*, 12①, 79.3（2023年）: a note.
  rest = rest.replace(/(?:[*＊①-⑳]{1,3}|\[[0-9]{1,2}\]|[(][^()]{1,16}[)])$/u, '');
  const after = AFTER.find(([pattern]) => pattern.test(/(?:[(]含[)])?(?:及以上|以上|及以下|以下|以内|之内|左右|上下)$/u.exec(rest)?.[0] ?? ''));
  if (after !== undefined) {
    rest = rest.replace(/(?:[(]含[)])?(?:及以上|以上|及以下|以下|以内|之内|左右|上下)$/u, '');
    comparator = comparator === '=' ? after[1] : comparator;
  }
  const own = rest === '' ? unit : parseUnit(rest);
  if (rest !== '' && own === null) return { kind: 'unclear' };
  if (lowUnit !== '' && lowUnit !== rest) return { kind: 'unclear' };
  if (upper !== null && upper <= value) return { kind: 'unclear' };
  const factor = own?.factor ?? 1;
  return {
    kind: 'value', isCumulative,
    quantity: { value: rounded(value * factor), upper: upper === null ? null : rounded(upper * factor), comparator: upper === null ? comparator : 'between', unit: own?.unit ?? '', masked: false, approximate: comparator === '~' },
  };
}
