import { DeleteOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { EvidenceFile, TaskJson } from '../../delivery/api.ts';
import { allows } from '../../delivery/ledger/task-acts.ts';
import type { Milestone } from '../../delivery/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { EvidenceList, EvidencePicker, useEvidenceUploads } from './evidence-files.tsx';
import type { TaskEdits } from './use-task-edits.ts';

interface SectionProps {
  readonly task: TaskJson;
  readonly edits: TaskEdits;
}

/** A heading with the button that opens a form under it. */
function Section({ title, action, disabled, form, children }: { title: string; action: string; disabled?: boolean; form: (close: () => void) => ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="task-section" aria-label={title}>
      <header><h3>{title}</h3>{!open && disabled !== true && <Button size="small" onClick={() => setOpen(true)}>{action}</Button>}</header>
      {open && disabled !== true && form(() => setOpen(false))}
      {children}
    </section>
  );
}

function Foot({ busy, onCancel }: { busy: boolean; onCancel: () => void }) {
  const { t } = useSpeech();
  return <div className="bulk-wide finding-save"><Button type="primary" htmlType="submit" loading={busy}>{t.tasks.send}</Button><Button onClick={onCancel}>{t.common.cancel}</Button></div>;
}

function ReportForm({ cityId, task, edits, onClose }: SectionProps & { cityId: string; onClose: () => void }) {
  const { t } = useSpeech();
  const uploads = useEvidenceUploads({ cityId, taskId: task.taskId });
  const lines = (text: string | undefined): string[] => (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const send = async ({ text, percent, evidence }: { text: string; percent?: number | null; evidence?: string }): Promise<void> => {
    if (await edits.act(task.taskId, 'progress', { text, percent: percent ?? null, evidence: [...uploads.files.map(({ name }) => name), ...lines(evidence)] })) onClose();
  };
  return (
    <Form layout="vertical" className="bulk-form task-subform" onFinish={(values: Parameters<typeof send>[0]) => void send(values)}>
      <Form.Item name="text" label={t.tasks.reportText} className="bulk-wide" rules={[{ required: true, whitespace: true, message: t.tasks.reportText }]}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 8 }} maxLength={5000} /></Form.Item>
      <Form.Item name="percent" label={t.tasks.reportPercent}><InputNumber min={0} max={100} suffix="%" /></Form.Item>
      <Form.Item name="evidence" label={t.tasks.evidence} extra={t.tasks.evidenceHint}><Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} /></Form.Item>
      <EvidencePicker uploads={uploads} />
      <Foot busy={edits.busy || uploads.pending.length > 0} onCancel={() => { void uploads.discard(); onClose(); }} />
    </Form>
  );
}

