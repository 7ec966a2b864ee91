/** Isochrones, ways and matrices of a real town agree with one another. Names no place: any town's file would do. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { buildCostMatrix } from '../../src/engine/graph/search/cost-matrix.ts';
import { buildIsochrone, costsOfPoints } from '../../src/engine/graph/search/isochrone.ts';
import { linkPoints } from '../../src/engine/graph/travel/link-points.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import type { PointLinks } from '../../src/engine/graph/travel/point-links.ts';
import { profileOf } from '../../src/engine/graph/travel/profile.ts';
import { StreetSearch } from '../../src/engine/graph/search/reached-streets.ts';
import { UNREACHED } from '../../src/engine/graph/search/search-graph.ts';
import { PathFinder } from '../../src/engine/graph/search/shortest-path.ts';
import { buildTravelGraph } from '../../src/engine/graph/travel/travel-graph.ts';
import type { Geometry } from '../../src/engine/spatial/geometry.ts';
import { listParts } from '../../src/engine/spatial/geometry.ts';
import { openFile } from '../../src/import/byte-source.ts';
import { readNetwork } from '../../src/import/osm/read-network.ts';

const FILE = '../shared/data/porto-alegre/poa_osm.pbf';
const LIMITS = [300, 600, 900];

function holds(geometry: Geometry, lon: number, lat: number): boolean {
  const { coordinates: c } = geometry;
  let within = false;
  for (const [start, end] of listParts(geometry)) {
    for (let i = start + 1; i < end; i++) {
      const y0 = c[2 * i - 1], y1 = c[2 * i + 1];
      if (y0 > lat !== y1 > lat && lon < c[2 * i - 2] + ((lat - y0) / (y1 - y0)) * (c[2 * i] - c[2 * i - 2])) within = !within;
    }
  }
  return within;
}

/** Pairs of segments that cross; segments in order of their western ends, so that few need a look. */
function countCrossings(geometry: Geometry): number {
  const { coordinates: c } = geometry;
  const side = (p: number, q: number, r: number): number => Math.sign((c[2 * q] - c[2 * p]) * (c[2 * r + 1] - c[2 * p + 1]) - (c[2 * q + 1] - c[2 * p + 1]) * (c[2 * r] - c[2 * p]));
  const west = (s: number): number => Math.min(c[2 * s], c[2 * s + 2]);
  const segments = listParts(geometry).flatMap(([start, end]) => Array.from({ length: end - start - 1 }, (_, i) => start + i)).sort((a, b) => west(a) - west(b));
  let crossings = 0;
  segments.forEach((a, i) => {
    const east = Math.max(c[2 * a], c[2 * a + 2]);
    for (let j = i + 1; j < segments.length && west(segments[j]) <= east; j++) {
      const b = segments[j];
      if (side(a, a + 1, b) * side(a, a + 1, b + 1) < 0 && side(b, b + 1, a) * side(b, b + 1, a + 1) < 0) crossings++;
    }
  });
  return crossings;
}

describe.skipIf(!existsSync(FILE))(`a real town${existsSync(FILE) ? '' : ` (skipped: ${FILE} is not here)`}`, () => {
  let network: Network;
  const random = new Random(8);
  const places = (count: number): Float64Array => Float64Array.from({ length: 2 * count }, (_, i) => {
    const v = random.integer(0, network.vertex.id.length - 1);
    return network.vertex.e7[2 * v + (i % 2)] * 1e-7 + random.between(-1e-3, 1e-3);
  });
  const around = (origin: number, at: Float64Array, count: number): Float64Array => Float64Array.from({ length: 2 * count }, (_, i) => at[2 * origin + (i % 2)] + random.between(-0.008, 0.008));

  beforeAll(async () => {
    const source = await openFile(FILE);
    network = (await readNetwork(source, { threads: 0 })).network;
    await source.close();
  });

  it.each(['walk', 'bike', 'drive'] as const)('has isochrones that are valid, nested, and hold what is reached: %s', (mode) => {
    const travel = buildTravelGraph(network, profileOf(mode));
    const streets = new StreetSearch(travel);
    const at = places(8);
    const links = linkPoints(travel, at);
    const agreed = [0, 0, 0], either = [0, 0, 0];
    for (let origin = 0; origin < links.count; origin++) {
      const { polygons } = buildIsochrone(streets, links, [origin], LIMITS);
      expect(polygons.map(countCrossings)).toEqual([0, 0, 0]);
      const near = around(origin, at, 400);
      const points = linkPoints(travel, near);
      const costs = costsOfPoints(streets, links, [origin], points, LIMITS[2]);
      for (let q = 0; q < points.count; q++) {
        const within = polygons.map((polygon) => holds(polygon, near[2 * q], near[2 * q + 1]));
        expect([(!within[0] || within[1]), (!within[1] || within[2])]).toEqual([true, true]);
        // farther than polygons reach from a street
        if (points.offMm[q] > 100_000) continue;
        LIMITS.forEach((limit, band) => {
          const reached = costs[q] <= limit;
          if (within[band] || reached) either[band]++;
          if (within[band] && reached) agreed[band]++;
        });
      }
    }
    agreed.forEach((count, band) => expect(count / either[band]).toBeGreaterThan(band === 0 ? 0.7 : 0.85));
  });

  it.each(['walk', 'drive'] as const)('has one cost for a pair, however it is asked: %s', (mode) => {
    const travel = buildTravelGraph(network, profileOf(mode));
    const points: PointLinks = linkPoints(travel, places(60));
    const finder = new PathFinder(travel);
    const streets = new StreetSearch(travel);
    const table = Array.from({ length: 60 }, () => new Uint32Array(60).fill(UNREACHED));
    for (const { count, origin, destination, cost, mm } of buildCostMatrix(travel, points, points, 1500)) {
      for (let i = 0; i < count; i++) {
        table[origin[i]][destination[i]] = cost[i];
        if (i % 7 === 0) expect(finder.find(points, origin[i], points, destination[i])).toMatchObject({ cost: cost[i], lengthMm: mm[i] });
      }
    }
    table.forEach((row, origin) => {
      streets.run(points, [origin], [1500]);
      expect(costsOfPoints(streets, points, [origin], points, 1500)).toEqual(row);
    });
    expect(table.flatMap((row) => [...row]).filter((cost) => cost < UNREACHED).length).toBeGreaterThan(100);
  });
});
