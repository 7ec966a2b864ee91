/** An id for a city out of its name, where nobody gave one. */
import type { Bilingual } from '../core/bilingual.ts';

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
