/** The times of one trip made whole: gaps interpolated, the small hours carried past 24:00, never running backwards. */

/** Stands for "no time given"; times are never negative. */
export const MISSING_TIME = -1;

const DAY_S = 86_400;

export interface MendedTimes {
  /** The stops from the first to the last one with a time: [first, end). */
  readonly first: number;
  readonly end: number;
  readonly interpolated: number;
  /** Times that 24 hours were added to. */
  readonly carried: number;
  /** Times that lay before their predecessor and were raised to it. */
  readonly raised: number;
}

/**
 * Mends arrival and departure in place. `along` gives the way travelled at each stop, in any unit, never decreasing; it
 * is asked for only where times are missing. Undefined where fewer than two stops have a time.
 *
 * Times that drop by more than twelve hours are taken for the next day's: feeds that write 00:10 for 24:10 do that, and
 * no vehicle is so late that it arrives half a day earlier.
 */
export function mendTimes(arrivalS: Int32Array, departureS: Int32Array, along: () => Float64Array): MendedTimes | undefined {
  const n = arrivalS.length;
  let timed = 0;
  let first = n;
  let last = -1;
  for (let i = 0; i < n; i++) {
    if (arrivalS[i] === MISSING_TIME) arrivalS[i] = departureS[i];
    if (departureS[i] === MISSING_TIME) departureS[i] = arrivalS[i];
    if (arrivalS[i] === MISSING_TIME) continue;
    if (first === n) first = i;
    last = i;
    timed++;
  }
  if (timed < 2) return undefined;
  const { carried, raised } = straighten(arrivalS, departureS, first, last);
  const interpolated = last - first + 1 - timed;
  if (interpolated > 0) fillGaps(arrivalS, departureS, first, last, along());
  return { first, end: last + 1, interpolated, carried, raised };
}

function straighten(arrivalS: Int32Array, departureS: Int32Array, first: number, last: number): { carried: number; raised: number } {
  let carried = 0;
  let raised = 0;
  let offset = 0;
  let previous = departureS[first];
  const mend = (timeS: number): number => {
    let mended = timeS + offset;
    if (mended < previous - DAY_S / 2) {
      offset += DAY_S;
      mended += DAY_S;
    }
    if (offset > 0) carried++;
    if (mended < previous) {
      raised++;
      mended = previous;
    }
    previous = mended;
    return mended;
  };
  previous = arrivalS[first];
  for (let i = first; i <= last; i++) {
    if (arrivalS[i] === MISSING_TIME) continue;
    const same = departureS[i] === arrivalS[i];
    arrivalS[i] = mend(arrivalS[i]);
    departureS[i] = same ? arrivalS[i] : mend(departureS[i]);
  }
  return { carried, raised };
}

function fillGaps(arrivalS: Int32Array, departureS: Int32Array, first: number, last: number, along: Float64Array): void {
  for (let from = first; from < last; ) {
    let to = from + 1;
    while (arrivalS[to] === MISSING_TIME) to++;
    const way = along[to] - along[from];
    for (let i = from + 1; i < to; i++) {
      const share = way > 0 ? (along[i] - along[from]) / way : (i - from) / (to - from);
      arrivalS[i] = departureS[i] = Math.round(departureS[from] + share * (arrivalS[to] - departureS[from]));
    }
    from = to;
  }
}
