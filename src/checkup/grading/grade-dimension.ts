/**
 * 维度评价: the grades of a dimension's indicators → 优 / 良 / 中 / 差 (《城市体检工作手册（试行）》2025).
 *
 * | grade | rule, good = 很好 + 较好 |
 * |---|---|
 * | 优 | 很好 ≥ 80 % and no 不足 |
 * | 良 | good ≥ 80 % with 不足; or 60 % ≤ good < 80 % and no 不足 |
 * | 中 | 60 % ≤ good < 80 % with 不足; or 40 % ≤ good < 60 % and no 不足 |
 * | 差 | 40 % ≤ good < 60 % with 不足; or good < 40 % |
 *
 * The table leaves a hole: good ≥ 80 %, 很好 < 80 % and no 不足. It is 良 here. Indicators without a grade count for nothing; a dimension of which
 * none is graded has no grade. Nor has one of which less than a third is (grading-rule.ts: ours, the Manual supposes that all are).
 */
import type { Bilingual } from '../../core/bilingual.ts';
import type { DimensionGrade, Grade } from '../model.ts';
import type { GradingRule } from './grading-rule.ts';
import { GRADING_RULE } from './grading-rule.ts';

export interface DimensionAnswer {
  readonly grade: DimensionGrade | undefined;
  readonly graded: number;
  readonly counts: Readonly<Record<Grade, number>>;
  readonly text: Bilingual;
}

function ruleFor(veryGood: number, good: number, graded: number, poor: number): DimensionGrade {
  // whole numbers: 4 of 5 are 80 %, whatever a division says
  const atLeast = (count: number, percent: number): boolean => 100 * count >= percent * graded;
  const isSound = poor === 0;
  if (atLeast(veryGood, 80) && isSound) return 'excellent';
  if (atLeast(good, 80)) return 'good';
  if (atLeast(good, 60)) return isSound ? 'good' : 'medium';
  if (atLeast(good, 40)) return isSound ? 'medium' : 'poor';
  return 'poor';
}

/** @param total base indicators of the dimension, graded or not */
export function gradeDimension(grades: readonly Grade[], total: number, rule: GradingRule = GRADING_RULE): DimensionAnswer {
  const counts: Record<Grade, number> = { 'very-good': 0, good: 0, fair: 0, poor: 0 };
  for (const grade of grades) counts[grade]++;
  const graded = grades.length;
  if (graded === 0) return { grade: undefined, graded, counts, text: { zh: '没有可评级的指标', en: 'no indicator could be graded' } };
  if (graded < total * rule.leastGraded) {
    return { grade: undefined, graded, counts, text: { zh: `${total} 项中仅 ${graded} 项可评级，不足三分之一，维度不评级`, en: `only ${graded} of ${total} could be graded, less than a third: the dimension has no grade` } };
  }
  const good = counts['very-good'] + counts.good;
  const grade = ruleFor(counts['very-good'], good, graded, counts.poor);
  const percent = (count: number): string => `${Number(((100 * count) / graded).toFixed(1))}`;
  return {
    grade, graded, counts,
    text: {
      zh: `已评级 ${graded} 项：很好 ${percent(counts['very-good'])}%，很好与较好合计 ${percent(good)}%，不足 ${counts.poor} 项`,
      en: `${graded} graded: very good ${percent(counts['very-good'])} %, very good and good together ${percent(good)} %, ${counts.poor} poor`,
    },
  };
}
