import type { Language } from '../../core/bilingual.ts';

const SEXES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  f: { zh: '女', en: 'women' },
  m: { zh: '男', en: 'men' },
};

/** The name of a population group: `total`, `65-69`, `80+`, `65-69/f`; other ids as the file has them. */
export function groupName(group: string, language: Language): string {
  if (group === 'total') return language === 'zh' ? '总人口' : 'All persons';
  const match = /^(\d+(?:-\d+|\+))(?:\/([fm]))?$/.exec(group);
  if (match === null) return group;
  const [, ages, sex] = match;
  const range = ages.replace('-', '–');
  if (language === 'zh') return `${range.replace(/\+$/, '岁及以上')}${range.endsWith('+') ? '' : '岁'}${sex === undefined ? '' : SEXES[sex].zh}`;
  return `Aged ${range}${sex === undefined ? '' : `, ${SEXES[sex].en}`}`;
}

/** All persons first, then the largest group: the first is the one that maps draw. */
export function sortGroups<G extends { readonly group: string; readonly persons: number }>(groups: readonly G[]): G[] {
  return groups.toSorted((a, b) => Number(b.group === 'total') - Number(a.group === 'total') || b.persons - a.persons);
}
