/** What is kept, what it weighs, and what goes first. */
import { describe, expect, it } from 'vitest';
import { KeptParts } from './kept-parts.ts';

const KB = 1024;

describe('kept parts', () => {
  it('are found under their name alone, undefined among them', () => {
    const kept = new KeptParts(100 * KB);
    kept.keep('a', undefined);
    kept.keep('b', { n: new Float64Array(10) });
    expect(kept.find('a')).toMatchObject({ value: undefined });
    expect(kept.find('b')?.value).toEqual({ n: new Float64Array(10) });
    expect(kept.find('c')).toBeUndefined();
  });

  it('stay below the limit: the longest unused go, what takes half of it is not kept', () => {
    const kept = new KeptParts(100 * KB);
    for (const name of ['a', 'b', 'c']) kept.keep(name, new Uint8Array(30 * KB));
    kept.find('a');
    kept.keep('d', new Uint8Array(30 * KB));
    expect(kept.names.toSorted()).toEqual(['a', 'c', 'd']);
    kept.keep('e', new Uint8Array(51 * KB));
    expect(kept.names.toSorted()).toEqual(['a', 'c', 'd']);
    expect(kept.bytes).toBe(90 * KB);
    kept.keep('a', new Uint8Array(KB));
    expect(kept.bytes).toBe(61 * KB);
  });

  it('weigh a buffer once, and whole, whoever shares it', () => {
    const kept = new KeptParts(100 * KB);
    const shared = new Uint8Array(20 * KB);
    kept.keep('a', shared.subarray(0, 1));
    kept.keep('b', shared);
    kept.keep('c', shared.subarray(5, 9));
    expect(kept.bytes).toBe(20 * KB);
    kept.keep('a', new Uint8Array(0));
    kept.keep('b', new Uint8Array(0));
    expect(kept.bytes).toBe(20 * KB);
    kept.keep('c', new Uint8Array(0));
    expect(kept.bytes).toBe(0);
  });

  it('weigh texts, lists and maps within', () => {
    const kept = new KeptParts(1000 * KB);
    const rows = Array.from({ length: 1000 }, (_, i) => `row ${i}`);
    kept.keep('list', rows);
    const list = kept.bytes;
    expect(list).toBeGreaterThan(1000 * 20);
    kept.keep('map', new Map(rows.map((row) => [row, new Uint8Array(10)])));
    expect(kept.bytes - list).toBeGreaterThan(list + 10_000);
  });

  it('are none with a limit of 0', () => {
    const kept = new KeptParts(0);
    kept.keep('a', undefined);
    kept.keep('b', new Uint8Array(0));
    expect(kept.names).toEqual([]);
  });
});
