/**
 * What the delivery's HTTP interface takes and gives. Without a city:
 *
 *   POST   /api/policy-reading?name=&published=            a document's bytes → its reading; nothing is stored
 *
 * and below `/api/cities/{city}`:
 *
 *   GET    /policies                                       documents with counts and coverage
 *   POST   /policies?name=&published=                      import (bytes) → the document; the same file again reads it anew and keeps every decision
 *   GET    /policies/{document}                            text, outline, set-aside spans, items, links, bodies, defects
 *   DELETE /policies/{document}                            its tasks in the ledger stay
 *   GET    /policies/{document}/file                       the bytes as imported
 *   POST   /policies/{document}/review                     accept, reject, correct, split, merge, add; one change set
 *   PUT    /policies/{document}/links                      confirm, reject, add links; one change set
 *   GET    /policies/{document}/changes;  POST /policies/{document}/undo   the last change set, or a named one
 *   GET    /policies/{document}/trace                      clause by clause: indicators with value, grade, trend, tasks; coverage
 *   GET    /policy-trace?indicator=|task=                  the reverse: clauses that something serves
 *   GET    /policy-targets                                 accepted and proposed targets against what was measured
 *   GET    /brief?document=&format=docx|html&lang=&today=             领导专报, one page; of the whole city unless a document is named (src/report)
 *   GET    /tasks                                          the ledger, filtered and paged, with lights;  /tasks.xlsx  /tasks.ics
 *   POST   /tasks                                          new tasks: by hand, from items of a document, from findings
 *   GET    /tasks/{task}                                   one, with its history
 *   PATCH  /tasks                                          bulk edit
 *   POST   /tasks/{task}/progress | extensions | orders | answers     milestones go with PATCH
 *   POST   /tasks/{task}/files?name=;  GET, DELETE /tasks/{task}/files/{name}   files of evidence, which progress entries name
 *   GET    /task-changes                                   the last change sets;  POST /tasks/undo   one of them
 *   POST   /tasks/import?name=&dry=                        a workbook that was edited, or a list of tasks
 *   POST   /tasks/sync                                     the imported tasks.csv into the ledger
 *   GET    /task-reminders?within=                         what is due, overdue, unanswered;  .txt letters to the leading bodies,  .xlsx rows for a mail merge (`body=` for one)
 *   GET    /task-bodies                                    a line a body: what it leads, by lights, and supports;  /tasks-by-body.zip a folder a body with sheet, calendar, letter
 *   GET    /task-lights;  PUT /task-lights                 the figures of the lights with who set them and why; set by the city, or given back (`settings: null`)
 *   GET    /task-lights/preview?dueDays=&lag=&silentDays=  how many tasks would change their light
 *   GET    /task-bulletin?quarter=2025Q4&format=docx|html&lang=       督查通报 of a quarter, the running one unless said (src/report)
 *
 * Days are `2026-06-30`. Lights, verdicts, forecasts and coverage are computed for the day of the request (`?today=` for another one).
 */
import { z } from 'zod';
import { bilingualSchema, gradeSchema, qualitySchema } from '../checkup/api.ts';
import { ASIDE_KINDS, DEFECT_KINDS, DOCUMENT_KINDS, NODE_KINDS, STRENGTHS } from '../policy/model.ts';
import { LIGHT_BOUNDS } from './ledger/task-light.ts';
import { ITEM_KINDS, ITEM_STATES, LIGHTS, LINK_STATES, TASK_SOURCES, TASK_STATES, VERDICTS } from './model.ts';

const text = (most: number) => z.string().max(most).regex(/^[^\0]*$/);
/** PostgreSQL knows no year 0, and JavaScript takes years below 100 for ones of the last century: no day of a ledger lies there. */
export const daySchema = z.iso.date().refine((text) => text >= '1000', 'a day from the year 1000 on');
const day = daySchema;
const spanSchema = z.tuple([z.number().int().min(0), z.number().int().min(0)]).readonly();
const names = z.array(text(200).min(1)).max(50).readonly();

// ---- documents -----------------------------------------------------------------------------------------------------

export const outlineNodeSchema = z
  .object({
    id: z.string(), parent: z.string().nullable(), level: z.number().int(), kind: z.enum(NODE_KINDS), marker: z.string().nullable(), ordinal: z.number().nullable(),
    heading: z.string(), headingSpan: spanSchema, span: spanSchema, state: z.enum(['present', 'cut', 'elided']),
  })
  .meta({ id: 'OutlineNode' });
