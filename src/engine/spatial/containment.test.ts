import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPolygonIndex, containsPoint, pointInside } from './containment.ts';
import type { Geometry } from './geometry.ts';
import { buildPolygon, fromGeoJson } from './geometry.ts';
import { buildGridIndex } from './grid-index.ts';

const holed = fromGeoJson({ type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[2, 2], [8, 2], [8, 8], [2, 8], [2, 2]]] });
const star: fc.Arbitrary<Geometry> = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }), fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 3, maxLength: 9 }))
  .map(([x, y, radii]) => buildPolygon(radii.flatMap((r, i) => [x + r * Math.cos((2 * Math.PI * i) / radii.length), y + r * Math.sin((2 * Math.PI * i) / radii.length)])));

describe('containment', () => {
  it('knows holes', () => {
    expect([containsPoint(holed, 1, 1), containsPoint(holed, 5, 5), containsPoint(holed, 11, 5)]).toEqual([true, false, false]);
  });

  it('finds a point inside, whatever the shape', () => {
    expect(containsPoint(holed, ...pointInside(holed))).toBe(true);
    fc.assert(fc.property(star, (polygon) => {
      expect(containsPoint(polygon, ...pointInside(polygon))).toBe(true);
    }), { seed: 2, numRuns: 300 });
  });

  it('the index says what testing every polygon says', () => {
    fc.assert(fc.property(fc.array(star, { maxLength: 40 }), fc.array(fc.tuple(fc.double({ min: -20, max: 120, noNaN: true }), fc.double({ min: -20, max: 120, noNaN: true })), { maxLength: 20 }), (polygons, points) => {
      const index = buildPolygonIndex(polygons);
      for (const [x, y] of points) {
        const expected = polygons.flatMap((polygon, i) => (containsPoint(polygon, x, y) ? [i] : []));
        const all: number[] = [];
        index.visitAll(x, y, (i) => all.push(i));
        expect(all).toEqual(expected);
        expect(index.findFirst(x, y)).toBe(expected[0] ?? -1);
      }
    }), { seed: 4, numRuns: 200 });
  });
});

describe('a grid of points', () => {
  it('finds what looking at every point finds', () => {
    const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 }), coordinate, coordinate, coordinate, coordinate, (points, a, b, c, d) => {
      const [west, east] = [Math.min(a, c), Math.max(a, c)];
      const [south, north] = [Math.min(b, d), Math.max(b, d)];
      const found: number[] = [];
      buildGridIndex(points.map((p) => p[0]), points.map((p) => p[1])).search(west, south, east, north, (i) => found.push(i));
      const expected = points.flatMap(([x, y], i) => (x >= west && x <= east && y >= south && y <= north ? [i] : []));
      expect(found.sort((p, q) => p - q)).toEqual(expected);
    }), { seed: 8, numRuns: 300 });
  });
});
