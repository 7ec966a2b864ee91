/**
 * Finds the times a text names and resolves them against the publication date. What cannot be resolved is reported with `from` and `to`
 * null, never guessed. One pass: a table of first characters sends a position to the reader that may begin there.
 */
import type { IsoDay, Span, TimeExpression } from '../model.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import { foldWidth } from '../numerals/fold-width.ts';
import { NUMERAL_CODES, readNumeral, startsNumeral } from '../numerals/read-numeral.ts';
import { addDays, addMonths, isDate, isoDay } from './calendar.ts';
import { addWorkingDays } from './holidays.ts';
import type { Frame, Moment, YearFrame } from './read-moment.ts';
import { mayBeRelative, rangeMarkEnd, readBareEnd, readCentury, readDatedMoment, readFeastMoment, readLetterMoment, readLunar, readOtherEra, readPlanMoment, readQuarterMoment, readRelativeMoment, readWeekday, readYearInQuestion, skipBlanks } from './read-moment.ts';
import { MAY_HOLD_SEASON, readSeason, readSeasonOfYear, SEASON_FIRST } from './seasons.ts';

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
const WORD = 1, EVENT_NAME = 2, AMOUNT = 4, CALENDAR = 8, SEASON = 16, MASKED = 32;
const FIRST = new Uint8Array(65_536);
const mark = (chars: Iterable<string>, bit: number): void => { for (const char of chars) FIRST[char.charCodeAt(0)] |= bit; };
mark(FUZZY, WORD);
mark(RECURRENT, WORD);
mark('过每', WORD);
mark('市省县区州党全第二十改新建撤换本', EVENT_NAME);
mark('半再利用经通花未今接过最近前', AMOUNT);
mark('年月今明后去前上下本昨第“"「‘元春清端中国劳重民令平昭光康乾宣西公佛五七八十这次翌当同周星农阴旧腊正Q从自即现', CALENDAR);
mark(SEASON_FIRST, SEASON);
mark('0123456789*×xX_■□△▇█', MASKED);
for (const code of NUMERAL_CODES) FIRST[code] |= AMOUNT | CALENDAR;

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
  const has: Has = { events: SINCE.test(text), masks: MASKS.test(text), seasons: MAY_HOLD_SEASON.test(text) };
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 0x3002 || code === 0x0a || code === 0x21 || code === 0x3f) sentence = null;
    if (FIRST[code] === 0) {
      i++;
      continue;
    }
    if (startsNumeral(code) && isListNumber(text, i)) {
      // 2．8月20日前: the number of the clause, and then the day.
      i = text.indexOf('.', i) + 1;
      continue;
    }
    const read = readTimeAt(text, i, { publishedAt, sentence }, has);
    const hit = read === null ? null : notPast(text, beforeSeason(text, withYearBefore(text, read, found[found.length - 1]?.span[1] ?? 0)), publishedAt);
    if (hit === null) {
      // A number that begins no time is passed over whole, so that a long one is read once.
      const numeral = startsNumeral(code) ? readNumeral(text, i) : null;
      i = numeral === null ? i + 1 : Math.max(numeral.end, i + 1);
      continue;
    }
    // 到2030年 and 2000年以前 say nothing about a later 6月.
    if (hit.year !== undefined && (hit.year !== null || (hit.relative && publishedAt === null)) && !(hit.kind === 'deadline' && hit.rule.endsWith('-year'))) sentence = { year: hit.year, rule: 'sentence', relative: hit.relative, month: monthOf(hit) };
    const span: Span = [hit.start, hit.end];
    found.push({ span, text: source.slice(hit.start, hit.end), from: hit.from, to: hit.to, kind: hit.kind, rule: hit.rule, relative: hit.relative });
    i = hit.end;
  }
  return found;
}

