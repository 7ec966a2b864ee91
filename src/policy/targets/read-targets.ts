/**
 * Targets and facts of one passage. A quantity in a clause that says what shall be is a target, in one that reports what is a fact; a state
 * (基本建成, 不断健全, 全部完成) is a target where a deadline stands over it. Rules: docs/policy-reading.md.
 */
import type { Fact, IsoDay, OutlineNode, Quantity, Span, Strength, Target, TimeExpression } from '../model.ts';
import { quantityInSource, sourceSpan, timeInSource } from '../passage.ts';
import type { Passage } from '../passage.ts';
import { listClauses } from './clauses.ts';
import type { TextClause } from './clauses.ts';
import { findLead, findMood, moodOfHeadings, opensWithAct } from './mood.ts';
import type { Mood, Said } from './mood.ts';
import { LEAD, clauseName, exampleOf, nameOfChange, nameSubject, topicOf } from './name-subject.ts';
import { readTables } from './read-tables.ts';

export interface TargetContext {
  /** Spans local to the passage. */
  readonly times: readonly TimeExpression[];
  readonly quantities: readonly Quantity[];
  readonly node: OutlineNode;
  readonly publishedAt: IsoDay | null;
  /** Headings of the sections around it, nearest first. */
  readonly headings?: readonly string[];
}

interface Clause extends TextClause {
  readonly text: string;
  readonly times: TimeExpression[];
  readonly quantities: Quantity[];
  /** Of each quantity: where its statement begins and ends. */
  readonly pieces: Span[];
  readonly said: Said | null;
  mood: Mood | null;
}

export interface TargetReading {
  readonly targets: Omit<Target, 'id'>[];
  readonly facts: Fact[];
  /** Figures of tables that were not understood, spans in the source. */
  readonly unread: readonly Quantity[];
}

export function readTargets(passage: Passage, context: TargetContext): TargetReading {
  const targets: Omit<Target, 'id'>[] = [], facts: Fact[] = [];
  // A title names its subject; what it says by the way stands in the text as well.
  if (context.node.kind === 'title') return { targets, facts, unread: [] };
  const { text } = passage;
  const tables = readTables(passage, () => ({ publishedAt: context.publishedAt, mood: moodOfHeadings([context.node.heading, ...(context.headings ?? [])], context.publishedAt), heading: context.node.heading }));
  if (tables.spans.length === 0 && context.times.length === 0 && context.quantities.length === 0 && !mayEndInState(text)) return { targets, facts, unread: [] };
  let table = 0;
  const sentences = listSentences(text);
  const hasTabs = /\t/u.test(text);
  let heading: Mood | null | undefined;
  const moods = new Map<number, Mood | null>(), leads = new Map<number, Mood | null>();
  let t = 0, q = 0;
  // Mood that the sentence before ended with, in the same paragraph: 去年…。城镇新增就业1269万人。
  let before: Mood | null = null;
  sentences.forEach((sentence, i) => {
    const { start } = sentence[0], { end } = sentence[sentence.length - 1];
    const firstTime = t, firstQuantity = q;
    if (i > 0 && passage.text.slice(sentences[i - 1][sentences[i - 1].length - 1].end, start).includes('\n')) before = null;
    while (t < context.times.length && context.times[t].span[0] < end) t++;
    while (q < context.quantities.length && context.quantities[q].span[0] < end) q++;
    // Most sentences name neither a number nor a time, and can at most hold a state such as 动态清零.
    if (t === firstTime && q === firstQuantity && !sentence.some((clause) => endsInState(passage.text, clause.end))) return;
    while (table < tables.spans.length && tables.spans[table][1] <= start) table++;
    if (table < tables.spans.length && tables.spans[table][0] <= start) return;
    // A row of a table: its cells are no clauses.
    if (hasTabs && passage.text.slice(start, Math.min(end, start + 300)).includes('\t')) return;
    if (heading === undefined) heading = moodOfHeadings([context.node.heading, ...(context.headings ?? [])], context.publishedAt);
    const outer = heading;
    const clauses = prepareClauses(passage.text, sentence, context.times.slice(firstTime, t), context.quantities.slice(firstQuantity, q), context.publishedAt, outer);
    settleMoods(clauses, outer, () => leadBefore(passage.text, sentences, i, leads), () => before ?? moodAround(passage.text, sentences, i, context, outer, moods));
    const had = targets.length + facts.length;
    readSentence(passage, clauses, context.publishedAt, targets, facts);
    // Only what was read carries on: a clause that states nothing says little of the next.
    before = targets.length + facts.length > had ? clauses[clauses.length - 1].mood : null;
  });
  return { targets: inOrder(targets, tables.targets), facts: inOrder(facts, tables.facts), unread: tables.quantities };
}

const inOrder = <T extends { readonly span: Span }>(some: T[], more: readonly T[]): T[] => (more.length === 0 ? some : [...some, ...more].toSorted((a, b) => a.span[0] - b.span[0]));

/** What `read` says of a sentence; each is read at most once. */
function remember(known: Map<number, Mood | null>, index: number, read: () => Mood | null): Mood | null {
  let mood = known.get(index);
  if (mood === undefined) known.set(index, (mood = read()));
  return mood;
}

/** What the nearest of eight sentences before says of the ones after it. */
function leadBefore(text: string, sentences: readonly TextClause[][], index: number, known: Map<number, Mood | null>): Mood | null {
  for (let i = index - 1; i >= 0 && i >= index - 8; i--) {
    const mood = remember(known, i, () => findLead(text.slice(sentences[i][0].start, Math.min(sentences[i][sentences[i].length - 1].end, sentences[i][0].start + 200))));
    if (mood !== null) return mood;
  }
  return null;
}

