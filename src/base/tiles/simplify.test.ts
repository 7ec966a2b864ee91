import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { LINE } from './shape.ts';
import { rankVertices } from './simplify.ts';

/** Douglas–Peucker as the paper states it: the indices kept at a tolerance. */
function plain(xy: number[][], from: number, to: number, tolerance: number): number[] {
  let worst = -1;
  let at = from;
  const [[ax, ay], [bx, by]] = [xy[from], xy[to]];
  for (let i = from + 1; i < to; i++) {
    const [px, py] = xy[i];
    const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length2));
    const d = Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay));
    if (d > worst) [worst, at] = [d, i];
  }
  if (worst <= tolerance) return [from, to];
  return [...plain(xy, from, at, tolerance).slice(0, -1), ...plain(xy, at, to, tolerance)];
}

test('any threshold on the ranks gives the plain algorithm’s result with that tolerance', () => {
  const random = new Random(5);
  for (let round = 0; round < 100; round++) {
    const n = random.integer(2, 120);
    const points: number[][] = [];
    let [x, y] = [0.5, 0.5];
    for (let i = 0; i < n; i++) points.push([(x += random.normal(0, 1e-4)), (y += random.normal(0, 1e-4))]);
    const xy = Float64Array.from(points.flat());
    const shape = { type: LINE, xy, partEnds: Uint32Array.of(n), polygonEnds: Uint32Array.of(1), minX: 0, minY: 0, maxX: 1, maxY: 1, rank: undefined } as const;
    const rank = rankVertices({ ...shape });
    for (const tolerance of [1e-5, 1e-4, 5e-4]) {
      const kept = points.map((_, i) => i).filter((i) => rank[i] > tolerance ** 2);
      expect(kept).toEqual(plain(points, 0, n - 1, tolerance));
    }
  }
});
