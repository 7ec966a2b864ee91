/**
 * Sweeps over a cell that cellBall has set up: 16 origins at a time, one lane each, one pass up over what they climb to, one down.
 *
 * The cell's ball is far larger than that of 16 of its origins. So one sweep is done first for all groups together, a lane for each
 * group of 16: it says which nodes each group reaches and climbs to, and each group's sweep visits only those. Rows of other nodes stay FAR.
 * (On the grid of 260,000 nodes, 1,200 m, cells of 256: 1,700 nodes in a ball, 520 for a group. See src/engine/graph/reach/reach-sums.ts.)
 */
import {
  AT, BALL, CLIMB_FIRST, CLIMBED, CLIMBS, CLOSURE, CORE, EDGES, FAR, FIRST, LEAVES, LIMIT, LISTED, LISTED_CLOSURE, LISTED_INNER, ORDER, REACHED, ROWS,
} from './sweep-context';

/**
 * Origins are pairs (node, cost) in the order of cells: first pair by origin (address 0: pair o is origin o), nodes, costs (address 0: all 0).
 */
// @ts-ignore: decorator
@inline
export function firstPair(first: usize, o: u32): u32 {
  return first === 0 ? o : load<u32>(first + ((<usize>o) << 2));
}

/** Puts a cost into a lane of the row of its node where it is less, and within the limit. */
// @ts-ignore: decorator
@inline
function seed(at: usize, rows: usize, node: u32, lane: u32, cost: i32, limit: i32): void {
  if (cost > limit) return;
  const cell = rows + ((<usize>(load<u32>(at + ((<usize>node) << 2)) - 1)) << 6) + ((<usize>lane) << 2);
  if (load<i32>(cell) > cost) store<i32>(cell, cost);
}

/** Pushes a row of 16 costs to all that is above it. */
// @ts-ignore: decorator
@inline
function push(rows: usize, row: usize, edge: usize, end: usize): void {
  const r0 = v128.load(row);
  const r1 = v128.load(row, 16);
  const r2 = v128.load(row, 32);
  const r3 = v128.load(row, 48);
  for (; edge < end; edge += 8) {
    const to = rows + <usize>load<u32>(edge);
    const cost = v128.load32_splat(edge, 4);
    v128.store(to, i32x4.min_s(v128.load(to), i32x4.add(r0, cost)));
    v128.store(to, i32x4.min_s(v128.load(to, 16), i32x4.add(r1, cost)), 16);
    v128.store(to, i32x4.min_s(v128.load(to, 32), i32x4.add(r2, cost)), 32);
    v128.store(to, i32x4.min_s(v128.load(to, 48), i32x4.add(r3, cost)), 48);
  }
}

/** Pulls a row of 16 costs from all that is above it. */
// @ts-ignore: decorator
@inline
function pull(rows: usize, row: usize, edge: usize, end: usize): void {
  let r0 = v128.load(row);
  let r1 = v128.load(row, 16);
  let r2 = v128.load(row, 32);
  let r3 = v128.load(row, 48);
  for (; edge < end; edge += 8) {
    const from = rows + <usize>load<u32>(edge);
    const cost = v128.load32_splat(edge, 4);
    r0 = i32x4.min_s(r0, i32x4.add(v128.load(from), cost));
    r1 = i32x4.min_s(r1, i32x4.add(v128.load(from, 16), cost));
    r2 = i32x4.min_s(r2, i32x4.add(v128.load(from, 32), cost));
    r3 = i32x4.min_s(r3, i32x4.add(v128.load(from, 48), cost));
  }
  v128.store(row, r0);
  v128.store(row, r1, 16);
  v128.store(row, r2, 32);
  v128.store(row, r3, 48);
}

/** Pulls the core's rows from one another until none changes. */
export function settleCore(ctx: usize): void {
  const core = load<u32>(ctx + CORE);
  const first = <usize>load<u32>(ctx + FIRST);
  const edges = <usize>load<u32>(ctx + EDGES);
  const rows = <usize>load<u32>(ctx + ROWS);
  for (let changed = core > 0; changed; ) {
    changed = false;
    for (let i: u32 = 0; i < core; i++) {
      const row = rows + ((<usize>i) << 6);
      const r0 = v128.load(row);
      const r1 = v128.load(row, 16);
      const r2 = v128.load(row, 32);
      const r3 = v128.load(row, 48);
      const span = first + ((<usize>i) << 2);
      pull(rows, row, edges + ((<usize>load<u32>(span)) << 3), edges + ((<usize>load<u32>(span, 4)) << 3));
      const same = v128.and(
        v128.and(i32x4.eq(r0, v128.load(row)), i32x4.eq(r1, v128.load(row, 16))),
        v128.and(i32x4.eq(r2, v128.load(row, 32)), i32x4.eq(r3, v128.load(row, 48))),
      );
      if (!i32x4.all_true(same)) changed = true;
    }
  }
}

