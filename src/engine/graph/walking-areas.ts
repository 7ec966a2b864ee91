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

/** Planar outline of a square in 10⁻⁷ degrees of latitude, east of its first node by the cosine. */
interface Outline {
  readonly x: (node: number) => number;
  readonly y: (node: number) => number;
  readonly rings: readonly Uint32Array[];
}

const cross = (ax: number, ay: number, bx: number, by: number): number => ax * by - ay * bx;

/** Whether the straight line between two nodes of the outline runs inside: it crosses no side, and its middle is inside. */
function seesAcross({ x, y, rings }: Outline, p: number, q: number): boolean {
  const [px, py, qx, qy] = [x(p), y(p), x(q), y(q)];
  const [mx, my] = [(px + qx) / 2, (py + qy) / 2];
  let inside = false;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring[i], ring[i + 1 === ring.length ? 0 : i + 1]];
      const [ax, ay, bx, by] = [x(a), y(a), x(b), y(b)];
      if (ay > my !== by > my && mx < ((bx - ax) * (my - ay)) / (by - ay) + ax) inside = !inside;
      if (a === p || a === q || b === p || b === q) continue;
      const [sideA, sideB] = [cross(qx - px, qy - py, ax - px, ay - py), cross(qx - px, qy - py, bx - px, by - py)];
      const [sideP, sideQ] = [cross(bx - ax, by - ay, px - ax, py - ay), cross(bx - ax, by - ay, qx - ax, qy - ay)];
      if (sideA > 0 !== sideB > 0 && sideP > 0 !== sideQ > 0 && sideA !== 0 && sideB !== 0) return false;
    }
  }
  return inside;
}

/** By node of a ring: which ring, and how far along it. */
interface RingPlace {
  readonly ring: number;
  readonly along: number;
}

interface RingPlaces {
  readonly of: ReadonlyMap<number, RingPlace>;
  /** Length of each ring. */
  readonly lengths: readonly number[];
}

function measureRings({ x, y, rings }: Outline): RingPlaces {
  const of = new Map<number, RingPlace>();
  const lengths = rings.map((nodes, ring) => {
    let along = 0;
    nodes.forEach((node, i) => {
      of.set(node, { ring, along });
      const next = nodes[i + 1 === nodes.length ? 0 : i + 1];
      along += Math.hypot(x(next) - x(node), y(next) - y(node));
    });
    return along;
  });
  return { of, lengths };
}

/** The shorter way round between two nodes of a ring; Infinity between rings. */
function wayRound({ of, lengths }: RingPlaces, p: number, q: number): number {
  const [from, to] = [of.get(p) as RingPlace, of.get(q) as RingPlace];
  if (from.ring !== to.ring) return Infinity;
  const part = Math.abs(to.along - from.along);
  return Math.min(part, lengths[from.ring] - part);
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
    const first = square.rings[0][0];
    const [x0, y0] = [nodeE7[2 * first], nodeE7[2 * first + 1]];
    const cos = Math.cos((y0 / 1e7) * (Math.PI / 180));
    const outline: Outline = { x: (node) => (nodeE7[2 * node] - x0) * cos, y: (node) => nodeE7[2 * node + 1] - y0, rings: square.rings };
    const rule = inventedRule(square.rule.forward | square.rule.backward);
    const id = -Math.abs(square.id);
    if (square.ringsToAdd) for (const ring of square.rings) invented.push({ id, rule, name: square.name, nodes: startAtLeast(ring, draft.nodeId) });
    const entrances = listEntrances(square, draft, waysAt, points);
    const places = measureRings(outline);
    for (let i = 0; i < entrances.length; i++) {
      for (let j = i + 1; j < entrances.length; j++) {
        const [p, q] = [entrances[i], entrances[j]];
        const straight = Math.hypot(outline.x(q) - outline.x(p), outline.y(q) - outline.y(p));
        if (straight < WORTH_IT * wayRound(places, p, q) && seesAcross(outline, p, q)) invented.push({ id, rule, name: square.name, nodes: [p, q] });
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
