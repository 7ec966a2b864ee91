/**
 * The lines of the title: among the lines above the running text, the one that says most for being it, with the lines that go on from
 * it (a broken title, a subtitle, a byline). What kind of paper it is says more than length; a title's place is right above
 * its source line or the text.
 */
import type { AsideKind } from '../model.ts';
import type { HintedLines } from '../text/hinted-lines.ts';
import type { Lines } from '../text/split-lines.ts';
import type { LineEvidence } from './line-evidence.ts';
import { HEAD_FIELD, ISSUED_LINE } from '../outline/read-head.ts';
import { DOCUMENT_NUMBER } from './line-evidence.ts';

const PAPER = /(?:通知|通报|意见|建议|方案|计划|规划|纲要|报告|讲话|发言|致辞|演讲|决定|决议|条例|规定|办法|细则|规则|公告|通告|公报|批复|请示|函|纪要|要点|清单|措施|指南|标准|解读|心得|体会|倡议书?|行动)(?:全文|摘要|节选|[(（][^()（）]{1,24}[)）]|(?:\s{0,2}[(（]?(?:试行|草案|修订版|征求意见稿)[)）]?))?$/;
const ORGAN_END = /(?:人民政府|政府|委员会|办公厅|办公室|国务院|党委|省委|市委|县委|区委|中共中央|人大常委会|局|厅|部|会|院)$/;
const UNFINISHED = /(?:[的与和及对、,，:：——]|印发|关于|推动|推进|实施|加强|促进)$/;
/** 市政府常务会议召开: a headline of news, with a second line under it. */
const HEADLINE = /.{4,}(?:召开|举行|举办|启动|开幕|闭幕)$/;
const CONTINUES = /^(?:关于|印发|的|——|—|-|《|在)/;
const NAVIGATION = /[|｜>›»]|^.{0,12}(?:网|在线|门户|频道|平台|栏目|论坛)$/;
const LETTERHEAD = /(?:政府|委员会|办公[厅室]|局|厅|市委|省委|县委|区委)(?:办公[厅室])?\s?文\s?件$/;
/** (二〇〇八年二月二十六日): says when, and is no title. */
const DAY_ALONE = /^[(（]?\s?(?:\d{4}|[二一][〇○零一二三四五六七八九Oo0]{3})\s?年[\d一二三四五六七八九十\s]{1,4}月[\d一二三四五六七八九十\s]{1,5}日\s?[)）]?$/;
const SEARCHED = 1500;

/** Names a kind of paper at its end, goes on a title (——在…上的讲话), or is its day in brackets. */
export function isTitleLike(line: string): boolean {
  return PAPER.test(line) || CONTINUES.test(line) || /^[(（].{4,60}[)）]$/.test(line);
}

function scoreLine(line: string, isLastBeforeText: boolean, isBeforeSource: boolean, evidence: LineEvidence | undefined, isQuoted: boolean): number {
  let score = 0;
  if (PAPER.test(line)) score += 4;
  if (/关于/.test(line)) score += 1;
  if (line.length >= 8) score += 1;
  if (line.length >= 14) score += 1;
  if (isBeforeSource) score += 2;
  if (isLastBeforeText) score += 1;
  if (isQuoted) score += 3;
  if (NAVIGATION.test(line)) score -= 3;
  if (ORGAN_END.test(line) && line.length < 24) score -= 1;
  return score - (evidence?.weight ?? 0);
}

