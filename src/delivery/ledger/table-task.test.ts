import { expect, it } from 'vitest';
import { tableTask } from './table-task.ts';

const now = '2026-03-01T00:00:00.000Z';
const row = { title: '补建社区幼儿园', source: '问题', dept: '教育局', deadline: '2025-07-28', class: 'best-effort', status: '已完成', evidence: '现场照片、验收单', extensions: 2 };

it('reads a row of tasks.csv with its state, evidence and extensions', () => {
  expect(tableTask('T1', row, now)).toEqual({
    source: 'file', sourceRef: 'tasks#T1', sourceTitle: '问题', title: '补建社区幼儿园', state: 'done', kind: 'best-effort', lead: ['教育局'], deadline: '2025-07-28', placeId: null,
    progress: [{ at: now, who: '教育局', percent: 100, text: '已完成', evidence: ['现场照片', '验收单'] }], note: '数据文件记有延期 2 次',
  });
});

it.each([['未完成', 'open'], ['基本完成', 'done'], ['进行中', 'open'], ['', 'open'], ['已撤销', 'cancelled'], ['待核验', 'submitted'], ['办结', 'done'], ['未办结', 'open']])('takes %s for %s', (status, state) => {
  expect(tableTask('T1', { ...row, status }, now)?.state).toBe(state);
});

it('makes no task of a row without number or title', () => {
  expect(tableTask(undefined, row, now)).toBeUndefined();
  expect(tableTask('T1', { ...row, title: ' ' }, now)).toBeUndefined();
});

it('reads what a ledger of departments has beside that: begin, steps, progress, extension, order and answer', () => {
  const more = {
    ...row, status: '进行中', extensions: 1, deadline: '2026-06-30', first_deadline: '2025-12-31', extended_on: '2025-12-20', extension_reason: '汛期停工', start_date: '2025-03-01', district: '云滨区', support: '财政局、住建局',
    percent: 60, progress: '主体完工', progress_date: '2026-02-20', milestones: '2025-06-30 完成设计（已完成）；2026年4月30日前 完成主体；某日 完工', order_no: '督〔2026〕3号', order_text: '请说明进度', order_date: '2026-02-01', answer_by: '2026-02-10',
    answer_date: '2026-02-09', answer: '两个月内完成',
  };
  expect(tableTask('T1', more, now)).toEqual({
    source: 'file', sourceRef: 'tasks#T1', sourceTitle: '问题', title: '补建社区幼儿园', state: 'open', kind: 'best-effort', lead: ['教育局'], support: ['财政局', '住建局'], district: '云滨区', placeId: null,
    startAt: '2025-03-01', deadline: '2026-06-30', firstDeadline: '2025-12-31', note: '',
    extensions: [{ at: '2025-12-19T16:00:00.000Z', who: '教育局', from: '2025-12-31', to: '2026-06-30', reason: '汛期停工' }],
    milestones: [{ title: '完成设计', due: '2025-06-30', doneAt: '2025-06-30' }, { title: '完成主体', due: '2026-04-30', doneAt: null }],
    progress: [{ at: '2026-02-19T16:00:00.000Z', who: '教育局', percent: 60, text: '主体完工', evidence: ['现场照片', '验收单'] }],
    orders: [{ number: '督〔2026〕3号', at: '2026-01-31T16:00:00.000Z', who: 'tasks', text: '请说明进度', answerBy: '2026-02-10', answeredAt: '2026-02-09', answer: '教育局：两个月内完成' }],
  });
});

it('leaves out days that cannot be: done tomorrow, begun after the deadline, told of in a time to come', () => {
  const task = tableTask('T1', { ...row, finish_date: '2026-03-02', start_date: '2025-08-01', progress_date: '2027-01-01', answer_by: '2026-01-01' }, now);
  expect(task).toMatchObject({ state: 'done', progress: [{ at: now }] });
  expect(task).not.toHaveProperty('doneAt');
  expect(task).not.toHaveProperty('startAt');
  expect(task).not.toHaveProperty('orders');
  expect(tableTask('T1', { ...row, finish_date: '2026-02-28' }, now)).toMatchObject({ doneAt: '2026-02-28' });
});
