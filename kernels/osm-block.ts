/**
 * The decoder of OSM PBF primitive blocks in WebAssembly SIMD: src/import/osm/primitive-block.ts is its plain twin, says
 * what the columns mean, and takes over where this one does not run.
 *
 * Varints are found sixteen bytes at a time: the sign bits of a vector say where each one ends, so that walking them is a
 * chain of bit operations (count trailing zeros, clear lowest bit) and never waits for a load or a mispredicted branch;
 * the value is an unaligned 32- or 64-bit load, masked and squeezed from 7-bit groups in two or three steps. All-zero
 * vectors (nodes without tags) are skipped whole.
 *
 * Memory, given by the caller through `layout`: the block at INPUT, 64 spare bytes behind it, and one array a column, each
 * with room for the most a block of that size can hold. All lengths are checked against the message they stand in; what is
 * read past a field's end lies within the spare bytes and is masked off.
 */

// Written by the caller before decode, read back after it: offsets of the columns, counts, scalars.
export const state: usize = memory.data(256, 16);

const NODE_IDS: usize = 0;
const LON: usize = 4;
const LAT: usize = 8;
const TAGGED: usize = 12;
const NODE_TAG_ENDS: usize = 16;
const NODE_TAGS: usize = 20;
const WAY_IDS: usize = 24;
const WAY_TAG_ENDS: usize = 28;
const WAY_TAGS: usize = 32;
const REF_ENDS: usize = 36;
const REFS: usize = 40;

const NODE_COUNT: usize = 64;
const TAGGED_COUNT: usize = 68;
const NODE_TAGS_LENGTH: usize = 72;
const WAY_COUNT: usize = 76;
const WAY_TAGS_LENGTH: usize = 80;
const REFS_LENGTH: usize = 84;
const CURSOR: usize = 88;

const LON_OFFSET: usize = 96;
const LAT_OFFSET: usize = 104;
const GRANULARITY: usize = 112;

const NO_COORDINATE: i32 = 0x7fffffff;

// What the functions return: 0 for success, else what is wrong.
const BAD_LENGTH: i32 = 1;
const BAD_VARINT: i32 = 2;
const BAD_TABLE: i32 = 3;
const BAD_COUNTS: i32 = 4;
const BAD_WIRE_TYPE: i32 = 5;

/** Set by the reading functions when they fail; checked once a message, as nothing they do is unsafe. */
let fault: i32 = 0;

// @ts-ignore: decorator
@inline
function pointer(field: usize): usize {
  return load<u32>(state + field);
}

/** Which of the n bytes at p end a varint, as bits. */
// @ts-ignore: decorator
@inline
function endBits(p: usize, n: u32): u32 {
  return ~i8x16.bitmask(v128.load(p)) & ((1 << n) - 1);
}

/** 7-bit groups of up to four bytes → 28 bits. */
// @ts-ignore: decorator
@inline
function squeeze32(x: u32): u32 {
  x = (x & 0x007f007f) | ((x & 0x7f007f00) >> 1);
  return (x & 0x3fff) | ((x & 0x3fff0000) >> 2);
}

/** 7-bit groups of up to eight bytes → 56 bits. */
// @ts-ignore: decorator
@inline
function squeeze64(x: u64): u64 {
  x = (x & 0x007f007f007f007f) | ((x & 0x7f007f007f007f00) >> 1);
  x = (x & 0x00003fff00003fff) | ((x & 0x3fff00003fff0000) >> 2);
  return (x & 0x0fffffff) | ((x & 0x0fffffff00000000) >> 4);
}

/** A varint of nine or ten bytes, or a fault. */
function longVarint(p: usize, length: u32): u64 {
  if (length > 10) {
    fault = BAD_VARINT;
    return 0;
  }
  const low = squeeze64(load<u64>(p) & 0x7f7f7f7f7f7f7f7f);
  const ninth = <u64>load<u8>(p + 8) & 0x7f;
  const tenth = length === 10 ? <u64>load<u8>(p + 9) : 0;
  return low | (ninth << 56) | (tenth << 63);
}

