import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairJson } from './repair.ts';
import type { DocumentPart } from './split-features.ts';
import { splitFeatures } from './split-features.ts';

/** The bytes in pieces cut at the given places. */
async function* cut(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array, void, undefined> {
  const at = [0, ...cuts.map((c) => c % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  for (let i = 1; i < at.length; i++) yield bytes.slice(at[i - 1], at[i]);
}

async function split(text: string, cuts: readonly number[] = [], maxFeatureBytes = 1e6): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = [];
  for await (const part of splitFeatures(cut(new TextEncoder().encode(text), cuts), { maxFeatureBytes, maxRestBytes: 1e6 })) parts.push(part);
  return parts;
}

const features = (parts: readonly DocumentPart[]): unknown[] => parts.flatMap((part) => (part.kind === 'feature' ? [JSON.parse(new TextDecoder().decode(part.bytes)) as unknown] : []));

describe('splitFeatures', () => {
  it('finds the features that JSON.parse finds, wherever the pieces are cut', async () => {
    const member = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.constant('"features":['), fc.constant('\\"}]'), fc.array(fc.integer(), { maxLength: 3 }), fc.record({ features: fc.array(fc.integer(), { maxLength: 2 }) }));
    const feature = fc.record({ type: fc.constant('Feature'), properties: fc.dictionary(fc.string(), member, { maxKeys: 4 }), geometry: fc.constant(null) });
    const document = fc.record({ name: fc.string(), crs: member, features: fc.array(feature, { maxLength: 6 }), extra: member });
    await fc.assert(
      fc.asyncProperty(document, fc.array(fc.nat(10_000), { maxLength: 12 }), fc.constantFrom(undefined, 2), async (value, cuts, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parts = await split(text, cuts);
        expect(features(parts)).toEqual((JSON.parse(text) as { features: unknown[] }).features);
        const rest = parts.at(-1);
        expect(rest).toMatchObject({ kind: 'rest', hadFeatures: true, complete: true });
        if (rest?.kind === 'rest') expect(JSON.parse(new TextDecoder().decode(rest.bytes))).toEqual({ ...(JSON.parse(text) as object), features: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('passes over a feature beyond the bound and goes on', async () => {
    const parts = await split(`{"features":[{"a":1},{"long":"${'x'.repeat(500)}"},{"b":2}]}`, [20, 100, 300], 100);
    expect(parts.map((part) => part.kind)).toEqual(['feature', 'oversize', 'feature', 'rest']);
  });

  it('says where a document breaks off', async () => {
    for (const text of ['{"features":[{"a":1},{"b":', '{"features":[{"a":1}', '{"features":[{"a":"x}]}', '{"type":"Feature"']) {
      expect((await split(text)).at(-1)).toMatchObject({ kind: 'rest', complete: false });
    }
  });
});

describe('repairJson', () => {
  it('leaves good JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const repair = repairJson(text);
        expect(JSON.parse(repair?.text ?? '')).toEqual(JSON.parse(text));
        expect(repair?.changes).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('drops stray characters, trailing commas and numbers that are none, and says so', () => {
    const mended = (text: string): { value: unknown; dropped: string[] } => {
      const repair = repairJson(text);
      return { value: JSON.parse(repair?.text ?? 'null'), dropped: repair?.changes.map((change) => change.dropped) ?? [] };
    };
    expect(mended('{"a": "5",m"b": 1}')).toEqual({ value: { a: '5', b: 1 }, dropped: ['m'] });
    expect(mended('{"a": [1, 2,], "b": NaN, "c": -Infinity,}')).toEqual({ value: { a: [1, 2], b: null, c: null }, dropped: [',', 'NaN', '-Infinity', ','] });
    expect(mended('{"a": "line\nbreak \\q"}').value).toEqual({ a: 'line\nbreak \\q' });
    expect(repairJson('{"a": "never ends')).toBeUndefined();
  });
});
