/**
 * Polygons of sets of faces.
 *
 * A region's outline runs along the half-edges that have the region on their left and something else on their right,
 * turning at each vertex to the next such one, so that two neighbours share their border vertex for vertex and every level of
 * units partitions the one above it exactly, which polygon unions only do up to rounding. Rings are split where they touch
 * themselves, and holes go to the smallest shell around them.
 *
 * Memory: a byte a half-edge, and 4 bytes a vertex of the rings.
 */
import type { Tessellation } from './tessellation-faces.ts';

/** A ring of vertex numbers, closed by its first; counter-clockwise for shells, clockwise for holes. */
export interface RegionRings {
  /** Each shell with the holes inside it. */
  readonly polygons: readonly { readonly shell: Uint32Array; readonly holes: readonly Uint32Array[] }[];
}

/**
 * The polygons of regions 1 … regionCount, where regionOf[face] is the region of a face (0: none).
 */
export function traceRegions(t: Tessellation, regionOf: Uint32Array, regionCount: number): RegionRings[] {
  const { ends, faceOf, around, aroundStarts, positions } = t;
  const rings: Uint32Array[][] = Array.from({ length: regionCount + 1 }, () => []);
  const seen = new Uint8Array(ends.length);
  for (let first = 0; first < ends.length; first++) {
    const region = regionOf[faceOf[first]];
    if (region === 0 || seen[first] === 1 || regionOf[faceOf[first ^ 1]] === region) continue;
    const ring: number[] = [];
    let h = first;
    do {
      seen[h] = 1;
      ring.push(ends[h]);
      const v = ends[h ^ 1];
      // counter-clockwise from the way back, through what lies outside, to the next half-edge with the region on its left
      let at = positions[h ^ 1];
      do {
        at = at + 1 === aroundStarts[v + 1] ? aroundStarts[v] : at + 1;
        h = around[at];
      } while (regionOf[faceOf[h]] !== region);
    } while (h !== first);
    splitRing(ring, rings[region]);
  }
  return rings.slice(1).map((list) => ({ polygons: nestRings(t, list) }));
}

/** Cuts a ring that meets itself at a vertex into rings that do not. */
function splitRing(ring: readonly number[], out: Uint32Array[]): void {
  const at = new Map<number, number>();
  const path: number[] = [];
  for (const v of ring) {
    const back = at.get(v);
    if (back !== undefined) {
      const loop = path.splice(back);
      for (const u of loop) at.delete(u);
      if (loop.length > 2) out.push(Uint32Array.from(loop));
    }
    at.set(v, path.length);
    path.push(v);
  }
  if (path.length > 2) out.push(Uint32Array.from(path));
}

function doubledArea(t: Tessellation, ring: Uint32Array): number {
  const ox = t.x[ring[0]];
  const oy = t.y[ring[0]];
  let area = 0;
  for (let i = 0; i < ring.length; i++) {
    const u = ring[i];
    const v = ring[i + 1 === ring.length ? 0 : i + 1];
    area += (t.x[u] - ox) * (t.y[v] - oy) - (t.x[v] - ox) * (t.y[u] - oy);
  }
  return area;
}

function nestRings(t: Tessellation, rings: readonly Uint32Array[]): { shell: Uint32Array; holes: Uint32Array[] }[] {
  const sized = rings.map((ring) => ({ ring, area: doubledArea(t, ring) }));
  const polygons = sized.filter(({ area }) => area > 0).sort((a, b) => a.area - b.area).map(({ ring }) => ({ shell: ring, holes: [] as Uint32Array[] }));
  for (const { ring, area } of sized) {
    if (area >= 0) continue;
    const home = polygons.length === 1 ? polygons[0] : polygons.find(({ shell }) => ringInside(t, ring, shell));
    home?.holes.push(ring);
  }
  return polygons;
}

/** Whether a hole lies in a shell: told by the middle of one of its edges that the shell does not share. */
function ringInside(t: Tessellation, hole: Uint32Array, shell: Uint32Array): boolean {
  const onShell = new Set(shell);
  const free = hole.find((v) => !onShell.has(v));
  if (free === undefined) {
    const px = (t.x[hole[0]] + t.x[hole[1]]) / 2;
    const py = (t.y[hole[0]] + t.y[hole[1]]) / 2;
    return pointInRing(t, px, py, shell);
  }
  return pointInRing(t, t.x[free], t.y[free], shell);
}

function pointInRing(t: Tessellation, px: number, py: number, ring: Uint32Array): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const uy = t.y[ring[i]];
    const vy = t.y[ring[j]];
    if (uy > py !== vy > py && px < t.x[ring[i]] + ((py - uy) * (t.x[ring[j]] - t.x[ring[i]])) / (vy - uy)) inside = !inside;
  }
  return inside;
}
