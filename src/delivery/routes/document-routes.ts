/** Policy documents over HTTP: read without storing, import, open, review, link, undo. */
import { createRoute } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { whoOf } from '../../base/routes/route-parts.ts';
import { answers, buildRouter, cityParam, idText, jsonBody, limitJsonBody, noContent, rawAnswer, storableText } from '../../base/routes/router.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { changeListSchema, daySchema, documentListSchema, documentSchema, linkEditSchema, policyReadingSchema, reviewSchema } from '../api.ts';
import { documentJson, documentLine, readSurroundings } from '../document-views.ts';
import { openDocument, openDocuments } from '../open-document.ts';
import { editLinks, importPolicy, MOST_DOCUMENT_BYTES, readPolicyFile, reviewDocument, undoReview } from '../policy-documents.ts';
import { deleteDocument, getDocumentBytes, listChanges, listVersions, noDocument } from '../store/documents.ts';

const tags = ['Policy documents'];
const params = cityParam.extend({ document: idText });
const fileQuery = z.object({ name: storableText(300).min(1).meta({ description: 'of the file; its ending tells the format where the content does not' }), published: daySchema.optional().meta({ description: 'publication date, against which 明年, 年底前 … are resolved' }) });
const bytesBody = { content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } }, required: true } as const;
const limitFile = bodyLimit({
  maxSize: MOST_DOCUMENT_BYTES,
  onError: () => {
    throw new ChengmaiError('input', 'server/body-too-large', { zh: `文件超过 ${MOST_DOCUMENT_BYTES / 1024 / 1024} MB。`, en: `The file exceeds ${MOST_DOCUMENT_BYTES / 1024 / 1024} MB.` });
  },
});

const read = createRoute({ method: 'post', path: '/api/policy-reading', tags, summary: 'Read a document: outline, targets, tasks, bodies, defects; nothing is stored', middleware: limitFile, request: { query: fileQuery, body: bytesBody }, responses: answers(policyReadingSchema, 'the reading') });
const list = createRoute({ method: 'get', path: '/api/cities/{city}/policies', tags, summary: 'The city’s policy documents, the latest first', request: { params: cityParam }, responses: answers(documentListSchema, 'the documents') });
const add = createRoute({
  method: 'post', path: '/api/cities/{city}/policies', tags, summary: 'Import a document; another copy of one that is there is read anew and keeps every decision', middleware: limitFile,
  request: { params: cityParam, query: fileQuery.extend({ document: idText.optional().meta({ description: 'the document that this is another copy of' }) }), body: bytesBody },
  responses: answers(documentSchema, 'the document'),
});
const get = createRoute({ method: 'get', path: '/api/cities/{city}/policies/{document}', tags, summary: 'A document with its outline, items, links, bodies, defects', request: { params }, responses: answers(documentSchema, 'the document') });
const remove = createRoute({ method: 'delete', path: '/api/cities/{city}/policies/{document}', tags, summary: 'Delete a document with its decisions; tasks of the ledger that came of it stay', request: { params }, responses: noContent('deleted') });
const file = createRoute({ method: 'get', path: '/api/cities/{city}/policies/{document}/file', tags, summary: 'The file as it was imported', request: { params }, responses: rawAnswer('application/octet-stream', 'the bytes') });
const review = createRoute({ method: 'post', path: '/api/cities/{city}/policies/{document}/review', tags, summary: 'Accept, reject, correct, split, merge, add items; all or none', middleware: limitJsonBody, request: { params, body: jsonBody(reviewSchema) }, responses: answers(documentSchema, 'the document') });
const link = createRoute({ method: 'put', path: '/api/cities/{city}/policies/{document}/links', tags, summary: 'Confirm, reject, add links from clauses to indicators, places, projects, bodies', middleware: limitJsonBody, request: { params, body: jsonBody(linkEditSchema) }, responses: answers(documentSchema, 'the document') });
const changes = createRoute({ method: 'get', path: '/api/cities/{city}/policies/{document}/changes', tags, summary: 'Who decided what, the newest first', request: { params }, responses: answers(changeListSchema, 'the changes') });
const undo = createRoute({ method: 'post', path: '/api/cities/{city}/policies/{document}/undo', tags, summary: 'Take back the last change set, or a named one', middleware: limitJsonBody, request: { params, body: jsonBody(z.object({ changeSet: storableText(100).optional() })) }, responses: answers(documentSchema, 'the document') });

export function documentRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  const show = async (city: string, document: string) => {
    const { base } = getOpen();
    return documentJson(await openDocument(base, city, document), await readSurroundings(base, city));
  };
  router.openapi(read, async (c) => {
    const { name, published } = c.req.valid('query');
    const { reading } = await readPolicyFile({ bytes: new Uint8Array(await c.req.arrayBuffer()), fileName: name, publishedAt: published }, c.req.raw.signal);
    return c.json(reading, 200);
  });
  router.openapi(list, async (c) => {
    const { base } = getOpen();
    const { city } = c.req.valid('param');
    const around = await readSurroundings(base, city);
    return c.json({ documents: (await openDocuments(base, city)).map((open) => documentLine(open, around)) }, 200);
  });
  router.openapi(add, async (c) => {
    const { base } = getOpen();
    const { city } = c.req.valid('param');
    const { name, published, document } = c.req.valid('query');
    const { documentId } = await importPolicy(base, city, { bytes: new Uint8Array(await c.req.arrayBuffer()), fileName: name, publishedAt: published, documentId: document }, whoOf(c), c.req.raw.signal);
    return c.json(await show(city, documentId), 200);
  });
  router.openapi(get, async (c) => {
    const { city, document } = c.req.valid('param');
    return c.json(await show(city, document), 200);
  });
  router.openapi(remove, async (c) => {
    const { city, document } = c.req.valid('param');
    await deleteDocument(getOpen().base.database, city, document);
    return c.body(null, 204);
  });
  router.openapi(file, async (c) => {
    const { city, document } = c.req.valid('param');
    const { bytes, fileName } = await getDocumentBytes(getOpen().base.database, city, document);
    c.header('Content-Type', 'application/octet-stream');
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
    return c.body(new Uint8Array(bytes));
  });
  router.openapi(review, async (c) => {
    const { city, document } = c.req.valid('param');
    const { acts, reason } = c.req.valid('json');
    await reviewDocument(getOpen().base, city, document, acts, { who: whoOf(c), reason });
    return c.json(await show(city, document), 200);
  });
  router.openapi(link, async (c) => {
    const { city, document } = c.req.valid('param');
    const { links, reason } = c.req.valid('json');
    await editLinks(getOpen().base, city, document, links, { who: whoOf(c), reason });
    return c.json(await show(city, document), 200);
  });
  router.openapi(changes, async (c) => {
    const { city, document } = c.req.valid('param');
    const { database } = getOpen().base;
    if ((await listVersions(database, city, document)).length === 0) throw noDocument(document);
    return c.json({ changes: (await listChanges(database, city, document)).map(({ at, ...change }) => ({ ...change, at: new Date(at).toISOString() })) }, 200);
  });
  router.openapi(undo, async (c) => {
    const { city, document } = c.req.valid('param');
    await undoReview(getOpen().base, city, document, c.req.valid('json').changeSet, whoOf(c));
    return c.json(await show(city, document), 200);
  });
  return router;
}
