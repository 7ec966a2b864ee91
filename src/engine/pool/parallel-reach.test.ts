import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { buildHierarchy } from '../graph/hierarchy/hierarchy.ts';
import { linkAllNodes } from '../graph/travel/point-links.ts';
import { reachMemoryBytes } from '../graph/reach/reach-memory.ts';
import { planReach } from '../graph/reach/reach-plan.ts';
import type { ReachQuery } from '../graph/reach/reach-plan.ts';
import { sumReachable } from '../graph/reach/reach-sums.ts';
import { buildSearchGraph } from '../graph/search/search-graph.ts';
import type { SweepRoom } from '../graph/reach/sweep-memory.ts';
import { sumReachableInThreads } from './parallel-reach.ts';
import type { ReachTaskInput } from './reach-task.ts';
import { findRunnableModule, siblingModule, TaskPool } from './task-pool.ts';

const task = findRunnableModule(siblingModule(import.meta.url, 'reach-task'));
const folder = mkdtempSync(join(tmpdir(), 'reach-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Streets of a grid with gaps, some of them one-way. */
function gridEngine(side: number) {
  const random = new Random(11);
  const arcs: [number, number, number][] = [];
  for (let v = 0; v < side * side; v++) {
    for (const u of [v % side < side - 1 ? v + 1 : -1, v < side * (side - 1) ? v + side : -1]) {
      if (u < 0 || random.chance(0.2)) continue;
      const cost = random.integer(50, 110);
      arcs.push([v, u, cost]);
      if (random.chance(0.9)) arcs.push([u, v, cost]);
    }
  }
  const { graph } = buildSearchGraph(side * side, { from: arcs.map((a) => a[0]), to: arcs.map((a) => a[1]), cost: arcs.map((a) => a[2]) });
  const all = linkAllNodes(graph.nodeCount);
  const query: ReachQuery = {
    origins: all, opportunities: all, limits: [400, 900], decays: [Float64Array.from({ length: 700 }, (_, cost) => Math.exp(-cost / 300))],
    weights: [Int32Array.from({ length: graph.nodeCount }, () => random.integer(0, 59)), Float64Array.from({ length: graph.nodeCount }, () => random.next())],
  };
  return { engine: { graph, hierarchy: buildHierarchy(graph, { bound: 900 }) }, query };
}

const { engine, query } = gridEngine(64);
const expected = sumReachable(engine, query).sums;

/** A pool whose threads die with a cell in hand, for turns up to `last`. */
function openDyingPool(last: number): TaskPool<ReachTaskInput, SweepRoom> {
  const file = join(folder, `dying-${last}.mjs`);
  writeFileSync(
    file,
    `import { sumCells } from ${JSON.stringify(task)};
     export function work(input) {
       if (input.turn > ${last}) return sumCells(input);
       const word = 3 + Atomics.add(input.board, 0, 1);
       // on a busy machine others may have taken all cells by now
       if (word < input.board.length) Atomics.store(input.board, word, input.turn);
       process.exit(9);
     }`,
  );
  return new TaskPool({ module: pathToFileURL(file).href, task: 'work', threads: 2 });
}

describe('reach sums on several threads', () => {
  it('are the same bit for bit whatever the number of threads', async () => {
    for (const threads of [0, 1, 2, 3]) {
      const { sums } = await sumReachableInThreads(engine, query, { threads });
      expect(sums).toEqual(expected);
    }
  });

  describe.skipIf(task === undefined)('with threads (need the built task)', () => {
    it('are the same when threads die, which are replaced, and stay within the stated memory', async () => {
      const pool = openDyingPool(4);
      const { sums, memoryBytes, mostBytes, largest } = await sumReachableInThreads(engine, query, { threads: 2, pool });
      await pool.close();
      expect(sums).toEqual(expected);
      const sizes = { arcs: engine.graph.arcCount, upArcs: engine.hierarchy.upNode.length, symmetric: false };
      // two at work and three that died
      expect(mostBytes).toBe(reachMemoryBytes(sizes, planReach(engine, query), 2 + 3, largest));
      expect(memoryBytes).toBeLessThanOrEqual(mostBytes);
    });

    it('fail when threads die again and again', async () => {
      const pool = openDyingPool(1000);
      await expect(sumReachableInThreads(engine, query, { threads: 2, pool })).rejects.toMatchObject({ code: 'engine/worker-died' });
      await pool.close();
    });

    it('stop when asked, and say how far they are', async () => {
      const cancel = new AbortController();
      const reports: number[] = [];
      const many = { ...query, decays: Array.from({ length: 200 }, () => (query.decays ?? [])[0]) };
      const done = sumReachableInThreads(engine, many, { threads: 2 }, {
        signal: cancel.signal,
        report: ({ done: origins }) => {
          reports.push(origins);
          if (origins > 0) cancel.abort();
        },
      });
      await expect(done).rejects.toMatchObject({ kind: 'cancelled' });
      expect(reports.every((origins, i) => i === 0 || origins >= reports[i - 1])).toBe(true);
      expect(reports[reports.length - 1]).toBeLessThan(engine.graph.nodeCount);
    });
  });
});
