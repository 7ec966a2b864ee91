/** Places: one, its children, all of a level. */
import type { Bilingual } from '../../core/bilingual.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { Box, Geometry } from '../../engine/spatial/geometry.ts';
import type { Attributes, PlaceLevel } from '../../import/model.ts';
import type { Session } from '../database.ts';
import type { Place } from '../model.ts';
import { DERIVED_BATCH } from '../store/revisions.ts';
import type { BoxRow, PageQuery, Scope } from './conditions.ts';
import { BOX_COLUMNS, Conditions, geometryOf } from './conditions.ts';

interface PlaceRow {
  batch_id: number;
  place_id: string;
  level: PlaceLevel;
  parent_id: string | null;
  name: Bilingual;
  derived: boolean;
  outside: boolean;
  population: number | null;
  households: number | null;
  area_m2: number | null;
  attributes: Attributes;
  geom: string | null;
}

/** A place as lists show it: its box in place of its outline. */
export interface PlaceHead extends Omit<Place, 'geometry' | 'attributes'> {
  readonly box: Box | undefined;
}

export interface PlaceWhole extends Omit<Place, 'geometry'> {
  readonly geometry: Geometry | undefined;
}

const PLACE_COLUMNS =
  "batch_id, place_id, level, parent_id, name, derived, coalesce(attributes->'outside_built_up' = 'true', false) as outside, population, households, area_m2";

function toBox(row: BoxRow): Box | undefined {
  return row.west === null ? undefined : [row.west, row.south, row.east, row.north];
}

function toPlaceHead(row: Omit<PlaceRow, 'geom' | 'attributes'> & BoxRow): PlaceHead {
  return { ...toPlaceFields(row), box: toBox(row) };
}

function toPlaceFields(row: Omit<PlaceRow, 'geom' | 'attributes'>): Omit<PlaceHead, 'box'> {
  return {
    batchId: row.batch_id,
    placeId: row.place_id,
    level: row.level,
    parentId: row.parent_id ?? undefined,
    name: row.name,
    derived: row.derived,
    outsideBuiltUp: row.outside,
    population: row.population ?? undefined,
    households: row.households ?? undefined,
    areaM2: row.area_m2 ?? 0,
  };
}

export interface PlaceFilter {
  readonly level?: string | undefined;
  readonly parent?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

export async function listPlaces(database: Session, scope: Scope, filter: PlaceFilter): Promise<{ total: number; places: PlaceHead[] }> {
  const conditions = new Conditions(scope, 'place');
  conditions.equal('level', filter.level);
  conditions.equal('parent_id', filter.parent);
  const counted = await database.query<{ count: number }>(`select count(*) as count from place where ${conditions}`, conditions.parameters);
  const where = conditions.toString();
  const rows = await database.query<Omit<PlaceRow, 'geom' | 'attributes'> & BoxRow>(
    `select ${PLACE_COLUMNS}, ${BOX_COLUMNS} from place where ${where} order by level, place_id limit ${conditions.parameter(filter.limit)} offset ${conditions.parameter(filter.offset)}`,
    conditions.parameters,
  );
  return { total: Number(counted[0].count), places: rows.map(toPlaceHead) };
}

export async function listPlacePage(database: Session, scope: Scope, level: string, query: PageQuery): Promise<PlaceWhole[]> {
  const conditions = new Conditions(scope, 'place');
  conditions.equal('level', level);
  conditions.meets(query.box);
  if (query.after !== undefined) conditions.add(`place_id > ${conditions.parameter(query.after)}`);
  const rows = await database.query<PlaceRow>(
    `select ${PLACE_COLUMNS}, attributes, geom from place where ${conditions} order by place_id limit ${conditions.parameter(query.limit)} offset ${conditions.parameter(query.offset)}`,
    conditions.parameters,
  );
  return rows.map(toPlace);
}

function toPlace(row: PlaceRow): PlaceWhole {
  return { ...toPlaceFields(row), attributes: row.attributes, geometry: row.geom === null ? undefined : geometryOf(row.geom) };
}

/** @throws ChengmaiError not-found `base/no-place` */
export async function getPlace(database: Session, scope: Scope, placeId: string): Promise<PlaceWhole> {
  const conditions = new Conditions(scope, 'place');
  conditions.equal('place_id', placeId);
  const rows = await database.query<PlaceRow>(`select ${PLACE_COLUMNS}, attributes, geom from place where ${conditions} order by batch_id desc limit 1`, conditions.parameters);
  if (rows.length > 0) return toPlace(rows[0]);
  throw new ChengmaiError('not-found', 'base/no-place', {
    zh: `城市“${scope.cityId}”的当前版本没有空间单元“${placeId}”；请按名称搜索，或查看空间单元列表。`,
    en: `The present revision of the city "${scope.cityId}" has no place "${placeId}"; search for its name or look through the list of places.`,
  }, { value: placeId });
}

export async function countChildren(database: Session, scope: Scope, placeId: string): Promise<Record<string, number>> {
  const rows = await database.query<{ level: string; count: number }>(
    `select level, count(*) as count from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and parent_id = $3 group by 1 order by 1`,
    [scope.cityId, scope.batches, placeId],
  );
  return Object.fromEntries(rows.map((row) => [row.level, Number(row.count)]));
}

/** A place by what it is called, for a line of links. */
export interface PlaceName {
  readonly placeId: string;
  readonly level: PlaceLevel;
  readonly name: Bilingual;
}

/** Levels are seven; registries of units that name each other as parents must not turn in a circle. */
const MOST_ANCESTORS = 10;

/** The places that hold a place, the nearest first. A parent that the revision does not hold ends the line. */
export async function listAncestors(database: Session, { cityId, batches }: Scope, placeId: string): Promise<PlaceName[]> {
  const rows = await database.query<Pick<PlaceRow, 'place_id' | 'level' | 'name'>>(
    `with recursive line as (
       select parent_id, array[place_id] as seen from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and place_id = $3
       union all
       select p.parent_id, line.seen || p.place_id from line
       join place p on p.city_id = $1 and p.batch_id = ${DERIVED_BATCH} and p.place_id = line.parent_id
       where not p.place_id = any(line.seen) and cardinality(line.seen) <= ${MOST_ANCESTORS}
     )
     select p.place_id, p.level, p.name from line
     join place p on p.city_id = $1 and p.batch_id = ${DERIVED_BATCH} and p.place_id = line.seen[cardinality(line.seen)]
     where cardinality(line.seen) > 1 order by cardinality(line.seen)`,
    [cityId, batches, placeId],
  );
  return rows.map((row) => ({ placeId: row.place_id, level: row.level, name: row.name }));
}
