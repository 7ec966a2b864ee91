/** OGC API – Features and – Tiles over the base, for QGIS and the like. */
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { ChengmaiError } from '../../../core/errors.ts';
import type { Box } from '../../../engine/spatial/geometry.ts';
import { problemSchema } from '../../api.ts';
import { PROGRAM_VERSION } from '../../program-version.ts';
import { MAX_ZOOM } from '../../tiles/mercator.ts';
import type { GetOpen } from '../route-parts.ts';
import type { TileSender } from '../tile-routes.ts';
import { countItems, getCollection, getItem, listCollections, listItems } from './collections.ts';
import type { Form } from './documents.ts';
import * as documents from './documents.ts';
import { renderDocument } from './html.ts';

const FEATURE_ID = /^\d{1,9}-\d{1,9}$/;
const MAX_LIMIT = 10_000;
const DEFAULT_LIMIT = 100;

function badParameter(name: string, value: string, zh: string, en: string): ChengmaiError {
  return new ChengmaiError('input', 'base/bad-parameter', { zh: `参数 ${name}=${value} 不正确：${zh}。`, en: `The parameter ${name}=${value} is not right: ${en}.` }, { field: name, value });
}

/** 17-069r4 §7.6 /req/core/query-param-unknown: a parameter that the definition does not name is a 400. */
function checkParameters(c: Context, known: readonly string[]): void {
  for (const [name, value] of Object.entries(c.req.query())) {
    if (name !== 'f' && !known.includes(name)) throw badParameter(name, value.slice(0, 50), `可用参数：${['f', ...known].join('、')}`, `known are ${['f', ...known].join(', ')}`);
  }
}

/** `f` decides; without it the Accept header, JSON where it says nothing. */
function formOf(c: Context): Form {
  const f = c.req.query('f');
  if (f === 'json' || f === 'html') return f;
  if (f !== undefined) throw badParameter('f', f, '可用 json 或 html', 'json or html');
  const accept = c.req.header('accept') ?? '';
  return /text\/html|application\/xhtml/.test(accept) && !/application\/(geo\+)?json/.test(accept) ? 'html' : 'json';
}

/** Where this service begins for the client: the OGC routes answer below /ogc and, for convenience, at the root. */
function rootOf(c: Context): string {
  const { origin, pathname } = new URL(c.req.url);
  return pathname === '/ogc' || pathname.startsWith('/ogc/') ? `${origin}/ogc` : origin;
}

function send(c: Context, title: string, document: object, form: Form, jsonType = documents.JSON_TYPE): Response {
  c.header('Vary', 'Accept, Accept-Encoding');
  if (form === 'html') return c.html(renderDocument(title, document));
  return c.body(JSON.stringify(document), 200, { 'Content-Type': jsonType });
}

/** bbox of 4 or 6 numbers, the heights of the longer form ignored; west > east spans the antimeridian. */
function parseBox(text: string | undefined): Box | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [west, south, east, north] = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const fits = (numbers.length === 4 || numbers.length === 6) && numbers.every(Number.isFinite) && [west, east].every((lon) => Math.abs(lon) <= 180) && south >= -90 && south <= north && north <= 90;
  if (!fits) throw badParameter('bbox', text.slice(0, 80), '需要西,南,东,北（度）', 'west,south,east,north in degrees are needed');
  return [west, south, east, north];
}

function parseCount(name: string, text: string | undefined, min: number, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < min) throw badParameter(name, text.slice(0, 50), `需要不小于 ${min} 的整数`, `a whole number from ${min} is needed`);
  return value;
}

const TIME = /^(\.\.|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?$/i;

/** Features here have no time of their own, so every time matches (§7.15.4); a malformed one is still an error. */
function checkDatetime(text: string | undefined): void {
  if (text === undefined) return;
  const parts = text.split('/');
  if (text !== '' && parts.length <= 2 && parts.every((part) => TIME.test(part)) && (parts.length === 2 || text !== '..')) return;
  throw badParameter('datetime', text.slice(0, 60), '需要 RFC 3339 时间或区间', 'an RFC 3339 time or interval is needed');
}

// ---- what OpenAPI says of them -------------------------------------------------------------------------------------

const formParameter = z.enum(['json', 'html']).optional().meta({ description: 'the form of the answer' });
const anyDocument = z.record(z.string(), z.unknown());
const collectionParams = z.object({ collectionId: z.string().meta({ description: '`<city>.<layer>`' }) });

function describe<Path extends string, Params extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  path: Path,
  operationId: string,
  summary: string,
  params?: Params,
  query: z.ZodRawShape = {},
  jsonType = documents.JSON_TYPE,
) {
  return createRoute({
    method: 'get',
    path,
    operationId,
    tags: ['OGC API'],
    summary,
    request: { ...(params !== undefined && { params }), query: z.object({ f: formParameter, ...query }) },
    responses: {
      200: { content: { [jsonType]: { schema: anyDocument }, 'text/html': { schema: z.string() } }, description: summary },
      default: { content: { 'application/problem+json': { schema: problemSchema } }, description: 'a problem (RFC 9457)' },
    },
  });
}

