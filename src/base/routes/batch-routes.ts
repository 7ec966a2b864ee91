/** Lineage: what was imported when, the files themselves, the revisions, and undoing. */
import { Readable } from 'node:stream';
import { createRoute } from '@hono/zod-openapi';
import { streamBytes } from '../../import/byte-source.ts';
import { batchListSchema, batchSchema, jobStartedSchema, revisionListSchema } from '../api.ts';
import { getBatch, listBatches } from '../store/batches.ts';
import { openStoredFile } from '../store/files.ts';
import { listRevisions } from '../store/revisions.ts';
import type { GetOpen } from './route-parts.ts';
import { whoOf } from './route-parts.ts';
import { accepted, answers, buildRouter, cityParam, rawAnswer, wholeNumber } from './router.ts';
import { batchJson, revisionJson } from './to-json.ts';

const tags = ['Lineage'];
const batchParam = cityParam.extend({ batch: wholeNumber(1, 2 ** 31 - 1) });

const list = createRoute({
  method: 'get',
  path: '/api/cities/{city}/batches',
  tags,
  summary: 'All batches, newest first',
  request: { params: cityParam },
  responses: answers(batchListSchema, 'the batches'),
});
const get = createRoute({
  method: 'get',
  path: '/api/cities/{city}/batches/{batch}',
  tags,
  summary: 'One batch with its notes',
  request: { params: batchParam },
  responses: answers(batchSchema, 'the batch'),
});
const file = createRoute({
  method: 'get',
  path: '/api/cities/{city}/batches/{batch}/file',
  tags,
  summary: 'The file of a batch, byte by byte as it was imported',
  request: { params: batchParam },
  responses: rawAnswer('application/octet-stream', 'the bytes'),
});
const undo = createRoute({
  method: 'post',
  path: '/api/cities/{city}/batches/{batch}/undo',
  tags,
  summary: 'Take a batch out of the city; what it had replaced returns',
  request: { params: batchParam },
  responses: accepted(jobStartedSchema, 'the job that does it'),
});
const revisions = createRoute({
  method: 'get',
  path: '/api/cities/{city}/revisions',
  tags,
  summary: 'What the city was made of, newest first',
  request: { params: cityParam },
  responses: answers(revisionListSchema, 'the revisions'),
});

/** RFC 6266: the name in ASCII for old clients, in UTF-8 for the others. */
function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

export function batchRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(list, async (c) => {
    const open = getOpen();
    const current = await open.cities.read(c.req.valid('param').city);
    const batches = await listBatches(open.base.database, current.cityId);
    return c.json({ batches: batches.map((batch) => batchJson(batch, new Set(current.batches))) }, 200);
  });
  router.openapi(get, async (c) => {
    const open = getOpen();
    const { city, batch } = c.req.valid('param');
    const current = await open.cities.read(city);
    return c.json(batchJson(await getBatch(open.base.database, city, batch), new Set(current.batches)), 200);
  });
  router.openapi(file, async (c) => {
    const { database } = getOpen().base;
    const { city, batch: batchId } = c.req.valid('param');
    const batch = await getBatch(database, city, batchId);
    const source = await openStoredFile(database, city, batch.sha256);
    c.header('Content-Type', 'application/octet-stream');
    c.header('Content-Disposition', attachment(batch.fileName));
    c.header('Content-Length', String(source.sizeBytes));
    c.header('ETag', `"${batch.sha256}"`);
    return c.body(Readable.toWeb(Readable.from(streamBytes(source))) as ReadableStream);
  });
  router.openapi(undo, async (c) => {
    const open = getOpen();
    const { city, batch } = c.req.valid('param');
    await getBatch(open.base.database, city, batch);
    return c.json({ jobId: await open.jobs.enqueue('undo', city, { batchId: batch }, whoOf(c)) }, 202);
  });
  router.openapi(revisions, async (c) => {
    const open = getOpen();
    const current = await open.cities.read(c.req.valid('param').city);
    return c.json({ current: current.revision, revisions: (await listRevisions(open.base.database, current.cityId)).map(revisionJson) }, 200);
  });
  return router;
}
