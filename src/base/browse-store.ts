/**
 * What readers of a city ask: its layers, one feature and its neighbours in a list, places, facilities, names.
 *
 * Every statement names the city and the batches of the revision it reads; geometry comes as the hexadecimal EWKB that
 * PostGIS prints. Counts by layer and kind are scans of an index and kept for as long as the revision is asked for.
 */
import { ChengmaiError } from '../core/errors.ts';
import type { Box, Geometry } from '../engine/spatial/geometry.ts';
import { fromWkb } from '../engine/spatial/wkb.ts';
import type { Attributes, PlaceLevel } from '../import/model.ts';
import type { Bilingual } from '../core/bilingual.ts';
import type { Session } from './database.ts';
import type { Facility, Feature, Place } from './model.ts';
import { DERIVED_BATCH } from './store/revisions.ts';

/** The rows a reader may see. */
export interface Scope {
  readonly cityId: string;
  readonly batches: readonly number[];
}

function geometryOf(hex: string): Geometry {
  return fromWkb(Buffer.from(hex, 'hex'));
}

// ---- layers --------------------------------------------------------------------------------------------------------

export interface LayerCount {
  readonly layer: string;
  readonly kinds: readonly { kind: string; count: number }[];
  readonly geometryTypes: readonly Geometry['type'][];
}

const GEOMETRY_TYPES: Readonly<Record<string, Geometry['type']>> = {
  ST_Point: 'Point',
  ST_MultiPoint: 'MultiPoint',
  ST_LineString: 'LineString',
  ST_MultiLineString: 'MultiLineString',
  ST_Polygon: 'Polygon',
  ST_MultiPolygon: 'MultiPolygon',
};

interface CountRow {
  layer: string;
  kind: string;
  shape: string;
  count: number;
}

/** Feature layers, then `facility` (by kind), `place` (by level), `population` (by group); kinds by falling count. */
export async function listLayerCounts(database: Session, { cityId, batches }: Scope): Promise<LayerCount[]> {
  const rows = await database.query<CountRow>(
    `select layer, kind, ST_GeometryType(geom) as shape, count(*) as count from feature where city_id = $1 and batch_id = any($2) group by 1, 2, 3
     union all select 'facility', kind, ST_GeometryType(geom), count(*) from facility where city_id = $1 and batch_id = ${DERIVED_BATCH} group by 1, 2, 3
     union all select 'place', level, ST_GeometryType(geom), count(*) from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and geom is not null group by 1, 2, 3
     union all select 'population', population_group, 'ST_Point', count(*) from population_point where city_id = $1 and batch_id = ${DERIVED_BATCH} group by 1, 2`,
    [cityId, batches],
  );
  const layers = new Map<string, { kinds: Map<string, number>; shapes: Set<Geometry['type']> }>();
  for (const { layer, kind, shape, count } of rows) {
    let entry = layers.get(layer);
    if (entry === undefined) layers.set(layer, (entry = { kinds: new Map(), shapes: new Set() }));
    entry.kinds.set(kind, (entry.kinds.get(kind) ?? 0) + Number(count));
    entry.shapes.add(GEOMETRY_TYPES[shape]);
  }
  return [...layers].map(([layer, { kinds, shapes }]) => ({
    layer,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    geometryTypes: [...shapes].sort(),
  }));
}

/** Persons by group, summed over where they live. */
export async function listPopulationTotals(database: Session, { cityId, batches }: Scope): Promise<{ group: string; persons: number }[]> {
  return database.query(
    `select population_group as "group", sum(persons) as persons from population_point
     where city_id = $1 and batch_id = ${DERIVED_BATCH} group by 1 order by 1`,
    [cityId, batches],
  );
}

// ---- features ------------------------------------------------------------------------------------------------------

interface FeatureRow {
  batch_id: number;
  feature_id: number;
  layer: string;
  kind: string;
  source_id: string;
  name: string | null;
  name_en: string | null;
  attributes: Attributes;
  geom: string;
}

const FEATURE_COLUMNS = 'batch_id, feature_id, layer, kind, source_id, name, name_en, attributes, geom';

