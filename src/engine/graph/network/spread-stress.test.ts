/** Riders' stress at junctions. */
import { describe, expect, it } from 'vitest';
import { STREET, build, edgesOf, gridNodes } from '../../../../test/engine/built-streets.ts';

describe('riders at junctions', () => {
  it('bear the worst street, but at signals and beyond', () => {
    const nodes = gridNodes(4, 2);
    const ways = [{ id: 1, nodes: [1, 11, 21], tags: { highway: 'primary' } }, { id: 2, nodes: [11, 12], tags: STREET }, { id: 3, nodes: [21, 22], tags: STREET }, { id: 4, nodes: [12, 22], tags: STREET }];
    const { edge, ...network } = build({ nodes, ways, points: [{ node: 21, tags: { highway: 'traffic_signals' } }] });
    const stress = Object.fromEntries(edgesOf({ edge, ...network }).map((name, e) => [name, edge.stress[e]]));
    expect(stress).toEqual({ '1-11': 4, '11-21': 4, '11-12': 4, '21-22': 1, '12-22': 1 });
  });
});
