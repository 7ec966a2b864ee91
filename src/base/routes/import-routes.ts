/** From a file in the browser to an import: upload, preview, start. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { ChengmaiError } from '../../core/errors.ts';
import { NoteBook } from '../../core/note.ts';
import type { ImportOptions, LayerId, Preview } from '../../import/model.ts';
import { recogniseFile } from '../../import/recognise.ts';
import type { ImportOptionsJson, PreviewJson, Problem, UploadJson } from '../api.ts';
import { importRequestSchema, jobStartedSchema, previewRequestSchema, sha256Schema, uploadSchema } from '../api.ts';
import { createCity, findCity, noCity } from '../store/cities.ts';
import { listBatches } from '../store/batches.ts';
import { findFile, writeFile } from '../store/files.ts';
import { getCurrentBatches } from '../store/revisions.ts';
import { uploadTooLarge } from '../upload-store.ts';
import type { Upload } from '../upload-store.ts';
import { bothLanguages } from './city-routes.ts';
import type { GetOpen, OpenBase } from './route-parts.ts';
import { whoOf } from './route-parts.ts';
import { accepted, answers, buildRouter, cityParam, jsonBody, limitJsonBody, noContent } from './router.ts';
import { boxJson, noteJson } from './to-json.ts';

const tags = ['Import'];
const fileParam = cityParam.extend({ sha256: sha256Schema });

const upload = createRoute({
  method: 'put',
  path: '/api/cities/{city}/uploads',
  tags,
  summary: 'Send a file: the body is its bytes',
  request: {
    params: cityParam,
    query: z.object({ name: z.string().min(1).max(400).meta({ description: 'the file’s name' }) }),
    body: { content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } } },
  },
  responses: answers(uploadSchema, 'what was received and recognised'),
});
const preview = createRoute({
  method: 'post',
  path: '/api/cities/{city}/uploads/{sha256}/preview',
  tags,
  summary: 'Look at an uploaded file again, with other options',
  middleware: [limitJsonBody] as const,
  request: { params: fileParam, body: jsonBody(previewRequestSchema) },
  responses: answers(uploadSchema, 'what was recognised'),
});
const remove = createRoute({
  method: 'delete',
  path: '/api/cities/{city}/uploads/{sha256}',
  tags,
  summary: 'Forget an uploaded file',
  request: { params: fileParam },
  responses: noContent('it is gone'),
});
const start = createRoute({
  method: 'post',
  path: '/api/cities/{city}/imports',
  tags,
  summary: 'Import uploaded files in one go',
  middleware: [limitJsonBody] as const,
  request: { params: cityParam, body: jsonBody(importRequestSchema) },
  responses: accepted(jobStartedSchema, 'the job that does it'),
});

function toOptions({ layer, ...rest }: ImportOptionsJson): ImportOptions {
  return { ...rest, ...(layer !== undefined && { layer: layer as LayerId }) };
}

function previewJson(seen: Preview): PreviewJson {
  return {
    format: seen.format,
    summary: seen.summary,
    crs: seen.crs ?? null,
    crsGuessed: seen.crsGuessed,
    encoding: seen.encoding ?? null,
    contract: seen.contract ?? null,
    members: [...seen.members],
    columns: seen.columns.map((column) => ({ name: column.name, role: column.role ?? null, samples: [...column.samples] })),
    roles: seen.roles.map((role) => ({ ...role })),
    box: seen.box === undefined ? null : boxJson(seen.box),
  };
}

type DescribeProblem = (c: Context, error: unknown) => Problem;

async function describeUpload(open: OpenBase, cityId: string, { sha256, fileName, sizeBytes }: Upload, options: ImportOptions, problemOf: (error: unknown) => Problem): Promise<UploadJson> {
  const notes = new NoteBook();
  let seen: PreviewJson | null = null;
  let problem: Problem | null = null;
  const source = await open.uploads.open({ sha256, fileName, sizeBytes });
  try {
    const reader = await recogniseFile(source);
    seen = previewJson(await reader.preview(source, options, { notes }));
  } catch (error) {
    if (!(error instanceof ChengmaiError) || error.kind !== 'input') throw error;
    problem = problemOf(error);
  } finally {
    await source.close();
  }
  return { sha256, fileName, sizeBytes, preview: seen, problem, notes: notes.list().map(noteJson), alreadyImported: await findImported(open, cityId, sha256) };
}

/** The batch of the present revision that holds the same bytes. */
async function findImported(open: OpenBase, cityId: string, sha256: string): Promise<number | null> {
  const { database } = open.base;
  if ((await findCity(database, cityId)) === undefined) return null;
  const { fileBatches } = await getCurrentBatches(database, cityId);
  return (await listBatches(database, cityId)).find((batch) => batch.sha256 === sha256 && fileBatches.includes(batch.batchId))?.batchId ?? null;
}

