/**
 * Made-up cities for tests: a CityData from plain objects, without a database. Everything is said in metres east and north of a corner on
 * the equator at 100° E, where a degree is as long at one end of a small city as at the other: 3 km are 3 km within 1 cm (the 10⁻⁷
 * degrees that coordinates are rounded to).
 *
 *     const city = makeCity({
 *       places: [{ id: 'city', level: 'city', box: [0, 0, 1000, 1000] }, { id: 'a', level: 'community', parent: 'city', box: [0, 0, 500, 1000] }],
 *       residents: [{ at: [100, 100], persons: 30 }, { at: [700, 100], persons: { total: 10, '65+': 2 } }],
 *       facilities: [{ kind: 'kindergarten', at: [120, 100], registry: true }],
 *       streets: gridStreets([0, 0, 1000, 1000], 100),
 *     });
 */
import type { Network } from '../../engine/graph/network/network.ts';
import { buildNetwork } from '../../engine/graph/network/build-network.ts';
import { Growing, growingF32, growingF64, growingI32, growingU32, growingU8, ShapeList, TextTable } from '../../base/snapshot/growing-arrays.ts';
import type { Snapshot, SnapshotMeta } from '../../base/snapshot/model.ts';
import { SNAPSHOT_VERSION } from '../../base/snapshot/model.ts';
import { viewSnapshot } from '../../base/snapshot/view-snapshot.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildLine, buildPoint, buildPolygon } from '../../engine/spatial/geometry.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { SectionArray } from '../../engine/spatial/section-buffer.ts';
import { writeSections } from '../../engine/spatial/section-buffer.ts';
import type { Attributes, PlaceLevel, TableContract } from '../../import/model.ts';
import { PLACE_LEVELS } from '../../import/model.ts';
import type { CityClass, CityRank } from '../model.ts';
import { buildCityTable } from './build-table.ts';
import type { CityData, CityTable, CoastLines } from './city-data.ts';
import { buildCityData } from './build-city-data.ts';
import { buildPlaceTree } from './place-tree.ts';
import type { TransitSchedule } from './transit-schedule.ts';

/** Metres east, north. */
export type At = readonly [number, number];
/** Metres: west, south, east, north. */
export type BoxM = readonly [number, number, number, number];

/** Where something is: a square, a ring of any shape (open or closed), a line, or a spot. */
interface Shaped {
  readonly box?: BoxM;
  readonly ring?: readonly At[];
  readonly line?: readonly At[];
  readonly at?: At;
}

export interface CityPlan {
  readonly cityId?: string;
  readonly period?: number;
  readonly cityClass?: CityClass;
  readonly cityRank?: CityRank;
  /** In any order; the snapshot has them by id. Absent: one city of 10 × 10 km. */
  readonly places?: readonly (Shaped & { readonly id: string; readonly level: PlaceLevel; readonly parent?: string; readonly name?: string; readonly outside?: boolean; readonly population?: number; readonly derived?: boolean })[];
  readonly residents?: readonly { readonly at: At; readonly persons: number | Readonly<Record<string, number>>; readonly basis?: 0 | 1 | 2 }[];
  /** In any order; the snapshot has them by kind, then id (`f0`, `f1` … in the order given unless said). */
  readonly facilities?: readonly (Shaped & {
    readonly kind: string; readonly id?: string; readonly name?: string; readonly registry?: boolean;
    readonly capacity?: number; readonly floorM2?: number; readonly landM2?: number; readonly entrances?: readonly At[];
  })[];
  readonly landUse?: readonly (Shaped & { readonly kind: string; readonly water?: boolean; readonly source?: string })[];
  readonly buildings?: readonly (Shaped & { readonly kind?: string; readonly storeys?: number; readonly residential?: boolean; readonly source?: string })[];
  readonly jobs?: readonly { readonly at: At; readonly count: number }[];
  /** Streets meet where they have a vertex at the same spot. */
  readonly streets?: readonly { readonly line: readonly At[]; readonly highway?: string; readonly name?: string; readonly tags?: Readonly<Record<string, string>> }[];
  readonly tables?: Partial<Record<TableContract, readonly Attributes[]>>;
  readonly transit?: TransitSchedule;
  /** Coastlines, land on their left. */
  readonly coast?: readonly (readonly At[])[];
}

const ORIGIN = { lon: 100, lat: 0 };
const DEGREE = metresPerDegree(ORIGIN.lat);

/** Degrees of a spot in metres from the corner. */
export function degreesAt([x, y]: At): [lon: number, lat: number] {
  return [ORIGIN.lon + x / DEGREE.lon, ORIGIN.lat + y / DEGREE.lat];
}

