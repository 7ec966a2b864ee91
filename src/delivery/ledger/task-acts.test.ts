import { describe, expect, it } from 'vitest';
import type { TaskRow } from '../api.ts';
import { TASK_STATES } from '../model.ts';
import { allows, needsReason, statesAfter } from './task-acts.ts';
import type { TaskAct } from './task-acts.ts';
import type { Act } from './task-row.ts';
import { addProgress, editTask, extendTask, newTask, orderTask } from './task-row.ts';

const act: Act = { who: 'li', now: '2026-03-02T08:00:00.000Z', by: 'person' };
const task = (state: TaskRow['state'], deadline: string | null): TaskRow => newTask({ taskId: 'D2026-0001', source: 'hand', title: '改造', state, deadline, startAt: '2026-01-01' }, act).row;
const DOES: Readonly<Record<TaskAct, (row: TaskRow) => unknown>> = {
  report: (row) => addProgress(row, { percent: 10, text: '…', evidence: [] }, act),
  extend: (row) => extendTask(row, '2027-01-01', '雨季', act),
  order: (row) => orderTask(row, { text: '请说明', answerBy: null }, act),
  'set-deadline': (row) => editTask(row, { deadline: '2026-12-01' }, act),
};
const isDone = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

describe('what the state of a task allows', () => {
  it('is what is not refused, in every state, with a deadline and without', () => {
    for (const state of TASK_STATES) {
      for (const deadline of [null, '2026-06-30']) {
        const row = task(state, deadline);
        for (const [name, does] of Object.entries(DOES)) expect.soft(allows(name as TaskAct, row), `${name} ${state} ${deadline}`).toBe(isDone(() => does(row)));
      }
    }
  });

  it('names the states that a task may go to, and when it must say why', () => {
    for (const from of TASK_STATES) {
      for (const to of TASK_STATES.filter((state) => state !== from)) {
        const row = task(from, '2026-06-30');
        expect.soft(statesAfter(from).includes(to), `${from} → ${to}`).toBe(isDone(() => editTask(row, { state: to }, { ...act, reason: '因' })));
        if (statesAfter(from).includes(to)) expect.soft(needsReason(row, to), `${from} → ${to}`).toBe(!isDone(() => editTask(row, { state: to }, act)));
      }
    }
  });
});
