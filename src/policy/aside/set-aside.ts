/**
 * Which lines are no part of the document's text. Each line is weighed (`line-evidence.ts`); how much it takes to be set aside depends
 * on where the line stands: before the first and after the last line of running text a likely one goes, between them only a certain
 * one. What stands above a title, on a page that has navigation, goes with it.
 */
import type { AsideKind } from '../model.ts';
import { ASIDE_KINDS } from '../model.ts';
import { parseHeadingMarker } from '../outline/markers.ts';
import type { HintedLines } from '../text/hinted-lines.ts';
import type { Lines } from '../text/split-lines.ts';
import { endsFinished, findSentenceEnd } from '../text/sentence.ts';
import type { Contents } from './find-contents.ts';
import type { Elision } from './find-elisions.ts';
import type { LineEvidence } from './line-evidence.ts';
import { weighLine } from './line-evidence.ts';
import { findTitleLines, isTitleLike } from './find-title-lines.ts';
import { isJunk } from './find-junk.ts';
import { markPageFurniture } from './page-furniture.ts';

export interface LineRoles {
  /** For each line 0 where it is text, else 1 + the index of its kind in ASIDE_KINDS. */
  readonly kind: Uint8Array;
  /** Lines [from, to) of the title; both 0 where there is none. Blank and set-aside lines may stand between. */
  readonly title: readonly [from: number, to: number];
}

const codeOf = (kind: AsideKind): number => ASIDE_KINDS.indexOf(kind) + 1;
/** The kind that a code of `LineRoles.kind` means. */
export function asideKindOf(code: number): AsideKind {
  return ASIDE_KINDS[code - 1];
}

/** A line of running text: has a full stop, or is long with commas, greets someone, or is a numbered heading. */
function isRunningText(text: string, from: number, to: number): boolean {
  if (findSentenceEnd(text, from, Math.min(to, from + 2000)) >= 0) return true;
  if (to - from > 45 && /[,，;；]/.test(text.slice(from, Math.min(to, from + 400)))) return true;
  if (/[:：]$/.test(text.slice(to - 1, to)) && to - from <= 80) return true;
  const marker = parseHeadingMarker(text, from);
  return marker !== undefined && marker.style !== 'annex' && marker.style !== 'ar-half' && marker.length < to - from;
}

const WIDE = 200;
const widthOf = (text: string, from: number, to: number): number => {
  let width = 0;
  for (let i = from; i < Math.min(to, from + WIDE); i++) width += text.charCodeAt(i) >= 0x1100 ? 2 : 1;
  return width;
};

/** Line `line` is running text that line `next`, right below it, goes on: a page broke the sentence. */
function leadsInto(text: string, lines: Lines, line: number, next: number): boolean {
  const from = lines.contentStart[line];
  const to = lines.contentEnd[line];
  if (next !== line + 1 || endsFinished(text, from, to) || isTitleLike(text.slice(from, Math.min(to, from + 120)))) return false;
  if (/[,，]/.test(text.slice(from, Math.min(to, from + 200)))) return /[,，、]$/.test(text.slice(to - 1, to)) || widthOf(text, from, to) > 30 || (from > lines.start[line] && lines.contentStart[next] === lines.start[next]);
  // The widest of the lines below: a line as wide as the text's is one of the text's.
  let widest = 0;
  for (let i = next; i < Math.min(lines.count, next + 4); i++) widest = Math.max(widest, widthOf(text, lines.contentStart[i], lines.contentEnd[i]));
  return widest < 120 && widthOf(text, from, to) >= widest - 5 && widthOf(text, from, to) >= 24;
}

