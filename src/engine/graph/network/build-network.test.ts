/** The same network whatever the file's order, and closed gates stop whoever they should. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STREET, build, reached } from '../../../../test/engine/built-streets.ts';
import { streetSource } from '../../../../test/engine/street-source.ts';
import type { PlanTags } from '../../../../test/engine/street-source.ts';
import { buildNetwork } from './build-network.ts';
import type { Network } from './network.ts';
import { PASS, TRAIT } from './network.ts';
import type { TurnSource } from './network-source.ts';

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
