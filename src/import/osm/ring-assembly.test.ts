import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { assembleRings, doubleArea } from './ring-assembly.ts';
import type { MemberWay, Ring } from './ring-assembly.ts';
import { crossesItself } from './ring-crossing.ts';

type Role = MemberWay['role'];
const way = (points: readonly (readonly [number, number])[], role: Role = 'any'): MemberWay => ({ lonE7: Int32Array.from(points, (p) => p[0]), latE7: Int32Array.from(points, (p) => p[1]), role });
const box = (x: number, y: number, size: number): [number, number][] => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
const ring = (points: readonly (readonly [number, number])[]): Ring => way(points);

const coveredArea = (rings: readonly Ring[]): number => rings.reduce((sum, r) => sum + doubleArea(r) / 2, 0);

/** What a set of polygons covers, by its area and number of rings: enough to tell right from wrong assemblies. */
function describePolygons(ways: MemberWay[]): { areas: number[]; rings: number[] } {
  const { polygons } = assembleRings(ways);
  const order = polygons.map((rings) => [coveredArea(rings), rings.length]).toSorted((a, b) => b[0] - a[0]);
  return { areas: order.map(([a]) => a), rings: order.map(([, n]) => n) };
}

describe('assembling rings', () => {
  it('joins an outer ring out of three ways in any order and direction', () => {
    const [a, b, c, d] = box(0, 0, 10);
    for (const ways of [
      [way([a, b]), way([b, c]), way([c, d, a])],
      [way([c, b]), way([a, d, c]), way([a, b])],
      [way([d, a, b]), way([d, c]), way([c, b])],
    ]) {
      expect(describePolygons(ways)).toEqual({ areas: [100], rings: [1] });
    }
  });

  it('puts each inner ring into the outer ring around it, islands in lakes included', () => {
    const ways = [way(box(0, 0, 10), 'outer'), way(box(100, 0, 50), 'outer'), way(box(110, 10, 20), 'inner'), way(box(2, 2, 3), 'inner'), way(box(115, 15, 5), 'outer')];
    expect(describePolygons(ways)).toEqual({ areas: [2500 - 400, 91, 25], rings: [2, 2, 1] });
    expect(assembleRings(ways).wrongRoles).toBe(0);
  });

  it('winds outer rings counter-clockwise and holes clockwise', () => {
    const { polygons } = assembleRings([way(box(0, 0, 10).toReversed()), way(box(2, 2, 3))]);
    expect(polygons.map((rings) => rings.map((r) => Math.sign(doubleArea(r))))).toEqual([[1, -1]]);
  });

  it('keeps rings apart that touch in a vertex', () => {
    expect(describePolygons([way(box(0, 0, 10)), way(box(10, 10, 5))])).toEqual({ areas: [100, 25], rings: [1, 1] });
  });

  it('keeps a hole that touches its outer ring in one vertex', () => {
    expect(describePolygons([way(box(0, 0, 10)), way([[0, 0], [5, 2], [2, 5], [0, 0]])])).toMatchObject({ areas: [100 - 10.5] });
  });

  it('makes no crossing ring of a hole that touches its outer ring in two vertices', () => {
    const ways = [way(box(0, 0, 10)), way([[0, 0], [6, 4], [10, 10], [4, 6], [0, 0]])];
    const { polygons } = assembleRings(ways);
    expect(polygons.flat().some(crossesItself)).toBe(false);
    expect(coveredArea(polygons.flat())).toBe(100 - 20);
  });

  it('merges two holes that share a wall, and outer rings that share one', () => {
    expect(describePolygons([way(box(0, 0, 20), 'outer'), way([[2, 2], [6, 2], [6, 6], [2, 6], [2, 2]], 'inner'), way([[6, 2], [10, 2], [10, 6], [6, 6], [6, 2]], 'inner')])).toEqual({ areas: [400 - 32], rings: [2] });
    expect(describePolygons([way([[0, 0], [5, 0], [5, 5], [0, 5], [0, 0]]), way([[5, 0], [9, 0], [9, 5], [5, 5], [5, 0]])])).toEqual({ areas: [45], rings: [1] });
  });

  it('splits a way that touches itself', () => {
    expect(describePolygons([way([[0, 0], [4, 0], [4, 4], [8, 4], [8, 8], [4, 8], [4, 4], [0, 4], [0, 0]])])).toEqual({ areas: [16, 16], rings: [1, 1] });
  });

  it('leaves an unclosed ring out, counts it and keeps the others', () => {
    const { polygons, openChains } = assembleRings([way(box(0, 0, 10)), way([[20, 0], [30, 0], [30, 10]]), way([[30, 10], [20, 10]])]);
    expect([polygons.length, openChains]).toEqual([1, 1]);
  });

  it('cuts a spur off and keeps the ring it hangs on', () => {
    const { polygons, openChains } = assembleRings([way(box(0, 0, 10)), way([[10, 10], [15, 15], [20, 15]])]);
    expect([polygons.length, openChains]).toEqual([1, 1]);
  });

  it('goes by place, not by role, and says where they differ', () => {
    const { polygons, wrongRoles } = assembleRings([way(box(0, 0, 10), 'inner'), way(box(2, 2, 3), 'outer')]);
    expect([polygons.length, polygons[0].length, wrongRoles]).toEqual([1, 2, 2]);
  });

  it('makes nothing of nothing', () => {
    expect(assembleRings([]).polygons).toEqual([]);
    expect(assembleRings([way([[1, 1], [1, 1], [1, 1], [1, 1]])]).polygons).toEqual([]);
    expect(assembleRings([way([[0, 0], [5, 0], [0, 0]])]).polygons).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('covers the cells that random cell outlines %i enclose an odd number of times', (seed) => {
    const random = new Random(seed);
    const size = 12;
    const cells = new Uint8Array(size * size);
    const ways: MemberWay[] = [];
    for (let i = 0; i < 15; i++) {
      const w = random.integer(1, 6);
      const [x, y] = [random.integer(0, size - w), random.integer(0, size - w)];
      for (let cy = y; cy < y + w; cy++) for (let cx = x; cx < x + w; cx++) cells[cy * size + cx] ^= 1;
      // Every lattice point on the outline is a vertex, as it would be for real shared walls.
      const outline: [number, number][] = [];
      for (let k = 0; k < w; k++) outline.push([x + k, y]);
      for (let k = 0; k < w; k++) outline.push([x + w, y + k]);
      for (let k = 0; k < w; k++) outline.push([x + w - k, y + w]);
      for (let k = 0; k <= w; k++) outline.push([x, y + w - k]);
      ways.push(way(outline));
    }
    const { polygons } = assembleRings(ways);
    expect(coveredArea(polygons.flat())).toBe(cells.reduce((sum, cell) => sum + cell, 0));
    expect(polygons.flat().some(crossesItself)).toBe(false);
  });

  it('gives a relation up that would take hours to nest', () => {
    const rings: MemberWay[] = [];
    for (let i = 0; i < 1000; i++) rings.push(way(box(-i - 1, -i - 1, 2 * i + 2)));
    expect(assembleRings(rings).tooComplex).toBe(false);
    const far: MemberWay[] = [];
    for (let i = 0; i < 30_000; i++) far.push(way(box(4 * (i % 1000), 4 * Math.floor(i / 1000), 2)));
    expect(assembleRings(far).tooComplex).toBe(true);
  });
});

/** A star of n corners; `swap` crosses two of its edges. */
function star(n: number, swap: boolean): [number, number][] {
  const points = Array.from({ length: n }, (_, i): [number, number] => {
    const r = i % 2 === 0 ? 1e6 : 6e5;
    return [Math.round(r * Math.cos((2 * Math.PI * i) / n)), Math.round(r * Math.sin((2 * Math.PI * i) / n))];
  });
  if (swap) [points[3], points[5]] = [points[5], points[3]];
  return points;
}

describe('rings that cross themselves', () => {
  it('finds bow ties, spikes, touching corners and overlaps', () => {
    expect(crossesItself(ring([[0, 0], [10, 10], [10, 0], [0, 10]]))).toBe(true);
    expect(crossesItself(ring([[0, 0], [10, 0], [10, 10], [10, 20], [10, 10], [0, 10]]))).toBe(true);
    expect(crossesItself(ring([[0, 0], [10, 0], [10, 10], [5, 0], [0, 10]]))).toBe(true);
    expect(crossesItself(ring([[0, 0], [10, 0], [5, 0], [5, 5]]))).toBe(true);
  });

  it('passes sound rings, straight-on vertices included', () => {
    expect(crossesItself(ring([[0, 0], [5, 0], [10, 0], [10, 10], [0, 10]]))).toBe(false);
    expect(crossesItself(ring([[0, 0], [10, 0], [10, 10], [5, 1], [0, 10]]))).toBe(false);
  });

  it('agrees between the pairwise and the sweeping check', () => {
    for (const n of [20, 32, 34, 200, 2000]) {
      expect(crossesItself(ring(star(n, false)))).toBe(false);
      expect(crossesItself(ring(star(n, true)))).toBe(true);
    }
  });
});
