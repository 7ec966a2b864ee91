/**
 * Nearest k facilities of many categories for the origins of a cell, from the rows that a group's sweep has filled: beside a sum they cost
 * no search of their own.
 *
 * The facilities of a cell's ball are listed once, by category and number. So equally near ones come in the order of their numbers by themselves, and
 * the pairs of one facility stand together. A group of 16 origins then goes over the list, category by category, one lane an origin.
 */
import { BALL, FAR, NODES, REACHED, ROWS } from './sweep-context';

/**
 * What one thread is given: facilities by node, first entry (u32, one more than nodes) and entries [number over all categories, cost].
 */
const AT_FIRST: usize = 0;
const AT_ENTRIES: usize = 4;
/** Categories; by category the number of its first facility over all (u32, one more than categories). */
const CATEGORY_COUNT: usize = 8;
const CATEGORY_FIRST: usize = 12;
const K: usize = 16;
const NEAREST_LIMIT: usize = 20;
/** Room for the entries of a cell; keys to sort them (u64) and the entries [row, cost, facility, 1 where the next is of the same]. */
const CAPACITY: usize = 24;
const KEYS: usize = 28;
const ENTRIES: usize = 32;
/** By category: its first entry of the cell (u32, one more than categories). */
const ENTRY_FIRST: usize = 36;
/** Lists of 16 origins: k rows of costs, then k rows of facilities. */
const LISTS: usize = 40;
/** Results of a block of origins: by category, origin − BLOCK_FIRST and rank. */
const COSTS: usize = 44;
const FACILITIES: usize = 48;
const BLOCK_FIRST: usize = 52;
const BLOCK_COUNT: usize = 56;
/** Written: entries of the last cell. */
const ENTRY_COUNT: usize = 60;
/** Room for the entries of one category that a group reaches, as many as CAPACITY: [row, cost, rank in the category, 1 where the next is of the same]. */
const REACHED_ENTRIES: usize = 64;

// @ts-ignore: decorator
@inline
function sink(keys: usize, at: u32, count: u32): void {
  const moving = load<u64>(keys + ((<usize>at) << 3));
  for (;;) {
    let child: u32 = 2 * at + 1;
    if (child >= count) break;
    if (child + 1 < count && load<u64>(keys + ((<usize>(child + 1)) << 3)) > load<u64>(keys + ((<usize>child) << 3))) child++;
    const larger = load<u64>(keys + ((<usize>child) << 3));
    if (larger <= moving) break;
    store<u64>(keys + ((<usize>at) << 3), larger);
    at = child;
  }
  store<u64>(keys + ((<usize>at) << 3), moving);
}

function sortKeys(keys: usize, count: u32): void {
  for (let i = count >> 1; i > 0; ) sink(keys, --i, count);
  for (let last = count; last > 1; ) {
    last--;
    const top = load<u64>(keys);
    store<u64>(keys, load<u64>(keys + ((<usize>last) << 3)));
    store<u64>(keys + ((<usize>last) << 3), top);
    sink(keys, 0, last);
  }
}

