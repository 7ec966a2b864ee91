import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { gridStreets, lonLatOf, makeNetwork } from '../../../test/make-streets.ts';
import { Random } from '../../core/random.ts';
import { buildHierarchy } from '../graph/hierarchy/hierarchy.ts';
import { linkPoints } from '../graph/travel/link-points.ts';
import { collectNearest, openNearest } from '../graph/nearest/nearest-k.ts';
import type { NearestBlock, NearestEngine, NearestMethod, NearestQuestion } from '../graph/nearest/nearest-k.ts';
import { linkAllNodes, linkNodes } from '../graph/travel/point-links.ts';
import { profileOf } from '../graph/travel/profile.ts';
import { buildReachProfile } from '../graph/reach/reach-profile.ts';
import type { ProfileBlock, ProfileQuery } from '../graph/reach/reach-profile.ts';
import { buildSearchGraph } from '../graph/search/search-graph.ts';
import { buildTravelGraph } from '../graph/travel/travel-graph.ts';
import type { NearestJob } from './nearest-task.ts';
import { runNearest, runReachProfile } from './run-nearest.ts';
import type { ThreadOptions, NearestPool } from './run-nearest.ts';
import { findRunnableModule, siblingModule, TaskPool } from './task-pool.ts';

const task = findRunnableModule(siblingModule(import.meta.url, 'nearest-task'));
const folder = mkdtempSync(join(tmpdir(), 'nearest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const random = new Random(21);
const SIDE = 50;
const nodeCount = SIDE * SIDE;

/** Streets of a grid with gaps, some of them one-way. */
function gridGraph() {
  const arcs: [number, number, number][] = [];
  for (let v = 0; v < nodeCount; v++) {
    for (const u of [v % SIDE < SIDE - 1 ? v + 1 : -1, v < nodeCount - SIDE ? v + SIDE : -1]) {
      if (u < 0 || random.chance(0.2)) continue;
      const cost = random.integer(50, 110);
      arcs.push([v, u, cost]);
      if (random.chance(0.9)) arcs.push([u, v, cost]);
    }
  }
  return buildSearchGraph(nodeCount, { from: arcs.map((a) => a[0]), to: arcs.map((a) => a[1]), cost: arcs.map((a) => a[2]) }).graph;
}

const graph = gridGraph();
const hierarchy = buildHierarchy(graph, { bound: 900 });
const engine = openNearest(graph, hierarchy);
const facilities = Array.from({ length: 11 }, (_, c) => linkNodes(Array.from({ length: 2 + c * c }, () => random.integer(0, nodeCount - 1))));

/** Large arrays as one word, which is compared in no time. */
function digest(...arrays: readonly (Uint32Array | Int32Array | Float64Array | undefined)[]): string {
  const hash = createHash('sha1');
  for (const array of arrays) hash.update(`${array?.length}:`).update(array ?? '');
  return hash.digest('hex');
}

function collectHere(on: NearestEngine, question: NearestQuestion): string {
  const { cost, facility } = collectNearest(on, question);
  return digest(cost, facility);
}

async function collect(on: NearestEngine, question: NearestQuestion, options: ThreadOptions<NearestPool>, method?: NearestMethod): Promise<string> {
  const origins = question.origins?.count ?? on.graph.nodeCount;
  const cost = new Uint32Array(question.facilities.length * origins * question.k).fill(7);
  const facility = question.ids === false ? undefined : new Int32Array(cost.length).fill(-7);
  for await (const block of runNearest(on, question, options, {}, method)) {
    cost.set(block.cost, (block.category * origins + block.firstOrigin) * question.k);
    if (block.facility !== undefined) facility?.set(block.facility, (block.category * origins + block.firstOrigin) * question.k);
  }
  return digest(cost, facility);
}

async function assemble(blocks: AsyncIterable<ProfileBlock> | Iterable<ProfileBlock>, { facilities: given, k, origins }: ProfileQuery): Promise<string> {
  const length = given.length * origins.count * k;
  const whole = { sums: new Float64Array(origins.count), cost: new Uint32Array(length), facility: new Int32Array(length) };
  for await (const { origins: numbers, sums, cost, facility } of blocks) {
    numbers.forEach((o, i) => {
      whole.sums[o] = sums[0][0][i];
      for (let c = 0; c < given.length; c++) {
        for (let j = 0; j < k; j++) {
          whole.cost[(c * origins.count + o) * k + j] = cost[(c * numbers.length + i) * k + j];
          whole.facility[(c * origins.count + o) * k + j] = facility[(c * numbers.length + i) * k + j];
        }
      }
    });
  }
  return digest(whole.sums, whole.cost, whole.facility);
}

const all = linkAllNodes(nodeCount);
const query: ProfileQuery = { origins: all, opportunities: all, weights: [Int32Array.from({ length: nodeCount }, (_, v) => v % 60)], limits: [700], facilities, k: 3, nearestLimit: 700 };

/** A pool of two threads that die with a job in hand, the first time they are given it. */
function openDyingPool<Input extends object, Output>(taskName: string, always: boolean): TaskPool<Input, Output> {
  const file = join(folder, `dying-${taskName}-${always}.mjs`);
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs';
     import { ${taskName} } from ${JSON.stringify(task)};
     export function work(input) {
       const seen = ${JSON.stringify(join(folder, `${taskName}-${always}-`))} + (input.from ?? input.work.categories[0]);
       if (${always} || !existsSync(seen)) {
         writeFileSync(seen, '');
         process.exit(9);
       }
       return ${taskName}(input);
     }`,
  );
  return new TaskPool({ module: pathToFileURL(file).href, task: 'work', threads: 2 });
}

// Without a fresh build beside the sources all is computed in this thread.
describe.each([0, 1, 2])('with %i threads', (threads) => {
  it('nearest facilities are the same, by every method', async () => {
    for (const change of [{}, { k: 1 }, { k: 1, ids: false }, { limit: 5000 }]) {
      const question = { facilities, k: 4, limit: 800, ...change };
      expect(await collect(engine, question, { threads })).toBe(collectHere(engine, question));
      for (const method of ['sweep', 'facilities'] as const) if (question.limit <= 900) expect(await collect(engine, question, { threads }, method)).toBe(collectHere(engine, question));
    }
    expect(await collect(openNearest(graph), { facilities, k: 2, limit: 800 }, { threads })).toBe(collectHere(engine, { facilities, k: 2, limit: 800 }));
    expect(await collect(openNearest(graph, hierarchy, true), { facilities, k: 2, limit: 800 }, { threads })).toBe(collectHere(engine, { facilities, k: 2, limit: 800 }));
  });

  it('nearest facilities of points beside streets are the same', async () => {
    const travel = buildTravelGraph(makeNetwork(gridStreets(12, 12, 90)), profileOf('walk', { leastVertices: 0 }));
    const points = (count: number) => linkPoints(travel, lonLatOf(Array.from({ length: count }, () => [random.between(0, 990), random.between(0, 990)] as const)));
    const streets = openNearest(travel.graph, buildHierarchy(travel.graph, { bound: 600 }));
    const question = { facilities: [points(40), points(9), points(200)], origins: points(300), k: 3, limit: 400, travel };
    for (const method of ['sweep', 'facilities', 'origins'] as const) expect(await collect(streets, question, { threads }, method)).toBe(collectHere(streets, question));
  });

  it('reach profiles are the same', async () => {
    expect(await assemble(runReachProfile({ graph, hierarchy }, query, { threads }), query)).toBe(await assemble(buildReachProfile({ graph, hierarchy }, query), query));
  });

  it('both stop when told to', async () => {
    const stop = new AbortController();
    const blocks: NearestBlock[] = [];
    await expect((async () => {
      for await (const block of runNearest(engine, { facilities, k: 5, limit: 800 }, { threads }, { signal: stop.signal, report: () => stop.abort() }, 'sweep')) blocks.push(block);
    })()).rejects.toMatchObject({ kind: 'cancelled' });
    expect(blocks.length).toBeLessThan(facilities.length);
    await expect(assemble(runReachProfile({ graph, hierarchy }, query, { threads }, { signal: stop.signal }), query)).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('memory does not grow from call to call', async () => {
    const own = openNearest(graph, hierarchy);
    const question = { facilities, k: 5, limit: 800 };
    const sizes: (number | undefined)[] = [];
    for (let i = 0; i < 4; i++) {
      await collect(own, question, { threads }, 'sweep');
      collectNearest(own, question, {}, 'sweep');
      sizes.push(own.memory?.memory.buffer.byteLength);
    }
    expect(new Set(sizes).size).toBe(1);
  });
});

describe.skipIf(task === undefined)('places of several categories (needs the built task)', () => {
  it('are shared by the threads, not sent', async () => {
    const file = join(folder, 'shared-only.mjs');
    writeFileSync(
      file,
      `import { findCategories } from ${JSON.stringify(task)};
       function check(part) {
         if (ArrayBuffer.isView(part) && !(part.buffer instanceof SharedArrayBuffer)) throw new Error('an array was copied');
         if (typeof part === 'object' && part !== null && !ArrayBuffer.isView(part)) Object.values(part).forEach(check);
       }
       export function work(input) {
         check(input.graph);
         check(input.work.question);
         return findCategories(input);
       }`,
    );
    const pool: NearestPool = new TaskPool({ module: pathToFileURL(file).href, task: 'work', threads: 2 });
    const question = { facilities, origins: linkNodes([1, 2, 3, 99]), k: 4, limit: 800 };
    for (const method of ['sweep', 'facilities'] as const) expect(await collect(engine, question, { threads: 2, pool }, method)).toBe(collectHere(engine, question));
    await pool.close();
  });
});

describe.skipIf(task === undefined)('when threads die (needs the built task)', () => {
  it('their jobs are done again', async () => {
    const question = { facilities, k: 4, limit: 800 };
    const pool = openDyingPool<NearestJob, NearestBlock[]>('findCategories', false);
    expect(await collect(engine, question, { threads: 2, pool }, 'sweep')).toBe(collectHere(engine, question));
    await pool.close();
    const profiles = openDyingPool<never, never>('profileBlock', false);
    expect(await assemble(runReachProfile({ graph, hierarchy }, query, { threads: 2, pool: profiles }), query)).toBe(await assemble(buildReachProfile({ graph, hierarchy }, query), query));
    await profiles.close();
  });

  it('again and again, that is said', async () => {
    const pool = openDyingPool<NearestJob, NearestBlock[]>('findCategories', true);
    await expect(collect(engine, { facilities, k: 4, limit: 800 }, { threads: 2, pool }, 'sweep')).rejects.toMatchObject({ code: 'engine/worker-died' });
    await pool.close();
  });
});
