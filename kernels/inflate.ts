/**
 * Inflates a zlib stream (RFC 1950, RFC 1951) whose inflated size is known: src/import/osm/blob-inflate.ts uses Node's zlib
 * as its twin and where this one does not run.
 *
 * The ways of fast inflaters (libdeflate, igzip, zlib-ng): a 64-bit buffer refilled without a branch, code tables whose
 * entries hold everything about a symbol, two literals a refill, matches copied sixteen bytes at a time. What the
 * caller guarantees makes one loop enough: 64 spare bytes behind the input (what is read there is never accepted: the
 * position is checked once every two symbols) and SPARE_OUT behind the output.
 *
 * Table entries: bits 0–4 how many bits the symbol takes with its extra bits, 5–8 how many of them are its code, 9–11 kind,
 * 16–31 literal, base or subtable start. For a pointer to a subtable bits 5–8 are the number of bits that index it. So one
 * shift uses a symbol up, and its extra bits are taken from the buffer as it was.
 */

export const tables: usize = memory.data(32768, 16);

// Addresses within `tables`.
const LITERALS: usize = 0; // 2^11 entries and subtables: at most 2048 + 288·16 … (see build)
const DISTANCES: usize = 16384; // 2^9 entries and subtables
const LENGTHS: usize = 24576; // code lengths while a table is built, one byte a symbol
const COUNTS: usize = 25088; // codes a length
const OFFSETS: usize = 25216; // first position a length
const SORTED: usize = 25344; // symbols by length, then number
const PRECODE: usize = 26112; // 2^7 entries

const LITERAL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 9;
const PRECODE_BITS: u32 = 7;

const KIND_LITERAL: u32 = 0 << 9;
const KIND_BASE: u32 = 1 << 9;
const KIND_END: u32 = 2 << 9;
const KIND_SUBTABLE: u32 = 3 << 9;
const KIND_BAD: u32 = 4 << 9;
const KIND_MASK: u32 = 7 << 9;

const BAD_STREAM: i32 = 1;
const BAD_SIZE: i32 = 2;
const BAD_CHECKSUM: i32 = 3;

const LENGTH_BASES: usize = memory.data<u16>([3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258, 0, 0]);
const LENGTH_EXTRAS: usize = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0, 0, 0]);
const DISTANCE_BASES: usize = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577, 0, 0,
]);
const DISTANCE_EXTRAS: usize = memory.data<u8>([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 0, 0]);
const PRECODE_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** What a symbol's entry says but for its code: bits 0–4 are its extra bits only. */
function literalEntry(symbol: u32): u32 {
  if (symbol < 256) return (symbol << 16) | KIND_LITERAL;
  if (symbol === 256) return KIND_END;
  const i = symbol - 257;
  if (i >= 29) return KIND_BAD;
  return (<u32>load<u16>(LENGTH_BASES + (<usize>i << 1)) << 16) | KIND_BASE | <u32>load<u8>(LENGTH_EXTRAS + i);
}

function distanceEntry(symbol: u32): u32 {
  if (symbol >= 30) return KIND_BAD;
  return (<u32>load<u16>(DISTANCE_BASES + (<usize>symbol << 1)) << 16) | KIND_BASE | <u32>load<u8>(DISTANCE_EXTRAS + symbol);
}

function reverse(code: u32, bits: u32): u32 {
  let reversed: u32 = 0;
  for (let i: u32 = 0; i < bits; i++) {
    reversed = (reversed << 1) | (code & 1);
    code >>= 1;
  }
  return reversed;
}

/**
 * Builds a decoding table from the code lengths at LENGTHS. Kind 0: literals and lengths, 1: distances, 2: the code of
 * the code lengths. An incomplete code is accepted only as zlib accepts it: a single code of one bit (or none at all) for
 * distances, a single one for literals; its unused entries are bad.
 */
