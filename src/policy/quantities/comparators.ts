/** Words before and after a number that say how it is meant: 不低于80%, 50%以上, 控制在5%以内, 约300个. */
import type { Comparator } from '../model.ts';
import { PatternGate } from '../words/pattern-gate.ts';
import { WordMatcher } from '../words/word-matcher.ts';

export interface Meaning {
  readonly comparator: Comparator;
  readonly approximate: boolean;
  /** Characters that the words take, before or after the number. */
  readonly length: number;
}

type Row = readonly [words: string, comparator: Comparator, approximate?: boolean];

/** 不低于, 不得低于, 不应低于, 不宜低于 …: the bound itself is allowed. */
const NOT = ['不', '不得', '不应', '不宜', '不能', '不可', '不准', '不再', '不应当'];
const negated = (words: readonly string[], comparator: Comparator): Row[] => NOT.flatMap((not) => words.map((word): Row => [`${not}${word}`, comparator]));
const AT_LEAST = negated(['低于', '少于', '小于', '下于', '亚于', '弱于'], '>=');
const AT_MOST = negated(['高于', '超过', '超出', '突破', '多于', '大于', '超'], '<=');

/** What is said before the number. 民法典 art. 1259: 以上, 以下, 以内 include the number; 超过, 不满 do not. */
const BEFORE: readonly Row[] = ([
  ...AT_LEAST, ['至少', '>='], ['最低', '>='], ['最少', '>='], ['大于等于', '>='], ['≥', '>='], ['>=', '>='], ['≧', '>='],
  ...AT_MOST, ['至多', '<='], ['最多', '<='], ['最高不超过', '<='], ['小于等于', '<='], ['≤', '<='], ['<=', '<='], ['≦', '<='],
  ['超过', '>'], ['超出', '>'], ['突破', '>'], ['高于', '>'], ['多于', '>'], ['大于', '>'], ['优于', '>'], ['逾', '>'], ['超', '>'], ['跨越', '>'], ['>', '>'], ['过', '>'],
  ['低于', '<'], ['少于', '<'], ['小于', '<'], ['不足', '<'], ['不到', '<'], ['不满', '<'], ['未满', '<'], ['<', '<'],
  ['大约', '~', true], ['约为', '~', true], ['约', '~', true], ['将近', '~', true], ['接近', '~', true], ['近', '~', true], ['大概', '~', true], ['大致', '~', true], ['上', '>=', true],
] as Row[]).toSorted((a, b) => b[0].length - a[0].length);

/** What is said after number and unit. */
const AFTER = new WordMatcher<Row>(([
  ['及以上', '>='], ['或以上', '>='], ['(含)以上', '>='], ['以上', '>='], ['之上', '>='], ['及以下', '<='], ['(含)以下', '<='], ['以下', '<='], ['以内', '<='], ['之内', '<='], ['内', '<='], ['以外', '>'], ['左右', '~', true], ['上下', '~', true],
] as Row[]).map((row) => [row[0], row]));

/** By their last character, longest first. */
const BEFORE_BY_LAST = new Map<string, Row[]>();
for (const row of BEFORE) {
  const last = row[0][row[0].length - 1], rows = BEFORE_BY_LAST.get(last);
  if (rows === undefined) BEFORE_BY_LAST.set(last, [row]);
  else rows.push(row);
}

const ENDS_ROW = new Uint8Array(65_536);
for (const char of BEFORE_BY_LAST.keys()) ENDS_ROW[char.charCodeAt(0)] = 1;

