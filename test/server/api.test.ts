import { createHash } from 'node:crypto';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import * as api from '../../src/base/api.ts';
import { OVERVIEW_CONDITION } from '../../src/base/migrations/0002-overview-index.ts';
import { featureCondition } from '../../src/base/tile-store.ts';
import { LAYER_RULES } from '../../src/base/tiles/generalise.ts';
import { tileRange } from '../../src/base/tiles/mercator.ts';
import { createApp } from '../../src/server/app.ts';
import { serve } from '../../src/server/serve.ts';
import { Startup } from '../../src/server/startup.ts';
import { buildSmallCity, CENTRE, SCHOOL } from '../browser/small-city.ts';
import { CITY, MAX_UPLOAD_BYTES, serveSmallCity } from './served-city.ts';

let city: Awaited<ReturnType<typeof serveSmallCity>>;
beforeAll(async () => {
  city = await serveSmallCity();
});
afterAll(() => city.remove());

/** The answer, checked against the schema that the interface promises. */
async function read<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const response = await city.get(path);
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return schema.parse(body);
}

async function problem(response: Response): Promise<api.Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return api.problemSchema.parse(await response.json());
}

const at = (rest: string): string => `/api/cities/${CITY}${rest}`;

describe('an import over HTTP', () => {
  test('makes the city and tells what was kept', () => {
    expect(city.job).toMatchObject({ kind: 'import', state: 'done', cityId: CITY, error: null });
    const [file] = (city.job.result as { files: { state: string; kept: Record<string, number> }[] }).files;
    expect(file.state).toBe('imported');
    expect(file.kept['street']).toBe(14);
  });

  test('the city with its counts', async () => {
    const { cities } = await read('/api/cities', api.cityListSchema);
    expect(cities.map(({ cityId, name }) => [cityId, name.zh])).toEqual([[CITY, '江汉']]);
    const detail = await read(at(''), api.cityDetailSchema);
    expect(detail.revision).toBe(1);
    expect(detail.counts.files).toBe(1);
    expect(detail.counts.features).toBeGreaterThanOrEqual(14 + 35 + 3);
    const [west, south, east, north] = detail.box as number[];
    expect(west < CENTRE.lon && CENTRE.lon < east && south < CENTRE.lat && CENTRE.lat < north).toBe(true);
  });

  test('the preview recognises a file, says why it cannot use another, and knows one it has', async () => {
    const table = await city.upload(CITY, '../路径/树.csv', '树号,经度,纬度\n1,114.3,30.6\n');
    expect(table.fileName).toBe('树.csv');
    expect(table.preview).toMatchObject({ format: 'csv' });
    const again = await city.send('POST', at(`/uploads/${table.sha256}/preview`), { options: { encoding: 'utf-8' } });
    expect(api.uploadSchema.parse(await again.json()).preview?.encoding?.toLowerCase()).toContain('utf');
    const unknown = await city.upload(CITY, 'a.bin', '\u0001\u0002\u0003 no format of any kind');
    expect(unknown.preview).toBeNull();
    expect(unknown.problem?.code).toBe('import/unknown-format');
    const same = await city.upload(CITY, 'again.geojson', buildSmallCity());
    expect(same.alreadyImported).toBe(1);
    expect((await city.send('DELETE', at(`/uploads/${unknown.sha256}`))).status).toBe(204);
    expect((await problem(await city.send('POST', at(`/uploads/${unknown.sha256}/preview`), {}))).code).toBe('base/no-upload');
  });

  test('an upload beyond the limit is refused, announced or not', async () => {
    const request = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
      Promise.resolve(city.app.request(`http://localhost${at('/uploads?name=big.bin')}`, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit));
    const announced = await request('x', { 'content-length': String(MAX_UPLOAD_BYTES + 1) });
    expect(announced.status).toBe(413);
    const piece = new Uint8Array(1_000_000);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => { sent++; controller.enqueue(piece); } });
    const response = await request(endless);
    expect(response.status).toBe(413);
    expect((await problem(response)).code).toBe('server/upload-too-large');
    expect(sent).toBeLessThan(20);
  });

  test('an import names files that were uploaded, into a city that exists or is named', async () => {
    const missing = await city.send('POST', at('/imports'), { files: [{ sha256: '0'.repeat(64) }] });
    expect(missing.status).toBe(404);
    expect((await problem(missing)).code).toBe('base/no-upload');
    const { sha256 } = await city.upload('nowhere', 'x.geojson', '{"type":"FeatureCollection","features":[]}');
    expect((await problem(await city.send('POST', '/api/cities/nowhere/imports', { files: [{ sha256 }] }))).code).toBe('base/no-city');
    expect((await city.send('POST', at('/imports'), { files: [] })).status).toBe(400);
  });
});