/** The value of the varint of `length` bytes at p. */
// @ts-ignore: decorator
@inline
function varintAt(p: usize, length: u32): u64 {
  if (length > 8) return longVarint(p, length);
  return squeeze64(load<u64>(p) & (<u64>-1 >> (64 - (length << 3))));
}

// @ts-ignore: decorator
@inline
function unzigzag(x: u64): i64 {
  return (x >> 1) ^ -(x & 1);
}

/** A varint before `end`; moves the cursor. Values above 2³¹ − 1 come back as 2³¹ − 1: no length or index is as large. */
let cursor: usize = 0;

function smallVarint(p: usize, end: usize): u32 {
  const bits = endBits(p, 16);
  const length = ctz(bits | 0x10000) + 1;
  if (p + length > end || length > 10) {
    fault = BAD_VARINT;
    cursor = end;
    return 0;
  }
  cursor = p + length;
  const value = varintAt(p, length);
  return value > 0x7fffffff ? 0x7fffffff : <u32>value;
}

// @ts-ignore: decorator
@inline
function small(p: usize, end: usize): u32 {
  const b = <u32>load<u8>(p);
  if (b < 0x80 && p < end) {
    cursor = p + 1;
    return b;
  }
  return smallVarint(p, end);
}

/** The end of the span whose length stands at p; the cursor is its start. */
// @ts-ignore: decorator
@inline
function span(p: usize, end: usize): usize {
  const length = small(p, end);
  if (length > <u32>(end - cursor)) {
    fault = BAD_LENGTH;
    cursor = end;
    return end;
  }
  return cursor + length;
}

function skip(wireType: u32, p: usize, end: usize): usize {
  if (wireType === 0) {
    smallVarint(p, end);
    return cursor;
  }
  if (wireType === 2) return span(p, end);
  if (wireType !== 1 && wireType !== 5) {
    fault = BAD_WIRE_TYPE;
    return end;
  }
  const size: usize = wireType === 1 ? 8 : 4;
  if (size > end - p) {
    fault = BAD_LENGTH;
    return end;
  }
  return p + size;
}

/** Packed unsigned varints into every second slot from `out`; returns the slot after the last. */
// @ts-ignore: decorator
@inline
function strided(p: usize, end: usize, out: usize): usize {
  while (p < end) {
    let bits = endBits(p, min<u32>(16, <u32>(end - p)));
    if (bits === 0) {
      fault = BAD_VARINT;
      return out;
    }
    let start: u32 = 0;
    do {
      const last = ctz(bits);
      const length = last - start + 1;
      let value: u32;
      if (length <= 4) value = squeeze32(load<u32>(p + start) & (<u32>-1 >> (32 - (length << 3))));
      else {
        const long = varintAt(p + start, length);
        value = long > 0x7fffffff ? 0x7fffffff : <u32>long;
      }
      store<u32>(out, value);
      out += 8;
      start = last + 1;
      bits &= bits - 1;
    } while (bits !== 0);
    p += start;
  }
  return out;
}

/** Packed zigzag differences, summed up, as doubles from `out`; returns the slot after the last. */
let sum: i64 = 0;

// @ts-ignore: decorator
@inline
function summed(p: usize, end: usize, out: usize): usize {
  let total = sum;
  while (p < end) {
    let bits = endBits(p, min<u32>(16, <u32>(end - p)));
    if (bits === 0) {
      fault = BAD_VARINT;
      return out;
    }
    let start: u32 = 0;
    do {
      const last = ctz(bits);
      total += unzigzag(varintAt(p + start, last - start + 1));
      store<f64>(out, <f64>total);
      out += 8;
      start = last + 1;
      bits &= bits - 1;
    } while (bits !== 0);
    p += start;
  }
  sum = total;
  return out;
}

