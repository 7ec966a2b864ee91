import { useCallback, useEffect, useState } from 'react';
import { getJson, isAbort, RequestError, unreachable } from './client.ts';

export interface Resource<Answer> {
  readonly data: Answer | undefined;
  readonly error: RequestError | undefined;
  readonly loading: boolean;
  reload(): void;
}

interface Settled<Answer> {
  readonly path: string;
  /** Which asking this answers: path, version and turn. */
  readonly asked: string;
  readonly data: Answer | undefined;
  readonly error: RequestError | undefined;
}

export function asRequestError(error: unknown): RequestError {
  return error instanceof RequestError ? error : unreachable();
}

/**
 * The answer to GET `path`, again whenever `path` or `version` changes; undefined asks for nothing. While a reload of
 * the same path runs the old answer stays, so that pages do not flicker.
 */
export function useResource<Answer>(path: string | undefined, version: string | number = 0): Resource<Answer> {
  const [settled, setSettled] = useState<Settled<Answer> | undefined>(undefined);
  const [turn, setTurn] = useState(0);
  const asked = `${path} ${version} ${turn}`;

  useEffect(() => {
    if (path === undefined) return undefined;
    const controller = new AbortController();
    getJson<Answer>(path, controller.signal).then(
      (data) => setSettled({ path, asked, data, error: undefined }),
      (error: unknown) => {
        if (isAbort(error)) return;
        setSettled((before) => ({ path, asked, data: before?.path === path ? before.data : undefined, error: asRequestError(error) }));
      },
    );
    return () => controller.abort();
  }, [path, asked]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  return {
    data: settled?.path === path ? settled?.data : undefined,
    error: settled?.asked === asked ? settled.error : undefined,
    loading: path !== undefined && settled?.asked !== asked,
    reload,
  };
}
