/** 四个维度, as the manual names them. */
import type { Bilingual } from '../core/bilingual.ts';
import type { DimensionId } from './model.ts';

export const DIMENSION_NAMES: Readonly<Record<DimensionId, Bilingual>> = {
  housing: { zh: '住房', en: 'Housing' },
  community: { zh: '小区（社区）', en: 'Communities' },
  block: { zh: '街区', en: 'Blocks' },
  city: { zh: '城区（城市）', en: 'City' },
};
