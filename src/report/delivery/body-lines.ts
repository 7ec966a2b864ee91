/** How the leading bodies did over a quarter: the rows of the bulletin's ranking. */
import type { TaskJson } from '../../delivery/api.ts';
import { isOverdue } from './delivery-words.ts';

export interface BodyLine {
  /** '' for tasks that no body leads. */
  readonly body: string;
  /** Place in the ranking; null where nothing was due or done yet. Equal shares have one place. */
  readonly rank: number | null;
  readonly given: number;
  readonly doneInTime: number;
  readonly doneLate: number;
  /** Done on a day that nobody wrote down: taken for in time, and said so. */
  readonly doneUndated: number;
  readonly overdue: number;
  /** Whose deadline was moved at least once. */
  readonly extended: number;
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
  /** Done in time of what was done or is overdue; null where neither. */
  readonly share: number | null;
}

type Counts = Omit<BodyLine, 'body' | 'rank'>;

/**
 * Tasks that were given out and not over when the quarter began: what was done or withdrawn before it is an earlier bulletin's.
 *
 * @param before the ledger at the end of the quarter before
 */
export function tasksOfQuarter(tasks: readonly TaskJson[], before: readonly TaskJson[], first: string): TaskJson[] {
  const over = new Set(before.filter(({ state }) => state === 'done' || state === 'cancelled').map(({ taskId }) => taskId));
  return tasks.filter(({ taskId, state, doneAt }) => state !== 'draft' && state !== 'cancelled' && !(state === 'done' && (over.has(taskId) || (doneAt !== null && doneAt < first))));
}

/** In time: by the deadline as it stood in the end, extensions included. */
export const isLate = ({ doneAt, deadline }: TaskJson): boolean => doneAt !== null && deadline !== null && doneAt > deadline;

export function countTasks(tasks: readonly TaskJson[]): Counts {
  const count = (test: (task: TaskJson) => boolean): number => tasks.filter(test).length;
  const done = tasks.filter(({ state }) => state === 'done');
  const doneLate = done.filter(isLate).length;
  const doneUndated = done.filter(({ doneAt }) => doneAt === null).length;
  const doneInTime = done.length - doneLate - doneUndated;
  const overdue = count(isOverdue);
  const judged = done.length + overdue;
  return {
    given: tasks.length, doneInTime, doneLate, doneUndated, overdue, extended: count(({ extensions }) => extensions.length > 0),
    red: count(({ light }) => light === 'red'), yellow: count(({ light }) => light === 'yellow'), green: count(({ light }) => light === 'green'), share: judged === 0 ? null : (doneInTime + doneUndated) / judged,
  };
}

const doneOf = ({ doneInTime, doneLate, doneUndated }: Counts): number => doneInTime + doneLate + doneUndated;

/** By the share done in time, then the fewest overdue, then the most done. A task that several lead counts for each. */
export function rankBodies(tasks: readonly TaskJson[]): BodyLine[] {
  const byBody = new Map<string, TaskJson[]>();
  for (const task of tasks) {
    for (const body of task.lead.length === 0 ? [''] : new Set(task.lead)) {
      const own = byBody.get(body);
      if (own === undefined) byBody.set(body, [task]);
      else own.push(task);
    }
  }
  const lines = [...byBody].map(([body, own]) => ({ body, ...countTasks(own) }));
  const order = (a: (typeof lines)[number], b: (typeof lines)[number]): number => (b.share ?? -1) - (a.share ?? -1) || a.overdue - b.overdue || doneOf(b) - doneOf(a);
  lines.sort((a, b) => Number(a.body === '') - Number(b.body === '') || order(a, b) || b.given - a.given || a.body.localeCompare(b.body, 'zh'));
  let rank = 0;
  return lines.map((line, i) => {
    if (line.body === '' || line.share === null) return { ...line, rank: null };
    if (i === 0 || order(lines[i - 1], line) !== 0) rank = i + 1;
    return { ...line, rank };
  });
}
