/** Nodes with a meaning of their own (gates, lifts, crossings), by number of node. */
import type { NetworkSource } from './network-source.ts';
import type { PointRule } from './street-rules/barriers.ts';
import { pointRule } from './street-rules/barriers.ts';

export type StreetPoints = ReadonlyMap<number, PointRule>;

export function readPoints(source: NetworkSource): StreetPoints {
  const { points } = source;
  const rules = new Map<number, PointRule>();
  for (let p = 0, from = 0; p < points.node.length; from = points.tagEnds[p++]) {
    const tags: Record<string, string> = {};
    for (let t = from; t < points.tagEnds[p]; t++) tags[source.text(points.tagKey[t])] = source.text(points.tagValue[t]);
    rules.set(points.node[p], pointRule(tags));
  }
  return rules;
}
