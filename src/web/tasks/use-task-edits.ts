import { App } from 'antd';
import { useCallback, useState } from 'react';
import type { TaskEdit, TaskJson } from '../../delivery/api.ts';
import { cityPath, sendJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';

interface Written {
  readonly changeSet: string | null;
  readonly tasks: readonly TaskJson[];
}

/** What is sent to one task: progress, extensions, orders, answers. */
export type TaskAct = 'progress' | 'extensions' | 'orders' | 'answers';

export interface TaskEdits {
  readonly busy: boolean;
  /** Edits all or none; @returns whether it was done */
  edit(taskIds: readonly string[], edit: TaskEdit, reason?: string): Promise<boolean>;
  act(taskId: string, act: TaskAct, body: unknown): Promise<boolean>;
  /** New tasks, of whatever the body names. */
  create(body: unknown): Promise<readonly TaskJson[] | undefined>;
  sync(): Promise<void>;
  /** A workbook was written: it is the last change now. */
  wrote(changeSet: string | null, tasks: number): void;
  /** Takes a change set back, the last of this page where none is named. */
  undo(changeSet?: string): Promise<boolean>;
  /** Tasks that the last change of this page changed; 0 where nothing can be undone. */
  readonly canUndo: number;
}

/** Refusals say what to do: time to read them. */
const READING_S = 8;

export function useTaskEdits(cityId: string, onChanged: () => void): TaskEdits {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const [past, setPast] = useState<readonly { readonly changeSet: string; readonly tasks: number }[]>([]);
  const [busy, setBusy] = useState(false);

  const keep = useCallback(({ changeSet, tasks }: { changeSet: string | null; tasks: number }) => {
    if (changeSet !== null) setPast((list) => [...list, { changeSet, tasks }]);
  }, []);

  const attempt = useCallback(
    async (work: () => Promise<Written>, tell: (n: string) => string): Promise<Written | undefined> => {
      setBusy(true);
      try {
        const written = await work();
        keep({ changeSet: written.changeSet, tasks: written.tasks.length });
        void message.success(written.changeSet === null ? t.tasks.unchangedTold : tell(f.integer(written.tasks.length)));
        return written;
      } catch (error) {
        void message.error({ content: pick(asRequestError(error).text), duration: READING_S });
        return undefined;
      } finally {
        setBusy(false);
        onChanged();
      }
    },
    [keep, message, onChanged, pick, t, f],
  );

  const edit = useCallback(
    async (taskIds: readonly string[], change: TaskEdit, reason = '') => (await attempt(() => sendJson('PATCH', cityPath(cityId, 'tasks'), { taskIds, edit: change, ...(reason.trim() !== '' && { reason: reason.trim() }) }), t.tasks.changed)) !== undefined,
    [attempt, cityId, t],
  );
  const act = useCallback(async (taskId: string, name: TaskAct, body: unknown) => (await attempt(() => sendJson('POST', cityPath(cityId, 'tasks', taskId, name), body), t.tasks.changed)) !== undefined, [attempt, cityId, t]);
  const create = useCallback(async (body: unknown) => (await attempt(() => sendJson('POST', cityPath(cityId, 'tasks'), body), t.tasks.created))?.tasks, [attempt, cityId, t]);
  const sync = useCallback(async () => {
    const written = await attempt(() => sendJson('POST', cityPath(cityId, 'tasks', 'sync')), t.tasks.synced);
    if (written?.changeSet === null) void message.info(t.tasks.nothingToSync);
  }, [attempt, cityId, message, t]);
  const wrote = useCallback((changeSet: string | null, tasks: number) => {
    keep({ changeSet, tasks });
    void message.success(t.tasks.changed(f.integer(tasks)));
    onChanged();
  }, [keep, message, onChanged, t, f]);

  const undo = useCallback(
    async (named?: string) => {
      const changeSet = named ?? past.at(-1)?.changeSet;
      if (changeSet === undefined) return false;
      setBusy(true);
      try {
        await sendJson('POST', cityPath(cityId, 'tasks', 'undo'), { changeSet });
        void message.success(t.tasks.undone);
        return true;
      } catch (error) {
        void message.error({ content: pick(asRequestError(error).text), duration: READING_S });
        return false;
      } finally {
        // what cannot be undone now cannot be undone later either
        setPast((list) => list.filter((one) => one.changeSet !== changeSet));
        setBusy(false);
        onChanged();
      }
    },
    [past, cityId, message, onChanged, pick, t],
  );

  return { busy, edit, act, create, sync, wrote, undo, canUndo: past.at(-1)?.tasks ?? 0 };
}
