/** Small files of every format to start from; those of ../shared join in where they are present and small. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/node';
import type { Geometry } from '../../../src/engine/spatial/geometry.ts';
import { buildLine, buildPoint, buildPolygon } from '../../../src/engine/spatial/geometry.ts';
import type { FormatId } from '../../../src/import/model.ts';
import { makeGeoPackage } from '../../make-files/make-geopackage.ts';
import type { ShapeSpec } from '../../make-files/make-shapefile.ts';
import { makeShapefile } from '../../make-files/make-shapefile.ts';
import type { TiffSpec } from '../../make-files/make-tiff.ts';
import { makeTiff } from '../../make-files/make-tiff.ts';
import { concat, frame, headerBlob, primitiveBlock } from '../../pbf/craft-pbf.ts';
import type { CraftBlock } from '../../pbf/craft-pbf.ts';
import type { Seed } from './run-fuzz.ts';

const gbk = (pieces: readonly (string | readonly number[])[]): Uint8Array => Uint8Array.from(pieces.flatMap((piece) => (typeof piece === 'string' ? [...strToU8(piece)] : [...piece])));

/** A zip whose members are mutated before it is packed. */
function zipSeed(name: string, files: Readonly<Record<string, Uint8Array>>): Seed {
  const names = Object.keys(files);
  const pack = (parts: readonly Uint8Array[]): Uint8Array => zipSync(Object.fromEntries(names.map((member, i) => [member, parts[i]])), { level: 1 });
  const parts = Object.values(files);
  return { name, bytes: pack(parts), parts, pack };
}

function gtfsSeeds(): Seed[] {
  const feed: Record<string, string> = {
    'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nT,"City, Transit",http://x,Asia/Shanghai\n',
    'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nA,Alpha,30.51,114.30,0,\nB,站,30.52,114.31,,\nC,Gamma,30.53,114.33,0,S\nS,"Gamma ""station""",30.531,114.331,1,\nE,Gate,,,2,S\n',
    'routes.txt': '\ufeffroute_id,agency_id,route_short_name,route_long_name,route_type,route_color\r\nM1,T,1号线,Line 1,1,FF0000\r\nB2,T,2,,700,\r\n',
    'calendar.txt': 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWK,1,1,1,1,1,0,0,20250101,20251231\n',
    'calendar_dates.txt': 'service_id,date,exception_type\nWK,20251001,2\nHOL,20251001,1\n',
    'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\nsh,30.51,114.30,1,0\nsh,30.52,114.31,2,1.2\nsh,30.53,114.33,3,4\n',
    'trips.txt': 'route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\nM1,WK,t1,Gamma,0,sh\nM1,WK,t2,Gamma,1,sh\nB2,HOL,t3,,,\n',
    'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\nt1,08:00:00,08:00:30,A,1,0\nt1,,,B,2,1.2\nt1,8:06:30,8:06:30,C,3,4\nt2,24:10:00,24:10:00,C,9,\nt2,23:58:00,23:58:00,A,4,\nt3,07:00:00,07:00:00,C,1,\nt3,07:10:00,07:10:00,A,2,\n`,
    'frequencies.txt': 'trip_id,start_time,end_time,headway_secs,exact_times\nt3,07:00:00,09:00:00,600,1\n',
  };
  const bytes = Object.fromEntries(Object.entries(feed).map(([name, text]) => [name, strToU8(text)]));
  const nested = Object.fromEntries(Object.entries(bytes).flatMap(([name, content]) => [[`a/${name}`, content], [`b/${name}`, content]]));
  return [zipSeed('feed.zip', bytes), zipSeed('feeds.zip', nested)];
}

