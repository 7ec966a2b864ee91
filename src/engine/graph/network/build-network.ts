/**
 * Builds a street network from ways and their tags.
 *
 * Ways are judged by their tags (street-rules/), squares are crossed and entrances tied to streets by invented ways, all are cut where they
 * meet, gates that not everybody may pass become edges of their own, vertices are numbered along a Hilbert curve, ways by their first
 * vertex, edges by their ways. So the same streets give the same bytes whatever the order they came in.
 *
 * Memory while building: about 60 bytes a node along a way, beside the source.
 */
import type { Note } from '../../../core/note.ts';
import { NoteBook } from '../../../core/note.ts';
import { throwIfCancelled } from '../../../core/errors.ts';
import type { WorkContext } from '../../../core/progress.ts';
import { finishSteps } from '../../../core/steps.ts';
import type { Steps } from '../../../core/steps.ts';
import type { SectionArray } from '../../spatial/section-buffer.ts';
import { ContentHash } from './content-hash.ts';
import { cutEdges, measureEdges } from './cut-edges.ts';
import type { EdgeCuts } from './cut-edges.ts';
import type { GateEdges } from './close-gates.ts';
import { GATE_TRAITS, closeGates } from './close-gates.ts';
import { linkEntrances } from './entrance-links.ts';
import { markEnclosed } from './mark-enclosed.ts';
import type { Measure, Network, NetworkArrays } from './network.ts';
import { NETWORK_VERSION, PASS, writeNetwork } from './network.ts';
import type { NetworkSource } from './network-source.ts';
import type { EdgeOrder, Vertices } from './number-network.ts';
import { numberVertices, orderEdges } from './number-network.ts';
import { spreadStress } from './spread-stress.ts';
import type { StreetDraft } from './street-draft.ts';
import { addInvented, draftStreets } from './street-draft.ts';
import type { StreetPoints } from './street-points.ts';
import { readPoints } from './street-points.ts';
import { RULES_VERSION } from './street-rules/street-rule.ts';
import type { TurnStreets } from './turn-sequences.ts';
import { findTurns } from './turn-sequences.ts';
import { crossSquares } from './walking-areas.ts';
import type { ElevationSource } from './vertex-elevation.ts';
import { measureSlopes, sampleVertices } from './vertex-elevation.ts';
import { classifyWays } from './way-rules.ts';

export type { NetworkSource } from './network-source.ts';

export interface NetworkOptions {
  /** How lengths are measured: see NetworkMeta. `geodesic` unless said. */
  readonly measure?: Measure;
  /**
   * Whether to have what R5 does not know: gates that stop those who may not pass, lifts, squares that are walked across, ferries, ways to
   * the entrances of buildings. Unless said yes for `geodesic`, no for `r5`, whose published results then come out to the last figure.
   */
  readonly details?: boolean;
  /** Decimetres above the datum at a longitude and latitude in degrees; NaN where unknown. */
  readonly elevation?: ElevationSource;
  /** Hash of what the elevation comes from, for the network's key. */
  readonly elevationKey?: string;
}

export interface BuiltNetwork {
  readonly network: Network;
  /** What could not be used, counted. */
  readonly notes: readonly Note[];
}

interface Naming {
  readonly classes: readonly string[];
  /** Names of ways, then opening hours of gates. */
  readonly names: string[];
  readonly name: Uint32Array;
  readonly classOfRule: Uint8Array;
}

const MAX_CLASSES = 250;
/** Of a car through a gate that it may pass. */
const GATE_KMH = 10;

/** Numbers names and classes of streets in the order the ways first have them. */
function numberNames(source: NetworkSource, draft: StreetDraft, ways: Uint32Array): Naming {
  const names = [''];
  const numberOfText = new Map<string, number>([['', 0]]);
  const numberOfName = new Map<number, number>([[0, 0]]);
  const name = new Uint32Array(ways.length);
  ways.forEach((w, i) => {
    const text = w < draft.wayName.length ? draft.wayName[w] : 0;
    let number = numberOfName.get(text);
    if (number === undefined) {
      const words = source.text(text);
      number = numberOfText.get(words);
      if (number === undefined) numberOfText.set(words, (number = names.push(words) - 1));
      numberOfName.set(text, number);
    }
    name[i] = number;
  });
  const usedRules = new Set(Array.from(ways, (w) => (w < draft.wayRule.length ? draft.rules[draft.wayRule[w]].streetClass : 'invented')));
  const classes = [...usedRules].toSorted().slice(0, MAX_CLASSES);
  const numberOfClass = new Map(classes.map((text, i) => [text, i]));
  // what a typing error calls it, when there are too many of them
  const rest = classes.length < MAX_CLASSES ? 0 : classes.push('other') - 1;
  return { classes, names, name, classOfRule: Uint8Array.from(draft.rules, (rule) => numberOfClass.get(rule.streetClass) ?? rest) };
}

