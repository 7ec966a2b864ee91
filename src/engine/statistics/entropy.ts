/** Shannon's entropy of shares (1948), natural logarithm. */

/** −Σ pᵢ ln pᵢ of amounts; those that are not above 0 add nothing. NaN where all are. */
export function shannonEntropy(amounts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) if (amounts[i] > 0) total += amounts[i];
  if (!(total > 0)) return NaN;
  let entropy = 0;
  for (let i = 0; i < amounts.length; i++) if (amounts[i] > 0) entropy -= (amounts[i] / total) * Math.log(amounts[i] / total);
  return entropy;
}

/** Entropy ÷ ln(number of classes): 0 where there is one class only, 1 where all have the same (Frank & Pivo 1994). */
export function evenness(amounts: ArrayLike<number>): number {
  return amounts.length < 2 ? NaN : shannonEntropy(amounts) / Math.log(amounts.length);
}
