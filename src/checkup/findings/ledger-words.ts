/** What levels, dimensions, grades and the ledger's choices are called in workbooks, reports, pages and commands. */
import type { Bilingual } from '../../core/bilingual.ts';

type Words<Choice extends string> = Readonly<Record<Choice, Bilingual>>;

export const EXTENT_WORDS: Words<'general' | 'fairly-serious' | 'serious'> = {
  general: { zh: '一般', en: 'general' },
  'fairly-serious': { zh: '较严重', en: 'fairly serious' },
  serious: { zh: '严重', en: 'serious' },
};
export const DIFFICULTY_WORDS: Words<'low' | 'medium' | 'high'> = { low: { zh: '低', en: 'low' }, medium: { zh: '中', en: 'medium' }, high: { zh: '高', en: 'high' } };
export const PRIORITY_WORDS: Words<'high' | 'medium' | 'low'> = { high: { zh: '高', en: 'high' }, medium: { zh: '中', en: 'medium' }, low: { zh: '低', en: 'low' } };
export const KIND_WORDS: Words<'time-limited' | 'best-effort'> = { 'time-limited': { zh: '限时', en: 'time-limited' }, 'best-effort': { zh: '尽力', en: 'best effort' } };
export const STAGE_WORDS: Words<'ledger' | 'listed' | 'rectification' | 'rectified' | 'rejected' | 'lapsed'> = {
  ledger: { zh: '问题台账', en: 'in the ledger' },
  listed: { zh: '问题清单', en: 'listed' },
  rectification: { zh: '整治建议清单', en: 'to be put right' },
  rectified: { zh: '整治完成', en: 'put right' },
  rejected: { zh: '不予列入', en: 'left out' },
  lapsed: { zh: '不再适用', en: 'no longer asked' },
};
/** What closed a finding, in words for the history and the workbook. */
export const CLOSED_WORDS: Words<'measure' | 'definition' | 'threshold' | 'survey' | 'not-asked' | 'outside'> = {
  measure: { zh: '复核已达标', en: 'measured again, no longer falls short' },
  definition: { zh: '指标定义已变更', en: 'the indicator is defined in another way' },
  threshold: { zh: '标准已变更', en: 'the standard is another' },
  survey: { zh: '居民满意，不再列为提升项', en: 'residents are content with it' },
  'not-asked': { zh: '指标不再体检', en: 'the indicator is no longer asked' },
  outside: { zh: '单元位于建成区以外，不再评级', en: 'the unit lies outside the built-up area and is not graded' },
};
/** 街区问题五级。 */
export const SEVERITY_WORDS: readonly Bilingual[] = [
  { zh: '不严重', en: 'not serious' },
  { zh: '需关注', en: 'to be watched' },
  { zh: '一般', en: 'general: into the plan' },
  { zh: '局部严重', en: 'locally serious: at once' },
  { zh: '整体严重', en: 'serious overall' },
];
export const LEVEL_WORDS: Readonly<Record<string, Bilingual>> = {
  building: { zh: '住房', en: 'home' }, community: { zh: '小区（社区）', en: 'community' }, block: { zh: '街区', en: 'block' },
  district: { zh: '城区', en: 'district' }, city: { zh: '城市', en: 'city' }, zone: { zh: '产业功能区', en: 'zone' }, cell: { zh: '网格', en: 'cell' },
};
export const QUALITY_WORDS: Words<'measured' | 'proxy' | 'reported' | 'missing'> = {
  measured: { zh: '实测', en: 'measured' }, proxy: { zh: '替代测算', en: 'proxy' }, reported: { zh: '部门上报', en: 'reported' }, missing: { zh: '缺失', en: 'missing' },
};
export const GRADE_WORDS: Words<'very-good' | 'good' | 'fair' | 'poor'> = {
  'very-good': { zh: '很好', en: 'very good' }, good: { zh: '较好', en: 'good' }, fair: { zh: '一般', en: 'fair' }, poor: { zh: '不足', en: 'poor' },
};
export const DIMENSION_GRADE_WORDS: Words<'excellent' | 'good' | 'medium' | 'poor'> = {
  excellent: { zh: '优', en: 'excellent' }, good: { zh: '良', en: 'good' }, medium: { zh: '中', en: 'medium' }, poor: { zh: '差', en: 'poor' },
};
export const DIMENSION_WORDS: Words<'housing' | 'community' | 'block' | 'city'> = {
  housing: { zh: '住房', en: 'Housing' }, community: { zh: '小区（社区）', en: 'Communities' }, block: { zh: '街区', en: 'Blocks' }, city: { zh: '城区', en: 'City' },
};
