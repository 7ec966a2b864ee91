/** Outlines of cells and of sets of cells along the lattice, as EWKT. Shared sides have the very same vertices. */
import type { Cell, CityPlan } from './plan.ts';

/** Vertices a side of a cell is drawn with, some 117 m apart: outlines keep within 0.2 m of the bent lattice. */
const SIDE_STEPS = 6;

/** The outline of a set of cells that hang together by their sides and enclose nothing else, counter-clockwise. */
export function buildOutline(plan: CityPlan, cells: readonly Cell[]): [lon: number, lat: number][] {
  const inside = new Set(cells.map((cell) => cell.row * plan.columns + cell.column));
  const has = (column: number, row: number): boolean => column >= 0 && column < plan.columns && row >= 0 && row < plan.rows && inside.has(row * plan.columns + column);
  const corner = (i: number, j: number): number => j * (plan.columns + 1) + i;
  const nexts = new Map<number, number[]>();
  const add = (from: number, to: number): void => {
    const list = nexts.get(from);
    if (list === undefined) nexts.set(from, [to]);
    else list.push(to);
  };
  for (const { column: c, row: r } of cells) {
    if (!has(c, r - 1)) add(corner(c, r), corner(c + 1, r));
    if (!has(c + 1, r)) add(corner(c + 1, r), corner(c + 1, r + 1));
    if (!has(c, r + 1)) add(corner(c + 1, r + 1), corner(c, r + 1));
    if (!has(c - 1, r)) add(corner(c, r + 1), corner(c, r));
  }
  const start = Math.min(...nexts.keys());
  const ring: [number, number][] = [];
  let at = start;
  let sides = 0;
  do {
    const to = nexts.get(at)?.pop();
    if (to === undefined) throw new Error('the outline of a unit does not close');
    pushSide(plan, at, to, ring);
    at = to;
    sides++;
  } while (at !== start);
  if ([...nexts.values()].some((list) => list.length > 0)) throw new Error(`a unit of ${cells.length} cells is not one piece (${sides} sides traced)`);
  ring.push(ring[0]);
  return ring;
}

/** Adds the vertices of a side without its last one. Both directions of a side take the same lattice points. */
function pushSide(plan: CityPlan, from: number, to: number, ring: [number, number][]): void {
  const width = plan.columns + 1;
  const [low, high] = from < to ? [from, to] : [to, from];
  const [i0, j0, i1] = [low % width, Math.floor(low / width), high % width];
  for (let k = 0; k < SIDE_STEPS; k++) {
    const step = (from < to ? k : SIDE_STEPS - k) / SIDE_STEPS;
    ring.push(plan.ground.toLonLat(i1 > i0 ? i0 + step : i0, i1 > i0 ? j0 : j0 + step));
  }
}

/** The ring as EWKT, which names its coordinate system where the contract has no column for it. */
export function toEwkt(ring: readonly (readonly [number, number])[]): string {
  return `SRID=4326;POLYGON ((${ring.map(([lon, lat]) => `${lon.toFixed(7)} ${lat.toFixed(7)}`).join(', ')}))`;
}
