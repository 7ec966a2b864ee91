/**
 * waterfront: share of the shore that the public can get to, % (亲水岸线比例). The manual has the name only; what counts as what is this platform's definition, and its numbers are
 * parameters that no standard prints.
 *
 * Shore is the border of water areas from a size on, where one side is land: borders between waters (a river in several pieces, a bay and a strait) are none. Each
 * piece of at most 10 m is accessible where, on its own side of the water, a path on foot lies within `withinM` over dry land, or public green or a square begins within
 * so many metres straight inland. Roads for cars give no access. The sea is the right side of the map's coastline, whatever its size. A brook that is only drawn as a line has no shore here.
 *
 * Numerator: km accessible. Denominator: km of shore. By where the land beside the shore lies. Quality `proxy`: water, paths and green are mapped, and a map does not
 * tell railings.
 *
 * Water and green are looked up in rows of 1 m (engine/spatial/scan-rows.ts): a look is a binary search, however many vertices a lake has.
 */
import { z } from 'zod';
import { NoteBook } from '../../core/note.ts';
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { RowFrame, RowSpans } from '../../engine/spatial/scan-rows.ts';
import { buildRowFrame, scanUnion, startOf } from '../../engine/spatial/scan-rows.ts';
import type { Shapes } from '../../base/snapshot/model.ts';
import type { CityData, CoastLines } from '../city/city-data.ts';
import { isFilled } from '../city/facility-sets.ts';
import { listWhere, makeOf, mapTo } from '../city/map-values.ts';
import type { StreetPieces } from '../city/street-pieces.ts';
import { cutStreets } from '../city/street-pieces.ts';
import { listWays } from '../city/street-tags.ts';
import { facilitiesOf } from './access-supply.ts';
import { missingReason } from './missing-reasons.ts';
import type { DataNeed, OperatorResult, ResultDetail } from './operator.ts';
import { defineOperator } from './operator.ts';
import { sumWithin } from './per-place.ts';

const waterfrontSchema = z.strictObject({
  leastM2: z.number().min(0).default(10_000).describe('Water areas that have a shore, at least so large, m²; unverified'),
  withinM: z.number().min(5).max(500).default(50).describe('A path on foot, or public green, so near to the shore gives access, m; unverified'),
  paths: z.array(z.string().min(1)).min(1).default(['footway', 'path', 'pedestrian', 'steps', 'cycleway', 'living_street']).describe('Classes of streets that give access (OSM’s highway), unless private; unverified'),
  open: z.array(z.string().min(1)).default(['park', 'square']).describe('Kinds of facilities whose ground is open to all; unverified'),
  notWater: z.array(z.string().min(1)).default(['swimming_pool', 'reservoir_covered', 'basin', 'wastewater', 'salt_pond', 'dam']).describe('Kinds of water areas (of the map) without a shore that anyone would go to; unverified'),
});
type WaterfrontParams = z.infer<typeof waterfrontSchema>;

const PIECE_M = 10;
const ROW_M = 1;
/** How far beside its line a piece of shore looks for water and land, m. */
const ASIDE_M = 3;
/** Looks inland every so many metres. */
const STEP_M = 5;
/** Areas of the sea, closed seawards by a line that is no shore: where the coast is known it tells their shore. */
const SEA_PARTS = ['bay', 'strait'];
/** Longer segments of a coast are cut, about 100 m. */
const SEGMENT_DEGREES = 0.001;

/** Ground as rows that can be asked for a spot. */
class Ground {
  readonly #frame: RowFrame;
  readonly #spans: RowSpans;

  constructor(frame: RowFrame, shapes: Shapes, numbers: ArrayLike<number>) {
    this.#frame = frame;
    this.#spans = scanUnion(frame, shapes, numbers);
  }

