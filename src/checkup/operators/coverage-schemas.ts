/** The parameters of the operators of coverage and distance. One place, so that the catalogue can be written against it. */
import { z } from 'zod';
import { MEASURES, checkReach, groupField, reachFields } from './reach-params.ts';

export const LANDS = ['residential', 'construction'] as const;
export type LandKind = (typeof LANDS)[number];

const landField = z.enum(LANDS).describe('What is covered: residential land (居住用地) or construction land (城市建设用地) of the land-use map, overlaps once');

/** #22, #25, #32, #33, #53, markets, bus stops: share of land within reach, %. */
export const landCoverageParams = z.strictObject({ land: landField, ...reachFields }).superRefine(checkReach);
export type LandCoverageParams = z.infer<typeof landCoverageParams>;

/** SDG 11.2.1, 11.7.1, GHSCI, living circles: share of persons within reach, %. */
export const personCoverageParams = z.strictObject({
  group: groupField,
  ...reachFields,
  leastCount: z.number().int().min(1).max(20).default(1).describe('How many facilities must be within reach'),
}).superRefine(checkReach);
export type PersonCoverageParams = z.infer<typeof personCoverageParams>;

/** Metres (or minutes) from where people live to the nearest facility. */
export const nearestDistanceParams = z.strictObject({
  facilities: reachFields.facilities,
  leastM2: reachFields.leastM2,
  group: groupField,
  measure: reachFields.measure,
  from: reachFields.from,
  unit: z.enum(['m', 'min']).default('m').describe('Metres, or minutes along the streets'),
  statistic: z.enum(['mean', 'median', 'p90']).default('mean').describe('Over persons: the mean, the median, or what nine tenths do not exceed'),
  mostM: z.number().positive().max(100_000).default(20_000).describe('Search limit, metres; those farther away count as this far in median and p90, and are left out of the mean with a note'),
}).superRefine(({ unit, measure }, context) => {
  if (unit === 'min' && measure === 'straight') context.addIssue({ code: 'custom', message: 'minutes need a measure along the streets: walk, bike or drive' });
});
export type NearestDistanceParams = z.infer<typeof nearestDistanceParams>;

const stationClass = z.strictObject({
  class: z.string().min(1).describe('What the class of the station must contain: 一级, 二级, 小型, 特勤'),
  km2: z.number().positive().max(100).describe('Area a station of this class answers for, km²'),
});

/** #53: share of construction land within the areas of fire stations, %. */
export const fireCoverageParams = z.strictObject({
  land: landField.default('construction'),
  byClass: z.array(stationClass).min(1).optional().describe('By class: circles of the stated areas, radius √(area/π). Order matters: the first that fits counts'),
  otherwiseKm2: z.number().positive().max(100).default(4).describe('Area of a station whose class is unknown, km²'),
  minutes: z.number().positive().max(60).optional().describe('Instead: land the engine reaches from the station within these minutes of driving'),
}).superRefine(({ byClass, minutes }, context) => {
  if ((byClass === undefined) === (minutes === undefined)) context.addIssue({ code: 'custom', message: 'give either byClass or minutes' });
});
export type FireCoverageParams = z.infer<typeof fireCoverageParams>;

/** How much longer the way on foot is than the straight line. */
export const networkDetourParams = z.strictObject({
  facilities: z.array(z.string().min(1)).min(1).optional().describe('To the facility of these kinds that is nearest in a straight line; absent: to where others live within withinM'),
  group: groupField,
  measure: z.enum(MEASURES).exclude(['straight']).default('walk').describe('How one goes along the streets'),
  withinM: z.number().min(100).max(5000).default(800).describe('Only destinations within this straight distance, metres; without facilities also at least 100 m away'),
  statistic: z.enum(['mean', 'share-over']).default('mean').describe('Mean ratio over persons; or the share whose ratio exceeds `over`, %: of persons, without facilities of a person\'s neighbours'),
  over: z.number().min(1).max(10).default(4).describe('Ratio that share-over asks for; ways longer than ten times the straight line count as ten'),
});
export type NetworkDetourParams = z.infer<typeof networkDetourParams>;
