import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streetSource } from '../../../../test/engine/street-source.ts';
import type { PlanTags, SourcePlan } from '../../../../test/engine/street-source.ts';
import { ChengmaiError } from '../../../core/errors.ts';
import { metresPerDegree } from '../../spatial/measure.ts';
import { buildNetwork } from './build-network.ts';
import type { NetworkOptions } from './build-network.ts';
import type { Network } from './network.ts';
import { PASS, TRAIT, VERTEX_TRAIT, openNetwork } from './network.ts';
import type { TurnSource } from './network-source.ts';
import { profileOf } from '../travel/profile.ts';
import { buildTravelGraph } from '../travel/travel-graph.ts';

const STREET = { highway: 'residential' };

/** `1,2` for a node at 100 m east, 200 m north has id 12: rows of ten. */
function gridNodes(columns: number, rows: number): Map<number, readonly [number, number]> {
  const nodes = new Map<number, readonly [number, number]>();
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) nodes.set(10 * x + y + 1, [100 * x, 100 * y]);
  return nodes;
}

function build(plan: SourcePlan, options?: NetworkOptions): Network {
  return buildNetwork(streetSource(plan), options).network;
}

/** Edges as `from-to` of OSM ids, in the network's order; those against their numbers' order as they are. */
function edgesOf({ edge, vertex }: Network): string[] {
  return Array.from(edge.from, (from, e) => `${vertex.id[from]}-${vertex.id[edge.to[e]]}`);
}

/** Vertices that can be reached from a node by those who have the bit. */
function reached({ edge, vertex }: Network, start: number, bit: number): number[] {
  const seen = new Set([vertex.id.indexOf(start)]);
  for (let grown = true; grown; ) {
    grown = false;
    edge.from.forEach((from, e) => {
      const to = edge.to[e];
      if ((edge.forward[e] & bit) !== 0 && seen.has(from) && !seen.has(to)) grown = seen.add(to) !== undefined;
      if ((edge.backward[e] & bit) !== 0 && seen.has(to) && !seen.has(from)) grown = seen.add(from) !== undefined;
    });
  }
  return [...seen].map((v) => vertex.id[v]).filter((id) => id > 0).toSorted((a, b) => a - b);
}

const row = (...ids: number[]): SourcePlan['ways'][number] => ({ id: 7, nodes: ids, tags: STREET });

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

describe('riders at junctions', () => {
  it('bear the worst street, but at signals and beyond', () => {
    const nodes = gridNodes(4, 2);
    const ways = [{ id: 1, nodes: [1, 11, 21], tags: { highway: 'primary' } }, { id: 2, nodes: [11, 12], tags: STREET }, { id: 3, nodes: [21, 22], tags: STREET }, { id: 4, nodes: [12, 22], tags: STREET }];
    const { edge, ...network } = build({ nodes, ways, points: [{ node: 21, tags: { highway: 'traffic_signals' } }] });
    const stress = Object.fromEntries(edgesOf({ edge, ...network }).map((name, e) => [name, edge.stress[e]]));
    expect(stress).toEqual({ '1-11': 4, '11-21': 4, '11-12': 4, '21-22': 1, '12-22': 1 });
  });
});

