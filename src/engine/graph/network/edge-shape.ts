/** Shapes of edges with distances along them: where a place on an edge lies, and what a part of an edge looks like. */
import { metresPerDegree } from '../../spatial/measure.ts';
import type { Network } from './network.ts';

/** A reusable view of one edge's shape. */
export class EdgeShape {
  readonly network: Network;
  count = 0;
  /** 10⁻⁷ degrees of its points, in order from the edge's `from`. */
  lonE7 = new Float64Array(32);
  latE7 = new Float64Array(32);
  /** By point: millimetres from the edge's start, scaled so that the last is the edge's length. */
  mm = new Float64Array(32);

  constructor(network: Network) {
    this.network = network;
  }

  /** Makes this the view of another edge. */
  read(edge: number): void {
    const { edge: edges, vertex } = this.network;
    const start = edge === 0 ? 0 : edges.shapeEnds[edge - 1];
    const inner = edges.shapeEnds[edge] - start;
    this.#reserve(inner + 2);
    this.count = inner + 2;
    this.#put(0, vertex.e7, edges.from[edge]);
    for (let i = 0; i < inner; i++) this.#put(i + 1, edges.shapeE7, start + i);
    this.#put(inner + 1, vertex.e7, edges.to[edge]);
    this.#measure(edges.lengthMm[edge]);
  }

  #reserve(count: number): void {
    if (count <= this.mm.length) return;
    this.lonE7 = new Float64Array(2 * count);
    this.latE7 = new Float64Array(2 * count);
    this.mm = new Float64Array(2 * count);
  }

  #put(at: number, e7: Int32Array, index: number): void {
    this.lonE7[at] = e7[2 * index];
    this.latE7[at] = e7[2 * index + 1];
  }

  #measure(lengthMm: number): void {
    const { lonE7, latE7, mm, count } = this;
    const metres = metresPerDegree(latE7[0] * 1e-7);
    const flatten = metres.lon / metres.lat;
    mm[0] = 0;
    for (let i = 1; i < count; i++) {
      const dx = (lonE7[i] - lonE7[i - 1]) * flatten, dy = latE7[i] - latE7[i - 1];
      mm[i] = mm[i - 1] + Math.sqrt(dx * dx + dy * dy);
    }
    const total = mm[count - 1];
    const scale = total > 0 ? lengthMm / total : 0;
    for (let i = 1; i < count; i++) mm[i] *= scale;
    mm[count - 1] = lengthMm;
  }

  /** Adds the part from `fromMm` to `toMm` as longitude and latitude by turns, 10⁻⁷ degrees; backwards where from > to. */
  cut(fromMm: number, toMm: number, e7: number[]): void {
    if (fromMm > toMm) {
      const part: number[] = [];
      this.cut(toMm, fromMm, part);
      for (let i = part.length - 2; i >= 0; i -= 2) e7.push(part[i], part[i + 1]);
      return;
    }
    const { mm, lonE7, latE7, count } = this;
    this.#pushAt(fromMm, e7);
    for (let i = 0; i < count; i++) if (mm[i] > fromMm && mm[i] < toMm) e7.push(lonE7[i], latE7[i]);
    this.#pushAt(toMm, e7);
  }

  #pushAt(place: number, e7: number[]): void {
    const { mm, lonE7, latE7, count } = this;
    let i = 1;
    while (i < count - 1 && mm[i] < place) i++;
    const length = mm[i] - mm[i - 1];
    const share = length > 0 ? Math.max(0, Math.min(1, (place - mm[i - 1]) / length)) : place > mm[i] ? 1 : 0;
    e7.push(Math.round(lonE7[i - 1] + share * (lonE7[i] - lonE7[i - 1])), Math.round(latE7[i - 1] + share * (latE7[i] - latE7[i - 1])));
  }
}
