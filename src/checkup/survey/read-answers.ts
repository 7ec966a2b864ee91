/**
 * Answers of the survey as scores of 100.
 *
 * An answer is a score 0–100, a level 1–5, or its words. Levels become 20, 40, 60, 80, 100 (很不满意 … 很满意), as satisfaction is usually scored, so that
 * 一般 stands at the 60 under which the manual drops a grade. A column none of whose answers is above 5 holds levels.
 */
import type { AttributeValue } from '../../import/model.ts';

const WORDS: Readonly<Record<string, number>> = {
  很满意: 100, 非常满意: 100, 满意: 80, 比较满意: 80, 较满意: 80, 一般: 60, 基本满意: 60, 不满意: 40, 不太满意: 40, 较不满意: 40, 很不满意: 20, 非常不满意: 20,
};
const LEVELS = 5;

export interface Answers {
  /** NaN where there is no answer. */
  readonly scores: Float64Array;
  /** Rows (from 0) whose answer was neither of the above. */
  readonly unreadable: readonly number[];
}

function numberOf(value: AttributeValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\d+([.]\d+)?$/.test(value.trim())) return undefined;
  return Number(value);
}

export function readAnswers(column: readonly AttributeValue[]): Answers {
  const scores = new Float64Array(column.length).fill(NaN);
  const unreadable: number[] = [];
  const numbers = column.map((value) => (value === null ? undefined : numberOf(value)));
  const isLevels = numbers.every((number) => number === undefined || number <= LEVELS);
  column.forEach((value, row) => {
    if (value === null || value === '') return;
    const number = numbers[row];
    const word = typeof value === 'string' ? (WORDS[value.trim()] as number | undefined) : undefined;
    if (word !== undefined) scores[row] = word;
    else if (number !== undefined && isLevels && number >= 1) scores[row] = number * (100 / LEVELS);
    else if (number !== undefined && !isLevels && number <= 100) scores[row] = number;
    else unreadable.push(row);
  });
  return { scores, unreadable };
}
