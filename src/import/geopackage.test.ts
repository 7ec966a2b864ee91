import { existsSync, readFileSync } from 'node:fs';
import initSqlJs from 'sql.js';
import { describe, expect, it } from 'vitest';
import { makeGeoPackage } from '../../test/make-files/make-geopackage.ts';
import { errorCode, readAll } from '../../test/read-all.ts';
import type { Geometry } from '../engine/spatial/geometry.ts';
import { buildPolygon } from '../engine/spatial/geometry.ts';
import { resolveCrs } from './crs/coordinate-system.ts';

/** A cell of 250 m in a system's own metres. */
function cell(east: number, north: number): Geometry {
  return buildPolygon([east, north, east + 250, north, east + 250, north + 250, east, north + 250]);
}

const GRID = {
  table: 'vaestoruudut_2020',
  srs: 3879,
  columns: ['INDEX_ID integer', 'ASUKKAITA integer', 'ASVALJYYS real', 'IKA0_9 integer', 'IKA_YLI80 integer'],
  rows: [
    { geometry: cell(25_496_000, 6_673_000), values: [101, 389, 33.1, 20, 31] },
    { geometry: cell(25_496_250, 6_673_000), values: [102, 296, 30.2, 11, 2] },
    { geometry: null, values: [103, 5, 1, 0, 0] },
  ],
};

/** The bytes of a GeoPackage changed by SQL. */
async function changed(bytes: Uint8Array, sql: string): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database(bytes);
  database.run(sql);
  return database.export();
}

describe('GeoPackage', () => {
  it('gives population cells by the names of columns, in degrees', async () => {
    const read = await readAll('vaki.gpkg', await makeGeoPackage(GRID));
    expect(read.facts.crs).toBe('EPSG:3879');
    expect(read.cells.map((c) => [c.cellId, c.group, c.persons])).toEqual([['101', 'total', 389], ['101', '0-9', 20], ['101', '80+', 31], ['102', 'total', 296], ['102', '0-9', 11], ['102', '80+', 2]]);
    expect(read.counts).toEqual({ 'import/null-geometry': 1 });
    const back = read.cells[0].geometry.coordinates.slice();
    resolveCrs('EPSG:3879').fromWgs84(back);
    expect(back[0]).toBeCloseTo(25_496_000, 3);
    expect(back[1]).toBeCloseTo(6_673_000, 3);
    expect(read.features[0]).toMatchObject({ layer: 'custom:vaestoruudut', attributes: { ASVALJYYS: 33.1 } });
  });

  it('reads all layers, one by name, and tables without geometry', async () => {
    const both = await changed(await makeGeoPackage(GRID), `create table notes (id integer primary key, text text); insert into notes values (1, 'a'), (2, 'b');
      insert into gpkg_contents (table_name, data_type) values ('notes', 'attributes');
      create view trap as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n; insert into gpkg_contents (table_name, data_type) values ('trap', 'attributes');`);
    const read = await readAll('two.gpkg', both);
    expect(read.rows.map((row) => [row.table, row.values['text']])).toEqual([['custom:notes', 'a'], ['custom:notes', 'b']]);
    expect(read.cells.length).toBeGreaterThan(0);
    expect(read.counts['import/view-skipped']).toBe(1);
    expect((await readAll('two.gpkg', both, { member: 'notes' })).cells).toEqual([]);
    expect(await errorCode(readAll('two.gpkg', both, { member: 'nothing' }))).toBe('import/no-member');
  });

  it('opens files left in write-ahead mode', async () => {
    const bytes = await makeGeoPackage(GRID);
    bytes[18] = 2;
    bytes[19] = 2;
    expect((await readAll('wal.gpkg', bytes)).cells).toHaveLength(6);
  });

  it('names a declared system that the numbers contradict', async () => {
    const bytes = await changed(await makeGeoPackage(GRID), `update gpkg_spatial_ref_sys set srs_id = 4326, organization_coordsys_id = 4326; update gpkg_geometry_columns set srs_id = 4326`);
    expect(await errorCode(readAll('lie.gpkg', bytes))).toBe('import/crs-mismatch');
    expect((await readAll('lie.gpkg', bytes, { crs: 'EPSG:3879' })).cells).toHaveLength(6);
  });

  it('refuses damaged files and other databases', async () => {
    const bytes = await makeGeoPackage(GRID);
    expect(await errorCode(readAll('a.gpkg', bytes.slice(0, bytes.length / 3)))).toBe('import/bad-geopackage');
    const { Database } = await initSqlJs();
    const other = new Database();
    other.run('create table t (a)');
    expect(await errorCode(readAll('a.sqlite', other.export()))).toBe('import/bad-geopackage');
  });

  it('notes geometries it cannot read', async () => {
    const bytes = await changed(await makeGeoPackage(GRID), `update vaestoruudut_2020 set geom = x'47500001e6100000ff' where fid = 1; update vaestoruudut_2020 set geom = 'text' where fid = 2`);
    const read = await readAll('bad.gpkg', bytes);
    expect(read.counts['import/bad-geometry']).toBe(2);
    expect(read.cells).toEqual([]);
  });

  const helsinki = new URL('../../../shared/data/helsinki/population_grid_2020.gpkg', import.meta.url);
  it.skipIf(!existsSync(helsinki))('reads a real population grid', async () => {
    const read = await readAll('grid.gpkg', readFileSync(helsinki));
    expect(read.cells).toHaveLength(92);
    expect(new Set(read.cells.map((c) => c.group))).toEqual(new Set(['total']));
  });
});
