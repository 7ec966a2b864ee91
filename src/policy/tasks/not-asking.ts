/** Statements that talk and do not ask: words of leaders, guiding thought, announcements of a list, reports of what was done. */
import type { OutlineNode } from '../model.ts';
import type { Statement } from '../words/split-statements.ts';
import { PatternGate } from '../words/pattern-gate.ts';
import { VERBS } from './verbs.ts';

/** Only the beginning of a statement is looked at: patterns stay bounded. */
const HEAD = 80;

const SAYS = /(?:总书记|主席|总理|中央|会议|全会|报告)[^，,。；;]{0,30}(?:指出|强调|要求|说|提出|明确)(?:[:：,，“]|$)/u;
const SAYS_OF = /总书记[^。]{0,40}(?:指出|强调|要求)|作出了?(?:一系列)?(?:重要)?(?:批示|指示)[，,](?:[^，,。]{0,8})?要求/u;

/** 会议要求，…; 会议决定：…: minutes hand out work in such words. What a central meeting said is reported. */
const MINUTES = /^(?:会议|大会|全会)(?:对[^，,:：]{1,24})?(?:还|同时|并)?(?:强调|要求|决定|议定|明确|确定|部署|指出|同意|原则同意|提出)(?:(?:[几三四五六七]点|明确|具体|以下|如下|工作|有关)*(?:要求|意见))?(?:[,，:：]|$)/u;

const GATE = new PatternGate();
const SPEAKS = GATE.add(SAYS), SPEAKS_OF = GATE.add(SAYS_OF);
export function isReportedSpeech(text: string, { start, end }: Statement): boolean {
  const until = Math.min(end, start + HEAD);
  const bits = GATE.scan(text, start, until);
  if ((bits & (SPEAKS.bit | SPEAKS_OF.bit)) === 0) return false;
  const head = text.slice(start, until);
  if (MINUTES.test(head)) return false;
  return SAYS.test(head) || SAYS_OF.test(head);
}

/** 以…思想为指导,深入贯彻…,坚持…: the creed that opinions begin with. */
const GUIDES = GATE.add(/(?:思想|理论|精神)[^，,。；;]{0,12}为(?:指导|指引|统领|根本遵循)/u);
export function isGuidingThought(text: string, { start, end }: Statement): boolean {
  const until = Math.min(end, start + 2 * HEAD);
  return (GATE.scan(text, start, until) & GUIDES.bit) !== 0 && GUIDES.pattern.test(text.slice(start, until));
}

/** 这次全委会要…, 召开…会议,就是要动员…: what a meeting is for, told at its beginning. */
const OF_MEETING = /^(?:[这本此]次)?[^，,。；;]{0,10}(?:会议|大会|全会|全委会|推进会|座谈会|现场会)(?:的?(?:主要)?(?:任务|目的|议题)|(?:就是)?要(?!求)|主要是|就是)|召开[^。；;]{2,40}[，,](?:就是要|目的是|目的就是|主要任务是)/u;
const MEETING_BIT = GATE.add(OF_MEETING);
export function isAboutMeeting(text: string, { start, end }: Statement): boolean {
  const until = Math.min(end, start + 2 * HEAD);
  return (GATE.scan(text, start, until) & MEETING_BIT.bit) !== 0 && OF_MEETING.test(text.slice(start, until));
}

const NUMBER = '[一二三四五六七八九十两几0-9]';
const ANNOUNCES = new RegExp(`(?:${NUMBER}{1,3}(?:点|项|条|个方面|方面|个|件|大)(?:意见|工作|重点工作|任务|重点任务|思想共识|共识|要求|建议|措施|事|方面|环节|问题|关系|文章)?|以下(?:几|${NUMBER}{1,3})?(?:点|项|个方面|工作|几项|方面)?(?:意见|工作|任务)?|如下)$`, 'u');

const TAILS = new PatternGate();
const FROM_SIDES = TAILS.add(/将?从[一二三四五六七八九十两几]个?方面[^，,。]{0,8}$/u), COUNTS = TAILS.add(ANNOUNCES);

