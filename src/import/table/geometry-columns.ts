/** Which columns of a table place its rows: coordinates in two columns or one, WKT, WKB, GeoJSON, an H3 cell. */
import { isValidCell } from 'h3-js';
import type { AttributeValue } from '../model.ts';
import { plainName } from '../features/column-names.ts';
import { parseOrdinate } from './parse-coordinates.ts';

type GeometryColumns =
  | { readonly kind: 'lon-lat'; readonly lon: string; readonly lat: string }
  /** Two numbers in one cell: `114.3,30.6` */
  | { readonly kind: 'pair'; readonly column: string }
  | { readonly kind: 'shape'; readonly column: string }
  | { readonly kind: 'h3'; readonly column: string };

export interface TablePlacement {
  readonly geometry: GeometryColumns | undefined;
  /** A column that names each row's coordinate system. */
  readonly crs: string | undefined;
  /** What the coordinate columns' names say of their system. */
  readonly declaredCrs: string | undefined;
  readonly roles: ReadonlyMap<string, string>;
}

type Values = Readonly<Record<string, AttributeValue>>;

const LON_WORDS = new Set(['lon', 'lng', 'long', 'longitude', 'x', '经度', '东经', 'x坐标', 'xcoord', 'xcoordinate', 'coordx', 'pointx', 'easting', '东坐标', '横坐标', 'cx', 'centroidx', 'stoplon', '经度坐标']);
const LAT_WORDS = new Set(['lat', 'latitude', 'y', '纬度', '北纬', 'y坐标', 'ycoord', 'ycoordinate', 'coordy', 'pointy', 'northing', '北坐标', '纵坐标', 'cy', 'centroidy', 'stoplat', '纬度坐标']);
const PAIR_WORDS = new Set(['location', 'lnglat', 'lonlat', 'latlon', 'latlng', 'coordinates', 'coordinate', 'coord', 'coords', '坐标', '经纬度', '地理坐标', '位置坐标', 'position', 'gps']);
const SHAPE_WORDS = new Set(['wkt', 'geom', 'geometry', 'thegeom', 'shape', 'wkb', 'wkbgeometry', 'geojson', '几何', '图形', '边界', '空间范围', 'polygon', 'boundary']);
const H3_WORDS = new Set(['h3', 'h3index', 'h3id', 'h3cell', 'hex', 'hexid', 'hexagon', 'cell', 'cellid']);
const CRS_WORDS = new Set(['crs', '坐标系', '坐标系统', '坐标类型', 'srs', 'datum']);

