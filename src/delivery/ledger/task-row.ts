/**
 * A task's row, and every way in which it changes. Each returns the new row with the changes of its fields; a refusal names the rule and the remedy.
 *
 * A deadline is set freely while the task is a draft; afterwards it moves by an extension with a reason. A task is done with evidence among its progress entries, or with a
 * reason why there is none. What is cancelled stays, with the reason.
 */
import { writable } from '../../core/cell-text.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { isSameJson } from '../../core/same-json.ts';
import type { TaskEdit, TaskJson, TaskRow } from '../api.ts';
import { allows, needsReason } from './task-acts.ts';
import { LIGHT_SETTINGS, taskDay, taskLight } from './task-light.ts';
import { dayInChina, workingDaysBetween } from './working-days.ts';

export interface TaskChange {
  readonly taskId: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly by: 'person' | 'workbook' | 'import' | 'undo';
  readonly reason: string | null;
}

export interface Changed {
  readonly row: TaskRow;
  readonly changes: readonly TaskChange[];
}

/** Who changes something, when (ISO), and why. */
export interface Act {
  readonly who: string;
  readonly now: string;
  readonly by: TaskChange['by'];
  readonly reason?: string | undefined;
}

/** A task's number: `D2026-0017`. */
export const taskNumber = (year: number, count: number): string => `D${year}-${String(count).padStart(4, '0')}`;

const EMPTY: Omit<TaskRow, 'taskId' | 'source' | 'title' | 'createdAt' | 'updatedAt'> = {
  sourceRef: null, sourceTitle: '', clause: null, detail: '', state: 'draft', kind: 'timed', lead: [], support: [], placeId: null, district: null, startAt: null,
  deadline: null, firstDeadline: null, doneAt: null, milestones: [], progress: [], extensions: [], orders: [], indicators: [], note: '',
};

/** Characters that fields hold; documents and tables bring longer ones. */
const MOST: Partial<Record<keyof TaskRow, number>> = { title: 1000, sourceTitle: 300, detail: 5000, note: 5000, district: 200, placeId: 200 };
const MOST_HEADING = 300;
const MOST_NAME = 200;
const NAMES: readonly (keyof TaskRow)[] = ['lead', 'support'];

/**
 * Fields as every file of the ledger can hold them and give them back: without control characters and blanks at their ends, no longer than they may be.
 *
 * @throws ChengmaiError input `delivery/no-title` where nothing is left of a title
 */
function tidy<Fields extends Partial<TaskRow>>(fields: Fields): Fields {
  const short = (text: string, most: number): string => (writable(text.trim().slice(0, most)) as string).trim();
  const tidied = Object.entries(writable(fields)).map(([field, value]: [string, unknown]) => {
    const most = MOST[field as keyof TaskRow];
    if (typeof value === 'string' && most !== undefined) return [field, short(value, most)];
    if (NAMES.includes(field as keyof TaskRow)) return [field, [...new Set((value as string[]).map((name) => short(name, MOST_NAME)).filter((name) => name !== ''))]];
    if (field === 'clause' && value !== null) return [field, { ...(value as object), heading: short((value as { heading: string }).heading, MOST_HEADING) }];
    return [field, value];
  });
  const result = Object.fromEntries(tidied) as Fields;
  if (result.title === '') throw new ChengmaiError('input', 'delivery/no-title', { zh: '任务没有名称；请填写。', en: 'The task has no title; give it one.' }, { field: 'title' });
  return result;
}

/** A new row; the change that history begins with. */
export function newTask(given: Partial<TaskRow> & Pick<TaskRow, 'taskId' | 'source' | 'title'>, { now, by, reason }: Act): Changed {
  const fields = tidy(given);
  const row: TaskRow = { ...EMPTY, ...fields, firstDeadline: fields.firstDeadline ?? fields.deadline ?? null, createdAt: fields.createdAt ?? now, updatedAt: now };
  return { row, changes: [{ taskId: row.taskId, field: 'state', before: null, after: row.state, by, reason: reason ?? null }] };
}

function refuse(code: string, zh: string, en: string, value?: string): never {
  throw new ChengmaiError('conflict', code, { zh, en }, value === undefined ? {} : { value });
}

function checkEdit(row: TaskRow, edit: TaskEdit, act: Act): void {
  if (edit.deadline !== undefined && edit.deadline !== row.deadline && !allows('set-deadline', row)) {
    refuse('delivery/extension-needed', `任务 ${row.taskId} 已下达，完成时限不能直接修改；请申请延期并说明理由。`, `Task ${row.taskId} has been given out: its deadline moves by an extension with a reason.`, row.taskId);
  }
  if (edit.state === 'draft' && row.state !== 'draft') {
    refuse('delivery/given-out', `任务 ${row.taskId} 已下达，不能退回待下达；不再需要时请撤销并说明理由。`, `Task ${row.taskId} has been given out and is no draft any more; where it is not needed, withdraw it with the reason.`, row.taskId);
  }
  checkDone({ taskId: row.taskId, state: edit.state ?? row.state, doneAt: edit.doneAt ?? null }, act.now);
  const unsaid = edit.state !== undefined && needsReason(row, edit.state) && (act.reason ?? '').trim() === '';
  if (unsaid && edit.state === 'done') {
    refuse('delivery/evidence-needed', `任务 ${row.taskId} 没有佐证材料，不能办结；请在进展中添加佐证，或说明无佐证的理由。`, `Task ${row.taskId} has no evidence: add some to its progress, or say why there is none.`, row.taskId);
  }
  if (unsaid && edit.state === 'cancelled') {
    refuse('delivery/reason-needed', `撤销任务 ${row.taskId} 须说明理由。`, `Say why task ${row.taskId} is withdrawn.`, row.taskId);
  }
  if (edit.startAt !== undefined || edit.deadline !== undefined) checkDays({ taskId: row.taskId, startAt: edit.startAt === undefined ? row.startAt : edit.startAt, deadline: edit.deadline === undefined ? row.deadline : edit.deadline });
}

