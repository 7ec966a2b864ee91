import { describe, expect, it } from 'vitest';
import { streetSource } from '../../../test/engine/street-source.ts';
import type { SourcePlan } from '../../../test/engine/street-source.ts';
import { buildNetwork } from '../../engine/graph/network/build-network.ts';
import { joinCrossings } from './join-crossings.ts';

type Line = readonly [tags: Record<string, string>, ...points: readonly (readonly [x: number, y: number])[]];

/** Lines in metres, every vertex a node of its own without an id of OSM's: −1, −2 … */
function source(lines: readonly Line[], sign = -1) {
  const nodes = new Map<number, readonly [number, number]>();
  const ways: SourcePlan['ways'] = lines.map(([tags, ...points], w) => ({
    id: sign * (w + 1), tags: { highway: 'residential', ...tags },
    nodes: points.map((point) => {
      const id = sign * (nodes.size + 1);
      nodes.set(id, point);
      return id;
    }),
  }));
  return streetSource({ nodes, ways });
}

const countsOf = (lines: readonly Line[], sign = -1): [vertices: number, edges: number] => {
  const { vertices, edges } = buildNetwork(joinCrossings(source(lines, sign))).network.meta.counts;
  return [vertices, edges];
};

describe('streets without ids of nodes', () => {
  const cross: readonly Line[] = [[{}, [-100, 0], [100, 0]], [{}, [0, -100], [0, 100]]];

  it('meet where they cross, three of them at one vertex', () => {
    expect(countsOf(cross)).toEqual([5, 4]);
    expect(countsOf([...cross, [{}, [-50, -50], [50, 50]]])).toEqual([7, 6]);
  });

  it('meet where one ends on another, or less than a metre before or after it', () => {
    for (const end of [0, 0.6, -0.6]) {
      const [vertices, edges] = countsOf([[{}, [-100, 0], [100, 0]], [{}, [0, -100], [0, end]]]);
      expect([vertices, edges], String(end)).toEqual([4, 3]);
    }
    expect(countsOf([[{}, [-100, 0], [100, 0]], [{}, [0, -100], [0, -5]]])).toEqual([4, 2]);
  });

  it('pass over and under one another on bridges and in tunnels', () => {
    expect(countsOf([[{ bridge: 'yes' }, [-100, 0], [100, 0]], [{}, [0, -100], [0, 100]]])).toEqual([4, 2]);
    expect(countsOf([[{ layer: '-1' }, [-100, 0], [100, 0]], [{}, [0, -100], [0, 100]]])).toEqual([4, 2]);
    expect(countsOf([[{ bridge: 'F' }, [-100, 0], [100, 0]], [{}, [0, -100], [0, 100]]])).toEqual([5, 4]);
  });

  it('are those of OSM as they are', () => {
    const given = source(cross, 1);
    expect(joinCrossings(given)).toBe(given);
    expect(countsOf(cross, 1)).toEqual([4, 2]);
  });

  it('are a grid where lines are drawn as one', () => {
    const n = 6;
    const lines = Array.from({ length: 2 * n }, (_, i): Line => (i < n ? [{}, [-50, 100 * i], [100 * n - 50, 100 * i]] : [{}, [100 * (i - n), -50], [100 * (i - n), 100 * n - 50]]));
    // crossings, and two ends of each line; each line parted n times
    expect(countsOf(lines)).toEqual([n * n + 4 * n, 2 * n * (n + 1)]);
  });
});
