import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MadeGraph } from '../../../../test/make-graphs.ts';
import { anyGraph, makeGrid, plainCosts } from '../../../../test/make-graphs.ts';
import { BoundedSearch, findArc, mapArrivingArcs, searchFromPoints, wholeLimit } from './bounded-search.ts';
import { linkNodes } from '../travel/point-links.ts';
import { MAX_COST, UNREACHED, buildSearchGraph, reverseGraph } from './search-graph.ts';

const build = ({ nodeCount, arcs }: MadeGraph) => buildSearchGraph(nodeCount, arcs);
const seeds = (nodeCount: number) => fc.array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(30), fc.nat(9)), { maxLength: 4 });
const graphSeedsLimit = anyGraph().chain((made) => fc.tuple(fc.constant(made), seeds(made.nodeCount), fc.oneof(fc.nat(60), fc.constant(1e12))));

/** Least (cost, tie) pairs from seeds by relaxing everything until nothing changes. */
function plainTied({ nodeCount, arcs }: MadeGraph, byArc: ArrayLike<number>, from: readonly (readonly [number, number, number])[], limit: number): [number, number][] {
  const least: [number, number][] = Array.from({ length: nodeCount }, () => [UNREACHED, 0]);
  const improve = (node: number, cost: number, tie: number): boolean => {
    if (cost > limit || cost > least[node][0] || (cost === least[node][0] && tie >= least[node][1])) return false;
    least[node] = [cost, tie];
    return true;
  };
  for (const [node, cost, tie] of from) improve(node, cost, tie);
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < arcs.from.length; i++) {
      const [cost, tie] = least[arcs.from[i]];
      if (cost !== UNREACHED && improve(arcs.to[i], cost + arcs.cost[i], tie + byArc[i])) changed = true;
    }
  }
  return least;
}

