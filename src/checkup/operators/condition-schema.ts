/**
 * What indicators may ask of the rows of a registry: comparisons of columns, joined by all, any and not. Data, never code.
 *
 * An answer is yes, no or unknown (Kleene): an empty cell is unknown, an unknown cannot turn into yes or no by being passed over. A column that no
 * file has makes the indicator missing, unless the condition says what its absence means.
 */
import { z } from 'zod';

const scalar = z.union([z.number(), z.string(), z.boolean()]);

/** What stands on the right-hand side is exactly one of these. */
const comparison = z.strictObject({
  column: z.string().min(1).describe('Column of the table (docs/tables.md, or a column of the city’s own)'),
  op: z.enum(['=', '!=', '<', '<=', '>', '>=', 'in', 'not-in', 'starts-with', 'contains', 'empty', 'filled', 'in-period', 'by-period']).describe(
    'Comparison; in, not-in, starts-with and contains take `values`; empty and filled ask whether the cell holds anything; in-period: the date or year lies in the year that is checked; by-period: in it or before',
  ),
  value: scalar.optional().describe('What the cell is compared with: number, text (full-width and case do not matter) or true/false'),
  values: z.array(scalar).min(1).optional().describe('What the cell is compared with, alternatives'),
  other: z.string().min(1).optional().describe('Another column of the row that the cell is compared with'),
  yearsBefore: z.number().int().min(0).max(200).optional().describe('The cell is a year or a date, compared with the year that is checked minus so many years'),
  whenEmpty: z.enum(['unknown', 'yes', 'no']).default('unknown').describe('What an empty cell answers'),
  whenAbsent: z.enum(['missing', 'unknown', 'yes', 'no']).default('missing').describe('What every row answers where no file has the column; missing: the indicator is missing'),
});
export type Comparison = z.infer<typeof comparison>;

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const NO_RIGHT_SIDE = new Set(['empty', 'filled', 'in-period', 'by-period']);
const LIST = new Set(['in', 'not-in', 'starts-with', 'contains']);

/** What is wrong with a comparison, in words; undefined where nothing is. */
function comparisonProblem({ op, value, values, other, yearsBefore }: Comparison): string | undefined {
  const given = [value, values, other, yearsBefore].filter((each) => each !== undefined).length;
  if (NO_RIGHT_SIDE.has(op)) return given === 0 ? undefined : `${op} compares with nothing`;
  if (given !== 1) return `${op} needs exactly one of value, values, other and yearsBefore`;
  if (LIST.has(op) !== (values !== undefined)) return LIST.has(op) ? `${op} needs values` : `${op} takes one value, not values`;
  return undefined;
}

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    comparison.superRefine((given, context) => {
      const problem = comparisonProblem(given);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    }),
    z.strictObject({ all: z.array(conditionSchema).min(1).describe('All of these hold') }),
    z.strictObject({ any: z.array(conditionSchema).min(1).describe('At least one of these holds') }),
    z.strictObject({ not: conditionSchema.describe('This does not hold') }),
  ]),
);