/** Lists the facilities of the ball. False where they do not fit. */
export function gatherFacilities(ctx: usize, near: usize): bool {
  const nodes = <usize>load<u32>(ctx + NODES);
  const ball = load<u32>(ctx + BALL);
  const first = <usize>load<u32>(near + AT_FIRST);
  const atEntries = <usize>load<u32>(near + AT_ENTRIES);
  const capacity = load<u32>(near + CAPACITY);
  const keys = <usize>load<u32>(near + KEYS);
  const entries = <usize>load<u32>(near + ENTRIES);
  const limit = load<i32>(near + NEAREST_LIMIT);
  // keys: number of the facility, then where it stands: local node and entry at the node are found again from the second half
  let count: u32 = 0;
  for (let i: u32 = 0; i < ball; i++) {
    const span = first + ((<usize>load<u32>(nodes + ((<usize>i) << 2))) << 2);
    const end = atEntries + ((<usize>load<u32>(span, 4)) << 3);
    for (let entry = atEntries + ((<usize>load<u32>(span)) << 3); entry < end; entry += 8) {
      if (load<i32>(entry, 4) > limit) continue;
      if (count === capacity) return false;
      store<u64>(keys + ((<usize>count) << 3), ((<u64>load<u32>(entry)) << 32) | <u64>count);
      // unsorted, in the second half of the room
      const raw = entries + ((<usize>(capacity + count)) << 4);
      store<u32>(raw, i << 6);
      store<i32>(raw, load<i32>(entry, 4), 4);
      count++;
    }
  }
  sortKeys(keys, count);
  const categories = load<u32>(near + CATEGORY_COUNT);
  const categoryFirst = <usize>load<u32>(near + CATEGORY_FIRST);
  const entryFirst = <usize>load<u32>(near + ENTRY_FIRST);
  let at: u32 = 0;
  for (let c: u32 = 0; c < categories; c++) {
    store<u32>(entryFirst + ((<usize>c) << 2), at);
    const begin = load<u32>(categoryFirst + ((<usize>c) << 2));
    const end = load<u32>(categoryFirst + ((<usize>c) << 2), 4);
    for (; at < count; at++) {
      const key = load<u64>(keys + ((<usize>at) << 3));
      const number = <u32>(key >> 32);
      if (number >= end) break;
      const raw = entries + ((<usize>(capacity + <u32>key)) << 4);
      const entry = entries + ((<usize>at) << 4);
      store<u64>(entry, load<u64>(raw));
      store<u32>(entry, number - begin, 8);
      store<u32>(entry, at + 1 < count && <u32>(load<u64>(keys + ((<usize>(at + 1)) << 3)) >> 32) === number ? 1 : 0, 12);
    }
  }
  store<u32>(entryFirst + ((<usize>categories) << 2), at);
  store<u32>(near + ENTRY_COUNT, count);
  return true;
}

/** Inserts costs of four origins to one facility, whose number is above those before, into their lists. */
// @ts-ignore: decorator
@inline
function insertCosts(list: usize, bytes: usize, costs: v128, facility: v128): void {
  if (!v128.any_true(i32x4.lt_s(costs, v128.load(list + bytes - 64)))) return;
  let cost = costs;
  let id = facility;
  const end = list + bytes;
  // from where it goes in, everything moves on by one, also past equals
  let nearer = i32x4.splat(0);
  for (let at = list; at < end; at += 64) {
    const old = v128.load(at);
    const oldId = v128.load(at + bytes);
    nearer = v128.or(nearer, i32x4.lt_s(cost, old));
    v128.store(at, i32x4.min_s(old, cost));
    v128.store(at + bytes, v128.bitselect(id, oldId, nearer));
    cost = i32x4.max_s(old, cost);
    id = v128.bitselect(oldId, id, nearer);
  }
}

/** Entries of a category that a group reaches, whole facilities, into REACHED_ENTRIES. @returns where they end */
function listReached(ctx: usize, near: usize, group: u32, begin: usize, end: usize): usize {
  const rows = <usize>load<u32>(ctx + ROWS);
  const reached = <usize>load<u32>(ctx + REACHED);
  let out = <usize>load<u32>(near + REACHED_ENTRIES);
  for (let entry = begin; entry < end; ) {
    const start = out;
    const rank = <u32>((entry - begin) >> 4);
    let groups: u32 = 0;
    for (let more: u32 = 1; more !== 0; entry += 16, out += 16) {
      const at = <usize>load<u32>(entry);
      more = load<u32>(entry, 12);
      groups |= load<u16>(reached + (at >> 5));
      store<u32>(out, <u32>(rows + at));
      store<u32>(out, load<u32>(entry, 4), 4);
      store<u32>(out, rank, 8);
      store<u32>(out, more, 12);
    }
    if (((groups >> group) & 1) === 0) out = start;
  }
  return out;
}

/**
 * Lists of one category for the 16 origins of a group, k ≤ 5, in registers: keys of 32 bits, cost · 2^bits + rank of the facility's first entry,
 * so that a step of an insertion is one minimum and one maximum. (`k` is a constant of each instance.) With costs and numbers side by side, as
 * insertCosts has them, nearest facilities beside a sum take a quarter more. Passing over what is farther than all five costs more in mispredicted branches than it saves
 * (44 instead of 37 ms for 15.5 k nodes and 20 categories).
 */
