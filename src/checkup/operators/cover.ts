/**
 * Who and what is within reach of a set of facilities, as all operators of coverage ask it.
 *
 * Along the streets nothing is covered that a straight line of the same metres does not cover: both are looked at. (A way along the streets is never
 * shorter than the straight line, but for a millimetre of rounding and entrances that a map puts beside the border.)
 */
import type { RowSpans } from '../../engine/spatial/scan-rows.ts';
import { BufferScanner } from '../../engine/spatial/scan-buffers.ts';
import { UNREACHED } from '../../engine/graph/search/search-graph.ts';
import type { NearestShape } from '../../engine/spatial/shape-distance.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { isFilled, measureFrom } from '../city/facility-sets.ts';
import type { LandRows } from '../city/land-rows.ts';
import { mapTo } from '../city/map-values.ts';
import { populationLinks, travelFor } from '../city/street-access.ts';
import type { Measure, ReachParams } from './reach-params.ts';
import { countAlongStreets } from './reach-counts.ts';
import { reachAlongStreets } from './street-reach.ts';
import type { StreetReachOptions } from './street-reach.ts';

/** What lies within a straight line of the facilities, on the rows of some land. */
export function straightCover(city: CityData, { frame, spans }: LandRows, set: FacilitySet): RowSpans {
  const { facility } = city.snapshot;
  const buffers = new BufferScanner(frame, { wanted: spans });
  set.number.forEach((f, i) => {
    if (set.boundary[i] === 1 && set.circleM[i] === 0) buffers.addShape(facility.shapes, f, set.radiusM[i], isFilled(city, f));
    else buffers.addPoint(facility.pointE7[2 * f], facility.pointE7[2 * f + 1], set.radiusM[i] + set.circleM[i]);
  });
  return buffers.unite();
}

/** By point of the population metres to the nearest facility that reaches it, Infinity where none does. */
export function straightDistances(city: CityData, pointE7: Int32Array, set: FacilitySet): Float32Array {
  const metres = new Float32Array(pointE7.length / 2).fill(Infinity);
  const found: NearestShape = { metres: Infinity, shape: -1 };
  for (const radius of new Set(set.radiusM)) {
    const distance = measureFrom(city, set, (i) => set.radiusM[i] === radius);
    for (let p = 0; p < metres.length; p++) {
      distance.find(pointE7[2 * p], pointE7[2 * p + 1], radius, found);
      if (found.metres < metres[p]) metres[p] = found.metres;
    }
  }
  return metres;
}

/** The way of travelling that a reach asks for: in metres along the streets, or in seconds. Undefined without streets, or where it asks for none. */
export function travelOf(city: CityData, { measure, minutes }: { readonly measure: Measure; readonly minutes?: number | undefined }): TravelGraph | undefined {
  return measure === 'straight' ? undefined : travelFor(city, measure, minutes === undefined ? 'mm' : 's');
}

/** By facility of a set its limit in a travel graph's unit; in metres from its border, where a circle stands for that. */
function limitsOf(set: FacilitySet, minutes: number | undefined): Float64Array {
  return minutes === undefined ? set.radiusM.map((metres, i) => Math.floor((metres + set.circleM[i]) * 1000)) : new Float64Array(set.number.length).fill(Math.floor(minutes * 60));
}

/** Which points are reached along the streets: 1 or 0. Ways go to the facility, off the street on foot, unless said. */
export function reachedPoints(city: CityData, travel: TravelGraph, set: FacilitySet, points: PointLinks, minutes: number | undefined, { way = 'to', freeOffStreetM }: Partial<StreetReachOptions> = {}): Uint8Array {
  const costs = reachAlongStreets(city, travel, set, points, { way, freeOffStreetM, limit: limitsOf(set, minutes) });
  return mapTo(Uint8Array, costs, (cost) => (cost < UNREACHED ? 1 : 0));
}

/**
 * Metres to the border of a cost in mm that {@link reachAlongStreets} gave, where all limits are one radius and the facilities' circles: a facility starts later
 * by what its circle lacks of the largest one, so the largest is taken off.
 */
export function toMetres({ circleM }: FacilitySet): (cost: number) => number {
  const largest = circleM.reduce((most, circle) => Math.max(most, circle), 0);
  return (cost) => Math.max(0, cost / 1000 - largest);
}

export interface PersonReach {
  /** By population point: 1 where it is covered. */
  readonly covered: Uint8Array;
  /** By population point: metres to the nearest, Infinity beyond reach; absent where the reach is in minutes or differs by size along streets. */
  readonly nearestM: Float32Array | undefined;
}

/** Which population points a set covers. The travel graph is there unless the measure is straight. */
export function coverPersons(city: CityData, travel: TravelGraph | undefined, set: FacilitySet, { minutes }: Pick<ReachParams, 'minutes'>): PersonReach {
  const { pointE7 } = city.snapshot.population;
  const straight = minutes === undefined ? straightDistances(city, pointE7, set) : undefined;
  if (travel === undefined) return { covered: mapTo(Uint8Array, straight ?? [], (metres) => (metres < Infinity ? 1 : 0)), nearestM: straight };
  const costs = reachAlongStreets(city, travel, set, populationLinks(city, travel), { way: 'to', limit: limitsOf(set, minutes) });
  const covered = mapTo(Uint8Array, costs, (cost, p) => (cost < UNREACHED && (straight === undefined || straight[p] < Infinity) ? 1 : 0));
  const metres = toMetres(set);
  const uniform = minutes === undefined && new Set(set.radiusM).size <= 1;
  return { covered, nearestM: uniform ? mapTo(Float32Array, costs, (cost, p) => (covered[p] === 1 ? metres(cost) : Infinity)) : undefined };
}

/** As {@link coverPersons}, where so many different facilities must be within reach. */
export function coverPersonsByCount(city: CityData, travel: TravelGraph | undefined, set: FacilitySet, { minutes }: Pick<ReachParams, 'minutes'>, least: number): PersonReach {
  const { pointE7 } = city.snapshot.population;
  const straight = minutes === undefined ? countStraight(city, pointE7, set) : undefined;
  const counts = travel === undefined ? straight : countAlongStreets(city, travel, set, populationLinks(city, travel), limitsOf(set, minutes));
  return { covered: mapTo(Uint8Array, counts ?? [], (count, p) => (count >= least && (straight === undefined || straight[p] >= least) ? 1 : 0)), nearestM: undefined };
}

function countStraight(city: CityData, pointE7: Int32Array, set: FacilitySet): Uint32Array {
  const counts = new Uint32Array(pointE7.length / 2);
  for (const radius of new Set(set.radiusM)) {
    const distance = measureFrom(city, set, (i) => set.radiusM[i] === radius);
    for (let p = 0; p < counts.length; p++) counts[p] += distance.count(pointE7[2 * p], pointE7[2 * p + 1], radius);
  }
  return counts;
}
