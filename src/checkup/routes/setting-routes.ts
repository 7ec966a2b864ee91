/** A city's settings for its check-ups over HTTP. */
import { createRoute } from '@hono/zod-openapi';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { answers, buildRouter, cityParam, jsonBody, limitJsonBody } from '../../base/routes/router.ts';
import { getCity } from '../../base/store/cities.ts';
import { settingsSchema } from '../api.ts';
import { readSettings, writeSettings } from '../settings.ts';

const tags = ['Check-ups'];
const path = '/api/cities/{city}/checkup-settings';
const get = createRoute({ method: 'get', path, tags, summary: 'Class and rank of the city, peers, own thresholds', request: { params: cityParam }, responses: answers(settingsSchema, 'the settings') });
const put = createRoute({
  method: 'put', path, tags, summary: 'Change them; they hold from the next check-up on', middleware: [limitJsonBody] as const,
  request: { params: cityParam, body: jsonBody(settingsSchema) }, responses: answers(settingsSchema, 'the settings'),
});

export function settingRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(get, async (c) => {
    const { database } = getOpen().base;
    const { city } = c.req.valid('param');
    await getCity(database, city);
    return c.json(await readSettings(database, city), 200);
  });
  router.openapi(put, async (c) => {
    const { database } = getOpen().base;
    const { city } = c.req.valid('param');
    await getCity(database, city);
    await writeSettings(database, city, c.req.valid('json'));
    return c.json(await readSettings(database, city), 200);
  });
  return router;
}
