/**
 * What a passage asks to be done. Each statement (a sentence, or its part between semicolons) is cut into comma members; a member is
 * classified by the words it begins with (adverb, modal, verb) and by what it must not contain (a copula, 了, 已). Then one walk joins them:
 * what leads up (坚持…, 围绕…, 通过…) belongs to the act behind it, what an act is for (提升…, 促进…, 让…) to the act before it, and every member
 * with its own verb and object is a task. Linear: every member is looked at once, with a bounded look ahead.
 */
import type { BodyMention, OutlineNode, PolicyTask, Quantity, Span, Strength, Target, TimeExpression } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';
import { readTableRows, type TableRow } from '../words/table-rows.ts';
import { firstsOf, PatternGate } from '../words/pattern-gate.ts';
import { splitStatements, type Statement } from '../words/split-statements.ts';
import { VERBS } from './verbs.ts';
import { classifyMember, skipLead, type Marks, type MemberReading } from './classify-member.ts';
import { asksUnder, isAboutMeeting, isAnnouncement, isGoalHeading, isGuidingThought, isReportedSpeech, isReporting } from './not-asking.ts';

export interface TaskContext {
  /** Spans local to the passage. */
  readonly times: readonly TimeExpression[];
  readonly quantities: readonly Quantity[];
  /** Spans in the source. */
  readonly mentions: readonly BodyMention[];
  readonly targets: readonly Pick<Target, 'id' | 'span' | 'quantity'>[];
  readonly node: OutlineNode;
  /** Nodes above, outermost first: a review of the past (工作回顾) asks nothing. */
  readonly ancestors?: readonly OutlineNode[];
  /** The document has no sections, or begins inside one: its opening is text as any other. */
  readonly undivided?: boolean;
  /** The document's title says that it tells of what was done. */
  readonly tells?: boolean;
}

/** 牵头单位:…, 完成时限:… on a line of its own. */
const DUTY = /^(?:(?:牵头|主办|主责|责任|配合|协办|参与|实施|落实)(?:单位|部门|主体|领导|人)|完成(?:时限|时间|期限)|时间(?:节点|要求)|时限要求|办结时限)$/u;
function isDuty(text: string, { members }: Statement): boolean {
  const { start, end } = members[0];
  return members.length > 1 && end - start <= 8 && DUTY.test(text.slice(start, end)) && (text[end] === ':' || text[end] === '：');
}

/** Characters of a sentence that can be a title. */
const LONGEST_TITLE = 40;
/** Tasks of one paragraph that a bracket behind them may hold for. */
const MOST_SHARED = 60;

/** A task in places of the passage. */
interface Found {
  start: number;
  end: number;
  reading: MemberReading;
  means: readonly [number, number] | null;
  bracket: readonly [number, number] | null;
  /** The cell that gives the day, for a row of a table. */
  row?: { readonly start: number; readonly end: number };
  strength: Strength;
}

export function readTasks(passage: Passage, context: TaskContext): Omit<PolicyTask, 'id'>[] {
  // 指导思想: the creed of a paper; what it asks stands in the sections after it.
  if (context.node.kind === 'title' || /^指导思想$/u.test(context.node.heading)) return [];
  const found = findTasks(passage, context);
  return found.map((task) => describe(passage, context, task));
}

