/** A snapshot that takes what still holds from the one before has the same bytes as one that reads everything anew, whatever came or went. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImport, undoBatch } from '../../src/base/run.ts';
import { buildSnapshot } from '../../src/base/snapshot/build-snapshot.ts';
import type { EarlierSnapshot } from '../../src/base/snapshot/earlier-parts.ts';
import { takeHeldParts } from '../../src/base/snapshot/earlier-parts.ts';
import type { Snapshot } from '../../src/base/snapshot/model.ts';
import { openSnapshot } from '../../src/base/snapshot/open-snapshot.ts';
import { listBatches } from '../../src/base/store/batches.ts';
import { getCurrentBatches } from '../../src/base/store/revisions.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { ByteSource } from '../../src/import/model.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';
import { kindergartens, townFiles } from './small-town.ts';

const CITY = 'town';
const who = 'test';
let opened: TestBase;
let before: EarlierSnapshot;

const text = (name: string, content: string): ByteSource => bytesSource(name, new TextEncoder().encode(content));
const bring = (source: ByteSource) => runImport(opened.base, { cityId: CITY, files: [{ source, options: { crs: 'EPSG:4326' } }], who });
const geojson = (name: string, features: readonly unknown[]): ByteSource => text(name, JSON.stringify({ type: 'FeatureCollection', features }));
const feature = (id: string, properties: Record<string, string>, geometry: unknown) => ({ type: 'Feature', id, properties, geometry });
const square = (lon: number, lat: number, side = 0.0004) => ({ type: 'Polygon', coordinates: [[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]] });

async function scopeOf(snapshot: Snapshot) {
  const { revision, fileBatches, derivedBatch } = await getCurrentBatches(opened.base.database, CITY);
  return { cityId: CITY, revision, fileBatches, derivedBatch, key: snapshot.meta.key };
}

/** Opens the snapshot of the present revision, which takes over what holds, and holds it against one made anew. Returns what was taken over. */
async function openTwoWays(): Promise<readonly string[]> {
  const snapshot = await openSnapshot(opened.base, CITY);
  const scope = await scopeOf(snapshot);
  expect(snapshot.meta.revision).toBe(scope.revision);
  const { parts } = await takeHeldParts(opened.base.database, scope, before);
  expect(Buffer.compare(snapshot.bytes, await buildSnapshot(opened.base.database, scope))).toBe(0);
  // and with what was to be taken over, should the cache folder have had none
  expect(Buffer.compare(snapshot.bytes, await buildSnapshot(opened.base.database, scope, {}, before))).toBe(0);
  before = { snapshot, fileBatches: scope.fileBatches };
  return parts;
}

const undo = async (fileName: string): Promise<void> => {
  const { fileBatches } = await getCurrentBatches(opened.base.database, CITY);
  const batch = (await listBatches(opened.base.database, CITY)).find((one) => one.fileName === fileName && fileBatches.includes(one.batchId));
  await undoBatch(opened.base, CITY, batch?.batchId ?? -1, who);
};

beforeAll(async () => {
  opened = await TEST_BASES[0].open();
  await runImport(opened.base, { cityId: CITY, cityName: { zh: '镇', en: 'Town' }, files: townFiles(), who });
  const snapshot = await openSnapshot(opened.base, CITY);
  before = { snapshot, fileBatches: (await scopeOf(snapshot)).fileBatches };
}, 120_000);
afterAll(async () => {
  await opened.remove();
});

const ALL = ['streets', 'turns', 'buildings', 'landUse'];
const BUILDINGS = text('buildings.csv', 'bldg_id,community_id,lon,lat,use,storeys,year_built\nB-1,A0,114.3010,30.6010,住宅,6,1990\nB-2,A0,114.3015,30.6012,\uFEFFresidential,3,2001');
const LAND = geojson('land.geojson', [feature('1', { landuse: 'industrial' }, square(114.3079, 30.6035)), feature('2', { natural: 'water', name: '池' }, square(114.3071, 30.6031))]);
const LANES = geojson('lanes.geojson', [feature('1', { highway: 'footway', name: '小巷 🌳' }, { type: 'LineString', coordinates: [[114.3, 30.6], [114.302, 30.602]] })]);
const PEOPLE = text('people.csv', 'lon,lat,population\n114.3011,30.6011,250');

const STEPS: readonly (readonly [what: string, act: () => Promise<unknown>, held: readonly string[]])[] = [
  ['another facility', () => bring(kindergartens(true)), ALL],
  ['a register of buildings', () => bring(BUILDINGS), ['streets', 'turns']],
  ['the facility gone again', () => bring(kindergartens(false)), ALL],
  ['more land use', () => bring(LAND), ['streets', 'turns', 'buildings']],
  ['more streets', () => bring(LANES), []],
  ['more people', () => bring(PEOPLE), ALL],
  ['the register taken back', () => undo('buildings.csv'), ['streets', 'turns']],
  ['the streets taken back', () => undo('lanes.geojson'), []],
  ['the land use taken back', () => undo('land.geojson'), ['streets', 'turns', 'buildings']],
];

test.each(STEPS)('%s', async (_, act, held) => {
  await act();
  expect(await openTwoWays()).toEqual(held);
}, 60_000);

test('a snapshot of a revision that is not what it says is not taken from', async () => {
  // two revisions on, with the cache of the first: batches of it have been discarded, what they counted has not
  await bring(kindergartens(true));
  await bring(LANES);
  expect(await openTwoWays()).toEqual([]);
  // revisions whose batches the key does not tell of
  await opened.base.database.query('update revision set batches = batches[2:] where city_id = $1 and revision = $2', [CITY, before.snapshot.meta.revision]);
  await bring(kindergartens(false));
  const snapshot = await openSnapshot(opened.base, CITY);
  expect(Buffer.compare(snapshot.bytes, await buildSnapshot(opened.base.database, await scopeOf(snapshot)))).toBe(0);
  expect(await readdir(join(opened.base.dataDir, 'snapshots'))).toHaveLength(1);
}, 60_000);
