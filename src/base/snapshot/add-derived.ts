/** Rows of the derived batch: facilities, population, places → sections `facility.*`, `entrance.*`, `population.*`, `place.*`. */
import type { Bilingual } from '../../core/bilingual.ts';
import { pointInside } from '../../engine/spatial/containment.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { Session } from '../database.ts';
import type { TextTable } from './growing-arrays.ts';
import { growingF32, growingF64, growingI32, growingU32, growingU8, ShapeList, toE7 } from './growing-arrays.ts';
import type { SnapshotMeta } from './model.ts';
import type { Sections, SnapshotScope } from './scope.ts';

export const LEVELS: readonly PlaceLevel[] = ['building', 'community', 'block', 'district', 'city', 'zone', 'cell'];
const BASES = ['building', 'street-node', 'cell'] as const;
const CHUNK = 20_000;

const hexGeometry = (hex: string): ReturnType<typeof fromWkb> => fromWkb(Buffer.from(hex, 'hex'));

/** Rows of a derived table in chunks by a key, each chunk as one value: row by row 2,300 facilities take twice as long. Geometries are asked for as text, for JSON would have them as GeoJSON. */
async function* readRows<Row extends { key: string | number }>(database: Session, sql: (condition: string) => string, scope: SnapshotScope, first: string | number): AsyncGenerator<Row[]> {
  if (scope.derivedBatch === undefined) return;
  let last = first;
  for (;;) {
    const [{ joined }] = await database.query<{ joined: string }>(`select coalesce(json_agg(chosen order by chosen.key), '[]')::text as joined from (${sql('city_id = $1 and batch_id = $2')} limit ${CHUNK}) chosen`, [scope.cityId, scope.derivedBatch, last]);
    const rows = JSON.parse(joined) as Row[];
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

export async function addFacilities(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<{ facilities: number; facilityKinds: SnapshotMeta['facilityKinds'] }> {
  const rows: FacilityRow[] = [];
  const sql = (where: string): string => `select facility_id as key, kind, name, capacity, floor_m2, land_m2, quality, geom::text as geom, entrances::text as entrances from facility where ${where} and facility_id > $3 order by facility_id`;
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

/**
 * Points by where they are, not by the row of the file that they come from: sums over them, and ties among them, are then the same whatever
 * the order of rows (a register sorted anew moved walking detours by 1.5 %). Of points at one spot the persons decide.
 */
export function sortPoints(pointE7: Int32Array, basis: Uint8Array, persons: Float32Array): { 'population.pointE7': Int32Array; 'population.basis': Uint8Array; 'population.persons': Float32Array } {
  const points = basis.length;
  const groups = points === 0 ? 0 : persons.length / points;
  const order = Uint32Array.from({ length: points }, (_, i) => i).sort((a, b) => {
    let by = pointE7[2 * a] - pointE7[2 * b] || pointE7[2 * a + 1] - pointE7[2 * b + 1] || basis[a] - basis[b];
    for (let g = 0; g < groups && by === 0; g++) by = persons[g * points + a] - persons[g * points + b];
    return by;
  });
  return {
    'population.pointE7': Int32Array.from({ length: 2 * points }, (_, i) => pointE7[2 * order[i >> 1] + (i & 1)]),
    'population.basis': Uint8Array.from(order, (number) => basis[number]),
    'population.persons': Float32Array.from({ length: persons.length }, (_, i) => persons[i - (i % points) + order[i % points]]),
  };
}

/** From one group to the next by the index: `distinct` looks at every row, half of what reading them takes. */
async function listGroups(database: Session, { cityId, derivedBatch }: SnapshotScope): Promise<string[]> {
  if (derivedBatch === undefined) return [];
  const next = (condition: string): string => `(select population_group from population_point where city_id = $1 and batch_id = $2${condition} order by population_group limit 1)`;
  const rows = await database.query<{ name: string }>(
    `with recursive groups(name) as (select ${next('')} union all select ${next(' and population_group > groups.name')} from groups where name is not null)
     select name from groups where name is not null order by name`,
    [cityId, derivedBatch],
  );
  return rows.map(({ name }) => name);
}

interface PointRow {
  readonly key: number;
  /** Number in BASES. */
  readonly basis: number;
  readonly lon: number;
  readonly lat: number;
  readonly count: number;
}

const POINT_BYTES = 32;

/** Population points of a group in chunks, as one value each: 49,000 rows of five columns take 0.8 s of the embedded base, their bytes 0.1 s. */
async function* readPoints(database: Session, { cityId, derivedBatch }: SnapshotScope, group: string): AsyncGenerator<PointRow[]> {
  let last = 0;
  for (;;) {
    const [{ points }] = await database.query<{ points: string | null }>(
      `select encode(string_agg(int4send(point_id) || int4send(coalesce(array_position($5::text[], basis), 0) - 1) || float8send(ST_X(geom)) || float8send(ST_Y(geom)) || float8send(persons), ''::bytea order by point_id), 'base64') as points
       from (select point_id, basis, geom, persons from population_point where city_id = $1 and batch_id = $2 and population_group = $3 and point_id > $4 order by point_id limit ${CHUNK}) chosen`,
      [cityId, derivedBatch, group, last, BASES],
    );
    if (points === null) return;
    const bytes = Buffer.from(points, 'base64');
    const rows = Array.from({ length: bytes.length / POINT_BYTES }, (_, i): PointRow => {
      const at = i * POINT_BYTES;
      return { key: bytes.readInt32BE(at), basis: bytes.readInt32BE(at + 4), lon: bytes.readDoubleBE(at + 8), lat: bytes.readDoubleBE(at + 16), count: bytes.readDoubleBE(at + 24) };
    });
    yield rows;
    if (rows.length < CHUNK) return;
    last = rows[rows.length - 1].key;
  }
}

export async function addPopulation(database: Session, scope: SnapshotScope, sections: Sections): Promise<{ points: number; groups: string[] }> {
  const numbers = new Map<number, number>();
  const point = growingI32();
  const basis = growingU8();
  const byGroup: { group: string; persons: Map<number, number> }[] = [];
  for (const group of await listGroups(database, scope)) {
    const persons = new Map<number, number>();
    for await (const rows of readPoints(database, scope, group)) {
      for (const { key, basis: rowBasis, lon, lat, count } of rows) {
        let number = numbers.get(key);
        if (number === undefined) {
          number = basis.push(rowBasis);
          numbers.set(key, number);
          point.push(toE7(lon));
          point.push(toE7(lat));
        }
        persons.set(number, count);
      }
    }
    byGroup.push({ group, persons });
  }
  const all = new Float32Array(byGroup.length * basis.length);
  byGroup.forEach(({ persons }, g) => {
    for (const [number, count] of persons) all[g * basis.length + number] = count;
  });
  Object.assign(sections, sortPoints(point.finish(), basis.finish(), all));
  return { points: basis.length, groups: byGroup.map(({ group }) => group) };
}

interface PlaceRow {
  key: string;
  level: PlaceLevel;
  parent_id: string | null;
  name: Bilingual;
  derived: boolean;
  outside: boolean;
  population: number | null;
  area_m2: number | null;
  geom: string | null;
}

export async function addPlaces(database: Session, scope: SnapshotScope, texts: TextTable, sections: Sections): Promise<number> {
  const rows: PlaceRow[] = [];
  const sql = (where: string): string => `select place_id as key, level, parent_id, name, derived, coalesce(attributes->'outside_built_up' = 'true', false) as outside, population, area_m2, geom::text as geom from place where ${where} and place_id > $3 order by place_id`;
  for await (const chunk of readRows<PlaceRow>(database, sql, scope, '')) rows.push(...chunk);
  const numbers = new Map(rows.map((row, i) => [row.key, i]));
  const [id, nameZh, nameEn] = [growingU32(), growingU32(), growingU32()];
  const [level, derived, outside] = [growingU8(), growingU8(), growingU8()];
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
    outside.push(row.outside ? 1 : 0);
    population.push(row.population ?? NaN);
    area.push(row.area_m2 ?? NaN);
    shapes.add(row.geom === null ? undefined : hexGeometry(row.geom));
  }
  Object.assign(sections, {
    'place.id': id.finish(), 'place.nameZh': nameZh.finish(), 'place.nameEn': nameEn.finish(), 'place.level': level.finish(), 'place.parent': parent.finish(),
    'place.derived': derived.finish(), 'place.outside': outside.finish(), 'place.population': population.finish(), 'place.areaM2': area.finish(), ...shapes.finish('place'),
  });
  return rows.length;
}
