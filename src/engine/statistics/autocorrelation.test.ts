import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hotSpots, localMoran, moran } from './autocorrelation.ts';
import { evenness, shannonEntropy } from './entropy.ts';
import type { SpatialWeights } from './spatial-weights.ts';
import { nearestNeighbours, rowStandardised, weightsFromPairs } from './spatial-weights.ts';

/** Squares of a chessboard that share an edge. */
function rook(columns: number, rows: number): SpatialWeights {
  const [from, to]: [number[], number[]] = [[], []];
  for (let i = 0; i < columns * rows; i++) {
    for (let j = 0; j < columns * rows; j++) {
      const apart = Math.abs((i % columns) - (j % columns)) + Math.abs(Math.floor(i / columns) - Math.floor(j / columns));
      if (apart === 1) {
        from.push(i);
        to.push(j);
      }
    }
  }
  return weightsFromPairs(columns * rows, from, to);
}

function dense({ count, first, neighbour, weight }: SpatialWeights): number[][] {
  const matrix = Array.from({ length: count }, () => Array.from({ length: count }, () => 0));
  for (let i = 0; i < count; i++) for (let k = first[i]; k < first[i + 1]; k++) matrix[i][neighbour[k]] = weight[k];
  return matrix;
}

function plainMoran(x: readonly number[], w: number[][]): number {
  const n = x.length;
  const mean = x.reduce((a, b) => a + b, 0) / n;
  let [above, weights, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    squares += (x[i] - mean) ** 2;
    for (let j = 0; j < n; j++) {
      above += w[i][j] * (x[i] - mean) * (x[j] - mean);
      weights += w[i][j];
    }
  }
  return (n / weights) * (above / squares);
}

function* permutationsOf<T>(items: readonly T[]): Generator<T[]> {
  if (items.length < 2) yield [...items];
  else for (let i = 0; i < items.length; i++) for (const rest of permutationsOf([...items.slice(0, i), ...items.slice(i + 1)])) yield [items[i], ...rest];
}

/** A star with one-way rays: no symmetry to hide behind. */
const STAR: SpatialWeights = { ...weightsFromPairs(6, [0, 0, 1, 2, 3, 4, 5], [1, 2, 0, 3, 4, 5, 0]), weight: Float64Array.of(1, 2, 0.5, 1, 1, 3, 1) };
const VALUES = [3, 8, 1, 9, 9, 4];

describe("Moran's I", () => {
  it('is −1 on a chessboard, 0 for its rows in pairs, near 1 for two halves', () => {
    const board = Array.from({ length: 64 }, (_, i) => ((i % 8) + Math.floor(i / 8)) % 2);
    expect(moran(board, rook(8, 8)).i).toBeCloseTo(-1, 12);
    // halves of an 8 × 8 board: of 112 borders 8 lie between unlike, so (104 − 8) ÷ 112
    const halves = Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 0 : 1));
    expect(moran(halves, rook(8, 8)).i).toBeCloseTo(96 / 112, 12);
    expect(moran(halves, rook(8, 8), 199, 4).pHigher).toBeCloseTo(1 / 200, 12);
    expect(moran(board, rook(8, 8), 199, 4).pHigher).toBe(1);
    expect(moran(board, rook(8, 8), 199, 4).pEither).toBeCloseTo(1 / 200, 12);
    expect(moran(Array.from({ length: 64 }, () => 5), rook(8, 8)).i).toBeNaN();
  });

  it('has the expectation and variance of all orders of its values, weights both ways or not', () => {
    for (const weights of [STAR, rook(3, 2), rowStandardised(rook(3, 2))]) {
      const matrix = dense(weights);
      const all = [...permutationsOf(VALUES)].map((order) => plainMoran(order, matrix));
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      const variance = all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / all.length;
      const result = moran(VALUES, weights);
      expect(result.i).toBeCloseTo(plainMoran(VALUES, matrix), 12);
      expect(result.expected).toBeCloseTo(mean, 10);
      expect(result.varianceRandomised).toBeCloseTo(variance, 10);
    }
  });

  it('has nearly the variance of dealt values by its normal formula, where values are normal', () => {
    // quantiles of a normal distribution have its kurtosis but for the tails
    const weights = rook(10, 10);
    const values = Array.from({ length: 100 }, (_, i) => Math.log((i + 0.5) / (99.5 - i)));
    const { varianceNormal, varianceRandomised } = moran(values, weights);
    expect(varianceNormal / varianceRandomised).toBeGreaterThan(0.97);
    expect(varianceNormal / varianceRandomised).toBeLessThan(1.03);
  });

  it('deals the same for the same seed, and its p-value is that of all orders', () => {
    const weights = rook(3, 2);
    const matrix = dense(weights);
    const own = plainMoran(VALUES, matrix);
    const all = [...permutationsOf(VALUES)].map((order) => plainMoran(order, matrix));
    const exact = all.filter((each) => each >= own - 1e-12).length / all.length;
    const result = moran(VALUES, weights, 9999, 7);
    expect(moran(VALUES, weights, 9999, 7)).toEqual(result);
    expect(Math.abs(result.pHigher - exact)).toBeLessThan(0.02);
  });

  it('is the mean of the local ones where rows are standardised, and does not mind scale or shift', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 12, maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (values, scale) => {
      if (values.every((v) => v === values[0])) return;
      const weights = rowStandardised(rook(4, 3));
      const { i } = moran(values, weights);
      expect(localMoran(values, weights).reduce((a, b) => a + b, 0) / 12).toBeCloseTo(i, 10);
      expect(moran(values.map((v) => scale * v + 1000), weights).i).toBeCloseTo(i, 8);
    }), { numRuns: 100, seed: 3 });
  });
});

