/** Points that lie close to one another as groups: single linkage. */
import { buildGridIndex } from '../../engine/spatial/grid-index.ts';
import { distanceM, metresPerDegree } from '../../engine/spatial/measure.ts';

/** Number of its group for each point: points within `withinM` of one another are joined. */
export function joinNear(x: readonly number[], y: readonly number[], withinM: number): Int32Array {
  const group = new Int32Array(x.length).fill(-1);
  const index = buildGridIndex(x, y);
  let groups = 0;
  for (let seed = 0; seed < x.length; seed++) {
    if (group[seed] >= 0) continue;
    group[seed] = groups++;
    const open = [seed];
    for (let p = open.pop(); p !== undefined; p = open.pop()) {
      const at = p;
      const degree = metresPerDegree(y[at]);
      const [dx, dy] = [(1.001 * withinM) / degree.lon, (1.001 * withinM) / degree.lat];
      index.search(x[at] - dx, y[at] - dy, x[at] + dx, y[at] + dy, (q) => {
        if (group[q] >= 0 || distanceM(x[at], y[at], x[q], y[q]) > withinM) return;
        group[q] = group[seed];
        open.push(q);
      });
    }
  }
  return group;
}
