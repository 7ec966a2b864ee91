/** OGC API – Features 1.0.1 (17-069r4) and – Tiles 1.0 (20-057): the members and behaviour that the named classes demand. */
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { tileRange } from '../../src/base/tiles/mercator.ts';
import { CENTRE, SCHOOL } from '../browser/small-city.ts';
import { CITY, serveSmallCity } from './served-city.ts';

let city: Awaited<ReturnType<typeof serveSmallCity>>;
beforeAll(async () => {
  city = await serveSmallCity();
});
afterAll(() => city.remove());

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const link = z.object({ href: z.url(), rel: z.string(), type: z.string().optional(), title: z.string().optional(), templated: z.boolean().optional() });
const links = z.array(link).min(1);
const landing = z.object({ title: z.string(), description: z.string(), links });
const collection = z.object({
  id: z.string(),
  title: z.string(),
  itemType: z.literal('feature'),
  extent: z.object({ spatial: z.object({ bbox: z.array(z.array(z.number()).length(4)).min(1), crs: z.literal(CRS84) }) }),
  crs: z.array(z.string()),
  links,
});
const feature = z.object({ type: z.literal('Feature'), id: z.string(), geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }).nullable(), properties: z.record(z.string(), z.unknown()) });
const items = z.object({ type: z.literal('FeatureCollection'), timeStamp: z.iso.datetime(), numberMatched: z.number().int().optional(), numberReturned: z.number().int(), features: z.array(feature), links });
type Items = z.infer<typeof items>;

async function read<Schema extends z.ZodType>(path: string, schema: Schema, type = 'application/json'): Promise<z.infer<Schema>> {
  const response = await city.get(path.replace('http://localhost', ''));
  expect(response.status, path).toBe(200);
  expect(response.headers.get('content-type')).toContain(type);
  return schema.parse(await response.json());
}

const readItems = (query: string, layer = 'street'): Promise<Items> => read(`/ogc/collections/${CITY}.${layer}/items${query}`, items, 'application/geo+json');
const hrefOf = (list: z.infer<typeof links>, rel: string): string | undefined => list.find((one) => one.rel === rel)?.href;

async function follow(start: string): Promise<Items[]> {
  const pages: Items[] = [];
  for (let next: string | undefined = start; next !== undefined; next = hrefOf((pages.at(-1) as Items).links, 'next')) pages.push(await read(next, items, 'application/geo+json'));
  return pages;
}

