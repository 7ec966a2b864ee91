/** A server over a base of its own with one small city in it, imported over HTTP as a browser does it. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { JobJson, UploadJson } from '../../src/base/api.ts';
import { startJobs } from '../../src/base/jobs.ts';
import type { Jobs } from '../../src/base/jobs.ts';
import { createApp } from '../../src/server/app.ts';
import { Startup } from '../../src/server/startup.ts';
import { TEST_BASES } from '../store/open-test-base.ts';
import type { TestBase } from '../store/open-test-base.ts';
import { buildSmallCity } from '../browser/small-city.ts';

export interface ServedCity {
  readonly app: OpenAPIHono;
  readonly jobs: Jobs;
  readonly testBase: TestBase;
  readonly faults: unknown[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  send(method: string, path: string, body?: unknown): Promise<Response>;
  upload(city: string, name: string, text: string): Promise<UploadJson>;
  /** Waits for a job over the API. */
  waitFor(jobId: string): Promise<JobJson>;
  remove(): Promise<void>;
}

export const CITY = 'jianghan';
export const MAX_UPLOAD_BYTES = 5_000_000;

export async function serveEmptyBase(): Promise<ServedCity> {
  const testBase = await TEST_BASES[0].open();
  const jobs = await startJobs(testBase.base, { work: true });
  const faults: unknown[] = [];
  const app = createApp({ startup: Startup.ready(testBase.base, jobs), maxUploadBytes: MAX_UPLOAD_BYTES, onFault: (error) => faults.push(error) });
  const get: ServedCity['get'] = async (path, headers = {}) => app.request(`http://localhost${path}`, { headers });
  const served: ServedCity = {
    app,
    jobs,
    testBase,
    faults,
    get,
    send: async (method, path, body) =>
      app.request(`http://localhost${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) }),
    async upload(city, name, text) {
      const response = await app.request(`http://localhost/api/cities/${city}/uploads?name=${encodeURIComponent(name)}`, { method: 'PUT', body: text, headers: { 'content-type': 'application/octet-stream' } });
      if (response.status !== 200) throw new Error(await response.text());
      return (await response.json()) as UploadJson;
    },
    async waitFor(jobId) {
      for (;;) {
        const job = (await (await get(`/api/jobs/${jobId}`)).json()) as JobJson;
        if (job.state !== 'queued' && job.state !== 'running') return job;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async remove() {
      await jobs.stop();
      await testBase.remove();
    },
  };
  return served;
}

/** The small city imported; the job's result is left to the tests. */
export async function serveSmallCity(): Promise<ServedCity & { readonly job: JobJson }> {
  const served = await serveEmptyBase();
  const { sha256 } = await served.upload(CITY, 'jianghan.geojson', buildSmallCity());
  const response = await served.send('POST', `/api/cities/${CITY}/imports`, { files: [{ sha256 }], createCity: { zh: '江汉', en: 'Jianghan' } });
  if (response.status !== 202) throw new Error(await response.text());
  const { jobId } = (await response.json()) as { jobId: string };
  return Object.assign(served, { job: await served.waitFor(jobId) });
}
