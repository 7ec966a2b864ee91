import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchStreets } from '../../../../test/engine/plain-costs.ts';
import { anyPoints, anyStreets, gridStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { CostMatrix, buildCostMatrix, orderByOrigin, planMatrix } from './cost-matrix.ts';
import type { CostRows } from './cost-matrix.ts';
import { edgeCosting } from '../travel/edge-cost.ts';
import { linkPoints } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { linkAllNodes, linkNodes } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { MAX_COST, UNREACHED } from './search-graph.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

type Row = [origin: number, destination: number, cost: number, mm: number];
const listRows = (blocks: Iterable<CostRows>): Row[] => [...blocks].flatMap(({ count, origin, destination, cost, mm }) => Array.from({ length: count }, (_, i): Row => [origin[i], destination[i], cost[i], mm[i]]));

/** On foot between points on edges: Floyd–Warshall over the vertices, then every pair of half-edges; (cost, mm) as one number. */
function plainMatrix({ network, meta, edge }: TravelGraph, origins: PointLinks, destinations: PointLinks, limit: number): Row[] {
  const costing = edgeCosting(network, meta.profile);
  const { from, to, lengthMm } = network.edge;
  const halves = Array.from({ length: 2 * from.length }, (_, half) => half).filter((half) => edge.chain[half >> 1] >= 0 && costing.cost(half) < UNREACHED);
  const tail = (half: number): number => (half & 1 ? to : from)[half >> 1];
  const n = network.vertex.id.length, unit = 2 ** 32;
  const d = Array.from({ length: n }, (_, a) => Array.from({ length: n }, (_, b) => (a === b ? 0 : Infinity)));
  for (const half of halves) d[tail(half)][tail(half ^ 1)] = Math.min(d[tail(half)][tail(half ^ 1)], costing.cost(half) * unit + lengthMm[half >> 1]);
  for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) d[i][j] = Math.min(d[i][j], d[i][k] + d[k][j]);
  const passed = (links: PointLinks, p: number, half: number): number => (half & 1 ? lengthMm[half >> 1] - links.alongMm[p] : links.alongMm[p]);
  const rows: Row[] = [];
  for (let p = 0; p < origins.count; p++) {
    for (let q = 0; q < destinations.count; q++) {
      const off = (origins.offCost[p] + destinations.offCost[q]) * unit + origins.offMm[p] + destinations.offMm[q];
      let least = Infinity;
      for (const out of halves.filter((half) => half >> 1 === origins.edge[p])) {
        const left = lengthMm[out >> 1] - passed(origins, p, out);
        for (const into of halves.filter((half) => half >> 1 === destinations.edge[q])) {
          const there = passed(destinations, q, into);
          least = Math.min(least, costing.leaving(out, left) * unit + left + d[tail(out ^ 1)][tail(into)] + costing.entering(into, there) * unit + there + off);
          const between = there - passed(origins, p, out);
          if (out === into && between >= 0) least = Math.min(least, costing.within(out, between) * unit + between + off);
        }
      }
      if (Math.floor(least / unit) <= limit) rows.push([p, q, Math.floor(least / unit), least % unit]);
    }
  }
  return rows;
}

const anyLimit = fc.oneof(fc.nat(1500), fc.constant(Infinity));

