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
import { distanceM } from '../../engine/spatial/measure.ts';
import { startOf } from '../../engine/spatial/scan-rows.ts';
import type { Shapes } from '../../base/snapshot/model.ts';
import type { CityData } from './city-data.ts';
import { beginsAtBorder } from './facility-sets.ts';
import { mapTo } from './map-values.ts';

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

/**
 * What turns cost a fire engine, seconds. R5's 30 and 10 s for others are waits at lights and for who comes the other way; an engine has the right of way
 * (道路交通安全法 art. 53), so only braking is left: from 40 to 15 km/h and back at 1 m/s² costs 4.3 s against driving on. Turning round takes half a minute. Our estimate.
 */
export const ENGINE_TURNS = { left: 5, right: 5, straight: 0, uTurn: 30 } as const;

/** Driving in seconds as a fire engine does. */
export function engineS(city: CityData): TravelGraph | undefined {
  const { network } = city;
  if (network === undefined) return undefined;
  return city.memo('streets/travel/engine/s', () => buildTravelGraph(network, { ...cityProfile(network, 'drive', 's'), turnS: ENGINE_TURNS }));
}

/** How a travel graph is called in the keys of what is made for it: `walk/mm`, `drive/s`, `engine/s`. */
export function travelKey({ meta: { profile: { mode, unit, turnS } } }: TravelGraph): string {
  return `${mode === 'drive' && turnS.left === ENGINE_TURNS.left ? 'engine' : mode}/${unit}`;
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
  return city.memo(`streets/links/${travelKey(travel)}/${what}`, () => linkPoints(travel, mapTo(Float64Array, e7(), (value) => value / 1e7)));
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
 * Doors of a kind's facilities, tied to the streets: the known entrances; where none is known and the facility begins at its border, points along
 * the border every 50 m; else the facility's point. Empty where there are no facilities.
 *
 * @param border whether facilities begin at their border; open spaces and greenways do, unless said
 */
export function doorLinks(city: CityData, travel: TravelGraph, kind: string, border = beginsAtBorder(kind)): DoorLinks {
  const doors = doorsOf(city, kind, border);
  return { facility: doors.facility, links: linksOf(city, travel, `facility:${kind}${border ? '/border' : ''}`, () => doors.e7) };
}

export interface Doors {
  /** Longitude and latitude by turns, 10⁻⁷ degrees. */
  readonly e7: Int32Array;
  readonly facility: Uint32Array;
}

/** The doors themselves, see {@link doorLinks}. */
export function doorsOf(city: CityData, kind: string, border = beginsAtBorder(kind)): Doors {
  return city.memo(`streets/doors/${kind}${border ? '/border' : ''}`, () => listDoors(city, kind, border));
}

const BORDER_STEP_M = 50;

function listDoors({ snapshot: { meta, facility } }: CityData, kind: string, border: boolean): Doors {
  const range = meta.facilityKinds.find((each) => each.kind === kind);
  const e7: number[] = [];
  const owner: number[] = [];
  for (let f = range?.start ?? 0; f < (range?.end ?? 0); f++) {
    const before = e7.length;
    addVertices(facility.entrances, f, e7);
    if (e7.length === before && border) addAlong(facility.shapes, f, e7);
    if (e7.length === before) e7.push(facility.pointE7[2 * f], facility.pointE7[2 * f + 1]);
    for (let d = before; d < e7.length; d += 2) owner.push(f);
  }
  return { e7: Int32Array.from(e7), facility: Uint32Array.from(owner) };
}

function addVertices({ verticesE7, partEnds, shapeEnds }: Shapes, shape: number, into: number[]): void {
  const [first, last] = [startOf(shapeEnds, shape), shapeEnds[shape]];
  for (let v = startOf(partEnds, first), end = last > first ? partEnds[last - 1] : 0; v < end; v++) into.push(verticesE7[2 * v], verticesE7[2 * v + 1]);
}

/** Points along lines and rings, at most {@link BORDER_STEP_M} apart. */
function addAlong({ verticesE7, partEnds, shapeEnds }: Shapes, shape: number, into: number[]): void {
  for (let part = startOf(shapeEnds, shape); part < shapeEnds[shape]; part++) {
    const begin = startOf(partEnds, part);
    if (partEnds[part] === begin + 1) into.push(verticesE7[2 * begin], verticesE7[2 * begin + 1]);
    for (let v = begin + 1; v < partEnds[part]; v++) {
      const [ax, ay, bx, by] = verticesE7.subarray(2 * v - 2, 2 * v + 2);
      const steps = Math.max(1, Math.ceil(distanceM(ax / 1e7, ay / 1e7, bx / 1e7, by / 1e7) / BORDER_STEP_M));
      for (let k = v === begin + 1 ? 0 : 1; k <= steps; k++) into.push(Math.round(ax + ((bx - ax) * k) / steps), Math.round(ay + ((by - ay) * k) / steps));
    }
  }
}
