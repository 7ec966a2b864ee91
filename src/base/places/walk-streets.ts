/** Streets as points every 30 m, for sums of metres over faces and squares. */
import { metresPerDegree } from '../../engine/spatial/measure.ts';
import type { Frame, TownStreets } from './cut-input.ts';
import { GRID_PER_DEGREE } from './cut-input.ts';

const STEP_M = 30;

/** Calls `visit` for each piece of town street: its middle in grid steps, its metres, and a step of a metre to its left. */
export function walkStreets({ coordinates, ends, counts }: TownStreets, frame: Frame, visit: (x: number, y: number, metres: number, leftX: number, leftY: number) => void): void {
  const scale = metresPerDegree(frame.lat);
  const [mx, my] = [scale.lon / GRID_PER_DEGREE, scale.lat / GRID_PER_DEGREE];
  let start = 0;
  for (let line = 0; line < ends.length; line++) {
    for (let i = start + 1; counts[line] === 1 && i < ends[line]; i++) {
      const ax = (coordinates[2 * i - 2] - frame.lon) * GRID_PER_DEGREE;
      const ay = (coordinates[2 * i - 1] - frame.lat) * GRID_PER_DEGREE;
      const bx = (coordinates[2 * i] - frame.lon) * GRID_PER_DEGREE;
      const by = (coordinates[2 * i + 1] - frame.lat) * GRID_PER_DEGREE;
      const length = Math.hypot((bx - ax) * mx, (by - ay) * my);
      if (!(length > 0)) continue;
      const pieces = Math.ceil(length / STEP_M);
      const leftX = ((ay - by) * my) / length / mx;
      const leftY = ((bx - ax) * mx) / length / my;
      for (let k = 0; k < pieces; k++) {
        const share = (k + 0.5) / pieces;
        visit(ax + share * (bx - ax), ay + share * (by - ay), length / pieces, leftX, leftY);
      }
    }
    start = ends[line];
  }
}
