import type { DocumentJson, ReviewAct } from '../../delivery/api.ts';

const STATE_AFTER = { accept: 'accepted', reject: 'rejected', reopen: 'proposed' } as const;

/** What the server will say of plain decisions, shown before it has said it. */
export function foresee(document: DocumentJson, acts: readonly ReviewAct[]): DocumentJson {
  const states = new Map<string, 'accepted' | 'rejected' | 'proposed'>();
  for (const act of acts) if (act.act === 'accept' || act.act === 'reject' || act.act === 'reopen') for (const id of act.items) states.set(id, STATE_AFTER[act.act]);
  if (states.size === 0) return document;
  return {
    ...document,
    items: document.items.map((item) => {
      const state = states.get(item.itemId);
      return state === undefined || (state === 'accepted' && item.state === 'corrected') ? item : { ...item, state };
    }),
  };
}
