import { useCallback } from 'react';
import type { IndicatorLine } from '../../checkup/api.ts';
import { DIMENSION_GRADE_WORDS, GRADE_WORDS, QUALITY_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { DimensionGrade, Grade, Quality } from '../../checkup/model.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useAppearance } from '../shell/appearance.tsx';
import { GRADE_COLOURS } from './classes.ts';

const OF_DIMENSION: Readonly<Record<DimensionGrade, Grade>> = { excellent: 'very-good', good: 'good', medium: 'fair', poor: 'poor' };

/** 很好 / 较好 / 一般 / 不足: a square of its colour and the word, so that neither alone must be read. */
export function GradeMark({ grade }: { grade: Grade | null }) {
  const { pick, t } = useSpeech();
  const { shade } = useAppearance();
  if (grade === null) return <span className="grade quiet">{t.checkup.notGraded}</span>;
  return (
    <span className="grade">
      <span className="grade-square" style={{ background: GRADE_COLOURS[shade][grade] }} aria-hidden="true" />
      {pick(GRADE_WORDS[grade])}
    </span>
  );
}

/** 优 / 良 / 中 / 差 */
export function DimensionMark({ grade }: { grade: DimensionGrade | null }) {
  const { pick, t } = useSpeech();
  const { shade } = useAppearance();
  if (grade === null) return <span className="dimension-grade dimension-grade-none">{t.checkup.notGraded}</span>;
  return (
    <span className="dimension-grade">
      <span className="grade-square" style={{ background: GRADE_COLOURS[shade][OF_DIMENSION[grade]] }} aria-hidden="true" />
      {pick(DIMENSION_GRADE_WORDS[grade])}
    </span>
  );
}

export function QualityBadge({ quality }: { quality: Quality }) {
  const { pick, t } = useSpeech();
  return (
    <span className={`quality quality-${quality}`} title={t.checkup.qualityHint[quality]}>
      {pick(QUALITY_WORDS[quality])}
    </span>
  );
}

/** `≥ 85 %`; null where the standard prints none. */
export function useThresholdText(): (threshold: IndicatorLine['threshold'], unit: IndicatorLine['unit']) => string {
  const { pick, f } = useSpeech();
  return useCallback((threshold, unit) => {
    if (threshold === null) return '';
    const value = f.measured(threshold.value);
    const range = threshold.op === 'between' ? `${value}–${threshold.upper === undefined ? '' : f.measured(threshold.upper)}` : `${{ '>=': '≥', '<=': '≤', '=': '=' }[threshold.op]} ${value}`;
    return `${range} ${pick(unit)}`;
  }, [pick, f]);
}
