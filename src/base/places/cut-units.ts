/**
 * Cuts a city into units that partition it: districts, blocks and communities.
 *
 * All lines that keep areas apart, with the borders of the city and of imported units, become one planar network whose
 * faces are the atoms. A unit is a set of faces, so that units of a level share their borders vertex for vertex and fill
 * the unit above them. Blocks are faces between arterial roads, railways and water: those above 5 km² are split along
 * lesser streets, those below 2 km² join a neighbour. Communities join the faces of a block to 5,000–12,000 persons, or to
 * 15–40 ha where nobody knows how many live there (the land of a five-minute circle, 8–18 ha, and its streets and green).
 */
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { listParts } from '../../engine/spatial/geometry.ts';
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import { areaM2 as areaOf, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { RegionRings, Tessellation } from '../../engine/spatial/tessellation-faces.ts';
import { buildTessellation, locateFace, measureFaces, pointsInFaces, traceRegions } from '../../engine/spatial/tessellation-faces.ts';
import { MAX_GRID, nodeSegments } from '../../engine/spatial/tessellation-noding.ts';
import { ARTERIAL, HINDRANCE, STRENGTH } from './barriers.ts';
import type { Bond, MergeTarget } from './merge-regions.ts';
import { joinConnected, mergeRegions } from './merge-regions.ts';

/** Steps of the grid per degree: 10⁻⁷ degrees, OSM's own, about 1 cm. */
const GRID_PER_DEGREE = 1e7;

/** Two numbers of faces or groups make one key below 2⁵³. */
const SPAN = 2 ** 26;

const BLOCK_AREA: MergeTarget = { min: 2e6, max: 5e6, scrap: 1.5e6 };
const COMMUNITY_PERSONS: MergeTarget = { min: 5000, max: 12_000, scrap: 1000 };
const COMMUNITY_AREA: MergeTarget = { min: 150_000, max: 400_000, scrap: 75_000 };

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
  readonly population: { readonly lon: Float64Array; readonly lat: Float64Array; readonly persons: Float64Array } | undefined;
}

export interface CutUnit {
  readonly geometry: Geometry;
  /** Number of the unit above in its own level's list; -1: straight below the next level up that has one. */
  readonly parent: number;
  /** Number of the imported unit that this is, or -1 where it was derived (or is what imported units leave over). */
  readonly imported: number;
  readonly areaM2: number;
  readonly landM2: number;
  readonly persons: number;
}

export interface CutResult {
  readonly city: CutUnit;
  readonly districts: readonly CutUnit[];
  readonly blocks: readonly CutUnit[];
  readonly communities: readonly CutUnit[];
  readonly faceCount: number;
  readonly locator: UnitLocator;
}

/** What it takes to tell which units hold a point: the network, and each face's units. Plain data, so that it crosses threads. */
export interface UnitLocator {
  readonly frame: Frame;
  readonly t: Tessellation;
  /** Numbers of units from 1 by face; 0 for none. */
  readonly districtOf: Uint32Array;
  readonly blockOf: Uint32Array;
  readonly communityOf: Uint32Array;
}

export interface Located {
  readonly district: number;
  readonly block: number;
  readonly community: number;
}

/** What is known of each face of the network. */
interface Faces {
  readonly t: Tessellation;
  readonly inCity: Uint8Array;
  readonly areaM2: Float64Array;
  readonly landM2: Float64Array;
  readonly persons: Float64Array;
  /** lon, lat of a point inside. */
  readonly points: Float64Array;
}

/** The middle of the city, where the grid has its zero. */
interface Frame {
  readonly lon: number;
  readonly lat: number;
}

/**
 * @throws RangeError where the city is wider or higher than 6 degrees
 */
