import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { TaskPool, findRunnableModule, mapInOrder, siblingModule } from './task-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'pool-'));
const file = join(folder, 'task.mjs');
writeFileSync(
  file,
  `import { threadId } from 'node:worker_threads';
   export async function work({ n, fate, bytes }) {
     if (fate === 'throw') throw new RangeError('told to: ' + n);
     if (fate === 'exit') process.exit(7);
     if (fate === 'crash') setTimeout(() => { throw new Error('out of the blue'); }, 1), await new Promise(() => {});
     if (fate === 'slow') await new Promise((resolve) => setTimeout(resolve, 30));
     if (bytes) { bytes[0] += 1; return { output: { n, bytes }, transfer: [bytes.buffer] }; }
     return { output: { n: n * n, threadId }, transfer: [] };
   }`,
);
const module = pathToFileURL(file).href;
afterAll(() => rmSync(folder, { recursive: true }));

interface Input {
  n: number;
  fate?: string;
  bytes?: Uint8Array<ArrayBuffer>;
}
interface Output {
  n: number;
  threadId: number;
  bytes: Uint8Array;
}

const canThread = findRunnableModule(siblingModule(import.meta.url, 'worker-main')) !== undefined;

describe.each([0, 1, 2])('a pool of %i threads', (threads) => {
  const open = (): TaskPool<Input, Output> => new TaskPool({ module, task: 'work', threads });

  it('answers every job', async () => {
    const pool = open();
    const outputs = await Promise.all([1, 2, 3, 4, 5].map((n) => pool.run({ n })));
    expect(outputs.map((output) => output.n)).toEqual([1, 4, 9, 16, 25]);
    await pool.close();
  });

  it('passes on what the task throws and goes on', async () => {
    const pool = open();
    await expect(pool.run({ n: 3, fate: 'throw' })).rejects.toThrow('told to: 3');
    await expect(pool.run({ n: 3 })).resolves.toMatchObject({ n: 9 });
    await pool.close();
  });

  it('refuses work once closed', async () => {
    const pool = open();
    await pool.close();
    await expect(pool.run({ n: 1 })).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe.skipIf(!canThread)('worker threads (need the built worker)', () => {
  it.each(['exit', 'crash'])('replaces a worker that dies by %s and fails only its job', async (fate) => {
    const pool = new TaskPool<Input, Output>({ module, task: 'work', threads: 2 });
    const results = await Promise.allSettled([pool.run({ n: 1, fate }), ...[2, 3, 4, 5].map((n) => pool.run({ n, fate: 'slow' }))]);
    expect(results[0]).toMatchObject({ status: 'rejected', reason: { kind: 'internal', code: 'engine/worker-died' } });
    expect(results.slice(1).map((result) => result.status === 'fulfilled' && result.value.n)).toEqual([4, 9, 16, 25]);
    await pool.close();
  });

  it('runs on several threads and moves buffers', async () => {
    const pool = new TaskPool<Input, Output>({ module, task: 'work', threads: 2 });
    const outputs = await Promise.all([1, 2, 3, 4].map((n) => pool.run({ n, fate: 'slow' })));
    expect(new Set(outputs.map((output) => output.threadId)).size).toBe(2);
    const bytes = Uint8Array.of(41);
    const { bytes: back } = await pool.run({ n: 0, bytes }, [bytes.buffer]);
    expect(bytes.length).toBe(0);
    expect([...back]).toEqual([42]);
    await pool.close();
  });

  it('rejects unfinished jobs as cancelled on close', async () => {
    const pool = new TaskPool<Input, Output>({ module, task: 'work', threads: 1 });
    const jobs = [1, 2, 3].map((n) => pool.run({ n, fate: 'slow' }));
    const settled = Promise.allSettled(jobs);
    await pool.close();
    for (const result of await settled) expect(result).toMatchObject({ status: 'rejected', reason: { kind: 'cancelled' } });
  });
});

async function* count(n: number): AsyncGenerator<number> {
  for (let i = 0; i < n; i++) yield i;
}

async function failAtThree(i: number): Promise<number> {
  if (i === 3) throw new Error('three');
  return i;
}

describe('mapInOrder', () => {

  it('keeps the order of the inputs and bounds what is under way', async () => {
    let running = 0;
    let most = 0;
    const outputs: number[] = [];
    const run = async (i: number): Promise<number> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 5));
      running--;
      return i * 10;
    };
    for await (const { item, output } of mapInOrder(count(20), 2, run)) {
      expect(output).toBe(item * 10);
      outputs.push(output);
    }
    expect(outputs).toEqual(Array.from({ length: 20 }, (_, i) => i * 10));
    expect(most).toBeLessThanOrEqual(4);
  });

  it('fails where the failed input stands', async () => {
    const seen: number[] = [];
    await expect(
      (async () => {
        for await (const { output } of mapInOrder(count(10), 2, failAtThree)) seen.push(output);
      })(),
    ).rejects.toThrow('three');
    expect(seen).toEqual([0, 1, 2]);
  });
});
