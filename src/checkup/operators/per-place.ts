/**
 * Sums by place and what they are divided by: persons, jobs and areas. NaN or 0 where a place has none. Units outside the built-up area hand nothing up
 * on either side (city/roll-up.ts).
 */
import type { CityData, Membership } from '../city/city-data.ts';
import { builtUpOf } from '../city/built-up.ts';
import { landAreas } from '../city/land-areas.ts';
import { leavesOf } from '../city/leaves.ts';
import { makeOf, mapTo } from '../city/map-values.ts';
import { insideM2, rollUp, sumInside } from '../city/roll-up.ts';
import type { Per } from './count-params.ts';
import type { Missing } from './missing-reasons.ts';
import { missingPopulation, missingReason } from './missing-reasons.ts';

/** By place of the tree 1 where it counts: what is divided by the built-up area leaves the rest out in its own unit, too. Absent: everything counts in its unit. */
export type Within = Uint8Array | undefined;

/** Weights of points summed by place; only of points whose finest unit counts. */
export function sumWithin(city: CityData, members: Membership, weights: ArrayLike<number>, within: Within): Float64Array {
  if (within === undefined) return sumInside(city, members, weights);
  const { leaf } = members;
  return sumInside(city, members, mapTo(Float64Array, weights, (weight, p) => (leaf[p] >= 0 && within[leaf[p]] === 1 ? weight : 0)));
}

/** What sums that are divided by `by` leave out. */
export function withinOf(city: CityData, by: Per['by'] | undefined): Within {
  return by === 'built-up' ? builtUpOf(city).inside : undefined;
}

/** Residents that the register of units gives, summed from the finest units; undefined unless it gives them for all of these. */
function registeredPersons(city: CityData, within: Within): Float64Array | undefined {
  const { tree, snapshot: { place: { population } } } = city;
  const leaves = leavesOf(tree);
  if (leaves.length === 0 || leaves.some((leaf) => !(population[leaf] >= 0) && tree.outside[leaf] === 0)) return undefined;
  const sums = makeOf(Float64Array, tree.count, (place) => (tree.level(place) === 'cell' || tree.level(place) === 'zone' ? population[place] : 0));
  for (const leaf of leaves) sums[leaf] = within === undefined || within[leaf] === 1 ? population[leaf] || 0 : 0;
  return rollUp(city, sums);
}

/** Persons of a group by place, from where they live; the total else from the register of units. Undefined where the city has none of that group. */
export function personsByPlace(city: CityData, group: string, within?: Within): Float64Array | undefined {
  const { population, meta } = city.snapshot;
  const at = meta.groups.indexOf(group);
  const points = population.pointE7.length / 2;
  if (at < 0 || points === 0) return group === 'total' ? registeredPersons(city, within) : undefined;
  return city.memo(`counts/persons/${group}${within === undefined ? '' : '/within'}`, () => sumWithin(city, city.tree.locate(population.pointE7), population.persons.subarray(at * points, (at + 1) * points), within));
}

export function jobsByPlace(city: CityData, within?: Within): Float64Array | undefined {
  const { job } = city.snapshot;
  return job.count.length === 0 ? undefined : sumWithin(city, city.tree.locate(job.pointE7), job.count, within);
}

/** The area kinds that sums are divided by, m² by place. */
export type AreaBy = Exclude<Per['by'], 'persons' | 'jobs'>;

export function areaByPlace(city: CityData, by: AreaBy): Float64Array | Missing {
  if (by === 'place-area') return insideM2(city);
  if (by === 'built-up') return builtUpOf(city).m2;
  const land = by === 'residential-land' ? 'residential' : 'construction';
  return landAreas(city, [land]) ?? missingLand();
}

export function missingLand(): Missing {
  return missingReason('no-data', { zh: '没有土地利用数据。', en: 'There is no land use.' }, { zh: '含 landuse 的 OSM 文件，或土地利用图层', en: 'an OSM file with land use, or a land-use layer' });
}

/** What a sum is divided by, by place. */
export function perByPlace(city: CityData, { by, group }: Pick<Per, 'by' | 'group'>): Float64Array | Missing {
  if (by === 'persons') return personsByPlace(city, group) ?? missingPopulation(group);
  if (by !== 'jobs') return areaByPlace(city, by);
  return jobsByPlace(city) ?? missingReason('no-data', { zh: '没有就业岗位数据。', en: 'There are no jobs.' }, { zh: '含 jobs 的表，或 parks.csv', en: 'a table with jobs, or parks.csv' });
}
