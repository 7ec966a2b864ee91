/**
 * What each face of a city is by what covers it: settled, green, open country or water.
 *
 * A face goes by the land use that dominates it; where none does, by the footprint of its buildings, the persons who live
 * in it, and the density of its streets. All of these are looked up in one picture of the faces (face-squares.ts), so that
 * no polygon is ever cut with another.
 * Rejected: overlaying land use with faces (seconds, for shares of which only "more than half" matters); the density of a
 * face alone (a sliver between two country roads is as dense as a town) and that of its surroundings alone (it draws the
 * first field into the city).
 *
 * Memory: the picture, 32 bytes for each hectare, and 90 bytes a face.
 */
import { buildPolygonIndex } from '../../engine/spatial/containment.ts';
import { areaM2, metresPerDegree } from '../../engine/spatial/measure.ts';
import { BUILT_UP, GROUND } from './built-up-rules.ts';
import type { FaceSquares } from './face-squares.ts';
import { faceAt, fillSquares, squareAt } from './face-squares.ts';
import { walkStreets } from './walk-streets.ts';
import type { Evidence, Faces, Frame, Persons, TownStreets } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

/** Land use is looked at in no more spots than this. */
const MOST_SPOTS = 250_000;
/** Streets and junctions are looked at so far to their sides, m. */
const ASIDE_M = 10;
/** Half the side of the square around a face in which streets count, and the grain of that sum, m. */
const AROUND_M = 500;
const GRAIN_M = 100;
/** Perimeter² / area of a rectangle ten times as long as wide is 48, of a square 16. */
const STRIP_SHAPE = 48;

/** What told that land is settled. */
export const BASES = ['land-use', 'buildings', 'persons', 'streets'] as const;
export type Basis = (typeof BASES)[number];

export interface FaceClasses {
  /** Class of each face (GROUND), 0 outside the city. */
  readonly of: Uint8Array;
  /** m² of settled land by what told that it is. */
  readonly toldBy: Readonly<Record<Basis, number>>;
}

/** Classifies every face of the city. */
export function classifyFaces(faces: Faces, { land, buildings, streets }: Evidence, persons: Persons | undefined, frame: Frame): FaceClasses {
  const { t, inCity, areaM2: area, landM2 } = faces;
  const squares = fillSquares(t, frame);
  const forms = findForms(faces, frame);
  const shares = shareLand(faces, squares, land, frame);
  const footprint = new Float64Array(t.faceCount);
  for (let i = 0; i < buildings.length; i += 3) footprint[faceAt(squares, (buildings[i] - frame.lon) * GRID_PER_DEGREE, (buildings[i + 1] - frame.lat) * GRID_PER_DEGREE)] += buildings[i + 2];
  const street = measureStreets(faces, squares, streets, frame);
  const residents = spreadPersons(t.faceCount, squares, persons, frame);

  const of = new Uint8Array(t.faceCount);
  const toldBy: Record<Basis, number> = { 'land-use': 0, buildings: 0, persons: 0, streets: 0 };
  for (let f = 1; f < t.faceCount; f++) {
    if (inCity[f] === 0) continue;
    const perKm2 = 1e6 / area[f];
    const [ground, basis] = landM2[f] === 0 ? [GROUND.water] : classify({
      settled: shares[5 * f + GROUND.settled],
      green: shares[5 * f + GROUND.green],
      open: shares[5 * f + GROUND.open],
      footprint: footprint[f] / area[f],
      personsPerKm2: residents[f] * perKm2,
      streetsKmPerKm2: (street.ofFace[f] / 1000) * perKm2,
      streetsAround: street.around[f],
      form: forms[f],
    });
    of[f] = ground;
    if (basis !== undefined) toldBy[basis] += landM2[f];
  }
  return { of, toldBy };
}

/** What is known of one face. */
interface FaceFacts {
  /** Shares of its land, 0–1. */
  readonly settled: number;
  readonly green: number;
  readonly open: number;
  readonly footprint: number;
  readonly personsPerKm2: number;
  readonly streetsKmPerKm2: number;
  readonly streetsAround: number;
  readonly form: number;
}

