/**
 * Which vertices of a line matter at which zoom.
 *
 * Douglas & Peucker (1973), run once to the end for a whole line: each vertex gets the squared distance at which it would
 * be dropped, held below its parent's so that any threshold gives exactly the result of a run with that tolerance. A tile
 * of any zoom then is one comparison a vertex, and neighbouring tiles agree because the whole line was ranked before it was
 * cut. Visvalingam–Whyatt was rejected: it needs a heap and drops the tips of hairpins that street maps need.
 * O(n log n) expected, 4 bytes a vertex; the work stack is shared.
 */
import type { Shape } from './shape.ts';

const stack: number[] = [];

/** Squared distances in the unit square, one a vertex; ends are Infinity. */
export function rankVertices(shape: Shape): Float32Array {
  if (shape.rank !== undefined) return shape.rank;
  const rank = new Float32Array(shape.xy.length / 2);
  let start = 0;
  for (const end of shape.partEnds) {
    if (end > start) rankPart(shape.xy, rank, start, end - 1);
    start = end;
  }
  shape.rank = rank;
  return rank;
}

function rankPart(xy: Float64Array, rank: Float32Array, start: number, last: number): void {
  rank[start] = Infinity;
  rank[last] = Infinity;
  stack.push(start, last, Infinity);
  while (stack.length > 0) {
    const ceiling = stack.pop() as number;
    const to = stack.pop() as number;
    const from = stack.pop() as number;
    if (to - from < 2) continue;
    let farthest = from + 1;
    let farthestD2 = -1;
    const ax = xy[2 * from];
    const ay = xy[2 * from + 1];
    const dx = xy[2 * to] - ax;
    const dy = xy[2 * to + 1] - ay;
    const length2 = dx * dx + dy * dy;
    for (let i = from + 1; i < to; i++) {
      const px = xy[2 * i] - ax;
      const py = xy[2 * i + 1] - ay;
      const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
      const ex = px - t * dx;
      const ey = py - t * dy;
      const d2 = ex * ex + ey * ey;
      if (d2 > farthestD2) {
        farthestD2 = d2;
        farthest = i;
      }
    }
    const own = Math.min(farthestD2, ceiling);
    rank[farthest] = own;
    stack.push(from, farthest, own, farthest, to, own);
  }
}
