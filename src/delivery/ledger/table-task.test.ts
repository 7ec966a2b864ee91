import { expect, it } from 'vitest';
import { tableTask } from './table-task.ts';

const now = '2026-03-01T00:00:00.000Z';
const row = { title: '补建社区幼儿园', source: '问题', dept: '教育局', deadline: '2025-07-28', class: 'best-effort', status: '已完成', evidence: '现场照片、验收单', extensions: 2 };

it('reads a row of tasks.csv with its state, evidence and extensions', () => {
  expect(tableTask('T1', row, now)).toEqual({
    source: 'file', sourceRef: 'tasks#T1', sourceTitle: '问题', title: '补建社区幼儿园', state: 'done', kind: 'best-effort', lead: ['教育局'], deadline: '2025-07-28', placeId: null,
    progress: [{ at: now, who: 'tasks', percent: 100, text: '已完成', evidence: ['现场照片', '验收单'] }], note: '数据文件记有延期 2 次',
  });
});

it.each([['未完成', 'open'], ['基本完成', 'done'], ['进行中', 'open'], ['', 'open'], ['已撤销', 'cancelled'], ['待核验', 'submitted'], ['办结', 'done'], ['未办结', 'open']])('takes %s for %s', (status, state) => {
  expect(tableTask('T1', { ...row, status }, now)?.state).toBe(state);
});

it('makes no task of a row without number or title', () => {
  expect(tableTask(undefined, row, now)).toBeUndefined();
  expect(tableTask('T1', { ...row, title: ' ' }, now)).toBeUndefined();
});