/** @throws ChengmaiError input `delivery/start-after-deadline` */
export function checkDays({ taskId, startAt: start, deadline: end }: Pick<TaskRow, 'taskId' | 'startAt' | 'deadline'>): void {
  if (start !== null && end !== null && start > end) {
    throw new ChengmaiError('input', 'delivery/start-after-deadline', { zh: `任务 ${taskId} 的开始日期 ${start} 晚于完成时限 ${end}；请改正其一。`, en: `Task ${taskId} would start on ${start}, after its deadline ${end}; correct one of them.` }, { value: start });
  }
}

/** @throws ChengmaiError conflict `delivery/not-done`, input `delivery/done-in-future` */
export function checkDone({ taskId, state, doneAt }: Pick<TaskRow, 'taskId' | 'state' | 'doneAt'>, now: string): void {
  if (doneAt === null) return;
  if (state !== 'done') refuse('delivery/not-done', `任务 ${taskId} 尚未办结，不能填写办结日期。`, `Task ${taskId} is not done: it has no day on which it was.`, taskId);
  if (doneAt > dayInChina(now)) throw new ChengmaiError('input', 'delivery/done-in-future', { zh: `任务 ${taskId} 的办结日期 ${doneAt} 在今天之后；请改正。`, en: `Task ${taskId} cannot have been done on ${doneAt}, which is yet to come.` }, { value: doneAt });
}

function changed(row: TaskRow, fields: Partial<TaskRow>, { now, by, reason }: Act): Changed {
  const changes = (Object.keys(fields) as (keyof TaskRow)[])
    .filter((field) => fields[field] !== undefined && !isSameJson(row[field], fields[field]))
    .map((field) => ({ taskId: row.taskId, field, before: row[field], after: fields[field], by, reason: reason ?? null }));
  return changes.length === 0 ? { row, changes } : { row: { ...row, ...Object.fromEntries(changes.map(({ field, after }) => [field, after])), updatedAt: now }, changes };
}

/**
 * @throws ChengmaiError conflict `delivery/extension-needed`, `delivery/given-out`, `delivery/not-done`, `delivery/evidence-needed`, `delivery/reason-needed`; input `delivery/start-after-deadline`, `delivery/done-in-future`, `delivery/no-title`
 */
export function editTask(row: TaskRow, edit: TaskEdit, act: Act): Changed {
  checkEdit(row, edit, act);
  const fields: Partial<TaskRow> = { ...tidy(edit as Partial<TaskRow>) };
  // the first deadline is the one it was given out with
  if (edit.deadline !== undefined && (row.state === 'draft' || row.deadline === null)) fields.firstDeadline = edit.deadline;
  if (edit.state === 'done' && row.state !== 'done' && edit.doneAt === undefined) fields.doneAt = dayInChina(act.now);
  if (edit.state !== undefined && edit.state !== 'done' && row.state === 'done') fields.doneAt = null;
  return changed(row, fields, act);
}

/** A task that came of a table follows its row; progress that says the same stays as it was told. */
export function followTable(row: TaskRow, fields: Partial<TaskRow>, act: Act): Changed {
  const { progress, ...rest } = tidy(fields);
  const told = (entries: TaskRow['progress']): unknown => entries.map(({ text, evidence, percent }) => ({ text, evidence, percent }));
  return changed(row, { ...rest, ...(progress !== undefined && !isSameJson(told(row.progress), told(progress)) && { progress }) }, act);
}

export function addProgress(row: TaskRow, entry: { readonly percent: number | null; readonly text: string; readonly evidence: readonly string[] }, act: Act): Changed {
  if (!allows('report', row)) refuse('delivery/task-closed', `任务 ${row.taskId} 已结束，不能再填报进展；请先恢复办理。`, `Task ${row.taskId} is closed; reopen it before reporting progress.`, row.taskId);
  return changed(row, { progress: [...row.progress, { at: act.now, who: act.who, percent: entry.percent, text: writable(entry.text), evidence: writable(entry.evidence) }] }, act);
}

