/**
 * Strongly connected components of a network under one mode's permissions: pieces too small to be of use are dropped.
 *
 * Tarjan's algorithm in Pearce's form (D. Pearce, An improved algorithm for finding the strongly connected components of a directed
 * graph, 2005), without recursion; 21 bytes a vertex. Strongly, because whoever drives into a piece without a way out is
 * lost in it, as R5 sees it too.
 */

/** Half-edges (edge-cost.ts) by the vertex they leave: those of v are list[first[v]] … list[first[v + 1] − 1], ascending. */
export interface HalfEdges {
  readonly first: Uint32Array;
  readonly list: Uint32Array;
  /** By half-edge: the vertex it leads to. Its start is head[half ^ 1]. */
  readonly head: Uint32Array;
}

/** All half-edges of edges that are usable in at least one direction. `use` is by half-edge. */
export function listHalfEdges(vertexCount: number, head: Uint32Array, use: Uint8Array): HalfEdges {
  const first = new Uint32Array(vertexCount + 1);
  for (let half = 0; half < use.length; half++) if (use[half] !== 0 || use[half ^ 1] !== 0) first[head[half ^ 1] + 1]++;
  for (let v = 0; v < vertexCount; v++) first[v + 1] += first[v];
  const list = new Uint32Array(first[vertexCount]);
  const at = first.slice();
  for (let half = 0; half < use.length; half++) if (use[half] !== 0 || use[half ^ 1] !== 0) list[at[head[half ^ 1]]++] = half;
  return { first, list, head };
}

export interface Components {
  /** By vertex: number of its component; −1 for vertices without a usable edge. */
  readonly of: Int32Array;
  /** By component: its vertices. */
  readonly sizes: Uint32Array;
}

/** Components in which every vertex reaches every other along usable half-edges. Time is linear. */
export function strongComponents({ first, list, head }: HalfEdges, use: Uint8Array): Components {
  const vertexCount = first.length - 1;
  const of = new Int32Array(vertexCount).fill(-1);
  // low[v]: 0 not yet visited; else the earliest visit number reachable from v within the open part
  const low = new Uint32Array(vertexCount);
  const isRoot = new Uint8Array(vertexCount);
  const next = first.slice(0, vertexCount);
  const path = new Uint32Array(vertexCount);
  const open = new Uint32Array(vertexCount);
  const sizes: number[] = [];
  let visits = 0;
  let openCount = 0;
  for (let source = 0; source < vertexCount; source++) {
    if (low[source] !== 0 || first[source] === first[source + 1]) continue;
    let depth = 0;
    path[depth++] = source;
    low[source] = ++visits;
    isRoot[source] = 1;
    while (depth > 0) {
      const v = path[depth - 1];
      if (next[v] < first[v + 1]) {
        const half = list[next[v]];
        const w = head[half];
        if (use[half] !== 0 && of[w] < 0) {
          if (low[w] === 0) {
            low[w] = ++visits;
            isRoot[w] = 1;
            path[depth++] = w;
            // come back to this half-edge once w is done, to take over its low
            continue;
          }
          if (low[w] < low[v]) {
            low[v] = low[w];
            isRoot[v] = 0;
          }
        }
        next[v]++;
        continue;
      }
      depth--;
      open[openCount++] = v;
      if (isRoot[v] === 0) continue;
      // everything put aside since v was entered, v included, cannot leave v's component: visited not before v
      let size = 0;
      const visited = low[v];
      while (openCount > 0 && low[open[openCount - 1]] >= visited) {
        of[open[--openCount]] = sizes.length;
        size++;
      }
      sizes.push(size);
    }
  }
  return { of, sizes: Uint32Array.from(sizes) };
}

/**
 * Makes the half-edges at components of fewer than `least` vertices unusable, in `use` itself.
 *
 * @returns how many components and vertices were dropped
 */
export function dropSmallComponents(halfEdges: HalfEdges, use: Uint8Array, least: number): { components: number; vertices: number } {
  if (least <= 1) return { components: 0, vertices: 0 };
  const { of, sizes } = strongComponents(halfEdges, use);
  let components = 0;
  let vertices = 0;
  for (const size of sizes) {
    if (size >= least) continue;
    components++;
    vertices += size;
  }
  if (components === 0) return { components, vertices };
  const { head } = halfEdges;
  const small = new Uint8Array(of.length);
  for (let v = 0; v < of.length; v++) if (of[v] >= 0 && sizes[of[v]] < least) small[v] = 1;
  for (let half = 0; half < use.length; half++) if (small[head[half]] + small[head[half ^ 1]] > 0) use[half] = 0;
  return { components, vertices };
}
