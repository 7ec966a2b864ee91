/**
 * Residential and construction land as rows (engine/spatial/scan-rows.ts), cut by the places that have it; made once a run.
 *
 * Residential land (居住用地): land use `residential` of the map. Construction land (城市建设用地, GB 50137-2011 R A B M W S U G): every
 * kind that the built-up area counts as settled, and public green and squares; not farmland, forest, water, cemeteries, allotments, golf courses. The map's
 * kinds stand for the plan's classes, so that much is a convention of ours. Polygons that overlap count once.
 *
 * Each span has its unit of the tree, the finest that holds it, and its zone. Land in no place is left out.
 */
import { GROUND, groundOf } from '../../base/places/built-up-rules.ts';
import { areasByLabel, buildRowFrame, coveredByLabel, labelSpans, middleE7, scanLabelled, scanUnion, startOf, stripM2, withoutLabels } from '../../engine/spatial/scan-rows.ts';
import type { LabelledSpans, RowFrame, RowSpans } from '../../engine/spatial/scan-rows.ts';
import type { LandKind } from '../operators/coverage-schemas.ts';
import type { CityData } from './city-data.ts';
import { TREE_LEVELS } from './place-tree.ts';

/** Rows are 2 m high, in small cities less: at least 3,000 of them, down to half a metre. */
const MOST_ROW_M = 2;
const LEAST_ROW_M = 0.5;
const LEAST_ROWS = 3000;
/** A lattice point stands for a square of 25 m. */
const LATTICE_M2 = 625;
/** Green that is no urban green and square land (G). */
const NO_URBAN_GREEN = new Set(['golf_course', 'allotments', 'cemetery', 'grave_yard', 'greenfield', 'horse_riding', 'nature_reserve']);
/** Settled, but no urban construction land: special land (H4) and land outside towns. */
const NO_URBAN_LAND = new Set(['military', 'prison']);

export interface LandRows {
  readonly frame: RowFrame;
  /** By span the unit of the tree that has it. */
  readonly spans: LabelledSpans;
  /** The same land by zone; absent where the city has none. */
  readonly zones: LabelledSpans | undefined;
  /** m² by place: of units of the tree what no finer unit has, of zones all. Not rolled up. */
  readonly areaM2: Float64Array;
}

/** Whether a kind of land use counts. */
export function isLand(land: LandKind, kind: string): boolean {
  if (land === 'residential') return kind === 'residential';
  const ground = groundOf(kind);
  return (ground === GROUND.settled && !NO_URBAN_LAND.has(kind)) || (ground === GROUND.green && !NO_URBAN_GREEN.has(kind));
}

/** Undefined where the city has no such land. */
export function landRows(city: CityData, land: LandKind): LandRows | undefined {
  return city.memo(`land-rows/${land}`, () => buildLandRows(city, land));
}

function listLand({ snapshot }: CityData, land: LandKind): number[] {
  const known = new Map<number, boolean>();
  const numbers: number[] = [];
  snapshot.landUse.kind.forEach((kind, i) => {
    if (snapshot.landUse.water[i] === 1) return;
    let counts = known.get(kind);
    if (counts === undefined) known.set(kind, (counts = isLand(land, snapshot.text(kind))));
    if (counts) numbers.push(i);
  });
  return numbers;
}

function buildLandRows(city: CityData, land: LandKind): LandRows | undefined {
  const { snapshot: { landUse, place }, tree } = city;
  const numbers = listLand(city, land);
  const { verticesE7, partEnds, shapeEnds } = landUse.shapes;
  let south = Infinity;
  let north = -Infinity;
  for (const i of numbers) {
    const [first, last] = [startOf(shapeEnds, i), shapeEnds[i]];
    for (let v = startOf(partEnds, first), end = last > first ? partEnds[last - 1] : 0; v < end; v++) {
      south = Math.min(south, verticesE7[2 * v + 1]);
      north = Math.max(north, verticesE7[2 * v + 1]);
    }
  }
  if (!(south < north)) return undefined;
  const frame = buildRowFrame(south, north, Math.max(LEAST_ROW_M, Math.min(MOST_ROW_M, (north - south) * 0.011 / LEAST_ROWS)));
  const whole = withoutLabels(scanUnion(frame, landUse.shapes, numbers));
  let spans = whole;
  for (const level of TREE_LEVELS) spans = labelSpans(spans, scanLabelled(frame, place.shapes, tree.ofLevel(level)));
  const zoneNumbers = tree.ofLevel('zone');
  const zones = zoneNumbers.length === 0 ? undefined : labelSpans(whole, scanLabelled(frame, place.shapes, zoneNumbers));
  return { frame, spans, zones, areaM2: addUp(areasByLabel, frame, spans, zones, tree.count) };
}

