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
/** A field of a message in two parts: legal, never written, left to the twin. */
const REPEATED: i32 = 6;

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

/**
 * The same for the ids of dense nodes, most of which follow one another closely: eight differences of one byte each are
 * summed up in a vector.
 */
function summedIds(p: usize, end: usize, out: usize): usize {
  while (end - p >= 8) {
    const group = v128.load64_zero(p);
    if ((i8x16.bitmask(group) & 0xff) !== 0) {
      // Something longer: through the plain loop to the end of these eight bytes, or of the varint that crosses it.
      const stop = p + 8;
      while (p < stop) {
        const length = ctz(endBits(p, min<u32>(16, <u32>(end - p))) | 0x10000) + 1;
        if (p + length > end) {
          fault = BAD_VARINT;
          return out;
        }
        sum += unzigzag(varintAt(p, length));
        store<f64>(out, <f64>sum);
        out += 8;
        p += length;
      }
      continue;
    }
    const raw = i16x8.extend_low_i8x16_u(group);
    let steps = v128.xor(i16x8.shr_u(raw, 1), i16x8.neg(v128.and(raw, i16x8.splat(1))));
    const zero = i16x8.splat(0);
    steps = i16x8.add(steps, i16x8.shuffle(zero, steps, 0, 8, 9, 10, 11, 12, 13, 14));
    steps = i16x8.add(steps, i16x8.shuffle(zero, steps, 0, 0, 8, 9, 10, 11, 12, 13));
    steps = i16x8.add(steps, i16x8.shuffle(zero, steps, 0, 0, 0, 0, 8, 9, 10, 11));
    const low = i32x4.extend_low_i16x8_s(steps);
    const high = i32x4.extend_high_i16x8_s(steps);
    const base = f64x2.splat(<f64>sum);
    v128.store(out, f64x2.add(base, f64x2.convert_low_i32x4_s(low)));
    v128.store(out, f64x2.add(base, f64x2.convert_low_i32x4_s(i32x4.shuffle(low, low, 2, 3, 2, 3))), 16);
    v128.store(out, f64x2.add(base, f64x2.convert_low_i32x4_s(high)), 32);
    v128.store(out, f64x2.add(base, f64x2.convert_low_i32x4_s(i32x4.shuffle(high, high, 2, 3, 2, 3))), 48);
    sum += <i64>i16x8.extract_lane_s(steps, 7);
    out += 64;
    p += 8;
  }
  return summed(p, end, out);
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
      ids = summedIds(p, spanEnd, ids);
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

/**
 * Shuffles for groups of eight bytes whose varints have one or two bytes each, by the eight sign bits: where the bytes go
 * to make 16-bit lanes, how many lanes there are and how many bytes they take. Filled on first use; a pattern with a longer
 * varint has no lanes.
 */
const SHUFFLES: usize = memory.data(256 * 16, 16);
const LANES: usize = memory.data(256 * 2, 16);
const KEYS: usize = memory.data(4 * (64 + 16), 16);
const VALUES: usize = memory.data(4 * (64 + 16), 16);
const SCRATCH_BYTES: usize = 64;

function fillShuffles(): void {
  for (let pattern: u32 = 0; pattern < 256; pattern++) {
    let lane: u32 = 0;
    let byte: u32 = 0;
    memory.fill(SHUFFLES + (<usize>pattern << 4), 0x80, 16);
    while (byte < 8) {
      const two = (pattern >> byte) & 1;
      if (two !== 0 && (byte === 7 || ((pattern >> (byte + 1)) & 1) !== 0)) break;
      store<u8>(SHUFFLES + (<usize>pattern << 4) + (lane << 1), <u8>byte);
      if (two !== 0) store<u8>(SHUFFLES + (<usize>pattern << 4) + (lane << 1) + 1, <u8>(byte + 1));
      byte += 1 + two;
      lane++;
    }
    // A longer varint at the front leaves no lane; one further on leaves those before it.
    store<u8>(LANES + (<usize>pattern << 1), <u8>lane);
    store<u8>(LANES + (<usize>pattern << 1) + 1, <u8>byte);
  }
}

/**
 * Packed varints of at most two bytes each → 32-bit words at `out`, eight bytes a step. Returns how many, −1 where one is
 * longer, cut off, or there may be more than the scratch holds. Writes up to 32 bytes too many.
 */
// @ts-ignore: decorator
@inline
function unpackSmall(p: usize, end: usize, out: usize): i32 {
  if (end - p > SCRATCH_BYTES) return -1;
  const from = out;
  while (p < end) {
    const group = v128.load64_zero(p);
    const pattern = <usize>(i8x16.bitmask(group) & 0xff);
    const lanes = i8x16.swizzle(group, v128.load(SHUFFLES + (pattern << 4)));
    const words = v128.or(v128.and(lanes, i16x8.splat(0x7f)), v128.and(i16x8.shr_u(lanes, 1), i16x8.splat(0x3f80)));
    v128.store(out, i32x4.extend_low_i16x8_u(words));
    v128.store(out, i32x4.extend_high_i16x8_u(words), 16);
    const left = <u32>(end - p);
    if (left < 8) {
      // The last few bytes: they must all be used up by whole varints of one or two bytes.
      const mask: u32 = (1 << left) - 1;
      const signs = <u32>pattern & mask;
      if ((signs >> (left - 1)) !== 0 || (signs & (signs >> 1)) !== 0) return -1;
      return <i32>((out - from) >> 2) + <i32>popcnt(~signs & mask);
    }
    const taken = <usize>load<u8>(LANES + (pattern << 1) + 1);
    if (taken < 7) return -1;
    out += <usize>load<u8>(LANES + (pattern << 1)) << 2;
    p += taken;
  }
  return <i32>((out - from) >> 2);
}

/** Keys and values from the scratch → key, value, key, value … at `out`. Writes up to 24 bytes too many. */
// @ts-ignore: decorator
@inline
function interleave(count: usize, out: usize): void {
  for (let i: usize = 0; i < count; i += 4) {
    const keys = v128.load(KEYS + (i << 2));
    const values = v128.load(VALUES + (i << 2));
    v128.store(out + (i << 3), i32x4.shuffle(keys, values, 0, 4, 1, 5));
    v128.store(out + (i << 3), i32x4.shuffle(keys, values, 2, 6, 3, 7), 16);
  }
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
  if (load<u8>(LANES) === 0) fillShuffles();
  while (p < end && load<u8>(p) === 0x1a) {
    const wayEnd = span(p + 1, end);
    p = cursor;
    if (fault !== 0) return fault;
    let id: i64 = 0;
    let keys: usize = 0;
    let values: usize = 0;
    let keysEnd: usize = 0;
    let valuesEnd: usize = 0;
    let total: i64 = 0;
    while (p < wayEnd) {
      let tag = <u32>load<u8>(p);
      p++;
      if (tag === 8) {
        const length = ctz(endBits(p, 16) | 0x10000) + 1;
        if (p + length > wayEnd) return BAD_VARINT;
        id = varintAt(p, length);
        p += length;
        continue;
      }
      if (tag >= 0x80) {
        tag = small(p - 1, wayEnd);
        p = cursor;
        if (fault !== 0) return fault;
      }
      if ((tag & 7) !== 2) {
        p = skip(tag & 7, p, wayEnd);
        if (fault !== 0) return fault;
        continue;
      }
      let spanEnd = p + 1 + <usize>load<u8>(p);
      if (load<u8>(p) < 0x80 && spanEnd <= wayEnd) p++;
      else {
        spanEnd = span(p, wayEnd);
        p = cursor;
        if (fault !== 0) return fault;
      }
      if (tag === 0x42) {
        sum = total;
        refs = summed(p, spanEnd, refs);
        total = sum;
      } else if (tag === 0x12) {
        if (keysEnd !== 0) return REPEATED;
        keys = p;
        keysEnd = spanEnd;
      } else if (tag === 0x1a) {
        if (valuesEnd !== 0) return REPEATED;
        values = p;
        valuesEnd = spanEnd;
      }
      p = spanEnd;
    }
    if (fault !== 0) return fault;
    const count = unpackSmall(keys, keysEnd, KEYS);
    if (count >= 0 && unpackSmall(values, valuesEnd, VALUES) === count) {
      interleave(count, tags);
      tags += <usize>count << 3;
    } else {
      const keysOut = strided(keys, keysEnd, tags);
      if (strided(values, valuesEnd, tags + 4) !== keysOut + 4) return BAD_TABLE;
      if (fault !== 0) return fault;
      tags = keysOut;
    }
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
