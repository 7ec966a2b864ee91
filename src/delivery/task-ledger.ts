/** The ledger of tasks as it is worked with: lists with lights, new tasks, edits, progress, extensions, orders, undo. Each act is one change set. */
import { randomUUID } from 'node:crypto';
import type { Database, Session } from '../base/database.ts';
import type { Base } from '../base/open.ts';
import { getCity } from '../base/store/cities.ts';
import { getCurrentBatches } from '../base/store/revisions.ts';
import { listTableRows } from '../base/store/tables.ts';
import { getFinding } from '../checkup/store/ledger.ts';
import { ChengmaiError } from '../core/errors.ts';
import { isSameJson } from '../core/same-json.ts';
import type { TaskChangeSets, TaskEdit, TaskHistory, TaskJson, TaskList, TaskRow } from './api.ts';
import type { TaskReminder } from './ledger/by-body.ts';
import { tableTask } from './ledger/table-task.ts';
import { dayInChina } from './ledger/working-days.ts';
import { remindersOf } from './ledger/task-light.ts';
import type { Act, Changed, TaskChange } from './ledger/task-row.ts';
import { addProgress, answerOrder, checkDays, checkDone, editTask, extendTask, followTable, newTask, orderTask, taskJson, undoTask } from './ledger/task-row.ts';
import { pathOf } from './review/anchors.ts';
import { mergeDecisions } from './review/items.ts';
import type { SubjectChange } from './store/documents.ts';
import { findChangeSet, listDecisions, lockDocument, writeChanges } from './store/documents.ts';
import { getLightSettings } from './store/light-settings.ts';
import { listEvidence } from './store/evidence.ts';
import { getTask, holdCity, listChangeSet, listChangeSets, listChangesSinceMade, listDocumentsOfTasks, listTasks, listTouched, listWithdrawn, lockLedger, lockTasks, takeNumbers, writeTasks } from './store/tasks.ts';
import type { Light, ReviewItem } from './model.ts';

export interface TaskFilter {
  readonly document?: string | undefined;
  readonly source?: string | undefined;
  readonly state?: readonly string[] | undefined;
  readonly light?: readonly string[] | undefined;
  /** Leads or supports. */
  readonly body?: string | undefined;
  readonly lead?: string | undefined;
  readonly district?: string | undefined;
  readonly place?: string | undefined;
  readonly dueFrom?: string | undefined;
  readonly dueTo?: string | undefined;
  readonly text?: string | undefined;
}
export const TASK_ORDERS = ['light', 'deadline', 'number', 'updated', 'body'] as const;
export type TaskOrder = (typeof TASK_ORDERS)[number];

const URGENCY: Readonly<Record<Light, number>> = { red: 0, yellow: 1, green: 2, grey: 3, blue: 4 };
const LATEST = '9999-12-31';

const compare: Readonly<Record<TaskOrder, (a: TaskJson, b: TaskJson) => number>> = {
  light: (a, b) => URGENCY[a.light] - URGENCY[b.light] || (a.deadline ?? LATEST).localeCompare(b.deadline ?? LATEST),
  deadline: (a, b) => (a.deadline ?? LATEST).localeCompare(b.deadline ?? LATEST),
  number: () => 0,
  updated: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
  body: (a, b) => (a.lead[0] ?? '\uffff').localeCompare(b.lead[0] ?? '\uffff', 'zh'),
};

/** D2026-10000 comes after D2026-9999. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

export function filterTasks(tasks: readonly TaskJson[], filter: TaskFilter): TaskJson[] {
  const text = filter.text?.toLowerCase();
  return tasks.filter((task) =>
    (filter.document === undefined || task.clause?.documentId === filter.document) &&
    (filter.source === undefined || task.source === filter.source) &&
    (filter.state === undefined || filter.state.includes(task.state)) &&
    (filter.light === undefined || filter.light.includes(task.light)) &&
    (filter.body === undefined || task.lead.includes(filter.body) || task.support.includes(filter.body)) &&
    (filter.lead === undefined || task.lead.includes(filter.lead)) &&
    (filter.district === undefined || task.district === filter.district) &&
    (filter.place === undefined || task.placeId === filter.place) &&
    (filter.dueFrom === undefined || (task.deadline !== null && task.deadline >= filter.dueFrom)) &&
    (filter.dueTo === undefined || (task.deadline !== null && task.deadline <= filter.dueTo)) &&
    (text === undefined || [task.taskId, task.title, task.detail, task.note, task.sourceTitle, ...task.lead, ...task.support].some((words) => words.toLowerCase().includes(text))),
  );
}

/** The day in China, where the ledger's deadlines are meant. */
export function todayInChina(now: Date = new Date()): string {
  return dayInChina(now.toISOString());
}

