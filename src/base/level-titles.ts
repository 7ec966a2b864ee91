/** The levels of places in words. */
import type { Bilingual } from '../core/bilingual.ts';

export const PLACE_LEVEL_TITLES: Readonly<Record<string, Bilingual>> = {
  building: { zh: '住房', en: 'Residential buildings' },
  community: { zh: '小区（社区）', en: 'Communities' },
  block: { zh: '街区', en: 'Blocks' },
  district: { zh: '城区', en: 'Districts' },
  city: { zh: '城市', en: 'City' },
  zone: { zh: '产业功能区', en: 'Industrial zones' },
  cell: { zh: '网格', en: 'Grid cells' },
};
