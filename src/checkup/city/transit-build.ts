/**
 * Trips and services of timetables → the departures of an ordinary weekday, Saturday and Sunday, stop by stop.
 *
 * An ordinary day, for each feed by itself (feeds of one city rarely cover the same months): of the dates of the year that is checked – where a feed has
 * none of them, of the year nearest to it – those on which the same services run are one kind of day. Kinds that are at least a fifth as frequent as the most
 * frequent one are ordinary (so the holidays of October are not, and Fridays, one for four other days, with a late service are); of these the date with the most trips, the middle one
 * of equals. Merged into one schedule, the date named is that of the feed with the most trips.
 *
 * A trip by headway (frequencies.txt) departs at its start, and every headway before its end. The last stop of a trip is no departure. Times past 24:00 stay
 * as they are (seconds after midnight of the day the service belongs to). Time: linear in departures, and in days × services; 8 bytes a departure.
 */
import type { NoteBook } from '../../core/note.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { TransitLines, TransitSchedule } from './transit-schedule.ts';

/** Rows as the base has them; ids are those of one feed, `batch_id` tells feeds apart. */
export interface TransitRows {
  readonly batches: readonly number[];
  readonly trips: readonly {
    readonly batch_id: number;
    readonly trip_id: string;
    readonly route_id: string;
    readonly service_id: string;
    readonly stop_ids: readonly string[];
    readonly departure_s: readonly number[];
    readonly frequencies: readonly { readonly startS: number; readonly endS: number; readonly headwayS: number }[];
  }[];
  readonly services: readonly {
    readonly batch_id: number;
    readonly service_id: string;
    /** Monday first. */
    readonly weekdays: readonly boolean[];
    readonly start_date: string | null;
    readonly end_date: string | null;
    readonly added_dates: readonly string[];
    readonly removed_dates: readonly string[];
  }[];
  /** `source_id`: `stop/<id>`. Degrees. */
  readonly stops: readonly { readonly batch_id: number; readonly source_id: string; readonly name: string | null; readonly lon: number; readonly lat: number }[];
  /** `source_id`: `route/<id>`; `kind`: bus, metro … */
  readonly routes: readonly { readonly batch_id: number; readonly source_id: string; readonly kind: string; readonly name: string | null; readonly line?: Pick<Geometry, 'coordinates' | 'partEnds'> }[];
}

type Trip = TransitRows['trips'][number];
type Service = TransitRows['services'][number];
export type DayKind = TransitSchedule['days'][number]['kind'];
export const DAY_KINDS: readonly DayKind[] = ['weekday', 'saturday', 'sunday'];

/** Bits of `stopModes`. */
export const MODE_BITS = { tram: 1, metro: 2, rail: 4, bus: 8, ferry: 16 } as const;
const OTHER_BIT = 32;
const BIT_OF: Readonly<Record<string, number>> = {
  tram: 1, 'cable-tram': 1, metro: 2, monorail: 2, rail: 4, bus: 8, trolleybus: 8, coach: 8, ferry: 16,
};

const DAY_MS = 86_400_000;
/** Kinds of days at least so frequent, against the most frequent, are ordinary. */
const ORDINARY = 1 / 5;
/** A feed without an end runs for so many days from its first date. */
const MOST_DAYS = 5 * 366;

const msOf = (date: string): number => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** 0 Monday … 6 Sunday. */
const weekdayOf = (ms: number): number => (new Date(ms).getUTCDay() + 6) % 7;
const kindOf = (ms: number): DayKind => (weekdayOf(ms) === 6 ? 'sunday' : weekdayOf(ms) === 5 ? 'saturday' : 'weekday');

/** Trips of a day by service: those by headway count as often as they run. */
function departuresOf({ frequencies }: Trip): number {
  return frequencies.length === 0 ? 1 : frequencies.reduce((sum, { startS, endS, headwayS }) => sum + (headwayS > 0 ? Math.max(0, Math.ceil((endS - startS) / headwayS)) : 0), 0);
}

interface Day {
  readonly ms: number;
  /** Services that run, as one text. */
  readonly services: string;
  readonly trips: number;
}