// @ts-ignore: decorator
@inline
function listShort(k: i32, near: usize, end: usize, bits: i32, limit: i32): void {
  const list = <usize>load<u32>(near + LISTS);
  const beyond = i32x4.splat(limit + 1);
  const none = i32x4.splat((limit + 1) << bits);
  const first = <usize>load<u32>(near + REACHED_ENTRIES);
  for (let lanes: usize = 0; lanes < 64; lanes += 16) {
    let r0 = none;
    let r1 = none;
    let r2 = none;
    let r3 = none;
    let r4 = none;
    for (let entry = first; entry < end; entry += 16) {
      let cost = i32x4.min_s(i32x4.add(v128.load(<usize>load<u32>(entry) + lanes), v128.load32_splat(entry, 4)), beyond);
      while (load<u32>(entry, 12) !== 0) {
        entry += 16;
        cost = i32x4.min_s(cost, i32x4.add(v128.load(<usize>load<u32>(entry) + lanes), v128.load32_splat(entry, 4)));
      }
      let key = v128.or(i32x4.shl(cost, bits), v128.load32_splat(entry, 8));
      let old = r0;
      r0 = i32x4.min_s(old, key);
      if (k > 1) {
        key = i32x4.max_s(old, key);
        old = r1;
        r1 = i32x4.min_s(old, key);
      }
      if (k > 2) {
        key = i32x4.max_s(old, key);
        old = r2;
        r2 = i32x4.min_s(old, key);
      }
      if (k > 3) {
        key = i32x4.max_s(old, key);
        old = r3;
        r3 = i32x4.min_s(old, key);
      }
      if (k > 4) {
        key = i32x4.max_s(old, key);
        old = r4;
        r4 = i32x4.min_s(old, key);
      }
    }
    const to = list + lanes;
    v128.store(to, r0);
    if (k > 1) v128.store(to, r1, 64);
    if (k > 2) v128.store(to, r2, 128);
    if (k > 3) v128.store(to, r3, 192);
    if (k > 4) v128.store(to, r4, 256);
  }
}

/** Writes the lists of keys of `lanes` origins as costs and facilities. */
function writeKeys(near: usize, k: usize, lanes: usize, begin: usize, bits: u32, limit: i32, costs: usize, facilities: usize): void {
  const list = <usize>load<u32>(near + LISTS);
  const mask = (<u32>1 << bits) - 1;
  for (let lane: usize = 0; lane < lanes; lane++) {
    for (let j: usize = 0; j < k; j++, costs += 4, facilities += 4) {
      const key = load<u32>(list + (j << 6) + (lane << 2));
      const cost = <i32>(key >> bits);
      const none = cost > limit;
      // the rank of "none" is that of some facility too: reading it costs less than a branch that nobody can foresee
      const facility = load<i32>(begin + ((<usize>(key & mask)) << 4), 8);
      store<i32>(costs, select<i32>(FAR, cost, none));
      store<i32>(facilities, select<i32>(-1, facility, none));
    }
  }
}

function writeNone(k: usize, lanes: usize, costs: usize, facilities: usize): void {
  for (const end = costs + lanes * k * 4; costs < end; costs += 4, facilities += 4) {
    store<i32>(costs, FAR);
    store<i32>(facilities, -1);
  }
}

/** One category by keys of 32 bits, if they are enough for it. */
function findShort(ctx: usize, near: usize, group: u32, lanes: usize, begin: usize, end: usize, costs: usize, facilities: usize): bool {
  const k = load<i32>(near + K);
  const limit = load<i32>(near + NEAREST_LIMIT);
  const count = <u32>((end - begin) >> 4);
  if (count === 0) {
    writeNone(<usize>k, lanes, costs, facilities);
    return true;
  }
  const bits: u32 = 32 - clz(count - 1);
  // the key of "none" with any rank must stay below 2³¹
  if (k > 5 || ((<i64>limit + 2) << bits) > 0x7fffffff) return false;
  const reachedEnd = listReached(ctx, near, group, begin, end);
  if (reachedEnd === <usize>load<u32>(near + REACHED_ENTRIES)) {
    writeNone(<usize>k, lanes, costs, facilities);
    return true;
  }
  if (k === 1) listShort(1, near, reachedEnd, bits, limit);
  else if (k === 2) listShort(2, near, reachedEnd, bits, limit);
  else if (k === 3) listShort(3, near, reachedEnd, bits, limit);
  else if (k === 4) listShort(4, near, reachedEnd, bits, limit);
  else listShort(5, near, reachedEnd, bits, limit);
  writeKeys(near, <usize>k, lanes, begin, bits, limit, costs, facilities);
  return true;
}

