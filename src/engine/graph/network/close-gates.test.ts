/** Gates, barriers and lifts on streets. */
import { describe, expect, it } from 'vitest';
import { STREET, build, edgesOf, gridNodes, reached } from '../../../../test/engine/built-streets.ts';
import type { PlanTags, SourcePlan } from '../../../../test/engine/street-source.ts';
import { PASS, TRAIT, VERTEX_TRAIT } from './network.ts';

describe('gates', () => {
  const street = { id: 1, nodes: [1, 11, 21], tags: STREET };
  const withGate = (tags: PlanTags, ...more: SourcePlan['ways']): SourcePlan => ({ nodes: gridNodes(3, 3), ways: [street, ...more], points: [{ node: 11, tags }] });

  it('an open gate is a vertex, a closed one an edge that few may pass', () => {
    const open = build(withGate({ barrier: 'gate', opening_hours: '06:00-22:00' }));
    expect(edgesOf(open)).toEqual(['1-11', '11-21']);
    expect(open.vertex.traits[open.vertex.id.indexOf(11)]).toBe(VERTEX_TRAIT.gate);
    expect(Array.from(open.gate.vertex, (vertex, i) => [open.vertex.id[vertex], open.hours(i)])).toEqual([[11, '06:00-22:00']]);
    const closed = build(withGate({ barrier: 'gate', access: 'private' }));
    expect(closed.meta.counts).toMatchObject({ vertices: 4, edges: 3 });
    const gate = closed.edge.traits.indexOf(TRAIT.invented);
    expect(closed.edge.lengthMm[gate]).toBe(0);
    expect(closed.edge.forward[gate]).toBe(PASS.walkLocal | PASS.bikeLocal | PASS.driveLocal);
    expect(reached(closed, 1, PASS.walk)).toEqual([1, 11]);
    expect(reached(open, 1, PASS.walk)).toEqual([1, 11, 21]);
  });

  it('a bollard stops cars alone; R5 knows none of it', () => {
    const network = build(withGate({ barrier: 'bollard' }));
    expect(reached(network, 1, PASS.walk)).toEqual([1, 11, 21]);
    expect(reached(network, 1, PASS.drive)).toEqual([1, 11]);
    expect(edgesOf(build(withGate({ barrier: 'gate', access: 'no' }), { measure: 'r5' }))).toEqual(['1-21']);
  });

  it('at a junction it stands between all streets', () => {
    const network = build(withGate({ barrier: 'gate', foot: 'no' }, { id: 2, nodes: [11, 12], tags: STREET }));
    for (const id of [1, 21, 12]) expect(reached(network, id, PASS.walk)).toEqual([id]);
    expect(reached(network, 1, PASS.drive)).toEqual([1, 11, 12, 21]);
  });

  it('a wall that a street crosses stops nobody', () => {
    const plan = { nodes: gridNodes(3, 3), ways: [street, { id: 2, nodes: [12, 11], tags: { barrier: 'wall' } }] };
    expect(reached(build(plan), 1, PASS.walk)).toEqual([1, 11, 21]);
  });
});
