/**
 * Paragraphs that are headings or begin with one: numbered by a marker, or unnumbered on a line of their own where several stand in
 * parallel. Levels come later (`place-headings.ts`).
 */
import { findSentenceEnd, isColon, isSemicolon, isSentenceEnd } from '../text/sentence.ts';
import type { Paragraph } from './join-lines.ts';
import type { Marker, Style } from './markers.ts';
import { isItemStyle, parseHeadingMarker, parseItemMarker } from './markers.ts';

export interface Heading {
  /** Index of its paragraph. */
  readonly paragraph: number;
  readonly style: Style;
  readonly ordinal: number | null;
  /** Numbers before the last of 1.2.3; for an unnumbered heading its size, `0` the largest, where there are several; else ''. */
  readonly key: string;
  /** Characters of the marker in the paragraph's text; 0 without. */
  readonly markerLength: number;
  /** End of the heading in the paragraph's text, full stop left out. */
  readonly headingEnd: number;
  /** The whole paragraph is heading. */
  readonly isOwnLine: boolean;
  /** Paragraphs after the first that the heading takes as well (an annex's title). */
  readonly more: number;
}

const PAPER_LINE = /(?:方案|意见|办法|细则|规定|计划|规划|清单|分工|任务表|指标表?|名单|目录|要点|标准|指南|措施|章程|制度|流程图?|一览表|汇总表|表|图|预案|制|工程|行动)(?:[(（][^()（）]{1,16}[)）])?$/;
const DAY_LINE = /^[(（]?\s?(?:\d{4}|[二〇○零ＯOo一三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月(?:\s?[\d一二三四五六七八九十]{1,3}\s?日)?\s?[)）]?$/;
const SIGNATURE = /(?:人民政府|委员会|办公[厅室]|国务院|党委|[省市县区]委|部|局|厅|处|院|会|集团|公司|中心|指挥部|领导小组)(?:办公室)?$/;
// 牵头单位:…, 完成时限:…: a field and its value.
const FIELD = /^[\u4e00-\u9fff\s]{0,6}(?:单位|部门|时限|时间|期限|负责人|责任人|联系人|牵头人|地点|地址|电话|科室|处室|领导|进度|依据|对象|范围|条件|数量|金额|来源|编号|文号|方式)\s?[:：]/;
const SPOKEN = /^(?:[●■◆▲★•○□◇△☆►▶]|同志们|各位|尊敬的|女士们|谢谢|主持人|主任|市长|书记|附[:：件]|抄送|注[:：]|单位[:：]|此件|[(（])/;
const KNOWN = /^(?:指导思想|基本原则|工作原则|总体(?:目标|要求|思路|考虑|部署)|主要(?:目标|任务|措施|指标)|(?:工作|发展|阶段)?目标(?:任务)?|重点(?:任务|工作|举措|项目)|工作(?:任务|要求|措施|安排|重点|目标|机制|步骤)|保障(?:措施|机制)|组织(?:保障|领导|实施)|实施步骤|任务分工|前言|引言|序言|结语|结束语|附则|总则|背景|问题|建议|(?:\d{4}年|过去一?五?年|今年|明年)?[^。,，]{0,10}(?:工作回顾|工作安排|主要工作|重点工作|目标任务))$/;

/** `附件:1.…`: the annexes that a paper comes with, not the annex itself. */
export const LIST_OF_ANNEXES = /^附\s?件\s?\d{0,2}\s?[:：]\s?\S/;

export function isDayLine(text: string): boolean {
  return text.length <= 24 && DAY_LINE.test(text);
}

/** An organ's name, or several, alone on a line: a signature. */
export function isSignature(text: string): boolean {
  return text.length >= 3 && text.length <= 60 && SIGNATURE.test(text) && !/^[—–-]/.test(text) && !/[,，。:：;；\t]/.test(text) && !/^(?:推|加|完|健|强|优|提|深|建|打|做|抓|落|严|坚|促|培|扩|创|实|保|构|发展|全面|着力|大力)/.test(text);
}

/** End of a numbered paragraph's heading: before its first full stop or ； (list members), else its whole. */
function headingEndOf(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSentenceEnd(code)) return i;
    if (isSemicolon(code)) return i;
  }
  return text.length;
}

/** Trims marks that end a heading on its own line: `工作目标:` */
function trimHeading(text: string, end: number): number {
  return end > 0 && isColon(text.charCodeAt(end - 1)) ? end - 1 : end;
}

function isMarked(paragraph: Paragraph): Marker | undefined {
  if (paragraph.isTitle || paragraph.isRow) return undefined;
  const marker = parseHeadingMarker(paragraph.text, 0);
  if (marker === undefined || isItemStyle(marker.style)) return undefined;
  // A bare marker heads nothing; 第一条经验 is no article; 2025年 is no 2025.
  if (marker.length >= paragraph.text.length && marker.style !== 'annex') return undefined;
  return marker;
}

export function findHeadings(paragraphs: readonly Paragraph[]): Heading[] {
  const markers = paragraphs.map(isMarked);
  const spoken = findSpoken(paragraphs);
  const plain = spoken.size > 0 ? new Map<number, string>() : findPlain(paragraphs, markers);
  const headings: Heading[] = [];
  // Number of the latest member of a list of annexes (附件:1.… and the lines under it); 0 outside one.
  let listed = 0;
  for (let i = 0; i < paragraphs.length; i++) {
    const marker = markers[i];
    if (LIST_OF_ANNEXES.test(paragraphs[i].text)) listed = 1;
    else if (listed > 0 && marker?.ordinal === listed + 1 && paragraphs[i].text.length <= 80 && findSentenceEnd(paragraphs[i].text, 0, paragraphs[i].text.length) < 0) {
      listed++;
      continue;
    } else listed = 0;
    if (marker === undefined) {
      const called = spoken.get(i);
      if (called !== undefined) {
        const { text } = paragraphs[i];
        headings.push({ paragraph: i, style: called.style, ordinal: called.ordinal, key: '', markerLength: called.length, headingEnd: isSentenceEnd(text.charCodeAt(text.length - 1)) ? text.length - 1 : text.length, isOwnLine: true, more: 0 });
      } else if (plain.has(i)) headings.push({ paragraph: i, style: 'plain', ordinal: null, key: plain.get(i) ?? '', markerLength: 0, headingEnd: paragraphs[i].text.length, isOwnLine: true, more: 0 });
      else if (isAppended(paragraphs, i, markers)) headings.push({ paragraph: i, style: 'annex', ordinal: null, key: '', markerLength: 0, headingEnd: paragraphs[i].text.length, isOwnLine: true, more: 0 });
      continue;
    }
    const { text } = paragraphs[i];
    if (marker.style === 'annex') {
      const more = annexTitle(paragraphs, i, marker, markers);
      if (more >= 0) headings.push({ paragraph: i, style: 'annex', ordinal: marker.ordinal, key: '', markerLength: marker.length, headingEnd: text.length, isOwnLine: true, more });
      i += Math.max(0, more);
      continue;
    }
    const end = headingEndOf(text, marker.length);
    const isOwnLine = end === text.length;
    headings.push({ paragraph: i, style: marker.style, ordinal: marker.ordinal, key: marker.key, markerLength: marker.length, headingEnd: isOwnLine ? trimHeading(text, end) : end, isOwnLine, more: 0 });
  }
  return headings;
}

/**
 * Whether 附件 begins an annex rather than the list of annexes under a letter: alone on its line (or with its title), and running text
 * after it. Returns how many further paragraphs make its title, -1 where it begins none.
 */
function annexTitle(paragraphs: readonly Paragraph[], at: number, marker: Marker, markers: readonly (Marker | undefined)[]): number {
  const rest = paragraphs[at].text.slice(marker.length).replace(/^[\s:：]+/, '');
  if (rest.length > 60 || /^\d{1,2}[.．、]/.test(rest) || (rest !== '' && /^[\s]*[:：]/.test(paragraphs[at].text.slice(marker.length)))) return -1;
  let title = 0;
  for (let i = at + 1; i < paragraphs.length && i <= at + 6; i++) {
    const { text } = paragraphs[i];
    const isText = findSentenceEnd(text, 0, Math.min(text.length, 400)) >= 0;
    if (isText) return title;
    if (isDayLine(text) || (markers[i]?.style === 'annex' && i > at + 1)) return title > 0 && markers[i] !== undefined ? title : -1;
    if (markers[i] !== undefined) return hasTextSoon(paragraphs, i) ? title : -1;
    if (/\.(?:docx?|pdf|xlsx?|wps|zip|rar|et|jpg|png)$/i.test(text)) return -1;
    if (rest === '' && title === i - at - 1 && title < 2 && text.length <= 60 && (title === 0 || PAPER_LINE.test(text))) title++;
  }
  // Alone on its line with a title under it, and only a table after that.
  return title > 0 && !isSignature(paragraphs[at + 1].text) ? title : -1;
}

function hasTextSoon(paragraphs: readonly Paragraph[], from: number): boolean {
  for (let i = from; i < Math.min(paragraphs.length, from + 6); i++) if (findSentenceEnd(paragraphs[i].text, 0, Math.min(paragraphs[i].text.length, 400)) >= 0) return true;
  return false;
}

/** A paper's title after a letter's signature and day: what the letter hands out, without the word 附件. */
export function isAppended(paragraphs: readonly Paragraph[], at: number, markers: readonly (Marker | undefined)[]): boolean {
  const { text } = paragraphs[at];
  if (text.length < 5 || text.length > 60 || !PAPER_LINE.test(text) || findSentenceEnd(text, 0, text.length) >= 0) return false;
  const before = paragraphs[at - 1];
  const above = paragraphs[at - 2];
  const isAfterDay = (before !== undefined && isDayLine(before.text)) || (above !== undefined && isDayLine(above.text) && before.text.length < 60 && findSentenceEnd(before.text, 0, before.text.length) < 0);
  if (!isAfterDay) return false;
  for (let i = at + 1; i < Math.min(paragraphs.length, at + 4); i++) if (markers[i] !== undefined || findSentenceEnd(paragraphs[i].text, 0, Math.min(400, paragraphs[i].text.length)) >= 0) return true;
  return false;
}

/** 国内生产总值增长5%左右, 城镇新增就业1256万人: says how much, and heads nothing. */
const AMOUNT_AT_END = /[0-9０-９](?:\.[0-9]+)?\s?(?:[万亿]{0,2}(?:%|％|个百分点|元|人|人次|斤|吨|辆|套|户|家|个|条|座|处|件|项|公里|平方米|亩|公顷|千瓦时?|立方米|名|所|场|倍)|[万亿]{1,2})(?:以上|以下|以内|左右|新台阶|大关|关口)?$/;
const ADDRESS_LINE = /^(?:同志们|各位|尊敬的|女士们)[^。]{0,36}[:：!！,，]$/;
const SHORTEST = 4;
const LONGEST = 50;

function canBePlain(paragraphs: readonly Paragraph[], i: number, markers: readonly (Marker | undefined)[]): boolean {
  const { text, isTitle, isCutBefore, isCutAfter, isRow } = paragraphs[i];
  if (isTitle || isRow || isCutBefore || isCutAfter || markers[i] !== undefined || text.length < SHORTEST || text.length > LONGEST) return false;
  const last = text.charCodeAt(text.length - 1);
  if (findSentenceEnd(text, 0, text.length) >= 0 || isColon(last) || isSemicolon(last) || last === 0x2c || last === 0xff0c || last === 0x3001) return false;
  if (SPOKEN.test(text) || AMOUNT_AT_END.test(text) || FIELD.test(text) || isDayLine(text) || !/[\u4e00-\u9fff]{2}/.test(text) || /[|｜\t]|\d{5,}|https?:/.test(text)) return false;
  const item = parseItemMarker(text, 0);
  return item === undefined || !isItemStyle(item.style);
}

function hasText(paragraphs: readonly Paragraph[], i: number, markers: readonly (Marker | undefined)[]): boolean {
  return i < paragraphs.length && (markers[i] !== undefined || findSentenceEnd(paragraphs[i].text, 0, Math.min(paragraphs[i].text.length, 2000)) >= 0 || isColon(paragraphs[i].text.charCodeAt(paragraphs[i].text.length - 1)));
}

const LONGEST_SPOKEN = 40;

/** 第一个，…。 第二个，…。 alone on their lines with text under each: the parts of a talk. */
function findSpoken(paragraphs: readonly Paragraph[]): Map<number, Marker> {
  const found: [number, Marker][] = [];
  let last = 0;
  for (let i = 0; i + 1 < paragraphs.length; i++) {
    const { text, isTitle } = paragraphs[i];
    if (isTitle || text.length > LONGEST_SPOKEN || (text.charCodeAt(0) !== 0x7b2c && text.charCodeAt(0) !== 0x5934)) continue;
    const marker = parseItemMarker(text, 0);
    if (marker?.style !== 'di' || marker.ordinal !== last + 1) continue;
    const end = findSentenceEnd(text, 0, text.length), below = paragraphs[i + 1].text;
    if ((end >= 0 && end < text.length - 1) || below.length <= text.length || parseItemMarker(below, 0)?.style === 'di') continue;
    found.push([i, marker]);
    last = marker.ordinal;
  }
  return new Map(found.length >= 2 ? found : []);
}

/**
 * Unnumbered headings, each with its size ('' where there is but one): those that the file sets as headings; else lines above running text that stand in parallel, by the
 * same opening words or by shape, or that are headings by name.
 */
function findPlain(paragraphs: readonly Paragraph[], markers: readonly (Marker | undefined)[]): Map<number, string> {
  const styled = findStyled(paragraphs, markers);
  if (styled.size > 0) return styled;
  const candidates: number[] = [];
  let isAfterText = false;
  // The day, place and speaker of a report stand above 各位代表:, and are no headings.
  const salutation = paragraphs.findIndex(({ text }, i) => i < 40 && text.length <= 40 && ADDRESS_LINE.test(text));
  for (let i = 0; i < paragraphs.length; i++) {
    if (!isAfterText && i < salutation) continue;
    if (canBePlain(paragraphs, i, markers) && isFollowed(paragraphs, i, markers) && (isAfterText || !isSignature(paragraphs[i].text)) && !(isSignature(paragraphs[i].text) && isDayLine(paragraphs[i + 1]?.text ?? ''))) candidates.push(i);
    isAfterText ||= findSentenceEnd(paragraphs[i].text, 0, Math.min(paragraphs[i].text.length, 400)) >= 0;
  }
  const accepted = new Set<number>();
  const byOpening = new Map<string, number[]>();
  for (const i of candidates) {
    const opening = paragraphs[i].text.slice(0, 2);
    byOpening.set(opening, [...(byOpening.get(opening) ?? []).slice(-1), i]);
    if (KNOWN.test(paragraphs[i].text)) accepted.add(i);
  }
  for (const i of candidates) if ((byOpening.get(paragraphs[i].text.slice(0, 2)) ?? []).length > 1) accepted.add(i);
  const lengths = candidates.map((i) => paragraphs[i].text.length).sort((a, b) => a - b);
  const middle = lengths[lengths.length >> 1];
  const alike = candidates.filter((i) => paragraphs[i].text.length >= middle * 0.5 && paragraphs[i].text.length <= middle * 1.7);
  if (alike.length >= 2 && alike.length * 5 >= candidates.length * 3) for (const i of alike) accepted.add(i);
  return sizeByPlace(paragraphs, candidates, accepted);
}

/** Unnumbered headings that the file sets as such, in a style of the outline, or in bold where two and more are: their sizes as the file orders them. */
function findStyled(paragraphs: readonly Paragraph[], markers: readonly (Marker | undefined)[]): Map<number, string> {
  const named: number[] = [], bold: number[] = [];
  paragraphs.forEach(({ hint, text, isTitle, isRow }, i) => {
    if (hint === 0 || isTitle || isRow || markers[i] !== undefined || text.length > LONGEST_STYLED || findSentenceEnd(text, 0, text.length) >= 0) return;
    if (hint < BOLD_HINT) named.push(i);
    else if (canBePlain(paragraphs, i, markers) && isFollowed(paragraphs, i, markers) && !isSignature(text)) bold.push(i);
  });
  // What is bold inside a paper with heading styles heads something only where it stands above text as they do.
  const all = [...named, ...(bold.length >= 2 ? bold : [])].sort((a, b) => a - b);
  const levels = [...new Set(all.map((i) => paragraphs[i].hint))].sort((a, b) => a - b);
  return new Map(all.map((i) => [i, levels.length === 1 ? '' : String(levels.indexOf(paragraphs[i].hint))]));
}
const LONGEST_STYLED = 80;
const BOLD_HINT = 7;

/** What can tell a large heading from a small one in a plain text: an empty line before it, the mark it opens with. */
const shapeOf = ({ isApart, text }: Paragraph): string => `${isApart ? 'apart' : ''}${/^[●◆■▲★【◎※]/.exec(text)?.[0] ?? ''}`;

/**
 * Sizes of accepted headings by where they stand. A heading with another right under it is larger than that one; where two and more are, and their shape (an empty
 * line before, a mark) is not that of the smaller ones, all of that shape are large. Without such a difference only they themselves are.
 */
function sizeByPlace(paragraphs: readonly Paragraph[], candidates: readonly number[], accepted: Set<number>): Map<number, string> {
  const all = new Set(candidates);
  const large = candidates.filter((i) => accepted.has(i + 1) && all.has(i));
  const pairs = new Set(large);
  const isPair = (i: number): boolean => pairs.has(i);
  if (large.length < 2 || large.some((i) => isPair(i + 1))) return new Map([...accepted].sort((a, b) => a - b).map((i) => [i, '']));
  for (const i of large) accepted.add(i);
  const shapes = new Set(large.map((i) => shapeOf(paragraphs[i])));
  const [shape] = shapes;
  const under = large.map((i) => shapeOf(paragraphs[i + 1]));
  const tells = shapes.size === 1 && !under.includes(shape);
  const [first] = large;
  return new Map([...accepted].sort((a, b) => a - b).map((i) => [i, isPair(i) || i < first || (tells && shapeOf(paragraphs[i]) === shape) ? '0' : '1']));
}

/** Running text or a numbered clause follows, at once or after one more heading. */
function isFollowed(paragraphs: readonly Paragraph[], i: number, markers: readonly (Marker | undefined)[]): boolean {
  if (hasText(paragraphs, i + 1, markers)) return !isDayLine(paragraphs[i + 1].text);
  return canBePlainNext(paragraphs, i + 1, markers) && hasText(paragraphs, i + 2, markers);
}

function canBePlainNext(paragraphs: readonly Paragraph[], i: number, markers: readonly (Marker | undefined)[]): boolean {
  return i < paragraphs.length && canBePlain(paragraphs, i, markers);
}
