import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { FeatureRecord } from '../model.ts';
import type { Tags } from './area-rules.ts';
import type { LayerMatch } from './feature-layers.ts';

/** The record of an object in a layer. All its tags stay in the attributes, the two names are lifted out as well. */
export function buildFeature(match: LayerMatch, sourceId: string, tags: Tags, geometry: Geometry, nodeIds?: Float64Array): FeatureRecord {
  return {
    type: 'feature',
    layer: match.layer,
    kind: match.kind,
    sourceId,
    name: tags['name'],
    nameEn: tags['name:en'],
    attributes: tags,
    geometry,
    ...(nodeIds !== undefined && { nodeIds }),
  };
}