/** "重点做好三项工作:" announces a list; what it asks stands in the list. */
export function isAnnouncement(text: string, { start, end, members }: Statement): boolean {
  const next = text[end];
  if (next !== ':' && next !== '：') {
    // The colon may stand inside the statement, with the list's first member behind it, or the statement may end the paragraph.
    const last = members[members.length - 1];
    const tail = text.slice(Math.max(last.start, last.end - 24), last.end);
    const bits = TAILS.scan(tail, 0, tail.length);
    if ((bits & FROM_SIDES.bit) !== 0 && FROM_SIDES.pattern.test(tail)) return true;
    if ((bits & COUNTS.bit) === 0 || !ANNOUNCES.test(tail) || !/[一二三四五六七八九十两几以如](?:点|项|条|个方面|方面|下)/u.test(tail)) return false;
    return /(?:到|好|做|抓|讲|谈|化|出|住|握|为|以下)/u.test(text.slice(start, end));
  }
  const tail = text.slice(Math.max(start, end - 24), end);
  return ANNOUNCES.test(tail) || /从[一二三四五六七八九十两几]个?方面[^，,。]{0,8}$/u.test(tail);
}

const PAST_HEADING = /(?:回顾|成效|成绩|成就|现状|取得的|主要做法|工作情况|完成情况|进展情况|基本情况|存在的?(?:突出|主要)?问题|^(?:主要|突出|发现的?(?:主要)?|共性|反映的)问题|工作进展|办理情况|前期工作|总体情况|督查情况|开展情况|推进情况|落实情况|运行情况|短板|不足|形势|重大意义|重要意义|必要性|经验|背景|工作总结)/u;
const ASKING_HEADING = /(?:任务|要求|安排|部署|打算|措施|举措|整改|解决|破解|着力|加快|推进|下一步|今后|目标|把握|补齐|增强|应对)/u;
const GOAL_HEADING = /^[^，,。]{0,12}目标$/u;
export const isGoalHeading = (heading: string): boolean => heading.length <= 14 && GOAL_HEADING.test(heading);
const FACT_WORDS = ['截至', '同比', '累计', '已经', '目前已', '去年', '近年来', '过去', '一年来', '五年来'];
const ASK_WORDS = /(?:[^重主首必需次概摘纪提扼紧]要(?!求|素|点|件|领|塞|害)|必须|应当|务必|下一步|今后)/u;

const ASKS_UNDER = /任务|要求|措施|举措|安排|打算|部署|重点|工程|布局|整治|内容|步骤|实施|保障|建议|行动|着力|加快|推进|下一步|今后|怎么干|怎么办|改进|整改/u;
/** 主要任务, 下步要求: what stands under it asks. */
export const asksUnder = (headings: readonly OutlineNode[]): boolean => headings.some(({ heading, kind }) => kind !== 'title' && heading.length <= 24 && ASKS_UNDER.test(heading) && !PAST_HEADING.test(heading));
const REPORT = new PatternGate();
const SOME_FACTS = REPORT.add(new RegExp(['了', ...FACT_WORDS].join('|'), 'u')).bit;

/** Of each node, what its heading says: it is asked for every passage below it. */
const REPORTING_NODES = new WeakMap<OutlineNode, boolean>();
function reportsUnder(node: OutlineNode): boolean {
  let reports = REPORTING_NODES.get(node);
  if (reports === undefined) REPORTING_NODES.set(node, (reports = isReportingHeading(node)));
  return reports;
}
function isReportingHeading({ heading, kind }: OutlineNode): boolean {
  if (kind === 'title') return false;
  // 工作目标: what shall be reached, and no act; its numbers are targets.
  if (GOAL_HEADING.test(heading)) return true;
  const begins = VERBS.find(heading, 0)?.value;
  return begins !== 'act' && begins !== 'result' && PAST_HEADING.test(heading) && !ASKING_HEADING.test(heading);
}

/** The passage reports: its section looks back or describes, or it speaks of what was done and asks for nothing. */
export function isReporting(text: string, node: OutlineNode, ancestors: readonly OutlineNode[]): boolean {
  const headings = node.kind === 'item' ? ancestors : [...ancestors, node];
  if (headings.some(reportsUnder)) return true;
  const until = Math.min(text.length, 4000);
  if ((REPORT.scan(text, 0, until) & SOME_FACTS) === 0) return false;
  const sample = text.length > 4000 ? text.slice(0, 4000) : text;
  return countFacts(sample) >= 2 && !ASK_WORDS.test(sample);
}

/** Words of a report, counted to two: …了 (not 为了, 了解) and those of FACT_WORDS. */
function countFacts(text: string): number {
  let count = 0;
  for (let at = text.indexOf('了'); at >= 0 && count < 2; at = text.indexOf('了', at + 1)) {
    if (!'为除罢'.includes(text[at - 1] ?? '为') && !'解望然结'.includes(text[at + 1] ?? '，')) count++;
  }
  for (const word of FACT_WORDS) {
    if (count >= 2) break;
    for (let at = text.indexOf(word); at >= 0 && count < 2; at = text.indexOf(word, at + 1)) count++;
  }
  return count;
}
