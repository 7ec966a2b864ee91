/**
 * Gates that not everybody may pass: the node is taken apart, and an edge without length joins the pieces for those who may.
 *
 * So a closed gate is an edge like others: searches need no rule for it, and opening or closing it is an edit of one edge. Where two ends
 * of edges meet at the gate there is one such edge; where more do, each end has its own, to a hub in the middle.
 */
import { PASS, TRAIT } from './network.ts';
import type { EdgeCuts } from './cut-edges.ts';
import type { StreetDraft } from './street-draft.ts';
import type { StreetPoints } from './street-points.ts';
import type { PointRule } from './street-rules/barriers.ts';

export interface GateEdges {
  /** By edge of the cuts: the node it starts and ends at, copies of gates included: copy c is node nodeCount + c. */
  readonly fromNode: Uint32Array;
  readonly toNode: Uint32Array;
  /** By copy: the node it is of. */
  readonly copyOf: readonly number[];
  /** Edges through gates. */
  readonly gates: readonly { readonly node: number; readonly from: number; readonly to: number; readonly pass: number }[];
}

/** Traits of an edge through a gate. */
export const GATE_TRAITS = TRAIT.invented;

function passOf({ walk, bike, drive }: PointRule): number {
  let pass = 0;
  pass |= walk === 'yes' ? PASS.walk : walk === 'local' ? PASS.walkLocal : 0;
  pass |= bike === 'yes' ? PASS.bike : bike === 'local' ? PASS.bikeLocal : 0;
  pass |= drive === 'yes' ? PASS.drive : drive === 'local' ? PASS.driveLocal : 0;
  if (walk === 'yes' && bike !== 'yes') pass |= PASS.pushBike;
  return pass;
}

const OPEN = PASS.walk | PASS.bike | PASS.drive;

export function closeGates({ nodeId, wayId, wayNodes }: StreetDraft, { count, way, first, last }: EdgeCuts, points: StreetPoints): GateEdges {
  const fromNode = first.map((at) => wayNodes[at]);
  const toNode = last.map((at) => wayNodes[at]);
  const endsAt = new Map<number, number[]>();
  for (const [node, rule] of points) if (passOf(rule) !== OPEN) endsAt.set(node, []);
  if (endsAt.size === 0) return { fromNode, toNode, copyOf: [], gates: [] };
  // a look into an array tells most ends apart; a Map takes ten times as long
  const isGate = new Uint8Array(nodeId.length);
  for (const node of endsAt.keys()) isGate[node] = 1;
  for (let e = 0; e < count; e++) {
    if (isGate[fromNode[e]] !== 0) endsAt.get(fromNode[e])?.push(2 * e);
    if (isGate[toNode[e]] !== 0) endsAt.get(toNode[e])?.push(2 * e + 1);
  }
  const copyOf: number[] = [];
  const gates: { node: number; from: number; to: number; pass: number }[] = [];
  const shut = [...endsAt].filter(([, ends]) => ends.length > 1).toSorted(([a], [b]) => nodeId[a] - nodeId[b]);
  for (const [node, ends] of shut) {
    const pass = passOf(points.get(node) as PointRule);
    // the order of the ends decides numbers, so it must not come from the order of the file
    ends.sort((a, b) => wayId[way[a >> 1]] - wayId[way[b >> 1]] || first[a >> 1] - first[b >> 1] || a - b);
    const moved = ends.length === 2 ? ends.slice(1) : ends;
    for (const end of moved) {
      const copy = nodeId.length + copyOf.length;
      copyOf.push(node);
      (end % 2 === 0 ? fromNode : toNode)[end >> 1] = copy;
      gates.push({ node, from: node, to: copy, pass });
    }
  }
  return { fromNode, toNode, copyOf, gates };
}
