import { Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Bilingual } from '../../core/bilingual.ts';
import type { TaskHistory, TaskJson } from '../../delivery/api.ts';
import { TASK_KIND_WORDS, TASK_SOURCE_WORDS, TASK_STATE_WORDS } from '../../delivery/ledger/task-words.ts';
import { cityPath } from '../api/client.ts';
import { useResource } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { IndicatorClauses } from '../policy/indicator-clauses.tsx';
import { clauseLink } from '../policy/policy-address.ts';
import { ProblemAlert } from '../shell/problem.tsx';
import { useNarrow } from '../shell/use-narrow.ts';
import { useMoveTasks } from './move-task.tsx';
import { TaskForm } from './task-form.tsx';
import { TaskHistoryList } from './task-history.tsx';
import { Deadline, LightMark, TaskProgress } from './task-marks.tsx';
import { ExtensionsSection, MilestonesSection, OrdersSection, ProgressSection } from './task-sections.tsx';
import type { TaskEdits } from './use-task-edits.ts';

interface TaskDrawerProps {
  readonly cityId: string;
  readonly taskId: string | undefined;
  readonly version: string;
  readonly bodies: readonly { readonly name: string }[];
  readonly edits: TaskEdits;
  readonly onRules: () => void;
  readonly onClose: () => void;
}

export function TaskDrawer({ cityId, taskId, version, bodies, edits, onRules, onClose }: TaskDrawerProps) {
  const { t, f } = useSpeech();
  const narrow = useNarrow();
  const { data, error, reload } = useResource<TaskHistory>(taskId === undefined ? undefined : cityPath(cityId, 'tasks', taskId), version);
  return (
    <Drawer open={taskId !== undefined} onClose={onClose} placement={narrow ? 'bottom' : 'right'} size={narrow ? '94%' : 640} rootClassName={narrow ? 'sheet-drawer task-drawer' : 'task-drawer'} title={`${t.tasks.task} ${taskId ?? ''}`} destroyOnHidden
      extra={edits.canUndo > 0 && <Button size="small" loading={edits.busy} onClick={() => void edits.undo()}>{t.tasks.undo(f.integer(edits.canUndo))}</Button>}>
      {error !== undefined && <ProblemAlert problem={error} onRetry={reload} />}
      {data === undefined && error === undefined && <Skeleton active />}
      {data !== undefined && <Detail key={data.task.taskId} cityId={cityId} data={data} bodies={bodies} edits={edits} onRules={onRules} />}
    </Drawer>
  );
}

