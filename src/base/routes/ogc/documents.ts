/**
 * The documents of OGC API – Features 1.0.1 (17-069r4) and OGC API – Tiles 1.0 (20-057): values in, JSON out.
 *
 * All cities are one service: a collection is a layer of a city, `<city>.<layer>`, with `place-<level>` for each level of
 * places and `facility`.
 */
import type { Box } from '../../../engine/spatial/geometry.ts';
import { MAX_ZOOM, tileRange } from '../../tiles/mercator.ts';

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const WEB_MERCATOR = 'http://www.opengis.net/def/crs/EPSG/0/3857';
const TILE_MATRIX_SET = 'WebMercatorQuad';
const TILE_MATRIX_SET_URI = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';

export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
const HTML_TYPE = 'text/html';
const MVT_TYPE = 'application/vnd.mapbox-vector-tile';

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
  readonly templated?: boolean;
}

/** Only what is really met: each class here is exercised by test/server/ogc.test.ts. */
const CONFORMANCE_CLASSES = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json',
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets',
  'http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt',
  'http://www.opengis.net/spec/tms/2.0/conf/tilematrixset',
  'http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset',
] as const;

/** The document in this and the other form. */
function selfAndAlternate(address: string, form: 'json' | 'html', jsonType = JSON_TYPE): Link[] {
  const [at, query] = address.split('?');
  const as = (f: string): string => `${at}?${query === undefined || query === '' ? '' : `${query}&`}f=${f}`;
  const json: Link = { href: as('json'), rel: form === 'json' ? 'self' : 'alternate', type: jsonType, title: 'JSON' };
  const html: Link = { href: as('html'), rel: form === 'html' ? 'self' : 'alternate', type: HTML_TYPE, title: 'HTML' };
  return form === 'json' ? [json, html] : [html, json];
}

export type Form = 'json' | 'html';

/** `root` is where the service begins, without a slash at the end; `origin` the server. */
export function landingPage(root: string, origin: string, form: Form) {
  return {
    title: '城脉 Chengmai',
    description: '城市底座的图层、空间单元与设施。 Layers, places and facilities of the cities in this base.',
    links: [
      ...selfAndAlternate(`${root}/`, form),
      { href: `${origin}/ogc/api`, rel: 'service-desc', type: 'application/vnd.oai.openapi+json;version=3.0', title: 'OpenAPI 3.0 of this service' },
      { href: `${origin}/openapi.json`, rel: 'service-desc', type: 'application/vnd.oai.openapi+json;version=3.1', title: 'OpenAPI 3.1 of the whole interface' },
      { href: `${origin}/docs`, rel: 'service-doc', type: HTML_TYPE, title: 'The interface, to read' },
      { href: `${root}/conformance`, rel: 'conformance', type: JSON_TYPE, title: 'Conformance classes' },
      { href: `${root}/conformance`, rel: `${REL}/conformance`, type: JSON_TYPE, title: 'Conformance classes' },
      { href: `${root}/collections`, rel: 'data', type: JSON_TYPE, title: 'Collections' },
      { href: `${root}/collections`, rel: `${REL}/data`, type: JSON_TYPE, title: 'Collections' },
      { href: `${root}/tileMatrixSets`, rel: `${REL}/tiling-schemes`, type: JSON_TYPE, title: 'Tile matrix sets' },
    ] satisfies Link[],
  };
}

export function conformance(root: string, form: Form) {
  return { conformsTo: [...CONFORMANCE_CLASSES], links: selfAndAlternate(`${root}/conformance`, form) };
}

export interface CollectionFacts {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly box: Box | undefined;
}

const WORLD: Box = [-180, -90, 180, 90];

export function collection(root: string, { id, title, description, box }: CollectionFacts, form: Form, alone: boolean) {
  const at = `${root}/collections/${encodeURIComponent(id)}`;
  return {
    id,
    title,
    description,
    itemType: 'feature',
    extent: { spatial: { bbox: [[...(box ?? WORLD)]], crs: CRS84 } },
    crs: [CRS84],
    storageCrs: CRS84,
    dataType: 'vector',
    links: [
      ...(alone ? selfAndAlternate(at, form) : [{ href: at, rel: 'self', type: JSON_TYPE, title }]),
      { href: `${at}/items?f=json`, rel: 'items', type: GEOJSON_TYPE, title: `${title} (GeoJSON)` },
      { href: `${at}/items?f=html`, rel: 'items', type: HTML_TYPE, title: `${title} (HTML)` },
      { href: `${at}/tiles`, rel: `${REL}/tilesets-vector`, type: JSON_TYPE, title: `${title} (vector tiles)` },
    ] satisfies Link[],
  };
}

export function collections(root: string, facts: readonly CollectionFacts[], form: Form) {
  return {
    links: selfAndAlternate(`${root}/collections`, form),
    numberMatched: facts.length,
    numberReturned: facts.length,
    collections: facts.map((one) => collection(root, one, form, false)),
  };
}

export interface ItemsPage {
  readonly address: string;
  readonly features: readonly unknown[];
  readonly matched: number | undefined;
  readonly next: string | undefined;
  readonly previous: string | undefined;
  readonly collection: string;
}

