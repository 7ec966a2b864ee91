/**
 * Sums over what a cell's origins reach.
 *
 * The quick one: one whole-number variable at nodes within one limit is added up while sweeping down. Any other: the rows of all
 * reached nodes are kept, places beside streets get rows of their own (the least over their pairs and direct ways), and each variable
 * goes over its entries once for each limit and decay. Whole numbers are added in 32 bits where all weights of the cell together fit,
 * else in doubles; fractions in doubles, by place in ascending order, so that no thread count, cell or ball changes a bit.
 */
import { cellBall, leaveCell } from './cell-ball';
import { clearListed, firstPair, listGroup, markGroups, sweepDown, sweepUp } from './lane-sweep';
import { gatherFacilities, nearestOfGroup } from './nearest-cell';
import {
  AT, BALL, DECAY_COUNT, DECAYS, EDGES, ENTRIES, ENTRY_CAPACITY, ENTRY_FIRST, ENTRY_TOTAL, FAR, FIRST,
  ITEM_CAPACITY, ITEM_COUNT, ITEM_OF, ITEM_PAIRS, ITEMS, LANES, LIMIT, LIMIT_COUNT, LIMITS, LINKED_COUNT, LISTED, LISTED_CLOSURE, LISTED_INNER,
  NEAR, NEEDS_FACILITIES, NEEDS_ITEMS, NODE_WEIGHTS, NODES, ORDER, ORIGIN_COSTS, ORIGIN_COUNT, ORIGIN_FIRST, ORIGIN_NODES, PAIR_CAPACITY, PAIR_FIRST, PLACE_COSTS,
  PACES, PLACE_COUNT, PLACE_FIRST, PLACE_NODES, PLACE_WEIGHTS, PLACES_AT, PLACES_FIRST, REACHED, RESULTS, ROWS, SPOT_KEYS, SPOTS, VARIABLE_COUNT, WEIGHTS, WHOLE,
  WINDOW_OF, WINDOW_VALUES, WINDOWS,
} from './sweep-context';

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

/** Adds a place to the cell's items, with the pairs of it that are in the ball. False where it does not fit. */
function addItem(ctx: usize, plan: usize, place: u32): bool {
  const at = <usize>load<u32>(ctx + AT);
  const count = load<u32>(ctx + ITEM_COUNT);
  if (count === load<u32>(ctx + ITEM_CAPACITY)) return false;
  const ball = load<u32>(ctx + BALL);
  const item = <usize>load<u32>(ctx + ITEMS) + ((<usize>count) << 3);
  const pairFirst = <usize>load<u32>(ctx + PAIR_FIRST) + ((<usize>count) << 2);
  const pairs = <usize>load<u32>(ctx + ITEM_PAIRS);
  const limit = load<i32>(ctx + LIMIT);
  let pair = load<u32>(pairFirst);
  const first = <usize>load<u32>(plan + PLACE_FIRST) + ((<usize>place) << 2);
  const end = load<u32>(first, 4);
  if (pair + (end - load<u32>(first)) > load<u32>(ctx + PAIR_CAPACITY)) return false;
  for (let p = load<u32>(first); p < end; p++) {
    const k = load<u32>(at + ((<usize>load<u32>(<usize>load<u32>(plan + PLACE_NODES) + ((<usize>p) << 2))) << 2));
    const cost = load<i32>(<usize>load<u32>(plan + PLACE_COSTS) + ((<usize>p) << 2));
    if (k === 0 || cost > limit) continue;
    store<u32>(pairs + ((<usize>pair) << 3), (k - 1) << 6);
    store<i32>(pairs + ((<usize>pair) << 3), cost, 4);
    pair++;
  }
  store<u32>(item, place);
  store<u32>(item, ball + count, 4);
  store<u32>(pairFirst, pair, 4);
  store<u32>(ctx + ITEM_COUNT, count + 1);
  store<u32>(<usize>load<u32>(ctx + ITEM_OF) + ((<usize>place) << 2), count + 1);
  return true;
}