/** @throws ChengmaiError not-found `base/no-city` */
export async function listTaskJson(base: Base, cityId: string, today: string): Promise<TaskJson[]> {
  await getCity(base.database, cityId);
  const settings = await getLightSettings(base.database, cityId);
  return (await listTasks(base.database, cityId)).map((row) => taskJson(row, today, settings));
}

export async function buildTaskList(base: Base, cityId: string, filter: TaskFilter, page: { readonly order: TaskOrder; readonly limit: number; readonly offset: number; readonly today: string }): Promise<TaskList> {
  const all = await listTaskJson(base, cityId, page.today);
  const tasks = filterTasks(all, filter).sort((a, b) => compare[page.order](a, b) || byNumber(a.taskId, b.taskId));
  const counts = { red: 0, yellow: 0, green: 0, blue: 0, grey: 0 };
  for (const { light } of tasks) counts[light]++;
  const titles = new Map(all.flatMap(({ clause, sourceTitle }) => (clause === null ? [] : [[clause.documentId, sourceTitle]])));
  return {
    total: tasks.length, counts, today: page.today, tasks: tasks.slice(page.offset, page.offset + page.limit),
    bodies: tally(all.flatMap(({ lead }) => lead)), districts: tally(all.flatMap(({ district }) => district ?? [])),
    documents: tally(all.flatMap(({ clause }) => clause?.documentId ?? [])).map(({ name, tasks: count }) => ({ documentId: name, title: titles.get(name) ?? '', tasks: count })),
  };
}

/** Names with how often they stand there, the commonest first. */
function tally(names: readonly string[]): { name: string; tasks: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, tasks: count })).sort((a, b) => b.tasks - a.tasks || a.name.localeCompare(b.name, 'zh'));
}

/** @throws ChengmaiError not-found `base/no-city`, `delivery/no-task` */
export async function readTaskHistory(base: Base, cityId: string, taskId: string, today: string): Promise<TaskHistory> {
  await getCity(base.database, cityId);
  const { row, history } = await getTask(base.database, cityId, taskId);
  return { task: taskJson(row, today, await getLightSettings(base.database, cityId)), files: await listEvidence(base.database, cityId, taskId), history: history.map(({ at, ...change }) => ({ ...change, at: new Date(at).toISOString() })) };
}

export interface Written {
  readonly changeSet: string | null;
  readonly tasks: TaskJson[];
}

export interface Author {
  readonly who: string;
  readonly by?: Act['by'];
  readonly reason?: string | undefined;
}

/** Runs an act on rows in one transaction and writes what changed as one set. */
async function act(database: Database, cityId: string, { who, by = 'person', reason }: Author, work: (session: Session, act: Act, changeSet: string) => Promise<readonly Changed[]>): Promise<Written> {
  const changeSet = randomUUID();
  const now = new Date().toISOString();
  const written = await database.transaction(async (session) => {
    await holdCity(session, cityId);
    const changed = await work(session, { who, by, now, reason }, changeSet);
    await writeTasks(session, cityId, changed, { changeSet, who, now });
    return changed.filter(({ changes }) => changes.length > 0);
  });
  const settings = await getLightSettings(database, cityId);
  return { changeSet: written.length === 0 ? null : changeSet, tasks: written.map(({ row }) => taskJson(row, todayInChina(), settings)) };
}

/** @throws ChengmaiError as editTask */
export function editTasks(base: Base, cityId: string, taskIds: readonly string[], edit: TaskEdit, author: Author): Promise<Written> {
  return act(base.database, cityId, author, async (session, how) => (await lockTasks(session, cityId, [...new Set(taskIds)])).map((row) => editTask(row, edit, how)));
}

