/** Places and facilities: what a city is reported by, and what people go to. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { boxOf, toGeoJson } from '../../engine/spatial/geometry.ts';
import { facilityDetailSchema, facilityKindListSchema, facilityListSchema, placeDetailSchema, placeLevelSchema, placeListSchema } from '../api.ts';
import { countRows } from '../browse/conditions.ts';
import { countFacilityKinds, getFacility, listFacilities } from '../browse/facilities.ts';
import { countChildren, getPlace, listAncestors, listPlaces } from '../browse/places.ts';
import { describeFacilityKind } from '../facility-titles.ts';
import { getBatch } from '../store/batches.ts';
import type { GetOpen } from './route-parts.ts';
import { answers, boxText, buildRouter, cityParam, idText, wholeNumber } from './router.ts';
import { facilityJson, placeJson, sourceJson } from './to-json.ts';

const page = { limit: wholeNumber(1, 10_000).default(1000), offset: wholeNumber(0, 10_000_000).default(0) };

const places = createRoute({
  method: 'get',
  path: '/api/cities/{city}/places',
  tags: ['Places'],
  summary: 'Places of a level, or the parts of a place',
  request: { params: cityParam, query: z.object({ level: placeLevelSchema.optional(), parent: idText.optional(), ...page }) },
  responses: answers(placeListSchema, 'the places, without their outlines'),
});
const place = createRoute({
  method: 'get',
  path: '/api/cities/{city}/places/{id}',
  tags: ['Places'],
  summary: 'A place with its outline and where it came from',
  request: { params: cityParam.extend({ id: idText }) },
  responses: answers(placeDetailSchema, 'the place'),
});
const facilities = createRoute({
  method: 'get',
  path: '/api/cities/{city}/facilities',
  tags: ['Facilities'],
  summary: 'Facilities of a kind or within a box',
  request: { params: cityParam, query: z.object({ kind: idText.optional(), box: boxText.optional(), ...page }) },
  responses: answers(facilityListSchema, 'the facilities'),
});
const facility = createRoute({
  method: 'get',
  path: '/api/cities/{city}/facilities/{id}',
  tags: ['Facilities'],
  summary: 'A facility with its outline, entrances and the records it was merged from',
  request: { params: cityParam.extend({ id: idText }) },
  responses: answers(facilityDetailSchema, 'the facility'),
});
const kinds = createRoute({
  method: 'get',
  path: '/api/cities/{city}/facility-kinds',
  tags: ['Facilities'],
  summary: 'The kinds of facility that a city has',
  request: { params: cityParam },
  responses: answers(facilityKindListSchema, 'kinds, most frequent first'),
});

export function placeRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(places, async (c) => {
    const open = getOpen();
    const current = await open.cities.recent(c.req.valid('param').city);
    const found = await listPlaces(open.base.database, current, c.req.valid('query'));
    return c.json({ total: found.total, places: found.places.map((head) => placeJson(head, head.box)) }, 200);
  });
  router.openapi(place, async (c) => {
    const open = getOpen();
    const { city, id } = c.req.valid('param');
    const current = await open.cities.recent(city);
    const found = await getPlace(open.base.database, current, id);
    return c.json(
      {
        ...placeJson(found, found.geometry === undefined ? undefined : boxOf(found.geometry)),
        attributes: found.attributes,
        geometry: found.geometry === undefined ? null : toGeoJson(found.geometry),
        ancestors: await listAncestors(open.base.database, current, id),
        children: await countChildren(open.base.database, current, id),
        source: sourceJson(await getBatch(open.base.database, city, found.batchId)),
      },
      200,
    );
  });
  router.openapi(facilities, async (c) => {
    const open = getOpen();
    const query = c.req.valid('query');
    const current = await open.cities.recent(c.req.valid('param').city);
    const found = await listFacilities(open.base.database, current, query);
    const total = (await countRows(open.base.database, current, 'facility', undefined, undefined, query)) ?? query.offset + found.length;
    return c.json({ total, facilities: found.map(facilityJson) }, 200);
  });
  router.openapi(facility, async (c) => {
    const open = getOpen();
    const { city, id } = c.req.valid('param');
    const current = await open.cities.recent(city);
    const found = await getFacility(open.base.database, current, id);
    return c.json(
      {
        ...facilityJson(found),
        sources: [...found.sources],
        attributes: found.attributes,
        geometry: toGeoJson(found.geometry),
        entrances: found.entrances === undefined ? null : toGeoJson(found.entrances),
        source: sourceJson(await getBatch(open.base.database, city, found.batchId)),
      },
      200,
    );
  });
  router.openapi(kinds, async (c) => {
    const open = getOpen();
    const current = await open.cities.recent(c.req.valid('param').city);
    const counted = await countFacilityKinds(open.base.database, current);
    return c.json({ kinds: counted.map(({ kind, count }) => ({ kind, count, ...describeFacilityKind(kind) })) }, 200);
  });
  return router;
}
