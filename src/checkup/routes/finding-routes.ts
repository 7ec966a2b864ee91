/** The ledger over HTTP: list, one with its history, bulk edit, the workbook out and in. */
import { createRoute } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { whoOf } from '../../base/routes/route-parts.ts';
import { answers, buildRouter, cityParam, idText, jsonBody, limitJsonBody, rawAnswer, storableText, wholeNumber } from '../../base/routes/router.ts';
import { getCity } from '../../base/store/cities.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { bulkEditSchema, findingHistorySchema, findingListSchema, ledgerImportListSchema, ledgerImportSchema, ledgerUndoneSchema } from '../api.ts';
import { importLedger } from '../import-ledger.ts';
import { writeLedgerWorkbook } from '../ledger-workbook.ts';
import type { LedgerFilter } from '../store/ledger.ts';
import { listLedgerImports, undoLedgerImport } from '../store/ledger-imports.ts';
import { editFindings, getFinding, listFindings } from '../store/ledger.ts';

const tags = ['Findings'];
const MOST_WORKBOOK_BYTES = 64 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const periodText = z.union([z.literal('latest'), z.string().regex(/^\d{4}$/, 'a year of four digits, or latest')]);
const params = cityParam.extend({ period: periodText });
const filters = {
  stage: storableText(100).optional().meta({ description: 'one or several, by commas' }),
  kind: z.enum(['time-limited', 'best-effort']).optional(),
  severity: wholeNumber(1, 5).optional(),
  priority: z.enum(['high', 'medium', 'low']).optional(),
  indicator: idText.optional(),
  dimension: z.enum(['housing', 'community', 'block', 'city']).optional(),
  level: storableText(20).optional(),
  place: idText.optional(),
  body: storableText(200).optional(),
  q: storableText(100).trim().min(1).optional(),
};

const list = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/findings', tags, summary: 'The ledger, filtered and paged',
  request: { params, query: z.object({ ...filters, order: z.enum(['severity', 'indicator', 'place', 'updated', 'persons']).default('severity'), limit: wholeNumber(1, 10_000).default(200), offset: wholeNumber(0, 10_000_000).default(0) }) },
  responses: answers(findingListSchema, 'findings'),
});
const workbook = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/findings.xlsx', tags, summary: '问题台账, 问题清单, 整治建议清单 as one workbook',
  request: { params, query: z.object({ ...filters, lang: z.enum(['zh', 'en']).default('zh') }) },
  responses: rawAnswer(XLSX, 'the workbook'),
});
const get = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/findings/{finding}', tags, summary: 'One finding with its history',
  request: { params: params.extend({ finding: idText }) },
  responses: answers(findingHistorySchema, 'the finding'),
});
const edit = createRoute({
  method: 'patch', path: '/api/cities/{city}/checkups/{period}/findings', tags, summary: 'Edit findings, all or none',
  request: { params, body: jsonBody(bulkEditSchema) },
  middleware: limitJsonBody,
  responses: answers(findingListSchema, 'the findings that changed'),
});
const bringBack = createRoute({
  method: 'post', path: '/api/cities/{city}/checkups/{period}/findings/import', tags, summary: 'A workbook that was edited: what differs from the ledger is taken over, unless `dry` asks only what would be',
  request: { params, query: z.object({ name: z.string().min(1).max(300).default('ledger.xlsx'), dry: z.enum(['true', 'false']).default('false'), expect: z.string().max(64).optional().meta({ description: '`token` of the preview: refused (409) where something else would be written' }) }), body: { content: { [XLSX]: { schema: z.string().meta({ format: 'binary' }) } }, required: true } },
  middleware: bodyLimit({
    maxSize: MOST_WORKBOOK_BYTES,
    onError: () => {
      throw new ChengmaiError('input', 'server/body-too-large', { zh: `工作簿超过 ${MOST_WORKBOOK_BYTES / 1024 / 1024} MB。`, en: `The workbook exceeds ${MOST_WORKBOOK_BYTES / 1024 / 1024} MB.` });
    },
  }),
  responses: answers(ledgerImportSchema, 'what changed'),
});
const imports = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/findings/imports', tags, summary: 'Workbooks that were taken over, newest first',
  request: { params },
  responses: answers(ledgerImportListSchema, 'the imports'),
});
const undo = createRoute({
  method: 'post', path: '/api/cities/{city}/checkups/{period}/findings/imports/{import}/undo', tags, summary: 'A workbook taken back as a whole; refused (409) where one of its findings was changed since',
  request: { params: params.extend({ import: wholeNumber(1, 2_147_483_647) }) },
  responses: answers(ledgerUndoneSchema, 'what is as it was again'),
});

