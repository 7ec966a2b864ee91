import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortPoints } from './add-derived.ts';

const point = fc.record({ x: fc.integer({ min: -3, max: 3 }), y: fc.integer({ min: -3, max: 3 }), basis: fc.integer({ min: 0, max: 2 }), total: fc.integer({ min: 0, max: 3 }), old: fc.integer({ min: 0, max: 3 }) });
type Point = typeof point extends fc.Arbitrary<infer Value> ? Value : never;

const sorted = (points: readonly Point[]) =>
  sortPoints(Int32Array.from(points.flatMap(({ x, y }) => [x, y])), Uint8Array.from(points, ({ basis }) => basis), Float32Array.from([...points.map(({ total }) => total), ...points.map(({ old }) => old)]));

it('points are the same whatever the order of rows, and each keeps what it has', () => {
  fc.assert(fc.property(fc.array(point, { maxLength: 30 }).chain((points) => fc.tuple(fc.constant(points), fc.shuffledSubarray(points, { minLength: points.length }))), ([points, shuffled]) => {
    const one = sorted(points);
    expect(sorted(shuffled)).toEqual(one);
    const n = points.length;
    const rows = Array.from({ length: n }, (_, i) => [one['population.pointE7'][2 * i], one['population.pointE7'][2 * i + 1], one['population.basis'][i], one['population.persons'][i], one['population.persons'][n + i]]);
    expect(rows.map(String).sort()).toEqual(points.map(({ x, y, basis, total, old }) => String([x, y, basis, total, old])).sort());
  }));
});
