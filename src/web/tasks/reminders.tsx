import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Select, Skeleton, Tag } from 'antd';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import type { reminderListSchema } from '../../delivery/api.ts';
import { lettersOf } from '../../delivery/ledger/by-body.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import type { Resource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { followLink } from '../shell/paper-entries.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { useLetter } from './use-letter.ts';

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

/** What is late, due, unanswered or silent: the latest first, or a letter to each body that leads it. */
export function RemindersDrawer({ cityId, open, version, onOpen, onClose }: RemindersDrawerProps) {
  const { t, f, language } = useSpeech();
  const words = t.tasks;
  const narrow = useNarrow();
  const [within, setWithin] = useState(15);
  const [body, setBody] = useState<string | undefined>(undefined);
  const city = cityPath(cityId);
  const { data, error, reload } = useReminders(open ? city : undefined, within, version);
  const letters = useMemo(() => lettersOf(data?.reminders ?? []), [data]);
  const copyLetter = useLetter(city);
  // a body that has nothing left leaves the choice
  const chosen = letters.some((letter) => letter.body === body) ? body : undefined;
  const shown = data?.reminders.filter(({ lead }) => chosen === undefined || lead.includes(chosen)) ?? [];
  const query = new URLSearchParams({ within: String(within), lang: language, ...(chosen !== undefined && { body: chosen }) }).toString();
  const rows = useArrowFocus({ rows: 'li', items: 'button' });
  return (
    <Drawer open={open} onClose={onClose} placement={narrow ? 'bottom' : 'right'} size={narrow ? '92%' : 560} rootClassName={narrow ? 'sheet-drawer' : ''} title={words.remindTitle} destroyOnHidden>
      <div className="reminders-within">
        <label><span className="quiet">{words.within}</span> <Select size="small" aria-label={words.within} value={within} onChange={setWithin} popupMatchSelectWidth={false} options={WITHIN.map((value) => ({ value, label: words.withinDays(f.integer(value)) }))} /></label>
        {letters.length > 0 && <Select size="small" allowClear showSearch={{ optionFilterProp: 'label' }} className="reminders-body" aria-label={words.remindBody} placeholder={words.remindBody} value={chosen} onChange={setBody} popupMatchSelectWidth={false} options={letters.map((letter) => ({ value: letter.body, label: words.bodyCount(letter.body, f.integer(letter.reminders.length)) }))} />}
      </div>
      {letters.length > 0 && (
        <div className="reminders-letters" role="group" aria-label={words.letters}>
          <Button size="small" icon={<CopyOutlined />} onClick={() => void copyLetter(chosen, within)}>{chosen === undefined ? words.copyLetters(f.integer(letters.length)) : words.copyLetter}</Button>
          <Dropdown trigger={['click']} autoFocus menu={{ onClick: followLink, items: [
            { key: 'txt', label: <a href={`${city}/task-reminders.txt?${query}`} download>{words.lettersText}</a> },
            { key: 'xlsx', label: <a href={`${city}/task-reminders.xlsx?${query}`} download>{words.lettersRows}</a> },
            ...(chosen === undefined ? [] : [{ key: 'ics', label: <a href={`${city}/tasks.ics?${new URLSearchParams({ body: chosen, lang: language }).toString()}`} download={`${chosen}.ics`}>{words.exportCalendar}</a> }]),
          ] }}><Button size="small" icon={<DownloadOutlined />} aria-haspopup="menu">{words.takeLetters}</Button></Dropdown>
        </div>
      )}
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {data === undefined ? error === undefined && <Skeleton active /> : shown.length === 0 ? <p className="quiet">{words.noReminders}</p> : (
        <ul ref={rows} className="reminders">{shown.map((reminder, i) => <ReminderRow key={i} reminder={reminder} onOpen={onOpen} />)}</ul>
      )}
    </Drawer>
  );
}

function ReminderRow({ reminder, onOpen }: { reminder: ReminderList['reminders'][number]; onOpen: (taskId: string) => void }) {
  const { t, f, pick } = useSpeech();
  return (
    <li>
      <button type="button" onClick={() => onOpen(reminder.taskId)}>
        <span className="reminder-head"><Tag color={reminder.days < 0 ? 'error' : reminder.kind === 'silent' ? 'default' : 'warning'}>{t.tasks.reminderKinds[reminder.kind]}</Tag> <strong>{pick(reminder.text)}</strong> <span className="quiet">{f.date(reminder.day)}</span></span>
        <span>{reminder.title}</span>
        <span className="quiet">{reminder.lead.join('、') || t.tasks.nobody}</span>
      </button>
    </li>
  );
}
