/** What of the reader and the targets page is in the address, so that a link shows another reader the same. */
import type { ItemKind, ItemState, Verdict } from '../../delivery/model.ts';
import { ITEM_KINDS, ITEM_STATES, VERDICTS } from '../../delivery/model.ts';

export const TABS = ['items', 'links', 'defects', 'bodies', 'facts'] as const;
export type Tab = (typeof TABS)[number];

export interface ReaderView {
  readonly tab: Tab;
  readonly item: string | undefined;
  readonly clause: string | undefined;
  readonly kind: ItemKind | undefined;
  readonly state: ItemState | undefined;
  /** Items of the chosen clause alone. */
  readonly only: boolean;
}

const oneOf = <Choice extends string>(text: string | null, choices: readonly Choice[]): Choice | undefined => choices.find((choice) => choice === text);
const given = (text: string | null): string | undefined => (text === null || text.trim() === '' ? undefined : text);

export function readReaderView(query: URLSearchParams): ReaderView {
  const clause = given(query.get('clause'));
  return {
    tab: oneOf(query.get('tab'), TABS) ?? 'items', item: given(query.get('item')), clause,
    kind: oneOf(query.get('kind'), ITEM_KINDS), state: oneOf(query.get('state'), ITEM_STATES), only: clause !== undefined && query.get('only') === '1',
  };
}

export interface TargetsView {
  readonly verdict: Verdict | undefined;
  readonly document: string | undefined;
  readonly text: string;
}

export function readTargetsView(query: URLSearchParams): TargetsView {
  return { verdict: oneOf(query.get('verdict'), VERDICTS), document: given(query.get('document')), text: query.get('q') ?? '' };
}

/** A clause of a document, in the reader. */
export function clauseLink(cityId: string, documentId: string, clause: string | null, item?: string): string {
  const query = new URLSearchParams();
  if (clause !== null) query.set('clause', clause);
  if (item !== undefined) query.set('item', item);
  const search = query.toString();
  return `/${cityId}/policies/${encodeURIComponent(documentId)}${search === '' ? '' : `?${search}`}`;
}
