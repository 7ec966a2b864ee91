/** Documents, decisions, links and tasks in the base: kept whole, found again, undone, never given twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCity, deleteCity } from '../../src/base/store/cities.ts';
import { documentJson, documentLine, listServedClauses, listTargets, readSurroundings, traceOf } from '../../src/delivery/document-views.ts';
import { documentSchema, policyReadingSchema, targetListSchema, taskListSchema, traceSchema } from '../../src/delivery/api.ts';
import { openDocument } from '../../src/delivery/open-document.ts';
import { editLinks, importPolicy, readPolicyFile, reviewDocument, undoReview } from '../../src/delivery/policy-documents.ts';
import { deleteDocument, getDocumentBytes, listChanges } from '../../src/delivery/store/documents.ts';
import { importTaskWorkbook, writeTaskWorkbook } from '../../src/delivery/task-files.ts';
import { buildTaskList, createFromItems, createTasks, editTasks, giveOrder, grantExtension, listReminders, listTaskJson, readTaskHistory, reportProgress, undoTasks } from '../../src/delivery/task-ledger.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXT = `示范市人民政府关于推进城市更新的实施意见
一、总体目标
到2030年，社区养老服务设施覆盖率达到80%以上。
二、重点任务
（一）改造老旧小区。市住建局牵头，2026年6月底前完成120个老旧小区改造。
（二）完善公园绿地。市城管局要新建口袋公园30个，推进绿地开放共享。
`;
const author = { who: '张三' };

describe.each(TEST_BASES)('delivery on the $kind base', ({ open }) => {
  let opened: TestBase;
  let documentId = '';
  const city = 'delivery';
  beforeAll(async () => {
    opened = await open();
    await createCity(opened.base.database, city, { zh: '示范', en: 'Sample' });
    ({ documentId } = await importPolicy(opened.base, city, { bytes: bytesOf(TEXT), fileName: '意见.txt', publishedAt: '2025-09-01' }, '张三'));
  });
  afterAll(() => opened.remove());

  const view = () => openDocument(opened.base, city, documentId);
  const items = async (kind: 'target' | 'task') => (await view()).items.filter((item) => item.kind === kind);

  test('a document is kept with its bytes and shown as the interface says', async () => {
    expect(new TextDecoder().decode((await getDocumentBytes(opened.base.database, city, documentId)).bytes)).toBe(TEXT);
    const whole = documentJson(await view(), await readSurroundings(opened.base, city));
    expect(documentSchema.parse(whole)).toEqual(whole);
    expect(whole).toMatchObject({ title: '示范市人民政府关于推进城市更新的实施意见', kind: 'opinion', publishedAt: '2025-09-01', reviewed: 0 });
    expect((await items('target')).map(({ fields }) => fields.value)).toContain(80);
    expect((await items('task')).length).toBeGreaterThanOrEqual(2);
  });

  test('decisions outlive another copy of the document, and an older reader’s reading', async () => {
    const [first] = await items('task');
    await reviewDocument(opened.base, city, documentId, [{ act: 'correct', item: first.itemId, fields: { lead: ['示范市住房和城乡建设局'] } }], author);
    const again = await importPolicy(opened.base, city, { bytes: bytesOf(TEXT.replace('一、总体目标', '一、总体目标\n统筹发展和安全。').replaceAll('。', '。\r\n')), fileName: '意见（另一份）.txt', publishedAt: '2025-09-01' }, '李四');
    expect(again).toEqual({ documentId, isNew: false });
    expect((await items('task')).find(({ state }) => state === 'corrected')?.fields.lead).toEqual(['示范市住房和城乡建设局']);
    await opened.base.database.query(`update policy_document set reader_version = '0', reading = jsonb_set(reading, '{tasks}', '[]') where city_id = $1`, [city]);
    expect((await items('task')).length).toBeGreaterThanOrEqual(2);
    expect((await items('task')).some(({ state }) => state === 'corrected')).toBe(true);
  });

  test('a change set is undone as a whole, once, and who did it is kept', async () => {
    const all = (await items('task')).map(({ itemId }) => itemId);
    const before = (await view()).items;
    await reviewDocument(opened.base, city, documentId, [{ act: 'accept', items: all }], author);
    expect((await items('task')).every(({ state }) => state === 'accepted' || state === 'corrected')).toBe(true);
    await undoReview(opened.base, city, documentId, undefined, '王五');
    expect((await view()).items).toEqual(before);
    const [last] = await listChanges(opened.base.database, city, documentId);
    expect(last).toMatchObject({ action: 'undo', who: '王五' });
  });

  test('a link is confirmed, serves its clause, and is taken back', async () => {
    const [target] = await items('target');
    const clause = target.clause ?? '';
    await editLinks(opened.base, city, documentId, [{ clause, to: 'indicator', target: 'elderly-care-coverage-none', state: 'confirmed' }], author).then(() => expect.unreachable(), (error: { code: string }) => expect(error.code).toBe('checkup/no-indicator'));
    await editLinks(opened.base, city, documentId, [{ clause, to: 'project', target: '养老设施补建', state: 'confirmed' }], author);
    expect(await listServedClauses(opened.base, city, { to: 'project', target: '养老设施补建' })).toMatchObject([{ documentId, clause, state: 'confirmed' }]);
    await undoReview(opened.base, city, documentId, undefined, '张三');
    expect(await listServedClauses(opened.base, city, { to: 'project', target: '养老设施补建' })).toEqual([]);
  });

  test('items become tasks once; their clause counts as tasked', async () => {
    const chosen = (await items('task')).map(({ itemId }) => itemId);
    const made = await createFromItems(opened.base, city, documentId, chosen, author);
    expect(made.tasks.map(({ taskId }) => taskId)).toEqual(chosen.map((_, i) => expect.stringMatching(new RegExp(`^D\\d{4}-${String(i + 1).padStart(4, '0')}$`)) as string));
    expect(made.tasks[0]).toMatchObject({ source: 'document', state: 'draft', light: 'grey', clause: { documentId } });
    await expect(createFromItems(opened.base, city, documentId, chosen, author)).rejects.toMatchObject({ code: 'delivery/item-in-ledger' });
    // an undo in the document does not leave the tasks behind, to be sent again
    const [sent] = await listChanges(opened.base.database, city, documentId);
    await expect(undoReview(opened.base, city, documentId, sent.changeSet, '张三')).rejects.toMatchObject({ code: 'delivery/sent-to-ledger' });
    const around = await readSurroundings(opened.base, city);
    const trace = traceOf(await view(), around);
    expect(traceSchema.parse(trace)).toEqual(trace);
    expect(trace.coverage.tasked).toBeGreaterThan(0);
    expect(documentLine(await view(), around).coverage).toEqual(trace.coverage);
    const targets = { today: '2026-03-01', targets: await listTargets(opened.base, city, '2026-03-01') };
    expect(targetListSchema.parse(targets)).toEqual(targets);
    expect(targets.targets.every(({ outlook }) => outlook.verdict === 'unknown')).toBe(true);
  });

  test('a task goes through its life, each change with who, and back', async () => {
    const { tasks: [{ taskId }] } = await createTasks(opened.base, city, [{ source: 'meeting', title: '修复步行桥', state: 'open', deadline: '2026-05-01', startAt: '2026-01-01', lead: ['市住建局'] }], author);
    await expect(editTasks(opened.base, city, [taskId], { deadline: '2026-08-01' }, author)).rejects.toMatchObject({ code: 'delivery/extension-needed' });
    const extended = await grantExtension(opened.base, city, taskId, { to: '2026-08-01', reason: '汛期' }, author);
    await reportProgress(opened.base, city, taskId, { percent: 50, text: '基础完成', evidence: ['照片.jpg'] }, { who: '李四' });
    await giveOrder(opened.base, city, taskId, { text: '说明进度', answerBy: '2026-03-01' }, author);
    const { task, history } = await readTaskHistory(opened.base, city, taskId, '2026-03-02');
    expect(task).toMatchObject({ deadline: '2026-08-01', firstDeadline: '2026-05-01', percent: 50, light: 'red', lightRule: 'order-unanswered' });
    expect(history.map(({ field, who }) => [field, who])).toEqual([['orders', '张三'], ['progress', '李四'], ['deadline', '张三'], ['extensions', '张三'], ['state', '张三']]);
    await expect(undoTasks(opened.base, city, 'no-such-set', author)).rejects.toMatchObject({ code: 'delivery/nothing-to-undo' });
    await undoTasks(opened.base, city, extended.changeSet ?? '', author);
    expect((await readTaskHistory(opened.base, city, taskId, '2026-03-02')).task).toMatchObject({ deadline: '2026-05-01', extensions: [], percent: 50 });
    expect((await listReminders(opened.base, city, '2026-04-25', 10)).filter((one) => one.taskId === taskId).map(({ kind }) => kind)).toEqual(['order', 'silent', 'due']);
  });

  test('numbers are given once, whoever asks at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => createTasks(opened.base, city, [{ source: 'hand', title: `并发 ${i}`, state: 'open' }, { source: 'hand', title: `并发 ${i}b`, state: 'open' }], author)));
    const numbers = made.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId));
    expect(new Set(numbers).size).toBe(16);
  });

  test('of edits that cannot all be made none is', async () => {
    const { tasks: [a, b] } = await createTasks(opened.base, city, [{ source: 'hand', title: 'a', state: 'draft' }, { source: 'hand', title: 'b', state: 'open' }], author);
    await expect(editTasks(opened.base, city, [a.taskId, b.taskId], { state: 'done' }, author)).rejects.toMatchObject({ code: 'delivery/evidence-needed' });
    expect((await listTaskJson(opened.base, city, '2026-01-01')).filter(({ taskId }) => [a.taskId, b.taskId].includes(taskId)).map(({ state }) => state)).toEqual(['draft', 'open']);
  });

  test('a workbook that was edited is one change set', async () => {
    const tasks = await listTaskJson(opened.base, city, '2026-01-01');
    const untouched = await importTaskWorkbook(opened.base, city, await writeTaskWorkbook(tasks, 'zh'), 't.xlsx', { dry: false, who: 'x' });
    expect(untouched).toMatchObject({ rows: tasks.length, added: 0, changed: 0, changeSet: null, notes: [] });
    const list = await buildTaskList(opened.base, city, { text: '修复步行桥' }, { order: 'light', limit: 10, offset: 0, today: '2026-06-01' });
    expect(taskListSchema.parse(list)).toEqual(list);
    expect(list).toMatchObject({ total: 1, counts: { red: 1 }, tasks: [{ lightRule: 'overdue' }] });
  });

  test.each([
    ['NUL and halves of pairs', new Uint8Array([0xe4, 0xb8, 0x80, 0, 0xe3, 0x80, 0x81, 0xed, 0xa0, 0x80, 0xe6, 0x80, 0xbb])],
    ['bytes at random', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + 13) % 251)],
    ['emoji and right-to-left', bytesOf('一、建设🏙️城市\nשלום عالم 到2030年达到90%以上。')],
  ])('%s are stored and read without loss', async (_, bytes) => {
    const { reading } = await readPolicyFile({ bytes, fileName: 'x.txt' });
    policyReadingSchema.parse(reading);
    const { documentId: id } = await importPolicy(opened.base, city, { bytes, fileName: 'x.txt' }, 'x');
    expect((await openDocument(opened.base, city, id)).document.reading.text).toBe(reading.text);
    expect([...(await getDocumentBytes(opened.base.database, city, id)).bytes]).toEqual([...bytes]);
    await deleteDocument(opened.base.database, city, id);
    await expect(openDocument(opened.base, city, id)).rejects.toMatchObject({ code: 'delivery/no-document' });
  });

  test('an empty document is refused, and what is not there is named', async () => {
    await expect(importPolicy(opened.base, city, { bytes: bytesOf(' \n'), fileName: '空.txt' }, 'x')).rejects.toMatchObject({ code: 'delivery/empty-document' });
    await expect(importPolicy(opened.base, 'nowhere', { bytes: bytesOf('x'), fileName: 'x.txt' }, 'x')).rejects.toMatchObject({ code: 'base/no-city' });
    await expect(readTaskHistory(opened.base, city, 'D1', '2026-01-01')).rejects.toMatchObject({ code: 'delivery/no-task' });
  });

  test('a city that is deleted takes its documents and tasks along', async () => {
    await createCity(opened.base.database, 'gone', { zh: '去', en: 'Gone' });
    await importPolicy(opened.base, 'gone', { bytes: bytesOf(TEXT), fileName: 'a.txt' }, 'x');
    await createTasks(opened.base, 'gone', [{ source: 'hand', title: 'a', state: 'open' }], author);
    await deleteCity(opened.base.database, 'gone');
    for (const table of ['policy_document', 'policy_decision', 'policy_change', 'task', 'task_change', 'task_number']) {
      expect(await opened.base.database.query(`select 1 from ${table} where city_id = 'gone'`)).toEqual([]);
    }
  });
});
