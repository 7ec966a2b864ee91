/** Traces over HTTP: a document clause by clause, the reverse, targets against what was measured. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { answers, buildRouter, cityParam, idText } from '../../base/routes/router.ts';
import { listIndicatorsOf } from '../../checkup/indicators.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { daySchema, reverseTraceSchema, targetListSchema, traceSchema } from '../api.ts';
import { listServedClauses, listTargets, readSurroundings, traceOf } from '../document-views.ts';
import { openDocument } from '../open-document.ts';
import { getTask } from '../store/tasks.ts';
import { todayInChina } from '../task-ledger.ts';

const tags = ['Policy traces'];
const today = daySchema.optional().meta({ description: 'the day it is computed for; the present one unless said' });

const trace = createRoute({ method: 'get', path: '/api/cities/{city}/policies/{document}/trace', tags, summary: 'Clause by clause: indicators with value, grade and trend, targets, tasks, and what has nothing yet', request: { params: cityParam.extend({ document: idText }), query: z.object({ today }) }, responses: answers(traceSchema, 'the trace') });
const reverse = createRoute({ method: 'get', path: '/api/cities/{city}/policy-trace', tags, summary: 'The clauses that an indicator, a task or a project serves', request: { params: cityParam, query: z.object({ indicator: idText.optional(), task: idText.optional(), project: idText.optional() }) }, responses: answers(reverseTraceSchema, 'the clauses') });
const targets = createRoute({ method: 'get', path: '/api/cities/{city}/policy-targets', tags, summary: 'Targets with path, forecast and verdict', request: { params: cityParam, query: z.object({ document: idText.optional(), indicator: idText.optional(), today }) }, responses: answers(targetListSchema, 'the targets') });

export function traceRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(trace, async (c) => {
    const { base } = getOpen();
    const { city, document } = c.req.valid('param');
    return c.json(traceOf(await openDocument(base, city, document), await readSurroundings(base, city, c.req.valid('query').today)), 200);
  });
  router.openapi(reverse, async (c) => {
    const { base } = getOpen();
    const { city } = c.req.valid('param');
    const { indicator, task, project } = c.req.valid('query');
    if (indicator !== undefined) {
      const found = (await listIndicatorsOf(base.database, city)).find(({ id }) => id === indicator);
      return c.json({ subject: indicator, name: found?.name ?? { zh: indicator, en: indicator }, clauses: await listServedClauses(base, city, { to: 'indicator', target: indicator }) }, 200);
    }
    if (task !== undefined) {
      const { row } = await getTask(base.database, city, task);
      return c.json({ subject: task, name: { zh: row.title, en: row.title }, clauses: await listServedClauses(base, city, { to: 'task', target: task }) }, 200);
    }
    if (project !== undefined) return c.json({ subject: project, name: { zh: project, en: project }, clauses: await listServedClauses(base, city, { to: 'project', target: project }) }, 200);
    throw new ChengmaiError('input', 'base/bad-request', { zh: '请给出 indicator、task 或 project 之一。', en: 'Name one of indicator, task, project.' }, { field: 'indicator' });
  });
  router.openapi(targets, async (c) => {
    const { city } = c.req.valid('param');
    const { document, indicator, today: day = todayInChina() } = c.req.valid('query');
    const all = await listTargets(getOpen().base, city, day, document);
    return c.json({ today: day, targets: indicator === undefined ? all : all.filter((target) => target.indicator?.id === indicator) }, 200);
  });
  return router;
}
