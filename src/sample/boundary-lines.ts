/** Boundary lines between sub-districts and around the city, and the river's middle line, which is often one of them. */
import { hasCell, placeOf, positionOf } from './lattice.ts';
import type { CityPlan } from './plan.ts';
import type { Sketch } from './sketch.ts';
import { CORNER, EDGE_STEPS, TRACK, WAY, cornerNode, edgeWay, horizontalNode, verticalNode } from './sketch.ts';

/** A corner of the lattice that is being drawn. */
export interface CornerDrawing {
  readonly plan: CityPlan;
  readonly sketch: Sketch;
  readonly i: number;
  readonly j: number;
  readonly position: number;
}

const BOUNDARY = ['boundary', 'administrative'];
const RIVER = ['waterway', 'river', 'name', '示范江', 'name:en', 'Shifan River'];

/** Lines between units of different blocks, and around the city; communities inside a block come from units.csv. */
export function drawBoundaries(corner: CornerDrawing): void {
  const { plan, i, j, position } = corner;
  if (separates(plan, i - 1, j, i, j)) drawMiddle(corner, true, edgeWay(position, WAY.vertical + TRACK.middle), BOUNDARY);
  const parts = separates(plan, i, j - 1, i, j);
  const river = plan.horizontal[j].kind === 'river' && i < plan.columns;
  if (parts || river) drawMiddle(corner, false, edgeWay(position, WAY.horizontal + TRACK.middle), [...(parts ? BOUNDARY : []), ...(river ? RIVER : [])]);
  placeMiddles(corner);
}

/** The middle line of an edge, on the lattice itself, whatever the street beside it does. */
function drawMiddle({ plan, sketch, i, j, position }: CornerDrawing, vertical: boolean, id: number, tags: readonly string[]): void {
  const refs = [sketch.placeNode(cornerNode(position, CORNER.middle), placeOf(plan, i, j))];
  for (let step = 2; step < EDGE_STEPS; step += 2) {
    const part = step / EDGE_STEPS;
    refs.push(
      vertical
        ? sketch.placeNode(verticalNode(position, TRACK.middle, step), placeOf(plan, i, j + part))
        : sketch.placeNode(horizontalNode(position, TRACK.middle, step), placeOf(plan, i + part, j)),
    );
  }
  refs.push(cornerNode(vertical ? positionOf(plan, i, j + 1) : positionOf(plan, i + 1, j), CORNER.middle));
  sketch.placeWay(id, refs, tags);
}

/** Corner points of boundary lines whose own corner draws none of them, as at the far ends. */
function placeMiddles({ plan, sketch, i, j, position }: CornerDrawing): void {
  const used = separates(plan, i - 1, j - 1, i, j - 1) || separates(plan, i - 1, j - 1, i - 1, j) || plan.horizontal[j].kind === 'river';
  if (used) sketch.placeNode(cornerNode(position, CORNER.middle), placeOf(plan, i, j));
}

/** Whether two neighbouring cells, either of which may lie outside the city, belong to different blocks. */
function separates(plan: CityPlan, column1: number, row1: number, column2: number, row2: number): boolean {
  const one = hasCell(plan, column1, row1) ? plan.cells[row1 * plan.columns + column1].block : undefined;
  const two = hasCell(plan, column2, row2) ? plan.cells[row2 * plan.columns + column2].block : undefined;
  return one !== two;
}
