/** Search by name over places, facilities and features. */
import type { Box } from '../../engine/spatial/geometry.ts';
import type { Session } from '../database.ts';
import { isIndexedText, mayHold } from '../migrations/0003-name-letters.ts';
import { DERIVED_BATCH } from '../store/revisions.ts';
import type { BoxRow, Scope } from './conditions.ts';
import { BOX_COLUMNS } from './conditions.ts';

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
 * street) count once. Chinese text is looked for in the Chinese names of features, through their index; other text in all of them.
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
       (select distinct on (layer, kind, coalesce(name, name_en)) 'feature', batch_id || '/' || feature_id, name, name_en, layer, kind, size, geom
        from feature where city_id = $1 and batch_id = any($2) and ${isIndexedText(text) ? `${mayHold('$4')} and name ilike $3` : '(name ilike $3 or name_en ilike $3)'}
        order by layer, kind, coalesce(name, name_en), size desc limit ${CANDIDATES})
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
