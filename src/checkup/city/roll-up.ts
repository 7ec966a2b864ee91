/**
 * Sums over places that leave out what lies outside the built-up area: a place marked `outside` has its own sum, but hands nothing up
 * to one that is not.
 * The indicators of coverage are stated for the built-up area (市辖区建成区) and the blocks and communities in it.
 */
import { TREE_LEVELS } from './place-tree.ts';
import type { CityData, Membership, PlaceTree } from './city-data.ts';

/** Place above in the tree, −1 where there is none or the place is outside. */
function handsTo(tree: PlaceTree): Int32Array {
  const rank = (place: number): number => TREE_LEVELS.indexOf(tree.level(place) as (typeof TREE_LEVELS)[number]);
  return tree.parent.map((above, place) => (above >= 0 && (tree.outside[place] === 0 || tree.outside[above] === 1) && rank(place) >= 0 && rank(above) > rank(place) ? above : -1));
}

/** By place the one its sums are handed to, −1 for none. */
export function placeAbove(city: CityData): Int32Array {
  return city.memo('roll-up/above', () => handsTo(city.tree));
}

/** Sums by place (own ones of the finest units, cells and zones) → with what the units below hand up. Changes and returns the array. */
export function rollUp(city: CityData, sums: Float64Array): Float64Array {
  const { tree } = city;
  const above = placeAbove(city);
  for (const level of TREE_LEVELS) for (const place of tree.ofLevel(level)) if (above[place] >= 0) sums[above[place]] += sums[place];
  return sums;
}

/** Weights of points summed by the place, cell and zone that holds each, and up the tree. */
export function sumInside(city: CityData, { leaf, cell, zone }: Membership, weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(city.tree.count);
  for (let p = 0; p < leaf.length; p++) {
    const weight = weights[p];
    if (leaf[p] >= 0) sums[leaf[p]] += weight;
    if (cell[p] >= 0) sums[cell[p]] += weight;
    if (zone[p] >= 0) sums[zone[p]] += weight;
  }
  return rollUp(city, sums);
}