/** The mood of the nearest sentence that has one, two before or one after. */
function moodAround(text: string, sentences: readonly TextClause[][], index: number, { times, publishedAt }: TargetContext, heading: Mood | null, known: Map<number, Mood | null>): Mood | null {
  for (const i of [index - 1, index - 2, index + 1]) {
    const sentence = sentences[i];
    if (sentence === undefined) continue;
    const { start } = sentence[0], end = Math.min(sentence[sentence.length - 1].end, start + 400);
    // What a time says of its own sentence holds for its neighbours only where it is past: 2024年,完成投资2.9万亿元。297个城市开展体检。
    const mood = remember(known, i, () => findMood(text.slice(start, end), i < index ? timesIn(times, start, end).filter(({ kind, to }) => kind === 'point' && to !== null && publishedAt !== null && to < publishedAt).slice(0, 1) : [], publishedAt, heading)?.mood ?? null);
    if (mood !== null) return mood;
  }
  return null;
}

/** Of ascending times those that begin in [start, end). */
function timesIn(times: readonly TimeExpression[], start: number, end: number): TimeExpression[] {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle].span[0] < start) low = middle + 1;
    else high = middle;
  }
  const found: TimeExpression[] = [];
  for (; low < times.length && times[low].span[0] < end; low++) found.push(times[low]);
  return found;
}

const STATE_ENDS = new Uint8Array(65_536);
for (const char of '零长故盖步增减速平') STATE_ENDS[char.charCodeAt(0)] = 1;
const endsInState = (text: string, end: number): boolean => STATE_ENDS[text.charCodeAt(end - 1)] === 1;

/** Whether one of these characters stands before a mark or the end: else no clause ends in a state. */
function mayEndInState(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (STATE_ENDS[text.charCodeAt(i)] === 1 && (i + 1 === text.length || !isIdeograph(text.charCodeAt(i + 1)))) return true;
  return false;
}
const isIdeograph = (code: number): boolean => code >= 0x4e00 && code < 0xa000;

function listSentences(text: string): TextClause[][] {
  const sentences: TextClause[][] = [];
  for (const clause of listClauses(text)) {
    const last = sentences[sentences.length - 1];
    if (last !== undefined && last[0].sentence === clause.sentence) last.push(clause);
    else sentences.push([clause]);
  }
  return sentences;
}

function readSentence(passage: Passage, clauses: readonly Clause[], publishedAt: IsoDay | null, targets: Omit<Target, 'id'>[], facts: Fact[]): void {
  let scope: Scope | null = null, subject = '';
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i];
    scope = openScope(passage.text, clause, i, scope, publishedAt);
    // 2025年,检查频次压减三成: nothing says that it is done, and the year is not over.
    if (scope !== null && clause.mood === null) clause.mood = 'wanted';
    const before = targets.length + facts.length;
    if (clause.quantities.length > 0) subject = readNumbers(passage, clauses, i, scope, subject, targets, facts);
    // A clause whose numbers state nothing may still say a state: 分两批完成移交.
    if (targets.length + facts.length === before && clause.mood !== 'reported') {
      const state = readState(passage, clauses, i, scope, subject, targets.at(-1)?.state == null ? '' : (targets.at(-1)?.subject ?? ''));
      if (state !== null) {
        targets.push(state);
        subject = state.subject;
      }
    }
  }
}

/** Clauses with the times and quantities that begin in them; all lists ascend, so one pass. */
function prepareClauses(text: string, sentence: readonly TextClause[], times: readonly TimeExpression[], quantities: readonly Quantity[], publishedAt: IsoDay | null, heading: Mood | null): Clause[] {
  let t = 0, q = 0;
  return sentence.map((clause) => {
    const ownTimes: TimeExpression[] = [], ownQuantities: Quantity[] = [];
    for (; t < times.length && times[t].span[0] < clause.end; t++) if (times[t].span[0] >= clause.start) ownTimes.push(times[t]);
    for (; q < quantities.length && quantities[q].span[0] < clause.end; q++) if (quantities[q].span[0] >= clause.start) ownQuantities.push(quantities[q]);
    const words = text.slice(clause.start, clause.end);
    const deciding = ownTimes.filter((time) => !isBaseTime(text, clause, time) && !saysWhich(text, clause, time));
    const own: Clause = { start: clause.start, end: clause.end, sentence: clause.sentence, text: words, times: ownTimes, quantities: ownQuantities, pieces: [], said: findMood(words, deciding, publishedAt, heading), mood: null };
    cutAtNumbers(text, own);
    return own;
  });
}

/** The last 及 that joins: not that of 省级及以上断面. */
function lastAnd(between: string): number {
  const mark = between.lastIndexOf('及');
  return mark >= 0 && between.startsWith('以', mark + 1) ? -1 : mark;
}

/** Where the statement of each number begins and ends: numbers parted by 、 和 及 have a statement each. */
function cutAtNumbers(text: string, { start, end, quantities, pieces }: Clause): void {
  let from = start;
  for (let i = 0; i < quantities.length; i++) {
    const next = quantities[i + 1];
    const between = next === undefined ? '' : text.slice(quantities[i].span[1], next.span[0]);
    const mark = Math.max(between.lastIndexOf('、'), between.lastIndexOf('和'), lastAnd(between));
    const cut = mark < 0 ? -1 : quantities[i].span[1] + mark;
    pieces.push([from, cut >= 0 ? cut : end]);
    if (cut >= 0) from = cut + 1;
    else if (next === undefined && quantities[i].unit === '元') {
      // 安排国债3000亿元支持以旧换新: a second act; 用于 would go on with the first.
      const use = /^(?:专门|专项)?(?:支持|扶持|推动|推进|保障)/u.test(text.slice(quantities[i].span[1], Math.min(end, quantities[i].span[1] + 6)));
      if (use) pieces[pieces.length - 1] = [pieces[pieces.length - 1][0], quantities[i].span[1]];
    }
  }
}

