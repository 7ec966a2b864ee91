/**
 * The list of contents (目录, 提纲): from its word, or from dotted leaders with page numbers, to where the body begins. Its entries
 * are kept, so that a body that lost sections can be held against them.
 */
import type { Span } from '../model.ts';
import type { Marker } from '../outline/markers.ts';
import { isItemStyle, parseHeadingMarker } from '../outline/markers.ts';
import type { Lines } from '../text/split-lines.ts';
import { findSentenceEnd } from '../text/sentence.ts';

export interface ContentsEntry {
  readonly marker: Marker | undefined;
  /** As printed. */
  readonly markerText: string | null;
  readonly heading: string;
  readonly span: Span;
}
export interface Contents {
  readonly fromLine: number;
  /** One past the last line. */
  readonly toLine: number;
  readonly entries: readonly ContentsEntry[];
}

const WORD = /^(?:目\s{0,4}录|目\s{0,4}次|提\s{0,4}纲|contents)(?:\s?[/／、]\s?(?:目录|提纲|目次))?\s?[:：]?[\s….·]{0,12}$/i;
const LEADER = /[\s….·．_—-]{2,60}\(?[（]?\d{1,4}[)）]?$/;
const DOTS = /^[\s….·]{1,20}$/;
const LONGEST_ENTRY = 90;
const FARTHEST_START = 4000;
const MOST_ENTRIES = 2000;

/** A heading without marks and blanks, so that a contents entry and its heading in the body compare equal. */
export function normaliseHeading(heading: string): string {
  return heading.replace(/[^\u3400-\u9fff\uf900-\ufaffA-Za-z0-9]/g, '');
}

function parseEntry(text: string, from: number, to: number): ContentsEntry & { hasPage: boolean } {
  const line = text.slice(from, to);
  const leader = LEADER.exec(line);
  const body = leader === null ? line : line.slice(0, leader.index);
  const marker = parseHeadingMarker(body, 0);
  const heading = (marker === undefined ? body : body.slice(marker.length)).trim();
  return { marker, markerText: marker === undefined ? null : body.slice(0, marker.length), heading, span: [from, to], hasPage: leader !== null };
}

/** The contents list, where there is one. */
export function findContents(text: string, lines: Lines): Contents | undefined {
  let pages = 0;
  for (let i = 0; i < Math.min(lines.count, FARTHEST_START); i++) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (to - from === 0) continue;
    if (to - from <= 24 && WORD.test(text.slice(from, to))) {
      const found = readEntries(text, lines, i, i + 1);
      if (found !== undefined) return found;
    }
    const hasPage = to - from <= LONGEST_ENTRY + 60 && LEADER.test(text.slice(Math.max(from, to - 70), to)) && /[….·．_]/.test(text.slice(Math.max(from, to - 70), to));
    pages = hasPage ? pages + 1 : 0;
    if (pages === 3) {
      const first = previousLine(lines, previousLine(lines, i));
      const found = readEntries(text, lines, first, first);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function previousLine(lines: Lines, line: number): number {
  let i = line - 1;
  while (i > 0 && lines.contentEnd[i] === lines.contentStart[i]) i--;
  return Math.max(0, i);
}

function nextLine(lines: Lines, line: number): number {
  let i = line + 1;
  while (i < lines.count && lines.contentEnd[i] === lines.contentStart[i]) i++;
  return i;
}

function readEntries(text: string, lines: Lines, fromLine: number, firstEntry: number): Contents | undefined {
  const entries: ContentsEntry[] = [];
  let withPage = 0;
  let i = firstEntry;
  let toLine = firstEntry;
  let first = '';
  for (; i < lines.count && entries.length < MOST_ENTRIES; i++) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (from === to) continue;
    if (to - from > LONGEST_ENTRY + 60) break;
    if (DOTS.test(text.slice(from, to))) {
      toLine = i + 1;
      continue;
    }
    const entry = parseEntry(text, from, to);
    if (findSentenceEnd(text, from, to) >= 0 || /[:：;；]$/.test(entry.heading)) break;
    if (entry.marker !== undefined && isItemStyle(entry.marker.style)) break;
    const key = normaliseHeading(`${entry.markerText ?? ''}${entry.heading}`);
    if (key === '') break;
    // The first entry again without its page: here the body begins.
    if (entries.length > 0 && key === first && !entry.hasPage) break;
    if (entry.marker === undefined && !entry.hasPage && !continues(text, lines, i, withPage > 0)) break;
    if (entries.length === 0) first = key;
    if (entry.hasPage) withPage++;
    entries.push(entry);
    toLine = i + 1;
  }
  return entries.length >= 2 ? { fromLine, toLine, entries } : undefined;
}

/** A line without marker or page is an entry only while entries go on after it; where entries have pages, it must have one itself. */
function continues(text: string, lines: Lines, line: number, havePages: boolean): boolean {
  const next = nextLine(lines, line);
  if (next >= lines.count || next - line > 2) return false;
  const entry = parseEntry(text, lines.contentStart[next], Math.min(lines.contentEnd[next], lines.contentStart[next] + LONGEST_ENTRY));
  return havePages ? entry.hasPage : entry.marker !== undefined && lines.contentEnd[line] - lines.contentStart[line] <= 40 && findSentenceEnd(text, lines.contentStart[next], lines.contentEnd[next]) < 0;
}
