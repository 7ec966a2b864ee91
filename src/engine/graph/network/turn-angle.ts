/** Directions of edges at their ends, and the angle of a turn. */
import type { Network } from './network.ts';

const RAD = Math.PI / 180;
/** A direction is taken over this much of an edge, so that a kink at the junction does not decide. */
const REACH_E7 = 900; // 10 m

/** Degrees clockwise from north in which a directed edge (edge × 2 + 1 against it) leaves its start. */
export function bearingFrom({ from, to, shapeEnds, shapeE7 }: Pick<Network['edge'], 'from' | 'to' | 'shapeEnds' | 'shapeE7'>, vertexE7: Int32Array, directed: number): number {
  const edge = directed >> 1;
  const first = edge === 0 ? 0 : shapeEnds[edge - 1];
  const count = shapeEnds[edge] - first;
  const isBack = directed % 2 === 1;
  const start = 2 * (isBack ? to : from)[edge];
  const end = 2 * (isBack ? from : to)[edge];
  const lat = vertexE7[start + 1];
  const scale = Math.cos((lat / 1e7) * RAD);
  let [x, y] = [0, 0];
  for (let i = 0; i <= count; i++) {
    const at = 2 * (first + (isBack ? count - 1 - i : i));
    x = ((i < count ? shapeE7[at] : vertexE7[end]) - vertexE7[start]) * scale;
    y = (i < count ? shapeE7[at + 1] : vertexE7[end + 1]) - lat;
    if (x * x + y * y >= REACH_E7 * REACH_E7) break;
  }
  return Math.atan2(x, y) / RAD;
}

/** Degrees from going straight on, clockwise: right is positive, −180 … 180. `back` is the bearing from the junction back along the edge one comes by. */
export function angleOfTurn(back: number, ahead: number): number {
  let angle = ahead - (back + 180);
  while (angle > 180) angle -= 360;
  while (angle <= -180) angle += 360;
  return angle;
}
