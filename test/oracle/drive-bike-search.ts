/**
 * Plain Dijkstra of riders and drivers over streets as they are, one state for each street and direction: no chains, no automaton, no layers. For
 * tests only; rules by docs/street-network.md and the docstrings of profile.ts, edge-cost.ts and turn-states.ts.
 */
import { metresPerDegree } from '../../src/engine/spatial/measure.ts';
import type { TravelProfile } from '../../src/engine/graph/travel/profile.ts';
import { ON_FOOT_KMH } from '../../src/engine/graph/travel/profile.ts';
import type { Relation } from '../../src/import/osm/relations.ts';
import { MEMBER_NODE, MEMBER_WAY } from '../../src/import/osm/block-columns.ts';
import { CostHeap } from '../engine/plain-costs.ts';
import type { Access, Passage, PlainTown, Street } from './drive-bike-streets.ts';

/** One direction of a street. */
interface Half {
  readonly number: number;
  readonly street: Street;
  readonly from: number;
  readonly to: number;
  back: Half;
  use: Access;
  kmh: number;
  /** Degrees clockwise from north, from the start to the point 10 m along. */
  bearing: number | undefined;
}

/** A place on a street, from its `from` end. */
interface Place {
  readonly street: Street;
  readonly mm: number;
}

interface Restriction {
  readonly id: number;
  readonly only: boolean;
  /** Ways of half-edges: what is driven, then what may not follow (or must). */
  readonly sequence: readonly number[];
}

const seconds = (mm: number, kmh: number): number => (mm * 36) / (kmh * 10_000);

function bearingOf(line: Street['line']): number | undefined {
  const [[x0, y0]] = line;
  const scale = metresPerDegree(y0 / 1e7);
  const plane = line.map(([x, y]) => [((x - x0) / 1e7) * scale.lon, ((y - y0) / 1e7) * scale.lat]);
  let left = 10;
  for (let i = 1; i < plane.length; i++) {
    const [[ax, ay], [bx, by]] = [plane[i - 1], plane[i]];
    const length = Math.hypot(bx - ax, by - ay);
    const share = length >= left && length > 0 ? left / length : 1;
    const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)];
    if (length >= left || i === plane.length - 1) return x === 0 && y === 0 ? undefined : (Math.atan2(x, y) * 180) / Math.PI;
    left -= length;
  }
  return undefined;
}

function group<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const there = groups.get(key(item));
    if (there === undefined) groups.set(key(item), [item]);
    else there.push(item);
  }
  return groups;
}

/** Vertices that can be reached along `next`. */
function spread(start: number, next: (v: number) => readonly number[], seen: Set<number>): number[] {
  const found = [start];
  seen.add(start);
  for (const v of found) {
    for (const w of next(v)) {
      if (seen.has(w)) continue;
      seen.add(w);
      found.push(w);
    }
  }
  return found;
}

/** Streets behind streets or gates of local use only count as such (`markEnclosed`): by mode those that are open but not of the town. */
function findEnclosed(streets: readonly Street[], mode: keyof Passage): Set<Street> {
  const any = (street: Street, modes: readonly (keyof Passage)[], access: Access): boolean => modes.some((m) => street.along[m] === access || street.against[m] === access);
  const joins: readonly (keyof Passage)[] = mode === 'bike' ? ['bike', 'walk'] : [mode];
  const open = streets.filter((street) => any(street, joins, 'yes'));
  const local = streets.filter((street) => any(street, [mode], 'local'));
  const neighbours = (list: readonly Street[]): ((v: number) => number[]) => {
    const at = new Map<number, number[]>();
    for (const { from, to } of list) for (const [a, b] of [[from, to], [to, from]]) at.set(a, [...(at.get(a) ?? []), b]);
    return (v) => at.get(v) ?? [];
  };
  const town = new Set<number>();
  const [byOpen, byAll] = [neighbours(open), neighbours([...open, ...local])];
  const openVertices = new Set(open.flatMap(({ from, to }) => [from, to]));
  const seen = new Set<number>();
  for (const v of openVertices) {
    if (seen.has(v)) continue;
    const cluster = spread(v, byAll, seen);
    const within = new Set<number>();
    const pieces = cluster.filter((w) => openVertices.has(w)).flatMap((w) => (within.has(w) ? [] : [spread(w, byOpen, within)]));
    for (const w of pieces.reduce((a, b) => (b.length > a.length ? b : a))) town.add(w);
  }
  return local.length === 0 ? new Set() : new Set(open.filter(({ from }) => !town.has(from)));
}

