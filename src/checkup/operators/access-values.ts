/**
 * Access of each population point, by any of the measures: what access operators average over persons, and what inequality and spatial pattern are
 * computed from.
 *
 * Sources: cumulative opportunities and gravity, Hansen 1959; interval of cut-offs, Tomasiello, Herszenhut, Oliveira, Braga & Pereira 2023; cost to the k-th
 * closest; 2SFCA, Luo & Wang 2003; E2SFCA, Luo & Qi 2009; balanced (BFCA), Páez, Higgins & Vivona 2019; spatial availability, Soukhov, Páez, Higgins & Mohamed 2023;
 * balancing cost, Barboza, Carneiro, Falavigna, Luz & Orrico 2021. The R package `accessibility` (Pereira & Herszenhut) has the same family for matrices of zones.
 *
 * A point without a usable street near has no value (NaN).
 */
import type { Note } from '../../core/note.ts';
import { NoteBook } from '../../core/note.ts';
import type { WorkContext } from '../../core/progress.ts';
import { collectNearest, openNearest } from '../../engine/graph/nearest/nearest-k.ts';
import { UNREACHED } from '../../engine/graph/search/search-graph.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { CityData } from '../city/city-data.ts';
import { makeOf, mapTo } from '../city/map-values.ts';
import { populationLinks } from '../city/street-access.ts';
import { FacilityPairs, FacilitySearch, residentLists } from './access-pairs.ts';
import type { Access, AvailabilityParams, BalancingParams, CumulativeParams, FloatingParams, GravityParams, KthParams, Opportunity } from './access-params.ts';
import type { Impedance, Reach } from './impedance.ts';
import { farthest } from './impedance.ts';
import { cutoffCost, impedanceOf, missingStreets, openReach, travelOf, UNIT_COSTS } from './access-reach.ts';
import type { Supply } from './access-supply.ts';
import { openSupply, personsOf, supplyNeeds } from './access-supply.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation } from './missing-reasons.ts';
import type { DataNeed, ResultDetail } from './operator.ts';

export interface PointValues {
  /** By population point; NaN where not known. */
  readonly value: Float64Array;
  /** Persons of the group whose access it is. */
  readonly persons: Float32Array;
  readonly quality: 'measured' | 'proxy';
  readonly notes: readonly Note[];
  /** Facilities that were counted, and what each serves, where it is known. */
  readonly facilities?: Uint32Array;
  readonly load?: NonNullable<ResultDetail['load']>;
}

const populationNeed = (group: string): DataNeed => (group === 'total' ? 'population' : `population:${group}`);

/** What a measure is made from. */
export function accessNeeds({ params }: Access): DataNeed[] {
  const opportunity: Opportunity = 'facilities' in params ? { of: 'facilities', kinds: params.facilities, weight: 'one' } : params.opportunity;
  return [...new Set<DataNeed>(['place', 'network', populationNeed(params.group), ...supplyNeeds(opportunity)])];
}

interface Opened {
  readonly city: CityData;
  readonly persons: Float32Array;
  readonly residents: PointLinks;
  readonly supply: Supply;
  readonly book: NoteBook;
  reach(limit: number): Reach;
}

type Common = { readonly mode: 'walk' | 'bike' | 'drive'; readonly minutes?: number | undefined; readonly metres?: number | undefined; readonly group: string };

function open(city: CityData, params: Common, opportunity: Opportunity, context: WorkContext): Opened | Missing {
  const travel = travelOf(city, params);
  if (travel === undefined) return missingStreets();
  const persons = personsOf(city, params.group);
  if (persons === undefined) return missingPopulation(params.group);
  const supply = openSupply(city, opportunity);
  if ('missing' in supply) return supply;
  const book = new NoteBook();
  return { city, persons, supply, book, residents: populationLinks(city, travel), reach: (limit) => openReach(city, travel, supply, limit, book, context) };
}

/** NaN where a point is tied to no street. */
function known({ residents: { firstOut, count }, persons, supply, book }: Opened, value: Float64Array): PointValues {
  for (let p = 0; p < count; p++) if (firstOut[p] === firstOut[p + 1]) value[p] = NaN;
  return { value, persons, quality: supply.quality, notes: [...supply.notes, ...book.list()], ...(supply.of === 'facilities' && { facilities: supply.facility }) };
}