interface Parts {
  readonly measure: Measure;
  readonly draft: StreetDraft;
  readonly cuts: EdgeCuts;
  readonly gates: GateEdges;
  readonly points: StreetPoints;
}

function fillArrays({ draft, cuts, gates, points, measure }: Parts, vertices: Vertices, { edges, wayOfEdge, ways }: EdgeOrder, naming: Naming): Omit<NetworkArrays, 'turn'> {
  const { wayNodes, nodeE7, nodeId, rules, wayRule, wayId } = draft;
  const n = edges.length;
  const lengths = measureEdges(draft, cuts, measure);
  const edge = {
    from: new Uint32Array(n), to: new Uint32Array(n), lengthMm: new Uint32Array(n), forward: new Uint8Array(n), backward: new Uint8Array(n), traits: new Uint8Array(n),
    streetClass: new Uint8Array(n), driveKmh: new Uint8Array(n), way: wayOfEdge, shapeEnds: new Uint32Array(n), shapeE7: new Int32Array(0),
  };
  const [ownStress, fixedStress] = [new Uint8Array(n), new Uint8Array(n)];
  let points2 = 0;
  for (let e = 0; e < cuts.count; e++) points2 += 2 * (cuts.last[e] - cuts.first[e] - 1);
  const shapeE7 = new Int32Array(points2);
  const gateClass = Math.max(0, naming.classes.indexOf('invented'));
  let at = 0;
  for (let i = 0; i < n; i++) {
    const e = edges[i];
    if (e >= cuts.count) {
      const { from, to, pass } = gates.gates[e - cuts.count];
      edge.from[i] = vertices.ofNode[from];
      edge.to[i] = vertices.ofNode[to];
      edge.forward[i] = edge.backward[i] = pass;
      edge.traits[i] = GATE_TRAITS;
      edge.streetClass[i] = gateClass;
      edge.driveKmh[i] = (pass & (PASS.drive | PASS.driveLocal)) === 0 ? 0 : GATE_KMH;
      ownStress[i] = fixedStress[i] = 1;
    } else {
      const rule = rules[wayRule[cuts.way[e]]];
      edge.from[i] = vertices.ofNode[gates.fromNode[e]];
      edge.to[i] = vertices.ofNode[gates.toNode[e]];
      edge.lengthMm[i] = lengths[e];
      edge.forward[i] = rule.forward;
      edge.backward[i] = rule.backward;
      edge.traits[i] = rule.traits;
      edge.streetClass[i] = naming.classOfRule[wayRule[cuts.way[e]]];
      edge.driveKmh[i] = rule.driveKmh;
      ownStress[i] = rule.stress;
      fixedStress[i] = rule.stressIsStated ? 1 : 0;
      for (let k = cuts.first[e] + 1; k < cuts.last[e]; k++) {
        shapeE7[at++] = nodeE7[2 * wayNodes[k]];
        shapeE7[at++] = nodeE7[2 * wayNodes[k] + 1];
      }
    }
    edge.shapeEnds[i] = at / 2;
  }
  markEnclosed(edge, vertices.count);
  const vertex = { e7: vertices.e7, id: vertices.id, traits: new Uint8Array(vertices.count), delayS: new Uint8Array(vertices.count), elevationDm: new Int32Array(vertices.count) };
  if (points.size > 0) {
    for (let v = 0; v < vertices.count; v++) {
      const rule = points.get(vertices.node[v]);
      if (rule === undefined) continue;
      vertex.traits[v] = rule.traits;
      // copies of a gate cost nothing: who passes it passes the gate's own vertex
      vertex.delayS[v] = vertices.ofNode[vertices.node[v]] === v ? rule.delayS : 0;
    }
  }
  const way = { id: Float64Array.from(ways, (w) => (w < wayId.length ? wayId[w] : -nodeId[gates.gates[w - wayId.length].node])), name: naming.name };
  return { vertex, edge: { ...edge, shapeE7, stress: spreadStress({ edge: { ...edge, shapeE7 }, vertex }, ownStress, fixedStress) }, way };
}

/** Vertices with opening hours, in their order; the hours join the names. */
function listHours({ ofNode }: Vertices, points: StreetPoints, { names }: Naming): NetworkArrays['gate'] {
  const found = [...points]
    .flatMap(([node, { hours, parts }]) => (parts && hours !== undefined && ofNode[node] >= 0 ? [{ vertex: ofNode[node], hours }] : []))
    .toSorted((a, b) => a.vertex - b.vertex);
  const numbers = new Map<string, number>();
  const numberOf = (hours: string): number => {
    let number = numbers.get(hours);
    if (number === undefined) numbers.set(hours, (number = names.push(hours) - 1));
    return number;
  };
  return { vertex: Uint32Array.from(found, ({ vertex }) => vertex), hours: Uint32Array.from(found, ({ hours }) => numberOf(hours)) };
}

