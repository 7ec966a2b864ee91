/**
 * column-gap: what communities lack by their own registry: parking spaces (#14), chargers (#15), e-bike charging (#16).
 *
 * Row by row demand − supply, at least 0: what one community has too much of does not help another (the manual counts by community). Demand is the first
 * of the demand columns that the row has; supply is the sum of its columns × factors (one public charger stands for three private ones).
 * Numerator: the gap. Denominator: the demand. n: rows that say both. A row that does not is left out and noted. Cost: one pass over the rows.
 */
import { NoteBook } from '../../core/note.ts';
import type { CityTable } from '../city/city-data.ts';
import { numberOf } from './cell-values.ts';
import type { ColumnGapParams } from './count-params.ts';
import { columnGapParams } from './count-params.ts';
import { isInventory, openRows } from './count-rows.ts';
import { missingAnswers, missingColumn } from './missing-reasons.ts';
import { defineOperator } from './operator.ts';
import { noteCells, notePlaces, sumRows } from './sum-rows.ts';

/** Enough to tell 1,000.0000001 spaces from 1,000 after factors. */
const ROUNDING = 1e-6;

type Found = { readonly amount: number } | { readonly bad: string; readonly empty: boolean };

function amountOf({ columns }: CityTable, row: number, { column, times }: { column: string; times: number }): Found {
  const number = numberOf(columns[column]?.[row]);
  return number === undefined ? { bad: column, empty: true } : number < 0 ? { bad: column, empty: false } : { amount: times * number };
}

/** The first demand the row states. */
function demandOf(table: CityTable, row: number, demand: ColumnGapParams['demand']): Found {
  const found = demand.filter(({ column }) => Object.hasOwn(table.columns, column)).map((term) => amountOf(table, row, term));
  return found.find((each) => 'amount' in each) ?? found[0];
}

function supplyOf(table: CityTable, row: number, supply: ColumnGapParams['supply']): Found {
  let amount = 0;
  for (const term of supply) {
    const found = amountOf(table, row, term);
    if (!('amount' in found)) return found;
    amount += found.amount;
  }
  return { amount };
}

export const columnGap = defineOperator<ColumnGapParams>({
  id: 'column-gap',
  title: { zh: '台账供需缺口', en: 'Gap between demand and supply in a registry' },
  params: columnGapParams,
  needs: ({ table }) => ['place', `table:${table}`],
  run(city, { table: contract, demand, supply, count }) {
    const opened = openRows(city, contract, [], supply.map(({ column }) => column));
    if ('missing' in opened) return opened;
    const { table, places } = opened;
    if (!demand.some(({ column }) => Object.hasOwn(table.columns, column))) return missingColumn(contract, demand[0].column, table.leftOut);
    const [gap, wanted, used] = [new Float64Array(table.rowCount), new Float64Array(table.rowCount), new Float64Array(table.rowCount)];
    const bad = new Map<string, { empty: number; impossible: number }>();
    const rows: number[] = [];
    for (let row = 0; row < table.rowCount; row++) {
      const [asked, there] = [demandOf(table, row, demand), supplyOf(table, row, supply)];
      const fault = 'bad' in asked ? asked : 'bad' in there ? there : undefined;
      if (fault !== undefined) {
        const tally = bad.get(fault.bad) ?? { empty: 0, impossible: 0 };
        tally[fault.empty ? 'empty' : 'impossible']++;
        bad.set(fault.bad, tally);
      } else if ('amount' in asked && 'amount' in there) {
        const lacking = asked.amount - there.amount > ROUNDING ? asked.amount - there.amount : 0;
        used[row] = 1;
        wanted[row] = count === 'gap' ? asked.amount : 1;
        gap[row] = count === 'gap' ? lacking : Math.sign(lacking);
        if (lacking > 0) rows.push(row);
      }
    }
    const n = sumRows(city, places, used);
    if (!used.some((each) => each > 0)) return missingAnswers(contract, [demand[0].column, ...supply.map(({ column }) => column)], table.rowCount, table.leftOut);
    const notes = new NoteBook();
    notePlaces(notes, contract, places);
    for (const [column, { empty, impossible }] of bad) noteCells(notes, contract, column, empty, impossible);
    const numerator = sumRows(city, places, gap);
    return {
      value: isInventory(contract) ? numerator.map((sum, place) => (n[place] > 0 ? sum : NaN)) : numerator,
      numerator, denominator: sumRows(city, places, wanted), n, quality: 'measured',
      detail: { rows: { table: contract, row: Uint32Array.from(rows) } }, notes: notes.list(),
    };
  },
});
