/** What people and machines do to documents and to the ledger that nobody meant them to do: at the same time, twice, too late, with junk. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCity, deleteCity } from '../../src/base/store/cities.ts';
import { openDocument } from '../../src/delivery/open-document.ts';
import { importPolicy, reviewDocument } from '../../src/delivery/policy-documents.ts';
import { createFromItems, createTasks, editTasks, grantExtension, listTaskJson, reportProgress, undoTasks } from '../../src/delivery/task-ledger.ts';
import { importTaskWorkbook, writeTaskCalendar, writeTaskWorkbook } from '../../src/delivery/task-files.ts';
import type { ReviewItem } from '../../src/delivery/model.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXT = `示范市人民政府关于推进城市更新的实施意见
一、总体目标
到2030年，社区养老服务设施覆盖率达到80%以上。
二、重点任务
（一）改造老旧小区。市住建局牵头，2026年6月底前完成120个老旧小区改造，推进加装电梯。
（二）完善公园绿地。市城管局要新建口袋公园30个，推进绿地开放共享。
`;
const author = { who: '张三' };
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string; message: string }) => error.code ?? error.message);

describe.each(TEST_BASES)('delivery under strain on the $kind base', ({ open }) => {
  let opened: TestBase;
  let cities = 0;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.remove());

  const newCity = async (): Promise<string> => {
    const city = `strain-${++cities}`;
    await createCity(opened.base.database, city, { zh: '示范', en: 'Sample' });
    return city;
  };
  const importText = async (city: string, text = TEXT, fileName = '意见.txt', publishedAt: string | undefined = '2025-09-01') => importPolicy(opened.base, city, { bytes: bytesOf(text), fileName, publishedAt }, '张三');
  const itemsOf = async (city: string, documentId: string, kindOf: 'task' | 'target' = 'task'): Promise<ReviewItem[]> => (await openDocument(opened.base, city, documentId)).items.filter((item) => item.kind === kindOf);
  const standing = (items: readonly ReviewItem[]): string[] => items.filter(({ state }) => state !== 'rejected').map(({ anchor }) => anchor.quote);

  test('what was split, merged and split again stands', async () => {
    const city = await newCity();
    const { documentId } = await importText(city);
    const [first] = await itemsOf(city, documentId);
    const at = (first.span?.[0] ?? 0) + Math.floor(first.anchor.quote.length / 2);
    const split = async (id: string) => reviewDocument(opened.base, city, documentId, [{ act: 'split', item: id, at: [at] }], author);
    const before = standing(await itemsOf(city, documentId));
    await split(first.itemId);
    const parts = (await itemsOf(city, documentId)).filter(({ from }) => from.includes(first.itemId));
    const afterSplit = standing(await itemsOf(city, documentId));
    expect(parts).toHaveLength(2);
    await reviewDocument(opened.base, city, documentId, [{ act: 'merge', items: parts.map(({ itemId }) => itemId) }], author);
    const merged = (await itemsOf(city, documentId)).find(({ from }) => from.includes(parts[0].itemId));
    expect(standing(await itemsOf(city, documentId))).toEqual(before);
    await split(merged?.itemId ?? '');
    expect(standing(await itemsOf(city, documentId))).toEqual(afterSplit);
  });

  test('an item that several send to the ledger at once becomes one task', async () => {
    const city = await newCity();
    const { documentId } = await importText(city);
    const items = (await itemsOf(city, documentId)).map(({ itemId }) => itemId);
    const made = await Promise.all(Array.from({ length: 4 }, () => refusal(createFromItems(opened.base, city, documentId, items, author))));
    expect(made.filter((one) => one === 'done')).toHaveLength(1);
    expect(await listTaskJson(opened.base, city, '2026-01-01')).toHaveLength(items.length);
  });

  test('undone in the ledger, items are free to be sent again', async () => {
    const city = await newCity();
    const { documentId } = await importText(city);
    const items = (await itemsOf(city, documentId)).map(({ itemId }) => itemId);
    const { changeSet } = await createFromItems(opened.base, city, documentId, items, author);
    await undoTasks(opened.base, city, changeSet ?? '', author);
    expect((await itemsOf(city, documentId)).map(({ taskId }) => taskId)).toEqual(items.map(() => null));
    expect(await refusal(createFromItems(opened.base, city, documentId, items, author))).toBe('done');
  });

  test('new tasks that somebody has worked on are not undone', async () => {
    const city = await newCity();
    const { changeSet, tasks: [{ taskId }] } = await createTasks(opened.base, city, [{ source: 'hand', title: 'a', state: 'open', deadline: '2026-05-01' }], author);
    await reportProgress(opened.base, city, taskId, { percent: 10, text: 'x', evidence: [] }, author);
    expect(await refusal(undoTasks(opened.base, city, changeSet ?? '', author))).toBe('delivery/changed-since');
  });

  test('a city that is deleted while others write in it goes whole, and they are told', async () => {
    const city = await newCity();
    const { documentId } = await importText(city);
    const items = await itemsOf(city, documentId);
    const work = [...Array.from({ length: 6 }, () => refusal(createTasks(opened.base, city, Array.from({ length: 50 }, () => ({ source: 'hand' as const, title: 'a' })), author))), refusal(importText(city, `${TEXT}又。`)), refusal(reviewDocument(opened.base, city, documentId, [{ act: 'accept', items: items.map(({ itemId }) => itemId) }], author)), refusal(deleteCity(opened.base.database, city)), refusal(createTasks(opened.base, city, [{ source: 'hand', title: 'b' }], author))];
    const ends = await Promise.all(work);
    expect(ends.every((end) => end === 'done' || end === 'base/no-city' || end === 'delivery/no-document')).toBe(true);
  });

  test('reports of one title are documents of their own, a changed copy is none', async () => {
    const city = await newCity();
    const one = await importText(city, '政府工作报告\n各位代表：\n一、2024年工作回顾\n建成学校12所。\n二、2025年工作安排\n新建公园30个，年底前完成。\n', 'a.txt', '2025-01-10');
    const two = await importText(city, '政府工作报告\n各位代表：\n一、2025年工作回顾\n建成医院3所。\n二、2026年工作安排\n改造老旧小区50个，推进绿道建设。\n', 'b.txt', '2026-01-10');
    expect(two.documentId).not.toBe(one.documentId);
    expect(await importText(city, '政府工作报告\n（征求意见稿）\n各位代表：\n一、2025年工作回顾\n建成医院3所。\n二、2026年工作安排\n改造老旧小区50个，\n推进绿道建设。\n', 'c.txt', '2026-01-10')).toEqual({ documentId: two.documentId, isNew: false });
  });

  test('the day of publication that a person gave outlives another copy', async () => {
    const city = await newCity();
    const { documentId } = await importText(city);
    await importPolicy(opened.base, city, { bytes: bytesOf(TEXT), fileName: '意见.txt' }, 'x');
    expect((await openDocument(opened.base, city, documentId)).document.reading.publishedAt).toBe('2025-09-01');
  });

  test('years that no calendar has break nothing', async () => {
    const city = await newCity();
    for (const text of ['到99999年底前，完成12345个小区改造，推进建设。', '公元0年底前建成公园3个。', '0000年12月31日前建成公园3个。', '2026年2月31日前建成公园3个。', '到3000年，覆盖率达到90%以上。']) {
      const end = await refusal((async () => {
        const { documentId } = await importText(city, `关于某事的通知${text.slice(0, 4)}\n一、任务\n（一）${text}\n（二）推进绿道建设，新建10条。\n`, 'x.txt');
        const items = (await openDocument(opened.base, city, documentId)).items;
        await createFromItems(opened.base, city, documentId, items.map(({ itemId }) => itemId), author);
        await listTaskJson(opened.base, city, '2026-01-01');
      })());
      expect.soft(end, text).toBe('done');
    }
  });

  test('no way around the rules on deadlines and days', async () => {
    const city = await newCity();
    const { tasks: [{ taskId }] } = await createTasks(opened.base, city, [{ source: 'hand', title: 'a', state: 'open', deadline: '2026-05-01' }], author);
    expect(await refusal(editTasks(opened.base, city, [taskId], { state: 'draft' }, author))).toBe('delivery/given-out');
    expect(await refusal(editTasks(opened.base, city, [taskId], { state: 'done', doneAt: '2999-01-01' }, { ...author, reason: '无佐证' }))).toBe('delivery/done-in-future');
    const { tasks: [{ taskId: none }] } = await createTasks(opened.base, city, [{ source: 'hand', title: 'b', state: 'open', startAt: '2026-05-01' }], author);
    expect(await refusal(grantExtension(opened.base, city, none, { to: '2026-01-01', reason: 'r' }, author))).toBe('delivery/start-after-deadline');
    expect(await refusal(editTasks(opened.base, city, [none], { doneAt: '2026-01-01' }, author))).toBe('delivery/not-done');
  });

  test('odd words come back from the workbook as they went, and keep to their lines in the calendar', async () => {
    const city = await newCity();
    const titles = ['=cmd|\'/C calc\'!A0', '+1+1', '@SUM(A1)', '<script>alert(1)</script>', 'a\u0001b', 'a\r\nb', 'a\nb', ' 空格 ', '\u3000全角', '_x0041_', '"引号"', 'emoji🏙️', '半\ud83c对', '\u200bx', '0012', '1e5', 'TRUE', '2026-05-01', 'x'.repeat(1000), 'a\tb'];
    await createTasks(opened.base, city, titles.map((title) => ({ source: 'hand' as const, title, detail: title, note: title, lead: [title], support: [title, `${title}；b`], district: title, sourceTitle: title })), author);
    const tasks = await listTaskJson(opened.base, city, '2026-01-01');
    for (const language of ['zh', 'en'] as const) {
      const back = await importTaskWorkbook(opened.base, city, await writeTaskWorkbook(tasks, language), 't.xlsx', { dry: true, who: 'x' });
      expect.soft(back.changes.map(({ taskId, title, edit, before }) => JSON.stringify([taskId, title, edit, before]))).toEqual([]);
      expect.soft(back.notes.map((note) => JSON.stringify(note))).toEqual([]);
    }
    const calendar = writeTaskCalendar(city, tasks.map((task) => ({ ...task, deadline: '2026-05-01' })), 'zh');
    const lines = calendar.split('\r\n');
    expect.soft(lines.every((line) => /^[A-Z-]+[:;]|^ |^$/.test(line))).toBe(true);
  });
});
