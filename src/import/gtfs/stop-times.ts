/** stop_times.txt, the long table: 28 bytes a row while it is read (280 MB for ten million rows). */
import { int32Column, NumberColumn } from './columns.ts';
import type { Feed } from './feed.ts';
import { columnOf, readFeedTable } from './feed.ts';
import { addFeedNote } from './feed-notes.ts';
import type { Stops } from './stops.ts';
import type { TableColumns, TableRow } from './table.ts';
import { MISSING_TIME } from './timetable.ts';
import type { Trips } from './trips.ts';

export interface StopTimes {
  readonly trip: NumberColumn;
  readonly stop: NumberColumn;
  /** Seconds, or {@link MISSING_TIME}. */
  readonly arrivalS: NumberColumn;
  readonly departureS: NumberColumn;
  readonly sequence: NumberColumn;
  readonly row: NumberColumn;
  /** shape_dist_traveled in the feed's unit, NaN where not given; absent where the file has no such column. */
  readonly travelled: NumberColumn | undefined;
}

export async function readStopTimes(feed: Feed, stops: Stops, trips: Trips): Promise<StopTimes> {
  const times = { trip: int32Column(), stop: int32Column(), arrivalS: int32Column(), departureS: int32Column(), sequence: int32Column(), row: int32Column() };
  const { notes } = feed.context;
  let travelled: NumberColumn | undefined;
  const readTime = (row: TableRow, columns: TableColumns, field: string): number => {
    const number = columnOf(columns, field);
    if (row.isEmpty(number)) return MISSING_TIME;
    const timeS = row.timeS(number);
    if (!Number.isNaN(timeS)) return timeS;
    addFeedNote(notes, 'bad-time', row.place(columns, field));
    return MISSING_TIME;
  };
  // Nearly all rows belong to the trip of the row before.
  let lastTrip = -1;
  const findTrip = (row: TableRow, column: number): number => {
    const [start, end] = [row.starts[column], row.ends[column]];
    if (row.isEmpty(column)) return -1;
    if (lastTrip < 0 || !trips.index.matches(lastTrip, row.buffer, start, end)) lastTrip = trips.index.find(row.buffer, start, end);
    return lastTrip;
  };
  await readFeedTable(feed, 'stop_times', ['trip_id', 'stop_id', 'stop_sequence'], (row, columns) => {
    const trip = findTrip(row, columns.trip_id);
    if (trip < 0) return addFeedNote(notes, 'unknown-trip', row.place(columns, 'trip_id'));
    const stop = row.isEmpty(columns.stop_id) ? -1 : stops.index.find(row.buffer, row.starts[columns.stop_id], row.ends[columns.stop_id]);
    if (stop < 0) return addFeedNote(notes, 'unknown-stop', row.place(columns, 'stop_id'));
    if (Number.isNaN(stops.list[stop].lon)) return addFeedNote(notes, 'stop-without-position', row.place(columns, 'stop_id'));
    const sequence = row.integer(columns.stop_sequence);
    if (!(sequence >= 0)) return addFeedNote(notes, 'bad-sequence', row.place(columns, 'stop_sequence'));
    const travelledColumn = columnOf(columns, 'shape_dist_traveled');
    if (travelledColumn >= 0) (travelled ??= new NumberColumn(Float32Array)).push(row.number(travelledColumn));
    times.trip.push(trip);
    times.stop.push(stop);
    times.arrivalS.push(readTime(row, columns, 'arrival_time'));
    times.departureS.push(readTime(row, columns, 'departure_time'));
    times.sequence.push(sequence);
    times.row.push(row.row);
  });
  return { ...times, travelled };
}
