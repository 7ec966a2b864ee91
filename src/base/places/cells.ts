/** The H3 grid of a city: hexagons of equal size, named by their H3 index (https://h3geo.org). */
import { cellToBoundary, getHexagonAreaAvg, getResolution, isValidCell, latLngToCell, polygonToCellsExperimental, POLYGON_TO_CELLS_FLAGS, UNITS } from 'h3-js';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildPolygon, listParts, listPolygons } from '../../engine/spatial/geometry.ts';

/** Finest and coarsest grid that is laid: hexagons of 0.015 km² and of 36 km². */
const FINEST = 10;
const COARSEST = 6;
/** So many hexagons are enough to see a city by, and few enough to draw and store. */
const MOST_CELLS = 20_000;
/** A hexagon of 0.1 km² is what indicators of walking are reported for; finer only in places below 10 km². */
const USUAL = 9;

/** The finest resolution that keeps the number of hexagons within bounds. */
export function resolutionFor(areaM2: number): number {
  for (let resolution = areaM2 < 10e6 ? FINEST : USUAL; resolution > COARSEST; resolution--) {
    if (areaM2 / getHexagonAreaAvg(resolution, UNITS.m2) <= MOST_CELLS) return resolution;
  }
  return COARSEST;
}

/** The resolution of ids that are H3 indexes, as files of cells have them; undefined where they are something else. */
export function resolutionOfIds(ids: readonly string[]): number | undefined {
  if (ids.length === 0 || !ids.every((id) => isValidCell(id))) return undefined;
  const resolution = getResolution(ids[0]);
  return ids.every((id) => getResolution(id) === resolution) ? resolution : undefined;
}

/** Indexes of all hexagons that touch a polygon. */
export function listCells(polygon: Geometry, resolution: number): string[] {
  const parts = listParts(polygon);
  const ids = new Set<string>();
  for (const [first, last] of listPolygons(polygon)) {
    const loops = parts.slice(first, last).map(([start, end]) => {
      const loop: number[][] = [];
      for (let i = start; i < end - 1; i++) loop.push([polygon.coordinates[2 * i + 1], polygon.coordinates[2 * i]]);
      return loop;
    });
    for (const id of polygonToCellsExperimental(loops, resolution, POLYGON_TO_CELLS_FLAGS.containmentOverlapping)) ids.add(id);
  }
  return [...ids].sort();
}

/** The H3 index of the cell that holds a point in degrees. */
export function cellAt(lon: number, lat: number, resolution: number): string {
  return latLngToCell(lat, lon, resolution);
}

/** A cell's outline in degrees. */
export function cellPolygon(id: string): Geometry {
  return buildPolygon(cellToBoundary(id).flatMap(([lat, lng]) => [lng, lat]));
}
