/** File formats by the names their users call them, the same in both languages. */
const NAMES: Readonly<Record<string, string>> = {
  'osm-pbf': 'OSM PBF',
  gtfs: 'GTFS',
  geojson: 'GeoJSON',
  'geojson-lines': 'GeoJSON Lines',
  geopackage: 'GeoPackage',
  shapefile: 'Shapefile',
  csv: 'CSV',
  xlsx: 'XLSX',
  geotiff: 'GeoTIFF',
};

export function formatName(format: string): string {
  return NAMES[format] ?? format;
}