describe('heights', () => {
  const nodes = new Map<number, readonly [number, number]>([[1, [0, 0]], [2, [1000, 0]]]);
  const scale = metresPerDegree(30);
  /** Decimetres of a ramp that rises 5 m in 100 m to the east. */
  const ramp = (lon: number): number => (lon - 100) * scale.lon * 0.05 * 10;
  it('make uphill dear and a gentle downhill cheap, both ways as Tobler has it', () => {
    const network = build({ nodes, ways: [row(1, 2)] }, { elevation: ramp });
    expect(network.meta.elevation).toBe(true);
    expect([...network.vertex.elevationDm].toSorted((a, b) => a - b)).toEqual([0, 500]);
    const level = 1 / (1.2 * Math.exp(-3.5 * 0.05));
    expect(network.edge.slopeForward?.[0]).toBeCloseTo(level * Math.exp(3.5 * 0.05) - 1, 1);
    expect(network.edge.slopeBackward?.[0]).toBeCloseTo(1 / 1.2 - 1, 1);
    const flat = build({ nodes, ways: [row(1, 2)] }, { elevation: () => 123 });
    expect(flat.edge.slopeForward?.[0]).toBeCloseTo(level - 1, 6);
  });
  it('unknown are 0, and a cliff is closed, not infinite', () => {
    const unknown = build({ nodes, ways: [row(1, 2)] }, { elevation: () => NaN });
    expect([...unknown.vertex.elevationDm]).toEqual([0, 0]);
    const steps = new Map<number, readonly [number, number]>([[1, [0, 0]], [2, [2, 0]]]);
    const cliff = build({ nodes: steps, ways: [row(1, 2)] }, { elevation: (lon) => (lon > 100.00001 ? 900 : 0) });
    expect(cliff.edge.slopeForward?.[0]).toBe(10_000);
    expect(build({ nodes, ways: [row(1, 2)] }).edge.slopeForward).toBeUndefined();
  });
});

describe('the buffer', () => {
  const network = build({ nodes: gridNodes(3, 3), ways: [row(1, 11, 21, 22), { id: 8, nodes: [11, 12], tags: { ...STREET, name: '长街' } }] });

  it('opens again as it was', () => {
    const again = openNetwork(network.bytes.slice());
    expect(again.meta).toEqual(network.meta);
    expect(again.edge).toEqual(network.edge);
    expect(again.vertex).toEqual(network.vertex);
    expect(again.name(1)).toBe(network.name(1));
  });

  it('is refused when it is not one', () => {
    const bytes = network.bytes;
    expect(() => openNetwork(new Uint8Array(100))).toThrow(RangeError);
    expect(() => openNetwork(bytes.slice(0, bytes.length - 8))).toThrow(RangeError);
    const otherVersion = bytes.slice();
    otherVersion[4] ^= 0xff;
    expect(() => openNetwork(otherVersion)).toThrow(RangeError);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
      expect(() => openNetwork(Uint8Array.from(garbage))).toThrow(RangeError);
    }));
  });

  it('of no streets is empty', () => {
    const none = build({ nodes: new Map(), ways: [] });
    expect(none.meta.counts).toEqual({ vertices: 0, edges: 0, ways: 0, restrictions: 0 });
    expect(none.meta.bbox).toBeUndefined();
    expect(openNetwork(none.bytes).edge.from.length).toBe(0);
  });

  it('stops when told to', () => {
    const signal = { aborted: true } as AbortSignal;
    expect(() => buildNetwork(streetSource({ nodes: gridNodes(2, 2), ways: [row(1, 11)] }), {}, { signal })).toThrow(ChengmaiError);
  });
});

