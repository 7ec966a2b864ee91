/**
 * Small units with the neighbours they are assessed with (共建共享: under 5,000 residents together with adjacent units, 城市体检工作手册 2025).
 *
 * A unit below the least number is joined by the nearest other units of the same unit above, nearest first by the middles of their boxes in whole metres (of equals the first by id), until together they
 * have enough. (The manual says "adjacent" and not which; nearest is our reading.) Units outside the built-up area join nobody. Where all below one unit have
 * too few, nobody is asked there.
 */
import { startOf } from '../../engine/spatial/scan-rows.ts';
import { distanceM } from '../../engine/spatial/measure.ts';
import type { CityData } from '../city/city-data.ts';

/** Middle of a place's box, degrees. */
function middleOf({ snapshot: { place: { shapes } } }: CityData, place: number): [number, number] {
  const firstPart = startOf(shapes.shapeEnds, place);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let v = startOf(shapes.partEnds, firstPart), end = shapes.shapeEnds[place] > firstPart ? shapes.partEnds[shapes.shapeEnds[place] - 1] : 0; v < end; v++) {
    west = Math.min(west, shapes.verticesE7[2 * v]);
    east = Math.max(east, shapes.verticesE7[2 * v]);
    south = Math.min(south, shapes.verticesE7[2 * v + 1]);
    north = Math.max(north, shapes.verticesE7[2 * v + 1]);
  }
  return [(west + east) / 2e7, (south + north) / 2e7];
}

/** Units that are asked, each with the units it is assessed with, itself first. `joint` false: only units that are large enough by themselves. */
export function assessedUnits(city: CityData, units: Uint32Array, persons: Float64Array, leastPersons: number, joint: boolean): Map<number, readonly number[]> {
  const { tree } = city;
  const inside = [...units].filter((unit) => tree.outside[unit] === 0);
  const groups = new Map<number, readonly number[]>();
  const middles = new Map<number, [number, number]>();
  const below = new Map<number, number[]>();
  for (const unit of inside) below.set(tree.parent[unit], [...(below.get(tree.parent[unit]) ?? []), unit]);
  const middle = (unit: number): [number, number] => {
    const known = middles.get(unit) ?? middleOf(city, unit);
    middles.set(unit, known);
    return known;
  };
  for (const unit of inside) {
    if (persons[unit] >= leastPersons) groups.set(unit, [unit]);
    else if (joint) {
      const group = joinNearest(unit, below.get(tree.parent[unit]) ?? [], persons, leastPersons, middle);
      if (group !== undefined) groups.set(unit, group);
    }
  }
  return groups;
}

function joinNearest(unit: number, siblings: readonly number[], persons: Float64Array, leastPersons: number, middle: (unit: number) => [number, number]): number[] | undefined {
  const from = middle(unit);
  const byDistance = siblings.filter((other) => other !== unit).map((other) => ({ other, metres: Math.round(distanceM(...from, ...middle(other))) })).sort((a, b) => a.metres - b.metres || a.other - b.other);
  const group = [unit];
  let sum = persons[unit];
  for (const { other } of byDistance) {
    if (sum >= leastPersons) break;
    group.push(other);
    sum += persons[other];
  }
  return sum >= leastPersons ? group : undefined;
}
