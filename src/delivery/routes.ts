/** The delivery's routes, joined. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { GetOpen } from '../base/routes/route-parts.ts';
import { buildRouter } from '../base/routes/router.ts';
import { documentRoutes } from './routes/document-routes.ts';
import { evidenceRoutes } from './routes/evidence-routes.ts';
import { taskRoutes } from './routes/task-routes.ts';
import { traceRoutes } from './routes/trace-routes.ts';

export function routesOfDelivery(getOpen: GetOpen): OpenAPIHono {
  const router = buildRouter();
  router.route('/', traceRoutes(getOpen));
  router.route('/', documentRoutes(getOpen));
  router.route('/', taskRoutes(getOpen));
  router.route('/', evidenceRoutes(getOpen));
  return router;
}
