/** Whether a clause reports what is (a fact) or says what shall be (a target). */
import type { IsoDay, TimeExpression } from '../model.ts';
import { lastsOf, PatternGate } from '../words/pattern-gate.ts';
import type { GatedPattern } from '../words/pattern-gate.ts';

export type Mood = 'reported' | 'wanted';

const REPORTED = /(?<!完成|消除|解决|整治|整改|处置|修复|化解|[对将把])已(?!然|[\u4e00-\u9fff]{1,4}的)|(?<![为除])了(?![解然结却])|曾|截至|截止到|现有|现共有|共有|仅|只有|先后|陆续|过去|以来|随着|连续(?:[0-9]+|[多两三四五六七八九十])[年届次]|受访|认为|显示|(?:仍|还|尚)有|^据|据(?:统计|调查|测算|了解|悉|介绍|不完全|通报|初步)|位居|入选|荣获|创下|超额|导致(?!的)|造成(?![为的])|没有|不足(?![之])|(?:[\u4e00-\u9fff](?<![通经超不透])过)(?=[0-9*])|比(?:全[国省市]|[\u4e00-\u9fff]{2,6}平均)[\u4e00-\u9fff]{0,4}[低高多少](?!于)|获悉|据悉|^(?:全市|我市|全区|全县|我县|我区|全省)?(?:现有|现已|有(?=[0-9*个]))/u;
const WANTED = /力争|确保|(?<!成功)争取(?![到了得由中上])|(?<![主重需必首纲摘概紧机])要(?![点素闻道塞紧害么求])|必须|须|将(?![军领])|拟|计划(?=[新完建改投实到开启培引安筹])|预期|目标|不得|(?:底|月|年|日)前(?:完成|建成|实现|达到|全面|基本)|同意|再(?=[新建改完创增添])|今年要|鼓励/u;
/** Words that report unless the sentence asks: 三年累计筹集3万套. */
const RATHER_REPORTED = /累计|共计|同比/u;
/** Words of both: in a section that looks back they report (占比稳定在八成). */
const RATHER_WANTED = /努力|至少|最多|不低于|不少于|不超过|控制在|稳定在|保持在|应(?=[当达在不])|应当|实现(?!了)|不断|逐步|加快|推进(?!了|机制|会|办|中心|情况|格局)|推动(?!了)|支持/u;
/** Verbs that ask when they open a clause and nothing says it is done. */
const OPENS_WITH_ACT = /^(?:[（(]?[一二三四五六七八九十0-9０-９]{1,3}[、.．)）])?(?:\s|\(|[一二三四五六七八九十]是|[一二三四五六七八九十]要|同时|并|还|再|全年|年内|全市|今年|重点|统筹|持续|全面|积极|大力|扎实|深入|加快|滚动|分批|分类|有序|梯次|同步|全力|逐步|挖潜|继续|多渠道|高标准|高质量|因地制宜|先|新|再|每年|在全[省市区县]|[省市区县、]{1,5}[两三]级)*(?:增配|开设|开办|扶持|资助|评选|选拔|招募|翻建|翻新|腾出|腾退|新修|新铺|新植|新办|新开|新装|购置|购买|配置|配备|配齐|增设|增配|增购|设置|设立|辟出|创成|修缮|加固|更换|替换|迁改|贯通|打通|布设|架设|安装|拓宽|收储|回收|化解|压降|拆除|清淤|疏浚|整合|植树|造林|补植|招聘|招录|撤掉|建好|修好|种好|办好|做好|消化|去化|归集|帮助|救助|新建|新增|新改扩建|新改建|改扩建|改建|扩建|建设|建成|完成|改造|实施|打造|培育|引进|创建|启动|开工|推进|开展|建立|组建|布局|谋划|招引|安排|投入|投放|整治|提升|更新|加装|铺设|敷设|修建|修复|新添|配建|筹集|筹建|筹措|供应|盘活|腾退|治理|开工建设|种植|栽植|压减|提高|增加|扩大|培训|发放|组织|举办|争创|认定|选派|选树|遴选|保障|保持|稳定|降低|减少|力争|确保)/u;
const REPORTED_HEADING = /成效|成绩|回顾|现状|问题|短板|不足|成就|困难(?!群|家|妇|职|学|老|人|户)|形势|(?:发展|工作|现实|良好)基础|进展情况|工作情况|完成情况|过去|一年来|五年来/u;
const WANTED_HEADING = /目标|任务|安排|部署|举措|措施|重点工作|要求|打算|工作重点|下一步|今后|做好|推进|推动|打造|构建|加强|加快|提升|优化|强化|实施|建设|完善|着力|坚持|聚焦|实事|怎么[干办做]|[干做]什么/u;

const GATE = new PatternGate();
const REPORTS = GATE.add(REPORTED), WANTS = GATE.add(WANTED), RATHER_REPORTS = GATE.add(RATHER_REPORTED), RATHER_WANTS = GATE.add(RATHER_WANTED);
const says = (text: string, bits: number, { bit, pattern }: GatedPattern): boolean => (bits & bit) !== 0 && pattern.test(text);

/** What a clause says by itself; `weak` where a clause before it in its sentence knows better. */
export interface Said {
  readonly mood: Mood;
  readonly weak: boolean;
}
const said = (mood: Mood, weak = false): Said => ({ mood, weak });

/** Times decide before words: a day after the publication is to come. */
export function findMood(whole: string, times: readonly TimeExpression[], publishedAt: IsoDay | null, heading: Mood | null): Said | null {
  for (const time of times) {
    // 6月底前 in August: of this year or of the next.
    if (time.rule === 'past-or-next') continue;
    if (time.kind === 'point' && (time.text.startsWith('截') || /^(?:去|上|前年)/u.test(time.text))) return said('reported');
    if (time.kind === 'deadline' && time.rule !== 'before-year' && (time.to === null || publishedAt === null || time.to >= publishedAt)) return said('wanted');
    if (time.to !== null && time.kind !== 'fuzzy' && publishedAt !== null && time.rule !== 'before-year') {
      if (time.to < publishedAt) return said('reported');
      if (time.from !== null && time.from > publishedAt) return said('wanted');
    }
  }
  // A clause is a line of speech; what is longer is no prose, and is read no further.
  const clause = whole.length > 400 ? whole.slice(0, 400) : whole;
  const bits = GATE.scan(clause, 0, clause.length);
  if (says(clause, bits, REPORTS)) return said('reported');
  if (says(clause, bits, WANTS)) return said('wanted');
  // 2月16日,集中开工120台, in news of that day.
  if (publishedAt !== null && times.some(({ kind, rule, from, to }) => kind === 'point' && from === to && to === publishedAt && rule !== 'relative-day')) return said('reported');
  if (times.some(({ rule, text }) => rule === 'last-years' || (rule === 'fuzzy' && /^近.{0,2}年|^多年|^长期/u.test(text)))) return said('reported');
  if (times.some(({ kind, rule }) => kind === 'duration' && rule === 'years-from-now')) return said('wanted');
  // 实现税收同比增长5%: asked where nothing says it is done.
  if (heading !== 'reported' && clause.includes('同比') && /^\s*(?:[(（][一二三四五六七八九十]{1,3}[)）])?(?:实现|确保|力争|完成)/u.test(clause)) return said('wanted', true);
  if (says(clause, bits, RATHER_REPORTS)) return said('reported', true);
  return heading !== 'reported' && says(clause, bits, RATHER_WANTS) ? said('wanted', true) : null;
}

/** A sentence that says what the ones after it are: 一年来, 我们主要抓了以下工作; 今年的主要目标. */
const LOOKS_BACK = /(?:一|[0-9两三四五几])年来|过去|去年|上年|以来|同比|了以下|主要抓了|回顾|成效|成绩|获悉|据悉|^[^,\uff0c]{0,8}[0-9]{1,2}月[0-9]{1,2}日(?:[上下]午|晚)?[,\uff0c]/u;
const LOOKS_AHEAD = /目标|今年(?:的|要|政府|将|重点)|总体要求|任务|打算|下一步|重点(?:做好|抓好|是|抓)|力争|确保|计划/u;
const LEAD = new PatternGate();
const AHEAD = LEAD.add(LOOKS_AHEAD), BACK = LEAD.add(LOOKS_BACK);
export function findLead(sentence: string): Mood | null {
  const bits = LEAD.scan(sentence, 0, sentence.length);
  if (says(sentence, bits, AHEAD)) return 'wanted';
  return says(sentence, bits, BACK) ? 'reported' : null;
}

export const opensWithAct = (clause: string): boolean => OPENS_WITH_ACT.test(clause);

/** A section that only looks back (…工作回顾) reports, whatever the headings in it begin with. */
const LOOKS_BACK_ONLY = /回顾$|(?:工作|主要|取得的?|发展)(?:成效|成绩|成就)$|完成情况$/u;

const BACK_LAST = lastsOf(LOOKS_BACK_ONLY);

/** What the headings around a passage say, nearest first. */
export function moodOfHeadings(headings: readonly string[], publishedAt: IsoDay | null): Mood | null {
  for (let i = 1; i < headings.length; i++) if (BACK_LAST[headings[i].charCodeAt(headings[i].length - 1)] === 1 && LOOKS_BACK_ONLY.test(headings[i])) return 'reported';
  for (const heading of headings) {
    const mood = moodOfHeading(heading, publishedAt);
    if (mood !== null) return mood;
  }
  return null;
}

const HEADINGS = new PatternGate();
const REPORTED_UNDER = HEADINGS.add(REPORTED_HEADING), WANTED_UNDER = HEADINGS.add(WANTED_HEADING);
function moodOfHeading(heading: string, publishedAt: IsoDay | null): Mood | null {
  const bits = HEADINGS.scan(heading, 0, heading.length);
  if (says(heading, bits, REPORTED_UNDER) && !/目标|解决|破解|补[齐上强]|补短|攻克|化解|整改|着力/u.test(heading)) return 'reported';
  // 2024年全国实施城市更新项目6万余个: said of a year that is over.
  const year = publishedAt === null ? null : PAST_YEAR.exec(heading);
  if (year !== null && publishedAt !== null && year[1] < publishedAt.slice(0, 4) && !/目标|任务|规划|计划|方案|要点/u.test(heading)) return 'reported';
  return says(heading, bits, WANTED_UNDER) ? 'wanted' : null;
}
const PAST_YEAR = /(?<![0-9—–\-至到])(20[0-9]{2})年(?!底?前|以前|代|[—–\-至到])/u;
