/** Grades of a whole check-up: every indicator for the city and for each place it is judged at, and the dimensions. */
import type { PlaceLevel } from '../../import/model.ts';
import type { PlaceTree } from '../city/city-data.ts';
import type { CityClass, CityRank, DimensionId, Grade, Indicator, Threshold } from '../model.ts';
import { DIMENSIONS, GRADES } from '../model.ts';
import type { PlaceValues } from '../operators/operator.ts';
import type { DimensionAnswer } from './grade-dimension.ts';
import { gradeDimension } from './grade-dimension.ts';
import type { GradeAnswer, GradeQuestion } from './grade-indicator.ts';
import { gradeIndicator, shortShare } from './grade-indicator.ts';
import type { GradingRule } from './grading-rule.ts';
import { pickThresholds } from './thresholds.ts';

export interface GradingInput {
  readonly results: readonly { readonly indicator: Indicator; readonly values: PlaceValues | undefined }[];
  readonly tree: PlaceTree;
  readonly cityClass: CityClass;
  readonly cityRank: CityRank | undefined;
  readonly period: number;
  readonly rule: GradingRule;
  /** Value of the last period before this one, by place number. */
  previous(indicatorId: string, place: number): GradeQuestion['previous'];
  survey(topic: string): GradeQuestion['survey'];
  /** Values of peer cities. */
  peers(indicatorId: string): readonly number[];
  /** Thresholds that the city set itself: they stand in place of the catalogue's. */
  readonly ownThresholds: Readonly<Record<string, Threshold>>;
}

export interface IndicatorGrades {
  readonly indicatorId: string;
  readonly city: GradeAnswer;
  /** By place number: 0 none, else 1 + index in GRADES. */
  readonly byPlace: Uint8Array;
  /** By place number: the comparison that gave the grade; 0 none, else 1 + index in GRADE_REASONS. */
  readonly reasonByPlace: Uint8Array;
  /** By place number: by how much it falls short there, 0 … 1 ({@link shortShare}). */
  readonly shortByPlace: Float32Array;
  /** What the city as a whole is held against. */
  readonly standard: Threshold | undefined;
}

export interface CheckupGrades {
  readonly indicators: ReadonlyMap<string, IndicatorGrades>;
  readonly dimensions: ReadonlyMap<DimensionId, DimensionAnswer>;
}

export const GRADE_REASONS = ['standard', 'one-vote', 'trend', 'survey', 'peers', 'ideal'] as const;

const TREE_LEVELS: readonly PlaceLevel[] = ['community', 'block', 'district', 'city'];

/**
 * Levels of the tree at which an indicator is judged: its own and those above. What is judged for the city as a whole is held against the same
 * standard in its districts and blocks, which says where it falls short. Homes are reported by community.
 */
export function judgedLevels({ level, cityOnly }: Pick<Indicator, 'level' | 'cityOnly'>): readonly PlaceLevel[] {
  if (cityOnly === true) return ['city'];
  if (level === 'building') return TREE_LEVELS;
  // areas of industry stand beside the tree
  if (level === 'zone') return ['zone', 'city'];
  if (level === 'city' || level === 'district') return ['block', 'district', 'city'];
  const at = TREE_LEVELS.indexOf(level);
  return at < 0 ? ['city'] : TREE_LEVELS.slice(at);
}

export function gradeAt(byPlace: Uint8Array, place: number): Grade | undefined {
  return byPlace[place] === 0 ? undefined : GRADES[byPlace[place] - 1];
}

