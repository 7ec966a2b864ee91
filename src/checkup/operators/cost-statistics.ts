/**
 * Costs by population point → a mean, median or 90th percentile over the persons of each place.
 *
 * Who reaches nothing within the cut-off (Infinity) is known to need more than it: in a mean they count as the cut-off, so that the mean never falls when a
 * facility is taken away; a median or percentile that falls among them is not known (NaN). How many they are is noted.
 */
import { NoteBook } from '../../core/note.ts';
import { orderBy, quantileOf, takeRanked } from '../../engine/statistics/ranked.ts';
import type { CityData } from '../city/city-data.ts';
import type { PointValues } from './access-values.ts';
import type { PlaceValues } from './operator.ts';
import { eachPlace, meanOverPersons, noteUnlinked } from './person-mean.ts';

/** Finite, so that they have a place in an order. */
const BEYOND = Number.MAX_VALUE;

export function costStatistics(city: CityData, { value, persons, quality, notes }: PointValues, cutoff: number, statistic: 'mean' | 'median' | 'p90'): PlaceValues {
  const book = new NoteBook();
  const { leaf } = city.tree.locate(city.snapshot.population.pointE7);
  let beyond = 0;
  for (let p = 0; p < value.length; p++) if (leaf[p] >= 0 && value[p] === Infinity && persons[p] > 0) beyond += persons[p];
  if (beyond >= 0.5) book.add('info', 'checkup/beyond-cutoff', { zh: `上限 ${cutoff} 以内不能到达的居民：均值中按上限计，分位数中按超出上限计。`, en: `Residents who reach nothing within ${cutoff}: they count as that in a mean, as more than that in a percentile.` }, undefined, Math.round(beyond));
  const all = [...notes, ...noteUnlinked(city, value, persons), ...book.list()];
  const means = meanOverPersons(city, value.map((each) => (each === Infinity ? cutoff : each)), persons);
  if (statistic === 'mean') return { ...means, quality, notes: all, detail: { nearestM: Float32Array.from(value) } };
  const costs = value.map((each) => (each === Infinity ? BEYOND : each));
  const quantiles = new Float64Array(city.tree.count).fill(NaN);
  eachPlace(city, orderBy(costs, persons), (place, points) => {
    const found = quantileOf(takeRanked(costs, persons, points), statistic === 'median' ? 0.5 : 0.9);
    quantiles[place] = found === BEYOND ? NaN : found;
  });
  return { value: quantiles, n: means.n, quality, notes: all };
}
