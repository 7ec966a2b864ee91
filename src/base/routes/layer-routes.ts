/** Layers of a city, one feature with where it came from, and search by name. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { boxOf, toGeoJson } from '../../engine/spatial/geometry.ts';
import { areaM2, lengthM } from '../../engine/spatial/measure.ts';
import type { LayerJson } from '../api.ts';
import { featureDetailSchema, layerListSchema, searchResultSchema } from '../api.ts';
import { getFeature } from '../browse/features.ts';
import type { LayerCount } from '../browse/layers.ts';
import { searchNames } from '../browse/search-names.ts';
import { getBatch } from '../store/batches.ts';
import { DRAWING_ORDER, firstZoom, ruleOf } from '../tiles/generalise.ts';
import type { GetOpen } from './route-parts.ts';
import { answers, buildRouter, cityParam, wholeNumber } from './router.ts';
import { boxJson, sourceJson } from './to-json.ts';

const KINDS_LISTED = 200;

const layers = createRoute({
  method: 'get',
  path: '/api/cities/{city}/layers',
  tags: ['Layers'],
  summary: 'Layers with counts by kind, in drawing order',
  request: { params: cityParam },
  responses: answers(layerListSchema, 'the layers'),
});
const feature = createRoute({
  method: 'get',
  path: '/api/cities/{city}/features/{batch}/{feature}',
  tags: ['Layers'],
  summary: 'A feature: attributes, geometry, and the file it came from',
  request: { params: cityParam.extend({ batch: wholeNumber(1, 2 ** 31 - 1), feature: wholeNumber(0, 2 ** 31 - 1) }) },
  responses: answers(featureDetailSchema, 'the feature'),
});
const search = createRoute({
  method: 'get',
  path: '/api/cities/{city}/search',
  tags: ['Layers'],
  summary: 'Features, places and facilities by a part of their name',
  request: { params: cityParam, query: z.object({ q: z.string().trim().min(1).max(100), limit: wholeNumber(1, 100).default(20) }) },
  responses: answers(searchResultSchema, 'what was found, best first'),
});

function layerJson({ layer, kinds, geometryTypes }: LayerCount): LayerJson {
  const rule = ruleOf(layer);
  const own = layer.startsWith('custom:') ? layer.slice('custom:'.length) : undefined;
  return {
    id: layer,
    title: own === undefined ? rule.title : { zh: own, en: own },
    group: rule.group,
    count: kinds.reduce((sum, { count }) => sum + count, 0),
    kinds: kinds.slice(0, KINDS_LISTED),
    geometryTypes: [...geometryTypes],
    minZoom: firstZoom(layer, kinds.map(({ kind }) => kind)),
  };
}

/** Drawing order, layers of the user's own last. */
export function sortLayers(counts: readonly LayerCount[]): LayerCount[] {
  const rank = ({ layer }: LayerCount): number => {
    const i = DRAWING_ORDER.indexOf(layer);
    return i === -1 ? DRAWING_ORDER.length : i;
  };
  return [...counts].sort((a, b) => rank(a) - rank(b) || (a.layer < b.layer ? -1 : 1));
}

export function layerRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(layers, async (c) => {
    const open = getOpen();
    const current = await open.cities.read(c.req.valid('param').city);
    return c.json({ revision: current.revision, layers: sortLayers(await open.layerCounts(current)).map(layerJson) }, 200);
  });
  router.openapi(feature, async (c) => {
    const open = getOpen();
    const { city, batch, feature: featureId } = c.req.valid('param');
    const current = await open.cities.recent(city);
    const found = await getFeature(open.base.database, current, batch, featureId);
    const { geometry } = found;
    const isArea = geometry.type.endsWith('Polygon');
    const isLine = geometry.type.endsWith('LineString');
    return c.json(
      {
        batchId: found.batchId,
        featureId: found.featureId,
        layer: found.layer,
        kind: found.kind,
        sourceId: found.sourceId,
        name: found.name ?? null,
        nameEn: found.nameEn ?? null,
        attributes: found.attributes,
        geometry: toGeoJson(geometry),
        box: boxJson(boxOf(geometry)),
        areaM2: isArea ? areaM2(geometry) : null,
        lengthM: isArea || isLine ? lengthM(geometry) : null,
        source: sourceJson(await getBatch(open.base.database, city, found.batchId)),
      },
      200,
    );
  });
  router.openapi(search, async (c) => {
    const open = getOpen();
    const { q, limit } = c.req.valid('query');
    const current = await open.cities.recent(c.req.valid('param').city);
    const hits = await searchNames(open.base.database, current, q, limit);
    return c.json({ query: q, hits: hits.map((hit) => ({ ...hit, nameEn: hit.nameEn ?? null, box: boxJson(hit.box) })) }, 200);
  });
  return router;
}
