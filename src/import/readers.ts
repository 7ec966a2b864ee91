/** All readers. A new format is a file beside this one and a line here. */
import { csvReader } from './csv.ts';
import { geoJsonLinesReader } from './geojson-lines.ts';
import { geoJsonReader } from './geojson.ts';
import { geoPackageReader } from './geopackage.ts';
import { geoTiffReader } from './geotiff.ts';
import { gtfsReader } from './gtfs.ts';
import type { FormatId, FormatReader } from './model.ts';
import { osmPbfReader } from './osm-pbf.ts';
import { shapefileReader } from './shapefile.ts';
import { xlsxReader } from './xlsx.ts';

export const READERS: readonly FormatReader[] = [
  osmPbfReader,
  gtfsReader,
  geoTiffReader,
  geoPackageReader,
  shapefileReader,
  xlsxReader,
  geoJsonReader,
  geoJsonLinesReader,
  csvReader,
];

export function findReader(format: FormatId): FormatReader | undefined {
  return READERS.find((reader) => reader.format === format);
}
