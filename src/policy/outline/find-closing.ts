/** Where the text ends and its closing begins: thanks, a call to those present, list of annexes, signature, day, distribution. */
import type { Heading } from './find-headings.ts';
import { isDayLine, isSignature, LIST_OF_ANNEXES } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import { findSentenceEnd } from '../text/sentence.ts';

const TAIL = /^(?:附\s?件|(?:出席|列席|请假|记录|参加|参会)(?:人员|单位)?\s?[:：]|(?:分送|发送|发至|主送|抄报)\s?[:：]|附[:：]|[(（](?:此件|此文|本文|联系|公开|信息公开|完)|抄\s?[送报]|主题词|(?:提案|汇报|报告|起草|执笔)人\s?[:：]|联\s?系\s?(?:人|电话|方式)|签发|印发[:：]|谢谢|(?:再次)?感谢您|专此(?:答复|报告|函复)|此复|特此(?:通知|报告|通告|公告|函复|批复)|以上报告|请予审议|以上(?:意见|报告)[,，]?(?:妥否|如无不妥)|妥否|本[\u4e00-\u9fff]{2,6}(?:自|从).{2,24}(?:施行|实施|执行|生效)|自.{2,20}起(?:施行|实施|执行))/;
/** Turns to those present. */
export const ADDRESS = /^(?:同志们|各位代表|各位同志|各位委员|各位领导|朋友们|代表们|女士们)[、,，!！:：]/;
// 最后我再说一句, 我就讲这些, 汇报完毕: a speaker comes to the end. 最后, that counts a list is none of these.
const FILE_NAME = /\.(?:docx?|pdf|xlsx?|wps|et|zip|rar|ofd|pptx?)$/i;
const LAST_WORDS = /^(?:让我们|我就(?:先)?(?:讲|说|汇报)(?:这些|这么多|到这里?)|我的?(?:讲话|发言|汇报)(?:就?到此|到这里|完)|以上(?:是|就是)?我的|以上[\u4e00-\u9fff]{2,4}[,，](?:仅?供|请|妥否|不当|不妥|如有)|(?:汇报|发言|讲话)完毕|讲完了|最后[,，]?我?(?:想|要)?再?(?:说|讲|强调)[一几两][句点]|最后[,，]?(?:祝|预祝|衷心))/;
/** 散会以后…, 就讲到这里: anywhere in the last words of a talk. */
const ENDS_TALK = /散会(?:以后|之后|后)?[,，]|就?先?(?:讲|说|谈)到这[里儿]|(?:讲|说)这么多/;
const LONGEST_LINE = 80;

const LONGEST_LAST = 120;

/** Words that only stand at a paper's end: 附件, 抄送, 特此通知, 本办法自…起施行. */
export function isTail(text: string, from: number): boolean {
  return TAIL.test(text.slice(from, from + 80));
}

function hasStop({ text }: Paragraph): boolean {
  return findSentenceEnd(text, 0, text.length) >= 0;
}

/** First paragraph of the closing among [first, last); `last` where there is none. `lastHeading`: paragraph of the last heading before. */
export function findClosing(paragraphs: readonly Paragraph[], headings: readonly Heading[], first: number, last: number): number {
  let start = last;
  const annexes = findAnnexList(paragraphs, first, last);
  if (annexes >= 0) start = annexes;
  const lastHeading = headings.findLast((heading) => heading.paragraph < start && heading.paragraph >= first);
  const least = lastHeading === undefined ? first : lastHeading.paragraph + 1;
  let seesDay = paragraphs.slice(start, last).some(({ text }) => isDayLine(text));
  while (start > least) {
    const { text } = paragraphs[start - 1];
    const isEnd = isDayLine(text) || (isSignature(text) && (seesDay || start < last)) || (isSignature(text) && text.length <= 30 && start === last && first < start - 1) || (TAIL.test(text) && text.length <= 200) || (text.length <= 80 && FILE_NAME.test(text));
    // 三、联系方式 with its line of names under it is a section, not the end.
    if (!isEnd || (start - 1 === least && lastHeading?.isOwnLine === true && !isDayLine(text) && !isSignature(text))) break;
    seesDay ||= isDayLine(text);
    start--;
  }
  // Behind a hole a text without headings speaks to all again: what it had to say is lost.
  for (let p = least; p < start; p++) if (ADDRESS.test(paragraphs[p].text) && (lastHeading !== undefined || (p > first && paragraphs[p].isCutBefore))) return p;
  if (lastHeading !== undefined) for (let p = Math.max(least, start - 3); p < start; p++) if (LAST_WORDS.test(paragraphs[p].text) || (p === start - 1 && paragraphs[p].text.length <= LONGEST_LAST && ENDS_TALK.test(paragraphs[p].text))) return p;
  const afterSeries = findAfterSeries(paragraphs, headings, first, start);
  return afterSeries >= 0 ? afterSeries : start;
}

/** 各地区、各有关部门要…, 本意见自…: speaks to all, or of the paper. */
const TO_ALL = /^各(?:地区?|级|部门|单位|有关|相关|市|县|区|乡|镇|街道|省|州|盟|旗|责任|牵头)[^。,，]{0,40}[要应须]|^(?:上述|以上|本)(?:意见|通知|方案|措施|规定|办法|任务|工作|要点|计划)/;
const LEAST_MEMBERS = 4;

/** Paragraph right after a series whose members, four and more, are a paragraph each (一、…二、…), where it speaks to all: it is none of the last member's. */
function findAfterSeries(paragraphs: readonly Paragraph[], headings: readonly Heading[], first: number, last: number): number {
  const own = headings.filter(({ paragraph }) => paragraph >= first && paragraph < last);
  const final = own.at(-1);
  if (final === undefined || own.length < LEAST_MEMBERS || final.paragraph !== last - 2 || !TO_ALL.test(paragraphs[last - 1].text)) return -1;
  const isSeries = own.every(({ paragraph, style, isOwnLine }, k) => style === final.style && !isOwnLine && (k === 0 || paragraph === own[k - 1].paragraph + 1));
  return isSeries ? last - 1 : -1;
}

/** `附件:1.…` and the lines under it, with nothing but such lines and the signature after it. */
function findAnnexList(paragraphs: readonly Paragraph[], first: number, last: number): number {
  for (let p = last - 1; p >= first && p > last - 60; p--) {
    const { text } = paragraphs[p];
    if (LIST_OF_ANNEXES.test(text)) return p;
    if (text.length > LONGEST_LINE || (hasStop(paragraphs[p]) && !TAIL.test(text))) return -1;
  }
  return -1;
}
