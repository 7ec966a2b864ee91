import { Drawer, Select, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { reminderListSchema } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { Resource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { useNarrow } from '../shell/use-narrow.ts';

type ReminderList = z.infer<typeof reminderListSchema>;
const WITHIN = [7, 15, 30, 90, 365];

/** @param cityBase `/api/cities/<city>`; undefined asks for nothing */
export function useReminders(cityBase: string | undefined, within: number, version: string): Resource<ReminderList> {
  return useResource<ReminderList>(cityBase === undefined ? undefined : `${cityBase}/task-reminders?within=${within}`, version);
}

interface RemindersDrawerProps {
  readonly cityId: string;
  readonly open: boolean;
  readonly version: string;
  readonly onOpen: (taskId: string) => void;
  readonly onClose: () => void;
}

/** What is late, due, unanswered or silent, the latest first. */
export function RemindersDrawer({ cityId, open, version, onOpen, onClose }: RemindersDrawerProps) {
  const { t, f, pick } = useSpeech();
  const narrow = useNarrow();
  const [within, setWithin] = useState(15);
  const { data, error, reload } = useReminders(open ? cityPath(cityId) : undefined, within, version);
  const rows = useArrowFocus({ rows: 'li', items: 'button' });
  return (
    <Drawer open={open} onClose={onClose} placement={narrow ? 'bottom' : 'right'} size={narrow ? '92%' : 520} rootClassName={narrow ? 'sheet-drawer' : ''} title={t.tasks.remindTitle} destroyOnHidden>
      <div className="reminders-within"><span className="quiet">{t.tasks.within}</span> <Select size="small" aria-label={t.tasks.within} value={within} onChange={setWithin} popupMatchSelectWidth={false} options={WITHIN.map((value) => ({ value, label: t.tasks.withinDays(f.integer(value)) }))} /></div>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {data === undefined ? error === undefined && <Skeleton active /> : data.reminders.length === 0 ? <p className="quiet">{t.tasks.noReminders}</p> : (
        <ul ref={rows} className="reminders">
          {data.reminders.map((reminder, i) => (
            <li key={i}>
              <button type="button" onClick={() => onOpen(reminder.taskId)}>
                <span className="reminder-head"><Tag color={reminder.days < 0 ? 'error' : reminder.kind === 'silent' ? 'default' : 'warning'}>{t.tasks.reminderKinds[reminder.kind]}</Tag> <strong>{pick(reminder.text)}</strong> <span className="quiet">{f.date(reminder.day)}</span></span>
                <span>{reminder.title}</span>
                <span className="quiet">{reminder.lead.join('、') || t.tasks.nobody}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Drawer>
  );
}
