/**
 * Nearest facilities of many categories for all nodes: one sweep up and one down over a whole hierarchy, categories as lanes.
 *
 * Rows stand in the order of elimination (src/engine/graph/nearest-order.ts), so arcs lead from a row to one behind it, except among the
 * core's. Three kinds of rows:
 * - costs: four categories a vector, i32; the facility is not known
 * - keys: two categories a vector; a key is cost · 2³² + facility number, so the least key is the nearest facility and, of equally near ones,
 *   the first. Keys are whole numbers when a cost is added and doubles when they are compared: the bits of two doubles ≥ 0 are in the order
 *   of the doubles, and 128-bit vectors have one instruction for the least double but none for the least of 64-bit integers
 * - lists: `k` ascending keys of two categories; no facility stands twice in a list
 *
 * `top` is the key of "none": (limit + 1) · 2³². Sums that leave 62 bits are no numbers as doubles, and compare as "not less".
 * Arcs are pairs (row number of the upper end, cost), those of row r from first[r] to first[r + 1].
 */

const FACILITY: v128 = i64x2.splat(0xffffffff);

// @ts-ignore: decorator
@inline
function addKeys(keys: v128, cost: v128): v128 {
  return i64x2.add(keys, cost);
}

// @ts-ignore: decorator
@inline
function costOfArc(arc: usize): v128 {
  return i64x2.splat(<i64>((<u64>load<u32>(arc, 4)) << 32));
}

// @ts-ignore: decorator
@inline
function pushCostRows(vectors: i32, none: v128, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const stride: usize = <usize>vectors << 4;
  let row = rows + <usize>from * stride;
  for (let r = from; r < to; r++, row += stride) {
    const r0 = v128.load(row);
    const r1 = vectors > 1 ? v128.load(row, 16) : r0;
    const r2 = vectors > 2 ? v128.load(row, 32) : r0;
    const r3 = vectors > 3 ? v128.load(row, 48) : r0;
    const r4 = vectors > 4 ? v128.load(row, 64) : r0;
    // most nodes have no facility below them: they have nothing to hand up
    if (!v128.any_true(i32x4.lt_s(i32x4.min_s(i32x4.min_s(i32x4.min_s(r0, r1), i32x4.min_s(r2, r3)), r4), none))) continue;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
      const target = rows + <usize>load<u32>(arc) * stride;
      const cost = v128.load32_splat(arc, 4);
      v128.store(target, i32x4.min_s(v128.load(target), i32x4.add(r0, cost)));
      if (vectors > 1) v128.store(target, i32x4.min_s(v128.load(target, 16), i32x4.add(r1, cost)), 16);
      if (vectors > 2) v128.store(target, i32x4.min_s(v128.load(target, 32), i32x4.add(r2, cost)), 32);
      if (vectors > 3) v128.store(target, i32x4.min_s(v128.load(target, 48), i32x4.add(r3, cost)), 48);
      if (vectors > 4) v128.store(target, i32x4.min_s(v128.load(target, 64), i32x4.add(r4, cost)), 64);
    }
  }
}

/** Pushes rows of the core, from … to − 1, to one another: costs, any number of vectors. @returns 1 where any changed */
export function pushCoreCosts(vectors: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): i32 {
  const stride: usize = <usize>vectors << 4;
  let changed = i32x4.splat(0);
  let row = rows + <usize>from * stride;
  for (let r = from; r < to; r++, row += stride) {
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
      const target = rows + <usize>load<u32>(arc) * stride;
      const cost = v128.load32_splat(arc, 4);
      for (let i: usize = 0; i < stride; i += 16) {
        const old = v128.load(target + i);
        const sum = i32x4.add(v128.load(row + i), cost);
        changed = v128.or(changed, i32x4.lt_s(sum, old));
        v128.store(target + i, i32x4.min_s(old, sum));
      }
    }
  }
  return v128.any_true(changed) ? 1 : 0;
}