export function items(page: ItemsPage, form: Form) {
  const links: Link[] = [...selfAndAlternate(page.address, form, GEOJSON_TYPE)];
  const type = form === 'json' ? GEOJSON_TYPE : HTML_TYPE;
  if (page.next !== undefined) links.push({ href: page.next, rel: 'next', type, title: '下一页 Next page' });
  if (page.previous !== undefined) links.push({ href: page.previous, rel: 'prev', type, title: '上一页 Previous page' });
  links.push({ href: page.collection, rel: 'collection', type: JSON_TYPE });
  return {
    type: 'FeatureCollection',
    timeStamp: new Date().toISOString(),
    ...(page.matched !== undefined && { numberMatched: page.matched }),
    numberReturned: page.features.length,
    features: page.features,
    links,
  };
}

export function withItemLinks(feature: object, address: string, collectionAddress: string, form: Form) {
  return { ...feature, links: [...selfAndAlternate(address, form, GEOJSON_TYPE), { href: collectionAddress, rel: 'collection', type: JSON_TYPE }] };
}

// ---- tiles ---------------------------------------------------------------------------------------------------------

export function tileMatrixSets(root: string, form: Form) {
  return {
    tileMatrixSets: [
      {
        id: TILE_MATRIX_SET,
        title: 'Google Maps Compatible for the World',
        uri: TILE_MATRIX_SET_URI,
        links: [{ href: `${root}/tileMatrixSets/${TILE_MATRIX_SET}`, rel: 'self', type: JSON_TYPE }],
      },
    ],
    links: selfAndAlternate(`${root}/tileMatrixSets`, form),
  };
}

const HALF_WORLD_M = 20037508.342789244;
const TOP_SCALE = 559082264.0287178;

/** OGC 17-083r4, Annex D.1; 256-pixel tiles, as the scales of the well-known set are defined. */
export function webMercatorQuad(root: string, form: Form) {
  return {
    id: TILE_MATRIX_SET,
    title: 'Google Maps Compatible for the World',
    uri: TILE_MATRIX_SET_URI,
    crs: WEB_MERCATOR,
    orderedAxes: ['X', 'Y'],
    wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
    tileMatrices: Array.from({ length: MAX_ZOOM + 1 }, (_, z) => ({
      id: String(z),
      scaleDenominator: TOP_SCALE / 2 ** z,
      cellSize: (2 * HALF_WORLD_M) / 256 / 2 ** z,
      cornerOfOrigin: 'topLeft',
      pointOfOrigin: [-HALF_WORLD_M, HALF_WORLD_M],
      tileWidth: 256,
      tileHeight: 256,
      matrixWidth: 2 ** z,
      matrixHeight: 2 ** z,
    })),
    links: selfAndAlternate(`${root}/tileMatrixSets/${TILE_MATRIX_SET}`, form),
  };
}

function tilesetLinks(root: string, id: string): Link[] {
  const at = `${root}/collections/${encodeURIComponent(id)}/tiles/${TILE_MATRIX_SET}`;
  return [
    { href: `${root}/tileMatrixSets/${TILE_MATRIX_SET}`, rel: `${REL}/tiling-scheme`, type: JSON_TYPE },
    { href: `${at}/{tileMatrix}/{tileRow}/{tileCol}`, rel: 'item', type: MVT_TYPE, templated: true },
  ];
}

function tilesetHead(title: string) {
  return { title, dataType: 'vector', crs: WEB_MERCATOR, tileMatrixSetURI: TILE_MATRIX_SET_URI };
}

export function tilesets(root: string, { id, title }: CollectionFacts, form: Form) {
  const at = `${root}/collections/${encodeURIComponent(id)}/tiles`;
  return {
    tilesets: [{ ...tilesetHead(title), links: [{ href: `${at}/${TILE_MATRIX_SET}`, rel: 'self', type: JSON_TYPE }, ...tilesetLinks(root, id)] }],
    links: selfAndAlternate(at, form),
  };
}

/** One tileset: where its tiles are and which of them hold anything. */
export function tileset(root: string, { id, title, box }: CollectionFacts, sourceLayer: string, minZoom: number, form: Form) {
  const at = `${root}/collections/${encodeURIComponent(id)}/tiles/${TILE_MATRIX_SET}`;
  const limits = Array.from({ length: MAX_ZOOM + 1 - minZoom }, (_, i) => {
    const z = minZoom + i;
    const [minTileCol, minTileRow, maxTileCol, maxTileRow] = tileRange(z, box ?? WORLD);
    return { tileMatrix: String(z), minTileRow, maxTileRow, minTileCol, maxTileCol };
  });
  return {
    ...tilesetHead(title),
    tileMatrixSetLimits: limits,
    ...(box !== undefined && { boundingBox: { lowerLeft: [box[0], box[1]], upperRight: [box[2], box[3]], crs: CRS84 } }),
    layers: [{ id: sourceLayer, title, dataType: 'vector', minTileMatrix: String(minZoom), maxTileMatrix: String(MAX_ZOOM) }],
    links: [...selfAndAlternate(at, form), ...tilesetLinks(root, id)],
  };
}
