/**
 * Turn restrictions on ways → sequences of edges in the order they are driven (OSM wiki, "Relation:restriction").
 *
 * Via a node: an edge of the from-way that ends there, then an edge of the to-way that leaves. A way that runs through the node rather
 * than ending there offers two edges; then the kind's own word (left, right, straight on, U-turn) chooses by the angle between them. Via ways:
 * the edges of each between the vertices where they meet the next. What cannot be found, or not told apart, is counted and left out:
 * to forbid too much cuts streets off, to forbid too little costs a detour somebody may take.
 */
import type { Bilingual } from '../../../core/bilingual.ts';
import type { NoteBook, NoteLevel } from '../../../core/note.ts';
import type { NetworkArrays } from './network.ts';
import { PASS } from './network.ts';
import type { TurnSource } from './network-source.ts';
import { angleOfTurn, bearingFrom } from './turn-angle.ts';

export interface TurnStreets {
  readonly edge: Pick<NetworkArrays['edge'], 'from' | 'to' | 'forward' | 'backward' | 'way' | 'shapeEnds' | 'shapeE7'>;
  readonly vertexE7: Int32Array;
  readonly wayId: Float64Array;
  /** The vertex of an OSM node; −1 where there is none. */
  vertexOfNode(id: number): number;
}

type Problem = 'way' | 'via' | 'unclear' | 'blocked' | 'kind';

const NOTES: Readonly<Record<Problem | 'condition' | 'vehicle', readonly [NoteLevel, string, string]>> = {
  way: ['info', '转向限制涉及的道路不在路网中，已忽略', 'Turn restrictions on ways that are no streets here were left out'],
  via: ['warning', '转向限制的道路未在途经点相接，已忽略', 'Turn restrictions whose ways do not meet at their via were left out'],
  unclear: ['warning', '无法判定转向限制指哪一段道路，已忽略', 'Turn restrictions that may mean several turns were left out'],
  blocked: ['info', '转向限制所限的方向本就不能通行，已忽略', 'Turn restrictions on turns that nobody may make anyway were left out'],
  kind: ['warning', '转向限制的类别无法识别，已忽略', 'Turn restrictions of unknown kinds were left out'],
  condition: ['info', '只在某些时段有效的转向限制未采用', 'Turn restrictions that hold at certain times only were not applied'],
  vehicle: ['info', '只针对其他车辆的转向限制未采用', 'Turn restrictions for other vehicles only were not applied'],
};

const VEHICLES: Readonly<Record<string, number>> = { motorcar: PASS.drive, motor_vehicle: PASS.drive, vehicle: PASS.drive | PASS.bike, bicycle: PASS.bike };
const ALL_VEHICLES = PASS.drive | PASS.bike;
const RIDDEN = PASS.bike | PASS.bikeLocal;
const DRIVEN = PASS.drive | PASS.driveLocal;
/** In place of modes: whether anybody may pass or not. */
const ANY = -1;
/** Ways via which a restriction runs, tried in every order. */
const VIA_MAX = 5;

/** PASS bits of the modes a restriction binds. */
export function boundModes({ vehicle, except }: TurnSource): number {
  let modes = vehicle === undefined ? ALL_VEHICLES : (VEHICLES[vehicle] ?? 0);
  for (const exempt of except?.split(';') ?? []) modes &= ~(VEHICLES[exempt.trim()] ?? 0);
  return modes;
}

class TurnFinder {
  readonly #streets: TurnStreets;
  readonly #wayNumber = new Map<number, number[]>();
  readonly #firstEdge: Uint32Array;

  constructor(streets: TurnStreets, turns: readonly TurnSource[]) {
    this.#streets = streets;
    const { edge, wayId } = streets;
    this.#firstEdge = new Uint32Array(wayId.length + 1);
    for (let e = 0; e < edge.way.length; e++) this.#firstEdge[edge.way[e] + 1]++;
    for (let w = 0; w < wayId.length; w++) this.#firstEdge[w + 1] += this.#firstEdge[w];
    const wanted = new Set(turns.flatMap((turn) => [...turn.fromWays, ...turn.viaWays, ...turn.toWays]));
    wayId.forEach((id, w) => {
      if (wanted.has(id)) this.#wayNumber.set(id, [...(this.#wayNumber.get(id) ?? []), w]);
    });
  }