export function cutUnits(input: CutInput): CutResult {
  const frame = centreOf(input.city);
  const faces = layFaces(input, frame);
  const district = assignTo(faces, input.districts);
  const importedCommunity = assignTo(faces, input.communities);
  const importedBlock = assignTo(faces, input.blocks);

  const districtGroups = input.districts.length > 0 ? groupBy(faces, [district]) : undefined;
  const above = districtGroups?.of ?? new Uint32Array(faces.t.faceCount);
  const blockOf = input.blocks.length > 0
    ? groupBy(faces, [above, importedBlock]).of
    : deriveBlocks(faces, above, input.communities.length > 0 ? importedCommunity : undefined);
  const communityOf = input.communities.length > 0
    ? groupBy(faces, [blockOf, importedCommunity]).of
    : deriveCommunities(faces, blockOf, input.population !== undefined);

  const city = buildUnits(faces, faces.inCity, new Uint32Array(faces.t.faceCount), undefined, frame)[0];
  if (city === undefined) throw new RangeError('the city has no area');
  return {
    city: { ...city, parent: -1, imported: -1 },
    districts: districtGroups === undefined ? [] : buildUnits(faces, districtGroups.of, new Uint32Array(faces.t.faceCount), district, frame),
    blocks: buildUnits(faces, blockOf, above, input.blocks.length > 0 ? importedBlock : undefined, frame),
    communities: buildUnits(faces, communityOf, blockOf, input.communities.length > 0 ? importedCommunity : undefined, frame),
    faceCount: faces.t.faceCount - 1,
    locator: { frame, t: faces.t, districtOf: districtGroups?.of ?? new Uint32Array(faces.t.faceCount), blockOf, communityOf },
  };
}

/** Numbers of the units that hold a point, -1 where there is none. */
export function locateUnits({ frame, t, districtOf, blockOf, communityOf }: UnitLocator, lon: number, lat: number): Located {
  const face = locateFace(t, (lon - frame.lon) * GRID_PER_DEGREE, (lat - frame.lat) * GRID_PER_DEGREE);
  return { district: districtOf[face] - 1, block: blockOf[face] - 1, community: communityOf[face] - 1 };
}

function centreOf(city: Geometry): Frame {
  let west = Infinity;
  let east = -Infinity;
  let south = Infinity;
  let north = -Infinity;
  for (let i = 0; i < city.coordinates.length; i += 2) {
    west = Math.min(west, city.coordinates[i]);
    east = Math.max(east, city.coordinates[i]);
    south = Math.min(south, city.coordinates[i + 1]);
    north = Math.max(north, city.coordinates[i + 1]);
  }
  // a whole number of grid steps, so that coordinates come back as they went in
  const snap = (degrees: number): number => Math.round(degrees * GRID_PER_DEGREE) / GRID_PER_DEGREE;
  return { lon: snap((west + east) / 2), lat: snap((south + north) / 2) };
}

function layFaces(input: CutInput, frame: Frame): Faces {
  const segments = new SegmentList(frame);
  // borders of units are as weak as a parcel's: that no unit crosses one above it is seen to by numbers, not by strength
  segments.add(input.city, STRENGTH.parcel, true);
  const reach = segments.box();
  for (const unit of [...input.districts, ...input.blocks, ...input.communities]) segments.add(unit, STRENGTH.parcel, false, reach);
  for (const water of input.water) segments.add(water, STRENGTH.water, false, reach);
  for (const barrier of input.barriers) segments.add(barrier.geometry, barrier.strength, false, reach);
  const faces = measure(input, buildTessellation(nodeSegments(segments.coordinates(), segments.strengths())), frame);
  if (!drawLattice(faces, segments, input.population !== undefined)) return faces;
  return measure(input, buildTessellation(nodeSegments(segments.coordinates(), segments.strengths())), frame);
}

function measure(input: CutInput, t: Tessellation, frame: Frame): Faces {
  const points = pointsInFaces(t);
  const doubled = measureFaces(t);
  const areaM2 = new Float64Array(t.faceCount);
  const landM2 = new Float64Array(t.faceCount);
  const inCity = new Uint8Array(t.faceCount);
  const cityIndex = buildPolygonIndex([input.city]);
  const waterIndex = buildPolygonIndex(input.water);
  for (let f = 1; f < t.faceCount; f++) {
    const lat = frame.lat + points[2 * f + 1] / GRID_PER_DEGREE;
    const lon = frame.lon + points[2 * f] / GRID_PER_DEGREE;
    points[2 * f] = lon;
    points[2 * f + 1] = lat;
    const scale = metresPerDegree(lat);
    areaM2[f] = ((doubled[f] / 2) * scale.lat * scale.lon) / GRID_PER_DEGREE ** 2;
    inCity[f] = cityIndex.findFirst(lon, lat) >= 0 ? 1 : 0;
    landM2[f] = waterIndex.findFirst(lon, lat) >= 0 ? 0 : areaM2[f];
  }
  const persons = new Float64Array(t.faceCount);
  const population = input.population;
  for (let i = 0; population !== undefined && i < population.persons.length; i++) {
    const x = (population.lon[i] - frame.lon) * GRID_PER_DEGREE;
    const y = (population.lat[i] - frame.lat) * GRID_PER_DEGREE;
    persons[locateFace(t, x, y)] += population.persons[i];
  }
  return { t, inCity, areaM2, landM2, persons, points };
}

