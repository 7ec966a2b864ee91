/**
 * A straight line through values over time by least squares, and what it says of a time to come: the middle, and how far a new value may lie from it
 * (the prediction interval of ordinary regression; Montgomery, Peck & Vining, Introduction to Linear Regression Analysis, 2.5).
 */

export interface Trend {
  readonly n: number;
  /** Per unit of time. */
  readonly slope: number;
  /** Value of the line at a time. */
  at(time: number): number;
  /** Standard error of a new value at a time; 0 where the points lie on a line, NaN for fewer than three points. */
  errorAt(time: number): number;
}

/** @returns undefined for fewer than two different times */
export function fitTrend(times: ArrayLike<number>, values: ArrayLike<number>): Trend | undefined {
  const n = times.length;
  let meanTime = 0;
  let meanValue = 0;
  for (let i = 0; i < n; i++) {
    meanTime += times[i] / n;
    meanValue += values[i] / n;
  }
  let spread = 0;
  let together = 0;
  for (let i = 0; i < n; i++) {
    spread += (times[i] - meanTime) ** 2;
    together += (times[i] - meanTime) * (values[i] - meanValue);
  }
  if (!(spread > 0)) return undefined;
  const slope = together / spread;
  const at = (time: number): number => meanValue + slope * (time - meanTime);
  let left = 0;
  for (let i = 0; i < n; i++) left += (values[i] - at(times[i])) ** 2;
  const variance = n > 2 ? left / (n - 2) : NaN;
  return { n, slope, at, errorAt: (time) => Math.sqrt(variance * (1 + 1 / n + (time - meanTime) ** 2 / spread)) };
}