function tiffSeeds(): Seed[] {
  const values = Array.from({ length: 23 * 17 }, (_, i) => (i % 7 === 0 ? -99999 : (i * 37) % 101));
  const base: TiffSpec = { width: 23, height: 17, values, nodata: '-99999' };
  const specs: Readonly<Record<string, TiffSpec>> = {
    'pop_65_f_x.tif': { ...base, compression: 'lzw', rowsPerStrip: 4 },
    'chn_ppp_2020.tif': { ...base, compression: 'deflate', predictor: 3, tile: [16, 16] },
    'elevation.tif': { ...base, sample: 'int32', compression: 'packbits', predictor: 2, bigEndian: true },
    'population_utm.tif': { ...base, sample: 'float64', position: [500_000, 3_400_000, 100, 100], keys: { 1024: 1, 1025: 1, 3072: 32650 } },
    'dem_utm.tif': { ...base, big: true, compression: 'lzw', position: [500_000, 3_400_000, 100, 100], keys: { 1024: 1, 1025: 2, 3072: 32650 } },
    'grid.tif': { ...base, bands: 1, matrix: [0.01, 0, 114, 0, 0.01, 30], metadata: '<GDALMetadata><Item name="DESCRIPTION" sample="0" role="description">population</Item></GDALMetadata>' },
  };
  return Object.entries(specs).map(([name, spec]) => ({ name, bytes: makeTiff(spec) }));
}

function packPbf(plain: boolean): (parts: readonly Uint8Array[]) => Uint8Array {
  return (parts) => concat(headerBlob(), ...parts.map((part) => frame('OSMData', part, { plain })));
}

function pbfSeeds(): Seed[] {
  const blocks: readonly CraftBlock[] = [
    {
      nodes: Array.from({ length: 12 }, (_, i) => ({ id: i + 1, lon: 114.3 + (i % 4) * 0.001, lat: 30.5 + Math.floor(i / 4) * 0.001, ...(i % 3 === 0 && { tags: { amenity: 'school', name: '小学' } }) })),
      metadata: true,
    },
    {
      ways: [
        { id: 10, refs: [1, 2, 3, 4], tags: { highway: 'primary', name: '中山路', oneway: 'yes' } },
        { id: 11, refs: [1, 2, 6, 5, 1], tags: { building: 'yes', 'building:levels': '6' } },
        { id: 12, refs: [5, 6, 7, 8], tags: { highway: 'residential' } },
        { id: 13, refs: [9, 10, 11, 12, 9], tags: { landuse: 'residential' } },
        { id: 14, refs: [1, 4, 12, 9], tags: {} },
        { id: 15, refs: [9, 5, 1], tags: {} },
      ],
    },
    {
      relations: [
        { id: 20, tags: { type: 'multipolygon', natural: 'water' }, members: [{ type: 'way', id: 14, role: 'outer' }, { type: 'way', id: 15, role: 'outer' }, { type: 'way', id: 11, role: 'inner' }] },
        { id: 21, tags: { type: 'restriction', restriction: 'no_left_turn' }, members: [{ type: 'way', id: 10, role: 'from' }, { type: 'node', id: 2, role: 'via' }, { type: 'way', id: 12, role: 'to' }] },
        { id: 22, tags: { type: 'boundary', boundary: 'administrative', admin_level: '8', name: '区' }, members: [{ type: 'way', id: 13, role: 'outer' }, { type: 'relation', id: 20, role: 'subarea' }] },
      ],
    },
  ];
  const parts = blocks.map(primitiveBlock);
  const plainNodes = [primitiveBlock({ ...blocks[0], plainNodes: true, granularity: 1000, lonOffset: 5000 }), ...parts.slice(1)];
  return [
    { name: 'a.osm.pbf', bytes: packPbf(false)(parts), parts, pack: packPbf(false) },
    { name: 'b.osm.pbf', bytes: packPbf(true)(plainNodes), parts: plainNodes, pack: packPbf(true) },
  ];
}

const GEOMETRIES = [
  '{"type":"Point","coordinates":[114.3,30.5]}',
  '{"type":"LineString","coordinates":[[114.3,30.5],[114.31,30.51,12]]}',
  '{"type":"Polygon","coordinates":[[[114.3,30.5],[114.32,30.5],[114.32,30.52],[114.3,30.52],[114.3,30.5]],[[114.305,30.505],[114.305,30.51],[114.31,30.51],[114.305,30.505]]]}',
  '{"type":"MultiPolygon","coordinates":[[[[114.3,30.5],[114.32,30.5],[114.32,30.52],[114.3,30.5]]],[[[114.4,30.5],[114.42,30.5],[114.42,30.52],[114.4,30.5]]]]}',
  '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[114.3,30.5]},{"type":"MultiPoint","coordinates":[[114.3,30.5],[114.31,30.5]]}]}',
  'null',
];

