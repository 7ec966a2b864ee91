import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ShapeSpec } from '../../test/make-files/make-shapefile.ts';
import { makeShapefile } from '../../test/make-files/make-shapefile.ts';
import { errorCode, readAll } from '../../test/read-all.ts';
import { areaM2 } from '../engine/spatial/measure.ts';
import { resolveCrs } from './crs/coordinate-system.ts';

const PRJ_4547 = 'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
const PRJ_WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

function zip(layers: Record<string, ShapeSpec>, change: (members: Record<string, Uint8Array>) => void = () => undefined): Uint8Array {
  const members: Record<string, Uint8Array> = {};
  for (const [stem, spec] of Object.entries(layers)) for (const [ending, bytes] of Object.entries(makeShapefile(spec))) members[`${stem}.${ending}`] = bytes;
  change(members);
  return zipSync(members);
}

const gbk = (text: string): Uint8Array => iconv.encode(text.padEnd(20), 'gbk');
const NAMES = [{ name: 'NAME', type: 'C', length: 20 }, { name: 'FLOORS', type: 'N', length: 6 }] as const;

const points: ShapeSpec = { type: 'point', shapes: [[[114.3, 30.6]], [[114.4, 30.7]]], columns: NAMES, rows: [[gbk('江岸区'), '    12'], [gbk('武昌区'), '     3']], prj: PRJ_WGS84 };

/** Squares of `size` with the given winding. */
function square(x: number, y: number, size: number, clockwise: boolean): number[] {
  const corners = [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]];
  return (clockwise ? corners : corners.toReversed()).flat();
}

describe('zipped shapefiles', () => {
  it('keep Chinese names with the encoding declared, missing or wrong', async () => {
    for (const cpg of ['GBK', '936', undefined, 'UTF-8']) {
      const read = await readAll('a.zip', zip({ 区: { ...points, cpg } }));
      expect(read.features.map((f) => [f.name, f.attributes['FLOORS']])).toEqual([['江岸区', 12], ['武昌区', 3]]);
      expect(read.counts['import/encoding-lie']).toBe(cpg === 'UTF-8' ? 1 : undefined);
      expect(read.features[0].layer).toBe('custom:区');
    }
    const utf8 = await readAll('a.zip', zip({ a: { ...points, rows: [['江岸区', '1'], ['武昌区', '2']], cpg: 'UTF-8' } }));
    expect(utf8.features[0].name).toBe('江岸区');
    expect((await readAll('a.zip', zip({ a: points }), { encoding: 'gb18030' })).features[1].name).toBe('武昌区');
  });

  it('use the system of the .prj', async () => {
    const flat = Float64Array.of(114.3, 30.6, 114.4, 30.7);
    resolveCrs('EPSG:4547').fromWgs84(flat);
    const read = await readAll('a.zip', zip({ a: { ...points, shapes: [[[flat[0], flat[1]]], [[flat[2], flat[3]]]], prj: PRJ_4547 } }));
    expect(read.features[0].geometry.coordinates[0]).toBeCloseTo(114.3, 9);
    expect(read.features[1].geometry.coordinates[1]).toBeCloseTo(30.7, 9);
    expect(await errorCode(readAll('a.zip', zip({ a: { ...points, shapes: [[[flat[0], flat[1]]], [[flat[2], flat[3]]]], prj: PRJ_WGS84 } })))).toBe('import/crs-mismatch');
    expect(await errorCode(readAll('a.zip', zip({ a: { ...points, shapes: [[[flat[0], flat[1]]], [[flat[2], flat[3]]]], prj: undefined } })))).toBe('import/missing-crs');
    expect((await readAll('a.zip', zip({ a: { ...points, prj: undefined } }))).facts).toMatchObject({ crs: 'EPSG:4326', crsGuessed: true });
  });

  it('give holes to the ring around them, in any order', async () => {
    const rings = [square(0.2, 0.2, 0.1, false), square(2, 2, 1, true), square(0, 0, 1, true), square(2.4, 2.4, 0.2, false), square(5, 5, 1, false)];
    const read = await readAll('a.zip', zip({ a: { ...points, type: 'polygon', shapes: [rings, [square(0, 0, 1, true)]] } }));
    const [multi, single] = read.features.map((f) => f.geometry);
    expect(multi.type).toBe('MultiPolygon');
    expect([...(multi.polygonEnds ?? [])]).toEqual([2, 4, 5]);
    expect(single.type).toBe('Polygon');
    const whole = areaM2(single);
    expect(areaM2(multi) / whole).toBeCloseTo(1 - 0.01 + 1 - 0.04 + 1, 1);
  });

  it('read lines, several layers, one by name', async () => {
    const lines: ShapeSpec = { ...points, type: 'line', shapes: [[[0, 0, 1, 1]], [[0, 0, 1, 1], [2, 2, 3, 3]]] };
    const bytes = zip({ 'data/streets': lines, 'data/stops': points });
    const read = await readAll('a.zip', bytes);
    expect(read.features.map((f) => `${f.layer} ${f.geometry.type}`)).toEqual(['custom:streets LineString', 'custom:streets MultiLineString', 'custom:stops Point', 'custom:stops Point']);
    expect((await readAll('a.zip', bytes, { member: 'data/stops' })).features).toHaveLength(2);
    expect(await errorCode(readAll('a.zip', bytes, { member: 'nothing' }))).toBe('import/no-member');
  });

  it('survive what is missing and refuse what is damaged', async () => {
    const bare = await readAll('a.zip', zip({ a: points }, (members) => delete members['a.dbf']));
    expect(bare.features).toHaveLength(2);
    expect(bare.counts['import/no-dbf']).toBe(1);
    const short = await readAll('a.zip', zip({ a: points }, (members) => (members['a.dbf'] = members['a.dbf'].slice(0, -28))));
    expect(short.counts['import/short-dbf']).toBe(1);
    expect(await errorCode(readAll('a.zip', zip({ a: points }, (members) => (members['a.shp'] = members['a.shp'].slice(0, -5)))))).toBe('import/bad-shapefile');
    expect(await errorCode(readAll('a.zip', zip({ a: points }, (members) => (members['a.shp'] = new Uint8Array(300)))))).toBe('import/bad-shapefile');
    const unknown = await readAll('a.zip', zip({ a: points }, (members) => new DataView(members['a.shp'].buffer, members['a.shp'].byteOffset).setInt32(108, 31, true)));
    expect(unknown.counts['import/bad-geometry']).toBe(1);
    expect(unknown.features).toHaveLength(1);
  });

  it('recognise registries by their columns', async () => {
    const columns = [{ name: 'BLDG_ID', type: 'C', length: 10 }, { name: 'YEAR_BUILT', type: 'N', length: 6 }, { name: 'STOREYS', type: 'N', length: 4 }] as const;
    const read = await readAll('a.zip', zip({ a: { type: 'polygon', shapes: [[square(114, 30, 0.001, true)], [square(114.1, 30, 0.001, true)]], columns, rows: [['B1', '1998', '6'], ['B2', '20225', '-3']], prj: PRJ_WGS84 } }));
    expect(read.facts.contract).toBe('buildings');
    expect(read.features.map((f) => [f.layer, f.sourceId, f.attributes['year_built'], f.attributes['storeys']])).toEqual([['building', 'B1', 1998, 6], ['building', 'B2', null, null]]);
    expect(read.counts).toMatchObject({ 'import/not-a-year/year_built': 1, 'import/out-of-bounds/storeys': 1 });
  });
});