function findTasks(passage: Passage, context: TaskContext): Found[] {
  const { text } = passage;
  const { node } = context;
  const statements = splitStatements(text);
  const headingEnd = localHeadingEnd(passage, node);
  const own = passage.at.length > 1 ? passage.at[passage.at.length - 2] + 1 : node.span[0];
  const hasChildren = node.span[1] - own > 8;
  const marks: Marks = { bodies: bodyStarts(passage, context.mentions), times: new Map(context.times.map(({ span }) => span)) };
  // Salutation, preamble and thanks ask nothing, unless somebody is told to do something.
  const aside = context.undivided !== true && (node.kind === 'opening' || node.kind === 'closing');
  const reporting = context.tells === true || isReporting(text, node, context.ancestors ?? []);
  const plainly = !aside && !reporting && (node.kind === 'run-in' || node.kind === 'item') && (VERBS.find(node.heading, 0)?.value === 'act' || asksUnder(context.ancestors ?? []));
  const found: Found[] = [];
  const { rows, headers } = readTableRows(text);
  const tableAt = followRanges([...rows.map((row): [number, number] => [row.start, row.end]), ...headers].toSorted((a, b) => a[0] - b[0]));
  let paragraph = 0;
  let bracketed = false;
  let quoted = false;
  let headingTasks = 0;
  for (let s = 0; s < statements.length; s++) {
    const statement = statements[s];
    if (tableAt(statement.start)) continue;
    const duty = isDuty(text, statement);
    if (s > 0 && !duty && text.slice(statements[s - 1].end, statement.start).includes('\n')) paragraph = found.length;
    if (statement.bracketed || duty) {
      // (责任单位:…) behind the full stop holds for the tasks of its paragraph.
      for (let k = Math.max(paragraph, found.length - MOST_SHARED); k < found.length; k++) found[k].bracket = [found[k].bracket?.[0] ?? statement.start, statement.end];
      bracketed = true;
      continue;
    }
    if (bracketed) paragraph = found.length;
    bracketed = false;
    const inHeading = statement.start < headingEnd;
    if (inHeading && node.kind === 'section' && !startsItem(node)) continue;
    if (s > 0 && statements[s - 1].sentence !== statement.sentence) quoted = false;
    quoted ||= isReportedSpeech(text, statement);
    if (quoted || isGuidingThought(text, statement) || isAboutMeeting(text, statement) || isAnnouncement(text, statement)) continue;
    if (isGoals(passage, statement, context)) continue;
    // 总体目标:…,大力实施…: who says how hard to work asks for work, and names no state.
    const willed = reporting && isGoalHeading(node.heading) && WILLED.test(text.slice(statement.start, Math.min(statement.end, statement.start + 60)));
    // In a closing, what comes behind something a body was told is asked as well.
    const told = node.kind === 'closing' && found.length > paragraph;
    const tasks = readStatement(text, statement, marks, { plain: plainly, modalOnly: (reporting && !willed) || (aside && !told), bodyOnly: aside && !told, preamble: hasChildren && node.kind === 'section' });
    if (inHeading) headingTasks += tasks.length;
    found.push(...tasks);
  }
  if (rows.length > 0) {
    found.push(...rows.flatMap((row) => taskOfRow(text, row, marks)));
    found.sort((a, b) => a.start - b.start);
  }
  if (headingTasks === 0) return found;
  // The heading of an item or run-in is a task of its own only when nothing else in the clause asks, or when it names a day or a number.
  const rest = found.length > headingTasks || hasChildren || statements.some((statement) => statement.start >= headingEnd);
  if (!rest) return found;
  // A first sentence of three acts, or of more than forty characters, is the clause's text and no title over it.
  if (headingTasks >= 3 || (headingTasks >= 2 && headingEnd > LONGEST_TITLE) || headingEnd > LONGEST_TITLE + 12) return found;
  return found.filter((task) => task.start >= headingEnd || carriesNumber(task, context));
}

/** 到2035年,A进一步完善,B更加匹配,总体消除C: a list of states to be reached asks for no act. */
function isGoals(passage: Passage, { start, end, members }: Statement, { targets }: TaskContext): boolean {
  if (members.length < 3 || targets.length < 2 || !/^(?:力争)?到[^，,]{2,12}$/u.test(passage.text.slice(members[0].start, Math.min(members[0].end, members[0].start + 20)))) return false;
  const states = listInside(targets, sourceSpan(passage, start, end)).filter(({ quantity }) => quantity === null);
  return states.length >= 2 && states.length * 2 >= members.length - 1 && !/必须|务必|应当|(?<![重主需首])要(?![素点求])/u.test(passage.text.slice(start, end));
}

