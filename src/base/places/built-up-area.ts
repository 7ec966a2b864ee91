/**
 * The built-up area (建成区) of a city out of the classes of its faces: settled land that hangs together with the city or is
 * a town of its own, with the parks, waters and small gaps within it.
 *
 * 1. Green land and water that mostly border on settled land lie within it. 2. What touches, or is apart by no more than
 * 200 m, is one piece. 3. The largest piece and all pieces that are towns stay, hamlets go. 4. Small holes are filled.
 */
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import { BUILT_UP, GROUND } from './built-up-rules.ts';
import type { Faces, Frame } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

export interface BuiltUpArea {
  /** 1 for faces of the built-up area. */
  readonly holds: Uint8Array;
  /** False where nothing shows where the city is built up, so that all of it is taken to be. */
  readonly known: boolean;
  /** Pairs of faces on either side of a gap that is bridged: left, right, … */
  readonly links: Uint32Array;
  /** Pieces that stay: the city proper and its detached towns. */
  readonly pieces: number;
  /** Pieces that are too small for a town. */
  readonly hamlets: number;
}

/** The built-up area; all of the city where no face is settled, or no classes are known. */
export function findBuiltUpArea(faces: Faces, classes: Uint8Array | undefined, frame: Frame): BuiltUpArea {
  const { t } = faces;
  if (classes === undefined || !classes.includes(GROUND.settled)) return { holds: faces.inCity.slice(), known: false, links: new Uint32Array(0), pieces: 1, hamlets: 0 };
  const metres = measureEdges(faces, frame.lat);
  const holds = Uint8Array.from(classes, (one) => (one === GROUND.settled ? 1 : 0));
  takeInEnclosed(faces, classes, metres, holds);

  const sets = new DisjointSets(t.faceCount);
  for (let e = 0; e < t.strength.length; e++) {
    const [a, b] = [t.faceOf[2 * e], t.faceOf[2 * e + 1]];
    if (holds[a] === 1 && holds[b] === 1) sets.join(a, b);
  }
  const links = bridgeGaps(faces, metres, holds, sets, frame);
  const { pieces, hamlets } = dropHamlets(faces, classes, holds, sets);
  fillHoles(faces, classes, holds);
  return { holds, known: true, links: links.filter((_, i) => holds[links[i - (i % 2)]] === 1), pieces, hamlets };
}

/** Lengths of edges; at the scale of one latitude, which over a city changes them by less than a hundredth. */
function measureEdges({ t }: Faces, lat: number): Float64Array {
  const scale = metresPerDegree(lat);
  return Float64Array.from(t.strength, (_, e) => {
    const [u, v] = [t.ends[2 * e], t.ends[2 * e + 1]];
    return Math.hypot((t.x[v] - t.x[u]) * scale.lon, (t.y[v] - t.y[u]) * scale.lat) / GRID_PER_DEGREE;
  });
}

/**
 * What a metre of border with land that is not decided yet counts: little, as a bank says nothing about a park on it, nor a
 * park about the street around it; but something, lest a road be followed out into the fields, carriageway by carriageway.
 */
const UNDECIDED = 0.25;

/**
 * Strips, parks and waters, in this order, where at least half of their border is with built-up land. What is of their own
 * class, or comes later in the order, is undecided; a last round counts all but the own class in full.
 */
function takeInEnclosed(faces: Faces, classes: Uint8Array, metres: Float64Array, holds: Uint8Array): void {
  takeIn(faces, classes, metres, holds, [GROUND.strip], [GROUND.strip, GROUND.green, GROUND.water]);
  takeIn(faces, classes, metres, holds, [GROUND.green], [GROUND.green, GROUND.strip, GROUND.water]);
  takeIn(faces, classes, metres, holds, [GROUND.strip, GROUND.green, GROUND.water], []);
}