/** Dates on which anything of a feed runs, ascending. */
function listDays(services: readonly Service[], trips: readonly Trip[]): Day[] {
  const weight = new Map<string, number>();
  for (const trip of trips) weight.set(trip.service_id, (weight.get(trip.service_id) ?? 0) + departuresOf(trip));
  const running = services.filter(({ service_id: id }) => (weight.get(id) ?? 0) > 0).map((service) => ({
    service, added: new Set(service.added_dates), removed: new Set(service.removed_dates),
    from: service.start_date === null ? Infinity : msOf(service.start_date), to: service.end_date === null ? Infinity : msOf(service.end_date),
  }));
  const listed = running.flatMap(({ added }) => [...added].map(msOf));
  const from = [...running.map((each) => each.from), ...listed].reduce((a, b) => Math.min(a, b), Infinity);
  const to = Math.min([...running.map((each) => (each.from === Infinity ? -Infinity : each.to)), ...listed].reduce((a, b) => Math.max(a, b), -Infinity), from + MOST_DAYS * DAY_MS);
  const days: Day[] = [];
  for (let ms = from; ms <= to; ms += DAY_MS) {
    const date = dateOf(ms);
    const active = running.filter((each) => each.added.has(date) || (ms >= each.from && ms <= each.to && each.service.weekdays[weekdayOf(ms)] === true && !each.removed.has(date))).map(({ service }) => service.service_id);
    if (active.length > 0) days.push({ ms, services: JSON.stringify(active.sort()), trips: active.reduce((sum, id) => sum + (weight.get(id) ?? 0), 0) });
  }
  return days;
}

/** The ordinary day of a kind; undefined where nothing runs on such days. `dates` are all dates of the kind on which anything could run. */
function chooseDay(days: readonly Day[]): Day | undefined {
  const times = new Map<string, number>();
  for (const { services } of days) times.set(services, (times.get(services) ?? 0) + 1);
  const most = [...times.values()].reduce((a, b) => Math.max(a, b), 0);
  const ordinary = days.filter(({ services }) => (times.get(services) ?? 0) >= ORDINARY * most);
  const fullest = ordinary.reduce((trips, day) => Math.max(trips, day.trips), 0);
  const equals = ordinary.filter(({ trips }) => trips === fullest);
  // the middle one: the first is often New Year's Day
  return equals.at(equals.length >> 1);
}

/** Days of the year that is checked, else of the year nearest to it (the later of two). */
function daysNear(days: readonly Day[], period: number): readonly Day[] {
  const yearOf = ({ ms }: Day): number => new Date(ms).getUTCFullYear();
  const years = [...new Set(days.map(yearOf))];
  const nearest = years.reduce<number | undefined>((best, year) => (best === undefined || Math.abs(year - period) < Math.abs(best - period) || (Math.abs(year - period) === Math.abs(best - period) && year > best) ? year : best), undefined);
  return days.filter((day) => yearOf(day) === nearest);
}

/** Stops and routes of all feeds by number; those of different feeds with the same id are different. */
class Numbers {
  readonly #numbers = new Map<string, number>();
  readonly ids: string[] = [];
  readonly feeds: number[] = [];

