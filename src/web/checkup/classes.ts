/**
 * Classes of a choropleth.
 *
 * Where the standard prints a threshold it parts the colours: blue meets it, orange misses it, the further the darker; the two sides are parted again
 * at thirds of the places on them. Where it prints none the places are parted at quintiles and painted in one hue, dark for much: orange where much is
 * bad, blue where much is good, violet where neither is. Blue and orange stay apart for every common kind of colour blindness, and lightness alone
 * tells the order on one side.
 */
import type { Direction } from '../../checkup/model.ts';
import type { Shade } from '../shell/appearance.tsx';

export interface ThresholdLike {
  readonly op: '>=' | '<=' | '=' | 'between';
  readonly value: number;
  readonly upper?: number | undefined;
}

/** From the least to the greatest value of its places, both included: classes never overlap. */
export interface ValueClass {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  /** Undefined where no standard parts the classes. */
  readonly meets: boolean | undefined;
  readonly places: number;
}

export interface Classes {
  readonly by: 'standard' | 'quantiles' | 'change';
  readonly classes: readonly ValueClass[];
}

/** Pale to dark. */
const RAMPS = {
  light: {
    blue: ['#d6e6f4', '#abd0e6', '#6aaed6', '#3787c0', '#105ba4'],
    orange: ['#fdd9b4', '#fdb77a', '#f6913d', '#d9610f', '#9c3d05'],
    violet: ['#e4e1ef', '#c6c0de', '#a19bc8', '#7c6bb0', '#5b3794'],
  },
  dark: {
    blue: ['#20445e', '#2b628a', '#3a86bd', '#62aee3', '#a4d6f7'],
    orange: ['#553013', '#80461a', '#b5621f', '#e28a3c', '#ffc182'],
    violet: ['#38324f', '#544a7c', '#7467a8', '#9b8fd0', '#c8c0ef'],
  },
} as const;

export const GRADE_COLOURS: Readonly<Record<Shade, Readonly<Record<'very-good' | 'good' | 'fair' | 'poor', string>>>> = {
  light: { 'very-good': RAMPS.light.blue[4], good: RAMPS.light.blue[2], fair: RAMPS.light.orange[1], poor: RAMPS.light.orange[3] },
  dark: { 'very-good': RAMPS.dark.blue[4], good: RAMPS.dark.blue[2], fair: RAMPS.dark.orange[2], poor: RAMPS.dark.orange[4] },
};

/** Whether a value meets a threshold. */
export function meets({ op, value, upper }: ThresholdLike, measured: number): boolean {
  if (op === '>=') return measured >= value;
  if (op === '<=') return measured <= value;
  if (op === '=') return measured === value;
  return measured >= value && measured <= (upper ?? Infinity);
}

/** At most `count - 1` values that part `sorted` into classes of about as many places each; ties are never parted. */
export function quantileBreaks(sorted: readonly number[], count: number): number[] {
  const breaks: number[] = [];
  for (let i = 1; i < count; i++) {
    const at = sorted[Math.floor((i * sorted.length) / count)];
    if (at !== undefined && at > sorted[0] && at !== breaks.at(-1)) breaks.push(at);
  }
  return breaks;
}

type Ramp = keyof (typeof RAMPS)['light'];

/** Which steps of a ramp so many classes take: apart from each other, the palest only where it must be. */
const STEPS: Readonly<Record<number, readonly number[]>> = { 1: [3], 2: [1, 3], 3: [1, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4] };

const stepsOf = (shade: Shade, ramp: Ramp, count: number): string[] => STEPS[count].map((step) => RAMPS[shade][ramp][step]);

/** A least value that so many of the places share (0 of a count, 0 % of a share) is a class by itself. */
const TIED_SHARE = 0.2;

function partEvenly(sorted: readonly number[], count: number, colours: (classes: number) => readonly string[], meetsIt: boolean | undefined): ValueClass[] {
  const [least] = sorted;
  const others = sorted.slice(sorted.findLastIndex((value) => value === least) + 1);
  const tied = others.length > 0 && sorted.length - others.length > TIED_SHARE * sorted.length;
  // each class starts here and ends before the next
  const starts = tied ? [least, others[0], ...quantileBreaks(others, count - 1)] : [least, ...quantileBreaks(sorted, count)];
  return colours(starts.length).map((colour, i) => {
    const members = sorted.filter((value) => value >= starts[i] && (i + 1 === starts.length || value < starts[i + 1]));
    return { from: starts[i], to: members.at(-1) ?? starts[i], colour, meets: meetsIt, places: members.length };
  });
}

function partSide(sorted: readonly number[], shade: Shade, ramp: Ramp, meetsIt: boolean, darkFirst: boolean): ValueClass[] {
  if (sorted.length === 0) return [];
  return partEvenly(sorted, 3, (count) => (darkFirst ? stepsOf(shade, ramp, count).reverse() : stepsOf(shade, ramp, count)), meetsIt);
}

function byStandard(sorted: readonly number[], threshold: ThresholdLike, shade: Shade): Classes {
  const good = sorted.filter((value) => meets(threshold, value));
  const bad = sorted.filter((value) => !meets(threshold, value));
  // what lies below the band or the mark, and what lies above it
  const low = bad.filter((value) => value < threshold.value);
  const high = bad.filter((value) => value >= threshold.value);
  return {
    by: 'standard',
    classes: [
      ...partSide(low, shade, 'orange', false, true),
      // dark is the best: the most where more is better, the least where less is
      ...partSide(good, shade, 'blue', true, threshold.op === '<='),
      ...partSide(high, shade, 'orange', false, false),
    ].toSorted((a, b) => a.from - b.from || a.to - b.to),
  };
}

function byQuantiles(sorted: readonly number[], direction: Direction, shade: Shade): Classes {
  const ramp: Ramp = direction === 'down' ? 'orange' : direction === 'up' ? 'blue' : 'violet';
  // one class of zeros is nothing to be shown dark
  return { by: 'quantiles', classes: partEvenly(sorted, 5, (count) => (sorted.at(-1) === 0 ? [RAMPS[shade][ramp][0]] : stepsOf(shade, ramp, count)), undefined) };
}

/** @param values of the places to be painted, finite; @returns no class where there is no value */
export function buildClasses(values: readonly number[], direction: Direction, threshold: ThresholdLike | undefined, shade: Shade): Classes {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return { by: threshold === undefined ? 'quantiles' : 'standard', classes: [] };
  return threshold === undefined ? byQuantiles(sorted, direction, shade) : byStandard(sorted, threshold, shade);
}

/** Changes from one period to another: blue for the better, orange for the worse, the more the darker; a class of its own for none. */
export function buildChangeClasses(changes: readonly number[], direction: Direction, shade: Shade): Classes {
  const sorted = changes.toSorted((a, b) => a - b);
  const upIsBad = direction === 'down';
  const less = partSide(sorted.filter((value) => value < 0), shade, upIsBad ? 'blue' : 'orange', upIsBad, true);
  const more = partSide(sorted.filter((value) => value > 0), shade, upIsBad ? 'orange' : 'blue', !upIsBad, false);
  const none = sorted.filter((value) => value === 0).length;
  const still: ValueClass[] = none === 0 ? [] : [{ from: 0, to: 0, colour: shade === 'dark' ? '#4a5250' : '#e9e7e1', meets: undefined, places: none }];
  return { by: 'change', classes: [...less, ...still, ...more] };
}

/** The class of a value that was among those parted; undefined for others. */
export function classOf({ classes }: Classes, value: number): ValueClass | undefined {
  return classes.find(({ from, to }) => value >= from && value <= to);
}
