/**
 * What the numbers of a grid are: persons of a group, or another quantity.
 *
 * Said by the user, else by GDAL's metadata, else read off the file's name by the naming rules of the common population
 * products, always with a note:
 * - WorldPop: `chn_ppp_2020`, `chn_f_65_2020`, `pop_65_f_…`; an age band is named by its first year: 0 is under one year,
 *   1 is 1–4, 5 … 75 are five years each, the last band (80, or 90 in the releases from 2024 on) is open
 *   (https://hub.worldpop.org, "Age and sex structures");
 * - Meta/CIESIN High Resolution Population Density: `…_general_…`, `…_elderly_60_plus_…`, `…_children_under_five_…`;
 * - GHS-POP, GPW, LandScan: `GHS_POP_…`, `gpw_v4_population_count_…`, `landscan-global-…`.
 */
import type { NoteBook } from '../../core/note.ts';

export type GridMeaning = { readonly kind: 'population'; readonly group: string } | { readonly kind: 'surface'; readonly quantity: string };

const GROUP = /^(total|\d{1,3}(\+|-\d{1,3})?)(\/[fm])?$/;

/** What a stated group or quantity means. */
export function meaningOfStated(stated: string): GridMeaning {
  const plain = stated.trim().toLowerCase();
  return GROUP.test(plain) ? { kind: 'population', group: plain } : { kind: 'surface', quantity: slug(stated) };
}

function slug(text: string): string {
  const plain = text.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'grid';
}

/** The years of WorldPop's band that begins at an age; `lastOpen` is the first age of the open band. */
function bandOf(age: number, lastOpen: number): string | undefined {
  if (age === 0) return '0-0';
  if (age === 1) return '1-4';
  if (age % 5 !== 0 || age > lastOpen) return undefined;
  return age === lastOpen ? `${age}+` : `${age}-${age + 4}`;
}

function withSex(group: string, sex: string | undefined): string {
  return sex === 'f' || sex === 'm' ? `${group}/${sex}` : group;
}

/** Words that say that a number is persons a square kilometre, which is not a count. */
const DENSITY = /(^|[^a-z])(density|dens|pd|per_?km2?|pop_?dens)([^a-z]|$)|密度/;
const ELEVATION = /(^|[^a-z])(dem|dsm|dtm|gdem|elev|elevation|altitude|srtm|aster|nasadem|copdem|terrain)([^a-z]|$)|高程|海拔|地形/;
const POPULATION = /(^|[^a-z])(ppp|pop|popul|population|persons|people|inhabitants|worldpop|landscan|hrsl|general|ghspop)([^a-z]|$)|人口|常住/;

function groupOfName(name: string): string | undefined {
  const lastOpen = /(^|[^0-9])(90|85)([^0-9]|$)|r202[4-9]/.test(name) ? 90 : 80;
  const spelled = /(\d{1,3})[_\-. ]?(plus|\+|岁?(及|以)上|岁以上)/.exec(name);
  const range = /(?:^|[^0-9])(\d{1,2})[_\-. ]?(?:to|-|_|至)[_\-. ]?(\d{1,2})(?![0-9])/.exec(name);
  const sex = /(?:^|[^a-z])(f|female|women|m|male|men)(?:[^a-z]|$)|(女|男)/.exec(name);
  const sexCode = sex === null ? undefined : /^(f|female|women|女)$/.test(sex[1] ?? sex[2]) ? 'f' : 'm';
  if (spelled !== null) return withSex(`${Number(spelled[1])}+`, sexCode);
  if (/children_under_(five|5)/.test(name)) return '0-4';
  if (range !== null && Number(range[1]) < Number(range[2])) return withSex(`${Number(range[1])}-${Number(range[2])}`, sexCode);
  const ageThenSex = /(?:^|[^a-z0-9])(\d{1,2})[_\-.]([fmt])(?:[^a-z]|$)/.exec(name);
  const sexThenAge = /(?:^|[^a-z])([fmt])[_\-.](\d{1,2})(?:[^0-9]|$)/.exec(name);
  const age = ageThenSex?.[1] ?? sexThenAge?.[2];
  if (age !== undefined) {
    const band = bandOf(Number(age), lastOpen);
    if (band !== undefined) return withSex(band, ageThenSex?.[2] ?? sexThenAge?.[1]);
  }
  if (POPULATION.test(name)) return withSex('total', /(^|[^a-z])(women|men|female|male)([^a-z]|$)/.test(name) ? sexCode : undefined);
  return undefined;
}

/** Only names that speak of population, or follow WorldPop's `iso_sex_age_year`, are read for an age group. */
function meaningOfName(fileName: string): GridMeaning | undefined {
  const name = fileName.toLowerCase().replace(/\.(tiff?|gtiff)$/, '');
  if (ELEVATION.test(name)) return { kind: 'surface', quantity: 'elevation' };
  if (!POPULATION.test(name) && !/^[a-z]{3}_[fmt]_\d{1,2}_\d{4}/.test(name) && !/elderly|youth|women_of_reproductive|children_under|(^|_)(wo)?men(_|$)/.test(name)) return undefined;
  if (DENSITY.test(name)) return { kind: 'surface', quantity: 'population-density' };
  const group = groupOfName(name);
  return group === undefined ? undefined : { kind: 'population', group };
}

/** What GDAL's metadata says: a band's description or unit. */
function meaningOfMetadata(metadata: string): GridMeaning | undefined {
  const items = [...metadata.matchAll(/<Item\b[^>]*>([^<]*)<\/Item>/g)].filter(([tag]) => /role="(description|unittype)"|name="(DESCRIPTION|units?|long_name|standard_name)"/i.test(tag)).map(([, text]) => text.toLowerCase().trim());
  const text = items.join(' ');
  if (DENSITY.test(text)) return { kind: 'surface', quantity: 'population-density' };
  if (ELEVATION.test(text)) return { kind: 'surface', quantity: 'elevation' };
  return POPULATION.test(text) ? { kind: 'population', group: groupOfName(text) ?? 'total' } : undefined;
}

export function shownMeaning(meaning: GridMeaning): string {
  return meaning.kind === 'population' ? meaning.group : meaning.quantity;
}

/** Decides, and says in a note where it was guessed. */
export function chooseMeaning(file: string, stated: string | undefined, metadata: string, notes: NoteBook): GridMeaning {
  if (stated !== undefined) return meaningOfStated(stated);
  const found = meaningOfName(file) ?? meaningOfMetadata(metadata);
  if (found === undefined) {
    const quantity = slug(file.replace(/\.[^.]*$/, ''));
    notes.add(
      'warning',
      'import/raster-meaning-unknown',
      { zh: `栅格未说明其数值含义，按“${quantity}”保存；若为人口，请在导入时指定人群（如 total、65+）。`, en: `The raster does not say what its numbers are; kept as “${quantity}”. If they are persons, state the group on import (total, 65+ …).` },
      { file },
    );
    return { kind: 'surface', quantity };
  }
  const [zh, en] =
    found.kind === 'population'
      ? [`由文件名推断数值为人口，人群为 ${found.group}；如不符，请在导入时指定。`, `By the file's name its numbers are persons of the group ${found.group}; state the group on import if it is another.`]
      : [`由文件名推断数值为 ${found.quantity}；如不符，请在导入时指定。`, `By the file's name its numbers are ${found.quantity}; state the group or quantity on import if they are something else.`];
  notes.add('info', 'import/raster-meaning-guessed', { zh, en }, { file, value: shownMeaning(found) });
  return found;
}
