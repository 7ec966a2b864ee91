/**
 * Finds the times a text names and resolves them against the publication date. What cannot be resolved is reported with `from` and `to`
 * null, never guessed. One pass: a table of first characters sends a position to the reader that may begin there.
 */
import type { IsoDay, Span, TimeExpression } from '../model.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import { foldWidth } from '../numerals/fold-width.ts';
import { readNumeral, startsNumeral } from '../numerals/read-numeral.ts';
import { addDays, addMonths } from './calendar.ts';
import { addWorkingDays } from './holidays.ts';
import type { Frame, Moment, YearFrame } from './read-moment.ts';
import { mayBeRelative, rangeMarkEnd, readBareEnd, readCentury, readDatedMoment, readFeastMoment, readOtherEra, readPlanMoment, readQuarterMoment, readRelativeMoment, skipBlanks } from './read-moment.ts';

type Kind = TimeExpression['kind'];

/** Words for no particular time; longest first. `null`: they resolve to nothing by nature. */
const FUZZY = [
  '近年来', '近几年来', '近些年来', '近几年', '近些年', '这些年来', '这些年', '这几年', '这两年', '近两年来', '近期', '近来', '当前和今后一个时期', '当前', '目前', '现阶段', '长期以来', '一直以来', '多年来', '多年以来', '前段时间', '前一阶段',
  '一段时间以来', '一段时期以来', '今后一段时期', '今后一个时期', '未来一段时期', '未来一个时期', '下一阶段', '现如今', '如今', '日前', '眼下',
];

const RECURRENT = ['每半年', '每年度', '每年', '每季度', '每个季度', '每月', '每个月', '每周', '每日', '每天', '每旬', '逐年', '逐月', '逐季度', '按月', '按季度', '按年度', '年年'];

const matcherOf = (words: readonly string[]): WordMatcher<true> => new WordMatcher(words.map((word) => [word, true]));
const FUZZY_WORDS = matcherOf(FUZZY), RECURRENT_WORDS = matcherOf(RECURRENT);

/** Which readers a character may begin, as bits; 0: it is passed over in one step. */
const WORD = 1, EVENT_NAME = 2, AMOUNT = 4, CALENDAR = 8;
const FIRST = new Uint8Array(65_536);
const mark = (chars: Iterable<string>, bit: number): void => { for (const char of chars) FIRST[char.charCodeAt(0)] |= bit; };
mark(FUZZY, WORD);
mark(RECURRENT, WORD);
mark('过每', WORD);
mark('市省县区州党全第二十改新建撤换本', EVENT_NAME);
mark('半再利用经通花未今接过最近前', AMOUNT);
mark('年月今明后去前上下本昨第“"「‘元春清端中国劳重民令平昭光康乾宣西公佛五七八十', CALENDAR);
for (let code = 0; code < 65_536; code++) if (startsNumeral(code)) FIRST[code] |= AMOUNT | CALENDAR;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly from: IsoDay | null;
  readonly to: IsoDay | null;
  readonly kind: Kind;
  readonly rule: string;
  readonly relative: boolean;
  readonly year?: number | null;
}

const SINCE = /以来/u;
export function readTimes(source: string, options: { readonly publishedAt?: IsoDay | null }): TimeExpression[] {
  const text = foldWidth(source);
  const publishedAt = options.publishedAt ?? null;
  const found: TimeExpression[] = [];
  let sentence: YearFrame | null = null, i = 0;
  // A pattern, not `includes`: V8 holds that for pure and may ask it again at every turn of the loop, which is a search of the whole text each.
  const hasEvents = SINCE.test(text);
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 0x3002 || code === 0x0a || code === 0x21 || code === 0x3f) sentence = null;
    if (FIRST[code] === 0) {
      i++;
      continue;
    }
    const read = readTimeAt(text, i, { publishedAt, sentence }, hasEvents);
    const hit = read === null ? null : beforeSeason(text, withYearBefore(text, read, found[found.length - 1]?.span[1] ?? 0));
    if (hit === null) {
      // A number that begins no time is passed over whole, so that a long one is read once.
      const numeral = startsNumeral(code) ? readNumeral(text, i) : null;
      i = numeral === null ? i + 1 : Math.max(numeral.end, i + 1);
      continue;
    }
    // 到2030年 and 2000年以前 say nothing about a later 6月.
    if (hit.year !== undefined && (hit.year !== null || hit.relative) && !(hit.kind === 'deadline' && hit.rule.endsWith('-year'))) sentence = { year: hit.year, rule: 'sentence', relative: hit.relative };
    const span: Span = [hit.start, hit.end];
    found.push({ span, text: source.slice(hit.start, hit.end), from: hit.from, to: hit.to, kind: hit.kind, rule: hit.rule, relative: hit.relative });
    i = hit.end;
  }
  return found;
}