/** An amount as it is, or in per cent of all. */
function scaled(value: Float64Array, as: 'amount' | 'share', { total }: Supply): Float64Array {
  return as === 'amount' ? value : value.map((each) => (100 * each) / total);
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export function cumulativeByPoint(city: CityData, params: CumulativeParams, context: WorkContext): PointValues | Missing {
  const opened = open(city, params, params.opportunity, context);
  if ('missing' in opened) return opened;
  const { supply } = opened;
  const last = cutoffCost(params);
  if (params.interval === undefined) return known(opened, scaled(opened.reach(last).forward(supply.weight, { limit: last }), params.as, supply));
  const { from, every, summary } = params.interval;
  const unit = params.metres === undefined ? 60 : 1000;
  const limits: number[] = [];
  for (let cost = Math.floor(from * unit); cost <= last; cost = Math.floor(from * unit + limits.length * every * unit)) limits.push(cost);
  if (limits.length === 0) limits.push(last);
  const amounts = opened.reach(last).forwardLimits(supply.weight, limits);
  const value = new Float64Array(opened.residents.count);
  const row = new Float64Array(limits.length);
  for (let p = 0; p < value.length; p++) {
    for (let l = 0; l < limits.length; l++) row[l] = amounts[l][p];
    // amounts rise with the limit: they are in order
    value[p] = summary === 'median' ? middle(row) : row.reduce((a, b) => a + b, 0) / row.length;
  }
  return known(opened, scaled(value, params.as, supply));
}

export function gravityByPoint(city: CityData, params: GravityParams, context: WorkContext): PointValues | Missing {
  const opened = open(city, params, params.opportunity, context);
  if ('missing' in opened) return opened;
  const impedance = impedanceOf(params.decay, params);
  return known(opened, scaled(opened.reach(farthest(impedance)).forward(opened.supply.weight, impedance), params.as, opened.supply));
}

/** By point and rank the least costs, ascending; UNREACHED where there are fewer. */
function nearestByDoors(pairs: FacilityPairs, residents: number, k: number, context: WorkContext): Uint32Array {
  const nearest = new Uint32Array(residents * k).fill(UNREACHED);
  pairs.each((_, point, cost, count) => {
    for (let i = 0; i < count; i++) {
      const first = point[i] * k;
      let at = first + k - 1;
      if (cost[i] >= nearest[at]) continue;
      for (; at > first && nearest[at - 1] > cost[i]; at--) nearest[at] = nearest[at - 1];
      nearest[at] = cost[i];
    }
  }, context);
  return nearest;
}

/** Cost to the k-th closest in minutes or metres; Infinity where fewer than k are within the cut-off. */
export function kthByPoint(city: CityData, params: KthParams, context: WorkContext): PointValues | Missing {
  const opened = open(city, params, { of: 'facilities', kinds: params.facilities, weight: 'one' }, context);
  if ('missing' in opened) return opened;
  const { supply, residents, persons } = opened;
  const travel = travelOf(city, params);
  if (travel === undefined || supply.of !== 'facilities') return missingStreets();
  const doors = supply.doors(travel);
  const { k } = params;
  const limit = cutoffCost(params);
  // facilities of one door each: the engine's search for the nearest k, which looks at no node more than k times
  const nearest = doors.links.count === doors.count
    ? collectNearest(openNearest(travel.graph), { facilities: [doors.links], k, limit, origins: residents, travel }, context).cost
    : nearestByDoors(new FacilityPairs(new FacilitySearch(travel, residents, residentLists(city, travel), doors, limit), doors.count), residents.count, k, context);
  const perUnit = params.metres === undefined ? UNIT_COSTS.s : UNIT_COSTS.mm / 1000;
  const value = makeOf(Float64Array, residents.count, (p) => (nearest[p * k + k - 1] >= UNREACHED ? Infinity : nearest[p * k + k - 1] / perUnit));
  return { ...known(opened, value), persons };
}

/** Supply by person that is within reach, for opportunities whose demand is known: 0 where nobody competes. */
function perDemand(weight: Float64Array, demand: Float64Array): Float64Array {
  return weight.map((each, j) => (demand[j] > 0 ? each / demand[j] : 0));
}

function doubles(persons: Float32Array): Float64Array {
  return mapTo(Float64Array, persons, (each) => (each > 0 ? each : 0));
}

interface Shared {
  /** By population point. */
  readonly sums: Float64Array;
  /** By opportunity: persons that it serves. */
  readonly demand: Float64Array;
}

/** 2SFCA and E2SFCA: Rⱼ = Sⱼ ÷ Σ Pᵢ f(cᵢⱼ), Aᵢ = Σ Rⱼ f(cᵢⱼ). */
function floatingSums(reach: Reach, weight: Float64Array, persons: Float64Array, impedance: Impedance): Shared {
  const demand = reach.backward(persons, impedance);
  return { sums: reach.forward(perDemand(weight, demand), impedance), demand };
}

/**
 * BFCA: a person's demand is shared out over the opportunities in reach (wᵢⱼ = f ÷ Σⱼ f), and an opportunity's level of service over the persons' places in reach
 * (vᵢⱼ = f ÷ Σᵢ f). Then demand adds up to the persons who reach anything, and Aᵢ to all levels of service.
 */
function balancedSums(reach: Reach, weight: Float64Array, persons: Float64Array, impedance: Impedance): Shared {
  const ones = (count: number): Float64Array => new Float64Array(count).fill(1);
  const ofPoint = reach.forward(ones(weight.length), impedance);
  const demand = reach.backward(perDemand(persons, ofPoint), impedance);
  const level = perDemand(weight, demand);
  // points where nobody of the group lives are no place to serve
  const served = reach.backward(persons.map((each) => (each > 0 ? 1 : 0)), impedance);
  return { sums: reach.forward(perDemand(level, served), impedance), demand };
}

export function floatingByPoint(city: CityData, params: FloatingParams, context: WorkContext): PointValues | Missing {
  const opened = open(city, params, params.opportunity, context);
  if ('missing' in opened) return opened;
  const impedance = impedanceOf(params.decay, params);
  const reach = opened.reach(farthest(impedance));
  return withLoad(opened, (params.method === 'bfca' ? balancedSums : floatingSums)(reach, opened.supply.weight, doubles(opened.persons), impedance), params.per);
}

function withLoad(opened: Opened, { sums, demand }: Shared, per: number): PointValues {
  const result = known(opened, sums.map((each) => each * per));
  return opened.supply.of === 'facilities' ? { ...result, load: { demand: Float32Array.from(demand), capacity: Float32Array.from(opened.supply.weight) } } : result;
}

/**
 * Spatial availability by person. Each opportunity is given out among those who reach it, in proportion to persons × impedance: Vᵢ = Σⱼ Oⱼ Pᵢ f(cᵢⱼ) ÷ Σₖ Pₖ
 * f(cₖⱼ), so that Σ Vᵢ is all opportunities that anybody reaches; here Vᵢ ÷ Pᵢ. (The two balancing factors of the paper multiply to this; by person it is what
 * E2SFCA with the same impedance gives, which Soukhov et al. 2024 show.)
 */
export function availabilityByPoint(city: CityData, params: AvailabilityParams, context: WorkContext): PointValues | Missing {
  const opened = open(city, params, params.opportunity, context);
  if ('missing' in opened) return opened;
  const impedance = impedanceOf(params.decay, params);
  return withLoad(opened, floatingSums(opened.reach(farthest(impedance)), opened.supply.weight, doubles(opened.persons), impedance), params.per);
}

/** Points of the city beside streets that have not been answered. */
function countWaiting({ residents: { firstOut } }: Opened, leaf: Int32Array, value: Float64Array): number {
  let count = 0;
  for (let p = 0; p < value.length; p++) if (value[p] === Infinity && leaf[p] >= 0 && firstOut[p] < firstOut[p + 1]) count++;
  return count;
}

/** The least cut-off, in steps, at which a point reaches as many opportunities as its unit (the smallest place) has persons; Infinity where none does. */
export function balancingByPoint(city: CityData, params: BalancingParams, context: WorkContext): PointValues | Missing {
  const opened = open(city, params, params.opportunity, context);
  if ('missing' in opened) return opened;
  const { supply, persons, residents } = opened;
  const { leaf } = city.tree.locate(city.snapshot.population.pointE7);
  const ofUnit = new Float64Array(city.tree.count);
  for (let p = 0; p < persons.length; p++) if (leaf[p] >= 0 && persons[p] > 0) ofUnit[leaf[p]] += persons[p];
  const last = cutoffCost(params);
  const reach = opened.reach(last);
  const value = new Float64Array(residents.count).fill(Infinity);
  const unit = params.metres === undefined ? 60 : 1000;
  const most = Math.floor(last / unit / params.step + 1e-9);
  // a few limits first, for most are answered early; never many at once: at ten million persons each is 2.4 MB
  let atOnce = 8;
  let waiting = countWaiting(opened, leaf, value);
  for (let from = 0; from <= most && waiting > 0; ) {
    const steps = Array.from({ length: Math.min(atOnce, most + 1 - from) }, (_, i) => (from + i) * params.step);
    const amounts = reach.forwardLimits(supply.weight, steps.map((step) => Math.floor(step * unit)));
    for (let p = 0; p < value.length; p++) {
      const wanted = (leaf[p] < 0 ? NaN : ofUnit[leaf[p]]) * params.perPerson;
      for (let s = 0; s < steps.length && value[p] === Infinity; s++) if (amounts[s][p] >= wanted) value[p] = steps[s];
    }
    waiting = countWaiting(opened, leaf, value);
    from += atOnce;
    atOnce = Math.min(32, 2 * atOnce);
  }
  for (let p = 0; p < value.length; p++) if (leaf[p] < 0) value[p] = NaN;
  return known(opened, value);
}

/** Any measure by population point. */
export function accessByPoint(city: CityData, access: Access, context: WorkContext): PointValues | Missing {
  const key = JSON.stringify([access.operator, access.params]);
  return city.memo(`access/values/${key}`, () => measureAccess(city, access, context));
}

function measureAccess(city: CityData, access: Access, context: WorkContext): PointValues | Missing {
  switch (access.operator) {
    case 'access-cumulative': return cumulativeByPoint(city, access.params, context);
    case 'access-gravity': return gravityByPoint(city, access.params, context);
    case 'access-kth': return kthByPoint(city, { ...access.params, statistic: 'mean' }, context);
    case 'access-floating-catchment': return floatingByPoint(city, access.params, context);
    case 'access-availability': return availabilityByPoint(city, access.params, context);
    case 'balancing-cost': return balancingByPoint(city, access.params, context);
  }
}
