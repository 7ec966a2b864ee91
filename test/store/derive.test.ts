/** From files to a city, on every kind of base; PostGIS is the twin for areas and for what a partition is. */
import { existsSync } from 'node:fs';
import { readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport, undoBatch } from '../../src/base/run.ts';
import { openSnapshot } from '../../src/base/snapshot/open-snapshot.ts';
import { getCurrentBatches } from '../../src/base/store/revisions.ts';
import { metresPerDegree } from '../../src/engine/spatial/measure.ts';
import { bytesSource, openFile } from '../../src/import/byte-source.ts';
import type { ByteSource } from '../../src/import/model.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const SCALE = metresPerDegree(30);
const at = (eastM: number, northM: number): [number, number] => [114 + eastM / SCALE.lon, 30 + northM / SCALE.lat];
const ring = (w: number, s: number, e: number, n: number): number[][] => [at(w, s), at(e, s), at(e, n), at(w, n), at(w, s)];
const textSource = (name: string, text: string): ByteSource => bytesSource(name, new TextEncoder().encode(text));
const collection = (features: [Record<string, unknown>, unknown][]): string =>
  JSON.stringify({ type: 'FeatureCollection', features: features.map(([properties, geometry], i) => ({ type: 'Feature', id: `f${i}`, properties, geometry })) });

const SIDE = 4000;

/** A square city of 16 km²: arterials every 2 km, lanes every 200 m, so four blocks of 4 km². */
function streets(): ByteSource {
  const features: [Record<string, unknown>, unknown][] = [];
  for (let d = 0; d <= SIDE; d += 200) {
    const highway = d % 2000 === 0 ? 'primary' : 'residential';
    features.push([{ highway, name: `${d} 路` }, { type: 'LineString', coordinates: [at(d, 0), at(d, SIDE)] }]);
    features.push([{ highway, name: `${d} 街` }, { type: 'LineString', coordinates: [at(0, d), at(SIDE, d)] }]);
  }
  return textSource('streets.geojson', collection(features));
}

/** 400 cells of 200 m with 400 persons each: 160,000 persons, 40,000 a block. */
function cells(): ByteSource {
  const rows = ['cell_id,population,wkt'];
  for (let e = 0; e < SIDE; e += 200) {
    for (let n = 0; n < SIDE; n += 200) rows.push(`c${e}-${n},400,"POLYGON((${ring(e, n, e + 200, n + 200).map((p) => p.join(' ')).join(',')}))"`);
  }
  return textSource('population_cells.csv', rows.join('\n'));
}

function objects(): ByteSource {
  return textSource('pois.geojson', collection([
    [{ amenity: 'kindergarten', name: '向阳幼儿园' }, { type: 'Polygon', coordinates: [ring(500, 500, 560, 560)] }],
    [{ amenity: 'kindergarten', name: '向阳幼儿园' }, { type: 'Point', coordinates: at(530, 530) }],
    [{ leisure: 'park', name: '中心公园' }, { type: 'Polygon', coordinates: [ring(1100, 1100, 1500, 1500)] }],
    [{ amenity: 'school', name: '第一小学' }, { type: 'Point', coordinates: at(2500, 700) }],
  ]));
}

const registry = textSource('facilities.csv', [
  'fac_id,class,name,lon,lat,crs,floor_m2,land_m2,capacity,classes,open_hours,public,in_use',
  `F1,幼儿园,向阳幼儿园,${at(540, 540).join(',')},WGS84,2000,3500,270,9,,yes,yes`,
  `F2,幼儿园,东湖幼儿园,${at(3000, 3000).join(',')},WGS84,1500,2500,180,6,,yes,yes`,
  `F3,幼儿园,旧园,${at(100, 3000).join(',')},WGS84,1500,2500,180,6,,yes,no`,
].join('\n'));

interface Row {
  place_id: string;
  level: string;
  parent_id: string | null;
  population: number | null;
  area_m2: number;
  derived: boolean;
}

