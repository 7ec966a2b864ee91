/**
 * A scene as a PNG, without its texts. Areas are filled row by row: each row of pixels has four lines, along which coverage is exact (the share of a
 * pixel between two crossings), so edges are smooth without more memory than a row. Numbers are drawn from dots, as no font is at hand.
 */
import { encode } from 'fast-png';
import type { Scene, Shape } from './scene.ts';
import { parseColour } from './scene.ts';

const LINES = 4;

/** 5 × 7 dots, a row a number of five bits. */
const DIGITS = [
  [14, 17, 19, 21, 25, 17, 14], [4, 12, 4, 4, 4, 4, 14], [14, 17, 1, 2, 4, 8, 31], [31, 2, 4, 2, 1, 17, 14], [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14], [6, 8, 16, 30, 17, 17, 14], [31, 1, 2, 4, 8, 8, 8], [14, 17, 17, 14, 17, 17, 14], [14, 17, 17, 15, 1, 2, 12],
];

class Canvas {
  readonly #width: number;
  readonly #height: number;
  /** Red, green, blue by turns, 0–255. */
  readonly #pixels: Float32Array;
  readonly #coverage: Float32Array;
  /** Pixels of the row that are covered at all: [from, to). */
  #from = Infinity;
  #to = 0;

  constructor(width: number, height: number, background: string) {
    this.#width = width;
    this.#height = height;
    this.#pixels = new Float32Array(width * height * 3);
    this.#coverage = new Float32Array(width);
    const colour = parseColour(background);
    for (let i = 0; i < this.#pixels.length; i++) this.#pixels[i] = colour[i % 3];
  }

  /** Fills what is within an odd number of rings. */
  fill(rings: readonly Float64Array[], fill: string): void {
    let top = Infinity;
    let bottom = -Infinity;
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i += 2) {
        top = Math.min(top, ring[i]);
        bottom = Math.max(bottom, ring[i]);
      }
    }
    const colour = parseColour(fill);
    const crossings: number[] = [];
    for (let y = Math.max(0, Math.floor(top)); y <= Math.min(this.#height - 1, Math.floor(bottom)); y++) {
      for (let line = 0; line < LINES; line++) {
        crossings.length = 0;
        this.#cross(rings, y + (line + 0.5) / LINES, crossings);
        crossings.sort((a, b) => a - b);
        for (let k = 0; k + 1 < crossings.length; k += 2) this.#cover(crossings[k], crossings[k + 1]);
      }
      this.#blend(y, colour);
    }
  }

