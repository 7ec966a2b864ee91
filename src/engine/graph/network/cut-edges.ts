/** A draft's ways → edges between the nodes where they are parted. */
import { distanceM } from '../../spatial/measure.ts';
import type { Measure } from './network.ts';
import { NO_NODE } from './network-source.ts';
import type { StreetDraft } from './street-draft.ts';

/** Edges in order of their ways. Edge e runs over wayNodes[first[e]] … wayNodes[last[e]] of the draft. */
export interface EdgeCuts {
  readonly count: number;
  readonly way: Uint32Array;
  readonly first: Uint32Array;
  readonly last: Uint32Array;
}

/**
 * Cuts at nodes with two uses and at the ends of ways.
 *
 * @param whole a piece that lacks a node is left out, as R5 does; else what is left of it before and after the gap is kept
 */
export function cutEdges({ wayEnds, wayNodes, uses }: StreetDraft, whole: boolean): EdgeCuts {
  let count = 0;
  const way = new Uint32Array(wayNodes.length);
  const first = new Uint32Array(wayNodes.length);
  const last = new Uint32Array(wayNodes.length);
  const keep = (w: number, from: number, to: number): void => {
    if (to <= from) return;
    way[count] = w;
    first[count] = from;
    last[count++] = to;
  };
  for (let w = 0, start = 0; w < wayEnds.length; start = wayEnds[w++]) {
    const end = wayEnds[w] - 1;
    let begin = start;
    let broken = false;
    for (let i = start; i <= end; i++) {
      const node = wayNodes[i];
      if (node === NO_NODE) {
        if (!whole && !broken) keep(w, begin, i - 1);
        broken = true;
        if (!whole) begin = i + 1;
        continue;
      }
      if (!whole) broken = false;
      if (i === start || (uses[node] < 2 && i < end)) continue;
      if (!broken) keep(w, begin, i);
      begin = i;
      broken = false;
    }
  }
  return { count, way: way.slice(0, count), first: first.slice(0, count), last: last.slice(0, count) };
}

const RAD = Math.PI / 180;
const R5_RADIUS_M = 6_367_450;
/** 4,295 km: a ferry over an ocean is cut to it rather than wrapped round. */
const LONGEST_MM = 0xffff_ffff;

/** Metres on R5's sphere: in the very order of its operations, since the sum is cut to millimetres. */
function sphereM(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const s = Math.sin(((lat2 - lat1) * RAD) / 2) ** 2 + Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD) * Math.sin(((lon2 - lon1) * RAD) / 2) ** 2;
  return 2 * R5_RADIUS_M * Math.asin(Math.sqrt(s));
}

/** Length of each edge along its shape, whole millimetres. */
export function measureEdges({ wayNodes, nodeE7 }: StreetDraft, { count, first, last }: EdgeCuts, measure: Measure): Uint32Array {
  const between = measure === 'r5' ? sphereM : distanceM;
  const lengthMm = new Uint32Array(count);
  for (let e = 0; e < count; e++) {
    let metres = 0;
    let a = 2 * wayNodes[first[e]];
    for (let i = first[e] + 1; i <= last[e]; i++) {
      const b = 2 * wayNodes[i];
      metres += between(nodeE7[a] / 1e7, nodeE7[a + 1] / 1e7, nodeE7[b] / 1e7, nodeE7[b + 1] / 1e7);
      a = b;
    }
    lengthMm[e] = Math.min(LONGEST_MM, measure === 'r5' ? Math.trunc(metres * 1000) : Math.round(metres * 1000));
  }
  return lengthMm;
}