describe('a cost matrix', () => {
  it.each(['s', 'mm'] as const)('has the least cost of every pair within the limit, in %s', (unit) => {
    fc.assert(fc.property(anyStreets(), anyPoints, anyPoints, anyLimit, fc.boolean(), (streets, from, to, limit, contract) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf('walk', { unit, leastVertices: 0 }), { contract });
      const origins = linkPoints(travel, lonLatOf(from));
      const destinations = linkPoints(travel, lonLatOf(to));
      const most = unit === 'mm' ? limit * 1000 : limit;
      const rows = listRows(buildCostMatrix(travel, origins, destinations, most));
      const plain = plainMatrix(travel, origins, destinations, Math.min(most, MAX_COST));
      expect(rows.map(([p, q, cost]) => [p, q, cost])).toEqual(plain.map(([p, q, cost]) => [p, q, cost]));
      rows.forEach(([, , cost, mm], i) => {
        if (unit === 'mm') expect(mm).toBe(cost);
        // of equally cheap chains side by side one is kept, so the way may be longer than the least, but never slower than walked
        else expect([mm >= plain[i][3], mm <= (cost + 4) * 1000]).toEqual([true, true]);
      });
    }), { numRuns: 200 });
  });

  it('has the least length among equally cheap ways where no two chains lie side by side', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(4, 4, 99.6)), profileOf('walk', { leastVertices: 0 }), { contract: false });
    const points = linkPoints(travel, lonLatOf([[10, 3], [250, 102], [298.8, 298.8], [10, 2], [140, 0]]));
    expect(listRows(buildCostMatrix(travel, points, points, 900))).toEqual(plainMatrix(travel, points, points, 900));
  });

  it('the same whether chains are contracted or not, and in each direction of one-way driving', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, fc.constantFrom('walk' as const, 'bike' as const, 'drive' as const), (streets, at, mode) => {
      const network = makeNetwork(streets);
      const [short, long] = [true, false].map((contract) => {
        const travel = buildTravelGraph(network, profileOf(mode, { leastVertices: 0 }), { contract });
        const points = linkPoints(travel, lonLatOf(at));
        return listRows(buildCostMatrix(travel, points, points, 1200)).map(([p, q, cost]) => [p, q, cost]);
      });
      expect(short).toEqual(long);
    }));
  });

  it('of drivers and riders is what a search over streets and turns alone finds', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, fc.constantFrom('walk' as const, 'bike' as const, 'drive' as const), fc.constantFrom('closed' as const, 'ends' as const), (streets, at, mode, local) => {
      const profile = profileOf(mode, { local, leastVertices: 0 });
      const travel = buildTravelGraph(makeNetwork(streets), profile);
      const points = linkPoints(travel, lonLatOf(at));
      const found = Array.from(at, () => Array.from(at, () => UNREACHED));
      for (const [p, q, cost] of listRows(buildCostMatrix(travel, points, points, Infinity))) found[p][q] = cost;
      const search = searchStreets(travel.network, profile, points);
      expect(found).toEqual(Array.from(at, (_, p) => search(p)));
    }), { numRuns: 200 });
  });

  it('is the same from both sides', () => {
    fc.assert(fc.property(anyStreets(), anyPoints, anyPoints, anyLimit, fc.constantFrom('walk' as const, 'drive' as const), (streets, from, to, limit, mode) => {
      const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { leastVertices: 0 }));
      const [origins, destinations] = [from, to].map((points) => linkPoints(travel, lonLatOf(points)));
      const ahead = new CostMatrix(travel, origins, destinations, limit, 'origins').rows(0, origins.count);
      const back = Array.from({ length: destinations.count }, (_, q) => new CostMatrix(travel, origins, destinations, limit, 'destinations').rows(q, q + 1));
      expect(listRows(orderByOrigin(back, origins.count))).toEqual(listRows([ahead]));
    }));
  });

  it('grows with the limit by rows only', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(8, 8, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const all = linkAllNodes(travel.graph.nodeCount);
    const wide = listRows(buildCostMatrix(travel, all, all, 500_000));
    const narrow = listRows(buildCostMatrix(travel, all, all, 300_000));
    expect(narrow).toEqual(wide.filter(([, , cost]) => cost <= 300_000));
    expect(listRows(buildCostMatrix(travel, all, all, 0))).toEqual(Array.from({ length: travel.graph.nodeCount }, (_, v) => [v, v, 0, 0]));
    expect(listRows(buildCostMatrix(travel, all, all, -1))).toEqual([]);
  });

  it('comes in blocks of origins that together are the whole', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(20, 20, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const all = linkAllNodes(travel.graph.nodeCount);
    const blocks = [...buildCostMatrix(travel, all, all, 100_000)];
    expect(blocks.map((block) => new Set(block.origin).size)).toEqual([256, travel.graph.nodeCount - 256]);
    expect([[5, 0], [1 << 14, 1 << 14], [1e9, 1e9], [1000, 500], [1e9, 20]].map(([origins, destinations]) => planMatrix(origins, destinations))).toEqual([
      { side: 'destinations', count: 0, step: 256 }, { side: 'origins', count: 1 << 14, step: 16 }, { side: 'origins', count: 1e9, step: 1 }, { side: 'destinations', count: 500, step: 256 }, { side: 'origins', count: 1e9, step: 256 },
    ]);
  });

  it('has no rows for points linked to nothing, and all for many at one place', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(3, 3, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const far = linkPoints(travel, lonLatOf([[90_000, 0], [50, 0]]));
    expect(far.edge[0]).toBe(-1);
    expect(listRows(buildCostMatrix(travel, far, far, Infinity))).toEqual([[1, 1, 0, 0]]);
    const twice = linkPoints(travel, lonLatOf([[50, 3], [50, 3], [50, 4], [150, 3], [50, 3]]));
    const rows = listRows(buildCostMatrix(travel, twice, twice, 120_000));
    const once = (p: number): (readonly number[])[] => rows.filter(([origin]) => origin === p).map(([, ...rest]) => rest);
    expect(rows).toEqual(plainMatrix(travel, twice, twice, 120_000));
    expect([once(1), once(4)]).toEqual([once(0), once(0)]);
    const many = linkNodes(new Uint32Array(300));
    expect(listRows(buildCostMatrix(travel, many, many, 0)).length).toBe(300 * 300);
  });

  it('stops when told to and reports how far it is', () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(20, 20, 100)), profileOf('walk', { unit: 'mm', leastVertices: 0 }));
    const all = linkAllNodes(travel.graph.nodeCount);
    const done: number[] = [];
    const stop = new AbortController();
    const blocks = buildCostMatrix(travel, all, all, 1000, { signal: stop.signal, report: (progress) => done.push(progress.done) });
    blocks.next();
    stop.abort();
    expect(() => blocks.next()).toThrow('cancelled');
    expect(done).toEqual([256]);
  });
});
