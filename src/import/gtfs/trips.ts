/** trips.txt and frequencies.txt. Held as columns: 17 bytes a trip besides its id and the distinct headsigns. */
import type { TransitTripRecord } from '../model.ts';
import { int32Column, KeyIndex, NumberColumn } from './columns.ts';
import type { Feed } from './feed.ts';
import { columnOf, readFeedTable } from './feed.ts';
import { addFeedNote } from './feed-notes.ts';
import type { Routes } from './routes.ts';
import type { Services } from './services.ts';
import type { Shapes } from './shapes.ts';
import type { TableRow } from './table.ts';

export type Frequency = TransitTripRecord['frequencies'][number];

export interface Trips {
  readonly index: KeyIndex;
  readonly route: NumberColumn;
  readonly service: NumberColumn;
  /** -1 where the trip has none. */
  readonly shape: NumberColumn;
  readonly headsign: NumberColumn;
  readonly headsigns: readonly string[];
  /** 0, 1 or -1 where not given. */
  readonly direction: NumberColumn;
  readonly row: NumberColumn;
  readonly frequencies: ReadonlyMap<number, readonly Frequency[]>;
}

function findKey(index: KeyIndex, row: TableRow, column: number): number {
  return row.isEmpty(column) ? -1 : index.find(row.buffer, row.starts[column], row.ends[column]);
}

export async function readTrips(feed: Feed, routes: Routes, services: Services, shapes: Shapes): Promise<Trips> {
  const index = new KeyIndex();
  const trips = { index, route: int32Column(), service: int32Column(), shape: int32Column(), headsign: int32Column(), direction: new NumberColumn(Int8Array), row: int32Column() };
  const headsigns: string[] = [];
  const headsignNumbers = new Map<string, number>();
  const { notes } = feed.context;
  await readFeedTable(feed, 'trips', ['trip_id', 'route_id', 'service_id'], (row, columns) => {
    const id = columns.trip_id;
    if (!row.isKey(id)) return addFeedNote(notes, 'bad-id', row.place(columns, 'trip_id'));
    if (findKey(index, row, id) >= 0) return addFeedNote(notes, 'duplicate-trip', row.place(columns, 'trip_id'));
    const route = findKey(routes.index, row, columns.route_id);
    if (route < 0) return addFeedNote(notes, 'unknown-route', row.place(columns, 'route_id'));
    const service = findKey(services.index, row, columns.service_id);
    if (service < 0) return addFeedNote(notes, 'unknown-service', row.place(columns, 'service_id'));
    const shapeColumn = columnOf(columns, 'shape_id');
    const shape = findKey(shapes.index, row, shapeColumn);
    if (shape < 0 && !row.isEmpty(shapeColumn)) addFeedNote(notes, 'unknown-shape', row.place(columns, 'shape_id'));
    const directionColumn = columnOf(columns, 'direction_id');
    let direction = row.isEmpty(directionColumn) ? -1 : row.integer(directionColumn);
    if (direction !== -1 && direction !== 0 && direction !== 1) {
      addFeedNote(notes, 'bad-direction', row.place(columns, 'direction_id'));
      direction = -1;
    }
    const headsign = row.text(columnOf(columns, 'trip_headsign'));
    if (!headsignNumbers.has(headsign)) {
      headsignNumbers.set(headsign, headsigns.length);
      headsigns.push(headsign);
    }
    index.add(row.buffer, row.starts[id], row.ends[id]);
    trips.route.push(route);
    trips.service.push(service);
    trips.shape.push(shape);
    trips.headsign.push(headsignNumbers.get(headsign) as number);
    trips.direction.push(direction);
    trips.row.push(row.row);
  });
  return { ...trips, headsigns, frequencies: await readFrequencies(feed, index) };
}

async function readFrequencies(feed: Feed, trips: KeyIndex): Promise<Map<number, Frequency[]>> {
  const byTrip = new Map<number, Frequency[]>();
  const { notes } = feed.context;
  await readFeedTable(feed, 'frequencies', ['trip_id', 'start_time', 'end_time', 'headway_secs'], (row, columns) => {
    const trip = findKey(trips, row, columns.trip_id);
    if (trip < 0) return addFeedNote(notes, 'unknown-trip', row.place(columns, 'trip_id'));
    const startS = row.timeS(columns.start_time);
    const endS = row.timeS(columns.end_time);
    const headwayS = row.integer(columns.headway_secs);
    const bad = Number.isNaN(startS) ? 'start_time' : !(endS > startS) ? 'end_time' : !(headwayS > 0) ? 'headway_secs' : undefined;
    if (bad !== undefined) return addFeedNote(notes, 'bad-frequency', row.place(columns, bad));
    const list = byTrip.get(trip) ?? [];
    list.push({ startS, endS, headwayS, exact: row.integer(columnOf(columns, 'exact_times')) === 1 });
    byTrip.set(trip, list);
  });
  return byTrip;
}
