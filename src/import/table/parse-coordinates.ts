/** Coordinates and shapes as cells write them. */
import { cellToBoundary, isValidCell } from 'h3-js';
import type { Geometry, GeometryType } from '../../engine/spatial/geometry.ts';
import { buildPolygon } from '../../engine/spatial/geometry.ts';
import { fromWkb } from '../../engine/spatial/wkb.ts';
import { isObject, parseGeometry } from '../json/parse-feature.ts';
import { parseNumber } from './parse-value.ts';

const DMS = /^([NSEW东西南北])?\s*(\d{1,3})\s*[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’分])?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”秒]|''))?\s*([NSEW东西南北])?$/i;

/** A longitude, latitude or projected ordinate: `114.3`, `114,3`, `114°18′20″E`, `东经114度18分`. Undefined where it is none. */
export function parseOrdinate(text: string): number | undefined {
  const t = text.trim().replace(/^[−–]/, '-').replace(/^(东经|西经|北纬|南纬)/, (word) => word[0]).replace(/°$/, '');
  const plain = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(t) ? Number(t) : undefined;
  if (plain !== undefined) return plain;
  if (/^[-+]?\d{1,3},\d{4,}$/.test(t)) return Number(t.replace(',', '.'));
  const lettered = /^(\d+(?:\.\d+)?)\s*°?\s*([NSEW])$/i.exec(t);
  if (lettered !== null) return /[SW]/i.test(lettered[2]) ? -Number(lettered[1]) : Number(lettered[1]);
  const dms = DMS.exec(t);
  if (dms === null) return parseNumber(t, /^[-+]?\d+,\d+$/.test(t));
  const minutes = Number(dms[3] ?? 0);
  const seconds = Number(dms[4] ?? 0);
  if (minutes >= 60 || seconds >= 60) return undefined;
  const value = Number(dms[2]) + minutes / 60 + seconds / 3600;
  return /[SW西南]/i.test(dms[1] ?? dms[5] ?? '') ? -value : value;
}

/** Two ordinates in one cell. */
export function parsePair(text: string): [number, number] | undefined {
  const parts = text.trim().replace(/^[([]+|[)\]]+$/g, '').trim().split(/\s*[,，;]\s*|\s+/);
  if (parts.length < 2 || parts.length > 3) return undefined;
  const [x, y] = parts.map(parseOrdinate);
  return x === undefined || y === undefined ? undefined : [x, y];
}

/** The outline of an H3 cell. */
export function cellPolygon(cell: string): Geometry | undefined {
  const index = cell.trim().toLowerCase();
  if (!isValidCell(index)) return undefined;
  return buildPolygon(cellToBoundary(index, true).slice(0, -1).flatMap(([lon, lat]) => [lon, lat]));
}

const WKT_TYPES: Readonly<Record<string, GeometryType>> = {
  POINT: 'Point', LINESTRING: 'LineString', POLYGON: 'Polygon', MULTIPOINT: 'MultiPoint', MULTILINESTRING: 'MultiLineString', MULTIPOLYGON: 'MultiPolygon',
};

/**
 * A geometry in WKT (OGC 06-103r4 §7) or EWKT; Z and M are dropped. Undefined where the text is malformed. Numbers,
 * brackets and commas are all there is to it, so that one pass over the tokens with a depth counter reads it.
 */
export function parseWkt(text: string): { geometry: Geometry; srid: number | undefined } | undefined {
  const head = /^\s*(?:SRID=(\d+);)?\s*([A-Z]+)\s*(?:ZM|Z|M)?\s*(?=\(|EMPTY)/i.exec(text);
  const type = head === null ? undefined : WKT_TYPES[head[2].toUpperCase()];
  if (head === null || type === undefined) return undefined;
  const srid = head[1] === undefined ? undefined : Number(head[1]);
  if (/^EMPTY\s*$/i.test(text.slice(head[0].length))) return { geometry: { type, coordinates: new Float64Array(0) }, srid };
  const partDepth = { Point: 0, MultiPoint: 0, LineString: 0, Polygon: 2, MultiLineString: 2, MultiPolygon: 3 }[type];
  const maxDepth = Math.max(type === 'MultiPoint' ? 2 : 1, partDepth);
  const flat: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  const token = /\s*(?:([(),])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|-?inf(?:inity)?))/iy;
  token.lastIndex = head[0].length;
  let depth = 0;
  let ordinates = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      if (text.slice(at).trim() !== '' || depth !== 0) return undefined;
      break;
    }
    const [, mark, number] = match;
    if (number !== undefined) {
      if (depth === 0) return undefined;
      if (ordinates < 2) flat.push(Number(number));
      ordinates++;
      continue;
    }
    if (ordinates === 1 || ordinates > 4) return undefined;
    ordinates = 0;
    if (mark === '(' && ++depth > maxDepth) return undefined;
    if (mark === ')') {
      if (partDepth > 0 && depth === partDepth) partEnds.push(flat.length / 2);
      if (partDepth === 3 && depth === 2) polygonEnds.push(partEnds.length);
      if (--depth < 0) return undefined;
    }
  }
  if (depth !== 0 || flat.length === 0 || (type === 'Point' && flat.length !== 2)) return undefined;
  return {
    geometry: { type, coordinates: Float64Array.from(flat), ...(partDepth > 0 && { partEnds: Uint32Array.from(partEnds) }), ...(partDepth === 3 && { polygonEnds: Uint32Array.from(polygonEnds) }) },
    srid,
  };
}

/** A shape written as WKT, hexadecimal WKB or GeoJSON. */
export function parseShape(text: string): { geometry: Geometry; srid: number | undefined } | undefined {
  const t = text.trim();
  try {
    if (t.startsWith('{')) {
      const value: unknown = JSON.parse(t);
      const geometry = isObject(value) ? parseGeometry(value) : undefined;
      return geometry === undefined ? undefined : { geometry, srid: undefined };
    }
    const hex = t.replace(/^\\x/i, '');
    if (/^0[01][0-9a-f]+$/i.test(hex)) return { geometry: fromWkb(Buffer.from(hex, 'hex')), srid: undefined };
  } catch {
    return undefined;
  }
  return parseWkt(t);
}
