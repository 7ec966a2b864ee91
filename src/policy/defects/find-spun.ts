/**
 * Wording that a machine put in place of the official terms. Nothing is reported unless the document as a whole was reworded: at least
 * FEWEST different impossible collocations, and so many that they are no slips. A text as an office issued it has none of them.
 */
import type { Defect } from '../model.ts';
import { WordMatcher } from '../words/word-matcher.ts';
import { CERTAIN, LIKELY } from './spun-words.ts';

interface Term {
  readonly official: string;
  readonly certain: boolean;
}
const TERMS = new WordMatcher<Term>([
  ...CERTAIN.map(([spun, official]) => [spun, { official, certain: true }] as const),
  ...LIKELY.map(([spun, official]) => [spun, { official, certain: false }] as const),
]);
/** Different impossible collocations that make a document a reworded one. */
const FEWEST = 5;
/** And one of them in at most this many characters: a long clean report may quote a slip or two. */
const MOST_APART = 2500;

export interface SpunWord {
  readonly start: number;
  readonly end: number;
  readonly official: string;
  readonly certain: boolean;
}

/** Reworded terms of `text`, ascending; none when the document is not a reworded one. `shown`: it is part of one that was. */
export function listSpunWords(text: string, shown = false): SpunWord[] {
  const words: SpunWord[] = [];
  const distinct = new Set<string>();
  let certain = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i);
    const match = code >= 0x4e00 && code < 0xa000 ? TERMS.find(text, i) : undefined;
    if (!match) {
      i++;
      continue;
    }
    words.push({ start: i, end: i + match.word.length, official: match.value.official, certain: match.value.certain });
    if (match.value.certain) {
      distinct.add(match.word);
      certain++;
    }
    i += match.word.length;
  }
  return shown || (distinct.size >= FEWEST && certain * MOST_APART >= text.length) ? words : [];
}

/** Likely words are too many to be pointed out one by one: only those whose official form is never in doubt. */
const POINTED_OUT = new Set(['进步', '要紧', '革新', '借助', '职员', '场合', '年代', '漂亮', '房子', '用途', '愈加', '筹资', '兴盛', '魔力', '当令', '正常的状态', '高档']);

export function findSpun(text: string): Defect[] {
  return listSpunWords(text)
    .filter((word) => word.certain || POINTED_OUT.has(text.slice(word.start, word.end)))
    .map(({ start, end, official }) => {
      const spun = text.slice(start, end);
      return {
        kind: 'synonym-spun' as const,
        span: [start, end] as const,
        text: {
          zh: `“${spun}”疑为机器改写，原文应为“${official}”；请与正式发布的文本核对`,
          en: `“${spun}” looks reworded by a machine for “${official}”; check against the text as issued`,
        },
        suggestion: official,
      };
    });
}

/** The text with official terms put back, and where each of its characters stood. Unchanged when the document is not a reworded one. */
export function restoreTerms(text: string, words: readonly SpunWord[]): { text: string; at: Int32Array } {
  const parts: string[] = [];
  const at: number[] = [];
  let from = 0;
  const keep = (to: number): void => {
    parts.push(text.slice(from, to));
    for (let i = from; i < to; i++) at.push(i);
  };
  for (const { start, end, official } of words) {
    keep(start);
    parts.push(official);
    for (let i = 0; i < official.length; i++) at.push(Math.min(end - 1, start + i));
    from = end;
  }
  keep(text.length);
  at.push(text.length);
  return { text: parts.join(''), at: Int32Array.from(at) };
}