/**
 * Adds a square lattice, the weakest of barriers, inside faces that are too large for one unit: estates of one parcel with
 * more persons than a community, and land beyond the last street that closes a ring. Blind streets, which bound nothing by
 * themselves, do so together with the lattice, and being stronger they are what units end at. Spacing is a power of two
 * times 62.5 m, so that lattices of neighbours meet.
 */
function drawLattice({ t, inCity, areaM2, landM2, persons, points }: Faces, segments: SegmentList, known: boolean): boolean {
  const boxes = new Map<number, [number, number, number, number]>();
  for (let f = 1; f < t.faceCount; f++) {
    const crowded = known && persons[f] > COMMUNITY_PERSONS.max;
    if (inCity[f] === 1 && (crowded || landM2[f] > BLOCK_AREA.max)) boxes.set(f, [Infinity, Infinity, -Infinity, -Infinity]);
  }
  if (boxes.size === 0) return false;
  for (let h = 0; h < t.ends.length; h++) {
    const box = boxes.get(t.faceOf[h]);
    if (box === undefined) continue;
    const v = t.ends[h];
    box[0] = Math.min(box[0], t.x[v]);
    box[1] = Math.min(box[1], t.y[v]);
    box[2] = Math.max(box[2], t.x[v]);
    box[3] = Math.max(box[3], t.y[v]);
  }
  // one scale for all, so that the lattices of neighbours are the same
  const middle = metresPerDegree(points[2 * [...boxes.keys()][0] + 1]);
  for (const [face, box] of boxes) {
    // a piece has at most a quarter of the least community, and of the usual block where it matters how many live there
    const wanted = Math.sqrt(Math.min(known ? 500_000 : 1_000_000, known && persons[face] > 0 ? (areaM2[face] * COMMUNITY_PERSONS.min) / 4 / persons[face] : Infinity));
    const spacingM = 62.5 * 2 ** Math.max(0, Math.round(Math.log2(wanted / 62.5)));
    const dx = Math.round((spacingM / middle.lon) * GRID_PER_DEGREE);
    const dy = Math.round((spacingM / middle.lat) * GRID_PER_DEGREE);
    const isIn = (x: number, y: number): boolean => locateFace(t, x, y) === face;
    for (let i = Math.floor(box[0] / dx); i <= Math.ceil(box[2] / dx); i++) {
      for (let j = Math.floor(box[1] / dy); j <= Math.ceil(box[3] / dy); j++) {
        const x = i * dx;
        const y = j * dy;
        for (const [ex, ey] of [[dx, 0], [0, dy]]) {
          if (isIn(x, y) || isIn(x + ex, y + ey) || isIn(x + ex / 2, y + ey / 2)) segments.push(x, y, x + ex, y + ey, STRENGTH.drawn);
        }
      }
    }
  }
  return true;
}

