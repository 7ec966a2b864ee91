import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countFacilityKinds, getFacility, listFacilities } from '../../src/base/browse/facilities.ts';
import { getFeature, listFeatures } from '../../src/base/browse/features.ts';
import { listLayerCounts } from '../../src/base/browse/layers.ts';
import { getPlace, listAncestors, listPlaces } from '../../src/base/browse/places.ts';
import { searchNames } from '../../src/base/browse/search-names.ts';
import { isIndexedText, mayHold } from '../../src/base/migrations/0003-name-letters.ts';
import { runImport, undoBatch } from '../../src/base/run.ts';
import type { CurrentBatches } from '../../src/base/store/revisions.ts';
import { getCurrentBatches } from '../../src/base/store/revisions.ts';
import { listTableRows, listTables } from '../../src/base/store/tables.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { ByteSource } from '../../src/import/model.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const textSource = (name: string, text: string): ByteSource => bytesSource(name, new TextEncoder().encode(text));

/** Three streets of 1 km, west to east, 500 m apart; the middle one in two pieces. */
const streets = textSource('streets.geojson', JSON.stringify({
  type: 'FeatureCollection',
  features: [
    ['南湖路', 30, 114, 114.01],
    ['中山大道', 30.005, 114, 114.005],
    ['中山大道', 30.005, 114.005, 114.01],
    ['北湖路', 30.01, 114, 114.01],
  ].map(([name, lat, west, east]) => ({
    type: 'Feature', properties: { highway: 'residential', name, 'name:en': name === '中山大道' ? 'Zhongshan Avenue' : 'Lake 100% Road' }, geometry: { type: 'LineString', coordinates: [[west, lat], [east, lat]] },
  })),
}));

const units = textSource('units.csv', [
  'unit_id,scale,name,parent,wkt,population,households,built_after_2018',
  'D1,城区,江北区,,"POLYGON((114 30,114.01 30,114.01 30.01,114 30.01,114 30))",30000,10000,',
  'B1,街区,西街道,D1,"POLYGON((114 30,114.005 30,114.005 30.01,114 30.01,114 30))",18000,6000,',
  'B2,街区,东街道,D1,"POLYGON((114.005 30,114.01 30,114.01 30.01,114.005 30.01,114.005 30))",12000,4000,',
].join('\n'));

const facilities = textSource('facilities.csv', [
  'fac_id,class,name,lon,lat,crs,floor_m2,land_m2,capacity,classes,open_hours,public,in_use',
  'F1,kindergarten,中山幼儿园,114.002,30.004,WGS84,2000,3500,270,9,,yes,yes',
  'F2,kindergarten,东湖幼儿园,114.008,30.006,WGS84,1500,2500,180,6,,yes,yes',
].join('\n'));