/** Items of places that are nodes: the node's row is theirs. */
function gatherNodeItems(ctx: usize, plan: usize): bool {
  const nodes = <usize>load<u32>(ctx + NODES);
  const ball = load<u32>(ctx + BALL);
  const placesFirst = <usize>load<u32>(plan + PLACES_FIRST);
  const placesAt = <usize>load<u32>(plan + PLACES_AT);
  const capacity = load<u32>(ctx + ITEM_CAPACITY);
  let item = <usize>load<u32>(ctx + ITEMS);
  const begin = item;
  const last = begin + ((<usize>capacity) << 3);
  for (let i: u32 = 0; i < ball; i++) {
    const span = placesFirst + ((<usize>load<u32>(nodes + ((<usize>i) << 2))) << 2);
    const end = load<u32>(span, 4);
    for (let p = load<u32>(span); p < end; p++) {
      if (item === last) return false;
      store<u32>(item, load<u32>(placesAt + ((<usize>p) << 2)));
      store<u32>(item, i, 4);
      item += 8;
    }
  }
  store<u32>(ctx + ITEM_COUNT, <u32>((item - begin) >> 3));
  store<u32>(ctx + LINKED_COUNT, 0);
  return true;
}

// Windows are 40 bytes: lo, runFrom, ownFrom, mid, ownTo, runTo, hi, along, off, pace. Places below the origin's edge stand from lo to runFrom, those on it from
// ownFrom to ownTo, those above it from runTo to hi.

// @ts-ignore: decorator
@inline
function windowOf(plan: usize, o: u32): usize {
  const number = load<u32>(<usize>load<u32>(plan + WINDOW_OF) + ((<usize>o) << 2));
  return number === 0 ? 0 : <usize>load<u32>(plan + WINDOWS) + (<usize>(number - 1)) * 40;
}

/** Adds the places of a stretch that is not covered yet. */
function addStretch(ctx: usize, plan: usize, from: u32, to: u32): bool {
  const spots = <usize>load<u32>(plan + SPOTS);
  const itemOf = <usize>load<u32>(ctx + ITEM_OF);
  for (let i = from; i < to; i++) {
    const place = load<u32>(spots + ((<usize>i) << 4), 8);
    if (load<u32>(itemOf + ((<usize>place) << 2)) === 0 && !addItem(ctx, plan, place)) return false;
  }
  return true;
}

/** Adds what may be reached along chains. Neighbours mostly have the same stretches: what the last ones had is passed over. */
function addWindows(ctx: usize, plan: usize, from: u32, to: u32): bool {
  if (load<u32>(plan + WINDOW_OF) === 0) return true;
  let low: u32 = 0;
  let high: u32 = 0;
  for (let o = from; o < to; o++) {
    const window = windowOf(plan, o);
    if (window === 0) continue;
    for (let part: u32 = 0; part < 3; part++) {
      const begin = stretchBegin(window, part);
      const end = stretchEnd(window, part);
      if (begin >= end) continue;
      if (begin > high || end < low) {
        if (!addStretch(ctx, plan, begin, end)) return false;
        low = begin;
        high = end;
        continue;
      }
      if (begin < low && !addStretch(ctx, plan, begin, low)) return false;
      if (end > high && !addStretch(ctx, plan, high, end)) return false;
      low = min<u32>(low, begin);
      high = max<u32>(high, end);
    }
  }
  return true;
}

// @ts-ignore: decorator
@inline
function stretchBegin(window: usize, part: u32): u32 {
  return part === 0 ? load<u32>(window) : part === 1 ? load<u32>(window, 8) : load<u32>(window, 20);
}

// @ts-ignore: decorator
@inline
function stretchEnd(window: usize, part: u32): u32 {
  return part === 0 ? load<u32>(window, 4) : part === 1 ? load<u32>(window, 16) : load<u32>(window, 24);
}