/** 2025年×月×日前, 20XX年, __年底前: a date with figures hidden or still to be filled in. What is left of it is no date. */
const MASKED_DATE = /(?:[0-9*×xX_■□△▇█]{1,12}[ ]?年)?(?:[0-9*×xX_■□△▇█]{1,12}[ ]?月)?(?:[0-9*×xX_■□△▇█]{1,12}[ ]?[日号])?(?:[底末初]|[上中下]旬)?(?:之前|以前|前(?![三两二四期])|以内|内(?![容部])|起)?/y;
const MASKS = /[*×xX_■□△▇█]/;
function readMaskedDate(text: string, at: number): Found | null {
  // Most figures have no mask beside them.
  let end = at;
  while (end < text.length && end < at + 12 && FIRST[text.charCodeAt(end)] >= MASKED) end++;
  const isLead = MASKS.test(text.slice(at, end)) || (text[end] === '年' && MASKS.test(text.slice(end + 1, end + 2)));
  if (!isLead || (at > 0 && FIRST[text.charCodeAt(at - 1)] >= MASKED) || /[A-Za-z.]/u.test(text[at - 1] ?? '')) return null;
  MASKED_DATE.lastIndex = at;
  const words = MASKED_DATE.exec(text)?.[0] ?? '';
  // X年 alone is as likely so many years.
  if (!/[年月日号]/u.test(words) || !MASKS.test(words) || /^[^0-9]{1,2}年$/u.test(words)) return null;
  return plain(at, at + words.length, /[前内]$/u.test(words) ? 'deadline' : 'point', 'not-understood');
}

/** What a text has anywhere at all: what it lacks is not looked for. */
interface Has {
  readonly events: boolean;
  readonly masks: boolean;
  readonly seasons: boolean;
}

