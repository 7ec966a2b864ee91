import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentHash } from './content-hash.ts';

const hash = (...arrays: Uint8Array[]): string => arrays.reduce((sum, array) => sum.add(array), new ContentHash()).digest();

describe('a hash of contents', () => {
  it('is the same for the same, and 32 digits', () => {
    expect(hash(Uint8Array.of(1, 2, 3))).toBe(hash(Uint8Array.of(1, 2, 3)));
    expect(hash(Uint8Array.of(9, 1, 2, 3, 4, 5).subarray(1))).toBe(hash(Uint8Array.of(1, 2, 3, 4, 5)));
    expect(hash()).toMatch(/^[0-9a-f]{32}$/);
    expect(new ContentHash().addText('路').digest()).toBe(hash(new TextEncoder().encode('路')));
  });

  it('tells bytes, their order, their places and the bounds between arrays apart', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 24 });
    fc.assert(fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (array, at, by) => {
      const other = array.slice();
      other[at % other.length] ^= by;
      expect(hash(other)).not.toBe(hash(array));
      expect(hash(array, Uint8Array.of(0))).not.toBe(hash(array));
      const cut = at % (array.length + 1);
      if (cut > 0 && cut < array.length) expect(hash(array.slice(0, cut), array.slice(cut))).not.toBe(hash(array));
    }), { numRuns: 500 });
  });

  it('has no collisions among a hundred thousand small differences', () => {
    const seen = new Set<string>();
    const array = new Uint32Array(8);
    for (let i = 0; i < 100_000; i++) {
      array[i % 8] = i;
      seen.add(new ContentHash().add(array).digest());
    }
    expect(seen.size).toBe(100_000);
  });
});