/** Items of places beside streets: of all that have a pair in the ball, and all that an origin of the cell has a direct way to. */
function gatherLinkedItems(ctx: usize, plan: usize, from: u32, to: u32): bool {
  const nodes = <usize>load<u32>(ctx + NODES);
  const ball = load<u32>(ctx + BALL);
  const placesFirst = <usize>load<u32>(plan + PLACES_FIRST);
  const placesAt = <usize>load<u32>(plan + PLACES_AT);
  const itemOf = <usize>load<u32>(ctx + ITEM_OF);
  store<u32>(ctx + ITEM_COUNT, 0);
  store<u32>(<usize>load<u32>(ctx + PAIR_FIRST), 0);
  for (let i: u32 = 0; i < ball; i++) {
    const span = placesFirst + ((<usize>load<u32>(nodes + ((<usize>i) << 2))) << 2);
    const end = load<u32>(span, 4);
    for (let p = load<u32>(span); p < end; p++) {
      const place = load<u32>(placesAt + ((<usize>p) << 2));
      if (load<u32>(itemOf + ((<usize>place) << 2)) === 0 && !addItem(ctx, plan, place)) return false;
    }
  }
  if (!addWindows(ctx, plan, from, to)) return false;
  store<u32>(ctx + LINKED_COUNT, load<u32>(ctx + ITEM_COUNT));
  return true;
}

/** Which groups of a block reach a linked item: those that reach a node of it, or have an origin with a direct way. */
function markItems(ctx: usize, plan: usize, from: u32, to: u32): void {
  const count = load<u32>(ctx + LINKED_COUNT);
  const ball = load<u32>(ctx + BALL);
  const reached = <usize>load<u32>(ctx + REACHED);
  const pairFirst = <usize>load<u32>(ctx + PAIR_FIRST);
  const pairs = <usize>load<u32>(ctx + ITEM_PAIRS);
  for (let item: u32 = 0; item < count; item++) {
    const end = pairs + ((<usize>load<u32>(pairFirst + ((<usize>item) << 2), 4)) << 3);
    let groups: u32 = 0;
    for (let pair = pairs + ((<usize>load<u32>(pairFirst + ((<usize>item) << 2))) << 3); pair < end; pair += 8) groups |= <u32>load<u16>(reached + ((<usize>load<u32>(pair)) >> 5));
    store<u16>(reached + ((<usize>(ball + item)) << 1), <u16>groups);
  }
  if (load<u32>(plan + WINDOW_OF) !== 0) for (let o = from; o < to; o += 16) markWindows(ctx, plan, (o - from) >> 4, o, min<u32>(o + 16, to));
}

/** Marks the items that the origins of a group may reach along chains. */
function markWindows(ctx: usize, plan: usize, group: u32, from: u32, to: u32): void {
  let low: u32 = 0;
  let high: u32 = 0;
  for (let o = from; o < to; o++) {
    const window = windowOf(plan, o);
    if (window === 0) continue;
    for (let part: u32 = 0; part < 3; part++) {
      const begin = stretchBegin(window, part);
      const end = stretchEnd(window, part);
      if (begin >= end) continue;
      if (begin > high || end < low) {
        markStretch(ctx, plan, group, begin, end);
        low = begin;
        high = end;
        continue;
      }
      markStretch(ctx, plan, group, begin, low);
      markStretch(ctx, plan, group, high, end);
      low = min<u32>(low, begin);
      high = max<u32>(high, end);
    }
  }
}

function markStretch(ctx: usize, plan: usize, group: u32, from: u32, to: u32): void {
  const spots = <usize>load<u32>(plan + SPOTS);
  const itemOf = <usize>load<u32>(ctx + ITEM_OF);
  const groups = <usize>load<u32>(ctx + REACHED) + ((<usize>load<u32>(ctx + BALL)) << 1) - 2;
  for (let i = from; i < to; i++) {
    const at = groups + ((<usize>load<u32>(itemOf + ((<usize>load<u32>(spots + ((<usize>i) << 4), 8)) << 2))) << 1);
    store<u16>(at, <u16>((<u32>load<u16>(at)) | ((<u32>1) << group)));
  }
}

function forgetItems(ctx: usize): void {
  const itemOf = <usize>load<u32>(ctx + ITEM_OF);
  const items = <usize>load<u32>(ctx + ITEMS);
  const end = items + ((<usize>load<u32>(ctx + ITEM_COUNT)) << 3);
  for (let item = items; item < end; item += 8) store<u32>(itemOf + ((<usize>load<u32>(item)) << 2), 0);
}

