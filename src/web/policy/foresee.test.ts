import { describe, expect, it } from 'vitest';
import type { DocumentJson } from '../../delivery/api.ts';
import { foresee } from './foresee.ts';

const items = [{ itemId: 'a', state: 'proposed' }, { itemId: 'b', state: 'corrected' }, { itemId: 'c', state: 'rejected' }];
const document = { items } as unknown as DocumentJson;
const states = (of: DocumentJson): string[] => of.items.map(({ state }) => state);

describe('what is shown before the server has answered', () => {
  it('is what it will say: a corrected item that is accepted stays corrected', () => {
    expect(states(foresee(document, [{ act: 'accept', items: ['a', 'b'] }, { act: 'reopen', items: ['c'] }]))).toEqual(['accepted', 'corrected', 'proposed']);
    expect(states(foresee(document, [{ act: 'reject', items: ['b'] }]))).toEqual(['proposed', 'rejected', 'rejected']);
  });

  it('is the same document where nothing can be foreseen', () => {
    expect(foresee(document, [{ act: 'split', item: 'a', at: [3] }])).toBe(document);
  });
});
