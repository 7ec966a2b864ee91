/**
 * Paragraphs that say again what an earlier one said. The letters of a paragraph are cut into runs of SHINGLE characters; each run is
 * remembered, by a hash, at the first paragraph that has it. A paragraph two thirds of whose runs stand in one earlier paragraph repeats it:
 * exact copies, copies with changed words and copies with sentences moved are found. Every run is looked up once, so that the whole is linear;
 * every second run (by its hash) is left out to halve the memory: 1 MB of text keeps about 170,000 runs.
 */
import type { Defect, Span } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';

/** Shorter paragraphs (headings, salutations) repeat without being mistakes. */
const SHORTEST = 24;
const SHINGLE = 6;
const SHARE = 0.66;
/** 2019年，基本建成…。 and 2020年，全面建成…。: rows of a series, each of its own time, are as alike as they should be. */
const OWN_TIME = /^(?:[到至]|[(（]?[一二三四五六七八九十\d]{1,2}[)）.、])?\s?((?:\d{4}年?[—–-])?\d{4}年(?:\d{1,2}月)?|第[一二三四]季度|[一二三四]季度|[上下]半年|\d{1,2}月)/u;
const timeOf = (paragraph: string): string => OWN_TIME.exec(paragraph.slice(0, 24))?.[1] ?? '';

export function findDuplicates(passages: readonly Passage[]): Defect[] {
  const firstWith = new Map<number, number>();
  const spans: Span[] = [];
  const times: string[] = [];
  const defects: Defect[] = [];
  for (const passage of passages) {
    let start = 0;
    for (const paragraph of passage.text.split('\n')) {
      const end = start + paragraph.length;
      if (paragraph.length >= SHORTEST) {
        const index = spans.length;
        spans.push(sourceSpan(passage, start, end));
        times.push(timeOf(paragraph));
        const earlier = earlierLike(paragraph, index, firstWith);
        if (earlier >= 0 && (times[earlier] === '' || times[index] === '' || times[earlier] === times[index])) defects.push(describe(spans[index], spans[earlier]));
      }
      start = end + 1;
    }
  }
  return defects;
}

/** Letters and digits; punctuation and blanks do not tell paragraphs apart. */
function isLetter(code: number): boolean {
  return (code >= 0x3400 && code < 0xa000) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function earlierLike(paragraph: string, index: number, firstWith: Map<number, number>): number {
  const shared = new Map<number, number>();
  const window = new Uint16Array(SHINGLE);
  let letters = 0;
  let total = 0;
  for (let i = 0; i < paragraph.length; i++) {
    const code = paragraph.charCodeAt(i);
    if (!isLetter(code)) continue;
    window[letters++ % SHINGLE] = code;
    if (letters < SHINGLE) continue;
    let hash = 0;
    for (let k = 0; k < SHINGLE; k++) hash = (Math.imul(hash, 0x01000193) ^ window[(letters + k) % SHINGLE]) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    if ((hash & 1) === 1) continue;
    total++;
    const first = firstWith.get(hash);
    if (first === undefined) firstWith.set(hash, index);
    else if (first !== index) shared.set(first, (shared.get(first) ?? 0) + 1);
  }
  let best = -1;
  let most = 0;
  for (const [earlier, count] of shared) {
    if (count > most) {
      most = count;
      best = earlier;
    }
  }
  return total >= 6 && most >= SHARE * total ? best : -1;
}

function describe(span: Span, [start]: Span): Defect {
  return {
    kind: 'duplicate-paragraph',
    span,
    text: {
      zh: `本段与前文（第 ${start + 1} 字起）重复；请确认是否应删去或本应是另一段`,
      en: `This paragraph repeats an earlier one (from character ${start + 1}); check whether it should go or should say something else`,
    },
  };
}
