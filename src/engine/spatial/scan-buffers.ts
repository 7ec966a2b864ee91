/**
 * Buffers as rows: what lies within some metres of points, lines and polygons (with their inside), joined, without polygons ever being made.
 *
 * A buffer is the union of a disc around each vertex and a rectangle along each edge, both convex: a row's middle line cuts each in one span,
 * found in closed form. Discs are true to distanceM of measure.ts: the metric is the ellipsoid's at the latitude half-way between the row
 * and the point, for an edge its middle (11 cm off for one that spans 1.8 km from north to south, 900 m away in Helsinki).
 * PostGIS's ST_Buffer has chords instead of arcs (8 a quarter: 0.6 % of a disc's area is lacking).
 *
 * Edges wait in order of their southern end, so a row looks only at those within reach. Time: 40 ns a vertex and row within reach, on a busy machine.
 */
import { metresPerDegree } from './measure.ts';
import { PolygonScanner, SpanList, middleE7, rowAt, startOf, uniteSpans } from './scan-rows.ts';
import type { RowFrame, RowSpans, ShapeArrays } from './scan-rows.ts';

export interface BufferOptions {
  /** Rows without any of these spans are left out: only what covers them is asked for. */
  readonly wanted?: RowSpans;
}

/** Collects buffers and joins them. */
export class BufferScanner {
  readonly #frame: RowFrame;
  readonly #list = new SpanList();
  readonly #scanner: PolygonScanner;
  readonly #wanted: RowSpans | undefined;
  /** Of the shape at hand: edges from vertex to vertex; a lone vertex is an edge of no length. Ascending by southern end. */
  #ax = new Float64Array(64);
  #ay = new Float64Array(64);
  #bx = new Float64Array(64);
  #by = new Float64Array(64);
  #edges = 0;
  /** Span that has grown so far, and spans that did not meet it. */
  #low = Infinity;
  #high = -Infinity;
  #row = 0;

  constructor(frame: RowFrame, { wanted }: BufferOptions = {}) {
    this.#frame = frame;
    this.#wanted = wanted;
    this.#scanner = new PolygonScanner(frame);
  }

  /** A disc. */
  addPoint(xE7: number, yE7: number, radiusM: number): void {
    this.#edges = 0;
    this.#addEdge(xE7, yE7, xE7, yE7);
    this.#bufferEdges(radiusM);
  }

  /** What lies within `radiusM` of a shape. `filled`: its parts are rings and their inside belongs to it; else they are lines or points. */
  addShape(shapes: ShapeArrays, shape: number, radiusM: number, filled: boolean): void {
    const { verticesE7, partEnds, shapeEnds } = shapes;
    this.#edges = 0;
    for (let part = startOf(shapeEnds, shape); part < shapeEnds[shape]; part++) {
      const begin = startOf(partEnds, part);
      const end = partEnds[part];
      if (end === begin + 1) this.#addEdge(verticesE7[2 * begin], verticesE7[2 * begin + 1], verticesE7[2 * begin], verticesE7[2 * begin + 1]);
      for (let v = begin + 1; v < end; v++) this.#addEdge(verticesE7[2 * v - 2], verticesE7[2 * v - 1], verticesE7[2 * v], verticesE7[2 * v + 1]);
    }
    if (radiusM > 0) this.#bufferEdges(radiusM);
    if (filled) this.#scanner.scan(shapes, shape, (row, from, to) => this.#emit(row, from, to));
  }

  /** All buffers so far as one. */
  unite(): RowSpans {
    return uniteSpans(this.#list, this.#frame.count);
  }

  #isWanted(row: number): boolean {
    return this.#wanted === undefined || this.#wanted.first[row] < this.#wanted.first[row + 1];
  }

  #emit(row: number, from: number, to: number): void {
    if (this.#isWanted(row)) this.#list.add(row, from, to);
  }

