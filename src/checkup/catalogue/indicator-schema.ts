/** The shape of an indicator's definition: of those that ship, and what a user writes in a YAML or JSON file. */
import { z } from 'zod';
import { PLACE_LEVELS } from '../../import/model.ts';
import { CITY_CLASSES, CITY_RANKS, DIMENSIONS, INDICATOR_GROUPS, INDICATOR_SETS } from '../model.ts';

const MOST_TEXT = 2000;
const text = z.string().trim().min(1).max(MOST_TEXT);
const bilingual = z.strictObject({ zh: text.describe('Chinese'), en: text.describe('English') });

/** Letters, figures and hyphens; never only figures, which are numbers of the national list. */
const idSchema = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/).max(64);
const year = z.number().int().min(1949).max(2100);

const thresholdFields = {
  when: z
    .strictObject({
      cityClass: z.array(z.enum(CITY_CLASSES)).min(1).optional().describe('Only for cities of these classes'),
      cityRank: z.array(z.enum(CITY_RANKS)).min(1).optional().describe('Only for cities of these ranks'),
      levels: z.array(z.enum(PLACE_LEVELS)).min(1).optional().describe('Only at these levels'),
      from: year.optional().describe('From this year on'),
      to: year.optional().describe('Up to this year'),
    })
    .optional()
    .describe('Where and when it holds; absent: everywhere'),
  op: z.enum(['>=', '<=', '=', 'between']).describe('How the value is compared'),
  value: z.number().describe('The standard, in the unit of the indicator; the lower end of `between`'),
  upper: z.number().optional().describe('The upper end of `between`'),
  role: z.enum(['standard', 'higher']).optional().describe('`higher`: a stricter level that earns 很好 where it is met'),
  source: text.describe('Where it is stated: a standard without a source is not evaluated'),
} as const;

const methodSchema = z.strictObject({
  operator: z.string().min(1).describe('Id of an operator'),
  params: z.record(z.string(), z.unknown()).default({}).describe('Parameters of the operator'),
  quality: z.literal('proxy').optional().describe('Says that this method only stands in for the right one'),
});

const findingFields = {
  kind: z.enum(['time-limited', 'best-effort']).describe('限时 or 尽力'),
  difficulty: z.enum(['low', 'medium', 'high']).optional().describe('Of putting it right'),
  bodies: z.array(text).max(20).describe('Who usually answers for it'),
} as const;

/** Of the catalogue: {@link Indicator} as data. */
export const indicatorSchema = z.strictObject({
  id: idSchema,
  number: z.number().int().min(1).max(60).optional(),
  set: z.enum(INDICATOR_SETS),
  group: z.enum(INDICATOR_GROUPS),
  dimension: z.enum(DIMENSIONS).optional(),
  version: text,
  name: bilingual,
  definition: bilingual,
  formula: bilingual,
  unit: bilingual,
  direction: z.enum(['up', 'down', 'band', 'inventory']),
  level: z.enum(PLACE_LEVELS),
  cityOnly: z.literal(true).optional(),
  methods: z.array(methodSchema).max(10),
  thresholds: z.array(z.strictObject({ ...thresholdFields, confidence: z.enum(['certain', 'certain-local', 'recalled']) })).max(50),
  oneVote: z.literal(true).optional(),
  upgrade: z.literal(true).optional(),
  surveyTopic: z.string().optional(),
  computability: z.array(z.string().regex(/^[abcdsfm]\*?$/)),
  source: text,
  confidence: z.enum(['certain', 'certain-local', 'recalled']),
  missing: z.strictObject({ kind: z.enum(['no-data', 'not-applicable', 'no-method']), reason: bilingual, supply: bilingual }).optional(),
  finding: z.strictObject({ ...findingFields, problem: bilingual, advice: bilingual }).optional(),
});

/** One text may stand for both languages. */
const eitherLanguage = z.union([text, bilingual]).transform((given) => (typeof given === 'string' ? { zh: given, en: given } : given));

/** What a user writes for one indicator. */
export const userIndicatorSchema = z.strictObject({
  id: idSchema.describe('Small letters, figures and hyphens; free, and kept for good: values of earlier years are found by it'),
  name: eitherLanguage.describe('A text, or zh and en'),
  definition: eitherLanguage.optional().describe('What is measured, in a sentence'),
  formula: eitherLanguage.optional().describe('How it is computed, in words'),
  unit: eitherLanguage.describe('`%`, `m²/person` …'),
  direction: z.enum(['up', 'down', 'band', 'inventory']).describe('up: more is better; down: less is; band: within bounds; inventory: never graded'),
  level: z.enum(PLACE_LEVELS).describe('The lowest level at which it is judged'),
  cityOnly: z.literal(true).optional().describe('A supply of the city as a whole: its districts and blocks have values but are not judged'),
  dimension: z.enum(DIMENSIONS).optional().describe('Beside which of the four dimensions it is shown'),
  version: z.string().trim().min(1).max(64).optional().describe('Of the definition; absent: made from its content'),
  methods: z.array(methodSchema).min(1).max(10).describe('Ways of measuring; the first whose data is there is used'),
  thresholds: z.array(z.strictObject({ ...thresholdFields, confidence: z.enum(['certain', 'certain-local', 'recalled']).optional().describe('certain-local unless said') })).max(50).optional().describe('Standards it is held against'),
  oneVote: z.boolean().optional().describe('One occurrence makes it a problem'),
  surveyTopic: z.string().optional().describe('Topic of the residents’ survey that is held against it'),
  source: text.optional().describe('Where the indicator is defined'),
  finding: z.strictObject({ ...findingFields, problem: eitherLanguage.describe('Sentence with {place} {value} {unit} {standard} {persons}; [ … ] is left out where a value in it is unknown'), advice: eitherLanguage.describe('Sentence, likewise') }).optional().describe('What the ledger says where it falls short'),
});
export type UserIndicator = z.infer<typeof userIndicatorSchema>;

/** A file: one indicator, a list of them, or this. */
export const userFileSchema = z.strictObject({
  indicators: z.array(z.unknown()).min(1).max(200),
  columns: z.record(z.string(), z.array(z.string().min(1).max(100)).max(500)).optional().describe('Columns of the city’s own that registries have beside those of the contract, by table'),
});
