/**
 * Heights from a GeoTIFF for a street network, by the nearest cell.
 *
 * Memory: 4 bytes a cell of the grid.
 */
import { ChengmaiError } from '../core/errors.ts';
import { NoteBook } from '../core/note.ts';
import type { WorkContext } from '../core/progress.ts';
import { ContentHash } from '../engine/graph/network/content-hash.ts';
import type { ElevationSource } from '../engine/graph/network/vertex-elevation.ts';
import { geoTiffReader } from './geotiff.ts';
import type { ByteSource, SurfaceRasterRecord } from './model.ts';

export interface Elevation {
  /** Decimetres; NaN off the grid and where it has no value. */
  readonly elevation: ElevationSource;
  /** Hash of the grid, for the key of what is built on it. */
  readonly elevationKey: string;
}

/**
 * Reads a grid of heights in metres.
 *
 * @throws ChengmaiError `import/no-elevation` where the file has no such grid; of kind `input` for damage; `cancelled`
 */
export async function readElevation(source: ByteSource, context: WorkContext = {}): Promise<Elevation> {
  let grid: SurfaceRasterRecord | undefined;
  for await (const records of geoTiffReader.read(source, { group: 'elevation' }, { ...context, notes: new NoteBook() }, { seen: {} })) {
    for (const record of records) if (record.type === 'surface-raster') grid = record;
  }
  if (grid === undefined) {
    throw new ChengmaiError('input', 'import/no-elevation', { zh: `文件 ${source.name} 中没有高程栅格；请提供以米为单位的 GeoTIFF 高程数据。`, en: `${source.name} has no grid of heights; give a GeoTIFF with heights in metres.` }, { file: source.name });
  }
  const { width, height, originLon, originLat, cellLonDeg, cellLatDeg, values } = grid;
  return {
    elevation: (lon, lat) => {
      const column = Math.floor((lon - originLon) / cellLonDeg);
      const row = Math.floor((originLat - lat) / cellLatDeg);
      return column >= 0 && row >= 0 && column < width && row < height ? values[row * width + column] * 10 : NaN;
    },
    elevationKey: new ContentHash().add(Float64Array.of(width, height, originLon, originLat, cellLonDeg, cellLatDeg)).add(values).digest(),
  };
}
