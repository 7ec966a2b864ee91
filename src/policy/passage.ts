/**
 * The running text of one clause, as the readers of times, quantities, targets, tasks and bodies see it: lines that were broken by a page
 * are joined and what is set aside is left out, while every character still knows where it stood in the source.
 */
import type { Span } from './model.ts';

export interface Passage {
  /** Id of the outline node whose own text this is. */
  readonly clause: string;
  /** Joined text; paragraphs are parted by one `\n`. */
  readonly text: string;
  /** Where each character of `text` stood in the source; one more entry for the end. Ascending. */
  readonly at: Int32Array;
}

/** The span in the source of characters [start, end) of a passage. */
export function sourceSpan({ at }: Passage, start: number, end: number): Span {
  return end <= start ? [at[start], at[start]] : [at[start], at[end - 1] + 1];
}
