/** Reports over HTTP. */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { GetOpen } from '../base/routes/route-parts.ts';
import { buildRouter, cityParam, idText, rawAnswer } from '../base/routes/router.ts';
import { REPORT_FORMATS, REPORT_MEDIA, writeCheckupReport } from './checkup/write-report.ts';
import { parseQuarter } from '../delivery/ledger/quarter.ts';
import { PAPER_FORMATS, writeBrief, writeBulletin } from './delivery/write-papers.ts';

const report = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/report', tags: ['Check-ups'], summary: 'The annual check-up report: Word, a page, or a workbook',
  request: {
    params: cityParam.extend({ period: z.string().regex(/^(latest|\d{4})$/, 'a year of four digits, or latest').transform((text) => (text === 'latest' ? 'latest' as const : Number(text))).meta({ type: 'string' }) }),
    query: z.object({ format: z.enum(REPORT_FORMATS).default('docx'), lang: z.enum(['zh', 'en']).default('zh') }),
  },
  responses: rawAnswer('application/octet-stream', 'the report in the format asked for'),
});

const paper = { format: z.enum(PAPER_FORMATS).default('docx'), lang: z.enum(['zh', 'en']).default('zh'), today: z.iso.date().optional().meta({ description: 'the day it is written for; the present one unless said' }) };
const brief = createRoute({
  method: 'get', path: '/api/cities/{city}/brief', tags: ['Tasks'], summary: '领导专报: one page about a policy document, or about the whole city',
  request: { params: cityParam, query: z.object({ ...paper, document: idText.optional() }) }, responses: rawAnswer('application/octet-stream', 'the brief in the format asked for'),
});
const bulletin = createRoute({
  method: 'get', path: '/api/cities/{city}/task-bulletin', tags: ['Tasks'], summary: '督查通报 of a quarter, the running one unless said',
  request: {
    params: cityParam,
    query: z.object({ ...paper, quarter: z.string().transform((text, context) => {
      const quarter = parseQuarter(text);
      if (quarter !== undefined) return quarter;
      context.addIssue({ code: 'custom', message: 'a quarter like 2025Q4' });
      return z.NEVER;
    }).optional().meta({ type: 'string', example: '2025Q4' }) }),
  },
  responses: rawAnswer('application/octet-stream', 'the bulletin in the format asked for'),
});

/** A page is read where it is, the others are files. */
function headersOf(format: keyof typeof REPORT_MEDIA, name: string, title: string): Record<string, string> {
  if (format === 'html') return { 'Content-Type': REPORT_MEDIA.html };
  return { 'Content-Type': REPORT_MEDIA[format], 'Content-Disposition': `attachment; filename="${name}.${format}"; filename*=UTF-8''${encodeURIComponent(title)}.${format}` };
}

export function routesOfReport(getOpen: GetOpen): OpenAPIHono {
  const router = buildRouter();
  router.openapi(report, async (c) => {
    const { city, period } = c.req.valid('param');
    const { format, lang } = c.req.valid('query');
    const written = await writeCheckupReport(getOpen().base, { cityId: city, period, format, language: lang }, { signal: c.req.raw.signal });
    return c.body(new Uint8Array(written.bytes), 200, headersOf(format, `${city}-${written.period}-checkup`, written.title));
  });
  router.openapi(brief, async (c) => {
    const { city } = c.req.valid('param');
    const { format, lang, today, document } = c.req.valid('query');
    const { bytes, title } = await writeBrief(getOpen().base, { cityId: city, format, language: lang, today, documentId: document }, c.req.raw.signal);
    return c.body(new Uint8Array(bytes), 200, headersOf(format, `${city}-brief`, title));
  });
  router.openapi(bulletin, async (c) => {
    const { city } = c.req.valid('param');
    const { format, lang, today, quarter } = c.req.valid('query');
    const written = await writeBulletin(getOpen().base, { cityId: city, format, language: lang, today, quarter }, c.req.raw.signal);
    return c.body(new Uint8Array(written.bytes), 200, headersOf(format, `${city}-${written.quarter}-bulletin`, written.title));
  });
  return router;
}
