/**
 * The running text of one clause, as the readers of times, quantities, targets, tasks and bodies see it: lines that were broken by a page
 * are joined and what is set aside is left out, while every character still knows where it stood in the source.
 */
import type { Quantity, Span, TimeExpression } from './model.ts';

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

/** A time with its span in the source. Written out: copies by spread cost five times as much, and there are many. */
export function timeInSource(passage: Passage, { span, text, from, to, kind, rule, relative }: TimeExpression): TimeExpression {
  return { span: sourceSpan(passage, span[0], span[1]), text, from, to, kind, rule, relative };
}

/** A quantity with its span in the source. */
export function quantityInSource(passage: Passage, { span, text, value, upper, comparator, unit, sense, masked, approximate }: Quantity): Quantity {
  return { span: sourceSpan(passage, span[0], span[1]), text, value, upper, comparator, unit, sense, masked, approximate };
}
