import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concentration, fosterGreerThorbecke, gini, palma, palmaBy, theil, theilTotal } from './inequality.ts';
import { weightedQuantile } from './ranked.ts';

const ones = (n: number): number[] => Array.from({ length: n }, () => 1);

// ---- twins: each measure as its definition says, pair by pair or person by person --------------------------------------

function plainGini(x: readonly number[], w: readonly number[]): number {
  let [pairs, weight, amount] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    weight += w[i];
    amount += w[i] * x[i];
    for (let j = 0; j < x.length; j++) pairs += w[i] * w[j] * Math.abs(x[i] - x[j]);
  }
  return pairs / (2 * weight * amount);
}

/** Every person by himself: weights must be whole numbers. */
const unfold = (x: readonly number[], w: readonly number[]): number[] => x.flatMap((value, i) => Array.from({ length: w[i] }, () => value)).sort((a, b) => a - b);

function plainPalma(x: readonly number[], w: readonly number[]): number {
  // ten of each person: 40 % and 90 % are whole numbers of them
  const persons = unfold(x, w.map((each) => 10 * each));
  const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  return mean(persons.slice(0.9 * persons.length)) / mean(persons.slice(0, 0.4 * persons.length));
}

function plainTheil(x: readonly number[], w: readonly number[]): number {
  const persons = unfold(x, w);
  const mean = persons.reduce((a, b) => a + b, 0) / persons.length;
  return persons.reduce((sum, value) => sum + (value === 0 ? 0 : (value / mean) * Math.log(value / mean)), 0) / persons.length;
}

/** Persons by rank; those of equal rank share their places. */
function plainConcentration(x: readonly number[], w: readonly number[], rankBy: readonly number[]): number {
  const persons = x.flatMap((value, i) => Array.from({ length: w[i] }, () => ({ value, by: rankBy[i] })));
  const n = persons.length;
  const mean = persons.reduce((sum, { value }) => sum + value, 0) / n;
  const rank = (by: number): number => (persons.filter((each) => each.by < by).length + persons.filter((each) => each.by === by).length / 2) / n;
  return (2 / (n * mean)) * persons.reduce((sum, { value, by }) => sum + (value - mean) * (rank(by) - 0.5), 0);
}

/** Amounts in millionths, so that sums of them are as exact as sums of amounts are. */
const amounts = (least: number) => fc.array(fc.tuple(fc.double({ min: least, max: 1e6, noNaN: true }).map((x) => Math.max(least, Math.round(x * 1e6) / 1e6)), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 })), { minLength: 2, maxLength: 40 });

describe('Gini', () => {
  it('has its closed forms', () => {
    expect(gini([3, 3, 3], [1, 5, 2])).toBe(0);
    // two values a ≤ b of equal weight: (b − a) ÷ 2(a + b)
    expect(gini([1, 3], [1, 1])).toBeCloseTo(0.25, 14);
    // all in one hand of n: 1 − 1/n
    expect(gini([0, 0, 0, 8], ones(4))).toBeCloseTo(0.75, 14);
    // 1 … n: (n − 1) ÷ 3n … from ΣΣ|i − j| = n(n² − 1)/3
    expect(gini(Array.from({ length: 100 }, (_, i) => i + 1), ones(100))).toBeCloseTo(99 / 300, 13);
    // lognormal by its quantiles: erf(σ/2) = 0.276326 for σ = 0.5
    const n = 20_000;
    const lognormal = Array.from({ length: n }, (_, i) => Math.exp(0.5 * normalQuantile((i + 0.5) / n)));
    expect(gini(lognormal, ones(n))).toBeCloseTo(0.276326, 4);
    expect(theilTotal(lognormal, ones(n))).toBeCloseTo(0.125, 3); // σ²/2
  });

  it('is the mean difference of all pairs, free of scale and of how often all are counted', () => {
    fc.assert(fc.property(amounts(0.001), (rows) => {
      const [x, w] = [rows.map((r) => r[0]), rows.map((r) => r[1])];
      const g = gini(x, w);
      expect(g).toBeCloseTo(plainGini(x, w), 10);
      expect(gini(x.map((v) => 7 * v), w)).toBeCloseTo(g, 10);
      expect(gini(x, w.map((v) => 3.5 * v))).toBeCloseTo(g, 10);
      expect(gini([...x, ...x], [...w, ...w])).toBeCloseTo(g, 10);
      expect(gini(x.toReversed(), w.toReversed())).toBeCloseTo(g, 12);
      expect(gini(unfold(x, w), ones(w.reduce((a, b) => a + b, 0)))).toBeCloseTo(g, 10);
      // a gift to all makes it less, in the proportion of the means
      const mean = x.reduce((sum, v, i) => sum + v * w[i], 0) / w.reduce((a, b) => a + b, 0);
      expect(gini(x.map((v) => v + mean), w)).toBeCloseTo(g / 2, 9);
    }), { numRuns: 200, seed: 11 });
  });

  it('leaves out what is not known and knows nothing of nothing', () => {
    expect(gini([1, NaN, 3, Infinity, 99], [1, 1, 1, 1, 0])).toBeCloseTo(0.25, 14);
    expect(gini([], [])).toBeNaN();
    expect(gini([0, 0], [1, 1])).toBeNaN();
  });
});

