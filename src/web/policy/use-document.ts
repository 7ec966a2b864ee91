import { App } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { DocumentJson, linkEditSchema, ReviewAct } from '../../delivery/api.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError, useResource } from '../api/use-resource.ts';
import type { Resource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { foresee } from './foresee.ts';

export type LinkEdits = z.infer<typeof linkEditSchema>['links'];

export interface Desk {
  readonly document: DocumentJson;
  /** Requests under way. */
  readonly busy: boolean;
  /** Grows with every change that the server has taken: what is asked for beside the document is asked again. */
  readonly turn: number;
  /** Decides; simple decisions show at once. @returns whether it was done */
  act(acts: readonly ReviewAct[], reason?: string): Promise<boolean>;
  link(links: LinkEdits): Promise<boolean>;
  /** The last change set, or a named one. */
  undo(changeSet?: string): Promise<boolean>;
  /** Another request that changes the document. */
  also(work: () => Promise<void>): Promise<boolean>;
}

/** Refusals say what to do: time to read them. */
const READING_S = 8;

/** A document and the way to decide about it. Decisions go one after another, in the order they were made. */
export function useDesk(cityId: string, documentId: string): { readonly resource: Resource<DocumentJson>; readonly desk: Desk | undefined } {
  const { t, pick } = useSpeech();
  const { message } = App.useApp();
  const base = cityPath(cityId, 'policies', documentId);
  const resource = useResource<DocumentJson>(base);
  const [document, setDocument] = useState<DocumentJson | undefined>(undefined);
  const [given, setGiven] = useState<DocumentJson | undefined>(undefined);
  const [waiting, setWaiting] = useState(0);
  const [turn, setTurn] = useState(0);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const pending = useRef(0);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => { mounted.current = false; };
  }, []);
  if (resource.data !== given) {
    setGiven(resource.data);
    setDocument(resource.data);
  }
  const { reload } = resource;

  const run = useCallback(
    (send: () => Promise<DocumentJson | undefined>): Promise<boolean> => {
      pending.current++;
      setWaiting(pending.current);
      const done = queue.current.then(async () => {
        try {
          const answer = await send();
          if (!mounted.current) return true;
          // an answer that later decisions are still on their way behind would take them back on the screen
          if (answer === undefined) reload();
          else if (pending.current === 1) setDocument(answer);
          setTurn((n) => n + 1);
          return true;
        } catch (error) {
          if (!mounted.current) return false;
          void message.error({ content: pick(asRequestError(error).text), duration: READING_S });
          reload();
          return false;
        } finally {
          pending.current--;
          if (mounted.current) setWaiting(pending.current);
        }
      });
      queue.current = done;
      return done;
    },
    [message, pick, reload],
  );

  const act = useCallback(
    (acts: readonly ReviewAct[], reason?: string) => {
      setDocument((before) => (before === undefined ? before : foresee(before, acts)));
      return run(() => sendJson<DocumentJson>('POST', `${base}/review`, { acts, ...(reason !== undefined && reason !== '' && { reason }) }));
    },
    [base, run],
  );
  const link = useCallback((links: LinkEdits) => run(() => sendJson<DocumentJson>('PUT', `${base}/links`, { links })), [base, run]);
  const undo = useCallback(
    async (changeSet?: string) => {
      const done = await run(() => sendJson<DocumentJson>('POST', `${base}/undo`, changeSet === undefined ? {} : { changeSet }));
      if (done) void message.success(t.policy.undone);
      return done;
    },
    [base, run, message, t],
  );
  const also = useCallback((work: () => Promise<void>) => run(async () => { await work(); return undefined; }), [run]);

  return { resource, desk: document === undefined || document.documentId !== documentId ? undefined : { document, busy: waiting > 0, turn, act, link, undo, also } };
}
