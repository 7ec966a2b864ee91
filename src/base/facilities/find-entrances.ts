/**
 * Where one gets into an open space: gates and entrances on its border, and where streets and paths cross it.
 *
 * Border segments lie in a hash grid of about 100 m; every street segment looks only at the squares it passes, so that the
 * time is linear in streets. Points closer than 12 m to one already found are the same entrance.
 */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { listParts } from '../../engine/spatial/geometry.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';

const SQUARE_M = 100;
const GATE_REACH_M = 8;
const SAME_ENTRANCE_M = 12;
/** More than this is no gate any more but an open border; kept are the first. */
const MOST_ENTRANCES = 200;

/** Entrances (lon, lat interleaved) of each open space; empty where none is known. */
export function findEntrances(
  spaces: readonly Geometry[],
  /** Lines people walk on: coordinates of all, and for each the vertex after its last. */
  walkways: { readonly coordinates: Float64Array; readonly ends: Uint32Array },
  gates: readonly (readonly [lon: number, lat: number])[],
): Float64Array[] {
  const found: number[][] = spaces.map(() => []);
  if (spaces.length === 0) return [];
  const lat0 = spaces[0].coordinates[1];
  const scale = metresPerDegree(lat0);
  const stepLon = SQUARE_M / scale.lon;
  const stepLat = SQUARE_M / scale.lat;
  const borders = indexBorders(spaces, stepLon, stepLat);

  const add = (space: number, lon: number, lat: number): void => {
    const list = found[space];
    if (list.length >= 2 * MOST_ENTRANCES) return;
    for (let i = 0; i < list.length; i += 2) {
      if (Math.hypot((list[i] - lon) * scale.lon, (list[i + 1] - lat) * scale.lat) < SAME_ENTRANCE_M) return;
    }
    list.push(lon, lat);
  };
  for (const [lon, lat] of gates) {
    borders.visit(lon - stepLon / 8, lat - stepLat / 8, lon + stepLon / 8, lat + stepLat / 8, (space, ax, ay, bx, by) => {
      if (distanceToSegmentM(lon, lat, ax, ay, bx, by, scale) <= GATE_REACH_M) add(space, lon, lat);
    });
  }
  let start = 0;
  for (const end of walkways.ends) {
    const c = walkways.coordinates;
    for (let i = start + 1; i < end; i++) {
      const cx = c[2 * i - 2];
      const cy = c[2 * i - 1];
      const dx = c[2 * i] - cx;
      const dy = c[2 * i + 1] - cy;
      borders.visit(Math.min(cx, cx + dx), Math.min(cy, cy + dy), Math.max(cx, cx + dx), Math.max(cy, cy + dy), (space, ax, ay, bx, by) => {
        const ex = bx - ax;
        const ey = by - ay;
        const det = dx * ey - dy * ex;
        if (det === 0) return;
        const t = ((ax - cx) * ey - (ay - cy) * ex) / det;
        const u = ((ax - cx) * dy - (ay - cy) * dx) / det;
        if (t >= 0 && t <= 1 && u >= 0 && u <= 1) add(space, cx + t * dx, cy + t * dy);
      });
    }
    start = end;
  }
  return found.map((list) => Float64Array.from(list));
}

type VisitSegment = (space: number, ax: number, ay: number, bx: number, by: number) => void;

function indexBorders(spaces: readonly Geometry[], stepLon: number, stepLat: number): { visit(west: number, south: number, east: number, north: number, visit: VisitSegment): void } {
  const squares = new Map<number, number[]>();
  const segments: number[] = [];
  const keyOf = (column: number, row: number): number => row * 2 ** 24 + column;
  const each = (west: number, south: number, east: number, north: number, use: (key: number) => void): void => {
    const lastRow = Math.floor((north + 90) / stepLat);
    const lastColumn = Math.floor((east + 180) / stepLon);
    for (let row = Math.floor((south + 90) / stepLat); row <= lastRow; row++) {
      for (let column = Math.floor((west + 180) / stepLon); column <= lastColumn; column++) use(keyOf(column, row));
    }
  };
  spaces.forEach((space, number) => {
    const c = space.coordinates;
    for (const [start, end] of listParts(space)) {
      for (let i = start + 1; i < end; i++) {
        const [ax, ay, bx, by] = [c[2 * i - 2], c[2 * i - 1], c[2 * i], c[2 * i + 1]];
        const segment = segments.length / 5;
        segments.push(number, ax, ay, bx, by);
        each(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (key) => {
          const list = squares.get(key);
          if (list === undefined) squares.set(key, [segment]);
          else list.push(segment);
        });
      }
    }
  });
  return {
    visit(west, south, east, north, visit) {
      each(west, south, east, north, (key) => {
        for (const segment of squares.get(key) ?? []) {
          const at = 5 * segment;
          visit(segments[at], segments[at + 1], segments[at + 2], segments[at + 3], segments[at + 4]);
        }
      });
    },
  };
}

function distanceToSegmentM(lon: number, lat: number, ax: number, ay: number, bx: number, by: number, scale: { lon: number; lat: number }): number {
  const px = (ax - lon) * scale.lon;
  const py = (ay - lat) * scale.lat;
  const dx = (bx - ax) * scale.lon;
  const dy = (by - ay) * scale.lat;
  const t = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, -(px * dx + py * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px + t * dx, py + t * dy);
}