const MORE_LINKS = /^[【[(（<《]?\s?(?:相关(?:阅读|链接|稿件|文章|新闻|推荐)|上一篇|下一篇|(?:网友|精[选彩]|最新|全部|热门)(?:评论|留言|跟帖)|(?:评论|留言)(?:回复|列表|区|与评论)|推荐阅读|热点推荐|友情链接|返回(?:顶部|首页|列表)|主办单位|版权所有)/;

const SHORTEST_TEXT = 20;
/** The line after which nothing of the document follows: the first that heads a page's further links, with no long text behind it. */
function findFoot(text: string, lines: Lines, weights: readonly (LineEvidence | undefined)[]): number {
  let foot = lines.count;
  // 下一篇 stands at a page's head as well: what has no text above it is no foot.
  let first = 0;
  while (first < lines.count && ((weights[first]?.weight ?? 0) >= 2 || lines.contentEnd[first] - lines.contentStart[first] < SHORTEST_TEXT || findSentenceEnd(text, lines.contentStart[first], Math.min(lines.contentEnd[first], lines.contentStart[first] + 2000)) < 0)) first++;
  for (let i = lines.count - 1; i > first; i--) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (from === to) continue;
    if ((weights[i]?.weight ?? 0) < 2 && to - from > 120) break;
    if (MORE_LINKS.test(text.slice(from, Math.min(to, from + 12)))) foot = i;
  }
  return foot;
}

export function findLineRoles(text: string, lines: Lines, contents: Contents | undefined, elisions: readonly Elision[], hinted: HintedLines): LineRoles {
  const kind = new Uint8Array(lines.count);
  const weights: (LineEvidence | undefined)[] = Array.from({ length: lines.count });
  let nextElision = 0;
  for (let i = 0; i < lines.count; i++) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (from === to) continue;
    // Lines inside an elision note are the note's.
    while (nextElision < elisions.length && elisions[nextElision].span[1] <= from) nextElision++;
    const elision = elisions[nextElision]?.span;
    if (elision !== undefined && elision[0] <= from && elision[1] >= to) kind[i] = codeOf('elision');
    else if (isJunk(text, from, to)) kind[i] = codeOf('junk');
    else if (to - from <= 400 && (elision === undefined || elision[0] >= to)) weights[i] = withoutDateline(weighLine(text.slice(from, to)), text, from, to);
  }
  closeNotes(text, lines, weights);
  if (contents !== undefined) for (let i = contents.fromLine; i < contents.toLine; i++) if (lines.contentEnd[i] > lines.contentStart[i]) kind[i] = codeOf('contents');
  markPageFurniture(text, lines, weights, kind, codeOf('page-furniture'));

  const isText = (i: number): boolean => kind[i] === 0 && lines.contentEnd[i] > lines.contentStart[i];
  const isBody = (i: number): boolean => isText(i) && (weights[i]?.weight ?? 0) < 2 && isRunningText(text, lines.contentStart[i], lines.contentEnd[i]);
  const foot = findFoot(text, lines, weights);
  let first = 0;
  while (first < foot && !isBody(first)) first++;
  let last = foot - 1;
  while (last > first && !isBody(last)) last--;
  if (first >= foot) first = foot;
  while (first > 0 && isText(first - 1) && leadsInto(text, lines, first - 1, first)) first--;

  const title = findTitleLines(text, lines, first, weights, kind, codeOf, hinted);
  setHeadAside(title, first, weights, kind, isText);
  for (let i = first; i <= last && i < foot; i++) {
    const evidence = weights[i];
    if (isText(i) && evidence !== undefined && evidence.weight >= 3 && isCertain(text, lines, i, evidence)) kind[i] = codeOf(evidence.kind);
  }
  setFootAside(text, lines, Math.max(last + 1, first), foot, weights, kind, isText);
  return { kind, title };
}

/** 据新华社…电(记者…)…。, 本报讯 (记者 …) 9月25日…。: a paragraph of the text that begins with its dateline. */
function withoutDateline(evidence: LineEvidence | undefined, text: string, from: number, to: number): LineEvidence | undefined {
  return evidence?.kind === 'source-line' && to - from > 30 && /日[电讯]|^本[报刊网台]讯/.test(text.slice(from, from + 30)) && findSentenceEnd(text, from, to) >= 0 ? undefined : evidence;
}

/** Inside the text a sentence that happens to speak of a licence stays; a line without a full stop goes. */
function isCertain(text: string, lines: Lines, line: number, evidence: LineEvidence): boolean {
  return evidence.kind === 'page-furniture' || evidence.kind === 'source-line' ? !endsFinished(text, lines.contentStart[line], lines.contentEnd[line]) : evidence.weight >= 4 || findSentenceEnd(text, lines.contentStart[line], lines.contentEnd[line]) < 0;
}

/** An editor's note in brackets that a page broke goes on to its closing bracket, three lines below at most. */
function closeNotes(text: string, lines: Lines, weights: (LineEvidence | undefined)[]): void {
  for (let i = 0; i + 1 < lines.count; i++) {
    if (weights[i]?.kind !== 'editor-note' || !/[(（【[]/.test(text.charAt(lines.contentStart[i]))) continue;
    if (/[)）】\]]/.test(text.slice(lines.contentStart[i], lines.contentEnd[i]))) continue;
    for (let k = i + 1; k <= Math.min(lines.count - 1, i + 3); k++) {
      const closes = /[)）】\]]/.test(text.slice(lines.contentStart[k], lines.contentEnd[k]).slice(0, 400));
      weights[k] = weights[i];
      if (closes) break;
    }
  }
}

function setHeadAside(title: readonly [number, number], first: number, weights: readonly (LineEvidence | undefined)[], kind: Uint8Array, isText: (i: number) => boolean): void {
  const hasTitle = title[1] > title[0];
  for (let i = 0; i < first; i++) {
    if (!isText(i) || (i >= title[0] && i < title[1] && (weights[i]?.weight ?? 0) < 2)) continue;
    const evidence = weights[i];
    if (evidence !== undefined) kind[i] = codeOf(evidence.kind);
    else if (hasTitle && i < title[0]) kind[i] = codeOf('boilerplate');
  }
}

function setFootAside(text: string, lines: Lines, from: number, foot: number, weights: readonly (LineEvidence | undefined)[], kind: Uint8Array, isText: (i: number) => boolean): void {
  let hasEnded = false;
  for (let i = from; i < lines.count; i++) {
    if (!isText(i)) continue;
    const evidence = weights[i];
    const weight = evidence?.weight ?? 0;
    if (i >= foot) hasEnded = true;
    if (evidence !== undefined && (weight >= 2 || (hasEnded && weight >= 1))) {
      kind[i] = codeOf(evidence.kind);
      if (evidence.kind === 'boilerplate') hasEnded = true;
    } else if (hasEnded && (i >= foot || lines.contentEnd[i] - lines.contentStart[i] <= 40 || !/[。]/.test(text.slice(lines.contentStart[i], lines.contentEnd[i])))) {
      kind[i] = codeOf('boilerplate');
    }
  }
}
