/** Columns of a registry summed by place, with factors: what registry-sum, registry-ratio and shelters share. */
import { NoteBook } from '../../core/note.ts';
import type { TableContract } from '../../import/model.ts';
import type { CityData } from '../city/city-data.ts';
import { numberOf } from './cell-values.ts';
import type { Condition } from './condition-schema.ts';
import { UNKNOWN, YES, compileCondition, conditionColumns } from './conditions.ts';
import { openRows } from './count-rows.ts';
import type { Missing } from './missing-reasons.ts';
import { missingAnswers } from './missing-reasons.ts';
import type { Within } from './per-place.ts';
import { noteCells, notePlaces, noteUnknown, sumRows } from './sum-rows.ts';

export interface Term {
  readonly column: string;
  readonly times: number;
}

export interface ColumnSums {
  /** By list of terms, then by place. */
  readonly sums: readonly Float64Array[];
  /** Rows with all columns filled in, by place. */
  readonly rows: Float64Array;
  readonly row: Uint32Array;
  readonly notes: NoteBook;
}

/**
 * For each list of terms Σ over rows of Σ column × times. A row that lacks any of the columns is left out of all sums, so that ratios compare the
 * same rows; it is noted under the first column it lacks. Numbers under 0 are impossible and treated likewise.
 */
export function sumColumns(city: CityData, contract: TableContract, lists: readonly (readonly Term[])[], where?: Condition, within?: Within): ColumnSums | Missing {
  const terms = lists.flat();
  const columns = [...new Set(terms.map(({ column }) => column))];
  const opened = openRows(city, contract, [where], columns);
  if ('missing' in opened) return opened;
  const { table, places } = opened;
  const ask = where === undefined ? undefined : compileCondition(where, table, city.period);
  const weights = lists.map(() => new Float64Array(table.rowCount));
  const used = new Float64Array(table.rowCount);
  const row: number[] = [];
  const bad = new Map(columns.map((column) => [column, { empty: 0, impossible: 0 }]));
  let [unknown, asked] = [0, 0];
  for (let r = 0; r < table.rowCount; r++) {
    const answer = ask?.(r) ?? YES;
    if (answer === UNKNOWN) unknown++;
    if (answer !== YES) continue;
    asked++;
    const lacking = columns.find((column) => !((numberOf(table.columns[column][r]) ?? -1) >= 0));
    if (lacking !== undefined) {
      const tally = bad.get(lacking);
      if (tally !== undefined) tally[numberOf(table.columns[lacking][r]) === undefined ? 'empty' : 'impossible']++;
      continue;
    }
    lists.forEach((list, i) => {
      for (const { column, times } of list) weights[i][r] += times * (numberOf(table.columns[column][r]) ?? 0);
    });
    used[r] = 1;
    row.push(r);
  }
  if (row.length === 0 && (asked > 0 || unknown > 0 || table.rowCount === 0)) return missingAnswers(contract, columns, table.rowCount, table.leftOut);
  const notes = new NoteBook();
  notePlaces(notes, contract, places);
  if (where !== undefined) noteUnknown(notes, contract, conditionColumns(where), unknown);
  for (const [column, { empty, impossible }] of bad) noteCells(notes, contract, column, empty, impossible);
  return { sums: weights.map((each) => sumRows(city, places, each, within)), rows: sumRows(city, places, used, within), row: Uint32Array.from(row), notes };
}
