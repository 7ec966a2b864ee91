import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairTable } from './pair-table.ts';

it('numbers pairs as a Map of texts does', () => {
  const small = fc.integer({ min: 0, max: 40 });
  const large = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(small, large), fc.oneof(small, large)), { maxLength: 3000 }), (pairs) => {
      const table = new PairTable();
      const twin = new Map<string, number>();
      for (const [a, b] of pairs) {
        const key = `${a} ${b}`;
        if (!twin.has(key)) twin.set(key, twin.size);
        expect(table.number(a, b)).toBe(twin.get(key));
      }
      expect(table.size).toBe(twin.size);
    }),
    { numRuns: 50 },
  );
});
