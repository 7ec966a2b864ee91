import { Button } from 'antd';
import { isSameJson } from '../../core/same-json.ts';
import type { TaskHistory, TaskJson } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { fieldName, fieldText } from './task-options.ts';
import type { TaskEdits } from './use-task-edits.ts';

type Change = TaskHistory['history'][number];

/** Changes that were made together, the newest first. */
function bySet(history: readonly Change[]): { readonly changeSet: string; readonly changes: readonly Change[] }[] {
  const sets = new Map<string, Change[]>();
  for (const change of history) {
    const own = sets.get(change.changeSet);
    if (own === undefined) sets.set(change.changeSet, [change]);
    else own.push(change);
  }
  return [...sets].map(([changeSet, changes]) => ({ changeSet, changes }));
}

/** The change that a task's history begins with. */
const isMade = ({ field, before }: Change): boolean => field === 'state' && before === null;

/** Whether an act can be taken back, as far as this task tells: every field still stands as it left it, and nothing was done since in a task that it made. */
function isLast(task: TaskJson, history: readonly Change[], changes: readonly Change[]): boolean {
  const made = changes.some(isMade);
  return changes.every(({ field, after }) => isSameJson(task[field as keyof TaskJson], after)) && (!made || history.length === changes.length);
}

/** Who changed what and when; each act can be taken back as a whole while nothing has changed since. */
export function TaskHistoryList({ task, history, edits }: { task: TaskJson; history: TaskHistory['history']; edits: TaskEdits }) {
  const { t, f, pick } = useSpeech();
  return (
    <section className="task-section" aria-label={t.tasks.history}>
      <header><h3>{t.tasks.history}</h3></header>
      {history.length === 0 ? <p className="quiet">{t.tasks.historyNone}</p> : (
        <ol className="finding-history">
          {bySet(history).map(({ changeSet, changes }) => {
            const [{ at, who, by, reason }] = changes;
            return (
              <li key={changeSet}>
                <span className="task-history-head"><span className="quiet">{f.dateTime(at)} · {t.tasks.whoOf(who)} · {t.tasks.by[by]}</span>{by !== 'undo' && isLast(task, history, changes) && <Button type="link" size="small" disabled={edits.busy} onClick={() => void edits.undo(changeSet)}>{t.tasks.undoThis}</Button>}</span>
                {changes.map((change, i) => (isMade(change) ? <span key={i}><strong>{t.tasks.madeTask}</strong> {fieldText(change.field, change.after, pick)}</span> : <span key={i}><strong>{fieldName(change.field, t)}</strong> {fieldText(change.field, change.before, pick)} → {fieldText(change.field, change.after, pick)}</span>))}
                {reason !== null && reason !== '' && <span className="quiet">{t.tasks.reason}：{reason}</span>}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