  #addEdge(ax: number, ay: number, bx: number, by: number): void {
    const i = this.#edges++;
    if (i === this.#ax.length) {
      const longer = (array: Float64Array): Float64Array<ArrayBuffer> => {
        const copy = new Float64Array(2 * array.length);
        copy.set(array);
        return copy;
      };
      this.#ax = longer(this.#ax);
      this.#ay = longer(this.#ay);
      this.#bx = longer(this.#bx);
      this.#by = longer(this.#by);
    }
    // from south to north
    const up = ay <= by;
    this.#ax[i] = up ? ax : bx;
    this.#ay[i] = up ? ay : by;
    this.#bx[i] = up ? bx : ax;
    this.#by[i] = up ? by : ay;
  }

  #bufferEdges(radiusM: number): void {
    const frame = this.#frame;
    const order = Uint32Array.from({ length: this.#edges }, (_, i) => i).sort((a, b) => this.#ay[a] - this.#ay[b]);
    if (order.length === 0) return;
    // 10⁻⁷ degrees of latitude that the radius has at most: a metre is at least 90.2 of them near the equator, 89.5 at the poles
    const reach = radiusM / 0.011057;
    let north = -Infinity;
    for (let i = 0; i < this.#edges; i++) north = Math.max(north, this.#by[i]);
    const last = Math.min(frame.count, rowAt(frame, north + reach));
    const active = new Uint32Array(this.#edges);
    let activeCount = 0;
    let next = 0;
    for (let row = Math.max(0, rowAt(frame, this.#ay[order[0]] - reach)); row < last; row++) {
      const y = middleE7(frame, row);
      while (next < order.length && this.#ay[order[next]] - reach <= y) active[activeCount++] = order[next++];
      if (!this.#isWanted(row)) continue;
      this.#row = row;
      this.#low = Infinity;
      this.#high = -Infinity;
      let kept = 0;
      for (let k = 0; k < activeCount; k++) {
        const i = active[k];
        if (this.#by[i] + reach < y) continue;
        active[kept++] = i;
        this.#cutCapsule(i, row, y, radiusM);
      }
      activeCount = kept;
      if (this.#low <= this.#high) this.#list.add(row, this.#low, this.#high);
    }
  }

  /** A span of the row at hand: joined with what has grown so far, or noted by itself. */
  #grow(from: number, to: number): void {
    if (this.#low > this.#high) {
      this.#low = from;
      this.#high = to;
    } else if (from <= this.#high && to >= this.#low) {
      if (from < this.#low) this.#low = from;
      if (to > this.#high) this.#high = to;
    } else this.#list.add(this.#row, from, to);
  }

  /** The span in which a row cuts all within the radius of edge i: that of both its ends and of the rectangle between them. */
  #cutCapsule(i: number, row: number, y: number, radiusM: number): void {
    const ax = this.#ax[i], ay = this.#ay[i], bx = this.#bx[i], by = this.#by[i];
    const { southE7, heightE7, lonM, latM } = this.#frame;
    const most = lonM.length - 1;
    // half rows from the first middle line to half-way between the row and the edge
    const halfway = Math.round(row + (((ay + by) / 2 - southE7) / heightE7 - 0.5));
    let mx = 0, my = 0;
    if (halfway >= 0 && halfway <= most) {
      mx = lonM[halfway];
      my = latM[halfway];
    } else {
      const degree = metresPerDegree((2 * y + ay + by) / 4e7);
      mx = degree.lon / 1e7;
      my = degree.lat / 1e7;
    }
    const r2 = radiusM * radiusM;
    const va = (y - ay) * my;
    let from = Infinity;
    let to = -Infinity;
    if (va * va <= r2) {
      const half = Math.sqrt(r2 - va * va) / mx;
      from = ax - half;
      to = ax + half;
    }
    if (ax !== bx || ay !== by) {
      const dx = (bx - ax) * mx, dy = (by - ay) * my;
      const vb = va - dy;
      if (vb * vb <= r2) {
        const half = Math.sqrt(r2 - vb * vb) / mx;
        if (bx - half < from) from = bx - half;
        if (bx + half > to) to = bx + half;
      }
      const length2 = dx * dx + dy * dy;
      const wide = radiusM * Math.sqrt(length2);
      // u, metres east of a: |u·dy − va·dx| ≤ r·length and 0 ≤ u·dx + va·dy ≤ length²
      let least = -Infinity, largest = Infinity;
      if (dy > 0) {
        least = (va * dx - wide) / dy;
        largest = (va * dx + wide) / dy;
      } else if (va * va > r2) largest = -Infinity;
      if (dx !== 0) {
        const begin = (-va * dy) / dx, end = (length2 - va * dy) / dx;
        least = Math.max(least, Math.min(begin, end));
        largest = Math.min(largest, Math.max(begin, end));
      } else if (va * dy < 0 || va * dy > length2) largest = -Infinity;
      if (least <= largest) {
        if (ax + least / mx < from) from = ax + least / mx;
        if (ax + largest / mx > to) to = ax + largest / mx;
      }
    }
    if (from <= to) this.#grow(from, to);
  }
}