function geoJsonSeeds(): Seed[] {
  const features = GEOMETRIES.map((geometry, i) => `{"type":"Feature","id":${i},"properties":{"name":"站 ${i}","kind":"school","n":${i / 3},"list":[1,{"a":null}]},"geometry":${geometry}}`);
  const collection = `{"type":"FeatureCollection","name":"x","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":[\n${features.join(',\n')}\n]}`;
  const units = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"城关社区","level":"community","population":5321},"geometry":' + GEOMETRIES[2] + '}]}';
  const metres = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[38500000,3400000]}}]}';
  return [collection, units, metres, GEOMETRIES[3]].map((text, i) => ({ name: `f${i}.geojson`, bytes: strToU8(text) }));
}

function geoJsonLineSeeds(): Seed[] {
  const lines = GEOMETRIES.map((geometry, i) => `{"type":"Feature","properties":{"name":"${i}"},"geometry":${geometry}}`);
  return [
    { name: 'a.geojsonl', bytes: strToU8(`${lines.join('\n')}\n`) },
    { name: 'b.ndjson', bytes: strToU8(`\u001e${lines.join('\r\n\u001e')}`) },
  ];
}

const TABLES: Readonly<Record<string, string>> = {
  'points.csv': 'id,name,kind,lon,lat,capacity\n1,第一小学,school,114.30,30.50,900\n2,"医院, 总院",hospital,114.31,30.51,\n3,x,park,114.32,30.52,12.5\n',
  'shapes.csv': 'id;name;wkt\n1;a;"POLYGON((114.3 30.5,114.32 30.5,114.32 30.52,114.3 30.5))"\n2;b;POINT(114.3 30.5)\n3;c;"MULTIPOLYGON(((1 1,2 1,2 2,1 1)),((3 3,4 3,4 4,3 3)))"\n',
  'cells.tsv': 'id\tpopulation\tschools\n89a90129977ffff\t57\t0\n89a9012124fffff\t171\t1\n',
  'units.csv': 'unit_id,level,name,parent_id,population,households\nC1,community,城关社区,B1,5321,1890\nB1,block,城关街道,D1,60000,21000\n',
  'readings.csv': 'sensor_id,time,value\ns1,2025-01-01T00:00:00+08:00,3.5\ns1,2025-01-01T00:10:00+08:00,\n',
  'hotline.csv': '工单编号,来电时间,内容,经度,纬度\nH1,2025/1/1 8:00,路灯不亮,114.3,30.5\nH2,2025-01-02,漏水,114.31,30.52\n',
};

function csvSeeds(): Seed[] {
  return [
    ...Object.entries(TABLES).map(([name, text]) => ({ name, bytes: strToU8(text) })),
    { name: 'gbk.csv', bytes: gbk(['id,', [0xc3, 0xfb, 0xb3, 0xc6], ',lon,lat\n1,', [0xd6, 0xd0, 0xc9, 0xbd, 0xc2, 0xb7], ',114.3,30.5\n2,', [0xd5, 0xbe], ',114.31,30.51\n']) },
    { name: 'wide.csv', bytes: Uint8Array.from([0xff, 0xfe, ...[...'id,lon,lat\n1,114.3,30.5\n'].flatMap((character) => [character.charCodeAt(0), 0])]) },
  ];
}

function toSheet(text: string): { value: string | number }[][] {
  return text.trim().split('\n').map((line) => line.split(',').map((value) => ({ value: value !== '' && Number.isFinite(Number(value)) ? Number(value) : value })));
}

async function xlsxSeeds(): Promise<Seed[]> {
  const books = await Promise.all(['points.csv', 'units.csv'].map(async (name) => ({ name, bytes: new Uint8Array(await writeExcelFile(toSheet(TABLES[name].replaceAll('"', ''))).toBuffer()) })));
  return books.map(({ name, bytes }) => zipSeed(name.replace('.csv', '.xlsx'), unzipSync(bytes)));
}

