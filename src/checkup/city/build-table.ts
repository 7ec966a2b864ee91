/** Rows of a contract table → columns, with where each row is and which place it belongs to. */
import type { Attributes, AttributeValue } from '../../import/model.ts';
import type { CityTable, PlaceTree } from './city-data.ts';

/** Stands in `pointE7` for a row that is nowhere. */
export const NOWHERE_E7 = 0x7fff_ffff;

/** A row as an importer left it. */
export interface TableRow {
  readonly batchId: number;
  /** Row of its file, from 1, header included. */
  readonly row: number;
  readonly values: Attributes;
  /** Degrees, centre of areas; absent where the row has no geometry. */
  readonly lon?: number;
  readonly lat?: number;
}

/** Columns that name the place a row belongs to, the first that a row fills decides. */
const PLACE_COLUMNS = ['community_id', 'unit_id'] as const;

/** Number of a place by its id. */
export type FindPlace = (id: string) => number | undefined;

/** What became of a row's place: known by id, by where it is, unknown though it names one, or not told at all. */
type PlaceOf = (row: TableRow, at: number) => number;

/**
 * Columns of rows. `onUnknown` is told of rows that name a place the city does not have; they keep their place by where they are, else −1.
 */
export function buildCityTable(rows: readonly TableRow[], tree: PlaceTree, findPlace: FindPlace, onUnknown: (row: TableRow, column: string, id: string) => void = () => {}): CityTable {
  const pointE7 = new Int32Array(2 * rows.length).fill(NOWHERE_E7);
  rows.forEach(({ lon, lat }, i) => {
    if (lon === undefined || lat === undefined) return;
    pointE7[2 * i] = Math.round(lon * 1e7);
    pointE7[2 * i + 1] = Math.round(lat * 1e7);
  });
  const leaf = tree.locate(pointE7).leaf;
  const placeOf: PlaceOf = (row, at) => {
    for (const column of PLACE_COLUMNS) {
      const id = row.values[column];
      if (id === undefined || id === null || id === '') continue;
      const place = findPlace(String(id));
      if (place !== undefined) return place;
      onUnknown(row, column, String(id));
    }
    return leaf[at];
  };
  return {
    rowCount: rows.length,
    columns: columnsOf(rows),
    pointE7,
    place: Int32Array.from(rows, placeOf),
    batches: [...new Set(rows.map(({ batchId }) => batchId))].sort((a, b) => a - b),
  };
}

function columnsOf(rows: readonly TableRow[]): Record<string, AttributeValue[]> {
  const columns = new Map<string, AttributeValue[]>();
  rows.forEach(({ values }, i) => {
    for (const name in values) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = new Array<AttributeValue>(rows.length).fill(null)));
      column[i] = values[name];
    }
  });
  return Object.fromEntries(columns);
}
