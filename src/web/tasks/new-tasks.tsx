import { AutoComplete, Checkbox, Form, Input, Modal, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import type { ComponentRef } from 'react';
import type { TaskEdit } from '../../delivery/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { NAME_SEPARATORS } from './task-form.tsx';
import { taskOptions } from './task-options.ts';
import type { TaskEdits } from './use-task-edits.ts';

type TextAreaRef = ComponentRef<typeof Input.TextArea>;

interface Fields extends Pick<TaskEdit, 'detail' | 'lead' | 'support' | 'kind'> {
  readonly source: 'hand' | 'meeting';
  readonly sourceTitle?: string;
  readonly titles: string;
  readonly startAt?: string;
  readonly deadline?: string;
  readonly district?: string;
  readonly open?: boolean;
}

interface NewTasksProps {
  readonly bodies: readonly { readonly name: string }[];
  readonly districts: readonly { readonly name: string }[];
  readonly edits: TaskEdits;
  readonly onClose: () => void;
  readonly onMade: (taskId: string) => void;
}

const linesOf = (text: string | undefined): string[] => (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Tasks by hand or out of a meeting: minutes list several, so a line is a task. */
export function NewTasks({ bodies, districts, edits, onClose, onMade }: NewTasksProps) {
  const { t, f, pick } = useSpeech();
  const [form] = Form.useForm<Fields>();
  // the window takes the focus to itself while it opens
  const first = useRef<TextAreaRef>(null);
  const [count, setCount] = useState(0);
  const [source, setSource] = useState<Fields['source']>('hand');
  const { fields } = t.tasks;
  const known = bodies.map(({ name }) => ({ value: name, label: name }));

  async function send({ titles, source: from, sourceTitle, startAt, deadline, district, open, ...rest }: Fields): Promise<void> {
    const shared = {
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)), source: from, ...(from === 'meeting' && sourceTitle !== undefined && sourceTitle.trim() !== '' && { sourceTitle: sourceTitle.trim() }),
      startAt: startAt === undefined || startAt === '' ? null : startAt, deadline: deadline === undefined || deadline === '' ? null : deadline, district: (district ?? '').trim() || null, ...(open === true && { state: 'open' as const }),
    };
    const made = await edits.create({ tasks: linesOf(titles).map((title) => ({ ...shared, title })) });
    if (made === undefined) return;
    onClose();
    if (made.length === 1) onMade(made[0].taskId);
  }

  return (
    <Modal open width={680} afterOpenChange={(open) => open && first.current?.focus()} title={t.tasks.newTitle} okText={t.tasks.createN(f.integer(count))} cancelText={t.common.cancel} okButtonProps={{ disabled: count === 0, loading: edits.busy }} onCancel={onClose} onOk={() => form.submit()}>
      <p className="quiet">{t.tasks.newHint}</p>
      <Form form={form} layout="vertical" className="bulk-form" initialValues={{ source: 'hand', kind: 'timed' }} onFinish={(values: Fields) => void send(values)} onValuesChange={(_, values: Fields) => { setCount(linesOf(values.titles).length); setSource(values.source); }}>
        <Form.Item name="source" label={t.tasks.newSource}><Segmented options={(['hand', 'meeting'] as const).map((value) => ({ value, label: t.tasks.newSources[value] }))} /></Form.Item>
        <Form.Item name="sourceTitle" label={t.tasks.meetingName} hidden={source !== 'meeting'}><Input maxLength={300} /></Form.Item>
        <Form.Item name="titles" label={t.tasks.newTitles} className="bulk-wide" rules={[{ required: true, whitespace: true, message: t.tasks.titleNeeded }]}><Input.TextArea ref={first} autoSize={{ minRows: 2, maxRows: 12 }} /></Form.Item>
        <Form.Item name="detail" label={fields.detail} className="bulk-wide"><Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={5000} /></Form.Item>
        <Form.Item name="lead" label={fields.lead}><Select mode="tags" tokenSeparators={NAME_SEPARATORS} options={known} /></Form.Item>
        <Form.Item name="support" label={fields.support}><Select mode="tags" tokenSeparators={NAME_SEPARATORS} options={known} /></Form.Item>
        <Form.Item name="startAt" label={fields.startAt}><Input type="date" /></Form.Item>
        <Form.Item name="deadline" label={fields.deadline}><Input type="date" /></Form.Item>
        <Form.Item name="kind" label={fields.kind}><Select options={taskOptions(pick).kind} /></Form.Item>
        <Form.Item name="district" label={fields.district}><AutoComplete options={districts.map(({ name }) => ({ value: name }))} /></Form.Item>
        <Form.Item name="open" valuePropName="checked" className="bulk-wide"><Checkbox>{t.tasks.giveOutNow}</Checkbox></Form.Item>
      </Form>
    </Modal>
  );
}
