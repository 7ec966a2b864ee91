/**
 * Streets of files without node ids (shapefiles, GeoJSON) meet where they are drawn to meet: where two cross at one level, and where one ends
 * on or within a metre of another. OSM's streets meet at their nodes alone and are left as they are.
 *
 * Segments are looked up in a grid of about 200 m: a city's 100,000 segments take some 0.3 s. Memory: about 60 bytes a segment.
 */
import type { NetworkSource } from '../../engine/graph/network/network-source.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';

/** Over- and undershoots of drawn lines are below this. */
const TOLERANCE_M = 1;
const CELL_E7 = 20_000;
/** A segment this long has no crossings worth its cells: a ferry, or a mistake. */
const MOST_CELLS = 2000;

interface Segment {
  /** Position of its first node in ways.nodes. */
  readonly at: number;
  readonly a: number;
  readonly b: number;
  /** Streets on bridges and in tunnels cross nothing on the ground. */
  readonly level: number;
}

interface Insertion {
  readonly at: number;
  readonly share: number;
  readonly node: number;
}

function levelOf({ ways, text }: NetworkSource, way: number): number {
  let level = 0;
  for (let t = way === 0 ? 0 : ways.tagEnds[way - 1]; t < ways.tagEnds[way]; t++) {
    const key = text(ways.tagKey[t]);
    const value = text(ways.tagValue[t]);
    if (key === 'layer' && Number.isFinite(Number(value))) return Number(value);
    if (value === 'no' || value === 'F' || value === '0') continue;
    if (key === 'bridge') level = 1;
    else if (key === 'tunnel') level = -1;
  }
  return level;
}

/** Segments of the ways that came without ids, by cell of the grid. */
function listSegments(source: NetworkSource): { segments: Segment[]; cells: Map<string, number[]> } {
  const { nodes: { id, e7 }, ways } = source;
  const segments: Segment[] = [];
  const cells = new Map<string, number[]>();
  for (let w = 0, start = 0; w < ways.ends.length; start = ways.ends[w++]) {
    if (!(id[ways.nodes[start]] < 0)) continue;
    const level = levelOf(source, w);
    for (let at = start; at + 1 < ways.ends[w]; at++) {
      const [a, b] = [ways.nodes[at], ways.nodes[at + 1]];
      if (a >= id.length || b >= id.length || a === b) continue;
      const range = (axis: number): [number, number] => [Math.min(e7[2 * a + axis], e7[2 * b + axis]) - 200, Math.max(e7[2 * a + axis], e7[2 * b + axis]) + 200].map((v) => Math.floor(v / CELL_E7)) as [number, number];
      const [[west, east], [south, north]] = [range(0), range(1)];
      if ((east - west + 1) * (north - south + 1) > MOST_CELLS) continue;
      const number = segments.push({ at, a, b, level }) - 1;
      for (let x = west; x <= east; x++) {
        for (let y = south; y <= north; y++) {
          const key = `${x} ${y}`;
          const list = cells.get(key);
          if (list === undefined) cells.set(key, [number]);
          else list.push(number);
        }
      }
    }
  }
  return { segments, cells };
}

class Crossings {
  readonly insertions: Insertion[] = [];
  readonly added: number[] = [];
  readonly #e7: Int32Array;
  readonly #count: number;
  readonly #byPlace = new Map<string, number>();

  constructor(e7: Int32Array) {
    this.#e7 = e7;
    this.#count = e7.length / 2;
  }

