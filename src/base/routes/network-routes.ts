/** A city's street network as a buffer, and isochrones on it. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { CityNetwork } from '../network/city-networks.ts';
import { isochroneAnswerSchema, isochroneRequestSchema, networkStateSchema } from '../network/reach/isochrone-api.ts';
import { matchesTag } from './etag.ts';
import type { GetOpen, OpenBase } from './route-parts.ts';
import { answers, buildRouter, cityParam, jsonBody, limitJsonBody, rawAnswer } from './router.ts';

/** How long an answer waits for a network that is being built: small cities are done by then. */
const WAIT_MS = 2000;
/** Level 1 halves a network at 100 MB/s, on another thread. */
const GZIP_LEVEL = 1;
const GZIP_FROM_BYTES = 64 * 1024;
const BUFFER_TYPE = 'application/octet-stream';

const state = createRoute({
  method: 'get',
  path: '/api/cities/{city}/network/state',
  tags: ['Streets'],
  summary: 'Whether the street network is ready, and how large it is; starts building it',
  request: { params: cityParam },
  responses: answers(networkStateSchema, 'the state; ask again in a moment while it is `building`'),
});
const buffer = (path: string, summary: string) =>
  createRoute({
    method: 'get',
    path: `/api/cities/{city}/${path}`,
    tags: ['Streets'],
    summary,
    request: { params: cityParam },
    responses: {
      ...rawAnswer(BUFFER_TYPE, 'the buffer; its ETag names the content'),
      202: { content: { 'application/json': { schema: networkStateSchema } }, description: 'it is being built: ask again after the seconds of Retry-After' },
      304: { description: 'the client has it' },
    },
  });
const network = buffer('network', 'The street network of all modes: one buffer of named arrays (src/engine/graph/network/network.ts), little-endian');
const opportunities = buffer('network/opportunities', 'Persons, jobs and doors of facilities to count within reach: one buffer (src/base/network/reach/opportunities.ts)');
const isochrones = createRoute({
  method: 'post',
  path: '/api/cities/{city}/isochrones',
  tags: ['Streets'],
  summary: 'What is reached from places within minutes or metres: GeoJSON polygons and streets, with the persons, jobs and facilities within',
  description: 'Problems: `network/no-streets` (404) the city has no streets; `network/off-network` (400) no usable street is near any of the places; `network/limits`, `engine/profile` (400).',
  middleware: [limitJsonBody] as const,
  request: { params: cityParam, body: jsonBody(isochroneRequestSchema) },
  responses: answers(isochroneAnswerSchema, 'areas, the largest first, then streets'),
});

async function sendBuffer(c: Context, open: OpenBase, cityId: string, pick: (found: CityNetwork) => { file: string; bytes: number }): Promise<Response> {
  const etag = `"${await open.networks.key(cityId)}"`;
  c.header('Cache-Control', 'private, no-cache');
  if (matchesTag(c.req.header('if-none-match'), etag)) {
    c.header('ETag', etag);
    return c.body(null, 304);
  }
  const found = await open.networks.getWithin(cityId, WAIT_MS);
  if (found === undefined) {
    c.header('Retry-After', '1');
    return c.json(await open.networks.state(cityId, 0), 202);
  }
  c.header('ETag', `"${found.key}"`);
  const { file, bytes } = pick(found);
  c.header('Content-Type', BUFFER_TYPE);
  c.header('Vary', 'Accept-Encoding');
  const stream = createReadStream(file, { end: bytes - 1 });
  if (bytes >= GZIP_FROM_BYTES && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) {
    c.header('Content-Encoding', 'gzip');
    return c.body(Readable.toWeb(stream.pipe(createGzip({ level: GZIP_LEVEL }))) as ReadableStream);
  }
  c.header('Content-Length', String(bytes));
  return c.body(Readable.toWeb(stream) as ReadableStream);
}

export function networkRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(state, async (c) => c.json(await getOpen().networks.state(c.req.valid('param').city, WAIT_MS), 200));
  router.openapi(network, async (c) => sendBuffer(c, getOpen(), c.req.valid('param').city, ({ networkFile, networkBytes }) => ({ file: networkFile, bytes: networkBytes })) as never);
  router.openapi(opportunities, async (c) => sendBuffer(c, getOpen(), c.req.valid('param').city, ({ opportunitiesFile, opportunitiesBytes }) => ({ file: opportunitiesFile, bytes: opportunitiesBytes })) as never);
  router.openapi(isochrones, async (c) => {
    const text = await getOpen().networks.isochrones(c.req.valid('param').city, c.req.valid('json'));
    c.header('Content-Type', 'application/json');
    return c.body(text) as never;
  });
  return router;
}
