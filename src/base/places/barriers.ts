/**
 * How strongly a street, railway or water body keeps two sides apart.
 *
 * Blocks (街区) are cut along arterial roads, railways and water and, where those leave more than 5 km², along lesser
 * streets; communities (小区) along minor streets and the edges of residential parcels (住建部《城市体检工作手册（试行）》2025,
 * units of assessment: merge small ones, split large ones along roads, green and water).
 */
import type { Attributes } from '../../import/model.ts';

export const STRENGTH = {
  none: 0,
  /** A line drawn for want of any street, where an area is too large for a unit. */
  drawn: 1,
  parcel: 2,
  minorStreet: 3,
  tertiary: 4,
  secondary: 5,
  primary: 6,
  expressway: 7,
  water: 8,
} as const;

/** Barriers from this strength on bound a block. */
export const ARTERIAL = STRENGTH.secondary;

/**
 * By strength, what a metre of shared border is divided by. Doubling per street class, so that a join across a lane is
 * preferred unless the border along the next class is more than twice as long; arterials and beyond are six times dearer.
 */
export const HINDRANCE: readonly number[] = [1, 0.5, 1, 2, 4, 24, 32, 48, 64];

const STREETS: Readonly<Record<string, number>> = {
  motorway: STRENGTH.expressway,
  trunk: STRENGTH.expressway,
  primary: STRENGTH.primary,
  secondary: STRENGTH.secondary,
  tertiary: STRENGTH.tertiary,
  unclassified: STRENGTH.minorStreet,
  residential: STRENGTH.minorStreet,
  living_street: STRENGTH.minorStreet,
  pedestrian: STRENGTH.minorStreet,
  road: STRENGTH.minorStreet,
  motorway_link: STRENGTH.minorStreet,
  trunk_link: STRENGTH.minorStreet,
  primary_link: STRENGTH.minorStreet,
  secondary_link: STRENGTH.minorStreet,
  tertiary_link: STRENGTH.minorStreet,
};

const WATER_LINES: Readonly<Record<string, number>> = { river: STRENGTH.water, canal: STRENGTH.primary };

/** Strength of a street of a kind; 0 for what bounds nothing (paths, tunnels). */
export function strengthOfStreet(kind: string, attributes: Attributes): number {
  return isUnderground(attributes) ? STRENGTH.none : (STREETS[kind] ?? STRENGTH.none);
}

/** Main lines at grade; sidings, yards and tunnels bound nothing. */
export function strengthOfRailway(kind: string, attributes: Attributes): number {
  if (isUnderground(attributes) || attributes['service'] !== undefined) return STRENGTH.none;
  return kind === 'rail' || kind === 'light_rail' ? STRENGTH.expressway : STRENGTH.none;
}

/** Rivers and canals drawn as lines. */
export function strengthOfWaterLine(kind: string, attributes: Attributes): number {
  return isUnderground(attributes) ? STRENGTH.none : (WATER_LINES[kind] ?? STRENGTH.none);
}

function isUnderground(attributes: Attributes): boolean {
  const tunnel = attributes['tunnel'];
  return tunnel !== undefined && tunnel !== null && tunnel !== 'no' && tunnel !== false;
}
