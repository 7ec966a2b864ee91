/**
 * Entrances of buildings that no street touches are tied to the nearest street that walkers may use, within REACH_M, by an invented way.
 *
 * The street gets a node at its nearest point, unless one of its own lies within SNAP_M of it: so streets are not parted into crumbs whose
 * times are each rounded up. Entrances are few beside segments of streets, so the entrances are in a grid and the segments go by.
 */
import { metresPerDegree } from '../../spatial/measure.ts';
import { PASS, TRAIT, VERTEX_TRAIT } from './network.ts';
import { NO_NODE } from './network-source.ts';
import type { InventedWay, StreetDraft } from './street-draft.ts';
import { addInvented } from './street-draft.ts';
import type { StreetPoints } from './street-points.ts';
import { inventedRule } from './walking-areas.ts';

const REACH_M = 50;
const SNAP_M = 5;
/** About 110 m of latitude. */
const CELL_E7 = 10_000;
const CELLS_EAST = 400_000;

interface Nearest {
  readonly node: number;
  /** Metres. */
  distance: number;
  /** Position in wayNodes of the segment's first node, −1 for none yet; its way. */
  at: number;
  way: number;
  /** Along the segment, 0 … 1. */
  share: number;
}

function listEntrances({ nodeId }: StreetDraft, points: StreetPoints, used: Uint8Array): Nearest[] {
  return [...points]
    .filter(([node, rule]) => (rule.traits & VERTEX_TRAIT.entrance) !== 0 && used[node] === 0)
    .map(([node]) => ({ node, distance: REACH_M, at: -1, way: -1, share: 0 }))
    .toSorted((a, b) => nodeId[a.node] - nodeId[b.node]);
}

const MARKS = 1 << 18;

/** Entrances by cell. Most segments lie near none: a bit tells so at the price of a load, where a Map of doubles takes 60 ns. */
class EntranceGrid {
  readonly #marks = new Uint8Array(MARKS);
  readonly #cells = new Map<number, Nearest[]>();

  #mark(x: number, y: number): number {
    return (Math.imul(x, 0x9e3779b1 | 0) ^ Math.imul(y, 0x85ebca6b | 0)) >>> 14;
  }

  add(x: number, y: number, entrance: Nearest): void {
    this.#marks[this.#mark(x, y)] = 1;
    const cell = y * CELLS_EAST + x;
    const there = this.#cells.get(cell);
    if (there === undefined) this.#cells.set(cell, [entrance]);
    else there.push(entrance);
  }

  at(x: number, y: number): readonly Nearest[] | undefined {
    return this.#marks[this.#mark(x, y)] === 0 ? undefined : this.#cells.get(y * CELLS_EAST + x);
  }
}

function tryPoint(e7: Int32Array, nearest: Nearest, a: number, b: number, at: number, way: number): void {
  const p = 2 * nearest.node;
  const scale = metresPerDegree(e7[p + 1] / 1e7);
  const [ax, ay] = [((e7[2 * a] - e7[p]) / 1e7) * scale.lon, ((e7[2 * a + 1] - e7[p + 1]) / 1e7) * scale.lat];
  const [dx, dy] = [((e7[2 * b] - e7[2 * a]) / 1e7) * scale.lon, ((e7[2 * b + 1] - e7[2 * a + 1]) / 1e7) * scale.lat];
  const length2 = dx * dx + dy * dy;
  const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2));
  const distance = Math.sqrt((ax + share * dx) ** 2 + (ay + share * dy) ** 2);
  if (!(distance < nearest.distance)) return;
  const length = Math.sqrt(length2);
  nearest.distance = distance;
  nearest.at = at;
  nearest.way = way;
  nearest.share = share * length < SNAP_M ? 0 : (1 - share) * length < SNAP_M ? 1 : share;
}