export const asideSchema = z.object({ kind: z.enum(ASIDE_KINDS), span: spanSchema }).meta({ id: 'Aside' });
export const defectSchema = z.object({ kind: z.enum(DEFECT_KINDS), span: spanSchema, text: bilingualSchema, suggestion: z.string().optional() }).meta({ id: 'Defect' });
export const policyBodySchema = z
  .object({ id: z.string(), name: z.string(), level: z.enum(['national', 'province', 'city', 'district', 'street', 'unknown']), type: z.string(), region: z.string().nullable(), mentions: z.array(spanSchema).readonly() })
  .meta({ id: 'PolicyBody' });

const timeSchema = z
  .object({ span: spanSchema, text: z.string(), from: z.string().nullable(), to: z.string().nullable(), kind: z.enum(['deadline', 'period', 'point', 'duration', 'recurrent', 'fuzzy']), rule: z.string(), relative: z.boolean() })
  .meta({ id: 'PolicyTime' });
const quantitySchema = z
  .object({
    span: spanSchema, text: z.string(), value: z.number().nullable(), upper: z.number().nullable(), comparator: z.enum(['>=', '<=', '>', '<', '=', '~', 'between']), unit: z.string(),
    sense: z.enum(['level', 'change', 'rate']), masked: z.boolean(), approximate: z.boolean(),
  })
  .meta({ id: 'PolicyQuantity' });
const strengthSchema = z.enum(STRENGTHS);

/** What the reader makes of a document, with nothing decided yet (policy/model.ts says what each field means). */
export const policyReadingSchema = z
  .object({
    version: z.string(), text: z.string(), title: z.string(), kind: z.enum(DOCUMENT_KINDS), issuer: z.string().nullable(), publishedAt: z.string().nullable(),
    outline: z.array(outlineNodeSchema).readonly(), aside: z.array(asideSchema).readonly(), times: z.array(timeSchema).readonly(),
    targets: z.array(z.object({ id: z.string(), clause: z.string(), span: spanSchema, subject: z.string(), quantity: quantitySchema.nullable(), state: z.string().nullable(), deadline: timeSchema.nullable(), baseline: z.string().nullable(), area: z.string().nullable(), strength: strengthSchema })).readonly(),
    facts: z.array(z.object({ clause: z.string(), span: spanSchema, subject: z.string(), quantity: quantitySchema, asOf: timeSchema.nullable() })).readonly(),
    tasks: z.array(z.object({
      id: z.string(), clause: z.string(), span: spanSchema, action: z.string(), object: z.string(), means: z.string().nullable(),
      bodies: z.array(z.object({ span: spanSchema, text: z.string(), body: z.string().nullable(), role: z.enum(['lead', 'support', 'mentioned']) })).readonly(),
      deadline: timeSchema.nullable(), place: z.string().nullable(), strength: strengthSchema, targets: z.array(z.string()).readonly(),
    })).readonly(),
    bodies: z.array(policyBodySchema).readonly(), defects: z.array(defectSchema).readonly(),
  })
  .meta({ id: 'PolicyReading' });

const anchorSchema = z.object({ quote: z.string(), path: z.array(z.string()).readonly(), before: z.string(), after: z.string() });
export const itemFieldsSchema = z
  .object({
    title: text(1000), action: text(200), object: text(1000), subject: text(500),
    comparator: z.enum(['>=', '<=', '>', '<', '=', '~', 'between']).nullable(), value: z.number().nullable(), upper: z.number().nullable(), unit: text(50),
    lead: names, support: names, deadline: day.nullable(), place: text(200).nullable(), strength: z.enum(STRENGTHS),
  })
  .meta({ id: 'ItemFields' });
export const reviewItemSchema = z
  .object({
    itemId: z.string(), kind: z.enum(ITEM_KINDS), origin: z.enum(['reader', 'person']), state: z.enum(ITEM_STATES), span: spanSchema.nullable(), clause: z.string().nullable(),
    anchor: anchorSchema, fields: itemFieldsSchema, proposed: itemFieldsSchema.nullable(), from: z.array(z.string()).readonly(), taskId: z.string().nullable(),
  })
  .meta({ id: 'ReviewItem' });
export type ReviewItemJson = z.infer<typeof reviewItemSchema>;