function readTimeAt(text: string, at: number, frame: Frame, hasEvents: boolean): Found | null {
  const readers = FIRST[text.charCodeAt(at)];
  return ((readers & WORD) === 0 ? null : readWords(text, at)) ?? ((readers & EVENT_NAME) === 0 || !hasEvents ? null : readSinceEvent(text, at))
    ?? ((readers & AMOUNT) === 0 ? null : readAmount(text, at, frame)) ?? ((readers & CALENDAR) === 0 ? null : readCalendar(text, at, frame));
}

/** A number before 年 that is no year (99999年底, 公元0年底, 0000年12月31日, 第2年底) was meant to say which: what follows it is not of the year of publication. `free`: where the time before it ends. */
function withYearBefore(text: string, hit: Found, free: number): Found {
  const isCounted = text[hit.start] === '年' || (startsNumeral(text.charCodeAt(hit.start)) && text[hit.start - 1] === '年');
  let start = text[hit.start] === '年' ? hit.start : hit.start - 1;
  if (!isCounted || start <= free || !startsNumeral(text.charCodeAt(start - 1))) return hit;
  const least = Math.max(free, start - LONGEST_NUMBER);
  while (start > least && startsNumeral(text.charCodeAt(start - 1))) start--;
  return { start, end: hit.end, from: null, to: null, kind: hit.kind, rule: 'not-understood', relative: false };
}
const LONGEST_NUMBER = 40;

/** 2026年汛期前, 明年秋季开学前: before a season or an event of that year whose day the text does not give. The end of the year would be wrong. */
const SEASON = /的?(?:(?:[春秋]季)?开学|主?汛期|入汛|雨季|梅雨季节?|台风季节?|[采供]暖[季期]?|[春夏秋冬]季|入[春夏秋冬]|高考|中考|农忙|两会|汛)(?:来临|到来|开始)?(?:之前|以前|前)(?!期|提|后|列)/uy;
function beforeSeason(text: string, hit: Found): Found {
  if (text[hit.end - 1] !== '年' || hit.rule === 'not-understood') return hit;
  SEASON.lastIndex = hit.end;
  const match = SEASON.exec(text);
  return match === null ? hit : { start: hit.start, end: hit.end + match[0].length, from: null, to: null, kind: 'deadline', rule: 'before-season', relative: false };
}

const plain = (start: number, end: number, kind: Kind, rule: string, relative = false): Found => ({ start, end, from: null, to: null, kind, rule, relative });

function readWords(text: string, at: number): Found | null {
  const fuzzy = FUZZY_WORDS.find(text, at)?.word;
  if (fuzzy !== undefined && !(fuzzy === '目前' && text[at - 1] === '项')) return plain(at, at + fuzzy.length, 'fuzzy', 'fuzzy');
  if (text[at] === '每') {
    const numeral = readNumeral(text, at + 1);
    const unit = numeral === null ? undefined : ['年', '个月', '个季度', '季度', '周', '天'].find((word) => text.startsWith(word, numeral.end));
    if (numeral !== null && unit !== undefined) return plain(at, numeral.end + unit.length, 'recurrent', 'recurrent');
  }
  if (text.startsWith('过去', at) && /^[,\uff0c、]/u.test(text.slice(at + 2, at + 3))) return plain(at, at + 2, 'fuzzy', 'fuzzy');
  const recurrent = RECURRENT_WORDS.find(text, at)?.word;
  if (recurrent === undefined || (text[at] === '每' && text[at + recurrent.length] === '度')) return null;
  return plain(at, withRecurrentDay(text, at + recurrent.length), 'recurrent', 'recurrent');
}