// @ts-ignore: decorator
@inline
function pullCostRows(vectors: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const stride: usize = <usize>vectors << 4;
  let row = rows + <usize>to * stride;
  for (let r = to; r > from; ) {
    r--;
    row -= stride;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    let arc = arcs + ((<usize>load<u32>(span)) << 3);
    if (arc === end) continue;
    let r0 = v128.load(row);
    let r1 = vectors > 1 ? v128.load(row, 16) : r0;
    let r2 = vectors > 2 ? v128.load(row, 32) : r0;
    let r3 = vectors > 3 ? v128.load(row, 48) : r0;
    let r4 = vectors > 4 ? v128.load(row, 64) : r0;
    for (; arc < end; arc += 8) {
      const source = rows + <usize>load<u32>(arc) * stride;
      const cost = v128.load32_splat(arc, 4);
      r0 = i32x4.min_s(r0, i32x4.add(v128.load(source), cost));
      if (vectors > 1) r1 = i32x4.min_s(r1, i32x4.add(v128.load(source, 16), cost));
      if (vectors > 2) r2 = i32x4.min_s(r2, i32x4.add(v128.load(source, 32), cost));
      if (vectors > 3) r3 = i32x4.min_s(r3, i32x4.add(v128.load(source, 48), cost));
      if (vectors > 4) r4 = i32x4.min_s(r4, i32x4.add(v128.load(source, 64), cost));
    }
    v128.store(row, r0);
    if (vectors > 1) v128.store(row, r1, 16);
    if (vectors > 2) v128.store(row, r2, 32);
    if (vectors > 3) v128.store(row, r3, 48);
    if (vectors > 4) v128.store(row, r4, 64);
  }
}

// @ts-ignore: decorator
@inline
function pushKeyRows(vectors: i32, none: v128, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const stride: usize = <usize>vectors << 4;
  let row = rows + <usize>from * stride;
  for (let r = from; r < to; r++, row += stride) {
    const r0 = v128.load(row);
    const r1 = vectors > 1 ? v128.load(row, 16) : r0;
    const r2 = vectors > 2 ? v128.load(row, 32) : r0;
    const r3 = vectors > 3 ? v128.load(row, 48) : r0;
    const r4 = vectors > 4 ? v128.load(row, 64) : r0;
    // most nodes have no facility below them: they have nothing to hand up
    if (!v128.any_true(f64x2.lt(f64x2.pmin(f64x2.pmin(f64x2.pmin(r0, r1), f64x2.pmin(r2, r3)), r4), none))) continue;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
      const target = rows + <usize>load<u32>(arc) * stride;
      const cost = costOfArc(arc);
      v128.store(target, f64x2.pmin(v128.load(target), addKeys(r0, cost)));
      if (vectors > 1) v128.store(target, f64x2.pmin(v128.load(target, 16), addKeys(r1, cost)), 16);
      if (vectors > 2) v128.store(target, f64x2.pmin(v128.load(target, 32), addKeys(r2, cost)), 32);
      if (vectors > 3) v128.store(target, f64x2.pmin(v128.load(target, 48), addKeys(r3, cost)), 48);
      if (vectors > 4) v128.store(target, f64x2.pmin(v128.load(target, 64), addKeys(r4, cost)), 64);
    }
  }
}

/** The same, of keys. */
export function pushCoreKeys(vectors: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): i32 {
  const stride: usize = <usize>vectors << 4;
  let changed = i32x4.splat(0);
  let row = rows + <usize>from * stride;
  for (let r = from; r < to; r++, row += stride) {
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
      const target = rows + <usize>load<u32>(arc) * stride;
      const cost = costOfArc(arc);
      for (let i: usize = 0; i < stride; i += 16) {
        const old = v128.load(target + i);
        const sum = addKeys(v128.load(row + i), cost);
        changed = v128.or(changed, f64x2.lt(sum, old));
        v128.store(target + i, f64x2.pmin(old, sum));
      }
    }
  }
  return v128.any_true(changed) ? 1 : 0;
}

