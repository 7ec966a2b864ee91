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
