import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costRow } from '../../../../test/engine/plain-costs.ts';
import { streetSource } from '../../../../test/engine/street-source.ts';
import type { SourcePlan } from '../../../../test/engine/street-source.ts';
import { ALL, StreetPlan, placeAt } from '../../../../test/engine/street-plan.ts';
import { metresPerDegree } from '../../spatial/measure.ts';
import { directCost, linkPoints } from './link-points.ts';
import { buildNetwork } from '../network/build-network.ts';
import type { Measure, Network } from '../network/network.ts';
import { PASS, TRAIT } from '../network/network.ts';
import { profileOf } from './profile.ts';
import { UNREACHED } from '../search/search-graph.ts';
import { buildTravelGraph } from './travel-graph.ts';

const WALK = profileOf('walk', { leastVertices: 0 });
const DRIVE = profileOf('drive', { leastVertices: 0 });

interface Piece {
  readonly e: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function listPieces({ vertex, edge }: Network): Piece[] {
  return Array.from(edge.from.keys()).flatMap((e) => {
    const shape = edge.shapeE7.subarray(2 * (e === 0 ? 0 : edge.shapeEnds[e - 1]), 2 * edge.shapeEnds[e]);
    const line = [...vertex.e7.subarray(2 * edge.from[e], 2 * edge.from[e] + 2), ...shape, ...vertex.e7.subarray(2 * edge.to[e], 2 * edge.to[e] + 2)];
    return Array.from({ length: line.length / 2 - 1 }, (_, i) => ({ e, x0: line[2 * i], y0: line[2 * i + 1], x1: line[2 * i + 2], y1: line[2 * i + 3] }));
  });
}

/** The nearest piece by looking at all of them: metres away and edge. */
function nearestOf(network: Network, lon: number, lat: number): { metres: number; e: number } {
  const { lon: kx, lat: ky } = metresPerDegree(lat);
  let best = { metres: Infinity, e: -1 };
  for (const { e, x0, y0, x1, y1 } of listPieces(network)) {
    const [ax, ay, bx, by] = [(x0 / 1e7 - lon) * kx, (y0 / 1e7 - lat) * ky, (x1 / 1e7 - lon) * kx, (y1 / 1e7 - lat) * ky];
    const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / length2));
    const metres = Math.hypot(ax + t * (bx - ax), ay + t * (by - ay));
    if (metres < best.metres) best = { metres, e };
  }
  return best;
}

/** The nearest piece by R5's arithmetic, as oracle/spec has it: squared distance in 10⁻⁷ degrees of latitude. */
function nearestAsR5(network: Network, lon: number, lat: number): { d2: number; e: number } {
  const c = Math.cos((lat * Math.PI) / 180);
  const [px, py] = [Math.trunc(lon * 1e7), Math.trunc(lat * 1e7)];
  let best = { d2: Infinity, e: -1 };
  for (const { e, x0, y0, x1, y1 } of listPieces(network)) {
    const [ax, bx, x] = [Math.trunc(x0 / c), Math.trunc(x1 / c), Math.trunc(px / c)];
    const length2 = (bx - ax) ** 2 + (y1 - y0) ** 2;
    let f = ((x - ax) * (bx - ax) + (py - y0) * (y1 - y0)) / length2;
    if (x === ax && py === y0) f = 0;
    else if (!(length2 > 0)) f = 1;
    f = Math.max(0, Math.min(1, f));
    const [fx, fy] = [Math.trunc(x0 + f * (x1 - x0)), Math.trunc(y0 + f * (y1 - y0))];
    const d2 = Math.trunc((fx - px) * c) ** 2 + (fy - py) ** 2;
    if (d2 < best.d2) best = { d2, e };
  }
  return best;
}

const coordinate = fc.integer({ min: 0, max: 4000 });
const place = fc.tuple(coordinate, coordinate);
const line = fc.record({ from: place, to: place, shape: fc.array(place, { maxLength: 3 }) });

function drawLines(lines: readonly { from: [number, number]; to: [number, number]; shape: [number, number][] }[], measure: Measure): Network {
  const plan = new StreetPlan();
  for (const { from, to, shape } of lines) plan.edge(plan.vertex(...from), plan.vertex(...to), { shape });
  return plan.build(undefined, measure);
}

