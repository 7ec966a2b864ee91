/** Drafts in reading order become nodes: parents, spans, numbers in the tree, states. One pass with a stack, one back. */
import type { Aside, OutlineNode, Span } from '../model.ts';
import { isBlank, isLineBreak } from '../text/split-lines.ts';
import type { Draft } from './draft.ts';

/** A draft on level 0 that may stand anywhere: title, opening, closing. */
const ROOT_IDS: Readonly<Record<string, string>> = { title: '0', opening: 'o', closing: 'c' };

interface Built {
  readonly draft: Draft;
  readonly id: string;
  readonly parent: number;
  readonly level: number;
  /** Level that was asked for; more than `level` where levels were skipped. */
  readonly wanted: number;
  end: number;
  children: number;
}

/** Last index of the sorted asides whose span ends at or before `at`. */
function lastEndingBy(aside: readonly Aside[], at: number): number {
  let low = 0;
  let high = aside.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (aside[middle].span[1] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Goes back from `end` over blanks, line breaks and what is set aside, not before `least`. */
function trimBack(text: string, aside: readonly Aside[], least: number, end: number): number {
  let at = end;
  for (;;) {
    while (at > least && (isBlank(text.charCodeAt(at - 1)) || isLineBreak(text.charCodeAt(at - 1)))) at--;
    // An aside that ends here, or that holds the blanks just gone over.
    const k = lastEndingBy(aside, at - 1) + 1;
    if (k >= aside.length || aside[k].span[0] >= at || aside[k].span[0] < least) return at;
    at = aside[k].span[0];
  }
}

/** Whether a note that text was left out follows at `at`, blanks aside. */
function isBeforeElision(text: string, aside: readonly Aside[], at: number): boolean {
  let i = at;
  while (i < text.length && (isBlank(text.charCodeAt(i)) || isLineBreak(text.charCodeAt(i)))) i++;
  const next = aside[lastEndingBy(aside, i) + 1];
  return next !== undefined && next.kind === 'elision' && next.span[0] >= at && next.span[0] <= i;
}

/** `drafts` in reading order; `relative` levels (lists in text) count from the heading they stand under. `aside` sorted; `breaksAt`: where the text breaks off, -1 where it does not. */
export function buildTree(text: string, drafts: readonly (Draft & { readonly isRelative: boolean })[], aside: readonly Aside[], breaksAt: number): OutlineNode[] {
  const built: Built[] = [];
  const open: number[] = [];
  let top = 0;
  let base = 0;
  const closeAt = (at: number, wanted: number): void => {
    while (open.length > 0) {
      const node = built[open[open.length - 1]];
      // Title, opening and closing hold no sections; an empty node holds what is lost at the same place.
      const isEmpty = node.draft.limit === node.draft.start;
      if (node.wanted > 0 && node.wanted < wanted && (node.draft.limit > at || (isEmpty && at === node.draft.start))) break;
      node.end = Math.min(node.draft.limit, at, node.end);
      open.pop();
    }
  };
  drafts.forEach((draft, i) => {
    if (!draft.isRelative) base = draft.level;
    const wanted = draft.isRelative ? base + draft.level : draft.level;
    closeAt(draft.start, wanted);
    const parent = wanted === 0 ? -1 : (open.at(-1) ?? -1);
    const isUnderRoot = parent < 0 || built[parent].level === 0;
    // No level is skipped: a lone (1) under 一、 stands on level 2.
    const level = wanted === 0 ? 0 : isUnderRoot ? 1 : built[parent].level + 1;
    let id = ROOT_IDS[draft.kind];
    if (id === undefined) id = isUnderRoot ? String(++top) : `${built[parent].id}.${++built[parent].children}`;
    const end = draft.limit === draft.start ? draft.start : text.length;
    built.push({ draft, id, parent: isUnderRoot ? -1 : parent, level, wanted, end, children: 0 });
    open.push(i);
  });
  closeAt(text.length, 0);
  // A parent ends no earlier than its children: limits of lists are set by paragraph, trims go bottom up.
  const ends = new Int32Array(built.length);
  for (let i = built.length - 1; i >= 0; i--) {
    const { draft, end, parent } = built[i];
    const trimmed = end === draft.start ? end : Math.max(trimBack(text, aside, draft.start, end), ends[i], Math.min(draft.headingEnd, end));
    ends[i] = trimmed;
    if (parent >= 0 && draft.limit !== draft.start) ends[parent] = Math.max(ends[parent], trimmed);
  }
  return built.map(({ draft, id, parent, level }, i) => {
    const span: Span = [draft.start, ends[i]];
    const isCut = draft.state === 'present' && draft.kind !== 'title' && (ends[i] === breaksAt || isBeforeElision(text, aside, ends[i]));
    return {
      id, parent: parent < 0 ? null : built[parent].id, level, kind: draft.kind, marker: draft.marker, ordinal: draft.ordinal, heading: draft.heading,
      headingSpan: [draft.start, Math.min(draft.headingEnd, Math.max(ends[i], draft.start))], span, state: isCut ? 'cut' : draft.state,
    };
  });
}
