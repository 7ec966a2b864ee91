/** Which of many polygons a point lies in: a coarse grid over the polygons' boxes, then the even-odd rule per ring. */
import type { Geometry } from './geometry.ts';
import { boxOf, joinBoxes, emptyBox, listParts } from './geometry.ts';

/** Whether a point lies in a polygon or multipolygon; a point on the border may fall either way. */
export function containsPoint(geometry: Geometry, lon: number, lat: number): boolean {
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return false;
  const c = geometry.coordinates;
  let inside = false;
  let start = 0;
  // even-odd over all rings at once: a hole takes away what its shell gave, polygons of one multipolygon do not overlap
  for (const end of geometry.partEnds ?? []) {
    for (let i = start, j = end - 1; i < end; j = i++) {
      const yi = c[2 * i + 1];
      const yj = c[2 * j + 1];
      if (yi > lat !== yj > lat && lon < c[2 * i] + ((lat - yi) * (c[2 * j] - c[2 * i])) / (yj - yi)) inside = !inside;
    }
    start = end;
  }
  return inside;
}

/** Answers "which polygons hold this point" for a fixed list. */
export interface PolygonIndex {
  /** The lowest number of a polygon that holds the point, or -1. */
  findFirst(lon: number, lat: number): number;
  /** Calls `visit` with the number of every polygon that holds the point, lowest first. */
  visitAll(lon: number, lat: number, visit: (polygon: number) => void): void;
}

export function buildPolygonIndex(polygons: readonly Geometry[]): PolygonIndex {
  const boxes = polygons.map(boxOf);
  const whole = boxes.reduce(joinBoxes, emptyBox());
  const side = Math.max(1, Math.min(512, Math.ceil(Math.sqrt(polygons.length) * 2)));
  const stepLon = Math.max((whole[2] - whole[0]) / side, 1e-9);
  const stepLat = Math.max((whole[3] - whole[1]) / side, 1e-9);
  const column = (lon: number): number => Math.min(side - 1, Math.max(0, Math.floor((lon - whole[0]) / stepLon)));
  const row = (lat: number): number => Math.min(side - 1, Math.max(0, Math.floor((lat - whole[1]) / stepLat)));
  const buckets: number[][] = Array.from({ length: side * side }, () => []);
  boxes.forEach((box, i) => {
    if (box[0] > box[2]) return;
    for (let r = row(box[1]); r <= row(box[3]); r++) {
      for (let q = column(box[0]); q <= column(box[2]); q++) buckets[r * side + q].push(i);
    }
  });
  const bucketOf = (lon: number, lat: number): readonly number[] =>
    lon >= whole[0] && lon <= whole[2] && lat >= whole[1] && lat <= whole[3] ? buckets[row(lat) * side + column(lon)] : [];
  const holds = (i: number, lon: number, lat: number): boolean => {
    const box = boxes[i];
    return lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3] && containsPoint(polygons[i], lon, lat);
  };
  return {
    findFirst: (lon, lat) => bucketOf(lon, lat).find((i) => holds(i, lon, lat)) ?? -1,
    visitAll(lon, lat, visit) {
      for (const i of bucketOf(lon, lat)) if (holds(i, lon, lat)) visit(i);
    },
  };
}

/** A point inside a polygon or multipolygon: on the horizontal through the middle of the largest part's box, mid-way on the widest stretch. */
export function pointInside(geometry: Geometry): [lon: number, lat: number] {
  const c = geometry.coordinates;
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    const middle = 2 * Math.floor(c.length / 4);
    return [c[middle], c[middle + 1]];
  }
  let best: [number, number] = [c[0], c[1]];
  let widest = -1;
  for (const [start, end] of listParts(geometry)) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = start; i < end; i++) {
      low = Math.min(low, c[2 * i + 1]);
      high = Math.max(high, c[2 * i + 1]);
    }
    const lat = low + (high - low) * 0.5000001;
    const crossings: number[] = [];
    let ringStart = 0;
    for (const ringEnd of geometry.partEnds ?? []) {
      for (let i = ringStart, j = ringEnd - 1; i < ringEnd; j = i++) {
        const yi = c[2 * i + 1];
        const yj = c[2 * j + 1];
        if (yi > lat !== yj > lat) crossings.push(c[2 * i] + ((lat - yi) * (c[2 * j] - c[2 * i])) / (yj - yi));
      }
      ringStart = ringEnd;
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      if (crossings[i + 1] - crossings[i] <= widest) continue;
      widest = crossings[i + 1] - crossings[i];
      best = [(crossings[i] + crossings[i + 1]) / 2, lat];
    }
  }
  return best;
}