describe('whatever the order of the file', () => {
  const tags = fc.constantFrom<PlanTags>(STREET, { highway: 'footway' }, { highway: 'primary', oneway: 'yes', name: 'A' }, { highway: 'pedestrian', area: 'yes' }, { highway: 'service', access: 'private', name: 'B' }, { highway: 'construction' });
  const pointTags = fc.constantFrom<PlanTags>({ barrier: 'gate', access: 'private' }, { barrier: 'bollard' }, { entrance: 'main' }, { highway: 'traffic_signals' }, { highway: 'elevator' });
  const plans = fc.record({
    places: fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), { minLength: 12, maxLength: 12 }),
    ways: fc.array(fc.record({ nodes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 6 }), closed: fc.boolean(), tags }), { minLength: 1, maxLength: 10 }),
    points: fc.uniqueArray(fc.record({ node: fc.integer({ min: 1, max: 12 }), tags: pointTags }), { selector: (point) => point.node, maxLength: 5 }),
    turns: fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 })), { maxLength: 4 }),
    seed: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  });
  const shuffled = <T>(items: readonly T[], seed: readonly number[]): T[] => items.map((item, i) => [seed[i] ?? 0, item] as const).toSorted((a, b) => a[0] - b[0]).map(([, item]) => item);

  it('the same streets are the same bytes, and no metre is lost', () => {
    fc.assert(
      fc.property(plans, ({ places, ways, points, turns, seed }) => {
        const nodes = places.map((place, i) => [i + 1, [10 * place[0], 10 * place[1]] as const] as const);
        const drawn = ways.map((way, i) => ({ id: i + 1, nodes: way.closed ? [...way.nodes, way.nodes[0]] : way.nodes, tags: way.tags }));
        const turnSources: TurnSource[] = turns.map(([from, via, to], i) => ({ id: i, kind: 'no_left_turn', fromWays: [from], viaNode: via, viaWays: [], toWays: [to] }));
        const one = buildNetwork(streetSource({ nodes: new Map(nodes), ways: drawn, points, turns: turnSources })).network;
        const other = buildNetwork(streetSource({ nodes: new Map(shuffled(nodes, seed)), ways: shuffled(drawn, seed), points: shuffled(points, seed), turns: shuffled(turnSources, seed) })).network;
        expect(other.meta.key).toBe(one.meta.key);
        expect(other.bytes).toEqual(one.bytes);

        const metres = (network: Network): number => network.edge.lengthMm.reduce((sum, mm, e) => sum + ((network.edge.traits[e] & TRAIT.invented) === 0 ? mm : 0), 0) / 1000;
        const drawnMetres = drawn
          .filter((way) => way.tags['highway'] !== 'construction')
          .reduce((sum, way) => sum + way.nodes.slice(1).reduce((length, id, i) => length + Math.hypot(10 * (places[id - 1][0] - places[way.nodes[i] - 1][0]), 10 * (places[id - 1][1] - places[way.nodes[i] - 1][1])), 0), 0);
        expect(Math.abs(metres(one) - drawnMetres)).toBeLessThan(0.001 * drawnMetres + 0.001 * one.meta.counts.edges + 0.02 * drawn.length * 6);
      }),
      { numRuns: 300 },
    );
  });

  it('what stops at a gate is stopped as in a plain search', () => {
    fc.assert(
      fc.property(plans, ({ places, ways, points }) => {
        const nodes = new Map(places.map((place, i) => [i + 1, [10 * place[0], 10 * place[1]] as const]));
        const drawn = ways.map((way, i) => ({ id: i + 1, nodes: way.nodes, tags: { highway: way.closed ? 'residential' : 'footway' } }));
        const gates = points.filter((point) => point.tags['barrier'] !== undefined);
        const network = build({ nodes, ways: drawn, points: gates });
        const shut = new Set(gates.filter((gate) => gate.tags['access'] === 'private').map((gate) => gate.node));
        for (const start of new Set(drawn.flatMap((way) => [way.nodes[0]]))) {
          if (shut.has(start) || !network.vertex.id.includes(start)) continue;
          // twin: from node to node along the ways, not beyond a closed gate
          const seen = new Set([start]);
          const queue = [start];
          for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
            if (shut.has(at)) continue;
            for (const way of drawn) {
              way.nodes.forEach((id, i) => {
                if (id !== at) return;
                for (const next of [way.nodes[i - 1], way.nodes[i + 1]]) if (next !== undefined && !seen.has(next)) queue.push(seen.add(next) && next);
              });
            }
          }
          const vertices = [...seen].filter((id) => network.vertex.id.includes(id) && !shut.has(id)).toSorted((a, b) => a - b);
          expect(reached(network, start, PASS.walk).filter((id) => !shut.has(id))).toEqual(vertices);
        }
      }),
      { numRuns: 200 },
    );
  });
});
