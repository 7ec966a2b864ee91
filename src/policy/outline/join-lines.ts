/**
 * Paragraphs: lines that a page broke are joined again.
 *
 * A line goes on into the next where it stopped in the middle of something: at a comma, inside a bracket, after a full stop earlier in
 * the line and none at its end, or, in a document whose lines are filled to one width, where the line was full. It does not where a
 * blank line, an indent, a marker or a heading says that something begins.
 */
import type { LineRoles } from '../aside/set-aside.ts';
import type { Elision } from '../aside/find-elisions.ts';
import type { HintedLines } from '../text/hinted-lines.ts';
import type { Lines } from '../text/split-lines.ts';
import { isFiguresLine, isHeaderLine, isRowLine, isYearsLine } from '../text/table-lines.ts';
import { endsFinished, findSentenceEnd, isComma, isSemicolon, isSentenceEnd } from '../text/sentence.ts';
import { isTail } from './find-closing.ts';
import type { Marker } from './markers.ts';
import { isItemStyle, parseHeadingMarker, parseItemMarker } from './markers.ts';

export interface Paragraph {
  /** Joined text. */
  readonly text: string;
  /** Offsets in `text` where each line's part begins, and where these stand in the source. */
  readonly local: readonly number[];
  readonly source: readonly number[];
  /** One past the last character in the source. */
  readonly end: number;
  readonly isTitle: boolean;
  /** Text was left out right before or right after it. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
  /** Lines with nothing on them, or set aside, stand before it. */
  readonly isApart: boolean;
  readonly firstLine: number;
  readonly isWrapped: boolean;
  /** A row of a table: no heading, and begins no clause. */
  readonly isRow: boolean;
  /** Level of the heading that the file itself sets it as; 0 for none. */
  readonly hint: number;
}

