/**
 * Rows → the bytes of one tile: generalise, cut, round, write.
 *
 * Lines are simplified by rank (simplify.ts). Areas are not: two neighbours simplified on their own would drift apart along
 * their common edge. Their vertices are snapped to a grid that is the same for every area and every tile of a zoom, so that a
 * shared edge stays shared to the last vertex; repeats, spikes and straight-through vertices go. Snapping moves a vertex
 * by at most half a grid step, a quarter of a pixel at low zooms.
 */
import { clipLine, clipRing } from './clip.ts';
import type { TileValue } from './encode.ts';
import { CommandWriter, encodeTile, LayerWriter } from './encode.ts';
import type { Detail, LayerRule } from './generalise.ts';
import { detailAt, DRAWING_ORDER, ruleOf } from './generalise.ts';
import { BUFFER, EXTENT } from './mercator.ts';
import type { Shape } from './shape.ts';
import { labelShape, LINE, POINT, POLYGON, ringArea2 } from './shape.ts';
import { rankVertices } from './simplify.ts';

export interface TileFeature {
  readonly layer: string;
  readonly kind: string;
  /** A whole number below 2^53, or undefined. */
  readonly id: number | undefined;
  readonly shape: Shape;
  /** m² or m, as stored: large areas are drawn first. */
  readonly size: number;
  /** Properties with the first zoom that carries each. */
  readonly properties: readonly TileProperty[];
}
export type TileProperty = readonly [key: string, value: TileValue, fromZoom: number];

/** Largest tile above z15, before compression. */
const MAX_TILE_BYTES = 480_000;
const MAX_ROUNDS = 8;
const NOTHING = new Uint8Array(0);
const SQUARE_UNITS_PER_PIXEL = (EXTENT / 512) ** 2;
const LOW = -BUFFER;
const HIGH = EXTENT + BUFFER;

/** Bottom layers first, and within a layer large areas first, so that small ones are not hidden. */
export function sortForDrawing(features: TileFeature[]): TileFeature[] {
  const rank = (layer: string): number => {
    const i = DRAWING_ORDER.indexOf(layer);
    return i === -1 ? DRAWING_ORDER.length : i;
  };
  const ranks = new Map<string, number>();
  for (const { layer } of features) if (!ranks.has(layer)) ranks.set(layer, rank(layer));
  return features.sort((a, b) => (ranks.get(a.layer) as number) - (ranks.get(b.layer) as number) || a.layer.localeCompare(b.layer) || b.size - a.size);
}

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/**
 * MVT bytes of a tile; `features` in drawing order and at least all that touch the tile and its buffer.
 *
 * Where the whole comes out above 480 kB, the heaviest layer is drawn again with fewer features, the largest of it and of
 * equals an even choice, until it fits. From z15 on a tile is sent as it is: there a reader expects everything.
 */
export function buildTile(features: readonly TileFeature[], address: TileAddress): Uint8Array<ArrayBuffer> {
  const layers = listLayers(features).map(([from, to]) => {
    const visible = listVisible(features, from, to, address);
    return { visible, share: 1, drawn: drawLayer(visible, address) };
  });
  for (let round = 0; round < MAX_ROUNDS && address.z < 15; round++) {
    const total = layers.reduce((sum, { drawn }) => sum + drawn.byteLength, 0);
    if (total <= MAX_TILE_BYTES) break;
    const heaviest = layers.reduce((a, b) => (b.drawn.byteLength > a.drawn.byteLength ? b : a));
    const room = MAX_TILE_BYTES - (total - heaviest.drawn.byteLength);
    heaviest.share *= Math.max(0.25, Math.min(0.9, (0.9 * room) / heaviest.drawn.byteLength));
    heaviest.drawn = drawLayer(chooseLargest(heaviest.visible, heaviest.share), address);
  }
  return encodeTile(layers.map(({ drawn }) => drawn));
}