/** Edits of several tasks, each its own. */
export function editEachTask(base: Base, cityId: string, edits: readonly { readonly taskId: string; readonly edit: TaskEdit }[], added: readonly NewTaskFields[], author: Author): Promise<Written> {
  return act(base.database, cityId, author, async (session, how) => {
    if (added.length > 0) await lockLedger(session, cityId);
    const rows = await lockTasks(session, cityId, edits.map(({ taskId }) => taskId));
    return [...rows.map((row, i) => editTask(row, edits[i].edit, how)), ...(await addRows(session, cityId, added, how))];
  });
}

const one = (base: Base, cityId: string, taskId: string, author: Author, change: (row: TaskRow, how: Act) => Changed): Promise<Written> =>
  act(base.database, cityId, author, async (session, how) => (await lockTasks(session, cityId, [taskId])).map((row) => change(row, how)));

export function reportProgress(base: Base, cityId: string, taskId: string, entry: Parameters<typeof addProgress>[1], author: Author): Promise<Written> {
  return one(base, cityId, taskId, author, (row, how) => addProgress(row, entry, how));
}

export function grantExtension(base: Base, cityId: string, taskId: string, { to, reason }: { readonly to: string; readonly reason: string }, author: Author): Promise<Written> {
  return one(base, cityId, taskId, author, (row, how) => extendTask(row, to, reason, how));
}

export function giveOrder(base: Base, cityId: string, taskId: string, order: Parameters<typeof orderTask>[1], author: Author): Promise<Written> {
  return one(base, cityId, taskId, author, (row, how) => orderTask(row, order, how));
}

export function giveAnswer(base: Base, cityId: string, taskId: string, { number, answer }: { readonly number: string; readonly answer: string }, author: Author): Promise<Written> {
  return one(base, cityId, taskId, author, (row, how) => answerOrder(row, number, answer, how));
}

// ---- new tasks -----------------------------------------------------------------------------------------------------

export type NewTaskFields = Partial<TaskRow> & Pick<TaskRow, 'source' | 'title'>;

/** @throws ChengmaiError conflict `delivery/not-done`; input `delivery/start-after-deadline`, `delivery/done-in-future`, `delivery/no-title` */
async function addRows(session: Session, cityId: string, fields: readonly NewTaskFields[], how: Act): Promise<Changed[]> {
  const numbers = fields.length === 0 ? [] : await takeNumbers(session, cityId, Number(dayInChina(how.now).slice(0, 4)), fields.length);
  return fields.map((one_, i) => {
    const added = newTask({ ...one_, taskId: numbers[i] }, how);
    checkDays(added.row);
    checkDone(added.row, how.now);
    return added;
  });
}

export function createTasks(base: Base, cityId: string, fields: readonly NewTaskFields[], author: Author): Promise<Written> {
  return act(base.database, cityId, author, (session, how) => addRows(session, cityId, fields, how));
}

/**
 * Tasks of the ledger from items of a document: each is accepted, and becomes a draft that names its clause.
 *
 * @throws ChengmaiError not-found `delivery/no-document`, `delivery/no-item`; conflict `delivery/item-in-ledger`
 */