function classify(face: FaceFacts): [ground: number, basis?: Basis] {
  const most = BUILT_UP.dominantShare.value;
  if (face.settled >= most) return [GROUND.settled, 'land-use'];
  if (face.footprint >= BUILT_UP.footprintShare.value && face.green < most) return [GROUND.settled, 'buildings'];
  if (face.settled + face.green >= most) return face.settled >= face.green ? [GROUND.settled, 'land-use'] : [GROUND.green];
  if (face.open >= most) return [GROUND.open];
  if (face.form === FORM.strip) return [GROUND.strip];
  if (face.personsPerKm2 >= BUILT_UP.crowdedPerKm2.value) return [GROUND.settled, 'persons'];
  // a narrow face without streets of its own goes with its neighbours, a wide one is country
  if (face.streetsKmPerKm2 < BUILT_UP.streetsOfFace.value) return [face.form === FORM.narrow ? GROUND.strip : GROUND.open];
  if (face.personsPerKm2 >= BUILT_UP.settledPerKm2.value) return [GROUND.settled, 'persons'];
  return face.streetsAround >= BUILT_UP.streetsAround.value ? [GROUND.settled, 'streets'] : [GROUND.open];
}

const FORM = { wide: 0, narrow: 1, strip: 2 } as const;

/** Strips are long as well as narrow: the land between carriageways or tracks, which belongs to what lies on both sides. */
function findForms({ t, areaM2: area }: Faces, frame: Frame): Uint8Array {
  const scale = metresPerDegree(frame.lat);
  const perimeter = new Float64Array(t.faceCount);
  for (let e = 0; e < t.strength.length; e++) {
    const [u, v] = [t.ends[2 * e], t.ends[2 * e + 1]];
    const metres = Math.hypot((t.x[v] - t.x[u]) * scale.lon, (t.y[v] - t.y[u]) * scale.lat) / GRID_PER_DEGREE;
    perimeter[t.faceOf[2 * e]] += metres;
    perimeter[t.faceOf[2 * e + 1]] += metres;
  }
  return Uint8Array.from(perimeter, (p, f) => {
    if (2 * area[f] >= BUILT_UP.stripM.value * p) return FORM.wide;
    return p * p > STRIP_SHAPE * area[f] ? FORM.strip : FORM.narrow;
  });
}

/** Share of each face's looked-at points in each class, five to a face. */
function shareLand({ t, inCity, points, areaM2: area, landM2 }: Faces, squares: FaceSquares, { shapes, classes }: Evidence['land'], frame: Frame): Float64Array {
  const shares = new Float64Array(5 * t.faceCount);
  if (shapes.length === 0) return shares;
  // where areas overlap, the smaller one says more: a park in a quarter, a pitch in a park
  const sizes = shapes.map(areaM2);
  const order = shapes.map((_, i) => i).sort((a, b) => sizes[a] - sizes[b] || a - b);
  const index = buildPolygonIndex(order.map((i) => shapes[i]));
  const look = (f: number, lon: number, lat: number, weight: number): void => {
    const found = index.findFirst(lon, lat);
    shares[5 * f + (found < 0 ? GROUND.unknown : classes[order[found]])] += weight;
  };
  const { columns, rows, sideM } = squares;
  const every = Math.max(1, Math.ceil(Math.sqrt((columns * rows) / MOST_SPOTS)));
  const spotM2 = (every * sideM) ** 2;
  for (let row = every >> 1; row < rows; row += every) {
    for (let column = every >> 1; column < columns; column += every) {
      const f = squares.face[row * columns + column];
      if (inCity[f] === 0 || landM2[f] === 0) continue;
      look(f, frame.lon + (squares.x + (column + 0.5) * squares.dx) / GRID_PER_DEGREE, frame.lat + (squares.y + (row + 0.5) * squares.dy) / GRID_PER_DEGREE, spotM2);
    }
  }
  for (let f = 1; f < t.faceCount; f++) {
    if (inCity[f] === 0 || landM2[f] === 0) continue;
    look(f, points[2 * f], points[2 * f + 1], Math.min(spotM2, area[f]));
    let sum = 0;
    for (let k = 0; k < 5; k++) sum += shares[5 * f + k];
    for (let k = 0; k < 5 && sum > 0; k++) shares[5 * f + k] /= sum;
  }
  return shares;
}