/** Nearest facilities of the origins from … to − 1, group `group` of the cell, whose rows are filled. */
export function nearestOfGroup(ctx: usize, near: usize, group: u32, from: u32, to: u32): void {
  const rows = <usize>load<u32>(ctx + ROWS);
  const reached = <usize>load<u32>(ctx + REACHED);
  const categories = load<u32>(near + CATEGORY_COUNT);
  const k = <usize>load<u32>(near + K);
  const limit = load<i32>(near + NEAREST_LIMIT);
  const entries = <usize>load<u32>(near + ENTRIES);
  const entryFirst = <usize>load<u32>(near + ENTRY_FIRST);
  const list = <usize>load<u32>(near + LISTS);
  const bytes = k << 6;
  const beyond = i32x4.splat(limit + 1);
  const none = i32x4.splat(-1);
  const far = i32x4.splat(FAR);
  const stride = (<usize>load<u32>(near + BLOCK_COUNT) * k) << 2;
  const origin = (<usize>(from - load<u32>(near + BLOCK_FIRST)) * k) << 2;
  let costs = <usize>load<u32>(near + COSTS) + origin;
  let facilities = <usize>load<u32>(near + FACILITIES) + origin;
  const lanes = to - from;
  for (let c: u32 = 0; c < categories; c++, costs += stride, facilities += stride) {
    let entry = entries + ((<usize>load<u32>(entryFirst + ((<usize>c) << 2))) << 4);
    const end = entries + ((<usize>load<u32>(entryFirst + ((<usize>c) << 2), 4)) << 4);
    if (findShort(ctx, near, group, <usize>lanes, entry, end, costs, facilities)) continue;
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(list + at, beyond);
      v128.store(list + bytes + at, none);
    }
    while (entry < end) {
      let c0 = far;
      let c1 = far;
      let c2 = far;
      let c3 = far;
      let more: u32 = 1;
      const facility = v128.load32_splat(entry, 8);
      let any: u32 = 0;
      for (; more !== 0; entry += 16) {
        more = load<u32>(entry, 12);
        const at = <usize>load<u32>(entry);
        if (((<u32>load<u16>(reached + (at >> 5)) >> group) & 1) === 0) continue;
        any = 1;
        const row = rows + at;
        const cost = v128.load32_splat(entry, 4);
        c0 = i32x4.min_s(c0, i32x4.add(v128.load(row), cost));
        c1 = i32x4.min_s(c1, i32x4.add(v128.load(row, 16), cost));
        c2 = i32x4.min_s(c2, i32x4.add(v128.load(row, 32), cost));
        c3 = i32x4.min_s(c3, i32x4.add(v128.load(row, 48), cost));
      }
      if (any === 0) continue;
      insertCosts(list, bytes, c0, facility);
      insertCosts(list + 16, bytes, c1, facility);
      insertCosts(list + 32, bytes, c2, facility);
      insertCosts(list + 48, bytes, c3, facility);
    }
    for (let j: usize = 0; j < k; j++) {
      const row = list + (j << 6);
      // what is not found is FAR, not limit + 1
      for (let at: usize = 0; at < 64; at += 16) {
        const cost = v128.load(row + at);
        v128.store(row + at, v128.bitselect(far, cost, i32x4.eq(cost, beyond)));
      }
      let out = j << 2;
      for (let lane: usize = 0; lane < <usize>lanes; lane++, out += k << 2) {
        store<i32>(costs + out, load<i32>(row + (lane << 2)));
        store<i32>(facilities + out, load<i32>(row + bytes + (lane << 2)));
      }
    }
  }
}
