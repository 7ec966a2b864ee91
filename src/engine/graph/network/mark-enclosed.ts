/**
 * Streets that are open in themselves but lie behind streets or gates for those with business there: an estate's inner roads behind its
 * private gate.
 *
 * A trip may begin and end on local streets, not pass through them (vertex-nodes.ts); so an open street that only local ones join to the rest
 * would hold its residents prisoner. Such streets get the local bit beside the open one: both bits together mean open, yet reached over local
 * streets only. Whoever closes local streets altogether sees them as open and apart; whoever lets trips end there, as local.
 *
 * Pieces of open streets that local streets join are one cluster; its largest piece is the town, the others are enclosed. Disjoint sets by
 * size with halved paths; 8 bytes a vertex.
 */
import type { NetworkArrays } from './network.ts';
import { PASS } from './network.ts';

/** By mode: what joins pieces as a matter of course, the mode's own bit, and its local bit. Riders push where they may walk. */
const MODES = [
  { joins: PASS.walk, open: PASS.walk, local: PASS.walkLocal },
  { joins: PASS.bike | PASS.pushBike | PASS.walk, open: PASS.bike, local: PASS.bikeLocal },
  { joins: PASS.drive, open: PASS.drive, local: PASS.driveLocal },
] as const;

function findRoot(parent: Uint32Array, of: number): number {
  let v = of;
  while (parent[v] !== v) v = parent[v] = parent[parent[v]];
  return v;
}

/** Roots are the least vertices of their sets, so that the order of edges does not matter. */
function join(parent: Uint32Array, a: number, b: number): void {
  const [rootA, rootB] = [findRoot(parent, a), findRoot(parent, b)];
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}

/** Adds local bits to enclosed streets, in `forward` and `backward` themselves. */
export function markEnclosed({ from, to, forward, backward }: Pick<NetworkArrays['edge'], 'from' | 'to' | 'forward' | 'backward'>, vertexCount: number): void {
  for (const { joins, open, local } of MODES) {
    let hasLocal = false;
    for (let e = 0; e < from.length && !hasLocal; e++) hasLocal = ((forward[e] | backward[e]) & local) !== 0;
    if (!hasLocal) continue;
    const piece = new Uint32Array(vertexCount);
    for (let v = 0; v < vertexCount; v++) piece[v] = v;
    const isOpen = new Uint8Array(vertexCount);
    for (let e = 0; e < from.length; e++) {
      if (((forward[e] | backward[e]) & joins) === 0) continue;
      join(piece, from[e], to[e]);
      isOpen[from[e]] = isOpen[to[e]] = 1;
    }
    const cluster = piece.slice();
    for (let e = 0; e < from.length; e++) if (((forward[e] | backward[e]) & local) !== 0) join(cluster, from[e], to[e]);
    const size = new Uint32Array(vertexCount);
    for (let v = 0; v < vertexCount; v++) if (isOpen[v] !== 0) size[findRoot(piece, v)]++;
    // by cluster: its largest piece, + 1; the first of equals
    const town = new Uint32Array(vertexCount);
    for (let root = 0; root < vertexCount; root++) {
      if (size[root] === 0) continue;
      const whole = findRoot(cluster, root);
      if (town[whole] === 0 || size[root] > size[town[whole] - 1]) town[whole] = root + 1;
    }
    for (let e = 0; e < from.length; e++) {
      if (((forward[e] | backward[e]) & open) === 0) continue;
      const root = findRoot(piece, from[e]);
      if (town[findRoot(cluster, root)] === root + 1) continue;
      if ((forward[e] & open) !== 0) forward[e] |= local;
      if ((backward[e] & open) !== 0) backward[e] |= local;
    }
  }
}
