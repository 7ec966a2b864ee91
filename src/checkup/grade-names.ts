/** Grades and qualities in words. */
import type { Bilingual } from '../core/bilingual.ts';
import type { DimensionGrade, Grade, Quality } from './model.ts';

export const GRADE_NAMES: Readonly<Record<Grade, Bilingual>> = {
  'very-good': { zh: '很好', en: 'very good' },
  good: { zh: '较好', en: 'good' },
  fair: { zh: '一般', en: 'fair' },
  poor: { zh: '不足', en: 'poor' },
};

export const DIMENSION_GRADE_NAMES: Readonly<Record<DimensionGrade, Bilingual>> = {
  excellent: { zh: '优', en: 'excellent' },
  good: { zh: '良', en: 'good' },
  medium: { zh: '中', en: 'medium' },
  poor: { zh: '差', en: 'poor' },
};

export const QUALITY_NAMES: Readonly<Record<Quality, Bilingual>> = {
  measured: { zh: '实测', en: 'measured' },
  proxy: { zh: '替代', en: 'proxy' },
  reported: { zh: '上报', en: 'reported' },
  missing: { zh: '缺失', en: 'missing' },
};