/** The question of one place. `cityValue` is left out for the city itself, peers for its places. */
function questionOf(input: GradingInput, indicator: Indicator, values: PlaceValues, place: number, cityPlace: number): GradeQuestion {
  const own = input.ownThresholds[indicator.id] as Threshold | undefined;
  const scope = { cityClass: input.cityClass, cityRank: input.cityRank, level: input.tree.level(place), period: input.period };
  const isShare = indicator.unit.zh.includes('%');
  const denominator = values.denominator?.[place];
  const isCity = place === cityPlace;
  const cityValue = cityPlace < 0 ? NaN : values.value[cityPlace];
  return {
    value: values.value[place], direction: indicator.direction, isShare,
    oneVote: indicator.oneVote === true, upgrade: indicator.upgrade === true,
    ...pickThresholds(own === undefined ? indicator.thresholds : [own], scope),
    shortOf: isShare || isQuotient(values, place) || denominator === undefined || Number.isNaN(denominator) ? undefined : denominator,
    previous: input.previous(indicator.id, place),
    // the survey is of the city as a whole
    survey: isCity && indicator.surveyTopic !== undefined ? input.survey(indicator.surveyTopic) : undefined,
    peers: isCity ? input.peers(indicator.id) : [],
    // counts of a place are not comparable with those of its city
    cityValue: isCity || Number.isNaN(cityValue) || !(isShare || isPerUnit(indicator)) ? undefined : cityValue,
  };
}

/** Whether a value is its numerator ÷ its denominator: a mean or a density, which does not count what falls short of the denominator. */
function isQuotient({ value, numerator, denominator }: PlaceValues, place: number): boolean {
  if (numerator === undefined || denominator === undefined || denominator[place] === 1) return false;
  const product = value[place] * denominator[place];
  return Math.abs(product - numerator[place]) <= 1e-6 * Math.abs(numerator[place]) && numerator[place] !== 0;
}

/** Whether values of places of different size can be compared: m²/person, km/km², scores. */
function isPerUnit({ unit }: Indicator): boolean {
  return unit.en.includes('/') || unit.en.includes('per ');
}

function gradeOne(input: GradingInput, indicator: Indicator, values: PlaceValues, cityPlace: number): IndicatorGrades {
  const { tree, rule } = input;
  const byPlace = new Uint8Array(tree.count);
  const reasonByPlace = new Uint8Array(tree.count);
  const shortByPlace = new Float32Array(tree.count);
  // residents who are content ask for no upgrade
  const isUpgrade = indicator.upgrade === true && !(indicator.surveyTopic !== undefined && (input.survey(indicator.surveyTopic)?.score ?? 0) >= rule.surveyGood);
  for (const level of judgedLevels(indicator)) {
    for (const place of tree.ofLevel(level)) {
      if (tree.outside[place] === 1 || Number.isNaN(values.value[place])) continue;
      const asked = questionOf(input, indicator, values, place, cityPlace);
      const { grade, steps } = gradeIndicator(asked, rule);
      if (grade === undefined) {
        // 提升类: without a survey no grade, but the ledger says where (find-shortfalls.ts)
        if (!isUpgrade || asked.shortOf === undefined || !(asked.shortOf > 0)) continue;
        reasonByPlace[place] = 1 + GRADE_REASONS.indexOf('ideal');
        shortByPlace[place] = Math.min(1, asked.value / asked.shortOf);
        continue;
      }
      byPlace[place] = 1 + GRADES.indexOf(grade);
      reasonByPlace[place] = 1 + GRADE_REASONS.indexOf(steps[0].by);
      shortByPlace[place] = shortShare(asked, steps[0]);
    }
  }
  if (cityPlace < 0) return { indicatorId: indicator.id, city: { grade: undefined, steps: [] }, byPlace, reasonByPlace, shortByPlace, standard: undefined };
  const question = questionOf(input, indicator, values, cityPlace, cityPlace);
  return { indicatorId: indicator.id, city: gradeIndicator(question, rule), byPlace, reasonByPlace, shortByPlace, standard: question.standard };
}

export function gradeCheckup(input: GradingInput): CheckupGrades {
  const cityPlace = input.tree.ofLevel('city').at(0) ?? -1;
  const indicators = new Map<string, IndicatorGrades>();
  for (const { indicator, values } of input.results) {
    if (values !== undefined) indicators.set(indicator.id, gradeOne(input, indicator, values, cityPlace));
  }
  const dimensions = new Map<DimensionId, DimensionAnswer>();
  for (const dimension of DIMENSIONS) {
    const base = input.results.filter(({ indicator }) => indicator.set === 'national-2025' && indicator.dimension === dimension);
    const grades = base.flatMap(({ indicator }) => indicators.get(indicator.id)?.city.grade ?? []);
    dimensions.set(dimension, gradeDimension(grades, base.length, input.rule));
  }
  return { indicators, dimensions };
}
