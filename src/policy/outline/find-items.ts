/**
 * Lists inside running text: 一是…二是…, 第一,…第二,…, 首先…其次…, ①…②…, within one paragraph or a paragraph a member, nested by
 * where they stand. A candidate is a list's mark at the head of a sentence or clause; it becomes a member where a series counts on from
 * it. A lone 一是 is no list, unless the text is cut off after it.
 *
 * One pass over the text; at most eight lists are open at a time, so a line of a million 一是 costs a million steps.
 */
import { isCloser, isColon, isComma, isSemicolon, isSentenceEnd } from '../text/sentence.ts';
import { LIST_OF_ANNEXES } from './find-headings.ts';
import type { Paragraph } from './join-lines.ts';
import type { Marker, Style } from './markers.ts';
import { isItemStyle, parseItemMarker } from './markers.ts';

export interface Item {
  readonly list: List;
  readonly ordinal: number;
  readonly paragraph: number;
  /** Place of the marker in the paragraph's text. */
  readonly at: number;
  readonly markerLength: number;
  /** Numbers are missing before it, lost where text was left out. */
  readonly isAfterHole: boolean;
  /** Its number does not go on from the one before, and nothing was left out. */
  readonly fault: 'gap' | 'repeat' | undefined;
  readonly expected: number;
}
export interface List {
  readonly style: Style;
  readonly key: string;
  last: number;
  readonly members: Item[];
  parent: Item | null;
  /** Its first member begins a paragraph. */
  readonly atStart: boolean;
  /** Its first members are lost: it begins after a hole. */
  readonly isOrphan: boolean;
  lastParagraph: number;
  /** Cuts seen before its latest member. */
  cuts: number;
  /** Its first member stands after a comma. */
  readonly isWeak: boolean;
}

export interface ListedItem {
  readonly item: Item;
  /** 1 for lists that stand in no other. */
  readonly depth: number;
}

const MOST_OPEN = 8;

interface Candidate {
  readonly marker: Marker;
  readonly at: number;
  readonly strength: 'start' | 'sentence' | 'clause';
}

/** Places in a paragraph's text from `from` on where a list's mark stands. */
function listCandidates(text: string, from: number): Candidate[] {
  const found: Candidate[] = [];
  const add = (at: number, strength: Candidate['strength']): number => {
    const marker = parseItemMarker(text, at);
    if (marker === undefined) return 0;
    if (strength === 'clause' && !isItemStyle(marker.style)) return 0;
    found.push({ marker, at, strength });
    return marker.length;
  };
  let i = skip(text, from);
  if (i < text.length) i += Math.max(0, add(i, 'start') - 1);
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isStrong = isSentenceEnd(code) || isSemicolon(code) || isColon(code);
    if (isStrong || isComma(code)) {
      let next = i + 1;
      while (next < text.length && isStrong && isCloser(text.charCodeAt(next)) && next < i + 4) next++;
      next = skip(text, next);
      if (next >= text.length) break;
      const length = add(next, isStrong ? 'sentence' : 'clause');
      if (length > 0) i = next + length - 1;
    } else if ((code >= 0x2460 && code <= 0x2473) || (code >= 0x2474 && code <= 0x2487)) {
      add(i, 'sentence');
    } else if ((code === 0x28 || code === 0xff08) && text.charCodeAt(i + 1) >= 0x31 && text.charCodeAt(i + 1) <= 0x39) {
      const length = add(i, 'sentence');
      if (length > 0) i += length - 1;
    }
  }
  return found;
}

function skip(text: string, from: number): number {
  let i = from;
  while (i < text.length && (text.charCodeAt(i) === 0x20 || text.charCodeAt(i) === 0x3000)) i++;
  return i;
}

function isSame(list: List, { style, key }: Marker): boolean {
  return list.style === style && list.key === key;
}

function isNext(list: List, { ordinal, style }: Marker): boolean {
  return ordinal === list.last + 1 || (style === 'first-next' && (ordinal === 99 || ordinal > list.last));
}

class Lists {
  readonly all: List[] = [];
  #open: List[] = [];
  #cuts = 0;

  cut(): void {
    this.#cuts++;
  }

