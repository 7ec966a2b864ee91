/**
 * place-gap: places that are lacking, where those live who need them (#13: school places against children of 6–11 within 500 m).
 *
 * Two-step floating catchment (Luo & Wang 2003) with what is left offered again: (1) each facility divides its free places among all within its reach
 * who still need one; (2) each who need one take what they are offered, no more than they need. The same again with what was not taken,
 * until nothing moves: then nobody without a place has a free one in reach. After one round (`rounds: 1`) places offered beyond need are lost, and the gap is
 * too large. The gap is demand left over; it is counted where people live. A facility outside the unit serves, too.
 *
 * Numerator: the gap. Denominator: the demand. n: population points of the group. Cost: pairs within reach × rounds; 8 bytes a pair.
 */
import { NoteBook } from '../../core/note.ts';
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { linkPoints } from '../../engine/graph/travel/link-points.ts';
import type { CityData } from '../city/city-data.ts';
import { listWhere, makeOf, mapTo } from '../city/map-values.ts';
import { sumInside } from '../city/roll-up.ts';
import { populationLinks, walkMm } from '../city/street-access.ts';
import { FacilityPairs, FacilitySearch, residentLists } from './access-pairs.ts';
import { missingStreets } from './access-reach.ts';
import { numberOf } from './cell-values.ts';
import { facilityNeeds, groupNeed } from './count-needs.ts';
import type { PlaceGapParams } from './count-params.ts';
import { placeGapParams } from './count-params.ts';
import { facilityPoints, facilityQuality, listFacilities } from './facility-range.ts';
import { missingFacilities, missingPopulation, missingSizes } from './missing-reasons.ts';
import { indexFacilities } from './near-facilities.ts';
import { defineOperator } from './operator.ts';

/** Point p may go to facility[first[p]] … facility[first[p + 1] − 1]; facilities by position. */
export interface ReachPairs {
  readonly first: Uint32Array;
  readonly facility: Uint32Array;
}

/** Below this many places in a round, rounds end. */
const NOTHING = 0.001;

/** What is left of demand and of capacity (both are changed) once capacity is shared out over pairs. */
export function shareOut({ first, facility }: ReachPairs, demand: Float64Array, capacity: Float64Array, rounds: number): void {
  const load = new Float64Array(capacity.length);
  const given = new Float64Array(capacity.length);
  for (let round = 0; round < rounds; round++) {
    load.fill(0);
    for (let p = 0; p < demand.length; p++) for (let k = first[p]; k < first[p + 1]; k++) load[facility[k]] += demand[p];
    given.fill(0);
    let moved = 0;
    for (let p = 0; p < demand.length; p++) {
      if (demand[p] <= 0) continue;
      let offered = 0;
      for (let k = first[p]; k < first[p + 1]; k++) if (load[facility[k]] > 0) offered += capacity[facility[k]] / load[facility[k]];
      if (offered <= 0) continue;
      const taken = Math.min(1, offered) / offered;
      for (let k = first[p]; k < first[p + 1]; k++) if (load[facility[k]] > 0) given[facility[k]] += (demand[p] * taken * capacity[facility[k]]) / load[facility[k]];
      const served = demand[p] * Math.min(1, offered);
      demand[p] -= served;
      moved += served;
    }
    for (let f = 0; f < capacity.length; f++) capacity[f] = Math.max(0, capacity[f] - given[f]);
    if (moved < NOTHING) return;
  }
}

/** Places by facility: its capacity, else its classes × places a class; NaN where neither is known. */
function placesOf(city: CityData, facilities: Uint32Array, placesPerClass: number | undefined): Float64Array {
  const { facility } = city.snapshot;
  const table = placesPerClass === undefined ? undefined : city.table('facilities');
  const classes = new Map<string, number>();
  table?.columns['fac_id']?.forEach((id, row) => {
    const count = numberOf(table.columns['classes']?.[row]);
    if (count !== undefined && count > 0) classes.set(String(id), count);
  });
  return mapTo(Float64Array, facilities, (f) => (facility.capacity[f] >= 0 ? facility.capacity[f] : (classes.get(city.snapshot.text(facility.id[f])) ?? NaN) * (placesPerClass ?? NaN)));
}

