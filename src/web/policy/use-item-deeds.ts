import { useMemo } from 'react';
import type { ItemFields } from '../../delivery/model.ts';
import type { ReviewItemJson } from '../../delivery/api.ts';
import type { Span } from '../../policy/model.ts';
import type { Desk } from './use-document.ts';

/** What can be done with items; the same object as long as the document is the same, so that rows are not drawn again. */
export interface ItemDeeds {
  accept(items: readonly string[]): void;
  reject(items: readonly string[]): void;
  reopen(items: readonly string[]): void;
  merge(items: readonly string[]): void;
  correct(item: string, fields: Partial<ItemFields>, reason: string): Promise<boolean>;
  split(item: string, at: readonly number[]): Promise<boolean>;
  add(kind: 'task' | 'target', span: Span): Promise<boolean>;
  openForm(item: ReviewItemJson): void;
  openSplit(item: ReviewItemJson): void;
}

export function useItemDeeds(act: Desk['act'], openForm: (item: ReviewItemJson) => void, openSplit: (item: ReviewItemJson) => void): ItemDeeds {
  return useMemo(() => {
    const all = (name: 'accept' | 'reject' | 'reopen') => (items: readonly string[]): void => void (items.length > 0 && act([{ act: name, items: [...items] }]));
    return {
      accept: all('accept'), reject: all('reject'), reopen: all('reopen'),
      merge: (items) => void act([{ act: 'merge', items: [...items] }]),
      correct: (item, fields, reason) => act([{ act: 'correct', item, fields }], reason),
      split: (item, at) => act([{ act: 'split', item, at: [...at] }]),
      add: (kind, span) => act([{ act: 'add', kind, span }]),
      openForm, openSplit,
    };
  }, [act, openForm, openSplit]);
}