const ITEM_PARAMETERS = {
  bbox: z.string().optional().meta({ description: 'west,south,east,north in degrees (CRS84), or with heights in third and last place' }),
  datetime: z.string().optional().meta({ description: 'features have no time: every valid value matches all' }),
  limit: z.string().optional().meta({ type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT, description: `larger values are taken as ${MAX_LIMIT}` }),
  offset: z.string().optional().meta({ type: 'integer', minimum: 0, default: 0, description: 'how many features to skip' }),
  after: z.string().optional().meta({ description: 'the id of the last feature of the page before; how the next links go on' }),
  kind: z.string().optional().meta({ description: 'only features of this kind (not for places)' }),
  name: z.string().optional().meta({ description: 'only features of exactly this name (not for places)' }),
};

export function ogcRoutes(getOpen: GetOpen, sender: TileSender): OpenAPIHono {
  const router = new OpenAPIHono({ strict: false });
  const add = (route: ReturnType<typeof createRoute>, handle: (c: Context) => Promise<Response> | Response): void => {
    // parameters are checked by the rules of the standard, so the schemas only describe
    router.openAPIRegistry.registerPath(route);
    router.get(route.getRoutingPath(), (c) => handle(c));
  };

  add(describe('/', 'getLandingPage', 'Landing page'), (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    return send(c, '城脉 Chengmai: OGC API', documents.landingPage(rootOf(c), new URL(c.req.url).origin, form), form);
  });
  add(describe('/conformance', 'getConformance', 'Conformance classes'), (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    return send(c, 'Conformance', documents.conformance(rootOf(c), form), form);
  });
  add(describe('/collections', 'getCollections', 'Collections'), async (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    return send(c, 'Collections', documents.collections(rootOf(c), await listCollections(getOpen()), form), form);
  });
  add(describe('/collections/{collectionId}', 'getCollection', 'A collection', collectionParams), async (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    const found = await getCollection(getOpen(), c.req.param('collectionId') as string);
    return send(c, found.title, documents.collection(rootOf(c), found, form, true), form);
  });
  add(describe('/collections/{collectionId}/items', 'getFeatures', 'Features of a collection', collectionParams, ITEM_PARAMETERS, documents.GEOJSON_TYPE), (c) => sendItems(c, getOpen));
  add(
    describe('/collections/{collectionId}/items/{featureId}', 'getFeature', 'A feature', collectionParams.extend({ featureId: z.string() }), {}, documents.GEOJSON_TYPE),
    async (c) => {
      checkParameters(c, []);
      const form = formOf(c);
      const open = getOpen();
      const found = await getCollection(open, c.req.param('collectionId') as string);
      const item = await getItem(open, found, c.req.param('featureId') as string);
      const at = `${rootOf(c)}/collections/${encodeURIComponent(found.id)}`;
      return send(c, `${found.title}: ${item.id}`, documents.withItemLinks(item, `${at}/items/${encodeURIComponent(item.id)}`, at, form), form, documents.GEOJSON_TYPE);
    },
  );
  addTileRoutes(add, getOpen, sender);
  router.get('/api', (c) => {
    const { origin } = new URL(c.req.url);
    const document = router.getOpenAPIDocument({
      openapi: '3.0.3',
      info: { title: '城脉 Chengmai: OGC API', version: PROGRAM_VERSION, license: { name: 'Apache-2.0' } },
      servers: [{ url: `${origin}/ogc` }],
    });
    return c.body(JSON.stringify(document), 200, { 'Content-Type': 'application/vnd.oai.openapi+json;version=3.0' });
  });
  return router;
}

