import { Button, Drawer, Skeleton } from 'antd';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { changeListSchema } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import type { Desk } from './use-document.ts';

type ChangeList = z.infer<typeof changeListSchema>;
type Change = ChangeList['changes'][number];

const SHOWN = 4;

interface HistoryDrawerProps {
  readonly cityId: string;
  readonly desk: Desk;
  readonly onClose: () => void;
}

/** What of a stored item or link names it for a reader. */
function nameOf(change: Change, names: ReadonlyMap<string, string>): string {
  for (const side of [change.after, change.before]) {
    if (typeof side !== 'object' || side === null) continue;
    const value = side as { fields?: { title?: string }; target?: string; anchor?: { quote?: string } };
    const name = value.fields?.title ?? (value.target === undefined ? value.anchor?.quote : (names.get(value.target) ?? value.target));
    if (name !== undefined && name !== '') return name;
  }
  return change.subject;
}

/** Who decided what and when; a set of changes goes back as a whole. */
export function HistoryDrawer({ cityId, desk, onClose }: HistoryDrawerProps) {
  const { t, f, pick } = useSpeech();
  const narrow = useNarrow();
  const { data, error, reload } = useResource<ChangeList>(cityPath(cityId, 'policies', desk.document.documentId, 'changes'), desk.turn);
  const sets = useMemo(() => {
    const of = new Map<string, Change[]>();
    for (const change of data?.changes ?? []) of.set(change.changeSet, [...(of.get(change.changeSet) ?? []), change]);
    return [...of];
  }, [data]);
  const names = useMemo(() => new Map(desk.document.links.map(({ target, name }) => [target, pick(name)])), [desk.document.links, pick]);
  // an undo says which set it took back
  const undone = new Set(sets.flatMap(([, [first]]) => (first.action === 'undo' && first.reason !== null ? [first.reason] : [])));
  const actions = t.policy.actions as Readonly<Record<string, string>>;
  return (
    <Drawer open onClose={onClose} title={t.policy.history} placement={narrow ? 'bottom' : 'right'} size={narrow ? '92%' : 480} destroyOnHidden>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {data === undefined && error === undefined && <Skeleton active />}
      {data !== undefined && sets.length === 0 && <p className="quiet">{t.policy.noHistory}</p>}
      <ol className="policy-history">
        {sets.map(([changeSet, changes]) => {
          const [first] = changes;
          return (
            <li key={changeSet}>
              <div className="history-head">
                <span><strong>{t.findings.whoOf(first.who)}</strong> <span className="quiet">{f.dateTime(first.at)}</span></span>
                {first.action !== 'undo' && first.action !== 'task' && !undone.has(changeSet) && <Button size="small" disabled={desk.busy} onClick={() => void desk.undo(changeSet)}>{t.policy.undoSet}</Button>}
              </div>
              <ul className={undone.has(changeSet) ? 'history-undone' : undefined}>
                {changes.slice(0, SHOWN).map((change, i) => <li key={i}><span className="history-action">{actions[change.action] ?? change.action}</span> {nameOf(change, names)}</li>)}
                {changes.length > SHOWN && <li className="quiet">{t.policy.moreChanges(f.integer(changes.length))}</li>}
              </ul>
              {first.action !== 'undo' && first.reason !== null && first.reason !== '' && <p className="quiet">{t.policy.reason}：{first.reason}</p>}
            </li>
          );
        })}
      </ol>
    </Drawer>
  );
}
