import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepCity } from '../../src/base/prune.ts';
import { allocateBatch, discardBatch, findBatch, finishBatch } from '../../src/base/store/batches.ts';
import { createCity, ROW_TABLES } from '../../src/base/store/cities.ts';
import { addRevision, getCurrentBatches } from '../../src/base/store/revisions.ts';
import { BatchWriter } from '../../src/base/store/stage.ts';
import { listTransit } from '../../src/base/store/transit.ts';
import { NoteBook } from '../../src/core/note.ts';
import type { Geometry } from '../../src/engine/spatial/geometry.ts';
import { buildLine, buildPoint, buildPolygon } from '../../src/engine/spatial/geometry.ts';
import type { FeatureRecord, ImportRecord } from '../../src/import/model.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const feature = (sourceId: string, geometry: Geometry): FeatureRecord => ({
  type: 'feature', layer: 'street', kind: 'primary', sourceId, name: 'n', nameEn: undefined, attributes: { lanes: 2, note: null }, geometry,
});
const trip = (tripId: string, routeId: string): ImportRecord => ({
  type: 'transit-trip', tripId, routeId, serviceId: 'S', shapeId: undefined, headsign: '终点', directionId: 1, stopIds: ['a', 'b"c'],
  arrivalS: Int32Array.of(86_400, 90_000), departureS: Int32Array.of(86_460, 90_000), frequencies: [{ startS: 0, endS: 3600, headwayS: 600, exact: true }],
});
const square = (west: number, south: number): Geometry => buildPolygon([west, south, west + 0.01, south, west + 0.01, south + 0.01, west, south + 0.01]);

