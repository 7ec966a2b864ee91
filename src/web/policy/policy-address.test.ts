import { describe, expect, it } from 'vitest';
import { clauseLink, readReaderView, readTargetsView } from './policy-address.ts';
import { listGaps } from './split-gaps.ts';

const reader = (search: string) => readReaderView(new URLSearchParams(search));

describe('what the address says of a document', () => {
  it('is read back from a link to a clause and an item', () => {
    const [, search] = clauseLink('shifan', 'p-1', '2.1', 'task-x').split('?');
    expect(reader(search)).toMatchObject({ clause: '2.1', item: 'task-x', tab: 'items', only: false });
  });

  it('leaves out what is no choice, and a clause’s filter without a clause', () => {
    expect(reader('tab=x&kind=y&state=z&only=1&item=%20')).toEqual({ tab: 'items', item: undefined, clause: undefined, kind: undefined, state: undefined, only: false });
    expect(reader('clause=1&only=1&kind=target&state=rejected&tab=links')).toEqual({ tab: 'links', item: undefined, clause: '1', kind: 'target', state: 'rejected', only: true });
    expect(readTargetsView(new URLSearchParams('verdict=maybe&q=水'))).toEqual({ verdict: undefined, document: undefined, text: '水' });
  });

  it('escapes what a document is called', () => {
    expect(clauseLink('shifan', 'a/b', null)).toBe('/shifan/policies/a%2Fb');
  });
});

describe('places where an item may be cut', () => {
  it('are behind stops, neither at its ends, and where a cut was made', () => {
    expect(listGaps('建立台账，压实责任；加强考核。')).toEqual([5, 10]);
    expect(listGaps('建立台账', [2])).toEqual([2]);
    expect(listGaps('，。', [0, 2])).toEqual([]);
  });
});
