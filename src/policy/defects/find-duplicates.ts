/**
 * Paragraphs that say again what an earlier one said. Each comma member is remembered by its words at the first paragraph that has it; a
 * paragraph of whose characters four fifths stand in members of one earlier paragraph repeats it. Exact copies, copies with a changed
 * clause and reordered copies are found; every member is looked up once, so that the whole is linear.
 */
import type { Defect, Span } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';

/** Shorter paragraphs (headings, salutations) repeat without being mistakes. */
const SHORTEST = 24;
const SHARE = 0.8;
const PARTS = /[，,。；;：:！？!?、\s]+/u;

export function findDuplicates(passages: readonly Passage[]): Defect[] {
  const firstWith = new Map<string, number>();
  const spans: Span[] = [];
  const defects: Defect[] = [];
  for (const passage of passages) {
    let start = 0;
    for (const paragraph of passage.text.split('\n')) {
      const end = start + paragraph.length;
      if (paragraph.length >= SHORTEST) {
        const index = spans.length;
        spans.push(sourceSpan(passage, start, end));
        const earlier = earlierLike(paragraph, index, firstWith);
        if (earlier >= 0) defects.push(describe(spans[index], spans[earlier]));
      }
      start = end + 1;
    }
  }
  return defects;
}

function earlierLike(paragraph: string, index: number, firstWith: Map<string, number>): number {
  const shared = new Map<number, number>();
  let total = 0;
  for (const part of paragraph.split(PARTS)) {
    if (part.length < 4) continue;
    total += part.length;
    const first = firstWith.get(part);
    if (first === undefined) firstWith.set(part, index);
    else if (first !== index) shared.set(first, (shared.get(first) ?? 0) + part.length);
  }
  let best = -1;
  let most = 0;
  for (const [earlier, length] of shared) {
    if (length > most) {
      most = length;
      best = earlier;
    }
  }
  return total >= SHORTEST / 2 && most >= SHARE * total ? best : -1;
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
