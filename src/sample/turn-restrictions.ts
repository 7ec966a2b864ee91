/** Turn restrictions: no left turn at some crossings of the core's streets, no turning back where express ramps end. */
import { hasHorizontal, hasVertical, positionOf } from './lattice.ts';
import type { CityPlan } from './plan.ts';
import type { Sketch } from './sketch.ts';
import { CORNER, WAY, cornerNode, edgeWay } from './sketch.ts';

/** At the crossing of two single streets at (i, j): from the south no turn to the west, at one crossing in three. */
export function drawTurnRestrictions(plan: CityPlan, sketch: Sketch, i: number, j: number): void {
  if (plan.vertical[i].lanes !== 1 || plan.horizontal[j].lanes !== 1 || (i * 7 + j * 5) % 3 !== 0) return;
  if (!hasVertical(plan, i, j - 1) || !hasHorizontal(plan, i - 1, j) || !hasVertical(plan, i, j) || !hasHorizontal(plan, i, j)) return;
  const via = cornerNode(positionOf(plan, i, j), CORNER.street(0, 0));
  const south = edgeWay(positionOf(plan, i, j - 1), WAY.vertical);
  const west = edgeWay(positionOf(plan, i - 1, j), WAY.horizontal);
  const north = edgeWay(positionOf(plan, i, j), WAY.vertical);
  const member = (id: number, role: string): { type: 'way'; id: number; role: string } => ({ type: 'way', id, role });
  const only = (i + j) % 4 === 0;
  sketch.addRelation(
    [member(south, 'from'), { type: 'node', id: via, role: 'via' }, member(only ? north : west, 'to')],
    ['type', 'restriction', 'restriction', only ? 'only_straight_on' : 'no_left_turn'],
  );
}
