/** Tables → one buffer of typed arrays. Read in chunks; each row is touched once. */
import type { WorkContext } from '../../core/progress.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import { pointInside } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { SectionArray } from '../../engine/spatial/section-buffer.ts';
import { writeSections } from '../../engine/spatial/section-buffer.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { Attributes, PlaceLevel } from '../../import/model.ts';
import type { Session } from '../database.ts';
import { readLayer } from '../derive/read-columns.ts';
import { isRegistryBuilding, matchRegistryBuildings } from '../population/registry-buildings.ts';
import { findStoreys, isResidential } from '../population/residential.ts';
import { growingF32, growingF64, growingI32, growingU32, growingU8, ShapeList, TextTable, toE7 } from './growing-arrays.ts';
import type { SnapshotMeta } from './model.ts';
import { SNAPSHOT_VERSION } from './model.ts';

type Sections = Record<string, SectionArray>;

export interface SnapshotScope {
  readonly cityId: string;
  readonly revision: number;
  readonly fileBatches: readonly number[];
  readonly derivedBatch: number | undefined;
  readonly key: string;
}

const LEVELS: readonly PlaceLevel[] = ['building', 'community', 'block', 'district', 'city', 'zone', 'cell'];
const BASES = ['building', 'street-node', 'cell'] as const;
const CHUNK = 20_000;

const hexGeometry = (hex: string): ReturnType<typeof fromWkb> => fromWkb(Buffer.from(hex, 'hex'));

export async function buildSnapshot(database: Session, scope: SnapshotScope, context: WorkContext = {}): Promise<Uint8Array<ArrayBuffer>> {
  const texts = new TextTable();
  const layers = { cityId: scope.cityId, batches: scope.fileBatches };
  const sections: Sections = {};
  const street = await addStreets(database, layers, texts, sections);
  throwIfCancelled(context.signal);
  const turns = await addTurns(database, scope, texts, sections);
  const buildings = await addBuildings(database, layers, texts, sections);
  throwIfCancelled(context.signal);
  const landUses = await addLandUse(database, layers, texts, sections);
  const { facilities, facilityKinds } = await addFacilities(database, scope, texts, sections);
  throwIfCancelled(context.signal);
  const { points, groups } = await addPopulation(database, scope, sections);
  const places = await addPlaces(database, scope, texts, sections);
  const { bytes, ends } = texts.finish();
  sections['text.bytes'] = bytes;
  sections['text.ends'] = ends;
  const meta: SnapshotMeta = {
    cityId: scope.cityId,
    revision: scope.revision,
    key: scope.key,
    counts: { ...street, turns, buildings, facilities, points, places, landUses },
    groups,
    facilityKinds,
    levels: LEVELS,
  };
  return writeSections(SNAPSHOT_VERSION, meta, sections);
}

interface LayerScope {
  readonly cityId: string;
  readonly batches: readonly number[];
}

/** Tags that say nothing about walking, driving or looks, and that would fill the text table. */
const TAGS_LEFT_OUT = /^(name|alt_name|old_name|source|note|fixme|description|website|wikidata|wikipedia|created_by|check_date|survey)(:|$)/;

