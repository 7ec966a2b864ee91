/** How far a city reaches: an administrative boundary that fits the data, or the outline of the data itself. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { containsPoint } from '../../engine/spatial/containment.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';

/** The boundary must hold this share of the data … */
const LEAST_COVERAGE = 0.6;
/** … and the data must fill this share of the boundary: an extract of the centre is not the whole municipality. */
const LEAST_FILL = 0.2;
/** A heap of squares with a smaller share of the data is an outlier: the far end of a railway, a lone village. */
const LEAST_CLUSTER = 0.1;

/** Squares of the ground that hold data, as a coarse picture of where the city is. */
export interface Occupancy {
  readonly sideM: number;
  /** lon, lat of square centres, interleaved. */
  readonly centres: Float64Array;
}

/** Squares that hold any of the points; their side fits the data: a sixtieth of its span, 100–1000 m. */
export function occupySquares(lon: ArrayLike<number>, lat: ArrayLike<number>): Occupancy {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (let i = 0; i < lon.length; i++) {
    west = Math.min(west, lon[i]);
    east = Math.max(east, lon[i]);
    south = Math.min(south, lat[i]);
    north = Math.max(north, lat[i]);
  }
  if (lon.length === 0) return { sideM: 0, centres: new Float64Array(0) };
  const scale = metresPerDegree((south + north) / 2);
  const spanM = Math.max((east - west) * scale.lon, (north - south) * scale.lat);
  const sideM = Math.min(1000, Math.max(100, spanM / 60));
  const stepLon = sideM / scale.lon;
  const stepLat = sideM / scale.lat;
  const columns = Math.floor((east - west) / stepLon) + 1;
  const squares = new Map<number, number>();
  for (let i = 0; i < lon.length; i++) {
    const key = Math.floor((lat[i] - south) / stepLat) * columns + Math.floor((lon[i] - west) / stepLon);
    squares.set(key, (squares.get(key) ?? 0) + 1);
  }
  const kept = keepClusters(squares, columns, lon.length);
  const centres = new Float64Array(2 * kept.length);
  kept.forEach((key, i) => {
    centres[2 * i] = west + ((key % columns) + 0.5) * stepLon;
    centres[2 * i + 1] = south + (Math.floor(key / columns) + 0.5) * stepLat;
  });
  return { sideM, centres };
}

/** Keys of squares in heaps that hold enough of the points; squares up to two apart are one heap. */
function keepClusters(squares: ReadonlyMap<number, number>, columns: number, total: number): number[] {
  const heapOf = new Map<number, number>();
  const heapPoints: number[] = [];
  for (const start of squares.keys()) {
    if (heapOf.has(start)) continue;
    const heap = heapPoints.length;
    heapPoints.push(0);
    const stack = [start];
    heapOf.set(start, heap);
    while (stack.length > 0) {
      const key = stack.pop() as number;
      heapPoints[heap] += squares.get(key) ?? 0;
      const column = key % columns;
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          if (column + dx < 0 || column + dx >= columns) continue;
          const next = key + dy * columns + dx;
          if (!squares.has(next) || heapOf.has(next)) continue;
          heapOf.set(next, heap);
          stack.push(next);
        }
      }
    }
  }
  const largest = Math.max(0, ...heapPoints);
  return [...squares.keys()].filter((key) => {
    const points = heapPoints[heapOf.get(key) ?? 0];
    return points === largest || points >= LEAST_CLUSTER * total;
  });
}

export interface BoundaryFit {
  /** Share of the data's squares inside the boundary. */
  readonly coverage: number;
  /** Share of the boundary's area that those squares fill. */
  readonly fill: number;
}

/** How well a boundary and the squares of the data match; both shares are 0–1. */
export function fitBoundary(boundary: Geometry, { centres, sideM }: Occupancy): BoundaryFit {
  let inside = 0;
  for (let i = 0; i < centres.length; i += 2) if (containsPoint(boundary, centres[i], centres[i + 1])) inside++;
  const squares = centres.length / 2;
  const area = areaM2(boundary);
  return { coverage: squares === 0 ? 0 : inside / squares, fill: area === 0 ? 0 : Math.min(1, (inside * sideM * sideM) / area) };
}

/** Number of the boundary that fits the data best, or -1 where none does. */
export function chooseBoundary(boundaries: readonly Geometry[], occupancy: Occupancy): number {
  let best = -1;
  let bestScore = 0;
  boundaries.forEach((boundary, i) => {
    const { coverage, fill } = fitBoundary(boundary, occupancy);
    if (coverage < LEAST_COVERAGE || fill < LEAST_FILL) return;
    const score = coverage * Math.min(1, 2 * fill);
    if (score > bestScore) {
      best = i;
      bestScore = score;
    }
  });
  return best;
}

/** The convex outline of points (Andrew 1979), widened by a margin: what is left where nothing better can be had. */
export function convexOutline(centres: Float64Array, marginM: number): Geometry {
  const scale = metresPerDegree(centres[1]);
  const dx = marginM / scale.lon;
  const dy = marginM / scale.lat;
  const points: [number, number][] = [];
  for (let i = 0; i < centres.length; i += 2) {
    for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]]) points.push([centres[i] + sx * dx, centres[i + 1] + sy * dy]);
  }
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly [number, number][]): [number, number][] => {
    const hull: [number, number][] = [];
    for (const p of list) {
      while (hull.length >= 2) {
        const [a, b] = [hull[hull.length - 2], hull[hull.length - 1]];
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        hull.pop();
      }
      hull.push(p);
    }
    hull.pop();
    return hull;
  };
  const ring = [...half(points), ...half([...points].reverse())];
  const coordinates = Float64Array.from([...ring, ring[0]].flat());
  return { type: 'Polygon', coordinates, partEnds: Uint32Array.of(coordinates.length / 2) };
}
