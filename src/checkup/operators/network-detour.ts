/**
 * How many times longer the way along the streets is than the straight line (绕行系数): where rivers, railways and walls part neighbours.
 *
 * With facilities: from each home to the facility that is nearest in a straight line. Without: from each home to where others live 100 m and more away, within
 * `withinM`; homes stand for squares of 100 m, the ratio is the mean over destinations, weighed by who lives there. A way of more than ten times the
 * straight line counts as ten (nothing crosses there); homes without a street near do not count. Cells have values too.
 * `share-over` is the share of such pairs of homes (or of persons) whose ratio exceeds `over`: what of the neighbourhood is cut off.
 *
 * Time: a search from each facility, or from each square that is lived in, first within two and a half times `withinM`, only where that misses a destination
 * within ten times (or as far as `over` asks): 40–160 µs a square.
 * Ways that pass no node are looked up pair by pair (150 ns): the pairs are those that are judged anyway, homes within `withinM` of each other, or doors of one facility and its homes.
 */
import { throwIfCancelled } from '../../core/errors.ts';
import type { WorkContext } from '../../core/progress.ts';
import { BoundedSearch, addPointSource } from '../../engine/graph/search/bounded-search.ts';
import { UNREACHED } from '../../engine/graph/search/search-graph.ts';
import { directCost } from '../../engine/graph/travel/link-points.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { NearestShape } from '../../engine/spatial/shape-distance.ts';
import type { CityData } from '../city/city-data.ts';
import type { FacilitySet } from '../city/facility-sets.ts';
import { listFacilities, measureFrom } from '../city/facility-sets.ts';
import { mapTo } from '../city/map-values.ts';
import { sumInside } from '../city/roll-up.ts';
import { doorLinks, populationLinks, travelFor } from '../city/street-access.ts';
import { noStreets, personsOf, qualityOf, reachNeeds } from './coverage-result.ts';
import { missingFacilities, missingPopulation } from './missing-reasons.ts';
import type { NetworkDetourParams } from './coverage-schemas.ts';
import { networkDetourParams } from './coverage-schemas.ts';
import type { DataNeed, OperatorResult } from './operator.ts';
import { defineOperator } from './operator.ts';

const MOST_RATIO = 10;
const FIRST_RATIO = 2.5;
const LEAST_M = 100;
const SQUARE_M = 100;

/** Squares of 100 m that are lived in: the point with the most persons stands for each. */
interface Squares {
  /** By population point its square; −1 where nobody of the group lives. */
  readonly of: Int32Array;
  readonly point: Uint32Array;
  readonly persons: Float64Array;
}

function listSquares(pointE7: Int32Array, persons: Float32Array): Squares {
  const of = new Int32Array(persons.length).fill(-1);
  const numbers = new Map<string, number>();
  const point: number[] = [];
  const sums: number[] = [];
  const middle = persons.length === 0 ? 0 : pointE7[1] / 1e7;
  const metres = metresPerDegree(middle);
  for (let p = 0; p < persons.length; p++) {
    if (!(persons[p] > 0)) continue;
    const key = `${Math.floor((pointE7[2 * p] / 1e7 / SQUARE_M) * metres.lon)} ${Math.floor((pointE7[2 * p + 1] / 1e7 / SQUARE_M) * metres.lat)}`;
    let square = numbers.get(key);
    if (square === undefined) {
      numbers.set(key, (square = point.length));
      point.push(p);
      sums.push(0);
    } else if (persons[p] > persons[point[square]] || (persons[p] === persons[point[square]] && before(pointE7, p, point[square]))) point[square] = p;
    of[p] = square;
    sums[square] += persons[p];
  }
  return { of, point: Uint32Array.from(point), persons: Float64Array.from(sums) };
}

/** An order of points that is theirs, not that of their rows. */
function before(pointE7: Int32Array, a: number, b: number): boolean {
  return pointE7[2 * a] < pointE7[2 * b] || (pointE7[2 * a] === pointE7[2 * b] && pointE7[2 * a + 1] < pointE7[2 * b + 1]);
}

/** What counts of a ratio, and how far ratios must be known, ascending: the last one is enough, an earlier one often is. */
interface Judgement {
  readonly judge: (ratio: number) => number;
  readonly asked: readonly number[];
}

function judgementOf({ statistic, over }: NetworkDetourParams): Judgement {
  if (statistic === 'mean') return { judge: (ratio) => ratio, asked: [FIRST_RATIO, MOST_RATIO] };
  return { judge: (ratio) => (ratio > over ? 1 : 0), asked: [FIRST_RATIO, over].filter((ratio) => ratio <= over) };
}