/** Place in the source of character `at` of a paragraph's text. */
export function sourceOffset({ local, source }: Paragraph, at: number): number {
  let low = 0;
  let high = local.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (local[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return source[low] + at - local[low];
}

/** Place in the source right after character `at - 1`. */
export function sourceEnd(paragraph: Paragraph, at: number): number {
  return at <= 0 ? paragraph.source[0] : sourceOffset(paragraph, at - 1) + 1;
}

const WIDEST = 140;

/** Width in columns, as far as WIDEST; Chinese characters take two. */
function widthOf(text: string, from: number, to: number): number {
  let width = 0;
  for (let i = from; i < to && width <= WIDEST; i++) width += text.charCodeAt(i) >= 0x1100 ? 2 : 1;
  return width;
}

interface Wrapping {
  /** Columns that full lines have; Infinity where lines are not filled to a width. */
  readonly full: number;
  /** Paragraphs begin with an indent, other lines do not. */
  readonly byIndent: boolean;
}

/** Whether the lines of a document are filled to one width: half of them and more end in mid-sentence close to the widest. */
function findWrapping(text: string, lines: Lines, isText: (i: number) => boolean): Wrapping {
  const counts = new Int32Array(WIDEST + 2);
  let seen = 0;
  let indented = 0;
  for (let i = 0; i < lines.count; i++) {
    if (!isText(i)) continue;
    const width = widthOf(text, lines.contentStart[i], lines.contentEnd[i]);
    if (width < 12) continue;
    counts[width]++;
    seen++;
    if (lines.contentStart[i] > lines.start[i]) indented++;
  }
  const byIndent = indented > 0 && indented < seen * 0.6;
  let full = WIDEST + 1;
  for (let above = counts[full]; full > 12 && above * 20 < seen; ) above += counts[--full];
  if (seen < 4 || full > WIDEST) return { full: Infinity, byIndent };
  let near = 0;
  let broken = 0;
  let flows = 0;
  for (let i = 0; i < lines.count; i++) {
    if (!isText(i)) continue;
    const width = widthOf(text, lines.contentStart[i], lines.contentEnd[i]);
    if (width < full - 8) continue;
    near++;
    if (endsFinished(text, lines.contentStart[i], lines.contentEnd[i])) continue;
    broken++;
    // The sentence that the line left unfinished is finished on the next.
    const next = i + 1;
    if (next < lines.count && isText(next) && parseHeadingMarker(text, lines.contentStart[next]) === undefined && findSentenceEnd(text, lines.contentStart[next], lines.contentEnd[next]) >= 0) flows++;
  }
  const isWrapped = near >= 3 && broken * 2 >= near && (near * 2 >= seen || (near * 5 >= seen && flows >= 3 && flows * 4 >= broken));
  return { full: isWrapped ? full : Infinity, byIndent };
}

interface Open {
  first: number;
  last: number;
  /** Number of the line breaks' worth of nothing before it. */
  isApart: boolean;
  marker: Marker | undefined;
  hasStop: boolean;
}

/** Brackets and quotes that a line leaves open. */
function leavesOpen(text: string, from: number, to: number): boolean {
  let depth = 0;
  for (let i = Math.max(from, to - 200); i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x300a || code === 0xff08 || code === 0x28 || code === 0x201c || code === 0x3008) depth++;
    else if ((code === 0x300b || code === 0xff09 || code === 0x29 || code === 0x201d || code === 0x3009) && depth > 0) depth--;
  }
  return depth > 0;
}

/** Whether line `next` goes on the paragraph that `open` holds. */
function goesOn(text: string, lines: Lines, open: Open, next: number, wrapping: Wrapping): boolean {
  const from = lines.contentStart[open.last];
  const to = lines.contentEnd[open.last];
  const nextFrom = lines.contentStart[next];
  const nextTo = lines.contentEnd[next];
  const lastCode = text.charCodeAt(to - 1);
  const stopsMid = isComma(lastCode) || lastCode === 0x3001 || lastCode === 0x28 || lastCode === 0xff08 || lastCode === 0x300a || lastCode === 0x201c;
  const isFinished = endsFinished(text, from, to);
  const marker = parseHeadingMarker(text, nextFrom);
  if (marker !== undefined) return stopsMid && (marker.style === 'ar-dun' || marker.style === 'ar-dot' || marker.style === 'cn-dun' || marker.style === 'article' || marker.style === 'annex') && marker.ordinal !== 1 && nextTo - nextFrom > 0 && open.marker?.style !== marker.style;
  // A paragraph's first line is as wide as the others with its indent.
  const width = widthOf(text, from, to) + (wrapping.byIndent ? widthOf(text, lines.start[open.last], from) : 0);
  // Half-width commas and justified type make full lines differ by some columns, the more the wider they are.
  const isFull = width >= wrapping.full - Math.max(2, Math.round(wrapping.full * 0.04));
  const isIndented = wrapping.byIndent && lines.contentStart[next] - lines.start[next] >= 1;
  const item = parseItemMarker(text, nextFrom);
  if (item !== undefined && isItemStyle(item.style) && (isFinished || !isFull)) return isFinished && isFull && wrapping.byIndent && !isIndented;
  if (isFinished && isTail(text, nextFrom)) return false;
  // A sentence that ends with its full line may end its paragraph as well; only a line at the very edge is believed to go on.
  // A short line without an end is a heading.
  const isHeading = !endsFinished(text, nextFrom, nextTo) && widthOf(text, nextFrom, nextTo) < wrapping.full * 0.9;
  if (isFinished && isHeading) return false;
  if (isFinished) return wrapping.full !== Infinity && width >= wrapping.full - 1 && !isIndented && next === open.last + 1 && !isColonEnd(lastCode) && (open.hasStop || open.last > open.first);
  if (isIndented && !stopsMid) return false;
  if (stopsMid) return next - open.last <= 3;
  if (wrapping.full === Infinity && beginsAnew(text, lines.contentStart[open.first], nextFrom)) return false;
  // Over an empty line only where lines are filled to a width: a paragraph that lost its full stop ends all the same.
  if (open.hasStop) return next - open.last <= (wrapping.full === Infinity ? 1 : 2);
  if (next !== open.last + 1) return false;
  if (leavesOpen(text, from, to)) return true;
  if (wrapping.full !== Infinity) {
    // The next line's first character would have had room: the line was ended on purpose. A heading's is believed at once.
    if (open.marker !== undefined) return width >= wrapping.full - 2;
    // Without a marker, a line that is not quite full is a heading only if neither it nor the next has clauses.
    const room = Math.max(6, Math.round(wrapping.full * 0.08));
    return width >= wrapping.full - room && (isFull || open.first < open.last || hasClauses(text, from, to) || hasClauses(text, nextFrom, nextTo));
  }
  return to - from > 60 && lines.contentEnd[open.last] - lines.contentStart[open.first] > 60;
}

/** 消费: 实施…, 市场环境：…: a line with its subject in front. */
const LABEL = /[\u4e00-\u9fff]{2,8}[:：]\s?(?=\S)/y;
const NEW_PARAGRAPH = /(?:同志们|各位[\u4e00-\u9fff]{2}|会议(?:指出|强调|要求|明确|认为|提出|决定|听取|审议|研究|还))/y;

/** Whether a line speaks to those present, opens as paragraphs of news do, or has its subject in front as the paragraph above it has: a lost full stop is likelier before it than a broken line. */
function beginsAnew(text: string, first: number, next: number): boolean {
  NEW_PARAGRAPH.lastIndex = next;
  if (NEW_PARAGRAPH.test(text)) return true;
  LABEL.lastIndex = next;
  if (!LABEL.test(text)) return false;
  LABEL.lastIndex = first;
  return LABEL.test(text);
}

/** Two commas, or a mark that parts sentences. */
function hasClauses(text: string, from: number, to: number): boolean {
  let commas = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (isSentenceEnd(code) || isSemicolon(code) || (isComma(code) && ++commas > 1)) return true;
  }
  return false;
}

