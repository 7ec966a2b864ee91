/** Pieces of ground in metres: where things stand on a lot. */
import { metresToLonLat } from './ground.ts';

export type Side = 'west' | 'south' | 'east' | 'north';

/** Metres from a plot's south-west corner of a point along a side, `inset` metres inside it. */
export function pointOnSide(side: Side, along: number, width: number, depth: number, inset: number): [x: number, y: number] {
  if (side === 'south') return [along * width, inset];
  if (side === 'north') return [along * width, depth - inset];
  return side === 'west' ? [inset, along * depth] : [width - inset, along * depth];
}

/** A four-cornered piece of ground in metres: corners south-west, south-east, north-east, north-west. */
export class Plot {
  readonly corners: readonly (readonly [number, number])[];
  readonly width: number;
  readonly depth: number;

  constructor(corners: readonly (readonly [number, number])[]) {
    this.corners = corners;
    const [sw, se, ne, nw] = corners;
    this.width = (Math.hypot(se[0] - sw[0], se[1] - sw[1]) + Math.hypot(ne[0] - nw[0], ne[1] - nw[1])) / 2;
    this.depth = (Math.hypot(nw[0] - sw[0], nw[1] - sw[1]) + Math.hypot(ne[0] - se[0], ne[1] - se[1])) / 2;
  }

  /** Metres at a part (0–1) of width and depth. */
  metresAt(s: number, t: number): [number, number] {
    const [sw, se, ne, nw] = this.corners;
    const mix = (k: 0 | 1): number => (1 - t) * ((1 - s) * sw[k] + s * se[k]) + t * ((1 - s) * nw[k] + s * ne[k]);
    return [mix(0), mix(1)];
  }

  /** Degrees at metres from the south-west corner along the sides. */
  at(x: number, y: number): [lon: number, lat: number] {
    return metresToLonLat(...this.metresAt(x / this.width, y / this.depth));
  }

  shrink(inset: number): Plot {
    const s = Math.min(0.45, inset / this.width);
    const t = Math.min(0.45, inset / this.depth);
    return this.part(s, t, 1 - s, 1 - t);
  }

  part(s0: number, t0: number, s1: number, t1: number): Plot {
    return new Plot([this.metresAt(s0, t0), this.metresAt(s1, t0), this.metresAt(s1, t1), this.metresAt(s0, t1)]);
  }

  get areaM2(): number {
    return this.width * this.depth;
  }

  ring(): [lon: number, lat: number][] {
    return this.corners.map((corner) => metresToLonLat(corner[0], corner[1]));
  }

  /** The corners of a house of a size in metres about a point, square to the plot's width. */
  house(x: number, y: number, length: number, depth: number): [lon: number, lat: number][] {
    const [cx, cy] = this.metresAt(x / this.width, y / this.depth);
    const [sw, se, ne, nw] = this.corners;
    const dx = se[0] - sw[0] + ne[0] - nw[0];
    const dy = se[1] - sw[1] + ne[1] - nw[1];
    const norm = Math.hypot(dx, dy);
    const [ex, ey] = [(dx / norm) * (length / 2), (dy / norm) * (length / 2)];
    const [nx, ny] = [(-dy / norm) * (depth / 2), (dx / norm) * (depth / 2)];
    return [metresToLonLat(cx - ex - nx, cy - ey - ny), metresToLonLat(cx + ex - nx, cy + ey - ny), metresToLonLat(cx + ex + nx, cy + ey + ny), metresToLonLat(cx - ex + nx, cy - ey + ny)];
  }
}