function readTimeAt(text: string, at: number, frame: Frame, has: Has): Found | null {
  const readers = FIRST[text.charCodeAt(at)];
  return ((readers & MASKED) === 0 || !has.masks ? null : readMaskedDate(text, at)) ?? ((readers & WORD) === 0 ? null : readWords(text, at)) ?? ((readers & EVENT_NAME) === 0 || !has.events ? null : readSinceEvent(text, at))
    ?? ((readers & AMOUNT) === 0 ? null : readAmount(text, at, frame)) ?? ((readers & CALENDAR) === 0 ? null : readFromNow(text, at, frame) ?? readCalendar(text, at, frame)) ?? ((readers & SEASON) === 0 || !has.seasons ? null : readUndated(text, at));
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

/** 2026年汛期前, 明年秋季开学前, 今年夏天: a season or an event of that year whose day the text does not give. The whole year would be wrong. */
function beforeSeason(text: string, hit: Found): Found {
  if (text[hit.end - 1] !== '年' || hit.rule === 'not-understood') return hit;
  const season = readSeasonOfYear(text, hit.end);
  return season === null ? hit : { start: hit.start, end: season.end, from: null, to: null, kind: season.kind, rule: season.rule, relative: false };
}

function readUndated(text: string, at: number): Found | null {
  const season = readSeason(text, at);
  return season === null ? null : plain(at, season.end, season.kind, season.rule);
}

/** 2.8月20日前, 1.2025年底前 at the beginning of a paragraph: the number of a clause and a date, no 2.8 and no 1.2025. */
const LIST_NUMBER = /[1-9][0-9]?\.(?=(?:1[0-2]|[1-9])月(?:[0-9上中下底末初前份,，]|$)|(?:19|20)[0-9]{2}年)/y;
function isListNumber(text: string, at: number): boolean {
  if (at > 0 && text[at - 1] !== '\n') return false;
  LIST_NUMBER.lastIndex = at;
  return LIST_NUMBER.test(text);
}

function isAfterListNumber(text: string, at: number): boolean {
  if (text[at - 1] !== '.') return false;
  const start = /[0-9]/u.test(text[at - 3] ?? '') ? at - 3 : at - 2;
  return start >= 0 && isListNumber(text, start);
}

/** The month of a day or month that was named, for a later 15日前 of the sentence. */
function monthOf({ rule, to }: Found): string | null {
  return to !== null && /-(?:day|month)$/u.test(rule) ? to.slice(0, 7) : null;
}

/** Longest time that a deadline without a year may be past on the day of publication and still be the one of that year. */
const DONE = /^[^,\uff0c。;\n]{0,16}(?:已|了|曾|共计?|累计)/u;

/**
 * 6月底前 in a paper of August: of that year, and the paper came late, or of the next? Nobody can tell: no date. A feast (春节前) that was two
 * months ago and more comes again; what was done (元旦前已…) was done.
 */
function notPast(text: string, hit: Found, publishedAt: IsoDay | null): Found {
  if (publishedAt === null || !hit.relative || hit.to === null || hit.to >= publishedAt || hit.kind !== 'deadline' || hit.rule.startsWith('sentence')) return hit;
  const first = text[hit.start];
  if (!startsNumeral(first.charCodeAt(0)) && !'第Q上下'.includes(first) && hit.rule !== 'relative-year-part') return hit;
  if (/^(?:上[年个月周季]|上[年月])/u.test(text.slice(hit.start, hit.start + 2)) || DONE.test(text.slice(hit.end, hit.end + 20))) return hit;
  return { ...hit, from: null, to: null, rule: 'past-or-next' };
}

const plain = (start: number, end: number, kind: Kind, rule: string, relative = false): Found => ({ start, end, from: null, to: null, kind, rule, relative });

function readWords(text: string, at: number): Found | null {
  const fuzzy = FUZZY_WORDS.find(text, at)?.word;
  if (fuzzy !== undefined && !(fuzzy === '目前' && text[at - 1] === '项') && !(fuzzy === '日前' && /[0-9一二三四五六七八九十廿当次工同明昨今近]/u.test(text[at - 1] ?? ''))) return plain(at, at + fuzzy.length, 'fuzzy', 'fuzzy');
  if (text[at] === '每') {
    const numeral = readNumeral(text, at + 1);
    const unit = numeral === null ? undefined : ['年', '个月', '个季度', '季度', '周', '天'].find((word) => text.startsWith(word, numeral.end));
    if (numeral !== null && unit !== undefined) return plain(at, numeral.end + unit.length, 'recurrent', 'recurrent');
  }
  if (text.startsWith('过去', at) && /^[,\uff0c、]/u.test(text.slice(at + 2, at + 3))) return plain(at, at + 2, 'fuzzy', 'fuzzy');
  const recurrent = RECURRENT_WORDS.find(text, at)?.word;
  if (recurrent === undefined || (text[at] === '每' && text[at + recurrent.length] === '度') || (recurrent === '年年' && /[底末初中内终前度]/u.test(text[at + 2] ?? ''))) return null;
  return plain(at, withRecurrentDay(text, at + recurrent.length), 'recurrent', 'recurrent');
}

/** 每年6月底前, 每月10日前: the day within the recurrence belongs to it and to no year. */
const WITHIN = /的?(?:(?:末月|首月|第[一二三]个?月)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]|末月|首月|第[一二三]个?月|[上中下]旬|[末初](?=前|的?[0-9]|[,\uff0c。;、]|$)|[一二三四五六日天](?![次个项名件场期轮至到—、—]))(?:之前|以前|前)?/uy;
function withRecurrentDay(text: string, at: number): number {
  if (text[at - 1] === '度' || text[at - 1] === '周' || text[at - 1] === '月') {
    WITHIN.lastIndex = at;
    const within = WITHIN.exec(text);
    if (within !== null && (text[at - 1] === '周' || !/^的?[一二三四五六日天]/u.test(within[0]) || /[日号]/u.test(within[0]))) return at + within[0].length;
  }
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
  const months = counts === 'month' ? high * MONTHS_PER[amount.unit] : 0;
  // 半个月 is fifteen days.
  const to = counts === 'work' ? addWorkingDays(publishedAt, high) : counts === 'day' ? addDays(publishedAt, high * DAYS_PER[amount.unit]) : addDays(addMonths(publishedAt, Math.floor(months)), months % 1 === 0 ? 0 : 15);
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

/** 即日起, 从现在起, 即日起至12月31日: from the day of publication. */
const FROM_NOW = /(?:[自从])?(?:即日|现在|今日)起(?:始|开始)?/uy;
function readFromNow(text: string, at: number, frame: Frame): Found | null {
  FROM_NOW.lastIndex = at;
  const match = '自从即现今'.includes(text[at]) ? FROM_NOW.exec(text) : null;
  if (match === null) return null;
  const from = frame.publishedAt, end = at + match[0].length;
  const next = text[end] === ',' || text[end] === '\uff0c' ? -1 : rangeMarkEnd(text, end);
  const until = next < 0 ? null : readMoment(text, next, frame);
  if (until === null) return { start: at, end, from, to: null, kind: 'period', rule: 'from-now', relative: true };
  const whole = applySuffix(text, at, until, 'deadline');
  return { ...whole, from: whole.to === null ? null : from, rule: 'from-now', relative: true };
}

/** 15日前 without a month: of the month named before in the sentence; else nobody can say (开工15日前 counts days). */
function readBareDay(text: string, at: number, { sentence }: Frame): Moment | null {
  const day = readNumeral(text, at);
  if (day === null || day.value === null || day.fraction || day.approximate || !Number.isInteger(day.value) || day.value < 1 || day.value > 31 || (text[day.end] !== '日' && text[day.end] !== '号')) return null;
  const end = day.end + 1;
  if (!/^(?:之前|以前|前(?![期三两二四]))/u.test(text.slice(end, end + 2)) || /[0-9A-Za-z第.]/u.test(text[at - 1] ?? '')) return null;
  const month = sentence?.month ?? null;
  const isDay = month !== null && !/[\u4e00-\u9fff]/u.test((text[at - 1] ?? ' ').replace(/[在于到至须请并、]/u, ' '));
  const iso = isDay ? `${month}-${String(day.value).padStart(2, '0')}` : null;
  const isReal = iso !== null && isDate(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), day.value);
  return { end, span: isReal && iso !== null ? { from: iso, to: iso } : null, grain: 'day', rule: isReal ? 'sentence-month-day' : 'month-in-question', relative: isReal && sentence !== null && sentence.relative, year: null };
}

