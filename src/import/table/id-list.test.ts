import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdList, SeenIds } from './id-list.ts';

describe('a list of ids', () => {
  it('gives back what it was given, and knows which came before', () => {
    const anyId = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('a', '城脉', 'é', ''), fc.nat(20).map(String));
    fc.assert(
      fc.property(fc.array(anyId, { maxLength: 200 }), (texts) => {
        // text files hold no halves of surrogate pairs
        const given = texts.map((text) => new TextDecoder().decode(new TextEncoder().encode(text)));
        const ids = new IdList(given.length);
        const seen = new SeenIds(ids);
        const before = new Set<string>();
        for (const [i, id] of given.entries()) {
          expect(ids.push(id)).toBe(i);
          expect(seen.add(i)).toBe(!before.has(id));
          before.add(id);
        }
        expect(given.map((_, i) => ids.get(i))).toEqual(given);
        expect(ids.textBytes).toBe(given.reduce((sum, id) => sum + Buffer.byteLength(id), 0));
      }),
    );
  });

  it('holds ids across pages, and ids longer than a page', () => {
    const ids = new IdList(30_001);
    const seen = new SeenIds(ids);
    const long = '长'.repeat(1_000_000);
    const idOf = (i: number): string => (i === 20_000 ? long : `${'x'.repeat(90 + (i % 7))}${i}`);
    for (let i = 0; i <= 30_000; i++) expect(seen.add(ids.push(idOf(i)))).toBe(true);
    for (let i = 0; i <= 30_000; i++) if (ids.get(i) !== idOf(i)) throw new Error(`id ${i} is ${ids.get(i).slice(0, 120)}`);
    expect(ids.byteLength).toBeLessThan(ids.textBytes + 8 * 30_002 + 2 ** 20);
    expect(() => ids.push('one more')).toThrow(RangeError);
    expect(() => ids.get(30_001)).toThrow(RangeError);
  });
});
