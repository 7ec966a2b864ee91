/** Brief and bulletin over HTTP, from a ledger with a history. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCity } from '../../src/base/store/cities.ts';
import { importPolicy } from '../../src/delivery/policy-documents.ts';
import { createTasks, editTasks, grantExtension, todayInChina } from '../../src/delivery/task-ledger.ts';
import { quarterAfter, quarterOf, quarterText } from '../../src/delivery/ledger/quarter.ts';
import type { ServedCity } from './served-city.ts';
import { serveEmptyBase } from './served-city.ts';

const TEXT = `云滨区人民政府关于加快补齐社区服务短板的通知
各街道办事处，区政府各部门：
一、主要目标
到2027年，社区养老服务设施覆盖率达到95%以上。
二、重点任务
（一）建设养老设施。区民政局牵头，2026年底前建成社区养老服务设施12处。
`;
const author = { who: '张三' };

describe('papers over HTTP', () => {
  let served: ServedCity;
  let documentId = '';
  const get = (path: string) => served.app.request(`http://localhost/api/cities/yunbin${path}`);
  const page = async (path: string): Promise<string> => {
    const answer = await get(path);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')], text.slice(0, 300)).toEqual([200, 'text/html; charset=utf-8']);
    return text;
  };

  beforeAll(async () => {
    served = await serveEmptyBase();
    const { base } = served.testBase;
    await createCity(base.database, 'yunbin', { zh: '云滨', en: 'Yunbin' });
    ({ documentId } = await importPolicy(base, 'yunbin', { bytes: new TextEncoder().encode(TEXT), fileName: '通知.txt', publishedAt: '2025-09-01' }, '张三'));
    const { tasks } = await createTasks(base, 'yunbin', [{ source: 'hand', title: '修路', state: 'open', lead: ['区住建局'], startAt: '2020-01-01', deadline: '2020-02-01' }, { source: 'hand', title: '治水', state: 'open', deadline: '2020-03-01' }], author);
    await grantExtension(base, 'yunbin', tasks[0].taskId, { to: '2020-05-01', reason: '雨季影响施工' }, author);
    await editTasks(base, 'yunbin', [tasks[1].taskId], { state: 'done' }, { ...author, reason: '口头汇报' });
  });
  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.remove();
  });

  test('a brief of the city, and of one document', async () => {
    const city = await page('/brief?format=html');
    expect(city).toContain('关于云滨重点目标和督办任务推进情况的专报');
    expect(city).toContain('修路');
    const one = await page(`/brief?format=html&document=${documentId}&lang=en`);
    expect(one).toContain('how “云滨区人民政府关于加快补齐社区服务短板的通知” is being carried out');
    expect(one).not.toContain('修路');
    expect((await get('/brief?document=none')).status).toBe(404);
  });

  test('as a Word file with its own name', async () => {
    const answer = await get('/brief');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('关于云滨重点目标和督办任务推进情况的专报'));
    expect(strFromU8(unzipSync(new Uint8Array(await answer.arrayBuffer()))['word/document.xml'])).toContain('领导专报');
  });

  test('a bulletin of the running quarter, with what history knows', async () => {
    const now = quarterOf(todayInChina());
    const text = await page('/task-bulletin?format=html');
    expect(text).toContain(`督查通报 ${now.year}年第${now.number}期`);
    expect(text).toContain('雨季影响施工');
    expect(text).toContain('办结 1 项（按期 0 项、逾期 1 项）');
    const earlier = await page(`/task-bulletin?format=html&quarter=${quarterText(quarterAfter(now, -1))}`);
    expect(earlier).toContain('没有可通报的任务');
    expect(earlier).not.toContain('修路');
    // on the first day of the next quarter all of it is the quarter before
    const next = quarterAfter(now);
    const later = await page(`/task-bulletin?format=html&quarter=${quarterText(next)}&today=${next.year}-${String(next.number * 3 - 2).padStart(2, '0')}-01`);
    expect(later).toContain('在办任务 1 项');
    expect(later).not.toContain('治水（');
  });

  test('what is no quarter, or has not begun, is refused', async () => {
    expect((await get('/task-bulletin?quarter=2025Q5')).status).toBe(400);
    const ahead = await get(`/task-bulletin?quarter=${quarterText(quarterAfter(quarterOf(todayInChina()), 2))}`);
    expect([ahead.status, ((await ahead.json()) as { code: string }).code]).toEqual([400, 'report/quarter-ahead']);
  });
});
