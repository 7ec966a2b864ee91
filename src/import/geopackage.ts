/**
 * GeoPackage (OGC 12-128r19): its feature and attribute tables, read through SQLite compiled to WebAssembly (sql.js).
 *
 * SQLite needs the whole file in memory, so its size is bounded. Only tables are read, never views: a view may hold any
 * query, one without end included.
 */
import initSqlJs from 'sql.js';
import type { Database, SqlJsStatic, SqlValue, Statement } from 'sql.js';
import { ChengmaiError, throwIfCancelled } from '../core/errors.ts';
import type { NoteBook } from '../core/note.ts';
import type { Geometry } from '../engine/spatial/geometry.ts';
import { fromWkb } from '../engine/spatial/wkb.ts';
import { readWhole } from './byte-source.ts';
import { toAttributes } from './features/attributes.ts';
import type { FeatureSource, RawFeature } from './features/feature-stream.ts';
import { previewFeatures, sizeText, streamRecords } from './features/feature-stream.ts';
import type { ByteSource, FormatReader, ImportOptions, ReadContext } from './model.ts';

const MAX_BYTES = 1024 * 2 ** 20;
const BATCH = 500;
const MAGIC = 'SQLite format 3\0';
/** Bytes of the envelope by its code in the header's flags. */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

interface Layer {
  readonly table: string;
  readonly geometryColumn: string | undefined;
  readonly crs: string | undefined;
}

let engine: Promise<SqlJsStatic> | undefined;

function badPackage(file: string, fault: unknown): ChengmaiError {
  const reason = fault instanceof Error ? fault.message : String(fault);
  return new ChengmaiError('input', 'import/bad-geopackage', { zh: `GeoPackage 文件 ${file} 无法读取（${reason}），文件可能已损坏，请重新导出。`, en: `The GeoPackage ${file} cannot be read (${reason}); it may be damaged. Export it again.` }, { file }, fault);
}