describe.each(TEST_BASES)('deriving a grid city on the $kind base', ({ open }) => {
  let opened: TestBase;
  let places: Row[];
  const cityId = 'grid';
  const query = <R>(sql: string): Promise<R[]> => getCurrentBatches(opened.base.database, cityId).then(({ derivedBatch }) => opened.base.database.query<R>(sql, [cityId, derivedBatch]));
  const ofLevel = (level: string): Row[] => places.filter((place) => place.level === level);
  beforeAll(async () => {
    opened = await open();
    const summary = await runImport(opened.base, { cityId, files: [streets(), cells(), objects(), registry].map((source) => ({ source, options: {} })), who: 'test' });
    expect(summary.files.map((file) => [file.fileName, file.state, file.error?.text.en])).toEqual(
      ['streets.geojson', 'population_cells.csv', 'pois.geojson', 'facilities.csv'].map((name) => [name, 'imported', undefined]),
    );
    places = await query<Row>('select place_id, level, parent_id, population, area_m2, derived from place where city_id = $1 and batch_id = $2');
  });
  afterAll(() => opened.remove());

  test('the city is the outline of its streets, and says that it is derived', () => {
    const [city] = ofLevel('city');
    expect(city.derived).toBe(true);
    expect(city.area_m2 / 1e6).toBeGreaterThan(15);
    expect(city.area_m2 / 1e6).toBeLessThan(19);
  });

  test('blocks have 2–5 km² and communities 5,000–12,000 persons', () => {
    for (const block of ofLevel('block')) {
      expect(block.area_m2 / 1e6).toBeGreaterThan(1.99);
      // the strip between the outer arterial and the outline is too small for a block and joins one
      expect(block.area_m2 / 1e6).toBeLessThan(6);
    }
    const communities = ofLevel('community');
    const wanted = communities.filter(({ population }) => population !== null && population >= 5000 && population <= 12_000);
    expect(wanted.length / communities.length).toBeGreaterThan(0.9);
  });

  test('no person is lost on the way from cells to points to places', async () => {
    const [{ persons }] = await query<{ persons: number }>('select sum(persons) as persons from population_point where city_id = $1 and batch_id = $2');
    expect(persons).toBeCloseTo(160_000, 3);
    for (const level of ['city', 'block', 'community']) expect(ofLevel(level).reduce((sum, place) => sum + (place.population ?? 0), 0)).toBeCloseTo(160_000, 3);
  });

  test('each level partitions the one above it: no gap, no overlap, and every area as PostGIS measures it', async () => {
    const rows = await query<{ level: string; parent_id: string; parts: number; whole: number; union_m2: number; valid: boolean }>(
      `select c.level, c.parent_id, sum(ST_Area(c.geom::geography)) as parts, ST_Area(p.geom::geography) as whole,
              ST_Area(ST_Intersection(ST_Union(c.geom), p.geom)::geography) as union_m2, bool_and(ST_IsValid(c.geom)) as valid
       from place c join place p on p.city_id = c.city_id and p.batch_id = c.batch_id and p.place_id = c.parent_id
       where c.city_id = $1 and c.batch_id = $2 and c.level in ('block', 'community') group by c.level, c.parent_id, p.geom`,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { parts, whole, union_m2: union, valid } of rows) {
      expect(valid).toBe(true);
      expect(Math.abs(parts / whole - 1)).toBeLessThan(1e-4);
      expect(Math.abs(union / whole - 1)).toBeLessThan(1e-4);
    }
    const measured = await query<{ worst: number }>('select max(abs(area_m2 / ST_Area(geom::geography) - 1)) as worst from place where city_id = $1 and batch_id = $2 and geom is not null');
    expect(measured[0].worst).toBeLessThan(1e-4);
  });

  test('neighbours share their border line for line', async () => {
    const [{ odd }] = await query<{ odd: number }>(
      `with edge as (
         select least(ST_AsText(a), ST_AsText(b)) || greatest(ST_AsText(a), ST_AsText(b)) as line from (
           select (dp).geom as a, lead((dp).geom) over (partition by place_id, (dp).path[1:array_length((dp).path, 1) - 1] order by (dp).path) as b
           from (select place_id, ST_DumpPoints(geom) as dp from place where city_id = $1 and batch_id = $2 and level = 'community') d) v where b is not null),
       rim as (select ST_Boundary(geom) as line from place where city_id = $1 and batch_id = $2 and level = 'city')
       select count(*)::integer as odd from (select line from edge group by line having count(*) > 2) x`,
    );
    expect(odd).toBe(0);
    const [{ lonely, rim }] = await query<{ lonely: number; rim: number }>(
      `with edge as (
         select a, b, least(ST_AsText(a), ST_AsText(b)) || greatest(ST_AsText(a), ST_AsText(b)) as line from (
           select (dp).geom as a, lead((dp).geom) over (partition by place_id, (dp).path[1:array_length((dp).path, 1) - 1] order by (dp).path) as b
           from (select place_id, ST_DumpPoints(geom) as dp from place where city_id = $1 and batch_id = $2 and level = 'community') d) v where b is not null)
       select (select sum(ST_Length(ST_MakeLine(a, b)::geography)) from (select line, min(a::text)::geometry a, min(b::text)::geometry b from edge group by line having count(*) = 1) x) as lonely,
              (select ST_Perimeter(geom::geography) from place where city_id = $1 and batch_id = $2 and level = 'city') as rim`,
    );
    // edges that only one community has are the rim of the city, and all of it
    expect(lonely / rim).toBeCloseTo(1, 3);
  });

  test('a facility of registry and map is one, an open space has entrances, what is not in use is left out', async () => {
    const rows = await query<{ facility_id: string; kind: string; name: string; capacity: number | null; quality: string; sources: string[]; shape: string; gates: number | null; land_m2: number | null }>(
      `select facility_id, kind, name, capacity, quality, sources, ST_GeometryType(geom) as shape, ST_NumGeometries(entrances) as gates, land_m2
       from facility where city_id = $1 and batch_id = $2 order by kind, name`,
    );
    const kindergartens = rows.filter(({ kind }) => kind === 'kindergarten');
    expect(kindergartens.map(({ name, capacity, quality, sources }) => [name, capacity, quality, sources.length])).toEqual(
      expect.arrayContaining([['向阳幼儿园', 270, 'registry', 3], ['东湖幼儿园', 180, 'registry', 1]]),
    );
    expect(kindergartens).toHaveLength(2);
    expect(kindergartens.find(({ name }) => name === '向阳幼儿园')?.shape).toBe('ST_Polygon');
    const park = rows.find(({ kind }) => kind === 'park');
    // lanes every 200 m cross the border of the 400 m square: two on each side
    expect(park?.gates).toBe(8);
    expect((park?.land_m2 ?? 0) / 160_000).toBeCloseTo(1, 3);
    expect(rows.find(({ kind }) => kind === 'primary-school')?.name).toBe('第一小学');
  });

  test('hexagons cover the city and count everybody inside them', () => {
    const hexagons = ofLevel('cell');
    expect(hexagons.every(({ place_id: id }) => /^8[0-9a-f]{14}$/.test(id))).toBe(true);
    expect(hexagons.reduce((sum, cell) => sum + (cell.population ?? 0), 0)).toBeCloseTo(160_000, 3);
  });

  test('the snapshot is built once, opened from the cache, and built again where the file is damaged', async () => {
    const first = await openSnapshot(opened.base, cityId);
    expect(first.meta.counts).toMatchObject({ ways: 42, facilities: expect.any(Number), places: places.length });
    // 21 × 21 crossings would need shared vertices; streets of GeoJSON have their ends only, and lines meet in corners
    expect(first.street.wayEnds.length).toBe(42);
    const total = first.meta.groups.indexOf('total');
    const points = first.meta.counts.points;
    expect(first.population.persons.subarray(total * points, (total + 1) * points).reduce((a, b) => a + b, 0)).toBeCloseTo(160_000, 0);
    const kindergartens = first.meta.facilityKinds.find(({ kind }) => kind === 'kindergarten');
    expect((kindergartens?.end ?? 0) - (kindergartens?.start ?? 0)).toBe(2);
    expect(first.text(first.street.wayName[0])).toBe('0 路');

    const folder = join(opened.base.dataDir, 'snapshots');
    const [name] = await readdir(folder);
    const file = join(folder, name);
    const bytes = await readFile(file);
    expect(Buffer.compare((await openSnapshot(opened.base, cityId)).bytes, first.bytes)).toBe(0);

    const damage: (() => Promise<void>)[] = [
      () => truncate(file, bytes.length - 1000),
      () => truncate(file, 3),
      () => writeFile(file, Buffer.concat([bytes.subarray(0, 5000), Buffer.from([bytes[5000] ^ 1]), bytes.subarray(5001)])),
      () => writeFile(file, 'not a snapshot'),
    ];
    for (const spoil of damage) {
      await spoil();
      expect(Buffer.compare((await openSnapshot(opened.base, cityId)).bytes, first.bytes)).toBe(0);
      expect(Buffer.compare(await readFile(file), bytes)).toBe(0);
    }
  });

  test('another revision has another snapshot, and undoing derives the city again', async () => {
    const before = await openSnapshot(opened.base, cityId);
    const { fileBatches } = await getCurrentBatches(opened.base.database, cityId);
    await undoBatch(opened.base, cityId, fileBatches[3], 'test');
    const after = await openSnapshot(opened.base, cityId);
    expect(after.meta.key).not.toBe(before.meta.key);
    expect(after.meta.facilityKinds.find(({ kind }) => kind === 'kindergarten')).toMatchObject({ kind: 'kindergarten' });
    expect(after.meta.counts.facilities).toBe(before.meta.counts.facilities - 1);
    expect(await readdir(join(opened.base.dataDir, 'snapshots'))).toHaveLength(1);
  });
});

