import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportJobInput } from '../../src/base/job-kinds.ts';
import type { Job, Jobs } from '../../src/base/jobs.ts';
import { startJobs } from '../../src/base/jobs.ts';
import type { ImportSummary } from '../../src/base/run.ts';
import { createCity } from '../../src/base/store/cities.ts';
import { hashSource, writeFile } from '../../src/base/store/files.ts';
import { beginJob, insertJob } from '../../src/base/store/jobs.ts';
import { getCurrentBatches } from '../../src/base/store/revisions.ts';
import { bytesSource } from '../../src/import/byte-source.ts';
import type { TestBase } from './open-test-base.ts';
import { TEST_BASES } from './open-test-base.ts';

function points(count: number): string {
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ type: 'Feature', properties: { name: `P${i}` }, geometry: { type: 'Point', coordinates: [114 + i / 1e6, 30] } }),
  );
  return lines.join('\n');
}

describe.each(TEST_BASES)('jobs on the $kind base', ({ kind, open }) => {
  let opened: TestBase;
  let jobs: Jobs;
  const cityId = 'jobs';
  beforeAll(async () => {
    opened = await open();
    await createCity(opened.base.database, cityId, { zh: '任务', en: 'Jobs' });
    jobs = await startJobs(opened.base, { work: true });
  });
  afterAll(async () => {
    await jobs.stop();
    await opened.remove();
  });

  const store = async (name: string, text: string): Promise<ImportJobInput> => {
    const source = bytesSource(name, new TextEncoder().encode(text));
    const sha256 = await hashSource(source);
    await writeFile(opened.base.database, cityId, source, sha256);
    return { files: [{ sha256, options: {} }] };
  };

  const follow = async (jobId: string): Promise<Job[]> => {
    const seen: Job[] = [];
    for await (const job of jobs.watch(jobId)) seen.push(job);
    return seen;
  };

  test('an import job is followed from the queue to its result', async () => {
    const jobId = await jobs.enqueue('import', cityId, await store('few.geojsonl', points(3)), 'test');
    const seen = await follow(jobId);
    const states = seen.map((job) => job.state);
    expect(states.at(-1)).toBe('done');
    expect(states).toEqual([...states].sort((a, b) => ['queued', 'running', 'done'].indexOf(a) - ['queued', 'running', 'done'].indexOf(b)));
    const summary = seen[seen.length - 1].result as ImportSummary;
    expect(summary.files[0]).toMatchObject({ fileName: 'few.geojsonl', state: 'imported' });
    expect((await jobs.list({ cityId })).map((job) => job.jobId)).toContain(jobId);
    const undo = await jobs.enqueue('undo', cityId, { batchId: summary.files[0].batchId as number }, 'test');
    expect((await follow(undo)).at(-1)).toMatchObject({ state: 'done', result: { undone: 1, revision: 2 } });
    expect((await getCurrentBatches(opened.base.database, cityId)).batches).toEqual([]);
  });

  test('a job that fails keeps its error and can be tried again', async () => {
    const jobId = await jobs.enqueue('undo', cityId, { batchId: 999 }, 'test');
    expect((await follow(jobId)).at(-1)).toMatchObject({ state: 'failed', error: { code: 'base/no-batch', text: { zh: expect.stringContaining('999') } } });
    await jobs.retry(jobId);
    expect((await follow(jobId)).at(-1)).toMatchObject({ state: 'failed', attempts: 1 });
  });

  test('a running import is cancelled and leaves nothing', async () => {
    const before = await opened.base.database.query('select batch_id, feature_id from feature where city_id = $1', [cityId]);
    const jobId = await jobs.enqueue('import', cityId, await store('many.geojsonl', points(60_000)), 'test');
    for await (const job of jobs.watch(jobId)) if (job.state === 'running') break;
    await jobs.cancel(jobId);
    expect((await follow(jobId)).at(-1)).toMatchObject({ state: 'cancelled' });
    expect(await opened.base.database.query('select batch_id, feature_id from feature where city_id = $1', [cityId])).toEqual(before);
    await expect(jobs.retry(await jobs.enqueue('derive', cityId, {}, 'test'))).rejects.toMatchObject({ code: 'base/job-not-over' });
  });

  test('a queued job is cancelled at once', async () => {
    const busy = await jobs.enqueue('import', cityId, await store('busy.geojsonl', points(20_000)), 'test');
    const waiting = await jobs.enqueue('undo', cityId, { batchId: 1 }, 'test');
    expect((await jobs.cancel(waiting)).state).toBe('cancelled');
    expect((await follow(busy)).at(-1)?.state).toBe('done');
    expect((await jobs.get(waiting)).state).toBe('cancelled');
  });

  test('files that are not stored and jobs that are not there are refused', async () => {
    await expect(jobs.enqueue('import', cityId, { files: [{ sha256: 'f'.repeat(64), options: {} }] }, 'test')).rejects.toMatchObject({ kind: 'not-found', code: 'base/no-file' });
    await expect(jobs.get(randomUUID())).rejects.toMatchObject({ kind: 'not-found', code: 'base/no-job' });
    await expect(jobs.get('no-uuid')).rejects.toMatchObject({ code: 'base/no-job' });
  });

  test('a job whose worker died is taken up once more, then given up', async () => {
    const { database } = opened.base;
    const input = await store('orphan.geojsonl', points(2));
    const [once, twice] = [randomUUID(), randomUUID()];
    for (const jobId of [once, twice]) {
      await insertJob(database, { jobId, cityId, kind: 'import', input, who: 'test' });
      await beginJob(database, jobId);
    }
    await database.query('update job set attempts = 2 where job_id = $1', [twice]);
    const next = await startJobs(opened.base, { work: false });
    expect((await follow(once)).at(-1)).toMatchObject({ state: 'done', attempts: 2 });
    expect((await follow(twice)).at(-1)).toMatchObject({ state: 'failed', error: { code: 'base/worker-died' } });
    await next.stop();
  });

  test.runIf(kind === 'server')('another process works on what one queued', async () => {
    const { openBase } = await import('../../src/base/open.ts');
    const elsewhere = await openBase({ dataDir: opened.base.dataDir, databaseUrl: opened.url });
    await jobs.stop();
    const asking = await startJobs(opened.base, { work: false });
    const working = await startJobs(elsewhere, { work: true });
    const jobId = await asking.enqueue('import', cityId, await store('elsewhere.geojsonl', points(5)), 'test');
    let last: Job | undefined;
    for await (const job of asking.watch(jobId)) last = job;
    expect(last).toMatchObject({ state: 'done', result: { files: [{ state: 'imported' }] } });
    await working.stop();
    await asking.stop();
    await elsewhere.close();
  });
});
