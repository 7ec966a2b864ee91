/** Writes GeoPackage files (OGC 12-128r18) for tests: one feature table. */
import initSqlJs from 'sql.js';
import type { Geometry } from '../../src/engine/spatial/geometry.ts';
import { toEwkb } from '../../src/engine/spatial/wkb.ts';

export interface GeoPackageSpec {
  readonly table: string;
  readonly srs: number;
  /** SQL declarations of the columns beside fid and geom. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly geometry: Geometry | null; readonly values: readonly (string | number | null)[] }[];
}

/** The geometry blob: `GP`, version 0, little-endian, no envelope, then WKB without its SRID. */
function geometryBlob(geometry: Geometry, srs: number): Uint8Array {
  const ewkb = toEwkb(geometry);
  const view = new DataView(ewkb.buffer);
  view.setUint32(1, view.getUint32(1, true) & 0x1fffffff, true);
  const blob = new Uint8Array(8 + ewkb.length - 4);
  blob.set([0x47, 0x50, 0, 1]);
  new DataView(blob.buffer).setInt32(4, srs, true);
  blob.set(ewkb.subarray(0, 5), 8);
  blob.set(ewkb.subarray(9), 13);
  return blob;
}

export async function makeGeoPackage({ table, srs, columns, rows }: GeoPackageSpec): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database();
  database.run(`pragma application_id = 1196444487; pragma user_version = 10300;
    create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key, organization text not null, organization_coordsys_id integer not null, definition text not null, description text);
    create table gpkg_contents (table_name text primary key, data_type text not null, identifier text, description text, last_change text, min_x real, min_y real, max_x real, max_y real, srs_id integer);
    create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer, z integer, m integer, primary key (table_name, column_name));
    create table "${table}" (fid integer primary key autoincrement, geom geometry, ${columns.join(', ')})`);
  database.run('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, null)', [`EPSG:${srs}`, srs, 'EPSG', srs, 'undefined']);
  database.run("insert into gpkg_contents (table_name, data_type, identifier, srs_id) values (?, 'features', ?, ?)", [table, table, srs]);
  database.run("insert into gpkg_geometry_columns values (?, 'geom', 'GEOMETRY', ?, 0, 0)", [table, srs]);
  for (const { geometry, values } of rows) {
    database.run(`insert into "${table}" values (null, ?, ${values.map(() => '?').join(', ')})`, [geometry === null ? null : geometryBlob(geometry, srs), ...values]);
  }
  const bytes = database.export();
  database.close();
  return bytes;
}
