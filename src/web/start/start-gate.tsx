import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Health } from '../../base/api.ts';
import { getJson, isAbort, RequestError, unreachable } from '../api/client.ts';
import { StartPage } from './start-page.tsx';

const ASK_EVERY_MS = 600;

/** Shows the pages once the base is ready, and until then how far its start has come. */
export function StartGate({ children }: { children: ReactNode }) {
  const [health, setHealth] = useState<Health | RequestError | undefined>(undefined);
  const ready = health !== undefined && !(health instanceof RequestError) && health.status === 'ready';

  useEffect(() => {
    if (ready) return undefined;
    const controller = new AbortController();
    let timer = 0;
    const ask = (): void => {
      getJson<Health>('/api/health', controller.signal)
        .then(setHealth, (error: unknown) => {
          if (!isAbort(error)) setHealth(error instanceof RequestError ? error : unreachable());
        })
        .finally(() => {
          if (!controller.signal.aborted) timer = window.setTimeout(ask, ASK_EVERY_MS);
        });
    };
    ask();
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [ready]);

  if (ready) return children;
  // the first answer comes within milliseconds; an empty page until then does not flicker
  if (health === undefined) return null;
  return <StartPage health={health} />;
}
