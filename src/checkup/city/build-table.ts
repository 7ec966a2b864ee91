/** Rows of a contract table → columns, with where each row is and which place it belongs to. */
import type { NoteBook } from '../../core/note.ts';
import type { Attributes, AttributeValue, TableContract } from '../../import/model.ts';
import type { CityTable, LeftOut, PlaceTree } from './city-data.ts';
import { REGISTRY_NAMES } from './spoken-names.ts';

/** Stands in `pointE7` for a row that is nowhere. */
export const NOWHERE_E7 = 0x7fff_ffff;

/** A row as an importer left it. */
export interface TableRow {
  readonly batchId: number;
  /** Row of its file, from 1, header included. */
  readonly row: number;
  /** The id column's value; absent where the contract has none. */
  readonly key?: string | undefined;
  readonly values: Attributes;
  /** Degrees, centre of areas; absent where the row has no geometry. */
  readonly lon?: number | undefined;
  readonly lat?: number | undefined;
}

/** How rows name their place, and where to look. */
export interface TablePlaces {
  readonly tree: PlaceTree;
  /** Number of a place by its id. */
  find(id: string): number | undefined;
}

/** Says which rows were left out or placed otherwise than they say. */
export interface RowNotes {
  readonly notes: NoteBook;
  readonly contract: TableContract;
  fileName(batchId: number): string;
}

/** Columns that name the place a row belongs to; the first that a row fills decides. */
const PLACE_COLUMNS = ['community_id', 'unit_id'] as const;

/** What departments write for the city as a whole, whose id few of them know. */
const CITY_WORDS: ReadonlySet<string> = new Set(['全市', '全域', '城市', '市', 'city']);

/** A place by its id, or the city by a word for it; the id is asked first. */
function findNamed(id: string, { tree, find }: TablePlaces): number | undefined {
  return find(id) ?? (CITY_WORDS.has(id.trim().toLowerCase()) ? tree.ofLevel('city').at(0) : undefined);
}

/**
 * Columns of rows. Of rows with the same key the last file's counts (within one file the importer has kept the first). A row that names a
 * place the city does not have stands where its coordinates put it; without coordinates it is left out. Both are noted.
 */
export function buildCityTable(rows: readonly TableRow[], places: TablePlaces, told?: RowNotes): CityTable {
  const { tree } = places;
  const chosen = dropRepeated(rows, told);
  const pointE7 = new Int32Array(2 * chosen.length).fill(NOWHERE_E7);
  chosen.forEach(({ lon, lat }, i) => {
    if (lon === undefined || lat === undefined) return;
    pointE7[2 * i] = Math.round(lon * 1e7);
    pointE7[2 * i + 1] = Math.round(lat * 1e7);
  });
  const { leaf } = tree.locate(pointE7);
  const place = new Int32Array(chosen.length);
  const kept: number[] = [];
  const left: TableRow[] = [];
  chosen.forEach((row, i) => {
    const named = namedPlace(row, places);
    place[i] = named === undefined || named.place === undefined ? leaf[i] : named.place;
    if (named !== undefined && named.place === undefined) {
      noteUnknown(row, named, leaf[i] >= 0, told);
      if (leaf[i] < 0) {
        left.push(row);
        return;
      }
    }
    kept.push(i);
  });
  const pick = kept.length === chosen.length ? chosen : kept.map((i) => chosen[i]);
  return {
    rowCount: pick.length,
    columns: columnsOf(pick),
    pointE7: kept.length === chosen.length ? pointE7 : Int32Array.from(kept.flatMap((i) => [pointE7[2 * i], pointE7[2 * i + 1]])),
    place: kept.length === chosen.length ? place : Int32Array.from(kept, (i) => place[i]),
    batches: [...new Set(pick.map(({ batchId }) => batchId))].sort((a, b) => a - b),
    ...(left.length > 0 && { leftOut: describeLeftOut(left, told) }),
  };
}

