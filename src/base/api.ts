/**
 * What the base's HTTP interface takes and gives: the schemas behind the routes, OpenAPI and the web pages.
 *
 * Everything is JSON but the tiles (MVT), uploads and source files (raw bytes) and job events (SSE, `data:` holds a
 * {@link JobEvent}). Coordinates are longitude, latitude in EPSG:4326; boxes are west, south, east, north. Lengths are in
 * metres, areas in square metres, times in ISO 8601 UTC. Errors are RFC 9457 problem documents ({@link Problem}).
 *
 * Tiles: every source-layer has `kind` and, where known, `name` and `nameEn` (streets from z12, buildings from z15). Features of
 * files carry `batch` and `feature`; `place` (kind = level) carries `place`, `areaM2`, `population`, `outside` (1: outside the built-up area); `facility`
 * carries `facility`, `quality`; `population` carries `persons`: H3 cells (kind `cell`, `cell` = place id) below z14, points from z14 on.
 * Further: street/railway `bridge`, `tunnel`, `ordinal`, street `ref`, `oneway`; building `levels`, `height`; boundary
 * `admin_level`; place-name `population`; transit-route `ref`, `color`; layers of the user's own all attributes from z12.
 */
import { z } from 'zod';
import { CORE_LAYERS, PLACE_LEVELS, TABLE_CONTRACTS } from '../import/model.ts';

// ---- words shared by several answers -------------------------------------------------------------------------------

const bilingualSchema = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Bilingual' });

const boxSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .meta({ id: 'Box', description: 'west, south, east, north in degrees', example: [-8.7, 41.1, -8.5, 41.2] });

const attributeValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const attributesSchema = z.record(z.string(), attributeValueSchema).meta({ id: 'Attributes' });

const errorPlaceSchema = z
  .object({ file: z.string().optional(), row: z.number().optional(), field: z.string().optional(), value: z.string().optional() })
  .meta({ id: 'ErrorPlace' });

/** RFC 9457, with the project's stable code, the sentence in both languages and where in the input the trouble lies. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    text: bilingualSchema,
    place: errorPlaceSchema,
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/** What went wrong, coarsely: it decides the exit code of a command (core/errors.ts). */
const errorKindSchema = z.enum(['input', 'not-found', 'conflict', 'forbidden', 'cancelled', 'unavailable', 'internal']).meta({ id: 'ErrorKind' });

export const noteSchema = z
  .object({
    code: z.string(),
    level: z.enum(['info', 'warning', 'error']),
    text: bilingualSchema,
    count: z.number().int(),
    examples: z.array(errorPlaceSchema),
  })
  .meta({ id: 'Note' });
export type NoteJson = z.infer<typeof noteSchema>;

const progressSchema = z
  .object({ stage: z.string(), text: bilingualSchema, done: z.number(), total: z.number().optional() })
  .meta({ id: 'Progress' });

const geometrySchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('Point'), coordinates: z.array(z.number()) }),
    z.object({ type: z.enum(['MultiPoint', 'LineString']), coordinates: z.array(z.array(z.number())) }),
    z.object({ type: z.enum(['MultiLineString', 'Polygon']), coordinates: z.array(z.array(z.array(z.number()))) }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(z.array(z.number())))) }),
  ])
  .meta({ id: 'Geometry', description: 'GeoJSON geometry (RFC 7946)' });

export const placeLevelSchema = z.enum(PLACE_LEVELS).meta({ id: 'PlaceLevel' });
export const cityIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/).meta({ description: 'lower-case letters, digits and dashes' });

// ---- health --------------------------------------------------------------------------------------------------------