function Detail({ cityId, data: { task, files, history }, bodies, edits, onRules }: { cityId: string; data: TaskHistory; bodies: TaskDrawerProps['bodies']; edits: TaskEdits; onRules: () => void }) {
  const { t, f, pick } = useSpeech();
  const [editing, setEditing] = useState(false);
  return (
    <div className="finding-detail task-detail">
      <h2>{task.title}</h2>
      <p className="task-light-line"><LightMark light={task.light} /> <span>{pick(task.lightText)}</span> <button type="button" className="link-button task-rules" onClick={onRules}>{t.tasks.lightRules}</button></p>
      <Acts task={task} edits={edits} onEdit={editing ? undefined : () => setEditing(true)} />
      {task.detail !== '' && <p className="task-words">{task.detail}</p>}
      <dl className="facts">
        <div><dt>{t.tasks.fields.state}</dt><dd>{pick(TASK_STATE_WORDS[task.state])} · {pick(TASK_KIND_WORDS[task.kind])}</dd></div>
        <div><dt>{t.tasks.fields.lead}</dt><dd>{task.lead.join('、') || <span className="quiet">{t.tasks.nobody}</span>}</dd></div>
        {task.support.length > 0 && <div><dt>{t.tasks.fields.support}</dt><dd>{task.support.join('、')}</dd></div>}
        {task.district !== null && <div><dt>{t.tasks.fields.district}</dt><dd>{task.district}</dd></div>}
        {task.startAt !== null && <div><dt>{t.tasks.fields.startAt}</dt><dd>{f.date(task.startAt)}</dd></div>}
        <div><dt>{t.tasks.fields.deadline}</dt><dd><Deadline task={task} />{task.workingDaysLeft !== null && task.workingDaysLeft > 0 && <small className="quiet"> {t.tasks.workingDaysLeft(f.integer(task.workingDaysLeft))}</small>}{task.firstDeadline !== null && task.firstDeadline !== task.deadline && <small className="quiet"> {t.tasks.fields.firstDeadline} {f.date(task.firstDeadline)}</small>}</dd></div>
        <div><dt>{t.tasks.percent}</dt><dd><TaskProgress task={task} />{task.expected !== null && task.state !== 'done' && <small className="quiet"> {t.tasks.expectedOf(f.integer(task.expected))}</small>}</dd></div>
        {task.doneAt !== null && <div><dt>{t.tasks.fields.doneAt}</dt><dd>{f.date(task.doneAt)}</dd></div>}
        <div><dt>{t.tasks.source}</dt><dd><Source cityId={cityId} task={task} /></dd></div>
        {task.placeId !== null && <div><dt>{t.tasks.fields.placeId}</dt><dd><Link to={`/${cityId}/checkup?place=${encodeURIComponent(task.placeId)}`}><Named path={cityPath(cityId, 'places', task.placeId)} id={task.placeId} /></Link></dd></div>}
        {task.indicators.length > 0 && <div><dt>{t.tasks.fields.indicators}</dt><dd>{task.indicators.map((id) => <Link key={id} className="task-indicator" to={`/${cityId}/checkup?indicator=${encodeURIComponent(id)}`}><Named path={`${cityPath(cityId, 'policy-trace')}?indicator=${encodeURIComponent(id)}`} id={id} /></Link>)}</dd></div>}
        {task.note !== '' && <div><dt>{t.tasks.fields.note}</dt><dd className="task-words">{task.note}</dd></div>}
      </dl>
      {editing && (
        <section className="task-section" aria-label={t.tasks.fieldsTitle}>
          <header><h3>{t.tasks.fieldsTitle}</h3></header>
          <TaskForm key={task.updatedAt} task={task} bodies={bodies} busy={edits.busy} onEdit={async (edit, reason) => { if (await edits.edit([task.taskId], edit, reason)) setEditing(false); }} onCancel={() => setEditing(false)} />
        </section>
      )}
      <ProgressSection cityId={cityId} task={task} files={files} edits={edits} />
      <MilestonesSection key={`milestones/${task.updatedAt}`} task={task} edits={edits} />
      <ExtensionsSection task={task} edits={edits} />
      <OrdersSection task={task} edits={edits} />
      {task.indicators.length > 0 && (
        <section className="task-section task-served" aria-label={t.tasks.clausesServed}>
          <header><h3>{t.tasks.clausesServed}</h3></header>
          {task.indicators.map((id) => <IndicatorClauses key={id} cityId={cityId} indicator={id} />)}
        </section>
      )}
      <TaskHistoryList task={task} history={history} edits={edits} />
      <Button className="task-print" onClick={() => window.print()}>{t.tasks.print}</Button>
    </div>
  );
}

/** The name that the server has for an id; the id until it has come, and where there is no name any more. */
function Named({ path, id }: { path: string; id: string }) {
  const { pick } = useSpeech();
  const { data } = useResource<{ readonly name: Bilingual }>(path);
  return <>{data === undefined ? id : pick(data.name) || id}</>;
}

/** What may come next, by where the task stands. */
function Acts({ task, edits, onEdit }: { task: TaskJson; edits: TaskEdits; onEdit: (() => void) | undefined }) {
  const { t } = useSpeech();
  const { move, dialog } = useMoveTasks(edits);
  const { act } = t.tasks;
  const open = task.state === 'draft' || task.state === 'open' || task.state === 'submitted';
  return (
    <div className="task-acts" role="group" aria-label={t.tasks.acts}>
      {task.state === 'draft' && <Button type="primary" disabled={edits.busy} onClick={() => move([task], 'open')}>{act.open}</Button>}
      {task.state === 'open' && <Button disabled={edits.busy} onClick={() => move([task], 'submitted')}>{act.submit}</Button>}
      {(task.state === 'open' || task.state === 'submitted') && <Button type="primary" disabled={edits.busy} onClick={() => move([task], 'done')}>{act.done}</Button>}
      {task.state === 'submitted' && <Button disabled={edits.busy} onClick={() => move([task], 'open')}>{act.back}</Button>}
      {!open && <Button disabled={edits.busy} onClick={() => move([task], 'open')}>{act.reopen}</Button>}
      {open && <Button danger disabled={edits.busy} onClick={() => move([task], 'cancelled')}>{act.cancel}</Button>}
      {onEdit !== undefined && <Button onClick={onEdit}>{t.tasks.edit}</Button>}
      {dialog}
    </div>
  );
}

/** Where the task comes from, with the way there. */
function Source({ cityId, task }: { cityId: string; task: TaskJson }) {
  const { t, pick } = useSpeech();
  return (
    <>
      {pick(TASK_SOURCE_WORDS[task.source])}{task.sourceTitle !== '' && ` · ${task.sourceTitle}`}
      {task.clause !== null && <> · {task.clause.heading} <Link to={clauseLink(cityId, task.clause.documentId, task.clause.clause)}>{t.tasks.toClause}</Link></>}
      {task.source === 'finding' && task.sourceRef !== null && <> <Link to={`/${cityId}/findings?finding=${encodeURIComponent(task.sourceRef)}`}>{t.tasks.toFinding}</Link></>}
    </>
  );
}
