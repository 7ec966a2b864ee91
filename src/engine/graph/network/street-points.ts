/** Nodes with a meaning of their own (gates, lifts, crossings), by number of node. */
import type { NetworkSource } from './network-source.ts';
import type { PointRule } from './street-rules/barriers.ts';
import { pointRule } from './street-rules/barriers.ts';
import { POINT_KEYS } from './street-rules/tags.ts';
import { sortByTags } from './tag-sets.ts';

export type StreetPoints = ReadonlyMap<number, PointRule>;

export function readPoints(source: NetworkSource): StreetPoints {
  const { points } = source;
  const { setOf, sets } = sortByTags(points, (number) => source.text(number), POINT_KEYS);
  const rules = sets.map(pointRule);
  const byNode = new Map<number, PointRule>();
  points.node.forEach((node, p) => byNode.set(node, rules[setOf[p]]));
  return byNode;
}
