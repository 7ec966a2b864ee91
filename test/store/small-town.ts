/** A town of eight squares, two blocks, four communities as files: imported in a second, and its check-up follows from reasoning. */
import type { ByteSource, ImportOptions } from '../../src/import/model.ts';
import { bytesSource } from '../../src/import/byte-source.ts';

const LON = 114.3;
const LAT = 30.6;
const STEP = 0.002;
/** Squares are counted from the corner: four to the east, two to the north, about 190 × 220 m each. */
const at = (x: number, y: number): [number, number] => [Number((LON + x * STEP).toFixed(5)), Number((LAT + y * STEP).toFixed(5))];
const ring = (west: number, south: number, east: number, north: number): [number, number][] => [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
const wkt = (box: readonly [number, number, number, number]): string => `"POLYGON((${ring(...box).map((point) => point.join(' ')).join(', ')}))"`;

function units(): string {
  const rows = ['unit_id,scale,name,parent,wkt,population,households', `100,city,镇,,${wkt([0, 0, 4, 2])},12000,4000`];
  for (const [i, block] of ['A', 'B'].entries()) {
    rows.push(`${block},block,${block}街,100,${wkt([2 * i, 0, 2 * i + 2, 2])},6000,2000`);
    for (const j of [0, 1]) rows.push(`${block}${j},community,${block}${j}社区,${block},${wkt([2 * i, j, 2 * i + 2, j + 1])},3000,1000`);
  }
  return rows.join('\n');
}

interface MapFeature {
  readonly properties: Record<string, string | number>;
  readonly type: 'LineString' | 'Polygon';
  readonly coordinates: unknown;
}

function collection(features: readonly MapFeature[]): string {
  return JSON.stringify({ type: 'FeatureCollection', features: features.map(({ properties, type, coordinates }, i) => ({ type: 'Feature', id: String(i + 1), properties, geometry: { type, coordinates } })) });
}

const squares = Array.from({ length: 8 }, (_, i) => [i % 4, Math.floor(i / 4)] as const);

function map(): string {
  const streets: MapFeature[] = [
    ...[0, 1, 2, 3, 4].map((x): MapFeature => ({ properties: { highway: 'residential' }, type: 'LineString', coordinates: [0, 1, 2].map((y) => at(x, y)) })),
    ...[0, 1, 2].map((y): MapFeature => ({ properties: { highway: 'residential' }, type: 'LineString', coordinates: [0, 1, 2, 3, 4].map((x) => at(x, y)) })),
  ];
  const ground = squares.flatMap(([x, y]): MapFeature[] => [
    { properties: { building: 'apartments', 'building:levels': '6' }, type: 'Polygon', coordinates: [ring(x + 0.2, y + 0.2, x + 0.8, y + 0.8)] },
    { properties: { landuse: 'residential' }, type: 'Polygon', coordinates: [ring(x + 0.1, y + 0.1, x + 0.9, y + 0.9)] },
  ]);
  return collection([...streets, ...ground]);
}

/** Persons of each square. */
export const PERSONS = 1500;
const population = (): string => collection(squares.map(([x, y]) => ({ properties: { cell_id: `c${x}${y}`, population: PERSONS }, type: 'Polygon', coordinates: [ring(x, y, x + 1, y + 1)] })));

/** A kindergarten in the first square; with `second` another in the last. */
export function kindergartens(second: boolean): ByteSource {
  const rows = ['fac_id,class,name,lon,lat,capacity,classes', `K1,幼儿园,一幼,${at(0.5, 0.5).join()},180,6`, `C1,社区卫生服务中心,卫生中心,${at(2.1, 1.1).join()},,`];
  if (second) rows.push(`K2,幼儿园,二幼,${at(3.5, 1.5).join()},180,6`);
  return csv('facilities.csv', rows);
}

const csv = (name: string, rows: readonly string[]): ByteSource => bytesSource(name, new TextEncoder().encode(rows.join('\n')));

/** Community services know three of the four communities, and one that does not exist. */
export const SERVICES = csv('community_services.csv', [
  'community_id,parking,households,ev_private,ev_public,ebike_slots,property_mgmt,waste_sort,smart',
  'A0,500,1000,50,10,100,是,是,是', 'A1,500,1000,50,10,100,否,是,是', 'B0,500,1000,50,10,100,否,否,是', 'X9,500,1000,50,10,100,否,否,是',
]);

/** Sewage in two years, and a row of a unit that does not exist. */
export const STATISTICS = csv('indicators_dept.csv', ['indicator_id,unit_id,year,value,numerator,denominator,source', '30,100,2023,60,3,5,水务局', '30,100,2024,80,4,5,水务局', '30,nowhere,2024,10,1,10,水务局']);

export interface TownFile {
  readonly source: ByteSource;
  readonly options: ImportOptions;
}

export function townFiles(): TownFile[] {
  const file = (source: ByteSource): TownFile => ({ source, options: { crs: 'EPSG:4326' } });
  const text = (name: string, content: string): TownFile => file(bytesSource(name, new TextEncoder().encode(content)));
  return [text('units.csv', units()), text('town.geojson', map()), text('population.geojson', population()), file(kindergartens(false)), file(SERVICES), file(STATISTICS)];
}
