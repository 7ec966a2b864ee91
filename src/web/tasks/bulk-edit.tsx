import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { TaskEdit, TaskJson, TaskList } from '../../delivery/api.ts';
import { allows, needsReason, statesAfter } from '../../delivery/ledger/task-acts.ts';
import { getJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { NAME_SEPARATORS } from './task-form.tsx';
import { taskOptions } from './task-options.ts';
import { tasksQuery } from './tasks-address.ts';
import type { TaskFilter } from './tasks-address.ts';

interface BulkEditProps {
  readonly base: string;
  readonly filter: TaskFilter;
  readonly chosen: ReadonlyMap<string, TaskJson>;
  readonly total: number;
  readonly bodies: readonly { readonly name: string }[];
  readonly busy: boolean;
  readonly onChosen: (chosen: ReadonlyMap<string, TaskJson>) => void;
  readonly onEdit: (change: TaskEdit, reason: string) => Promise<boolean>;
  readonly onGiveOut: (taskIds: readonly string[]) => void;
}

interface Fields extends Pick<TaskEdit, 'state' | 'kind' | 'lead' | 'support'> {
  readonly district?: string;
  readonly startAt?: string;
  readonly deadline?: string;
  readonly reason?: string;
}

/** Tasks of one edit; the server takes so many. */
const MOST = 10_000;

/** The bar over the table while tasks are chosen. */
export function BulkEdit({ base, filter, chosen, total, bodies, busy, onChosen, onEdit, onGiveOut }: BulkEditProps) {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  function chooseAll(): void {
    getJson<TaskList>(`${base}?${tasksQuery(filter, { limit: MOST })}`).then(
      ({ tasks }) => onChosen(new Map(tasks.map((task) => [task.taskId, task]))),
      (error: unknown) => void message.error(pick(asRequestError(error).text)),
    );
  }
  const drafts = [...chosen.values()].filter(({ state }) => state === 'draft').map(({ taskId }) => taskId);
  return (
    <div className="bulk-bar" role="region" aria-label={t.tasks.bulk}>
      <strong>{t.tasks.chosen(f.integer(chosen.size))}</strong>
      {chosen.size < total && total <= MOST && <Button type="link" size="small" onClick={chooseAll}>{t.tasks.chooseAll(f.integer(total))}</Button>}
      {drafts.length > 0 && <Button size="small" type="primary" disabled={busy} onClick={() => onGiveOut(drafts)}>{t.tasks.giveOutDrafts(f.integer(drafts.length))}</Button>}
      <Button size="small" type={drafts.length > 0 ? 'default' : 'primary'} disabled={busy} onClick={() => setOpen(true)}>{t.tasks.editChosen}</Button>
      <Button size="small" type="text" onClick={() => onChosen(new Map())}>{t.tasks.unchoose}</Button>
      {open && <BulkDialog tasks={[...chosen.values()]} bodies={bodies} busy={busy} onClose={() => setOpen(false)} onEdit={async (change, reason) => { if (await onEdit(change, reason)) setOpen(false); }} />}
    </div>
  );
}

function BulkDialog({ tasks, bodies, busy, onClose, onEdit }: { tasks: readonly TaskJson[]; bodies: BulkEditProps['bodies']; busy: boolean; onClose: () => void; onEdit: (change: TaskEdit, reason: string) => Promise<void> }) {
  const { t, f, pick } = useSpeech();
  const [form] = Form.useForm<Fields>();
  const [nothing, setNothing] = useState(true);
  const options = useMemo(() => taskOptions(pick), [pick]);
  const known = useMemo(() => bodies.map(({ name }) => ({ value: name, label: name })), [bodies]);
  const { fields } = t.tasks;
  const read = (): TaskEdit => {
    const { reason: _, ...rest } = form.getFieldsValue();
    return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && (typeof value !== 'string' || value.trim() !== '') && !(Array.isArray(value) && value.length === 0))) as TaskEdit;
  };
  // what one of them would be refused is not offered to all
  const fixed = tasks.filter((task) => !allows('set-deadline', task)).length;
  const states = options.state.filter(({ value }) => tasks.every(({ state }) => state === value || statesAfter(state).includes(value)));
  const state = Form.useWatch('state', form);
  const reasons = state === undefined ? 0 : tasks.filter((task) => needsReason(task, state)).length;
  const reason = Form.useWatch('reason', form);
  const select = { allowClear: true, placeholder: t.tasks.unchanged };
  return (
    <Modal open title={t.tasks.editTitle(f.integer(tasks.length))} okText={t.tasks.apply} cancelText={t.common.cancel} okButtonProps={{ disabled: nothing || (reasons > 0 && (reason ?? '').trim() === ''), loading: busy }} onCancel={onClose} onOk={() => void onEdit(read(), form.getFieldsValue().reason ?? '')}>
      <p className="quiet">{t.tasks.bulkHint}</p>
      <Form form={form} layout="vertical" className="bulk-form" onValuesChange={() => setNothing(Object.keys(read()).length === 0)}>
        <Form.Item name="state" label={fields.state}><Select {...select} options={states} /></Form.Item>
        <Form.Item name="kind" label={fields.kind}><Select {...select} options={options.kind} /></Form.Item>
        <Form.Item name="lead" label={fields.lead} className="bulk-wide"><Select {...select} mode="tags" tokenSeparators={NAME_SEPARATORS} options={known} /></Form.Item>
        <Form.Item name="support" label={fields.support} className="bulk-wide"><Select {...select} mode="tags" tokenSeparators={NAME_SEPARATORS} options={known} /></Form.Item>
        <Form.Item name="startAt" label={fields.startAt}><Input type="date" /></Form.Item>
        <Form.Item name="deadline" label={fields.deadline} extra={fixed > 0 ? t.tasks.deadlinesFixed(f.integer(fixed)) : undefined}><Input type="date" disabled={fixed > 0} /></Form.Item>
        <Form.Item name="district" label={fields.district} className="bulk-wide"><Input placeholder={t.tasks.unchanged} maxLength={200} /></Form.Item>
        <Form.Item name="reason" label={t.tasks.reason} required={reasons > 0} extra={reasons > 0 ? t.tasks.reasonsNeeded(f.integer(reasons)) : undefined} className="bulk-wide"><Input maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
}
