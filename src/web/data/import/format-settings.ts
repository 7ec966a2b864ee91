import type { PreviewJson } from '../../../base/api.ts';

/** Which settings mean anything for a file. */
export interface FormatSettings {
  readonly crs: boolean;
  readonly encoding: boolean;
  readonly member: boolean;
  readonly contract: boolean;
  readonly level: boolean;
  readonly layer: boolean;
  readonly group: boolean;
}

const SHAPES = new Set(['geojson', 'geojson-lines', 'geopackage', 'shapefile']);
const TABLES = new Set(['csv', 'xlsx']);

export function settingsOf(preview: Pick<PreviewJson, 'format' | 'contract' | 'roles'>): FormatSettings {
  const { format, contract, roles } = preview;
  const shapes = SHAPES.has(format);
  const table = TABLES.has(format);
  return {
    // OSM and GTFS are WGS84 by their own definition
    crs: format !== 'osm-pbf' && format !== 'gtfs',
    encoding: format === 'csv' || format === 'shapefile',
    member: format === 'xlsx' || format === 'geopackage' || format === 'shapefile',
    contract: table,
    level: shapes || (table && contract === null),
    layer: shapes || (table && contract === null),
    group: format === 'geotiff' || roles.some(({ id }) => id === 'population' || id === 'persons'),
  };
}

/** OSM and GTFS leave nothing to say: their format fixes it all. */
export function hasSettings(preview: Pick<PreviewJson, 'format' | 'contract' | 'roles' | 'columns'>): boolean {
  return preview.columns.length > 0 || Object.values(settingsOf(preview)).some(Boolean);
}

export const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'windows-1252', 'utf-16le'] as const;

interface CrsChoice {
  readonly value: string;
  readonly label: string;
}

/** CGCS2000 / 3-degree Gauss-Krüger without zone number in the easting: EPSG:4534 is 75°E, each further code 3° on. */
const GAUSS_KRUEGER: readonly CrsChoice[] = Array.from({ length: 21 }, (_, index) => ({
  value: `EPSG:${4534 + index}`,
  label: `CGCS2000 3° GK ${75 + 3 * index}°E`,
}));

export const CRS_CHOICES: readonly CrsChoice[] = [
  { value: 'EPSG:4326', label: 'WGS 84' },
  { value: 'EPSG:4490', label: 'CGCS2000' },
  { value: 'GCJ-02', label: '高德 / 腾讯 Amap, Tencent' },
  { value: 'BD-09', label: '百度 Baidu' },
  { value: 'EPSG:3857', label: 'Web Mercator' },
  ...GAUSS_KRUEGER,
];