export function createFromItems(base: Base, cityId: string, documentId: string, itemIds: readonly string[], author: Author): Promise<Written> {
  return act(base.database, cityId, author, async (session, how, changeSet) => {
    const document = await lockDocument(session, cityId, documentId);
    const stored = await listDecisions(session, cityId, documentId);
    const kept = new Map(stored.map((item) => [item.itemId, item]));
    const items = await releaseWithdrawn(session, cityId, mergeDecisions(document.reading, stored));
    const chosen = [...new Set(itemIds)].map((itemId) => {
      const item = items.find((each) => each.itemId === itemId);
      if (item === undefined) throw new ChengmaiError('not-found', 'delivery/no-item', { zh: `文件中没有条目“${itemId}”；请刷新后再试。`, en: `The document has no item "${itemId}"; load it again.` }, { value: itemId });
      if (item.taskId !== null) throw new ChengmaiError('conflict', 'delivery/item-in-ledger', { zh: `“${item.fields.title}”已在台账中，编号 ${item.taskId}。`, en: `"${item.fields.title}" is in the ledger already, as ${item.taskId}.` }, { value: itemId });
      return item;
    });
    const rows = await addRows(session, cityId, chosen.map(({ itemId, clause, fields, anchor }): NewTaskFields => ({
      source: 'document', sourceRef: `${documentId}#${itemId}`, sourceTitle: document.title,
      clause: clause === null ? null : { documentId, clause, heading: pathOf(document.reading.outline, clause).at(-1) ?? '' },
      title: fields.title.slice(0, 1000), detail: anchor.quote, lead: fields.lead, support: fields.support, deadline: fields.deadline, kind: 'timed',
    })), how);
    const decisions = chosen.map((item, i): SubjectChange => ({ subject: `item:${item.itemId}`, action: 'task', before: kept.get(item.itemId) ?? null, after: { ...item, state: item.state === 'corrected' ? 'corrected' : 'accepted', taskId: rows[i].row.taskId } }));
    await writeChanges(session, cityId, documentId, decisions, { changeSet, who: how.who, now: how.now, reason: how.reason ?? null });
    return rows;
  });
}

/** Items whose task was withdrawn are free again: to be decided upon, or to become another task. */
export async function releaseWithdrawn(session: Session, cityId: string, items: readonly ReviewItem[]): Promise<ReviewItem[]> {
  const withdrawn = await listWithdrawn(session, cityId, items.flatMap(({ taskId }) => taskId ?? []));
  return items.map((item) => (item.taskId !== null && withdrawn.has(item.taskId) ? { ...item, taskId: null } : item));
}

/**
 * Tasks of the ledger from findings of the check-up (问题 → 任务), each once as long as its task is not withdrawn.
 *
 * @throws ChengmaiError not-found `checkup/no-finding`; conflict `delivery/finding-in-ledger`
 */
export function createFromFindings(base: Base, cityId: string, findingIds: readonly string[], author: Author): Promise<Written> {
  return act(base.database, cityId, author, async (session, how) => {
    await lockLedger(session, cityId);
    const found = [];
    const known = new Map((await listTasks(session, cityId)).filter(({ source, state }) => source === 'finding' && state !== 'cancelled').map((task) => [task.sourceRef, task]));
    for (const findingId of new Set(findingIds)) {
      const task = known.get(findingId);
      if (task !== undefined) throw new ChengmaiError('conflict', 'delivery/finding-in-ledger', { zh: `“${task.title}”已在督办台账中，编号 ${task.taskId}；请从所选问题中去掉它。`, en: `"${task.title}" is in the ledger of tasks already, as ${task.taskId}; leave it out.` }, { value: findingId });
      found.push((await getFinding(session, cityId, findingId)).finding);
    }
    return addRows(session, cityId, found.map((finding): NewTaskFields => ({
      source: 'finding', sourceRef: finding.findingId, sourceTitle: finding.indicatorName.zh, title: finding.problem.zh, detail: finding.advice.zh, lead: finding.bodies, placeId: finding.placeId,
      district: finding.level === 'district' ? finding.placeName.zh : null, deadline: finding.deadline, kind: finding.kind === 'time-limited' ? 'timed' : 'best-effort', indicators: [finding.indicatorId],
    })), how);
  });
}

/** The last acts on the ledger, the newest first. @throws ChengmaiError not-found `base/no-city` */
export async function listTaskChanges(base: Base, cityId: string, limit: number): Promise<TaskChangeSets> {
  await getCity(base.database, cityId);
  return { changes: (await listChangeSets(base.database, cityId, limit)).map(({ at, ...change }) => ({ ...change, at: new Date(at).toISOString() })) };
}

