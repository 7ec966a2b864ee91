/** One feature, and pages of a layer's features. */
import { ChengmaiError } from '../../core/errors.ts';
import type { Attributes } from '../../import/model.ts';
import type { Session } from '../database.ts';
import type { Feature } from '../model.ts';
import type { PageQuery, Scope } from './conditions.ts';
import { Conditions, geometryOf } from './conditions.ts';

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
