/** Tasks in groups, as board and Gantt chart show them. */
import type { TaskJson } from '../../delivery/api.ts';
import { LIGHTS, TASK_SOURCES, TASK_STATES } from '../../delivery/model.ts';
import type { Group } from './tasks-address.ts';

export interface TaskGroup {
  /** A state, light, source or name of a body; '' for tasks that name no body. */
  readonly key: string;
  readonly tasks: readonly TaskJson[];
}

const FIXED: Readonly<Partial<Record<Group, readonly string[]>>> = { state: TASK_STATES, light: LIGHTS, source: TASK_SOURCES };

function keyOf(task: TaskJson, group: Group): string {
  if (group === 'body') return task.lead[0] ?? '';
  return group === 'none' ? '' : task[group];
}

/** Groups in the order of their lifecycle where they have one (empty ones among them stay when asked for), else the largest first, those without a body last. */
export function groupTasks(tasks: readonly TaskJson[], group: Group, keepEmpty: boolean): TaskGroup[] {
  const groups = new Map<string, TaskJson[]>((FIXED[group] ?? []).map((key) => [key, []]));
  for (const task of tasks) {
    const key = keyOf(task, group);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [task]);
    else own.push(task);
  }
  const all = [...groups].map(([key, own]) => ({ key, tasks: own }));
  if (FIXED[group] !== undefined) return keepEmpty ? all : all.filter((one) => one.tasks.length > 0);
  return all.sort((a, b) => Number(a.key === '') - Number(b.key === '') || b.tasks.length - a.tasks.length || a.key.localeCompare(b.key, 'zh'));
}
