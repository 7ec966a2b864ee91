/**
 * What is true of the sample city, worked out the long way: from the rows of its files and the streets, homes and grounds it was drawn with, by brute force.
 * Nothing here uses the importer, the base or an operator, so that it can say which findings of a check-up are true. Thresholds are typed from the
 * standards; land is looked at in points 12 m apart, distances are straight lines point by point, ways are Dijkstra's over the drawn streets.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltCell } from '../../src/sample/cell.ts';
import { buildCityObjects } from '../../src/sample/city-objects.ts';
import type { CityPlan } from '../../src/sample/plan.ts';
import { buildPlan } from '../../src/sample/plan.ts';
import { buildTransitPlan } from '../../src/sample/transit-plan.ts';
import type { Objects } from '../../src/sample/write-city.ts';
import { drawCells } from '../../src/sample/write-city.ts';
import { listDepartures } from '../../src/sample/write-gtfs.ts';
import { ZONES } from '../../src/sample/zones.ts';

export type Row = Readonly<Record<string, string>>;
type Point = readonly [x: number, y: number];

const LAT = 32.58;
const RADIANS = (LAT * Math.PI) / 180;
/** Metres of a degree on the ellipsoid of WGS 84 at the city's latitude (the usual series). */
const NORTH_M = 111_132.95 - 559.85 * Math.cos(2 * RADIANS) + 1.17 * Math.cos(4 * RADIANS);
const EAST_M = 111_412.88 * Math.cos(RADIANS) - 93.5 * Math.cos(3 * RADIANS) + 0.12 * Math.cos(5 * RADIANS);
const toMetres = (lon: number, lat: number): Point => [(lon - 115.62) * EAST_M, (lat - LAT) * NORTH_M];
const gap = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

const LAND_STEP_M = 12;

/** A CSV file as the sample writes it: a comma inside quotes belongs to the field. */
export function readCsv(file: string): Row[] {
  const [head, ...lines] = readFileSync(file, 'utf8').replace(/^\uFEFF/, '').trimEnd().split(/\r?\n/);
  const fields = (line: string): string[] => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2]);
  const names = fields(head);
  return lines.map((line) => Object.fromEntries(fields(line).map((value, i) => [names[i], value])));
}

interface Ground {
  readonly tags: ReadonlyMap<string, string>;
  readonly ring: readonly Point[];
}

interface Home {
  readonly at: Point;
  readonly unit: string;
  readonly persons: number;
  readonly pupils: number;
}

interface LandPoint {
  readonly at: Point;
  readonly unit: string;
  readonly residential: boolean;
}

interface Street {
  readonly refs: readonly number[];
  readonly tags: ReadonlyMap<string, string>;
}

function readTags(tags: readonly string[]): Map<string, string> {
  return new Map(Array.from({ length: tags.length / 2 }, (_, i) => [tags[2 * i], tags[2 * i + 1]]));
}

function isInside([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Metres from a point to a ring, 0 inside. */
function toRing(point: Point, ring: readonly Point[]): number {
  if (isInside(point, ring)) return 0;
  let least = Infinity;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy)));
    least = Math.min(least, gap(point, [a[0] + along * dx, a[1] + along * dy]));
  }
  return least;
}

function areaOf(ring: readonly Point[]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return Math.abs(twice) / 2;
}

function middleOf(ring: readonly Point[]): Point {
  const points = ring.slice(1);
  return [points.reduce((sum, [x]) => sum + x, 0) / points.length, points.reduce((sum, [, y]) => sum + y, 0) / points.length];
}

/** Points LAND_STEP_M apart within a ring, on one lattice for the whole city. */
function latticeIn(ring: readonly Point[]): Point[] {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const first = (values: number[]): number => Math.ceil(Math.min(...values) / LAND_STEP_M);
  const last = (values: number[]): number => Math.floor(Math.max(...values) / LAND_STEP_M);
  const points: Point[] = [];
  for (let i = first(xs); i <= last(xs); i++) {
    for (let j = first(ys); j <= last(ys); j++) {
      const point: Point = [i * LAND_STEP_M, j * LAND_STEP_M];
      if (isInside(point, ring)) points.push(point);
    }
  }
  return points;
}

