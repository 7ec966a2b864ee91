/**
 * Cutting lines and rings at a tile's edge. Plain arrays x, y, x, y … in tile units; the window is a square
 * [low, high] × [low, high].
 */

/** The stretches of a line that lie in the window (Liang & Barsky 1984, segment by segment). Each is handed to `emit` once, as a reused array. */
export function clipLine(line: readonly number[], low: number, high: number, emit: (piece: number[]) => void): void {
  let piece: number[] = [];
  for (let i = 2; i < line.length; i += 2) {
    const ax = line[i - 2];
    const ay = line[i - 1];
    const dx = line[i] - ax;
    const dy = line[i + 1] - ay;
    let t0 = 0;
    let t1 = 1;
    for (let side = 0; side < 4 && t0 <= t1; side++) {
      const p = side === 0 ? -dx : side === 1 ? dx : side === 2 ? -dy : dy;
      const q = side === 0 ? ax - low : side === 1 ? high - ax : side === 2 ? ay - low : high - ay;
      if (p === 0) {
        if (q < 0) t0 = 2;
      } else if (p < 0) t0 = Math.max(t0, q / p);
      else t1 = Math.min(t1, q / p);
    }
    if (t0 > t1) {
      if (piece.length > 0) emit(piece);
      piece = [];
      continue;
    }
    if (piece.length === 0 || t0 > 0) {
      if (piece.length > 0) emit(piece);
      piece = [ax + t0 * dx, ay + t0 * dy];
    }
    piece.push(ax + t1 * dx, ay + t1 * dy);
    if (t1 < 1) {
      emit(piece);
      piece = [];
    }
  }
  if (piece.length > 0) emit(piece);
}

/**
 * A ring cut to the window (Sutherland & Hodgman 1974), one side after the other. Given and returned without the closing
 * vertex. A ring that leaves the window and comes back gets edges along the window's border, which lies outside the visible tile.
 */
export function clipRing(ring: readonly number[], low: number, high: number): number[] {
  let current = ring as number[];
  for (let side = 0; side < 4 && current.length > 0; side++) {
    const axis = side >> 1;
    const limit = (side & 1) === 0 ? low : high;
    const sign = (side & 1) === 0 ? 1 : -1;
    current = clipHalf(current, axis, limit, sign);
  }
  return current;
}

function clipHalf(ring: number[], axis: number, limit: number, sign: number): number[] {
  const out: number[] = [];
  const n = ring.length;
  let px = ring[n - 2];
  let py = ring[n - 1];
  let before = ((axis === 0 ? px : py) - limit) * sign;
  for (let i = 0; i < n; i += 2) {
    const x = ring[i];
    const y = ring[i + 1];
    const here = ((axis === 0 ? x : y) - limit) * sign;
    if (before < 0 !== here < 0) {
      const t = before / (before - here);
      // set the cut axis exactly, so that the next side sees no stray digits
      if (axis === 0) out.push(limit, py + t * (y - py));
      else out.push(px + t * (x - px), limit);
    }
    if (here >= 0) out.push(x, y);
    px = x;
    py = y;
    before = here;
  }
  return out;
}