/** A clause without a mood has that of the clause before it in its sentence, else of the next; else what its heading or first verb says. */
function settleMoods(clauses: Clause[], heading: Mood | null, lead: () => Mood | null, around: () => Mood | null): void {
  const strong = clauses.find(({ said }) => said !== null && !said.weak);
  // 控制在3%以内 in a list of what was done last year is reported.
  const outer = strong === undefined ? heading ?? lead() : null;
  const first = strong?.said?.mood ?? (outer === 'reported' ? 'reported' : clauses.find(({ said }) => said !== null)?.said?.mood ?? null);
  let last: Said | null = null, settled: Mood | null = null;
  const near = once(around);
  for (const clause of clauses) {
    const own: Said | null = outer === 'reported' && clause.said?.weak === true ? { mood: 'reported', weak: true } : clause.said;
    if (own !== null && !(own.weak && last !== null && !last.weak)) last = own;
    settled = clause.mood = last?.mood ?? (heading === 'reported' ? heading : first) ?? outer ?? settled ?? (opensWithAct(clause.text) ? 'wanted' : near());
  }
}

/** Asked at most once: a sentence of a million clauses would look around a million times. */
function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | null = null;
  return () => (answer ??= { value: ask() }).value;
}

/** The deadline that stands over the clauses after it: 到2030年, A, B, C. */
interface Scope {
  readonly time: TimeExpression;
  /** Clause that holds nothing but the deadline and words around it: the first statement after it begins there. */
  readonly bareClause: number;
  readonly clause: number;
  /** 今年的主要目标是:…: what follows is a goal, whatever kind of time stands there. */
  readonly isGoal: boolean;
}

const AROUND_TIME = /力争|确保|争取|计划|预计|努力|要|全市|我市|全省|我省|全县|全区|我们|并|同时|各地|各区县|各县区|今年|[一二三四五六七八九十]是|目标是|主要目标|主要|总体|实现|在|用|[,\uff0c]|\s/gu;
/** 到2027年底前,在总结试点经验的基础上,…: what it starts from, and nothing that is to be reached. */
const CIRCUMSTANCE = /^[\s,\uff0c]*(?:在)[^\uff0c,。;\uff1b]*(?:基础上|前提下|条件下|情况下|过程中|的同时)$/u;
/** 完成2000年以前建成小区: the time says which, not until when. */
const SAYS_WHICH = /(?:完成|改造|实施|推进|开展|启动|整治|对|将|把|的|为|和|、|及|[建成工]于)$/u;

function saysWhich(text: string, clause: TextClause, time: TimeExpression): boolean {
  const before = text.slice(Math.max(clause.start, time.span[0] - 3), time.span[0]);
  // 《报告》确定的2021年各项任务: which ones.
  if (time.kind === 'point' && before.endsWith('的') && /^(?:度|各项|[\u4e00-\u9fff]{0,4}(?:任务|目标|计划|工作))/u.test(text.slice(time.span[1], time.span[1] + 8))) return true;
  return SAYS_WHICH.test(before) && (time.rule === 'before-year' || /^(?:建成|竣工|建造|出生|投用|\s?已)/u.test(text.slice(time.span[1], time.span[1] + 2)));
}

/** 比2020年, 较上年, 在2024年基础上: what is compared with. */
function isBaseTime(text: string, clause: TextClause, time: TimeExpression): boolean {
  return /[比较]$/u.test(text.slice(Math.max(clause.start, time.span[0] - 1), time.span[0])) || /^(?:的?基础|水平|相比|的水平)/u.test(text.slice(time.span[1], time.span[1] + 3));
}

function isDeadline(text: string, clause: Clause, time: TimeExpression, publishedAt: IsoDay | null): boolean {
  if (time.kind === 'fuzzy' || time.kind === 'recurrent' || time.text.startsWith('截') || time.text.startsWith('从') || time.text.startsWith('自')) return false;
  if (time.kind === 'point' && (time.text.includes('去') || time.text.includes('上'))) return false;
  if (time.kind === 'point' && text[time.span[1]] === '是') return false;
  // 《关于印发2016年工作要点的通知》: a time in a title governs nothing.
  if (/《[^》]*$/u.test(text.slice(Math.max(clause.start, time.span[0] - 60), time.span[0]))) return false;
  if (publishedAt !== null && time.to !== null && time.to < publishedAt) return false;
  if (/^(?:\s?已|印发|发布|出台|批准|颁布|制定|的|版|版本)/u.test(text.slice(time.span[1], time.span[1] + 4))) return false;
  return !isBaseTime(text, clause, time) && !saysWhich(text, clause, time);
}

function openScope(text: string, clause: Clause, index: number, scope: Scope | null, publishedAt: IsoDay | null): Scope | null {
  // 今年工作的总体要求是: guiding ideas follow, not what a year brings.
  if (/(?:要求|思路|原则|主题)(?:是|为)$/u.test(clause.text)) return null;
  const own = clause.times.filter((time) => isDeadline(text, clause, time, publishedAt));
  const time = own.find(({ kind }) => kind === 'deadline') ?? own[0];
  if (time === undefined || clause.mood === 'reported') return scope;
  const around = clause.end - clause.start - (time.span[1] - time.span[0]);
  const words = text.slice(clause.start, time.span[0]) + text.slice(time.span[1], clause.end);
  const rest = around > 24 ? '…' : words.replace(AROUND_TIME, '').replace(/^[\u4e00-\u9fff]{2,4}[省市县区州旗镇]$/u, '');
  return { time, bareClause: rest === '' || (around <= 80 && CIRCUMSTANCE.test(words)) ? index : -1, clause: index, isGoal: around <= 40 && /目标(?:任务)?(?:是|为|如下)?$/u.test(clause.text) };
}

// ---- numbers ----

