/**
 * Whether like lies beside like: Moran's I for a whole map and for each unit, Getis and Ord's Gi* for hot and cold spots.
 *
 * Values are one per unit and all finite; units are as in the weights (spatial-weights.ts). A map of equal values has no pattern: NaN.
 */
import { Random } from '../../core/random.ts';
import type { SpatialWeights } from './spatial-weights.ts';

export interface Moran {
  /** n ÷ S0 · ΣΣ wᵢⱼ zᵢ zⱼ ÷ Σ zᵢ². About −1 … 1; above `expected` where like lies beside like. */
  readonly i: number;
  /** −1 ÷ (n − 1). */
  readonly expected: number;
  /** If the values were drawn from one normal distribution, and if these values were dealt out at random (Cliff & Ord 1981). */
  readonly varianceNormal: number;
  readonly varianceRandomised: number;
  /** (i − expected) ÷ √varianceRandomised. */
  readonly z: number;
  /** (1 + deals at least as high) ÷ (1 + deals), and the same for as far from the expectation on either side; NaN without deals. */
  readonly pHigher: number;
  readonly pEither: number;
}

function deviations(values: ArrayLike<number>): { z: Float64Array; squares: number; fourths: number } {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  const z = Float64Array.from({ length: values.length }, (_, i) => values[i] - mean);
  let [squares, fourths] = [0, 0];
  for (const d of z) {
    squares += d * d;
    fourths += d ** 4;
  }
  return { z, squares, fourths };
}

/** ΣΣ wᵢⱼ zᵢ zⱼ */
function crossProduct({ count, first, neighbour, weight }: SpatialWeights, z: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let lag = 0;
    for (let k = first[i]; k < first[i + 1]; k++) lag += weight[k] * z[neighbour[k]];
    sum += z[i] * lag;
  }
  return sum;
}

/** S0 = ΣΣ wᵢⱼ, S1 = ½ ΣΣ (wᵢⱼ + wⱼᵢ)², S2 = Σ (wᵢ. + w.ᵢ)². */
function weightSums({ count, first, neighbour, weight }: SpatialWeights): { s0: number; s1: number; s2: number } {
  const [rows, columns] = [new Float64Array(count), new Float64Array(count)];
  const find = (i: number, j: number): number => {
    let [low, high] = [first[i], first[i + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (neighbour[middle] < j) low = middle + 1;
      else high = middle;
    }
    return low < first[i + 1] && neighbour[low] === j ? weight[low] : 0;
  };
  let [s0, s1] = [0, 0];
  for (let i = 0; i < count; i++) {
    for (let k = first[i]; k < first[i + 1]; k++) {
      const j = neighbour[k];
      const back = find(j, i);
      rows[i] += weight[k];
      columns[j] += weight[k];
      s0 += weight[k];
      // a pair with a weight one way only is met once
      s1 += back === 0 ? weight[k] ** 2 : (weight[k] + back) ** 2 / 2;
    }
  }
  let s2 = 0;
  for (let i = 0; i < count; i++) s2 += (rows[i] + columns[i]) ** 2;
  return { s0, s1, s2 };
}

/**
 * Moran's I (Moran 1950) with its moments (Cliff & Ord 1981) and a pseudo p-value by dealing the values out anew.
 *
 * @param permutations deals, 0 for none; the same seed gives the same ones
 */
export function moran(values: ArrayLike<number>, weights: SpatialWeights, permutations = 0, seed = 1): Moran {
  const n = values.length;
  const { z, squares, fourths } = deviations(values);
  const { s0, s1, s2 } = weightSums(weights);
  const expected = -1 / (n - 1);
  if (!(squares > 1e-24 * n) || s0 === 0 || n < 3) return { i: NaN, expected, varianceNormal: NaN, varianceRandomised: NaN, z: NaN, pHigher: NaN, pEither: NaN };
  const scale = n / (s0 * squares);
  const i = scale * crossProduct(weights, z);
  const varianceNormal = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0) - expected ** 2;
  const kurtosis = (n * fourths) / squares ** 2;
  const varianceRandomised = n < 4 ? NaN
    : (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - expected ** 2;
  let [higher, either] = [0, 0];
  const random = new Random(seed);
  const dealt = z.slice();
  for (let p = 0; p < permutations; p++) {
    for (let k = n - 1; k > 0; k--) {
      const other = random.integer(0, k);
      const kept = dealt[k];
      dealt[k] = dealt[other];
      dealt[other] = kept;
    }
    const drawn = scale * crossProduct(weights, dealt);
    // as far but for the order in which sums were added up
    if (drawn >= i - 1e-12) higher++;
    if (Math.abs(drawn - expected) >= Math.abs(i - expected) - 1e-12) either++;
  }
  const p = (count: number): number => (permutations === 0 ? NaN : (count + 1) / (permutations + 1));
  return { i, expected, varianceNormal, varianceRandomised, z: (i - expected) / Math.sqrt(varianceRandomised), pHigher: p(higher), pEither: p(either) };
}

/** Local Moran: zᵢ ÷ m₂ · Σ wᵢⱼ zⱼ with m₂ = Σ z² ÷ n (Anselin 1995). They sum to S0 · I: with rows standardised their mean is I. */
export function localMoran(values: ArrayLike<number>, { count, first, neighbour, weight }: SpatialWeights): Float64Array {
  const { z, squares } = deviations(values);
  const local = new Float64Array(count).fill(NaN);
  if (!(squares > 1e-24 * count)) return local;
  for (let i = 0; i < count; i++) {
    let lag = 0;
    for (let k = first[i]; k < first[i + 1]; k++) lag += weight[k] * z[neighbour[k]];
    local[i] = (z[i] * lag * count) / squares;
  }
  return local;
}

/**
 * Gi*: how far the sum over a unit and its neighbours lies from what chance would give, in standard deviations (Ord & Getis 1995). Above 1.96: a hot spot, below
 * −1.96 a cold one, each at 5 %. The unit itself counts with the weight 1. NaN where a unit and its neighbours are all units.
 */
export function hotSpots(values: ArrayLike<number>, { count, first, neighbour, weight }: SpatialWeights): Float64Array {
  const scores = new Float64Array(count).fill(NaN);
  const { z, squares } = deviations(values);
  if (!(squares > 1e-24 * count)) return scores;
  const deviation = Math.sqrt(squares / count);
  for (let i = 0; i < count; i++) {
    let [sum, weights, weightSquares] = [z[i], 1, 1];
    for (let k = first[i]; k < first[i + 1]; k++) {
      if (neighbour[k] === i) continue;
      sum += weight[k] * z[neighbour[k]];
      weights += weight[k];
      weightSquares += weight[k] ** 2;
    }
    const spread = (count * weightSquares - weights ** 2) / (count - 1);
    if (spread > 1e-12) scores[i] = sum / (deviation * Math.sqrt(spread));
  }
  return scores;
}