/** Packed zigzag differences of coordinates in units of 1e-7 degrees; outside ±max they are missing. */
function coordinates(p: usize, end: usize, out: usize, max: i64): usize {
  let total = sum;
  while (p < end) {
    let bits = endBits(p, min<u32>(16, <u32>(end - p)));
    if (bits === 0) {
      fault = BAD_VARINT;
      return out;
    }
    let start: u32 = 0;
    do {
      const last = ctz(bits);
      const length = last - start + 1;
      if (length <= 4) {
        const x = squeeze32(load<u32>(p + start) & (<u32>-1 >> (32 - (length << 3))));
        total += <i64>(<i32>((x >> 1) ^ -(x & 1)));
      } else total += unzigzag(varintAt(p + start, length));
      store<i32>(out, total <= max && total >= -max ? <i32>total : NO_COORDINATE);
      out += 4;
      start = last + 1;
      bits &= bits - 1;
    } while (bits !== 0);
    p += start;
  }
  sum = total;
  return out;
}

/** The same in any granularity and with offsets, in doubles as the twin has it. */
function scaledCoordinates(p: usize, end: usize, out: usize, max: f64, offset: f64, granularity: f64): usize {
  let total = sum;
  while (p < end) {
    const length = ctz(endBits(p, min<u32>(16, <u32>(end - p))) | 0x10000) + 1;
    if (p + length > end) {
      fault = BAD_VARINT;
      return out;
    }
    total += unzigzag(varintAt(p, length));
    // Halves round up, as Math.round does.
    const value = Math.floor((offset + granularity * <f64>total) / 100 + 0.5);
    store<i32>(out, value <= max && value >= -max ? <i32>value : NO_COORDINATE);
    out += 4;
    p += length;
  }
  sum = total;
  return out;
}

/** Tags of dense nodes from number `node` on: key, value, key, value, 0 for each in turn. */
function denseTags(p: usize, end: usize, node: u32, nodesEnd: u32): i32 {
  let out = pointer(NODE_TAGS) + (<usize>load<u32>(state + NODE_TAGS_LENGTH) << 2);
  let tagged = load<u32>(state + TAGGED_COUNT);
  let from = out;
  while (p < end) {
    const b = <u32>load<u8>(p);
    if (b === 0) {
      if (out !== from) {
        if ((((out - from) >> 2) & 1) !== 0 || node >= nodesEnd) return BAD_TABLE;
        store<u32>(pointer(TAGGED) + (<usize>tagged << 2), node);
        store<u32>(pointer(NODE_TAG_ENDS) + (<usize>tagged << 2), <u32>((out - pointer(NODE_TAGS)) >> 2));
        tagged++;
        from = out;
      }
      p++;
      node++;
      while (end - p >= 16 && !v128.any_true(v128.load(p))) {
        p += 16;
        node += 16;
      }
      continue;
    }
    store<u32>(out, small(p, end));
    p = cursor;
    out += 4;
  }
  if (out !== from) return BAD_TABLE;
  store<u32>(state + NODE_TAGS_LENGTH, <u32>((out - pointer(NODE_TAGS)) >> 2));
  store<u32>(state + TAGGED_COUNT, tagged);
  return fault;
}