function toFeature(row: FeatureRow): Feature {
  return {
    batchId: row.batch_id,
    featureId: row.feature_id,
    layer: row.layer,
    kind: row.kind,
    sourceId: row.source_id,
    name: row.name ?? undefined,
    nameEn: row.name_en ?? undefined,
    attributes: row.attributes,
    geometry: geometryOf(row.geom),
  };
}

/** @throws ChengmaiError not-found `base/no-feature` */
export async function getFeature(database: Session, { cityId, batches }: Scope, batchId: number, featureId: number): Promise<Feature> {
  const rows = await database.query<FeatureRow>(
    `select ${FEATURE_COLUMNS} from feature where city_id = $1 and batch_id = any($2) and batch_id = $3 and feature_id = $4`,
    [cityId, batches, batchId, featureId],
  );
  if (rows.length > 0) return toFeature(rows[0]);
  throw new ChengmaiError('not-found', 'base/no-feature', {
    zh: `城市“${cityId}”的当前版本没有要素 ${batchId}/${featureId}；文件可能已被替换。`,
    en: `The present revision of the city "${cityId}" has no feature ${batchId}/${featureId}; its file may have been replaced.`,
  }, { value: `${batchId}/${featureId}` });
}

export interface PageQuery {
  readonly box?: Box | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly limit: number;
  readonly offset: number;
  /** Only rows behind the one of this id in the order of the list; a page deep in a long list so costs as little as the first. */
  readonly after?: string | undefined;
}

/** Collects the conditions of a statement with their parameters. */
class Conditions {
  readonly parameters: unknown[];
  readonly #clauses: string[];

  constructor({ cityId, batches }: Scope, table: 'feature' | 'place' | 'facility') {
    this.parameters = [cityId, batches];
    this.#clauses = ['city_id = $1', table === 'feature' ? 'batch_id = any($2)' : `batch_id = ${DERIVED_BATCH}`];
  }

  parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  add(clause: string): void {
    this.#clauses.push(clause);
  }

  equal(column: string, value: unknown): void {
    if (value !== undefined) this.add(`${column} = ${this.parameter(value)}`);
  }

  /** Geometry that meets the box; one whose west is greater than its east spans the antimeridian. */
  meets(box: Box | undefined): void {
    if (box === undefined) return;
    const [west, south, east, north] = box;
    const parts: Box[] = west <= east ? [box] : [[west, south, 180, north], [-180, south, east, north]];
    this.add(`(${parts.map((part) => {
      const envelope = `ST_MakeEnvelope(${part.map((value) => `${this.parameter(value)}::float8`).join(', ')}, 4326)`;
      return `(geom && ${envelope} and ST_Intersects(geom, ${envelope}))`;
    }).join(' or ')})`);
  }

  toString(): string {
    return this.#clauses.join(' and ');
  }
}

function selection(scope: Scope, table: 'feature' | 'facility', { box, kind, name }: PageQuery): Conditions {
  const conditions = new Conditions(scope, table);
  conditions.equal('kind', kind);
  conditions.equal('name', name);
  conditions.meets(box);
  return conditions;
}

/**
 * One page of a layer's features, in the order of their ids.
 *
 * Batch by batch, because PostgreSQL cannot read an index in order for several batches at once: it sorted all 51,000
 * streets of Porto for a page of ten (400 ms).
 */
export async function listFeatures(database: Session, scope: Scope, layer: string, query: PageQuery): Promise<Feature[]> {
  const [afterBatch, afterFeature] = (query.after ?? '0-0').split('-').map(Number);
  const batches = scope.batches.filter((batchId) => batchId >= afterBatch);
  const conditions = new Conditions({ cityId: scope.cityId, batches }, 'feature');
  conditions.equal('layer', layer);
  conditions.equal('kind', query.kind);
  conditions.equal('name', query.name);
  conditions.meets(query.box);
  conditions.add('batch_id = b.id');
  if (query.after !== undefined) conditions.add(`feature_id > case when b.id = ${conditions.parameter(afterBatch)}::int then ${conditions.parameter(afterFeature)}::int else -1 end`);
  const most = conditions.parameter(query.limit + query.offset);
  const rows = await database.query<FeatureRow>(
    `select f.* from unnest($2::int[]) as b (id)
     cross join lateral (select ${FEATURE_COLUMNS} from feature where ${conditions} order by feature_id limit ${most}::int) f
     order by batch_id, feature_id limit ${conditions.parameter(query.limit)} offset ${conditions.parameter(query.offset)}`,
    conditions.parameters,
  );
  return rows.map(toFeature);
}

