/** A large document (400 kB) is read in a thread: the server answers others meanwhile, tells what is wrong with a file, and keeps nothing of an import that is broken off. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCity } from '../../src/base/store/cities.ts';
import type { DocumentJson } from '../../src/delivery/api.ts';
import { documentListSchema, documentSchema } from '../../src/delivery/api.ts';
import { findRunnableModule } from '../../src/engine/pool/task-pool.ts';
import type { ServedCity } from './served-city.ts';
import { serveEmptyBase } from './served-city.ts';

const LINES = ['（一）市住建局牵头，2026年底前完成%处老旧小区改造，推进加装电梯和适老化改造。', '（二）市城管局要新建口袋公园%个，到2030年公园绿地服务半径覆盖率达到90%以上。', '（三）鼓励社会力量参与%个社区的养老服务设施建设和运营，健全长效机制。'];
function write(bytes: number): string {
  const parts = ['云滨市人民政府关于城市更新的规划\n'];
  for (let [size, i] = [0, 0]; size < bytes; i++) {
    const line = `${i % 30 === 0 ? `第${i / 30 + 1}章 重点任务\n` : ''}${LINES[i % 3].replace('%', String(i + 2))}\n`;
    parts.push(line);
    size += Buffer.byteLength(line);
  }
  return parts.join('');
}

// threads run JavaScript: sources under a test runner need a build that is not older than they are
const threaded = ['../../src/delivery/reading-task.ts', '../../src/engine/pool/worker-main.ts'].every((path) => findRunnableModule(new URL(path, import.meta.url).href) !== undefined);

describe.skipIf(!threaded)('large documents (needs dist/: npm run build)', () => {
  let served: ServedCity;
  beforeAll(async () => {
    served = await serveEmptyBase();
    await createCity(served.testBase.base.database, 'yunbin', { zh: '云滨', en: 'Yunbin' });
  });
  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.remove();
  });

  const send = async (body: string | Uint8Array<ArrayBuffer>, name: string, signal?: AbortSignal) =>
    served.app.request(`http://localhost/api/cities/yunbin/policies?name=${name}`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' }, ...(signal !== undefined && { signal }) });
  const list = async () => documentListSchema.parse(await (await served.get('/api/cities/yunbin/policies')).json()).documents;
  const pause = async () => new Promise((resolve) => setTimeout(resolve, 20));

  /** Asks one after another until something is over, or so often. */
  async function askUntil(over: () => boolean, most: number): Promise<number> {
    let answers = 0;
    for (; !over() && answers < most; answers++) {
      await pause();
      expect((await served.get('/api/health')).status).toBe(200);
      expect((await list()).length).toBeLessThan(2);
    }
    return answers;
  }

  test('an import that is broken off keeps nothing', async () => {
    const controller = new AbortController();
    let isOver = false;
    const broken = send(write(4e5), 'plan.txt', controller.signal).then((response) => response.status, () => 'broken off').finally(() => { isOver = true; });
    expect(await askUntil(() => isOver, 10)).toBe(10);
    controller.abort();
    expect(await broken).not.toBe(200);
    expect(await list()).toEqual([]);
  });

  test('others are answered, also from the base, before it is read', async () => {
    let isOver = false;
    const imported = send(write(4e5), 'plan.txt').finally(() => { isOver = true; });
    // without the thread it is one or two
    expect(await askUntil(() => isOver, 1000)).toBeGreaterThan(10);
    const document = documentSchema.parse(await (await imported).json());
    expect(document.characters).toBeGreaterThan(120_000);
    expect(document.items.length).toBeGreaterThan(2000);
    expect(document.links.length).toBeGreaterThan(0);
    // and what is shown later is what was shown then
    expect(await (await served.get(`/api/cities/yunbin/policies/${document.documentId}`)).json()).toEqual(document);
    const [{ itemId }] = document.items;
    const reviewed = (await (await served.send('POST', `/api/cities/yunbin/policies/${document.documentId}/review`, { acts: [{ act: 'accept', items: [itemId] }] })).json()) as DocumentJson;
    expect(reviewed.items.filter(({ state }) => state === 'accepted').map((item) => item.itemId)).toEqual([itemId]);
  });

  test('what is wrong with a large file is told as of a small one', async () => {
    const junk = new Uint8Array(300_000).fill(0x41);
    junk.set(new TextEncoder().encode('%PDF-1.7\n'));
    const refused = await send(junk, 'junk.pdf');
    expect({ status: refused.status, code: ((await refused.json()) as { code: string }).code }).toEqual({ status: 400, code: expect.stringMatching(/^import\//) });
    expect(await list()).toHaveLength(1);
  });
});
