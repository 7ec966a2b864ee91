/**
 * Streets on their way to a network: the usable ways of a source over all its nodes, and what is invented beside them.
 *
 * Passes add to a draft (squares, entrances), the last one cuts it into edges.
 */
import type { StreetRule } from './street-rules/street-rule.ts';
import type { NetworkSource } from './network-source.ts';
import { NO_NODE } from './network-source.ts';
import type { WayRules } from './way-rules.ts';

export interface StreetDraft {
  readonly nodeId: Float64Array;
  /** Longitude and latitude by turns, 10⁻⁷ degrees. */
  readonly nodeE7: Int32Array;
  readonly rules: readonly StreetRule[];
  readonly wayId: Float64Array;
  /** By way: number of its rule in `rules`. */
  readonly wayRule: Uint32Array;
  /** By way: number of its name's text in the source. */
  readonly wayName: Uint32Array;
  /** Nodes of way w: [wayEnds[w − 1], wayEnds[w]) of wayNodes; NO_NODE where the file lacks one; no node twice in a row. */
  readonly wayEnds: Uint32Array;
  readonly wayNodes: Uint32Array;
  /** By node: 0, 1 or 2 for "used at least twice": there streets are parted. */
  readonly uses: Uint8Array;
}

/** How often ways use each node, 0 … 2. Ways that are no streets count too, as in R5, buildings do not: nor, by R5, those that are streets as well. */
function countUses(source: NetworkSource, { kindOfWay, isBuilding, rules }: WayRules, isR5: boolean): Uint8Array {
  const { ends, nodes } = source.ways;
  const uses = new Uint8Array(source.nodes.id.length);
  for (let w = 0, from = 0; w < ends.length; from = ends[w++]) {
    if (isBuilding[kindOfWay[w]] && (isR5 || rules[kindOfWay[w]] === undefined)) continue;
    for (let i = from; i < ends[w]; i++) {
      const node = nodes[i];
      if (node !== NO_NODE && uses[node] < 2) uses[node]++;
    }
  }
  const { touched } = source.nodes;
  if (touched !== undefined) for (let v = 0; v < uses.length; v++) if (touched[v] !== 0 && uses[v] === 1) uses[v] = 2;
  return uses;
}

/** The ways that somebody may use, `kept` telling which rules to take. */
export function draftStreets(source: NetworkSource, ways: WayRules, isR5: boolean, kept: (rule: StreetRule) => boolean): StreetDraft {
  const { id, ends, nodes } = source.ways;
  const rules: StreetRule[] = [];
  const ruleOfKind = ways.rules.map((rule) => (rule === undefined || !kept(rule) ? -1 : rules.push(rule) - 1));
  let wayCount = 0;
  let nodeCount = 0;
  for (let w = 0, from = 0; w < id.length; from = ends[w++]) {
    if (ruleOfKind[ways.kindOfWay[w]] < 0) continue;
    wayCount++;
    nodeCount += ends[w] - from;
  }
  const wayId = new Float64Array(wayCount);
  const wayRule = new Uint32Array(wayCount);
  const wayName = new Uint32Array(wayCount);
  const wayEnds = new Uint32Array(wayCount);
  const wayNodes = new Uint32Array(nodeCount);
  let n = 0;
  let at = 0;
  for (let w = 0, from = 0; w < id.length; from = ends[w++]) {
    const rule = ruleOfKind[ways.kindOfWay[w]];
    if (rule < 0) continue;
    wayId[n] = id[w];
    wayRule[n] = rule;
    wayName[n] = ways.name[w];
    const start = at;
    for (let i = from; i < ends[w]; i++) if (at === start || nodes[i] !== wayNodes[at - 1]) wayNodes[at++] = nodes[i];
    wayEnds[n++] = at;
  }
  return { nodeId: source.nodes.id, nodeE7: source.nodes.e7, rules, wayId, wayRule, wayName, wayEnds, wayNodes: wayNodes.subarray(0, at), uses: countUses(source, ways, isR5) };
}

/** A way of two or more nodes that no file has. */
export interface InventedWay {
  /** Negative. */
  readonly id: number;
  readonly rule: StreetRule;
  readonly name: number;
  readonly nodes: readonly number[];
}

/** Numbers are appended: nodes and ways keep those they have. */
export function addInvented(draft: StreetDraft, ways: readonly InventedWay[]): StreetDraft {
  if (ways.length === 0) return draft;
  const rules = [...draft.rules];
  const numbers = new Map<StreetRule, number>();
  const numberOf = (rule: StreetRule): number => {
    let number = numbers.get(rule);
    if (number === undefined) numbers.set(rule, (number = rules.push(rule) - 1));
    return number;
  };
  const wayEnds = new Uint32Array(draft.wayEnds.length + ways.length);
  wayEnds.set(draft.wayEnds);
  let end = draft.wayNodes.length;
  ways.forEach((way, i) => (wayEnds[draft.wayEnds.length + i] = end += way.nodes.length));
  const wayNodes = new Uint32Array(end);
  wayNodes.set(draft.wayNodes);
  const uses = draft.uses.slice();
  ways.forEach((way, i) => {
    wayNodes.set(way.nodes, wayEnds[draft.wayEnds.length + i] - way.nodes.length);
    for (const node of way.nodes) uses[node] = 2;
  });
  const joined = <T extends Float64Array | Uint32Array>(old: T, added: readonly number[]): T => {
    const array = new (old.constructor as new (length: number) => T)(old.length + added.length);
    array.set(old);
    array.set(added, old.length);
    return array;
  };
  return {
    ...draft, rules, wayEnds, wayNodes, uses,
    wayId: joined(draft.wayId, ways.map((way) => way.id)),
    wayRule: joined(draft.wayRule, ways.map((way) => numberOf(way.rule))),
    wayName: joined(draft.wayName, ways.map((way) => way.name)),
  };
}
