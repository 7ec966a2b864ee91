/** What the cutting of a city starts from, and the faces it works on. */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import type { Tessellation } from '../../engine/spatial/tessellation-faces.ts';

/** Steps of the grid per degree: 10⁻⁷ degrees, OSM's own, about 1 cm. */
export const GRID_PER_DEGREE = 1e7;

/** The middle of the city, where the grid has its zero. */
export interface Frame {
  readonly lon: number;
  readonly lat: number;
}

/** Lines as runs of lon, lat; `counts` is 1 for those towns are made of. */
export interface TownStreets {
  readonly coordinates: Float64Array;
  readonly ends: Uint32Array;
  readonly counts: Uint8Array;
}

/** What a city's files say about where it is built up. */
export interface Evidence {
  /** Areas of land use, a class of GROUND each. */
  readonly land: { readonly shapes: readonly Geometry[]; readonly classes: Uint8Array };
  /** lon, lat, m² of footprint of each building. */
  readonly buildings: Float64Array;
  readonly streets: TownStreets;
}

/** Persons at points. */
export interface Persons {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly persons: Float64Array;
}

/** A line that keeps its two sides apart. */
export interface Barrier {
  readonly geometry: Geometry;
  readonly strength: number;
}

export interface CutInput {
  readonly city: Geometry;
  /** Imported units; empty where there are none and the level is to be derived (districts: left out). */
  readonly districts: readonly Geometry[];
  readonly blocks: readonly Geometry[];
  readonly communities: readonly Geometry[];
  readonly barriers: readonly Barrier[];
  /** Water areas worth a border of their own. */
  readonly water: readonly Geometry[];
  /** Persons of the whole population where they live; undefined where nobody knows. */
  readonly population: Persons | undefined;
  /** What shows where the city is built up; undefined: all of it is. */
  readonly evidence: Evidence | undefined;
}

/** What is known of each face of the network. */
export interface Faces {
  readonly t: Tessellation;
  readonly inCity: Uint8Array;
  readonly areaM2: Float64Array;
  readonly landM2: Float64Array;
  readonly persons: Float64Array;
  /** lon, lat of a point inside. */
  readonly points: Float64Array;
}