/** 每年6月底前, 每月10日前: the day within the recurrence belongs to it and to no year. */
function withRecurrentDay(text: string, at: number): number {
  const moment = startsNumeral(text.charCodeAt(at)) || text[at] === '年' || text[at] === '月' ? readDatedMoment(text, at, { publishedAt: null, sentence: null }) ?? readBareEnd(text, at, { publishedAt: null, sentence: null }) : null;
  let end = moment?.end ?? at;
  if (moment === null) {
    const day = startsNumeral(text.charCodeAt(at)) ? readNumeral(text, at) : null;
    if (day !== null && day.value !== null && day.value <= 31 && (text[day.end] === '日' || text[day.end] === '号')) end = day.end + 1;
  }
  if (end === at) return at;
  const suffix = ['之前', '以前', '前'].find((word) => text.startsWith(word, end));
  return end + (suffix?.length ?? 0);
}

/** 市第十三次党代会以来, 党的十八大以来, 二十届三中全会以来: since an event whose day the text does not give. */
const EVENT = /(?:[省市县区州]委?|党的|全国)?(?:第?[一二三四五六七八九十]{1,3}(?:大|次(?:党代会|代表大会|党员代表大会|人代会)|届[一二三四五六七八九十]{1,2}(?:中全会|次全会))(?:召开)?|改革开放|新中国成立|建党|建国|建市|撤县设[市区]|本届[政市省县区][府委]?(?:成立|组成)?|换届)以来/uy;
function readSinceEvent(text: string, at: number): Found | null {
  EVENT.lastIndex = at;
  const match = EVENT.exec(text);
  return match === null ? null : plain(at, at + match[0].length, 'period', 'since-event');
}

// ---- amounts of time: 三年内, 再用两年时间, 10个工作日内, 未来五年, 近三年来 ----

const UNITS = new WordMatcher<'month' | 'day' | 'work'>([
  ['个工作日', 'work'], ['工作日', 'work'], ['个季度', 'month'], ['个月', 'month'], ['月', 'month'], ['年', 'month'], ['周年', 'month'], ['个星期', 'day'], ['周', 'day'], ['天', 'day'], ['日', 'day'],
]);
const MONTHS_PER: Readonly<Record<string, number>> = { 年: 12, 个月: 1, 月: 1, 个季度: 3, 周年: 12 };
const DAYS_PER: Readonly<Record<string, number>> = { 天: 1, 日: 1, 周: 7, 个星期: 7 };

interface Amount {
  readonly end: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly counts: 'month' | 'day' | 'work';
}

/** 三, 3—5, 两到三, 半 with 年, 个月, 天 …; 两年半. */
function readAmountOf(text: string, at: number): Amount | null {
  let end: number, low: number, high: number;
  if (text[at] === '半' && (text[at + 1] === '年' || text[at + 1] === '个')) {
    low = high = 0.5;
    end = at + 1;
  } else {
    if (!startsNumeral(text.charCodeAt(at))) return null;
    const first = readNumeral(text, at);
    if (first === null || first.value === null || first.fraction || first.value > 1000) return null;
    low = first.value;
    high = first.upper ?? low;
    end = first.end;
    const bare = text.startsWith('年', end) ? end + 1 : text.startsWith('个月', end) ? end + 2 : end;
    const next = rangeMarkEnd(text, bare);
    if (next >= 0 && startsNumeral(text.charCodeAt(next))) {
      const second = readNumeral(text, next);
      if (second !== null && second.value !== null && second.value > low && second.value <= 1000 && UNITS.find(text, second.end) !== undefined) {
        high = second.value;
        end = second.end;
      }
    }
  }
  end = skipBlanks(text, end);
  const half = text.startsWith('个半月', end);
  if (half) return { end: end + 3, low: low + 0.5, high: high + 0.5, unit: '个月', counts: 'month' };
  const unit = UNITS.find(text, end);
  if (unit === undefined) return null;
  end += unit.word.length;
  if (unit.word === '年' && text[end] === '半') {
    low += 0.5;
    high += 0.5;
    end++;
  }
  return { end, low, high, unit: unit.word, counts: unit.value };
}

