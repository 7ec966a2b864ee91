/**
 * The server's routes, joined: `createApp({ startup, … })` gives a Hono app that needs no port (`app.request(...)`).
 *
 * Order: access, headers, health and documents, the base's routes, OGC, and the pages for everything that is left.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import type { Health } from '../base/api.ts';
import { healthSchema } from '../base/api.ts';
import { PROGRAM_VERSION } from '../base/program-version.ts';
import { batchRoutes } from '../base/routes/batch-routes.ts';
import { cityRoutes } from '../base/routes/city-routes.ts';
import { importRoutes } from '../base/routes/import-routes.ts';
import { jobRoutes } from '../base/routes/job-routes.ts';
import { layerRoutes } from '../base/routes/layer-routes.ts';
import { networkRoutes } from '../base/routes/network-routes.ts';
import { ogcRoutes } from '../base/routes/ogc/ogc-routes.ts';
import { placeRoutes } from '../base/routes/place-routes.ts';
import { answers } from '../base/routes/router.ts';
import { TileSender, tileRoutes } from '../base/routes/tile-routes.ts';
import { routesOfCheckup } from '../checkup/routes.ts';
import { ChengmaiError } from '../core/errors.ts';
import { routesOfDelivery } from '../delivery/routes.ts';
import { routesOfReport } from '../report/routes.ts';
import type { AccessOptions } from './access.ts';
import { guardAccess, login } from './access.ts';
import type { OpenApiDocument } from './docs-page.ts';
import { renderDocs } from './docs-page.ts';
import { languageOf, problemOf, sendProblem } from './problem.ts';
import type { Startup } from './startup.ts';
import { serveStatic } from './static-files.ts';

export interface AppOptions {
  readonly startup: Startup;
  /** By default: no token, and only this machine's own names are accepted as Host. */
  readonly access?: AccessOptions;
  /** The built pages; by default dist/web of this package. */
  readonly webRoot?: string;
  readonly maxUploadBytes?: number;
  /** Aborted when the server stops: event streams end. */
  readonly stopping?: AbortSignal;
  /** Told of every error that is ours (500). */
  readonly onFault?: (error: unknown) => void;
}

/** Country extracts of OpenStreetMap are the largest files that people bring through a browser. */
const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;

/** Nothing from other hosts; inline styles are Ant Design's, blob workers MapLibre's. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function defaultWebRoot(): string {
  return join(fileURLToPath(new URL('../../', import.meta.url)), 'dist', 'web');
}

const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  if (c.res.headers.get('Referrer-Policy') === null) c.header('Referrer-Policy', 'same-origin');
  if (c.req.path.startsWith('/api/') && c.res.headers.get('Cache-Control') === null) c.header('Cache-Control', 'no-store');
};

const health = createRoute({
  method: 'get',
  path: '/api/health',
  tags: ['Server'],
  summary: 'Whether the server is ready, and what its start-up is doing',
  responses: {
    200: answers(healthSchema, 'the state; 200 also while starting')[200],
    503: { content: { 'application/json': { schema: healthSchema } }, description: 'status `unavailable`: the database does not answer' },
  },
});

async function healthOf(startup: Startup, c: Context): Promise<Health> {
  const { progress } = startup;
  const lost = await startup.findLoss();
  const error = startup.state === 'failed' ? startup.error : lost;
  return {
    status: startup.state === 'failed' || lost === undefined ? startup.state : 'unavailable',
    version: PROGRAM_VERSION,
    base: startup.kind ?? null,
    uptimeS: Math.round(process.uptime() * 10) / 10,
    ...(progress !== undefined && { startup: progress }),
    ...(error !== undefined && { problem: problemOf(error, languageOf(c)) }),
  };
}

const INFO = {
  title: '城脉 Chengmai',
  version: PROGRAM_VERSION,
  description: '城市数据底座的接口。 The interface to the base of a city: cities, layers, places, facilities, lineage, imports, jobs, tiles.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

/** JSON asked for by name: browsers name text/html, programs that read the landing page name JSON. */
function asksForJson(c: Context): boolean {
  const accept = c.req.header('accept') ?? '';
  return c.req.query('f') === 'json' || (/application\/(geo\+)?json/.test(accept) && !accept.includes('text/html'));
}

export function createApp(options: AppOptions): OpenAPIHono {
  const { startup } = options;
  const app = new OpenAPIHono({ strict: false });
  const getOpen = () => startup.getOpen();
  app.onError((error, c) => {
    const response = sendProblem(c, error);
    if (response.status >= 500 && response.status !== 503) options.onFault?.(error);
    return response;
  });
  app.notFound((c) =>
    sendProblem(c, new ChengmaiError('not-found', 'server/no-route', { zh: `没有 ${c.req.method} ${c.req.path}；接口见 /docs。`, en: `There is no ${c.req.method} ${c.req.path}; /docs lists what there is.` }, { value: c.req.path })),
  );

  app.use(safeHeaders);
  app.use(guardAccess(options.access ?? { loopbackOnly: true }));
  // tiles and files bring their own encoding; event streams must not wait for a full buffer
  app.use(compress({ threshold: 2048 }));
  app.get('/login', login(options.access?.token));
  app.post('/login', login(options.access?.token));
  app.openapi(health, async (c) => {
    const state = await healthOf(startup, c);
    return state.status === 'unavailable' ? c.json(state, 503) : c.json(state, 200);
  });

  const sender = new TileSender();
  app.route('/', cityRoutes(getOpen));
  app.route('/', layerRoutes(getOpen));
  app.route('/', placeRoutes(getOpen));
  app.route('/', networkRoutes(getOpen));
  app.route('/', batchRoutes(getOpen));
  app.route('/', importRoutes(getOpen, { maxUploadBytes: options.maxUploadBytes ?? MAX_UPLOAD_BYTES, describeProblem: (c, error) => problemOf(error, languageOf(c)) }));
  app.route('/', jobRoutes(getOpen, options.stopping));
  app.route('/', tileRoutes(getOpen, sender));
  app.route('/', routesOfCheckup(getOpen));
  app.route('/', routesOfDelivery(getOpen));
  app.route('/', routesOfReport(getOpen));

  const ogc = ogcRoutes(getOpen, sender);
  app.route('/ogc', ogc);
  app.get('/', (c, next) => (asksForJson(c) ? ogc.fetch(c.req.raw) : next()));
  for (const path of ['/conformance', '/collections', '/collections/*', '/tileMatrixSets', '/tileMatrixSets/*']) app.get(path, (c) => ogc.fetch(c.req.raw));
  ogc.onError((error, c) => {
    const response = sendProblem(c, error);
    if (response.status >= 500 && response.status !== 503) options.onFault?.(error);
    return response;
  });

  const describe = (): OpenApiDocument => app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO }) as unknown as OpenApiDocument;
  let described: OpenApiDocument | undefined;
  app.get('/openapi.json', (c) => c.json((described ??= describe()) as object));
  app.get('/docs', (c) => c.html(renderDocs((described ??= describe()))));
  app.use(serveStatic(options.webRoot ?? defaultWebRoot()));
  return app;
}
