/** What a city has: layers with their kinds, and persons by group. Scans of an index, kept for as long as the revision is asked for. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { Session } from '../database.ts';
import { DERIVED_BATCH } from '../store/revisions.ts';
import type { Scope } from './conditions.ts';

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