const WKT_START = /^\s*(SRID=\d+;)?\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\s*(ZM|Z|M)?\s*(\(|EMPTY)/i;
const WKB_START = /^(\\x)?0[01][0-9a-f]{8,}$/i;
const GEOJSON_START = /^\s*\{\s*"(type|coordinates)"/;
const PAIR = /^\s*\(?\[?\s*-?\d+(\.\d+)?\s*[,，;\s]\s*-?\d+(\.\d+)?\s*\]?\)?\s*$/;

/** Marks of a datum in coordinate columns' names, best first. */
const DATUMS: readonly (readonly [RegExp, string | undefined])[] = [
  [/wgs|gps/i, 'EPSG:4326'],
  [/cgcs|2000/i, undefined],
  [/gcj|高德|火星|amap|gaode|tencent|腾讯/i, 'GCJ-02'],
  [/bd0?9|baidu|百度|^bd|[_-]bd/i, 'BD-09'],
];

function filledTexts(column: string, sample: readonly Values[]): string[] {
  const texts: string[] = [];
  for (const row of sample) {
    const value = row[column];
    if (value !== null && value !== undefined && String(value).trim() !== '') texts.push(String(value));
  }
  return texts;
}

function mostly(texts: readonly string[], test: (text: string) => boolean, share: number): boolean {
  return texts.length > 0 && texts.filter(test).length >= share * texts.length;
}

function isShapeText(text: string): boolean {
  return WKT_START.test(text) || WKB_START.test(text) || GEOJSON_START.test(text);
}

function withoutDatum(plain: string): string {
  return plain.replace(/wgs(19)?84|wgs|gps|gcj0?2|gcj|bd0?9|baidu|bd|amap|gaode|高德|百度|腾讯|火星|cgcs2000|2000/g, '');
}

/** WGS 84 before columns that name no datum, these before the others. */
function datumRank(column: string): number {
  const at = DATUMS.findIndex(([pattern]) => pattern.test(column));
  return at < 0 ? 0.5 : at;
}

/** Columns by the words, those of a better datum first. */
function columnsNamed(columns: readonly string[], words: ReadonlySet<string>): string[] {
  const named = columns.filter((column) => {
    const plain = plainName(column);
    return words.has(plain) || words.has(withoutDatum(plain));
  });
  return named.toSorted((a, b) => datumRank(a) - datumRank(b));
}

function datumOf(column: string): string | undefined {
  return DATUMS.find(([pattern]) => pattern.test(column))?.[1];
}

function findGeometry(columns: readonly string[], sample: readonly Values[], mapped: Readonly<Record<string, string>>): GeometryColumns | undefined {
  const picked = (role: string): string | undefined => (columns.includes(mapped[role]) ? mapped[role] : undefined);
  const [shape, h3, pickedLon, pickedLat] = [picked('geometry') ?? picked('geom') ?? picked('wkt'), picked('h3'), picked('lon'), picked('lat')];
  if (shape !== undefined) return { kind: 'shape', column: shape };
  if (h3 !== undefined) return { kind: 'h3', column: h3 };
  if (pickedLon !== undefined && pickedLat !== undefined) return { kind: 'lon-lat', lon: pickedLon, lat: pickedLat };
  const shapes = [...columnsNamed(columns, SHAPE_WORDS), ...columns];
  const shapeColumn = shapes.find((column) => mostly(filledTexts(column, sample), isShapeText, 0.5));
  if (shapeColumn !== undefined) return { kind: 'shape', column: shapeColumn };
  const cells = [...columnsNamed(columns, H3_WORDS), ...columns];
  const h3Column = cells.find((column) => mostly(filledTexts(column, sample), (text) => isValidCell(text.trim()), 0.9));
  if (h3Column !== undefined) return { kind: 'h3', column: h3Column };
  const isOrdinate = (column: string): boolean => mostly(filledTexts(column, sample), (text) => parseOrdinate(text) !== undefined, 0.5);
  const lon = columnsNamed(columns, LON_WORDS).find(isOrdinate);
  const lat = columnsNamed(columns, LAT_WORDS).find(isOrdinate);
  if (lon !== undefined && lat !== undefined) return { kind: 'lon-lat', lon, lat };
  const pair = columnsNamed(columns, PAIR_WORDS).find((column) => mostly(filledTexts(column, sample), (text) => PAIR.test(text), 0.5));
  return pair === undefined ? undefined : { kind: 'pair', column: pair };
}

/** How a table's rows are placed, by mapping, names and values. */
export function findPlacement(columns: readonly string[], sample: readonly Values[], mapped: Readonly<Record<string, string>>): TablePlacement {
  const geometry = findGeometry(columns, sample, mapped);
  const crs = geometry === undefined ? undefined : columns.includes(mapped['crs']) ? mapped['crs'] : columns.find((column) => CRS_WORDS.has(plainName(column)));
  const roles = new Map<string, string>();
  let declaredCrs: string | undefined;
  if (geometry?.kind === 'lon-lat') {
    roles.set(geometry.lon, 'lon').set(geometry.lat, 'lat');
    declaredCrs = datumOf(geometry.lon);
  } else if (geometry !== undefined) {
    roles.set(geometry.column, geometry.kind === 'shape' ? 'geometry' : geometry.kind);
    declaredCrs = geometry.kind === 'pair' ? datumOf(geometry.column) : undefined;
  }
  if (crs !== undefined) roles.set(crs, 'crs');
  return { geometry, crs, declaredCrs, roles };
}
