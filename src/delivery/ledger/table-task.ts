/** A row of the table `tasks` (tasks.csv, docs/tables.md) as a task of the ledger. */
import { cellDay } from '../../core/cell-text.ts';
import type { Attributes } from '../../import/model.ts';
import type { TaskRow } from '../api.ts';
import type { TaskState } from '../model.ts';
import { dayInChina } from './working-days.ts';

export const tableRef = (key: string): string => `tasks#${key}`;

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value).trim());

function stateOf(status: string): TaskState {
  if (/撤销|取消|终止|cancel|withdrawn/i.test(status)) return 'cancelled';
  if (/待核验|待验收|submitted/i.test(status)) return 'submitted';
  if (/(?<!未|未基本)(?:完成|办结|销号)|^(?:done|closed|complete)/i.test(status)) return 'done';
  return /未下达|待下达|draft/i.test(status) ? 'draft' : 'open';
}

/** `2026-03-31 完成设计（已完成）；2026-09-30 完工`: a day and what is to be done by then, with a word where it was. */
function milestonesOf(cell: string): TaskRow['milestones'] {
  return cell.split(/[；;\n]/).flatMap((part) => {
    const words = part.trim();
    const [said] = /^[\d年月日./-]+/.exec(words) ?? [];
    const due = said === undefined ? undefined : cellDay(said);
    if (said === undefined || due === undefined) return [];
    const rest = words.slice(said.length).replace(/^前?[：:]?\s*/, '').trim();
    const title = rest.replace(/[（(]?已(?:完成|办结)[）)]?$/, '').trim();
    return [{ title: (title || rest || words).slice(0, 300), due, doneAt: title === rest ? null : due }];
  });
}

/** The day at its beginning in China. */
const momentOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();

/** @returns undefined for a row without a number or a title */
export function tableTask(key: string | undefined, values: Attributes, now: string): (Partial<TaskRow> & Pick<TaskRow, 'source' | 'title'>) | undefined {
  const title = text(values['title']);
  if (key === undefined || title === '') return undefined;
  const day = (column: string): string | null => cellDay(text(values[column]).slice(0, 10)) ?? null;
  const state = stateOf(text(values['status']));
  const lead = text(values['dept']) === '' ? [] : [text(values['dept'])];
  const who = lead[0] ?? 'tasks';
  const extended = Number(values['extensions'] ?? 0);
  const [deadline, firstDeadline, startAt, finished] = [day('deadline'), day('first_deadline'), day('start_date'), day('finish_date')];
  const isMoved = deadline !== null && firstDeadline !== null && firstDeadline < deadline;
  const support = listed(text(values['support']));
  const milestones = milestonesOf(text(values['milestones']));
  const orders = orderOf(key, values, who, day);
  return {
    source: 'file', sourceRef: tableRef(key), sourceTitle: text(values['source']), title, state, kind: values['class'] === 'best-effort' ? 'best-effort' : 'timed', lead,
    deadline, placeId: text(values['unit_id']) || null,
    ...(text(values['district']) !== '' && { district: text(values['district']) }),
    ...(support.length > 0 && { support }),
    // what cannot be (begun after its deadline, done tomorrow) is left out: one such row must not stop the others
    ...(startAt !== null && (deadline === null || startAt <= deadline) && { startAt }),
    ...(state === 'done' && finished !== null && finished <= dayInChina(now) && { doneAt: finished }),
    ...(milestones.length > 0 && { milestones }),
    ...(isMoved && { firstDeadline, extensions: [{ at: momentOf(day('extended_on') ?? firstDeadline), who, from: firstDeadline, to: deadline, reason: text(values['extension_reason']) || '数据文件未写明理由' }] }),
    ...(orders.length > 0 && { orders }),
    progress: progressOf(values, { state, who, at: day('progress_date') ?? finished, now }),
    note: extended > 0 && !isMoved ? `数据文件记有延期 ${extended} 次` : '',
  };
}

const listed = (cell: string): string[] => cell.split(/[、；;,，]/).map((name) => name.trim()).filter((name) => name !== '');

function progressOf(values: Attributes, { state, who, at, now }: { readonly state: TaskState; readonly who: string; readonly at: string | null; readonly now: string }): TaskRow['progress'] {
  const evidence = listed(text(values['evidence']));
  const said = text(values['progress']);
  const share = text(values['percent']) === '' ? null : Number(values['percent']);
  if (evidence.length === 0 && said === '' && share === null) return [];
  return [{ at: at === null || at > dayInChina(now) ? now : momentOf(at), who, percent: state === 'done' ? 100 : share, text: said || text(values['status']), evidence }];
}

/** The supervision order (督办单) of a row, with its answer where there is one. */
function orderOf(key: string, values: Attributes, who: string, day: (column: string) => string | null): TaskRow['orders'] {
  const [at, answerBy, answer] = [day('order_date'), day('answer_by'), text(values['answer'])];
  const number = text(values['order_no']);
  if (at === null || (number === '' && text(values['order_text']) === '')) return [];
  return [{ number: number || `${key}-1`, at: momentOf(at), who: 'tasks', text: text(values['order_text']), answerBy, answeredAt: day('answer_date') ?? (answer === '' ? null : (answerBy ?? at)), answer: answer === '' ? '' : `${who}：${answer}` }];
}
