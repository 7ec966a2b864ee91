/** Facilities: one, pages of them, how many there are of each kind. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Attributes } from '../../import/model.ts';
import type { Session } from '../database.ts';
import type { Facility } from '../model.ts';
import { DERIVED_BATCH } from '../store/revisions.ts';
import type { PageQuery, Scope } from './conditions.ts';
import { Conditions, geometryOf } from './conditions.ts';

function selection(scope: Scope, table: 'feature' | 'facility', { box, kind, name }: PageQuery): Conditions {
  const conditions = new Conditions(scope, table);
  conditions.equal('kind', kind);
  conditions.equal('name', name);
  conditions.meets(box);
  return conditions;
}

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
  if (query.after !== undefined) conditions.add(`facility_id > ${conditions.parameter(query.after)}`);
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