/** 城市建设用地 as the map has it: what is settled, and green within the town. */
const CONSTRUCTION: Readonly<Record<string, readonly string[]>> = {
  landuse: ['residential', 'industrial', 'commercial', 'retail', 'construction', 'brownfield', 'grass'],
  leisure: ['park', 'garden', 'pitch', 'track', 'sports_centre'],
  amenity: ['school', 'kindergarten', 'university', 'hospital', 'clinic', 'police', 'fire_station', 'marketplace', 'parking', 'social_facility', 'community_centre', 'townhall'],
  tourism: ['museum'],
};
const isConstruction = (tags: ReadonlyMap<string, string>): boolean => Object.entries(CONSTRUCTION).some(([key, values]) => values.includes(tags.get(key) ?? ''));

/** What a sample of streets, homes and grounds says of the city that was written into a folder. */
export class NaiveSample {
  readonly plan: CityPlan;
  readonly dir: string;
  readonly cells: BuiltCell[] = [];
  readonly grounds: Ground[] = [];
  readonly homes: Home[] = [];
  readonly land: LandPoint[] = [];
  readonly nodes = new Map<number, Point>();
  readonly streets: Street[] = [];
  readonly poi: { readonly tags: ReadonlyMap<string, string>; readonly at: Point }[] = [];
  readonly #rows = new Map<string, Row[]>();
  readonly #landOf = new Map<string, LandPoint[]>();
  readonly #unitRings = new Map<string, readonly Point[]>();

  private constructor(dir: string, plan: CityPlan) {
    this.dir = dir;
    this.plan = plan;
  }

  static async read(dir: string, persons: number, seed: number): Promise<NaiveSample> {
    const sample = new NaiveSample(dir, buildPlan(persons, seed));
    await drawCells(sample.plan, {}, (objects, built) => {
      sample.#add(objects);
      if (built !== undefined) sample.cells.push(built);
    });
    sample.#add(buildCityObjects(sample.plan, buildTransitPlan(sample.plan)));
    for (const { homes, cell } of sample.cells) {
      for (const home of homes) sample.homes.push({ at: middleOf(home.ring.map(([lon, lat]) => toMetres(lon, lat))), unit: cell.unitId, persons: home.persons, pupils: home.persons * ZONES[cell.zone].ages[2] });
    }
    for (const row of sample.rows('units.csv')) {
      const ring = [...row['wkt'].matchAll(/(-?[\d.]+) (-?[\d.]+)(?=[,)])/g)].map((match) => toMetres(Number(match[1]), Number(match[2])));
      if (row['unit_id'].length === 12) sample.#unitRings.set(row['unit_id'], ring);
    }
    sample.#layLand();
    return sample;
  }

  #add({ nodes, ways }: Objects): void {
    for (const node of nodes) {
      const at = toMetres(node.lon, node.lat);
      this.nodes.set(node.id, at);
      if (node.tags.length > 0) this.poi.push({ tags: readTags(node.tags), at });
    }
    for (const { refs, tags: list } of ways) {
      const tags = readTags(list);
      if (tags.has('highway') && tags.get('area') !== 'yes') this.streets.push({ refs, tags });
      else if (refs[0] === refs.at(-1)) this.grounds.push({ tags, ring: refs.map((ref) => this.nodes.get(ref)!) });
    }
  }

  #layLand(): void {
    const known = new Map<string, { at: Point; residential: boolean }>();
    for (const { tags, ring } of this.grounds) {
      const residential = tags.get('landuse') === 'residential';
      if (!residential && !isConstruction(tags)) continue;
      for (const at of latticeIn(ring)) {
        const key = `${at[0]} ${at[1]}`;
        known.set(key, { at, residential: residential || known.get(key)?.residential === true });
      }
    }
    for (const [unit, ring] of this.#unitRings) {
      for (const at of latticeIn(ring)) {
        const found = known.get(`${at[0]} ${at[1]}`);
        if (found !== undefined) this.land.push({ ...found, unit });
      }
    }
  }

  rows(name: string): Row[] {
    let rows = this.#rows.get(name);
    if (rows === undefined) this.#rows.set(name, (rows = readCsv(join(this.dir, name))));
    return rows;
  }

  /** Communities of the town; villages lie outside the built-up area. */
  get communities(): string[] {
    return this.cells.filter(({ cell }) => !cell.block.rural).map(({ cell }) => cell.unitId);
  }

  unitAt(point: Point): string | undefined {
    return [...this.#unitRings].find(([, ring]) => isInside(point, ring))?.[0];
  }

  pointOf(row: Row): Point {
    return toMetres(Number(row['lon']), Number(row['lat']));
  }

  /** The first corner of a shape as text. */
  firstPointOf(wkt: string): Point {
    const [, lon, lat] = /([\d.]+) ([\d.]+)/.exec(wkt.slice(wkt.indexOf('(')))!;
    return toMetres(Number(lon), Number(lat));
  }

  /** Places of registered facilities of some classes. */
  facilities(...classes: string[]): (Row & { readonly at: Point })[] {
    return this.rows('facilities.csv').filter((row) => classes.includes(row['class']) && Number(row['lat']) < 90).map((row) => Object.assign({ at: this.pointOf(row) }, row));
  }

  personsOf(place: string): number {
    return this.cells.filter(({ cell }) => cell.unitId.startsWith(prefixOf(place)) && (place !== '990100' || !cell.block.rural)).reduce((sum, { cell }) => sum + cell.persons, 0);
  }

  /** Share of the land of a place that a test holds for, %. */
  landShare(place: string, residentialOnly: boolean, covered: (at: Point) => boolean): number {
    const inside = this.landOf(place).filter(({ residential }) => residential || !residentialOnly);
    return (100 * inside.filter(({ at }) => covered(at)).length) / inside.length;
  }

  landOf(place: string): LandPoint[] {
    let land = this.#landOf.get(place);
    if (land === undefined) this.#landOf.set(place, (land = this.#listLand(place)));
    return land;
  }

  #listLand(place: string): LandPoint[] {
    const town = new Set(this.communities);
    // an industrial park is the works of its block
    if (place.startsWith('Y')) for (const { cell } of this.cells) if (cell.zone !== 'industry' || cell.block.unitId !== place.slice(1)) town.delete(cell.unitId);
    return this.land.filter(({ unit }) => unit.startsWith(prefixOf(place)) && town.has(unit));
  }

  landKm2(place: string): number {
    return (this.landOf(place).length * LAND_STEP_M ** 2) / 1e6;
  }

  /** Stops with their departures from 7 to 19 h on a working day, from the timetable's plan. */
  listStops(): { at: Point; departures: number }[] {
    const { metro, buses } = buildTransitPlan(this.plan);
    const between = (times: readonly number[]): number => times.filter((time) => time >= 7 * 3600 && time < 19 * 3600).length;
    const count = new Map<string, { at: Point; departures: number }>();
    const add = (id: string, u: number, v: number, departures: number): void => {
      const known = count.get(id);
      if (known === undefined) count.set(id, { at: toMetres(...this.plan.ground.toLonLat(u, v)), departures });
      else known.departures += departures;
    };
    // 7–9 h every 210 s, 9–17 h every 360 s, 17–19 h every 210 s, to either side from a platform of its own
    for (const line of metro) for (const station of line.stations) for (const side of [0, 1]) add(`${line.id} ${station.id} ${side}`, station.u, station.v, (4 * 3600) / 210 + (8 * 3600) / 360);
    for (const route of buses) {
      // where a trip ends nothing departs; a bus needs minutes to its later stops, so the number within twelve hours is that of its departures but for one or two
      for (const stops of route.stops) for (const stop of stops.slice(0, -1)) add(stop.id, stop.u, stop.v, between(listDepartures(route, 'weekday')));
    }
    return [...count.values()];
  }
}