  /** Edges of an OSM way as edge × 2 + (1 against it), in both directions, that one of the modes may take; ANY: allowed or not. */
  #directed(id: number, modes: number): number[] {
    const { forward, backward } = this.#streets.edge;
    const may = (pass: number): boolean => modes === ANY || ((modes & PASS.drive) !== 0 && (pass & DRIVEN) !== 0) || ((modes & PASS.bike) !== 0 && (pass & RIDDEN) !== 0);
    const found: number[] = [];
    for (const w of this.#wayNumber.get(id) ?? []) {
      for (let e = this.#firstEdge[w]; e < this.#firstEdge[w + 1]; e++) {
        if (may(forward[e])) found.push(2 * e);
        if (may(backward[e])) found.push(2 * e + 1);
      }
    }
    return found;
  }

  #start(directed: number): number {
    return (directed % 2 === 0 ? this.#streets.edge.from : this.#streets.edge.to)[directed >> 1];
  }

  #end(directed: number): number {
    return (directed % 2 === 0 ? this.#streets.edge.to : this.#streets.edge.from)[directed >> 1];
  }

  /** Whether turning from one edge into the next is what the kind names. */
  #fits(kind: string, from: number, to: number): boolean {
    if (from >> 1 === to >> 1) return kind.endsWith('u_turn');
    const { edge, vertexE7 } = this.#streets;
    const angle = angleOfTurn(bearingFrom(edge, vertexE7, from ^ 1), bearingFrom(edge, vertexE7, to));
    if (kind.endsWith('left_turn')) return angle < -20;
    if (kind.endsWith('right_turn')) return angle > 20;
    if (kind.endsWith('straight_on')) return Math.abs(angle) < 60;
    if (kind.endsWith('u_turn')) return Math.abs(angle) > 120;
    return true;
  }

  /** Sequences of a restriction of modes that can take them; a problem where there are none. */
  find(turn: TurnSource, modes: number): readonly number[][] | Problem {
    const all = [...turn.fromWays, ...turn.viaWays, ...turn.toWays];
    if (all.some((id) => !this.#wayNumber.has(id))) return 'way';
    const sequences: number[][] = [];
    let problem: Problem = 'blocked';
    for (const from of turn.fromWays) {
      for (const to of turn.toWays) {
        const found = turn.viaWays.length === 0 ? this.#viaNode(turn, from, to, modes) : this.#viaWays(turn, from, to, modes);
        if (typeof found === 'string') problem = found;
        else sequences.push(...found);
      }
    }
    return sequences.length > 0 ? sequences : problem;
  }

  #viaNode({ kind, viaNode }: TurnSource, from: number, to: number, modes: number): number[][] | Problem {
    const via = this.#streets.vertexOfNode(viaNode as number);
    if (via < 0) return 'via';
    if (!this.#directed(from, ANY).some((d) => this.#end(d) === via) || !this.#directed(to, ANY).some((d) => this.#start(d) === via)) return 'via';
    const into = this.#directed(from, modes).filter((d) => this.#end(d) === via);
    const outOf = this.#directed(to, modes).filter((d) => this.#start(d) === via);
    const pairs = into.flatMap((a) => outOf.map((b) => [a, b]));
    return this.#choose(kind, pairs);
  }

  /** Of several readings those that fit the kind; none where they cannot be told apart. */
  #choose(kind: string, sequences: number[][]): number[][] | Problem {
    if (sequences.length === 0) return 'blocked';
    if (sequences.length === 1) return sequences;
    const fitting = sequences.filter((sequence) => this.#fits(kind, sequence[0], sequence[sequence.length - 1]));
    if (fitting.length === 0) return 'unclear';
    // no_entry and no_exit mean all; "only" one way out of the several ways in
    return kind === 'no_entry' || kind === 'no_exit' || fitting.length === 1 || kind.endsWith('u_turn') ? fitting : 'unclear';
  }

  #viaWays({ viaWays, kind }: TurnSource, from: number, to: number, modes: number): number[][] | Problem {
    if (viaWays.length > VIA_MAX) return 'unclear';
    let problem: Problem = 'via';
    for (const order of permute(viaWays)) {
      const found = this.#along(order, from, to, modes);
      if (found.length > 0) return this.#choose(kind, found);
      if (this.#along(order, from, to, ANY).length > 0) problem = 'blocked';
    }
    return problem;
  }

  /** Every simple run from the last edge of `from` through the ways of `via`, each touched, to the first edge of `to`. */
  #along(via: readonly number[], from: number, to: number, modes: number): number[][] {
    let open: number[][] = this.#directed(from, modes).map((d) => [d]);
    for (const id of via) {
      const edges = this.#directed(id, modes);
      const next: number[][] = [];
      for (const path of open) {
        const seen = new Set([this.#start(path[path.length - 1]), this.#end(path[path.length - 1])]);
        const queue = [path];
        for (let taken = queue.pop(); taken !== undefined; taken = queue.pop()) {
          const at = this.#end(taken[taken.length - 1]);
          for (const edge of edges) {
            if (this.#start(edge) !== at || edge >> 1 === taken[taken.length - 1] >> 1 || seen.has(this.#end(edge))) continue;
            seen.add(this.#end(edge));
            const longer = [...taken, edge];
            next.push(longer);
            queue.push(longer);
          }
        }
      }
      open = next;
    }
    const closing = this.#directed(to, modes);
    const whole = open.flatMap((path) => closing.filter((d) => this.#start(d) === this.#end(path[path.length - 1]) && d >> 1 !== path[path.length - 1] >> 1).map((d) => [...path, d]));
    if (whole.length === 0) return [];
    // of a way that runs through the meeting point the shortest run is meant
    const least = Math.min(...whole.map((path) => path.length));
    return whole.filter((path) => path.length === least);
  }
}

function permute(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((first, i) => permute(items.filter((_, k) => k !== i)).map((rest) => [first, ...rest]));
}

/** The restrictions as the network keeps them. */
export function findTurns(streets: TurnStreets, turns: readonly TurnSource[], notes: NoteBook): NetworkArrays['turn'] {
  const note = (problem: keyof typeof NOTES, { id }: TurnSource): void => {
    const [level, zh, en] = NOTES[problem];
    const text: Bilingual = { zh: `${zh}。`, en: `${en}.` };
    notes.add(level, `network/turn-${problem}`, text, { field: 'id', value: `relation/${id}` });
  };
  const finder = new TurnFinder(streets, turns);
  const kept: { only: number; modes: number; edges: readonly number[] }[] = [];
  for (const turn of turns.toSorted((a, b) => a.id - b.id)) {
    const modes = boundModes(turn);
    const isOnly = turn.kind.startsWith('only_');
    if (turn.condition !== undefined) note('condition', turn);
    else if (modes === 0) note('vehicle', turn);
    else if (!isOnly && !turn.kind.startsWith('no_')) note('kind', turn);
    else {
      // each mode by itself: what only riders may turn must not make unclear what drivers are told
      const found = [PASS.drive, PASS.bike].filter((mode) => (modes & mode) !== 0).map((mode) => ({ mode, sequences: finder.find(turn, mode) }));
      const bySequence = new Map<string, { only: number; modes: number; edges: readonly number[] }>();
      for (const { mode, sequences } of found) {
        for (const edges of typeof sequences === 'string' ? [] : sequences) {
          const key = edges.join();
          bySequence.set(key, { only: isOnly ? 1 : 0, modes: mode | (bySequence.get(key)?.modes ?? 0), edges });
        }
      }
      const [{ sequences: problem }] = found;
      if (bySequence.size === 0 && typeof problem === 'string') note(problem, turn);
      kept.push(...bySequence.values());
    }
  }
  let end = 0;
  return {
    only: Uint8Array.from(kept, (turn) => turn.only),
    listEnds: Uint32Array.from(kept, (turn) => (end += turn.edges.length)),
    edges: Uint32Array.from(kept.flatMap((turn) => turn.edges)),
    modes: Uint8Array.from(kept, (turn) => turn.modes),
  };
}
