/** stops.txt: stops, stations, entrances, generic nodes and boarding areas. */
import type { FeatureRecord } from '../model.ts';
import { buildPoint } from '../../engine/spatial/geometry.ts';
import { KeyIndex } from './columns.ts';
import type { Feed } from './feed.ts';
import { columnOf, readFeedTable, tableFile } from './feed.ts';
import { addFeedNote } from './feed-notes.ts';
import { listModes } from './route-kinds.ts';
import type { TableColumns, TableRow } from './table.ts';
import type { EnglishTexts } from './translations.ts';

/** By location_type. */
const STOP_KINDS = ['stop', 'station', 'entrance', 'node', 'boarding-area'] as const;

export interface Stop {
  readonly id: string;
  readonly row: number;
  readonly kind: (typeof STOP_KINDS)[number];
  readonly name: string | undefined;
  readonly nameEn: string | undefined;
  readonly attributes: Record<string, string | number>;
  readonly parentKey: Uint8Array | undefined;
  parent: number;
  /** NaN where the stop has no usable position. */
  lon: number;
  lat: number;
  /** Bits of the route kinds that call here. */
  modes: number;
}

export interface Stops {
  readonly index: KeyIndex;
  readonly list: readonly Stop[];
}

const OWN_COLUMNS = new Set(['stop_id', 'stop_name', 'stop_lat', 'stop_lon', 'location_type']);

/** The columns the feed has beyond those with a place of their own, as attributes; empty fields are left out. */
export function readAttributes(row: TableRow, columns: TableColumns, leaveOut: ReadonlySet<string>): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const name in columns) {
    if (leaveOut.has(name)) continue;
    const value = row.text(columns[name]);
    if (value !== '') attributes[name] = value;
  }
  return attributes;
}

/** Whether a position can be one: on the globe, and not the 0,0 that stands for "unknown". */
export function isPosition(lon: number, lat: number): boolean {
  return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90 && (Math.abs(lon) > 1e-6 || Math.abs(lat) > 1e-6);
}

export async function readStops(feed: Feed, english: EnglishTexts): Promise<Stops> {
  const index = new KeyIndex();
  const list: Stop[] = [];
  const { notes } = feed.context;
  const point = new Float64Array(2);
  await readFeedTable(feed, 'stops', ['stop_id', 'stop_lat', 'stop_lon'], (row, columns) => {
    const idColumn = columns.stop_id;
    if (!row.isKey(idColumn)) return addFeedNote(notes, 'bad-id', row.place(columns, 'stop_id'));
    if (index.add(row.buffer, row.starts[idColumn], row.ends[idColumn]) < 0) return addFeedNote(notes, 'duplicate-stop', row.place(columns, 'stop_id'));
    const typeColumn = columnOf(columns, 'location_type');
    const kind = row.isEmpty(typeColumn) ? 'stop' : STOP_KINDS[row.integer(typeColumn)];
    if (kind === undefined) addFeedNote(notes, 'bad-location-type', row.place(columns, 'location_type'));
    point[0] = row.number(columns.stop_lon);
    point[1] = row.number(columns.stop_lat);
    if (isPosition(point[0], point[1])) feed.crs.toWgs84(point);
    else point.fill(NaN);
    const parentColumn = columnOf(columns, 'parent_station');
    const name = row.text(columnOf(columns, 'stop_name'));
    list.push({
      id: feed.idPrefix + row.text(idColumn),
      row: row.row,
      kind: kind ?? 'stop',
      name: name || undefined,
      nameEn: english.find('stops', 'stop_name', row.text(idColumn), name),
      attributes: readAttributes(row, columns, OWN_COLUMNS),
      parentKey: row.isEmpty(parentColumn) ? undefined : row.buffer.slice(row.starts[parentColumn], row.ends[parentColumn]),
      parent: -1,
      lon: point[0],
      lat: point[1],
      modes: 0,
    });
  });
  linkParents(feed, index, list);
  return { index, list };
}

function linkParents(feed: Feed, index: KeyIndex, list: readonly Stop[]): void {
  const file = tableFile(feed, 'stops');
  const { notes } = feed.context;
  for (const stop of list) {
    if (stop.parentKey === undefined) continue;
    stop.parent = index.find(stop.parentKey, 0, stop.parentKey.length);
    if (stop.parent >= 0) continue;
    addFeedNote(notes, 'unknown-parent', { file, row: stop.row, field: 'parent_station', value: String(stop.attributes.parent_station ?? '').slice(0, 80) });
    delete stop.attributes.parent_station;
  }
  for (const stop of list) {
    if (!Number.isNaN(stop.lon)) continue;
    // A boarding area's platform may itself lie at its station: two steps up reach every position the reference allows.
    const parent = list[stop.parent];
    const ancestor = parent === undefined || !Number.isNaN(parent.lon) ? parent : list[parent.parent];
    if (ancestor !== undefined && !Number.isNaN(ancestor.lon) && stop.kind !== 'station') {
      stop.lon = ancestor.lon;
      stop.lat = ancestor.lat;
      addFeedNote(notes, 'position-from-parent', { file, row: stop.row, field: 'stop_lat' });
    } else addFeedNote(notes, 'bad-coordinate', { file, row: stop.row, field: 'stop_lat', value: stop.id.slice(0, 80) });
  }
}

/** A station is called at where its platforms are, an entrance where its station is. */
export function spreadModes(stops: readonly Stop[]): void {
  for (const stop of stops) if (stop.kind === 'boarding-area' && stop.parent >= 0) stops[stop.parent].modes |= stop.modes;
  for (const stop of stops) if (stop.kind === 'stop' && stop.parent >= 0) stops[stop.parent].modes |= stop.modes;
  for (const stop of stops) if (stop.kind !== 'stop' && stop.kind !== 'station' && stop.parent >= 0) stop.modes |= stops[stop.parent].modes;
}

export function stopToRecord(stop: Stop): FeatureRecord {
  const modes = listModes(stop.modes);
  return {
    type: 'feature',
    layer: 'transit-stop',
    kind: stop.kind,
    sourceId: `stop/${stop.id}`,
    name: stop.name,
    nameEn: stop.nameEn,
    attributes: { ...stop.attributes, ...(modes !== '' && { modes }) },
    geometry: buildPoint(stop.lon, stop.lat),
  };
}