describe('linking points', () => {
  it('finds the nearest street of all', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.array(fc.tuple(fc.integer({ min: -1500, max: 5500 }), fc.integer({ min: -1500, max: 5500 })), { minLength: 1, maxLength: 10 }), (lines, places) => {
        const network = drawLines(lines, 'geodesic');
        const lonLat = Float64Array.from(places.flatMap(([x, y]) => placeAt(x, y)));
        const links = linkPoints(buildTravelGraph(network, WALK), lonLat);
        places.forEach((_, p) => {
          const { metres } = nearestOf(network, lonLat[2 * p], lonLat[2 * p + 1]);
          expect(links.edge[p] >= 0).toBe(metres <= WALK.maxLinkM);
          if (links.edge[p] >= 0) expect(Math.abs(links.offMm[p] - metres * 1000)).toBeLessThan(1);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('finds the street that R5 would take on networks that are measured as R5 does', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.array(place, { minLength: 1, maxLength: 10 }), (lines, places) => {
        const network = drawLines(lines, 'r5');
        const lonLat = Float64Array.from(places.flatMap(([x, y]) => placeAt(x, y)));
        const links = linkPoints(buildTravelGraph(network, WALK), lonLat);
        places.forEach((_, p) => {
          const { d2, e } = nearestAsR5(network, lonLat[2 * p], lonLat[2 * p + 1]);
          const within = d2 < Math.trunc((1600 / 111111.111) * 1e7) ** 2;
          expect(links.edge[p]).toBe(within ? e : -1);
          // sqrt / 10⁷ · metres per degree · 1000, in R5's order
          if (within) expect(links.offMm[p]).toBe(Math.trunc((Math.sqrt(d2) / 1e7) * 111111.111 * 1000));
        });
      }),
      { numRuns: 200 },
    );
  });

  /** A street of 200 m from (0, 0) to (200, 0), with a bend of the given way beside it. */
  function street(plan: { forward?: number; backward?: number; traits?: number } = {}): Network {
    const drawn = new StreetPlan();
    drawn.edge(drawn.vertex(0, 0), drawn.vertex(200, 0), plan);
    return drawn.build();
  }

  it('gives a one-way street only the pairs its direction allows', () => {
    const links = linkPoints(buildTravelGraph(street({ backward: PASS.walk }), DRIVE), Float64Array.from(placeAt(50, 0)));
    expect(links.edge[0]).toBe(0);
    expect([links.firstOut[1], links.outCost[0]]).toEqual([1, 15]);
    // nobody drives to its beginning, and on foot one-way streets have both ends
    expect(links.firstIn[1]).toBe(0);
    expect(linkPoints(buildTravelGraph(street({ backward: PASS.walk }), WALK), Float64Array.from(placeAt(50, 0))).firstOut[1]).toBe(2);
  });

  it('goes straight along a street from one point to another, only as far as allowed', () => {
    const lonLat = Float64Array.from([...placeAt(50, 0), ...placeAt(150, 10)]);
    const both = buildTravelGraph(street(), WALK);
    const links = linkPoints(both, lonLat);
    expect([directCost(both, links, 0, links, 1), directCost(both, links, 1, links, 0), directCost(both, links, 0, links, 0)]).toEqual([111, 111, 0]);
    const oneWay = buildTravelGraph(street({ backward: 0 }), DRIVE);
    const driven = linkPoints(oneWay, lonLat);
    expect([directCost(oneWay, driven, 0, driven, 1), directCost(oneWay, driven, 1, driven, 0)]).toEqual([10 + 11, UNREACHED]);
  });

  it('links nothing to what is off the map, no number, in a tunnel or closed', () => {
    const far = Float64Array.from([0, 0, NaN, 30, 100, Infinity, 500, 30, 100, -95, ...placeAt(10, 5)]);
    const links = linkPoints(buildTravelGraph(street(), WALK), far);
    expect(Array.from(links.edge)).toEqual([-1, -1, -1, -1, -1, 0]);
    expect(Array.from(links.firstOut)).toEqual([0, 0, 0, 0, 0, 0, 2]);
    for (const plan of [{ traits: TRAIT.tunnel }, { traits: TRAIT.ferry }, { forward: 0, backward: 0 }]) expect(linkPoints(buildTravelGraph(street(plan), WALK), Float64Array.from(placeAt(10, 5))).edge[0]).toBe(-1);
    expect(linkPoints(buildTravelGraph(street(), WALK), new Float64Array(0)).count).toBe(0);
  });

  it('takes the lowest way where several are equally near', () => {
    const plan = new StreetPlan();
    const middle = plan.vertex(0, 0);
    for (const [x, y] of [[100, 0], [0, 100], [-100, 0]]) plan.edge(middle, plan.vertex(x, y));
    const links = linkPoints(buildTravelGraph(plan.build(), WALK), Float64Array.from([...placeAt(0, -20), ...placeAt(0, 0)]));
    expect(Array.from(links.edge)).toEqual([0, 0]);
    expect(Array.from(links.alongMm)).toEqual([0, 0]);
  });

  it('ties nobody to a lift or a gate itself: who stands there is on the side of one street', () => {
    // two levels joined by a lift; at the junction of three paths a gate that only residents may pass
    const nodes = new Map<number, readonly [number, number]>([[1, [-100.5, 0]], [2, [0, 0]], [3, [100.5, 0]], [4, [500, -100.5]], [5, [500, 0]], [6, [600, 0]], [7, [500, 100]]]);
    const path = (id: number, ...way: number[]) => ({ id, nodes: way, tags: { highway: 'footway' } });
    const points: SourcePlan['points'] = [{ node: 2, tags: { highway: 'elevator' } }, { node: 5, tags: { barrier: 'gate', access: 'private' } }];
    const { network } = buildNetwork(streetSource({ nodes, ways: [path(11, 1, 2), path(12, 2, 3), path(13, 4, 5), path(14, 5, 6), path(15, 7, 5)], points }), { details: true });
    const travel = buildTravelGraph(network, profileOf('walk', { local: 'ends', leastVertices: 0 }));
    const at = (id: number): [number, number] => {
      const v = network.vertex.id.indexOf(id);
      return [network.vertex.e7[2 * v] / 1e7, network.vertex.e7[2 * v + 1] / 1e7];
    };
    expect(network.edge.lengthMm.filter((mm) => mm === 0).length).toBe(4);
    const links = linkPoints(travel, Float64Array.from([2, 1, 3, 5, 4].flatMap(at)));
    expect(Array.from(links.edge, (e) => network.way.id[network.edge.way[e]])).toEqual([11, 11, 12, 13, 13]);
    const [atLift, below, above] = costRow(travel, links, 0);
    expect([atLift, below]).toEqual([0, 100]);
    // 45 s, halved and rounded up, and a second for the edge
    expect(above).toBe(100 + 2 * 23 + 1);
    expect(costRow(travel, links, 3)[4]).toBe(100);
    // a lift from nowhere to nowhere is all there is: points are tied to it
    const alone = new StreetPlan();
    alone.edge(alone.vertex(0, 0), alone.vertex(0, 0), { lengthM: 0 });
    expect(linkPoints(buildTravelGraph(alone.build(), WALK), Float64Array.from(placeAt(3, 4))).edge[0]).toBe(0);
  });

  it('links a million points at one place', () => {
    const lonLat = new Float64Array(2e6);
    for (let i = 0; i < lonLat.length; i += 2) lonLat.set(placeAt(50, 5), i);
    const links = linkPoints(buildTravelGraph(street(), WALK), lonLat);
    expect([links.count, links.edge[999_999], links.outCost[1_999_999], links.firstIn[1_000_000]]).toEqual([1e6, 0, links.outCost[1], 2e6]);
  });

  it('reports and can be cancelled', () => {
    const travel = buildTravelGraph(street(), WALK);
    const seen: number[] = [];
    linkPoints(travel, new Float64Array(200_000), { report: ({ done }) => seen.push(done) });
    expect(seen[0]).toBe(0);
    expect(seen.length).toBeGreaterThan(1);
    expect(() => linkPoints(travel, new Float64Array(2), { signal: { aborted: true } as AbortSignal })).toThrow('core/cancelled');
  });

  it('lets points on a ring find one another either way round', () => {
    const plan = new StreetPlan();
    const ring = [[0, 0], [300, 0], [300, 300], [0, 300]].map(([x, y]) => plan.vertex(x, y));
    ring.forEach((v, i) => plan.edge(v, ring[(i + 1) % 4], { forward: ALL, backward: PASS.walk }));
    const network = plan.build();
    const lonLat = Float64Array.from([...placeAt(150, 0), ...placeAt(100, 0), ...placeAt(0, 150)]);
    const onFoot = buildTravelGraph(network, WALK);
    expect(onFoot.graph.nodeCount).toBe(1);
    expect(costRow(onFoot, linkPoints(onFoot, lonLat), 0)).toEqual([0, 50, 300]);
    const driving = buildTravelGraph(network, DRIVE);
    // 10 m/s, one way round
    expect(costRow(driving, linkPoints(driving, lonLat), 0)).toEqual([0, 115, 90]);
  });
});
