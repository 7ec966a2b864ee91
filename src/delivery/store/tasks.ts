/** The SQL of the ledger of tasks and of its history. */
import type { Database, Session } from '../../base/database.ts';
import { noCity } from '../../base/store/cities.ts';
import { toJsonText } from '../../base/store/copy-text.ts';
import { ChengmaiError } from '../../core/errors.ts';
import type { TaskRow } from '../api.ts';
import type { Changed, TaskChange } from '../ledger/task-row.ts';
import { taskNumber } from '../ledger/task-row.ts';

const CHUNK = 500;

export async function listTasks(database: Session, cityId: string): Promise<TaskRow[]> {
  return (await database.query<{ row: TaskRow }>('select row from task where city_id = $1 order by task_id', [cityId])).map(({ row }) => row);
}

function noTask(taskId: string): ChengmaiError {
  return new ChengmaiError('not-found', 'delivery/no-task', { zh: `台账中没有任务“${taskId}”；请刷新任务列表。`, en: `The ledger has no task "${taskId}"; load the list again.` }, { value: taskId });
}

/**
 * Holds a city against deletion until the transaction ends: what writes below it takes its locks in the order city, document, ledger, tasks, so that nobody waits in a ring.
 *
 * @throws ChengmaiError not-found `base/no-city`
 */
export async function holdCity(session: Session, cityId: string): Promise<void> {
  if ((await session.query('select 1 from city where city_id = $1 for key share', [cityId])).length === 0) throw noCity(cityId);
}

/** One at a time makes tasks of findings, of a table, of a workbook: what is looked up first must still hold when it is written. */
export async function lockLedger(session: Session, cityId: string): Promise<void> {
  await session.query('insert into task_number (city_id, last) values ($1, 0) on conflict (city_id) do update set last = task_number.last', [cityId]);
}

/** Those of the tasks that were withdrawn. */
export async function listWithdrawn(session: Session, cityId: string, taskIds: readonly string[]): Promise<Set<string>> {
  if (taskIds.length === 0) return new Set();
  return new Set((await session.query<{ taskId: string }>(`select task_id as "taskId" from task where city_id = $1 and task_id = any($2) and state = 'cancelled'`, [cityId, taskIds])).map(({ taskId }) => taskId));
}

/** Rows by id, locked for the transaction, in the order asked for. @throws ChengmaiError not-found `delivery/no-task` */
export async function lockTasks(session: Session, cityId: string, taskIds: readonly string[]): Promise<TaskRow[]> {
  const rows = await session.query<{ row: TaskRow }>('select row from task where city_id = $1 and task_id = any($2) order by task_id for update', [cityId, taskIds]);
  const byId = new Map(rows.map(({ row }) => [row.taskId, row]));
  return taskIds.map((taskId) => {
    const row = byId.get(taskId);
    if (row === undefined) throw noTask(taskId);
    return row;
  });
}

export interface TaskHistoryRow extends Omit<TaskChange, 'taskId'> {
  readonly changeSet: string;
  readonly at: Date;
  readonly who: string;
}

/** @throws ChengmaiError not-found `delivery/no-task` */
export async function getTask(database: Session, cityId: string, taskId: string): Promise<{ readonly row: TaskRow; readonly history: TaskHistoryRow[] }> {
  const [found] = await database.query<{ row: TaskRow }>('select row from task where city_id = $1 and task_id = $2', [cityId, taskId]);
  if (found === undefined) throw noTask(taskId);
  const history = await database.query<TaskHistoryRow>('select change_set as "changeSet", at, who, by, field, before, after, reason from task_change where city_id = $1 and task_id = $2 order by change_id desc', [cityId, taskId]);
  return { row: found.row, history };
}

/** The next numbers of a city's tasks; never given twice, also when what took them is undone. */
export async function takeNumbers(session: Session, cityId: string, year: number, count: number): Promise<string[]> {
  const [{ last }] = await session.query<{ last: number }>('insert into task_number (city_id, last) values ($1, $2) on conflict (city_id) do update set last = task_number.last + excluded.last returning last', [cityId, count]);
  return Array.from({ length: count }, (_, i) => taskNumber(year, last - count + 1 + i));
}

