/**
 * Whether a ring crosses itself.
 *
 * Rings of up to 40 segments compare all pairs; longer ones go through a static R-tree of their segments' boxes
 * (flatbush), O(n log n) for real outlines. Touching at a vertex is no crossing; rings above 200,000 vertices are not
 * examined (the base's ST_IsValid sees them all).
 */
import Flatbush from 'flatbush';

const PAIRWISE_LIMIT = 40;
const EXAMINED_LIMIT = 200_000;

function side(c: Float64Array, a: number, b: number, p: number): number {
  return Math.sign((c[2 * b] - c[2 * a]) * (c[2 * p + 1] - c[2 * a + 1]) - (c[2 * b + 1] - c[2 * a + 1]) * (c[2 * p] - c[2 * a]));
}

/** Whether segments i→i+1 and j→j+1 cross in their interiors. */
function segmentsCross(c: Float64Array, i: number, j: number): boolean {
  return side(c, i, i + 1, j) * side(c, i, i + 1, j + 1) < 0 && side(c, j, j + 1, i) * side(c, j, j + 1, i + 1) < 0;
}

/** Vertices [start, end) of interleaved coordinates, closed. */
export function ringCrossesItself(c: Float64Array, start: number, end: number): boolean {
  const segments = end - start - 1;
  if (segments < 4 || segments > EXAMINED_LIMIT) return false;
  if (segments <= PAIRWISE_LIMIT) {
    for (let i = start; i < end - 1; i++) {
      for (let j = i + 2; j < end - 1; j++) if (segmentsCross(c, i, j)) return true;
    }
    return false;
  }
  const tree = new Flatbush(segments);
  for (let i = start; i < end - 1; i++) {
    tree.add(Math.min(c[2 * i], c[2 * i + 2]), Math.min(c[2 * i + 1], c[2 * i + 3]), Math.max(c[2 * i], c[2 * i + 2]), Math.max(c[2 * i + 1], c[2 * i + 3]));
  }
  tree.finish();
  for (let i = start; i < end - 1; i++) {
    const near = tree.search(Math.min(c[2 * i], c[2 * i + 2]), Math.min(c[2 * i + 1], c[2 * i + 3]), Math.max(c[2 * i], c[2 * i + 2]), Math.max(c[2 * i + 1], c[2 * i + 3]), (k) => start + k > i);
    if (near.some((k) => segmentsCross(c, i, start + k))) return true;
  }
  return false;
}
