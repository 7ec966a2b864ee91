/**
 * Parameters of the operators about access (access-*, balancing-cost, inequality, autocorrelation): one vocabulary, so that the operators
 * that judge the spread of an access measure can name any of them.
 */
import { z } from 'zod';

const modeSchema = z.enum(['walk', 'bike', 'drive']).describe('how people travel along the streets');

const groupSchema = z.string().min(1).default('total').describe('population group whose access it is: total, 65+, 0-2, …');

const kindsSchema = z.array(z.string().min(1)).min(1).describe('kinds of facility that count, each facility once for every kind it is');

/** What can be reached. */
export const opportunitySchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('jobs').describe('jobs where they are') }),
  z.strictObject({
    of: z.literal('facilities').describe('facilities'),
    kinds: kindsSchema,
    weight: z.enum(['one', 'capacity', 'floor', 'land']).default('one').describe('what each counts: 1, its capacity (places, beds), its floor or its land in m²; one without it counts as the median of its kind'),
  }),
  z.strictObject({ of: z.literal('persons').describe('persons where they live'), group: z.string().min(1).default('total').describe('population group that is reached') }),
]);
export type Opportunity = z.infer<typeof opportunitySchema>;

/** How much less an opportunity counts the farther it is: engine/graph/reach/decay.ts. */
export const decaySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step').describe('all the same up to the cut-off') }),
  z.strictObject({ kind: z.literal('exp').describe('exponential: half as much at the cut-off, or exp(−rate · t) until the cut-off'), rate: z.number().positive().optional().describe('per minute, or per km where the cut-off is in metres') }),
  z.strictObject({ kind: z.literal('power').describe('t^−b until the cut-off, 1 up to t = 1'), b: z.number().positive().describe('exponent') }),
  z.strictObject({ kind: z.literal('logistic').describe('cumulative logistic, half as much at the cut-off'), sd: z.number().positive().describe('standard deviation, minutes or km') }),
  z.strictObject({ kind: z.literal('linear').describe('1 − t ÷ cut-off; with a width: from 1 to 0 over it around the cut-off'), width: z.number().positive().optional().describe('minutes or km') }),
]);

const minutesSchema = z.number().positive().max(240).optional().describe('cut-off in minutes of travel; either this or metres');
const metresSchema = z.number().positive().max(100_000).optional().describe('cut-off in metres along the streets; either this or minutes');

const oneCutoff = (params: { minutes?: number | undefined; metres?: number | undefined }): boolean => (params.minutes === undefined) !== (params.metres === undefined);
const ONE_CUTOFF = { message: 'give either minutes or metres' };

const travel = { mode: modeSchema.default('walk'), minutes: minutesSchema, metres: metresSchema, group: groupSchema };

/** Cumulative opportunities. */
export const cumulativeSchema = z
  .strictObject({
    opportunity: opportunitySchema.describe('what is reached'),
    ...travel,
    as: z.enum(['amount', 'share']).default('amount').describe('how much is reached, or per cent of all there is in the data'),
    interval: z
      .strictObject({ from: z.number().positive().describe('first cut-off'), every: z.number().positive().describe('distance between cut-offs'), summary: z.enum(['mean', 'median']).default('mean').describe('of the amounts within these cut-offs') })
      .optional()
      .describe('instead of one cut-off all from … minutes (or metres) are summarised (Tomasiello et al. 2023)'),
  })
  .refine(oneCutoff, ONE_CUTOFF);
export type CumulativeParams = z.infer<typeof cumulativeSchema>;

/** Gravity, after Hansen 1959. */
export const gravitySchema = z
  .strictObject({ opportunity: opportunitySchema.describe('what is reached'), ...travel, decay: decaySchema.describe('how weight falls with time or distance'), as: z.enum(['amount', 'share']).default('amount').describe('weighted sum, or per cent of all there is in the data') })
  .refine(oneCutoff, ONE_CUTOFF);
export type GravityParams = z.infer<typeof gravitySchema>;

/** Cost to the k-th closest facility. */
export const kthSchema = z
  .strictObject({
    facilities: kindsSchema,
    k: z.number().int().min(1).max(20).default(1).describe('which one: 1 is the nearest'),
    ...travel,
    statistic: z.enum(['mean', 'median', 'p90']).default('mean').describe('over persons of a place; who reaches fewer than k within the cut-off counts as the cut-off in a mean'),
  })
  .refine(oneCutoff, ONE_CUTOFF);
export type KthParams = z.infer<typeof kthSchema>;

