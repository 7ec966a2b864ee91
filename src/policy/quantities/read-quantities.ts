/**
 * Finds numbers with their units and says how they are meant: comparator, range, level or change, masked, approximate. A number whose unit or
 * meaning is not certain is kept with `value: null`; numbers in names and of dates are left to others. One pass, linear.
 */
import type { Quantity, Span } from '../model.ts';
import { foldWidth } from '../numerals/fold-width.ts';
import { isArabicDigit, NUMERAL_CODES, readNumeral, startsNumeral } from '../numerals/read-numeral.ts';
import type { Numeral } from '../numerals/read-numeral.ts';
import { findBlanks } from './blanks.ts';
import type { Blank } from './blanks.ts';
import type { Meaning } from './comparators.ts';
import { HELD, combine, mayBeDistant, readAfter, readBefore, readDistant } from './comparators.ts';
import { isName, listNameSpans } from './names.ts';
import { PatternGate } from '../words/pattern-gate.ts';
import { readPer, readUnit } from './units.ts';

const MASKS = new Set(['*', '＊', '×', 'X', 'x', '_', '○', '〇', '◯', '●', '□', '■', '▇', '█', '△', '▁', '＿', '—']);
const MULTIPLIER = '百千万亿';
const isMultiplier = (code: number): boolean => code === 0x767e || code === 0x5343 || code === 0x4e07 || code === 0x4ebf;
/** What a character may begin; 0: it is passed over in one step. */
const NUMBER = 1, MASK = 2, WORD = 3;
const BEGINS = new Uint8Array(65_536);
for (const char of '翻半对过几数') BEGINS[char.charCodeAt(0)] = WORD;
for (const char of MASKS) BEGINS[char.charCodeAt(0)] = MASK;
for (const code of NUMERAL_CODES) BEGINS[code] = NUMBER;
BEGINS[0x28] = MASK;

export function readQuantities(source: string): Quantity[] {
  const text = foldWidth(source);
  let i = 0, name = 0;
  while (i < text.length && BEGINS[text.charCodeAt(i)] === 0) i++;
  const blanks = findBlanks(text);
  if (i === text.length && blanks.length === 0) return [];
  const names = listNameSpans(text);
  const found: Quantity[] = [];
  // What stands nowhere in the text need not be looked for before each of its numbers.
  const may = { sense: SENSE.scan(text, 0, text.length), distant: mayBeDistant(text) };
  while (i < text.length) {
    const code = text.charCodeAt(i);
    const begins = BEGINS[code];
    if (begins === 0) {
      i++;
      continue;
    }
    while (name < names.length && names[name][1] <= i) name++;
    const inName = name < names.length && names[name][0] <= i;
    if (begins === NUMBER && !((code === 0x25cb || code === 0x3007) && isRingMask(text, i))) {
      const quantity = inName ? null : readNumbered(text, i, may);
      if (quantity !== null) {
        found.push(withSenseOf(text, found[found.length - 1], quantity));
        i = Math.max(quantity.span[1], i + 1);
        continue;
      }
      i = endOfNumber(text, i);
    } else if (code === 0x28) {
      const blank = inName ? null : readEmptyBrackets(text, i, may);
      if (blank !== null) found.push(blank);
      i = blank !== null ? blank.span[1] : i + 1;
    } else if (MASKS.has(text[i])) {
      const masked = inName ? null : readMasked(text, i, may);
      if (masked !== null) found.push(masked);
      i = masked !== null ? masked.span[1] : endOfMask(text, i);
    } else if (!inName && begins === WORD) {
      const word = readWordQuantity(text, i);
      if (word !== null) found.push(word);
      i = word !== null ? word.span[1] : i + 1;
    } else i++;
  }
  const all = withBlanks(text, found, names, blanks, may);
  return source === text ? all : all.map(({ span, value, upper, comparator, unit, sense, masked, approximate }) => ({ span, text: source.slice(span[0], span[1]), value, upper, comparator, unit, sense, masked, approximate }));
}

/** Which words the text has that say how a number is meant. */
interface May {
  /** Bits of SENSE. */
  readonly sense: number;
  readonly distant: boolean;
}

/** 分别下降13.5%和18%: the second goes the way of the first. */
function withSenseOf(text: string, last: Quantity | undefined, next: Quantity): Quantity {
  if (last === undefined || last.unit !== next.unit || next.sense !== 'level' || next.span[0] - last.span[1] !== 1) return next;
  return /[和与及、]/u.test(text[last.span[1]]) ? { ...next, sense: last.sense } : next;
}

