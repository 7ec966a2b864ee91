import { Popover, Segmented, Select, Skeleton } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { CityJson } from '../../base/api.ts';
import type { TaskJson, TaskList } from '../../delivery/api.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { changeQuery } from '../checkup/checkup-address.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useSame } from '../map/use-same.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ProblemAlert } from '../shell/problem.tsx';
import { BulkEdit } from './bulk-edit.tsx';
import { LedgerChanges } from './ledger-changes.tsx';
import { LightRules } from './light-rules.tsx';
import { LightTabs } from './light-tabs.tsx';
import { NewTasks } from './new-tasks.tsx';
import { RemindersDrawer } from './reminders.tsx';
import { TaskActions } from './task-actions.tsx';
import { TaskBoard } from './task-board.tsx';
import { TaskCalendar } from './task-calendar.tsx';
import { TaskDrawer } from './task-drawer.tsx';
import { TaskFilters } from './task-filters.tsx';
import { TaskGantt } from './task-gantt.tsx';
import { TaskImportDialog } from './task-import.tsx';
import { usePrintedTasks } from './printed-tasks.tsx';
import { TasksByBody } from './tasks-by-body.tsx';
import { BOARD_GROUPS, FILTER_KEYS, GANTT_GROUPS, MOST_DRAWN, ORDERS, PAGE_ROWS, readTasksView, SCALES, tasksQuery, VIEWS } from './tasks-address.ts';
import type { TasksView } from './tasks-address.ts';
import { TasksTable } from './tasks-table.tsx';
import { useLedgerKeys } from './use-ledger-keys.ts';
import type { LedgerKeys } from './use-ledger-keys.ts';
import { useTaskEdits } from './use-task-edits.ts';

type Change = Readonly<Record<string, string | number | undefined>>;

/** 督办台账: the same tasks as list, board, Gantt chart and calendar; filtered, worked on, out and in. */
export function TaskLedger({ city, version }: { city: CityJson; version: number }) {
  const { cityId } = city;
  const { t, f, pick } = useSpeech();
  const navigate = useNavigate();
  const { search } = useLocation();
  const view = useSame(readTasksView(useMemo(() => new URLSearchParams(search), [search])));
  const { filter, order, page } = view;
  const [turn, setTurn] = useState(0);
  const fresh = `${version}/${turn}`;
  const base = cityPath(cityId, 'tasks');
  const rows = view.view === 'table' ? { limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS } : view.view === 'bodies' ? { limit: 1 } : { limit: MOST_DRAWN };
  const list = useResource<TaskList>(`${base}?${tasksQuery(filter, { order, ...rows })}`, fresh);
  // what the whole ledger holds: names for the filters, and whether there is anything at all
  const whole = useResource<TaskList>(`${base}?limit=1`, fresh);
  const [chosen, setChosen] = useState<ReadonlyMap<string, TaskJson>>(new Map());
  const [dialog, setDialog] = useState<'new' | 'import' | undefined>(undefined);
  const [kept, setKept] = useState<TaskList | undefined>(undefined);
  // the tasks before stay until the next ones have come: the page does not collapse in between
  if (list.data !== undefined && list.data !== kept) setKept(list.data);
  const shown = list.data ?? kept;

  const changed = useCallback(() => {
    setTurn((n) => n + 1);
    setChosen(new Map());
  }, []);
  const edits = useTaskEdits(cityId, changed);
  const printed = usePrintedTasks({ base, city, filter, order, whole: whole.data });

  const go = useCallback(
    (change: Change, replace = false) => void navigate({ search: changeQuery(new URLSearchParams(window.location.search), change).toString() }, { replace }),
    [navigate],
  );
  const onFilter = useCallback((change: Change) => { setChosen(new Map()); go({ ...change, page: undefined }, true); }, [go]);
  const onOpen = useCallback((task: string) => go({ task }), [go]);
  const isEmpty = whole.data?.total === 0;
  const keys = useLedgerKeys({ onNew: () => setDialog('new'), onView: (next) => go({ view: next === 'table' ? undefined : next, page: undefined, group: undefined }) });

  return (
    <div className="page tasks-page">
      <header className="page-head">
        <div>
          <h1>{pick(city.name)} · {t.tasks.title}</h1>
          <p>{t.tasks.intro}{shown !== undefined && <> <span className="tasks-as-of">{t.tasks.asOf(f.date(shown.today))}</span></>}</p>
        </div>
        <TaskActions base={base} filter={filter} fresh={fresh} today={shown?.today} empty={isEmpty} edits={edits} onNew={() => setDialog('new')} onImport={() => setDialog('import')} onPanel={(panel) => go({ panel })} onPrint={() => (view.view === 'table' ? printed.print() : window.setTimeout(() => window.print(), 300))} onSync={() => void edits.sync()} />
      </header>
      {isEmpty ? (
        <EmptyState title={t.tasks.emptyTitle} hint={t.tasks.emptyHint} />
      ) : (
        <>
          <LightTabs base={base} filter={filter} version={fresh} onLight={(light) => onFilter({ light })} onRules={() => go({ panel: 'lights' })} />
          <TaskFilters filter={filter} whole={whole.data} onFilter={onFilter} onClear={() => onFilter(Object.fromEntries(FILTER_KEYS.filter((key) => key !== 'light').map((key) => [key, undefined])))} />
          <Toolbar view={view} shown={shown} keys={keys} onGo={go} />
          {list.error !== undefined && <ProblemAlert problem={list.error} onRetry={list.reload} />}
          {view.view === 'table' && chosen.size > 0 && shown !== undefined && (
            <BulkEdit base={base} filter={filter} chosen={chosen} total={shown.total} bodies={whole.data?.bodies ?? []} busy={edits.busy} onChosen={setChosen} onEdit={(change, reason) => edits.edit([...chosen.keys()], change, reason)} onGiveOut={(taskIds) => void edits.edit(taskIds, { state: 'open' })} />
          )}
          {shown === undefined ? (list.error === undefined && <Skeleton active paragraph={{ rows: 10 }} />) : shown.total === 0 ? <EmptyState title={t.tasks.noneTitle} hint={t.tasks.noneHint} /> : (
            <>
              {view.view === 'table' && <TasksTable list={shown} loading={list.loading} view={view} chosen={chosen} onChosen={setChosen} onOpen={onOpen} onPage={(next) => go({ page: next === 1 ? undefined : next })} onOrder={(next) => onFilter({ order: next === 'light' ? undefined : next })} />}
              {view.view === 'bodies' && <TasksByBody city={cityPath(cityId)} filter={filter} version={fresh} onBody={(body, light) => go({ view: undefined, page: undefined, ...(light === undefined ? { body, lead: undefined } : { lead: body, body: undefined, light }) })} />}
              {view.view === 'board' && <TaskBoard tasks={shown.tasks} group={BOARD_GROUPS.find((group) => group === view.group) ?? 'state'} edits={edits} onOpen={onOpen} />}
              {view.view === 'gantt' && <TaskGantt tasks={shown.tasks} today={shown.today} scale={view.scale} group={GANTT_GROUPS.find((group) => group === view.group) ?? 'none'} onOpen={onOpen} />}
              {view.view === 'calendar' && <TaskCalendar tasks={shown.tasks} today={shown.today} month={view.month ?? shown.today.slice(0, 7)} onMonth={(month) => go({ month }, true)} onOpen={onOpen} />}
            </>
          )}
        </>
      )}
      <TaskDrawer cityId={cityId} taskId={view.task} version={fresh} bodies={whole.data?.bodies ?? []} edits={edits} onRules={() => go({ panel: 'lights' })} onClose={() => go({ task: undefined })} />
      <RemindersDrawer cityId={cityId} open={view.panel === 'reminders'} version={fresh} onOpen={(task) => go({ task, panel: undefined })} onClose={() => go({ panel: undefined })} />
      <LightRules cityId={cityId} open={view.panel === 'lights'} version={fresh} onChanged={changed} onClose={() => go({ panel: undefined })} />
      <LedgerChanges cityId={cityId} open={view.panel === 'changes'} version={fresh} edits={edits} onClose={() => go({ panel: undefined })} />
      {dialog === 'new' && <NewTasks bodies={whole.data?.bodies ?? []} districts={whole.data?.districts ?? []} edits={edits} onClose={() => setDialog(undefined)} onMade={(task) => go({ task })} />}
      {printed.sheet}
      {dialog === 'import' && <TaskImportDialog base={base} onClose={() => setDialog(undefined)} onWritten={edits.wrote} />}
    </div>
  );
}

