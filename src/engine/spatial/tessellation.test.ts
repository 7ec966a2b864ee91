import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_GRID, nodeSegments } from './tessellation-noding.ts';
import type { Noding } from './tessellation-noding.ts';
import { buildTessellation, locateFace, measureFaces, pointsInFaces } from './tessellation-faces.ts';
import type { Tessellation } from './tessellation-faces.ts';
import { traceRegions } from './tessellation-regions.ts';

/** Streets of a grid city: `columns` × `rows` blocks of `size` units. */
function gridCity(columns: number, rows: number, size: number): Int32Array {
  const flat: number[] = [];
  for (let i = 0; i <= columns; i++) flat.push(i * size, 0, i * size, rows * size);
  for (let j = 0; j <= rows; j++) flat.push(0, j * size, columns * size, j * size);
  return Int32Array.from(flat);
}

function tessellate(segments: Int32Array): Tessellation {
  return buildTessellation(nodeSegments(segments, new Uint8Array(segments.length / 4).fill(1)));
}

/** Plain twin: does any pair of edges meet anywhere but in a common end? */
function countClashes({ x, y, ends }: Noding): number {
  const side = (a: number, b: number, c: number): number => Math.sign((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]));
  const between = (a: number, b: number, c: number): boolean =>
    side(a, b, c) === 0 && c !== a && c !== b &&
    Math.min(x[a], x[b]) <= x[c] && x[c] <= Math.max(x[a], x[b]) && Math.min(y[a], y[b]) <= y[c] && y[c] <= Math.max(y[a], y[b]);
  let clashes = 0;
  for (let e = 0; e < ends.length; e += 2) {
    for (let f = e + 2; f < ends.length; f += 2) {
      const [a, b, c, d] = [ends[e], ends[e + 1], ends[f], ends[f + 1]];
      const crossing = side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
      if (crossing || between(a, b, c) || between(a, b, d) || between(c, d, a) || between(c, d, b)) clashes++;
    }
  }
  return clashes;
}

const randomSegments = (span: number): fc.Arbitrary<Int32Array> =>
  fc.array(fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: span }))), { minLength: 3, maxLength: 40 })
    .map((list) => Int32Array.from(list.flat()));

describe('noding', () => {
  it('meets a plus sign in the middle and keeps the stronger of two overlapping segments', () => {
    const noded = nodeSegments(Int32Array.of(0, 5, 10, 5, 5, 0, 5, 10, 0, 5, 3, 5), Uint8Array.of(1, 2, 7));
    const edges = Array.from(noded.strength, (s, e) => `${[noded.ends[2 * e], noded.ends[2 * e + 1]].map((v) => `${noded.x[v]},${noded.y[v]}`).sort().join(' ')} ${s}`);
    expect(edges.sort()).toEqual(['0,5 3,5 7', '10,5 5,5 1', '3,5 5,5 1', '5,0 5,5 2', '5,10 5,5 2']);
  });

  it('leaves no crossing behind, on a coarse grid where nearly everything touches and on a fine one', () => {
    for (const span of [6, 30, 1000, 9_000_000]) {
      fc.assert(fc.property(randomSegments(span), (segments) => {
        expect(countClashes(nodeSegments(segments, new Uint8Array(segments.length / 4)))).toBe(0);
      }), { numRuns: 150, seed: 7 });
    }
  });

  it('refuses coordinates on which orientation would not be exact', () => {
    expect(() => nodeSegments(Int32Array.of(0, 0, MAX_GRID + 1, 0), Uint8Array.of(1))).toThrow(RangeError);
  });
});

describe('faces', () => {
  it('finds every block of a grid city and its area', () => {
    const t = tessellate(gridCity(7, 5, 100));
    expect(t.faceCount).toBe(1 + 35);
    expect(Array.from(measureFaces(t).subarray(1))).toEqual(Array.from({ length: 35 }, () => 2 * 100 * 100));
  });

  it('knows a ring inside a block as a hole, and a blind street as nothing', () => {
    const ring = [40, 40, 60, 40, 60, 40, 60, 60, 60, 60, 40, 60, 40, 60, 40, 40];
    const t = tessellate(Int32Array.from([...gridCity(1, 1, 100), ...ring, 0, 50, 20, 50]));
    expect(t.faceCount).toBe(3);
    const outer = locateFace(t, 10, 10);
    const inner = locateFace(t, 50, 50);
    expect(measureFaces(t)[outer]).toBe(2 * (10_000 - 400));
    expect(measureFaces(t)[inner]).toBe(2 * 400);
    expect(locateFace(t, 150, 50)).toBe(0);
    const [region] = traceRegions(t, Uint32Array.from({ length: 3 }, (_, f) => (f === outer ? 1 : 0)), 1);
    expect(region.polygons).toHaveLength(1);
    expect(region.polygons[0].holes.map((hole) => hole.length)).toEqual([4]);
  });

  it('obeys Euler and holds a point of its own in every face that has room', () => {
    fc.assert(fc.property(randomSegments(2000), (segments) => {
      const t = tessellate(segments);
      const used = new Set(t.ends);
      const pieces = countPieces(t);
      expect(used.size - t.ends.length / 2 + t.faceCount).toBe(1 + pieces);
      const areas = measureFaces(t);
      const points = pointsInFaces(t);
      for (let f = 1; f < t.faceCount; f++) {
        expect(areas[f]).toBeGreaterThan(0);
        if (!Number.isNaN(points[2 * f]) && areas[f] > 1000) expect(locateFace(t, points[2 * f], points[2 * f + 1])).toBe(f);
      }
    }), { numRuns: 200, seed: 11 });
  });

  it('traces regions whose areas are those of their faces and whose rings never meet themselves', () => {
    fc.assert(fc.property(randomSegments(300), fc.integer({ min: 1, max: 4 }), (segments, regionCount) => {
      const t = tessellate(segments);
      const regionOf = Uint32Array.from({ length: t.faceCount }, (_, f) => (f === 0 ? 0 : (f * 7) % (regionCount + 1)));
      const areas = measureFaces(t);
      traceRegions(t, regionOf, regionCount).forEach((region, i) => {
        let expected = 0;
        for (let f = 1; f < t.faceCount; f++) if (regionOf[f] === i + 1) expected += areas[f];
        let traced = 0;
        for (const { shell, holes } of region.polygons) {
          for (const ring of [shell, ...holes]) {
            expect(new Set(ring).size).toBe(ring.length);
            traced += shoelace(t, ring);
          }
        }
        expect(traced).toBe(expected);
      });
    }), { numRuns: 200, seed: 3 });
  });
});

function shoelace(t: Tessellation, ring: Uint32Array): number {
  return ring.reduce((sum, u, i) => {
    const v = ring[(i + 1) % ring.length];
    return sum + t.x[u] * t.y[v] - t.x[v] * t.y[u];
  }, 0);
}

function countPieces(t: Tessellation): number {
  const neighbours = new Map<number, number[]>();
  for (let h = 0; h < t.ends.length; h++) neighbours.set(t.ends[h], [...(neighbours.get(t.ends[h]) ?? []), t.ends[h ^ 1]]);
  const seen = new Set<number>();
  let pieces = 0;
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    pieces++;
    const stack = [start];
    while (stack.length > 0) {
      const v = stack.pop() as number;
      if (seen.has(v)) continue;
      seen.add(v);
      stack.push(...(neighbours.get(v) ?? []));
    }
  }
  return pieces;
}