function describeLeftOut(rows: readonly TableRow[], told: RowNotes | undefined): LeftOut {
  const columns = new Map<string, number>();
  const indicators = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { values } of rows) {
    for (const [name, value] of Object.entries(values)) if (value !== null && value !== '') add(columns, name);
    if (values['indicator_id'] !== undefined && values['indicator_id'] !== null) add(indicators, String(values['indicator_id']));
  }
  return { rows: rows.length, files: told === undefined ? [] : [...new Set(rows.map(({ batchId }) => told.fileName(batchId)))].sort(), columns, indicators };
}

function dropRepeated(rows: readonly TableRow[], told: RowNotes | undefined): readonly TableRow[] {
  const last = new Map<string, number>();
  let repeated = 0;
  rows.forEach((row, i) => {
    const key = keyOf(row);
    if (key === undefined) return;
    const before = last.get(key);
    if (before !== undefined) {
      repeated++;
      const older = rows[before].batchId < row.batchId;
      const left = older ? rows[before] : row;
      told?.notes.add('warning', `checkup/repeated-row:${told.contract}`, {
        zh: `${REGISTRY_NAMES[told.contract].zh}：同一编号出现多次，只采用最后导入的文件中的第一条。`,
        en: `${told.contract}: an id occurs more than once; only the first in the last file counts.`,
      }, { file: told.fileName(left.batchId), row: left.row, value: key });
      if (!older) return;
    }
    last.set(key, i);
  });
  if (repeated === 0) return rows;
  return rows.filter((row, i) => {
    const key = keyOf(row);
    return key === undefined || last.get(key) === i;
  });
}

/** Department statistics have no id: a row is one indicator of one unit in one year. */
function keyOf({ key, values }: TableRow): string | undefined {
  if (key !== undefined) return key;
  const { indicator_id: indicator, unit_id: unit, year } = values;
  return indicator === undefined || unit === undefined || year === undefined ? undefined : `${indicator} ${unit} ${year}`;
}

interface Named {
  readonly column: string;
  readonly id: string;
  readonly place: number | undefined;
}

function namedPlace({ values }: TableRow, places: TablePlaces): Named | undefined {
  for (const column of PLACE_COLUMNS) {
    const id = values[column];
    if (id !== undefined && id !== null && id !== '') return { column, id: String(id), place: findNamed(String(id), places) };
  }
  // a park is a zone where the city has one of its id, else where it is
  const park = values['park_id'];
  const zone = park === undefined || park === null ? undefined : places.find(String(park));
  return zone === undefined ? undefined : { column: 'park_id', id: String(park), place: zone };
}

function noteUnknown(row: TableRow, { column, id }: Named, isPlaced: boolean, told: RowNotes | undefined): void {
  if (told === undefined) return;
  const at = { file: told.fileName(row.batchId), row: row.row, field: column, value: id };
  if (isPlaced) {
    told.notes.add('warning', `checkup/unknown-unit-placed:${told.contract}`, {
      zh: `${REGISTRY_NAMES[told.contract].zh}：行中的单元编号在城市中不存在，按坐标归入单元。`,
      en: `${told.contract}: a row names a unit that the city does not have; it counts where its coordinates are.`,
    }, at);
  } else {
    told.notes.add('error', `checkup/unknown-unit:${told.contract}`, {
      zh: `${REGISTRY_NAMES[told.contract].zh}：行中的单元编号在城市中不存在且没有坐标，未采用。本市的编号见 chengmai checkup 城市 --level community --csv 的 place_id 列（其他层级同），全市填“全市”；用自己的编号须先导入 units 表。`,
      en: `${told.contract}: a row names a unit that the city does not have and has no coordinates; left out. The ids of this city are in the column place_id of chengmai checkup CITY --level community --csv (other levels likewise), “city” stands for the whole; for ids of one’s own import the table of units first.`,
    }, at);
  }
}

function columnsOf(rows: readonly TableRow[]): Record<string, AttributeValue[]> {
  const columns = new Map<string, AttributeValue[]>();
  rows.forEach(({ values }, i) => {
    for (const name in values) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = Array.from({ length: rows.length }, () => null)));
      column[i] = values[name];
    }
  });
  return Object.fromEntries(columns);
}
