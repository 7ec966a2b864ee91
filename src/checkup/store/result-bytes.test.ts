/** A result comes back as it went, and its facilities are found again after others were added. */
import { describe, expect, it } from 'vitest';
import type { PlaceValues } from '../operators/operator.ts';
import { readResult, writeResult } from './result-bytes.ts';

const kinds = [{ kind: 'clinic', start: 0, end: 2 }, { kind: 'park', start: 2, end: 5 }];
const values: PlaceValues = {
  value: Float64Array.of(1, NaN, 0.5), numerator: Float64Array.of(2, 0, 1), n: Float64Array.of(2, 0, 2), quality: 'proxy',
  notes: [{ code: 'x', level: 'warning', text: { zh: '注', en: 'note' }, count: 2, examples: [{ row: 3 }] }],
  detail: {
    facilities: Uint32Array.of(1, 2, 4), load: { demand: Float32Array.of(1, 2, 3), capacity: Float32Array.of(4, 5, 6) }, unserved: { point: Uint32Array.of(7), persons: Float32Array.of(1.5) },
    nearestM: Float32Array.of(1, Infinity), rows: { table: 'buildings', row: Uint32Array.of(9) }, buildings: { building: Uint32Array.of(3), value: Float32Array.of(2) },
    lines: { verticesE7: Int32Array.of(1, 2, 3, 4), ends: Uint32Array.of(2) }, points: Int32Array.of(5, 6), lacking: { words: [{ zh: '公园', en: 'park' }], first: Uint32Array.of(0, 1, 1, 1), word: Uint8Array.of(0) },
  },
};
const measuredBy = { operator: 'person-coverage', params: { facilities: ['park'], radiusM: 500 }, needs: ['facility:park'] };

describe('results as bytes', () => {
  it('come back as they went', () => {
    expect(readResult(writeResult(values, measuredBy, kinds), kinds)).toEqual({ values, measuredBy });
  });

  it('name the same facilities in a snapshot that has more of other kinds', () => {
    const more = [{ kind: 'bank', start: 0, end: 10 }, { kind: 'clinic', start: 10, end: 12 }, { kind: 'park', start: 12, end: 15 }];
    expect(readResult(writeResult(values, measuredBy, kinds), more).values.detail?.facilities).toEqual(Uint32Array.of(11, 12, 14));
  });

  it('come without facilities where no snapshot is there to number them, and refuse bytes of something else', () => {
    expect(readResult(writeResult(values, measuredBy, kinds)).values.detail).not.toHaveProperty('facilities');
    expect(() => readResult(new Uint8Array([1, 2, 3]))).toThrow();
  });
});