/** E7 of a spot in metres from the corner. */
export function e7At(at: At): [number, number] {
  const [lon, lat] = degreesAt(at);
  return [Math.round(lon * 1e7), Math.round(lat * 1e7)];
}

/** Streets along all lines of a grid, with a vertex at every crossing. */
export function gridStreets([west, south, east, north]: BoxM, stepM: number, highway = 'residential'): NonNullable<CityPlan['streets']> {
  const steps = (from: number, to: number): number[] => Array.from({ length: Math.floor((to - from) / stepM + 1e-9) + 1 }, (_, i) => from + i * stepM);
  const [xs, ys] = [steps(west, east), steps(south, north)];
  return [...ys.map((y) => ({ line: xs.map((x): At => [x, y]), highway })), ...xs.map((x) => ({ line: ys.map((y): At => [x, y]), highway }))];
}

function geometryOf({ box, ring, line, at }: Shaped): Geometry {
  if (box !== undefined) return geometryOf({ ring: [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]] });
  if (ring !== undefined) return buildPolygon(ring.flatMap(degreesAt));
  if (line !== undefined) return buildLine(Float64Array.from(line.flatMap(degreesAt)));
  if (at !== undefined) return buildPoint(...degreesAt(at));
  throw new RangeError('nothing says where it is: box, ring, line or at');
}

/** The spot that stands for a shape: `at` where it is said, else the middle of its box. */
function middleOf(shaped: Shaped): [number, number] {
  if (shaped.at !== undefined) return e7At(shaped.at);
  const { coordinates: c } = geometryOf(shaped);
  const middle = (axis: 0 | 1): number => {
    const values = Array.from(c).filter((_, i) => i % 2 === axis);
    return Math.round(((Math.min(...values) + Math.max(...values)) / 2) * 1e7);
  };
  return [middle(0), middle(1)];
}

type Sections = Record<string, SectionArray>;

const pushPoint = (list: Growing<Int32Array>, [x, y]: readonly [number, number]): void => {
  list.push(x);
  list.push(y);
};

function addStreets(plan: CityPlan, texts: TextTable, sections: Sections): { nodes: number; ways: number } {
  const numbers = new Map<string, number>();
  const [id, e7] = [growingF64(), growingI32()];
  const [wayEnds, wayNodes, wayKind, wayName, waySource] = [growingU32(), growingU32(), growingU32(), growingU32(), growingU32()];
  const [tagEnds, tagKey, tagValue] = [growingU32(), growingU32(), growingU32()];
  for (const [w, { line, highway = 'residential', name, tags = {} }] of (plan.streets ?? []).entries()) {
    for (const at of line) {
      const point = e7At(at);
      const key = point.join(' ');
      let node = numbers.get(key);
      if (node === undefined) {
        node = id.push(id.length + 1);
        numbers.set(key, node);
        pushPoint(e7, point);
      }
      wayNodes.push(node);
    }
    wayEnds.push(wayNodes.length);
    wayKind.push(texts.number(highway));
    wayName.push(texts.number(name));
    waySource.push(texts.number(`way/${w + 1}`));
    for (const [key, value] of Object.entries({ ...tags, highway })) {
      tagKey.push(texts.number(key));
      tagValue.push(texts.number(value));
    }
    tagEnds.push(tagKey.length);
  }
  Object.assign(sections, {
    'street.nodeId': id.finish(), 'street.nodeE7': e7.finish(), 'street.wayEnds': wayEnds.finish(), 'street.wayNodes': wayNodes.finish(), 'street.wayKind': wayKind.finish(),
    'street.wayName': wayName.finish(), 'street.waySource': waySource.finish(), 'street.tagEnds': tagEnds.finish(), 'street.tagKey': tagKey.finish(), 'street.tagValue': tagValue.finish(),
  });
  const none = (): Uint32Array => new Uint32Array(0);
  Object.assign(sections, {
    'streetPoint.node': none(), 'streetPoint.tagEnds': none(), 'streetPoint.tagKey': none(), 'streetPoint.tagValue': none(),
    'square.id': new Float64Array(0), 'square.ringEnds': none(), 'square.nodeEnds': none(), 'square.nodes': none(), 'square.tagEnds': none(), 'square.tagKey': none(), 'square.tagValue': none(),
    'turn.id': new Float64Array(0), 'turn.kind': none(), 'turn.except': none(), 'turn.vehicle': none(), 'turn.condition': none(), 'turn.viaNode': new Float64Array(0), 'turn.listEnds': none(), 'turn.ways': new Float64Array(0),
  });
  return { nodes: id.length, ways: wayEnds.length };
}

