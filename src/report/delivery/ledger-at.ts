/** The ledger as it stood at an earlier moment: its present rows with every later change taken back. */
import type { TaskRow } from '../../delivery/api.ts';

export interface LaterChange {
  readonly taskId: string;
  readonly field: string;
  readonly before: unknown;
}

/**
 * @param rows as they stand
 * @param later every change after the moment, the newest first
 * @returns rows that were there at the moment
 */
export function ledgerAt(rows: readonly TaskRow[], later: readonly LaterChange[]): TaskRow[] {
  const byId = new Map<string, Record<string, unknown>>(rows.map((row) => [row.taskId, { ...row }]));
  for (const { taskId, field, before } of later) {
    const row = byId.get(taskId);
    if (row === undefined) continue;
    // a task's history begins with its state
    if (field === 'state' && before === null) byId.delete(taskId);
    else row[field] = before;
  }
  return [...byId.values()] as unknown as TaskRow[];
}
