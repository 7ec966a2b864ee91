/**
 * Grids whose coordinates are not degrees of WGS 84.
 *
 * Persons come as cells: each cell with somebody in it becomes a polygon of its four corners, so that nothing is moved
 * between cells and the total is kept exactly. Surfaces are resampled onto a grid in degrees of about the same cell
 * size, each new cell taking the value of the old cell its centre lies in; a surface is read at points, not added up.
 */
import { buildPolygon } from '../../engine/spatial/geometry.ts';
import type { CoordinateSystem } from '../crs/coordinate-system.ts';
import type { PopulationCellRecord, SurfaceRasterRecord } from '../model.ts';

/** A grid in any coordinate system, rows from the top. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly values: Float32Array;
}

const CHUNK_CELLS = 4000;
/** Above this a city's cells would take over a gigabyte as polygons. */
export const MAX_POLYGON_CELLS = 2_000_000;

export function countOccupied(values: Float32Array): number {
  let occupied = 0;
  for (const value of values) if (value > 0) occupied++;
  return occupied;
}

/** Cells with persons as polygons in degrees; corners are computed once a row of corners. */
export function* cellsInDegrees(grid: Grid, crs: CoordinateSystem, group: string): Generator<PopulationCellRecord[], void, undefined> {
  const { width, height, values } = grid;
  const corners = (row: number): Float64Array => {
    const line = new Float64Array(2 * (width + 1));
    for (let column = 0; column <= width; column++) {
      line[2 * column] = grid.x + column * grid.cellWidth;
      line[2 * column + 1] = grid.y - row * grid.cellHeight;
    }
    crs.toWgs84(line);
    return line;
  };
  let chunk: PopulationCellRecord[] = [];
  let above = corners(0);
  for (let row = 0; row < height; row++) {
    const below = corners(row + 1);
    for (let column = 0; column < width; column++) {
      const persons = values[row * width + column];
      if (!(persons > 0)) continue;
      const [l, r] = [2 * column, 2 * column + 2];
      chunk.push({
        type: 'population-cell',
        cellId: `${row}/${column}`,
        group,
        persons,
        geometry: buildPolygon([below[l], below[l + 1], below[r], below[r + 1], above[r], above[r + 1], above[l], above[l + 1], below[l], below[l + 1]]),
      });
      if (chunk.length < CHUNK_CELLS) continue;
      yield chunk;
      chunk = [];
    }
    above = below;
  }
  if (chunk.length > 0) yield chunk;
}

/** The extent of a grid in degrees, from points along its edges. */
function extentInDegrees(grid: Grid, crs: CoordinateSystem): readonly [west: number, south: number, east: number, north: number] {
  const steps = 32;
  const points: number[] = [];
  for (let i = 0; i <= steps; i++) {
    const x = grid.x + (i / steps) * grid.width * grid.cellWidth;
    const y = grid.y - (i / steps) * grid.height * grid.cellHeight;
    points.push(x, grid.y, x, grid.y - grid.height * grid.cellHeight, grid.x, y, grid.x + grid.width * grid.cellWidth, y);
  }
  const line = Float64Array.from(points);
  crs.toWgs84(line);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    west = Math.min(west, line[i]);
    east = Math.max(east, line[i]);
    south = Math.min(south, line[i + 1]);
    north = Math.max(north, line[i + 1]);
  }
  return [west, south, east, north];
}

/** A surface on a grid in degrees with as many rows and columns as the original; undefined where it has no image there. */
export function findSurfaceInDegrees(grid: Grid, crs: CoordinateSystem, quantity: string): SurfaceRasterRecord | undefined {
  const [west, south, east, north] = extentInDegrees(grid, crs);
  if (!(west >= -180 && east <= 180 && south >= -90 && north <= 90 && east > west && north > south)) return undefined;
  const { width, height } = grid;
  const cellLonDeg = (east - west) / width;
  const cellLatDeg = (north - south) / height;
  const values = new Float32Array(width * height).fill(NaN);
  const line = new Float64Array(2 * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      line[2 * column] = west + (column + 0.5) * cellLonDeg;
      line[2 * column + 1] = north - (row + 0.5) * cellLatDeg;
    }
    crs.fromWgs84(line);
    for (let column = 0; column < width; column++) {
      const sourceColumn = Math.floor((line[2 * column] - grid.x) / grid.cellWidth);
      const sourceRow = Math.floor((grid.y - line[2 * column + 1]) / grid.cellHeight);
      if (sourceColumn >= 0 && sourceColumn < width && sourceRow >= 0 && sourceRow < height) values[row * width + column] = grid.values[sourceRow * width + sourceColumn];
    }
  }
  return { type: 'surface-raster', quantity, width, height, originLon: west, originLat: north, cellLonDeg, cellLatDeg, values };
}