export const linkSchema = z
  .object({
    linkId: z.string(), clause: z.string().nullable().meta({ description: 'null where the words it was made at are gone from the text' }), to: z.enum(['indicator', 'place', 'project', 'body']), target: z.string(), name: bilingualSchema,
    state: z.enum(LINK_STATES).meta({ description: '`orphaned`: confirmed, and its words are gone from the text' }), score: z.number().nullable(), words: z.array(z.string()).readonly(),
    quote: z.string().nullable().meta({ description: 'the words that are gone, of one without a clause' }),
  })
  .meta({ id: 'ClauseLink' });

export const coverageSchema = z
  .object({
    clauses: z.number().int().meta({ description: 'clauses that ask for something: with a target or a task' }),
    measured: z.number().int().meta({ description: 'with at least one indicator that has a value, proposed or confirmed' }),
    confirmed: z.number().int().meta({ description: 'of these, with a confirmed indicator' }),
    tasked: z.number().int().meta({ description: 'with a task in the ledger' }),
    nothing: z.number().int().meta({ description: 'with neither' }),
  })
  .meta({ id: 'Coverage' });

export const documentLineSchema = z
  .object({
    documentId: z.string(), title: z.string(), kind: z.enum(DOCUMENT_KINDS), issuer: z.string().nullable(), publishedAt: day.nullable(), fileName: z.string(), importedAt: z.string(), who: z.string(),
    characters: z.number().int(), clauses: z.number().int(), targets: z.number().int(), tasks: z.number().int(), defectCount: z.number().int(),
    reviewed: z.number().int().meta({ description: 'items a person has decided upon' }), coverage: coverageSchema,
  })
  .meta({ id: 'PolicyDocumentLine' });
export type DocumentLine = z.infer<typeof documentLineSchema>;
export const documentListSchema = z.object({ documents: z.array(documentLineSchema) });

export const documentSchema = documentLineSchema
  .extend({
    text: z.string(), outline: z.array(outlineNodeSchema).readonly(), aside: z.array(asideSchema).readonly(), items: z.array(reviewItemSchema), links: z.array(linkSchema), bodies: z.array(policyBodySchema).readonly(),
    defects: z.array(defectSchema).readonly(),
    facts: z.array(z.object({ clause: z.string(), span: spanSchema, subject: z.string(), value: z.number().nullable(), unit: z.string(), masked: z.boolean() })).readonly(),
  })
  .meta({ id: 'PolicyDocument' });
export type DocumentJson = z.infer<typeof documentSchema>;

/** What a person does with items; all or none. */
export const reviewActSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('accept'), items: z.array(text(200)).min(1).max(5000) }),
  z.object({ act: z.literal('reject'), items: z.array(text(200)).min(1).max(5000) }),
  z.object({ act: z.literal('reopen'), items: z.array(text(200)).min(1).max(5000) }),
  z.object({ act: z.literal('correct'), item: text(200), fields: itemFieldsSchema.partial(), span: spanSchema.optional() }),
  z.object({ act: z.literal('split'), item: text(200), at: z.array(z.number().int().min(0)).min(1).max(50).meta({ description: 'positions in the text, within the item' }) }),
  z.object({ act: z.literal('merge'), items: z.array(text(200)).min(2).max(50) }),
  z.object({ act: z.literal('add'), kind: z.enum(ITEM_KINDS), span: spanSchema, fields: itemFieldsSchema.partial().optional() }),
]);
export type ReviewAct = z.infer<typeof reviewActSchema>;
export const reviewSchema = z.object({ acts: z.array(reviewActSchema).min(1).max(1000), reason: text(500).optional() }).meta({ id: 'Review' });
export const linkEditSchema = z.object({
  links: z.array(z.union([
    z.object({ clause: text(100), to: z.enum(['indicator', 'place', 'project', 'body']), target: text(300).min(1), state: z.enum(['confirmed', 'rejected', 'proposed']) }),
    z.object({ linkId: text(100), state: z.enum(['confirmed', 'rejected', 'proposed']) }).meta({ description: 'a link that stands, also one without a clause' }),
  ])).min(1).max(1000),
  reason: text(500).optional(),
}).meta({ id: 'LinkEdit' });

export const changeSchema = z
  .object({ changeSet: z.string(), subject: z.string(), at: z.string(), who: z.string(), action: z.string(), before: z.unknown(), after: z.unknown(), reason: z.string().nullable() })
  .meta({ id: 'PolicyChange' });
export const changeListSchema = z.object({ changes: z.array(changeSchema) });

