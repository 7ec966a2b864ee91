/** Jobs: what runs, how far it is, stop and try again. */
import { createRoute } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { JobJson } from '../api.ts';
import { cityIdSchema, jobListSchema, jobSchema, jobStartedSchema } from '../api.ts';
import type { Job } from '../jobs.ts';
import type { GetOpen } from './route-parts.ts';
import { accepted, answers, buildRouter, rawAnswer, wholeNumber } from './router.ts';

const tags = ['Jobs'];
const jobParam = z.object({ job: z.uuid() });
/** Proxies and browsers drop a connection on which nothing comes for a minute. */
const KEEP_ALIVE_MS = 15_000;

const list = createRoute({
  method: 'get',
  path: '/api/jobs',
  tags,
  summary: 'Jobs, newest first',
  request: { query: z.object({ city: cityIdSchema.optional(), limit: wholeNumber(1, 500).default(100) }) },
  responses: answers(jobListSchema, 'the jobs'),
});
const get = createRoute({ method: 'get', path: '/api/jobs/{job}', tags, summary: 'A job', request: { params: jobParam }, responses: answers(jobSchema, 'the job') });
const events = createRoute({
  method: 'get',
  path: '/api/jobs/{job}/events',
  tags,
  summary: 'A job as it goes on: server-sent events named `job`, ending with the job',
  request: { params: jobParam },
  responses: rawAnswer('text/event-stream', 'events; `data` is the job'),
});
const cancel = createRoute({
  method: 'post',
  path: '/api/jobs/{job}/cancel',
  tags,
  summary: 'Ask a job to stop; the city stays as it was',
  request: { params: jobParam },
  responses: answers(jobSchema, 'the job'),
});
const retry = createRoute({
  method: 'post',
  path: '/api/jobs/{job}/retry',
  tags,
  summary: 'Try a failed or cancelled job again',
  request: { params: jobParam },
  responses: accepted(jobStartedSchema, 'the job'),
});

function jobJson(job: Job): JobJson {
  return {
    jobId: job.jobId,
    cityId: job.cityId ?? null,
    kind: job.kind,
    state: job.state,
    cancelRequested: job.cancelRequested,
    progress: job.progress ?? null,
    result: job.result ?? null,
    error: job.error === undefined ? null : { kind: job.error.kind ?? 'internal', code: job.error.code, text: job.error.text, place: job.error.place },
    who: job.who,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
  };
}

/** `stopping`, once aborted, ends the event streams. */
export function jobRoutes(getOpen: GetOpen, stopping?: AbortSignal) {
  const router = buildRouter();
  router.openapi(list, async (c) => {
    const { city, limit } = c.req.valid('query');
    return c.json({ jobs: (await getOpen().jobs.list({ cityId: city, limit })).map(jobJson) }, 200);
  });
  router.openapi(get, async (c) => c.json(jobJson(await getOpen().jobs.get(c.req.valid('param').job)), 200));
  router.openapi(events, async (c) => {
    const { jobs } = getOpen();
    const { job: jobId } = c.req.valid('param');
    await jobs.get(jobId);
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const stop = new AbortController();
      stream.onAbort(() => stop.abort());
      const signal = stopping === undefined ? stop.signal : AbortSignal.any([stop.signal, stopping]);
      const beat = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS);
      try {
        for await (const job of jobs.watch(jobId, signal)) await stream.writeSSE({ event: 'job', data: JSON.stringify(jobJson(job)) });
      } finally {
        clearInterval(beat);
      }
    });
  });
  router.openapi(cancel, async (c) => c.json(jobJson(await getOpen().jobs.cancel(c.req.valid('param').job)), 200));
  router.openapi(retry, async (c) => c.json({ jobId: (await getOpen().jobs.retry(c.req.valid('param').job)).jobId }, 202));
  return router;
}