/** Collects segments on the grid around a frame; what lies wholly beside the reach is left out. */
class SegmentList {
  readonly #frame: Frame;
  #flat = new Int32Array(1 << 16);
  #strength = new Uint8Array(1 << 14);
  #count = 0;

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  add(geometry: Geometry, strength: number, strict: boolean, reach?: readonly [number, number, number, number]): void {
    if (strength === 0) return;
    const c = geometry.coordinates;
    for (const [start, end] of listParts(geometry)) {
      for (let i = start + 1; i < end; i++) {
        const ax = Math.round((c[2 * i - 2] - this.#frame.lon) * GRID_PER_DEGREE);
        const ay = Math.round((c[2 * i - 1] - this.#frame.lat) * GRID_PER_DEGREE);
        const bx = Math.round((c[2 * i] - this.#frame.lon) * GRID_PER_DEGREE);
        const by = Math.round((c[2 * i + 1] - this.#frame.lat) * GRID_PER_DEGREE);
        if (reach !== undefined && (Math.max(ax, bx) < reach[0] || Math.min(ax, bx) > reach[2] || Math.max(ay, by) < reach[1] || Math.min(ay, by) > reach[3])) continue;
        if (Math.max(Math.abs(ax), Math.abs(ay), Math.abs(bx), Math.abs(by)) > MAX_GRID) {
          if (strict) throw new RangeError(`the city spans more than ${(2 * MAX_GRID) / GRID_PER_DEGREE} degrees`);
          continue;
        }
        this.push(ax, ay, bx, by, strength);
      }
    }
  }

  push(ax: number, ay: number, bx: number, by: number, strength: number): void {
    if (this.#count === this.#strength.length) {
      const flat = new Int32Array(this.#flat.length * 2);
      flat.set(this.#flat);
      this.#flat = flat;
      const strengths = new Uint8Array(this.#strength.length * 2);
      strengths.set(this.#strength);
      this.#strength = strengths;
    }
    const at = 4 * this.#count;
    this.#flat[at] = ax;
    this.#flat[at + 1] = ay;
    this.#flat[at + 2] = bx;
    this.#flat[at + 3] = by;
    this.#strength[this.#count++] = strength;
  }

  box(): [number, number, number, number] {
    const flat = this.coordinates();
    const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < flat.length; i += 2) {
      box[0] = Math.min(box[0], flat[i]);
      box[1] = Math.min(box[1], flat[i + 1]);
      box[2] = Math.max(box[2], flat[i]);
      box[3] = Math.max(box[3], flat[i + 1]);
    }
    return box;
  }

  coordinates(): Int32Array {
    return this.#flat.slice(0, 4 * this.#count);
  }

  strengths(): Uint8Array {
    return this.#strength.slice(0, this.#count);
  }
}

/** For each face in the city 1 + the number of the unit it lies in, 0 for none. */
function assignTo(faces: Faces, units: readonly Geometry[]): Uint32Array {
  const of = new Uint32Array(faces.t.faceCount);
  if (units.length === 0) return of;
  const index = buildPolygonIndex(units);
  for (let f = 1; f < of.length; f++) if (faces.inCity[f] === 1) of[f] = 1 + index.findFirst(faces.points[2 * f], faces.points[2 * f + 1]);
  return of;
}

/** Numbers the different combinations of keys from 1, in order of first faces; 0 outside the city. */
function groupBy(faces: Faces, keys: readonly [Uint32Array] | readonly [Uint32Array, Uint32Array]): { of: Uint32Array; count: number } {
  const of = new Uint32Array(faces.t.faceCount);
  const numbers = new Map<number, number>();
  for (let f = 1; f < of.length; f++) {
    if (faces.inCity[f] === 0) continue;
    // at most two keys, each below 2²⁶
    const key = keys.length === 1 ? keys[0][f] : keys[0][f] * SPAN + keys[1][f];
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size + 1));
    of[f] = number;
  }
  return { of, count: numbers.size };
}

/** Bonds between the groups of faces, along edges for which `counts` holds. */
function listBonds(faces: Faces, groupOf: Uint32Array, counts: (edge: number, left: number, right: number) => boolean): Bond[] {
  const { t } = faces;
  const bonds = new Map<number, number>();
  for (let e = 0; e < t.strength.length; e++) {
    const left = t.faceOf[2 * e];
    const right = t.faceOf[2 * e + 1];
    const a = groupOf[left];
    const b = groupOf[right];
    if (a === b || a === 0 || b === 0 || !counts(e, left, right)) continue;
    const u = t.ends[2 * e];
    const v = t.ends[2 * e + 1];
    const scale = metresPerDegree(faces.points[2 * left + 1]);
    const metres = Math.hypot((t.x[v] - t.x[u]) * scale.lon, (t.y[v] - t.y[u]) * scale.lat) / GRID_PER_DEGREE;
    const key = Math.min(a, b) * SPAN + Math.max(a, b);
    bonds.set(key, (bonds.get(key) ?? 0) + metres / HINDRANCE[t.strength[e]]);
  }
  return [...bonds].map(([key, bond]) => ({ a: Math.floor(key / SPAN) - 1, b: (key % SPAN) - 1, bond }));
}

function sumBy(groupOf: Uint32Array, count: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(count);
  for (let f = 1; f < groupOf.length; f++) if (groupOf[f] > 0) sums[groupOf[f] - 1] += values[f];
  return sums;
}

/** Groups of groups: the number of each face's group's group, from 1. */
function regroup(groupOf: Uint32Array, groups: Uint32Array): Uint32Array {
  return groupOf.map((g) => (g === 0 ? 0 : groups[g - 1] + 1));
}

function countOf(groupOf: Uint32Array): number {
  return groupOf.reduce((most, g) => Math.max(most, g), 0);
}

function deriveBlocks(faces: Faces, above: Uint32Array, communities: Uint32Array | undefined): Uint32Array {
  // atoms: faces, or imported communities, which a block must not cut
  const faceNumbers = Uint32Array.from(above, (_, f) => f);
  const loose = communities === undefined ? faceNumbers : communities.map((c, f) => (c === 0 ? communities.length + f : c));
  let of = groupBy(faces, [above, loose]).of;
  const sameAbove = (left: number, right: number): boolean => above[left] === above[right];

  // between arterials: everything, unless that is more than a block
  const soft = listBonds(faces, of, (e, left, right) => faces.t.strength[e] < ARTERIAL && sameAbove(left, right));
  const sizes = sumBy(of, countOf(of), faces.landM2);
  const between = joinConnected(sizes.length, soft);
  const total = new Float64Array(sizes.length);
  sizes.forEach((size, i) => (total[between[i]] += size));
  const tooLarge = soft.filter(({ a }) => total[between[a]] > BLOCK_AREA.max);
  const split = mergeRegions(sizes, tooLarge, BLOCK_AREA);
  const keyOf = Uint32Array.from(of, (g) => (g === 0 ? 0 : total[between[g - 1]] > BLOCK_AREA.max ? 1 + split[g - 1] : 1 + sizes.length + between[g - 1]));
  of = groupBy(faces, [above, keyOf]).of;

  // across arterials: what is too small
  const all = listBonds(faces, of, (_, left, right) => sameAbove(left, right));
  return regroup(of, mergeRegions(sumBy(of, countOf(of), faces.landM2), all, BLOCK_AREA));
}

function deriveCommunities(faces: Faces, blockOf: Uint32Array, known: boolean): Uint32Array {
  const { of } = groupBy(faces, [Uint32Array.from(blockOf, (_, f) => f)]);
  const bonds = listBonds(faces, of, (_, left, right) => blockOf[left] === blockOf[right]);
  const sizes = sumBy(of, countOf(of), known ? faces.persons : faces.landM2);
  return regroup(of, mergeRegions(sizes, bonds, known ? COMMUNITY_PERSONS : COMMUNITY_AREA));
}

function buildUnits(faces: Faces, groupOf: ArrayLike<number>, aboveOf: Uint32Array, imported: Uint32Array | undefined, frame: Frame): CutUnit[] {
  const of = Uint32Array.from(groupOf);
  const count = countOf(of);
  const rings = traceRegions(faces.t, of, count);
  const land = sumBy(of, count, faces.landM2);
  const persons = sumBy(of, count, faces.persons);
  const parent = new Int32Array(count);
  const source = new Int32Array(count).fill(-1);
  for (let f = 1; f < of.length; f++) {
    if (of[f] === 0) continue;
    parent[of[f] - 1] = aboveOf[f] - 1;
    if (imported !== undefined) source[of[f] - 1] = imported[f] - 1;
  }
  const geometries = rings.map((region) => toGeometry(faces.t, region, frame));
  return geometries.map((geometry, i) => ({
    geometry,
    parent: parent[i],
    imported: source[i],
    areaM2: areaOf(geometries[i]),
    landM2: land[i],
    persons: persons[i],
  }));
}

function toGeometry(t: Tessellation, region: RegionRings, frame: Frame): Geometry {
  const flat: number[] = [];
  const partEnds: number[] = [];
  const polygonEnds: number[] = [];
  const degrees = (origin: number, steps: number): number => Math.round(origin * GRID_PER_DEGREE + steps) / GRID_PER_DEGREE;
  for (const { shell, holes } of region.polygons) {
    for (const ring of [shell, ...holes]) {
      for (const v of ring) flat.push(degrees(frame.lon, t.x[v]), degrees(frame.lat, t.y[v]));
      flat.push(degrees(frame.lon, t.x[ring[0]]), degrees(frame.lat, t.y[ring[0]]));
      partEnds.push(flat.length / 2);
    }
    polygonEnds.push(partEnds.length);
  }
  const single = polygonEnds.length === 1;
  return {
    type: single ? 'Polygon' : 'MultiPolygon',
    coordinates: Float64Array.from(flat),
    partEnds: Uint32Array.from(partEnds),
    ...(!single && { polygonEnds: Uint32Array.from(polygonEnds) }),
  };
}
