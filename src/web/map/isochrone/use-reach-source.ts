import { useCallback, useEffect, useState } from 'react';
import { MOST_BYTES, ReachSource } from './reach-source.ts';
import type { ReachState } from './reach-source.ts';

interface Reach {
  readonly source: ReachSource | undefined;
  readonly state: ReachState | undefined;
  /** Begins again after a failure. */
  retry(): void;
}

/** The one source of isochrones of a city: opened when first wanted, kept while the page is there, opened anew when the city changes. */
export function useReachSource(cityId: string, version: number, wanted: boolean): Reach {
  const [reach, setReach] = useState<Pick<Reach, 'source' | 'state'>>({ source: undefined, state: undefined });
  const [turn, setTurn] = useState(0);
  const [open, setOpen] = useState(wanted);
  if (wanted && !open) setOpen(true);

  useEffect(() => {
    if (!open) return undefined;
    const narrow = window.matchMedia('(max-width: 767px)').matches;
    const source = new ReachSource(cityId, MOST_BYTES[narrow ? 'narrow' : 'wide'], () => setReach({ source, state: source.state }));
    return () => source.close();
  }, [cityId, version, open, turn]);

  const retry = useCallback(() => setTurn((n) => n + 1), []);
  return { ...reach, retry };
}
