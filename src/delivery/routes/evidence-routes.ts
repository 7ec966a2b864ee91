/** Files of evidence over HTTP: brought, fetched, deleted. A progress entry names them (task-routes.ts). */
import { createRoute } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { whoOf } from '../../base/routes/route-parts.ts';
import { answers, buildRouter, cityParam, idText, noContent, rawAnswer, storableText } from '../../base/routes/router.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { evidenceFileSchema } from '../api.ts';
import { addEvidence, deleteEvidence, getEvidence } from '../store/evidence.ts';

const tags = ['Tasks'];
const MOST_BYTES = 32 * 1024 * 1024;
const params = cityParam.extend({ task: idText });
/** No path in it: it is a file's name. */
const nameSchema = storableText(200).trim().min(1).regex(/^[^/\\]+$/, 'a file’s name without folders');

const add = createRoute({
  method: 'post', path: '/api/cities/{city}/tasks/{task}/files', tags, summary: 'Bring a file of evidence; a progress entry then names it', request: { params, query: z.object({ name: nameSchema }), body: { content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } }, required: true } },
  middleware: bodyLimit({
    maxSize: MOST_BYTES,
    onError: () => {
      throw new ChengmaiError('input', 'server/body-too-large', { zh: `文件超过 ${MOST_BYTES / 1024 / 1024} MB；请压缩后上传，或在佐证中填写链接。`, en: `The file exceeds ${MOST_BYTES / 1024 / 1024} MB; make it smaller, or give a link as evidence.` });
    },
  }),
  responses: answers(evidenceFileSchema, 'the file, under the name that it got'),
});
const get = createRoute({ method: 'get', path: '/api/cities/{city}/tasks/{task}/files/{name}', tags, summary: 'A file of evidence', request: { params: params.extend({ name: nameSchema }) }, responses: rawAnswer('application/octet-stream', 'the bytes') });
const remove = createRoute({ method: 'delete', path: '/api/cities/{city}/tasks/{task}/files/{name}', tags, summary: 'Delete a file that no progress entry names', request: { params: params.extend({ name: nameSchema }) }, responses: noContent('deleted') });

export function evidenceRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(add, async (c) => {
    const { city, task } = c.req.valid('param');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const { name } = c.req.valid('query');
    if (bytes.byteLength === 0) throw new ChengmaiError('input', 'delivery/empty-file', { zh: `文件“${name}”是空的；请选择有内容的文件。`, en: `The file "${name}" is empty; choose one that holds something.` }, { file: name });
    return c.json(await addEvidence(getOpen().base.database, city, task, { name, bytes, who: whoOf(c) }), 200);
  });
  router.openapi(get, async (c) => {
    const { city, task, name } = c.req.valid('param');
    const bytes = await getEvidence(getOpen().base.database, city, task, name);
    // never shown inside the page: it is whatever somebody uploaded
    c.header('Content-Type', 'application/octet-stream');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return c.body(new Uint8Array(bytes));
  });
  router.openapi(remove, async (c) => {
    const { city, task, name } = c.req.valid('param');
    await deleteEvidence(getOpen().base.database, city, task, name);
    return c.body(null, 204);
  });
  return router;
}
