/** Sentences and numbers of the report in its language. */
import type { Bilingual, Language } from '../../core/bilingual.ts';
import type { IndicatorLine } from '../../checkup/api.ts';
import { DIMENSION_GRADE_WORDS, GRADE_WORDS, QUALITY_WORDS } from '../../checkup/findings/ledger-words.ts';
import type { DimensionGrade, Grade } from '../../checkup/model.ts';
import { sayNumber } from '../../checkup/grading/say-number.ts';
import type { Run, Text } from '../document.ts';
import { GRADE_COLOURS } from './grade-colours.ts';

export class ReportWords {
  readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  t(zh: string, en: string): string {
    return this.language === 'zh' ? zh : en;
  }

  say(text: Bilingual): string {
    return text[this.language];
  }

  /** `—` where not known. */
  number(value: number | null | undefined): string {
    return value === null || value === undefined || !Number.isFinite(value) ? '—' : sayNumber(value);
  }

  value({ value, unit }: Pick<IndicatorLine, 'value' | 'unit'>): string {
    return value === null ? '—' : `${this.number(value)}${this.unitAfter(unit, value)}`;
  }

  /** A unit as it follows a number: `%` without a space. */
  unitAfter(unit: Bilingual, value?: number): string {
    const text = this.say(unit);
    if (text === '%' || text === '') return text;
    return ` ${this.language === 'en' && value === 1 && /^[a-z]+s$/.test(text) ? text.replace(/ies$/, 'y').replace(/s$/, '') : text}`;
  }

  standard(threshold: IndicatorLine['threshold']): string {
    if (threshold === null) return this.t('无标准值', 'none printed');
    const sign = { '>=': '≥ ', '<=': '≤ ', '=': '', between: '' }[threshold.op];
    return `${sign}${this.number(threshold.value)}${threshold.upper === undefined ? '' : `–${this.number(threshold.upper)}`}${threshold.unverified ? this.t('（未核实）', ' (unverified)') : ''}`;
  }

  grade(grade: Grade | null): Text {
    return grade === null ? [{ text: this.t('未评级', 'not graded'), faint: true }] : [{ text: this.say(GRADE_WORDS[grade]), colour: GRADE_COLOURS[grade] }];
  }

  dimensionGrade(grade: DimensionGrade | null): Run {
    return { text: grade === null ? this.t('未评级', 'not graded') : this.say(DIMENSION_GRADE_WORDS[grade]), bold: true };
  }

  quality(quality: IndicatorLine['quality']): string {
    return this.say(QUALITY_WORDS[quality]);
  }

  /** 甲、乙、丙 / a, b, c */
  list(items: readonly string[]): string {
    return items.join(this.t('、', ', '));
  }
}
