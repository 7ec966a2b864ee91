/**
 * Parameters that all operators of coverage share: which facilities count, how far they reach, and how distance is measured.
 *
 * Exactly one of `radiusM`, `tiers` and `minutes` says how far. `straight` goes as the crow flies; `walk`, `bike` and `drive` go along the streets
 * and never reach where the straight line of the same metres does not. Minutes need streets.
 */
import { z } from 'zod';
import { ChengmaiError } from '../../core/errors.ts';

export const MEASURES = ['straight', 'walk', 'bike', 'drive'] as const;
export type Measure = (typeof MEASURES)[number];

const tier = z.strictObject({
  fromM2: z.number().min(0).describe('Ground of the facility from this size on, m², inclusive'),
  toM2: z.number().positive().optional().describe('… and below this size, m², exclusive; absent: no upper end'),
  radiusM: z.number().positive().max(50_000).describe('How far a facility of this size reaches, metres'),
});
export type Tier = z.infer<typeof tier>;

/** Fields to be spread into an operator's strict schema; {@link checkReach} holds them together. */
export const reachFields = {
  facilities: z.array(z.string().min(1)).min(1).describe('Kinds of facilities that count, ids of src/base/facilities/kinds.ts'),
  radiusM: z.number().positive().max(50_000).optional().describe('How far every facility reaches, metres'),
  tiers: z.array(tier).min(1).optional().describe('How far a facility reaches by the size of its ground; what is in no tier does not count'),
  minutes: z.number().positive().max(120).optional().describe('How far every facility reaches, minutes along the streets'),
  unsized: z.enum(['least', 'leave-out']).default('least').describe('Facilities without a known size, with tiers: as those of the least radius, or not at all'),
  leastM2: z.number().positive().optional().describe('Facilities known to have less ground than this do not count, m²'),
  measure: z.enum(MEASURES).default('straight').describe('How distance is measured: as the crow flies, or along the streets on foot, by bicycle or by car'),
  from: z.enum(['auto', 'boundary', 'point']).default('auto').describe('Where a facility begins: at the border of its ground (on the streets: at its entrances, else along the border) or at its point; auto: the border of open spaces and lines, else the point (on the streets: the doors)'),
} as const;

export interface ReachParams {
  readonly facilities: readonly string[];
  readonly radiusM?: number | undefined;
  readonly tiers?: readonly Tier[] | undefined;
  readonly minutes?: number | undefined;
  readonly unsized: 'least' | 'leave-out';
  readonly leastM2?: number | undefined;
  readonly measure: Measure;
  readonly from: 'auto' | 'boundary' | 'point';
}

interface ReachLike {
  readonly radiusM?: number | undefined;
  readonly tiers?: readonly Tier[] | undefined;
  readonly minutes?: number | undefined;
  readonly measure: Measure;
}

/** What makes a reach unclear, in words; undefined where it is clear. */
export function reachProblem({ radiusM, tiers, minutes, measure }: ReachLike): string | undefined {
  const given = [radiusM, tiers, minutes].filter((value) => value !== undefined).length;
  if (given !== 1) return 'give exactly one of radiusM, tiers and minutes';
  if (minutes !== undefined && measure === 'straight') return 'minutes need a measure along the streets: walk, bike or drive';
  for (const { fromM2, toM2 } of tiers ?? []) if (toM2 !== undefined && toM2 <= fromM2) return `a tier from ${fromM2} to ${toM2} m² holds nothing`;
  return undefined;
}

/** For `.superRefine` of an operator's schema. */
export function checkReach(params: ReachLike, context: z.core.$RefinementCtx): void {
  const problem = reachProblem(params);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
}

/** Parts of a group's name: `all`, or a group of the snapshot. */
export const groupField = z.string().min(1).default('total').describe('Population group, as imported: total, 0-2, 3-5, 6-11, 12-14, 65+ …');

/** The schema's promise, where params come from elsewhere. @throws ChengmaiError `checkup/params` */
export function parseParams<T>(operator: string, schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const what = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new ChengmaiError('input', 'checkup/params', { zh: `算子 ${operator} 的参数不对：${what}。`, en: `The parameters of operator ${operator} are wrong: ${what}.` }, { field: 'params', value: what });
}
