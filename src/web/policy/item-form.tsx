import { Button, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ReviewItemJson } from '../../delivery/api.ts';
import type { ItemFields } from '../../delivery/model.ts';
import { STRENGTHS } from '../../policy/model.ts';
import { useSpeech } from '../i18n/language.tsx';

interface ItemFormProps {
  readonly item: ReviewItemJson;
  /** Bodies that the document names. */
  readonly bodies: readonly string[];
  readonly busy: boolean;
  readonly onSave: (fields: Partial<ItemFields>, reason: string) => Promise<boolean>;
  readonly onClose: () => void;
}

const COMPARATORS = ['>=', '<=', '>', '<', '=', '~', 'between'] as const;

interface Values extends Omit<ItemFields, 'lead' | 'support' | 'deadline' | 'place'> {
  readonly lead: string[];
  readonly support: string[];
  readonly deadline: string;
  readonly place: string;
  readonly reason: string;
}

/** Only what was changed is sent: the rest stays as the reader proposed it. */
function readChange(values: Values, before: ItemFields): Partial<ItemFields> {
  const { reason: _, deadline, place, value, upper, comparator, ...plain } = values;
  const all: ItemFields = { ...plain, deadline: deadline === '' ? null : deadline, place: place.trim() === '' ? null : place.trim(), value: value ?? null, upper: comparator === 'between' ? (upper ?? null) : null, comparator: comparator ?? null };
  return Object.fromEntries(Object.entries(all).filter(([key, given]) => given !== undefined && JSON.stringify(given) !== JSON.stringify(before[key as keyof ItemFields]))) as Partial<ItemFields>;
}

export function ItemForm({ item, bodies, busy, onSave, onClose }: ItemFormProps) {
  const { t } = useSpeech();
  const words = t.policy;
  const names = words.fields;
  const [form] = Form.useForm<Values>();
  const [comparator, setComparator] = useState(item.fields.comparator);
  const { fields } = item;
  const isTarget = item.kind === 'target';
  const options = bodies.map((name) => ({ value: name, label: name }));
  async function save(): Promise<void> {
    const values = { ...fields, ...form.getFieldsValue() } as Values;
    const change = readChange({ ...values, comparator: isTarget ? (values.comparator ?? null) : fields.comparator, upper: isTarget ? values.upper : fields.upper }, fields);
    if (Object.keys(change).length === 0 || (await onSave(change, values.reason))) onClose();
  }
  return (
    <Modal open width={640} title={`${words.formTitle} · ${words.itemKinds[item.kind]}`} onCancel={onClose} destroyOnHidden
      footer={[<Button key="cancel" onClick={onClose}>{t.common.cancel}</Button>, <Button key="save" type="primary" loading={busy} onClick={() => void save()}>{words.save}</Button>]}>
      <p className="quiet form-quote">{item.anchor.quote}</p>
      <Form form={form} layout="vertical" className="item-form" onFinish={() => void save()} initialValues={{ ...fields, deadline: fields.deadline ?? '', place: fields.place ?? '', reason: '' }}>
        <Form.Item name="title" label={names.title} className="form-wide"><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} autoFocus /></Form.Item>
        {isTarget ? (
          <>
            <Form.Item name="subject" label={names.subject} className="form-wide"><Input maxLength={500} /></Form.Item>
            <Form.Item name="comparator" label={names.comparator}><Select allowClear placeholder={words.noComparator} onChange={(next: Values['comparator'] | undefined) => setComparator(next ?? null)} options={COMPARATORS.map((value) => ({ value, label: words.comparators[value] }))} /></Form.Item>
            <Form.Item name="value" label={names.value}><InputNumber className="form-number" /></Form.Item>
            {comparator === 'between' && <Form.Item name="upper" label={names.upper}><InputNumber className="form-number" /></Form.Item>}
            <Form.Item name="unit" label={names.unit}><Input maxLength={50} /></Form.Item>
          </>
        ) : (
          <>
            <Form.Item name="action" label={names.action}><Input maxLength={200} /></Form.Item>
            <Form.Item name="object" label={names.object}><Input maxLength={1000} /></Form.Item>
          </>
        )}
        <Form.Item name="lead" label={names.lead} className="form-wide"><Select mode="tags" tokenSeparators={[',', '，', '、', '；']} options={options} /></Form.Item>
        <Form.Item name="support" label={names.support} className="form-wide"><Select mode="tags" tokenSeparators={[',', '，', '、', '；']} options={options} /></Form.Item>
        <Form.Item name="deadline" label={names.deadline}><Input type="date" /></Form.Item>
        <Form.Item name="place" label={names.place}><Input maxLength={200} /></Form.Item>
        <Form.Item name="strength" label={names.strength}><Select options={STRENGTHS.map((value) => ({ value, label: words.strengths[value] }))} /></Form.Item>
        <Form.Item name="reason" label={words.reason}><Input maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
}
