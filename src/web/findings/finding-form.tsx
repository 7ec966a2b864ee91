import { Button, Form, Input, Select, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { isSameJson } from '../../core/same-json.ts';
import type { FindingEdit, FindingJson } from '../../checkup/api.ts';
import { useSpeech } from '../i18n/language.tsx';
import { ledgerOptions } from './ledger-options.ts';

type Three = 'yes' | 'no' | 'unknown';
const toThree = (value: boolean | null): Three => (value === null ? 'unknown' : value ? 'yes' : 'no');
const fromThree = (value: Three): boolean | null => (value === 'unknown' ? null : value === 'yes');

interface Fields extends Pick<FindingJson, 'stage' | 'kind' | 'extent' | 'severity' | 'difficulty' | 'priority' | 'bodies' | 'nextYear' | 'area' | 'note'> {
  readonly deadline: string;
  readonly problem: string;
  readonly advice: string;
  readonly built: Three;
  readonly undersized: Three;
  readonly incomplete: Three;
  readonly other: string;
  readonly reason: string;
}

function toFields(finding: FindingJson, language: 'zh' | 'en'): Fields {
  const { stage, kind, extent, severity, difficulty, priority, bodies, nextYear, area, note, deadline, problem, advice, community } = finding;
  return {
    stage, kind, extent, severity, difficulty, priority, bodies, nextYear, area, note, deadline: deadline ?? '', problem: problem[language], advice: advice[language], reason: '',
    built: toThree(community?.built ?? null), undersized: toThree(community?.undersized ?? null), incomplete: toThree(community?.incomplete ?? null), other: community?.other ?? '',
  };
}

/** Only what differs from the finding: fields that nobody touched do not count as edited. */
function readEdit(fields: Fields, finding: FindingJson, language: 'zh' | 'en'): FindingEdit {
  const { problem, advice, deadline, built, undersized, incomplete, other, reason: _, ...plain } = fields;
  const community = { built: fromThree(built), undersized: fromThree(undersized), incomplete: fromThree(incomplete), other };
  const problemKey = language === 'zh' ? 'problemZh' : 'problemEn';
  const adviceKey = language === 'zh' ? 'adviceZh' : 'adviceEn';
  const all: FindingEdit = { ...plain, deadline: deadline === '' ? null : deadline, [problemKey]: problem, [adviceKey]: advice, ...(finding.community !== null && { community }) };
  const was: Readonly<Record<string, unknown>> = { ...finding, [problemKey]: finding.problem[language], [adviceKey]: finding.advice[language] };
  return Object.fromEntries(Object.entries(all).filter(([key, value]) => !isSameJson(value, was[key]))) as FindingEdit;
}

export function FindingForm({ finding, busy, onEdit }: { finding: FindingJson; busy: boolean; onEdit: (change: FindingEdit, reason: string) => Promise<boolean> }) {
  const { t, pick, language } = useSpeech();
  const [form] = Form.useForm<Fields>();
  const [changed, setChanged] = useState(0);
  const options = useMemo(() => ledgerOptions(pick), [pick]);
  const three = [{ value: 'yes', label: t.common.yes }, { value: 'no', label: t.common.no }, { value: 'unknown', label: t.findings.unknown }];
  const names = t.findings.fields;
  const read = (): FindingEdit => readEdit(form.getFieldsValue(), finding, language);
  return (
    <Form form={form} layout="vertical" className="bulk-form" initialValues={toFields(finding, language)} onValuesChange={() => setChanged(Object.keys(read()).length)}>
      <Form.Item name="stage" label={names.stage}><Select options={options.stage} /></Form.Item>
      <Form.Item name="kind" label={names.kind}><Select options={options.kind} /></Form.Item>
      <Form.Item name="extent" label={names.extent}><Select options={options.extent} /></Form.Item>
      <Form.Item name="severity" label={names.severity}><Select options={options.severity} /></Form.Item>
      <Form.Item name="difficulty" label={names.difficulty}><Select options={options.difficulty} /></Form.Item>
      <Form.Item name="priority" label={names.priority}><Select options={options.priority} /></Form.Item>
      <Form.Item name="deadline" label={names.deadline}><Input type="date" /></Form.Item>
      <Form.Item name="nextYear" label={names.nextYear} valuePropName="checked"><Switch /></Form.Item>
      <Form.Item name="bodies" label={names.bodies} className="bulk-wide"><Select mode="tags" tokenSeparators={[',', '，', '、']} options={finding.bodies.map((body) => ({ value: body, label: body }))} /></Form.Item>
      <Form.Item name="area" label={names.area} className="bulk-wide"><Input /></Form.Item>
      <Form.Item name="problem" label={names.problem} className="bulk-wide"><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
      <Form.Item name="advice" label={names.advice} className="bulk-wide"><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
      {finding.community !== null && (
        <>
          {(['built', 'undersized', 'incomplete'] as const).map((key) => <Form.Item key={key} name={key} label={t.findings.community[key]}><Select options={three} /></Form.Item>)}
          <Form.Item name="other" label={t.findings.community.other}><Input /></Form.Item>
        </>
      )}
      <Form.Item name="note" label={names.note} className="bulk-wide"><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} /></Form.Item>
      <Form.Item name="reason" label={t.findings.reason} className="bulk-wide"><Input maxLength={500} /></Form.Item>
      <div className="bulk-wide finding-save">
        <Button type="primary" disabled={changed === 0} loading={busy} onClick={() => void onEdit(read(), form.getFieldValue('reason') as string)}>{t.findings.save}</Button>
        {changed > 0 && <Button onClick={() => { form.resetFields(); setChanged(0); }}>{t.findings.revert}</Button>}
      </div>
    </Form>
  );
}
