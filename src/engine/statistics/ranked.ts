/**
 * Weighted observations in ascending order, and what is read off that order: quantiles and Lorenz curves.
 *
 * An observation counts where its value is finite and its weight is above 0; anything else is left out. Equal values keep the order they came
 * in, so results are the same on every machine; what is computed from an order never depends on how equals are ordered.
 *
 * Memory: 20 bytes an observation.
 */

export interface Ranked {
  readonly count: number;
  /** Ascending by value (or by the variable they were ranked by). */
  readonly value: Float64Array;
  readonly weight: Float64Array;
  /** Where each came from. */
  readonly index: Uint32Array;
}

/** Indices of the observations that count, ascending by `key`. */
export function orderBy(key: ArrayLike<number>, weights: ArrayLike<number>, also: ArrayLike<number> = key): Uint32Array {
  const kept = new Uint32Array(key.length);
  let count = 0;
  for (let i = 0; i < key.length; i++) if (weights[i] > 0 && Number.isFinite(weights[i]) && Number.isFinite(key[i]) && Number.isFinite(also[i])) kept[count++] = i;
  return kept.subarray(0, count).sort((a, b) => key[a] - key[b] || a - b);
}

/** Observations by value; O(n log n). */
export function rankValues(values: ArrayLike<number>, weights: ArrayLike<number>): Ranked {
  return takeRanked(values, weights, orderBy(values, weights));
}

/** Observations in a given order (of orderBy, or a part of it that keeps the order). */
export function takeRanked(values: ArrayLike<number>, weights: ArrayLike<number>, index: Uint32Array): Ranked {
  const value = new Float64Array(index.length);
  const weight = new Float64Array(index.length);
  for (let i = 0; i < index.length; i++) {
    value[i] = values[index[i]];
    weight[i] = weights[index[i]];
  }
  return { count: index.length, value, weight, index };
}

export interface Totals {
  readonly weight: number;
  /** Σ weight · value. */
  readonly amount: number;
  /** NaN without observations. */
  readonly mean: number;
}

export function totalsOf({ count, value, weight }: Ranked): Totals {
  let [sum, amount] = [0, 0];
  for (let i = 0; i < count; i++) {
    sum += weight[i];
    amount += weight[i] * value[i];
  }
  return { weight: sum, amount, mean: amount / sum };
}

/**
 * The least value that at least the share `p` of the weight does not exceed: the inverse of the weighted distribution function (type 1 of
 * Hyndman & Fan 1996). No value is made up between two observed ones.
 *
 * @returns NaN without observations
 * @throws RangeError where p is not within 0 … 1
 */
export function quantileOf(ranked: Ranked, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile of ${p}`);
  const { count, value, weight } = ranked;
  if (count === 0) return NaN;
  // a hair less, so that the 40 of 100 equal weights of 0.1 are 40 %
  const wanted = totalsOf(ranked).weight * p * (1 - 1e-12);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += weight[i];
    if (sum >= wanted) return value[i];
  }
  return value[count - 1];
}

/** Weighted quantile, see {@link quantileOf}. */
export function weightedQuantile(values: ArrayLike<number>, weights: ArrayLike<number>, p: number): number {
  return quantileOf(rankValues(values, weights), p);
}

/**
 * Σ weight · value of the lowest share `p` of the weight, in the order given: the Lorenz curve, linear between observations (an observation that lies
 * across the border counts with the part that lies within).
 */
export function amountBelow({ count, value, weight }: Ranked, totalWeight: number, p: number): number {
  let left = totalWeight * p;
  let amount = 0;
  for (let i = 0; i < count && left > 0; i++) {
    const part = Math.min(left, weight[i]);
    amount += part * value[i];
    left -= part;
  }
  return amount;
}
