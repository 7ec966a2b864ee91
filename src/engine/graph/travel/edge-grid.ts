/**
 * The squares of a grid, each with the pieces of street that cross it: "which street is nearest to this point".
 *
 * Squares are about as many as pieces; a piece is listed in the squares it really crosses, row by row, not in those of its
 * box. A search goes round the point's square in rings until nothing nearer can come. In a town of 105,000 edges that is
 * 5 squares and 86 pieces for points beside streets, 133 squares for points anywhere in its box. Not taken: a packed R-tree (flatbush) knows the nearest
 * boxes, not the nearest pieces, and would need a queue of its own on top.
 *
 * Memory: 4 bytes a piece and a square, 20 bytes an entry (about 1.4 a piece); 16 bytes a piece more while building.
 */
import type { Steps } from '../../../core/steps.ts';
import { metresPerDegree } from '../../spatial/measure.ts';
import type { Network } from '../network/network.ts';

/** The nearest place on a street: edge, piece of it (0 is the first after `from`), share of that piece, metres away. */
export interface NearestOnEdge {
  edge: number;
  piece: number;
  share: number;
  distanceM: number;
}

export interface EdgeGrid {
  /** Fills `found` with the nearest place within `maxM` metres of a point in 10⁻⁷ degrees; edge −1 where there is none. Of equally near ones the one of the lowest way id, then the lowest edge, then the first piece. */
  findNearest(xE7: number, yE7: number, maxM: number, found: NearestOnEdge): void;
}

const PIECES_PER_SQUARE = 2;
const RAD = Math.PI / 180;
/** R5's, in both directions; longitudes times the latitude's cosine. */
export const R5_METRES_PER_DEGREE = 111111.111;

/** Share of a piece from (0, 0) to (dx, dy) at which (x, y) projects onto it, within the piece. */
function shareAsR5(x: number, y: number, dx: number, dy: number): number {
  if (x === 0 && y === 0) return 0;
  const length2 = dx * dx + dy * dy;
  if ((x === dx && y === dy) || length2 <= 0) return 1;
  return Math.max(0, Math.min(1, (x * dx + y * dy) / length2));
}

/** Edges, or pieces, of a slice. */
const CHECK_EVERY = 1 << 15;

