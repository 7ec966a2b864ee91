/**
 * What the check-up's HTTP interface takes and gives, below `/api/cities/{city}`:
 *
 *   GET    /checkups                                      check-ups by period, newest first
 *   POST   /checkups                                      start one → 202 and a job (base/api.ts jobSchema)
 *   GET    /checkups/{period}                             overview; `latest` for the newest period
 *   GET    /checkups/{period}/indicators/{id}?level=      definition, value of every place, provenance, earlier periods, peers
 *   GET    /checkups/{period}/indicators/{id}/detail      GeoJSON: facilities that count, residents not served, rows, lines
 *   GET    /checkups/{period}/places/{place}              a place's sheet (体检单)
 *   GET    /checkups/{period}/findings                    the ledger, filtered and paged;  .xlsx  the three lists as a workbook
 *   PATCH  /checkups/{period}/findings                    bulk edit;  POST /checkups/{period}/findings/import  the workbook back
 *   GET    /checkups/{period}/findings/imports            workbooks taken over;  POST /checkups/{period}/findings/imports/{import}/undo  one taken back
 *   GET    /checkups/{period}/findings/{finding}          one, with its history
 *   GET    /checkups/{period}/report?format=docx|html|xlsx&lang=
 *   GET    /indicators                                    the catalogue with the user's own;  POST /indicators  add (YAML or JSON);  DELETE /indicators/{id}
 *   GET    /checkup-settings, PUT                         city class, rank, peers, edited thresholds
 *
 * Values are in the indicator's unit; shares in per cent. `null` is "not known", never 0.
 */
import { z } from 'zod';
import { PLACE_LEVELS } from '../import/model.ts';
import { CITY_CLASSES, CITY_RANKS, DIMENSION_GRADES, DIMENSIONS, GRADES, INDICATOR_GROUPS, INDICATOR_SETS } from './model.ts';

export const bilingualSchema = z.object({ zh: z.string(), en: z.string() });
const placeLevelSchema = z.enum(PLACE_LEVELS);
export const gradeSchema = z.enum(GRADES).meta({ id: 'Grade', description: '很好 / 较好 / 一般 / 不足' });
export const qualitySchema = z.enum(['measured', 'proxy', 'reported', 'missing']).meta({ id: 'Quality' });
export const dimensionSchema = z.enum(DIMENSIONS);

export const missingReasonSchema = z
  .object({ kind: z.enum(['no-data', 'not-applicable', 'no-method']), reason: bilingualSchema, supply: bilingualSchema })
  .meta({ id: 'MissingReason', description: 'why there is no value, and the file that would supply it' });

export const thresholdSchema = z
  .object({
    op: z.enum(['>=', '<=', '=', 'between']),
    value: z.number(),
    upper: z.number().optional(),
    role: z.enum(['standard', 'higher']),
    source: z.string(),
    confidence: z.enum(['certain', 'certain-local', 'recalled']),
    unverified: z.boolean(),
  })
  .meta({ id: 'Threshold' });

export const gradeStepSchema = z.object({ by: z.enum(['standard', 'one-vote', 'trend', 'survey', 'peers', 'ideal']), grade: gradeSchema, text: bilingualSchema });

/** One line of the list of indicators: the whole city. */
export const indicatorLineSchema = z
  .object({
    id: z.string(),
    number: z.number().int().nullable().meta({ description: '1–60 of the national list of 2025' }),
    set: z.enum(INDICATOR_SETS),
    group: z.enum(INDICATOR_GROUPS),
    dimension: dimensionSchema.nullable(),
    name: bilingualSchema,
    unit: bilingualSchema,
    direction: z.enum(['up', 'down', 'band', 'inventory']),
    level: placeLevelSchema,
    quality: qualitySchema,
    value: z.number().nullable(),
    grade: gradeSchema.nullable(),
    /** Absent where there is a value. */
    missing: missingReasonSchema.nullable(),
    /** The threshold that applies to this city, absent where the standard prints none. */
    threshold: thresholdSchema.nullable(),
    /** City values of the periods before, oldest first, this one last; for years without a check-up what departments reported, where the value is theirs. */
    series: z.array(z.object({ period: z.number().int(), value: z.number().nullable() })),
    findings: z.number().int(),
    /** Levels that have values. */
    levels: z.array(placeLevelSchema),
    warnings: z.number().int().meta({ description: 'notes on the data it was made from' }),
  })
  .meta({ id: 'IndicatorLine' });
