/**
 * How much an opportunity counts by the time or distance it takes to reach: a table of weights by whole cost.
 *
 * A table makes every function alike for the sweeps (one look-up) and exact (no two machines' `exp` differ between lanes).
 * Its length is where the function ends: costs beyond it count nothing.
 *
 * Functions, with t the cost and c the cut-off in minutes (or kilometres where costs are distances):
 * - `step`: 1 while t < c. Cumulative opportunities.
 * - `logistic:sd=s`: g(0) / g(t), g(t) = 1 + exp((t − c)·π / (s·√3)); ½ near c. Bauer & Groneberg 2016, eq. 9; R5's
 *   "logistic".
 * - `linear`: 1 − t/c. `linear:width=w`: 1 until c − w/2, 0 from c + w/2, R5's "linear"; there a second counts as its middle.
 * - `exp`: half as much at c, R5's "exponential". `exp:rate=r`: exp(−r·t) while t < c.
 * - `power:b=β`: t^−β while t < c, 1 for t ≤ 1.
 *
 * As in R5, the curves without an end of their own (logistic, exp) end where they fall below 0.001.
 */
import { MAX_COST } from '../search/search-graph.ts';

export type Decay =
  | { readonly kind: 'step' }
  | { readonly kind: 'logistic'; readonly sd: number }
  | { readonly kind: 'linear'; readonly width?: number }
  | { readonly kind: 'exp'; readonly rate?: number }
  | { readonly kind: 'power'; readonly b: number };

/** R5's ZERO_EPSILON: weights below it end a curve. */
const LEAST_WEIGHT = 0.001;

type Curve = (t: number) => number;

/** The weight at t and the t from which on it is 0, both in the unit of the cut-off. */
function curveOf(decay: Decay, cutoff: number, unit: number): { weight: Curve; end: number } {
  switch (decay.kind) {
    case 'step':
      return { weight: () => 1, end: cutoff };
    case 'logistic': {
      const g: Curve = (t) => 1 + Math.exp(((t - cutoff) * Math.PI) / (decay.sd * Math.sqrt(3)));
      // 0.001 · g(t) = g(0) solved for t
      const end = cutoff + ((decay.sd * Math.sqrt(3)) / Math.PI) * Math.log(g(0) / LEAST_WEIGHT - 1);
      return { weight: (t) => g(0) / g(t), end };
    }
    case 'linear': {
      if (decay.width === undefined) return { weight: (t) => 1 - t / cutoff, end: cutoff };
      const width = decay.width;
      // half a unit of cost: a cost of s stands for all between s and s + 1
      return { weight: (t) => Math.min(1, 1 - (t + 0.5 / unit - (cutoff - width / 2)) / width), end: cutoff + width / 2 };
    }
    case 'exp': {
      if (decay.rate === undefined) return { weight: (t) => Math.exp((-Math.LN2 * t) / cutoff), end: (cutoff * -Math.log(LEAST_WEIGHT)) / Math.LN2 };
      const rate = decay.rate;
      return { weight: (t) => Math.exp(-rate * t), end: cutoff };
    }
    case 'power':
      return { weight: (t) => (t <= 1 ? 1 : t ** -decay.b), end: cutoff };
  }
}

/**
 * Weights by whole cost for a cut-off, `unit` costs long each minute (60 for seconds) or kilometre (10⁶ for millimetres).
 * Entry i is the weight of cost i; a step's table is all ones.
 *
 * @throws RangeError where the cut-off is not above 0, a parameter is not a finite number above 0, or the table would exceed `longest`
 */
export function buildDecayTable(decay: Decay, cutoff: number, unit: number, longest = 50_000_000): Float64Array {
  if (!(cutoff > 0) || !Number.isFinite(cutoff)) throw new RangeError(`a cut-off of ${cutoff}`);
  for (const [name, value] of Object.entries(decay)) {
    if (name !== 'kind' && !(Number(value) > 0 && Number.isFinite(value))) throw new RangeError(`${decay.kind} with ${name} of ${String(value)}`);
  }
  const { weight, end } = curveOf(decay, cutoff, unit);
  // below 1e-9 of a unit the end is a whole cost that floating point missed
  const length = Math.max(0, Math.ceil(end * unit - 1e-9));
  if (length > Math.min(longest, MAX_COST)) throw new RangeError(`a table of ${length} costs`);
  return Float64Array.from({ length }, (_, cost) => weight(cost / unit));
}

const PARAMETERS: Readonly<Record<Decay['kind'], { name: string; needed: boolean } | undefined>> = {
  step: undefined,
  logistic: { name: 'sd', needed: true },
  linear: { name: 'width', needed: false },
  exp: { name: 'rate', needed: false },
  power: { name: 'b', needed: true },
};

/**
 * Reads `step`, `logistic:sd=1`, `linear`, `linear:width=10`, `exp`, `exp:rate=0.1`, `power:b=2`; the number alone will do (`power:2`).
 *
 * @throws RangeError that names what is wrong
 */
export function parseDecay(text: string): Decay {
  const [kind, rest, ...more] = text.trim().split(':');
  if (!Object.hasOwn(PARAMETERS, kind) || more.length > 0) throw new RangeError(`"${text}" is none of ${Object.keys(PARAMETERS).join(', ')}`);
  const parameter = PARAMETERS[kind as Decay['kind']];
  if (rest === undefined) {
    if (parameter?.needed === true) throw new RangeError(`"${text}" lacks ${parameter.name}, as in ${kind}:${parameter.name}=1`);
    return { kind } as Decay;
  }
  const [first, second] = rest.split('=');
  const name = second === undefined ? parameter?.name : first;
  const value = Number(second ?? first);
  if (parameter === undefined || name !== parameter.name) throw new RangeError(`"${text}": ${kind} has no parameter ${String(name ?? first)}`);
  if (!(value > 0) || !Number.isFinite(value)) throw new RangeError(`"${text}": ${name} must be a number above 0`);
  return { kind, [name]: value } as Decay;
}
