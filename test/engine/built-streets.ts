/** Networks built of small plans, and what tests ask of them. */
import type { NetworkOptions } from '../../src/engine/graph/network/build-network.ts';
import { buildNetwork } from '../../src/engine/graph/network/build-network.ts';
import type { Network } from '../../src/engine/graph/network/network.ts';
import type { SourcePlan } from './street-source.ts';
import { streetSource } from './street-source.ts';

export const STREET = { highway: 'residential' };

/** `1,2` for a node at 100 m east, 200 m north has id 12: rows of ten. */
export function gridNodes(columns: number, rows: number): Map<number, readonly [number, number]> {
  const nodes = new Map<number, readonly [number, number]>();
  for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) nodes.set(10 * x + y + 1, [100 * x, 100 * y]);
  return nodes;
}

export function build(plan: SourcePlan, options?: NetworkOptions): Network {
  return buildNetwork(streetSource(plan), options).network;
}

/** Edges as `from-to` of OSM ids, in the network's order; those against their numbers' order as they are. */
export function edgesOf({ edge, vertex }: Network): string[] {
  return Array.from(edge.from, (from, e) => `${vertex.id[from]}-${vertex.id[edge.to[e]]}`);
}

/** Vertices that can be reached from a node by those who have the bit. */
export function reached({ edge, vertex }: Network, start: number, bit: number): number[] {
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

export const row = (...ids: number[]): SourcePlan['ways'][number] => ({ id: 7, nodes: ids, tags: STREET });