interface FilterQuery {
  readonly stage?: string | undefined;
  readonly q?: string | undefined;
  readonly [name: string]: unknown;
}

function filterOf(period: string, { stage, q, kind, severity, priority, indicator, dimension, level, place, body }: FilterQuery): LedgerFilter {
  return {
    ...(period !== 'latest' && { period: Number(period) }),
    ...(stage !== undefined && { stage: stage.split(',') }),
    ...(q !== undefined && { text: q }),
    ...(Object.fromEntries(Object.entries({ kind, severity, priority, indicator, dimension, level, place, body }).filter(([, value]) => value !== undefined)) as LedgerFilter),
  };
}

const isoOf = (at: Date): string => new Date(at).toISOString();
const historyJson = <Row extends { readonly at: Date }>(row: Row): Omit<Row, 'at'> & { at: string } => ({ ...row, at: isoOf(row.at) });

export function findingRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(list, async (c) => {
    const { database } = getOpen().base;
    const { city, period } = c.req.valid('param');
    const { limit, offset, order, ...filter } = c.req.valid('query');
    await getCity(database, city);
    return c.json(await listFindings(database, city, filterOf(period, filter), { order, limit, offset }), 200);
  });
  router.openapi(workbook, async (c) => {
    const { database } = getOpen().base;
    const { city, period } = c.req.valid('param');
    const { lang, ...filter } = c.req.valid('query');
    await getCity(database, city);
    const { findings } = await listFindings(database, city, filterOf(period, filter), { order: 'indicator' });
    c.header('Content-Type', XLSX);
    c.header('Content-Disposition', `attachment; filename="${city}-${period}-findings.xlsx"`);
    return c.body(new Uint8Array(await writeLedgerWorkbook(findings, lang)));
  });
  // before the finding of any name
  router.openapi(imports, async (c) => {
    const { city } = c.req.valid('param');
    const { database } = getOpen().base;
    await getCity(database, city);
    const rows = await listLedgerImports(database, city);
    return c.json({ imports: rows.map((row) => ({ ...row, at: isoOf(row.at), undoneAt: row.undoneAt === null ? null : isoOf(row.undoneAt) })) }, 200);
  });
  router.openapi(get, async (c) => {
    const { city, finding } = c.req.valid('param');
    const found = await getFinding(getOpen().base.database, city, finding);
    return c.json({ finding: found.finding, history: found.history.map(historyJson) }, 200);
  });
  router.openapi(edit, async (c) => {
    const { city } = c.req.valid('param');
    const { findingIds, edit: change, reason } = c.req.valid('json');
    const findings = await editFindings(getOpen().base.database, city, findingIds.map((findingId) => ({ findingId, edit: change })), { by: 'person', who: whoOf(c), reason });
    return c.json({ total: findings.length, findings }, 200);
  });
  router.openapi(bringBack, async (c) => {
    const { city } = c.req.valid('param');
    const { name, dry, expect } = c.req.valid('query');
    return c.json(await importLedger(getOpen().base, city, new Uint8Array(await c.req.arrayBuffer()), name, { dry: dry === 'true', who: whoOf(c), expect }), 200);
  });
  router.openapi(undo, async (c) => {
    const { city, import: importId } = c.req.valid('param');
    const { database } = getOpen().base;
    await getCity(database, city);
    return c.json({ importId, ...(await undoLedgerImport(database, city, importId, whoOf(c))) }, 200);
  });
  return router;
}