/** One DenseNodes message at [p, end). */
export function decodeDense(p: usize, end: usize): i32 {
  fault = 0;
  const first = load<u32>(state + NODE_COUNT);
  let ids = pointer(NODE_IDS) + (<usize>first << 3);
  let lats = pointer(LAT) + (<usize>first << 2);
  let lons = pointer(LON) + (<usize>first << 2);
  let idSum: i64 = 0;
  let latSum: i64 = 0;
  let lonSum: i64 = 0;
  let tags: usize = 0;
  let tagsEnd: usize = 0;
  const granularity = load<f64>(state + GRANULARITY);
  const lonOffset = load<f64>(state + LON_OFFSET);
  const latOffset = load<f64>(state + LAT_OFFSET);
  const direct = granularity === 100 && lonOffset === 0 && latOffset === 0;
  while (p < end) {
    const tag = small(p, end);
    p = cursor;
    if ((tag & 7) !== 2) {
      p = skip(tag & 7, p, end);
      if (fault !== 0) return fault;
      continue;
    }
    const spanEnd = span(p, end);
    if (fault !== 0) return fault;
    p = cursor;
    const field = tag >> 3;
    if (field === 1) {
      sum = idSum;
      ids = summed(p, spanEnd, ids);
      idSum = sum;
    } else if (field === 8) {
      sum = latSum;
      lats = direct ? coordinates(p, spanEnd, lats, 900000000) : scaledCoordinates(p, spanEnd, lats, 900000000, latOffset, granularity);
      latSum = sum;
    } else if (field === 9) {
      sum = lonSum;
      lons = direct ? coordinates(p, spanEnd, lons, 1800000000) : scaledCoordinates(p, spanEnd, lons, 1800000000, lonOffset, granularity);
      lonSum = sum;
    } else if (field === 10) {
      tags = p;
      tagsEnd = spanEnd;
    }
    if (fault !== 0) return fault;
    p = spanEnd;
  }
  const count = <u32>((ids - pointer(NODE_IDS)) >> 3);
  if (count !== <u32>((lats - pointer(LAT)) >> 2) || count !== <u32>((lons - pointer(LON)) >> 2)) return BAD_COUNTS;
  store<u32>(state + NODE_COUNT, count);
  return tagsEnd > tags ? denseTags(tags, tagsEnd, first, count) : 0;
}

/** The ways at the start of [p, end), up to the first other field of the group: CURSOR says where that is. */
export function decodeWays(p: usize, end: usize): i32 {
  fault = 0;
  let way = load<u32>(state + WAY_COUNT);
  const tagsBase = pointer(WAY_TAGS);
  const refsBase = pointer(REFS);
  let tags = tagsBase + (<usize>load<u32>(state + WAY_TAGS_LENGTH) << 2);
  let refs = refsBase + (<usize>load<u32>(state + REFS_LENGTH) << 3);
  let ids = pointer(WAY_IDS) + (<usize>way << 3);
  let tagEnds = pointer(WAY_TAG_ENDS) + (<usize>way << 2);
  let refEnds = pointer(REF_ENDS) + (<usize>way << 2);
  while (p < end && load<u8>(p) === 0x1a) {
    const wayEnd = span(p + 1, end);
    p = cursor;
    let id: i64 = 0;
    let keys = tags;
    let values = tags + 4;
    sum = 0;
    while (p < wayEnd) {
      const tag = small(p, wayEnd);
      p = cursor;
      if (tag === 8) {
        const length = ctz(endBits(p, 16) | 0x10000) + 1;
        if (p + length > wayEnd) return BAD_VARINT;
        id = varintAt(p, length);
        p += length;
        continue;
      }
      if ((tag & 7) !== 2) {
        p = skip(tag & 7, p, wayEnd);
        if (fault !== 0) return fault;
        continue;
      }
      const spanEnd = span(p, wayEnd);
      p = cursor;
      if (fault !== 0) return fault;
      if (tag === 0x42) refs = summed(p, spanEnd, refs);
      else if (tag === 0x12) keys = strided(p, spanEnd, keys);
      else if (tag === 0x1a) values = strided(p, spanEnd, values);
      p = spanEnd;
    }
    if (fault !== 0) return fault;
    if (values !== keys + 4) return BAD_TABLE;
    tags = keys;
    store<f64>(ids, <f64>id);
    store<u32>(tagEnds, <u32>((tags - tagsBase) >> 2));
    store<u32>(refEnds, <u32>((refs - refsBase) >> 3));
    ids += 8;
    tagEnds += 4;
    refEnds += 4;
    way++;
  }
  store<u32>(state + WAY_COUNT, way);
  store<u32>(state + WAY_TAGS_LENGTH, <u32>((tags - tagsBase) >> 2));
  store<u32>(state + REFS_LENGTH, <u32>((refs - refsBase) >> 3));
  store<u32>(state + CURSOR, <u32>p);
  return 0;
}