const STARTERS = new WordMatcher<'use' | 'next' | 'last'>([
  ['再用', 'use'], ['利用', 'use'], ['用', 'use'], ['经过', 'use'], ['再经过', 'use'], ['通过', 'use'], ['再花', 'use'], ['花', 'use'],
  ['未来', 'next'], ['今后', 'next'], ['接下来', 'next'], ['过去的', 'last'], ['过去', 'last'], ['最近', 'last'], ['近', 'last'], ['前', 'last'],
]);
const ABOUT = matcherOf(['左右的', '左右', '多的', '多', '的', '余']);
const SPAN_WORDS = matcherOf(['时间内', '时间', '期间', '努力', '奋斗', '探索', '建设', '攻坚', '治理', '之内', '以内', '内', '以来', '来']);
const EFFORT = new Set(['努力', '奋斗', '探索', '建设', '攻坚', '治理']);
const BEFORE_NUMBER = matcherOf(['不到', '大约', '约', '近', '的', '最多', '至少']);

function readAmount(text: string, at: number, frame: Frame): Found | null {
  const starter = startsNumeral(text.charCodeAt(at)) ? undefined : STARTERS.find(text, at);
  let i = at + (starter?.word.length ?? 0);
  if (starter !== undefined) {
    i += BEFORE_NUMBER.find(text, i)?.word.length ?? 0;
  }
  const amount = readAmountOf(text, i);
  if (amount === null) return null;
  if (amount.unit === '月') return null;
  // 时间控制在100天以内: how long, not until when.
  if ('在到至过'.includes(text[at - 1] ?? ' ') && /(?:控制|压缩|缩短|压减|限制|稳定|保持)[在到至]$|不得?超过$/u.test(text.slice(Math.max(0, at - 4), at))) return null;
  let end = amount.end;
  const about = ABOUT.find(text, end)?.word;
  const afterAbout = end + (about?.length ?? 0);
  const time = SPAN_WORDS.find(text, afterAbout)?.word;
  const way = starter?.value;
  if (time === '内' && /^[内][部容需外地]/u.test(text.slice(afterAbout, afterAbout + 2))) return null;
  if (time === '来' && /^来[自源看说访]/u.test(text.slice(afterAbout, afterAbout + 2))) return null;
  if (time !== undefined) end = afterAbout + (EFFORT.has(time) ? 0 : time.length);
  if (time !== undefined && EFFORT.has(time)) end = about === '的' ? amount.end : afterAbout;
  if (time === '以来' || time === '来' || way === 'last') {
    // 五年来, 近三年, 过去五年: whole calendar years or up to the day is left open.
    if (amount.unit !== '年' && amount.unit !== '个月' && way !== 'last') return null;
    if (way === 'last' && time === undefined && text[at] === '前') return null;
    return plain(at, end, 'fuzzy', 'last-years');
  }
  if (time === '之内' || time === '以内' || time === '内' || time === '时间内') return resolveAmount(text, at, end, amount, 'deadline', frame);
  if (way === 'next') return resolveAmount(text, at, end, amount, 'duration', frame);
  if (way === 'use' && (time !== undefined || text.startsWith('用', at) || text.startsWith('再用', at))) return resolveAmount(text, at, end, amount, 'duration', frame);
  return null;
}

const FROM_PUBLICATION = /(印发|发布|公布|下发|实施|施行|本通知|本方案|本意见|本办法)[^,\uff0c。;]{0,12}$/u;
const FROM_EVENT = /(之日起|受理|收到|接到|签订|竣工|批复|备案|通过|发生|后)[^,\uff0c。;]{0,4}$/u;
const REPORT = /^[^。;,\uff0c\n]{0,12}(报送|上报|报|反馈|提交|报告)/u;

/**
 * Days and working days count from the publication only where the text says so (自印发之日起) or asks the addressee to report
 * (请于10个工作日内报送); 受理后3个工作日内 is a rule of service and has no date. Years and months count from the publication.
 */
