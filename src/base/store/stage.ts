/**
 * Records → rows of a staged batch, by COPY, in bounded memory.
 *
 * Lines are gathered by table and copied whenever a table has 2 MiB of them, each time in a short transaction of its
 * own, so that the embedded base, which has one connection, goes on answering readers (a COPY of 2 MiB takes about 50 ms).
 * A record PostgreSQL would refuse is left out and noted here, because one bad line fails a whole COPY.
 */
import { deflateSync } from 'node:zlib';
import type { Bilingual } from '../../core/bilingual.ts';
import type { NoteBook } from '../../core/note.ts';
import type { Box, Geometry } from '../../engine/spatial/geometry.ts';
import { boxOf, emptyBox, joinBoxes, listParts } from '../../engine/spatial/geometry.ts';
import { areaM2, lengthM } from '../../engine/spatial/measure.ts';
import type {
  FacilityRecord,
  FeatureRecord,
  ImportRecord,
  PlaceRecord,
  PopulationCellRecord,
  PopulationRasterRecord,
  SurfaceRasterRecord,
  TransitServiceRecord,
  TransitTripRecord,
  TurnRestrictionRecord,
} from '../../import/model.ts';
import type { Database } from '../database.ts';
import { copyBooleanArray, copyGeometry, copyJson, copyLine, copyNumber, copyNumberArray, copyText, copyTextArray } from './copy-text.ts';

const FLUSH_CHARACTERS = 2 * 1024 * 1024;

const COLUMNS = {
  feature: ['city_id', 'batch_id', 'feature_id', 'layer', 'kind', 'source_id', 'name', 'name_en', 'size', 'attributes', 'geom'],
  street: ['city_id', 'batch_id', 'feature_id', 'node_ids'],
  turn_restriction: ['city_id', 'batch_id', 'source_id', 'kind', 'from_ways', 'via_node', 'via_ways', 'to_ways', 'attributes'],
  place: ['city_id', 'batch_id', 'place_id', 'level', 'parent_id', 'name', 'derived', 'population', 'households', 'area_m2', 'attributes', 'geom'],
  facility: ['city_id', 'batch_id', 'facility_id', 'kind', 'name', 'capacity', 'floor_m2', 'land_m2', 'sources', 'quality', 'attributes', 'geom'],
  population_cell: ['city_id', 'batch_id', 'cell_id', 'population_group', 'persons', 'geom'],
  table_row: ['city_id', 'batch_id', 'table_name', 'row_number', 'row_key', 'values'],
  transit_service: ['city_id', 'batch_id', 'service_id', 'weekdays', 'start_date', 'end_date', 'added_dates', 'removed_dates'],
  transit_trip: ['city_id', 'batch_id', 'trip_id', 'route_id', 'service_id', 'shape_id', 'headsign', 'direction_id', 'stop_ids', 'arrival_s', 'departure_s', 'frequencies'],
} as const;
type CopyTable = keyof typeof COLUMNS;

const BAD_GEOMETRY: Bilingual = { zh: '几何无效（坐标超出经纬度范围、线少于两点或环未闭合），已略过。', en: 'The geometry is not usable (coordinates outside longitude and latitude, a line of one point, an open ring); left out.' };
const DUPLICATE: Bilingual = { zh: '标识在文件中重复，只保留第一条。', en: 'The identifier occurs twice in the file; only the first was kept.' };

/** Whether PostGIS takes the geometry: finite degrees, lines of two vertices, closed rings of four. */
function isUsable(geometry: Geometry, box: Box): boolean {
  const { coordinates, type } = geometry;
  // an empty geometry has an inside-out box
  if (!(box[0] <= box[2] && box[0] >= -180 && box[1] >= -90 && box[2] <= 180 && box[3] <= 90)) return false;
  // boxOf skips NaN, a sum does not
  let sum = 0;
  for (let i = 0; i < coordinates.length; i++) sum += coordinates[i];
  if (Number.isNaN(sum)) return false;
  if (type === 'Point' || type === 'MultiPoint') return true;
  const isArea = type === 'Polygon' || type === 'MultiPolygon';
  for (const [start, end] of listParts(geometry)) {
    if (end - start < (isArea ? 4 : 2)) return false;
    if (isArea && (coordinates[2 * start] !== coordinates[2 * end - 2] || coordinates[2 * start + 1] !== coordinates[2 * end - 1])) return false;
  }
  return true;
}

