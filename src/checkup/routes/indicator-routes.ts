/** The indicators of a city over HTTP: the catalogue and its own. */
import { createRoute } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { whoOf } from '../../base/routes/route-parts.ts';
import { accepted, answers, buildRouter, cityParam, idText, jsonBody, limitJsonBody, noContent } from '../../base/routes/router.ts';
import { getCity } from '../../base/store/cities.ts';
import { addIndicatorsSchema, indicatorListSchema, indicatorsAddedSchema } from '../api.ts';
import { addUserIndicators, listIndicatorsOf, removeUserIndicator } from '../indicators.ts';

const tags = ['Check-ups'];
const path = '/api/cities/{city}/indicators';
const list = createRoute({ method: 'get', path, tags, summary: 'Definitions: the catalogue, then the city’s own (set `user`)', request: { params: cityParam }, responses: answers(indicatorListSchema, 'the definitions') });
const add = createRoute({
  method: 'post', path, tags, summary: 'Add indicators of the city’s own, or replace those of the same id: YAML or JSON as text', middleware: [limitJsonBody] as const,
  request: { params: cityParam, body: jsonBody(addIndicatorsSchema) }, responses: accepted(indicatorsAddedSchema, 'ids of those that were added; the next check-up measures them'),
});
const remove = createRoute({ method: 'delete', path: `${path}/{id}`, tags, summary: 'Remove an indicator of the city’s own', request: { params: cityParam.extend({ id: idText }) }, responses: noContent('removed') });

export function indicatorRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(list, async (c) => {
    const { database } = getOpen().base;
    const { city } = c.req.valid('param');
    await getCity(database, city);
    // parameters of methods are `unknown` to the compiler, JSON to everybody else
    return c.json({ indicators: await listIndicatorsOf(database, city) } as unknown as z.infer<typeof indicatorListSchema>, 200);
  });
  router.openapi(add, async (c) => {
    const { database } = getOpen().base;
    const { city } = c.req.valid('param');
    const { text, file } = c.req.valid('json');
    await getCity(database, city);
    return c.json({ added: await addUserIndicators(database, city, text, file ?? 'indicators.yaml', whoOf(c)) }, 202);
  });
  router.openapi(remove, async (c) => {
    const { database } = getOpen().base;
    const { city, id } = c.req.valid('param');
    await getCity(database, city);
    await removeUserIndicator(database, city, id);
    return c.body(null, 204);
  });
  return router;
}
