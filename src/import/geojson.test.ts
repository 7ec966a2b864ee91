import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode, readAll } from '../../test/read-all.ts';
import { NoteBook } from '../core/note.ts';
import type { GeoJsonGeometry } from '../engine/spatial/geometry.ts';
import { toGeoJson } from '../engine/spatial/geometry.ts';
import { resolveCrs } from './crs/coordinate-system.ts';
import { geoJsonReader } from './geojson.ts';
import type { ByteSource } from './model.ts';

const SQUARE = [[[114, 30], [115, 30], [115, 31], [114, 31], [114, 30]]];
const feature = (geometry: unknown, properties: Record<string, unknown> = {}, id?: string | number): object => ({ type: 'Feature', ...(id !== undefined && { id }), properties, geometry });
const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });

const position = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true })).map(([x, y]) => [x || 0, y || 0.5]);
const line = fc.array(position, { minLength: 2, maxLength: 6 });
const ring = fc.uniqueArray(position, { minLength: 3, maxLength: 6, selector: (p) => p.join() }).map((open) => [...open, open[0]]);
const geometry: fc.Arbitrary<GeoJsonGeometry> = fc.oneof(
  position.map((coordinates) => ({ type: 'Point' as const, coordinates })),
  fc.array(position, { minLength: 1, maxLength: 4 }).map((coordinates) => ({ type: 'MultiPoint' as const, coordinates })),
  line.map((coordinates) => ({ type: 'LineString' as const, coordinates })),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((coordinates) => ({ type: 'MultiLineString' as const, coordinates })),
  fc.array(ring, { minLength: 1, maxLength: 3 }).map((coordinates) => ({ type: 'Polygon' as const, coordinates })),
  fc.array(fc.array(ring, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }).map((coordinates) => ({ type: 'MultiPolygon' as const, coordinates })),
);

