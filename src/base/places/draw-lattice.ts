/**
 * A square lattice, the weakest of barriers, inside faces that are too large for one unit: estates of one parcel with more
 * persons than a community, and land beyond the last street that closes a ring. Blind streets, which bound nothing by
 * themselves, do so together with the lattice, and being stronger they are what units end at.
 *
 * Spacing is a power of two times 62.5 m, so that lattices of neighbours meet. In a large face only those squares are drawn
 * that hold something of a town: the fields around them stay the one face they are, as no unit will be cut from them.
 */
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { BUILT_UP } from './built-up-rules.ts';
import { faceAt, fillSquares } from './face-squares.ts';
import { BLOCK_AREA, COMMUNITY_PERSONS } from './unit-sizes.ts';
import { walkStreets } from './walk-streets.ts';
import type { CutInput, Evidence, Faces, Frame, Persons } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

const STEP_M = 62.5;
/** Wide enough for a unit's piece, and fine enough for the edge of the built-up area, m. */
const WIDEST_M = 250;

/** Draws the lattice's lines, in grid steps, into every face that needs one; returns whether any does. */
export function drawLattice(faces: Faces, input: CutInput, frame: Frame, draw: (ax: number, ay: number, bx: number, by: number) => void): boolean {
  const { t, inCity, landM2, areaM2, persons } = faces;
  const known = input.population !== undefined;
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
  const scale = metresPerDegree(frame.lat);
  const towns = input.evidence === undefined ? undefined : findTownSquares(input.evidence, input.population, frame);
  const squares = fillSquares(t, frame);
  let drawn = false;
  for (const [face, box] of boxes) {
    // a piece has at most a quarter of the least community
    const wanted = Math.min(WIDEST_M, known && persons[face] > 0 ? Math.sqrt((areaM2[face] * COMMUNITY_PERSONS.min) / 4 / persons[face]) : Infinity);
    const times = 2 ** Math.max(0, Math.round(Math.log2(wanted / STEP_M)));
    const dx = Math.round((STEP_M * times * GRID_PER_DEGREE) / scale.lon);
    const dy = Math.round((STEP_M * times * GRID_PER_DEGREE) / scale.lat);
    const isIn = (x: number, y: number): boolean => faceAt(squares, x, y) === face;
    const isTown = (i: number, j: number): boolean => towns === undefined || landM2[face] <= BLOCK_AREA.max || towns.has((i + 0.5) * dx, (j + 0.5) * dy);
    for (let i = Math.floor(box[0] / dx); i <= Math.ceil(box[2] / dx); i++) {
      for (let j = Math.floor(box[1] / dy); j <= Math.ceil(box[3] / dy); j++) {
        const here = isTown(i, j);
        const x = i * dx;
        const y = j * dy;
        // the lower and the left side of a square, where it or the neighbour beyond is drawn
        for (const [ex, ey, wants] of [[dx, 0, here || isTown(i, j - 1)], [0, dy, here || isTown(i - 1, j)]] as const) {
          if (!wants || !(isIn(x, y) || isIn(x + ex, y + ey) || isIn(x + ex / 2, y + ey / 2))) continue;
          draw(x, y, x + ex, y + ey);
          drawn = true;
        }
      }
    }
  }
  return drawn;
}

/** Squares of the widest lattice in which there are the streets, persons or buildings of a town. */
function findTownSquares({ streets, buildings }: Evidence, persons: Persons | undefined, frame: Frame): { has(x: number, y: number): boolean } {
  const scale = metresPerDegree(frame.lat);
  const [dx, dy] = [(WIDEST_M * GRID_PER_DEGREE) / scale.lon, (WIDEST_M * GRID_PER_DEGREE) / scale.lat];
  const keyAt = (x: number, y: number): number => (Math.floor(y / dy) + 2 ** 20) * 2 ** 21 + Math.floor(x / dx) + 2 ** 20;
  const km2 = (WIDEST_M / 1000) ** 2;
  // one is enough: each sum is counted in parts of what it takes
  const sums = new Map<number, number>();
  const add = (x: number, y: number, part: number): void => {
    const key = keyAt(x, y);
    sums.set(key, (sums.get(key) ?? 0) + part);
  };
  const toX = (lon: number): number => (lon - frame.lon) * GRID_PER_DEGREE;
  const toY = (lat: number): number => (lat - frame.lat) * GRID_PER_DEGREE;
  walkStreets(streets, frame, (x, y, metres) => add(x, y, metres / 1000 / km2 / BUILT_UP.streetsOfFace.value));
  persons?.persons.forEach((count, i) => add(toX(persons.lon[i]), toY(persons.lat[i]), count / km2 / BUILT_UP.settledPerKm2.value));
  for (let i = 0; i < buildings.length; i += 3) add(toX(buildings[i]), toY(buildings[i + 1]), buildings[i + 2] / 1e6 / km2 / BUILT_UP.footprintShare.value);
  return { has: (x, y) => (sums.get(keyAt(x, y)) ?? 0) >= 1 };
}
