import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import type { TaskJson } from '../../delivery/api.ts';
import { isWorkingDay } from '../../delivery/ledger/working-days.ts';
import type { Light } from '../../delivery/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { useNarrow } from '../shell/use-narrow.ts';
import { LightIcon } from './task-marks.tsx';
import { addMonths, weeksOf } from './month-days.ts';

const MOST_IN_CELL = 3;
/** The year stands in dates of a page that names no other; noon so that no zone moves the day. */
const dateOf = (day: string): Date => new Date(`${day}T12:00:00`);

interface Entry {
  readonly taskId: string;
  readonly kind: 'deadline' | 'milestone' | 'order';
  readonly title: string;
  readonly light: Light;
}

function entriesByDay(tasks: readonly TaskJson[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  const add = (day: string, entry: Entry): void => void (days.get(day)?.push(entry) ?? days.set(day, [entry]));
  for (const { taskId, title, light, deadline, milestones, orders } of tasks) {
    if (deadline !== null) add(deadline, { taskId, kind: 'deadline', title, light });
    for (const milestone of milestones) if (milestone.doneAt === null) add(milestone.due, { taskId, kind: 'milestone', title: `${milestone.title} · ${title}`, light });
    for (const { number, answerBy, answeredAt } of orders) if (answerBy !== null && answeredAt === null) add(answerBy, { taskId, kind: 'order', title: `${number} · ${title}`, light });
  }
  return days;
}

interface TaskCalendarProps {
  readonly tasks: readonly TaskJson[];
  readonly today: string;
  /** `2026-06` */
  readonly month: string;
  readonly onMonth: (month: string) => void;
  readonly onOpen: (taskId: string) => void;
}

/** A month of deadlines, open milestones and answers that are waited for; a table, so that it reads and prints as one. On narrow screens a list of its days. */
export function TaskCalendar({ tasks, today, month, onMonth, onOpen }: TaskCalendarProps) {
  const { t, f, language } = useSpeech();
  const narrow = useNarrow();
  const days = useMemo(() => entriesByDay(tasks), [tasks]);
  const weeks = useMemo(() => weeksOf(month), [month]);
  const [open, setOpen] = useState<string | undefined>(undefined);
  const grid = useArrowFocus({ rows: 'tr, .calendar-day', items: 'button' });
  const formats = useMemo(() => {
    const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
    return { month: new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long' }), weekday: new Intl.DateTimeFormat(locale, { weekday: 'short' }), day: new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', weekday: 'short' }) };
  }, [language]);
  const inMonth = [...days].filter(([day]) => day.startsWith(month)).sort(([a], [b]) => a.localeCompare(b));
  const count = inMonth.reduce((sum, [, entries]) => sum + entries.length, 0);
  const list = (entries: readonly Entry[]) => entries.map((entry, i) => <li key={i}><EntryButton entry={entry} onOpen={onOpen} /></li>);
  return (
    <div className="calendar">
      <header className="calendar-head">
        <Button icon={<LeftOutlined />} aria-label={t.tasks.previousMonth} onClick={() => onMonth(addMonths(month, -1))} />
        <h2 aria-live="polite">{formats.month.format(dateOf(`${month}-01`))}</h2>
        <Button icon={<RightOutlined />} aria-label={t.tasks.nextMonth} onClick={() => onMonth(addMonths(month, 1))} />
        {month !== today.slice(0, 7) && <Button onClick={() => onMonth(today.slice(0, 7))}>{t.tasks.toToday}</Button>}
        <Input type="month" className="calendar-choose" aria-label={t.tasks.chooseMonth} value={month} onChange={({ target }) => /^(19|20|21)\d\d-\d\d$/.test(target.value) && onMonth(target.value)} />
        <span className="quiet">{t.tasks.inMonth(f.integer(count))}</span>
      </header>
      {narrow ? (
        <div ref={grid}>
          {inMonth.map(([day, entries]) => <section key={day} className="calendar-list"><h3 className={day === today ? 'calendar-today' : ''}>{formats.day.format(dateOf(day))}</h3><ul>{entries.map((entry, i) => <li key={i} className="calendar-day"><EntryButton entry={entry} onOpen={onOpen} /></li>)}</ul></section>)}
        </div>
      ) : (
        <table ref={grid} className="calendar-grid">
          <thead><tr>{weeks[0].map((day) => <th key={day} scope="col">{formats.weekday.format(dateOf(day))}</th>)}</tr></thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day, i) => {
                  const entries = days.get(day) ?? [];
                  return (
                    <td key={day} className={`${day.startsWith(month) ? '' : 'calendar-other'} ${day === today ? 'calendar-now' : ''}`} aria-current={day === today ? 'date' : undefined}>
                      <span className="calendar-number"><span className="visually-hidden">{formats.day.format(dateOf(day))}</span><span aria-hidden="true">{Number(day.slice(8))}</span></span>
                      <DayOff day={day} weekend={i > 4} />
                      <ul>{list(entries.slice(0, entries.length > MOST_IN_CELL + 1 ? MOST_IN_CELL : entries.length))}</ul>
                      {entries.length > MOST_IN_CELL + 1 && <button type="button" className="link-button calendar-more" onClick={() => setOpen(day)}>{t.tasks.moreItems(f.integer(entries.length - MOST_IN_CELL))}</button>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open !== undefined && <Modal open title={t.tasks.dayTitle(formats.day.format(dateOf(open)))} footer={null} onCancel={() => setOpen(undefined)}><ul className="calendar-list">{list(days.get(open) ?? [])}</ul></Modal>}
    </div>
  );
}

/** 休 on a weekday, 班 on a weekend: where the calendar of holidays says otherwise than the week. */
function DayOff({ day, weekend }: { day: string; weekend: boolean }) {
  const { t } = useSpeech();
  const works = isWorkingDay(day);
  if (works !== weekend) return null;
  return <small className={works ? 'calendar-works' : 'calendar-off'}>{works ? t.tasks.workDay : t.tasks.restDay}</small>;
}

function EntryButton({ entry: { taskId, kind, title, light }, onOpen }: { entry: Entry; onOpen: (taskId: string) => void }) {
  const { t } = useSpeech();
  return (
    <button type="button" className={`calendar-entry light-edge-${light}`} title={title} onClick={() => onOpen(taskId)}>
      <LightIcon light={light} /> {kind !== 'deadline' && <small className="quiet">{t.tasks.kindsOfDay[kind]}</small>} <span>{title}</span>
    </button>
  );
}
