import { describe, expect, it } from 'vitest';
import { makeGrid } from '../../../test/make-graphs.ts';
import { gridStreets, lonLatOf, makeNetwork } from '../../../test/make-streets.ts';
import { Random } from '../../core/random.ts';
import { buildBetweenness } from '../graph/search/betweenness.ts';
import { buildCostMatrix } from '../graph/search/cost-matrix.ts';
import type { CostRows } from '../graph/search/cost-matrix.ts';
import { linkPoints } from '../graph/travel/link-points.ts';
import type { PointLinks } from '../graph/travel/point-links.ts';
import { profileOf } from '../graph/travel/profile.ts';
import { buildTravelGraph } from '../graph/travel/travel-graph.ts';
import type { TravelGraph } from '../graph/travel/travel-graph.ts';
import { runBetweenness, runCostMatrix } from './run-graph.ts';
import { openSharedTravel, shareArrays, shareTravel } from './shared-arrays.ts';

function makeTown(): { travel: TravelGraph; points: PointLinks } {
  const travel = buildTravelGraph(makeNetwork(gridStreets(14, 14, 90)), profileOf('walk', { leastVertices: 0 }));
  const random = new Random(4);
  return { travel, points: linkPoints(travel, lonLatOf(Array.from({ length: 700 }, () => [random.between(0, 1170), random.between(0, 1170)]))) };
}

async function collect(blocks: AsyncIterable<CostRows>): Promise<CostRows[]> {
  const all: CostRows[] = [];
  for await (const block of blocks) all.push(block);
  return all;
}

// Without a fresh build beside the sources the pool computes in this thread, and the comparison is of blocks only.
describe.each([0, 1, 2])('with %i threads', (threads) => {
  it('a cost matrix has the same blocks and rows', async () => {
    const { travel, points } = makeTown();
    const done: number[] = [];
    const blocks = await collect(runCostMatrix(travel, points, points, 300, threads, { report: (progress) => done.push(progress.done) }));
    const flat = (all: Iterable<CostRows>): string[] => [...all].flatMap((rows) => [`${rows.count} rows`, ...[rows.origin, rows.destination, rows.cost, rows.mm].map((column) => column.join())]);
    expect(flat(blocks)).toEqual(flat(buildCostMatrix(travel, points, points, 300)));
    expect(done).toEqual([256, 512, 700]);
    const few = linkPoints(travel, lonLatOf([[100, 90], [700, 20], [420, 650]]));
    expect(flat(await collect(runCostMatrix(travel, points, few, 900, threads)))).toEqual(flat(buildCostMatrix(travel, points, few, 900)));
  });

  it('betweenness is the same to the last bit', async () => {
    const grid = makeGrid(15, 9, 0.3);
    const weights = Float64Array.from({ length: grid.nodeCount }, (_, v) => (v % 7) / 3);
    for (const options of [{}, { limit: 400_000, weights }, { sample: { count: 150, seed: 3 } }]) {
      expect(await runBetweenness(grid, options, threads)).toEqual(buildBetweenness(grid, options));
    }
  });

  it('both stop when told to, and refuse what makes no sense', async () => {
    const { travel, points } = makeTown();
    const stop = new AbortController();
    await expect((async () => {
      for await (const block of runCostMatrix(travel, points, points, 300, threads, { signal: stop.signal })) if (block.count > 0) stop.abort();
    })()).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(runBetweenness(makeGrid(12, 1), {}, threads, { signal: stop.signal })).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(collect(runCostMatrix(travel, points, points, NaN, threads))).rejects.toThrow(RangeError);
  });

  it('a reader who stops early leaves no thread behind', async () => {
    const { travel, points } = makeTown();
    for await (const block of runCostMatrix(travel, points, points, 300, threads)) {
      expect(block.count).toBeGreaterThan(0);
      break;
    }
  });
});

describe('shared arrays', () => {
  it('hold the same, once for each array, and are shared', () => {
    const array = Float64Array.of(1, 2.5);
    const shared = shareArrays({ a: array, list: [array, Uint8Array.of(7)], name: 'x', none: undefined });
    expect(shared).toEqual({ a: array, list: [array, Uint8Array.of(7)], name: 'x', none: undefined });
    expect(shared.a.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(shared.list[0]).toBe(shared.a);
    expect(shareArrays(shared).a).toBe(shared.a);
  });

  it('open as the same travel graph', () => {
    const { travel } = makeTown();
    const { graph, chain } = openSharedTravel(shareTravel(travel));
    expect({ graph, chain }).toEqual({ graph: travel.graph, chain: travel.chain });
    expect(shareTravel(travel).travel).toBe(shareTravel(travel).travel);
  });
});
