import { unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { writeBodyFolders, writeLetters, writeMergeRows } from './body-files.ts';
import type { TaskReminder } from './ledger/by-body.ts';
import { lettersOf, linesByBody } from './ledger/by-body.ts';
import { remindersOf } from './ledger/task-light.ts';
import { newTask, taskJson } from './ledger/task-row.ts';
import type { TaskRow } from './api.ts';

const TODAY = '2026-03-01';
const MAILING = { city: { zh: '云滨', en: 'Yunbin' }, today: TODAY, within: 15, language: 'zh' } as const;
const row = (n: number, fields: Partial<TaskRow>): TaskRow =>
  newTask({ taskId: `D2026-000${n}`, source: 'hand', title: `任务${n}`, state: 'open', startAt: '2026-01-01', ...fields }, { who: 'x', by: 'person', now: '2026-02-20T00:00:00.000Z' }).row;
const ROWS = [
  row(1, { lead: ['市水务局'], deadline: '2026-02-20' }),
  row(2, { lead: ['市水务局', '市民政局'], support: ['市教育局'], deadline: '2026-03-10' }),
  row(3, { lead: ['市民政局'], support: ['市民政局', '市水务局'], deadline: '2026-12-31' }),
  row(4, { lead: [], deadline: '2026-02-01' }),
  row(5, { lead: ['市/民政局'], state: 'draft', deadline: '2026-06-30' }),
];
const TASKS = ROWS.map((one) => taskJson(one, TODAY));
const REMINDERS: readonly TaskReminder[] = ROWS.flatMap((one) => remindersOf(one, TODAY, 15).map((reminder) => ({ taskId: one.taskId, title: one.title, lead: one.lead, ...reminder })));

describe('the ledger by body', () => {
  it('counts what each leads by lights and what it supports, the most red first, nobody last', () => {
    expect(linesByBody(TASKS, TODAY).map(({ name, lead, support, counts, nextDue }) => [name, lead, support, counts.red, counts.yellow, nextDue])).toEqual([
      ['市水务局', 2, 1, 1, 1, '2026-03-10'], ['市民政局', 2, 0, 0, 1, '2026-03-10'], ['市/民政局', 1, 0, 0, 0, '2026-06-30'], ['市教育局', 0, 1, 0, 0, null], ['', 1, 0, 1, 0, null],
    ]);
  });

  it('writes a letter to each body that leads something due, and none where nobody does', () => {
    const letters = lettersOf(REMINDERS);
    expect(letters.map(({ body, late, reminders }) => [body, late, reminders.length])).toEqual([['市水务局', 1, 2], ['市民政局', 0, 1]]);
    expect(writeLetters(letters, MAILING).split('\n').slice(0, 5)).toEqual([
      '市水务局：', '截至2026年3月1日，贵单位牵头的督办任务有 2 项需要办理（其中逾期 1 项，含今后 15 天内到期的）：', '1. D2026-0001 任务1：已逾期 9 天（2026年2月20日）', '2. D2026-0002 任务2：还有 9 天到期（2026年3月10日）', '云滨督办台账　2026年3月1日',
    ]);
  });

  it('has a row a body for a mail merge', async () => {
    const [{ data }] = await readXlsx(Buffer.from(await writeMergeRows(lettersOf(REMINDERS), MAILING)));
    expect(data.map((cells) => cells.slice(0, 3))).toEqual([['收文单位', '事项数', '逾期数'], ['市水务局', 2, 1], ['市民政局', 1, 0]]);
  });

  it('packs a folder a body, each under a name that files can have', async () => {
    const files = unzipSync(await writeBodyFolders('yunbin', TASKS, REMINDERS, MAILING));
    expect(Object.keys(files).sort()).toEqual([
      '市_民政局/市_民政局-日历.ics', '市_民政局/市_民政局-督办任务.xlsx', '市教育局/市教育局-日历.ics', '市教育局/市教育局-督办任务.xlsx', '市民政局/市民政局-提醒.txt', '市民政局/市民政局-日历.ics', '市民政局/市民政局-督办任务.xlsx',
      '市水务局/市水务局-提醒.txt', '市水务局/市水务局-日历.ics', '市水务局/市水务局-督办任务.xlsx', '未明确牵头单位/未明确牵头单位-日历.ics', '未明确牵头单位/未明确牵头单位-督办任务.xlsx',
    ].sort());
    const [{ data }] = await readXlsx(Buffer.from(files['市水务局/市水务局-督办任务.xlsx']));
    expect(data.slice(1).map(([number]) => number)).toEqual(['D2026-0001', 'D2026-0002', 'D2026-0003']);
  });
});
