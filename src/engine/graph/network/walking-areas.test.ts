/** Ways across squares. */
import { describe, expect, it } from 'vitest';
import { STREET, build, gridNodes } from '../../../../test/engine/built-streets.ts';
import type { PlanTags, SourcePlan } from '../../../../test/engine/street-source.ts';
import type { Network } from './network.ts';
import { PASS, TRAIT } from './network.ts';

describe('squares', () => {
  const outline = [11, 41, 44, 14];
  const nodes = gridNodes(6, 6);
  const ways = (tags: PlanTags): SourcePlan['ways'] => [
    { id: 1, nodes: [...outline, 11], tags },
    { id: 2, nodes: [1, 11], tags: STREET },
    { id: 3, nodes: [44, 54], tags: STREET },
  ];
  const square = { highway: 'pedestrian', area: 'yes' };
  /** Shortest walk from one corner to the other, metres, by brute force. */
  const across = ({ edge, vertex, meta }: Network, from: number, to: number): number => {
    const metres = Array.from({ length: meta.counts.vertices }, () => Infinity);
    metres[vertex.id.indexOf(from)] = 0;
    for (let round = 0; round < metres.length; round++) {
      edge.from.forEach((a, e) => {
        if ((edge.forward[e] & PASS.walk) === 0) return;
        metres[edge.to[e]] = Math.min(metres[edge.to[e]], metres[a] + edge.lengthMm[e] / 1000);
        metres[a] = Math.min(metres[a], metres[edge.to[e]] + edge.lengthMm[e] / 1000);
      });
    }
    return metres[vertex.id.indexOf(to)];
  };

  it('are crossed from entrance to entrance, and only by those on foot', () => {
    const network = build({ nodes, ways: ways(square) });
    expect(across(network, 11, 44)).toBeCloseTo(300 * Math.SQRT2, -1);
    expect(across(build({ nodes, ways: ways({ highway: 'pedestrian' }) }), 11, 44)).toBeCloseTo(600, -1);
    expect(across(build({ nodes, ways: ways(square) }, { measure: 'r5' }), 11, 44)).toBeCloseTo(600, -1);
    const invented = network.edge.traits.indexOf(TRAIT.invented);
    expect(network.edge.forward[invented] & ~(PASS.walk | PASS.pushBike)).toBe(0);
    expect(network.way.id[network.edge.way[invented]]).toBe(-1);
  });

  it('that bend are crossed only where one sees the other side', () => {
    // an L: 11 and 44 do not see one another, and the way round is along its inner corner
    const bent = [{ id: 1, nodes: [11, 41, 44, 34, 32, 12, 11], tags: square }, { id: 2, nodes: [1, 11], tags: STREET }, { id: 3, nodes: [44, 54], tags: STREET }];
    expect(build({ nodes, ways: bent }).edge.traits.includes(TRAIT.invented)).toBe(false);
  });

  it('of several ways keep their holes, and their rings are walked', () => {
    const hole = [22, 32, 33, 23];
    const area = (rings: number[][]): SourcePlan => ({ nodes, ways: ways({ highway: 'residential' }).slice(1), areas: [{ id: 9, tags: square, rings }] });
    expect(across(build(area([outline])), 11, 44)).toBeCloseTo(300 * Math.SQRT2, -1);
    expect(across(build(area([outline, hole])), 11, 44)).toBeCloseTo(600, -1);
  });
});
