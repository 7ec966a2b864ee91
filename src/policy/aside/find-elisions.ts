/**
 * Notes that text was left out: `……(…省略1145字…)……`, `(未完,全文共10026字,当前仅显示3214字…`, `(略)`, a line of dots.
 * The note's characters are set aside; what they interrupt is marked `cut` by the outline.
 */
import type { Span } from '../model.ts';
import type { Lines } from '../text/split-lines.ts';
import { isBlank } from '../text/split-lines.ts';
import { findSentenceEnd } from '../text/sentence.ts';

export interface Elision {
  readonly span: Span;
  /** The text ends here, as far as the note says: 未完, 仅显示. */
  readonly isEnd: boolean;
}

const WORDS = ['省略', '未完', '从略', '仅显示', '余下全文', '剩余全文', '余文', '删节'];
const OPENERS = new Set(['(', '（', '[', '［', '【', '〔']);
const CLOSERS = new Set([')', '）', ']', '］', '】', '〕']);
const BACK = 120;
const AHEAD = 240;

function isDot(code: number): boolean {
  return code === 0x2026 || code === 0x22ef || code === 0x2e || code === 0xb7 || code === 0xff0e;
}

/** The bracket around `at` that opens after `least` and within reach; -1 where none does. */
function findOpener(text: string, at: number, least: number): number {
  let depth = 0;
  for (let i = at; i > least && i > at - BACK; i--) {
    const character = text[i];
    if (CLOSERS.has(character) && i !== at) depth++;
    else if (OPENERS.has(character) && depth-- === 0) return i;
    else if (character === '。') return -1;
  }
  return -1;
}

/** One past the bracket that closes the one at `open`; the end of its line where none does. */
function findCloser(text: string, open: number): number {
  let depth = 0;
  const last = Math.min(text.length, open + AHEAD);
  for (let i = open; i < last; i++) {
    if (OPENERS.has(text[i])) depth++;
    else if (CLOSERS.has(text[i]) && --depth === 0) return i + 1;
  }
  const lineEnd = text.slice(open, last).search(/[\r\n]/);
  let end = lineEnd < 0 ? last : open + lineEnd;
  while (end > open && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Takes in the dots beside [start, end): three or more, or one … */
function takeDots(text: string, start: number, end: number): Span {
  let from = start;
  while (from > 0 && isDot(text.charCodeAt(from - 1)) && start - from < 40) from--;
  let to = end;
  while (to < text.length && isDot(text.charCodeAt(to)) && to - end < 40) to++;
  const isRun = (a: number, b: number): boolean => b - a >= 3 || (b > a && text.charCodeAt(a) === 0x2026);
  return [isRun(from, start) ? from : start, isRun(end, to) ? to : end];
}

/** What a bracketed note says that was left out, not a bracket that speaks of leaving out. */
function isNote(inside: string): boolean {
  return /省略\s?(?:约|了)?\s?[\d０-９一二三四五六七八九十百千]*\s?(?:余|多)?\s?[字段部内]|^[^。]{0,30}省略[^。]{0,30}$|未完|全文共|仅显示|余下全文|剩余全文|从略|有?删节/.test(inside);
}

function isLetter(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/** Elisions in reading order, not overlapping. One search per word, and brackets within 240 characters. */
export function findElisions(text: string, lines: Lines): Elision[] {
  const found: Elision[] = [];
  for (const word of WORDS) {
    // Where a search found no bracket, the next one need not look again: 500,000 times 省略 in a row are read once.
    let searched = -1;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const open = findOpener(text, at, searched);
      if (open < 0) {
        searched = at;
        continue;
      }
      const close = findCloser(text, open);
      if (close <= at) continue;
      const inside = text.slice(open + 1, CLOSERS.has(text[close - 1]) ? close - 1 : close);
      if (!isNote(inside)) continue;
      found.push({ span: takeDots(text, open, close), isEnd: /未完|仅显示|余下全文|剩余全文|当前显示/.test(inside) });
    }
  }
  for (let i = 0; i < lines.count; i++) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (to - from < 1 || to - from > 60) continue;
    if (isDotsOnly(text, from, to) || isPlainNote(text.slice(from, to))) found.push({ span: [from, to], isEnd: /未完/.test(text.slice(from, to)) });
  }
  found.push(...findWalls(text, lines));
  found.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  const kept: Elision[] = [];
  for (const elision of found) {
    const last = kept.at(-1);
    if (last !== undefined && elision.span[0] < last.span[1]) continue;
    kept.push(elision);
  }
  return kept;
}

const LONGEST_WALL = 60;
/** All of a text, or the rest of it, as a page offers it … */
const WHOLE = /全文|(?:全部|完整|[剩其]余|余下|更多|后续|隐藏)(?:的)?(?:图文|内容|文章|文字|部分|正文|版)|隐藏\d/;
/** … and what it asks for first. */
const PRICE = /登[录陆]|注册|会员|VIP|付费|购买|开通|解锁|充值|扫码|关注公众号/i;
/** 【文章共7181字, …】 under a text of a tenth of that. */
const COUNTED = /^[【[(（]?\s?(?:本文|文章|全文)[共约]{1,2}\s?(\d{3,6})\s?字/;
const MORE_BY = 1.3;
const READ_ON = /^[^。]{0,6}(?:阅读|查看|展开|显示)(?:剩余|余下|全部|完整)?(?:全文|全部|原文|剩余内容|余下内容|更多内容)[^。]{0,6}$/;

/**
 * A page that shows the beginning of a text and asks for a login or a fee before the rest: after running text such a line says that text was
 * left out. 阅读全文 above it goes with it; by itself it is a link to what is here already.
 */
function findWalls(text: string, lines: Lines): Elision[] {
  const found: Elision[] = [];
  let hasText = false;
  let readOn = -1;
  for (let i = 0; i < lines.count; i++) {
    const from = lines.contentStart[i];
    const to = lines.contentEnd[i];
    if (to === from) continue;
    const line = to - from <= LONGEST_WALL ? text.slice(from, to) : '';
    const counted = hasText && line !== '' ? Number(COUNTED.exec(line)?.[1] ?? 0) : 0;
    if (hasText && line !== '' && ((WHOLE.test(line) && PRICE.test(line)) || counted > text.length * MORE_BY)) {
      found.push({ span: [readOn < 0 ? from : readOn, to], isEnd: true });
      readOn = -1;
    } else readOn = hasText && line !== '' && READ_ON.test(line) ? from : -1;
    hasText ||= to - from > 24 && findSentenceEnd(text, from, Math.min(to, from + 2000)) >= 0;
  }
  return found;
}

/** A line of …, ......, ··· and nothing else. */
function isDotsOnly(text: string, from: number, to: number): boolean {
  let dots = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (isBlank(code)) continue;
    if (!isDot(code)) return false;
    dots += code === 0x2026 || code === 0x22ef ? 3 : 1;
  }
  return dots >= 3;
}

/** 以下省略, 未完待续, 此处省略200字 without brackets; (略) alone on its line. After a name it is the author's own: 登记表(略). */
function isPlainNote(line: string): boolean {
  if (/^[(（【[]\s?(?:[下上中后前][文面]?)?略\s?[)）】\]]$/.test(line)) return true;
  if (!isLetter(line.charCodeAt(0)) && !isDot(line.charCodeAt(0))) return false;
  return /^[….·\s]{0,12}(?:(?:以下|以上|此处|中间|其余|后面|下文)(?:内容|部分)?(?:省略|从略|略|隐藏|删去)(?:[^。]{0,24})|未完待续|未完)[….·\s。]{0,12}$/.test(line);
}
