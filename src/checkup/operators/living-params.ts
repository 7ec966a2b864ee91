/** Parameters of the operators about living circles, international sets, commuting and mixed land use. */
import { z } from 'zod';

export const measureSchema = z.enum(['straight', 'walk']).describe('straight-line radius (as the standards state it), or distance on foot along the streets (never longer a reach)');
export type ReachMeasure = z.infer<typeof measureSchema>;

const group = z.string().min(1).default('total').describe('population group');

/** GB 50180-2018: share of the facility types of a level that persons reach, in per cent. */
export const livingCircleSchema = z.strictObject({
  minutes: z.union([z.literal(5), z.literal(10), z.literal(15)]).describe('level of the living circle; levels do not include each other\'s types'),
  needs: z.enum(['must', 'all']).default('must').describe('▲ types, or △ types too'),
  measure: z.enum(['straight', 'walk']).default('straight').describe('straight: within each type\'s service radius; walk: moreover within the level\'s minutes on foot along the streets, at 1 m/s'),
  as: z.enum(['attainment', 'complete']).default('attainment').describe('mean share of types reached, or share of persons who reach all, per cent'),
  group,
});
export type LivingCircleParams = z.infer<typeof livingCircleSchema>;

/** 建科规〔2020〕7号: items of 20 that a community has. */
export const completeCommunitySchema = z.strictObject({
  as: z.enum(['items', 'share', 'complete']).default('share').describe('items met; items met in per cent of those that could be judged; per cent of communities that meet all of them'),
  measure: measureSchema.default('straight'),
  leastJudged: z.number().int().min(1).max(20).default(8).describe('a community of which fewer items can be judged has no value'),
});
export type CompleteCommunityParams = z.infer<typeof completeCommunitySchema>;

export const DESTINATIONS = ['fresh-food', 'convenience', 'transit', 'transit-30', 'transit-20', 'open-space', 'open-space-large'] as const;
const destination = z.enum(DESTINATIONS).describe('GHSCI destinations: fresh food; convenience; a stop; a stop served every 30 or 20 minutes on weekdays 7–19; public open space; one of at least 1.5 ha');

/** GHSCI: per cent of persons with a destination within reach. */
export const dailyAccessSchema = z.strictObject({ destination, metres: z.number().positive().max(10_000).default(500).describe('reach'), measure: measureSchema.default('walk'), group });
export type DailyAccessParams = z.infer<typeof dailyAccessSchema>;

/** GHSCI daily living score 0–3: fresh food, convenience, public transport. */
export const dailyLivingSchema = z.strictObject({ metres: z.number().positive().max(10_000).default(500).describe('reach'), measure: measureSchema.default('walk') });
export type DailyLivingParams = z.infer<typeof dailyLivingSchema>;

/** GHSCI neighbourhoods: what lies within so many metres on foot of where persons live. */
export const neighbourhoodSchema = z.strictObject({
  of: z.enum(['persons', 'intersections']).describe('persons or street intersections per km² of the neighbourhood'),
  metres: z.number().positive().max(5000).default(1000).describe('extent of the neighbourhood along the streets'),
});
export type NeighbourhoodParams = z.infer<typeof neighbourhoodSchema>;

/** GHSCI walkability: z of population density + z of intersection density + z of the daily living score. */
export const walkabilitySchema = z.strictObject({
  reference: z.enum(['international', 'local']).default('international').describe('mean and deviation of the GHSCI cities, or of this city\'s own residents'),
  metres: z.number().positive().max(5000).default(1000).describe('extent of the neighbourhood along the streets'),
});
export type WalkabilityParams = z.infer<typeof walkabilitySchema>;

/** SDG 11.2.1: per cent of persons near public transport. */
export const transitAccessSchema = z.strictObject({
  lowM: z.number().positive().max(10_000).default(500).describe('reach of low-capacity stops: bus, tram'),
  highM: z.number().positive().max(10_000).default(1000).describe('reach of high-capacity stops: metro, rail, ferry'),
  measure: measureSchema.default('walk'),
  headwayMinutes: z.number().positive().max(240).optional().describe('only stops served at least so often on an ordinary weekday 7–19; needs a timetable'),
  group,
});
export type TransitAccessParams = z.infer<typeof transitAccessSchema>;

/** SDG 11.3.1: land consumption rate ÷ population growth rate between two years. */
export const landConsumptionSchema = z.strictObject({
  areaIndicator: z.string().min(1).default('built-up-area').describe('indicator_id of the built-up area, km², in indicators_dept'),
  populationIndicator: z.string().min(1).default('population').describe('indicator_id of the population in indicators_dept'),
  leastYears: z.number().int().min(1).default(1).describe('years between the two dates, at least'),
});
export type LandConsumptionParams = z.infer<typeof landConsumptionSchema>;

/** SDG 11.7.1: open public space and streets in per cent of the built-up area. */
export const openSpaceShareSchema = z.strictObject({
  streets: z.boolean().default(true).describe('count land of streets: their length × usual width of their class'),
  openSpace: z.boolean().default(true).describe('count parks, squares and playgrounds that are open to all'),
});
export type OpenSpaceShareParams = z.infer<typeof openSpaceShareSchema>;

/** Shannon entropy of the land uses of a place. */
export const landMixSchema = z.strictObject({
  classes: z.array(z.strictObject({ name: z.string().min(1).describe('name of the class'), kinds: z.array(z.string().min(1)).min(1).describe('kinds of land use in it') })).min(2).optional()
    .describe('classes that are told apart; absent: living, work, trade, public services, green and open space'),
});
export type LandMixParams = z.infer<typeof landMixSchema>;

/** Share of commutes below a distance, modelled: origin-constrained gravity of residents to jobs. Never observed. */
export const commuteShareSchema = z.strictObject({
  metres: z.number().positive().max(100_000).default(5000).describe('straight-line length below which a commute counts'),
  meanKm: z.number().positive().max(100).default(8).describe('mean straight-line commute that the deterrence is calibrated to, km: an assumption, and all that the model knows of behaviour'),
});
export type CommuteShareParams = z.infer<typeof commuteShareSchema>;

/** 职住比. */
export const jobsHousingSchema = z.strictObject({
  per: z.enum(['residents', 'households']).default('residents').describe('jobs per resident, or per household of community_services'),
});
export type JobsHousingParams = z.infer<typeof jobsHousingSchema>;

/** Per cent that a group is of another: 老龄化比例. */
export const groupShareSchema = z.strictObject({ group: z.string().min(1).describe('the group'), of: z.string().min(1).default('total').describe('of which it is a share') });