/** m² for areas, m for lines, 0 for points. */
function sizeOf(geometry: Geometry): number {
  switch (geometry.type) {
    case 'Polygon':
    case 'MultiPolygon':
      return areaM2(geometry);
    case 'LineString':
    case 'MultiLineString':
      return lengthM(geometry);
    default:
      return 0;
  }
}

/** Writes the records of one file under one batch. */
export class BatchWriter {
  readonly kept: Record<string, number> = {};
  readonly #database: Database;
  readonly #cityId: string;
  readonly #batchId: number;
  readonly #fileName: string;
  readonly #notes: NoteBook;
  readonly #head: string;
  readonly #lines = new Map<CopyTable, { lines: string[]; characters: number }>();
  readonly #keys = new Set<string>();
  #box: Box = emptyBox();
  #nextFeature = 1;

  constructor(database: Database, cityId: string, batchId: number, fileName: string, notes: NoteBook) {
    this.#database = database;
    this.#cityId = cityId;
    this.#batchId = batchId;
    this.#fileName = fileName;
    this.#notes = notes;
    this.#head = `${copyText(cityId)}\t${batchId}`;
  }

  /** The box of all geometry written; undefined while there is none. */
  get box(): Box | undefined {
    return this.#box[0] > this.#box[2] ? undefined : this.#box;
  }

