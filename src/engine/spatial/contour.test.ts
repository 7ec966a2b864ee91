import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridField, GridPolygon } from './contour.ts';
import { traceContour } from './contour.ts';

const anyField = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 12 }), fc.boolean()).chain(([width, height, coarse]) =>
  fc.array(coarse ? fc.nat(2) : fc.nat(1000), { minLength: width * height, maxLength: width * height }).map((values): GridField => ({ width, height, values })),
);

function contains(polygons: readonly GridPolygon[], x: number, y: number): boolean {
  let within = false;
  for (const ring of polygons.flat()) {
    for (let i = 2; i < ring.length; i += 2) {
      const [x0, y0, x1, y1] = ring.subarray(i - 2, i + 2);
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) within = !within;
    }
  }
  return within;
}

function cross(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number): number => (qx - px) * (y - py) - (qy - py) * (x - px);
  const [ax, ay, bx, by] = Array.from(a);
  const [cx, cy, dx, dy] = Array.from(b);
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 && side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0;
}

const segments = (polygons: readonly GridPolygon[]): Float64Array[] =>
  polygons.flat().flatMap((ring) => Array.from({ length: ring.length / 2 - 1 }, (_, i) => ring.subarray(2 * i, 2 * i + 4)));
const ringArea = (ring: Float64Array): number => {
  let sum = 0;
  for (let i = 2; i < ring.length; i += 2) sum += ring[i - 2] * ring[i + 1] - ring[i] * ring[i - 1];
  return sum / 2;
};

describe('a contour', () => {
  it('holds exactly the grid points within the level, the frame left out', () => {
    fc.assert(fc.property(anyField, fc.nat(1000), (field, level) => {
      const polygons = traceContour(field, level % 3 === 0 ? level : level % 3);
      const used = level % 3 === 0 ? level : level % 3;
      for (let y = 0; y < field.height; y++) {
        for (let x = 0; x < field.width; x++) {
          const inner = x > 0 && y > 0 && x < field.width - 1 && y < field.height - 1;
          expect(contains(polygons, x, y)).toBe(inner && field.values[y * field.width + x] <= used);
        }
      }
    }));
  });

  it('never crosses itself, closes its rings, and visits no point twice', () => {
    fc.assert(fc.property(anyField, fc.nat(1000), (field, level) => {
      const polygons = traceContour(field, level % 2 === 0 ? level : 1);
      const all = segments(polygons);
      for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) expect(cross(all[i], all[j])).toBe(false);
      const points = polygons.flat().flatMap((ring) => Array.from({ length: ring.length / 2 - 1 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`));
      expect(new Set(points).size).toBe(points.length);
      for (const ring of polygons.flat()) expect([ring[0], ring[1]]).toEqual([...ring.subarray(-2)]);
    }));
  });

  it('winds outer rings counter-clockwise around their holes', () => {
    fc.assert(fc.property(anyField, (field) => {
      for (const [outer, ...holes] of traceContour(field, 1)) {
        expect(ringArea(outer)).toBeGreaterThan(0);
        for (const hole of holes) {
          expect(ringArea(hole)).toBeLessThan(0);
          expect(contains([[outer]], hole[0], hole[1])).toBe(true);
        }
      }
    }));
  });

  it('of a lower level lies within that of a higher one, small holes and parts left out or not', () => {
    fc.assert(fc.property(anyField, fc.nat(1000), fc.nat(1000), fc.nat(9), (field, one, other, least) => {
      const options = { leastHole: least, leastPart: least / 2 };
      const [low, high] = [Math.min(one, other), Math.max(one, other)].map((level) => traceContour(field, level, options));
      for (const ring of low.flat()) {
        for (let i = 0; i + 2 < ring.length; i += 2) {
          // a hair towards the inside, where both may pass through one clamped point
          const midX = (ring[i] + ring[i + 2]) / 2 - (ring[i + 3] - ring[i + 1]) * 1e-6;
          const midY = (ring[i + 1] + ring[i + 3]) / 2 + (ring[i + 2] - ring[i]) * 1e-6;
          expect(contains(high, midX, midY)).toBe(true);
        }
      }
    }), { numRuns: 300 });
  });

  it('follows a cone to its circle', () => {
    const width = 101;
    const values = Float64Array.from({ length: width * width }, (_, i) => Math.hypot((i % width) - 50, Math.floor(i / width) - 50));
    const [[ring, ...holes], ...more] = traceContour({ width, height: width, values }, 30);
    expect([holes.length, more.length]).toEqual([0, 0]);
    expect(Math.abs(ringArea(ring) - Math.PI * 900)).toBeLessThan(4);
    const annulus = traceContour({ width, height: width, values: values.map((value) => Math.abs(value - 30)) }, 5);
    expect(annulus.map((polygon) => polygon.length)).toEqual([2]);
    expect(traceContour({ width, height: width, values: values.map((value) => Math.abs(value - 30)) }, 5, { leastHole: 10_000 }).map((polygon) => polygon.length)).toEqual([1]);
  });

  it('refuses a grid of another size', () => {
    expect(() => traceContour({ width: 3, height: 3, values: [1, 2] }, 1)).toThrow(RangeError);
  });
});