export type IndicatorLine = z.infer<typeof indicatorLineSchema>;

export const dimensionLineSchema = z
  .object({
    id: dimensionSchema,
    name: bilingualSchema,
    grade: z.enum(DIMENSION_GRADES).nullable(),
    total: z.number().int(),
    measured: z.number().int(),
    graded: z.number().int(),
    missing: z.number().int(),
    counts: z.record(z.enum(GRADES), z.number().int()),
    text: bilingualSchema.meta({ description: 'the rule that led to the grade' }),
  })
  .meta({ id: 'DimensionLine' });
export type DimensionLine = z.infer<typeof dimensionLineSchema>;

export const checkupStateSchema = z.object({
  period: z.number().int(),
  checkupId: z.number().int(),
  revision: z.number().int().meta({ description: 'of the city it was made from' }),
  stale: z.boolean().meta({ description: 'the city has changed since' }),
  finishedAt: z.string(),
  seconds: z.number(),
  who: z.string(),
  programVersion: z.string(),
});
export const checkupListSchema = z.object({ checkups: z.array(checkupStateSchema) });

export const overviewSchema = z
  .object({
    city: z.string(),
    cityName: bilingualSchema,
    ...checkupStateSchema.shape,
    cityClass: z.enum(CITY_CLASSES),
    cityRank: z.enum(CITY_RANKS).nullable(),
    dimensions: z.array(dimensionLineSchema),
    indicators: z.array(indicatorLineSchema),
    findings: z.object({ total: z.number().int(), timeLimited: z.number().int(), bestEffort: z.number().int(), bySeverity: z.array(z.number().int()).length(5) }),
    worstPlaces: z.array(z.object({ placeId: z.string(), level: placeLevelSchema, name: bilingualSchema, findings: z.number().int(), severity: z.number().int() })),
    notes: z.array(z.object({ code: z.string(), level: z.enum(['info', 'warning', 'error']), text: bilingualSchema, count: z.number().int(), examples: z.array(z.record(z.string(), z.unknown())) })),
  })
  .meta({ id: 'CheckupOverview' });
export type CheckupOverview = z.infer<typeof overviewSchema>;

export const placeValueSchema = z
  .object({
    placeId: z.string(),
    level: placeLevelSchema,
    parentId: z.string().nullable(),
    name: bilingualSchema,
    population: z.number().nullable(),
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    n: z.number().nullable(),
    grade: gradeSchema.nullable(),
    outside: z.boolean().meta({ description: 'outside the built-up area: counted, never graded' }),
  })
  .meta({ id: 'PlaceValue' });
export type PlaceValue = z.infer<typeof placeValueSchema>;

/** Where a number came from. */
export const provenanceSchema = z
  .object({
    indicatorVersion: z.string(),
    operator: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    inputs: z.array(z.object({ batchId: z.number().int(), fileName: z.string() })),
    needs: z.array(z.string()),
    programVersion: z.string(),
    computedAt: z.string(),
    /** True where an earlier run's result still held, as nothing it depends on had changed. */
    reused: z.boolean(),
  })
  .meta({ id: 'Provenance' });

export const indicatorDetailSchema = z
  .object({
    line: indicatorLineSchema,
    definition: bilingualSchema,
    formula: bilingualSchema,
    source: z.string(),
    confidence: z.enum(['certain', 'certain-local', 'recalled']),
    thresholds: z.array(thresholdSchema.extend({ applies: z.boolean() })),
    gradeSteps: z.array(gradeStepSchema),
    computability: z.array(z.string()),
    places: z.array(placeValueSchema),
    peers: z.array(z.object({ name: bilingualSchema, value: z.number(), period: z.number().int(), source: z.string() })),
    survey: z.object({ topic: z.string(), score: z.number(), margin: z.number(), n: z.number().int() }).nullable(),
    provenance: provenanceSchema.nullable(),
    notes: overviewSchema.shape.notes,
    hasDetail: z.boolean(),
  })
  .meta({ id: 'IndicatorDetail' });
export type IndicatorDetail = z.infer<typeof indicatorDetailSchema>;

// ---- findings ------------------------------------------------------------------------------------------------------

