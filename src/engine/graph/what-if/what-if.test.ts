import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRoad, buildRoad } from '../../../../test/engine/one-road.ts';
import { costTable } from '../../../../test/engine/plain-costs.ts';
import { placeAt } from '../../../../test/engine/street-plan.ts';
import { anyPoints, anyStreets, lonLatOf, makeNetwork } from '../../../../test/make-streets.ts';
import { Random } from '../../../core/random.ts';
import { editBothWays } from './graph-edits.ts';
import { buildHierarchy } from '../hierarchy/hierarchy.ts';
import { linkPoints } from '../travel/link-points.ts';
import { collectNearest, openNearest } from '../nearest/nearest-k.ts';
import type { NearestQuestion } from '../nearest/nearest-k.ts';
import { linkAllNodes, linkNodes } from '../travel/point-links.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { profileOf } from '../travel/profile.ts';
import { sumReachable } from '../reach/reach-sums.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { buildSearchGraph, UNREACHED } from '../search/search-graph.ts';
import type { SumQuestion } from './sum-updates.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';
import { sumNearestDifference, sumSumDifference, WhatIf } from './what-if.ts';
import type { Differences, Edit } from './what-if.ts';

type Pair = [node: number, cost: number];
type Arc = [from: number, to: number, cost: number];

/** Points with any pairs; leaving and reaching alike. No two are at one place. */
function pointsAt(points: readonly (readonly Pair[])[]): PointLinks {
  const first = new Uint32Array(points.length + 1);
  points.forEach((pairs, p) => (first[p + 1] = first[p] + pairs.length));
  const own = Uint32Array.from({ length: points.length }, (_, p) => p);
  const node = Uint32Array.from(points.flatMap((pairs) => pairs.map((pair) => pair[0])));
  const cost = Uint32Array.from(points.flatMap((pairs) => pairs.map((pair) => pair[1])));
  const none = new Uint32Array(points.length);
  return { count: points.length, edge: new Int32Array(points.length).fill(-1), alongMm: own, offMm: none, offCost: none, firstOut: first, outNode: node, outCost: cost, firstIn: first, inNode: node, inCost: cost };
}

const build = (nodeCount: number, arcs: readonly Arc[]): SearchGraph =>
  buildSearchGraph(nodeCount, { from: arcs.map((arc) => arc[0]), to: arcs.map((arc) => arc[1]), cost: arcs.map((arc) => arc[2]) }).graph;

function listArcs({ nodeCount, firstOut, head, cost }: SearchGraph): Map<string, Arc> {
  const arcs = new Map<string, Arc>();
  for (let v = 0; v < nodeCount; v++) for (let arc = firstOut[v]; arc < firstOut[v + 1]; arc++) arcs.set(`${v} ${head[arc]}`, [v, head[arc], cost[arc]]);
  return arcs;
}

interface Result {
  readonly cost: number[];
  readonly facility: number[];
  readonly sums: number[][];
}

/** From scratch: the graph, its hierarchy, lists and sums. */
function rebuild(graph: SearchGraph, nearest: NearestQuestion, reach: SumQuestion): Result {
  const bound = Math.max(nearest.limit, ...(reach.limits ?? []), ...(reach.decays ?? []).map((table) => table.length), 0);
  const { cost, facility } = collectNearest(openNearest(graph, undefined), nearest);
  const { sums } = sumReachable({ graph, hierarchy: buildHierarchy(graph, { bound }) }, { ...reach, origins: reach.origins ?? linkAllNodes(graph.nodeCount) });
  return { cost: [...cost], facility: [...(facility as Int32Array)], sums: sums.flat().map((sum) => [...sum]) };
}

const stateOf = ({ nearest, sums }: WhatIf): Result => ({ cost: [...nearest!.lists.cost], facility: [...nearest!.lists.facility], sums: sums!.sums.flat().map((sum) => [...sum]) });

/** Differences of two whole results, the plain way. */
function comparePlainly(before: Result, after: Result, k: number, originCount: number): { nearest: number[][]; sums: number[][] } {
  const nearest: number[][] = [];
  for (let row = 0; row < after.cost.length / k; row++) {
    const part = (values: number[]): number[] => values.slice(row * k, row * k + k);
    const all = [part(before.cost), part(after.cost), part(before.facility), part(after.facility)];
    if (all[0].join() !== all[1].join() || all[2].join() !== all[3].join()) nearest.push([Math.floor(row / originCount), row % originCount, ...all.flat()]);
  }
  const sums = after.sums.flatMap((column, c) => column.flatMap((sum, origin) => (sum === before.sums[c][origin] ? [] : [[c, origin, before.sums[c][origin], sum]])));
  return { nearest, sums };
}