/** Ids are hierarchical: community 12 digits, block 9, district 6; the city's ends in 00, a park's is its block's with a letter. */
export function prefixOf(place: string): string {
  return place === '990100' ? '9901' : place.replace('Y', '');
}

/** Costs of the way from some nodes to all others (Dijkstra, binary heap). */
export function costsFrom(edges: ReadonlyMap<number, readonly { readonly to: number; readonly cost: number }[]>, starts: ReadonlyMap<number, number>, most: number): Map<number, number> {
  const best = new Map<number, number>();
  const heap: [cost: number, node: number][] = [];
  const push = (item: [number, number]): void => {
    let at = heap.push(item) - 1;
    while (at > 0 && heap[(at - 1) >> 1][0] > item[0]) [heap[at], at] = [heap[(at - 1) >> 1], (at - 1) >> 1];
    heap[at] = item;
  };
  const pop = (): [number, number] => {
    const top = heap[0];
    const item = heap.pop()!;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1][0] < heap[child][0]) child++;
      if (heap[child][0] >= item[0]) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = item;
    return top;
  };
  for (const [node, cost] of starts) push([cost, node]);
  while (heap.length > 0) {
    const [cost, node] = pop();
    if (best.has(node) || cost > most) continue;
    best.set(node, cost);
    for (const edge of edges.get(node) ?? []) if (!best.has(edge.to)) push([cost + edge.cost, edge.to]);
  }
  return best;
}

export { areaOf, gap, middleOf, toRing };
export type { Point };
