import { describe, expect, it } from 'vitest';
import type { FindingJson } from '../../checkup/api.ts';
import { editsBack } from './undo-edits.ts';

const finding = (findingId: string, stage: FindingJson['stage'], advice = ''): FindingJson => ({ findingId, stage, deadline: null, advice: { zh: advice, en: advice } }) as FindingJson;

describe('taking an edit back', () => {
  it('gives every finding the value it had, in one edit a value', () => {
    const before = [finding('a', 'ledger'), finding('b', 'listed'), finding('c', 'ledger')];
    expect(editsBack(before, { stage: 'rectification' })).toEqual([
      { findingIds: ['a', 'c'], edit: { stage: 'ledger' } },
      { findingIds: ['b'], edit: { stage: 'listed' } },
    ]);
  });

  it('touches no field that the edit did not, and knows those of another name', () => {
    expect(editsBack([finding('a', 'ledger', 'was')], { adviceZh: 'is', deadline: '2027-01-01' })).toEqual([{ findingIds: ['a'], edit: { adviceZh: 'was', deadline: null } }]);
  });
});
