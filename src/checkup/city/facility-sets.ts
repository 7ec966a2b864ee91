/** Which facilities an operator of coverage counts, how far each reaches, and where each begins. */
import { findKind } from '../../base/facilities/match-kinds.ts';
import type { Shapes } from '../../base/snapshot/model.ts';
import { ShapeDistance } from '../../engine/spatial/shape-distance.ts';
import { startOf } from '../../engine/spatial/scan-rows.ts';
import type { ReachParams, Tier } from '../operators/reach-params.ts';
import type { CityData } from './city-data.ts';

/** Kinds that are lines, even where one closes on itself. */
const LINES = new Set(['greenway']);

export interface FacilitySet {
  /** Its kinds that the snapshot has, and whether their facilities begin at their border. */
  readonly kinds: readonly { readonly kind: string; readonly border: boolean }[];
  /** Numbers in the snapshot, ascending; those that count. */
  readonly number: Uint32Array;
  /** By facility of the set: metres it reaches; 0 where the reach is not in metres. */
  readonly radiusM: Float64Array;
  /** By facility of the set: 1 where it begins at its border. */
  readonly boundary: Uint8Array;
  /**
   * By facility of the set: metres from its point to its border, where only its size is known: the ground is taken as a circle. 0 where the ground is
   * mapped, or begins at its point.
   */
  readonly circleM: Float64Array;
  /** Facilities of the kinds in the snapshot, with those that do not count. */
  readonly known: number;
  /** Of those that count, from registries; and of all that are known. */
  readonly registered: number;
  readonly knownRegistered: number;
  /** That no tier or least size could be held against, for want of a size. */
  readonly unsized: number;
  /** Of 10 ha and more: the standard prints no radius for them. */
  readonly huge: number;
}

const HUGE_M2 = 100_000;

/** Whether facilities of a kind begin at their border unless an indicator says otherwise. */
export function beginsAtBorder(kind: string): boolean {
  return findKind(kind)?.openSpace === true || LINES.has(kind);
}

/** Radius of a facility of a size by tiers; undefined where it is in none. */
export function radiusBySize(tiers: readonly Tier[], landM2: number, unsized: ReachParams['unsized']): number | undefined {
  if (Number.isNaN(landM2)) return unsized === 'leave-out' ? undefined : Math.min(...tiers.map(({ radiusM }) => radiusM));
  return tiers.find(({ fromM2, toM2 }) => landM2 >= fromM2 && (toM2 === undefined || landM2 < toM2))?.radiusM;
}

type SetParams = Pick<ReachParams, 'facilities' | 'from'> & Partial<Pick<ReachParams, 'radiusM' | 'tiers' | 'unsized' | 'leastM2'>>;

/** Whether a facility's parts are rings: then its inside belongs to it. */
export function isFilled({ snapshot: { facility, meta } }: CityData, f: number): boolean {
  const { shapeEnds, partEnds, verticesE7 } = facility.shapes;
  const kind = meta.facilityKinds.find(({ start, end }) => f >= start && f < end)?.kind ?? '';
  if (LINES.has(kind)) return false;
  const [first, last] = [startOf(shapeEnds, f), shapeEnds[f]];
  for (let part = first; part < last; part++) {
    const [begin, end] = [startOf(partEnds, part), partEnds[part]];
    if (end - begin < 4 || verticesE7[2 * begin] !== verticesE7[2 * end - 2] || verticesE7[2 * begin + 1] !== verticesE7[2 * end - 1]) return false;
  }
  return last > first;
}

function isLonePoint({ partEnds, shapeEnds }: Shapes, f: number): boolean {
  const first = startOf(shapeEnds, f);
  return shapeEnds[f] === first + 1 && partEnds[first] === startOf(partEnds, first) + 1;
}

/** The facilities of some kinds that count, over the whole snapshot: nothing is clipped to a unit. */
export function listFacilities({ snapshot: { facility, meta } }: CityData, { facilities: kinds, from, radiusM = 0, tiers, unsized = 'least', leastM2 }: SetParams): FacilitySet {
  const number: number[] = [];
  const radius: number[] = [];
  const boundary: number[] = [];
  const circle: number[] = [];
  const found: { kind: string; border: boolean }[] = [];
  let known = 0;
  let registered = 0;
  let knownRegistered = 0;
  let unknownSize = 0;
  let huge = 0;
  for (const { kind, start, end } of meta.facilityKinds) {
    if (!kinds.includes(kind)) continue;
    const border = from === 'boundary' || (from === 'auto' && beginsAtBorder(kind));
    found.push({ kind, border });
    for (let f = start; f < end; f++) {
      known++;
      knownRegistered += facility.registry[f];
      const size = facility.landM2[f];
      if ((tiers !== undefined || leastM2 !== undefined) && Number.isNaN(size)) unknownSize++;
      if (leastM2 !== undefined && size < leastM2) continue;
      const reach = tiers === undefined ? radiusM : radiusBySize(tiers, size, unsized);
      if (reach === undefined) continue;
      if (tiers !== undefined && size >= HUGE_M2) huge++;
      number.push(f);
      radius.push(reach);
      boundary.push(border ? 1 : 0);
      circle.push(border && size > 0 && isLonePoint(facility.shapes, f) ? Math.sqrt(size / Math.PI) : 0);
      registered += facility.registry[f];
    }
  }
  return { kinds: found, number: Uint32Array.from(number), radiusM: Float64Array.from(radius), boundary: Uint8Array.from(boundary), circleM: Float64Array.from(circle), known, registered, knownRegistered, unsized: unknownSize, huge };
}

/** The shapes (or points) of some of a set's facilities, to measure from; their numbers are those of the snapshot. */
export function measureFrom(city: CityData, set: FacilitySet, which: (i: number) => boolean = () => true): ShapeDistance {
  const { facility } = city.snapshot;
  const distance = new ShapeDistance();
  set.number.forEach((f, i) => {
    if (!which(i)) return;
    if (set.boundary[i] === 1 && set.circleM[i] === 0) distance.addShape(facility.shapes, f, isFilled(city, f), f);
    else distance.addPoint(facility.pointE7[2 * f], facility.pointE7[2 * f + 1], f, set.circleM[i]);
  });
  return distance;
}
