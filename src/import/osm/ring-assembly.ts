/**
 * Rings and polygons from the member ways of a multipolygon.
 *
 * Works on segments and geometry rather than on roles, as assemblers that cope with real data do: segments that occur an
 * even number of times cancel (two holes sharing a wall become one), what is left is walked into closed rings, and a
 * ring inside an odd number of others is a hole. Where more than two segments meet, they are paired in order of their
 * direction, so that rings touch but never cross there; a ring that comes back to a vertex is split in two. Dead ends
 * are cut off and counted. Vertices are the same where their coordinates are, whatever their ids.
 *
 * Everything is in 1e-7 degrees. O(n log n) in the number of vertices, O(r·n) for r rings in one another's boxes.
 */

export interface MemberWay {
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
  readonly role: 'outer' | 'inner' | 'any';
}

/** A closed ring, the first vertex not repeated. */
export interface Ring {
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
}

export interface Assembly {
  /** For each polygon its outer ring, then its holes; outer rings run counter-clockwise, holes clockwise. */
  readonly polygons: readonly (readonly Ring[])[];
  /** Chains of segments that lead nowhere: the file lacks a member, or the relation is broken. */
  readonly openChains: number;
  /** Rings whose members' role contradicts where the ring lies. */
  readonly wrongRoles: number;
  /** True where telling which ring lies in which would take more than some 10⁸ steps: there are no polygons then. */
  readonly tooComplex: boolean;
}

/** Steps that nesting may take: 20,000 rings side by side are within it (largest in OSM: about 10,000). */
const NESTING_STEPS_MAX = 250_000_000;

interface Vertices {
  readonly lon: Int32Array;
  readonly lat: Int32Array;
}

interface Segments {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** +1 outer, −1 inner, 0 unsaid. */
  readonly role: Int8Array;
}

/** Numbers the distinct locations of all ways; `index` gives the number of every vertex in turn. */
function numberVertices(ways: readonly MemberWay[]): Vertices & { index: Uint32Array } {
  const total = ways.reduce((sum, way) => sum + way.lonE7.length, 0);
  const lon = new Int32Array(total);
  const lat = new Int32Array(total);
  let at = 0;
  for (const way of ways) {
    lon.set(way.lonE7, at);
    lat.set(way.latE7, at);
    at += way.lonE7.length;
  }
  const order = new Uint32Array(total).map((_, i) => i).toSorted((a, b) => lon[a] - lon[b] || lat[a] - lat[b]);
  const index = new Uint32Array(total);
  const [uniqueLon, uniqueLat] = [new Int32Array(total), new Int32Array(total)];
  let count = 0;
  for (let i = 0; i < total; i++) {
    const v = order[i];
    if (i === 0 || lon[v] !== lon[order[i - 1]] || lat[v] !== lat[order[i - 1]]) {
      uniqueLon[count] = lon[v];
      uniqueLat[count++] = lat[v];
    }
    index[v] = count - 1;
  }
  return { index, lon: uniqueLon.subarray(0, count), lat: uniqueLat.subarray(0, count) };
}

/** The segments of all ways, those that cancel taken out. */
function listSegments(ways: readonly MemberWay[], index: Uint32Array, vertexCount: number): Segments {
  const [from, to, roles]: number[][] = [[], [], []];
  let at = 0;
  for (const way of ways) {
    const role = way.role === 'outer' ? 1 : way.role === 'inner' ? -1 : 0;
    for (let i = 1; i < way.lonE7.length; i++) {
      const [a, b] = [index[at + i - 1], index[at + i]];
      if (a === b) continue;
      from.push(Math.min(a, b));
      to.push(Math.max(a, b));
      roles.push(role);
    }
    at += way.lonE7.length;
  }
  const key = (s: number): number => from[s] * vertexCount + to[s];
  const order = Uint32Array.from(from, (_, s) => s).toSorted((a, b) => key(a) - key(b));
  const kept: number[] = [];
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && key(order[end]) === key(order[i])) end++;
    if (((end - i) & 1) === 1) kept.push(order[i]);
    i = end;
  }
  kept.sort((a, b) => a - b);
  return {
    from: Uint32Array.from(kept, (s) => from[s]),
    to: Uint32Array.from(kept, (s) => to[s]),
    role: Int8Array.from(kept, (s) => roles[s]),
  };
}

/** Half-edge 2s leaves from[s], 2s+1 leaves to[s]; `at` lists the half-edges leaving each vertex, by `ends`. */
function listHalfEdges({ from, to }: Segments, vertexCount: number): { starts: Uint32Array; at: Uint32Array } {
  const starts = new Uint32Array(vertexCount + 1);
  for (let s = 0; s < from.length; s++) {
    starts[from[s] + 1]++;
    starts[to[s] + 1]++;
  }
  for (let v = 0; v < vertexCount; v++) starts[v + 1] += starts[v];
  const next = starts.slice(0, vertexCount);
  const at = new Uint32Array(2 * from.length);
  for (let s = 0; s < from.length; s++) {
    at[next[from[s]]++] = 2 * s;
    at[next[to[s]]++] = 2 * s + 1;
  }
  return { starts, at };
}

