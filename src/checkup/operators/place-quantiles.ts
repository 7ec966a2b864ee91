/** Quantiles over persons by place: the least value that a given share of a place's persons do not exceed. */
import type { CityData, Membership } from '../city/city-data.ts';
import { makeOf } from '../city/map-values.ts';
import { placeAbove, sumInside } from '../city/roll-up.ts';

/**
 * By place; NaN where it has no persons. As sums, places outside the built-up area hand nothing up.
 *
 * One pass over the points in ascending order of value: each place's running sum of persons, up the tree, until it passes the share.
 */
export function placeQuantiles(city: CityData, members: Membership, values: ArrayLike<number>, persons: ArrayLike<number>, share: number): Float64Array {
  const { tree } = city;
  const above = placeAbove(city);
  const total = sumInside(city, members, persons);
  const quantile = new Float64Array(tree.count).fill(NaN);
  const passed = new Float64Array(tree.count);
  const order = makeOf(Uint32Array, values.length, (p) => p).filter((p) => persons[p] > 0).sort((a, b) => values[a] - values[b] || a - b);
  const count = (place: number, p: number): void => {
    passed[place] += persons[p];
    // a person's share of rounding: sums of many floats in two orders differ in the last digits
    if (Number.isNaN(quantile[place]) && passed[place] >= share * total[place] * (1 - 1e-9)) quantile[place] = values[p];
  };
  for (const p of order) {
    for (let place = members.leaf[p]; place >= 0; place = above[place]) count(place, p);
    for (const place of [members.cell[p], members.zone[p]]) if (place >= 0) count(place, p);
  }
  return quantile;
}
