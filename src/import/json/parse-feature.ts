/** GeoJSON objects (RFC 7946) of unknown shape, as features with flat geometry. */
import type { Geometry, GeometryType } from '../../engine/spatial/geometry.ts';
import { toAttributes } from '../features/attributes.ts';
import type { AttributeValue } from '../model.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface ParsedFeature {
  readonly id: string | undefined;
  readonly values: Record<string, AttributeValue>;
  /** One each member of a GeometryCollection, otherwise one or none. */
  readonly geometries: readonly Geometry[];
  /** Why there is less geometry than the object has: `missing` where it has none. */
  readonly fault: 'missing' | 'malformed' | undefined;
}

/** How deeply the coordinates of a type are nested, positions included. */
const NESTING: Readonly<Record<GeometryType, number>> = { Point: 1, MultiPoint: 2, LineString: 2, MultiLineString: 3, Polygon: 3, MultiPolygon: 4 };
const MAX_COLLECTION_DEPTH = 8;

function isGeometryType(type: unknown): type is GeometryType {
  return typeof type === 'string' && Object.hasOwn(NESTING, type);
}

function ordinate(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

/** Positions pushed onto `flat`; false where something else than positions is found. */
function addPositions(list: unknown, flat: number[]): boolean {
  if (!Array.isArray(list)) return false;
  for (const position of list) {
    if (!Array.isArray(position)) return false;
    flat.push(ordinate(position[0]), ordinate(position[1]));
  }
  return true;
}

function addParts(list: unknown, flat: number[], partEnds: number[]): boolean {
  if (!Array.isArray(list)) return false;
  for (const part of list) {
    if (!addPositions(part, flat)) return false;
    partEnds.push(flat.length / 2);
  }
  return true;
}

function addPolygons(list: unknown, flat: number[], partEnds: number[], polygonEnds: number[]): boolean {
  if (!Array.isArray(list)) return false;
  for (const polygon of list) {
    if (!addParts(polygon, flat, partEnds)) return false;
    polygonEnds.push(partEnds.length);
  }
  return true;
}

/** The flat form of a geometry object; NaN where an ordinate is no number. Undefined where the nesting is wrong. */
export function parseGeometry(object: JsonObject): Geometry | undefined {
  const { type, coordinates } = object;
  if (!isGeometryType(type)) return undefined;
  const flat: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  let ok: boolean;
  if (type === 'Point') ok = Array.isArray(coordinates) && (coordinates.length === 0 || addPositions([coordinates], flat));
  else if (NESTING[type] === 2) ok = addPositions(coordinates, flat);
  else if (NESTING[type] === 3) ok = addParts(coordinates, flat, partEnds);
  else ok = addPolygons(coordinates, flat, partEnds, polygonEnds);
  if (!ok) return undefined;
  return {
    type,
    coordinates: Float64Array.from(flat),
    ...(NESTING[type] >= 3 && { partEnds: Uint32Array.from(partEnds) }),
    ...(type === 'MultiPolygon' && { polygonEnds: Uint32Array.from(polygonEnds) }),
  };
}

function collectGeometries(object: unknown, found: Geometry[], depth: number): boolean {
  if (!isObject(object)) return false;
  if (object['type'] === 'GeometryCollection') {
    const { geometries } = object;
    if (!Array.isArray(geometries) || depth > MAX_COLLECTION_DEPTH) return false;
    return geometries.map((member) => collectGeometries(member, found, depth + 1)).every(Boolean);
  }
  const geometry = parseGeometry(object);
  if (geometry !== undefined) found.push(geometry);
  return geometry !== undefined;
}

/** A Feature, or a bare geometry as a feature without properties; undefined where it is neither. */
export function parseFeature(object: unknown): ParsedFeature | undefined {
  if (!isObject(object)) return undefined;
  const { type } = object;
  const bare = isGeometryType(type) || type === 'GeometryCollection';
  const looksLikeFeature = type === 'Feature' || (type === undefined && ('geometry' in object || 'properties' in object));
  if (!bare && !looksLikeFeature) return undefined;
  const shape = bare ? object : object['geometry'];
  const geometries: Geometry[] = [];
  const missing = shape === null || shape === undefined;
  const ok = missing || collectGeometries(shape, geometries, 0);
  const { id } = object;
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
    values: bare ? {} : toAttributes(object['properties']),
    geometries,
    fault: missing ? 'missing' : ok ? undefined : 'malformed',
  };
}

/** The text that names the coordinate system in the `crs` member of GeoJSON 2008. */
export function findCrsMember(document: unknown): string | undefined {
  const crs = isObject(document) ? document['crs'] : undefined;
  if (!isObject(crs) || !isObject(crs['properties'])) return undefined;
  const { name, code } = crs['properties'];
  if (typeof name === 'string') return name;
  return typeof code === 'number' || typeof code === 'string' ? `EPSG:${code}` : undefined;
}
