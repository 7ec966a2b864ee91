/** agency.txt and routes.txt, and the lines that routes are drawn with. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildLine } from '../../engine/spatial/geometry.ts';
import type { FeatureRecord } from '../model.ts';
import { KeyIndex } from './columns.ts';
import type { Feed } from './feed.ts';
import { columnOf, readFeedTable, tableFile } from './feed.ts';
import { addFeedNote } from './feed-notes.ts';
import type { RouteKind } from './route-kinds.ts';
import { findRouteKind, ROUTE_KINDS } from './route-kinds.ts';
import type { Shapes } from './shapes.ts';
import type { Stop } from './stops.ts';
import { readAttributes } from './stops.ts';
import type { TableColumns, TableRow } from './table.ts';
import type { EnglishTexts } from './translations.ts';

/** Routes without shapes are drawn by at most this many different stop sequences. */
const MAX_PATTERNS = 64;

export interface Route {
  readonly id: string;
  readonly row: number;
  readonly kind: RouteKind;
  readonly modeBit: number;
  readonly name: string | undefined;
  readonly nameEn: string | undefined;
  readonly attributes: Record<string, string | number>;
  readonly shapes: Set<number>;
  /** Stop sequences of trips without a shape, by content. */
  readonly patterns: Map<string, Uint32Array>;
  trips: number;
}

export interface Routes {
  readonly index: KeyIndex;
  readonly list: readonly Route[];
}

const OWN_COLUMNS = new Set(['route_id', 'route_type']);

async function readAgencies(feed: Feed): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (!feed.tables.has('agency')) addFeedNote(feed.context.notes, 'no-agency', { file: feed.archive.name });
  await readFeedTable(feed, 'agency', ['agency_name'], (row, columns) => {
    names.set(row.text(columnOf(columns, 'agency_id')), row.text(columns.agency_name));
  });
  return names;
}

/** "12 Central – Harbour": short and long name, one of them where the other says nothing more. */
function joinNames(short: string, long: string): string | undefined {
  if (short === '' || long.includes(short)) return long || undefined;
  return long === '' || short.includes(long) ? short : `${short} ${long}`;
}

export async function readRoutes(feed: Feed, english: EnglishTexts): Promise<Routes> {
  const agencies = await readAgencies(feed);
  const onlyAgency = agencies.size === 1 ? [...agencies.values()][0] : undefined;
  const index = new KeyIndex();
  const list: Route[] = [];
  const { notes } = feed.context;
  await readFeedTable(feed, 'routes', ['route_id', 'route_type'], (row: TableRow, columns: TableColumns) => {
    const column = columns.route_id;
    if (!row.isKey(column)) return addFeedNote(notes, 'bad-id', row.place(columns, 'route_id'));
    if (index.add(row.buffer, row.starts[column], row.ends[column]) < 0) return addFeedNote(notes, 'duplicate-route', row.place(columns, 'route_id'));
    const kind = findRouteKind(row.integer(columns.route_type));
    if (kind === undefined) addFeedNote(notes, 'bad-route-type', row.place(columns, 'route_type'));
    const agency = agencies.get(row.text(columnOf(columns, 'agency_id'))) ?? onlyAgency;
    const routeType = row.integer(columns.route_type);
    const [short, long] = [row.text(columnOf(columns, 'route_short_name')), row.text(columnOf(columns, 'route_long_name'))];
    const shortEn = english.find('routes', 'route_short_name', row.text(column), short);
    const longEn = english.find('routes', 'route_long_name', row.text(column), long);
    list.push({
      id: feed.idPrefix + row.text(column),
      row: row.row,
      kind: kind ?? 'other',
      modeBit: 1 << ROUTE_KINDS.indexOf(kind ?? 'other'),
      name: joinNames(short, long),
      nameEn: shortEn === undefined && longEn === undefined ? undefined : joinNames(shortEn ?? short, longEn ?? long),
      attributes: {
        ...readAttributes(row, columns, OWN_COLUMNS),
        ...(!Number.isNaN(routeType) && { route_type: routeType }),
        ...(agency !== undefined && { agency_name: agency }),
      },
      shapes: new Set(),
      patterns: new Map(),
      trips: 0,
    });
  });
  return { index, list };
}

/** Remembers what a trip says about the way of its route. */
export function noteTripOfRoute(route: Route, shape: number, stops: Uint32Array): void {
  route.trips++;
  if (shape >= 0) {
    route.shapes.add(shape);
    return;
  }
  if (route.patterns.size >= MAX_PATTERNS) return;
  const key = stops.join();
  if (!route.patterns.has(key)) route.patterns.set(key, stops);
}

function joinLines(lines: readonly Float64Array[]): Geometry | undefined {
  if (lines.length <= 1) return lines.length === 0 ? undefined : buildLine(lines[0]);
  const coordinates = new Float64Array(lines.reduce((sum, line) => sum + line.length, 0));
  const partEnds = new Uint32Array(lines.length);
  let filled = 0;
  lines.forEach((line, i) => {
    coordinates.set(line, filled);
    filled += line.length;
    partEnds[i] = filled / 2;
  });
  return { type: 'MultiLineString', coordinates, partEnds };
}

/** The route with the shapes its trips follow, or lines through their stops; undefined, with a note, where it has neither. */
export function findRouteRecord(feed: Feed, route: Route, shapes: Shapes, stops: readonly Stop[]): FeatureRecord | undefined {
  const { notes } = feed.context;
  const place = { file: tableFile(feed, 'routes'), row: route.row, field: 'route_id', value: route.id.slice(0, 80) };
  const lines: Float64Array[] = [];
  for (const shape of route.shapes) {
    const line = shapes.findLine(shape);
    if (line !== undefined) lines.push(line);
  }
  if (lines.length === 0 && route.patterns.size > 0) addFeedNote(notes, 'route-by-stops', place);
  for (const pattern of route.patterns.values()) {
    lines.push(Float64Array.from([...pattern].flatMap((stop) => [stops[stop].lon, stops[stop].lat])));
  }
  const geometry = joinLines(lines);
  if (geometry === undefined) {
    addFeedNote(notes, 'route-without-line', place);
    return undefined;
  }
  return {
    type: 'feature',
    layer: 'transit-route',
    kind: route.kind,
    sourceId: `route/${route.id}`,
    name: route.name,
    nameEn: route.nameEn,
    attributes: { ...route.attributes, trips: route.trips },
    geometry,
  };
}
