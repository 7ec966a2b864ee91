import { describe, expect, it } from 'vitest';
import { failureOf, listOutcomes } from './import-outcome.ts';

const file = (state: string) => ({ fileName: 'a.csv', state, kept: {}, seen: {}, notes: [] });

describe('the outcome of an import', () => {
  it('tells whether all, some or none of its files could be used', () => {
    expect(failureOf({ result: { files: [file('imported'), file('unchanged')] } })).toBe('no');
    expect(failureOf({ result: { files: [file('imported'), file('failed')] } })).toBe('part');
    expect(failureOf({ result: { files: [file('failed'), file('failed')] } })).toBe('none');
  });

  it('has no files where the job has no result of an import', () => {
    for (const result of [null, undefined, {}, { revision: 3 }]) {
      expect(listOutcomes({ result })).toEqual([]);
      expect(failureOf({ result })).toBe('no');
    }
  });
});
