import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskRow } from '../../delivery/api.ts';
import { addProgress, answerOrder, editTask, extendTask, newTask, orderTask, taskJson } from '../../delivery/ledger/task-row.ts';
import type { Changed } from '../../delivery/ledger/task-row.ts';
import type { Block, ReportDocument } from '../document.ts';
import { plainText } from '../page-frame.ts';
import { countTasks, rankBodies, tasksOfQuarter } from './body-lines.ts';
import { buildBulletin } from './build-bulletin.ts';
import type { BulletinInput } from './bulletin-input.ts';
import { ledgerAt } from './ledger-at.ts';
import type { LaterChange } from './ledger-at.ts';
import { makeTarget, makeTask } from '../../../test/make-files/make-ledger.ts';
import { dayInChina, endOfDay, firstDay, lastDay, parseQuarter, quarterAfter, quarterOf, quarterText } from '../../delivery/ledger/quarter.ts';

const words = (block: Block): string => (block.type === 'paragraph' ? plainText(block.text) : block.type === 'list' ? block.items.map(plainText).join('\n') : block.type === 'table' ? [block.caption, ...block.rows.map((row) => row.map(plainText).join('|'))].join('\n') : block.type === 'heading' ? block.text : '');
const textOf = (report: ReportDocument): string => [report.subtitle, report.title, ...report.blocks.map(words)].join('\n');

/** A ledger with its history, as the base keeps it. */
class Ledger {
  readonly #rows = new Map<string, TaskRow>();
  readonly #changes: (LaterChange & { at: Date })[] = [];

  write({ row, changes }: Changed, now: string): void {
    this.#rows.set(row.taskId, row);
    this.#changes.unshift(...changes.map((change) => ({ ...change, at: new Date(now) })).toReversed());
  }

  add(day: string, fields: Partial<TaskRow> & Pick<TaskRow, 'taskId' | 'title'>): void {
    const now = `${day}T02:00:00.000Z`;
    this.write(newTask({ source: 'hand', state: 'open', lead: ['市住建局'], startAt: day, ...fields }, { who: 'li', now, by: 'person' }), now);
  }

  act(day: string, taskId: string, change: (row: TaskRow, act: { who: string; now: string; by: 'person'; reason?: string }) => Changed): void {
    const row = this.#rows.get(taskId);
    if (row === undefined) throw new Error(taskId);
    const now = `${day}T02:00:00.000Z`;
    this.write(change(row, { who: 'li', now, by: 'person', reason: '见附件' }), now);
  }

