import { Pagination, Table, Tag } from 'antd';
import type { TableColumnsType } from 'antd';
import { useMemo } from 'react';
import type { TaskJson, TaskList } from '../../delivery/api.ts';
import { TASK_SOURCE_WORDS, TASK_STATE_WORDS } from '../../delivery/ledger/task-words.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useArrowFocus } from '../shell/use-arrow-focus.ts';
import { useCramped, useNarrow } from '../shell/use-narrow.ts';
import { TaskSheet } from './printed-tasks.tsx';
import { Deadline, LightMark, TaskProgress, useDaysText } from './task-marks.tsx';
import { PAGE_ROWS } from './tasks-address.ts';
import type { Order, TasksView } from './tasks-address.ts';

interface TasksTableProps {
  readonly list: TaskList;
  readonly loading: boolean;
  readonly view: TasksView;
  readonly chosen: ReadonlyMap<string, TaskJson>;
  readonly onChosen: (chosen: ReadonlyMap<string, TaskJson>) => void;
  readonly onOpen: (taskId: string) => void;
  readonly onPage: (page: number) => void;
  readonly onOrder: (order: Order) => void;
}

export function TasksTable({ list, loading, view, chosen, onChosen, onOpen, onPage, onOrder }: TasksTableProps) {
  const { t, f, pick } = useSpeech();
  const narrow = useNarrow();
  const cramped = useCramped();
  const columns = useMemo((): TableColumnsType<TaskJson> => {
    const sortable = (order: Order) => ({ sorter: true, sortDirections: ['ascend' as const], sortOrder: view.order === order ? ('ascend' as const) : null, showSorterTooltip: false });
    const { fields } = t.tasks;
    return [
      { key: 'light', title: t.tasks.light, width: 168, ...sortable('light'), render: (_, { light, lightText }) => <span className="task-why"><LightMark light={light} /><small className="quiet">{pick(lightText)}</small></span> },
      {
        key: 'number', title: fields.title, ...sortable('number'),
        render: (_, task) => (
          <div className="finding-problem">
            <button type="button" className="link-button task-title" onClick={() => onOpen(task.taskId)}>{task.title}</button>
            <small className="quiet">{task.taskId} · {pick(TASK_SOURCE_WORDS[task.source])}{task.sourceTitle !== '' && ` · ${task.sourceTitle}`}</small>
          </div>
        ),
      },
      { key: 'body', title: fields.lead, width: 180, ...sortable('body'), render: (_, { lead, support }) => <>{lead.length === 0 ? <span className="quiet">–</span> : <span className="task-clamp" title={lead.join('、')}>{lead.join('、')}</span>}{support.length > 0 && <small className="quiet task-clamp" title={support.join('、')}>{support.join('、')}</small>}</> },
      ...(cramped ? [] : [{ key: 'district', title: fields.district, width: 100, render: (_, { district }) => (district === null ? <span className="quiet">–</span> : <span className="task-clamp" title={district}>{district}</span>) } satisfies TableColumnsType<TaskJson>[number]]),
      { key: 'deadline', title: fields.deadline, width: 130, ...sortable('deadline'), render: (_, task) => <Deadline task={task} /> },
      { key: 'percent', title: t.tasks.percent, width: 140, render: (_, task) => <TaskProgress task={task} /> },
      { key: 'state', title: fields.state, width: 104, render: (_, { state }) => <Tag>{pick(TASK_STATE_WORDS[state])}</Tag> },
      ...(cramped ? [] : [{ key: 'updated', title: fields.updatedAt, width: 136, ...sortable('updated'), render: (_, { updatedAt }) => f.date(updatedAt) } satisfies TableColumnsType<TaskJson>[number]]),
    ];
  }, [t, f, pick, view.order, onOpen, cramped]);
  const rows = useArrowFocus({ rows: 'tbody tr.ant-table-row', items: 'input[type="checkbox"], .link-button' });
  const pager = list.total > PAGE_ROWS && <Pagination className="findings-pager" size={narrow ? 'small' : undefined} current={view.page} pageSize={PAGE_ROWS} total={list.total} showSizeChanger={false} onChange={onPage} />;
  if (narrow) return <><TaskCards list={list} chosen={chosen} onChosen={onChosen} onOpen={onOpen} /><PrintedPage list={list} />{pager}</>;
  return (
    <>
      <div ref={rows} role="group" aria-label={t.tasks.title} aria-description={t.tasks.tableKeys}>
        <Table<TaskJson>
          className="findings-table" size="small" rowKey="taskId" loading={loading} columns={columns} dataSource={list.tasks} pagination={false} scroll={{ x: cramped ? 820 : 1120 }} sticky
          rowSelection={{
            preserveSelectedRowKeys: true,
            columnWidth: 44,
            selectedRowKeys: [...chosen.keys()],
            getTitleCheckboxProps: () => ({ 'aria-label': t.tasks.choosePage }) as never,
            getCheckboxProps: (task) => ({ 'aria-label': `${t.tasks.choose}: ${task.title}` }) as never,
            onChange: (keys) => {
              const known = new Map([...chosen, ...list.tasks.map((task) => [task.taskId, task] as const)]);
              onChosen(new Map(keys.flatMap((key) => { const task = known.get(String(key)); return task === undefined ? [] : [[task.taskId, task] as const]; })));
            },
          }}
          onChange={(_, __, sorter) => {
            const { columnKey, order } = Array.isArray(sorter) ? sorter[0] : sorter;
            onOrder(order == null ? 'light' : (columnKey as Order));
          }}
        />
      </div>
      <PrintedPage list={list} />
      {pager}
    </>
  );
}

/** What goes on paper where the browser is asked to print: the table on the screen is wider than a page and scrolls. */
function PrintedPage({ list }: { list: TaskList }) {
  const { t, f } = useSpeech();
  return (
    <div className="findings-printed" aria-hidden="true">
      {list.total > list.tasks.length && <p>{t.tasks.printedPage(f.integer(list.tasks.length), f.integer(list.total))}</p>}
      <TaskSheet list={list} />
    </div>
  );
}

function TaskCards({ list, chosen, onChosen, onOpen }: Pick<TasksTableProps, 'list' | 'chosen' | 'onChosen' | 'onOpen'>) {
  const { t, f, pick } = useSpeech();
  const daysText = useDaysText();
  const cards = useArrowFocus({ rows: 'li', items: 'input, button' });
  function toggle(task: TaskJson): void {
    const next = new Map(chosen);
    if (!next.delete(task.taskId)) next.set(task.taskId, task);
    onChosen(next);
  }
  return (
    <ul ref={cards} className="finding-cards">
      {list.tasks.map((task) => (
        <li key={task.taskId}>
          <input type="checkbox" checked={chosen.has(task.taskId)} onChange={() => toggle(task)} aria-label={`${t.tasks.choose}: ${task.title}`} />
          <button type="button" onClick={() => onOpen(task.taskId)}>
            <span className="finding-card-head"><LightMark light={task.light} /> <span className="quiet">{[pick(TASK_STATE_WORDS[task.state]), task.deadline === null ? t.tasks.noDeadline : f.date(task.deadline), daysText(task)].filter((part) => part !== undefined).join(' · ')}</span></span>
            <span className="task-card-title">{task.title}</span>
            <span className="quiet task-card-foot">{task.lead.join('、') || t.tasks.nobody}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