/** m² by place of what of the land lies under cover; as {@link LandRows.areaM2}, not rolled up. */
export function coveredLand({ frame, spans, zones }: LandRows, cover: RowSpans, placeCount: number): Float64Array {
  return addUp((rows, land, count) => coveredByLabel(rows, land, cover, count), frame, spans, zones, placeCount);
}

function addUp(areas: (frame: RowFrame, spans: LabelledSpans, count: number) => Float64Array, frame: RowFrame, spans: LabelledSpans, zones: LabelledSpans | undefined, placeCount: number): Float64Array {
  const sums = areas(frame, spans, placeCount).slice(0, placeCount);
  if (zones !== undefined) areas(frame, zones, placeCount).forEach((area, place) => place < placeCount && (sums[place] += area));
  return sums;
}

/** Points spread evenly over land, one for about `LATTICE_M2`, and who has each. */
export interface LandLattice {
  /** Longitude and latitude by turns, 10⁻⁷ degrees. */
  readonly pointE7: Int32Array;
  /** By point: row and exact longitude, so that cover is told on the row itself. */
  readonly row: Uint32Array;
  readonly xE7: Float64Array;
  readonly leaf: Int32Array;
  readonly zone: Int32Array;
}

/** Fractional parts of multiples of this fill a line most evenly (Weyl; the least regular number there is). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * A lattice over the land: on row r at every S metres, shifted by frac(r · 0.618…) · S, a plane lattice of one point for each S · row height. Made
 * once a run and tied to the streets once for each way of travelling.
 */
export function landLattice(city: CityData, land: LandKind): LandLattice | undefined {
  return city.memo(`land-rows/lattice/${land}`, () => {
    const rows = landRows(city, land);
    return rows === undefined ? undefined : buildLattice(rows);
  });
}

function buildLattice({ frame, spans, zones }: LandRows): LandLattice {
  const middle = frame.count >> 1;
  const step = LATTICE_M2 / stripM2(frame, middle);
  const point: number[] = [];
  const row: number[] = [];
  const x: number[] = [];
  const leaf: number[] = [];
  const zone: number[] = [];
  const longest = longestOfNone(frame, spans, step);
  for (let r = 0; r < frame.count; r++) {
    const shift = ((r * GOLDEN) % 1) * step;
    const y = Math.round(middleE7(frame, r));
    let z = zones === undefined ? 0 : zones.first[r];
    for (let i = spans.first[r]; i < spans.first[r + 1]; i++) {
      if (spans.label[i] < 0) continue;
      if (longest.get(spans.label[i]) === i) {
        point.push(Math.round((spans.from[i] + spans.to[i]) / 2), y);
        row.push(r);
        x.push((spans.from[i] + spans.to[i]) / 2);
        leaf.push(spans.label[i]);
        zone.push(-1);
      }
      for (let at = Math.ceil((spans.from[i] - shift) / step) * step + shift; at < spans.to[i]; at += step) {
        point.push(Math.round(at), y);
        row.push(r);
        x.push(at);
        leaf.push(spans.label[i]);
        if (zones !== undefined) while (z < zones.first[r + 1] - 1 && zones.to[z] <= at) z++;
        zone.push(zones !== undefined && z < zones.first[r + 1] && zones.from[z] <= at && at < zones.to[z] ? zones.label[z] : -1);
      }
    }
  }
  return { pointE7: Int32Array.from(point), row: Uint32Array.from(row), xE7: Float64Array.from(x), leaf: Int32Array.from(leaf), zone: Int32Array.from(zone) };
}

/** Crumbs of land that the lattice misses: by place without a point the longest of its spans. */
function longestOfNone(frame: RowFrame, { first, from, to, label }: LabelledSpans, step: number): Map<number, number> {
  const hit = new Set<number>();
  const longest = new Map<number, number>();
  for (let r = 0; r < frame.count; r++) {
    const shift = ((r * GOLDEN) % 1) * step;
    for (let i = first[r]; i < first[r + 1]; i++) {
      if (label[i] < 0 || hit.has(label[i])) continue;
      if (Math.ceil((from[i] - shift) / step) * step + shift < to[i]) hit.add(label[i]);
      const known = longest.get(label[i]);
      if (known === undefined || to[i] - from[i] > to[known] - from[known]) longest.set(label[i], i);
    }
  }
  for (const place of hit) longest.delete(place);
  return longest;
}

/** Which points of a lattice lie under cover: 1 or 0. */
export function latticeUnder({ row, xE7 }: LandLattice, cover: RowSpans): Uint8Array {
  const under = new Uint8Array(row.length);
  let span = 0;
  for (let p = 0; p < row.length; p++) {
    if (p === 0 || row[p] !== row[p - 1] || xE7[p] < xE7[p - 1]) span = cover.first[row[p]];
    const end = cover.first[row[p] + 1];
    while (span < end && cover.to[span] < xE7[p]) span++;
    if (span < end && cover.from[span] <= xE7[p]) under[p] = 1;
  }
  return under;
}
