/** The ledger of tasks over HTTP. The workbook and the calendar come from task-files.ts. */
import { createRoute } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { GetOpen } from '../../base/routes/route-parts.ts';
import { whoOf } from '../../base/routes/route-parts.ts';
import { answers, buildRouter, cityParam, idText, jsonBody, limitJsonBody, rawAnswer, storableText, wholeNumber } from '../../base/routes/router.ts';
import { getCity } from '../../base/store/cities.ts';
import { ChengmaiError } from '../../core/errors.ts';
import { answerSchema, bulkTaskEditSchema, changedTasksSchema, daySchema, lightPreviewSchema, newExtensionSchema, newOrderSchema, newProgressSchema, newTaskLightsSchema, newTasksSchema, reminderListSchema, taskBodiesSchema, taskChangeSetsSchema, taskHistorySchema, taskImportSchema, taskLightsSchema, taskListSchema } from '../api.ts';
import { writeBodyFolders, writeLetters, writeMergeRows } from '../body-files.ts';
import { lettersOf, linesByBody } from '../ledger/by-body.ts';
import { LIGHT_BOUNDS } from '../ledger/task-light.ts';
import { LIGHTS, TASK_SOURCES, TASK_STATES } from '../model.ts';
import { importTaskWorkbook, writeTaskCalendar, writeTaskWorkbook } from '../task-files.ts';
import type { NewTaskFields, TaskFilter } from '../task-ledger.ts';
import { buildTaskList, createFromFindings, createFromItems, createTasks, editTasks, filterTasks, giveAnswer, giveOrder, grantExtension, listReminders, listTaskChanges, listTaskJson, readTaskHistory, reportProgress, syncTable, TASK_ORDERS, todayInChina, undoTasks } from '../task-ledger.ts';
import { previewTaskLights, readTaskLights, setTaskLights } from '../task-lights.ts';

