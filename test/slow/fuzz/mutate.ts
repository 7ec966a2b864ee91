/** Seeded damage to bytes: what disks, networks, careless programs and attackers do to files. */
import type { Random } from '../../../src/core/random.ts';

const MAX_BYTES = 256 * 1024;

const NUMBERS = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 257, 511, 512, 1000, 4095, 4096, 32767, 32768, 65535, 65536, 0x7fffff, 0xffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Pieces of text that readers of text trip over. */
const TOKENS = [
  '"', '""', '\'', ',', ';', '\t', '\n', '\r\n', '\r', '\0', '{', '}', '[', ']', ':', '\\', '\\u', '\\ud800', 'null', 'true', '{}', '[]', '[[[[[[[[[[', 'NaN', 'Infinity', '-Infinity', '1e309', '-1e309', '1e-400', '-0', '-1', '0', '.', '-',
  '99999999999999999999', '0x10', '１２', '1,5', '180.0001', '-91', '361', '9007199254740993', '25:61:00', '00:00', '20250230', '__proto__', 'constructor', 'toString', 'POLYGON((0 0,1 1,0 1))', 'POLYGON((', 'POINT EMPTY', 'GEOMETRYCOLLECTION(POINT(1 1))',
  '</', '<![CDATA[', '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>', '&a;', '\ufeff', '\ud83d\ude00', '站', '\u0000\u0000', ' ', '%s', '=1+1', 'a'.repeat(300),
];

const encoder = new TextEncoder();

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

function span(bytes: Uint8Array, random: Random): [start: number, end: number] {
  const start = random.integer(0, Math.max(0, bytes.length - 1));
  const most = random.pick([2, 8, 64, 1024, bytes.length]);
  return [start, Math.min(bytes.length, start + random.integer(1, Math.max(1, most)))];
}

function replace(bytes: Uint8Array, start: number, end: number, insert: Uint8Array): Uint8Array {
  const result = new Uint8Array(start + insert.length + bytes.length - end);
  result.set(bytes.subarray(0, start));
  result.set(insert, start);
  result.set(bytes.subarray(end), start + insert.length);
  return result;
}

function writeNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const width = random.pick([1, 2, 4, 8] as const);
  if (copy.length < width) return copy;
  const at = random.integer(0, copy.length - width);
  const little = random.chance(0.5);
  const value = random.chance(0.2) ? bytes.length + random.integer(-2, 2) : random.pick(NUMBERS);
  if (width === 1) view.setUint8(at, value & 255);
  if (width === 2) view.setUint16(at, value & 0xffff, little);
  if (width === 4) view.setUint32(at, value, little);
  if (width === 8) view.setBigUint64(at, random.chance(0.5) ? 0xffffffffffffffffn : BigInt(Math.max(0, value)), little);
  return copy;
}

/** Adds a little to a number that is there: lengths, counts and offsets that are off by some. */
function nudgeNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const at = random.integer(0, Math.max(0, copy.length - 1));
  copy[at] += random.pick([-16, -2, -1, 1, 2, 16]);
  return copy;
}

function isDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2d;
}

/** Replaces a number written in digits. */
function replaceDigits(bytes: Uint8Array, random: Random): Uint8Array {
  const from = random.integer(0, Math.max(0, bytes.length - 1));
  let start = from;
  while (start < bytes.length && !isDigit(bytes[start])) start++;
  let end = start;
  while (end < bytes.length && isDigit(bytes[end])) end++;
  return replace(bytes, start, end, encoder.encode(random.pick(TOKENS)));
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const copy = bytes.slice();
    if (copy.length > 0) copy[random.integer(0, copy.length - 1)] ^= 1 << random.integer(0, 7);
    return copy;
  },
  (bytes, random) => {
    const copy = bytes.slice();
    for (let i = random.integer(1, 8); i > 0 && copy.length > 0; i--) copy[random.integer(0, copy.length - 1)] = random.integer(0, 255);
    return copy;
  },
  writeNumber,
  writeNumber,
  nudgeNumber,
  replaceDigits,
  (bytes, random) => bytes.slice(0, random.integer(0, bytes.length)),
  (bytes, random) => {
    const [start, end] = span(bytes, random);
    return replace(bytes, start, end, new Uint8Array(0));
  },
  (bytes, random) => {
    const [start, end] = span(bytes, random);
    const at = random.integer(0, bytes.length);
    return replace(bytes, at, at, bytes.subarray(start, end));
  },
  (bytes, random) => {
    const [start, end] = span(bytes, random);
    const piece = bytes.subarray(start, end);
    const times = random.integer(2, 40);
    const repeated = new Uint8Array(Math.min(piece.length * times, 32 * 1024));
    for (let at = 0; at < repeated.length; at += piece.length) repeated.set(piece.subarray(0, repeated.length - at), at);
    return replace(bytes, start, end, repeated);
  },
  (bytes, random) => {
    const [start, end] = span(bytes, random);
    const copy = bytes.slice();
    return copy.fill(random.pick([0, 0x20, 0x7f, 0x80, 0xff]), start, end);
  },
  (bytes, random, other) => {
    const [start, end] = span(bytes, random);
    const [otherStart, otherEnd] = span(other, random);
    return replace(bytes, start, end, other.subarray(otherStart, otherEnd));
  },
  (bytes, random) => {
    const at = random.integer(0, bytes.length);
    return replace(bytes, at, at, encoder.encode(random.pick(TOKENS)));
  },
  (bytes, random) => {
    const [start, end] = span(bytes, random);
    return replace(bytes, start, end, encoder.encode(random.pick(TOKENS)));
  },
];

/** One to six mutations of bytes, `other` lending pieces; at most 256 KB. */
export function mutate(bytes: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  let result = bytes;
  for (let rounds = random.pick([1, 1, 1, 2, 3, 6]); rounds > 0; rounds--) result = random.pick(MUTATIONS)(result, random, other);
  return result.slice(0, MAX_BYTES);
}