/** Whether a place, asked in ascending order, lies in one of the ascending ranges. */
function followRanges(ranges: readonly (readonly [number, number])[]): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while (next < ranges.length && ranges[next][1] <= at) next++;
    return next < ranges.length && ranges[next][0] <= at;
  };
}

/** A row of a table of duties is one task: its words stand in the column of tasks, its span is the whole row from there on. */
function taskOfRow(text: string, row: TableRow, marks: Marks): Found[] {
  const cell = row.cells.find(({ column }) => column === 'task');
  if (!cell) return [];
  const reading = classifyMember(text, { start: cell.start, end: cell.end }, marks);
  return [{ start: cell.start, end: row.cells[row.cells.length - 1].end, reading: { ...reading, start: cell.start, end: cell.end }, means: null, bracket: null, row: row.cells.find(({ column }) => column === 'deadline') ?? { start: row.end, end: row.end }, strength: reading.strength }];
}

function startsItem(node: OutlineNode): boolean {
  return node.kind === 'item' || node.kind === 'run-in';
}

function carriesNumber(task: Found, { times, quantities }: TaskContext): boolean {
  const within: Span = [task.start, task.end];
  return listInside(times, within).some((time) => time.kind === 'deadline' || time.kind === 'duration') || listInside(quantities, within).some((quantity) => quantity.unit !== '');
}

