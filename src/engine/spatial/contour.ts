/**
 * Where a field on a grid is at most a level: polygons with holes.
 *
 * Method: marching squares with linear interpolation (Lorensen & Cline 1987 in two dimensions). Every crossed grid edge holds one
 * vertex, strictly between its ends, and belongs to one segment on each side, so rings close, never cross or touch themselves or one another, and
 * need no repair. A saddle is joined where the mean of its corners is within the level. Both rules only ever grow with the level: of two levels
 * of one field the lower one's polygons lie within the higher one's.
 *
 * Smoothing belongs in the field, before: smoothing rings (Chaikin, splines) keeps none of that.
 *
 * Memory: 9 bytes a grid point while tracing.
 */

/** Values at points (x, y) of a grid: values[y · width + x]. y runs north where outer rings are to be counter-clockwise on a map. */
export interface GridField {
  readonly width: number;
  readonly height: number;
  readonly values: ArrayLike<number>;
}

/** Rings closed by repeating their first point, as x, y by turns in grid units; first the outer one (counter-clockwise), then holes (clockwise). */
export type GridPolygon = readonly Float64Array[];

export interface ContourOptions {
  /** Holes of a smaller area (grid units²) are filled, with all that is in them. */
  readonly leastHole?: number;
  /** Parts whose outer ring encloses less are left out. */
  readonly leastPart?: number;
}

/** How near the end of a grid edge a vertex may come: far enough for rings to stay apart when rounded. */
const MARGIN = 0.02;

/** For each of the 16 cases (bit 0: corner SW within, 1: SE, 2: NE, 3: NW) segments as sides from → to, the inside on their left. 0 S, 1 E, 2 N, 3 W. */
const SEGMENTS: readonly (readonly number[])[] = [
  [], [0, 3], [1, 0], [1, 3], [2, 1], [0, 3, 2, 1], [2, 0], [2, 3],
  [3, 2], [0, 2], [1, 0, 3, 2], [1, 2], [3, 1], [0, 1], [3, 0], [],
];
/** The same for saddles whose two corners within are joined. */
const JOINED: Readonly<Record<number, readonly number[]>> = { 5: [0, 1, 2, 3], 10: [3, 0, 1, 2] };

/** For each crossed grid edge (2 · point for the one to the east, + 1 for the one to the north) the one its segment leads to; the others hold what `next` held. */
function linkEdges({ width, height, values }: GridField, level: number, next: Int32Array): number[] {
  const crossed: number[] = [];
  const within = new Uint8Array(width * height);
  for (let y = 1; y < height - 1; y++) for (let at = y * width + 1; at < (y + 1) * width - 1; at++) if (values[at] <= level) within[at] = 1;
  for (let y = 0; y < height - 1; y++) {
    for (let at = y * width; at < (y + 1) * width - 1; at++) {
      const shape = within[at] | (within[at + 1] << 1) | (within[at + width + 1] << 2) | (within[at + width] << 3);
      if (shape === 0 || shape === 15) continue;
      const joined = (shape === 5 || shape === 10) && values[at] + values[at + 1] + values[at + width] + values[at + width + 1] <= 4 * level;
      const segments = joined ? JOINED[shape] : SEGMENTS[shape];
      for (let s = 0; s < segments.length; s += 2) {
        const edge = edgeOf(at, width, segments[s]);
        next[edge] = edgeOf(at, width, segments[s + 1]);
        crossed.push(edge);
      }
    }
  }
  return crossed;
}

function edgeOf(cell: number, width: number, side: number): number {
  if (side === 0) return 2 * cell;
  if (side === 1) return 2 * (cell + 1) + 1;
  return side === 2 ? 2 * (cell + width) : 2 * cell + 1;
}

function putCrossing({ width, values }: GridField, edge: number, level: number, ring: number[]): void {
  const from = edge >> 1;
  const to = edge & 1 ? from + width : from + 1;
  // A neighbour outside the frame counts as far above the level.
  const share = (level - values[from]) / (values[to] - values[from]);
  const t = Number.isFinite(share) ? Math.max(MARGIN, Math.min(1 - MARGIN, share)) : 0.5;
  const x = from % width;
  const y = (from - x) / width;
  if (edge & 1) ring.push(x, y + t);
  else ring.push(x + t, y);
}

function ringArea(ring: Float64Array): number {
  let twice = 0;
  for (let i = 2; i < ring.length; i += 2) twice += ring[i - 2] * ring[i + 1] - ring[i] * ring[i - 1];
  return twice / 2;
}

/** Whether a point that is on no ring lies within one. */
function isWithin(ring: Float64Array, x: number, y: number): boolean {
  let within = false;
  for (let i = 2; i < ring.length; i += 2) {
    const y0 = ring[i - 1], y1 = ring[i + 1];
    if (y0 > y !== y1 > y && x < ring[i - 2] + ((y - y0) / (y1 - y0)) * (ring[i] - ring[i - 2])) within = !within;
  }
  return within;
}

/** Rings around all that is at most `level`; what touches the grid's frame is closed along it. */
function traceRings(field: GridField, level: number): Float64Array[] {
  const next = new Int32Array(2 * field.width * field.height);
  const crossed = linkEdges(field, level, next);
  const rings: Float64Array[] = [];
  for (const start of crossed) {
    if (next[start] < 0) continue;
    const ring: number[] = [];
    // Edges passed are marked; all others a ring meets are crossed ones.
    for (let edge = start; next[edge] >= 0; ) {
      putCrossing(field, edge, level, ring);
      const following = next[edge];
      next[edge] = -1;
      edge = following;
    }
    ring.push(ring[0], ring[1]);
    rings.push(Float64Array.from(ring));
  }
  return rings;
}

/**
 * The polygons where a field is at most `level`, the largest first. The outermost rows and columns of the grid count as outside.
 *
 * @throws RangeError where the values are not width · height
 */
export function traceContour(field: GridField, level: number, options: ContourOptions = {}): GridPolygon[] {
  if (field.values.length !== field.width * field.height) throw new RangeError(`${field.values.length} values for a grid of ${field.width} × ${field.height}`);
  const { leastHole = 0, leastPart = 0 } = options;
  const rings = traceRings(field, level).map((ring) => ({ ring, area: ringArea(ring) }));
  const holes = rings.filter(({ area }) => area < 0);
  const filled = holes.filter(({ area }) => -area < leastHole);
  // A ring within a filled hole goes with it.
  const isKept = ({ ring }: { ring: Float64Array }): boolean => !filled.some((hole) => hole.ring !== ring && isWithin(hole.ring, ring[0], ring[1]));
  const outers = rings.filter((outer) => outer.area > 0 && outer.area >= leastPart && isKept(outer)).sort((a, b) => b.area - a.area);
  const polygons = outers.map(({ ring }) => [ring]);
  for (const hole of holes) {
    if (-hole.area < leastHole || !isKept(hole)) continue;
    // The smallest outer ring around it: outers descend in area.
    const at = outers.findLastIndex((outer) => outer.area > -hole.area && isWithin(outer.ring, hole.ring[0], hole.ring[1]));
    if (at >= 0) polygons[at].push(hole.ring);
  }
  return polygons;
}
