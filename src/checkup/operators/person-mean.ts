/**
 * Values by population point → values by place: means over persons.
 *
 * Points whose value is not known (NaN) are left out of numerator and denominator, and counted. Infinite values count as unknown too. A place without
 * a person of the group whose value is known has no value.
 */
import type { Note } from '../../core/note.ts';
import { NoteBook } from '../../core/note.ts';
import type { CityData } from '../city/city-data.ts';
import { placeAbove, sumInside } from '../city/roll-up.ts';
import type { PlaceValues } from './operator.ts';

export interface PlaceMeans {
  readonly value: Float64Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
  readonly n: Float64Array;
}

/**
 * Person-weighted means by place; persons outside the built-up area count for their own unit only.
 *
 * @param persons by population point
 * @param times what a value is multiplied with: 100 for shares as per cent (numerator and denominator stay persons)
 */
export function meanOverPersons(city: CityData, values: ArrayLike<number>, persons: ArrayLike<number>, { times = 1 }: { times?: number } = {}): PlaceMeans {
  const count = persons.length;
  const [amount, weight, one] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let p = 0; p < count; p++) {
    if (!Number.isFinite(values[p]) || !(persons[p] > 0)) continue;
    amount[p] = values[p] * persons[p];
    weight[p] = persons[p];
    one[p] = 1;
  }
  const members = city.tree.locate(city.snapshot.population.pointE7);
  const [numerator, denominator, n] = [amount, weight, one].map((weights) => sumInside(city, members, weights));
  return { value: numerator.map((sum, place) => (denominator[place] > 0 ? (times * sum) / denominator[place] : NaN)), numerator, denominator, n };
}

/** How many persons of the city have no value, and why: their homes lie too far from any street that may be used. */
export function noteUnlinked(city: CityData, values: ArrayLike<number>, persons: ArrayLike<number>): Note[] {
  const { leaf } = city.tree.locate(city.snapshot.population.pointE7);
  let without = 0;
  for (let p = 0; p < persons.length; p++) if (leaf[p] >= 0 && Number.isNaN(values[p]) && persons[p] > 0) without += persons[p];
  if (without < 0.5) return [];
  const notes = new NoteBook();
  notes.add('warning', 'checkup/off-network', { zh: '住处附近没有可用道路的居民未计入。', en: 'Residents without a usable street near their home are left out.' }, undefined, Math.round(without));
  return notes.list();
}

/** Distribution by place, for quantiles and the like: for each place the points in it that count, in ascending order of `order`. */
export function eachPlace(city: CityData, order: Uint32Array, visit: (place: number, points: Uint32Array) => void): void {
  const { tree } = city;
  const { leaf, cell, zone } = tree.locate(city.snapshot.population.pointE7);
  const above = placeAbove(city);
  const count = new Uint32Array(tree.count + 1);
  const up = (point: number, into: (place: number) => void): void => {
    if (cell[point] >= 0) into(cell[point]);
    if (zone[point] >= 0) into(zone[point]);
    for (let place = leaf[point]; place >= 0; place = above[place]) into(place);
  };
  for (const point of order) up(point, (place) => count[place + 1]++);
  for (let place = 0; place < tree.count; place++) count[place + 1] += count[place];
  const list = new Uint32Array(count[tree.count]);
  const at = count.slice();
  for (const point of order) up(point, (place) => (list[at[place]++] = point));
  for (let place = 0; place < tree.count; place++) visit(place, list.subarray(count[place], count[place + 1]));
}

/** Values with what stands behind them. */
export function placeValues(means: PlaceMeans, quality: PlaceValues['quality'], more: Pick<PlaceValues, 'detail' | 'notes'> = {}): PlaceValues {
  return { ...means, quality, ...more };
}