/** End of marker and heading in the passage. */
function localHeadingEnd(passage: Passage, node: OutlineNode): number {
  const until = node.headingSpan[1];
  if (node.headingSpan[0] === until) return 0;
  let low = 0;
  let high = passage.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passage.at[middle] < until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places of the passage where a body is named → where the mention ends. */
function bodyStarts(passage: Passage, mentions: readonly BodyMention[]): Map<number, number> {
  const starts = new Map<number, number>();
  let i = 0;
  for (const { span } of mentions) {
    while (i < passage.text.length && passage.at[i] < span[0]) i++;
    let end = i;
    while (end < passage.text.length && passage.at[end] < span[1]) end++;
    starts.set(i, end);
  }
  return starts;
}

interface Manner {
  /** The sentences around it ask: what describes nothing asks too. */
  readonly plain: boolean;
  readonly modalOnly: boolean;
  readonly bodyOnly: boolean;
  readonly preamble: boolean;
}

function readStatement(text: string, statement: Statement, marks: Marks, manner: Manner): Found[] {
  const members = joinPrinciples(text, statement.members.map((member) => readDuty(text, classifyMember(text, member, marks), marks)));
  if (members.length === 0) return [];
  if (members.some((member) => member.kind === 'predicate') && !members.some((member) => member.modal)) return [];
  if (members.some((member) => member.kind === 'fact') && !members.some((member) => member.modal)) return [];
  if (TELLS_FIRST[text.charCodeAt(statement.start)] === 1 && (ASKS_HOW.test(sliceAt(text, statement.start, 4)) || (ABROAD.test(sliceAt(text, statement.start, 4)) && !members.some((member) => member.modal)))) return [];
  // 主要目标:到2025年,…基本成型: a label says what the list is.
  if (members.length > 1 && '：:'.includes(text[members[0].end] ?? ' ') && members[0].end - members[0].start <= 8 && text.startsWith('目标', members[0].end - 2) && !members.some((member) => member.modal) && !WILLED.test(text.slice(statement.start, Math.min(statement.end, statement.start + 60)))) return [];
  // 经研究决定,…: what is decided is asked, wherever it stands.
  const decided = members.findIndex((member, m) => member.kind === 'connective' && m + 1 < members.length && members[m + 1].kind === 'act' && text.startsWith('决定', member.end - 2));
  if (manner.modalOnly && decided < 0 && !members.some((member) => member.modal && (!manner.bodyOnly || member.subjectBody || (member.kind === 'act' && text[member.start] === '请' && !POLITE.test(text.slice(member.start, member.end)))))) return [];
  if (manner.preamble && /^我们(?:要|必须|应|一定)/u.test(sliceAt(text, skipLead(text, statement.start, statement.end), 6))) return [];
  // 到2025年,…基本成型,…达到40%: what shall be the case; only what begins with its verb asks.
  const goal = (text[members[0].start] === '到' || text[members[0].start] === '力') && /^(?:力争)?到[^，,]{2,12}$/u.test(text.slice(members[0].start, Math.min(members[0].end, members[0].start + 20))) && !members.some((member) => member.kind === 'act' && !member.subject);
  if (goal) return [];
  // 2023年,全市新增…: a year and who did it; a plan leaves the doer out.
  if (members.length > 1 && !members.some((member) => member.modal) && /^(?:[0-9]{4}年|过去[一五]年|去年)$/u.test(sliceAt(text, members[0].start, members[0].end - members[0].start)) && /^(?:全[市省区县]|我[市省区县们]|各地)/u.test(sliceAt(text, members[1].start, 4))) return [];
  const leads = listLeads(members);
  const behind = members.some(({ kind, clause }) => clause || kind === 'weak' || kind === 'frame') ? listActsBehind(members) : leads;
  const found: Found[] = [];
  let pending = -1;
  let pendingMeans: readonly [number, number] | null = null;
  let weak: MemberReading | null = null;
  let asked: MemberReading | null = null;
  let current: Found | null = null;
  const open = (reading: MemberReading, from: number): void => {
    const task: Found = { start: from, end: reading.end, reading, means: pendingMeans ?? reading.means, bracket: null, strength: reading.strength };
    found.push(task);
    current = task;
    pending = -1;
    pendingMeans = null;
    weak = null;
    asked = null;
  };
  const extend = (reading: MemberReading): void => {
    if (current === null) return;
    current.end = reading.end;
    if (reading.strength === 'must') current.strength = 'must';
    pending = -1;
    pendingMeans = null;
    weak = null;
  };
  const plain = manner.plain && !members.some(({ kind }) => kind === 'act' || kind === 'result' || kind === 'weak' || kind === 'fact' || kind === 'predicate');
  // …形势严峻,…事故频发,必须…: in what tells how things are, only what stands from 要 on asks.
  const tells = members.findIndex(({ kind }) => kind === 'fact' || kind === 'predicate');
  const first = tells < 0 ? 0 : members.findIndex(({ modal }) => modal);
  for (let m = first > tells ? first : 0; m < members.length; m++) {
    const member = members[m];
    if (member.fresh || m === decided) pending = -1;
    switch (member.kind) {
      case 'connective':
        break;
      case 'act':
        // 对…出现失误,但未谋取私利的,…: still whom it is about.
        if (text[member.start] === '对' && members[m + 1]?.topic && text[members[m + 1].end - 1] === '的' && /[但且并]/u.test(text.slice(member.end, members[m + 1].start))) {
          if (pending < 0) pending = member.start;
          break;
        }
        if (isTopicOf(text, members[m + 1])) {
          pending = -1;
          break;
        }
        if (current !== null && pending < 0 && !member.modal && isSameNoun(text, found[found.length - 1].reading, members[m - 1], member)) extend(member);
        else open(member, pending >= 0 ? pending : member.start);
        break;
      case 'result':
        // 为贯彻…,提升效能,…开展…: still what it is for.
        if (current === null && pending >= 0 && weak === null && text[pending] === '为' && behind[m]) break;
        if (current !== null && (pending < 0 || weak === null)) extend(member);
        else open(member, pending >= 0 ? pending : member.start);
        break;
      case 'weak':
        // 公安机关要快侦快破,金融机构…必须…: each is asked by itself.
        if (member.modal && member.hasObject && ((member.subject && m === members.length - 1) || (members[m + 1]?.modal && members[m + 1].subject) || (members[m + 1]?.kind === 'act' && members[m + 1].timed))) {
          open(member, pending >= 0 ? pending : member.start);
          break;
        }
        // …的清洗和消毒,保持设施清洁: what it is for, where no other act follows.
        if (current !== null && !behind[m] && text.startsWith('保持', member.verb[0])) {
          extend(member);
          break;
        }
        if (pending < 0) pending = member.start;
        weak ??= member;
        break;
      case 'frame':
      case 'stance':
        if (member.kind === 'frame' && member.modal && member.subject && text[member.verb[0]] === '由' && member.end - member.verb[1] >= 6 && members[m + 1]?.modal) {
          open(member, pending >= 0 ? pending : member.start);
          break;
        }
        if (pending < 0) pending = member.start;
        // 由区城管局依法停气: given to somebody, whatever the verb.
        if (member.kind === 'frame' && (member.modal || (text[member.start] === '由' && marks.bodies.has(member.start + 1)))) asked = member;
        // 县城管局要把…放在…上: where a body is told to put its weight, and nothing else is asked of it.
        else if (member.kind === 'stance' && member.modal && member.subjectBody && text[member.verb[0]] === '把') asked = member;
        if (member.kind === 'frame') pendingMeans ??= member.means;
        else if (current !== null && weak === null && (!leads[m] || inSeries(text, members, m))) extend(member);
        break;
      case 'detail':
        if (current !== null) extend(member);
        break;
      case 'fact':
      case 'predicate':
        pending = -1;
        weak = null;
        break;
      default:
        if (pending >= 0 && current === null && member.verb[1] > member.verb[0] && !member.clause && !member.topic) open(member, pending);
        else if (member.clause && pending < 0 && !TIED_BEFORE.test(sliceAt(text, member.start, 4)) && (current !== null || manner.plain || behind[m])) open(member, member.start);
        else if (current === null && plain && pending < 0 && opensByItself(text, member) && !DESCRIBES.test(text.slice(member.start, Math.min(member.end, member.start + 60)))) open(member, member.start);
        else if (current !== null && member.topic && text[member.end - 1] === '的' && m + 1 < members.length && pending < 0) pending = member.start;
        else if (EACH_AS_FOUND.test(sliceAt(text, member.start, member.end - member.start)) && endsAlike(text, members[m + 1], member)) {
          if (pending < 0) pending = member.start;
        } else if (text.startsWith('凡', member.start)) {
          current = null;
          pending = member.start;
        } else if (current !== null) {
          if (pending < 0 && members[m - 1]?.kind !== 'result' && !endsAlike(text, members[m - 1], member) && opensByItself(text, member)) open(member, member.start);
          else if (pending < 0) extend(member);
        } else if (pending < 0 && member.topic) pending = member.start;
        else if (!member.topic && pending < 0) pending = -1;
    }
  }
  // A lead-up without an act behind it: what it leads up to is itself.
  if (weak !== null && pending >= 0) {
    const last: MemberReading = weak;
    // …, 聚焦核心政策的研究: no act behind it, one before it.
    if (current !== null && !last.modal && WEAK_LEADS.test(sliceAt(text, last.verb[0], 2))) extend(members[members.length - 1]);
    else if (last.hasObject) open({ ...last, end: members[members.length - 1].end }, pending);
  } else if (asked !== null && current === null && pending >= 0 && (members[members.length - 1].kind !== 'stance' || members[members.length - 1] === asked)) {
    const last: MemberReading = asked;
    open({ ...last, end: members[members.length - 1].end }, pending);
  } else if (current !== null && pending >= 0) extend(members[members.length - 1]);
  return found;
}

const WEAK_LEADS = /^(?:聚焦|突出|注重|重视|紧扣|紧盯|瞄准|对标)/u;
/** 如何…: a question. 例如,北京…: how others do it. */
const ASKS_HOW = /^(?:如何|怎样|怎么|为何|为什么|何以)/u;
const ABROAD = /^(?:例如|比如|譬如|又如|再如)/u;
const TELLS_FIRST = firstsOf(/^(?:如何|怎样|怎么|为何|为什么|何以|例如|比如|譬如|又如|再如)/u);
/** 请多批评, 请予支持: how speakers and letters take leave. */
const POLITE = /批评|指正|谅解|理解|包涵|关注|审议|审阅|予以?支持|大家|各位|(?:落实|执行|实施)$/u;
const WILLED = /(?:大力|着力|扎实|积极|切实|全力)[\u4e00-\u9fff]{2}|用[^，,]{1,8}时间|组织开展|建立健全|(?:全面|全域)(?:推行|推进|开展|排查|实施)/u;
/** 营造尊重人才的社会环境,|鼓励创新的工作环境: the same noun again, with another attribute. */
function isSameNoun(text: string, task: MemberReading, before: MemberReading, member: MemberReading): boolean {
  const tail = text.slice(member.end - 2, member.end);
  if (text[member.end - 3] === undefined || tail !== text.slice(before.end - 2, before.end) || !MAKES.test(text.slice(task.verb[0], task.verb[1])) || MAKES.test(text.slice(member.verb[0], member.verb[1]))) return false;
  return OF_SAME.test(text.slice(Math.max(before.start, before.end - 6), before.end)) && OF_SAME.test(text.slice(Math.max(member.start, member.end - 6), member.end));
}
const MAKES = /^(?:营造|打造|创造|创设|形成|构建|构筑|提供|塑造)/u;
const OF_SAME = /的[^，,的]{2,4}$/u;
const FOR_ALL = /(?:负总责|负(?:主体|直接|领导|监管|属地|首要|主要|全面|总体)?责任)$/u;
/** 新华社…电(记者…)…表示: who says what comes next. 区住建局3月5日在…召开…: what took place. */
const DATELINE = /^据?[\u4e00-\u9fff]{2,8}[社报网]?[\u4e00-\u9fff]{1,8}(?:\d{1,2}月)?\d{1,2}日[电讯]/u;
const HELD = /^[\u4e00-\u9fff]{3,20}(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:[上下]午)?(?:在[^，,]{2,16})?(?:召开|举行|举办|印发|发布)/u;

const DUTIES = new PatternGate();
const DUTY_BITS = DUTIES.add(FOR_ALL).bit | DUTIES.add(DATELINE).bit | DUTIES.add(HELD).bit;

/** 各区政府对…负总责 is a duty of the body, although nothing is to be done by a verb of the tables. */
function readDuty(text: string, reading: MemberReading, marks: Marks): MemberReading {
  const { start, end } = reading;
  const until = Math.min(end, start + 120);
  const bits = DUTIES.scan(text, start, until);
  if ((bits & DUTY_BITS) === 0) return reading;
  const words = text.slice(start, until);
  if (!reading.modal && (DATELINE.test(words) || HELD.test(words))) return { ...reading, kind: DATELINE.test(words) ? 'connective' : 'fact' };
  const duty = end - start <= 120 ? FOR_ALL.exec(words) : null;
  if (duty === null || /[了未没]/u.test(words)) return reading;
  if (!reading.subjectBody && !marks.bodies.has(start) && !words.startsWith('对')) return reading;
  return { ...reading, kind: 'act', modal: true, verb: [start + duty.index, end], object: [start, start + duty.index], hasObject: true };
}

const PRINCIPLE_OPENS = /^(?:按照|本着|遵循|依照|根据)/u;
const PRINCIPLE_ENDS = /的(?:基本|总体|工作)?(?:原则|要求|思路|方针|步骤|方式|模式)$/u;
const MOST_PRINCIPLES = 8;

/** 按照先急后缓,分步实施,建管并重的原则: one lead-up, however many commas it has. */
function joinPrinciples(text: string, members: MemberReading[]): MemberReading[] {
  for (let m = 0; m < members.length; m++) {
    const opens = text.slice(members[m].start, members[m].end);
    if (!PRINCIPLE_OPENS.test(opens) || PRINCIPLE_ENDS.test(opens)) continue;
    let last = m + 1;
    while (last < members.length && last <= m + MOST_PRINCIPLES && !PRINCIPLE_ENDS.test(text.slice(Math.max(members[last].start, members[last].end - 12), members[last].end)) && !PRINCIPLE_OPENS.test(text.slice(members[last].start, members[last].start + 2))) last++;
    if (last >= members.length || last > m + MOST_PRINCIPLES || !PRINCIPLE_ENDS.test(text.slice(Math.max(members[last].start, members[last].end - 12), members[last].end))) continue;
    for (let k = m; k <= last; k++) members[k] = { ...members[k], kind: 'frame', modal: false, fresh: false };
    m = last;
  }
  return members;
}

/** 公交车到路口绿灯多亮几秒, behind an act: its verb is in no table, but it is long enough to have one, and nothing ties it to what stands before. */
function opensByItself(text: string, { kind, topic, start, end }: MemberReading): boolean {
  return kind === 'other' && !topic && end - start >= 7 && !TIED.test(sliceAt(text, start, Math.min(end - start, 40)));
}
/** 出现一户,清理一户: the case, and what is done in it. */
const EACH_AS_FOUND = /^[\u4e00-\u9fff]{1,3}一[\u4e00-\u9fff]$/u;
/** 落实第一责任,企业主体责任: members of one list. */
function endsAlike(text: string, one: MemberReading | undefined, other: MemberReading): boolean {
  return one !== undefined && text.slice(one.end - 2, one.end) === text.slice(other.end - 2, other.end);
}
/** What is so, and not what is to be done. */
const DESCRIBES = /[是有为了已很太][\u4e00-\u9fff]|不[\u4e00-\u9fff]|[?？吗呢吧]$|(?:问题|难题|关键|重要|容易|困难|需要|希望|感谢|祝|谢谢|涉及|关系|在于|来自|属于|没有)/u;
const TIED_BEFORE = /^(?:既|又|也|更|以|直至|直到|直接|真心|不[是为让使留搞因求]|没有|宁可|绝不|尤其|特别|包括|涉及|其)/u;
const TIED = /^(?:既|又|也|更|以|直至|直到|直接|真心|联系|不[是为让使留搞因求]|没有|宁可|绝不|尤其|特别|包括|涉及|其|公共|[0-9０-９一二三四五六七八九十“])|^[\u4e00-\u9fff]{2,4}、[\u4e00-\u9fff]{2,4}$|面向|力争|预计|预期|[感性力度率]$|[0-9]$/u;

/** 坚持党政同责,坚持管行业必须管安全: a series of principles goes with the act before it. */
function inSeries(text: string, members: readonly MemberReading[], m: number): boolean {
  const holds = (k: number): boolean => k >= 0 && k < members.length && text.startsWith('坚持', members[k].start);
  return holds(m) && (holds(m - 1) || holds(m + 1));
}

const sliceAt = (text: string, at: number, length: number): string => text.slice(at, at + length);

const TOPIC_ASKS = /^(?:需要|既要|要(?:以|把|从|坚持|注重|靠)|关键|离不开|首先要|首要的是|难度|意义|责任|任务|有利于|有助于|对于.{0,20}具有)/u;
const TOPIC_FIRST = firstsOf(TOPIC_ASKS);

/** 推进X,需要Y: the first member only names what the second is about. */
function isTopicOf(text: string, next: MemberReading | undefined): boolean {
  return next !== undefined && TOPIC_FIRST[text.charCodeAt(next.start)] === 1 && TOPIC_ASKS.test(text.slice(next.start, Math.min(next.end, next.start + 30)));
}

/** For each member: whether an act comes anywhere behind it. */
function listActsBehind(members: readonly MemberReading[]): boolean[] {
  const acts = members.map(() => false);
  for (let m = members.length - 2; m >= 0; m--) acts[m] = acts[m + 1] || members[m + 1].kind === 'act';
  return acts;
}

/** For each member: whether an act comes behind it with nothing but lead-ups between. */
function listLeads(members: readonly MemberReading[]): boolean[] {
  const leads = members.map(() => false);
  for (let m = members.length - 2; m >= 0; m--) {
    const { kind } = members[m + 1];
    leads[m] = kind === 'act' || ((kind === 'frame' || kind === 'weak' || kind === 'stance') && leads[m + 1]);
  }
  return leads;
}

/** Items whose spans lie in [start, end), by binary search over an ascending list of starts. */
function listInside<T extends { readonly span: Span }>(list: readonly T[], [start, end]: Span): T[] {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].span[0] < start) low = middle + 1;
    else high = middle;
  }
  const inside: T[] = [];
  for (let i = low; i < list.length && list[i].span[0] < end; i++) if (list[i].span[1] <= end) inside.push(list[i]);
  return inside;
}

