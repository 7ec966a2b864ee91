import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPoints, anyStreets, gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { lengthM } from '../../spatial/measure.ts';
import { buildCostMatrix } from './cost-matrix.ts';
import { linkPoints } from '../travel/link-points.ts';
import { linkNodes } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { PathFinder } from './shortest-path.ts';
import type { StreetPath } from './shortest-path.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

const walkOn = (streets: Parameters<typeof makeNetwork>[0]): TravelGraph => buildTravelGraph(makeNetwork(streets), profileOf('walk', { leastVertices: 0 }));

/** Vertices a path passes, in order; each stretch must begin where the one before ended. */
function passedVertices({ network: { edge } }: TravelGraph, path: StreetPath): number[] {
  const passed: number[] = [];
  path.edges.forEach(({ edge: e, fromMm, toMm }, i) => {
    const startsAt = fromMm <= toMm ? edge.from[e] : edge.to[e];
    const endsAt = fromMm <= toMm ? edge.to[e] : edge.from[e];
    const full = [0, edge.lengthMm[e]];
    if (edge.lengthMm[e] === 0 || fromMm === toMm) return;
    if (i > 0) expect([full.includes(fromMm), passed.at(-1) ?? startsAt]).toEqual([true, startsAt]);
    if (full.includes(toMm) && (toMm > 0) === (toMm > fromMm)) passed.push(endsAt);
  });
  return passed;
}

describe('the cheapest way', () => {
  it('costs and measures what the matrix says, is the sum of its parts, and hangs together', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, fc.constantFrom('walk' as const, 'bike' as const, 'drive' as const), fc.constantFrom('s' as const, 'mm' as const), (streets, at, mode, unit) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { unit, local: 'ends', leastVertices: 0 }));
      const points = linkPoints(travel, lonLatOf(at));
      const rows = new Map<string, [number, number]>();
      for (const { count, origin, destination, cost, mm } of buildCostMatrix(travel, points, points, Infinity)) for (let i = 0; i < count; i++) rows.set(`${origin[i]} ${destination[i]}`, [cost[i], mm[i]]);
      const finder = new PathFinder(travel);
      for (let p = 0; p < points.count; p++) {
        for (let q = 0; q < points.count; q++) {
          const path = finder.find(points, p, points, q);
          expect(path && [path.cost, path.lengthMm]).toEqual(rows.get(`${p} ${q}`));
          if (path === undefined) continue;
          expect(path.edges.reduce((sum, { cost, delay }) => sum + cost + delay, path.offCost)).toBe(path.cost);
          expect(path.edges.reduce((sum, { fromMm, toMm }) => sum + Math.abs(toMm - fromMm), points.offMm[p] + points.offMm[q])).toBe(path.lengthMm);
          passedVertices(travel, path);
        }
      }
    }), { numRuns: 150 });
  });

  it('follows the shapes of streets, cut at both ends', () => {
    // one bent street of 100 + 50 m, then 100 m on
    const travel = walkOn({ vertices: [[0, 0], [100, 50], [200, 50]], streets: [{ from: 0, to: 1, via: [[100, 0]] }, { from: 2, to: 1 }] });
    const points = linkPoints(travel, lonLatOf([[20, 0], [150, 50]]));
    const path = new PathFinder(travel).find(points, 0, points, 1) as StreetPath;
    expect(path.edges.map(({ edge, fromMm, toMm }) => [edge, Math.round(fromMm / 100), Math.round(toMm / 100)])).toEqual([[0, 200, 1500], [1, 1000, 500]]);
    expect(path.edges.map(({ way }) => travel.network.name(way))).toEqual(['Street 0', 'Street 1']);
    const degrees = Float64Array.from(path.e7, (value) => value / 1e7);
    const line = lonLatOf([[20, 0], [100, 0], [100, 50], [150, 50]]);
    expect(path.e7.length).toBe(line.length);
    path.e7.forEach((value, i) => expect(Math.abs(value - line[i] * 1e7)).toBeLessThan(3));
    expect(lengthM({ type: 'LineString', coordinates: degrees })).toBeCloseTo(180, 0);
    expect(path.cost).toBe(130 + 50);
    const back = new PathFinder(travel).find(points, 1, points, 0) as StreetPath;
    expect([...back.e7]).toEqual([...path.e7].flatMap((_, i, all) => (i % 2 === 0 ? [all[all.length - 2 - i], all[all.length - 1 - i]] : [])));
  });

  it('between nodes, from a place to itself, and where there is none', () => {
    const travel = walkOn(gridStreets(4, 4, 100));
    const nodes = linkNodes([0, travel.graph.nodeCount - 1]);
    const finder = new PathFinder(travel);
    const path = finder.find(nodes, 0, nodes, 1) as StreetPath;
    expect(path.lengthMm).toBe(path.cost * 1000);
    expect(finder.find(nodes, 0, nodes, 0)).toMatchObject({ cost: 0, lengthMm: 0, edges: [], e7: travel.network.vertex.e7.slice(2 * travel.node.vertex[0], 2 * travel.node.vertex[0] + 2) });
    expect(finder.find(nodes, 0, nodes, 1, path.cost - 1)).toBeUndefined();
    expect(finder.find(nodes, 0, nodes, 1, path.cost)?.cost).toBe(path.cost);
    const far = linkPoints(travel, lonLatOf([[99_000, 0]]));
    expect(finder.find(far, 0, nodes, 0)).toBeUndefined();
    const apart = walkOn({ vertices: [[0, 0], [100, 0], [0, 100], [100, 100]], streets: [{ from: 0, to: 1 }, { from: 2, to: 3 }] });
    const two = linkPoints(apart, lonLatOf([[50, 0], [50, 100]]));
    expect(new PathFinder(apart).find(two, 0, two, 1)).toBeUndefined();
  });

  it('driving, pays for turns and goes round one-way streets', () => {
    // a block of 100 m whose southern street is one-way to the east
    const travel = buildTravelGraph(makeNetwork({ vertices: [[0, 0], [100, 0], [100, 100], [0, 100], [-50, 0], [150, 0]], streets: [{ from: 0, to: 1, backward: 3 }, { from: 1, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 0 }, { from: 4, to: 0 }, { from: 1, to: 5 }] }), profileOf('drive', { leastVertices: 0 }));
    const points = linkPoints(travel, lonLatOf([[-25, 0], [125, 0]]));
    const finder = new PathFinder(travel);
    const there = finder.find(points, 0, points, 1) as StreetPath;
    const back = finder.find(points, 1, points, 0) as StreetPath;
    expect(there.edges.map(({ edge }) => edge)).toEqual([4, 0, 5]);
    expect(there.edges.reduce((sum, { delay }) => sum + delay, 0)).toBe(0);
    expect(back.edges.map(({ edge }) => edge)).toEqual([5, 1, 2, 3, 4]);
    // right into the block, a bend twice, and right out of it
    expect(back.edges.map(({ delay }) => delay)).toEqual([0, 10, 0, 0, 10]);
  });
});
