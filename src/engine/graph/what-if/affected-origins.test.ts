import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyGraph } from '../../../../test/make-graphs.ts';
import { AffectedNodes, GraphSearches } from './affected-origins.ts';
import { EditableGraph } from './graph-edits.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { buildSearchGraph, UNREACHED } from '../search/search-graph.ts';

/** Least costs of all pairs (Floyd–Warshall), Infinity beyond the limit. */
function allCosts({ nodeCount, firstOut, head, cost }: SearchGraph, limit: number): number[][] {
  const d = Array.from({ length: nodeCount }, (_, a) => Array.from({ length: nodeCount }, (__, b) => (a === b ? 0 : Infinity)));
  for (let v = 0; v < nodeCount; v++) for (let arc = firstOut[v]; arc < firstOut[v + 1]; arc++) d[v][head[arc]] = cost[arc];
  for (let m = 0; m < nodeCount; m++) for (const row of d) for (let b = 0; b < nodeCount; b++) row[b] = Math.min(row[b], row[m] + d[m][b]);
  return d.map((row) => row.map((each) => (each <= limit ? each : Infinity)));
}

describe('the origins and ends that changed streets concern', () => {
  const edit = fc.record({ from: fc.nat(13), to: fc.nat(13), cost: fc.oneof(fc.nat(9), fc.constant(UNREACHED)) });

  it('are all whose costs change, whatever else the batch changes', () => {
    fc.assert(
      fc.property(anyGraph(14, 9), fc.array(edit, { maxLength: 6 }), fc.constantFrom(3, 8, 20, 1000), (made, edits, limit) => {
        const { graph } = buildSearchGraph(made.nodeCount, made.arcs);
        const edited = new EditableGraph(graph);
        const changes = edited.plan(edits.map(({ from, to, cost }) => ({ from: from % made.nodeCount, to: to % made.nodeCount, cost })));
        const affected = new AffectedNodes(made.nodeCount);
        const searches = new GraphSearches(edited);
        const collect = (direction: 'backward' | 'forward'): Set<number> => {
          affected.collect(searches, changes, limit, direction);
          return new Set(affected.take());
        };
        const origins = collect('backward');
        const ends = collect('forward');
        const before = allCosts(graph, limit);
        edited.apply(changes.map(({ from, to, after }) => ({ from, to, cost: after })));
        const after = allCosts(edited.graph, limit);
        before.forEach((row, v) => row.forEach((cost, x) => {
          if (cost === after[v][x]) return;
          expect(origins).toContain(v);
          expect(ends).toContain(x);
        }));
        if (changes.length === 0) expect([...origins, ...ends]).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it('leave out who goes elsewhere', () => {
    // 0 → 1 → 2 and 3 → 2; 4 comes to 2 by 3
    const { graph } = buildSearchGraph(5, { from: [0, 1, 3, 4, 4], to: [1, 2, 2, 3, 1], cost: [5, 5, 5, 5, 9] });
    const edited = new EditableGraph(graph);
    const affected = new AffectedNodes(5);
    affected.collect(new GraphSearches(edited), edited.plan([{ from: 1, to: 2, cost: UNREACHED }]), 100, 'backward');
    expect([...affected.take()]).toEqual([0, 1]);
    affected.collect(new GraphSearches(edited), edited.plan([{ from: 1, to: 2, cost: 1 }]), 14, 'backward');
    expect([...affected.take()]).toEqual([0, 1]);
    affected.collect(new GraphSearches(edited), edited.plan([{ from: 1, to: 2, cost: 0 }]), 14, 'backward');
    expect([...affected.take()]).toEqual([0, 1, 4]);
  });
});