/** Counts of the text's own parts, not of things: 三点意见, 四个方面. */
const OF_TEXT = /^(?:方面|层面|环节|维度|问题|关键|重点(?![\u4e00-\u9fff]{0,6}(?:项目|工程|片区|街区|园区))|原则|关系|要点|阶段|部分|意见|建议|要求|思想|共识|任务|工作|结合|统筹|坚持|转变|必须|确保)/u;
const DIMENSION = /(?:直径|管径|口径|长|宽|高|深|厚|间距|净高|半径|占地)度?(?:为|达|约)?$/u;
const OF_TEXT_BEFORE = /(?:分解|细化|明确|提出|部署|梳理|列出|包括|涉及|下达|制定)[^\uff0c,。;\uff1b]{0,8}(?:任务|事项|举措|措施|内容|要点|意见|建议|要求|工作|清单|政策)(?:共|共计|计)?$/u;
const NAMED_ACT = /(?:行动|计划|方案|规划|战略|体系|机制|制度|工作|政策|领域|会议|精神|活动|原则|要求|任务|关系|问题|环节|举措|措施)$/u;
const NAMED_THING = /^(?:[\u4e00-\u9fff]{0,8})(?:制度|机制|体系|清单|政策|方案|规划|标准|办法|目标|要求|条例|规定)$/u;
const ACTS = /(?:推动|推进|支持|新开办|开办|新建|新增|新改扩建|改扩建|扩建|建设|建成|完成|改造|实施|打造|培育|引进|创建|启动|开工|开展|建立|组建|布局|招引|投入|投放|整治|更新|加装|铺设|修建|修复|配建|筹集|筹建|筹措|供应|盘活|腾退|治理|栽植|压减|增加|扩大|培训|发放|举办|争创|认定|推出|抓好|形成|设立|提供|办好|实现|出台|制定|达到|达|突破|力争|确保|解决|至少|安排|约|共|各|再|新|设置|设有|配备|配置|有|开设|保留|预留|达标)(?:了|好|一批|成|出)?[\u4e00-\u9fff、]{0,6}$/u;

/** Whether a number counts something worth stating; parts of the text, names of acts and classes of things do not. */
function isStated(text: string, clause: Clause, quantity: Quantity): boolean {
  const [start, end] = quantity.span;
  const after = text.slice(end, Math.min(clause.end, end + 40)), before = text.slice(Math.max(clause.start, start - 24), start);
  if (quantity.masked) return true;
  // 人均预期寿命达到78岁 states a number; 60岁以上老年人 are a class.
  if (quantity.unit === '岁' && !before.includes('寿命')) return false;
  // 包括基础类、完善类、提升类3类: how many were just named.
  if (/^[类种项个]$/u.test(quantity.unit) && /(?:包括|包含|分为|分成)[^\uff0c,。;\uff1b]{0,24}$/u.test(before) && after === '') return false;
  // 五百米服务半径覆盖率, 出门五百米内: how far, not how much.
  if (/^(?:米|公里|分钟|小时)$/u.test(quantity.unit) && /^(?:内|以内|范围|服务半径|半径|步行|车程|可达|通勤)/u.test(after)) return false;
  if (quantity.unit === '点' || OF_TEXT.test(after)) return false;
  // (分解任务15项), 明确事项三条: parts of a text, named before their number.
  if (/^[项条个]$/u.test(quantity.unit) && OF_TEXT_BEFORE.test(before) && !/^[\u4e00-\u9fff]/u.test(after)) return false;
  // 新签约5亿元(3000万美元)以上项目60个: which ones.
  if (quantity.unit.endsWith('元') && /^(?:[(\uff08][^)\uff09]{1,12}[)\uff09]|[)\uff09])以[上下]/u.test(after)) return false;
  // 直径3米的箱涵: which one.
  if (DIMENSION.test(before) && /^的[\u4e00-\u9fff]/u.test(after)) return false;
  // 可容纳24个班: what a thing can hold is none that shall be reached.
  if (clause.mood === 'wanted' && /可(?:容纳|停放?|接待|提供|供|为|满足)[\u4e00-\u9fff]{0,4}$/u.test(before)) return false;
  const written = /[0-9０-９]/u.test(quantity.text);
  const plainCount = quantity.comparator === '=' && quantity.unit !== '%' && quantity.unit !== '倍' && !quantity.approximate;
  if (!written && plainCount && NAMED_THING.test(after)) return false;
  // 对剩下的125条小巷逐条建档: what is acted on.
  if (plainCount && /(?:对|上述|原有的?)[\u4e00-\u9fff]{0,6}$/u.test(before) && !ACTS.test(before.slice(-4))) return false;
  if (!written && plainCount && quantity.value !== null && quantity.value <= 20 && !/仅|只|至少/u.test(before.slice(-4)) && !(ACTS.test(before) && quantity.value > 1 && /^[\u4e00-\u9fff]/u.test(after))) return false;
  if (plainCount && NAMED_ACT.test(text.slice(Math.max(end, clause.end - 4), clause.end)) && !ACTS.test(before.slice(-8))) return false;
  // 35个城市要创新突破: who is asked, not how many shall be.
  if (plainCount && clause.mood === 'wanted' && COUNTER.test(quantity.unit) && /^(?:其中|目前)?$/u.test(before.trim()) && /^[\u4e00-\u9fff]{2,20}(?:要|应当?|须|必须)(?![点素])/u.test(after) && !clause.times.some(({ kind }) => kind === 'deadline')) return false;
  // 学生人数超过2000人的学校: a class of things.
  if (quantity.comparator !== '=' && quantity.comparator !== '~' && quantity.unit !== '%' && /^的[\u4e00-\u9fff]/u.test(after)) return false;
  // 进度低于60%的县区; 80%以上的事项 are most of them all.
  if (/^(?:低于|高于|超过|不足|大于|小于|少于|多于)/u.test(quantity.text) && /^的[\u4e00-\u9fff]/u.test(after)) return false;
  // 2000平方米以上商场, 20年以上房龄: a class of things.
  if (/以[上下内]$/u.test(quantity.text) && quantity.unit !== '%' && !/^[\u4e00-\u9fff]{0,10}面积(?:达到|完成|建成|达标)/u.test(after) && /^(?!(?:的?增|左|[,\uff0c]))[\u4e00-\u9fff]/u.test(after) && !ACTS.test(before.slice(-8))) return false;
  return true;
}

