/**
 * Geometry as flat arrays: what readers make, the base stores, tiles cut and the engine measures.
 *
 * Coordinates are longitude, latitude in degrees (EPSG:4326), interleaved. A part is a point, a line or a ring. Memory
 * is 16 bytes a vertex, 4 a part and 4 a polygon; a GeoJSON tree of the same shape takes about ten times that.
 */
export type GeometryType = 'Point' | 'MultiPoint' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';

export interface Geometry {
  readonly type: GeometryType;
  /** lon, lat, lon, lat …: twice the number of vertices. Rings are closed (first vertex = last). */
  readonly coordinates: Float64Array;
  /** For each part the index of the vertex after its last one. Absent for Point, MultiPoint and LineString. */
  readonly partEnds?: Uint32Array;
  /** For each polygon of a MultiPolygon the index of the part after its last ring. Absent otherwise. */
  readonly polygonEnds?: Uint32Array;
}

/** west, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** The GeoJSON geometries this project reads and writes (RFC 7946 §3.1 without GeometryCollection). */
export type GeoJsonGeometry =
  | { type: 'Point'; coordinates: number[] }
  | { type: 'MultiPoint' | 'LineString'; coordinates: number[][] }
  | { type: 'MultiLineString' | 'Polygon'; coordinates: number[][][] }
  | { type: 'MultiPolygon'; coordinates: number[][][][] };

/** Degrees. */
export function buildPoint(lon: number, lat: number): Geometry {
  return { type: 'Point', coordinates: Float64Array.of(lon, lat) };
}

/** A line over interleaved lon, lat; the array is kept, not copied. */
export function buildLine(coordinates: Float64Array): Geometry {
  return { type: 'LineString', coordinates };
}

/** A polygon of one ring, which is closed where the caller left it open. */
export function buildPolygon(ring: ArrayLike<number>): Geometry {
  const n = ring.length;
  const closed = n >= 4 && ring[0] === ring[n - 2] && ring[1] === ring[n - 1];
  const coordinates = new Float64Array(closed ? n : n + 2);
  coordinates.set(ring);
  if (!closed) {
    coordinates[n] = ring[0];
    coordinates[n + 1] = ring[1];
  }
  return { type: 'Polygon', coordinates, partEnds: Uint32Array.of(coordinates.length / 2) };
}

/** [start, end) vertex indices of every part, in order. */
export function listParts(geometry: Geometry): [start: number, end: number][] {
  if (geometry.partEnds === undefined) {
    if (geometry.type === 'MultiPoint') {
      return Array.from({ length: geometry.coordinates.length / 2 }, (_, i) => [i, i + 1]);
    }
    return [[0, geometry.coordinates.length / 2]];
  }
  const parts: [number, number][] = [];
  let start = 0;
  for (const end of geometry.partEnds) {
    parts.push([start, end]);
    start = end;
  }
  return parts;
}

/** [start, end) part indices of every polygon; empty for points and lines. */
export function listPolygons(geometry: Geometry): [start: number, end: number][] {
  if (geometry.type === 'Polygon') return [[0, geometry.partEnds?.length ?? 0]];
  if (geometry.type !== 'MultiPolygon') return [];
  const polygons: [number, number][] = [];
  let start = 0;
  for (const end of geometry.polygonEnds ?? []) {
    polygons.push([start, end]);
    start = end;
  }
  return polygons;
}

/** The bounding box; four infinities (west > east) where there is no vertex. */
export function boxOf(geometry: Geometry): Box {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  const { coordinates } = geometry;
  for (let i = 0; i < coordinates.length; i += 2) {
    const x = coordinates[i];
    const y = coordinates[i + 1];
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
}

/** The smallest box around both. */
export function joinBoxes(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

const EMPTY_BOX: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** The box of nothing: joined with another it gives the other. */
export function emptyBox(): Box {
  return EMPTY_BOX;
}

/** RFC 7946 coordinates, all digits kept. */
export function toGeoJson(geometry: Geometry): GeoJsonGeometry {
  const { coordinates } = geometry;
  const vertices = (start: number, end: number): number[][] => {
    const list: number[][] = [];
    for (let i = start; i < end; i++) list.push([coordinates[2 * i], coordinates[2 * i + 1]]);
    return list;
  };
  const parts = (): number[][][] => listParts(geometry).map(([start, end]) => vertices(start, end));
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: [coordinates[0], coordinates[1]] };
    case 'MultiPoint':
    case 'LineString':
      return { type: geometry.type, coordinates: vertices(0, coordinates.length / 2) };
    case 'MultiLineString':
    case 'Polygon':
      return { type: geometry.type, coordinates: parts() };
    case 'MultiPolygon': {
      const rings = parts();
      return { type: 'MultiPolygon', coordinates: listPolygons(geometry).map(([start, end]) => rings.slice(start, end)) };
    }
  }
}

/** The flat form of a GeoJSON geometry; heights are dropped. The caller has checked that the tree is well formed. */
export function fromGeoJson(source: GeoJsonGeometry): Geometry {
  const flat: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  const addVertices = (vertices: number[][]): void => {
    for (const vertex of vertices) flat.push(vertex[0], vertex[1]);
  };
  const addParts = (parts: number[][][]): void => {
    for (const part of parts) {
      addVertices(part);
      partEnds.push(flat.length / 2);
    }
  };
  switch (source.type) {
    case 'Point':
      flat.push(source.coordinates[0], source.coordinates[1]);
      break;
    case 'MultiPoint':
    case 'LineString':
      addVertices(source.coordinates);
      break;
    case 'MultiLineString':
    case 'Polygon':
      addParts(source.coordinates);
      break;
    case 'MultiPolygon':
      for (const polygon of source.coordinates) {
        addParts(polygon);
        polygonEnds.push(partEnds.length);
      }
      break;
  }
  return {
    type: source.type,
    coordinates: Float64Array.from(flat),
    ...(partEnds.length > 0 && { partEnds: Uint32Array.from(partEnds) }),
    ...(polygonEnds.length > 0 && { polygonEnds: Uint32Array.from(polygonEnds) }),
  };
}