// @ts-ignore: decorator
@inline
function lanesWithin(row: usize, limit: v128): u32 {
  return (
    i32x4.bitmask(i32x4.le_s(v128.load(row), limit)) |
    (i32x4.bitmask(i32x4.le_s(v128.load(row, 16), limit)) << 4) |
    (i32x4.bitmask(i32x4.le_s(v128.load(row, 32), limit)) << 8) |
    (i32x4.bitmask(i32x4.le_s(v128.load(row, 48), limit)) << 12)
  );
}

export function clearRows(ctx: usize, count: u32): void {
  const rows = <usize>load<u32>(ctx + ROWS);
  const far = i32x4.splat(FAR);
  const end = rows + ((<usize>count) << 6);
  for (let row = rows; row < end; row += 64) {
    v128.store(row, far);
    v128.store(row, far, 16);
    v128.store(row, far, 32);
    v128.store(row, far, 48);
  }
}

/**
 * Which nodes of the ball each group of 16 origins reaches (REACHED) and climbs to (CLIMBED), for a block of origins from … to − 1, at most 256.
 * Leaves all rows FAR.
 */
export function markGroups(ctx: usize, pairFirst: usize, pairNodes: usize, pairCosts: usize, from: u32, to: u32): void {
  const limit = load<i32>(ctx + LIMIT);
  const limits = i32x4.splat(limit);
  const ball = load<u32>(ctx + BALL);
  const closure = load<u32>(ctx + CLOSURE);
  const leaves = load<u32>(ctx + LEAVES);
  const at = <usize>load<u32>(ctx + AT);
  const first = <usize>load<u32>(ctx + FIRST);
  const edges = <usize>load<u32>(ctx + EDGES);
  const climbFirst = <usize>load<u32>(ctx + CLIMB_FIRST);
  const climbs = <usize>load<u32>(ctx + CLIMBS);
  const rows = <usize>load<u32>(ctx + ROWS);
  const reached = <usize>load<u32>(ctx + REACHED);
  const climbed = <usize>load<u32>(ctx + CLIMBED);
  clearRows(ctx, ball);
  for (let o = from; o < to; o++) {
    const end = firstPair(pairFirst, o + 1);
    for (let p = firstPair(pairFirst, o); p < end; p++) {
      const at4 = (<usize>p) << 2;
      seed(at, rows, load<u32>(pairNodes + at4), (o - from) >> 4, pairCosts === 0 ? 0 : load<i32>(pairCosts + at4), limit);
    }
  }
  for (let i = closure; i > 0; ) {
    i--;
    const span = climbFirst + ((<usize>i) << 2);
    push(rows, rows + ((<usize>i) << 6), climbs + ((<usize>load<u32>(span)) << 3), climbs + ((<usize>load<u32>(span, 4)) << 3));
  }
  settleCore(ctx);
  for (let i: usize = 0; i < <usize>closure; i++) store<u16>(climbed + (i << 1), <u16>lanesWithin(rows + (i << 6), limits));
  let edge = edges;
  for (let i: usize = 0; i < <usize>ball; i++) {
    const row = rows + (i << 6);
    const end = edges + ((<usize>load<u32>(first + (i << 2), 4)) << 3);
    pull(rows, row, edge, end);
    edge = end;
    store<u16>(reached + (i << 1), <u16>lanesWithin(row, limits));
  }
  clearRows(ctx, ball);
}

/** Of the rows i … i + 7 those that a group has in its masks, as bits; rows from `end` on are left out. */
// @ts-ignore: decorator
@inline
function groupBits(masks: usize, group: u32, i: u32, end: u32): u32 {
  const bits = <u32>i16x8.bitmask(i16x8.shl(v128.load(masks + ((<usize>i) << 1)), 15 - group));
  return end - i >= 8 ? bits : bits & (((<u32>1) << (end - i)) - 1);
}