/** ○ and 〇 are zeros in 二○二五 and 〇点五, and masks in ○○套, 〇〇万人. */
function isRingMask(text: string, at: number): boolean {
  let end = at;
  while (text[end] === '○' || text[end] === '〇') end++;
  const next = text.charCodeAt(end);
  return !(startsNumeral(next) && !'百千万亿'.includes(text[end])) && text[end] !== '点' && text[end] !== '.';
}

/** A number that is no quantity is passed over whole. */
function endOfNumber(text: string, at: number): number {
  const end = readNumeral(text, at)?.end ?? at + 1;
  return Math.max(end, at + 1);
}

function endOfMask(text: string, at: number): number {
  let end = at;
  while (end < text.length && MASKS.has(text[end])) end++;
  return end;
}

const SCALE_UNITS = { one: '', percent: '%', permille: '‰', permyriad: '‱' } as const;

/** Number with unit, comparators and perhaps an upper end. */
function readNumbered(text: string, at: number, may: May): Quantity | null {
  const numeral = readBareMultiplier(text, at) ?? readNumeral(text, at);
  if (numeral === null) return null;
  // 2.0.1, 028-12345678, ICP备14009601号-3: codes.
  if (text[numeral.end] === '.' && isArabicDigit(text.charCodeAt(numeral.end + 1))) return null;
  if (numeral.arabic && isLatinOrPoint(text.charCodeAt(at - 1))) return null;
  const first = readUnitAfter(text, numeral);
  const range = readRangeEnd(text, numeral, first);
  const last = range ?? first;
  if (isName(text, at, numeral.end, last.end, last.unit, numeral.arabic, last.measure)) return null;
  const before = readBefore(text, at) ?? (may.distant ? readDistant(text, at) : null);
  if (isDatePart(text, at, numeral, last, before)) return null;

  const startsAt = at - (before?.length ?? 0);
  const held = isHeld(text, startsAt);
  const after = readAfter(text, last.end, held);
  if (before !== null && isRatio(text, last.end)) return notUnderstood(text, startsAt, ratioEnd(text, last.end), combine(before, null).comparator);
  if (last.unit === '' && !numeral.fraction && !standsAlone(text, startsAt, last.end, before !== null || after !== null, numeral)) return null;
  let { comparator, approximate } = combine(before, after);
  if (numeral.approximate || (range !== null && range.numeral.approximate)) {
    approximate = true;
    if (comparator === '=') comparator = '~';
  }
  // 增速为-2.5%, 负三个百分点.
  const sign = range === null && isNegative(text, startsAt) ? -1 : 1;
  const value = scaled(numeral.value, range === null ? last.factor * sign : range.lowFactor);
  let upper = range === null ? scaled(numeral.upper, last.factor) : scaled(range.numeral.upper ?? range.numeral.value, last.factor);
  if (range !== null && (value === null || upper === null)) upper = null;
  if (sign < 0) upper = null;
  if (upper !== null && (comparator === '=' || comparator === '~')) comparator = 'between';
  const end = last.end + (after?.length ?? 0);
  const span: Span = [sign < 0 ? startsAt - 1 : startsAt, end];
  const understood = value !== null && !(range !== null && upper === null);
  return {
    span, text: text.slice(span[0], span[1]), value: understood ? value : null, upper: understood ? upper : null, comparator,
    unit: last.unit, sense: readSense(text, startsAt, last.unit, may), masked: false, approximate,
  };
}

const isLatinOrPoint = (code: number): boolean => (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2e || code === 0xff0e;
/** 控制在, 压缩到 right before. */
function isHeld(text: string, at: number): boolean {
  const last = text.charCodeAt(at - 1);
  // 到 在 至
  return (last === 0x5230 || last === 0x5728 || last === 0x81f3) && HELD.test(text.slice(Math.max(0, at - 4), at));
}

/** 不低于1:3. */
const isRatio = (text: string, at: number): boolean => (text[at] === ':' || text[at] === '∶') && isArabicDigit(text.charCodeAt(at + 1));
function ratioEnd(text: string, at: number): number {
  let end = at + 1;
  while (isArabicDigit(text.charCodeAt(end)) || (text[end] === '.' && isArabicDigit(text.charCodeAt(end + 1)))) end++;
  return end;
}
const notUnderstood = (text: string, start: number, end: number, comparator: Quantity['comparator']): Quantity => ({
  span: [start, end], text: text.slice(start, end), value: null, upper: null, comparator, unit: '', sense: 'level', masked: false, approximate: false,
});

/** A minus or 负 before the number; a hyphen after a digit, a letter or a bracket joins (A-5, 2024-12). */
const isNegative = (text: string, at: number): boolean => text[at - 1] === '负' || ((text[at - 1] === '-' || text[at - 1] === '−') && !/[0-9A-Za-z%)\]-]/u.test(text[at - 2] ?? ''));

