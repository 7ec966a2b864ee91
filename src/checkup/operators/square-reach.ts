/**
 * Sums of what can be reached, for large cities and long ways: residents of a square share one origin.
 *
 * By car half a city of ten million is within 30 minutes of every home; from each of 260,000 homes that is days, whatever the method (on a grid of
 * 640,000 turn states a hierarchy alone takes 140 s and ends in a core of 66,000 nodes). So homes are put together in squares, of 250 m and doubled until
 * all searches together look at no more than 4 · 10⁸ nodes (about a minute), and each square is searched from the home nearest to its middle. Whoever
 * reads the values is told the size of the squares.
 */
import type { WorkContext } from '../../core/progress.ts';
import { buildCostMatrix } from '../../engine/graph/search/cost-matrix.ts';
import { BoundedSearch, addPointSource } from '../../engine/graph/search/bounded-search.ts';
import { linkPoints } from '../../engine/graph/travel/link-points.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { mapTo } from '../city/map-values.ts';
import type { Reach } from './impedance.ts';
import { weightAt } from './impedance.ts';

const SAMPLE = 16;
const FIRST_SIDE_M = 250;
const LEAST_SQUARES = 500;
const MOST_VISITS = 4e8;

/** Nodes that an origin reaches, on average over some of them. */
export function meanReached(travel: TravelGraph, residents: PointLinks, limit: number): number {
  const search = new BoundedSearch(travel.graph);
  let nodes = 0;
  for (let i = 0; i < SAMPLE; i++) {
    search.clear();
    addPointSource(search, residents, Math.floor(((i + 0.5) * residents.count) / SAMPLE));
    search.run(limit);
    nodes += search.reachedCount;
  }
  return nodes / SAMPLE;
}

interface Squares {
  readonly sideM: number;
  /** By resident point its square, −1 where it is tied to no street. */
  readonly of: Int32Array;
  readonly links: PointLinks;
}

function laySquares(travel: TravelGraph, pointE7: Int32Array, residents: PointLinks, most: number): Squares {
  const scale = metresPerDegree(pointE7[1] / 1e7);
  for (let sideM = FIRST_SIDE_M; ; sideM *= 2) {
    const numbers = new Map<number, number>();
    const nearest: number[] = [];
    const apart: number[] = [];
    const of = new Int32Array(residents.count).fill(-1);
    for (let p = 0; p < residents.count; p++) {
      if (residents.firstOut[p] === residents.firstOut[p + 1]) continue;
      const [x, y] = [((pointE7[2 * p] / 1e7) * scale.lon) / sideM, ((pointE7[2 * p + 1] / 1e7) * scale.lat) / sideM];
      const key = Math.floor(y) * 0x100_0000 + Math.floor(x);
      let square = numbers.get(key);
      if (square === undefined) {
        numbers.set(key, (square = numbers.size));
        nearest.push(p);
        apart.push(Infinity);
      }
      of[p] = square;
      const d = (x - Math.floor(x) - 0.5) ** 2 + (y - Math.floor(y) - 0.5) ** 2;
      if (d < apart[square]) {
        apart[square] = d;
        nearest[square] = p;
      }
    }
    if (numbers.size <= most) return { sideM, of, links: linkPoints(travel, Float64Array.from(nearest.flatMap((p) => [pointE7[2 * p] / 1e7, pointE7[2 * p + 1] / 1e7]))) };
  }
}

/** Reach by squares, and how long their sides are. `reached`: nodes that an origin reaches. */
export function openSquareReach(travel: TravelGraph, pointE7: Int32Array, residents: PointLinks, opportunities: PointLinks, limit: number, reached: number, context: WorkContext): { reach: Reach; sideM: number } {
  const { of, links, sideM } = laySquares(travel, pointE7, residents, Math.max(LEAST_SQUARES, Math.floor(MOST_VISITS / Math.max(1, reached))));
  const spread = (sums: Float64Array): Float64Array => mapTo(Float64Array, of, (square) => (square < 0 ? 0 : sums[square]));
  return {
    sideM,
    reach: {
      forward(weights, impedance) {
        const sums = new Float64Array(links.count);
        for (const { count, origin, destination, cost } of buildCostMatrix(travel, links, opportunities, limit, context)) {
          for (let i = 0; i < count; i++) sums[origin[i]] += weights[destination[i]] * weightAt(impedance, cost[i]);
        }
        return spread(sums);
      },
      backward(weights, impedance) {
        const together = new Float64Array(links.count);
        of.forEach((square, p) => (together[square] += square < 0 ? 0 : weights[p]));
        const sums = new Float64Array(opportunities.count);
        for (const { count, origin, destination, cost } of buildCostMatrix(travel, links, opportunities, limit, context)) {
          for (let i = 0; i < count; i++) sums[destination[i]] += together[origin[i]] * weightAt(impedance, cost[i]);
        }
        return sums;
      },
      forwardLimits(weights, limits) {
        const sums = limits.map(() => new Float64Array(links.count));
        for (const { count, origin, destination, cost } of buildCostMatrix(travel, links, opportunities, limit, context)) {
          for (let i = 0; i < count; i++) {
            for (let l = limits.length - 1; l >= 0 && cost[i] <= limits[l]; l--) sums[l][origin[i]] += weights[destination[i]];
          }
        }
        return sums.map(spread);
      },
    },
  };
}
