/** Ids of cities: which can be used, and one out of a name where nobody gave one. */
import type { Bilingual } from '../core/bilingual.ts';
import { ChengmaiError } from '../core/errors.ts';

const LONGEST = 40;

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
}

/** Lower-case letters, digits and dashes of the English name, or `city`; numbered where taken. */
export function cityIdOf(name: Bilingual, taken: ReadonlySet<string>): string {
  const stem = slug(name.en) || slug(name.zh) || 'city';
  let id = stem;
  for (let n = 2; taken.has(id); n++) id = `${stem}-${n}`;
  return id;
}

const CITY_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** @throws ChengmaiError input `base/bad-city-id` */
export function checkCityId(cityId: string): void {
  if (CITY_ID.test(cityId)) return;
  throw new ChengmaiError('input', 'base/bad-city-id', {
    zh: `城市标识“${cityId}”不可用；请用小写字母、数字和连字符，以字母或数字开头，至多 63 个字符。`,
    en: `The city id "${cityId}" cannot be used; take lower-case letters, digits and dashes, starting with a letter or digit, at most 63 characters.`,
  }, { value: cityId });
}

/** The name of a city that nobody has named yet: its id. */
export function unnamed(cityId: string): Bilingual {
  return { zh: cityId, en: cityId };
}

const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u;

/** What to call a city by its boundary's name; a boundary that has no English name leaves the id to stand for it: 武汉市, Wuhan. */
export function nameAfterBoundary(cityId: string, boundary: Bilingual): Bilingual {
  if (LATIN.test(boundary.en)) return boundary;
  return { zh: boundary.zh, en: cityId.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => (dash === '' ? '' : ' ') + letter.toUpperCase()) };
}
