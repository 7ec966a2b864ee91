/**
 * Whether the text breaks off: its last paragraph is running text without an end, in a document whose paragraphs have theirs, and more was to
 * come. A series that stops at its first member says so (一、, 第一, and no second), and so do words that no clause ends with (的, 和, 在). Without
 * such a sign only the full stop may be lost. Where the writer leaves full stops off, a last line without one is no worse than the others.
 */
import { endsFinished, findSentenceEnd, isComma } from '../text/sentence.ts';
import { isTail } from './find-closing.ts';
import { isDayLine, isSignature } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import { parseHeadingMarker, parseItemMarker } from './markers.ts';

const SHORTEST = 20;

/** Running text: long enough, with a full stop in it or a comma. */
function isRunning({ text, isTitle, isRow }: Paragraph): boolean {
  if (isTitle || isRow || text.length < SHORTEST) return false;
  for (let i = 0; i < Math.min(text.length, 400); i++) if (isComma(text.charCodeAt(i))) return true;
  return findSentenceEnd(text, 0, Math.min(text.length, 400)) >= 0;
}

/** An end that a sentence can have, closing brackets and a half-width full stop among them. */
function hasEnd({ text }: Paragraph): boolean {
  return endsFinished(text, 0, text.length) || /[)）》”’.…】]$/.test(text);
}

const GOES_ON = /[的和与及或在对把将被由向从为是于以并而且就又][“"‘《(（]?$/;

function hasMoreToCome(paragraphs: readonly Paragraph[]): boolean {
  if (GOES_ON.test(paragraphs[paragraphs.length - 1].text)) return true;
  let hasSeen = false;
  for (let i = paragraphs.length - 1; i >= 0; i--) {
    const { text, isTitle, isRow } = paragraphs[i];
    if (isTitle || isRow) continue;
    const marker = parseHeadingMarker(text, 0) ?? parseItemMarker(text, 0);
    if (marker === undefined) continue;
    // The last list, or the sections around it: a talk has no 一、 without 二、.
    if (marker.style === 'cn-dun') return marker.ordinal === 1;
    if (!hasSeen && marker.ordinal === 1) return true;
    hasSeen = true;
  }
  return false;
}

/** `paragraphs` with its last one marked as cut where the text breaks off in it. */
export function markBreak(paragraphs: Paragraph[]): Paragraph[] {
  const last = paragraphs.at(-1);
  if (last === undefined || last.isCutAfter || !isRunning(last) || hasEnd(last) || isTail(last.text, 0) || isDayLine(last.text) || isSignature(last.text) || !hasMoreToCome(paragraphs)) return paragraphs;
  let finished = 0;
  let others = 0;
  for (const paragraph of paragraphs) {
    if (paragraph === last || paragraph.isCutAfter || !isRunning(paragraph)) continue;
    others++;
    if (hasEnd(paragraph)) finished++;
  }
  // Alone, it shows the writer's habit itself.
  const isHabit = others === 0 ? findSentenceEnd(last.text, 0, last.text.length) >= 0 : finished * 4 >= others * 3;
  return isHabit ? [...paragraphs.slice(0, -1), { ...last, isCutAfter: true }] : paragraphs;
}