async function addStreets(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<{ nodes: number; ways: number }> {
  const nodeId = growingF64();
  const nodeE7 = growingI32();
  const wayEnds = growingU32();
  const wayNodes = growingU32();
  const [wayKind, wayName, waySource, tagEnds, tagKey, tagValue] = [growingU32(), growingU32(), growingU32(), growingU32(), growingU32(), growingU32()];
  const byId = new Map<number, number>();
  const byPlace = new Map<string, number>();
  const addNode = (id: number, x: number, y: number): number => {
    nodeE7.push(x);
    nodeE7.push(y);
    return nodeId.push(id);
  };
  const numberNode = (id: number, x: number, y: number): number => {
    let number = byId.get(id);
    if (number === undefined) byId.set(id, (number = addNode(id, x, y)));
    return number;
  };
  // streets of files without node ids meet where their vertices coincide
  const numberPlace = (x: number, y: number): number => {
    let number = byPlace.get(`${x} ${y}`);
    if (number === undefined) byPlace.set(`${x} ${y}`, (number = addNode(-1 - nodeId.length, x, y)));
    return number;
  };
  const columns = [
    'kind', 'name', 'source_id', 'attributes::text',
    `(select array_to_string(s.node_ids, ',') from street s where s.city_id = chosen.city_id and s.batch_id = chosen.batch_id and s.feature_id = chosen.feature_id)`,
  ];
  for await (const { columns: [kinds, names, ids, attributes, nodes], geometries } of readLayer(database, { ...scope, layer: 'street', columns, geometry: true })) {
    geometries.forEach((geometry, i) => {
      if (geometry.type !== 'LineString') return;
      const c = geometry.coordinates;
      const nodeIds = nodes[i]?.split(',');
      const usable = nodeIds !== undefined && nodeIds.length === c.length / 2;
      for (let v = 0; v < c.length / 2; v++) {
        const x = toE7(c[2 * v]);
        const y = toE7(c[2 * v + 1]);
        wayNodes.push(usable ? numberNode(Number(nodeIds[v]), x, y) : numberPlace(x, y));
      }
      wayEnds.push(wayNodes.length);
      wayKind.push(texts.number(kinds[i]));
      wayName.push(texts.number(names[i]));
      waySource.push(texts.number(ids[i]));
      for (const [key, value] of Object.entries(JSON.parse(attributes[i] ?? '{}') as Attributes)) {
        if (value === null || key === 'highway' || TAGS_LEFT_OUT.test(key)) continue;
        tagKey.push(texts.number(key));
        tagValue.push(texts.number(String(value)));
      }
      tagEnds.push(tagKey.length);
    });
  }
  Object.assign(sections, {
    'street.nodeId': nodeId.finish(), 'street.nodeE7': nodeE7.finish(), 'street.wayEnds': wayEnds.finish(), 'street.wayNodes': wayNodes.finish(),
    'street.wayKind': wayKind.finish(), 'street.wayName': wayName.finish(), 'street.waySource': waySource.finish(),
    'street.tagEnds': tagEnds.finish(), 'street.tagKey': tagKey.finish(), 'street.tagValue': tagValue.finish(),
  });
  return { nodes: nodeId.length, ways: wayEnds.length };
}

async function addTurns(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows = await database.query<{ kind: string; via_node: number | string | null; from_ways: (number | string)[]; via_ways: (number | string)[]; to_ways: (number | string)[] }>(
    `select kind, via_node, from_ways, via_ways, to_ways from turn_restriction where city_id = $1 and batch_id = any($2) order by batch_id, source_id`,
    [scope.cityId, scope.fileBatches],
  );
  const kind = growingU32();
  const viaNode = growingF64();
  const listEnds = growingU32();
  const ways = growingF64();
  for (const row of rows) {
    kind.push(texts.number(row.kind));
    viaNode.push(row.via_node === null ? NaN : Number(row.via_node));
    for (const list of [row.from_ways, row.via_ways, row.to_ways]) {
      for (const way of list) ways.push(Number(way));
      listEnds.push(ways.length);
    }
  }
  Object.assign(sections, { 'turn.kind': kind.finish(), 'turn.viaNode': viaNode.finish(), 'turn.listEnds': listEnds.finish(), 'turn.ways': ways.finish() });
  return rows.length;
}

async function addBuildings(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows: { kind: string; sourceId: string; attributes: Attributes; geometry: Geometry; lon: number; lat: number; footprintM2: number; registry: boolean }[] = [];
  for await (const { columns: [kinds, ids, sizes, attributes], geometries } of readLayer(database, { ...scope, layer: 'building', columns: ['kind', 'source_id', 'size::text', 'attributes::text'], geometry: true })) {
    geometries.forEach((geometry, i) => {
      const tags = JSON.parse(attributes[i] ?? '{}') as Attributes;
      const [lon, lat] = pointInside(geometry);
      rows.push({ kind: kinds[i] ?? '', sourceId: ids[i] ?? '', attributes: tags, geometry, lon, lat, footprintM2: Number(sizes[i]), registry: isRegistryBuilding(tags) });
    });
  }
  // a building of registry and map comes once: what the registry says, in the outline of the map where the registry has a point
  const rowOf = matchRegistryBuildings(rows);
  const drawn = new Map<number, number>();
  rowOf.forEach((row, i) => {
    if (row >= 0 && rows[row].footprintM2 === 0 && !drawn.has(row)) drawn.set(row, i);
  });
  const centre = growingI32();
  const [kind, source] = [growingU32(), growingU32()];
  const [footprint, storeys] = [growingF32(), growingF32()];
  const residential = growingU8();
  const shapes = new ShapeList();
  rows.forEach((row, i) => {
    if (rowOf[i] >= 0) return;
    const outline = rows[drawn.get(i) ?? i];
    centre.push(toE7(row.lon));
    centre.push(toE7(row.lat));
    kind.push(texts.number(row.kind));
    source.push(texts.number(row.sourceId));
    footprint.push(outline.footprintM2);
    storeys.push(findStoreys(row.attributes) ?? NaN);
    residential.push(isResidential(row.kind, row.attributes) ? 1 : 0);
    shapes.add(outline.geometry);
  });
  Object.assign(sections, {
    'building.centreE7': centre.finish(), 'building.kind': kind.finish(), 'building.source': source.finish(), 'building.footprintM2': footprint.finish(),
    'building.storeys': storeys.finish(), 'building.residential': residential.finish(), ...shapes.finish('building'),
  });
  return kind.length;
}

async function addLandUse(database: Session, scope: LayerScope, texts: TextTable, sections: Sections): Promise<number> {
  const [kind, source] = [growingU32(), growingU32()];
  const area = growingF32();
  const water = growingU8();
  const shapes = new ShapeList();
  for (const layer of ['land-use', 'water']) {
    for await (const { columns: [kinds, ids, sizes], geometries } of readLayer(database, { ...scope, layer, columns: ['kind', 'source_id', 'size::text'], where: 'ST_Dimension(geom) = 2', geometry: true, chunk: 5000 })) {
      geometries.forEach((geometry, i) => {
        kind.push(texts.number(kinds[i]));
        source.push(texts.number(ids[i]));
        area.push(Number(sizes[i]));
        water.push(layer === 'water' ? 1 : 0);
        shapes.add(geometry);
      });
    }
  }
  Object.assign(sections, { 'landUse.kind': kind.finish(), 'landUse.source': source.finish(), 'landUse.areaM2': area.finish(), 'landUse.water': water.finish(), ...shapes.finish('landUse') });
  return kind.length;
}

/** Rows of a derived table in chunks by a key. */
async function* readRows<Row extends { key: string | number }>(database: Session, sql: (condition: string) => string, scope: SnapshotScope, first: string | number): AsyncGenerator<Row[]> {
  if (scope.derivedBatch === undefined) return;
  let last = first;
  for (;;) {
    const rows = await database.query<Row>(`${sql('city_id = $1 and batch_id = $2')} limit ${CHUNK}`, [scope.cityId, scope.derivedBatch, last]);
    if (rows.length > 0) yield rows;
    if (rows.length < CHUNK) return;
    last = rows[rows.length - 1].key;
  }
}

interface FacilityRow {
  key: string;
  kind: string;
  name: string | null;
  capacity: number | null;
  floor_m2: number | null;
  land_m2: number | null;
  quality: string;
  geom: string;
  entrances: string | null;
}

async function addFacilities(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<{ facilities: number; facilityKinds: SnapshotMeta['facilityKinds'] }> {
  const rows: FacilityRow[] = [];
  const sql = (where: string): string => `select facility_id as key, kind, name, capacity, floor_m2, land_m2, quality, geom, entrances from facility where ${where} and facility_id > $3 order by facility_id`;
  for await (const chunk of readRows<FacilityRow>(database, sql, scope, '')) rows.push(...chunk);
  rows.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.key < b.key ? -1 : 1));
  const facilityKinds: { kind: string; start: number; end: number }[] = [];
  const [id, name] = [growingU32(), growingU32()];
  const point = growingI32();
  const [land, floor, capacity] = [growingF32(), growingF32(), growingF32()];
  const registry = growingU8();
  const shapes = new ShapeList();
  const entrances = new ShapeList();
  rows.forEach((row, i) => {
    const current = facilityKinds.at(-1);
    if (current?.kind === row.kind) current.end = i + 1;
    else facilityKinds.push({ kind: row.kind, start: i, end: i + 1 });
    const geometry = hexGeometry(row.geom);
    const [lon, lat] = pointInside(geometry);
    id.push(texts.number(row.key));
    name.push(texts.number(row.name));
    point.push(toE7(lon));
    point.push(toE7(lat));
    land.push(row.land_m2 ?? NaN);
    floor.push(row.floor_m2 ?? NaN);
    capacity.push(row.capacity ?? NaN);
    registry.push(row.quality === 'registry' ? 1 : 0);
    shapes.add(geometry);
    entrances.add(row.entrances === null ? undefined : hexGeometry(row.entrances));
  });
  Object.assign(sections, {
    'facility.id': id.finish(), 'facility.name': name.finish(), 'facility.pointE7': point.finish(), 'facility.landM2': land.finish(), 'facility.floorM2': floor.finish(),
    'facility.capacity': capacity.finish(), 'facility.registry': registry.finish(), ...shapes.finish('facility'), ...entrances.finish('entrance'),
  });
  return { facilities: rows.length, facilityKinds };
}

