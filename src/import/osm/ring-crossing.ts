/**
 * Whether a ring crosses or touches itself: the check behind the note on self-crossing areas.
 *
 * Small rings (nearly all: buildings) pair by pair; large ones by a sweep over segments sorted by their west end, which
 * is O(n log n) plus the pairs whose longitudes overlap. Orientation is exact for rings under 0.9° across, where products
 * of differences stay below 2⁵³.
 */
import type { Ring } from './ring-assembly.ts';

const PAIRWISE_MAX = 32;
/** Pairs the sweep tests before it gives up: only a made-up ring of 10⁵ overlapping segments gets here. */
const PAIRS_MAX = 50_000_000;

/** Sign of the turn a → b → c. */
function turn(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

/** Whether segments i and j (from vertex i to i+1), which share no end in the ring, have a point in common. */
function meet({ lonE7: x, latE7: y }: Ring, i: number, j: number): boolean {
  const n = x.length;
  const k = i + 1 === n ? 0 : i + 1;
  const l = j + 1 === n ? 0 : j + 1;
  if (Math.max(x[i], x[k]) < Math.min(x[j], x[l]) || Math.max(x[j], x[l]) < Math.min(x[i], x[k])) return false;
  if (Math.max(y[i], y[k]) < Math.min(y[j], y[l]) || Math.max(y[j], y[l]) < Math.min(y[i], y[k])) return false;
  // The boxes overlap: the segments meet unless one lies wholly to one side of the other.
  return (
    turn(x[i], y[i], x[k], y[k], x[j], y[j]) * turn(x[i], y[i], x[k], y[k], x[l], y[l]) <= 0 &&
    turn(x[j], y[j], x[l], y[l], x[i], y[i]) * turn(x[j], y[j], x[l], y[l], x[k], y[k]) <= 0
  );
}

/** Neighbours share an end; they only overlap where the ring folds back on itself. */
function foldsBack({ lonE7: x, latE7: y }: Ring): boolean {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const k = (i + 1) % n;
    const l = (i + 2) % n;
    if (turn(x[i], y[i], x[k], y[k], x[l], y[l]) === 0 && (x[k] - x[i]) * (x[l] - x[k]) + (y[k] - y[i]) * (y[l] - y[k]) < 0) return true;
  }
  return false;
}

function crossesPairwise(ring: Ring): boolean {
  const n = ring.lonE7.length;
  for (let i = 0; i + 2 < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      if (meet(ring, i, j)) return true;
    }
  }
  return false;
}

function crossesBySweep(ring: Ring): boolean {
  const { lonE7: x } = ring;
  const n = x.length;
  const west = Int32Array.from(x, (lon, i) => Math.min(lon, x[(i + 1) % n]));
  const east = Int32Array.from(x, (lon, i) => Math.max(lon, x[(i + 1) % n]));
  const order = new Uint32Array(n).map((_, i) => i).toSorted((a, b) => west[a] - west[b]);
  let active: number[] = [];
  let pairs = 0;
  for (const i of order) {
    const still: number[] = [];
    pairs += active.length;
    if (pairs > PAIRS_MAX) return false;
    for (const j of active) {
      if (east[j] < west[i]) continue;
      still.push(j);
      const apart = Math.abs(i - j);
      if (apart > 1 && apart !== n - 1 && meet(ring, i, j)) return true;
    }
    still.push(i);
    active = still;
  }
  return false;
}

/**
 * Whether the ring has two segments that cross, touch or overlap other than by following one another. False also where
 * the answer would take more than some 10⁷ tests.
 */
export function crossesItself(ring: Ring): boolean {
  if (foldsBack(ring)) return true;
  return ring.lonE7.length <= PAIRWISE_MAX ? crossesPairwise(ring) : crossesBySweep(ring);
}
