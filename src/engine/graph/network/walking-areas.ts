/**
 * Squares are walked across: edges without a street between the places where streets come in that see one another.
 *
 * A square is a closed way that is an area (area=yes, a platform) or a multipolygon with highway=*. Its outline stays what it is, a way round;
 * of a multipolygon, whose members need not be streets, the rings become ways too. Between each two entrances whose straight line lies in the square,
 * and is shorter than the way round by a thirtieth, there is an invented way. A square with more entrances than ENTRANCES_MAX takes that many of
 * them, spread evenly: 276 ways at most. Rejected: the exact visibility graph with all corners (a park of 300 corners makes 20,000
 * edges that no walker needs), and a triangulation (paths too long by up to a tenth without smoothing).
 */
import { PASS, TRAIT } from './network.ts';
import type { AreaSource } from './network-source.ts';
import { NO_NODE } from './network-source.ts';
import type { InventedWay, StreetDraft } from './street-draft.ts';
import type { StreetPoints } from './street-points.ts';
import { VERTEX_TRAIT } from './network.ts';
import type { StreetRule } from './street-rules/street-rule.ts';
import { findStreetRule } from './street-rules/street-rule.ts';

const ENTRANCES_MAX = 24;
/** A straight line must save this much of the way round. */
const WORTH_IT = 1 - 1 / 30;
const WALKED = PASS.walk | PASS.walkLocal | PASS.pushBike;

interface Square {
  readonly id: number;
  readonly rings: readonly Uint32Array[];
  readonly rule: StreetRule;
  readonly name: number;
  /** A multipolygon, whose rings are no streets. */
  readonly ringsToAdd: boolean;
}

const rulesFor = new Map<number, StreetRule>();

/** The rule of what is invented for walkers: as the square's for them, nobody else. */
export function inventedRule(pass: number): StreetRule {
  let rule = rulesFor.get(pass);
  if (rule === undefined) {
    const bits = pass & WALKED;
    rule = { forward: bits, backward: bits, traits: TRAIT.invented, streetClass: 'invented', driveKmh: 0, stress: 1, stressIsStated: true, isSquare: false, inR5: false };
    rulesFor.set(pass, rule);
  }
  return rule;
}

/** Closed ways that are squares, and multipolygons, in order of their ids. */
function listSquares({ wayId, wayRule, wayName, wayEnds, wayNodes, rules }: StreetDraft, areas: readonly AreaSource[]): Square[] {
  const squares: Square[] = [];
  for (let w = 0, start = 0; w < wayId.length; start = wayEnds[w++]) {
    const rule = rules[wayRule[w]];
    const end = wayEnds[w] - 1;
    if (!rule.isSquare || end - start < 3 || wayNodes[start] !== wayNodes[end]) continue;
    const ring = wayNodes.subarray(start, end);
    if (!ring.includes(NO_NODE)) squares.push({ id: wayId[w], rings: [ring], rule, name: wayName[w], ringsToAdd: false });
  }
  for (const { id, tags, rings } of areas) {
    const rule = findStreetRule({ ...tags, area: 'yes' });
    if (rule?.isSquare === true && rings.length > 0) squares.push({ id, rings, rule, name: 0, ringsToAdd: true });
  }
  return squares.toSorted((a, b) => a.id - b.id);
}

/** By node on a ring: the ways for walkers that use it. */
function listWaysAt({ rules, wayRule, wayEnds, wayNodes, nodeId }: StreetDraft, squares: readonly Square[]): Map<number, number[]> {
  const onRing = new Uint8Array(nodeId.length);
  for (const { rings } of squares) for (const ring of rings) for (const node of ring) onRing[node] = 1;
  const waysAt = new Map<number, number[]>();
  for (let w = 0, start = 0; w < wayEnds.length; start = wayEnds[w++]) {
    if (((rules[wayRule[w]].forward | rules[wayRule[w]].backward) & WALKED) === 0) continue;
    for (let i = start; i < wayEnds[w]; i++) {
      const node = wayNodes[i];
      if (node === NO_NODE || onRing[node] === 0) continue;
      const ways = waysAt.get(node);
      if (ways === undefined) waysAt.set(node, [w]);
      else ways.push(w);
    }
  }
  return waysAt;
}

/** The rings of a square one after another, in plane units of 10⁻⁷ degrees of latitude. */
interface Outline {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** By point: the next one of its ring, the number of its ring, how far along that it is. */
  readonly next: Uint32Array;
  readonly ring: Uint32Array;
  readonly along: Float64Array;
  /** Length of each ring. */
  readonly lengths: readonly number[];
  /** A point of each node. */
  readonly pointOf: ReadonlyMap<number, number>;
}