function straightPairs(city: CityData, facilities: Uint32Array, demand: Float64Array, radiusM: number): ReachPairs {
  const { pointE7 } = city.snapshot.population;
  const position = new Map(Array.from(facilities, (f, i) => [f, i]));
  const near = indexFacilities(city, facilities);
  const first = new Uint32Array(demand.length + 1);
  const list: number[] = [];
  const visit = (f: number): void => {
    list.push(position.get(f) ?? 0);
  };
  for (let p = 0; p < demand.length; p++) {
    if (demand[p] > 0) near.search(pointE7[2 * p], pointE7[2 * p + 1], radiusM, visit);
    first[p + 1] = list.length;
  }
  return { first, facility: Uint32Array.from(list) };
}

/** The same along the streets: one search backward from each facility. Undefined where the city has no streets. */
function walkPairs(city: CityData, facilities: Uint32Array, demand: Float64Array, radiusM: number, context: WorkContext): ReachPairs | undefined {
  const travel = walkMm(city);
  if (travel === undefined) return undefined;
  const links = linkPoints(travel, Float64Array.from(facilityPoints(city, facilities), (e7) => e7 / 1e7));
  const doors = { count: facilities.length, links, doorEnds: mapTo(Uint32Array, facilities, (_, i) => i + 1) };
  const search = new FacilitySearch(travel, populationLinks(city, travel), residentLists(city, travel), doors, Math.floor(radiusM * 1000));
  const pairs = new FacilityPairs(search, facilities.length);
  const first = new Uint32Array(demand.length + 1);
  const each = (visit: (facility: number, point: number) => void): void => pairs.each((f, point, _cost, count) => {
    for (let i = 0; i < count; i++) if (demand[point[i]] > 0) visit(f, point[i]);
  }, context);
  each((_, point) => first[point + 1]++);
  for (let p = 0; p < demand.length; p++) first[p + 1] += first[p];
  const next = first.slice(0, demand.length);
  const facility = new Uint32Array(first[demand.length]);
  each((f, point) => {
    facility[next[point]++] = f;
  });
  return { first, facility };
}

export const placeGap = defineOperator<PlaceGapParams>({
  id: 'place-gap',
  title: { zh: '学位（床位）缺口', en: 'Gap in places' },
  params: placeGapParams,
  needs: ({ facilities, group, measure, placesPerClass }) => ['place', groupNeed(group), ...(measure === 'walk' ? (['network'] as const) : []), ...facilityNeeds(facilities), ...(placesPerClass === undefined ? [] : (['table:facilities'] as const))],
  run(city, { facilities: kinds, group, share, radiusM, measure, placesPerClass, rounds }, context) {
    const { tree, snapshot: { population, meta } } = city;
    const [at, points] = [meta.groups.indexOf(group), population.pointE7.length / 2];
    if (at < 0 || points === 0) return missingPopulation(group);
    const all = listFacilities(city, kinds);
    if (all.length === 0) return missingFacilities(kinds);
    const places = placesOf(city, all, placesPerClass);
    const known = all.filter((_, i) => places[i] >= 0);
    if (known.length === 0) return missingSizes(kinds, 'capacity');
    const notes = new NoteBook();
    if (known.length < all.length) notes.add('warning', 'checkup/facility-capacity-unknown', { zh: '容量不明的设施未计入，缺口可能偏大。', en: 'Facilities of unknown capacity were left out; the gap may be too large.' }, undefined, all.length - known.length);
    const demand = makeOf(Float64Array, points, (p) => share * population.persons[at * points + p]);
    const pairs = measure === 'walk' ? walkPairs(city, known, demand, radiusM, context) : straightPairs(city, known, demand, radiusM);
    if (pairs === undefined) return missingStreets();
    throwIfCancelled(context.signal);
    const capacity = places.filter((each) => each >= 0);
    const [left, free, within] = [demand.slice(), capacity.slice(), new Float64Array(known.length)];
    for (let p = 0; p < points; p++) for (let k = pairs.first[p]; k < pairs.first[p + 1]; k++) within[pairs.facility[k]] += demand[p];
    shareOut(pairs, left, free, rounds);
    const members = tree.locate(population.pointE7);
    const [numerator, denominator] = [sumInside(city, members, left), sumInside(city, members, demand)];
    const unserved = listWhere(left.length, (p) => left[p] > NOTHING);
    return {
      value: numerator.map((gap, place) => (denominator[place] > 0 ? gap : NaN)), numerator, denominator,
      n: sumInside(city, members, demand.map((each) => (each > 0 ? 1 : 0))), quality: facilityQuality(city, known),
      detail: { facilities: known, load: { demand: Float32Array.from(within), capacity: Float32Array.from(capacity) }, unserved: { point: unserved, persons: mapTo(Float32Array, unserved, (p) => left[p]) } },
      notes: notes.list(),
    };
  },
});
