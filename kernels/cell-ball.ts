/**
 * Sets up a cell: the ball of all nodes within the limit of any of its sources, in an order that sweeps can follow, with the
 * hierarchy's arcs among them under local numbers.
 *
 * One search from all sources at once (buckets of doubly linked lists through compact records: a ball's memory, not a
 * graph's), a sort into the order of sweeping down, and the closure of the sources (all that is climbed to from them) moved to the
 * front: only its rows have values before the sweep down, and it can be swept down first because whatever a node of the closure has
 * above it belongs to the closure.
 */
import {
  ARC_FIRST, ARCS, AT, BALL, BUCKETS, CAPACITY, CLIMB_FIRST, CLIMBS, CLOSURE, CORE, CORE_COUNT, COUNTS, DIGIT_BITS, EDGE_CAPACITY, EDGE_COUNT, EDGES, FIRST,
  FLAGS, INNER_COUNT, LEAVES, LIMIT, NEEDS_EDGES, NEEDS_NODES, NODES, ORDER, PLACE, QUEUE, SHIFT, SYMMETRIC, UP_FIRST, UPS,
} from './sweep-context';

/** In `previous` of a record: it stands in no bucket. */
const IDLE: u32 = 0xffffffff;

// @ts-ignore: decorator
@inline
function link(queue: usize, head: usize, k: u32, record: usize): void {
  const next = load<u32>(head);
  store<u32>(record, next, 4);
  store<u32>(record, 0, 8);
  if (next !== 0) store<u32>(queue + ((<usize>next) << 4), k, 8);
  store<u32>(head, k);
}

// @ts-ignore: decorator
@inline
function unlink(queue: usize, head: usize, record: usize): void {
  const next = load<u32>(record, 4);
  const previous = load<u32>(record, 8);
  if (previous !== 0) store<u32>(queue + ((<usize>previous) << 4), next, 4);
  else store<u32>(head, next);
  if (next !== 0) store<u32>(queue + ((<usize>next) << 4), previous, 8);
}

function forget(ctx: usize, known: u32): void {
  const at = <usize>load<u32>(ctx + AT);
  let record = <usize>load<u32>(ctx + QUEUE) + 16;
  for (let k: u32 = 0; k < known; k++, record += 16) store<u32>(at + ((<usize>load<u32>(record, 12)) << 2), 0);
}

/** All nodes within the limit of `count` sources (nodes, and costs or 0 for none), as records; how many, or NEEDS_NODES. */
function search(ctx: usize, nodes: usize, costs: usize, count: u32): i32 {
  const limit = load<i32>(ctx + LIMIT);
  const shift = load<u32>(ctx + SHIFT);
  const capacity = load<u32>(ctx + CAPACITY);
  const at = <usize>load<u32>(ctx + AT);
  const queue = <usize>load<u32>(ctx + QUEUE);
  const buckets = <usize>load<u32>(ctx + BUCKETS);
  const arcFirst = <usize>load<u32>(ctx + ARC_FIRST);
  const arcs = <usize>load<u32>(ctx + ARCS);
  let known: u32 = 0;
  let overflow = false;
  for (let i: u32 = 0; i < count; i++) {
    const v = load<u32>(nodes + ((<usize>i) << 2));
    const cost = costs === 0 ? 0 : load<i32>(costs + ((<usize>i) << 2));
    if (cost > limit) continue;
    const slot = at + ((<usize>v) << 2);
    let k = load<u32>(slot);
    let record = queue + ((<usize>k) << 4);
    if (k === 0) {
      if (known === capacity) {
        overflow = true;
        break;
      }
      k = ++known;
      record = queue + ((<usize>k) << 4);
      store<u32>(slot, k);
      store<u32>(record, v, 12);
    } else {
      const old = load<i32>(record);
      if (old <= cost) continue;
      unlink(queue, buckets + ((<usize>(old >> shift)) << 2), record);
    }
    store<i32>(record, cost);
    link(queue, buckets + ((<usize>(cost >> shift)) << 2), k, record);
  }
  const last = buckets + ((<usize>(limit >> shift)) << 2);
  for (let head = buckets; head <= last; head += 4) {
    for (;;) {
      const k = load<u32>(head);
      if (k === 0) break;
      const record = queue + ((<usize>k) << 4);
      const next = load<u32>(record, 4);
      store<u32>(head, next);
      if (next !== 0) store<u32>(queue + ((<usize>next) << 4), 0, 8);
      store<u32>(record, IDLE, 8);
      if (overflow) continue;
      const cost = load<i32>(record);
      const span = arcFirst + ((<usize>load<u32>(record, 12)) << 2);
      const end = arcs + ((<usize>load<u32>(span, 4)) << 3);
      for (let arc = arcs + ((<usize>load<u32>(span)) << 3); arc < end; arc += 8) {
        const sum = cost + load<i32>(arc, 4);
        if (sum > limit) continue;
        const u = load<u32>(arc);
        const slot = at + ((<usize>u) << 2);
        let j = load<u32>(slot);
        let other = queue + ((<usize>j) << 4);
        if (j === 0) {
          if (known === capacity) {
            overflow = true;
            break;
          }
          j = ++known;
          other = queue + ((<usize>j) << 4);
          store<u32>(slot, j);
          store<u32>(other, u, 12);
        } else {
          const old = load<i32>(other);
          if (old <= sum) continue;
          if (load<u32>(other, 8) !== IDLE) unlink(queue, buckets + ((<usize>(old >> shift)) << 2), other);
        }
        store<i32>(other, sum);
        link(queue, buckets + ((<usize>(sum >> shift)) << 2), j, other);
      }
    }
  }
  if (overflow) {
    forget(ctx, known);
    return NEEDS_NODES;
  }
  return <i32>known;
}

