/**
 * Isochrones: what is reached from one or several points within several limits, as streets, as smooth polygons, and as sums of what
 * lies within.
 *
 * Streets come from reached-streets.ts, polygons from the contours of isochrone-field.ts. Persons and facilities are counted by the cost
 * of reaching them along the streets, never by lying in the polygon.
 *
 * Pure: runs in a browser. Memory: that of a {@link StreetSearch}, and 1 MB for the field.
 */
import type { Geometry } from '../../spatial/geometry.ts';
import { traceContour } from '../../spatial/contour.ts';
import type { GridPolygon } from '../../spatial/contour.ts';
import { wholeLimit } from './bounded-search.ts';
import { listDirectWays } from '../nearest/nearest-direct.ts';
import { EdgeShape } from '../network/edge-shape.ts';
import { buildCostField } from './isochrone-field.ts';
import type { CostField, CostLines } from './isochrone-field.ts';
import { chainOfPoint, directCost } from '../travel/link-points.ts';
import type { PointLinks } from '../travel/point-links.ts';
import { costOfPoint } from '../travel/point-links.ts';
import { ON_FOOT_KMH } from '../travel/profile.ts';
import type { StreetPieces, StreetSearch } from './reached-streets.ts';
import { MAX_COST, UNREACHED } from './search-graph.ts';
import type { TravelGraph } from '../travel/travel-graph.ts';

export interface IsochroneOptions {
  /** How far from a reached street a polygon may extend, metres. 100 unless said: to the middle of a block of 200 m. */
  readonly reachM?: number;
  /** Width of the field's cells, metres. 10 unless said; larger where the isochrone is wider than about 2.5 km. */
  readonly cellM?: number;
  /** Holes smaller than this are filled, m². 10,000 unless said. */
  readonly leastHoleM2?: number;
  /** Parts smaller than this are left out, m². 0 unless said. */
  readonly leastPartM2?: number;
  /** Where the origins are, 10⁻⁷ degrees, longitude and latitude by turns: the way from there to the street is then part of the polygon. */
  readonly originE7?: ArrayLike<number>;
}

export interface Isochrone {
  readonly limits: readonly number[];
  readonly streets: StreetPieces;
  /** By limit a MultiPolygon, degrees; each lies within the next. Empty where nothing is reached. */
  readonly polygons: readonly Geometry[];
}

/** Cost of a metre off the street, as link-points.ts counts it: at the mode's speed, for drivers on foot. */
function offStreetCostPerM({ meta: { profile } }: TravelGraph): number {
  if (profile.unit === 'mm') return 1000;
  return 3.6 / (profile.mode === 'drive' ? ON_FOOT_KMH : profile.speedKmh);
}

/** Straight lines of all pieces along the streets' shapes. */
function listCostLines(travel: TravelGraph, pieces: StreetPieces): LineList {
  const list = new LineList();
  const shape = new EdgeShape(travel.network);
  let edge = -1;
  for (let i = 0; i < pieces.count; i++) {
    if (pieces.edge[i] !== edge) shape.read((edge = pieces.edge[i]));
    const { lonE7: x, latE7: y, mm, count } = shape;
    const from = pieces.fromMm[i], to = pieces.toMm[i];
    const slope = (pieces.toCost[i] - pieces.fromCost[i]) / (to - from);
    for (let k = 1; k < count; k++) {
      const a = Math.max(mm[k - 1], from), b = Math.min(mm[k], to);
      if (a >= b) continue;
      const scale = 1 / (mm[k] - mm[k - 1]);
      const s = (a - mm[k - 1]) * scale, t = (b - mm[k - 1]) * scale;
      const dx = x[k] - x[k - 1], dy = y[k] - y[k - 1];
      list.add(x[k - 1] + s * dx, y[k - 1] + s * dy, pieces.fromCost[i] + (a - from) * slope, x[k - 1] + t * dx, y[k - 1] + t * dy, pieces.fromCost[i] + (b - from) * slope);
    }
  }
  return list;
}

class LineList implements CostLines {
  count = 0;
  values = new Float64Array(6 * 1024);

