/**
 * case-rate: cases of the period, handled on time, by area or as a share (#59: 件/km² of built-up area).
 *
 * The manual's definition says "handled on time", its printed formula "handled"; `what` says which. On time: done no later than the deadline, a
 * deadline without a time ending with its day. `share` is of the cases that came in in the period and say by when they are due. Cases that lie outside the
 * built-up area are left out of values by its area. Numerator: cases that count. Denominator: km², cases or persons. n: cases that came in. Cost: one pass
 * over the rows.
 */
import { NoteBook } from '../../core/note.ts';
import { isFilled } from './cell-values.ts';
import { CASE_TIMES, isOnTime, listCases } from './case-rows.ts';
import type { CaseRateParams } from './count-params.ts';
import { caseRateParams } from './count-params.ts';
import { conditionNeeds, perNeeds } from './count-needs.ts';
import { noteArea } from './divide.ts';
import { defineOperator } from './operator.ts';
import { missingAnswers } from './missing-reasons.ts';
import { perByPlace, withinOf } from './per-place.ts';
import { notePlaces, noteUnknown, sumRows } from './sum-rows.ts';

/** What a value is divided by and how many of it make one; a share is of the cases that are known. */
const DIVISORS = {
  'per-km2': { by: 'built-up', unit: 1e6, times: 1 },
  'per-10k-persons': { by: 'persons', unit: 1e4, times: 1 },
  share: { by: undefined, unit: 1, times: 100 },
  count: undefined,
} as const;

export const caseRate = defineOperator<CaseRateParams>({
  id: 'case-rate',
  title: { zh: '案件办理', en: 'Cases handled' },
  params: caseRateParams,
  needs: ({ table, where, value }) => ['place', 'settings', `table:${table}`, ...conditionNeeds(where), ...perNeeds(DIVISORS[value]?.by)],
  run(city, { table: contract, what, where, value }) {
    const notes = new NoteBook();
    const times = CASE_TIMES[contract];
    const columns = what === 'on-time' ? [times.due, times.done] : what === 'handled' ? [times.done] : [];
    const cases = listCases(city, contract, where, columns, notes);
    if ('missing' in cases) return cases;
    const { table, places, row: rows } = cases;
    const [counts, known, came] = [new Float64Array(table.rowCount), new Float64Array(table.rowCount), new Float64Array(table.rowCount)];
    let silent = 0;
    for (const row of rows) {
      came[row] = 1;
      const answer = what === 'reported' ? true : what === 'handled' ? isFilled(table.columns[times.done][row]) : isOnTime(table, contract, row);
      if (answer === undefined) silent++;
      else {
        known[row] = 1;
        counts[row] = answer ? 1 : 0;
      }
    }
    if (rows.length > 0 && silent === rows.length) return missingAnswers(contract, [times.due], rows.length);
    notePlaces(notes, contract, places);
    noteUnknown(notes, contract, [times.due], silent);
    const divisor = DIVISORS[value];
    noteArea(city, divisor?.by, notes);
    const within = withinOf(city, divisor?.by);
    const [numerator, n] = [sumRows(city, places, counts, within), sumRows(city, places, came, within)];
    const below = divisor?.by === undefined ? sumRows(city, places, known, within) : perByPlace(city, { by: divisor.by, group: 'total' });
    if ('missing' in below) return below;
    const denominator = below.map((each) => each / (divisor?.unit ?? 1));
    const of = (sum: number, place: number): number => (divisor === undefined ? sum : denominator[place] > 0 ? (divisor.times * sum) / denominator[place] : NaN);
    return { value: numerator.map(of), numerator, denominator, n, quality: 'measured', detail: { rows: { table: contract, row: rows.filter((row) => counts[row] === 1) } }, notes: notes.list() };
  },
});