function isColonEnd(code: number): boolean {
  return code === 0xff1a || code === 0x3a;
}

/** Western words that two lines part are parted by a blank again. */
function needsBlank(before: number, after: number): boolean {
  const western = (code: number): boolean => (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return western(before) && western(after);
}

/** 1 for each line that is a row of a table: by its own cells, or, without any, as the name of a group of rows between two (一、经济发展). */
function findRows(text: string, lines: Lines, isText: (i: number) => boolean): Uint8Array {
  const isRow = new Uint8Array(lines.count);
  for (let i = 0; i < lines.count; i++) if (isText(i) && isRowLine(text, lines.contentStart[i], lines.contentEnd[i])) isRow[i] = 1;
  // A cell alone in its row keeps its tab.
  for (let i = 1; i < lines.count; i++) if (isRow[i - 1] === 1 && isRow[i] === 0 && isText(i) && text[lines.contentEnd[i]] === '\t') isRow[i] = 1;
  for (let i = 0; i + 1 < lines.count; i++) {
    if (isRow[i] === 1 || !isText(i) || !isYearsLine(text, lines.contentStart[i], lines.contentEnd[i])) continue;
    for (let row = i + 1; row < lines.count && isText(row) && isFiguresLine(text, lines.contentStart[row], lines.contentEnd[row]); row++) isRow[i] = isRow[row] = 1;
  }
  for (let i = 1; i + 1 < lines.count; i++) {
    if (isRow[i - 1] === 0 || isRow[i] === 1 || isRow[i + 1] === 0 || !isText(i) || lines.contentEnd[i] - lines.contentStart[i] > LONGEST_GROUP) continue;
    if (findSentenceEnd(text, lines.contentStart[i], lines.contentEnd[i]) < 0 && !isHeaderLine(text, lines.contentStart[i + 1], lines.contentEnd[i + 1])) isRow[i] = 1;
  }
  return isRow;
}
const LONGEST_GROUP = 24;

export function joinLines(text: string, lines: Lines, roles: LineRoles, elisions: readonly Elision[], hinted: HintedLines): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const isText = (i: number): boolean => roles.kind[i] === 0 && lines.contentEnd[i] > lines.contentStart[i];
  const isTitleLine = (i: number): boolean => i >= roles.title[0] && i < roles.title[1];
  const isRow = findRows(text, lines, isText);
  const wrapping = findWrapping(text, lines, (i) => isText(i) && !isTitleLine(i) && isRow[i] === 0);
  let nextElision = 0;
  let parts: [from: number, to: number][] = [];
  let open: Open | undefined;
  let isCutBefore = false;
  const close = (isCutAfter: boolean): void => {
    if (open !== undefined && parts.length > 0) paragraphs.push(buildParagraph(text, parts, open, isTitleLine(open.first), isCutBefore, isCutAfter, wrapping.full !== Infinity, isRow[open.first] === 1, hinted.levelOf(open.first)));
    isCutBefore = isCutAfter;
    parts = [];
    open = undefined;
  };
  const take = (line: number, from: number, to: number, isApart: boolean): void => {
    const start = skipBlanks(text, from, to);
    const end = trimEnd(text, start, to);
    if (start >= end) return;
    if (open === undefined) open = { first: line, last: line, isApart, marker: parseHeadingMarker(text, start), hasStop: false };
    open.last = line;
    open.hasStop ||= findSentenceEnd(text, start, end) >= 0;
    parts.push([start, end]);
  };
  let lastText = -1;
  for (let i = 0; i < lines.count; i++) {
    if (!isText(i)) {
      // A note on lines of its own cuts what stands before it.
      if (lines.contentEnd[i] > lines.contentStart[i]) {
        while (nextElision < elisions.length && elisions[nextElision].span[1] <= lines.contentStart[i]) nextElision++;
        const elision = elisions[nextElision];
        if (elision !== undefined && elision.span[0] <= lines.contentStart[i]) {
          if (open === undefined && paragraphs.length > 0 && !isCutBefore) paragraphs[paragraphs.length - 1] = { ...paragraphs[paragraphs.length - 1], isCutAfter: true };
          close(true);
        }
      }
      continue;
    }
    let from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    const isApart = lastText < 0 || i - lastText > 1;
    if (open !== undefined) {
      const joins = isTitleLine(i) ? isTitleLine(open.first) : !isTitleLine(open.first) && isRow[i] === 0 && isRow[open.last] === 0 && (hinted.headingOf(i) !== 0 || hinted.headingOf(open.last) !== 0 ? hinted.headingOf(i) === hinted.headingOf(open.last) : goesOn(text, lines, open, i, wrapping));
      if (!joins) close(false);
    }
    // Notes inside the line part it.
    while (nextElision < elisions.length && elisions[nextElision].span[1] <= from) nextElision++;
    while (nextElision < elisions.length && elisions[nextElision].span[0] < to) {
      const [start, end] = elisions[nextElision].span;
      if (start > from) take(i, from, start, isApart);
      if (open === undefined && paragraphs.length > 0 && !isCutBefore) paragraphs[paragraphs.length - 1] = { ...paragraphs[paragraphs.length - 1], isCutAfter: true };
      close(true);
      from = Math.max(from, end);
      if (end > to) break;
      nextElision++;
    }
    if (from < to) take(i, from, to, isApart);
    lastText = i;
  }
  close(false);
  return paragraphs.flatMap(partNumbered);
}

