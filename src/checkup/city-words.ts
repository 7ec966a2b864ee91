/** What classes and ranks of cities are called. */
import type { Bilingual } from '../core/bilingual.ts';
import type { CityClass, CityRank } from './model.ts';

export const CITY_CLASS_WORDS: Readonly<Record<CityClass, Bilingual>> = {
  'super-large': { zh: '超大城市', en: 'a super-large city' },
  'very-large': { zh: '特大城市', en: 'a very large city' },
  'large-1': { zh: 'Ⅰ型大城市', en: 'a large city (type I)' },
  'large-2': { zh: 'Ⅱ型大城市', en: 'a large city (type II)' },
  medium: { zh: '中等城市', en: 'a medium-sized city' },
  'small-1': { zh: 'Ⅰ型小城市', en: 'a small city (type I)' },
  'small-2': { zh: 'Ⅱ型小城市', en: 'a small city (type II)' },
};

export const CITY_RANK_WORDS: Readonly<Record<CityRank, Bilingual>> = {
  municipality: { zh: '直辖市', en: 'municipality directly under the central government' },
  'provincial-capital': { zh: '省会城市', en: 'provincial capital' },
  'separately-planned': { zh: '计划单列市', en: 'city with separate planning status' },
  prefecture: { zh: '地级市', en: 'prefecture-level city' },
  county: { zh: '县级市', en: 'county-level city' },
};
