/**
 * What the searches with buckets share (bounded-search.ts, nearest-search.ts): how wide buckets are and how many a ring has. Their loops are their own: what a
 * node is cut off by stands within them.
 */
import type { SearchGraph } from './search-graph.ts';

/** A node that stands in no bucket; and the end of a bucket's list. */
export const IDLE = -2;
export const NONE = -1;
const MOST_BUCKETS = 65536;

/** The usual width of a bucket is 2 to this: about ½–1 mean arc. */
export function usualBucketShift({ arcCount, cost }: SearchGraph): number {
  let sum = 0;
  for (let arc = 0; arc < arcCount; arc++) sum += cost[arc];
  const mean = arcCount === 0 ? 1 : sum / arcCount;
  return Math.max(0, Math.floor(Math.log2(Math.max(1, mean))) - 1);
}

/** The dearest arc. */
export function greatestArc({ cost }: SearchGraph): number {
  let most = 0;
  for (let arc = 0; arc < cost.length; arc++) if (cost[arc] > most) most = cost[arc];
  return most;
}

/** The width (2 to this) for costs that span no more than `span` at one time: wider than usual where there would be too many buckets. */
export function bucketShift(span: number, usual: number): number {
  let shift = usual;
  while ((span >> shift) + 2 > MOST_BUCKETS) shift++;
  return shift;
}

/** How many buckets a ring has for that: a power of two, no fewer than it has. */
export function bucketCount(span: number, shift: number, known: number): number {
  let count = Math.max(64, known);
  while (count < (span >> shift) + 2) count *= 2;
  return count;
}
