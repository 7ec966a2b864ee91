import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRoad, buildRoad } from '../../../../test/engine/one-road.ts';
import { costTable as plainCosts } from '../../../../test/engine/plain-costs.ts';
import { placeAt } from '../../../../test/engine/street-plan.ts';
import { anyPoints, anyStreets, gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { buildCapacityCatchments, buildCatchments } from './catchments.ts';
import type { CapacityCatchments } from './catchments.ts';
import { buildCostMatrix } from './cost-matrix.ts';
import { linkPoints } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { linkNodes } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { UNREACHED } from './search-graph.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

/** Cost of every facility (row) and point, in the direction of travel. */
function costTable(travel: TravelGraph, facilities: PointLinks, points: PointLinks, direction: 'to' | 'from', limit: number): number[][] {
  const table = Array.from({ length: facilities.count }, () => Array.from({ length: points.count }, () => UNREACHED));
  const blocks = direction === 'to' ? buildCostMatrix(travel, points, facilities, limit) : buildCostMatrix(travel, facilities, points, limit);
  for (const { count, origin, destination, cost } of blocks) {
    for (let i = 0; i < count; i++) {
      if (direction === 'to') table[destination[i]][origin[i]] = cost[i];
      else table[origin[i]][destination[i]] = cost[i];
    }
  }
  return table;
}

/** The rule in words: all pairs in order, as much as there is and as fits. */
function plainAssignment(table: number[][], weights: readonly number[], capacities: readonly number[]): [facility: number, point: number, cost: number, weight: number][] {
  const pairs = table.flatMap((row, f) => row.map((cost, p) => ({ f, p, cost }))).filter(({ cost }) => cost < UNREACHED);
  pairs.sort((a, b) => a.cost - b.cost || a.f - b.f || a.p - b.p);
  const left = [...weights], room = [...capacities];
  return pairs.flatMap(({ f, p, cost }): [number, number, number, number][] => {
    const weight = Math.min(left[p], room[f]);
    left[p] -= weight;
    room[f] -= weight;
    return weight > 0 ? [[f, p, cost, weight]] : [];
  });
}

const rowsOf = ({ count, facility, point, cost, weight }: CapacityCatchments): [number, number, number, number][] => Array.from({ length: count }, (_, i) => [facility[i], point[i], cost[i], weight[i]]);
const anyCase = fc.record({
  streets: anyStreets(), from: anyPoints, to: anyPoints, mode: fc.constantFrom('walk' as const, 'drive' as const), direction: fc.constantFrom('to' as const, 'from' as const),
  limit: fc.oneof(fc.nat(600), fc.constant(Infinity)), weights: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }), capacities: fc.array(fc.oneof(fc.nat(12), fc.constant(Infinity)), { minLength: 6, maxLength: 6 }),
});

describe('catchments', () => {
  it('give each point its nearest facility, of equals the lowest number, in both directions of travel', () => {
    fc.assert(fc.property(anyCase, ({ streets, from, to, mode, direction, limit, weights }) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { local: 'ends', leastVertices: 0 }));
      const facilities = linkPoints(travel, lonLatOf(from));
      const points = linkPoints(travel, lonLatOf(to));
      const own = weights.slice(0, points.count);
      const { facility, cost, totals, unservedWeight } = buildCatchments(travel, facilities, points, { limit, direction, weights: own });
      const table = costTable(travel, facilities, points, direction, limit);
      const least = own.map((_, p) => Math.min(...table.map((row) => row[p])));
      expect([...cost]).toEqual(least);
      expect([...facility]).toEqual(least.map((most, p) => (most === UNREACHED ? -1 : table.findIndex((row) => row[p] === most))));
      table.forEach((_, f) => {
        const mine = own.flatMap((weight, p) => (facility[p] === f ? [{ weight, cost: cost[p] }] : []));
        expect([totals.points[f], totals.weight[f], totals.weightCost[f]]).toEqual([mine.length, mine.reduce((sum, { weight }) => sum + weight, 0), mine.reduce((sum, one) => sum + one.weight * one.cost, 0)]);
        expect(totals.mostCost[f]).toBe(Math.max(0, ...mine.map((one) => (one.weight > 0 ? one.cost : 0))));
      });
      const all = own.reduce((sum, weight) => sum + weight, 0);
      const served = totals.weight.reduce((sum, weight) => sum + weight, 0);
      expect(served + unservedWeight).toBe(all);
      expect(totals.share.reduce((sum, share) => sum + share, 0)).toBeCloseTo(all === 0 ? 0 : served / all, 12);
    }));
  });

  it('of many points and facilities on one road, along its chains, are what all pairs say', () => {
    fc.assert(fc.property(anyRoad(12, 30), fc.constantFrom('walk' as const, 'drive' as const), fc.constantFrom('to' as const, 'from' as const), fc.oneof(fc.nat(100), fc.constant(Infinity)), fc.array(fc.nat(9), { minLength: 30, maxLength: 30 }), (road, mode, direction, limit, weights) => {
      const travel = buildTravelGraph(buildRoad(road), profileOf(mode, { local: 'ends', leastVertices: 0 }));
      const all = linkPoints(travel, Float64Array.from(road.points.flatMap(([x, y]) => placeAt(x, y))));
      const some = Math.ceil(all.count / 3);
      const facilities = linkPoints(travel, Float64Array.from(road.points.slice(0, some).flatMap(([x, y]) => placeAt(x, y))));
      // searches with a heap, and directCost for every pair
      const costs = plainCosts(travel, all);
      const table = Array.from({ length: some }, (_, f) => Array.from({ length: all.count }, (__, p) => (direction === 'to' ? costs[p][f] : costs[f][p])).map((cost) => (cost <= limit ? cost : UNREACHED)));
      const { facility, cost } = buildCatchments(travel, facilities, all, { limit, direction });
      const least = Array.from({ length: all.count }, (_, p) => Math.min(...table.map((row) => row[p])));
      expect([...cost]).toEqual(least);
      expect([...facility]).toEqual(least.map((most, p) => (most === UNREACHED ? -1 : table.findIndex((row) => row[p] === most))));
      const own = weights.slice(0, all.count), room = weights.slice(0, some).map((weight) => 2 * weight);
      expect(rowsOf(buildCapacityCatchments(travel, facilities, all, { limit, direction, weights: own, capacities: room }))).toEqual(plainAssignment(table, own, room));
    }), { numRuns: 60 });
  });

  it('on a line split it in the middle', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(11, 1, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }), { contract: false });
    const { facility } = buildCatchments(travel, linkNodes([0, 10]), linkNodes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect([...facility]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });
});