/** Writes rows and their history as one change set. */
export async function writeTasks(session: Session, cityId: string, changed: readonly Changed[], { changeSet, who, now }: { readonly changeSet: string; readonly who: string; readonly now: string }): Promise<void> {
  const written = changed.filter(({ changes }) => changes.length > 0);
  for (let start = 0; start < written.length; start += CHUNK) {
    await session.query(
      `insert into task (city_id, task_id, source, source_ref, state, deadline, row, updated_at)
       select $1, r->>'taskId', r->>'source', r->>'sourceRef', r->>'state', (r->>'deadline')::date, r, $3 from jsonb_array_elements($2::jsonb) as r
       on conflict (city_id, task_id) do update set source = excluded.source, source_ref = excluded.source_ref, state = excluded.state, deadline = excluded.deadline, row = excluded.row, updated_at = excluded.updated_at`,
      [cityId, toJsonText(written.slice(start, start + CHUNK).map(({ row }) => row)), now],
    );
  }
  const changes = written.flatMap((one) => one.changes);
  for (let start = 0; start < changes.length; start += CHUNK) {
    await session.query(
      `insert into task_change (city_id, change_set, task_id, at, who, by, field, before, after, reason)
       select $1, $2, c->>'taskId', $4, $5, c->>'by', c->>'field', c->'before', c->'after', c->>'reason' from jsonb_array_elements($3::jsonb) as c`,
      [cityId, changeSet, toJsonText(changes.slice(start, start + CHUNK)), now, who],
    );
  }
}

/** The changes of a set by task, in the order they were made; empty where there is no such set. */
export async function listChangeSet(session: Session, cityId: string, changeSet: string): Promise<Map<string, TaskChange[]>> {
  const changes = await session.query<TaskChange>('select task_id as "taskId", by, field, before, after, reason from task_change where city_id = $1 and change_set = $2 order by change_id', [cityId, changeSet]);
  return byTaskOf(changes);
}

function byTaskOf(changes: readonly TaskChange[]): Map<string, TaskChange[]> {
  const byTask = new Map<string, TaskChange[]>();
  for (const change of changes) {
    const own = byTask.get(change.taskId) ?? [];
    own.push(change);
    byTask.set(change.taskId, own);
  }
  return byTask;
}

/** What was changed after a set in the tasks that the set made, by task, in the order it was done. */
export async function listChangesSinceMade(session: Session, cityId: string, changeSet: string): Promise<Map<string, TaskChange[]>> {
  const changes = await session.query<TaskChange>(
    `select c.task_id as "taskId", c.by, c.field, c.before, c.after, c.reason from task_change made
     join task_change c on c.city_id = made.city_id and c.task_id = made.task_id and c.change_id > made.change_id and c.change_set <> made.change_set
     where made.city_id = $1 and made.change_set = $2 and made.field = 'state' and coalesce(made.before, 'null'::jsonb) = 'null'::jsonb order by c.change_id`,
    [cityId, changeSet],
  );
  return byTaskOf(changes);
}

/** The documents that stand, of those that tasks came of, in the order in which they are locked. */
export async function listDocumentsOfTasks(session: Session, cityId: string, taskIds: readonly string[]): Promise<string[]> {
  const found = await session.query<{ document_id: string }>(
    `select document_id from policy_document where city_id = $1 and document_id in (select split_part(source_ref, '#', 1) from task where city_id = $1 and task_id = any($2) and source = 'document') order by document_id`, [cityId, taskIds],
  );
  return found.map(({ document_id }) => document_id);
}

/** Tasks that anybody but an import has changed. */
export async function listTouched(session: Session, cityId: string): Promise<Set<string>> {
  return new Set((await session.query<{ taskId: string }>(`select distinct task_id as "taskId" from task_change where city_id = $1 and by <> 'import'`, [cityId])).map(({ taskId }) => taskId));
}

/** Change sets of the ledger, the newest first, for undo. */
export async function listChangeSets(database: Database, cityId: string, limit: number): Promise<{ changeSet: string; at: Date; who: string; by: TaskChange['by']; tasks: number; fields: string[] }[]> {
  return database.query(
    'select change_set as "changeSet", max(at) as at, max(who) as who, max(by) as by, count(distinct task_id)::int as tasks, array_agg(distinct field) as fields from task_change where city_id = $1 group by change_set order by max(change_id) desc limit $2', [cityId, limit],
  );
}

/** Changes of fields after a moment, the newest first: what takes the ledger back to it. */
export async function listChangesAfter(database: Session, cityId: string, moment: Date): Promise<{ taskId: string; field: string; before: unknown; at: Date }[]> {
  const changes = await database.query<{ taskId: string; field: string; before: unknown; at: Date }>('select task_id as "taskId", field, before, at from task_change where city_id = $1 and at > $2 order by change_id desc', [cityId, moment.toISOString()]);
  return changes.map(({ at, ...change }) => ({ ...change, at: new Date(at) }));
}

/** The first moment of which the ledger knows; undefined while it is empty. */
export async function findFirstChange(database: Session, cityId: string): Promise<Date | undefined> {
  const [{ first }] = await database.query<{ first: Date | null }>('select min(at) as first from task_change where city_id = $1', [cityId]);
  return first === null ? undefined : new Date(first);
}
