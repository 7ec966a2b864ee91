/**
 * Levels of headings by the way they nest, whatever their glyphs, and what is wrong with their numbering.
 *
 * A stack of open styles, outermost first. A heading whose style is open goes on there and closes what is deeper; one whose style is not
 * opens a level, after what must stand deeper than it is closed. Which of two styles stands deeper is read off the document:
 * a style that begins again at 1 after another has come stands below that other; where nothing tells, the usual order holds.
 * A number that does not go on where its glyph stands, but does on an open level above, with the glyph's own series beginning anew right
 * after it, is a heading of that level with the wrong glyph ((三) for 三、).
 */
import type { Heading } from './find-headings.ts';
import type { Style } from './markers.ts';
import { STYLES } from './markers.ts';

export type NumberingFault = 'gap' | 'repeat' | 'style';
export interface Placed {
  /** From 1. */
  readonly level: number;
  readonly fault: NumberingFault | undefined;
  /** Number that was expected, for the fault's words. */
  readonly expected: number;
}

const COUNT = STYLES.length;
const LOOK_AHEAD = 80;
const indexOf = (style: Style): number => STYLES.indexOf(style);
const annex = indexOf('annex');
/** More levels than there are styles come only of decimals whose levels contradict one another. */
const MOST_LEVELS = COUNT;

/**
 * above[a * COUNT + b] > 0: style a was seen to stand above b, that many times more than below it. The heading right before a series' 1 is
 * its parent, unless something unnumbered stands between; an unnumbered heading between 1 and 2 of a series stands below the series.
 */
function findOrder(headings: readonly Heading[]): Int32Array {
  const above = new Int32Array(COUNT * COUNT);
  const plain = indexOf('plain');
  const lastSeen = new Int32Array(COUNT).fill(-1);
  const lastOrdinal = new Int32Array(COUNT);
  const add = (a: number, b: number): void => {
    above[a * COUNT + b]++;
    above[b * COUNT + a]--;
  };
  headings.forEach((heading, i) => {
    const b = indexOf(heading.style);
    const before = i === 0 ? b : indexOf(headings[i - 1].style);
    if (heading.ordinal === 1 && before !== b) add(before, b);
    // 一、总体要求 with 指导思想 on the very next line: what stands between a heading and its text is its child.
    else if (b === plain && i > 0 && before !== plain && headings[i - 1].style !== 'annex' && headings[i - 1].isOwnLine && heading.paragraph === headings[i - 1].paragraph + headings[i - 1].more + 1) add(before, b);
    else if (heading.ordinal !== null && b !== plain && heading.ordinal === lastOrdinal[b] + 1 && lastSeen[plain] > lastSeen[b] && lastSeen[b] >= 0) add(b, plain);
    lastSeen[b] = i;
    lastOrdinal[b] = heading.ordinal ?? 0;
  });
  return above;
}

function isDeeper(above: Int32Array, a: number, b: number): boolean {
  const seen = above[b * COUNT + a];
  return seen !== 0 ? seen > 0 : a > b;
}

interface Level {
  style: number;
  last: number;
  key: string;
}

/** Whether the series of `style` begins anew after heading `i` before the series `until` goes on. */
function restartsAfter(headings: readonly Heading[], i: number, style: Style, until: Style): boolean {
  for (let j = i + 1; j < headings.length && j <= i + LOOK_AHEAD; j++) {
    if (headings[j].style === style) return headings[j].ordinal === 1;
    if (headings[j].style === until || headings[j].style === 'annex') return false;
  }
  return false;
}

/** Styles that are written for one another by mistake: 1、 and 1., 一、 and (一)… */
function isSameFamily(a: Style, b: Style): boolean {
  const family = (style: Style): number => (style === 'ar-dun' || style === 'ar-dot' || style === 'ar-half' ? 1 : style === 'ar-paren' ? 2 : style === 'cn-paren' || style === 'cn-half' ? 3 : style === 'cn-dun' ? 4 : 0);
  return family(a) !== 0 && family(a) === family(b);
}