/** An index over the shapes of the chosen edges, in slices; measures as the network is measured. Time is linear in pieces and squares crossed. */
export function* buildEdgeGrid({ edge, vertex, way, meta }: Network, chosen: (edge: number) => boolean): Steps<EdgeGrid> {
  let pieces = 0;
  const edgeCount = edge.from.length;
  const beginOf = (e: number): number => (e === 0 ? 0 : edge.shapeEnds[e - 1]);
  for (let e = 0; e < edgeCount; e++) if (chosen(e)) pieces += edge.shapeEnds[e] - beginOf(e) + 1;
  const pieceEdge = new Uint32Array(pieces);
  const at = new Int32Array(4 * pieces);
  let n = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let e = 0; e < edgeCount; e++) {
    if (e % CHECK_EVERY === 0) yield;
    if (!chosen(e)) continue;
    let x = vertex.e7[2 * edge.from[e]];
    let y = vertex.e7[2 * edge.from[e] + 1];
    const end = edge.shapeEnds[e];
    for (let k = beginOf(e); k <= end; k++) {
      const nextX = k < end ? edge.shapeE7[2 * k] : vertex.e7[2 * edge.to[e]];
      const nextY = k < end ? edge.shapeE7[2 * k + 1] : vertex.e7[2 * edge.to[e] + 1];
      pieceEdge[n] = e;
      at[4 * n] = x;
      at[4 * n + 1] = y;
      at[4 * n + 2] = nextX;
      at[4 * n + 3] = nextY;
      n++;
      minX = Math.min(minX, x, nextX);
      maxX = Math.max(maxX, x, nextX);
      minY = Math.min(minY, y, nextY);
      maxY = Math.max(maxY, y, nextY);
      x = nextX;
      y = nextY;
    }
  }
  if (pieces === 0) {
    return {
      findNearest: (_x, _y, _max, found) => {
        found.edge = -1;
      },
    };
  }

  // squares as wide in metres as they are high at the middle latitude
  const middle = metresPerDegree((minY + maxY) / 2e7);
  const aspect = Math.max(0.01, middle.lon / middle.lat);
  const width = Math.max(1, maxX - minX);
  const height = Math.max(1, maxY - minY);
  // a street network of one line has no area: no square below 1/4000 of the longer side
  const side = Math.max(Math.sqrt((width * aspect * height * PIECES_PER_SQUARE) / pieces), Math.max(width * aspect, height) / 4000, 100);
  const cellW = side / aspect;
  const cellH = side;
  const columns = Math.floor(width / cellW) + 1;
  const rows = Math.floor(height / cellH) + 1;

  /** Calls `visit` with each square a piece crosses. */
  function cross(i: number, visit: (square: number) => void): void {
    const upward = at[4 * i + 1] <= at[4 * i + 3];
    const x0 = at[4 * i + (upward ? 0 : 2)] - minX;
    const y0 = at[4 * i + (upward ? 1 : 3)] - minY;
    const x1 = at[4 * i + (upward ? 2 : 0)] - minX;
    const y1 = at[4 * i + (upward ? 3 : 1)] - minY;
    const firstRow = Math.floor(y0 / cellH);
    const lastRow = Math.floor(y1 / cellH);
    for (let row = firstRow; row <= lastRow; row++) {
      const enter = row === firstRow ? x0 : x0 + ((row * cellH - y0) / (y1 - y0)) * (x1 - x0);
      const leave = row === lastRow ? x1 : x0 + (((row + 1) * cellH - y0) / (y1 - y0)) * (x1 - x0);
      const from = Math.max(0, Math.floor(Math.min(enter, leave) / cellW));
      const to = Math.min(columns - 1, Math.floor(Math.max(enter, leave) / cellW));
      for (let column = from; column <= to; column++) visit(row * columns + column);
    }
  }
  const starts = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < pieces; i++) {
    if (i % CHECK_EVERY === 0) yield;
    cross(i, (square) => starts[square + 1]++);
  }
  for (let s = 0; s < columns * rows; s++) starts[s + 1] += starts[s];
  // each square has its pieces' ends beside one another: a search reads one stretch of memory for each square
  const entries = new Uint32Array(starts[columns * rows]);
  const ends = new Int32Array(4 * entries.length);
  const next = starts.slice();
  for (let i = 0; i < pieces; i++) {
    if (i % CHECK_EVERY === 0) yield;
    cross(i, (square) => {
      const k = next[square]++;
      entries[k] = i;
      for (let j = 0; j < 4; j++) ends[4 * k + j] = at[4 * i + j];
    });
  }

  let kx = 0;
  let ky = 0;
  let px = 0;
  let py = 0;
  let bestPiece = -1;
  let bestShare = 0;
  let best2 = Infinity;

  function take(i: number, share: number, distance2: number): void {
    if (distance2 === best2) {
      const difference = way.id[edge.way[pieceEdge[i]]] - way.id[edge.way[pieceEdge[bestPiece]]];
      if (difference > 0 || (difference === 0 && i >= bestPiece)) return;
    }
    best2 = distance2;
    bestPiece = i;
    bestShare = share;
  }

  function searchSquare(square: number): void {
    for (let k = starts[square]; k < starts[square + 1]; k++) {
      let x = (ends[4 * k] - px) * kx;
      let y = (ends[4 * k + 1] - py) * ky;
      const bx = (ends[4 * k + 2] - px) * kx;
      const by = (ends[4 * k + 3] - py) * ky;
      const dx = bx - x;
      const dy = by - y;
      const along = -(x * dx + y * dy);
      const length2 = dx * dx + dy * dy;
      let share = 0;
      // at an end the end itself is taken, so that edges that meet there are exactly equally near
      if (along >= length2 && along > 0) {
        share = 1;
        x = bx;
        y = by;
      } else if (along > 0) {
        share = along / length2;
        x += share * dx;
        y += share * dy;
      }
      const distance2 = x * x + y * y;
      if (distance2 <= best2) take(entries[k], share, distance2);
    }
  }

  /**
   * R5's place on each piece: projected on a plane whose longitudes are divided by the latitude's cosine instead of multiplied with
   * it, cut to 10⁻⁷ degrees, and only then measured. It is never nearer than the nearest, so that the same rings find it.
   */
  function searchSquareAsR5(square: number): void {
    const c = kx / ky;
    const x = Math.trunc(px / c);
    for (let k = starts[square]; k < starts[square + 1]; k++) {
      const lon0 = ends[4 * k];
      const lon1 = ends[4 * k + 2];
      const x0 = Math.trunc(lon0 / c);
      const x1 = Math.trunc(lon1 / c);
      const y0 = ends[4 * k + 1];
      const y1 = ends[4 * k + 3];
      const share = shareAsR5(x - x0, py - y0, x1 - x0, y1 - y0);
      const lon = Math.trunc(lon0 + share * (lon1 - lon0));
      const lat = Math.trunc(y0 + share * (y1 - y0));
      const dx = Math.trunc((lon - px) * c);
      const dy = lat - py;
      const distance2 = dx * dx + dy * dy;
      if (distance2 <= best2) take(entries[k], share, distance2);
    }
  }

  const isR5 = meta.measure === 'r5';
  const search = isR5 ? searchSquareAsR5 : searchSquare;

  function searchRing(column: number, row: number, ring: number): void {
    const west = Math.max(0, column - ring);
    const east = Math.min(columns - 1, column + ring);
    for (let y = Math.max(0, row - ring); y <= Math.min(rows - 1, row + ring); y++) {
      if (y === row - ring || y === row + ring) {
        for (let x = west; x <= east; x++) search(y * columns + x);
        continue;
      }
      if (column - ring >= 0 && column - ring < columns) search(y * columns + column - ring);
      if (column + ring >= 0 && column + ring < columns) search(y * columns + column + ring);
    }
  }

  return {
    findNearest(xE7, yE7, maxM, found) {
      found.edge = -1;
      if (!(Math.abs(xE7) <= 1.8e9 && Math.abs(yE7) <= 9e8)) return;
      if (isR5) {
        // R5 reckons in whole 10⁻⁷ degrees of latitude
        ky = 1;
        kx = Math.cos(yE7 * 1e-7 * RAD);
        px = Math.trunc(xE7);
        py = Math.trunc(yE7);
      } else {
        const metres = metresPerDegree(yE7 * 1e-7);
        kx = metres.lon * 1e-7;
        ky = metres.lat * 1e-7;
        px = xE7;
        py = yE7;
      }
      const column = Math.floor((px - minX) / cellW);
      const row = Math.floor((py - minY) / cellH);
      const max = isR5 ? Math.trunc((maxM / R5_METRES_PER_DEGREE) * 1e7) : maxM;
      // by what R5 cuts off a place may seem nearer
      const slack = isR5 ? 3 : 0;
      bestPiece = -1;
      best2 = Infinity;
      // the first ring that meets the grid, the last that has anything left of it
      const firstRing = Math.max(0, -column, column - columns + 1, -row, row - rows + 1);
      const lastRing = Math.max(column, columns - 1 - column, row, rows - 1 - row);
      for (let ring = firstRing; ring <= lastRing; ring++) {
        // everything in this ring and beyond is at least this far away
        const clear = Math.max(0, -slack + Math.min((px - minX - (column - ring + 1) * cellW) * kx, ((column + ring) * cellW - (px - minX)) * kx, (py - minY - (row - ring + 1) * cellH) * ky, ((row + ring) * cellH - (py - minY)) * ky));
        if (ring > 0 && (clear > max || clear * clear > best2)) break;
        searchRing(column, row, ring);
      }
      if (bestPiece < 0 || best2 > max * max || (isR5 && best2 === max * max)) return;
      const e = pieceEdge[bestPiece];
      found.edge = e;
      let piece = 0;
      while (bestPiece - piece > 0 && pieceEdge[bestPiece - piece - 1] === e) piece++;
      found.piece = piece;
      found.share = bestShare;
      found.distanceM = isR5 ? (Math.sqrt(best2) / 1e7) * R5_METRES_PER_DEGREE : Math.sqrt(best2);
    },
  };
}
