/**
 * 问题台账: places × indicators that fall short, from the grades.
 *
 * A place has a finding where an indicator is judged and
 * - a bottom-line hazard occurs (一票否决), or
 * - the standard is missed (一般 or 不足), or more than a twentieth of what every unit must have is lacking (ideal), or
 * - where no standard is printed: it has less than half of what the city as a whole has (不足 by comparison), or
 * - an upgrade item (提升类) is wanting in more than a twentieth of its buildings. Whether it goes on from the ledger to the list is for the survey and a
 *   person to say; where the survey scores 80 and more nobody asks for it and there is no finding.
 * The survey or the trend alone make no finding of a place. Units outside the built-up area have none.
 *
 * Severity 1–5 (不严重, 需关注, 一般, 局部严重, 整体严重) is by the share that falls short: < 5 %, < 10 %, < 30 %, < 60 %, more; hazards are 3 at
 * least, upgrade items 3 at most. The manual names the five levels; the shares are ours. 问题程度: 1–2 一般, 3–4 较严重, 5 严重.
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { PlaceLevel } from '../../import/model.ts';
import type { SentenceValues } from '../catalogue/fill-sentence.ts';
import { fillSentences } from '../catalogue/fill-sentence.ts';
import type { PlaceTree } from '../city/city-data.ts';
import type { IndicatorGrades } from '../grading/grade-checkup.ts';
import { GRADE_REASONS, gradeAt, judgedLevels } from '../grading/grade-checkup.ts';
import { sayStandard } from './asked.ts';
import { GRADING_RULE } from '../grading/grading-rule.ts';
import { sayNumber } from '../grading/say-number.ts';
import type { Indicator } from '../model.ts';
import type { PlaceValues } from '../operators/operator.ts';

export interface FoundShortfall {
  readonly indicator: Indicator;
  readonly place: number;
  readonly level: PlaceLevel;
  readonly value: number;
  readonly quality: PlaceValues['quality'];
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly extent: 'general' | 'fairly-serious' | 'serious';
  readonly kind: 'time-limited' | 'best-effort';
  readonly difficulty: 'low' | 'medium' | 'high';
  readonly priority: 'high' | 'medium' | 'low';
  readonly persons: number | undefined;
  readonly problem: Bilingual;
  readonly advice: Bilingual;
  readonly bodies: readonly string[];
}

export interface ShortfallInput {
  readonly results: readonly { readonly indicator: Indicator; readonly values: PlaceValues | undefined }[];
  readonly grades: ReadonlyMap<string, IndicatorGrades>;
  readonly tree: PlaceTree;
  placeName(place: number): Bilingual;
  /** Residents not served, by place number, where an indicator knows them. */
  unserved(indicatorId: string): Float64Array | undefined;
  /** By place number; NaN where unknown. */
  readonly residents: Float64Array;
}

/** Sets whose indicators make findings: the national list, the city's local ones and its own. Living circles, access and the like stand beside them and would say the same thing again. */
const LEDGER_SETS: ReadonlySet<string> = new Set(['national-2025', 'local', 'user']);

/** Of what every unit must have, so much may be lacking (grading-rule.ts: 较好). */
const LEAST_SHARE = GRADING_RULE.shortShares[0];
const SEVERITY_SHARES = [0.05, 0.1, 0.3, 0.6];
const LEAST_HAZARD = 3;
const MOST_UPGRADE = 3;

function severityOf(share: number, { oneVote, upgrade }: Indicator): FoundShortfall['severity'] {
  const at = SEVERITY_SHARES.findIndex((bound) => share < bound);
  const severity = at < 0 ? 5 : at + 1;
  return Math.max(oneVote === true ? LEAST_HAZARD : 1, Math.min(severity, upgrade === true ? MOST_UPGRADE : 5)) as FoundShortfall['severity'];
}

