import { expect, test } from 'vitest';
import type { FormatId } from '../import/model.ts';
import { sourceKeyOf } from './source-key.ts';

const cases: [name: string, format: FormatId, key: string][] = [
  ['porto-240501.osm.pbf', 'osm-pbf', 'osm-pbf:porto'],
  ['porto.osm.pbf', 'osm-pbf', 'osm-pbf:porto'],
  ['portugal-latest.osm.pbf', 'osm-pbf', 'osm-pbf:portugal'],
  ['population_grid_2020.gpkg', 'geopackage', 'geopackage:population_grid'],
  ['gtfs-2024-05-01.zip', 'gtfs', 'gtfs:gtfs'],
  ['gtfs_20240501.zip', 'gtfs', 'gtfs:gtfs'],
  ['hotline_2024-05.csv', 'csv', 'csv:hotline'],
  ['facilities (2).csv', 'csv', 'csv:facilities'],
  ['小区台账 2024年.xlsx', 'xlsx', 'xlsx:小区台账'],
  ['roads_v1.2.geojson', 'geojson', 'geojson:roads'],
  // what looks like an edition and is not
  ['110101.geojson', 'geojson', 'geojson:110101'],
  ['pop_65_f_wuhan.tif', 'geotiff', 'geotiff:pop_65_f_wuhan'],
  ['estates1990s.csv', 'csv', 'csv:estates1990s'],
  ['2020.csv', 'csv', 'csv:2020'],
];

test.each(cases)('%s (%s) is an edition of %s', (name, format, key) => {
  expect(sourceKeyOf(name, format)).toBe(key);
});