describe('browsing', () => {
  test('layers in drawing order, with counts by kind', async () => {
    const { layers, revision } = await read(at('/layers'), api.layerListSchema);
    expect(revision).toBe(1);
    const street = layers.find(({ id }) => id === 'street');
    expect(street).toMatchObject({ count: 14, geometryTypes: ['LineString'], minZoom: 8, group: 'feature' });
    expect(street?.kinds).toEqual([{ kind: 'residential', count: 12 }, { kind: 'primary', count: 2 }]);
    const ids = layers.map(({ id }) => id);
    expect(ids.indexOf('water')).toBeLessThan(ids.indexOf('building'));
    expect(ids.indexOf('building')).toBeLessThan(ids.indexOf('street'));
  });

  test('search in Chinese by a part, in English without regard to case; wildcards are letters', async () => {
    const search = async (q: string) => (await read(at(`/search?q=${encodeURIComponent(q)}&limit=5`), api.searchResultSchema)).hits;
    const [school] = await search('第一小学');
    expect(school).toMatchObject({ name: SCHOOL.name });
    expect(school.point[0]).toBeCloseTo(SCHOOL.lon, 6);
    expect((await search('RIVERSIDE')).some(({ name }) => name === '江滩公园')).toBe(true);
    expect(await search('%')).toEqual([]);
    expect(await search('_')).toEqual([]);
    expect(await search("'; drop table city; --")).toEqual([]);
    expect((await search('路')).length).toBe(5);
  });

  test('a feature tells its attributes, size, and the file it came from', async () => {
    const { hits } = await read(at(`/search?q=${encodeURIComponent('沙湖')}`), api.searchResultSchema);
    const hit = hits.find(({ type }) => type === 'feature');
    const feature = await read(at(`/features/${hit?.id}`), api.featureDetailSchema);
    expect(feature).toMatchObject({ layer: 'water', name: '沙湖', nameEn: 'Sha Lake', source: { fileName: 'jianghan.geojson', batchId: 1, kind: 'file' } });
    // 0.004° by 0.012° at 30.6° N
    expect(feature.areaM2 as number / (0.004 * 95_882 * 0.012 * 110_860)).toBeCloseTo(1, 2);
    expect((await problem(await city.get(at('/features/1/99999')))).status).toBe(404);
    expect((await problem(await city.get(at('/features/1/x')))).code).toBe('base/bad-request');
  });

  test('places partition, facilities have kinds', async () => {
    const { places, total } = await read(at('/places?level=city'), api.placeListSchema);
    expect(total).toBe(1);
    const place = await read(at(`/places/${encodeURIComponent(places[0].placeId)}`), api.placeDetailSchema);
    expect(place.source.kind).toBe('derived');
    expect(place.ancestors).toEqual([]);
    const inside = await read(at(`/places?parent=${encodeURIComponent(place.placeId)}&limit=1`), api.placeListSchema);
    const part = await read(at(`/places/${encodeURIComponent(inside.places[0].placeId)}`), api.placeDetailSchema);
    expect(part.ancestors).toEqual([{ placeId: place.placeId, level: 'city', name: place.name }]);
    expect(place.geometry?.type).toMatch(/Polygon/);
    const { kinds } = await read(at('/facility-kinds'), api.facilityKindListSchema);
    const { facilities, total: count } = await read(at(`/facilities?box=${SCHOOL.lon - 0.001},${SCHOOL.lat - 0.001},${SCHOOL.lon + 0.001},${SCHOOL.lat + 0.001}`), api.facilityListSchema);
    expect(count).toBe(facilities.length);
    expect(facilities.map(({ name }) => name)).toContain(SCHOOL.name);
    expect(kinds.map(({ kind }) => kind)).toContain(facilities[0].kind);
    const facility = await read(at(`/facilities/${encodeURIComponent(facilities[0].facilityId)}`), api.facilityDetailSchema);
    expect(facility.sources.length).toBeGreaterThan(0);
    expect((await problem(await city.get(at('/facilities?box=1,2,3')))).place.field).toBe('box');
    expect((await problem(await city.get(at('/places/nowhere')))).code).toBe('base/no-place');
  });

  test('lineage: batches, revisions, and the very bytes', async () => {
    const { batches } = await read(at('/batches'), api.batchListSchema);
    expect(batches.map(({ kind, current }) => [kind, current])).toEqual([['derived', true], ['file', true]]);
    const batch = await read(at('/batches/1'), api.batchSchema);
    const response = await city.get(at('/batches/1/file'));
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(batch.sha256);
    expect(bytes.toString()).toBe(buildSmallCity());
    expect(response.headers.get('content-disposition')).toContain('jianghan.geojson');
    const { current, revisions } = await read(at('/revisions'), api.revisionListSchema);
    expect([current, revisions.length]).toEqual([1, 1]);
  });

  test('what does not exist, and what cannot be read, is a problem in both languages', async () => {
    const missing = await problem(await city.get('/api/cities/atlantis'));
    expect(missing).toMatchObject({ status: 404, code: 'base/no-city' });
    expect(missing.text.zh).toContain('atlantis');
    expect((await problem(await city.get('/api/cities/atlantis', { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }))).detail).toBe(missing.text.zh);
    expect((await problem(await city.get('/api/cities/Not%20An%20Id'))).status).toBe(400);
    const broken = await city.app.request('http://localhost/api/cities', { method: 'POST', body: '{"name":', headers: { 'content-type': 'application/json' } });
    expect(broken.status).toBe(400);
    await problem(broken);
    const large = await city.send('POST', '/api/cities', { name: 'x'.repeat(2_000_000) });
    expect(large.status).toBe(413);
  });
});

