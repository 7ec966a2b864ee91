/** Check-ups over HTTP: list, start, overview, an indicator in detail, a place's sheet, tables out. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { jobStartedSchema, placeLevelSchema } from '../../base/api.ts';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { whoOf } from '../../base/routes/route-parts.ts';
import { accepted, answers, buildRouter, cityParam, idText, jsonBody, limitJsonBody, rawAnswer, wholeNumber } from '../../base/routes/router.ts';
import { getCity } from '../../base/store/cities.ts';
import { checkupListSchema, indicatorDetailSchema, overviewSchema, placeSheetSchema, startCheckupSchema } from '../api.ts';
import { buildDetail } from '../detail-geojson.ts';
import { exportCsv, exportGeoJson, exportPlaces } from '../export.ts';
import { buildPlaceSheet } from '../place-sheet.ts';
import { listCheckups } from '../store.ts';
import { buildIndicatorDetail, buildOverview, checkupState } from '../views.ts';

const tags = ['Check-ups'];
export const periodParam = cityParam.extend({
  period: z.string().regex(/^(latest|\d{4})$/, 'a year of four digits, or latest').transform((text) => (text === 'latest' ? 'latest' : Number(text))).meta({ type: 'string', description: 'a year, or `latest`', example: 'latest' }),
});
const GEOJSON = 'application/geo+json';
const DETAIL_FEATURES = 20_000;

const list = createRoute({ method: 'get', path: '/api/cities/{city}/checkups', tags, summary: 'Check-ups, the newest period first', request: { params: cityParam }, responses: answers(checkupListSchema, 'the check-ups') });
const start = createRoute({
  method: 'post', path: '/api/cities/{city}/checkups', tags, summary: 'Check the city up: a job that replaces the check-up of the period when it is complete',
  middleware: [limitJsonBody] as const,
  request: { params: cityParam, body: jsonBody(startCheckupSchema) },
  responses: accepted(jobStartedSchema, 'the job'),
});
const overview = createRoute({ method: 'get', path: '/api/cities/{city}/checkups/{period}', tags, summary: 'Dimensions, indicators, findings of a check-up', request: { params: periodParam }, responses: answers(overviewSchema, 'the check-up') });
const indicator = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/indicators/{id}', tags, summary: 'An indicator: definition, value of every place, where it came from',
  request: { params: periodParam.extend({ id: idText }), query: z.object({ level: placeLevelSchema.optional().meta({ description: 'places of this level alone; cells come only so' }) }) },
  responses: answers(indicatorDetailSchema, 'the indicator'),
});
const detail = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/indicators/{id}/detail', tags, summary: 'What stands behind an indicator: facilities that count, residents not served, lines, as GeoJSON',
  description: 'Problem: `checkup/detail-stale` (409) the city has new data since.',
  request: { params: periodParam.extend({ id: idText }), query: z.object({ limit: wholeNumber(1, 1_000_000).default(DETAIL_FEATURES) }) },
  responses: rawAnswer(GEOJSON, 'a FeatureCollection; `total` says how many features there are'),
});
const place = createRoute({ method: 'get', path: '/api/cities/{city}/checkups/{period}/places/{id}', tags, summary: 'A place’s sheet (体检单)', request: { params: periodParam.extend({ id: idText }) }, responses: answers(placeSheetSchema, 'the sheet') });
const table = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/values', tags, summary: 'All values of the places of a level: JSON, CSV or GeoJSON',
  request: { params: periodParam, query: z.object({ level: placeLevelSchema.default('city'), format: z.enum(['json', 'csv', 'geojson']).default('json') }) },
  responses: rawAnswer('application/json', 'the values; text/csv or application/geo+json where asked for'),
});

export function checkupRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(list, async (c) => {
    const { base } = getOpen();
    const { city } = c.req.valid('param');
    await getCity(base.database, city);
    return c.json({ checkups: await Promise.all((await listCheckups(base.database, city)).map((checkup) => checkupState(base, checkup))) }, 200);
  });
  router.openapi(start, async (c) => {
    const { base, jobs } = getOpen();
    const { city } = c.req.valid('param');
    await getCity(base.database, city);
    return c.json({ jobId: await jobs.enqueue('checkup', city, c.req.valid('json'), whoOf(c)) }, 202);
  });
  router.openapi(overview, async (c) => {
    const { city, period } = c.req.valid('param');
    return c.json(await buildOverview(getOpen().base, city, period as number | 'latest'), 200);
  });
  router.openapi(indicator, async (c) => {
    const { city, period, id } = c.req.valid('param');
    return c.json(await buildIndicatorDetail(getOpen().base, city, period as number | 'latest', id, c.req.valid('query').level), 200);
  });
  router.openapi(detail, async (c) => {
    const { city, period, id } = c.req.valid('param');
    c.header('Content-Type', GEOJSON);
    return c.body(JSON.stringify(await buildDetail(getOpen().base, city, period as number | 'latest', id, c.req.valid('query').limit))) as never;
  });
  router.openapi(place, async (c) => {
    const { city, period, id } = c.req.valid('param');
    return c.json(await buildPlaceSheet(getOpen().base, city, period as number | 'latest', id), 200);
  });
  router.openapi(table, async (c) => {
    const { base } = getOpen();
    const { city, period } = c.req.valid('param');
    const { level, format } = c.req.valid('query');
    const choice = period as number | 'latest';
    if (format === 'csv') {
      c.header('Content-Type', 'text/csv; charset=utf-8');
      return c.body(await exportCsv(base, city, choice, level)) as never;
    }
    c.header('Content-Type', format === 'geojson' ? GEOJSON : 'application/json');
    return c.body(JSON.stringify(format === 'geojson' ? await exportGeoJson(base, city, choice, level) : { places: await exportPlaces(base, city, choice, level) })) as never;
  });
  return router;
}
