/** The check-up's routes, joined. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { GetOpen } from '../base/routes/route-parts.ts';
import { buildRouter } from '../base/routes/router.ts';
import { checkupRoutes } from './routes/checkup-routes.ts';
import { findingRoutes } from './routes/finding-routes.ts';
import { indicatorRoutes } from './routes/indicator-routes.ts';
import { settingRoutes } from './routes/setting-routes.ts';

export function routesOfCheckup(getOpen: GetOpen): OpenAPIHono {
  const router = buildRouter();
  // findings first: `findings.xlsx` and the like are not ids of something else
  router.route('/', findingRoutes(getOpen));
  router.route('/', checkupRoutes(getOpen));
  router.route('/', settingRoutes(getOpen));
  router.route('/', indicatorRoutes(getOpen));
  return router;
}