function build(table: usize, symbols: u32, tableBits: u32, kind: u32, capacity: u32): bool {
  const counts = tables + COUNTS;
  const offsets = tables + OFFSETS;
  const sorted = tables + SORTED;
  const lengths = tables + LENGTHS;
  memory.fill(counts, 0, 64);
  for (let s: u32 = 0; s < symbols; s++) {
    const at = counts + (<usize>load<u8>(lengths + s) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(counts, 0);
  let left: i32 = 1;
  let total: u32 = 0;
  let longest: u32 = 0;
  for (let length: u32 = 1; length <= 15; length++) {
    const count = load<u32>(counts + (<usize>length << 2));
    store<u32>(offsets + (<usize>length << 2), total);
    total += count;
    left = (left << 1) - <i32>count;
    if (left < 0) return false;
    if (count > 0) longest = length;
  }
  const size: u32 = 1 << tableBits;
  if (left > 0) {
    if (kind === 2 || (total > 0 && longest !== 1)) return false;
    for (let i: u32 = 0; i < size; i++) store<u32>(table + (<usize>i << 2), KIND_BAD | 1);
  }
  for (let s: u32 = 0; s < symbols; s++) {
    const length = <usize>load<u8>(lengths + s);
    if (length === 0) continue;
    const at = offsets + (length << 2);
    const position = load<u32>(at);
    store<u32>(at, position + 1);
    store<u16>(sorted + (<usize>position << 1), <u16>s);
  }
  let code: u32 = 0;
  let next: u32 = size;
  let subtable: u32 = 0;
  let subtableBits: u32 = 0;
  let subtablePrefix: u32 = 0xffffffff;
  let i: u32 = 0;
  for (let length: u32 = 1; length <= longest; length++) {
    let count = load<u32>(counts + (<usize>length << 2));
    for (let remaining = count; remaining > 0; remaining--) {
      const symbol = <u32>load<u16>(sorted + (<usize>i << 1));
      i++;
      const entry = kind === 0 ? literalEntry(symbol) : kind === 1 ? distanceEntry(symbol) : symbol << 16;
      const reversed = reverse(code, length);
      if (length <= tableBits) {
        for (let at = reversed; at < size; at += <u32>1 << length) store<u32>(table + (<usize>at << 2), entry + (length << 5) + length);
      } else {
        const prefix = reversed & (size - 1);
        if (prefix !== subtablePrefix) {
          subtablePrefix = prefix;
          // As many bits as the codes with this prefix need: grow while they do not fill the subtable.
          subtableBits = length - tableBits;
          let room: i32 = (<i32>1 << subtableBits) - <i32>remaining;
          for (let deeper = length + 1; room > 0 && deeper <= longest; deeper++) {
            subtableBits++;
            room = (room << 1) - <i32>load<u32>(counts + (<usize>deeper << 2));
          }
          subtable = next;
          next += <u32>1 << subtableBits;
          if (next > capacity) return false;
          store<u32>(table + (<usize>prefix << 2), (subtable << 16) | KIND_SUBTABLE | (subtableBits << 5) | tableBits);
        }
        for (let at = reversed >> tableBits; at < <u32>1 << subtableBits; at += <u32>1 << (length - tableBits)) {
          store<u32>(table + (<usize>(subtable + at) << 2), entry + ((length - tableBits) << 5) + (length - tableBits));
        }
      }
      code++;
    }
    code <<= 1;
  }
  return true;
}

let bits: u64 = 0;
let bitCount: u32 = 0;
let input: usize = 0;

// @ts-ignore: decorator
@inline
function refill(): void {
  bits |= load<u64>(input) << bitCount;
  input += (63 - bitCount) >> 3;
  bitCount |= 56;
}

// @ts-ignore: decorator
@inline
function take(count: u32): u32 {
  const value = <u32>bits & ((1 << count) - 1);
  bits >>= count;
  bitCount -= count;
  return value;
}

/** Reads the code lengths of a dynamic block and builds its tables. */
function readTables(inputEnd: usize): bool {
  const lengths = tables + LENGTHS;
  refill();
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const precodes = take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let i: u32 = 0; i < precodes; i++) {
    if (bitCount < 3) refill();
    store<u8>(lengths + load<u8>(PRECODE_ORDER + i), <u8>take(3));
  }
  if (!build(tables + PRECODE, 19, PRECODE_BITS, 2, 128)) return false;
  const total = literals + distances;
  for (let i: u32 = 0; i < total; ) {
    refill();
    if (input > inputEnd + 16) return false;
    const entry = load<u32>(tables + PRECODE + (<usize>(<u32>bits & 127) << 2));
    take(entry & 31);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + i, <u8>symbol);
      i++;
      continue;
    }
    let value: u8 = 0;
    let repeat: u32;
    if (symbol === 16) {
      if (i === 0) return false;
      value = load<u8>(lengths + i - 1);
      repeat = 3 + take(2);
    } else repeat = symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (i + repeat > total) return false;
    memory.fill(lengths + i, value, repeat);
    i += repeat;
  }
  if (load<u8>(lengths + 256) === 0) return false;
  // The distance lengths are kept aside while the literal table takes the front of the array.
  const bitsBefore = bits;
  if (!build(tables + LITERALS, literals, LITERAL_BITS, 0, 4096)) return false;
  memory.copy(lengths, lengths + literals, distances);
  const built = build(tables + DISTANCES, distances, DISTANCE_BITS, 1, 2048);
  bits = bitsBefore;
  return built;
}

