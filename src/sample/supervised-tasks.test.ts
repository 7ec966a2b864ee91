import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import type { TaskJson } from '../delivery/api.ts';
import { tableTask } from '../delivery/ledger/table-task.ts';
import { newTask, taskJson } from '../delivery/ledger/task-row.ts';
import { buildPlan } from './plan.ts';
import { writeTasks } from './supervised-tasks.ts';

const dir = mkdtempSync(join(tmpdir(), 'chengmai-tasks-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** The ledger as it is on the day its file was written for. */
function ledger(asOf: string, seed = 1): TaskJson[] {
  writeTasks(dir, buildPlan(300_000, seed), asOf);
  const now = `${asOf}T04:00:00.000Z`;
  const rows: Record<string, string>[] = parse(readFileSync(join(dir, 'tasks.csv')), { columns: true });
  return rows.map(({ task_id: key, class: kind, ...cells }) => {
    const values = { ...Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell === '' ? null : cell])), class: kind === '限时' ? 'timed' : 'best-effort' };
    return taskJson(newTask({ taskId: key, ...tableTask(key, values, now)! }, { who: 'test', now, by: 'import' }).row, asOf);
  });
}

function rulesOf(tasks: readonly TaskJson[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { lightRule } of tasks) counts[lightRule] = (counts[lightRule] ?? 0) + 1;
  return counts;
}

describe('the sample’s ledger', () => {
  it('has every light for every reason, whatever the day and the seed', () => {
    for (const [asOf, seed] of [['2026-10-20', 1], ['2026-11-22', 2], ['2027-02-28', 3], ['2028-03-01', 4]] as const) {
      const rules = rulesOf(ledger(asOf, seed));
      // each bad one once, and most of them well; what was put off from 2025 is on plan or behind by its own numbers
      expect(rules, asOf).toMatchObject({ overdue: 1, 'order-unanswered': 1, 'milestone-overdue': 1, 'due-soon': 1, silent: 1, draft: 1, cancelled: 1 });
      expect(rules['on-plan'], asOf).toBeGreaterThan(9);
      expect(rules['behind'], asOf).toBeGreaterThan(0);
      expect(rules['done'], asOf).toBeGreaterThan(20);
    }
  });

  it('can be as the ledger’s rules have it: done by now, begun before its deadline, put off with a reason, told of in the past', () => {
    const asOf = '2026-11-22';
    for (const { title, state, doneAt, startAt, deadline, extensions, progress, orders, firstDeadline } of ledger(asOf)) {
      if (state === 'done') expect(doneAt! <= asOf && progress[0].evidence.length > 0, title).toBe(true);
      if (startAt !== null) expect(startAt <= firstDeadline! && firstDeadline! <= deadline!, title).toBe(true);
      for (const one of extensions) expect([one.from! < one.to, one.reason.length > 5, one.at < `${one.from!}T24`], title).toEqual([true, true, true]);
      for (const { at } of [...progress, ...orders, ...extensions]) expect(at <= `${asOf}T24`, title).toBe(true);
    }
  });

  it('holds what was due in 2025 apart from the day: its rate is of the check-up', () => {
    const due = (tasks: readonly TaskJson[]) => tasks.filter(({ deadline }) => deadline!.startsWith('2025')).map(({ title, deadline, doneAt }) => [title, deadline, doneAt]);
    expect(due(ledger('2027-02-28'))).toEqual(due(ledger('2026-10-20')));
    expect(due(ledger('2026-10-20')).length).toBeGreaterThan(20);
  });
});