function resolveAmount(text: string, start: number, end: number, amount: Amount, kind: Kind, { publishedAt }: Frame): Found {
  const before = text.slice(Math.max(0, start - 24), start);
  const { counts, high } = amount;
  const fromEvent = FROM_EVENT.test(before) && !(FROM_PUBLICATION.test(before) && /之日起[^,\uff0c。;]{0,4}$/u.test(before));
  const fromPublication = FROM_PUBLICATION.test(before) || (counts === 'month' && !fromEvent) || (!fromEvent && REPORT.test(text.slice(end, end + 20)));
  const rule = counts === 'work' ? 'working-days' : counts === 'day' ? 'days' : kind === 'deadline' ? 'within-years' : 'years-from-now';
  if (!fromPublication) return plain(start, end, kind, 'from-event');
  if (publishedAt === null) return plain(start, end, kind, rule, true);
  const to = counts === 'work' ? addWorkingDays(publishedAt, high) : counts === 'day' ? addDays(publishedAt, high * DAYS_PER[amount.unit]) : addMonths(publishedAt, Math.round(high * MONTHS_PER[amount.unit]));
  return { start, end, from: publishedAt, to, kind, rule, relative: true };
}

// ---- calendar expressions and what stands around them ----

const PREFIXES: readonly (readonly [string, 'deadline' | 'asof' | 'from'])[] = [
  ['截至到', 'asof'], ['截止到', 'asof'], ['截至', 'asof'], ['截止', 'asof'], ['不迟于', 'deadline'], ['不晚于', 'deadline'], ['最迟于', 'deadline'], ['最迟', 'deadline'], ['最晚于', 'deadline'], ['最晚', 'deadline'],
  ['到', 'deadline'], ['至', 'deadline'], ['自', 'from'], ['从', 'from'],
];
const LAST_OF_PREFIX = new Set(PREFIXES.map(([word]) => word[word.length - 1]));
/** Words that end in 到 or 至 and do not point to a date: 提高到2024年的水平. */
const NOT_UNTIL = /[达提增减降升长少加缩压扩控恢回高低大小展推持得直追延溯甚乃以找看想遇碰直]$/u;

/** The reader for a character, then prefix and suffix. */
function readCalendar(text: string, at: number, frame: Frame): Found | null {
  const moment = readMoment(text, at, frame);
  if (moment === null) return null;
  const whole = extendRange(text, moment, frame);
  const prefix = !LAST_OF_PREFIX.has(text[skipBack(text, at) - 1] ?? '') ? undefined : PREFIXES.find(([word]) => text.startsWith(word, skipBack(text, at) - word.length) && skipBack(text, at) - word.length >= 0);
  const prefixStart = prefix === undefined ? at : skipBack(text, at) - prefix[0].length;
  const until = prefix !== undefined && !(prefix[0].length === 1 && prefix[1] === 'deadline' && NOT_UNTIL.test(text.slice(Math.max(0, prefixStart - 1), prefixStart)));
  return applySuffix(text, until ? prefixStart : at, whole, until ? prefix[1] : null);
}

function skipBack(text: string, at: number): number {
  return text[at - 1] === ' ' ? at - 1 : at;
}

const FEAST_FIRST = new Set('五七八十元春清端中国劳重“');
const PLAN_FIRST = new Set('“"「‘十');
function readMoment(text: string, at: number, frame: Frame): Moment | null {
  const code = text.charCodeAt(at);
  const plan = PLAN_FIRST.has(text[at]) ? readPlanMoment(text, at) : null;
  if (plan !== null) return plan;
  if (startsNumeral(code) || text[at] === '第') {
    const before = text[at - 1] ?? '';
    if (startsNumeral(code) && (/[A-Za-z0-9.．第]/u.test(before))) return null;
    if (text[at] === '第') return readQuarterMoment(text, at, frame);
    return readDatedMoment(text, at, frame) ?? (FEAST_FIRST.has(text[at]) ? readFeastMoment(text, at, frame) : null);
  }
  const char = text[at];
  if (char === '年' || char === '月') return readBareEnd(text, at, frame);
  if (FEAST_FIRST.has(char)) return readFeastMoment(text, at, frame);
  return mayBeRelative(text, at) ? readRelativeMoment(text, at, frame) ?? readCentury(text, at) ?? readOtherEra(text, at) : null;
}