const DATA = '../shared/data';
describe.skipIf(!existsSync(DATA))('real files, embedded (skipped without ../shared)', () => {
  let opened: TestBase;
  beforeAll(async () => {
    opened = await TEST_BASES[0].open();
  });
  afterAll(() => opened.remove());

  const importFolder = async (cityId: string, names: readonly string[]): Promise<Awaited<ReturnType<typeof runImport>>> => {
    const sources = await Promise.all(names.map((name) => openFile(join(DATA, cityId, name))));
    try {
      return await runImport(opened.base, { cityId, files: sources.map((source) => ({ source, options: {} })), who: 'test' });
    } finally {
      for (const source of sources) await source.close();
    }
  };

  test('streets of the centre and persons of the region: units are of the centre, nobody is lost', async () => {
    const { derived, files } = await importFolder('helsinki', ['Helsinki.osm.pbf', 'population_grid_2020.gpkg']);
    expect(files.map((file) => file.error?.text.en)).toEqual([undefined, undefined]);
    expect(derived?.kept['place/block']).toBeGreaterThanOrEqual(1);
    expect(derived?.kept['facility/park']).toBeGreaterThan(3);
    const rows = await opened.base.database.query<{ given: number; placed: number }>(
      `select (select sum(persons) from population_cell where city_id = 'helsinki') as given, (select sum(persons) from population_point where city_id = 'helsinki') as placed`,
    );
    expect(rows[0].given).toBeGreaterThan(10_000);
    expect(Math.abs(rows[0].placed / rows[0].given - 1)).toBeLessThan(0.001);
  });

  test('a boundary and grids alone: the boundary is the city, hexagons carry the persons, a note says what is missing', async () => {
    const { derived } = await importFolder('wuhan', ['wuhan-boundary.geojson', 'pop_65_f_wuhan.tif']);
    expect(derived?.kept).toMatchObject({ 'place/city': 1 });
    expect(derived?.kept['place/cell']).toBeGreaterThan(5000);
    expect(derived?.kept['place/block']).toBeUndefined();
    expect(derived?.notes.map((note) => note.code)).toContain('derive/no-streets');
    const [city] = await opened.base.database.query<{ zh: string; km2: number }>(`select name->>'zh' as zh, area_m2 / 1e6 as km2 from place p where city_id = 'wuhan' and level = 'city' and batch_id = (select max(batch_id) from import_batch where city_id = 'wuhan')`);
    expect(city.zh).toBe('武汉市');
    expect(city.km2).toBeGreaterThan(8000);
  });
});