/** The rows of a query; a damaged page may show at any of them. */
function query(database: Database, sql: string, file: string): SqlValue[][] {
  try {
    return database.exec(sql)[0]?.values ?? [];
  } catch (fault) {
    throw badPackage(file, fault);
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function openDatabase(source: ByteSource): Promise<Database> {
  const bytes = (await readWhole(source, MAX_BYTES)).slice();
  // A file in write-ahead mode cannot be opened without its log; in rollback mode its last checkpoint can.
  if (bytes[18] === 2) bytes[18] = 1;
  if (bytes[19] === 2) bytes[19] = 1;
  engine ??= initSqlJs();
  let database: Database;
  try {
    database = new (await engine).Database(bytes);
  } catch (fault) {
    throw badPackage(source.name, fault);
  }
  try {
    query(database, 'select count(*) from gpkg_contents', source.name);
    return database;
  } catch (fault) {
    database.close();
    throw fault;
  }
}

/** What names a layer's system: its EPSG code where the table of systems has one, else the definition. */
function crsOf(organization: SqlValue, code: SqlValue, definition: SqlValue): string | undefined {
  if (String(organization).toUpperCase() === 'EPSG' && Number(code) > 0) return `EPSG:${code}`;
  const text = String(definition ?? '');
  return text === '' || text === 'undefined' ? undefined : text;
}

function listLayers(database: Database, file: string, notes: NoteBook): Layer[] {
  const rows = query(
    database,
    `select c.table_name, c.data_type, g.column_name, s.organization, s.organization_coordsys_id, s.definition, m.type, m.sql
     from gpkg_contents c
     join sqlite_master m on lower(m.name) = lower(c.table_name)
     left join gpkg_geometry_columns g on lower(g.table_name) = lower(c.table_name)
     left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
     where c.data_type in ('features', 'attributes') order by c.table_name`,
    file,
  );
  const layers: Layer[] = [];
  for (const [table, , column, organization, code, definition, type, sql] of rows) {
    if (type !== 'table' || /^\s*create\s+virtual/i.test(String(sql))) {
      notes.add('warning', 'import/view-skipped', { zh: 'GeoPackage 中的视图未导入。', en: 'Views within a GeoPackage are not imported.' }, { file, field: String(table) });
      continue;
    }
    layers.push({ table: String(table), geometryColumn: column === null ? undefined : String(column), crs: column === null ? undefined : crsOf(organization, code, definition) });
  }
  return layers;
}

/** The geometry of a GeoPackage blob (§2.1.3): a header of flags and envelope, then WKB. Undefined where it is empty. */
function parseGeoPackageGeometry(blob: Uint8Array): Geometry | undefined {
  if (blob.length < 8 || blob[0] !== 0x47 || blob[1] !== 0x50) throw new RangeError('no GeoPackage geometry');
  const flags = blob[3];
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (envelope === undefined) throw new RangeError('unknown envelope');
  if ((flags & 0x10) !== 0) return undefined;
  return fromWkb(blob.subarray(8 + envelope));
}

function readGeometry(value: SqlValue | undefined, file: string, row: number, notes: NoteBook): Geometry | undefined {
  if (value === null || value === undefined) return undefined;
  try {
    if (!(value instanceof Uint8Array)) throw new RangeError('not a blob');
    return parseGeoPackageGeometry(value);
  } catch (fault) {
    notes.add('error', 'import/bad-geometry', { zh: '几何无法解读或类型不受支持，未导入该图形。', en: 'A geometry cannot be read or is of a type not supported; it was left out.' }, { file, row, field: 'geometry', value: fault instanceof Error ? fault.message.slice(0, 80) : undefined });
    return undefined;
  }
}

function primaryKeyOf(database: Database, table: string, file: string): string | undefined {
  const key = query(database, `pragma table_info(${quote(table)})`, file).find((column) => Number(column[5]) === 1);
  return key === undefined ? undefined : String(key[1]);
}

async function* readLayer(database: Database, layer: Layer, file: string, context: ReadContext): AsyncGenerator<RawFeature[], void, undefined> {
  const key = primaryKeyOf(database, layer.table, file);
  const total = Number(query(database, `select count(*) from ${quote(layer.table)}`, file)[0]?.[0] ?? 0);
  let statement: Statement | undefined;
  try {
    statement = database.prepare(`select * from ${quote(layer.table)}`);
    const columns = statement.getColumnNames();
    let row = 0;
    let batch: RawFeature[] = [];
    while (statement.step()) {
      row++;
      const cells = statement.get();
      const properties: Record<string, unknown> = {};
      columns.forEach((column, i) => {
        const cell = cells[i];
        if (column !== layer.geometryColumn && column !== key && column !== '__proto__' && !(cell instanceof Uint8Array)) properties[column] = cell;
      });
      const keyCell = key === undefined ? null : cells[columns.indexOf(key)];
      const geometry = layer.geometryColumn === undefined ? undefined : readGeometry(cells[columns.indexOf(layer.geometryColumn)], file, row, context.notes);
      batch.push({ row, id: keyCell === null || keyCell === undefined ? undefined : String(keyCell), values: toAttributes(properties), geometry });
      if (batch.length >= BATCH) {
        throwIfCancelled(context.signal);
        context.report?.({ stage: 'read', text: { zh: `读取 ${file} ▸ ${layer.table}`, en: `Reading ${file} ▸ ${layer.table}` }, done: row, total });
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } catch (fault) {
    throw fault instanceof ChengmaiError ? fault : badPackage(file, fault);
  } finally {
    statement?.free();
  }
}

function sourceOf(database: Database, layer: Layer, file: string, context: ReadContext): FeatureSource {
  return {
    file,
    member: layer.table,
    features: readLayer(database, layer, file, context),
    declaredCrs: layer.crs,
    geometryOptional: layer.geometryColumn === undefined,
  };
}

function pickLayers(layers: readonly Layer[], options: ImportOptions, file: string): readonly Layer[] {
  if (options.member === undefined) return layers;
  const picked = layers.filter((layer) => layer.table === options.member);
  if (picked.length > 0) return picked;
  const names = layers.map((layer) => layer.table).join(', ');
  throw new ChengmaiError('input', 'import/no-member', { zh: `文件 ${file} 中没有图层“${options.member}”，有：${names}。`, en: `The file ${file} has no layer “${options.member}”; it has: ${names}.` }, { file, value: options.member });
}

export const geoPackageReader: FormatReader = {
  format: 'geopackage',
  label: { zh: 'GeoPackage', en: 'GeoPackage' },
  detect(name, head) {
    if (head.length < 100 || new TextDecoder('latin1').decode(head.subarray(0, 16)) !== MAGIC) return undefined;
    const applicationId = new TextDecoder('latin1').decode(head.subarray(68, 72));
    if (/^GP(KG|10|11)$/.test(applicationId)) return { format: 'geopackage', confidence: 1 };
    return { format: 'geopackage', confidence: /\.gpkg$/i.test(name) ? 0.9 : 0.5 };
  },
  async preview(source, options, context) {
    const database = await openDatabase(source);
    try {
      const layers = pickLayers(listLayers(database, source.name, context.notes), options, source.name);
      const size = sizeText(source.sizeBytes);
      const members = layers.map((layer) => layer.table);
      const head = { format: 'geopackage' as const, summary: { zh: `GeoPackage，${size}，${members.length} 个图层`, en: `GeoPackage, ${size}, ${members.length} ${members.length === 1 ? 'layer' : 'layers'}` }, encoding: undefined, members };
      const first: Layer | undefined = layers[0];
      if (first === undefined) return { ...head, crs: undefined, crsGuessed: false, contract: undefined, columns: [], roles: [], box: undefined };
      return await previewFeatures(head, sourceOf(database, first, source.name, context), options, context);
    } finally {
      database.close();
    }
  },
  async *read(source, options, context, facts) {
    const database = await openDatabase(source);
    try {
      const layers = pickLayers(listLayers(database, source.name, context.notes), options, source.name);
      if (layers.length === 0) context.notes.add('warning', 'import/no-features', { zh: '其中没有任何要素或数据行。', en: 'It holds no features or rows.' }, { file: source.name });
      for (const layer of layers) yield* streamRecords(sourceOf(database, layer, source.name, context), options, context, facts);
    } finally {
      database.close();
    }
  },
};