  at(day: string): TaskRow[] {
    return ledgerAt([...this.#rows.values()], this.#changes.filter(({ at }) => at > endOfDay(day)));
  }
}

/** Third quarter of 2025: 修路 due, 治水 under way, 建园 done. In the fourth: 修路 extended and overdue again, 治水 done late, 校舍 new, an order unanswered. */
function madeUpLedger(): Ledger {
  const ledger = new Ledger();
  ledger.add('2025-02-01', { taskId: 'D2025-0001', title: '修路', deadline: '2025-10-31', lead: ['市住建局'] });
  ledger.add('2025-02-01', { taskId: 'D2025-0002', title: '治水', deadline: '2025-09-20', lead: ['市水务局'] });
  ledger.add('2025-02-01', { taskId: 'D2025-0003', title: '建园', deadline: '2025-09-01', lead: ['市园林局'] });
  ledger.act('2025-08-01', 'D2025-0003', (row, act) => editTask(row, { state: 'done' }, act));
  ledger.act('2025-10-20', 'D2025-0001', (row, act) => extendTask(row, '2025-12-01', '雨季影响施工', act));
  ledger.act('2025-11-05', 'D2025-0001', (row, act) => addProgress(row, { percent: 70, text: '路基已完成', evidence: [] }, act));
  ledger.act('2025-10-10', 'D2025-0002', (row, act) => editTask(row, { state: 'done' }, act));
  ledger.add('2025-11-01', { taskId: 'D2025-0004', title: '校舍', deadline: '2026-02-10', lead: ['市教育局', '市住建局'] });
  ledger.act('2025-12-01', 'D2025-0004', (row, act) => orderTask(row, { text: '请报送进度', answerBy: '2025-12-10' }, act));
  ledger.act('2026-01-15', 'D2025-0004', (row, act) => answerOrder(row, 'D2025-0004-1', '已报送', act));
  ledger.act('2026-01-20', 'D2025-0001', (row, act) => editTask(row, { state: 'done' }, act));
  ledger.add('2026-01-21', { taskId: 'D2026-0005', title: '种树', deadline: '2026-03-12' });
  return ledger;
}

function bulletinOf(ledger: Ledger, name: string, more: Partial<BulletinInput> = {}): BulletinInput {
  const quarter = parseQuarter(name);
  if (quarter === undefined) throw new Error(name);
  const earlier = lastDay(quarterAfter(quarter, -1));
  return {
    language: 'zh', cityName: { zh: '示范市', en: 'Shifan' }, quarter, asOf: lastDay(quarter), recordedSince: '2025-02-01', targets: [],
    tasks: ledger.at(lastDay(quarter)).map((row) => taskJson(row, lastDay(quarter))), before: ledger.at(earlier).map((row) => taskJson(row, earlier)), ...more,
  };
}

describe('a quarter', () => {
  it('is written and read alike, and follows another', () => {
    expect(['2025Q4', '2025q1'].map((text) => quarterText(parseQuarter(text) ?? { year: 0, number: 1 }))).toEqual(['2025Q4', '2025Q1']);
    expect(['2025', '2025Q5', '2025Q0', '25Q1', ''].map(parseQuarter)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect([firstDay(quarterOf('2025-12-31')), lastDay(quarterOf('2025-04-01'))]).toEqual(['2025-10-01', '2025-06-30']);
    fc.assert(fc.property(fc.integer({ min: 1900, max: 2200 }), fc.integer({ min: -20, max: 20 }), (year, n) => quarterText(quarterAfter(quarterAfter({ year, number: 4 }, n), -n)) === `${year}Q4`));
  });

  it('ends with the day in China', () => {
    expect(endOfDay('2025-12-31').toISOString()).toBe('2025-12-31T15:59:59.999Z');
    expect([dayInChina('2025-12-31T15:59:59.999Z'), dayInChina('2025-12-31T16:00:00.000Z'), dayInChina('2025-12-31')]).toEqual(['2025-12-31', '2026-01-01', '2025-12-31']);
  });
});

describe('the ledger at an earlier moment', () => {
  it('has the rows of then with the fields of then', () => {
    const ledger = madeUpLedger();
    expect(ledger.at('2025-01-31')).toEqual([]);
    expect(ledger.at('2025-09-30').map(({ taskId, state, deadline }) => [taskId, state, deadline])).toEqual([['D2025-0001', 'open', '2025-10-31'], ['D2025-0002', 'open', '2025-09-20'], ['D2025-0003', 'done', '2025-09-01']]);
    expect(ledger.at('2025-12-31')[0]).toMatchObject({ state: 'open', deadline: '2025-12-01', doneAt: null, extensions: [{ reason: '雨季影响施工' }] });
  });
});

describe('the ranking of bodies', () => {
  it('counts what was under way in the quarter, once in the total and once for each that leads', () => {
    const { tasks, before, quarter } = bulletinOf(madeUpLedger(), '2025Q4');
    const own = tasksOfQuarter(tasks, before, firstDay(quarter));
    expect(own.map(({ title }) => title)).toEqual(['修路', '治水', '校舍']);
    expect(countTasks(own)).toEqual({ given: 3, doneInTime: 0, doneLate: 1, doneUndated: 0, overdue: 1, extended: 1, red: 2, yellow: 0, green: 0, share: 0 });
    expect(rankBodies(own).map(({ body, rank, given, overdue }) => [body, rank, given, overdue])).toEqual([['市水务局', 1, 1, 0], ['市住建局', 2, 2, 1], ['市教育局', null, 1, 0]]);
  });

  it('gives one place to equal bodies, and none to tasks without a body', () => {
    const done = (i: number, body: string[], doneAt: string | null = '2025-11-01') => makeTask(i, { lead: body, state: 'done', doneAt, deadline: '2025-11-15' });
    expect(rankBodies([done(1, ['甲']), done(2, ['乙']), done(3, ['丙'], '2025-12-01'), done(4, []), done(5, ['丁'], null), done(6, ['丁'])]).map(({ body, rank }) => [body, rank])).toEqual([['丁', 1], ['甲', 2], ['乙', 2], ['丙', 4], ['', null]]);
  });
});

describe('a bulletin', () => {
  const text = textOf(buildBulletin(bulletinOf(madeUpLedger(), '2025Q4', { targets: [makeTarget(1, 'met'), makeTarget(2, 'missed')] })));

  it('is called as offices call it', () => {
    expect(text).toContain('督查通报 2025年第4期\n关于2025年第四季度重点任务办理情况的通报');
  });

  it('tells overdue tasks with days and what was said last, extensions and orders with their words', () => {
    expect(text).toContain('D2025-0001|修路|市住建局|2025-12-01|30|70% 路基已完成（2025-11-05）');
    expect(text).toContain('D2025-0001|修路|市住建局|2025-10-31|2025-12-01|31|雨季影响施工');
    expect(text).toContain('D2025-0004-1|校舍|市教育局、市住建局|请报送进度|2025-12-01|2025-12-10|21');
    expect(text).toContain('未答复 1 份，其中逾期 1 份');
  });

  it('holds the quarter against the one before', () => {
    expect(text).toContain('在办任务|3|3|持平\n按期办结|1|0|−1\n逾期办结|0|1|+1\n超期未办结|1|1|持平\n延期|0|1|+1');
    expect(text).toContain('新下达 1 项：校舍（D2025-0004）\n新亮红灯 1 项：修路（D2025-0001）\n红灯解除 1 项：治水（D2025-0002）\n撤销 0 项');
    expect(text).toContain('1|市水务局|1|0|1|0|0|0|0|0|0%|2');
  });

  it('says what comes, and how targets stand', () => {
    expect(text).toContain('2026年第一季度到期（1 项）\nD2025-0004|校舍|市教育局、市住建局|2026-02-10|—|红灯');
    expect(text).toContain('第2项覆盖率|≥80%，2030年底前|65.43%（2025年）|难以实现');
  });

  it('does not make up a past that the ledger does not know', () => {
    const ledger = madeUpLedger();
    expect(textOf(buildBulletin(bulletinOf(ledger, '2024Q4')))).toContain('督办台账自 2025-02-01 起有记录，2024年第四季度没有可通报的任务');
    expect(textOf(buildBulletin(bulletinOf(ledger, '2025Q1')))).toContain('督办台账自 2025-02-01 起有记录，上季度没有可比数据');
    expect(textOf(buildBulletin(bulletinOf(new Ledger(), '2025Q4', { recordedSince: null })))).toContain('督办台账中没有任务');
  });

  it('is complete in English', () => {
    const { subtitle, title, blocks } = buildBulletin(bulletinOf(madeUpLedger(), '2025Q4', { language: 'en' }));
    const own = [subtitle, title, ...blocks.flatMap((block) => (block.type === 'table' ? [block.caption, ...block.columns.map(({ header }) => header)] : block.type === 'heading' ? [block.text] : []))].join(' ');
    expect(own).not.toMatch(/[一-鿿]/);
  });

  it('names how many rows it leaves out', () => {
    const many = Array.from({ length: 320 }, (_, i) => makeTask(i + 1, { deadline: '2025-11-01' }, '2025-12-31'));
    expect(textOf(buildBulletin(bulletinOf(new Ledger(), '2025Q4', { tasks: many })))).toContain('另有 20 行未列出');
  });
});
