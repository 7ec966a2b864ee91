/** Quotation marks, 书名号 and brackets that open without closing or close without having opened, within one clause's paragraphs. */
import type { Defect } from '../model.ts';
import type { Passage } from '../passage.ts';
import { sourceSpan } from '../passage.ts';
import { pairBrackets } from '../words/pair-brackets.ts';

/** Closers that only ever close: `1)` and `一）` are markers, ’ may be an apostrophe. */
const CLOSERS = '”》』」】';
const OPENERS = '“《『「【(（';
/** Of one passage; a paragraph of junk would fill the list. */
const MOST = 50;

export function findUnclosed(passages: readonly Passage[]): Defect[] {
  const defects: Defect[] = [];
  for (const passage of passages) {
    let count = 0;
    for (const at of pairBrackets(passage.text).lone) {
      const mark = passage.text[at];
      const opens = OPENERS.includes(mark);
      if ((!opens && !CLOSERS.includes(mark)) || ++count > MOST) continue;
      defects.push({
        kind: 'unclosed-quote',
        span: sourceSpan(passage, at, at + 1),
        text: opens
          ? { zh: `“${mark}”没有配对的后半；请补上或删去`, en: `“${mark}” is never closed; add its partner or remove it` }
          : { zh: `“${mark}”没有配对的前半；请补上或删去`, en: `“${mark}” was never opened; add its partner or remove it` },
      });
    }
  }
  return defects;
}
