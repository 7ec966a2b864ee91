/** Paragraphs become clauses on their way into the tree: title, opening, headings with their levels, lists, run-ins, lost sections, closing. */
import type { Contents } from '../aside/find-contents.ts';
import type { Elision } from '../aside/find-elisions.ts';
import type { Defect, Span } from '../model.ts';
import { isComma, isSemicolon, isSentenceEnd } from '../text/sentence.ts';
import type { Draft } from './draft.ts';
import { ADDRESS, findClosing } from './find-closing.ts';
import type { Heading } from './find-headings.ts';
import { findHeadings } from './find-headings.ts';
import type { Item, ListedItem } from './find-items.ts';
import { findItems } from './find-items.ts';
import { findRunIns } from './find-run-ins.ts';
import type { Paragraph } from './join-lines.ts';
import { sourceEnd, sourceOffset } from './join-lines.ts';
import { joinTitle, listTitleLines } from './read-head.ts';
import { listContentsDefects, listNumberingDefect } from './numbering-defects.ts';
import type { Placed } from './place-headings.ts';
import { isItemStyle } from './markers.ts';
import { placeHeadings } from './place-headings.ts';
import type { Reconciled } from './reconcile-contents.ts';
import { reconcileContents } from './reconcile-contents.ts';

const LEAST_LISTED = 3;

export type PlacedDraft = Draft & { readonly isRelative: boolean };
export interface Clauses {
  readonly drafts: readonly PlacedDraft[];
  readonly defects: readonly Defect[];
  /** Paragraphs [from, to) of the closing. */
  readonly closing: readonly [from: number, to: number];
}

const SINGLE_STYLES = new Set(['ar-dun', 'ar-dot', 'ar-paren', 'ar-half', 'circled', 'letter']);

/**
 * A letter that only hands out a paper (印发…) is that paper's opening: where the letter has no sections of its own, those of the paper
 * are the document's. An annex that is called one stays a section.
 */
function withoutLetter(headings: readonly Heading[]): readonly Heading[] {
  const [first] = headings;
  return first?.style === 'annex' && first.markerLength === 0 ? headings.slice(1) : headings;
}

function root(kind: 'title' | 'opening' | 'closing', paragraphs: readonly Paragraph[], from: number, to: number): PlacedDraft {
  const start = paragraphs[from].source[0];
  const heading = kind === 'title' ? joinTitle(listTitleLines(paragraphs.slice(from, to))) : firstSentence(paragraphs[from].text, 0);
  return { kind, style: 'plain', level: 0, isRelative: false, marker: null, ordinal: null, heading, start, headingEnd: kind === 'title' ? paragraphs[to - 1].end : start, limit: Infinity, state: 'present' };
}

function firstSentence(text: string, from: number): string {
  for (let i = from; i < text.length; i++) if (isSentenceEnd(text.charCodeAt(i)) || isSemicolon(text.charCodeAt(i))) return text.slice(from, i).trim();
  return text.slice(from).trim();
}