// @ts-ignore: decorator
@inline
function sink(items: usize, at: u32, count: u32): void {
  const moving = load<u64>(items + ((<usize>at) << 3));
  for (;;) {
    let child: u32 = 2 * at + 1;
    if (child >= count) break;
    if (child + 1 < count && load<u32>(items + ((<usize>(child + 1)) << 3)) > load<u32>(items + ((<usize>child) << 3))) child++;
    if (load<u32>(items + ((<usize>child) << 3)) <= <u32>moving) break;
    store<u64>(items + ((<usize>at) << 3), load<u64>(items + ((<usize>child) << 3)));
    at = child;
  }
  store<u64>(items + ((<usize>at) << 3), moving);
}

/** Items by place, ascending (a heap sort: places are distinct, and no scratch is needed). */
function sortItems(ctx: usize): void {
  const items = <usize>load<u32>(ctx + ITEMS);
  const count = load<u32>(ctx + ITEM_COUNT);
  for (let i = count >> 1; i > 0; ) sink(items, --i, count);
  for (let last = count; last > 1; ) {
    last--;
    const top = load<u64>(items);
    store<u64>(items, load<u64>(items + ((<usize>last) << 3)));
    store<u64>(items + ((<usize>last) << 3), top);
    sink(items, 0, last);
  }
}

/** For each variable the items that weigh something: entries, and the sum of their sizes. */
function gatherEntries(ctx: usize, plan: usize): bool {
  const items = <usize>load<u32>(ctx + ITEMS);
  const itemsEnd = items + ((<usize>load<u32>(ctx + ITEM_COUNT)) << 3);
  const variables = load<u32>(plan + VARIABLE_COUNT);
  const places = <usize>load<u32>(plan + PLACE_COUNT);
  const entries = <usize>load<u32>(ctx + ENTRIES);
  const last = entries + ((<usize>load<u32>(ctx + ENTRY_CAPACITY)) << 4);
  const entryFirst = <usize>load<u32>(ctx + ENTRY_FIRST);
  const totals = <usize>load<u32>(ctx + ENTRY_TOTAL);
  let out = entries;
  for (let v: u32 = 0; v < variables; v++) {
    const weights = <usize>load<u32>(plan + PLACE_WEIGHTS) + ((<usize>v * places) << 3);
    store<u32>(entryFirst + ((<usize>v) << 2), <u32>((out - entries) >> 4));
    const whole = load<u8>(<usize>load<u32>(plan + WHOLE) + v) !== 0;
    let total: f64 = 0;
    for (let item = items; item < itemsEnd; item += 8) {
      const weight = load<f64>(weights + ((<usize>load<u32>(item)) << 3));
      if (weight === 0) continue;
      if (out === last) return false;
      store<u32>(out, load<u32>(item, 4) << 6);
      store<i32>(out, whole ? <i32>weight : 0, 4);
      store<f64>(out, weight, 8);
      total += abs(weight);
      out += 16;
    }
    store<f64>(totals + ((<usize>v) << 3), total);
  }
  store<u32>(entryFirst + ((<usize>variables) << 2), <u32>((out - entries) >> 4));
  return true;
}

