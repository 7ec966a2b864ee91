import { useSyncExternalStore } from 'react';

/** Below this the panels become sheets and the rail a drawer; the same number stands in styles.css. */
const query = window.matchMedia('(max-width: 767px)');

function subscribe(notify: () => void): () => void {
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

/** Below this a list and a card leave no map between them. */
const crampedQuery = window.matchMedia('(max-width: 1079px)');

function subscribeCramped(notify: () => void): () => void {
  crampedQuery.addEventListener('change', notify);
  return () => crampedQuery.removeEventListener('change', notify);
}

export function useCramped(): boolean {
  return useSyncExternalStore(subscribeCramped, () => crampedQuery.matches);
}