const NONE = 0xffffffff;

/** Cuts dead ends off: marks their segments and counts them. */
function pruneDeadEnds(segments: Segments, starts: Uint32Array, at: Uint32Array, vertexCount: number): { pruned: Uint8Array; openChains: number } {
  const { from, to } = segments;
  const pruned = new Uint8Array(from.length);
  const degree = new Uint32Array(vertexCount);
  for (let v = 0; v < vertexCount; v++) degree[v] = starts[v + 1] - starts[v];
  let openChains = 0;
  for (let v = 0; v < vertexCount; v++) {
    if (degree[v] !== 1) continue;
    openChains++;
    for (let w = v; degree[w] === 1; ) {
      let s = NONE;
      for (let i = starts[w]; i < starts[w + 1]; i++) if (pruned[at[i] >> 1] === 0) s = at[i] >> 1;
      pruned[s] = 1;
      degree[w]--;
      w = from[s] === w ? to[s] : from[s];
      degree[w]--;
    }
  }
  return { pruned, openChains };
}

/** For each half-edge leaving a vertex the one it continues into when walked backwards: the pairing at the vertex. */
function pairHalfEdges(segments: Segments, vertices: Vertices, starts: Uint32Array, at: Uint32Array, pruned: Uint8Array): Uint32Array {
  const { from, to } = segments;
  const { lon, lat } = vertices;
  const partner = new Uint32Array(at.length).fill(NONE);
  for (let v = 0; v < lon.length; v++) {
    const leaving = Array.from(at.subarray(starts[v], starts[v + 1])).filter((h) => pruned[h >> 1] === 0);
    if (leaving.length > 2) {
      const angle = (h: number): number => {
        const w = (h & 1) === 0 ? to[h >> 1] : from[h >> 1];
        return Math.atan2(lat[w] - lat[v], lon[w] - lon[v]);
      };
      leaving.sort((a, b) => angle(a) - angle(b));
    }
    for (let i = 0; i + 1 < leaving.length; i += 2) {
      partner[leaving[i]] = leaving[i + 1];
      partner[leaving[i + 1]] = leaving[i];
    }
  }
  return partner;
}

interface Walk {
  readonly vertices: number[];
  readonly role: number;
}

/** Closed walks over the paired half-edges; a walk that ends at an unpaired one is dropped and counted. */
function listWalks(segments: Segments, partner: Uint32Array, pruned: Uint8Array): { walks: Walk[]; broken: number } {
  const { from, to, role } = segments;
  const used = pruned.slice();
  const walks: Walk[] = [];
  let broken = 0;
  for (let s = 0; s < from.length; s++) {
    if (used[s] === 1) continue;
    const vertices: number[] = [];
    let roles = 0;
    let half = 2 * s;
    let closed = false;
    for (;;) {
      const segment = half >> 1;
      used[segment] = 1;
      roles += role[segment];
      vertices.push((half & 1) === 0 ? from[segment] : to[segment]);
      const next = partner[half ^ 1];
      if (next === NONE) break;
      if (next === 2 * s) {
        closed = true;
        break;
      }
      if (used[next >> 1] === 1) break;
      half = next;
    }
    if (closed) walks.push({ vertices, role: Math.sign(roles) });
    else broken++;
  }
  return { walks, broken };
}

/** Simple rings of a closed walk: cut wherever it comes back to a vertex. */
function splitWalk(walk: readonly number[], position: Int32Array): number[][] {
  const rings: number[][] = [];
  const path: number[] = [];
  for (const v of walk) {
    if (position[v] >= 0) {
      const ring = path.splice(position[v]);
      for (const w of ring) position[w] = -1;
      if (ring.length >= 3) rings.push(ring);
    }
    position[v] = path.length;
    path.push(v);
  }
  for (const w of path) position[w] = -1;
  if (path.length >= 3) rings.push(path);
  return rings;
}

interface PlacedRing {
  readonly ring: Ring;
  readonly area: number;
  readonly role: number;
  readonly box: readonly [number, number, number, number];
}

/** Twice the signed area, positive when counter-clockwise. Taken about the first vertex, so that it keeps its digits. */
export function doubleArea({ lonE7, latE7 }: Ring): number {
  const [x0, y0] = [lonE7[0], latE7[0]];
  let sum = 0;
  for (let i = 1; i + 1 < lonE7.length; i++) {
    sum += (lonE7[i] - x0) * (latE7[i + 1] - y0) - (lonE7[i + 1] - x0) * (latE7[i] - y0);
  }
  return sum;
}