export function draftClauses(paragraphs: readonly Paragraph[], contents: Contents | undefined, elisions: readonly Elision[], length: number): Clauses {
  const drafts: PlacedDraft[] = [];
  const defects: Defect[] = [];
  const titleFrom = paragraphs.findIndex((paragraph) => paragraph.isTitle);
  let bodyFrom = 0;
  if (titleFrom >= 0) {
    bodyFrom = titleFrom + 1;
    while (bodyFrom < paragraphs.length && paragraphs[bodyFrom].isTitle) bodyFrom++;
    drafts.push(root('title', paragraphs, titleFrom, bodyFrom));
  }
  const all = withoutLetter(findHeadings(paragraphs).filter((heading) => heading.paragraph >= bodyFrom));
  const firstAnnex = all.find((heading) => heading.style === 'annex')?.paragraph ?? paragraphs.length;
  let closing = findClosing(paragraphs, all, bodyFrom, firstAnnex);
  const headings = all.filter((heading) => heading.paragraph < closing || heading.paragraph >= firstAnnex);
  const isCut = (h: number): boolean => hasCut(paragraphs, h === 0 ? bodyFrom : headings[h - 1].paragraph, headings[h].paragraph);
  const placed = placeHeadings(headings, isCut);
  const reconciled = contents === undefined ? undefined : reconcileContents(contents, headings, placed, paragraphs);
  const firstHeading = headings[0]?.paragraph ?? paragraphs.length;
  const openingEnd = Math.min(firstHeading, closing);
  const rootRunIns = headings.length === 0 ? findRunIns(paragraphs, bodyFrom, openingEnd, 3) : new Map<number, number>();
  const preambleEnd = Math.min(openingEnd, rootRunIns.keys().next().value ?? openingEnd);
  const lists = headings.length === 0 && rootRunIns.size === 0 ? findItems(paragraphs, bodyFrom, 0, openingEnd) : [];
  const hasLists = lists.some(({ item }) => item.list.atStart) && lists[0].item.at === 0;
  const [listed] = lists;
  // A text without a title and sections that counts off in one of its paragraphs only (四方面: 一是…；二是…): no other clause is to be had.
  const isOnlyList = lists.length >= LEAST_LISTED && titleFrom < 0 && lists.every(({ item, depth }) => item.paragraph === listed.item.paragraph && depth === 1 && item.list === listed.item.list && !item.list.isWeak);
  if (hasLists) closing = draftRootLists(paragraphs, lists, bodyFrom, closing, drafts, defects);
  else if (bodyFrom < preambleEnd) drafts.push(root('opening', paragraphs, bodyFrom, preambleEnd));
  // News of a paper: its last paragraph counts off what is in it (一是…。二是…。). What came before stays the opening.
  if (!hasLists && lists.length > 0 && (isOnlyList || lists[0].item.paragraph === openingEnd - 1) && lists.every(({ item }) => isItemStyle(item.list.style))) draftItems(paragraphs, lists, openingEnd, drafts, defects, isOnlyList);
  draftRunIns(paragraphs, rootRunIns, 1, drafts);
  let hasClosed = closing >= firstAnnex;
  headings.forEach((heading, h) => {
    if (!hasClosed && heading.paragraph >= closing) {
      drafts.push(root('closing', paragraphs, closing, firstAnnex));
      hasClosed = true;
    }
    if (reconciled !== undefined && contents !== undefined) draftLost(paragraphs, contents, reconciled, elisions, headings, placed, h, length, drafts);
    else draftBridged(paragraphs, headings, placed, h, drafts);
    draftHeading(paragraphs, heading, placed[h], headings[h - 1], placed[h - 1], drafts);
    const end = headings[h + 1]?.paragraph ?? paragraphs.length;
    const stop = heading.paragraph < closing ? Math.min(end, closing) : end;
    draftUnder(paragraphs, heading, placed, h, stop, drafts, defects);
    const fault = listNumberingDefect(paragraphs[heading.paragraph], heading, placed[h]);
    if (fault !== undefined) defects.push(fault);
  });
  if (reconciled !== undefined && contents !== undefined) {
    draftLost(paragraphs, contents, reconciled, elisions, headings, placed, headings.length, length, drafts);
    defects.push(...listContentsDefects(contents, reconciled, headings, paragraphs, elisions.length > 0));
  }
  if (!hasClosed && closing < paragraphs.length) drafts.push(root('closing', paragraphs, closing, firstAnnex));
  const order = drafts.map((draft, i) => ({ draft, i })).sort((a, b) => a.draft.start - b.draft.start || a.i - b.i);
  return { drafts: order.map(({ draft }) => draft), defects: defects.sort((a, b) => a.span[0] - b.span[0]), closing: [closing, firstAnnex] };
}

