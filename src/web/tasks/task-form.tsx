import { Button, Form, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { TaskEdit, TaskJson } from '../../delivery/api.ts';
import { allows } from '../../delivery/ledger/task-acts.ts';
import { useSpeech } from '../i18n/language.tsx';
import { taskOptions } from './task-options.ts';

export const NAME_SEPARATORS = [',', '，', '、', ';', '；'];

interface Fields extends Pick<TaskJson, 'title' | 'detail' | 'kind' | 'lead' | 'support' | 'note'> {
  readonly district: string;
  readonly startAt: string;
  readonly deadline: string;
  readonly reason: string;
}

const toFields = ({ title, detail, kind, lead, support, note, district, startAt, deadline }: TaskJson): Fields => ({ title, detail, kind, lead, support, note, district: district ?? '', startAt: startAt ?? '', deadline: deadline ?? '', reason: '' });

/** Only what differs from the task: fields that nobody touched do not count as edited. */
function readEdit(fields: Fields, task: TaskJson): TaskEdit {
  const { district, startAt, deadline, reason: _, ...plain } = fields;
  const all: TaskEdit = { ...plain, title: plain.title.trim(), district: district.trim() || null, startAt: startAt || null, deadline: deadline || null };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(task[key as keyof TaskJson]))) as TaskEdit;
}

interface TaskFormProps {
  readonly task: TaskJson;
  readonly bodies: readonly { readonly name: string }[];
  readonly busy: boolean;
  readonly onEdit: (edit: TaskEdit, reason: string) => Promise<void>;
  readonly onCancel: () => void;
}

export function TaskForm({ task, bodies, busy, onEdit, onCancel }: TaskFormProps) {
  const { t, pick } = useSpeech();
  const [form] = Form.useForm<Fields>();
  const [changed, setChanged] = useState(0);
  const options = useMemo(() => taskOptions(pick), [pick]);
  const known = useMemo(() => bodies.map(({ name }) => ({ value: name, label: name })), [bodies]);
  const { fields } = t.tasks;
  const fixed = !allows('set-deadline', task);
  const read = (): TaskEdit => readEdit({ ...form.getFieldsValue(), ...(fixed && { deadline: task.deadline ?? '' }) }, task);
  return (
    <Form form={form} layout="vertical" className="bulk-form" initialValues={toFields(task)} onValuesChange={() => setChanged(Object.keys(read()).length)}>
      <Form.Item name="title" label={fields.title} className="bulk-wide" rules={[{ required: true, whitespace: true, message: t.tasks.titleNeeded }]}><Input.TextArea autoFocus autoSize={{ minRows: 1, maxRows: 6 }} maxLength={1000} /></Form.Item>
      <Form.Item name="detail" label={fields.detail} className="bulk-wide"><Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} maxLength={5000} /></Form.Item>
      <Form.Item name="lead" label={fields.lead}><Select mode="tags" tokenSeparators={NAME_SEPARATORS} options={known} /></Form.Item>
      <Form.Item name="support" label={fields.support}><Select mode="tags" tokenSeparators={NAME_SEPARATORS} options={known} /></Form.Item>
      <Form.Item name="startAt" label={fields.startAt}><Input type="date" /></Form.Item>
      <Form.Item name="deadline" label={fields.deadline} extra={fixed ? t.tasks.deadlineFixed : undefined}><Input type="date" disabled={fixed} /></Form.Item>
      <Form.Item name="kind" label={fields.kind}><Select options={options.kind} /></Form.Item>
      <Form.Item name="district" label={fields.district}><Input maxLength={200} /></Form.Item>
      <Form.Item name="note" label={fields.note} className="bulk-wide"><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={5000} /></Form.Item>
      {changed > 0 && <Form.Item name="reason" label={t.tasks.reason} className="bulk-wide"><Input maxLength={500} /></Form.Item>}
      <div className="bulk-wide finding-save">
        <Button type="primary" disabled={changed === 0} loading={busy} onClick={() => void form.validateFields().then(() => onEdit(read(), (form.getFieldValue('reason') as string | undefined) ?? ''), () => undefined)}>{t.tasks.save}</Button>
        <Button onClick={onCancel}>{t.common.cancel}</Button>
      </div>
    </Form>
  );
}
