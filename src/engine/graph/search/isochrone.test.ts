import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRoad, buildRoad } from '../../../../test/engine/one-road.ts';
import { costTable } from '../../../../test/engine/plain-costs.ts';
import { placeAt } from '../../../../test/engine/street-plan.ts';
import { anyPoints, anyStreets, gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import type { Geometry } from '../../spatial/geometry.ts';
import { listParts, listPolygons } from '../../spatial/geometry.ts';
import { areaM2, lengthM } from '../../spatial/measure.ts';
import { buildCostMatrix } from './cost-matrix.ts';
import { buildIsochrone, costsOfPoints, drawStreets, sumWithin } from './isochrone.ts';
import { linkPoints } from '../travel/link-points.ts';
import { linkAllNodes, linkNodes } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { StreetSearch } from './reached-streets.ts';
import { UNREACHED } from './search-graph.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

const walkOn = (streets: Parameters<typeof makeNetwork>[0], unit: 's' | 'mm' = 's'): TravelGraph => buildTravelGraph(makeNetwork(streets), profileOf('walk', { unit, leastVertices: 0 }));

function holds({ coordinates: c, ...shape }: Geometry, lon: number, lat: number): boolean {
  let within = false;
  for (const [start, end] of listParts({ coordinates: c, ...shape })) {
    for (let i = start + 1; i < end; i++) {
      const y0 = c[2 * i - 1], y1 = c[2 * i + 1];
      if (y0 > lat !== y1 > lat && lon < c[2 * i - 2] + ((lat - y0) / (y1 - y0)) * (c[2 * i] - c[2 * i - 2])) within = !within;
    }
  }
  return within;
}

/** Whether no two segments of any rings cross, each ring is closed, and outer rings turn left. */
function isValid(geometry: Geometry): boolean {
  const { coordinates: c } = geometry;
  const side = (p: number, q: number, r: number): number => Math.sign((c[2 * q] - c[2 * p]) * (c[2 * r + 1] - c[2 * p + 1]) - (c[2 * q + 1] - c[2 * p + 1]) * (c[2 * r] - c[2 * p]));
  const segments = listParts(geometry).flatMap(([start, end]) => Array.from({ length: end - start - 1 }, (_, i) => start + i));
  const crosses = (a: number, b: number): boolean => side(a, a + 1, b) * side(a, a + 1, b + 1) < 0 && side(b, b + 1, a) * side(b, b + 1, a + 1) < 0;
  const closed = listParts(geometry).every(([start, end]) => end - start >= 4 && c[2 * start] === c[2 * end - 2] && c[2 * start + 1] === c[2 * end - 1]);
  return closed && !segments.some((a, i) => segments.slice(i + 1).some((b) => crosses(a, b)));
}

describe('an isochrone', () => {
  it('has polygons that are valid and lie one within the other, wherever it is', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, fc.integer({ min: 30, max: 300 }), fc.boolean(), (streets, at, minutes, inMetres) => {
      const travel = walkOn(streets, inMetres ? 'mm' : 's');
      const limit = inMetres ? minutes * 1000 : minutes;
      const links = linkPoints(travel, lonLatOf(at));
      const { polygons } = buildIsochrone(new StreetSearch(travel), links, Array.from(at.keys()), [limit, 2 * limit], { leastHoleM2: minutes * 10 });
      expect(polygons.map(isValid)).toEqual([true, true]);
      const { coordinates: c } = polygons[0];
      for (const [start, end] of listParts(polygons[0])) {
        for (let i = start; i < end - 1; i++) {
          // a hair to the left of each side, which is inside: the two may touch
          const lon = (c[2 * i] + c[2 * i + 2]) / 2 - (c[2 * i + 3] - c[2 * i + 1]) * 0.02, lat = (c[2 * i + 1] + c[2 * i + 3]) / 2 + (c[2 * i + 2] - c[2 * i]) * 0.02;
          expect(holds(polygons[1], lon, lat)).toBe(true);
        }
      }
    }), { numRuns: 60 });
  });

  it('holds the places that a linked point is reached at within the limit, but for a cell at its edge', () => {
    const travel = walkOn(gridStreets(16, 16, 130));
    const links = linkPoints(travel, lonLatOf([[911, 909]]));
    const streets = new StreetSearch(travel);
    const limits = [300, 600];
    const { polygons } = buildIsochrone(streets, links, [0], limits);
    const places = Array.from({ length: 60 * 60 }, (_, i): [number, number] => [20 + (i % 60) * 32, 20 + Math.floor(i / 60) * 32]);
    const at = lonLatOf(places);
    const costs = costsOfPoints(streets, links, [0], linkPoints(travel, at), 1000);
    limits.forEach((limit, band) => {
      let wrong = 0;
      places.forEach((_, i) => (wrong += holds(polygons[band], at[2 * i], at[2 * i + 1]) === costs[i] <= limit ? 0 : 1));
      // half a cell's width along the contour is about 2 % of these places
      expect(wrong / places.length).toBeLessThan(0.02);
    });
    limits.forEach((limit, band) => {
      const places = costs.reduce((count, cost) => count + (cost <= limit ? 1 : 0), 0);
      // the filter takes about a third of a cell off corners
      expect(Math.abs(areaM2(polygons[band]) / (places * 32 * 32) - 1)).toBeLessThan(0.06);
    });
    // a diamond of 2 · 600² m², less what one loses by leaving the nearest street only, which may lead away
    expect(areaM2(polygons[1]) / (2 * 600 * 600)).toBeGreaterThan(0.8);
    expect(areaM2(polygons[1]) / (2 * 600 * 600)).toBeLessThan(1);
  });

  it('has streets as long as the ones reached, and lines as long as those', () => {
    const travel = walkOn(gridStreets(9, 9, 100), 'mm');
    const middle = travel.node.vertex.indexOf(40);
    const { streets } = buildIsochrone(new StreetSearch(travel), linkNodes([middle]), [0], [100_000, 150_000]);
    expect(streets).toEqual(new StreetSearch(travel).run(linkNodes([middle]), [0], [100_000, 150_000]));
    expect(drawStreets(travel, streets, 2).map((line) => Math.round(lengthM(line)))).toEqual([400, 600]);
  });

  it('does not reach over what is too wide, and fills holes only up to the size asked for', () => {
    // a ring of streets around 600 m × 600 m of nothing
    const travel = walkOn({ vertices: [[0, 0], [600, 0], [600, 600], [0, 600]], streets: [{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 0 }] });
    const links = linkPoints(travel, lonLatOf([[300, 0]]));
    const rings = (leastHoleM2: number): number[] => buildIsochrone(new StreetSearch(travel), links, [0], [2400], { reachM: 60, leastHoleM2 }).polygons.map((polygon) => listParts(polygon).length);
    expect([rings(100_000), rings(1_000_000)]).toEqual([[2], [1]]);
    const { polygons } = buildIsochrone(new StreetSearch(travel), links, [0], [2400], { reachM: 60 });
    const [inside, outside, street] = [lonLatOf([[300, 300]]), lonLatOf([[300, -100]]), lonLatOf([[600, 300]])].map(([lon, lat]) => holds(polygons[0], lon, lat));
    expect([inside, outside, street]).toEqual([false, false, true]);
  });

  it('counts what lies within by cost along the streets', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, anyPoints, fc.nat(400), (streets, from, to, limit) => {
      const travel = walkOn(streets);
      const origins = linkPoints(travel, lonLatOf(from));
      const points = linkPoints(travel, lonLatOf(to));
      const search = new StreetSearch(travel);
      const all = Array.from(from.keys());
      search.run(origins, all, [limit, 2 * limit + 1]);
      const costs = costsOfPoints(search, origins, all, points, 2 * limit + 1);
      const expected = new Uint32Array(to.length).fill(UNREACHED);
      for (const { count, destination, cost } of buildCostMatrix(travel, origins, points, 2 * limit + 1)) for (let i = 0; i < count; i++) expected[destination[i]] = Math.min(expected[destination[i]], cost[i]);
      expect(costs).toEqual(expected);
      const persons = Float64Array.from(to, (_, i) => i + 1);
      const sum = (most: number): number => expected.reduce((total, cost, i) => total + (cost <= most ? i + 1 : 0), 0);
      expect([...sumWithin(costs, persons, [limit, 2 * limit + 1])]).toEqual([sum(limit), sum(2 * limit + 1)]);
    }));
  });

  it('reaches points on the chains of several origins as all pairs say, on a road of many doors', () => {
    fc.assert(fc.property(anyRoad(12, 30), fc.constantFrom('walk' as const, 'drive' as const), fc.nat(200), fc.integer({ min: 1, max: 20 }), (road, mode, limit, some) => {
      const travel = buildTravelGraph(buildRoad(road), profileOf(mode, { local: 'ends', leastVertices: 0 }));
      const points = linkPoints(travel, Float64Array.from(road.points.flatMap(([x, y]) => placeAt(x, y))));
      const origins = Array.from({ length: some }, (_, i) => (i * 5) % points.count);
      const streets = new StreetSearch(travel);
      streets.run(points, origins, [limit]);
      const table = costTable(travel, points);
      const least = Array.from({ length: points.count }, (_, q) => Math.min(...origins.map((p) => table[p][q])));
      expect([...costsOfPoints(streets, points, origins, points, limit)]).toEqual(least.map((cost) => (cost <= limit ? cost : UNREACHED)));
    }), { numRuns: 60 });
  });

  it('from nowhere, within nothing, and without limits is empty', () => {
    const travel = walkOn(gridStreets(3, 3, 100));
    const links = linkPoints(travel, lonLatOf([[99_000, 0], [50, 0]]));
    const streets = new StreetSearch(travel);
    const polygonCount = (origins: number[], limits: number[]): number[] => buildIsochrone(streets, links, origins, limits).polygons.map((polygon) => listPolygons(polygon).length);
    expect(polygonCount([0], [300])).toEqual([0]);
    expect(polygonCount([], [300])).toEqual([0]);
    expect(polygonCount([1], [])).toEqual([]);
    expect(polygonCount([1], [-1])).toEqual([0]);
    expect(polygonCount([1], [Infinity])).toEqual([1]);
    expect(polygonCount([0, 1], [300, 600])).toEqual([1, 1]);
  });

  it('is the same every time, and shows the way from the origin to the street where it is told where that is', () => {
    const travel = walkOn(gridStreets(8, 8, 100));
    const at = lonLatOf([[350, -90]]);
    const links = linkPoints(travel, at);
    const originE7 = Array.from(at, (value) => Math.round(value * 1e7));
    const streets = new StreetSearch(travel);
    const [one, two, without] = [{ originE7 }, { originE7 }, {}].map((options) => buildIsochrone(streets, links, [0], [120], options));
    expect(one).toEqual(two);
    expect([one, without].map(({ polygons }) => holds(polygons[0], at[0], at[1]))).toEqual([true, false]);
  });

  it('of 10,000 nodes at once takes them as one search', () => {
    const travel = walkOn(gridStreets(12, 12, 100));
    const nodes = linkAllNodes(travel.graph.nodeCount);
    const { streets } = buildIsochrone(new StreetSearch(travel), nodes, Array.from({ length: 10_000 }, (_, i) => i % nodes.count), [1000]);
    const [line] = drawStreets(travel, streets, 1);
    expect(Math.abs(lengthM(line) - 2 * 12 * 1100)).toBeLessThan(2);
  });
});
