/**
 * Metres from points to the nearest of some shapes: points, lines, and areas (whose inside is at no distance).
 *
 * Edges stand in the squares of a grid, about one a square; a point looks at rings of squares around its own until nothing nearer can come.
 * Distances are those of distanceM (measure.ts): in the ellipsoid's metric at the latitude half-way between the point and the edge's middle, from a
 * table of every 10⁻⁴ degrees (error below 10⁻⁶; 11 cm for an edge that spans 1.8 km from north to south, 900 m away in Helsinki). Of equally near shapes the one of the lowest number.
 *
 * Memory: 36 bytes an edge, 4 for each square it touches, 4 a square. A million points to 10,000 edges take 1.5 s on a busy machine.
 */
import { buildPolygonIndex } from './containment.ts';
import type { PolygonIndex } from './containment.ts';
import { metresPerDegree } from './measure.ts';
import { startOf } from './scan-rows.ts';
import type { ShapeArrays } from './scan-rows.ts';

export interface NearestShape {
  /** Infinity where none is within the limit. */
  metres: number;
  /** As it was added; −1 where none is. */
  shape: number;
}

const TABLE_STEP_E7 = 1000;

/** Metres per 10⁻⁷ degree by latitude; an entry is made when first asked for: there are 20,000, and most shapes are asked from few latitudes. */
class LatitudeTable {
  readonly #south: number;
  /** 0: not made yet. */
  readonly #lon: Float64Array;
  readonly #lat: Float64Array;

  constructor(southE7: number, northE7: number) {
    this.#south = southE7;
    const count = Math.max(2, Math.ceil((northE7 - southE7) / TABLE_STEP_E7) + 2);
    this.#lon = new Float64Array(count);
    this.#lat = new Float64Array(count);
    this.#make(0);
    this.#make(count - 1);
  }

