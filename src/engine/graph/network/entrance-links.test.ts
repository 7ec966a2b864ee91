/** Ways to the entrances of buildings. */
import { describe, expect, it } from 'vitest';
import { build, edgesOf, row } from '../../../../test/engine/built-streets.ts';

describe('entrances', () => {
  const nodes = new Map<number, readonly [number, number]>([[1, [0, 0]], [2, [100, 0]], [3, [40, 20]], [4, [98, 10]], [5, [50, 90]]]);
  it('are tied to the nearest street, at its own node where one is close', () => {
    const points = [3, 4, 5].map((node) => ({ node, tags: { entrance: 'main' } }));
    const network = build({ nodes, ways: [row(1, 2)], points });
    const lengths = new Map(edgesOf(network).map((name, e) => [name, network.edge.lengthMm[e]]));
    expect(lengths.get('3--1')).toBeCloseTo(20_000, -1);
    expect(lengths.get('4-2')).toBeCloseTo(10_198, -1);
    expect(lengths.get('1--1')).toBeCloseTo(40_000, -1);
    // 90 m away is not beside a street
    expect(network.vertex.id.includes(5)).toBe(false);
    expect(build({ nodes, ways: [row(1, 2)], points }, { measure: 'r5' }).meta.counts.edges).toBe(1);
  });
});
