/** What the state of a task allows, in one place: the pages offer it, and task-row.ts refuses the rest. */
import type { TaskRow } from '../api.ts';
import type { TaskState } from '../model.ts';
import { TASK_STATES } from '../model.ts';

export const TASK_ACTS = ['report', 'extend', 'order', 'set-deadline'] as const;
export type TaskAct = (typeof TASK_ACTS)[number];
type Standing = Pick<TaskRow, 'state' | 'deadline'>;

/** Given out, and not over. */
const isRunning = ({ state }: Standing): boolean => state === 'open' || state === 'submitted';

/** Whether an act is one for a task as it stands; what is given with it may still be refused. */
export function allows(act: TaskAct, task: Standing): boolean {
  switch (act) {
    case 'report': return task.state === 'draft' || isRunning(task);
    // the deadline of a draft is set, not extended; and nobody can be urged to do what was not given out
    case 'extend': case 'order': return isRunning(task);
    case 'set-deadline': return task.state === 'draft' || task.deadline === null;
  }
}

/** Where a task can go from its state: nothing that was given out is a draft again. */
export function statesAfter(state: TaskState): readonly TaskState[] {
  return TASK_STATES.filter((next) => next !== state && next !== 'draft');
}

const hasEvidence = ({ progress }: Pick<TaskRow, 'progress'>): boolean => progress.some(({ evidence }) => evidence.length > 0);

/** Withdrawing needs a reason, and so does an end without evidence. */
export function needsReason(task: Pick<TaskRow, 'state' | 'progress'>, next: TaskState): boolean {
  return next !== task.state && (next === 'cancelled' || (next === 'done' && !hasEvidence(task)));
}
