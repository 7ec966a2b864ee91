/** Sums between residents and opportunities, and how much an opportunity counts by what it costs to get there. */

/** What counts how much by cost. */
export type Impedance = { readonly limit: number } | { readonly table: Float64Array };

export interface Reach {
  /** By resident point: Σ over opportunities of weight × impedance of the way there. */
  forward(weights: Float64Array, impedance: Impedance): Float64Array;
  /** By opportunity: Σ over residents of weight × impedance of their way there. */
  backward(weights: Float64Array, impedance: Impedance): Float64Array;
  /** By limit (ascending, inclusive): as forward. */
  forwardLimits(weights: Float64Array, limits: readonly number[]): Float64Array[];
}

export function farthest(impedance: Impedance): number {
  return 'limit' in impedance ? impedance.limit : impedance.table.length - 1;
}

/** Weight of a cost. */
export function weightAt(impedance: Impedance, cost: number): number {
  if ('limit' in impedance) return cost <= impedance.limit ? 1 : 0;
  return cost < impedance.table.length ? impedance.table[cost] : 0;
}