/** Moves an upload into the base, where workers on other machines find it. */
async function storeUpload(open: OpenBase, cityId: string, sha256: string, signal: AbortSignal): Promise<void> {
  const found = await open.uploads.find(sha256);
  if (found === undefined) {
    if ((await findFile(open.base.database, cityId, sha256)) !== undefined) return;
    await open.uploads.get(sha256);
    return;
  }
  const source = await open.uploads.open(found);
  try {
    await writeFile(open.base.database, cityId, source, sha256, { signal });
  } finally {
    await source.close();
  }
}

export interface ImportRouteOptions {
  readonly maxUploadBytes: number;
  readonly describeProblem: DescribeProblem;
}

async function* bodyOf(c: Context): AsyncGenerator<Uint8Array> {
  const body = c.req.raw.body as ReadableStream<Uint8Array> | null;
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export function importRoutes(getOpen: GetOpen, { maxUploadBytes, describeProblem }: ImportRouteOptions) {
  const router = buildRouter();
  router.openapi(upload, async (c) => {
    const open = getOpen();
    const announced = Number(c.req.header('content-length') ?? 0);
    const { name } = c.req.valid('query');
    if (announced > maxUploadBytes) throw uploadTooLarge(name, maxUploadBytes);
    const received = await open.uploads.receive(name, bodyOf(c), maxUploadBytes);
    return c.json(await describeUpload(open, c.req.valid('param').city, received, {}, (error) => describeProblem(c, error)), 200);
  });
  router.openapi(preview, async (c) => {
    const open = getOpen();
    const { city, sha256 } = c.req.valid('param');
    const options = toOptions(c.req.valid('json').options);
    return c.json(await describeUpload(open, city, await open.uploads.get(sha256), options, (error) => describeProblem(c, error)), 200);
  });
  router.openapi(remove, async (c) => {
    await getOpen().uploads.remove(c.req.valid('param').sha256);
    return c.body(null, 204);
  });
  router.openapi(start, async (c) => {
    const open = getOpen();
    const { city } = c.req.valid('param');
    const { files, createCity: name } = c.req.valid('json');
    for (const { sha256 } of files) if ((await open.uploads.find(sha256)) === undefined && (await findFile(open.base.database, city, sha256)) === undefined) await open.uploads.get(sha256);
    const both = name === undefined ? undefined : bothLanguages(name);
    if ((await findCity(open.base.database, city)) === undefined) {
      if (both === undefined) throw noCity(city);
      await createCity(open.base.database, city, both);
    }
    for (const { sha256 } of files) await storeUpload(open, city, sha256, c.req.raw.signal);
    const input = { ...(both !== undefined && { cityName: both }), files: files.map((file) => ({ ...file, options: toOptions(file.options) })) };
    const jobId = await open.jobs.enqueue('import', city, input, whoOf(c));
    c.header('Location', `/api/jobs/${jobId}`);
    return c.json({ jobId }, 202);
  });
  return router;
}