/** A text whose outermost series is 一是…二是… by paragraphs: what is before is opening, what follows the last is closing. Returns its first paragraph. */
function draftRootLists(paragraphs: readonly Paragraph[], lists: readonly ListedItem[], from: number, closing: number, drafts: PlacedDraft[], defects: Defect[]): number {
  const first = lists[0].item.paragraph;
  if (from < first) drafts.push(root('opening', paragraphs, from, first));
  const last = lists.findLast(({ item, depth }) => depth === 1 && item.at === 0);
  // Lists in the paragraphs after the last member are the closing's.
  draftItems(paragraphs, last === undefined ? lists : lists.filter(({ item }) => item.paragraph <= last.item.paragraph), closing, drafts, defects);
  if (last === undefined || itemLimit(paragraphs, last.item, closing) === Infinity) return closing;
  return Math.min(closing, last.item.paragraph + 1);
}

function hasCut(paragraphs: readonly Paragraph[], from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (paragraphs[p].isCutAfter) return true;
  return to < paragraphs.length && paragraphs[to].isCutBefore;
}

function draftHeading(paragraphs: readonly Paragraph[], heading: Heading, place: Placed, before: Heading | undefined, beforePlace: Placed | undefined, drafts: PlacedDraft[]): void {
  const paragraph = paragraphs[heading.paragraph];
  const { text } = paragraph;
  const last = paragraphs[heading.paragraph + heading.more];
  const isMember = isSemicolon(text.charCodeAt(heading.headingEnd)) || (before?.style === heading.style && beforePlace?.level === place.level && isSemicolon(paragraphs[before.paragraph].text.charCodeAt(before.headingEnd)));
  const goesOn = heading.headingEnd + 1 < text.length;
  const isItem = isMember || (!heading.isOwnLine && SINGLE_STYLES.has(heading.style) && !goesOn);
  // 第二条 本办法所称…包括: is the article's text, not a title over it.
  const isArticle = heading.style === 'article' && /[,，:：]/.test(text);
  const rest = text.slice(heading.markerLength, heading.headingEnd).trim();
  const more = paragraphs.slice(heading.paragraph + 1, heading.paragraph + 1 + heading.more).map((one) => one.text).join('');
  drafts.push({
    kind: isItem ? 'item' : heading.isOwnLine && !isArticle ? 'section' : 'run-in', style: heading.style, level: place.level, isRelative: false,
    marker: heading.markerLength === 0 ? null : text.slice(0, heading.markerLength).trim(), ordinal: heading.ordinal, heading: `${rest.replace(/^[:：\s]+/, '')}${more}`,
    start: paragraph.source[0], headingEnd: heading.more > 0 ? last.end : sourceEnd(paragraph, heading.headingEnd), limit: Infinity, state: 'present',
  });
}

/** First paragraph after a numbered run-in's own that turns to those present; `stop` where none does. */
function firstAddress(paragraphs: readonly Paragraph[], heading: Heading, first: number, stop: number): number {
  if (heading.isOwnLine) return stop;
  for (let p = first + 1; p < stop; p++) if (ADDRESS.test(paragraphs[p].text)) return p;
  return stop;
}

/** Unnumbered run-ins and lists in the text under a heading. */
function draftUnder(paragraphs: readonly Paragraph[], heading: Heading, placed: readonly Placed[], h: number, stop: number, drafts: PlacedDraft[], defects: Defect[]): void {
  const first = heading.paragraph + heading.more + (heading.isOwnLine ? 1 : 0);
  const hasChildren = placed[h + 1] !== undefined && placed[h + 1].level > placed[h].level;
  const address = firstAddress(paragraphs, heading, first, stop);
  // 各位代表! after the last of a series speaks to all again: it is the section's around the series.
  if (address < stop) drafts[drafts.length - 1].limit = paragraphs[address].source[0];
  const runIns = heading.isOwnLine && !hasChildren ? findRunIns(paragraphs, first, stop, 2) : new Map<number, number>();
  draftRunIns(paragraphs, runIns, placed[h].level + 1, drafts);
  const starts = [first, ...runIns.keys()];
  starts.forEach((start, k) => {
    const end = starts[k + 1] ?? stop;
    const from = runIns.get(start) ?? (start === heading.paragraph ? (heading.isOwnLine ? 0 : heading.markerLength) : 0);
    if (start < end) draftItems(paragraphs, findItems(paragraphs, start, from, end), end, drafts, defects);
  });
}