  take(candidate: Candidate, paragraph: number): void {
    const { marker, at, strength } = candidate;
    const k = this.#findSeries(candidate, paragraph);
    if (k >= 0) {
      const list = this.#open[k];
      const isGap = marker.ordinal !== 99 && marker.ordinal > list.last + 1 && marker.style !== 'first-next';
      const isHole = isGap && this.#cuts > list.cuts;
      const fault = isHole ? undefined : isGap ? 'gap' : marker.ordinal <= list.last ? 'repeat' : undefined;
      this.#open.length = k + 1;
      this.#add(list, marker, paragraph, at, isHole, fault);
      return;
    }
    const isOrphan = marker.ordinal > 1;
    if (isOrphan && (this.#cuts === 0 || strength === 'clause' || marker.ordinal === 99 || !isItemStyle(marker.style))) return;
    while (this.#open.length > 0) {
      const top = this.#open[this.#open.length - 1];
      if (top.lastParagraph === paragraph || top.atStart) break;
      this.#open.pop();
    }
    if (this.#open.length >= MOST_OPEN) return;
    const parent = this.#open.at(-1)?.members.at(-1) ?? null;
    const list: List = { style: marker.style, key: marker.key, last: 0, members: [], parent, atStart: strength === 'start', isOrphan, lastParagraph: paragraph, cuts: this.#cuts, isWeak: strength === 'clause' };
    this.all.push(list);
    this.#open.push(list);
    this.#add(list, marker, paragraph, at, false, undefined);
  }

  #add(list: List, marker: Marker, paragraph: number, at: number, isAfterHole: boolean, fault: 'gap' | 'repeat' | undefined): void {
    const ordinal = marker.ordinal === 99 ? list.last + 1 : marker.ordinal;
    list.members.push({ list, ordinal, paragraph, at, markerLength: marker.length, isAfterHole, fault, expected: list.last + 1 });
    list.last = ordinal;
    list.lastParagraph = paragraph;
    list.cuts = this.#cuts;
  }

  /** Index of the open list that a candidate goes on; -1 for none. */
  #findSeries({ marker, strength }: Candidate, paragraph: number): number {
    const open = this.#open;
    const isStart = strength === 'start';
    if (isStart) for (let k = 0; k < open.length; k++) if (open[k].atStart && isSame(open[k], marker) && isNext(open[k], marker)) return k;
    for (let k = open.length - 1; k >= 0; k--) if (isSame(open[k], marker) && isNext(open[k], marker) && (isStart || open[k].lastParagraph === paragraph || open[k].cuts < this.#cuts)) return k;
    if (marker.ordinal === 1 || marker.ordinal === 99) return -1;
    // Past a hole any later number may come; without one, a member may be missing or its number be printed twice.
    for (let k = 0; k < open.length; k++) {
      if (!isSame(open[k], marker)) continue;
      if (marker.ordinal > open[k].last && open[k].cuts < this.#cuts && (isStart || !open[k].atStart)) return k;
      if (isStart && open[k].atStart && (marker.ordinal === open[k].last + 2 || marker.ordinal === open[k].last)) return k;
      if (strength === 'sentence' && open[k].lastParagraph === paragraph && marker.ordinal === open[k].last + 2) return k;
    }
    return -1;
  }
}

/** Whether list `inner`, begun after `item`, hangs under it, or follows its list as an equal. */
function isNested(inner: List, item: Item, following: Item | undefined): boolean {
  const first = inner.members[0];
  if (item.list.atStart && first.paragraph === item.paragraph && !first.list.atStart) return true;
  if (following !== undefined) return true;
  return !isItemStyle(inner.style) && isItemStyle(item.list.style) && first.paragraph === item.paragraph;
}

/** Members of all lists in paragraphs [first, last) of one clause, in reading order; the first paragraph is read from `from` on. */
export function findItems(paragraphs: readonly Paragraph[], first: number, from: number, last: number): ListedItem[] {
  const lists = new Lists();
  for (let p = first; p < last; p++) {
    if (paragraphs[p].isCutBefore) lists.cut();
    if (paragraphs[p].isRow || LIST_OF_ANNEXES.test(paragraphs[p].text)) continue;
    for (const candidate of listCandidates(paragraphs[p].text, p === first ? from : 0)) lists.take(candidate, p);
  }
  const kept = new Set<List>();
  for (const list of lists.all) {
    const isCutOff = list.members.length === 1 && paragraphs[list.members[0].paragraph].isCutAfter && list.members[0].ordinal === 1 && isItemStyle(list.style);
    if (list.members.length > 1 || list.isOrphan || isCutOff) kept.add(list);
  }
  const nextInList = new Map<Item, Item>();
  for (const list of kept) for (let k = 0; k + 1 < list.members.length; k++) nextInList.set(list.members[k], list.members[k + 1]);
  const depthOf = new Map<List, number>();
  const items: ListedItem[] = [];
  for (const list of lists.all) {
    // A list's parent comes before it, so its depth is known. A list that was dropped hands its place up.
    while (list.parent !== null && (!kept.has(list.parent.list) || !(list.isOrphan || isNested(list, list.parent, nextInList.get(list.parent))))) list.parent = list.parent.list.parent;
    const depth = list.parent === null ? 1 : (depthOf.get(list.parent.list) ?? 1) + 1;
    depthOf.set(list, depth);
    if (kept.has(list)) for (const item of list.members) items.push({ item, depth });
  }
  return items.sort((a, b) => a.item.paragraph - b.item.paragraph || a.item.at - b.item.at);
}