/** 上百家, 近万人, 超千亿元: 百 千 万 亿 alone are numbers after such a word only. */
function readBareMultiplier(text: string, at: number): Numeral | null {
  if (!isMultiplier(text.charCodeAt(at)) || !'上近超过逾破约'.includes(text[at - 1] ?? ' ') || text.startsWith('分', at + 1)) return null;
  const numeral = readNumeral(`一${text.slice(at, at + 4)}`, 0);
  if (numeral === null || numeral.value === null || numeral.value < 100) return null;
  const end = at + numeral.end - 1;
  return text[at - 1] === '上' && /[以之]/u.test(text[at - 2] ?? '') ? null : { ...numeral, start: at, end };
}

interface WithUnit {
  readonly end: number;
  readonly unit: string;
  readonly factor: number;
  /** The unit is a measure (公里, %, 元), not a counter. */
  readonly measure: boolean;
}

function readUnitAfter(text: string, numeral: Numeral): WithUnit {
  const scale = SCALE_UNITS[numeral.scale];
  if (scale !== '') return { end: numeral.end, unit: scale, factor: 1, measure: true };
  let at = numeral.end;
  if (text[at] === ' ' || text[at] === '\u00a0') at++;
  if (text.startsWith('个半', at)) at = numeral.end;
  const unit = readUnit(text, at);
  if (unit === null || (unit.written === '成' && !isTenth(text, numeral, at))) return { end: numeral.end, unit: '', factor: 1, measure: false };
  const end = endOfAlternative(text, at + unit.written.length);
  // 分别提高21个和18个百分点: the unit said once.
  if (unit.written === '个' && /^[和、及与][0-9.]{1,6}个百分点/u.test(text.slice(end, end + 12))) return { end, unit: '个百分点', factor: 1, measure: true };
  if (unit.written === '成' && text[end] === '半' && numeral.value !== null) return { end: end + 1, unit: '%', factor: (numeral.value * 10 + 5) / numeral.value, measure: true };
  if (unit.written === '成') {
    const tail = startsNumeral(text.charCodeAt(end)) ? readNumeral(text, end) : null;
    if (tail !== null && tail.value !== null && tail.value > 0 && tail.value < 10 && !tail.arabic && tail.end === end + 1 && numeral.value !== null) return { end: end + 1, unit: '%', factor: (numeral.value * 10 + tail.value) / numeral.value, measure: true };
  }
  const per = readPer(text, end);
  return per === null ? { end, unit: unit.unit, factor: unit.factor, measure: unit.measure } : { end: per.end, unit: `${unit.unit}/${per.per}`, factor: unit.factor, measure: true };
}

/** 1万套(间)以上: another counter in brackets. */
function endOfAlternative(text: string, end: number): number {
  if (text[end] !== '(') return end;
  const close = text[end + 2] === ')' ? end + 2 : end + 3;
  return text[close] === ')' && readUnit(text, end + 1)?.written.length === close - end - 1 ? close + 1 : end;
}

/** 八成, 七成五; 三成立 and 2成都 are other words (the list of `readUnit`), and no more than ten tenths. */
const isTenth = (text: string, numeral: Numeral, at: number): boolean => numeral.value !== null && numeral.value <= 10 && !/[都立为本果员效功熟长交品]/u.test(text[at + 1] ?? '');

const RANGE = ['——', '—', '－', '-', '–', '～', '~', '至', '到', '―'];

const IS_RANGE = new Uint8Array(65_536);
for (const mark of RANGE) IS_RANGE[mark.charCodeAt(0)] = 1;

interface RangeEnd extends WithUnit {
  readonly numeral: Numeral;
  readonly lowFactor: number;
}

