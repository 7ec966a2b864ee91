import { Input, Modal } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TaskJson } from '../../delivery/api.ts';
import { needsReason } from '../../delivery/ledger/task-acts.ts';
import type { TaskState } from '../../delivery/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { TaskEdits } from './use-task-edits.ts';

/** What moves, and where to: as little of a task as the rules ask about. */
export type Movable = Pick<TaskJson, 'taskId' | 'state' | 'progress'>;

interface Asked {
  readonly tasks: readonly Movable[];
  readonly state: 'done' | 'cancelled';
}

/** Moves tasks to a state; asks for the reason where the rules want one, instead of being refused. */
export function useMoveTasks(edits: TaskEdits): { readonly move: (tasks: readonly Movable[], state: TaskState) => void; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  function move(tasks: readonly Movable[], state: TaskState): void {
    const moving = tasks.filter((task) => task.state !== state);
    if (moving.length === 0) return;
    if ((state === 'cancelled' || state === 'done') && moving.some((task) => needsReason(task, state))) setAsked({ tasks: moving, state });
    else void edits.edit(moving.map(({ taskId }) => taskId), { state });
  }
  return { move, dialog: asked !== undefined && <ReasonDialog asked={asked} edits={edits} onClose={() => setAsked(undefined)} /> };
}

function ReasonDialog({ asked: { tasks, state }, edits, onClose }: { asked: Asked; edits: TaskEdits; onClose: () => void }) {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const done = state === 'done';
  return (
    <Modal
      open title={done ? t.tasks.doneTitle : t.tasks.cancelTitle} okText={done ? t.tasks.act.done : t.tasks.act.cancel} cancelText={t.common.cancel} onCancel={onClose} zIndex={1100}
      okButtonProps={{ disabled: reason.trim() === '', loading: edits.busy, danger: !done }}
      onOk={() => void edits.edit(tasks.map(({ taskId }) => taskId), { state }, reason).then((moved) => { if (moved) onClose(); })}
    >
      <p className="quiet">{done ? t.tasks.doneHint : t.tasks.cancelHint}</p>
      <Input.TextArea autoFocus aria-label={t.tasks.reason} placeholder={t.tasks.reasonNeeded} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
    </Modal>
  );
}
