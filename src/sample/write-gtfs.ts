/** The timetable as a GTFS zip: metro by frequencies, buses by trips, a night route that runs past 24:00. */
import { join } from 'node:path';
import { Random } from '../core/random.ts';
import { listEntrances } from './city-objects.ts';
import { SPACING_M } from './ground.ts';
import type { CityPlan } from './plan.ts';
import type { BusRoute, BusStop, MetroLine, TransitPlan } from './transit-plan.ts';
import type { CsvValue } from './write-csv.ts';
import { formatCsvField } from './write-csv.ts';
import { ZipWriter } from './write-zip.ts';

type AddRow = (...values: CsvValue[]) => void;

const METRO_SPEED = 9.5;
const METRO_DWELL_S = 35;
const BUS_SPEED = 5.2;
const BUS_DWELL_S = 18;
const HOUR = 3600;

/** From, to, seconds between trains. */
const METRO_HEADWAYS: readonly (readonly [number, number, number])[] = [
  [6 * HOUR, 7 * HOUR, 480],
  [7 * HOUR, 9 * HOUR, 210],
  [9 * HOUR, 17 * HOUR, 360],
  [17 * HOUR, 19.5 * HOUR, 210],
  [19.5 * HOUR, 23 * HOUR, 480],
  [23 * HOUR, 24.5 * HOUR, 900],
];
const WEEKEND_FACTOR = 1.5;

export function formatGtfsTime(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / HOUR))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

export function writeGtfs(dir: string, plan: CityPlan, transit: TransitPlan): { file: string; rows: number } {
  const file = 'shifan-gtfs.zip';
  const zip = new ZipWriter(join(dir, file));
  let rows = 0;
  const table = (name: string, columns: string, fill: (add: AddRow) => void): void =>
    zip.addText(name, (put) => {
      put(`${columns}\n`);
      fill((...values) => {
        rows++;
        put(`${values.map(formatCsvField).join(',')}\n`);
      });
    });
  table('agency.txt', 'agency_id,agency_name,agency_url,agency_timezone,agency_lang', (add) => {
    add('metro', '示范地铁', 'https://example.org/metro', 'Asia/Shanghai', 'zh');
    add('bus', '示范公交', 'https://example.org/bus', 'Asia/Shanghai', 'zh');
  });
  table('calendar.txt', 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date', (add) => {
    add('weekday', 1, 1, 1, 1, 1, 0, 0, 20250101, 20251231);
    add('weekend', 0, 0, 0, 0, 0, 1, 1, 20250101, 20251231);
  });
  table('calendar_dates.txt', 'service_id,date,exception_type', (add) => {
    for (const day of [20251001, 20251002, 20251003, 20251006, 20251007]) {
      add('weekday', day, 2);
      add('weekend', day, 1);
    }
  });
  table('stops.txt', 'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station', (add) => addStops(plan, transit, add));
  table('routes.txt', 'route_id,agency_id,route_short_name,route_long_name,route_type,route_color', (add) => {
    for (const line of transit.metro) add(line.id, 'metro', line.name.replace('地铁', ''), `${line.stations[0].name}—${line.stations[line.stations.length - 1].name}`, 1, line.colour);
    for (const route of transit.buses) add(route.id, 'bus', route.name, `${route.stops[0][0].name}—${route.stops[1][0].name}`, 3, '');
  });
  table('shapes.txt', 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence', (add) => addShapes(plan, transit, add));
  table('trips.txt', 'route_id,service_id,trip_id,trip_headsign,direction_id,shape_id', (add) => addTrips(transit, add));
  table('frequencies.txt', 'trip_id,start_time,end_time,headway_secs,exact_times', (add) => {
    for (const line of transit.metro) {
      for (const { tripId, service } of listMetroTrips(line)) {
        for (const [start, end, headway] of METRO_HEADWAYS) add(tripId, formatGtfsTime(start), formatGtfsTime(end), Math.round(headway * (service === 'weekend' ? WEEKEND_FACTOR : 1)), 0);
      }
    }
  });
  table('stop_times.txt', 'trip_id,arrival_time,departure_time,stop_id,stop_sequence', (add) => addStopTimes(transit, add));
  zip.close();
  return { file, rows };
}

function listMetroTrips(line: MetroLine): { tripId: string; service: string; direction: 0 | 1 }[] {
  return (['weekday', 'weekend'] as const).flatMap((service) => ([0, 1] as const).map((direction) => ({ tripId: `${line.id}-${service}-${direction}`, service, direction })));
}

function platformOf(line: MetroLine, station: { id: string }, direction: 0 | 1): string {
  return `${station.id}-${line.id}-${direction}`;
}

function addStops(plan: CityPlan, transit: TransitPlan, add: AddRow): void {
  const seen = new Set<string>();
  const put = (id: string, name: string, u: number, v: number, type: number, parent: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const [lon, lat] = plan.ground.toLonLat(u, v);
    add(id, name, lat.toFixed(7), lon.toFixed(7), type, parent);
  };
  for (const line of transit.metro) {
    for (const station of line.stations) {
      put(station.id, station.name, station.u, station.v, 1, '');
      for (const { u, v, ref } of listEntrances(plan, station)) put(`${station.id}${ref}`, `${station.name}${ref}口`, u, v, 2, station.id);
      for (const direction of [0, 1] as const) put(platformOf(line, station, direction), station.name, station.u + (direction === 0 ? 0.012 : -0.012), station.v + 0.008, 0, station.id);
    }
  }
  for (const route of transit.buses) for (const stops of route.stops) for (const stop of stops) put(stop.id, stop.name, stop.u, stop.v, 0, '');
}