// @ts-ignore: decorator
@inline
function pullKeyRows(vectors: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const stride: usize = <usize>vectors << 4;
  let row = rows + <usize>to * stride;
  for (let r = to; r > from; ) {
    r--;
    row -= stride;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    let arc = arcs + ((<usize>load<u32>(span)) << 3);
    if (arc === end) continue;
    let r0 = v128.load(row);
    let r1 = vectors > 1 ? v128.load(row, 16) : r0;
    let r2 = vectors > 2 ? v128.load(row, 32) : r0;
    let r3 = vectors > 3 ? v128.load(row, 48) : r0;
    let r4 = vectors > 4 ? v128.load(row, 64) : r0;
    for (; arc < end; arc += 8) {
      const source = rows + <usize>load<u32>(arc) * stride;
      const cost = costOfArc(arc);
      r0 = f64x2.pmin(r0, addKeys(v128.load(source), cost));
      if (vectors > 1) r1 = f64x2.pmin(r1, addKeys(v128.load(source, 16), cost));
      if (vectors > 2) r2 = f64x2.pmin(r2, addKeys(v128.load(source, 32), cost));
      if (vectors > 3) r3 = f64x2.pmin(r3, addKeys(v128.load(source, 48), cost));
      if (vectors > 4) r4 = f64x2.pmin(r4, addKeys(v128.load(source, 64), cost));
    }
    v128.store(row, r0);
    if (vectors > 1) v128.store(row, r1, 16);
    if (vectors > 2) v128.store(row, r2, 32);
    if (vectors > 3) v128.store(row, r3, 48);
    if (vectors > 4) v128.store(row, r4, 64);
  }
}

/** Pushes rows from … to − 1 of costs (1 … 5 vectors) to the rows above them; costs above the limit are left where they are. */
export function pushCosts(vectors: i32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const none = i32x4.splat(limit + 1);
  if (vectors === 5) pushCostRows(5, none, first, arcs, rows, from, to);
  else if (vectors === 4) pushCostRows(4, none, first, arcs, rows, from, to);
  else if (vectors === 3) pushCostRows(3, none, first, arcs, rows, from, to);
  else if (vectors === 2) pushCostRows(2, none, first, arcs, rows, from, to);
  else pushCostRows(1, none, first, arcs, rows, from, to);
}

/** Pulls rows to − 1 … from of costs from the rows above them. */
export function pullCosts(vectors: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  if (vectors === 5) pullCostRows(5, first, arcs, rows, from, to);
  else if (vectors === 4) pullCostRows(4, first, arcs, rows, from, to);
  else if (vectors === 3) pullCostRows(3, first, arcs, rows, from, to);
  else if (vectors === 2) pullCostRows(2, first, arcs, rows, from, to);
  else pullCostRows(1, first, arcs, rows, from, to);
}

/** As pushCosts, of keys. */
export function pushKeys(vectors: i32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const none = i64x2.splat((<i64>limit + 1) << 32);
  if (vectors === 5) pushKeyRows(5, none, first, arcs, rows, from, to);
  else if (vectors === 4) pushKeyRows(4, none, first, arcs, rows, from, to);
  else if (vectors === 3) pushKeyRows(3, none, first, arcs, rows, from, to);
  else if (vectors === 2) pushKeyRows(2, none, first, arcs, rows, from, to);
  else pushKeyRows(1, none, first, arcs, rows, from, to);
}

/** As pullCosts, of keys. */
export function pullKeys(vectors: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  if (vectors === 5) pullKeyRows(5, first, arcs, rows, from, to);
  else if (vectors === 4) pullKeyRows(4, first, arcs, rows, from, to);
  else if (vectors === 3) pullKeyRows(3, first, arcs, rows, from, to);
  else if (vectors === 2) pullKeyRows(2, first, arcs, rows, from, to);
  else pullKeyRows(1, first, arcs, rows, from, to);
}

/**
 * Merges the list at `source`, each key dearer by `cost`, into the one at `target`; both of `bytes` = 16 k. A facility that the target has keeps
 * its lesser key. @returns lanes of which a key became less, where `watched`
 */
