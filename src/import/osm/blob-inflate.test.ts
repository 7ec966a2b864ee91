import { constants, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { concat, field, scalar } from '../../../test/pbf/craft-pbf.ts';
import { inflateBlob } from './blob-inflate.ts';
import { findBlobKernel } from './blob-kernel.ts';
import { MalformedBlock } from './pbf-error.ts';

const kernel = findBlobKernel();
if (kernel === undefined) throw new Error('this host has no WebAssembly SIMD: the kernel cannot be tested');

const blob = (compressed: Uint8Array, rawSize: number): Uint8Array => concat(scalar(2, rawSize), field(3, compressed));

/** Bytes of every kind that compressors treat differently: noise, runs, near and far repeats, skewed literals. */
function sample(random: Random, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const length = Math.min(size - at, random.integer(1, 600));
    const kind = random.integer(0, 4);
    const back = at === 0 ? 0 : random.integer(1, Math.min(at, random.pick([1, 2, 7, 9, 15, 16, 17, 300, 32_768])));
    const value = random.integer(0, 255);
    for (let i = 0; i < length; i++, at++) {
      if (kind === 0) bytes[at] = random.integer(0, 255);
      else if (kind === 1) bytes[at] = value;
      else if (kind === 2) bytes[at] = Math.floor(256 * random.next() ** 6);
      else bytes[at] = back === 0 ? 1 : bytes[at - back];
    }
  }
  return bytes;
}

describe('inflating blobs', () => {
  const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FILTERED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED];

  it.each(strategies)('gives back what zlib compressed, at every level (strategy %i)', (strategy) => {
    const random = new Random(strategy + 1);
    for (const size of [0, 1, 2, 3, 15, 16, 17, 100, 5535, 5536, 5537, 70_000, 400_000]) {
      const bytes = sample(random, size);
      for (const level of [0, 1, 4, 6, 9]) {
        const compressed = deflateSync(bytes, { level, strategy, memLevel: random.integer(1, 9), windowBits: random.integer(9, 15) });
        expect(Buffer.compare(inflateBlob(blob(compressed, size), kernel), bytes), `${size} bytes, level ${level}`).toBe(0);
        expect(Buffer.compare(inflateBlob(blob(compressed, size)), bytes)).toBe(0);
      }
    }
  });

  it('reads streams of many blocks, stored ones between compressed ones', () => {
    const random = new Random(3);
    const parts = Array.from({ length: 40 }, () => sample(random, random.integer(0, 3000)));
    const bytes = concat(...parts);
    const blocks = parts.map((part, i) => deflateRawSync(part, { level: random.pick([0, 1, 9]), finishFlush: i === parts.length - 1 ? constants.Z_FINISH : constants.Z_FULL_FLUSH }));
    const whole = deflateSync(bytes);
    const stream = concat([0x78, 0x9c], ...blocks, whole.subarray(whole.length - 4));
    expect(Buffer.compare(inflateSync(stream), bytes)).toBe(0);
    expect(Buffer.compare(inflateBlob(blob(stream, bytes.length), kernel), bytes)).toBe(0);
  });

  it('refuses a wrong checksum, a wrong size, a preset dictionary and every cut', () => {
    const bytes = sample(new Random(5), 5000);
    const compressed = deflateSync(bytes);
    const bad = (stream: Uint8Array, size = bytes.length): void => expect(() => inflateBlob(blob(stream, size), kernel)).toThrow(MalformedBlock);
    const wrong = compressed.slice();
    wrong[wrong.length - 1] ^= 1;
    bad(wrong);
    bad(compressed, bytes.length - 1);
    bad(compressed, bytes.length + 1);
    bad(deflateSync(bytes, { dictionary: Buffer.from('preset') }));
    for (let cut = 0; cut < compressed.length; cut += 7) bad(compressed.subarray(0, cut));
  });

  it('makes the same as zlib of 6,000 mutated streams', () => {
    const random = new Random(6);
    const attempt = (bytes: Uint8Array, size: number, fast: boolean): Uint8Array | undefined => {
      try {
        return inflateBlob(blob(bytes, size), fast ? kernel : undefined);
      } catch (error) {
        if (error instanceof MalformedBlock) return undefined;
        throw error;
      }
    };
    let different = 0;
    let sound = 0;
    for (let i = 0; i < 6000; i++) {
      const bytes = sample(random, random.integer(1, 600));
      const stream = new Uint8Array(deflateSync(bytes, { level: random.pick([0, 1, 6, 9]), strategy: random.pick(strategies) }));
      // The checksum catches nearly all; a fifth of the mutations keep to bits that it does not protect.
      const at = random.chance(0.2) ? random.integer(0, 1) : random.integer(0, stream.length - 1);
      stream[at] ^= 1 << random.integer(0, 7);
      const expected = attempt(stream, bytes.length, false);
      const actual = attempt(stream, bytes.length, true);
      if (expected !== undefined) sound++;
      if ((expected === undefined) !== (actual === undefined)) different++;
      else if (expected !== undefined && actual !== undefined && Buffer.compare(expected, actual) !== 0) different++;
    }
    expect(sound).toBeGreaterThan(10);
    expect(different).toBe(0);
  });
});
