/**
 * The city as faces: every border and barrier becomes segments of one planar network, and of each face it is known how
 * large it is, how much of it is land, and how many live there.
 */
import { ChengmaiError } from '../../core/errors.ts';
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import type { Geometry } from '../../engine/spatial/geometry.ts';
import { listParts } from '../../engine/spatial/geometry.ts';
import { areaM2 as areaOf, metresPerDegree } from '../../engine/spatial/measure.ts';
import type { Tessellation } from '../../engine/spatial/tessellation-faces.ts';
import { buildTessellation, locateFace, measureFaces, pointsInFaces } from '../../engine/spatial/tessellation-faces.ts';
import { MAX_GRID, nodeSegments } from '../../engine/spatial/tessellation-noding.ts';
import { STRENGTH } from './barriers.ts';
import { GROUND } from './built-up-rules.ts';
import { drawLattice } from './draw-lattice.ts';
import type { CutInput, Faces, Frame } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

/** Grounds and parks from this size on are faces of their own, m²: a hectare. */
const GROUNDS_M2 = 10_000;

/** The middle of the box around a city, on the grid. */
export function centreOf(city: Geometry): Frame {
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

/** @throws ChengmaiError input `base/city-too-large` */
export function layFaces(input: CutInput, frame: Frame): Faces {
  const segments = new SegmentList(frame);
  // borders of units are as weak as a parcel's: that no unit crosses one above it is seen to by numbers, not by strength
  segments.add(input.city, STRENGTH.parcel, true);
  const reach = segments.box();
  for (const unit of [...input.districts, ...input.blocks, ...input.communities]) segments.add(unit, STRENGTH.parcel, false, reach);
  for (const water of input.water) segments.add(water, STRENGTH.water, false, reach);
  for (const barrier of input.barriers) segments.add(barrier.geometry, barrier.strength, false, reach);
  // grounds and parks are faces of their own: the built-up area and its communities end at their edges
  input.evidence?.land.shapes.forEach((shape, i) => {
    if (input.evidence?.land.classes[i] !== GROUND.open && areaOf(shape) >= GROUNDS_M2) segments.add(shape, STRENGTH.parcel, false, reach);
  });
  const faces = measure(input, buildTessellation(nodeSegments(segments.coordinates(), segments.strengths())), frame);
  if (!drawLattice(faces, input, frame, (ax, ay, bx, by) => segments.push(ax, ay, bx, by, STRENGTH.drawn))) return faces;
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

function tooLarge(spanDeg: number): ChengmaiError {
  const most = (2 * MAX_GRID) / GRID_PER_DEGREE;
  const span = spanDeg.toFixed(1);
  return new ChengmaiError('input', 'base/city-too-large', {
    zh: `城市范围跨 ${span} 度，超过可划分的 ${most} 度；请检查坐标系，或给出较小的城市边界。`,
    en: `The city's extent spans ${span} degrees, more than the ${most} that can be cut into places; check the coordinate system or give a smaller city boundary.`,
  }, { value: span });
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
          if (strict) throw tooLarge((2 * Math.max(Math.abs(ax), Math.abs(ay), Math.abs(bx), Math.abs(by))) / GRID_PER_DEGREE);
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
