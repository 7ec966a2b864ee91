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

/** The order of a table: all persons, then by age (0–2, 3–5, …, 80+), women before men; groups of other names last, as they are spelt. */
export function orderGroups(groups: readonly string[]): string[] {
  const rank = (group: string): readonly [number, number, string] => {
    if (group === 'total') return [-1, 0, ''];
    const match = /^(\d+)(?:-(\d+)|\+)(?:\/[fm])?$/.exec(group);
    return match === null ? [Infinity, 0, group] : [Number(match[1]), Number(match[2] ?? Infinity), group];
  };
  return groups.toSorted((a, b) => {
    const [fromA, toA, nameA] = rank(a);
    const [fromB, toB, nameB] = rank(b);
    if (fromA !== fromB) return fromA < fromB ? -1 : 1;
    if (toA !== toB) return toA < toB ? -1 : 1;
    return nameA < nameB ? -1 : Number(nameA > nameB);
  });
}