/** What says a number of something that is: 入住率为30%. */
const STATES = /(?:为|达到?|有|占|是|约|共|计|近|超过?|突破|逾|至|到|了)$/u;
const IS_BASELINE = /(?:由|从|比)(?:[\u4e00-\u9fff0-9]{0,8}年?的?)$/u;

const isForecast = (words: string): boolean => /预计(?!实现)|预测|有望|可能/u.test(words) && !/目标|力争|确保/u.test(words);

/** 截至2024年底,全市共有…: the date that a clause of its own gives. */
function dateBefore(clauses: readonly Clause[], index: number): TimeExpression | null {
  for (let i = index - 1; i >= 0 && i >= index - 4; i--) {
    const time = clauses[i].quantities.length === 0 && clauses[i].end - clauses[i].start <= 24 ? clauses[i].times.find(({ kind, span }) => kind === 'point' && span[0] - clauses[i].start <= 2) : undefined;
    if (time !== undefined) return time;
  }
  return null;
}

/** Returns the name that a number without one of its own has after it. */
function readNumbers(passage: Passage, clauses: readonly Clause[], index: number, scope: Scope | null, carried: string, targets: Omit<Target, 'id'>[], facts: Fact[]): string {
  const clause = clauses[index];
  const { text } = passage;
  const said = clause.text.slice(0, 400);
  const forecast = clause.mood === 'wanted' && isForecast(said);
  let baseline: string | null = null, subject = carried;
  const sentenceBefore = text.slice(Math.max(clauses[0].start, clause.start - 120), clause.start);
  const place = exampleOf(text.slice(clauses[0].start, Math.min(clauses[0].end + 12, clauses[0].start + 24)));
  const nameOf = (which: number): string => nameSubject({ text, piece: clause.pieces[which], quantity: clause.quantities[which], quantities: clause.quantities, times: clause.times, previous: subject, sentenceBefore });
  for (let i = 0; i < clause.quantities.length; i++) {
    const quantity = clause.quantities[i];
    const next = clause.quantities[i + 1];
    if (next !== undefined && isBaselineOf(text, clause, quantity, next)) {
      baseline = text.slice(quantity.span[0], quantity.span[1]);
      // 由2024年的37处减少至5处: a baseline with its date is reported too.
      const asOf = clause.times.find(({ span }) => span[1] <= quantity.span[0] && quantity.span[0] - span[1] <= 2);
      if (asOf !== undefined && clause.mood === 'wanted') facts.push({ clause: passage.clause, span: spanIn(passage, quantity.span), subject: nameOf(i), quantity: quantityInSource(passage, quantity), asOf: timeInSource(passage, asOf) });
      continue;
    }
    if (!isStated(text, clause, quantity) || (next !== undefined && saysWhichThings(text, quantity, next))) continue;
    // 预计到2027年将扩大到5万个: what will be, not what shall be.
    if (forecast) continue;
    if (clause.mood === null && !quantity.masked && !quantity.approximate && quantity.comparator === '=' && quantity.unit !== '倍' && !STATES.test(text.slice(Math.max(clause.start, quantity.span[0] - 4), quantity.span[0]))) continue;
    // 能耗、碳排放分别下降13.5%和18%: said once for both.
    subject = nameOf(i) || subject;
    const name = nameOfChange(text, quantity, subject);
    if (clause.mood !== 'wanted') {
      const asOf = clause.times.find((time) => time.kind !== 'recurrent' && !isBaseTime(text, clause, time)) ?? dateBefore(clauses, index);
      facts.push({ clause: passage.clause, span: spanIn(passage, statement(text, clauses, index, i, null)), subject: place === '' ? name : `${place}${(name.startsWith(place) ? name.slice(place.length) : name).replace(/^(?:实现|完成|达到)了/u, '')}`, quantity: quantityInSource(passage, quantity), asOf: asOf === null ? null : timeInSource(passage, asOf) });
    } else {
      const span = statement(text, clauses, index, i, scope);
      targets.push({
        clause: passage.clause, span: spanIn(passage, span), subject: name, quantity: quantityInSource(passage, quantity), state: null,
        deadline: scope === null ? null : timeInSource(passage, scope.time), baseline: baseline ?? findBaseline(text, span), area: findArea(text, clauses, index), strength: strengthOf(text.slice(span[0], Math.min(span[1], span[0] + 200))),
      });
    }
    baseline = null;
  }
  return subject;
}

/** 产值超百亿元企业5家: the first number says which things the second counts. */
function saysWhichThings(text: string, { span, unit, comparator }: Quantity, next: Quantity): boolean {
  const between = text.slice(span[1], next.span[0]);
  // 有6个县城人口不足10万人: two counts, each of its own.
  if (comparator === '=' && COUNTER.test(unit)) return false;
  return unit !== next.unit && between.length > 1 && between.length <= 10 && /^(?:以上)?的?(?!建设|新建|改造|用于|实施|完成|支持|打造|培育|下降|提高|增长|增加)[\u4e00-\u9fff]+$/u.test(between) && !/[和及与或,]/u.test(between) && COUNTER.test(next.unit);
}
const COUNTER = /^[个家所座套户条项处栋座台辆名人]$/u;

