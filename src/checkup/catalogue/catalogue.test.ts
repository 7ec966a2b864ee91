// The catalogue against the standard, and every definition against its own check.
import { describe, expect, it } from 'vitest';
import type { CityClass, CityRank, Threshold } from '../model.ts';
import { INDICATOR_SETS } from '../model.ts';
import { listOperators } from '../operators/list.ts';
import { checkIndicator, checkMethod, repeatedIds } from './check-indicator.ts';
import { writePath } from './explain-issue.ts';
import { fillSentence } from './fill-sentence.ts';
import { findInCatalogue, listCatalogue } from './list-catalogue.ts';

const catalogue = listCatalogue();
const national = catalogue.filter(({ set }) => set === 'national-2025');

describe('the national list of 2025', () => {
  it('has every number from 1 to 60 exactly once, in order', () => {
    expect(national.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(catalogue.filter(({ set, number }) => set !== 'national-2025' && number !== undefined)).toEqual([]);
  });

  it('parts as the manual does: housing 9, community 12, block 8, city 31 with rectification', () => {
    const count = (dimension: string): number => national.filter((indicator) => indicator.dimension === dimension).length;
    expect(['housing', 'community', 'block', 'city'].map(count)).toEqual([9, 12, 8, 31]);
    const groups = ['ecology', 'heritage', 'industry-city', 'safety', 'smart', 'rectification'].map((group) => national.filter((indicator) => indicator.group === group).map(({ number }) => number));
    const run = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    expect(groups).toEqual([run(30, 36), run(37, 41), run(42, 45), run(46, 54), run(55, 59), [60]]);
  });

  it('marks the bottom-line and the upgrade items of §1.6, and no others', () => {
    expect(national.filter(({ oneVote }) => oneVote).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(national.filter(({ upgrade }) => upgrade).map(({ number }) => number)).toEqual([7, 8, 9]);
  });

  it('has a way of measuring for every number, and finding sentences for all that can fall short', () => {
    expect(national.filter(({ methods }) => methods.length === 0).map(({ number }) => number)).toEqual([]);
    expect(national.filter(({ finding, direction }) => (finding === undefined) !== (direction === 'inventory')).map(({ number }) => number)).toEqual([]);
  });

  // standards.md §1.3, re-keyed: number → for a city of this class and rank, in this year, at least or at most; 更高 after it
  type Key = [number: number, cityClass: CityClass, rank: CityRank, year: number, standard: string | undefined, higher?: string];
  const STANDARDS: readonly Key[] = [
    [25, 'medium', 'prefecture', 2025, '>=85', '>=90'],
    [30, 'medium', 'prefecture', 2025, '>=70'],
    [32, 'medium', 'prefecture', 2025, '>=70'],
    [34, 'super-large', 'municipality', 2025, '>=0.2'],
    [34, 'very-large', 'provincial-capital', 2025, '>=0.2'],
    [34, 'large-1', 'prefecture', 2025, '>=0.15'],
    [34, 'small-2', 'county', 2025, '>=0.15'],
    [35, 'medium', 'prefecture', 2025, '>=8'],
    [36, 'medium', 'prefecture', 2025, '>=100'],
    [37, 'medium', 'prefecture', 2025, '>=100'],
    [39, 'medium', 'prefecture', 2025, '<=0'],
    [40, 'medium', 'prefecture', 2025, '<=0'],
    [42, 'medium', 'prefecture', 2025, '>=20'],
    [43, 'super-large', 'municipality', 2025, '>=30'],
    [43, 'very-large', 'provincial-capital', 2025, '>=20'],
    [43, 'large-1', 'prefecture', 2025, '>=10'],
    [43, 'large-2', 'prefecture', 2025, '>=10'],
    [43, 'medium', 'prefecture', 2025, undefined],
    [44, 'medium', 'prefecture', 2025, '>=10'],
    [47, 'medium', 'prefecture', 2025, '<=0'],
    [48, 'medium', 'prefecture', 2025, '>=0.01'],
    [49, 'medium', 'prefecture', 2025, '>=60'],
    [52, 'medium', 'prefecture', 2025, '>=100'],
    [53, 'medium', 'prefecture', 2024, undefined],
    [53, 'medium', 'prefecture', 2025, '>=75'],
    [53, 'medium', 'prefecture', 2026, '>=80'],
    [53, 'medium', 'prefecture', 2029, '>=95'],
    [53, 'medium', 'prefecture', 2035, '>=100'],
    [54, 'medium', 'prefecture', 2025, '>=2'],
    [55, 'medium', 'prefecture', 2025, '>=15'],
    [55, 'large-1', 'provincial-capital', 2025, '>=30'],
    [55, 'large-1', 'separately-planned', 2025, '>=30'],
    [55, 'super-large', 'municipality', 2025, '>=30'],
    [55, 'small-1', 'county', 2025, undefined],
    [57, 'medium', 'prefecture', 2025, '>=100'],
    [58, 'medium', 'prefecture', 2025, '>=30'],
    [58, 'large-1', 'provincial-capital', 2025, '>=60'],
  ];

  const holds = ({ when = {} }: Threshold, cityClass: CityClass, rank: CityRank, year: number): boolean =>
    (when.cityClass?.includes(cityClass) ?? true) && (when.cityRank?.includes(rank) ?? true) && year >= (when.from ?? 0) && year <= (when.to ?? 9999);

  it.each(STANDARDS)('%i in a %s city (%s), %i: %s %s', (number, cityClass, rank, year, standard, higher) => {
    const indicator = national[number - 1];
    const of = (role: string): string[] => indicator.thresholds.filter((one) => (one.role ?? 'standard') === role && holds(one, cityClass, rank, year)).map(({ op, value }) => `${op}${value}`);
    expect(of('standard')).toEqual(standard === undefined ? [] : [standard]);
    expect(of('higher')).toEqual(higher === undefined ? [] : [higher]);
  });

  it('invents none where the manual prints none', () => {
    const printed = new Set(STANDARDS.map(([number]) => number));
    expect(national.filter(({ number, thresholds }) => !printed.has(number ?? 0) && thresholds.length > 0).map(({ number }) => number)).toEqual([]);
  });

  it('marks the values of one city or province as local: 48 and 49', () => {
    expect(national.filter(({ thresholds }) => thresholds.some(({ confidence }) => confidence !== 'certain')).map(({ number }) => number)).toEqual([48, 49]);
  });

  it('tells the editorial errors of the manual: 5, 52, 59', () => {
    expect(national[4].source).toContain('GB/T 50362-2022');
    expect(national[51].definition.zh).toContain('两种定义');
    expect(national[58].source).toContain('按时处置');
    expect(national[58].definition.en).toContain('on time');
  });

  it('cites in Chinese: what stands in a Chinese report has no English sentence', () => {
    expect(national.map(({ source }) => source).filter((source) => /[a-z]{3,} [a-z]{2,}/.test(source))).toEqual([]);
  });
});

describe('every indicator that ships', () => {
  it.each(catalogue.map((indicator) => [indicator.id, indicator] as const))('%s passes its own check', (_, indicator) => {
    expect(checkIndicator(indicator).map(({ path, value, text }) => `${writePath(path)} (${JSON.stringify(value)}) ${text.en}`)).toEqual([]);
  });

  it('has an id of its own', () => {
    expect(repeatedIds(catalogue.map(({ id }) => id)).map((i) => catalogue[i].id)).toEqual([]);
    expect(findInCatalogue('park-coverage')?.number).toBe(25);
    expect(findInCatalogue('no-such')).toBeUndefined();
  });

  it('belongs to a set, and every set but the users’ has members', () => {
    const sets = new Set(catalogue.map(({ set }) => set));
    expect(INDICATOR_SETS.filter((set) => !sets.has(set))).toEqual(['user']);
  });

  it('is only held against what was read: a recalled threshold says so, and a city’s own rule names the city', () => {
    for (const { id, thresholds } of catalogue) {
      for (const { confidence, source } of thresholds) {
        if (confidence === 'recalled') expect([id, source]).toEqual([id, expect.stringContaining('凭记忆')]);
        if (confidence === 'certain-local') expect([id, source]).toEqual([id, expect.stringMatching(/宜昌|浙江|广州/)]);
      }
    }
  });

  it('asks departments under its number, its id and its Chinese name', () => {
    const params = (id: string): unknown => findInCatalogue(id)?.methods.find(({ operator }) => operator === 'reported')?.params.indicator;
    expect(params('sewage-collection-rate')).toEqual(['30', 'sewage-collection-rate', '城市生活污水集中收集率']);
    expect(params('street-light-lit')).toEqual(['street-light-lit', '道路亮灯率']);
  });

  it('has sentences that read well with and without the persons concerned', () => {
    const problem = findInCatalogue('kindergarten-lacking')?.finding?.problem.zh ?? '';
    expect(fillSentence(problem, { place: '信溪社区', value: '1', persons: '9200' })).toBe('信溪社区未配建幼儿园，涉及居民约9200人。');
    expect(fillSentence(problem, { place: '信溪社区', value: '1' })).toBe('信溪社区未配建幼儿园。');
    const parks = findInCatalogue('park-coverage')?.finding?.problem;
    expect(fillSentence(parks?.zh ?? '', { place: '文泉街道', value: '5.3', standard: '≥ 85', persons: '63646' })).toBe('文泉街道公园绿化活动场地服务半径覆盖率为5.3%，未达到标准（≥ 85%），未覆盖居民约63646人。');
    expect(fillSentence(parks?.en ?? '', { place: 'Wenquan', value: '5.3', standard: '≥ 85' })).toBe('Parks and green activity spaces cover 5.3 % of the residential land of Wenquan; the standard is ≥ 85 %.');
    expect(fillSentence('{value}，标准{standard}', { value: '3' })).toBe('3，标准—');
  });
});

describe('thresholds of the other sets (standards.md §1.5, §2.3, §5.2, §7.2)', () => {
  it.each([
    ['built-up-density', ['between 0.7 1.5', 'between 0.6 1']],
    ['comprehensive-parks-10ha', ['>= 1']],
    ['comprehensive-parks-5ha', ['>= 1']],
    ['market-800m', []],
    ['street-light-fitted', ['>= 100']],
    ['street-light-intact', ['>= 98']],
    ['street-light-lit', ['>= 95']],
    ['bus-stop-coverage-300m', ['>= 50']],
    ['bus-stop-coverage-500m', ['>= 90']],
    ['public-toilet-density', ['>= 4']],
    ['waste-recycling-rate', ['>= 55']],
    ['smart-parking-coverage', []],
    ['old-community-renewal', ['>= 100']],
    ['fire-five-minutes', ['>= 100']],
    ['construction-land-per-person', ['<= 130']],
    ['nursery-places-per-1000', ['>= 4.5']],
    ['commute-45-share', ['>= 80']],
    ['ghsci-population-density', ['>= 5700']],
    ['ghsci-intersection-density', ['>= 100']],
    ['jobs-housing-ratio', []],
    ['service-sharing', ['>= 80']],
  ])('%s: %j', (id, expected) => {
    expect(findInCatalogue(id)?.thresholds.map(({ op, value, upper }) => `${op} ${value}${upper === undefined ? '' : ` ${upper}`}`)).toEqual(expected);
  });
});

describe('operators', () => {
  it('have ids of their own', () => {
    expect(repeatedIds(listOperators().map(({ id }) => id))).toEqual([]);
  });

  it('that the catalogue names exist', () => {
    const known = new Set(listOperators().map(({ id }) => id));
    expect([...new Set(catalogue.flatMap(({ methods }) => methods.map(({ operator }) => operator)))].filter((id) => !known.has(id))).toEqual([]);
  });

  it('refuse a parameter they do not know', () => {
    for (const { id } of listOperators()) {
      const problems = checkMethod({ operator: id, params: { 'no-such-parameter': 1 } }, []);
      expect([id, problems.some(({ path }) => path.includes('no-such-parameter'))]).toEqual([id, true]);
    }
  });
});