/** The comparator that ends at `at`; 了, 到 and 至 may stand between (超过了, 不低于). */
export function readBefore(text: string, at: number): Meaning | null {
  let end = at;
  const last = text.charCodeAt(end - 1);
  // 了 or a blank.
  if (last === 0x4e86 || last === 0x20) end--;
  if (end === 0 || ENDS_ROW[text.charCodeAt(end - 1)] === 0) return null;
  const row = BEFORE_BY_LAST.get(text[end - 1] ?? '')?.find(([words]) => end >= words.length && text.startsWith(words, end - words.length));
  if (row === undefined) return null;
  const start = end - row[0].length;
  if (row[0].length === 1 && isPartOfWord(row[0], text, start)) return null;
  return { comparator: row[1], approximate: row[2] ?? false, length: at - start };
}

const DISTANT = new PatternGate();
const AT_LEAST_FAR = DISTANT.add(/(至少|最少|最多|至多)(?!的)[\u4e00-\u9fff]{1,4}$/u);
const BOUND_FAR = DISTANT.add(/不(?:得|应当?|宜|能|可)?(低于|少于|小于|高于|超过|大于|多于)[\u4e00-\u9fff]{1,16}的$/u);

const FAR_BITS = AT_LEAST_FAR.bit | BOUND_FAR.bit;
/** Whether a text has such words at all. */
export function mayBeDistant(text: string): boolean {
  return (DISTANT.scan(text, 0, text.length) & FAR_BITS) !== 0;
}

/** 至少建成一个, 最多保留3处: a verb between the word and the number; the number's span does not reach so far. */
export function readDistant(text: string, at: number): Meaning | null {
  const from = Math.max(0, at - 24);
  const bits = DISTANT.scan(text, from, at);
  if ((bits & FAR_BITS) === 0) return null;
  const near = text.slice(from, at);
  const match = AT_LEAST_FAR.pattern.exec(near);
  if (match !== null) return { comparator: match[1].endsWith('少') ? '>=' : '<=', approximate: false, length: 0 };
  // 不应大于现状总建筑面积的20%.
  const bound = BOUND_FAR.pattern.exec(near);
  return bound === null ? null : { comparator: /[低少小]/u.test(bound[1]) ? '>=' : '<=', approximate: false, length: 0 };
}

/** 超 and 过 of other words (赶超, 通过, 经过), 近 of 附近, 上 of 以上: no comparators. */
function isPartOfWord(word: string, text: string, start: number): boolean {
  const before = text[start - 1] ?? '';
  if (word === '过') return !/[已总均超会量数额人率比户元家]/u.test(before) && !/[百千万亿]/u.test(text[start + 1] ?? '');
  if (word === '超') return /[赶反高]/u.test(before);
  if (word === '近') return /[附最新临就邻亲靠相远]/u.test(before);
  // 点头率要上90%.
  if (word === '上' && /[要再]/u.test(before)) return false;
  if (word === '上') return /[以之]/u.test(before) || !/[百千万亿]/u.test(text[start + 1] ?? '');
  if (word === '约') return /[节集制契条签预合大]/u.test(before);
  return false;
}

/** The comparator that begins at `at`. 内 only after 控制在 and before no other character of its words (内容, 内部). */
export function readAfter(text: string, at: number, held: boolean): Meaning | null {
  const row = AFTER.find(text, at)?.value;
  if (row === undefined || (row[0] === '内' && (!held || /[容部外需]/u.test(text[at + 1] ?? '')))) return null;
  return { comparator: row[1], approximate: row[2] ?? false, length: row[0].length };
}

/** Words of 控制在…以内: the number is a ceiling. */
export const HELD = /(控制|稳定|保持|维持|压减|降|减|缩短|限制|压缩)[到在至]$/u;

/** The comparator of both sides together: what is after wins (不低于80%以上 → ≥), 低于…以下 stays <. */
export function combine(before: Meaning | null, after: Meaning | null): { comparator: Comparator; approximate: boolean } {
  const approximate = (before?.approximate ?? false) || (after?.approximate ?? false);
  if (before !== null && after !== null) return { comparator: before.comparator === '~' ? after.comparator : before.comparator, approximate };
  return { comparator: before?.comparator ?? after?.comparator ?? '=', approximate };
}