  add(x0: number, y0: number, cost0: number, x1: number, y1: number, cost1: number): void {
    if (6 * this.count === this.values.length) {
      const wider = new Float64Array(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    const at = 6 * this.count++;
    this.values[at] = x0;
    this.values[at + 1] = y0;
    this.values[at + 2] = cost0;
    this.values[at + 3] = x1;
    this.values[at + 4] = y1;
    this.values[at + 5] = cost1;
  }
}

/**
 * Streets and polygons within each of the limits, from all origins at once.
 *
 * @param streets a workspace; its `search` then holds the costs of nodes, to ask for points with ({@link costsOfPoints})
 * @param limits ascending, inclusive, in the travel graph's unit
 * @throws RangeError where limits do not ascend
 */
export function buildIsochrone(streets: StreetSearch, links: PointLinks, origins: ArrayLike<number>, limits: readonly number[], options: IsochroneOptions = {}): Isochrone {
  const { travel } = streets;
  const { reachM = 100, cellM = 10, leastHoleM2 = 10_000, leastPartM2 = 0, originE7 } = options;
  const costPerM = offStreetCostPerM(travel);
  const mostCost = limits.length === 0 ? 0 : wholeLimit(limits[limits.length - 1]);
  // One limit more: streets just beyond the last one bound the polygons, but are not reached.
  const beyond = Math.min(MAX_COST, mostCost + Math.ceil(reachM * costPerM));
  const pieces = streets.run(links, origins, beyond > mostCost && mostCost >= 0 && limits.length > 0 ? [...limits, beyond] : limits);
  const lines = listCostLines(travel, pieces);
  if (originE7 !== undefined) addOriginLines(lines, travel, links, origins, originE7, limits);
  const field = buildCostField(lines, { costPerM, reachM, cellM, mostCost });
  const polygons = limits.map((limit) => {
    if (field === undefined) return toMultiPolygon([], undefined);
    const area = field.cellM * field.cellM;
    return toMultiPolygon(traceContour(field, wholeLimit(limit), { leastHole: leastHoleM2 / area, leastPart: leastPartM2 / area }), field);
  });
  return { limits, streets: takeBands(pieces, limits.length), polygons };
}

/** Only the pieces of the first bands. */
function takeBands(pieces: StreetPieces, bands: number): StreetPieces {
  const keep = new Uint32Array(pieces.count);
  let count = 0;
  for (let i = 0; i < pieces.count; i++) if (pieces.band[i] < bands) keep[count++] = i;
  const numbers = (column: Float64Array): Float64Array => {
    const kept = new Float64Array(count);
    for (let i = 0; i < count; i++) kept[i] = column[keep[i]];
    return kept;
  };
  const edge = new Uint32Array(count), band = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    edge[i] = pieces.edge[keep[i]];
    band[i] = pieces.band[keep[i]];
  }
  return { count, edge, band, fromMm: numbers(pieces.fromMm), toMm: numbers(pieces.toMm), fromCost: numbers(pieces.fromCost), toCost: numbers(pieces.toCost) };
}

/** So many origins ask every point on their chains: listing them by chain takes 0.9 ms on 100,000 streets. */
const FEW_ORIGINS = 8;

function offerDirectly(travel: TravelGraph, links: PointLinks, origin: number, points: PointLinks, costs: Uint32Array): void {
  const chain = chainOfPoint(travel, links, origin);
  if (chain < 0) return;
  for (let q = 0; q < points.count; q++) if (chainOfPoint(travel, points, q) === chain) costs[q] = Math.min(costs[q], directCost(travel, links, origin, points, q));
}

/**
 * What it costs to reach each of some points from the origins of the last search of a workspace.
 *
 * @returns by point; UNREACHED beyond the search's largest limit
 */
export function costsOfPoints(streets: StreetSearch, links: PointLinks, origins: ArrayLike<number>, points: PointLinks, limit: number): Uint32Array {
  const { travel, search } = streets;
  const most = wholeLimit(limit);
  const costs = new Uint32Array(points.count);
  for (let q = 0; q < points.count; q++) costs[q] = costOfPoint(points, q, search.cost);
  if (origins.length > FEW_ORIGINS) {
    const direct = listDirectWays(travel, links, 1, { arriving: false, among: origins });
    const nearest = new Int32Array(points.count).fill(-1);
    for (let q = 0; q < points.count; q++) direct.enter(points, q, most, costs, nearest, q);
  } else {
    for (let i = 0; i < origins.length; i++) offerDirectly(travel, links, origins[i], points, costs);
  }
  for (let q = 0; q < points.count; q++) if (costs[q] > most) costs[q] = UNREACHED;
  return costs;
}

/** By limit the sum of weights of the points that cost no more: persons, jobs, places; with weights of 1 a count. */
export function sumWithin(costs: Uint32Array, weights: ArrayLike<number>, limits: readonly number[]): Float64Array {
  const sums = new Float64Array(limits.length);
  const whole = limits.map(wholeLimit);
  for (let q = 0; q < costs.length; q++) {
    for (let i = 0; i < whole.length; i++) if (costs[q] <= whole[i]) sums[i] += weights[q];
  }
  return sums;
}

/** By limit the pieces of street within it but not within the one before, as one MultiLineString, degrees. */
export function drawStreets(travel: TravelGraph, pieces: StreetPieces, limitCount: number): Geometry[] {
  const lines = Array.from({ length: limitCount }, () => ({ e7: [] as number[], partEnds: [] as number[] }));
  const shape = new EdgeShape(travel.network);
  for (let i = 0; i < pieces.count; ) {
    const edge = pieces.edge[i], band = pieces.band[i];
    let from = pieces.fromMm[i], to = pieces.toMm[i];
    // Pieces that go on where the one before ended are one line: a rising and a falling one, or two origins' ones.
    for (i++; i < pieces.count && pieces.edge[i] === edge && pieces.band[i] === band && (pieces.fromMm[i] === to || pieces.toMm[i] === from); i++) {
      from = Math.min(from, pieces.fromMm[i]);
      to = Math.max(to, pieces.toMm[i]);
    }
    shape.read(edge);
    shape.cut(from, to, lines[band].e7);
    lines[band].partEnds.push(lines[band].e7.length / 2);
  }
  return lines.map(({ e7, partEnds }) => ({ type: 'MultiLineString', coordinates: Float64Array.from(e7, (value) => value / 1e7), partEnds: Uint32Array.from(partEnds) }));
}

/** The straight ways from origins to their places on the street, as far as the largest limit. */
function addOriginLines(lines: LineList, { network }: TravelGraph, links: PointLinks, origins: ArrayLike<number>, originE7: ArrayLike<number>, limits: readonly number[]): void {
  const shape = new EdgeShape(network);
  for (let i = 0; i < origins.length; i++) {
    const edge = links.edge[origins[i]];
    if (edge < 0) continue;
    const place: number[] = [];
    shape.read(edge);
    shape.cut(links.alongMm[origins[i]], links.alongMm[origins[i]], place);
    const cost = links.offCost[origins[i]];
    const most = limits.length === 0 ? -1 : limits[limits.length - 1];
    const share = cost <= most ? 1 : most / cost;
    if (share < 0) continue;
    const x = originE7[2 * i], y = originE7[2 * i + 1];
    lines.add(x, y, 0, x + share * (place[0] - x), y + share * (place[1] - y), share * cost);
  }
}

function toMultiPolygon(polygons: readonly GridPolygon[], field: CostField | undefined): Geometry {
  const coordinates: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  for (const polygon of polygons) {
    for (const ring of polygon) {
      for (let i = 0; i < ring.length; i += 2) if (field !== undefined) coordinates.push(roundE7(field.lon(ring[i])), roundE7(field.lat(ring[i + 1])));
      partEnds.push(coordinates.length / 2);
    }
    polygonEnds.push(partEnds.length);
  }
  return { type: 'MultiPolygon', coordinates: Float64Array.from(coordinates), partEnds: Uint32Array.from(partEnds), polygonEnds: Uint32Array.from(polygonEnds) };
}

/** To 10⁻⁷ degrees, a centimetre: vertices of one contour are at least 2 % of a cell apart. */
function roundE7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
