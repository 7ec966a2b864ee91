/** Way references → geometry: lines, streets with their node ids, areas. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { E7 } from './block-columns.ts';
import type { NodeLocations } from './node-locations.ts';
import { assembleRings, doubleArea } from './ring-assembly.ts';
import type { Ring } from './ring-assembly.ts';
import { crossesItself } from './ring-crossing.ts';

/** The usable vertices of a way, in runs that missing nodes part; equal neighbours are taken once. */
export interface LocatedWay {
  readonly nodeIds: Float64Array;
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
  /** For each run the index after its last vertex. */
  readonly runEnds: readonly number[];
  readonly missing: number;
  readonly closed: boolean;
}

/** Looks the references [start, end) of a column up. */
export function locateWay(locations: NodeLocations, refs: Float64Array, start: number, end: number): LocatedWay {
  const nodeIds = new Float64Array(end - start);
  const lonE7 = new Int32Array(end - start);
  const latE7 = new Int32Array(end - start);
  const runEnds: number[] = [];
  let runStart = 0;
  let n = 0;
  let missing = 0;
  for (let i = start; i < end; i++) {
    const id = refs[i];
    const at = locations.find(id);
    if (at < 0) {
      missing++;
      if (n > runStart) runEnds.push(n);
      runStart = n;
      continue;
    }
    if (n > runStart && nodeIds[n - 1] === id) continue;
    nodeIds[n] = id;
    lonE7[n] = locations.lonE7(at);
    latE7[n++] = locations.latE7(at);
  }
  if (n > runStart) runEnds.push(n);
  const closed = end - start >= 4 && refs[start] === refs[end - 1];
  if (n === nodeIds.length) return { nodeIds, lonE7, latE7, runEnds, missing, closed };
  return { nodeIds: nodeIds.slice(0, n), lonE7: lonE7.slice(0, n), latE7: latE7.slice(0, n), runEnds, missing, closed };
}

function degrees({ lonE7, latE7 }: Ring, start: number, end: number): Float64Array<ArrayBuffer> {
  const coordinates = new Float64Array(2 * (end - start));
  for (let i = start, at = 0; i < end; i++) {
    coordinates[at++] = lonE7[i] / E7;
    coordinates[at++] = latE7[i] / E7;
  }
  return coordinates;
}

/** Start and end of every run of at least two vertices. */
export function listRuns(way: LocatedWay): [start: number, end: number][] {
  const runs: [number, number][] = [];
  let start = 0;
  for (const end of way.runEnds) {
    if (end - start >= 2) runs.push([start, end]);
    start = end;
  }
  return runs;
}

export function runToLine(way: LocatedWay, start: number, end: number): Geometry {
  return { type: 'LineString', coordinates: degrees(way, start, end) };
}

/** The whole way as a line, in parts where nodes are missing; undefined where no two vertices follow one another. */
export function toLine(way: LocatedWay): Geometry | undefined {
  const runs = listRuns(way);
  if (runs.length === 0) return undefined;
  if (runs.length === 1) return runToLine(way, runs[0][0], runs[0][1]);
  return joinLines(runs.map(([start, end]) => runToLine(way, start, end)));
}

export function joinLines(lines: readonly Geometry[]): Geometry {
  const coordinates = new Float64Array(lines.reduce((sum, line) => sum + line.coordinates.length, 0));
  const partEnds = new Uint32Array(lines.length);
  let at = 0;
  lines.forEach((line, i) => {
    coordinates.set(line.coordinates, at);
    at += line.coordinates.length;
    partEnds[i] = at / 2;
  });
  return { type: 'MultiLineString', coordinates, partEnds };
}

/** Rings (open, as the assembly gives them) → polygon or multipolygon with closed rings. */
export function toPolygons(polygons: readonly (readonly Ring[])[]): Geometry {
  const rings = polygons.flat();
  const coordinates = new Float64Array(rings.reduce((sum, ring) => sum + 2 * (ring.lonE7.length + 1), 0));
  const partEnds = new Uint32Array(rings.length);
  let at = 0;
  rings.forEach((ring, r) => {
    const n = ring.lonE7.length;
    for (let i = 0; i <= n; i++) {
      coordinates[at++] = ring.lonE7[i === n ? 0 : i] / E7;
      coordinates[at++] = ring.latE7[i === n ? 0 : i] / E7;
    }
    partEnds[r] = at / 2;
  });
  if (polygons.length === 1) return { type: 'Polygon', coordinates, partEnds };
  let end = 0;
  return { type: 'MultiPolygon', coordinates, partEnds, polygonEnds: Uint32Array.from(polygons, (polygon) => (end += polygon.length)) };
}

export interface WayArea {
  readonly geometry: Geometry;
  /** Whether every vertex of the way is a vertex of the geometry, in order: then its node ids are the geometry's. */
  readonly isWholeWay: boolean;
  readonly crossesItself: boolean;
}

/**
 * The area that a closed way bounds, missing vertices left out; undefined where nothing is left of it. A way that touches
 * itself at a vertex becomes several polygons; one that crosses itself stays as it is and says so.
 */
export function toArea(way: LocatedWay): WayArea | undefined {
  const { lonE7, latE7 } = way;
  let n = lonE7.length;
  const repeatsFirst = n > 1 && lonE7[0] === lonE7[n - 1] && latE7[0] === latE7[n - 1];
  if (repeatsFirst) n--;
  const ring: Ring = { lonE7: lonE7.subarray(0, n), latE7: latE7.subarray(0, n) };
  if (isFlat(ring)) return undefined;
  const crosses = crossesItself(ring);
  if (crosses) {
    const { polygons } = assembleRings([{ lonE7: closedColumn(ring.lonE7), latE7: closedColumn(ring.latE7), role: 'outer' }]);
    const clean = polygons.length > 0 && polygons.flat().every((part) => !crossesItself(part));
    if (clean) return { geometry: toPolygons(polygons), isWholeWay: false, crossesItself: false };
  }
  return { geometry: toPolygons([[ring]]), isWholeWay: repeatsFirst, crossesItself: crosses };
}

/** Fewer than three vertices, or all on one straight line. (The signed area will not tell: a bow tie's is zero, too.) */
function isFlat({ lonE7, latE7 }: Ring): boolean {
  for (let i = 2; i < lonE7.length; i++) {
    if (doubleArea({ lonE7: Int32Array.of(lonE7[0], lonE7[i - 1], lonE7[i]), latE7: Int32Array.of(latE7[0], latE7[i - 1], latE7[i]) }) !== 0) return false;
  }
  return true;
}

function closedColumn(column: Int32Array): Int32Array {
  const closed = new Int32Array(column.length + 1);
  closed.set(column);
  closed[column.length] = column[0];
  return closed;
}