/** Takes in faces of some classes, parks as a whole, again and again, because the next stretch of a river may follow. */
function takeIn({ t, inCity, areaM2 }: Faces, classes: Uint8Array, metres: Float64Array, holds: Uint8Array, which: readonly number[], silent: readonly number[]): void {
  const isOf = (list: readonly number[]): Uint8Array => Uint8Array.from({ length: 8 }, (_, one) => Number(list.includes(one)));
  const [eligible, mute] = [isOf(which), isOf(silent)];
  const may = Uint8Array.from(classes, (one, f) => Number(holds[f] === 0 && eligible[one] === 1 && (one !== GROUND.water || areaM2[f] <= BUILT_UP.waterM2.value)));
  const sets = new DisjointSets(t.faceCount);
  for (let e = 0; e < t.strength.length; e++) {
    const [a, b] = [t.faceOf[2 * e], t.faceOf[2 * e + 1]];
    if (may[a] === 1 && may[b] === 1 && classes[a] === GROUND.green && classes[b] === GROUND.green) sets.join(a, b);
  }
  const sides = Uint32Array.from(t.ends.keys()).filter((h) => may[t.faceOf[h]] === 1 && inCity[t.faceOf[h ^ 1]] === 1);
  const candidates = Uint32Array.from(may.keys()).filter((f) => may[f] === 1);
  for (let changed = true; changed; ) {
    changed = false;
    const border = new Float64Array(t.faceCount);
    const within = new Float64Array(t.faceCount);
    for (const h of sides) {
      const [f, other] = [t.faceOf[h], t.faceOf[h ^ 1]];
      if (holds[f] === 1 || sets.find(f) === sets.find(other)) continue;
      const undecided = holds[other] === 0 && (mute[classes[other]] === 1 || classes[other] === classes[f]);
      border[sets.find(f)] += metres[h >> 1] * (undecided ? UNDECIDED : 1);
      if (holds[other] === 1) within[sets.find(f)] += metres[h >> 1];
    }
    for (const f of candidates) {
      const set = sets.find(f);
      if (holds[f] === 1 || within[set] === 0 || within[set] < BUILT_UP.enclosedShare.value * border[set]) continue;
      holds[f] = 1;
      changed = true;
    }
  }
}

/** Joins pieces that are no more than `gapM` apart; returns the faces on either side of each bridged gap. */
function bridgeGaps({ t }: Faces, metres: Float64Array, holds: Uint8Array, sets: DisjointSets, frame: Frame): Uint32Array {
  const gapM = BUILT_UP.gapM.value;
  const scale = metresPerDegree(frame.lat);
  const [mx, my] = [scale.lon / GRID_PER_DEGREE, scale.lat / GRID_PER_DEGREE];
  const rims = new Map<number, { x: number; y: number; face: number }[]>();
  const keyOf = (column: number, row: number): number => (row + 2 ** 22) * 2 ** 23 + column + 2 ** 22;
  for (let e = 0; e < t.strength.length; e++) {
    const [a, b] = [t.faceOf[2 * e], t.faceOf[2 * e + 1]];
    if (holds[a] === holds[b]) continue;
    const [u, v] = [t.ends[2 * e], t.ends[2 * e + 1]];
    const pieces = Math.max(1, Math.ceil(metres[e] / (gapM / 4)));
    for (let k = 0; k < pieces; k++) {
      const x = (t.x[u] + ((t.x[v] - t.x[u]) * k) / pieces) * mx;
      const y = (t.y[u] + ((t.y[v] - t.y[u]) * k) / pieces) * my;
      const key = keyOf(Math.floor(x / gapM), Math.floor(y / gapM));
      const spot = { x, y, face: holds[a] === 1 ? a : b };
      const list = rims.get(key);
      if (list === undefined) rims.set(key, [spot]);
      else list.push(spot);
    }
  }
  const links: number[] = [];
  for (const here of rims.values()) {
    const column = Math.floor(here[0].x / gapM);
    const row = Math.floor(here[0].y / gapM);
    // each pair of squares once
    for (const [dc, dr] of [[0, 0], [1, 0], [-1, 1], [0, 1], [1, 1]]) {
      for (const far of rims.get(keyOf(column + dc, row + dr)) ?? []) {
        for (const near of here) {
          if (sets.find(near.face) === sets.find(far.face) || Math.hypot(near.x - far.x, near.y - far.y) > gapM) continue;
          sets.join(near.face, far.face);
          links.push(near.face, far.face);
        }
      }
    }
  }
  return Uint32Array.from(links);
}

/**
 * The same area in whole units of `unitOf` (0: none): a unit is within it where most of its land, or of its persons, is.
 */
export function roundToUnits({ landM2, persons }: Faces, holds: Uint8Array, unitOf: Uint32Array): Uint8Array {
  const sums = new Map<number, { land: number; built: number; all: number; within: number }>();
  unitOf.forEach((unit, f) => {
    if (unit === 0) return;
    let sum = sums.get(unit);
    if (sum === undefined) sums.set(unit, (sum = { land: 0, built: 0, all: 0, within: 0 }));
    sum.land += landM2[f];
    sum.all += persons[f];
    if (holds[f] === 0) return;
    sum.built += landM2[f];
    sum.within += persons[f];
  });
  return holds.map((one, f) => {
    const sum = sums.get(unitOf[f]);
    return sum === undefined ? one : Number(2 * sum.built >= sum.land || 2 * sum.within > sum.all);
  });
}