describe.each(TEST_BASES)('browsing the $kind base', ({ open }) => {
  let opened: TestBase;
  let current: CurrentBatches;
  const cityId = 'browse';
  beforeAll(async () => {
    opened = await open();
    const summary = await runImport(opened.base, { cityId, files: [streets, units, facilities].map((source) => ({ source, options: {} })), who: 'test' });
    expect(summary.files.map((file) => [file.fileName, file.state, file.error])).toEqual(
      ['streets.geojson', 'units.csv', 'facilities.csv'].map((name) => [name, 'imported', undefined]),
    );
    current = await getCurrentBatches(opened.base.database, cityId);
  });
  afterAll(() => opened.remove());

  test('layers are counted by kind', async () => {
    const layers = await listLayerCounts(opened.base.database, current);
    expect(layers.find(({ layer }) => layer === 'street')).toMatchObject({ kinds: [{ kind: 'residential', count: 4 }], geometryTypes: ['LineString'] });
    expect(layers.find(({ layer }) => layer === 'facility')?.kinds).toEqual([{ kind: 'kindergarten', count: 2 }]);
  });

  test('features come by box and page, one by its number', async () => {
    const { database } = opened.base;
    const south = await listFeatures(database, current, 'street', { box: [113.9, 29.99, 114.1, 30.002], limit: 10, offset: 0 });
    expect(south.map((feature) => feature.name)).toEqual(['南湖路']);
    const second = await listFeatures(database, current, 'street', { limit: 1, offset: 1 });
    expect(await getFeature(database, current, second[0].batchId, second[0].featureId)).toEqual(second[0]);
    await expect(getFeature(database, current, 999, 1)).rejects.toMatchObject({ code: 'base/no-feature' });
  });

  test('imported units are listed once, with their parents and children', async () => {
    const { database } = opened.base;
    const blocks = await listPlaces(database, current, { level: 'block', limit: 10, offset: 0 });
    expect(blocks.total).toBe(2);
    expect(blocks.places.map((place) => [place.placeId, place.name.zh, place.parentId, place.derived])).toEqual([['B1', '西街道', 'D1', false], ['B2', '东街道', 'D1', false]]);
    expect((await getPlace(database, current, 'B1')).geometry?.type).toMatch(/Polygon/);
    const around = await listAncestors(database, current, 'B1');
    expect(around.map((place) => [place.level, place.name.zh])).toEqual([['district', '江北区'], ['city', expect.any(String)]]);
    expect(await listAncestors(database, current, around[1].placeId)).toEqual([]);
  });

  test('units that name each other as parents do not turn in a circle', async () => {
    const { database } = opened.base;
    await database.query(`update place set parent_id = 'B1' where city_id = $1 and place_id = 'D1'`, [cityId]);
    try {
      expect((await listAncestors(database, current, 'B2')).map(({ placeId }) => placeId)).toEqual(['D1', 'B1']);
    } finally {
      await database.query(`update place p set parent_id = c.place_id from place c where p.city_id = $1 and p.place_id = 'D1' and c.city_id = $1 and c.batch_id = p.batch_id and c.level = 'city'`, [cityId]);
    }
  });

  test('registry facilities are listed once, by kind and box', async () => {
    const { database } = opened.base;
    const all = await listFacilities(database, current, { limit: 10, offset: 0 });
    expect(all.map((facility) => facility.name).sort()).toEqual(['东湖幼儿园', '中山幼儿园']);
    expect(await countFacilityKinds(database, current)).toEqual([{ kind: 'kindergarten', count: 2 }]);
    const west = await listFacilities(database, current, { box: [114, 30, 114.005, 30.01], limit: 10, offset: 0 });
    expect(west.map((facility) => [facility.name, facility.capacity, facility.quality])).toEqual([['中山幼儿园', 270, 'registry']]);
    expect(await getFacility(database, current, west[0].facilityId)).toMatchObject({ name: '中山幼儿园' });
  });

  test('two Chinese characters find every kind of thing, a street once; % and _ are letters', async () => {
    const { database } = opened.base;
    // Units that the derivation names after streets may answer as well.
    const find = async (text: string) => (await searchNames(database, current, text, 10)).filter((hit) => hit.type !== 'place' || /^[BD]\d$/.test(hit.id));
    expect((await find('中山')).map((hit) => [hit.type, hit.name]).sort()).toEqual([['facility', '中山幼儿园'], ['feature', '中山大道']]);
    expect((await find('街道')).map((hit) => hit.id).sort()).toEqual(['B1', 'B2']);
    expect((await find('zhongshan')).map((hit) => hit.name)).toEqual(['中山大道']);
    expect((await find('100%')).length).toBe(2);
    expect(await searchNames(database, current, '1_0', 10)).toEqual([]);
    expect(await searchNames(database, current, "'; drop table city; --", 10)).toEqual([]);
  });

  test('search compares only names that hold every character asked for, and misses none that it should find', async () => {
    const { database } = opened.base;
    const [batchId] = current.fileBatches;
    const insert = (from: number, name: string, nameEn: string, where: string) =>
      database.query(
        `insert into feature (city_id, batch_id, feature_id, layer, kind, source_id, name, name_en, size, attributes, geom)
         select $1, $2, 100000 + i, 'poi', 'bench', 'b' || i, ${name}, ${nameEn}, 0, '{}', ST_SetSRID(ST_MakePoint(114, 30), 4326) from ${where}`,
        [cityId, batchId, ...(from === 0 ? [] : [from])],
      );
    try {
      await insert(0, `chr(19968 + i % 3000) || chr(24000 + i % 7) || '椅'`, 'null', 'generate_series(1, 20000) i');
      const odd = ['Åkerlunds Straße', 'RUA DE SÃO JOÃO', '滨江 Bīn Jiāng', '100%_真', 'ＡＢＣ楼', 'Ἀθῆναι', '椅椅', 'a'];
      for (const [i, name] of odd.entries()) {
        const inEnglish = i % 2 === 1 && !isIndexedText(name);
        await insert(30_000 + i, inEnglish ? 'null' : `'${name}'`, inEnglish ? `'${name}'` : 'null', 'unnest(array[$3::integer]) i');
      }
      await database.execute('analyze feature');

      for (const name of odd) {
        const parts = [name, name.toLowerCase(), [...name].slice(0, 3).join(''), [...name].slice(-2).join('')];
        for (const part of parts) expect((await searchNames(database, current, part, 500)).map((hit) => hit.name), part).toContain(name);
      }
      const plan = await database.query<Record<string, string>>(
        `explain select 1 from feature where city_id = $1 and batch_id = any($2) and ${mayHold('$3')} and name ilike $4`,
        [cityId, current.batches, '滨江', '%滨江%'],
      );
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('feature_name_letters');
    } finally {
      await database.query('delete from feature where city_id = $1 and feature_id > 100000', [cityId]);
    }
  });

  test('tables keep their rows in the order of the file, also after others were undone', async () => {
    const { database } = opened.base;
    const cases = textSource('cases.csv', ['case_id,title,created_at', ...Array.from({ length: 30 }, (_, i) => `C${i},路灯 ${i},2025-01-01`)].join('\n'));
    const summary = await runImport(opened.base, { cityId, files: [{ source: cases, options: {} }], who: 'test' });
    const now = await getCurrentBatches(database, cityId);
    const [table] = (await listTables(database, now)).filter(({ rows }) => rows === 30);
    expect(table.batches).toEqual([summary.files[0].batchId]);
    const rows = await listTableRows(database, now, table.table, 5, 10);
    expect(rows.map((row) => row.row)).toEqual([12, 13, 14, 15, 16]);
    expect(Object.values(rows[0].values)).toContain('C10');
    await undoBatch(opened.base, cityId, summary.files[0].batchId as number, 'test');
    expect((await listTables(database, await getCurrentBatches(database, cityId))).filter(({ rows: n }) => n === 30)).toEqual([]);
  });
});
