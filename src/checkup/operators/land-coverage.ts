/**
 * Share of residential or construction land within reach of facilities, % (#22, #25, #32, #33, #53, markets, stops).
 *
 * Straight lines: land as rows (city/land-rows.ts) under the union of all buffers, exact but for the rows. Along the streets: a place's land times the
 * share of its lattice points (one for 625 m²) that both the straight line and the streets reach, but never more than the straight line covers. So the
 * network version never exceeds the straight one, and neither falls when a facility or a metre of radius is added. (The straight cover times the
 * share of the points in it would be a little steadier, but may fall.) With minutes there is no straight line to hold against.
 *
 * Facilities of the whole snapshot count. Land outside the built-up area counts for its own place, not for the city's sums.
 * Numerator and denominator are km²; n is the number of facilities in the place.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { listFacilities } from '../city/facility-sets.ts';
import type { LandRows } from '../city/land-rows.ts';
import { coveredLand, landLattice, landRows, latticeUnder } from '../city/land-rows.ts';
import { rollUp, sumInside } from '../city/roll-up.ts';
import { linksOf } from '../city/street-access.ts';
import { countFacilities, listUnserved, noLand, noStreets, personsOf, qualityOf, reachNeeds, reachNotes, shares } from './coverage-result.ts';
import { missingFacilities } from './missing-reasons.ts';
import type { LandCoverageParams, LandKind } from './coverage-schemas.ts';
import { landCoverageParams } from './coverage-schemas.ts';
import { coverPersons, reachedPoints, straightCover, travelOf } from './cover.ts';
import type { OperatorResult, PlaceValues, ResultDetail } from './operator.ts';
import { defineOperator } from './operator.ts';
import type { StreetReachOptions } from './street-reach.ts';

/** m² of land covered by place; of units of the tree what no finer unit has. */
export function coverLand(city: CityData, land: LandKind, rows: LandRows, set: FacilitySet, travel: TravelGraph | undefined, minutes: number | undefined, options: Partial<StreetReachOptions> = {}): Float64Array {
  const cover = minutes === undefined ? straightCover(city, rows, set) : undefined;
  const straight = cover === undefined ? rows.areaM2 : coveredLand(rows, cover, city.tree.count);
  const lattice = travel === undefined ? undefined : landLattice(city, land);
  if (travel === undefined || lattice === undefined) return straight;
  const points = linksOf(city, travel, `land/${land}`, () => lattice.pointE7);
  const reached = reachedPoints(city, travel, set, points, minutes, options);
  const under = cover === undefined ? new Uint8Array(reached.length).fill(1) : latticeUnder(lattice, cover);
  const all = new Float64Array(city.tree.count);
  const found = new Float64Array(city.tree.count);
  for (let p = 0; p < reached.length; p++) {
    const isReached = under[p] & reached[p];
    for (const place of [lattice.leaf[p], lattice.zone[p]]) {
      if (place < 0) continue;
      all[place]++;
      found[place] += isReached;
    }
  }
  return straight.map((area, place) => (all[place] > 0 ? Math.min(area, (rows.areaM2[place] * found[place]) / all[place]) : 0));
}

/** Values by place of covered land, in km² and %. */
export function landValues(city: CityData, rows: LandRows, coveredM2: Float64Array, set: FacilitySet): Pick<PlaceValues, 'value' | 'numerator' | 'denominator' | 'n'> {
  const denominator = rollUp(city, rows.areaM2.map((m2) => m2 / 1e6));
  const numerator = rollUp(city, coveredM2.map((m2) => m2 / 1e6));
  const none = (sums: Float64Array): Float64Array => sums.map((sum, place) => (denominator[place] > 0 ? sum : NaN));
  return { value: shares(numerator, denominator), numerator: none(numerator), denominator: none(denominator), n: countFacilities(city, set, sumInside) };
}

function run(city: CityData, params: LandCoverageParams, { signal }: WorkContext): OperatorResult {
  const rows = landRows(city, params.land);
  if (rows === undefined) return noLand(params.land);
  const set = listFacilities(city, params);
  if (set.known === 0) return missingFacilities(params.facilities);
  const travel = travelOf(city, params);
  if (travel === undefined && params.measure !== 'straight') return noStreets();
  throwIfCancelled(signal);
  const covered = coverLand(city, params.land, rows, set, travel, params.minutes);
  throwIfCancelled(signal);
  return { ...landValues(city, rows, covered, set), quality: qualityOf(set), detail: detailOf(city, set, travel, params), notes: reachNotes(set, params, params.land).list() };
}

function detailOf(city: CityData, set: FacilitySet, travel: TravelGraph | undefined, params: LandCoverageParams): ResultDetail {
  const persons = personsOf(city, 'total');
  if (persons === undefined) return { facilities: set.number };
  const { covered, nearestM } = coverPersons(city, travel, set, params);
  return { facilities: set.number, unserved: listUnserved(persons, covered), ...(nearestM !== undefined && { nearestM }) };
}

export const landCoverage = defineOperator<LandCoverageParams>({
  id: 'land-coverage',
  title: { zh: '用地覆盖率', en: 'Share of land within reach' },
  params: landCoverageParams,
  needs: ({ facilities, measure }) => ['land-use', 'population:total', ...reachNeeds(facilities, measure)],
  run,
});
