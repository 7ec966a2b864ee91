/**
 * Rows of a registry → sums by place.
 *
 * A row counts in the place it names or lies in, in all above, and in the cell and zone that hold its point; one that names a zone (a park of parks.csv)
 * counts there and in the unit that the zone belongs to; units outside the built-up area hand nothing up. A row that says nothing of where it
 * is counts for the city alone, and is noted. (Rows of units that the city does not have are left out before: city/build-table.ts.)
 */
import type { NoteBook } from '../../core/note.ts';
import type { TableContract } from '../../import/model.ts';
import type { CityData, CityTable, Membership } from '../city/city-data.ts';
import type { Within } from './per-place.ts';
import { sumWithin } from './per-place.ts';

export interface RowPlaces {
  readonly members: Membership;
  /** How many rows say nothing of where they are. */
  readonly unplaced: number;
}

/** Where the rows of a table count; made once a run. */
export function placeRows(city: CityData, contract: TableContract): RowPlaces | undefined {
  const table = city.table(contract);
  return table === undefined ? undefined : city.memo(`rows/${contract}`, () => findPlaces(city, table));
}

function findPlaces({ tree }: CityData, table: CityTable): RowPlaces {
  const located = tree.locate(table.pointE7);
  const [cell, zone] = [located.cell.slice(), located.zone.slice()];
  const cities = tree.ofLevel('city');
  const root = cities.length === 1 ? cities[0] : -1;
  const isBeside = (place: number): boolean => ['zone', 'cell'].includes(tree.level(place));
  // zones and cells stand beside the tree: their rows count in the unit above them, else in the city
  const leaf = table.place.map((place) => {
    let at = place;
    while (at >= 0 && isBeside(at)) at = tree.parent[at];
    return at < 0 ? root : at;
  });
  table.place.forEach((place, row) => {
    if (place < 0 || !isBeside(place)) return;
    if (tree.level(place) === 'zone') zone[row] = place;
    else cell[row] = place;
  });
  return { members: { leaf, cell, zone }, unplaced: table.place.filter((place) => place < 0).length };
}

/** Sums by place. `weight` is by row of the table. */
export function sumRows(city: CityData, { members }: RowPlaces, weight: Float64Array, within?: Within): Float64Array {
  return sumWithin(city, members, weight, within);
}

/** Says how many rows stand for the city alone. */
export function notePlaces(notes: NoteBook, contract: TableContract, { unplaced }: RowPlaces): void {
  const file = `${contract}.csv`;
  if (unplaced > 0) notes.add('info', `checkup/unplaced/${contract}`, { zh: `${file} 中没有单元也没有位置的行只计入全市。`, en: `Rows of ${file} without a unit or a position count for the city only.` }, { file }, unplaced);
}

/** An empty or impossible cell: named, counted, never used. */
export function noteCells(notes: NoteBook, contract: TableContract, column: string, empty: number, impossible: number): void {
  const file = `${contract}.csv`;
  if (empty > 0) notes.add('info', `checkup/empty-cell/${contract}/${column}`, { zh: `${file} 的列 ${column} 为空的行未计入。`, en: `Rows of ${file} with an empty ${column} were left out.` }, { file, field: column }, empty);
  if (impossible > 0) notes.add('warning', `checkup/impossible-cell/${contract}/${column}`, { zh: `${file} 的列 ${column} 不是非负数的行未计入。`, en: `Rows of ${file} whose ${column} is no number of 0 or more were left out.` }, { file, field: column }, impossible);
}

/** Rows whose answer is unknown, by the columns that were asked. */
export function noteUnknown(notes: NoteBook, contract: TableContract, columns: readonly string[], count: number): void {
  if (count === 0) return;
  const file = `${contract}.csv`;
  const field = columns.join(', ');
  notes.add('warning', `checkup/unknown-answer/${contract}/${field}`, { zh: `${file} 中有行未填写 ${field}，情况不明，既不算有也不算无。`, en: `Rows of ${file} do not say ${field}; they count neither as yes nor as no.` }, { file, field }, count);
}
