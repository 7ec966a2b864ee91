/**
 * The ground the city stands on: lattice coordinates (u, v) → longitude and latitude.
 *
 * The plan is drawn on a square lattice of main streets, one unit being 700 m. The lattice is then bent as a whole:
 * rounded at the corners so that squares of streets become ring roads, swung along the river, waved by the lie of the
 * land and turned a little off north. Streets, buildings and boundaries all pass through the same mapping, so they
 * stay true to one another, and any part of the city can be computed without the rest.
 */
import { metresPerDegree } from '../engine/spatial/measure.ts';

/** Metres from one main street to the next. */
export const SPACING_M = 700;

/** Invented ground: a point in central China chosen for its plain surroundings, nothing more. */
export const CENTRE = { lon: 115.62, lat: 32.58 } as const;

const TURN = -0.11;
const ROUNDING = 0.3;
const SWING_M = 330;
const SWING_LENGTH_M = 6100;
const SCALE = metresPerDegree(CENTRE.lat);

export class Ground {
  readonly #centreU: number;
  readonly #centreV: number;
  readonly #riverV: number;
  readonly #halfWidthM: number;
  readonly #halfHeightM: number;
  readonly #phase: number;

  constructor(columns: number, rows: number, riverRow: number, seed: number) {
    this.#centreU = columns / 2;
    this.#centreV = rows / 2;
    this.#riverV = riverRow;
    this.#halfWidthM = this.#centreU * SPACING_M;
    this.#halfHeightM = this.#centreV * SPACING_M;
    this.#phase = (seed % 97) / 97 * 2 * Math.PI;
  }

  /** Metres east and north of the centre. */
  toMetres(u: number, v: number): [x: number, y: number] {
    const flatX = (u - this.#centreU) * SPACING_M;
    const flatY = (v - this.#centreV) * SPACING_M;
    const across = flatX / this.#halfWidthM;
    const along = flatY / this.#halfHeightM;
    let x = flatX * Math.sqrt(1 - ROUNDING * Math.min(1, along * along));
    let y = flatY * Math.sqrt(1 - ROUNDING * Math.min(1, across * across));
    const fromRiver = (v - this.#riverV) / 2.8;
    y += SWING_M * Math.exp(-fromRiver * fromRiver) * Math.sin((flatX / SWING_LENGTH_M) * 2 * Math.PI + 0.6);
    x += 80 * Math.sin(flatY / 830 + this.#phase) + 45 * Math.sin(flatX / 520 - flatY / 1900);
    y += 70 * Math.sin(flatX / 910 - this.#phase) + 35 * Math.sin(flatY / 480 + flatX / 2300);
    const cos = Math.cos(TURN);
    const sin = Math.sin(TURN);
    return [x * cos - y * sin, x * sin + y * cos];
  }

  toLonLat(u: number, v: number): [lon: number, lat: number] {
    const [x, y] = this.toMetres(u, v);
    return metresToLonLat(x, y);
  }
}

/** Rounded to 1e-7°, the resolution of OpenStreetMap, so that every file says the same place in the same digits. */
export function metresToLonLat(x: number, y: number): [lon: number, lat: number] {
  return [Math.round((CENTRE.lon + x / SCALE.lon) * 1e7) / 1e7, Math.round((CENTRE.lat + y / SCALE.lat) * 1e7) / 1e7];
}
