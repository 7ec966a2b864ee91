/**
 * Columns that count persons, by the words that census tables and grids use, in the languages met so far. Shares, rates
 * and densities are no counts; age groups keep the source's own cut (`0-14`, `65+`, `80+/f`).
 */
import type { AttributeValue } from '../model.ts';
import { parseNumber } from '../table/parse-value.ts';

export interface PopulationColumn {
  readonly column: string;
  /** `total` or an age group, with `/f` or `/m` where the column counts one sex. */
  readonly group: string;
}

/** All persons. Compared with the header without year, digits' separators and words for “total”. */
const PERSON_WORDS = new Set([
  'pop', 'popn', 'population', 'populations', 'persons', 'people', 'inhabitants', 'residents', 'residentpopulation', 'usualresidents',
  'asukkaita', 'asukkaat', 'asukasluku', 'väestö', 'vaesto', 'vakiy', 'hevakiy', 'henkilöitä',
  'einwohner', 'einw', 'bevölkerung', 'bevoelkerung', 'habitants', 'ind', 'populacao', 'população', 'habitantes', 'moradores',
  'poblacion', 'población', 'popolazione', 'abitanti', 'residenti', 'befolkning', 'invånare', 'inwoners', 'aantalinwoners',
  'ludność', 'ludnosc', 'население', '人口', '人口数', '人口数量', '人口总数', '常住人口', '常住人口数', '居住人口', '居民数', '居民人数', '実人口', '総人口', '人口総数', '인구', '인구수',
]);
const TOTAL_WORDS = /^(total|tot|sum|all|全部|合计|总计|总)|(total|tot|sum|all|totals|count|cnt|合计|总计)$/g;
const NOT_COUNTS = /%|percent|pct|share|ratio|rate|density|dens\b|per[\s_-]?(km|ha|sq|person|capita)|km2|growth|change|index|score|mean|avg|median|log|密度|比例|占比|比重|率|增长|指数|平均|人均|tiheys|dichte|anteil|density|densidade|流动|就业|岗位|jobs?|户籍/i;
const AGE_STEM = /pop|age|ikä|ika|idade|edad|alter|persons?|people|人口|岁|歳|yr|year/i;
const FEMALE = /(^|[\s_-])(f|female|females|women|nais|naiset|mujeres|mulheres|femmes|frauen)([\s_-]|$)|女/i;
const MALE = /(^|[\s_-])(m|male|males|men|miehet|hombres|homens|hommes|männer)([\s_-]|$)|男/i;
const YEAR = /(^|[^\d])(19|20)\d{2}(?!\d)/g;

function sexSuffix(text: string): string {
  if (FEMALE.test(text)) return '/f';
  return MALE.test(text) ? '/m' : '';
}

/** The age group in a header, or undefined. */
function findAgeGroup(text: string): string | undefined {
  const range = /(?:^|[^\d])(\d{1,3})\s*(?:-|_|–|~|至|到|to|a)\s*(\d{1,3})(?!\d)/.exec(text);
  if (range !== null) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    return from < to && to <= 120 ? `${from}-${to}` : undefined;
  }
  const open = /(\d{1,3})\s*(?:\+|[\s_-]*plus|[\s_-]*(?:and|or)[\s_-]*(?:over|older|more)|岁?(?:及|或|和)?以上|歳以上)/.exec(text) ?? /(?:over|yli|above|ge|>=|≥)[\s_-]*(\d{1,3})(?!\d)/.exec(text);
  if (open !== null && Number(open[1]) <= 120) return `${Number(open[1])}+`;
  const below = /(?:under|below|alle|<)[\s_-]*(\d{1,3})(?!\d)/.exec(text) ?? /(\d{1,3})岁以下/.exec(text);
  if (below !== null && Number(below[1]) > 1) return `0-${Number(below[1]) - 1}`;
  return undefined;
}

/** What a header counts, by its words alone. `total` of a past year carries the year. */
export function parsePopulationHeader(header: string): { group: string; year: number | undefined; stem: boolean } | undefined {
  const text = header.normalize('NFKC').toLowerCase().trim();
  if (text === '' || text.length > 60 || NOT_COUNTS.test(text)) return undefined;
  const year = /(?:^|[^\d])((?:19|20)\d{2})(?!\d)/.exec(text)?.[1];
  const undated = text.replace(YEAR, '$1');
  const age = findAgeGroup(undated);
  const sex = sexSuffix(undated);
  if (age !== undefined) return { group: `${age}${sex}`, year: year === undefined ? undefined : Number(year), stem: AGE_STEM.test(undated) };
  const bare = undated.replace(/\(.*?\)/g, '').replace(FEMALE, '').replace(MALE, '').replace(/[\s_\-.:/]+/g, '').replace(TOTAL_WORDS, '');
  if (!PERSON_WORDS.has(bare)) return undefined;
  return { group: `total${sex}`, year: year === undefined ? undefined : Number(year), stem: true };
}

/** Whether nearly all values of a column are counts: numbers, not below zero. */
function holdsCounts(column: string, sample: readonly Readonly<Record<string, AttributeValue>>[]): boolean {
  let counts = 0;
  let filled = 0;
  for (const row of sample) {
    const value = row[column];
    if (value === null || value === undefined || value === '') continue;
    filled++;
    const number = typeof value === 'number' ? value : parseNumber(String(value));
    if (number !== undefined && number >= 0) counts++;
  }
  return filled > 0 && counts >= 0.8 * filled;
}

/**
 * The columns that count persons: at most one for each group, the latest year's. Age groups without a word for age or
 * persons in them (`0_14`) count only beside a column for all persons.
 */
export function findPopulationColumns(columns: readonly string[], sample: readonly Readonly<Record<string, AttributeValue>>[]): PopulationColumn[] {
  const best = new Map<string, { column: string; year: number; stem: boolean }>();
  for (const column of columns) {
    const parsed = parsePopulationHeader(column);
    if (parsed === undefined || !holdsCounts(column, sample)) continue;
    const year = parsed.year ?? 0;
    const present = best.get(parsed.group);
    if (present === undefined || year > present.year) best.set(parsed.group, { column, year, stem: parsed.stem });
  }
  const hasTotal = best.has('total');
  return [...best].filter(([, found]) => found.stem || hasTotal).map(([group, { column }]) => ({ column, group }));
}
