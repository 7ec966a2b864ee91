/** Where ways are cut into edges. */
import { describe, expect, it } from 'vitest';
import { STREET, build, edgesOf, gridNodes, row } from '../../../../test/engine/built-streets.ts';
import type { SourcePlan } from '../../../../test/engine/street-source.ts';
import { TRAIT } from './network.ts';

describe('where streets are parted', () => {
  it('cuts at junctions and ends, not at bends', () => {
    const network = build({ nodes: gridNodes(4, 2), ways: [{ id: 1, nodes: [1, 11, 21, 31], tags: STREET }, { id: 2, nodes: [21, 22], tags: STREET }] });
    expect(edgesOf(network).toSorted()).toEqual(['1-21', '21-22', '21-31']);
    expect(network.edge.lengthMm[edgesOf(network).indexOf('1-21')]).toBeCloseTo(200_000, -1);
    expect([...network.edge.shapeEnds].at(-1)).toBe(1);
  });

  it('cuts where a street that nobody may use, or a way of another kind, meets it; not where a building does', () => {
    const nodes = gridNodes(4, 2);
    const main = { id: 1, nodes: [1, 11, 21, 31], tags: STREET };
    expect(edgesOf(build({ nodes, ways: [main, { id: 2, nodes: [11, 12], tags: { highway: 'construction' } }] })).length).toBe(2);
    expect(edgesOf(build({ nodes, ways: [main], touched: [11] })).length).toBe(2);
    expect(edgesOf(build({ nodes, ways: [main, { id: 2, nodes: [11, 12], tags: { building: 'yes', railway: 'platform', usage: 'tourism' } }] })).length).toBe(1);
    // a platform that is a building too is walked on
    expect(edgesOf(build({ nodes, ways: [main, { id: 2, nodes: [12, 11], tags: { building: 'yes', railway: 'platform' } }] })).length).toBe(3);
  });

  it('keeps loops, repeats and streets between the same ends', () => {
    const nodes = gridNodes(3, 3);
    expect(edgesOf(build({ nodes, ways: [row(1, 11, 12, 2, 1)] }))).toEqual(['1-1']);
    expect(edgesOf(build({ nodes, ways: [row(1, 11, 11, 11, 21)] }))).toEqual(['1-11', '11-21']);
    expect(edgesOf(build({ nodes, ways: [row(1, 11), { id: 8, nodes: [1, 2, 11], tags: STREET }] }))).toEqual(['1-11', '1-11']);
    expect(build({ nodes, ways: [row(1, 1)] }).meta.counts.edges).toBe(0);
  });

  it('an edge between two nodes at one place has length 0', () => {
    const nodes = new Map<number, readonly [number, number]>([[1, [0, 0]], [2, [0, 0]], [3, [50, 0]]]);
    const { edge } = build({ nodes, ways: [row(1, 2), { id: 8, nodes: [2, 3], tags: STREET }] });
    expect([...edge.lengthMm].toSorted((a, b) => a - b)[0]).toBe(0);
    expect(edge.from[0]).not.toBe(edge.to[0]);
  });

  it('a line round the globe is as long as can be said', () => {
    const nodes = new Map<number, readonly [number, number]>([[1, [-9_000_000, 0]], [2, [0, 1000]], [3, [9_000_000, 0]]]);
    expect([...build({ nodes, ways: [{ id: 1, nodes: [1, 2, 3], tags: { route: 'ferry' } }] }).edge.lengthMm]).toEqual([0xffff_ffff]);
  });

  it('a node that is missing leaves a gap; by R5 the whole piece goes', () => {
    const nodes = gridNodes(4, 2);
    const plan = { nodes, ways: [row(1, 11, 999, 21, 31), { id: 8, nodes: [11, 12], tags: STREET }, { id: 9, nodes: [31, 32], tags: STREET }] };
    expect(edgesOf(build(plan)).toSorted()).toEqual(['1-11', '11-12', '21-31', '31-32']);
    expect(edgesOf(build(plan, { measure: 'r5' })).toSorted()).toEqual(['1-11', '11-12', '31-32']);
  });

  it('names and classes come along, ferries are left to those who want them', () => {
    const plan: SourcePlan = { nodes: gridNodes(3, 2), ways: [{ id: 1, nodes: [1, 11], tags: { ...STREET, name: '人民路' } }, { id: 2, nodes: [11, 21], tags: { route: 'ferry', name: '轮渡' } }] };
    const network = build(plan);
    expect(Array.from(network.edge.streetClass, (c) => network.meta.classes[c])).toEqual(['residential', 'ferry']);
    expect(Array.from(network.edge.way, (w) => network.name(w))).toEqual(['人民路', '轮渡']);
    expect(network.edge.traits[1]).toBe(TRAIT.ferry);
    expect(build(plan, { measure: 'r5' }).meta.counts.edges).toBe(1);
  });
});
