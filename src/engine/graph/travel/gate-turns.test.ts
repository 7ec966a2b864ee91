/** Turns where a gate stands at a junction: its edges without length have the direction of the streets behind them. */
import { expect, it } from 'vitest';
import { costRow } from '../../../../test/engine/plain-costs.ts';
import { streetSource } from '../../../../test/engine/street-source.ts';
import { buildNetwork } from '../network/build-network.ts';
import { linkPoints } from './link-points.ts';
import { profileOf } from './profile.ts';
import { buildTravelGraph } from './travel-graph.ts';

const NODES = new Map<number, readonly [number, number]>([[1, [-102, 0]], [2, [0, 0]], [3, [102, 0]], [4, [0, -102]], [5, [0, 102]]]);
const WAYS = [1, 3, 4, 5].map((node) => ({ id: node, nodes: [node, 2], tags: { highway: 'residential', maxspeed: '36' } }));

/** Seconds of drivers from 51 m west of the junction to 51 m behind it in the east, south and north. */
function seconds(points: Parameters<typeof streetSource>[0]['points']): number[] {
  const { network } = buildNetwork(streetSource({ nodes: NODES, ways: WAYS, points }));
  const travel = buildTravelGraph(network, profileOf('drive', { leastVertices: 0 }));
  const middle = (id: number): number[] => {
    const e = network.edge.way.findIndex((way) => network.way.id[way] === id);
    const [a, b] = [network.edge.from[e], network.edge.to[e]];
    return [0, 1].map((axis) => (network.vertex.e7[2 * a + axis] + network.vertex.e7[2 * b + axis]) / 2e7);
  };
  return costRow(travel, linkPoints(travel, Float64Array.from([1, 3, 4, 5].flatMap(middle))), 0).slice(1);
}

it('cost what they cost without it, and a second for each of the two edges', () => {
  const open = seconds([]);
  expect(open).toEqual([10, 20, 40]);
  expect(seconds([{ node: 2, tags: { barrier: 'gate', foot: 'no' } }])).toEqual(open.map((cost) => cost + 2));
});