describe('Gi*', () => {
  it('is the distance from the mean of all orders in their standard deviations', () => {
    const weights = rook(3, 2);
    const scores = hotSpots(VALUES, weights);
    const matrix = dense(weights);
    for (let i = 0; i < 6; i++) {
      const sum = (x: readonly number[]): number => x.reduce((total, value, j) => total + (j === i ? value : matrix[i][j] * value), 0);
      const all = [...permutationsOf(VALUES)].map(sum);
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      const deviation = Math.sqrt(all.reduce((total, each) => total + (each - mean) ** 2, 0) / all.length);
      expect(scores[i]).toBeCloseTo((sum(VALUES) - mean) / deviation, 10);
    }
  });

  it('finds a planted spot and nothing in equal values', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i * 7) % 5);
    for (const i of [44, 45, 54, 55]) values[i] = 40;
    const scores = hotSpots(values, rook(10, 10));
    const hot = [...scores.keys()].filter((i) => scores[i] > 1.96);
    expect(hot).toEqual(expect.arrayContaining([44, 45, 54, 55]));
    expect(hot.every((i) => i % 10 >= 3 && i % 10 <= 6 && i >= 30 && i < 70)).toBe(true);
    expect([...hotSpots(Array.from({ length: 9 }, () => 3), rook(3, 3))].every(Number.isNaN)).toBe(true);
  });
});

describe('nearest neighbours', () => {
  it('are those of all distances, made mutual', () => {
    fc.assert(fc.property(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 })), { minLength: 1, maxLength: 60, selector: ([x, y]) => `${x},${y}` }),
      fc.integer({ min: 1, max: 6 }),
      (points, k) => {
        const [x, y] = [points.map((p) => p[0]), points.map((p) => p[1])];
        const found = nearestNeighbours(x, y, k);
        const pairs = new Set<string>();
        points.forEach((_, i) => {
          const near = [...points.keys()].filter((j) => j !== i).sort((a, b) => (x[a] - x[i]) ** 2 + (y[a] - y[i]) ** 2 - (x[b] - x[i]) ** 2 - (y[b] - y[i]) ** 2 || a - b).slice(0, k);
          for (const j of near) pairs.add(`${i} ${j}`).add(`${j} ${i}`);
        });
        const listed = points.flatMap((_, i) => [...found.neighbour.subarray(found.first[i], found.first[i + 1])].map((j) => `${i} ${j}`));
        expect(new Set(listed)).toEqual(pairs);
        expect(listed.length).toBe(pairs.size);
      },
    ), { numRuns: 200, seed: 5 });
  });
});

describe('entropy', () => {
  it('has its closed forms', () => {
    expect(shannonEntropy([1, 1, 1, 1])).toBeCloseTo(Math.log(4), 14);
    expect(evenness([5, 5, 5])).toBeCloseTo(1, 14);
    expect(evenness([7, 0, 0])).toBe(0);
    // three quarters and a quarter: ln 4 − ¾ ln 3
    expect(shannonEntropy([3, 1])).toBeCloseTo(Math.log(4) - 0.75 * Math.log(3), 14);
    expect(evenness([0, 0])).toBeNaN();
    // coarser never has more
    expect(shannonEntropy([2, 3, 5])).toBeGreaterThan(shannonEntropy([5, 5]));
  });
});