describe('GeoJSON', () => {
  it('comes back as it was written, in a document or line by line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(geometry, fc.string({ maxLength: 8 }), fc.integer()), { minLength: 2, maxLength: 12 }), fc.constantFrom('document', 'lines', 'sequence'), async (items, form) => {
        const features = items.map(([shape, text, n], i) => feature(shape, { text: `t${text}`, n }, `f${i}`));
        const written = form === 'document' ? collection(...features) : features.map((f) => (form === 'sequence' ? '\u001e' : '') + JSON.stringify(f)).join('\n');
        const read = await readAll(`things.${form === 'document' ? 'geojson' : 'geojsonl'}`, written);
        expect(read.format).toBe(form === 'document' ? 'geojson' : 'geojson-lines');
        expect(read.features.map((f) => toGeoJson(f.geometry))).toEqual(items.map(([shape]) => shape));
        expect(read.features.map((f) => f.attributes['n'])).toEqual(items.map(([, , n]) => n));
        expect(read.features.every((f) => f.layer === 'custom:things')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is a collection, a feature, a geometry or an array of features', async () => {
    const point = { type: 'Point', coordinates: [114, 30] };
    for (const text of [collection(feature(point)), JSON.stringify(feature(point)), JSON.stringify(point), JSON.stringify([feature(point)])]) {
      expect((await readAll('a.geojson', text)).features).toHaveLength(1);
    }
    const split = await readAll('a.geojson', collection(feature({ type: 'GeometryCollection', geometries: [point, { type: 'LineString', coordinates: [[1, 2], [3, 4]] }] }, { a: 1 }, 7)));
    expect(split.features.map((f) => [f.sourceId, f.geometry.type])).toEqual([['7#1', 'Point'], ['7#2', 'LineString']]);
    expect(split.counts['import/collection-split']).toBe(1);
  });

  it('honours the crs member of 2008, before or after the features', async () => {
    const point = Float64Array.of(24.94, 60.17);
    resolveCrs('EPSG:3879').fromWgs84(point);
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3879' } };
    const features = [feature({ type: 'Point', coordinates: [...point] })];
    for (const text of [JSON.stringify({ type: 'FeatureCollection', crs, features }), JSON.stringify({ type: 'FeatureCollection', features, crs })]) {
      const read = await readAll('a.geojson', text);
      expect(read.facts.crs).toBe('EPSG:3879');
      expect(read.features[0].geometry.coordinates[0]).toBeCloseTo(24.94, 8);
      expect(read.features[0].geometry.coordinates[1]).toBeCloseTo(60.17, 8);
    }
  });

  it('notes and survives what is wrong with single features', async () => {
    const read = await readAll(
      'bad.geojson',
      collection(
        feature({ type: 'Polygon', coordinates: SQUARE }, { ok: 1 }),
        feature({ type: 'Point', coordinates: [200, 30] }),
        feature({ type: 'Point', coordinates: [114, 'x'] }),
        feature(null),
        feature({ type: 'Polygon', coordinates: [SQUARE[0].slice(0, 4)] }),
        feature({ type: 'Polygon', coordinates: [[[114, 30], [115, 31], [115, 30], [114, 31], [114, 30]]] }),
        feature({ type: 'Polygon', coordinates: [[[114, 30], [115, 31], [114, 30]]] }),
        feature({ type: 'Polygon', coordinates: [114, 30] }),
        feature({ type: 'Circle', coordinates: [114, 30] }),
        feature({ type: 'LineString', coordinates: [] }),
        { type: 'Nonsense' },
      ),
    );
    expect(read.counts).toEqual({
      'import/out-of-range': 1,
      'import/bad-coordinate': 1,
      'import/null-geometry': 1,
      'import/unclosed-ring': 1,
      'import/self-crossing': 1,
      'import/degenerate': 1,
      'import/bad-geometry': 2,
      'import/empty-geometry': 1,
      'import/not-a-feature': 1,
    });
    expect(read.features).toHaveLength(3);
    expect(read.notes.find((note) => note.code === 'import/out-of-range')?.examples).toEqual([{ file: 'bad.geojson', row: 2, field: 'geometry', value: '200, 30' }]);
    expect(read.features[1].geometry.coordinates.slice(-2)).toEqual(Float64Array.of(114, 30));
  });

  it('sees long rings that cross themselves and passes those that only come close', async () => {
    const circle = (crossed: boolean): number[][] => {
      const ring = Array.from({ length: 200 }, (_, i) => [114 + Math.cos((i / 200) * 2 * Math.PI), 30 + Math.sin((i / 200) * 2 * Math.PI)]);
      if (crossed) [ring[50], ring[51]] = [ring[51], ring[50]];
      return [...ring, ring[0]];
    };
    const read = await readAll('rings.geojson', collection(feature({ type: 'Polygon', coordinates: [circle(false)] }), feature({ type: 'Polygon', coordinates: [circle(true)] })));
    expect(read.notes.find((note) => note.code === 'import/self-crossing')).toMatchObject({ count: 1, examples: [{ row: 2 }] });
  });

  it('repairs a stray character with a note that says where', async () => {
    const read = await readAll('stray.geojson', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"1",m"b":2},"geometry":{"type":"Point","coordinates":[114,NaN]}}, {"type" "Feature" oops "geometry"}]}');
    expect(read.counts).toMatchObject({ 'import/json-repaired': 2, 'import/bad-json': 1 });
    expect(read.notes[0].examples[0]).toMatchObject({ field: 'byte 80', value: 'm' });
    expect(read.counts['import/bad-coordinate']).toBe(1);
  });

  it('refuses files that break off, and other JSON by its name', async () => {
    const whole = collection(feature({ type: 'Point', coordinates: [114, 30] }), feature({ type: 'Point', coordinates: [114, 30] }));
    expect(await errorCode(readAll('a.geojson', whole.slice(0, -20)))).toBe('import/truncated');
    expect(await errorCode(readAll('a.geojson', whole.slice(0, -2)))).toBe('import/truncated');
    expect(await errorCode(readAll('a.json', '{"type":"Topology","objects":{}}'))).toBe('import/unsupported-json');
    expect(await errorCode(readAll('a.json', '{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},"features":[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}]}'))).toBe('import/unsupported-json');
    expect(await errorCode(readAll('a.geojson', ''))).toBe('import/empty-file');
  });

  it('reads other encodings', async () => {
    const text = collection(feature({ type: 'Point', coordinates: [114.3, 30.6] }, { name: '汉口江滩公园' }));
    const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    for (const bytes of [new TextEncoder().encode(`\ufeff${text}`), wide]) expect((await readAll('a.geojson', bytes)).features[0].name).toBe('汉口江滩公园');
  });

  it('keeps attributes that the base can store', async () => {
    const read = await readAll('a.geojson', collection(feature({ type: 'Point', coordinates: [1, 2] }, { text: 'a\u0000b\ud800', nested: { b: 1, deep: { c: [1] } }, list: [1, 2], ok: true, none: null })));
    expect(read.features[0].attributes).toEqual({ text: 'ab\ufffd', 'nested.b': 1, 'nested.deep': '{"c":[1]}', list: '[1,2]', ok: true, none: null });
  });

  it('recognises places by division code, level column, OSM level in China, and name', async () => {
    const area = (shift: number): object => ({ type: 'Polygon', coordinates: [SQUARE[0].map(([x, y]) => [x + shift, y])] });
    const codes = await readAll('420100.json', collection(feature(area(0), { adcode: 420102, name: '江岸区', level: 'district', parent: { adcode: 420100 } }), feature(area(1), { adcode: 420103, name: '江汉区', level: 'district', parent: { adcode: 420100 } })));
    expect(codes.places).toMatchObject([{ placeId: '420102', level: 'district', parentId: '420100', name: { zh: '江岸区' } }, { placeId: '420103', level: 'district' }]);
    expect(codes.features.map((f) => f.layer)).toEqual(['custom:420100', 'custom:420100']);
    const osm = await readAll('b.geojson', collection(feature(area(0), { osm_id: -42, admin_level: '5', name: '某市', boundary: 'administrative' })));
    expect(osm.places).toMatchObject([{ placeId: 'relation/42', level: 'city' }]);
    expect(osm.features).toMatchObject([{ layer: 'boundary', kind: 'administrative', sourceId: 'relation/42' }]);
    const named = await readAll('streets.geojson', collection(feature(area(0), { 名称: '二七街道' }), feature(area(1), { 名称: '花桥街道' })));
    expect(named.places.map((place) => place.level)).toEqual(['block', 'block']);
    expect(named.notes[0]).toMatchObject({ code: 'import/places-recognised', level: 'warning' });
    const stated = await readAll('zones.geojson', collection(feature(area(0), { name: 'North' })), { level: 'zone' });
    expect(stated.places).toMatchObject([{ level: 'zone', name: { zh: 'North', en: 'North' } }]);
    expect((await readAll('zones.geojson', collection(feature(area(0), { name: 'North' })))).places).toEqual([]);
  });

  it('puts OSM tags into the core layers, a school building or a park into both of its own', async () => {
    const area = { type: 'Polygon', coordinates: SQUARE };
    const read = await readAll(
      'export.geojson',
      collection(
        feature(area, { '@id': 'way/1', building: 'yes', amenity: 'school', name: 'A', 'name:en': 'B' }),
        feature({ type: 'LineString', coordinates: [[1, 2], [3, 4]] }, { '@id': 'way/2', highway: 'residential' }),
        feature(area, { '@id': 'way/3', landuse: 'residential' }),
        feature({ type: 'Point', coordinates: [1, 2] }, { '@id': 'node/4', amenity: 'pharmacy' }),
        feature({ type: 'Point', coordinates: [1, 2] }, { '@id': 'node/5', note: 'nothing' }),
        feature(area, { '@id': 'way/6', leisure: 'park' }),
        feature(area, { '@id': 'way/7', amenity: 'hospital' }),
        feature({ type: 'Point', coordinates: [1, 2] }, { '@id': 'node/8', leisure: 'park' }),
      ),
    );
    expect(read.features.map((f) => `${f.sourceId} ${f.layer} ${f.kind}`)).toEqual(['way/1 poi school', 'way/1 building yes', 'way/2 street residential', 'way/3 land-use residential', 'node/4 poi pharmacy', 'node/5 custom:export ', 'way/6 poi park', 'way/6 land-use park', 'way/7 poi hospital', 'way/7 land-use hospital', 'node/8 poi park']);
    expect(read.features[0]).toMatchObject({ name: 'A', nameEn: 'B' });
  });

  it('counts persons of polygons, not of numbers that only look like it', async () => {
    const area = { type: 'Polygon', coordinates: SQUARE };
    const read = await readAll('grid.geojson', collection(feature(area, { id: 'a', 常住人口: 120, '65岁及以上人口': 30, density: 5 }), feature(area, { id: 'b', 常住人口: -1, '65岁及以上人口': null, density: 5 }), ...[1, 2, 3, 4].map((n) => feature(area, { id: `c${n}`, 常住人口: n, '65岁及以上人口': 0, density: 5 }))));
    expect(read.cells.map((cell) => [cell.cellId, cell.group, cell.persons])).toEqual([['a', 'total', 120], ['a', '65+', 30], ...[1, 2, 3, 4].flatMap((n) => [[`c${n}`, 'total', n], [`c${n}`, '65+', 0]])]);
    expect(read.counts).toMatchObject({ 'import/bad-persons': 1, 'import/no-persons': 1 });
    expect(read.features).toHaveLength(6);
  });

  it('streams: it never reads far ahead of what it has yielded', async () => {
    const one = new TextEncoder().encode(`${JSON.stringify(feature({ type: 'Polygon', coordinates: SQUARE }, { building: 'yes', text: `é${'x'.repeat(200)}` }))},`);
    const head = new TextEncoder().encode('{"type":"FeatureCollection","features":[');
    const tail = new TextEncoder().encode('{"type":"Feature","properties":{},"geometry":null}]}');
    const copies = 30_000;
    const bytes = new Uint8Array(head.length + copies * one.length + tail.length);
    bytes.set(head);
    for (let i = 0; i < copies; i++) bytes.set(one, head.length + i * one.length);
    bytes.set(tail, bytes.length - tail.length);
    let read = 0;
    const source: ByteSource = {
      name: 'big.geojson',
      sizeBytes: bytes.length,
      async read(offset, length) {
        if (length > 64 * 1024) read = Math.max(read, Math.min(bytes.length, offset + length));
        return bytes.subarray(offset, offset + length);
      },
    };
    let features = 0;
    let ahead = 0;
    for await (const chunk of geoJsonReader.read(source, {}, { notes: new NoteBook() }, { seen: {} })) {
      features += chunk.length;
      ahead = Math.max(ahead, read - features * one.length);
    }
    expect(features).toBe(copies);
    expect(ahead).toBeLessThan(4e6);
    expect(bytes.length).toBeGreaterThan(10e6);
  });

  const wuhan = new URL('../../../shared/data/wuhan/wuhan-boundary.geojson', import.meta.url);
  it.skipIf(!existsSync(wuhan))('reads the boundary of a real city', async () => {
    const read = await readAll('boundary.geojson', readFileSync(wuhan));
    expect(read.places).toMatchObject([{ level: 'city', name: { zh: '武汉市' } }]);
    expect(read.places[0].geometry?.coordinates).toHaveLength(7956);
  });
});
