/**
 * Which pieces of streets lines of public transport run along.
 *
 * Lines are drawn beside streets (a lane, a kerb, the accuracy of a vehicle's receiver), so a piece of a street counts where a line runs along it within 25 m and 30° of its direction
 * and no other street lies nearer to the line there: of a main road and the lane beside it one counts. Of a road's two carriageways both count where a line follows either, since
 * it is the road that is measured. A piece must lie beside a line, not beyond its end, so a street does not go on where its line turns off.
 *
 * Time: two looks around each piece and each 50 m of line. Memory: 40 bytes a piece of line.
 */
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import { PAIR_M } from '../city/road-length.ts';
import type { StreetPieces } from '../city/street-pieces.ts';

/** A line is drawn no farther from its street, m. */
const BESIDE_M = 25;
const ALONG = Math.cos(Math.PI / 6);
const BIT_M = 50;
/** Bends leave gaps between bits of a line: so far beyond its ends a bit reaches, m. */
const BEYOND_M = 5;
/** Streets as near as this to one another cannot be told apart by a line, m. */
const SAME_M = 2;

/** Bits of straight lines: middle in degrees, direction as a vector of length 1, half their length in m. */
interface Bits {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly halfM: Float64Array;
}

/** Cuts lines (vertices E7, ends in vertices) into bits; a stretch that several lines draw alike comes once. */
function cutLines(lines: readonly Int32Array[]): Bits {
  const [lon, lat, east, north, halfM] = [[] as number[], [] as number[], [] as number[], [] as number[], [] as number[]];
  const seen = new Set<string>();
  for (const line of lines) {
    for (let v = 2; v < line.length; v += 2) {
      const ends = [[line[v - 2], line[v - 1]], [line[v], line[v + 1]]].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      const key = ends.join();
      if (seen.has(key)) continue;
      seen.add(key);
      const [[x0, y0], [x1, y1]] = ends.map(([x, y]) => [x / 1e7, y / 1e7]);
      const metres = distanceM(x0, y0, x1, y1);
      if (!(metres > 0)) continue;
      const degree = metresPerDegree((y0 + y1) / 2);
      const parts = Math.ceil(metres / BIT_M);
      for (let k = 0; k < parts; k++) {
        const at = (k + 0.5) / parts;
        lon.push(x0 + (x1 - x0) * at);
        lat.push(y0 + (y1 - y0) * at);
        east.push(((x1 - x0) * degree.lon) / metres);
        north.push(((y1 - y0) * degree.lat) / metres);
        halfM.push(metres / parts / 2);
      }
    }
  }
  return { lon: Float64Array.from(lon), lat: Float64Array.from(lat), east: Float64Array.from(east), north: Float64Array.from(north), halfM: Float64Array.from(halfM) };
}

/** The nearest of some bits that runs along a direction, and how far it is; −1 where none is within `mostM`. */
class AlongSearch {
  readonly #bits: Bits;
  readonly #index;
  readonly #longest: number;
  found = -1;
  metres = Infinity;
  /** Nearest spot on the bit found. */
  lon = 0;
  lat = 0;

  constructor(bits: Bits) {
    this.#bits = bits;
    this.#index = buildGridIndex(bits.lon, bits.lat);
    this.#longest = bits.halfM.reduce((most, half) => Math.max(most, half), 0);
  }

  find(lon: number, lat: number, east: number, north: number, mostM: number): void {
    this.found = -1;
    this.metres = Infinity;
    const degree = metresPerDegree(lat);
    const reach = mostM + this.#longest;
    this.#index.search(lon - reach / degree.lon, lat - reach / degree.lat, lon + reach / degree.lon, lat + reach / degree.lat, (b) => {
      const bits = this.#bits;
      if (Math.abs(bits.east[b] * east + bits.north[b] * north) < ALONG) return;
      const metres = this.#measure(b, lon, lat, degree);
      if (metres > mostM || metres > this.metres || (metres === this.metres && b > this.found)) return;
      this.found = b;
      this.metres = metres;
    });
    if (this.found < 0) return;
    const along = this.#along(this.found, lon, lat, degree);
    this.lon = this.#bits.lon[this.found] + (along * this.#bits.east[this.found]) / degree.lon;
    this.lat = this.#bits.lat[this.found] + (along * this.#bits.north[this.found]) / degree.lat;
  }

  /** Metres to a bit, Infinity beyond its ends. */
  distance(b: number, lon: number, lat: number): number {
    return this.#measure(b, lon, lat, metresPerDegree(lat));
  }

  #along(b: number, lon: number, lat: number, degree: { lon: number; lat: number }): number {
    const { halfM, east, north } = this.#bits;
    const along = (lon - this.#bits.lon[b]) * degree.lon * east[b] + (lat - this.#bits.lat[b]) * degree.lat * north[b];
    return Math.max(-halfM[b], Math.min(halfM[b], along));
  }

  #measure(b: number, lon: number, lat: number, degree: { lon: number; lat: number }): number {
    const { halfM, east, north } = this.#bits;
    const [x, y] = [(lon - this.#bits.lon[b]) * degree.lon, (lat - this.#bits.lat[b]) * degree.lat];
    const along = x * east[b] + y * north[b];
    return Math.abs(along) > halfM[b] + BEYOND_M ? Infinity : Math.abs(x * north[b] - y * east[b]);
  }
}

export interface UnderLines {
  /** By piece 1 where a line runs along it. */
  readonly covered: Uint8Array;
  /** Metres of line, each stretch once, and of these metres with no street beside them. */
  readonly lineM: number;
  readonly strayM: number;
}

/**
 * @param lines each its vertices, E7
 * @param paired by piece 1 where it is one of a road's two carriageways
 * @param isSameRoad whether two such pieces can be carriageways of one road
 */
export function streetsUnderLines(pieces: StreetPieces, paired: Uint8Array, lines: readonly Int32Array[], isSameRoad: (piece: number, other: number) => boolean): UnderLines {
  const bits = cutLines(lines);
  const nearLine = new AlongSearch(bits);
  const nearStreet = new AlongSearch({ lon: pieces.lon, lat: pieces.lat, east: pieces.east, north: pieces.north, halfM: pieces.lengthM.map((metres) => metres / 2) });
  const covered = new Uint8Array(pieces.count);
  for (let i = 0; i < pieces.count; i++) {
    const most = BESIDE_M + (paired[i] === 1 ? PAIR_M : 0);
    nearLine.find(pieces.lon[i], pieces.lat[i], pieces.east[i], pieces.north[i], most);
    if (nearLine.found < 0) continue;
    const b = nearLine.found;
    const own = Math.min(nearLine.metres, nearStreet.distance(i, nearLine.lon, nearLine.lat));
    nearStreet.find(nearLine.lon, nearLine.lat, bits.east[b], bits.north[b], BESIDE_M);
    const nearest = nearStreet.found;
    if (nearest < 0) continue;
    if (own <= BESIDE_M && own <= nearStreet.metres + SAME_M) covered[i] = 1;
    else if (paired[i] === 1 && paired[nearest] === 1 && isSameRoad(i, nearest)) covered[i] = 1;
  }
  let [lineM, strayM] = [0, 0];
  for (let b = 0; b < bits.lon.length; b++) {
    lineM += 2 * bits.halfM[b];
    nearStreet.find(bits.lon[b], bits.lat[b], bits.east[b], bits.north[b], BESIDE_M);
    if (nearStreet.found < 0) strayM += 2 * bits.halfM[b];
  }
  return { covered, lineM, strayM };
}