function draftRunIns(paragraphs: readonly Paragraph[], runIns: ReadonlyMap<number, number>, level: number, drafts: PlacedDraft[]): void {
  for (const [p, end] of runIns) {
    const paragraph = paragraphs[p];
    drafts.push({ kind: 'run-in', style: 'plain', level, isRelative: false, marker: null, ordinal: null, heading: paragraph.text.slice(0, end).replace(/^[—–-]+\s?/, ''), start: paragraph.source[0], headingEnd: sourceEnd(paragraph, end), limit: Infinity, state: 'present' });
  }
}

/** Where an item's heading ends: its first full stop or semicolon, else its whole text in this paragraph. */
function itemHeadingEnd(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) if (isSentenceEnd(text.charCodeAt(i)) || isSemicolon(text.charCodeAt(i))) return i;
  let end = to;
  while (end > from && (isComma(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 0x20)) end--;
  return end;
}

function draftItems(paragraphs: readonly Paragraph[], items: readonly ListedItem[], stop: number, drafts: PlacedDraft[], defects: Defect[], goesOn = false): void {
  items.forEach(({ item, depth }, k) => {
    const paragraph = paragraphs[item.paragraph];
    const next = items[k + 1]?.item;
    const to = next !== undefined && next.paragraph === item.paragraph ? next.at : paragraph.text.length;
    const from = item.at + item.markerLength;
    const end = itemHeadingEnd(paragraph.text, from, to);
    if (item.isAfterHole) draftLostItem(paragraphs, item, depth, drafts);
    drafts.push({
      kind: 'item', style: item.list.style, level: depth, isRelative: true, marker: paragraph.text.slice(item.at, from), ordinal: item.ordinal,
      heading: paragraph.text.slice(from, end).trim(), start: sourceOffset(paragraph, item.at), headingEnd: sourceEnd(paragraph, end), limit: goesOn ? Infinity : itemLimit(paragraphs, item, stop), state: 'present',
    });
    const fault = item.fault === undefined ? undefined : listNumberingDefect(paragraph, { markerLength: item.markerLength, at: item.at }, { level: depth, fault: item.fault, expected: item.expected });
    if (fault !== undefined) defects.push(fault);
  });
}

/** The last member of a list ends with its paragraph, unless members before it went on over several. */
function itemLimit(paragraphs: readonly Paragraph[], item: Item, stop: number): number {
  const { members } = item.list;
  if (members[members.length - 1] !== item) return Infinity;
  const goOn = members.some((member, k) => k + 1 < members.length && members[k + 1].paragraph > member.paragraph + 1 && !members[k + 1].isAfterHole);
  return goOn && stop > item.paragraph ? Infinity : paragraphs[item.paragraph].end;
}

const CHINESE = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The marker before `marker` in its series: 三是 → 二是, (4) → (3). */
function markerBefore(marker: string, ordinal: number): string {
  const wanted = ordinal - 1;
  const chinese = wanted <= 10 ? CHINESE[wanted] : wanted < 20 ? `十${CHINESE[wanted - 10]}` : `${CHINESE[Math.floor(wanted / 10)]}十${CHINESE[wanted % 10]}`;
  return marker.replace(/[一二三四五六七八九十]+/, chinese).replace(/\d+/, String(wanted));
}

/** First paragraph after the last cut before paragraph `p`. */
function fragmentStart(paragraphs: readonly Paragraph[], p: number, least: number): number {
  for (let i = p; i > least; i--) if (paragraphs[i].isCutBefore) return i;
  return -1;
}