describe.each(TEST_BASES)('staging into the $kind base', ({ open }) => {
  let opened: TestBase;
  const cityId = 'stage';
  beforeAll(async () => {
    opened = await open();
    await createCity(opened.base.database, cityId, { zh: '暂存', en: 'Stage' });
  });
  afterAll(() => opened.remove());

  const allocate = (runId: string): Promise<number> =>
    allocateBatch(opened.base.database, cityId, {
      kind: 'file', sourceKey: 'k', fileName: 'f', sha256: '0', sizeBytes: 1, format: 'geojson', options: {}, inputs: [], who: 'test', programVersion: '0', runId,
    });

  const stage = async (records: readonly ImportRecord[]): Promise<{ batchId: number; writer: BatchWriter; notes: NoteBook }> => {
    const batchId = await allocate('stage');
    const notes = new NoteBook();
    const writer = new BatchWriter(opened.base.database, cityId, batchId, 'file.x', notes);
    await writer.write(records);
    await writer.finish();
    return { batchId, writer, notes };
  };

  const rowsOf = (table: string, batchId: number): Promise<Record<string, unknown>[]> =>
    opened.base.database.query(`select * from ${table} where city_id = $1 and batch_id = $2`, [cityId, batchId]);

  test('every kind of record becomes a row with its values', async () => {
    const { batchId, writer, notes } = await stage([
      { ...feature('way/1', buildLine(Float64Array.of(114, 30, 114.01, 30))), nodeIds: Float64Array.of(1, 12_000_000_001) },
      { type: 'turn-restriction', sourceId: 'relation/1', kind: 'no_left_turn', fromWays: [1], viaNode: 5, viaWays: [], toWays: [2, 3], attributes: {} },
      { type: 'place', placeId: 'P', level: 'block', name: { zh: '甲', en: 'A' }, parentId: undefined, population: 10.5, households: undefined, attributes: {}, geometry: square(114, 30) },
      { type: 'place', placeId: 'Q', level: 'community', name: { zh: '乙', en: 'B' }, parentId: 'P', population: undefined, households: 4, attributes: {}, geometry: undefined },
      { type: 'facility', facilityId: 'F', kind: 'clinic', name: '诊所', capacity: 5, floorM2: undefined, landM2: 3, attributes: {}, geometry: buildPoint(114, 30) },
      { type: 'population-cell', cellId: 'c', group: '65+', persons: 3.25, geometry: square(114, 30) },
      { type: 'population-raster', group: 'total', width: 2, height: 1, originLon: 114, originLat: 30, cellLonDeg: 0.1, cellLatDeg: 0.1, values: Float32Array.of(1.5, NaN) },
      { type: 'row', table: 'cases', row: 2, key: 'k', values: { a: '1' } },
      { type: 'transit-service', serviceId: 'S', weekdays: [true, true, true, true, true, false, false], startDate: '2025-01-01', endDate: '2025-12-31', addedDates: ['2026-01-03'], removedDates: [] },
      trip('T', 'R'),
    ]);
    expect(notes.list()).toEqual([]);
    expect(writer.kept).toEqual({
      street: 1, 'turn-restriction': 1, 'place/block': 1, 'place/community': 1, facility: 1, 'population-cell/65+': 1, 'raster/population/total': 1, 'row/cases': 1,
      'transit-service': 1, 'transit-trip': 1,
    });
    expect(writer.box?.map((value) => Math.round(value * 1e6) / 1e6)).toEqual([114, 29.9, 114.2, 30.01]);
    const [street] = await rowsOf('feature', batchId);
    expect(street).toMatchObject({ feature_id: 1, layer: 'street', kind: 'primary', source_id: 'way/1', name: 'n', name_en: null, attributes: { lanes: 2, note: null } });
    // 0.01° of longitude at 30° N: 965 m on the WGS84 ellipsoid
    expect(street['size']).toBeGreaterThan(964);
    expect(street['size']).toBeLessThan(966);
    expect(await rowsOf('street', batchId)).toMatchObject([{ feature_id: 1, node_ids: [1, 12_000_000_001] }]);
    expect(await rowsOf('turn_restriction', batchId)).toMatchObject([{ from_ways: [1], via_node: 5, via_ways: [], to_ways: [2, 3] }]);
    const places = await rowsOf('place', batchId);
    expect(places.find((place) => place['place_id'] === 'P')).toMatchObject({ level: 'block', parent_id: null, population: 10.5, households: null, derived: false });
    expect(places.find((place) => place['place_id'] === 'Q')).toMatchObject({ parent_id: 'P', households: 4, area_m2: null, geom: null });
    expect(await rowsOf('facility', batchId)).toMatchObject([{ facility_id: 'F', capacity: 5, floor_m2: null, land_m2: 3, quality: 'registry', sources: [`${batchId}:F`] }]);
    expect(await rowsOf('population_cell', batchId)).toMatchObject([{ cell_id: 'c', population_group: '65+', persons: 3.25 }]);
    const [raster] = await rowsOf('raster', batchId);
    expect(raster).toMatchObject({ quantity: 'population/total', population_group: 'total', width: 2, height: 1 });
    expect(new Float32Array(new Uint8Array(inflateSync(raster['data'] as Uint8Array)).buffer)).toEqual(Float32Array.of(1.5, NaN));
    expect(await rowsOf('table_row', batchId)).toMatchObject([{ table_name: 'cases', row_number: 2, row_key: 'k', values: { a: '1' } }]);
    expect(await rowsOf('transit_service', batchId)).toMatchObject([{ start_date: '2025-01-01', added_dates: ['2026-01-03'], removed_dates: [] }]);
    expect(await rowsOf('transit_trip', batchId)).toMatchObject([
      { stop_ids: ['a', 'b"c'], arrival_s: [86_400, 90_000], departure_s: [86_460, 90_000], headsign: '终点', direction_id: 1, frequencies: [{ startS: 0, endS: 3600, headwayS: 600, exact: true }] },
    ]);
    const scope = { cityId, revision: 1, batches: [batchId], fileBatches: [batchId], derivedBatch: undefined };
    expect(await listTransit(opened.base.database, scope)).toEqual([{ batchId, trips: 1, routes: 1, services: 1, stops: 0, firstDate: '2025-01-01', lastDate: '2026-01-03' }]);
  });

  test('geometry that PostGIS refuses is left out and counted; the rest of the chunk is kept', async () => {
    const open = { type: 'Polygon', coordinates: Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1), partEnds: Uint32Array.of(4) } as const;
    const { batchId, writer, notes } = await stage([
      feature('ok', buildPoint(114, 30)),
      feature('nan', buildLine(Float64Array.of(114, 30, NaN, 30))),
      feature('far', buildPoint(114, 91)),
      feature('one-vertex', buildLine(Float64Array.of(114, 30))),
      feature('open-ring', open),
      feature('flat-ring', { type: 'Polygon', coordinates: Float64Array.of(0, 0, 1, 0, 0, 0), partEnds: Uint32Array.of(3) }),
      feature('nothing', { type: 'MultiPoint', coordinates: new Float64Array(0) }),
      feature('bow-tie', buildPolygon([0, 0, 1, 1, 1, 0, 0, 1])),
    ]);
    expect((await rowsOf('feature', batchId)).map((row) => row['source_id'])).toEqual(['ok', 'bow-tie']);
    expect(writer.kept).toEqual({ street: 2 });
    expect(notes.list()).toMatchObject([{ code: 'base/bad-geometry', level: 'error', count: 6, examples: [{ file: 'file.x', value: 'nan' }, { value: 'far' }, { value: 'one-vertex' }, { value: 'open-ring' }, { value: 'flat-ring' }] }]);
  });

  test('an id that comes twice is kept once and counted', async () => {
    const { batchId, notes } = await stage([trip('T', 'first'), trip('T', 'second'), trip('U', 'third')]);
    expect((await rowsOf('transit_trip', batchId)).map((row) => row['route_id'])).toEqual(['first', 'third']);
    expect(notes.list()).toMatchObject([{ code: 'base/duplicate-id', count: 1, examples: [{ file: 'file.x', value: 'T' }] }]);
  });

  test('more than one COPY of a table keeps order and count', async () => {
    const long = 'x'.repeat(2000);
    const { batchId } = await stage(Array.from({ length: 3000 }, (_, i) => ({ ...feature(`n/${i}`, buildPoint(114, 30)), name: long })));
    const [row] = await opened.base.database.query(
      'select count(*) as n, min(feature_id) as first, max(feature_id) as last, count(distinct source_id) as sources from feature where city_id = $1 and batch_id = $2',
      [cityId, batchId],
    );
    expect(row).toEqual({ n: 3000, first: 1, last: 3000, sources: 3000 });
  });

  test('a batch that was swept cannot be switched to; a run that lives keeps its batches', async () => {
    const { database } = opened.base;
    const live = await allocate('live');
    const dead = await allocate('dead');
    await finishBatch(database, cityId, dead, { kept: {}, notes: [], box: undefined, facts: { seen: {} } });
    await database.exclusive('run:live', () => sweepCity(database, cityId));
    expect((await findBatch(database, cityId, live))?.state).toBe('staging');
    expect((await findBatch(database, cityId, dead))?.state).toBe('discarded');
    const { revision } = await getCurrentBatches(database, cityId);
    const change = { cityId, batches: [dead], action: 'import', who: 'test', box: undefined, replaces: new Map<number, number>() } as const;
    await expect(addRevision(database, { ...change, expected: revision })).rejects.toMatchObject({ kind: 'conflict', code: 'base/batch-lost' });
    await expect(addRevision(database, { ...change, batches: [], expected: revision + 1 })).rejects.toMatchObject({ kind: 'conflict', code: 'base/revision-moved' });
    expect((await getCurrentBatches(database, cityId)).revision).toBe(revision);
  });

  test('a discarded batch leaves no row in any table', async () => {
    const { batchId } = await stage([feature('a', buildPoint(1, 1)), trip('T', 'R')]);
    await discardBatch(opened.base.database, cityId, batchId);
    for (const table of ROW_TABLES) expect(await rowsOf(table, batchId)).toEqual([]);
    expect((await findBatch(opened.base.database, cityId, batchId))?.state).toBe('discarded');
  });
});