/** The day by which: what stands before the verb first, then what stands behind it, then the line or cell that gives it. */
function deadlineOf(text: string, times: readonly TimeExpression[], { start, end, reading, bracket, row }: Found): TimeExpression | null {
  const own = listInside(times, [start, end]);
  if (row) return own.find((time) => time.span[0] >= row.start && time.span[1] <= row.end) ?? null;
  // 2005年前建成小区 says which, not when.
  const binds = (time: TimeExpression): boolean => (time.kind === 'deadline' || time.kind === 'duration') && !(time.rule === 'before-year' && /^(?:建成|建设|竣工|投用|形成)(?:的|小区|老旧|住宅|房屋|楼|未|且|并|后|投用的)/u.test(text.slice(time.span[1], time.span[1] + 6)));
  const before = own.filter((time) => time.span[1] <= reading.verb[0] && binds(time));
  const found = before.find((time) => time.kind === 'deadline') ?? before[0] ?? own.find((time) => time.kind === 'deadline' && binds(time));
  if (found) return found;
  if (bracket === null || bracket[0] < end) return null;
  return listInside(times, bracket).find((time) => time.to !== null || time.kind === 'deadline') ?? null;
}

/** (联系人：…，电话：…) behind what is asked is no part of it. */
const CONTACT = /[（(](?:联系人|联系电话|电话|邮箱|地址)[^（()）]{0,80}[)）]$/u;

