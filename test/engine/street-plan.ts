/** Draws small street networks for tests: vertices in metres from a corner, edges with lengths as drawn or as said. */
import type { Measure, Network, NetworkArrays } from '../../src/engine/graph/network/network.ts';
import { PASS, writeNetwork } from '../../src/engine/graph/network/network.ts';

const CORNER = { lon: 100, lat: 30 };

/**
 * Degrees of a place `x` metres east and `y` metres north of the corner. A metre is drawn as 10⁻⁵ degrees, so that places fall on whole
 * 10⁻⁷ degrees and shares of edges are exact; off the streets it is really 1.1085 m northwards and 0.9649 m eastwards.
 */
export function placeAt(x: number, y: number): [number, number] {
  return [CORNER.lon + x * 1e-5, CORNER.lat + y * 1e-5];
}

export const ALL = PASS.walk | PASS.bike | PASS.drive;

export interface EdgePlan {
  readonly lengthM?: number;
  readonly forward?: number;
  readonly backward?: number;
  readonly kmh?: number;
  readonly stress?: number;
  readonly traits?: number;
  /** Points between the ends, metres. */
  readonly shape?: readonly (readonly [number, number])[];
}

/** Collects vertices, edges and turns; all are numbered in the order they are drawn. */
export class StreetPlan {
  private readonly at: [number, number][] = [];
  private readonly vertices: { delayS: number; heightM: number }[] = [];
  private readonly edges: { from: number; to: number; plan: EdgePlan }[] = [];
  private readonly turns: { halves: readonly number[]; only: boolean; modes: number }[] = [];

  vertex(x: number, y: number, { delayS = 0, heightM = 0 } = {}): number {
    this.vertices.push({ delayS, heightM });
    return this.at.push([x, y]) - 1;
  }

  edge(from: number, to: number, plan: EdgePlan = {}): number {
    return this.edges.push({ from, to, plan }) - 1;
  }

  /** Half-edges (edge × 2, + 1 against it) that may not follow one another, or only so. */
  turn(halves: readonly number[], { only = false, modes = PASS.drive as number } = {}): void {
    this.turns.push({ halves, only, modes });
  }

  /** The same plan with vertices in another order: vertex v becomes number[v]. */
  build(number: readonly number[] = this.at.map((_, v) => v), measure: Measure = 'geodesic'): Network {
    const n = this.at.length;
    const e7 = new Int32Array(2 * n);
    const delayS = new Uint8Array(n);
    const elevationDm = new Int32Array(n);
    const e7At = (x: number, y: number): [number, number] => [Math.round(placeAt(x, y)[0] * 1e7), Math.round(placeAt(x, y)[1] * 1e7)];
    this.at.forEach(([x, y], v) => {
      e7.set(e7At(x, y), 2 * number[v]);
      delayS[number[v]] = this.vertices[v].delayS;
      elevationDm[number[v]] = Math.round(this.vertices[v].heightM * 10);
    });
    const shapes = this.edges.map(({ plan }) => plan.shape ?? []);
    const drawnM = this.edges.map(({ from, to }, e) => {
      const line = [this.at[from], ...shapes[e], this.at[to]];
      return line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i][0], y - line[i][1]), 0);
    });
    let shapePoints = 0;
    const edge = {
      from: Uint32Array.from(this.edges, ({ from }) => number[from]), to: Uint32Array.from(this.edges, ({ to }) => number[to]),
      lengthMm: Uint32Array.from(this.edges, ({ plan }, e) => Math.round((plan.lengthM ?? drawnM[e]) * 1000)),
      forward: Uint8Array.from(this.edges, ({ plan }) => plan.forward ?? ALL), backward: Uint8Array.from(this.edges, ({ plan }) => plan.backward ?? ALL),
      traits: Uint8Array.from(this.edges, ({ plan }) => plan.traits ?? 0), streetClass: new Uint8Array(this.edges.length),
      driveKmh: Uint8Array.from(this.edges, ({ plan }) => plan.kmh ?? 36), stress: Uint8Array.from(this.edges, ({ plan }) => plan.stress ?? 1),
      way: Uint32Array.from(this.edges, (_, e) => e),
      shapeEnds: Uint32Array.from(shapes, (shape) => (shapePoints += shape.length)), shapeE7: Int32Array.from(shapes.flat().flatMap(([x, y]) => e7At(x, y))),
    };
    const slope = (e: number, sign: number): number => {
      const rise = sign * (this.vertices[this.edges[e].to].heightM - this.vertices[this.edges[e].from].heightM);
      return edge.lengthMm[e] === 0 ? 0 : Math.min(10_000, 1 / (1.2 * Math.exp(-3.5 * Math.abs((1000 * rise) / edge.lengthMm[e] + 0.05))) - 1);
    };
    const isHilly = this.vertices.some(({ heightM }) => heightM !== 0);
    const slopes = isHilly ? { slopeForward: Float32Array.from(this.edges, (_, e) => slope(e, 1)), slopeBackward: Float32Array.from(this.edges, (_, e) => slope(e, -1)) } : {};
    let listed = 0;
    const turn = {
      only: Uint8Array.from(this.turns, ({ only }) => (only ? 1 : 0)), modes: Uint8Array.from(this.turns, ({ modes }) => modes),
      listEnds: Uint32Array.from(this.turns, ({ halves }) => (listed += halves.length)), edges: Uint32Array.from(this.turns.flatMap(({ halves }) => halves)),
    };
    const arrays: NetworkArrays = {
      vertex: { e7, id: Float64Array.from({ length: n }, (_, v) => v + 1), traits: new Uint8Array(n), delayS, elevationDm },
      edge: { ...edge, ...slopes }, turn, gate: { vertex: new Uint32Array(0), hours: new Uint32Array(0) }, way: { id: Float64Array.from(this.edges, (_, e) => e + 1), name: new Uint32Array(this.edges.length) },
    };
    const meta = {
      counts: { vertices: n, edges: this.edges.length, ways: this.edges.length, restrictions: this.turns.length },
      bbox: undefined, measure, classes: ['residential'], elevation: isHilly, key: `plan ${n} ${this.edges.length}`,
    };
    return writeNetwork(meta, arrays, ['']);
  }
}