/** Metres of street that are a face's own, and km/km² in the square around it. */
function measureStreets({ t, inCity, points, landM2 }: Faces, squares: FaceSquares, streets: TownStreets, frame: Frame): { ofFace: Float64Array; around: Float64Array } {
  const ofFace = new Float64Array(t.faceCount);
  // coarser squares for the sum around
  const step = Math.max(1, Math.round(GRAIN_M / squares.sideM));
  const columns = Math.ceil(squares.columns / step);
  const rows = Math.ceil(squares.rows / step);
  const metres = new Float64Array(columns * rows);
  const coarse = (square: number): number => Math.floor(Math.floor(square / squares.columns) / step) * columns + Math.floor((square % squares.columns) / step);
  walkStreets(streets, frame, (x, y, length, leftX, leftY) => {
    ofFace[faceAt(squares, x + ASIDE_M * leftX, y + ASIDE_M * leftY)] += length / 2;
    ofFace[faceAt(squares, x - ASIDE_M * leftX, y - ASIDE_M * leftY)] += length / 2;
    const square = squareAt(squares, x, y);
    if (square >= 0) metres[coarse(square)] += length;
  });
  const land = new Float64Array(columns * rows);
  const squareM2 = squares.sideM ** 2;
  for (let i = 0; i < squares.face.length; i++) {
    const f = squares.face[i];
    if (inCity[f] === 1 && landM2[f] > 0) land[coarse(i)] += squareM2;
  }
  const [sumOfMetres, sumOfLand] = [sumTable(metres, columns, rows), sumTable(land, columns, rows)];
  const around = new Float64Array(t.faceCount);
  const reach = Math.max(1, Math.round(AROUND_M / (step * squares.sideM)));
  for (let f = 1; f < t.faceCount; f++) {
    const column = Math.floor(((points[2 * f] - frame.lon) * GRID_PER_DEGREE - squares.x) / squares.dx / step);
    const row = Math.floor(((points[2 * f + 1] - frame.lat) * GRID_PER_DEGREE - squares.y) / squares.dy / step);
    const box = [Math.max(0, column - reach), Math.max(0, row - reach), Math.min(columns, column + reach + 1), Math.min(rows, row + reach + 1)] as const;
    const km2 = sumIn(sumOfLand, columns, box) / 1e6;
    around[f] = km2 > 0 ? sumIn(sumOfMetres, columns, box) / 1000 / km2 : 0;
  }
  return { ofFace, around };
}

/** Sums over all squares to the south-west, with a row and a column of zeros before them. */
function sumTable(values: Float64Array, columns: number, rows: number): Float64Array {
  const sums = new Float64Array((columns + 1) * (rows + 1));
  for (let r = 0; r < rows; r++) {
    let row = 0;
    for (let c = 0; c < columns; c++) {
      row += values[r * columns + c];
      sums[(r + 1) * (columns + 1) + c + 1] = sums[r * (columns + 1) + c + 1] + row;
    }
  }
  return sums;
}

function sumIn(sums: Float64Array, columns: number, [left, bottom, right, top]: readonly [number, number, number, number]): number {
  const w = columns + 1;
  return right <= left || top <= bottom ? 0 : sums[top * w + right] - sums[bottom * w + right] - sums[top * w + left] + sums[bottom * w + left];
}

/** Persons by face; those at a junction, which lies on the border of fields and town alike, count a quarter in each direction. */
function spreadPersons(faceCount: number, squares: FaceSquares, persons: Persons | undefined, frame: Frame): Float64Array {
  const spread = new Float64Array(faceCount);
  if (persons === undefined) return spread;
  const scale = metresPerDegree(frame.lat);
  const [dx, dy] = [(2 * ASIDE_M * GRID_PER_DEGREE) / scale.lon, (2 * ASIDE_M * GRID_PER_DEGREE) / scale.lat];
  for (let i = 0; i < persons.persons.length; i++) {
    if (!(persons.persons[i] > 0)) continue;
    const x = (persons.lon[i] - frame.lon) * GRID_PER_DEGREE;
    const y = (persons.lat[i] - frame.lat) * GRID_PER_DEGREE;
    for (const [ex, ey] of [[dx, dy], [-dx, dy], [dx, -dy], [-dx, -dy]]) spread[faceAt(squares, x + ex, y + ey)] += persons.persons[i] / 4;
  }
  return spread;
}