function describe(passage: Passage, context: TaskContext, task: Found): Omit<PolicyTask, 'id'> {
  const { text } = passage;
  const { reading } = task;
  const closes = text[task.end - 1] === ')' || text[task.end - 1] === '）';
  const contact = closes ? CONTACT.exec(text.slice(Math.max(task.start, task.end - 100), task.end)) : null;
  if (contact) task.end -= contact[0].length;
  const span = sourceSpan(passage, task.start, task.end);
  const bracket = task.bracket === null ? null : sourceSpan(passage, task.bracket[0], task.bracket[1]);
  const bodies = listInside(context.mentions, span);
  if (bracket !== null && bracket[0] >= span[1]) bodies.push(...listInside(context.mentions, bracket));
  return {
    clause: passage.clause,
    span,
    action: text.slice(reading.verb[0], reading.verb[1]) + (reading.tail ? text.slice(reading.tail[0], reading.tail[1]) : ''),
    object: text.slice(reading.object[0], Math.max(reading.object[0], Math.min(reading.object[1], task.end))),
    means: task.means === null ? null : text.slice(task.means[0], task.means[1]),
    bodies,
    deadline: deadlineOf(text, context.times, task),
    place: reading.place === null ? null : text.slice(reading.place[0], reading.place[1]),
    strength: task.strength,
    targets: listInside(context.targets, span).map((target) => target.id),
  };
}