/** 由50%提高到80%, 从10个增加到20个. */
function isBaselineOf(text: string, clause: Clause, low: Quantity, high: Quantity): boolean {
  const between = text.slice(low.span[1], high.span[0]);
  return between.length <= 12 && /(?:到|至|为)$/u.test(between) && IS_BASELINE.test(text.slice(Math.max(clause.start, low.span[0] - 12), low.span[0]));
}

function findBaseline(text: string, [from, end]: Span): string | null {
  const start = Math.max(from, end - 120);
  const match = /(?:比|较)[^\uff0c,。;\uff1b]{1,14}?(?=增长|增加|提高|提升|下降|降低|减少|翻)|在[^\uff0c,。;\uff1b]{1,12}基础上/u.exec(text.slice(start, end));
  return match === null ? null : match[0];
}

/** From the clause's beginning, or the number's before it in the clause, to the clause's end or the next number's beginning. */
function statement(text: string, clauses: readonly Clause[], index: number, which: number, scope: Scope | null): Span {
  const clause = clauses[index];
  const [from, end] = clause.pieces[which];
  let start = from;
  if (scope !== null && start === clause.start && scope.bareClause >= 0 && scope.bareClause === index - 1) start = clauses[scope.bareClause].start;
  return trim(text, start, end);
}

const MOVES = /^(?:鼓励|引导|支持|推动|督促|指导|要求|允许)[\u4e00-\u9fff]{2,12}(?:将|把)/u;
function trim(text: string, start: number, end: number): Span {
  const lead = LEAD.exec(text.slice(start, Math.min(end, start + 24)));
  let from = start + (lead?.[0].length ?? 0), to = end;
  if (from >= to) from = start;
  // 鼓励采购单位将预付款比例提高至30%以上: the goal is said of the ratio.
  const moved = MOVES.exec(text.slice(from, Math.min(to, from + 24)));
  if (moved !== null) from += moved[0].length;
  // 达到40%”的三大目标: what a quotation ends with is not of it.
  const near = text.slice(from, Math.min(to - 1, from + 80)), quoteEnd = near.indexOf('”');
  if (quoteEnd > 0 && !near.slice(0, quoteEnd).includes('“')) to = from + quoteEnd;
  while (to > from && /[\s、,\uff0c:\uff1a]/u.test(text[to - 1])) to--;
  while (from < to && /[\s,\uff0c]/u.test(text[from])) from++;
  return [from, to];
}

// ---- states ----

const END_STATE = /(?:初步(?!意见|方案|设计|成果|结论)|上线运行|完成|完毕|到位|全部|建成|实现|形成|取得|获得|达到|建立|健全|完善|提高|提升|增强|优化|改善|夯实|彰显|转换|推进|转变|巩固|显现|凸显|迈上|进入|跻身|投用|投入使用|开工|竣工|启用|通车|交付|落地|成型|成势|确立|消除|清零|见效|加强|拓展|壮大|扩大|缩小|降低|减少|好转|达标|全覆盖|领先|前列|贯通|开通|出台|基本|解决|更加|显著|明显|走在|位居|协调|均衡|繁荣|美丽|过硬|畅通|安全|稳定|得到|改观|扭转|遏制|缓解|根治|成为|稳中|普遍|健康|高效|有序|平稳|良好|全部|迈进|跨越|全面|下降|上升|普及|推广|控制|防控|匹配|促稳|平衡)/u;
const STATE_END = /(?:运行|进展|突破|成效|提高|提升|健全|完善|转换|转变|推进|夯实|彰显|增强|优化|改善|建成|形成|完成|实现|建立|显现|凸显|加强|拓展|壮大|扩大|缩小|降低|减少|好转|达标|覆盖|领先|前列|清零|消除|确立|协调|均衡|巩固|水平|台阶|格局|体系|机制|任务|改造|建设|目标|繁荣|能力|作用|现代化|一体化|投用|使用|开工|竣工|启用|通车|交付|落地|成型|见效|稳定|畅通|优势|中心|城市|高地|标杆|样板|明显|显著|充分|有力|丰富|舒适|便捷|宜居|美丽|先进|合理|充足|多样|持续|深入|解决|改观|扭转|遏制|缓解|根治|方式|提质|平衡|推广|普及|控制|防控|下降|上升|匹配|适应|衔接|融合|应用|有降|有升|有进|向好|主流|常态|设计|执行|健康|高效|有序|平稳|良好|移交|验收|杜绝|根除|绝迹|退出|归零|进场|到位|完毕|达产|满产|成网|成环|闭合|联网|入廊|入地|合格)$/u;
/** 初步建成…框架, 总体消除…现象: the end of the clause is only what is reached. */
/** 系统基本形成, 平台上线运行, 数据全面融合: what a year brings, said of a subject. */
const ENDS_REACHED = /[\u4e00-\u9fff”》)](?:(?:基本|全面|初步|全部|明显|显著|不断|持续|得到|更加|进一步|有效|大幅|深度)[\u4e00-\u9fff]{2,4}|上线运行|投入(?:使用|运营|运行))$/u;
const REACHES = /^(?:并|[^\uff0c,]{2,40}(?<!以|为))?实现[^\uff0c,]{4,}$|上线运行$|^(?:初步|基本|总体|全面|全部)(?:建成|形成|完成|实现|建立|消除|解决|构建|具备|达到)|^建成[^\uff0c,]{4,}$|^形成[^\uff0c,]{2,}(?:机制|体系|格局|模式|框架|能力|氛围|经验|制度|合力)$/u;
/** 新城区不再出现内涝, 市政设施功能不丧失: a state by what is no more. */
const NOT_ANY_MORE = /^[^\uff0c,]{2,30}(?:不再(?:出现|发生)[^\uff0c,]{2,}|不(?:丧失|中断|反弹|返黑返臭))$|^不再(?:出现|发生)/u;
const ASKS = /^(?:要|必须|应|须|各|对|把|将|由|向|让|请|认真|严格|鼓励|支持|引导)/u;

