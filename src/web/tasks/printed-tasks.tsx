import { App } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { CityJson } from '../../base/api.ts';
import type { Bilingual } from '../../core/bilingual.ts';
import type { TaskList } from '../../delivery/api.ts';
import { LIGHT_WORDS, TASK_SOURCE_WORDS, TASK_STATE_WORDS } from '../../delivery/ledger/task-words.ts';
import type { TaskSource, TaskState } from '../../delivery/model.ts';
import { LIGHTS } from '../../delivery/model.ts';
import { getJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import type { Dictionary } from '../i18n/zh.ts';
import { useSpeech } from '../i18n/language.tsx';
import { LightIcon } from './task-marks.tsx';
import { FILTER_KEYS, tasksQuery } from './tasks-address.ts';
import type { FilterKey, Order, TaskFilter } from './tasks-address.ts';

/** More is no paper but a workbook. */
const MOST_PRINTED = 5000;

interface PrintedTasksProps {
  readonly base: string;
  readonly city: CityJson;
  readonly filter: TaskFilter;
  readonly order: Order;
  readonly whole: TaskList | undefined;
}

/** All tasks that the filters hold, on paper: fetched when asked for, as the page shows fifty of them. */
export function usePrintedTasks({ base, city, filter, order, whole }: PrintedTasksProps): { readonly print: () => void; readonly sheet: ReactNode } {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const [list, setList] = useState<TaskList | undefined>(undefined);
  const print = useCallback(() => {
    const hide = message.loading(t.tasks.printing, 0);
    getJson<TaskList>(`${base}?${tasksQuery(filter, { order, limit: MOST_PRINTED })}`).then(setList, (error: unknown) => void message.error(pick(asRequestError(error).text))).finally(hide);
  }, [base, filter, order, message, pick, t]);
  useEffect(() => {
    if (list === undefined) return undefined;
    const done = (): void => setList(undefined);
    window.addEventListener('afterprint', done);
    // the frame after: the rows are on the page by then
    const timer = window.setTimeout(() => window.print(), 100);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('afterprint', done);
    };
  }, [list]);
  const head = useMemo(() => filterWords(filter, whole, t, pick), [filter, whole, t, pick]);
  const sheet = list !== undefined && createPortal(
    <div className="tasks-sheet">
      <h1>{pick(city.name)} · {t.tasks.title}</h1>
      <p>{t.tasks.asOf(f.date(list.today))} · {head.length === 0 ? t.tasks.allTasks : head.join('；')} · {t.tasks.total(f.integer(list.total))}{list.total > list.tasks.length && ` · ${t.tasks.printedFirst(f.integer(list.tasks.length))}`}</p>
      <p>{LIGHTS.map((light) => <span key={light} className="tasks-sheet-light"><LightIcon light={light} /> {pick(LIGHT_WORDS[light])} {f.integer(list.counts[light])}</span>)}</p>
      <TaskSheet list={list} />
    </div>,
    document.body,
  );
  return { print, sheet };
}

/** The filters in words, as the head of a printed list says them. */
function filterWords(filter: TaskFilter, whole: TaskList | undefined, t: Dictionary, pick: (text: Bilingual) => string): string[] {
  const names: Readonly<Record<FilterKey, string>> = { ...t.tasks.filters, light: t.tasks.light, lead: t.tasks.fields.lead, place: t.tasks.fields.placeId, q: t.tasks.searched };
  const valueOf = (key: FilterKey, value: string): string => {
    if (key === 'light') return pick(LIGHT_WORDS[value as keyof typeof LIGHT_WORDS]);
    if (key === 'state') return pick(TASK_STATE_WORDS[value as TaskState]);
    if (key === 'source') return pick(TASK_SOURCE_WORDS[value as TaskSource]);
    return key === 'document' ? (whole?.documents.find(({ documentId }) => documentId === value)?.title ?? value) : value;
  };
  return FILTER_KEYS.flatMap((key) => { const value = filter[key]; return value === undefined ? [] : [`${names[key]}：${valueOf(key, value)}`]; });
}

/** Rows as they stand on paper. */
export function TaskSheet({ list: { tasks } }: { list: Pick<TaskList, 'tasks'> }) {
  const { t, f, pick } = useSpeech();
  const { fields } = t.tasks;
  return (
    <table className="plain-table tasks-printed">
      <thead><tr>{[t.tasks.number, fields.title, fields.lead, fields.support, fields.deadline, t.tasks.percent, t.tasks.latest, fields.state, t.tasks.light].map((name) => <th key={name}>{name}</th>)}</tr></thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.taskId}>
            <td className="tasks-short">{task.taskId}</td><td>{task.title}</td><td>{task.lead.join('、')}</td><td>{task.support.join('、')}</td><td className="tasks-short">{task.deadline ?? ''}</td>
            <td className="tasks-short">{task.percent === null ? '' : `${f.integer(task.percent)}%`}</td><td>{(task.progress.at(-1)?.text ?? '').slice(0, MOST_WORDS)}</td>
            <td className="tasks-short">{pick(TASK_STATE_WORDS[task.state])}</td><td><LightIcon light={task.light} /> {pick(task.lightText)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
const MOST_WORDS = 120;