const tags = ['Tasks'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MOST_WORKBOOK_BYTES = 64 * 1024 * 1024;

const several = <Choice extends string>(choices: readonly Choice[]) =>
  z.string().max(200).transform((text) => text.split(',')).refine((parts) => parts.every((part) => (choices as readonly string[]).includes(part)), `some of ${choices.join(', ')}, by commas`).meta({ type: 'string', description: `some of ${choices.join(', ')}, by commas` });
const filters = {
  document: idText.optional(), source: z.enum(TASK_SOURCES).optional(), state: several(TASK_STATES).optional(), light: several(LIGHTS).optional(), body: storableText(200).optional().meta({ description: 'leads or supports' }), lead: storableText(200).optional(), district: storableText(200).optional(),
  place: idText.optional(), dueFrom: daySchema.optional(), dueTo: daySchema.optional(), q: storableText(100).trim().min(1).optional(), today: daySchema.optional(),
};
const params = cityParam.extend({ task: idText });

const list = createRoute({ method: 'get', path: '/api/cities/{city}/tasks', tags, summary: 'The ledger, filtered and paged, with the lights of the day', request: { params: cityParam, query: z.object({ ...filters, order: z.enum(TASK_ORDERS).default('light'), limit: wholeNumber(1, 10_000).default(200), offset: wholeNumber(0, 10_000_000).default(0) }) }, responses: answers(taskListSchema, 'the tasks') });
const workbook = createRoute({ method: 'get', path: '/api/cities/{city}/tasks.xlsx', tags, summary: '督办台账 as a workbook', request: { params: cityParam, query: z.object({ ...filters, lang: z.enum(['zh', 'en']).default('zh') }) }, responses: rawAnswer(XLSX, 'the workbook') });
const calendar = createRoute({ method: 'get', path: '/api/cities/{city}/tasks.ics', tags, summary: 'Deadlines and milestones as a calendar (RFC 5545)', request: { params: cityParam, query: z.object({ ...filters, lang: z.enum(['zh', 'en']).default('zh') }) }, responses: rawAnswer('text/calendar', 'the calendar') });
const create = createRoute({ method: 'post', path: '/api/cities/{city}/tasks', tags, summary: 'New tasks: by hand, from a document’s items, from findings', middleware: limitJsonBody, request: { params: cityParam, body: jsonBody(newTasksSchema) }, responses: answers(changedTasksSchema, 'the tasks') });
const get = createRoute({ method: 'get', path: '/api/cities/{city}/tasks/{task}', tags, summary: 'One task with its history', request: { params, query: z.object({ today: daySchema.optional() }) }, responses: answers(taskHistorySchema, 'the task') });
const edit = createRoute({ method: 'patch', path: '/api/cities/{city}/tasks', tags, summary: 'Edit tasks, all or none', description: 'Problems: `delivery/extension-needed`, `delivery/evidence-needed`, `delivery/reason-needed` (409).', middleware: limitJsonBody, request: { params: cityParam, body: jsonBody(bulkTaskEditSchema) }, responses: answers(changedTasksSchema, 'the tasks that changed') });
const progress = createRoute({ method: 'post', path: '/api/cities/{city}/tasks/{task}/progress', tags, summary: 'Report progress, with evidence', middleware: limitJsonBody, request: { params, body: jsonBody(newProgressSchema) }, responses: answers(changedTasksSchema, 'the task') });
const extension = createRoute({ method: 'post', path: '/api/cities/{city}/tasks/{task}/extensions', tags, summary: 'Move the deadline, with the reason', middleware: limitJsonBody, request: { params, body: jsonBody(newExtensionSchema) }, responses: answers(changedTasksSchema, 'the task') });
const order = createRoute({ method: 'post', path: '/api/cities/{city}/tasks/{task}/orders', tags, summary: 'Give a supervision order (督办单)', middleware: limitJsonBody, request: { params, body: jsonBody(newOrderSchema) }, responses: answers(changedTasksSchema, 'the task') });
const answer = createRoute({ method: 'post', path: '/api/cities/{city}/tasks/{task}/answers', tags, summary: 'Answer a supervision order', middleware: limitJsonBody, request: { params, body: jsonBody(answerSchema) }, responses: answers(changedTasksSchema, 'the task') });
const undo = createRoute({ method: 'post', path: '/api/cities/{city}/tasks/undo', tags, summary: 'Take a change set back as a whole', middleware: limitJsonBody, request: { params: cityParam, body: jsonBody(z.object({ changeSet: storableText(100).min(1) })) }, responses: answers(changedTasksSchema, 'the tasks') });
const changes = createRoute({ method: 'get', path: '/api/cities/{city}/task-changes', tags, summary: 'The last acts on the ledger, each to be undone as a whole', request: { params: cityParam, query: z.object({ limit: wholeNumber(1, 1000).default(50) }) }, responses: answers(taskChangeSetsSchema, 'the change sets') });
const sync = createRoute({ method: 'post', path: '/api/cities/{city}/tasks/sync', tags, summary: 'Take the imported tasks.csv into the ledger; what persons have worked on stays', request: { params: cityParam }, responses: answers(changedTasksSchema, 'the tasks that are new or changed') });
const bringIn = createRoute({
  method: 'post', path: '/api/cities/{city}/tasks/import', tags, summary: 'A workbook of the ledger that was edited, or a list of tasks: what differs is taken over, unless `dry` asks only what would be',
  request: { params: cityParam, query: z.object({ name: storableText(300).min(1).default('tasks.xlsx'), dry: z.enum(['true', 'false']).default('false') }), body: { content: { [XLSX]: { schema: z.string().meta({ format: 'binary' }) } }, required: true } },
  middleware: bodyLimit({
    maxSize: MOST_WORKBOOK_BYTES,
    onError: () => {
      throw new ChengmaiError('input', 'server/body-too-large', { zh: `工作簿超过 ${MOST_WORKBOOK_BYTES / 1024 / 1024} MB。`, en: `The workbook exceeds ${MOST_WORKBOOK_BYTES / 1024 / 1024} MB.` });
    },
  }),
  responses: answers(taskImportSchema, 'what changed'),
});
const reminders = createRoute({ method: 'get', path: '/api/cities/{city}/task-reminders', tags, summary: 'What is late, due, unanswered, silent', request: { params: cityParam, query: z.object({ within: wholeNumber(0, 3650).default(15), today: daySchema.optional() }) }, responses: answers(reminderListSchema, 'the reminders') });
const byBody = createRoute({ method: 'get', path: '/api/cities/{city}/task-bodies', tags, summary: 'The ledger by body: what each leads, by lights, and supports', request: { params: cityParam, query: z.object(filters) }, responses: answers(taskBodiesSchema, 'a line a body') });
const langQuery = { lang: z.enum(['zh', 'en']).default('zh') };
const folders = createRoute({ method: 'get', path: '/api/cities/{city}/tasks-by-body.zip', tags, summary: 'A folder a body: its tasks as a workbook and a calendar, and its letter where something is due', request: { params: cityParam, query: z.object({ ...filters, ...langQuery, within: wholeNumber(0, 3650).default(15) }) }, responses: rawAnswer('application/zip', 'the folders') });
const lettersQuery = z.object({ ...langQuery, body: storableText(200).optional(), within: wholeNumber(0, 3650).default(15), today: daySchema.optional() });
const lettersAsText = createRoute({ method: 'get', path: '/api/cities/{city}/task-reminders.txt', tags, summary: 'What is due as letters, one to each body that leads it', request: { params: cityParam, query: lettersQuery }, responses: rawAnswer('text/plain', 'the letters') });
const lettersAsRows = createRoute({ method: 'get', path: '/api/cities/{city}/task-reminders.xlsx', tags, summary: 'What is due as rows for a mail merge, one a body', request: { params: cityParam, query: lettersQuery }, responses: rawAnswer(XLSX, 'the workbook') });
const lights = createRoute({ method: 'get', path: '/api/cities/{city}/task-lights', tags, summary: 'The figures by which tasks have their lights, with who set them and why', request: { params: cityParam }, responses: answers(taskLightsSchema, 'the figures') });
const setLights = createRoute({ method: 'put', path: '/api/cities/{city}/task-lights', tags, summary: 'Set the figures of the lights for the city, or give them back to the program’s own', middleware: limitJsonBody, request: { params: cityParam, body: jsonBody(newTaskLightsSchema) }, responses: answers(taskLightsSchema, 'the figures') });
const previewLights = createRoute({ method: 'get', path: '/api/cities/{city}/task-lights/preview', tags, summary: 'How many tasks would change their light under other figures', request: { params: cityParam, query: z.object({ dueDays: wholeNumber(...LIGHT_BOUNDS.dueDays), lag: wholeNumber(...LIGHT_BOUNDS.lag), silentDays: wholeNumber(...LIGHT_BOUNDS.silentDays), today: daySchema.optional() }) }, responses: answers(lightPreviewSchema, 'the changes') });

const filterOf = ({ q, ...rest }: { readonly q?: string | undefined } & Omit<TaskFilter, 'text'>): TaskFilter => ({ ...rest, text: q });

export function taskRoutes(getOpen: GetOpen) {
  const router = buildRouter();
  router.openapi(list, async (c) => {
    const { city } = c.req.valid('param');
    const { order: by, limit, offset, ...filter } = c.req.valid('query');
    return c.json(await buildTaskList(getOpen().base, city, filterOf(filter), { order: by, limit, offset, today: filter.today ?? todayInChina() }), 200);
  });
  router.openapi(workbook, async (c) => {
    const { city } = c.req.valid('param');
    const { lang, ...filter } = c.req.valid('query');
    const tasks = filterTasks(await listTaskJson(getOpen().base, city, filter.today ?? todayInChina()), filterOf(filter));
    c.header('Content-Type', XLSX);
    c.header('Content-Disposition', `attachment; filename="${city}-tasks.xlsx"`);
    return c.body(new Uint8Array(await writeTaskWorkbook(tasks, lang)));
  });
  router.openapi(calendar, async (c) => {
    const { city } = c.req.valid('param');
    const { lang, ...filter } = c.req.valid('query');
    const tasks = filterTasks(await listTaskJson(getOpen().base, city, filter.today ?? todayInChina()), filterOf(filter));
    c.header('Content-Type', 'text/calendar; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="${city}-tasks.ics"`);
    return c.body(writeTaskCalendar(city, tasks, lang));
  });
  router.openapi(create, async (c) => {
    const { base } = getOpen();
    const { city } = c.req.valid('param');
    const request = c.req.valid('json');
    const author = { who: whoOf(c) };
    if ('documentId' in request) return c.json(await createFromItems(base, city, request.documentId, request.items, author), 200);
    if ('findings' in request) return c.json(await createFromFindings(base, city, request.findings, author), 200);
    return c.json(await createTasks(base, city, request.tasks.map((task) => task as NewTaskFields), author), 200);
  });
  router.openapi(get, async (c) => {
    const { city, task } = c.req.valid('param');
    return c.json(await readTaskHistory(getOpen().base, city, task, c.req.valid('query').today ?? todayInChina()), 200);
  });
  router.openapi(edit, async (c) => {
    const { city } = c.req.valid('param');
    const { taskIds, edit: change, reason } = c.req.valid('json');
    return c.json(await editTasks(getOpen().base, city, taskIds, change, { who: whoOf(c), reason }), 200);
  });
  router.openapi(progress, async (c) => {
    const { city, task } = c.req.valid('param');
    return c.json(await reportProgress(getOpen().base, city, task, c.req.valid('json'), { who: whoOf(c) }), 200);
  });
  router.openapi(extension, async (c) => {
    const { city, task } = c.req.valid('param');
    return c.json(await grantExtension(getOpen().base, city, task, c.req.valid('json'), { who: whoOf(c) }), 200);
  });
  router.openapi(order, async (c) => {
    const { city, task } = c.req.valid('param');
    return c.json(await giveOrder(getOpen().base, city, task, c.req.valid('json'), { who: whoOf(c) }), 200);
  });
  router.openapi(answer, async (c) => {
    const { city, task } = c.req.valid('param');
    return c.json(await giveAnswer(getOpen().base, city, task, c.req.valid('json'), { who: whoOf(c) }), 200);
  });
  router.openapi(undo, async (c) => {
    const { city } = c.req.valid('param');
    return c.json(await undoTasks(getOpen().base, city, c.req.valid('json').changeSet, { who: whoOf(c) }), 200);
  });
  router.openapi(changes, async (c) => c.json(await listTaskChanges(getOpen().base, c.req.valid('param').city, c.req.valid('query').limit), 200));
  router.openapi(sync, async (c) => c.json(await syncTable(getOpen().base, c.req.valid('param').city, { who: whoOf(c) }), 200));
  router.openapi(bringIn, async (c) => {
    const { city } = c.req.valid('param');
    const { name, dry } = c.req.valid('query');
    return c.json(await importTaskWorkbook(getOpen().base, city, new Uint8Array(await c.req.arrayBuffer()), name, { dry: dry === 'true', who: whoOf(c) }), 200);
  });
  router.openapi(reminders, async (c) => {
    const { city } = c.req.valid('param');
    const { within, today = todayInChina() } = c.req.valid('query');
    return c.json({ today, reminders: await listReminders(getOpen().base, city, today, within) }, 200);
  });
  router.openapi(byBody, async (c) => {
    const { today = todayInChina(), ...filter } = c.req.valid('query');
    const tasks = filterTasks(await listTaskJson(getOpen().base, c.req.valid('param').city, today), filterOf(filter));
    return c.json({ today, tasks: tasks.length, bodies: linesByBody(tasks, today) }, 200);
  });
  router.openapi(folders, async (c) => {
    const { base } = getOpen();
    const { city } = c.req.valid('param');
    const { lang, within, today = todayInChina(), ...filter } = c.req.valid('query');
    const { name } = await getCity(base.database, city);
    const tasks = filterTasks(await listTaskJson(base, city, today), filterOf(filter));
    const chosen = new Set(tasks.map(({ taskId }) => taskId));
    const due = (await listReminders(base, city, today, within)).filter(({ taskId }) => chosen.has(taskId));
    c.header('Content-Type', 'application/zip');
    c.header('Content-Disposition', `attachment; filename="${city}-tasks-by-body.zip"`);
    return c.body(new Uint8Array(await writeBodyFolders(city, tasks, due, { city: name, today, within, language: lang })));
  });
  const letters = async (city: string, { body, within, today = todayInChina(), lang }: z.infer<typeof lettersQuery>) => {
    const { base } = getOpen();
    const { name } = await getCity(base.database, city);
    const all = lettersOf(await listReminders(base, city, today, within));
    return { letters: body === undefined ? all : all.filter((letter) => letter.body === body), mailing: { city: name, today, within, language: lang } };
  };
  router.openapi(lettersAsText, async (c) => {
    const { city } = c.req.valid('param');
    const { letters: own, mailing } = await letters(city, c.req.valid('query'));
    c.header('Content-Type', 'text/plain; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="${city}-reminders.txt"`);
    return c.body(`\ufeff${writeLetters(own, mailing)}`);
  });
  router.openapi(lettersAsRows, async (c) => {
    const { city } = c.req.valid('param');
    const { letters: own, mailing } = await letters(city, c.req.valid('query'));
    c.header('Content-Type', XLSX);
    c.header('Content-Disposition', `attachment; filename="${city}-reminders.xlsx"`);
    return c.body(new Uint8Array(await writeMergeRows(own, mailing)));
  });
  router.openapi(lights, async (c) => c.json(await readTaskLights(getOpen().base, c.req.valid('param').city), 200));
  router.openapi(setLights, async (c) => {
    const { settings, reason } = c.req.valid('json');
    return c.json(await setTaskLights(getOpen().base, c.req.valid('param').city, settings, { who: whoOf(c), reason }), 200);
  });
  router.openapi(previewLights, async (c) => {
    const { today = todayInChina(), ...settings } = c.req.valid('query');
    return c.json(await previewTaskLights(getOpen().base, c.req.valid('param').city, settings, today), 200);
  });
  return router;
}