/** `isCut`: text was left out between heading i − 1 and heading i. */
export function placeHeadings(headings: readonly Heading[], isCut: (i: number) => boolean): Placed[] {
  const above = findOrder(headings);
  const placed: Placed[] = [];
  let stack: Level[] = [];
  const lastOf = new Int32Array(COUNT);
  const hasCutSince: boolean[] = [];
  headings.forEach((heading, i) => {
    const style = indexOf(heading.style);
    const ordinal = heading.ordinal ?? 0;
    if (heading.style === 'annex') {
      stack = [{ style, last: ordinal, key: '' }];
      lastOf.fill(0);
      placed.push({ level: 1, fault: undefined, expected: ordinal });
      return;
    }
    if (isCut(i)) for (let k = 0; k < stack.length; k++) hasCutSince[k] = true;
    let depth = findLast(stack, (level) => level.style === style && level.key === heading.key);
    if (depth < 0 && heading.key === '') depth = findLast(stack, (level) => level.style === style);
    const expected = depth < 0 ? (lastOf[style] || 0) + 1 : stack[depth].last + 1;
    let fault: NumberingFault | undefined;
    const wrong = heading.ordinal === null || ordinal === 1 ? -1 : findMisStyled(headings, i, stack, depth, expected);
    if (wrong >= 0) {
      depth = wrong;
      fault = 'style';
    } else if (depth < 0) {
      // A large unnumbered heading stands beside the small ones that came before it, never under them.
      while (stack.length > 0 && heading.key !== '' && stack[stack.length - 1].style === style && heading.style === 'plain' && stack[stack.length - 1].key > heading.key) stack.pop();
      // Of 1.1 and 2.1 neither stands above the other: 30,000 such lines would nest as deep, and each names all above it.
      const beside = heading.style === 'plain' ? -1 : style;
      while (stack.length > 0 && stack[stack.length - 1].style !== annex && (stack.length >= MOST_LEVELS || stack[stack.length - 1].style === beside || isDeeper(above, stack[stack.length - 1].style, style))) stack.pop();
      depth = stack.length;
      if (heading.ordinal !== null && ordinal !== 1 && ordinal !== expected && !isCut(i)) fault = ordinal > expected ? 'gap' : 'repeat';
      stack.push({ style, last: 0, key: heading.key });
    } else if (heading.ordinal !== null && ordinal !== expected && hasCutSince[depth] !== true) {
      fault = ordinal > expected ? 'gap' : 'repeat';
    }
    stack.length = depth + 1;
    stack[depth].last = ordinal;
    stack[depth].key = heading.key;
    hasCutSince.length = depth + 1;
    hasCutSince[depth] = false;
    if (fault !== 'style') lastOf[style] = ordinal;
    placed.push({ level: depth + 1, fault, expected: fault === 'style' ? ordinal : expected });
  });
  return placed;
}

function findLast(stack: readonly Level[], test: (level: Level) => boolean): number {
  for (let k = stack.length - 1; k >= 0; k--) if (test(stack[k])) return k;
  return -1;
}

/** Depth of the open level that heading `i` goes on although its glyph is another's; -1 where its glyph is right. */
function findMisStyled(headings: readonly Heading[], i: number, stack: readonly Level[], depth: number, expected: number): number {
  const { style, ordinal } = headings[i];
  const limit = depth < 0 ? stack.length : depth;
  for (let k = limit - 1; k >= 0; k--) {
    const open = STYLES[stack[k].style];
    if (open === 'annex' || open === 'plain' || stack[k].last + 1 !== ordinal) continue;
    // Its own series has not begun, or begins anew below it.
    if (depth >= 0 ? restartsAfter(headings, i, style, open) : ordinal !== expected && isSameFamily(open, style)) return k;
    if (depth < 0 && ordinal !== expected && restartsAfter(headings, i, style, open)) return k;
  }
  // 1、 2. 3、: the deeper search above sees only levels over its own; a level of the same family is one as well.
  return -1;
}
