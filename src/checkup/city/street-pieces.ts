/**
 * Streets cut into pieces of at most 25 m, so that lengths can be given to places and carriageways be paired; and each piece's length shared among the
 * places on its two sides.
 *
 * Units are cut along streets (and the base cuts them so), so a street is often a border: a spot on it belongs to one side by chance. Each piece is
 * therefore looked up 2 m to its left and to its right, and either side has half of it.
 *
 * Memory: 48 bytes a piece. A city of 10 M persons has about a million pieces of roads.
 */
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { CityData } from './city-data.ts';
import { makeOf } from './map-values.ts';

const PIECE_M = 25;
const ASIDE_M = 2;

export interface StreetPieces {
  readonly count: number;
  /** Way of each piece. */
  readonly way: Uint32Array;
  /** Degrees of its middle, its direction as a vector of length 1 (east, north), its length in metres. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly lengthM: Float64Array;
}

/** Pieces of some ways, in their order and direction. */
export function cutStreets({ snapshot: { street } }: CityData, ways: Uint32Array): StreetPieces {
  const [way, lon, lat, east, north, lengthM] = [[] as number[], [] as number[], [] as number[], [] as number[], [] as number[], [] as number[]];
  for (const w of ways) {
    for (let i = (w === 0 ? 0 : street.wayEnds[w - 1]) + 1; i < street.wayEnds[w]; i++) {
      const [a, b] = [street.wayNodes[i - 1], street.wayNodes[i]];
      const [x0, y0, x1, y1] = [street.nodeE7[2 * a] / 1e7, street.nodeE7[2 * a + 1] / 1e7, street.nodeE7[2 * b] / 1e7, street.nodeE7[2 * b + 1] / 1e7];
      const length = distanceM(x0, y0, x1, y1);
      if (!(length > 0)) continue;
      const degree = metresPerDegree((y0 + y1) / 2);
      const parts = Math.ceil(length / PIECE_M);
      for (let k = 0; k < parts; k++) {
        const at = (k + 0.5) / parts;
        way.push(w);
        lon.push(x0 + (x1 - x0) * at);
        lat.push(y0 + (y1 - y0) * at);
        east.push(((x1 - x0) * degree.lon) / length);
        north.push(((y1 - y0) * degree.lat) / length);
        lengthM.push(length / parts);
      }
    }
  }
  return { count: way.length, way: Uint32Array.from(way), lon: Float64Array.from(lon), lat: Float64Array.from(lat), east: Float64Array.from(east), north: Float64Array.from(north), lengthM: Float64Array.from(lengthM) };
}

/** Points beside the pieces, E7: left of piece i, then right of it. */
export function besidePieces({ count, lon, lat, east, north }: StreetPieces): Int32Array {
  const points = new Int32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const degree = metresPerDegree(lat[i]);
    const [dx, dy] = [(-north[i] * ASIDE_M) / degree.lon, (east[i] * ASIDE_M) / degree.lat];
    points[4 * i] = Math.round((lon[i] + dx) * 1e7);
    points[4 * i + 1] = Math.round((lat[i] + dy) * 1e7);
    points[4 * i + 2] = Math.round((lon[i] - dx) * 1e7);
    points[4 * i + 3] = Math.round((lat[i] - dy) * 1e7);
  }
  return points;
}

/** Lengths of pieces, halved for their two sides: weights of {@link besidePieces}. */
export function halves(lengthM: Float64Array): Float64Array {
  return makeOf(Float64Array, 2 * lengthM.length, (i) => lengthM[i >> 1] / 2);
}
