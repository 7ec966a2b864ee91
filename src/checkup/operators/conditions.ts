/**
 * Answers the conditions of condition-schema.ts for the rows of a table: yes, no or unknown.
 *
 * Kleene's three values: all is no as soon as one part is no, any is yes as soon as one part is yes, and unknown otherwise wherever a part is
 * unknown. So a home without a year of its gas riser is unknown only where its pipes are known to be corroded; where they are sound it is no.
 */
import type { AttributeValue } from '../../import/model.ts';
import type { CityTable } from '../city/city-data.ts';
import type { Comparison, Condition } from './condition-schema.ts';
import { flagOf, isFilled, numberOf, plainText, yearOf } from './cell-values.ts';

export const NO = 0;
export const YES = 1;
export const UNKNOWN = 2;
/** NO, YES or UNKNOWN. */
export type Answer = 0 | 1 | 2;
export type Ask = (row: number) => Answer;

/** Columns that the condition reads, in its order, each once. */
export function conditionColumns(condition: Condition): string[] {
  const found = new Set<string>();
  const walk = (at: Condition): void => {
    if ('all' in at) at.all.forEach(walk);
    else if ('any' in at) at.any.forEach(walk);
    else if ('not' in at) walk(at.not);
    else for (const column of [at.column, at.other]) if (column !== undefined) found.add(column);
  };
  walk(condition);
  return [...found];
}

/** The first column that no file has and whose absence makes the condition unanswerable; undefined where there is none. */
export function absentColumn(condition: Condition, table: CityTable): string | undefined {
  if ('all' in condition) return first(condition.all, table);
  if ('any' in condition) return first(condition.any, table);
  if ('not' in condition) return absentColumn(condition.not, table);
  if (condition.whenAbsent !== 'missing') return undefined;
  return [condition.column, condition.other].find((column) => column !== undefined && !Object.hasOwn(table.columns, column));
}

function first(conditions: readonly Condition[], table: CityTable): string | undefined {
  for (const condition of conditions) {
    const column = absentColumn(condition, table);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** The condition as a question about a row (0 … rowCount − 1). `period` is the year that is checked. Ask {@link absentColumn} first. */
export function compileCondition(condition: Condition, table: CityTable, period: number): Ask {
  if ('all' in condition) return joined(condition.all.map((part) => compileCondition(part, table, period)), NO, YES);
  if ('any' in condition) return joined(condition.any.map((part) => compileCondition(part, table, period)), YES, NO);
  if ('not' in condition) {
    const ask = compileCondition(condition.not, table, period);
    return (row) => negate(ask(row));
  }
  return compileComparison(condition, table, period);
}

const negate = (answer: Answer): Answer => (answer === UNKNOWN ? UNKNOWN : answer === YES ? NO : YES);

/** `decides` ends the question; where no part says it and none is unknown, the answer is `else`. */
function joined(parts: readonly Ask[], decides: Answer, otherwise: Answer): Ask {
  return (row) => {
    let answer = otherwise;
    for (const ask of parts) {
      const part = ask(row);
      if (part === decides) return decides;
      if (part === UNKNOWN) answer = UNKNOWN;
    }
    return answer;
  };
}

const SAID = { unknown: UNKNOWN, yes: YES, no: NO } as const;

function compileComparison(comparison: Comparison, table: CityTable, period: number): Ask {
  // own columns only: an indicator may name a column "constructor"
  const columnOf = (name: string | undefined): CityTable['columns'][string] | undefined => (name !== undefined && Object.hasOwn(table.columns, name) ? table.columns[name] : undefined);
  const [cells, others] = [columnOf(comparison.column), columnOf(comparison.other)];
  const whenAbsent = comparison.whenAbsent === 'missing' ? UNKNOWN : SAID[comparison.whenAbsent];
  if (cells === undefined || (comparison.other !== undefined && others === undefined)) return () => whenAbsent;
  const whenEmpty = SAID[comparison.whenEmpty];
  if (comparison.op === 'empty') return (row) => (isFilled(cells[row]) ? NO : YES);
  if (comparison.op === 'filled') return (row) => (isFilled(cells[row]) ? YES : NO);
  const test = testOf(comparison, period);
  return (row) => {
    const cell = cells[row];
    if (!isFilled(cell)) return whenEmpty;
    const other = others?.[row];
    if (others !== undefined && !isFilled(other)) return whenEmpty;
    return test(cell, other ?? null);
  };
}

type Test = (cell: string | number | boolean, other: AttributeValue) => Answer;

const answer = (truth: boolean | undefined): Answer => (truth === undefined ? UNKNOWN : truth ? YES : NO);

function testOf({ op, value, values, yearsBefore }: Comparison, period: number): Test {
  switch (op) {
    case 'in-period':
    case 'by-period':
      return (cell) => {
        const year = yearOf(cell);
        return answer(year === undefined ? undefined : op === 'in-period' ? year === period : year <= period);
      };
    case 'starts-with':
    case 'contains': {
      const wanted = (values ?? []).map(plainText);
      return (cell) => answer(wanted.some((text) => (op === 'contains' ? plainText(cell).includes(text) : plainText(cell).startsWith(text))));
    }
    case 'in':
    case 'not-in': {
      const wanted = values ?? [];
      return (cell) => {
        const found = joined(wanted.map((each) => () => answer(compare('=', cell, each))), YES, NO)(0);
        return op === 'in' ? found : negate(found);
      };
    }
    case 'empty':
    case 'filled':
      return (cell) => answer(isFilled(cell) === (op === 'filled'));
    default:
      if (yearsBefore !== undefined) return (cell) => answer(ordered(op, yearOf(cell), period - yearsBefore));
      return (cell, other) => answer(compare(op, cell, value ?? other));
  }
}

type Order = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Numbers as numbers, yes and no as such, dates as they follow one another; undefined where a cell is not of the kind it is compared with. */
function compare(op: Order, cell: string | number | boolean, right: AttributeValue): boolean | undefined {
  if (typeof right === 'boolean') {
    const flag = flagOf(cell);
    return flag === undefined ? undefined : ordered(op, Number(flag), Number(right));
  }
  if (typeof right === 'number') return ordered(op, numberOf(cell), right);
  if (op === '=' || op === '!=') return ordered(op, plainText(cell), plainText(right));
  const [left, limit] = [numberOf(cell), numberOf(right)];
  if (left !== undefined && limit !== undefined) return ordered(op, left, limit);
  const isDate = (value: AttributeValue): boolean => typeof value === 'string' && /^\d{4}-\d{2}/.test(value);
  return isDate(cell) && isDate(right) ? ordered(op, String(cell), String(right)) : undefined;
}

function ordered<T extends number | string>(op: Order, left: T | undefined, right: T): boolean | undefined {
  if (left === undefined) return undefined;
  switch (op) {
    case '=': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
  }
}