/** Takes a change set back; items that became tasks in it are free again. @throws ChengmaiError not-found `delivery/nothing-to-undo`, conflict `delivery/changed-since` */
export function undoTasks(base: Base, cityId: string, changeSet: string, author: Author): Promise<Written> {
  return act(base.database, cityId, author, async (session, how) => {
    const byTask = await listChangeSet(session, cityId, changeSet);
    if (byTask.size === 0) throw new ChengmaiError('not-found', 'delivery/nothing-to-undo', { zh: '没有可以撤销的改动。', en: 'There is nothing to undo.' }, { value: changeSet });
    const documents = await listDocumentsOfTasks(session, cityId, [...byTask.keys()]);
    for (const documentId of documents) await lockDocument(session, cityId, documentId);
    const undone = await takeBack(session, cityId, changeSet, byTask, how);
    for (const documentId of documents) await freeItems(session, cityId, documentId, changeSet, how);
    return undone;
  });
}

async function takeBack(session: Session, cityId: string, changeSet: string, byTask: ReadonlyMap<string, readonly TaskChange[]>, how: Act): Promise<Changed[]> {
  const since = await listChangesSinceMade(session, cityId, changeSet);
  return (await lockTasks(session, cityId, [...byTask.keys()])).map((row) => undoTask(row, byTask.get(row.taskId) ?? [], { ...how, by: 'undo' }, since.get(row.taskId)));
}

/** Decisions that made tasks in a change set, as they were before it, or at least without their task. */
async function freeItems(session: Session, cityId: string, documentId: string, changeSet: string, how: Act): Promise<void> {
  const changes = (await findChangeSet(session, cityId, documentId, changeSet)).filter(({ action }) => action === 'task');
  const kept = new Map((await listDecisions(session, cityId, documentId)).map((item) => [`item:${item.itemId}`, item]));
  const freed = changes.flatMap(({ subject, before, after }): SubjectChange[] => {
    const item = kept.get(subject);
    if (item === undefined || item.taskId !== (after as ReviewItem).taskId) return [];
    return [{ subject, action: 'undo', before: item, after: isSameJson(item, after) ? before : { ...item, taskId: null } }];
  });
  await writeChanges(session, cityId, documentId, freed, { changeSet: randomUUID(), who: how.who, now: how.now, reason: changeSet });
}

export async function listReminders(base: Base, cityId: string, today: string, within: number): Promise<TaskReminder[]> {
  const settings = await getLightSettings(base.database, cityId);
  const tasks = await listTaskJson(base, cityId, today);
  return tasks
    .flatMap((task) => remindersOf(task, today, within, settings).map((reminder) => ({ taskId: task.taskId, title: task.title, lead: task.lead, ...reminder })))
    .sort((a, b) => a.days - b.days || a.taskId.localeCompare(b.taskId));
}

/**
 * Takes the city's imported table of tasks (tasks.csv) into the ledger: rows that are new become tasks; tasks that nobody has touched since follow the file; what persons
 * have worked on stays as it is.
 */
export async function syncTable(base: Base, cityId: string, author: Author): Promise<Written> {
  const { database } = base;
  await getCity(database, cityId);
  const rows = await listTableRows(database, await getCurrentBatches(database, cityId), 'tasks', MOST_TABLE_ROWS);
  return act(database, cityId, { ...author, by: 'import' }, async (session, how) => {
    await lockLedger(session, cityId);
    const known = new Map((await listTasks(session, cityId)).filter(({ source }) => source === 'file').map((task) => [task.sourceRef, task]));
    const touched = await listTouched(session, cityId);
    // of rows of one number, in several files, the last counts
    const told = new Map<string, NewTaskFields>();
    for (const { key, values } of rows) {
      const fields = tableTask(key, values, how.now);
      if (fields?.sourceRef !== undefined && fields.sourceRef !== null) told.set(fields.sourceRef, fields);
    }
    const follows = [...told].filter(([ref]) => known.has(ref)).map(([ref, fields]) => ({ task: known.get(ref) as TaskRow, fields })).filter(({ task }) => !touched.has(task.taskId));
    const held = await lockTasks(session, cityId, follows.map(({ task }) => task.taskId));
    const fresh = [...told].filter(([ref]) => !known.has(ref)).map(([, fields]) => fields);
    return [...held.map((row, i) => followTable(row, follows[i].fields, how)), ...(await addRows(session, cityId, fresh, how))];
  });
}
const MOST_TABLE_ROWS = 100_000;
