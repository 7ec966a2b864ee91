import highs from 'highs';
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { WeightedPoints } from './point-transport.ts';
import { distanceMm, solvePointTransport } from './point-transport.ts';
import { TransportSimplex } from './transport-simplex.ts';

// the package's types are those of its CommonJS build, which has its default one level deeper
const loadHighs = highs as unknown as typeof highs.default;

const points = (list: readonly (readonly [number, number, number])[]): WeightedPoints => ({
  x: Float64Array.from(list, ([x]) => x), y: Float64Array.from(list, ([, y]) => y), units: Float64Array.from(list, ([, , units]) => units),
});

/** Points anywhere in a square, or crowded in its middle; whole units of a sum. */
function scatter(random: Random, count: number, sum: number, crowded: boolean, sideM = 20_000): WeightedPoints {
  const list = Array.from({ length: count }, (): [number, number, number] => {
    const [x, y] = [random.between(-1, 1), random.between(-1, 1)];
    return crowded ? [x * Math.abs(x) * sideM, y * Math.abs(y) * sideM, 1] : [x * sideM, y * sideM, 1];
  });
  for (let left = sum - count; left > 0;) {
    const more = Math.min(left, random.integer(1, Math.ceil(sum / count)));
    list[random.integer(0, count - 1)][2] += more;
    left -= more;
  }
  return points(list);
}

/** Least total by trying every way to ship unit after unit. */
function tryAll(sources: WeightedPoints, targets: WeightedPoints): number {
  const left = [...targets.units];
  const units = [...sources.units].flatMap((count, i) => Array.from({ length: count }, () => i));
  const ship = (at: number, sum: number, best: number): number => {
    if (at === units.length) return Math.min(best, sum);
    for (let j = 0; j < left.length; j++) {
      if (left[j] === 0) continue;
      left[j]--;
      best = ship(at + 1, sum + distanceMm(sources, units[at], targets, j), best);
      left[j]++;
    }
    return best;
  };
  return ship(0, 0, Infinity) / 1000;
}

/** Everything that makes a plan a plan, and its prices a proof over all pairs. */
function prove(sources: WeightedPoints, targets: WeightedPoints): number {
  const plan = solvePointTransport(sources, targets);
  const [sent, got] = [new Float64Array(sources.units.length), new Float64Array(targets.units.length)];
  let costMm = 0;
  plan.from.forEach((i, k) => {
    expect(plan.units[k]).toBeGreaterThan(0);
    sent[i] += plan.units[k];
    got[plan.to[k]] += plan.units[k];
    costMm += plan.units[k] * distanceMm(sources, i, targets, plan.to[k]);
  });
  expect(sent).toEqual(sources.units);
  expect(got).toEqual(targets.units);
  let broken = 0;
  for (let i = 0; i < sent.length; i++) for (let j = 0; j < got.length; j++) if (plan.sourcePrice[i] + plan.targetPrice[j] > distanceMm(sources, i, targets, j) && sources.units[i] > 0 && targets.units[j] > 0) broken++;
  expect(broken).toBe(0);
  const dualMm = sent.reduce((sum, units, i) => sum + units * plan.sourcePrice[i], 0) + got.reduce((sum, units, j) => sum + units * plan.targetPrice[j], 0);
  // whole numbers: exactly equal
  expect(dualMm).toBe(costMm);
  expect(plan.unitM).toBe(costMm / 1000);
  return plan.unitM;
}