/** Rows of linked items for the present group: the least over their pairs; then direct ways of origins from … to − 1. */
function fillLinkedRows(ctx: usize, plan: usize, group: u32, from: u32, to: u32): void {
  const count = load<u32>(ctx + LINKED_COUNT);
  const rows = <usize>load<u32>(ctx + ROWS);
  const ball = load<u32>(ctx + BALL);
  const reached = <usize>load<u32>(ctx + REACHED);
  const pairFirst = <usize>load<u32>(ctx + PAIR_FIRST);
  const pairs = <usize>load<u32>(ctx + ITEM_PAIRS);
  const far = i32x4.splat(FAR);
  for (let item: u32 = 0; item < count; item++) {
    const at = <usize>(ball + item);
    if (((<u32>load<u16>(reached + (at << 1)) >> group) & 1) === 0) continue;
    const row = rows + (at << 6);
    let r0 = far;
    let r1 = far;
    let r2 = far;
    let r3 = far;
    const end = pairs + ((<usize>load<u32>(pairFirst + ((<usize>item) << 2), 4)) << 3);
    for (let pair = pairs + ((<usize>load<u32>(pairFirst + ((<usize>item) << 2))) << 3); pair < end; pair += 8) {
      const above = rows + <usize>load<u32>(pair);
      const cost = v128.load32_splat(pair, 4);
      r0 = i32x4.min_s(r0, i32x4.add(v128.load(above), cost));
      r1 = i32x4.min_s(r1, i32x4.add(v128.load(above, 16), cost));
      r2 = i32x4.min_s(r2, i32x4.add(v128.load(above, 32), cost));
      r3 = i32x4.min_s(r3, i32x4.add(v128.load(above, 48), cost));
    }
    v128.store(row, r0);
    v128.store(row, r1, 16);
    v128.store(row, r2, 32);
    v128.store(row, r3, 48);
  }
  if (load<u32>(plan + WINDOW_OF) !== 0) fillWindows(ctx, plan, from, to);
}

/** Stretches longer than this are gone over in such parts, all origins of the group together: the rows of a part stay in the nearest cache. */
const PART: u32 = 256;

/** Ways along chains of a group's origins into its items' rows. */
function fillWindows(ctx: usize, plan: usize, from: u32, to: u32): void {
  let low: u32 = 0xffffffff;
  let high: u32 = 0;
  for (let o = from; o < to; o++) {
    const window = windowOf(plan, o);
    if (window === 0) continue;
    if (load<u32>(window, 24) - load<u32>(window) <= PART) {
      fillWays(ctx, plan, o, (<usize>(o - from)) << 2, 0, 0xffffffff);
      continue;
    }
    low = min<u32>(low, load<u32>(window));
    high = max<u32>(high, load<u32>(window, 24));
  }
  for (; low < high; low += PART) {
    for (let o = from; o < to; o++) {
      const window = windowOf(plan, o);
      if (window === 0 || load<u32>(window, 24) - load<u32>(window) <= PART || load<u32>(window, 24) <= low || load<u32>(window) >= low + PART) continue;
      fillWays(ctx, plan, o, (<usize>(o - from)) << 2, low, low + PART);
    }
  }
}

// @ts-ignore: decorator
@inline
function lower(cell: usize, cost: f64, limit: f64): void {
  if (cost <= limit && <i32>cost < load<i32>(cell)) store<i32>(cell, <i32>cost);
}

