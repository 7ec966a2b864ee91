import { describe, expect, it } from 'vitest';
import { restoreCell } from '../base/workbook-cells.ts';
import { NoteBook } from '../core/note.ts';
import { bytesSource } from '../import/byte-source.ts';
import { readWorkbook } from '../import/xlsx.ts';
import type { TaskJson, TaskRow } from './api.ts';
import type { Sheet } from './ledger/read-task-sheet.ts';
import { readTaskSheets } from './ledger/read-task-sheet.ts';
import { newTask, taskJson } from './ledger/task-row.ts';
import { writeTaskCalendar, writeTaskWorkbook } from './task-files.ts';

const task = (taskId: string, fields: Partial<TaskRow> = {}): TaskJson =>
  taskJson(newTask({ taskId, source: 'hand', title: `任务 ${taskId}`, state: 'open', startAt: '2026-01-01', deadline: '2026-06-30', ...fields }, { who: 'x', by: 'person', now: '2026-01-01T00:00:00.000Z' }).row, '2026-03-01');
const tasks = [
  task('D2026-0001', { lead: ['市住建局', '市财政局'], detail: '第一行\n第二行', note: 'valueOf' }),
  task('D2026-0002', { title: '=SUM(A1) _x0041_ “引号”', deadline: null, state: 'draft', district: '云滨区' }),
  task('D2026-0003', { state: 'done', doneAt: '2026-02-01', progress: [{ at: '2026-02-01T00:00:00.000Z', who: 'x', percent: 100, text: '完成', evidence: ['验收单'] }] }),
];
const ledger = new Map(tasks.map((one) => [one.taskId, one]));

async function comeBack(bytes: Uint8Array, change: (rows: (string | number | boolean | null)[][]) => void = () => undefined) {
  const notes = new NoteBook();
  const sheets: Sheet[] = (await readWorkbook(bytesSource('t.xlsx', bytes), { notes })).map(({ name, rows }) => {
    const cells = rows.map((row) => row.map(restoreCell) as (string | number | boolean | null)[]);
    change(cells);
    return { name, rows: cells };
  });
  return { ...readTaskSheets(sheets, ledger, 't.xlsx', notes), notes: notes.list() };
}

describe('the ledger of tasks as a workbook', () => {
  it.each(['zh', 'en'] as const)('changes nothing when nobody touched it (%s)', async (language) => {
    expect(await comeBack(await writeTaskWorkbook(tasks, language))).toEqual({ rows: 3, edits: [], added: [], notes: [] });
  });

  it('changes nothing when another program saved it: blanks at the ends gone, other line ends, escapes undone, empty rows and columns behind', async () => {
    const odd = task('D2026-0001', { title: ' 空格 ', detail: '\u3000第一行\r\n第二行 ', note: '_x0041_ 见附件_x000D_', sourceTitle: ' 会议 ', district: ' 云滨区' });
    ledger.set(odd.taskId, odd);
    const { edits, notes } = await comeBack(await writeTaskWorkbook([odd, ...tasks.slice(1)], 'zh'), (rows) => {
      for (const row of rows) row.forEach((cell, i) => { if (typeof cell === 'string') row[i] = cell.replaceAll('_x0041_', 'A').replaceAll('_x000D_', '\r').replaceAll('\r\n', '\n').trim(); });
      for (const row of rows) row.push(null, '');
      rows.push([], Array<null>(rows[0].length).fill(null));
    });
    ledger.set(tasks[0].taskId, tasks[0]);
    expect({ edits, notes }).toEqual({ edits: [], notes: [] });
  });

  it('takes over what was edited, and new rows without a number', async () => {
    const { edits, added, notes } = await comeBack(await writeTaskWorkbook(tasks, 'zh'), (rows) => {
      const at = (title: string) => rows[0].indexOf(title);
      rows[1][at('牵头单位')] = '市住建局、市城管局';
      rows[2][at('完成时限')] = '2026年9月30日';
      rows.push(Object.assign(Array<null>(rows[0].length).fill(null), { [at('任务')]: '新任务', [at('类别（限时/尽力）')]: '尽力' }));
    });
    expect(edits).toEqual([
      { taskId: 'D2026-0001', title: '任务 D2026-0001', edit: { lead: ['市住建局', '市城管局'] } },
      { taskId: 'D2026-0002', title: tasks[1].title, edit: { deadline: '2026-09-30' } },
    ]);
    expect(added).toEqual([{ title: '新任务', kind: 'best-effort' }]);
    expect(notes).toEqual([]);
  });

  it('names the cells that are no answer, and takes the rest of their rows', async () => {
    const { edits, notes } = await comeBack(await writeTaskWorkbook(tasks, 'zh'), (rows) => {
      const at = (title: string) => rows[0].indexOf(title);
      rows[1][at('完成时限')] = '2026-02-30';
      rows[1][at('备注')] = '改过';
      rows[1][at('亮灯')] = '绿灯';
      rows[1][at('原定时限')] = '2025-01-01';
      rows[2][0] = 'D9999-0001';
    });
    expect(edits).toEqual([{ taskId: 'D2026-0001', title: '任务 D2026-0001', edit: { note: '改过' } }]);
    expect(notes.map(({ code, examples }) => [code, examples[0].row, examples[0].value])).toEqual([['delivery/bad-cell/deadline', 2, '2026-02-30'], ['delivery/fixed-cell', 2, '2025-01-01'], ['delivery/unknown-task', 3, 'D9999-0001']]);
  });

  it('reads a list of another maker by its headers, below a title', () => {
    const notes = new NoteBook();
    const rows = [['二〇二六年重点任务清单'], ['序号', '工作任务', '责任单位', '完成期限'], [1, '完成小区改造', '市住建局', '2026/6/30'], [2, null, '市水务局', null]];
    expect(readTaskSheets([{ name: 'Sheet1', rows }], ledger, 'list.xlsx', notes).added).toEqual([{ title: '完成小区改造', lead: ['市住建局'], deadline: '2026-06-30' }]);
    expect(notes.list().map(({ code }) => code)).toEqual(['delivery/no-title']);
    expect(() => readTaskSheets([{ name: 'x', rows: [['a', 'b']] }], ledger, 'f.xlsx', notes)).toThrow(/not-a-ledger/);
  });
});

describe('the ledger of tasks as a calendar', () => {
  it('has a day for each deadline and open milestone, in lines of at most 75 bytes', () => {
    const text = writeTaskCalendar('shifan', [...tasks, task('D2026-0004', { title: '很长的任务名称'.repeat(20), milestones: [{ title: '开工', due: '2026-04-01', doneAt: null }, { title: '立项', due: '2026-01-01', doneAt: '2026-01-01' }] })], 'zh');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(4);
    expect(text).toContain('DTSTART;VALUE=DATE:20260401');
    expect(text).toContain('UID:D2026-0004-m1@shifan.chengmai');
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded).toContain('很长的任务名称'.repeat(20));
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  });
});