async function sendItems(c: Context, getOpen: GetOpen): Promise<Response> {
  checkParameters(c, Object.keys(ITEM_PARAMETERS));
  const form = formOf(c);
  const box = parseBox(c.req.query('bbox'));
  checkDatetime(c.req.query('datetime'));
  const limit = Math.min(MAX_LIMIT, parseCount('limit', c.req.query('limit'), 1, DEFAULT_LIMIT));
  const offset = parseCount('offset', c.req.query('offset'), 0, 0);
  const open = getOpen();
  const found = await getCollection(open, c.req.param('collectionId') as string);
  if (found.table === 'place') checkParameters(c, Object.keys(ITEM_PARAMETERS).filter((name) => name !== 'kind' && name !== 'name'));
  const after = c.req.query('after');
  if (after !== undefined && found.table === 'feature' && !FEATURE_ID.test(after)) throw badParameter('after', after.slice(0, 50), '需要要素编号', 'the id of a feature is needed');
  const query = { box, kind: c.req.query('kind'), name: c.req.query('name'), limit, offset, after };
  const features = await listItems(open, found, { ...query, limit: limit + 1 });
  const isMore = features.length > limit;
  if (isMore) features.pop();
  const matched = await countItems(open, found, query);
  const collectionAddress = `${rootOf(c)}/collections/${encodeURIComponent(found.id)}`;
  const address = (change: Record<string, string | undefined>): string => {
    const parameters = new URLSearchParams(c.req.query());
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) parameters.delete(name);
      else parameters.set(name, value);
    }
    const text = parameters.toString();
    return `${collectionAddress}/items${text === '' ? '' : `?${text}`}`;
  };
  const document = documents.items(
    {
      address: address({ f: undefined }),
      features,
      matched,
      next: isMore ? address({ f: form, offset: undefined, after: features.at(-1)?.id }) : undefined,
      previous: offset > 0 ? address({ f: form, offset: String(Math.max(0, offset - limit)) }) : undefined,
      collection: collectionAddress,
    },
    form,
  );
  return send(c, found.title, document, form, documents.GEOJSON_TYPE);
}

type AddRoute = (route: ReturnType<typeof createRoute>, handle: (c: Context) => Promise<Response> | Response) => void;

function addTileRoutes(add: AddRoute, getOpen: GetOpen, sender: TileSender): void {
  add(describe('/collections/{collectionId}/tiles', 'collection.vector.getTileSetsList', 'Tilesets of a collection', collectionParams), async (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    const found = await getCollection(getOpen(), c.req.param('collectionId') as string);
    return send(c, `${found.title}: tiles`, documents.tilesets(rootOf(c), found, form), form);
  });
  add(describe('/collections/{collectionId}/tiles/WebMercatorQuad', 'collection.vector.getTileSet', 'A tileset', collectionParams), async (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    const found = await getCollection(getOpen(), c.req.param('collectionId') as string);
    return send(c, `${found.title}: tiles`, documents.tileset(rootOf(c), found, found.sourceLayer, found.minZoom, form), form);
  });
  const tileParams = collectionParams.extend({
    tileMatrix: z.string().meta({ description: `zoom, 0 to ${MAX_ZOOM}` }),
    tileRow: z.string(),
    tileCol: z.string(),
  });
  const tile = createRoute({
    method: 'get',
    path: '/collections/{collectionId}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}',
    operationId: 'collection.vector.getTile',
    tags: ['OGC API'],
    summary: 'A tile (MVT) of a collection',
    request: { params: tileParams, query: z.object({ f: z.enum(['mvt']).optional() }) },
    responses: {
      200: { content: { 'application/vnd.mapbox-vector-tile': { schema: z.string().meta({ format: 'binary' }) } }, description: 'the tile' },
      304: { description: 'the client has it' },
      default: { content: { 'application/problem+json': { schema: problemSchema } }, description: 'a problem (RFC 9457)' },
    },
  });
  add(tile, async (c) => {
    checkParameters(c, []);
    const f = c.req.query('f');
    if (f !== undefined && f !== 'mvt') throw badParameter('f', f, '可用 mvt', 'mvt');
    const open = getOpen();
    const found = await getCollection(open, c.req.param('collectionId') as string);
    const [z, y, x] = ['tileMatrix', 'tileRow', 'tileCol'].map((name) => {
      const text = c.req.param(name) as string;
      return /^\d{1,7}$/.test(text) ? Number(text) : NaN;
    });
    return sender.send(c, open, found.current, { z, x, y }, { layers: [found.sourceLayer], ...(found.table === 'place' && { kind: found.part }) });
  });
  add(describe('/tileMatrixSets', 'getTileMatrixSetsList', 'Tile matrix sets'), (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    return send(c, 'Tile matrix sets', documents.tileMatrixSets(rootOf(c), form), form);
  });
  add(describe('/tileMatrixSets/WebMercatorQuad', 'getTileMatrixSet', 'The WebMercatorQuad tile matrix set'), (c) => {
    checkParameters(c, []);
    const form = formOf(c);
    return send(c, 'WebMercatorQuad', documents.webMercatorQuad(rootOf(c), form), form);
  });
}