function addBuildings(plan: CityPlan, texts: TextTable, sections: Sections): void {
  const centre = growingI32();
  const [kind, source] = [growingU32(), growingU32()];
  const [footprint, storeys] = [growingF32(), growingF32()];
  const residential = growingU8();
  const shapes = new ShapeList();
  for (const [i, building] of (plan.buildings ?? []).entries()) {
    const geometry = geometryOf(building);
    pushPoint(centre, middleOf(building));
    kind.push(texts.number(building.kind ?? 'yes'));
    source.push(texts.number(building.source ?? `b${i}`));
    footprint.push(areaM2(geometry));
    storeys.push(building.storeys ?? NaN);
    residential.push(building.residential === true ? 1 : 0);
    shapes.add(geometry);
  }
  Object.assign(sections, {
    'building.centreE7': centre.finish(), 'building.kind': kind.finish(), 'building.source': source.finish(), 'building.footprintM2': footprint.finish(),
    'building.storeys': storeys.finish(), 'building.residential': residential.finish(), ...shapes.finish('building'),
  });
}

function addLandUse(plan: CityPlan, texts: TextTable, sections: Sections): void {
  const [kind, source] = [growingU32(), growingU32()];
  const area = growingF32();
  const water = growingU8();
  const shapes = new ShapeList();
  for (const [i, land] of (plan.landUse ?? []).entries()) {
    const geometry = geometryOf(land);
    kind.push(texts.number(land.kind));
    source.push(texts.number(land.source ?? `l${i}`));
    area.push(areaM2(geometry));
    water.push(land.water === true ? 1 : 0);
    shapes.add(geometry);
  }
  Object.assign(sections, { 'landUse.kind': kind.finish(), 'landUse.source': source.finish(), 'landUse.areaM2': area.finish(), 'landUse.water': water.finish(), ...shapes.finish('landUse') });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function addFacilities(plan: CityPlan, texts: TextTable, sections: Sections): SnapshotMeta['facilityKinds'] {
  const rows = (plan.facilities ?? []).map((facility, i) => ({ ...facility, id: facility.id ?? `f${i}` })).sort((a, b) => order(a.kind, b.kind) || order(a.id, b.id));
  const kinds: { kind: string; start: number; end: number }[] = [];
  const [id, name] = [growingU32(), growingU32()];
  const point = growingI32();
  const [land, floor, capacity] = [growingF32(), growingF32(), growingF32()];
  const registry = growingU8();
  const [shapes, entrances] = [new ShapeList(), new ShapeList()];
  for (const [i, row] of rows.entries()) {
    const last = kinds.at(-1);
    if (last?.kind === row.kind) last.end = i + 1;
    else kinds.push({ kind: row.kind, start: i, end: i + 1 });
    id.push(texts.number(row.id));
    name.push(texts.number(row.name));
    pushPoint(point, middleOf(row));
    land.push(row.landM2 ?? NaN);
    floor.push(row.floorM2 ?? NaN);
    capacity.push(row.capacity ?? NaN);
    registry.push(row.registry === true ? 1 : 0);
    shapes.add(geometryOf(row));
    entrances.add(row.entrances === undefined ? undefined : { type: 'MultiPoint', coordinates: Float64Array.from(row.entrances.flatMap(degreesAt)) });
  }
  Object.assign(sections, {
    'facility.id': id.finish(), 'facility.name': name.finish(), 'facility.pointE7': point.finish(), 'facility.landM2': land.finish(), 'facility.floorM2': floor.finish(),
    'facility.capacity': capacity.finish(), 'facility.registry': registry.finish(), ...shapes.finish('facility'), ...entrances.finish('entrance'),
  });
  return kinds;
}

function addPopulation(plan: CityPlan, sections: Sections): string[] {
  const residents = (plan.residents ?? []).map(({ at, persons, basis = 0 }) => ({ at, basis, persons: typeof persons === 'number' ? { total: persons } : persons }) as { at: At; basis: number; persons: Readonly<Record<string, number>> });
  const groups = [...new Set(residents.flatMap(({ persons }) => Object.keys(persons)))].sort(order);
  Object.assign(sections, {
    'population.pointE7': Int32Array.from(residents.flatMap(({ at }) => e7At(at))),
    'population.basis': Uint8Array.from(residents, ({ basis }) => basis),
    'population.persons': Float32Array.from(groups.flatMap((group) => residents.map(({ persons }) => persons[group] ?? 0))),
  });
  return groups;
}

function addPlaces(plan: CityPlan, texts: TextTable, sections: Sections): number {
  const places = [...(plan.places ?? [{ id: 'city', level: 'city' as const, box: [0, 0, 10_000, 10_000] as const }])].sort((a, b) => order(a.id, b.id)) as NonNullable<CityPlan['places']>;
  const numbers = new Map(places.map(({ id }, i) => [id, i]));
  const shapes = new ShapeList();
  for (const place of places) shapes.add(geometryOf(place));
  const text = (of: (place: (typeof places)[number]) => string): Uint32Array => Uint32Array.from(places, (place) => texts.number(of(place)));
  Object.assign(sections, {
    'place.id': text(({ id }) => id), 'place.nameZh': text(({ id, name }) => name ?? id), 'place.nameEn': text(({ id, name }) => name ?? id),
    'place.level': Uint8Array.from(places, ({ level }) => PLACE_LEVELS.indexOf(level)),
    'place.parent': Int32Array.from(places, ({ parent }) => (parent === undefined ? -1 : (numbers.get(parent) ?? -1))),
    'place.derived': Uint8Array.from(places, ({ derived }) => (derived === true ? 1 : 0)), 'place.outside': Uint8Array.from(places, ({ outside }) => (outside === true ? 1 : 0)),
    'place.population': Float64Array.from(places, ({ population }) => population ?? NaN), 'place.areaM2': Float64Array.from(places, (place) => areaM2(geometryOf(place))),
    ...shapes.finish('place'),
  });
  return places.length;
}

/** The plan as a snapshot, byte for byte as the base would keep it. */
export function makeSnapshot(plan: CityPlan): Snapshot {
  const texts = new TextTable();
  const sections: Sections = {};
  const { nodes, ways } = addStreets(plan, texts, sections);
  addBuildings(plan, texts, sections);
  addLandUse(plan, texts, sections);
  const facilityKinds = addFacilities(plan, texts, sections);
  const groups = addPopulation(plan, sections);
  const jobs = plan.jobs ?? [];
  Object.assign(sections, { 'job.pointE7': Int32Array.from(jobs.flatMap(({ at }) => e7At(at))), 'job.count': Float32Array.from(jobs, ({ count }) => count) });
  const places = addPlaces(plan, texts, sections);
  const { bytes, ends } = texts.finish();
  sections['text.bytes'] = bytes;
  sections['text.ends'] = ends;
  const count = (list: readonly unknown[] | undefined): number => list?.length ?? 0;
  const meta: SnapshotMeta = {
    cityId: plan.cityId ?? 'made', revision: 1, key: 'made', groups, facilityKinds, levels: PLACE_LEVELS,
    counts: {
      nodes, ways, buildings: count(plan.buildings), facilities: count(plan.facilities), points: count(plan.residents), places, landUses: count(plan.landUse),
      turns: 0, streetPoints: 0, squares: 0, jobPoints: jobs.length,
    },
  };
  return viewSnapshot(writeSections(SNAPSHOT_VERSION, meta, sections));
}

/** The network of a snapshot's streets that came from a plan; undefined where there are none. */
function makeNetwork({ street, text }: Snapshot): Network | undefined {
  if (street.wayEnds.length === 0) return undefined;
  const none = new Uint32Array(0);
  const { network } = buildNetwork({
    nodes: { id: street.nodeId, e7: street.nodeE7 },
    ways: { id: Float64Array.from(street.wayEnds, (_, w) => w + 1), ends: street.wayEnds, nodes: street.wayNodes, tagEnds: street.tagEnds, tagKey: street.tagKey, tagValue: street.tagValue },
    points: { node: none, tagEnds: none, tagKey: none, tagValue: none }, turns: [], areas: [], text,
  });
  return network;
}

function makeCoast(lines: readonly (readonly At[])[]): CoastLines {
  let end = 0;
  return { verticesE7: Int32Array.from(lines.flatMap((line) => line.flatMap(e7At))), ends: Uint32Array.from(lines, (line) => (end += line.length)) };
}

/** A city as operators see it. Table rows are where `lon`, `lat` of their values say (degreesAt gives them), else nowhere. */
export function makeCity(plan: CityPlan): CityData {
  const snapshot = makeSnapshot(plan);
  const tree = buildPlaceTree(snapshot);
  const placeNumbers = new Map(Array.from(snapshot.place.id, (id, place) => [snapshot.text(id), place]));
  const tables = new Map<TableContract, CityTable>();
  for (const [contract, rows] of Object.entries(plan.tables ?? {}) as [TableContract, readonly Attributes[]][]) {
    const tableRows = rows.map((values, i) => ({
      batchId: 1, row: i + 2, values, ...(typeof values['lon'] === 'number' && typeof values['lat'] === 'number' && { lon: values['lon'], lat: values['lat'] }),
    }));
    tables.set(contract, buildCityTable(tableRows, { tree, find: (id) => placeNumbers.get(id) }));
  }
  return buildCityData({
    cityId: snapshot.meta.cityId, period: plan.period ?? 2025, cityClass: plan.cityClass ?? 'medium', cityRank: plan.cityRank,
    snapshot, tree, tables, transit: plan.transit, network: makeNetwork(snapshot), coast: plan.coast && makeCoast(plan.coast),
  });
}
