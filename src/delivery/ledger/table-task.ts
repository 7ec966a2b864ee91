/** A row of the table `tasks` (tasks.csv, docs/tables.md) as a task of the ledger. */
import { cellDay } from '../../core/cell-text.ts';
import type { Attributes } from '../../import/model.ts';
import type { TaskRow } from '../api.ts';
import type { TaskState } from '../model.ts';

export const tableRef = (key: string): string => `tasks#${key}`;

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value).trim());

function stateOf(status: string): TaskState {
  if (/撤销|取消|终止|cancel|withdrawn/i.test(status)) return 'cancelled';
  if (/待核验|待验收|submitted/i.test(status)) return 'submitted';
  if (/(?<!未|未基本)(?:完成|办结|销号)|^(?:done|closed|complete)/i.test(status)) return 'done';
  return /未下达|待下达|draft/i.test(status) ? 'draft' : 'open';
}

/** @returns undefined for a row without a number or a title */
export function tableTask(key: string | undefined, values: Attributes, now: string): (Partial<TaskRow> & Pick<TaskRow, 'source' | 'title'>) | undefined {
  const title = text(values['title']);
  if (key === undefined || title === '') return undefined;
  const state = stateOf(text(values['status']));
  const evidence = text(values['evidence']).split(/[、；;,，]/).map((name) => name.trim()).filter((name) => name !== '');
  const extended = Number(values['extensions'] ?? 0);
  const deadline = cellDay(text(values['deadline']).slice(0, 10)) ?? null;
  return {
    source: 'file', sourceRef: tableRef(key), sourceTitle: text(values['source']), title, state, kind: values['class'] === 'best-effort' ? 'best-effort' : 'timed', lead: text(values['dept']) === '' ? [] : [text(values['dept'])],
    deadline, placeId: text(values['unit_id']) || null,
    progress: evidence.length === 0 ? [] : [{ at: now, who: 'tasks', percent: state === 'done' ? 100 : null, text: text(values['status']), evidence }],
    note: extended > 0 ? `数据文件记有延期 ${extended} 次` : '',
  };
}