// @ts-ignore: decorator
@inline
function mergeList(watched: bool, target: usize, source: usize, bytes: usize, cost: v128, top: v128): v128 {
  const worst = target + bytes - 16;
  const end = target + bytes;
  let changed = i64x2.splat(0);
  for (const sourceEnd = source + bytes; source < sourceEnd; source += 16) {
    let key = f64x2.pmin(top, addKeys(v128.load(source), cost));
    if (!v128.any_true(f64x2.lt(key, v128.load(worst)))) break;
    const facility = v128.and(key, FACILITY);
    for (let at = target; at < end; at += 16) {
      const old = v128.load(at);
      v128.store(at, f64x2.pmin(old, key));
      if (watched) changed = v128.or(changed, f64x2.lt(key, old));
      // what moves on is the greater; but a second key of this facility ends here
      key = v128.bitselect(top, f64x2.pmax(old, key), i64x2.eq(v128.and(old, FACILITY), facility));
    }
  }
  return changed;
}

// @ts-ignore: decorator
@inline
function pushListRows(watched: bool, k: u32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): v128 {
  const bytes: usize = (<usize>k) << 4;
  const top = i64x2.splat((<i64>limit + 1) << 32);
  let changed = i64x2.splat(0);
  let row = rows + <usize>from * bytes;
  for (let r = from; r < to; r++, row += bytes) {
    if (!v128.any_true(f64x2.lt(v128.load(row), top))) continue;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
      const merged = mergeList(watched, rows + <usize>load<u32>(arc) * bytes, row, bytes, costOfArc(arc), top);
      if (watched) changed = v128.or(changed, merged);
    }
  }
  return changed;
}

/** Pushes lists from … to − 1 to the rows above them. */
export function pushLists(k: u32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  pushListRows(false, k, limit, first, arcs, rows, from, to);
}

/** The same, of the core. @returns 1 where any changed */
export function pushCoreLists(k: u32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): i32 {
  return v128.any_true(pushListRows(true, k, limit, first, arcs, rows, from, to)) ? 1 : 0;
}

function pullLongLists(k: u32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const bytes: usize = (<usize>k) << 4;
  const top = i64x2.splat((<i64>limit + 1) << 32);
  let row = rows + <usize>to * bytes;
  for (let r = to; r > from; ) {
    r--;
    row -= bytes;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
      mergeList(false, row, rows + <usize>load<u32>(arc) * bytes, bytes, costOfArc(arc), top);
    }
  }
}

/**
 * As mergeList for k ≤ 5 lists of one row and all its arcs: the row stays in registers. (`k` is a constant of each instance; what is beyond it is folded
 * away.) Against lists in memory it takes 14 % off the sweep down for k = 5 and 23 % for k = 3.
 */
// @ts-ignore: decorator
@inline
function pullShortRows(k: i32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  const bytes: usize = (<usize>k) << 4;
  const top = i64x2.splat((<i64>limit + 1) << 32);
  let row = rows + <usize>to * bytes;
  for (let r = to; r > from; ) {
    r--;
    row -= bytes;
    const span = first + ((<usize>r) << 2);
    const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
    let arc = arcs + ((<usize>load<u32>(span)) << 3);
    if (arc === end) continue;
    let r0 = v128.load(row);
    let r1 = v128.load(row, 16);
    let r2 = k > 2 ? v128.load(row, 32) : top;
    let r3 = k > 3 ? v128.load(row, 48) : top;
    let r4 = k > 4 ? v128.load(row, 64) : top;
    for (; arc < end; arc += 8) {
      const cost = costOfArc(arc);
      let source = rows + <usize>load<u32>(arc) * bytes;
      for (const sourceEnd = source + bytes; source < sourceEnd; source += 16) {
        let key = f64x2.pmin(top, addKeys(v128.load(source), cost));
        if (!v128.any_true(f64x2.lt(key, k > 4 ? r4 : k > 3 ? r3 : k > 2 ? r2 : r1))) break;
        const facility = v128.and(key, FACILITY);
        let old = r0;
        r0 = f64x2.pmin(old, key);
        key = v128.bitselect(top, f64x2.pmax(old, key), i64x2.eq(v128.and(old, FACILITY), facility));
        old = r1;
        r1 = f64x2.pmin(old, key);
        if (k > 2) {
          key = v128.bitselect(top, f64x2.pmax(old, key), i64x2.eq(v128.and(old, FACILITY), facility));
          old = r2;
          r2 = f64x2.pmin(old, key);
        }
        if (k > 3) {
          key = v128.bitselect(top, f64x2.pmax(old, key), i64x2.eq(v128.and(old, FACILITY), facility));
          old = r3;
          r3 = f64x2.pmin(old, key);
        }
        if (k > 4) {
          key = v128.bitselect(top, f64x2.pmax(old, key), i64x2.eq(v128.and(old, FACILITY), facility));
          old = r4;
          r4 = f64x2.pmin(old, key);
        }
      }
    }
    v128.store(row, r0);
    v128.store(row, r1, 16);
    if (k > 2) v128.store(row, r2, 32);
    if (k > 3) v128.store(row, r3, 48);
    if (k > 4) v128.store(row, r4, 64);
  }
}