describe('a bounded search', () => {
  it('finds the least costs from several sources within the limit, and nothing beyond', () => {
    fc.assert(fc.property(graphSeedsLimit, ([made, sources, limit]) => {
      const search = new BoundedSearch(build(made).graph);
      for (const [node, cost] of sources) search.addSource(node, cost);
      search.run(limit);
      const tables = sources.map(([node, cost]) => plainCosts(made, node).map((to) => to + cost));
      const expected = Array.from({ length: made.nodeCount }, (_, v) => {
        const least = Math.min(UNREACHED, ...tables.map((table) => table[v]));
        return least <= limit ? least : UNREACHED;
      });
      expect([...search.cost]).toEqual(expected);
      const reached = [...search.reached.subarray(0, search.reachedCount)].sort((a, b) => a - b);
      expect(reached).toEqual(expected.flatMap((cost, v) => (cost < UNREACHED ? [v] : [])));
    }));
  });

  it('is as good as new after a search, one that stopped early too', () => {
    fc.assert(fc.property(graphSeedsLimit, fc.nat(23), ([made, sources, limit], target) => {
      const { graph } = build(made);
      const used = new BoundedSearch(graph);
      const fresh = new BoundedSearch(graph);
      used.addSource(0, 3);
      used.runTo(linkNodes([target % made.nodeCount]), 0, 1e9);
      used.clear();
      for (const search of [used, fresh]) {
        for (const [node, cost] of sources) search.addSource(node, cost);
        search.run(limit);
      }
      expect(used.cost).toEqual(fresh.cost);
      used.clear();
      expect([...used.cost].every((cost) => cost === UNREACHED)).toBe(true);
    }));
  });

  it('backward finds what forward finds on the graph turned round', () => {
    fc.assert(fc.property(graphSeedsLimit, ([made, sources, limit]) => {
      const { graph } = build(made);
      const backward = new BoundedSearch(graph, { direction: 'backward' });
      const turned = new BoundedSearch(reverseGraph(graph));
      for (const search of [backward, turned]) {
        for (const [node, cost] of sources) search.addSource(node, cost);
        search.run(limit);
      }
      expect(backward.cost).toEqual(turned.cost);
    }));
  });

  it('breaks ties by the second sum, forward and backward', () => {
    fc.assert(fc.property(graphSeedsLimit, fc.array(fc.nat(5), { minLength: 96, maxLength: 96 }), fc.boolean(), ([made, sources, limit], seconds, backward) => {
      // one arc between two nodes is kept, so the plain twin gets the kept ones
      const { graph, arcOf } = build(made);
      const { from, to, cost } = made.arcs;
      const kept = [...arcOf];
      const [tails, heads] = backward ? [to, from] : [from, to];
      const arcs = { from: kept.map((i) => tails[i]), to: kept.map((i) => heads[i]), cost: kept.map((i) => cost[i]) };
      const byArc = Uint32Array.from(kept, (_, i) => seconds[i % seconds.length]);
      const search = new BoundedSearch(graph, { direction: backward ? 'backward' : 'forward', ties: { byArc } });
      for (const source of sources) search.addSource(...source);
      search.run(limit);
      const expected = plainTied({ nodeCount: made.nodeCount, arcs }, byArc, sources, limit);
      expected.forEach(([least, tie], v) => {
        expect(search.cost[v]).toBe(least);
        if (least < UNREACHED) expect(search.tie[v]).toBe(tie);
      });
    }));
  });

  it('leaves parents that lead to a source along ways of exactly the cost found', () => {
    fc.assert(fc.property(graphSeedsLimit, ([made, sources, limit]) => {
      const { graph } = build(made);
      const search = new BoundedSearch(graph, { parents: true });
      for (const [node, cost] of sources) search.addSource(node, cost);
      search.run(limit);
      for (const end of search.reached.subarray(0, search.reachedCount)) {
        let node = end;
        let steps = 0;
        for (; search.parent[node] >= 0 && steps <= made.nodeCount; steps++) {
          const arc = findArc(graph, search.parent[node], node);
          expect(search.cost[search.parent[node]] + graph.cost[arc]).toBe(search.cost[node]);
          node = search.parent[node];
        }
        expect(steps).toBeLessThanOrEqual(made.nodeCount);
        expect(sources.some(([source, cost]) => source === node && cost === search.cost[node])).toBe(true);
      }
    }));
  });

  it('stopped at a point knows the cost of it', () => {
    fc.assert(fc.property(graphSeedsLimit, fc.nat(23), ([made, sources, limit], to) => {
      const { graph } = build(made);
      const links = linkNodes([to % made.nodeCount]);
      const whole = new BoundedSearch(graph);
      const early = new BoundedSearch(graph);
      for (const search of [whole, early]) for (const [node, cost] of sources) search.addSource(node, cost);
      whole.run(limit);
      expect(early.runTo(links, 0, limit)).toBe(whole.costOf(links, 0));
    }));
  });

  it('goes on from sources added later as if they had been there from the start', () => {
    fc.assert(fc.property(graphSeedsLimit, fc.nat(4), ([made, sources, limit], later) => {
      const { graph } = build(made);
      const once = new BoundedSearch(graph);
      const twice = new BoundedSearch(graph);
      sources.forEach(([node, cost], i) => {
        once.addSource(node, cost);
        if (i < later) twice.addSource(node, cost);
      });
      once.run(limit);
      twice.run(limit);
      sources.slice(later).forEach(([node, cost]) => twice.addSource(node, cost));
      twice.run(limit);
      expect(twice.cost).toEqual(once.cost);
    }));
  });

  it('does not depend on how arcs are numbered or nodes are called', () => {
    fc.assert(fc.property(graphSeedsLimit, fc.integer(), ([made, sources, limit], seed) => {
      const called = Array.from({ length: made.nodeCount }, (_, v) => v).sort((a, b) => Math.imul(a + 1, seed | 1) - Math.imul(b + 1, seed | 1) || a - b);
      const { from, to, cost } = made.arcs;
      const order = Array.from({ length: from.length }, (_, i) => from.length - 1 - i);
      const renamed = { nodeCount: made.nodeCount, arcs: { from: order.map((i) => called[from[i]]), to: order.map((i) => called[to[i]]), cost: order.map((i) => cost[i]) } };
      const search = new BoundedSearch(build(made).graph);
      const other = new BoundedSearch(build(renamed).graph);
      for (const [node, at] of sources) {
        search.addSource(node, at);
        other.addSource(called[node], at);
      }
      search.run(limit);
      other.run(limit);
      expect(called.map((v) => other.cost[v])).toEqual([...search.cost]);
    }));
  });

  it('reaches farther only where the limit is larger', () => {
    const grid = makeGrid(40, 1, 0.2);
    const search = new BoundedSearch(grid);
    let before = 0;
    for (const limit of [0, 200_000, 400_000, 1_200_000, Infinity]) {
      searchFromPoints(search, linkNodes([820]), [0], limit);
      expect(search.reachedCount).toBeGreaterThanOrEqual(Math.max(1, before));
      before = search.reachedCount;
    }
    expect(before).toBeGreaterThan(1000);
  });

  it('takes limits as they come', () => {
    expect([0, 12.9, -0.1, -5, Infinity, 1e300].map(wholeLimit)).toEqual([0, 12, -1, -1, MAX_COST, MAX_COST]);
    expect(() => wholeLimit(NaN)).toThrow(RangeError);
    const search = new BoundedSearch(buildSearchGraph(3, { from: [0, 1], to: [1, 2], cost: [0, 1] }).graph);
    search.addSource(0);
    search.run(0);
    expect([...search.cost]).toEqual([0, 0, UNREACHED]);
    search.clear();
    search.addSource(0);
    search.run(-1);
    expect(search.reachedCount).toBe(0);
  });

  it('copes with arcs as dear as may be and with sources far apart', () => {
    const { graph } = buildSearchGraph(4, { from: [0, 1, 0, 2, 3], to: [1, 2, 3, 3, 2], cost: [1, 1, MAX_COST, MAX_COST - 2, 5] });
    const search = new BoundedSearch(graph);
    search.addSource(0);
    search.run(Infinity);
    expect([...search.cost]).toEqual([0, 1, 2, MAX_COST]);
    search.clear();
    search.addSource(3, MAX_COST - 5);
    search.addSource(0, 0);
    search.run(Infinity);
    expect([...search.cost]).toEqual([0, 1, 2, MAX_COST - 5]);
    expect(() => search.addSource(4)).toThrow(RangeError);
    expect(() => new BoundedSearch(graph, { ties: { byArc: new Uint32Array(2) } })).toThrow(RangeError);
  });

  it('takes ten thousand points at one place as one', () => {
    const grid = makeGrid(20, 3);
    const search = new BoundedSearch(grid);
    searchFromPoints(search, linkNodes(new Uint32Array(10_000).fill(200)), Array.from({ length: 10_000 }, (_, i) => i), 500_000);
    const many = search.cost.slice();
    searchFromPoints(search, linkNodes([200]), [0], 500_000);
    expect(search.cost).toEqual(many);
  });
});

describe('arcs', () => {
  it('are found from their heads', () => {
    fc.assert(fc.property(anyGraph(), (made) => {
      const { graph } = build(made);
      const arcs = mapArrivingArcs(graph);
      for (let v = 0; v < graph.nodeCount; v++) {
        for (let i = graph.firstIn[v]; i < graph.firstIn[v + 1]; i++) {
          expect(graph.head[arcs[i]]).toBe(v);
          expect(findArc(graph, graph.tail[i], v)).toBe(arcs[i]);
          expect(graph.cost[arcs[i]]).toBe(graph.costIn[i]);
        }
      }
    }));
  });
});