  get(feed: number, id: string): number {
    const key = `${feed} ${id}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#numbers.set(key, (number = this.ids.length));
      this.ids.push(id);
      this.feeds.push(feed);
    }
    return number;
  }
}

interface Departures {
  readonly stop: number[];
  readonly s: number[];
  readonly route: number[];
}

/** Adds all departures of a trip on one day. */
function addTrip(trip: Trip, stopOf: (id: string) => number | undefined, route: number, { stop, s, route: routes }: Departures): void {
  const first = trip.departure_s[0];
  const starts: number[] = trip.frequencies.length === 0 ? [first] : [];
  for (const { startS, endS, headwayS } of trip.frequencies) if (headwayS > 0) for (let at = startS; at < endS; at += headwayS) starts.push(at);
  for (let i = 0; i + 1 < trip.stop_ids.length; i++) {
    const at = stopOf(trip.stop_ids[i]);
    const after = trip.departure_s[i] - first;
    if (at === undefined || !Number.isFinite(after)) continue;
    for (const start of starts) {
      if (start + after < 0) continue;
      stop.push(at);
      s.push(start + after);
      routes.push(route);
    }
  }
}

/** Departures sorted by stop, then time, then route, as CSR: a counting sort by stop, then numbers within each. */
function pack({ stop, s, route }: Departures, stopCount: number, routeCount: number): { first: Uint32Array; departureS: Uint32Array; route: Uint32Array } {
  const first = new Uint32Array(stopCount + 1);
  for (const at of stop) first[at + 1]++;
  for (let i = 0; i < stopCount; i++) first[i + 1] += first[i];
  const next = first.slice(0, stopCount);
  // seconds × routes stay far below 2⁵³
  const keys = new Float64Array(stop.length);
  for (let i = 0; i < stop.length; i++) keys[next[stop[i]]++] = s[i] * routeCount + route[i];
  for (let i = 0; i < stopCount; i++) keys.subarray(first[i], first[i + 1]).sort();
  return { first, departureS: Uint32Array.from(keys, (key) => Math.floor(key / routeCount)), route: Uint32Array.from(keys, (key) => key % routeCount) };
}

/** The timetable of ordinary days; undefined where no trip runs. `period` is the year that is checked. */
export function buildTransitSchedule(rows: TransitRows, period: number, notes?: NoteBook): TransitSchedule | undefined {
  const known = new Map(rows.stops.map((stop) => [`${stop.batch_id} ${stop.source_id.replace(/^stop\//, '')}`, stop]));
  const routeRows = new Map(rows.routes.map((route) => [`${route.batch_id} ${route.source_id.replace(/^route\//, '')}`, route]));
  const feeds = [...new Set(rows.trips.map((trip) => trip.batch_id))].sort((a, b) => a - b);
  const days = new Map(feeds.map((feed) => [feed, chooseDays(rows, feed, period, notes)]));
  const [stops, routes] = [new Numbers(), new Numbers()];
  const modes: number[] = [];
  const departures = DAY_KINDS.map((): Departures => ({ stop: [], s: [], route: [] }));
  let lost = 0;
  const numbers = new Map(feeds.map((feed) => [feed, new Map<string, number | undefined>()]));
  /** Undefined for a stop without a position. */
  const numberOf = (feed: number, id: string): number | undefined => {
    const ofFeed = numbers.get(feed);
    if (ofFeed?.has(id) === true) return ofFeed.get(id);
    const at = known.has(`${feed} ${id}`) ? stops.get(feed, id) : undefined;
    ofFeed?.set(id, at);
    return at;
  };
  // in the order of ids, so that the order of rows does not matter
  const trips = [...rows.trips].sort((a, b) => a.batch_id - b.batch_id || (a.route_id < b.route_id ? -1 : a.route_id > b.route_id ? 1 : a.trip_id < b.trip_id ? -1 : a.trip_id > b.trip_id ? 1 : 0));
  for (const trip of trips) {
    const running = DAY_KINDS.map((kind) => days.get(trip.batch_id)?.get(kind)?.active.has(trip.service_id) === true);
    if (!running.includes(true)) continue;
    const route = routes.get(trip.batch_id, trip.route_id);
    const bit = BIT_OF[routeRows.get(`${trip.batch_id} ${trip.route_id}`)?.kind ?? ''] ?? OTHER_BIT;
    const stopOf = (id: string): number | undefined => {
      const at = numberOf(trip.batch_id, id);
      if (at === undefined) lost++;
      else modes[at] = (modes[at] ?? 0) | bit;
      return at;
    };
    running.forEach((runs, k) => runs && addTrip(trip, stopOf, route, departures[k]));
  }
  if (lost > 0) notes?.add('warning', 'checkup/transit-unknown-stop', { zh: '时刻表中有停站没有位置，未计入。', en: 'Calls at stops without a position were left out.' }, { field: 'stop_id' }, lost);
  if (stops.ids.length === 0) return undefined;
  const stopRow = stops.ids.map((id, i) => known.get(`${stops.feeds[i]} ${id}`));
  const routeRow = routes.ids.map((id, i) => routeRows.get(`${routes.feeds[i]} ${id}`));
  const lines = packLines(rows, routeRow);
  return {
    stopCount: stops.ids.length, stopId: stops.ids, stopName: stopRow.map((row) => row?.name ?? ''),
    stopE7: Int32Array.from(stopRow.flatMap((row) => [Math.round((row?.lon ?? 0) * 1e7), Math.round((row?.lat ?? 0) * 1e7)])), stopModes: Uint32Array.from(modes),
    days: DAY_KINDS.map((kind, k) => ({ kind, date: dateNamed(days.values(), kind), ...pack(departures[k], stops.ids.length, routes.ids.length) })),
    routeId: routes.ids, routeName: routes.ids.map((id, i) => routeRow[i]?.name ?? id),
    routeModes: Uint32Array.from(routeRow, (row) => BIT_OF[row?.kind ?? ''] ?? OTHER_BIT), ...(lines !== undefined && { lines }), batches: rows.batches,
  };
}

/** Lines of the routes that run. A line all of whose vertices are stops was drawn from stop to stop: the import does so where trips have no shape. */
function packLines({ stops }: TransitRows, routes: readonly (TransitRows['routes'][number] | undefined)[]): TransitLines | undefined {
  const keyOf = (batch: number, lon: number, lat: number): string => `${batch} ${Math.round(lon * 1e7)} ${Math.round(lat * 1e7)}`;
  const stopAt = new Set(stops.map(({ batch_id: batch, lon, lat }) => keyOf(batch, lon, lat)));
  const [vertices, ends, route, byStops] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  routes.forEach((row, number) => {
    if (row?.line === undefined) return;
    const { coordinates: c, partEnds = [c.length / 2] } = row.line;
    let begin = 0;
    for (const end of partEnds) {
      let atStops = 1;
      for (let v = begin; v < end; v++) {
        vertices.push(Math.round(c[2 * v] * 1e7), Math.round(c[2 * v + 1] * 1e7));
        if (!stopAt.has(keyOf(row.batch_id, c[2 * v], c[2 * v + 1]))) atStops = 0;
      }
      ends.push(vertices.length / 2);
      route.push(number);
      byStops.push(atStops);
      begin = end;
    }
  });
  return ends.length === 0 ? undefined : { verticesE7: Int32Array.from(vertices), ends: Uint32Array.from(ends), route: Uint32Array.from(route), byStops: Uint8Array.from(byStops) };
}

interface Chosen {
  readonly date: string;
  readonly active: ReadonlySet<string>;
  readonly trips: number;
}

/** The ordinary day of each kind of one feed; kinds of days on which nothing runs are absent. */
function chooseDays(rows: TransitRows, feed: number, period: number, notes: NoteBook | undefined): Map<DayKind, Chosen> {
  const all = listDays(rows.services.filter((service) => service.batch_id === feed), rows.trips.filter((trip) => trip.batch_id === feed));
  const near = daysNear(all, period);
  const year = near.length === 0 ? undefined : new Date(near[0].ms).getUTCFullYear();
  if (year !== undefined && year !== period) {
    notes?.add('info', 'checkup/transit-other-year', { zh: `公交时刻表没有 ${period} 年的日期，采用 ${year} 年的普通日。`, en: `A timetable has no date of ${period}; an ordinary day of ${year} was used.` }, { value: String(year) });
  }
  const chosen = new Map<DayKind, Chosen>();
  for (const kind of DAY_KINDS) {
    const day = chooseDay(near.filter(({ ms }) => kindOf(ms) === kind));
    if (day !== undefined) chosen.set(kind, { date: dateOf(day.ms), active: new Set(JSON.parse(day.services) as string[]), trips: day.trips });
  }
  return chosen;
}

/** The date of the feed with the most trips that day; '' where nothing runs. */
function dateNamed(feeds: Iterable<ReadonlyMap<DayKind, Chosen>>, kind: DayKind): string {
  let best: Chosen | undefined;
  for (const days of feeds) {
    const day = days.get(kind);
    if (day !== undefined && (best === undefined || day.trips > best.trips)) best = day;
  }
  return best?.date ?? '';
}