/** Pulls lists to − 1 … from from the rows above them. */
export function pullLists(k: u32, limit: i32, first: usize, arcs: usize, rows: usize, from: u32, to: u32): void {
  if (k === 2) pullShortRows(2, limit, first, arcs, rows, from, to);
  else if (k === 3) pullShortRows(3, limit, first, arcs, rows, from, to);
  else if (k === 4) pullShortRows(4, limit, first, arcs, rows, from, to);
  else if (k === 5) pullShortRows(5, limit, first, arcs, rows, from, to);
  else pullLongLists(k, limit, first, arcs, rows, from, to);
}

/** Fills `words` 64-bit words with the key of "none", or pairs of costs with it. */
export function fillKeys(rows: usize, words: usize, high: i32, low: i32): void {
  const key = i64x2.splat(((<i64>high) << 32) | <i64><u64><u32>low);
  const end = rows + (words << 3);
  for (; rows < end; rows += 16) v128.store(rows, key);
}

/** Writes a vector of four lanes of costs by row (`stride` bytes each) as costs by node, lanes `pitch` bytes apart: `far` above the limit. */
export function writeCosts(rows: usize, stride: usize, nodes: usize, count: u32, limit: i32, far: i32, costs: usize, pitch: usize): void {
  const limits = i32x4.splat(limit);
  const fars = i32x4.splat(far);
  for (let r: u32 = 0; r < count; r++, rows += stride, nodes += 4) {
    const found = v128.load(rows);
    const cost = v128.bitselect(found, fars, i32x4.le_s(found, limits));
    const to = costs + ((<usize>load<u32>(nodes)) << 2);
    store<i32>(to, i32x4.extract_lane(cost, 0));
    store<i32>(to + pitch, i32x4.extract_lane(cost, 1));
    store<i32>(to + 2 * pitch, i32x4.extract_lane(cost, 2));
    store<i32>(to + 3 * pitch, i32x4.extract_lane(cost, 3));
  }
}

/** Writes one lane of keys or lists by row (`k` keys 16 bytes apart, `stride` bytes a row) as costs and facilities by node and rank. */
export function writeKeys(rows: usize, stride: usize, k: u32, nodes: usize, count: u32, limit: i32, far: i32, costs: usize, facilities: usize): void {
  for (let r: u32 = 0; r < count; r++, rows += stride, nodes += 4) {
    let out = (<usize>load<u32>(nodes) * <usize>k) << 2;
    let key = rows;
    for (let j: u32 = 0; j < k; j++, key += 16, out += 4) {
      const cost = load<i32>(key, 4);
      const none = cost > limit;
      store<i32>(costs + out, none ? far : cost);
      if (facilities !== 0) store<i32>(facilities + out, none ? -1 : load<i32>(key));
    }
  }
}
