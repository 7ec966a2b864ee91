/**
 * Sums over places that leave out what lies outside the built-up area: a place marked `outside` has its own sum, but hands nothing up
 * to one that is not. All values of the check-up go up this way, numerators and denominators alike: it is of the built-up area of the municipal districts
 * (市辖区建成区) and the blocks and communities in it; a village has its own values and is in nobody else's.
 */
import { TREE_LEVELS } from './place-tree.ts';
import type { CityData, Membership, PlaceTree } from './city-data.ts';

/** Place above in the tree, −1 where there is none or the place is outside. */
function handsTo(tree: PlaceTree): Int32Array {
  const rank = (place: number): number => TREE_LEVELS.indexOf(tree.level(place) as (typeof TREE_LEVELS)[number]);
  return tree.parent.map((above, place) => (above >= 0 && (tree.outside[place] === 0 || tree.outside[above] === 1) && rank(place) >= 0 && rank(above) > rank(place) ? above : -1));
}

/** Ground of each place that its values are of, m²: its area without the units below that lie outside. 0 where nothing is left. */
export function insideM2(city: CityData): Float64Array {
  return city.memo('roll-up/ground', () => {
    const { tree, snapshot: { place: { areaM2 } } } = city;
    const above = placeAbove(city);
    const left = new Float64Array(tree.count);
    for (const level of TREE_LEVELS) {
      for (const place of tree.ofLevel(level)) {
        const at = tree.parent[place];
        if (at >= 0 && TREE_LEVELS.includes(tree.level(at) as (typeof TREE_LEVELS)[number])) left[at] += above[place] < 0 ? areaM2[place] : left[place];
      }
    }
    // what rounding leaves of a place whose units all lie outside is no ground
    return areaM2.map((m2, place) => (m2 - left[place] > 1e-6 * m2 ? m2 - left[place] : 0));
  });
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
