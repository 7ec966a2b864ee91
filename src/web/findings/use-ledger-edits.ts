import { App } from 'antd';
import { useCallback, useState } from 'react';
import type { FindingEdit, FindingJson, FindingList, LedgerImport, LedgerUndone } from '../../checkup/api.ts';
import type { RequestError } from '../api/client.ts';
import { sendJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { checkupPath } from '../checkup/checkup-data.ts';
import { useSpeech } from '../i18n/language.tsx';
import { editsBack } from './undo-edits.ts';
import type { EditOfMany } from './undo-edits.ts';

export interface LedgerEdits {
  /** Edits, or says why not; @returns whether it was done */
  edit(before: readonly FindingJson[], change: FindingEdit, reason?: string): Promise<boolean>;
  /** A workbook has been taken over: it is the last edit now. */
  imported(done: LedgerImport): void;
  /** Takes a workbook back; @returns why not */
  undoImport(importId: number): Promise<RequestError | undefined>;
  /** How many findings the last edit changed, while it can be taken back. */
  readonly canUndo: number;
  undo(): Promise<void>;
  readonly busy: boolean;
}

type Past = { readonly kind: 'edits'; readonly back: readonly EditOfMany[] } | { readonly kind: 'import'; readonly importId: number; readonly findings: number };

/** Refusals say what to do: time to read them. */
const READING_S = 8;

function findingsOf(past: Past | undefined): number {
  if (past === undefined) return 0;
  return past.kind === 'import' ? past.findings : past.back.reduce((sum, { findingIds }) => sum + findingIds.length, 0);
}

export function useLedgerEdits(cityId: string, period: number, onChanged: () => void): LedgerEdits {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const [past, setPast] = useState<readonly Past[]>([]);
  const [busy, setBusy] = useState(false);
  const send = useCallback(({ findingIds, edit }: EditOfMany, reason?: string) => sendJson<FindingList>('PATCH', checkupPath(cityId, period, 'findings'), { findingIds, edit, ...(reason !== undefined && reason !== '' && { reason }) }), [cityId, period]);

  const attempt = useCallback(
    async (work: () => Promise<void>): Promise<RequestError | undefined> => {
      setBusy(true);
      try {
        await work();
        return undefined;
      } catch (error) {
        return asRequestError(error);
      } finally {
        setBusy(false);
        onChanged();
      }
    },
    [onChanged],
  );
  const tell = useCallback((error: RequestError | undefined) => void (error !== undefined && message.error({ content: pick(error.text), duration: READING_S })), [message, pick]);

  const edit = useCallback(
    async (before: readonly FindingJson[], change: FindingEdit, reason?: string) => {
      const error = await attempt(async () => {
        await send({ findingIds: before.map(({ findingId }) => findingId), edit: change }, reason);
        setPast((list) => [...list, { kind: 'edits', back: editsBack(before, change) }]);
        void message.success(t.findings.changed(f.integer(before.length)));
      });
      tell(error);
      return error === undefined;
    },
    [attempt, send, message, tell, t, f],
  );

  const imported = useCallback(
    ({ importId, changed }: LedgerImport) => {
      if (importId !== null) setPast((list) => [...list, { kind: 'import', importId, findings: changed }]);
      void message.success(t.findings.changed(f.integer(changed)));
      onChanged();
    },
    [message, onChanged, t, f],
  );

  const undoImport = useCallback(
    (importId: number) =>
      attempt(async () => {
        const { findings } = await sendJson<LedgerUndone>('POST', `${checkupPath(cityId, period, 'findings')}/imports/${importId}/undo`);
        setPast((list) => list.filter((one) => one.kind !== 'import' || one.importId !== importId));
        void message.success(t.findings.importUndone(f.integer(findings)));
      }),
    [attempt, cityId, period, message, t, f],
  );

  const undo = useCallback(async () => {
    const last = past.at(-1);
    if (last === undefined) return;
    if (last.kind === 'import') return tell(await undoImport(last.importId));
    tell(await attempt(async () => {
      for (const one of last.back) await send(one, t.findings.undoReason);
      setPast((list) => list.slice(0, -1));
      void message.success(t.findings.undone);
    }));
  }, [past, attempt, send, undoImport, message, tell, t]);

  return { edit, imported, undoImport, undo, busy, canUndo: findingsOf(past.at(-1)) };
}
