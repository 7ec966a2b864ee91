/** Persons of each group by unit: population points summed over the areas they lie in. */
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { PopulationPoints } from './derive-population.ts';

/** Number of the unit that holds a point, -1 where there is none. */
export type UnitAt = (lon: number, lat: number) => number;

/** Which of these areas holds a point; where they overlap, the first. */
export function unitIn(areas: readonly Geometry[]): UnitAt {
  const index = buildPolygonIndex(areas);
  return (lon, lat) => index.findFirst(lon, lat);
}

/** Persons of each group in each of `count` units; points in none are left out. */
export function sumPersons(count: number, unitAt: UnitAt, points: PopulationPoints): ReadonlyMap<string, Float64Array> {
  const home = Int32Array.from(points.lon, (lon, i) => unitAt(lon, points.lat[i]));
  const sums = new Map<string, Float64Array>();
  for (const [group, persons] of points.persons) {
    const sum = new Float64Array(count);
    home.forEach((area, i) => {
      if (area >= 0) sum[area] += persons[i] ?? 0;
    });
    sums.set(group, sum);
  }
  return sums;
}

/** `persons:<group>` of unit `i`, rounded to thousandths of a person. */
export function personAttributes(sums: ReadonlyMap<string, Float64Array>, i: number): Record<string, number> {
  return Object.fromEntries([...sums].map(([group, sum]) => [`persons:${group}`, Math.round(sum[i] * 1000) / 1000]));
}