/** (一)….(二)….(三)… in one paragraph: clauses that were run together. Each begins a paragraph; it has to count on from the one before. */
function partNumbered(paragraph: Paragraph): Paragraph[] {
  const { text } = paragraph;
  let marker = paragraph.isTitle || paragraph.isRow ? undefined : parseHeadingMarker(text, 0);
  if (marker === undefined || marker.style !== 'cn-paren') return [paragraph];
  const cuts: number[] = [];
  for (let i = marker.length; i + 3 < text.length; i++) {
    if (!isSentenceEnd(text.charCodeAt(i))) continue;
    const at = skipBlanks(text, i + 1, text.length);
    const next = at < text.length && (text[at] === '(' || text[at] === '（') ? parseHeadingMarker(text, at) : undefined;
    if (next === undefined || next.style !== marker.style || next.ordinal !== marker.ordinal + 1) continue;
    cuts.push(at);
    marker = next;
  }
  if (cuts.length === 0) return [paragraph];
  return [0, ...cuts].map((from, k): Paragraph => {
    const isLast = k === cuts.length;
    const to = isLast ? text.length : trimEnd(text, from, cuts[k]);
    const first = sourceOffset(paragraph, from);
    const inside = paragraph.local.flatMap((at, p): [number, number][] => (at > from && at < to ? [[at - from, paragraph.source[p]]] : []));
    return {
      ...paragraph, text: text.slice(from, to), local: [0, ...inside.map(([at]) => at)], source: [first, ...inside.map(([, at]) => at)], end: isLast ? paragraph.end : sourceEnd(paragraph, to),
      isCutBefore: k === 0 && paragraph.isCutBefore, isCutAfter: isLast && paragraph.isCutAfter, isApart: k === 0 && paragraph.isApart,
    };
  });
}

function skipBlanks(text: string, from: number, to: number): number {
  let i = from;
  while (i < to && (text.charCodeAt(i) === 0x20 || text.charCodeAt(i) === 0x3000 || text.charCodeAt(i) === 0x09 || text.charCodeAt(i) === 0xa0)) i++;
  return i;
}

function trimEnd(text: string, from: number, to: number): number {
  let i = to;
  while (i > from && (text.charCodeAt(i - 1) === 0x20 || text.charCodeAt(i - 1) === 0x3000 || text.charCodeAt(i - 1) === 0x09 || text.charCodeAt(i - 1) === 0xa0)) i--;
  return i;
}

function buildParagraph(text: string, parts: readonly (readonly [number, number])[], open: Open, isTitle: boolean, isCutBefore: boolean, isCutAfter: boolean, isWrapped: boolean, isRow: boolean, hint: number): Paragraph {
  const local: number[] = [];
  const source: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const [from, to] of parts) {
    if (pieces.length > 0 && needsBlank(text.charCodeAt(parts[pieces.length - 1]?.[1] - 1), text.charCodeAt(from))) {
      // Counted to the line before, so that offsets stay exact on either side.
      pieces[pieces.length - 1] += ' ';
      length++;
    }
    local.push(length);
    source.push(from);
    pieces.push(text.slice(from, to));
    length += to - from;
  }
  return { text: pieces.length === 1 ? pieces[0] : pieces.join(''), local, source, end: parts[parts.length - 1][1], isTitle, isCutBefore, isCutAfter, isApart: open.isApart, firstLine: open.first, isWrapped, isRow, hint };
}
