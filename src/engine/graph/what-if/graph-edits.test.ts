import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, EditableGraph, mapArcs, revertChanges } from './graph-edits.ts';
import type { ArcEdit } from './graph-edits.ts';
import type { SearchGraph } from '../search/search-graph.ts';
import { buildSearchGraph, UNREACHED } from '../search/search-graph.ts';

type Arc = [from: number, to: number, cost: number];

const build = (nodeCount: number, arcs: readonly Arc[]): SearchGraph =>
  buildSearchGraph(nodeCount, { from: arcs.map((arc) => arc[0]), to: arcs.map((arc) => arc[1]), cost: arcs.map((arc) => arc[2]) }).graph;

const listed = ({ nodeCount, arcCount, firstOut, head, cost, firstIn, tail, costIn }: SearchGraph): unknown => ({ nodeCount, arcCount, arrays: [firstOut, head, cost, firstIn, tail, costIn].map((array) => [...array]) });

/** The twin: arcs in a table, edits one after the other. */
function editPlainly(graph: SearchGraph, edits: readonly ArcEdit[]): Arc[] {
  const costs = new Map<string, number>();
  for (let v = 0; v < graph.nodeCount; v++) for (let arc = graph.firstOut[v]; arc < graph.firstOut[v + 1]; arc++) costs.set(`${v} ${graph.head[arc]}`, graph.cost[arc]);
  for (const { from, to, cost, beside } of edits) {
    const key = `${from} ${to}`;
    costs.set(key, beside === true ? Math.min(cost, costs.get(key) ?? UNREACHED) : cost);
  }
  return [...costs].filter(([, cost]) => cost < UNREACHED).map(([key, cost]) => [...key.split(' ').map(Number), cost] as Arc);
}

const cases = fc.integer({ min: 1, max: 9 }).chain((nodeCount) => {
  const node = fc.nat(nodeCount - 1);
  const edit = fc.record({ from: node, to: node, cost: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(UNREACHED)), beside: fc.boolean() });
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    arcs: fc.array(fc.tuple(node, node, fc.integer({ min: 0, max: 9 })) as fc.Arbitrary<Arc>, { maxLength: 30 }),
    bothWays: fc.boolean(),
    batches: fc.array(fc.tuple(fc.array(edit, { maxLength: 80 }), fc.boolean()), { maxLength: 4 }),
  });
});

describe('edited graphs', () => {
  it('are those built from the edited arcs, and as before once edits are taken back', () => {
    fc.assert(
      fc.property(cases, ({ nodeCount, arcs, bothWays, batches }) => {
        const base = build(nodeCount, bothWays ? arcs.flatMap(([a, b, cost]): Arc[] => [[a, b, cost], [b, a, cost]]) : arcs);
        const given = listed(base);
        const edited = new EditableGraph(base);
        const states = [given];
        const done = batches.map(([batch, both]) => {
          const edits = both ? batch.flatMap((edit) => [edit, { ...edit, from: edit.to, to: edit.from }]) : batch;
          const expected = build(nodeCount, editPlainly(edited.graph, edits));
          const changes = edited.apply(edits);
          expect(listed(edited.graph)).toEqual(listed(expected));
          if (edited.graph.symmetric) expect(expected.symmetric).toBe(true);
          states.push(listed(edited.graph));
          return changes;
        });
        for (const changes of done.reverse()) {
          expect(listed(edited.graph)).toEqual(states.pop());
          edited.apply(revertChanges(changes));
        }
        expect(listed(edited.graph)).toEqual(given);
        expect(listed(base)).toEqual(given);
      }),
      { numRuns: 400 },
    );
  });

  it('know which arc is which', () => {
    const base = build(3, [[0, 1, 5], [1, 2, 6], [2, 0, 7]]);
    const edited = applyEdits(base, [{ from: 0, to: 2, cost: 1 }, { from: 1, to: 2, cost: UNREACHED }]);
    expect([...mapArcs(base, edited)]).toEqual([0, -1, 2]);
  });

  it('say what is wrong', () => {
    const edited = new EditableGraph(build(2, [[0, 1, 5]]));
    expect(() => edited.apply([{ from: 0, to: 2, cost: 1 }])).toThrow('an arc from 0 to 2 in a graph of 2 nodes');
    expect(() => edited.apply([{ from: 0, to: 1, cost: -1 }])).toThrow('an arc from 0 to 1 that costs -1');
    expect(() => edited.apply([{ from: 0, to: 1, cost: NaN }])).toThrow('an arc from 0 to 1 that costs NaN');
  });
});
