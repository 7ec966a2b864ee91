/** Junctions and ends of the street network as one mode sees it. */
import type { Network } from '../../engine/graph/network/network.ts';
import { PASS, TRAIT } from '../../engine/graph/network/network.ts';

const BITS = { walk: PASS.walk | PASS.walkLocal, bike: PASS.bike | PASS.bikeLocal | PASS.pushBike, drive: PASS.drive | PASS.driveLocal } as const;

export interface Legs {
  /** By vertex: how many ends of edges that the mode may use meet there. */
  readonly count: Uint8Array;
  /** Edges that the mode may use: 1 or 0. */
  readonly edge: Uint8Array;
}

/** What meets at each vertex. Invented edges (across squares, to entrances) and ferries are no streets. A loop meets itself twice. */
export function countLegs({ meta, edge }: Network, mode: keyof typeof BITS): Legs {
  const count = new Uint8Array(meta.counts.vertices);
  const used = new Uint8Array(meta.counts.edges);
  for (let e = 0; e < used.length; e++) {
    if (((edge.forward[e] | edge.backward[e]) & BITS[mode]) === 0 || (edge.traits[e] & (TRAIT.ferry | TRAIT.invented)) !== 0) continue;
    used[e] = 1;
    for (const vertex of [edge.from[e], edge.to[e]]) if (count[vertex] < 255) count[vertex]++;
  }
  return { count, edge: used };
}

/** Edges at each vertex, of those marked 1: list[first[v]] … list[first[v + 1] − 1]. */
export function edgesAt({ meta, edge }: Network, used: Uint8Array): { first: Uint32Array; list: Uint32Array } {
  const first = new Uint32Array(meta.counts.vertices + 1);
  const each = (visit: (vertex: number, e: number) => void): void => {
    for (let e = 0; e < used.length; e++) {
      if (used[e] === 0) continue;
      visit(edge.from[e], e);
      visit(edge.to[e], e);
    }
  };
  each((vertex) => first[vertex + 1]++);
  for (let v = 0; v < meta.counts.vertices; v++) first[v + 1] += first[v];
  const next = first.slice();
  const list = new Uint32Array(first[meta.counts.vertices]);
  each((vertex, e) => {
    list[next[vertex]++] = e;
  });
  return { first, list };
}
