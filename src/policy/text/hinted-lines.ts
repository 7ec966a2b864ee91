/** Lines of the headings that the file itself sets: which heading each line belongs to. */
import type { HeadingHint } from '../model.ts';
import type { Lines } from './split-lines.ts';

export interface HintedLines {
  /** The heading that line `i` is a line of, numbered from 1; 0 for none. */
  headingOf(i: number): number;
  /** Its level; 0 for none. */
  levelOf(i: number): number;
  /** How many headings of a level the file sets. */
  countOf(level: number): number;
}

const NONE: HintedLines = { headingOf: () => 0, levelOf: () => 0, countOf: () => 0 };

export function findHintedLines(lines: Lines, hints: readonly HeadingHint[] = []): HintedLines {
  if (hints.length === 0) return NONE;
  const heading = new Int32Array(lines.count);
  let k = 0;
  for (let i = 0; i < lines.count; i++) {
    while (k < hints.length && hints[k].span[1] <= lines.contentStart[i]) k++;
    if (k < hints.length && hints[k].span[0] <= lines.contentStart[i] && lines.contentEnd[i] > lines.contentStart[i]) heading[i] = k + 1;
  }
  return { headingOf: (i) => heading[i], levelOf: (i) => (heading[i] === 0 ? 0 : hints[heading[i] - 1].level), countOf: (level) => hints.filter((hint) => hint.level === level).length };
}