/** [from, to) of every run of features of one layer. */
function listLayers(features: readonly TileFeature[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  let from = 0;
  for (let i = 1; i <= features.length; i++) {
    if (i < features.length && features[i].layer === features[from].layer) continue;
    runs.push([from, i]);
    from = i;
  }
  return runs;
}

/** The rows of one read serve several zooms and tiles, so kind and place are looked at here and not only in the SQL. */
function listVisible(features: readonly TileFeature[], from: number, to: number, { z, x, y }: TileAddress): TileFeature[] {
  if (from >= to) return [];
  const side = 2 ** -z;
  const margin = (BUFFER / EXTENT) * side;
  const [west, north, east, south] = [x * side - margin, y * side - margin, (x + 1) * side + margin, (y + 1) * side + margin];
  const { kinds, otherKinds }: LayerRule = ruleOf(features[from].layer);
  const visible: TileFeature[] = [];
  for (let i = from; i < to; i++) {
    const { shape, kind } = features[i];
    if ((kinds[kind] ?? otherKinds) > z || shape.maxX < west || shape.minX > east || shape.maxY < north || shape.minY > south) continue;
    visible.push(features[i]);
  }
  return visible;
}

/** A number out of a shape's first vertex: the same in every tile and zoom, and without any order on the ground. */
function scatter({ xy }: Shape): number {
  let h = Math.imul((xy[0] * 2 ** 31) | 0, 0x9e3779b1) ^ Math.imul((xy[1] * 2 ** 31) | 0, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 0;
}

/** The share of features that matters most, still in drawing order: by size in powers of two, of equals an even choice. */
function chooseLargest(features: readonly TileFeature[], share: number): TileFeature[] {
  const order = features.map((feature, i) => ({ i, rank: Math.floor(Math.log2(feature.size + 1)), chance: scatter(feature.shape) }));
  order.sort((a, b) => b.rank - a.rank || a.chance - b.chance);
  const kept = order.slice(0, Math.ceil(order.length * share)).map(({ i }) => i);
  return kept.sort((a, b) => a - b).map((i) => features[i]);
}

/** A layer's bytes; `features` are of one layer and shown at this zoom. */
function drawLayer(features: readonly TileFeature[], { z, x, y }: TileAddress): Uint8Array {
  if (features.length === 0) return NOTHING;
  const [{ layer }] = features;
  const rule: LayerRule = ruleOf(layer);
  const detail = detailAt(z);
  const scale = 2 ** z * EXTENT;
  const offsetX = x * EXTENT;
  const offsetY = y * EXTENT;
  const [west, north, east, south] = [(LOW + offsetX) / scale, (LOW + offsetY) / scale, (HIGH + offsetX) / scale, (HIGH + offsetY) / scale];
  const leastArea = z < rule.allFrom ? rule.minPixels * SQUARE_UNITS_PER_PIXEL : 0;
  const taken = new Set<number>();
  const commands = new CommandWriter();
  const writer = new LayerWriter(layer);
  const narrow = ((rule.pointBelowPixels ?? 0) * EXTENT) / 512 / scale;
  for (const feature of features) {
    const isNarrow = feature.shape.type === POLYGON && Math.max(feature.shape.maxX - feature.shape.minX, feature.shape.maxY - feature.shape.minY) < narrow;
    const shape = isNarrow ? labelShape(feature.shape) : feature.shape;
    commands.reset();
    const inside = shape.minX >= west && shape.maxX <= east && shape.minY >= north && shape.maxY <= south;
    const cut: Cut = { shape, scale, offsetX, offsetY, inside };
    if (shape.type === POINT) drawPoints(cut, detail, commands, taken);
    else if (shape.type === LINE) drawLines(cut, detail, commands);
    else drawAreas(cut, detail, feature.kind in rule.kinds ? 0 : leastArea, commands);
    if (!commands.empty) writer.add(feature.id, shape.type, commands.commands.view(), propertiesAt(feature.properties, z));
  }
  return writer.count === 0 ? NOTHING : writer.encode();
}

function* propertiesAt(properties: readonly TileProperty[], z: number): Iterable<readonly [string, TileValue]> {
  for (const [key, value, from] of properties) if (from <= z) yield [key, value];
}

/** A shape and how the unit square maps to the tile. `inside`: no vertex lies outside the buffered tile. */
interface Cut {
  readonly shape: Shape;
  readonly scale: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly inside: boolean;
}

function drawPoints({ shape: { xy }, scale, offsetX, offsetY }: Cut, { pointRoom }: Detail, out: CommandWriter, taken: Set<number>): void {
  const points: number[] = [];
  for (let i = 0; i < xy.length; i += 2) {
    const x = Math.round(xy[i] * scale - offsetX);
    const y = Math.round(xy[i + 1] * scale - offsetY);
    if (x < LOW || x > HIGH || y < LOW || y > HIGH) continue;
    if (pointRoom > 0) {
      const cell = (Math.floor(y / pointRoom) + 1024) * 8192 + Math.floor(x / pointRoom) + 1024;
      if (taken.has(cell)) continue;
      taken.add(cell);
    }
    points.push(x, y);
  }
  if (points.length > 0) out.points(points);
}

function drawLines(cut: Cut, { lineTolerance }: Detail, out: CommandWriter): void {
  const { shape, scale, offsetX, offsetY } = cut;
  const { xy } = shape;
  const rank = rankVertices(shape);
  const least = (lineTolerance / scale) ** 2;
  let start = 0;
  for (const end of shape.partEnds) {
    const line: number[] = [];
    for (let i = start; i < end; i++) if (rank[i] > least) line.push(xy[2 * i] * scale - offsetX, xy[2 * i + 1] * scale - offsetY);
    if (cut.inside) writeLine(line, out);
    else clipLine(line, LOW, HIGH, (piece) => writeLine(piece, out));
    start = end;
  }
}

function writeLine(line: readonly number[], out: CommandWriter): void {
  const path: number[] = [];
  for (let i = 0; i < line.length; i += 2) {
    const x = Math.round(line[i]);
    const y = Math.round(line[i + 1]);
    const n = path.length;
    if (n === 0 || x !== path[n - 2] || y !== path[n - 1]) path.push(x, y);
  }
  if (path.length >= 4) out.path(path, false);
}

function drawAreas(cut: Cut, { areaGrid }: Detail, minArea: number, out: CommandWriter): void {
  const { shape } = cut;
  let firstRing = 0;
  for (const lastRing of shape.polygonEnds) {
    drawArea(cut, firstRing, lastRing, areaGrid, minArea, out);
    firstRing = lastRing;
  }
}

/** One polygon: its outer ring clockwise on the screen, its holes the other way (MVT 2.1 §4.3.4.4). */
function drawArea(cut: Cut, firstRing: number, lastRing: number, grid: number, minArea: number, out: CommandWriter): void {
  const { shape } = cut;
  const rings: number[][] = [];
  let area2 = 0;
  for (let ring = firstRing; ring < lastRing; ring++) {
    const start = ring === 0 ? 0 : shape.partEnds[ring - 1];
    const path = snapRing(cut, start, shape.partEnds[ring] - 1, grid);
    const own2 = path.length >= 6 ? ringArea2(path, 0, path.length / 2) : 0;
    const outer = ring === firstRing;
    if (Math.abs(own2) < (outer ? 2 * minArea : 2) || own2 === 0) {
      if (outer) return;
      continue;
    }
    if (own2 > 0 !== outer) reverse(path);
    area2 += outer ? Math.abs(own2) : -Math.abs(own2);
    rings.push(path);
  }
  // a tile that lies wholly in a hole gets the tile's square twice, once as outer ring and once as hole
  if (area2 <= 0) return;
  for (const path of rings) out.path(path, true);
}

/** A ring (without its closing vertex) snapped, cut to the tile, rounded and cleaned; fewer than three vertices where nothing is left. */
function snapRing({ shape: { xy }, scale, offsetX, offsetY, inside }: Cut, start: number, end: number, grid: number): number[] {
  const snapped: number[] = [];
  for (let i = start; i < end; i++) {
    const x = Math.round((xy[2 * i] * scale - offsetX) / grid) * grid;
    const y = Math.round((xy[2 * i + 1] * scale - offsetY) / grid) * grid;
    const n = snapped.length;
    if (n === 0 || x !== snapped[n - 2] || y !== snapped[n - 1]) snapped.push(x, y);
  }
  if (inside || snapped.length < 6) return cleanRing(snapped);
  const clipped = clipRing(snapped, LOW, HIGH);
  for (let i = 0; i < clipped.length; i++) clipped[i] = Math.round(clipped[i]);
  return cleanRing(clipped);
}

/** Takes out repeats, there-and-back spikes and vertices on a straight run; what is left encloses the same points. */
function cleanRing(ring: readonly number[]): number[] {
  const out: number[] = [];
  const push = (x: number, y: number): void => {
    for (;;) {
      const n = out.length;
      if (n >= 2 && out[n - 2] === x && out[n - 1] === y) return;
      if (n >= 4 && inLine(out[n - 4], out[n - 3], out[n - 2], out[n - 1], x, y)) {
        out.length = n - 2;
        continue;
      }
      out.push(x, y);
      return;
    }
  };
  for (let i = 0; i < ring.length; i += 2) push(ring[i], ring[i + 1]);
  return closeCleanly(out);
}

/** The same at the seam between the last vertex and the first. */
function closeCleanly(out: number[]): number[] {
  let first = 0;
  for (;;) {
    const n = out.length;
    if (n - first < 6) return [];
    const [fx, fy, lx, ly] = [out[first], out[first + 1], out[n - 2], out[n - 1]];
    if ((fx === lx && fy === ly) || inLine(out[n - 4], out[n - 3], lx, ly, fx, fy)) out.length = n - 2;
    else if (inLine(lx, ly, fx, fy, out[first + 2], out[first + 3])) first += 2;
    else return first === 0 ? out : out.slice(first);
  }
}

/** Whether b adds nothing between a and c: all three on one line, whichever way. */
function inLine(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean {
  return (bx - ax) * (cy - ay) === (cx - ax) * (by - ay);
}

function reverse(path: number[]): void {
  for (let i = 0, j = path.length - 2; i < j; i += 2, j -= 2) {
    const x = path[i];
    const y = path[i + 1];
    path[i] = path[j];
    path[i + 1] = path[j + 1];
    path[j] = x;
    path[j + 1] = y;
  }
}

