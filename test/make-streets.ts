/** Networks out of nothing, for the tests of the street engine: vertices in metres around 121° E 31° N. */
import fc from 'fast-check';
import { PASS, writeNetwork } from '../src/engine/graph/network/network.ts';
import type { Network } from '../src/engine/graph/network/network.ts';
import { metresPerDegree } from '../src/engine/spatial/measure.ts';

const ALL = PASS.walk | PASS.bike | PASS.drive;
const LOCAL = PASS.walkLocal | PASS.bikeLocal | PASS.driveLocal;
const METRES = metresPerDegree(31);

export interface MadeStreet {
  readonly from: number;
  readonly to: number;
  /** Points between, metres. */
  readonly via?: readonly (readonly [number, number])[];
  /** PASS bits; all modes unless said. */
  readonly forward?: number;
  readonly backward?: number;
  /** As the shape has it unless said. */
  readonly lengthMm?: number;
  readonly driveKmh?: number;
}

export interface MadeStreets {
  readonly vertices: readonly (readonly [number, number])[];
  readonly streets: readonly MadeStreet[];
  /** Turns drivers may not make, or (`only`) must: streets × 2, + 1 against them, in the order they are driven. */
  readonly turns?: readonly { readonly halves: readonly number[]; readonly only: boolean }[];
}

const toE7 = ([x, y]: readonly [number, number]): [number, number] => [Math.round((121 + x / METRES.lon) * 1e7), Math.round((31 + y / METRES.lat) * 1e7)];

/** Degrees of points given in metres, longitude and latitude by turns. */
export function lonLatOf(points: readonly (readonly [number, number])[]): Float64Array {
  return Float64Array.from(points.flatMap((point) => toE7(point).map((value) => value / 1e7)));
}

export function makeNetwork({ vertices, streets, turns = [] }: MadeStreets): Network {
  let turnEnd = 0;
  const turnEnds = turns.map(({ halves }) => (turnEnd += halves.length));
  const shapeE7 = streets.flatMap(({ via = [] }) => via.flatMap(toE7));
  let points = 0;
  const shapeEnds = streets.map(({ via = [] }) => (points += via.length));
  const lengthOf = ({ from, to, via = [] }: MadeStreet): number => {
    const line = [vertices[from], ...via, vertices[to]];
    return Math.round(line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i][0], y - line[i][1]) * 1000, 0));
  };
  const u8 = (value: (street: MadeStreet, i: number) => number): Uint8Array => Uint8Array.from(streets, value);
  const n = vertices.length, m = streets.length;
  return writeNetwork(
    { counts: { vertices: n, edges: m, ways: m, restrictions: turns.length }, bbox: undefined, classes: ['residential'], elevation: false, key: `made-${JSON.stringify([vertices, streets, turns]).length}-${n}-${m}` },
    {
      vertex: { e7: Int32Array.from(vertices.flatMap(toE7)), id: Float64Array.from({ length: n }, (_, v) => v + 1), traits: new Uint8Array(n), delayS: new Uint8Array(n), elevationDm: new Int32Array(n) },
      edge: {
        from: Uint32Array.from(streets, (s) => s.from), to: Uint32Array.from(streets, (s) => s.to), lengthMm: Uint32Array.from(streets, (s) => s.lengthMm ?? lengthOf(s)),
        forward: u8((s) => s.forward ?? ALL), backward: u8((s) => s.backward ?? ALL), traits: new Uint8Array(m), streetClass: new Uint8Array(m), driveKmh: u8((s) => s.driveKmh ?? 30),
        stress: new Uint8Array(m).fill(1), way: Uint32Array.from(streets, (_, i) => i), shapeEnds: Uint32Array.from(shapeEnds), shapeE7: Int32Array.from(shapeE7),
      },
      way: { id: Float64Array.from(streets, (_, i) => i + 100), name: Uint32Array.from(streets, (_, i) => i + 1) },
      turn: { only: Uint8Array.from(turns, ({ only }) => (only ? 1 : 0)), listEnds: Uint32Array.from(turnEnds), edges: Uint32Array.from(turns.flatMap(({ halves }) => halves)), modes: new Uint8Array(turns.length).fill(PASS.drive) },
    },
    ['', ...streets.map((_, i) => `Street ${i}`)],
  );
}

/** A block of equal streets `step` metres apart, columns × rows of vertices, vertex = row · columns + column. */
export function gridStreets(columns: number, rows: number, step: number): MadeStreets {
  const vertices = Array.from({ length: columns * rows }, (_, v): [number, number] => [(v % columns) * step, Math.floor(v / columns) * step]);
  const streets: MadeStreet[] = [];
  for (let v = 0; v < vertices.length; v++) {
    if ((v + 1) % columns !== 0) streets.push({ from: v, to: v + 1 });
    if (v + columns < vertices.length) streets.push({ from: v, to: v + columns });
  }
  return { vertices, streets };
}

/** Two or three half-edges that follow one another, chosen by numbers; empty where a street leads nowhere. */
function followOn(streets: readonly MadeStreet[], first: number, picks: readonly number[]): number[] {
  const tail = (half: number): number => (half & 1 ? streets[half >> 1].to : streets[half >> 1].from);
  const halves = [first % (2 * streets.length)];
  for (const pick of picks) {
    const next = Array.from({ length: 2 * streets.length }, (_, half) => half).filter((half) => tail(half) === tail(halves[halves.length - 1] ^ 1));
    halves.push(next[pick % next.length]);
  }
  return halves;
}

/** Small tangles: loops, streets side by side, one-way streets, streets for residents, streets without length, dead ends, several pieces, forbidden turns. */
export function anyStreets(): fc.Arbitrary<MadeStreets> {
  const place = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }));
  return fc.array(place, { minLength: 2, maxLength: 9 }).chain((vertices) => {
    const end = fc.nat(vertices.length - 1);
    const pass = fc.constantFrom([ALL, ALL], [ALL, ALL], [ALL, ALL], [ALL, 0], [0, ALL], [LOCAL, LOCAL]);
    const street = fc.record({ from: end, to: end, via: fc.array(place, { maxLength: 2 }), pass, noLength: fc.integer({ min: 0, max: 9 }) }).map(
      ({ from, to, via, pass: [forward, backward], noLength }): MadeStreet => (noLength === 0 ? { from, to: from, forward, backward } : { from, to, via, forward, backward }),
    );
    const turn = fc.tuple(fc.nat(99), fc.array(fc.nat(9), { minLength: 1, maxLength: 2 }), fc.boolean());
    return fc.tuple(fc.array(street, { minLength: 1, maxLength: 14 }), fc.array(turn, { maxLength: 4 })).map(([streets, turns]) => ({
      vertices, streets, turns: turns.map(([first, picks, only]) => ({ halves: followOn(streets, first, picks), only })),
    }));
  });
}

/** Points among such streets, metres. */
export const anyPoints: fc.Arbitrary<[number, number][]> = fc.array(fc.tuple(fc.integer({ min: -50, max: 450 }), fc.integer({ min: -50, max: 450 })), { minLength: 1, maxLength: 6 });
