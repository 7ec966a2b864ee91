import { App } from 'antd';
import { useCallback, useState } from 'react';
import type { FindingEdit, FindingJson, FindingList } from '../../checkup/api.ts';
import { sendJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { checkupPath } from '../checkup/checkup-data.ts';
import { useSpeech } from '../i18n/language.tsx';
import { editsBack } from './undo-edits.ts';
import type { EditOfMany } from './undo-edits.ts';

export interface LedgerEdits {
  /** Edits, or says why not; @returns whether it was done */
  edit(before: readonly FindingJson[], change: FindingEdit, reason?: string): Promise<boolean>;
  /** How many findings the last edit changed, while it can be taken back. */
  readonly canUndo: number;
  undo(): Promise<void>;
  readonly busy: boolean;
}

export function useLedgerEdits(cityId: string, period: number, onChanged: () => void): LedgerEdits {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const [past, setPast] = useState<readonly (readonly EditOfMany[])[]>([]);
  const [busy, setBusy] = useState(false);
  const send = useCallback(({ findingIds, edit }: EditOfMany, reason?: string) => sendJson<FindingList>('PATCH', checkupPath(cityId, period, 'findings'), { findingIds, edit, ...(reason !== undefined && reason !== '' && { reason }) }), [cityId, period]);

  const attempt = useCallback(
    async (work: () => Promise<void>): Promise<boolean> => {
      setBusy(true);
      try {
        await work();
        return true;
      } catch (error) {
        void message.error(pick(asRequestError(error).text));
        return false;
      } finally {
        setBusy(false);
        onChanged();
      }
    },
    [message, pick, onChanged],
  );

  const edit = useCallback(
    (before: readonly FindingJson[], change: FindingEdit, reason?: string) =>
      attempt(async () => {
        await send({ findingIds: before.map(({ findingId }) => findingId), edit: change }, reason);
        setPast((list) => [...list, editsBack(before, change)]);
        void message.success(t.findings.changed(f.integer(before.length)));
      }),
    [attempt, send, message, t, f],
  );

  const undo = useCallback(async () => {
    const last = past.at(-1);
    if (last === undefined) return;
    await attempt(async () => {
      for (const one of last) await send(one, t.findings.undoReason);
      setPast((list) => list.slice(0, -1));
      void message.success(t.findings.undone);
    });
  }, [past, attempt, send, message, t]);

  return { edit, undo, busy, canUndo: past.at(-1)?.reduce((sum, { findingIds }) => sum + findingIds.length, 0) ?? 0 };
}