function layOut(rings: readonly Uint32Array[], nodeE7: Int32Array): Outline {
  const count = rings.reduce((sum, nodes) => sum + nodes.length, 0);
  const [x, y, along] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const [next, ring] = [new Uint32Array(count), new Uint32Array(count)];
  const pointOf = new Map<number, number>();
  const first = 2 * rings[0][0];
  const cos = Math.cos((nodeE7[first + 1] / 1e7) * (Math.PI / 180));
  const lengths: number[] = [];
  let start = 0;
  rings.forEach((nodes, number) => {
    let length = 0;
    nodes.forEach((node, i) => {
      const point = start + i;
      x[point] = (nodeE7[2 * node] - nodeE7[first]) * cos;
      y[point] = nodeE7[2 * node + 1] - nodeE7[first + 1];
      next[point] = i + 1 === nodes.length ? start : point + 1;
      ring[point] = number;
      pointOf.set(node, point);
    });
    for (let i = 0, point = start; i < nodes.length; i++, point = next[point]) {
      along[point] = length;
      length += Math.sqrt((x[next[point]] - x[point]) ** 2 + (y[next[point]] - y[point]) ** 2);
    }
    lengths.push(length);
    start += nodes.length;
  });
  return { x, y, next, ring, along, lengths, pointOf };
}

/** Whether the straight line between two points of the outline runs inside: it crosses no side, and its middle is inside. */
function seesAcross({ x, y, next }: Outline, p: number, q: number): boolean {
  const [px, py, dx, dy] = [x[p], y[p], x[q] - x[p], y[q] - y[p]];
  const [mx, my] = [px + dx / 2, py + dy / 2];
  let inside = false;
  for (let a = 0; a < x.length; a++) {
    const b = next[a];
    const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]];
    if (ay > my !== by > my && mx < ((bx - ax) * (my - ay)) / (by - ay) + ax) inside = !inside;
    if (a === p || a === q || b === p || b === q) continue;
    const sideA = dx * (ay - py) - dy * (ax - px);
    const sideB = dx * (by - py) - dy * (bx - px);
    if (sideA > 0 === sideB > 0 || sideA === 0 || sideB === 0) continue;
    const sideP = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
    const sideQ = (bx - ax) * (py + dy - ay) - (by - ay) * (px + dx - ax);
    if (sideP > 0 !== sideQ > 0) return false;
  }
  return inside;
}

/** The shorter way round between two points of a ring; Infinity between rings. */
function wayRound({ ring, along, lengths }: Outline, p: number, q: number): number {
  if (ring[p] !== ring[q]) return Infinity;
  const part = Math.abs(along[q] - along[p]);
  return Math.min(part, lengths[ring[p]] - part);
}

/** Nodes of the rings where somebody comes in: a way for walkers that is more than a piece of the outline, or a door. In order of their ids. */
function listEntrances({ rings }: Square, { wayEnds, wayNodes, nodeId }: StreetDraft, waysAt: ReadonlyMap<number, readonly number[]>, points: StreetPoints): number[] {
  const own = new Set(rings.flatMap((ring) => [...ring]));
  const isOutline = (w: number): boolean => wayNodes.subarray(w === 0 ? 0 : wayEnds[w - 1], wayEnds[w]).every((node) => own.has(node));
  const entrances = [...own].filter((node) => {
    const rule = points.get(node);
    return (rule !== undefined && (rule.traits & VERTEX_TRAIT.entrance) !== 0) || (waysAt.get(node) ?? []).some((w) => !isOutline(w));
  });
  entrances.sort((a, b) => nodeId[a] - nodeId[b]);
  if (entrances.length <= ENTRANCES_MAX) return entrances;
  return Array.from({ length: ENTRANCES_MAX }, (_, i) => entrances[Math.floor((i * entrances.length) / ENTRANCES_MAX)]);
}

/** Ways across all squares of a draft, in order of the squares' ids. */
export function crossSquares(draft: StreetDraft, areas: readonly AreaSource[], points: StreetPoints): InventedWay[] {
  const squares = listSquares(draft, areas);
  const waysAt = listWaysAt(draft, squares);
  const { nodeE7 } = draft;
  const invented: InventedWay[] = [];
  for (const square of squares) {
    const rule = inventedRule(square.rule.forward | square.rule.backward);
    const id = -Math.abs(square.id);
    if (square.ringsToAdd) for (const ring of square.rings) invented.push({ id, rule, name: square.name, nodes: startAtLeast(ring, draft.nodeId) });
    const entrances = listEntrances(square, draft, waysAt, points);
    if (entrances.length < 2) continue;
    const outline = layOut(square.rings, nodeE7);
    const { x, y, pointOf } = outline;
    for (let i = 0; i < entrances.length; i++) {
      for (let j = i + 1; j < entrances.length; j++) {
        const [p, q] = [pointOf.get(entrances[i]) as number, pointOf.get(entrances[j]) as number];
        const straight = Math.sqrt((x[q] - x[p]) ** 2 + (y[q] - y[p]) ** 2);
        if (straight < WORTH_IT * wayRound(outline, p, q) && seesAcross(outline, p, q)) invented.push({ id, rule, name: square.name, nodes: [entrances[i], entrances[j]] });
      }
    }
  }
  return invented;
}

/** The ring closed, from its node of least id towards the lesser neighbour, however the file has it. */
function startAtLeast(ring: Uint32Array, nodeId: Float64Array): number[] {
  let least = 0;
  for (let i = 1; i < ring.length; i++) if (nodeId[ring[i]] < nodeId[ring[least]]) least = i;
  const n = ring.length;
  const step = nodeId[ring[(least + 1) % n]] <= nodeId[ring[(least + n - 1) % n]] ? 1 : n - 1;
  return Array.from({ length: n + 1 }, (_, i) => ring[(least + i * step) % n]);
}