async function addPopulation(database: Session, scope: SnapshotScope, sections: Sections): Promise<{ points: number; groups: string[] }> {
  const numbers = new Map<number, number>();
  const point = growingI32();
  const basis = growingU8();
  const byGroup: { group: string; persons: Map<number, number> }[] = [];
  const groups = scope.derivedBatch === undefined ? [] : await database.query<{ population_group: string }>(
    'select distinct population_group from population_point where city_id = $1 and batch_id = $2 order by 1',
    [scope.cityId, scope.derivedBatch],
  );
  for (const { population_group: group } of groups) {
    const persons = new Map<number, number>();
    const literal = `'${group.replaceAll("'", "''")}'`;
    const sql = (where: string): string =>
      `select point_id as key, basis, persons, ST_X(geom) as lon, ST_Y(geom) as lat from population_point where ${where} and population_group = ${literal} and point_id > $3 order by point_id`;
    for await (const rows of readRows<{ key: number; basis: (typeof BASES)[number]; persons: number; lon: number; lat: number }>(database, sql, scope, 0)) {
      for (const row of rows) {
        let number = numbers.get(row.key);
        if (number === undefined) {
          number = basis.push(BASES.indexOf(row.basis));
          numbers.set(row.key, number);
          point.push(toE7(row.lon));
          point.push(toE7(row.lat));
        }
        persons.set(number, row.persons);
      }
    }
    byGroup.push({ group, persons });
  }
  const all = new Float32Array(byGroup.length * basis.length);
  byGroup.forEach(({ persons }, g) => {
    for (const [number, count] of persons) all[g * basis.length + number] = count;
  });
  Object.assign(sections, { 'population.pointE7': point.finish(), 'population.basis': basis.finish(), 'population.persons': all });
  return { points: basis.length, groups: byGroup.map(({ group }) => group) };
}