export class PlainSearch {
  readonly #halves: Half[];
  readonly #restrictions: Restriction[] = [];
  readonly #profile: TravelProfile;
  readonly #delayS: PlainTown['delayS'];
  readonly #leaving: Map<number, Half[]>;
  /** Ends of streets that may be used in at least one direction, by vertex. */
  readonly #meeting: Map<number, Half[]>;
  readonly #rulesAfter = new Map<number, Restriction[]>();
  readonly #turns = new Map<Half, { next: Half; turn: number }[]>();
  readonly #halfOf = new Map<Street, Half>();

  constructor({ streets, delayS, relations }: PlainTown, profile: TravelProfile) {
    this.#profile = profile;
    this.#delayS = delayS;
    const enclosed = { walk: new Set<Street>(), bike: new Set<Street>(), drive: new Set<Street>() };
    if (profile.local === 'ends') for (const mode of ['walk', 'bike', 'drive'] as const) enclosed[mode] = findEnclosed(streets, mode);
    this.#halves = streets.flatMap((street, i) => {
      const along: Half = { number: 2 * i, street, from: street.from, to: street.to, ...this.#useOf(street, street.along, enclosed), bearing: bearingOf(street.line) } as Half;
      const against: Half = { number: 2 * i + 1, street, from: street.to, to: street.from, ...this.#useOf(street, street.against, enclosed), bearing: bearingOf(street.line.toReversed()) } as Half;
      [along.back, against.back] = [against, along];
      this.#halfOf.set(street, along);
      return [along, against];
    });
    this.#dropSmallPieces();
    this.#leaving = group(this.#halves.filter(({ use }) => use !== 'no'), ({ from }) => from);
    this.#meeting = group(this.#halves.filter(({ use, back }) => use !== 'no' || back.use !== 'no'), ({ from }) => from);
    // a street without length (through a gate) has the direction of the one behind
    for (const half of this.#halves) {
      if (half.bearing !== undefined) continue;
      const behind = (this.#meeting.get(half.to) ?? []).filter((other) => other !== half.back);
      half.bearing = behind.length === 1 ? behind[0].bearing : undefined;
    }
    if (profile.mode === 'drive') this.#readRestrictions(relations);
  }

  /** Whether and how fast a direction is used. */
  #useOf(street: Street, pass: Passage, enclosed: Readonly<Record<keyof Passage, ReadonlySet<Street>>>): Pick<Half, 'use' | 'kmh'> {
    const { mode, local, maxStress, speedKmh } = this.#profile;
    const may = (m: keyof Passage): Access => (local === 'ends' ? (pass[m] === 'yes' && enclosed[m].has(street) ? 'local' : pass[m]) : pass[m] === 'yes' ? 'yes' : 'no');
    if (mode === 'drive') return { use: may('drive'), kmh: speedKmh === 0 ? street.kmh : Math.min(speedKmh, street.kmh) };
    // where riding is for those with business there but walking is open, riders push
    const rides = street.stress > maxStress || (pass.bike !== 'yes' && pass.walk === 'yes') ? 'no' : may('bike');
    return rides === 'no' ? { use: may('walk'), kmh: Math.min(ON_FOOT_KMH, speedKmh) } : { use: rides, kmh: speedKmh };
  }

  /** Pieces of fewer vertices than the profile wants, all of which reach one another: forwards and backwards from one of them. */
  #dropSmallPieces(): void {
    const used = this.#halves.filter(({ use }) => use !== 'no');
    const [out, into] = [group(used, ({ from }) => from), group(used, ({ to }) => to)];
    // Kosaraju: in the order in which a first walk ends
    const done = new Set<number>();
    const order: number[] = [];
    const vertices = new Set(used.flatMap(({ from, to }) => [from, to]));
    for (const start of vertices) {
      if (done.has(start)) continue;
      done.add(start);
      const path = [{ v: start, next: 0 }];
      while (path.length > 0) {
        const top = path[path.length - 1];
        const half = (out.get(top.v) ?? [])[top.next++];
        if (half === undefined) order.push((path.pop() as { v: number }).v);
        else if (!done.has(half.to)) {
          done.add(half.to);
          path.push({ v: half.to, next: 0 });
        }
      }
    }
    const seen = new Set<number>();
    const small = new Set<number>();
    for (const v of order.toReversed()) {
      if (seen.has(v)) continue;
      const piece = spread(v, (w) => (into.get(w) ?? []).map(({ from }) => from), seen);
      if (piece.length < this.#profile.leastVertices) for (const w of piece) small.add(w);
    }
    for (const half of this.#halves) if (small.has(half.from) || small.has(half.to)) half.use = 'no';
  }

  #angle(into: Half, out: Half): number {
    const angle = (out.bearing ?? 0) - (into.back.bearing ?? 0) - 180;
    return angle - 360 * Math.round(angle / 360);
  }