describe.each(TEST_BASES)('a prefecture too wide for the network of units, $kind', ({ open }) => {
  let opened: TestBase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.remove());

  test('is a city of hexagons with a note; who lives beyond its boundary is told', async () => {
    const boundary = textSource('boundary.geojson', collection([[{ name: '宽阔市', boundary: 'administrative', admin_level: '5' }, { type: 'Polygon', coordinates: [[[110, 30], [117, 30], [117, 31], [110, 31], [110, 30]]] }]]));
    const persons = textSource('persons.csv', ['cell_id,population,wkt', 'a,300,"POLYGON((111 30.2,111.1 30.2,111.1 30.3,111 30.3,111 30.2))"', 'b,50,"POLYGON((118 30.2,118.1 30.2,118.1 30.3,118 30.3,118 30.2))"'].join('\n'));
    const road = textSource('road.geojson', collection([[{ highway: 'primary', name: '长路' }, { type: 'LineString', coordinates: [[110.5, 30.5], [116.5, 30.5]] }]]));
    const { files, derived } = await runImport(opened.base, { cityId: 'wide', files: [boundary, persons, road].map((source) => ({ source, options: { crs: 'EPSG:4326' } })), who: 'test' });
    expect(files.map((file) => file.error)).toEqual([undefined, undefined, undefined]);
    expect(derived?.kept).toMatchObject({ 'place/city': 1 });
    expect(derived?.kept['place/block']).toBeUndefined();
    expect(derived?.kept['place/cell']).toBeGreaterThan(0);
    const notes = new Map(derived?.notes.map((note) => [note.code, note.text.en]));
    expect(notes.get('derive/city-too-large')).toContain('7.0 degrees');
    expect(notes.get('derive/persons-outside')).toContain('Of the 350 persons in the files 50 live outside');
  });
});
