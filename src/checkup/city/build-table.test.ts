/** Rows of registries: which count, and where. */
import { describe, expect, it } from 'vitest';
import { NoteBook } from '../../core/note.ts';
import type { TableRow } from './build-table.ts';
import { buildCityTable, NOWHERE_E7 } from './build-table.ts';
import { degreesAt, makeCity } from './make-city.ts';

const { tree, snapshot } = makeCity({
  places: [{ id: 'city', level: 'city', box: [0, 0, 1000, 1000] }, { id: 'a', level: 'community', parent: 'city', box: [0, 0, 500, 1000] }, { id: 'b', level: 'community', parent: 'city', box: [500, 0, 1000, 1000] }],
});
const ids = Array.from(snapshot.place.id, (id) => snapshot.text(id));
const find = (id: string): number | undefined => (ids.includes(id) ? ids.indexOf(id) : undefined);
const row = (row: number, values: TableRow['values'], rest: Partial<TableRow> = {}): TableRow => ({ batchId: 1, row, values, ...rest });

function build(rows: readonly TableRow[]) {
  const notes = new NoteBook();
  const table = buildCityTable(rows, { tree, find }, { notes, contract: 'buildings', fileName: (batch) => `file${batch}.csv` });
  return { table, places: Array.from(table.place, (place) => (place < 0 ? undefined : ids[place])), notes: notes.list() };
}

describe('rows of a registry', () => {
  it('belong to the place they name, else to the one they stand in', () => {
    const [lon, lat] = degreesAt([700, 100]);
    const { table, places, notes } = build([row(2, { community_id: 'a', storeys: 3 }, { lon, lat }), row(3, { community_id: null, lift: true }, { lon, lat }), row(4, { storeys: 5 })]);
    expect(places).toEqual(['a', 'b', undefined]);
    expect(table.columns).toEqual({ community_id: ['a', null, null], storeys: [3, null, 5], lift: [null, true, null] });
    expect(Array.from(table.pointE7.subarray(4))).toEqual([NOWHERE_E7, NOWHERE_E7]);
    expect(notes).toEqual([]);
  });

  it('of the city as a whole may say so instead of its id', () => {
    const { places, notes } = build([row(2, { unit_id: '全市', n: 1 }), row(3, { unit_id: 'City', n: 2 })]);
    expect(places).toEqual(['city', 'city']);
    expect(notes).toEqual([]);
  });

  it('that name an unknown place stand where their coordinates are, or are left out; both are noted with file, row and value', () => {
    const [lon, lat] = degreesAt([700, 100]);
    const { table, places, notes } = build([row(2, { community_id: 'x', n: 1 }), row(3, { community_id: 'y', n: 2 }, { lon, lat }), row(4, { community_id: 'a', n: 3 })]);
    expect(places).toEqual(['b', 'a']);
    expect(table.columns['n']).toEqual([2, 3]);
    expect(table.leftOut).toEqual({ rows: 1, files: ['file1.csv'], columns: new Map([['community_id', 1], ['n', 1]]), indicators: new Map() });
    expect(notes).toMatchObject([
      { code: 'checkup/unknown-unit:buildings', level: 'error', count: 1, examples: [{ file: 'file1.csv', row: 2, field: 'community_id', value: 'x' }] },
      { code: 'checkup/unknown-unit-placed:buildings', level: 'warning', count: 1, examples: [{ row: 3, value: 'y' }] },
    ]);
  });

  it('of an id that another file has too: the last file counts; of one year, unit and indicator: one', () => {
    const { table, notes } = build([row(2, { n: 1 }, { key: 'k' }), row(3, { n: 2 }, { key: 'm' }), row(2, { n: 3 }, { key: 'k', batchId: 4 })]);
    expect(table.columns['n']).toEqual([2, 3]);
    expect(table.batches).toEqual([1, 4]);
    expect(notes).toMatchObject([{ code: 'checkup/repeated-row:buildings', count: 1, examples: [{ file: 'file1.csv', row: 2, value: 'k' }] }]);
    const statistics = build([row(2, { indicator_id: '30', unit_id: 'a', year: 2024, value: 1 }), row(3, { indicator_id: '30', unit_id: 'a', year: 2023, value: 2 }), row(4, { indicator_id: '30', unit_id: 'a', year: 2024, value: 3 })]);
    expect(statistics.table.columns['value']).toEqual([1, 2]);
    expect(statistics.notes).toMatchObject([{ count: 1 }]);
  });
});
