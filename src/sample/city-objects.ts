/** What belongs to the city as a whole: boundary relations, the river's area, metro lines, stops, place names. */
import { positionOf } from './lattice.ts';
import { CITY_NAME } from './names.ts';
import type { CityPlan } from './plan.ts';
import { CITY_UNIT } from './plan.ts';
import type { SketchNode, SketchRelation, SketchWay } from './sketch.ts';
import { TRACK, WAY, cityNode, cityRelation, cityWay, edgeWay } from './sketch.ts';
import type { BusRoute, TransitPlan } from './transit-plan.ts';
import type { RelationMember, Tags } from './write-osm-pbf.ts';

export interface CityObjects {
  readonly nodes: readonly SketchNode[];
  readonly ways: readonly SketchWay[];
  readonly relations: readonly SketchRelation[];
}

class CityDrawing {
  readonly nodes: SketchNode[] = [];
  readonly ways: SketchWay[] = [];
  readonly relations: SketchRelation[] = [];
  readonly plan: CityPlan;
  readonly #corners: number;

  constructor(plan: CityPlan) {
    this.plan = plan;
    this.#corners = (plan.columns + 1) * (plan.rows + 1);
  }

  node(u: number, v: number, tags: Tags): number {
    const [lon, lat] = this.plan.ground.toLonLat(u, v);
    const id = cityNode(this.#corners, this.nodes.length + 1);
    this.nodes.push({ id, lon, lat, tags });
    return id;
  }

  way(refs: readonly number[], tags: Tags): number {
    const id = cityWay(this.#corners, this.ways.length + 1);
    this.ways.push({ id, refs, tags });
    return id;
  }

  relation(members: readonly RelationMember[], tags: Tags): void {
    this.relations.push({ id: cityRelation(this.#corners, this.relations.length + 1), members, tags });
  }
}

export function buildCityObjects(plan: CityPlan, transit: TransitPlan): CityObjects {
  const drawing = new CityDrawing(plan);
  drawPlaces(drawing);
  drawMetro(drawing, transit);
  drawBusStops(drawing, transit);
  drawRiverArea(drawing);
  drawAdministration(drawing);
  return drawing;
}

function drawPlaces(drawing: CityDrawing): void {
  const { plan } = drawing;
  const name = (zh: string, en: string): string[] => ['name', zh, 'name:en', en];
  drawing.node(plan.mapColumn + 4.5, plan.mapRow + 3.9, ['place', 'city', ...name(CITY_NAME.zh, CITY_NAME.en), 'population', String(plan.persons)]);
  for (const district of plan.districts) {
    const cells = district.blocks.filter((block) => !block.rural).flatMap((block) => block.cells);
    const persons = district.blocks.flatMap((block) => block.cells).reduce((sum, cell) => sum + cell.persons, 0);
    const mean = (pick: (cell: (typeof cells)[number]) => number): number => cells.reduce((sum, cell) => sum + pick(cell), 0) / cells.length + 0.5;
    drawing.node(mean((cell) => cell.column), mean((cell) => cell.row), ['place', 'suburb', ...name(district.name.zh, district.name.en), 'population', String(persons)]);
    for (const block of district.blocks) {
      const middle = block.cells[block.cells.length >> 1];
      if (!block.rural) drawing.node(middle.column + 0.48, middle.row + 0.55, ['place', 'quarter', ...name(block.name.zh, block.name.en)]);
      for (const cell of block.cells) {
        drawing.node(cell.column + 0.5, cell.row + 0.48, ['place', block.rural ? 'village' : 'neighbourhood', ...name(cell.name.zh, cell.name.en), 'population', String(cell.persons)]);
      }
    }
  }
}

function drawMetro(drawing: CityDrawing, transit: TransitPlan): void {
  const stations = new Map<string, number>();
  for (const line of transit.metro) {
    for (const station of line.stations) {
      if (stations.has(station.id)) continue;
      stations.set(station.id, drawing.node(station.u, station.v, ['railway', 'station', 'station', 'subway', 'subway', 'yes', 'public_transport', 'station', 'name', station.name, 'ref', station.id]));
      listEntrances(drawing.plan, station).forEach(({ u, v, ref }) => drawing.node(u, v, ['railway', 'subway_entrance', 'ref', ref, 'name', `${station.name}${ref}口`, 'wheelchair', ref === 'A' ? 'yes' : 'no']));
    }
    const refs = line.track.map(([u, v]) => {
      const station = line.stations.find((entry) => entry.u === u && entry.v === v);
      return station === undefined ? drawing.node(u, v, []) : (stations.get(station.id) ?? 0);
    });
    const way = drawing.way(refs, ['railway', 'subway', 'name', line.name, 'name:en', line.nameEn, 'tunnel', 'yes', 'layer', '-3']);
    drawing.relation(
      [{ type: 'way', id: way, role: '' }, ...line.stations.map((station): RelationMember => ({ type: 'node', id: stations.get(station.id) ?? 0, role: 'stop' }))],
      ['type', 'route', 'route', 'subway', 'ref', line.id, 'name', line.name, 'name:en', line.nameEn, 'colour', `#${line.colour}`],
    );
  }
}

/** Four entrances about a station, A to D, beside the crossing's streets. */
export function listEntrances(plan: CityPlan, station: { u: number; v: number }): { u: number; v: number; ref: string }[] {
  const du = plan.vertical[station.u].gap + 0.05;
  const dv = plan.horizontal[station.v].gap + 0.035;
  return [[-1, -1, 'A'], [1, -1, 'B'], [1, 1, 'C'], [-1, 1, 'D']].map(([a, b, ref]) => ({ u: station.u + Number(a) * du, v: station.v + Number(b) * dv, ref: String(ref) }));
}

function drawBusStops(drawing: CityDrawing, transit: TransitPlan): void {
  const seen = new Map<string, number>();
  for (const route of transit.buses) {
    for (const stops of route.stops) {
      for (const stop of stops) {
        if (!seen.has(stop.id)) seen.set(stop.id, drawing.node(stop.u, stop.v, ['highway', 'bus_stop', 'public_transport', 'platform', 'bus', 'yes', 'name', stop.name, 'ref', stop.id]));
      }
    }
    drawing.relation(listRouteMembers(drawing.plan, route, seen), ['type', 'route', 'route', 'bus', 'ref', route.name, 'name', `${route.name}公交`, 'network', '示范公交']);
  }
}

function listRouteMembers(plan: CityPlan, route: BusRoute, stops: ReadonlyMap<string, number>): RelationMember[] {
  return [
    ...route.stops[0].map((stop): RelationMember => ({ type: 'node', id: stops.get(stop.id) ?? 0, role: 'platform' })),
    ...route.edges.map(([vertical, i, j]): RelationMember => {
      const lanes = (vertical ? plan.vertical[i] : plan.horizontal[j]).lanes;
      const track = vertical ? lanes - 1 : 0;
      return { type: 'way', id: edgeWay(positionOf(plan, i, j), (vertical ? WAY.vertical : WAY.horizontal) + track), role: '' };
    }),
  ];
}

/** One multipolygon over both bank lines and the two ends of the map. */
function drawRiverArea(drawing: CityDrawing): void {
  const { plan } = drawing;
  const members: RelationMember[] = [];
  for (let i = 0; i < plan.columns; i++) {
    const position = positionOf(plan, i, plan.riverRow);
    for (const track of [TRACK.bankFirst, TRACK.bankSecond]) members.push({ type: 'way', id: edgeWay(position, WAY.horizontal + track), role: 'outer' });
    if (i === 0 || i === plan.columns - 1) members.push({ type: 'way', id: edgeWay(position, 28), role: 'outer' });
  }
  drawing.relation(members, ['type', 'multipolygon', 'natural', 'water', 'water', 'river', 'name', '示范江', 'name:en', 'Shifan River']);
}

type CellSet = (column: number, row: number) => boolean;

/** Boundary ways around the cells of a set, as outer members. */
function listBoundary(plan: CityPlan, inside: CellSet, box: readonly [number, number, number, number]): RelationMember[] {
  const members: RelationMember[] = [];
  for (let j = box[1]; j <= box[3] + 1; j++) {
    for (let i = box[0]; i <= box[2] + 1; i++) {
      const position = positionOf(plan, i, j);
      if (j <= box[3] && inside(i - 1, j) !== inside(i, j)) members.push({ type: 'way', id: edgeWay(position, WAY.vertical + TRACK.middle), role: 'outer' });
      if (i <= box[2] && inside(i, j - 1) !== inside(i, j)) members.push({ type: 'way', id: edgeWay(position, WAY.horizontal + TRACK.middle), role: 'outer' });
    }
  }
  return members;
}

function drawAdministration(drawing: CityDrawing): void {
  const { plan } = drawing;
  const cellAt = (column: number, row: number): CityPlan['cells'][number] | undefined =>
    column < 0 || row < 0 || column >= plan.columns || row >= plan.rows ? undefined : plan.cells[row * plan.columns + column];
  const add = (level: string, zh: string, en: string, code: string, inside: CellSet, cells: readonly { column: number; row: number }[]): void => {
    const columns = cells.map((cell) => cell.column);
    const rows = cells.map((cell) => cell.row);
    const box = [Math.min(...columns), Math.min(...rows), Math.max(...columns), Math.max(...rows)] as const;
    drawing.relation(listBoundary(plan, inside, box), ['type', 'boundary', 'boundary', 'administrative', 'admin_level', level, 'name', zh, 'name:en', en, 'ref', code]);
  };
  add('5', CITY_NAME.zh, CITY_NAME.en, CITY_UNIT, (c, r) => cellAt(c, r) !== undefined, plan.cells);
  for (const district of plan.districts) {
    const cells = district.blocks.flatMap((block) => block.cells);
    add('6', district.name.zh, district.name.en, district.unitId, (c, r) => cellAt(c, r)?.block.district === district, cells);
    for (const block of district.blocks) add('8', block.name.zh, block.name.en, block.unitId, (c, r) => cellAt(c, r)?.block === block, block.cells);
  }
}

