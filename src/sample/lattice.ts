/** Where things are on the lattice of main streets. */
import type { CityPlan, Line } from './plan.ts';

/** Number of a lattice corner, row by row from the south-west. */
export function positionOf(plan: CityPlan, column: number, row: number): number {
  return row * (plan.columns + 1) + column;
}

/** Whether there is a cell at a place of the lattice. */
export function hasCell(plan: CityPlan, column: number, row: number): boolean {
  return column >= 0 && row >= 0 && column < plan.columns && row < plan.rows;
}

/** Whether the street on vertical line `i` between rows `j` and `j + 1` exists. */
export function hasVertical(plan: CityPlan, i: number, j: number): boolean {
  const line = plan.vertical[i];
  return line !== undefined && line.kind !== 'edge' && j >= 0 && j < plan.rows;
}

export function hasHorizontal(plan: CityPlan, i: number, j: number): boolean {
  const line = plan.horizontal[j];
  return line !== undefined && line.kind !== 'edge' && i >= 0 && i < plan.columns;
}

/** Lattice coordinate along a cell side: 0 and 1 are the near edges of the corridors at its ends. */
export function between(lines: readonly Line[], index: number, part: number): number {
  const low = lines[index].gap;
  const high = lines[index + 1].gap;
  return index + low + (1 - low - high) * part;
}

/** Degrees of a point of the lattice. */
export function placeOf(plan: CityPlan, u: number, v: number): [lon: number, lat: number] {
  return plan.ground.toLonLat(u, v);
}