// ---- the ledger of tasks -------------------------------------------------------------------------------------------

const milestoneSchema = z.object({ title: text(300).min(1), due: day, doneAt: day.nullable() });
const progressSchema = z.object({ at: z.string(), who: z.string(), percent: z.number().min(0).max(100).nullable(), text: z.string(), evidence: z.array(z.string()).readonly() });
const extensionSchema = z.object({ at: z.string(), who: z.string(), from: day.nullable(), to: day, reason: z.string() });
const orderSchema = z.object({ number: z.string(), at: z.string(), who: z.string(), text: z.string(), answerBy: day.nullable(), answeredAt: day.nullable(), answer: z.string() });

/** A task as it is stored. */
export const taskRowSchema = z
  .object({
    taskId: z.string(), source: z.enum(TASK_SOURCES), sourceRef: z.string().nullable().meta({ description: 'document#item, finding id, name of the meeting or file' }), sourceTitle: z.string(),
    clause: z.object({ documentId: z.string(), clause: z.string(), heading: z.string() }).nullable(),
    title: z.string(), detail: z.string(), state: z.enum(TASK_STATES), kind: z.enum(['timed', 'best-effort']),
    lead: z.array(z.string()).readonly(), support: z.array(z.string()).readonly(), placeId: z.string().nullable(), district: z.string().nullable(),
    startAt: day.nullable(), deadline: day.nullable(), firstDeadline: day.nullable(), doneAt: day.nullable(),
    milestones: z.array(milestoneSchema).readonly(), progress: z.array(progressSchema).readonly(), extensions: z.array(extensionSchema).readonly(), orders: z.array(orderSchema).readonly(),
    indicators: z.array(z.string()).readonly(), note: z.string(), createdAt: z.string(), updatedAt: z.string(),
  })
  .meta({ id: 'TaskRow' });
export type TaskRow = z.infer<typeof taskRowSchema>;

/** A task as it is given: with what the day makes of it. */
export const taskSchema = taskRowSchema
  .extend({
    percent: z.number().nullable(), expected: z.number().nullable().meta({ description: 'per cent of the time gone' }),
    daysLeft: z.number().int().nullable(), workingDaysLeft: z.number().int().nullable(),
    light: z.enum(LIGHTS), lightRule: z.string(), lightText: bilingualSchema,
  })
  .meta({ id: 'Task' });
export type TaskJson = z.infer<typeof taskSchema>;
export const taskCountsSchema = z.object({ red: z.number().int(), yellow: z.number().int(), green: z.number().int(), blue: z.number().int(), grey: z.number().int() });
export const taskListSchema = z.object({ total: z.number().int(), counts: taskCountsSchema, today: day, tasks: z.array(taskSchema),
  bodies: z.array(z.object({ name: z.string(), tasks: z.number().int() })).meta({ description: 'that lead tasks of the whole ledger, whatever the filter; districts and documents alike' }),
  districts: z.array(z.object({ name: z.string(), tasks: z.number().int() })), documents: z.array(z.object({ documentId: z.string(), title: z.string(), tasks: z.number().int() })),
}).meta({ id: 'TaskList' });
export type TaskList = z.infer<typeof taskListSchema>;

/** What a person may change. A deadline moves by an extension once the task is open. */
export const taskEditSchema = z
  .object({
    title: text(1000).min(1), detail: text(5000), state: z.enum(TASK_STATES), kind: z.enum(['timed', 'best-effort']), lead: names, support: names,
    placeId: text(200).nullable(), district: text(200).nullable(), startAt: day.nullable(), deadline: day.nullable(), milestones: z.array(milestoneSchema).max(100).readonly(),
    indicators: z.array(text(200)).max(100).readonly(), note: text(5000), doneAt: day.nullable(),
  })
  .partial()
  .strict()
  .meta({ id: 'TaskEdit' });
export type TaskEdit = z.infer<typeof taskEditSchema>;
export const bulkTaskEditSchema = z.object({ taskIds: z.array(text(100)).min(1).max(10_000), edit: taskEditSchema, reason: text(500).optional() }).meta({ id: 'BulkTaskEdit' });

export const newTaskSchema = taskEditSchema.extend({ title: text(1000).min(1), source: z.enum(['hand', 'meeting']).default('hand'), sourceTitle: text(300).optional() }).meta({ id: 'NewTask' });
export const newTasksSchema = z.union([
  z.object({ tasks: z.array(newTaskSchema).min(1).max(1000) }),
  z.object({ documentId: text(100), items: z.array(text(200)).min(1).max(5000) }),
  z.object({ findings: z.array(text(400)).min(1).max(5000) }),
]).meta({ id: 'NewTasks' });

