/** Features whose properties are OpenStreetMap tags (exports of overpass, QuickOSM, osmium, ogr2ogr): their layer and kind. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { Attributes, CoreLayer } from '../model.ts';
import { textOf } from './column-names.ts';

type Shape = 'point' | 'line' | 'area';

function shapeOf(geometry: Geometry): Shape {
  if (geometry.type.endsWith('Point')) return 'point';
  return geometry.type.endsWith('LineString') ? 'line' : 'area';
}

interface TagRule {
  readonly key: string;
  readonly shapes: readonly Shape[];
  readonly values?: RegExp;
  readonly layer: CoreLayer;
}

const ANY: readonly Shape[] = ['point', 'line', 'area'];

/** The first rule that fits decides, once for `poi` and once for the rest. */
const RULES: readonly TagRule[] = [
  { key: 'boundary', shapes: ['line', 'area'], layer: 'boundary' },
  { key: 'highway', shapes: ['line'], layer: 'street' },
  { key: 'highway', shapes: ['point'], values: /^(crossing|traffic_signals|stop|give_way|turning_circle|motorway_junction|elevator|mini_roundabout)$/, layer: 'street-point' },
  { key: 'railway', shapes: ['line'], layer: 'railway' },
  { key: 'waterway', shapes: ['line', 'area'], layer: 'water' },
  { key: 'natural', shapes: ['line', 'area'], values: /^(water|coastline|bay|wetland|strait)$/, layer: 'water' },
  { key: 'place', shapes: ['point'], layer: 'place-name' },
  { key: 'amenity', shapes: ANY, layer: 'poi' },
  { key: 'shop', shapes: ANY, layer: 'poi' },
  { key: 'leisure', shapes: ANY, layer: 'poi' },
  { key: 'healthcare', shapes: ANY, layer: 'poi' },
  { key: 'office', shapes: ANY, layer: 'poi' },
  { key: 'tourism', shapes: ANY, layer: 'poi' },
  { key: 'emergency', shapes: ANY, layer: 'poi' },
  { key: 'public_transport', shapes: ANY, layer: 'poi' },
  { key: 'highway', shapes: ['point'], layer: 'poi' },
  { key: 'railway', shapes: ['point', 'area'], layer: 'poi' },
  { key: 'building', shapes: ['area', 'point'], layer: 'building' },
  { key: 'landuse', shapes: ['area'], layer: 'land-use' },
  { key: 'leisure', shapes: ['area'], layer: 'land-use' },
  { key: 'natural', shapes: ['area'], layer: 'land-use' },
  // the grounds of an institution; where the tag sits on a building, the building has it
  { key: 'amenity', shapes: ['area'], layer: 'land-use' },
];

const MAIN_KEYS = new Set(RULES.map((rule) => rule.key));
const TAG_VALUE = /^[a-z][a-z0-9_;:.-]{0,59}$/;

export interface OsmLayer {
  readonly layer: CoreLayer;
  readonly kind: string;
}

/**
 * The layers that a feature with OSM tags belongs to: at most one of those it is (building, street …) and `poi` where people go to it,
 * so that a school building is both. Empty where it has none of the main tags.
 */
export function listOsmLayers(attributes: Attributes, geometry: Geometry): OsmLayer[] {
  const shape = shapeOf(geometry);
  const found: OsmLayer[] = [];
  for (const rule of RULES) {
    const value = attributes[rule.key];
    if (typeof value !== 'string' || value === 'no' || !TAG_VALUE.test(value) || !rule.shapes.includes(shape)) continue;
    if (rule.values !== undefined && !rule.values.test(value)) continue;
    const isPoi = rule.layer === 'poi';
    if (!found.some((present) => (present.layer === 'poi') === isPoi)) found.push({ layer: rule.layer, kind: value });
  }
  return found;
}

/** Whether a sample of features speaks in OSM tags: main keys by their exact names, values spelt as tags are. */
export function looksLikeOsm(sample: readonly { values: Attributes; geometry: Geometry | undefined }[]): boolean {
  let tagged = 0;
  let shaped = 0;
  for (const { values, geometry } of sample) {
    if (geometry === undefined) continue;
    shaped++;
    if (Object.keys(values).some((key) => MAIN_KEYS.has(key)) && listOsmLayers(values, geometry).length > 0) tagged++;
  }
  return shaped > 0 && tagged >= shaped / 2;
}

/**
 * `way/123` from the identifiers that exporters write: `@id` (overpass), `full_id` (QuickOSM: w123), `osm_id` with
 * `osm_type`, or `osm_id` alone, which in imposm and osm2pgsql tables is negative for relations.
 */
export function findOsmSourceId(attributes: Attributes, geometry: Geometry | undefined): string | undefined {
  const full = textOf(attributes['@id']) ?? textOf(attributes['full_id']);
  const direct = full === undefined ? null : /^(n|w|r)(?:ode|ay|elation)?\/?(\d+)$/.exec(full);
  const types: Record<string, string> = { n: 'node', w: 'way', r: 'relation' };
  if (direct !== null) return `${types[direct[1]]}/${direct[2]}`;
  const id = textOf(attributes['osm_id']) ?? textOf(attributes['osmid']);
  if (id === undefined || !/^-?\d+(\.0)?$/.test(id)) return undefined;
  const number = Number(id);
  const type = textOf(attributes['osm_type'])?.[0]?.toLowerCase();
  if (type !== undefined && Object.hasOwn(types, type)) return `${types[type]}/${Math.abs(number)}`;
  if (number < 0) return `relation/${-number}`;
  return `${geometry === undefined || shapeOf(geometry) === 'point' ? 'node' : 'way'}/${number}`;
}