function shapefileSeeds(): Seed[] {
  const columns: ShapeSpec['columns'] = [
    { name: 'NAME', type: 'C', length: 20 },
    { name: 'POP', type: 'N', length: 10 },
  ];
  const wgs84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
  const utm = 'PROJCS["WGS_1984_UTM_Zone_50N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
  const specs: Readonly<Record<string, ShapeSpec>> = {
    communities: {
      type: 'polygon',
      shapes: [[[114.3, 30.5, 114.3, 30.52, 114.32, 30.52, 114.32, 30.5, 114.3, 30.5], [114.305, 30.505, 114.31, 30.505, 114.31, 30.51, 114.305, 30.505]], [[114.4, 30.5, 114.4, 30.52, 114.42, 30.52, 114.4, 30.5]]],
      columns,
      rows: [[Uint8Array.of(0xb3, 0xc7, 0xb9, 0xd8), '5321'], ['b', '10']],
      prj: wgs84,
      cpg: 'GBK',
    },
    roads: { type: 'line', shapes: [[[500000, 3400000, 500100, 3400100], [500200, 3400000, 500300, 3400100]]], columns, rows: [['road', '1']], prj: utm },
    stops: { type: 'point', shapes: [[[114.3, 30.5]], [[114.31, 30.51]]], columns, rows: [['a', '1.5'], ['b', '']] },
    groups: { type: 'multipoint', shapes: [[[114.3, 30.5, 114.31, 30.51]]], columns, rows: [['a', '1']], prj: wgs84, cpg: 'UTF-8' },
  };
  return Object.entries(specs).map(([name, spec]) => zipSeed(`${name}.zip`, Object.fromEntries(Object.entries(makeShapefile(spec)).map(([extension, bytes]) => [`${name}.${extension}`, bytes]))));
}

function square(x: number): Geometry {
  return buildPolygon([x, 30.5, x + 0.01, 30.5, x + 0.01, 30.51, x, 30.51]);
}

async function geoPackageSeeds(): Promise<Seed[]> {
  const specs = [
    { table: 'population_grid', srs: 4326, columns: ['population integer', 'name text'], rows: Array.from({ length: 20 }, (_, i) => ({ geometry: square(114 + i / 100), values: [i * 10, `格 ${i}`] })) },
    { table: 'mixed', srs: 4490, columns: ['kind text', 'n real'], rows: [{ geometry: buildPoint(114.3, 30.5), values: ['school', 1.5] }, { geometry: buildLine(Float64Array.of(114.3, 30.5, 114.4, 30.6)), values: [null, null] }, { geometry: null, values: ['x', 2] }] },
  ];
  return Promise.all(specs.map(async (spec) => ({ name: `${spec.table}.gpkg`, bytes: await makeGeoPackage(spec) })));
}

/** Real files of ../shared small enough to be read some thousand times. */
const SHARED: Partial<Record<FormatId, readonly string[]>> = {
  csv: ['porto-alegre/poa_points_of_interest.csv', 'porto-alegre/poa_hexgrid.csv'],
  geopackage: ['helsinki/population_grid_2020.gpkg'],
  geojson: ['wuhan/wuhan-boundary.geojson'],
  geotiff: ['porto-alegre/poa_elevation.tif'],
  gtfs: ['porto-alegre/poa_trensurb.zip'],
};

function sharedSeeds(format: FormatId): Seed[] {
  return (SHARED[format] ?? [])
    .map((path) => `../shared/data/${path}`)
    .filter((path) => existsSync(path))
    .map((path) => ({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) }));
}

const MAKERS: Readonly<Record<FormatId, () => Seed[] | Promise<Seed[]>>> = {
  'osm-pbf': pbfSeeds,
  gtfs: gtfsSeeds,
  geojson: geoJsonSeeds,
  'geojson-lines': geoJsonLineSeeds,
  geopackage: geoPackageSeeds,
  shapefile: shapefileSeeds,
  csv: csvSeeds,
  xlsx: xlsxSeeds,
  geotiff: tiffSeeds,
};

/** Where `made` seeds are many, a real file takes one case in about ten. */
export async function listSeeds(format: FormatId, { shared }: { shared: boolean }): Promise<readonly Seed[]> {
  const made = await MAKERS[format]();
  const real = shared ? sharedSeeds(format) : [];
  if (real.length === 0) return made;
  const copies = Math.ceil((9 * real.length) / made.length);
  return [...Array.from({ length: copies }, () => made).flat(), ...real];
}