export const newProgressSchema = z.object({ percent: z.number().min(0).max(100).nullable().default(null), text: text(5000).min(1), evidence: z.array(text(1000)).max(50).default([]) }).meta({ id: 'NewProgress' });
export const newExtensionSchema = z.object({ to: day, reason: text(1000).min(1) }).meta({ id: 'NewExtension' });
export const newOrderSchema = z.object({ text: text(2000).min(1), answerBy: day.nullable().default(null) }).meta({ id: 'NewOrder' });
export const answerSchema = z.object({ number: text(50), answer: text(2000).min(1) }).meta({ id: 'OrderAnswer' });

export const evidenceFileSchema = z.object({ name: z.string().meta({ description: 'what a progress entry names it by' }), sizeBytes: z.number().int(), sha256: z.string(), who: z.string(), at: z.string() }).meta({ id: 'EvidenceFile' });
export type EvidenceFile = z.infer<typeof evidenceFileSchema>;

const changedBySchema = z.enum(['person', 'workbook', 'import', 'undo']);
export const taskHistorySchema = z.object({
  task: taskSchema,
  files: z.array(evidenceFileSchema),
  history: z.array(z.object({ changeSet: z.string(), at: z.string(), who: z.string(), by: changedBySchema, field: z.string(), before: z.unknown(), after: z.unknown(), reason: z.string().nullable() })),
});
export type TaskHistory = z.infer<typeof taskHistorySchema>;
/** Acts on the ledger, the newest first; each can be undone as a whole. */
export const taskChangeSetsSchema = z.object({ changes: z.array(z.object({ changeSet: z.string(), at: z.string(), who: z.string(), by: changedBySchema, tasks: z.number().int(), fields: z.array(z.string()) })) }).meta({ id: 'TaskChangeSets' });
export type TaskChangeSets = z.infer<typeof taskChangeSetsSchema>;
export const changedTasksSchema = z.object({ changeSet: z.string().nullable(), tasks: z.array(taskSchema) }).meta({ id: 'ChangedTasks' });
const noteSchema = z.object({ code: z.string(), level: z.enum(['info', 'warning', 'error']), text: bilingualSchema, count: z.number().int(), examples: z.array(z.record(z.string(), z.unknown())) });
export const taskImportSchema = z.object({ rows: z.number().int(), added: z.number().int(), changed: z.number().int(), changeSet: z.string().nullable(), changes: z.array(z.object({ taskId: z.string().meta({ description: 'empty: a new task' }), title: z.string(), before: taskEditSchema, edit: taskEditSchema })), notes: z.array(noteSchema) }).meta({ id: 'TaskImport' });
export const reminderListSchema = z.object({ today: day, reminders: z.array(z.object({ taskId: z.string(), title: z.string(), lead: z.array(z.string()).readonly(), kind: z.enum(['overdue', 'due', 'milestone', 'order', 'silent']), day: day, days: z.number().int(), text: bilingualSchema })) }).meta({ id: 'Reminders' });

/** The ledger by the bodies that answer for it, what is worst first. */
export const taskBodiesSchema = z
  .object({
    today: day, tasks: z.number().int(),
    bodies: z.array(z.object({ name: z.string().meta({ description: 'empty: tasks that name no leading body' }), lead: z.number().int(), counts: taskCountsSchema.meta({ description: 'of the tasks that it leads' }), support: z.number().int(), nextDue: day.nullable() })),
  })
  .meta({ id: 'TaskBodies' });
export type TaskBodies = z.infer<typeof taskBodiesSchema>;

// ---- lights --------------------------------------------------------------------------------------------------------

/** Days before the deadline, percentage points behind the time, days without a word (ledger/task-light.ts). */
const figure = ([least, most]: readonly [number, number]) => z.number().int().min(least).max(most);
export const lightSettingsSchema = z.object({ dueDays: figure(LIGHT_BOUNDS.dueDays), lag: figure(LIGHT_BOUNDS.lag), silentDays: figure(LIGHT_BOUNDS.silentDays) }).meta({ id: 'LightSettings' });
export const taskLightsSchema = z
  .object({
    settings: lightSettingsSchema, standard: lightSettingsSchema.meta({ description: 'the program’s own' }), isOwn: z.boolean().meta({ description: 'whether the city has set them' }),
    history: z.array(z.object({ at: z.string(), who: z.string(), reason: z.string(), settings: lightSettingsSchema.nullable().meta({ description: 'null: given back to the program’s own' }) })),
  })
  .meta({ id: 'TaskLights' });