export const findingSchema = z
  .object({
    findingId: z.string(),
    indicatorId: z.string(),
    indicatorName: bilingualSchema,
    indicatorNumber: z.number().int().nullable(),
    dimension: dimensionSchema.nullable(),
    placeId: z.string(),
    placeName: bilingualSchema,
    level: placeLevelSchema,
    value: z.number().nullable(),
    unit: bilingualSchema,
    quality: qualitySchema,
    /** 存在问题, in words with the numbers. */
    problem: bilingualSchema,
    /** 问题程度 一般 / 较严重 / 严重 */
    extent: z.enum(['general', 'fairly-serious', 'serious']),
    /** 街区 1–5. */
    severity: z.number().int().min(1).max(5),
    /** 治理难度 低 / 中 / 高 */
    difficulty: z.enum(['low', 'medium', 'high']),
    /** 限时 / 尽力 */
    kind: z.enum(['time-limited', 'best-effort']),
    /** Persons it concerns, where known. */
    persons: z.number().nullable(),
    /** 小区清单: 是否配建, 规模不足, 功能不完善, 其他; null where it does not apply. */
    community: z.object({ built: z.boolean().nullable(), undersized: z.boolean().nullable(), incomplete: z.boolean().nullable(), other: z.string() }).nullable(),
    /** 城区清单: 居民问卷指标及评价结果. */
    survey: bilingualSchema.nullable(),
    /** 台账 → 清单 → 整治建议清单 → 整治完成; `rejected` by a person, with a reason; `lapsed`: no longer asked, or asked in another way, so that nobody can say it was put right. */
    stage: z.enum(['ledger', 'listed', 'rectification', 'rectified', 'rejected', 'lapsed']),
    /** What it was last held against: version of the definition, standard (`≥ 90`, empty where none is printed). Absent in findings of before it was kept. */
    asked: z.object({ version: z.string(), standard: z.string() }).optional(),
    /** What made a check-up close it; null while it is open. */
    closedBy: z.enum(['measure', 'definition', 'threshold', 'survey', 'not-asked', 'outside']).nullable().optional(),
    /** 整治建议清单. */
    advice: bilingualSchema,
    area: z.string(),
    bodies: z.array(z.string()),
    priority: z.enum(['high', 'medium', 'low']),
    nextYear: z.boolean(),
    deadline: z.string().nullable(),
    note: z.string(),
    /** Fields that a person has edited: a new check-up leaves them as they are. */
    edited: z.array(z.string()),
    /** First and last period in which it was found. */
    firstPeriod: z.number().int(),
    lastPeriod: z.number().int(),
    point: z.tuple([z.number(), z.number()]).nullable(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Finding' });
export type FindingJson = z.infer<typeof findingSchema>;

export const findingListSchema = z.object({ total: z.number().int(), findings: z.array(findingSchema) });
export type FindingList = z.infer<typeof findingListSchema>;
/** What a person may change; texts as long as a sheet of the ledger can show. */
export const findingEditSchema = findingSchema
  .pick({ extent: true, severity: true, difficulty: true, kind: true, stage: true, priority: true, nextYear: true })
  .extend({
    adviceZh: z.string().max(2000), adviceEn: z.string().max(2000), problemZh: z.string().max(2000), problemEn: z.string().max(2000),
    area: z.string().max(500), bodies: z.array(z.string().max(200)).max(50), note: z.string().max(5000), deadline: z.iso.date().nullable(),
    community: z.object({ built: z.boolean().nullable(), undersized: z.boolean().nullable(), incomplete: z.boolean().nullable(), other: z.string().max(2000) }).nullable(),
  })
  .partial()
  .strict()
  .meta({ id: 'FindingEdit' });
export type FindingEdit = z.infer<typeof findingEditSchema>;
export const bulkEditSchema = z.object({ findingIds: z.array(z.string().max(400).regex(/^[^\0]*$/)).min(1).max(10_000), edit: findingEditSchema, reason: z.string().max(500).regex(/^[^\0]*$/).optional() }).meta({ id: 'BulkEdit' });
export const findingHistorySchema = z.object({
  finding: findingSchema,
  history: z.array(z.object({ at: z.string(), who: z.string(), field: z.string(), before: z.unknown(), after: z.unknown(), reason: z.string().nullable(), by: z.enum(['person', 'checkup', 'workbook']),
    workbook: z.object({ importId: z.number().int(), file: z.string(), undoes: z.boolean() }).nullable().meta({ description: 'the workbook that made the change, or that was taken back by it' }),
  })),
});

/** What a workbook that came back changed, or would change. */
export const ledgerImportSchema = z
  .object({
    rows: z.number().int().meta({ description: 'rows that named a finding' }),
    edits: z.array(z.object({ findingId: z.string(), edit: findingEditSchema })),
    changes: z.array(z.object({ findingId: z.string(), problem: bilingualSchema, placeName: bilingualSchema, fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })) })).meta({ description: 'field by field, what it was and what it is or would be' }),
    changed: z.number().int().meta({ description: 'findings that were changed; 0 where it was only asked' }),
    importId: z.number().int().nullable().meta({ description: 'by which it can be undone; null where nothing was written' }),
    token: z.string().meta({ description: 'given back as `expect`: what was previewed is what is written, or nothing' }),
    notes: overviewSchema.shape.notes,
  })
  .meta({ id: 'LedgerImport' });