function placeRing(ids: readonly number[], vertices: Vertices, role: number): PlacedRing {
  const ring = { lonE7: Int32Array.from(ids, (v) => vertices.lon[v]), latE7: Int32Array.from(ids, (v) => vertices.lat[v]) };
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const v of ids) {
    west = Math.min(west, vertices.lon[v]);
    east = Math.max(east, vertices.lon[v]);
    south = Math.min(south, vertices.lat[v]);
    north = Math.max(north, vertices.lat[v]);
  }
  return { ring, area: doubleArea(ring), role, box: [west, south, east, north] };
}

/** Longitudes at which a ring crosses a latitude that none of its vertices has, ascending. */
function crossings({ lonE7, latE7 }: Ring, y: number): number[] {
  const xs: number[] = [];
  for (let i = 0, j = lonE7.length - 1; i < lonE7.length; j = i++) {
    if (latE7[i] > y !== latE7[j] > y) xs.push(lonE7[i] + ((lonE7[j] - lonE7[i]) * (y - latE7[i])) / (latE7[j] - latE7[i]));
  }
  return xs.toSorted((a, b) => a - b);
}

/** A point inside a simple ring: between the two lowest latitudes of its vertices, between the first two crossings. */
function insidePoint(ring: Ring): [number, number] {
  let lowest = Infinity;
  let second = Infinity;
  for (const y of ring.latE7) {
    if (y < lowest) {
      second = lowest;
      lowest = y;
    } else if (y > lowest && y < second) second = y;
  }
  const y = (lowest + second) / 2;
  const xs = crossings(ring, y);
  return [(xs[0] + xs[1]) / 2, y];
}

function holds(box: PlacedRing['box'], x: number, y: number): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

function contains({ ring, box }: PlacedRing, x: number, y: number): boolean {
  if (!holds(box, x, y)) return false;
  const { lonE7, latE7 } = ring;
  let inside = false;
  for (let i = 0, j = lonE7.length - 1; i < lonE7.length; j = i++) {
    if (latE7[i] > y !== latE7[j] > y && x < lonE7[i] + ((lonE7[j] - lonE7[i]) * (y - latE7[i])) / (latE7[j] - latE7[i])) inside = !inside;
  }
  return inside;
}

function wound({ ring, area }: PlacedRing, counterClockwise: boolean): Ring {
  if (area > 0 === counterClockwise) return ring;
  return { lonE7: ring.lonE7.toReversed(), latE7: ring.latE7.toReversed() };
}

/** Sorts rings into polygons by which contains which. */
function nestRings(rings: PlacedRing[]): Omit<Assembly, 'openChains'> {
  rings.sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  const depth = new Int32Array(rings.length);
  const polygonOf: number[] = [];
  const polygons: Ring[][] = [];
  let wrongRoles = 0;
  let steps = 0;
  for (let i = 0; i < rings.length; i++) {
    const [x, y] = insidePoint(rings[i].ring);
    let parent = i - 1;
    while (parent >= 0 && !contains(rings[parent], x, y)) {
      steps += holds(rings[parent].box, x, y) ? rings[parent].ring.lonE7.length : 1;
      parent--;
    }
    if (steps > NESTING_STEPS_MAX) return { polygons: [], wrongRoles: 0, tooComplex: true };
    depth[i] = parent < 0 ? 0 : depth[parent] + 1;
    const isHole = (depth[i] & 1) === 1;
    if (isHole) {
      polygonOf[i] = polygonOf[parent];
      polygons[polygonOf[i]].push(wound(rings[i], false));
    } else {
      polygonOf[i] = polygons.length;
      polygons.push([wound(rings[i], true)]);
    }
    if (rings[i].role === (isHole ? 1 : -1)) wrongRoles++;
  }
  return { polygons, wrongRoles, tooComplex: false };
}

/** The polygons that the ways bound. No polygon where no ring closes. */
export function assembleRings(ways: readonly MemberWay[]): Assembly {
  const { index, ...vertices } = numberVertices(ways);
  const vertexCount = vertices.lon.length;
  const segments = listSegments(ways, index, vertexCount);
  const { starts, at } = listHalfEdges(segments, vertexCount);
  const { pruned, openChains } = pruneDeadEnds(segments, starts, at, vertexCount);
  const { walks, broken } = listWalks(segments, pairHalfEdges(segments, vertices, starts, at, pruned), pruned);
  const position = new Int32Array(vertexCount).fill(-1);
  const rings = walks
    .flatMap((walk) => splitWalk(walk.vertices, position).map((ids) => placeRing(ids, vertices, walk.role)))
    .filter((ring) => ring.area !== 0);
  return { ...nestRings(rings), openChains: openChains + broken };
}