/** Counting stops here: a client that pages through more does not need the exact number. */
const COUNT_LIMIT = 200_000;

/** How many rows a query meets, or undefined above {@link COUNT_LIMIT}. */
export async function countRows(
  database: Session,
  scope: Scope,
  table: 'feature' | 'place' | 'facility',
  column: 'layer' | 'level' | undefined,
  value: string | undefined,
  query: Omit<PageQuery, 'limit' | 'offset'>,
): Promise<number | undefined> {
  const conditions = new Conditions(scope, table);
  if (table !== 'place') {
    conditions.equal('kind', query.kind);
    conditions.equal('name', query.name);
  }
  conditions.meets(query.box);
  if (column !== undefined) conditions.equal(column, value);
  const rows = await database.query<{ count: number }>(
    `select count(*) as count from (select 1 from ${table} where ${conditions} limit ${COUNT_LIMIT + 1}) counted`,
    conditions.parameters,
  );
  return Number(rows[0].count) > COUNT_LIMIT ? undefined : Number(rows[0].count);
}

// ---- places --------------------------------------------------------------------------------------------------------

interface PlaceRow {
  batch_id: number;
  place_id: string;
  level: PlaceLevel;
  parent_id: string | null;
  name: Bilingual;
  derived: boolean;
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

const PLACE_COLUMNS = 'batch_id, place_id, level, parent_id, name, derived, population, households, area_m2';
const BOX_COLUMNS = 'ST_XMin(geom) as west, ST_YMin(geom) as south, ST_XMax(geom) as east, ST_YMax(geom) as north';

interface BoxRow {
  west: number | null;
  south: number;
  east: number;
  north: number;
}

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

// ---- facilities ----------------------------------------------------------------------------------------------------

interface FacilityRow {
  batch_id: number;
  facility_id: string;
  kind: string;
  name: string | null;
  capacity: number | null;
  floor_m2: number | null;
  land_m2: number | null;
  sources: string[];
  quality: 'registry' | 'proxy';
  attributes: Attributes;
  geom: string;
  entrances: string | null;
  lon: number;
  lat: number;
}

/** A facility with a point inside it, for lists and labels. */
export interface FacilityAt extends Facility {
  readonly point: [number, number];
}

const FACILITY_COLUMNS = `batch_id, facility_id, kind, name, capacity, floor_m2, land_m2, sources, quality, attributes, geom, entrances,
  ST_X(ST_PointOnSurface(geom)) as lon, ST_Y(ST_PointOnSurface(geom)) as lat`;

function toFacility(row: FacilityRow): FacilityAt {
  return {
    batchId: row.batch_id,
    facilityId: row.facility_id,
    kind: row.kind,
    name: row.name ?? undefined,
    capacity: row.capacity ?? undefined,
    floorM2: row.floor_m2 ?? undefined,
    landM2: row.land_m2 ?? undefined,
    sources: row.sources,
    quality: row.quality,
    attributes: row.attributes,
    geometry: geometryOf(row.geom),
    entrances: row.entrances === null ? undefined : geometryOf(row.entrances),
    point: [row.lon, row.lat],
  };
}

export async function listFacilities(database: Session, scope: Scope, query: PageQuery): Promise<FacilityAt[]> {
  const conditions = selection(scope, 'facility', query);
  const rows = await database.query<FacilityRow>(
    `select ${FACILITY_COLUMNS} from facility where ${conditions} order by facility_id limit ${conditions.parameter(query.limit)} offset ${conditions.parameter(query.offset)}`,
    conditions.parameters,
  );
  return rows.map(toFacility);
}

/** @throws ChengmaiError not-found `base/no-facility` */
export async function getFacility(database: Session, scope: Scope, facilityId: string): Promise<FacilityAt> {
  const conditions = new Conditions(scope, 'facility');
  conditions.equal('facility_id', facilityId);
  const rows = await database.query<FacilityRow>(`select ${FACILITY_COLUMNS} from facility where ${conditions} order by batch_id desc limit 1`, conditions.parameters);
  if (rows.length > 0) return toFacility(rows[0]);
  throw new ChengmaiError('not-found', 'base/no-facility', {
    zh: `城市“${scope.cityId}”的当前版本没有设施“${facilityId}”；请按名称搜索，或查看设施列表。`,
    en: `The present revision of the city "${scope.cityId}" has no facility "${facilityId}"; search for its name or look through the list of facilities.`,
  }, { value: facilityId });
}

export async function countFacilityKinds(database: Session, scope: Scope): Promise<{ kind: string; count: number }[]> {
  const rows = await database.query<{ kind: string; count: number }>(
    `select kind, count(*) as count from facility where city_id = $1 and batch_id = ${DERIVED_BATCH} group by 1 order by 2 desc, 1`,
    [scope.cityId, scope.batches],
  );
  return rows.map((row) => ({ kind: row.kind, count: Number(row.count) }));
}

// ---- search --------------------------------------------------------------------------------------------------------

export interface NameHit {
  readonly type: 'feature' | 'place' | 'facility';
  readonly id: string;
  readonly name: string;
  readonly nameEn: string | undefined;
  readonly layer: string;
  readonly kind: string;
  readonly point: [number, number];
  readonly box: Box;
}

interface HitRow extends BoxRow {
  type: NameHit['type'];
  id: string;
  name: string | null;
  name_en: string | null;
  layer: string;
  kind: string;
  lon: number;
  lat: number;
}

/** Each of the three tables gives at most this many candidates; what matches best comes first. */
const CANDIDATES = 400;

/**
 * Whatever has the text in its name, in either language, case aside: names equal to it first, then those that begin with
 * it, then the rest; places before facilities before features, large before small. Equal names of one kind (the pieces of a
 * street) count once.
 */
export async function searchNames(database: Session, { cityId, batches }: Scope, text: string, limit: number): Promise<NameHit[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await database.query<HitRow>(
    `with hit as (
       (select 'place' as type, place_id as id, name->>'zh' as name, name->>'en' as name_en, level as layer, level as kind, coalesce(area_m2, 0) as size, geom
        from place where city_id = $1 and batch_id = ${DERIVED_BATCH} and level <> 'cell' and geom is not null and (name->>'zh' ilike $3 or name->>'en' ilike $3) limit ${CANDIDATES})
       union all
       (select 'facility', facility_id, name, null, 'facility', kind, coalesce(land_m2, 0), geom
        from facility where city_id = $1 and batch_id = ${DERIVED_BATCH} and name ilike $3 limit ${CANDIDATES})
       union all
       (select distinct on (layer, kind, name) 'feature', batch_id || '/' || feature_id, name, name_en, layer, kind, size, geom
        from feature where city_id = $1 and batch_id = any($2) and (name ilike $3 or name_en ilike $3)
        order by layer, kind, name, size desc limit ${CANDIDATES})
     ), best as (
       select *, case when lower(name) = lower($4) or lower(name_en) = lower($4) then 0
         when starts_with(lower(name), lower($4)) or starts_with(lower(name_en), lower($4)) then 1 else 2 end as rank,
         case type when 'place' then 0 when 'facility' then 1 else 2 end as type_rank
       from hit
       order by rank, type_rank, layer = 'place-name' desc, size desc, name limit $5
     )
     select type, id, name, name_en, layer, kind, ${BOX_COLUMNS}, ST_X(ST_PointOnSurface(geom)) as lon, ST_Y(ST_PointOnSurface(geom)) as lat
     from best order by rank, type_rank, layer = 'place-name' desc, size desc, name`,
    [cityId, batches, pattern, text, limit],
  );
  return rows.map((row) => ({
    type: row.type,
    id: row.id,
    name: row.name ?? row.name_en ?? '',
    nameEn: row.name_en ?? undefined,
    layer: row.layer,
    kind: row.kind,
    point: [row.lon, row.lat],
    box: [row.west as number, row.south, row.east, row.north],
  }));
}
