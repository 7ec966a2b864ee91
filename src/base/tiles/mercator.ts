/**
 * Web Mercator as tiles use it: the world is the unit square, x to the east, y to the south (EPSG:3857 scaled and turned).
 * A tile (z, x, y) covers [x, x+1) × [y, y+1) of the square cut into 2^z steps a side.
 */
import type { Box } from '../../engine/spatial/geometry.ts';

/** Units along a tile's side: positions in a tile are whole numbers of 1/4096 of it (an eighth of a pixel at 512 px). */
export const EXTENT = 4096;

/** Units beyond each side that a tile still holds, so that line ends and outlines do not show at the seams: 8 px of 512. */
export const BUFFER = 64;

/** Tiles are made down to here; a map client draws deeper zooms by enlarging these. */
export const MAX_ZOOM = 18;

const EARTH_CIRCUMFERENCE_M = 40075016.68557849;
const MAX_SINE = 0.9999999999;

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const s = Math.max(-MAX_SINE, Math.min(MAX_SINE, Math.sin((lat * Math.PI) / 180)));
  return 0.5 - (0.25 * Math.log((1 + s) / (1 - s))) / Math.PI;
}

export function mercatorLon(x: number): number {
  return (x - 0.5) * 360;
}

export function mercatorLat(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}

/** The degrees that a tile and its buffer cover. */
export function tileBox(z: number, x: number, y: number, buffer = BUFFER): Box {
  const side = 2 ** -z;
  const margin = (buffer / EXTENT) * side;
  return [
    mercatorLon(x * side - margin),
    mercatorLat(Math.min(1, (y + 1) * side + margin)),
    mercatorLon((x + 1) * side + margin),
    mercatorLat(Math.max(0, y * side - margin)),
  ];
}

/** Metres on the ground along one pixel of a tile drawn 512 pixels wide. */
export function metresPerPixel(z: number, y: number): number {
  const lat = mercatorLat((y + 0.5) * 2 ** -z);
  return (EARTH_CIRCUMFERENCE_M * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** z);
}

export function tileExists(z: number, x: number, y: number): boolean {
  return Number.isInteger(z) && z >= 0 && z <= MAX_ZOOM && Number.isInteger(x) && Number.isInteger(y) && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
}

/** The columns and rows [minX, minY, maxX, maxY] of the tiles that touch a box. */
export function tileRange(z: number, [west, south, east, north]: Box): [number, number, number, number] {
  const n = 2 ** z;
  const clamp = (value: number): number => Math.max(0, Math.min(n - 1, Math.floor(value * n)));
  return [clamp(mercatorX(west)), clamp(mercatorY(north)), clamp(mercatorX(east)), clamp(mercatorY(south))];
}
