/**
 * Length of city roads by place, the two carriageways of one road counted once.
 *
 * Method (standards §8.1: one-way pairs within 30 m): a piece of a one-way street is one of two carriageways where another one-way street of the same class
 * runs beside it the other way: within 30° of opposite, at most 30 m to the side, overlapping along the road, and not under another name. Each of the two then
 * counts half, so a pair counts as the mean of its two lengths, whatever its bends. Roundabouts are no pairs. One-way streets of an old town that happen to run
 * opposite ways within 30 m under one name would count once; none such is known.
 *
 * Time: a look around each piece of a one-way street.
 */
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { builtUpOf } from './built-up.ts';
import type { CityData } from './city-data.ts';
import { listWhere, mapTo } from './map-values.ts';
import { sumInside } from './roll-up.ts';
import type { StreetPieces } from './street-pieces.ts';
import { besidePieces, cutStreets, halves } from './street-pieces.ts';
import { listWays, oneWay, streetTags } from './street-tags.ts';

/** Carriageways of one road lie no farther apart than this, m. */
export const PAIR_M = 30;
/** Cosine of how far from opposite they may run. */
const OPPOSITE = Math.cos(Math.PI / 6);
/** Pieces that overlap along the road by their halves, and this much more: the two sides are cut at different spots, m. */
const SLACK_M = 1;

export interface RoadLength {
  /** m by place, and m by place of what lies in the built-up area. */
  readonly all: Float64Array;
  readonly builtUp: Float64Array;
  /** Metres of carriageways that were paired. */
  readonly pairedM: number;
}

/** Which pieces are one of two carriageways: 1 or 0. */
export function findPairs(city: CityData, pieces: StreetPieces): Uint8Array {
  const { street, text } = city.snapshot;
  const tags = streetTags(city);
  const directions = new Map<number, -1 | 0 | 1>();
  const directionOf = (way: number): -1 | 0 | 1 => {
    let found = directions.get(way);
    if (found === undefined) directions.set(way, (found = tags.get(way, 'junction') === 'roundabout' ? 0 : oneWay(tags, way, text(street.wayKind[way]))));
    return found;
  };
  const ones = listWhere(pieces.way.length, (i) => directionOf(pieces.way[i]) !== 0);
  const index = buildGridIndex(mapTo(Float64Array, ones, (i) => pieces.lon[i]), mapTo(Float64Array, ones, (i) => pieces.lat[i]));
  const paired = new Uint8Array(pieces.count);
  for (const i of ones) {
    const degree = metresPerDegree(pieces.lat[i]);
    const [dx, dy] = [(PAIR_M + 30) / degree.lon, (PAIR_M + 30) / degree.lat];
    const own = pieces.way[i];
    const sign = directionOf(own);
    const [east, north] = [sign * pieces.east[i], sign * pieces.north[i]];
    index.search(pieces.lon[i] - dx, pieces.lat[i] - dy, pieces.lon[i] + dx, pieces.lat[i] + dy, (at) => {
      const j = ones[at];
      const other = pieces.way[j];
      if (paired[i] === 1 || other === own || street.wayKind[other] !== street.wayKind[own]) return;
      if (street.wayName[other] !== 0 && street.wayName[own] !== 0 && street.wayName[other] !== street.wayName[own]) return;
      const back = directionOf(other);
      if (east * back * pieces.east[j] + north * back * pieces.north[j] > -OPPOSITE) return;
      const [x, y] = [(pieces.lon[j] - pieces.lon[i]) * degree.lon, (pieces.lat[j] - pieces.lat[i]) * degree.lat];
      if (Math.abs(x * east + y * north) > (pieces.lengthM[i] + pieces.lengthM[j]) / 2 + SLACK_M || Math.abs(x * north - y * east) > PAIR_M) return;
      paired[i] = 1;
    });
  }
  return paired;
}

/** Length of the roads of some classes; undefined where the city has no streets. Made once a run for each set of classes. */
export function roadLength(city: CityData, classes: readonly string[], dual: 'once' | 'each'): RoadLength | undefined {
  if (city.snapshot.street.wayEnds.length === 0) return undefined;
  return city.memo(`road-length/${dual}/${[...classes].sort().join(' ')}`, () => {
    const pieces = cutStreets(city, listWays(city, classes));
    const paired = dual === 'once' ? findPairs(city, pieces) : new Uint8Array(pieces.count);
    const length = pieces.lengthM.map((metres, i) => (paired[i] === 1 ? metres / 2 : metres));
    const members = city.tree.locate(besidePieces(pieces));
    const weights = halves(length);
    const { inside } = builtUpOf(city);
    return {
      all: sumInside(city, members, weights),
      builtUp: sumInside(city, members, weights.map((weight, p) => (members.leaf[p] >= 0 && inside[members.leaf[p]] === 1 ? weight : 0))),
      pairedM: pieces.lengthM.reduce((sum, metres, i) => sum + paired[i] * metres, 0),
    };
  });
}
