import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hilbertPosition, hilbertPositions, orderByBytes, orderByKey } from './hilbert.ts';

describe('the Hilbert curve', () => {
  it('runs from cell to neighbouring cell, and through each once', () => {
    // the first 4⁵ positions fill the corner of 32 × 32 cells
    const cells = new Map<number, [number, number]>();
    for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) cells.set(hilbertPosition(x, y), [x, y]);
    expect([...cells.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1024 }, (_, i) => i));
    for (let i = 1; i < 1024; i++) {
      const [[ax, ay], [bx, by]] = [cells.get(i - 1) as [number, number], cells.get(i) as [number, number]];
      expect(Math.abs(ax - bx) + Math.abs(ay - by)).toBe(1);
    }
  });

  it('stays within 32 bits at the far corner, of one place, of none', () => {
    expect(Math.max(hilbertPosition(65535, 0), hilbertPosition(0, 65535), hilbertPosition(65535, 65535))).toBe(2 ** 32 - 1);
    expect([...hilbertPositions(Int32Array.of(5, 5, 5, 5))]).toEqual([0, 0]);
    expect(hilbertPositions(new Int32Array(0)).length).toBe(0);
    const globe = hilbertPositions(Int32Array.of(-1_800_000_000, -900_000_000, 1_800_000_000, 900_000_000));
    expect(new Set(globe).size).toBe(2);
  });

  it('keys are put in order, equals in theirs', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 3 }))), (keys) => {
        const plain = keys.map((_, i) => i).toSorted((a, b) => keys[a] - keys[b] || a - b);
        for (const order of [orderByKey, orderByBytes]) expect([...order(Uint32Array.from(keys))]).toEqual(plain);
      }),
    );
  });
});
