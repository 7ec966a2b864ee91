/** Heights of the ground out of the base: the newest raster of quantity `elevation`. */
import { inflateSync } from 'node:zlib';
import type { Session } from '../database.ts';

/** A regular grid of heights in metres, row by row from the north; NaN where unknown. */
export interface HeightGrid {
  readonly width: number;
  readonly height: number;
  readonly originLon: number;
  readonly originLat: number;
  readonly cellLonDeg: number;
  readonly cellLatDeg: number;
  readonly values: Float32Array;
}

export async function findHeightGrid(database: Session, cityId: string, batches: readonly number[]): Promise<HeightGrid | undefined> {
  const [row] = await database.query<{ width: number; height: number; origin_lon: number; origin_lat: number; cell_lon_deg: number; cell_lat_deg: number; data: string }>(
    `select width, height, origin_lon, origin_lat, cell_lon_deg, cell_lat_deg, encode(data, 'base64') as data from raster
     where city_id = $1 and batch_id = any($2) and quantity = 'elevation' order by batch_id desc limit 1`,
    [cityId, batches],
  );
  if (row === undefined) return undefined;
  const bytes = inflateSync(Buffer.from(row.data, 'base64'));
  // a copy: the bytes of a Buffer may lie at any offset
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  return { width: row.width, height: row.height, originLon: row.origin_lon, originLat: row.origin_lat, cellLonDeg: row.cell_lon_deg, cellLatDeg: row.cell_lat_deg, values };
}

/** Decimetres above the datum by the nearest cell, as import/read-elevation.ts has them from a file. */
export function heightAt({ width, height, originLon, originLat, cellLonDeg, cellLatDeg, values }: HeightGrid, lon: number, lat: number): number {
  const column = Math.floor((lon - originLon) / cellLonDeg);
  const row = Math.floor((originLat - lat) / cellLatDeg);
  return column >= 0 && row >= 0 && column < width && row < height ? values[row * width + column] * 10 : NaN;
}