export const healthSchema = z
  .object({
    status: z.enum(['starting', 'ready', 'unavailable', 'failed']).meta({ description: 'unavailable: started, but the database server does not answer now' }),
    version: z.string(),
    base: z.enum(['embedded', 'server']).nullable().meta({ description: 'null while the base is not open yet' }),
    uptimeS: z.number(),
    /** What the start-up is doing now; absent once ready. */
    startup: progressSchema.optional(),
    /** Why the start-up failed, or why the database cannot be reached. */
    problem: problemSchema.optional(),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

// ---- cities --------------------------------------------------------------------------------------------------------

export const citySchema = z
  .object({
    cityId: cityIdSchema,
    name: bilingualSchema,
    revision: z.number().int().meta({ description: '0 while nothing has been imported; grows with every change' }),
    box: boxSchema.nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'City' });
export type CityJson = z.infer<typeof citySchema>;

export const cityDetailSchema = citySchema
  .extend({
    /** Rows of the current revision by what they are. */
    counts: z.object({
      files: z.number().int(),
      features: z.number().int(),
      facilities: z.number().int(),
      places: z.record(z.string(), z.number().int()).meta({ description: 'places by level' }),
    }),
    population: z.array(z.object({ group: z.string(), persons: z.number() })).meta({ description: 'persons by group (`total`, `65+` …)' }),
  })
  .meta({ id: 'CityDetail' });
export type CityDetail = z.infer<typeof cityDetailSchema>;

export const cityListSchema = z.object({ cities: z.array(citySchema) });
export const createCitySchema = z.object({ cityId: cityIdSchema.optional(), name: z.union([bilingualSchema, z.string().min(1).max(200)]) }).meta({ id: 'CreateCity' });
export type CreateCity = z.infer<typeof createCitySchema>;
export const renameCitySchema = z.object({ name: z.union([bilingualSchema, z.string().min(1).max(200)]) }).meta({ id: 'RenameCity' });
export type RenameCity = z.infer<typeof renameCitySchema>;

// ---- layers and features -------------------------------------------------------------------------------------------

const kindCountSchema = z.object({ kind: z.string(), count: z.number().int() });

const layerSchema = z
  .object({
    id: z.string().meta({ description: 'also the name of the source-layer in the vector tiles' }),
    title: bilingualSchema,
    group: z.enum(['feature', 'facility', 'place', 'population']).meta({ description: 'features of files, or derived by the base' }),
    count: z.number().int(),
    kinds: z.array(kindCountSchema).meta({ description: 'most frequent first, at most 200' }),
    geometryTypes: z.array(z.enum(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'])),
    minZoom: z.number().int().meta({ description: 'first zoom at which the tiles hold anything of this layer' }),
  })
  .meta({ id: 'Layer' });
export type LayerJson = z.infer<typeof layerSchema>;
export const layerListSchema = z.object({ revision: z.number().int(), layers: z.array(layerSchema) });
export type LayerList = z.infer<typeof layerListSchema>;

/** Where a row came from: the batch that brought it. */
const sourceSchema = z
  .object({
    batchId: z.number().int(),
    kind: z.enum(['file', 'derived']),
    fileName: z.string(),
    sha256: z.string(),
    format: z.string(),
    importedAt: z.string(),
    who: z.string(),
  })
  .meta({ id: 'Source' });
export type SourceJson = z.infer<typeof sourceSchema>;

export const featureDetailSchema = z
  .object({
    batchId: z.number().int(),
    featureId: z.number().int(),
    layer: z.string(),
    kind: z.string(),
    sourceId: z.string(),
    name: z.string().nullable(),
    nameEn: z.string().nullable(),
    attributes: attributesSchema,
    geometry: geometrySchema,
    box: boxSchema,
    areaM2: z.number().nullable(),
    lengthM: z.number().nullable(),
    source: sourceSchema,
  })
  .meta({ id: 'FeatureDetail' });
export type FeatureDetail = z.infer<typeof featureDetailSchema>;

// ---- places --------------------------------------------------------------------------------------------------------

const placeSchema = z
  .object({
    placeId: z.string(),
    level: placeLevelSchema,
    parentId: z.string().nullable(),
    name: bilingualSchema,
    derived: z.boolean().meta({ description: 'true where Chengmai cut the unit itself' }),
    outsideBuiltUp: z.boolean().meta({ description: 'true for what a parent has outside the built-up area: it closes the partition, and is no block or community to be graded' }),
    population: z.number().nullable(),
    households: z.number().nullable(),
    areaM2: z.number(),
    box: boxSchema.nullable(),
  })
  .meta({ id: 'Place' });
export type PlaceJson = z.infer<typeof placeSchema>;
export const placeListSchema = z.object({ total: z.number().int(), places: z.array(placeSchema) });
export const placeDetailSchema = placeSchema
  .extend({
    attributes: attributesSchema,
    geometry: geometrySchema.nullable(),
    ancestors: z
      .array(placeSchema.pick({ placeId: true, level: true, name: true }))
      .meta({ description: 'the places that hold it, the nearest first; empty where the parent is not a place of this revision' }),
    children: z.record(z.string(), z.number().int()).meta({ description: 'direct children by level' }),
    source: sourceSchema,
  })
  .meta({ id: 'PlaceDetail' });
export type PlaceDetail = z.infer<typeof placeDetailSchema>;

// ---- facilities ----------------------------------------------------------------------------------------------------

const facilitySchema = z
  .object({
    facilityId: z.string(),
    kind: z.string(),
    name: z.string().nullable(),
    capacity: z.number().nullable(),
    floorM2: z.number().nullable(),
    landM2: z.number().nullable(),
    quality: z.enum(['registry', 'proxy']),
    point: z.tuple([z.number(), z.number()]).meta({ description: 'longitude, latitude of a point in it' }),
  })
  .meta({ id: 'Facility' });
export type FacilityJson = z.infer<typeof facilitySchema>;
export const facilityListSchema = z.object({ total: z.number().int(), facilities: z.array(facilitySchema) });
export const facilityDetailSchema = facilitySchema
  .extend({
    sources: z.array(z.string()).meta({ description: 'the records it was merged from, `batch:sourceId`' }),
    attributes: attributesSchema,
    geometry: geometrySchema,
    entrances: geometrySchema.nullable(),
    source: sourceSchema,
  })
  .meta({ id: 'FacilityDetail' });
export type FacilityDetail = z.infer<typeof facilityDetailSchema>;
const facilityKindSchema = z
  .object({ kind: z.string(), title: bilingualSchema, group: z.string().nullable(), count: z.number().int() })
  .meta({ id: 'FacilityKind' });
export const facilityKindListSchema = z.object({ kinds: z.array(facilityKindSchema) });
export type FacilityKindList = z.infer<typeof facilityKindListSchema>;

// ---- search --------------------------------------------------------------------------------------------------------

const searchHitSchema = z
  .object({
    type: z.enum(['feature', 'place', 'facility']),
    /** `batch/feature` of a feature, the place id, the facility id: what follows features/, places/, facilities/ in the path. */
    id: z.string(),
    name: z.string(),
    nameEn: z.string().nullable(),
    layer: z.string().meta({ description: 'layer of a feature, level of a place, `facility`' }),
    kind: z.string(),
    point: z.tuple([z.number(), z.number()]),
    box: boxSchema,
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof searchHitSchema>;
export const searchResultSchema = z.object({ query: z.string(), hits: z.array(searchHitSchema) });
export type SearchResult = z.infer<typeof searchResultSchema>;

// ---- lineage -------------------------------------------------------------------------------------------------------

export const batchSchema = z
  .object({
    batchId: z.number().int(),
    kind: z.enum(['file', 'derived']),
    state: z.enum(['staging', 'ready', 'discarded']),
    current: z.boolean().meta({ description: 'whether the present revision holds it' }),
    sourceKey: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    sizeBytes: z.number(),
    format: z.string(),
    crs: z.string().nullable(),
    crsGuessed: z.boolean(),
    kept: z.record(z.string(), z.number()),
    seen: z.record(z.string(), z.number()),
    notes: z.array(noteSchema),
    replaces: z.number().int().nullable(),
    inputs: z.array(z.number().int()),
    who: z.string(),
    programVersion: z.string(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Batch' });
export type BatchJson = z.infer<typeof batchSchema>;
export const batchListSchema = z.object({ batches: z.array(batchSchema) });
export type BatchList = z.infer<typeof batchListSchema>;

const revisionSchema = z
  .object({
    revision: z.number().int(),
    batches: z.array(z.number().int()),
    action: z.enum(['import', 'undo', 'derive']),
    who: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'Revision' });
export type RevisionJson = z.infer<typeof revisionSchema>;
export const revisionListSchema = z.object({ current: z.number().int(), revisions: z.array(revisionSchema) });

// ---- uploads and imports -------------------------------------------------------------------------------------------

const LAYER_ID = new RegExp(`^(custom:.{1,80}|${CORE_LAYERS.join('|')})$`);

const importOptionsSchema = z
  .object({
    crs: z.string().max(2000).optional(),
    encoding: z.string().max(60).optional(),
    contract: z.enum(TABLE_CONTRACTS).optional(),
    columns: z.record(z.string().max(200), z.string().max(200)).optional(),
    member: z.string().max(400).optional(),
    layer: z.string().regex(LAYER_ID).optional(),
    group: z.string().max(60).optional(),
    level: placeLevelSchema.optional(),
  })
  .meta({ id: 'ImportOptions', description: 'what is known of the file; the rest is recognised, or guessed with a note' });
export type ImportOptionsJson = z.infer<typeof importOptionsSchema>;

const previewSchema = z
  .object({
    format: z.string(),
    summary: bilingualSchema,
    crs: z.string().nullable(),
    crsGuessed: z.boolean(),
    encoding: z.string().nullable(),
    contract: z.string().nullable(),
    members: z.array(z.string()),
    columns: z.array(z.object({ name: z.string(), role: z.string().nullable(), samples: z.array(z.string()) })),
    roles: z.array(z.object({ id: z.string(), label: bilingualSchema, required: z.boolean() })),
    box: boxSchema.nullable(),
  })
  .meta({ id: 'Preview' });
export type PreviewJson = z.infer<typeof previewSchema>;

/** An uploaded file that waits to be imported. `preview` is null where it was not recognised; `problem` says why. */
export const uploadSchema = z
  .object({
    sha256: z.string(),
    fileName: z.string(),
    sizeBytes: z.number(),
    preview: previewSchema.nullable(),
    problem: problemSchema.nullable(),
    notes: z.array(noteSchema),
    /** The ready batch of this city that was made from the same bytes: importing again changes nothing. */
    alreadyImported: z.number().int().nullable(),
  })
  .meta({ id: 'Upload' });
export type UploadJson = z.infer<typeof uploadSchema>;
export const previewRequestSchema = z.object({ options: importOptionsSchema.default({}) }).meta({ id: 'PreviewRequest' });

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
export const importRequestSchema = z
  .object({
    files: z
      .array(z.object({ sha256: sha256Schema, options: importOptionsSchema.default({}), sourceKey: z.string().min(1).max(200).optional() }))
      .min(1)
      .max(200),
    createCity: z.union([bilingualSchema, z.string().min(1).max(200)]).optional().meta({ description: 'name of the city, made where it does not exist' }),
  })
  .meta({ id: 'ImportRequest' });
export type ImportRequest = z.input<typeof importRequestSchema>;

// ---- jobs ----------------------------------------------------------------------------------------------------------

const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']).meta({ id: 'JobState' });

export const jobSchema = z
  .object({
    jobId: z.string(),
    cityId: z.string().nullable(),
    kind: z.string().meta({ description: '`import`, `undo`, `sample` …' }),
    state: jobStateSchema,
    cancelRequested: z.boolean(),
    progress: progressSchema.nullable(),
    result: z.unknown().meta({ description: 'of an import: {cityId, revision, files: [{fileName, batchId, unchanged, kept, seen, notes}]}' }),
    error: z.object({ kind: errorKindSchema, code: z.string(), text: bilingualSchema, place: errorPlaceSchema }).nullable(),
    who: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Job' });
export type JobJson = z.infer<typeof jobSchema>;
export const jobListSchema = z.object({ jobs: z.array(jobSchema) });
export type JobList = z.infer<typeof jobListSchema>;
/** Answer to everything that starts a job: 202 and where to follow it. */
export const jobStartedSchema = z.object({ jobId: z.string() }).meta({ id: 'JobStarted' });
export type JobStarted = z.infer<typeof jobStartedSchema>;
/** One SSE message (`event: job`) of /api/jobs/:id/events: the whole job as it is now. The stream ends after done, failed or cancelled. */
export type JobEvent = JobJson;