describe('transport between points', () => {
  it('equals the best of all plans of tiny problems', () => {
    const random = new Random(5);
    for (let turn = 0; turn < 60; turn++) {
      const sum = random.integer(1, 6);
      const [sources, targets] = [scatter(random, random.integer(1, Math.min(4, sum)), sum, false), scatter(random, random.integer(1, Math.min(4, sum)), sum, true)];
      expect(prove(sources, targets)).toBe(tryAll(sources, targets));
    }
  });

  it('is on a line the area between the cumulated curves', () => {
    const random = new Random(6);
    for (const count of [3, 40, 700]) {
      // whole metres, so that no distance is rounded
      const place = (): WeightedPoints => points([...scatter(random, count, 20 * count, false, 1).units].map((units) => [random.integer(0, 50_000), 0, units] as const));
      const [sources, targets] = [place(), place()];
      const steps = [...sources.units.keys()].map((i) => [sources.x[i], sources.units[i]]).concat([...targets.units.keys()].map((j) => [targets.x[j], -targets.units[j]])).sort((a, b) => a[0] - b[0]);
      let [area, ahead] = [0, 0];
      steps.forEach(([x, units], k) => {
        if (k > 0) area += Math.abs(ahead) * (x - steps[k - 1][0]);
        ahead += units;
      });
      expect(prove(sources, targets)).toBe(area);
    }
  });

  it('agrees with a linear programme', async () => {
    const solver = await loadHighs();
    const random = new Random(7);
    for (const [m, n] of [[8, 5], [30, 40], [60, 25]]) {
      const [sources, targets] = [scatter(random, m, 500, false), scatter(random, n, 500, true)];
      const name = (i: number, j: number): string => `x${i}_${j}`;
      const [rows, columns] = [[...sources.units.keys()], [...targets.units.keys()]];
      const text = [
        'Minimize', ` total: ${rows.flatMap((i) => columns.map((j) => `${distanceMm(sources, i, targets, j)} ${name(i, j)}`)).join(' + ')}`, 'Subject To',
        ...rows.map((i) => ` s${i}: ${columns.map((j) => name(i, j)).join(' + ')} = ${sources.units[i]}`),
        ...columns.map((j) => ` t${j}: ${rows.map((i) => name(i, j)).join(' + ')} = ${targets.units[j]}`), 'End',
      ].join('\n');
      const solved = solver.solve(text);
      expect(solved.Status).toBe('Optimal');
      expect(prove(sources, targets)).toBeCloseTo(solved.ObjectiveValue / 1000, 5);
    }
  });

  it('proves plans that need coarse ones first', () => {
    const random = new Random(8);
    for (const [m, n] of [[900, 700], [250, 2000], [1500, 3]]) prove(scatter(random, m, 60 * Math.max(m, n), false), scatter(random, n, 60 * Math.max(m, n), true));
  });

  it('knows spots that coincide, one that all go to, and points of nothing', () => {
    const heap = points([[0, 0, 5], [0, 0, 7], [0, 0, 0], [10, 0, 2]]);
    expect(prove(heap, points([[0, 0, 9], [3, 4, 5], [99, 99, 0]]))).toBe(2 * Math.round(1000 * Math.hypot(7, 4)) / 1000 + 3 * 5);
    expect(prove(points([[0, 0, 3], [30, 40, 2]]), points([[0, 0, 5]]))).toBe(100);
    expect(solvePointTransport(points([]), points([])).unitM).toBe(0);
    expect(solvePointTransport(points([[1, 1, 0]]), points([[5, 5, 0]])).from.length).toBe(0);
  });

  it('keeps its value whatever the order of points', () => {
    const random = new Random(9);
    const [sources, targets] = [scatter(random, 300, 9000, false), scatter(random, 400, 9000, true)];
    const turned = (of: WeightedPoints): WeightedPoints => ({ x: of.x.slice().reverse(), y: of.y.slice().reverse(), units: of.units.slice().reverse() });
    expect(solvePointTransport(turned(sources), turned(targets)).unitM).toBe(solvePointTransport(sources, targets).unitM);
  });

  it('refuses what does not add up', () => {
    expect(() => solvePointTransport(points([[0, 0, 2]]), points([[0, 0, 3]]))).toThrow('same sum: 2 and 3');
    expect(() => solvePointTransport(points([[0, 0, 0.5]]), points([[0, 0, 0.5]]))).toThrow('whole');
  });
});

describe('transport over listed arcs', () => {
  it('ships what the arcs allow, and says what they do not', () => {
    const simplex = new TransportSimplex(Float64Array.of(4, 3), Float64Array.of(2, 5), 1000);
    simplex.addArc(0, 0, 7);
    simplex.addArc(1, 1, 2);
    simplex.run();
    // 2 of the first and 3 of the second go; the first has no arc to the second demand
    expect(simplex.unshipped()).toBe(2);
    simplex.addArc(0, 1, 5);
    simplex.run();
    expect(simplex.unshipped()).toBe(0);
    let cost = 0;
    simplex.eachShipment((_, __, units, each) => (cost += units * each));
    expect(cost).toBe(2 * 7 + 3 * 2 + 2 * 5);
  });
});