interface PlaceRow {
  key: string;
  level: PlaceLevel;
  parent_id: string | null;
  name: Bilingual;
  derived: boolean;
  population: number | null;
  area_m2: number | null;
  geom: string | null;
}

async function addPlaces(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows: PlaceRow[] = [];
  const sql = (where: string): string => `select place_id as key, level, parent_id, name, derived, population, area_m2, geom from place where ${where} and place_id > $3 order by place_id`;
  for await (const chunk of readRows<PlaceRow>(database, sql, scope, '')) rows.push(...chunk);
  const numbers = new Map(rows.map((row, i) => [row.key, i]));
  const [id, nameZh, nameEn] = [growingU32(), growingU32(), growingU32()];
  const [level, derived] = [growingU8(), growingU8()];
  const parent = growingI32();
  const [population, area] = [growingF64(), growingF64()];
  const shapes = new ShapeList();
  for (const row of rows) {
    id.push(texts.number(row.key));
    nameZh.push(texts.number(row.name.zh));
    nameEn.push(texts.number(row.name.en));
    level.push(LEVELS.indexOf(row.level));
    parent.push(row.parent_id === null ? -1 : (numbers.get(row.parent_id) ?? -1));
    derived.push(row.derived ? 1 : 0);
    population.push(row.population ?? NaN);
    area.push(row.area_m2 ?? NaN);
    shapes.add(row.geom === null ? undefined : hexGeometry(row.geom));
  }
  Object.assign(sections, {
    'place.id': id.finish(), 'place.nameZh': nameZh.finish(), 'place.nameEn': nameEn.finish(), 'place.level': level.finish(), 'place.parent': parent.finish(),
    'place.derived': derived.finish(), 'place.population': population.finish(), 'place.areaM2': area.finish(), ...shapes.finish('place'),
  });
  return rows.length;
}