function flatten({ nearest, sums }: Differences, k: number, measures: number): { nearest: number[][]; sums: number[][] } {
  return {
    nearest: nearest.flatMap((d) => [...d.origins].map((origin, i) => [d.category, origin, ...[d.costBefore, d.costAfter, d.facilityBefore, d.facilityAfter].flatMap((values) => Array.from(values.subarray(i * k, i * k + k)))])),
    sums: sums.flatMap((d) => [...d.origins].map((origin, i) => [d.variable * measures + d.measure, origin, d.before[i], d.after[i]])),
  };
}

/** The twin of a session: edits made on plain tables, everything from scratch after each. */
class PlainSession {
  arcs: Map<string, Arc>;
  facilities: (Pair[] | undefined)[][];
  opportunities: { pairs: Pair[] | undefined; weights: readonly number[] }[];

  constructor(arcs: Map<string, Arc>, facilities: (Pair[] | undefined)[][], opportunities: { pairs: Pair[] | undefined; weights: readonly number[] }[]) {
    this.arcs = arcs;
    this.facilities = facilities;
    this.opportunities = opportunities;
  }

  copy(): PlainSession {
    return new PlainSession(new Map(this.arcs), this.facilities.map((category) => [...category]), this.opportunities.map((each) => ({ ...each })));
  }

  result(nodeCount: number, nearest: NearestQuestion, reach: SumQuestion): Result {
    const points = pointsAt(this.opportunities.map(({ pairs }) => pairs ?? []));
    const weights = reach.weights.map((_, v) => Float64Array.from(this.opportunities, (each) => each.weights[v]));
    return rebuild(build(nodeCount, [...this.arcs.values()]), { ...nearest, facilities: this.facilities.map((category) => pointsAt(category.map((pairs) => pairs ?? []))) }, { ...reach, opportunities: points, weights });
  }
}

/** An edit in numbers, which become an edit that can be made. */
interface Draft {
  readonly kind: number;
  readonly which: number;
  readonly pairs: Pair[];
  readonly weights: [number, number];
  readonly arcs: [from: number, to: number, cost: number, both: boolean, beside: boolean][];
}

const live = <T>(list: readonly (T | undefined)[]): number[] => list.flatMap((each, i) => (each === undefined ? [] : [i]));

/** Makes a draft on the twin; the edit for the session; undefined where there is nothing to edit. */
function makeOn(plain: PlainSession, { kind, which, pairs, weights, arcs }: Draft): Edit | undefined {
  const category = which % Math.max(1, plain.facilities.length);
  const facilities = plain.facilities[category];
  const place = { links: pointsAt([[], pairs]), point: 1 };
  const known = facilities === undefined ? [] : live(facilities);
  const facility = known[which % Math.max(1, known.length)];
  const opportunities = live(plain.opportunities.map(({ pairs: at }) => at));
  const opportunity = opportunities[which % Math.max(1, opportunities.length)];
  if (kind === 0 && facilities !== undefined) {
    facilities.push(pairs);
    return { kind: 'add-facility', category, place };
  }
  if (kind === 1 && facility !== undefined) {
    facilities[facility] = undefined;
    return { kind: 'remove-facility', category, facility };
  }
  if (kind === 2 && facility !== undefined) {
    facilities[facility] = pairs;
    return { kind: 'move-facility', category, facility, place };
  }
  if (kind === 3) {
    plain.opportunities.push({ pairs, weights });
    return { kind: 'add-opportunity', place, weights };
  }
  if (kind >= 4 && kind <= 6 && opportunity !== undefined) {
    const each = plain.opportunities[opportunity];
    plain.opportunities[opportunity] = kind === 4 ? { ...each, pairs: undefined } : kind === 5 ? { ...each, pairs } : { ...each, weights };
    if (kind === 4) return { kind: 'remove-opportunity', opportunity };
    return kind === 5 ? { kind: 'move-opportunity', opportunity, place } : { kind: 'weigh-opportunity', opportunity, weights };
  }
  if (kind < 7) return undefined;
  const edits = arcs.flatMap(([from, to, cost, both, beside]) => (both ? editBothWays(from, to, cost, beside) : [{ from, to, cost, beside }]));
  for (const { from, to, cost, beside } of edits) {
    const key = `${from} ${to}`;
    const now = beside === true ? Math.min(cost, plain.arcs.get(key)?.[2] ?? UNREACHED) : cost;
    if (now < UNREACHED && from !== to) plain.arcs.set(key, [from, to, now]);
    else plain.arcs.delete(key);
  }
  return { kind: 'streets', arcs: edits };
}