/** What stands in a title says nothing of the clause: 贯彻《关于全面推进…的意见》精神. */
const withoutTitles = (words: string): string => (words.includes('《') ? words.replace(/《[^》]*》/gu, '《》') : words);
const isYear = ({ from, to, kind }: TimeExpression): boolean => kind === 'point' && from !== null && to !== null && from.endsWith('-01-01') && to.endsWith('-12-31');
/** 强化部门协调, 制定完成细则: acts and errands; 落实到位, 落地见效: how well, said of every act; 总体要求是: what follows. */
const OPENS_WITH_ACT_ONLY = /^[\s,\uff0c]*(?:各[\u4e00-\u9fff]{1,8}|要|并|应|须|将|深入|扎实|认真|着力|切实|持续|全面|进一步|大力|积极|牵头)*(?:实施|开展|强化|加强|贯彻|落实|学习|宣传|紧盯|聚焦|围绕|坚持|抓好|抓紧|做好|做实|统筹|组织|推动(?![^\uff0c,]*(?:实现|达到|形成))|制定|拟定|起草|编制|草拟|研究)/u;
const IS_REACHED = /(?:完成|完毕|到位|清零|建成|投用|覆盖|见底|达标|合格|销号)$/u;
const HOW_WELL = /(?:落实|落地|责任|措施|宣传|保障|精神)[\u4e00-\u9fff]{0,6}(?:到位|见效|落细|落地|生根|到人)$|(?:落到|落在)实处$|(?:取得|见到|收到)(?:实效|成效)$/u;
const MAKES_PAPER = /(?:制定|拟定|拟订|起草|编制|草拟|研究提出|提出)(?:完成|完善|出台|印发)?[\u4e00-\u9fff]{0,16}(?:细则|方案|意见|办法|计划|台账|清单|报告|规划|预案)$/u;
function isNoState(words: string, afterTime: string): boolean {
  if (/(?:是|为|如下)$/u.test(words) || HOW_WELL.test(words) || MAKES_PAPER.test(words)) return true;
  return OPENS_WITH_ACT_ONLY.test(afterTime) && !IS_REACHED.test(words);
}