  #make(i: number): void {
    const { lon, lat } = metresPerDegree((this.#south + i * TABLE_STEP_E7) / 1e7);
    this.#lon[i] = lon / 1e7;
    this.#lat[i] = lat / 1e7;
  }

  /** The entry of a latitude, made. */
  at(latE7: number): number {
    const near = Math.round((latE7 - this.#south) / TABLE_STEP_E7);
    const i = near < 0 ? 0 : near >= this.#lon.length ? this.#lon.length - 1 : near;
    if (this.#lat[i] === 0) this.#make(i);
    return i;
  }

  lon(at: number): number {
    return this.#lon[at];
  }

  lat(at: number): number {
    return this.#lat[at];
  }

  /** The fewest metres that 10⁻⁷ degrees have anywhere: of longitude at the end farther from the equator. */
  least(): number {
    return Math.min(this.#lon[0], this.#lon[this.#lon.length - 1], this.#lat[0], this.#lat[this.#lat.length - 1]);
  }
}

/** Shapes to measure from; add all, then ask. */
export class ShapeDistance {
  readonly #edges: number[] = [];
  readonly #owner: number[] = [];
  /** Metres by edge, of those that are circles. */
  readonly #circles = new Map<number, number>();
  readonly #areas: { shapes: ShapeArrays; shape: number; owner: number }[] = [];
  #index: EdgeIndex | undefined;

  /** A point, under a number; or a circle around it, to whose border is measured. */
  addPoint(xE7: number, yE7: number, owner: number, circleM = 0): void {
    this.#edges.push(xE7, yE7, xE7, yE7);
    this.#owner.push(owner);
    if (circleM > 0) this.#circles.set(this.#owner.length - 1, circleM);
  }

  /** A shape; `filled` where its parts are rings and their inside belongs to it. */
  addShape(shapes: ShapeArrays, shape: number, filled: boolean, owner: number): void {
    const { verticesE7, partEnds, shapeEnds } = shapes;
    for (let part = startOf(shapeEnds, shape); part < shapeEnds[shape]; part++) {
      const begin = startOf(partEnds, part);
      const end = partEnds[part];
      if (end === begin + 1) this.addPoint(verticesE7[2 * begin], verticesE7[2 * begin + 1], owner);
      for (let v = begin + 1; v < end; v++) {
        this.#edges.push(verticesE7[2 * v - 2], verticesE7[2 * v - 1], verticesE7[2 * v], verticesE7[2 * v + 1]);
        this.#owner.push(owner);
      }
    }
    if (filled) this.#areas.push({ shapes, shape, owner });
  }

  /** The nearest shape of a point within `limitM` (inclusive), into `found`. */
  find(xE7: number, yE7: number, limitM: number, found: NearestShape): void {
    this.#opened().find(xE7, yE7, limitM, found);
  }

  /** How many different shapes lie within `limitM` (inclusive) of a point. */
  count(xE7: number, yE7: number, limitM: number): number {
    return this.#opened().count(xE7, yE7, limitM);
  }

  #opened(): EdgeIndex {
    return (this.#index ??= new EdgeIndex(Float64Array.from(this.#edges), Uint32Array.from(this.#owner), this.#circles, this.#areas));
  }
}

/** More than rounding moves the border of a square: a millimetre. */
const SLACK_E7 = 0.1;

class EdgeIndex {
  readonly #edges: Float64Array;
  readonly #owner: Uint32Array;
  readonly #circle: Float64Array | undefined;
  readonly #largest: number;
  readonly #inside: PolygonIndex;
  readonly #insideOwner: readonly number[];
  readonly #table: LatitudeTable;
  readonly #west: number;
  readonly #south: number;
  readonly #side: number;
  readonly #sideM: number;
  /** 10⁻⁷ degrees that a metre has at most. */
  readonly #mostPerM: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #first: Uint32Array;
  readonly #member: Uint32Array;

  constructor(edges: Float64Array, owner: Uint32Array, circles: ReadonlyMap<number, number>, areas: readonly { shapes: ShapeArrays; shape: number; owner: number }[]) {
    this.#edges = edges;
    this.#owner = owner;
    this.#circle = circles.size === 0 ? undefined : Float64Array.from(owner, (_, edge) => circles.get(edge) ?? 0);
    this.#largest = Math.max(0, ...circles.values());
    const sorted = [...areas].sort((a, b) => a.owner - b.owner);
    this.#insideOwner = sorted.map((area) => area.owner);
    this.#inside = buildPolygonIndex(sorted.map(({ shapes, shape }) => toRings(shapes, shape)));
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < edges.length; i += 2) {
      west = Math.min(west, edges[i]);
      east = Math.max(east, edges[i]);
      south = Math.min(south, edges[i + 1]);
      north = Math.max(north, edges[i + 1]);
    }
    if (owner.length === 0) [west, south, east, north] = [0, 0, 0, 0];
    // the table reaches one degree beyond: points farther away are measured at its ends
    this.#table = new LatitudeTable(Math.max(-89e7, south - 1e7), Math.min(89e7, north + 1e7));
    this.#west = west;
    this.#south = south;
    this.#side = Math.max(2000, Math.sqrt(((east - west + 1) * (north - south + 1)) / Math.max(1, owner.length)), (east - west) / 2000, (north - south) / 2000);
    this.#sideM = this.#side * this.#table.least();
    this.#mostPerM = 1 / this.#table.least();
    this.#columns = Math.floor((east - west) / this.#side) + 1;
    this.#rows = Math.floor((north - south) / this.#side) + 1;
    this.#first = new Uint32Array(this.#columns * this.#rows + 1);
    this.#eachSquare((square) => this.#first[square + 1]++);
    for (let s = 0; s < this.#columns * this.#rows; s++) this.#first[s + 1] += this.#first[s];
    const next = this.#first.slice();
    this.#member = new Uint32Array(this.#first[this.#columns * this.#rows]);
    this.#eachSquare((square, edge) => (this.#member[next[square]++] = edge));
  }

  #eachSquare(visit: (square: number, edge: number) => void): void {
    const e = this.#edges;
    for (let i = 0; i < this.#owner.length; i++) {
      const [west, east] = e[4 * i] < e[4 * i + 2] ? [e[4 * i], e[4 * i + 2]] : [e[4 * i + 2], e[4 * i]];
      const [south, north] = e[4 * i + 1] < e[4 * i + 3] ? [e[4 * i + 1], e[4 * i + 3]] : [e[4 * i + 3], e[4 * i + 1]];
      for (let r = Math.floor((south - this.#south) / this.#side); r <= Math.floor((north - this.#south) / this.#side); r++) {
        for (let c = Math.floor((west - this.#west) / this.#side); c <= Math.floor((east - this.#west) / this.#side); c++) visit(r * this.#columns + c, i);
      }
    }
  }

  find(x: number, y: number, limitM: number, found: NearestShape): void {
    found.metres = Infinity;
    found.shape = -1;
    if (this.#owner.length === 0) return;
    if (this.#insideOwner.length > 0) {
      const inside = this.#inside.findFirst(x, y);
      if (inside >= 0) {
        found.metres = 0;
        found.shape = this.#insideOwner[inside];
        return;
      }
    }
    const column = Math.floor((x - this.#west) / this.#side);
    const row = Math.floor((y - this.#south) / this.#side);
    const outside = Math.max(0, -column, column - this.#columns + 1, -row, row - this.#rows + 1);
    const farthest = Math.max(Math.abs(column), Math.abs(column - this.#columns + 1), Math.abs(row), Math.abs(row - this.#rows + 1));
    for (let ring = outside; ring <= farthest; ring++) {
      // what lies in this ring is at least ring − 1 squares away
      const nearest = (ring - 1) * this.#sideM - this.#largest;
      if (nearest > limitM || nearest > found.metres) break;
      this.#lookAtRing(x, y, column, row, ring, limitM, found);
    }
  }

  count(x: number, y: number, limitM: number): number {
    const near = new Set<number>();
    if (this.#insideOwner.length > 0) this.#inside.visitAll(x, y, (area) => near.add(this.#insideOwner[area]));
    const found: NearestShape = { metres: Infinity, shape: -1 };
    const reach = Math.ceil((limitM + this.#largest) / this.#sideM);
    const column = Math.floor((x - this.#west) / this.#side);
    const row = Math.floor((y - this.#south) / this.#side);
    for (let r = Math.max(0, row - reach); r <= Math.min(this.#rows - 1, row + reach); r++) {
      for (let c = Math.max(0, column - reach); c <= Math.min(this.#columns - 1, column + reach); c++) {
        const square = r * this.#columns + c;
        for (let k = this.#first[square]; k < this.#first[square + 1]; k++) {
          const edge = this.#member[k];
          if (near.has(this.#owner[edge])) continue;
          found.metres = Infinity;
          this.#measure(x, y, edge, limitM, found);
          if (found.metres < Infinity) near.add(this.#owner[edge]);
        }
      }
    }
    return near.size;
  }

  #lookAtRing(x: number, y: number, column: number, row: number, ring: number, limitM: number, found: NearestShape): void {
    for (let r = Math.max(0, row - ring); r <= Math.min(this.#rows - 1, row + ring); r++) {
      const isEnd = r === row - ring || r === row + ring;
      const step = isEnd || ring === 0 ? 1 : 2 * ring;
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c < 0 || c >= this.#columns) continue;
        const square = r * this.#columns + c;
        if (this.#first[square] === this.#first[square + 1] || this.#isBeyond(x, y, c, r, Math.min(limitM, found.metres))) continue;
        for (let k = this.#first[square]; k < this.#first[square + 1]; k++) this.#measure(x, y, this.#member[k], limitM, found);
      }
    }
  }

  /** Whether a square is farther than so many metres. Where few edges make squares of kilometres, 300 m end within one or two of the nine around a point. */
  #isBeyond(x: number, y: number, column: number, row: number, metres: number): boolean {
    const reach = (metres + this.#largest) * this.#mostPerM + SLACK_E7;
    const west = this.#west + column * this.#side;
    const south = this.#south + row * this.#side;
    return x < west - reach || x > west + this.#side + reach || y < south - reach || y > south + this.#side + reach;
  }

  #measure(x: number, y: number, edge: number, limitM: number, found: NearestShape): void {
    const e = this.#edges;
    // most edges of a square are too far whatever the metric
    const reach = (Math.min(limitM, found.metres) + this.#largest) * this.#mostPerM;
    if ((e[4 * edge + 1] > y + reach && e[4 * edge + 3] > y + reach) || (e[4 * edge + 1] < y - reach && e[4 * edge + 3] < y - reach)) return;
    if ((e[4 * edge] > x + reach && e[4 * edge + 2] > x + reach) || (e[4 * edge] < x - reach && e[4 * edge + 2] < x - reach)) return;
    const at = this.#table.at((y + (e[4 * edge + 1] + e[4 * edge + 3]) / 2) / 2);
    const mx = this.#table.lon(at), my = this.#table.lat(at);
    const ax = (e[4 * edge] - x) * mx, ay = (e[4 * edge + 1] - y) * my;
    const dx = (e[4 * edge + 2] - e[4 * edge]) * mx, dy = (e[4 * edge + 3] - e[4 * edge + 1]) * my;
    const length2 = dx * dx + dy * dy;
    const share = length2 > 0 ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2)) : 0;
    const u = ax + share * dx, v = ay + share * dy;
    const toEdge = Math.sqrt(u * u + v * v);
    const metres = this.#circle === undefined ? toEdge : Math.max(0, toEdge - this.#circle[edge]);
    if (metres > limitM || metres > found.metres || (metres === found.metres && found.shape >= 0 && this.#owner[edge] >= found.shape)) return;
    found.metres = metres;
    found.shape = this.#owner[edge];
  }
}

function toRings({ verticesE7, partEnds, shapeEnds }: ShapeArrays, shape: number): { type: 'MultiPolygon'; coordinates: Float64Array; partEnds: Uint32Array } {
  const [firstPart, lastPart] = [startOf(shapeEnds, shape), shapeEnds[shape]];
  const first = startOf(partEnds, firstPart);
  const last = lastPart === firstPart ? first : partEnds[lastPart - 1];
  return { type: 'MultiPolygon', coordinates: Float64Array.from(verticesE7.subarray(2 * first, 2 * last)), partEnds: partEnds.slice(firstPart, lastPart).map((end) => end - first) };
}