  /** Degrees. */
  has(lon: number, lat: number): boolean {
    const row = Math.floor((lat * 1e7 - this.#frame.southE7) / this.#frame.heightE7);
    if (row < 0 || row >= this.#frame.count) return false;
    const { first, from, to } = this.#spans;
    const x = lon * 1e7;
    let [low, high] = [first[row], first[row + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (to[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low < first[row + 1] && from[low] <= x;
  }
}

/** Where it is wet, and whether a way over land gets wet. */
class Waters {
  readonly #ground: Ground;
  readonly #coast: SegmentIndex | undefined;

  constructor(ground: Ground, coast: CoastLines | undefined) {
    this.#ground = ground;
    this.#coast = coast === undefined ? undefined : new SegmentIndex(coast);
  }

  /** Degrees; lakes and rivers only. */
  has(lon: number, lat: number): boolean {
    return this.#ground.has(lon, lat);
  }

  /** Whether a straight way of some tens of metres leads into any water. */
  crosses(lon: number, lat: number, toLon: number, toLat: number): boolean {
    const steps = Math.ceil(distanceM(lon, lat, toLon, toLat) / STEP_M);
    for (let k = 1; k <= steps; k++) if (this.has(lon + ((toLon - lon) * k) / steps, lat + ((toLat - lat) * k) / steps)) return true;
    return this.#coast?.crosses(lon, lat, toLon, toLat) === true;
  }
}

/** Lines as segments, found by their middles; long ones are cut. */
class SegmentIndex {
  readonly #ends: number[] = [];
  readonly #index;
  /** Degrees that half a segment takes at most. */
  readonly #half: number;

  constructor(lines: CoastLines) {
    let longest = 0;
    eachSegment(lines, (x0, y0, x1, y1) => {
      const parts = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / SEGMENT_DEGREES));
      for (let k = 0; k < parts; k++) {
        const at = (share: number): [number, number] => [x0 + ((x1 - x0) * share) / parts, y0 + ((y1 - y0) * share) / parts];
        const [[ax, ay], [bx, by]] = [at(k), at(k + 1)];
        this.#ends.push(ax, ay, bx, by);
        longest = Math.max(longest, Math.abs(bx - ax), Math.abs(by - ay));
      }
    });
    const middle = (axis: 0 | 1): Float64Array => makeOf(Float64Array, this.#ends.length / 4, (i) => (this.#ends[4 * i + axis] + this.#ends[4 * i + 2 + axis]) / 2);
    this.#index = buildGridIndex(middle(0), middle(1));
    this.#half = longest / 2;
  }

  crosses(x0: number, y0: number, x1: number, y1: number): boolean {
    let found = false;
    this.#index.search(Math.min(x0, x1) - this.#half, Math.min(y0, y1) - this.#half, Math.max(x0, x1) + this.#half, Math.max(y0, y1) + this.#half, (i) => {
      const [ax, ay, bx, by] = this.#ends.slice(4 * i, 4 * i + 4);
      const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
      found ||= side(x0, y0, x1, y1, ax, ay) !== side(x0, y0, x1, y1, bx, by) && side(ax, ay, bx, by, x0, y0) !== side(ax, ay, bx, by, x1, y1);
    });
    return found;
  }
}

function eachSegment({ verticesE7, ends }: CoastLines, visit: (x0: number, y0: number, x1: number, y1: number) => void): void {
  ends.forEach((end, l) => {
    for (let v = startOf(ends, l) + 1; v < end; v++) visit(verticesE7[2 * v - 2] / 1e7, verticesE7[2 * v - 1] / 1e7, verticesE7[2 * v] / 1e7, verticesE7[2 * v + 1] / 1e7);
  });
}

/** Pieces of shore: degrees of their middle, direction as a vector of length 1, 1 where the land is on the left and −1 where it is on the right, length. */
interface Shore {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly east: Float64Array;
  readonly north: Float64Array;
  readonly land: Int8Array;
  readonly lengthM: Float64Array;
}

function cutShore(shapes: Shapes, numbers: ArrayLike<number>, coast: CoastLines | undefined, water: Ground): Shore {
  const [lon, lat, east, north, land, lengthM] = [[] as number[], [] as number[], [] as number[], [] as number[], [] as number[], [] as number[]];
  /** @param side where the land is: 1 left, −1 right, 0 neither; of what is wet on the left and on the right */
  const cut = (x0: number, y0: number, x1: number, y1: number, sideOf: (left: boolean, right: boolean) => number): void => {
    const metres = distanceM(x0, y0, x1, y1);
    if (!(metres > 0)) return;
    const degree = metresPerDegree((y0 + y1) / 2);
    const [alongX, alongY] = [((x1 - x0) * degree.lon) / metres, ((y1 - y0) * degree.lat) / metres];
    const parts = Math.ceil(metres / PIECE_M);
    for (let k = 0; k < parts; k++) {
      const [x, y] = [x0 + ((x1 - x0) * (k + 0.5)) / parts, y0 + ((y1 - y0) * (k + 0.5)) / parts];
      const isWet = (side: number): boolean => water.has(x - (side * ASIDE_M * alongY) / degree.lon, y + (side * ASIDE_M * alongX) / degree.lat);
      const side = sideOf(isWet(1), isWet(-1));
      if (side === 0) continue;
      lon.push(x);
      lat.push(y);
      east.push(alongX);
      north.push(alongY);
      land.push(side);
      lengthM.push(metres / parts);
    }
  };
  for (let n = 0; n < numbers.length; n++) {
    for (let part = startOf(shapes.shapeEnds, numbers[n]); part < shapes.shapeEnds[numbers[n]]; part++) {
      const ring = { verticesE7: shapes.verticesE7.subarray(2 * startOf(shapes.partEnds, part), 2 * shapes.partEnds[part]), ends: Uint32Array.of(shapes.partEnds[part] - startOf(shapes.partEnds, part)) };
      eachSegment(ring, (x0, y0, x1, y1) => cut(x0, y0, x1, y1, (left, right) => (left === right ? 0 : left ? -1 : 1)));
    }
  }
  // the sea lies right of its coast; where a lagoon or a river's mouth is drawn as an area along it, that has been counted, or is no shore
  if (coast !== undefined) eachSegment(coast, (x0, y0, x1, y1) => cut(x0, y0, x1, y1, (left, right) => (left || right ? 0 : 1)));
  return { lon: Float64Array.from(lon), lat: Float64Array.from(lat), east: Float64Array.from(east), north: Float64Array.from(north), land: Int8Array.from(land), lengthM: Float64Array.from(lengthM) };
}

/** Spots so many metres inland of the pieces, degrees. */
function inland({ lon, lat, east, north, land }: Shore, i: number, metres: number): readonly [number, number] {
  const degree = metresPerDegree(lat[i]);
  return [lon[i] - (metres * land[i] * north[i]) / degree.lon, lat[i] + (metres * land[i] * east[i]) / degree.lat];
}

/** Whether public ground begins within so many metres straight inland, before any water. */
function meetsOpen(shore: Shore, i: number, withinM: number, water: Waters, open: Ground): boolean {
  const [fromLon, fromLat] = inland(shore, i, ASIDE_M);
  for (let metres = ASIDE_M; metres <= withinM; metres += STEP_M) {
    const [lon, lat] = inland(shore, i, metres);
    if (water.has(lon, lat)) return false;
    if (open.has(lon, lat)) return !water.crosses(fromLon, fromLat, lon, lat);
  }
  return false;
}

/** Asks whether a path lies within so many metres of a spot, with dry land between. */
function pathSearch(pieces: StreetPieces, withinM: number, water: Waters): (lon: number, lat: number) => boolean {
  const index = buildGridIndex(pieces.lon, pieces.lat);
  const reach = withinM + pieces.lengthM.reduce((most, metres) => Math.max(most, metres), 0) / 2;
  return (lon, lat) => {
    const degree = metresPerDegree(lat);
    let isNear = false;
    index.search(lon - reach / degree.lon, lat - reach / degree.lat, lon + reach / degree.lon, lat + reach / degree.lat, (p) => {
      if (isNear) return;
      const [x, y] = [(pieces.lon[p] - lon) * degree.lon, (pieces.lat[p] - lat) * degree.lat];
      const half = pieces.lengthM[p] / 2;
      const along = Math.max(-half, Math.min(half, -(x * pieces.east[p] + y * pieces.north[p])));
      const [toX, toY] = [x + along * pieces.east[p], y + along * pieces.north[p]];
      if (toX * toX + toY * toY > withinM * withinM) return;
      isNear = !water.crosses(lon, lat, lon + toX / degree.lon, lat + toY / degree.lat);
    });
    return isNear;
  };
}

/** Accessible shore, what follows without a gap as one line. */
function drawShore({ lon, lat, east, north, lengthM }: Shore, accessible: Uint8Array): ResultDetail['lines'] {
  const vertices: number[] = [];
  const ends: number[] = [];
  const endOf = (i: number, ahead: number): readonly [number, number] => {
    const degree = metresPerDegree(lat[i]);
    return [Math.round((lon[i] + (ahead * lengthM[i] * east[i]) / degree.lon) * 1e7), Math.round((lat[i] + (ahead * lengthM[i] * north[i]) / degree.lat) * 1e7)];
  };
  for (let i = 0; i < lon.length; i++) {
    if (accessible[i] === 0) continue;
    const [x, y] = endOf(i, -0.5);
    const at = vertices.length - 2;
    // both ends of a piece are rounded, each by half a unit at most
    if (accessible[i - 1] === 1 && Math.abs(vertices[at] - x) <= 2 && Math.abs(vertices[at + 1] - y) <= 2) ends.pop();
    else vertices.push(x, y);
    vertices.push(...endOf(i, 0.5));
    ends.push(vertices.length / 2);
  }
  return { verticesE7: Int32Array.from(vertices), ends: Uint32Array.from(ends) };
}

function runWaterfront(city: CityData, { leastM2, withinM, paths, open, notWater }: WaterfrontParams): OperatorResult {
  const { landUse, facility, text } = city.snapshot;
  const { coast } = city;
  const excluded = new Set(coast === undefined ? notWater : [...notWater, ...SEA_PARTS]);
  const waters = listWhere(landUse.kind.length, (i) => landUse.water[i] === 1 && !excluded.has(text(landUse.kind[i])));
  const large = waters.filter((i) => landUse.areaM2[i] >= leastM2);
  if (large.length === 0 && coast === undefined) return missingReason('no-data', { zh: `地图中没有 ${leastM2} 平方米以上的水面，也没有海岸线；只画成线的河流没有岸线可量。`, en: `The map has no water area of ${leastM2} m² or more and no coastline; rivers drawn as lines have no shore to measure.` }, { zh: '含水面（natural=water、waterway=riverbank 等面）的 OSM 文件', en: 'an OSM file with water areas (natural=water, waterway=riverbank …)' });
  const frame = buildRowFrame(...latitudes(landUse.shapes, large, coast, withinM), ROW_M);
  const ground = new Ground(frame, landUse.shapes, waters);
  const water = new Waters(ground, coast);
  const openGround = new Ground(frame, facility.shapes, facilitiesOf(city, open).filter((f) => isFilled(city, f)));
  const shore = cutShore(landUse.shapes, large, coast, ground);
  const pieces = cutStreets(city, listWays(city, paths));
  const hasPath = pathSearch(pieces, withinM, water);
  const spots = new Int32Array(2 * shore.lon.length);
  const accessible = mapTo(Uint8Array, shore.lon, (_, i) => {
    const [lon, lat] = inland(shore, i, ASIDE_M);
    spots[2 * i] = Math.round(lon * 1e7);
    spots[2 * i + 1] = Math.round(lat * 1e7);
    return meetsOpen(shore, i, withinM, water, openGround) || hasPath(lon, lat) ? 1 : 0;
  });
  const members = city.tree.locate(spots);
  const km = mapTo(Float64Array, shore.lengthM, (metres) => metres / 1000);
  const denominator = sumWithin(city, members, km, undefined);
  const numerator = sumWithin(city, members, mapTo(Float64Array, km, (each, i) => each * accessible[i]), undefined);
  const notes = new NoteBook();
  notes.add('info', 'checkup/waterfront-definition', {
    zh: `平台定义（未见标准）：${leastM2} 平方米以上水面和海的岸线，同侧 ${withinM} 米内有步行路径或公共绿地、广场的为亲水岸线；不含只画成线的水系。`,
    en: `Our definition, found in no standard: shore of the sea and of waters of ${leastM2} m² and more; open to the public where a path on foot or public green lies within ${withinM} m on the same side. Streams drawn as lines are left out.`,
  });
  return {
    value: numerator.map((sum, place) => (denominator[place] > 0 ? (100 * sum) / denominator[place] : NaN)), numerator, denominator,
    quality: 'proxy', detail: { lines: drawShore(shore, accessible) }, notes: notes.list(),
  };
}

/** From south of the shapes to north of them, E7. */
function latitudes({ verticesE7, partEnds, shapeEnds }: Shapes, numbers: ArrayLike<number>, coast: CoastLines | undefined, marginM: number): [number, number] {
  let [south, north] = [Infinity, -Infinity];
  for (let n = 0; n < numbers.length; n++) {
    const [first, last] = [startOf(shapeEnds, numbers[n]), shapeEnds[numbers[n]]];
    for (let v = startOf(partEnds, first); v < (last > first ? partEnds[last - 1] : 0); v++) {
      south = Math.min(south, verticesE7[2 * v + 1]);
      north = Math.max(north, verticesE7[2 * v + 1]);
    }
  }
  for (let v = 1; v < (coast?.verticesE7.length ?? 0); v += 2) {
    south = Math.min(south, coast?.verticesE7[v] ?? Infinity);
    north = Math.max(north, coast?.verticesE7[v] ?? -Infinity);
  }
  const margin = (1.1 * marginM * 1e7) / metresPerDegree(south / 1e7).lat;
  return [south - margin, north + margin];
}

export const waterfront = defineOperator<WaterfrontParams>({
  id: 'waterfront',
  title: { zh: '亲水岸线比例', en: 'Accessible waterfront' },
  params: waterfrontSchema,
  needs: ({ open }) => ['place', 'street', 'land-use', 'coast', ...open.map((kind): DataNeed => `facility:${kind}`)],
  run: (city, params) => runWaterfront(city, params),
});