describe('tiles', () => {
  const z = 15;
  const [x, y] = tileRange(z, [SCHOOL.lon, SCHOOL.lat, SCHOOL.lon, SCHOOL.lat]);
  const path = at(`/tiles/${z}/${x}/${y}`);

  async function tile(query = ''): Promise<VectorTile> {
    const response = await city.get(path + query);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    return new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
  }

  test('hold every layer, with ids that lead to the feature', async () => {
    const { layers } = await tile();
    expect(Object.keys(layers)).toEqual(expect.arrayContaining(['street', 'building', 'poi', 'facility', 'place']));
    const { batch, feature, kind, levels } = layers['building'].feature(0).properties;
    expect(kind).toBe('apartments');
    const detail = await read(at(`/features/${batch}/${feature}`), api.featureDetailSchema);
    expect(detail.layer).toBe('building');
    expect(Number(detail.attributes['building:levels'])).toBe(levels);
    const facility = layers['facility'].feature(0).properties;
    expect((await read(at(`/facilities/${encodeURIComponent(String(facility['facility']))}`), api.facilityDetailSchema)).kind).toBe(facility['kind']);
    const place = layers['place'].feature(0).properties;
    expect((await read(at(`/places/${encodeURIComponent(String(place['place']))}`), api.placeDetailSchema)).level).toBe(place['kind']);
  });

  test('put a point where it is', async () => {
    const { poi } = (await tile('?layers=poi')).layers;
    const points = Array.from({ length: poi.length }, (_, i) => poi.feature(i).toGeoJSON(x, y, z));
    const school = points.find((point) => point.properties?.['name'] === SCHOOL.name);
    const [lon, lat] = school?.geometry.type === 'Point' ? school.geometry.coordinates : [];
    // a unit of this tile is 0.3 m, 2.7e-6°
    expect(Math.abs(lon - SCHOOL.lon)).toBeLessThan(3e-6);
    expect(Math.abs(lat - SCHOOL.lat)).toBeLessThan(3e-6);
  });

  test('of some layers hold no other', async () => {
    expect(Object.keys((await tile('?layers=street,water')).layers)).toEqual(['water', 'street']);
  });

  test('are known by their ETag', async () => {
    const first = await city.get(path);
    const etag = first.headers.get('etag') as string;
    const again = await city.get(path, { 'if-none-match': etag });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    expect((await city.get(`${path}?layers=street`)).headers.get('etag')).not.toBe(etag);
    expect((await city.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('are compressed where the client takes it', async () => {
    const response = await city.get(path, { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const bytes = new Uint8Array(await new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
    expect(bytes).toEqual(new Uint8Array(await (await city.get(path)).arrayBuffer()));
  });

  test('outside the world do not exist', async () => {
    expect((await problem(await city.get(at('/tiles/3/8/0')))).code).toBe('base/no-tile');
    expect((await city.get(at('/tiles/25/0/0'))).status).toBe(400);
    expect((await city.get(at('/tiles/3/-1/0'))).status).toBe(400);
    expect((await (await city.get(at('/tiles/15/0/0'))).arrayBuffer()).byteLength).toBe(0);
  });
});

test('the overview index holds all that zooms 0 to 11 draw, and the planner can use it', async () => {
  const { database } = city.testBase.base;
  const kinds = Object.entries(LAYER_RULES).flatMap(([layer, rule]) => [...Object.keys(rule.kinds), 'something'].map((kind) => [layer, kind]));
  kinds.push(['custom:mine', 'x']);
  let id = 0;
  const values = kinds.flatMap(([layer, kind]) => [0, 500, 3000, 50_000, 1e7].map((size) => `('other', 1, ${++id}, '${layer}', '${kind}', '', ${size}, '{}', ST_SetSRID(ST_Point(114, 30), 4326))`));
  await database.query(`insert into feature (city_id, batch_id, feature_id, layer, kind, source_id, size, attributes, geom) values ${values.join(', ')}`);
  const idsOf = async (condition: string) => (await database.query<{ feature_id: number }>(`select feature_id from feature where city_id = 'other' and (${condition}) order by 1`)).map((row) => row.feature_id);
  for (let z = 0; z <= 11; z++) {
    // the smallest pixel that the index is made for: 70° north
    const condition = featureCondition(z, 78_271.5 * 0.342 / 2 ** z, undefined);
    expect(await idsOf(`(${condition}) and ${OVERVIEW_CONDITION}`), `z${z}`).toEqual(await idsOf(condition));
  }
  const plan = await database.transaction(async (transaction) => {
    await transaction.execute('set local enable_seqscan = off');
    return transaction.query<Record<string, string>>(`explain select 1 from feature where geom && ST_MakeEnvelope(113, 29, 115, 31, 4326) and ${OVERVIEW_CONDITION}`);
  });
  expect(JSON.stringify(plan)).toContain('feature_overview');
  await database.query(`delete from feature where city_id = 'other'`);
});

test('OpenAPI 3.1 names every route, each path parameter is required, and the page shows it without outside files', async () => {
  const document = (await (await city.get('/openapi.json')).json()) as { openapi: string; paths: Record<string, Record<string, { parameters?: { in: string; required?: boolean; name: string }[] }>> };
  expect(document.openapi).toBe('3.1.0');
  for (const path of ['/api/health', '/api/cities/{city}/tiles/{z}/{x}/{y}', '/api/jobs/{job}/events', '/ogc/collections/{collectionId}/items']) expect(Object.keys(document.paths)).toContain(path);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(named.map(({ name }) => `{${name}}`).sort(), path).toEqual((path.match(/\{\w+\}/g) ?? []).sort());
      expect(named.every(({ required }) => required === true), path).toBe(true);
    }
  }
  const page = await (await city.get('/docs')).text();
  expect(page).toContain('/api/cities/{city}/tiles/{z}/{x}/{y}');
  expect(page).not.toMatch(/<script|src=|@import|<link/);
});

test('a fault of ours is 500 without its inside, and is reported', async () => {
  const startup = new Startup();
  startup.getOpen = () => {
    throw new Error('password=hunter2 at /home/someone');
  };
  const faults: unknown[] = [];
  const app = createApp({ startup, onFault: (error) => faults.push(error) });
  const response = await app.request('http://localhost/api/cities');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/hunter2|home|at /);
  expect(faults).toHaveLength(1);
});

describe('jobs', () => {
  interface Event {
    event: string;
    job: api.JobJson;
  }

  async function* events(url: string): AsyncGenerator<Event> {
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(bytes, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() as string;
      for (const block of blocks) {
        const lines = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
        if (lines.has('data')) yield { event: lines.get('event') as string, job: api.jobSchema.parse(JSON.parse(lines.get('data') as string)) };
      }
    }
  }

  test('an import followed by events on a real port, then undone: the city returns', async () => {
    const server = await serve({ startup: Startup.ready(city.testBase.base, city.jobs), port: 0 });
    try {
      const { sha256 } = await city.upload(CITY, '井盖.geojson', JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { 编号: 'J1' }, geometry: { type: 'Point', coordinates: [CENTRE.lon, CENTRE.lat] } }] }));
      const started = await fetch(`${server.url}${at('/imports')}`, { method: 'POST', body: JSON.stringify({ files: [{ sha256 }] }), headers: { 'content-type': 'application/json' } });
      expect(started.status).toBe(202);
      const { jobId } = (await started.json()) as api.JobStarted;
      const seen: Event[] = [];
      for await (const event of events(`${server.url}/api/jobs/${jobId}/events`)) seen.push(event);
      expect(seen.every(({ event }) => event === 'job')).toBe(true);
      expect(seen.at(-1)?.job.state).toBe('done');
      const { batches } = await read(at('/batches'), api.batchListSchema);
      const batch = batches.find(({ fileName }) => fileName === '井盖.geojson');
      expect((await read(at('/layers'), api.layerListSchema)).layers.some(({ id }) => id.startsWith('custom:'))).toBe(true);

      const before = (await city.get(at('/tiles/15/0/0'))).headers.get('etag');
      const undo = (await (await city.send('POST', at(`/batches/${batch?.batchId}/undo`))).json()) as api.JobStarted;
      expect((await city.waitFor(undo.jobId)).state).toBe('done');
      const layers = await read(at('/layers'), api.layerListSchema);
      expect(layers.revision).toBe(3);
      expect(layers.layers.some(({ id }) => id.startsWith('custom:'))).toBe(false);
      // a tile asked for with the new revision is the new one
      expect((await city.get(at('/tiles/15/0/0?revision=3'))).headers.get('etag')).not.toBe(before);
      // a job that is over: one event, then the end
      const after: Event[] = [];
      for await (const event of events(`${server.url}/api/jobs/${jobId}/events`)) after.push(event);
      expect(after).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });

  test('are listed by city; one that is over cannot be retried; an unknown one is 404', async () => {
    const { jobs } = await read(`/api/jobs?city=${CITY}`, api.jobListSchema);
    expect(jobs.some(({ jobId }) => jobId === city.job.jobId)).toBe(true);
    expect((await read('/api/jobs?city=elsewhere', api.jobListSchema)).jobs).toEqual([]);
    expect((await city.send('POST', `/api/jobs/${city.job.jobId}/retry`)).status).toBe(409);
    expect((await city.get('/api/jobs/4e0c3a9e-7a6e-4b0c-9a54-94f9e3b1d111')).status).toBe(404);
    expect((await city.get('/api/jobs/4e0c3a9e-7a6e-4b0c-9a54-94f9e3b1d111/events')).status).toBe(404);
    expect((await city.get('/api/jobs/x')).status).toBe(400);
  });
});

test('cities are made, named and deleted', async () => {
  const made = await city.send('POST', '/api/cities', { name: { zh: '新城', en: 'New Town' } });
  expect(made.status).toBe(201);
  expect(api.citySchema.parse(await made.json())).toMatchObject({ cityId: 'new-town', revision: 0, box: null });
  expect(((await (await city.send('POST', '/api/cities', { name: '新城' })).json()) as api.CityJson).cityId).toBe('city');
  expect((await city.send('POST', '/api/cities', { cityId: 'new-town', name: 'x' })).status).toBe(409);
  expect(((await (await city.send('PATCH', '/api/cities/new-town', { name: '旧城' })).json()) as api.CityJson).name).toEqual({ zh: '旧城', en: '旧城' });
  for (const id of ['new-town', 'city']) expect((await city.send('DELETE', `/api/cities/${id}`)).status).toBe(204);
  expect((await city.get('/api/cities/new-town')).status).toBe(404);
  expect(city.faults).toEqual([]);
});
