/** The order that sweeps go in: of the ball of a cell (kernels/cell-ball.ts) and of all nodes (nearest-tables.ts). */
import type { Hierarchy } from '../hierarchy/hierarchy.ts';

/**
 * An order for sweeping down: each node after all above it, and as soon as the last of these is done (a stack, not a queue): so what a node
 * pulls from was used a moment ago. Nodes with nothing below them come last where that is asked for: nobody pulls from them. Measured against the order of levels:
 * a third less time at 5 km.
 */
export function orderSweep({ nodeCount, level, levelCount, coreCount, firstUp, upNode }: Hierarchy, leavesLast = true): { place: Uint32Array; innerCount: number } {
  const firstDown = new Uint32Array(nodeCount + 1);
  const waiting = new Uint32Array(nodeCount);
  const isCore = (v: number): boolean => coreCount > 0 && level[v] === levelCount - 1;
  for (let v = 0; v < nodeCount; v++) {
    if (isCore(v)) continue;
    waiting[v] = firstUp[v + 1] - firstUp[v];
    for (let i = firstUp[v]; i < firstUp[v + 1]; i++) firstDown[upNode[i] + 1]++;
  }
  for (let v = 0; v < nodeCount; v++) firstDown[v + 1] += firstDown[v];
  const down = new Uint32Array(firstDown[nodeCount]);
  for (let v = nodeCount - 1; v >= 0; v--) if (!isCore(v)) for (let i = firstUp[v]; i < firstUp[v + 1]; i++) down[--firstDown[upNode[i] + 1]] = v;
  // filling from the back has moved each start to its neighbour's entry: lists are firstDown[v + 1] … the next start
  const endDown = (v: number): number => (v + 2 <= nodeCount ? firstDown[v + 2] : down.length);
  const isLeaf = (v: number): boolean => leavesLast && firstDown[v + 1] === endDown(v) && !isCore(v);
  const place = new Uint32Array(nodeCount);
  let innerCount = 0;
  for (let v = 0; v < nodeCount; v++) if (!isLeaf(v)) innerCount++;
  let inner = 0;
  let leaf = innerCount;
  const stack = new Uint32Array(nodeCount);
  let height = 0;
  const release = (v: number): void => {
    for (let i = endDown(v) - 1; i >= firstDown[v + 1]; i--) if (--waiting[down[i]] === 0) stack[height++] = down[i];
  };
  // on the stack from the last node to the first, those that nothing is above; then what the core releases
  for (let v = nodeCount - 1; v >= 0; v--) if (waiting[v] === 0 && !isCore(v)) stack[height++] = v;
  for (let v = 0; v < nodeCount; v++) {
    if (!isCore(v)) continue;
    place[v] = inner++;
    release(v);
  }
  while (height > 0) {
    const v = stack[--height];
    place[v] = isLeaf(v) ? leaf++ : inner++;
    release(v);
  }
  if (inner !== innerCount || leaf !== nodeCount) throw new RangeError('the up-arcs of a hierarchy lead in a ring');
  return { place, innerCount };
}