/** Ways along the chain of origin o, to places low … high − 1 in the order of chains, into its lane of the items' rows. */
function fillWays(ctx: usize, plan: usize, o: u32, lane: usize, low: u32, high: u32): void {
  const window = windowOf(plan, o);
  const limit = <f64>load<i32>(ctx + LIMIT);
  const spots = <usize>load<u32>(plan + SPOTS);
  const keys = <usize>load<u32>(plan + SPOT_KEYS);
  const itemOf = <usize>load<u32>(ctx + ITEM_OF);
  // the row of item 1 + i is 64 bytes after that of item i
  const rows = <usize>load<u32>(ctx + ROWS) + ((<usize>load<u32>(ctx + BALL)) << 6) - 64 + lane;
  const values = <usize>load<u32>(plan + WINDOW_VALUES) + ((<usize>(load<u32>(<usize>load<u32>(plan + WINDOW_OF) + ((<usize>o) << 2)) - 1)) << 4);
  const up = load<f64>(values);
  const down = load<f64>(values, 8);
  const along = load<u32>(window, 28);
  const off = <f64>load<u32>(window, 32);
  const pace = <usize>load<u32>(plan + PACES) + ((<usize>load<u32>(window, 36)) << 5);
  const divisorUp = load<f64>(pace);
  const shareUp = load<f64>(pace, 8);
  const divisorDown = load<f64>(pace, 16);
  const shareDown = load<f64>(pace, 24);
  for (let i = max<u32>(low, load<u32>(window)), end = min<u32>(high, load<u32>(window, 4)); i < end; i++) {
    const spot = spots + ((<usize>i) << 4);
    lower(rows + ((<usize>load<u32>(itemOf + ((<usize>load<u32>(spot, 8)) << 2))) << 6), down + load<f64>(keys + ((<usize>i) << 4), 8), limit);
  }
  for (let i = max<u32>(low, load<u32>(window, 8)), end = min<u32>(high, load<u32>(window, 12)); i < end; i++) {
    const spot = spots + ((<usize>i) << 4);
    const cost = floor((<f64>(along - load<u32>(spot)) * 36 / divisorDown) * shareDown) + off + <f64>load<u32>(spot, 4);
    lower(rows + ((<usize>load<u32>(itemOf + ((<usize>load<u32>(spot, 8)) << 2))) << 6), cost, limit);
  }
  for (let i = max<u32>(low, load<u32>(window, 12)), end = min<u32>(high, load<u32>(window, 16)); i < end; i++) {
    const spot = spots + ((<usize>i) << 4);
    const cost = floor((<f64>(load<u32>(spot) - along) * 36 / divisorUp) * shareUp) + off + <f64>load<u32>(spot, 4);
    lower(rows + ((<usize>load<u32>(itemOf + ((<usize>load<u32>(spot, 8)) << 2))) << 6), cost, limit);
  }
  for (let i = max<u32>(low, load<u32>(window, 20)), end = min<u32>(high, load<u32>(window, 24)); i < end; i++) {
    const spot = spots + ((<usize>i) << 4);
    lower(rows + ((<usize>load<u32>(itemOf + ((<usize>load<u32>(spot, 8)) << 2))) << 6), up + load<f64>(keys + ((<usize>i) << 4)), limit);
  }
}

/** Sums of entries within a limit into LANES, in 32 bits: all of them together fit. */
function addWhole(ctx: usize, group: u32, entry: usize, end: usize, limit: i32): void {
  const limits = i32x4.splat(limit);
  const rows = <usize>load<u32>(ctx + ROWS);
  const reached = <usize>load<u32>(ctx + REACHED);
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; entry < end; entry += 16) {
    const at = <usize>load<u32>(entry);
    if (((<u32>load<u16>(reached + (at >> 5)) >> group) & 1) === 0) continue;
    const row = rows + at;
    const weight = v128.load32_splat(entry, 4);
    s0 = i32x4.add(s0, v128.and(i32x4.le_s(v128.load(row), limits), weight));
    s1 = i32x4.add(s1, v128.and(i32x4.le_s(v128.load(row, 16), limits), weight));
    s2 = i32x4.add(s2, v128.and(i32x4.le_s(v128.load(row, 32), limits), weight));
    s3 = i32x4.add(s3, v128.and(i32x4.le_s(v128.load(row, 48), limits), weight));
  }
  const lanes = ctx + LANES;
  storeDoubles(lanes, s0);
  storeDoubles(lanes + 32, s1);
  storeDoubles(lanes + 64, s2);
  storeDoubles(lanes + 96, s3);
}

// @ts-ignore: decorator
@inline
function storeDoubles(to: usize, lanes: v128): void {
  v128.store(to, f64x2.convert_low_i32x4_s(lanes));
  v128.store(to, f64x2.convert_low_i32x4_s(i32x4.shuffle(lanes, lanes, 2, 3, 2, 3)), 16);
}

// @ts-ignore: decorator
@inline
function low(mask: v128, weight: v128): v128 {
  return v128.and(i64x2.extend_low_i32x4_s(mask), weight);
}

// @ts-ignore: decorator
@inline
function high(mask: v128, weight: v128): v128 {
  return v128.and(i64x2.extend_high_i32x4_s(mask), weight);
}