/** Upper end: 5—10个, 5%到8%, 3至5万人. After 从 or 由 two numbers are a way (由50%到80%), no range. */
function readRangeEnd(text: string, low: Numeral, first: WithUnit): RangeEnd | null {
  if (low.upper !== null) return null;
  const mark = IS_RANGE[text.charCodeAt(first.end)] === 0 ? undefined : RANGE.find((candidate) => text.startsWith(candidate, first.end));
  if (mark === undefined) return null;
  if ((mark === '到' || mark === '至') && /[从由自]$/u.test(text.slice(Math.max(0, low.start - 1), low.start))) return null;
  const at = first.end + mark.length;
  if (!startsNumeral(text.charCodeAt(at))) return null;
  const high = readNumeral(text, at);
  if (high === null || (isArabicDigit(text.charCodeAt(low.start)) !== high.arabic && low.scale === 'one')) return null;
  let last = readUnitAfter(text, high);
  if (last.unit === '' && first.unit !== '' && low.scale !== 'one' && high.scale === 'one') last = { ...last, unit: first.unit };
  if (first.unit !== '' && first.unit !== last.unit) return null;
  if (last.unit === '' && !(low.fraction && high.fraction)) return null;
  // 3至5万人: the multiplier said once holds for both.
  const shared = first.unit === '' && low.multiplier === 1 && high.multiplier > 1 && low.value !== null && high.value !== null && low.value < high.value / high.multiplier;
  const lowFactor = (first.unit === '' ? last.factor : first.factor) * (shared ? high.multiplier : 1);
  const lowValue = low.value === null ? null : low.value * lowFactor;
  if (lowValue !== null && high.value !== null && !(lowValue < high.value * last.factor)) return null;
  return { ...last, numeral: high, lowFactor };
}

const scaled = (value: number | null, factor: number): number | null => (value === null ? null : factor === 1 ? value : Number((value * factor).toPrecision(12)));

const DATE_UNITS = new Set(['年', '日', '天', '周', '个月', '个工作日', '月']);
/** Years, months and days belong to `times/`. 30年以上 and 5年房龄 are said of things; plain 年 月 日 号 are dates or durations. */
function isDatePart(text: string, at: number, numeral: Numeral, last: WithUnit, before: Meaning | null): boolean {
  if (text[last.end] !== '月' && text[last.end] !== '号' && !DATE_UNITS.has(last.unit)) return false;
  if (last.unit === '') return '年月日号'.includes(text[numeral.end] ?? ' ');
  if (numeral.digits === 4 && last.unit === '年') return true;
  // 优良天数311天, 审批时限压缩至15个工作日: how long something is, not when.
  if (isHeld(text, at)) return false;
  const bounded = before !== null && before.comparator !== '~' && before.length > 1;
  if ((bounded || /(?:天数|时限|时间|周期|期限|年限|压缩|缩短|延长|增加|减少|提高|提升|达到?|超过|平均)(?:为|至|到|了|达)?$|[\u4e00-\u9fff](?<![为除用花费过])了$/u.test(text.slice(Math.max(0, at - 5), at))) && !/^(?:内|之内|以内|前|后|来|以来|时间|左右时间)/u.test(text.slice(last.end, last.end + 3))) return false;
  return !/^(以上|以下|及以上)/u.test(text.slice(last.end, last.end + 3)) || /^以[前来]/u.test(text.slice(last.end, last.end + 2));
}

