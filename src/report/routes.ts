/** Reports over HTTP. */
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { GetOpen } from '../base/routes/route-parts.ts';
import { buildRouter, cityParam, rawAnswer } from '../base/routes/router.ts';
import { REPORT_FORMATS, REPORT_MEDIA, writeCheckupReport } from './checkup/write-report.ts';

const report = createRoute({
  method: 'get', path: '/api/cities/{city}/checkups/{period}/report', tags: ['Check-ups'], summary: 'The annual check-up report: Word, a page, or a workbook',
  request: {
    params: cityParam.extend({ period: z.string().regex(/^(latest|\d{4})$/, 'a year of four digits, or latest').transform((text) => (text === 'latest' ? 'latest' as const : Number(text))).meta({ type: 'string' }) }),
    query: z.object({ format: z.enum(REPORT_FORMATS).default('docx'), lang: z.enum(['zh', 'en']).default('zh') }),
  },
  responses: rawAnswer('application/octet-stream', 'the report in the format asked for'),
});

export function routesOfReport(getOpen: GetOpen): OpenAPIHono {
  const router = buildRouter();
  router.openapi(report, async (c) => {
    const { city, period } = c.req.valid('param');
    const { format, lang } = c.req.valid('query');
    const written = await writeCheckupReport(getOpen().base, { cityId: city, period, format, language: lang }, { signal: c.req.raw.signal });
    c.header('Content-Type', REPORT_MEDIA[format]);
    // a page is read where it is, the others are files
    if (format !== 'html') c.header('Content-Disposition', `attachment; filename="${city}-${written.period}-checkup.${format}"; filename*=UTF-8''${encodeURIComponent(written.title)}.${format}`);
    return c.body(new Uint8Array(written.bytes));
  });
  return router;
}
