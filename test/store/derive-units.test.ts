/** A table of units with all that may be wrong with it, from the file to the places of a city: nothing crashes, nothing hangs, each fault is told with its row. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImport } from '../../src/base/run.ts';
import { openSnapshot } from '../../src/base/snapshot/open-snapshot.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

let opened: TestBase;
beforeAll(async () => {
  opened = await TEST_BASES[0].open();
});
afterAll(() => opened.remove());

/** A box in thousandths of a degree from 114° E, 30° N. */
const box = (west: number, south: number, east: number, north: number): string =>
  `"POLYGON((${[[west, south], [east, south], [east, north], [west, north], [west, south]].map(([x, y]) => `${114 + x / 1000} ${30 + y / 1000}`).join(',')}))"`;

const UNITS = [
  'unit_id,scale,name,parent,population,wkt',
  `C1,城市,甲市,,,${box(0, 0, 40, 40)}`,
  `C2,城市,乙市,,,${box(200, 0, 240, 40)}`,
  `B1,街区,东,C1,,${box(0, 0, 20, 40)}`,
  `B2,街区,西,C1,,${box(20, 0, 40, 40)}`,
  `B3,街区,远,C2,,${box(200, 0, 240, 40)}`,
  `a,社区,一,B1,100,${box(0, 0, 12, 40)}`,
  `b,社区,二,B7,200,${box(10, 0, 20, 40)}`,
  `c,社区,三,d,300,${box(20, 0, 30, 40)}`,
  `d,社区,四,c,400,${box(30, 0, 40, 40)}`,
  'p,产业功能区,园一,q,,',
  'q,产业功能区,园二,p,,',
].join('\n');

test('units that overlap, name no parent, go round or belong to another city are told by row, and the rest is a city', async () => {
  const source = bytesSource('units.csv', new TextEncoder().encode(UNITS));
  const { files, derived } = await runImport(opened.base, { cityId: 'jia', files: [{ source, options: { crs: 'EPSG:4326' } }], who: 'test' });
  expect(files[0].error).toBeUndefined();
  const told = new Map(derived?.notes.map(({ code, examples }) => [code, examples]));
  expect(told.get('derive/second-city')).toEqual([{ file: 'units.csv', row: 3, field: 'scale', value: 'C2' }]);
  expect(told.get('derive/unit-of-other-city')).toEqual([{ file: 'units.csv', row: 6, field: 'parent', value: 'B3' }]);
  expect(told.get('derive/unknown-parent')).toEqual([{ file: 'units.csv', row: 8, field: 'parent', value: 'b → B7' }]);
  expect(told.get('derive/circular-parent')?.map(({ row }) => row)).toEqual([9, 10, 11, 12]);
  // 2 of the 10 thousandths of b
  expect(told.get('derive/units-overlap:community')).toEqual([{ file: 'units.csv', row: 8, field: 'geom', value: expect.stringMatching(/^a × b: 85\.\d ha, 20 %$/) as string }]);

  const { place, text } = await openSnapshot(opened.base, 'jia');
  const ids = Array.from(place.id, (id) => text(id));
  const parentOf = (id: string): string => ids[place.parent[ids.indexOf(id)]] ?? '';
  expect(['B1', 'B2', 'a', 'b', 'c', 'd', 'p', 'q'].map(parentOf)).toEqual(['C1', 'C1', 'B1', 'B1', 'B2', 'B2', 'C1', 'C1']);
  expect(ids).not.toContain('C2');
  expect(ids).not.toContain('B3');
});

test('a city that the table names without drawing it is the city, once', async () => {
  const rows = [UNITS.split('\n')[0], 'J,城市,丙市,,,', `E,街区,东,J,,${box(0, 0, 20, 40)}`, `F,街区,西,J,,${box(20, 0, 40, 40)}`];
  const { derived } = await runImport(opened.base, { cityId: 'bing', files: [{ source: bytesSource('units.csv', new TextEncoder().encode(rows.join('\n'))), options: { crs: 'EPSG:4326' } }], who: 'test' });
  expect(derived?.kept['place/city']).toBe(1);
  expect(derived?.notes.filter(({ code }) => code.startsWith('derive/unknown-parent'))).toEqual([]);
  const { place, text } = await openSnapshot(opened.base, 'bing');
  const ids = Array.from(place.id, (id) => text(id));
  expect(ids[place.parent[ids.indexOf('E')]]).toBe('J');
  expect(text(place.nameZh[ids.indexOf('J')])).toBe('丙市');
});
