import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { buildPolygon } from '../../engine/spatial/geometry.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import { findOverlaps } from './unit-overlaps.ts';

const DEGREE = metresPerDegree(30);
/** A box in metres from 114° E, 30° N. */
const box = (west: number, south: number, east: number, north: number): Geometry =>
  buildPolygon([[west, south], [east, south], [east, north], [west, north]].flatMap(([x, y]) => [114 + x / DEGREE.lon, 30 + y / DEGREE.lat]));

describe('units that lie on each other', () => {
  it('are told with their common ground and its share of the smaller', () => {
    // a strip of 100 × 1,000 m is in both; the third only touches
    const { pairs, complete } = findOverlaps([box(0, 0, 1000, 1000), box(900, 0, 1400, 1000), box(1400, 0, 2000, 1000)]);
    expect(complete).toBe(true);
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([[0, 1]]);
    expect(pairs[0].m2 / 100_000).toBeCloseTo(1, 2);
    expect(pairs[0].share).toBeCloseTo(0.2, 2);
  });

  it('are one within another, and the same twice', () => {
    const { pairs } = findOverlaps([box(0, 0, 3000, 3000), box(1000, 1000, 2000, 2000), box(1000, 1000, 2000, 2000)]);
    expect(pairs.map(({ first, second, share }) => [first, second, Math.round(100 * share)])).toEqual(expect.arrayContaining([[0, 1, 100], [0, 2, 100], [1, 2, 100]]));
    expect(pairs).toHaveLength(3);
  });

  it('are none where they share borders, whatever vertices these have, nor where borders cross by a hand’s breadth', () => {
    const [x, y] = [114 + 1000 / DEGREE.lon, (north: number) => 30 + north / DEGREE.lat];
    const left = buildPolygon([114, 30, x, 30, x, y(333), x, y(777), x, y(1000), 114, y(1000)]);
    const right = buildPolygon([x, 30, x + 0.01, 30, x + 0.01, y(1000), x, y(1000)]);
    expect(findOverlaps([left, right]).pairs).toEqual([]);
    // 5 m of 1,000
    expect(findOverlaps([box(0, 0, 1000, 1000), box(995, 0, 2000, 1000)]).pairs).toEqual([]);
    expect(findOverlaps([]).pairs).toEqual([]);
  });

  it('by the same rule as boxes held against each other one by one', () => {
    const side = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 3, max: 20 }), fc.integer({ min: 3, max: 20 }));
    fc.assert(fc.property(fc.array(side, { minLength: 2, maxLength: 8 }), (boxes) => {
      const units = boxes.map(([w, s, dx, dy]) => box(100 * w, 100 * s, 100 * (w + dx), 100 * (s + dy)));
      const found = new Map(findOverlaps(units).pairs.map((pair) => [`${pair.first} ${pair.second}`, pair]));
      boxes.forEach(([w, s, dx, dy], i) => boxes.slice(i + 1).forEach(([v, t, ex, ey], k) => {
        const wide = Math.min(w + dx, v + ex) - Math.max(w, v);
        const high = Math.min(s + dy, t + ey) - Math.max(s, t);
        const m2 = wide > 0 && high > 0 ? 10_000 * wide * high : 0;
        const pair = found.get(`${i} ${i + 1 + k}`);
        const share = m2 / Math.min(areaM2(units[i]), areaM2(units[i + 1 + k]));
        if (share > 0.02) expect(pair!.m2 / m2).toBeCloseTo(1, 1);
        else if (share < 0.005) expect(pair).toBeUndefined();
      }));
    }), { numRuns: 40 });
  });

  it('are looked for among very many, and many deep, without looking at all pairs', () => {
    const cells = Array.from({ length: 14_000 }, (_, i) => box(500 * (i % 140), 500 * Math.floor(i / 140), 500 * (i % 140) + 500, 500 * Math.floor(i / 140) + 500));
    cells[77] = box(77 * 500 - 200, 0, 77 * 500 + 500, 500);
    expect(findOverlaps(cells).pairs.map(({ first, second }) => [first, second])).toEqual([[76, 77]]);
    const { pairs, complete } = findOverlaps(Array.from({ length: 3000 }, () => box(0, 0, 500, 500)));
    expect(complete).toBe(false);
    expect(pairs.length).toBeGreaterThan(3000);
    expect(pairs[0].share).toBeCloseTo(1, 2);
  });
});