function withElevation(streets: Omit<NetworkArrays, 'turn'>, elevation: ElevationSource | undefined): Omit<NetworkArrays, 'turn'> {
  if (elevation === undefined) return streets;
  const elevationDm = sampleVertices(streets.vertex.e7, elevation);
  return { ...streets, vertex: { ...streets.vertex, elevationDm }, edge: { ...streets.edge, ...measureSlopes(streets, elevationDm, elevation) } };
}

const MARKS = 1 << 16;

function turnStreets({ edge, vertex, way }: Omit<NetworkArrays, 'turn'>, { nodeId }: StreetDraft, { ofNode }: Vertices, { turns }: NetworkSource): TurnStreets {
  const vertexOf = new Map<number, number>();
  const wanted = new Set(turns.map((turn) => turn.viaNode));
  // a bit tells most nodes apart; a Set of ids takes ten times as long
  const marks = new Uint8Array(MARKS);
  for (const id of wanted) if (id !== undefined) marks[Math.abs(id) % MARKS] = 1;
  for (let v = 0; wanted.size > 0 && v < nodeId.length; v++) {
    if (marks[Math.abs(nodeId[v]) % MARKS] !== 0 && ofNode[v] >= 0 && wanted.has(nodeId[v])) vertexOf.set(nodeId[v], ofNode[v]);
  }
  return { edge, vertexE7: vertex.e7, wayId: way.id, vertexOfNode: (id) => vertexOf.get(id) ?? -1 };
}

function boundsOf(e7: Int32Array): readonly [number, number, number, number] | undefined {
  if (e7.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < e7.length; i += 2) {
    west = Math.min(west, e7[i]);
    east = Math.max(east, e7[i]);
    south = Math.min(south, e7[i + 1]);
    north = Math.max(north, e7[i + 1]);
  }
  return [west / 1e7, south / 1e7, east / 1e7, north / 1e7];
}

function hashOf(arrays: NetworkArrays, naming: Naming, options: NetworkOptions): string {
  const hash = new ContentHash().addText(`${NETWORK_VERSION}/${RULES_VERSION}/${options.measure ?? ''}/${options.elevationKey ?? ''}`);
  for (const group of Object.values(arrays)) for (const array of Object.values(group ?? {}) as SectionArray[]) hash.add(array);
  return hash.addText(naming.names.join('\n')).addText(naming.classes.join('\n')).digest();
}

/** Points that are there to see but stop nobody. */
function openPoints(points: StreetPoints): StreetPoints {
  return new Map([...points].map(([node, rule]) => [node, { ...rule, walk: 'yes', bike: 'yes', drive: 'yes', delayS: 0, parts: false }]));
}

/** Every point that parts streets is used twice. */
function partAtPoints(draft: StreetDraft, points: StreetPoints): StreetDraft {
  const uses = draft.uses.slice();
  for (const [node, rule] of points) if (rule.parts) uses[node] = 2;
  return { ...draft, uses };
}

/**
 * The network of a source.
 *
 * @throws ChengmaiError `cancelled`
 */
export function buildNetwork(source: NetworkSource, options: NetworkOptions = {}, context: WorkContext = {}): BuiltNetwork {
  return finishSteps(buildNetworkInSteps(source, options, context));
}

/** {@link buildNetwork} in slices, each at most a third of the whole. */
export function* buildNetworkInSteps(source: NetworkSource, options: NetworkOptions = {}, context: WorkContext = {}): Steps<BuiltNetwork> {
  const notes = new NoteBook();
  const { measure = 'geodesic', details = measure !== 'r5' } = options;
  const wayRules = classifyWays(source);
  throwIfCancelled(context.signal);
  yield;
  const points = details ? readPoints(source) : openPoints(readPoints(source));
  yield;
  const plain = partAtPoints(draftStreets(source, wayRules, measure === 'r5', (rule) => details || rule.inR5), points);
  yield;
  const draft = details ? linkEntrances(addInvented(plain, crossSquares(plain, source.areas, points)), points) : plain;
  throwIfCancelled(context.signal);
  yield;
  const cuts = cutEdges(draft, measure === 'r5');
  yield;
  const gates = closeGates(draft, cuts, points);
  yield;
  const vertices = numberVertices(draft, gates);
  throwIfCancelled(context.signal);
  yield;
  const order = orderEdges(draft, cuts, gates, vertices);
  yield;
  const naming = numberNames(source, draft, order.ways);
  const streets = fillArrays({ draft, cuts, gates, points, measure }, vertices, order, naming);
  throwIfCancelled(context.signal);
  yield;
  const turn = findTurns(turnStreets(streets, draft, vertices, source), source.turns, notes);
  yield;
  const arrays = { ...withElevation(streets, options.elevation), turn, gate: listHours(vertices, points, naming) };
  const meta = {
    counts: { vertices: vertices.count, edges: order.edges.length, ways: order.ways.length, restrictions: arrays.turn.only.length },
    bbox: boundsOf(vertices.e7), measure, classes: naming.classes, elevation: options.elevation !== undefined, key: hashOf(arrays, naming, options),
  };
  yield;
  return { network: writeNetwork(meta, arrays, naming.names), notes: notes.list() };
}