const cities = fc.integer({ min: 1, max: 12 }).chain((nodeCount) => {
  const node = fc.nat(nodeCount - 1);
  const cost = fc.integer({ min: 0, max: 9 });
  const pairs = fc.array(fc.tuple(node, cost), { maxLength: 3 });
  const weights = fc.tuple(fc.integer({ min: -5, max: 9 }), fc.integer({ min: 0, max: 9 }));
  const draft = fc.record({
    kind: fc.nat(9), which: fc.nat(100), pairs, weights,
    arcs: fc.array(fc.tuple(node, node, fc.oneof(cost, fc.constant(UNREACHED)), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 6 }),
  });
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    bothWays: fc.boolean(),
    arcs: fc.array(fc.tuple(node, node, cost) as fc.Arbitrary<Arc>, { maxLength: 40 }),
    facilities: fc.array(fc.array(pairs, { maxLength: 6 }), { maxLength: 3 }),
    opportunities: fc.array(fc.record({ pairs, weights }), { maxLength: 8 }),
    origins: fc.option(fc.array(pairs, { maxLength: 6 }), { nil: undefined }),
    k: fc.integer({ min: 1, max: 4 }),
    limit: fc.constantFrom(-1, 0, 7, 12, 30, UNREACHED),
    limits: fc.array(fc.constantFrom(0, 4, 11, 25), { maxLength: 2 }),
    decay: fc.boolean(),
    atNodes: fc.boolean(),
    // undefined: undo; true: redo
    steps: fc.array(fc.oneof(fc.array(draft, { minLength: 1, maxLength: 3 }), fc.constantFrom<undefined | true>(undefined, true)), { maxLength: 7 }),
  });
});

