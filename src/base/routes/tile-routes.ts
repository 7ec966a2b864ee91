/** Vector tiles of a city. */
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { ChengmaiError } from '../../core/errors.ts';
import { LruCache } from '../lru-cache.ts';
import { PROGRAM_VERSION } from '../program-version.ts';
import { choiceKey } from '../tile-store.ts';
import type { TileChoice } from '../tile-store.ts';
import type { TileAddress } from '../tiles/build-tile.ts';
import { MAX_ZOOM, tileExists } from '../tiles/mercator.ts';
import type { CurrentCity } from './current-city.ts';
import { matchesTag } from './etag.ts';
import type { GetOpen, OpenBase } from './route-parts.ts';
import { buildRouter, cityParam, rawAnswer, wholeNumber } from './router.ts';

const TILE_TYPE = 'application/vnd.mapbox-vector-tile';
const compress = promisify(gzip);
/** Level 5 makes a tile of 300 kB in about 6 ms, on another thread; level 9 saves 1 % more. */
const GZIP_LEVEL = 5;
const GZIP_FROM_BYTES = 1000;

const layersText = z
  .string()
  .max(1000)
  .regex(/^[^,]+(,[^,]+)*$/)
  .transform((text) => [...new Set(text.split(','))].sort());

const tile = createRoute({
  method: 'get',
  path: '/api/cities/{city}/tiles/{z}/{x}/{y}',
  tags: ['Tiles'],
  summary: 'A Mapbox Vector Tile (2.1) of all layers, or of some',
  request: {
    params: cityParam.extend({ z: wholeNumber(0, MAX_ZOOM), x: wholeNumber(0, 2 ** MAX_ZOOM), y: wholeNumber(0, 2 ** MAX_ZOOM) }),
    query: z.object({
      layers: layersText.optional().meta({ type: 'string', description: 'layer ids, separated by commas; all when absent' }),
      kind: z.literal('cell').optional().meta({ description: 'the grid cells as places, which other tiles show as population only' }),
      revision: wholeNumber(0, 2 ** 31 - 1).optional().meta({ description: 'the revision the client knows; makes the address change with the city' }),
    }),
  },
  responses: { ...rawAnswer(TILE_TYPE, 'the tile; no bytes where nothing lies'), 304: { description: 'the client has it' } },
});

/** Tiles as they go over the wire. */
export class TileSender {
  readonly #zipped = new LruCache<Uint8Array<ArrayBuffer>>(32 * 1024 * 1024, (bytes) => bytes.length + 200);

  /** Answers with a tile or 304. The ETag names city, revision, program and layers, so it is known without making the tile. */
  async send(c: Context, open: OpenBase, current: CurrentCity, address: TileAddress, choice: TileChoice): Promise<Response> {
    const { z, x, y } = address;
    if (!tileExists(z, x, y)) throw noTile(address);
    const key = `${current.cityId}/${current.version}/${z}/${x}/${y}/${choiceKey(choice)}`;
    const etag = `W/"${Buffer.from(`${key}/${PROGRAM_VERSION}`).toString('base64url')}"`;
    c.header('ETag', etag);
    c.header('Cache-Control', 'private, no-cache');
    c.header('Vary', 'Accept-Encoding');
    if (matchesTag(c.req.header('if-none-match'), etag)) return c.body(null, 304);
    const bytes = await open.tiles.tile(current, address, choice);
    c.header('Content-Type', TILE_TYPE);
    const wantsGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    if (!wantsGzip || bytes.length < GZIP_FROM_BYTES) return c.body(bytes);
    c.header('Content-Encoding', 'gzip');
    return c.body(await this.#zipped.get(key, async () => new Uint8Array(await compress(bytes, { level: GZIP_LEVEL }))));
  }
}

function noTile({ z, x, y }: TileAddress): ChengmaiError {
  const place = `${z}/${x}/${y}`;
  return new ChengmaiError('not-found', 'base/no-tile', {
    zh: `没有瓦片 ${place}；级别 0–${MAX_ZOOM}，行列号小于 2 的级别次方。`,
    en: `There is no tile ${place}; zooms go from 0 to ${MAX_ZOOM}, columns and rows below 2 to the zoom.`,
  }, { value: place });
}

export function tileRoutes(getOpen: GetOpen, sender: TileSender) {
  const router = buildRouter();
  router.openapi(tile, async (c) => {
    const open = getOpen();
    const { city, z: zoom, x, y } = c.req.valid('param');
    const { layers, kind, revision } = c.req.valid('query');
    return sender.send(c, open, await open.cities.recent(city, revision), { z: zoom, x, y }, { layers, kind });
  });
  return router;
}
