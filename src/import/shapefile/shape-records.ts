/**
 * The geometry of a shapefile (ESRI Shapefile Technical Description, July 1998), record by record.
 *
 * Rings of a polygon come in any order, outer ones clockwise. Holes are given to the outer ring that contains them; a
 * hole that none contains is an outer ring wound the wrong way.
 */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { ByteReader } from './byte-reader.ts';

export interface ShapeRecord {
  /** Record number, from 1. */
  readonly number: number;
  readonly geometry: Geometry | undefined;
  readonly fault: string | undefined;
}

const HEADER_BYTES = 100;
const FILE_CODE = 9994;
/** A larger record is announced by damaged files only. */
const MAX_RECORD_BYTES = 512 * 2 ** 20;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Reads the file header. @throws RangeError where it is no shapefile */
export async function readShapeHeader(reader: ByteReader): Promise<void> {
  const header = await reader.take(HEADER_BYTES);
  if (header.byteLength < HEADER_BYTES || viewOf(header).getInt32(0) !== FILE_CODE) throw new RangeError('no shapefile header');
}

/** The next record, or undefined at the end. @throws RangeError where a record breaks off or announces a senseless length */
export async function readShapeRecord(reader: ByteReader): Promise<ShapeRecord | undefined> {
  const header = await reader.take(8);
  if (header.byteLength === 0) return undefined;
  if (header.byteLength < 8) throw new RangeError('a record header breaks off');
  const number = viewOf(header).getInt32(0);
  const length = viewOf(header).getInt32(4) * 2;
  if (length < 4 || length > MAX_RECORD_BYTES) throw new RangeError(`record ${number} announces ${length} bytes`);
  const content = await reader.take(length);
  if (content.byteLength < length) throw new RangeError(`record ${number} breaks off`);
  try {
    return { number, geometry: parseShape(viewOf(content)), fault: undefined };
  } catch (fault) {
    return { number, geometry: undefined, fault: fault instanceof Error ? fault.message : String(fault) };
  }
}

function parseShape(view: DataView): Geometry | undefined {
  const type = view.getInt32(0, true);
  // 1, 11, 21 are points without and with Z or M, and so on; 31 is MultiPatch.
  switch (type > 30 ? -1 : type % 10) {
    case 0:
      return undefined;
    case 1:
      return { type: 'Point', coordinates: readVertices(view, 4, 1) };
    case 8:
      return { type: 'MultiPoint', coordinates: readVertices(view, 40, view.getInt32(36, true)) };
    case 3:
    case 5:
      return parseParts(view, type % 10 === 5);
    default:
      return unsupported(type);
  }
}

function unsupported(type: number): never {
  throw new RangeError(`shape type ${type} is not supported`);
}

function readVertices(view: DataView, at: number, count: number): Float64Array {
  if (count < 0 || at + 16 * count > view.byteLength) throw new RangeError(`${count} vertices are announced`);
  const coordinates = new Float64Array(2 * count);
  for (let i = 0; i < coordinates.length; i++) coordinates[i] = view.getFloat64(at + 8 * i, true);
  return coordinates;
}

function parseParts(view: DataView, isPolygon: boolean): Geometry {
  const parts = view.getInt32(36, true);
  const vertices = view.getInt32(40, true);
  if (parts < 1 || 44 + 4 * parts > view.byteLength) throw new RangeError(`${parts} parts are announced`);
  const coordinates = readVertices(view, 44 + 4 * parts, vertices);
  const ends = new Uint32Array(parts);
  for (let k = 0; k < parts; k++) {
    const end = k + 1 < parts ? view.getInt32(44 + 4 * (k + 1), true) : vertices;
    if (end < (k === 0 ? 0 : ends[k - 1]) || end > vertices) throw new RangeError('part indices are out of order');
    ends[k] = end;
  }
  if (isPolygon) return buildPolygons(coordinates, ends);
  return parts === 1 ? { type: 'LineString', coordinates } : { type: 'MultiLineString', coordinates, partEnds: ends };
}

function signedArea(c: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end - 1; i++) sum += (c[2 * i] - c[2 * start]) * (c[2 * i + 3] - c[2 * start + 1]) - (c[2 * i + 2] - c[2 * start]) * (c[2 * i + 1] - c[2 * start + 1]);
  return sum / 2;
}

function contains(c: Float64Array, start: number, end: number, x: number, y: number): boolean {
  let inside = false;
  for (let i = start, j = end - 1; i < end; j = i++) {
    const [xi, yi, xj, yj] = [c[2 * i], c[2 * i + 1], c[2 * j], c[2 * j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** One polygon an outer ring, its holes behind it. */
function buildPolygons(c: Float64Array, ends: Uint32Array): Geometry {
  const rings = Array.from(ends, (end, k) => ({ start: k === 0 ? 0 : ends[k - 1], end }));
  if (rings.length === 1) return { type: 'Polygon', coordinates: c, partEnds: ends };
  const areas = rings.map(({ start, end }) => signedArea(c, start, end));
  const outers = rings.map((_, k) => k).filter((k) => areas[k] <= 0);
  const groups = new Map<number, number[]>(outers.map((k) => [k, [k]]));
  const bySize = outers.toSorted((a, b) => Math.abs(areas[a]) - Math.abs(areas[b]));
  rings.forEach((ring, k) => {
    if (areas[k] <= 0) return;
    const owner = bySize.find((o) => Math.abs(areas[o]) >= areas[k] && contains(c, rings[o].start, rings[o].end, c[2 * ring.start], c[2 * ring.start + 1]));
    if (owner === undefined) groups.set(k, [k]);
    else groups.get(owner)?.push(k);
  });
  const coordinates = new Float64Array(c.length);
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  let p = 0;
  for (const members of groups.values()) {
    for (const k of members) {
      coordinates.set(c.subarray(2 * rings[k].start, 2 * rings[k].end), p);
      p += 2 * (rings[k].end - rings[k].start);
      partEnds.push(p / 2);
    }
    polygonEnds.push(partEnds.length);
  }
  const shape = { coordinates, partEnds: Uint32Array.from(partEnds) };
  return polygonEnds.length === 1 ? { type: 'Polygon', ...shape } : { type: 'MultiPolygon', ...shape, polygonEnds: Uint32Array.from(polygonEnds) };
}
