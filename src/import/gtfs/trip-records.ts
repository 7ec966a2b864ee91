/** Trips and their stop times put together, trip by trip. */
import { throwIfCancelled } from '../../core/errors.ts';
import { distanceM } from '../../engine/spatial/measure.ts';
import type { TransitTripRecord } from '../model.ts';
import type { NumberColumn } from './columns.ts';
import type { Feed } from './feed.ts';
import { tableFile } from './feed.ts';
import type { FeedNoteCode } from './feed-notes.ts';
import { addFeedNote } from './feed-notes.ts';
import type { Routes } from './routes.ts';
import { noteTripOfRoute } from './routes.ts';
import { groupRows, sortedBySequence } from './row-groups.ts';
import type { Services } from './services.ts';
import type { Shapes } from './shapes.ts';
import type { StopTimes } from './stop-times.ts';
import type { Stop, Stops } from './stops.ts';
import { mendTimes } from './timetable.ts';
import type { Trips } from './trips.ts';

const CHUNK_TRIPS = 2000;
const MAX_STOPS = 10_000;

export interface Timetable {
  readonly stops: Stops;
  readonly routes: Routes;
  readonly services: Services;
  readonly shapes: Shapes;
  readonly trips: Trips;
  readonly times: StopTimes;
}

/** Ways travelled at the stops: as the feed gives them where it does so throughout and rising, straight lines otherwise. */
function measureAlong(rows: Uint32Array, times: StopTimes, stops: readonly Stop[]): Float64Array {
  const along = new Float64Array(rows.length);
  const { travelled } = times;
  if (travelled !== undefined) {
    rows.forEach((row, i) => (along[i] = travelled.at(row)));
    if (along.every((way, i) => way >= (i === 0 ? -Infinity : along[i - 1]))) return along;
  }
  along[0] = 0;
  for (let i = 1; i < rows.length; i++) {
    const a = stops[times.stop.at(rows[i - 1])];
    const b = stops[times.stop.at(rows[i])];
    along[i] = along[i - 1] + distanceM(a.lon, a.lat, b.lon, b.lat);
  }
  return along;
}

/** Plain loops: the mapping form of `from` took half the time of a large feed. */
function pickInto<T extends Int32Array | Uint32Array>(out: T, rows: Uint32Array, column: NumberColumn): T {
  for (let i = 0; i < rows.length; i++) out[i] = column.at(rows[i]);
  return out;
}

function buildTrip(feed: Feed, timetable: Timetable, trip: number, group: Uint32Array): TransitTripRecord | undefined {
  const { trips, times, stops, routes, services, shapes } = timetable;
  const id = feed.idPrefix + feed.decode(trips.index.bytesOf(trip));
  const { notes } = feed.context;
  const tripPlace = { file: tableFile(feed, 'trips'), row: trips.row.at(trip), field: 'trip_id', value: id.slice(0, 80) };
  const noteAt = (code: FeedNoteCode, row: number, field: string, count: number): void => {
    if (count > 0) addFeedNote(notes, code, { file: tableFile(feed, 'stop_times'), row: times.row.at(row), field, value: id.slice(0, 80) }, count);
  };
  if (group.length < 2 || group.length > MAX_STOPS) {
    addFeedNote(notes, group.length < 2 ? 'short-trip' : 'long-trip', tripPlace);
    return undefined;
  }
  const { rows, wasSorted, duplicates } = sortedBySequence(group, times.sequence);
  noteAt('unsorted-sequence', rows[0], 'stop_sequence', wasSorted ? 0 : 1);
  noteAt('duplicate-sequence', rows[0], 'stop_sequence', duplicates);
  const arrivalS = pickInto(new Int32Array(rows.length), rows, times.arrivalS);
  const departureS = pickInto(new Int32Array(rows.length), rows, times.departureS);
  const mended = mendTimes(arrivalS, departureS, () => measureAlong(rows, times, stops.list));
  if (mended === undefined) {
    addFeedNote(notes, 'short-trip', tripPlace);
    return undefined;
  }
  const { first, end } = mended;
  noteAt('interpolated', rows[first], 'arrival_time', mended.interpolated);
  noteAt('untimed-end', rows[first > 0 ? 0 : rows.length - 1], 'arrival_time', rows.length - (end - first));
  noteAt('past-midnight', rows[first], 'arrival_time', mended.carried);
  noteAt('time-backwards', rows[first], 'arrival_time', mended.raised);

  const stopNumbers = pickInto(new Uint32Array(end - first), rows.subarray(first, end), times.stop);
  const route = routes.list[trips.route.at(trip)];
  const stopIds: string[] = [];
  for (let i = 0; i < stopNumbers.length; i++) {
    const stop = stops.list[stopNumbers[i]];
    stop.modes |= route.modeBit;
    stopIds.push(stop.id);
  }
  const shape = trips.shape.at(trip);
  noteTripOfRoute(route, shape, stopNumbers);
  const direction = trips.direction.at(trip);
  return {
    type: 'transit-trip',
    tripId: id,
    routeId: route.id,
    serviceId: services.list[trips.service.at(trip)].id,
    shapeId: shape < 0 ? undefined : feed.idPrefix + feed.decode(shapes.index.bytesOf(shape)),
    headsign: trips.headsigns[trips.headsign.at(trip)] || undefined,
    directionId: direction < 0 ? undefined : direction,
    stopIds,
    arrivalS: end - first === rows.length ? arrivalS : arrivalS.slice(first, end),
    departureS: end - first === rows.length ? departureS : departureS.slice(first, end),
    frequencies: trips.frequencies.get(trip) ?? [],
  };
}

/** All trips that can be used, in the file's order; on the way, what they say about their stops and routes is noted there. */
export function* buildTripRecords(feed: Feed, timetable: Timetable): Generator<TransitTripRecord[], void, undefined> {
  const { trips, times } = timetable;
  const groups = groupRows(times.trip, trips.index.size);
  let chunk: TransitTripRecord[] = [];
  for (let trip = 0; trip < trips.index.size; trip++) {
    const record = buildTrip(feed, timetable, trip, groups.rowsOf(trip));
    if (record !== undefined) chunk.push(record);
    if (chunk.length < CHUNK_TRIPS) continue;
    throwIfCancelled(feed.context.signal);
    feed.context.report?.({ stage: 'trips', text: { zh: '整理班次', en: 'Putting trips together' }, done: trip, total: trips.index.size });
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