/** The same in doubles, entry by entry. */
function addDoubles(ctx: usize, group: u32, entry: usize, end: usize, limit: i32): void {
  const limits = i32x4.splat(limit);
  const rows = <usize>load<u32>(ctx + ROWS);
  const reached = <usize>load<u32>(ctx + REACHED);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (; entry < end; entry += 16) {
    const at = <usize>load<u32>(entry);
    if (((<u32>load<u16>(reached + (at >> 5)) >> group) & 1) === 0) continue;
    const row = rows + at;
    const weight = v128.load64_splat(entry, 8);
    const m0 = i32x4.le_s(v128.load(row), limits);
    const m1 = i32x4.le_s(v128.load(row, 16), limits);
    const m2 = i32x4.le_s(v128.load(row, 32), limits);
    const m3 = i32x4.le_s(v128.load(row, 48), limits);
    s0 = f64x2.add(s0, low(m0, weight));
    s1 = f64x2.add(s1, high(m0, weight));
    s2 = f64x2.add(s2, low(m1, weight));
    s3 = f64x2.add(s3, high(m1, weight));
    s4 = f64x2.add(s4, low(m2, weight));
    s5 = f64x2.add(s5, high(m2, weight));
    s6 = f64x2.add(s6, low(m3, weight));
    s7 = f64x2.add(s7, high(m3, weight));
  }
  const lanes = ctx + LANES;
  v128.store(lanes, s0);
  v128.store(lanes, s1, 16);
  v128.store(lanes, s2, 32);
  v128.store(lanes, s3, 48);
  v128.store(lanes, s4, 64);
  v128.store(lanes, s5, 80);
  v128.store(lanes, s6, 96);
  v128.store(lanes, s7, 112);
}

/** Sums of entries times the decay of their cost into LANES. */
function addDecayed(ctx: usize, group: u32, entry: usize, end: usize, table: usize, length: i32): void {
  const rows = <usize>load<u32>(ctx + ROWS);
  const reached = <usize>load<u32>(ctx + REACHED);
  const lanes = ctx + LANES;
  memory.fill(lanes, 0, 128);
  for (; entry < end; entry += 16) {
    const at = <usize>load<u32>(entry);
    if (((<u32>load<u16>(reached + (at >> 5)) >> group) & 1) === 0) continue;
    const row = rows + at;
    const weight = load<f64>(entry, 8);
    for (let lane: usize = 0; lane < 16; lane++) {
      const cost = load<i32>(row + (lane << 2));
      if (cost >= length) continue;
      const sum = lanes + (lane << 3);
      store<f64>(sum, load<f64>(sum) + weight * load<f64>(table + ((<usize>cost) << 3)));
    }
  }
}

/** All variables over all limits and decays for the origins from … to − 1 of a group whose rows are filled. */
function addMeasures(ctx: usize, plan: usize, group: u32, from: u32, to: u32): void {
  const variables = load<u32>(plan + VARIABLE_COUNT);
  const limitCount = load<u32>(plan + LIMIT_COUNT);
  const decayCount = load<u32>(plan + DECAY_COUNT);
  const origins = <usize>load<u32>(plan + ORIGIN_COUNT);
  const entries = <usize>load<u32>(ctx + ENTRIES);
  let results = <usize>load<u32>(plan + RESULTS) + ((<usize>from) << 3);
  for (let v: u32 = 0; v < variables; v++) {
    const first = <usize>load<u32>(ctx + ENTRY_FIRST) + ((<usize>v) << 2);
    const begin = entries + ((<usize>load<u32>(first)) << 4);
    const end = entries + ((<usize>load<u32>(first, 4)) << 4);
    const narrow = load<u8>(<usize>load<u32>(plan + WHOLE) + v) !== 0 && load<f64>(<usize>load<u32>(ctx + ENTRY_TOTAL) + ((<usize>v) << 3)) <= 2147483647;
    for (let m: u32 = 0; m < limitCount + decayCount; m++) {
      if (m < limitCount) {
        const limit = load<i32>(<usize>load<u32>(plan + LIMITS) + ((<usize>m) << 2));
        if (narrow) addWhole(ctx, group, begin, end, limit);
        else addDoubles(ctx, group, begin, end, limit);
      } else {
        const decay = <usize>load<u32>(plan + DECAYS) + ((<usize>(m - limitCount)) << 3);
        addDecayed(ctx, group, begin, end, <usize>load<u32>(decay), load<i32>(decay, 4));
      }
      memory.copy(results, ctx + LANES, (<usize>(to - from)) << 3);
      results += origins << 3;
    }
  }
}