  /** Where one may go on from a half-edge, restrictions apart. */
  #turnsFrom(half: Half): { next: Half; turn: number }[] {
    let turns = this.#turns.get(half);
    if (turns === undefined) {
      turns = (this.#leaving.get(half.to) ?? []).flatMap((next) => {
        const turn = this.#turn(half, next);
        return turn === undefined ? [] : [{ next, turn }];
      });
      this.#turns.set(half, turns);
    }
    return turns;
  }

  /** Seconds of a turn; undefined where one does not turn so. */
  #turn(into: Half, out: Half): number | undefined {
    const { turnS, mode, unit } = this.#profile;
    if (mode !== 'drive') return 0;
    const goesBack = out === into.back;
    if ((this.#meeting.get(into.to) ?? []).length === 2) {
      const others = (this.#leaving.get(into.to) ?? []).filter((half) => half !== into.back);
      if (goesBack && others.length > 0) return undefined;
      if (!goesBack) return 0;
    }
    if (unit === 'mm') return 0;
    if (goesBack) return turnS.uTurn;
    if (into.street.roundabout && out.street.roundabout) return turnS.straight;
    const angle = this.#angle(into, out);
    if (Math.abs(angle) >= 153) return turnS.uTurn;
    return angle >= 27 ? turnS.right : angle <= -27 ? turnS.left : turnS.straight;
  }

  /** Runs of usable half-edges that a relation means. Unclear ones are left out. */
  #readRestrictions(relations: readonly Relation[]): void {
    const ofWay = group(this.#halves, ({ street }) => street.way);
    // what a restriction says is read on the streets that cars may use, be it only to get to their ends
    const cars = (way: number): Half[] => (ofWay.get(way) ?? []).filter(({ street, number }) => (number % 2 === 0 ? street.along : street.against).drive !== 'no');
    for (const { id, tags, members } of relations.toSorted((a, b) => a.id - b.id)) {
      if (!(tags['type'] ?? '').startsWith('restriction')) continue;
      const key = tags['restriction'] !== undefined ? 'restriction' : Object.keys(tags).filter((name) => name.startsWith('restriction:')).toSorted()[0];
      if (key === undefined || key.includes('conditional') || tags[key]?.includes('@') === true) continue;
      const motor = ['motorcar', 'motor_vehicle', 'vehicle'];
      if (key !== 'restriction' && !motor.includes(key.split(':')[1])) continue;
      if ((tags['except'] ?? '').split(';').some((vehicle) => motor.includes(vehicle.trim()))) continue;
      const kind = (tags[key] as string).trim();
      const ways = (role: string): number[] => members.filter((member) => member.type === MEMBER_WAY && member.role === role).map((member) => member.id);
      const node = members.find((member) => member.type === MEMBER_NODE && member.role === 'via')?.id;
      const via = ways('via');
      if (!/^(no|only)_/.test(kind) || (via.length === 0 && node === undefined) || via.length > 5) continue;
      if ([...ways('from'), ...via, ...ways('to')].some((way) => !ofWay.has(way))) continue;
      for (const from of ways('from')) {
        for (const to of ways('to')) {
          const runs = via.length > 0 ? this.#runsVia(cars(from), via.map(cars), cars(to)) : cars(from).flatMap((a) => cars(to).flatMap((b) => (a.to === node && b.from === node ? [[a, b]] : [])));
          const meant = runs.length < 2 ? runs : runs.filter((run) => this.#isKind(kind, run[0], run[run.length - 1]));
          const clear = meant.length < 2 || ['no_entry', 'no_exit'].includes(kind) || kind.endsWith('u_turn');
          // what begins on a street that this profile does not use binds nobody
          for (const run of clear ? meant : []) if (run.every(({ use }) => use !== 'no')) this.#restrictions.push({ id, only: kind.startsWith('only_'), sequence: run.map(({ number }) => number) });
        }
      }
    }
    for (const rule of this.#restrictions) for (const half of rule.sequence.slice(0, -1)) this.#rulesAfter.set(half, [...(this.#rulesAfter.get(half) ?? []), rule]);
  }

  /** The shortest runs from one way through all of others to the last one, no vertex twice. */
  #runsVia(from: readonly Half[], via: readonly (readonly Half[])[], to: readonly Half[]): Half[][] {
    let runs = from.map((half) => ({ run: [half], rest: via, now: [] as readonly Half[] }));
    for (let length = 1; length < 200 && runs.length > 0; length++) {
      const found = runs.flatMap(({ run, rest }) => (rest.length > 0 ? [] : to.filter((half) => half.from === run[run.length - 1].to && half !== run[run.length - 1].back).map((half) => [...run, half])));
      if (found.length > 0) return found;
      runs = runs.flatMap(({ run, rest, now }) => {
        const last = run[run.length - 1];
        const free = (half: Half): boolean => half.from === last.to && half !== last.back && !run.some((other) => other.from === half.to || other.to === half.to);
        const on = now.filter(free).map((half) => ({ run: [...run, half], rest, now }));
        return [...on, ...rest.flatMap((next) => next.filter(free).map((half) => ({ run: [...run, half], rest: rest.filter((other) => other !== next), now: next })))];
      });
    }
    return [];
  }

  /** Whether a turn is what the word says, roughly. */
  #isKind(kind: string, into: Half, out: Half): boolean {
    const angle = this.#angle(into, out);
    const word = kind.replace(/^(no|only)_/, '');
    if (into.back === out) return word === 'u_turn';
    return { left_turn: angle < -20, right_turn: angle > 20, straight_on: Math.abs(angle) < 60, u_turn: Math.abs(angle) > 120 }[word] ?? true;
  }

  /** Rules that have begun, each with how many of its streets were driven. */
  #begun(before: readonly (readonly [Restriction, number])[], half: Half): (readonly [Restriction, number])[] {
    const next = before.filter(([{ sequence }, at]) => at < sequence.length - 1 && sequence[at] === half.number).map(([rule, at]) => [rule, at + 1] as const);
    return [...next, ...(this.#rulesAfter.get(half.number) ?? []).filter(({ sequence }) => sequence[0] === half.number).map((rule) => [rule, 1] as const)];
  }

  #forbidden(begun: readonly (readonly [Restriction, number])[], half: Half): boolean {
    const due = begun.filter(([{ sequence }, at]) => at === sequence.length - 1).map(([rule]) => rule);
    const next = ({ sequence }: Restriction): number => sequence[sequence.length - 1];
    const before = ({ sequence }: Restriction): string => sequence.slice(0, -1).join();
    return due.some((rule) => (rule.only ? !due.some((other) => other.only && before(other) === before(rule) && next(other) === half.number) : next(rule) === half.number));
  }

  #edgeCost({ street, kmh, from, to }: Half): number {
    if (this.#profile.unit === 'mm') return street.mm;
    return Math.max(1, Math.ceil(seconds(street.mm, kmh))) + this.#delay(from) + this.#delay(to);
  }

  #delay(v: number): number {
    return this.#profile.mode === 'drive' || this.#profile.unit === 'mm' ? 0 : Math.ceil((this.#delayS.get(v) ?? 0) / 2);
  }

  #part(half: Half, mm: number): number {
    return this.#profile.unit === 'mm' ? mm : Math.floor(seconds(mm, half.kmh));
  }

  /** Costs from one place to others along streets; Infinity where there is no way. */
  costs(from: Place, places: readonly Place[]): number[] {
    const least = places.map(() => Infinity);
    const onHalf = new Map<Half, { q: number; mm: number }[]>();
    places.forEach(({ street, mm }, q) => {
      const half = this.#halfOf.get(street) as Half;
      for (const [h, there] of [[half, mm], [half.back, street.mm - mm]] as const) onHalf.set(h, [...(onHalf.get(h) ?? []), { q, mm: there }]);
    });
    const best = new Map<string | number, number>();
    const states: { half: Half; begun: readonly (readonly [Restriction, number])[]; part: number; key: string | number }[] = [];
    const heap = new CostHeap();
    const reach = (cost: number, half: Half, begun: readonly (readonly [Restriction, number])[], part: number): void => {
      const key = begun.length === 0 ? 3 * half.number + part : `${half.number} ${part} ${begun.map(([{ id, sequence }, at]) => `${id}/${sequence.join()}/${at}`).join(' ')}`;
      if (cost >= (best.get(key) ?? Infinity)) return;
      best.set(key, cost);
      heap.push(cost, states.push({ half, begun, part, key }) - 1);
    };
    const first = this.#halfOf.get(from.street) as Half;
    for (const [half, there] of [[first, from.mm], [first.back, from.street.mm - from.mm]] as const) {
      if (half.use === 'no') continue;
      for (const { q, mm } of onHalf.get(half) ?? []) if (mm >= there) least[q] = Math.min(least[q], this.#part(half, mm - there));
      // parts of a trip: 0 from a local street, 1 through the town, 2 on local streets again
      reach(this.#part(half, from.street.mm - there) + this.#delay(half.to), half, this.#begun([], half), half.use === 'local' ? 0 : 1);
    }
    while (heap.size > 0) {
      const [cost, state] = heap.pop();
      const { half, begun, part, key } = states[state];
      if (best.get(key) !== cost) continue;
      for (const { next, turn } of this.#turnsFrom(half)) {
        if ((part === 2 && next.use === 'yes') || this.#forbidden(begun, next)) continue;
        for (const { q, mm } of onHalf.get(next) ?? []) least[q] = Math.min(least[q], cost + turn + this.#delay(next.from) + this.#part(next, mm));
        reach(cost + turn + this.#edgeCost(next), next, this.#begun(begun, next), next.use === 'local' ? (part === 0 ? 0 : 2) : 1);
      }
    }
    return least;
  }
}
