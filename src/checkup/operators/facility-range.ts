/** Facilities of some kinds by number, what they measure, and how far they come from a registry: what operators that count facilities share. */
import type { NoteBook } from '../../core/note.ts';
import type { Shapes } from '../../base/snapshot/model.ts';
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { startOf } from '../../engine/spatial/scan-rows.ts';
import type { CityData } from '../city/city-data.ts';
import { isFilled } from '../city/facility-sets.ts';
import type { Quality } from '../model.ts';

/** From this share of facilities on a value is measured, not a proxy. */
const REGISTRY_SHARE = 0.9;

/** Numbers of the facilities of some kinds, ascending, each once. */
export function listFacilities({ snapshot: { meta } }: CityData, kinds: readonly string[]): Uint32Array {
  const wanted = new Set(kinds);
  return Uint32Array.from(meta.facilityKinds.filter(({ kind }) => wanted.has(kind)).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));
}

export interface SizeLimits {
  readonly leastM2?: number | undefined;
  readonly belowM2?: number | undefined;
}

/** Those whose ground is within the limits; where there are limits, those of unknown ground are left out and noted. */
export function withinSize({ snapshot: { facility } }: CityData, facilities: Uint32Array, { leastM2, belowM2 }: SizeLimits, notes: NoteBook): Uint32Array {
  if (leastM2 === undefined && belowM2 === undefined) return facilities;
  const unknown = facilities.filter((f) => Number.isNaN(facility.landM2[f])).length;
  if (unknown > 0) notes.add('info', 'checkup/facility-size-unknown', { zh: '用地面积不明的设施未计入。', en: 'Facilities of unknown ground were left out.' }, undefined, unknown);
  return facilities.filter((f) => facility.landM2[f] >= (leastM2 ?? 0) && facility.landM2[f] < (belowM2 ?? Infinity));
}

export type FacilityMeasure = 'count' | 'floor-m2' | 'land-m2' | 'capacity';

/** What each facility counts with; 0 and noted where it is unknown. By position in `facilities`. `estimateFloor`: see {@link estimateFloors}. */
export function measureFacilities(city: CityData, facilities: Uint32Array, measure: FacilityMeasure, notes: NoteBook, estimateFloor = false): Float64Array {
  if (measure === 'count') return new Float64Array(facilities.length).fill(1);
  const { facility } = city.snapshot;
  const estimates = estimateFloor && measure === 'floor-m2' ? estimateFloors(city, facilities) : undefined;
  const amounts = measure === 'floor-m2' ? facility.floorM2 : measure === 'land-m2' ? facility.landM2 : facility.capacity;
  const what = { 'floor-m2': { zh: '建筑面积', en: 'floor' }, 'land-m2': { zh: '用地面积', en: 'ground' }, capacity: { zh: '容量', en: 'capacity' } }[measure];
  let [unknown, estimated] = [0, 0];
  const weights = Float64Array.from(facilities, (f, i) => {
    if (amounts[f] >= 0) return amounts[f];
    if (estimates !== undefined && estimates[i] >= 0) {
      estimated++;
      return estimates[i];
    }
    unknown++;
    return 0;
  });
  if (estimated > 0) notes.add('warning', 'checkup/facility-floor-estimated', { zh: '部分设施的建筑面积按地图中建筑的占地面积与层数估算。', en: 'The floor of some facilities was estimated from footprints and storeys of the map.' }, undefined, estimated);
  if (unknown > 0) notes.add('warning', `checkup/facility-${measure}-unknown`, { zh: `${unknown === facilities.length ? '全部' : '部分'}设施的${what.zh}不明，按未计入处理。`, en: `Facilities of unknown ${what.en} count with nothing.` }, undefined, unknown);
  return weights;
}

/**
 * Floor of facilities that give none, by the map: footprint × storeys of the buildings whose centre lies within the facility's own outline (one storey where none is
 * mapped). NaN for facilities that are points, or without a building. By position in `facilities`.
 */
export function estimateFloors(city: CityData, facilities: Uint32Array): Float64Array {
  const { facility, building } = city.snapshot;
  const floors = new Float64Array(facilities.length).fill(NaN);
  const outlined = [...facilities.keys()].filter((i) => !(facility.floorM2[facilities[i]] >= 0) && isFilled(city, facilities[i]));
  if (outlined.length === 0) return floors;
  const index = buildPolygonIndex(outlined.map((i) => outlineE7(facility.shapes, facilities[i])));
  for (let b = 0; b < building.footprintM2.length; b++) {
    const at = index.findFirst(building.centreE7[2 * b], building.centreE7[2 * b + 1]);
    if (at < 0) continue;
    const storeys = building.storeys[b] > 0 ? building.storeys[b] : 1;
    floors[outlined[at]] = (Number.isNaN(floors[outlined[at]]) ? 0 : floors[outlined[at]]) + building.footprintM2[b] * storeys;
  }
  return floors;
}

/** A shape in whole 10⁻⁷ degrees: containment asks for nothing but one unit for all. */
function outlineE7({ verticesE7, partEnds, shapeEnds }: Shapes, shape: number): Geometry {
  const [firstPart, lastPart] = [startOf(shapeEnds, shape), shapeEnds[shape]];
  const first = startOf(partEnds, firstPart);
  return { type: 'MultiPolygon', coordinates: Float64Array.from(verticesE7.subarray(2 * first, 2 * partEnds[lastPart - 1])), partEnds: partEnds.slice(firstPart, lastPart).map((end) => end - first) };
}

/** Points of facilities, E7 lon, lat interleaved. */
export function facilityPoints({ snapshot: { facility } }: CityData, facilities: Uint32Array): Int32Array {
  const points = new Int32Array(2 * facilities.length);
  facilities.forEach((f, i) => {
    points[2 * i] = facility.pointE7[2 * f];
    points[2 * i + 1] = facility.pointE7[2 * f + 1];
  });
  return points;
}

/** `measured` where 90 % of the facilities come from a registry. */
export function facilityQuality({ snapshot: { facility } }: CityData, facilities: Uint32Array): Exclude<Quality, 'missing'> {
  let registered = 0;
  for (const f of facilities) registered += facility.registry[f];
  return facilities.length > 0 && registered >= REGISTRY_SHARE * facilities.length ? 'measured' : 'proxy';
}