/** Acklam's rational approximation, 1e-9. */
function normalQuantile(p: number): number {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const at = (k: readonly number[], x: number): number => k.reduce((sum, each) => sum * x + each, 0);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) return at(c, Math.sqrt(-2 * Math.log(p))) / at(d, Math.sqrt(-2 * Math.log(p)));
  const q = p - 0.5;
  return (q * at(a, q * q)) / at(b, q * q);
}

describe('Palma', () => {
  it('is what the top tenth has on average for each unit of the bottom four', () => {
    expect(palma([5, 5], [1, 9])).toBeCloseTo(1, 14);
    // 1 … 10: 10 ÷ mean(1 … 4)
    expect(palma([7, 1, 10, 4, 3, 2, 8, 6, 5, 9], ones(10))).toBeCloseTo(10 / 2.5, 12);
    // three persons: the bottom 1.2 persons have 1 + 0.2 · 2, the top 0.3 persons 0.3 · 4
    expect(palma([1, 2, 4], ones(3))).toBeCloseTo(4 / (1.4 / 1.2), 12);
    expect(palma([0, 0, 1], ones(3))).toBe(Infinity);
    expect(palma([0, 0], ones(2))).toBeNaN();
  });

  it('agrees with persons counted one by one, whatever their order', () => {
    fc.assert(fc.property(amounts(1), (rows) => {
      const [x, w] = [rows.map((r) => r[0]), rows.map((r) => r[1])];
      const ratio = palma(x, w);
      expect(ratio / plainPalma(x, w)).toBeCloseTo(1, 9);
      expect(palma(x.map((v) => 0.2 * v), w) / ratio).toBeCloseTo(1, 9);
      expect(palmaBy(x, w, x) / ratio).toBeCloseTo(1, 9);
    }), { numRuns: 200, seed: 12 });
  });

  it('by another variable compares its rich with its poor', () => {
    // the richest tenth (the last of ten by income) reaches 3, the poorest four 6 on average
    expect(palmaBy([6, 6, 6, 6, 1, 1, 1, 1, 1, 3], ones(10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBeCloseTo(0.5, 12);
  });
});

describe('Theil T', () => {
  it('has its closed forms', () => {
    expect(theilTotal([4, 4, 4], [1, 2, 3])).toBe(0);
    expect(theilTotal([0, 0, 0, 5], ones(4))).toBeCloseTo(Math.log(4), 12);
    // 1 and 3: ½(½ ln ½ + 1.5 ln 1.5)
    expect(theilTotal([1, 3], ones(2))).toBeCloseTo(0.5 * (0.5 * Math.log(0.5) + 1.5 * Math.log(1.5)), 14);
  });

  it('is within + between to 1e-12, and agrees with persons one by one', () => {
    fc.assert(fc.property(amounts(0), (rows) => {
      const [x, w, g] = [rows.map((r) => r[0]), rows.map((r) => r[1]), rows.map((r) => r[2])];
      if (x.every((v) => v === 0)) return;
      const parts = theil(x, w, g, 6);
      expect(Math.abs(parts.within + parts.between - parts.total)).toBeLessThan(1e-12);
      expect(parts.total).toBeCloseTo(plainTheil(x, w), 10);
      expect(parts.between).toBeGreaterThan(-1e-12);
      expect(parts.within).toBeGreaterThan(-1e-12);
      // everybody his group's mean: nothing is left within
      const flat = theil(g.map((group) => parts.groups[group].mean), w, g, 6);
      expect(Math.abs(flat.within)).toBeLessThan(1e-12);
      expect(flat.total).toBeCloseTo(parts.between, 10);
      expect(theil(x.map((v) => 9 * v), w, g, 6).between).toBeCloseTo(parts.between, 10);
    }), { numRuns: 300, seed: 13 });
  });

  it('leaves out who is in no group', () => {
    expect(theil([1, 3, 50], ones(3), [0, 1, -1], 2).total).toBeCloseTo(theilTotal([1, 3], ones(2)), 14);
  });
});

describe('concentration index', () => {
  it('is the Gini coefficient where the rank is the value itself, minus that where it is turned round, 0 without relation', () => {
    fc.assert(fc.property(amounts(0.001), (rows) => {
      const [x, w, r] = [rows.map((each) => each[0]), rows.map((each) => each[1]), rows.map((each) => each[2])];
      const g = gini(x, w);
      expect(concentration(x, w, x)).toBeCloseTo(g, 9);
      expect(concentration(x, w, x.map((v) => -v))).toBeCloseTo(-g, 9);
      expect(concentration(x, w, ones(x.length))).toBeCloseTo(0, 9);
      expect(concentration(x, w, r)).toBeCloseTo(plainConcentration(x, w, r), 9);
      expect(Math.abs(concentration(x, w, r))).toBeLessThanOrEqual(g + 1e-9);
    }), { numRuns: 150, seed: 14 });
  });
});

describe('Foster–Greer–Thorbecke', () => {
  it('has the worked numbers of its definition', () => {
    // line 10: persons with 5 and 8 are poor by 0.5 and 0.2; one with exactly 10 is not
    const [x, w] = [[5, 8, 10, 20], [1, 2, 3, 4]];
    expect(fosterGreerThorbecke(x, w, 10, 0)).toBeCloseTo(0.3, 14);
    expect(fosterGreerThorbecke(x, w, 10, 1)).toBeCloseTo((0.5 + 2 * 0.2) / 10, 14);
    expect(fosterGreerThorbecke(x, w, 10, 2)).toBeCloseTo((0.25 + 2 * 0.04) / 10, 14);
    expect(fosterGreerThorbecke([0, 0], [1, 1], 1, 2)).toBe(1);
    expect(fosterGreerThorbecke([], [], 1, 0)).toBeNaN();
    expect(() => fosterGreerThorbecke(x, w, 0, 0)).toThrow(RangeError);
  });

  it('parts into groups by their weight, and falls with alpha', () => {
    fc.assert(fc.property(amounts(0), fc.double({ min: 1, max: 1e6, noNaN: true }), (rows, line) => {
      const [x, w, g] = [rows.map((r) => r[0]), rows.map((r) => r[1]), rows.map((r) => r[2])];
      const [p0, p1, p2] = [0, 1, 2].map((alpha) => fosterGreerThorbecke(x, w, line, alpha));
      expect(p0).toBeGreaterThanOrEqual(p1);
      expect(p1).toBeGreaterThanOrEqual(p2);
      const all = w.reduce((a, b) => a + b, 0);
      let sum = 0;
      for (let group = 0; group < 6; group++) {
        const own = w.map((each, i) => (g[i] === group ? each : 0));
        const weight = own.reduce((a, b) => a + b, 0);
        if (weight > 0) sum += (weight / all) * fosterGreerThorbecke(x, own, line, 1);
      }
      expect(sum).toBeCloseTo(p1, 10);
    }), { numRuns: 200, seed: 15 });
  });
});

describe('weighted quantiles', () => {
  it('are observed values that at least the share does not exceed', () => {
    expect(weightedQuantile([4, 1, 3, 2], ones(4), 0.5)).toBe(2);
    expect(weightedQuantile([4, 1, 3, 2], ones(4), 0.51)).toBe(3);
    expect(weightedQuantile([1, 100], [9, 1], 0.9)).toBe(1);
    expect(weightedQuantile([1, 100], [8.9, 1.1], 0.9)).toBe(100);
    expect(weightedQuantile([], [], 0.5)).toBeNaN();
    expect(() => weightedQuantile([1], [1], 1.5)).toThrow(RangeError);
  });

  it('agree with persons counted one by one', () => {
    fc.assert(fc.property(amounts(0), fc.integer({ min: 0, max: 100 }), (rows, percent) => {
      const [x, w] = [rows.map((r) => r[0]), rows.map((r) => r[1])];
      const persons = unfold(x, w);
      const at = Math.max(0, Math.ceil((percent * persons.length) / 100) - 1);
      expect(weightedQuantile(x, w, percent / 100)).toBe(persons[at]);
    }), { numRuns: 200, seed: 16 });
  });
});
