import { useCallback, useEffect, useState } from 'react';
import { getJson, isAbort, RequestError, unreachable } from './client.ts';

export interface Resource<Answer> {
  readonly data: Answer | undefined;
  readonly error: RequestError | undefined;
  readonly loading: boolean;
  reload(): void;
}

interface State<Answer> {
  readonly path: string | undefined;
  readonly data: Answer | undefined;
  readonly error: RequestError | undefined;
  readonly loading: boolean;
}

export function asRequestError(error: unknown): RequestError {
  return error instanceof RequestError ? error : unreachable();
}

/**
 * The answer to GET `path`, again whenever `path` or `version` changes; undefined asks for nothing. While a reload of
 * the same path runs the old answer stays, so that pages do not flicker.
 */
export function useResource<Answer>(path: string | undefined, version: string | number = 0): Resource<Answer> {
  const [state, setState] = useState<State<Answer>>({ path, data: undefined, error: undefined, loading: path !== undefined });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    if (path === undefined) {
      setState({ path, data: undefined, error: undefined, loading: false });
      return undefined;
    }
    const controller = new AbortController();
    setState((before) => ({ path, data: before.path === path ? before.data : undefined, error: undefined, loading: true }));
    getJson<Answer>(path, controller.signal).then(
      (data) => setState({ path, data, error: undefined, loading: false }),
      (error: unknown) => {
        if (isAbort(error)) return;
        setState((before) => ({ path, data: before.data, error: asRequestError(error), loading: false }));
      },
    );
    return () => controller.abort();
  }, [path, version, turn]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  // between a change of path and its effect the old answer must not be shown as the new one's
  const fresh = state.path === path;
  return { data: fresh ? state.data : undefined, error: fresh ? state.error : undefined, loading: fresh ? state.loading : true, reload };
}