/** Ways are gone through in order of their ids, so that the file's order does not decide between equals. */
function findNearest(draft: StreetDraft, entrances: readonly Nearest[]): void {
  const { nodeE7, wayId, wayEnds, wayNodes, wayRule, rules } = draft;
  const grid = new EntranceGrid();
  for (const entrance of entrances) grid.add(Math.floor(nodeE7[2 * entrance.node] / CELL_E7), Math.floor(nodeE7[2 * entrance.node + 1] / CELL_E7), entrance);
  const reachY = REACH_M / 0.0111;
  for (const w of orderOfIds(wayId)) {
    const rule = rules[wayRule[w]];
    if ((rule.forward & rule.backward & PASS.walk) === 0 || (rule.traits & (TRAIT.tunnel | TRAIT.ferry | TRAIT.invented)) !== 0) continue;
    const start = w === 0 ? 0 : wayEnds[w - 1];
    const firstLat = wayNodes[start] === NO_NODE ? 0 : nodeE7[2 * wayNodes[start] + 1] / 1e7;
    const reachX = reachY / Math.max(0.01, Math.cos(firstLat * (Math.PI / 180)));
    for (let i = start; i + 1 < wayEnds[w]; i++) {
      const [a, b] = [wayNodes[i], wayNodes[i + 1]];
      if (a === NO_NODE || b === NO_NODE) continue;
      const west = Math.floor((Math.min(nodeE7[2 * a], nodeE7[2 * b]) - reachX) / CELL_E7);
      const east = Math.floor((Math.max(nodeE7[2 * a], nodeE7[2 * b]) + reachX) / CELL_E7);
      const south = Math.floor((Math.min(nodeE7[2 * a + 1], nodeE7[2 * b + 1]) - reachY) / CELL_E7);
      const north = Math.floor((Math.max(nodeE7[2 * a + 1], nodeE7[2 * b + 1]) + reachY) / CELL_E7);
      // a segment of a hundred kilometres has no houses
      if ((east - west) * (north - south) > 10_000) continue;
      for (let y = south; y <= north; y++) {
        for (let x = west; x <= east; x++) {
          const there = grid.at(x, y);
          if (there !== undefined) for (const entrance of there) tryPoint(nodeE7, entrance, a, b, i, w);
        }
      }
    }
  }
}

/** Numbers of ways in order of their ids: nearly always their own. */
function orderOfIds(wayId: Float64Array): Uint32Array {
  const order = Uint32Array.from(wayId, (_, w) => w);
  return wayId.every((id, w) => w === 0 || id >= wayId[w - 1]) ? order : order.sort((a, b) => wayId[a] - wayId[b] || a - b);
}

/** Puts a node on the segment of each entrance, in order of their positions. `numberOf` gets the node of each. */
function insertNodes(draft: StreetDraft, entrances: readonly Nearest[], numberOf: Map<Nearest, number>): StreetDraft {
  const insertions = entrances.toSorted((a, b) => a.at - b.at || a.share - b.share);
  const { nodeId, nodeE7, wayNodes, wayEnds, uses } = draft;
  const total = nodeId.length + insertions.length;
  const [id, e7, used] = [new Float64Array(total), new Int32Array(2 * total), new Uint8Array(total)];
  id.set(nodeId);
  e7.set(nodeE7);
  used.set(uses);
  let least = 0;
  for (const one of nodeId) if (one < least) least = one;
  // ids follow the entrances' own, whatever order the ways came in
  const idOf = new Map(entrances.map((entrance, rank) => [entrance, least - 1 - rank]));
  const nodes = new Uint32Array(wayNodes.length + insertions.length);
  const ends = new Uint32Array(wayEnds.length);
  let next = 0;
  let out = 0;
  for (let w = 0, i = 0; w < wayEnds.length; w++) {
    for (; i < wayEnds[w]; i++) {
      nodes[out++] = wayNodes[i];
      for (; next < insertions.length && insertions[next].at === i; next++) {
        const entrance = insertions[next];
        const { share } = entrance;
        const node = nodeId.length + next;
        const [a, b] = [wayNodes[i], wayNodes[i + 1]];
        id[node] = idOf.get(entrance) as number;
        e7[2 * node] = Math.round(nodeE7[2 * a] + share * (nodeE7[2 * b] - nodeE7[2 * a]));
        e7[2 * node + 1] = Math.round(nodeE7[2 * a + 1] + share * (nodeE7[2 * b + 1] - nodeE7[2 * a + 1]));
        nodes[out++] = node;
        numberOf.set(entrance, node);
      }
    }
    ends[w] = out;
  }
  return { ...draft, nodeId: id, nodeE7: e7, uses: used, wayNodes: nodes, wayEnds: ends };
}

/** Ties entrances that no way of the draft touches to streets. */
export function linkEntrances(draft: StreetDraft, points: StreetPoints): StreetDraft {
  const used = new Uint8Array(draft.nodeId.length);
  for (const node of draft.wayNodes) if (node !== NO_NODE) used[node] = 1;
  const entrances = listEntrances(draft, points, used);
  if (entrances.length === 0) return draft;
  findNearest(draft, entrances);
  const found = entrances.filter((entrance) => entrance.at >= 0);
  const numberOf = new Map<Nearest, number>();
  const extended = insertNodes(draft, found.filter(({ share }) => share > 0 && share < 1), numberOf);
  const rule = inventedRule(PASS.walk | PASS.pushBike);
  const ways: InventedWay[] = found.map((entrance) => {
    const target = numberOf.get(entrance) ?? draft.wayNodes[entrance.at + (entrance.share === 1 ? 1 : 0)];
    return { id: -Math.abs(draft.nodeId[entrance.node]), rule, name: 0, nodes: [entrance.node, target] };
  });
  return addInvented(extended, ways);
}
