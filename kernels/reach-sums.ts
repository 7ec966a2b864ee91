/**
 * Sums over what a cell's origins reach. The quick one: one whole-number variable at nodes, one limit, added up while sweeping down.
 */
import { cellBall, leaveCell } from './cell-ball';
import { clearListed, firstPair, listGroup, markGroups, sweepDown, sweepUp } from './lane-sweep';
import { BALL, EDGES, FAR, FIRST, LANES, LIMIT, LISTED, LISTED_CLOSURE, LISTED_INNER, NODES, ORDER, ROWS, WEIGHTS } from './sweep-context';

/** Weights of the ball's nodes by local number; false where their sum might leave 32 bits. */
function gatherWeights(ctx: usize, weights: usize): bool {
  const nodes = <usize>load<u32>(ctx + NODES);
  const local = <usize>load<u32>(ctx + WEIGHTS);
  const end = (<usize>load<u32>(ctx + BALL)) << 2;
  let total: i64 = 0;
  for (let at: usize = 0; at < end; at += 4) {
    const weight = load<i32>(weights + ((<usize>load<u32>(nodes + at)) << 2));
    store<i32>(local + at, weight);
    total += abs<i64>(weight);
  }
  return total <= 0x7fffffff;
}

/** Pulls the listed rows and adds the weights of those within the limit; leaves are not even stored. */
function sumDown(ctx: usize, results: usize, from: u32, to: u32): void {
  const limits = i32x4.splat(load<i32>(ctx + LIMIT));
  const first = <usize>load<u32>(ctx + FIRST);
  const edges = <usize>load<u32>(ctx + EDGES);
  const rows = <usize>load<u32>(ctx + ROWS);
  const weights = <usize>load<u32>(ctx + WEIGHTS);
  const list = <usize>load<u32>(ctx + ORDER);
  const inner = list + ((<usize>load<u32>(ctx + LISTED_INNER)) << 2);
  const last = list + ((<usize>load<u32>(ctx + LISTED)) << 2);
  const far = i32x4.splat(FAR);
  const closure = list + ((<usize>load<u32>(ctx + LISTED_CLOSURE)) << 2);
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let p = list; p < last; p += 4) {
    const at = (<usize>load<u32>(p)) << 2;
    const row = rows + (at << 4);
    let r0 = far;
    let r1 = far;
    let r2 = far;
    let r3 = far;
    if (p < closure) {
      r0 = v128.load(row);
      r1 = v128.load(row, 16);
      r2 = v128.load(row, 32);
      r3 = v128.load(row, 48);
    }
    const end = edges + ((<usize>load<u32>(first + at, 4)) << 3);
    for (let edge = edges + ((<usize>load<u32>(first + at)) << 3); edge < end; edge += 8) {
      const above = rows + <usize>load<u32>(edge);
      const cost = v128.load32_splat(edge, 4);
      r0 = i32x4.min_s(r0, i32x4.add(v128.load(above), cost));
      r1 = i32x4.min_s(r1, i32x4.add(v128.load(above, 16), cost));
      r2 = i32x4.min_s(r2, i32x4.add(v128.load(above, 32), cost));
      r3 = i32x4.min_s(r3, i32x4.add(v128.load(above, 48), cost));
    }
    if (p < inner) {
      v128.store(row, r0);
      v128.store(row, r1, 16);
      v128.store(row, r2, 32);
      v128.store(row, r3, 48);
    }
    const weight = v128.load32_splat(weights + at);
    s0 = i32x4.add(s0, v128.and(i32x4.le_s(r0, limits), weight));
    s1 = i32x4.add(s1, v128.and(i32x4.le_s(r1, limits), weight));
    s2 = i32x4.add(s2, v128.and(i32x4.le_s(r2, limits), weight));
    s3 = i32x4.add(s3, v128.and(i32x4.le_s(r3, limits), weight));
  }
  const lanes = ctx + LANES;
  v128.store(lanes, s0);
  v128.store(lanes, s1, 16);
  v128.store(lanes, s2, 32);
  v128.store(lanes, s3, 48);
  for (let o = from; o < to; o++) store<f64>(results + ((<usize>o) << 3), <f64>load<i32>(lanes + ((<usize>(o - from)) << 2)));
}

/** As sumDown, for weights whose sum might leave 32 bits: lanes of 64 bits, after the sweep. */
function sumWide(ctx: usize, results: usize, from: u32, to: u32): void {
  const limit = load<i32>(ctx + LIMIT);
  const rows = <usize>load<u32>(ctx + ROWS);
  const weights = <usize>load<u32>(ctx + WEIGHTS);
  const list = <usize>load<u32>(ctx + ORDER);
  const last = list + ((<usize>load<u32>(ctx + LISTED)) << 2);
  sweepDown(ctx, 0, load<u32>(ctx + LISTED));
  for (let o = from; o < to; o++) {
    let sum: i64 = 0;
    for (let p = list; p < last; p += 4) {
      const at = (<usize>load<u32>(p)) << 2;
      if (load<i32>(rows + (at << 4) + ((<usize>(o - from)) << 2)) <= limit) sum += <i64>load<i32>(weights + at);
    }
    store<f64>(results + ((<usize>o) << 3), <f64>sum);
  }
}

/**
 * Sums of one variable (i32 by node) within LIMIT for the cell of origins from … to − 1 (at most 256) → results (f64 by origin).
 *
 * @returns the ball's nodes, or NEEDS_NODES, NEEDS_EDGES
 */
export function sumCell(ctx: usize, pairFirst: usize, pairNodes: usize, pairCosts: usize, from: u32, to: u32, weights: usize, results: usize): i32 {
  const begin = firstPair(pairFirst, from);
  const at4 = (<usize>begin) << 2;
  const ball = cellBall(ctx, pairNodes + at4, pairCosts === 0 ? 0 : pairCosts + at4, firstPair(pairFirst, to) - begin);
  if (ball < 0) return ball;
  const narrow = gatherWeights(ctx, weights);
  markGroups(ctx, pairFirst, pairNodes, pairCosts, from, to);
  for (let o = from, group: u32 = 0; o < to; o += 16, group++) {
    const end = min<u32>(o + 16, to);
    listGroup(ctx, group);
    sweepUp(ctx, group, pairFirst, pairNodes, pairCosts, o, end);
    if (narrow) {
      sumDown(ctx, results, o, end);
      clearListed(ctx, load<u32>(ctx + LISTED_INNER));
    } else {
      sumWide(ctx, results, o, end);
      clearListed(ctx, load<u32>(ctx + LISTED));
    }
  }
  leaveCell(ctx);
  return ball;
}
