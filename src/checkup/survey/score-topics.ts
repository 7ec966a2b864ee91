/**
 * Scores by topic with margins of error, for the city and for each of its places.
 *
 * The city's score weighs communities by their residents where both are known (the sample is stratified by community): Σ W_h ȳ_h with
 * W_h = residents of h ÷ residents of all that answered, variance Σ W_h² s_h² ÷ n_h (Cochran 1977, ch. 5; without the correction for a finite population, which is
 * under a thousandth here). A community with one answer takes the variance of all answers. The margin is 1.96 standard errors. Without
 * communities: the plain mean and s² ÷ n.
 */
export interface TopicScore {
  readonly score: number;
  /** Half the 95 % interval; Infinity for a single answer. */
  readonly margin: number;
  readonly n: number;
}

const Z95 = 1.96;

interface Moments { n: number; sum: number; squares: number }

function varianceOf({ n, sum, squares }: Moments): number {
  return n < 2 ? NaN : Math.max(0, (squares - (sum * sum) / n) / (n - 1));
}

/**
 * @param scores by row, of 100; NaN: no answer
 * @param counts by row: 1 where the row counts
 * @param stratum by row: its community, −1 unknown
 * @param residents of a community; undefined where unknown
 * @returns undefined where nobody answered
 */
export function scoreTopic(scores: Float64Array, counts: Uint8Array, stratum: Int32Array, residents: (community: number) => number | undefined): TopicScore | undefined {
  const all: Moments = { n: 0, sum: 0, squares: 0 };
  const strata = new Map<number, Moments>();
  for (let row = 0; row < scores.length; row++) {
    const y = scores[row];
    if (counts[row] === 0 || Number.isNaN(y)) continue;
    let own = strata.get(stratum[row]);
    if (own === undefined) strata.set(stratum[row], (own = { n: 0, sum: 0, squares: 0 }));
    for (const moments of [all, own]) {
      moments.n++;
      moments.sum += y;
      moments.squares += y * y;
    }
  }
  if (all.n === 0) return undefined;
  const overall = varianceOf(all);
  const weights = [...strata.keys()].map((community) => (community < 0 ? undefined : residents(community)));
  const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  if (weights.some((weight) => weight === undefined) || total === 0) {
    return { score: all.sum / all.n, margin: all.n < 2 ? Infinity : Z95 * Math.sqrt(overall / all.n), n: all.n };
  }
  let score = 0;
  let variance = 0;
  [...strata.values()].forEach((moments, i) => {
    const share = weights[i]! / total;
    score += share * (moments.sum / moments.n);
    variance += share * share * ((moments.n < 2 ? overall : varianceOf(moments)) / moments.n);
  });
  return { score, margin: all.n < 2 ? Infinity : Z95 * Math.sqrt(variance), n: all.n };
}