export type TaskLights = z.infer<typeof taskLightsSchema>;
export const newTaskLightsSchema = z.object({ settings: lightSettingsSchema.nullable(), reason: text(500).trim().min(1) }).meta({ id: 'NewTaskLights' });
export const lightPreviewSchema = z
  .object({ today: day, settings: lightSettingsSchema, changed: z.number().int(), before: taskCountsSchema, after: taskCountsSchema, moves: z.array(z.object({ from: z.enum(LIGHTS), to: z.enum(LIGHTS), tasks: z.number().int() })) })
  .meta({ id: 'LightPreview' });
export type LightPreview = z.infer<typeof lightPreviewSchema>;

// ---- targets and traces --------------------------------------------------------------------------------------------

const pointSchema = z.object({ period: z.number(), value: z.number() });
export const outlookSchema = z
  .object({
    verdict: z.enum(VERDICTS), text: bilingualSchema, path: z.array(pointSchema).readonly(), forecast: z.array(pointSchema.extend({ low: z.number(), high: z.number() })).readonly(),
    chance: z.number().nullable(), method: z.enum(['none', 'two-points', 'trend']),
  })
  .meta({ id: 'Outlook' });
export const targetLineSchema = z
  .object({
    documentId: z.string(), documentTitle: z.string(), itemId: z.string(), state: z.enum(ITEM_STATES), clause: z.string().nullable(), heading: z.string(), quote: z.string(), fields: itemFieldsSchema,
    indicator: z.object({ id: z.string(), name: bilingualSchema, unit: bilingualSchema, linkState: z.enum(['proposed', 'confirmed']) }).nullable(),
    goal: z.object({ comparator: z.enum(['>=', '<=', '>', '<', '=', '~', 'between']), value: z.number(), upper: z.number().nullable() }).nullable().meta({ description: 'what is asked, in the indicator’s unit; null where nothing measures it or it has no figure' }),
    series: z.array(pointSchema).readonly(), grade: gradeSchema.nullable(), quality: qualitySchema.nullable(), outlook: outlookSchema,
  })
  .meta({ id: 'TargetLine' });
export type TargetLine = z.infer<typeof targetLineSchema>;
export const targetListSchema = z.object({ today: day, targets: z.array(targetLineSchema) });

export const traceIndicatorSchema = z.object({
  id: z.string(), name: bilingualSchema, unit: bilingualSchema, linkState: z.enum(['proposed', 'confirmed']), score: z.number().nullable(), words: z.array(z.string()).readonly(),
  value: z.number().nullable(), grade: gradeSchema.nullable(), quality: qualitySchema.nullable(), period: z.number().int().nullable(), series: z.array(z.object({ period: z.number().int(), value: z.number().nullable() })).readonly(),
  trend: z.enum(['better', 'worse', 'same', 'unknown']),
});
export const traceClauseSchema = z
  .object({
    clause: z.string(), parent: z.string().nullable(), level: z.number().int(), heading: z.string(), state: z.enum(['present', 'cut', 'elided']), asks: z.boolean(),
    indicators: z.array(traceIndicatorSchema).readonly(), targets: z.array(z.string()).readonly(), proposedTasks: z.number().int(),
    tasks: z.array(z.object({ taskId: z.string(), title: z.string(), light: z.enum(LIGHTS), percent: z.number().nullable() })).readonly(),
    projects: z.array(z.object({ target: z.string(), name: bilingualSchema })).readonly(), nothing: z.boolean(),
  })
  .meta({ id: 'TraceClause' });
export const traceSchema = z.object({ documentId: z.string(), title: z.string(), coverage: coverageSchema, clauses: z.array(traceClauseSchema) }).meta({ id: 'PolicyTrace' });
export type PolicyTrace = z.infer<typeof traceSchema>;
export const reverseTraceSchema = z.object({
  subject: z.string(), name: bilingualSchema,
  clauses: z.array(z.object({ documentId: z.string(), title: z.string(), clause: z.string(), path: z.array(z.string()), quote: z.string(), state: z.enum(['proposed', 'confirmed']) })),
}).meta({ id: 'ReverseTrace' });
