/**
 * The own text of every clause, ready to be read: what its children hold and what is set aside is left out, lines that only a page
 * broke are joined, paragraphs are parted by `\n`. One pass over the text.
 */
import type { Aside, OutlineNode, Span } from './model.ts';
import type { Passage } from './passage.ts';
import { isBlank, isLineBreak } from './text/split-lines.ts';

/** Owner of each stretch of text: pieces of nodes' own text, in reading order. */
function listOwnPieces(outline: readonly OutlineNode[], aside: readonly Aside[]): Map<string, Span[]> {
  const pieces = new Map<string, Span[]>();
  let nextAside = 0;
  const add = (node: OutlineNode, from: number, to: number): void => {
    let at = from;
    while (nextAside < aside.length && aside[nextAside].span[1] <= at) nextAside++;
    for (let k = nextAside; k < aside.length && aside[k].span[0] < to; k++) {
      const [start, end] = aside[k].span;
      if (start > at) push(node, at, start);
      at = Math.max(at, end);
    }
    if (at < to) push(node, at, to);
  };
  const push = (node: OutlineNode, from: number, to: number): void => {
    const own = pieces.get(node.id);
    if (own === undefined) pieces.set(node.id, [[from, to]]);
    else own.push([from, to]);
  };
  // Nodes come parent first in reading order, so one stack of open nodes tells whose text runs at `at`.
  const open: OutlineNode[] = [];
  let at = 0;
  const advance = (to: number): void => {
    while (open.length > 0 && open[open.length - 1].span[1] <= to) {
      const node = open.pop() as OutlineNode;
      if (node.span[1] > at) add(node, at, node.span[1]);
      at = Math.max(at, node.span[1]);
    }
    if (open.length > 0 && to > at) add(open[open.length - 1], at, to);
    at = Math.max(at, to);
  };
  for (const node of outline) {
    if (node.span[0] === node.span[1]) continue;
    advance(node.span[0]);
    open.push(node);
  }
  advance(Number.MAX_SAFE_INTEGER);
  return pieces;
}

/** True for a letter or digit of a script that parts words by blanks. */
function isWestern(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code <= 0x24f);
}

function buildPassage(text: string, clause: string, pieces: readonly Span[], paragraphs: Int32Array): Passage {
  let room = 1;
  // Of every stretch of text at most one blank or line break more than its own characters is put before it.
  for (const [start, end] of pieces) room += end - start + 1;
  const at = new Int32Array(room);
  const parts: string[] = [];
  let length = 0;
  let lastCode = 0;
  let lastEnd = pieces[0][0];
  let cursor = firstAtOrAfter(paragraphs, lastEnd);
  for (const [start, end] of pieces) {
    let i = start;
    while (i < end) {
      while (i < end && isEmpty(text.charCodeAt(i))) i++;
      if (i >= end) break;
      let stop = i;
      let content = i;
      while (stop < end && !isLineBreak(text.charCodeAt(stop))) {
        if (!isBlank(text.charCodeAt(stop))) content = stop + 1;
        stop++;
      }
      while (cursor < paragraphs.length && paragraphs[cursor] < lastEnd) cursor++;
      const isNew = cursor < paragraphs.length && paragraphs[cursor] <= i && lastCode !== 0;
      if (isNew || (lastCode !== 0 && i > lastEnd && isWestern(lastCode) && isWestern(text.charCodeAt(i)))) {
        parts.push(isNew ? '\n' : ' ');
        at[length++] = lastEnd;
      }
      let from = i;
      for (let k = i; k < content; k++) {
        // A tab parts the cells of a table, whatever stands beside it.
        if (text.charCodeAt(k) !== 0x09 && isBlank(text.charCodeAt(k)) && isTypographic(text, k)) {
          parts.push(text.slice(from, k));
          from = k + 1;
        } else at[length++] = k;
      }
      parts.push(text.slice(from, content));
      lastCode = text.charCodeAt(content - 1);
      lastEnd = content;
      i = stop;
    }
  }
  at[length++] = length === 1 ? pieces[0][0] : lastEnd;
  return { clause, text: parts.join(''), at: at.slice(0, length) };
}

/** A single blank that only sets western digits or letters off from Chinese characters: 到 2030 年, 5G 网络. */
function isTypographic(text: string, k: number): boolean {
  const before = text.charCodeAt(k - 1);
  const after = text.charCodeAt(k + 1);
  const isChinese = (code: number): boolean => (code >= 0x3001 && code <= 0x9fff) || (code >= 0xff00 && code <= 0xffef);
  const isPart = (code: number): boolean => isWestern(code) || code === 0x25;
  return (isChinese(before) && isPart(after)) || (isPart(before) && isChinese(after));
}

function isEmpty(code: number): boolean {
  return isBlank(code) || isLineBreak(code);
}

/** Passages of all nodes that have text of their own, in reading order of the nodes. `paragraphs`: where paragraphs begin, ascending. */
export function buildPassages(text: string, outline: readonly OutlineNode[], aside: readonly Aside[], paragraphs: Int32Array): Passage[] {
  const pieces = listOwnPieces(outline, aside);
  const passages: Passage[] = [];
  for (const node of outline) {
    const own = pieces.get(node.id);
    if (own === undefined) continue;
    const passage = buildPassage(text, node.id, own, paragraphs);
    if (passage.text !== '') passages.push(passage);
  }
  return passages;
}

function firstAtOrAfter(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
