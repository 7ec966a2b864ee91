/**
 * The compressions of TIFF blocks that grids come in: none, deflate, LZW (TIFF 6.0 §13), PackBits (§9).
 *
 * Each fills a buffer of the block's true size and stops when it is full, so that no input makes memory grow; each
 * says how far it came. The geotiff package was weighed: its LZW decoder follows cycles in a damaged table without
 * end, its inflate has no bound, and it decodes all blocks at once.
 */
import { constants, inflateSync } from 'node:zlib';

/** Fills `out` from `input`; returns the bytes filled. Throws RangeError on damage. */
export type Decompress = (input: Uint8Array, out: Uint8Array) => number;

export function findDecompress(compression: number): Decompress | undefined {
  switch (compression) {
    case 1:
      return copy;
    case 5:
      return decodeLzw;
    case 8:
    case 32946:
      return inflate;
    case 32773:
      return decodePackBits;
    default:
      return undefined;
  }
}

const NAMES: Readonly<Record<number, string>> = { 2: 'CCITT', 3: 'CCITT', 4: 'CCITT', 6: 'JPEG', 7: 'JPEG', 34712: 'JPEG 2000', 34887: 'LERC', 34925: 'LZMA', 50000: 'ZSTD', 50001: 'WebP', 50002: 'JPEG XL' };

export function compressionName(compression: number): string {
  return NAMES[compression] ?? String(compression);
}

function copy(input: Uint8Array, out: Uint8Array): number {
  const n = Math.min(input.length, out.length);
  out.set(input.subarray(0, n));
  return n;
}

function inflate(input: Uint8Array, out: Uint8Array): number {
  try {
    // SYNC_FLUSH takes a block that lacks its end for what it has; a block that has more than it should is refused.
    const bytes = inflateSync(input, { maxOutputLength: Math.max(1, out.length), finishFlush: constants.Z_SYNC_FLUSH });
    return copy(bytes, out);
  } catch (cause) {
    throw new RangeError(cause instanceof Error ? cause.message : 'inflate failed', { cause });
  }
}

function decodePackBits(input: Uint8Array, out: Uint8Array): number {
  let filled = 0;
  for (let at = 0; at < input.length && filled < out.length; ) {
    const head = input[at++];
    if (head < 128) {
      const n = Math.min(head + 1, input.length - at, out.length - filled);
      out.set(input.subarray(at, at + n), filled);
      at += head + 1;
      filled += n;
    } else if (head > 128) {
      const n = Math.min(257 - head, out.length - filled);
      if (at >= input.length) break;
      out.fill(input[at++], filled, filled + n);
      filled += n;
    }
  }
  return filled;
}

const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

/**
 * LZW, most significant bit first, code width growing one code early. A string of the table is never stored: it is the
 * place in the output where it was last written, since each new string is an old one and the byte that came after it.
 */
function decodeLzw(input: Uint8Array, out: Uint8Array): number {
  const starts = new Uint32Array(MAX_CODES);
  const lengths = new Uint32Array(MAX_CODES);
  let next = END + 1;
  let width = 9;
  let bits = 0;
  let bitCount = 0;
  let at = 0;
  let filled = 0;
  let previous = 0;
  let previousLength = 0;
  while (filled < out.length) {
    while (bitCount < width) {
      if (at >= input.length) return filled;
      bits = (bits << 8) | input[at++];
      bitCount += 8;
    }
    bitCount -= width;
    const code = bits >>> bitCount;
    bits &= (1 << bitCount) - 1;
    if (code === END) return filled;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      previousLength = 0;
      continue;
    }
    const start = filled;
    let from: number;
    let length: number;
    if (code < CLEAR) {
      from = start;
      length = 1;
      out[start] = code;
    } else if (code < next) {
      from = starts[code];
      length = lengths[code];
    } else if (code === next && previousLength > 0) {
      from = previous;
      length = previousLength + 1;
    } else throw new RangeError(`LZW code ${code} before it is defined`);
    const n = Math.min(length, out.length - start);
    // The source may run into what is being written: byte by byte.
    if (code >= CLEAR) for (let i = 0; i < n; i++) out[start + i] = out[from + i];
    filled += n;
    if (previousLength > 0 && next < MAX_CODES) {
      starts[next] = previous;
      lengths[next] = previousLength + 1;
      next++;
      if (next >= (1 << width) - 1 && width < 12) width++;
    }
    previous = start;
    previousLength = length;
  }
  return filled;
}