/** A bare number is a quantity only where the words around it say so: 指数达到0.85, 进入前10, 得分不低于90. */
function standsAlone(text: string, start: number, end: number, compared: boolean, numeral: Numeral): boolean {
  if (!numeral.arabic) return false;
  if (/^[A-Za-z0-9年月日号\-—/.:::]/u.test(text.slice(end, end + 1))) return false;
  if (/[第“"#№（(/A-Za-z\-—.]$/u.test(text.slice(Math.max(0, start - 1), start))) return false;
  if (compared && numeral.digits !== 4) return true;
  // 新增城镇人口20万: the multiplier says that it is an amount.
  if (numeral.multiplier >= 10_000) return true;
  return /(达到|达|为|到|至|是|增至|降至|提高到|系数|指数|得分|比例|前|名列|排名|比)$/u.test(text.slice(Math.max(0, start - 3), start)) && /^([,\uff0c。;、\s)]|$|位|名|以)/u.test(text.slice(end, end + 1));
}

const SENSE = new PatternGate();
const PARTS = new Uint8Array(65_536);
for (const char of ',\uff0c。;:\n') PARTS[char.charCodeAt(0)] = 1;
const BOUND = /(超过|不低于|不少于|不超过|低于|高于|约|近|控制在|保持在|稳定在|在)$/u;
const CHANGE = SENSE.add(/(增长|增加|增幅|提高|提升|上升|上涨|下降|降低|减少|减排|压减|压缩|缩短|缩小|扩大|回落|降幅|下调|上调|(?<!新)增|减|降|削减|节约|节省)(?:了|率|幅度?)?(?:约为?|达到?|为|在)?$/u);
/** 压减一般性支出10%: the object stands between verb and number. */
const REDUCES = SENSE.add(/(压减|削减|减少|降低|节约|节省)[^到至在,]{2,10}$/u);
const RATE = SENSE.add(/(年均|每年|年度?平均|年复合)[^,\uff0c。;:、\n]{0,12}$/u);
const SENSE_BITS = CHANGE.bit | RATE.bit | REDUCES.bit;

/** Whether the number is the thing itself, its change, or its change in a year. Looks back within the clause, 24 characters at most. */
function readSense(text: string, start: number, unit: string, may: May): Quantity['sense'] {
  const isPoints = unit === '个百分点';
  if ((may.sense & SENSE_BITS) === 0) return isPoints ? 'change' : 'level';
  const least = Math.max(0, start - 24);
  let from = start;
  while (from > least && PARTS[text.charCodeAt(from - 1)] === 0) from--;
  const bits = SENSE.scan(text, from, start);
  if ((bits & SENSE_BITS) === 0) return isPoints ? 'change' : 'level';
  let before = text.slice(from, start);
  if (BOUND.test(before)) before = before.replace(BOUND, '');
  const changes = ((bits & CHANGE.bit) !== 0 && CHANGE.pattern.test(before)) || isPoints || (unit === '%' && (bits & REDUCES.bit) !== 0 && REDUCES.pattern.test(before));
  if ((bits & RATE.bit) !== 0 && RATE.pattern.test(before) && (changes || /(增速|增长率|增幅|降幅|下降率)/u.test(before) || /(年均|每年)(?:新增|新建|改造|完成|建设|培育|引进|扩大)/u.test(before))) return 'rate';
  return changes ? 'change' : 'level';
}

const NO_UNIT = { written: '', unit: '', factor: 1, measure: true } as const;
/** *万人, **个, XX公里, _平方米: digits hidden, the unit left. A mask without unit hides a name (*市, **建设). */
function readMasked(text: string, at: number, may: May): Quantity | null {
  let end = endOfMask(text, at);
  if (text[at] === '—') return null;
  if (/[A-Za-zX×]/u.test(text[at - 1] ?? '') || (/[Xx]/u.test(text[at]) && /[a-wyzA-WYZ]/u.test(text[end] ?? ''))) return null;
  if (text[end] === '.' && MASKS.has(text[end + 1] ?? '')) end = endOfMask(text, end + 1);
  let unitAt = end, factorEnd = end;
  while (MULTIPLIER.includes(text[factorEnd] ?? ' ')) factorEnd++;
  unitAt = factorEnd;
  if (text[unitAt] === '多' || text[unitAt] === '余') unitAt++;
  // 实现*亿,增长*%: an amount whose unit is not said.
  const unit = readUnit(text, unitAt) ?? (factorEnd > end && /^[,\uff0c。;、\n左以]/u.test(text.slice(unitAt, unitAt + 1)) ? NO_UNIT : null);
  if (unit === null || PLACE_UNITS.has(unit.written)) return null;
  if (unit.written.length === 1 && !MASK_COUNTERS.has(unit.written) && factorEnd === end && !unit.measure) return null;
  if (unit.written === '人' && factorEnd === end && /^[民大才均员口]/u.test(text.slice(unitAt + 1, unitAt + 2))) return null;
  const unitEnd = unitAt + unit.written.length;
  const before = readBefore(text, at), after = readAfter(text, unitEnd, isHeld(text, at));
  const span: Span = [at - (before?.length ?? 0), unitEnd + (after?.length ?? 0)];
  const { comparator, approximate } = combine(before, after);
  return { span, text: text.slice(span[0], span[1]), value: null, upper: null, comparator, unit: unit.unit, sense: readSense(text, span[0], unit.unit, may), masked: true, approximate };
}

/** 投资( )万元: a figure to be filled in. */
function readEmptyBrackets(text: string, at: number, may: May): Quantity | null {
  let end = at + 1;
  while (end < at + 12 && /[\s_]/u.test(text[end] ?? '|')) end++;
  if (text[end] !== ')') return null;
  let unitAt = end + 1;
  while (MULTIPLIER.includes(text[unitAt] ?? ' ')) unitAt++;
  const unit = readUnit(text, unitAt);
  if (unit === null || PLACE_UNITS.has(unit.written) || (!unit.measure && !MASK_COUNTERS.has(unit.written))) return null;
  const before = readBefore(text, at), after = readAfter(text, unitAt + unit.written.length, isHeld(text, at));
  const span: Span = [at - (before?.length ?? 0), unitAt + unit.written.length + (after?.length ?? 0)];
  const { comparator, approximate } = combine(before, after);
  return { span, text: text.slice(span[0], span[1]), value: null, upper: null, comparator, unit: unit.unit, sense: readSense(text, span[0], unit.unit, may), masked: true, approximate };
}

/** After a mask these name a place whose name is hidden. */
const PLACE_UNITS = new Set(['市', '县', '区', '省', '镇', '村', '国', '路', '社区', '小区', '街道', '站', '企业', '单位', '机构', '项目', '月', '年', '日', '口', '片', '里', '层', '点', '面', '分', '级', '市县']);
const MASK_COUNTERS = new Set(['个', '家', '所', '张', '户', '套', '座', '栋', '条', '项', '件', '名', '人', '处', '倍', '辆', '台', '间']);

/** 翻一番, 翻番, 半数, 一半 begins elsewhere; 对半, 过半: words that are numbers. */
function readWordQuantity(text: string, at: number): Quantity | null {
  const make = (end: number, value: number | null, unit: string, comparator: Quantity['comparator'] = '=', sense: Quantity['sense'] = 'level'): Quantity => {
    const after = readAfter(text, end, false);
    const span: Span = [at, end + (after?.length ?? 0)];
    return { span, text: text.slice(span[0], span[1]), value, upper: null, comparator: after?.comparator ?? comparator, unit, sense, masked: false, approximate: value === null || (after?.approximate ?? false) };
  };
  if (text.startsWith('翻番', at)) return make(at + 2, 2, '倍');
  if (text[at] === '翻' && startsNumeral(text.charCodeAt(at + 1))) {
    const times = readNumeral(text, at + 1);
    if (times !== null && times.value !== null && times.value <= 10 && text[times.end] === '番') return make(times.end + 1, 2 ** times.value, '倍');
  }
  if (text.startsWith('半数', at) && !/[一大小]/u.test(text[at - 1] ?? '')) return make(at + 2, 50, '%');
  if (text.startsWith('过半', at) && /[,\uff0c。;、\n]|^$/u.test(text[at + 2] ?? '')) return make(at + 2, 50, '%', '>');
  if ((text[at] === '几' || text[at] === '数') && /^[十百千万亿]/u.test(text.slice(at + 1, at + 2)) && !/[指倍次人个位参系]/u.test(text[at - 1] ?? '')) {
    let end = at + 1;
    while ('十百千万亿'.includes(text[end] ?? ' ')) end++;
    const unit = readUnit(text, end);
    if (unit !== null) return make(end + unit.written.length, null, unit.unit, '~');
  }
  return null;
}

/** Blanks where nothing else was found. */
function withBlanks(text: string, found: Quantity[], names: readonly (readonly [number, number])[], blanks: readonly Blank[], may: May): Quantity[] {
  if (blanks.length === 0) return found;
  const taken = [...found.map(({ span }) => span), ...names].toSorted((a, b) => a[0] - b[0]);
  let i = 0;
  const extra: Quantity[] = [];
  for (const { span, unit } of blanks) {
    while (i < taken.length && taken[i][1] <= span[0]) i++;
    if (i < taken.length && taken[i][0] < span[1]) continue;
    let at = 0;
    while ('万亿千百'.includes(unit[at] ?? ' ') && at < unit.length - 1) at++;
    const named = readUnit(unit, at);
    extra.push({ span, text: text.slice(span[0], span[1]), value: null, upper: null, comparator: '=', unit: named?.unit ?? unit.slice(at), sense: readSense(text, span[0], unit, may), masked: true, approximate: false });
  }
  return [...found, ...extra].toSorted((a, b) => a.span[0] - b.span[0]);
}