  /** The node at a crossing: one for all streets that cross there. */
  #nodeAt(x: number, y: number): number {
    const key = `${x} ${y}`;
    let node = this.#byPlace.get(key);
    if (node === undefined) {
      node = this.#count + this.added.length / 2;
      this.#byPlace.set(key, node);
      this.added.push(x, y);
    }
    return node;
  }

  /** Joins two segments where they meet. */
  join(s: Segment, t: Segment): void {
    const e7 = this.#e7;
    const [x0, y0] = [e7[2 * s.a], e7[2 * s.a + 1]];
    const scale = metresPerDegree(y0 / 1e7);
    // metres from the first node of s
    const point = (node: number): [number, number] => [((e7[2 * node] - x0) / 1e7) * scale.lon, ((e7[2 * node + 1] - y0) / 1e7) * scale.lat];
    const [p, q] = [[point(s.a), point(s.b)], [point(t.a), point(t.b)]] as const;
    const touches = [this.#touch(t, q, s.a, p[0]), this.#touch(t, q, s.b, p[1]), this.#touch(s, p, t.a, q[0]), this.#touch(s, p, t.b, q[1])];
    if (touches.includes(true)) return;
    const [dx, dy, ex, ey] = [p[1][0] - p[0][0], p[1][1] - p[0][1], q[1][0] - q[0][0], q[1][1] - q[0][1]];
    const turn = dx * ey - dy * ex;
    if (turn === 0) return;
    const along = ((q[0][0] - p[0][0]) * ey - (q[0][1] - p[0][1]) * ex) / turn;
    const across = ((q[0][0] - p[0][0]) * dy - (q[0][1] - p[0][1]) * dx) / turn;
    if (!(along > 0 && along < 1 && across > 0 && across < 1)) return;
    const node = this.#nodeAt(Math.round(x0 + along * (e7[2 * s.b] - x0)), Math.round(y0 + along * (e7[2 * s.b + 1] - y0)));
    this.insertions.push({ at: s.at, share: along, node }, { at: t.at, share: across, node });
  }

  /** Puts the node into the segment where it lies on it, or nearly. */
  #touch(segment: Segment, [[ax, ay], [bx, by]]: readonly [readonly [number, number], readonly [number, number]], node: number, [x, y]: readonly [number, number]): boolean {
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    if (Math.hypot(ax + share * dx - x, ay + share * dy - y) > TOLERANCE_M) return false;
    this.insertions.push({ at: segment.at, share, node });
    return true;
  }
}

/** The source with streets joined; itself where all its streets have ids of nodes. */
export function joinCrossings(source: NetworkSource): NetworkSource {
  const { segments, cells } = listSegments(source);
  const crossings = new Crossings(source.nodes.e7);
  const seen = new Set<number>();
  for (const members of cells.values()) {
    for (let i = 0; i < members.length; i++) {
      for (let j = i + 1; j < members.length; j++) {
        const [s, t] = [segments[members[i]], segments[members[j]]];
        if (s.level !== t.level || s.a === t.a || s.a === t.b || s.b === t.a || s.b === t.b) continue;
        // two segments may share several cells
        const pair = members[i] * segments.length + members[j];
        if (seen.has(pair)) continue;
        seen.add(pair);
        crossings.join(s, t);
      }
    }
  }
  return crossings.insertions.length === 0 ? source : insert(source, crossings);
}

function insert(source: NetworkSource, { insertions, added }: Crossings): NetworkSource {
  const { nodes, ways } = source;
  insertions.sort((a, b) => a.at - b.at || a.share - b.share || a.node - b.node);
  let least = 0;
  for (const one of nodes.id) if (one < least) least = one;
  const id = new Float64Array(nodes.id.length + added.length / 2);
  id.set(nodes.id);
  for (let n = nodes.id.length; n < id.length; n++) id[n] = least - 1 - (n - nodes.id.length);
  const e7 = new Int32Array(2 * id.length);
  e7.set(nodes.e7);
  e7.set(added, nodes.e7.length);
  const wayNodes: number[] = [];
  const ends = new Uint32Array(ways.ends.length);
  let next = 0;
  for (let w = 0, at = 0; w < ends.length; w++) {
    for (; at < ways.ends[w]; at++) {
      wayNodes.push(ways.nodes[at]);
      for (; next < insertions.length && insertions[next].at === at; next++) {
        if (insertions[next].node !== wayNodes.at(-1)) wayNodes.push(insertions[next].node);
      }
    }
    ends[w] = wayNodes.length;
  }
  return { ...source, nodes: { id, e7 }, ways: { ...ways, ends, nodes: Uint32Array.from(wayNodes) } };
}