/** Counts → where each digit starts. */
// @ts-ignore: decorator
@inline
function startDigits(counts: usize, end: usize): void {
  let sum: u32 = 0;
  for (let slot = counts; slot < end; slot += 4) {
    const count = load<u32>(slot);
    store<u32>(slot, sum);
    sum += count;
  }
}

/** Records → ORDER (nodes in the order of sweeping down: two passes of a radix sort by PLACE); `at` then holds 1 + the place in it. */
function sortNodes(ctx: usize, known: u32): void {
  const bits = load<u32>(ctx + DIGIT_BITS);
  const places = <usize>load<u32>(ctx + PLACE);
  const counts = <usize>load<u32>(ctx + COUNTS);
  const order = <usize>load<u32>(ctx + ORDER);
  const at = <usize>load<u32>(ctx + AT);
  const records = <usize>load<u32>(ctx + QUEUE) + 16;
  const end = records + ((<usize>known) << 4);
  // [place, node], in the room of the edges, of which there are none yet
  const pairs = <usize>load<u32>(ctx + EDGES);
  const pairsEnd = pairs + ((<usize>known) << 3);
  const bytes: usize = (<usize>4) << bits;
  const mask: u32 = ((<u32>1) << bits) - 1;
  memory.fill(counts, 0, bytes);
  for (let record = records; record < end; record += 16) {
    const place = load<u32>(places + ((<usize>load<u32>(record, 12)) << 2));
    store<u32>(record, place);
    const slot = counts + ((<usize>(place & mask)) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  startDigits(counts, counts + bytes);
  for (let record = records; record < end; record += 16) {
    const place = load<u32>(record);
    const slot = counts + ((<usize>(place & mask)) << 2);
    const to = load<u32>(slot);
    store<u32>(slot, to + 1);
    store<u32>(pairs + ((<usize>to) << 3), place);
    store<u32>(pairs + ((<usize>to) << 3), load<u32>(record, 12), 4);
  }
  memory.fill(counts, 0, bytes);
  for (let pair = pairs; pair < pairsEnd; pair += 8) {
    const slot = counts + ((<usize>(load<u32>(pair) >> bits)) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  startDigits(counts, counts + bytes);
  for (let pair = pairs; pair < pairsEnd; pair += 8) {
    const v = load<u32>(pair, 4);
    const slot = counts + ((<usize>(load<u32>(pair) >> bits)) << 2);
    const to = load<u32>(slot);
    store<u32>(slot, to + 1);
    store<u32>(order + ((<usize>to) << 2), v);
    store<u32>(at + ((<usize>v) << 2), to + 1);
  }
}

/**
 * Flags (by place in ORDER) all that is above the sources: with one-way streets also what only leads down to them, so that the closure
 * can be swept down by itself.
 */
function flagClosure(ctx: usize, known: u32, nodes: usize, costs: usize, count: u32): void {
  const limit = load<i32>(ctx + LIMIT);
  const at = <usize>load<u32>(ctx + AT);
  const flags = <usize>load<u32>(ctx + FLAGS);
  const order = <usize>load<u32>(ctx + ORDER);
  const upFirst = <usize>load<u32>(ctx + UP_FIRST);
  const ups = <usize>load<u32>(ctx + UPS);
  const stride: usize = load<u32>(ctx + SYMMETRIC) !== 0 ? 8 : 12;
  const places = <usize>load<u32>(ctx + PLACE);
  const coreCount = load<u32>(ctx + CORE_COUNT);
  memory.fill(flags, 0, known);
  for (let i: u32 = 0; i < count; i++) {
    if (costs !== 0 && load<i32>(costs + ((<usize>i) << 2)) > limit) continue;
    store<u8>(flags + load<u32>(at + ((<usize>load<u32>(nodes + ((<usize>i) << 2))) << 2)) - 1, 1);
  }
  let core: u32 = 0;
  while (core < known && load<u32>(places + ((<usize>load<u32>(order + ((<usize>core) << 2))) << 2)) < coreCount) core++;
  for (let place = known; place > core; ) {
    place--;
    if (load<u8>(flags + place) === 0) continue;
    const span = upFirst + ((<usize>load<u32>(order + ((<usize>place) << 2))) << 2);
    const end = ups + <usize>load<u32>(span, 4) * stride;
    for (let up = ups + <usize>load<u32>(span) * stride; up < end; up += stride) {
      const k = load<u32>(at + ((<usize>load<u32>(up)) << 2));
      if (k !== 0) store<u8>(flags + k - 1, 1);
    }
  }
  // one of the core leads to any other of it
  memory.fill(flags, 1, core);
  store<u32>(ctx + CORE, core);
}

/** ORDER → NODES: the closure first, each part in the order of sweeping down; `at` then holds 1 + the local number. */
function numberNodes(ctx: usize, known: u32): void {
  const at = <usize>load<u32>(ctx + AT);
  const flags = <usize>load<u32>(ctx + FLAGS);
  const order = <usize>load<u32>(ctx + ORDER);
  const nodes = <usize>load<u32>(ctx + NODES);
  const places = <usize>load<u32>(ctx + PLACE);
  const innerCount = load<u32>(ctx + INNER_COUNT);
  let local: u32 = 0;
  for (let wanted: u32 = 1; ; wanted = 0) {
    for (let place: u32 = 0; place < known; place++) {
      if (<u32>load<u8>(flags + place) !== wanted) continue;
      const v = load<u32>(order + ((<usize>place) << 2));
      store<u32>(nodes + ((<usize>local) << 2), v);
      local++;
      store<u32>(at + ((<usize>v) << 2), local);
    }
    if (wanted === 0) break;
    store<u32>(ctx + CLOSURE, local);
  }
  const closure = load<u32>(ctx + CLOSURE);
  let leaves = known;
  while (leaves > closure && load<u32>(places + ((<usize>load<u32>(nodes + ((<usize>(leaves - 1)) << 2))) << 2)) >= innerCount) leaves--;
  store<u32>(ctx + LEAVES, leaves);
}

/** The hierarchy's arcs among the nodes of the ball. False where they do not fit. */
function gatherEdges(ctx: usize, known: u32): bool {
  const limit = load<i32>(ctx + LIMIT);
  const at = <usize>load<u32>(ctx + AT);
  const nodes = <usize>load<u32>(ctx + NODES);
  const first = <usize>load<u32>(ctx + FIRST);
  const edges = <usize>load<u32>(ctx + EDGES);
  const upFirst = <usize>load<u32>(ctx + UP_FIRST);
  const ups = <usize>load<u32>(ctx + UPS);
  const last = edges + ((<usize>load<u32>(ctx + EDGE_CAPACITY)) << 3);
  let out = edges;
  if (load<u32>(ctx + SYMMETRIC) !== 0) {
    for (let i: usize = 0; i < <usize>known; i++) {
      const span = upFirst + ((<usize>load<u32>(nodes + (i << 2))) << 2);
      let up = ups + ((<usize>load<u32>(span)) << 3);
      const end = ups + ((<usize>load<u32>(span, 4)) << 3);
      store<u32>(first + (i << 2), <u32>((out - edges) >> 3));
      if (out + (end - up) > last) return false;
      for (; up < end; up += 8) {
        // written anyway, kept where it is in the ball: half of all branches here would be mispredicted
        const k = load<u32>(at + ((<usize>load<u32>(up)) << 2));
        store<u32>(out, (k - 1) << 6);
        store<u32>(out, load<u32>(up, 4), 4);
        out += (<usize>(k !== 0)) << 3;
      }
    }
    store<u32>(first + ((<usize>known) << 2), <u32>((out - edges) >> 3));
    store<u32>(ctx + EDGE_COUNT, <u32>((out - edges) >> 3));
    return true;
  }
  const closure = load<u32>(ctx + CLOSURE);
  const climbFirst = <usize>load<u32>(ctx + CLIMB_FIRST);
  const climbs = <usize>load<u32>(ctx + CLIMBS);
  let climb = climbs;
  for (let i: usize = 0; i < <usize>known; i++) {
    const span = upFirst + ((<usize>load<u32>(nodes + (i << 2))) << 2);
    let up = ups + <usize>load<u32>(span) * 12;
    const end = ups + <usize>load<u32>(span, 4) * 12;
    store<u32>(first + (i << 2), <u32>((out - edges) >> 3));
    if (i <= <usize>closure) store<u32>(climbFirst + (i << 2), <u32>((climb - climbs) >> 3));
    if (out + (end - up) > last) return false;
    for (; up < end; up += 12) {
      const k = load<u32>(at + ((<usize>load<u32>(up)) << 2));
      if (k === 0) continue;
      if (load<i32>(up, 8) <= limit) {
        store<u32>(out, (k - 1) << 6);
        store<u32>(out, load<u32>(up, 8), 4);
        out += 8;
      }
      if (i < <usize>closure && load<i32>(up, 4) <= limit) {
        store<u32>(climb, (k - 1) << 6);
        store<u32>(climb, load<u32>(up, 4), 4);
        climb += 8;
      }
    }
  }
  store<u32>(first + ((<usize>known) << 2), <u32>((out - edges) >> 3));
  if (closure === known) store<u32>(climbFirst + ((<usize>closure) << 2), <u32>((climb - climbs) >> 3));
  store<u32>(ctx + EDGE_COUNT, <u32>((out - edges) >> 3));
  return true;
}

/**
 * Sets up the cell of `count` sources: nodes (u32) and costs of leaving for them (i32, or address 0 where all are 0).
 *
 * @returns the ball's nodes, NEEDS_NODES or NEEDS_EDGES. BALL, CLOSURE, CORE, LEAVES and EDGE_COUNT are set; call leaveCell after use.
 */
export function cellBall(ctx: usize, nodes: usize, costs: usize, count: u32): i32 {
  const found = search(ctx, nodes, costs, count);
  if (found < 0) return found;
  const known = <u32>found;
  store<u32>(ctx + BALL, known);
  sortNodes(ctx, known);
  flagClosure(ctx, known, nodes, costs, count);
  numberNodes(ctx, known);
  if (!gatherEdges(ctx, known)) {
    leaveCell(ctx);
    return NEEDS_EDGES;
  }
  return found;
}

/** Forgets the ball: AT is all 0 again. */
export function leaveCell(ctx: usize): void {
  const at = <usize>load<u32>(ctx + AT);
  const nodes = <usize>load<u32>(ctx + NODES);
  const end = nodes + ((<usize>load<u32>(ctx + BALL)) << 2);
  for (let p = nodes; p < end; p += 4) store<u32>(at + ((<usize>load<u32>(p)) << 2), 0);
}
