/** Documents and tasks over HTTP, as the pages use them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentJson, TaskHistory, TaskList } from '../../src/delivery/api.ts';
import { documentListSchema, documentSchema, evidenceFileSchema, policyReadingSchema, reminderListSchema, reverseTraceSchema, targetListSchema, taskHistorySchema, taskImportSchema, taskListSchema, traceSchema } from '../../src/delivery/api.ts';
import { createCity } from '../../src/base/store/cities.ts';
import type { ServedCity } from './served-city.ts';
import { serveEmptyBase } from './served-city.ts';

const TEXT = `云滨区人民政府关于加快补齐社区服务短板的通知
各街道办事处，区政府各部门：
一、主要目标
到2027年，社区养老服务设施覆盖率达到95%以上。
二、重点任务
（一）建设养老设施。区民政局牵头，2026年底前建成社区养老服务设施12处。
（二）改造老旧小区。区住建局要加快加装电梯，鼓励居民参与。
`;

describe('documents and tasks over HTTP', () => {
  let served: ServedCity;
  let document: DocumentJson;
  const at = (path: string) => `/api/cities/yunbin${path}`;
  const json = async <Answer>(response: Response | Promise<Response>, status = 200): Promise<Answer> => {
    const answer = await response;
    const text = await answer.text();
    expect(answer.status, text.slice(0, 400)).toBe(status);
    return JSON.parse(text) as Answer;
  };
  const bytes = (path: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/octet-stream', user?: string) =>
    served.app.request(`http://localhost${path}`, { method: 'POST', body, headers: { 'content-type': type, ...(user !== undefined && { 'x-chengmai-user': encodeURIComponent(user) }) } });

  beforeAll(async () => {
    served = await serveEmptyBase();
    await createCity(served.testBase.base.database, 'yunbin', { zh: '云滨', en: 'Yunbin' });
  });
  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.remove();
  });

  test('a document is read without being kept', async () => {
    const reading = await json(bytes(`/api/policy-reading?name=${encodeURIComponent('通知.txt')}&published=2025-11-01`, TEXT));
    expect(policyReadingSchema.parse(reading)).toEqual(reading);
    expect(documentListSchema.parse(await json(served.get(at('/policies'))))).toEqual({ documents: [] });
  });

  test('a document is kept under the name of who brought it', async () => {
    document = await json(bytes(at(`/policies?name=${encodeURIComponent('通知.txt')}&published=2025-11-01`), TEXT, undefined, '张三'));
    expect(documentSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({ title: '云滨区人民政府关于加快补齐社区服务短板的通知', kind: 'notice', who: '张三', reviewed: 0 });
    expect(await (await served.get(at(`/policies/${document.documentId}/file`))).text()).toBe(TEXT);
  });

  test('items are reviewed, their history told, and the last act undone', async () => {
    const task = document.items.find(({ kind }) => kind === 'task');
    const reviewed = await json<DocumentJson>(served.send('POST', at(`/policies/${document.documentId}/review`), { acts: [{ act: 'accept', items: [task?.itemId] }] }));
    expect(reviewed.reviewed).toBe(1);
    const { changes } = await json<{ changes: { action: string }[] }>(served.get(at(`/policies/${document.documentId}/changes`)));
    expect(changes.map(({ action }) => action)).toEqual(['accept']);
    expect((await json<DocumentJson>(served.send('POST', at(`/policies/${document.documentId}/undo`), {}))).reviewed).toBe(0);
    await json(served.send('POST', at(`/policies/${document.documentId}/undo`), {}), 404);
  });

  test('an act that cannot be is refused in words, and nothing changes', async () => {
    const refused = await json<{ code: string; text: { zh: string } }>(served.send('POST', at(`/policies/${document.documentId}/review`), { acts: [{ act: 'accept', items: document.items.map(({ itemId }) => itemId) }, { act: 'reject', items: ['nothing'] }] }), 404);
    expect(refused.code).toBe('delivery/no-item');
    expect((await json<DocumentJson>(served.get(at(`/policies/${document.documentId}`)))).reviewed).toBe(0);
    await json(served.send('POST', at(`/policies/${document.documentId}/review`), { acts: [] }), 400);
    await json(served.get(at('/policies/none')), 404);
  });

  test('tasks come from the document, and the trace counts them', async () => {
    const items = document.items.filter(({ kind }) => kind === 'task').map(({ itemId }) => itemId);
    const { tasks } = await json<{ tasks: TaskList['tasks'] }>(served.send('POST', at('/tasks'), { documentId: document.documentId, items }));
    expect(tasks).toHaveLength(items.length);
    await json(served.send('POST', at('/tasks'), { documentId: document.documentId, items }), 409);
    const trace = traceSchema.parse(await json(served.get(at(`/policies/${document.documentId}/trace?today=2026-01-01`))));
    expect(trace.coverage.tasked).toBeGreaterThan(0);
    const served_ = reverseTraceSchema.parse(await json(served.get(at(`/policy-trace?task=${tasks[0].taskId}`))));
    expect(served_.clauses[0]).toMatchObject({ documentId: document.documentId });
    await json(served.get(at('/policy-trace')), 400);
    expect(targetListSchema.parse(await json(served.get(at('/policy-targets?today=2026-01-01')))).targets[0]).toMatchObject({ fields: { value: 95, unit: '%', deadline: '2027-12-31' } });
  });

  test('a task is given out, reported on, extended, ordered, answered and done', async () => {
    const { tasks: [task] } = await json<TaskList>(served.send('POST', at('/tasks'), { tasks: [{ title: '修复路灯', deadline: '2026-05-01', startAt: '2026-01-01', state: 'open', lead: ['区城管局'], source: 'meeting' }] }));
    const path = at(`/tasks/${task.taskId}`);
    await json(served.send('PATCH', at('/tasks'), { taskIds: [task.taskId], edit: { deadline: '2026-06-01' } }), 409);
    await json(served.send('POST', `${path}/progress`, { percent: 40, text: '已进场', evidence: ['照片'] }));
    await json(served.send('POST', `${path}/extensions`, { to: '2026-06-01', reason: '雨季' }));
    await json(served.send('POST', `${path}/extensions`, { to: '2026-06-01', reason: '又' }), 400);
    await json(served.send('POST', `${path}/orders`, { text: '请说明', answerBy: '2026-02-01' }));
    await json(served.send('POST', `${path}/answers`, { number: `${task.taskId}-1`, answer: '已安排' }));
    const done = await json<{ tasks: TaskList['tasks'] }>(served.send('PATCH', at('/tasks'), { taskIds: [task.taskId], edit: { state: 'done' } }));
    expect(done.tasks[0]).toMatchObject({ state: 'done', light: 'blue', percent: 100 });
    const history = taskHistorySchema.parse(await json<TaskHistory>(served.get(`${path}?today=2026-03-01`)));
    expect(history.history.map(({ field }) => field)).toEqual(expect.arrayContaining(['progress', 'extensions', 'deadline', 'orders', 'state']));
    await json(served.send('POST', `${path}/progress`, { percent: 140, text: 'x' }), 400);
  });

  test('files of evidence are brought, named by an entry, fetched, and kept while they are named', async () => {
    const { tasks: [task] } = await json<TaskList>(served.send('POST', at('/tasks'), { tasks: [{ title: '补种行道树', state: 'open', source: 'hand' }] }));
    const path = at(`/tasks/${task.taskId}`);
    const files = (name: string) => `${path}/files?name=${encodeURIComponent(name)}`;
    const photo = evidenceFileSchema.parse(await json(bytes(files('现场.jpg'), new Uint8Array([0, 255, 7]), undefined, '李四')));
    expect(photo).toMatchObject({ name: '现场.jpg', sizeBytes: 3, who: '李四' });
    // the same bytes are the same file; other bytes of that name are another one
    expect(await json(bytes(files('现场.jpg'), new Uint8Array([0, 255, 7])))).toEqual(photo);
    expect(await json(bytes(files('现场.jpg'), new Uint8Array([1])))).toMatchObject({ name: '现场 (2).jpg' });
    await json(served.send('POST', `${path}/progress`, { percent: 100, text: '完成', evidence: ['现场.jpg'] }));
    const answer = await served.get(`${path}/files/${encodeURIComponent('现场.jpg')}`);
    expect([new Uint8Array(await answer.arrayBuffer()), answer.headers.get('content-disposition')]).toEqual([new Uint8Array([0, 255, 7]), `attachment; filename*=UTF-8''${encodeURIComponent('现场.jpg')}`]);
    const remove = (name: string) => served.send('DELETE', `${path}/files/${encodeURIComponent(name)}`);
    await json(remove('现场.jpg'), 409);
    expect((await remove('现场 (2).jpg')).status).toBe(204);
    await json(remove('现场 (2).jpg'), 404);
    expect(taskHistorySchema.parse(await json(served.get(path))).files).toEqual([photo]);
    await json(bytes(files('空.txt'), ''), 400);
    await json(bytes(files('../x'), 'x'), 400);
    await json(bytes(at('/tasks/D2026-9999/files?name=x'), 'x'), 404);
    await json(served.send('POST', at('/tasks/undo'), { changeSet: (await json<TaskHistory>(served.get(path))).history.find(({ field }) => field === 'progress')?.changeSet }));
    expect((await remove('现场.jpg')).status).toBe(204);
  });

  test('the ledger is listed by light, searched, exported and brought back', async () => {
    const list = taskListSchema.parse(await json(served.get(at('/tasks?today=2027-06-01&order=light'))));
    const urgency = list.tasks.map(({ light }) => ['red', 'yellow', 'green', 'grey', 'blue'].indexOf(light));
    expect(urgency).toEqual(urgency.toSorted((a, b) => a - b));
    expect(taskListSchema.parse(await json(served.get(at(`/tasks?q=${encodeURIComponent('路灯')}`)))).total).toBe(1);
    await json(served.get(at('/tasks?light=purple')), 400);
    const workbook = new Uint8Array(await (await served.get(at('/tasks.xlsx?lang=en'))).arrayBuffer());
    expect(taskImportSchema.parse(await json(bytes(at('/tasks/import?dry=true'), workbook, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')))).toMatchObject({ added: 0, changed: 0, rows: list.total });
    await json(bytes(at('/tasks/import'), 'no workbook', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'), 400);
    expect(await (await served.get(at('/tasks.ics'))).text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    await json(served.send('POST', at('/tasks'), { tasks: [{ title: '年底前完成验收', deadline: '2026-12-31', state: 'open' }] }));
    expect(reminderListSchema.parse(await json(served.get(at('/task-reminders?today=2026-12-20&within=20')))).reminders.length).toBeGreaterThan(0);
    expect((await json<{ tasks: unknown[] }>(served.send('POST', at('/tasks/sync')))).tasks).toEqual([]);
  });

  test('a document goes, its tasks stay', async () => {
    const before = taskListSchema.parse(await json(served.get(at('/tasks')))).total;
    expect((await served.send('DELETE', at(`/policies/${document.documentId}`))).status).toBe(204);
    await json(served.get(at(`/policies/${document.documentId}`)), 404);
    expect(taskListSchema.parse(await json(served.get(at('/tasks')))).total).toBe(before);
  });
});