/** 12月26日前形成总结报告报区安委会办公室: an errand. */
const REPORTS_TO = /报(?:送|告)?(?:至|到)?[^\uff0c,]{1,14}(?:办公室|局|委|办|厅|部|政府|小组|专班|中心)$/u;
/** (责任部门:…;完成时间:…): who and when of the task before it. */
const IN_BRACKETS = /^\s*[(\uff08]/u;
function readState(passage: Passage, clauses: readonly Clause[], index: number, scope: Scope | null, carried: string, before: string): Omit<Target, 'id'> | null {
  const clause = clauses[index];
  const { text } = passage;
  const undated = clause.mood === 'wanted' && (scope === null || scope.time.kind === 'point') && /(?:确保|力争|实现)[^\uff0c,。;\uff1b]{2,}(?:清零|零增长|零事故|全覆盖)$|[^\uff0c,。;\uff1b]{4,}实现(?:动态清零|零增长|零事故|全覆盖)$|(?:[与和][^\uff0c,]{2,10}|基本)同步$|只[减增]不[增减]$|(?:快于|高于|不低于)[^\uff0c,]{2,12}(?:增长|增速|水平)$/u.test(clause.text);
  if (!undated) {
    if (scope === null || scope.bareClause === index || REPORTS_TO.test(clause.text) || isForecast(clause.text.slice(0, 400)) || IN_BRACKETS.test(clause.text)) return null;
    if (scope.time.kind === 'point' && !scope.isGoal && !/(?:完成|建成|投用|竣工|开工|通车|启用|交付|开通|实现|完毕|全部|见底|到位)/u.test(clause.text) && !(isYear(scope.time) && ENDS_REACHED.test(clause.text))) return null;
    if (scope.time.kind === 'period' && !END_STATE.test(clause.text)) return null;
    const first = scope.clause === index || (scope.bareClause >= 0 && scope.bareClause === index - 1);
    const words = withoutTitles(clause.text);
    if (first ? !END_STATE.test(words) && !NOT_ANY_MORE.test(words) : !(((STATE_END.test(words) && END_STATE.test(words)) || REACHES.test(words) || NOT_ANY_MORE.test(words)) && !ASKS.test(words))) return null;
    if (CIRCUMSTANCE.test(words) || isNoState(words, text.slice(scope.time.span[0] >= clause.start && scope.time.span[1] <= clause.end ? scope.time.span[1] : clause.start, clause.end))) return null;
    // 为统筹推进“十五五”时期城市更新,制定本规划: what for.
    if (/^为(?!主)/u.test(words)) return null;
    // 汛前对主干管全面清淤: an act.
    if (first && /^(?:对(?![应接])|把|组织|开展|进行)/u.test(text.slice(scope.time.span[1], clause.end)) && !/(?:完成|完毕|到位|清零|建成|投用|合格|达标)$/u.test(words)) return null;
    // 有条件的地方积极推进…: asked of somebody, and no state.
    if (!first && /^[^\uff0c,]{2,12}(?:地方|地区|部门|单位|县区|城市|企业)积极/u.test(words)) return null;
    if (!first && scope.time.kind === 'point' && !scope.isGoal && !isYear(scope.time)) return null;
  }
  const from = scope !== null && scope.bareClause === index - 1 && scope.bareClause >= 0 ? clauses[index - 1].start : clause.start;
  const span = trim(text, from, clause.end);
  const said = splitState(text, clause, scope);
  if (said.subject === '' || NAMES_NOTHING.test(said.subject)) {
    const sentenceBefore = text.slice(Math.max(clauses[0].start, clause.start - 120), clause.start);
    said.subject = carried || topicOf(sentenceBefore) || before || clauseName(sentenceBefore) || said.subject;
  }
  return {
    clause: passage.clause, span: spanIn(passage, span), subject: said.subject, quantity: null, state: said.state, deadline: scope === null ? null : timeInSource(passage, scope.time),
    baseline: findBaseline(text, span), area: findArea(text, clauses, index), strength: strengthOf(text.slice(span[0], Math.min(span[1], span[0] + 200))),
  };
}

const PREDICATE = /(?:基本(?!医疗|公共|体育|养老|生活|民生|农田|需求|需要|权益|单元|原则|住房|保障|支出)|不再|不丧失|优于|稳步|有效|总体(?=[消实形建])|全部|全面|不断|加快|继续|稳中|上线运行|(?:开工|竣工|投用|通车|启用)$|明显|深入|有力|充分|大幅|显著|(?<!可)持续|更加|初步|逐步|进一步|得到|取得|获得(?!感)|实现|形成|达到|完成|建成|建立|健全|迈上|进入|走在|跻身)/u;
const REACHES_OBJECT = /^(?:基本|总体)?(?:消除|解决|完成好?)(?=全部|所有)/u;
const REACHING = /^(?:基本|全部|全面|总体|不断|加快|初步|逐步|进一步)*(?:完成好?|建成|实现|形成|建立|健全|达到|取得|消除|解决|出台)?/u;
/** 现代化人民城市 | 基本建成; 基本完成 | 小区改造任务: what it is said of and what is said. */
function splitState(text: string, clause: Clause, scope: Scope | null): { subject: string; state: string } {
  const own = scope !== null && scope.clause === clauseIndexOf(scope, clause) ? scope.time.span : null;
  const words = (own !== null && own[0] >= clause.start && own[1] <= clause.end ? text.slice(clause.start, own[0]) + text.slice(own[1], clause.end) : clause.text).replace(LEAD, '').replace(/^(?:必须|务必|确保|力争|争取|努力|要|实现|在|于)+/u, '');
  const whole = /(?:动态)?清零$|全覆盖$|零增长$|零事故$|只[减增]不[增减]$/u.exec(words);
  if (whole !== null && whole.index > 0) return { subject: words.slice(0, whole.index).replace(/实现(?=[^实]{0,6}$)|^[^\uff0c,]*确保|全部$/gu, ''), state: whole[0] };
  const reached = REACHES_OBJECT.exec(words);
  if (reached !== null && words.length - reached[0].length > 1) return { subject: words.slice(reached[0].length), state: reached[0] };
  const match = PREDICATE.exec(words);
  if (match === null) return { subject: words, state: words };
  const subject = words.slice(0, match.index).replace(/(?:必须|务必|要|应|须|将|在|于|把|力争|确保)+$/u, '').replace(/^(?:把|将)/u, '');
  const state = words.slice(match.index);
  if (SAYS_WHO.test(subject)) {
    const object = state.replace(REACHING, '');
    if (object.length > 1) return { subject: object, state };
  }
  if (subject !== '') return { subject, state };
  const object = REACHING.exec(words)?.[0] ?? '';
  // 9月底前全部上线: the state is all that the clause says.
  if (/^(?:全部|全面|基本)$/u.test(object) && words.length - object.length <= 3) return { subject: '', state: words };
  return { subject: words.slice(object.length), state: object === '' ? words : object };
}
/** 各县区 and 市水务局牵头 say who, 全部 how far: what is reached stands behind the verb. */
const SAYS_WHO = /(?:^各[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff](?:局|委|厅|办|分局|部门|单位|集团|公司)(?:牵头|负责|会同[\u4e00-\u9fff]{2,10})?|^[\u4e00-\u9fff]{0,4}[市区县]|^会同[\u4e00-\u9fff]+|^[\u4e00-\u9fff]*牵头[\u4e00-\u9fff]*)$/u;
const NAMES_NOTHING = /^(?:全部|全面|基本|动态清零|必|限期|整改到位|安装到位|限期整改到位|上线|进场|完成|到位|[\u4e00-\u9fff]{2}到位)$/u;
const clauseIndexOf = (scope: Scope, clause: Clause): number => (scope.time.span[0] >= clause.start && scope.time.span[1] <= clause.end ? scope.clause : -1);

// ---- parts of a statement ----

/** 全市, 中心城区 as the place that is spoken of; not in 占全市的比重, 高于全省平均, 全国两会. */
const AREA = /(?<![占比居达较与于超列以])(?:全[国省市区县](?!两会|人大|政协|系统|第|各级)|我[省市区县](?!委)|市?中心城区|主城区|城市建成区|各县[(\uff08]?市、?区[)\uff09]?|各县区|各区县|(?:[\u4e00-\u9fff]{2,4}(?:新区|开发区|高新区|经开区|园区)))(?!的?(?:平均|比重|前列|领先|水平))/u;
/** Of the clause, or of one of two before it that a comma joins to it; what stands before ； speaks of something else. */
function findArea(text: string, clauses: readonly Clause[], index: number): string | null {
  for (let i = index; i >= 0 && i >= index - 2; i--) {
    if (i < index && /[;\uff1b]/u.test(text.slice(clauses[i].end, clauses[i + 1].start))) return null;
    const match = AREA.exec(text.slice(clauses[i].start, Math.min(clauses[i].end, clauses[i].start + 80)));
    // 创建国家高新区: what it shall become.
    if (match !== null && !/国家|创建|打造|争创|建设/u.test(match[0])) return match[0];
  }
  return null;
}

function strengthOf(words: string): Strength {
  if (/必须|严格|确保|坚决|务必|不得|严禁|须/u.test(words)) return 'must';
  if (/鼓励|支持|引导/u.test(words)) return 'encourage';
  return /探索|研究|试点/u.test(words) ? 'explore' : 'should';
}

const spanIn = (passage: Passage, [start, end]: Span): Span => sourceSpan(passage, start, end);
