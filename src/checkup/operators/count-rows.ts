/** How many rows of a registry meet a condition, in each place: what registry-count, registry-share and quantities share. */
import { NoteBook } from '../../core/note.ts';
import type { TableContract } from '../../import/model.ts';
import type { CityData, CityTable } from '../city/city-data.ts';
import { numberOf } from './cell-values.ts';
import type { Condition } from './condition-schema.ts';
import type { Ask } from './conditions.ts';
import { UNKNOWN, YES, absentColumn, compileCondition, conditionColumns } from './conditions.ts';
import type { Missing } from './missing-reasons.ts';
import { missingAnswers, missingColumn, missingTable } from './missing-reasons.ts';
import type { Within } from './per-place.ts';
import type { RowPlaces } from './sum-rows.ts';
import { noteCells, notePlaces, noteUnknown, placeRows, sumRows } from './sum-rows.ts';

export interface RowQuestion {
  readonly table: TableContract;
  /** Rows that are looked at. */
  readonly of?: Condition | undefined;
  /** Rows that count. */
  readonly where?: Condition | undefined;
  /** Column that each row counts with. */
  readonly weigh?: string | undefined;
  /** Rows elsewhere count for nothing. */
  readonly within?: Within;
}

/** By place: the weight of the rows that count, of those whose answer is known, the number of rows looked at, of those whose answer is known, and of all rows. */
export interface RowCount {
  readonly yes: Float64Array;
  readonly known: Float64Array;
  readonly looked: Float64Array;
  readonly answered: Float64Array;
  readonly present: Float64Array;
  /** Rows looked at in all. */
  readonly lookedAt: number;
  /** Rows that count. */
  readonly rows: Uint32Array;
  readonly notes: NoteBook;
}

/** The table with the places of its rows, or why the question cannot be asked of it. */
export function openRows(city: CityData, contract: TableContract, conditions: readonly (Condition | undefined)[], columns: readonly string[]): { table: CityTable; places: RowPlaces } | Missing {
  const table = city.table(contract);
  const places = placeRows(city, contract);
  const asked = conditions.filter((condition) => condition !== undefined);
  const named = [...new Set([...columns, ...asked.flatMap(conditionColumns)])];
  if (table === undefined || places === undefined) return missingTable(contract, named);
  // all rows are of units that the city does not have: that is no 0
  if (table.rowCount === 0 && table.leftOut !== undefined) return missingAnswers(contract, named, 0, table.leftOut);
  const lacking = columns.find((column) => !Object.hasOwn(table.columns, column)) ?? asked.map((condition) => absentColumn(condition, table)).find((column) => column !== undefined);
  return lacking === undefined ? { table, places } : missingColumn(contract, lacking, table.leftOut);
}

const always: Ask = () => YES;

/** What was found row by row. */
interface Tally {
  /** By row, what it counts with. */
  readonly yes: Float64Array;
  readonly known: Float64Array;
  readonly looked: Float64Array;
  readonly answered: Float64Array;
  readonly rows: number[];
  lookedAt: number;
  answers: number;
  unknown: number;
  empty: number;
  impossible: number;
}

function tallyRows(table: CityTable, isLooked: Ask, counts: Ask, weights: CityTable['columns'][string] | undefined): Tally {
  const column = (): Float64Array => new Float64Array(table.rowCount);
  const tally: Tally = { yes: column(), known: column(), looked: column(), answered: column(), rows: [], lookedAt: 0, answers: 0, unknown: 0, empty: 0, impossible: 0 };
  for (let row = 0; row < table.rowCount; row++) {
    const belongs = isLooked(row);
    if (belongs === UNKNOWN) tally.unknown++;
    if (belongs !== YES) continue;
    tally.looked[row] = 1;
    tally.lookedAt++;
    const answer = counts(row);
    const weight = weights === undefined ? 1 : numberOf(weights[row]);
    if (answer === UNKNOWN) tally.unknown++;
    else if (weight === undefined) tally.empty++;
    else if (weight < 0) tally.impossible++;
    else {
      tally.answers++;
      tally.answered[row] = 1;
      tally.known[row] = weight;
      if (answer !== YES) continue;
      tally.yes[row] = weight;
      tally.rows.push(row);
    }
  }
  return tally;
}

export function countRows(city: CityData, { table: contract, of, where, weigh, within }: RowQuestion): RowCount | Missing {
  const opened = openRows(city, contract, [of, where], weigh === undefined ? [] : [weigh]);
  if ('missing' in opened) return opened;
  const { table, places } = opened;
  const [isLooked, counts] = [of, where].map((condition) => (condition === undefined ? always : compileCondition(condition, table, city.period)));
  const tally = tallyRows(table, isLooked, counts, weigh === undefined ? undefined : table.columns[weigh]);
  const { unknown, empty, impossible } = tally;
  const columns = [...new Set([of, where].filter((condition) => condition !== undefined).flatMap(conditionColumns))];
  // rows are there, and not one says what is asked: that is no zero
  if (tally.answers === 0 && unknown + empty + impossible > 0) return missingAnswers(contract, weigh === undefined ? columns : [...columns, weigh], table.rowCount, table.leftOut);
  const notes = new NoteBook();
  notePlaces(notes, contract, places);
  noteUnknown(notes, contract, columns, unknown);
  if (weigh !== undefined) noteCells(notes, contract, weigh, empty, impossible);
  const sum = (weight: Float64Array): Float64Array => sumRows(city, places, weight, within);
  return {
    yes: sum(tally.yes), known: sum(tally.known), looked: sum(tally.looked), answered: sum(tally.answered), present: sum(new Float64Array(table.rowCount).fill(1)),
    lookedAt: tally.lookedAt, rows: Uint32Array.from(tally.rows), notes,
  };
}

/** Registries of what there is, row by row: a place without a row is not known. The others are lists of what happened, where no row means none. */
const INVENTORIES: ReadonlySet<TableContract> = new Set(['buildings', 'community_services', 'units', 'indicators_dept']);

export function isInventory(contract: TableContract): boolean {
  return INVENTORIES.has(contract);
}
