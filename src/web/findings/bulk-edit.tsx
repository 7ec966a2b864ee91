import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { FindingEdit, FindingJson, FindingList } from '../../checkup/api.ts';
import { getJson } from '../api/client.ts';
import { asRequestError } from '../api/use-resource.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ledgerQuery } from './findings-address.ts';
import type { LedgerFilter } from './findings-address.ts';
import { ledgerOptions } from './ledger-options.ts';
import { MakeTasks } from './make-tasks.tsx';

interface BulkEditProps {
  readonly cityId: string;
  readonly base: string;
  readonly filter: LedgerFilter;
  readonly chosen: ReadonlyMap<string, FindingJson>;
  readonly total: number;
  readonly busy: boolean;
  readonly onChosen: (chosen: ReadonlyMap<string, FindingJson>) => void;
  readonly onEdit: (change: FindingEdit, reason: string) => Promise<boolean>;
}

interface Fields extends Pick<FindingEdit, 'stage' | 'kind' | 'priority' | 'severity' | 'bodies'> {
  readonly nextYear?: 'yes' | 'no';
  readonly deadline?: string;
  readonly reason?: string;
}

/** Findings of one edit; the server takes so many. */
const MOST = 10_000;

/** The bar over the table while rows are chosen: the stage in one click, everything else in a dialog. */
export function BulkEdit({ cityId, base, filter, chosen, total, busy, onChosen, onEdit }: BulkEditProps) {
  const { t, f, pick } = useSpeech();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const options = useMemo(() => ledgerOptions(pick), [pick]);

  function chooseAll(): void {
    getJson<FindingList>(`${base}?${ledgerQuery(filter, { limit: MOST })}`).then(
      ({ findings }) => onChosen(new Map(findings.map((finding) => [finding.findingId, finding]))),
      (error: unknown) => void message.error(pick(asRequestError(error).text)),
    );
  }

  return (
    <div className="bulk-bar" role="region" aria-label={t.findings.bulk}>
      <strong>{t.findings.chosen(f.integer(chosen.size))}</strong>
      {chosen.size < total && total <= MOST && <Button type="link" size="small" onClick={chooseAll}>{t.findings.chooseAll(f.integer(total))}</Button>}
      <Select className="bulk-stage" size="small" value={null} disabled={busy} aria-label={t.findings.moveTo} placeholder={t.findings.moveTo} options={options.stage as never} popupMatchSelectWidth={false} onChange={(stage: FindingJson['stage'] | null) => stage !== null && void onEdit({ stage }, '')} />
      <Button size="small" type="primary" disabled={busy} onClick={() => setOpen(true)}>{t.findings.editChosen}</Button>
      <MakeTasks cityId={cityId} findings={[...chosen.keys()]} size="small" />
      <Button size="small" type="text" onClick={() => onChosen(new Map())}>{t.findings.unchoose}</Button>
      {open && <BulkDialog count={chosen.size} chosen={chosen} busy={busy} onClose={() => setOpen(false)} onEdit={async (change, reason) => { if (await onEdit(change, reason)) setOpen(false); }} />}
    </div>
  );
}

function BulkDialog({ count, chosen, busy, onClose, onEdit }: { count: number; chosen: ReadonlyMap<string, FindingJson>; busy: boolean; onClose: () => void; onEdit: (change: FindingEdit, reason: string) => Promise<void> }) {
  const { t, f, pick } = useSpeech();
  const [form] = Form.useForm<Fields>();
  const [nothing, setNothing] = useState(true);
  const options = useMemo(() => ledgerOptions(pick), [pick]);
  const known = useMemo(() => [...new Set([...chosen.values()].flatMap(({ bodies }) => bodies))].map((body) => ({ value: body, label: body })), [chosen]);
  const read = (): FindingEdit => {
    const { reason: _, nextYear, deadline, bodies, ...rest } = form.getFieldsValue();
    return {
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
      ...(bodies !== undefined && bodies.length > 0 && { bodies }),
      ...(nextYear !== undefined && { nextYear: nextYear === 'yes' }),
      ...(deadline !== undefined && deadline !== '' && { deadline }),
    };
  };
  const select = { allowClear: true, placeholder: t.findings.unchanged };
  return (
    <Modal open title={t.findings.editTitle(f.integer(count))} okText={t.findings.apply} cancelText={t.common.cancel} okButtonProps={{ disabled: nothing, loading: busy }} onCancel={onClose} onOk={() => void onEdit(read(), form.getFieldValue('reason') as string | undefined ?? '')}>
      <p className="quiet">{t.findings.bulkHint}</p>
      <Form form={form} layout="vertical" className="bulk-form" onValuesChange={() => setNothing(Object.keys(read()).length === 0)}>
        <Form.Item name="stage" label={t.findings.fields.stage}><Select {...select} options={options.stage} /></Form.Item>
        <Form.Item name="kind" label={t.findings.fields.kind}><Select {...select} options={options.kind} /></Form.Item>
        <Form.Item name="priority" label={t.findings.fields.priority}><Select {...select} options={options.priority} /></Form.Item>
        <Form.Item name="severity" label={t.findings.fields.severity}><Select {...select} options={options.severity} /></Form.Item>
        <Form.Item name="nextYear" label={t.findings.fields.nextYear}><Select {...select} options={[{ value: 'yes', label: t.common.yes }, { value: 'no', label: t.common.no }]} /></Form.Item>
        <Form.Item name="deadline" label={t.findings.fields.deadline}><Input type="date" /></Form.Item>
        <Form.Item name="bodies" label={t.findings.fields.bodies} className="bulk-wide"><Select mode="tags" placeholder={t.findings.unchanged} options={known} tokenSeparators={[',', '，', '、']} /></Form.Item>
        <Form.Item name="reason" label={t.findings.reason} className="bulk-wide"><Input maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
}