export type LedgerImport = z.infer<typeof ledgerImportSchema>;
export const ledgerImportListSchema = z
  .object({ imports: z.array(z.object({ importId: z.number().int(), at: z.string(), who: z.string(), file: z.string(), findings: z.number().int(), undoneAt: z.string().nullable(), undoneBy: z.string().nullable() })) })
  .meta({ id: 'LedgerImportList', description: 'newest first' });
export type LedgerImportList = z.infer<typeof ledgerImportListSchema>;
export const ledgerUndoneSchema = z.object({ importId: z.number().int(), file: z.string(), findings: z.number().int().meta({ description: 'findings that are again as they were' }) }).meta({ id: 'LedgerUndone' });
export type LedgerUndone = z.infer<typeof ledgerUndoneSchema>;

// ---- a place's sheet -----------------------------------------------------------------------------------------------

export const placeSheetSchema = z
  .object({
    placeId: z.string(),
    level: placeLevelSchema,
    name: bilingualSchema,
    population: z.number().nullable(),
    households: z.number().nullable(),
    areaM2: z.number(),
    parent: z.object({ placeId: z.string(), name: bilingualSchema, level: placeLevelSchema }).nullable(),
    outside: z.boolean(),
    indicators: z.array(indicatorLineSchema.pick({ id: true, number: true, set: true, group: true, dimension: true, name: true, unit: true, direction: true, level: true, quality: true, value: true, grade: true, missing: true, threshold: true, series: true }).extend({
      numerator: z.number().nullable(), denominator: z.number().nullable(), n: z.number().nullable(),
      cityValue: z.number().nullable(), rank: z.object({ at: z.number().int(), of: z.number().int() }).nullable(),
    })),
    /** Kinds of facility that residents here lack, with the way to the nearest from here. */
    lackingFacilities: z.array(z.object({ kind: z.string(), name: bilingualSchema, radiusM: z.number(), nearestM: z.number().nullable(), personsWithout: z.number().nullable(), personsShare: z.number().nullable() })),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'PlaceSheet' });
export type PlaceSheet = z.infer<typeof placeSheetSchema>;

// ---- requests ------------------------------------------------------------------------------------------------------

export const startCheckupSchema = z.object({ period: z.number().int().min(1949).max(2100).optional(), fresh: z.boolean().optional().meta({ description: 'compute everything again, reuse nothing' }) }).meta({ id: 'StartCheckup' });

/** Indicators as text: YAML or JSON, one or a list (docs/indicators.md). */
export const addIndicatorsSchema = z.object({ text: z.string().min(1).max(500_000), file: z.string().max(300).optional().meta({ description: 'name that errors give it' }) }).meta({ id: 'AddIndicators' });
export const indicatorsAddedSchema = z.object({ added: z.array(z.string()) });
/** Definitions as they ship or were added: `set` is `user` for those of the city's own. */
export const indicatorListSchema = z.object({ indicators: z.array(z.looseObject({ id: z.string(), set: z.enum(INDICATOR_SETS), name: bilingualSchema })) }).meta({ id: 'IndicatorList' });

export const settingsSchema = z
  .object({
    cityClass: z.enum(CITY_CLASSES).nullable().meta({ description: 'null: by the residents counted' }),
    cityRank: z.enum(CITY_RANKS).nullable(),
    /** Cities of this base to be compared with. */
    peerCities: z.array(z.string()).max(100),
    /** Thresholds that the city sets itself, by indicator id. */
    thresholds: z.record(z.string(), z.object({ op: z.enum(['>=', '<=', '=', 'between']), value: z.number(), upper: z.number().optional(), source: z.string().min(1).max(300) })),
  })
  .meta({ id: 'CheckupSettings' });
export type CheckupSettings = z.infer<typeof settingsSchema>;
