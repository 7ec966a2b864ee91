/** What can be reached: jobs, facilities with their doors, persons; how much each counts, and how good the data is. */
import type { Note } from '../../core/note.ts';
import { NoteBook } from '../../core/note.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import { weightedQuantile } from '../../engine/statistics/ranked.ts';
import type { CityData } from '../city/city-data.ts';
import { mapTo } from '../city/map-values.ts';
import { doorsOf, linksOf, travelKey } from '../city/street-access.ts';
import type { DoorSet } from './access-pairs.ts';
import type { Opportunity } from './access-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingFacilities, missingPopulation, missingReason, missingSizes } from './missing-reasons.ts';
import type { DataNeed } from './operator.ts';

interface SupplyBase {
  /** By opportunity. */
  readonly weight: Float64Array;
  readonly total: number;
  readonly quality: 'measured' | 'proxy';
  readonly notes: readonly Note[];
}
export type Supply = SupplyBase & (
  | { readonly of: 'jobs' | 'persons' }
  | { readonly of: 'facilities'; readonly facility: Uint32Array; doors(travel: TravelGraph): DoorSet }
);

export function supplyNeeds(opportunity: Opportunity): DataNeed[] {
  if (opportunity.of === 'jobs') return ['job'];
  if (opportunity.of === 'persons') return [opportunity.group === 'total' ? 'population' : `population:${opportunity.group}`];
  return opportunity.kinds.map((kind): DataNeed => `facility:${kind}`);
}

/** A group's persons by population point; undefined where the city has none. */
export function personsOf({ snapshot: { meta, population } }: CityData, group: string): Float32Array | undefined {
  const at = meta.groups.indexOf(group);
  const points = population.pointE7.length / 2;
  return at < 0 || points === 0 ? undefined : population.persons.subarray(at * points, (at + 1) * points);
}

const sum = (weights: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  return total;
};

export function openSupply(city: CityData, opportunity: Opportunity): Supply | Missing {
  if (opportunity.of === 'jobs') {
    const { job } = city.snapshot;
    if (job.count.length === 0) return missingReason('no-data', { zh: '没有就业岗位数据。', en: 'There are no jobs.' }, { zh: '含 jobs 列的表，或 parks.csv', en: 'a table with a column jobs, or parks.csv' });
    const weight = mapTo(Float64Array, job.count, (count) => (count > 0 ? count : 0));
    return { of: 'jobs', weight, total: sum(weight), quality: 'measured', notes: [] };
  }
  if (opportunity.of === 'persons') {
    const persons = personsOf(city, opportunity.group);
    if (persons === undefined) return missingPopulation(opportunity.group);
    const weight = Float64Array.from(persons);
    return { of: 'persons', weight, total: sum(weight), quality: 'measured', notes: [] };
  }
  return openFacilities(city, opportunity);
}

type Facilities = Extract<Opportunity, { of: 'facilities' }>;

/** The facilities of some kinds, ascending, each once however many kinds it is. */
export function facilitiesOf({ snapshot: { meta, facility } }: CityData, kinds: readonly string[]): Uint32Array {
  const seen = new Set<number>();
  const list: number[] = [];
  for (const { kind, start, end } of meta.facilityKinds) {
    if (!kinds.includes(kind)) continue;
    for (let f = start; f < end; f++) {
      if (seen.has(facility.id[f])) continue;
      seen.add(facility.id[f]);
      list.push(f);
    }
  }
  return Uint32Array.from(list);
}

/** `measured` where nine tenths of the facilities come from a registry. */
export function facilityQuality({ snapshot: { facility } }: CityData, facilities: Uint32Array): 'measured' | 'proxy' {
  let registered = 0;
  for (const f of facilities) registered += facility.registry[f];
  return registered >= 0.9 * facilities.length && facilities.length > 0 ? 'measured' : 'proxy';
}

function openFacilities(city: CityData, { kinds, weight: by }: Facilities): Supply | Missing {
  const facility = facilitiesOf(city, kinds);
  if (facility.length === 0) return missingFacilities(kinds);
  const notes = new NoteBook();
  const weight = weigh(city, facility, by, notes);
  // where each counts one, all have a weight
  if (weight === undefined) return missingSizes(kinds, by === 'one' ? 'capacity' : by);
  return { of: 'facilities', weight, total: sum(weight), quality: facilityQuality(city, facility), notes: notes.list(), facility, doors: (travel) => doorSet(city, travel, facility, kinds) };
}

/** What each counts. One without the size counts as the median of those that have one, and is noted. */
function weigh({ snapshot: { facility: table } }: CityData, facility: Uint32Array, by: Facilities['weight'], notes: NoteBook): Float64Array | undefined {
  if (by === 'one') return new Float64Array(facility.length).fill(1);
  const sizes = { capacity: table.capacity, floor: table.floorM2, land: table.landM2 }[by];
  const known = mapTo(Float64Array, facility, (f) => (sizes[f] >= 0 ? sizes[f] : NaN));
  const middle = weightedQuantile(known, new Uint8Array(known.length).fill(1), 0.5);
  if (Number.isNaN(middle)) return undefined;
  const unknown = known.filter(Number.isNaN).length;
  if (unknown > 0) notes.add('warning', `checkup/no-size/${by}`, { zh: '没有规模数据的设施按其余设施的中位数计。', en: 'Facilities of unknown size count as the median of the others.' }, undefined, unknown);
  return known.map((size) => (Number.isNaN(size) ? middle : size));
}

function doorSet(city: CityData, travel: TravelGraph, facility: Uint32Array, kinds: readonly string[]): DoorSet {
  const key = [...kinds].sort().join('+');
  const list = city.memo(`access/doors/${key}`, () => listDoors(city, facility, kinds));
  return city.memo(`access/door-set/${travelKey(travel)}/${key}`, () => ({ count: facility.length, doorEnds: list.doorEnds, links: linksOf(city, travel, `access/${key}`, () => list.e7) }));
}

function listDoors(city: CityData, facility: Uint32Array, kinds: readonly string[]): { e7: Int32Array; doorEnds: Uint32Array } {
  const place = new Map(Array.from(facility, (f, i) => [f, i]));
  const doors: number[][] = Array.from(facility, () => []);
  for (const kind of new Set(kinds)) {
    const { e7, facility: owner } = doorsOf(city, kind);
    owner.forEach((f, d) => {
      const at = place.get(f);
      if (at !== undefined) doors[at].push(e7[2 * d], e7[2 * d + 1]);
    });
  }
  const doorEnds = new Uint32Array(facility.length);
  let end = 0;
  doors.forEach((each, i) => (doorEnds[i] = end += each.length / 2));
  return { e7: Int32Array.from(doors.flat()), doorEnds };
}