/** 2025年至2027年, 6月1日至9月30日: two moments and a mark between them are one range. */
function extendRange(text: string, first: Moment, frame: Frame): Moment {
  const next = rangeMarkEnd(text, first.end);
  if (next < 0 || first.grain === 'range' || !startsNumeral(text.charCodeAt(next)) && !/[今明后本下“十]/u.test(text[next] ?? '')) return first;
  const second = readMoment(text, next, { ...frame, sentence: { year: first.year, rule: 'sentence', relative: first.relative } });
  if (second === null) return first;
  if (first.span !== null && second.span !== null && second.span.to < first.span.from) return first;
  const known = first.span !== null && second.span !== null;
  return {
    end: second.end, span: known ? { from: first.span.from, to: second.span.to } : null, grain: 'range',
    rule: first.grain === 'day' && second.grain === 'day' ? 'day-range' : first.grain === 'year' && second.grain === 'year' ? 'year-range' : 'range', relative: first.relative || second.relative, year: second.year,
  };
}

const SUFFIXES: readonly (readonly [string, 'before' | 'within' | 'since' | 'after' | 'until' | 'during' | 'about'])[] = [
  ['以前', 'before'], ['之前', 'before'], ['前夕', 'before'], ['前后', 'about'], ['前', 'before'], ['以内', 'within'], ['之内', 'within'], ['内', 'within'], ['以来', 'since'], ['以后', 'after'], ['之后', 'after'], ['起', 'since'],
  ['开始', 'since'], ['为止', 'until'], ['止', 'until'], ['期间', 'during'], ['左右', 'about'], ['后', 'after'], ['至今', 'since'], ['来', 'since'],
];
/** 前 as part of another word: 年底前 is a deadline, 2025年前三季度 and 前列 are not. */
const NOT_SUFFIX = /^(前[三两二一四列沿瞻景期提往述所言端十]|后[续期备勤劲]|内[部容需外]|来[自看说源]|起[步草点到]|止[损血])/u;

function applySuffix(text: string, start: number, moment: Moment, prefix: 'deadline' | 'asof' | 'from' | null): Found {
  const { span, grain, rule, relative, year } = moment;
  const at = skipBlanks(text, moment.end);
  const matched = NOT_SUFFIX.test(text.slice(at, at + 2)) ? undefined : SUFFIXES.find(([word]) => text.startsWith(word, at));
  const end = matched === undefined ? moment.end : at + matched[0].length;
  const make = (kind: Kind, from: IsoDay | null, to: IsoDay | null, ruleName = rule): Found => ({ start, end, from, to, kind, rule: ruleName, relative, year });
  const first = span?.from ?? null, last = span?.to ?? null;
  switch (matched?.[1]) {
    case 'before': {
      // 底前, 8月28日前: that day included. 2030年前, 6月前, 国庆前: the year, month or feast itself not.
      const inclusive = grain === 'day' || grain === 'part' || grain === 'range';
      if (inclusive) return make('deadline', null, last);
      return make('deadline', null, first === null ? null : addDays(first, -1), `before-${grain}`);
    }
    case 'within': return make('deadline', null, last);
    case 'since': return make('period', first, null);
    case 'after': return make('period', last === null ? null : addDays(last, 1), null);
    case 'until': return make('deadline', null, last);
    case 'during': return make('period', first, last);
    case 'about': return make('point', first, last);
    default: break;
  }
  if (prefix === 'deadline' && grain !== 'range') return make('deadline', null, last);
  if (prefix === 'asof') return make('point', grain === 'range' ? first : last, last);
  if (prefix === 'from') return make('period', first, grain === 'range' ? last : null);
  return make(grain === 'plan' || grain === 'range' || grain === 'quarter' || grain === 'half' ? 'period' : 'point', first, last);
}
