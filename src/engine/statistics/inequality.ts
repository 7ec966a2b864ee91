/**
 * How unequally something is spread over persons: Gini, Palma, Theil T, concentration index, Foster–Greer–Thorbecke.
 *
 * Values are amounts ≥ 0 (what somebody can reach), weights are persons. Observations without a finite value or with no weight are left out.
 * All but FGT are free of scale (twice as much for everybody changes nothing), and none depends on how many times the whole city is counted.
 * NaN where there is nothing to compare: no observation, or nobody has anything. O(n log n) for the order, else O(n).
 *
 * The R package `accessibility` (Pereira & Herszenhut 2022) offers the same measures for transport; formulas here are from the sources named.
 */
import type { Ranked } from './ranked.ts';
import { amountBelow, orderBy, rankValues, takeRanked, totalsOf } from './ranked.ts';

/**
 * Gini coefficient, 0 (all have the same) … 1 − weight share of the only one who has something: ΣΣ wᵢ wⱼ |xᵢ − xⱼ| ÷ (2 W² μ), exactly, as one minus twice the
 * area below the Lorenz curve (Gini 1912; Lerman & Yitzhaki 1989 for weights).
 */
export function giniOf(ranked: Ranked): number {
  const { count, value, weight } = ranked;
  const totals = totalsOf(ranked);
  if (!(totals.amount > 0)) return NaN;
  let below = 0;
  let twiceArea = 0;
  for (let i = 0; i < count; i++) {
    const own = weight[i] * value[i];
    twiceArea += weight[i] * (2 * below + own);
    below += own;
  }
  // rounding may leave −1e-17 where all are equal
  return Math.max(0, 1 - twiceArea / (totals.weight * totals.amount));
}

export function gini(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  return giniOf(rankValues(values, weights));
}

/**
 * Palma ratio: mean of the top tenth ÷ mean of the bottom four tenths of the persons (Palma 2011; as a ratio of means, which transport studies use; the ratio of
 * the two groups' shares is a quarter of it). 1 where all have the same. The Lorenz curve is linear between observations: who lies across the 40 % or the 90 %
 * counts with the part within. Infinity where the bottom four tenths have nothing.
 */
export function palmaOf(ranked: Ranked): number {
  const { weight, amount } = totalsOf(ranked);
  if (!(amount > 0)) return NaN;
  const bottom = amountBelow(ranked, weight, 0.4) / 0.4;
  const top = (amount - amountBelow(ranked, weight, 0.9)) / 0.1;
  return top / bottom;
}

export function palma(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  return palmaOf(rankValues(values, weights));
}

/** Persons in the order of another variable, poorest first: the Palma ratio of what the richest and the poorest have (ties of the variable in the order given). */
export function palmaBy(values: ArrayLike<number>, weights: ArrayLike<number>, rankBy: ArrayLike<number>): number {
  return palmaOf(takeRanked(values, weights, orderBy(rankBy, weights, values)));
}

export interface Theil {
  readonly total: number;
  /** Σ over groups of their share of the amount × their own index. */
  readonly within: number;
  /** What is left when everybody has the mean of his group. */
  readonly between: number;
  /** By group: weight, mean and index. */
  readonly groups: readonly { readonly weight: number; readonly mean: number; readonly theil: number }[];
}

const xLogX = (x: number): number => (x > 0 ? x * Math.log(x) : 0);

/**
 * Theil T, 0 … ln(n): Σ wᵢ/W · xᵢ/μ · ln(xᵢ/μ), where 0 · ln 0 = 0, and its exact parts (Theil 1967; Shorrocks 1980: total = within + between).
 *
 * @param group by observation, 0 … groupCount − 1; below 0: the observation is left out
 */
export function theil(values: ArrayLike<number>, weights: ArrayLike<number>, group: ArrayLike<number>, groupCount: number): Theil {
  const weightOf = new Float64Array(groupCount);
  const amountOf = new Float64Array(groupCount);
  const counts = (i: number): boolean => group[i] >= 0 && weights[i] > 0 && Number.isFinite(weights[i]) && Number.isFinite(values[i]);
  let [weight, amount] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (!counts(i)) continue;
    weightOf[group[i]] += weights[i];
    amountOf[group[i]] += weights[i] * values[i];
    weight += weights[i];
    amount += weights[i] * values[i];
  }
  if (!(amount > 0)) return { total: NaN, within: NaN, between: NaN, groups: [] };
  const mean = amount / weight;
  const sumOf = new Float64Array(groupCount);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (!counts(i)) continue;
    total += weights[i] * xLogX(values[i] / mean);
    if (amountOf[group[i]] > 0) sumOf[group[i]] += weights[i] * xLogX((values[i] * weightOf[group[i]]) / amountOf[group[i]]);
  }
  let [within, between] = [0, 0];
  const groups = Array.from(weightOf, (ofGroup, g) => {
    const own = sumOf[g] / ofGroup;
    if (ofGroup > 0) {
      within += (amountOf[g] / amount) * own;
      between += (ofGroup / weight) * xLogX(amountOf[g] / ofGroup / mean);
    }
    return { weight: ofGroup, mean: amountOf[g] / ofGroup, theil: own };
  });
  return { total: total / weight, within, between, groups };
}

/** Theil T without groups. */
export function theilTotal(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  return theil(values, weights, new Uint8Array(values.length), 1).total;
}

/**
 * Concentration index, −1 … 1: 2 ÷ μ · cov(x, rank), with the fractional rank of each person by another variable (Kakwani, Wagstaff & van Doorslaer
 * 1997). Below 0: who ranks low has more; 0: no relation; ranked by the values themselves it is the Gini coefficient. Equals share their mean
 * rank.
 */
export function concentration(values: ArrayLike<number>, weights: ArrayLike<number>, rankBy: ArrayLike<number>): number {
  const order = orderBy(rankBy, weights, values);
  const ranked = takeRanked(values, weights, order);
  const { weight, amount, mean } = totalsOf(ranked);
  if (!(amount > 0)) return NaN;
  let covariance = 0;
  let before = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let [tied, tiedAmount] = [0, 0];
    for (; to < order.length && rankBy[order[to]] === rankBy[order[from]]; to++) {
      tied += ranked.weight[to];
      tiedAmount += ranked.weight[to] * ranked.value[to];
    }
    const rank = (before + tied / 2) / weight;
    covariance += (tiedAmount - tied * mean) * (rank - 0.5);
    before += tied;
    from = to;
  }
  return (2 * covariance) / (weight * mean);
}

/**
 * Foster–Greer–Thorbecke: mean over persons of ((line − x) ÷ line)^alpha for those below the line (1984). alpha 0: share of persons below;
 * 1: how far below, on average over all; 2: weighs the farthest most. 0 … 1.
 *
 * @throws RangeError where the line is not above 0
 */
export function fosterGreerThorbecke(values: ArrayLike<number>, weights: ArrayLike<number>, line: number, alpha: number): number {
  if (!(line > 0)) throw new RangeError(`a poverty line of ${line}`);
  let [weight, poor] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (!(weights[i] > 0) || !Number.isFinite(weights[i]) || !Number.isFinite(values[i])) continue;
    weight += weights[i];
    if (values[i] < line) poor += weights[i] * (alpha === 0 ? 1 : ((line - values[i]) / line) ** alpha);
  }
  return poor / weight;
}
