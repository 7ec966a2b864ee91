/** Turn restrictions as sequences of edges. */
import { describe, expect, it } from 'vitest';
import { STREET, gridNodes } from '../../../../test/engine/built-streets.ts';
import { streetSource } from '../../../../test/engine/street-source.ts';
import { buildNetwork } from './build-network.ts';
import { PASS } from './network.ts';
import type { TurnSource } from './network-source.ts';

describe('turn restrictions', () => {
  const nodes = gridNodes(5, 3);
  /** West–east through 12, 22, 32, each piece its own way; 21–22 and 22–23 north–south. */
  const cross = [
    { id: 1, nodes: [12, 22], tags: STREET }, { id: 2, nodes: [22, 32], tags: STREET }, { id: 3, nodes: [21, 22], tags: STREET }, { id: 4, nodes: [22, 23], tags: STREET },
    { id: 5, nodes: [32, 42], tags: STREET }, { id: 6, nodes: [32, 33], tags: { ...STREET, oneway: 'yes' } },
  ];
  const turn = (more: Partial<TurnSource>): TurnSource => ({ id: 100, kind: 'no_left_turn', fromWays: [1], viaNode: 22, viaWays: [], toWays: [4], ...more });
  /** Sequences as `12>22>23` with `only ` before, and the notes' codes. */
  const turnsOf = (turns: TurnSource[], ways = cross): { lists: string[]; modes: number[]; codes: string[] } => {
    const { network, notes } = buildNetwork(streetSource({ nodes, ways, turns }));
    const { edge, vertex } = network;
    const lists = Array.from(network.turn.listEnds, (end, t) => {
      const list = network.turn.edges.slice(t === 0 ? 0 : network.turn.listEnds[t - 1], end);
      const ends = (half: number): [number, number] => (half % 2 === 0 ? [edge.from[half >> 1], edge.to[half >> 1]] : [edge.to[half >> 1], edge.from[half >> 1]]);
      const steps = [...list].map(ends);
      expect(steps.every(([from], i) => i === 0 || from === steps[i - 1][1])).toBe(true);
      return (network.turn.only[t] === 1 ? 'only ' : '') + [steps[0][0], ...steps.map((step) => step[1])].map((v) => vertex.id[v]).join('>');
    });
    return { lists, modes: [...network.turn.modes], codes: notes.map((note) => note.code) };
  };

  it('via a node', () => {
    expect(turnsOf([turn({})])).toEqual({ lists: ['12>22>23'], modes: [PASS.drive | PASS.bike], codes: [] });
    expect(turnsOf([turn({ kind: 'only_right_turn', toWays: [3] })]).lists).toEqual(['only 12>22>21']);
    expect(turnsOf([turn({ kind: 'no_u_turn', toWays: [1] })]).lists).toEqual(['12>22>12']);
    expect(turnsOf([turn({ kind: 'no_exit', toWays: [3, 4] })]).lists.toSorted()).toEqual(['12>22>21', '12>22>23']);
  });

  it('via ways, in any order, one of which runs on beyond', () => {
    const lists = (more: Partial<TurnSource>): string[] => turnsOf([turn({ viaNode: undefined, ...more })]).lists;
    expect(lists({ viaWays: [2], toWays: [5] })).toEqual(['12>22>32>42']);
    expect(lists({ viaWays: [2], toWays: [6] })).toEqual(['12>22>32>33']);
    expect(lists({ fromWays: [3], viaWays: [5, 2], toWays: [5] })).toEqual([]);
    const long = [{ id: 1, nodes: [12, 22], tags: STREET }, { id: 2, nodes: [22, 32, 42], tags: STREET }, { id: 6, nodes: [32, 33], tags: STREET }, { id: 7, nodes: [22, 23], tags: STREET }];
    expect(turnsOf([turn({ viaNode: undefined, viaWays: [2], toWays: [6] })], long).lists).toEqual(['12>22>32>33']);
  });

  it('of ways that run through the node are told by the angle', () => {
    const through = [{ id: 1, nodes: [12, 22, 32], tags: STREET }, { id: 3, nodes: [21, 22, 23], tags: STREET }];
    expect(turnsOf([turn({ fromWays: [1], toWays: [3], kind: 'no_left_turn' })], through)).toMatchObject({ lists: [], codes: ['network/turn-unclear'] });
    const oneWay = [{ ...through[0], tags: { ...STREET, oneway: 'yes' } }, through[1]];
    expect(turnsOf([turn({ fromWays: [1], toWays: [3], kind: 'no_left_turn' })], oneWay).lists).toEqual(['12>22>23']);
    expect(turnsOf([turn({ fromWays: [1], toWays: [3], kind: 'no_right_turn' })], oneWay).lists).toEqual(['12>22>21']);
  });

  it('are clear to drivers where only riders could take them otherwise', () => {
    const contraflow = [{ id: 1, nodes: [12, 22], tags: STREET }, { id: 3, nodes: [21, 22, 23], tags: { ...STREET, oneway: 'yes', 'oneway:bicycle': 'no' } }];
    // no word of the kind tells the two ends of way 3 apart
    expect(turnsOf([turn({ fromWays: [1], toWays: [3], kind: 'no_turn' })], contraflow)).toMatchObject({ lists: ['12>22>23'], modes: [PASS.drive], codes: [] });
  });

  it('bind whom they say', () => {
    expect(turnsOf([turn({ except: 'bicycle;bus' })]).modes).toEqual([PASS.drive]);
    expect(turnsOf([turn({ vehicle: 'bicycle' })]).modes).toEqual([PASS.bike]);
    expect(turnsOf([turn({ vehicle: 'hgv' })])).toMatchObject({ lists: [], codes: ['network/turn-vehicle'] });
    expect(turnsOf([turn({ condition: 'Mo-Fr 07:00-09:00' })])).toMatchObject({ lists: [], codes: ['network/turn-condition'] });
  });

  it('that are broken are counted', () => {
    expect(turnsOf([turn({ toWays: [77] })]).codes).toEqual(['network/turn-way']);
    expect(turnsOf([turn({ viaNode: 42 })]).codes).toEqual(['network/turn-via']);
    expect(turnsOf([turn({ viaNode: 888 })]).codes).toEqual(['network/turn-via']);
    expect(turnsOf([turn({ kind: 'give_way' })]).codes).toEqual(['network/turn-kind']);
    expect(turnsOf([turn({ fromWays: [6], viaNode: 32, toWays: [5] })]).codes).toEqual(['network/turn-blocked']);
    expect(turnsOf([turn({ viaNode: undefined, viaWays: [3], toWays: [5] })]).codes).toEqual(['network/turn-via']);
  });
});
