import { Button, Drawer, Skeleton } from 'antd';
import type { TaskChangeSets } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { fieldName } from './task-options.ts';
import type { TaskEdits } from './use-task-edits.ts';

interface LedgerChangesProps {
  readonly cityId: string;
  readonly open: boolean;
  readonly version: string;
  readonly edits: TaskEdits;
  readonly onClose: () => void;
}

/** The last acts on the ledger, whoever did them and wherever: each with its way back. */
export function LedgerChanges({ cityId, open, version, edits, onClose }: LedgerChangesProps) {
  const { t, f } = useSpeech();
  const narrow = useNarrow();
  const { data, error, reload } = useResource<TaskChangeSets>(open ? cityPath(cityId, 'task-changes') : undefined, version);
  return (
    <Drawer open={open} onClose={onClose} placement={narrow ? 'bottom' : 'right'} size={narrow ? '92%' : 520} rootClassName={narrow ? 'sheet-drawer' : ''} title={t.tasks.ledgerChanges} destroyOnHidden>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {data === undefined ? error === undefined && <Skeleton active /> : data.changes.length === 0 ? <p className="quiet">{t.tasks.historyNone}</p> : (
        <ol className="finding-history">
          {data.changes.map(({ changeSet, at, who, by, tasks, fields }) => (
            <li key={changeSet}>
              <span className="task-history-head"><span className="quiet">{f.dateTime(at)} · {t.tasks.whoOf(who)} · {t.tasks.by[by]}</span>{by !== 'undo' && <Button type="link" size="small" disabled={edits.busy} onClick={() => void edits.undo(changeSet)}>{t.tasks.undoThis}</Button>}</span>
              <span><strong>{t.tasks.total(f.integer(tasks))}</strong> {fields.map((field) => fieldName(field, t)).join('、')}</span>
            </li>
          ))}
        </ol>
      )}
    </Drawer>
  );
}