function fixedTables(): bool {
  const lengths = tables + LENGTHS;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  if (!build(tables + LITERALS, 288, LITERAL_BITS, 0, 4096)) return false;
  memory.fill(lengths, 5, 32);
  return build(tables + DISTANCES, 32, DISTANCE_BITS, 1, 2048);
}

/** Copies a match; may write up to 15 bytes behind it. */
// @ts-ignore: decorator
@inline
function copyMatch(out: usize, distance: u32, length: u32): void {
  const end = out + length;
  let from = out - distance;
  if (distance >= 16) {
    do {
      v128.store(out, v128.load(from));
      out += 16;
      from += 16;
    } while (out < end);
    return;
  }
  if (distance === 1) {
    const all = i8x16.splat(load<i8>(from));
    do {
      v128.store(out, all);
      out += 16;
    } while (out < end);
    return;
  }
  if (distance >= 8) {
    do {
      store<u64>(out, load<u64>(from));
      out += 8;
      from += 8;
    } while (out < end);
    return;
  }
  do {
    store<u8>(out, load<u8>(from));
    out++;
    from++;
  } while (out < end);
}

/** The extra bits of the symbol of `entry`, which stands at the bottom of `buffer`. */
// @ts-ignore: decorator
@inline
function extraOf(buffer: u64, entry: u32): u32 {
  return (<u32>buffer & ((1 << (entry & 31)) - 1)) >> ((entry >> 5) & 15);
}

// @ts-ignore: decorator
@inline
function lookUp(table: usize, buffer: u64, indexBits: u32): u32 {
  return load<u32>(table + (<usize>(<u32>buffer & ((1 << indexBits) - 1)) << 2));
}

// @ts-ignore: decorator
@inline
function lookUpDeeper(table: usize, buffer: u64, pointer: u32): u32 {
  return load<u32>(table + (<usize>((pointer >> 16) + (<u32>buffer & ((1 << ((pointer >> 5) & 15)) - 1))) << 2));
}

/** One block of codes; returns the output position behind it, 0 where the stream is bad. */
function inflateCodes(outStart: usize, outAt: usize, outEnd: usize, inputEnd: usize): usize {
  let buffer = bits;
  let count = bitCount;
  let next = input;
  let out = outAt;
  const literals = tables + LITERALS;
  const distances = tables + DISTANCES;
  const inputLimit = inputEnd + 16;
  buffer |= load<u64>(next) << count;
  next += (63 - count) >> 3;
  count |= 56;
  let entry = lookUp(literals, buffer, LITERAL_BITS);
  for (;;) {
    // Here at least 56 bits are in the buffer: two literals of 11 and a refill, or a length and its distance (48).
    if ((entry & KIND_MASK) === KIND_LITERAL) {
      buffer >>= entry & 31;
      count -= entry & 31;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      entry = lookUp(literals, buffer, LITERAL_BITS);
      if ((entry & KIND_MASK) === KIND_LITERAL) {
        buffer >>= entry & 31;
        count -= entry & 31;
        store<u8>(out, <u8>(entry >> 16));
        out++;
        entry = lookUp(literals, buffer, LITERAL_BITS);
      }
      buffer |= load<u64>(next) << count;
      next += (63 - count) >> 3;
      count |= 56;
      if ((entry & KIND_MASK) === KIND_LITERAL) {
        if (out > outEnd || next > inputLimit) return 0;
        continue;
      }
    }
    if ((entry & KIND_MASK) === KIND_SUBTABLE) {
      buffer >>= LITERAL_BITS;
      count -= LITERAL_BITS;
      entry = lookUpDeeper(literals, buffer, entry);
    }
    const lengthExtra = extraOf(buffer, entry);
    buffer >>= entry & 31;
    count -= entry & 31;
    const kind = entry & KIND_MASK;
    if (kind !== KIND_BASE) {
      if (kind === KIND_END) break;
      if (kind !== KIND_LITERAL) return 0;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      if (out > outEnd || next > inputLimit) return 0;
      buffer |= load<u64>(next) << count;
      next += (63 - count) >> 3;
      count |= 56;
      entry = lookUp(literals, buffer, LITERAL_BITS);
      continue;
    }
    const length = (entry >> 16) + lengthExtra;
    entry = lookUp(distances, buffer, DISTANCE_BITS);
    if ((entry & KIND_MASK) !== KIND_BASE) {
      if ((entry & KIND_MASK) !== KIND_SUBTABLE) return 0;
      buffer >>= DISTANCE_BITS;
      count -= DISTANCE_BITS;
      entry = lookUpDeeper(distances, buffer, entry);
      if ((entry & KIND_MASK) !== KIND_BASE) return 0;
    }
    const distance = (entry >> 16) + extraOf(buffer, entry);
    buffer >>= entry & 31;
    count -= entry & 31;
    if (distance > <u32>(out - outStart) || out + length > outEnd || next > inputLimit) return 0;
    // Refill and look the next symbol up before the copy, which then runs beside them.
    buffer |= load<u64>(next) << count;
    next += (63 - count) >> 3;
    count |= 56;
    entry = lookUp(literals, buffer, LITERAL_BITS);
    copyMatch(out, distance, length);
    out += length;
  }
  bits = buffer;
  bitCount = count;
  input = next;
  return out > outEnd ? 0 : out;
}