/** By square the mean of `judge` of the ratios to where others live; NaN where there is nobody to go to. */
function betweenHomes(city: CityData, travel: TravelGraph, squares: Squares, withinM: number, { judge, asked }: Judgement, signal: AbortSignal | undefined): Float64Array {
  const { pointE7 } = city.snapshot.population;
  const links = populationLinks(city, travel);
  const search = new BoundedSearch(travel.graph);
  const lon = mapTo(Float64Array, squares.point, (p) => pointE7[2 * p] / 1e7);
  const lat = mapTo(Float64Array, squares.point, (p) => pointE7[2 * p + 1] / 1e7);
  const index = buildGridIndex(lon, lat);
  const ratios = new Float64Array(squares.point.length).fill(NaN);
  for (let s = 0; s < ratios.length; s++) {
    if (s % 1024 === 0) throwIfCancelled(signal);
    const origin = squares.point[s];
    if (links.edge[origin] < 0) continue;
    const metres = metresPerDegree(lat[s]);
    const near: { square: number; straightM: number }[] = [];
    index.search(lon[s] - withinM / metres.lon, lat[s] - withinM / metres.lat, lon[s] + withinM / metres.lon, lat[s] + withinM / metres.lat, (square) => {
      const straightM = distanceM(lon[s], lat[s], lon[square], lat[square]);
      if (straightM >= LEAST_M && straightM <= withinM && links.edge[squares.point[square]] >= 0) near.push({ square, straightM });
    });
    if (near.length === 0) continue;
    // in an order of their own, so that sums do not depend on that of the rows
    near.sort((a, b) => a.straightM - b.straightM || lon[a.square] - lon[b.square] || lat[a.square] - lat[b.square]);
    let ways: number[] = [];
    for (const ratio of asked) {
      search.clear();
      addPointSource(search, links, origin);
      search.run(ratio * withinM * 1000);
      ways = near.map(({ square }) => Math.min(search.costOf(links, squares.point[square]), directCost(travel, links, origin, links, squares.point[square])));
      if (ways.every((mm) => mm < UNREACHED)) break;
    }
    let sum = 0;
    let weight = 0;
    near.forEach(({ square, straightM }, i) => {
      sum += squares.persons[square] * judge(Math.max(1, Math.min(MOST_RATIO, ways[i] / 1000 / straightM)));
      weight += squares.persons[square];
    });
    ratios[s] = sum / weight;
  }
  return ratios;
}

/** By population point the ratio of the way to the straight line, to the facility that is nearest in a straight line; NaN where none is within `withinM`. */
function toFacilities(city: CityData, travel: TravelGraph, set: FacilitySet, persons: Float32Array, withinM: number, signal: AbortSignal | undefined): Float64Array {
  const { pointE7 } = city.snapshot.population;
  const links = populationLinks(city, travel);
  // ways end at the point of a ground of unknown border, so straight lines do too
  const distance = measureFrom(city, { ...set, circleM: set.circleM.map(() => 0) });
  const found: NearestShape = { metres: Infinity, shape: -1 };
  const homes = new Map<number, { point: number; straightM: number }[]>();
  for (let p = 0; p < persons.length; p++) {
    if (!(persons[p] > 0) || links.edge[p] < 0) continue;
    distance.find(pointE7[2 * p], pointE7[2 * p + 1], withinM, found);
    // beside it, or in it, there is no detour to speak of
    if (found.shape < 0 || found.metres < 1) continue;
    const list = homes.get(found.shape) ?? [];
    list.push({ point: p, straightM: found.metres });
    homes.set(found.shape, list);
  }
  const ratios = new Float64Array(persons.length).fill(NaN);
  const search = new BoundedSearch(travel.graph, { direction: 'backward' });
  for (const { kind, border } of set.kinds) {
    const doors = doorLinks(city, travel, kind, border);
    // the doors of a facility follow one another
    for (let first = 0, end = 0; first < doors.facility.length; first = end) {
      while (end < doors.facility.length && doors.facility[end] === doors.facility[first]) end++;
      const near = homes.get(doors.facility[first]);
      if (near === undefined) continue;
      throwIfCancelled(signal);
      search.clear();
      for (let d = first; d < end; d++) addPointSource(search, doors.links, d);
      search.run(MOST_RATIO * 1000 * near.reduce((most, { straightM }) => Math.max(most, straightM), 0));
      for (const { point, straightM } of near) {
        let mm = search.costOf(links, point);
        for (let d = first; d < end; d++) mm = Math.min(mm, directCost(travel, links, point, doors.links, d));
        ratios[point] = Math.max(1, Math.min(MOST_RATIO, mm / 1000 / straightM));
      }
    }
  }
  return ratios;
}

function run(city: CityData, params: NetworkDetourParams, { signal }: WorkContext): OperatorResult {
  const persons = personsOf(city, params.group);
  if (persons === undefined) return missingPopulation(params.group);
  const travel = travelFor(city, params.measure, 'mm');
  if (travel === undefined) return noStreets();
  const set = params.facilities === undefined ? undefined : listFacilities(city, { facilities: params.facilities, from: 'auto' });
  if (set?.known === 0) return missingFacilities(params.facilities ?? []);
  const { pointE7 } = city.snapshot.population;
  const isMean = params.statistic === 'mean';
  const judgement = judgementOf(params);
  let values: Float64Array;
  if (set === undefined) {
    const squares = listSquares(pointE7, persons);
    const bySquare = betweenHomes(city, travel, squares, params.withinM, judgement, signal);
    values = mapTo(Float64Array, squares.of, (square) => (square < 0 ? NaN : bySquare[square]));
  } else values = toFacilities(city, travel, set, persons, params.withinM, signal).map((ratio) => (Number.isNaN(ratio) ? NaN : judgement.judge(ratio)));
  const members = city.tree.locate(pointE7);
  const counted = persons.map((count, p) => (Number.isNaN(values[p]) ? 0 : count));
  const denominator = sumInside(city, members, counted);
  const numerator = sumInside(city, members, mapTo(Float64Array, counted, (count, p) => (count > 0 ? count * values[p] : 0)));
  const hundred = isMean ? 1 : 100;
  return {
    value: numerator.map((sum, place) => (denominator[place] > 0 ? (hundred * sum) / denominator[place] : NaN)), numerator, denominator,
    n: sumInside(city, members, counted.map((count) => (count > 0 ? 1 : 0))),
    quality: set === undefined ? 'proxy' : qualityOf(set), ...(set !== undefined && { detail: { facilities: set.number } }),
  };
}

export const networkDetour = defineOperator<NetworkDetourParams>({
  id: 'network-detour',
  title: { zh: '绕行系数', en: 'Detour along the streets' },
  params: networkDetourParams,
  needs: ({ facilities, group, measure }): DataNeed[] => [`population:${group}`, ...reachNeeds(facilities ?? [], measure)],
  run,
});