export function ProgressSection({ cityId, task, files, edits }: SectionProps & { cityId: string; files: readonly EvidenceFile[] }) {
  const { t, f } = useSpeech();
  return (
    <Section title={t.tasks.progress} action={t.tasks.report} disabled={!allows('report', task)} form={(close) => <ReportForm cityId={cityId} task={task} edits={edits} onClose={close} />}>
      {task.progress.length === 0 ? <p className="quiet">{t.tasks.noProgress}</p> : (
        <ol className="task-entries">
          {task.progress.toReversed().map((entry, i) => (
            <li key={i}>
              <span className="quiet">{f.dateTime(entry.at)} · {t.tasks.whoOf(entry.who)}{entry.percent !== null && ` · ${f.integer(entry.percent)}%`}</span>
              <p>{entry.text}</p>
              {entry.evidence.length === 0 ? <span className="quiet">{t.tasks.noEvidence}</span> : <EvidenceList cityId={cityId} taskId={task.taskId} names={entry.evidence} files={files} />}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

export function ExtensionsSection({ task, edits }: SectionProps) {
  const { t, f } = useSpeech();
  return (
    <Section
      title={t.tasks.extensions} action={task.deadline === null ? t.tasks.setDeadline : t.tasks.extend} disabled={!allows('extend', task)}
      form={(close) => (
        <Form layout="vertical" className="bulk-form task-subform" onFinish={(extension: { to: string; reason: string }) => void edits.act(task.taskId, 'extensions', extension).then((done) => { if (done) close(); })}>
          <Form.Item name="to" label={t.tasks.extendTo} rules={[{ required: true, message: t.tasks.extendTo }, { validator: (_, to?: string) => (to === undefined || to === '' || task.deadline === null || to > task.deadline ? Promise.resolve() : Promise.reject(new Error(t.tasks.extendLater(f.date(task.deadline))))) }]}><Input autoFocus type="date" /></Form.Item>
          <Form.Item name="reason" label={t.tasks.reason} className="bulk-wide" rules={[{ required: true, whitespace: true, message: t.tasks.reasonNeeded }]}><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} /></Form.Item>
          <Foot busy={edits.busy} onCancel={close} />
        </Form>
      )}
    >
      {task.extensions.length === 0 ? <p className="quiet">{task.state === 'draft' ? t.tasks.draftDeadline : t.tasks.noExtensions}</p> : (
        <ol className="task-entries">
          {task.extensions.toReversed().map((one, i) => <li key={i}><span className="quiet">{f.dateTime(one.at)} · {t.tasks.whoOf(one.who)}</span><p><strong>{t.tasks.extendedFrom(one.from === null ? t.tasks.noDeadline : f.date(one.from), f.date(one.to))}</strong> {one.reason}</p></li>)}
        </ol>
      )}
    </Section>
  );
}

export function OrdersSection({ task, edits }: SectionProps) {
  const { t, f } = useSpeech();
  const [answering, setAnswering] = useState<string | undefined>(undefined);
  return (
    <Section
      title={t.tasks.orders} action={t.tasks.giveOrder} disabled={!allows('order', task)}
      form={(close) => (
        <Form layout="vertical" className="bulk-form task-subform" onFinish={({ text, answerBy }: { text: string; answerBy?: string }) => void edits.act(task.taskId, 'orders', { text, answerBy: answerBy === undefined || answerBy === '' ? null : answerBy }).then((done) => { if (done) close(); })}>
          <Form.Item name="text" label={t.tasks.orderText} className="bulk-wide" rules={[{ required: true, whitespace: true, message: t.tasks.orderText }]}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
          <Form.Item name="answerBy" label={t.tasks.answerBy}><Input type="date" /></Form.Item>
          <Foot busy={edits.busy} onCancel={close} />
        </Form>
      )}
    >
      {task.orders.length === 0 ? <p className="quiet">{t.tasks.noOrders}</p> : (
        <ol className="task-entries">
          {task.orders.toReversed().map((order) => (
            <li key={order.number}>
              <span className="quiet">{order.number} · {f.dateTime(order.at)} · {t.tasks.whoOf(order.who)}</span>
              <p>{order.text}</p>
              {order.answeredAt !== null ? <p className="task-answer"><span className="quiet">{t.tasks.answeredAt(f.date(order.answeredAt))}</span> {order.answer}</p> : (
                <p className="task-unanswered">{t.tasks.unanswered}{order.answerBy !== null && ` · ${t.tasks.answerByOf(f.date(order.answerBy))}`} {answering !== order.number && <Button size="small" onClick={() => setAnswering(order.number)}>{t.tasks.answer}</Button>}</p>
              )}
              {answering === order.number && order.answeredAt === null && (
                <Form layout="vertical" className="bulk-form task-subform" onFinish={({ answer }: { answer: string }) => void edits.act(task.taskId, 'answers', { number: order.number, answer }).then((done) => { if (done) setAnswering(undefined); })}>
                  <Form.Item name="answer" label={t.tasks.answerText} className="bulk-wide" rules={[{ required: true, whitespace: true, message: t.tasks.answerText }]}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} /></Form.Item>
                  <Foot busy={edits.busy} onCancel={() => setAnswering(undefined)} />
                </Form>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** Milestones are edited as they stand, and kept together. */
export function MilestonesSection({ task, edits }: SectionProps) {
  const { t, f } = useSpeech();
  const [list, setList] = useState<readonly Milestone[]>(task.milestones);
  const changed = JSON.stringify(list) !== JSON.stringify(task.milestones);
  const whole = list.every(({ title, due }) => title.trim() !== '' && due !== '');
  const set = (at: number, change: Partial<Milestone>): void => setList(list.map((one, i) => (i === at ? { ...one, ...change } : one)));
  const dayInput = (label: string, value: string | null, onDay: (day: string) => void) => <Input type="date" size="small" aria-label={label} title={label} value={value ?? ''} onChange={({ target }) => onDay(target.value)} />;
  return (
    <section className="task-section" aria-label={t.tasks.milestones}>
      <header><h3>{t.tasks.milestones}</h3><Button size="small" onClick={() => setList([...list, { title: '', due: task.deadline ?? '', doneAt: null }])}>{t.tasks.addMilestone}</Button></header>
      {list.length === 0 ? <p className="quiet">{t.tasks.noMilestones}</p> : (
        <ul className="task-milestones">
          {list.map((milestone, i) => (
            <li key={i}>
              <Input size="small" className="milestone-title" aria-label={t.tasks.milestoneTitle} placeholder={t.tasks.milestoneTitle} maxLength={300} value={milestone.title} onChange={({ target }) => set(i, { title: target.value })} />
              <label><small className="quiet">{t.tasks.milestoneDue}</small>{dayInput(t.tasks.milestoneDue, milestone.due, (due) => set(i, { due }))}</label>
              <label><small className="quiet">{t.tasks.milestoneDone}</small>{dayInput(t.tasks.milestoneDone, milestone.doneAt, (day) => set(i, { doneAt: day === '' ? null : day }))}</label>
              <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t.tasks.removeMilestone(milestone.title)} onClick={() => setList(list.filter((_, n) => n !== i))} />
            </li>
          ))}
        </ul>
      )}
      <ul className="task-milestones-printed" aria-hidden="true">{task.milestones.map((milestone, i) => <li key={i}>{milestone.title} · {f.date(milestone.due)}{milestone.doneAt !== null && ` · ${t.tasks.milestoneDone} ${f.date(milestone.doneAt)}`}</li>)}</ul>
      {changed && <div className="finding-save"><Button type="primary" disabled={!whole} loading={edits.busy} onClick={() => void edits.edit([task.taskId], { milestones: list.map((one) => ({ ...one, title: one.title.trim() })).toSorted((a, b) => a.due.localeCompare(b.due)) })}>{t.tasks.saveMilestones}</Button><Button onClick={() => setList(task.milestones)}>{t.tasks.revert}</Button></div>}
    </section>
  );
}
