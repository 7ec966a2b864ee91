/**
 * The streets as operators use them: travel graphs, and what is tied to them, made once for a run and shared (CityData.memo, keys `streets/…`).
 *
 * Walking is as the platform walks everywhere (base/network/reach/city-reach.ts): private streets begin and end trips, pieces of fewer than 40 vertices
 * are dropped, 1 m/s; radii in metres are millimetres along the streets, whatever the slope.
 *
 * Memory: a travel graph 24 bytes an edge and more; links 88 bytes a point.
 */
import type { Network } from '../../engine/graph/network/network.ts';
import { linkPoints } from '../../engine/graph/travel/link-points.ts';
import type { PointLinks } from '../../engine/graph/travel/point-links.ts';
import type { TravelProfile } from '../../engine/graph/travel/profile.ts';
import { profileOf } from '../../engine/graph/travel/profile.ts';
import type { TravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import { buildTravelGraph } from '../../engine/graph/travel/travel-graph.ts';
import type { CityData } from './city-data.ts';

/** As city-reach.ts has them. */
const LEAST_VERTICES = 40;
const HAMLET_VERTICES = 1000;

export type Mode = TravelProfile['mode'];

/** How a mode goes in a city; `mm` for distances, `s` for times. */
export function cityProfile(network: Network, mode: Mode, unit: TravelProfile['unit']): TravelProfile {
  return profileOf(mode, {
    unit, local: 'ends', leastVertices: network.meta.counts.vertices < HAMLET_VERTICES ? 2 : LEAST_VERTICES,
    slope: network.meta.elevation && mode !== 'drive',
  });
}

/** The travel graph of a mode, undefined where the city has no streets. Costs are millimetres or seconds. */
export function travelFor(city: CityData, mode: Mode, unit: TravelProfile['unit']): TravelGraph | undefined {
  const { network } = city;
  if (network === undefined) return undefined;
  return city.memo(`streets/travel/${mode}/${unit}`, () => buildTravelGraph(network, cityProfile(network, mode, unit)));
}

/** Walking in millimetres: what radii along the streets are measured on. */
export function walkMm(city: CityData): TravelGraph | undefined {
  return travelFor(city, 'walk', 'mm');
}

/** Walking in seconds, 1 m/s. */
export function walkS(city: CityData): TravelGraph | undefined {
  return travelFor(city, 'walk', 's');
}

/** Points tied to a travel graph, once a run. `what` names the points: `population`, `jobs`, `facility:<kind>`, `building`, or the caller's own `<operator>/…`. */
export function linksOf(city: CityData, travel: TravelGraph, what: string, e7: () => Int32Array): PointLinks {
  const { mode, unit } = travel.meta.profile;
  return city.memo(`streets/links/${mode}/${unit}/${what}`, () => linkPoints(travel, Float64Array.from(e7(), (value) => value / 1e7)));
}

/** Where people live, tied to the streets; by point of snapshot.population. */
export function populationLinks(city: CityData, travel: TravelGraph): PointLinks {
  return linksOf(city, travel, 'population', () => city.snapshot.population.pointE7);
}

/** Where people work, by point of snapshot.job. */
export function jobLinks(city: CityData, travel: TravelGraph): PointLinks {
  return linksOf(city, travel, 'jobs', () => city.snapshot.job.pointE7);
}

/** Doors of the facilities of a kind: link d belongs to facility `facility[d]` (number in the snapshot), several a facility. */
export interface DoorLinks {
  readonly links: PointLinks;
  readonly facility: Uint32Array;
}

/**
 * Doors of a kind's facilities: the known entrances of open spaces; where none is known points along the border, every 50 m; else the
 * facility's point. Empty where there are none.
 */
export function doorLinks(city: CityData, travel: TravelGraph, kind: string): DoorLinks {
  const doors = doorsOf(city, kind);
  return { facility: doors.facility, links: linksOf(city, travel, `facility:${kind}`, () => doors.e7) };
}

export interface Doors {
  /** Longitude and latitude by turns, 10⁻⁷ degrees. */
  readonly e7: Int32Array;
  readonly facility: Uint32Array;
}

/** The doors themselves, see {@link doorLinks}. */
export function doorsOf(city: CityData, kind: string): Doors {
  return city.memo(`streets/doors/${kind}`, () => listDoors(city, kind));
}

function listDoors(city: CityData, kind: string): Doors {
  const { meta, facility } = city.snapshot;
  const range = meta.facilityKinds.find((each) => each.kind === kind);
  const e7: number[] = [];
  const owner: number[] = [];
  for (let f = range?.start ?? 0; f < (range?.end ?? 0); f++) {
    const before = e7.length;
    const { shapeEnds, partEnds, verticesE7 } = facility.entrances;
    const firstPart = f === 0 ? 0 : shapeEnds[f - 1];
    const start = firstPart === 0 ? 0 : partEnds[firstPart - 1];
    const end = shapeEnds[f] === 0 ? 0 : partEnds[shapeEnds[f] - 1];
    for (let v = start; v < end; v++) e7.push(verticesE7[2 * v], verticesE7[2 * v + 1]);
    if (e7.length === before) e7.push(facility.pointE7[2 * f], facility.pointE7[2 * f + 1]);
    for (let d = before; d < e7.length; d += 2) owner.push(f);
  }
  return { e7: Int32Array.from(e7), facility: Uint32Array.from(owner) };
}
