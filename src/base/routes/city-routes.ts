/** Cities: listed, made, described, renamed, deleted. */
import { createRoute } from '@hono/zod-openapi';
import type { Bilingual } from '../../core/bilingual.ts';
import { cityDetailSchema, cityListSchema, citySchema, createCitySchema, renameCitySchema } from '../api.ts';
import { listPopulationTotals } from '../browse/layers.ts';
import { cityIdOf } from '../city-id.ts';
import { createCity, deleteCity, listCities, renameCity } from '../store/cities.ts';
import type { GetOpen } from './route-parts.ts';
import { accepted, answers, buildRouter, cityParam, jsonBody, limitJsonBody, noContent } from './router.ts';
import { cityJson } from './to-json.ts';

export function bothLanguages(name: Bilingual | string): Bilingual {
  return typeof name === 'string' ? { zh: name, en: name } : name;
}

const tags = ['Cities'];

const list = createRoute({ method: 'get', path: '/api/cities', tags, summary: 'All cities', responses: answers(cityListSchema, 'the cities of this base') });
const create = createRoute({
  method: 'post',
  path: '/api/cities',
  tags,
  summary: 'A new, empty city',
  middleware: [limitJsonBody] as const,
  request: { body: jsonBody(createCitySchema) },
  responses: { ...answers(citySchema, 'the city'), 201: accepted(citySchema, 'the city')[202] },
});
const get = createRoute({
  method: 'get',
  path: '/api/cities/{city}',
  tags,
  summary: 'A city with its counts and population',
  request: { params: cityParam },
  responses: answers(cityDetailSchema, 'the city'),
});
const rename = createRoute({
  method: 'patch',
  path: '/api/cities/{city}',
  tags,
  summary: 'Rename a city',
  middleware: [limitJsonBody] as const,
  request: { params: cityParam, body: jsonBody(renameCitySchema) },
  responses: answers(citySchema, 'the city'),
});
const remove = createRoute({
  method: 'delete',
  path: '/api/cities/{city}',
  tags,
  summary: 'Delete a city with all its data and files',
  request: { params: cityParam },
  responses: noContent('it is gone'),
});

export function cityRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(list, async (c) => c.json({ cities: (await listCities(getOpen().base.database)).map(cityJson) }, 200));
  router.openapi(create, async (c) => {
    const { cityId, name } = c.req.valid('json');
    const { database } = getOpen().base;
    const both = bothLanguages(name);
    const taken = cityId === undefined ? new Set((await listCities(database)).map((city) => city.cityId)) : new Set<string>();
    const city = await createCity(database, cityId ?? cityIdOf(both, taken), both);
    c.header('Location', `/api/cities/${city.cityId}`);
    return c.json(cityJson(city), 201);
  });
  router.openapi(get, async (c) => {
    const open = getOpen();
    const current = await open.cities.read(c.req.valid('param').city);
    const counts = await open.layerCounts(current);
    const total = (layer: string): number => counts.find((count) => count.layer === layer)?.kinds.reduce((sum, { count }) => sum + count, 0) ?? 0;
    const derived = new Set(['facility', 'place', 'population']);
    return c.json(
      {
        ...cityJson(current.city),
        counts: {
          files: current.batches.length - (current.derivedBatch === undefined ? 0 : 1),
          features: counts.filter(({ layer }) => !derived.has(layer)).reduce((sum, { layer }) => sum + total(layer), 0),
          facilities: total('facility'),
          places: Object.fromEntries(counts.find(({ layer }) => layer === 'place')?.kinds.map(({ kind, count }) => [kind, count]) ?? []),
        },
        population: await listPopulationTotals(open.base.database, current),
      },
      200,
    );
  });
  router.openapi(rename, async (c) => {
    const open = getOpen();
    const { city: cityId } = c.req.valid('param');
    const city = await renameCity(open.base.database, cityId, bothLanguages(c.req.valid('json').name));
    open.cities.forget(cityId);
    return c.json(cityJson(city), 200);
  });
  router.openapi(remove, async (c) => {
    const open = getOpen();
    const { city: cityId } = c.req.valid('param');
    await deleteCity(open.base.database, cityId);
    open.cities.forget(cityId);
    return c.body(null, 204);
  });
  return router;
}
