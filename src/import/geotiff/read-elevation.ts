/** Heights of places from a GeoTIFF, for a street network that minds slopes. */
import { ChengmaiError } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { ContentHash } from '../../engine/graph/content-hash.ts';
import { geoTiffReader } from '../geotiff.ts';
import type { ByteSource, SurfaceRasterRecord } from '../model.ts';

export interface Elevation {
  /** Decimetres above the datum at a longitude and latitude in degrees: the cell there, not interpolated. NaN where the raster has no value. */
  at(lon: number, lat: number): number;
  /** Hash of the heights and where they are. */
  readonly key: string;
}

function noHeights({ name }: ByteSource): ChengmaiError {
  return new ChengmaiError('input', 'import/no-elevation', { zh: `${name} 中没有高程值；请给出单波段、单位为米的 GeoTIFF。`, en: `${name} has no heights; give a GeoTIFF of one band in metres.` }, { file: name });
}

function readCells({ originLon: west, originLat: north, cellLonDeg, cellLatDeg, width, height, values }: SurfaceRasterRecord): Elevation['at'] {
  return (lon, lat) => {
    const column = Math.floor((lon - west) / cellLonDeg);
    const row = Math.floor((north - lat) / cellLatDeg);
    return column >= 0 && column < width && row >= 0 && row < height ? values[row * width + column] * 10 : NaN;
  };
}

/**
 * Reads a grid of heights in metres, in any CRS.
 *
 * @throws ChengmaiError `import/no-elevation`; of kind input where the file cannot be read; cancelled
 */
export async function readElevation(source: ByteSource, { report, signal }: WorkContext = {}): Promise<Elevation> {
  const notes = new NoteBook();
  const context = { notes, ...(report !== undefined && { report }), ...(signal !== undefined && { signal }) };
  for await (const records of geoTiffReader.read(source, { group: 'elevation' }, context, { seen: {} })) {
    for (const record of records) {
      if (record.type !== 'surface-raster') continue;
      const place = Float64Array.of(record.originLon, record.originLat, record.cellLonDeg, record.cellLatDeg, record.width);
      return { at: readCells(record), key: new ContentHash().add(place).add(record.values).digest() };
    }
  }
  throw noHeights(source);
}
