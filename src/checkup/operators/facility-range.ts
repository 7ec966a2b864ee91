/** Facilities of some kinds by number, what they measure, and how far they come from a registry: what operators that count facilities share. */
import type { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
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

/** What each facility counts with; 0 and noted where it is unknown. By position in `facilities`. */
export function measureFacilities({ snapshot: { facility } }: CityData, facilities: Uint32Array, measure: FacilityMeasure, notes: NoteBook): Float64Array {
  if (measure === 'count') return new Float64Array(facilities.length).fill(1);
  const amounts = measure === 'floor-m2' ? facility.floorM2 : measure === 'land-m2' ? facility.landM2 : facility.capacity;
  const what = { 'floor-m2': { zh: '建筑面积', en: 'floor' }, 'land-m2': { zh: '用地面积', en: 'ground' }, capacity: { zh: '容量', en: 'capacity' } }[measure];
  let unknown = 0;
  const weights = Float64Array.from(facilities, (f) => {
    if (amounts[f] >= 0) return amounts[f];
    unknown++;
    return 0;
  });
  if (unknown > 0) notes.add('warning', `checkup/facility-${measure}-unknown`, { zh: `${unknown === facilities.length ? '全部' : '部分'}设施的${what.zh}不明，按未计入处理。`, en: `Facilities of unknown ${what.en} count with nothing.` }, undefined, unknown);
  return weights;
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