/** A stored block: back to whole bytes, a length and its complement, then the bytes. */
function copyStored(out: usize, outEnd: usize, inputEnd: usize): usize {
  take(bitCount & 7);
  // Bits above bitCount are copies of bytes that the next refill reads again: drop them with the whole bytes unread.
  input -= bitCount >> 3;
  bits = 0;
  bitCount = 0;
  if (input + 4 > inputEnd) return 0;
  const length = <usize>load<u16>(input);
  if ((length ^ 0xffff) !== <usize>load<u16>(input + 2)) return 0;
  input += 4;
  if (length > inputEnd - input || length > outEnd - out) return 0;
  memory.copy(out, input, length);
  input += length;
  return out + length;
}

/** Adler-32 (RFC 1950 §8.2), sixteen bytes at a time. */
function adler(p: usize, length: usize): u32 {
  let a: u32 = 1;
  let b: u32 = 0;
  const weights = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const weightsLow = i16x8.extend_low_i8x16_s(weights);
  const weightsHigh = i16x8.extend_high_i8x16_s(weights);
  while (length > 0) {
    // 5552 bytes are the most before the sums could overflow; in whole vectors.
    const piece: usize = min<usize>(length, 5536);
    const vectors = piece >> 4;
    let sums = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    let earlier = i32x4.splat(0);
    for (let i: usize = 0; i < vectors; i++) {
      const v = v128.load(p);
      earlier = i32x4.add(earlier, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(v), weightsLow));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(v), weightsHigh));
      p += 16;
    }
    b += a * <u32>(vectors << 4);
    b += 16 * lanes(earlier) + lanes(weighted);
    a += lanes(sums);
    for (let i: usize = vectors << 4; i < piece; i++) {
      a += load<u8>(p);
      b += a;
      p++;
    }
    a %= 65521;
    b %= 65521;
    length -= piece;
  }
  return (b << 16) | a;
}

// @ts-ignore: decorator
@inline
function lanes(v: v128): u32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}

/** Inflates [from, fromEnd) to [out, outEnd), which it must fill exactly. 0 for success, else what is wrong. */
export function inflate(from: usize, fromEnd: usize, out: usize, outEnd: usize): i32 {
  if (fromEnd - from < 6) return BAD_STREAM;
  const header = (<u32>load<u8>(from) << 8) | <u32>load<u8>(from + 1);
  if ((header & 0x0f00) !== 0x0800 || header >> 12 > 7 || header % 31 !== 0 || (header & 0x20) !== 0) return BAD_STREAM;
  const outStart = out;
  const inputEnd = fromEnd - 4;
  input = from + 2;
  bits = 0;
  bitCount = 0;
  let last: u32;
  do {
    refill();
    last = take(1);
    const kind = take(2);
    if (kind === 0) out = copyStored(out, outEnd, inputEnd);
    else if (kind === 3 || !(kind === 1 ? fixedTables() : readTables(inputEnd))) return BAD_STREAM;
    else out = inflateCodes(outStart, out, outEnd, inputEnd);
    if (out === 0) return BAD_STREAM;
    if (input - (bitCount >> 3) > inputEnd) return BAD_STREAM;
  } while (last === 0);
  if (out !== outEnd) return BAD_SIZE;
  const end = input - (bitCount >> 3);
  if (end > inputEnd) return BAD_STREAM;
  return bswap<u32>(load<u32>(end)) === adler(outStart, outEnd - outStart) ? 0 : BAD_CHECKSUM;
}