  async write(records: readonly ImportRecord[]): Promise<void> {
    for (const record of records) {
      if (record.type === 'population-raster' || record.type === 'surface-raster') await this.#writeRaster(record);
      else this.#add(record);
    }
    for (const [table, { characters }] of this.#lines) if (characters >= FLUSH_CHARACTERS) await this.#flush(table);
  }

  async finish(): Promise<void> {
    for (const table of this.#lines.keys()) await this.#flush(table);
  }

  #add(record: Exclude<ImportRecord, PopulationRasterRecord | SurfaceRasterRecord>): void {
    switch (record.type) {
      case 'feature':
        return this.#addFeature(record);
      case 'turn-restriction':
        return this.#addRestriction(record);
      case 'place':
        return this.#addPlace(record);
      case 'facility':
        return this.#addFacility(record);
      case 'population-cell':
        return this.#addCell(record);
      case 'row':
        this.#count(`row/${record.table}`);
        return this.#line('table_row', [copyText(record.table), String(record.row), copyText(record.key), copyJson(record.values)]);
      case 'transit-service':
        return this.#addService(record);
      case 'transit-trip':
        return this.#addTrip(record);
    }
  }

  #addFeature(record: FeatureRecord): void {
    if (!this.#takeGeometry(record.geometry, record.sourceId)) return;
    const featureId = this.#nextFeature++;
    this.#count(record.layer);
    this.#line('feature', [
      String(featureId), copyText(record.layer), copyText(record.kind), copyText(record.sourceId), copyText(record.name), copyText(record.nameEn),
      copyNumber(Math.fround(sizeOf(record.geometry))), copyJson(record.attributes), copyGeometry(record.geometry),
    ]);
    if (record.nodeIds !== undefined) this.#line('street', [String(featureId), copyNumberArray(record.nodeIds)]);
  }

  #addRestriction(record: TurnRestrictionRecord): void {
    if (!this.#isFirst('turn-restriction', record.sourceId)) return;
    this.#count('turn-restriction');
    this.#line('turn_restriction', [
      copyText(record.sourceId), copyText(record.kind), copyNumberArray(record.fromWays), copyNumber(record.viaNode), copyNumberArray(record.viaWays),
      copyNumberArray(record.toWays), copyJson(record.attributes),
    ]);
  }

  #addPlace(record: PlaceRecord): void {
    const { geometry } = record;
    if (geometry !== undefined && !this.#takeGeometry(geometry, record.placeId)) return;
    if (!this.#isFirst('place', record.placeId)) return;
    this.#count(`place/${record.level}`);
    this.#line('place', [
      copyText(record.placeId), record.level, copyText(record.parentId), copyJson(record.name), 'f', copyNumber(record.population), copyNumber(record.households),
      copyNumber(geometry === undefined ? undefined : sizeOf(geometry)), copyJson(record.attributes), copyGeometry(geometry),
    ]);
  }

  #addFacility(record: FacilityRecord): void {
    if (!this.#takeGeometry(record.geometry, record.facilityId) || !this.#isFirst('facility', record.facilityId)) return;
    this.#count('facility');
    this.#line('facility', [
      copyText(record.facilityId), copyText(record.kind), copyText(record.name), copyNumber(record.capacity), copyNumber(record.floorM2), copyNumber(record.landM2),
      copyTextArray([`${this.#batchId}:${record.facilityId}`]), 'registry', copyJson(record.attributes), copyGeometry(record.geometry),
    ]);
  }

  #addCell(record: PopulationCellRecord): void {
    if (!Number.isFinite(record.persons) || !this.#takeGeometry(record.geometry, record.cellId)) return;
    if (!this.#isFirst(`population/${record.group}`, record.cellId)) return;
    this.#count(`population-cell/${record.group}`);
    this.#line('population_cell', [copyText(record.cellId), copyText(record.group), copyNumber(record.persons), copyGeometry(record.geometry)]);
  }

  #addService(record: TransitServiceRecord): void {
    if (!this.#isFirst('transit-service', record.serviceId)) return;
    this.#count('transit-service');
    this.#line('transit_service', [
      copyText(record.serviceId), copyBooleanArray(record.weekdays), copyText(record.startDate), copyText(record.endDate),
      copyTextArray(record.addedDates), copyTextArray(record.removedDates),
    ]);
  }

  #addTrip(record: TransitTripRecord): void {
    if (!this.#isFirst('transit-trip', record.tripId)) return;
    this.#count('transit-trip');
    this.#line('transit_trip', [
      copyText(record.tripId), copyText(record.routeId), copyText(record.serviceId), copyText(record.shapeId), copyText(record.headsign), copyNumber(record.directionId),
      copyTextArray(record.stopIds), copyNumberArray(record.arrivalS), copyNumberArray(record.departureS), copyJson(record.frequencies),
    ]);
  }

  async #writeRaster(record: PopulationRasterRecord | SurfaceRasterRecord): Promise<void> {
    const quantity = record.type === 'population-raster' ? `population/${record.group}` : record.quantity;
    if (!this.#isFirst('raster', quantity)) return;
    this.#count(`raster/${quantity}`);
    const { originLon, originLat, width, height, cellLonDeg, cellLatDeg, values } = record;
    this.#box = joinBoxes(this.#box, [originLon, originLat - height * cellLatDeg, originLon + width * cellLonDeg, originLat]);
    const data = deflateSync(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), { level: 1 });
    await this.#database.query(
      `insert into raster (city_id, batch_id, quantity, population_group, width, height, origin_lon, origin_lat, cell_lon_deg, cell_lat_deg, data)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, decode($11, 'base64'))`,
      [
        this.#cityId, this.#batchId, quantity, record.type === 'population-raster' ? record.group : null, width, height, originLon, originLat, cellLonDeg, cellLatDeg,
        data.toString('base64'),
      ],
    );
  }

  #takeGeometry(geometry: Geometry, id: string): boolean {
    const box = boxOf(geometry);
    if (!isUsable(geometry, box)) {
      this.#notes.add('error', 'base/bad-geometry', BAD_GEOMETRY, { file: this.#fileName, value: id });
      return false;
    }
    this.#box = joinBoxes(this.#box, box);
    return true;
  }

  #isFirst(what: string, id: string): boolean {
    const key = `${what}\t${id}`;
    if (!this.#keys.has(key)) {
      this.#keys.add(key);
      return true;
    }
    this.#notes.add('warning', 'base/duplicate-id', DUPLICATE, { file: this.#fileName, value: id });
    return false;
  }

  #count(what: string): void {
    this.kept[what] = (this.kept[what] ?? 0) + 1;
  }

  #line(table: CopyTable, fields: readonly string[]): void {
    let pending = this.#lines.get(table);
    if (pending === undefined) {
      pending = { lines: [], characters: 0 };
      this.#lines.set(table, pending);
    }
    const line = `${this.#head}\t${copyLine(fields)}`;
    pending.lines.push(line);
    pending.characters += line.length;
  }

  async #flush(table: CopyTable): Promise<void> {
    const pending = this.#lines.get(table);
    if (pending === undefined || pending.lines.length === 0) return;
    const { lines } = pending;
    pending.lines = [];
    pending.characters = 0;
    await this.#database.copyIn(table, COLUMNS[table], lines);
  }
}