/** Appends the rows begin … end − 1 that a group reaches to its list. Reads up to 14 bytes of masks, writes up to 28 bytes too many. */
// @ts-ignore: decorator
@inline
function listRows(reached: usize, group: u32, begin: u32, end: u32, out: usize): usize {
  for (let i = begin; i < end; i += 8) {
    let bits = groupBits(reached, group, i, end);
    // runs of all or nothing are what there is most of: rows stand in the order of the streets
    if (bits === 0xff) {
      const eight = i32x4.splat(<i32>i);
      v128.store(out, i32x4.add(eight, i32x4(0, 1, 2, 3)));
      v128.store(out, i32x4.add(eight, i32x4(4, 5, 6, 7)), 16);
      out += 32;
      continue;
    }
    for (; bits !== 0; bits &= bits - 1) {
      store<u32>(out, i + ctz(bits));
      out += 4;
    }
  }
  return out;
}

/** Lists the rows (local numbers, ascending) that group `group` reaches into ORDER. Sets LISTED, LISTED_CLOSURE and LISTED_INNER. */
export function listGroup(ctx: usize, group: u32): void {
  const closure = load<u32>(ctx + CLOSURE);
  const leaves = load<u32>(ctx + LEAVES);
  const reached = <usize>load<u32>(ctx + REACHED);
  const list = <usize>load<u32>(ctx + ORDER);
  let out = listRows(reached, group, 0, closure, list);
  store<u32>(ctx + LISTED_CLOSURE, <u32>((out - list) >> 2));
  out = listRows(reached, group, closure, leaves, out);
  store<u32>(ctx + LISTED_INNER, <u32>((out - list) >> 2));
  out = listRows(reached, group, leaves, load<u32>(ctx + BALL), out);
  store<u32>(ctx + LISTED, <u32>((out - list) >> 2));
}

/** Costs of origins from … to − 1 (at most 16, one lane each) into the rows of what they climb to, then of the listed closure. */
export function sweepUp(ctx: usize, group: u32, pairFirst: usize, pairNodes: usize, pairCosts: usize, from: u32, to: u32): void {
  const limit = load<i32>(ctx + LIMIT);
  const at = <usize>load<u32>(ctx + AT);
  const climbFirst = <usize>load<u32>(ctx + CLIMB_FIRST);
  const climbs = <usize>load<u32>(ctx + CLIMBS);
  const rows = <usize>load<u32>(ctx + ROWS);
  const climbed = <usize>load<u32>(ctx + CLIMBED);
  for (let o = from; o < to; o++) {
    const end = firstPair(pairFirst, o + 1);
    for (let p = firstPair(pairFirst, o); p < end; p++) {
      const at4 = (<usize>p) << 2;
      seed(at, rows, load<u32>(pairNodes + at4), o - from, pairCosts === 0 ? 0 : load<i32>(pairCosts + at4), limit);
    }
  }
  const closure = load<u32>(ctx + CLOSURE);
  for (let chunk = (closure + 7) & ~7; chunk > 0; ) {
    chunk -= 8;
    for (let bits = groupBits(climbed, group, chunk, closure); bits !== 0; ) {
      const bit = 31 - clz(bits);
      bits ^= (<u32>1) << bit;
      const i = <usize>(chunk + bit);
      const span = climbFirst + (i << 2);
      push(rows, rows + (i << 6), climbs + ((<usize>load<u32>(span)) << 3), climbs + ((<usize>load<u32>(span, 4)) << 3));
    }
  }
  settleCore(ctx);
}

/** Pulls all listed rows from position `begin` to `end` of the list. */
export function sweepDown(ctx: usize, begin: u32, end: u32): void {
  const first = <usize>load<u32>(ctx + FIRST);
  const edges = <usize>load<u32>(ctx + EDGES);
  const rows = <usize>load<u32>(ctx + ROWS);
  const list = <usize>load<u32>(ctx + ORDER);
  const last = list + ((<usize>end) << 2);
  for (let p = list + ((<usize>begin) << 2); p < last; p += 4) {
    const i = <usize>load<u32>(p);
    const span = first + (i << 2);
    pull(rows, rows + (i << 6), edges + ((<usize>load<u32>(span)) << 3), edges + ((<usize>load<u32>(span, 4)) << 3));
  }
}

/** Makes the first `count` listed rows FAR again. */
export function clearListed(ctx: usize, count: u32): void {
  const rows = <usize>load<u32>(ctx + ROWS);
  const list = <usize>load<u32>(ctx + ORDER);
  const far = i32x4.splat(FAR);
  const last = list + ((<usize>count) << 2);
  for (let p = list; p < last; p += 4) {
    const row = rows + ((<usize>load<u32>(p)) << 6);
    v128.store(row, far);
    v128.store(row, far, 16);
    v128.store(row, far, 32);
    v128.store(row, far, 48);
  }
}