/** Capacity against demand by floating catchments. */
export const floatingSchema = z
  .strictObject({
    method: z.enum(['2sfca', 'e2sfca', 'bfca']).describe('Luo & Wang 2003; with a decay Luo & Qi 2009; balanced Páez et al. 2019, whose level falls with the number of population points and compares places of one city only'),
    opportunity: opportunitySchema.describe('the supply'),
    ...travel,
    decay: decaySchema.optional().describe('weights within the catchment; 2sfca has none (step)'),
    per: z.number().positive().default(1000).describe('supply per so many persons'),
  })
  .refine(oneCutoff, ONE_CUTOFF)
  .refine(({ method, decay }) => method === '2sfca' ? decay === undefined || decay.kind === 'step' : decay !== undefined, { message: '2sfca takes no decay, e2sfca and bfca need one' });
export type FloatingParams = z.infer<typeof floatingSchema>;

/** Spatial availability, Soukhov et al. 2023. */
export const availabilitySchema = z
  .strictObject({ opportunity: opportunitySchema.describe('what persons compete for'), ...travel, decay: decaySchema.describe('impedance'), per: z.number().positive().default(1).describe('opportunities available per so many persons') })
  .refine(oneCutoff, ONE_CUTOFF);
export type AvailabilityParams = z.infer<typeof availabilitySchema>;

/** Balancing cost, Barboza et al. 2021. */
export const balancingSchema = z
  .strictObject({
    opportunity: opportunitySchema.describe('what is reached'),
    ...travel,
    step: z.number().positive().default(1).describe('resolution, minutes; metres where the cut-off is in metres'),
    perPerson: z.number().positive().default(1).describe('opportunities that must be reached for each person of the own unit (the smallest place)'),
  })
  .refine(oneCutoff, ONE_CUTOFF);
export type BalancingParams = z.infer<typeof balancingSchema>;

/** Any measure of access, by the operator that has it. */
export const accessSchema = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('access-cumulative').describe('cumulative opportunities'), params: cumulativeSchema.describe('as of access-cumulative') }),
  z.strictObject({ operator: z.literal('access-gravity').describe('gravity'), params: gravitySchema.describe('as of access-gravity') }),
  z.strictObject({ operator: z.literal('access-kth').describe('cost to the k-th closest'), params: kthSchema.describe('as of access-kth; the statistic is not used') }),
  z.strictObject({ operator: z.literal('access-floating-catchment').describe('floating catchments'), params: floatingSchema.describe('as of access-floating-catchment') }),
  z.strictObject({ operator: z.literal('access-availability').describe('spatial availability'), params: availabilitySchema.describe('as of access-availability') }),
  z.strictObject({ operator: z.literal('balancing-cost').describe('balancing cost'), params: balancingSchema.describe('as of balancing-cost') }),
]);
export type Access = z.infer<typeof accessSchema>;

/** How an access measure is spread over persons. */
export const inequalitySchema = z
  .strictObject({
    of: accessSchema.describe('measure of access; persons are weighted by its group'),
    measure: z.enum(['gini', 'palma', 'theil', 'concentration', 'fgt']).describe('Gini; top 10 % ÷ bottom 40 %; Theil T; concentration index; Foster–Greer–Thorbecke'),
    part: z.enum(['total', 'between', 'between-share']).default('total').describe('Theil: all of it, what is between the units named by `units`, or that in per cent of all'),
    units: z.enum(['community', 'block', 'district']).default('block').describe('Theil: groups are the persons of these places'),
    rankBy: z.string().min(1).default('65+').describe('concentration: units are ranked by the share of this population group, from low to high'),
    line: z.number().positive().optional().describe('FGT: poverty line in units of the measure; needed there'),
    alpha: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(0).describe('FGT: 0 share of persons below the line, 1 depth, 2 severity'),
  })
  .refine(({ measure, line }) => measure !== 'fgt' || line !== undefined, { message: 'fgt needs a line' });
export type InequalityParams = z.infer<typeof inequalitySchema>;

/** Whether like lies beside like. */
export const autocorrelationSchema = z.strictObject({
  of: z.union([accessSchema, z.strictObject({ density: z.string().min(1).describe('persons of this group per km²') }), z.strictObject({ share: z.string().min(1).describe('per cent that this group is of all persons') })]).describe('what is looked at, by unit'),
  measure: z.enum(['moran', 'hot-spots']).describe('Moran\'s I (city; local I below), or Getis–Ord Gi* as z of each unit'),
  units: z.enum(['community', 'block', 'cell']).default('community').describe('the units'),
  neighbours: z.number().int().min(1).max(64).default(8).describe('each unit\'s neighbours: so many nearest by centre, made mutual'),
  permutations: z.number().int().min(0).max(9999).default(999).describe('for the pseudo p-value; 0 for none'),
  seed: z.number().int().default(1).describe('of the permutations'),
});
export type AutocorrelationParams = z.infer<typeof autocorrelationSchema>;