/** Where a shortfall is written down: the indicator's own level (homes by community); of what is judged for the city the lowest level that has values, and the city. */
function findingLevels(indicator: Indicator, values: PlaceValues, tree: PlaceTree): readonly PlaceLevel[] {
  const levels = judgedLevels(indicator);
  const isCity = indicator.level === 'city' || indicator.level === 'district';
  if (!isCity) return levels.slice(0, 1);
  const lowest = levels.find((level) => tree.ofLevel(level).some((place) => !Number.isNaN(values.value[place])));
  return lowest === undefined || lowest === 'city' ? ['city'] : [lowest, 'city'];
}

function fallsShort({ upgrade }: Indicator, grades: IndicatorGrades, place: number): boolean {
  const grade = gradeAt(grades.byPlace, place);
  if (upgrade === true && grade === undefined) return grades.shortByPlace[place] > Math.fround(LEAST_SHARE);
  if (grade !== 'poor' && grade !== 'fair') return false;
  const by = GRADE_REASONS[grades.reasonByPlace[place] - 1];
  if (by === 'standard' || by === 'ideal' || by === 'one-vote') return grades.shortByPlace[place] > 0;
  return by === 'peers' && grade === 'poor';
}

function describe({ placeName }: ShortfallInput, indicator: Indicator, grades: IndicatorGrades, place: number, value: number, persons: number | undefined): { problem: Bilingual; advice: Bilingual } {
  const { standard } = grades;
  const values = (language: keyof Bilingual): SentenceValues => ({
    place: placeName(place)[language], value: sayNumber(value), unit: indicator.unit[language],
    ...(standard !== undefined && { standard: sayStandard(standard) }),
    ...(persons !== undefined && { persons: sayNumber(Math.round(persons)) }),
  });
  const { zh, en } = indicator.name;
  const problem = indicator.finding?.problem ?? { zh: `{place}：${zh}为 {value} {unit}[（标准 {standard}）]`, en: `{place}: ${en} is {value} {unit}[ (standard {standard})]` };
  const both = { zh: values('zh'), en: values('en') };
  return { problem: fillSentences(problem, both), advice: fillSentences(indicator.finding?.advice ?? { zh: '', en: '' }, both) };
}

/** Whom a finding concerns: those not served; all of a unit that as a whole lacks what each must have (1 of 1). */
function personsOf({ value, denominator }: PlaceValues, place: number, unserved: Float64Array | undefined, residents: Float64Array): number | undefined {
  if (unserved !== undefined && unserved[place] > 0) return unserved[place];
  const isWhole = denominator?.[place] === 1 && value[place] === 1;
  return isWhole && residents[place] > 0 ? residents[place] : undefined;
}

/** In the order of indicators, then places. */
export function findShortfalls(input: ShortfallInput): FoundShortfall[] {
  const { tree } = input;
  const found: FoundShortfall[] = [];
  for (const { indicator, values } of input.results) {
    const grades = input.grades.get(indicator.id);
    if (values === undefined || grades === undefined || !LEDGER_SETS.has(indicator.set)) continue;
    const unserved = input.unserved(indicator.id);
    for (const level of findingLevels(indicator, values, tree)) {
      for (const place of tree.ofLevel(level)) {
        if (tree.outside[place] === 1 || !fallsShort(indicator, grades, place)) continue;
        const severity = severityOf(grades.shortByPlace[place], indicator);
        const kind = indicator.finding?.kind ?? (indicator.oneVote === true ? 'time-limited' : 'best-effort');
        const persons = personsOf(values, place, unserved, input.residents);
        found.push({
          indicator, place, level, value: values.value[place], quality: values.quality, severity,
          extent: severity <= 2 ? 'general' : severity <= 4 ? 'fairly-serious' : 'serious',
          kind, difficulty: indicator.finding?.difficulty ?? 'medium',
          priority: kind === 'time-limited' && severity >= 4 ? 'high' : severity >= 3 ? 'medium' : 'low',
          persons, bodies: indicator.finding?.bodies ?? [],
          ...describe(input, indicator, grades, place, values.value[place], persons),
        });
      }
    }
  }
  return found;
}
