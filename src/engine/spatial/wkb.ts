/**
 * Well-known binary (OGC 06-103r4 §8), the form in which geometry goes to and comes from PostGIS.
 *
 * Written as EWKB: little-endian, with the SRID 4326 in the header, two dimensions. Read from either byte order, with or
 * without an SRID; Z and M are dropped.
 */
import type { Geometry, GeometryType } from './geometry.ts';
import { listParts, listPolygons } from './geometry.ts';

const CODES: Record<GeometryType, number> = {
  Point: 1,
  LineString: 2,
  Polygon: 3,
  MultiPoint: 4,
  MultiLineString: 5,
  MultiPolygon: 6,
};
const TYPES: readonly (GeometryType | undefined)[] = [undefined, 'Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon'];

const SRID = 4326;
const SRID_FLAG = 0x20000000;
const Z_FLAG = 0x80000000;
const M_FLAG = 0x40000000;

function sizeOf(geometry: Geometry): number {
  const bytes = geometry.coordinates.length * 8;
  const parts = geometry.partEnds?.length ?? 0;
  switch (geometry.type) {
    case 'Point':
      return 9 + bytes;
    case 'LineString':
      return 13 + bytes;
    case 'Polygon':
      return 13 + 4 * parts + bytes;
    case 'MultiPoint':
      return 13 + (geometry.coordinates.length / 2) * 5 + bytes;
    case 'MultiLineString':
      return 13 + 9 * parts + bytes;
    case 'MultiPolygon':
      return 13 + 9 * (geometry.polygonEnds?.length ?? 0) + 4 * parts + bytes;
  }
}

/** EWKB bytes of a geometry in EPSG:4326. */
export function toEwkb(geometry: Geometry): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeOf(geometry));
  const view = new DataView(bytes.buffer);
  const { coordinates } = geometry;
  let p = 0;
  const head = (type: GeometryType): void => {
    view.setUint8(p, 1);
    view.setUint32(p + 1, CODES[type], true);
    p += 5;
  };
  const count = (n: number): void => {
    view.setUint32(p, n, true);
    p += 4;
  };
  const vertices = (start: number, end: number): void => {
    for (let i = 2 * start; i < 2 * end; i++) {
      view.setFloat64(p, coordinates[i], true);
      p += 8;
    }
  };
  view.setUint8(0, 1);
  view.setUint32(1, CODES[geometry.type] | SRID_FLAG, true);
  view.setUint32(5, SRID, true);
  p = 9;
  const parts = listParts(geometry);
  switch (geometry.type) {
    case 'Point':
      vertices(0, 1);
      break;
    case 'LineString':
      count(coordinates.length / 2);
      vertices(0, coordinates.length / 2);
      break;
    case 'Polygon':
      count(parts.length);
      for (const [start, end] of parts) {
        count(end - start);
        vertices(start, end);
      }
      break;
    case 'MultiPoint':
      count(parts.length);
      for (const [start, end] of parts) {
        head('Point');
        vertices(start, end);
      }
      break;
    case 'MultiLineString':
      count(parts.length);
      for (const [start, end] of parts) {
        head('LineString');
        count(end - start);
        vertices(start, end);
      }
      break;
    case 'MultiPolygon': {
      const polygons = listPolygons(geometry);
      count(polygons.length);
      for (const [firstPart, lastPart] of polygons) {
        head('Polygon');
        count(lastPart - firstPart);
        for (let k = firstPart; k < lastPart; k++) {
          count(parts[k][1] - parts[k][0]);
          vertices(parts[k][0], parts[k][1]);
        }
      }
      break;
    }
  }
  return bytes;
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** EWKB as hexadecimal text, the form that COPY takes. */
export function toEwkbHex(geometry: Geometry): string {
  const bytes = toEwkb(geometry);
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i]];
  return text;
}

/**
 * The geometry of WKB or EWKB bytes.
 *
 * @throws RangeError on bytes that end early or name a type outside the six of {@link GeometryType}
 */
export function fromWkb(bytes: Uint8Array): Geometry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let p = 0;
  let littleEndian = true;
  let dimensions = 2;
  const uint32 = (): number => {
    const value = view.getUint32(p, littleEndian);
    p += 4;
    return value;
  };
  const head = (): number => {
    littleEndian = view.getUint8(p) === 1;
    p += 1;
    const raw = uint32();
    const isoDimensions = Math.floor((raw & 0xffff) / 1000);
    const hasZ = (raw & Z_FLAG) !== 0 || isoDimensions === 1 || isoDimensions === 3;
    const hasM = (raw & M_FLAG) !== 0 || isoDimensions === 2 || isoDimensions === 3;
    dimensions = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0);
    if ((raw & SRID_FLAG) !== 0) p += 4;
    return (raw & 0xffff) % 1000;
  };
  const flat: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  const vertices = (n: number): void => {
    if (n * dimensions * 8 > bytes.byteLength - p) throw new RangeError(`WKB ends early: ${n} vertices announced at byte ${p}`);
    for (let i = 0; i < n; i++) {
      flat.push(view.getFloat64(p, littleEndian), view.getFloat64(p + 8, littleEndian));
      p += 8 * dimensions;
    }
  };
  const rings = (): void => {
    const n = uint32();
    for (let i = 0; i < n; i++) {
      vertices(uint32());
      partEnds.push(flat.length / 2);
    }
  };
  const type = TYPES[head()];
  if (type === undefined) throw new RangeError('WKB of an unsupported geometry type');
  switch (type) {
    case 'Point':
      vertices(1);
      break;
    case 'LineString':
      vertices(uint32());
      break;
    case 'Polygon':
      rings();
      break;
    default: {
      const members = uint32();
      for (let i = 0; i < members; i++) {
        head();
        if (type === 'MultiPoint') vertices(1);
        else if (type === 'MultiLineString') {
          vertices(uint32());
          partEnds.push(flat.length / 2);
        } else {
          rings();
          polygonEnds.push(partEnds.length);
        }
      }
    }
  }
  return {
    type,
    coordinates: Float64Array.from(flat),
    ...((type === 'Polygon' || type === 'MultiLineString' || type === 'MultiPolygon') && { partEnds: Uint32Array.from(partEnds) }),
    ...(type === 'MultiPolygon' && { polygonEnds: Uint32Array.from(polygonEnds) }),
  };
}