/**
 * The same area without crumbs: what a border between `unitOf` cuts off and is too small for anything, unless it is all
 * that unit has of the city.
 */
export function dropCrumbs({ t, landM2 }: Faces, holds: Uint8Array, unitOf: Uint32Array, links: Uint32Array): Uint8Array {
  const sets = new DisjointSets(t.faceCount);
  const join = (a: number, b: number): void => {
    if (holds[a] === 1 && holds[b] === 1 && unitOf[a] === unitOf[b]) sets.join(a, b);
  };
  for (let e = 0; e < t.strength.length; e++) join(t.faceOf[2 * e], t.faceOf[2 * e + 1]);
  for (let i = 0; i < links.length; i += 2) join(links[i], links[i + 1]);
  const land = new Float64Array(t.faceCount);
  const ofUnit = new Map<number, number>();
  for (let f = 1; f < t.faceCount; f++) {
    if (holds[f] === 0) continue;
    land[sets.find(f)] += landM2[f];
    ofUnit.set(unitOf[f], (ofUnit.get(unitOf[f]) ?? 0) + landM2[f]);
  }
  return holds.map((one, f) => {
    const piece = land[sets.find(f)];
    return one === 1 && piece < BUILT_UP.crumbM2.value && piece < (ofUnit.get(unitOf[f]) ?? 0) / 2 ? 0 : one;
  });
}

/** Takes pieces out that are no town; the largest stays in any case. */
function dropHamlets({ t, landM2, persons }: Faces, classes: Uint8Array, holds: Uint8Array, sets: DisjointSets): { pieces: number; hamlets: number } {
  const land = new Map<number, number>();
  const residents = new Map<number, number>();
  for (let f = 1; f < t.faceCount; f++) {
    if (holds[f] === 0) continue;
    const piece = sets.find(f);
    land.set(piece, (land.get(piece) ?? 0) + (classes[f] === GROUND.settled ? landM2[f] : 0));
    residents.set(piece, (residents.get(piece) ?? 0) + persons[f]);
  }
  const largest = Math.max(0, ...land.values());
  const stays = (piece: number): boolean => {
    const size = land.get(piece) ?? 0;
    return size === largest || size >= BUILT_UP.townLandM2.value || (residents.get(piece) ?? 0) >= BUILT_UP.townPersons.value;
  };
  for (let f = 1; f < t.faceCount; f++) if (holds[f] === 1 && !stays(sets.find(f))) holds[f] = 0;
  const pieces = [...land.keys()].filter(stays).length;
  return { pieces, hamlets: land.size - pieces };
}

/** Takes in land that the built-up area wholly surrounds, where it is small. */
function fillHoles({ t, inCity, landM2 }: Faces, classes: Uint8Array, holds: Uint8Array): void {
  const sets = new DisjointSets(t.faceCount);
  const isOut = (f: number): boolean => inCity[f] === 1 && holds[f] === 0 && classes[f] !== GROUND.water;
  // a face of the rim, or of the water that stays out, is no hole
  const open = new Uint8Array(t.faceCount);
  for (let e = 0; e < t.strength.length; e++) {
    const [a, b] = [t.faceOf[2 * e], t.faceOf[2 * e + 1]];
    if (isOut(a) && isOut(b)) sets.join(a, b);
    else if (isOut(a) && holds[b] === 0) open[a] = 1;
    else if (isOut(b) && holds[a] === 0) open[b] = 1;
  }
  const land = new Float64Array(t.faceCount);
  const leaks = new Uint8Array(t.faceCount);
  for (let f = 1; f < t.faceCount; f++) {
    if (!isOut(f)) continue;
    land[sets.find(f)] += landM2[f];
    if (open[f] === 1) leaks[sets.find(f)] = 1;
  }
  for (let f = 1; f < t.faceCount; f++) {
    const hole = sets.find(f);
    if (inCity[f] === 1 && holds[f] === 0 && classes[f] !== GROUND.water && leaks[hole] === 0 && land[hole] <= BUILT_UP.holeM2.value) holds[f] = 1;
  }
}

/** Union-find by least number with path halving. */
class DisjointSets {
  readonly #parent: Uint32Array;

  constructor(count: number) {
    this.#parent = Uint32Array.from({ length: count }, (_, i) => i);
  }

  find(i: number): number {
    const parent = this.#parent;
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  }

  join(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)];
    this.#parent[Math.max(x, y)] = Math.min(x, y);
  }
}