describe('the service', () => {
  test('can be found from its landing page: below /ogc, and at the root where a program asks for JSON', async () => {
    const page = await read('/ogc', landing);
    for (const rel of ['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data', 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes']) expect(hrefOf(page.links, rel), rel).toBeDefined();
    for (const { href } of page.links) expect((await city.get(href.replace('http://localhost', ''))).status, href).toBe(200);
    const root = await city.get('/', { accept: 'application/json' });
    expect(hrefOf(landing.parse(await root.json()).links, 'data')).toBe('http://localhost/collections');
    expect((await city.get('/', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' })).headers.get('content-type')).toContain('text/html');
    expect(await read('/collections', z.object({ collections: z.array(collection) }))).toBeDefined();
  });

  test('says what it conforms to', async () => {
    const { conformsTo } = await read('/ogc/conformance', z.object({ conformsTo: z.array(z.url()) }));
    for (const name of ['features-1/1.0/conf/core', 'features-1/1.0/conf/geojson', 'tiles-1/1.0/conf/core', 'tiles-1/1.0/conf/mvt']) expect(conformsTo.some((uri) => uri.endsWith(name)), name).toBe(true);
    expect(new Set(conformsTo).size).toBe(conformsTo.length);
  });

  test('describes itself in OpenAPI 3.0: every path answers, every parameter is declared', async () => {
    const response = await city.get('/ogc/api');
    expect(response.headers.get('content-type')).toBe('application/vnd.oai.openapi+json;version=3.0');
    const document = (await response.json()) as { openapi: string; paths: Record<string, { get: { parameters?: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[]; responses: object } }> };
    expect(document.openapi).toMatch(/^3\.0\./);
    const limit = document.paths['/collections/{collectionId}/items'].get.parameters?.find(({ name }) => name === 'limit');
    expect(limit?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 10_000 });
    const values: Record<string, string> = { collectionId: `${CITY}.street`, featureId: '1-1', tileMatrix: '0', tileRow: '0', tileCol: '0' };
    for (const path of Object.keys(document.paths)) {
      const address = `/ogc${path.replace(/\{(\w+)\}/g, (_, name: string) => values[name])}`;
      expect((await city.get(address)).status, address).toBe(200);
    }
  });

  test('has every document as a page too', async () => {
    for (const path of ['/ogc', '/ogc/conformance', '/ogc/collections', `/ogc/collections/${CITY}.street`, `/ogc/collections/${CITY}.street/items`, `/ogc/collections/${CITY}.street/items/1-1`, `/ogc/collections/${CITY}.street/tiles`, '/ogc/tileMatrixSets/WebMercatorQuad']) {
      const page = await city.get(`${path}?f=html`);
      expect(page.headers.get('content-type'), path).toContain('text/html');
      const text = await page.text();
      expect(text).not.toMatch(/<script|src=/);
      expect((await city.get(path, { accept: 'text/html' })).headers.get('content-type')).toContain('text/html');
      expect((await city.get(path, { accept: '*/*' })).headers.get('content-type')).toContain('json');
    }
    expect(await (await city.get(`/ogc/collections/${CITY}.water/items?f=html`)).text()).toContain('沙湖');
  });
});

describe('collections', () => {
  test('are the layers of the cities, each alike in the list and alone', async () => {
    const { collections } = await read('/ogc/collections', z.object({ links, collections: z.array(collection) }));
    const ids = collections.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([`${CITY}.street`, `${CITY}.building`, `${CITY}.facility`, `${CITY}.place-city`]));
    for (const { id, extent, links: own } of collections) {
      const alone = await read(`/ogc/collections/${id}`, collection);
      expect(alone.extent).toEqual(extent);
      expect(hrefOf(alone.links, 'self')).toBeDefined();
      for (const type of ['application/geo+json', 'text/html']) expect(own.some((one) => one.rel === 'items' && one.type === type), id).toBe(true);
      expect((await city.get((hrefOf(own, 'items') as string).replace('http://localhost', ''))).status).toBe(200);
    }
    const [west, south, east, north] = collections[0].extent.spatial.bbox[0];
    expect(west < CENTRE.lon && CENTRE.lon < east && south < CENTRE.lat && CENTRE.lat < north).toBe(true);
  });

  test('that do not exist are 404 with a problem', async () => {
    for (const id of ['nowhere', `${CITY}.nothing`, 'nowhere.street', `${CITY}.population`]) {
      for (const rest of ['', '/items', '/tiles', '/tiles/WebMercatorQuad']) {
        const response = await city.get(`/ogc/collections/${id}${rest}`);
        expect(response.status, id + rest).toBe(404);
        expect(response.headers.get('content-type')).toContain('application/problem+json');
      }
    }
    expect((await city.get(`/ogc/collections/${CITY}.street/items/1-99999`)).status).toBe(404);
    expect((await city.get(`/ogc/collections/${CITY}.street/items/x`)).status).toBe(404);
  });
});

describe('items', () => {
  test('are GeoJSON with counts, time stamp and links', async () => {
    const page = await readItems('');
    expect(page).toMatchObject({ numberMatched: 14, numberReturned: 14 });
    expect(page.features).toHaveLength(14);
    for (const rel of ['self', 'alternate', 'collection']) expect(hrefOf(page.links, rel), rel).toBeDefined();
    expect(hrefOf(page.links, 'next')).toBeUndefined();
    expect(page.features[0].properties).toMatchObject({ kind: 'residential', nameEn: 'Jiefang Road 1' });
  });

  test('come in pages that together hold each once', async () => {
    for (const start of ['?limit=4', '?limit=4&offset=3']) {
      const pages = await follow(`/ogc/collections/${CITY}.street/items${start}`);
      const ids = pages.flatMap((page) => page.features.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(start.includes('offset') ? 11 : 14);
      expect(pages.every(({ numberMatched }) => numberMatched === 14)).toBe(true);
    }
    for (const layer of ['facility', 'place-cell']) {
      const pages = await follow(`/ogc/collections/${CITY}.${layer}/items?limit=${layer === 'facility' ? 1 : 3}`);
      expect(pages.length, layer).toBeGreaterThan(1);
      const ids = pages.flatMap((page) => page.features.map(({ id }) => id));
      expect([new Set(ids).size, ids.length], layer).toEqual([pages[0].numberMatched, pages[0].numberMatched]);
    }
  });

  test('are chosen by a box: what meets it, and nothing else', async () => {
    const nearSchool = `?bbox=${SCHOOL.lon - 1e-4},${SCHOOL.lat - 1e-4},${SCHOOL.lon + 1e-4},${SCHOOL.lat + 1e-4}`;
    expect((await readItems(nearSchool)).features.map(({ properties }) => properties['name'])).toEqual(['解放路5段']);
    expect((await readItems(nearSchool, 'facility')).numberMatched).toBe(1);
    // with heights, in the middle of nowhere, and across the antimeridian
    expect((await readItems(`?bbox=${CENTRE.lon - 1},${CENTRE.lat - 1},0,${CENTRE.lon + 1},${CENTRE.lat + 1},100`)).numberMatched).toBe(14);
    expect((await readItems('?bbox=0,0,1,1')).features).toEqual([]);
    expect((await readItems('?bbox=100,-10,-170,60')).numberMatched).toBe(14);
    expect((await readItems('?bbox=170,-10,-170,60')).numberMatched).toBe(0);
  });

  test('are chosen by kind and name', async () => {
    expect((await readItems('?kind=primary')).numberMatched).toBe(2);
    expect((await readItems(`?name=${encodeURIComponent('解放路4段')}`)).features).toHaveLength(1);
  });

  test('take any time as matching, and a limit beyond the largest as the largest', async () => {
    for (const datetime of ['2026-01-01T00:00:00Z', '2026-01-01', '../2026-01-01T00:00:00Z', '2020-01-01T00:00:00Z/..', '../..', '/2026-01-01T00:00:00Z']) {
      expect((await readItems(`?datetime=${encodeURIComponent(datetime)}`)).numberMatched, datetime).toBe(14);
    }
    expect((await readItems('?limit=99999999')).numberReturned).toBe(14);
  });

  test('refuse what the interface does not know or cannot read', async () => {
    for (const query of ['?unknown=1', '?limit=0', '?limit=-1', '?limit=x', '?offset=-1', '?bbox=1,2,3', '?bbox=a,b,c,d', '?bbox=0,50,1,40', '?bbox=,,,', '?datetime=yesterday', '?f=xml', '?after=x']) {
      const response = await city.get(`/ogc/collections/${CITY}.street/items${query}`);
      expect(response.status, query).toBe(400);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
    expect((await city.get('/ogc/collections?unknown=1')).status).toBe(400);
  });

  test('alone are the same, with links back', async () => {
    const [first] = (await readItems('?limit=1')).features;
    const alone = await read(`/ogc/collections/${CITY}.street/items/${first.id}`, feature.extend({ links }), 'application/geo+json');
    expect(alone).toMatchObject(first);
    for (const rel of ['self', 'alternate', 'collection']) expect(hrefOf(alone.links, rel), rel).toBeDefined();
    for (const layer of ['facility', 'place-city']) {
      const [one] = (await readItems('?limit=1', layer)).features;
      expect(await read(`/ogc/collections/${CITY}.${layer}/items/${encodeURIComponent(one.id)}`, feature, 'application/geo+json')).toMatchObject(one);
    }
    // a place of one level is not an item of another
    const [cell] = (await readItems('?limit=1', 'place-cell')).features;
    expect((await city.get(`/ogc/collections/${CITY}.place-city/items/${cell.id}`)).status).toBe(404);
  });
});

describe('tiles', () => {
  const tileset = z.object({
    title: z.string(),
    dataType: z.literal('vector'),
    crs: z.url(),
    tileMatrixSetURI: z.url(),
    links,
    tileMatrixSetLimits: z.array(z.object({ tileMatrix: z.string(), minTileRow: z.number(), maxTileRow: z.number(), minTileCol: z.number(), maxTileCol: z.number() })),
    layers: z.array(z.object({ id: z.string(), dataType: z.literal('vector') })),
  });

  test('are found by links alone, from the collection to the bytes', async () => {
    const own = await read(`/ogc/collections/${CITY}.building`, collection);
    const list = await read(hrefOf(own.links, 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector') as string, z.object({ tilesets: z.array(z.object({ title: z.string(), links })) }));
    const set = await read(hrefOf(list.tilesets[0].links, 'self') as string, tileset);
    const scheme = await read(
      hrefOf(set.links, 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme') as string,
      z.object({ id: z.literal('WebMercatorQuad'), crs: z.url(), orderedAxes: z.array(z.string()), tileMatrices: z.array(z.object({ id: z.string(), scaleDenominator: z.number(), cellSize: z.number(), pointOfOrigin: z.array(z.number()).length(2), tileWidth: z.number(), tileHeight: z.number(), matrixWidth: z.number(), matrixHeight: z.number() })) }),
    );
    expect(scheme.tileMatrices[0].scaleDenominator).toBeCloseTo(559_082_264.0287, 3);
    expect(scheme.tileMatrices[3].matrixWidth).toBe(8);
    const item = set.links.find(({ rel }) => rel === 'item');
    expect(item).toMatchObject({ templated: true, type: 'application/vnd.mapbox-vector-tile' });
    const [x, y] = tileRange(15, [SCHOOL.lon, SCHOOL.lat, SCHOOL.lon, SCHOOL.lat]);
    const limit = set.tileMatrixSetLimits.find(({ tileMatrix }) => tileMatrix === '15');
    expect(limit && limit.minTileCol <= x && x <= limit.maxTileCol && limit.minTileRow <= y && y <= limit.maxTileRow).toBe(true);
    const address = (item?.href ?? '').replace('{tileMatrix}', '15').replace('{tileRow}', String(y)).replace('{tileCol}', String(x));
    const response = await city.get(address.replace('http://localhost', ''));
    expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    const tile = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
    expect(Object.keys(tile.layers)).toEqual([set.layers[0].id]);
    expect(tile.layers['building'].length).toBeGreaterThan(0);
  });

  test('of a collection of places hold that level only', async () => {
    const [x, y] = tileRange(12, [CENTRE.lon, CENTRE.lat, CENTRE.lon, CENTRE.lat]);
    const response = await city.get(`/ogc/collections/${CITY}.place-city/tiles/WebMercatorQuad/12/${y}/${x}`);
    const { place } = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers;
    expect(Array.from({ length: place.length }, (_, i) => place.feature(i).properties['kind'])).toEqual(['city']);
  });

  test('outside the matrix are 404, of another scheme too', async () => {
    for (const address of ['3/8/0', '3/0/8', '99/0/0', 'x/0/0', '3/-1/0']) expect((await city.get(`/ogc/collections/${CITY}.street/tiles/WebMercatorQuad/${address}`)).status, address).toBe(404);
    expect((await city.get(`/ogc/collections/${CITY}.street/tiles/WorldCRS84Quad`)).status).toBe(404);
    expect((await city.get('/ogc/tileMatrixSets/WorldCRS84Quad')).status).toBe(404);
  });

  test('tile matrix sets are listed', async () => {
    const { tileMatrixSets } = await read('/ogc/tileMatrixSets', z.object({ tileMatrixSets: z.array(z.object({ id: z.string(), title: z.string(), uri: z.url(), links })) }));
    expect(tileMatrixSets.map(({ id }) => id)).toEqual(['WebMercatorQuad']);
  });
});