/** A member that the hole swallowed, with what is left of it: 三是 after a hole and text before it. */
function draftLostItem(paragraphs: readonly Paragraph[], item: Item, depth: number, drafts: PlacedDraft[]): void {
  const fragment = fragmentStart(paragraphs, item.paragraph, 0);
  if (fragment < 0 || fragment >= item.paragraph) return;
  const marker = paragraphs[item.paragraph].text.slice(item.at, item.at + item.markerLength);
  const start = paragraphs[fragment].source[0];
  drafts.push({ kind: 'item', style: item.list.style, level: depth, isRelative: true, marker: markerBefore(marker, item.ordinal), ordinal: item.ordinal - 1, heading: '', start, headingEnd: start, limit: Infinity, state: 'elided' });
}

/** A numbered section that the hole swallowed, with what is left of it, where no contents name it. */
function draftBridged(paragraphs: readonly Paragraph[], headings: readonly Heading[], placed: readonly Placed[], h: number, drafts: PlacedDraft[]): void {
  const heading = headings[h];
  if (heading.ordinal === null || heading.ordinal < 2 || placed[h].fault !== undefined) return;
  let before = h - 1;
  while (before >= 0 && placed[before].level > placed[h].level) before--;
  const previous = headings[before];
  const isGap = previous !== undefined && placed[before].level === placed[h].level && previous.style === heading.style && previous.ordinal !== null && heading.ordinal > previous.ordinal + 1;
  if (!isGap) return;
  const fragment = fragmentStart(paragraphs, heading.paragraph - 1, previous.paragraph);
  if (fragment < 0) return;
  const start = paragraphs[fragment].source[0];
  const marker = markerBefore(paragraphs[heading.paragraph].text.slice(0, heading.markerLength).trim(), heading.ordinal);
  drafts.push({ kind: heading.isOwnLine ? 'section' : 'run-in', style: heading.style, level: placed[h].level, isRelative: false, marker, ordinal: heading.ordinal - 1, heading: '', start, headingEnd: start, limit: Infinity, state: 'elided' });
}

/** Sections that the contents name and the body lost before heading `h`: empty where nothing is left, else around what is. */
function draftLost(paragraphs: readonly Paragraph[], contents: Contents, reconciled: Reconciled, elisions: readonly Elision[], headings: readonly Heading[], placed: readonly Placed[], h: number, length: number, drafts: PlacedDraft[]): void {
  const lost = reconciled.lost.filter((entry) => entry.before === h);
  if (lost.length === 0) return;
  const previous = h === 0 ? 0 : headings[h - 1].paragraph;
  const next = headings[h]?.paragraph ?? paragraphs.length;
  const fragment = next < paragraphs.length ? fragmentStart(paragraphs, next, previous) : -1;
  const least = paragraphs[previous]?.source[0] ?? 0;
  const limit = paragraphs[next]?.source[0] ?? length;
  const note: Span | undefined = elisions.findLast(({ span }) => span[0] >= least && span[1] <= limit)?.span;
  const left = fragment >= 0 ? paragraphs[fragment].source[0] : undefined;
  const held = left ?? limit;
  const empty = left ?? note?.[0] ?? (next < paragraphs.length ? limit : (paragraphs.at(-1)?.end ?? length));
  // The last one and the lost sections around it hold what is left after the hole, and the clauses that still stand there.
  const chain = new Set<number>();
  const under = left !== undefined ? Infinity : (placed[h]?.level ?? 0);
  if (under > 1) {
    let level = under;
    for (let k = lost.length - 1; k >= 0; k--) {
      if (lost[k].level >= level) continue;
      level = lost[k].level;
      chain.add(k);
    }
  }
  lost.forEach((entry, k) => {
    const { marker, markerText, heading } = contents.entries[entry.entry];
    drafts.push({
      kind: 'section', style: marker?.style ?? 'plain', level: entry.level, isRelative: false, marker: markerText, ordinal: marker?.ordinal ?? null, heading,
      start: chain.has(k) ? held : empty, headingEnd: chain.has(k) ? held : empty, limit: chain.has(k) ? Infinity : empty, state: 'elided',
    });
  });
}
