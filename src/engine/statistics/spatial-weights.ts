/**
 * Who is whose neighbour, as sparse rows: neighbours of unit i are neighbour[first[i]] … neighbour[first[i + 1] − 1], each with a weight.
 *
 * Memory: 12 bytes a pair.
 */

export interface SpatialWeights {
  readonly count: number;
  readonly first: Uint32Array;
  readonly neighbour: Uint32Array;
  readonly weight: Float64Array;
}

/** Rows from pairs (i, j), in any order, each once; weight 1. */
export function weightsFromPairs(count: number, from: ArrayLike<number>, to: ArrayLike<number>): SpatialWeights {
  const first = new Uint32Array(count + 1);
  for (let p = 0; p < from.length; p++) first[from[p] + 1]++;
  for (let i = 0; i < count; i++) first[i + 1] += first[i];
  const neighbour = new Uint32Array(from.length);
  const at = first.slice();
  for (let p = 0; p < from.length; p++) neighbour[at[from[p]]++] = to[p];
  for (let i = 0; i < count; i++) neighbour.subarray(first[i], first[i + 1]).sort();
  return { count, first, neighbour, weight: new Float64Array(from.length).fill(1) };
}

/** Every row's weights divided by their sum; a unit without neighbours keeps none. */
export function rowStandardised({ count, first, neighbour, weight }: SpatialWeights): SpatialWeights {
  const scaled = weight.slice();
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = first[i]; k < first[i + 1]; k++) sum += weight[k];
    if (sum > 0) for (let k = first[i]; k < first[i + 1]; k++) scaled[k] /= sum;
  }
  return { count, first, neighbour, weight: scaled };
}

/** Points in squares of a lattice, for nearest neighbours. */
class PointGrid {
  readonly #x: ArrayLike<number>;
  readonly #y: ArrayLike<number>;
  readonly #left: number;
  readonly #bottom: number;
  readonly #size: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #first: Uint32Array;
  readonly #point: Uint32Array;

  constructor(x: ArrayLike<number>, y: ArrayLike<number>) {
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < x.length; i++) {
      left = Math.min(left, x[i]);
      right = Math.max(right, x[i]);
      bottom = Math.min(bottom, y[i]);
      top = Math.max(top, y[i]);
    }
    // about two points a square; a line of points has no area
    const longest = Math.max(right - left, top - bottom, 1e-9);
    this.#size = Math.max(Math.sqrt((2 * (right - left) * (top - bottom)) / x.length), longest / Math.max(1, x.length), longest / 4096);
    this.#x = x;
    this.#y = y;
    this.#left = left;
    this.#bottom = bottom;
    this.#columns = Math.floor((right - left) / this.#size) + 1;
    this.#rows = Math.floor((top - bottom) / this.#size) + 1;
    this.#first = new Uint32Array(this.#columns * this.#rows + 1);
    for (let i = 0; i < x.length; i++) this.#first[this.#squareOf(i) + 1]++;
    for (let s = 0; s < this.#columns * this.#rows; s++) this.#first[s + 1] += this.#first[s];
    this.#point = new Uint32Array(x.length);
    const at = this.#first.slice();
    for (let i = 0; i < x.length; i++) this.#point[at[this.#squareOf(i)]++] = i;
  }

  #column(i: number): number {
    return Math.min(this.#columns - 1, Math.floor((this.#x[i] - this.#left) / this.#size));
  }

  #row(i: number): number {
    return Math.min(this.#rows - 1, Math.floor((this.#y[i] - this.#bottom) / this.#size));
  }

  #squareOf(i: number): number {
    return this.#row(i) * this.#columns + this.#column(i);
  }

  /** The k points nearest to point i, itself not among them, nearest first; of equally near ones the lower number. */
  nearest(i: number, k: number): number[] {
    const [column, row] = [this.#column(i), this.#row(i)];
    const found: { point: number; d: number }[] = [];
    for (let ring = 0; ring <= Math.max(this.#columns, this.#rows); ring++) {
      // all within (ring − 1) squares of the point have been seen
      if (found.length >= k && found[k - 1].d < ((ring - 1) * this.#size) ** 2) break;
      this.#seeRing(i, column, row, ring, found);
      found.sort((a, b) => a.d - b.d || a.point - b.point);
      found.length = Math.min(found.length, k);
    }
    return found.map(({ point }) => point);
  }

  #seeRing(i: number, column: number, row: number, ring: number, found: { point: number; d: number }[]): void {
    for (let r = Math.max(0, row - ring); r <= Math.min(this.#rows - 1, row + ring); r++) {
      const wholeRow = Math.abs(r - row) === ring;
      const step = wholeRow || ring === 0 ? 1 : 2 * ring;
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c < 0 || c >= this.#columns) continue;
        const square = r * this.#columns + c;
        for (let p = this.#first[square]; p < this.#first[square + 1]; p++) {
          const other = this.#point[p];
          if (other !== i) found.push({ point: other, d: (this.#x[other] - this.#x[i]) ** 2 + (this.#y[other] - this.#y[i]) ** 2 });
        }
      }
    }
  }
}

/**
 * The k nearest neighbours of each unit by centre, made mutual: j is i's neighbour where either is among the other's k nearest. Weight 1.
 *
 * @param x, y centres in any metric plane
 */
export function nearestNeighbours(x: ArrayLike<number>, y: ArrayLike<number>, k: number): SpatialWeights {
  const count = x.length;
  if (count === 0) return weightsFromPairs(0, [], []);
  const grid = new PointGrid(x, y);
  const keys = new Set<number>();
  for (let i = 0; i < count; i++) {
    for (const j of grid.nearest(i, k)) {
      keys.add(i * count + j);
      keys.add(j * count + i);
    }
  }
  const pairs = Float64Array.from(keys).sort();
  return weightsFromPairs(count, Array.from(pairs, (key) => Math.floor(key / count)), Array.from(pairs, (key) => key % count));
}