/** @throws ChengmaiError conflict `delivery/task-closed`, `delivery/not-given-out`, input `delivery/extension-not-later`, `delivery/start-after-deadline` */
export function extendTask(row: TaskRow, to: string, reason: string, act: Act): Changed {
  if (row.state === 'draft') refuse('delivery/not-given-out', `任务 ${row.taskId} 尚未下达，不需要延期；请直接修改完成时限。`, `Task ${row.taskId} has not been given out: set its deadline instead of extending it.`, row.taskId);
  if (!allows('extend', row)) refuse('delivery/task-closed', `任务 ${row.taskId} 已结束，不能延期。`, `Task ${row.taskId} is closed and cannot be extended.`, row.taskId);
  if (row.deadline !== null && to <= row.deadline) throw new ChengmaiError('input', 'delivery/extension-not-later', { zh: `延期后的时限 ${to} 应晚于现时限 ${row.deadline}。`, en: `The new deadline ${to} must lie after the present one, ${row.deadline}.` }, { value: to });
  checkDays({ taskId: row.taskId, startAt: row.startAt, deadline: to });
  const extensions = [...row.extensions, { at: act.now, who: act.who, from: row.deadline, to, reason: writable(reason) }];
  return changed(row, { extensions, deadline: to, ...(row.firstDeadline === null && { firstDeadline: to }) }, { ...act, reason });
}

/** @throws ChengmaiError conflict `delivery/task-closed`, `delivery/not-given-out` */
export function orderTask(row: TaskRow, order: { readonly text: string; readonly answerBy: string | null }, act: Act): Changed {
  if (row.state === 'draft') refuse('delivery/not-given-out', `任务 ${row.taskId} 尚未下达，不能下发督办单；请先下达。`, `Task ${row.taskId} has not been given out: give it out before ordering anything.`, row.taskId);
  if (!allows('order', row)) refuse('delivery/task-closed', `任务 ${row.taskId} 已结束，不能下发督办单；请先恢复办理。`, `Task ${row.taskId} is closed; reopen it before giving an order.`, row.taskId);
  const number = `${row.taskId}-${row.orders.length + 1}`;
  return changed(row, { orders: [...row.orders, { number, at: act.now, who: act.who, text: writable(order.text), answerBy: order.answerBy, answeredAt: null, answer: '' }] }, act);
}

/** @throws ChengmaiError not-found `delivery/no-order`, conflict `delivery/order-answered` */
export function answerOrder(row: TaskRow, number: string, answer: string, act: Act): Changed {
  const order = row.orders.find((one) => one.number === number);
  if (order === undefined) throw new ChengmaiError('not-found', 'delivery/no-order', { zh: `任务 ${row.taskId} 没有督办单“${number}”。`, en: `Task ${row.taskId} has no order "${number}".` }, { value: number });
  if (order.answeredAt !== null) refuse('delivery/order-answered', `督办单 ${number} 已于 ${order.answeredAt} 答复。`, `Order ${number} was answered on ${order.answeredAt}.`, number);
  return changed(row, { orders: row.orders.map((one) => (one === order ? { ...one, answeredAt: dayInChina(act.now), answer: writable(answer) } : one)) }, act);
}

type FieldChange = Pick<TaskChange, 'field' | 'before' | 'after'>;

/**
 * The fields as they were before a change set; refused where one has changed since.
 *
 * @param since what came after in a task that the set made, the oldest first: somebody may have worked on it
 */
export function undoTask(row: TaskRow, changes: readonly FieldChange[], act: Act, since: readonly FieldChange[] = []): Changed {
  const first = new Map<string, unknown>();
  for (const { field, before } of since) if (!first.has(field)) first.set(field, before);
  for (const [field, before] of first) {
    if (!isSameJson(row[field as keyof TaskRow], before)) refuse('delivery/changed-since', `任务 ${row.taskId} 建立后已有改动（${field}），不能整体撤销；不再需要时请撤销该任务并说明理由。`, `Task ${row.taskId} has been worked on since (${field}); where it is not needed, withdraw it with the reason.`, row.taskId);
  }
  const fields: Record<string, unknown> = {};
  for (const { field, before, after } of changes) {
    if (!isSameJson(row[field as keyof TaskRow], after)) refuse('delivery/changed-since', `任务 ${row.taskId} 的“${field}”此后又有改动，不能撤销；请直接修改。`, `“${field}” of task ${row.taskId} has changed since; edit it instead of undoing.`, row.taskId);
    // a task that was only just made is withdrawn: its number is never given again
    fields[field] = field === 'state' && before === null ? 'cancelled' : before;
  }
  return changed(row, fields as Partial<TaskRow>, { ...act, by: 'undo' });
}

/** A row with what a day makes of it. */
export function taskJson(row: TaskRow, today: string, settings = LIGHT_SETTINGS): TaskJson {
  const day = taskDay(row, today);
  const { light, rule, text } = taskLight(row, day, settings);
  const isOver = row.state === 'done' || row.state === 'cancelled';
  return {
    ...row, percent: day.percent, expected: day.expected === null ? null : Math.round(day.expected), daysLeft: isOver ? null : day.daysLeft,
    workingDaysLeft: isOver || row.deadline === null ? null : workingDaysBetween(today, row.deadline), light, lightRule: rule, lightText: text,
  };
}
