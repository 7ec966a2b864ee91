/** Which population points have a facility of a kind within reach: once a run for each kind, reach and measure, for living circles and the sets beside them. */
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { listFacilities } from '../city/facility-sets.ts';
import { walkMm, walkS } from '../city/street-access.ts';
import { coverPersons, coverPersonsByCount } from './cover.ts';

export interface ReachAsked {
  readonly kind: string;
  /** As the crow flies, metres. */
  readonly radiusM: number;
  readonly leastM2?: number;
  /** Known to have less floor: does not count. */
  readonly leastFloorM2?: number;
  /** So many different ones must be within reach. */
  readonly leastCount?: number;
  /** Moreover within so many minutes on foot. */
  readonly minutes?: number;
  /** Moreover within the radius along the streets. */
  readonly along?: boolean;
}

export interface Reached {
  /** By population point. */
  readonly reached: Uint8Array;
  /** Facilities that count, and those of them from registries. */
  readonly count: number;
  readonly registered: number;
}

/** Undefined where the data have no facility of the kind at all. Streets must be there where minutes or `along` are asked for. */
export function findReached(city: CityData, asked: ReachAsked): Reached | undefined {
  const { kind, radiusM, leastM2 = 0, leastFloorM2 = 0, leastCount = 1, minutes = 0, along = false } = asked;
  return city.memo(`reached/${kind}/${radiusM}/${leastM2}/${leastFloorM2}/${leastCount}/${minutes}/${String(along)}`, () => find(city, asked));
}

function find(city: CityData, { kind, radiusM, leastM2, leastFloorM2 = 0, leastCount = 1, minutes, along = false }: ReachAsked): Reached | undefined {
  const all = listFacilities(city, { facilities: [kind], from: 'auto', radiusM, ...(leastM2 !== undefined && { leastM2 }) });
  if (all.known === 0) return undefined;
  // unknown floor (NaN) is not less
  const set = keepFacilities(city, all, (f) => !(city.snapshot.facility.floorM2[f] < leastFloorM2));
  const cover = (travel: TravelGraph | undefined, within: { minutes?: number }): Uint8Array =>
    (leastCount > 1 ? coverPersonsByCount(city, travel, set, within, leastCount) : coverPersons(city, travel, set, within)).covered;
  const reached = cover(along ? walkMm(city) : undefined, {});
  const onFoot = minutes === undefined ? undefined : cover(walkS(city), { minutes });
  return { reached: onFoot === undefined ? reached : reached.map((each, p) => each & onFoot[p]), count: set.number.length, registered: set.registered };
}

function keepFacilities({ snapshot }: CityData, set: FacilitySet, keep: (facility: number) => boolean): FacilitySet {
  const which = [...set.number.keys()].filter((i) => keep(set.number[i]));
  if (which.length === set.number.length) return set;
  const number = Uint32Array.from(which, (i) => set.number[i]);
  return {
    ...set, number, radiusM: Float64Array.from(which, (i) => set.radiusM[i]), boundary: Uint8Array.from(which, (i) => set.boundary[i]),
    registered: number.reduce((sum, f) => sum + snapshot.facility.registry[f], 0),
  };
}

/** Reached by any of several. Undefined where the data have none of them. */
export function anyReached(city: CityData, asked: readonly ReachAsked[]): Reached | undefined {
  const found = asked.map((each) => findReached(city, each)).filter((each) => each !== undefined);
  if (found.length === 0) return undefined;
  if (found.length === 1) return found[0];
  const reached = found[0].reached.slice();
  let [count, registered] = [0, 0];
  for (const each of found) {
    for (let p = 0; p < reached.length; p++) reached[p] |= each.reached[p];
    count += each.count;
    registered += each.registered;
  }
  return { reached, count, registered };
}