  #cross(rings: readonly Float64Array[], y: number, crossings: number[]): void {
    for (const ring of rings) {
      const n = ring.length;
      for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
        const y1 = ring[j + 1];
        const y2 = ring[i + 1];
        if (y1 <= y !== y2 <= y) crossings.push(ring[j] + ((y - y1) / (y2 - y1)) * (ring[i] - ring[j]));
      }
    }
  }

  #cover(from: number, to: number): void {
    const left = Math.max(0, from);
    const right = Math.min(this.#width, to);
    if (!(right > left)) return;
    const first = Math.floor(left);
    let x = first;
    for (; x < right; x++) this.#coverage[x] += (Math.min(right, x + 1) - Math.max(left, x)) / LINES;
    if (first < this.#from) this.#from = first;
    if (x > this.#to) this.#to = x;
  }

  #blend(y: number, colour: readonly number[]): void {
    for (let x = this.#from; x < this.#to; x++) {
      const share = Math.min(1, this.#coverage[x]);
      if (share === 0) continue;
      this.#coverage[x] = 0;
      const at = 3 * (y * this.#width + x);
      for (let c = 0; c < 3; c++) this.#pixels[at + c] += share * (colour[c] - this.#pixels[at + c]);
    }
    this.#from = Infinity;
    this.#to = 0;
  }

  /** A line as the boxes around its pieces, with round ends where they meet. */
  stroke(points: Float64Array, stroke: string, width: number, closed: boolean): void {
    const half = width / 2;
    const n = points.length;
    for (let i = closed ? 0 : 2; i < n; i += 2) {
      const j = i === 0 ? n - 2 : i - 2;
      const dx = points[i] - points[j];
      const dy = points[i + 1] - points[j + 1];
      const length = Math.hypot(dx, dy);
      if (length === 0) continue;
      const nx = (-dy / length) * half;
      const ny = (dx / length) * half;
      this.fill([Float64Array.of(points[j] + nx, points[j + 1] + ny, points[i] + nx, points[i + 1] + ny, points[i] - nx, points[i + 1] - ny, points[j] - nx, points[j + 1] - ny)], stroke);
      if (half > 0.8) this.dot(points[i], points[i + 1], half, stroke);
    }
  }

  dot(x: number, y: number, radius: number, fill: string): void {
    const corners = Math.max(8, Math.ceil(radius * 3));
    this.fill([Float64Array.from({ length: 2 * corners }, (_, i) => (i % 2 === 0 ? x + radius * Math.cos((Math.PI * i) / corners) : y + radius * Math.sin((Math.PI * (i - 1)) / corners)))], fill);
  }

  number({ x, y, value, size, fill, halo }: Extract<Shape, { type: 'number' }>): void {
    const digits = [...String(Math.abs(Math.round(value)))].map(Number);
    const dot = size / 7;
    const left = x - (digits.length * 6 - 1) * dot * 0.5;
    const boxes: [number, number][] = [];
    digits.forEach((digit, k) => DIGITS[digit].forEach((bits, row) => {
      for (let column = 0; column < 5; column++) if ((bits >> (4 - column)) & 1) boxes.push([left + (k * 6 + column) * dot, y - size / 2 + row * dot]);
    }));
    const box = (bx: number, by: number, margin: number): Float64Array => Float64Array.of(bx - margin, by - margin, bx + dot + margin, by - margin, bx + dot + margin, by + dot + margin, bx - margin, by + dot + margin);
    for (const [bx, by] of boxes) this.fill([box(bx, by, dot * 0.9)], halo);
    for (const [bx, by] of boxes) this.fill([box(bx, by, 0)], fill);
  }

  encode(): Uint8Array {
    // a plain loop: Uint8Array.from with a function takes ten times as long
    const data = new Uint8Array(this.#pixels.length);
    for (let i = 0; i < data.length; i++) data[i] = this.#pixels[i] + 0.5;
    return encode({ width: this.#width, height: this.#height, data, channels: 3, depth: 8 });
  }
}

/** @param scale pixels of the picture for one of the scene: 2 prints well */
export function toPng({ width, height, background, shapes }: Scene, scale = 2): Uint8Array {
  const canvas = new Canvas(Math.round(width * scale), Math.round(height * scale), background);
  const scaled = (points: Float64Array): Float64Array => points.map((value) => value * scale);
  for (const shape of shapes) {
    if (shape.type === 'area') {
      const rings = shape.rings.map(scaled);
      canvas.fill(rings, shape.fill);
      if (shape.stroke !== undefined) for (const ring of rings) canvas.stroke(ring, shape.stroke, (shape.strokeWidth ?? 1) * scale, true);
    } else if (shape.type === 'line') canvas.stroke(scaled(shape.points), shape.stroke, shape.width * scale, false);
    else if (shape.type === 'box') canvas.fill([Float64Array.of(shape.x, shape.y, shape.x + shape.width, shape.y, shape.x + shape.width, shape.y + shape.height, shape.x, shape.y + shape.height).map((value) => value * scale)], shape.fill);
    else if (shape.type === 'dot') canvas.dot(shape.x * scale, shape.y * scale, shape.radius * scale, shape.fill);
    else if (shape.type === 'number') canvas.number({ ...shape, x: shape.x * scale, y: shape.y * scale, size: shape.size * scale });
  }
  return canvas.encode();
}
