/** Cases and hotline tickets of the year that is checked: what operators on cases share. */
import type { NoteBook } from '../../core/note.ts';
import type { CityData, CityTable } from '../city/city-data.ts';
import { momentOf, yearOf } from './cell-values.ts';
import type { Condition } from './condition-schema.ts';
import { UNKNOWN, YES, compileCondition, conditionColumns } from './conditions.ts';
import { openRows } from './count-rows.ts';
import type { Missing } from './missing-reasons.ts';
import type { RowPlaces } from './sum-rows.ts';
import { noteUnknown } from './sum-rows.ts';

export type CaseTable = 'cases' | 'hotline';

/** When a case came in, when it was to be done and when it was. A ticket is answered, not finished. */
export const CASE_TIMES = {
  cases: { came: 'report_time', due: 'deadline', done: 'finish_time' },
  hotline: { came: 'time', due: 'deadline', done: 'response_time' },
} as const satisfies Record<CaseTable, Record<string, string>>;

export interface CaseRows {
  readonly table: CityTable;
  readonly places: RowPlaces;
  /** Rows of the period that meet the condition. */
  readonly row: Uint32Array;
}

/** Cases that came in within the period and meet a condition. Those without a date of coming in are noted and left out. */
export function listCases(city: CityData, contract: CaseTable, where: Condition | undefined, columns: readonly string[], notes: NoteBook): CaseRows | Missing {
  const { came } = CASE_TIMES[contract];
  const opened = openRows(city, contract, [where], [came, ...columns]);
  if ('missing' in opened) return opened;
  const { table, places } = opened;
  const ask = where === undefined ? undefined : compileCondition(where, table, city.period);
  const cells = table.columns[came];
  const rows: number[] = [];
  let [undated, unknown] = [0, 0];
  for (let row = 0; row < table.rowCount; row++) {
    const year = yearOf(cells[row]);
    if (year === undefined) undated++;
    if (year !== city.period) continue;
    const answer = ask?.(row) ?? YES;
    if (answer === UNKNOWN) unknown++;
    else if (answer === YES) rows.push(row);
  }
  const file = `${contract}.csv`;
  if (undated > 0) notes.add('warning', `checkup/undated/${contract}`, { zh: `${file} 中没有 ${came} 的行未计入。`, en: `Rows of ${file} without ${came} were left out.` }, { file, field: came }, undated);
  if (where !== undefined) noteUnknown(notes, contract, conditionColumns(where), unknown);
  return { table, places, row: Uint32Array.from(rows) };
}

/** Whether a case was done by its deadline; undefined where it does not say by when. A case that is not done is not on time. */
export function isOnTime({ columns }: CityTable, contract: CaseTable, row: number): boolean | undefined {
  const { due, done } = CASE_TIMES[contract];
  const deadline = momentOf(columns[due][row], true);
  if (deadline === undefined) return undefined;
  const finished = momentOf(columns[done][row]);
  return finished !== undefined && finished <= deadline;
}