describe('catchments with capacities', () => {
  it('serve pairs in the order of the rule', () => {
    fc.assert(fc.property(anyCase, ({ streets, from, to, mode, direction, limit, weights, capacities }) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { local: 'ends', leastVertices: 0 }));
      const facilities = linkPoints(travel, lonLatOf(from));
      const points = linkPoints(travel, lonLatOf(to));
      const own = weights.slice(0, points.count), room = capacities.slice(0, facilities.count);
      const result = buildCapacityCatchments(travel, facilities, points, { limit, direction, weights: own, capacities: room });
      expect(rowsOf(result)).toEqual(plainAssignment(costTable(travel, facilities, points, direction, limit), own, room));
    }));
  });

  it('are stable: nobody would be taken nearer in place of somebody served later', () => {
    fc.assert(fc.property(anyCase, ({ streets, from, to, limit, weights, capacities }) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf('walk', { leastVertices: 0 }));
      const facilities = linkPoints(travel, lonLatOf(from));
      const points = linkPoints(travel, lonLatOf(to));
      const own = weights.slice(0, points.count), room = capacities.slice(0, facilities.count);
      const result = buildCapacityCatchments(travel, facilities, points, { limit, weights: own, capacities: room });
      const rows = rowsOf(result);
      const before = (cost: number, f: number, p: number, row: readonly number[]): boolean => cost < row[2] || (cost === row[2] && (f < row[0] || (f === row[0] && p < row[1])));
      costTable(travel, facilities, points, 'to', limit).forEach((row, f) => row.forEach((cost, p) => {
        if (cost === UNREACHED) return;
        const wants = result.unserved[p] > 0 || rows.some((other) => other[1] === p && before(cost, f, p, other));
        const mayTake = result.totals.weight[f] < room[f] || rows.some((other) => other[0] === f && before(cost, f, p, other));
        expect(wants && mayTake && own[p] > 0).toBe(false);
      }));
      own.forEach((weight, p) => expect(rows.reduce((sum, row) => sum + (row[1] === p ? row[3] : 0), result.unserved[p])).toBe(weight));
      room.forEach((space, f) => expect(result.totals.weight[f]).toBeLessThanOrEqual(space));
    }));
  });

  it('with room for all are the nearest ones', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(9, 9, 100)), profileOf('walk', { leastVertices: 0 }));
    const points = linkPoints(travel, lonLatOf(Array.from({ length: 200 }, (_, i): [number, number] => [(i * 37) % 800, (i * 91) % 800])));
    const facilities = linkPoints(travel, lonLatOf([[100, 90], [700, 20], [420, 650]]));
    const free = buildCatchments(travel, facilities, points);
    const done: number[] = [];
    const full = buildCapacityCatchments(travel, facilities, points, { capacities: [Infinity, 200, 1e9] }, { report: (progress) => done.push(progress.done) });
    expect(full.totals).toEqual(free.totals);
    expect(rowsOf(full).every(([f, p, cost]) => free.facility[p] === f && free.cost[p] === cost)).toBe(true);
    expect(done.at(-1)).toBe(200);
    // a school of 20 places takes the 20 nearest, the rest goes elsewhere
    const small = buildCapacityCatchments(travel, facilities, points, { capacities: [20, 200, 1e9] });
    const mine = rowsOf(small).filter(([f]) => f === 0);
    expect(mine.map(([, p]) => p).sort()).toEqual(rowsOf(full).filter(([f]) => f === 0).slice(0, 20).map(([, p]) => p).sort());
    expect(small.unservedWeight).toBe(0);
  });

  it('refuse what makes no sense, and stop when told to', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(3, 3, 100)), profileOf('walk', { leastVertices: 0 }));
    const two = linkPoints(travel, lonLatOf([[0, 0], [100, 100]]));
    expect(() => buildCatchments(travel, two, two, { weights: [1] })).toThrow(RangeError);
    expect(() => buildCatchments(travel, two, two, { weights: [1, -1] })).toThrow(RangeError);
    expect(() => buildCapacityCatchments(travel, two, two, { capacities: [1, NaN] })).toThrow(RangeError);
    expect(() => buildCatchments(travel, two, two, { limit: NaN })).toThrow(RangeError);
    expect(() => buildCapacityCatchments(travel, two, two, { capacities: [1, 1] }, { signal: AbortSignal.abort() })).toThrow('cancelled');
    const none = linkNodes([]);
    expect(buildCapacityCatchments(travel, none, two, { capacities: [] })).toMatchObject({ count: 0, unservedWeight: 2 });
  });
});
