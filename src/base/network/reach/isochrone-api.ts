/** What is asked of a city's street network over HTTP, and of the worker in the browser. */
import { z } from 'zod';
import { noteSchema } from '../../api.ts';

const lonLatSchema = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .meta({ id: 'LonLat', description: 'longitude, latitude in degrees', example: [114.3, 30.6] });

export const travelModeSchema = z.enum(['walk', 'bike', 'drive']).meta({ id: 'TravelMode' });
export type TravelMode = z.infer<typeof travelModeSchema>;

/** Longest trips: a search over a whole city, still below the engine's largest cost. */
export const MOST_MINUTES = 240;
export const MOST_METRES = 100_000;
export const MOST_LIMITS = 24;
export const MOST_PLACES = 1000;

export const isochroneRequestSchema = z
  .object({
    places: z.array(lonLatSchema).min(1).max(MOST_PLACES).meta({ description: 'where from; several places are reached together, each street from the nearest' }),
    mode: travelModeSchema.default('walk'),
    minutes: z.array(z.number().min(0).max(MOST_MINUTES)).min(1).max(MOST_LIMITS).optional().meta({ description: 'limits in minutes, inclusive; 5, 10, 15 where neither minutes nor metres are given' }),
    metres: z.array(z.number().min(0).max(MOST_METRES)).min(1).max(MOST_LIMITS).optional().meta({ description: 'limits in metres along the streets, in place of minutes' }),
    speedKmh: z.number().min(0.1).max(300).optional().meta({ description: 'walking 3.6, cycling 12; for driving a ceiling, none unless given' }),
    maxStress: z.number().int().min(1).max(4).optional().meta({ description: 'riders take no street of more traffic stress; 2 unless given' }),
    streets: z.boolean().default(true).meta({ description: 'whether the reached streets come as lines too' }),
  })
  .meta({ id: 'IsochroneRequest' });
export type IsochroneRequest = z.infer<typeof isochroneRequestSchema>;

const limitShape = {
  minutes: z.number().optional().meta({ description: 'the limit, where it is a time' }),
  metres: z.number().optional().meta({ description: 'the limit, where it is a distance' }),
};

const reachCountsShape = {
  persons: z.record(z.string(), z.number()).meta({ description: 'persons by group (`total`, `65+` …) who live within the limit along the streets' }),
  jobs: z.number().nullable().meta({ description: 'null where no file counts jobs' }),
  facilities: z.record(z.string(), z.number().int()).meta({ description: 'facilities by kind whose nearest entrance (or point, where none is known) is within the limit' }),
};

const areaPropertiesSchema = z.object({
  type: z.literal('area'), ...limitShape,
  areaM2: z.number(), streetsM: z.number().meta({ description: 'length of the streets within the limit' }), ...reachCountsShape,
});
const streetPropertiesSchema = z.object({ type: z.literal('streets'), ...limitShape });
export type AreaProperties = z.infer<typeof areaPropertiesSchema>;

const isochroneFeatureSchema = z
  .object({
    type: z.literal('Feature'),
    properties: z.discriminatedUnion('type', [areaPropertiesSchema, streetPropertiesSchema]),
    geometry: z.custom<import('../../../engine/spatial/geometry.ts').GeoJsonGeometry>().meta({ type: 'object', description: 'MultiPolygon of an area, MultiLineString of streets (GeoJSON, RFC 7946)' }),
  })
  .meta({ id: 'IsochroneFeature' });
export type IsochroneFeature = z.infer<typeof isochroneFeatureSchema>;

export const isochroneAnswerSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(isochroneFeatureSchema).meta({ description: 'areas, the largest limit first, each within the one before; then streets, each within its limit but not within the next smaller one' }),
    mode: travelModeSchema,
    speedKmh: z.number().meta({ description: '0: no ceiling' }),
    unit: z.enum(['minutes', 'metres']),
    network: z.string().meta({ description: 'key of the network: the same key, the same answer' }),
    places: z.array(z.object({ lon: z.number(), lat: z.number(), offNetworkM: z.number().nullable().meta({ description: 'distance to the nearest usable street, which is counted as part of the way; null: none near, nothing is reached from here' }) })),
  })
  .meta({ id: 'Isochrones' });
export type IsochroneAnswer = z.infer<typeof isochroneAnswerSchema>;

export const networkStateSchema = z
  .object({
    state: z.enum(['ready', 'building', 'no-streets']).meta({ description: 'building: ask again in a moment; no-streets: import a file with streets' }),
    /** Names the content: the same key, the same bytes. Null while it is being built. */
    key: z.string().nullable(),
    networkBytes: z.number().int().nullable(),
    opportunitiesBytes: z.number().int().nullable(),
    counts: z.object({ vertices: z.number().int(), edges: z.number().int(), populationPoints: z.number().int(), facilities: z.number().int(), jobPoints: z.number().int() }).nullable(),
    notes: z.array(noteSchema).meta({ description: 'what could not be used of the streets, counted' }),
  })
  .meta({ id: 'NetworkState' });
export type NetworkState = z.infer<typeof networkStateSchema>;
