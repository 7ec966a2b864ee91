import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { gridStreets, lonLatOf, makeNetwork } from '../../../test/make-streets.ts';
import { Random } from '../../core/random.ts';
import { finishSteps } from '../../core/steps.ts';
import type { Steps } from '../../core/steps.ts';
import { openFile } from '../../import/byte-source.ts';
import { readNetwork } from '../../import/osm/read-network.ts';
import { buildHierarchy, buildHierarchyInSteps } from '../graph/hierarchy/hierarchy.ts';
import { answerWork, openNearest, planWork } from '../graph/nearest/nearest-k.ts';
import type { NearestMethod } from '../graph/nearest/nearest-k.ts';
import { planReach, planReachInSteps } from '../graph/reach/reach-plan.ts';
import { sumReachable, sumReachableInSteps } from '../graph/reach/reach-sums.ts';
import { linkPoints, linkPointsInSteps } from '../graph/travel/link-points.ts';
import { linkNodes, takePoints } from '../graph/travel/point-links.ts';
import { profileOf } from '../graph/travel/profile.ts';
import { buildTravelGraph } from '../graph/travel/travel-graph.ts';
import { runNearest } from './run-nearest.ts';
import { closeOnAbort, runSteps, Turns } from './run-steps.ts';

const travel = buildTravelGraph(makeNetwork(gridStreets(120, 120, 90)), profileOf('walk', { leastVertices: 0 }));
const random = new Random(4);
const lonLat = lonLatOf(Array.from({ length: 40_000 }, (): [number, number] => [random.integer(0, 10_700), random.integer(0, 10_700)]));
const links = linkPoints(travel, lonLat);
const engine = { graph: travel.graph, hierarchy: buildHierarchy(travel.graph, { bound: 900 }) };
const question = { origins: takePoints(links, 0, 8000), opportunities: links, weights: [new Int32Array(links.count).fill(1)], limits: [300], travel };

/** How many slices work has that nobody stops. */
function countSlices(steps: Iterator<unknown, unknown, undefined>): number {
  let slices = 0;
  while (steps.next().done !== true) slices++;
  return slices;
}

/** Runs two slices, then aborts; how many more came before the work gave up. */
function slicesAfterAbort(start: (signal: AbortSignal) => Iterator<unknown, unknown, undefined>): number {
  const stop = new AbortController();
  const steps = start(stop.signal);
  steps.next();
  steps.next();
  stop.abort();
  let slices = 0;
  expect(() => {
    while (steps.next().done !== true) slices++;
  }).toThrow(/cancelled/);
  return slices;
}

describe('work in slices', () => {
  it('comes in many, with the result of the same work in one go', () => {
    const linking = linkPointsInSteps(travel, lonLat);
    expect(countSlices(linkPointsInSteps(travel, lonLat))).toBe(5);
    expect(isDeepStrictEqual(finishSteps(linking), links)).toBe(true);
    expect(countSlices(buildHierarchyInSteps(travel.graph, { bound: 900 }))).toBeGreaterThan(4);
    expect(isDeepStrictEqual(finishSteps(buildHierarchyInSteps(travel.graph, { bound: 900 })).bytes, engine.hierarchy.bytes)).toBe(true);
    expect(countSlices(planReachInSteps(engine, question))).toBeGreaterThan(8);
    expect(isDeepStrictEqual(finishSteps(planReachInSteps(engine, question)), planReach(engine, question))).toBe(true);
    expect(countSlices(sumReachableInSteps(engine, question))).toBeGreaterThan(30);
    expect(isDeepStrictEqual(finishSteps(sumReachableInSteps(engine, question)).sums, sumReachable(engine, question).sums)).toBe(true);
  });

  it('ends with the slice that the signal is aborted in', () => {
    expect(slicesAfterAbort((signal) => linkPointsInSteps(travel, lonLat, { signal }))).toBe(0);
    expect(slicesAfterAbort((signal) => buildHierarchyInSteps(travel.graph, { bound: 900 }, { signal }))).toBe(0);
    // the plan itself asks nobody: whoever runs it does
    const planSlices = countSlices(planReachInSteps(engine, question));
    expect(slicesAfterAbort((signal) => sumReachableInSteps(engine, question, { signal }))).toBeLessThanOrEqual(planSlices);
    const nearest = openNearest(engine.graph, engine.hierarchy);
    const facilities = [0, 1].map(() => linkNodes(Array.from({ length: 900 }, () => random.integer(0, travel.graph.nodeCount - 1))));
    for (const method of ['sweep', 'facilities', 'origins'] as NearestMethod[]) {
      for (const k of [2, 40]) {
        const work = planWork(nearest, { facilities, k, limit: 600 }, method);
        expect(countSlices(answerWork(nearest, work))).toBeGreaterThan(method === 'sweep' && k === 2 ? 5 : 15);
        expect(slicesAfterAbort((signal) => answerWork(nearest, work, { signal }))).toBeLessThanOrEqual(method === 'sweep' ? 1 : 0);
      }
    }
  });

  it('lets events through: what is asked for meanwhile is heard before the work is over', async () => {
    const stop = new AbortController();
    let slices = 0;
    function* endless(): Steps<never> {
      for (;;) {
        slices++;
        const until = performance.now() + 5;
        while (performance.now() < until);
        yield;
      }
    }
    // an event as a signal of the process is one: it waits for its turn
    const heard = setImmediate().then(() => stop.abort());
    await expect(runSteps(endless(), stop.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    await heard;
    // slices of 5 ms, a turn every 20: a few of them, not thousands
    expect(slices).toBeLessThan(50);
    const turns = new Turns(stop.signal);
    await turns.give();
  });

  it('of the nearest places stops between slices in the calling thread, and progress moves in between', async () => {
    const nearest = openNearest(engine.graph, engine.hierarchy);
    const facilities = [linkNodes(Array.from({ length: 3000 }, () => random.integer(0, travel.graph.nodeCount - 1)))];
    const stop = new AbortController();
    const reports: number[] = [];
    const blocks = runNearest(nearest, { facilities, k: 300, limit: 900 }, { threads: 0 }, { signal: stop.signal, report: ({ done }) => reports.push(done) === 3 && stop.abort() }, 'origins');
    await expect((async () => {
      for await (const block of blocks) expect(block.category).toBe(0);
    })()).rejects.toMatchObject({ kind: 'cancelled' });
    expect(reports).toHaveLength(3);
    expect(reports[2]).toBeLessThan(travel.graph.nodeCount);
  });

  it('ends pools once, whenever the signal is aborted', async () => {
    const stop = new AbortController();
    let closed = 0;
    const pool = { close: async (): Promise<void> => void closed++ };
    closeOnAbort(pool, stop.signal)();
    stop.abort();
    expect(closed).toBe(0);
    closeOnAbort(pool, stop.signal);
    expect(closed).toBe(1);
    expect(() => closeOnAbort(pool, undefined)()).not.toThrow();
  });
});

const file = resolve(import.meta.dirname, '../../../../shared/data/helsinki/Helsinki.osm.pbf');

describe.skipIf(!existsSync(file))('reading a street file (needs ../shared/data)', () => {
  it('hears a signal while the network is built', async () => {
    const source = await openFile(file);
    const stop = new AbortController();
    const reading = readNetwork(source, { measure: 'r5', threads: 0 }, { signal: stop.signal, report: ({ stage }) => void (stage === 'network/build' && setImmediate().then(() => stop.abort())) });
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    await source.close();
  });
});