/** All sums of a plan for a block of origins from … to − 1 (at most 256: a lane for each 16 of them marks what these reach). */
function reachBlock(ctx: usize, plan: usize, narrow: bool, from: u32, to: u32): void {
  const pairFirst = <usize>load<u32>(plan + ORIGIN_FIRST);
  const pairNodes = <usize>load<u32>(plan + ORIGIN_NODES);
  const pairCosts = <usize>load<u32>(plan + ORIGIN_COSTS);
  const quick = load<u32>(plan + NODE_WEIGHTS) !== 0;
  const results = <usize>load<u32>(plan + RESULTS);
  markGroups(ctx, pairFirst, pairNodes, pairCosts, from, to);
  const near = <usize>load<u32>(ctx + NEAR);
  const linked = !quick && load<u32>(ctx + LINKED_COUNT) !== 0;
  if (linked) markItems(ctx, plan, from, to);
  for (let o = from, group: u32 = 0; o < to; o += 16, group++) {
    const end = min<u32>(o + 16, to);
    listGroup(ctx, group);
    sweepUp(ctx, group, pairFirst, pairNodes, pairCosts, o, end);
    if (narrow) {
      // nearest facilities need the rows of leaves too
      if (near !== 0) store<u32>(ctx + LISTED_INNER, load<u32>(ctx + LISTED));
      sumDown(ctx, results, o, end);
      if (near !== 0) nearestOfGroup(ctx, near, group, o, end);
      clearListed(ctx, load<u32>(ctx + LISTED_INNER));
      continue;
    }
    if (quick) sumWide(ctx, results, o, end);
    else {
      sweepDown(ctx, 0, load<u32>(ctx + LISTED));
      if (linked) fillLinkedRows(ctx, plan, group, o, end);
      addMeasures(ctx, plan, group, o, end);
    }
    if (near !== 0) nearestOfGroup(ctx, near, group, o, end);
    clearListed(ctx, load<u32>(ctx + LISTED));
  }
}

/**
 * All sums of a plan for the cell of origins from … to − 1.
 *
 * @returns the ball's nodes, or NEEDS_NODES, NEEDS_EDGES, NEEDS_ITEMS, NEEDS_FACILITIES
 */
export function reachCell(ctx: usize, plan: usize, from: u32, to: u32): i32 {
  const pairFirst = <usize>load<u32>(plan + ORIGIN_FIRST);
  const pairCosts = <usize>load<u32>(plan + ORIGIN_COSTS);
  const begin = firstPair(pairFirst, from);
  const at4 = (<usize>begin) << 2;
  const ball = cellBall(ctx, <usize>load<u32>(plan + ORIGIN_NODES) + at4, pairCosts === 0 ? 0 : pairCosts + at4, firstPair(pairFirst, to) - begin);
  if (ball < 0) return ball;
  const nodeWeights = <usize>load<u32>(plan + NODE_WEIGHTS);
  const linked = nodeWeights === 0 && load<u32>(plan + PLACE_FIRST) !== 0;
  if (nodeWeights === 0) {
    const fits = linked ? gatherLinkedItems(ctx, plan, from, to) : gatherNodeItems(ctx, plan);
    if (fits) sortItems(ctx);
    if (!fits || !gatherEntries(ctx, plan)) {
      if (linked) forgetItems(ctx);
      leaveCell(ctx);
      return NEEDS_ITEMS;
    }
  }
  const near = <usize>load<u32>(ctx + NEAR);
  if (near !== 0 && !gatherFacilities(ctx, near)) {
    if (linked) forgetItems(ctx);
    leaveCell(ctx);
    return NEEDS_FACILITIES;
  }
  const narrow = nodeWeights !== 0 && gatherWeights(ctx, nodeWeights);
  for (let o = from; o < to; o += 256) reachBlock(ctx, plan, narrow, o, min<u32>(o + 256, to));
  if (linked) forgetItems(ctx);
  leaveCell(ctx);
  return ball;
}