/** Lines [from, to) of the title above `first`, the first line of running text; `[0, 0]` where no line can be one. */
export function findTitleLines(
  text: string,
  lines: Lines,
  first: number,
  weights: readonly (LineEvidence | undefined)[],
  kind: Uint8Array,
  codeOf: (kind: AsideKind) => number,
  hinted: HintedLines,
): readonly [number, number] {
  const at = (i: number): string => text.slice(lines.contentStart[i], lines.contentEnd[i]);
  const head: number[] = [];
  for (let i = 0; i < first && head.length < SEARCHED; i++) if (lines.contentEnd[i] > lines.contentStart[i] && kind[i] === 0) head.push(i);
  for (const i of head) if (weights[i] === undefined && LETTERHEAD.test(at(i))) kind[i] = codeOf('source-line');
  const canBe = (i: number): boolean => kind[i] === 0 && (weights[i]?.weight ?? 0) < 2 && weights[i]?.kind !== 'source-line' && lines.contentEnd[i] - lines.contentStart[i] <= 120 && !DAY_ALONE.test(at(i));
  const able = head.filter(canBe);
  const candidates = able.filter((line) => !able.some((other) => other < line && isChapterUnder(hinted, other, line)));
  if (candidates.length === 0) return [0, 0];
  const quoted = quotedTitles(text);
  let best = candidates[0];
  let bestScore = -Infinity;
  candidates.forEach((line, k) => {
    const position = head.indexOf(line);
    const next = head[position + 1];
    const isBeforeSource = next !== undefined && weights[next]?.kind === 'source-line';
    const score = scoreLine(at(line), k === candidates.length - 1, isBeforeSource, weights[line], quoted.has(at(line)));
    if (score > bestScore) {
      bestScore = score;
      best = line;
    }
  });
  return extend(best, head, canBe, weights, at, (line) => isHeadingUnder(hinted, best, line, at));
}

/** What the first and last 20,000 characters put between 《》. */
function quotedTitles(text: string): Set<string> {
  const titles = new Set<string>();
  const ends = text.length <= 40_000 ? [text] : [text.slice(0, 20_000), text.slice(-20_000)];
  for (const part of ends) for (const match of part.matchAll(/《([^《》\n]{4,80})》/g)) titles.add(match[1]);
  return titles;
}

/** Whether the file sets a line as one of several headings of the text, under a line that is none or a larger one. The one h1 of a page is its title. */
function isChapterUnder(hinted: HintedLines, other: number, line: number): boolean {
  const level = hinted.levelOf(line), above = hinted.levelOf(other);
  return level > 0 && level < 7 && (above === 0 ? hinted.countOf(level) > 1 || level > 1 : above < level);
}

/** Whether the file sets a line under the title as a heading of the text: smaller than the title, or where the title is none of its headings. */
function isHeadingUnder(hinted: HintedLines, title: number, line: number, at: (i: number) => string): boolean {
  const level = hinted.levelOf(line), above = hinted.levelOf(title);
  if (level === 0 || hinted.headingOf(line) === hinted.headingOf(title)) return false;
  // Two lines of a title in the same style.
  if (level === above) return level < 7 && !UNFINISHED.test(at(title)) && !CONTINUES.test(at(line));
  return level < 7 || above > 0;
}

function extend(best: number, head: readonly number[], canBe: (i: number) => boolean, weights: readonly (LineEvidence | undefined)[], at: (i: number) => string, isHeading: (line: number) => boolean): readonly [number, number] {
  const position = head.indexOf(best);
  const isClean = head.slice(0, position).every((i) => weights[i] === undefined);
  let from = position;
  while (from > 0 && position - from < 4) {
    const above = head[from - 1];
    if (!canBe(above) || weights[above] !== undefined || head[from] - above > 3) break;
    const line = at(above);
    const belongs = isClean || UNFINISHED.test(line) || HEADLINE.test(line) || (CONTINUES.test(at(head[from])) && (ORGAN_END.test(line) || PAPER.test(line)));
    if (!belongs || NAVIGATION.test(line)) break;
    from--;
  }
  let to = position;
  while (to + 1 < head.length && to - position < 6) {
    const below = head[to + 1];
    if (isHeading(below) || HEAD_FIELD.test(at(below)) || ISSUED_LINE.test(at(below))) break;
    if (!DOCUMENT_NUMBER.test(at(below)) && (!canBe(below) || weights[below] !== undefined || at(below).length > 80)) break;
    to++;
  }
  return [head[from], head[to] + 1];
}