/** 次月5日前, 当月20日前: of a month that the text alone does not tell. */
const MONTH_IN_QUESTION = /[次当翌同]月(?:[底末初]|[上中下]旬|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?/uy;
function readMonthInQuestion(text: string, at: number): Moment | null {
  MONTH_IN_QUESTION.lastIndex = at;
  const match = MONTH_IN_QUESTION.exec(text);
  if (match === null || (match[0].length === 2 && !/^(?:之前|以前|前|内)/u.test(text.slice(at + 2, at + 4)))) return null;
  return { end: at + match[0].length, span: null, grain: 'day', rule: 'month-in-question', relative: false, year: null };
}

/** The reader for a character, then prefix and suffix. */
function readCalendar(text: string, at: number, frame: Frame): Found | null {
  const moment = readMoment(text, at, frame);
  if (moment === null) return null;
  const whole = extendRange(text, moment, frame);
  const prefix = !LAST_OF_PREFIX.has(text[skipBack(text, at) - 1] ?? '') ? undefined : PREFIXES.find(([word]) => text.startsWith(word, skipBack(text, at) - word.length) && skipBack(text, at) - word.length >= 0);
  const prefixStart = prefix === undefined ? at : skipBack(text, at) - prefix[0].length;
  const until = prefix !== undefined && !(prefix[0].length === 1 && prefix[1] === 'deadline' && NOT_UNTIL.test(text.slice(Math.max(0, prefixStart - 1), prefixStart)));
  return withinFrom(text, applySuffix(text, until ? prefixStart : at, next(text, whole, frame, at), until ? prefix[1] : null));
}

const WITHIN_FROM = /^(?:之内|以内|内(?![部容需外地])|时间内)/u;
/** 2012年起5年内, 2025年7月起半年内: counted from the day named, not from the publication; both ends are known. */
function withinFrom(text: string, hit: Found): Found {
  if (hit.kind !== 'period' || hit.from === null || hit.to !== null || !/[起始]$/u.test(text.slice(hit.end - 1, hit.end))) return hit;
  const amount = readAmountOf(text, hit.end);
  const word = amount === null || amount.counts !== 'month' ? undefined : WITHIN_FROM.exec(text.slice(amount.end, amount.end + 3))?.[0];
  if (amount === null || word === undefined) return hit;
  const months = amount.high * MONTHS_PER[amount.unit];
  if (!Number.isInteger(months)) return hit;
  return { ...hit, end: amount.end + word.length, to: addDays(addMonths(hit.from, months), -1), kind: 'deadline', rule: 'within-years-from' };
}

/** A feast without its year (春节前, in August): the coming one, where the last is two months past; nobody can say, where it is nearer. */
function next(text: string, moment: Moment, { publishedAt, sentence }: Frame, at: number): Moment {
  if (moment.grain !== 'feast' || !moment.relative || publishedAt === null || sentence !== null || moment.span === null || moment.span.to >= publishedAt || !/^[“"]?[元春清端中国劳重五七八十]/u.test(text.slice(at, at + 2))) return moment;
  const isNear = addDays(moment.span.to, PAST_DAYS) >= publishedAt;
  const turns = /^(?:之?前|以前|之?后|以后)(?!前|后)/u.test(text.slice(moment.end, moment.end + 3));
  if ((!turns && isNear) || DONE.test(text.slice(moment.end + 1, moment.end + 20))) return moment;
  const year = Number(publishedAt.slice(0, 4)) + 1;
  const coming = readMoment(text, at, { publishedAt: `${year}-01-01`, sentence: null }) ?? moment;
  // 元旦 at the end of December: the one at hand.
  const isAtHand = coming.span !== null && coming.span.from <= addDays(publishedAt, PAST_DAYS);
  return (turns && !isNear) || (!isNear && isAtHand) ? coming : { ...moment, span: null, rule: 'past-or-next' };
}
const PAST_DAYS = 60;

function skipBack(text: string, at: number): number {
  return text[at - 1] === ' ' ? at - 1 : at;
}

const WITHOUT_YEAR = new Set('次翌当同');
const FEAST_FIRST = new Set('五七八十元春清端中国劳重“');
const PLAN_FIRST = new Set('“"「‘十');
function readMoment(text: string, at: number, frame: Frame): Moment | null {
  const code = text.charCodeAt(at);
  const plan = PLAN_FIRST.has(text[at]) ? readPlanMoment(text, at) : null;
  if (plan !== null) return plan;
  if (startsNumeral(code) || text[at] === '第') {
    const before = text[at - 1] ?? '';
    if (startsNumeral(code) && /[A-Za-z0-9.．第]/u.test(before) && !isAfterListNumber(text, at)) return null;
    if (text[at] === '第') return readQuarterMoment(text, at, frame);
    if (/(?:农历|阴历|旧历)$/u.test(text.slice(Math.max(0, at - 2), at))) return null;
    return readDatedMoment(text, at, frame) ?? readBareDay(text, at, frame) ?? (FEAST_FIRST.has(text[at]) ? readFeastMoment(text, at, frame) : null);
  }
  const char = text[at];
  if (char === '年' || char === '月') return readBareEnd(text, at, frame);
  if (FEAST_FIRST.has(char)) return readFeastMoment(text, at, frame);
  if (WITHOUT_YEAR.has(char)) return readYearInQuestion(text, at, frame) ?? readMonthInQuestion(text, at);
  if (char === '周' || char === '星') return readWeekday(text, at, frame);
  if (char === 'Q') return readLetterMoment(text, at, frame);
  if ('农阴旧腊正'.includes(char)) return readLunar(text, at);
  return mayBeRelative(text, at) ? readRelativeMoment(text, at, frame) ?? readCentury(text, at) ?? readOtherEra(text, at) : null;
}

/** 2025年至2027年, 6月1日至9月30日: two moments and a mark between them are one range. */
function extendRange(text: string, first: Moment, frame: Frame): Moment {
  // 从9月1日起至次年8月31日止
  const next = rangeMarkEnd(text, text[first.end] === '起' ? first.end + 1 : first.end);
  if (next < 0 || first.grain === 'range' || !startsNumeral(text.charCodeAt(next)) && !/[今明后本下次翌“十]/u.test(text[next] ?? '')) return first;
  const second = readMoment(text, next, { ...frame, sentence: { year: first.year, rule: 'sentence', relative: first.relative } }) ?? readDayOf(text, next, first);
  if (second === null) return first;
  if (first.span !== null && second.span !== null && second.span.to < first.span.from) return first;
  const known = first.span !== null && second.span !== null;
  return {
    end: second.end, span: known ? { from: first.span.from, to: second.span.to } : null, grain: 'range',
    rule: first.grain === 'day' && second.grain === 'day' ? 'day-range' : first.grain === 'year' && second.grain === 'year' ? 'year-range' : 'range', relative: first.relative || second.relative, year: second.year,
  };
}

/** 10月1日至7日: a day of the same month. */
function readDayOf(text: string, at: number, first: Moment): Moment | null {
  const day = first.grain === 'day' && startsNumeral(text.charCodeAt(at)) ? readNumeral(text, at) : null;
  if (day === null || day.value === null || !Number.isInteger(day.value) || day.value < 1 || day.value > 31 || (text[day.end] !== '日' && text[day.end] !== '号') || text[day.end + 1] === '内') return null;
  const end = day.end + 1;
  if (first.span === null) return { ...first, end };
  const year = Number(first.span.from.slice(0, 4)), month = Number(first.span.from.slice(5, 7));
  if (!isDate(year, month, day.value)) return null;
  const iso = isoDay(year, month, day.value);
  return { ...first, end, span: { from: iso, to: iso } };
}

const SUFFIXES: readonly (readonly [string, 'before' | 'within' | 'since' | 'after' | 'until' | 'during' | 'about'])[] = [
  ['以前', 'before'], ['之前', 'before'], ['前夕', 'before'], ['前后', 'about'], ['前', 'before'], ['以内', 'within'], ['之内', 'within'], ['内', 'within'], ['以来', 'since'], ['以后', 'after'], ['之后', 'after'], ['起', 'since'],
  ['开始', 'since'], ['为止', 'until'], ['止', 'until'], ['期间', 'during'], ['左右', 'about'], ['后', 'after'], ['至今', 'since'], ['来', 'since'],
];
/** 前 as part of another word: 年底前 is a deadline, 2025年前三季度 and 前列 are not. */
const NOT_SUFFIX = /^(前[三两二一四列沿瞻景期往述所言端十]|前提(?![出交请报供高升])|后[续期备勤劲]|内[部容需外]|来[自看说源]|起[步草点到]|止[损血])/u;

function applySuffix(text: string, start: number, moment: Moment, prefix: 'deadline' | 'asof' | 'from' | null): Found {
  const { span, grain, rule, relative, year } = moment;
  const at = skipBlanks(text, moment.end);
  const matched = NOT_SUFFIX.test(text.slice(at, at + 3)) ? undefined : SUFFIXES.find(([word]) => text.startsWith(word, at));
  const end = matched === undefined ? moment.end : at + matched[0].length;
  const make = (kind: Kind, from: IsoDay | null, to: IsoDay | null, ruleName = rule): Found => ({ start, end, from, to, kind, rule: ruleName, relative, year });
  const first = span?.from ?? null, last = span?.to ?? null;
  switch (matched?.[1]) {
    case 'before': {
      // 底前, 8月28日前: that day included. 2030年前, 6月前, 国庆前: the year, month or feast itself not.
      const inclusive = grain === 'day' || grain === 'part' || grain === 'range';
      if (inclusive) return make('deadline', null, last);
      return make('deadline', null, first === null ? null : addDays(first, -1), first === null && (rule.endsWith('question') || rule === 'past-or-next' || rule === 'other-era') ? rule : `before-${grain}`);
    }
    case 'within': return make('deadline', null, last);
    case 'since': return make('period', first, null);
    case 'after': return make('period', last === null ? null : addDays(last, 1), null);
    case 'until': return grain === 'range' ? make('period', first, last) : make('deadline', null, last);
    case 'during': return make('period', first, last);
    case 'about': return make('point', first, last);
    default: break;
  }
  if (prefix === 'deadline' && grain !== 'range') return make('deadline', null, last);
  if (prefix === 'asof') return make('point', grain === 'range' ? first : last, last);
  if (prefix === 'from') return make('period', first, grain === 'range' ? last : null);
  return make(grain === 'plan' || grain === 'range' || grain === 'quarter' || grain === 'half' ? 'period' : 'point', first, last);
}