describe('what if', () => {
  it('gives what a rebuild gives, after any edits, undone and made again, and says what differs', () => {
    fc.assert(
      fc.property(cities, ({ atNodes, ...city }) => {
        // opportunities that are nodes take a shorter way
        if (atNodes) city.opportunities = city.opportunities.filter(({ pairs }) => pairs.length > 0).map(({ pairs, weights }) => ({ weights, pairs: [[pairs[0][0], 0]] }));
        const { nodeCount, k, limit } = city;
        const graph = build(nodeCount, city.bothWays ? city.arcs.flatMap(([a, b, cost]): Arc[] => [[a, b, cost], [b, a, cost]]) : city.arcs);
        const origins = city.origins === undefined ? {} : { origins: pointsAt(city.origins) };
        const originCount = city.origins?.length ?? nodeCount;
        // eighths are added exactly in any order
        const decays = city.decay ? [Float64Array.of(1, 0.875, 0.5, 0.25, 0.125)] : [];
        const nearest = { facilities: city.facilities.map(pointsAt), k, limit, ...origins };
        const reach = { opportunities: pointsAt(city.opportunities.map(({ pairs }) => pairs)), weights: [0, 1].map((v) => Float64Array.from(city.opportunities, ({ weights }) => weights[v])), limits: city.limits, decays, ...origins };
        const measures = city.limits.length + decays.length;
        const session = new WhatIf({ graph, nearest, reach });
        let plain = new PlainSession(listArcs(graph), city.facilities.map((category) => [...category]), city.opportunities);
        const base = plain.result(nodeCount, nearest, reach);
        expect(stateOf(session)).toEqual(base);
        let now = base;
        const done: PlainSession[] = [];
        const undone: PlainSession[] = [];
        for (const step of city.steps) {
          let differences: Differences | undefined;
          if (step === undefined || step === true) {
            const [from, to] = step === undefined ? [done, undone] : [undone, done];
            differences = step === undefined ? session.undo() : session.redo();
            const state = from.pop();
            expect(differences === undefined).toBe(state === undefined);
            if (state === undefined) continue;
            to.push(plain);
            plain = state;
          } else {
            const before = plain.copy();
            const edits = step.map((draft) => makeOn(plain, draft)).filter((edit) => edit !== undefined);
            done.push(before);
            undone.length = 0;
            differences = session.apply(edits);
          }
          const expected = plain.result(nodeCount, nearest, reach);
          expect(stateOf(session)).toEqual(expected);
          expect(flatten(differences!, k, measures)).toEqual(comparePlainly(now, expected, k, originCount));
          expect(flatten(session.differences(), k, measures)).toEqual(comparePlainly(base, expected, k, originCount));
          expect([session.undoCount, session.redoCount]).toEqual([done.length, undone.length]);
          now = expected;
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each(['walk', 'drive'] as const)('counts ways along the chain that both points lie on: %s', (mode) => {
    const place = fc.tuple(fc.integer({ min: -50, max: 450 }), fc.integer({ min: -50, max: 450 }));
    const step = fc.record({ kind: fc.nat(7), which: fc.nat(50), at: place, arc: fc.tuple(fc.nat(50), fc.nat(50), fc.oneof(fc.nat(90), fc.constant(UNREACHED))) });
    fc.assert(
      fc.property(anyStreets(), anyPoints, anyPoints, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 900 }), fc.array(step, { minLength: 1, maxLength: 6 }), (streets, from, to, k, limit, steps) => {
        const travel = buildTravelGraph(makeNetwork(streets), profileOf(mode, { leastVertices: 0 }));
        const { graph } = travel;
        const origins = linkPoints(travel, lonLatOf(from));
        const points = linkPoints(travel, lonLatOf(to));
        const nearest = { facilities: [points], origins, k, limit, travel };
        const reach = { opportunities: points, weights: [Float64Array.from(to, (_, p) => p + 1)], limits: [limit], origins, travel };
        const session = new WhatIf({ graph, nearest, reach });
        const states: Result[] = [];
        for (const { kind, which, at, arc } of steps) {
          states.push(stateOf(session));
          const there = { links: linkPoints(travel, lonLatOf([at])), point: 0 };
          const facilities = live(Array.from({ length: session.nearest!.points[0].count }, (_, f) => session.nearest!.points[0].find(f)));
          const facility = facilities[which % Math.max(1, facilities.length)];
          const edits: Edit[] = [];
          if (kind === 0 || facility === undefined) edits.push({ kind: 'add-facility', category: 0, place: there }, { kind: 'add-opportunity', place: there, weights: [which] });
          else if (kind === 1) edits.push({ kind: 'remove-facility', category: 0, facility }, { kind: 'remove-opportunity', opportunity: facility });
          else if (kind === 2) edits.push({ kind: 'move-facility', category: 0, facility, place: there }, { kind: 'move-opportunity', opportunity: facility, place: there });
          else if (graph.nodeCount > 0) edits.push({ kind: 'streets', arcs: editBothWays(arc[0] % graph.nodeCount, arc[1] % graph.nodeCount, arc[2]).slice(kind % 2) });
          session.apply(edits);
          const now = { ...travel, graph: session.graph };
          expect(stateOf(session)).toEqual(rebuild(session.graph, { ...nearest, facilities: session.nearest!.points.map((each) => each.list()), travel: now }, { ...reach, opportunities: session.sums!.points.list(), weights: session.sums!.listWeights(), travel: now }));
        }
        while (states.length > 0) {
          session.undo();
          expect(stateOf(session)).toEqual(states.pop());
        }
      }),
      { numRuns: 40 },
    );
  });

  it('counts ways along one road of many doors as all pairs say', () => {
    const step = fc.record({ kind: fc.nat(3), which: fc.nat(50), to: fc.nat(50) });
    fc.assert(
      fc.property(anyRoad(12, 30), fc.constantFrom('walk' as const, 'drive' as const), fc.integer({ min: 1, max: 3 }), fc.oneof(fc.nat(60), fc.nat(400)), fc.array(step, { minLength: 1, maxLength: 5 }), (road, mode, k, limit, steps) => {
        const travel = buildTravelGraph(buildRoad(road), profileOf(mode, { leastVertices: 0 }));
        const points = linkPoints(travel, Float64Array.from(road.points.flatMap(([x, y]) => placeAt(x, y))));
        const table = costTable(travel, points);
        const session = new WhatIf({ graph: travel.graph, nearest: { facilities: [points], origins: points, k, limit, travel }, reach: { opportunities: points, weights: [Float64Array.from({ length: points.count }, (_, p) => p + 1)], limits: [limit], origins: points, travel } });
        // by facility and opportunity: the door it is at now
        const doors: (number | undefined)[] = Array.from({ length: points.count }, (_, p) => p);
        for (const { kind, which, to } of steps) {
          const known = live(doors);
          const p = known[which % known.length];
          const door = to % points.count;
          const place = { links: points, point: door };
          if (kind === 0) session.apply([{ kind: 'add-facility', category: 0, place }, { kind: 'add-opportunity', place, weights: [doors.length + 1] }]);
          else if (kind === 1 && known.length > 1) session.apply([{ kind: 'remove-facility', category: 0, facility: p }, { kind: 'remove-opportunity', opportunity: p }]);
          else session.apply([{ kind: 'move-facility', category: 0, facility: p, place }, { kind: 'move-opportunity', opportunity: p, place }]);
          if (kind === 0) doors.push(door);
          else doors[p] = kind === 1 && known.length > 1 ? undefined : door;
          // all origins anew, and what edits made of the sums before
          session.sums!.sumAnew(Uint32Array.from({ length: to % 2 === 0 ? travel.graph.nodeCount : 0 }, (_, v) => v));
          table.forEach((row, o) => {
            const costs = doors.map((at, f) => ({ f, cost: at === undefined ? UNREACHED : row[at] })).filter(({ cost }) => cost <= limit);
            costs.sort((a, b) => a.cost - b.cost || a.f - b.f);
            const { cost, facility } = session.nearest!.lists;
            expect([...facility.subarray(o * k, o * k + k)].filter((f) => f >= 0)).toEqual(costs.slice(0, k).map(({ f }) => f));
            expect([...cost.subarray(o * k, o * k + k)].filter((value) => value < UNREACHED)).toEqual(costs.slice(0, k).map((each) => each.cost));
            expect(session.sums!.sums[0][0][o]).toBe(costs.reduce((sum, { f }) => sum + f + 1, 0));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('follows hundreds of edits on a town of blocks', () => {
    const random = new Random(11);
    const side = 24;
    const nodeCount = side * side;
    const arcs: Arc[] = [];
    for (let v = 0; v < nodeCount; v++) {
      for (const to of [v + 1, v + side]) if (to < nodeCount && (to !== v + 1 || to % side !== 0)) arcs.push(...[[v, to], [to, v]].map(([a, b]): Arc => [a, b, random.chance(0.05) ? 0 : random.integer(50, 150)]));
    }
    const graph = build(nodeCount, arcs);
    const any = (): number => random.integer(0, nodeCount - 1);
    const facilities = [5, 30, 200].map((count) => linkNodes(Array.from({ length: count }, any)));
    const nearest = { facilities, k: 3, limit: 1100 };
    const reach = { opportunities: linkNodes(Array.from({ length: 100 }, any)), weights: [Int32Array.from({ length: 100 }, () => random.integer(0, 9))], limits: [400, 1000] };
    const session = new WhatIf({ graph, nearest, reach });
    const base = stateOf(session);
    const check = (): void => {
      const weights = session.sums!.listWeights();
      expect(stateOf(session)).toEqual(rebuild(session.graph, { ...nearest, facilities: session.nearest!.points.map((each) => each.list()) }, { ...reach, opportunities: session.sums!.points.list(), weights }));
    };
    let steps = 0;
    for (let i = 1; i <= 600; i++) {
      const category = random.integer(0, 2);
      const facility = random.integer(0, facilities[category].count - 1);
      const place = { links: linkNodes([any()]), point: 0 };
      const kind = random.integer(0, 5);
      const there = session.nearest!.points[category].find(facility) !== undefined;
      if (kind === 0) session.apply([{ kind: 'add-facility', category, place }, { kind: 'add-opportunity', place, weights: [random.integer(1, 9)] }]);
      else if (kind === 1 && there) session.apply([{ kind: random.chance(0.3) ? 'remove-facility' : 'move-facility', category, facility, place }]);
      else if (kind === 5 && random.chance(0.5)) {
        const opportunity = random.integer(0, 99);
        if (session.sums!.points.find(opportunity) !== undefined) session.apply([random.chance(0.4) ? { kind: 'remove-opportunity', opportunity } : { kind: 'move-opportunity', opportunity, place }]);
      } else if (kind === 2 && steps > 3) session.undo();
      else if (kind === 3 && session.redoCount > 0) session.redo();
      else {
        const [a, b] = random.pick(arcs);
        session.apply([{ kind: 'streets', arcs: editBothWays(a, b, random.chance(0.3) ? UNREACHED : random.integer(0, 300)).slice(random.integer(0, 1)) }]);
      }
      steps = session.undoCount;
      if (i % 300 === 0) check();
    }
    while (session.undo() !== undefined);
    expect(stateOf(session)).toEqual(base);
    while (session.redo() !== undefined);
    check();
  });

  it('says who gains and who loses', () => {
    // 0 – 1 – 2 – 3, ten apart; a school at 0
    const graph = build(4, [0, 1, 2].flatMap((v): Arc[] => [[v, v + 1, 10], [v + 1, v, 10]]));
    const session = new WhatIf({ graph, nearest: { facilities: [linkNodes([0])], k: 1, limit: 20 }, reach: { opportunities: linkNodes([0]), weights: [Int32Array.of(100)], limits: [10] } });
    const persons = [1, 2, 4, 8];
    const moved = session.apply([{ kind: 'move-facility', category: 0, facility: 0, place: { links: linkNodes([3]), point: 0 } }, { kind: 'move-opportunity', opportunity: 0, place: { links: linkNodes([3]), point: 0 } }]);
    expect([...moved.nearest[0].origins]).toEqual([0, 1, 2, 3]);
    expect(sumNearestDifference(moved.nearest[0], persons)).toEqual({ gaining: 2, losing: 2, weightGaining: 12, weightLosing: 3, change: 2 * 10 - 4 * 10, weightReached: 8, weightLost: 1 });
    expect(sumSumDifference(moved.sums[0], persons)).toEqual({ gaining: 2, losing: 2, weightGaining: 12, weightLosing: 3, change: 900, weightReached: 0, weightLost: 0 });
    const closed = session.apply([{ kind: 'streets', arcs: editBothWays(2, 3, UNREACHED) }]);
    expect(sumNearestDifference(closed.nearest[0])).toEqual({ gaining: 0, losing: 2, weightGaining: 0, weightLosing: 2, change: 0, weightReached: 0, weightLost: 2 });
    expect([...closed.sums[0].origins, ...closed.sums[0].before, ...closed.sums[0].after]).toEqual([2, 100, 0]);
    session.undo();
    session.undo();
    expect(session.differences()).toEqual({ nearest: [], sums: [] });
    expect(session.undo()).toBeUndefined();
  });

  it('makes all edits of a step or none, and says what is wrong', () => {
    const graph = build(2, [[0, 1, 4], [1, 0, 4]]);
    const session = new WhatIf({ graph, nearest: { facilities: [linkNodes([1])], k: 1, limit: 9 }, reach: { opportunities: linkNodes([1]), weights: [Int32Array.of(3)], limits: [9] } });
    const before = stateOf(session);
    const good: Edit[] = [{ kind: 'streets', arcs: [{ from: 0, to: 1, cost: 1 }] }, { kind: 'remove-facility', category: 0, facility: 0 }, { kind: 'weigh-opportunity', opportunity: 0, weights: [7] }];
    const place = { links: linkNodes([0]), point: 0 };
    const wrong: [Edit, string][] = [
      [{ kind: 'remove-facility', category: 0, facility: 0 }, 'facility 0 was removed'],
      [{ kind: 'remove-facility', category: 0, facility: 5 }, 'point 5 of 1'],
      [{ kind: 'add-facility', category: 2, place }, 'category 2 of 1'],
      [{ kind: 'add-facility', category: 0, place: { links: linkNodes([9]), point: 0 } }, 'node 9'],
      [{ kind: 'add-opportunity', place, weights: [] }, 'weights  for 1 variables'],
      [{ kind: 'weigh-opportunity', opportunity: 0, weights: [NaN] }, 'NaN'],
      [{ kind: 'streets', arcs: [{ from: 0, to: 2, cost: 1 }] }, 'an arc from 0 to 2'],
    ];
    for (const [edit, message] of wrong) {
      expect(() => session.apply([...good, edit])).toThrow(message);
      expect(stateOf(session)).toEqual(before);
      expect(session.undoCount).toBe(0);
    }
    session.apply(good);
    expect(stateOf(session)).toEqual({ cost: [UNREACHED, UNREACHED], facility: [-1, -1], sums: [[7, 7]] });
    expect(() => new WhatIf({ graph }).apply([{ kind: 'add-facility', category: 0, place }])).toThrow('no nearest');
    expect(() => new WhatIf({ graph }).apply([{ kind: 'add-opportunity', place, weights: [] }])).toThrow('no sums');
  });
});