/** Which view, in which order or groups; how much is shown. */
function Toolbar({ view, shown, keys, onGo }: { view: TasksView; shown: TaskList | undefined; keys: LedgerKeys; onGo: (change: Change, replace?: boolean) => void }) {
  const { t, f } = useSpeech();
  const groups = view.view === 'board' ? BOARD_GROUPS : GANTT_GROUPS;
  const group = view.group !== undefined && (groups as readonly string[]).includes(view.group) ? view.group : groups[0];
  const cut = shown !== undefined && view.view !== 'table' && view.view !== 'bodies' && shown.total > shown.tasks.length;
  return (
    <div className="tasks-toolbar">
      <Segmented aria-label={t.tasks.view} value={view.view} onChange={(value) => onGo({ view: value === 'table' ? undefined : value, page: undefined, group: undefined })} options={VIEWS.map((value) => ({ value, label: t.tasks.views[value] }))} />
      <span className="tasks-toolbar-end">
        <Popover trigger="click" open={keys.open} onOpenChange={keys.setOpen} title={t.tasks.keys} content={<dl className="key-list">{t.tasks.keyList.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>}><button type="button" className="link-button tasks-keys">{t.tasks.keys}</button></Popover>
        {(view.view === 'board' || view.view === 'gantt') && <label><span className="quiet">{t.tasks.group}</span> <Select size="small" value={group} popupMatchSelectWidth={false} onChange={(value) => onGo({ group: value === groups[0] ? undefined : value }, true)} options={groups.map((value) => ({ value, label: t.tasks.groups[value] }))} aria-label={t.tasks.group} /></label>}
        {view.view === 'gantt' && <label><span className="quiet">{t.tasks.scale}</span> <Select size="small" value={view.scale} popupMatchSelectWidth={false} onChange={(value) => onGo({ scale: value === 'fit' ? undefined : value }, true)} options={SCALES.map((value) => ({ value, label: t.tasks.scales[value] }))} aria-label={t.tasks.scale} /></label>}
        {view.view !== 'calendar' && view.view !== 'bodies' && <label><span className="quiet">{t.tasks.order}</span> <Select size="small" value={view.order} popupMatchSelectWidth={false} onChange={(value) => onGo({ order: value === 'light' ? undefined : value, page: undefined }, true)} options={ORDERS.map((value) => ({ value, label: t.tasks.sorts[value] }))} aria-label={t.tasks.order} /></label>}
        <span className={cut ? '' : 'quiet'} role="status">{shown === undefined ? '' : cut ? t.tasks.totalShown(f.integer(shown.tasks.length), f.integer(shown.total)) : t.tasks.total(f.integer(shown.total))}</span>
      </span>
    </div>
  );
}