function addShapes(plan: CityPlan, transit: TransitPlan, add: AddRow): void {
  const put = (id: string, points: readonly (readonly [number, number])[]): void =>
    points.forEach(([u, v], index) => {
      const [lon, lat] = plan.ground.toLonLat(u, v);
      add(id, lat.toFixed(7), lon.toFixed(7), index + 1);
    });
  for (const line of transit.metro) {
    put(`${line.id}-0`, line.track);
    put(`${line.id}-1`, [...line.track].reverse());
  }
  for (const route of transit.buses) for (const direction of [0, 1] as const) put(`${route.id}-${direction}`, listBusShape(plan, route, direction));
}

function listBusShape(plan: CityPlan, route: BusRoute, direction: 0 | 1): [number, number][] {
  const points = route.edges.flatMap(([vertical, i, j]) => {
    const line = vertical ? plan.vertical[i] : plan.horizontal[j];
    const side = ((direction === 0) === vertical ? 1 : -1) * line.gap;
    return [0, 0.25, 0.5, 0.75, 1].map((t): [number, number] => (vertical ? [i + side, j + t] : [i + t, j + side]));
  });
  return direction === 0 ? points : points.reverse();
}

/** Departures of a bus route on a day: seconds after midnight. */
export function listDepartures(route: BusRoute, service: 'weekday' | 'weekend'): number[] {
  if (route.service === 'industrial') return service === 'weekend' ? [] : every(6.5 * HOUR, 19.5 * HOUR, 3600);
  if (route.service === 'night') return every(22.5 * HOUR, 26 * HOUR, 1800);
  const number = Number(route.id.slice(1));
  const [peak, calm] = [420 + (number % 4) * 90, 720 + (number % 5) * 120];
  if (service === 'weekend') return every(6.25 * HOUR, 22 * HOUR, calm);
  return [...every(6 * HOUR, 7 * HOUR, calm), ...every(7 * HOUR, 9 * HOUR, peak), ...every(9 * HOUR, 17 * HOUR, calm), ...every(17 * HOUR, 19 * HOUR, peak), ...every(19 * HOUR, 22.5 * HOUR, calm)];
}

function every(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, k) => from + k * step);
}

function listBusTrips(route: BusRoute): { tripId: string; service: string; direction: 0 | 1; start: number }[] {
  return (['weekday', 'weekend'] as const).flatMap((service) =>
    ([0, 1] as const).flatMap((direction) => listDepartures(route, service).map((start, k) => ({ tripId: `${route.id}-${service}-${direction}-${k + 1}`, service, direction, start }))),
  );
}

function addTrips(transit: TransitPlan, add: AddRow): void {
  for (const line of transit.metro) {
    for (const { tripId, service, direction } of listMetroTrips(line)) {
      const end = direction === 0 ? line.stations[line.stations.length - 1] : line.stations[0];
      add(line.id, service, tripId, end.name, direction, `${line.id}-${direction}`);
    }
  }
  for (const route of transit.buses) {
    for (const { tripId, service, direction } of listBusTrips(route)) {
      const stops = route.stops[direction];
      add(route.id, service, tripId, stops[stops.length - 1].name, direction, `${route.id}-${direction}`);
    }
  }
}

/** Seconds from the first stop to each further one. */
function listOffsets(stops: readonly { u: number; v: number }[], speed: number, dwell: number): number[] {
  let at = 0;
  return stops.map((stop, index) => {
    if (index > 0) at += Math.round((Math.hypot(stop.u - stops[index - 1].u, stop.v - stops[index - 1].v) * SPACING_M) / speed) + dwell;
    return at;
  });
}

function addStopTimes(transit: TransitPlan, add: AddRow): void {
  for (const line of transit.metro) {
    for (const { tripId, direction } of listMetroTrips(line)) {
      const stations = direction === 0 ? line.stations : [...line.stations].reverse();
      listOffsets(stations, METRO_SPEED, METRO_DWELL_S).forEach((offset, k) => {
        const arrival = METRO_HEADWAYS[0][0] + offset;
        add(tripId, formatGtfsTime(arrival), formatGtfsTime(arrival + METRO_DWELL_S), platformOf(line, stations[k], direction), k + 1);
      });
    }
  }
  for (const route of transit.buses) addBusTimes(route, add);
}

/** Peak hours take a sixth longer; each trip runs up to a minute off its plan, the same every time it is written. */
function addBusTimes(route: BusRoute, add: AddRow): void {
  const offsets = route.stops.map((stops: readonly BusStop[]) => listOffsets(stops, BUS_SPEED, BUS_DWELL_S));
  const random = new Random(Number(route.id.slice(1)));
  for (const { tripId, direction, start } of listBusTrips(route)) {
    const slow = (start >= 7 * HOUR && start < 9 * HOUR) || (start >= 17 * HOUR && start < 19 * HOUR) ? 7 / 6 : 1;
    const shift = random.integer(0, 60);
    offsets[direction].forEach((offset, k) => {
      const arrival = start + shift + Math.round(offset * slow);
      add(tripId, formatGtfsTime(arrival), formatGtfsTime(arrival + 12), route.stops[direction][k].id, k + 1);
    });
  }
}
