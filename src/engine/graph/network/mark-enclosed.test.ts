/** Streets that only local ones join to the town. */
import { describe, expect, it } from 'vitest';
import { STREET, build, edgesOf, gridNodes } from '../../../../test/engine/built-streets.ts';
import type { SourcePlan } from '../../../../test/engine/street-source.ts';
import type { Network } from './network.ts';
import { PASS } from './network.ts';
import { profileOf } from '../travel/profile.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';

describe('streets behind a private gate', () => {
  /** Town 1–11–21–31, gate 32 above 31, estate 32–33–34 and 33–43 beyond. */
  const plan: SourcePlan = {
    nodes: gridNodes(5, 5),
    ways: [{ id: 1, nodes: [1, 11, 21, 31], tags: STREET }, { id: 2, nodes: [31, 32, 33, 34], tags: STREET }, { id: 3, nodes: [33, 43], tags: STREET }, { id: 4, nodes: [11, 12], tags: STREET }, { id: 5, nodes: [21, 22], tags: STREET }],
    points: [{ node: 32, tags: { barrier: 'gate', access: 'private', foot: 'yes' } }],
  };
  const passOf = (network: Network, name: string): number => network.edge.forward[edgesOf(network).findIndex((edge) => edge === name || edge.split('-').toReversed().join('-') === name)];

  it('are local to those whom the gate stops, and open to others', () => {
    const network = build(plan);
    expect(passOf(network, '33-43')).toBe(PASS.walk | PASS.bike | PASS.drive | PASS.driveLocal);
    expect(passOf(network, '11-21')).toBe(PASS.walk | PASS.bike | PASS.drive);
    const closed = build({ ...plan, points: [{ node: 32, tags: { barrier: 'gate', access: 'private' } }] });
    expect(passOf(closed, '33-43')).toBe(PASS.walk | PASS.walkLocal | PASS.bike | PASS.bikeLocal | PASS.drive | PASS.driveLocal);
  });

  it('let their residents out and home again, and nobody through', () => {
    // a second gate at 44: through the estate it is 500 m from 31 to 54, round it 1,300 m
    const round = [{ id: 7, nodes: [34, 44, 54], tags: STREET }, { id: 8, nodes: [1, 5], tags: STREET }, { id: 9, nodes: [5, 15, 25, 35, 45, 55, 54], tags: STREET }];
    const network = build({ nodes: gridNodes(6, 5), ways: [...plan.ways, ...round], points: [32, 44].map((node) => ({ node, tags: { barrier: 'gate', access: 'private' } })) });
    const travel = buildTravelGraph(network, profileOf('walk', { local: 'ends', unit: 'mm', leastVertices: 0 }), { contract: false });
    const { graph, node } = travel;
    const metres = (from: number, to: number): number => {
      const least = new Map([[node.firstAt[network.vertex.id.indexOf(from)], 0]]);
      // each node again whenever it became cheaper
      for (let changed = true; changed; ) {
        changed = false;
        for (const [v, cost] of least) {
          for (let arc = graph.firstOut[v]; arc < graph.firstOut[v + 1]; arc++) {
            if (cost + graph.cost[arc] >= (least.get(graph.head[arc]) ?? Infinity)) continue;
            least.set(graph.head[arc], cost + graph.cost[arc]);
            changed = true;
          }
        }
      }
      return Math.min(...[...least].filter(([v]) => node.vertex[v] === network.vertex.id.indexOf(to)).map(([, cost]) => Math.round(cost / 1000)));
    };
    expect(metres(43, 1)).toBe(600);
    expect(metres(1, 43)).toBe(600);
    expect(metres(31, 54)).toBe(1300);
    expect(metres(43, 54)).toBe(400);
  });

  it('stay as they are where another way leads in, or the gate is shut to all', () => {
    const open = build({ ...plan, ways: [...plan.ways, { id: 6, nodes: [43, 42, 31], tags: STREET }] });
    const shut = build({ ...plan, points: [{ node: 32, tags: { barrier: 'gate', access: 'no' } }] });
    for (const network of [open, shut]) {
      for (const pass of network.edge.forward) for (const both of [PASS.walk | PASS.walkLocal, PASS.bike | PASS.bikeLocal, PASS.drive | PASS.driveLocal]) expect(pass & both).not.toBe(both);
    }
  });
});
